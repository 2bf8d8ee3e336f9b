//! Verified evidence alone: what a value would be if observations that are not verified did not count
//! towards risk.
//!
//! In: an expression. Out: its nodes, lowered once more over indicators of which an unverified
//! observation is unknown, or reads as the least alarming value there is. Every declaration below it is
//! lowered again in this way, with a memory of its own; what rests on nothing that could be verified
//! stays the nodes that it is, and equal nodes are shared as ever. So evaluators know nothing of it.
//!
//! Where nothing is said, an unverified observation is unknown in what rests on a factor of bounds, and
//! else reads as the least alarming value.

use super::Lowerer;
use super::called::{RED_ZONE, STACK};
use super::evidence::{Memory, Observed};
use super::value::Lowered;
use crate::checked::reads::{Dependency, Role};
use crate::checked::{Body, CheckedValue, IndicatorBody, Verification};
use crate::diagnostics::evidence::{NothingVerified, VerifiedAlert};
use crate::diagnostics::{Cause, Place, Severity};
use crate::interval::Interval;
use crate::plan::outline::Reading;
use crate::plan::{Binary, Declaration, InputKind, NodeId, Site, Value};
use crate::typed::{Builtin, Typed, Unverified, ValueId};

impl Lowerer<'_> {
    /// The column that says whether an indicator's observations were verified, and its cell as it reads where
    /// only verified ones count. `range` is where its own values lie.
    pub fn observed(
        &mut self,
        id: ValueId,
        value: &CheckedValue,
        verification: Option<&Verification>,
        (input, cell, range): (u32, NodeId, Interval),
        said_to_apply: Option<NodeId>,
    ) {
        let Some(verification) = verification else {
            let observed = Observed {
                range,
                verified: None,
                unknown: cell,
                least_alarming: cell,
                applies: said_to_apply,
            };
            self.verified.observed.insert(id, observed);
            return;
        };
        let said = self.said_of_cell(
            value,
            ("verified", InputKind::Verification { of: input }),
            Some(verification.column.clone()),
            verification.span,
        );
        // Nothing said is not verified.
        let verified = self.builder.surely(said);
        let (least, op) = if verification.protective {
            (range.high, Binary::Max)
        } else {
            (range.low, Binary::Min)
        };
        let least = self.builder.number(least);
        // Missing stays missing.
        let least = self.builder.binary(op, cell, least);
        let least_alarming = self.builder.select(verified, cell, least);
        let missing = self.builder.missing();
        let unknown = self.builder.select(verified, cell, missing);
        // That there is no such value counts where it was verified.
        let applies = said_to_apply.map(|said| {
            let open = self.builder.not(verified);
            self.builder.or(said, open)
        });
        let observed = Observed {
            range,
            applies,
            verified: Some(verified),
            unknown,
            least_alarming,
        };
        self.verified.observed.insert(id, observed);
    }

    /// An indicator by verified evidence alone: where it applies is asked of that too.
    fn observed_again(
        &mut self,
        id: ValueId,
        value: &CheckedValue,
        body: &IndicatorBody,
    ) -> Option<Lowered> {
        let observed = self.verified.observed.get(&id)?;
        let (range, verified) = (observed.range, observed.verified);
        let counted = match self.verified.on {
            Some(Reading::Unknown) => observed.unknown,
            Some(Reading::LeastAlarming) | None => observed.least_alarming,
        };
        let said = observed.applies;
        let there = self.indicator_applies(id, body, said);
        let missing = self.builder.missing();
        let node = match there {
            Some(there) => self.builder.select(there, counted, missing),
            None => counted,
        };
        if verified.is_none() && there == self.verified.plain.applies.get(&id).map(|one| one.node) {
            return self.as_published(id);
        }
        Some(self.as_counted(value, node, range))
    }

    /// `verified(…)`
    pub fn verified(&mut self, of: &Typed, unverified: Unverified) -> Lowered {
        if self.verified.on.is_some() {
            return self.expr(of);
        }
        let named: Vec<Dependency> = of
            .walk(Role::Argument)
            .filter_map(|seen| Some(Dependency::from(seen.expression.mention()?)))
            .collect();
        // As it stands it is told what is to be told.
        let plain = self.expr(of);
        if !named.iter().any(|one| self.verified.touched.contains(one)) {
            let span = self.builder.site.span;
            let place = Place::Source(span);
            // What is compared with several is worked out several times; items of a list are told of together.
            let is_same = |told: &dyn Cause| {
                told.code().0 == "FW0752" && told.describe().primary.place == place
            };
            let told = self.items == 0 && self.reports.iter().any(is_same);
            if !told {
                self.reports.add(NothingVerified { span });
            }
            return plain;
        }
        let reading = match unverified {
            Unverified::Unknown => Reading::Unknown,
            Unverified::LeastAlarming => Reading::LeastAlarming,
            Unverified::Unsaid => self.reading_of(&named),
        };
        self.tell_alerts(named);
        let mut side = self.verified.sides.remove(&reading).unwrap_or_default();
        self.swap(&mut side);
        self.verified.plain = side;
        self.verified.on = Some(reading);
        let outer = std::mem::take(self.reports);
        let later = std::mem::take(&mut self.pending);
        let lowered = self.expr(of);
        // Of what is read of an earlier period, the same is asked as of this one.
        while let Some((id, ..)) = self.pending.last().copied() {
            self.ready(id);
            self.settle_past(id);
            self.pending.retain(|(ahead, ..)| *ahead != id);
        }
        self.pending = later;
        self.put_back(outer);
        self.verified.on = None;
        let mut plain = std::mem::take(&mut self.verified.plain);
        self.swap(&mut plain);
        self.verified.sides.insert(reading, plain);
        lowered
    }

    /// How unverified observations read below these where nothing is said.
    fn reading_of(&self, named: &[Dependency]) -> Reading {
        if named.iter().any(|one| self.verified.bounded.contains(one)) {
            Reading::Unknown
        } else {
            Reading::LeastAlarming
        }
    }

    /// What has been lowered in one way, for the same in another.
    fn swap(&mut self, other: &mut Memory) {
        std::mem::swap(&mut self.values, &mut other.values);
        std::mem::swap(&mut self.factors, &mut other.factors);
        std::mem::swap(&mut self.clauses, &mut other.clauses);
        std::mem::swap(&mut self.bands, &mut other.bands);
        std::mem::swap(&mut self.told, &mut other.told);
        std::mem::swap(&mut self.tables, &mut other.tables);
        std::mem::swap(&mut self.calls, &mut other.calls);
        std::mem::swap(&mut self.applies, &mut other.applies);
    }

    /// What was told meanwhile has been told before, apart from errors that only arise here.
    fn put_back(&mut self, outer: crate::diagnostics::Reports) {
        let mut inner = std::mem::replace(self.reports, outer);
        inner.retain(|cause| cause.severity() == Severity::Error);
        if !self.reports.has_errors() {
            self.reports.append(inner);
        }
    }

    /// Makes sure that a declared value is there in the way that is going on.
    pub fn ready(&mut self, id: ValueId) {
        if self.verified.on.is_some() && !self.values.contains_key(&id) {
            stacker::maybe_grow(RED_ZONE, STACK, || self.lower_again(id));
        }
    }

    fn lower_again(&mut self, id: ValueId) {
        let Some(value) = self.framework.value(id) else {
            return;
        };
        let as_it_is = !self.verified.touches(id) || self.pins.contains_key(&id);
        let site = self.builder.site.clone();
        let frames = std::mem::take(&mut self.frames);
        let open = self.outlines.apart();
        let outer = std::mem::take(self.reports);
        self.builder.site = Site {
            span: value.span,
            declaration: value.name.clone(),
            watched: true,
            guard: None,
        };
        let lowered = match &value.body {
            Body::Indicator(_)
            | Body::Expression { .. }
            | Body::Factor(_)
            | Body::Level(_)
            | Body::Table(_)
                if as_it_is =>
            {
                self.as_published(id)
            }
            Body::Indicator(body) => self
                .observed_again(id, value, body)
                .or_else(|| self.as_published(id)),
            Body::Expression { value, .. } => {
                let lowered = self.expression(id, value);
                let there = self.mask(value);
                self.applies_where(id, there);
                Some(self.value_where(lowered, there))
            }
            Body::Factor(body) => Some(self.factor(id, value, body)),
            Body::Level(body) => Some(self.level(id, body)),
            Body::Table(body) => Some(self.table(id, value, body)),
            // An alert has one memory, which has been told.
            Body::Alert(_) | Body::Param(_) | Body::Broken => self.as_published(id),
        };
        self.put_back(outer);
        self.frames = frames;
        self.outlines.back(open);
        self.builder.site = site;
        if let Some(lowered) = lowered {
            self.values.insert(id, lowered);
        }
    }

    /// A declared value as it was lowered in the other way.
    fn as_published(&mut self, id: ValueId) -> Option<Lowered> {
        if let Some(factor) = self.verified.plain.factors.get(&id) {
            self.factors.insert(id, factor.clone());
        }
        if let Some(applies) = self.verified.plain.applies.get(&id) {
            self.applies.insert(id, *applies);
        }
        self.verified.plain.values.get(&id).cloned()
    }

    /// Tells the nearest alert that an expression rests on, if there is one: alerts have one memory.
    fn tell_alerts(&mut self, named: Vec<Dependency>) {
        let reached = self.framework.reads.reached(named);
        let touched = reached
            .into_iter()
            .filter(|one| self.verified.touched.contains(one));
        let values = touched.filter_map(|one| self.framework.value(one.as_value()?));
        let mut alerts = values.filter(|value| matches!(value.body, Body::Alert(_)));
        if let Some(value) = alerts.next() {
            let (name, alert) = (value.name.clone(), value.span);
            let span = self.builder.site.span;
            self.reports.add(VerifiedAlert { name, span, alert });
        }
    }
}

impl Lowerer<'_> {
    /// What explanations call a declared value in the way that is going on.
    pub fn name_here(&self, id: ValueId) -> String {
        let value = self.framework.value(id);
        let name = value.map_or(String::new(), |value| value.name.clone());
        match self.verified_here(id) {
            Some(reading) => self.called(id, &name, reading),
            None => name,
        }
    }

    /// What a rule writes for a declared value by verified evidence alone.
    fn called(&self, id: ValueId, name: &str, reading: Reading) -> String {
        if self.reading_of(&[Dependency::Value(id)]) == reading {
            return format!("verified({name})");
        }
        let words = match reading {
            Reading::Unknown => "unknown",
            Reading::LeastAlarming => "least alarming",
        };
        format!("verified({name}, unverified as: {words})")
    }

    /// How unverified evidence reads, where what a value would be by verified evidence alone is meant and
    /// can be another.
    pub fn verified_here(&self, id: ValueId) -> Option<Reading> {
        self.verified.on.filter(|_| self.verified.touches(id))
    }

    /// What explanations call the verified side of a declared value, where something asks for it and it
    /// is not the value itself; and of an indicator whether its observation was verified.
    pub fn declared_verified(
        &mut self,
        id: ValueId,
        value: &CheckedValue,
        plain: &Declaration,
    ) -> Vec<Declaration> {
        let mut found = Vec::new();
        if let Some(node) = self.verified.observed(id) {
            found.push(Declaration {
                name: format!("{}.verified", value.name),
                value: Value::Truth { node },
                outline: None,
                cites: Vec::new(),
                verified: Some(Reading::LeastAlarming),
                ..plain.clone()
            });
        }
        for reading in [Reading::Unknown, Reading::LeastAlarming] {
            let side = self.verified.sides.get(&reading);
            let lowered = side.and_then(|side| side.values.get(&id)).cloned();
            let published = lowered.and_then(|lowered| self.published(value, &lowered));
            let Some(published) = published.filter(|published| *published != plain.value) else {
                continue;
            };
            let name = self.called(id, &value.name, reading);
            let Some(side) = self.verified.sides.get_mut(&reading) else {
                continue;
            };
            found.push(Declaration {
                name,
                value: published,
                outline: side.told.remove(&id),
                factor: side.factors.remove(&id),
                clauses: side.clauses.remove(&id).unwrap_or_default(),
                bands: side.bands.remove(&id),
                table: side.tables.remove(&id),
                applies: side.applies.get(&id).map(|one| (one.node, one.outline)),
                verified: Some(reading),
                ..plain.clone()
            });
        }
        found
    }
}

/// What a call of `verified` is of, and how it reads what is not verified.
pub(super) fn argument(builtin: Builtin, args: &[Typed]) -> Option<(&Typed, Unverified)> {
    if let Builtin::Verified(unverified) = builtin {
        args.first().map(|of| (of, unverified))
    } else {
        None
    }
}
