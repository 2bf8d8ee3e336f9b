//! What stands in the file of a state, as types that it is written from and read into.

use forewarn_plan::alerts::ways::{self, Since};
use forewarn_plan::alerts::{self, AlertRule};
use forewarn_runtime::bind::Observed;
use forewarn_runtime::handover::{AlertKey, EntityState};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// The form of state files that this version writes, and the first that it reads.
pub(super) const FORM: u64 = 2;
pub(super) const FIRST_FORM: u64 = 1;

/// A state; periods are numbers, counted as the panel counts.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Document<E> {
    /// The number of this form.
    pub state: u64,
    /// The version that wrote it.
    #[serde(default)]
    pub forewarn: String,
    pub framework: Named,
    pub audience: String,
    /// `month`; null for a panel without periods.
    pub period: Option<String>,
    /// Before the first of these runs nothing was. Not in files of the first form, where nobody says.
    #[serde(default)]
    pub from_nothing: bool,
    /// Whose rows were left out. Not in files of earlier versions.
    #[serde(default)]
    pub left_out: BTreeSet<String>,
    /// Columns of other names than the rules have for them, by indicator.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    pub alerts: Vec<Alert>,
    /// What operations along time work out.
    pub operations: Vec<Mark>,
    pub entities: E,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Named {
    pub name: String,
    #[serde(default)]
    pub version: String,
}

/// A number made of all that something rests on, in sixteen hexadecimal digits.
#[derive(Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(with = "String"))]
#[derive(Clone, Copy)]
pub(super) struct Mark(pub u64);

impl From<Mark> for String {
    fn from(mark: Mark) -> Self {
        format!("{:016x}", mark.0)
    }
}

impl TryFrom<String> for Mark {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        u64::from_str_radix(&text, 16).map(Self)
    }
}

/// An alert, with what it is made of.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Alert {
    name: String,
    conditions: Mark,
    escalations: u32,
    cooldown: u32,
    /// Not in states of rules that know neither this nor the next.
    #[serde(default)]
    lowers: bool,
    #[serde(default)]
    until_clear: bool,
    on_unknown: OnUnknown,
    /// The words of its clauses. Not in files of the first form.
    #[serde(default)]
    clauses: Vec<String>,
}

/// What an alert does in a period in which its condition is unknown.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum OnUnknown {
    Hold,
    Clear,
    Raise,
}

impl Alert {
    pub fn of(key: &AlertKey) -> Self {
        Self {
            name: key.name.clone(),
            conditions: Mark(key.conditions),
            escalations: key.rule.escalations,
            cooldown: key.rule.cooldown,
            lowers: key.rule.lowers,
            until_clear: key.rule.until_clear,
            on_unknown: match key.rule.on_unknown {
                alerts::OnUnknown::Hold => OnUnknown::Hold,
                alerts::OnUnknown::Clear => OnUnknown::Clear,
                alerts::OnUnknown::Raise => OnUnknown::Raise,
            },
            clauses: key.clauses.clone(),
        }
    }

    pub fn key(self) -> AlertKey {
        let rule = AlertRule {
            escalations: self.escalations,
            cooldown: self.cooldown,
            lowers: self.lowers,
            until_clear: self.until_clear,
            on_unknown: match self.on_unknown {
                OnUnknown::Hold => alerts::OnUnknown::Hold,
                OnUnknown::Clear => alerts::OnUnknown::Clear,
                OnUnknown::Raise => alerts::OnUnknown::Raise,
            },
        };
        AlertKey {
            name: self.name,
            rule,
            conditions: self.conditions.0,
            clauses: self.clauses,
        }
    }
}

/// An entity, as it stands at the end of its last period.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Entity {
    /// Its key; null in a panel of one series.
    entity: Option<String>,
    within: Option<Within>,
    /// Its last period.
    last: i64,
    /// The first one that it ever had. Not in files of the first form.
    #[serde(default)]
    began: Option<i64>,
    /// By alert: the first period of which conditions know; null where nothing was before the data.
    #[serde(default)]
    firsts: Option<Vec<Option<i64>>>,
    /// The same of all alerts at once, in files of the first form alone.
    #[serde(default, skip_serializing)]
    first: Option<i64>,
    /// By alert: every way in which it may stand.
    alerts: Vec<Vec<Way>>,
    /// By operation: what it reads of the last periods, the newest last.
    read: Vec<Vec<Cell>>,
    /// The last observations of indicators whose values stand for a while.
    #[serde(default)]
    observed: Vec<Observation>,
}

/// One key within the first stands alone, several in a list.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) enum Within {
    One(String),
    Several(Vec<String>),
}

impl Entity {
    pub fn of(name: &str, state: &EntityState) -> Self {
        let mut keys = forewarn_runtime::panel::keys(name).map(str::to_owned);
        let ways = state.alerts.iter();
        let read = state.read.iter();
        Self {
            entity: keys.next(),
            within: match (keys.next(), keys.next()) {
                (None, _) => None,
                (Some(only), None) => Some(Within::One(only)),
                (Some(first), Some(second)) => {
                    let first_two = [first, second].into_iter();
                    Some(Within::Several(first_two.chain(keys).collect()))
                }
            },
            last: state.last,
            began: Some(state.began),
            firsts: Some(state.firsts.iter().map(|first| number(*first)).collect()),
            first: None,
            alerts: ways
                .map(|ways| ways.iter().map(Way::of).collect())
                .collect(),
            read: read
                .map(|cells| cells.iter().copied().map(Cell).collect())
                .collect(),
            observed: state.observed.iter().map(Observation::of).collect(),
        }
    }

    /// Its name and its state; `alerts`: how many there are.
    pub fn state(self, alerts: usize) -> (String, EntityState) {
        let within = match self.within {
            None => Vec::new(),
            Some(Within::One(only)) => vec![only],
            Some(Within::Several(several)) => several,
        };
        let keys: Vec<&str> = self
            .entity
            .iter()
            .chain(&within)
            .map(String::as_str)
            .collect();
        let name = forewarn_runtime::panel::joined(keys);
        let firsts = match self.firsts {
            Some(firsts) => firsts.into_iter().map(period).collect(),
            None => vec![period(self.first); alerts],
        };
        let ways = self.alerts.into_iter();
        let read = self.read.into_iter();
        let observed = self.observed.into_iter();
        let state = EntityState {
            last: self.last,
            began: self.began.unwrap_or(self.last),
            firsts,
            alerts: ways
                .map(|ways| ways.into_iter().map(Way::way).collect())
                .collect(),
            read: read
                .map(|cells| cells.into_iter().map(|cell| cell.0).collect())
                .collect(),
            observed: observed.map(|one| one.observed(&name)).collect(),
        };
        (name, state)
    }
}

/// A way in which an alert may stand.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Way {
    tier: u32,
    since: Start,
    clause: Option<u32>,
    /// By tier from 1: the earliest and the latest period of its last notice.
    sent: Vec<(Option<i64>, Option<i64>)>,
    /// The tier that is being kept back; 0 for none.
    kept_back: u32,
}

/// Since which period, `first` for one that is still to come, null where nobody knows.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum Start {
    Period(i64),
    Word(First),
    Unknown,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum First {
    First,
}

impl Way {
    fn of(way: &ways::Way) -> Self {
        let sent = way.sent.iter();
        Self {
            tier: way.tier,
            since: match way.since {
                Since::First => Start::Word(First::First),
                Since::Unknown => Start::Unknown,
                Since::Period(period) => Start::Period(period),
            },
            clause: way.clause,
            sent: sent
                .map(|notice| (number(notice.earliest), number(notice.latest)))
                .collect(),
            kept_back: way.kept_back,
        }
    }

    fn way(self) -> ways::Way {
        let sent = self.sent.into_iter();
        ways::Way {
            tier: self.tier,
            since: match self.since {
                Start::Word(First::First) => Since::First,
                Start::Unknown => Since::Unknown,
                Start::Period(period) => Since::Period(period),
            },
            clause: self.clause,
            sent: sent
                .map(|(earliest, latest)| ways::Notice {
                    earliest: period(earliest),
                    latest: period(latest),
                })
                .collect(),
            kept_back: self.kept_back,
        }
    }
}

/// An observation that stands for a while.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Observation {
    indicator: String,
    period: i64,
    /// The name of a place on a scale or of a category, `yes` or `no`, else a number with all its digits.
    value: String,
    /// Not in files of earlier versions.
    unit: Option<String>,
    verified: Option<bool>,
}

impl Observation {
    fn of(one: &Observed) -> Self {
        Self {
            indicator: one.input.clone(),
            period: one.period,
            value: one.value.clone(),
            unit: one.unit.clone(),
            verified: one.verified,
        }
    }

    fn observed(self, entity: &str) -> Observed {
        Observed {
            entity: entity.to_owned(),
            input: self.indicator,
            period: self.period,
            value: self.value,
            unit: self.unit,
            verified: self.verified,
        }
    }
}

/// A number with all its digits; null where it is missing.
#[derive(Deserialize)]
#[serde(try_from = "Option<String>")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(with = "Option<String>"))]
pub(super) struct Cell(pub f64);

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            x if x.is_nan() => to.serialize_none(),
            x => to.collect_str(&format_args!("{x:?}")),
        }
    }
}

impl TryFrom<Option<String>> for Cell {
    type Error = std::num::ParseFloatError;

    fn try_from(text: Option<String>) -> Result<Self, Self::Error> {
        text.map_or(Ok(f64::NAN), |text| text.parse()).map(Self)
    }
}

/// A period's number; none for never.
fn number(period: i64) -> Option<i64> {
    Some(period).filter(|period| *period != i64::MIN)
}

fn period(number: Option<i64>) -> i64 {
    number.unwrap_or(i64::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/state.json` is the schema of what is written and read.
    #[test]
    fn the_schema_of_states_is_written_down() {
        crate::schemas::check("state", schemars::schema_for!(Document<Vec<Entity>>));
    }

    /// The first form: one `first` for all alerts, and nothing of what came later.
    #[test]
    fn files_of_the_first_form_are_read() {
        let text = r#"{"state":1,"forewarn":"0.1.0","framework":{"name":"f","version":"1"},"audience":"confidential",
            "period":"month","alerts":[{"name":"a","conditions":"00000000000000ff","escalations":1,"cooldown":0,
            "on_unknown":"hold"},{"name":"b","conditions":"0000000000000001","escalations":0,"cooldown":2,
            "on_unknown":"clear"}],"operations":["000000000000000a"],"entities":[{"entity":"AVA","within":["n","m"],
            "last":9,"first":null,"alerts":[[{"tier":1,"since":"first","clause":null,"sent":[[null,3]],"kept_back":0}],
            [{"tier":0,"since":null,"clause":2,"sent":[],"kept_back":0}]],"read":[["0.1",null]]}]}"#;
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let (states, columns) = super::super::file::states_of(&value).unwrap();
        assert!(columns.is_empty() && !states.from_nothing);
        let name = forewarn_runtime::panel::joined(["AVA", "n", "m"]);
        let state = &states.entities[&name];
        assert_eq!((state.last, state.began), (9, 9));
        assert_eq!(state.firsts, [i64::MIN, i64::MIN]);
        assert_eq!(state.alerts[0][0].sent[0].earliest, i64::MIN);
        assert_eq!(state.alerts[1][0].since, Since::Unknown);
        assert!(state.read[0][0] == 0.1 && state.read[0][1].is_nan());
        // As many as there are alerts, and no tier that there is not.
        for (from, to) in [
            ("\"tier\":1", "\"tier\":7"),
            ("[[\"0.1\",null]]", "[]"),
            ("\"hold\"", "\"wait\""),
        ] {
            let value = serde_json::from_str(&text.replace(from, to)).unwrap();
            assert!(super::super::file::states_of(&value).is_none(), "{to}");
        }
    }
}
