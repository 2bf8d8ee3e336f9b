//! Indicators: the columns that the Plan reads.

use super::Lowerer;
use super::value::{Bounds, Lowered};
use crate::checked::{CheckedValue, IndicatorBody, Named};
use crate::diagnostics::ranges::OutsideRange;
use crate::diagnostics::types::{NotConstant, VariesBy};
use crate::digits;
use crate::interval::Interval;
use crate::numbers::show;
use crate::plan::{Compare, InputInfo, InputKind, NodeId, OnViolation};
use crate::source::Span;
use crate::typed::ValueId;
use crate::types::Type;

impl Lowerer<'_> {
    /// The number that the rows of a group share, by the key with this place.
    pub fn key(&mut self, place: usize) -> NodeId {
        let kind = InputKind::Key { place };
        let known = self.inputs.iter().position(|input| input.kind == kind);
        let index = crate::arena::next(known.unwrap_or(self.inputs.len()));
        if known.is_none() {
            let key = self.framework.panel.keys.get(place);
            self.inputs.push(InputInfo {
                name: key.map_or_else(String::new, |key| key.name.clone()),
                label: String::new(),
                column: None,
                kind,
                unit: String::new(),
                low: 0.0,
                high: f64::INFINITY,
                high_excluded: false,
                on_violation: OnViolation::Missing,
                optional: true,
                missing_means: None,
                carry_forward: None,
                expires: None,
                inapplicable: Vec::new(),
                changeable: None,
                span: self.builder.site.span,
            });
        }
        self.builder
            .input(index, Interval::new(0.0, f64::from(u32::MAX)))
    }

    /// `id`: of the indicator; none for an input that a test puts in place of something else.
    pub fn indicator(
        &mut self,
        id: Option<ValueId>,
        value: &CheckedValue,
        body: &IndicatorBody,
    ) -> Lowered {
        let names = |named: &[Named]| named.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        let (kind, unit) = match &value.ty {
            Type::Truth => (InputKind::Truth, String::new()),
            Type::Level(id) => {
                let scale = self.framework.scale(*id);
                let kind = InputKind::Level {
                    scale: scale.map_or(String::new(), |scale| scale.name.clone()),
                    names: scale.map_or(Vec::new(), |scale| names(&scale.levels)),
                };
                (kind, String::new())
            }
            Type::Category(id) => {
                let category = self.framework.category(*id);
                let names = category.map_or(Vec::new(), |category| names(&category.names));
                (InputKind::Category { names }, String::new())
            }
            Type::Number(unit) => (InputKind::Number, self.framework.units.caption(unit)),
            Type::Count | Type::List(_) | Type::Error => (InputKind::Number, String::new()),
        };
        let (range, high_excluded) = match (&body.declared, &kind) {
            (Some(declared), _) => (declared.range, declared.high_excluded),
            (
                None,
                InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. },
            ) => (Interval::UNIT, false),
            (None, InputKind::Level { names, .. } | InputKind::Category { names }) => (
                Interval::new(0.0, names.len().saturating_sub(1) as f64),
                false,
            ),
            (None, InputKind::Number | InputKind::Age { .. } | InputKind::Key { .. }) => {
                (Interval::ALL, false)
            }
        };
        let own_name = &value.name;
        let missing_means = body.missing_means.as_ref().and_then(|value| {
            let instead = self.expr(value);
            let instead = self.single(&instead);
            let constant = self.builder.constant(instead).filter(|x| !x.is_nan());
            if constant.is_none() {
                self.reports.add(NotConstant {
                    span: value.span,
                    context: "what missing means".to_owned(),
                    why: value.span,
                    name: self.sources.slice(value.span).to_owned(),
                    by: VariesBy::Data,
                });
            }
            // A number as such is held against the range where it is checked; this is worked out.
            let beyond = |x: &f64| {
                !range.contains(*x) || (high_excluded && !digits::is_less(*x, range.high))
            };
            if let (Some(x), Some(declared)) = (constant.filter(beyond), &body.declared) {
                self.reports.add(OutsideRange {
                    name: own_name.clone(),
                    span: value.span,
                    value: show(x),
                    low: show(declared.range.low),
                    high: show(declared.range.high),
                    declared: declared.span,
                    what: "missing means",
                });
            }
            constant
        });
        let open = |x: f64| if x.abs() == f64::MAX { x * 2.0 } else { x };
        let index = crate::arena::next(self.inputs.len());
        self.inputs.push(InputInfo {
            name: value.name.clone(),
            label: value.label.clone(),
            column: body.column.clone(),
            kind,
            unit,
            low: open(range.low),
            high: open(range.high),
            high_excluded,
            on_violation: body.on_violation,
            optional: body.optional,
            missing_means,
            carry_forward: body.carry_forward.or(body.expires),
            expires: body.expires,
            inapplicable: body
                .inapplicable
                .as_ref()
                .map_or(Vec::new(), |(words, _)| words.clone()),
            changeable: body.changeable,
            span: value.span,
        });
        // A half-open end is never reached itself, but the largest number below it can be.
        let inner = if high_excluded {
            Interval {
                low: range.low,
                high: digits::below(range.high),
            }
        } else {
            range
        };
        let cell = self.builder.input(index, inner);
        let mut node = cell;
        let said = body.inapplicable.as_ref().filter(|_| id.is_some());
        let said = said.map(|(_, span)| self.said_to_apply(value, index, *span));
        let there = id.and_then(|id| self.indicator_applies(id, body, said));
        if let Some(there) = there {
            let missing = self.builder.missing();
            node = self.builder.select(there, node, missing);
        }
        let can_be_verified =
            |id: &ValueId| body.verification.is_some() || self.verified.touches(*id);
        if let Some(id) = id.filter(can_be_verified) {
            let cell = (index, cell, inner);
            self.observed(id, value, body.verification.as_ref(), cell, said);
        }
        self.as_counted(value, node, range)
    }

    /// Whether the cell of an input says that there is such a value.
    fn said_to_apply(&mut self, value: &CheckedValue, of: u32, span: Span) -> NodeId {
        let said = self.said_of_cell(value, ("applies", InputKind::Applies { of }), None, span);
        // Nothing said takes nothing out.
        self.builder.possibly(said)
    }

    /// An input beside that of an indicator, which says yes or no of its cell.
    pub(super) fn said_of_cell(
        &mut self,
        value: &CheckedValue,
        (ending, kind): (&str, InputKind),
        column: Option<String>,
        span: Span,
    ) -> NodeId {
        let index = crate::arena::next(self.inputs.len());
        self.inputs.push(InputInfo {
            name: format!("{}.{ending}", value.name),
            label: value.label.clone(),
            column,
            kind,
            unit: String::new(),
            low: 0.0,
            high: 1.0,
            high_excluded: false,
            on_violation: OnViolation::Missing,
            optional: true,
            missing_means: None,
            carry_forward: None,
            expires: None,
            inapplicable: Vec::new(),
            changeable: None,
            span,
        });
        let said = self.builder.input(index, Interval::UNIT);
        let one = self.builder.number(1.0);
        self.builder.compare(Compare::Equal, said, one)
    }

    /// The cell of an indicator as what it is.
    pub(super) fn as_counted(
        &mut self,
        value: &CheckedValue,
        node: NodeId,
        range: Interval,
    ) -> Lowered {
        match &value.ty {
            Type::Truth => {
                let one = self.builder.number(1.0);
                Lowered::Truth(self.builder.compare(Compare::Equal, node, one))
            }
            Type::Level(_) => Lowered::Level(Bounds::around(
                &mut self.builder,
                node,
                range.low,
                range.high,
            )),
            Type::Category(_) => Lowered::Category(node),
            Type::Number(_) | Type::Count | Type::List(_) | Type::Error => Lowered::Number(node),
        }
    }
}
