//! Explanations: from a result of one entity and period down to the observations.
//!
//! In: a Plan with its sources, a bound panel, a row and the names of results. Out: data that says
//! how each value came about, what would settle it, what would change it and what changed since the
//! last period. Words and names are those of the Plan's outlines, values those of its nodes; only the
//! entity's own rows are worked out, and of others what comparisons with peers need.
#![deny(clippy::wildcard_enum_match_arm)]

mod alerts;
mod applied;
mod change;
mod compared;
mod edges;
mod evidence;
mod factor;
mod faults;
mod handed;
mod input_ends;
mod last_cells;
mod level;
mod names;
mod narrow;
mod nearest;
mod nodes;
mod observed;
mod options;
mod own_past;
mod params_moved;
mod path;
mod rate;
mod reach;
mod reason;
mod settle;
mod sides;
mod since;
mod sound;
mod spells;
mod steps;
mod table;
mod terms;
mod tree;
mod trial;
mod windows;
mod withheld;

pub use tree::*;

use forewarn_plan::{Declaration, DeclarationKind, Plan, Value, Withheld};

use crate::bind::DataSummary;
use crate::panel::Panel;
use crate::peers::Goalposts;
use crate::run::RunError;
use evidence::{Evidence, Ground};
use names::{Names, Needed};
pub use rate::{PER, Rate};
pub use reason::Extent;
use reason::Teller;
pub use sides::{Conditions, Said, What};

/// What is to be explained.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub plan: &'a Plan,
    pub panel: &'a Panel,
    /// What was read of the data, for the causes of missing cells.
    pub summary: &'a DataSummary,
    /// Of the panel.
    pub row: usize,
    /// Names of declarations; the framework's results where there are none.
    pub names: &'a [String],
    pub goalposts: Option<&'a Goalposts>,
    /// Also what would settle and change a result, and what changed since the last period.
    pub outlook: bool,
    /// Also which changes would bring a level one step down.
    pub options: bool,
}

/// The declarations that a ruleset's results are: its levels, tables, alerts and notices; else what is published and
/// nothing else rests on.
#[must_use]
pub fn results(plan: &Plan) -> Vec<String> {
    use DeclarationKind as Kind;
    let declarations = || plan.declarations.iter();
    let names = |found: Vec<&Declaration>| found.iter().map(|one| one.name.clone()).collect();
    let decided: Vec<&Declaration> = declarations()
        .filter(|one| {
            matches!(
                one.kind,
                Kind::Level | Kind::Table | Kind::Alert | Kind::Notice
            ) && one.verified.is_none()
        })
        .collect();
    let closed = plan.confidentiality.withheld.iter();
    let closed: Vec<String> = closed
        .filter(|one| matches!(one.kind, Kind::Level | Kind::Alert | Kind::Notice))
        .map(|one| one.name.clone())
        .collect();
    if !decided.is_empty() || !closed.is_empty() {
        let decided: Vec<String> = names(decided);
        return decided.into_iter().chain(closed).collect();
    }
    let published: Vec<&Declaration> = declarations()
        .filter(|one| matches!(one.kind, Kind::Score | Kind::Signal | Kind::Factor))
        .filter(|one| one.verified.is_none())
        .collect();
    let known = Names::of(plan);
    let named = declarations().flat_map(|one| known.named_by(one));
    let named: std::collections::HashSet<&str> = named.map(Declaration::declared_name).collect();
    let last = published.iter().copied();
    let last = last.filter(|one| !named.contains(one.name.as_str()));
    names(last.collect())
}

/// Something to be explained.
enum Asked<'p> {
    Declared(&'p Declaration),
    Withheld(&'p Withheld),
}

impl<'p> Asked<'p> {
    fn of(plan: &'p Plan, name: &str) -> Option<Self> {
        let declared = plan.declarations.iter().find(|one| one.name == name);
        let withheld = || plan.confidentiality.withheld(name).map(Self::Withheld);
        declared.map(Self::Declared).or_else(withheld)
    }
}

/// Explains a row.
///
/// # Errors
/// The Plan is malformed, the panel does not fit it, or native code for peers cannot be made. Names
/// that are not declared are passed over: whoever asks looks them up.
pub fn explain(question: &Question) -> Result<Explanation, RunError> {
    let explainer = Explainer::new(question)?;
    Ok(explainer.explain(question.row, question.outlook))
}

/// Explains any rows of a panel; what these have in common is worked out once.
pub struct Explainer<'a> {
    plan: &'a Plan,
    panel: &'a Panel,
    summary: &'a DataSummary,
    asked: Vec<Asked<'a>>,
    names: Names<'a>,
    ground: Ground<'a>,
    options: bool,
}

impl<'a> Explainer<'a> {
    /// For what is asked, whatever its row is.
    ///
    /// # Errors
    /// As [`explain`].
    pub fn new(question: &Question<'a>) -> Result<Self, RunError> {
        let plan = question.plan;
        let asked = if question.names.is_empty() {
            results(plan)
        } else {
            question.names.to_vec()
        };
        let asked: Vec<Asked> = asked
            .iter()
            .filter_map(|name| Asked::of(plan, name))
            .collect();
        let mut declared: Vec<&Declaration> = Vec::new();
        for one in &asked {
            match one {
                Asked::Declared(declaration) => declared.push(declaration),
                Asked::Withheld(one) => declared.extend(names::visible_below(plan, &one.name)),
            }
        }
        let names = Names::of(plan);
        let needed = Needed::of(&names, &declared);
        let (panel, goalposts) = (question.panel, question.goalposts);
        let ground = Ground::of(plan, panel, &needed.nodes, needed.series, goalposts)?;
        Ok(Self {
            plan,
            panel,
            summary: question.summary,
            asked,
            names,
            ground,
            options: question.options,
        })
    }

    /// Explains a row; `outlook`: also what would settle and change a result, and what changed since the
    /// last period.
    #[must_use]
    pub fn explain(&self, row: usize, outlook: bool) -> Explanation {
        self.row(row).explain(outlook)
    }

    /// A row, to be explained first and looked at further where that is wanted.
    #[must_use]
    pub fn row(&self, row: usize) -> ExplainedRow<'_> {
        ExplainedRow {
            explainer: self,
            evidence: Evidence::gather(&self.ground, row),
        }
    }
}

/// A row whose values are worked out.
pub struct ExplainedRow<'e> {
    explainer: &'e Explainer<'e>,
    evidence: Evidence<'e>,
}

impl ExplainedRow<'_> {
    /// Everything that is told of it; `outlook`: what [`ExplainedRow::look_on`] adds, too.
    #[must_use]
    pub fn explain(&self, outlook: bool) -> Explanation {
        let mut told = self.tell(Extent::Whole);
        if outlook {
            self.look_on(&mut told);
        }
        told
    }

    /// What is told of it as it stands, to some extent.
    #[must_use]
    pub fn tell(&self, extent: Extent) -> Explanation {
        let (explainer, evidence) = (self.explainer, &self.evidence);
        let mut teller = Teller::new(evidence, &explainer.names, explainer.summary, extent);
        let results = explainer.asked.iter().map(|one| Finding {
            reason: match one {
                Asked::Declared(declaration) => teller.declared(declaration, 0),
                Asked::Withheld(one) => teller.withheld(one, 0),
            },
            settle: None,
            change: None,
            since: None,
            options: None,
        });
        let mut results: Vec<Finding> = results.collect();
        for (one, finding) in explainer.asked.iter().zip(&mut results) {
            if let Asked::Declared(declaration) = one
                && explainer.options
                && matches!(
                    declaration.kind,
                    DeclarationKind::Level | DeclarationKind::Table
                )
            {
                finding.options = options::options(evidence, &declaration.value);
            }
        }
        let panel = explainer.panel;
        let period = panel.periods.get(evidence.row);
        Explanation {
            entity: panel.entity(evidence.row).into_owned(),
            series: explainer.plan.panel.is_series(),
            period: period
                .zip(explainer.plan.panel.period)
                .map(|(number, kind)| panel.period(kind, *number)),
            results,
        }
    }

    /// Adds what would settle and change each result, and what changed since the last period.
    pub fn look_on(&self, told: &mut Explanation) {
        let evidence = &self.evidence;
        let plan = self.explainer.plan;
        for (one, finding) in self.explainer.asked.iter().zip(&mut told.results) {
            let Asked::Declared(declaration) = one else {
                continue;
            };
            let value = &declaration.value;
            let is_input = declaration.kind == DeclarationKind::Indicator;
            // What is not there is not open.
            let is_there = !matches!(finding.reason.cause, Some(Cause::NotApplicable { .. }));
            let open = finding.reason.value.is_open() && !is_input && is_there;
            let ends = !matches!(value, Value::Number { .. }) && !is_input;
            finding.settle = (open && ends).then(|| settle::settle(evidence, value));
            // What lies between bounds moves with all that it rests on, as a number does.
            let has_steps = ends && !matches!(value, Value::Between { .. });
            let is_sealed = plan.confidentiality.is_sealed(&declaration.name);
            let change = (has_steps && !is_sealed).then(|| change::change(evidence, value));
            // What the audience may not see of it would change it, too.
            let says_all = || !evidence.rests_on_sealed(value.nodes().into_iter());
            finding.change = change.filter(|change| !change.is_empty() || says_all());
            // A declassified value changed because it did; no more is told of it.
            finding.since = (!is_sealed)
                .then(|| since::since(evidence, value))
                .flatten();
        }
    }
}
