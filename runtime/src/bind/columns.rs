//! Which column each key and indicator is read from.
//!
//! In: the Plan, `--map`, the table's columns. Out: a place for each, or the causes why there is
//! none. A column is named by `--map`, else by `column "…"`, else by the name in the rules.

use super::{BindOptions, Column, Holds};
use forewarn_compiler::diagnostics::Reports;
use forewarn_compiler::diagnostics::data::{
    ColumnTwice, MissingColumn, NoColumnFits, UnknownMapping, WrongColumn,
};
use forewarn_compiler::diagnostics::suggest::suggest;
use forewarn_compiler::plan::{InputInfo, InputKind, Plan};
use forewarn_compiler::source::Span;

/// Where everything is read from: places among the table's columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Binding {
    pub(super) entity: usize,
    pub(super) period: Option<usize>,
    /// One per input; `None` for an optional one without a column.
    pub(super) inputs: Vec<Option<usize>>,
}

/// Something that the rules read.
#[derive(Clone, Debug)]
struct Wanted<'p> {
    name: &'p str,
    what: &'static str,
    column: String,
    input: Option<&'p InputInfo>,
}

impl Wanted<'_> {
    fn declared(&self) -> Option<Span> {
        self.input.map(|input| input.span)
    }

    fn optional(&self) -> bool {
        self.input.is_some_and(|input| input.optional)
    }

    fn kind(&self) -> &'static str {
        match self.input.map(|input| &input.kind) {
            Some(InputKind::Number) => "a number",
            Some(InputKind::Truth) => "a truth",
            Some(InputKind::Level { .. }) => "a level",
            Some(InputKind::Category { .. }) => "a category",
            None if self.what == ENTITY => "the entity key",
            None => "the period key",
        }
    }

    fn takes(&self, holds: &Holds) -> bool {
        match (self.input.map(|input| &input.kind), holds) {
            (_, Holds::Cells) => true,
            (_, Holds::Other(_)) => false,
            (Some(InputKind::Number), holds) => *holds == Holds::Numbers,
            (Some(InputKind::Truth), holds) => *holds != Holds::Dates,
            (Some(InputKind::Level { .. } | InputKind::Category { .. }), _) => false,
            (None, Holds::Numbers) => true,
            (None, holds) => self.what == PERIOD && *holds == Holds::Dates,
        }
    }
}

const ENTITY: &str = "entity key";
const PERIOD: &str = "period key";

/// The entity key, the period key where there is one, then the inputs.
fn wanted<'p>(plan: &'p Plan, map: &[(String, String)]) -> Vec<Wanted<'p>> {
    let column = |name: &str, declared: Option<&String>| {
        let mapped = map
            .iter()
            .find(|(from, _)| from == name)
            .map(|(_, column)| column);
        mapped
            .or(declared)
            .map_or_else(|| name.to_owned(), Clone::clone)
    };
    let panel = &plan.panel;
    let entity = Wanted {
        name: &panel.entity,
        what: ENTITY,
        column: column(&panel.entity, panel.entity_column.as_ref()),
        input: None,
    };
    let period = panel.period.map(|_| Wanted {
        name: &panel.period_name,
        what: PERIOD,
        column: column(&panel.period_name, panel.period_column.as_ref()),
        input: None,
    });
    let inputs = plan.inputs.iter().map(|input| Wanted {
        name: &input.name,
        what: "indicator",
        column: column(&input.name, input.column.as_ref()),
        input: Some(input),
    });
    std::iter::once(entity)
        .chain(period)
        .chain(inputs)
        .collect()
}

/// The names of the columns that the rules read, each once, keys first: for formats whose rows
/// name their own cells.
pub(super) fn wanted_columns(plan: &Plan, map: &[(String, String)]) -> Vec<String> {
    let mut columns = Vec::new();
    for wanted in wanted(plan, map) {
        if !columns.contains(&wanted.column) {
            columns.push(wanted.column);
        }
    }
    columns
}

/// Tells the entries of `--map` that do nothing.
fn check_map(wanted: &[Wanted<'_>], map: &[(String, String)], reports: &mut Reports) {
    for (at, (name, column)) in map.iter().enumerate() {
        let known = wanted.iter().any(|wanted| wanted.name == name);
        let twice = map.iter().take(at).any(|(earlier, _)| earlier == name);
        if !known || twice {
            let suggestion = if known {
                None
            } else {
                suggest(name, wanted.iter().map(|wanted| wanted.name)).map(str::to_owned)
            };
            reports.add(UnknownMapping {
                name: name.clone(),
                column: column.clone(),
                twice: known && twice,
                suggestion,
            });
        }
    }
}

/// Finds the columns.
///
/// # Errors
/// What is missing, there twice, of another kind or mapped to nothing.
pub(super) fn bind(
    plan: &Plan,
    columns: &[Column],
    options: &BindOptions,
) -> Result<Binding, Reports> {
    let mut reports = Reports::default();
    let wanted = wanted(plan, &options.map);
    check_map(&wanted, &options.map, &mut reports);
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let found: Vec<Option<usize>> = wanted
        .iter()
        .map(|wanted| find(wanted, columns, options, &mut reports))
        .collect();
    if found.iter().all(Option::is_none) && reports.is_empty() {
        reports.add(NoColumnFits {
            file: options.file.clone(),
            columns: names,
            wanted: wanted.into_iter().map(|wanted| wanted.column).collect(),
        });
        return Err(reports);
    }
    // A slip in `--map` explains a missing column as well.
    if reports.is_empty() {
        missing(&wanted, &found, names, options, &mut reports);
    }
    if reports.has_errors() {
        return Err(reports);
    }
    let mut found = found.into_iter();
    let entity = found.next().flatten().unwrap_or(0);
    let period = plan.panel.period.and_then(|_| found.next().flatten());
    Ok(Binding {
        entity,
        period,
        inputs: found.collect(),
    })
}

fn find(
    wanted: &Wanted<'_>,
    columns: &[Column],
    options: &BindOptions,
    reports: &mut Reports,
) -> Option<usize> {
    let mut same = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.name == wanted.column);
    let (place, column) = same.next()?;
    if let Some((second, _)) = same.next() {
        reports.add(ColumnTwice {
            file: options.file.clone(),
            column: wanted.column.clone(),
            name: wanted.name.to_owned(),
            first: place + 1,
            second: second + 1,
        });
    } else if !wanted.takes(&column.holds) {
        reports.add(WrongColumn {
            file: options.file.clone(),
            column: wanted.column.clone(),
            name: wanted.name.to_owned(),
            holds: match &column.holds {
                Holds::Cells => "text".to_owned(),
                Holds::Numbers => "numbers".to_owned(),
                Holds::Truths => "truths".to_owned(),
                Holds::Dates => "dates".to_owned(),
                Holds::Other(words) => words.clone(),
            },
            wanted: wanted.kind().to_owned(),
        });
    }
    Some(place)
}

/// Tells the columns that are not there; the columns that are there are listed once.
fn missing(
    wanted: &[Wanted<'_>],
    found: &[Option<usize>],
    mut names: Vec<String>,
    options: &BindOptions,
    reports: &mut Reports,
) {
    let absent = wanted
        .iter()
        .zip(found)
        .filter(|(wanted, found)| found.is_none() && !wanted.optional())
        .map(|(wanted, _)| wanted);
    let suggestions: Vec<Option<String>> = absent
        .clone()
        .map(|wanted| {
            let near = suggest(&wanted.column, names.iter().map(String::as_str));
            let near = near.or_else(|| suggest(wanted.name, names.iter().map(String::as_str)));
            let exact = names
                .iter()
                .find(|name| *name == wanted.name)
                .map(String::as_str);
            exact.or(near).map(str::to_owned)
        })
        .collect();
    for (wanted, suggestion) in absent.zip(suggestions) {
        reports.add(MissingColumn {
            file: options.file.clone(),
            name: wanted.name.to_owned(),
            what: wanted.what,
            column: wanted.column.clone(),
            suggestion,
            columns: std::mem::take(&mut names),
            declared: wanted.declared(),
        });
    }
}
