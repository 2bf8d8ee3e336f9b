//! Claims that something can happen: a level that is reached without any one factor or indicator.

use forewarn_plan::properties::Spared;

use super::Verdict;
use super::counterexample::Example;
use super::probe::{Case, Ends};
use super::search::Search;
use crate::run::RunError;

impl Search<'_> {
    /// For each of these, a row without it on which the subject is at least at a place.
    pub fn reaches(
        &mut self,
        place: u32,
        without: &[Spared],
        protective: &[bool],
    ) -> Result<Verdict, RunError> {
        let place = f64::from(place);
        let share = self.budget / without.len().max(1);
        let mut examples = Vec::with_capacity(without.len());
        for spared in without {
            let until = self.tries + share.max(1);
            match self.example(place, spared, protective, until)? {
                Some(example) => examples.push(example),
                None => {
                    let without = spared.name.clone();
                    return Ok(Verdict::NotShown { without });
                }
            }
        }
        Ok(Verdict::Shown(examples))
    }

    fn example(
        &mut self,
        place: f64,
        spared: &Spared,
        protective: &[bool],
        until: usize,
    ) -> Result<Option<Example>, RunError> {
        let is_safe = |input: usize| protective.get(input).copied().unwrap_or(false);
        let ends = |search: &Self, input: usize, severe: bool| {
            let choice = search.choice(input);
            if severe == is_safe(input) {
                choice.lowest()
            } else {
                choice.highest()
            }
        };
        let mut first = true;
        loop {
            for missing in [false, true] {
                // All else at its most severe; then by chance.
                let mut case = if first {
                    let mut case = Case::missing(self.inputs(), self.probe.periods);
                    for input in 0..self.inputs() {
                        let x = ends(self, input, true);
                        case.series_mut(input).fill(x);
                    }
                    case
                } else {
                    self.any_case()
                };
                for input in &spared.inputs {
                    let x = if missing {
                        f64::NAN
                    } else {
                        ends(self, *input, false)
                    };
                    case.series_mut(*input).fill(x);
                }
                let found = self.probe.ask_one(&case)?;
                self.tries += 1;
                let case = if found.low >= place {
                    case
                } else {
                    let may_change = |input: usize| !spared.inputs.contains(&input);
                    let reach = |ends: &Ends| ends.low + ends.high / 100.0;
                    let mut enough = |ends: &Ends| ends.low >= place;
                    let budget = std::mem::replace(&mut self.budget, until);
                    let best = self.climb(case, &may_change, &reach, &mut enough);
                    self.budget = budget;
                    best?
                };
                if self.probe.ask_one(&case)?.low >= place {
                    let known = (0..self.inputs()).filter(|input| !case.now(*input).is_nan());
                    return Ok(Some(Example {
                        without: spared.name.clone(),
                        missing,
                        known: known.count(),
                    }));
                }
            }
            first = false;
            if self.tries >= until {
                return Ok(None);
            }
        }
    }
}
