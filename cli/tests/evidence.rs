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

/// One factor of bounds, one that is an estimate, and what is made of them.
fn put_together(rest: &str) -> String {
    let folder = Folder::new();
    let rules = format!(
        "{HEAD}indicator a \"A\" : number in 0..1\nindicator b \"B\" : number in 0..1\n\
         indicator c \"C\" : number in 0..1\n\
         factor bd \"Bounded\" {{ combine mean evidence bounds members {{ a, b }} }}\n\
         factor es \"Estimated\" {{ combine mean evidence estimate require 1 known members {{ b, c }} }}\n{rest}\n"
    );
    folder.put("a.risk", &rules);
    folder.run(&["check", "a.risk"])
}

#[test]
fn an_estimate_put_together_with_bounds_is_told_wherever_it_is() {
    let mixed = [
        "score m \"M\" = mean(bd, es)",
        "score m \"M\" = bd + es / 2",
        "score m \"M\" = if c > 0.5 then bd else es",
        "let both = [bd, es]\nscore m \"M\" = max(both)",
        "score m \"M\" = max(bd, mean(a, b, require: 1 known))",
        "fn most(x: number, y: number) -> number = max(x, y)\nscore m \"M\" = most(bd, es)",
        "scale s { low < high }\nlevel l \"L\" : s from mean(bd, es) { low in 0..<0.5, high in 0.5..1 }",
        "signal k \"K\" = mean(bd, es) >= 0.5",
        "signal k \"K\" = count(factors >= 0.6) >= 1",
        "signal k \"K\" = any([bd >= 0.5, es >= 0.5])",
        "signal k \"K\" = at least 1 of (bd >= 0.5, es >= 0.5)",
        "factor f \"F\" { combine mean members { bd, es } }\nsignal k \"K\" = any(f.members >= 0.5)",
        // Told where it is put together, and not again of what rests on that.
        "score m \"M\" = mean(bd, es)\nscore k \"K\" = m * 2",
        "factor d \"D\" { combine max evidence bounds members { max(bd, es), c } }",
    ];
    for rest in mixed {
        let told = put_together(rest);
        assert_eq!(told.matches("warning[FW0623]").count(), 1, "{rest}\n{told}");
        assert!(told.contains("1 warning\n"), "{rest}\n{told}");
    }
    let apart = [
        "signal k \"K\" = bd >= 0.5 and es >= 0.5",
        "signal k \"K\" = bd >= es",
        "score m \"M\" = mean(bd.at_most, es)",
        "score m \"M\" = mean(bd, a)\nscore k \"K\" = max(es, c)",
        "signal k \"K\" = count(bd >= 0.6, bd >= 0.8) >= 1 or es >= 0.5",
    ];
    for rest in apart {
        let told = put_together(rest);
        assert!(!told.contains("FW0623"), "{rest}\n{told}");
    }
    insta::assert_snapshot!(put_together(mixed[0]));
    insta::assert_snapshot!(put_together(mixed[4]));
}
