//! Properties of a method, judged: what was proved stays proved, what is open is searched for a
//! counterexample.
//!
//! In: a planned property ([`forewarn_plan::properties`]). Out: a [`Verdict`], and for a refuted claim
//! the smallest counterexample that was found: few known inputs, round numbers. Data are made up by a
//! fixed sequence of numbers, so the same ruleset gets the same answer in every run.
#![deny(clippy::wildcard_enum_match_arm)]

mod counterexample;
mod falls;
mod numbers;
mod probe;
mod reaches;
mod search;
mod shrink;
mod values;

pub use counterexample::{Counterexample, Example, Fails, Line};

use forewarn_diagnostics::source::Span;
use forewarn_plan::properties::{PlannedClaim, PlannedProperty, Proof};
use forewarn_plan::{Op, Plan, Value};

use crate::form;
use crate::run::RunError;
use probe::Probe;
use search::Search;
pub use search::SearchOptions;

/// What came of a property.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub label: String,
    pub span: Span,
    pub claim_span: Span,
    pub text: String,
    pub verdict: Verdict,
    /// How many rows of data were tried.
    pub tries: usize,
}

impl Outcome {
    /// Nothing speaks against it.
    #[must_use]
    pub fn stands(&self) -> bool {
        !matches!(
            self.verdict,
            Verdict::Refuted(_) | Verdict::Contradicted { .. } | Verdict::NotShown { .. }
        )
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// For all data.
    Proved,
    /// No counterexample was found. For some of the inputs that move it may be proved.
    NotRefuted {
        proved: usize,
        searched: usize,
    },
    Refuted(Box<Counterexample>),
    /// By ranges alone.
    Contradicted {
        why: String,
    },
    /// Something that can happen, with an example for each.
    Shown(Vec<Example>),
    /// Something that did not happen without this.
    NotShown {
        without: String,
    },
    /// Nothing can break it.
    Idle {
        of: String,
    },
    /// It rests on what is compared with peers, which rows that are made up do not have.
    NotTried,
}

/// Judges a property.
///
/// # Errors
/// Native code could not be made for this processor.
pub fn judge(property: &PlannedProperty, options: &SearchOptions) -> Result<Outcome, RunError> {
    let mut outcome = Outcome {
        label: property.label.clone(),
        span: property.span,
        claim_span: property.claim_span,
        text: property.text.clone(),
        verdict: Verdict::Proved,
        tries: 0,
    };
    match &property.proof {
        Proof::Proved => return Ok(outcome),
        Proof::Refuted { why } => {
            outcome.verdict = Verdict::Contradicted { why: why.clone() };
            return Ok(outcome);
        }
        Proof::Idle { of } => {
            outcome.verdict = Verdict::Idle { of: of.clone() };
            return Ok(outcome);
        }
        Proof::Open => {}
    }
    let value = &property.subject.value;
    let plan = probe::of_subject(&property.plan, value);
    if compares_peers(&plan) {
        outcome.verdict = Verdict::NotTried;
        return Ok(outcome);
    }
    let truth = matches!(value, Value::Truth { .. });
    let probe = Probe::new(&plan, truth)?;
    let mut search = Search::new(&plan, &probe, property, options);
    outcome.verdict = match &property.claim {
        PlannedClaim::Monotone { moves } => {
            let proved = moves.iter().filter(|one| one.proved).count();
            match search.monotone(moves)? {
                Some(found) => Verdict::Refuted(Box::new(found)),
                None => Verdict::NotRefuted {
                    proved,
                    searched: moves.len() - proved,
                },
            }
        }
        PlannedClaim::StaysIn {
            range,
            high_excluded,
        } => match search.outside(*range, *high_excluded)? {
            Some(found) => Verdict::Refuted(Box::new(found)),
            None => Verdict::NotRefuted {
                proved: 0,
                searched: search.inputs(),
            },
        },
        PlannedClaim::NoneDecides { inputs, most } => match search.decides(inputs, *most)? {
            Some(found) => Verdict::Refuted(Box::new(found)),
            None => Verdict::NotRefuted {
                proved: 0,
                searched: inputs.len(),
            },
        },
        PlannedClaim::Reaches {
            place,
            without,
            protective,
        } => search.reaches(*place, without, protective)?,
    };
    outcome.tries = search.tries;
    Ok(outcome)
}

fn compares_peers(plan: &Plan) -> bool {
    let asked = plan.outputs.iter().map(|output| output.node);
    form::needed(plan, asked).into_iter().any(|id| {
        let op = plan.node(id).map(|node| node.op);
        matches!(op, Some(Op::Peers { .. }))
    })
}
