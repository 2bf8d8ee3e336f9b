//! Two columns of the results that one name would stand for.
//!
//! In: the Plan's outputs and what the panel's keys are called. Out: an error for each declaration whose
//! column a key already has, or another declaration, whatever their capitals: programs that read
//! tables take such names for one.

use std::collections::{BTreeMap, BTreeSet};

use crate::checked::CheckedFramework;
use crate::diagnostics::Reports;
use crate::diagnostics::names::OneColumn;
use crate::plan::{Declaration, Plan};
use crate::source::Span;

/// A column and whose it is.
struct Taken<'p> {
    column: &'p str,
    /// `key`, `score`
    owner: &'static str,
    declaration: &'p str,
    span: Span,
}

/// Tells columns of results that collide, each declaration once.
pub(super) fn tell(framework: &CheckedFramework, plan: &Plan, reports: &mut Reports) {
    let mut taken: BTreeMap<String, Taken<'_>> = BTreeMap::new();
    let keys = framework.keys.iter().map(|key| Taken {
        column: "",
        owner: "key",
        declaration: &key.name,
        span: key.span,
    });
    let keys = keys.zip(&framework.keys).flat_map(|(taken, key)| {
        let shown = key.shown.iter();
        shown.map(move |column| Taken { column, ..taken })
    });
    let declared = plan.declarations.iter();
    let declared: BTreeMap<&str, &Declaration> =
        declared.map(|one| (one.name.as_str(), one)).collect();
    let outputs = plan.outputs.iter().filter_map(|output| {
        let declared = declared.get(output.declaration.as_str())?;
        Some(Taken {
            column: &output.column,
            owner: declared.kind.word(),
            declaration: &declared.name,
            span: declared.span,
        })
    });
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for one in keys.chain(outputs) {
        let Some(first) = taken.get(&one.column.to_lowercase()) else {
            taken.insert(one.column.to_lowercase(), one);
            continue;
        };
        let is_same = first.span == one.span;
        if !is_same && told.insert(one.declaration) {
            reports.add(OneColumn {
                name: one.declaration.to_owned(),
                what: one.owner,
                column: one.column.to_owned(),
                span: one.span,
                other: first.column.to_owned(),
                owner: first.owner,
                key: first.declaration.to_owned(),
                declared: first.span,
            });
        }
    }
}
