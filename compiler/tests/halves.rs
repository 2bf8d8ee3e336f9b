//! Halves of conditions, and conditions of which one always holds: told, with what was meant.

use crate::pages;

use forewarn_diagnostics::Diagnostic;
use pages::{Example, compile};

const HEAD: &str = "\
framework demo \"Demo\" version \"1\"
panel country by year
indicator mood \"Mood\" : number in -10..10
indicator tally \"Tally\" : number in 0..
indicator owner \"Owner\" : category { state, party, church }
indicator shut \"Shut\" : truth
scale alarm { calm < watch < serious }
level stage : alarm { serious when tally >= 50, watch when tally >= 5, calm otherwise }
score every = mood + tally
signal church_owned = owner is church
signal closed = shut
";

fn told(rule: &str) -> Vec<Diagnostic> {
    compile(&Example::of(&format!("{HEAD}signal asked = {rule}\n")))
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|one| one.code.0).collect()
}

/// The one message with this code leads to the rule that is meant, of which nothing is told.
#[track_caller]
fn mended(rule: &str, code: &str, meant: &str) {
    let found = told(rule);
    assert_eq!(codes(&found), [code], "{rule}: {found:#?}");
    let mut text = format!("{HEAD}signal asked = {rule}\n");
    let mut edits = found[0].help[0].edits.clone();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, new) in edits {
        text.replace_range(span.start as usize..span.end as usize, &new);
    }
    assert_eq!(text, format!("{HEAD}signal asked = {meant}\n"));
    assert_eq!(codes(&told(meant)), [""; 0], "{meant}");
}

#[test]
fn what_is_asked_is_written_again() {
    for (rule, meant) in [
        ("tally < 15 or missing", "tally < 15 or tally is missing"),
        ("shut or unknown", "shut or shut is unknown"),
        ("shut is yes or unknown", "shut is yes or shut is unknown"),
        ("owner is state or party", "owner in {state, party}"),
        (
            "owner is state or party or church or shut",
            "owner in {state, party, church} or shut",
        ),
        ("owner is not state or party", "owner not in {state, party}"),
        ("stage is watch or serious", "stage in {watch, serious}"),
        ("mood is -5 or less", "mood <= -5"),
        ("tally is 1 or 2", "tally is 1 or tally is 2"),
    ] {
        mended(rule, "FW0201", meant);
    }
}

#[test]
fn one_of_two_always_holds() {
    mended(
        "owner is not state or owner is not party",
        "FW0422",
        "owner not in {state, party}",
    );
    for rule in [
        "tally >= 3 or tally < 3",
        "tally >= 3 or tally < 5",
        "shut or not shut",
        "stage >= watch or stage < watch",
    ] {
        assert_eq!(codes(&told(rule)), ["FW0422"], "{rule}");
    }
    for rule in [
        "tally >= 5 or tally < 3",
        "tally > 3 or tally < 3",
        "owner is not state or shut",
        "tally >= 3 or mood < 3",
        "stage is serious or stage is calm",
    ] {
        assert_eq!(codes(&told(rule)), [""; 0], "{rule}");
    }
}

const RATES: &str = "\
framework demo \"Demo\" version \"1\"
panel country by year
unit deaths
unit people
indicator killed \"Killed\" : deaths in 0..
indicator population \"Population\" : people in 1..
let rate = killed / population
param bad \"Bad\" = 20 deaths / 100_000 people
score every = rate
signal deadly = rate >= bad
";

fn of_rates(rule: &str) -> Vec<&'static str> {
    codes(&compile(&Example::of(&format!("{RATES}{rule}\n"))))
}

#[test]
fn rates_are_scaled_by_their_unit_alone() {
    for rule in [
        "score r : deaths / 1_000_000 people = rate * 1_000_000",
        "score r : deaths / 1_000_000 people = 100_000 * rate",
        "score r : deaths / 1_000_000 people = per_100_000(killed, population) * 10",
        "score r : deaths / 100_000 people = per_100_000(killed, population) * 100_000",
        "let large = rate * 100_000\nscore r : deaths / 100_000 people = large",
        "score r : deaths / 100_000 people = round(rate * 100_000, 1)",
        "signal r = rate * 100_000 >= bad",
        "signal r = 5 deaths / 100_000 people <= 100_000 * rate",
    ] {
        assert_eq!(of_rates(rule), ["FW0326"], "{rule}");
    }
    for rule in [
        "score r : deaths / 1_000_000 people = rate",
        "score r : deaths / 1_000_000 people = rate * 12",
        "score r : deaths / 100_000 people = rate * 1_000 / 1_000",
        "signal r = rate >= 10 * bad",
        "signal r = rate * 100_000 >= bad * 100_000",
    ] {
        assert_eq!(of_rates(rule), [""; 0], "{rule}");
    }
}
