//! Narrowing down where something begins to hold between two numbers, and what is told of that place.

use forewarn_plan::digits;

/// Of a number: what no data are measured to.
pub(super) const NOISE: f64 = 1e-12;

/// Between a value at which it does not hold and one at which it does, the first at which it does.
pub(super) fn first(mut without: f64, mut with: f64, holds: &mut dyn FnMut(f64) -> bool) -> f64 {
    // Halves until the two are neighbours: no more often than a double has bits.
    for _ in 0..1100 {
        let middle = f64::midpoint(without, with);
        if middle == without || middle == with {
            break;
        }
        if holds(middle) {
            with = middle;
        } else {
            without = middle;
        }
    }
    with
}

/// Is a place no further from a number than the least change that there is? Beside a number that is by its own size,
/// however wide its range; beside nought by the range.
fn is_beside(now: f64, width: f64, at: f64) -> bool {
    let size = if now == 0.0 {
        width.min(1.0)
    } else {
        now.abs()
    };
    (at - now).abs() <= NOISE * size
}

/// What is told of a place at which something changes: the value that people would name there, and the last one at
/// which it does not change yet, where that is the rounder of the two.
pub(super) fn named(
    (now, width): (f64, f64),
    exact: f64,
    holds: &mut dyn FnMut(f64) -> bool,
) -> (f64, Option<f64>) {
    // What the least change that there is does, lies beyond what it is now.
    if is_beside(now, width, exact) {
        return (exact, Some(now));
    }
    let read = digits::read(exact);
    let exact = if holds(read) { read } else { exact };
    let before = digits::short(exact);
    let on_the_way = (before - now) * (exact - now) >= 0.0;
    let beyond = if on_the_way && !holds(before) {
        before
    } else if exact > now {
        exact.next_down()
    } else {
        exact.next_up()
    };
    let rounder = |x: f64| x.to_string().len();
    let beyond = (rounder(beyond) + 4 < rounder(exact)).then_some(beyond);
    (short(now, exact, holds), beyond)
}

/// The shortest decimal hardly further away, as a part of the way and of the place itself, at which it holds too; the
/// place itself, if none.
pub(super) fn short(now: f64, at: f64, holds: &mut dyn FnMut(f64) -> bool) -> f64 {
    let far = (at - now).abs();
    // As a part of the place, unless that is nothing beside the way to it.
    let hardly = match at {
        0.0 => far * 1e-3,
        at => (far.min(at.abs()) * 1e-3).max(far * NOISE),
    };
    for decimals in -12_i8..=12 {
        let step = 10_f64.powi(-i32::from(decimals));
        for x in [
            forewarn_plan::decimal::round(at, decimals),
            forewarn_plan::decimal::round(at + step.copysign(at - now), decimals),
        ] {
            let further = (x - now).abs() - far;
            let same_way = (x - now) * (at - now) > 0.0;
            if same_way && (0.0..=hardly).contains(&further) && holds(x) {
                return x;
            }
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_range_brings_no_place_nearer() {
        let mut above = |x: f64| x >= 50.0;
        assert_eq!(named((3.0, 8.97e22), 50.0, &mut above), (50.0, None));
        let mut at_all = |x: f64| x > 3.0;
        let least = 3.0_f64.next_up();
        assert_eq!(named((3.0, 8.97e22), least, &mut at_all).1, Some(3.0));
        let mut any = |x: f64| x > 0.0;
        assert_eq!(named((0.0, 1e9), 1e-300, &mut any).1, Some(0.0));
    }

    #[test]
    fn what_is_nothing_beside_the_way_to_it_is_told_as_a_round_number() {
        // Down from 10: at nought it holds, and a hair above it.
        assert_eq!(short(10.0, 2.2e-15, &mut |x| x <= 2.2e-15), 0.0);
        assert_eq!(short(10.0, 2.2e-15, &mut |x| x == 2.2e-15), 2.2e-15);
        assert_eq!(
            short(0.0, 3.000_000_000_001, &mut |x| x >= 3.000_000_000_001),
            3.001
        );
    }
}
