//! Whatever an explanation says is so: rulesets and tables by chance, explained row by row, and each claim tried.
//!
//! Values are those that a run publishes. What would change or settle a result is written into the table, which is
//! read again. What a step since the last period says of an indicator is what that was, where it applied. Why a value
//! is open is held against the cells and against what stands below it.

mod held;
mod made;

use held::Case;

/// Seeds that are tried in each test.
const SEEDS: std::ops::Range<u64> = 0..12;

/// Some of the rulesets do not compile (a condition that can never hold): enough of them do.
fn each(mut tried: impl FnMut(&Case)) {
    let range = made::seeds(SEEDS);
    let all = range.end - range.start;
    let cases = range.filter_map(|seed| Case::of(seed, made::made(seed)));
    let made = cases.inspect(|case| tried(case)).count();
    assert!(made as u64 >= all / 2, "{made} of {all} compile");
}

#[test]
fn values_are_those_of_a_run_and_reasons_fit_them() {
    each(|case| {
        for row in 0..case.rows() {
            case.values_are_published(row);
            case.reasons_fit(row);
        }
    });
}

#[test]
fn what_would_change_or_settle_a_result_does() {
    let mut tried = [0; 4];
    each(|case| {
        for row in (0..case.rows()).step_by(3) {
            case.changes_hold(row, &mut tried);
        }
    });
    assert!(tried.iter().all(|tried| *tried > 0), "{tried:?}");
}

#[test]
fn steps_since_the_last_period_tell_what_was_and_what_is() {
    each(|case| {
        for row in 0..case.rows() {
            case.steps_hold(row);
        }
    });
}

#[test]
fn several_results_at_once_are_told_as_each_alone() {
    each(|case| {
        for row in (0..case.rows()).step_by(4) {
            case.alone_and_together(row);
        }
    });
}

#[test]
fn texts_have_no_holes() {
    each(|case| {
        for row in (0..case.rows()).step_by(2) {
            case.texts_are_whole(row);
        }
    });
}
