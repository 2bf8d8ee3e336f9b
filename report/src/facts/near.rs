//! What pages read of an explanation.
//!
//! In: an explanation, down to the last observation. Out: the same a few steps down, with what is explained
//! elsewhere in it put where it is named, so that the rest need not be kept.

use std::collections::HashMap;

use forewarn_runtime::explain::{Explanation, Extent, Reason, Shown};

/// So far down pages tell reasons.
pub const DEPTH: usize = 4;

/// What is asked for where no more is read than that: one level more, for the causes of what is missing.
pub const EXTENT: Extent = Extent::Levels(DEPTH + 1);

/// Keeps of each result's reasons those that pages tell.
pub fn near(told: &mut Explanation) {
    for finding in &mut told.results {
        let mut first = HashMap::new();
        firsts(&finding.reason, &mut first);
        finding.reason = kept(&first, &finding.reason, 0);
    }
}

/// By name, where each value is explained.
fn firsts<'r>(reason: &'r Reason, first: &mut HashMap<&'r str, &'r Reason>) {
    if let Some(name) = reason.name.as_deref().filter(|_| !reason.above) {
        first.entry(name).or_insert(reason);
    }
    for below in &reason.because {
        firsts(below, first);
    }
}

fn kept(first: &HashMap<&str, &Reason>, reason: &Reason, depth: usize) -> Reason {
    let mut own = alone(reason);
    if depth >= DEPTH {
        return own;
    }
    own.because = speaking(&reason.because)
        .map(|one| {
            let name = one.name.as_deref().filter(|_| one.above);
            let elsewhere = name.and_then(|name| first.get(name).copied());
            match elsewhere {
                // Its grounds are told where it stands itself.
                Some(found) => Reason {
                    above: true,
                    params: Vec::new(),
                    ..kept(first, found, depth + 1)
                },
                None => kept(first, one, depth + 1),
            }
        })
        .collect();
    own
}

/// What says nothing for a result is passed over, as long as something does.
pub fn speaking(all: &[Reason]) -> impl Iterator<Item = &Reason> {
    let says = |one: &&Reason| !matches!(one.value, Shown::Truth(Some(false)));
    let any = all.iter().any(|one| says(&one));
    all.iter().filter(move |one| !any || says(one))
}

/// A reason without those below it.
fn alone(of: &Reason) -> Reason {
    Reason {
        name: of.name.clone(),
        kind: of.kind,
        label: of.label.clone(),
        cites: of.cites.clone(),
        grounds: of.grounds.clone(),
        params: of.params.clone(),
        code: of.code.clone(),
        provenance: of.provenance,
        seen: of.seen.clone(),
        text: of.text.clone(),
        value: of.value.clone(),
        cause: of.cause.clone(),
        declassified: of.declassified.clone(),
        how: of.how.clone(),
        because: Vec::new(),
        above: of.above,
    }
}
