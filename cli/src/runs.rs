//! Folders of monthly runs: what one holds is never lost to a run of other data, nor to one that was asked for
//! something else.
//!
//! In: the folder that a run would go into, what it has read and what was asked of it. Out: the folder that it goes
//! into. A run of all that the rules give takes the folder of its month; what that holds of other data, or of a
//! part, is kept beside it, in a folder of the same depth, so that the paths in its manifest still lead to its data.
//! A part, a run with other params and one for an audience that sees less go beside it themselves.

use crate::args::{DataArgs, RunArgs};
use crate::failure::Failure;
use crate::manifest::{Recorded, beside};
use forewarn_plan::Plan;
use std::path::{Path, PathBuf};

/// What was asked of a run, beside its data.
#[derive(PartialEq, Eq)]
struct Asked {
    entities: Vec<String>,
    periods: Vec<String>,
    columns: Vec<String>,
    set: Vec<(String, String)>,
    /// Goalposts were given, in place of the data's own.
    goalposts: bool,
    /// What its audience may not see.
    withheld: Vec<String>,
}

impl Asked {
    fn of(args: &RunArgs, plan: &Plan) -> Self {
        let withheld = plan.confidentiality.withheld.iter();
        Self::new(
            [&args.entity, &args.period, &args.columns],
            &args.set,
            args.goalposts.is_some(),
            withheld.map(|one| one.name.clone()).collect(),
        )
    }

    fn on_record(recorded: &Recorded) -> Self {
        let (document, results) = (&recorded.document, &recorded.document.results);
        Self::new(
            [&results.entity, &results.period, &results.columns],
            &document.set,
            document.goalposts_given,
            document
                .withheld
                .iter()
                .map(|one| one.name.clone())
                .collect(),
        )
    }

    fn new(
        [entities, periods, columns]: [&Vec<String>; 3],
        set: &[(String, String)],
        goalposts: bool,
        mut withheld: Vec<String>,
    ) -> Self {
        withheld.sort();
        // A file has all periods unless some are asked for.
        let all = periods.iter().any(|period| period == "all");
        Self {
            entities: entities.clone(),
            periods: if all { Vec::new() } else { periods.clone() },
            columns: columns.clone(),
            set: set.to_vec(),
            goalposts,
            withheld,
        }
    }

    /// Is it all that the rules give, by the rules as they stand?
    fn is_whole(&self) -> bool {
        let parts = [&self.entities, &self.periods, &self.columns, &self.withheld];
        parts.iter().all(|part| part.is_empty()) && self.set.is_empty() && !self.goalposts
    }
}

/// Where a run goes, and what is to be said of it.
pub struct Placed {
    pub folder: PathBuf,
    pub said: Option<String>,
}

/// The folder that a run goes into, with what it held before put aside.
///
/// # Errors
/// The folder cannot be renamed.
pub fn place(folder: &Path, args: &RunArgs, plan: &Plan) -> Result<Placed, Failure> {
    let placed = |folder: &Path, said| Placed {
        folder: folder.to_owned(),
        said,
    };
    let keep = |of: &str| -> Result<Placed, Failure> {
        let Some(kept) = free(folder, |_| false) else {
            return Ok(placed(folder, None));
        };
        std::fs::rename(folder, &kept)
            .map_err(|error| Failure::file("cannot rename", folder, &error))?;
        let (shown, kept) = (folder.display(), kept.display());
        let said = format!("{shown} held {of} kept as {kept}\n");
        Ok(placed(folder, Some(said)))
    };
    let Some(recorded) = run_in(folder) else {
        // Results without a manifest are nobody knows whose.
        let mut written = WRITTEN.iter();
        return match written.any(|name| folder.join(name).exists()) {
            true => keep("results of which no manifest says what they are of, which are"),
            false => Ok(placed(folder, None)),
        };
    };
    if !is_as_written(folder, &recorded) {
        return keep("results that are not as a run wrote them, which are");
    }
    let asked = Asked::of(args, plan);
    let before = Asked::on_record(&recorded);
    let of_same_data = is_of(&recorded, &args.data);
    if of_same_data && asked == before {
        return Ok(placed(folder, None));
    }
    let shown = folder.display();
    if before.is_whole() && !asked.is_whole() {
        let fits = |beside: &Path| {
            let run = run_in(beside);
            run.is_some_and(|run| is_of(&run, &args.data) && Asked::on_record(&run) == asked)
        };
        let Some(own) = free(folder, fits) else {
            return Ok(placed(folder, None));
        };
        let said = format!(
            "{shown} holds a run of everything, and stays; this one is of a part or by other params, and goes into {}\n",
            own.display()
        );
        return Ok(placed(&own, Some(said)));
    }
    keep(match of_same_data {
        true => "a run that was asked for something else, which is",
        false => "a run of other data, which is",
    })
}

/// What a run writes into its folder.
const WRITTEN: [&str; 2] = ["results.csv", "events.csv"];

/// Are the results those that the manifest is of? Of results that are gone nothing can be lost.
fn is_as_written(folder: &Path, recorded: &Recorded) -> bool {
    let written = std::fs::read(folder.join("results.csv"));
    written.map_or(true, |bytes| {
        forewarn_tables::sha256(&bytes) == recorded.document.results.sha256
    })
}

/// The run that a folder holds.
fn run_in(folder: &Path) -> Option<Recorded> {
    Recorded::read(&beside(&folder.join("results.csv"))).ok()
}

/// `2024-11.1` for `2024-11`: the first that is not there yet, or that fits.
fn free(folder: &Path, fits: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut numbers = (1..).map(|number: u32| folder.with_file_name(format!("{name}.{number}")));
    numbers.find(|beside| !beside.exists() || fits(beside))
}

/// Did a run read what is read now? Of data that an audience may not see no digest is on record.
fn is_of(recorded: &Recorded, data: &DataArgs) -> bool {
    let then = recorded.document.data.iter();
    let mut then: Vec<Option<String>> = then.map(|one| one.sha256.clone()).collect();
    let now = data.data.iter();
    let mut now: Vec<Option<String>> = now.map(|path| data.reading.taken.sha256(path)).collect();
    if then.contains(&None) || now.contains(&None) {
        return then.len() == now.len();
    }
    then.sort();
    now.sort();
    then == now
}
