//! A value where its nodes have certain numbers.

use forewarn_plan::{NodeId, Value};

use super::tree::Shown;

/// A value where its nodes have these numbers.
pub(super) fn shown(value: &Value, number: impl Fn(NodeId) -> f64) -> Shown {
    match value {
        Value::Number { node, unit } => Shown::Number {
            value: number(*node),
            unit: unit.clone(),
        },
        Value::Truth { node } => {
            let x = number(*node);
            Shown::Truth((!x.is_nan()).then_some(x == 1.0))
        }
        Value::Category { names, node } => {
            let x = number(*node);
            let name = (x >= 0.0).then(|| names.get(x as usize).cloned());
            Shown::Category(name.flatten())
        }
        Value::Level {
            names,
            at_least,
            at_most,
            ..
        } => Shown::Level {
            names: names.clone(),
            at_least: number(*at_least) as usize,
            at_most: number(*at_most) as usize,
        },
        Value::Count {
            at_least, at_most, ..
        } => Shown::Count {
            at_least: number(*at_least),
            at_most: number(*at_most),
        },
        Value::Between {
            exact,
            at_least,
            at_most,
            unit,
        } => Shown::Between {
            value: number(*exact),
            at_least: number(*at_least),
            at_most: number(*at_most),
            unit: unit.clone(),
        },
    }
}
