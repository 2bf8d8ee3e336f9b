//! `forewarn test --coverage`: which points of the method the tests show.
//!
//! In: points with their counts, of every ruleset that was tested. Out: a table and what is lacking for
//! people, a document for programs, records for editors or a page; and whether it is enough.

mod html;
mod human;
mod json;
mod lcov;

use super::Tested;
use crate::args::{CoverageForm, TestArgs};
use crate::failure::{Failure, print, print_document};
use crate::outputs::{Outputs, Reads, Role};
use forewarn_compiler::coverage::PointKind;
use forewarn_runtime::testing::Covered;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// How many points there are and how many of them tests show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub shown: usize,
    pub all: usize,
}

impl Tally {
    pub fn of<'a>(points: impl IntoIterator<Item = &'a Covered>) -> Self {
        let mut tally = Self::default();
        for point in points.into_iter().filter(|point| point.counts()) {
            tally.all += 1;
            tally.shown += usize::from(point.hits > 0);
        }
        tally
    }

    /// In percent; where there is nothing to show, all is shown.
    pub fn percent(self) -> f64 {
        if self.all == 0 {
            100.0
        } else {
            self.shown as f64 / self.all as f64 * 100.0
        }
    }

    /// `83 %`, never rounded up: only what is whole is 100 %.
    pub fn words(self) -> String {
        format!("{} %", self.percent().floor())
    }
}

/// The points of a ruleset by whose they are: its own files, then those of each package that it
/// extends.
pub(super) struct PackagePoints<'a> {
    /// Empty for the ruleset itself.
    pub package: String,
    pub points: Vec<&'a Covered>,
}

pub(super) fn parts(tested: &Tested) -> Vec<PackagePoints<'_>> {
    let mut parts = vec![PackagePoints {
        package: String::new(),
        points: Vec::new(),
    }];
    for point in &tested.coverage {
        let package = package_of(tested, &file_of(tested, point));
        match parts.iter_mut().find(|part| part.package == package) {
            Some(part) => part.points.push(point),
            None => parts.push(PackagePoints {
                package,
                points: vec![point],
            }),
        }
    }
    parts
}

fn file_of(tested: &Tested, point: &Covered) -> String {
    let file = tested.sources.get(point.point.span.file);
    file.map_or(String::new(), |file| file.name.clone())
}

/// The folder of a file that does not belong to the ruleset's own; empty for those that do.
fn package_of(tested: &Tested, file: &str) -> String {
    let entry = Path::new(&tested.path);
    let root = if entry.is_dir() {
        entry
    } else {
        entry.parent().unwrap_or(Path::new(""))
    };
    if Path::new(file).starts_with(root) {
        return String::new();
    }
    let folder = Path::new(file).parent().unwrap_or(Path::new(file));
    folder.display().to_string().replace('\\', "/")
}

/// The points of one kind, of all kinds that there are.
pub(super) fn by_kind(points: &[&Covered]) -> Vec<(PointKind, Tally)> {
    let kinds = PointKind::ALL.into_iter();
    let tally = |kind| {
        let own = points.iter().copied();
        (
            kind,
            Tally::of(own.filter(|point| point.point.kind == kind)),
        )
    };
    kinds
        .map(tally)
        .filter(|(_, tally)| tally.all > 0)
        .collect()
}

/// Writes the report to where it is wanted.
///
/// # Errors
/// A file that cannot be written.
pub(super) fn write(
    tested: &[Tested],
    form: CoverageForm,
    out: Option<(Outputs, PathBuf)>,
) -> Result<(), Failure> {
    let text = match form {
        CoverageForm::Human => human::report(tested),
        CoverageForm::Json => json::document(tested),
        CoverageForm::Lcov => lcov::records(tested),
        CoverageForm::Html => html::page(tested),
    };
    match out {
        None if form == CoverageForm::Human => print(&text).map(|_| ()),
        None => print_document(&text).map(|_| ()),
        Some((mut outputs, path)) => {
            outputs.write(&path, |out| out.write_all(text.as_bytes()))?;
            outputs.put()
        }
    }
}

/// Where the report goes, looked at before anything is read.
///
/// # Errors
/// It would replace what must stay.
pub(super) fn planned(args: &TestArgs) -> Result<Option<(Outputs, PathBuf)>, Failure> {
    let (Some(form), Some(out)) = (args.coverage, args.coverage_out.as_deref()) else {
        return Ok(None);
    };
    let path = file_for(out, form);
    let reads = Reads {
        rules: args.paths.iter().map(PathBuf::as_path).collect(),
        ..Reads::default()
    };
    let outputs = Outputs::plan([(Role::Coverage, path.as_path())], &reads)?;
    Ok(Some((outputs, path)))
}

/// A folder gets a file of the form's usual name.
fn file_for(out: &Path, form: CoverageForm) -> PathBuf {
    if !out.is_dir() {
        return out.to_owned();
    }
    out.join(match form {
        CoverageForm::Human => "coverage.txt",
        CoverageForm::Json => "coverage.json",
        CoverageForm::Lcov => "lcov.info",
        CoverageForm::Html => "coverage.html",
    })
}

/// Rulesets whose own points are shown to less than so many percent, with what is shown.
pub(super) fn below(tested: &[Tested], least: f64) -> Vec<(&str, Tally)> {
    let own = |one: &Tested| {
        let own = parts(one).into_iter().next();
        Tally::of(own.into_iter().flat_map(|part| part.points))
    };
    let all = tested.iter().map(|one| (one.path.as_str(), own(one)));
    all.filter(|(_, tally)| tally.percent() < least).collect()
}
