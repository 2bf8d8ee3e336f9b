//! What windows, lags and counts along time are, against the textbook's formulas; and what a panel must
//! be for a Plan to look along it.

use crate::common;

use common::Grow;
use forewarn_plan::along::{WHOLE, Window, decided, since, window};
use forewarn_plan::{AlertPart, Along, NodeId, Op};
use forewarn_runtime::interpreter::Interpreter;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunError, RunOptions, run};
use proptest::prelude::*;

const MISSING: f64 = f64::NAN;

/// The window's value in its plainest form, from all its cells at once.
fn textbook(what: Window, cells: &[f64]) -> f64 {
    let known: Vec<(f64, f64)> = (0..)
        .zip(cells)
        .filter(|(_, x)| !x.is_nan())
        .map(|(at, x)| (f64::from(at), *x))
        .collect();
    let n = known.len() as f64;
    let sum = |of: &dyn Fn(f64, f64) -> f64| known.iter().map(|(at, x)| of(*at, *x)).sum::<f64>();
    let (mean_at, mean) = (sum(&|at, _| at) / n, sum(&|_, x| x) / n);
    let mut sorted: Vec<f64> = known.iter().map(|(_, x)| *x).collect();
    sorted.sort_by(f64::total_cmp);
    match what {
        Window::Sum => sum(&|_, x| x),
        Window::Mean => mean,
        Window::Min => sorted[0],
        Window::Max => sorted[sorted.len() - 1],
        Window::Last => known[known.len() - 1].1,
        Window::Known => n,
        Window::StdDev => (sum(&|_, x| (x - mean).powi(2)) / (n - 1.0)).sqrt(),
        Window::Median => (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2.0,
        Window::Trend => {
            let products = sum(&|at, x| (at - mean_at) * (x - mean));
            products / sum(&|at, _| (at - mean_at).powi(2))
        }
    }
}

#[test]
fn a_trend_keeps_its_digits_however_far_its_periods_are_counted_from() {
    // 1, 2, ... 5 months after the first; months are counted from the year 0, days give larger numbers still.
    let cells = [3.0, 7.0, MISSING, 5.5, 5.0];
    let exact = textbook(Window::Trend, &cells);
    for over in [WHOLE, 5, 7] {
        for last in [4, 24_244, 739_000, -3, 2_000_000_000] {
            let found = window(Window::Trend, &cells, last, over, 2);
            let off = (found - exact).abs();
            assert!(
                off <= 4.0 * f64::EPSILON,
                "{over} {last}: {found}, not {exact}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn windows_are_the_textbook_s(
        cells in prop::collection::vec(
            prop_oneof![3 => (0i32..1_000).prop_map(|x| f64::from(x) / 8.0), 1 => Just(MISSING)],
            1..40,
        ),
        last in -100i64..100,
        longer in 0u32..3,
        require in 1u32..5,
    ) {
        let over = cells.len() as u32 + longer;
        let known = cells.iter().filter(|x| !x.is_nan()).count() as u32;
        for what in [
            Window::Sum, Window::Mean, Window::Min, Window::Max, Window::Known, Window::StdDev,
            Window::Median, Window::Trend, Window::Last,
        ] {
            let actual = window(what, &cells, last, over, require);
            let least = match what {
                Window::Known => 0,
                Window::StdDev | Window::Trend => require.max(2),
                _ => require,
            };
            if known < least {
                prop_assert!(actual.is_nan(), "{what:?}: {actual}");
                continue;
            }
            let expected = textbook(what, &cells);
            // Eighths add up without rounding; what is divided or rooted is rounded.
            let near = match what {
                Window::Sum
                | Window::Min
                | Window::Max
                | Window::Last
                | Window::Known
                | Window::Median => 0.0,
                Window::Mean => 1e-15 * expected.abs(),
                Window::StdDev => 1e-12 * (1.0 + expected),
                Window::Trend => 1e-12 * (1.0 + expected.abs()),
            };
            prop_assert!(
                (actual - expected).abs() <= near,
                "{what:?} over {over}: {actual}, by the textbook {expected}"
            );
        }
    }
}

#[test]
fn sums_do_not_drift() {
    // A running sum would keep the rounding of the large value after it has left.
    let cells = [1e16, 0.1, 0.2, 0.3];
    for last in 0..12 {
        let sum = window(Window::Sum, &cells[1..], last, 3, 3);
        assert!((sum - 0.6).abs() < 1e-15, "{sum}");
    }
}

#[test]
fn all_of_the_history_can_be_required() {
    let all = |cells: &[f64]| window(Window::Max, cells, 7, WHOLE, WHOLE);
    assert_eq!(all(&[1.0, 5.0, 2.0]), 5.0);
    assert!(all(&[1.0, MISSING, 2.0]).is_nan());
    assert_eq!(window(Window::Max, &[1.0, MISSING, 2.0], 7, WHOLE, 2), 2.0);
}

#[test]
fn every_and_any_decide_as_soon_as_they_can() {
    let every = |cells: &[f64]| decided(cells, 0.0, 3, WHOLE);
    assert_eq!(every(&[1.0, 1.0, 1.0]), 1.0);
    assert_eq!(every(&[1.0, MISSING, 0.0]), 0.0);
    assert!(every(&[1.0, MISSING, 1.0]).is_nan());
    // Before the third period nothing has lasted for three, but it may have failed to.
    assert!(every(&[1.0, 1.0]).is_nan());
    assert_eq!(every(&[0.0]), 0.0);
    assert_eq!(decided(&[1.0, MISSING, 1.0], 0.0, 3, 2), 1.0);
    let any = |cells: &[f64]| decided(cells, 1.0, WHOLE, WHOLE);
    assert_eq!(any(&[MISSING, 1.0, 0.0]), 1.0);
    assert_eq!(any(&[0.0, 0.0]), 0.0);
    assert!(any(&[MISSING, 0.0]).is_nan());
}

#[test]
fn since_counts_periods_and_stops_at_what_is_unknown() {
    assert_eq!(since(&[0.0, 1.0]), 0.0);
    assert_eq!(since(&[1.0, 0.0, 0.0]), 2.0);
    assert!(since(&[1.0, MISSING, 0.0]).is_nan());
    assert!(since(&[0.0, 0.0]).is_nan());
    assert!(since(&[]).is_nan());
}

/// Entities with these periods, one column of the row's number.
fn panel(periods: &[(u32, i64)]) -> Panel {
    Panel {
        entities: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
        entity_of: periods.iter().map(|(entity, _)| *entity).collect(),
        periods: periods.iter().map(|(_, period)| *period).collect(),
        columns: vec![(0..).take(periods.len()).map(f64::from).collect()],
        ..Panel::default()
    }
}

fn lag_of_one() -> Grow {
    let mut grow = Grow::new(1);
    let before = grow.add(Op::Along(Along::Lag(1), NodeId(0)), false);
    grow.show(before);
    grow
}

#[test]
fn a_lag_does_not_reach_into_another_entity() {
    let plan = lag_of_one().plan;
    let panel = panel(&[(0, 4), (0, 5), (1, 5), (2, -1), (2, 0), (2, 1)]);
    for engine in [Engine::Native, Engine::Interpreter] {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        let results = run(&plan, &panel, &options).expect("runs");
        let known: Vec<Option<f64>> = results.columns[0]
            .values
            .iter()
            .map(|x| Some(*x).filter(|x| !x.is_nan()))
            .collect();
        let expected = [None, Some(0.0), None, None, Some(3.0), Some(4.0)];
        assert_eq!(known, expected);
    }
    let alone = Interpreter::row(&plan, &panel, 5).expect("there is such a row");
    assert_eq!(alone.known(plan.outputs[0].node), Some(4.0));
}

#[test]
fn a_panel_with_gaps_is_an_error() {
    let plan = lag_of_one().plan;
    let told = |panel: &Panel| match run(&plan, panel, &RunOptions::default()) {
        Err(RunError::Form(error)) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let row = |row: usize| {
        format!("the panel's entity in row {row} does not have its periods one after the other")
    };
    assert_eq!(told(&panel(&[(0, 4), (1, 4), (1, 6)])), row(1));
    assert_eq!(told(&panel(&[(0, 4), (0, 4)])), row(0));
    assert_eq!(told(&panel(&[(1, 4), (0, 4)])), row(1));
    let mut cross_section = panel(&[(0, 4), (1, 4)]);
    cross_section.periods.clear();
    assert_eq!(
        told(&cross_section),
        "the panel does not have one period for each row"
    );
    // Who does not look along time, does not ask.
    let mut grow = Grow::new(1);
    grow.show(NodeId(0));
    let options = RunOptions::default();
    assert!(run(&grow.plan, &panel(&[(0, 4), (0, 6)]), &options).is_ok());
    assert!(run(&grow.plan, &cross_section, &options).is_ok());
}

#[test]
fn malformed_looks_along_time_are_errors() {
    let panel = panel(&[(0, 4)]);
    let refused = |op: Op| {
        let mut grow = Grow::new(1);
        let node = grow.add(op, false);
        grow.show(node);
        run(&grow.plan, &panel, &RunOptions::default()).is_err()
    };
    let window = |over| Along::Window {
        what: Window::Sum,
        over,
        require: 1,
    };
    assert!(refused(Op::Along(window(0), NodeId(0))));
    assert!(refused(Op::Along(
        Along::Every {
            over: 0,
            require: 1
        },
        NodeId(0)
    )));
    assert!(refused(Op::Alert {
        alert: 0,
        part: AlertPart::Most,
        conditions: NodeId(0)
    }));
    assert!(!refused(Op::Along(window(1), NodeId(0))));
}

#[test]
fn a_window_without_a_result_is_counted_and_its_rows_named() {
    let mut grow = Grow::new(1);
    let sum = Along::Window {
        what: Window::Sum,
        over: 2,
        require: 1,
    };
    let sum = grow.add(Op::Along(sum, NodeId(0)), true);
    grow.show(sum);
    let periods: Vec<(u32, i64)> = (0..1_000).map(|row| (row / 500, i64::from(row))).collect();
    let mut panel = panel(&periods);
    panel.columns[0].fill(1.0);
    for row in [7, 8, 499, 500, 998, 999] {
        panel.columns[0][row] = f64::MAX;
    }
    for results in common::both::each_way(&grow.plan, &panel) {
        // The two in a row in one entity, not those of two entities.
        assert_eq!(results.faults.len(), 1);
        assert_eq!(results.faults[0].count, 2);
        assert_eq!(results.faults[0].first_rows, [8, 999]);
        assert!(results.columns[0].values[8].is_nan());
    }
}
