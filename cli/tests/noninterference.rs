//! Whatever stands in columns that an audience may not see, everything that is written for it has the
//! same bytes: results, events, manifests, explanations, lints, messages. Rulesets and
//! classifications are put together by chance.

#[path = "../../tests/tests/generate/mod.rs"]
mod generate;

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::classification::Classification;
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::panel::Panel;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

const INDICATORS: [&str; 9] = [
    "a", "b", "c", "d", "e", "given", "expert", "region", "filled",
];
/// Values that may be declassified, one or another.
const OTHERS: [&str; 8] = [
    "s0", "t0", "t1", "f0", "votes", "agreeing", "banded", "warning",
];
/// Cells that make any reader stumble.
const STRANGE: [&str; 6] = ["witness 17", "", "1e999", "\"a, b\"", "-77", "9"];

/// What is said of confidentiality, by chance.
#[derive(Clone, Debug)]
struct Said {
    /// By indicator: 0 nothing, 1 restricted, 2 confidential.
    classes: Vec<usize>,
    /// By value: declassified?
    out: Vec<bool>,
}

fn said() -> impl Strategy<Value = Said> {
    let classes =
        proptest::collection::vec(prop_oneof![6 => Just(0), 1 => Just(1), 2 => Just(2)], 9);
    let out = proptest::collection::vec(prop_oneof![3 => Just(false), 1 => Just(true)], 8);
    (classes, out).prop_map(|(classes, out)| Said { classes, out })
}

/// The ruleset with what is said put in.
fn classified(text: &str, said: &Said) -> String {
    let mut whole = String::new();
    for line in text.lines() {
        whole.push_str(line);
        let names = INDICATORS.iter().zip(&said.classes);
        for (name, class) in names.filter(|(_, class)| **class > 0) {
            if line.starts_with(&format!("indicator {name} ")) {
                whole.push_str(" classification ");
                whole.push_str(Classification::ALL[*class].word());
            }
        }
        whole.push('\n');
    }
    for (name, _) in OTHERS.iter().zip(&said.out).filter(|(_, out)| **out) {
        whole.push_str(&format!("declassify {name} because \"by chance\"\n"));
    }
    whole
}

fn plan_for(rules: &Path, audience: Option<Classification>) -> Plan {
    let settings = Settings {
        audience,
        ..Settings::default()
    };
    let compilation = compile(rules, &DiskFiles, &settings);
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    compilation.plan.unwrap_or_else(|| panic!("{told:#?}"))
}

/// Indicators that the audience may not see and that nothing declassified rests on.
fn secret(plan: &Plan) -> BTreeSet<String> {
    let told = &plan.confidentiality;
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = told
        .sealed
        .iter()
        .map(|one| one.declaration.as_str())
        .collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(
                told.rests_on
                    .get(name)
                    .into_iter()
                    .flatten()
                    .map(String::as_str),
            );
        }
    }
    let withheld = told.withheld.iter().map(|one| one.name.as_str());
    let indicators = withheld.filter(|name| INDICATORS.contains(name) && !reached.contains(name));
    indicators.map(str::to_owned).collect()
}

/// Some columns of a panel as a CSV file; those of `strange` hold something else altogether.
fn csv(plan: &Plan, panel: &Panel, names: &[&str], strange: &BTreeSet<String>) -> String {
    let mut text = format!("country,year,{}\n", names.join(","));
    for row in 0..panel.rows() {
        if panel.gaps.binary_search(&row).is_ok() {
            continue;
        }
        let entity = &panel.entities[panel.entity_of[row] as usize];
        text.push_str(&format!("{entity},{}", panel.periods[row]));
        for name in names {
            let input = plan
                .inputs
                .iter()
                .position(|input| input.name == *name)
                .expect("read");
            let x = panel.columns[input][row];
            let cell = if strange.contains(*name) {
                STRANGE[(row * 7 + input) % STRANGE.len()].to_owned()
            } else if x.is_nan() {
                String::new()
            } else {
                match &plan.inputs[input].kind {
                    InputKind::Number | InputKind::Key { .. } => format!("{x:?}"),
                    InputKind::Truth | InputKind::Verification { .. } => {
                        if x == 1.0 { "yes" } else { "no" }.to_owned()
                    }
                    InputKind::Level { names, .. } | InputKind::Category { names } => {
                        names[x as usize].clone()
                    }
                }
            };
            text.push(',');
            text.push_str(&cell);
        }
        text.push('\n');
    }
    text
}

/// Everything that commands write for an audience in a folder, times left out.
fn written(folder: &Path, data: &[&str], audience: &str) -> Vec<(String, String)> {
    let files: Vec<&str> = data.iter().flat_map(|file| ["-d", *file]).collect();
    let mut told = Vec::new();
    let mut call = |what: &str, args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(args)
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        told.push((
            format!("{what}: exit code"),
            format!("{:?}", output.status.code()),
        ));
        told.push((format!("{what}: output"), text(&output.stdout)));
        told.push((
            format!("{what}: messages"),
            without_times(&text(&output.stderr)),
        ));
    };
    let with = |start: &[&'static str], end: &[&'static str]| {
        let start = start.iter().copied().chain(files.iter().copied());
        let all = start
            .chain(end.iter().copied())
            .chain(["--audience", audience]);
        all.map(str::to_owned).collect::<Vec<String>>()
    };
    let mut ask = |what: &str, start: &[&'static str], end: &[&'static str]| {
        let args = with(start, end);
        call(what, &args.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let run = ["run", "chance.risk", "--engine", "interpreter"];
    ask("run", &run, &["-o", "out.csv"]);
    ask("events", &run, &["--events", "events.csv"]);
    ask(
        "table",
        &["run", "chance.risk"],
        &["--to", "table", "--engine", "interpreter"],
    );
    ask(
        "explain",
        &["explain", "chance.risk"],
        &["--entity", "C00000"],
    );
    ask(
        "explain json",
        &["explain", "chance.risk"],
        &["--entity", "C00000", "--format", "json"],
    );
    ask("lint", &["lint", "chance.risk"], &[]);
    for file in ["out.csv", "events.csv", "out.csv.manifest.json"] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
        told.push((file.to_owned(), text));
    }
    told
}

/// `31 ms (rules 8.9, …)` differs from run to run.
fn without_times(text: &str) -> String {
    let lines = text.lines().map(|line| match line.find(" ms (") {
        Some(at) => line[..at].trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.'),
        None => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_an_audience_may_not_see_changes_no_byte(
        text in generate::ruleset(),
        said in said(),
        cells in generate::cells(),
        joined in any::<bool>(),
        audience in prop_oneof![Just(Classification::Public), Just(Classification::Restricted)],
    ) {
        let text = classified(&text, &said);
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        for folder in &folders {
            std::fs::write(folder.path().join("chance.risk"), &text).unwrap();
        }
        let rules = folders[0].path().join("chance.risk");
        let whole = plan_for(&rules, None);
        let seen = plan_for(&rules, Some(audience));
        let panel = generate::panel(&whole, 30, &cells);
        let secrets = secret(&seen);
        prop_assume!(!secrets.is_empty());
        let visible = |name: &&str| seen.confidentiality.withheld(name).is_none();
        for (at, folder) in folders.iter().enumerate() {
            let strange = if at == 0 { BTreeSet::new() } else { secrets.clone() };
            let write = |file: &str, names: &[&str]| {
                let text = csv(&whole, &panel, names, &strange);
                std::fs::write(folder.path().join(file), text).unwrap();
            };
            // Columns that nobody reads for the audience may stand in a file of their own, whose rows
            // are then others too.
            let (own, apart): (Vec<&str>, Vec<&str>) = INDICATORS
                .into_iter()
                .partition(|name| joined || visible(name) || !secrets.contains(*name));
            write("own.csv", &own);
            write("apart.csv", &apart);
            if at == 1 && !apart.is_empty() {
                let file = folder.path().join("apart.csv");
                let more = format!("ZZZ,2001{}\n", ",5".repeat(apart.len()));
                let text = std::fs::read_to_string(&file).unwrap() + &more;
                std::fs::write(&file, text).unwrap();
            }
        }
        let has_apart = !joined && INDICATORS.iter().any(|name| secrets.contains(*name));
        // Without a visible column in the other file, its rows would be the only ones.
        let data: &[&str] = if has_apart { &["own.csv", "apart.csv"] } else { &["own.csv"] };
        let [first, second] = [0, 1].map(|at: usize| written(folders[at].path(), data, audience.word()));
        for ((what, one), (_, other)) in first.iter().zip(&second) {
            prop_assert_eq!(one, other, "{} differs for {:?}\n{}", what, &secrets, &text);
        }
    }

    /// What is declassified is what the whole run gives, to the last bit.
    #[test]
    fn what_an_audience_sees_is_what_everyone_sees(
        text in generate::ruleset(),
        said in said(),
        cells in generate::cells(),
    ) {
        let text = classified(&text, &said);
        let folder = tempfile::tempdir().unwrap();
        let rules = folder.path().join("chance.risk");
        std::fs::write(&rules, &text).unwrap();
        let whole = plan_for(&rules, None);
        let panel = generate::panel(&whole, 30, &cells);
        let data = csv(&whole, &panel, &INDICATORS, &BTreeSet::new());
        std::fs::write(folder.path().join("own.csv"), data).unwrap();
        let run = |audience: &str| {
            let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
                .args(["run", "chance.risk", "-d", "own.csv", "--engine", "interpreter"])
                .args(["--audience", audience])
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .output()
                .expect("the program starts");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let all = columns(&run("confidential"));
        for audience in ["public", "restricted"] {
            let seen = run(audience);
            // Nothing may be left, which is said and not written.
            for (name, cells) in columns(&seen).into_iter().filter(|_| !seen.is_empty()) {
                let same = all.iter().find(|(other, _)| *other == name);
                let same = same.map(|(_, cells)| cells);
                prop_assert_eq!(Some(&cells), same, "{} for {}\n{}", name, audience, &text);
            }
        }
    }
}

/// The columns of a CSV text without quoted commas in numbers: cells by column.
fn columns(text: &str) -> Vec<(String, Vec<String>)> {
    let mut lines = text.lines();
    let header = lines.next().unwrap_or_default();
    let mut columns: Vec<(String, Vec<String>)> = header
        .split(',')
        .map(|name| (name.to_owned(), Vec::new()))
        .collect();
    for line in lines {
        for ((_, cells), cell) in columns.iter_mut().zip(cells(line)) {
            cells.push(cell);
        }
    }
    columns
}

/// The cells of one line; quotes keep commas together.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("at least one").push(other),
        }
    }
    cells
}
