//! One entity: its rows, where it stands, and the explanations of it.

use std::sync::atomic::{AtomicUsize, Ordering};

use forewarn_plan::Standing;
use forewarn_runtime::explain::{Explanation, Finding, How, Question, Reason, explain};
use forewarn_runtime::run::RunError;

use super::Material;
use super::causes::{Cause, cause};
use super::columns::LevelFacts;
use super::movement::Movement;
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
    pub movement: Movement,
    /// What was asked, in order: the level, the score that it is read from.
    pub told: Explanation,
    pub cause: Option<Cause>,
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
    /// A band that begins there, minus infinity for the lowest.
    Band(f64, f64),
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
                let (low, _) = bands.own.and_then(|own| bands.bands.get(own))?;
                Some(Decision::Band(bands.score, *low))
            }
            How::Table(rows) => {
                let own = rows.iter().find(|row| row.standing == Standing::Holds)?;
                Some(Decision::Row(own.text.clone()))
            }
            How::Observation(_)
            | How::Constant
            | How::Calculation
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
        let name = panel.entity(row).into_owned();
        found.push(Entity {
            wanted: wanted(&name),
            name,
            first,
            row,
            before,
            silent: period.filter(|period| Some(*period) < end),
            movement: now.map_or(Movement::New, |now| Movement::of(then, now)),
            told: Explanation {
                entity: String::new(),
                period: None,
                results: Vec::new(),
            },
            cause: None,
            known: share_known(material.plan, panel, row),
        });
        first = row + 1;
    }
    // The row before is explained too, where that is compared.
    let mut rows: Vec<(usize, bool)> = Vec::new();
    for entity in &found {
        rows.push((entity.row, true));
        let moved = entity.movement.is_move() && entity.silent.is_none();
        rows.extend(
            entity
                .before
                .filter(|_| moved)
                .map(|before| (before, false)),
        );
    }
    let mut told = explained(material, asked, &rows)?.into_iter();
    for entity in &mut found {
        if let Some(own) = told.next() {
            entity.told = own;
        }
        let moved = entity.movement.is_move() && entity.silent.is_none();
        let before = entity.before.filter(|_| moved).and_then(|_| told.next());
        let finding = entity.told.results.first();
        let then = before.as_ref().and_then(|before| before.results.first());
        entity.cause = finding
            .filter(|_| moved)
            .and_then(|finding| cause(finding, then));
    }
    Ok(found)
}

/// Explains rows, on as many threads as there are cores; in the order of the rows.
fn explained(
    material: Material<'_>,
    asked: &[String],
    rows: &[(usize, bool)],
) -> Result<Vec<Explanation>, RunError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(rows.len().div_ceil(4)).max(1);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((row, outlook)) = rows.get(at).copied() else {
                return done;
            };
            let question = Question {
                plan: material.plan,
                panel: material.panel,
                summary: material.summary,
                row,
                names: asked,
                goalposts: material.goalposts,
                outlook,
                options: false,
            };
            done.push((at, explain(&question)));
        }
    };
    let mut all: Vec<(usize, Result<Explanation, RunError>)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, told)| told).collect()
}
