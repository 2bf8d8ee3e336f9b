//! How a value came about.

use forewarn_plan::RowState;
use forewarn_plan::outline::{PeerPart, Tally as Asked};
use forewarn_runtime::explain as told;
use forewarn_runtime::period::Period;
use serde::{Serialize, Serializer};

use super::value::{Shown, answer, number};

/// The word for how a value came about, and what there is to say of it under that word.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "how", rename_all = "lowercase")]
pub enum Story<'t> {
    Constant,
    Calculation {
        /// Of the highest or the lowest of several levels: those that it is.
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        decided_by: &'t [String],
    },
    All,
    Any,
    Not,
    Declassified,
    Withheld,
    Call {
        call: Call<'t>,
    },
    Tally {
        tally: Tally<'t>,
    },
    Comparison {
        comparison: Box<Comparison<'t>>,
    },
    Observation {
        observation: Observation<'t>,
    },
    Window {
        window: Box<Window<'t>>,
    },
    Peers {
        peers: Box<Peers<'t>>,
    },
    Factor {
        factor: Box<Factor<'t>>,
    },
    Clauses {
        clauses: Vec<Clause<'t>>,
    },
    Bands {
        bands: Bands,
    },
    Table {
        table: Vec<Row<'t>>,
    },
    Alert {
        alert: Box<Alert<'t>>,
    },
}

/// Of a function of the rules.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Call<'t> {
    function: &'t str,
    /// The last reason below is what the function is made of, the others are its arguments'.
    inside: bool,
}

/// A question to several things.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tally<'t> {
    what: &'static str,
    text: &'t str,
    items: Vec<Item<'t>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Item<'t> {
    name: &'t str,
    /// What was compared.
    value: Option<Shown<'t>>,
    answer: Option<bool>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comparison<'t> {
    left: Side<'t>,
    operator: &'static str,
    right: Side<'t>,
    /// That decided, and the two are not the same double.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    equal_to_14_digits: bool,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Side<'t> {
    /// Empty where it would be the value itself.
    text: &'t str,
    /// In its own unit.
    value: Shown<'t>,
    /// In the unit in which the two sides are compared, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<Shown<'t>>,
}

/// What an absent cell stands for.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Means<'t> {
    Number(f64),
    Truth(bool),
    Word(&'t str),
}

impl<'t> Means<'t> {
    fn of(shown: &'t told::Shown) -> Option<Self> {
        match shown {
            told::Shown::Number { value, .. } | told::Shown::Between { value, .. } => {
                number(*value).map(Self::Number)
            }
            told::Shown::Count { at_least, .. } => number(*at_least).map(Self::Number),
            told::Shown::Truth(truth) => truth.map(Self::Truth),
            told::Shown::Level {
                names, at_least, ..
            } => names.get(*at_least).map(|name| Self::Word(name)),
            told::Shown::Category(name) => name.as_deref().map(Self::Word),
            told::Shown::Withheld(_) => None,
        }
    }
}

/// An indicator's cell.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Observation<'t> {
    column: &'t str,
    /// The declared range; none is open.
    low: Option<f64>,
    high: Option<f64>,
    carried: bool,
    /// In periods.
    carried_age: Option<u32>,
    carried_from: Option<String>,
    /// What stands behind the value in the file and says how good it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<&'t str>,
    /// A number, or the word for what is none.
    missing_means: Option<Means<'t>>,
    /// Nothing was said, and the value is what that means.
    made: bool,
    /// None where it is missing or nothing can say so.
    verified: Option<bool>,
    counts_verified_only: bool,
}

/// What was looked back on.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Window<'t> {
    what: &'static str,
    /// None is all so far.
    over: Option<u32>,
    /// The event with which it begins.
    since: Option<&'t str>,
    /// What it is a whole spell of, later periods included.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<&'t str>,
    /// Of a whole spell: the data do not see it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<bool>,
    require: Option<u32>,
    known: u32,
    before_start: u32,
    from: Option<String>,
    until: Option<String>,
    /// At most the last 60.
    cells: Vec<Cell>,
    /// How many are not among them.
    cut: usize,
    /// Of truths.
    answers: Option<Answers>,
    /// The highest, the lowest, the last yes.
    lies: Option<Cell>,
    /// What is crossed.
    threshold: Option<Side<'t>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Cell {
    period: String,
    value: Option<f64>,
    /// Of a level or category: the name of the value's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Answers {
    yes: u32,
    no: u32,
    unknown: u32,
}

/// What was compared with.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Peers<'t> {
    what: &'static str,
    own: Option<f64>,
    /// Of levels: the own one.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_level: Option<&'t str>,
    group: Option<&'t str>,
    baseline: Option<[String; 2]>,
    /// The parts are goalposts of an earlier run, and not those of the peers told here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    given: bool,
    known: usize,
    /// From the top.
    rank: Option<usize>,
    lowest: Option<f64>,
    highest: Option<f64>,
    parts: Parts<'t>,
}

/// What the function made of the peers, each number under its word.
struct Parts<'t>(&'t [(PeerPart, f64)]);

#[cfg(test)]
impl schemars::JsonSchema for Parts<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Parts".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <std::collections::BTreeMap<String, Option<f64>>>::json_schema(generator)
    }
}

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = self.0.iter();
        serializer.collect_map(parts.map(|(part, x)| (part_word(*part), number(*x))))
    }
}

fn part_word(part: PeerPart) -> &'static str {
    match part {
        PeerPart::Result => "result",
        PeerPart::Mean => "mean",
        PeerPart::StdDev => "stddev",
        PeerPart::Least => "least",
        PeerPart::Greatest => "greatest",
        PeerPart::Total => "total",
        PeerPart::Rank => "rank",
        PeerPart::Known => "known",
    }
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Factor<'t> {
    evidence: Option<&'static str>,
    /// None where bounds are not worked out.
    at_least: Option<f64>,
    at_most: Option<f64>,
    /// Signs that decide alone.
    decisive: Vec<Decisive<'t>>,
    /// The value before they did.
    before_decisive: Option<f64>,
    combine: &'t str,
    members: Vec<Member<'t>>,
    /// What contributions mean.
    adds_to: &'static str,
    power: Option<f64>,
    coverage: Option<f64>,
    known: Option<f64>,
    least_coverage: Option<f64>,
    least_known: Option<u32>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Decisive<'t> {
    member: &'t str,
    least: Option<f64>,
    present: Option<bool>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Member<'t> {
    name: &'t str,
    weight: Option<f64>,
    share: Option<f64>,
    value: Option<f64>,
    contribution: Option<f64>,
}

/// A clause of a level.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Clause<'t> {
    place: &'t str,
    text: &'t str,
    condition: &'t str,
    answer: &'static str,
    decides: bool,
    /// The failed comparison that is nearest to going the other way.
    nearest: Option<Miss<'t>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Miss<'t> {
    comparison: Comparison<'t>,
    by: Option<f64>,
}

/// A level over a score.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bands {
    score: Option<f64>,
    /// From the lowest.
    bands: Vec<Band>,
    /// The index of the score's own.
    own: Option<usize>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Band {
    from: Option<f64>,
    /// On the scale.
    position: usize,
}

/// A row of a decision table.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Row<'t> {
    text: &'t str,
    says: Shown<'t>,
    standing: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Alert<'t> {
    /// 0 quiet, 1 raised, 2 and above escalated; none where it may be one or another.
    tier: Option<u32>,
    at_least: u32,
    at_most: u32,
    since: Option<String>,
    clause: Option<&'t str>,
    event: Option<&'static str>,
    kept_back_by: Option<String>,
    held: bool,
    conditions: Vec<Condition<'t>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Condition<'t> {
    role: &'static str,
    text: &'t str,
    /// For how many periods it must hold.
    lasting: u32,
    answer: &'static str,
}

impl<'t> Story<'t> {
    pub fn of(how: &'t told::How) -> Self {
        match how {
            told::How::Constant => Self::Constant,
            told::How::Calculation => Self::Calculation { decided_by: &[] },
            told::How::Extreme(names) => Self::Calculation { decided_by: names },
            told::How::All => Self::All,
            told::How::Any => Self::Any,
            told::How::Not => Self::Not,
            told::How::Declassified => Self::Declassified,
            told::How::Withheld => Self::Withheld,
            told::How::Call { function, told } => Self::Call {
                call: Call {
                    function,
                    inside: *told,
                },
            },
            told::How::Tally(tally) => Self::Tally {
                tally: Tally::of(tally),
            },
            told::How::Comparison(sides) => Self::Comparison {
                comparison: Box::new(Comparison::of(sides)),
            },
            told::How::Observation(one) => Self::Observation {
                observation: Observation {
                    column: &one.column,
                    low: number(one.low),
                    high: number(one.high),
                    carried: one.carried.is_some(),
                    carried_age: one.carried,
                    carried_from: one.carried_from.map(usual),
                    flag: one.flag.as_deref(),
                    missing_means: one.missing_means.as_ref().and_then(Means::of),
                    made: one.made,
                    verified: one.verified,
                    counts_verified_only: one.counts_verified_only,
                },
            },
            told::How::Window(window) => Self::Window {
                window: Box::new(Window::of(window)),
            },
            told::How::Peers(peers) => Self::Peers {
                peers: Box::new(Peers::of(peers)),
            },
            told::How::Factor(factor) => Self::Factor {
                factor: Box::new(Factor::of(factor)),
            },
            told::How::Clauses(clauses) => Self::Clauses {
                clauses: clauses.iter().map(Clause::of).collect(),
            },
            told::How::Bands(bands) => {
                let edges = bands.bands.iter().map(|(low, position)| Band {
                    from: number(*low),
                    position: *position,
                });
                Self::Bands {
                    bands: Bands {
                        score: number(bands.score),
                        bands: edges.collect(),
                        own: bands.own,
                    },
                }
            }
            told::How::Table(rows) => Self::Table {
                table: rows.iter().map(Row::of).collect(),
            },
            told::How::Alert(alert) => Self::Alert {
                alert: Box::new(Alert::of(alert)),
            },
        }
    }
}

fn usual(period: Period) -> String {
    period.usual().to_string()
}

impl<'t> Tally<'t> {
    fn of(tally: &'t told::Tally) -> Self {
        let items = tally.items.iter().map(|item| Item {
            name: &item.name,
            value: item.value.as_ref().map(Shown::of),
            answer: item.answer,
        });
        Self {
            what: match tally.what {
                Asked::Count => "count",
                Asked::Any => "any",
                Asked::All => "all",
                Asked::AtLeast => "at least",
                Asked::Known => "known",
            },
            text: &tally.text,
            items: items.collect(),
        }
    }
}

impl<'t> Comparison<'t> {
    fn of(comparison: &'t told::Comparison) -> Self {
        Self {
            left: Side::of(&comparison.left),
            operator: comparison.operator,
            right: Side::of(&comparison.right),
            equal_to_14_digits: comparison.by_digits,
        }
    }
}

impl<'t> Side<'t> {
    fn of(side: &'t told::Side) -> Self {
        let is_same = side.value == side.compared || side.value.is_open();
        Self {
            text: &side.text,
            value: Shown::of(&side.value),
            compared: (!is_same).then(|| Shown::of(&side.compared)),
        }
    }
}

impl<'t> Window<'t> {
    fn of(window: &'t told::Window) -> Self {
        let cell = |(period, x): &(Period, f64)| Cell {
            period: usual(*period),
            value: number(*x),
            place: (*x >= 0.0)
                .then(|| window.names.get(*x as usize).cloned())
                .flatten(),
        };
        Self {
            what: window.what,
            over: window.over,
            since: window.since.as_deref(),
            within: window.within.as_ref().map(|spell| spell.of.as_str()),
            open: window.within.as_ref().map(|spell| spell.is_open),
            require: window.require,
            known: window.known,
            before_start: window.before_start,
            from: window.span.map(|(from, _)| usual(from)),
            until: window.span.map(|(_, until)| usual(until)),
            cells: window.cells.iter().map(cell).collect(),
            cut: window.cut,
            answers: window
                .answers
                .map(|[yes, no, unknown]| Answers { yes, no, unknown }),
            lies: window.lies.as_ref().map(cell),
            threshold: window.threshold.as_ref().map(Side::of),
        }
    }
}

impl<'t> Peers<'t> {
    fn of(peers: &'t told::Peers) -> Self {
        Self {
            what: peers.what,
            own: number(peers.own),
            own_level: peers.place(),
            group: peers.group.as_deref(),
            baseline: peers
                .baseline
                .map(|(from, until)| [usual(from), usual(until)]),
            given: peers.given,
            known: peers.known,
            rank: peers.rank,
            lowest: number(peers.lowest),
            highest: number(peers.highest),
            parts: Parts(&peers.parts),
        }
    }
}

impl<'t> Factor<'t> {
    fn of(factor: &'t told::Factor) -> Self {
        use told::AddsTo;
        let members = factor.members.iter().map(|member| Member {
            name: &member.name,
            weight: number(member.weight),
            share: number(member.share),
            value: number(member.value),
            contribution: number(member.contribution),
        });
        let decisive = factor.decisive.iter().map(|one| Decisive {
            member: &one.name,
            least: number(one.least),
            present: one.present,
        });
        let (adds_to, power) = match factor.adds_to {
            AddsTo::Value => ("value", None),
            AddsTo::Logarithm => ("logarithm", None),
            AddsTo::Reciprocal => ("reciprocal", None),
            AddsTo::Power(power) => ("power", number(power)),
            AddsTo::Complement => ("complement", None),
            AddsTo::Decides => ("decides", None),
            AddsTo::Yes => ("yes", None),
            AddsTo::LeaveOneOut => ("leave one out", None),
        };
        Self {
            evidence: factor.evidence.word(),
            at_least: factor.bounds.and_then(|(least, _)| number(least)),
            at_most: factor.bounds.and_then(|(_, most)| number(most)),
            decisive: decisive.collect(),
            before_decisive: factor.before_decisive.and_then(number),
            combine: &factor.combine,
            members: members.collect(),
            adds_to,
            power,
            coverage: number(factor.coverage),
            known: number(factor.known),
            least_coverage: factor.least_coverage,
            least_known: factor.least_known,
        }
    }
}

impl<'t> Clause<'t> {
    fn of(clause: &'t told::Clause) -> Self {
        Self {
            place: &clause.place,
            text: &clause.text,
            condition: &clause.condition,
            answer: answer(clause.answer),
            decides: clause.decides,
            nearest: clause.nearest.as_ref().map(|miss| Miss {
                comparison: Comparison::of(&miss.comparison),
                by: number(miss.by),
            }),
        }
    }
}

impl<'t> Row<'t> {
    fn of(row: &'t told::TableRow) -> Self {
        Self {
            text: &row.text,
            says: Shown::of(&row.says),
            standing: match row.standing {
                RowState::Fails => "fails",
                RowState::Open => "open",
                RowState::GivesWay => "gives way",
                RowState::Holds => "holds",
                RowState::Behind => "behind",
            },
        }
    }
}

impl<'t> Alert<'t> {
    fn of(alert: &'t told::Alert) -> Self {
        let conditions = alert.conditions.iter().map(|one| Condition {
            role: one.role,
            text: &one.text,
            lasting: one.lasting,
            answer: answer(one.answer),
        });
        Self {
            tier: alert.tier,
            at_least: alert.between.0,
            at_most: alert.between.1,
            since: alert.since.map(usual),
            clause: alert.clause.as_deref(),
            event: alert.event.map(|event| event.word_of(alert.notice)),
            kept_back_by: alert.kept_back_by.map(usual),
            held: alert.held,
            conditions: conditions.collect(),
        }
    }
}
