//! Several values with weights, put together.

use forewarn_compiler::checked::Body;
use forewarn_compiler::typed::{Builtin, Typed, TypedKind};
use forewarn_compiler::types::Type;

use super::arithmetic::geometric;
use super::factors::whole;
use super::{Place, World, Worth, intervals};

impl<'w> World<'w> {
    /// What the values of a list weigh that are there, where any weight is written.
    pub fn weights_there(&self, list: &'w Typed, place: &Place<'w>) -> Option<Vec<f64>> {
        if !matches!(list.ty, Type::List(_)) {
            return None;
        }
        match &list.kind {
            TypedKind::List(parts) => {
                let weight = |part: &'w Typed| match &part.kind {
                    TypedKind::Builtin(Builtin::Weighted, own) => Some(&own[1]),
                    _ => None,
                };
                parts.iter().any(|part| weight(part).is_some()).then(|| {
                    let there = parts.iter().filter(|part| self.gives(part, place));
                    there
                        .map(|part| match weight(part) {
                            Some(weight) => self.number(weight, place).expect("a constant"),
                            None => 1.0,
                        })
                        .collect()
                })
            }
            TypedKind::Value(id) => match &self.framework.value(*id)?.body {
                Body::Expression { value, .. } => self.weights_there(value, place),
                _ => None,
            },
            TypedKind::Convert(..)
            | TypedKind::Negate(_)
            | TypedKind::Sum(..)
            | TypedKind::Product(..)
            | TypedKind::Builtin(..) => {
                let parts = list.parts().into_iter();
                parts
                    .map(|(_, part)| part)
                    .find_map(|part| self.weights_there(part, place))
            }
            _ => None,
        }
    }

    pub fn weighed(
        &self,
        builtin: Builtin,
        args: &'w [Typed],
        weights: &[f64],
        place: &Place<'w>,
    ) -> Worth {
        let items = self.eval(&args[0], place).items();
        assert_eq!(items.len(), weights.len(), "each has its weight");
        let least = args
            .get(1)
            .map(|least| self.number(least, place).expect("a constant"));
        let of = |numbers: &[Option<f64>]| together(builtin, numbers, weights, least);
        let between = items.iter().any(intervals::is_between)
            && least.is_none()
            && builtin != Builtin::HarmonicMean;
        if between && weights.iter().all(|weight| *weight >= 0.0) {
            let ends: Vec<_> = items.iter().map(intervals::ends).collect();
            let lows: Vec<_> = ends.iter().map(|end| end.0).collect();
            let highs: Vec<_> = ends.iter().map(|end| end.1).collect();
            return Worth::Between(of(&lows), of(&highs));
        }
        let numbers: Vec<Option<f64>> = items.iter().map(Worth::plain).collect();
        of(&numbers).map_or(Worth::Number(None), Worth::number)
    }
}

/// Of those that are known, where they are enough; all of them where nothing is said.
fn together(
    builtin: Builtin,
    numbers: &[Option<f64>],
    weights: &[f64],
    least: Option<f64>,
) -> Option<f64> {
    let shares = whole(weights);
    let known: Vec<usize> = (0..numbers.len())
        .filter(|at| numbers[*at].is_some())
        .collect();
    let enough = match least {
        Some(least) => known.len() as f64 >= least,
        None => known.len() == numbers.len(),
    };
    if known.is_empty() || !enough {
        return None;
    }
    let xs: Vec<f64> = known.iter().filter_map(|at| numbers[*at]).collect();
    let own: Vec<f64> = known.iter().map(|at| shares[*at]).collect();
    let size: f64 = own.iter().map(|share| share.abs()).sum();
    let pairs = || xs.iter().zip(&own);
    Some(match builtin {
        Builtin::Sum => known
            .iter()
            .filter_map(|at| Some(numbers[*at]? * weights[*at]))
            .sum(),
        Builtin::Mean => pairs().map(|(x, share)| x * share).sum::<f64>() / size,
        Builtin::GeometricMean => geometric(&xs, &own),
        Builtin::HarmonicMean => {
            if pairs().any(|(x, share)| *x < 0.0 || *x == 0.0 && *share != 0.0) {
                return None;
            }
            size / pairs().map(|(x, share)| share / x).sum::<f64>()
        }
        other => panic!("{other:?} does not look at weights"),
    })
}
