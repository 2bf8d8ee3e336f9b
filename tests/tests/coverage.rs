//! What counts as shown by a test, and what does not.

use std::path::Path;

use forewarn_compiler::Settings;
use forewarn_compiler::testing::compile_watched;
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::coverage::{Outcome, PointKind};
use forewarn_runtime::testing::{Coverage, Covered, run_suite};

const HEAD: &str = "framework demo \"Demo\" version \"1\"\npanel country by month\nunit deaths\n\
    indicator killed : deaths in 0..\nindicator hunger : number in 0..10\n";

fn covered(text: &str) -> Vec<Covered> {
    let file = MemoryFiles::of("a.risk", format!("{HEAD}{text}"));
    let compiled = compile_watched(Path::new("a.risk"), &file, &Settings::default());
    let tests = compiled
        .tests
        .unwrap_or_else(|| panic!("{:?}", compiled.reports));
    let mut coverage = Coverage::of(&tests);
    for suite in &tests.suites {
        let outcomes = run_suite(suite);
        assert!(outcomes.iter().all(|one| one.passed()), "{outcomes:?}");
        coverage.add_suite(suite).unwrap();
    }
    coverage.finish()
}

/// The points of a kind that are shown, as `name outcome`.
fn shown(text: &str, kind: PointKind) -> Vec<String> {
    let points = covered(text);
    let shown = points
        .iter()
        .filter(|one| one.hits > 0 && one.point.kind == kind);
    shown
        .map(|one| format!("{} {}", one.point.name, one.point.outcome.word()))
        .collect()
}

const WAR: &str = "signal war = killed >= 1_000 deaths\n";

#[test]
fn a_threshold_is_tested_on_each_side_and_exactly_on_it() {
    let at = |deaths: &str| {
        let test = format!("test \"t\" {{ given killed = {deaths} deaths  expect war is known }}");
        shown(&format!("{WAR}{test}"), PointKind::Threshold)
    };
    assert_eq!(at("999"), ["killed >= 1_000 deaths below"]);
    assert_eq!(at("1_000"), ["killed >= 1_000 deaths at"]);
    assert_eq!(at("1_001"), ["killed >= 1_000 deaths above"]);
}

#[test]
fn exactly_on_a_threshold_is_so_to_fourteen_digits() {
    let at = |hunger: &str| {
        let text = format!(
            "signal hungry = hunger + 0.1 >= 2.3\n\
             test \"t\" {{ given hunger = {hunger}  expect hungry is known }}"
        );
        shown(&text, PointKind::Threshold)
    };
    // 2.2 + 0.1 is 2.3000000000000003 in doubles.
    assert_eq!(at("2.2"), ["hunger + 0.1 >= 2.3 at"]);
    assert_eq!(at("2.1999999"), ["hunger + 0.1 >= 2.3 below"]);
    assert_eq!(at("2.2000001"), ["hunger + 0.1 >= 2.3 above"]);
}

#[test]
fn what_no_expectation_rests_on_shows_nothing() {
    let test = "test \"t\" { given hunger = 3  expect hunger is 3 }";
    assert!(shown(&format!("{WAR}{test}"), PointKind::Signal).is_empty());
    let test = "test \"t\" { expect war is unknown }";
    assert_eq!(
        shown(&format!("{WAR}{test}"), PointKind::Signal),
        ["war unknown"]
    );
}

#[test]
fn only_the_row_spoken_of_counts_unless_something_looks_back() {
    let rules = "let before = lag(killed, 1 month)\nsignal rising = killed > before\n";
    let test = "test \"t\" over 3 months { given killed = [2_000 deaths, 5 deaths, 9 deaths] ";
    let own = format!("{WAR}{test} expect war is no at month 2 }}");
    assert_eq!(shown(&own, PointKind::Signal), ["war no"]);
    let all = format!("{WAR}{rules}{test} expect war is [yes, no, no] }}");
    assert_eq!(shown(&all, PointKind::Signal), ["war yes", "war no"]);
    let later = format!(
        "{WAR}signal lately = ever(war, over: 3 months)\n{test} expect lately at month 3 }}"
    );
    assert_eq!(
        shown(&later, PointKind::Signal),
        ["war yes", "war no", "lately yes"]
    );
}

#[test]
fn a_given_declaration_says_nothing_of_what_it_is_made_of() {
    let rules = format!("{WAR}signal bad = war and hunger > 5\n");
    let test =
        "test \"t\" { given war = yes  given killed = 5 deaths  given hunger = 7  expect bad }";
    let text = format!("{rules}{test}");
    assert_eq!(shown(&text, PointKind::Signal), ["bad yes"]);
    assert_eq!(shown(&text, PointKind::Threshold), ["hunger > 5 above"]);
}

#[test]
fn what_nobody_asks_for_is_not_tested() {
    let rules = "signal both = killed >= 10 deaths and hunger > 5\n";
    let test = "test \"t\" { given killed = 3 deaths  given hunger = 7  expect both is no }";
    let text = format!("{rules}{test}");
    assert_eq!(
        shown(&text, PointKind::Threshold),
        ["killed >= 10 deaths below"]
    );
}

#[test]
fn clauses_bands_and_sides_of_an_if_decide() {
    let rules = "scale size { small < middle < large }\n\
        level by_clause : size { large when hunger > 7, middle when hunger > 4, small otherwise }\n\
        level by_band : size from hunger { small in 0..<4, middle in 4..<7, large in 7..10 }\n\
        score share = if hunger > 5 then hunger / 10 else 0\n";
    let test = |expect: &str| format!("{rules}test \"t\" {{ given hunger = 5  expect {expect} }}");
    let clauses = |expect| shown(&test(expect), PointKind::Clause);
    assert_eq!(clauses("by_clause is middle"), ["middle decides"]);
    assert_eq!(clauses("by_band is middle"), ["middle decides"]);
    assert!(clauses("share is 0").is_empty());
    assert_eq!(shown(&test("share is 0"), PointKind::Branch), ["0 decides"]);
    assert_eq!(
        shown(&test("by_band is middle"), PointKind::Threshold),
        ["4 above", "7 below"]
    );
}

#[test]
fn a_function_of_the_rules_is_looked_into_and_one_of_the_library_is_not() {
    let rules = "fn high(x: number) -> truth = x > 5\nsignal s = high(hunger)\n\
        score scaled = rescale(hunger, from: 0, to: 10)\n";
    let test = "test \"t\" { given hunger = 7  expect s  expect scaled is 0.7 }";
    let text = format!("{rules}{test}");
    assert_eq!(shown(&text, PointKind::Threshold), ["x > 5 above"]);
    assert!(
        covered(&text)
            .iter()
            .all(|one| one.point.kind != PointKind::Branch)
    );
}

#[test]
fn factors_have_enough_evidence_or_too_little() {
    let rules = format!(
        "{WAR}signal hungry = hunger > 5\n\
         factor f {{ combine mean  require 2 known  members {{ war, hungry }} }}\n"
    );
    let test = |given: &str, is: &str| {
        let text = format!("{rules}test \"t\" {{ {given} expect f is {is} }}");
        shown(&text, PointKind::Factor)
    };
    let both = "given war = yes  given hungry = no ";
    assert_eq!(test(both, "0.5"), ["f enough"]);
    assert_eq!(test("given war = yes ", "missing"), ["f too little"]);
}

#[test]
fn what_ranges_exclude_is_not_counted() {
    let rules = "signal known = hunger is known\nsignal above = hunger >= 0 or killed > 3 deaths\n";
    let test = "test \"t\" { given hunger = 1  expect known }";
    let points = covered(&format!("{rules}{test}"));
    let excluded: Vec<(&str, Outcome)> = points
        .iter()
        .filter(|one| !one.counts())
        .map(|one| (one.point.name.as_str(), one.point.outcome))
        .collect();
    assert!(
        excluded.contains(&("known", Outcome::Unknown)),
        "{excluded:?}"
    );
    assert!(
        excluded.contains(&("hunger >= 0", Outcome::Below)),
        "{excluded:?}"
    );
    assert!(!excluded.contains(&("hunger >= 0", Outcome::At)));
}

#[test]
fn alerts_are_raised_escalated_cleared_suppressed_and_bypassed() {
    let rules = "alert early {\n raise when killed > 10 deaths\n escalate when killed > 100 deaths\n\
        clear when killed < 5 deaths\n cooldown 4 months unless hunger > 5\n}\n";
    let test = |killed: &str, hunger: &str| {
        let test = format!(
            "test \"t\" over 4 months {{ given killed = [{killed}] given hunger = [{hunger}] \
             expect early is quiet or early is not quiet at month 4 }}"
        );
        shown(&format!("{rules}{test}"), PointKind::Transition)
    };
    let quiet = "0 x 4";
    assert_eq!(test("0 deaths x 3, 11 deaths", quiet), ["early raised"]);
    assert_eq!(
        test("11 deaths, 0 deaths, 11 deaths x 2", quiet),
        ["early raised", "early cleared", "early suppressed"]
    );
    assert_eq!(
        test("11 deaths, 0 deaths, 11 deaths x 2", "0, 0, 6, 0"),
        ["early raised", "early cleared", "early bypassed"]
    );
    let escalated = test("0 deaths x 3, 101 deaths", quiet);
    assert_eq!(escalated, ["escalate when killed > 100 deaths escalated"]);
}

#[test]
fn tests_that_give_params_and_compare_peers_count_like_others() {
    let rules = "param limit : deaths = 10 deaths\nsignal much = killed >= limit\n\
        score place = rank(killed, first: highest)\nsignal first = place <= 1\n";
    let given = "test \"p\" { given limit = 3 deaths  given killed = 3 deaths  expect much }\n";
    let text = format!("{rules}{given}");
    assert_eq!(shown(&text, PointKind::Threshold), ["killed >= limit at"]);
    let peers = "test \"r\" over 2 cases { given killed = [3 deaths, 9 deaths]  expect first is [no, yes] }";
    let text = format!("{rules}{peers}");
    assert_eq!(shown(&text, PointKind::Signal), ["first yes", "first no"]);
}
