//! `test --update` on a ruleset that extends another: the base is never written, and what its tests expect
//! here stands in the ruleset's own files, with the change that moves it.

use crate::place;

use place::{HEAD, Place, TOML};

const BASE: &str = "\
framework un \"UN\" version \"1.2.0\"
panel country by month
unit deaths
indicator deaths_best \"Conflict deaths\" : deaths in 0..
indicator hate_speech \"Hate speech\" : assessment
param war_threshold \"War\" : deaths = 1_000 deaths
param loud = 0.5
signal at_war \"War-level fighting\" = deaths_best >= war_threshold
signal loud_days \"Loud\" = share > loud
score share = deaths_best / (2 * war_threshold)
scale concern { low < elevated < high }
level overall \"Overall\" : concern {
  high     when at_war and hate_speech >= emerging,
  elevated when at_war or hate_speech is present,
  low      otherwise,
}
test \"six hundred\" over 3 months {
  given deaths_best = [600 deaths, 600 deaths, 0 deaths]
  given hate_speech = absent
  expect overall is [low x 3]
  expect not at_war at month 1
  expect share is 0.3 at month 2
  expect share < 1 at month 3
}
test \"nothing\" {
  given deaths_best = 0 deaths
  given hate_speech = absent
  expect overall is low
}
test \"known\" from \"cases.csv\" within 0.001
";

const CASES: &str = "\
country,month,deaths_best,hate_speech,overall,share
AVA,2024-01,600,absent,low,0.3
BRU,2024-01,5,absent,low,0.0025
";

fn place(changes: &str) -> Place {
    let place = Place::new("");
    place.write("un/un.risk", BASE);
    place.write("un/cases.csv", CASES);
    place.write("west/west.risk", format!("{HEAD}{changes}"));
    place.does(&["test", "un"]);
    place.does(&["lock", "west"]);
    place
}

const CHANGES: &str = "\
override param war_threshold = 500 deaths because \"Decision 4\"
override param loud = 0.6 because \"Decision 5\"
";

#[test]
fn tests_of_the_base_that_move_are_told_with_the_change_and_written_beside_it() {
    let place = place(CHANGES);
    let failed = place.run(&["test", "west"]);
    assert_eq!(failed.code, 1);
    insta::assert_snapshot!(failed.err);
    let base = (place.read("un/un.risk"), place.read("un/cases.csv"));
    let updated = place.run(&["test", "west", "--update"]);
    assert_eq!(updated.code, 0, "{}{}", updated.out, updated.err);
    assert_eq!((place.read("un/un.risk"), place.read("un/cases.csv")), base);
    insta::assert_snapshot!("written", place.read("west/changed_tests.risk"));
    insta::assert_snapshot!("table", place.read("west/changed_cases.csv"));
    let passed = place.run(&["test", "west"]);
    assert_eq!(passed.code, 0, "{}", passed.err);
    place.does(&["test", "un"]);
    assert_eq!(place.run(&["check", "west", "--deny", "warnings"]).code, 0);
    // Another change of the overlay moves what it has written itself: that stands in its own file.
    let rules = place
        .read("west/west.risk")
        .replace("500 deaths", "700 deaths");
    place.write("west/west.risk", rules);
    place.does(&["test", "west", "--update"]);
    assert_eq!((place.read("un/un.risk"), place.read("un/cases.csv")), base);
    let written = place.read("west/changed_tests.risk");
    assert_eq!(written.matches("changed test").count(), 2, "{written}");
    assert!(
        written.contains("is [low x 3]") || written.contains("is [low, low, low]"),
        "{written}"
    );
}

#[test]
fn the_reason_of_a_changed_test_follows_what_moves_it() {
    let place = place("override param war_threshold = 500 deaths because \"Decision 4\"\n");
    place.does(&["test", "west", "--update", "--filter", "six hundred"]);
    let written = place.read("west/changed_tests.risk");
    assert!(written.contains("500 deaths`: Decision 4\""), "{written}");
    let rules = |changes: &str| place.write("west/west.risk", format!("{HEAD}{changes}"));
    rules("override param war_threshold = 550 deaths because \"Decision 7\"\n");
    let told = place.run(&["test", "west", "--filter", "six hundred"]).err;
    assert!(
        told.contains("moved by `override param war_threshold"),
        "{told}"
    );
    place.does(&["test", "west", "--update", "--filter", "six hundred"]);
    let written = place.read("west/changed_tests.risk");
    assert!(written.contains("550 deaths`: Decision 7\""), "{written}");
    assert!(!written.contains("Decision 4"), "{written}");
    // Once nothing moves it, that is said.
    rules("");
    let told = place.run(&["test", "west", "--filter", "six hundred"]).err;
    assert!(told.contains("the `changed test` can go"), "{told}");
    // And with its reason it is taken out, whatever else stands in the file.
    let before = place.read("west/changed_tests.risk");
    place.write(
        "west/changed_tests.risk",
        format!("{before}\n// Ours.\ntest \"own\" {{\n  given deaths_best = 0 deaths\n  given hate_speech = absent\n  expect overall is low\n}}\n"),
    );
    let updated = place.run(&["test", "west", "--update", "--filter", "six hundred"]);
    let told = format!("{}{}", updated.out, updated.err);
    assert!(told.contains("so it is taken out"), "{told}");
    let written = place.read("west/changed_tests.risk");
    assert!(!written.contains("changed test"), "{written}");
    assert!(written.contains("// Ours.\ntest \"own\""), "{written}");
    place.does(&["test", "west"]);
}

#[test]
fn a_base_in_an_archive_is_not_written_either() {
    let place = place(CHANGES);
    place.does(&["vendor", "west"]);
    let archive = std::fs::read(place.path().join("west/vendor/un-1.2.0.tar.gz")).unwrap();
    place.does(&["test", "west", "--update"]);
    let now = std::fs::read(place.path().join("west/vendor/un-1.2.0.tar.gz")).unwrap();
    assert_eq!(now, archive);
    place.does(&["test", "west"]);
    assert!(
        place
            .read("west/changed_tests.risk")
            .contains("changed test \"known\" from")
    );
}

/// A change that two layers below makes is no concern of the layer above.
#[test]
fn what_fails_in_the_base_already_is_said_and_not_written() {
    let place = place(CHANGES);
    place.write(
        "land/forewarn.toml",
        TOML.replace("un", "west").replace('1', "0.1"),
    );
    place.write(
        "land/land.risk",
        "framework land \"Land\" version \"0.1.0\" extends west \"0.1\"\n\
         override param loud = 0.7 because \"Ours\"\n",
    );
    place.does(&["lock", "land"]);
    let ended = place.run(&["test", "land", "--update"]);
    assert_ne!(ended.code, 0);
    assert!(!place.path().join("land/changed_tests.risk").exists());
    let told = place.run(&["test", "land"]).err;
    assert!(
        told.contains("fails in what is extended, without the changes made here"),
        "{told}"
    );
}

#[test]
fn a_changed_test_keeps_what_is_given() {
    let place = place("override param war_threshold = 500 deaths because \"Decision 4\"\n");
    place.write(
        "west/changed.risk",
        "module changed \"Changed\"\n\
         changed test \"six hundred\" { expect overall is [high, high, high] } because \"wrongly\"\n",
    );
    let told = place.run(&["test", "west", "--filter", "six hundred"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("west/changed.risk:2"), "{}", told.err);
    // A wrong one is the ruleset's own, and mended there.
    place.does(&["test", "west", "--filter", "six hundred", "--update"]);
    let written = place.read("west/changed.risk");
    assert!(written.contains("elevated"), "{written}");
    assert!(written.contains("500 deaths`: Decision 4"), "{written}");
    let tree = place.does(&["tree", "west"]);
    assert!(tree.contains("changed test six hundred"), "{tree}");
}
