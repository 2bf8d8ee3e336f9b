//! Goalposts in a manifest, and back from it for `--goalposts`.

use super::document;
use super::reading::read;
use crate::audience::Sight;
use crate::failure::Failure;
use forewarn_plan::classification::Classification;
use forewarn_plan::{PeerInfo, Peers, Plan};
use forewarn_runtime::handover::meanings_of_peers;
use forewarn_runtime::peers::{Goalpost, GoalpostKey, Goalposts};
use forewarn_runtime::period::{self, Period};
use std::collections::BTreeSet;
use std::path::Path;

/// What the rules work out where goalposts are taken, and what that is counted in.
struct Meanings<'p> {
    plan: &'p Plan,
    /// By operation over peers.
    of: Vec<Option<u64>>,
}

/// What is counted in which unit, and a digest of how it is worked out.
#[derive(PartialEq, Eq)]
struct Meaning {
    unit: String,
    digest: String,
}

impl<'p> Meanings<'p> {
    fn of(plan: &'p Plan) -> Self {
        Self {
            plan,
            of: meanings_of_peers(plan),
        }
    }

    /// Of all that is taken in these words: a run tells it apart by how often it came.
    fn find(&self, key: &GoalpostKey) -> Option<Meaning> {
        let infos = self.plan.peers.iter().zip(&self.of);
        let same = infos.filter(|(info, _)| {
            let what = match info.what {
                Peers::Aggregate(what) => what.word(),
                Peers::Rank { .. }
                | Peers::Percentile
                | Peers::Winsorise { .. }
                | Peers::Impute
                | Peers::Spell { .. } => return false,
            };
            info.declaration == key.declaration && info.text == key.text && what == key.what
        });
        let same: Vec<_> = same.collect();
        let unit = same.first()?.0.unit.clone();
        let digests: BTreeSet<u64> = same.iter().filter_map(|(_, of)| **of).collect();
        let digests = digests.iter().map(|digest| format!("{digest:016x}"));
        let digest = digests.collect::<Vec<_>>().join("-");
        Some(Meaning { unit, digest })
    }
}

/// Goalposts as they are recorded: one without a value would leave later runs without results, also where their
/// data have values by then.
pub(super) fn recorded(plan: &Plan, goalposts: &[Goalpost]) -> Vec<document::Goalpost> {
    let meanings = Meanings::of(plan);
    let goalposts = goalposts.iter().filter(|goalpost| goalpost.is_known());
    goalposts.map(|one| recorded_one(&meanings, one)).collect()
}

fn recorded_one(meanings: &Meanings<'_>, goalpost: &Goalpost) -> document::Goalpost {
    let plan = meanings.plan;
    let meaning = meanings.find(&goalpost.key);
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
        unit: meaning
            .as_ref()
            .map(|meaning| meaning.unit.clone())
            .filter(|unit| !unit.is_empty()),
        meaning: meaning.map(|meaning| meaning.digest),
        value: Some(goalpost.value),
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
    let audience = Classification::from(manifest.audience);
    let meanings = Meanings::of(plan);
    for (at, entry) in manifest.goalposts.into_iter().enumerate() {
        let unit = entry.unit.clone().unwrap_or_default();
        // Not in manifests of earlier versions.
        let meaning = entry.meaning.clone();
        match goalpost(entry, plan) {
            Ok(goalpost) => {
                if let Some(digest) = meaning
                    && let Some(own) = meanings.find(&goalpost.key)
                {
                    // What some may see is made of other parts than what others may see.
                    let same_audience = audience == plan.confidentiality.audience;
                    let is_other = same_audience && digest != own.digest;
                    if unit != own.unit || is_other {
                        return Err(of_another_meaning(path, &goalpost.key, (&unit, &own.unit)));
                    }
                }
                read.push(goalpost);
            }
            Err(what) => {
                let number = at + 1;
                return Err(Failure::new(format!("goalpost {number} of {shown} {what}"))
                    .help("leave the file as the run wrote it"));
            }
        }
    }
    if audience != Classification::Confidential
        && let Some(lacking) = lacking(&read, sight, audience)
    {
        return Err(Failure::new(format!(
            "{shown} was written for a {} audience, and the goalposts of `{lacking}` are not in it",
            audience.word()
        ))
        .help("give the manifest of a run for those who may see them"));
    }
    Ok(read.into_iter().collect())
}

/// Goalposts of what these rules count or work out otherwise, in the same words.
fn of_another_meaning(path: &Path, key: &GoalpostKey, (theirs, own): (&str, &str)) -> Failure {
    let GoalpostKey {
        declaration, text, ..
    } = key;
    let named = |unit: &str| match unit {
        "" => "without a unit".to_owned(),
        unit => format!("in {unit}"),
    };
    let how = if theirs == own {
        "and these rules work that out in another way".to_owned()
    } else {
        format!(
            "counted {}, and these rules count it {}",
            named(theirs),
            named(own)
        )
    };
    Failure::new(format!(
        "{} has the goalposts of `{text}` in `{declaration}`, {how}",
        path.display()
    ))
    .help("take goalposts anew: run without `--goalposts`, and give the manifest of that run from then on")
}

/// A declaration that takes goalposts of which these have none.
fn lacking(read: &[Goalpost], sight: Sight<'_>, audience: Classification) -> Option<String> {
    let own = &sight.plan.peers;
    let sealing = sight.sealing.into_iter().flat_map(|plan| &plan.peers);
    let mut needed = own.iter().chain(sealing);
    let same_audience = audience == sight.plan.confidentiality.audience;
    let lacking = needed.find(|info| {
        // What its audience sees is not in it where nothing was known.
        let is_seen = |one: &PeerInfo| one.declaration == info.declaration && one.text == info.text;
        if same_audience && own.iter().any(is_seen) {
            return false;
        }
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
