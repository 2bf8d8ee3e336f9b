//! Categories that are declared once by a name and shared.

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_runtime::run::{Engine, RunOptions, run};
use forewarn_tables::{ReadOptions, read};

const HEAD: &str = "framework f \"F\" version \"1\"
panel country by year
category zone \"Zone\" { coast \"At the coast\", plain, hills }
category party { blue, red }
indicator home : zone
indicator camp : zone
indicator rule : party
indicator loose : category { coast, plain, hills }
";

fn told(rules: &str) -> Vec<String> {
    let files = MemoryFiles::of("f.risk", format!("{HEAD}{rules}"));
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    let causes = compilation.reports.iter();
    causes
        .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
        .filter(|told| !told.starts_with("FW0103"))
        .collect()
}

#[test]
fn indicators_of_one_category_are_compared() {
    let rules = format!(
        "{HEAD}param port : zone = coast
fn moved(from: zone, to: zone) -> truth = from is not to
signal far = moved(home, camp)
signal at_port = camp is port
let where = if rule is red then home else camp
signal up = where is hills
table place : zone by home {{ coast then plain, plain then hills, hills then coast, missing then missing }}
score peers = mean(if camp is coast then 1 else 0, among: home)
"
    );
    let files = MemoryFiles::of("f.risk", &rules);
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    let plan = compilation.plan.expect("compiles");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("d.csv");
    let data = "country,year,home,camp,rule,loose
AVA,2020,coast,plain,red,
BEL,2020,hills,hills,blue,coast
CIR,2020,,coast,red,
";
    std::fs::write(&path, data).expect("written");
    let read = read(&path, &plan, &ReadOptions::default()).expect("reads");
    for engine in [Engine::Interpreter, Engine::Native] {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        let results = run(&plan, &read.panel, &options).expect("runs");
        let column = |name: &str| {
            let at = plan.outputs.iter().position(|one| one.column == name);
            let values = &results.columns[at.expect("published")].values;
            let cells = values.iter().map(|x| format!("{x}"));
            cells.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(column("far"), "1 0 NaN");
        assert_eq!(column("at_port"), "0 0 1");
        assert_eq!(column("up"), "0 1 NaN");
        assert_eq!(column("place"), "1 0 NaN");
        assert_eq!(column("peers"), "0 0 NaN");
    }
}

#[test]
fn what_does_not_go_together_names_both() {
    let cases = [
        (
            "signal s = home is rule",
            "FW0203: a name of `zone` cannot be compared with a name of `party`",
        ),
        (
            "signal s = home is loose",
            "FW0203: a name of `zone` cannot be compared with a category",
        ),
        (
            "signal s = home is north",
            "FW0205: category `zone` has no `north`",
        ),
        (
            "signal s = loose is north",
            "FW0205: this category has no `north`",
        ),
        (
            "signal s = home > plain",
            "FW0207: categories have no order",
        ),
        (
            "param p : party = coast\nsignal s = rule is p",
            "FW0205: category `party` has no `coast`",
        ),
        ("category zone { a, b }", "FW0101"),
        ("score s = zone", "FW0"),
    ];
    for (rules, wanted) in cases {
        let found = told(&format!("{rules}\n"));
        assert_eq!(found.len(), 1, "{rules}: {found:?}");
        assert!(found[0].starts_with(wanted), "{rules}: {found:?}");
    }
}
