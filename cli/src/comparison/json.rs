//! Effects for programs; `docs/packages.md` says what is in them.

use super::Told;
use forewarn_runtime::comparison::{Cause, Changes, ComparedCell, Effect, Key, shown_period};
use serde_json::{Value, json};

/// One object.
pub fn json(told: &Told<'_>, absent: &[String]) -> Value {
    let effects = told.effects;
    let all = effects.effects.iter().map(|effect| {
        json!({
            "entity": effect.entity,
            "period": period(told, effect),
            "declaration": effect.declaration,
            "result": effect.column,
            "from": cell(&effect.before),
            "to": cell(&effect.after),
            "by": effect.size(),
            "cause": cause(effect),
        })
    });
    let results = effects.compared.iter().map(|compared| {
        let largest = told.largest(compared).map(|(effect, size)| {
            json!({
                "entity": effect.entity,
                "period": period(told, effect),
                "from": cell(&effect.before),
                "to": cell(&effect.after),
                "by": size,
            })
        });
        json!({
            "result": compared.column,
            "declaration": compared.declaration,
            "unit": compared.unit,
            "unit_before": compared.unit_before,
            "differ": compared.effects.len(),
            "largest": largest,
        })
    });
    let names = effects.compared.iter().map(|one| &one.column);
    let keys = |keys: &[Key]| -> Vec<Value> {
        let keys = keys.iter().map(|key| {
            let period = shown_period(told.period, key.period);
            json!({ "entity": Some(key.shown()).filter(|_| !key.entity.is_empty()), "period": Some(period).filter(|one| !one.is_empty()) })
        });
        keys.collect()
    };
    json!({
        "compared": names.collect::<Vec<_>>(),
        "rows": effects.rows,
        "absent": absent,
        "only_first": effects.only_first,
        "only_second": effects.only_second,
        "gone": keys(&effects.gone),
        "new": keys(&effects.new),
        "results": results.collect::<Vec<_>>(),
        "effects": all.collect::<Vec<_>>(),
    })
}

fn period(told: &Told<'_>, effect: &Effect) -> Option<String> {
    Some(told.period(effect)).filter(|period| !period.is_empty())
}

fn cell(cell: &ComparedCell) -> Value {
    match cell {
        ComparedCell::Missing => Value::Null,
        ComparedCell::Number(x) => json!(x),
        ComparedCell::Word(word) => json!(word),
    }
}

fn cause(effect: &Effect) -> Value {
    let numbers = |changes: &Changes| changes.iter().copied().collect::<Vec<usize>>();
    match &effect.cause {
        Cause::Alone(sets) if sets.is_empty() => Value::Null,
        Cause::Alone(sets) => {
            json!({ "alone": sets.iter().map(numbers).collect::<Vec<_>>() })
        }
        Cause::Together(changes) => json!({ "together": numbers(changes) }),
        Cause::Added(changes) => {
            let alone = effect.alone.iter();
            let alone =
                alone.map(|(part, stands)| json!({ "changes": numbers(part), "to": cell(stands) }));
            json!({ "together": numbers(changes), "by_itself": alone.collect::<Vec<_>>() })
        }
        Cause::Among(changes) => json!({ "among": numbers(changes) }),
    }
}
