//! `forewarn data`: what each file is read as, and how a file that nobody has read yet seems to be written.
//!
//! In: a ruleset, its recipe or files. Out: for each file its shape, the columns that are read and those that
//! are not, periods, entities, what was seen against what is declared, and what is strange without being
//! wrong; with `--guess`, a recipe with remarks.

use crate::args::{AudienceArgs, DataArgs, Global};
use crate::audience::Sight;
use crate::data::{check, options};
use crate::failure::{Failure, print};
use crate::numbers::Digits;
use crate::recipe::{self, Unusable};
use crate::render::{Findings, harmless};
use crate::report::{exit_code, failed, tell};
use crate::strange;
use crate::stream::Stream;
use crate::words::{count, list};
use clap::{Args, ValueHint};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Compilation, Settings, compile};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::sheltered::without_lines;
use forewarn_diagnostics::source::Files as _;
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::{InputInfo, InputKind, Plan};
use forewarn_runtime::audience::observed;
use forewarn_runtime::bind::{
    BoundFile, InputSummary, PartSummary, indicator_columns, join, key_names,
};
use forewarn_runtime::flags::in_words;
use forewarn_runtime::period::{self, Period};
use forewarn_tables::recipe::{Recipe, When, recipe_lines, toml_text};
use forewarn_tables::{ReadApart, ReadOptions, by_recipe, guess, read_apart};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// `forewarn data`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct DataCommand {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub rules: PathBuf,
    #[command(flatten)]
    pub data: DataArgs,
    /// Write a recipe for a file that nobody has read yet, with remarks
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub guess: Option<PathBuf>,
    /// Write an empty table to fill in: a CSV file with the columns that the rules read
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["guess", "data"])]
    pub template: Option<PathBuf>,
    #[command(flatten)]
    pub audience: AudienceArgs,
}

const EXAMPLES: &str = "\
Examples:
  forewarn data                                         the files of the recipe in this folder
  forewarn data rules/sahel --data monthly.csv
  forewarn data rules/sahel --guess incoming/new.csv >> rules/sahel/forewarn.toml
  forewarn data rules/sahel --template monthly.csv      an empty table to fill in

What is read goes to standard output, findings to standard error";

/// Tells what files are read as.
///
/// # Errors
/// Wrong use, and a file that cannot be looked at.
pub fn data(args: &DataCommand, global: &Global) -> Result<ExitCode, Failure> {
    check(&args.data.reading)?;
    if let Some(file) = &args.guess {
        return guessed(file, args, global);
    }
    if let Some(file) = &args.template {
        return template(file, args, global);
    }
    let mut data = args.data.clone();
    let mut findings = Findings::default();
    match recipe::given(&mut data, &args.rules) {
        Ok(()) => {}
        Err(Unusable::Failure(failure)) => return Err(failure),
        Err(Unusable::Findings(findings)) => {
            tell(&findings, global, Stream::Error);
            return Ok(exit_code(&findings, global));
        }
    }
    let mut compilation = compile(&args.rules, &DiskFiles, &for_audience(args));
    recipe::place(&mut data.reading, &mut compilation.sources);
    let Compilation {
        sources,
        reports,
        plan,
        sealing,
        ..
    } = compilation;
    let sources = Arc::new(sources);
    findings.add_reports(&reports, &sources);
    let plan = match plan {
        Some(plan) if !failed(&findings, global) => plan,
        _ => {
            tell(&findings, global, Stream::Error);
            return Ok(exit_code(&findings, global));
        }
    };
    let options = options(&data.reading);
    let sight = Sight {
        plan: &plan,
        sealing: sealing.as_ref(),
        seen: None,
    };
    let mut text = String::new();
    let sees_all = sight.sees_all();
    // What is told of files one by one is told once.
    let mut told_of: BTreeSet<(&'static str, String)> = BTreeSet::new();
    let mut note = |reports: &Reports| {
        let all = reports
            .iter()
            .map(|cause| (cause.code().0, cause.describe().title));
        told_of.extend(all);
    };
    let read = match sees_all {
        true => read_apart(&data.data, &plan, &options),
        false => read_apart(
            &sight.files(&data),
            &observed(&plan),
            &sight.options(&data, &options),
        ),
    };
    let mut times: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for file in read.iter().flat_map(|one| &one.files) {
        *times.entry(file.clone()).or_default() += 1;
    }
    for ReadApart { files, by, read } in read {
        let recipe = recipe_of(&options, by);
        let in_parts = files.iter().any(|file| times.get(file) > Some(&1));
        let names: Vec<String> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        // The parts of one file are told apart by what their recipes call them.
        let called = recipe.name.as_ref().filter(|_| in_parts && sees_all);
        let called = called.map_or_else(String::new, |name| format!(": {name}"));
        let _ = writeln!(text, "{}{called}", list(&names, 4));
        match read {
            Ok(part) if sees_all => {
                note(part.warnings());
                findings.add_reports(part.warnings(), &sources);
                told(&mut text, &plan, &part, Some(&recipe), &files);
            }
            // A recipe may name what the audience may not see.
            Ok(mut part) => {
                let warnings = without_lines(part.take_warnings());
                note(&warnings);
                findings.add_reports(&warnings, &sources);
                told(&mut text, &observed(&plan), &part, None, &files);
            }
            Err(reports) => {
                let reports = match sees_all {
                    true => reports,
                    false => without_lines(reports),
                };
                findings.add_reports(&reports, &sources);
                text.push_str("  cannot be read: see what is told of it\n");
            }
        }
        text.push('\n');
    }
    // What is told of single files stands already; what all of them are together, and lack, does not.
    if findings.errors() == 0 {
        match sight.read(&data, &options, None) {
            Err(crate::audience::Unread::Reports(reports)) => {
                findings.add_reports(&reports, &sources);
            }
            Err(crate::audience::Unread::Failure(_)) => {}
            Ok(bound) => {
                for cause in bound.warnings.iter() {
                    let diagnostic = cause.describe();
                    if !told_of.contains(&(cause.code().0, diagnostic.title.clone())) {
                        findings.add(diagnostic, &sources);
                    }
                }
            }
        }
    }
    print(text.trim_end_matches('\n'))?;
    print("\n")?;
    tell(&findings, global, Stream::Error);
    Ok(exit_code(&findings, global))
}

fn recipe_of(options: &ReadOptions<'_>, by: Option<usize>) -> Recipe {
    match by.and_then(|by| options.sources.get(by)) {
        Some(source) => source.recipe.with(&options.recipe),
        None => options.recipe.clone(),
    }
}

/// What one table is read as.
fn told(
    text: &mut String,
    plan: &Plan,
    part: &BoundFile,
    recipe: Option<&Recipe>,
    files: &[PathBuf],
) {
    let summary = part.summary();
    let mut say = |what: &str, words: String| {
        let _ = writeln!(text, "  {what:<9} {words}");
    };
    if let Some(recipe) = recipe {
        let lines = recipe_lines(recipe);
        let said: Vec<String> = lines
            .iter()
            .map(|line| format!("`{}`", line.toml))
            .collect();
        say(
            "shape",
            if said.is_empty() {
                "a row for each key, a column for each indicator".to_owned()
            } else {
                said.join(", ")
            },
        );
    }
    let own = plan.panel.keys.iter().zip(&summary.entity_columns);
    let own = own.map(|(key, column)| format!("`{}` from `{column}`", key.name));
    let mut keys: Vec<String> = own.collect();
    if let Some(column) = &summary.period_column {
        keys.push(format!("`{}` from `{column}`", plan.panel.period_name));
    }
    say("keys", keys.join(", "));
    let one_holds = recipe.and_then(|recipe| recipe.when);
    let one_holds = one_holds.filter(|when| matches!(when, When::LatestWins | When::FirstWins));
    if let (Some(when), [_, _, ..]) = (one_holds, files) {
        let names: Vec<String> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        say("order", format!("{}: {}", when.words(), in_order(&names)));
    }
    let about = plan.panel.keys.get(..summary.entity_columns.len());
    let about = about.and_then(<[_]>::last);
    let mut rows = count(summary.rows, "row");
    if let Some(key) = about {
        let _ = write!(rows, ": {}", count(summary.entities, &key.name));
    }
    if let (Some(kind), Some(first), Some(last)) =
        (plan.panel.period, summary.first_period, summary.last_period)
    {
        let spelt = |number| Period::new(kind, number).to_string();
        let _ = write!(
            rows,
            ", {} from {} to {}",
            count(summary.periods, period::kind_name(kind)),
            spelt(first),
            spelt(last)
        );
    }
    say("rows", rows);
    if summary.filtered > 0 {
        say(
            "left out",
            format!("{} by `rows`", count(as_usize(summary.filtered), "row")),
        );
    }
    if let Some((column, words)) = &summary.marked {
        say("marked", format!("by `{column}`: {}", in_words(words)));
    }
    for ((info, input), seen) in plan.inputs.iter().zip(&summary.inputs).zip(&summary.seen) {
        if let Some(column) = &input.column {
            say("read", indicator(info, column, input, *seen, &summary));
        }
    }
    let absent = plan
        .inputs
        .iter()
        .zip(&summary.inputs)
        .filter(|(info, input)| input.column.is_none() && info.kind.has_column());
    let unread: Vec<&String> = unread(&summary);
    let absent: Vec<String> = absent
        .map(|(info, _)| {
            let wanted = info.column.as_ref().unwrap_or(&info.name);
            match suggest(wanted, unread.iter().map(|name| name.as_str())) {
                Some(near) => format!("`{}` (is it `{near}`?)", info.name),
                None => format!("`{}`", info.name),
            }
        })
        .collect();
    if !absent.is_empty() {
        say("not here", list(&absent, 8));
    }
    if !unread.is_empty() {
        let unread: Vec<String> = unread.iter().map(|name| format!("`{name}`")).collect();
        say("not read", list(&unread, 8));
    }
    for words in strange::in_words(plan, &part.strange(plan)) {
        say("strange", words);
    }
    if let (Some(kind), Some(last)) = (plan.panel.period, summary.last_period)
        && let Some(today) = strange::today(kind)
        && last > today
    {
        say("strange", strange::in_future(kind, last));
    }
    for (one, other) in same(files) {
        say(
            "strange",
            format!(
                "{} and {} hold the same bytes",
                one.display(),
                other.display()
            ),
        );
    }
}

fn as_usize(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

/// `a.csv, then b.csv`, of many the first and the last ones.
fn in_order(names: &[String]) -> String {
    const SHOWN: usize = 3;
    match names {
        [first, second, .., before, last] if names.len() > 2 * SHOWN => {
            format!("{first}, then {second}, … {before}, then {last}")
        }
        names => names.join(", then "),
    }
}

fn unread(summary: &PartSummary) -> Vec<&String> {
    let is_read = |name: &&String| {
        summary.key_columns.contains(name)
            || summary
                .inputs
                .iter()
                .any(|input| input.column.as_ref() == Some(name))
    };
    let columns = summary.columns.iter().filter(|name| !name.is_empty());
    columns.filter(|name| !is_read(name)).collect()
}

/// `` `hdi` from `HDI`: 0.2 to 0.9 of 0..1, 3 % missing ``
fn indicator(
    info: &InputInfo,
    column: &str,
    input: &InputSummary,
    seen: Option<(f64, f64)>,
    summary: &PartSummary,
) -> String {
    let mut words = format!("`{}`", info.name);
    if column != info.name {
        let _ = write!(words, " from `{column}`");
    }
    let name = |place: f64| match &info.kind {
        InputKind::Number => number(place),
        InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. } => {
            if place > 0.0 { "yes" } else { "no" }.to_owned()
        }
        InputKind::Level { names, .. } | InputKind::Category { names } => {
            names.get(place as usize).cloned().unwrap_or_default()
        }
        InputKind::Key { .. } | InputKind::Age { .. } => String::new(),
    };
    match seen {
        Some((low, high)) if low == high => {
            let _ = write!(words, ": {} throughout", name(low));
        }
        Some((low, high)) => {
            let _ = write!(words, ": {} to {}", name(low), name(high));
        }
        None => words.push_str(": no value"),
    }
    if info.kind == InputKind::Number && (info.low.is_finite() || info.high.is_finite()) {
        let end = |x: f64| {
            if x.is_finite() {
                number(x)
            } else {
                String::new()
            }
        };
        let _ = write!(words, ", declared {}..{}", end(info.low), end(info.high));
    }
    if input.missing > 0 && summary.rows > 0 {
        let share = input.missing as f64 / summary.rows as f64 * 100.0;
        let _ = write!(words, ", {share:.1} % missing");
    }
    if let Some((row, key, first)) = &input.first_out_of_range {
        let _ = write!(
            words,
            ", {} out of range, first {} in row {row} ({key})",
            crate::words::grouped(input.out_of_range),
            number(*first)
        );
    }
    if !input.flags.is_empty() {
        let _ = write!(words, ", with flags {}", in_words(&input.flags));
    }
    words
}

fn number(x: f64) -> String {
    Digits::for_column(std::iter::once(x)).write(x)
}

/// Files with the same content.
fn same(files: &[PathBuf]) -> Vec<(&PathBuf, &PathBuf)> {
    let mut known: BTreeMap<String, &PathBuf> = BTreeMap::new();
    let mut found = Vec::new();
    for file in files {
        let Ok(bytes) = std::fs::read(file) else {
            continue;
        };
        let digest = forewarn_tables::sha256(&bytes);
        match known.get(&digest) {
            Some(first) => found.push((*first, file)),
            None => {
                known.insert(digest, file);
            }
        }
    }
    found
}

/// A recipe for a file that nobody has read yet.
fn guessed(file: &Path, args: &DataCommand, global: &Global) -> Result<ExitCode, Failure> {
    if file == Path::new("-") {
        return Err(
            Failure::new("`--guess` looks at a file, and `-` is standard input").help(
                "write the input to a file and name that; the recipe is then for files of its kind",
            ),
        );
    }
    std::fs::metadata(file).map_err(|error| Failure::file("cannot read", file, &error))?;
    let compilation = compile(&args.rules, &DiskFiles, &for_audience(args));
    let Compilation {
        sources,
        reports,
        plan,
        sealing,
        ..
    } = compilation;
    if args.audience.audience.is_some() {
        shows_all(plan.as_ref(), sealing.as_ref())?;
    }
    let sources = Arc::new(sources);
    let without = without_rules(&args.rules);
    let mut findings = Findings::default();
    if !without {
        findings.add_reports(&reports, &sources);
    }
    let options = options(&args.data.reading);
    let Some(guess) = guess(file, plan.as_ref(), &options) else {
        // What stands in the way of reading it stands in the way of guessing, too.
        if let Some(Err(reports)) = plan
            .as_ref()
            .map(|plan| by_recipe(file, plan, &options, &options.recipe))
        {
            findings.add_reports(&reports, &sources);
            tell(&findings, global, Stream::Error);
            return Ok(exit_code(&findings, global));
        }
        return Err(Failure::new(format!(
            "{} is no table of text and no workbook",
            file.display()
        ))
        .help("files whose columns have names and types of their own need no recipe"));
    };
    let mut text = String::from("[[data]]\n");
    let _ = writeln!(
        text,
        "files = {}",
        toml_text(
            &as_a_recipe_has_it(recipe::folder_of_rules(&args.rules), file)
                .display()
                .to_string()
                .replace('\\', "/")
        )
    );
    for seen in &guess.seen {
        remark(&mut text, "seen", seen);
    }
    for line in recipe_lines(&guess.recipe) {
        text.push_str(&line.toml);
        text.push('\n');
    }
    if !guess.others.is_empty() {
        let others: Vec<String> = guess
            .others
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let _ = writeln!(
            text,
            "# other sheets: {}; `sheet = \"NAME\"` reads one, `sheet = \"*\"` stacks all of them",
            list(&others, 8)
        );
    }
    for asked in &guess.asked {
        remark(&mut text, "to decide", asked);
    }
    let columns: Vec<String> = guess
        .columns
        .iter()
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, value)| {
            if value.is_empty() {
                name.clone()
            } else {
                format!("{name} ({value})")
            }
        })
        .collect();
    if !columns.is_empty() {
        remark(&mut text, "columns", &list(&columns, 60));
    }
    match &plan {
        None if without => text.push_str(
            "# no ruleset was found beside it: which column is which indicator is for `map`\n",
        ),
        None => text.push_str(
            "# the rules have errors, which are told apart: which column is which indicator is for `map`\n",
        ),
        // What is still to be decided is no fault of the file.
        Some(plan) => match by_recipe(file, plan, &options, &guess.recipe) {
            Ok(mut part) => {
                let summary = part.summary();
                let mut warnings = part.take_warnings();
                // What is still to be decided may be the reason of what is told of the whole.
                if guess.asked.is_empty() {
                    warnings.append(match join(plan, vec![part]) {
                        Ok(bound) => bound.warnings,
                        Err(reports) => reports,
                    });
                }
                for cause in warnings.iter().take(MOST_REMARKS) {
                    let title = cause.describe().title;
                    remark(&mut text, "look", &format!("{title} ({})", cause.code().0));
                }
                let _ = write!(text, "# tried: it reads {}", count(summary.rows, "row"));
                if !plan.panel.is_series() {
                    let entities = count(summary.entities, plan.panel.entity());
                    let _ = write!(text, " of {entities}");
                }
                text.push('\n');
            }
            Err(_) if !guess.asked.is_empty() => {}
            Err(reports) => {
                text.push_str("# tried: it does not read all of the file, and what it does not is told apart\n");
                findings.add_reports(&reports, &sources);
            }
        },
    }
    print(&text)?;
    tell(&findings, global, Stream::Error);
    Ok(exit_code(&findings, global))
}

/// More warnings are told by whoever reads the file.
const MOST_REMARKS: usize = 8;

/// A remark in one line, whatever the file has in its cells.
fn remark(text: &mut String, what: &str, words: &str) {
    let words: Vec<&str> = words.split_whitespace().collect();
    let _ = writeln!(text, "# {what}: {}", harmless(&words.join(" ")));
}

/// Rules as they are for the audience that is asked for.
fn for_audience(args: &DataCommand) -> Settings {
    Settings {
        audience: args.audience.audience,
        ..Settings::default()
    }
}

/// A guess names the columns of a file and shows a cell of each, whatever the rules make of them: it is for those
/// who may see all of it.
fn shows_all(plan: Option<&Plan>, sealing: Option<&Plan>) -> Result<(), Failure> {
    let message = match plan {
        Some(plan) => {
            let sight = Sight {
                plan,
                sealing,
                seen: None,
            };
            if sight.sees_all() {
                return Ok(());
            }
            let audience = plan.confidentiality.audience;
            format!(
                "`--guess` shows names and cells of the file, and {} audience may not see all that the rules read",
                crate::audience::an(audience)
            )
        }
        None => "`--guess` shows names and cells of the file, and without sound rules nothing says what an \
                 audience may see of it"
            .to_owned(),
    };
    Err(Failure::new(message).help(
        "guess without `--audience`, and keep what it writes where the file itself may be seen; the recipe that \
         comes of it reads the file for every audience",
    ))
}

/// A path that is meant from a folder stays one; a full one stays full.
fn as_a_recipe_has_it(folder: &Path, file: &Path) -> PathBuf {
    match file.is_absolute() {
        true => file.to_owned(),
        false => crate::manifest::seen_from(folder, file),
    }
}

/// Is there no rule file at all?
fn without_rules(rules: &Path) -> bool {
    let files = DiskFiles.rule_files(rules);
    rules.is_dir() && files.is_ok_and(|files| files.is_empty())
}

/// An empty table with the columns that the rules read: keys first, then indicators in the order of the rules. For
/// an audience it has those that it may see.
fn template(file: &Path, args: &DataCommand, global: &Global) -> Result<ExitCode, Failure> {
    let compilation = compile(&args.rules, &DiskFiles, &for_audience(args));
    let mut findings = Findings::default();
    findings.add_reports(&compilation.reports, &Arc::new(compilation.sources));
    tell(&findings, global, Stream::Error);
    let plan = match compilation.plan {
        Some(plan) if !failed(&findings, global) => observed(&plan),
        _ => return Ok(exit_code(&findings, global)),
    };
    let map = &args.data.reading.map;
    let keys = key_names(&plan, map);
    let mut names: Vec<String> = Vec::new();
    names.extend(keys.keys.iter().filter_map(|names| names.first().cloned()));
    match keys.two() {
        Some(two) => names.extend(two.iter().cloned()),
        None => names.extend(keys.period.first().cloned()),
    }
    let key_count = names.len();
    for column in indicator_columns(&plan, map) {
        if !names.contains(&column) {
            names.push(column);
        }
    }
    let cells: Vec<String> = names.iter().map(|name| cell(name)).collect();
    let made = std::fs::File::create_new(file).and_then(|mut out| {
        std::io::Write::write_all(&mut out, format!("{}\n", cells.join(",")).as_bytes())
    });
    made.map_err(|error| Failure::file("cannot write", file, &error))?;
    print(&format!(
        "{}: {} and {}; one row for each {}\n",
        file.display(),
        count(key_count, "key"),
        count(names.len() - key_count, "column"),
        forewarn_diagnostics::wording::list(&plan.panel.key_words().collect::<Vec<_>>(), "and")
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// A name as a cell of CSV.
fn cell(name: &str) -> String {
    if name.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.to_owned()
    }
}
