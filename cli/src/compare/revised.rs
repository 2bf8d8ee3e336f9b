//! Two runs as one can become the other: rules changed and data revised, in any part.

use super::cells::{Both, Cells};
use super::mixture::mix;
use super::read_otherwise::as_the_other;
pub use super::value::Value;
use crate::args::DataArgs;
use crate::audience::{Sight, Unread};
use crate::data::options;
use crate::state::{self, State};
use forewarn_compiler::difference::Pair;
use forewarn_diagnostics::Reports;
use forewarn_plan::classification::Classification;
use forewarn_plan::{InputInfo, Op, PanelInfo, PeriodKind, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::comparison::{Cause, Changes, Effect, Key, Variant, Variants};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::period::Period;
use forewarn_tables::ReadOptions;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Values that a result rests on, in few words.
pub fn note(values: &[Value]) -> String {
    const SHOWN: usize = 2;
    let words = values.iter().take(SHOWN);
    let words = words.map(|value| format!("{}: {}", value.indicator, value.words()));
    let mut words = words.collect::<Vec<_>>().join("; ");
    if values.len() > SHOWN {
        words.push_str(&format!(" and {} more", values.len() - SHOWN));
    }
    words
}

/// A part of the data that can be revised by itself.
enum Unit {
    /// Rows that come and go.
    Rows,
    /// The values of an indicator, in rows that both have.
    Indicator(String),
    /// How the files are read: in words what differs.
    Reading(String),
    /// What `--state` says of what was before: in words, of the first run and of the second.
    Before(String, String),
}

/// What a Plan asks of the data.
#[derive(PartialEq)]
struct Asked {
    inputs: Vec<InputInfo>,
    panel: PanelInfo,
    along_time: bool,
    of: Of,
}

/// Of which run data are: the second one's, or the first one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Of {
    files: bool,
    reading: bool,
    /// What was before the data.
    before: bool,
}

impl Of {
    const FIRST: Self = Self {
        files: false,
        reading: false,
        before: false,
    };
    const SECOND: Self = Self {
        files: true,
        reading: true,
        before: true,
    };
}

pub struct Revised<'a> {
    pub pair: &'a Pair,
    first: &'a DataArgs,
    second: &'a DataArgs,
    /// How they are read otherwise, in words.
    otherwise: Option<String>,
    /// The files of the first read as the second read its own, and the other way round; none where nothing is read
    /// so, or nothing can be.
    crossed: Option<(DataArgs, DataArgs)>,
    audience: Classification,
    /// The rows and columns that results have.
    rows: &'a HashSet<String>,
    columns: &'a HashSet<String>,
    /// The periods of the rules.
    kind: Option<PeriodKind>,
    /// Without what was before the data.
    read: RefCell<Vec<(Asked, Rc<Bound>)>>,
    plans: RefCell<HashMap<Changes, Option<Variant>>>,
    units: Vec<Unit>,
    /// By unit of the data, what was revised.
    cells: Vec<Cells>,
    /// Rows of the data that come and go.
    pub new: usize,
    pub gone: usize,
}

impl<'a> Revised<'a> {
    /// Finds what of the data was revised.
    ///
    /// # Errors
    /// The data cannot be read.
    pub fn new(
        pair: &'a Pair,
        data: (&'a DataArgs, &'a DataArgs),
        otherwise: Option<String>,
        audience: Classification,
        results: (&'a HashSet<String>, &'a HashSet<String>),
    ) -> Result<Self, Unread> {
        let mut revised = Self {
            pair,
            first: data.0,
            second: data.1,
            crossed: otherwise
                .as_ref()
                .and_then(|_| as_the_other(data.0, data.1).zip(as_the_other(data.1, data.0))),
            otherwise,
            audience,
            rows: results.0,
            columns: results.1,
            kind: None,
            read: RefCell::default(),
            plans: RefCell::default(),
            units: Vec::new(),
            cells: Vec::new(),
            new: 0,
            gone: 0,
        };
        revised.find()?;
        Ok(revised)
    }

    fn find(&mut self) -> Result<(), Unread> {
        let all: Changes = (0..self.pair.units().len()).collect();
        let made = [all, Changes::new()];
        // Files may not be readable as others are: then reading is no change of its own.
        let variants: Vec<Variant> = made.iter().filter_map(|made| self.plan(made)).collect();
        let can = |of| variants.iter().all(|one| self.read_for(one, of).is_ok());
        let [files, reading] = [(true, false), (false, true)].map(|(files, reading)| Of {
            files,
            reading,
            before: false,
        });
        if self.crossed.is_some() && !(can(files) && can(reading)) {
            self.crossed = None;
            self.read.borrow_mut().clear();
        }
        for variant in variants {
            let first = self.read_for(&variant, Of::FIRST)?;
            let second = self.read_for(
                &variant,
                Of {
                    reading: self.crossed.is_none(),
                    ..Of::SECOND
                },
            )?;
            self.kind = variant.plan.panel.period;
            let before = |args: &DataArgs| state::given(args.state.as_deref(), sight_of(&variant));
            let (one, other) = (before(self.first), before(self.second));
            let (one, other) = (
                one.map_err(Unread::Failure)?,
                other.map_err(Unread::Failure)?,
            );
            let plain = match one.is_same(&other) {
                true => None,
                false => Some(self.read_for(
                    &variant,
                    Of {
                        before: false,
                        reading: self.crossed.is_none(),
                        ..Of::SECOND
                    },
                )?),
            };
            self.compare(&variant.plan, &first, &second, plain.as_deref());
            if self.crossed.is_some() {
                let otherwise = self.read_for(&variant, Of::SECOND)?;
                self.compare_reading(&variant.plan, &second, &otherwise);
            }
            let is_known = self
                .units
                .iter()
                .any(|unit| matches!(unit, Unit::Before(..)));
            if !is_known && !one.is_same(&other) {
                self.units.push(Unit::Before(one.words(), other.words()));
                self.cells.push(Cells::default());
            }
        }
        Ok(())
    }

    fn compare(&mut self, plan: &Plan, first: &Bound, second: &Bound, plain: Option<&Bound>) {
        let form = second.panel.form(plan.panel.period);
        let both = Both::new(first, second, form);
        (self.gone, self.new) = both.gone_and_new();
        if self.gone + self.new > 0 && !self.units.iter().any(|unit| matches!(unit, Unit::Rows)) {
            self.units.push(Unit::Rows);
            self.cells.push(Cells::default());
        }
        // What an earlier run handed over is no part of the data.
        let plain = plain.map(|plain| Both::new(first, plain, form));
        for (at, input) in plan.inputs.iter().enumerate() {
            let is_known =
                |unit: &Unit| matches!(unit, Unit::Indicator(name) if *name == input.name);
            if self.units.iter().any(is_known) {
                continue;
            }
            let mut cells = both.revised(at, input);
            if let Some(plain) = &plain {
                cells.retain_named_by(&plain.revised(at, input));
            }
            if !cells.values.is_empty() {
                self.units.push(Unit::Indicator(input.name.clone()));
                self.cells.push(cells);
            }
        }
    }

    /// Are the same files otherwise, as the second run reads them?
    fn compare_reading(&mut self, plan: &Plan, first: &Bound, second: &Bound) {
        let is_known = |unit: &Unit| matches!(unit, Unit::Reading(_));
        let Some(words) = self.otherwise.clone() else {
            return;
        };
        if self.units.iter().any(is_known) {
            return;
        }
        let both = Both::new(first, second, second.panel.form(plan.panel.period));
        let mut inputs = plan.inputs.iter().enumerate();
        let differs = both.gone_and_new() != (0, 0)
            || inputs.any(|(at, input)| !both.revised(at, input).values.is_empty());
        if differs {
            self.units.push(Unit::Reading(words));
            self.cells.push(Cells::default());
        }
    }

    /// How the data are read otherwise, where that cannot be told apart from what they say.
    pub fn mingled(&self) -> Option<String> {
        let words = self.otherwise.as_ref()?;
        let is_told = self.crossed.is_some();
        (!is_told).then(|| format!("reading: {words}, told with the data"))
    }

    /// What each change is called: those of the rules, then those of the data.
    pub fn changes(&self) -> Vec<String> {
        let rules = self
            .pair
            .units()
            .iter()
            .map(|unit| format!("rules: {}", unit.words));
        let data = self
            .units
            .iter()
            .zip(&self.cells)
            .map(|(unit, cells)| match unit {
                Unit::Rows => format!(
                    "data: {} new, {} gone",
                    rows_of(self.new),
                    rows_of(self.gone)
                ),
                Unit::Indicator(name) => {
                    let number = crate::words::count(cells.values.len(), "cell");
                    format!("data: `{name}` revised in {number}")
                }
                Unit::Reading(words) => format!("reading: {words}"),
                Unit::Before(one, other) => format!("before the data: {one} → {other}"),
            });
        rules.chain(data).collect()
    }

    /// What of the data was revised, in lines.
    pub fn lines(&self) -> Vec<String> {
        let lines = self
            .units
            .iter()
            .zip(&self.cells)
            .map(|(unit, cells)| match unit {
                Unit::Rows => format!(
                    "data: {} new, {} gone",
                    rows_of(self.new),
                    rows_of(self.gone)
                ),
                Unit::Indicator(name) => {
                    let words: Vec<String> = cells.values.iter().map(Value::words).collect();
                    let number = crate::words::count(cells.values.len(), "cell");
                    let further = match cells.further {
                        0 => String::new(),
                        rows => {
                            format!(" (and so in {})", crate::words::count(rows, "further row"))
                        }
                    };
                    format!(
                        "data: `{name}` revised in {number}: {}{further}",
                        crate::words::list(&words, 4)
                    )
                }
                Unit::Reading(words) => format!("reading: {words}"),
                Unit::Before(one, other) => format!("before the data: {one} → {other}"),
            });
        lines.collect()
    }

    /// The revised values that a result rests on: of its own entity up to its period, or else of others.
    pub fn of(&self, effect: &Effect) -> Vec<Value> {
        let made: BTreeSet<usize> = match &effect.cause {
            Cause::Alone(sets) => sets.iter().flatten().copied().collect(),
            Cause::Together(made) | Cause::Added(made) | Cause::Among(made) => made.clone(),
        };
        let first = self.pair.units().len();
        let values = made
            .iter()
            .filter_map(|change| self.cells.get(change.checked_sub(first)?));
        let values: Vec<&Value> = values.flat_map(|cells| &cells.values).collect();
        let is_own =
            |value: &&&Value| value.entity == effect.entity && value.period <= effect.period;
        let mut own: Vec<Value> = values
            .iter()
            .filter(is_own)
            .map(|one| (*one).clone())
            .collect();
        if own.is_empty() {
            let same = |value: &&&Value| value.period <= effect.period;
            own = values
                .iter()
                .filter(same)
                .map(|one| (*one).clone())
                .collect();
        }
        // The latest first: it is the likeliest to matter.
        own.sort_by_key(|value| std::cmp::Reverse(value.period));
        own
    }

    /// With what was before the data, of the first run or of the second.
    fn with_before(
        &self,
        variant: &Variant,
        read: Rc<Bound>,
        second: bool,
    ) -> Result<Rc<Bound>, Unread> {
        let args = if second { self.second } else { self.first };
        let before = state::given(args.state.as_deref(), sight_of(variant));
        let before = before.map_err(Unread::Failure)?;
        if before == State::Unknown {
            return Ok(read);
        }
        // Of data that end where the earlier run did, as the first run's may, it says nothing.
        if !state::fits(&before, &variant.plan, &read.panel) {
            return Ok(read);
        }
        let mut bound = copied(&read, read.panel.clone());
        state::put(&before, &variant.plan, &mut bound, true).map_err(Unread::Failure)?;
        Ok(Rc::new(bound))
    }

    /// What is read of files of one run as one of them read its own.
    fn args(&self, of: Of) -> &DataArgs {
        match (&self.crossed, of.files, of.reading) {
            (Some((first, _)), false, true) => first,
            (Some((_, second)), true, false) => second,
            (_, true, _) => self.second,
            (_, false, _) => self.first,
        }
    }

    fn read_for(&self, variant: &Variant, of: Of) -> Result<Rc<Bound>, Unread> {
        let plan = &variant.plan;
        let of = Of {
            reading: self.crossed.as_ref().map_or(of.files, |_| of.reading),
            ..of
        };
        let args = self.args(of);
        let sight = sight_of(variant);
        let told = if of.before { self.second } else { self.first };
        let before = state::given(told.state.as_deref(), sight);
        let before = before.map_err(Unread::Failure)?;
        let read = || {
            let options = ReadOptions {
                earlier: before.earlier(),
                ..options(&args.reading)
            };
            sight.read(args, &options, None).map(Rc::new)
        };
        // What is worked out apart is another in each variant.
        if variant.sealing.is_some() {
            return read();
        }
        let asked = Asked {
            inputs: plan.inputs.clone(),
            panel: plan.panel.clone(),
            along_time: plan
                .nodes
                .iter()
                .any(|node| matches!(node.op, Op::Along(..) | Op::Paired(..) | Op::Recall(..))),
            of,
        };
        let known = self.read.borrow();
        if let Some((_, bound)) = known.iter().find(|(known, _)| *known == asked) {
            return Ok(Rc::clone(bound));
        }
        drop(known);
        let bound = read()?;
        self.read.borrow_mut().push((asked, Rc::clone(&bound)));
        Ok(bound)
    }

    /// The data with some of them revised, without what was before.
    fn mixed(&self, variant: &Variant, made: &[&Unit]) -> Result<Rc<Bound>, Unread> {
        let of_data = |unit: &&Unit| !matches!(unit, Unit::Before(..) | Unit::Reading(_));
        let revised = self.units.iter().filter(of_data).count();
        let asked = made.iter().copied().filter(of_data).count();
        let before = made.iter().any(|unit| matches!(unit, Unit::Before(..)));
        let otherwise = made.iter().any(|unit| matches!(unit, Unit::Reading(_)));
        let of = |files| Of {
            files,
            reading: otherwise,
            before,
        };
        if asked == revised && !made.is_empty() {
            return self.read_for(variant, of(true));
        }
        let one = self.read_for(variant, of(false))?;
        if asked == 0 {
            return Ok(one);
        }
        let other = self.read_for(variant, of(true))?;
        let (mut second_rows, mut names) = (false, HashSet::new());
        for unit in made {
            match unit {
                Unit::Rows => second_rows = true,
                Unit::Indicator(name) => {
                    names.insert(name.as_str());
                }
                Unit::Before(..) | Unit::Reading(_) => {}
            }
        }
        let of_second = |at: usize| {
            let input = variant.plan.inputs.get(at);
            input.is_some_and(|input| names.contains(input.name.as_str()))
        };
        let panel = mix(&one.panel, &other.panel, second_rows, &of_second);
        Ok(Rc::new(copied(&one, panel)))
    }

    fn rules_of(&self, changes: &Changes) -> Changes {
        let first = self.pair.units().len();
        changes
            .iter()
            .copied()
            .filter(|change| *change < first)
            .collect()
    }
}

fn sight_of(variant: &Variant) -> Sight<'_> {
    Sight {
        plan: &variant.plan,
        sealing: variant.sealing.as_ref(),
        seen: None,
    }
}

/// Another panel, read as this one was.
fn copied(read: &Bound, panel: Panel) -> Bound {
    Bound {
        panel,
        entity_columns: read.entity_columns.clone(),
        period_column: read.period_column.clone(),
        summary: read.summary.clone(),
        warnings: Reports::default(),
    }
}

fn rows_of(number: usize) -> String {
    crate::words::count(number, "row")
}

impl Variants for Revised<'_> {
    type Error = Unread;

    fn count(&self) -> usize {
        self.pair.units().len() + self.units.len()
    }

    fn plan(&self, changes: &Changes) -> Option<Variant> {
        let made = self.rules_of(changes);
        if let Some(known) = self.plans.borrow().get(&made) {
            return known.clone();
        }
        let plans = self.pair.plan(&made, self.audience);
        let variant = plans.map(|(mut plan, mut sealing)| {
            let apart = sealing.iter_mut().flat_map(|plan| &mut plan.inputs);
            for input in plan.inputs.iter_mut().chain(apart) {
                input.optional = true;
            }
            let mut variant = Variant { plan, sealing };
            // Alerts may stand where they do by clauses of earlier rules.
            for args in [self.first, self.second] {
                if let Ok(before) = state::given(args.state.as_deref(), sight_of(&variant)) {
                    variant.plan = before.with_words(&variant.plan).into_owned();
                }
            }
            variant
        });
        self.plans.borrow_mut().insert(made, variant.clone());
        variant
    }

    fn holds(&self, changes: &Changes) -> bool {
        self.plan(changes).is_some()
    }

    fn data(&self, variant: &Variant, changes: &Changes) -> Result<Rc<Bound>, Unread> {
        let first = self.pair.units().len();
        let units = self.units.iter().enumerate();
        let made: Vec<&Unit> = units
            .filter(|(at, _)| changes.contains(&(first + at)))
            .map(|(_, unit)| unit)
            .collect();
        let bound = self.mixed(variant, &made)?;
        let is_second = |unit: &&Unit| matches!(unit, Unit::Before(..));
        self.with_before(variant, bound, made.iter().any(is_second))
    }

    fn keeps_column(&self, column: &str) -> bool {
        self.columns.contains(column)
    }

    fn keeps_row(&self, key: &Key, period: &str) -> bool {
        self.rows.contains(&words_of(key, self.kind)) || self.rows.contains(&words_as(key, period))
    }
}

/// A row's key with its period as the data write it: numbers such as `202402` stay so in results, where only the
/// rules say that they are periods.
pub fn words_as(key: &Key, period: &str) -> String {
    let entity = key.entity.replace('\0', " ");
    format!("{entity} {period}").trim().to_owned()
}

/// A row's key as the first columns of results say it, with its period in the usual spelling.
pub fn words_of(key: &Key, kind: Option<PeriodKind>) -> String {
    let entity = key.entity.replace('\0', " ");
    let period = key.period.zip(kind);
    let period = period.map(|(number, kind)| Period::new(kind, number).to_string());
    format!("{entity} {}", period.unwrap_or_default())
        .trim()
        .to_owned()
}
