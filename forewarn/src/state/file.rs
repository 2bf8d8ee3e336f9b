//! The file of a state.
//!
//! In: [`States`] of a run. Out: the text of `RESULTS.state.json`, and back from it; `docs/schemas/state.json` is its
//! schema. Numbers stand as text with all their digits, so that later runs go on with the same bits.

use super::document::{Alert, Document, Entity, FIRST_FORM, FORM, Mark, Named};
use forewarn_plan::Plan;
use forewarn_runtime::bind::DataSummary;
use forewarn_runtime::handover::{AlertKey, EntityState, States};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Is it written in a form that this version reads?
pub(super) fn is_known(value: &Value) -> bool {
    let form = value.get("state").and_then(Value::as_u64);
    form.is_some_and(|form| (FIRST_FORM..=FORM).contains(&form))
}

/// Writes the state as text. It goes out entity by entity, since there may be many.
///
/// # Errors
/// Whatever the writer says.
pub fn write(
    out: &mut impl Write,
    plan: &Plan,
    states: &States,
    data: &DataSummary,
) -> io::Result<()> {
    let document = Document {
        state: FORM,
        forewarn: env!("CARGO_PKG_VERSION").to_owned(),
        framework: Named {
            name: plan.framework.name.clone(),
            version: plan.framework.version.clone(),
        },
        audience: plan.confidentiality.audience.word().to_owned(),
        period: plan
            .panel
            .period
            .map(|kind| forewarn_runtime::period::full_name(kind).into_owned()),
        from_nothing: states.from_nothing,
        left_out: states.left_out.clone(),
        columns: columns_of(plan, data)
            .into_iter()
            .map(|(name, column)| (name.to_owned(), column.to_owned()))
            .collect(),
        alerts: states.alerts.iter().map(Alert::of).collect(),
        operations: states.operations.iter().copied().map(Mark).collect(),
        entities: Entities(states),
    };
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")
}

/// Entities that are put into the form of the file one by one.
struct Entities<'s>(&'s States);

impl Serialize for Entities<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let entities = self.0.entities.iter();
        to.collect_seq(entities.map(|(name, state)| Entity::of(name, state)))
    }
}

/// The columns that indicators are read from, where rules call them otherwise; none where an audience does not see
/// all of them.
pub(super) fn columns_of<'s>(plan: &'s Plan, data: &'s DataSummary) -> BTreeMap<&'s str, &'s str> {
    let told = &plan.confidentiality;
    if !(told.withheld.is_empty() && told.sealed.is_empty()) {
        return BTreeMap::new();
    }
    let inputs = plan.inputs.iter().zip(&data.inputs);
    let others = inputs.filter_map(|(info, input)| {
        let own = info.column.as_ref().unwrap_or(&info.name);
        let column = input.column.as_ref().filter(|column| *column != own)?;
        Some((info.name.as_str(), column.as_str()))
    });
    others.collect()
}

/// What a file hands over, with the columns that indicators were read from where rules call them otherwise; nothing
/// where it is not as a run wrote it.
pub(super) fn states_of(value: &Value) -> Option<(States, BTreeMap<String, String>)> {
    let document = Document::<Vec<Entity>>::deserialize(value).ok()?;
    let alerts: Vec<AlertKey> = document.alerts.into_iter().map(Alert::key).collect();
    let operations: Vec<u64> = document.operations.iter().map(|mark| mark.0).collect();
    let entities = document.entities.into_iter();
    let entities = entities.map(|entity| {
        let (name, state) = entity.state(alerts.len());
        fits(&state, &alerts, operations.len()).then_some((name, state))
    });
    let states = States {
        entities: entities.collect::<Option<_>>()?,
        alerts,
        operations,
        from_nothing: document.from_nothing,
        left_out: document.left_out,
    };
    Some((states, document.columns))
}

/// Is there as much of an entity as there are alerts and operations, and stands no alert higher than it can?
fn fits(state: &EntityState, alerts: &[AlertKey], operations: usize) -> bool {
    let stands = state.alerts.iter().zip(alerts).all(|(ways, alert)| {
        !ways.is_empty() && ways.iter().all(|way| way.tier <= alert.rule.highest())
    });
    state.alerts.len() == alerts.len()
        && state.firsts.len() == alerts.len()
        && state.read.len() == operations
        && stands
}
