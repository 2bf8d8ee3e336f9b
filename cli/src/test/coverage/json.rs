//! Coverage as one document for programs; its form is described in `docs/coverage-json.md`, and
//! `docs/schemas/coverage.json` is its schema.

use super::tally::{PackagePoints, Tally, by_kind, parts};
use crate::render::SourceRange;
use crate::test::tested::Tested;
use forewarn_runtime::testing::Covered;
use serde::Serialize;

/// What the tests of rulesets show.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document {
    /// The number of this form.
    coverage: u32,
    /// For each ruleset one, and one more for each package that it extends.
    rulesets: Vec<Ruleset>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Ruleset {
    /// The path, as given.
    ruleset: String,
    /// The folder of the package whose points these are; none for the ruleset's own.
    package: Option<String>,
    /// How many points tests show.
    shown: usize,
    points: usize,
    percent: f64,
    kinds: Vec<Kind>,
    /// In the order of the source.
    places: Vec<Point>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Kind {
    kind: String,
    shown: usize,
    points: usize,
}

/// One thing that the method can do.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Point {
    kind: String,
    /// What has to be seen.
    outcome: String,
    declaration: String,
    name: String,
    file: Option<String>,
    /// From 1, as columns.
    line: Option<usize>,
    column: Option<usize>,
    text: String,
    /// How many rows of tests show it.
    hits: u64,
    /// Why no row can show it; it is not counted then.
    excluded: Option<String>,
    /// What to tell people where no test shows it.
    lacking: Option<String>,
}

pub(super) fn document(tested: &[Tested]) -> String {
    let document = Document {
        coverage: 1,
        rulesets: tested
            .iter()
            .flat_map(|one| parts(one).into_iter().map(move |part| of_part(one, &part)))
            .collect(),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn of_part(tested: &Tested, part: &PackagePoints<'_>) -> Ruleset {
    let kinds = by_kind(&part.points).into_iter().map(|(kind, tally)| Kind {
        kind: kind.word().to_owned(),
        shown: tally.shown,
        points: tally.all,
    });
    let all = Tally::of(part.points.iter().copied());
    let points = part.points.iter();
    Ruleset {
        ruleset: tested.path.clone(),
        package: (!part.package.is_empty()).then(|| part.package.clone()),
        shown: all.shown,
        points: all.all,
        percent: all.percent(),
        kinds: kinds.collect(),
        places: points.map(|point| of_point(tested, point)).collect(),
    }
}

fn of_point(tested: &Tested, covered: &Covered) -> Point {
    let point = &covered.point;
    let range = SourceRange::of(&tested.sources, point.span);
    let excluded = point.excluded.clone().filter(|_| !covered.counts());
    Point {
        kind: point.kind.word().to_owned(),
        outcome: point.outcome.word().to_owned(),
        declaration: point.declaration.clone(),
        name: point.name.clone(),
        file: range.as_ref().map(|range| range.file.clone()),
        line: range.as_ref().map(|range| range.line),
        column: range.as_ref().map(|range| range.column),
        text: tested.sources.slice(point.span).to_owned(),
        hits: covered.hits,
        excluded,
        lacking: (covered.hits == 0 && covered.counts()).then(|| point.lacking()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/coverage.json` is the schema of what is written.
    #[test]
    fn the_schema_of_coverage_is_written_down() {
        crate::schemas::check("coverage", schemars::schema_for!(Document));
    }
}
