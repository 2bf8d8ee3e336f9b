//! `forewarn test --coverage`: which points of the method the tests show.
//!
//! In: points with their counts, of every ruleset that was tested. Out: a table and what is lacking for
//! people, a document for programs, records for editors or a page; and whether it is enough.

mod html;
mod human;
mod json;
mod lcov;
mod tally;

use super::tested::Tested;
use crate::args::{CoverageForm, TestArgs};
use crate::failure::{Failure, print, print_document};
use crate::outputs::{Outputs, Reads, Role};
use std::io::Write as _;
use std::path::{Path, PathBuf};
pub(super) use tally::Tally;
use tally::parts;

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
