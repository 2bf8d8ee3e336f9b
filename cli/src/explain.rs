//! `forewarn explain`: why one entity's result in one period is what it is. Rules are compiled and
//! data is read as for a run; the runtime tells the reasons, here they are written down.

use crate::args::{ExplainArgs, Format, Global};
use crate::audience::{Sight, Unread};
use crate::failure::{Failure, print, print_document};
use crate::language::note;
use crate::manifest;
use crate::paint::Paint;
use crate::reading;
use crate::recipe::{self, Unusable};
use crate::render::Findings;
use crate::report::{exit_code, failed, tell};
use crate::select::{self, Periods};
use crate::state;
use crate::stream::{Stream, Written, colored};
use crate::words::count;
use forewarn::explain::{self as written, Extent, Page, WIDTH};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::translations::{Messages, levels_in_words};
use forewarn_compiler::{Settings, compile};
use forewarn_plan::{InputInfo, Plan};
use forewarn_runtime::bind::{Bound, InputSummary};
use forewarn_runtime::explain::{Explainer, Explanation, Question};
use forewarn_runtime::panel::{Panel, shown};
use forewarn_runtime::run::RunError;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Explains results.
///
/// # Errors
/// Wrong use: an entity, a period or a name that there is not. Findings in the rules and the data are
/// told and give their exit code.
pub fn explain(args: &ExplainArgs, global: &Global) -> Result<ExitCode, Failure> {
    crate::data::check(&args.data.reading)?;
    let mut findings = Findings::default();
    let mut args = args.clone();
    match recipe::given(&mut args.data, &args.rules) {
        Ok(()) => {}
        Err(Unusable::Failure(failure)) => return Err(failure),
        Err(Unusable::Findings(findings)) => {
            tell(&findings, global, Stream::Error);
            return Ok(exit_code(&findings, global));
        }
    }
    let args = &mut args;
    let settings = Settings {
        set: args.set.clone(),
        audience: args.audience.audience,
        map: args.data.reading.map.clone(),
        lang: args.lang.lang.clone(),
        ..Settings::default()
    };
    let mut compilation = compile(&args.rules, &DiskFiles, &settings);
    recipe::place(&mut args.data.reading, &mut compilation.sources);
    let args = &*args;
    let sources = Arc::new(compilation.sources);
    findings.add_reports(&compilation.reports, &sources);
    let end = |findings: &Findings| {
        tell(findings, global, Stream::Error);
        Ok(exit_code(findings, global))
    };
    let plan = match compilation.plan {
        Some(plan) if !failed(&findings, global) => plan,
        _ => return end(&findings),
    };
    let words = compilation.words;
    let messages = words.as_ref().map(|words| words.messages.clone());
    let messages = messages.unwrap_or_default();
    if let Err(failure) = known_names(&plan, &args.names) {
        tell(&findings, global, Stream::Error);
        return Err(failure);
    }
    let sight = Sight {
        plan: &plan,
        sealing: compilation.sealing.as_ref(),
        seen: None,
    };
    let goalposts = match &args.goalposts {
        Some(path) => Some(manifest::goalposts(path, sight)?),
        None => None,
    };
    let state = match state::given(args.data.state.as_deref(), sight) {
        Ok(state) => state,
        Err(failure) => {
            tell(&findings, global, Stream::Error);
            return Err(failure);
        }
    };
    let plan = state.with_words(&plan).into_owned();
    let sight = Sight {
        plan: &plan,
        ..sight
    };
    let mut bound = match reading::read(&args.data, sight, &state, goalposts.as_ref(), false) {
        Ok(bound) => bound,
        Err(Unread::Failure(failure)) => {
            tell(&findings, global, Stream::Error);
            return Err(failure);
        }
        Err(Unread::Reports(reports)) => {
            findings.add_reports(&reports, &sources);
            return end(&findings);
        }
    };
    state::put(&state, &plan, &mut bound, goalposts.is_some())?;
    findings.add_reports(&bound.warnings, &sources);
    if failed(&findings, global) {
        return end(&findings);
    }
    tell(&findings, global, Stream::Error);
    let rows = rows(&plan, &bound, args)?;
    bound.panel.made = made(args, sight, &state, &bound);
    // Data have been read, in which levels have their names. Programs know them by these too.
    let mut plan = plan;
    if let Some(words) = words.as_ref().filter(|_| args.format != Format::Json) {
        levels_in_words(words, &mut plan);
    }
    let question = Question {
        plan: &plan,
        panel: &bound.panel,
        summary: &bound.summary,
        row: 0,
        names: &args.names,
        goalposts: goalposts.as_ref(),
        outlook: true,
        options: args.options,
    };
    let explainer = Explainer::new(&question).map_err(|error| match error {
        RunError::Native(error) => Failure::new(error.to_string()),
        RunError::Form(error) => Failure::new(error.to_string())
            .help("this is a fault of this program: please report it with the ruleset"),
    })?;
    let width = Stream::Out.width().unwrap_or(WIDTH);
    let paint = Paint {
        on: colored(global.color, Stream::Out),
    };
    let text = match rows {
        Asked::One(row) => {
            let row = explainer.row(row);
            let mut told = row.explain(false);
            let with = (extent(args), width);
            if args.format == Format::Json || page(&plan, &messages, with, &told).has_room() {
                row.look_on(&mut told);
            }
            let page = page(&plan, &messages, with, &told);
            match args.format {
                Format::Json => written::document(&plan, &told),
                Format::Markdown => page.markdown(),
                _ => page.text(paint, Stream::Out.is_terminal()),
            }
        }
        Asked::Each(rows) => {
            if args.format == Format::Json {
                for row in rows {
                    let one = explainer.explain(row, true);
                    if print_document(&written::line(&plan, &one))? == Written::ReaderLeft {
                        break;
                    }
                }
                note(words.as_ref());
                return Ok(ExitCode::SUCCESS);
            }
            let told = rows.into_iter().map(|row| explainer.explain(row, false));
            let told: Vec<Explanation> = told.map(on_one_line).collect();
            match args.format {
                Format::Markdown if args.options => written::markdown_of_options(&plan, &told),
                _ if args.options => written::text_of_options(&plan, &told, width, paint),
                Format::Markdown => written::markdown_of_each(&plan, &told),
                _ => written::text_of_each(&plan, &told, width, paint),
            }
        }
    };
    match args.format {
        Format::Json => print_document(&text)?,
        _ => print(&text)?,
    };
    note(words.as_ref());
    Ok(ExitCode::SUCCESS)
}

/// The cells of which nothing was said and that stand for what the rules say of that: those that are missing where
/// the rules say nothing. Data that can be read but once are not looked at again.
fn made(
    args: &ExplainArgs,
    sight: Sight<'_>,
    state: &state::State,
    bound: &Bound,
) -> Option<Vec<Vec<usize>>> {
    let stands =
        |(info, read): (&InputInfo, &InputSummary)| info.missing_means.is_some() && read.absent > 0;
    let inputs = || sight.plan.inputs.iter().zip(&bound.summary.inputs);
    let is_file = |path: &PathBuf| std::fs::metadata(path).is_ok_and(|one| one.is_file());
    if !inputs().any(stands) || !args.data.data.iter().all(is_file) {
        return None;
    }
    let mut plan = sight.plan.clone();
    for info in &mut plan.inputs {
        info.missing_means = None;
    }
    let sight = Sight {
        plan: &plan,
        ..sight
    };
    let again = reading::read(&args.data, sight, state, None, false).ok()?;
    let columns = bound.panel.columns.iter().zip(&again.panel.columns);
    let is_made = |(row, (a, b)): (usize, (&f64, &f64))| (!a.is_nan() && b.is_nan()).then_some(row);
    let rows = columns.zip(inputs()).map(|((own, said), (info, _))| {
        let cells = own.iter().zip(said).enumerate();
        match info.missing_means {
            Some(_) => cells.filter_map(is_made).collect(),
            None => Vec::new(),
        }
    });
    (again.panel.rows() == bound.panel.rows()).then(|| rows.collect())
}

fn page<'p>(
    plan: &'p Plan,
    messages: &'p Messages,
    (extent, width): (Extent, usize),
    told: &'p Explanation,
) -> Page<'p> {
    Page {
        plan,
        told,
        messages,
        extent,
        width,
    }
}

/// As much of an explanation as stands on a line of each result.
fn on_one_line(mut told: Explanation) -> Explanation {
    for finding in &mut told.results {
        finding.reason.because = Vec::new();
    }
    told
}

/// As much of an explanation as was asked for; else a screen for each result that was named.
fn extent(args: &ExplainArgs) -> Extent {
    match (args.full, args.depth) {
        (true, _) => Extent::Full,
        (false, Some(depth)) => Extent::Depth(depth),
        (false, None) => Extent::Screens(args.names.len()),
    }
}

fn known_names(plan: &Plan, names: &[String]) -> Result<(), Failure> {
    for name in names {
        let known = plan.declarations.iter().map(|one| one.name.as_str());
        let is_withheld = plan.confidentiality.withheld(name).is_some();
        if !is_withheld && !known.clone().any(|known| known == name) {
            let message = format!("`{}` has no value named `{name}`", plan.framework.name);
            let whole = name.split_once('.').map(|(whole, _)| whole);
            if let Some(whole) = whole.filter(|whole| known.clone().any(|known| known == *whole)) {
                return Err(Failure::new(message).help(format!(
                    "what belongs to `{whole}` is told with it: explain `{whole}`"
                )));
            }
            if plan.params.iter().any(|param| param.name == *name) {
                return Err(Failure::new(message).help(format!(
                    "`{name}` is a param: its value stands in explanations of what rests on it"
                )));
            }
            // What is verified otherwise than by default is named by a whole call.
            let known = known.filter(|known| !known.contains(' '));
            return Err(Failure::unknown(message, name, known));
        }
    }
    Ok(())
}

fn several_entities(panel: &Panel, rows: &[usize]) -> bool {
    let mut entities = rows.iter().map(|row| panel.entity_of.get(*row));
    let first = entities.next();
    entities.any(|entity| Some(entity) != first)
}

/// What is to be explained.
enum Asked {
    One(usize),
    /// One line for each of these rows.
    Each(Vec<usize>),
}

/// The word for every entity, unless one is called so.
const ALL: &str = "all";

fn rows(plan: &Plan, bound: &Bound, args: &ExplainArgs) -> Result<Asked, Failure> {
    let panel = &bound.panel;
    let is_entity = (0..panel.rows()).any(|row| panel.entity(row) == ALL);
    if args.entity.is_none() && !plan.panel.is_series() {
        let word = plan.panel.row_word();
        let known = panel.entities.first().map(|entity| shown(entity));
        let example = known.unwrap_or(std::borrow::Cow::Borrowed("NAME"));
        return Err(
            Failure::new(format!("which {word} is to be explained?")).help(format!(
                "name one, such as `--entity {example}`, or `--entity {ALL}` for a line of each"
            )),
        );
    }
    if args.entity.as_deref() != Some(ALL) || is_entity {
        return row(plan, bound, args).map(Asked::One);
    }
    let periods: Vec<String> = args.period.iter().cloned().collect();
    let found = select::rows(plan, panel, &[], &periods, Periods::Latest)?;
    Ok(Asked::Each(found.rows))
}

/// The one row that is meant.
fn row(plan: &Plan, bound: &Bound, args: &ExplainArgs) -> Result<usize, Failure> {
    let panel = &bound.panel;
    let entities = args.entity.as_slice();
    let of_whom = args.entity.as_ref();
    let of_whom = of_whom.map_or(String::new(), |entity| format!(" of `{entity}`"));
    let periods: Vec<String> = args.period.iter().cloned().collect();
    let found = select::rows(plan, panel, entities, &periods, Periods::Latest)?;
    match found.rows.as_slice() {
        [row] => Ok(*row),
        [] => {
            let word = &plan.panel.period_name;
            let period = periods.first().map_or("", String::as_str);
            let own = select::rows(plan, panel, entities, &[], Periods::All)?;
            let spelled = |row: &usize| {
                let number = panel.periods.get(*row)?;
                Some(select::spelled(panel, plan.panel.period?, *number))
            };
            let all: Vec<String> = own.rows.iter().filter_map(spelled).collect();
            let failure = Failure::new(format!("the data holds no {word} `{period}`{of_whom}"));
            Err(
                match (select::beside(&all, period), all.first().zip(all.last())) {
                    (Some((before, after)), _) => failure.help(format!(
                        "it has {before} and next {after}, and no row between them"
                    )),
                    (None, Some((first, last))) => {
                        failure.help(format!("it has {first} to {last}"))
                    }
                    (None, None) => failure,
                },
            )
        }
        many if several_entities(panel, many) => {
            let first = many.first().map(|row| panel.entity(*row));
            let word = plan.panel.row_word();
            let entities: BTreeSet<u32> = many
                .iter()
                .filter_map(|row| panel.entity_of.get(*row).copied())
                .collect();
            Err(Failure::new(format!(
                "`{}` is {}, and one is explained at a time",
                args.entity.as_deref().unwrap_or_default(),
                count(entities.len(), word),
            ))
            .help(format!(
                "name one, such as `--entity {}`",
                forewarn_runtime::causes::data::typed(&first.unwrap_or_default())
            )))
        }
        many => {
            let first = many.first().and_then(|row| panel.periods.get(*row));
            let example = first.zip(plan.panel.period);
            let example = example.map_or(String::new(), |(number, kind)| {
                format!(
                    ", such as `--period {}`",
                    select::spelled(panel, kind, *number)
                )
            });
            let count = many.len();
            Err(Failure::new(format!(
                "`--period {}` is {count} periods, and one is explained at a time",
                args.period.as_deref().unwrap_or("")
            ))
            .help(format!("name one of them{example}")))
        }
    }
}
