//! Changes to a base in other words: each is told once, with the edit that is meant.

use forewarn_grammar::{ProblemKind, parse};

#[track_caller]
fn mended(text: &str) -> String {
    let parsed = parse(text);
    let [problem] = parsed.problems.as_slice() else {
        panic!("{text}: {:#?}", parsed.problems);
    };
    let ProblemKind::ForeignOperator { edits, .. } = &problem.kind else {
        panic!("{text}: {problem:#?}");
    };
    let mut edits = edits.clone();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut mended = text.to_owned();
    for (span, new) in edits {
        mended.replace_range(span.start as usize..span.end as usize, &new);
    }
    assert!(parse(&mended).problems.is_empty(), "{mended}");
    mended
}

#[test]
fn a_weight_is_that_of_a_member_in_its_factor() {
    for written in [
        "override weight of cut_off in access = 3 because \"r\"\n",
        "override weight cut_off in access = 3 because \"r\"\n",
    ] {
        assert_eq!(
            mended(written),
            "override weight access.cut_off = 3 because \"r\"\n"
        );
    }
}

#[test]
fn a_member_is_dropped_by_its_factor() {
    assert_eq!(
        mended("drop grain from supply because \"r\"\n"),
        "drop member supply.grain because \"r\"\n"
    );
}
