//! What values were in earlier periods, as if that were observed.
//!
//! In: a Plan and the nodes that are worked out. Out: the same Plan with every recall as an input behind all others, and
//! what each of them says in the rules. What changed since the last period is so told as it came about: a value that
//! rests on its own past goes on from what it really was, whatever that was made of.

use forewarn_plan::outline::{Held, Term, TimeFunction};
use forewarn_plan::{NodeId, Op, Outline, Plan};

use super::nodes::shown;
use super::tree::{Moved, Shown};
use crate::interpreter::{NodeValue, RowValues};

/// A Plan in which nothing is recalled.
pub(super) struct OwnPast {
    pub flat: Plan,
    /// What was recalled, in the order of the inputs that stand for it.
    pub nodes: Vec<NodeId>,
}

impl OwnPast {
    /// `inputs`: how many columns stand before those of what is recalled. Nothing, where nothing is recalled.
    pub fn of(flat: &Plan, nodes: &[NodeId], inputs: usize) -> Option<Self> {
        let recalls: Vec<NodeId> = recalls(flat, nodes).collect();
        if recalls.is_empty() {
            return None;
        }
        let mut flat = flat.clone();
        for (input, id) in (inputs..).zip(&recalls) {
            let input = u32::try_from(input).ok()?;
            flat.nodes.get_mut(id.index())?.op = Op::Input(input);
        }
        Some(Self {
            flat,
            nodes: recalls,
        })
    }
}

/// The recalls among some nodes.
pub(super) fn recalls<'n>(flat: &'n Plan, nodes: &'n [NodeId]) -> impl Iterator<Item = NodeId> {
    let recalls = nodes.iter().copied();
    recalls.filter(|id| {
        let op = flat.node(*id).map(|node| node.op);
        matches!(op, Some(Op::Recall(..)))
    })
}

/// What one value was so many periods ago, by all that read it: of a level its least and its most, each by itself.
pub(super) struct Recalled<'p> {
    /// The declaration that it is, or other words.
    name: &'p str,
    ago: u32,
    /// The term that reads it.
    outline: Option<&'p Outline>,
    /// With their places among [`OwnPast::nodes`].
    pub nodes: Vec<(usize, NodeId)>,
}

/// What is recalled, each value once.
pub(super) fn recalled<'p>(plan: &'p Plan, nodes: &[NodeId]) -> Vec<Recalled<'p>> {
    let mut found: Vec<Recalled<'p>> = Vec::new();
    for (place, id) in nodes.iter().enumerate() {
        let Some(Op::Recall(at, _)) = plan.node(*id).map(|node| node.op) else {
            continue;
        };
        let Some(recall) = plan.recalls.get(at as usize) else {
            continue;
        };
        let mut outlines = plan.outlines.iter();
        let outline = outlines.find(|outline| reads(plan, outline, *id));
        let name = if recall.name.is_empty() {
            outline.map_or("", |outline| of(plan, outline))
        } else {
            recall.name.as_str()
        };
        let mut known = found.iter_mut();
        match known.find(|known| known.name == name && known.ago == recall.ago) {
            Some(known) => known.nodes.push((place, *id)),
            None => found.push(Recalled {
                name,
                ago: recall.ago,
                outline,
                nodes: vec![(place, *id)],
            }),
        }
    }
    found
}

/// The words of what a term recalls.
fn of<'p>(plan: &'p Plan, outline: &'p Outline) -> &'p str {
    // What stands before its first period was worked out before it.
    let operands = outline.operands.iter();
    let of = operands
        .filter_map(|of| plan.outline(*of))
        .min_by_key(|of| of.span.start);
    of.unwrap_or(outline).words.as_str()
}

/// Is it a term that reads what a node recalls?
fn reads(plan: &Plan, outline: &Outline, id: NodeId) -> bool {
    let is_recall = match &outline.term {
        Term::Along(along) => along.what == TimeFunction::Recall,
        Term::Literal
        | Term::Param(_)
        | Term::Parameter
        | Term::Named(_)
        | Term::Field(_)
        | Term::List
        | Term::Arithmetic
        | Term::Compare(_)
        | Term::All
        | Term::Any
        | Term::Not
        | Term::Asks
        | Term::Fallback
        | Term::If
        | Term::Tally(_)
        | Term::Reduce
        | Term::Peers(_)
        | Term::Verified
        | Term::Call(_) => false,
    };
    if !is_recall {
        return false;
    }
    let mut open: Vec<NodeId> = outline.nodes().collect();
    while let Some(at) = open.pop() {
        if at == id {
            return true;
        }
        // What stands before its first period may be recalled itself.
        match plan.node(at).map(|node| node.op) {
            Some(Op::Recall(..)) | None => {}
            Some(op) => open.extend(op.operands()),
        }
    }
    false
}

impl Recalled<'_> {
    /// What it was in the explained row and in an earlier one.
    pub fn moved(&self, plan: &Plan, now: &RowValues, before: &RowValues) -> Moved {
        let mut declared = plan.declarations.iter();
        let declared = declared.find(|one| one.name == self.name);
        Moved::Past {
            name: self.name.to_owned(),
            label: declared.map_or(String::new(), |one| one.label.clone()),
            from: self.value(before),
            to: self.value(now),
        }
    }

    fn value(&self, values: &RowValues) -> Shown {
        let number = |node: NodeId| values.cell(node).map_or(f64::NAN, NodeValue::as_number);
        match self.outline.map(|outline| &outline.held) {
            Some(Held::One(value)) => shown(value, number),
            Some(Held::Several(_)) | None => Shown::Number {
                value: self
                    .nodes
                    .first()
                    .map_or(f64::NAN, |(_, node)| number(*node)),
                unit: String::new(),
            },
        }
    }
}
