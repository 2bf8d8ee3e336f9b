//! One entity: its rows, where it stands, and the explanations of it.

use forewarn_plan::{Plan, RowState};
use forewarn_runtime::explain::{Explainer, Explanation, Extent, Finding, How, Question, Reason};
use forewarn_runtime::run::RunError;
use forewarn_runtime::threads::together;

use super::Material;
use super::causes::{Cause, causes};
use super::columns::LevelFacts;
use super::movement::Movement;
use super::near::{EXTENT, near};
use super::reading::share_known;

/// An entity of the report.
#[derive(Clone, Debug)]
pub struct Entity {
    pub name: String,
    /// Its first and its last row in the panel.
    pub first: usize,
    pub row: usize,
    /// The row of data before its last one.
    pub before: Option<usize>,
    /// The period of its last report, where that is not the panel's last.
    pub silent: Option<i64>,
    /// The row of that report; without later silence its last row.
    pub reported: usize,
    pub movement: Movement,
    /// What was asked, in order: the level, the score that it is read from; as far down as pages tell.
    pub told: Explanation,
    /// Why its level moved, what decided first.
    pub causes: Vec<Cause>,
    /// How many indicators are known in its last row, and how many there are.
    pub known: (usize, usize),
    /// Has it a page of its own?
    pub wanted: bool,
}

/// What of the rules decided a level.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// A clause, as written.
    Clause(String),
    /// Nothing above it is certain: `otherwise`.
    Otherwise,
    /// A band that begins there, minus infinity for the lowest; and where the next one begins.
    Band {
        score: f64,
        low: f64,
        next: Option<f64>,
    },
    /// A row of a decision table, as written.
    Row(String),
}

impl Entity {
    /// What is told of the level.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.told.results.first()
    }

    #[must_use]
    pub fn reason(&self) -> Option<&Reason> {
        self.finding().map(|finding| &finding.reason)
    }

    /// What decided the level.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        let reason = self.reason()?;
        match &reason.how {
            How::Clauses(clauses) => {
                let own = clauses.iter().find(|clause| clause.decides)?;
                Some(if own.text.is_empty() {
                    Decision::Otherwise
                } else {
                    Decision::Clause(own.text.clone())
                })
            }
            How::Bands(bands) => {
                let own = bands.own?;
                let begins = |at: usize| bands.bands.get(at).map(|(low, _)| *low);
                Some(Decision::Band {
                    score: bands.score,
                    low: begins(own)?,
                    next: begins(own + 1),
                })
            }
            How::Table(rows) => {
                let own = rows.iter().find(|row| row.standing == RowState::Holds)?;
                Some(Decision::Row(own.text.clone()))
            }
            How::Observation(_)
            | How::Constant
            | How::Calculation
            | How::Extreme(_)
            | How::Comparison(_)
            | How::All
            | How::Any
            | How::Not
            | How::Tally(_)
            | How::Call { .. }
            | How::Window(_)
            | How::Peers(_)
            | How::Factor(_)
            | How::Alert(_)
            | How::Declassified
            | How::Withheld => None,
        }
    }
}

/// All entities of a panel, explained.
///
/// # Errors
/// As [`explain`].
pub(super) fn gather(
    material: Material<'_>,
    level: Option<&LevelFacts<'_>>,
    asked: &[String],
    end: Option<i64>,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Entity>, RunError> {
    let panel = material.panel;
    let silence = forewarn_runtime::silent::silence(material.plan, panel).unwrap_or_default();
    // Who stopped although rows go on.
    let quiet: std::collections::BTreeMap<usize, i64> = silence
        .stopped
        .iter()
        .filter(|one| one.goes_on_empty())
        .map(|one| (one.end, one.last))
        .collect();
    let has_data = |row: &usize| panel.gaps.binary_search(row).is_err();
    let mut found = Vec::new();
    let mut first = 0;
    for row in 0..panel.rows() {
        let is_last = panel.entity_of.get(row) != panel.entity_of.get(row + 1);
        if !is_last {
            continue;
        }
        let before = (first..row).rev().find(has_data);
        let period = panel.periods.get(row).copied();
        let now = level.and_then(|level| level.at(row));
        let then = level
            .zip(before)
            .and_then(|(level, before)| level.at(before));
        let name = named(material.plan, &panel.entity(row));
        let silent = quiet
            .get(&row)
            .copied()
            .or_else(|| period.filter(|period| Some(*period) < end));
        let is_last_report = |row: &usize| panel.periods.get(*row).copied() == silent;
        let reported = silent.and_then(|_| (first..=row).rev().find(is_last_report));
        found.push(Entity {
            wanted: wanted(&name),
            name,
            first,
            row,
            before,
            silent,
            reported: reported.unwrap_or(row),
            movement: now.map_or(Movement::New, |now| Movement::of(then, now)),
            told: Explanation {
                entity: String::new(),
                series: false,
                period: None,
                results: Vec::new(),
            },
            causes: Vec::new(),
            known: share_known(material.plan, panel, row),
        });
        first = row + 1;
    }
    explain(material, asked, &mut found)?;
    Ok(found)
}

/// What readers are told of: an entity by its name, and a series by what the framework is called.
#[must_use]
pub fn named(plan: &Plan, entity: &str) -> String {
    if !plan.panel.is_series() {
        return entity.to_owned();
    }
    let framework = &plan.framework;
    let label = if framework.label.is_empty() {
        &framework.name
    } else {
        &framework.label
    };
    label.clone()
}

/// Explains entities one by one, on as many threads as there are cores; of each explanation what pages tell is kept.
fn explain(
    material: Material<'_>,
    asked: &[String],
    entities: &mut [Entity],
) -> Result<(), RunError> {
    if entities.is_empty() {
        return Ok(());
    }
    let explainer = Explainer::new(&Question {
        plan: material.plan,
        panel: material.panel,
        summary: material.summary,
        row: 0,
        names: asked,
        goalposts: material.goalposts,
        outlook: true,
        options: false,
    })?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(entities.len().div_ceil(4)).max(1);
    together(threads, entities.iter_mut().collect(), |entity| {
        own(&explainer, entity);
    });
    Ok(())
}

/// An entity's explanation. Where its level moved, the row before is explained too, and both to the end: the cause is
/// looked for in all of it.
fn own(explainer: &Explainer<'_>, entity: &mut Entity) {
    let row = explainer.row(entity.row);
    let moved = entity.movement.is_move() && entity.silent.is_none();
    let mut told = row.tell(if moved { Extent::Whole } else { EXTENT });
    row.look_on(&mut told);
    if let Some(finding) = told.results.first().filter(|_| moved) {
        let before = entity.before.map(|row| explainer.explain(row, false));
        let then = before.as_ref().and_then(|before| before.results.first());
        entity.causes = causes(finding, then);
    }
    near(&mut told);
    entity.told = told;
}
