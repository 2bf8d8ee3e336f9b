//! Explanations: from a result of one entity and period down to the observations.
//!
//! In: a Plan with its sources, a bound panel, a row and the names of results. Out: data that says
//! how each value came about, what would settle it, what would change it and what changed since the
//! last period. Everything is read from the Plan that is evaluated; only the entity's own rows are
//! worked out, and of others what comparisons with peers need.

mod change;
mod evidence;
mod factor;
mod frontier;
mod level;
mod nodes;
mod reason;
mod settle;
mod since;
mod stories;
mod table;
mod tree;
mod trial;
mod withheld;

pub use tree::*;

use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::{Declaration, DeclarationKind, NodeId, Plan, Value, Withheld};

use crate::bind::DataSummary;
use crate::panel::Panel;
use crate::peers::Goalposts;
use crate::period::Period;
use crate::run::RunError;
use evidence::Evidence;
use reason::Teller;

/// What is to be explained.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub plan: &'a Plan,
    pub sources: &'a SourceMap,
    pub panel: &'a Panel,
    /// What was read of the data, for the causes of missing cells.
    pub summary: &'a DataSummary,
    /// Of the panel.
    pub row: usize,
    /// Names of declarations; the framework's results where there are none.
    pub names: &'a [String],
    pub goalposts: Option<&'a Goalposts>,
}

/// The declarations that a ruleset's results are: its levels, tables and alerts; else what is published and
/// nothing else rests on.
#[must_use]
pub fn results(plan: &Plan) -> Vec<String> {
    use DeclarationKind as Kind;
    let declarations = || plan.declarations.iter();
    let names = |found: Vec<&Declaration>| found.iter().map(|one| one.name.clone()).collect();
    let decided: Vec<&Declaration> = declarations()
        .filter(|one| matches!(one.kind, Kind::Level | Kind::Table | Kind::Alert) && !one.verified)
        .collect();
    let closed = plan.confidentiality.withheld.iter();
    let closed: Vec<String> = closed
        .filter(|one| matches!(one.kind, Kind::Level | Kind::Alert))
        .map(|one| one.name.clone())
        .collect();
    if !decided.is_empty() || !closed.is_empty() {
        let decided: Vec<String> = names(decided);
        return decided.into_iter().chain(closed).collect();
    }
    let published: Vec<&Declaration> = declarations()
        .filter(|one| matches!(one.kind, Kind::Score | Kind::Signal | Kind::Factor))
        .filter(|one| !one.verified)
        .collect();
    let mut below = vec![false; plan.nodes.len()];
    for one in &published {
        let own = one.value.nodes();
        for node in crate::form::needed(plan, own.iter().copied()) {
            if let Some(slot) = below.get_mut(node.index()).filter(|_| !own.contains(&node)) {
                *slot = true;
            }
        }
    }
    let last = published.iter().copied().filter(|one| {
        let mut own = one.value.nodes().into_iter();
        !own.any(|node| below.get(node.index()) == Some(&true))
    });
    names(last.collect())
}

/// Something to be explained.
enum Asked<'p> {
    Declared(&'p Declaration),
    Withheld(&'p Withheld),
}

impl<'p> Asked<'p> {
    fn of(plan: &'p Plan, name: &str) -> Option<Self> {
        let declared = plan.declarations.iter().find(|one| one.name == name);
        let withheld = || plan.confidentiality.withheld(name).map(Self::Withheld);
        declared.map(Self::Declared).or_else(withheld)
    }
}

/// Explains a row.
///
/// # Errors
/// The Plan is malformed, the panel does not fit it, or native code for peers cannot be made. Names
/// that are not declared are passed over: whoever asks looks them up.
pub fn explain(question: &Question) -> Result<Explanation, RunError> {
    let plan = question.plan;
    let asked = if question.names.is_empty() {
        results(plan)
    } else {
        question.names.to_vec()
    };
    let told: Vec<Asked> = asked
        .iter()
        .filter_map(|name| Asked::of(plan, name))
        .collect();
    let mut declared: Vec<&Declaration> = Vec::new();
    for one in &told {
        match one {
            Asked::Declared(declaration) => declared.push(declaration),
            Asked::Withheld(one) => declared.extend(withheld::visible_below(plan, &one.name)),
        }
    }
    let roots = roots(plan, &declared);
    let evidence = Evidence::gather(
        plan,
        question.panel,
        question.row,
        &roots,
        question.goalposts,
    )?;
    let mut teller = Teller::new(&evidence, question.sources, question.summary);
    let reasons: Vec<Reason> = told
        .iter()
        .map(|one| match one {
            Asked::Declared(declaration) => teller.declared(declaration, 0),
            Asked::Withheld(one) => teller.withheld(one, 0),
        })
        .collect();
    let findings = told.iter().zip(reasons).map(|(one, reason)| {
        let Asked::Declared(declaration) = one else {
            return Finding {
                reason,
                settle: None,
                change: None,
                since: None,
            };
        };
        let value = &declaration.value;
        let is_input = declaration.kind == DeclarationKind::Indicator;
        let open = reason.value.is_open() && !is_input;
        let ends = !matches!(value, Value::Number { .. }) && !is_input;
        Finding {
            settle: (open && ends).then(|| settle::settle(&evidence, value)),
            change: ends.then(|| change::change(&evidence, value)),
            // A declassified value changed because it did; no more is told of it.
            since: (!plan.confidentiality.is_sealed(&declaration.name))
                .then(|| since::since(&evidence, value))
                .flatten(),
            reason,
        }
    });
    let results = findings.collect();
    let panel = question.panel;
    let period = panel.periods.get(question.row);
    Ok(Explanation {
        entity: panel.entity(question.row).into_owned(),
        period: period.zip(plan.panel.period).map(|(number, kind)| Period {
            kind,
            number: *number,
        }),
        results,
    })
}

/// All nodes that the explanation of some declarations reads: theirs, and those of the parts of every
/// declaration below them.
fn roots(plan: &Plan, declared: &[&Declaration]) -> Vec<NodeId> {
    let mut roots: Vec<NodeId> = declared
        .iter()
        .flat_map(|one| stories::roots_of(plan, one))
        .collect();
    let mut taken: Vec<bool> = plan.declarations.iter().map(|_| false).collect();
    // Parts bring in further declarations; each is taken once.
    loop {
        let below = crate::form::needed(plan, roots.iter().copied());
        let mut grew = false;
        for (one, taken) in plan.declarations.iter().zip(&mut taken) {
            let own = one.value.nodes();
            let is_below = own
                .iter()
                .any(|node| !nodes::is_constant(plan, *node) && below.binary_search(node).is_ok());
            if !*taken && is_below {
                *taken = true;
                grew = true;
                roots.extend(stories::roots_of(plan, one));
            }
        }
        if !grew {
            return roots;
        }
    }
}
