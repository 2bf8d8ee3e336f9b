//! A framework and what it extends, each checked as it stands by itself.

use crate::diagnostics::{self, Reports};
use crate::{check, checked, framework, overlay, package, settings};

/// The framework as it and what it extends leave it, checked; each framework below it holds by itself, and so
/// does each package that is used.
pub(crate) fn layers<'p>(
    package: &'p package::Package,
    given: &'p settings::Given,
    reports: &mut Reports,
) -> (framework::Framework<'p>, checked::CheckedFramework) {
    if package.unresolved {
        return Default::default();
    }
    let mut used = Reports::default();
    for library in &package.libraries {
        holds(package, library, &mut used);
    }
    if used.has_errors() {
        // What is wrong there is told there, and not again by all that uses it.
        reports.append(used);
        let mut again = Reports::default();
        let framework = framework::gather(package, given, &mut again);
        let kinds = check::Kinds::default();
        let checked = check::check(&framework, &package.sources, &kinds, &mut again);
        return (framework, checked);
    }
    let mut kinds = check::Kinds::default();
    for layer in (1..=package.members.len()).rev() {
        let mut found = Reports::default();
        let all = overlay::Selection::All;
        // Values from outside are given to the whole, which may have what they name.
        let nothing = &settings::NOTHING;
        let framework = framework::gather_from(package, layer, all, nothing, &mut found);
        let checked = check::check(&framework, &package.sources, &kinds, &mut found);
        if found.has_errors() {
            // What is wrong below is told there, and not again by all that stands on it.
            found.retain(|cause| cause.severity() == diagnostics::Severity::Error);
            reports.append(found);
            return (framework, checked);
        }
        kinds = check::Kinds::of(&checked);
    }
    let framework = framework::gather(package, given, reports);
    let checked = check::check(&framework, &package.sources, &kinds, reports);
    (framework, checked)
}

/// Tells what is wrong with a package that is used, as it stands by itself.
fn holds(package: &package::Package, library: &package::Library, reports: &mut Reports) {
    let alone = package.alone(library);
    let mut found = Reports::default();
    let (all, nothing) = (overlay::Selection::All, &settings::NOTHING);
    let framework = framework::gather_from(&alone, 0, all, nothing, &mut found);
    let kinds = check::Kinds::default();
    check::check(&framework, &package.sources, &kinds, &mut found);
    found.retain(|cause| cause.severity() == diagnostics::Severity::Error);
    reports.append(found);
}
