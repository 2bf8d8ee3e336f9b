//! Numbers as people read them.

/// Farther out nothing was meant as a bound: what no bound became, halved or with something added.
pub const FAR: f64 = 1e300;

/// An end of a range as people read it: the greatest number that reads as less than 5 is 5.
#[must_use]
pub fn show_end(x: f64) -> String {
    if x.abs() >= FAR {
        return show(f64::MAX);
    }
    let is_written = crate::digits::read(x) == x;
    show(if is_written {
        x
    } else {
        crate::digits::short(x)
    })
}

/// The shortest decimal that reads back to the same double, without an exponent for ordinary
/// sizes; "no bound" for the ends of an open range.
#[must_use]
pub fn show(x: f64) -> String {
    if x.abs() >= f64::MAX {
        return "no bound".to_owned();
    }
    let size = x.abs();
    if x != 0.0 && !(1e-7..1e16).contains(&size) {
        format!("{x:e}")
    } else {
        format!("{x}")
    }
}
