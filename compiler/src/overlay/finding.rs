//! What a change is of, and what is told where there is no such thing.

use super::apply::{Applier, Making};
use super::target::{Space, word};
use crate::diagnostics::overlays::UnknownTarget;
use crate::diagnostics::suggest::suggest;
use crate::framework::at;
use crate::source::Span;
use forewarn_grammar::ast::ItemKind;

impl<'p> Applier<'_, 'p> {
    /// The place of what is changed, or told that there is none.
    pub fn find(
        &mut self,
        making: Making<'p>,
        space: Space,
        what: &str,
        name: &str,
        span: Span,
    ) -> Option<usize> {
        let found = self
            .names
            .iter()
            .find(|((its, known), _)| *its == space && *known == name);
        let index = found.map(|(_, index)| *index);
        let is_below = index
            .and_then(|index| self.standing.get(index)?.as_ref())
            .is_some_and(|one| !one.module.standard && one.module.package != making.module.package);
        // What this framework itself adds or has just replaced is not there to be changed.
        if is_below || index.is_some_and(|index| self.was_changed(index)) {
            return index;
        }
        let known = self.names.iter().filter(|((its, _), index)| {
            *its == space
                && self
                    .standing
                    .get(**index)
                    .and_then(Option::as_ref)
                    .is_some_and(|one| !one.module.standard)
        });
        let suggestion = suggest(name, known.map(|((_, name), _)| *name));
        let suggestion = suggestion.filter(|near| *near != name).map(str::to_owned);
        let before = self.before(space, name);
        let part = self.name_within(span, space, name);
        let cause = UnknownTarget {
            what: what.to_owned(),
            name: name.to_owned(),
            span,
            suggestion,
            part,
            known: self.listed(space, what, name),
            before,
            whole: self.whole_lines(making.span),
        };
        self.reports.add(cause);
        None
    }

    /// Where a change names its target: the name alone, of a declaration or a path that holds it.
    pub(super) fn name_within(&self, span: Span, space: Space, name: &str) -> Span {
        let text = self.package.sources.slice(span);
        let name = match space {
            Space::Test | Space::Property => format!("\"{name}\""),
            Space::Value
            | Space::Function
            | Space::Type
            | Space::Source
            | Space::Panel
            | Space::Declassify
            | Space::Show => name.to_owned(),
        };
        let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
        let alone = |at: &usize| {
            let before = text.get(..*at).and_then(|text| text.chars().next_back());
            let behind = text.get(at + name.len()..);
            let behind = behind.and_then(|text| text.chars().next());
            !before.is_some_and(is_part) && !behind.is_some_and(is_part)
        };
        let found = text.match_indices(&name).map(|(at, _)| at).find(alone);
        let length = u32::try_from(name.len()).ok();
        match found.and_then(|at| u32::try_from(at).ok()).zip(length) {
            Some((at, length)) => Span {
                start: span.start + at,
                end: span.start + at + length,
                ..span
            },
            None => span,
        }
    }

    /// What of this kind is extended, as much of it as is read at a glance, those first that look like it.
    pub(super) fn listed(&self, space: Space, what: &str, name: &str) -> Vec<String> {
        const GLANCE: usize = 8;
        let any = what == "declaration";
        let mut known: Vec<&str> = self
            .names
            .iter()
            .filter(|((its, _), index)| {
                *its == space
                    && self
                        .standing
                        .get(**index)
                        .and_then(Option::as_ref)
                        .is_some_and(|one| !one.module.standard && (any || word(one.kind) == what))
            })
            .map(|((_, name), _)| *name)
            .collect();
        if any || known.len() > GLANCE {
            let parts: Vec<&str> = name.split('_').filter(|part| part.len() > 2).collect();
            known.retain(|own| own.split('_').any(|part| parts.contains(&part)));
        }
        known.truncate(GLANCE);
        known.into_iter().map(str::to_owned).collect()
    }

    /// The one of several that is worked out from what has this name.
    pub(super) fn resting_on(&self, name: &str, known: &[String]) -> Option<String> {
        let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
        let mut found = known.iter().filter(|own| {
            let place = self.names.get(&(Space::Value, own.as_str()));
            let one = place.and_then(|index| self.standing.get(*index)?.as_ref());
            one.is_some_and(|one| {
                let ItemKind::Binding(binding) = one.kind else {
                    return false;
                };
                let place = at(one.module.id, binding.value.span);
                let words = self.package.sources.slice(place);
                words.split(|sign| !is_part(sign)).any(|word| word == name)
            })
        });
        let near = found.next()?.clone();
        found.next().is_none().then_some(near)
    }

    /// The factors of what is extended that have a member of this name.
    pub fn factors_with(&self, member: &str) -> Vec<String> {
        let factors: Vec<(usize, String)> = self
            .standing
            .iter()
            .enumerate()
            .filter_map(|(index, one)| {
                let ItemKind::Factor(factor) = one.as_ref()?.kind else {
                    return None;
                };
                Some((index, factor.name.text.clone()))
            })
            .collect();
        factors
            .into_iter()
            .filter(|(index, _)| {
                let members = self.members(*index);
                members.iter().any(|one| one.member.is_called(member))
            })
            .map(|(_, name)| name)
            .collect()
    }

    /// The scales that have a level of this name.
    pub fn scales_with(&self, level: &str) -> Vec<String> {
        let standing = self.standing.iter().flatten();
        standing
            .filter_map(|one| {
                let ItemKind::Scale { name, levels, .. } = one.kind else {
                    return None;
                };
                let mut levels = levels.iter();
                let has = levels.any(|known| known.name.text == level);
                has.then(|| name.text.clone())
            })
            .collect()
    }

    /// Tells that a scale has no level of that name.
    pub fn no_level(
        &mut self,
        making: Making<'p>,
        scale: &str,
        level: &str,
        span: Span,
        suggestion: Option<String>,
        known: Vec<String>,
    ) {
        let alone = suggestion.as_ref().is_some_and(|near| near.contains('.'));
        self.reports.add(UnknownTarget {
            what: if alone {
                "declaration".to_owned()
            } else {
                format!("level of `{scale}`")
            },
            name: level.to_owned(),
            span,
            suggestion,
            part: last_word(span, level),
            known,
            before: self.before(Space::Type, &format!("{scale}.{level}")),
            whole: self.whole_lines(making.span),
        });
    }

    /// What the version before had there, where the ruleset moves to another.
    pub(super) fn before(&self, space: Space, name: &str) -> Option<(String, Span)> {
        let before = &self.package.before;
        let place = before.place(space, name)?;
        Some((before.title.clone(), place))
    }

    /// A span with the rest of its lines, where nothing else stands on them.
    pub(super) fn whole_lines(&self, span: Span) -> Span {
        let Some(source) = self.package.sources.get(span.file) else {
            return span;
        };
        let around = (
            source.text.get(..span.start as usize),
            source.text.get(span.end as usize..),
        );
        let (Some(before), Some(after)) = around else {
            return span;
        };
        let blank = |text: &str| text.chars().all(|sign| sign == ' ' || sign == '\t');
        let indent = before.rsplit('\n').next().unwrap_or_default();
        let rest = after.split_inclusive('\n').next().unwrap_or_default();
        if !blank(indent) || !rest.trim().is_empty() {
            return span;
        }
        let bytes = |text: &str| u32::try_from(text.len()).unwrap_or(0);
        Span {
            start: span.start - bytes(indent),
            end: span.end + bytes(rest),
            ..span
        }
    }
}

/// The last word of a target such as `armed_conflict.at_war`.
pub(super) fn last_word(target: Span, word: &str) -> Span {
    let length = u32::try_from(word.len()).unwrap_or(0);
    Span {
        start: target.end.saturating_sub(length).max(target.start),
        ..target
    }
}
