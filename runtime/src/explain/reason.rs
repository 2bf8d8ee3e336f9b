//! From a node to its reasons, down to the observations.
//!
//! A declared value is told once, by its own parts (members, clauses, bands, conditions); anything
//! between declared values is a calculation in the source's own words, with the declared values,
//! observations, comparisons and look-backs that it is made of. Operations that the compiler made
//! for its own ends are passed through.

use std::collections::{HashMap, HashSet};

use forewarn_diagnostics::source::{SourceMap, Span};
use forewarn_plan::{
    Compare, Declaration, DeclarationKind, Grounds, Lane, NodeId, Op, ParamInfo, Value,
};

use super::evidence::Evidence;
use super::nodes::{is_constant, shown};
use super::tree::{Cause, Comparison, How, Reason, Shown, Side};
use crate::bind::DataSummary;
use crate::interpreter::Cell;
use crate::period::Period;

/// Reasons are told this far down; a longer chain of declarations ends there.
pub(super) const DEEPEST: usize = 120;

/// Reads explanations from the evidence of one row.
pub(super) struct Teller<'e> {
    pub evidence: &'e Evidence<'e>,
    pub sources: &'e SourceMap,
    pub summary: &'e DataSummary,
    /// The first declaration of each node.
    named: HashMap<NodeId, &'e Declaration>,
    pub(super) told: HashSet<String>,
    /// Expressions without a name that were told with what they are made of.
    told_expressions: HashSet<NodeId>,
}

impl<'e> Teller<'e> {
    pub fn new(
        evidence: &'e Evidence<'e>,
        sources: &'e SourceMap,
        summary: &'e DataSummary,
    ) -> Self {
        let mut named = HashMap::new();
        for declaration in &evidence.plan.declarations {
            for node in declaration.value.nodes() {
                // Equal constants are one node, whatever they stand for.
                if !is_constant(evidence.plan, node) {
                    named.entry(node).or_insert(declaration);
                }
            }
        }
        Self {
            evidence,
            sources,
            summary,
            named,
            told: HashSet::new(),
            told_expressions: HashSet::new(),
        }
    }

    pub fn number(&self, node: NodeId) -> f64 {
        let cell = self.evidence.values.cell(node);
        cell.map_or(f64::NAN, Cell::as_number)
    }

    pub fn truth(&self, node: NodeId) -> Option<bool> {
        match self.evidence.values.cell(node) {
            Some(Cell::Truth { yes: true, .. }) => Some(true),
            Some(Cell::Truth { no: true, .. }) => Some(false),
            _ => None,
        }
    }

    pub fn named(&self, node: NodeId) -> Option<&'e Declaration> {
        self.named.get(&node).copied()
    }

    /// The words of a span on one line, without comments.
    pub fn words(&self, span: Span) -> String {
        let lines = self.sources.slice(span).lines();
        let without = lines.map(|line| line.split("//").next().unwrap_or(""));
        let words: Vec<&str> = without.flat_map(str::split_whitespace).collect();
        words.join(" ")
    }

    pub fn period(&self, number: i64) -> Option<Period> {
        let kind = self.evidence.plan.panel.period?;
        Some(Period { kind, number })
    }

    /// The value of a node: as its declaration has it, else as a number or a truth.
    pub fn shown(&self, node: NodeId) -> Shown {
        if let Some(declaration) = self.named(node) {
            return shown(&declaration.value, |node| self.number(node));
        }
        match self.evidence.plan.node(node).map(|node| node.op.lane()) {
            Some(Lane::Truth) => Shown::Truth(self.truth(node)),
            _ => Shown::Number {
                value: self.number(node),
                unit: self.unit(node),
            },
        }
    }

    /// The unit of a number, where it has that of something declared.
    fn unit(&self, node: NodeId) -> String {
        use forewarn_plan::along::{Along, Window};
        match self.named(node).map(|declaration| &declaration.value) {
            Some(Value::Number { unit, .. }) => return unit.clone(),
            Some(_) => return String::new(),
            None => {}
        }
        let Some(node) = self.evidence.plan.node(node) else {
            return String::new();
        };
        match node.op {
            Op::Input(input) => {
                let info = self.evidence.plan.inputs.get(input as usize);
                info.map_or(String::new(), |info| info.unit.clone())
            }
            Op::Along(Along::Lag(_), of) => self.unit(of),
            Op::Along(Along::Window { what, .. }, of)
                if !matches!(what, Window::Known | Window::Trend) =>
            {
                self.unit(of)
            }
            _ => String::new(),
        }
    }

    /// A declared value, told whole unless it was told before.
    pub fn declared(&mut self, declaration: &'e Declaration, depth: usize) -> Reason {
        let value = shown(&declaration.value, |node| self.number(node));
        let node = *declaration.value.nodes().first().unwrap_or(&NodeId(0));
        let above = !self.told.insert(declaration.name.clone()) || depth > DEEPEST;
        let mut reason = Reason {
            node,
            name: Some(declaration.name.clone()),
            kind: Some(declaration.kind),
            label: declaration.label.clone(),
            cites: declaration.cites.clone(),
            grounds: declaration.grounds.clone(),
            params: Vec::new(),
            code: declaration.code.clone(),
            provenance: declaration.provenance,
            text: self.words(declaration.span),
            value,
            cause: None,
            declassified: self.declassified(&declaration.name),
            how: How::Calculation,
            because: Vec::new(),
            above,
        };
        if above {
            return reason;
        }
        if self
            .evidence
            .plan
            .confidentiality
            .is_sealed(&declaration.name)
        {
            self.sealed(&mut reason, declaration, depth);
            return reason;
        }
        match declaration.kind {
            DeclarationKind::Indicator => self.observation(&mut reason, declaration),
            DeclarationKind::Factor if declaration.factor.is_some() => {
                self.factor(&mut reason, declaration, depth);
            }
            DeclarationKind::Level => self.level(&mut reason, declaration, depth),
            DeclarationKind::Table => self.table(&mut reason, declaration, depth),
            DeclarationKind::Alert => self.alert(&mut reason, declaration, depth),
            _ => {
                // Another declaration of the same value is its reason.
                if let Some(first) = self.named(node)
                    && first.name != declaration.name
                {
                    reason.because = vec![self.declared(first, depth + 1)];
                } else {
                    // Of a count, its ends.
                    let ends = match &declaration.value {
                        Value::Count {
                            at_least, at_most, ..
                        } => [
                            Some(*at_least),
                            Some(*at_most).filter(|_| reason.value.is_open()),
                        ],
                        _ => [Some(node), None],
                    };
                    for end in ends.into_iter().flatten() {
                        let told = self.expression(end, depth);
                        reason.text = told.text;
                        reason.how = told.how;
                        reason.params.extend(told.params);
                        reason.because.extend(told.because);
                        reason.cause = reason.cause.take().or(told.cause);
                    }
                    if matches!(declaration.value, Value::Count { .. }) {
                        reason.how = How::Calculation;
                    }
                }
            }
        }
        if reason.value.is_open() && reason.cause.is_none() {
            reason.cause = self.missing_below(&reason);
        }
        reason
    }

    /// The constants that some words name, each told once, where they have reasons to tell.
    fn params_in(&mut self, text: &str) -> Vec<ParamInfo> {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let mut found = Vec::new();
        for word in text.split(|letter| !is_part(letter)) {
            let param = self
                .evidence
                .plan
                .params
                .iter()
                .find(|one| one.name == word);
            let Some(param) = param else { continue };
            let says = !param.cites.is_empty() || param.grounds != Grounds::default();
            if says && self.told.insert(param.name.clone()) {
                found.push(param.clone());
            }
        }
        found
    }

    /// A node as a reason of another.
    pub fn operand(&mut self, node: NodeId, depth: usize) -> Reason {
        match self.named(node) {
            Some(declaration) => self.declared(declaration, depth + 1),
            None => self.expression(node, depth + 1),
        }
    }

    /// An expression's story, whether or not it has a name.
    pub fn expression(&mut self, id: NodeId, depth: usize) -> Reason {
        let plan = self.evidence.plan;
        let (op, span) = plan
            .node(id)
            .map_or((Op::Const(f64::NAN), Span::default()), |node| {
                (node.op, node.span)
            });
        let mut reason = Reason {
            node: id,
            name: None,
            kind: None,
            label: String::new(),
            cites: Vec::new(),
            grounds: Grounds::default(),
            params: Vec::new(),
            code: None,
            provenance: None,
            text: self.words(span),
            value: self.shown(id),
            cause: None,
            declassified: None,
            how: How::Calculation,
            because: Vec::new(),
            above: depth > DEEPEST,
        };
        // A comparison says all it has to say in one line; of others that is told once.
        let is_told = !matches!(op, Op::Compare(..)) && self.told_expressions.contains(&id);
        if reason.above || is_told {
            reason.above = true;
            return reason;
        }
        reason.params = self.params_in(&reason.text);
        match op {
            Op::Const(_) | Op::Truth { .. } => reason.how = How::Constant,
            Op::Indicate(a) => return self.operand(a, depth),
            Op::Surely(a) | Op::Possibly(a) => {
                let inner = self.operand(a, depth);
                if !inner.value.is_open() {
                    return inner;
                }
                reason.because = vec![inner];
            }
            // A truth that went along time as a number.
            Op::Compare(Compare::Equal, a, b) if self.is_truth(a, b) => {
                let inner = self.expression(a, depth);
                reason.text = inner.text;
                reason.how = inner.how;
                reason.because = inner.because;
                reason.cause = inner.cause;
                reason.above = inner.above;
            }
            Op::Compare(compare, a, b) => {
                reason.how = How::Comparison(self.comparison(compare, a, b));
                for side in [a, b] {
                    self.side(side, depth, &mut reason.because);
                }
            }
            Op::And(..) | Op::Or(..) => {
                reason.how = if matches!(op, Op::And(..)) {
                    How::All
                } else {
                    How::Any
                };
                for part in self.parts(id) {
                    let part = self.operand(part, depth);
                    reason.because.push(part);
                }
            }
            Op::Not(a) => {
                reason.how = How::Not;
                reason.because = vec![self.operand(a, depth)];
            }
            Op::Along(along, of) => self.window(&mut reason, id, along, of, depth),
            Op::Peers { of, .. } => self.compared(&mut reason, id, of, depth),
            _ => {
                let (frontier, faults) = self.frontier(id);
                if let Some(fault) = faults {
                    reason.cause = Some(fault);
                }
                for node in frontier {
                    let part = self.operand(node, depth);
                    reason.because.push(part);
                }
            }
        }
        if !reason.because.is_empty() {
            self.told_expressions.insert(id);
        }
        if reason.value.is_open() && reason.cause.is_none() {
            reason.cause = self.missing_below(&reason);
        }
        reason
    }

    /// A side of a comparison: named, looked back on or compared with peers; otherwise what it is
    /// made of.
    fn side(&mut self, node: NodeId, depth: usize, because: &mut Vec<Reason>) {
        let op = self.evidence.plan.node(node).map(|node| node.op);
        match op {
            Some(Op::Const(_)) | None => {}
            Some(Op::Along(..) | Op::Peers { .. }) => because.push(self.operand(node, depth)),
            _ if self.named(node).is_some() => because.push(self.operand(node, depth)),
            _ => {
                for part in self.frontier(node).0 {
                    let part = self.operand(part, depth);
                    because.push(part);
                }
            }
        }
    }

    /// Both sides, the constant one to the right.
    pub fn comparison(&self, compare: Compare, a: NodeId, b: NodeId) -> Comparison {
        let is_const = |node| is_constant(self.evidence.plan, node);
        let turned = is_const(a) && !is_const(b);
        let (left, right) = if turned { (b, a) } else { (a, b) };
        let operator = match (compare, turned) {
            (Compare::Less, false) => "<",
            (Compare::Less, true) => ">",
            (Compare::LessOrEqual, false) => "<=",
            (Compare::LessOrEqual, true) => ">=",
            (Compare::Equal, _) => "is",
        };
        let (mut left, mut right) = (self.side_of(left), self.side_of(right));
        // Both sides are in one unit, and places are on one scale.
        lend(&left, &mut right);
        lend(&right, &mut left);
        Comparison {
            left,
            operator,
            right,
        }
    }

    fn side_of(&self, node: NodeId) -> Side {
        let plan = self.evidence.plan;
        let text = match (self.named(node), plan.node(node)) {
            (Some(declaration), _) => declaration.name.clone(),
            (None, Some(found)) if !is_constant(plan, node) => self.words(found.span),
            _ => String::new(),
        };
        let value = match self.named(node).map(|declaration| &declaration.value) {
            // A level's end is compared, not the level.
            Some(Value::Level { names, .. }) => {
                let at = self.number(node) as usize;
                Shown::Level {
                    names: names.clone(),
                    at_least: at,
                    at_most: at,
                }
            }
            Some(Value::Number { .. }) | None => Shown::Number {
                value: self.number(node),
                unit: self.unit(node),
            },
            Some(_) => self.shown(node),
        };
        Side { text, value }
    }

    /// The reasons that are open themselves.
    pub fn missing_below(&self, reason: &Reason) -> Option<Cause> {
        let mut names: Vec<String> = Vec::new();
        let mut parts: Vec<&Reason> = reason.because.iter().rev().collect();
        while let Some(part) = parts.pop() {
            if !part.value.is_open() {
                continue;
            }
            let deeper = part.because.iter().any(|part| part.value.is_open());
            match &part.name {
                Some(name) if !names.contains(name) => names.push(name.clone()),
                None if deeper => parts.extend(part.because.iter().rev()),
                None if names.contains(&part.text) => {}
                None => names.push(part.text.clone()),
                Some(_) => {}
            }
        }
        Some(if names.is_empty() {
            Cause::Stated
        } else {
            Cause::Missing(names)
        })
    }
}

fn lend(from: &Side, to: &mut Side) {
    let Shown::Number { value, unit } = &mut to.value else {
        return;
    };
    match &from.value {
        Shown::Number { unit: own, .. } if unit.is_empty() => unit.clone_from(own),
        Shown::Level { names, .. } if value.fract() == 0.0 && *value >= 0.0 => {
            let at = *value as usize;
            if at < names.len() {
                to.value = Shown::Level {
                    names: names.clone(),
                    at_least: at,
                    at_most: at,
                };
            }
        }
        _ => {}
    }
}
