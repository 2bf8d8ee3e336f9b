//! From a checked framework to a Plan.
//!
//! Values are lowered in the order in which they need each other, functions are expanded where they
//! are called (equal calls once), and everything becomes numbers and truths. Ranges are known here
//! for the first time, so what ranges decide is told here: comparisons that can only go one way,
//! bands with holes, operations that never have a result.
#![deny(clippy::wildcard_enum_match_arm)]

mod alerts;
mod along_time;
mod applies;
mod arithmetic;
mod audience;
mod band_ends;
mod bands;
mod before;
mod bounds;
mod called;
mod clauses;
mod collisions;
mod combine;
mod comparisons;
mod decided;
mod evidence;
mod expressions;
mod factors;
mod implied;
mod inputs;
mod intervals;
mod item_words;
mod items_there;
mod known;
mod lists;
mod outlines;
mod outputs;
mod params;
mod peers;
mod period_of;
mod piecewise;
mod points;
pub(crate) mod properties;
mod recorded;
mod sorting;
mod sound;
mod spells;
mod table_cover;
mod table_points;
mod table_states;
mod tables;
pub(crate) mod tests;
mod thresholds;
mod value;
mod verified;
mod weighted;

pub(crate) use audience::for_audience;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::checked::reads::Mention;
use crate::checked::{Body, CheckedFramework};
use crate::coverage::{Point, Points};
use crate::diagnostics::panel::{NotWorkedOut, TooManyOperations};
use crate::diagnostics::{Cause, Code, Place, Reports};
use crate::interval::Interval;
use crate::plan::{
    AlertInfo, BandParts, ClausePart, DatedPart, FactorParts, InputInfo, NodeId, OutlineId, Plan,
    PlanBuilder, Site, TableParts,
};
use crate::source::{SourceMap, Span};
use crate::typed::ValueId;
use called::{Call, Called, Frame, OPERATIONS};
use evidence::Verified;
use recorded::Outlines;
use value::Lowered;

/// Makes the Plan. Call it only when checking found no errors; check `reports` again afterwards.
pub fn lower(framework: &CheckedFramework, sources: &SourceMap, reports: &mut Reports) -> Plan {
    let mut lowerer = Lowerer::of(framework, sources, reports, HashMap::new());
    lowerer.values();
    let plan = lowerer.finish();
    collisions::tell(framework, &plan, reports);
    plan
}

/// Judges what is sound of a framework in which something is wrong: the values that rest on nothing wrong
/// are lowered as always, those that are wrong but declare their range stand as declared, what that tells is
/// told, and no Plan comes of it. `in_error` are declarations of
/// which something is told.
pub(crate) fn judge_sound(
    framework: &CheckedFramework,
    sources: &SourceMap,
    in_error: &[Span],
    reports: &mut Reports,
) {
    let mut found = Reports::default();
    let sound = sound::values(framework, in_error);
    let mut lowerer = Lowerer::of(framework, sources, &mut found, HashMap::new());
    for id in framework
        .order
        .iter()
        .filter(|id| sound.values.contains(id))
    {
        let family = framework
            .value(*id)
            .and_then(|value| value.family.as_deref());
        match sound.as_declared.get(id) {
            Some(range) => lowerer.stands(*id, *range),
            None => lowerer.for_item(family, |lowerer| lowerer.value(*id)),
        }
        if lowerer.builder.len() > OPERATIONS {
            return;
        }
    }
    // What has no result here may lack what is wrong elsewhere.
    let known: BTreeSet<(&str, Option<(u32, u32)>)> = reports.iter().map(place_of).collect();
    found.retain(|cause| cause.code().0 != "FW0808" && !known.contains(&place_of(cause)));
    reports.append(found);
}

/// A code and where it is told.
fn place_of(cause: &dyn Cause) -> (&'static str, Option<(u32, u32)>) {
    let place = match cause.describe().primary.place {
        Place::Source(span) => Some((span.file.0, span.start)),
        Place::Data(_) | Place::File(_) | Place::CommandLine => None,
    };
    (cause.code().0, place)
}

/// The same, with the points that tests of it can show.
pub(crate) fn lower_watched(
    framework: &CheckedFramework,
    sources: &SourceMap,
    reports: &mut Reports,
) -> (Plan, Vec<Point>) {
    let mut lowerer = Lowerer::of(framework, sources, reports, HashMap::new());
    lowerer.points = Some(Points::default());
    lowerer.values();
    let points = lowerer.points.take().map_or(Vec::new(), Points::finish);
    let plan = lowerer.finish();
    collisions::tell(framework, &plan, reports);
    (plan, points)
}

struct Lowerer<'a> {
    framework: &'a CheckedFramework,
    sources: &'a SourceMap,
    reports: &'a mut Reports,
    builder: PlanBuilder,
    values: HashMap<ValueId, Lowered>,
    factors: HashMap<ValueId, FactorParts>,
    clauses: HashMap<ValueId, Vec<ClausePart>>,
    bands: HashMap<ValueId, BandParts>,
    /// Of params, by name.
    dated: HashMap<String, Vec<DatedPart>>,
    /// Of values that are expressions.
    told: HashMap<ValueId, OutlineId>,
    tables: HashMap<ValueId, TableParts>,
    inputs: Vec<InputInfo>,
    alerts: Vec<AlertInfo>,
    /// Calls already expanded.
    calls: HashMap<Call, Called>,
    /// The functions being expanded, innermost last.
    frames: Vec<Frame>,
    outlines: Outlines,
    /// Values that a test gives in place of what they are made of, with where they can lie.
    pins: HashMap<ValueId, Interval>,
    /// What an audience may not see, or not all of.
    apart: audience::Apart<'a>,
    verified: Verified,
    /// What tests can show; gathered where somebody asks for it.
    points: Option<Points>,
    /// How many expressions that go item by item are being lowered, one inside the other.
    items: usize,
    told_of_items: BTreeMap<String, Vec<(Code, Place)>>,
    /// Params of which it was told that their number is meant otherwise.
    told_params: BTreeSet<Span>,
    /// Calls around whose lack of a result has been told.
    without_result: usize,
    /// Of what is there in some rows alone: where.
    applies: HashMap<ValueId, value::Applies>,
    /// The conditions of the sides of `if` around what is being lowered.
    branch: Option<NodeId>,
    /// What is read of the past of the values being lowered.
    /// What is read of the past of values that come later.
    pending: along_time::Pending,
    /// The value being lowered, and those that leave the range they are declared in: where what rests on
    /// them lies follows from that.
    current: Option<ValueId>,
    doubted: BTreeSet<ValueId>,
}

impl<'a> Lowerer<'a> {
    fn of(
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
            apart: audience::Apart::default(),
            verified: Verified::of(framework),
            points: None,
            items: 0,
            told_of_items: BTreeMap::new(),
            without_result: 0,
            applies: HashMap::new(),
            branch: None,
            pending: along_time::Pending::new(),
            current: None,
            doubted: BTreeSet::new(),
            told_params: BTreeSet::new(),
        }
    }

    /// Every value, what it needs first.
    fn values(&mut self) {
        self.values_among(|_| true);
    }

    /// The values that are wanted, what each needs first: that has to be wanted as well.
    fn values_among(&mut self, is_wanted: impl Fn(ValueId) -> bool) {
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
    fn rests_on_doubt(&self) -> bool {
        let Some(current) = self.current.filter(|_| !self.doubted.is_empty()) else {
            return false;
        };
        let below = self.framework.reads.values_below(&[current]);
        below
            .iter()
            .any(|id| *id != current && self.doubted.contains(id))
    }

    /// Does the value being lowered name itself, of an earlier period?
    fn rests_on_own_past(&self) -> bool {
        self.current.is_some_and(|current| {
            let mut reads = self.framework.reads.value(current).iter();
            reads.any(|read| read.earlier && read.mention == Mention::Value(current))
        })
    }

    fn value(&mut self, id: ValueId) {
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
    fn stands(&mut self, id: ValueId, range: Interval) {
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
    fn in_own_words(&self) -> bool {
        self.frames.is_empty()
    }

    /// Nodes that follow come from these words, unless a function's call stands for them.
    fn come_from(&mut self, span: Span) {
        if self.in_own_words() {
            self.builder.site.span = span;
        }
    }

    fn range(&self, node: NodeId) -> Interval {
        self.builder.range(node)
    }

    /// Where a number lies as its author reads it, where the branch being lowered is taken.
    fn told(&self, node: NodeId) -> Interval {
        let there = self.branch.and_then(|branch| {
            let facts = self.builder.facts(branch, true);
            self.builder.lies_where(node, &facts)
        });
        there.map_or_else(|| self.builder.told(node), |lies| lies.told)
    }
}
