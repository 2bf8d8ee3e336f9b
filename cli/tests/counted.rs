//! Units on the way in and on the way out: columns that are counted otherwise than declared, params on
//! the command line, and what published numbers say of themselves.

use serde_json::Value;
use std::process::Command;

struct Folder(tempfile::TempDir);

struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        Self(folder)
    }

    fn run(&self, args: &[&str]) -> Ended {
        let ended = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(args)
            .current_dir(self.0.path())
            .env("COLUMNS", "100")
            .output()
            .expect("it runs");
        Ended {
            code: ended.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&ended.stdout).into_owned(),
            err: String::from_utf8_lossy(&ended.stderr).into_owned(),
        }
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).expect("a file")
    }
}

const PERCENT: &str = "\
framework demo \"Demo\" version \"1\"
panel area
indicator crisis \"In crisis\" : percent in 0..100 column \"Share in crisis\"
signal grave = crisis >= 20%
";

/// The declaration that the first help shows, put in place of the one there is.
fn repaired(rules: &str, told: &str) -> String {
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = told.split("declare `").nth(1).expect("a declaration");
    let line = line.split('`').next().expect("its end").replace(" │ ", " ");
    let lines = rules.lines().map(|own| {
        if own.starts_with("indicator") {
            line.clone()
        } else {
            own.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn shares_in_a_column_of_percentages_are_told() {
    let folder = Folder::with(&[
        ("r.risk", PERCENT),
        (
            "d.csv",
            "area,Share in crisis\nEast,0.35\nWest,0.05\nNorth,1\n",
        ),
    ]);
    let args = ["run", "r.risk", "--data", "d.csv", "--quiet"];
    let ended = folder.run(&args);
    assert_eq!(ended.code, 0);
    assert!(ended.err.contains("FW0328"), "{}", ended.err);
    let strict = folder.run(&[&args[..], &["--deny", "warnings"]].concat());
    assert_eq!((strict.code, strict.out.as_str()), (1, ""));
    // What it says to declare reads the column as what it is.
    std::fs::write(
        folder.0.path().join("r.risk"),
        repaired(PERCENT, &ended.err),
    )
    .expect("written");
    let ended = folder.run(&args);
    assert_eq!(ended.err, "");
    assert_eq!(ended.out, "area,grave\nEast,yes\nNorth,yes\nWest,no\n");
}

#[test]
fn percentages_in_a_column_of_shares_are_told() {
    let rules = PERCENT.replace("percent in 0..100", "number in 0..1");
    let folder = Folder::with(&[
        ("r.risk", &rules),
        (
            "d.csv",
            "area,Share in crisis\nEast,35\nWest,0.5\nNorth,20\n",
        ),
    ]);
    let args = ["run", "r.risk", "--data", "d.csv", "--quiet"];
    let ended = folder.run(&args);
    assert!(ended.err.contains("FW0329"), "{}", ended.err);
    assert_eq!(
        folder
            .run(&[&args[..], &["--deny", "warnings"]].concat())
            .code,
        1
    );
    std::fs::write(folder.0.path().join("r.risk"), repaired(&rules, &ended.err)).expect("written");
    let ended = folder.run(&args);
    assert_eq!(ended.err, "");
    assert_eq!(ended.out, "area,grave\nEast,yes\nNorth,yes\nWest,no\n");
}

#[test]
fn columns_that_are_what_they_say_are_let_alone() {
    for (kind, cells) in [
        ("percent in 0..100", "35\n0.5\n0\n"),
        ("percent in 0..1%", "0.35\n0.05\n1\n"),
        ("percent in 0..100", "0\n1\n0\n"),
        ("number in 0..1", "0.35\n0.05\n1\n"),
        // One slip among shares is one value out of range.
        ("number in 0..1", "0.35\n5\n0.4\n0.6\n"),
        // Not what a percentage can be.
        ("number in 0..1", "350\n5\n-4\n"),
    ] {
        let rows: Vec<String> = cells
            .lines()
            .enumerate()
            .map(|(row, cell)| format!("A{row},{cell}\n"))
            .collect();
        let folder = Folder::with(&[
            (
                "r.risk",
                &PERCENT
                    .replace("percent in 0..100", kind)
                    .replace("20%", "0.5%"),
            ),
            ("d.csv", &format!("area,Share in crisis\n{}", rows.concat())),
        ]);
        let ended = folder.run(&["run", "r.risk", "--data", "d.csv", "--quiet"]);
        assert!(
            !ended.err.contains("FW032"),
            "{kind}, {cells}: {}",
            ended.err
        );
        assert_eq!(ended.code, 0, "{kind}, {cells}: {}", ended.err);
    }
}

const RATES: &str = "\
framework demo \"Demo\" version \"1\"
panel area
unit deaths
unit people
indicator killed : deaths in 0..
indicator population : people in 1..
param least : deaths / 100_000 people = 2 deaths / 100_000 people
param part : percent in 0..100 = 40%
score rate \"Rate\" : deaths / 100_000 people = killed / population
score bare = killed / population
score among : percent = rate / (rate + least)
signal deadly = rate >= least and among >= part
";

fn rates() -> Folder {
    Folder::with(&[
        ("r.risk", RATES),
        ("d.csv", "area,killed,population\nEast,30,1000000\n"),
    ])
}

#[test]
fn a_param_on_the_command_line_is_read_in_its_unit_and_the_summary_says_so() {
    let folder = rates();
    let ended = folder.run(&[
        "run", "r.risk", "--data", "d.csv", "--set", "least=4", "--set", "part=30%",
    ]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let words = ended.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("set: `least` 4 deaths / (100_000 people), `part` 30 percent"),
        "{words}"
    );
    assert!(ended.out.ends_with(",no\n"), "{}", ended.out);
    let refused = folder.run(&["run", "r.risk", "--data", "d.csv", "--set", "part=30"]);
    assert_ne!(refused.code, 0);
    assert!(refused.err.contains("--set part=30%"), "{}", refused.err);
}

#[test]
fn results_say_what_they_are_counted_in() {
    let folder = rates();
    let run =
        |more: &[&str]| folder.run(&[&["run", "r.risk", "--data", "d.csv"][..], more].concat());
    assert!(run(&[]).out.starts_with("area,rate,bare,among,deadly\n"));
    assert!(run(&["--units"]).out.starts_with(
        "area,rate [deaths / (100_000 people)],bare [deaths / people],among [percent],deadly\n"
    ));
    let json: Value = serde_json::from_str(&run(&["--to", "json"]).out).expect("JSON");
    assert_eq!(json["units"]["rate"], "deaths / (100_000 people)");
    assert_eq!(json["units"]["among"], "percent");
    assert_eq!(json["units"]["deadly"], Value::Null);
    assert_eq!(json["rows"][0]["rate"], 3.0);
    let shown = run(&["--to", "table", "--columns", "rate,among"]).out;
    assert!(
        shown.contains("`rate` in deaths / (100_000 people), `among` in percent"),
        "{shown}"
    );

    for file in ["o.csv", "o.parquet", "o.json"] {
        assert_eq!(run(&["-o", file, "--units"]).code, 0);
        let manifest: Value =
            serde_json::from_str(&folder.read(&format!("{file}.manifest.json"))).expect("JSON");
        let units = &manifest["results"]["units"];
        assert_eq!(units["rate"], "deaths / (100_000 people)");
        assert_eq!(units["bare"], "deaths / people");
        assert_eq!(units["deadly"], Value::Null);
        assert_eq!(
            folder
                .run(&["verify", &format!("{file}.manifest.json")])
                .code,
            0,
            "{file}"
        );
    }
    let written: Value = serde_json::from_str(&folder.read("o.json")).expect("JSON");
    assert_eq!(written["units"]["bare"], "deaths / people");
}

#[test]
fn a_unit_that_nobody_wrote_is_told_by_lint() {
    let folder = rates();
    let ended = folder.run(&["lint", "r.risk"]);
    assert!(ended.out.contains("FW0325") || ended.err.contains("FW0325"));
    let told = format!("{}{}", ended.out, ended.err);
    assert_eq!(told.matches("FW0325").count(), 1, "{told}");
    assert!(told.contains("`bare : deaths / people`"), "{told}");
}
