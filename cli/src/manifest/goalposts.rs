//! Goalposts in a manifest, and back from it for `--goalposts`.

use crate::audience::Sight;
use crate::failure::Failure;
use forewarn_plan::Plan;
use forewarn_plan::classification::Classification;
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
/// The file cannot be read, is no manifest, one of its goalposts lacks something, or it was written for an
/// audience that may not see all goalposts that this run needs.
pub fn goalposts(path: &Path, sight: Sight<'_>) -> Result<Goalposts, Failure> {
    let plan = sight.plan;
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
    if let Some(audience) = manifest.get("audience").and_then(Value::as_str)
        && audience != Classification::Confidential.word()
        && let Some(lacking) = lacking(&read, sight)
    {
        return Err(Failure::new(format!(
            "{shown} was written for a {audience} audience, and the goalposts of `{lacking}` are not in it"
        ))
        .help("give the manifest of a run for those who may see them"));
    }
    Ok(read.into_iter().collect())
}

/// A declaration that takes goalposts of which these have none.
fn lacking(read: &[Goalpost], sight: Sight<'_>) -> Option<String> {
    let sealing = sight.sealing.into_iter().flat_map(|plan| &plan.peers);
    let mut needed = sight.plan.peers.iter().chain(sealing);
    let lacking = needed.find(|info| {
        let is_there = |goalpost: &Goalpost| {
            goalpost.key.declaration == info.declaration && goalpost.key.text == info.text
        };
        info.recorded && !read.iter().any(is_there)
    })?;
    Some(lacking.declaration.clone())
}

/// Goalposts that the audience may see.
#[must_use]
pub fn visible(goalposts: Goalposts, plan: &Plan) -> Goalposts {
    goalposts.of(|declaration| {
        plan.peers
            .iter()
            .any(|info| info.declaration == declaration)
    })
}

/// Is there a manifest in the way whose goalposts this audience may not see? They would be gone.
///
/// # Errors
/// There is one.
pub fn replaces_none(path: &Path, sight: Sight<'_>) -> Result<(), Failure> {
    if sight.sees_all() {
        return Ok(());
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let manifest: Value = serde_json::from_str(&text).unwrap_or_default();
    let entries = manifest.get("goalposts").and_then(Value::as_array);
    let names = entries.into_iter().flatten();
    let mut names = names.filter_map(|entry| entry.get("declaration")?.as_str());
    let told = &sight.plan.confidentiality;
    let is_lost = |name: &&str| {
        let mut kept = sight.plan.peers.iter();
        told.declared.contains_key(*name) && !kept.any(|info| info.declaration == **name)
    };
    match names.find(is_lost) {
        None => Ok(()),
        Some(_) => Err(Failure::new(format!(
            "{} has goalposts on record that this audience may not see, and would lose them",
            path.display()
        ))
        .help("write to another file with `-o`")),
    }
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
