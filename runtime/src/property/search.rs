//! Rows by chance and from the corners of what inputs can be, in search of one on which a claim fails.

use forewarn_plan::digits::{is_at_most, is_less};
use forewarn_plan::interval::Interval;
use forewarn_plan::properties::PlannedProperty;
use forewarn_plan::{InputKind, Plan, Value};

use super::counterexample::{Counterexample, Fails, lines, shown_result};
use super::numbers::Chance;
use super::probe::{Case, Ends, Probe};
use super::shrink::Shrink;
use super::values::{Choice, choices};
use crate::run::RunError;

/// How long is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchOptions {
    /// About how many rows of data are tried for each property; fewer where each needs a history.
    pub tries: usize,
    pub seed: u64,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            tries: 20_000,
            seed: 1,
        }
    }
}

/// Rows that are asked together.
pub(super) const BATCH: usize = 512;

/// A search on behalf of one property.
pub(super) struct Search<'p> {
    pub plan: &'p Plan,
    pub probe: &'p Probe<'p>,
    pub property: &'p PlannedProperty,
    pub choices: Vec<Choice>,
    pub chance: Chance,
    /// How many rows may be tried.
    pub budget: usize,
    /// How many have been.
    pub tries: usize,
}

/// What the values of a row are like.
#[derive(Clone, Copy, Debug)]
enum Manner {
    Lowest,
    Highest,
    Middle,
    Mixed,
}

impl<'p> Search<'p> {
    pub fn new(
        plan: &'p Plan,
        probe: &'p Probe<'p>,
        property: &'p PlannedProperty,
        options: &SearchOptions,
    ) -> Self {
        // A row with a history costs as many rows as it has periods, but is worth more than one.
        let budget = (4 * options.tries / (3 + probe.periods)).max(1);
        Self {
            plan,
            probe,
            property,
            choices: choices(plan),
            chance: Chance::new(options.seed),
            budget,
            tries: 0,
        }
    }

    pub fn inputs(&self) -> usize {
        self.plan.inputs.len()
    }

    pub fn value(&self) -> &Value {
        &self.property.subject.value
    }

    pub fn choice(&self, input: usize) -> Choice {
        self.choices.get(input).cloned().unwrap_or(Choice {
            values: vec![0.0],
            continuous: false,
            open: false,
        })
    }

    /// A value by chance: one of those worth trying, or any between them.
    pub fn any_value(&mut self, input: usize) -> f64 {
        let between = self.chance.below(3) == 0;
        let (at, share) = (self.chance.below(1 << 20), self.chance.share());
        let Some(choice) = self.choices.get(input) else {
            return f64::NAN;
        };
        if between && choice.continuous {
            let (low, high) = if choice.open {
                // Between two neighbours, so that every size is as likely.
                let mut from = choice.values.iter().skip(at % choice.values.len().max(1));
                let low = from.next().copied().unwrap_or(f64::NAN);
                (low, from.next().copied().unwrap_or(low))
            } else {
                (choice.lowest(), choice.highest())
            };
            // Few digits are easier to read, and as good.
            let x = forewarn_plan::decimal::round(low + share * (high - low), 3);
            return x.clamp(choice.lowest(), choice.highest());
        }
        let place = at % choice.values.len().max(1);
        choice.values.get(place).copied().unwrap_or(f64::NAN)
    }

    /// A row by chance: of some manner, with some part of it missing.
    pub fn any_case(&mut self) -> Case {
        const MANNERS: [Manner; 7] = [
            Manner::Lowest,
            Manner::Highest,
            Manner::Middle,
            Manner::Mixed,
            Manner::Mixed,
            Manner::Mixed,
            Manner::Mixed,
        ];
        const ABSENT: [f64; 6] = [0.0, 0.0, 0.15, 0.5, 0.9, 1.0];
        let manner = self.chance.below(MANNERS.len());
        let manner = MANNERS.get(manner).copied().unwrap_or(Manner::Mixed);
        let absent = self.chance.below(ABSENT.len());
        let absent = ABSENT.get(absent).copied().unwrap_or(0.0);
        let mut case = Case::missing(self.inputs(), self.probe.periods);
        for input in 0..self.inputs() {
            if self.chance.share() < absent {
                continue;
            }
            let kept = match manner {
                Manner::Lowest => Some(self.choice(input).lowest()),
                Manner::Highest => Some(self.choice(input).highest()),
                Manner::Middle => Some(self.choice(input).middle()),
                Manner::Mixed => None,
            };
            let first = kept.unwrap_or_else(|| self.any_value(input));
            // Steady, all by chance, or only the present known.
            let history = self.chance.below(3);
            let last = self.probe.periods - 1;
            for period in 0..self.probe.periods {
                let x = match history {
                    0 => first,
                    1 if period < last => self.any_value(input),
                    2 if period < last => f64::NAN,
                    _ => first,
                };
                if let Some(cell) = case.series_mut(input).get_mut(period) {
                    *cell = x;
                }
            }
        }
        case
    }

    pub fn ask(&mut self, cases: &[Case]) -> Result<Vec<Ends>, RunError> {
        self.tries += cases.len();
        self.probe.ask(cases)
    }

    /// The smallest form of what was found, with its words.
    pub fn told(
        &self,
        cases: Vec<Case>,
        moved: Option<usize>,
        fails: impl Fn(&[Ends], &[Case]) -> bool,
        what: impl Fn(&[Ends]) -> Fails,
    ) -> Result<Counterexample, RunError> {
        let shrink = Shrink {
            probe: self.probe,
            choices: &self.choices,
            moved,
            fails: &fails,
        };
        let cases = shrink.smallest(cases)?;
        let ends = self.probe.ask(&cases)?;
        let results = ends.iter().map(|ends| shown_result(self.value(), *ends));
        Ok(Counterexample {
            subject: self.property.subject.name.clone(),
            fails: what(&ends),
            lines: lines(self.plan, &cases, moved),
            results: results.collect(),
        })
    }

    pub fn input_name(&self, input: usize) -> String {
        let info = self.plan.inputs.get(input);
        info.map_or(String::new(), |info| info.name.clone())
    }

    /// A row on which the subject certainly lies outside a range.
    pub fn outside(
        &mut self,
        range: Interval,
        high_excluded: bool,
    ) -> Result<Option<Counterexample>, RunError> {
        let is_outside = move |ends: &[Ends]| {
            ends.iter().any(|ends| {
                let above = if high_excluded {
                    is_at_most(range.high, ends.low)
                } else {
                    is_less(range.high, ends.low)
                };
                above || is_less(ends.high, range.low)
            })
        };
        let mut extremes: Vec<(f64, Case)> = Vec::new();
        while self.tries < self.budget / 2 {
            let cases: Vec<Case> = (0..BATCH.min(self.budget))
                .map(|_| self.any_case())
                .collect();
            let ends = self.ask(&cases)?;
            for (case, ends) in cases.into_iter().zip(ends) {
                if is_outside(&[ends]) {
                    let found = vec![case];
                    let fails = |ends: &[Ends], _: &[Case]| is_outside(ends);
                    return Ok(Some(self.told(found, None, fails, |_| Fails::Outside)?));
                }
                for (at, reach) in [ends.low, -ends.high].into_iter().enumerate() {
                    match extremes.get_mut(at) {
                        _ if reach.is_nan() => {}
                        Some((most, kept)) if reach > *most => {
                            (*most, *kept) = (reach, case.clone());
                        }
                        Some(_) => {}
                        None => extremes.push((reach, case.clone())),
                    }
                }
            }
        }
        // From the farthest rows on, an input at a time.
        for (at, (_, start)) in extremes.into_iter().enumerate() {
            let reach = move |ends: &Ends| if at == 0 { ends.low } else { -ends.high };
            let best = self.climb(start, &|_| true, &reach, &mut |_| false)?;
            let ends = self.probe.ask_one(&best)?;
            if is_outside(&[ends]) {
                let fails = |ends: &[Ends], _: &[Case]| is_outside(ends);
                return Ok(Some(
                    self.told(vec![best], None, fails, |_| Fails::Outside)?,
                ));
            }
        }
        Ok(None)
    }

    /// Changes one input after the other for the better, until nothing helps or the budget is spent.
    pub fn climb(
        &mut self,
        start: Case,
        may_change: &dyn Fn(usize) -> bool,
        reach: &dyn Fn(&Ends) -> f64,
        enough: &mut dyn FnMut(&Ends) -> bool,
    ) -> Result<Case, RunError> {
        let mut best = start;
        let first = self.probe.ask_one(&best)?;
        let mut most = reach(&first);
        loop {
            let mut better = false;
            for input in (0..self.inputs()).filter(|input| may_change(*input)) {
                let values = self.choice(input).values;
                let tried: Vec<Case> = values
                    .into_iter()
                    .chain([f64::NAN])
                    .map(|x| {
                        let mut case = best.clone();
                        case.set_now(input, x);
                        case
                    })
                    .collect();
                let ends = self.ask(&tried)?;
                for (case, ends) in tried.into_iter().zip(&ends) {
                    if reach(ends) > most || (most.is_nan() && !reach(ends).is_nan()) {
                        (most, best, better) = (reach(ends), case, true);
                    }
                    if enough(ends) {
                        return Ok(best);
                    }
                }
                if self.tries >= self.budget {
                    return Ok(best);
                }
            }
            if !better {
                return Ok(best);
            }
        }
    }

    /// One input that alone takes the subject too far.
    pub fn decides(
        &mut self,
        inputs: &[usize],
        most: Option<u32>,
    ) -> Result<Option<Counterexample>, RunError> {
        let top = match self.value() {
            Value::Level { names, .. } => names.len().saturating_sub(1) as f64,
            Value::Number { .. }
            | Value::Truth { .. }
            | Value::Category { .. }
            | Value::Count { .. }
            | Value::Between { .. } => 1.0,
        };
        let too_far = move |a: &Ends, b: &Ends| match most {
            Some(most) => {
                let most = f64::from(most);
                (a.low - b.low).abs() > most || (a.high - b.high).abs() > most
            }
            None => {
                let bottom = |ends: &Ends| ends.high == 0.0;
                let top = |ends: &Ends| ends.low == top;
                (bottom(a) && top(b)) || (top(a) && bottom(b))
            }
        };
        while self.tries < self.budget {
            for &input in inputs {
                let base = self.any_case();
                let categories = matches!(
                    self.plan.inputs.get(input).map(|info| &info.kind),
                    Some(InputKind::Category { .. })
                );
                let values = self.choice(input).values;
                let cases: Vec<Case> = values
                    .into_iter()
                    .map(|x| {
                        let mut case = base.clone();
                        case.set_now(input, x);
                        case
                    })
                    .collect();
                let ends = self.ask(&cases)?;
                let mut pair = None;
                for (at, first) in ends.iter().enumerate() {
                    let mut later = ends.iter().enumerate().skip(at + 1);
                    let far = later.find(|(_, second)| too_far(first, second));
                    if let Some((other, _)) = far {
                        pair = Some((at, other));
                        break;
                    }
                }
                if let Some((a, b)) = pair
                    && let (Some(a), Some(b)) = (cases.get(a), cases.get(b))
                {
                    let fails = |ends: &[Ends], cases: &[Case]| {
                        let known = cases.iter().all(|case| !case.now(input).is_nan());
                        known && matches!(ends, [a, b] if too_far(a, b))
                    };
                    let name = self.input_name(input);
                    let what = |_: &[Ends]| Fails::Decides {
                        input: name.clone(),
                    };
                    let found = vec![a.clone(), b.clone()];
                    return Ok(Some(self.told(found, Some(input), fails, what)?));
                }
                if self.tries >= self.budget && !categories {
                    return Ok(None);
                }
            }
        }
        Ok(None)
    }
}
