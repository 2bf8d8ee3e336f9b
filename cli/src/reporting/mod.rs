//! `forewarn report`: results as a report that people read.
//!
//! In: a ruleset and data, as a run has them; perhaps an earlier run and outlines. Out: one file, and a
//! manifest beside it with which `forewarn verify` makes the report again. Rules are compiled for the audience
//! and data read for it, so that nothing more closed can be in any form of it.

mod args;
mod earlier;
mod notes;

pub use args::ReportArgs;

use crate::args::{AudienceArgs, Engine, Format, Global, RunArgs};
use crate::audience::{self, Sight, Unread};
use crate::compare::side::Side;
use crate::failure::{Failure, print, print_document};
use crate::language::note;
use crate::manifest::document::{Against, Document, File, Report, ReportForm};
use crate::manifest::{self, Manifest, Recorded};
use crate::outputs::{Outputs, Reads, Role, Written, folder_of, is_through};
use crate::progress::Progress;
use crate::reading;
use crate::recipe::{self, Unusable};
use crate::render::Findings;
use crate::report::{exit_code, failed, tell};
use crate::run::{no_result, twice};
use crate::select::{self, Periods};
use crate::state;
use crate::stream::{Stream, say};
use crate::words::{count, list};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::property::compile_properties;
use forewarn_compiler::translations::levels_in_words;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::properties::Proof;
use forewarn_plan::{OutputKind, Plan};
use forewarn_report::{
    Borders, Claim, Material, Options, Outlines, Provenance, Words, html, markdown,
};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::reliance::reliance;
use forewarn_runtime::run::{self, RunOptions};
use forewarn_tables::sha256;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Writes a report.
///
/// # Errors
/// Wrong use; findings in the rules and the data are told and give their exit code.
pub fn report(args: &ReportArgs, global: &Global) -> Result<ExitCode, Failure> {
    let form = form(args)?;
    crate::data::check(&args.data.reading)?;
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
    // As of `run`, that is standard output.
    args.out = args.out.take().filter(|out| out.as_os_str() != "-");
    if let Some(failure) = twice(&args.data.data) {
        return Err(failure);
    }
    let mut outputs = planned(args)?;
    args.data.reading.taken.with_digests();
    let mut findings = Findings::default();
    let settings = Settings {
        set: args.set.clone(),
        map: args.data.reading.map.clone(),
        audience: args.audience.audience,
        has_words: args.lang.lang.as_deref().is_some_and(Words::has),
        lang: args.lang.lang.clone(),
        ..Settings::default()
    };
    let mut compilation = compile(&args.rules, &DiskFiles, &settings);
    recipe::place(&mut args.data.reading, &mut compilation.sources);
    let args = &*args;
    let run_args = args.run();
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
    let after = |findings: &Findings, failure: Failure| {
        tell(findings, global, Stream::Error);
        Err(failure)
    };
    if let Some(failure) = audience::nothing_to_show(&plan).or_else(|| no_level(&plan, args)) {
        return after(&findings, failure);
    }
    // Claims rest on the rules alone: they are worked out while data are read.
    let claims = Claims::begun(&args.rules, &plan);
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
        Err(failure) => return after(&findings, failure),
    };
    let plan = state.with_words(&plan).into_owned();
    let sight = Sight {
        plan: &plan,
        ..sight
    };
    let mut bound = match reading::read(&args.data, sight, &state, goalposts.as_ref(), args.quiet) {
        Ok(bound) => bound,
        Err(Unread::Failure(failure)) => return after(&findings, failure),
        Err(Unread::Reports(reports)) => {
            findings.add_reports(&reports, &sources);
            return end(&findings);
        }
    };
    if let Err(failure) = state::put(&state, &plan, &mut bound, goalposts.is_some()) {
        return after(&findings, failure);
    }
    findings.add_reports(&bound.warnings, &sources);
    if failed(&findings, global) {
        return end(&findings);
    }
    tell(&findings, global, Stream::Error);
    select::rows(&plan, &bound.panel, &args.entity, &[], Periods::All)?;

    let working = Progress::of("explaining".to_owned(), &Arc::default(), !args.quiet);
    let options = RunOptions {
        engine: run::Engine::for_few(bound.panel.rows()),
        goalposts: goalposts
            .clone()
            .map(|goalposts| manifest::visible(goalposts, &plan)),
        ..RunOptions::default()
    };
    let results = run::run(&plan, &bound.panel, &options).map_err(no_result)?;
    let asked = Report {
        form,
        level: args.level.clone(),
        against: recorded(args.against.as_deref(), args)?.map(|file| Against {
            path: file.path,
            // Of what an audience may not see, its digest would tell.
            sha256: sight.sees_all().then_some(file.sha256),
        }),
        outlines: recorded(args.outlines.as_deref(), args)?,
        disclaimer: args.disclaimer.clone(),
        notes: recorded(args.notes.as_deref(), args)?,
    };
    let relied_on = reliance(&plan, &bound.panel, &results.columns);
    let out = args.out.clone().unwrap_or_default();
    let document = |digest: String| Manifest {
        args: &run_args,
        sight,
        plan: &plan,
        sources: &sources,
        panel: &bound.panel,
        data: &bound.summary,
        faults: &results.faults,
        peers: &results.peers,
        reliance: &relied_on,
        state: &state,
        results: (&out, digest),
        report: Some(asked.clone()),
        events: None,
    };
    let rests_on = document(String::new()).document();
    let earlier = match &args.against {
        Some(path) => Some(earlier::read(path, &plan, &bound, &rests_on)?),
        None => None,
    };
    let wanted = Options {
        lang: args.lang.lang.clone(),
        entities: args.entity.clone(),
        level: args
            .level
            .clone()
            .or_else(|| head_of_the_whole(args, &settings, &plan)),
        earlier,
        provenance: Some(provenance(&rests_on, args)),
        map: borders(args, form, &plan, &bound)?,
        claims: claims.told(),
        notes: match &args.notes {
            Some(path) => Some(notes::read(path, &plan, &bound.panel)?),
            None => None,
        },
        today: plan.panel.period.and_then(crate::strange::today),
    };
    // Data have been read, in which levels have their names.
    let mut spoken = plan.clone();
    if let Some(words) = &compilation.words {
        levels_in_words(words, &mut spoken);
    }
    let told = forewarn_report::report(
        Material {
            plan: &spoken,
            panel: &bound.panel,
            summary: &bound.summary,
            results: &results,
            goalposts: goalposts.as_ref(),
        },
        &wanted,
    )
    .map_err(no_result)?;
    let bytes = match form {
        ReportForm::Html => html(&told).into_bytes(),
        ReportForm::Markdown => markdown(&told).into_bytes(),
        ReportForm::Xlsx => workbook(&told)?,
    };
    drop(working);
    let Some(path) = &args.out else {
        let text = String::from_utf8_lossy(&bytes);
        match form {
            ReportForm::Markdown => print(&text)?,
            ReportForm::Html | ReportForm::Xlsx => print_document(&text)?,
        };
        note(compilation.words.as_ref());
        return Ok(ExitCode::SUCCESS);
    };
    let written = outputs.write(path, |out| out.write_all(&bytes))?;
    if let Written::File(digest) = written {
        let text = document(digest).text()?;
        outputs.write(&manifest::beside(path), |out| {
            out.write_all(text.as_bytes())
        })?;
    }
    outputs.put()?;
    if !args.quiet {
        let entities = if plan.panel.is_series() {
            count(bound.summary.periods, &plan.panel.period_name)
        } else {
            count(bound.summary.entities, plan.panel.row_word())
        };
        let size = bytes.len().div_ceil(1024);
        say(&format!("{}: {entities}, {size} KiB\n", path.display()));
        note(compilation.words.as_ref());
    }
    Ok(ExitCode::SUCCESS)
}

/// The level that the whole method is about, where an audience sees a part of it: what a declassified level rests on, and
/// which alerts look at it, is closed there.
fn head_of_the_whole(args: &ReportArgs, settings: &Settings, plan: &Plan) -> Option<String> {
    if plan.confidentiality.sealed.is_empty() {
        return None;
    }
    let settings = Settings {
        audience: None,
        ..settings.clone()
    };
    let whole = compile(&args.rules, &DiskFiles, &settings).plan?;
    let levels = plan.outputs.iter().filter(|output| {
        matches!(output.kind, OutputKind::Level { .. }) && output.column == output.declaration
    });
    let levels: Vec<&str> = levels.map(|one| one.declaration.as_str()).collect();
    let head = forewarn_report::head_of(&whole, &levels)?;
    levels.get(head).map(|level| (*level).to_owned())
}

/// What the rules claim of themselves.
enum Claims {
    /// Claims name what they are about, which is for those who may see all of it.
    Withheld,
    Working(JoinHandle<Vec<Claim>>),
    /// There is no thread for them.
    Later(PathBuf),
}

impl Claims {
    fn begun(rules: &Path, plan: &Plan) -> Self {
        if !plan.confidentiality.withheld.is_empty() {
            return Self::Withheld;
        }
        let path = rules.to_owned();
        let working = std::thread::Builder::new().spawn(move || claims(&path));
        working.map_or_else(|_| Self::Later(rules.to_owned()), Self::Working)
    }

    fn told(self) -> Vec<Claim> {
        match self {
            Self::Withheld => Vec::new(),
            Self::Working(thread) => match thread.join() {
                Ok(claims) => claims,
                Err(panic) => std::panic::resume_unwind(panic),
            },
            Self::Later(rules) => claims(&rules),
        }
    }
}

fn claims(rules: &Path) -> Vec<Claim> {
    let compilation = compile_properties(rules, &DiskFiles, &Settings::default());
    let claims = compilation.properties.unwrap_or_default().into_iter();
    let claims = claims.map(|one| Claim {
        proved: one.proof == Proof::Proved,
        label: one.label,
        text: one.text,
        cites: one.cites,
    });
    claims.collect()
}

/// The report on record, asked for again.
#[must_use]
pub fn again(recorded: &Recorded, report: &Report, run: RunArgs) -> ReportArgs {
    let path = |file: &File| recorded.seen_here(&file.path);
    ReportArgs {
        rules: run.rules,
        data: run.data,
        set: run.set,
        goalposts: run.goalposts,
        out: run.out,
        format: Some(match report.form {
            ReportForm::Html => Format::Html,
            ReportForm::Markdown => Format::Markdown,
            ReportForm::Xlsx => Format::Xlsx,
        }),
        entity: run.entity,
        level: report.level.clone(),
        against: report
            .against
            .as_ref()
            .map(|file| recorded.seen_here(&file.path)),
        outlines: report.outlines.as_ref().map(path),
        disclaimer: report.disclaimer.clone(),
        notes: report.notes.as_ref().map(path),
        lang: run.lang,
        audience: run.audience,
        quiet: true,
    }
}

impl ReportArgs {
    /// The run that the report is of.
    fn run(&self) -> RunArgs {
        RunArgs {
            rules: self.rules.clone(),
            data: self.data.clone(),
            set: self.set.clone(),
            goalposts: self.goalposts.clone(),
            out: self.out.clone(),
            to: None,
            events: None,
            entity: self.entity.clone(),
            period: Vec::new(),
            columns: Vec::new(),
            labels: false,
            units: false,
            csv_for: None,
            lang: self.lang.clone(),
            limit: None,
            audience: AudienceArgs {
                audience: self.audience.audience,
            },
            quiet: self.quiet,
            engine: Engine::Auto,
            threads: None,
        }
    }
}

/// The form that is named, else that of the file's ending, else HTML.
fn form(args: &ReportArgs) -> Result<ReportForm, Failure> {
    let ending = args.out.as_deref().and_then(Path::extension);
    let ending = ending.map(|ending| ending.to_string_lossy().to_lowercase());
    // Where none is named, it says how messages are written.
    let named = match args.format {
        Some(Format::Html) => Some(ReportForm::Html),
        Some(Format::Markdown) => Some(ReportForm::Markdown),
        Some(Format::Xlsx) => Some(ReportForm::Xlsx),
        Some(
            Format::Human
            | Format::Json
            | Format::Short
            | Format::Github
            | Format::Sarif
            | Format::Junit,
        )
        | None => None,
    };
    let form = match (named, ending.as_deref()) {
        (Some(form), _) => form,
        (None, Some("html" | "htm") | None) => ReportForm::Html,
        (None, Some("md" | "markdown")) => ReportForm::Markdown,
        (None, Some("xlsx")) => ReportForm::Xlsx,
        (None, Some(other)) => {
            return Err(Failure::new(format!("`.{other}` is no form of a report"))
                .help("name the file `.html`, `.md` or `.xlsx`, or say `--format`"));
        }
    };
    if form == ReportForm::Xlsx && args.out.is_none() {
        return Err(Failure::new("a workbook goes to a file").help("say where: `-o report.xlsx`"));
    }
    Ok(form)
}

/// Everything that will be written, looked at before anything is read.
fn planned(args: &ReportArgs) -> Result<Outputs, Failure> {
    let mut reads = Reads::of(&args.rules, &args.data, args.goalposts.as_deref());
    reads.data.extend(args.outlines.as_deref());
    reads.data.extend(args.notes.as_deref());
    let there = args.out.as_deref().filter(|out| out.exists());
    if let (Some(_), Some(against)) = (there, &args.against)
        && let Ok(side) = Side::of(against)
    {
        reads.compared_with(&side.results);
    }
    let mut wanted: Vec<(Role, PathBuf)> = Vec::new();
    if let Some(path) = &args.out {
        wanted.push((Role::Results, path.clone()));
        if !is_through(path) {
            wanted.push((Role::Manifest, manifest::beside(path)));
        }
    }
    let wanted = wanted.iter().map(|(role, path)| (*role, path.as_path()));
    Outputs::plan(wanted, &reads)
}

/// The level that was named, where there is none.
fn no_level(plan: &Plan, args: &ReportArgs) -> Option<Failure> {
    let name = args.level.as_deref()?;
    let outputs = plan.outputs.iter();
    let levels = outputs.filter(|output| {
        matches!(output.kind, OutputKind::Level { .. })
            && output.column == output.declaration
            && !plan.alerts.iter().any(|alert| alert.name == output.column)
    });
    let known: Vec<&str> = levels.map(|output| output.column.as_str()).collect();
    if known.contains(&name) {
        return None;
    }
    let withheld = audience::withheld(plan, name);
    let message = format!("`{}` has no level `{name}`", plan.framework.name);
    Some(withheld.unwrap_or_else(|| Failure::unknown(message, name, known)))
}

/// A file that was read beside the run, from the manifest's folder.
fn recorded(path: Option<&Path>, args: &ReportArgs) -> Result<Option<File>, Failure> {
    let Some(path) = path else {
        return Ok(None);
    };
    let file = if path.is_dir() {
        Side::of(path)?.results
    } else {
        path.to_owned()
    };
    let bytes =
        std::fs::read(&file).map_err(|error| Failure::file("cannot read", &file, &error))?;
    let out = args.out.clone().unwrap_or_default();
    Ok(Some(File {
        path: manifest::seen_from(folder_of(&out), &file),
        sha256: sha256(&bytes),
    }))
}

/// What the report tells of what it rests on. Files have their names alone: folders differ from one machine
/// to the next, and the report does not.
fn provenance(document: &Document, args: &ReportArgs) -> Provenance {
    let name = |path: &Path| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    };
    let rules: Vec<(String, String)> = document
        .rules
        .files
        .iter()
        .map(|file| (name(&file.path), file.sha256.clone()))
        .collect();
    let data: Vec<(String, Option<String>)> = document
        .data
        .iter()
        .map(|data| {
            let path = data.path.as_deref();
            let shown = path.map_or_else(|| data.from.words().to_owned(), name);
            (shown, data.sha256.clone())
        })
        .collect();
    let program = format!("forewarn {}", env!("CARGO_PKG_VERSION"));
    let mut all = program.clone();
    for digest in rules.iter().map(|(_, digest)| Some(digest)) {
        all.push_str(digest.map_or("", String::as_str));
    }
    for (_, digest) in &data {
        all.push_str(digest.as_deref().unwrap_or("-"));
    }
    for (param, value) in &args.set {
        all.push_str(&format!("\n{param}={value}"));
    }
    let stamp = sha256(all.as_bytes()).to_uppercase();
    let (first, rest) = stamp.split_at_checked(4).unwrap_or((&stamp, ""));
    let second = rest.get(..4).unwrap_or_default();
    let verify = args.out.as_deref().and_then(Path::file_name);
    Provenance {
        stamp: format!("{first} {second}"),
        rules,
        data,
        program,
        verify: verify
            .map(|out| format!("forewarn verify {}.manifest.json", out.to_string_lossy())),
        set: args.set.clone(),
    }
}

/// The outlines of the map.
fn borders(
    args: &ReportArgs,
    form: ReportForm,
    plan: &Plan,
    bound: &Bound,
) -> Result<Option<Borders>, Failure> {
    let Some(path) = &args.outlines else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::file("cannot read", path, &error))?;
    let outlines = Outlines::read(&text).map_err(|why| {
        Failure::new(format!("{} holds no outlines: {why}", path.display()))
            .help("give GeoJSON: a `FeatureCollection` of polygons, one of whose properties names the entity")
    })?;
    let known: BTreeSet<_> = (0..bound.panel.rows())
        .map(|row| bound.panel.entity(row))
        .collect();
    let known: BTreeSet<&str> = known
        .iter()
        .flat_map(|name| std::iter::once(name.as_ref()).chain(name.split('/')))
        .collect();
    if !outlines.has_any(|name| known.contains(name)) {
        let some: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        return Err(Failure::new(format!(
            "none of the outlines in {} is of a {} of these data: {}",
            path.display(),
            plan.panel.row_word(),
            list(&some, 3)
        ))
        .help("give outlines one of whose properties has the names that the data have"));
    }
    if form != ReportForm::Html && !args.quiet {
        say("outlines are drawn in HTML alone: this form of the report has no map\n");
    }
    let source = path.file_name().unwrap_or(path.as_os_str());
    Ok(Some(Borders {
        outlines,
        source: source.to_string_lossy().into_owned(),
        disclaimer: args.disclaimer.clone(),
    }))
}

#[cfg(feature = "xlsx")]
fn workbook(told: &forewarn_report::Document) -> Result<Vec<u8>, Failure> {
    forewarn_report::xlsx(told)
        .map_err(|error| Failure::new(format!("no workbook can be written: {error}")))
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_told: &forewarn_report::Document) -> Result<Vec<u8>, Failure> {
    Err(
        Failure::new("this build of the program writes no workbooks")
            .help("write the report as HTML or Markdown, or build the whole tool: `cargo install --path cli`"),
    )
}
