//! Each declared value in turn, and the heads of the ruleset.

use forewarn_grammar::ast::{self, BindingKind};

use super::context::{Checker, Numbered};
use super::expressions::SIGNAL;
use crate::checked::{Body, CheckedValue};
use crate::diagnostics::names::UnknownWord;
use crate::diagnostics::panel_keys::{
    NoFirstDay, NoSecondColumn, NoWayOfWriting, NobodyLeftOut, OneKeyTwice,
};
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::WantedNumber;
use crate::framework::{ValueSource, at};
use crate::period::{self, Weekday, Written};
use crate::plan::{Excepted, KeyInfo, PanelInfo, PeriodKind};
use crate::source::Span;
use crate::typed::{Typed, ValueId};
use crate::types::Type;

impl Checker<'_, '_> {
    /// The framework's and the panel's heads; before all values, since periods depend on them.
    pub fn heads(&mut self) {
        if let Some((file, head)) = self.framework.head {
            self.file = file;
            self.plain_attributes(&head.attrs, "the framework", at(file, head.name.span));
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
            let declared = panel.period.as_ref();
            let period = declared.map(|period| &period.kind).and_then(|word| {
                let kind = match word.text.as_str() {
                    "day" => PeriodKind::Day,
                    "week" => PeriodKind::Week(Weekday::Monday),
                    "month" => PeriodKind::Month,
                    "quarter" => PeriodKind::Quarter,
                    "year" => PeriodKind::Year,
                    other => {
                        let known = vec!["day", "week", "month", "quarter", "year"];
                        // What was likely meant holds for what looks along time.
                        let meant = known_period(other, &known);
                        self.panel_broken |= meant.is_none();
                        self.reports.add(UnknownWord {
                            what: "period".to_owned(),
                            word: word.text.clone(),
                            span: at(file, word.span),
                            known,
                        });
                        return meant;
                    }
                };
                Some(kind)
            });
            let period = declared
                .zip(period)
                .map(|(declared, kind)| self.with_weekday(declared, kind));
            let column = |text: &Option<ast::Text>| text.as_ref().map(|text| text.value.clone());
            self.panel = PanelInfo {
                keys: self.entity_keys(panel),
                period,
                period_name: declared.map_or(String::new(), |period| period.kind.text.clone()),
                period_column: declared.and_then(|period| column(&period.column)),
                period_within: declared.and_then(|period| column(&period.within)),
                written: declared
                    .zip(period)
                    .and_then(|(declared, kind)| self.written(declared, kind)),
                except: self.except(panel),
            };
        }
    }

    /// Who is left out of the panel; names without letters and names that stand twice are told.
    fn except(&mut self, panel: &ast::Panel) -> Vec<Excepted> {
        let mut all: Vec<Excepted> = Vec::new();
        for text in &panel.except {
            let span = self.at(text.span);
            let name = text.value.trim().to_owned();
            let before = all.iter().find(|one| one.name == name);
            let series = panel.keys.is_empty();
            if name.is_empty() || before.is_some() || series {
                self.reports.add(NobodyLeftOut {
                    span,
                    name,
                    before: before.map(|one| one.span),
                    series,
                });
                if series {
                    break;
                }
                continue;
            }
            all.push(Excepted { name, span });
        }
        all
    }

    /// The keys of what rows are about; one that is an earlier one again is told.
    fn entity_keys(&mut self, panel: &ast::Panel) -> Vec<KeyInfo> {
        let column = |key: &ast::PanelKey| {
            let declared = key.column.as_ref();
            declared.map_or(&key.name.text, |text| &text.value).clone()
        };
        let mut keys = Vec::new();
        for (at, key) in panel.keys.iter().enumerate() {
            let earlier = panel.keys.iter().take(at).enumerate();
            let same = |(_, one): &(usize, &ast::PanelKey)| {
                one.name.text == key.name.text || column(one) == column(key)
            };
            let same = earlier.into_iter().find(same);
            if let Some((place, one)) = same {
                self.reports.add(OneKeyTwice {
                    first: self.at(one.name.span),
                    second: self.at(key.name.span),
                    name: key.name.text.clone(),
                    place,
                });
                // Under its own name it is spoken of elsewhere, and that is no further slip.
                if one.name.text == key.name.text {
                    continue;
                }
            }
            keys.push(KeyInfo {
                name: key.name.text.clone(),
                column: key.column.as_ref().map(|text| text.value.clone()),
            });
        }
        keys
    }

    /// Weeks that begin on another day than Monday; a word that is no weekday is told, and so is a first day of
    /// what is no week.
    fn with_weekday(&mut self, declared: &ast::PanelPeriod, kind: PeriodKind) -> PeriodKind {
        let Some(word) = &declared.from else {
            return kind;
        };
        let span = self.at(word.span);
        match kind {
            PeriodKind::Week(_) => {
                let known: Vec<&'static str> = Weekday::ALL.map(Weekday::word).to_vec();
                let found = |text: &str| Weekday::ALL.into_iter().find(|day| day.word() == text);
                let from = found(&word.text).or_else(|| {
                    let meant = suggest(&word.text.to_lowercase(), known.iter().copied());
                    let meant = meant.and_then(found);
                    self.reports.add(UnknownWord {
                        what: "weekday".to_owned(),
                        word: word.text.clone(),
                        span,
                        known,
                    });
                    meant
                });
                PeriodKind::Week(from.unwrap_or_default())
            }
            PeriodKind::Day | PeriodKind::Month | PeriodKind::Quarter | PeriodKind::Year => {
                self.reports.add(NoFirstDay {
                    span,
                    period: period::kind_name(kind).to_owned(),
                });
                kind
            }
        }
    }

    /// How periods are written in the data; a way that does not tell them is told, and so is a
    /// second column that they do not need.
    fn written(&mut self, declared: &ast::PanelPeriod, kind: PeriodKind) -> Option<Written> {
        let file = self.file;
        let span = |text: &ast::Text| at(file, text.span);
        let two = !matches!(kind, PeriodKind::Year | PeriodKind::Day);
        if let Some(within) = declared.within.as_ref()
            && (!two || declared.written.is_some())
        {
            self.reports.add(NoSecondColumn {
                span: span(within),
                period: period::kind_name(kind).to_owned(),
                written: declared.written.as_ref().map(span),
            });
            return None;
        }
        let text = declared.written.as_ref()?;
        let written = Written::new(&text.value).map(|written| written.in_weeks_of(kind));
        let why = match written {
            // A day stands for the period that begins on it.
            Ok(written) if written.kind() == kind || written.kind() == PeriodKind::Day => {
                return Some(written);
            }
            Ok(written) => format!("it tells a {}", period::kind_name(written.kind())),
            Err(slip) => slip.to_string(),
        };
        self.reports.add(NoWayOfWriting {
            span: span(text),
            text: text.value.clone(),
            period: period::kind_name(kind).to_owned(),
            why,
        });
        None
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
        self.numbered = Numbered::default();
        let kept = self.begin_item(&declared);
        let (ty, body, cites) = match declared.what {
            ValueSource::Indicator { ty, attrs } => self.indicator(id, name, own, ty, attrs),
            ValueSource::Param(param) => self.param(id, param, own),
            ValueSource::Binding(binding) => {
                self.recursive = Some(id);
                let checked = self.binding(binding, own);
                self.recursive = None;
                checked
            }
            ValueSource::Factor(factor) => self.factor(id, factor, own),
            ValueSource::Level(level) => self.level(level, own),
            ValueSource::Table(table) => self.table(table),
            ValueSource::Alert(alert) => self.alert(alert, own),
            ValueSource::Broken => (Type::Error, Body::Broken, Vec::new()),
        };
        self.tell_put_together(&body);
        self.end_item(declared.whole, kept);
        // What stands in a circle keeps no kind.
        let ty = if self.types.contains_key(&id) {
            Type::Error
        } else {
            ty
        };
        let ty = self.as_before(id, name, ty);
        self.types.insert(id, ty.clone());
        let label = declared
            .label
            .map_or(name, |label| label.value.as_str())
            .to_owned();
        let name = name.to_owned();
        let Numbered {
            code,
            provenance,
            seen,
        } = std::mem::take(&mut self.numbered);
        self.values.insert(
            id,
            CheckedValue {
                name,
                label,
                span: own,
                ty,
                cites,
                grounds: self.grounds(id, declared.what),
                code,
                provenance,
                seen,
                family: declared.item.map(|(family, _)| family.to_owned()),
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
        self.own_type = wanted.as_ref().map(|(ty, _)| ty.clone());
        let value = self.expr(&binding.value, want.as_ref());
        self.own_type = None;
        // A number may be what was meant, and a score: what rests on it shows.
        let is_number = matches!(value.ty, Type::Number(_) | Type::Count);
        let value = match binding.kind {
            BindingKind::Let => value,
            BindingKind::Signal => self.as_one_truth(value, SIGNAL),
            BindingKind::Score if value.ty == Type::Count => value,
            BindingKind::Score if value.ty == Type::Truth => self.meant_a_signal(binding, &value),
            BindingKind::Score => self.as_one_number(value, "a score"),
        };
        // A formula that is wrong has been told. What it was to be stands all the same, so that what rests on
        // it can be judged.
        let stands = value.ty.is_error().then(|| match &wanted {
            Some((wanted, _)) => wanted.clone(),
            None if binding.kind == BindingKind::Signal && !is_number => Type::Truth,
            None => Type::Error,
        });
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
            stands.unwrap_or(ty),
            Body::Expression {
                kind: binding.kind,
                value,
                declared,
            },
            attributes.cites,
        )
    }
}

impl Checker<'_, '_> {
    /// A score that is a yes or no.
    fn meant_a_signal(&mut self, binding: &ast::Binding, value: &Typed) -> Typed {
        let name = self.at(binding.name.span);
        let label = binding.label.as_ref().map(|label| self.at(label.span));
        let named = label.unwrap_or(name);
        let before = self.sources.get(name.file).and_then(|source| {
            let before = source.text.get(..name.start as usize)?.trim_end();
            let start = u32::try_from(before.strip_suffix("score")?.len()).ok()?;
            Some(Span {
                start,
                end: start + 5,
                ..name
            })
        });
        let is_shown = binding.ty.is_some() || self.words(value.span).is_empty();
        let signal = before.filter(|_| is_shown).map(|word| {
            let gap = Span {
                start: named.end,
                end: value.span.start,
                ..name
            };
            let own = self.sources.slice(name.to(named)).to_owned();
            (
                format!("signal {own} = …"),
                vec![(word, "signal".to_owned()), (gap, " = ".to_owned())],
            )
        });
        self.reports.add(WantedNumber {
            words: self.words(value.span),
            span: value.span,
            found: self.shown_as(&value.ty),
            context: "a score".to_owned(),
            signal,
            counted: None,
        });
        self.poison(value.span)
    }
}

/// The period that a word was likely meant to name: `months`, `monthly`, `annual`.
fn known_period(word: &str, known: &[&str]) -> Option<PeriodKind> {
    let word = word.to_lowercase();
    let meant = match word.as_str() {
        "daily" | "days" => "day",
        "weekly" | "weeks" => "week",
        "monthly" | "months" => "month",
        "quarterly" | "quarters" => "quarter",
        "yearly" | "years" | "annual" | "annually" => "year",
        other => suggest(other, known.iter().copied())?,
    };
    Some(match meant {
        "day" => PeriodKind::Day,
        "week" => PeriodKind::Week(Weekday::Monday),
        "month" => PeriodKind::Month,
        "quarter" => PeriodKind::Quarter,
        _ => PeriodKind::Year,
    })
}
