//! Coverage as one document for programs; its form is described in `docs/coverage-json.md`.

use super::{Part, Tally, Tested, by_kind, parts};
use crate::render::SourceRange;
use forewarn_runtime::testing::Covered;
use serde_json::{Value, json};

pub(super) fn document(tested: &[Tested]) -> String {
    let rulesets: Vec<Value> = tested
        .iter()
        .flat_map(|one| parts(one).into_iter().map(move |part| of_part(one, &part)))
        .collect();
    let document = json!({ "coverage": 1, "rulesets": rulesets });
    format!("{document:#}\n")
}

fn of_part(tested: &Tested, part: &Part<'_>) -> Value {
    let package = (!part.package.is_empty()).then_some(&part.package);
    let kinds = by_kind(&part.points).into_iter().map(
        |(kind, tally)| json!({ "kind": kind.word(), "shown": tally.shown, "points": tally.all }),
    );
    let all = Tally::of(part.points.iter().copied());
    json!({
        "ruleset": tested.path,
        "package": package,
        "shown": all.shown,
        "points": all.all,
        "percent": all.percent(),
        "kinds": kinds.collect::<Vec<_>>(),
        "places": part.points.iter().map(|point| of_point(tested, point)).collect::<Vec<_>>(),
    })
}

fn of_point(tested: &Tested, covered: &Covered) -> Value {
    let point = &covered.point;
    let range = SourceRange::of(&tested.sources, point.span);
    let lacking = (covered.hits == 0 && covered.counts()).then(|| point.lacking());
    json!({
        "kind": point.kind.word(),
        "outcome": point.outcome.word(),
        "declaration": point.declaration,
        "name": point.name,
        "file": range.as_ref().map(|range| &range.file),
        "line": range.as_ref().map(|range| range.line),
        "column": range.as_ref().map(|range| range.column),
        "text": tested.sources.slice(point.span),
        "hits": covered.hits,
        "excluded": (!covered.counts()).then_some(&point.excluded),
        "lacking": lacking,
    })
}
