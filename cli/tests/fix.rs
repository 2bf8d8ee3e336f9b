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

const HEAD: &str = "framework lake \"Lake\" version \"1\"
panel port by year
indicators u, v : number in 0..10
indicators open, t1, t2 : truth
";

/// A line after `fix`, which has to leave nothing to tell but what is not used.
fn fixed(line: &str) -> String {
    let place = Place::new("");
    place.write("lake.risk", format!("{HEAD}{line}\n"));
    place.run(&["fix", "lake.risk"]);
    let whole = text(&place, "lake.risk");
    whole.strip_prefix(HEAD).unwrap_or(&whole).trim().to_owned()
}

/// What `check` tells.
fn said(place: &Place) -> String {
    let ended = place.run(&["check", "lake.risk"]);
    ended.out + &ended.err
}

#[test]
fn a_truth_that_is_compared_with_an_answer_keeps_what_is_unknown() {
    for (written, meant) in [
        ("open = TRUE", "open"),
        ("open == TRUE", "open"),
        ("open = FALSE", "not open"),
        ("open == false", "not open"),
        ("open <> yes", "not open"),
        ("open != no", "open"),
        ("open = yes", "open"),
        ("open == \"no\"", "not open"),
        ("not open = FALSE", "open"),
        ("t1 and open = FALSE", "t1 and not open"),
        ("u > 5 == FALSE", "not (u > 5)"),
        ("u > 5 == TRUE", "u > 5"),
        // What is certain is said by `is`, and stays.
        ("open is yes", "open is yes"),
    ] {
        let line = fixed(&format!("signal s = {written}"));
        assert_eq!(line, format!("signal s = {meant}"), "{written}");
    }
    let factor =
        |member: &str| format!("factor f \"F\" {{ combine mean members {{ {member}, t1 }} }}");
    for (written, meant) in [("open == yes", "open"), ("open = FALSE", "not open")] {
        assert_eq!(fixed(&factor(written)), factor(meant), "{written}");
    }
}

#[test]
fn a_bracket_that_was_not_opened_is_taken_out_only_where_that_changes_nothing() {
    for line in [
        "score s = u + v) / 2",
        "score s = u - v) * 2",
        "score s = u + v] / 2",
        "score s = u - v + 1)",
        "score s = u * v + 1)",
        "signal s = t1 and t2 or u > 5) and v > 5",
        "signal s = not t1 and t2)",
    ] {
        assert_eq!(fixed(line), line);
    }
    assert_eq!(fixed("score s = max(u, v))"), "score s = max(u, v)");
    assert_eq!(fixed("score s = u + v)"), "score s = u + v");
    assert_eq!(fixed("signal s = t1 and u > 5)"), "signal s = t1 and u > 5");
}

#[test]
fn a_range_is_no_label() {
    for (written, meant) in [
        ("score s in 0..10 = u", "score s : number in 0..10 = u"),
        (
            "score s \"S\" in 0..10 = u",
            "score s \"S\" : number in 0..10 = u",
        ),
        (
            "score s : number 0..10 = u",
            "score s : number in 0..10 = u",
        ),
        ("score s : 0..10 = u", "score s : number in 0..10 = u"),
        ("param p in 0..1 = 0.6", "param p : number in 0..1 = 0.6"),
        (
            "param p = 0.6 : number in 0..1",
            "param p : number in 0..1 = 0.6",
        ),
        ("indicator x in 0..10", "indicator x : number in 0..10"),
        (
            "indicator x \"X\" : 0..10",
            "indicator x \"X\" : number in 0..10",
        ),
    ] {
        assert_eq!(fixed(written), meant, "{written}");
    }
}

#[test]
fn a_logarithm_whose_base_is_not_said_is_asked_for() {
    for line in [
        "score s = LOG(u)",
        "score s = Log(u)",
        "score s = LOG(u, 2)",
    ] {
        assert_eq!(fixed(line), line);
    }
}

#[test]
fn a_percentage_among_weights_is_the_one_that_does_not_belong() {
    let place = Place::new("");
    let rules = format!(
        "{HEAD}factor f \"F\" {{
  combine weighted mean
  members {{ t1 weight 50%, t2 weight 2, open weight 1 }}
}}
"
    );
    place.write("lake.risk", rules.clone());
    let told = said(&place);
    assert!(told.contains("a weight is a plain number"), "{told}");
    place.run(&["fix", "lake.risk", "--all"]);
    assert_eq!(text(&place, "lake.risk"), rules);
    let hundred = rules
        .replace("weight 2", "weight 30")
        .replace("weight 1 ", "weight 20 ");
    place.write("lake.risk", hundred);
    let told = said(&place);
    assert!(told.contains("FW0320"), "{told}");
}

#[test]
fn what_is_read_aloud_is_written_in_signs() {
    for (written, meant) in [
        ("score s = u plus v", "score s = u + v"),
        ("score s = u divided by v", "score s = u / v"),
        ("score s = |u - v|", "score s = abs(u - v)"),
        ("score s = max{u, v}", "score s = max(u, v)"),
        (
            "score s = u when t1 else v",
            "score s = if t1 then u else v",
        ),
        (
            "score s = if t1 then u otherwise v",
            "score s = if t1 then u else v",
        ),
        ("score s = if(u>1,1,0)", "score s = if u > 1 then 1 else 0"),
        (
            "signal s = at most 1 of (t1, t2)",
            "signal s = not at least 2 of (t1, t2)",
        ),
        (
            "signal s = at least 2 (t1, t2)",
            "signal s = at least 2 of (t1, t2)",
        ),
        (
            "signal s = u not between 0 and 5",
            "signal s = u not in 0..5",
        ),
        ("signal s = 0 < u and < 5", "signal s = 0 < u and u < 5"),
        ("signal s = u = NULL", "signal s = u is missing"),
    ] {
        assert_eq!(fixed(written), meant, "{written}");
    }
}

#[test]
fn what_is_no_function_and_no_source_is_told_as_what_it_is() {
    let told = |line: &str| {
        let place = Place::new("");
        place.write("lake.risk", format!("{HEAD}{line}\n"));
        said(&place)
    };
    for (line, words) in [
        ("score s = u(2)", "`u` is an indicator"),
        (
            "score s = goalpost(low: 4, high: 2, u)",
            "say what it is: `x: …`",
        ),
        ("score s = round(u)", "write `round(u, 0)`"),
        (
            "category zone { a, b }\nindicator zone_of : zone\nscore s = mean(u, among: zone)",
            "did you mean `zone_of`?",
        ),
        (
            "framework other \"Other\" version \"1\"",
            "this file declares two frameworks",
        ),
    ] {
        let said = told(line);
        assert!(said.contains(words), "{line}\n{said}");
    }
    for line in ["score s = u by v", "let x = u : v\nscore s = x"] {
        let said = told(line);
        assert!(!said.contains("`from`"), "{line}\n{said}");
    }
}
