//! What a Plan says about names: the framework, its panel, inputs, declarations and outputs.

use super::outline::{OutlineId, Reference, Words};
use super::{AlertRule, NodeId, PeriodKind, Plan, TableParts, Value};
use crate::period::Written;
use forewarn_diagnostics::source::Span;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameworkInfo {
    pub name: String,
    pub label: String,
    pub version: String,
}

/// The keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelInfo {
    /// What rows are about: `country`, or `country` and `province`, each within the one before it. None
    /// where the panel is one series.
    pub keys: Vec<KeyInfo>,
    pub period: Option<PeriodKind>,
    /// The word of the period kind: `month`.
    pub period_name: String,
    pub period_column: Option<String>,
    /// The file's column of the month, quarter or week, where `period_column` holds the year.
    pub period_within: Option<String>,
    /// How periods are written in the data, besides the usual ways.
    pub written: Option<Written>,
    /// Entities that are none of the panel's, and whose rows are not read: the world, a continent.
    pub except: Vec<Excepted>,
}

impl PanelInfo {
    /// What the first key is called; a panel without keys holds a series.
    #[must_use]
    pub fn entity(&self) -> &str {
        self.keys.first().map_or("series", |key| &key.name)
    }

    /// What rows are about, in one word: the last key.
    #[must_use]
    pub fn row_word(&self) -> &str {
        self.keys.last().map_or("series", |key| &key.name)
    }

    /// Are all rows about one thing, so that only periods tell them apart?
    #[must_use]
    pub fn is_series(&self) -> bool {
        self.keys.is_empty()
    }

    /// The names of all keys, that of periods last.
    pub fn key_words(&self) -> impl Iterator<Item = &str> {
        let period = self.period.map(|_| self.period_name.as_str());
        let keys = self.keys.iter().map(|key| key.name.as_str());
        keys.chain(period)
    }

    /// How many keys a row has.
    #[must_use]
    pub fn key_count(&self) -> usize {
        self.key_words().count()
    }
}

/// An entity that the panel leaves out, as the rules spell it; of several keys the first of them, with `/`
/// between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excepted {
    pub name: String,
    pub span: Span,
}

/// A key of what rows are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyInfo {
    /// `country`
    pub name: String,
    /// The file's column, where one is declared; else the name itself.
    pub column: Option<String>,
}

/// What an input's cells hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputKind {
    Number,
    /// `yes`/`no`, `true`/`false`, `1`/`0`; as 1 and 0.
    Truth,
    /// Was the observation of the input with that index verified? As a truth is written, or
    /// `verified`, `unverified`; as 1 and 0, and 0 where nothing is said.
    Verification {
        of: u32,
    },
    /// Does the input with that index apply by its own cell: has it none of the words that say that there is
    /// no such value? As 1 and 0, never missing. It is read from no column of its own.
    Applies {
        of: u32,
    },
    /// How many periods old the observation is that a cell of the input with that index holds: 0 where it is the
    /// row's own, missing where there is none. It is read from no column of its own.
    Age {
        of: u32,
    },
    /// A key by its place, as a number that the rows of a group share: for what compares peers by it. Rows
    /// are of one group where they share the key and those before it; the last of several keys groups by
    /// itself. It is read from no column of its own.
    Key {
        place: usize,
    },
    /// Names from least to most; as positions from 0.
    Level {
        scale: String,
        names: Vec<String>,
    },
    /// As codes from 0 in this order.
    Category {
        names: Vec<String>,
    },
}

impl InputKind {
    /// Is it an indicator? Else it says of one where it applies or was verified, or is a key.
    #[must_use]
    pub fn is_indicator(&self) -> bool {
        match self {
            Self::Number | Self::Truth | Self::Level { .. } | Self::Category { .. } => true,
            Self::Verification { .. }
            | Self::Applies { .. }
            | Self::Age { .. }
            | Self::Key { .. } => false,
        }
    }

    /// Is it read from a column of its own? Else it follows from others.
    #[must_use]
    pub fn has_column(&self) -> bool {
        self.is_indicator() || matches!(self, Self::Verification { .. })
    }
}

/// What happens to a value outside the declared range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum OnViolation {
    Reject,
    #[default]
    Missing,
    Clamp,
}

/// What a test gives, and what readers of data put, for a cell that says that there is no such value. No number
/// that data give is infinite.
pub const INAPPLICABLE: f64 = f64::INFINITY;

/// A column that the Plan reads.
#[derive(Clone, Debug, PartialEq)]
pub struct InputInfo {
    /// The indicator's name.
    pub name: String,
    pub label: String,
    /// `column "…"`, where declared; else the name itself.
    pub column: Option<String>,
    pub kind: InputKind,
    /// As people read it: `deaths`, `deaths / people`; empty for a plain number.
    pub unit: String,
    /// The declared plausible range; infinite ends are open. `high_excluded` for `0..<1`.
    pub low: f64,
    pub high: f64,
    pub high_excluded: bool,
    pub on_violation: OnViolation,
    /// The column may be absent from the data; it is then missing throughout.
    pub optional: bool,
    /// What an absent cell stands for (`missing means 0 deaths`). Only a cell that is empty or a
    /// declared word for missing: a value out of range, an unreadable cell and an absent column say
    /// nothing of that kind and stay missing.
    pub missing_means: Option<f64>,
    /// For how many periods after it a value stands for absent cells (`carry forward at most …`, else
    /// `expires after …`).
    pub carry_forward: Option<u32>,
    /// After how many periods an observation is out of date (`expires after …`). Absent cells later than
    /// that are missing for that cause.
    pub expires: Option<u32>,
    /// The words of cells that say that there is no such value (`applies unless written "n/a"`).
    pub inapplicable: Vec<String>,
    /// What a change of it costs (`changeable cost 3`); `None` where it cannot be changed.
    pub changeable: Option<f64>,
    /// Where it is declared.
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeclarationKind {
    Indicator,
    Let,
    Score,
    Signal,
    Factor,
    Level,
    Table,
    Alert,
    /// A truth that begins and ends, told beside alerts.
    Notice,
}

impl DeclarationKind {
    /// In people's words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::Let => "let",
            Self::Score => "score",
            Self::Signal => "signal",
            Self::Factor => "factor",
            Self::Level => "level",
            Self::Alert => "alert",
            Self::Notice => "notice",
            Self::Table => "table",
        }
    }
}

/// An alert, for its events and for explanations.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertInfo {
    pub name: String,
    pub label: String,
    pub rule: AlertRule,
    /// A notice: its value is a truth, it begins and ends.
    pub notice: bool,
    /// The words of each condition as written, by its number (see [`AlertRule`]); empty for a
    /// bypass that there is not.
    pub clauses: Vec<String>,
    /// The conditions packed into one number.
    pub conditions: NodeId,
    /// The conditions by themselves, by their number; none where they are not told.
    pub parts: Vec<ConditionPart>,
    /// By condition: how many periods before its own may decide where it is unknown;
    /// [`WHOLE`](crate::along::WHOLE) for all that ever were.
    pub reach: Vec<u32>,
    /// How many periods before its own the alert looks at, by stated numbers of periods.
    pub looks_back: u32,
    pub span: Span,
}

impl AlertInfo {
    /// Does it rest on everything that ever was?
    #[must_use]
    pub fn is_of_everything(&self) -> bool {
        self.reach.contains(&crate::along::WHOLE)
    }
}

/// A condition of an alert.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionPart {
    /// `None` where there is no such clause: a bypass, or what says when an alert clears.
    pub outline: Option<OutlineId>,
    /// The condition's own words: `overall >= high`.
    pub words: Words,
    /// It must hold for so many periods, the row's own the last.
    pub lasting: u32,
}

/// A declaration with a value, for tables and explanations.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    pub name: String,
    pub label: String,
    pub kind: DeclarationKind,
    pub value: Value,
    pub span: Span,
    pub cites: Vec<String>,
    pub grounds: Grounds,
    /// How the publication that it comes from numbers it: `7.1`.
    pub code: Option<String>,
    pub provenance: Option<Provenance>,
    /// What it is, where that is an expression.
    pub outline: Option<OutlineId>,
    /// Where what is confirmed was seen.
    pub seen: Option<String>,
    pub factor: Option<FactorParts>,
    pub clauses: Vec<ClausePart>,
    pub bands: Option<BandParts>,
    pub table: Option<TableParts>,
    /// Where it is not there in every row: a truth that is never unknown, and of an indicator the
    /// condition of its own that says so.
    pub applies: Option<(NodeId, Option<OutlineId>)>,
    /// It is not declared itself: `verified(overall)`, what `overall` would be by verified evidence
    /// alone; and of an indicator whether its observation was.
    pub verified: Option<super::outline::Reading>,
}

impl Declaration {
    /// The name that is declared: of `verified(overall)` it is `overall`.
    #[must_use]
    pub fn declared_name(&self) -> &str {
        let inner = self.name.strip_prefix("verified(");
        inner
            .and_then(|name| name.strip_suffix(')'))
            .filter(|_| self.verified.is_some())
            .map_or(self.name.as_str(), |name| {
                // `verified(overall, unverified as: …)`
                name.split_once(", unverified as")
                    .map_or(name, |(name, _)| name)
            })
    }
}

/// How sure it is that the publication says so, and numbers it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provenance {
    /// Compared with the publication.
    Confirmed,
    /// Some of its subject was.
    ConfirmedInPart,
    /// From memory: to be compared before it is relied on.
    Recalled,
}

impl Provenance {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::ConfirmedInPart => "confirmed in part",
            Self::Recalled => "recalled",
        }
    }
}

/// Where a declaration comes from, and why it is as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// The label of an indicator's source.
    pub source: Option<String>,
    /// The reason that the declaration gives.
    pub because: Option<String>,
    /// What extending frameworks changed, in order.
    pub changes: Vec<ChangeNote>,
}

/// One change of a declaration by an extending framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeNote {
    /// The framework that makes it: `West African adaptation 0.3.0`.
    pub by: String,
    /// `override weight`, `replace signal`
    pub what: String,
    /// `armed_conflict.at_war`
    pub target: String,
    pub because: String,
}

/// A constant of the method: no node of its own, but reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamInfo {
    pub name: String,
    pub label: String,
    pub cites: Vec<String>,
    pub grounds: Grounds,
    /// The last period in which it holds without being looked at again, as written and as a number.
    pub review: Option<(String, i64)>,
    /// What it is, or was: several share out the periods.
    pub values: Vec<DatedPart>,
    /// Its value with its unit, as people read it; `None` where it changes with the period or is no
    /// number.
    pub value: Option<String>,
    /// Its value was given from outside, by `--set`, in place of that of the rules.
    pub given: bool,
    pub span: Span,
}

/// A value of a param, and the first and the last period in which it holds; open where `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedPart {
    pub value: Value,
    pub from: Option<i64>,
    pub until: Option<i64>,
}

/// What a factor's value was made of.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorParts {
    /// `weighted mean`
    pub combine: String,
    /// The same with its number, where it has one: `at least 3`.
    pub words: String,
    /// Of a power mean.
    pub power: Option<f64>,
    /// How many there are to be at least, where that changes with the period.
    pub enough: Option<NodeId>,
    /// What a function that combines is made of.
    pub outline: Option<OutlineId>,
    pub members: Vec<MemberPart>,
    /// What its author says that the value is compared as.
    pub evidence: Evidence,
    /// The least and the most that it can be, each unknown member at the end of its range; none where
    /// nobody asks.
    pub bounds: Option<(NodeId, NodeId)>,
    /// The value before decisive signs, where there are any.
    pub before_decisive: Option<NodeId>,
    /// Known weight over total weight, 0 to 1.
    pub coverage: NodeId,
    /// How many members are known.
    pub known: NodeId,
    /// The least coverage (0 to 1) or number of known members.
    pub least_coverage: Option<f64>,
    pub least_known: Option<u32>,
}

/// What a factor's value is compared as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// Its author says nothing: an estimate, where not all members are asked for.
    #[default]
    Unsaid,
    /// What the known members come to.
    Estimate,
    /// An interval.
    Bounds,
}

impl Evidence {
    /// As rules write it.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Unsaid => None,
            Self::Estimate => Some("estimate"),
            Self::Bounds => Some("bounds"),
        }
    }
}

/// What a factor is at least where a member is present.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecisivePart {
    pub least: NodeId,
    /// A truth: is the member present?
    pub present: NodeId,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MemberPart {
    pub name: String,
    pub of: Reference,
    /// NaN where it depends on the period.
    pub weight: f64,
    pub weight_node: NodeId,
    /// The weight as written.
    pub weight_outline: Option<OutlineId>,
    /// The member as a number: a truth as 1 or 0, an assessment as 0, 0.5 or 1.
    pub node: NodeId,
    pub decisive: Option<DecisivePart>,
}

/// One clause of a level: its place on the scale and its condition.
#[derive(Clone, Debug, PartialEq)]
pub struct ClausePart {
    pub position: u32,
    /// `None` for `otherwise`.
    pub condition: Option<NodeId>,
    pub outline: Option<OutlineId>,
    /// The whole clause: `high when x >= 3`.
    pub words: Words,
    pub span: Span,
}

/// A level over a score.
#[derive(Clone, Debug, PartialEq)]
pub struct BandParts {
    pub score: NodeId,
    /// The score's words.
    pub outline: Option<OutlineId>,
    /// From the lowest score to the highest.
    pub bands: Vec<BandPart>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BandPart {
    /// On the scale.
    pub position: u32,
    /// Where it begins; `None` for the lowest, and where nothing is said.
    pub low: Option<NodeId>,
}

/// How a result column is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputKind {
    Number,
    /// The node is a truth; columns hold 1, 0 and missing. Written `yes`, `no`, `unknown`.
    Truth,
    /// Positions from 0; written as the name, empty while undetermined.
    Level {
        names: Vec<String>,
        labels: Vec<String>,
    },
    Category {
        names: Vec<String>,
        labels: Vec<String>,
    },
    /// A period's number, written as the period; empty where missing.
    Period(PeriodKind),
}

/// One column of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// `overall`, `overall.at_least`, `armed_conflict.coverage`
    pub column: String,
    /// The declaration it belongs to.
    pub declaration: String,
    pub label: String,
    /// As people read it; empty for none.
    pub unit: String,
    pub kind: OutputKind,
    pub node: NodeId,
}

impl Plan {
    /// The declaration that a term names.
    #[must_use]
    pub fn referred(&self, to: &Reference) -> Option<&Declaration> {
        let declared = || self.declarations.iter();
        let verified = to.verified.and_then(|reading| {
            declared().find(|one| one.verified == Some(reading) && one.declared_name() == to.name)
        });
        let plain = || declared().find(|one| one.name == to.name);
        verified.or_else(plain)
    }
}
