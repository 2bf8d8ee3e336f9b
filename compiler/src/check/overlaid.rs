//! What extending frameworks changed, held against what they extend.
//!
//! A change may not alter a declaration's kind or unit, since everything that reads it was written for
//! the old one; and what was dropped may not be needed any more.

use super::context::Checker;
use crate::diagnostics::overlays::{DroppedButNeeded, UnitChanged};
use crate::framework::ValueSource;
use crate::overlay::Verb;
use crate::plan::{ChangeNote, Grounds};
use crate::source::Span;
use crate::typed::ValueId;
use crate::types::Type;
use forewarn_grammar::ast;

impl Checker<'_, '_> {
    /// The kind, if it is still what it was before the declaration was changed; else told.
    pub fn as_before(&mut self, id: ValueId, name: &str, ty: Type) -> Type {
        let framework = self.framework;
        let history = framework.histories.get(&id).into_iter().flatten();
        let mut changes = history.filter_map(|index| framework.changes.get(*index));
        let last = changes.rfind(|change| change.verb == Verb::Replace || change.what == "param");
        let was = self.below.and_then(|below| below.kinds.get(name));
        let (Some(change), Some((was, declared)), false) = (last, was, ty.is_error()) else {
            return ty;
        };
        let is = self.show(&ty);
        if is == *was {
            return ty;
        }
        self.reports.add(UnitChanged {
            name: name.to_owned(),
            was: was.clone(),
            is,
            span: change.to.unwrap_or(change.span),
            declared: *declared,
        });
        Type::Error
    }

    /// Where a value comes from, and why it is as it is.
    pub fn grounds(&self, id: ValueId, what: ValueSource<'_>) -> Grounds {
        let framework = self.framework;
        let source = match what {
            ValueSource::Indicator { attrs, .. } => {
                let own = attrs.iter().find_map(ast::Attr::source);
                let amended = framework.amended.get(&id).and_then(|one| one.source);
                amended.map(|(_, source)| source).or(own)
            }
            ValueSource::Param(_)
            | ValueSource::Binding(_)
            | ValueSource::Factor(_)
            | ValueSource::Level(_)
            | ValueSource::Table(_)
            | ValueSource::Alert(_)
            | ValueSource::Broken => None,
        };
        let label = source.map(|source| {
            let declared = framework.sources.iter();
            let mut declared = declared.filter(|known| known.name.text == source.text);
            declared
                .next()
                .and_then(|known| known.label)
                .map_or(source.text.clone(), |label| label.value.clone())
        });
        let history = framework.histories.get(&id).into_iter().flatten();
        let changes = history.filter_map(|index| framework.changes.get(*index));
        let because = framework.reasons.get(&id).map(|text| text.value.clone());
        Grounds {
            source: label,
            // The reason of what was added or put in another's place is told with that change.
            because: because.filter(|_| !framework.histories.contains_key(&id)),
            changes: changes
                .map(|change| ChangeNote {
                    by: framework
                        .layers
                        .get(change.package)
                        .cloned()
                        .unwrap_or_default(),
                    what: format!("{} {}", change.verb.word(), change.what),
                    target: change.target.clone(),
                    because: change.because.clone(),
                })
                .collect(),
        }
    }

    /// Was it dropped? Then that it is needed is kept, to be told with all who need it.
    pub fn is_dropped(&mut self, name: &str, span: Span, as_member: bool) -> bool {
        if !self.framework.dropped.contains_key(name) {
            return false;
        }
        let declaring = self.declaring.clone();
        let need = if let Some(test) = &self.testing {
            (
                format!("the test \"{test}\""),
                span,
                format!("`drop test \"{test}\" because \"…\"`"),
            )
        } else {
            let id = self.framework.value_names.get(declaring.as_str());
            let value = id.and_then(|id| self.framework.values.get(id.0 as usize));
            let kind = value.map_or("declaration", |value| value.what.kind());
            if let Some((factor, called)) = id.and_then(|id| self.written_in(*id)) {
                // It stands in its factor alone, and has no name of its own.
                let need = (
                    format!("the member `{declaring}` of `{factor}`"),
                    span,
                    format!(
                        "`drop member {factor}.{called} because \"…\"` or `replace factor {factor} …`"
                    ),
                );
                self.needed.entry(name.to_owned()).or_default().push(need);
                return true;
            }
            let way = if as_member {
                format!("`drop member {declaring}.{name} because \"…\"`")
            } else {
                let word = if kind == "step" { "let" } else { kind };
                format!("`replace {word} {declaring} …` or `drop {word} {declaring} because \"…\"`")
            };
            (format!("the {kind} `{declaring}`"), span, way)
        };
        self.needed.entry(name.to_owned()).or_default().push(need);
        true
    }

    /// The factor in which a member is written, and what changes call it; nothing for what is declared.
    fn written_in(&self, id: ValueId) -> Option<(String, String)> {
        let framework = self.framework;
        let name = &framework.values.get(id.0 as usize)?.name.text;
        for (index, value) in framework.values.iter().enumerate() {
            let ValueSource::Factor(factor) = value.what else {
                continue;
            };
            let members = framework.members_of(ValueId(crate::arena::next(index)), factor);
            let mut own = members.iter().map(|one| one.member);
            let own = own.find(|member| member.own.is_some() && member.name.text == *name);
            if let Some(own) = own {
                return Some((value.name.text.clone(), own.called()));
            }
        }
        None
    }

    /// Tells what was dropped and is needed, each once, at both ends.
    pub fn tell_needed(&mut self) {
        for (name, needs) in std::mem::take(&mut self.needed) {
            let Some(dropped) = self.framework.dropped.get(name.as_str()) else {
                continue;
            };
            self.reports.add(DroppedButNeeded {
                what: dropped.what.clone(),
                name,
                declared: dropped.declared,
                dropped: dropped.dropped,
                needs,
            });
        }
    }
}
