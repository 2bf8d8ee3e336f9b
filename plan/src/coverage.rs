//! What tests of a ruleset can show: its points of meaning.
//!
//! In: nothing; lowering makes the points of a Plan as it makes the Plan, for tests alone. Out: plain
//! data. A point is one thing that the method can do at one place of the source: a clause that decides,
//! a signal that is unknown, a number that stands exactly on its threshold. Its watches say by which
//! nodes of that Plan a row shows it. Whoever runs tests counts the rows.

use std::collections::HashMap;

use crate::NodeId;
use forewarn_diagnostics::source::Span;

/// What kind of place a point belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PointKind {
    /// A clause or a band of a level.
    Clause,
    Signal,
    /// A number, a count or a level compared with a value of the method.
    Threshold,
    /// Whether a factor has enough evidence.
    Factor,
    /// A side of an `if`.
    Branch,
    /// A row of a decision table.
    Row,
    /// What an alert can do.
    Transition,
}

impl PointKind {
    pub const ALL: [Self; 7] = [
        Self::Clause,
        Self::Signal,
        Self::Threshold,
        Self::Factor,
        Self::Branch,
        Self::Row,
        Self::Transition,
    ];

    /// In people's words, of several.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Clause => "clauses",
            Self::Signal => "signals",
            Self::Threshold => "thresholds",
            Self::Factor => "factors",
            Self::Branch => "sides of `if`",
            Self::Row => "rows of tables",
            Self::Transition => "alerts",
        }
    }

    /// As programs read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Signal => "signal",
            Self::Threshold => "threshold",
            Self::Factor => "factor",
            Self::Branch => "branch",
            Self::Row => "row",
            Self::Transition => "alert",
        }
    }
}

/// What an alert can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Transition {
    /// A notice by the clause of that number: 0 raise, then the escalations.
    Notice(u32),
    /// Of a notice that is a declaration of its own: its condition is met, and no longer.
    Began,
    Ended,
    Cleared,
    /// Down by one step.
    Lowered,
    /// Kept back by the cooldown.
    Suppressed,
    /// A notice in spite of the cooldown.
    Bypassed,
}

/// What is to be seen at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// A clause, a band, a row of a table or a side of an `if`: it is the one that counts.
    Decides,
    Yes,
    No,
    Unknown,
    Below,
    At,
    Above,
    /// Of `is`: the same as the value of the method, or another.
    Same,
    Other,
    Enough,
    TooLittle,
    Happens(Transition),
}

impl Outcome {
    /// As programs read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Decides => "decides",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::Below => "below",
            Self::At => "at",
            Self::Above => "above",
            Self::Same => "same",
            Self::Other => "other",
            Self::Enough => "enough",
            Self::TooLittle => "too little",
            Self::Happens(Transition::Notice(0)) => "raised",
            Self::Happens(Transition::Notice(_)) => "escalated",
            Self::Happens(Transition::Began) => "began",
            Self::Happens(Transition::Ended) => "ended",
            Self::Happens(Transition::Cleared) => "cleared",
            Self::Happens(Transition::Lowered) => "lowered",
            Self::Happens(Transition::Suppressed) => "suppressed",
            Self::Happens(Transition::Bypassed) => "bypassed",
        }
    }
}

/// One thing that tests can show.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub kind: PointKind,
    pub outcome: Outcome,
    /// Where it stands.
    pub span: Span,
    /// The declaration in which it stands; a function's points stand in whatever calls it first.
    pub declaration: String,
    /// What it is called: a level's name, a comparison's words.
    pub name: String,
    /// Of a threshold, the value it compares with, where that is one value: `1 000 deaths`.
    pub exactly: Option<String>,
    /// Why no row can ever show it, where the ranges of the Plan prove that.
    pub excluded: Option<String>,
    pub watches: Vec<Watch>,
}

impl Point {
    /// Points with equal keys are one point, whichever Plan they were made with.
    #[must_use]
    pub fn key(&self) -> PointKey {
        (self.span, self.kind, self.outcome)
    }

    /// `` `high` never decides ``: what to say while no test shows it.
    #[must_use]
    pub fn lacking(&self) -> String {
        let name = &self.name;
        match (self.kind, self.outcome) {
            (PointKind::Branch, _) => format!("the side `{name}` is never taken"),
            (PointKind::Row, _) => format!("row `{name}` of `{}` never decides", self.declaration),
            (_, Outcome::Decides) => format!("`{name}` never decides in `{}`", self.declaration),
            (_, Outcome::Yes) => format!("`{name}` never seen yes"),
            (_, Outcome::No) => format!("`{name}` never seen no"),
            (_, Outcome::Unknown) => format!("`{name}` never seen unknown"),
            (_, Outcome::Below) => format!("`{name}` never tested below"),
            (_, Outcome::Above) => format!("`{name}` never tested above"),
            (_, Outcome::At) => match &self.exactly {
                Some(value) => format!("`{name}` never tested at exactly {value}"),
                None => format!("`{name}` never tested at exactly that value"),
            },
            (_, Outcome::Same) => format!("`{name}` never tested where it is so"),
            (_, Outcome::Other) => format!("`{name}` never tested where it is not so"),
            (_, Outcome::Enough) => format!("`{name}` never seen with enough evidence"),
            (_, Outcome::TooLittle) => format!("`{name}` never seen with too little evidence"),
            (_, Outcome::Happens(Transition::Notice(0))) => format!("`{name}` never raised"),
            (_, Outcome::Happens(Transition::Notice(_))) => {
                format!("`{}` never escalated by `{name}`", self.declaration)
            }
            (_, Outcome::Happens(Transition::Began)) => format!("`{name}` never began"),
            (_, Outcome::Happens(Transition::Ended)) => format!("`{name}` never ended"),
            (_, Outcome::Happens(Transition::Cleared)) => format!("`{name}` never cleared"),
            (_, Outcome::Happens(Transition::Lowered)) => format!("`{name}` never lowered"),
            (_, Outcome::Happens(Transition::Suppressed)) => {
                format!("`{name}` never suppressed by its cooldown")
            }
            (_, Outcome::Happens(Transition::Bypassed)) => {
                format!("the cooldown of `{name}` never bypassed")
            }
        }
    }
}

pub type PointKey = (Span, PointKind, Outcome);

/// How a row of one Plan shows a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// What comes of the place: the point counts for whoever rests on one of these nodes.
    pub results: Vec<NodeId>,
    /// The point counts only where this truth is yes: elsewhere nobody asks.
    pub asked: Option<NodeId>,
    pub when: When,
}

/// What has to hold in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// Each truth has this answer: yes, no, or unknown where `None`.
    Answers(Vec<(NodeId, Option<bool>)>),
    /// A number or a place between two bounds, against another.
    Against {
        at_least: NodeId,
        at_most: NodeId,
        threshold: NodeId,
        side: Outcome,
    },
    /// A number is exactly that.
    Is(NodeId, f64),
    /// The alert of that number in the Plan.
    Alert(u32, Transition),
}

/// Points as they are made; equal ones become one.
#[derive(Debug, Default)]
pub struct Points {
    points: Vec<Point>,
    places: HashMap<PointKey, usize>,
}

impl Points {
    pub fn add(&mut self, point: Point) {
        match self.places.get(&point.key()) {
            Some(at) => {
                if let Some(known) = self.points.get_mut(*at) {
                    // A function is called in several ways: what one excludes another may show.
                    if point.excluded.is_none() {
                        known.excluded = None;
                    }
                    known.watches.extend(point.watches);
                }
            }
            None => {
                self.places.insert(point.key(), self.points.len());
                self.points.push(point);
            }
        }
    }

    /// In the order of the source.
    pub fn finish(mut self) -> Vec<Point> {
        self.points.sort_by_key(Point::key);
        self.points
    }
}
