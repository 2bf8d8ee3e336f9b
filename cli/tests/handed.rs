//! Packages that go from hand to hand: whole, by themselves, to another version, and never written into.

use crate::place;

use place::{HEAD, Place};
use std::collections::BTreeMap;
use std::path::Path;

/// Every file below a folder with its bytes and, where a program could have touched it, its time.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, std::time::SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let time = path.metadata().unwrap().modified().unwrap();
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, (std::fs::read(&path).unwrap(), time));
            }
        }
    }
    found
}

fn unpack(place: &Place, archive: &str, into: &str) {
    let bytes = std::fs::read(place.path().join(archive)).unwrap();
    let contents = forewarn_compiler::package::archive::unpack(&bytes).unwrap();
    for (name, bytes) in contents {
        place.write(&format!("{into}/{name}"), bytes);
    }
}

const DATA: &str = "country,month,deaths_best,hate_speech,piracy\nAVA,2024-01,600,absent,absent\n";

#[test]
fn what_was_vendored_and_packed_is_used_unpacked_and_as_it_is() {
    let place = Place::new("override param war_threshold = 500 deaths because \"Decision 4\"\n");
    place.write("data.csv", DATA);
    let results = place.does(&["run", "west", "--data", "data.csv"]);
    // Without what it builds on, it is said what lacks.
    let told = place.does(&["package", "west", "-o", "alone.tar.gz"]);
    assert!(
        told.contains("not in it, and needed beside it: un 1.2.0"),
        "{told}"
    );
    let alone = place.run(&["check", "alone.tar.gz"]);
    assert_eq!(alone.code, 1);
    assert!(
        alone.err.contains("FW1304") && alone.err.contains("forewarn vendor"),
        "{}",
        alone.err
    );

    place.does(&["vendor", "west"]);
    let told = place.does(&["package", "west"]);
    assert!(!told.contains("not in it"), "{told}");
    unpack(&place, "west-0.1.0.tar.gz", "received/west");
    for rules in ["received/west", "west-0.1.0.tar.gz"] {
        assert_eq!(
            place.run(&["check", rules, "--deny", "warnings"]).code,
            0,
            "{rules}"
        );
        place.does(&["test", rules]);
        assert_eq!(place.does(&["run", rules, "--data", "data.csv"]), results);
        let tree = place.does(&["tree", rules]);
        assert!(tree.contains("extends un 1.2.0"), "{tree}");
        assert!(
            place
                .does(&["diff", "west", rules])
                .contains("they mean the same")
        );
        let why = [
            "explain", rules, "--data", "data.csv", "--entity", "AVA", "overall",
        ];
        place.does(&why);
        place.does(&["lint", rules]);
        place.does(&["properties", rules]);
        place.does(&["lock", "received/west", "--check"]);
    }
    // An archive is never written.
    let before = files(place.path());
    for args in [
        vec!["lock", "west-0.1.0.tar.gz"],
        vec!["vendor", "west-0.1.0.tar.gz"],
        vec!["translations", "west-0.1.0.tar.gz", "--lang", "fr"],
        vec!["add", "un", "--to", "west-0.1.0.tar.gz"],
    ] {
        let ended = place.run(&args);
        assert_ne!(ended.code, 0, "{args:?}");
    }
    assert_eq!(files(place.path()), before);
    // Half of one is no package.
    let bytes = std::fs::read(place.path().join("west-0.1.0.tar.gz")).unwrap();
    place.write("half.tar.gz", &bytes[..bytes.len() / 2]);
    let half = place.run(&["check", "half.tar.gz"]);
    assert!(half.err.contains("FW1310"), "{}", half.err);
}

#[test]
fn every_byte_of_a_package_is_locked_and_packed() {
    let place = Place::new("");
    // More than a rule file may have.
    let mut table = String::from("country,month,deaths_best,at_war\n");
    while table.len() < 9 * 1024 * 1024 {
        table.push_str("AVA,2024-01,600,no\n");
    }
    place.write("un/notes.csv", &table);
    place.does(&["lock", "west"]);
    place.does(&["lock", "west", "--check"]);
    place.write("un/notes.csv", format!("{table}x\n"));
    assert_eq!(place.run(&["lock", "west", "--check"]).code, 1);
    place.write("un/notes.csv", &table);
    place.does(&["package", "un", "-o", "un.tar.gz"]);
    unpack(&place, "un.tar.gz", "whole");
    assert_eq!(place.read("whole/notes.csv").len(), table.len());
    // A rule file of that size is refused by name.
    place.write(
        "un/long.risk",
        format!("// {}\n", "x".repeat(9 * 1024 * 1024)),
    );
    let ended = place.run(&["check", "un"]);
    assert!(
        ended.err.contains("FW0011") && ended.err.contains("un/long.risk"),
        "{}",
        ended.err
    );
}

#[test]
fn a_package_that_is_too_large_is_refused_by_name_and_not_cut() {
    let place = Place::new("");
    let large = std::fs::File::create(place.path().join("un/panel.csv")).unwrap();
    large.set_len(257 * 1024 * 1024).unwrap();
    for args in [
        vec!["package", "un"],
        vec!["lock", "west"],
        vec!["vendor", "west"],
    ] {
        let ended = place.run(&args);
        assert_eq!(ended.code, 1, "{args:?}");
        assert!(
            ended.err.contains("FW1308") && ended.err.contains("un/panel.csv"),
            "{}",
            ended.err
        );
        assert!(ended.err.contains("256 MiB"), "{}", ended.err);
    }
    assert!(!place.path().join("un-1.2.0.tar.gz").exists());
    // Data is no part of it.
    std::fs::create_dir(place.path().join("un/data")).unwrap();
    std::fs::rename(
        place.path().join("un/panel.csv"),
        place.path().join("un/data/panel.csv"),
    )
    .unwrap();
    place.does(&["package", "un"]);
}

#[cfg(unix)]
#[test]
fn names_that_others_could_not_have_are_refused_and_never_left_out() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    for (name, shown) in [
        (&b"r\xE9sultats.csv"[..], "r\\xE9sultats.csv"),
        (&b"a\\b.csv"[..], "a\\b.csv"),
        (&b"a\nb.csv"[..], "a\\x0Ab.csv"),
        (&b"CON.md"[..], "CON.md"),
        (&b"a:b.md"[..], "a:b.md"),
        (&b"tr."[..], "tr."),
        (&b"NOTES.md"[..], "by capitals alone"),
    ] {
        let place = Place::new("");
        place.write("un/notes.md", "How it is kept.\n");
        let path = place.path().join("un").join(OsStr::from_bytes(name));
        std::fs::write(path, "x").unwrap();
        for args in [
            vec!["package", "un"],
            vec!["lock", "west"],
            vec!["check", "west"],
        ] {
            let ended = place.run(&args);
            assert_eq!(ended.code, 1, "{args:?}: {}", ended.err);
            assert!(
                ended.err.contains("FW1309") && ended.err.contains(shown),
                "{}",
                ended.err
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn a_table_of_a_test_is_not_read_through_a_link_that_leads_out() {
    let place = Place::new("");
    place.write(
        "secret.csv",
        "country,month,deaths_best,at_war\nAVA,2024-01,1234567,no\n",
    );
    let rules = format!(
        "{}test \"cases\" from \"cases.csv\"\n",
        place.read("un/un.risk")
    );
    place.write("un/un.risk", rules);
    let link = place.path().join("un/cases.csv");
    std::os::unix::fs::symlink("../secret.csv", &link).unwrap();
    let ended = place.run(&["test", "un"]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.err.contains("FW1315") && !ended.err.contains("1234567"),
        "{}",
        ended.err
    );
    // An archive would be without it.
    let ended = place.run(&["package", "un"]);
    assert_eq!(ended.code, 2, "{}", ended.err);
    assert!(
        ended
            .err
            .contains("un/cases.csv, a link that is not followed"),
        "{}",
        ended.err
    );
    // One that stays inside is read.
    std::fs::remove_file(&link).unwrap();
    place.write(
        "un/tables/known.csv",
        "country,month,deaths_best,at_war\nAVA,2024-01,5,no\n",
    );
    std::os::unix::fs::symlink("tables/known.csv", &link).unwrap();
    place.does(&["test", "un"]);
}

#[test]
fn a_newer_version_is_moved_to_and_what_no_longer_fits_is_told_with_what_was_there() {
    let place = Place::new("");
    place.does(&["package", "un", "-o", "un-1.2.0.tar.gz"]);
    let newer = place.read("un/un.risk");
    let newer = newer
        .replace("\"1.2.0\"", "\"2.0.0\"")
        .replace("indicator piracy \"Piracy\" : assessment\n", "")
        .replace("at_war weight 3, piracy weight 1", "at_war weight 3")
        .replace("  given piracy = absent\n", "");
    place.write("new/un.risk", newer);
    place.does(&["package", "new", "-o", "un-2.0.0.tar.gz"]);
    place.write("west/forewarn.toml", "");
    place.does(&["add", "un-1.2.0.tar.gz", "--to", "west"]);
    place.write(
        "west/west.risk",
        format!(
            "{HEAD}override label piracy \"Piracy at sea\" because \"Clearer\"\n\
             override weight conflict.piracy = 2 because \"Much of it\"\n\
             override param war_threshold = 500 deaths because \"Decision 4\"\n"
        ),
    );
    place.does(&["lock", "west"]);
    assert_eq!(place.run(&["check", "west"]).code, 0);

    let ended = place.run(&["add", "un-2.0.0.tar.gz", "--to", "west", "--format", "json"]);
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(place.read("west/forewarn.toml").contains("version = \"2\""));
    assert!(place.read("west/west.risk").contains("extends un \"2\""));
    assert!(place.read("west/forewarn.lock").contains("2.0.0"));
    // What stood there, and an edit for each that makes it fit.
    let human = place.run(&["add", "un-2.0.0.tar.gz", "--to", "west"]);
    assert!(human.out.contains("un 2.0.0"), "{}", human.out);
    let again = place.run(&["check", "west", "--format", "json"]);
    let mut rules = place.read("west/west.risk");
    let mut edits = Vec::new();
    for line in again.out.lines() {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(finding["code"], "FW1402");
        for help in finding["help"].as_array().unwrap() {
            for edit in help["edits"].as_array().into_iter().flatten() {
                edits.push(edit.clone());
            }
        }
    }
    assert_eq!(edits.len(), 2, "{}", again.out);
    edits.sort_by_key(|edit| std::cmp::Reverse(edit["place"]["start_byte"].as_u64().unwrap()));
    for edit in edits {
        let at = |key: &str| usize::try_from(edit["place"][key].as_u64().unwrap()).unwrap();
        rules.replace_range(
            at("start_byte")..at("end_byte"),
            edit["text"].as_str().unwrap(),
        );
    }
    place.write("west/west.risk", &rules);
    assert_eq!(place.run(&["check", "west"]).code, 0, "{rules}");
    assert!(
        rules.contains("war_threshold") && !rules.contains("piracy"),
        "{rules}"
    );
}

#[test]
fn what_the_version_before_had_is_shown() {
    let place = Place::new("override label piracy \"Piracy at sea\" because \"Clearer\"\n");
    let newer = place.read("un/un.risk");
    let newer = newer
        .replace("\"1.2.0\"", "\"2.0.0\"")
        .replace("indicator piracy \"Piracy\" : assessment\n", "")
        .replace("at_war weight 3, piracy weight 1", "at_war weight 3")
        .replace("  given piracy = absent\n", "");
    place.write("new/un.risk", newer);
    insta::assert_snapshot!(place.run(&["add", "new", "--to", "west"]).err);
}
