//! `forewarn run`: a ruleset applied to data. Rules are compiled, data is read and bound, the Plan
//! is evaluated, results are written; each step only if the one before it left nothing amiss.

use crate::args::{Engine, Global, RunArgs};
use crate::audience::{self, Sight, Unread};
use crate::event_reasons::{Telling, Told};
use crate::events::{self, EventsFile};
use crate::failure::{Failure, print};
use crate::flowing;
use crate::manifest::{self, Manifest};
use crate::output::{Target, beside_for, keep_rows, labelled, names_alone, write, write_dialect};
use crate::outputs::{Outputs, Reads, Role, folder_of, is_through, unwritten};
use crate::paint::Paint;
use crate::progress::Progress;
use crate::reading;
use crate::recipe::{self, Unusable};
use crate::render::Findings;
use crate::report::{exit_code, failed, tell};
use crate::runs;
use crate::select::{self, Periods, Rows};
use crate::state::{self, State};
use crate::strange;
use crate::stream::{Stream, colored, say};
use crate::summary::{Summary, Times};
use crate::view::{ROWS, View, needed};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::translations::Words;
use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::Plan;
use forewarn_runtime::bind::Bound;
use forewarn_runtime::events::Events;
use forewarn_runtime::handover::{States, remembers};
use forewarn_runtime::peers::PeerRecord;
use forewarn_runtime::period::Period;
use forewarn_runtime::reliance::{Reliance, TooFar, begun_anew, reliance, too_far};
use forewarn_runtime::result_table::ResultTable;
use forewarn_runtime::run::{self, Results, RunError, RunOptions, Timings};
use forewarn_tables::{Flowing, Flows};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

/// Columns of a table where no terminal says how wide it is.
const WIDTH: usize = 80;

/// Applies a ruleset to data.
///
/// # Errors
/// Wrong use; findings in the rules and the data are told and give their exit code.
pub fn run(args: &RunArgs, global: &Global) -> Result<ExitCode, Failure> {
    crate::data::check(&args.data.reading)?;
    let mut args = args.clone();
    if let Err(why) = recipe::given(&mut args.data, &args.rules) {
        return match why {
            Unusable::Failure(failure) => Err(failure),
            Unusable::Findings(findings) => Ok(end(&findings, global)),
        };
    }
    let args = &mut args;
    args.data.reading.threads = args.threads.unwrap_or(0);
    let mut target = Target::of(args)?;
    let mut events_file = EventsFile::of(args)?;
    if let Some(failure) = twice(&args.data.data) {
        return Err(failure);
    }
    // The month's files by the recipe: the run goes into a folder that is named by what it reads.
    let monthly = args.data.reading.recipes.is_some() && args.out.is_none() && args.to.is_none();
    let mut outputs = match monthly {
        true => None,
        false => Some(planned(args, &target, events_file.as_ref())?),
    };
    if monthly {
        args.data.reading.taken.with_digests();
    }
    if matches!(&target, Target::File(path, _) if !is_through(path)) {
        args.data.reading.taken.with_digests();
    }
    let mut findings = Findings::default();
    let mut times = Times::default();

    let start = Instant::now();
    let settings = Settings {
        set: args.set.clone(),
        map: args.data.reading.map.clone(),
        audience: args.audience.audience,
        lang: args.lang.lang.clone(),
        ..Settings::default()
    };
    let mut compilation = compile(&args.rules, &DiskFiles, &settings);
    times.rules = start.elapsed();
    recipe::place(&mut args.data.reading, &mut compilation.sources);
    let args = &*args;
    let sources = Arc::new(compilation.sources);
    findings.add_reports(&compilation.reports, &sources);
    let plan = match compilation.plan {
        Some(plan) if !failed(&findings, global) => plan,
        _ => return Ok(end(&findings, global)),
    };
    if let Some(failure) = audience::nothing_to_show(&plan) {
        return after(&findings, global, failure);
    }
    let sight = Sight {
        plan: &plan,
        sealing: compilation.sealing.as_ref(),
        seen: None,
    };
    let words = compilation.words;
    let columns = match select::columns(&plan, &args.columns) {
        Ok(columns) => columns,
        Err(failure) => return after(&findings, global, failure),
    };

    if events_file.is_some() && plan.alerts.is_empty() {
        return after(&findings, global, events::no_alerts(&plan));
    }

    let goalposts = match &args.goalposts {
        Some(path) => Some(manifest::goalposts(path, sight)?),
        None => None,
    };
    if let Target::File(path, _) = &target {
        manifest::replaces_none(&manifest::beside(path), sight)?;
    }
    let state = match state::given(args.data.state.as_deref(), sight) {
        Ok(state) => state,
        Err(failure) => return after(&findings, global, failure),
    };
    let plan = state.with_words(&plan);
    let plan = &*plan;
    let sight = Sight { plan, ..sight };
    let start = Instant::now();
    let mut begun = match (
        &target,
        flowing::outputs(args, &target, sight, columns.as_deref()),
    ) {
        (Target::File(path, format), Some(wanted)) => {
            let begun = flowing::place(outputs.as_ref(), path)?;
            begun.map(|begun| (begun, wanted, *format))
        }
        _ => None,
    };
    let flow = match &mut begun {
        Some((begun, wanted, format)) => {
            let wanted = std::mem::take(wanted);
            let flow = flowing::begin((plan, wanted), args, *format, begun);
            Some(flow.map_err(no_result)?)
        }
        None => None,
    };
    let into = flow.as_ref().map(|flow| flow as &dyn Flows);
    let read = reading::read_into(
        &args.data,
        sight,
        &state,
        goalposts.as_ref(),
        args.quiet,
        into,
    );
    let flown = flow.map_or(Ok(None), Flowing::finish);
    let flown = match flown {
        Ok(flown) => flown,
        Err(error) => {
            let path = args.out.as_deref().unwrap_or(Path::new("-"));
            return after(&findings, global, unwritten(path, &error));
        }
    };
    let mut bound = match read {
        Ok(bound) => bound,
        Err(Unread::Failure(failure)) => return after(&findings, global, failure),
        Err(Unread::Reports(reports)) => {
            findings.add_reports(&reports, &sources);
            return Ok(end(&findings, global));
        }
    };
    times.read = start.elapsed();
    let mut into_folder = args.clone();
    let args = if monthly {
        let placed = runs::place(&run_folder(args, plan, &bound), args, plan)?;
        if let Some(said) = &placed.said {
            say(said);
        }
        let folder = placed.folder;
        into_folder.out = Some(folder.join("results.csv"));
        if into_folder.events.is_none() && !plan.alerts.is_empty() {
            into_folder.events = Some(folder.join("events.csv"));
        }
        std::fs::create_dir_all(&folder)
            .map_err(|error| Failure::file("cannot make", &folder, &error))?;
        target = Target::of(&into_folder)?;
        events_file = EventsFile::of(&into_folder)?;
        manifest::replaces_none(&manifest::beside(&folder.join("results.csv")), sight)?;
        &into_folder
    } else {
        args
    };
    let outputs = match outputs.take() {
        Some(outputs) => outputs,
        None => planned(args, &target, events_file.as_ref())?,
    };
    if let Err(failure) = state::put(&state, plan, &mut bound, goalposts.is_some()) {
        return after(&findings, global, failure);
    }
    if let Some(ahead) = strange::few_in_the_future(plan, &bound, &args.data.data) {
        bound.warnings.add(ahead);
    }
    findings.add_reports(&bound.warnings, &sources);
    if failed(&findings, global) {
        return Ok(end(&findings, global));
    }
    tell(&findings, global, Stream::Error);

    let unasked = if target == Target::Table {
        Periods::Latest
    } else {
        Periods::All
    };
    let rows = select::rows(plan, &bound.panel, &args.entity, &args.period, unasked)?;
    let wanted = match &target {
        Target::Table => Some(needed(plan, columns.as_deref())),
        _ => columns.clone(),
    };
    if let (Some(flown), Some((begun, ..))) = (flown, begun) {
        let mut outputs = outputs;
        let digest = outputs.end(begun)?;
        times.compile = flown.compile;
        times.evaluate = flown.evaluate;
        times.write = flown.write;
        let others = flown.compile + flown.evaluate + flown.write;
        times.read = times.read.saturating_sub(others);
        let results = Results {
            columns: Vec::new(),
            faults: flown.faults,
            peers: PeerRecord::default(),
            timings: Timings::default(),
        };
        let job = Job {
            args,
            global,
            plan,
            sight,
            sources: &sources,
            bound: &bound,
            monthly,
            events_file,
            words: words.as_ref(),
            state: &state,
            handed: None,
            reasons: None,
            flown: Some(digest),
        };
        return job.finish(&target, outputs, columns.as_deref(), &rows, results, times);
    }
    let mut wanted = events::with_alerts(plan, wanted);
    let handing = matches!(target, Target::File(..)) && remembers(plan);
    let handing = handing.then(|| state::Handing::of(plan));
    if let Some(handing) = &handing {
        wanted = Some(handing.wanted(wanted));
    }
    let evaluated = handing.as_ref().map_or(plan, |handing| &handing.plan);
    let telling = events_file.is_some().then(|| Telling::of(plan, evaluated));
    if let Some(telling) = &telling {
        wanted = Some(telling.wanted(wanted));
    }
    let evaluating = Progress::of("evaluating".to_owned(), &Arc::default(), !args.quiet);
    let options = RunOptions {
        engine: match args.engine {
            Engine::Auto => run::Engine::for_few(bound.panel.rows()),
            Engine::Native => run::Engine::Native,
            Engine::Interpreter => run::Engine::Interpreter,
        },
        threads: args.threads.unwrap_or(0),
        wanted,
        goalposts: goalposts.map(|goalposts| manifest::visible(goalposts, plan)),
        ..RunOptions::default()
    };
    let evaluated = telling.as_ref().map_or(evaluated, |telling| &telling.plan);
    let mut results = run::run(evaluated, &bound.panel, &options).map_err(no_result)?;
    drop(evaluating);
    let reasons = telling.map(|telling| telling.take(&mut results));
    let handed = handing.map(|handing| handing.take(&bound, &mut results, &state));
    times.compile = results.timings.compile;
    times.evaluate = results.timings.evaluate;

    let job = Job {
        args,
        global,
        plan,
        sight,
        sources: &sources,
        bound: &bound,
        monthly,
        events_file,
        words: words.as_ref(),
        state: &state,
        handed: handed.as_ref(),
        reasons,
        flown: None,
    };
    job.finish(&target, outputs, columns.as_deref(), &rows, results, times)
}

/// `runs/2024-11`, beside the recipe: named by the latest period that was read.
fn run_folder(args: &RunArgs, plan: &Plan, bound: &Bound) -> PathBuf {
    let recipes = args.data.reading.recipes.as_ref();
    let beside = recipes.map_or_else(PathBuf::new, |file| folder_of(&file.path).to_owned());
    let latest = plan.panel.period.zip(bound.summary.last_period);
    let name = latest.map_or_else(
        || "all".to_owned(),
        |(kind, number)| Period::new(kind, number).to_string(),
    );
    let runs = Path::new("runs").join(name);
    if beside == Path::new(".") {
        runs
    } else {
        beside.join(runs)
    }
}

/// Everything that the run will write, looked at before anything is read.
fn planned(
    args: &RunArgs,
    target: &Target,
    events: Option<&EventsFile>,
) -> Result<Outputs, Failure> {
    let reads = Reads::of(&args.rules, &args.data, args.goalposts.as_deref());
    let mut wanted: Vec<(Role, PathBuf)> = Vec::new();
    if let Target::File(path, _) = target {
        wanted.push((Role::Results, path.clone()));
        if !is_through(path) {
            wanted.push((Role::Manifest, manifest::beside(path)));
            wanted.push((Role::State, state::beside(path)));
        }
        if let Some(dialect) = &args.csv_for {
            wanted.push((Role::Spreadsheet, beside_for(path, dialect)));
        }
    }
    if let Some(events) = events {
        wanted.push((Role::Events, events.path().to_owned()));
    }
    let wanted = wanted.iter().map(|(role, path)| (*role, path.as_path()));
    Outputs::plan(wanted, &reads)
}

/// Tells what was found, and how it ends.
fn end(findings: &Findings, global: &Global) -> ExitCode {
    tell(findings, global, Stream::Error);
    exit_code(findings, global)
}

/// Tells what was found before something else went wrong.
fn after(findings: &Findings, global: &Global, failure: Failure) -> Result<ExitCode, Failure> {
    tell(findings, global, Stream::Error);
    Err(failure)
}

pub(crate) fn no_result(error: RunError) -> Failure {
    match error {
        RunError::Native(error) => {
            Failure::new(error.to_string()).help("`--engine interpreter` runs everywhere")
        }
        RunError::Form(error) => Failure::new(error.to_string())
            .help("this is a fault of this program: please report it with the ruleset"),
    }
}

/// A data file that is given twice, be it under two names.
pub(crate) fn twice(files: &[PathBuf]) -> Option<Failure> {
    let real = |file: &PathBuf| file.canonicalize().unwrap_or_else(|_| file.clone());
    let (at, again) = files.iter().enumerate().find(|(at, file)| {
        let earlier = files.get(..*at).unwrap_or_default();
        earlier.iter().any(|one| real(one) == real(file))
    })?;
    let earlier = files.get(..at).unwrap_or_default();
    let first = earlier.iter().find(|one| real(one) == real(again));
    let other = first.filter(|first| *first != again);
    let other = other.map_or(String::new(), |first| {
        format!(": it is `{}`", first.display())
    });
    let message = format!("`--data {}` is given twice{other}", again.display());
    Some(Failure::new(message).help("give each file once"))
}

/// A run whose results are there.
struct Job<'a> {
    args: &'a RunArgs,
    global: &'a Global,
    plan: &'a Plan,
    sight: Sight<'a>,
    sources: &'a Arc<SourceMap>,
    bound: &'a Bound,
    /// The run goes into the folder of the month.
    monthly: bool,
    events_file: Option<EventsFile>,
    /// Of the language that labels are in.
    words: Option<&'a Words>,
    state: &'a State,
    /// What is handed over to later runs.
    handed: Option<&'a States>,
    /// What alerts' conditions asked, where events are written.
    reasons: Option<Told<'a>>,
    /// The digest of results that were written while rows flowed.
    flown: Option<String>,
}

impl Job<'_> {
    /// Writes the results and says what was met.
    fn finish(
        &self,
        target: &Target,
        mut outputs: Outputs,
        columns: Option<&[usize]>,
        rows: &Rows,
        results: Results,
        mut times: Times,
    ) -> Result<ExitCode, Failure> {
        let start = Instant::now();
        let faults = results.faults.clone();
        let peers = results.peers.clone();
        let (panel, args) = (&self.bound.panel, self.args);
        let away = self.state.away(self.plan, panel);
        let events = events::gather(
            self.plan,
            self.bound,
            &results.columns,
            args,
            &away,
            self.reasons.as_ref(),
        )?;
        let reliance = reliance(self.plan, panel, &results.columns);
        let too_far = too_far(self.plan, panel, &results.columns);
        let anew = match self.state {
            State::Unknown => begun_anew(self.plan, &results.columns),
            State::None | State::Run(_) => Vec::new(),
        };
        let digest = if self.flown.is_some() {
            self.flown.clone()
        } else if *target == Target::Table {
            self.show(columns, rows, &results)?;
            None
        } else {
            let _progress = Progress::of("writing".to_owned(), &Arc::default(), !self.args.quiet);
            let mut table = self.table(columns, rows, results);
            let names_alone = match target {
                Target::Out(format) | Target::File(_, format) => names_alone(*format),
                Target::Table => false,
            };
            // Other forms say units beside the names.
            if self.args.units && names_alone {
                table.name_units();
            }
            if let Some(dialect) = &args.csv_for {
                write_dialect(target, dialect, &table, &mut outputs)?;
            }
            match (target, &args.csv_for) {
                (Target::Out(_), Some(_)) => None,
                _ => write(target, &table, &mut outputs, args.threads.unwrap_or(0))?,
            }
        };
        let mut written = None;
        if let (Some(file), Some(events)) = (&self.events_file, &events) {
            let digest = file.write(events, &mut outputs)?;
            written = digest.map(|digest| (file.path(), digest));
        }
        if let (Target::File(path, _), Some(digest)) = (target, digest) {
            if let Some(states) = self.handed {
                outputs.write(&state::beside(path), |out| {
                    state::write(out, self.plan, states, &self.bound.summary)
                })?;
            }
            let manifest = Manifest {
                args: self.args,
                sight: self.sight,
                plan: self.plan,
                sources: self.sources,
                panel: &self.bound.panel,
                data: &self.bound.summary,
                faults: &faults,
                peers: &peers,
                reliance: &reliance,
                state: self.state,
                results: (path, digest),
                report: None,
                events: written,
            };
            let text = manifest.text()?;
            outputs.write(&manifest::beside(path), |out| {
                out.write_all(text.as_bytes())
            })?;
        }
        outputs.put()?;
        times.write += start.elapsed();
        if let (Target::File(path, _), Some(_), false) =
            (target, &self.args.data.reading.recipes, self.args.quiet)
        {
            let place = if self.monthly {
                folder_of(path)
            } else {
                path.as_path()
            };
            say(&format!("written to {}\n", place.display()));
        }
        if !self.args.quiet {
            let paint = Paint {
                on: colored(self.global.color, Stream::Error),
            };
            let gap = if *target == Target::Table { "\n" } else { "" };
            say(&format!(
                "{gap}{}",
                self.summary(
                    columns,
                    &faults,
                    &peers,
                    (events.as_ref(), &reliance, &too_far, &anew),
                    times
                )
                .render(paint)
            ));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn show(
        &self,
        columns: Option<&[usize]>,
        rows: &Rows,
        results: &Results,
    ) -> Result<(), Failure> {
        let view = View {
            plan: self.plan,
            panel: &self.bound.panel,
            results: &results.columns,
            rows,
            columns,
            // Who asks for a language wants to read it.
            labels: self.args.labels || self.words.is_some(),
            words: self.words,
            apart: Stream::Out.is_terminal(),
            limit: self.args.limit.unwrap_or(ROWS),
        };
        let paint = Paint {
            on: colored(self.global.color, Stream::Out),
        };
        let width = Stream::Out.width().unwrap_or(WIDTH);
        print(&view.render(width, paint)).map(|_| ())
    }

    fn table(&self, columns: Option<&[usize]>, rows: &Rows, results: Results) -> ResultTable {
        let mut table = ResultTable::new(self.bound, self.plan.panel.period);
        for column in results.columns {
            // More may have been computed, for the events of alerts.
            if columns.is_some_and(|columns| !columns.contains(&column.output)) {
                continue;
            }
            let Some(output) = self.plan.outputs.get(column.output) else {
                continue;
            };
            if self.args.labels {
                table.push(&labelled(output), column.values);
            } else {
                table.push(output, column.values);
            }
        }
        keep_rows(&mut table, &rows.rows);
        table.marked(self.plan)
    }

    fn summary<'s>(
        &'s self,
        columns: Option<&'s [usize]>,
        faults: &'s [forewarn_runtime::faults::FaultCount],
        peers: &'s PeerRecord,
        (events, reliance, too_far, begun_anew): (
            Option<&'s Events>,
            &'s [Reliance],
            &'s [TooFar],
            &'s [String],
        ),
        times: Times,
    ) -> Summary<'s> {
        Summary {
            plan: self.plan,
            sources: self.sources,
            panel: &self.bound.panel,
            data: &self.bound.summary,
            faults,
            peers,
            events,
            reliance,
            too_far,
            begun_anew,
            state: self.state,
            columns,
            words: self.words,
            set: &self.args.set,
            times,
        }
    }
}
