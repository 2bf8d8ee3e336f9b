//! What the Plan publishes: declarations with their parts, and the result's columns.

use forewarn_grammar::ast::BindingKind;

use super::Lowerer;
use super::audience::declared_standings;
use super::value::Lowered;
use crate::checked::{Body, CheckedValue, DatedValue, Named, ParamBody};
use crate::interval::Interval;
use crate::plan::period::kind_name;
use crate::plan::{
    Confidentiality, Declaration, DeclarationKind, InputInfo, InputKind, NodeId, OnViolation,
    Output, OutputKind, ParamInfo, Plan, Value,
};
use crate::settings::GIVEN;
use crate::typed::ValueId;
use crate::types::Type;
use crate::units::Unit;
use std::collections::BTreeMap;

/// Is it a level or a table that results do not show?
fn is_step(body: &Body) -> bool {
    match body {
        Body::Level(level) => level.is_step,
        Body::Table(table) => table.is_step,
        Body::Indicator(_)
        | Body::Param(_)
        | Body::Expression { .. }
        | Body::Factor(_)
        | Body::Alert(_)
        | Body::Broken => false,
    }
}

impl Lowerer<'_> {
    pub fn finish(mut self) -> Plan {
        let mut declarations = Vec::new();
        let mut outputs = Vec::new();
        for (index, value) in self.framework.values.iter().enumerate() {
            let id = ValueId(crate::arena::next(index));
            let kind = match &value.body {
                Body::Indicator(_) => DeclarationKind::Indicator,
                Body::Expression {
                    kind: BindingKind::Let,
                    ..
                } => DeclarationKind::Let,
                Body::Expression {
                    kind: BindingKind::Score,
                    ..
                } => DeclarationKind::Score,
                Body::Expression {
                    kind: BindingKind::Signal,
                    ..
                } => DeclarationKind::Signal,
                Body::Factor(_) => DeclarationKind::Factor,
                Body::Level(_) => DeclarationKind::Level,
                Body::Table(_) => DeclarationKind::Table,
                Body::Alert(body) if body.notice => DeclarationKind::Notice,
                Body::Alert(_) => DeclarationKind::Alert,
                Body::Param(_) | Body::Broken => continue,
            };
            let Some(lowered) = self.values.get(&id).cloned() else {
                continue;
            };
            let is_shown = self.framework.shown.contains(&id);
            match kind {
                _ if is_shown => self.columns(value, &lowered, &mut outputs),
                DeclarationKind::Indicator | DeclarationKind::Let => {}
                DeclarationKind::Level | DeclarationKind::Table if is_step(&value.body) => {}
                DeclarationKind::Alert | DeclarationKind::Notice => {
                    self.alert_columns(value, &lowered, &mut outputs)
                }
                DeclarationKind::Score
                | DeclarationKind::Signal
                | DeclarationKind::Factor
                | DeclarationKind::Level
                | DeclarationKind::Table => self.columns(value, &lowered, &mut outputs),
            }
            if let Body::Indicator(body) = &value.body
                && is_shown
                && let Some(most) = body.carry_forward.or(body.expires)
            {
                self.age_column(value, most, &mut outputs);
            }
            if let Body::Factor(body) = &value.body {
                self.bound_columns(id, value, body, &mut outputs);
            }
            if let Some(factor) = self.factors.get(&id) {
                outputs.push(Output {
                    column: format!("{}.coverage", value.name),
                    declaration: value.name.clone(),
                    label: value.label.clone(),
                    unit: String::new(),
                    kind: OutputKind::Number,
                    node: factor.coverage,
                });
            }
            let Some(published) = self.published(value, &lowered) else {
                continue;
            };
            let declaration = Declaration {
                name: value.name.clone(),
                label: value.label.clone(),
                kind,
                value: published,
                span: value.span,
                cites: value.cites.clone(),
                grounds: value.grounds.clone(),
                code: value.code.clone(),
                provenance: value.provenance,
                outline: self.told.remove(&id),
                seen: value.seen.clone(),
                factor: self.factors.remove(&id),
                clauses: self.clauses.remove(&id).unwrap_or_default(),
                bands: self.bands.remove(&id),
                table: self.tables.remove(&id),
                applies: self.applies.get(&id).map(|one| (one.node, one.outline)),
                verified: None,
            };
            let verified = self.declared_verified(id, value, &declaration);
            declarations.push(declaration);
            declarations.extend(verified);
        }
        let params = self.params();
        let percentages = self.percentages();
        let mut builder = std::mem::take(&mut self.builder);
        let recalls = builder.take_recalls();
        let (nodes, mut faults, peers) = builder.finish();
        for fault in &mut faults {
            fault.text = self.words(fault.span);
        }
        let hindsight = self.framework.hindsight.iter();
        let hindsight = hindsight.filter_map(|id| Some(self.framework.value(*id)?.name.clone()));
        Plan {
            framework: self.framework.info.clone(),
            panel: self.framework.panel.clone(),
            inputs: self.inputs,
            percentages,
            // Whoever knows all languages puts them there.
            labels: BTreeMap::new(),
            nodes,
            faults,
            peers,
            alerts: self.alerts,
            recalls,
            declarations,
            params,
            outputs,
            confidentiality: Confidentiality {
                declared: declared_standings(self.framework),
                ..Confidentiality::default()
            },
            outlines: self.outlines.made,
            hindsight: hindsight.collect(),
            groups: self.framework.groups.clone(),
        }
    }

    fn params(&mut self) -> Vec<ParamInfo> {
        let framework = self.framework;
        let values = (0u32..).map(ValueId).zip(&framework.values);
        let params = values.filter_map(|(id, value)| match &value.body {
            Body::Param(param) => Some((id, value, param)),
            Body::Indicator(_)
            | Body::Expression { .. }
            | Body::Factor(_)
            | Body::Level(_)
            | Body::Table(_)
            | Body::Alert(_)
            | Body::Broken => None,
        });
        params
            .map(|(id, value, param)| ParamInfo {
                review: param.review.clone(),
                name: value.name.clone(),
                label: value.label.clone(),
                cites: value.cites.clone(),
                grounds: value.grounds.clone(),
                values: self.dated.remove(&value.name).unwrap_or_default(),
                value: self.value_of_param(id, value, param),
                given: param.values.iter().any(|one| {
                    let file = self.sources.get(one.value.span.file);
                    file.is_some_and(|file| file.name.starts_with(GIVEN))
                }),
                span: value.span,
            })
            .collect()
    }

    /// `3 deaths / (100_000 people)`
    fn value_of_param(
        &self,
        id: ValueId,
        value: &CheckedValue,
        param: &ParamBody,
    ) -> Option<String> {
        let dated = |one: &DatedValue| one.from.is_some() || one.until.is_some();
        if param.values.iter().any(dated) {
            return None;
        }
        let Some(Lowered::Number(node)) = self.values.get(&id) else {
            return None;
        };
        let unit = self.unit_of(&value.ty);
        let number = crate::numbers::show(self.builder.constant(*node)?);
        Some(if unit.is_empty() {
            number
        } else {
            format!("{number} {unit}")
        })
    }

    /// The inputs that are indicators counted in percent.
    fn percentages(&self) -> Vec<usize> {
        let percent = Type::Number(Unit::percent());
        let inputs = self.inputs.iter().enumerate();
        let counted = inputs.filter(|(_, input)| {
            let mut values = self.framework.values.iter();
            values.any(|value| {
                matches!(value.body, Body::Indicator(_))
                    && value.ty == percent
                    && value.name == input.name
            })
        });
        counted.map(|(index, _)| index).collect()
    }

    fn columns(&mut self, value: &CheckedValue, lowered: &Lowered, outputs: &mut Vec<Output>) {
        let mut push = |suffix: &str, kind: OutputKind, node: NodeId, unit: String| {
            outputs.push(Output {
                column: format!("{}{suffix}", value.name),
                declaration: value.name.clone(),
                label: value.label.clone(),
                unit,
                kind,
                node,
            });
        };
        match lowered {
            Lowered::Truth(node) => push("", OutputKind::Truth, *node, String::new()),
            Lowered::Number(node) => {
                push("", OutputKind::Number, *node, self.unit_of(&value.ty));
            }
            Lowered::Level(bounds) => {
                let (names, labels) = self.named(&value.ty);
                let kind = || OutputKind::Level {
                    names: names.clone(),
                    labels: labels.clone(),
                };
                push("", kind(), bounds.exact, String::new());
                push(".at_least", kind(), bounds.at_least, String::new());
                push(".at_most", kind(), bounds.at_most, String::new());
            }
            Lowered::Count(bounds) => {
                push("", OutputKind::Number, bounds.exact, String::new());
                push(
                    ".at_least",
                    OutputKind::Number,
                    bounds.at_least,
                    String::new(),
                );
                push(
                    ".at_most",
                    OutputKind::Number,
                    bounds.at_most,
                    String::new(),
                );
            }
            Lowered::Between(bounds) => {
                let unit = self.unit_of(&value.ty);
                push("", OutputKind::Number, bounds.exact, unit.clone());
                // A factor publishes what it can be, whatever its value is compared as.
                if !matches!(value.body, Body::Factor(_)) {
                    push(
                        ".at_least",
                        OutputKind::Number,
                        bounds.at_least,
                        unit.clone(),
                    );
                    push(".at_most", OutputKind::Number, bounds.at_most, unit);
                }
            }
            Lowered::Category(node) => {
                let (names, labels) = self.named(&value.ty);
                push(
                    "",
                    OutputKind::Category { names, labels },
                    *node,
                    String::new(),
                );
            }
            Lowered::List { .. } => {}
        }
    }

    /// How old the values of an indicator are that stand for a while.
    fn age_column(&mut self, value: &CheckedValue, most: u32, outputs: &mut Vec<Output>) {
        let is_own = |input: &InputInfo| input.name == value.name && input.kind.is_indicator();
        let (Some(of), Some(period)) = (
            self.inputs.iter().position(is_own),
            self.framework.panel.period,
        ) else {
            return;
        };
        let name = format!("{}.age", value.name);
        let unit = format!("{}s", kind_name(period));
        let index = crate::arena::next(self.inputs.len());
        self.inputs.push(InputInfo {
            name: name.clone(),
            label: value.label.clone(),
            column: None,
            kind: InputKind::Age {
                of: crate::arena::next(of),
            },
            unit: unit.clone(),
            low: 0.0,
            high: f64::from(most),
            high_excluded: false,
            on_violation: OnViolation::Missing,
            optional: true,
            missing_means: None,
            carry_forward: None,
            expires: None,
            inapplicable: Vec::new(),
            changeable: None,
            span: value.span,
        });
        let node = self
            .builder
            .input(index, Interval::new(0.0, f64::from(most)));
        outputs.push(Output {
            column: name,
            declaration: value.name.clone(),
            label: value.label.clone(),
            unit,
            kind: OutputKind::Number,
            node,
        });
    }

    pub(super) fn unit_of(&self, ty: &Type) -> String {
        match ty {
            Type::Number(unit) => self.framework.units.caption(unit),
            Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::List(_)
            | Type::Error => String::new(),
        }
    }

    pub fn named(&self, ty: &Type) -> (Vec<String>, Vec<String>) {
        let named: &[Named] = match ty {
            Type::Level(id) => self.framework.scale(*id).map_or(&[], |scale| &scale.levels),
            Type::Category(id) => self.framework.category(*id).map_or(&[], |one| &one.names),
            Type::Number(_) | Type::Truth | Type::Count | Type::List(_) | Type::Error => &[],
        };
        named
            .iter()
            .map(|one| (one.name.clone(), one.label.clone()))
            .unzip()
    }

    pub(super) fn published(&self, value: &CheckedValue, lowered: &Lowered) -> Option<Value> {
        self.value_of(&value.ty, lowered)
    }

    /// The nodes of a value with what people read.
    pub fn value_of(&self, ty: &Type, lowered: &Lowered) -> Option<Value> {
        Some(match lowered {
            Lowered::Number(node) => Value::Number {
                node: *node,
                unit: self.unit_of(ty),
            },
            Lowered::Truth(node) => Value::Truth { node: *node },
            Lowered::Category(node) => Value::Category {
                names: self.named(ty).0,
                node: *node,
            },
            Lowered::Level(bounds) => Value::Level {
                scale: match ty {
                    Type::Level(id) => self
                        .framework
                        .scale(*id)
                        .map_or(String::new(), |one| one.name.clone()),
                    Type::Number(_)
                    | Type::Truth
                    | Type::Category(_)
                    | Type::Count
                    | Type::List(_)
                    | Type::Error => String::new(),
                },
                names: self.named(ty).0,
                exact: bounds.exact,
                at_least: bounds.at_least,
                at_most: bounds.at_most,
            },
            Lowered::Count(bounds) => Value::Count {
                exact: bounds.exact,
                at_least: bounds.at_least,
                at_most: bounds.at_most,
            },
            Lowered::Between(bounds) => Value::Between {
                exact: bounds.exact,
                at_least: bounds.at_least,
                at_most: bounds.at_most,
                unit: self.unit_of(ty),
            },
            Lowered::List { .. } => return None,
        })
    }
}
