//! Packages from outside: adding, locking, keeping, packing; who changed what, and whom it concerns.

use crate::place;

use place::{HEAD, Place};

const CHANGES: &str = "\
override param war_threshold = 500 deaths   because \"Decision 4 of the ministers\"
override weight conflict.at_war = 2         because \"Displacement counts as much\"
override label concern.high \"Grave\"       because \"The region's own word\"
drop member conflict.piracy                 because \"No coast\"
drop indicator piracy                       because \"No coast\"
drop test \"war alone elevates\"            because \"It names piracy\"
add indicator herders \"Clashes\" : assessment  because \"The region's main conflict\"
add member herders to conflict weight 1     because \"The region's main conflict\"
replace level overall \"Overall\" : concern {
  high     when all(factors >= emerging_from),
  elevated when any(factors >= 0.3),
  low      otherwise,
} because \"Earlier warning\"
";

const DATA: &str = "\
country,month,deaths_best,hate_speech,piracy,herders
AVA,2024-01,600,absent,absent,absent
AVA,2024-02,1200,absent,absent,absent
BRU,2024-01,0,absent,absent,present
BRU,2024-02,0,emerging,absent,absent
CEL,2024-01,600,present,absent,
CEL,2024-02,0,absent,present,absent
";

/// Everything that both publish.
const PUBLISHED: [&str; 6] = [
    "at_war",
    "conflict",
    "conflict.coverage",
    "incitement",
    "incitement.coverage",
    "overall",
];

fn place() -> Place {
    let place = Place::new(CHANGES);
    place.write("data.csv", DATA);
    place
}

#[test]
fn the_tree_says_who_changed_what_and_why() {
    let place = place();
    insta::assert_snapshot!(place.does(&["tree", "west", "--all"]));
    let json = place.does(&["tree", "west", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        json["layers"][0]["changes"][0]["reason"],
        "Decision 4 of the ministers"
    );
    assert_eq!(json["layers"][1]["name"], "un");
}

#[test]
fn a_comparison_names_each_change_its_reason_and_whom_it_concerns() {
    let place = place();
    insta::assert_snapshot!(place.does(&["diff", "un", "west", "--data", "data.csv"]));
    insta::assert_snapshot!(
        "as_markdown",
        place.does(&[
            "diff", "un", "west", "--data", "data.csv", "--format", "markdown"
        ])
    );
}

/// What a comparison says caused something is so: the change alone has the same effect.
#[test]
fn causes_hold_when_they_are_made_alone() {
    let place = place();
    let json = place.does(&[
        "diff", "un", "west", "--data", "data.csv", "--format", "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let effects = json["data"]["effects"].as_array().unwrap();
    assert!(!effects.is_empty());
    let lines: Vec<&str> = CHANGES.lines().collect();
    let mut alone = 0;
    for effect in effects.iter().filter(|one| one["result"] == "overall") {
        let Some(sets) = effect["cause"]["alone"].as_array() else {
            continue;
        };
        for set in sets {
            let [only] = set.as_array().unwrap().as_slice() else {
                continue;
            };
            // The changes of parts stand on a line each.
            let Some(line) = usize::try_from(only.as_u64().unwrap())
                .ok()
                .filter(|at| *at < 5)
            else {
                continue;
            };
            let one = Place::new(&format!("{}\n", lines[line]));
            one.write("data.csv", DATA);
            let args = [
                "run",
                "west",
                "--data",
                "data.csv",
                "--columns",
                "overall,overall.at_least,overall.at_most",
            ];
            let rows = one.does(&args);
            let (entity, period) = (
                effect["entity"].as_str().unwrap(),
                effect["period"].as_str().unwrap(),
            );
            let row = rows
                .lines()
                .find(|row| row.starts_with(&format!("{entity},{period},")))
                .unwrap();
            let to = effect["to"].as_str().unwrap();
            let (low, high) = to.split_once("..").unwrap_or((to, to));
            assert!(row.ends_with(&format!("{low},{high}")), "{row} is not {to}");
            alone += 1;
        }
    }
    assert!(alone > 0, "{json:#}");
}

#[test]
fn frameworks_that_are_no_overlay_of_each_other_are_compared_by_declaration() {
    let place = place();
    let other = place
        .read("un/un.risk")
        .replace("1_000", "400")
        .replace("piracy weight 1", "piracy weight 5");
    place.write("other/un.risk", other);
    insta::assert_snapshot!(place.does(&["diff", "un", "other", "--data", "data.csv"]));
    // Spelling is not meaning.
    let spelt = place
        .read("un/un.risk")
        .replace("1_000", "1000")
        .replace("at_war weight 3,", "at_war weight (3) , // much\n");
    place.write("spelt/un.risk", spelt);
    let ended = place.run(&["diff", "un", "spelt", "--exit-code"]);
    assert_eq!(ended.code, 0, "{}", ended.out);
    assert!(ended.out.contains("they mean the same"));
    assert_eq!(
        place
            .run(&["diff", "un", "other", "--exit-code", "--quiet"])
            .code,
        1
    );
}

#[test]
fn a_package_is_the_same_bytes_each_time_and_can_be_built_on() {
    let place = place();
    place.does(&["package", "un", "-o", "first.tar.gz"]);
    place.write("un/data/panel.csv", "not part of the method");
    place.does(&["package", "un", "-o", "second.tar.gz"]);
    let bytes = |name: &str| std::fs::read(place.path().join(name)).unwrap();
    assert_eq!(bytes("first.tar.gz"), bytes("second.tar.gz"));
    let results = place.does(&["run", "west", "--data", "data.csv"]);
    place.write("alone/west.risk", format!("{HEAD}{CHANGES}"));
    place.does(&["add", "first.tar.gz", "--to", "alone"]);
    place.does(&["lock", "alone", "--check"]);
    assert_eq!(place.does(&["run", "alone", "--data", "data.csv"]), results);
}

#[test]
fn what_is_kept_beside_a_ruleset_stays_as_it_was() {
    let place = place();
    let tested = format!(
        "{}test \"cases\" from \"cases.csv\"\n",
        place.read("un/un.risk")
    );
    place.write("un/un.risk", tested);
    place.write(
        "un/cases.csv",
        "country,month,deaths_best,at_war\nAVA,2024-01,600,yes\n",
    );
    place.does(&["lock", "west"]);
    let results = place.does(&["run", "west", "--data", "data.csv"]);
    place.does(&["vendor", "west"]);
    assert!(
        place
            .read("west/forewarn.toml")
            .contains("archive = \"vendor/un-1.2.0.tar.gz\"")
    );
    let rules = place.read("un/un.risk").replace("1_000", "1");
    place.write("un/un.risk", rules);
    assert_eq!(place.does(&["run", "west", "--data", "data.csv"]), results);
    // Its tests run again, tables of cases among them.
    let tested = place.run(&["test", "west"]);
    assert_eq!(tested.code, 0, "{}", tested.err);
    assert!(tested.err.contains("1 value compared"), "{}", tested.err);
    // A damaged archive is told, and nothing is made of it.
    place.write("west/vendor/un-1.2.0.tar.gz", "no archive");
    let ended = place.run(&["check", "west"]);
    assert!(ended.err.contains("FW1304"), "{}", ended.err);
    assert_eq!(ended.code, 1);
}

#[test]
fn explanations_show_the_reasons_of_changes() {
    let place = place();
    let told = place.does(&[
        "explain", "west", "--data", "data.csv", "--entity", "AVA", "--period", "2024-01",
        "conflict",
    ]);
    assert!(
        told.contains("Decision 4 of the ministers (West 0.1.0)"),
        "{told}"
    );
    assert!(
        told.contains("override weight conflict.at_war: Displacement counts as much"),
        "{told}"
    );
}

#[test]
fn the_tests_of_what_is_extended_run_again() {
    let place = Place::new("override param war_threshold = 3_000 deaths because \"Decision 5\"\n");
    let ended = place.run(&["test", "west"]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.err.contains("un/un.risk") || ended.out.contains("un/un.risk"),
        "{}{}",
        ended.out,
        ended.err
    );
    let kept = Place::new("override weight conflict.at_war = 4 because \"Decision 6\"\n");
    kept.does(&["test", "west"]);
}

/// From the lowest framework to the highest: each layer's changes hold on the one below it.
#[test]
fn overlays_stand_on_overlays() {
    let place = place();
    place.write(
        "land/forewarn.toml",
        "[dependencies]\nwest = { path = \"../west\" }\n",
    );
    place.write(
        "land/land.risk",
        "framework land \"Land\" version \"0.2.0\" extends west \"0.1\"\n\
         override param war_threshold = 250 deaths because \"National committee\"\n\
         override weight conflict.herders = 5 because \"National committee\"\n",
    );
    place.does(&["lock", "land"]);
    let told = place.does(&["diff", "un", "land"]);
    assert!(told.contains("value: 1000 deaths → 250 deaths"), "{told}");
    assert!(
        told.contains("Decision 4 of the ministers (West 0.1.0)"),
        "{told}"
    );
    assert!(told.contains("National committee (Land 0.2.0)"), "{told}");
    let told = place.does(&["diff", "west", "land"]);
    assert!(told.contains("value: 500 deaths → 250 deaths"), "{told}");
    assert!(!told.contains("ministers"), "{told}");
}

/// Tests and claims of an overlay speak of what it adds; they do not stand in the way of mixtures.
#[test]
fn an_overlay_with_tests_and_claims_of_its_own_is_compared() {
    let place = Place::new(&format!(
        "{CHANGES}property \"herders count\": conflict rises with herders\n\
         test \"clashes\" over 2 months {{\n  given herders = [present x 2]\n  given deaths_best = 0 deaths\n  expect conflict is 1 / 3 at month 2\n}}\n"
    ));
    place.write("data.csv", DATA);
    let told = place.does(&["diff", "un", "west", "--data", "data.csv"]);
    assert!(told.contains("3 of 6 values of `overall` differ"), "{told}");
    place.does(&["test", "west"]);
}

/// What an audience may not see is neither compared nor told of, bad cells included.
#[test]
fn a_comparison_for_an_audience_holds_nothing_more_closed() {
    let place = place();
    let args = |audience: &'static str| {
        [
            "diff",
            "un",
            "west",
            "--data",
            "data.csv",
            "--format",
            "json",
            "--audience",
            audience,
        ]
    };
    let compared = |audience| -> serde_json::Value {
        let json: serde_json::Value = serde_json::from_str(&place.does(&args(audience))).unwrap();
        json["data"].clone()
    };
    // `overall` rests on what field missions say.
    assert_eq!(
        compared("confidential")["compared"],
        serde_json::json!(PUBLISHED)
    );
    let public = compared("public");
    assert_eq!(
        public["compared"],
        serde_json::json!(["incitement", "incitement.coverage"])
    );
    assert_eq!(public["effects"], serde_json::json!([]));
    place.write("data.csv", DATA.replace("600", "sixhundred"));
    let ended = place.run(&args("public"));
    assert_eq!(ended.code, 0, "it is not read: {}", ended.err);
    assert!(
        !ended.err.contains("sixhundred") && !ended.out.contains("sixhundred"),
        "{}{}",
        ended.out,
        ended.err
    );
    assert!(place.run(&args("confidential")).err.contains("sixhundred"));
}

/// What came in, what runs wrote of it and what was reported stay in the house; so does a lock's account.
#[test]
fn what_an_office_reads_and_writes_is_no_part_of_its_package() {
    let place = Place::new("");
    let recipe = "[[data]]\nfiles = \"in/*.csv\"\n";
    place.write("un/forewarn.toml", recipe);
    let table = "country,month,deaths_best,hate_speech,piracy,overall\nAVA,2031-01,2000,absent,absent,elevated\n";
    place.write("un/in/known.csv", table);
    place.write(
        "un/in/2031-01.csv",
        DATA.replace(",herders", "").replace(",absent\n", "\n"),
    );
    let rules = place.read("un/un.risk") + "test \"Known\" from \"in/known.csv\"\n";
    place.write("un/un.risk", rules);
    place.write("un/known.csv", "kept\n");
    place.does(&["lock", "west"]);
    let before = place.read("west/forewarn.lock");

    let data = "country,month,deaths_best,hate_speech,piracy\nAVA,2031-01,600,absent,absent\n";
    place.write("un/in/2031-01.csv", data);
    place.run(&[
        "run",
        "un",
        "--data",
        "un/in/2031-01.csv",
        "-o",
        "un/sent.csv",
    ]);
    place.write("un/runs/2031-01/results.csv", "secret\n");
    place.write("un/told.md", "AVA is high\n");
    place.write("un/told.md.manifest.json", "{}");
    place.does(&["lock", "west", "--check"]);
    place.does(&["lock", "west"]);
    assert_eq!(place.read("west/forewarn.lock"), before);
    place.does(&["check", "west"]);

    let told = place.does(&["package", "un", "-o", "un.tar.gz"]);
    let bytes = std::fs::read(place.path().join("un.tar.gz")).unwrap();
    let packed = forewarn_compiler::package::archive::unpack(&bytes).unwrap();
    let names: Vec<&str> = packed.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["forewarn.toml", "in/known.csv", "known.csv", "un.risk"]
    );
    for words in [
        "in/ (1 file, data that a recipe reads)",
        "runs/ (1 file, written by runs and reports)",
        "sent.csv (written by runs and reports)",
        "packed although no rule file reads it: known.csv",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("known.csv, "), "{told}");
}

/// A bare name is that of a package; a path that is none, and is called like one, is told.
#[test]
fn names_of_packages_are_known_where_paths_are_asked_for() {
    let place = Place::new("");
    place.write("hdi/other.risk", HEAD.replace("west", "other"));
    place.write("new/.keep", "");
    let told = place.does(&["add", "hdi", "--to", "new"]);
    assert!(told.contains("write `./hdi`"), "{told}");
    assert!(place.read("new/forewarn.toml").contains("vendor/hdi-"));
    let told = place.run(&["diff", "un_atrocity", "un"]);
    assert!(
        told.err.contains("`forewarn add un_atrocity --to FOLDER`"),
        "{}",
        told.err
    );
    let told = place.run(&["rn"]);
    assert!(
        told.err.contains("did you mean `forewarn run`?"),
        "{}",
        told.err
    );
}

#[test]
fn a_package_does_not_build_on_itself() {
    let place = Place::new("");
    let before = place.read("west/forewarn.toml");
    for args in [
        &["add", "./west", "--to", "west"][..],
        &["add", "un", "--to", "un"],
    ] {
        let added = place.run(args);
        assert_eq!(added.code, 2, "{args:?} {}{}", added.out, added.err);
        assert!(added.err.contains("would build on itself"), "{}", added.err);
    }
    assert_eq!(place.read("west/forewarn.toml"), before);
    assert!(!place.path().join("un/forewarn.toml").exists());
    assert_eq!(place.run(&["check", "west"]).code, 0);
}

#[test]
fn an_archive_that_is_none_is_told_in_plain_words() {
    let place = Place::new("");
    place.does(&["package", "un", "-o", "un.tar.gz"]);
    let whole = std::fs::read(place.path().join("un.tar.gz")).unwrap();
    place.write("cut.tar.gz", &whole[..whole.len() / 2]);
    place.write("text.tar.gz", "framework un");
    for (name, words) in [
        ("cut.tar.gz", "its end is missing: it was cut off"),
        ("text.tar.gz", "it is no `.tar.gz`"),
    ] {
        let added = place.run(&["add", name, "--to", "west"]);
        assert_eq!(added.code, 2, "{}", added.err);
        assert!(added.err.contains(words), "{}", added.err);
    }
}
