//! `--events FILE`: what happened to alerts, in a file of its own, and in the summary of a run.

use crate::args::RunArgs;
use crate::event_reasons::Told;
use crate::failure::Failure;
use crate::output::file;
use crate::outputs::{Outputs, Written};
use crate::select::{Periods, rows_and_gaps};
use crate::words::count;
use forewarn_plan::alerts::AlertEvent;
use forewarn_plan::{DeclarationKind, OutputKind, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::events::{self, Events};
use forewarn_runtime::result_table::ResultTable;
use forewarn_runtime::run::OutputColumn;
use forewarn_runtime::silent::Away;
use forewarn_tables::Format;
use std::path::{Path, PathBuf};

/// Where the table of events goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventsFile {
    path: PathBuf,
    format: Format,
}

impl EventsFile {
    /// From `--events`.
    ///
    /// # Errors
    /// A file whose ending tells no form.
    pub fn of(args: &RunArgs) -> Result<Option<Self>, Failure> {
        let Some(path) = &args.events else {
            return Ok(None);
        };
        let format = file(path, None)?;
        let path = path.clone();
        Ok(Some(Self { path, format }))
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the table; with its digest where it goes to a file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, events: &Events, outputs: &mut Outputs) -> Result<Option<String>, Failure> {
        let written = outputs.write(&self.path, |out| {
            forewarn_tables::write_to(out, self.format, &events.table)
        })?;
        Ok(match written {
            Written::File(digest) => Some(digest),
            Written::Through | Written::ReaderLeft => None,
        })
    }
}

/// Events were asked for where there can be none.
pub fn no_alerts(plan: &Plan) -> Failure {
    let told = &plan.confidentiality;
    let mut withheld = told.withheld.iter();
    if withheld.any(|one| matches!(one.kind, DeclarationKind::Alert | DeclarationKind::Notice)) {
        let audience = told.audience.word();
        let name = &plan.framework.name;
        let message = format!("`{name}` has no alert that a {audience} audience may see");
        return Failure::new(message).help("leave `--events` out, or ask for a closer audience");
    }
    let message = format!("`{}` declares no alert", plan.framework.name);
    Failure::new(message)
        .help("leave `--events` out, or declare one: `alert NAME { raise when … }`")
}

/// The outputs wanted, and after them those that say what happened to alerts.
pub fn with_alerts(plan: &Plan, wanted: Option<Vec<usize>>) -> Option<Vec<usize>> {
    let mut wanted = wanted?;
    for output in events::outputs(plan) {
        if !wanted.contains(&output) {
            wanted.push(output);
        }
    }
    Some(wanted)
}

/// What happened to alerts in the entities and periods that were named, else in all; nothing for
/// a ruleset without alerts.
pub fn gather(
    plan: &Plan,
    bound: &Bound,
    results: &[OutputColumn],
    args: &RunArgs,
    away: &[Away],
    reasons: Option<&Told<'_>>,
) -> Result<Option<Events>, Failure> {
    if plan.alerts.is_empty() {
        return Ok(None);
    }
    // Periods of which the data have no row count too: silence itself can raise an alert.
    let everything = args.entity.is_empty() && args.period.is_empty();
    let rows = if everything {
        None
    } else {
        Some(rows_and_gaps(
            plan,
            &bound.panel,
            &args.entity,
            &args.period,
        )?)
    };
    let is_wanted = |one: &&Away| match rows.as_ref().map(|rows| &rows.periods) {
        None | Some(Periods::All) => args.entity.is_empty(),
        Some(Periods::Some(wanted)) => args.entity.is_empty() && wanted.contains(&(one.last + 1)),
        Some(Periods::Latest) => false,
    };
    let away: Vec<Away> = away.iter().filter(is_wanted).cloned().collect();
    let keys = ResultTable::new(bound, plan.panel.period);
    let rows = rows.as_ref().map(|rows| rows.rows.as_slice());
    let reasons = reasons.map(|told| |alert, clause, row| told.words(alert, clause, row));
    let reasons = reasons.as_ref();
    let mut events = events::gather(
        plan,
        keys,
        &bound.panel,
        results,
        rows,
        &away,
        reasons.map(|reasons| reasons as &dyn Fn(usize, usize, usize) -> String),
    );
    if args.labels {
        for column in &mut events.table.columns {
            if let OutputKind::Category { names, labels } = &mut column.kind {
                names.clone_from(labels);
            }
        }
    }
    Ok(Some(events))
}

/// `2 raised, 1 cleared · held by unknown evidence in 3 rows`; `known`: the state of every alert is known.
pub fn in_words(events: &Events, known: bool) -> String {
    let noticed = events.noticed.into_iter().zip(["began", "ended"]);
    let noticed = noticed.filter(|(count, _)| *count > 0);
    let noticed = noticed.map(|(number, word)| format!("{} {word}", count(number, "notice")));
    let happened: Vec<String> = AlertEvent::ALL
        .iter()
        .zip(events.counts)
        .filter(|(_, count)| *count > 0)
        .map(|(event, count)| format!("{} {}", crate::words::grouped(count as u64), event.word()))
        .chain(noticed)
        .collect();
    let mut words = match (happened.is_empty(), known) {
        (true, true) => "nothing happened".to_owned(),
        (true, false) => "nothing is known to have happened".to_owned(),
        (false, _) => happened.join(", "),
    };
    if events.held > 0 {
        words.push_str(" · held by unknown evidence in ");
        words.push_str(&count(events.held, "row"));
    }
    words
}
