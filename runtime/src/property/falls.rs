//! Monotone claims: pairs of rows that differ in inputs that rise, in search of a subject that falls.

use forewarn_plan::Value;
use forewarn_plan::properties::Move;

use super::counterexample::{Counterexample, Fails};
use super::probe::{Case, Ends};
use super::search::{BATCH, Search};
use crate::run::RunError;

/// Of two numbers, what the rounding of their last digits may make of one.
const ROUNDING: f64 = 1e-9;

impl Search<'_> {
    /// A pair on which the claim fails for one of the moves that are not proved.
    pub fn monotone(&mut self, moves: &[Move]) -> Result<Option<Counterexample>, RunError> {
        let open: Vec<Move> = moves.iter().copied().filter(|one| !one.proved).collect();
        let mut next = 0;
        while self.tries < self.budget && !open.is_empty() {
            let mut befores = Vec::with_capacity(BATCH);
            let mut afters = Vec::with_capacity(BATCH);
            let mut moved: Vec<Vec<Move>> = Vec::with_capacity(BATCH);
            while befores.len() < BATCH && (self.tries + 2 * befores.len() < self.budget) {
                // Mostly one alone, each in its turn; now and then several at once.
                let one = open.get(next % open.len()).copied();
                next += 1;
                let several = self.chance.below(5) == 0;
                let mut chosen: Vec<Move> = one.into_iter().collect();
                if several {
                    let share = self.chance.share();
                    for other in &open {
                        if Some(*other) != one && self.chance.share() < share {
                            chosen.push(*other);
                        }
                    }
                }
                let mut before = self.any_case();
                let mut after = before.clone();
                for one in &chosen {
                    let (low, high) = self.pair(one.input);
                    before.set_now(one.input, if one.along { low } else { high });
                    after.set_now(one.input, if one.along { high } else { low });
                }
                befores.push(before);
                afters.push(after);
                moved.push(chosen);
            }
            if befores.is_empty() {
                break;
            }
            let first = self.ask(&befores)?;
            let second = self.ask(&afters)?;
            for (at, (a, b)) in first.iter().zip(&second).enumerate() {
                if !falls(self.value(), a, b) {
                    continue;
                }
                let (Some(before), Some(after), Some(moved)) =
                    (befores.get(at), afters.get(at), moved.get(at))
                else {
                    continue;
                };
                if let Some((before, after, one)) = self.single(before, after, moved)? {
                    return Ok(Some(self.told_fall(before, after, one)?));
                }
            }
        }
        Ok(None)
    }

    /// Two values of an input, the lower one first: neighbours of those worth trying, or far apart.
    fn pair(&mut self, input: usize) -> (f64, f64) {
        let choice = self.choice(input);
        if self.chance.below(2) == 0 && choice.values.len() > 1 {
            let at = self.chance.below(choice.values.len() - 1);
            let mut values = choice.values.iter().skip(at).copied();
            let low = values.next().unwrap_or(0.0);
            return (low, values.next().unwrap_or(low));
        }
        let (a, b) = (self.any_value(input), self.any_value(input));
        if a <= b { (a, b) } else { (b, a) }
    }

    /// Of several inputs that moved, the one at whose step the subject falls.
    fn single(
        &mut self,
        before: &Case,
        after: &Case,
        moved: &[Move],
    ) -> Result<Option<(Case, Case, Move)>, RunError> {
        let mut steps = vec![before.clone()];
        let mut case = before.clone();
        for one in moved {
            case.set_now(one.input, after.now(one.input));
            steps.push(case.clone());
        }
        let ends = self.ask(&steps)?;
        let pairs = steps.iter().zip(steps.iter().skip(1));
        let results = ends.iter().zip(ends.iter().skip(1));
        for ((pair, (a, b)), one) in pairs.zip(results).zip(moved) {
            if falls(self.value(), a, b) {
                return Ok(Some((pair.0.clone(), pair.1.clone(), *one)));
            }
        }
        Ok(None)
    }

    fn told_fall(&self, before: Case, after: Case, one: Move) -> Result<Counterexample, RunError> {
        // Shown with the input rising, whatever the claim says of it.
        let cases = if one.along {
            vec![before, after]
        } else {
            vec![after, before]
        };
        let value = self.value().clone();
        let fails = move |ends: &[Ends], cases: &[Case]| {
            let ([a, b], [low, high]) = (ends, cases) else {
                return false;
            };
            let in_order = low.now(one.input) < high.now(one.input);
            in_order
                && if one.along {
                    falls(&value, a, b)
                } else {
                    falls(&value, b, a)
                }
        };
        let input = self.input_name(one.input);
        let what = |_: &[Ends]| Fails::Moves {
            input: input.clone(),
            rises: !one.along,
        };
        self.told(cases, Some(one.input), fails, what)
    }
}

/// Does a subject fall from the first to the second?
pub(super) fn falls(value: &Value, first: &Ends, second: &Ends) -> bool {
    let below = |first: f64, second: f64| {
        let least = ROUNDING * first.abs().max(second.abs());
        second < first - least
    };
    match value {
        Value::Number { .. } => below(first.low, second.low),
        Value::Between { .. } => below(first.low, second.low) || below(first.high, second.high),
        Value::Truth { .. }
        | Value::Level { .. }
        | Value::Category { .. }
        | Value::Count { .. } => second.low < first.low || second.high < first.high,
    }
}
