//! `override`: another value, weight, decisive level, label, source, column or classification, and nothing else.

use forewarn_grammar::ast::{ExprKind, ItemKind, Name, Override, OverrideTo, ParamValue};

use super::Verb;
use super::apply::{Applier, Making};
use super::target::{Space, word};
use crate::allowed::attributes;
use crate::confidential::Classification;
use crate::diagnostics::names::UnknownWord;
use crate::diagnostics::overlays::{LowersClassification, NotOverridable, OtherKind, WantedOne};
use crate::diagnostics::suggest::suggest;
use crate::framework::at;
use crate::source::Span;

/// What `override` can be about.
pub(super) const OVERRIDABLE: [&str; 7] = [
    "param",
    "weight",
    "decisive",
    "label",
    "source",
    "column",
    "classification",
];

impl<'p> Applier<'_, 'p> {
    pub fn override_part(&mut self, making: Making<'p>, change: &'p Override) {
        let file = making.module.id;
        let ends = change.target.first().zip(change.target.last());
        let span = ends.map_or(making.span, |(a, b)| at(file, a.span.to(b.span)));
        let path: Vec<&str> = change
            .target
            .iter()
            .map(|name| name.text.as_str())
            .collect();
        match (change.what.text.as_str(), path.as_slice(), &change.to) {
            ("param", [name], OverrideTo::Values(values)) => {
                self.override_param(making, change, name, values, span);
            }
            ("weight", [factor, member], OverrideTo::Values(values)) => {
                self.override_weight(making, (factor, member), values, span);
            }
            ("decisive", [factor, member], OverrideTo::Values(values)) => {
                self.override_decisive(making, (factor, member), values, span);
            }
            ("label", _, OverrideTo::Text(_)) => self.override_label(making, change, &path, span),
            ("column", [name], OverrideTo::Text(text)) => {
                let to = at(file, text.span);
                self.override_own(making, "column", name, span, to, |one| {
                    one.column = Some((file, text));
                });
            }
            ("source" | "classification", [name], OverrideTo::Values(values)) => {
                let what = change.what.text.as_str();
                let Some(word) = one_name(values) else {
                    let span = values.first().map_or(span, |value| at(file, value.span));
                    let what = change.what.text.clone();
                    self.reports.add(WantedOne { what, span });
                    return;
                };
                let to = at(file, word.span);
                if what == "classification" && Classification::of(&word.text).is_none() {
                    self.reports.add(UnknownWord {
                        what: what.to_owned(),
                        word: word.text.clone(),
                        span: to,
                        known: Classification::ALL.map(Classification::word).to_vec(),
                    });
                    return;
                }
                self.override_own(making, what, name, span, to, |one| match what {
                    "source" => one.source = Some((file, word)),
                    _ => one.classification = Some((file, word)),
                });
            }
            (what, _, _) => {
                let known = OVERRIDABLE.contains(&what);
                // `override threshold war = 3`, of a param.
                let is_param = matches!(
                    (path.as_slice(), &change.to),
                    ([name], OverrideTo::Values(_)) if self.is_param(name)
                );
                let instead = is_param.then(|| (at(file, change.what.span), "param".to_owned()));
                let member = match (what, path.as_slice()) {
                    ("weight" | "decisive", [name]) => Some((span, (*name).to_owned())),
                    _ => None,
                };
                let factors = member
                    .as_ref()
                    .map(|(_, name)| self.factors_with(name))
                    .unwrap_or_default();
                self.reports.add(NotOverridable {
                    what: what.to_owned(),
                    known,
                    span: making.span,
                    instead,
                    factors,
                    member,
                });
            }
        }
    }

    fn override_param(
        &mut self,
        making: Making<'p>,
        change: &'p Override,
        name: &str,
        values: &'p [ParamValue],
        span: Span,
    ) {
        let file = making.module.id;
        let Some(index) = self.find(making, Space::Value, "param", name, span) else {
            return;
        };
        let Some(one) = self.at_place(index) else {
            return;
        };
        let declared = one.span();
        let ItemKind::Param(param) = one.kind else {
            let found = word(one.kind);
            self.reports.add(OtherKind {
                name: name.to_owned(),
                found,
                wanted: "param".to_owned(),
                span,
                declared,
                word: None,
                dropped: false,
            });
            return;
        };
        let old = match one.amendments.values {
            Some((file, values, _)) => values_span(values).map(|span| at(file, span)),
            None => values_span(&param.values).map(|span| at(one.module.id, span)),
        };
        if !self.may_change(index, making, name) {
            return;
        }
        self.tell_second(making, index, Verb::Override, ("param", name));
        let to = values_span(values).map(|span| at(file, span));
        if change.attrs.is_empty() {
            self.tell_unchanged(making, ("param", name), old, to);
        }
        let record = self.record(making, Verb::Override, "param", name, name, old, to);
        if let Some(one) = self.at_place(index) {
            one.amendments.values = Some((file, values, &change.attrs));
            one.history.push(record);
        }
    }

    fn override_weight(
        &mut self,
        making: Making<'p>,
        (factor, member): (&str, &str),
        values: &'p [ParamValue],
        span: Span,
    ) {
        let file = making.module.id;
        let [value] = values else {
            let what = "weight".to_owned();
            self.reports.add(WantedOne { what, span });
            return;
        };
        if self.is_group(factor) {
            return self.weigh_in_group(making, (factor, member), &value.value, span);
        }
        let Some(index) = self.factor(making, factor, span) else {
            return;
        };
        let Some(found) = self.member_called(making, index, (factor, member), span) else {
            return;
        };
        let from = found.weight.map(|(file, weight)| at(file, weight.span));
        let name = found.member.name.text.as_str();
        let to = Some(at(file, value.value.span));
        let target = format!("{factor}.{member}");
        self.tell_second(making, index, Verb::Override, ("weight", &target));
        self.tell_unchanged(making, ("weight", &target), from, to);
        let record = self.record(making, Verb::Override, "weight", &target, factor, from, to);
        if let Some(one) = self.at_place(index) {
            one.amendments.weights.insert(name, (file, &value.value));
            one.history.push(record);
        }
    }

    /// What a factor is at least where a member of it is present.
    fn override_decisive(
        &mut self,
        making: Making<'p>,
        (factor, member): (&str, &str),
        values: &'p [ParamValue],
        span: Span,
    ) {
        const WHAT: &str = "decisive";
        let file = making.module.id;
        let [value] = values else {
            let what = WHAT.to_owned();
            self.reports.add(WantedOne { what, span });
            return;
        };
        let Some(index) = self.factor(making, factor, span) else {
            return;
        };
        let Some(found) = self.member_called(making, index, (factor, member), span) else {
            return;
        };
        let from = found.decisive.map(|(file, least)| at(file, least.span));
        let name = found.member.name.text.as_str();
        let to = Some(at(file, value.value.span));
        let target = format!("{factor}.{member}");
        self.tell_second(making, index, Verb::Override, (WHAT, &target));
        self.tell_unchanged(making, (WHAT, &target), from, to);
        let record = self.record(making, Verb::Override, WHAT, &target, factor, from, to);
        if let Some(one) = self.at_place(index) {
            one.amendments.decisive.insert(name, (file, &value.value));
            one.history.push(record);
        }
    }

    /// A part that a declaration has once.
    fn override_own(
        &mut self,
        making: Making<'p>,
        what: &str,
        name: &str,
        span: Span,
        to: Span,
        set: impl FnOnce(&mut super::Amendments<'p>),
    ) {
        let is_source = what == "classification" && self.has(Space::Source, name);
        let space = if is_source {
            Space::Source
        } else {
            Space::Value
        };
        let Some(index) = self.find(making, space, what_of(what), name, span) else {
            return;
        };
        let Some(one) = self.at_place(index) else {
            return;
        };
        let fits = what == "classification" || matches!(one.kind, ItemKind::Indicator { .. });
        if !fits {
            let (found, declared) = (word(one.kind), one.span());
            self.reports.add(OtherKind {
                name: name.to_owned(),
                found,
                wanted: "indicator".to_owned(),
                span,
                declared,
                word: None,
                dropped: false,
            });
            return;
        }
        if !self.may_change(index, making, name)
            || (what == "classification" && self.opens(index, name, to))
        {
            return;
        }
        self.tell_second(making, index, Verb::Override, (what, name));
        let record = self.record(making, Verb::Override, what, name, name, None, Some(to));
        if let Some(one) = self.at_place(index) {
            set(&mut one.amendments);
            one.history.push(record);
        }
    }

    /// Would it become less confidential? Told if so.
    fn opens(&mut self, index: usize, name: &str, to: Span) -> bool {
        let Some(one) = self.at_place(index) else {
            return false;
        };
        let own = attributes(one.kind)
            .iter()
            .find_map(|attr| Some((one.module.id, attr.classification()?)));
        let is_source = matches!(one.kind, ItemKind::Source { .. });
        let Some((file, was)) = one.amendments.classification.or(own) else {
            return false;
        };
        let (was, declared) = (was.text.clone(), at(file, was.span));
        let is = self.words(to);
        let place = |word: &str| Classification::of(word);
        if place(&is) >= place(&was) {
            return false;
        }
        self.reports.add(LowersClassification {
            name: name.to_owned(),
            is_source,
            was,
            is,
            span: to,
            declared,
        });
        true
    }

    fn override_label(
        &mut self,
        making: Making<'p>,
        change: &'p Override,
        path: &[&str],
        span: Span,
    ) {
        let file = making.module.id;
        let OverrideTo::Text(text) = &change.to else {
            return;
        };
        let Some(name) = path.first() else { return };
        let spaces = [Space::Value, Space::Type, Space::Source];
        let space = spaces.into_iter().find(|space| self.has(*space, name));
        let what = if path.len() == 2 {
            "scale"
        } else {
            "declaration"
        };
        // `override label high "…"`: of which scale?
        if space.is_none()
            && path.len() == 1
            && let [scale] = self.scales_with(name).as_slice()
        {
            let meant = format!("{scale}.{name}");
            return self.no_level(making, scale, name, span, Some(meant), Vec::new());
        }
        let space = space.unwrap_or(Space::Value);
        let Some(index) = self.find(making, space, what, name, span) else {
            return;
        };
        let level = match (self.at_place(index).map(|one| one.kind), path) {
            (_, [_]) => None,
            (Some(ItemKind::Scale { levels, .. }), [_, level]) => {
                let found = levels.iter().find(|known| known.name.text == *level);
                if found.is_none() {
                    let near = suggest(level, levels.iter().map(|one| one.name.text.as_str()));
                    let near = near.map(str::to_owned);
                    let known = levels.iter().map(|one| one.name.text.clone()).collect();
                    return self.no_level(making, name, level, span, near, known);
                }
                found
            }
            _ => {
                self.reports.add(NotOverridable {
                    what: "label".to_owned(),
                    known: true,
                    span: making.span,
                    instead: None,
                    factors: Vec::new(),
                    member: None,
                });
                return;
            }
        };
        if !self.may_change(index, making, name) {
            return;
        }
        let (target, to) = (path.join("."), Some(at(file, text.span)));
        self.tell_second(making, index, Verb::Override, ("label", &target));
        let record = self.record(making, Verb::Override, "label", &target, name, None, to);
        if let Some(one) = self.at_place(index) {
            match level {
                None => one.amendments.label = Some((file, text)),
                Some(level) => {
                    let name = level.name.text.as_str();
                    one.amendments.level_labels.insert(name, (file, text));
                }
            }
            one.history.push(record);
        }
    }
}

/// What a part belongs to.
fn what_of(part: &str) -> &'static str {
    match part {
        "source" | "column" => "indicator",
        _ => "declaration",
    }
}

fn one_name(values: &[ParamValue]) -> Option<&Name> {
    match values {
        [one] => {
            let ExprKind::Name(name) = &one.value.kind else {
                return None;
            };
            Some(name)
        }
        _ => None,
    }
}

fn values_span(values: &[ParamValue]) -> Option<forewarn_grammar::ast::Span> {
    let (first, last) = values.first().zip(values.last())?;
    Some(first.span.to(last.span))
}
