//! `forewarn fix`: what is certain is mended, shown and written; and what goes with it on the command line.

use crate::place;

use place::Place;
use std::path::Path;
use std::process::{Command, Stdio};

/// Certain slips, one where the message leaves a choice, and one that nobody can guess.
const SLIPS: &str = "framework lake \"Lake\" version \"1\"
panel port by month
unit boats
indicator lost \"Lost\" : boats in 0..
param many : boats = 1,200 boats
signal stormy = lost => many
signal calm = lots < many
scale concern { low < high }
level overall : concern { high when stormy or not calm, low else }
";

const MENDED: &str = "framework lake \"Lake\" version \"1\"
panel port by month
unit boats
indicator lost \"Lost\" : boats in 0..
param many : boats = 1_200 boats
signal stormy = lost >= many
signal calm = lots < many
scale concern { low < high }
level overall : concern { high when stormy or not calm, low otherwise }
";

fn lake() -> Place {
    let place = Place::new("");
    place.write("lake/lake.risk", SLIPS);
    place
}

fn text(place: &Place, name: &str) -> String {
    std::fs::read_to_string(place.path().join(name)).unwrap()
}

#[test]
fn what_is_certain_is_shown_and_written() {
    let place = lake();
    let shown = place.run(&["fix", "lake", "--dry-run"]);
    assert_eq!(shown.code, 1, "{}", shown.err);
    assert!(
        shown.out.contains("-signal stormy = lost => many"),
        "{}",
        shown.out
    );
    assert!(
        shown.out.contains("+signal stormy = lost >= many"),
        "{}",
        shown.out
    );
    assert!(
        shown
            .err
            .contains("3 findings would be mended in 1 file; 1 finding left"),
        "{}",
        shown.err
    );
    assert_eq!(text(&place, "lake/lake.risk"), SLIPS);
    let done = place.run(&["fix", "lake"]);
    assert_eq!(done.out, shown.out);
    assert_eq!(text(&place, "lake/lake.risk"), MENDED);
    // A second time there is nothing to do.
    let again = place.run(&["fix", "lake"]);
    assert_eq!((again.code, again.out.as_str()), (1, ""));
    assert!(
        again
            .err
            .contains("nothing to mend that is certain; 1 finding left"),
        "{}",
        again.err
    );
}

#[test]
fn what_leaves_a_choice_is_mended_where_it_is_asked_for() {
    let place = lake();
    place.run(&["fix", "lake", "--code", "FW0107"]);
    let one = text(&place, "lake/lake.risk");
    assert!(
        one.contains("signal calm = lost < many") && one.contains("lost => many"),
        "{one}"
    );
    let all = place.run(&["fix", "lake", "--all"]);
    assert_eq!(all.code, 0, "{}", all.err);
    assert_eq!(
        text(&place, "lake/lake.risk"),
        MENDED.replace("lots", "lost")
    );
    assert_eq!(place.run(&["check", "lake"]).code, 0);
    let unknown = place.run(&["fix", "lake", "--code", "FW9999"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("there is no code `FW9999`"),
        "{}",
        unknown.err
    );
}

/// What a package builds on is not its own.
#[test]
fn nothing_outside_the_package_is_written() {
    let place = Place::new("override param war_threshold = 900 deaths because \"x\"\n");
    let broken = place::UN.replace(
        "deaths_best >= war_threshold",
        "deaths_best => war_threshold",
    );
    place.write("un/un.risk", &broken);
    let done = place.run(&["fix", "west"]);
    assert!(done.err.contains("nothing to mend"), "{}", done.err);
    assert_eq!(text(&place, "un/un.risk"), broken);
}

#[test]
fn for_programs_there_are_findings_and_nothing_else() {
    let place = lake();
    let told = place.run(&["fix", "lake", "--dry-run", "--format", "json"]);
    assert!(!told.out.is_empty());
    for line in told.out.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["code"], "FW0107");
    }
    let edits = place.run(&["check", "lake", "--format", "json"]).out;
    assert!(edits.contains("\"text\":\">=\""), "{edits}");
}

#[test]
fn the_folder_that_one_stands_in_is_meant_where_none_is_named() {
    let place = lake();
    for command in ["check", "lint", "test", "fix"] {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .arg(command)
            .current_dir(place.path().join("lake"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            told.contains("lots") || told.contains("mended in 1 file"),
            "{command}: {told}"
        );
    }
}

#[test]
fn codes_are_found_by_words_and_help_by_the_command() {
    let place = lake();
    let hole = place.run(&["explain-code", "bands", "hole"]);
    assert!(
        hole.out.starts_with("# FW0517: bands leave a hole"),
        "{}",
        hole.out
    );
    let several = place.run(&["explain-code", "percent"]);
    assert!(
        several.out.contains("FW0320  ") && several.out.contains("FW0321  "),
        "{}",
        several.out
    );
    let none = place.run(&["explain-code", "hippopotamus"]);
    assert_eq!(none.code, 2);
    let help = place.run(&["help", "fix"]);
    assert!(help.out.contains("Usage: forewarn fix"), "{}", help.out);
}

/// Each shell reads its script; what it offers is what the program takes.
#[test]
fn completions_are_scripts_that_shells_read() {
    let place = lake();
    for (shell, check) in [
        ("bash", vec!["bash", "-n"]),
        ("zsh", vec!["zsh", "-n"]),
        ("fish", vec!["fish", "--no-execute"]),
    ] {
        let script = place.run(&["completions", shell]).out;
        for word in ["fix", "explain-code", "--dry-run", "--max-findings"] {
            assert!(
                script.contains(word.trim_start_matches('-')),
                "{shell} does not know {word}"
            );
        }
        let file = place.write(&format!("forewarn.{shell}"), &script);
        let Some(read) = reads(&check, &file) else {
            // The shell is not there.
            continue;
        };
        assert!(read, "{shell} does not read its script");
    }
    // What bash offers behind `forewarn fi`.
    let script = place.path().join("forewarn.bash");
    let asked = format!(
        "source {}; COMP_WORDS=(forewarn fi); COMP_CWORD=1; _forewarn forewarn fi forewarn; echo ${{COMPREPLY[@]}}",
        script.display()
    );
    if let Ok(output) = Command::new("bash").args(["-c", &asked]).output() {
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "fix");
    }
}

fn reads(command: &[&str], file: &Path) -> Option<bool> {
    let (program, args) = command.split_first()?;
    let output = Command::new(program).args(args).arg(file).output().ok()?;
    Some(output.status.success())
}

#[test]
fn a_change_with_its_reason_is_taken_out_only_where_that_is_asked_for() {
    let change = "override label pirates \"Piracy at sea\" because \"Clearer\"\n";
    let place = Place::new(change);
    let all = place.run(&["fix", "west", "--all"]);
    assert!(
        text(&place, "west/west.risk").contains("pirates"),
        "{}",
        all.err
    );
    place.run(&["fix", "west", "--all", "--code", "FW1402"]);
    let changed = text(&place, "west/west.risk");
    assert!(!changed.contains("pirates"), "{changed}");
}

#[test]
fn of_two_readings_none_is_taken_unless_the_code_is_named() {
    let rules = "framework lake \"Lake\" version \"1\"
panel port by month
indicator lost \"Lost\" : number in 0..10
scale concern { low < middle < high }
level overall : concern from lost { low in 0..<3, middle in 4..<6, high in 6..10 }
";
    let place = Place::new("");
    place.write("lake/lake.risk", rules);
    let all = place.run(&["fix", "lake", "--all"]);
    assert_eq!(text(&place, "lake/lake.risk"), rules, "{}", all.out);
    place.run(&["fix", "lake", "--code", "FW0517", "--all"]);
    assert_eq!(place.run(&["check", "lake"]).code, 0);
}
