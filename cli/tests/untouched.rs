//! No command writes anything but what it was named.

use crate::place;

use clap::CommandFactory as _;
use place::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

const DATA: &str = "country,month,deaths_best,hate_speech,piracy\n\
                    AVA,2024-01,10,absent,absent\nAVA,2024-02,2000,present,absent\n";

const CHANGES: &str =
    "override param war_threshold = 3_000 deaths because \"agreed at the review\"\n";

/// `west` with a change that a test of the base does not survive, `kept` with the base beside it as an
/// archive, and data.
fn tree() -> Place {
    let place = Place::new(CHANGES);
    place.write("data.csv", DATA);
    place.write(
        "kept/kept.risk",
        place::HEAD.replace("west", "kept") + CHANGES,
    );
    place.write("kept/forewarn.toml", place::TOML);
    place.does(&["vendor", "kept"]);
    place.write(
        "own/own.risk",
        place::UN.replace("framework un", "framework own") + "test \"known\" from \"cases.csv\"\n",
    );
    place.write(
        "own/cases.csv",
        "country,month,deaths_best,hate_speech,piracy,overall\nAVA,2024-01,10,absent,absent,low\n",
    );
    fs::create_dir(place.path().join("out")).unwrap();
    place.does(&["run", "own", "-d", "data.csv", "-q", "-o", "earlier.csv"]);
    place
}

/// Every file with its bytes and when it was written.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    fn walk(root: &Path, folder: &Path, all: &mut BTreeMap<String, (Vec<u8>, SystemTime)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, all);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().display().to_string();
            let written = fs::metadata(&path).unwrap().modified().unwrap();
            all.insert(name, (fs::read(&path).unwrap(), written));
        }
    }
    let mut all = BTreeMap::new();
    walk(folder, folder, &mut all);
    all
}

/// What a command makes, changes or removes.
fn touched(place: &Place, words: &str) -> BTreeSet<String> {
    let before = files(place.path());
    let args: Vec<&str> = words.split_whitespace().collect();
    place.run(&args);
    let after = files(place.path());
    let names = before.keys().chain(after.keys());
    names
        .filter(|name| before.get(*name) != after.get(*name))
        .cloned()
        .collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const READERS: [&str; 49] = [
    "data own -d data.csv",
    "data --guess data.csv",
    "report own -d data.csv -q",
    "compare earlier.csv earlier.csv",
    "check own west kept un",
    "check own --lint --translations --format json",
    "lint west -d data.csv",
    "fix own --dry-run",
    "fix west",
    "run own -d data.csv",
    "run west -d data.csv --to parquet",
    "run kept -d data.csv --to csv --audience public",
    "run own -d data.csv --goalposts earlier.csv.manifest.json --to json",
    "run own -d nowhere.csv",
    "run own -d data.csv --set emerging_from=2",
    "verify earlier.csv.manifest.json",
    "verify .",
    "explain own -d data.csv --entity AVA",
    "explain kept -d data.csv --entity AVA --format markdown",
    "test own west kept",
    "test own --coverage",
    "test own --coverage=html",
    "test own --mutate",
    "test own --format junit",
    "properties own west",
    "diff un west",
    "diff un kept -d data.csv",
    "diff un west -d data.csv --format markdown",
    "translations own --lang fr --check",
    "tree west --all",
    "tree kept --format json",
    "lock west",
    "lock west --check",
    "lock kept",
    "lock own",
    "vendor own",
    "vendor kept",
    "explain-code FW0102",
    "completions bash",
    "new own",
    "packages",
    "packages --from nowhere",
    "packages --from http://127.0.0.1:1",
    "upgrade west",
    "upgrade west --with un",
    "upgrade own",
    "release un --since west",
    "release un",
    "manual data.csv",
];

#[test]
fn commands_that_read_write_nothing() {
    let place = tree();
    for words in READERS {
        assert_eq!(touched(&place, words), BTreeSet::new(), "{words}");
    }
}

#[test]
fn commands_that_write_write_what_they_are_named() {
    let commands: [(&str, &[&str]); 18] = [
        (
            "report own -d data.csv -q -o out/r.html",
            &["out/r.html", "out/r.html.manifest.json"],
        ),
        (
            "run own -d data.csv -q -o out/r.csv --events out/e.csv",
            &["out/r.csv"],
        ),
        (
            "run own -d data.csv -q -o out/r.parquet",
            &["out/r.parquet", "out/r.parquet.manifest.json"],
        ),
        (
            "test own --coverage=lcov --coverage-out out",
            &["out/lcov.info"],
        ),
        (
            "test own --coverage=html --coverage-out out/c.html",
            &["out/c.html"],
        ),
        ("test own --update", &[]),
        ("package own -o out/own.tar.gz", &["out/own.tar.gz"]),
        ("package west", &["west-0.1.0.tar.gz"]),
        ("translations own --lang fr", &["own/translations/fr.toml"]),
        (
            "translations kept --lang fr",
            &["kept/translations/fr.toml"],
        ),
        (
            "vendor west",
            &["west/forewarn.toml", "west/vendor/un-1.2.0.tar.gz"],
        ),
        // What stands there already is not written again.
        ("add un --to west", &[]),
        ("add un --to own", &["own/forewarn.toml"]),
        ("add out --to own", &[]),
        (
            "release un --into out/registry",
            &["out/registry/index.toml", "out/registry/un-1.2.0.tar.gz"],
        ),
        (
            "new bound --extends hdi",
            &[
                "bound/README.md",
                "bound/bound.risk",
                "bound/forewarn.lock",
                "bound/forewarn.toml",
                "bound/vendor/hdi-1.0.0.tar.gz",
            ],
        ),
        (
            "new fresh",
            &[
                "fresh/README.md",
                "fresh/data/example.csv",
                "fresh/forewarn.toml",
                "fresh/fresh.risk",
            ],
        ),
        ("run own -d data.csv -q -o nowhere/r.csv", &[]),
    ];
    for (words, named) in commands {
        let place = tree();
        let own = if words.contains("--events") {
            // A ruleset without alerts that raise anything all the same has a table of them.
            set(&["out/r.csv", "out/r.csv.manifest.json", "out/e.csv"])
        } else {
            set(named)
        };
        let touched = touched(&place, words);
        assert!(touched.is_subset(&own), "{words}: {touched:?}");
        if !words.contains("--events") {
            assert_eq!(touched, own, "{words}");
        }
    }
}

/// What comes from a package that a ruleset builds on stays as it is, a folder or an archive.
#[test]
fn updates_stay_within_the_ruleset_that_was_named() {
    for rules in ["west", "kept"] {
        let place = tree();
        let touched = touched(&place, &format!("test {rules} --update"));
        let inside =
            |name: &String| name.starts_with(&format!("{rules}/")) && !name.contains("vendor");
        assert!(touched.iter().all(inside), "{rules}: {touched:?}");
        assert!(!touched.is_empty(), "{rules}");
    }
}

/// A table of the tests that no command is forgotten in.
#[test]
fn every_command_is_tried() {
    let tried: Vec<String> = READERS.iter().map(|words| (*words).to_owned()).collect();
    for command in forewarn_cli::command::Cli::command().get_subcommands() {
        let name = command.get_name();
        let writes = ["add", "package"].contains(&name);
        let is_tried = tried
            .iter()
            .any(|words| words.split(' ').next() == Some(name));
        assert!(writes || is_tried, "{name} is not tried");
    }
}
