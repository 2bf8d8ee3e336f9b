//! What people read of verified evidence, of a publication's codes and of two keys: messages, tables,
//! explanations.

use std::path::Path;
use std::process::Command;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).expect("written");
    }

    /// Both outputs of the program, run in the folder, without times.
    fn run(&self, args: &[&str]) -> String {
        let ended = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(args)
            .current_dir(self.0.path())
            .env("COLUMNS", "80")
            .output()
            .expect("it runs");
        let mut told = String::from_utf8_lossy(&ended.stdout).into_owned();
        let errors = String::from_utf8_lossy(&ended.stderr).into_owned();
        for line in errors.lines() {
            // The time that a run took is another one every time.
            let line = match line.split_once(" fault") {
                Some((before, _)) if line.contains(" ms (") => format!("{before} fault…"),
                _ => line.to_owned(),
            };
            told.push_str(&line);
            told.push('\n');
        }
        told
    }
}

const HEAD: &str = "framework demo \"Demo\" version \"1\"\npanel country by month\n";

#[test]
fn slips_with_verification_and_codes() {
    let folder = Folder::new();
    let wrong = [
        (
            "nothing least alarming",
            "indicator deaths \"Deaths\" : number polarity protective verification column \"v\"\n\
             indicator region \"Region\" : category { west, east } verification column \"w\"\n\
             score known = verified(deaths)\nsignal westerly = region is west\n",
        ),
        (
            "nothing verified",
            "indicator hate \"Hate speech\" : assessment\nsignal alarming = verified(hate) is present\n",
        ),
        (
            "in a function",
            "indicator hate \"Hate speech\" : assessment verification column \"v\"\n\
             fn sure(x: number) -> number = verified(x)\nscore position_of = sure(position(hate))\n",
        ),
        (
            "around an alert",
            "indicator hate \"Hate speech\" : assessment verification column \"v\"\n\
             alert warning { raise when hate is present for 2 months }\n\
             signal sure = verified(warning >= raised)\n",
        ),
        (
            "unverified of what cannot be, and outside of tests",
            "indicator hate \"Hate speech\" : assessment\n\
             signal alarming = unverified(hate) is present\n\
             signal calm = hate is absent\n\
             test \"a report\" { given hate = unverified(present)  expect not calm }\n",
        ),
        (
            "one code twice, and a detail that a number does not have",
            "indicator hate \"Hate speech\" : assessment code \"7.14\"\n\
             indicator arms \"Arms\" : assessment code \"7.14\"\n\
             signal both = hate is present and arms is present\nsignal seen = arms.verified\n",
        ),
    ];
    let mut told = String::new();
    for (name, rules) in wrong {
        folder.put("rules.risk", &format!("{HEAD}{rules}"));
        told.push_str(&format!(
            "# {name}\n\n{}\n",
            folder.run(&["check", "rules.risk"])
        ));
    }
    insta::assert_snapshot!(told);
}

const RULES: &str = "indicator laws \"Emergency laws\" : assessment
  code \"7.1\" provenance confirmed polarity harmful verification column \"laws_verified\"
indicator hate \"Hate speech rises\" : assessment
  code \"7.14\" provenance recalled polarity harmful verification column \"hate_verified\"
factor preparation \"Preparation\" {
  code \"7\" combine mean require 50% coverage members { laws, hate }
}
scale concern { low < elevated < high }
level overall \"Overall\" : concern {
  high     when verified(preparation >= 0.75),
  elevated when preparation >= 0.5,
  low      otherwise,
}
";

#[test]
fn a_level_that_stands_on_reports_is_explained() {
    let folder = Folder::new();
    folder.put("rules.risk", &format!("{HEAD}{RULES}"));
    folder.put(
        "data.csv",
        "country,month,laws,laws_verified,hate,hate_verified\n\
         AVA,2024-01,present,yes,present,yes\nAVA,2024-02,present,yes,present,unverified\n",
    );
    let asked = [
        "explain",
        "rules.risk",
        "--data",
        "data.csv",
        "--entity",
        "AVA",
    ];
    let mut told = folder.run(&[&asked[..], &["--period", "2024-02"]].concat());
    told.push('\n');
    told.push_str(&folder.run(&["run", "rules.risk", "--data", "data.csv", "--period", "all"]));
    insta::assert_snapshot!(told);
}

#[test]
fn pairs_are_shown_chosen_and_explained() {
    let rules =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/tests/two_keys/provinces.risk");
    let folder = Folder::new();
    let text = std::fs::read_to_string(rules).expect("rules");
    let without_cases = text
        .lines()
        .filter(|line| !line.contains("from \"provinces.csv\""));
    folder.put("rules.risk", &without_cases.collect::<Vec<_>>().join("\n"));
    folder.put(
        "provinces.csv",
        "iso3,province,month,attacks\nAVA,North,2024-01,10\nAVA,North,2024-02,60\n\
         AVA,South,2024-01,5\nAVA,South,2024-02,7\nBRU,North,2024-02,20\n",
    );
    folder.put(
        "countries.csv",
        "iso3,month,poverty\nAVA,2024-01,0.5\nAVA,2024-02,0.25\nBRU,2024-02,0.1\n",
    );
    let data = [
        "rules.risk",
        "--data",
        "provinces.csv",
        "--data",
        "countries.csv",
    ];
    let mut told = String::new();
    for (word, more) in [
        (
            "run",
            &[
                "--to",
                "table",
                "--columns",
                "worst,place,burden,country_level",
            ][..],
        ),
        (
            "run",
            &["--entity", "AVA/South", "--columns", "worst,place"][..],
        ),
        ("run", &["--entity", "BRU", "--columns", "worst,place"][..]),
        ("run", &["--entity", "AVA/West", "--columns", "worst"][..]),
        ("explain", &["--entity", "AVA"][..]),
        ("explain", &["--entity", "AVA/South", "country_level"][..]),
    ] {
        let args = [&[word][..], &data, more].concat();
        told.push_str(&format!(
            "$ forewarn {}\n{}\n",
            args.join(" "),
            folder.run(&args)
        ));
    }
    insta::assert_snapshot!(told);
}
