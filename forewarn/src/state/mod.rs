//! What an earlier run hands over, as a file beside its results.
//!
//! In: what names such a run, or its text. Out: [`State`], and a panel with what was before its first rows. `file` is the
//! form of the file, `handing` is what a run hands over itself, `words` tells what does not fit.

mod document;
mod file;
mod handing;
mod words;

pub use file::write;
pub use handing::Handing;

use crate::damaged;
use crate::system::reason;
use crate::words::{count, list};
use forewarn_diagnostics::render::harmless;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{self, Bound, DataSummary};
use forewarn_runtime::causes::data::NotTakenOver;
use forewarn_runtime::handover::{States, attach, remembers, with_words};
use forewarn_runtime::history::History;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::silent::{Away, away};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use words::NAMED;

/// The word that says that no alert was out.
pub const NOTHING: &str = "none";

/// What a state is called that is no file.
const IN_MEMORY: &str = "the earlier run";

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

/// Why nothing goes on from an earlier run, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub message: String,
    pub help: Option<String>,
}

impl Refused {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn file(path: &Path, error: &std::io::Error) -> Self {
        let path = path.display();
        Self::new(format!("cannot read {path}: {}", reason(error)))
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

/// A run before, as somebody gives it.
#[derive(Clone, Copy, Debug)]
pub enum Earlier<'a> {
    /// [`NOTHING`], or the results, the manifest, the state or the folder of it.
    Named(&'a str),
    /// The text of its state.
    Text(&'a str),
}

/// What is said of a run before: of the Plan of an audience, and the one that works out what it has as inputs.
///
/// # Errors
/// There is no such file, or it is no state of a run of these rules; rules of which nothing goes on.
pub fn given(
    earlier: Option<Earlier<'_>>,
    (plan, sealing): (&Plan, Option<&Plan>),
) -> Result<State, Refused> {
    let Some(earlier) = earlier else {
        return Ok(State::Unknown);
    };
    let is_nothing = matches!(earlier, Earlier::Named(NOTHING));
    let sees_all = plan.confidentiality.withheld.is_empty() && sealing.is_none();
    // What looks back may have been taken away for the audience: there is nothing to go on with, and nothing lost.
    let is_taken_away = is_nothing && !sees_all;
    if !remembers(plan) && !is_taken_away {
        let message = format!("nothing in `{}` looks back", plan.framework.name);
        return Err(Refused::new(message).help(
            "leave `--state` out: without alerts, values of earlier periods and values that stand for a while, a \
             run needs no earlier one",
        ));
    }
    if is_nothing {
        return Ok(State::None);
    }
    if sealing.is_some() {
        let message = "for this audience some alerts are worked out apart, and nothing can be handed over to them";
        return Err(
            Refused::new(message).help("give data that reach back far enough, without `--state`")
        );
    }
    Ok(State::Run(match earlier {
        Earlier::Named(named) => read(Path::new(named), plan)?,
        Earlier::Text(text) => of_text(text, Path::new(IN_MEMORY), plan)?,
    }))
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
///
/// # Errors
/// There is none in the folder, or several.
pub fn file_of(named: &Path) -> Result<PathBuf, Refused> {
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
    let entries = std::fs::read_dir(named).map_err(|error| Refused::file(named, &error))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".state.json"))
        .collect();
    found.sort();
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(
            Refused::new(format!("{} holds no state of a run", named.display())).help(
                "a run of rules that look back writes `RESULTS.state.json` beside its results (`-o`)",
            ),
        ),
        several => {
            let names = several.iter().map(|path| path.display().to_string());
            let names = list(&names.collect::<Vec<_>>(), NAMED);
            Err(
                Refused::new(format!("{} holds several states: {names}", named.display()))
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
    /// The columns that indicators were read from, where rules call them otherwise.
    pub columns: BTreeMap<String, String>,
}

/// Reads what `--state` names.
///
/// # Errors
/// There is no such file, or it is no state of a run of these rules.
fn read(named: &Path, plan: &Plan) -> Result<Read, Refused> {
    let path = file_of(named)?;
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Refused::file(&path, &error).help(
            "a run of rules that look back writes it beside its results (`-o`): name these, or it",
        )
    })?;
    of_text(&text, &path, plan)
}

/// The same from the text of a state, called by its path.
fn of_text(text: &str, path: &Path, plan: &Plan) -> Result<Read, Refused> {
    let shown = path.display();
    let help = "give the `.state.json` that a run with `-o` wrote, as it is";
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let words = damaged::words(&error);
        Refused::new(format!("{shown} is no state of a run: it {words}")).help(help)
    })?;
    if !file::is_known(&value) {
        return Err(
            Refused::new(format!("{shown} is no state that this version reads")).help(help),
        );
    }
    let framework = value.pointer("/framework/name").and_then(Value::as_str);
    if framework != Some(plan.framework.name.as_str()) {
        let message = format!(
            "{shown} is of `{}`, and these rules are `{}`",
            framework.unwrap_or_default(),
            plan.framework.name
        );
        return Err(Refused::new(message).help("give a run of the same framework"));
    }
    let audience = plan.confidentiality.audience.word();
    if value.get("audience").and_then(Value::as_str) != Some(audience) {
        let message = format!("{shown} was written for another audience than this run's");
        return Err(Refused::new(message).help("give a run for the same `--audience`"));
    }
    let kind = plan.panel.period.map(forewarn_runtime::period::full_name);
    if value.get("period").and_then(Value::as_str) != kind.as_deref() {
        return Err(
            Refused::new(format!("{shown} goes by other periods than the panel")).help(help),
        );
    }
    let (states, columns) = file::states_of(&value)
        .ok_or_else(|| Refused::new(format!("{shown} is not as a run wrote it")).help(help))?;
    Ok(Read {
        path: path.to_owned(),
        digest: forewarn_tables::sha256(text.as_bytes()),
        columns,
        states,
    })
}

/// Peers of stated periods are of all entities together: they are handed over as goalposts, not by a state.
///
/// # Errors
/// The data lack such periods, and nobody gave the goalposts.
fn hold_baselines(plan: &Plan, panel: &Panel) -> Result<(), Refused> {
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
    Err(Refused::new(message).help(
        "give the earlier run's goalposts too (`--goalposts RESULTS.manifest.json`), or data with these periods",
    ))
}

/// Puts what was before into a panel; tells what could not be taken over. `goalposts`: those of an earlier run
/// are given.
///
/// # Errors
/// Nothing is taken over, or something that only goalposts hand over is lacking.
pub fn put(state: &State, plan: &Plan, bound: &mut Bound, goalposts: bool) -> Result<(), Refused> {
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
        return Err(Refused::new(format!("{}: {refused}", read.path.display())).help(
            "where such values may be missing, say `on violation missing`, or `clamp`; else give data that reach back \
             to that period",
        ));
    }
    let not_taken = words::in_words(&told, bound.panel.form(plan.panel.period));
    if words::is_nothing(&told) {
        let message = format!("nothing of {} can be taken over", read.path.display());
        let why = not_taken.join("; ");
        return Err(Refused::new(message).help(format!(
            "{why}; give data of later periods, or leave `--state` out"
        )));
    }
    if !not_taken.is_empty() {
        bound.warnings.add(NotTakenOver {
            file: read.path.display().to_string(),
            told: not_taken,
            help: words::help(&told),
        });
    }
    if let Some(less) = words::less(&told, &read.path, plan, bound.panel.form(plan.panel.period)) {
        bound.warnings.add(less);
    }
    bound.panel.history = history;
    Ok(())
}

/// Does it hand over anything to a panel? Not where the panel has no period behind the earlier run's last.
#[must_use]
pub fn fits(state: &State, plan: &Plan, panel: &Panel) -> bool {
    match state {
        State::Unknown | State::None => true,
        State::Run(read) => !words::is_nothing(&attach(&read.states, plan, panel).1),
    }
}

impl State {
    /// What whoever binds the data has to know of periods before them.
    #[must_use]
    pub fn earlier(&self) -> bind::Earlier {
        match self {
            Self::Run(read) => {
                let entities = || read.states.entities.iter();
                let observed = entities().flat_map(|(_, state)| state.observed.clone());
                let last = entities().map(|(name, state)| (name.clone(), state.last));
                bind::Earlier {
                    observed: observed.collect(),
                    last: last.collect(),
                    file: read.path.display().to_string(),
                }
            }
            Self::Unknown | Self::None => bind::Earlier::default(),
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
    pub fn in_words(&self, plan: &Plan, panel: &Panel, data: &DataSummary) -> String {
        let (read, handed) = match (self, &panel.history) {
            (Self::Run(read), History::Data(handed)) => (read, handed),
            (Self::None, _) if plan.alerts.is_empty() => return "nothing".to_owned(),
            (Self::None, _) => return "no alert was out".to_owned(),
            (Self::Run(_) | Self::Unknown, _) => return String::new(),
        };
        let moved = moved(plan, read, data);
        if plan.panel.is_series() {
            return format!("goes on from {}{moved}", read.path.display());
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
        told.push_str(&moved);
        told
    }
}

/// `; `killed` is read from `b`, and was from `a``
fn moved(plan: &Plan, read: &Read, data: &DataSummary) -> String {
    let now = file::columns_of(plan, data);
    let inputs = plan.inputs.iter().zip(&data.inputs);
    let moved = inputs.filter(|(_, input)| input.column.is_some());
    let moved = moved.filter_map(|(info, _)| {
        let own = info.column.as_deref().unwrap_or(&info.name);
        let earlier = read.columns.get(&info.name).map_or(own, String::as_str);
        let column = now.get(info.name.as_str()).copied().unwrap_or(own);
        let words = || {
            let [name, column, earlier] = [info.name.as_str(), column, earlier].map(harmless);
            format!("`{name}` is read from `{column}`, and was from `{earlier}`")
        };
        (column != earlier).then(words)
    });
    let moved = list(&moved.collect::<Vec<_>>(), NAMED);
    match moved.is_empty() {
        true => moved,
        false => format!("; {moved}"),
    }
}
