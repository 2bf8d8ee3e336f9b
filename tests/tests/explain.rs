//! Explanations of the example rulesets, walked from the result to the observations: every number in
//! them is worked out again from those beside it.

use std::path::{Path, PathBuf};

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::alerts::Answer;
use forewarn_plan::{InputKind, Output, Plan, Value};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::explain::*;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, run};
use forewarn_tables::{ReadOptions, read_all};

struct Case {
    plan: Plan,
    bound: Bound,
}

fn case(ruleset: &str, data: &str) -> Case {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../rules")
        .join(ruleset);
    let data: PathBuf = rules.join(data);
    let compilation = compile(&rules, &DiskFiles, &Settings::default());
    let plan = compilation.plan.expect("sound rules");
    let bound = read_all(&[data], &plan, &ReadOptions::default()).expect("sound data");
    Case { plan, bound }
}

impl Case {
    fn explain(&self, panel: &Panel, row: usize, names: &[String]) -> Explanation {
        let question = Question {
            plan: &self.plan,
            panel,
            summary: &self.bound.summary,
            row,
            names,
            goalposts: None,
            outlook: true,
            options: false,
        };
        explain(&question).expect("an explanation")
    }

    /// What a run writes of a level, in the form of another value of it.
    fn value(&self, panel: &Panel, row: usize, name: &str, like: &Shown) -> Shown {
        let ends = [format!("{name}.at_least"), format!("{name}.at_most")];
        let find = |name: &str| {
            let mut outputs = self.plan.outputs.iter();
            outputs.position(|output| output.column == name)
        };
        let mut plan = self.plan.clone();
        let declared = plan.declarations.iter().find(|one| one.name == name);
        // The ends of an alert's state are not published.
        let nodes = match declared.map(|one| one.value.clone()) {
            Some(Value::Level {
                at_least, at_most, ..
            }) => [at_least, at_most],
            other => panic!("{other:?} is no level"),
        };
        let mut published = |node| {
            let like = plan.outputs[find(name).expect("an output")].clone();
            plan.outputs.push(Output { node, ..like });
            plan.outputs.len() - 1
        };
        let wanted = [0, 1].map(|end| find(&ends[end]).unwrap_or_else(|| published(nodes[end])));
        let options = RunOptions {
            engine: Engine::Interpreter,
            wanted: Some(wanted.to_vec()),
            ..RunOptions::default()
        };
        let results = run(&plan, panel, &options).expect("a run");
        let at = |end: usize| results.columns[end].values[row] as usize;
        match like {
            Shown::Level { names, .. } => Shown::Level {
                names: names.clone(),
                at_least: at(0),
                at_most: at(1),
            },
            other => panic!("{other:?} is no level"),
        }
    }

    /// Everything that has a value, explained by itself.
    fn names(&self) -> Vec<String> {
        let declared = self.plan.declarations.iter();
        declared.map(|one| one.name.clone()).collect()
    }
}

const RULESETS: [(&str, &str); 7] = [
    ("example-early-warning", "data/example.csv"),
    ("hdi", "cases.csv"),
    ("inform-risk", "cases.csv"),
    ("fragile-states", "cases.csv"),
    ("food-security", "cases.csv"),
    ("conflict-watch", "cases.csv"),
    ("forecast-ensemble", "cases.csv"),
];

#[track_caller]
fn near(found: f64, expected: f64, what: &str) {
    let same = found.is_nan() && expected.is_nan()
        || found == expected
        || (found - expected).abs() <= 1e-9 * expected.abs().max(1.0);
    assert!(same, "{what}: {found}, not {expected}");
}

fn number(shown: &Shown) -> f64 {
    match shown {
        Shown::Number { value, .. } => *value,
        Shown::Truth(truth) => truth.map_or(f64::NAN, |truth| f64::from(u8::from(truth))),
        Shown::Level {
            at_least, at_most, ..
        } if at_least == at_most => *at_least as f64,
        Shown::Count { at_least, at_most } if at_least == at_most => *at_least,
        Shown::Between { value, .. } => *value,
        _ => f64::NAN,
    }
}

/// The least and the most that a side can be; of one that is missing, nothing fits.
fn ends(shown: &Shown) -> (f64, f64) {
    match shown {
        Shown::Level {
            at_least, at_most, ..
        } => (*at_least as f64, *at_most as f64),
        Shown::Count { at_least, at_most } => (*at_least, *at_most),
        // Names are the same or not: as a number that is theirs.
        Shown::Category(Some(name)) => {
            let of_name = name
                .bytes()
                .fold(7.0, |x, byte| (x * 31.0 + f64::from(byte)) % 1e9);
            (of_name, of_name)
        }
        other => (number(other), number(other)),
    }
}

fn truth(shown: &Shown) -> Option<bool> {
    match shown {
        Shown::Truth(truth) => *truth,
        other => panic!("{other:?} is no truth"),
    }
}

/// Checks one reason by those beside and below it; how many were checked.
fn walk(reason: &Reason) -> usize {
    let what = format!("{:?} {}", reason.name, reason.text);
    if reason.above {
        assert!(reason.because.is_empty(), "{what}");
        return 1;
    }
    match &reason.how {
        How::Comparison(sides) => {
            let (a, b) = (ends(&sides.left.compared), ends(&sides.right.compared));
            let below = |a: (f64, f64), b: (f64, f64)| {
                (a.1 < b.0)
                    .then_some(true)
                    .or((a.0 >= b.1).then_some(false))
            };
            let not = |answer: Option<bool>| answer.map(|answer| !answer);
            let expected = match sides.operator {
                "<" => below(a, b),
                ">=" => not(below(a, b)),
                ">" => below(b, a),
                "<=" => not(below(b, a)),
                // Places and names; as numbers they say it too.
                // A truth is what is named or not: an unknown one is neither yes nor no.
                "is" | "is not"
                    if matches!(sides.left.compared, Shown::Truth(None))
                        && matches!(sides.right.compared, Shown::Truth(Some(_))) =>
                {
                    Some(sides.operator == "is not")
                }
                "is" | "is not" => {
                    let known = a.0 == a.1 && b.0 == b.1;
                    let same = known.then_some(a.0 == b.0);
                    let apart = (a.1 < b.0 || b.1 < a.0).then_some(false);
                    let same = same.or(apart);
                    if sides.operator == "is" {
                        same
                    } else {
                        not(same)
                    }
                }
                other => panic!("{other}"),
            };
            let own = match &reason.value {
                Shown::Truth(own) => *own,
                // An indicator that is compared with its own code.
                _ => return 1,
            };
            assert_eq!(own, expected, "{what}");
        }
        How::All | How::Any => {
            let parts: Vec<Option<bool>> = reason
                .because
                .iter()
                .map(|part| truth(&part.value))
                .collect();
            let decisive = matches!(reason.how, How::Any);
            let expected = if parts.contains(&Some(decisive)) {
                Some(decisive)
            } else if parts.contains(&None) {
                None
            } else {
                Some(!decisive)
            };
            assert_eq!(truth(&reason.value), expected, "{what} {reason:#?}");
        }
        How::Not => {
            let inner = truth(&reason.because[0].value);
            assert_eq!(truth(&reason.value), inner.map(|inner| !inner), "{what}");
        }
        How::Factor(factor) => contributions(factor, number(&reason.value), &what),
        How::Clauses(clauses) => {
            let Shown::Level {
                at_least, at_most, ..
            } = reason.value
            else {
                panic!("{what}")
            };
            let first = clauses.iter().find(|clause| clause.answer == Answer::Yes);
            assert_eq!(
                first.map(|clause| clause.position),
                Some(at_least),
                "{what}"
            );
            assert!(first.is_some_and(|clause| clause.decides), "{what}");
            let open = clauses.iter().find(|clause| clause.answer != Answer::No);
            assert_eq!(open.map(|clause| clause.position), Some(at_most), "{what}");
            for miss in clauses.iter().filter_map(|clause| clause.nearest.as_ref()) {
                let sides = &miss.comparison;
                let (a, b) = (number(&sides.left.compared), number(&sides.right.compared));
                near(miss.by, (a - b).abs(), &what);
            }
        }
        How::Bands(bands) => {
            let own = bands.bands.iter().rposition(|(low, _)| bands.score >= *low);
            assert_eq!(own, bands.own, "{what}");
            // What a score can be may lie in one band, although it is not known.
            if let Some(own) = own {
                near(number(&reason.value), bands.bands[own].1 as f64, &what);
            }
        }
        How::Window(window) => looked_back(window, number(&reason.value), &what),
        How::Peers(peers) => {
            assert!(peers.known == 0 || peers.lowest <= peers.highest, "{what}");
            if let (Some(rank), "rank") = (peers.rank, peers.what) {
                near(number(&reason.value), rank as f64, &what);
            }
        }
        _ => {}
    }
    if reason.value.is_open() && !matches!(reason.how, How::Constant) {
        assert!(reason.cause.is_some(), "why is it open? {what}");
    }
    1 + reason.because.iter().map(walk).sum::<usize>()
}

fn contributions(factor: &Factor, value: f64, what: &str) {
    let known = || {
        factor
            .members
            .iter()
            .filter(|member| !member.value.is_nan())
    };
    let shares: Vec<f64> = known().map(|member| member.share).collect();
    if shares.iter().any(|share| !share.is_nan()) {
        near(shares.iter().sum(), 1.0, what);
    }
    near(factor.known, known().count() as f64, what);
    if value.is_nan() {
        return;
    }
    let sum: f64 = known().map(|member| member.contribution).sum();
    match factor.adds_to {
        AddsTo::Value | AddsTo::Decides => near(sum, value, what),
        AddsTo::Logarithm => near(sum.exp(), value, what),
        AddsTo::Reciprocal => near(1.0 / sum, value, what),
        AddsTo::Power(power) => near(sum.powf(1.0 / power), value, what),
        AddsTo::Complement => near(1.0 - (-sum).exp(), value, what),
        AddsTo::Yes => near(
            sum,
            known().filter(|one| one.value == 1.0).count() as f64,
            what,
        ),
        AddsTo::LeaveOneOut => {}
    }
}

fn looked_back(window: &Window, value: f64, what: &str) {
    let known: Vec<f64> = window
        .cells
        .iter()
        .map(|(_, x)| *x)
        .filter(|x| !x.is_nan())
        .collect();
    if window.cells.len() == MOST_CELLS {
        return;
    }
    near(f64::from(window.known), known.len() as f64, what);
    if value.is_nan() {
        return;
    }
    match window.what {
        "sum" => near(value, known.iter().sum(), what),
        "mean" => near(value, known.iter().sum::<f64>() / known.len() as f64, what),
        "min" => near(
            value,
            known.iter().copied().fold(f64::INFINITY, f64::min),
            what,
        ),
        "max" => near(
            value,
            known.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            what,
        ),
        "lag" => near(value, known[0], what),
        _ => {}
    }
}

/// The steps since the last period lead from the one result to the other.
fn steps(since: &Since) {
    let mut at = format!("{:?}", since.before);
    for step in &since.steps {
        assert_eq!(at, format!("{:?}", step.before));
        at = format!("{:?}", step.after);
    }
    if !since.steps.is_empty() {
        assert_eq!(at, format!("{:?}", since.now));
    }
}

#[test]
fn every_number_follows_from_those_beside_it() {
    for (ruleset, data) in RULESETS {
        let case = case(ruleset, data);
        let panel = &case.bound.panel;
        let mut checked = 0;
        for row in (0..panel.rows()).step_by(1 + panel.rows() / 60) {
            for finding in case.explain(panel, row, &case.names()).results {
                checked += walk(&finding.reason);
                if let Some(since) = &finding.since {
                    steps(since);
                }
            }
        }
        assert!(checked > 30, "{ruleset}: {checked}");
    }
}

#[test]
fn what_is_explained_is_what_a_run_writes() {
    for (ruleset, data) in RULESETS {
        let case = case(ruleset, data);
        let panel = &case.bound.panel;
        let results = run(&case.plan, panel, &RunOptions::default()).expect("a run");
        for row in (0..panel.rows()).step_by(1 + panel.rows() / 60) {
            for finding in case.explain(panel, row, &case.names()).results {
                let name = finding.reason.name.clone().unwrap_or_default();
                let output = case.plan.outputs.iter().position(|out| out.column == name);
                let Some(column) =
                    output.and_then(|out| results.columns.iter().find(|one| one.output == out))
                else {
                    continue;
                };
                if let Shown::Category(_) = finding.reason.value {
                    continue;
                }
                let (found, expected) = (number(&finding.reason.value), column.values[row]);
                assert!(
                    found == expected || (found.is_nan() && expected.is_nan()),
                    "{ruleset} {name} in row {row}: {found}, not {expected}"
                );
            }
        }
    }
}

/// The code of a shown value of an input.
fn code(plan: &Plan, input: usize, shown: &Shown) -> f64 {
    match (&plan.inputs[input].kind, shown) {
        (InputKind::Category { names }, Shown::Category(Some(name))) => {
            names.iter().position(|one| one == name).expect("a name") as f64
        }
        (_, other) => number(other),
    }
}

fn input(plan: &Plan, name: &str) -> usize {
    let found = plan.inputs.iter().position(|info| info.name == name);
    found.expect("an indicator")
}

/// What says whether an input was verified.
fn says_verified(plan: &Plan, input: usize) -> usize {
    let of = InputKind::Verification { of: input as u32 };
    let found = plan.inputs.iter().position(|info| info.kind == of);
    found.expect("a verification")
}

#[test]
fn what_would_change_or_settle_a_result_does() {
    let mut tried = (0, 0, 0);
    for (ruleset, data) in RULESETS {
        let case = case(ruleset, data);
        let panel = &case.bound.panel;
        for row in (0..panel.rows()).step_by(1 + panel.rows() / 8) {
            for finding in case.explain(panel, row, &[]).results {
                let name = finding.reason.name.clone().unwrap_or_default();
                let again = |changed: &[(usize, f64)]| {
                    let mut panel = panel.clone();
                    for (input, value) in changed {
                        panel.columns[*input][row] = *value;
                    }
                    case.value(&panel, row, &name, &finding.reason.value)
                };
                if let Some(change) = &finding.change {
                    for flip in change.one.iter().chain(&change.two) {
                        let moves: Vec<(usize, f64)> = flip
                            .moves
                            .iter()
                            .map(|one| {
                                let input = input(&case.plan, &one.input);
                                (input, code(&case.plan, input, &one.to))
                            })
                            .collect();
                        assert_eq!(again(&moves), flip.becomes, "{ruleset} {flip:?}");
                        assert_ne!(flip.becomes, finding.reason.value, "{ruleset} {flip:?}");
                        tried.0 += 1;
                        if let ([one], [(input, _)]) = (flip.moves.as_slice(), moves.as_slice())
                            && let Some(beyond) = &one.beyond
                        {
                            let still = again(&[(*input, number(beyond))]);
                            assert_eq!(still, finding.reason.value, "{ruleset} {flip:?}");
                        }
                        // Neither of two does it alone.
                        if let [a, b] = moves.as_slice() {
                            assert_eq!(again(&[*a]), finding.reason.value, "{flip:?}");
                            assert_eq!(again(&[*b]), finding.reason.value, "{flip:?}");
                            tried.1 += 1;
                        }
                    }
                }
                for one in finding.settle.iter().flat_map(|settle| &settle.inputs) {
                    let input = input(&case.plan, &one.input);
                    for (at, then) in &one.outcomes {
                        let value = code(&case.plan, input, at);
                        let by = one
                            .verified
                            .map(|yes| (says_verified(&case.plan, input), yes));
                        let by = by.map(|(by, yes)| (by, f64::from(u8::from(yes))));
                        let cells: Vec<_> = [(input, value)].into_iter().chain(by).collect();
                        assert_eq!(again(&cells), *then, "{ruleset} {one:?}");
                        tried.2 += 1;
                    }
                }
            }
        }
    }
    assert!(tried.0 > 30 && tried.1 > 3 && tried.2 > 3, "{tried:?}");
}
