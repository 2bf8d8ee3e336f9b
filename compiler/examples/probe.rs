use forewarn_compiler::{Settings, compile, disk::DiskFiles};
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let t = std::time::Instant::now();
    let c = compile(path.as_ref(), &DiskFiles, &Settings::default());
    let e = t.elapsed();
    for cause in c.reports.iter() {
        let d = cause.describe();
        let at = match &d.primary.place {
            forewarn_compiler::diagnostics::Place::Source(s) => {
                let (l, col) = c.sources.line_column(*s);
                format!(
                    "{}:{l}:{col} `{}`",
                    c.sources.get(s.file).unwrap().name,
                    c.sources.slice(*s)
                )
            }
            other => format!("{other:?}"),
        };
        println!(
            "{:?} {} {} @ {at} -- {}",
            d.severity, d.code, d.title, d.primary.text
        );
        for s in d.secondary {
            println!("    - {}", s.text)
        }
        for s in d.notes {
            println!("    = {s}")
        }
        for s in d.help {
            println!("    ? {} {:?}", s.text, s.edits)
        }
    }
    if let Some(p) = c.plan {
        println!(
            "{} nodes, {} inputs, {} outputs, {} faults in {e:?}",
            p.nodes.len(),
            p.inputs.len(),
            p.outputs.len(),
            p.faults.len()
        );
        if std::env::args().nth(2).is_some() {
            for (i, n) in p.nodes.iter().enumerate() {
                println!(
                    "{i}: {:?} [{}, {}] {}{}",
                    n.op,
                    n.range.low,
                    n.range.high,
                    if n.uncertain { "?" } else { "" },
                    if n.checked.is_some() { "!" } else { "" }
                );
            }
        }
    }
}
