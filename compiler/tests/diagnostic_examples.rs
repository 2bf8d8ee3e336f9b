//! The examples on the pages hold: the wrong one yields exactly the code of its page, the right one
//! yields nothing. What every message says is looked at on the way.

use crate::pages;

use forewarn_diagnostics::{CodeInfo, Diagnostic, Place, Severity, all};
use pages::{Example, compile, example};
use std::collections::BTreeSet;

/// Pages whose wrong example is described, since it cannot be shown as text.
const DESCRIBED: [&str; 24] = [
    "FW0007", "FW0010", "FW0011", "FW0012", "FW0120", "FW0328", "FW0329", "FW0726", "FW0743",
    "FW0807", "FW0808", "FW1090", "FW1091", "FW1092", "FW1093", "FW1290", "FW1291", "FW1308",
    "FW1309", "FW1310", "FW1311", "FW1312", "FW1314", "FW1315",
];

/// Pages about data and tests: their rules are right, what is wrong stands in the data, or what lacks is a
/// test.
fn about_data(info: &CodeInfo) -> bool {
    ["FW09", "FW111", "FW112"]
        .iter()
        .any(|family| info.code.0.starts_with(family))
}

fn codes(found: &[Diagnostic]) -> BTreeSet<&'static str> {
    found.iter().map(|diagnostic| diagnostic.code.0).collect()
}

fn told(found: &[Diagnostic]) -> String {
    let lines = found
        .iter()
        .map(|diagnostic| format!("  {}: {}", diagnostic.code, diagnostic.title));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn wrong_examples_yield_the_code_of_their_page_and_nothing_else() {
    let mut failures = Vec::new();
    for info in all() {
        let wrong = example(info.page, "## Wrong");
        if DESCRIBED.contains(&info.code.0) {
            assert!(
                wrong.files.is_empty(),
                "{} can be shown after all",
                info.code
            );
            continue;
        }
        if wrong.files.is_empty() && about_data(info) {
            continue;
        }
        let found = compile(&wrong);
        let expected: BTreeSet<&str> = if about_data(info) {
            BTreeSet::new()
        } else {
            BTreeSet::from([info.code.0])
        };
        if codes(&found) != expected {
            failures.push(format!(
                "{} ({}) gives\n{}",
                info.code,
                info.name,
                told(&found)
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} pages:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn right_examples_yield_nothing() {
    let mut failures = Vec::new();
    for info in all() {
        let right = example(info.page, "## Right");
        if right.files.is_empty() && about_data(info) {
            continue;
        }
        assert!(!right.files.is_empty(), "{}: no right example", info.code);
        let found = compile(&right);
        if !found.is_empty() {
            failures.push(format!(
                "{} ({}) gives\n{}",
                info.code,
                info.name,
                told(&found)
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} pages:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn messages_keep_to_their_manner() {
    for info in all() {
        let wrong = example(info.page, "## Wrong");
        for diagnostic in compile(&wrong) {
            let mut texts = vec![&diagnostic.title, &diagnostic.primary.text];
            texts.extend(diagnostic.secondary.iter().map(|label| &label.text));
            texts.extend(&diagnostic.notes);
            texts.extend(diagnostic.help.iter().map(|help| &help.text));
            for text in texts {
                let first = text.trim_start_matches('`').chars().next();
                let named = text.starts_with('`');
                assert!(!text.trim().is_empty(), "{}: an empty text", info.code);
                assert!(
                    named || !first.is_some_and(char::is_uppercase),
                    "{}: {text}",
                    info.code
                );
                assert!(!text.ends_with('.'), "{}: {text}", info.code);
                assert!(!text.contains("``"), "{}: {text}", info.code);
                assert!(
                    !text.contains("a a ") && !text.contains("an a "),
                    "{}: {text}",
                    info.code
                );
            }
            let quotes = diagnostic.title.matches('`').count();
            assert_eq!(quotes % 2, 0, "{}: {}", info.code, diagnostic.title);
            // A help or a note says what to do or why it matters.
            let says = diagnostic.help.len() + diagnostic.notes.len() + diagnostic.secondary.len();
            assert!(
                says > 0 || info.code.0 == "FW0003",
                "{}: nothing beside the title",
                info.code
            );
        }
    }
}

/// Every edit that a message offers mends its page's wrong example.
#[test]
fn edits_mend_what_they_are_offered_for() {
    let mut offered = 0;
    for info in all() {
        let wrong = example(info.page, "## Wrong");
        let compiled = pages::compilation(&wrong);
        for diagnostic in compiled.reports.iter().map(|cause| cause.describe()) {
            for help in diagnostic.help.iter().filter(|help| !help.edits.is_empty()) {
                let mended = pages::mended(&wrong, &compiled.sources, &help.edits);
                let left = compile(&mended);
                let wrong_still = left
                    .iter()
                    .any(|left| left.code == diagnostic.code || left.severity == Severity::Error);
                assert!(
                    !wrong_still,
                    "{}: `{}` does not mend it:\n{}\n{}",
                    info.code,
                    help.text,
                    mended.files.first().map_or("", |(_, text)| text),
                    told(&left)
                );
                offered += 1;
            }
        }
    }
    assert!(offered >= 10, "only {offered} edits are offered");
}

#[test]
fn nested_brackets_are_told_once() {
    let deep = format!("{}deaths{}", "(".repeat(10_000), ")".repeat(10_000));
    let rules = format!(
        "framework demo \"Demo\" version \"1\"\npanel country by year\n\
         indicator deaths : number in 0..\nscore burden = {deep}\nscore other = deaths\n"
    );
    let found = compile(&Example::of(&rules));
    assert_eq!(told(&found).lines().count(), 1, "{}", told(&found));
    assert_eq!(codes(&found), BTreeSet::from(["FW0007"]));
}

#[test]
fn a_rule_file_that_is_not_text_is_told_with_its_line() {
    let mut example = Example::of("framework demo \"Demo\" version \"1\"\n");
    example.bytes = Some(b"framework demo\n\"D\xe9mo\"".to_vec());
    let found = compile(&example);
    assert_eq!(codes(&found), BTreeSet::from(["FW0010"]));
    assert!(
        found[0].primary.text.contains("line 2"),
        "{}",
        found[0].primary.text
    );
    assert!(matches!(found[0].primary.place, Place::File(_)));
}

/// Whatever way it is written, what missing means lies in the indicator's range.
#[test]
fn what_missing_means_lies_in_the_range_however_it_is_written() {
    for value in ["-1", "0 - 1", "11", "2 * 6"] {
        let rules = format!(
            "framework demo \"Demo\" version \"1\"\npanel country by year\n\
             indicator a : number in 0..10 missing means {value} because \"x\"\nscore b = a * 2\n"
        );
        let found = compile(&Example::of(&rules));
        assert_eq!(
            codes(&found),
            BTreeSet::from(["FW0402"]),
            "{value}: {}",
            told(&found)
        );
    }
}
