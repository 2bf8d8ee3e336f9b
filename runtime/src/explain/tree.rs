//! What an explanation is made of, for renderers: data, and no words but the source's own.

use forewarn_plan::alerts::{AlertEvent, Answer};
use forewarn_plan::classification::Classification;
use forewarn_plan::digits::is_same;
use forewarn_plan::outline::{PeerPart, Tally as Asked};
use forewarn_plan::{
    DeclarationKind, Evidence, Grounds, OnViolation, ParamInfo, PeriodKind, Provenance, RowState,
};

use crate::period::Period;

/// A value as it is to be shown.
#[derive(Clone, Debug)]
pub enum Shown {
    /// NaN is missing.
    Number { value: f64, unit: String },
    /// `None` is unknown.
    Truth(Option<bool>),
    /// Positions on a scale, from 0; undetermined where they differ.
    Level {
        names: Vec<String>,
        at_least: usize,
        at_most: usize,
    },
    /// A count of truths; undetermined where the ends differ.
    Count { at_least: f64, at_most: f64 },
    /// A number that may be known only between bounds. NaN is missing: a bound of which nothing is known.
    Between {
        value: f64,
        at_least: f64,
        at_most: f64,
        unit: String,
    },
    /// `None` is missing.
    Category(Option<String>),
    /// The audience may not see it. It is neither known nor missing: nothing is said.
    Withheld(Classification),
}

/// As people are told them: what is missing twice is the same.
impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        let alike = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        match (self, other) {
            (
                Self::Number { value, unit },
                Self::Number {
                    value: number,
                    unit: other,
                },
            ) => alike(*value, *number) && unit == other,
            (Self::Truth(a), Self::Truth(b)) => a == b,
            (
                Self::Level {
                    names,
                    at_least,
                    at_most,
                },
                Self::Level {
                    names: others,
                    at_least: least,
                    at_most: most,
                },
            ) => (at_least, at_most) == (least, most) && names == others,
            (
                Self::Count { at_least, at_most },
                Self::Count {
                    at_least: least,
                    at_most: most,
                },
            ) => alike(*at_least, *least) && alike(*at_most, *most),
            (
                Self::Between {
                    value,
                    at_least,
                    at_most,
                    unit,
                },
                Self::Between {
                    value: number,
                    at_least: least,
                    at_most: most,
                    unit: other,
                },
            ) => {
                let ends = alike(*at_least, *least) && alike(*at_most, *most);
                alike(*value, *number) && ends && unit == other
            }
            (Self::Category(a), Self::Category(b)) => a == b,
            (Self::Withheld(a), Self::Withheld(b)) => a == b,
            (
                Self::Number { .. }
                | Self::Truth(_)
                | Self::Level { .. }
                | Self::Count { .. }
                | Self::Between { .. }
                | Self::Category(_)
                | Self::Withheld(_),
                _,
            ) => false,
        }
    }
}

impl Shown {
    /// The same with nothing known of it.
    #[must_use]
    pub fn opened(self) -> Self {
        match self {
            Self::Number { unit, .. } => Self::Number {
                value: f64::NAN,
                unit,
            },
            Self::Truth(_) => Self::Truth(None),
            Self::Level { names, .. } => Self::Level {
                at_least: 0,
                at_most: names.len().saturating_sub(1),
                names,
            },
            Self::Count { .. } => Self::Count {
                at_least: f64::NAN,
                at_most: f64::NAN,
            },
            Self::Between { unit, .. } => Self::Between {
                value: f64::NAN,
                at_least: f64::NAN,
                at_most: f64::NAN,
                unit,
            },
            Self::Category(_) => Self::Category(None),
            Self::Withheld(how) => Self::Withheld(how),
        }
    }

    /// A missing number or category, an unknown truth, an undetermined level or count.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self {
            Self::Number { value, .. } | Self::Between { value, .. } => value.is_nan(),
            Self::Truth(truth) => truth.is_none(),
            Self::Level {
                at_least, at_most, ..
            } => at_least != at_most,
            Self::Count { at_least, at_most } => at_least != at_most,
            Self::Category(name) => name.is_none(),
            Self::Withheld(_) => false,
        }
    }
}

/// One value and how it came about. The reasons below it are those that its own story does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Of a declared value: its name, kind, label and citations.
    pub name: Option<String>,
    pub kind: Option<DeclarationKind>,
    pub label: String,
    pub cites: Vec<String>,
    /// Its source, its reason, and what extending frameworks changed.
    pub grounds: Grounds,
    /// The constants that its terms name and that have something to say for themselves.
    pub params: Vec<ParamTold>,
    /// How the publication that it comes from numbers it, and how sure that is.
    pub code: Option<String>,
    pub provenance: Option<Provenance>,
    /// Where what is confirmed was seen.
    pub seen: Option<String>,
    /// What its author wrote that it is, on one line: of a declared value what stands behind its name.
    pub text: String,
    pub value: Shown,
    /// Why it is missing, unknown or undetermined.
    pub cause: Option<Cause>,
    /// The reason for which it is more open than what it rests on.
    pub declassified: Option<String>,
    pub how: How,
    pub because: Vec<Reason>,
    /// It is explained further up.
    pub above: bool,
}

/// A constant of the method, as it holds in the row's period.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamTold {
    pub info: ParamInfo,
    pub value: Shown,
    /// The first and the last period of that value, where several share out the periods.
    pub from: Option<Period>,
    pub until: Option<Period>,
}

/// How a value came about.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    Observation(Box<Observation>),
    Constant,
    /// From the reasons below it, as its words say.
    Calculation,
    /// The highest or the lowest of several levels: the names of those that it is.
    Extreme(Vec<String>),
    Comparison(Box<Comparison>),
    All,
    Any,
    Not,
    /// A question to several things.
    Tally(Box<Tally>),
    /// Of a function of the rules: the last reason below is what the function is made of, the others are
    /// its arguments'. Of the standard library only the arguments are told.
    Call {
        function: String,
        told: bool,
    },
    Window(Box<Window>),
    Peers(Box<Peers>),
    Factor(Box<Factor>),
    Clauses(Vec<Clause>),
    Bands(Bands),
    /// The rows of a decision table.
    Table(Vec<TableRow>),
    Alert(Box<Alert>),
    /// Not told: the audience may see the value, but not all of what it rests on.
    Declassified,
    /// Not told, and the value neither. What is below it is what the rules say that it rests on.
    Withheld,
}

/// A cell that says that there is no such value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidSo {
    /// How many periods before the row's own it is; 0 for its own.
    pub age: u32,
    /// Its period.
    pub observed: Option<Period>,
}

/// An indicator's cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The data's column, as the rules name it.
    pub column: String,
    /// The declared range; infinite ends are open.
    pub low: f64,
    pub high: f64,
    /// An earlier value stands in for an absent cell: how many periods old it is.
    pub carried: Option<u32>,
    /// The period of that value.
    pub carried_from: Option<Period>,
    /// What stands behind the value in the file, or behind the word for a missing one.
    pub flag: Option<String>,
    /// What an absent cell stands for, where the rules say so: the cell may have been absent.
    pub missing_means: Option<Shown>,
    /// It is known that nothing was said, and that the value is that one.
    pub made: bool,
    /// Was it verified? `None` where it is missing or nothing can say so.
    pub verified: Option<bool>,
    /// It is told as it counts where only verified evidence does: not verified, it reads as the least
    /// alarming value.
    pub counts_verified_only: bool,
}

/// Two sides of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub left: Side,
    /// `<`, `<=`, `>`, `>=`, `is`
    pub operator: &'static str,
    pub right: Side,
    /// The two are equal to 14 digits although not the same double: that decided.
    pub by_digits: bool,
}

impl Comparison {
    #[must_use]
    pub fn of(left: Side, operator: &'static str, right: Side) -> Self {
        let by_digits = match (&left.compared, &right.compared) {
            (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => {
                a != b && is_same(*a, *b)
            }
            _ => false,
        };
        Self {
            left,
            operator,
            right,
            by_digits,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Its name, where it is declared; else its words; empty where these are the value itself.
    pub text: String,
    /// Of what it names.
    pub label: String,
    /// It is a cell of the data: where that is missing, nothing is known of it.
    pub observed: bool,
    /// In its own unit.
    pub value: Shown,
    /// In the unit in which the two sides are compared.
    pub compared: Shown,
}

/// Several things that are asked the same, or each its own question.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    pub what: Asked,
    /// The words of what is asked: `factors >= 0.7`.
    pub text: String,
    pub items: Vec<TallyItem>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TallyItem {
    /// Its name, where it is declared; else its words.
    pub name: String,
    pub label: String,
    /// What was compared, where each is.
    pub value: Option<Shown>,
    pub answer: Option<bool>,
}

/// What was looked back on.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// `sum`, `lag`, …
    pub what: &'static str,
    /// How many periods it spans, this one included; `None` for all so far. For a lag, how many
    /// periods back.
    pub over: Option<u32>,
    /// The words of the event that it begins with.
    pub since: Option<String>,
    /// The whole spell that it is.
    pub within: Option<Within>,
    /// How many must be known; `None` where nothing is required.
    pub require: Option<u32>,
    /// Of the periods that it reads.
    pub known: u32,
    /// How many of its periods lie before the entity's first one.
    pub before_start: u32,
    /// The first and the last of the periods that it reads and that the entity has.
    pub span: Option<(Period, Period)>,
    /// The periods and what is known of them, oldest first; at most the last [`MOST_CELLS`].
    pub cells: Vec<(Period, f64)>,
    /// How many earlier ones are not among the cells.
    pub cut: usize,
    /// Of truths: how many are yes, no and unknown, those before the start left out.
    pub answers: Option<[u32; 3]>,
    /// Of numbers: the unit of what was looked back on.
    pub unit: String,
    /// Of levels and categories: the names that its cells are places among.
    pub names: Vec<String>,
    /// Where the value that decides lies: the highest, the lowest, the last yes; of its own past the last known one,
    /// where it goes on with that.
    pub lies: Option<(Period, f64)>,
    /// Its own past begins anew, since nothing is known of the period that it reads.
    pub anew: bool,
    /// What is crossed.
    pub threshold: Option<Side>,
}

/// A whole spell, later periods included.
#[derive(Clone, Debug, PartialEq)]
pub struct Within {
    /// The words of what it is a spell of.
    pub of: String,
    /// The data do not see it ended.
    pub is_open: bool,
}

/// Why a row has no whole spell.
#[derive(Clone, Debug, PartialEq)]
pub enum NoSpell {
    /// It lies in none.
    Outside,
    /// Nobody knows whether it lies in one, or when that began.
    Start,
    /// It began before the data.
    Before(Period),
    /// Nobody knows whether it went on in this period.
    End(Period),
}

/// The most cells of a window that are told.
pub const MOST_CELLS: usize = 60;

/// What was compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Peers {
    /// `mean`, `rank`, …
    pub what: &'static str,
    /// The own value, missing where it is open; of a truth or a level as the function reads it.
    pub own: f64,
    /// The own truth or level.
    pub own_word: Option<Shown>,
    pub unit: String,
    /// Nobody knows its group, so that it has no peers.
    pub groupless: bool,
    /// The group, where peers are those of a group.
    pub group: Option<String>,
    /// The periods that it is taken from, where they are not the row's own.
    pub baseline: Option<(Period, Period)>,
    /// What it is compared with are goalposts of an earlier run, which the parts tell, and not the peers of these data.
    pub given: bool,
    /// How many peers are known, itself among them if it is.
    pub known: usize,
    /// Of the own value among them, 1 for the highest; `None` where it is missing.
    pub rank: Option<usize>,
    pub lowest: f64,
    pub highest: f64,
    /// What the function made of the peers: their least and greatest value, their mean.
    pub parts: Vec<(PeerPart, f64)>,
}

impl Peers {
    /// The own level, where levels were compared.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        let Some(Shown::Level {
            names, at_least, ..
        }) = self.own_word.as_ref().filter(|word| !word.is_open())
        else {
            return None;
        };
        names.get(*at_least).map(String::as_str)
    }
}

/// A factor's members.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// `weighted mean`
    pub combine: String,
    pub members: Vec<Member>,
    /// To what the members' contributions add up.
    pub adds_to: AddsTo,
    /// Known weight over total weight, 0 to 1.
    pub coverage: f64,
    pub known: f64,
    pub least_coverage: Option<f64>,
    pub least_known: Option<u32>,
    /// What its author says that the value is compared as.
    pub evidence: Evidence,
    /// The least and the most that it can be, where that is worked out.
    pub bounds: Option<(f64, f64)>,
    /// Signs that decide alone.
    pub decisive: Vec<Decisive>,
    /// The value before they did.
    pub before_decisive: Option<f64>,
}

/// What a factor is at least where a member is present.
#[derive(Clone, Debug, PartialEq)]
pub struct Decisive {
    pub name: String,
    pub least: f64,
    pub present: Option<bool>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub name: String,
    /// As it holds in the row's period.
    pub weight: f64,
    /// Its weight among the known members' (by size), 0 to 1; NaN for a missing one or where weights
    /// say nothing.
    pub share: f64,
    /// As a number: a truth as 1 or 0, an assessment as 0, 0.5 or 1; NaN where it is missing.
    pub value: f64,
    /// NaN for a missing one.
    pub contribution: f64,
}

/// What contributions mean, by the way of combining. `x` are the known members, `s` their shares,
/// `w` their weights, `V` the factor's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AddsTo {
    /// Means and sums: `s x`, `w x`. They add up to `V`.
    Value,
    /// The geometric mean: `s ln x`, which add up to `ln V`.
    Logarithm,
    /// The harmonic mean: `s / x`, which add up to `1 / V`.
    Reciprocal,
    /// A power mean: `s x^p`, which add up to `V^p`.
    Power(f64),
    /// The noisy or: `-ln(1 - w x)`, which add up to `-ln(1 - V)`.
    Complement,
    /// `max`, `min`, `median`: all of `V` for the member that it is taken from, halves for two.
    Decides,
    /// `at least K`: 1 for each yes. They add up to the number of yes, which is compared with K.
    Yes,
    /// A function: `V` less what it would be with the member missing, NaN where it would be missing.
    /// They need not add up.
    LeaveOneOut,
}

/// A clause of a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The place on the scale that it leads to.
    pub position: usize,
    pub place: String,
    /// The clause as written: `high when x >= 3`; empty for `otherwise`.
    pub text: String,
    /// Its condition's own words: `x >= 3`.
    pub condition: String,
    pub answer: Answer,
    /// It is the first that is certainly yes.
    pub decides: bool,
    /// The failed comparison that is nearest to its threshold.
    pub nearest: Option<Miss>,
}

/// A comparison that failed, and by how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Miss {
    pub comparison: Comparison,
    /// The distance of the two sides.
    pub by: f64,
}

/// A level over a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    pub score: f64,
    /// The same as it is told: a count or what is made of bounds may lie between two numbers.
    pub of: Shown,
    /// From the lowest to the highest: where each begins (minus infinity for the first) and its place
    /// on the scale.
    pub bands: Vec<(f64, usize)>,
    /// Index of the score's band; `None` where it is missing.
    pub own: Option<usize>,
}

impl Bands {
    /// Is the score equal to where its band begins to 14 digits, although not the same double?
    #[must_use]
    pub fn is_by_digits(&self) -> bool {
        let low = self.own.and_then(|own| self.bands.get(own));
        low.is_some_and(|(low, _)| *low != self.score && is_same(*low, self.score))
    }
}

/// A row of a decision table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Its cells, as written.
    pub text: String,
    pub says: Shown,
    pub standing: RowState,
}

/// An alert's state.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// It is a notice: 0 no and 1 yes, it begins and ends.
    pub notice: bool,
    /// 0 quiet, 1 raised, 2 and above escalated; none where it may stand at one or another.
    pub tier: Option<u32>,
    /// The lowest and the highest tier at which it may stand.
    pub between: (u32, u32),
    pub since: Option<Period>,
    /// The clause that put it where it stands, or that is kept back.
    pub clause: Option<String>,
    pub event: Option<AlertEvent>,
    /// The period of the notice that keeps one back.
    pub kept_back_by: Option<Period>,
    /// An unknown condition alone kept it from changing.
    pub held: bool,
    /// Its conditions: raise, escalations, clear, bypass. Those with words of their own have their reasons
    /// below, in this order.
    pub conditions: Vec<AlertCondition>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AlertCondition {
    /// `raise`, `escalate`, `clear`, `lower`, `bypass`; `notice`
    pub role: &'static str,
    /// The condition's words: `overall >= high`.
    pub text: String,
    /// For how many periods it must hold.
    pub lasting: u32,
    /// Those of the panel.
    pub kind: Option<PeriodKind>,
    pub answer: Answer,
    /// The answer is one as far as the data go: what lies before them could make it another.
    pub open: bool,
    /// The tier that it asks for.
    pub tier: Option<u32>,
    /// Its reason stands below.
    pub told: bool,
}

/// Why a value is missing, unknown or undetermined.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// No cell of the data says anything.
    Absent,
    /// The cell says that it is not known.
    SaidUnknown,
    /// The cell says nothing that is taken: absent, or one of so many in its column that are out of
    /// range or cannot be read.
    AbsentOrRefused { out_of_range: u64, unreadable: u64 },
    /// The cell's value is outside the declared range.
    OutOfRange { value: f64, policy: OnViolation },
    /// Observations were not verified, and verified evidence alone counts.
    NotVerified(Vec<Unverified>),
    /// There is no such value here: by an indicator's own condition, since its cell says so, or since what it
    /// is made of is not there.
    NotApplicable {
        condition: Option<String>,
        said: Option<SaidSo>,
    },
    /// The last observation is out of date.
    Expired {
        observed: Option<Period>,
        /// How many periods ago it was.
        age: u32,
        /// For how many it holds.
        after: u32,
    },
    /// No data has a row for this period.
    Gap,
    /// A value of a period that another value names, of which there is no row so far.
    NoRow { period: Period },
    /// What is to name a period names none: its parts, each with its words and its number.
    NoPeriod { parts: Vec<(String, f64)> },
    /// All that is looked back on lies before the entity's first period.
    BeforeStart,
    /// Fewer periods are known than required.
    TooFewPeriods { known: u32, required: u32 },
    /// Some of the periods that it reads are unknown, or lie before the entity's first one.
    Periods { unknown: u32, before_start: u32 },
    /// Nobody knows where its window begins: the event was never yes in the data, or was unknown in a later
    /// period than it last was, the one that is named.
    NoStart {
        event: String,
        unknown: Option<Period>,
    },
    /// There is no whole spell of what is named.
    Spell { of: String, why: NoSpell },
    /// Fewer members are known than required, or less of their weight.
    Coverage,
    /// No peers, or none that is known.
    NoPeers,
    /// So many peers do not say what all of them are asked.
    OpenPeers { unknown: u32 },
    /// An operation is without a result.
    Fault { text: String, declaration: String },
    /// What stands before it decides, so that nobody asks for it.
    NotAsked,
    /// Nothing is missing that it is made of: its words say that it is missing here.
    Stated,
    /// What it is made of is missing, by name or by words.
    Missing(Vec<String>),
}

/// An observation that was not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct Unverified {
    pub indicator: String,
    /// The data's column that would say that it was.
    pub column: String,
    /// None where the panel is one series.
    pub entity: Option<String>,
    pub period: Option<Period>,
}

/// Everything that is told of one entity and period.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// As people read it; see [`crate::panel::SERIES`] for the one of a series.
    pub entity: String,
    /// The panel is one series, and periods alone tell rows apart.
    pub series: bool,
    pub period: Option<Period>,
    pub results: Vec<Finding>,
}

impl Explanation {
    /// The row as people read it: `AVA, 2024-05`, without its period `AVA`; of a series the period alone.
    #[must_use]
    pub fn key(&self, with_period: bool) -> String {
        match self.period {
            Some(period) if self.series => period.to_string(),
            Some(period) if with_period => format!("{}, {period}", self.entity),
            Some(_) | None => self.entity.clone(),
        }
    }
}

/// One result.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub reason: Reason,
    /// For an undetermined one.
    pub settle: Option<Settle>,
    /// For a level or a truth.
    pub change: Option<Counterfactual>,
    /// Where the entity has an earlier period.
    pub since: Option<Since>,
    /// Of a level, where they were asked for.
    pub options: Option<Options>,
}

/// What would bring a level one step down.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The place that it would come to, or below; `None` where it is the lowest already.
    pub goal: Option<String>,
    /// The cheapest first, the smallest first of those that cost the same.
    pub sets: Vec<Remedy>,
    /// How many indicators that it rests on can be changed.
    pub tried: usize,
    /// Those that could be, and are missing.
    pub missing: Vec<String>,
    /// Those whose values other rows rest on, which would change too.
    pub untried: Untried,
    /// All sets of up to three were tried.
    pub proved: bool,
}

/// Inputs that are not tried: what would become of other rows is not worked out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Untried {
    /// They are compared with peers.
    pub peers: Vec<String>,
    /// They are looked at in whole spells, later periods included.
    pub spells: Vec<String>,
}

impl Untried {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.peers.is_empty() && self.spells.is_empty()
    }

    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.peers.iter().chain(&self.spells)
    }

    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.all().any(|own| own == name)
    }
}

/// Changes that are all needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    pub moves: Vec<Move>,
    pub becomes: Shown,
    /// What they cost together.
    pub cost: f64,
    /// The sum of the changes, each as a share of its range.
    pub size: f64,
}

/// What would settle a result that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Settle {
    /// Missing inputs, those that exclude most first; inputs that can exclude nothing alone are left
    /// out.
    pub inputs: Vec<Settling>,
    /// Missing inputs that it rests on, in the order of the Plan.
    pub missing: Vec<String>,
    /// Those among them that are not tried.
    pub untried: Untried,
    /// What else can leave it open.
    pub rests: Rests,
}

/// What a result rests on besides the values of its own period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rests {
    /// Peers of its period.
    pub peers: bool,
    /// Whole spells, later periods included.
    pub spells: bool,
    /// Earlier periods.
    pub earlier: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Settling {
    pub input: String,
    pub label: String,
    /// Whether it would be verified, where that makes a difference; `None` where it makes none, and where the row
    /// says so already.
    pub verified: Option<bool>,
    /// What the result would be for each value tried.
    pub outcomes: Vec<(Shown, Shown)>,
    /// How many possible values the most telling outcome excludes, and all of them together.
    pub excludes: usize,
    pub excludes_in_all: usize,
}

/// What would change a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactual {
    /// The smallest change of one input, the smallest first.
    pub one: Vec<Flip>,
    /// Of two inputs at once, where that is smaller than either alone.
    pub two: Vec<Flip>,
    /// Inputs that were not varied.
    pub untried: Untried,
}

impl Counterfactual {
    /// Nothing would, and nothing was left untried.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.one.is_empty() && self.two.is_empty() && self.untried.is_empty()
    }
}

/// Inputs that change, and what the result becomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    pub moves: Vec<Move>,
    pub becomes: Shown,
    /// The sum of the changes, each as a share of its range.
    pub size: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    pub input: String,
    pub label: String,
    pub from: Shown,
    /// The first value, seen from the present one, at which the result changes; where that has many
    /// digits, the shortest decimal hardly further away.
    pub to: Shown,
    /// The last value at which it does not change, where that is the rounder one: the result changes
    /// as soon as it is passed.
    pub beyond: Option<Shown>,
}

/// Where a number has to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edge {
    /// There the result is another.
    To(f64),
    /// There it is not yet another.
    Beyond(f64),
}

impl Edge {
    /// To be written with all its digits: rounded, it may not be what it says.
    #[must_use]
    pub fn number(self) -> f64 {
        match self {
            Self::To(x) | Self::Beyond(x) => x,
        }
    }
}

impl Move {
    /// Does a number have to become larger? What it has to go beyond may be what it is now.
    #[must_use]
    pub fn goes_up(&self) -> bool {
        match (&self.from, &self.to) {
            (Shown::Number { value: from, .. }, Shown::Number { value: to, .. }) => to > from,
            _ => false,
        }
    }

    /// What is told of where a number has to go.
    #[must_use]
    pub fn edge(&self) -> Option<Edge> {
        let number = |shown: &Shown| match shown {
            Shown::Number { value, .. } => Some(*value),
            Shown::Truth(_)
            | Shown::Level { .. }
            | Shown::Count { .. }
            | Shown::Between { .. }
            | Shown::Category(_)
            | Shown::Withheld(_) => None,
        };
        let beyond = self.beyond.as_ref().and_then(number).map(Edge::Beyond);
        beyond.or_else(|| number(&self.to).map(Edge::To))
    }
}

/// What changed since the last period.
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    pub period: Period,
    pub before: Shown,
    pub now: Shown,
    /// Inputs take their new values one after the other, in the order of the Plan; the result before
    /// and after each. The first begins with `before`, each begins where the one before ends, and
    /// the last ends with `now`.
    pub steps: Vec<SinceStep>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SinceStep {
    pub what: Moved,
    /// What had taken its new value before, and without which this step would not have done what it did.
    pub with: Vec<Moved>,
    /// Of these one had to, whichever.
    pub with_one_of: Vec<Moved>,
    pub before: Shown,
    pub after: Shown,
}

/// What took its new value.
#[derive(Clone, Debug, PartialEq)]
pub enum Moved {
    Input {
        name: String,
        label: String,
        from: Shown,
        to: Shown,
    },
    /// An input whose present value has no part in it: what it was in earlier periods has.
    Earlier { name: String, label: String },
    /// What a value was in an earlier period, as the rules read it there: of its own past, whatever that was made of.
    Past {
        name: String,
        label: String,
        from: Shown,
        to: Shown,
    },
    /// Comparisons with peers. What was compared of the row's own is among them, where that changed.
    Peers { own: Vec<Moved> },
    /// What whole spells hold, later periods among it.
    Spells,
    /// All inputs that are looked back on, together.
    History,
    /// Constants of the method whose value changes with the period, one at least.
    Params(Vec<ParamMoved>),
    /// The passing of a period alone.
    Time,
}

/// A constant that had another value, in the period before or in earlier ones that are looked back on.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamMoved {
    pub name: String,
    pub label: String,
    /// In the period before, and in this one: the same where it changed in earlier ones.
    pub from: Shown,
    pub to: Shown,
}
