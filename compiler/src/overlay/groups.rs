//! Changes of groups: who is added, who leaves, and what an item weighs.

use forewarn_grammar::ast::{Expr, Group, GroupItem, ItemKind, Name};

use super::apply::{Applier, Making};
use super::target::{Space, word};
use super::{Amendments, Verb};
use crate::diagnostics::overlays::{AlreadyThere, OtherKind};
use crate::framework::at;
use crate::source::{FileId, Span};

/// An item of a group with the file it stands in, and so its weight.
#[derive(Clone, Copy, Debug)]
pub struct ItemOfGroup<'p> {
    pub file: FileId,
    pub item: &'p GroupItem,
    pub weight: Option<(FileId, &'p Expr)>,
}

impl ItemOfGroup<'_> {
    /// What the item is called in the group.
    #[must_use]
    pub fn name(&self) -> &str {
        name_of(self.item)
    }
}

fn name_of(item: &GroupItem) -> &str {
    item.path.last().map_or("", |name| &name.text)
}

impl<'p> Amendments<'p> {
    /// The items that a group of that file has in the end.
    #[must_use]
    pub fn items(&self, file: FileId, group: &'p Group) -> Vec<ItemOfGroup<'p>> {
        let own = group.items.iter().map(|item| (file, item));
        own.chain(self.grouped.iter().copied())
            .filter(|(_, item)| !self.dropped.contains(&name_of(item)))
            .map(|(file, item)| {
                let amended = self.weights.get(name_of(item)).copied();
                let weight = amended.or_else(|| Some((file, item.weight.as_ref()?)));
                ItemOfGroup { file, item, weight }
            })
            .collect()
    }
}

impl<'p> Applier<'_, 'p> {
    /// `add indicator piracy to group security`
    pub(super) fn add_to_group(
        &mut self,
        making: Making<'p>,
        what: &Name,
        item: &'p GroupItem,
        kind: &Name,
        group: &'p Name,
    ) {
        let file = making.module.id;
        if kind.text != "group" {
            let found = format!("add {} … to {}", what.text, kind.text);
            return self.not_an_extension(making, &found);
        }
        let span = at(file, group.span);
        let Some(index) = self.group(making, &group.text, span) else {
            return;
        };
        let name = name_of(item);
        let items = self.items(index);
        if let Some(known) = items.iter().find(|one| one.name() == name) {
            self.reports.add(AlreadyThere {
                what: "member",
                name: name.to_owned(),
                span: at(file, item.span),
                declared: at(known.file, known.item.span),
            });
            return;
        }
        let target = format!("{}.{name}", group.text);
        let to = Some(at(file, item.span));
        let change = self.record(making, Verb::Add, "member", &target, &group.text, None, to);
        if let Some(one) = self.at_place(index) {
            one.amendments.dropped.retain(|dropped| *dropped != name);
            one.amendments.grouped.push((file, item));
            one.history.push(change);
        }
    }

    /// `drop member security.piracy`
    pub(super) fn drop_from_group(
        &mut self,
        making: Making<'p>,
        (group, item): (&str, &str),
        span: Span,
    ) {
        let Some((index, found)) = self.item(making, (group, item), span) else {
            return;
        };
        let from = Some(at(found.file, found.item.span));
        let name = name_of(found.item);
        let target = format!("{group}.{item}");
        self.tell_second(making, index, Verb::Drop, ("member", &target));
        let change = self.record(making, Verb::Drop, "member", &target, group, from, None);
        if let Some(one) = self.at_place(index) {
            one.amendments
                .grouped
                .retain(|(_, added)| name_of(added) != name);
            one.amendments.dropped.push(name);
            one.history.push(change);
        }
    }

    /// `override weight security.piracy = 2`
    pub(super) fn weigh_in_group(
        &mut self,
        making: Making<'p>,
        (group, item): (&str, &str),
        weight: &'p Expr,
        span: Span,
    ) {
        let Some((index, found)) = self.item(making, (group, item), span) else {
            return;
        };
        let file = making.module.id;
        let from = found.weight.map(|(file, weight)| at(file, weight.span));
        let to = Some(at(file, weight.span));
        let target = format!("{group}.{item}");
        self.tell_second(making, index, Verb::Override, ("weight", &target));
        self.tell_unchanged(making, ("weight", &target), from, to);
        let change = self.record(making, Verb::Override, "weight", &target, group, from, to);
        if let Some(one) = self.at_place(index) {
            let name = name_of(found.item);
            one.amendments.weights.insert(name, (file, weight));
            one.history.push(change);
        }
    }

    /// Is it a group that members are added to or dropped from?
    pub(super) fn is_group(&self, name: &str) -> bool {
        self.standing_of(name)
            .is_some_and(|one| matches!(one.kind, ItemKind::Group(_)))
    }

    fn group(&mut self, making: Making<'p>, name: &str, span: Span) -> Option<usize> {
        let index = self.find(making, Space::Value, "group", name, span)?;
        let one = self.at_place(index)?;
        if !matches!(one.kind, ItemKind::Group(_)) {
            let (found, declared) = (word(one.kind), one.span());
            self.reports.add(OtherKind {
                name: name.to_owned(),
                found,
                wanted: "group".to_owned(),
                span,
                declared,
                word: None,
                dropped: false,
            });
            return None;
        }
        self.may_change(index, making, name).then_some(index)
    }

    fn items(&mut self, index: usize) -> Vec<ItemOfGroup<'p>> {
        let items = self.at_place(index).and_then(|one| {
            let ItemKind::Group(group) = one.kind else {
                return None;
            };
            Some(one.amendments.items(one.module.id, group))
        });
        items.unwrap_or_default()
    }

    /// The item of a group, or told that it has none of that name.
    fn item(
        &mut self,
        making: Making<'p>,
        (group, item): (&str, &str),
        span: Span,
    ) -> Option<(usize, ItemOfGroup<'p>)> {
        let index = self.group(making, group, span)?;
        let items = self.items(index);
        let found = items.iter().find(|one| one.name() == item).copied();
        if found.is_none() {
            let known = items.iter().map(|one| one.name().to_owned()).collect();
            self.no_member(making, group, item, span, known);
        }
        Some((index, found?))
    }
}
