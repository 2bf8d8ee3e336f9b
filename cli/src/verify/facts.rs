//! What a manifest says of a run, held against what the run says of itself today.
//!
//! In: the manifest on record and the one of the run as it goes now. Out: each fact that differs, in words. What a
//! run is told (files, settings, how data are read) is not among them: it is what the run was repeated with. Files
//! are compared by their digests elsewhere.

use crate::manifest::document::{Document, File, Report, Results};
use serde_json::{Value, json};

/// `` `counts.rows` is 25, and 24 in the run ``
pub fn differing(recorded: &Document, now: &Document) -> Vec<String> {
    let mut told = Vec::new();
    let (before, after) = (facts(recorded), facts(now));
    // What earlier versions did not write down, they do not say otherwise.
    let is_own = recorded.forewarn == now.forewarn;
    compare("", &before, &after, is_own, &mut told);
    told
}

/// What the run itself finds.
fn facts(document: &Document) -> Value {
    let Document {
        manifest: _,
        forewarn: _,
        framework,
        rules: _,
        data: _,
        reading: _,
        audience: _,
        withheld,
        declassified,
        set: _,
        set_read_as,
        state: _,
        goalposts_given: _,
        goalposts_from: _,
        engine: _,
        results,
        report,
        events: _,
        counts,
        alerts,
        faults,
        treatments,
        goalposts,
    } = document;
    let Results {
        path: _,
        form: _,
        entity: _,
        period: _,
        columns: _,
        keys,
        labels: _,
        names_have_units: _,
        units,
        hindsight,
        weeks_from,
        lang: _,
        sha256: _,
    } = results;
    let report = report.as_ref().map(|report| {
        let Report {
            form: _,
            level: _,
            against,
            outlines,
            disclaimer: _,
            notes,
        } = report;
        let digest = |file: &Option<File>| file.as_ref().map(|file| file.sha256.clone());
        let against = against.as_ref().map(|file| file.sha256.clone());
        json!({ "against": against, "outlines": digest(outlines), "notes": digest(notes) })
    });
    // Earlier versions recorded some without a value.
    let goalposts = goalposts.iter().filter(|goalpost| goalpost.value.is_some());
    let goalposts: Vec<_> = goalposts.collect();
    json!({
        "framework": framework,
        "withheld": withheld,
        "declassified": declassified,
        "set_read_as": set_read_as,
        "results": { "keys": keys, "units": units, "hindsight": hindsight, "weeks_from": weeks_from },
        "report": report,
        "counts": counts,
        "alerts": alerts,
        "faults": faults,
        "treatments": treatments,
        "goalposts": goalposts,
    })
}

fn compare(path: &str, before: &Value, now: &Value, strictly: bool, told: &mut Vec<String>) {
    if before == now || !strictly && is_nothing(before) {
        return;
    }
    let below = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match (before, now) {
        (Value::Object(one), Value::Object(other)) => {
            let mut names: Vec<&String> = one.keys().collect();
            names.extend(other.keys().filter(|name| !one.contains_key(*name)));
            for name in names {
                let of = |all: &serde_json::Map<String, Value>| {
                    all.get(name).cloned().unwrap_or(Value::Null)
                };
                compare(&below(name), &of(one), &of(other), strictly, told);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                let name = ["name", "declaration"].into_iter();
                let name = { name }.find_map(|word| other.get(word)?.as_str());
                let name = name.map_or_else(|| (at + 1).to_string(), str::to_owned);
                compare(&below(&name), one, other, strictly, told);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            let entries = |list: &[Value]| crate::words::count(list.len(), "entry");
            told.push(format!(
                "`{path}` has {}, and {} in the run",
                entries(one),
                entries(other)
            ));
        }
        (before, now) => told.push(format!(
            "`{path}` is {}, and {} in the run",
            words(before),
            words(now)
        )),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => "something else".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: Value, now: Value, strictly: bool) -> Vec<String> {
        let mut told = Vec::new();
        compare("", &before, &now, strictly, &mut told);
        told
    }

    #[test]
    fn each_fact_that_differs_is_told_by_its_place() {
        let before = json!({ "counts": { "rows": 25, "gaps": 0 }, "alerts": [{ "name": "frost", "from": null }] });
        let now = json!({ "counts": { "rows": 24, "gaps": 0 }, "alerts": [{ "name": "frost", "from": "2031-02" }] });
        let mut found = told(before, now, true);
        found.sort();
        assert_eq!(
            found,
            [
                "`alerts.frost.from` is nothing, and `2031-02` in the run",
                "`counts.rows` is 25, and 24 in the run",
            ]
        );
        let (before, now) = (json!({ "faults": [] }), json!({ "faults": [1] }));
        assert_eq!(
            told(before.clone(), now.clone(), true),
            ["`faults` has 0 entries, and 1 entry in the run"]
        );
        // An earlier version may not have written it down.
        assert_eq!(told(before, now, false), Vec::<String>::new());
    }
}
