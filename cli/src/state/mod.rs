//! `--state`: what an earlier run hands over, as a file beside its results.
//!
//! In: what `--state` names. Out: [`State`], and a panel with what was before its first rows. `file` is the form of the
//! file, `look` tells it from other files, `handing` is what a run hands over itself, `words` tells what does not fit.

mod file;
mod handing;
mod look;
mod words;

pub use file::write;
pub use handing::Handing;
pub use look::is_state;

use crate::audience::Sight;
use crate::failure::Failure;
use crate::render::harmless;
use crate::words::{count, list};
use forewarn_plan::Plan;
use forewarn_runtime::bind::{Bound, Earlier};
use forewarn_runtime::causes::data::NotTakenOver;
use forewarn_runtime::handover::{NotTaken, States, attach, remembers, with_words};
use forewarn_runtime::history::History;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::silent::{Away, away};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The word of `--state` that says that no alert was out.
pub const NOTHING: &str = "none";

/// How many names a message takes.
const NAMED: usize = 5;

/// What was before the data begin.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nobody says.
    Unknown,
    /// Nothing: no alert was out (`--state none`).
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
            Self::None => "nothing (`--state none`)".to_owned(),
            Self::Run(read) => format!("`--state {}`", read.path.display()),
        }
    }
}

/// What `--state` says.
///
/// # Errors
/// There is no such file, or it is no state of a run of these rules; rules of which nothing goes on.
pub fn given(named: Option<&str>, sight: Sight<'_>) -> Result<State, Failure> {
    let Some(named) = named else {
        return Ok(State::Unknown);
    };
    let plan = sight.plan;
    // What looks back may have been taken away for the audience: there is nothing to go on with, and nothing lost.
    let is_taken_away = named == NOTHING && !sight.sees_all();
    if !remembers(plan) && !is_taken_away {
        let message = format!("nothing in `{}` looks back", plan.framework.name);
        return Err(Failure::new(message).help(
            "leave `--state` out: without alerts, values of earlier periods and values that stand for a while, a \
             run needs no earlier one",
        ));
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
fn file_of(named: &Path) -> Result<PathBuf, Failure> {
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
                "a run of rules that look back writes `RESULTS.state.json` beside its results (`-o`)",
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
    let path = file_of(named)?;
    let shown = path.display();
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Failure::file("cannot read", &path, &error).help(
            "a run of rules that look back writes it beside its results (`-o`): name these, or it",
        )
    })?;
    let help = "give the `.state.json` that a run with `-o` wrote, as it is";
    let value: Value = serde_json::from_str(&text).map_err(|error| {
        let words = crate::manifest::damaged_words(&error);
        Failure::new(format!("{shown} is no state of a run: it {words}")).help(help)
    })?;
    if !file::is_known(&value) {
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
    let states = file::states_of(&value)
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
    let has_data = |row: &usize| panel.gaps.binary_search(row).is_err();
    let rows = (0..panel.periods.len()).filter(has_data);
    let Some(first) = rows.filter_map(|row| panel.periods.get(row).copied()).min() else {
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
    if let Some(refused) = words::refused(&told, bound.panel.form(plan.panel.period)) {
        return Err(Failure::new(format!("{}: {refused}", read.path.display())).help(
            "where such values may be missing, say `on violation missing`, or `clamp`; else give data that reach back \
             to that period",
        ));
    }
    let not_taken = words::in_words(&told, bound.panel.form(plan.panel.period));
    if is_nothing(&told) {
        let message = format!("nothing of {} can be taken over", read.path.display());
        return Err(Failure::new(message).help(not_taken.join("; ")));
    }
    if !not_taken.is_empty() {
        bound.warnings.add(NotTakenOver {
            file: read.path.display().to_string(),
            told: not_taken,
            help: words::help(&told),
        });
    }
    bound.panel.history = history;
    Ok(())
}

/// Does it hand over anything to a panel? Not where the panel has no period behind the earlier run's last.
#[must_use]
pub fn fits(state: &State, plan: &Plan, panel: &Panel) -> bool {
    match state {
        State::Unknown | State::None => true,
        State::Run(read) => !is_nothing(&attach(&read.states, plan, panel).1),
    }
}

/// Is nothing of it taken over, and nobody there of whom it says why?
fn is_nothing(told: &NotTaken) -> bool {
    told.taken == 0 && told.new.is_empty() && told.left_out.is_empty() && told.first_time.is_empty()
}

impl State {
    /// What whoever binds the data has to know of periods before them.
    #[must_use]
    pub fn earlier(&self) -> Earlier {
        match self {
            Self::Run(read) => {
                let entities = || read.states.entities.iter();
                let observed = entities().flat_map(|(_, state)| state.observed.clone());
                let last = entities().map(|(name, state)| (name.clone(), state.last));
                Earlier {
                    observed: observed.collect(),
                    last: last.collect(),
                    file: read.path.display().to_string(),
                }
            }
            Self::Unknown | Self::None => Earlier::default(),
        }
    }

    /// Those that the earlier run had and that have no row now.
    #[must_use]
    pub fn away(&self, plan: &Plan, panel: &Panel) -> Vec<Away> {
        match self {
            Self::Run(read) => away(&read.states, plan, panel),
            Self::Unknown | Self::None => Vec::new(),
        }
    }

    /// The Plan with the words of clauses by which alerts stand where they do, though the rules now say otherwise.
    #[must_use]
    pub fn with_words<'p>(&self, plan: &'p Plan) -> Cow<'p, Plan> {
        match self {
            Self::Run(read) => with_words(plan, &read.states),
            Self::Unknown | Self::None => Cow::Borrowed(plan),
        }
    }

    /// `3 countries go on from august.csv.state.json, 1 is there for the first time: Avalor`
    #[must_use]
    pub fn in_words(&self, plan: &Plan, panel: &Panel) -> String {
        let (read, handed) = match (self, &panel.history) {
            (Self::Run(read), History::Data(handed)) => (read, handed),
            (Self::None, _) if plan.alerts.is_empty() => return "nothing".to_owned(),
            (Self::None, _) => return "no alert was out".to_owned(),
            (Self::Run(_) | Self::Unknown, _) => return String::new(),
        };
        if plan.panel.is_series() {
            return format!("goes on from {}", read.path.display());
        }
        let name = |entity: &u32| panel.entities.get(*entity as usize);
        let is_known = |name: &&String| read.states.entities.contains_key(*name);
        let names = || handed.keys().filter_map(name);
        let known = names().filter(is_known).count();
        let goes = if known == 1 { "goes" } else { "go" };
        let entities = count(known, plan.panel.row_word());
        let mut told = format!("{entities} {goes} on from {}", read.path.display());
        let new: Vec<String> = names()
            .filter(|name| !is_known(name))
            .map(|name| harmless(&forewarn_runtime::panel::shown(name)))
            .collect();
        if !new.is_empty() {
            let is = if new.len() == 1 { "is" } else { "are" };
            let names = list(&new, NAMED);
            let _ = write!(told, ", {names} {is} there for the first time");
        }
        told
    }
}
