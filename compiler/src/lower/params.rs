//! Params: constants, and dated ones by the row's period.

use super::Lowerer;
use super::value::Lowered;
use crate::checked::{Body, CheckedValue, DeclaredRange, ParamBody};
use crate::diagnostics::ranges::{DeclaredRange as LeavesRange, OutsideRange};
use crate::numbers::{show, show_end};
use crate::plan::{Compare, DatedPart, NodeId};

impl Lowerer<'_> {
    pub fn param(&mut self, param: &CheckedValue, body: &ParamBody) -> Lowered {
        let mut result: Option<Lowered> = None;
        let mut told = Vec::with_capacity(body.values.len());
        for dated in &body.values {
            let value = self.expr(&dated.value);
            told.extend(self.value_of(&param.ty, &value).map(|value| DatedPart {
                value,
                from: dated.from,
                until: dated.until,
            }));
            if let (Some(declared), Lowered::Number(node)) = (&body.declared, &value)
                && let Some(x) = self.builder.constant(*node)
                && !declared.takes(x)
                && !matches!(dated.value.kind, crate::typed::TypedKind::Number(_))
            {
                // A literal was judged where it was read; this one had to be worked out first.
                self.reports.add(OutsideRange {
                    name: self.builder.site.declaration.clone(),
                    span: dated.value.span,
                    value: show(x),
                    low: show(declared.range.low),
                    high: declared.high_words(),
                    declared: declared.span,
                    what: "param",
                });
            }
            result = Some(match (result, dated.from) {
                (None, None) => value,
                (before, from) => {
                    let before = before.unwrap_or_else(|| self.nothing_like(&value));
                    match from {
                        Some(from) => {
                            let period = self.period();
                            let from = self.builder.number(from as f64);
                            let begun = self.builder.compare(Compare::LessOrEqual, from, period);
                            self.pick(begun, value, before)
                        }
                        None => value,
                    }
                }
            });
            if let Some(until) = dated.until
                && body
                    .values
                    .last()
                    .is_some_and(|last| std::ptr::eq(last, dated))
                && let Some(value) = result.take()
            {
                // After the last value nothing holds.
                let period = self.period();
                let until = self.builder.number(until as f64);
                let holds = self.builder.compare(Compare::LessOrEqual, period, until);
                let nothing = self.nothing_like(&value);
                result = Some(self.pick(holds, value, nothing));
            }
        }
        self.dated.insert(param.name.clone(), told);
        result.unwrap_or_else(|| Lowered::Number(self.broken()))
    }

    /// One number in some periods, and another in the others.
    pub fn during(
        &mut self,
        from: Option<i64>,
        until: Option<i64>,
        inside: NodeId,
        outside: NodeId,
    ) -> NodeId {
        let period = self.period();
        let begun = from.map(|from| {
            let from = self.builder.number(from as f64);
            self.builder.compare(Compare::LessOrEqual, from, period)
        });
        let holds = until.map(|until| {
            let until = self.builder.number(until as f64);
            self.builder.compare(Compare::LessOrEqual, period, until)
        });
        match (begun, holds) {
            (Some(begun), Some(holds)) => {
                let both = self.builder.and(begun, holds);
                self.builder.select(both, inside, outside)
            }
            (Some(one), None) | (None, Some(one)) => self.builder.select(one, inside, outside),
            (None, None) => inside,
        }
    }

    fn period(&mut self) -> NodeId {
        let dated = self.framework.panel.period.is_some();
        self.builder.period(dated)
    }

    fn nothing_like(&mut self, value: &Lowered) -> Lowered {
        match value {
            Lowered::Truth(_) => Lowered::Truth(self.builder.truth(false, false)),
            Lowered::Category(_) => Lowered::Category(self.builder.missing()),
            Lowered::Number(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => Lowered::Number(self.builder.missing()),
        }
    }

    fn pick(&mut self, condition: NodeId, yes: Lowered, no: Lowered) -> Lowered {
        self.choose(condition, &yes, &no)
    }

    /// A score whose values can leave the range that its author wrote down is said.
    pub fn keeps_range(
        &mut self,
        value: &CheckedValue,
        lowered: &Lowered,
        declared: &DeclaredRange,
    ) {
        let Lowered::Number(node) = lowered else {
            return;
        };
        let found = self.told(*node);
        // What rests on its own past is not known to lie anywhere before it is worked out.
        let past = self.rests_on_own_past();
        let holds = |end: f64| declared.range.holds(end) || (past && end.abs() >= 1e300);
        let inside = holds(found.low) && holds(found.high);
        if !inside && !self.rests_on_doubt() {
            self.doubted.extend(self.current);
            let weights = match &value.body {
                Body::Expression { value, .. } => self.odd_weights(value),
                Body::Indicator(_)
                | Body::Param(_)
                | Body::Factor(_)
                | Body::Level(_)
                | Body::Table(_)
                | Body::Alert(_)
                | Body::Broken => None,
            };
            self.reports.add(LeavesRange {
                name: value.name.clone(),
                declared: declared.span,
                span: value.span,
                found_low: show_end(found.low),
                found_high: show_end(found.high),
                low: show(declared.range.low),
                high: show(declared.range.high),
                weights,
            });
        }
    }
}
