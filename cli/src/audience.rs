//! Who may see what comes of a command: `--audience`.
//!
//! In: data files, a Plan for an audience and the Plan that works out its declassified values. Out: a
//! panel that holds what the audience may see and nothing else. Files that only hold what is withheld
//! are not read, except for declassified values, and add no rows to it. Findings about data keep to what the audience may see: those of its own columns
//! lose the lines of files, which show every cell of a row, and of all others only the codes are
//! told.

use crate::args::DataArgs;
use crate::data::{nowhere, options};
use crate::failure::Failure;
use crate::words::list;
use forewarn_compiler::diagnostics::confidentiality::NotForThisAudience;
use forewarn_diagnostics::sheltered::without_lines;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{Reports, info};
use forewarn_plan::classification::Classification;
use forewarn_plan::{DeclarationKind, Plan, Withheld};
use forewarn_runtime::audience::{observed, seal, sealed_outputs, settle_carried};
use forewarn_runtime::bind::{Bound, KeyRows};
use forewarn_runtime::causes::data::NoSuchMissingWord;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::peers::Goalposts;
use forewarn_runtime::run::{OutputColumn, RunOptions, run};
use forewarn_tables::{ReadOptions, Withheld as TablesWithheld, columns_in, files_with, read_all};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why there is no panel.
pub enum Unread {
    Reports(Reports),
    Failure(Failure),
}

impl From<Reports> for Unread {
    fn from(reports: Reports) -> Self {
        Self::Reports(reports)
    }
}

/// A Plan for an audience, and the one that works out what it has as inputs.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    pub plan: &'a Plan,
    pub sealing: Option<&'a Plan>,
    /// The files whose rows may be seen, where another Plan has a say in it.
    pub seen: Option<&'a [PathBuf]>,
}

impl<'a> Sight<'a> {
    /// Is nothing withheld?
    pub fn sees_all(self) -> bool {
        let told = &self.plan.confidentiality;
        told.withheld.is_empty() && told.closed.is_empty() && self.sealing.is_none()
    }

    /// Reads what the audience may see.
    ///
    /// # Errors
    /// What stands in the way of it, without anything that the audience may not see.
    pub fn read(
        self,
        args: &DataArgs,
        options: &ReadOptions<'_>,
        goalposts: Option<&Goalposts>,
    ) -> Result<Bound, Unread> {
        if self.sees_all() {
            let mut bound = read_all(&args.data, self.plan, options)?;
            let words = options.words_seen.as_ref();
            let words = words.map(|words| words.unseen()).unwrap_or_default();
            let words = nowhere(words, &args.data);
            if !words.is_empty() {
                bound.warnings.add(NoSuchMissingWord { words });
            }
            return Ok(bound);
        }
        // The data are looked at more than once.
        options.taken.keep_streams();
        let plan = observed(self.plan);
        let seen = self.files(args);
        let own = self.options(args, options);
        let mut apart = None;
        let read = match (self.sealing, read_seen(&seen, &plan, &own)) {
            // No file that the audience may see goes by the period: the rows are those for which there
            // is something to declassify, of the keys that these files have.
            (Some(sealing), Err(reports)) if lacks_periods(&reports) => {
                let found = self.worked_out(sealing, args, options, goalposts)?;
                let with_rows = ReadOptions {
                    rows: Some(rows_known(sealing, &found.panel)),
                    ..own
                };
                apart = Some(found);
                read_all(&seen, &plan, &with_rows)
            }
            (_, read) => read,
        };
        let mut bound = read.map_err(without_lines)?;
        bound.warnings = without_lines(bound.warnings);
        if self.sealing.is_none() && seen.is_empty() {
            return Err(Unread::Failure(self.nothing_seen()));
        }
        if let Some(sealing) = self.sealing {
            let apart = match apart {
                Some(apart) => apart,
                None => self.worked_out(sealing, args, options, goalposts)?,
            };
            seal(&mut bound.panel, &apart.panel, apart.columns);
            settle_carried(self.plan, &mut bound.panel);
        }
        Ok(bound)
    }

    /// How files are read for an audience that may not see all.
    pub fn options<'o>(self, args: &DataArgs, options: &ReadOptions<'o>) -> ReadOptions<'o> {
        ReadOptions {
            map: self.map_of(&observed(self.plan), &options.map),
            // One file is read as one of several, whichever of the others may be seen.
            of_several: true,
            sheltered: true,
            withheld: self.withheld(args),
            ..options.clone()
        }
    }

    /// What has no say in how files are read: indicators that the audience may not see, and the columns that
    /// they would be read from.
    fn withheld(self, args: &DataArgs) -> Arc<TablesWithheld> {
        let told = &self.plan.confidentiality;
        let indicators = told.withheld.iter();
        let indicators = indicators.filter(|one| one.kind == DeclarationKind::Indicator);
        let mut columns = told.closed.clone();
        let mut named = Vec::new();
        for one in indicators {
            let map = args.reading.map.iter();
            let mapped = map.filter(|(name, _)| *name == one.name);
            named.push(one.name.clone());
            columns.extend(one.reads.iter().cloned());
            columns.extend(mapped.map(|(_, column)| column.clone()));
        }
        Arc::new(TablesWithheld {
            audience: told.audience.word(),
            indicators: named,
            columns,
        })
    }

    /// No file has a column that the audience may see.
    fn nothing_seen(self) -> Failure {
        let message = format!(
            "no data file has a column that {} audience may see",
            an(self.plan.confidentiality.audience)
        );
        Failure::new(message).help("give a file that has one, or ask for a closer audience")
    }

    /// The declassified values, worked out from the whole data.
    fn worked_out(
        self,
        sealing: &Plan,
        args: &DataArgs,
        options: &ReadOptions<'_>,
        goalposts: Option<&Goalposts>,
    ) -> Result<Apart, Unread> {
        let whole = ReadOptions {
            map: self.map_of(sealing, &options.map),
            of_several: true,
            withheld: self.withheld(args),
            ..options.clone()
        };
        let by = read_all(&self.files_read(args), sealing, &whole)
            .map_err(|reports| Unread::Reports(self.withheld_findings(&reports)))?;
        let options = RunOptions {
            wanted: Some(sealed_outputs(self.plan, sealing)),
            goalposts: goalposts.cloned(),
            ..RunOptions::default()
        };
        let results = run(sealing, &by.panel, &options)
            .map_err(|error| Unread::Failure(Failure::new(error.to_string())))?;
        Ok(Apart {
            panel: by.panel,
            columns: results.columns,
        })
    }

    /// What is wrong in data that the audience may not see: the codes alone.
    fn withheld_findings(self, reports: &Reports) -> Reports {
        let told = &self.plan.confidentiality;
        let mut names: Vec<String> = Vec::new();
        for sealed in &told.sealed {
            if !names.contains(&sealed.declaration) {
                names.push(sealed.declaration.clone());
            }
        }
        let codes: BTreeSet<&'static str> = reports.iter().map(|cause| cause.code().0).collect();
        let found = codes
            .into_iter()
            .map(|code| (code, info(code).map_or("", |info| info.title())));
        let first = names.first();
        let declared = self.plan.declarations.iter();
        let span = declared.clone().find(|one| Some(&one.name) == first);
        let mut sheltered = Reports::default();
        sheltered.add(NotForThisAudience {
            audience: told.audience.word(),
            found: found.collect(),
            span: span.map_or_else(Span::default, |one| one.span),
            names,
        });
        sheltered
    }

    /// The files whose rows the audience may see: those with a column that it may see.
    pub fn files(self, args: &DataArgs) -> Vec<PathBuf> {
        if let Some(seen) = self.seen {
            return seen.to_vec();
        }
        let plan = observed(self.plan);
        self.with_columns_of(&plan, args)
    }

    /// The files that are read: these, and those that declassified values are worked out from.
    pub fn files_read(self, args: &DataArgs) -> Vec<PathBuf> {
        let seen = self.files(args);
        let sealing = self.sealing;
        let apart = sealing.map_or_else(Vec::new, |plan| self.with_columns_of(plan, args));
        let all = args.data.iter();
        all.filter(|path| seen.contains(path) || apart.contains(path))
            .cloned()
            .collect()
    }

    fn with_columns_of(self, plan: &Plan, args: &DataArgs) -> Vec<PathBuf> {
        let options = ReadOptions {
            map: self.map_of(plan, &args.reading.map),
            ..options(&args.reading)
        };
        files_with(&args.data, plan, &options)
    }

    /// Has a file a column that is withheld?
    pub fn is_withheld_in(self, path: &Path, args: &DataArgs) -> bool {
        let withheld = &self.plan.confidentiality.withheld;
        let mapped = |one: &Withheld| {
            let mut map = args.reading.map.iter();
            let found = map.find(|(name, _)| *name == one.name);
            found.map(|(_, column)| column.clone())
        };
        let columns = withheld
            .iter()
            .flat_map(|one| one.reads.iter().cloned().chain(mapped(one)))
            .chain(self.plan.confidentiality.closed.iter().cloned());
        let columns: Vec<String> = columns.collect();
        !columns.is_empty() && !columns_in(path, &columns, &options(&args.reading)).is_empty()
    }

    /// The entries of `--map` that the run could use.
    pub fn map(self, map: &[(String, String)]) -> Vec<(String, String)> {
        let own = self.map_of(&observed(self.plan), map);
        let apart = self
            .sealing
            .map_or_else(Vec::new, |plan| self.map_of(plan, map));
        let is_used = |entry: &&(String, String)| own.contains(entry) || apart.contains(entry);
        map.iter().filter(is_used).cloned().collect()
    }

    /// The entries of `--map` that a Plan can use; those of declarations that it lacks are not told.
    fn map_of(self, plan: &Plan, map: &[(String, String)]) -> Vec<(String, String)> {
        let declared = &self.plan.confidentiality.declared;
        let is_read = |name: &String| plan.inputs.iter().any(|input| input.name == *name);
        let keep = |name: &String| is_read(name) || !declared.contains_key(name);
        map.iter().filter(|(name, _)| keep(name)).cloned().collect()
    }
}

/// What declassified values are, apart from what the audience may see.
struct Apart {
    panel: Panel,
    columns: Vec<OutputColumn>,
}

/// Reads files that the audience may see; where there are none, what is missing is told.
fn read_seen(seen: &[PathBuf], plan: &Plan, options: &ReadOptions<'_>) -> Result<Bound, Reports> {
    let without_rows = ReadOptions {
        rows: Some(KeyRows::default()),
        ..options.clone()
    };
    match seen {
        [] if plan.confidentiality.sealed.is_empty() => read_all(seen, plan, &without_rows),
        _ => read_all(seen, plan, options),
    }
}

/// The rows in which something is known that declassified values rest on.
fn rows_known(sealing: &Plan, panel: &Panel) -> KeyRows {
    let observed: Vec<&Vec<f64>> = sealing
        .inputs
        .iter()
        .zip(&panel.columns)
        .filter(|(input, _)| input.kind.has_column())
        .map(|(_, column)| column)
        .collect();
    let is_known = |row: &usize| {
        let mut cells = observed.iter().filter_map(|column| column.get(*row));
        panel.gaps.binary_search(row).is_err() && cells.any(|cell| !cell.is_nan())
    };
    let rows: Vec<usize> = (0..panel.rows()).filter(is_known).collect();
    let pick = |row: &usize| panel.entity_of.get(*row).copied();
    KeyRows {
        entities: panel.entities.clone(),
        entity_of: rows.iter().filter_map(pick).collect(),
        periods: rows
            .iter()
            .filter_map(|row| panel.periods.get(*row).copied())
            .collect(),
    }
}

/// Does no file that was read go by the panel's periods?
fn lacks_periods(reports: &Reports) -> bool {
    reports.iter().any(|cause| cause.code().0 == "FW0931")
}

/// `a public`
pub fn an(audience: Classification) -> String {
    format!("a {}", audience.word())
}

/// Nothing is left to show.
pub fn nothing_to_show(plan: &Plan) -> Option<Failure> {
    let told = &plan.confidentiality;
    let published = told.withheld.iter().any(|one| !one.columns.is_empty());
    (plan.outputs.is_empty() && published).then(|| {
        let message = format!(
            "`{}` has no result that {} audience may see",
            plan.framework.name,
            an(told.audience)
        );
        Failure::new(message).help(
            "ask for a closer audience, or `declassify NAME because \"…\"` in the rules what may be \
             known",
        )
    })
}

/// A name that the audience may not see.
pub fn withheld(plan: &Plan, name: &str) -> Option<Failure> {
    let told = &plan.confidentiality;
    let declaration = name.split('.').next().unwrap_or(name);
    let one = told.withheld(declaration)?;
    let message = format!(
        "`{name}` is {}, and this is for {} audience",
        one.classification.word(),
        an(told.audience)
    );
    Some(Failure::new(message).help("leave it out, or ask for a closer audience"))
}

/// How many names a line tells.
const NAMED: usize = 5;

/// `` `overall` (confidential), `burden` (restricted): not for a public audience ``
#[must_use]
pub fn left_out(plan: &Plan) -> String {
    let told = &plan.confidentiality;
    let published = told.withheld.iter().filter(|one| !one.columns.is_empty());
    let names = names(published.map(|one| (one.name.as_str(), one.classification)));
    if names.is_empty() {
        return names;
    }
    format!("{names}: not for {} audience", an(told.audience))
}

/// `` `overall` (confidential): `--audience public` leaves it out ``, of the columns written.
#[must_use]
pub fn classified(plan: &Plan, columns: Option<&[usize]>) -> String {
    let told = &plan.confidentiality;
    let mut shown: Vec<(&str, Classification)> = Vec::new();
    for (at, output) in plan.outputs.iter().enumerate() {
        let classification = told.of(&output.declaration);
        let is_written = columns.is_none_or(|columns| columns.contains(&at));
        let one = (output.declaration.as_str(), classification);
        if is_written && classification > Classification::Public && !shown.contains(&one) {
            shown.push(one);
        }
    }
    if shown.is_empty() {
        return String::new();
    }
    let it = if shown.len() == 1 { "it" } else { "them" };
    let names = names(shown.into_iter());
    format!("{names}: `--audience public` leaves {it} out")
}

fn names<'a>(all: impl Iterator<Item = (&'a str, Classification)>) -> String {
    let all = all.map(|(name, classification)| format!("`{name}` ({})", classification.word()));
    list(&all.collect::<Vec<_>>(), NAMED)
}

/// Is an indicator withheld, so that files may hold cells of it?
#[must_use]
pub fn withholds_data(plan: &Plan) -> bool {
    let withheld = plan.confidentiality.withheld.iter();
    withheld
        .clone()
        .any(|one| one.kind == DeclarationKind::Indicator)
}
