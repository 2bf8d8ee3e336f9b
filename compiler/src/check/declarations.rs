//! Each declared value in turn, and the heads of the ruleset.

use forewarn_grammar::ast::{self, BindingKind};

use super::context::Checker;
use crate::checked::{Body, CheckedValue};
use crate::diagnostics::names::UnknownWord;
use crate::diagnostics::syntax::NotYet;
use crate::framework::{ValueSource, at};
use crate::plan::{PanelInfo, PeriodKind};
use crate::source::Span;
use crate::typed::ValueId;
use crate::types::Type;

impl Checker<'_, '_> {
    /// The framework's and the panel's heads; before all values, since periods depend on them.
    pub fn heads(&mut self) {
        if let Some((file, head)) = self.framework.head {
            self.file = file;
            self.plain_attributes(&head.attrs, "the framework", at(file, head.name.span));
            if let Some((base, _)) = &head.extends {
                let (span, word) = (at(file, base.span), "extends".to_owned());
                self.reports.add(NotYet { span, word });
            }
            let text = |text: &Option<ast::Text>| {
                text.as_ref()
                    .map_or(String::new(), |text| text.value.clone())
            };
            self.info.name = head.name.text.clone();
            self.info.label = text(&head.label);
            if self.info.label.is_empty() {
                self.info.label = head.name.text.clone();
            }
            self.info.version = text(&head.version);
        }
        if let Some((file, panel)) = self.framework.panel {
            self.file = file;
            let period = panel.period.as_ref().and_then(|word| {
                let kind = match word.text.as_str() {
                    "day" => PeriodKind::Day,
                    "week" => PeriodKind::Week,
                    "month" => PeriodKind::Month,
                    "quarter" => PeriodKind::Quarter,
                    "year" => PeriodKind::Year,
                    _ => {
                        self.reports.add(UnknownWord {
                            what: "period".to_owned(),
                            word: word.text.clone(),
                            span: at(file, word.span),
                            known: vec!["day", "week", "month", "quarter", "year"],
                        });
                        return None;
                    }
                };
                Some(kind)
            });
            let column = |text: &Option<ast::Text>| text.as_ref().map(|text| text.value.clone());
            self.panel = PanelInfo {
                entity: panel.entity.text.clone(),
                entity_column: column(&panel.entity_column),
                period,
                period_name: panel
                    .period
                    .as_ref()
                    .map_or(String::new(), |word| word.text.clone()),
                period_column: column(&panel.period_column),
            };
        }
    }

    /// Checks one value; what it needs has been checked.
    pub fn value(&mut self, id: ValueId) {
        let Some(declared) = self.framework.values.get(id.0 as usize).copied() else {
            return;
        };
        self.file = declared.file;
        let own = declared.span();
        let name = declared.name.text.as_str();
        name.clone_into(&mut self.declaring);
        let (ty, body, cites) = match declared.what {
            ValueSource::Indicator { ty, attrs } => self.indicator(name, own, ty, attrs),
            ValueSource::Param(param) => self.param(param, own),
            ValueSource::Binding(binding) => self.binding(binding, own),
            ValueSource::Factor(factor) => self.factor(factor, own),
            ValueSource::Level(level) => self.level(level, own),
            ValueSource::Broken => (Type::Error, Body::Broken, Vec::new()),
        };
        // What stands in a circle keeps no kind.
        let ty = if self.types.contains_key(&id) {
            Type::Error
        } else {
            ty
        };
        self.types.insert(id, ty.clone());
        let label = declared
            .label
            .map_or(name, |label| label.value.as_str())
            .to_owned();
        let name = name.to_owned();
        self.values.insert(
            id,
            CheckedValue {
                name,
                label,
                span: own,
                ty,
                cites,
                body,
            },
        );
    }

    fn binding(&mut self, binding: &ast::Binding, own: Span) -> (Type, Body, Vec<String>) {
        let name = &binding.name.text;
        let what = match binding.kind {
            BindingKind::Let => "a step",
            BindingKind::Score => "a score",
            BindingKind::Signal => "a signal",
        };
        let wanted = binding.ty.as_ref().map(|ty| {
            let found = self.type_of(ty, &[], what);
            (found, self.type_span(ty))
        });
        let declared = binding
            .ty
            .as_ref()
            .zip(wanted.as_ref())
            .and_then(|(ty, (found, _))| self.declared_range(ty, found));
        let attributes = self.published_attributes(&binding.attrs, what, own);
        let want = wanted.as_ref().map(|(ty, _)| ty.clone());
        let want = want.or((binding.kind == BindingKind::Signal).then_some(Type::Truth));
        let value = self.expr(&binding.value, want.as_ref());
        let value = match binding.kind {
            BindingKind::Let => value,
            BindingKind::Signal => self.as_one_truth(value, "a signal"),
            BindingKind::Score if value.ty == Type::Count => value,
            BindingKind::Score => self.as_one_number(value, "a score"),
        };
        let (ty, value) = match wanted {
            Some((wanted, place)) => {
                let counted = value.ty == Type::Count && matches!(wanted, Type::Number(_));
                let value = if counted {
                    self.as_number(value, "")
                } else {
                    value
                };
                self.keeps(value, wanted, place, name)
            }
            None => (value.ty.clone(), value),
        };
        (
            ty,
            Body::Expression {
                kind: binding.kind,
                value,
                declared,
            },
            attributes.cites,
        )
    }
}
