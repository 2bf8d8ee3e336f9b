//! The file of a state.
//!
//! In: [`States`] of a run. Out: the text of `RESULTS.state.json`, and back from it. Numbers stand as text with all
//! their digits, so that later runs go on with the same bits.

use forewarn_plan::Plan;
use forewarn_plan::alerts::ways::{Notice, Since, Way};
use forewarn_plan::alerts::{AlertRule, OnUnknown};
use forewarn_runtime::bind::{DataSummary, Observed};
use forewarn_runtime::handover::{AlertKey, EntityState, States};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// The form of state files that this version writes, and the first that it reads.
const FORM: u64 = 2;
const FIRST_FORM: u64 = 1;

/// Is it written in a form that this version reads?
pub(super) fn is_known(value: &Value) -> bool {
    let form = value.get("state").and_then(Value::as_u64);
    form.is_some_and(|form| (FIRST_FORM..=FORM).contains(&form))
}

/// Writes the state as text. It goes out entity by entity, since there may be many.
///
/// # Errors
/// Whatever the writer says.
pub fn write(
    out: &mut impl Write,
    plan: &Plan,
    states: &States,
    data: &DataSummary,
) -> io::Result<()> {
    let mark = |mark: &u64| format!("{mark:016x}");
    let form = Form {
        state: FORM,
        forewarn: env!("CARGO_PKG_VERSION"),
        framework: Named {
            name: &plan.framework.name,
            version: &plan.framework.version,
        },
        audience: plan.confidentiality.audience.word(),
        period: plan.panel.period.map(forewarn_runtime::period::full_name),
        from_nothing: states.from_nothing,
        left_out: &states.left_out,
        columns: columns_of(plan, data),
        alerts: states.alerts.iter().map(alert_object).collect(),
        operations: states.operations.iter().map(mark).collect(),
        entities: Entities(states),
    };
    serde_json::to_writer(&mut *out, &form)?;
    out.write_all(b"\n")
}

/// The columns that indicators are read from, where rules call them otherwise; none where an audience does not see
/// all of them.
pub(super) fn columns_of<'s>(plan: &'s Plan, data: &'s DataSummary) -> BTreeMap<&'s str, &'s str> {
    let told = &plan.confidentiality;
    if !(told.withheld.is_empty() && told.sealed.is_empty()) {
        return BTreeMap::new();
    }
    let inputs = plan.inputs.iter().zip(&data.inputs);
    let others = inputs.filter_map(|(info, input)| {
        let own = info.column.as_ref().unwrap_or(&info.name);
        let column = input.column.as_ref().filter(|column| *column != own)?;
        Some((info.name.as_str(), column.as_str()))
    });
    others.collect()
}

/// The same as a file has it.
pub(super) fn columns_in(value: &Value) -> BTreeMap<String, String> {
    let columns = value.get("columns").and_then(Value::as_object);
    let columns = columns.into_iter().flatten();
    columns
        .filter_map(|(name, column)| Some((name.clone(), column.as_str()?.to_owned())))
        .collect()
}

#[derive(Serialize)]
struct Form<'s> {
    state: u64,
    forewarn: &'static str,
    framework: Named<'s>,
    audience: &'s str,
    period: Option<Cow<'static, str>>,
    from_nothing: bool,
    left_out: &'s BTreeSet<String>,
    /// Columns of other names than the rules have for them, by indicator.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    columns: BTreeMap<&'s str, &'s str>,
    alerts: Vec<Value>,
    operations: Vec<String>,
    entities: Entities<'s>,
}

#[derive(Serialize)]
struct Named<'s> {
    name: &'s str,
    version: &'s str,
}

struct Entities<'s>(&'s States);

impl Serialize for Entities<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let entities = self.0.entities.iter();
        to.collect_seq(entities.map(|(name, state)| Entity::of(name, state)))
    }
}

#[derive(Serialize)]
struct Entity<'s> {
    entity: Option<&'s str>,
    /// One key within it stands alone, and several in a list.
    within: Value,
    last: i64,
    began: i64,
    firsts: Vec<Value>,
    alerts: Vec<Vec<Value>>,
    read: Vec<Cells<'s>>,
    observed: Vec<Value>,
}

impl<'s> Entity<'s> {
    fn of(name: &'s str, state: &'s EntityState) -> Self {
        let mut keys = forewarn_runtime::panel::keys(name);
        let ways = state.alerts.iter();
        Self {
            entity: keys.next(),
            within: match keys.collect::<Vec<_>>().as_slice() {
                [] => Value::Null,
                [only] => json!(only),
                several => json!(several),
            },
            last: state.last,
            began: state.began,
            firsts: state.firsts.iter().map(|first| period(*first)).collect(),
            alerts: ways
                .map(|ways| ways.iter().map(way_object).collect())
                .collect(),
            read: state.read.iter().map(|cells| Cells(cells)).collect(),
            observed: state.observed.iter().map(observation).collect(),
        }
    }
}

/// Numbers with all their digits; null where one is missing.
struct Cells<'s>(&'s [f64]);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(|x| OneCell(*x)))
    }
}

struct OneCell(f64);

impl Serialize for OneCell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            x if x.is_nan() => to.serialize_none(),
            x => to.collect_str(&format_args!("{x:?}")),
        }
    }
}

fn alert_object(key: &AlertKey) -> Value {
    let AlertKey {
        name,
        rule,
        conditions,
        clauses,
    } = key;
    json!({
        "name": name,
        "conditions": format!("{conditions:016x}"),
        "escalations": rule.escalations,
        "cooldown": rule.cooldown,
        "lowers": rule.lowers,
        "until_clear": rule.until_clear,
        "on_unknown": on_unknown(rule.on_unknown),
        "clauses": clauses,
    })
}

fn on_unknown(rule: OnUnknown) -> &'static str {
    match rule {
        OnUnknown::Hold => "hold",
        OnUnknown::Clear => "clear",
        OnUnknown::Raise => "raise",
    }
}

fn way_object(way: &Way) -> Value {
    json!({
        "tier": way.tier,
        "since": match way.since {
            Since::First => json!("first"),
            Since::Unknown => Value::Null,
            Since::Period(period) => json!(period),
        },
        "clause": way.clause,
        "sent": way.sent.iter().map(|notice| json!([period(notice.earliest), period(notice.latest)])).collect::<Vec<_>>(),
        "kept_back": way.kept_back,
    })
}

/// A period's number; null for never.
fn period(number: i64) -> Value {
    if number == i64::MIN {
        Value::Null
    } else {
        json!(number)
    }
}

fn observation(one: &Observed) -> Value {
    json!({
        "indicator": one.input,
        "period": one.period,
        "value": one.value,
        "unit": one.unit,
        "verified": one.verified,
    })
}

pub(super) fn states_of(value: &Value) -> Option<States> {
    let array = |value: &Value, name: &str| Some(value.get(name)?.as_array()?.clone());
    let mark = |value: &Value| u64::from_str_radix(value.as_str()?, 16).ok();
    let alert = |value: &Value| {
        let rule = AlertRule {
            escalations: small(value.get("escalations")?)?,
            cooldown: small(value.get("cooldown")?)?,
            // Not in states of rules that know neither.
            lowers: value
                .get("lowers")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            until_clear: value
                .get("until_clear")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            on_unknown: [OnUnknown::Hold, OnUnknown::Clear, OnUnknown::Raise]
                .into_iter()
                .find(|rule| {
                    value.get("on_unknown").and_then(Value::as_str) == Some(on_unknown(*rule))
                })?,
        };
        Some(AlertKey {
            name: value.get("name")?.as_str()?.to_owned(),
            rule,
            conditions: mark(value.get("conditions")?)?,
            // Not in files of the first form.
            clauses: match value.get("clauses") {
                Some(clauses) => {
                    let clauses = clauses.as_array()?.iter();
                    let words = clauses.map(|words| Some(words.as_str()?.to_owned()));
                    words.collect::<Option<_>>()?
                }
                None => Vec::new(),
            },
        })
    };
    let alerts: Option<Vec<_>> = array(value, "alerts")?.iter().map(alert).collect();
    let operations: Option<Vec<u64>> = array(value, "operations")?.iter().map(mark).collect();
    let (alerts, operations) = (alerts?, operations?);
    let entity = |value: &Value| {
        let first = value.get("entity")?;
        let within = match value.get("within")? {
            Value::Null => Vec::new(),
            Value::Array(several) => several.iter().collect(),
            only => vec![only],
        };
        let keys = std::iter::once(first).filter(|first| !first.is_null());
        let keys = keys.chain(within).map(Value::as_str);
        let name = forewarn_runtime::panel::joined(keys.collect::<Option<Vec<&str>>>()?);
        let ways = |value: &Value| {
            value
                .as_array()?
                .iter()
                .map(way_of)
                .collect::<Option<Vec<Way>>>()
        };
        let cells = |value: &Value| {
            value
                .as_array()?
                .iter()
                .map(cell_of)
                .collect::<Option<Vec<f64>>>()
        };
        let observation = |value: &Value| {
            Some(Observed {
                entity: name.clone(),
                input: value.get("indicator")?.as_str()?.to_owned(),
                period: value.get("period")?.as_i64()?,
                value: value.get("value")?.as_str()?.to_owned(),
                // Not in files of earlier versions.
                unit: value.get("unit").and_then(Value::as_str).map(str::to_owned),
                verified: value.get("verified")?.as_bool(),
            })
        };
        let observed = match value.get("observed") {
            Some(all) => all
                .as_array()?
                .iter()
                .map(observation)
                .collect::<Option<_>>()?,
            // Of rules in which no value stands for a while.
            None => Vec::new(),
        };
        let state = EntityState {
            observed,
            last: value.get("last")?.as_i64()?,
            // Not in files of the first form.
            began: match value.get("began") {
                Some(began) => began.as_i64()?,
                None => value.get("last")?.as_i64()?,
            },
            firsts: match value.get("first") {
                // Of all alerts at once, in the first form.
                Some(first) => vec![period_of(first)?; alerts.len()],
                None => {
                    let firsts = value.get("firsts")?.as_array()?.iter();
                    firsts.map(period_of).collect::<Option<_>>()?
                }
            },
            alerts: array(value, "alerts")?
                .iter()
                .map(ways)
                .collect::<Option<_>>()?,
            read: array(value, "read")?
                .iter()
                .map(cells)
                .collect::<Option<_>>()?,
        };
        let fits = state.alerts.len() == alerts.len()
            && state.firsts.len() == alerts.len()
            && state.read.len() == operations.len();
        let stands = state.alerts.iter().zip(&alerts).all(|(ways, alert)| {
            !ways.is_empty() && ways.iter().all(|way| way.tier <= alert.rule.highest())
        });
        (fits && stands).then_some((name, state))
    };
    let entities = array(value, "entities")?
        .iter()
        .map(entity)
        .collect::<Option<_>>()?;
    Some(States {
        alerts,
        operations,
        entities,
        // In files of the first form nobody says.
        from_nothing: value
            .get("from_nothing")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        // Not in files of earlier versions.
        left_out: match value.get("left_out") {
            Some(names) => {
                let names = names.as_array()?.iter();
                let names = names.map(|name| Some(name.as_str()?.to_owned()));
                names.collect::<Option<_>>()?
            }
            None => BTreeSet::new(),
        },
    })
}

fn small(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

fn period_of(value: &Value) -> Option<i64> {
    match value {
        Value::Null => Some(i64::MIN),
        Value::Number(number) => number.as_i64(),
        Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn cell_of(value: &Value) -> Option<f64> {
    match value {
        Value::Null => Some(f64::NAN),
        Value::String(text) => text.parse().ok(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn way_of(value: &Value) -> Option<Way> {
    let notice = |value: &Value| match value.as_array()?.as_slice() {
        [earliest, latest] => Some(Notice {
            earliest: period_of(earliest)?,
            latest: period_of(latest)?,
        }),
        _ => None,
    };
    Some(Way {
        tier: small(value.get("tier")?)?,
        since: match value.get("since")? {
            Value::Null => Since::Unknown,
            Value::String(_) => Since::First,
            known => Since::Period(known.as_i64()?),
        },
        clause: match value.get("clause")? {
            Value::Null => None,
            clause => Some(small(clause)?),
        },
        sent: value
            .get("sent")?
            .as_array()?
            .iter()
            .map(notice)
            .collect::<Option<_>>()?,
        kept_back: small(value.get("kept_back")?)?,
    })
}
