//! The smallest form of a counterexample: as few known cells as possible, and round numbers.

use super::probe::{Case, Ends, Probe};
use super::values::Choice;
use crate::run::RunError;

pub(super) struct Shrink<'s> {
    pub probe: &'s Probe<'s>,
    pub choices: &'s [Choice],
    /// The input in which the cases differ.
    pub moved: Option<usize>,
    /// Do the cases still fail the claim?
    pub fails: &'s dyn Fn(&[Ends], &[Case]) -> bool,
}

impl Shrink<'_> {
    pub fn smallest(&self, mut cases: Vec<Case>) -> Result<Vec<Case>, RunError> {
        // Rounding may make more of it superfluous.
        for _ in 0..2 {
            self.drop_history(&mut cases)?;
            self.drop_inputs(&mut cases)?;
            self.round(&mut cases)?;
        }
        Ok(cases)
    }

    /// Takes over a change if the cases still fail.
    fn keep(&self, cases: &mut Vec<Case>, changed: Vec<Case>) -> Result<bool, RunError> {
        if changed == *cases {
            return Ok(false);
        }
        let ends = self.probe.ask(&changed)?;
        let fails = (self.fails)(&ends, &changed);
        if fails {
            *cases = changed;
        }
        Ok(fails)
    }

    fn drop_history(&self, cases: &mut Vec<Case>) -> Result<(), RunError> {
        let periods = self.probe.periods;
        let inputs = self.choices.len();
        if periods == 1 {
            return Ok(());
        }
        let forget = |cases: &[Case], inputs: &[usize], periods: std::ops::Range<usize>| {
            let mut changed = cases.to_vec();
            for case in &mut changed {
                for input in inputs {
                    if let Some(cells) = case.series_mut(*input).get_mut(periods.clone()) {
                        cells.fill(f64::NAN);
                    }
                }
            }
            changed
        };
        let all: Vec<usize> = (0..inputs).collect();
        let changed = forget(cases, &all, 0..periods - 1);
        if self.keep(cases, changed)? {
            return Ok(());
        }
        for input in all {
            let changed = forget(cases, &[input], 0..periods - 1);
            if self.keep(cases, changed)? {
                continue;
            }
            for period in 0..periods - 1 {
                let changed = forget(cases, &[input], period..period + 1);
                self.keep(cases, changed)?;
            }
        }
        Ok(())
    }

    /// Inputs become missing: many at once first, then one by one.
    fn drop_inputs(&self, cases: &mut Vec<Case>) -> Result<(), RunError> {
        let mut part = self.choices.len();
        while part > 0 {
            let mut start = 0;
            while start < self.choices.len() {
                let end = (start + part).min(self.choices.len());
                let mut changed = cases.clone();
                for input in (start..end).filter(|input| Some(*input) != self.moved) {
                    for case in &mut changed {
                        case.series_mut(input).fill(f64::NAN);
                    }
                }
                self.keep(cases, changed)?;
                start = end;
            }
            part /= 2;
        }
        Ok(())
    }

    /// Numbers become rounder: the first of some simple ones that still fails.
    fn round(&self, cases: &mut Vec<Case>) -> Result<(), RunError> {
        for (input, choice) in self.choices.iter().enumerate() {
            if !choice.continuous {
                continue;
            }
            for period in 0..self.probe.periods {
                let at = input * self.probe.periods + period;
                let own = |case: &Case| case.cells.get(at).copied().unwrap_or(f64::NAN);
                let together = Some(input) != self.moved || period + 1 < self.probe.periods;
                let each = if together { 1 } else { cases.len() };
                for which in 0..each {
                    let Some(x) = cases.get(which).map(own) else {
                        continue;
                    };
                    for simpler in simpler(x, choice) {
                        let mut changed = cases.clone();
                        for (place, case) in changed.iter_mut().enumerate() {
                            if (together || place == which)
                                && let Some(cell) = case.cells.get_mut(at)
                            {
                                *cell = simpler;
                            }
                        }
                        if self.keep(cases, changed)? {
                            break;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// Numbers that are easier to read than this one, the easiest first.
fn simpler(x: f64, choice: &Choice) -> Vec<f64> {
    if x.is_nan() {
        return Vec::new();
    }
    let inside = |y: &f64| choice.lowest() <= *y && *y <= choice.highest();
    let length = |y: f64| forewarn_plan::numbers::show(y).len();
    let mut found = vec![0.0, 1.0, choice.lowest(), choice.highest()];
    for digits in -6..6 {
        found.push(forewarn_plan::decimal::round(x, digits));
    }
    found.extend(choice.values.iter().copied());
    found.retain(|y| inside(y) && (length(*y) < length(x)));
    found.sort_by_key(|y| length(*y));
    found.dedup();
    found
}
