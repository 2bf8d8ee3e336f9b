//! `--state`: what an earlier run hands over, as a file beside its results.
//!
//! In: [`States`] of a run. Out: `RESULTS.state.json`, and back from it. Numbers stand as text with all
//! their digits, so that later runs go on with the same bits.

use crate::audience::Sight;
use crate::failure::Failure;
use crate::words::{count, list};
use forewarn_plan::Plan;
use forewarn_plan::alerts::ways::{Notice, Since, Way};
use forewarn_plan::alerts::{AlertRule, OnUnknown};
use forewarn_runtime::bind::{Bound, Observed};
use forewarn_runtime::causes::data::NotTakenOver;
use forewarn_runtime::handover::{
    AlertKey, EntityState, NotTaken, States, attach, gather, with_outputs,
};
use forewarn_runtime::history::History;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::period::{Period, PeriodForm};
use forewarn_runtime::run::Results;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The form of state files that this version writes and reads.
const FORM: u64 = 1;

/// The word of `--state` that says that no alert was out.
pub const NOTHING: &str = "none";

/// How many names a message takes.
const NAMED: usize = 5;

/// What was before the data begin.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nobody says.
    Unknown,
    /// No alert was out: `--state none`.
    None,
    /// What an earlier run handed over.
    Run(Read),
}

impl State {
    /// Does another say the same of what was before?
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Run(one), Self::Run(other)) => one.digest == other.digest,
            (one, other) => one == other,
        }
    }

    /// In few words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Unknown => "not said".to_owned(),
            Self::None => "no alert (`--state none`)".to_owned(),
            Self::Run(read) => format!("`--state {}`", read.path.display()),
        }
    }
}

/// What `--state` says.
///
/// # Errors
/// There is no such file, or it is no state of a run of these rules; rules without alerts.
pub fn given(named: Option<&str>, sight: Sight<'_>) -> Result<State, Failure> {
    let Some(named) = named else {
        return Ok(State::Unknown);
    };
    let plan = sight.plan;
    if plan.alerts.is_empty() {
        let message = format!("`{}` declares no alert", plan.framework.name);
        return Err(Failure::new(message).help("leave `--state` out: only alerts remember"));
    }
    if named == NOTHING {
        return Ok(State::None);
    }
    if sight.sealing.is_some() {
        let message = "for this audience some alerts are worked out apart, and nothing can be handed over to them";
        return Err(
            Failure::new(message).help("give data that reach back far enough, without `--state`")
        );
    }
    Ok(State::Run(read(Path::new(named), plan)?))
}

/// Where the state of a result stands: `results.csv.state.json`.
#[must_use]
pub fn beside(results: &Path) -> PathBuf {
    let mut name = results.as_os_str().to_owned();
    name.push(".state.json");
    PathBuf::from(name)
}

/// The state file of what was named: itself, the results or the manifest beside it, or the folder that
/// holds one.
fn file(named: &Path) -> Result<PathBuf, Failure> {
    let text = named.as_os_str().to_string_lossy();
    if text.ends_with(".state.json") {
        return Ok(named.to_owned());
    }
    if let Some(results) = text.strip_suffix(".manifest.json") {
        return Ok(beside(Path::new(results)));
    }
    if !named.is_dir() {
        return Ok(beside(named));
    }
    let entries =
        std::fs::read_dir(named).map_err(|error| Failure::file("cannot read", named, &error))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".state.json"))
        .collect();
    found.sort();
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(
            Failure::new(format!("{} holds no state of a run", named.display())).help(
                "a run of rules with alerts writes `RESULTS.state.json` beside its results (`-o`)",
            ),
        ),
        several => {
            let names = several.iter().map(|path| path.display().to_string());
            let names = list(&names.collect::<Vec<_>>(), NAMED);
            Err(
                Failure::new(format!("{} holds several states: {names}", named.display()))
                    .help("name one of them"),
            )
        }
    }
}

/// Is it a file that a run wrote to hand over to later ones?
#[must_use]
pub fn is_state(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let value: Option<Value> = serde_json::from_str(&text).ok();
    value.is_some_and(|value| {
        value.get("state").is_some_and(Value::is_u64) && value.get("entities").is_some()
    })
}

/// What was given and read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub path: PathBuf,
    /// SHA-256 of what was read.
    pub digest: String,
    pub states: States,
}

/// Reads what `--state` names.
///
/// # Errors
/// There is no such file, or it is no state of a run of these rules.
fn read(named: &Path, plan: &Plan) -> Result<Read, Failure> {
    let path = file(named)?;
    let shown = path.display();
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Failure::file("cannot read", &path, &error).help(
            "a run of rules with alerts writes it beside its results (`-o`): name these, or it",
        )
    })?;
    let help = "give the `.state.json` that a run with `-o` wrote, as it is";
    let value: Value = serde_json::from_str(&text).map_err(|error| {
        let words = crate::manifest::damaged_words(&error);
        Failure::new(format!("{shown} is no state of a run: it {words}")).help(help)
    })?;
    if value.get("state").and_then(Value::as_u64) != Some(FORM) {
        return Err(
            Failure::new(format!("{shown} is no state that this version reads")).help(help),
        );
    }
    let framework = value.pointer("/framework/name").and_then(Value::as_str);
    if framework != Some(plan.framework.name.as_str()) {
        let message = format!(
            "{shown} is of `{}`, and these rules are `{}`",
            framework.unwrap_or_default(),
            plan.framework.name
        );
        return Err(Failure::new(message).help("give a run of the same framework"));
    }
    let audience = plan.confidentiality.audience.word();
    if value.get("audience").and_then(Value::as_str) != Some(audience) {
        let message = format!("{shown} was written for another audience than this run's");
        return Err(Failure::new(message).help("give a run for the same `--audience`"));
    }
    let kind = plan.panel.period.map(forewarn_runtime::period::full_name);
    if value.get("period").and_then(Value::as_str) != kind.as_deref() {
        return Err(
            Failure::new(format!("{shown} goes by other periods than the panel")).help(help),
        );
    }
    let states = states_of(&value)
        .ok_or_else(|| Failure::new(format!("{shown} is not as a run wrote it")).help(help))?;
    Ok(Read {
        path,
        digest: forewarn_tables::sha256(text.as_bytes()),
        states,
    })
}

/// Peers of stated periods are of all entities together: they are handed over as goalposts, not by a state.
///
/// # Errors
/// The data lack such periods, and nobody gave the goalposts.
fn hold_baselines(plan: &Plan, panel: &Panel) -> Result<(), Failure> {
    let Some(first) = panel.periods.iter().copied().min() else {
        return Ok(());
    };
    let lacking = plan
        .peers
        .iter()
        .find(|one| one.baseline.is_some_and(|(from, _)| from < first));
    let Some(lacking) = lacking else {
        return Ok(());
    };
    let message = format!(
        "`{}` of `{}` rests on peers of periods before the data, which `--state` does not hand over",
        lacking.text, lacking.declaration
    );
    Err(Failure::new(message).help(
        "give the earlier run's goalposts too (`--goalposts RESULTS.manifest.json`), or data with these periods",
    ))
}

/// Puts what was before into a panel; tells what could not be taken over. `goalposts`: those of an earlier run
/// are given.
///
/// # Errors
/// Nothing is taken over, or something that only goalposts hand over is lacking.
pub fn put(state: &State, plan: &Plan, bound: &mut Bound, goalposts: bool) -> Result<(), Failure> {
    let read = match state {
        State::Unknown => return Ok(()),
        State::None => {
            bound.panel.history = History::World;
            return Ok(());
        }
        State::Run(read) => read,
    };
    if !goalposts {
        hold_baselines(plan, &bound.panel)?;
    }
    let (history, told) = attach(&read.states, plan, &bound.panel);
    let not_taken = in_words(&told, bound.panel.form(plan.panel.period));
    if told.taken == 0 {
        let message = format!("nothing of {} can be taken over", read.path.display());
        return Err(Failure::new(message).help(not_taken.join("; ")));
    }
    if !not_taken.is_empty() {
        bound.warnings.add(NotTakenOver {
            file: read.path.display().to_string(),
            told: not_taken,
        });
    }
    bound.panel.history = history;
    Ok(())
}

fn in_words(told: &NotTaken, form: Option<PeriodForm>) -> Vec<String> {
    let spelled = |number: i64| {
        form.map_or_else(String::new, |form| {
            Period::new(form.kind, number)
                .as_in(form.written)
                .to_string()
        })
    };
    let mut words = Vec::new();
    if !told.alerts.is_empty() {
        let names = told.alerts.iter().map(|name| format!("`{name}`"));
        words.push(format!(
            "the rules of {} have changed since",
            list(&names.collect::<Vec<_>>(), NAMED)
        ));
    }
    if !told.results.is_empty() {
        let names = told.results.iter().map(|name| format!("`{name}`"));
        words.push(format!(
            "it does not hold what {} looks back on",
            list(&names.collect::<Vec<_>>(), NAMED)
        ));
    }
    if !told.over.is_empty() {
        let over = told.over.iter().map(|(name, last, own)| {
            let (last, own) = (spelled(*last), spelled(*own));
            format!("{name} (it knows of {last}, the data end with {own})")
        });
        words.push(format!(
            "the data hold nothing after where it ends: {}",
            list(&over.collect::<Vec<_>>(), NAMED)
        ));
    }
    if !told.apart.is_empty() {
        let apart = told.apart.iter().map(|(name, last, first)| {
            format!(
                "{name} (it ends with {}, the data begin with {})",
                spelled(*last),
                spelled(*first)
            )
        });
        words.push(format!(
            "the data do not go on where it ends: {}",
            list(&apart.collect::<Vec<_>>(), NAMED)
        ));
    }
    if !told.new.is_empty() {
        words.push(format!("it says nothing of {}", list(&told.new, NAMED)));
    }
    words
}

/// The state as text.
#[must_use]
pub fn text(plan: &Plan, states: &States) -> String {
    let alerts: Vec<Value> = states
        .alerts
        .iter()
        .map(
            |AlertKey {
                 name,
                 rule,
                 conditions,
             }| {
                json!({
                    "name": name,
                    "conditions": format!("{conditions:016x}"),
                    "escalations": rule.escalations,
                    "cooldown": rule.cooldown,
                    "lowers": rule.lowers,
                    "until_clear": rule.until_clear,
                    "on_unknown": on_unknown(rule.on_unknown),
                })
            },
        )
        .collect();
    let operations: Vec<String> = states
        .operations
        .iter()
        .map(|mark| format!("{mark:016x}"))
        .collect();
    let entities: Vec<Value> = states
        .entities
        .iter()
        .map(|(name, state)| {
            let ways = state
                .alerts
                .iter()
                .map(|ways| ways.iter().map(way_object).collect::<Vec<_>>());
            let read = state
                .read
                .iter()
                .map(|cells| cells.iter().map(|x| cell(*x)).collect::<Vec<_>>());
            let mut keys = forewarn_runtime::panel::keys(name);
            let entity = keys.next();
            // One key within it stands alone, and several in a list.
            let within = match keys.collect::<Vec<_>>().as_slice() {
                [] => Value::Null,
                [only] => json!(only),
                several => json!(several),
            };
            json!({
                "entity": entity,
                "within": within,
                "last": state.last,
                "first": period(state.first),
                "alerts": ways.collect::<Vec<_>>(),
                "read": read.collect::<Vec<_>>(),
                "observed": state.observed.iter().map(observation).collect::<Vec<_>>(),
            })
        })
        .collect();
    let state = json!({
        "state": FORM,
        "forewarn": env!("CARGO_PKG_VERSION"),
        "framework": {
            "name": plan.framework.name,
            "version": plan.framework.version,
        },
        "audience": plan.confidentiality.audience.word(),
        "period": plan.panel.period.map(forewarn_runtime::period::full_name),
        "alerts": alerts,
        "operations": operations,
        "entities": entities,
    });
    let mut text = serde_json::to_string(&state).unwrap_or_default();
    text.push('\n');
    text
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
        "verified": one.verified,
    })
}

fn cell(x: f64) -> Value {
    if x.is_nan() {
        Value::Null
    } else {
        json!(format!("{x:?}"))
    }
}

fn states_of(value: &Value) -> Option<States> {
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
            first: period_of(value.get("first")?)?,
            alerts: array(value, "alerts")?
                .iter()
                .map(ways)
                .collect::<Option<_>>()?,
            read: array(value, "read")?
                .iter()
                .map(cells)
                .collect::<Option<_>>()?,
        };
        let fits = state.alerts.len() == alerts.len() && state.read.len() == operations.len();
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

impl State {
    /// What was known last of indicators whose values stand for a while.
    #[must_use]
    pub fn observed(&self) -> Vec<Observed> {
        match self {
            Self::Run(read) => {
                let entities = read.states.entities.values();
                entities.flat_map(|state| state.observed.clone()).collect()
            }
            Self::Unknown | Self::None => Vec::new(),
        }
    }

    /// `3 countries go on from august.csv.state.json`
    #[must_use]
    pub fn in_words(&self, plan: &Plan, panel: &Panel) -> String {
        match (self, &panel.history) {
            (Self::Run(read), History::Data(handed)) => {
                if plan.panel.is_series() {
                    return format!("goes on from {}", read.path.display());
                }
                let entity = plan.panel.row_word();
                let goes = if handed.len() == 1 { "goes" } else { "go" };
                let entities = count(handed.len(), entity);
                format!("{entities} {goes} on from {}", read.path.display())
            }
            (Self::None, _) => "no alert was out".to_owned(),
            (Self::Run(_) | Self::Unknown, _) => String::new(),
        }
    }
}

/// What a run works out beside its results, to hand it over.
pub struct Handing<'p> {
    of: &'p Plan,
    /// With further outputs.
    pub plan: Plan,
}

impl<'p> Handing<'p> {
    #[must_use]
    pub fn of(plan: &'p Plan) -> Self {
        Self {
            of: plan,
            plan: with_outputs(plan),
        }
    }

    /// The outputs wanted, and behind them those that are handed over.
    #[must_use]
    pub fn wanted(&self, wanted: Option<Vec<usize>>) -> Vec<usize> {
        let own = self.of.outputs.len();
        let mut wanted = wanted.unwrap_or_else(|| (0..own).collect());
        wanted.extend(own..self.plan.outputs.len());
        wanted
    }

    /// Takes what is handed over out of the results.
    #[must_use]
    pub fn take(self, panel: &Panel, results: &mut Results, state: &State) -> States {
        let own = self.of.outputs.len();
        let first = results
            .columns
            .iter()
            .position(|column| column.output >= own);
        let first = first.unwrap_or(results.columns.len());
        let columns = results.columns.split_off(first);
        let given = match state {
            State::Run(read) => Some(&read.states),
            State::Unknown | State::None => None,
        };
        gather(self.of, panel, &columns, given)
    }
}
