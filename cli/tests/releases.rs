//! What may be published, and what an upgrade says: whoever builds on a base is told before anything is
//! written.

use crate::place;

use place::{HEAD, Place, UN};

/// `un` with some words in place of others.
fn un(changes: &[(&str, &str)]) -> String {
    let mut text = UN.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

/// With `un` 1.2.0, and what comes after it, in a registry.
fn published(versions: &[&str]) -> Place {
    let place = Place::new("");
    place.does(&["release", "un", "--into", "registry"]);
    for text in versions {
        place.write("un/un.risk", text);
        place.does(&["release", "un", "--into", "registry"]);
    }
    // What `west` is locked to.
    place.write("un/un.risk", UN);
    place
}

#[test]
fn what_a_change_may_name_is_no_detail() {
    let written = ("piracy weight 1", "10 - scarcity \"Plenty\" weight 1");
    let scarcity = (
        "indicator piracy",
        "indicator scarcity \"Scarcity\" : number in 0..10\nindicator piracy",
    );
    let second = un(&[written, scarcity, ("\"1.2.0\"", "\"1.3.0\"")]);
    let place = Place::new("");
    place.write("un/un.risk", &second);
    place.does(&["release", "un", "--into", "registry"]);
    for (from, to, told) in [
        (
            "test \"war alone elevates\"",
            "test \"a war elevates\"",
            "test war alone elevates dropped",
        ),
        (
            "\"Plenty\"",
            "\"Enough\"",
            "factor conflict: label of `10 - scarcity`: Plenty → Enough",
        ),
    ] {
        let changed = second.replace("1.3.0", "1.4.0").replace(from, to);
        place.write("un/un.risk", changed);
        let ended = place.run(&["release", "un", "--into", "registry"]);
        assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
        let breaks = format!("breaks what others may build on:\n  {told}");
        assert!(ended.out.contains(&breaks), "{}", ended.out);
        assert!(
            ended
                .out
                .contains("1.4.0 is too low: this needs at least 2.0.0"),
            "{}",
            ended.out
        );
    }
}

#[test]
fn a_base_whose_tests_fail_is_not_published() {
    let place = Place::new("");
    let cases = "country,month,deaths_best,hate_speech,piracy,overall\n\
                 AVA,2024-01,0,absent,absent,high\n";
    place.write("un/cases.csv", cases);
    place.write(
        "un/un.risk",
        format!("{UN}test \"cases\" from \"cases.csv\"\n"),
    );
    let ended = place.run(&["release", "un", "--into", "registry"]);
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(
        ended
            .out
            .contains("nothing was published: 1 test of it fails"),
        "{}",
        ended.out
    );
    assert!(
        ended
            .err
            .contains("`overall` of AVA, 2024-01 is low, not high"),
        "{}",
        ended.err
    );
    assert!(!place.path().join("registry").exists());
    place.write("un/cases.csv", cases.replace("high", "low"));
    place.does(&["release", "un", "--into", "registry"]);
}

#[test]
fn what_mends_an_older_version_says_so() {
    let second = un(&[("1.2.0", "2.0.0"), ("piracy weight 1", "piracy weight 3")]);
    let place = published(&[&second]);
    let mended = un(&[
        ("1.2.0", "1.2.1"),
        ("\"Hate speech\"", "\"Hateful speech\""),
    ]);
    place.write("un/un.risk", mended);
    let ended = place.run(&["release", "un", "--into", "registry"]);
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(
        ended
            .out
            .contains("1.2.1 is lower than 2.0.0, and versions only go up"),
        "{}",
        ended.out
    );
    let since = "--since registry/un-1.2.0.tar.gz";
    assert!(ended.out.contains(since), "{}", ended.out);
    let mut args = vec!["release", "un", "--into", "registry"];
    args.extend(since.split(' '));
    let told = place.does(&args);
    assert!(told.contains("published un-1.2.1.tar.gz"), "{told}");
}

#[test]
fn what_an_overlay_needs_beside_it_is_told() {
    let place = Place::new("");
    let told = place.does(&["release", "west", "--into", "registry"]);
    assert!(
        told.contains("it builds on un \"1\", which registry does not have"),
        "{told}"
    );
    let place = published(&[]);
    let told = place.does(&["release", "west", "--into", "registry"]);
    assert!(!told.contains("does not have"), "{told}");
}

#[test]
fn an_upgrade_does_not_go_back_unless_that_is_asked_for() {
    let second = un(&[("1.2.0", "1.3.0"), ("piracy weight 1", "piracy weight 3")]);
    let place = published(&[&second]);
    place.does(&["upgrade", "west", "--from", "registry"]);
    let lock = place.read("west/forewarn.lock");
    // Another registry, which has the older one alone.
    place.write("un/un.risk", UN);
    place.does(&["release", "un", "--into", "older"]);
    let told = place.does(&["upgrade", "west", "--from", "older"]);
    assert!(
        told.contains("un 1.3.0 is newer than 1.2.0, the newest in older: nothing is changed"),
        "{told}"
    );
    assert_eq!(place.read("west/forewarn.lock"), lock);
    let told = place.does(&["upgrade", "west", "--from", "older", "--versions", "=1.2.0"]);
    assert!(
        told.contains("un 1.3.0 → 1.2.0, which is older\n"),
        "{told}"
    );
    assert_ne!(place.read("west/forewarn.lock"), lock);
}

#[test]
fn tables_of_cases_move_too_and_tests_say_what_they_rest_on() {
    let place = Place::new("");
    let cases = "country,month,deaths_best,hate_speech,piracy,conflict\n\
                 AVA,2024-01,2000,absent,absent,0.75\n";
    place.write("un/cases.csv", cases);
    place.write(
        "un/un.risk",
        format!("{UN}test \"cases\" from \"cases.csv\"\n"),
    );
    place.does(&["release", "un", "--into", "registry"]);
    place.write("un/un.risk", UN);
    std::fs::remove_file(place.path().join("un/cases.csv")).unwrap();
    place.does(&["upgrade", "west", "--from", "registry"]);
    let own = "test \"war and no robbery\" {\n  given at_war = yes\n  given piracy = absent\n  \
               expect conflict is 0.75\n}\n";
    place.write("west/west.risk", format!("{HEAD}{own}"));
    place.does(&["test", "west"]);
    let changed = un(&[("1.2.0", "1.3.0"), ("piracy weight 1", "piracy weight 3")]);
    place.write(
        "un/un.risk",
        format!("{changed}test \"cases\" from \"cases.csv\"\n"),
    );
    place.write("un/cases.csv", cases.replace("0.75", "0.5"));
    place.does(&["release", "un", "--into", "registry"]);
    // Here the weight of robbery is another one, so that the table of the base comes out otherwise.
    let heavier = "override weight conflict.piracy = 1 because \"Decision 4\"\n";
    place.write("west/west.risk", format!("{HEAD}{heavier}{own}"));
    let ended = place.run(&["upgrade", "west", "--from", "registry"]);
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(
        ended
            .err
            .contains("`conflict` of AVA, 2024-01 is 0.75, not 0.5"),
        "{}",
        ended.err
    );
    assert!(
        ended
            .out
            .contains("nothing was written: 1 test comes out otherwise"),
        "{}",
        ended.out
    );
    place.write("west/west.risk", format!("{HEAD}{own}"));
    let ended = place.run(&["upgrade", "west", "--from", "registry"]);
    assert!(
        ended.err.contains(
            "it rests on what changed in `un`: factor conflict: weight of `piracy`: 1 → 3"
        ),
        "{}",
        ended.err
    );
}

#[test]
fn data_are_not_passed_over_in_silence_where_changes_do_not_fit() {
    let dropped = un(&[
        ("1.2.0", "2.0.0"),
        ("indicator piracy \"Piracy\" : assessment\n", ""),
        (", piracy weight 1", ""),
        ("  given piracy = absent\n", ""),
    ]);
    let place = published(&[&dropped]);
    let change = "override label piracy \"Robbery\" because \"The law's own words\"\n";
    place.write("west/west.risk", format!("{HEAD}{change}"));
    place.write("data.csv", "country,month\nAVA,2024-01\n");
    let ended = place.run(&[
        "upgrade", "west", "--from", "registry", "--data", "data.csv",
    ]);
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(
        ended
            .out
            .contains("on our data: not compared, since not all of our changes fit"),
        "{}",
        ended.out
    );
}

#[test]
fn what_cannot_be_built_on_leaves_everything_as_it_was() {
    let place = Place::new("");
    let before = (
        place.read("west/forewarn.toml"),
        place.read("west/west.risk"),
    );
    // It extends what is nowhere to be found.
    place.write(
        "far/far.risk",
        "framework un \"UN\" version \"2.0.0\" extends nowhere \"1\"\n",
    );
    let ended = place.run(&["add", "./far", "--to", "west"]);
    assert_ne!(ended.code, 0, "{}{}", ended.out, ended.err);
    let after = (
        place.read("west/forewarn.toml"),
        place.read("west/west.risk"),
    );
    assert_eq!(after, before);
}

#[cfg(unix)]
#[test]
fn links_that_stay_out_are_named_by_whoever_packs() {
    let place = Place::new("");
    let far = place.write("far.csv", "a\n1\n");
    std::os::unix::fs::symlink(far, place.path().join("un/near.csv")).unwrap();
    let words = "not in it, since links are not followed: ";
    let told = place.does(&["package", "un", "-o", "un.tar.gz"]);
    assert!(told.contains(words), "{told}");
    let told = place.does(&["release", "un", "--into", "registry"]);
    assert!(told.contains(words), "{told}");
}
