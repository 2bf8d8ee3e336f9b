//! What lowers a framework, value by value.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::apart::Apart;
use super::called::{Call, Called, Frame, OPERATIONS};
use super::evidence::Verified;
use super::recorded::Outlines;
use super::value::{Applies, Lowered};
use crate::checked::reads::Mention;
use crate::checked::{Body, CheckedFramework};
use crate::coverage::Points;
use crate::diagnostics::panel::{NotWorkedOut, TooManyOperations};
use crate::diagnostics::{Code, Place, Reports};
use crate::interval::Interval;
use crate::plan::along::{Gap, Side};
use crate::plan::{
    AlertInfo, BandParts, ClausePart, DatedPart, FactorParts, InputInfo, NodeId, OutlineId,
    PlanBuilder, Site, TableParts,
};
use crate::source::{SourceMap, Span};
use crate::typed::ValueId;

/// What is read of the past of values that are not lowered yet.
pub type Pending = Vec<(ValueId, NodeId, Side, Gap)>;

pub(super) struct Lowerer<'a> {
    pub(super) framework: &'a CheckedFramework,
    pub(super) sources: &'a SourceMap,
    pub(super) reports: &'a mut Reports,
    pub(super) builder: PlanBuilder,
    pub(super) values: HashMap<ValueId, Lowered>,
    pub(super) factors: HashMap<ValueId, FactorParts>,
    pub(super) clauses: HashMap<ValueId, Vec<ClausePart>>,
    pub(super) bands: HashMap<ValueId, BandParts>,
    /// Of params, by name.
    pub(super) dated: HashMap<String, Vec<DatedPart>>,
    /// Of values that are expressions.
    pub(super) told: HashMap<ValueId, OutlineId>,
    pub(super) tables: HashMap<ValueId, TableParts>,
    pub(super) inputs: Vec<InputInfo>,
    pub(super) alerts: Vec<AlertInfo>,
    /// Calls already expanded.
    pub(super) calls: HashMap<Call, Called>,
    /// The functions being expanded, innermost last.
    pub(super) frames: Vec<Frame>,
    pub(super) outlines: Outlines,
    /// Values that a test gives in place of what they are made of, with where they can lie.
    pub(super) pins: HashMap<ValueId, Interval>,
    /// What an audience may not see, or not all of.
    pub(super) apart: Apart<'a>,
    pub(super) verified: Verified,
    /// What tests can show; gathered where somebody asks for it.
    pub(super) points: Option<Points>,
    /// How many expressions that go item by item are being lowered, one inside the other.
    pub(super) items: usize,
    pub(super) told_of_items: BTreeMap<String, Vec<(Code, Place)>>,
    /// Params of which it was told that their number is meant otherwise.
    pub(super) told_params: BTreeSet<Span>,
    /// Calls around whose lack of a result has been told.
    pub(super) without_result: usize,
    /// Of what is there in some rows alone: where.
    pub(super) applies: HashMap<ValueId, Applies>,
    /// The conditions of the sides of `if` around what is being lowered.
    pub(super) branch: Option<NodeId>,
    /// What is read of the past of the values being lowered.
    /// What is read of the past of values that come later.
    pub(super) pending: Pending,
    /// The value being lowered, and those that leave the range they are declared in: where what rests on
    /// them lies follows from that.
    pub(super) current: Option<ValueId>,
    pub(super) doubted: BTreeSet<ValueId>,
}

impl<'a> Lowerer<'a> {
    pub(super) fn of(
        framework: &'a CheckedFramework,
        sources: &'a SourceMap,
        reports: &'a mut Reports,
        pins: HashMap<ValueId, Interval>,
    ) -> Self {
        Self {
            framework,
            sources,
            reports,
            builder: PlanBuilder::default(),
            values: HashMap::new(),
            factors: HashMap::new(),
            clauses: HashMap::new(),
            bands: HashMap::new(),
            told: HashMap::new(),
            dated: HashMap::new(),
            tables: HashMap::new(),
            inputs: Vec::new(),
            alerts: Vec::new(),
            calls: HashMap::new(),
            frames: Vec::new(),
            outlines: Outlines::default(),
            pins,
            apart: Apart::default(),
            verified: Verified::of(framework),
            points: None,
            items: 0,
            told_of_items: BTreeMap::new(),
            without_result: 0,
            applies: HashMap::new(),
            branch: None,
            pending: Pending::new(),
            current: None,
            doubted: BTreeSet::new(),
            told_params: BTreeSet::new(),
        }
    }

    /// Every value, what it needs first.
    pub(super) fn values(&mut self) {
        self.values_among(|_| true);
    }

    /// The values that are wanted, what each needs first: that has to be wanted as well.
    pub(super) fn values_among(&mut self, is_wanted: impl Fn(ValueId) -> bool) {
        let framework = self.framework;
        for id in framework.order.iter().filter(|id| is_wanted(**id)) {
            let family = framework
                .value(*id)
                .and_then(|value| value.family.as_deref());
            self.for_item(family, |lowerer| lowerer.value(*id));
            if self.builder.len() > OPERATIONS {
                let site = &self.builder.site;
                let (name, span) = (site.declaration.clone(), site.span);
                self.reports.add(TooManyOperations {
                    name,
                    span,
                    limit: OPERATIONS,
                });
                break;
            }
        }
        self.tell_past_of_peers();
    }
}

impl Lowerer<'_> {
    /// Does the value being lowered rest on one that leaves its range, which has been told?
    pub(super) fn rests_on_doubt(&self) -> bool {
        let Some(current) = self.current.filter(|_| !self.doubted.is_empty()) else {
            return false;
        };
        let below = self.framework.reads.values_below(&[current]);
        below
            .iter()
            .any(|id| *id != current && self.doubted.contains(id))
    }

    /// Does the value being lowered name itself, of an earlier period?
    pub(super) fn rests_on_own_past(&self) -> bool {
        self.current.is_some_and(|current| {
            let mut reads = self.framework.reads.value(current).iter();
            reads.any(|read| read.earlier && read.mention == Mention::Value(current))
        })
    }

    pub(super) fn value(&mut self, id: ValueId) {
        let Some(value) = self.framework.value(id) else {
            return;
        };
        self.current = Some(id);
        self.branch = None;
        self.builder.site = Site {
            span: value.span,
            declaration: value.name.clone(),
            watched: true,
            guard: None,
        };
        self.outlines.restart();
        if self.apart.hidden.contains(&id) {
            return;
        }
        if let Some(by) = self.apart.sealed.get(&id).copied() {
            if let Some(lowered) = self.sealed(id, value, by) {
                self.values.insert(id, lowered);
                self.settle_past(id);
            }
            return;
        }
        // A declaration that a test gives is not worked out for that test.
        let is_pinned = self.pins.contains_key(&id);
        let points = if is_pinned { self.points.take() } else { None };
        let lowered = match &value.body {
            Body::Indicator(body) => self.indicator(Some(id), value, body),
            Body::Param(body) => self.param(value, body),
            Body::Expression {
                value: expression,
                declared,
                ..
            } => {
                let lowered = self.expression(id, expression);
                let there = self.mask(expression);
                let lowered = self.value_where(lowered, there);
                self.applies_where(id, there);
                if let Some(declared) = declared {
                    self.keeps_range(value, &lowered, declared);
                }
                lowered
            }
            Body::Factor(body) => self.factor(id, value, body),
            Body::Level(body) => self.level(id, body),
            Body::Table(body) => self.table(id, value, body),
            Body::Alert(body) => self.alert(value, body),
            Body::Broken => {
                if !self.reports.has_errors() {
                    self.reports.add(NotWorkedOut { span: value.span });
                }
                return;
            }
        };
        let lowered = match self.pins.get(&id).copied() {
            Some(range) => {
                // What is given is there.
                self.applies.remove(&id);
                self.pinned(value, range)
            }
            None => lowered,
        };
        if is_pinned {
            self.told.remove(&id);
            self.clauses.remove(&id);
            self.bands.remove(&id);
            self.tables.remove(&id);
            self.points = points;
        } else {
            self.watch_signal(value, &lowered);
        }
        self.values.insert(id, lowered);
        self.settle_past(id);
    }

    /// A value that is wrong, as an input that lies where it is declared to.
    pub(super) fn stands(&mut self, id: ValueId, range: Interval) {
        let Some(value) = self.framework.value(id) else {
            return;
        };
        self.current = Some(id);
        let lowered = self.pinned(value, range);
        self.values.insert(id, lowered);
        self.settle_past(id);
    }

    /// The expression that a value is.
    pub fn expression(&mut self, id: ValueId, expression: &crate::typed::Typed) -> Lowered {
        let is_item = self
            .framework
            .value(id)
            .is_some_and(|value| value.family.is_some());
        let outer = std::mem::replace(&mut self.items, usize::from(is_item));
        let (lowered, told) = self.expr_told(expression);
        self.items = outer;
        self.keep_items(id, told);
        self.told.extend(told.map(|told| (id, told)));
        lowered
    }

    /// Are faults and comparisons here the user's own words, rather than a function's?
    pub(super) fn in_own_words(&self) -> bool {
        self.frames.is_empty()
    }

    /// Nodes that follow come from these words, unless a function's call stands for them.
    pub(super) fn come_from(&mut self, span: Span) {
        if self.in_own_words() {
            self.builder.site.span = span;
        }
    }

    pub(super) fn range(&self, node: NodeId) -> Interval {
        self.builder.range(node)
    }

    /// Where a number lies as its author reads it, where the branch being lowered is taken.
    pub(super) fn told(&self, node: NodeId) -> Interval {
        let there = self.branch.and_then(|branch| {
            let facts = self.builder.facts(branch, true);
            self.builder.lies_where(node, &facts)
        });
        there.map_or_else(|| self.builder.told(node), |lies| lies.told)
    }
}
