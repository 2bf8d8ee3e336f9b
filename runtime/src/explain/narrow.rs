//! Narrowing down where something begins to hold between two numbers.

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

/// The shortest decimal hardly further away at which it holds too; the place itself, if none.
pub(super) fn short(now: f64, at: f64, holds: &mut dyn FnMut(f64) -> bool) -> f64 {
    let far = (at - now).abs();
    for decimals in -12_i8..=12 {
        let step = 10_f64.powi(-i32::from(decimals));
        for x in [
            forewarn_plan::decimal::round(at, decimals),
            forewarn_plan::decimal::round(at + step.copysign(at - now), decimals),
        ] {
            let further = (x - now).abs() - far;
            let same_way = (x - now) * (at - now) > 0.0;
            if same_way && (0.0..=far * 1e-3).contains(&further) && holds(x) {
                return x;
            }
        }
    }
    at
}
