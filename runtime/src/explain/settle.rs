//! What would settle a result that is open: its missing inputs, by what they could exclude.
//!
//! Each missing input alone takes the ends of its declared range (where an end is open, a number beyond all that
//! rules and data name), for truths, levels and categories each value; the others stay missing. Of what lies between the
//! ends of a range, the places are tried too at which the rules tell values apart, and told where that is more than
//! the ends say. Where the rules ask whether an observation was verified, a new one is tried as verified and as not.

use forewarn_plan::digits;
use forewarn_plan::outline::Reading;
use forewarn_plan::{DeclarationKind, InputInfo, InputKind, NodeId, Value};

use super::edges::inner;
use super::evidence::{Beyond, Evidence};
use super::input_ends::{ends, far_ends};
use super::nodes::shown;
use super::tree::{Settle, Settling, Shown, Untried};
use super::trial::Trial;

/// What has no end can take so many values, and what is wider than that no more.
const WIDEST: usize = 1_000_000_000;

/// So many outcomes of one input are told.
const MOST_OUTCOMES: usize = 6;

/// How many values a result can still take; 1 when it is settled.
fn open_width(value: &Shown) -> usize {
    match value {
        Shown::Level {
            at_least, at_most, ..
        } => at_most.saturating_sub(*at_least) + 1,
        Shown::Count { at_least, at_most } => {
            1 + ((at_most - at_least).max(0.0) as usize).min(WIDEST)
        }
        // In thousandths, so that what narrows it counts.
        Shown::Between {
            at_least, at_most, ..
        } if (at_most - at_least).is_finite() => {
            1 + (((at_most - at_least).max(0.0) * 1_000.0).round() as usize).min(WIDEST)
        }
        Shown::Between { .. } => 1 + WIDEST,
        other @ (Shown::Number { .. }
        | Shown::Truth(_)
        | Shown::Category(_)
        | Shown::Withheld(_)) => 1 + usize::from(other.is_open()),
    }
}

/// How many values of what a result can be, `before` of them, it can be no more.
fn excluded(now: &Shown, then: &Shown, before: usize) -> usize {
    let fewer = before.saturating_sub(open_width(then));
    let ends = |value: &Shown| match value {
        Shown::Between {
            at_least, at_most, ..
        }
        | Shown::Count { at_least, at_most } => Some((*at_least, *at_most)),
        Shown::Level {
            at_least, at_most, ..
        } => Some((*at_least as f64, *at_most as f64)),
        Shown::Number { .. } | Shown::Truth(_) | Shown::Category(_) | Shown::Withheld(_) => None,
    };
    // Where an end stays open, or goes further away, it is the other one that is nearer.
    let is_nearer = || {
        let ((least, most), (now_least, now_most)) = ends(then).zip(ends(now))?;
        Some(least > now_least || most < now_most)
    };
    match fewer {
        0 => usize::from(is_nearer() == Some(true)),
        fewer => fewer,
    }
}

/// Does a result say more than others do: is it one that lies outside of them, or is it settled further?
fn says_more(then: &Shown, others: &[(f64, Shown)]) -> bool {
    let mut others = others.iter().map(|(_, other)| other);
    match then {
        Shown::Level {
            at_least, at_most, ..
        } => {
            let ends = |other: &Shown| match other {
                Shown::Level {
                    at_least, at_most, ..
                } => Some((*at_least, *at_most)),
                Shown::Number { .. }
                | Shown::Truth(_)
                | Shown::Count { .. }
                | Shown::Between { .. }
                | Shown::Category(_)
                | Shown::Withheld(_) => None,
            };
            let all: Vec<(usize, usize)> = others.filter_map(ends).collect();
            all.iter().all(|(least, _)| at_least < least)
                || all.iter().all(|(_, most)| at_most > most)
                || all
                    .iter()
                    .all(|(least, most)| at_most - at_least < most - least)
        }
        Shown::Truth(Some(_)) | Shown::Category(Some(_)) => others.all(|other| other != then),
        // It may be what none of the others is.
        Shown::Truth(None) => {
            if others.clone().any(|other| other.is_open()) {
                return false;
            }
            let mut known = others.filter(|other| !other.is_open());
            known
                .next()
                .is_some_and(|first| known.all(|other| other == first))
        }
        Shown::Number { .. } | Shown::Count { .. } | Shown::Between { .. } => {
            let ends = |other: &Shown| match other {
                Shown::Number { value, .. } => (*value, *value),
                Shown::Count { at_least, at_most } => (*at_least, *at_most),
                Shown::Between {
                    at_least, at_most, ..
                } => (*at_least, *at_most),
                Shown::Truth(_) | Shown::Level { .. } | Shown::Category(_) | Shown::Withheld(_) => {
                    (f64::NAN, f64::NAN)
                }
            };
            let (least, most) = ends(then);
            let all: Vec<(f64, f64)> = others.map(ends).collect();
            all.iter().all(|(low, _)| digits::is_less(least, *low))
                || all.iter().all(|(_, high)| digits::is_less(*high, most))
        }
        Shown::Category(None) | Shown::Withheld(_) => false,
    }
}

pub(super) fn settle(evidence: &Evidence, value: &Value) -> Settle {
    let mut trial = Trial::of(evidence, &value.nodes());
    let beyond = evidence.beyond(value.nodes().into_iter());
    let (inputs, missing, untried) = open_inputs(evidence, &trial, &beyond);
    let now = shown(value, |node| {
        let cell = evidence.values.cell(node);
        cell.map_or(f64::NAN, |cell| cell.as_number())
    });
    let before = open_width(&now);
    let mut settlings = Vec::new();
    for (input, node) in inputs {
        let Some(info) = evidence.plan.inputs.get(input) else {
            continue;
        };
        let mut ways: Vec<Settling> = Vec::new();
        for (verified, beside) in of_new_ones(evidence, &trial, input) {
            let mut settling = Settling {
                input: info.name.clone(),
                label: info.label.clone(),
                verified,
                outcomes: Vec::new(),
                excludes: 0,
                excludes_in_all: 0,
            };
            let mut tried = |x: f64| {
                let own = [(node, x)];
                let changed: Vec<_> = own.into_iter().chain(beside).collect();
                trial.with(&changed, |tried| shown(value, |node| tried.number(node)))
            };
            let values = values_to_try(evidence, input, info).into_iter();
            let mut outcomes: Vec<(f64, Shown)> = values.map(|x| (x, tried(x))).collect();
            if info.kind == InputKind::Number {
                for x in inner(evidence, (input, node), info) {
                    let then = tried(x);
                    if outcomes.len() < MOST_OUTCOMES && says_more(&then, &outcomes) {
                        outcomes.push((x, then));
                    }
                }
                outcomes.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            }
            for (x, then) in outcomes {
                let fewer = excluded(&now, &then, before);
                settling.excludes = settling.excludes.max(fewer);
                settling.excludes_in_all += fewer;
                settling.outcomes.push((input_value(info, x), then));
            }
            ways.push(settling);
        }
        if let [verified, not] = ways.as_mut_slice()
            && verified.outcomes == not.outcomes
        {
            verified.verified = None;
            ways.truncate(1);
        }
        settlings.extend(ways.into_iter().filter(|one| one.excludes > 0));
    }
    // Stable: equal ones stay in the order of the Plan.
    settlings.sort_by_key(|one| std::cmp::Reverse((one.excludes, one.excludes_in_all)));
    Settle {
        inputs: settlings,
        missing,
        untried,
        rests: evidence.rests(value.nodes().into_iter()),
    }
}

/// Whether a new observation is verified, and the further value of the row that says so.
type Verified = (Option<bool>, Option<(NodeId, f64)>);

/// Is a new observation verified, and by which further value of the row: both ways where the result asks, and the row
/// does not say so already.
fn of_new_ones(evidence: &Evidence, trial: &Trial, input: usize) -> Vec<Verified> {
    let says = |(by, node): &&(usize, NodeId)| {
        let kind = evidence.plan.inputs.get(*by).map(|info| &info.kind);
        kind == Some(&InputKind::Verification { of: input as u32 }) && trial.needs(*node)
    };
    let node = evidence.input_nodes().iter().find(says);
    match node.map(|(_, node)| (*node, trial.answer_of_a_new(*node))) {
        Some((node, answer)) if answer != Some(1.0) => vec![
            (Some(true), Some((node, 1.0))),
            (Some(false), Some((node, 0.0))),
        ],
        Some(_) | None => vec![(None, None)],
    }
}

/// Inputs that are missing in the row and that a value rests on, or that leave an observation unverified: those that can
/// be tried, the names of all, and of those that are not tried. What does not apply is not missing.
fn open_inputs(
    evidence: &Evidence,
    trial: &Trial,
    beyond: &Beyond,
) -> (Vec<(usize, NodeId)>, Vec<String>, Untried) {
    let open = evidence
        .input_nodes()
        .iter()
        .copied()
        .filter(|(input, node)| trial.needs(*node) || beyond.has(*input))
        .filter(|(input, node)| {
            evidence.values.known(*node).is_none() && evidence.applies(*input)
                || is_unverified(evidence, trial, (*input, *node))
                || is_carried_unverified(evidence, trial, *input)
        });
    let (mut tried, mut names, mut untried) = (Vec::new(), Vec::new(), Untried::default());
    for (input, node) in open {
        let Some(info) = evidence.plan.inputs.get(input) else {
            continue;
        };
        names.push(info.name.clone());
        // A declassified value follows from others: it is missing, and not tried by itself.
        if !beyond.note(input, &info.name, &mut untried) && !evidence.is_sealed(input) {
            tried.push((input, node));
        }
    }
    (tried, names, untried)
}

/// Is an input's observation one that was carried here and left open, since nobody says that it was verified? A new one is
/// verified by what its own row says.
fn is_carried_unverified(evidence: &Evidence, trial: &Trial, input: usize) -> bool {
    let mut inputs = evidence.input_nodes().iter();
    inputs.any(|(by, node)| {
        let kind = evidence.plan.inputs.get(*by).map(|info| &info.kind);
        kind == Some(&InputKind::Verification { of: input as u32 })
            && evidence.is_of_a_carried_one(*by)
            && evidence.values.known(*node) != Some(1.0)
            && evidence.applies(input)
            && asks_for_verified(evidence, trial, input)
    })
}

/// Does an input leave an observation open, since it does not say that it was verified?
fn is_unverified(evidence: &Evidence, trial: &Trial, (input, node): (usize, NodeId)) -> bool {
    let inputs = &evidence.plan.inputs;
    let Some(InputKind::Verification { of }) = inputs.get(input).map(|info| &info.kind) else {
        return false;
    };
    let of = *of as usize;
    let cell = evidence
        .own
        .columns
        .get(of)
        .and_then(|column| column.last());
    if evidence.values.known(node) == Some(1.0)
        || evidence.is_of_a_carried_one(input)
        || cell.is_none_or(|cell| cell.is_nan())
        || !evidence.applies(of)
    {
        return false;
    }
    asks_for_verified(evidence, trial, of)
}

/// Does what is asked for need an indicator as it is verified, with what is not counting as unknown?
fn asks_for_verified(evidence: &Evidence, trial: &Trial, of: usize) -> bool {
    let info = evidence.plan.inputs.get(of);
    let mut declared = evidence.plan.declarations.iter();
    declared.any(|one| {
        one.kind == DeclarationKind::Indicator
            && one.verified == Some(Reading::Unknown)
            && info.is_some_and(|info| info.name == one.declared_name())
            && one.value.nodes().iter().any(|node| trial.needs(*node))
    })
}

pub(super) fn values_to_try(evidence: &Evidence, input: usize, info: &InputInfo) -> Vec<f64> {
    let codes = |count: usize| (0..count).map(|code| code as f64).collect();
    match &info.kind {
        InputKind::Number => {
            let (low, high) = ends(evidence, input, info);
            let (far_low, far_high) = far_ends(evidence, info);
            let tried = [far_low.unwrap_or(low), far_high.unwrap_or(high)];
            let mut values: Vec<f64> = tried.into_iter().filter(|x| !x.is_nan()).collect();
            values.dedup();
            values
        }
        InputKind::Truth | InputKind::Verification { .. } => vec![1.0, 0.0],
        InputKind::Key { .. } | InputKind::Applies { .. } | InputKind::Age { .. } => Vec::new(),
        InputKind::Level { names, .. } | InputKind::Category { names } => codes(names.len()),
    }
}

/// An input's value as people read it.
pub(super) fn input_value(info: &InputInfo, x: f64) -> Shown {
    match &info.kind {
        InputKind::Number | InputKind::Age { .. } | InputKind::Key { .. } => Shown::Number {
            value: x,
            unit: info.unit.clone(),
        },
        InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. } => {
            Shown::Truth((!x.is_nan()).then_some(x == 1.0))
        }
        InputKind::Level { names, .. } if !x.is_nan() => Shown::Level {
            names: names.clone(),
            at_least: x as usize,
            at_most: x as usize,
        },
        InputKind::Level { names, .. } => Shown::Level {
            names: names.clone(),
            at_least: 0,
            at_most: names.len().saturating_sub(1),
        },
        InputKind::Category { names } => {
            let name = (x >= 0.0).then(|| names.get(x as usize).cloned());
            Shown::Category(name.flatten())
        }
    }
}
