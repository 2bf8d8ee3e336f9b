//! A comparison as one JSON object; `docs/packages.md` says what is in it.

use super::Shown;
use crate::comparison;
use forewarn_diagnostics::source::Span;
use serde_json::json;

pub fn render(shown: &Shown<'_>) -> String {
    let (first, second) = shown.pair.titles();
    let place = |span: Option<Span>| {
        let span = span?;
        let sources = shown.pair.sources();
        let (line, column) = sources.line_column(span);
        let file = sources.get(span.file)?.name.clone();
        Some(json!({ "file": file, "line": line, "column": column }))
    };
    let differences = shown.differences.iter().map(|one| {
        let reasons = one.reasons.iter();
        let reasons = reasons.map(|(by, because)| json!({ "by": by, "reason": because }));
        json!({
            "kind": one.what,
            "declaration": one.declaration,
            "aspect": one.aspect.word(),
            "of": one.of,
            "from": one.from,
            "to": one.to,
            "reasons": reasons.collect::<Vec<_>>(),
            "first": place(one.first),
            "second": place(one.second),
        })
    });
    let units = shown.pair.units().iter().map(|unit| {
        json!({ "change": unit.words, "declaration": unit.declaration, "reason": unit.because })
    });
    let effects = shown.effects.as_ref();
    let effects = effects.map(|effects| comparison::json(&shown.told(effects), &shown.absent));
    let object = json!({
        "schema": 1,
        "first": first,
        "second": second,
        "extends": shown.pair.extends(),
        "differences": differences.collect::<Vec<_>>(),
        "changes": units.collect::<Vec<_>>(),
        "data": effects,
    });
    serde_json::to_string_pretty(&object).unwrap_or_default() + "\n"
}
