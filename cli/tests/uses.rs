//! Packages that are used without being extended: what is taken of them, locked, kept, packed, upgraded.

use crate::place;

use place::Place;

const COMMON: &str = "\
framework common \"Words in common\" version \"1.0.0\"
unit deaths \"Deaths\"
param war_threshold \"Deaths of a war\" : deaths = 1_000 deaths
fn doubled(x: number[u]) -> number[u] = 2 * x
fn above(x: deaths) -> truth = x >= doubled(war_threshold)
scale concern { low \"Low\" < high \"High\" }
";

const TOML: &str = "[dependencies]\ncommon = { path = \"../common\", version = \"1\" }\n";

const DATA: &str = "country,month,killed\nAVA,2024-01,600\nAVA,2024-02,1000\nBRU,2024-02,2500\n";

fn rules(uses: &str) -> String {
    format!(
        "framework island \"Island\" version \"0.1.0\"\n{uses}\npanel country by month\n\
         indicator killed \"Conflict deaths\" : deaths in 0..\n\
         level overall \"Overall\" : concern {{ high when killed >= war_threshold, low otherwise }}\n\
         signal grave \"Grave\" = above(killed)\n\
         test \"a thousand is high\" {{ given killed = 1_000 deaths  expect overall is high }}\n"
    )
}

/// `common` beside `island`, which uses it.
fn place(uses: &str) -> Place {
    let place = Place::new("");
    place.write("common/common.risk", COMMON);
    place.write("island/island.risk", rules(uses));
    place.write("island/forewarn.toml", TOML);
    place.write("data.csv", DATA);
    place
}

#[test]
fn what_is_named_comes_with_all_that_it_rests_on() {
    for uses in [
        "use common.{above, war_threshold, concern}",
        "use common.{above, concern}",
        "use common.above\nuse common.concern",
        "use common",
    ] {
        let place = place(uses);
        let locked = place.does(&["lock", "island"]);
        assert!(
            locked.contains("common 1.0.0: 1 file in common"),
            "{locked}"
        );
        let checked = place.run(&["check", "island", "--deny", "warnings"]);
        assert_eq!(checked.code, 0, "{uses}: {}", checked.err);
        place.does(&["test", "island"]);
        let rows = place.does(&[
            "run",
            "island",
            "--data",
            "data.csv",
            "--columns",
            "overall,grave",
        ]);
        assert_eq!(
            rows,
            "country,month,overall,grave\n\
             AVA,2024-01,low,no\nAVA,2024-02,high,no\nBRU,2024-02,high,yes\n",
            "{uses}"
        );
    }
}

#[test]
fn only_what_is_taken_is_there_and_the_tree_says_whence() {
    let place = place("use common.{above, concern}");
    place.does(&["lock", "island"]);
    let tree = place.does(&["tree", "island", "--all"]);
    assert!(
        tree.contains(
            "uses common 1.0.0: unit deaths, param war_threshold, fn doubled, fn above, scale concern"
        ),
        "{tree}"
    );
    assert!(tree.contains("common, used by island"), "{tree}");
    let json = place.does(&["tree", "island", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["layers"][0]["uses"][0]["name"], "common");
    assert_eq!(json["layers"].as_array().unwrap().len(), 1);
    // What nothing that is taken names is not there.
    place.write(
        "island/island.risk",
        rules("use common.{deaths, concern}").replace("above(killed)", "killed >= war_threshold"),
    );
    let told = place.run(&["check", "island"]);
    assert_eq!(told.code, 1);
    assert!(
        told.err.contains("FW0107") && told.err.contains("war_threshold"),
        "{}",
        told.err
    );
}

#[test]
fn a_param_that_is_taken_can_be_set_and_overridden() {
    let place = place("use common.{above, concern}");
    place.does(&["lock", "island"]);
    let args = [
        "run",
        "island",
        "--data",
        "data.csv",
        "--columns",
        "overall",
    ];
    let set = place.does(&[&args[..], &["--set", "war_threshold=500 deaths"]].concat());
    assert!(set.contains("AVA,2024-01,high"), "{set}");
    place.write(
        "bay/bay.risk",
        "framework bay \"Bay\" version \"0.1.0\" extends island \"0.1\"\n\
         override param war_threshold = 500 deaths because \"Decision 4\"\n",
    );
    place.write(
        "bay/forewarn.toml",
        "[dependencies]\nisland = { path = \"../island\", version = \"0.1\" }\n",
    );
    let locked = place.does(&["lock", "bay"]);
    assert!(
        locked.contains("island 0.1.0") && locked.contains("common 1.0.0"),
        "{locked}"
    );
    let run = place.does(&["run", "bay", "--data", "data.csv", "--columns", "overall"]);
    assert!(run.contains("AVA,2024-01,high"), "{run}");
}

#[test]
fn names_that_meet_are_told_and_the_same_words_are_one() {
    let place = place("use common.{above, concern}\nunit deaths \"Deaths\"");
    place.does(&["lock", "island"]);
    assert_eq!(place.run(&["check", "island"]).code, 0);
    for (own, code) in [
        ("param war_threshold \"Own\" : deaths = 5 deaths", "FW1318"),
        ("unit deaths \"Fatalities\"", "FW1318"),
        ("scale concern { high < low }", "FW1318"),
    ] {
        place.write(
            "island/island.risk",
            rules(&format!("use common.{{above, concern}}\n{own}")),
        );
        let told = place.run(&["check", "island"]);
        assert_eq!(told.code, 1, "{own}");
        assert!(told.err.contains(code), "{own}: {}", told.err);
        assert!(told.err.contains("common/common.risk"), "{}", told.err);
    }
}

#[test]
fn a_package_that_is_wrong_is_told_where_it_is_wrong() {
    let place = place("use common.{concern, war_threshold, above}");
    place.write(
        "common/common.risk",
        COMMON.replace("1_000 deaths", "1_000 dogs"),
    );
    let told = place.run(&["check", "island"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("common/common.risk:3:"), "{}", told.err);
    assert!(told.err.contains("dogs"), "{}", told.err);
    // Once, where it stands by itself, and not again by what uses it.
    assert!(told.err.contains("\n1 error"), "{}", told.err);
}

#[test]
fn what_changed_since_it_was_locked_stops_every_command() {
    let place = place("use common.{above, concern}");
    let none = place.run(&["check", "island"]);
    assert!(
        none.err.contains("FW1314") && none.err.contains("used here"),
        "{}",
        none.err
    );
    place.does(&["lock", "island"]);
    assert!(
        place
            .does(&["lock", "island", "--check"])
            .contains("is up to date")
    );
    place.write("common/common.risk", COMMON.replace("1_000", "900"));
    for command in ["check", "test"] {
        let told = place.run(&[command, "island"]);
        assert_eq!(told.code, 1);
        assert!(
            told.err.contains("FW1311") && told.err.contains("used here"),
            "{}",
            told.err
        );
    }
    assert_eq!(place.run(&["lock", "island", "--check"]).code, 1);
}

#[test]
fn it_is_kept_packed_and_read_from_an_archive_alone() {
    let place = place("use common.{above, concern}");
    place.does(&["lock", "island"]);
    let kept = place.does(&["vendor", "island"]);
    assert!(kept.contains("vendor/common-1.0.0.tar.gz"), "{kept}");
    let packed = place.does(&["package", "island"]);
    assert!(!packed.contains("needed beside it"), "{packed}");
    std::fs::remove_dir_all(place.path().join("common")).unwrap();
    std::fs::remove_dir_all(place.path().join("island")).unwrap();
    let tested = place.run(&["test", "island-0.1.0.tar.gz"]);
    assert_eq!(tested.code, 0, "{}", tested.err);
    assert!(tested.err.contains("1 test"), "{}", tested.err);
}

#[test]
fn results_name_its_files_with_their_digests() {
    let place = place("use common.{above, concern}");
    place.does(&["lock", "island"]);
    place.does(&[
        "run",
        "island",
        "--data",
        "data.csv",
        "-o",
        "results.csv",
        "--quiet",
    ]);
    let text = std::fs::read_to_string(place.path().join("results.csv.manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let files = manifest["rules"]["files"].as_array().unwrap();
    let is_common = |file: &&serde_json::Value| {
        file["path"]
            .as_str()
            .unwrap()
            .ends_with("common/common.risk")
    };
    let common = files.iter().find(is_common).unwrap();
    let digest = forewarn_compiler::package::contents::sha256(COMMON.as_bytes());
    assert_eq!(common["sha256"], digest.as_str());
    place.does(&["verify", "results.csv"]);
}

#[test]
fn it_is_had_from_a_registry_by_name_and_brought_to_another_version() {
    let place = place("");
    place.write("island/forewarn.toml", "");
    place.write(
        "island/island.risk",
        "framework island \"Island\" version \"0.1.0\"\npanel country by month\n",
    );
    place.does(&["release", "common", "--into", "registry"]);
    let added = place.does(&["add", "common", "--from", "registry", "--to", "island"]);
    assert!(added.contains("`use common`"), "{added}");
    place.write("island/island.risk", rules("use common.{above, concern}"));
    place.does(&["lock", "island"]);
    place.does(&["test", "island"]);

    place.write(
        "common/common.risk",
        COMMON
            .replace("\"1.0.0\"", "\"1.1.0\"")
            .replace("1_000", "900"),
    );
    place.does(&["release", "common", "--into", "registry"]);
    let told = place.does(&["upgrade", "island", "--from", "registry"]);
    assert!(told.contains("common 1.0.0 → 1.1.0"), "{told}");
    assert!(
        told.contains("param war_threshold: value: 1000 deaths → 900 deaths"),
        "{told}"
    );
    assert!(
        place
            .does(&["tree", "island"])
            .contains("uses common 1.1.0")
    );

    // What is taken and is no longer there is told, and nothing is written.
    place.write(
        "common/common.risk",
        COMMON
            .replace("\"1.0.0\"", "\"2.0.0\"")
            .replace("fn above", "fn beyond"),
    );
    let told = place.run(&["upgrade", "island", "--with", "common"]);
    assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    assert!(told.err.contains("FW1317"), "{}", told.err);
    assert!(told.out.contains("nothing was written"), "{}", told.out);
    assert!(
        place
            .does(&["tree", "island"])
            .contains("uses common 1.1.0")
    );
}

#[test]
fn a_registry_gives_what_a_package_uses_along_with_it() {
    let place = place("use common.{above, concern}");
    place.does(&["lock", "island"]);
    place.does(&["release", "common", "--into", "registry"]);
    place.does(&["release", "island", "--into", "registry"]);
    let listed = place.does(&["packages", "--from", "registry"]);
    assert!(listed.contains("uses common 1"), "{listed}");
    std::fs::create_dir(place.path().join("bay")).unwrap();
    let added = place.does(&["add", "island", "--from", "registry", "--to", "bay"]);
    assert!(added.contains("common-1.0.0.tar.gz"), "{added}");
    std::fs::remove_dir_all(place.path().join("common")).unwrap();
    place.does(&["test", "bay"]);
}

#[test]
fn a_vocabulary_is_checked_by_itself_and_runs_nothing() {
    let place = place("use common");
    let checked = place.run(&["check", "common", "--deny", "warnings"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    place.does(&["package", "common"]);
    let run = place.run(&["run", "common", "--data", "data.csv"]);
    assert_ne!(run.code, 0, "{}", run.out);
}

#[test]
fn packages_that_use_each_other_stand_on_nothing() {
    let place = place("use common.{above, concern}");
    place.write(
        "common/common.risk",
        COMMON.replace("unit deaths", "use other.{dozen}\nunit deaths"),
    );
    place.write(
        "common/forewarn.toml",
        "[dependencies]\nother = { path = \"../other\" }\n",
    );
    place.write(
        "other/other.risk",
        "framework other \"Other\" version \"1.0.0\"\nuse common.{doubled}\nparam dozen = 12\n",
    );
    place.write("other/forewarn.toml", TOML);
    let told = place.run(&["check", "island"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("FW1307"), "{}", told.err);
}

/// However many packages stand in a row, that is told and nothing overflows.
#[test]
fn packages_in_a_long_row_are_refused() {
    let place = Place::new("");
    let many = 400;
    for at in 0..many {
        let next = at + 1;
        let uses = if next < many {
            format!("use p{next}\n")
        } else {
            String::new()
        };
        place.write(
            &format!("p{at}/p{at}.risk"),
            format!("framework p{at} \"P\" version \"1.0.0\"\n{uses}param own_{at} = {at}\n"),
        );
        place.write(
            &format!("p{at}/forewarn.toml"),
            format!("[dependencies]\np{next} = {{ path = \"../p{next}\" }}\n"),
        );
    }
    let told = place.run(&["check", "p0"]);
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(
        told.err.contains("FW1304") && told.err.contains("behind 64 packages"),
        "{}",
        told.err
    );
    let told = place.run(&["check", "p390"]);
    assert!(!told.err.contains("error"), "{}", told.err);
}
