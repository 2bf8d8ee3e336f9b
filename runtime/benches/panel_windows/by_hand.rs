//! What one writes by hand for these four columns: cell by cell, so that a cell's months stay in the
//! nearest cache; without branches on missing months; simple loops that the compiler makes vectors
//! of, and the mean from the sums of blocks of twelve months, forwards and backwards.

use forewarn_runtime::panel::Panel;

use crate::ruleset::{HIGH, OVER, REQUIRE, SUSTAINED, THRESHOLD};

pub fn evaluate(panel: &Panel, columns: &mut [Vec<f64>]) {
    let x = &panel.columns[0];
    let [before, yearly, change, lasts] = columns else {
        panic!("four columns");
    };
    let mut start = 0;
    for entity in panel.entity_of.chunk_by(|a, b| a == b) {
        let rows = start..start + entity.len();
        let x = &x[rows.clone()];
        lag(x, &mut before[rows.clone()]);
        mean(x, panel.periods[start], &mut yearly[rows.clone()]);
        difference(x, &mut change[rows.clone()]);
        sustained(x, &mut lasts[rows.clone()]);
        start = rows.end;
    }
}

fn lag(x: &[f64], result: &mut [f64]) {
    result[0] = f64::NAN;
    for (result, x) in result[1..].iter_mut().zip(x) {
        *result = if x.is_nan() { f64::NAN } else { *x };
    }
}

fn difference(x: &[f64], result: &mut [f64]) {
    let (early, late) = result.split_at_mut(OVER.min(x.len()));
    early.fill(f64::NAN);
    for ((result, now), then) in late.iter_mut().zip(&x[early.len()..]).zip(x) {
        let change = now - then;
        *result = if change.is_nan() { f64::NAN } else { change };
    }
}

fn sustained(x: &[f64], result: &mut [f64]) {
    // Missing before the first month.
    for row in 0..x.len().min(SUSTAINED - 1) {
        let below = x[..=row].iter().any(|x| *x < THRESHOLD);
        result[row] = if below { 0.0 } else { f64::NAN };
    }
    let windows = x.windows(SUSTAINED);
    for (result, window) in result.iter_mut().skip(SUSTAINED - 1).zip(windows) {
        let [a, b, c] = [window[0], window[1], window[2]];
        let below = (a < THRESHOLD) | (b < THRESHOLD) | (c < THRESHOLD);
        let above = (a >= THRESHOLD) & (b >= THRESHOLD) & (c >= THRESHOLD);
        let otherwise = if above { 1.0 } else { f64::NAN };
        *result = if below { 0.0 } else { otherwise };
    }
}

/// A sum of known months and how many they are.
type Sum = [f64; 2];

fn add(sum: Sum, x: f64) -> Sum {
    let known = if x.is_nan() { [0.0; 2] } else { [x, 1.0] };
    both(sum, known)
}

fn both(a: Sum, b: Sum) -> Sum {
    [a[0] + b[0], a[1] + b[1]]
}

fn value([sum, known]: Sum) -> f64 {
    let mean = (sum / known).clamp(0.0, HIGH);
    if known >= f64::from(REQUIRE) {
        mean
    } else {
        f64::NAN
    }
}

/// By month of a year: the sum of the months after it.
fn months_after(year: &[f64; OVER], after: &mut [Sum; OVER]) {
    let mut sum = [0.0; 2];
    after[OVER - 1] = sum;
    for month in (1..OVER).rev() {
        sum = add(sum, year[month]);
        after[month - 1] = sum;
    }
}

/// Calendar years, so that loops of twelve turns can be unrolled, and what stands at either end.
fn mean(x: &[f64], first: i64, result: &mut [f64]) {
    let month = first.rem_euclid(OVER as i64) as usize;
    let early = ((OVER - month) % OVER).min(x.len());
    let (x, later) = x.split_at(early);
    let (results, later_results) = result.split_at_mut(early);
    let mut sum = [0.0; 2];
    for (result, x) in results.iter_mut().zip(x) {
        sum = add(sum, *x);
        *result = value(sum);
    }
    let mut after = [[0.0; 2]; OVER];
    let mut year = [f64::NAN; OVER];
    year[OVER - early..].copy_from_slice(x);
    months_after(&year, &mut after);

    let (years, late) = later.as_chunks::<OVER>();
    let (results, late_results) = later_results.as_chunks_mut::<OVER>();
    for (year, results) in years.iter().zip(results) {
        let mut sum = [0.0; 2];
        let mut windows = [[0.0; 2]; OVER];
        for month in 0..OVER {
            sum = add(sum, year[month]);
            windows[month] = both(after[month], sum);
        }
        months_after(year, &mut after);
        for month in 0..OVER {
            results[month] = value(windows[month]);
        }
    }
    let mut sum = [0.0; 2];
    for ((result, x), after) in late_results.iter_mut().zip(late).zip(&after) {
        sum = add(sum, *x);
        *result = value(both(*after, sum));
    }
}
