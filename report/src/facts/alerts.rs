//! What alerts say, row by row.

use forewarn_charts::Mark;
use forewarn_plan::AlertInfo;
use forewarn_plan::alerts::AlertEvent;

use super::Material;
use super::columns::{called, values};
use super::entity::Entity;

/// Something that happened to an alert in one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    pub event: AlertEvent,
    pub row: usize,
    /// The words of the clause that did it.
    pub clause: Option<String>,
    /// The period of the notice that keeps it back.
    pub kept_back_by: Option<i64>,
}

/// Where an alert stands in one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlertAt {
    /// 0 quiet, 1 raised, 2 escalated; nothing where nobody knows.
    pub state: Option<usize>,
    pub since: Option<i64>,
}

/// An alert over all rows.
#[derive(Clone, Debug)]
pub struct AlertFacts<'a> {
    pub info: &'a AlertInfo,
    pub label: String,
    state: &'a [f64],
    since: &'a [f64],
    event: &'a [f64],
    why: &'a [f64],
    suppressed_by: &'a [f64],
}

impl<'a> AlertFacts<'a> {
    /// Alerts, or the notices beside them.
    pub(super) fn all(material: Material<'a>, notices: bool) -> Vec<Self> {
        let alerts = material.plan.alerts.iter();
        let alerts = alerts.filter(|info| info.notice == notices);
        let alerts = alerts.map(|info| {
            let column =
                |part: &str| values(material, &format!("{}{part}", info.name)).unwrap_or_default();
            Self {
                info,
                label: called(&info.label, &info.name),
                state: column(""),
                since: column(".since"),
                event: column(".event"),
                why: column(".why"),
                suppressed_by: column(".suppressed_by"),
            }
        });
        alerts.collect()
    }

    /// Where it stands.
    #[must_use]
    pub fn at(&self, row: usize) -> AlertAt {
        AlertAt {
            state: place(self.state, row),
            since: number(self.since, row).map(|period| period as i64),
        }
    }

    /// What happened in an entity's last row, and in the periods since its row of data before that, of which there is no
    /// row and so no report: oldest first.
    pub fn lately(&self, entity: &Entity) -> impl Iterator<Item = Happened> {
        let first = entity.before.map_or(entity.first, |before| before + 1);
        (first..=entity.row).filter_map(|row| self.happened(row))
    }

    /// A notice that is due in an entity's last row and kept back, where that is no news of this row.
    pub fn still_kept_back(&self, entity: &Entity) -> Option<Happened> {
        let by = number(self.suppressed_by, entity.row)?;
        let own = self.happened(entity.row);
        let is_told = own.is_some_and(|own| own.event == AlertEvent::Suppressed);
        (!is_told).then_some(Happened {
            event: AlertEvent::Suppressed,
            row: entity.row,
            clause: None,
            kept_back_by: Some(by as i64),
        })
    }

    /// What happened in a row.
    #[must_use]
    pub fn happened(&self, row: usize) -> Option<Happened> {
        let event = AlertEvent::ALL.get(place(self.event, row)?).copied()?;
        let clause = place(self.why, row).and_then(|at| self.info.clauses.get(at));
        Some(Happened {
            event,
            row,
            clause: clause.filter(|words| !words.is_empty()).cloned(),
            kept_back_by: number(self.suppressed_by, row).map(|period| period as i64),
        })
    }
}

/// How an event is drawn.
#[must_use]
pub(crate) fn mark(event: AlertEvent) -> Mark {
    match event {
        AlertEvent::Raised => Mark::Raised,
        AlertEvent::Escalated => Mark::Escalated,
        AlertEvent::Cleared => Mark::Cleared,
        AlertEvent::Suppressed => Mark::KeptBack,
        AlertEvent::Standing => Mark::Standing,
        AlertEvent::Lowered => Mark::Lowered,
    }
}

/// What an event of an alert or a notice is called, as a key of the report's words.
#[must_use]
pub(crate) fn word(event: AlertEvent, notice: bool) -> &'static str {
    match event {
        AlertEvent::Raised if notice => "event_began",
        AlertEvent::Cleared if notice => "event_ended",
        AlertEvent::Raised => "event_raised",
        AlertEvent::Escalated => "event_escalated",
        AlertEvent::Cleared => "event_cleared",
        AlertEvent::Suppressed => "event_kept_back",
        AlertEvent::Standing => "event_standing",
        AlertEvent::Lowered => "event_lowered",
    }
}

fn number(column: &[f64], row: usize) -> Option<f64> {
    column.get(row).copied().filter(|value| !value.is_nan())
}

fn place(column: &[f64], row: usize) -> Option<usize> {
    number(column, row)
        .filter(|value| *value >= 0.0)
        .map(|value| value as usize)
}
