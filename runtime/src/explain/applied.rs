//! Indicators that began or ceased to apply since the last period, though their cells say what they said.
//!
//! In: the evidence of a row and the row before. Out: for each of them what changed of that which says whether it
//! applies: that is the cause, and not that its cell is read now.

use forewarn_plan::{DeclarationKind, NodeId};

use super::evidence::Evidence;
use super::path::{cell, is_same};
use super::settle::input_value;
use super::tree::Moved;
use crate::form;

/// What takes its new value by something else.
pub(super) struct Applied {
    /// The input and its node, the input that says so, and what is told of that.
    found: Vec<((usize, NodeId), usize, Moved)>,
    /// The inputs that have a step.
    used: Vec<usize>,
}

impl Applied {
    pub fn of(evidence: &Evidence<'_>, before: usize, used: &[(usize, NodeId)]) -> Self {
        let found = used.iter().filter_map(|(input, node)| {
            let (by, moved) = cause(evidence, *input, before)?;
            Some(((*input, *node), by, moved))
        });
        Self {
            found: found.collect(),
            used: used.iter().map(|(input, _)| *input).collect(),
        }
    }

    /// Does it take its new value together with what says that it applies?
    pub fn is_taken_elsewhere(&self, input: usize) -> bool {
        let mut found = self.found.iter();
        found.any(|((own, _), by, _)| *own == input && self.used.contains(by))
    }

    /// What else takes its new value with an input.
    pub fn by(&self, input: usize) -> Vec<(usize, NodeId)> {
        let found = self.found.iter().filter(|(_, by, _)| *by == input);
        found.map(|(own, ..)| *own).collect()
    }

    /// What is told in place of an input.
    pub fn cause(&self, input: usize) -> Option<&Moved> {
        let mut found = self.found.iter();
        found
            .find(|((own, _), ..)| *own == input)
            .map(|(.., moved)| moved)
    }
}

/// What made an input apply, or no longer, whose cell is the same.
fn cause(evidence: &Evidence<'_>, input: usize, before: usize) -> Option<(usize, Moved)> {
    let last = evidence.last();
    let applied = |row: usize| evidence.panel.applies(input, evidence.first + row);
    let raw = |input: usize, row: usize| cell(&evidence.own, input, row);
    if applied(before) == applied(last) || !is_same(raw(input, before), raw(input, last)) {
        return None;
    }
    let declared = evidence.plan.declarations.iter();
    let mut indicators = declared.filter(|one| one.kind == DeclarationKind::Indicator);
    let name = &evidence.plan.inputs.get(input)?.name;
    let own = indicators.find(|one| one.name == *name)?;
    let condition = form::needed(evidence.flat, std::iter::once(own.applies?.0));
    let asked = evidence.input_nodes().iter();
    let mut asked = asked.filter(|(_, node)| condition.binary_search(node).is_ok());
    let (by, _) = asked
        .find(|(by, _)| !evidence.is_sealed(*by) && !is_same(raw(*by, before), raw(*by, last)))?;
    let info = evidence.plan.inputs.get(*by)?;
    let moved = Moved::Input {
        name: info.name.clone(),
        label: info.label.clone(),
        from: input_value(info, raw(*by, before)),
        to: input_value(info, raw(*by, last)),
    };
    Some((*by, moved))
}
