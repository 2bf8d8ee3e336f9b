//! What members contribute under each way of combining: it adds up to what the explanation says, with
//! all members known and with one missing.

use std::path::Path;

use forewarn_compiler::{Compilation, Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_runtime::bind::DataSummary;
use forewarn_runtime::explain::*;
use forewarn_runtime::panel::Panel;

fn rules(text: &str) -> Compilation {
    let text = format!("framework f \"F\" version \"1\"\npanel country\n{text}");
    let compilation = compile(
        Path::new("f.risk"),
        &MemoryFiles::of("f.risk", text),
        &Settings::default(),
    );
    assert!(compilation.plan.is_some(), "{:?}", compilation.reports);
    compilation
}

fn told(compilation: &Compilation, cells: &[f64], name: &str) -> Finding {
    let plan = compilation.plan.as_ref().unwrap();
    let panel = Panel {
        entities: vec!["A".to_owned()],
        entity_of: vec![0],
        columns: cells.iter().map(|cell| vec![*cell]).collect(),
        ..Panel::default()
    };
    let question = Question {
        plan,
        panel: &panel,
        summary: &DataSummary::default(),
        row: 0,
        names: &[name.to_owned()],
        goalposts: None,
        outlook: true,
        options: false,
    };
    explain(&question).unwrap().results.remove(0)
}

/// The factor of three numbers, its value, and the sum of what is contributed.
fn factor(combine: &str, weights: [&str; 3], cells: [f64; 3]) -> (Factor, f64, f64) {
    let members = ["a", "b", "c"].iter().zip(weights);
    let members: Vec<String> = members
        .map(|(name, weight)| format!("{name} {weight}"))
        .collect();
    let compilation = rules(&format!(
        "indicator a : number in 0.1..1\nindicator b : number in 0.1..1\n\
         indicator c : number in 0.1..1\n\
         factor x {{ combine {combine} require 2 known members {{ {} }} }}",
        members.join(", ")
    ));
    let finding = told(&compilation, &cells, "x");
    let Shown::Number { value, .. } = finding.reason.value else {
        panic!("{finding:?}")
    };
    let How::Factor(factor) = finding.reason.how else {
        panic!("no factor")
    };
    let contributions = factor.members.iter().map(|member| member.contribution);
    let sum = contributions.filter(|x| !x.is_nan()).sum();
    (*factor, value, sum)
}

const PLAIN: [&str; 3] = ["", "", ""];
const WEIGHTED: [&str; 3] = ["weight 0.5", "weight 0.3", "weight 0.2"];

#[track_caller]
fn near(found: f64, expected: f64) {
    let far = (found - expected).abs();
    assert!(far <= 1e-12, "{found}, not {expected}");
}

#[test]
fn contributions_add_up_to_what_is_said() {
    for cells in [[0.2, 0.4, 0.9], [0.2, f64::NAN, 0.9], [0.5, 0.5, f64::NAN]] {
        for (combine, weights) in [
            ("mean", PLAIN),
            ("weighted mean", WEIGHTED),
            ("sum", PLAIN),
            ("sum", WEIGHTED),
            ("max", PLAIN),
            ("min", PLAIN),
            ("median", PLAIN),
        ] {
            let (_, value, sum) = factor(combine, weights, cells);
            near(sum, value);
        }
        let (found, value, sum) = factor("geometric mean", PLAIN, cells);
        assert_eq!(found.adds_to, AddsTo::Logarithm);
        near(sum.exp(), value);
        let (_, value, sum) = factor("geometric mean", WEIGHTED, cells);
        near(sum.exp(), value);
        let (found, value, sum) = factor("harmonic mean", WEIGHTED, cells);
        assert_eq!(found.adds_to, AddsTo::Reciprocal);
        near(1.0 / sum, value);
        let (found, value, sum) = factor("power mean 2", WEIGHTED, cells);
        assert_eq!(found.adds_to, AddsTo::Power(2.0));
        assert_eq!(found.combine, "power mean 2");
        near(sum.sqrt(), value);
        let (found, value, sum) = factor("noisy or", WEIGHTED, cells);
        assert_eq!(found.adds_to, AddsTo::Complement);
        near(1.0 - (-sum).exp(), value);
    }
}

#[test]
fn shares_are_those_among_the_known() {
    let (found, ..) = factor("weighted mean", WEIGHTED, [0.2, f64::NAN, 0.9]);
    let shares: Vec<f64> = found.members.iter().map(|member| member.share).collect();
    near(shares[0], 5.0 / 7.0);
    assert!(shares[1].is_nan());
    near(shares[2], 2.0 / 7.0);
    near(found.coverage, 0.7);
}

#[test]
fn a_factor_without_enough_evidence_says_so() {
    let compilation = rules(
        "indicator a : number in 0..1\nindicator b : number in 0..1\n\
         factor x { combine mean require 2 known members { a, b } }",
    );
    let finding = told(&compilation, &[0.5, f64::NAN], "x");
    assert_eq!(finding.reason.cause, Some(Cause::Coverage));
    assert_eq!(finding.reason.because[1].cause, Some(Cause::Absent));
}

#[test]
fn an_operation_without_a_result_is_named() {
    let compilation =
        rules("indicator a : number in 0..9\nindicator b : number in 0..9\nscore x = 1 + a / b\n");
    let finding = told(&compilation, &[3.0, 0.0], "x");
    let expected = Cause::Fault {
        text: "a / b".to_owned(),
        declaration: "x".to_owned(),
    };
    assert_eq!(finding.reason.cause, Some(expected));
}

#[test]
fn the_smallest_change_is_found_at_the_threshold() {
    let compilation = rules(
        "indicator a : number in 0..10\nindicator b : number in 0..10\n\
         signal x = a + b >= 12",
    );
    let finding = told(&compilation, &[4.0, 5.0], "x");
    let change = finding.change.unwrap();
    let to = |flip: &Flip| match flip.moves[0].to {
        Shown::Number { value, .. } => (flip.moves[0].input.clone(), value),
        ref other => panic!("{other:?}"),
    };
    let found: Vec<_> = change.one.iter().map(to).collect();
    assert_eq!(found, [("a".to_owned(), 7.0), ("b".to_owned(), 8.0)]);
    // Alone neither reaches it from here; together they do.
    let finding = told(&compilation, &[1.0, 1.0], "x");
    let change = finding.change.unwrap();
    assert!(change.one.is_empty(), "{:?}", change.one);
    assert!(
        change.two.iter().any(|flip| flip.size <= 1.001),
        "{change:?}"
    );
}

#[test]
fn what_settles_an_unknown_truth_comes_first() {
    let compilation = rules(
        "indicator a : number in 0..10\nindicator b : number in 0..10\n\
         signal x = a + 0.1 * b >= 5 or a >= 9",
    );
    let finding = told(&compilation, &[f64::NAN, 1.0], "x");
    let settle = finding.settle.unwrap();
    assert_eq!(settle.missing, ["a"]);
    let outcomes: Vec<Shown> = settle.inputs[0]
        .outcomes
        .iter()
        .map(|(_, then)| then.clone())
        .collect();
    assert_eq!(
        outcomes,
        [Shown::Truth(Some(false)), Shown::Truth(Some(true))]
    );
    assert_eq!(settle.inputs[0].excludes, 1);
}
