//! Words that carry a meaning are never left out, and what is offered in their place means the same.

use crate::pages;

use forewarn_diagnostics::Diagnostic;
use pages::{Example, compile};

const HEAD: &str = "\
framework demo \"Demo\" version \"1\"
panel region by month
unit deaths
unit people
indicator killed \"Killed\" : deaths in 0..
indicator residents \"Residents\" : people in 1..
indicator cases \"Share\" : percent in 0..100
indicator score_of \"Score\" : number in 0..100
indicator threats \"Threats\" : assessment  verification column \"threats_seen\"
indicator house \"House\" : category { house_number, flat_level, tent_list }
signal hears = threats is present and (house is flat_level or house is tent_list)
score base = killed / 1 deaths + residents / 1 people + cases / 1% + score_of
";

fn told(rules: &str) -> Vec<Diagnostic> {
    compile(&Example::of(&format!("{HEAD}{rules}\n")))
}

/// The rules after the edits of each help that has some, of the only message.
#[track_caller]
fn offered(rules: &str, code: &str) -> Vec<String> {
    let found = told(rules);
    let [one] = found.as_slice() else {
        panic!("{rules}: {found:#?}");
    };
    assert_eq!(one.code.0, code, "{rules}: {found:#?}");
    let helps = one.help.iter().filter(|help| !help.edits.is_empty());
    helps
        .map(|help| {
            let mut text = format!("{HEAD}{rules}\n");
            let mut edits = help.edits.clone();
            edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            for (span, new) in edits {
                text.replace_range(span.start as usize..span.end as usize, &new);
            }
            let left = compile(&Example::of(&text));
            assert!(left.is_empty(), "{text}\n{left:#?}");
            text[HEAD.len()..].trim().to_owned()
        })
        .collect()
}

#[test]
fn verified_stays_with_what_it_is_said_of() {
    for (written, meant) in [
        (
            "threats verified is present",
            "verified(threats) is present",
        ),
        (
            "threats confirmed >= emerging",
            "verified(threats) >= emerging",
        ),
        (
            "verified threats is present",
            "verified(threats) is present",
        ),
        ("threats is verified", "threats.verified"),
        ("threats is not verified", "not threats.verified"),
        ("threats is unverified", "not threats.verified"),
    ] {
        let meant = format!("signal s = {meant}");
        assert_eq!(offered(&format!("signal s = {written}"), "FW0005"), [meant]);
    }
    // Of what nothing is asked there are two readings.
    assert!(offered("signal s = threats verified and hears", "FW0003").is_empty());
}

#[test]
fn words_of_unknown_meaning_are_not_taken_out() {
    for word in ["barely", "rarely", "formerly", "officially"] {
        let rules = format!("signal s = killed {word} >= 5 deaths");
        assert!(offered(&rules, "FW0003").is_empty(), "{word}");
    }
}

#[test]
fn a_percentage_times_a_hundred_beside_a_number_has_the_readings_that_the_number_allows() {
    assert_eq!(
        offered("signal s = 100 * cases >= 15", "FW0321"),
        ["signal s = cases >= 15%"]
    );
    assert_eq!(
        offered("signal s = 20 < cases * 100", "FW0321"),
        ["signal s = 20% < cases"]
    );
    assert_eq!(
        offered("signal s = cases * 100 >= 0.5", "FW0321"),
        ["signal s = cases >= 0.5%", "signal s = cases >= 50%"]
    );
}

#[test]
fn a_count_beside_a_part_of_another_becomes_a_rate_of_the_same_meaning() {
    assert_eq!(
        offered("signal s = killed >= residents / 5000", "FW0312"),
        ["signal s = killed / residents >= 1 deaths / 5_000 people"]
    );
    assert_eq!(
        offered("signal s = killed * 20_000 < residents", "FW0312"),
        ["signal s = killed / residents < 1 deaths / 20_000 people"]
    );
    let found = told("signal s = killed >= residents");
    let help = found.first().and_then(|one| one.help.first());
    let help = help.map(|help| help.text.as_str()).unwrap_or_default();
    assert!(help.contains("`killed / residents >= …`"), "{help}");
}

#[test]
fn a_mean_of_a_value_and_a_number_has_both_readings_and_no_edit() {
    for function in ["mean", "sum", "median"] {
        let rules = format!("score s = {function}(score_of, 50)");
        assert!(offered(&rules, "FW0003").is_empty(), "{function}");
    }
    // Of deaths a bare number is none.
    assert_eq!(
        offered("score s = sum(killed, 3)", "FW0005"),
        ["score s = sum(killed, over: 3 months)"]
    );
}

#[test]
fn a_category_is_not_taken_for_the_words_in_its_name() {
    for name in ["house", "house ?? house"] {
        let found = told(&format!("signal s = {name}"));
        let helps: Vec<&str> = found
            .iter()
            .flat_map(|one| one.help.iter().map(|help| help.text.as_str()))
            .collect();
        assert!(!helps.is_empty());
        for help in helps {
            assert!(!help.contains("threshold"), "{help}");
            assert!(!help.contains(">= high"), "{help}");
        }
    }
}

#[test]
fn keys_and_periods_are_told_as_what_they_are() {
    for (rules, what) in [
        (
            "signal s = year >= 2016 and hears",
            "a word of the calendar",
        ),
        ("signal s = month >= score_of", "the period of the panel"),
        (
            "signal s = region is \"North\" or hears",
            "a key of the panel",
        ),
        ("signal s = region in {north, south}", "a key of the panel"),
    ] {
        let found = told(rules);
        let titles: Vec<&str> = found.iter().map(|one| one.title.as_str()).collect();
        assert!(
            titles.len() == 1 && titles.iter().all(|title| title.contains(what)),
            "{rules}: {titles:?}"
        );
    }
}

#[test]
fn a_duration_behind_a_condition_is_that_of_a_function() {
    for (written, meant) in [
        ("hears for 2 months", "sustained(hears, for: 2 months)"),
        (
            "score_of >= 50 for at least three consecutive months",
            "sustained(score_of >= 50, for: 3 months)",
        ),
        ("hears within 6 months", "ever(hears, over: 6 months)"),
        ("hears in the last 6 months", "ever(hears, over: 6 months)"),
        (
            "mean(score_of) over 12 months >= 50",
            "mean(score_of, over: 12 months) >= 50",
        ),
    ] {
        let meant = format!("signal s = {meant}");
        assert_eq!(offered(&format!("signal s = {written}"), "FW0005"), [meant]);
    }
    for written in [
        "hears and score_of >= 50 for 2 months",
        "score_of >= 50 over 3 months",
        "score_of over 3 months >= 50",
    ] {
        let rules = format!("signal s = {written}");
        assert!(offered(&rules, "FW0003").is_empty(), "{written}");
    }
}

#[test]
fn words_for_what_is_not_applicable_are_joined_by_or() {
    let meant =
        "indicator q : number in 0..1 applies unless written \"n/a\" or \"none\"\nscore t = q";
    for written in [
        "not applicable \"n/a\" or \"none\"",
        "applies unless written \"n/a\", \"none\"",
    ] {
        let rules = format!("indicator q : number in 0..1 {written}\nscore t = q");
        assert_eq!(offered(&rules, "FW0005"), [meant]);
    }
}
