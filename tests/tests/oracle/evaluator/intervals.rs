//! Numbers that are known only between bounds, through what rises or falls throughout.
//!
//! An end of which nothing is known is `None`.

use forewarn_compiler::typed::Builtin;
use forewarn_grammar::ast::{ProductOp, SumOp};

use super::arithmetic::{geometric, middle};
use super::worth::Worth;

/// An end: the least, or else the most.
pub type End = Option<f64>;

/// Both ends of a single number; of one that is missing nothing is known.
pub fn ends(worth: &Worth) -> (End, End) {
    match worth {
        Worth::Between(low, high) => (*low, *high),
        Worth::Count(low, high) => (Some(*low), Some(*high)),
        other => (other.plain(), other.plain()),
    }
}

pub fn is_between(worth: &Worth) -> bool {
    matches!(worth, Worth::Between(..))
}

fn finite(x: f64) -> End {
    x.is_finite().then_some(x)
}

pub fn sum(op: SumOp, left: &Worth, right: &Worth) -> Worth {
    let ((a, b), (c, d)) = (ends(left), ends(right));
    let both = |x: End, y: End, sign: f64| finite(x? + sign * y?);
    match op {
        SumOp::Add => Worth::Between(both(a, c, 1.0), both(b, d, 1.0)),
        SumOp::Subtract => Worth::Between(both(a, d, -1.0), both(b, c, -1.0)),
    }
}

/// Of an interval and a number that is known.
pub fn product(op: ProductOp, left: &Worth, right: &Worth) -> Worth {
    let ((a, b), (c, d)) = (ends(left), ends(right));
    let of = |x: End, y: End| {
        let (x, y) = (x?, y?);
        finite(match op {
            ProductOp::Multiply => x * y,
            ProductOp::Divide => x / y,
        })
    };
    // By one number of a known sign the ends move each by itself.
    let scaled = |least: End, most: End, by: f64| {
        if by >= 0.0 {
            Worth::Between(least, most)
        } else {
            Worth::Between(most, least)
        }
    };
    match (a.zip(b), c.zip(d)) {
        (_, Some((by, same))) if by == same => return scaled(of(a, c), of(b, c), by),
        (Some((by, same)), _) if by == same && matches!(op, ProductOp::Multiply) => {
            return scaled(of(a, c), of(a, d), by);
        }
        _ => {}
    }
    let corners = [of(a, c), of(a, d), of(b, c), of(b, d)];
    let all: Option<Vec<f64>> = corners.into_iter().collect();
    let pick = |f: fn(f64, f64) -> f64| all.iter().flatten().copied().reduce(f);
    Worth::Between(pick(f64::min), pick(f64::max))
}

/// A function of one number that rises.
pub fn rising(of: &Worth, function: &dyn Fn(f64) -> Worth) -> Worth {
    let (low, high) = ends(of);
    let at = |x: End| function(x?).plain();
    Worth::Between(at(low), at(high))
}

/// Several to one, at both ends.
pub fn over(items: &[Worth], function: &dyn Fn(&[f64]) -> f64) -> Worth {
    let end = |pick: fn(&Worth) -> End| {
        let all: Option<Vec<f64>> = items.iter().map(pick).collect();
        finite(function(&all?))
    };
    Worth::Between(end(|one| ends(one).0), end(|one| ends(one).1))
}

/// Functions of several numbers that rise with each of them.
pub fn rises(builtin: Builtin) -> Option<fn(&[f64]) -> f64> {
    Some(match builtin {
        Builtin::Min => |xs| xs.iter().copied().fold(f64::INFINITY, f64::min),
        Builtin::Max => |xs| xs.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        Builtin::Sum => |xs| xs.iter().sum(),
        Builtin::Mean => |xs| xs.iter().sum::<f64>() / xs.len() as f64,
        Builtin::Median => |xs| middle(xs.to_vec()),
        Builtin::GeometricMean => |xs| geometric(xs, &vec![1.0; xs.len()]),
        _ => return None,
    })
}
