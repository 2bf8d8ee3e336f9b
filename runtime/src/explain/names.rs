//! Declarations by the names that terms know them by, and everything that an explanation of some of them
//! reads.

use std::collections::{HashMap, HashSet};

use forewarn_plan::along::WHOLE;
use forewarn_plan::outline::{AlongTerm, Held, ItemOf, Reading, Reference, Term, TimeFunction};
use forewarn_plan::{
    AlertPart, Declaration, Evidence, NodeId, Op, Outline, OutlineId, Plan, Recall, Value,
};

/// Looks declarations up.
pub(super) struct Names<'p> {
    plan: &'p Plan,
    by_name: HashMap<&'p str, &'p Declaration>,
    /// By the name that is declared: what it would be by verified evidence alone.
    verified: HashMap<(&'p str, Reading), &'p Declaration>,
    /// Some factor is compared by its bounds.
    has_bounds: bool,
}

impl<'p> Names<'p> {
    pub fn of(plan: &'p Plan) -> Self {
        let mut by_name = HashMap::with_capacity(plan.declarations.len());
        let mut verified = HashMap::new();
        for one in &plan.declarations {
            by_name.insert(one.name.as_str(), one);
            if let Some(reading) = one.verified
                && one.declared_name() != one.name
            {
                verified.insert((one.declared_name(), reading), one);
            }
        }
        let has_bounds = plan.declarations.iter().any(|one| {
            let factor = one.factor.as_ref();
            factor.is_some_and(|factor| factor.evidence == Evidence::Bounds)
        });
        Self {
            plan,
            by_name,
            verified,
            has_bounds,
        }
    }

    /// What a rule would write for some words by verified evidence alone. Where bounds are about, how the
    /// others read hangs on what the words rest on, so it is said.
    pub fn verified(&self, words: &impl std::fmt::Display, reading: Reading) -> String {
        match reading {
            Reading::LeastAlarming if !self.has_bounds => format!("verified({words})"),
            Reading::LeastAlarming => format!("verified({words}, unverified as: least alarming)"),
            Reading::Unknown => format!("verified({words}, unverified as: unknown)"),
        }
    }

    /// What its author wrote; of a term inside of `verified(…)` also that.
    pub fn words(&self, outline: &Outline) -> String {
        match &outline.term {
            Term::Named(to) | Term::Field(to) => {
                let name = self.referred(to).map(|one| one.name.as_str());
                match (&outline.term, name) {
                    (Term::Named(_), Some(name)) => name.to_owned(),
                    _ => match outline.verified {
                        Some(reading) => self.verified(&outline.words, reading),
                        None => outline.words.to_string(),
                    },
                }
            }
            Term::Literal | Term::Param(_) => outline.words.to_string(),
            Term::Parameter
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
            | Term::Along(_)
            | Term::Peers(_)
            | Term::Verified
            | Term::Call(_) => match outline.verified {
                Some(reading) => self.verified(&outline.words, reading),
                None => outline.words.to_string(),
            },
        }
    }

    pub fn find(&self, name: &str) -> Option<&'p Declaration> {
        self.by_name.get(name).copied()
    }

    pub fn referred(&self, to: &Reference) -> Option<&'p Declaration> {
        let verified = to
            .verified
            .and_then(|reading| self.verified.get(&(to.name.as_str(), reading)).copied());
        verified.or_else(|| self.find(&to.name))
    }

    /// The declared values that a declaration names.
    pub fn named_by(&self, of: &Declaration) -> Vec<&'p Declaration> {
        let members = of.factor.iter().flat_map(|factor| &factor.members);
        let mut found: Vec<_> = members.filter_map(|one| self.referred(&one.of)).collect();
        let mut open = self.outlines(of);
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            let Some(outline) = self.plan.outline(id).filter(|_| seen.insert(id)) else {
                continue;
            };
            open.extend(outline.below());
            if let Term::Named(to) | Term::Field(to) = &outline.term {
                found.extend(self.referred(to));
            }
            if let Held::Several(items) = &outline.held {
                for item in items {
                    match &item.of {
                        ItemOf::Named(to) => found.extend(self.referred(to)),
                        ItemOf::Term(id) => open.push(*id),
                        ItemOf::Nameless => {}
                    }
                }
            }
        }
        found
    }

    /// The outlines that a declaration is made of directly.
    pub fn outlines(&self, of: &Declaration) -> Vec<OutlineId> {
        let mut found: Vec<OutlineId> = of.outline.into_iter().collect();
        found.extend(of.applies.and_then(|(_, condition)| condition));
        if let Some(factor) = &of.factor {
            found.extend(factor.outline);
            found.extend(factor.members.iter().filter_map(|one| one.weight_outline));
        }
        found.extend(of.clauses.iter().filter_map(|clause| clause.outline));
        found.extend(of.bands.iter().filter_map(|bands| bands.outline));
        if let Some(table) = &of.table {
            found.extend(table.columns.iter().filter_map(|column| column.outline));
            found.extend(table.rows.iter().filter_map(|row| row.outline));
        }
        if let Some((_, alert)) = alert(self.plan, of) {
            found.extend(alert.parts.iter().filter_map(|part| part.outline));
        }
        found
    }
}

/// An alert's number and what it is.
pub(super) fn alert<'p>(
    plan: &'p Plan,
    of: &Declaration,
) -> Option<(usize, &'p forewarn_plan::AlertInfo)> {
    let mut alerts = plan.alerts.iter().enumerate();
    alerts.find(|(_, alert)| alert.name == of.name)
}

/// The node that reads a part of an alert.
pub(super) fn alert_node(plan: &Plan, at: usize, wanted: AlertPart) -> Option<NodeId> {
    let place = plan.nodes.iter().position(|node| {
        matches!(node.op, Op::Alert { alert, part, .. } if alert as usize == at && part == wanted)
    })?;
    u32::try_from(place).ok().map(NodeId)
}

/// Everything that explanations read.
#[derive(Default)]
pub(super) struct Needed {
    pub nodes: Vec<NodeId>,
    /// What is looked back on, and how many rows.
    pub series: HashMap<NodeId, u32>,
}

impl Needed {
    /// Of some declarations and of all below them.
    pub fn of<'p>(names: &Names<'p>, declared: &[&'p Declaration]) -> Self {
        let mut needed = Self::default();
        let mut open: Vec<&'p Declaration> = declared.to_vec();
        let mut seen: HashSet<&'p str> = HashSet::new();
        let mut outlines: HashSet<OutlineId> = HashSet::new();
        while let Some(one) = open.pop() {
            if !seen.insert(one.name.as_str()) {
                continue;
            }
            needed.own(names.plan, one);
            if names.plan.confidentiality.is_sealed(&one.name) {
                open.extend(visible_below(names.plan, &one.name));
            }
            for member in one.factor.iter().flat_map(|factor| &factor.members) {
                open.extend(names.referred(&member.of));
            }
            let mut terms = names.outlines(one);
            while let Some(id) = terms.pop() {
                if outlines.insert(id) {
                    needed.term(names, id, &mut terms, &mut open);
                }
            }
        }
        needed
    }

    fn own(&mut self, plan: &Plan, of: &Declaration) {
        self.nodes.extend(of.value.nodes());
        self.nodes.extend(of.applies.map(|(there, _)| there));
        if let Some(factor) = &of.factor {
            self.nodes.extend([factor.coverage, factor.known]);
            self.nodes.extend(factor.before_decisive);
            self.nodes.extend(factor.enough);
            let bounds = factor.bounds.into_iter();
            self.nodes
                .extend(bounds.flat_map(|(least, most)| [least, most]));
            for member in &factor.members {
                self.nodes.extend([member.node, member.weight_node]);
                let decisive = member.decisive.iter();
                self.nodes
                    .extend(decisive.flat_map(|one| [one.least, one.present]));
            }
        }
        let clauses = of.clauses.iter();
        self.nodes
            .extend(clauses.filter_map(|clause| clause.condition));
        if let Some(bands) = &of.bands {
            self.nodes.push(bands.score);
            self.nodes
                .extend(bands.bands.iter().filter_map(|band| band.low));
        }
        if let Some(table) = &of.table {
            let columns = table.columns.iter();
            self.nodes
                .extend(columns.flat_map(|column| column.value.nodes()));
            for row in &table.rows {
                self.nodes.extend(row.then.nodes());
                self.nodes
                    .extend(row.cells.iter().filter_map(|cell| cell.condition));
            }
        }
        if let Some((at, alert)) = alert(plan, of) {
            self.nodes.push(alert.conditions);
            let parts = AlertPart::ALL.iter();
            self.nodes
                .extend(parts.filter_map(|part| alert_node(plan, at, *part)));
        }
    }

    fn term<'p>(
        &mut self,
        names: &Names<'p>,
        id: OutlineId,
        terms: &mut Vec<OutlineId>,
        declared: &mut Vec<&'p Declaration>,
    ) {
        let Some(outline) = names.plan.outline(id) else {
            return;
        };
        self.nodes.extend(outline.nodes());
        self.nodes.extend(outline.asked);
        self.nodes.extend(outline.there);
        terms.extend(outline.below());
        match &outline.term {
            Term::Named(to) | Term::Field(to) => declared.extend(names.referred(to)),
            // Its value is what it was, of whichever period was known.
            Term::Along(along) if along.what == TimeFunction::Recall => {
                if let Some(recall) = recall_of(names.plan, outline) {
                    self.series.insert(recall.of, WHOLE);
                    self.nodes.push(recall.of);
                }
            }
            Term::Along(along) => {
                self.nodes.extend(along.within);
                let named = outline
                    .operands
                    .get(1)
                    .and_then(|id| names.plan.outline(*id));
                if let Some(Held::One(value)) = named.map(|named| &named.held) {
                    self.nodes.push(series_node(value));
                }
                let of = outline.operands.first();
                let of = of.and_then(|of| names.plan.outline(*of));
                if let Some(Held::One(value)) = of.map(|of| &of.held) {
                    let node = series_node(value);
                    let far = self.series.entry(node).or_insert(0);
                    *far = (*far).max(rows_back(*along));
                    self.nodes.push(node);
                }
                let event = outline.operands.get(1).filter(|_| along.since);
                let event = event.and_then(|event| names.plan.outline(*event));
                if let Some(Held::One(value)) = event.map(|event| &event.held) {
                    let node = series_node(value);
                    self.series.insert(node, WHOLE);
                    self.nodes.push(node);
                }
            }
            Term::Literal
            | Term::Param(_)
            | Term::Parameter
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
            | Term::Call(_) => {}
        }
        if let Held::Several(items) = &outline.held {
            for item in items {
                match &item.of {
                    ItemOf::Named(to) => declared.extend(names.referred(to)),
                    ItemOf::Term(id) => terms.push(*id),
                    ItemOf::Nameless => {}
                }
            }
        }
    }
}

/// The node by which a value is looked back on.
pub(super) fn series_node(value: &Value) -> NodeId {
    match value {
        Value::Number { node, .. } | Value::Truth { node } | Value::Category { node, .. } => *node,
        Value::Level { exact, .. } | Value::Count { exact, .. } | Value::Between { exact, .. } => {
            *exact
        }
    }
}

/// What a term reads of its own past.
pub(super) fn recall_of<'p>(plan: &'p Plan, outline: &Outline) -> Option<&'p Recall> {
    let mut open: Vec<NodeId> = outline.nodes().collect();
    while let Some(id) = open.pop() {
        let op = plan.node(id)?.op;
        if let Op::Recall(recall, _) = op {
            return plan.recalls.get(recall as usize);
        }
        // A truth is asked for as a number.
        if let Op::Compare(..) = op {
            open.extend(op.operands());
        }
    }
    None
}

/// How many rows back a function reads.
pub(super) fn rows_back(along: AlongTerm) -> u32 {
    let over = along.over;
    match along.what {
        _ if over == WHOLE => WHOLE,
        TimeFunction::Since => WHOLE,
        TimeFunction::CrossesAbove | TimeFunction::CrossesBelow => 1,
        TimeFunction::At => WHOLE,
        TimeFunction::Lag
        | TimeFunction::Recall
        | TimeFunction::Change
        | TimeFunction::Growth
        | TimeFunction::Baseline
        | TimeFunction::Previous => over,
        TimeFunction::Window(_)
        | TimeFunction::CountYes
        | TimeFunction::Sustained
        | TimeFunction::Ever
        | TimeFunction::RecordHigh
        | TimeFunction::RecordLow => over.saturating_sub(1),
    }
}

/// The declarations that the audience may see and that a withheld or declassified value rests on,
/// directly or by way of others that are withheld.
pub(super) fn visible_below<'p>(plan: &'p Plan, name: &str) -> Vec<&'p Declaration> {
    let told = &plan.confidentiality;
    let mut seen: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = vec![name];
    let mut found = Vec::new();
    while let Some(at) = open.pop() {
        for name in told.rests_on.get(at).into_iter().flatten() {
            if seen.contains(&name.as_str()) {
                continue;
            }
            seen.push(name);
            match plan.declarations.iter().find(|one| one.name == *name) {
                Some(declaration) => found.push(declaration),
                None => open.push(name),
            }
        }
    }
    found
}
