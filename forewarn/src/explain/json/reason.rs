//! A value with its reasons.

use forewarn_plan::{Grounds, OnViolation};
use forewarn_runtime::explain as told;
use serde::{Serialize, Serializer};

use super::story::Story;
use super::value::{Shown, number};

/// A value, how it came about, and below it the reasons for it. A value is told once; where it comes up again,
/// `above` is true and its name (of a term its `text`) and its value stand for what is told further up.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reason<'t> {
    /// Of a declared value.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'t str,
    value: Shown<'t>,
    /// The words of the rules whose value it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'t str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    cites: &'t [String],
    /// The label of an indicator's source.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'t str>,
    /// What the declaration gives as its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'t str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Changed<'t>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    params: Vec<Param<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provenance: Option<&'static str>,
    /// It is told further up.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    above: bool,
    /// The reason for which it is more open than what it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    declassified: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<Cause<'t>>,
    #[serde(flatten)]
    story: Option<Story<'t>>,
    #[serde(skip_serializing_if = "Reasons::is_empty")]
    because: Reasons<'t>,
}

/// What an extending framework changed.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Changed<'t> {
    by: &'t str,
    change: &'t str,
    target: &'t str,
    reason: &'t str,
}

/// A constant of the method.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Param<'t> {
    name: &'t str,
    label: &'t str,
    /// As it holds in this period.
    value: Shown<'t>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// The value was given from outside, in place of that of the rules.
    given: bool,
    cites: &'t [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'t str>,
    changes: Vec<Changed<'t>>,
}

/// The reasons below one: each is made as it is written.
struct Reasons<'t>(&'t [told::Reason]);

impl Reasons<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Reasons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Reason::of))
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Reasons<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Reasons".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <Vec<Reason<'static>>>::json_schema(generator)
    }
}

fn changes(grounds: &Grounds) -> Vec<Changed<'_>> {
    let changes = grounds.changes.iter().map(|change| Changed {
        by: &change.by,
        change: &change.what,
        target: &change.target,
        reason: &change.because,
    });
    changes.collect()
}

impl<'t> Reason<'t> {
    pub fn of(reason: &'t told::Reason) -> Self {
        let name = reason.name.as_deref();
        if reason.above {
            return Self {
                text: name.is_none().then_some(reason.text.as_str()),
                above: true,
                ..Self::bare(name, &reason.value)
            };
        }
        let params = reason.params.iter().map(|told| {
            let info = &told.info;
            Param {
                name: &info.name,
                label: &info.label,
                value: Shown::of(&told.value),
                from: told.from.map(|period| period.usual().to_string()),
                until: told.until.map(|period| period.usual().to_string()),
                given: info.given,
                cites: &info.cites,
                source: info.grounds.source.as_deref(),
                reason: info.grounds.because.as_deref(),
                changes: changes(&info.grounds),
            }
        });
        Self {
            kind: reason.kind.map(|kind| kind.word()),
            label: &reason.label,
            text: Some(&reason.text),
            cites: &reason.cites,
            source: reason.grounds.source.as_deref(),
            reason: reason.grounds.because.as_deref(),
            changes: changes(&reason.grounds),
            params: params.collect(),
            code: reason.code.as_deref(),
            seen: reason.seen.as_deref(),
            provenance: reason.provenance.map(|provenance| provenance.word()),
            declassified: reason.declassified.as_deref(),
            cause: reason.cause.as_ref().map(Cause::of),
            story: Some(Story::of(&reason.how)),
            because: Reasons(&reason.because),
            ..Self::bare(name, &reason.value)
        }
    }

    /// With nothing said but its value.
    fn bare(name: Option<&'t str>, value: &'t told::Shown) -> Self {
        Self {
            name,
            kind: None,
            label: "",
            value: Shown::of(value),
            text: None,
            cites: &[],
            source: None,
            reason: None,
            changes: Vec::new(),
            params: Vec::new(),
            code: None,
            seen: None,
            provenance: None,
            above: false,
            declassified: None,
            cause: None,
            story: None,
            because: Reasons(&[]),
        }
    }
}

/// A cell that says that there is no such value.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SaidSo {
    /// The period of the cell.
    observed: Option<String>,
    /// In periods; 0 for the row's own cell, else it is carried forward.
    age: u32,
}

/// Why a value is missing, unknown or undetermined.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "why")]
enum Cause<'t> {
    #[serde(rename = "absent")]
    Absent,
    /// The cell says so.
    #[serde(rename = "said unknown")]
    SaidUnknown,
    #[serde(rename = "absent or refused")]
    AbsentOrRefused { out_of_range: u64, unreadable: u64 },
    #[serde(rename = "out of range")]
    OutOfRange {
        value: Option<f64>,
        policy: &'static str,
    },
    #[serde(rename = "not verified")]
    NotVerified { of: Vec<Unverified<'t>> },
    /// There is no such value here.
    #[serde(rename = "not applicable")]
    NotApplicable {
        /// That is not met.
        condition: Option<&'t str>,
        /// The cell that says so.
        said: Option<SaidSo>,
    },
    #[serde(rename = "expired")]
    Expired {
        /// When it was last observed.
        observed: Option<String>,
        /// In periods, as that after which it is out of date.
        age: u32,
        after: u32,
    },
    #[serde(rename = "gap")]
    Gap,
    /// Of a period that another value names.
    #[serde(rename = "no row")]
    NoRow { period: String },
    /// What is to name a period names none.
    #[serde(rename = "no period")]
    NoPeriod { parts: Vec<Part<'t>> },
    /// So many peers do not say what all are asked.
    #[serde(rename = "open peers")]
    OpenPeers { unknown: u32 },
    #[serde(rename = "before the start")]
    BeforeStart,
    #[serde(rename = "too few periods")]
    TooFewPeriods { known: u32, required: u32 },
    #[serde(rename = "periods")]
    Periods { unknown: u32, before_start: u32 },
    /// Nobody knows where a window since an event begins.
    #[serde(rename = "no start")]
    NoStart {
        event: &'t str,
        /// The period in which the event is unknown; none where it never was.
        unknown: Option<String>,
    },
    /// There is no whole spell.
    #[serde(rename = "spell")]
    Spell {
        of: &'t str,
        /// `outside`, `no start`, `before the data`, `no end`
        lacks: &'static str,
        /// When it began, or in which nobody knows whether it went on.
        period: Option<String>,
    },
    #[serde(rename = "coverage")]
    Coverage,
    #[serde(rename = "no peers")]
    NoPeers,
    #[serde(rename = "fault")]
    Fault { text: &'t str, declaration: &'t str },
    #[serde(rename = "not asked")]
    NotAsked,
    #[serde(rename = "stated")]
    Stated,
    #[serde(rename = "missing")]
    Missing { of: &'t [String] },
}

/// A part of a period that another value names.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Part<'t> {
    text: &'t str,
    number: Option<f64>,
}

/// An observation that was not verified.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Unverified<'t> {
    indicator: &'t str,
    /// That would say that it was.
    column: &'t str,
    /// None where the panel is one series.
    entity: Option<&'t str>,
    period: Option<String>,
}

impl<'t> Unverified<'t> {
    fn of(one: &'t told::Unverified) -> Self {
        Self {
            indicator: &one.indicator,
            column: &one.column,
            entity: one.entity.as_deref(),
            period: one.period.map(|period| period.usual().to_string()),
        }
    }
}

impl<'t> Cause<'t> {
    fn of(cause: &'t told::Cause) -> Self {
        match cause {
            told::Cause::Absent => Self::Absent,
            told::Cause::SaidUnknown => Self::SaidUnknown,
            told::Cause::AbsentOrRefused {
                out_of_range,
                unreadable,
            } => Self::AbsentOrRefused {
                out_of_range: *out_of_range,
                unreadable: *unreadable,
            },
            told::Cause::OutOfRange { value, policy } => Self::OutOfRange {
                value: number(*value),
                policy: match policy {
                    OnViolation::Reject => "reject",
                    OnViolation::Missing => "missing",
                    OnViolation::Clamp => "clamp",
                },
            },
            told::Cause::NotVerified(of) => Self::NotVerified {
                of: of.iter().map(Unverified::of).collect(),
            },
            told::Cause::NotApplicable { condition, said } => Self::NotApplicable {
                condition: condition.as_deref(),
                said: said.as_ref().map(|said| SaidSo {
                    observed: said.observed.map(|period| period.usual().to_string()),
                    age: said.age,
                }),
            },
            told::Cause::Expired {
                observed,
                age,
                after,
            } => Self::Expired {
                observed: observed.map(|period| period.usual().to_string()),
                age: *age,
                after: *after,
            },
            told::Cause::Gap => Self::Gap,
            told::Cause::NoRow { period } => Self::NoRow {
                period: period.usual().to_string(),
            },
            told::Cause::NoPeriod { parts } => Self::NoPeriod {
                parts: parts
                    .iter()
                    .map(|(text, x)| Part {
                        text,
                        number: number(*x),
                    })
                    .collect(),
            },
            told::Cause::OpenPeers { unknown } => Self::OpenPeers { unknown: *unknown },
            told::Cause::BeforeStart => Self::BeforeStart,
            told::Cause::TooFewPeriods { known, required } => Self::TooFewPeriods {
                known: *known,
                required: *required,
            },
            told::Cause::Periods {
                unknown,
                before_start,
            } => Self::Periods {
                unknown: *unknown,
                before_start: *before_start,
            },
            told::Cause::NoStart { event, unknown } => Self::NoStart {
                event,
                unknown: unknown.map(|period| period.usual().to_string()),
            },
            told::Cause::Spell { of, why } => {
                let (lacks, period) = match why {
                    told::NoSpell::Outside => ("outside", None),
                    told::NoSpell::Start => ("no start", None),
                    told::NoSpell::Before(period) => ("before the data", Some(period)),
                    told::NoSpell::End(period) => ("no end", Some(period)),
                };
                Self::Spell {
                    of,
                    lacks,
                    period: period.map(|period| period.usual().to_string()),
                }
            }
            told::Cause::Coverage => Self::Coverage,
            told::Cause::NoPeers => Self::NoPeers,
            told::Cause::Fault { text, declaration } => Self::Fault { text, declaration },
            told::Cause::NotAsked => Self::NotAsked,
            told::Cause::Stated => Self::Stated,
            told::Cause::Missing(names) => Self::Missing { of: names },
        }
    }
}
