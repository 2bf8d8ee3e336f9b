//! Goalposts in a manifest, and back from it for `--goalposts`.

use crate::failure::Failure;
use forewarn_plan::Plan;
use forewarn_runtime::peers::{Goalpost, GoalpostKey, Goalposts};
use forewarn_runtime::period::{self, Period};
use serde_json::{Map, Value, json};
use std::path::Path;

/// One goalpost as an object.
pub(super) fn goalpost_object(plan: &Plan, goalpost: &Goalpost) -> Value {
    let GoalpostKey {
        declaration,
        text,
        again,
        what,
        periods,
        group,
    } = &goalpost.key;
    let mut entry = Map::new();
    entry.insert("declaration".to_owned(), json!(declaration));
    entry.insert("expression".to_owned(), json!(text));
    if *again > 0 {
        entry.insert("again".to_owned(), json!(again));
    }
    entry.insert("of".to_owned(), json!(what));
    if let (Some((first, last)), Some(kind)) = (periods, plan.panel.period) {
        let show = |number: i64| Period { kind, number }.to_string();
        entry.insert("from".to_owned(), json!(show(*first)));
        entry.insert("until".to_owned(), json!(show(*last)));
    }
    if let Some(group) = group {
        entry.insert("group".to_owned(), json!(group));
    }
    let value = goalpost.value;
    let value = if value.is_finite() {
        json!(value)
    } else {
        Value::Null
    };
    entry.insert("value".to_owned(), value);
    Value::Object(entry)
}

/// The goalposts that a manifest has on record.
///
/// # Errors
/// The file cannot be read, is no manifest, or one of its goalposts lacks something.
pub fn goalposts(path: &Path, plan: &Plan) -> Result<Goalposts, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::file("cannot read", path, &error))?;
    let shown = path.display();
    let manifest: Value = serde_json::from_str(&text).map_err(|error| {
        Failure::new(format!("{shown} is no manifest: {error}"))
            .help("give the `.manifest.json` that an earlier run with `-o` wrote")
    })?;
    let Some(entries) = manifest.get("goalposts").and_then(Value::as_array) else {
        return Err(Failure::new(format!("{shown} has no `goalposts`"))
            .help("give the `.manifest.json` that an earlier run with `-o` wrote"));
    };
    let own = &plan.framework.name;
    let theirs = manifest.pointer("/framework/name").and_then(Value::as_str);
    if let Some(theirs) = theirs.filter(|theirs| theirs != own) {
        return Err(Failure::new(format!(
            "{shown} has goalposts of the framework `{theirs}`, and these rules are `{own}`"
        ))
        .help("give the manifest of a run of these rules"));
    }
    let mut read = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        match goalpost(entry, plan) {
            Ok(goalpost) => read.push(goalpost),
            Err(what) => {
                let number = at + 1;
                return Err(Failure::new(format!("goalpost {number} of {shown} {what}"))
                    .help("leave the file as the run wrote it"));
            }
        }
    }
    Ok(read.into_iter().collect())
}

fn goalpost(entry: &Value, plan: &Plan) -> Result<Goalpost, String> {
    let word = |name: &str| entry.get(name).and_then(Value::as_str);
    let needed = |name: &str| {
        word(name)
            .map(str::to_owned)
            .ok_or_else(|| format!("has no `{name}`"))
    };
    let period = |name: &str| match (word(name), plan.panel.period) {
        (None, _) => Ok(None),
        (Some(text), Some(kind)) => period::parse(kind, text).map(Some).map_err(|_| {
            format!(
                "has the period `{text}`, which is no {}",
                period::kind_name(kind)
            )
        }),
        (Some(text), None) => Err(format!("has the period `{text}`, and this panel has none")),
    };
    let value = match entry.get("value") {
        Some(Value::Null) => f64::NAN,
        Some(value) => value.as_f64().ok_or("has a `value` that is no number")?,
        None => return Err("has no `value`".to_owned()),
    };
    let key = GoalpostKey {
        declaration: needed("declaration")?,
        text: needed("expression")?,
        again: entry
            .get("again")
            .and_then(Value::as_u64)
            .and_then(|again| u32::try_from(again).ok())
            .unwrap_or(0),
        what: needed("of")?,
        periods: period("from")?.zip(period("until")?),
        group: word("group").map(str::to_owned),
    };
    Ok(Goalpost { key, value })
}
