//! What a report tells, before it is in any language or form.
//!
//! In: a Plan (for an audience: its own), a bound panel, the columns that came out. Out: [`Facts`]: who is
//! where, what happened to alerts, what moved and by which cause, what is open and what would settle it, who
//! fell silent. Everything is read from results and explanations; nothing is worked out here that the
//! runtime has not worked out.

mod alerts;
mod causes;
mod columns;
mod decisive;
mod entity;
mod material;
mod movement;
mod near;
mod reading;
mod turned;

pub use alerts::{AlertAt, AlertFacts, Happened};
pub(crate) use alerts::{mark as alert_mark, word as alert_word};
pub(crate) use causes::number;
pub use causes::{Cause, Crossed};
pub(crate) use columns::called;
pub use columns::{Columns, FactorFacts, LevelFacts};
pub use entity::{Decision, Entity, named};
pub use material::Material;
pub use movement::Movement;
pub(crate) use near::{DEPTH, speaking};
pub(crate) use reading::between;
pub use reading::{LastKnown, last_known, share_known};

use forewarn_charts::{Between, Outlines};
use forewarn_plan::{DeclarationKind, Plan};
use forewarn_runtime::explain;
use forewarn_runtime::run::RunError;
use std::collections::BTreeMap;

/// What is wanted of it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A language's tag; English where there is none.
    pub lang: Option<String>,
    /// Pages of these entities alone; all, where empty.
    pub entities: Vec<String>,
    /// The level that the first page is about; found from the rules where none is named.
    pub level: Option<String>,
    /// What an earlier run said.
    pub earlier: Option<Earlier>,
    pub provenance: Option<Provenance>,
    pub map: Option<Borders>,
    /// What the method claims of itself.
    pub claims: Vec<Claim>,
    /// What an analyst says beside the results.
    pub notes: Option<Notes>,
    /// The panel's period of today, by which periods in the future are known.
    pub today: Option<i64>,
}

/// What an analyst says, in paragraphs. It is told as such, and apart from what the rules say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Who says it.
    pub by: Option<String>,
    /// Of all.
    pub general: Vec<String>,
    /// By entity, as people read it.
    pub of: BTreeMap<String, Vec<String>>,
}

/// A property of the method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub label: String,
    /// As written, on one line.
    pub text: String,
    pub cites: Vec<String>,
    /// It follows from the rules, whatever the data.
    pub proved: bool,
}

/// Outlines for a map, and where they are from.
#[derive(Clone, Debug)]
pub struct Borders {
    pub outlines: Outlines,
    /// As the method tells it.
    pub source: String,
    /// The publisher's own words on borders.
    pub disclaimer: Option<String>,
}

/// What an earlier run said of the levels.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// What it is called: `runs/2026-03`.
    pub name: String,
    /// By level, entity and period.
    pub levels: BTreeMap<(String, String, Option<i64>), Between>,
    /// Numbers, by result, entity and period.
    pub numbers: BTreeMap<(String, String, Option<i64>), f64>,
    /// Are these the same as then? Nothing where it is not known.
    pub rules: Option<bool>,
    pub data: Option<bool>,
    pub program: Option<bool>,
}

/// What a report rests on, so that it can be made again.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// Files with their digests.
    pub rules: Vec<(String, String)>,
    /// None where a digest would tell of what is withheld.
    pub data: Vec<(String, Option<String>)>,
    /// `forewarn 0.1.0`
    pub program: String,
    /// Eight hexadecimal digits of all of it.
    pub stamp: String,
    /// What is typed to repeat it.
    pub verify: Option<String>,
    /// Params that were given.
    pub set: Vec<(String, String)>,
}

/// Everything that is told.
#[derive(Debug)]
pub struct Facts<'a> {
    pub material: Material<'a>,
    pub columns: Columns<'a>,
    /// The last period of the panel; none in a cross-section.
    pub end: Option<i64>,
    /// The level that the first page is about, by its place among the levels.
    pub head: Option<usize>,
    /// The score that it is read from, where it is: the declaration's name.
    pub score: Option<String>,
    /// In the order of the panel.
    pub entities: Vec<Entity>,
    pub alerts: Vec<AlertFacts<'a>>,
    /// What offices are told of beside alerts.
    pub notices: Vec<AlertFacts<'a>>,
}

impl<'a> Facts<'a> {
    /// Gathers everything.
    ///
    /// # Errors
    /// As [`explain::explain`].
    pub fn gather(material: Material<'a>, options: &Options) -> Result<Self, RunError> {
        let columns = Columns::of(material);
        let head = head(&columns, material.plan, options.level.as_deref());
        let level = head.and_then(|head| columns.levels.get(head));
        let score = level.and_then(|level| score(material.plan, &level.name));
        let asked = asked(material.plan, level, score.as_deref());
        let end = material.panel.periods.iter().copied().max();
        let wanted = |name: &str| {
            let first = name.split('/').next().unwrap_or(name);
            let mut names = options.entities.iter();
            options.entities.is_empty() || names.any(|one| one == name || one == first)
        };
        let entities = entity::gather(material, level, &asked, end, wanted)?;
        let alerts = AlertFacts::all(material, false);
        let notices = AlertFacts::all(material, true);
        Ok(Self {
            material,
            columns,
            end,
            head,
            score,
            entities,
            alerts,
            notices,
        })
    }

    /// The level that the first page is about.
    #[must_use]
    pub fn level(&self) -> Option<&LevelFacts<'a>> {
        self.columns.levels.get(self.head?)
    }

    /// Where an entity stands now in that level; nothing where no report came for the last period.
    #[must_use]
    pub fn now(&self, entity: &Entity) -> Option<Between> {
        if entity.silent.is_some() {
            return None;
        }
        self.level()?.at(entity.row)
    }

    /// Where it stood in the period before.
    #[must_use]
    pub fn before(&self, entity: &Entity) -> Option<Between> {
        self.level()?.at(entity.before?)
    }

    /// Entities by how grave they are, the gravest first; those of which no report came stand last.
    #[must_use]
    pub fn ranked(&self) -> Vec<&Entity> {
        let mut all: Vec<&Entity> = self.entities.iter().collect();
        let grave = |entity: &Entity| self.now(entity).map(|at| (at.least, at.most));
        all.sort_by(|a, b| grave(b).cmp(&grave(a)).then_with(|| a.name.cmp(&b.name)));
        all
    }
}

/// The level that is named, else the one that the method is about.
fn head(columns: &Columns<'_>, plan: &Plan, named: Option<&str>) -> Option<usize> {
    let levels: Vec<&str> = columns
        .levels
        .iter()
        .map(|level| level.name.as_str())
        .collect();
    match named {
        Some(named) => levels.iter().position(|level| *level == named),
        None => head_of(plan, &levels),
    }
}

/// The place of the level that a method is about, among some of its levels: the one that alerts look at, else the first one
/// that no other rests on.
#[must_use]
pub fn head_of(plan: &Plan, levels: &[&str]) -> Option<usize> {
    let alerts = plan.alerts.iter().map(|alert| alert.conditions);
    let watched = reading::below(plan, alerts);
    let nodes = |at: usize| {
        levels
            .get(at)
            .map_or(Vec::new(), |level| reading::nodes(plan, level))
    };
    let direct =
        (0..levels.len()).filter(|at| nodes(*at).iter().any(|node| watched.contains(node)));
    let candidates: Vec<usize> = direct.collect();
    let candidates = if candidates.is_empty() {
        (0..levels.len()).collect()
    } else {
        candidates
    };
    // Of those, the one that rests on the others.
    let rests_on_it = |at: usize, other: usize| {
        at != other && {
            let below = reading::below(plan, nodes(other).into_iter());
            nodes(at).iter().any(|node| below.contains(node))
        }
    };
    let top = candidates
        .iter()
        .copied()
        .find(|at| !candidates.iter().any(|other| rests_on_it(*at, *other)));
    top.or(candidates.first().copied())
}

/// The number that a level's bands are read from.
fn score(plan: &Plan, level: &str) -> Option<String> {
    let own = plan.declarations.iter().find(|one| one.name == level)?;
    let node = own.bands.as_ref()?.score;
    let mut all = plan.declarations.iter();
    let found = all.find(|one| {
        one.value.nodes().first() == Some(&node) && one.kind != DeclarationKind::Indicator
    });
    found.map(|one| one.name.clone())
}

/// What is explained of each entity.
fn asked(plan: &Plan, level: Option<&LevelFacts<'_>>, score: Option<&str>) -> Vec<String> {
    let Some(level) = level else {
        return explain::results(plan).into_iter().take(3).collect();
    };
    let mut asked = vec![level.name.clone()];
    asked.extend(score.map(str::to_owned));
    asked
}
