//! Mutants mean what their text would mean, and verdicts do not depend on how they are reached.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::AtomicU64;

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::mutation::{ChangeKind, Mutator, Verdict};
use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::mutants::Mutants as _;
use forewarn_plan::{Op, Plan};
use forewarn_runtime::testing::{Tables, judge_mutants};

fn mutator(text: &str) -> Mutator {
    let file = MemoryFiles::of("a.risk", text);
    Mutator::read(Path::new("a.risk"), &file, &Settings::default(), &|_| true).expect("compiles")
}

fn judged(text: &str, jobs: usize) -> Vec<(String, Verdict)> {
    let mutator = mutator(text);
    let mutants = mutator.mutants();
    let tables = Tables {
        read: BTreeMap::new(),
        again: &|_, _| None,
    };
    let verdicts = judge_mutants(&mutator, &mutants, &tables, jobs, &AtomicU64::new(0));
    let words = mutants.into_iter().map(|mutant| mutant.change.words);
    words.zip(verdicts).collect()
}

const RULES: &str = r#"framework demo "Demo" version "1"
panel country by month
unit deaths
indicator killed : deaths in 0..  missing means 0 deaths because "all are listed"
indicator hunger : number in 0..10  carry forward at most 3 months
indicator unrest : number in 0..10
param limit : deaths = 1_000 deaths
fn half(x: number) -> number = x / 2
let year = sum(killed, over: 12 months, require: 9 months)
signal war = year >= limit
signal trouble = (hunger > 4 and unrest >= 2.5) or not war
signal both = hunger is known and war is not unknown
score most = max([hunger, unrest, half(hunger)])
score chosen = if hunger in 2..<5 then hunger + 1 else unrest * 2
score place = rank(hunger, first: highest) ?? 3
factor f { combine weighted mean  require 50% coverage  members { war weight 3, trouble weight 1, both weight 2 } }
factor g { combine at least 2  members { war, trouble, both } }
factor h { combine geometric mean  require 2 known  members { hunger, unrest, most } allow FW0613 because "zero" }
scale size { small < middle < large }
level l : size { large when f >= 0.7 and war, middle when f >= 0.4 or at least 2 of (war, trouble, both), small otherwise }
level b : size from hunger { small in 0..<3, middle in 3..<6.5, large in 6.5..10 }
alert a {
  raise when l >= middle for 2 months
  escalate when l is large
  clear when l is small for 3 months
  cooldown 6 months unless war
  on unknown hold
}
"#;

/// A Plan without the places of its words; equal numbers have equal bits.
fn meaning(plan: &Plan) -> Vec<String> {
    let nodes = plan.nodes.iter().map(|node| match node.op {
        Op::Const(x) => format!("constant {:x}", x.to_bits()),
        op => format!("{op:?}"),
    });
    let inputs = plan.inputs.iter();
    let inputs = inputs.map(|input| format!("{:?} {:?}", input.missing_means, input.carry_forward));
    let rules = plan.alerts.iter().map(|alert| format!("{:?}", alert.rule));
    nodes.chain(inputs).chain(rules).collect()
}

#[test]
fn a_mutant_means_what_its_text_would_mean() {
    let mut mutator = mutator(RULES);
    let mut kinds = BTreeSet::new();
    let (mut compared, mut compiled) = (0, 0);
    for mutant in mutator.mutants() {
        kinds.insert(mutant.change.kind);
        let change = &mutant.change;
        let (from, to) = (change.span.start as usize, change.span.end as usize);
        let was = &RULES[from..to];
        let before = format!("`{was}` in `{}` were `", change.declaration);
        // What is told in other words cannot be put in its place.
        let Some(other) = change.words.strip_prefix(&before) else {
            continue;
        };
        let other = other.strip_suffix('`').expect("it is closed");
        let text = format!("{}{other}{}", &RULES[..from], &RULES[to..]);
        let settings = Settings::default();
        let by_text = compile(
            Path::new("a.risk"),
            &MemoryFiles::of("a.risk", text),
            &settings,
        )
        .plan;
        let by_tree = mutator.plan_of(&mutant);
        assert_eq!(
            by_tree.as_ref().map(meaning),
            by_text.as_ref().map(meaning),
            "{}",
            change.words
        );
        compared += 1;
        compiled += usize::from(by_tree.is_some());
    }
    assert!(compared > 80 && compiled > 75, "{compared}, {compiled}");
    for kind in [
        ChangeKind::Number,
        ChangeKind::Operator,
        ChangeKind::Function,
        ChangeKind::Not,
        ChangeKind::Condition,
        ChangeKind::Combine,
        ChangeKind::Weight,
        ChangeKind::Require,
        ChangeKind::Member,
        ChangeKind::Clause,
        ChangeKind::Order,
        ChangeKind::Missing,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

#[test]
fn every_mutant_is_put_back() {
    let mut mutator = mutator(RULES);
    let base = meaning(mutator.plan());
    let mutants = mutator.mutants();
    let changed = mutants.iter().filter(|mutant| {
        let plan = mutator.plan_of(mutant);
        plan.is_none_or(|plan| meaning(&plan) != base)
    });
    // Hardly any change is none: the walk makes what it tells.
    let changed = changed.count();
    assert!(
        changed * 100 > mutants.len() * 95,
        "{changed} of {}",
        mutants.len()
    );
    let again: Vec<String> = mutator
        .mutants()
        .into_iter()
        .map(|one| one.change.words)
        .collect();
    let first: Vec<String> = mutants.into_iter().map(|one| one.change.words).collect();
    assert_eq!(first, again);
}

#[test]
fn the_shipped_rulesets_can_be_changed_everywhere() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    for name in ["hdi", "conflict-watch", "example-early-warning"] {
        let entry = rules.join(name);
        let mutator = Mutator::read(&entry, &DiskFiles, &Settings::default(), &|_| true);
        let mutants = mutator.expect(name).mutants();
        assert!(mutants.len() > 20, "{name}: {}", mutants.len());
        let places: Vec<_> = mutants.iter().map(|mutant| mutant.change.span).collect();
        assert!(places.is_sorted(), "{name}");
    }
}

const TESTED: &str = r#"
test "war" { given year = 1_000 deaths  expect war }
test "no war" { given year = 999 deaths  expect war is no }
test "factor" { given war = yes  given trouble = no  given both = no  expect f is 0.5 }
test "too little" { given war = missing  given trouble = yes  given both = unknown  expect f is missing }
test "bands" over 4 cases { given hunger = [2.9, 3, 6.4, 6.5]  expect b is [small, middle, middle, large] }
test "another limit" { given limit = 5 deaths  given year = 5 deaths  expect war }
test "no faults" { given hunger = 3  expect no faults }
"#;

#[test]
fn the_verdicts_are_those_of_whoever_reads_the_tests() {
    let text = format!("{RULES}{TESTED}");
    let judged = judged(&text, 2);
    let verdict = |words: &str| {
        let found = judged.iter().find(|(known, _)| known == words);
        found
            .unwrap_or_else(|| panic!("{words} is not tried"))
            .1
            .clone()
    };
    let noticed = |by: &str| Verdict::Noticed(by.to_owned());
    assert_eq!(
        verdict("`year >= limit` in `war` were `year > limit`"),
        noticed("war")
    );
    let param = "`1_000 deaths` in `limit` were";
    assert_eq!(verdict(&format!("{param} `999 deaths`")), noticed("no war"));
    assert_eq!(verdict(&format!("{param} `1_001 deaths`")), noticed("war"));
    assert_eq!(
        verdict("`war weight 3` in `f` were `war weight 6`"),
        noticed("factor")
    );
    assert_eq!(
        verdict("`trouble weight 1` in `f` were not there"),
        noticed("factor")
    );
    assert_eq!(
        verdict("`middle` and `large` in `b` met at `6.6`, not at `6.5`"),
        noticed("bands")
    );
    // Nothing is expected of these.
    assert_eq!(
        verdict("`l >= middle` in `a` were `l > middle`"),
        Verdict::Unnoticed
    );
    assert_eq!(
        verdict("`over: 12 months` in `year` were `over: 13 months`"),
        Verdict::Unnoticed
    );
}

#[test]
fn verdicts_are_the_same_for_any_number_of_jobs() {
    let text = format!("{RULES}{TESTED}");
    let one = judged(&text, 1);
    for jobs in [2, 3, 64] {
        assert_eq!(one, judged(&text, jobs));
    }
}

/// What became of the change with these words.
fn verdict_of(judged: &[(String, Verdict)], words: &str) -> Verdict {
    let found = judged.iter().find(|(known, _)| known == words);
    let all: Vec<&str> = judged.iter().map(|(words, _)| words.as_str()).collect();
    let found = found.unwrap_or_else(|| panic!("{words} is not tried: {all:#?}"));
    found.1.clone()
}

const GROUPED: &str = r#"framework g "G" version "1"
panel country by year
indicator gdp "GDP" : number in 0..100
indicator trade "Trade" : number in 0..100
indicator debt "Debt" : number in 0..100
group econ "Economy" { gdp, trade weight 2, debt }
let scaled = econ / 100
signal high = econ >= 60
score whole = mean(scaled)
factor tension "Tension" { combine weighted mean require 50% coverage members { scaled } }
test "high" over 2 cases {
  given gdp = [60, 59]
  expect high.gdp is [yes, no]
}
test "whole" over 2 cases {
  given gdp = 50
  given trade = [100, missing]
  given debt = 0
  expect whole is [0.5, missing]
  expect tension is [0.625, 0.25]
}
"#;

#[test]
fn a_change_of_what_goes_by_a_group_is_put_to_the_tests_of_its_items() {
    let judged = judged(GROUPED, 2);
    let noticed = |words: &str, by: &str| {
        let found = verdict_of(&judged, words);
        assert_eq!(found, Verdict::Noticed(by.to_owned()), "{words}");
    };
    noticed("`econ >= 60` in `high` were `econ > 60`", "high");
    noticed("`trade weight 2` in `econ` were `trade weight 4`", "whole");
    noticed("`100` in `scaled` were `99`", "whole");
    // Half of the weight is known without `trade`: any share below that, and no less, would be the same.
    noticed(
        "`require 50% coverage` in `tension` were `require 75% coverage`",
        "whole",
    );
    assert_eq!(
        verdict_of(
            &judged,
            "`require 50% coverage` in `tension` were `require 25% coverage`"
        ),
        Verdict::Unnoticed
    );
}

#[test]
fn changes_that_an_overlay_makes_and_what_it_changes_are_put_to_its_tests() {
    let mut files = MemoryFiles::default();
    files.insert(
        "base/base.risk",
        r#"framework base "Base" version "1.0.0"
panel country by year
indicator gdp "GDP" : number in 0..100
indicator trade "Trade" : number in 0..100
param cut = 0.4
factor tension "Tension" { combine weighted mean require 1 known members { gdp weight 1, trade weight 1 } }
signal s = tension >= cut
"#,
    );
    files.insert(
        "over/forewarn.toml",
        "[dependencies]\nbase = { path = \"../base\", version = \"1\" }\n",
    );
    files.insert(
        "over/over.risk",
        r#"framework over "Over" version "0.1.0" extends base "1"
override weight tension.trade = 3 because "y"
override param cut = 45 because "z"
test "weights" {
  given gdp = 0
  given trade = 100
  expect tension is 75
}
test "cut" over 2 cases {
  given tension = [45, 44]
  expect s is [yes, no]
}
"#,
    );
    let mutator = Mutator::read(Path::new("over"), &files, &Settings::default(), &|_| true);
    let mutator = mutator.expect("compiles");
    let mutants = mutator.mutants();
    let tables = Tables {
        read: BTreeMap::new(),
        again: &|_, _| None,
    };
    let verdicts = judge_mutants(&mutator, &mutants, &tables, 1, &AtomicU64::new(0));
    let words = mutants.into_iter().map(|mutant| mutant.change.words);
    let judged: Vec<(String, Verdict)> = words.zip(verdicts).collect();
    for (words, by) in [
        ("`3` in `tension` were `4`", "weights"),
        ("`45` in `cut` were `46`", "cut"),
        ("`45` in `cut` were `44`", "cut"),
        ("`tension >= cut` in `s` were `tension > cut`", "cut"),
        ("`gdp weight 1` in `tension` were `gdp weight 2`", "weights"),
    ] {
        let found = verdict_of(&judged, words);
        assert_eq!(found, Verdict::Noticed(by.to_owned()), "{words}");
    }
}

const SEVERAL: &str = r#"framework m "M" version "1"
panel country by year
indicator a : number in 0..10
indicator b : number in 0..10
indicator c : number in 0..10
indicator x : truth
indicator y : truth
indicator z : truth
indicator seen : assessment verification column "seen_v"
score e1 = mean(a, b, c, require: 2 known)
score e2 = max(a, b)
score e3 = count(x, y, z)
signal e4 = any(x, y)
score e5 = piecewise a { 0..2 to 0..5, 2..10 to 5..10 }
score e6 = lag(e6, 1 year, first: 3, gap: last) + a
signal e7 = verified(seen, unverified as: unknown) is present
test "mean" { given a = 1  given b = 2  given c = 6  expect e1 is 3 }
test "max" over 2 cases { given a = [1, 2]  given b = [2, 1]  expect e2 is 2 }
test "count" { given x = yes  given y = yes  given z = yes  expect e3 is 3 }
test "any" over 2 cases { given x = [yes, no]  given y = [no, yes]  expect e4 }
test "pieces" { given a = 2  expect e5 is 5 }
"#;

#[test]
fn several_values_pieces_and_words_of_arguments_are_changed() {
    let judged = judged(SEVERAL, 2);
    for (words, by) in [
        ("`c` in `e1` were not there", "mean"),
        ("`a` in `e2` were not there", "max"),
        ("`b` in `e2` were not there", "max"),
        ("`z` in `e3` were not there", "count"),
        ("`y` in `e4` were not there", "any"),
        ("pieces of `e5` met at `3`, not at `2`", "pieces"),
    ] {
        let found = verdict_of(&judged, words);
        assert_eq!(found, Verdict::Noticed(by.to_owned()), "{words}");
    }
    for words in [
        "`last` in `e6` were `first`",
        "`unknown` in `e7` were `least alarming`",
    ] {
        assert_eq!(verdict_of(&judged, words), Verdict::Unnoticed, "{words}");
    }
}

#[test]
fn a_ruleset_without_tests_notices_nothing() {
    let judged = judged(RULES, 2);
    assert!(
        judged
            .iter()
            .all(|(_, verdict)| !matches!(verdict, Verdict::Noticed(_)))
    );
}

/// The ruleset under a heading of a message's page.
fn of_page(page: &str, heading: &str) -> String {
    let after = page.split(heading).nth(1).expect("the heading");
    let block = after.split("```risk\n").nth(1).expect("an example");
    block.split("```").next().expect("its end").to_owned()
}

#[test]
fn the_page_of_an_unnoticed_change_shows_one() {
    let page = forewarn_diagnostics::page("FW1120").expect("the page");
    let survivors = |heading: &str| {
        let judged = judged(&of_page(page, heading), 1);
        assert!(judged.len() >= 5);
        let unnoticed = judged.iter();
        unnoticed
            .filter(|(_, verdict)| *verdict == Verdict::Unnoticed)
            .count()
    };
    assert!(survivors("## Wrong") > 0);
    assert_eq!(survivors("## Right"), 0);
}
