//! Two runs compared: which results differ, and which changes of the rules, or the data, make them.
//!
//! In: the rules and the data of both. Out: each result that differs with its cause, found by making the
//! changes in part; the data are one change. See `forewarn_runtime::comparison`.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use forewarn_compiler::difference::Pair;
use forewarn_plan::classification::Classification;
use forewarn_plan::tests::Tolerance;
use forewarn_plan::{InputInfo, PanelInfo};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::comparison::{
    self, Cause, Changes, ComparedCell, Effect, NoComparison, Variant, Variants, shown_period,
};

use forewarn_runtime::period;

use crate::bound::bind;
use crate::data::Data;
use crate::error::{Diagnostics, Error, cannot_run};
use crate::inner::Origin;
use crate::state::{self, State};

/// One of the two.
pub(crate) struct Run {
    pub origin: Origin,
    pub data: Data,
    /// What was before them.
    pub state: State,
}

/// What differs between two runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// What was changed, in words: changes of the rules, and last `the data`.
    pub changes: Vec<String>,
    /// Every result that differs.
    pub differences: Vec<Difference>,
    /// How many results were compared.
    pub compared: usize,
    /// Results that only one of the two publishes.
    pub only_first: Vec<String>,
    /// Likewise.
    pub only_second: Vec<String>,
    /// Rows that only the first has: entity and period.
    pub gone: Vec<(String, String)>,
    /// Rows that only the second has.
    pub new: Vec<(String, String)>,
}

/// One result that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// As people read it.
    pub entity: String,
    /// Empty in a cross-section.
    pub period: String,
    /// `overall`, `conflict.coverage`
    pub result: String,
    /// In the first and in the second.
    pub before: Value,
    /// Likewise.
    pub after: Value,
    /// Places among the changes. Each set has the effect; several where each has it alone.
    pub causes: Vec<Vec<usize>>,
}

/// What a result is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing is known.
    Missing,
    /// A number.
    Number(f64),
    /// `high`, or `elevated..critical` while undetermined; `yes`, `no`, `unknown`.
    Word(String),
}

/// What the data are called among the changes.
const DATA: &str = "the data";

/// Compares two runs.
pub(crate) fn between(
    first: Run,
    second: Run,
    tolerance: Option<f64>,
) -> Result<Comparison, Error> {
    let [own, other] = [&first, &second].map(|run| run.origin.options.settings());
    let (one, two) = (&first.origin, &second.origin);
    let pair = Pair::read_given(
        (&one.entry, &own, &*one.files),
        (&two.entry, &other, &*two.files),
    );
    let pair = pair.map_err(|(sources, reports)| {
        Error::Rules(Diagnostics::of(&reports, &Arc::new(sources)))
    })?;
    let audiences = [&first, &second].map(|run| run.origin.options.audience);
    let audience = audiences.into_iter().flatten().min();
    let runs = Runs {
        audience: audience.unwrap_or(Classification::Confidential),
        pair: &pair,
        first,
        second,
        read: RefCell::default(),
    };
    let tolerance = tolerance.map(Tolerance::Absolute);
    let effects = comparison::compare(&runs, tolerance).map_err(|why| match why {
        NoComparison::Data(error) => error,
        NoComparison::Run(error) => cannot_run(&error),
        NoComparison::Periods(first, second) => {
            let [first, second] = period::apart(first, second);
            Error::CannotRun(format!(
                "the first run goes by the {first}, the second by the {second}: no period of one is one of the other"
            ))
        }
        NoComparison::Plan => {
            Error::CannotRun("the rules of the two runs do not hold together".to_owned())
        }
    })?;
    let none = Changes::new();
    let form = runs.plan(&none).and_then(|variant| {
        let bound = runs.data(&variant, &none).ok()?;
        bound.panel.form(variant.plan.panel.period)
    });
    let keys = |keys: &[comparison::Key]| {
        let keys = keys.iter();
        keys.map(|key| (key.shown(), shown_period(form, key.period)))
            .collect()
    };
    let units = pair.units().iter().map(|unit| unit.words.clone());
    Ok(Comparison {
        changes: units.chain([DATA.to_owned()]).collect(),
        compared: effects.results(),
        gone: keys(&effects.gone),
        new: keys(&effects.new),
        differences: effects
            .effects
            .iter()
            .map(|effect| difference(effect, shown_period(form, effect.period)))
            .collect(),
        only_first: effects.only_first,
        only_second: effects.only_second,
    })
}

fn difference(effect: &Effect, period: String) -> Difference {
    let set = |changes: &Changes| changes.iter().copied().collect();
    Difference {
        entity: effect.entity.clone(),
        period,
        result: effect.column.clone(),
        before: value(&effect.before),
        after: value(&effect.after),
        causes: match &effect.cause {
            Cause::Alone(sets) => sets.iter().map(set).collect(),
            Cause::Together(changes) | Cause::Added(changes) | Cause::Among(changes) => {
                vec![set(changes)]
            }
        },
    }
}

fn value(cell: &ComparedCell) -> Value {
    match cell {
        ComparedCell::Missing => Value::Missing,
        ComparedCell::Number(x) => Value::Number(*x),
        ComparedCell::Word(word) => Value::Word(word.clone()),
    }
}

/// What a variant asks of which data.
#[derive(PartialEq)]
struct Asked {
    inputs: Vec<InputInfo>,
    panel: PanelInfo,
    along_time: bool,
    of_second: bool,
}

struct Runs<'a> {
    pair: &'a Pair,
    first: Run,
    second: Run,
    audience: Classification,
    read: RefCell<Vec<(Asked, Rc<Bound>)>>,
}

impl Runs<'_> {
    /// The place of the data among the changes.
    fn data_change(&self) -> usize {
        self.pair.units().len()
    }

    fn rules(&self, changes: &Changes) -> Changes {
        let data = self.data_change();
        let rules = changes.iter().copied();
        rules.filter(|change| *change != data).collect()
    }
}

impl Variants for Runs<'_> {
    type Error = Error;

    fn count(&self) -> usize {
        self.data_change() + 1
    }

    fn plan(&self, changes: &Changes) -> Option<Variant> {
        let (mut plan, mut sealing) = self.pair.plan(&self.rules(changes), self.audience)?;
        // A column that only one of the two asks for may be absent from the other's data.
        let apart = sealing.iter_mut().flat_map(|plan| &mut plan.inputs);
        for input in plan.inputs.iter_mut().chain(apart) {
            input.optional = true;
        }
        Some(Variant { plan, sealing })
    }

    fn holds(&self, changes: &Changes) -> bool {
        self.pair.holds(&self.rules(changes))
    }

    fn data(&self, variant: &Variant, changes: &Changes) -> Result<Rc<Bound>, Error> {
        let plan = &variant.plan;
        let of_second = changes.contains(&self.data_change());
        let run = match of_second {
            true => &self.second,
            false => &self.first,
        };
        let asked = Asked {
            inputs: plan.inputs.clone(),
            panel: plan.panel.clone(),
            along_time: plan.looks_along_time(),
            of_second,
        };
        // What is worked out apart is another in each variant.
        let is_shared = variant.sealing.is_none();
        let known = self.read.borrow();
        if let Some((_, bound)) = known.iter().find(|(known, _)| is_shared && *known == asked) {
            return Ok(Rc::clone(bound));
        }
        drop(known);
        let sources = Arc::new(self.pair.sources().clone());
        let mut bound = bind(
            &run.data,
            (plan, variant.sealing.as_ref()),
            &run.origin.options.map,
            &sources,
        )?;
        // What is gone on from is made for these rules, and for no others.
        let goes_on = run.state != State::Unknown;
        if goes_on {
            state::put(&run.state, plan, &mut bound, true)?;
        }
        let bound = Rc::new(bound);
        if is_shared && !goes_on {
            self.read.borrow_mut().push((asked, Rc::clone(&bound)));
        }
        Ok(bound)
    }
}
