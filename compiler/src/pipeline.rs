//! From rule files to a Plan, the whole way.

use std::path::Path;

use crate::allowed::{self, Allowed};
use crate::diagnostics::{Cause, Place, Reports};
use crate::given::check_given;
use crate::labels::Labels;
use crate::layers::layers;
use crate::plan::Plan;
use crate::settings::{self, Settings};
use crate::source::{Files, SourceMap};
use crate::translations::{self, Words};
use crate::{checked, lint, lower, package, property, testing};

/// What came of a ruleset.
#[derive(Debug)]
pub struct Compilation {
    pub sources: SourceMap,
    /// Everything that was found, in the order of the stages.
    pub reports: Reports,
    /// Absent where something is wrong. For the audience of the settings: what it may not see is not
    /// in it.
    pub plan: Option<Plan>,
    /// Works out the declassified values that `plan` has as inputs (see `Confidentiality::sealed`).
    pub sealing: Option<Plan>,
    /// What authors allow in place, for findings that are made later.
    pub allowed: Vec<Allowed>,
    /// The words of [`Settings::lang`], which the Plan's labels are in.
    pub words: Option<Words>,
}

/// A ruleset that was checked and not lowered.
#[derive(Debug)]
pub struct Check {
    pub sources: SourceMap,
    pub reports: Reports,
    /// Absent where something is wrong.
    pub framework: Option<checked::CheckedFramework>,
}

/// Reads and checks the ruleset at `entry`: for whoever gives the checked tree a meaning of their own.
pub fn check_only(entry: &Path, files: &dyn Files, settings: &Settings) -> Check {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let framework = testing::checked(&mut package, settings, &mut reports);
    Check {
        framework: (!reports.has_errors()).then_some(framework),
        sources: package.sources,
        reports,
    }
}

/// Reads, checks and lowers the ruleset at `entry` (a rule file or a folder).
pub fn compile(entry: &Path, files: &dyn Files, settings: &Settings) -> Compilation {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let given = settings::Given::read(settings, &mut package.sources, &mut reports);
    let spoken = translations::Spoken::load(settings, &mut package, files, &mut reports);
    let (framework, mut checked) = layers(&package, &given, &mut reports);
    if !package.unresolved {
        check_given(&given, &framework, &mut reports);
    }
    if settings.lint {
        // What is a matter of judgement is told of whatever is not wrong.
        let wrong = allowed::wrong_declarations(&package, &reports);
        let mut found = Reports::default();
        if !package.unresolved {
            lint::lint(&framework, &checked, &package.sources, &mut found);
        }
        found.retain(|cause| match cause.describe().primary.place {
            Place::Source(span) => !wrong
                .iter()
                .any(|one| one.file == span.file && one.start <= span.start && span.end <= one.end),
            Place::Data(_) | Place::File(_) | Place::CommandLine => true,
        });
        reports.append(found);
    }
    let mut words = None;
    let labels = Labels::of(&checked);
    if !reports.has_errors()
        && let Some(spoken) = &spoken
    {
        words = spoken.words(&package, &framework, &given, &mut reports);
        if let Some(words) = &mut words {
            translations::apply(words, &framework, &mut checked);
        }
    }
    let plan = if reports.has_errors() {
        // What is independent of that is judged all the same.
        let is_overlay = |cause: &dyn Cause| cause.code().0.starts_with("FW14");
        if !package.unresolved && !reports.iter().any(is_overlay) {
            let told = allowed::declarations_in_error(&package, &reports);
            lower::judge_sound(&checked, &package.sources, &told, &mut reports);
        }
        None
    } else {
        Some(lower::lower(&checked, &package.sources, &mut reports))
    };
    if let Some(plan) = plan.as_ref().filter(|_| !reports.has_errors()) {
        property::judge(&checked, plan, &package.sources, &mut reports);
    }
    let allowed = allowed::settle(&package, settings.lint, &mut reports);
    allowed::forgive_broken(&package, &mut reports);
    let mut plan = plan.filter(|_| !reports.has_errors());
    let mut sealing = None;
    if let (Some(whole), Some(audience)) = (&plan, settings.audience)
        && let Some(visible) =
            lower::for_audience(&checked, &package.sources, whole, audience, &mut reports)
    {
        plan = Some(visible.plan).filter(|_| !reports.has_errors());
        sealing = visible.sealing;
    }
    let mut plans: Vec<&mut Plan> = plan.iter_mut().chain(sealing.iter_mut()).collect();
    labels.give(&mut plans, &package, files);
    Compilation {
        sources: package.sources,
        reports,
        plan,
        sealing,
        allowed,
        words,
    }
}
