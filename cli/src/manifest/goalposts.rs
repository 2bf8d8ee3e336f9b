//! Goalposts in a manifest, and back from it for `--goalposts`.

use super::document;
use super::reading::read;
use crate::audience::Sight;
use crate::failure::Failure;
use forewarn_plan::Plan;
use forewarn_plan::classification::Classification;
use forewarn_runtime::peers::{Goalpost, GoalpostKey, Goalposts};
use forewarn_runtime::period::{self, Period};
use std::path::Path;

/// One goalpost as it is recorded.
pub(super) fn recorded(plan: &Plan, goalpost: &Goalpost) -> document::Goalpost {
    let GoalpostKey {
        declaration,
        text,
        again,
        what,
        periods,
        group,
    } = &goalpost.key;
    // An open end is not written down.
    let show = |number: i64| {
        let kind = plan.panel.period?;
        let is_open = matches!(number, i64::MIN | i64::MAX);
        (!is_open).then(|| Period::new(kind, number).to_string())
    };
    document::Goalpost {
        declaration: declaration.clone(),
        expression: text.clone(),
        again: *again,
        of: what.clone(),
        from: periods.and_then(|(first, _)| show(first)),
        until: periods.and_then(|(_, last)| show(last)),
        group: group.clone(),
        value: Some(goalpost.value).filter(|value| value.is_finite()),
    }
}

/// The goalposts that a manifest has on record.
///
/// # Errors
/// The file cannot be read, is no manifest, one of its goalposts lacks something, or it was written for an
/// audience that may not see all goalposts that this run needs.
pub fn goalposts(path: &Path, sight: Sight<'_>) -> Result<Goalposts, Failure> {
    let plan = sight.plan;
    let manifest = read(path)?;
    let shown = path.display();
    let own = &plan.framework.name;
    let theirs = &manifest.framework.name;
    if theirs != own {
        return Err(Failure::new(format!(
            "{shown} has goalposts of the framework `{theirs}`, and these rules are `{own}`"
        ))
        .help("give the manifest of a run of these rules"));
    }
    let mut read = Vec::with_capacity(manifest.goalposts.len());
    for (at, entry) in manifest.goalposts.into_iter().enumerate() {
        match goalpost(entry, plan) {
            Ok(goalpost) => read.push(goalpost),
            Err(what) => {
                let number = at + 1;
                return Err(Failure::new(format!("goalpost {number} of {shown} {what}"))
                    .help("leave the file as the run wrote it"));
            }
        }
    }
    let audience = Classification::from(manifest.audience);
    if audience != Classification::Confidential
        && let Some(lacking) = lacking(&read, sight)
    {
        return Err(Failure::new(format!(
            "{shown} was written for a {} audience, and the goalposts of `{lacking}` are not in it",
            audience.word()
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
    // Of what is no manifest there is nothing to lose.
    let entries = read(path).map_or(Vec::new(), |manifest| manifest.goalposts);
    let mut names = entries.iter().map(|entry| entry.declaration.as_str());
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

/// Is this a period of a year with more digits than years have?
fn is_beyond(text: &str) -> bool {
    let year = text.trim_start_matches(['-', '+']);
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    digits > 9
}

fn goalpost(entry: document::Goalpost, plan: &Plan) -> Result<Goalpost, String> {
    let period = |text: Option<String>| match (text, plan.panel.period) {
        (None, _) => Ok(None),
        // An earlier version wrote an open end down as a period of years that there are none of.
        (Some(text), _) if is_beyond(&text) => Ok(None),
        (Some(text), Some(kind)) => period::parse(kind, &text).map(Some).map_err(|_| {
            format!(
                "has the period `{text}`, which is no {}",
                period::kind_name(kind)
            )
        }),
        (Some(text), None) => Err(format!("has the period `{text}`, and this panel has none")),
    };
    let key = GoalpostKey {
        declaration: entry.declaration,
        text: entry.expression,
        again: entry.again,
        what: entry.of,
        periods: match (period(entry.from)?, period(entry.until)?) {
            (None, None) => None,
            (from, until) => Some((from.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX))),
        },
        group: entry.group,
    };
    let value = entry.value.unwrap_or(f64::NAN);
    Ok(Goalpost { key, value })
}
