//! Why a value that a test expected is missing: read from the explanation of its row.

use forewarn_plan::{Plan, Value};

use crate::bind::{DataSummary, InputSummary};
use crate::explain::{Cause, NoSpell, Question, Reason, explain};
use crate::panel::Panel;

/// The most reasons that a failure tells.
const MOST: usize = 4;

/// Says why declarations are missing in a row: `` `a` is missing: not given ``.
pub(super) fn why(plan: &Plan, panel: &Panel, row: usize, names: &[String]) -> Vec<String> {
    let inputs = plan.inputs.iter().map(|input| InputSummary {
        name: input.name.clone(),
        ..InputSummary::default()
    });
    let summary = DataSummary {
        rows: panel.rows(),
        inputs: inputs.collect(),
        ..DataSummary::default()
    };
    let question = Question {
        plan,
        panel,
        summary: &summary,
        row,
        names,
        goalposts: None,
        outlook: false,
        options: false,
    };
    let mut told = Vec::new();
    if let Ok(explanation) = explain(&question) {
        for finding in &explanation.results {
            leaves(&finding.reason, &mut told);
        }
    }
    let more = told.len().saturating_sub(MOST);
    told.truncate(MOST);
    if more > 0 {
        told.push(format!("and {more} more are missing"));
    }
    told
}

/// The declaration that an expectation begins with, where it begins with one.
pub(super) fn first_name(plan: &Plan, words: &str) -> Option<String> {
    let end = words.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    let name = words.get(..end.unwrap_or(words.len()))?;
    let declaration = plan.declarations.iter().find(|one| one.name == name)?;
    let is_value = !matches!(declaration.value, Value::Category { .. });
    is_value.then(|| name.to_owned())
}

/// Where a chain of missing values begins.
fn leaves(reason: &Reason, told: &mut Vec<String>) {
    let own = match &reason.cause {
        None | Some(Cause::Missing(_)) => None,
        Some(cause) => Some(words(cause)),
    };
    let name = reason.name.as_ref().unwrap_or(&reason.text);
    if let Some(why) = own {
        let line = format!("`{name}` is missing: {why}");
        if !told.contains(&line) {
            told.push(line);
        }
    }
    for part in reason.because.iter().filter(|part| part.value.is_open()) {
        leaves(part, told);
    }
}

fn words(cause: &Cause) -> String {
    match cause {
        Cause::Absent | Cause::AbsentOrRefused { .. } => "not given".to_owned(),
        Cause::OutOfRange { value, .. } => format!(
            "{} is outside of its range",
            forewarn_plan::numbers::show(*value)
        ),
        Cause::NotVerified(_) => "its observation was not verified".to_owned(),
        Cause::NotApplicable { .. } => "it is not applicable".to_owned(),
        Cause::Expired { age, after, .. } => {
            let periods = if *age == 1 { "period" } else { "periods" };
            format!("its last observation is {age} {periods} old, and out of date after {after}")
        }
        Cause::Gap => "there is no row for this period".to_owned(),
        Cause::NoRow { period } => format!("there is no row of {period} so far"),
        Cause::NoPeriod { parts } => {
            let parts: Vec<String> = parts
                .iter()
                .map(|(words, x)| format!("`{words}` {}", forewarn_plan::numbers::show(*x)))
                .collect();
            format!("{} name no period", parts.join(", "))
        }
        Cause::OpenPeers { unknown } => {
            let peers = if *unknown == 1 { "peer" } else { "peers" };
            format!("nothing is known of {unknown} {peers}")
        }
        Cause::BeforeStart => "it looks back to before the first period".to_owned(),
        Cause::TooFewPeriods { known, required } => {
            let are = |one: bool| if one { "is" } else { "are" };
            let periods = if *known == 1 { "period" } else { "periods" };
            format!(
                "{known} {periods} {} known and {required} {} required",
                are(*known == 1),
                are(*required == 1)
            )
        }
        Cause::NoStart { event, unknown } => match unknown {
            Some(period) => format!("`{event}` is unknown in {period}, so that it can begin there"),
            None => format!("`{event}` was never yes"),
        },
        Cause::Spell { of, why } => match why {
            NoSpell::Outside => format!("the period lies in no spell of `{of}`"),
            NoSpell::Start => format!("nobody knows when its spell of `{of}` began"),
            NoSpell::Before(period) => {
                format!("its spell of `{of}` began in {period}, before the first period")
            }
            NoSpell::End(period) => {
                format!("nobody knows whether its spell of `{of}` went on in {period}")
            }
        },
        Cause::Coverage => "less of its evidence is known than it requires".to_owned(),
        Cause::Periods {
            unknown,
            before_start,
        } => {
            let mut why = Vec::new();
            if *unknown > 0 {
                why.push(format!(
                    "{unknown} of its periods {} unknown",
                    if *unknown == 1 { "is" } else { "are" }
                ));
            }
            if *before_start > 0 {
                why.push(format!(
                    "{before_start} {} before the first period",
                    if *before_start == 1 { "lies" } else { "lie" }
                ));
            }
            why.join(", ")
        }
        Cause::NoPeers => "no peer is known".to_owned(),
        Cause::Fault { text, .. } => format!("`{text}` is without a result"),
        Cause::NotAsked => "what stands before it decides".to_owned(),
        Cause::Stated => "the rules say so".to_owned(),
        Cause::Missing(names) => format!("{} missing", names.join(", ")),
    }
}
