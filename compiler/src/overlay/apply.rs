//! The changes of each framework, one after the other, from the lowest up.

use std::collections::BTreeMap;

use forewarn_grammar::ast::{Change, DropTarget, Item, ItemKind, Member, Name, Openness, TestKind};
use forewarn_grammar::words::one_line;

use super::target::{Space, is_published, key, space, word};
use super::{Amendments, ChangeRecord, Closed, Dropped, EffectiveItem, Overlaid, Selection, Verb};
use crate::diagnostics::Reports;
use crate::diagnostics::overlays::{
    AlreadyThere, ChangeWithoutBase, ChangedGives, ChangedOtherwise, FinalTouched, NoReason,
    NotAnExtension, OtherKind, PlainInOverlay, TwoMembers, UnknownTarget,
};
use crate::diagnostics::packages::UseCollides;
use crate::diagnostics::suggest::suggest;
use crate::framework::at;
use crate::package::{Brought, Module, Package};
use crate::source::Span;

pub(super) struct Applier<'a, 'p> {
    package: &'p Package,
    selection: Selection<'a>,
    pub reports: &'a mut Reports,
    /// In the order of declaration; `None` where something was dropped.
    standing: Vec<Option<EffectiveItem<'p>>>,
    /// By name space and name, the place in `standing`.
    names: BTreeMap<(Space, &'p str), usize>,
    dropped: BTreeMap<&'p str, Dropped>,
    changes: Vec<ChangeRecord>,
    /// How many changes were met, made or not.
    met: usize,
}

/// A change as it is being made.
#[derive(Clone, Copy)]
pub(super) struct Making<'p> {
    pub module: &'p Module,
    pub item: &'p Item,
    pub span: Span,
}

impl<'a, 'p> Applier<'a, 'p> {
    pub fn new(package: &'p Package, selection: Selection<'a>, reports: &'a mut Reports) -> Self {
        Self {
            package,
            selection,
            reports,
            standing: Vec::new(),
            names: BTreeMap::new(),
            dropped: BTreeMap::new(),
            changes: Vec::new(),
            met: 0,
        }
    }

    pub fn run(mut self, top: usize) -> Overlaid<'p> {
        let package = self.package;
        for module in package.modules.iter().filter(|module| module.standard) {
            module
                .file
                .items
                .iter()
                .for_each(|item| self.declare(module, item));
        }
        let lowest = package.members.len();
        for layer in (top..=lowest).rev() {
            let own = || {
                let modules = package.modules.iter();
                modules.filter(move |module| !module.standard && module.package == layer)
            };
            // One that marks what is open closes all the rest.
            let opens = own()
                .filter(|module| module.brought.is_none())
                .flat_map(|module| &module.file.items)
                .any(|item| item.openness == Some(Openness::Open));
            let before = self.standing.len();
            for module in own() {
                for item in &module.file.items {
                    if let Some(brought) = &module.brought {
                        self.bring(module, item, brought);
                    } else if layer == lowest {
                        self.lowest(module, item);
                    } else {
                        self.extending(module, item);
                    }
                }
            }
            for standing in self.standing.iter_mut().skip(before).flatten() {
                standing.close(opens);
            }
        }
        Overlaid {
            standing: self.standing.into_iter().flatten().collect(),
            dropped: self.dropped,
            changes: self.changes,
        }
    }

    /// An item of a framework that extends nothing.
    fn lowest(&mut self, module: &'p Module, item: &'p Item) {
        if let ItemKind::Change(change) = &item.kind {
            let word = verb(change).word();
            self.reports.add(ChangeWithoutBase {
                word,
                span: at(module.id, item.span),
            });
        } else {
            self.declare(module, item);
        }
    }

    /// A declaration of a package that is used, which has no other meaning here than there.
    fn bring(&mut self, module: &'p Module, item: &'p Item, brought: &'p Brought) {
        let Some((space, name)) = key(&item.kind) else {
            return;
        };
        let known = self.names.get(&(space, name)).copied();
        let Some(other) = known.and_then(|index| self.standing.get(index)?.as_ref()) else {
            self.dropped.remove(name);
            return self.declare(module, item);
        };
        let (here, there) = (other.span(), at(module.id, item.span));
        // What is extended uses it, too.
        let is_same = other.module.id == module.id && other.item.span == item.span;
        let words = |span: Span| one_line(self.package.sources.slice(span));
        // A unit or a scale that is declared in the same words is the same one.
        if is_same || space == Space::Type && words(here) == words(there) {
            return;
        }
        self.reports.add(UseCollides {
            package: brought.name.clone(),
            name: name.to_owned(),
            span: brought.chosen.get(name).copied().unwrap_or(brought.said),
            is_chosen: brought.chosen.contains_key(name),
            here,
            by: other
                .module
                .brought
                .as_ref()
                .map(|other| other.name.clone()),
            there,
        });
    }

    fn declare(&mut self, module: &'p Module, item: &'p Item) {
        self.stand(module, item, &item.kind, Vec::new());
    }

    fn stand(
        &mut self,
        module: &'p Module,
        item: &'p Item,
        kind: &'p ItemKind,
        history: Vec<usize>,
    ) {
        if let Some(key) = key(kind) {
            // A second of the name is told where declarations are gathered.
            self.names.entry(key).or_insert(self.standing.len());
        }
        self.standing.push(Some(EffectiveItem {
            module,
            item,
            kind,
            amendments: Amendments::default(),
            history,
            closed: None,
        }));
    }

    /// An item of a framework that extends another.
    fn extending(&mut self, module: &'p Module, item: &'p Item) {
        let making = Making {
            module,
            item,
            span: at(module.id, item.span),
        };
        if matches!(item.kind, ItemKind::Framework(_)) {
            // The nearest head is the framework's.
            let heads = self.standing.iter_mut();
            for slot in heads {
                if slot.as_ref().is_some_and(|one| {
                    matches!(one.kind, ItemKind::Framework(_))
                        && one.module.package != module.package
                }) {
                    *slot = None;
                }
            }
            return self.declare(module, item);
        }
        let ItemKind::Change(change) = &item.kind else {
            return self.plain(making, &item.kind);
        };
        let number = self.met;
        self.met += 1;
        if !self.selection.takes(number) {
            return;
        }
        let says_why = item
            .because
            .as_ref()
            .is_some_and(|text| !text.value.trim().is_empty());
        if !says_why {
            self.reports.add(NoReason {
                change: verb(change).word(),
                span: making.span,
            });
        }
        match change {
            Change::Override(change) => self.override_part(making, change),
            Change::Replace(kind) => self.replace(making, kind),
            Change::Changed(kind) => self.changed(making, kind),
            Change::Add(kind) => self.add(making, kind),
            Change::AddMember { member, factor } => self.add_member(making, member, factor),
            Change::AddToGroup {
                what,
                item,
                kind,
                group,
            } => self.add_to_group(making, what, item, kind, group),
            Change::Drop { what, target } => self.drop(making, what, target),
        }
    }

    /// A declaration without `add`.
    fn plain(&mut self, making: Making<'p>, kind: &'p ItemKind) {
        let known = key(kind).and_then(|key| self.names.get(&key)).copied();
        let other = known
            .and_then(|index| self.standing.get(index)?.as_ref())
            .filter(|one| one.module.package != making.module.package && !one.module.standard)
            // Who extends may declassify anew what is no longer what was declassified.
            .filter(|_| !matches!(kind, ItemKind::Declassify(_)));
        if let Some(other) = other {
            self.reports.add(AlreadyThere {
                what: word(kind),
                name: key(kind).map_or(String::new(), |(_, name)| name.to_owned()),
                span: making.span,
                declared: other.span(),
            });
            return;
        }
        if is_published(kind) {
            let place = |at: u32| Span {
                start: at,
                end: at,
                ..making.span
            };
            let whole = at(making.module.id, making.item.span);
            let mut edits = vec![(place(making.span.start), "add ".to_owned())];
            if making.item.because.is_none() {
                edits.push((place(whole.end), " because \"…\"".to_owned()));
            }
            self.reports.add(PlainInOverlay {
                what: word(kind),
                name: key(kind).map_or(String::new(), |(_, name)| name.to_owned()),
                span: making.span,
                edits,
            });
        }
        self.declare(making.module, making.item);
    }

    fn add(&mut self, making: Making<'p>, kind: &'p ItemKind) {
        let Some((space, name)) = key(kind) else {
            return self.not_an_extension(making, word(kind));
        };
        let known = self.names.get(&(space, name)).copied();
        if let Some(other) = known.and_then(|index| self.standing.get(index)?.as_ref()) {
            let declared = other.span();
            self.reports.add(AlreadyThere {
                what: word(kind),
                name: name.to_owned(),
                span: making.span,
                declared,
            });
            return;
        }
        self.dropped.remove(name);
        let change = self.record(
            making,
            Verb::Add,
            word(kind),
            name,
            name,
            None,
            Some(making.span),
        );
        self.stand(making.module, making.item, kind, vec![change]);
    }

    /// The word behind `replace` where what is replaced and what replaces it are written alike.
    fn word_of_binding(&self, change: Span, kinds: (&ItemKind, &ItemKind)) -> Option<Span> {
        let (ItemKind::Binding(_), ItemKind::Binding(_)) = kinds else {
            return None;
        };
        let own = word(kinds.1);
        let at = self.package.sources.slice(change).find(own)?;
        let start = change.start + u32::try_from(at).ok()?;
        Some(Span {
            start,
            end: start + u32::try_from(own.len()).ok()?,
            ..change
        })
    }

    fn replace(&mut self, making: Making<'p>, kind: &'p ItemKind) {
        let Some((space, name)) = key(kind) else {
            return self.not_an_extension(making, word(kind));
        };
        let Some(index) = self.find(making, space, word(kind), name, making.span) else {
            return;
        };
        let Some(Some(old)) = self.standing.get(index) else {
            return;
        };
        let (declared, old_word) = (old.span(), word(old.kind));
        if old_word != word(kind) {
            self.reports.add(OtherKind {
                name: name.to_owned(),
                found: old_word,
                wanted: word(kind).to_owned(),
                span: making.span,
                declared,
                word: self.word_of_binding(making.span, (old.kind, kind)),
            });
            return;
        }
        if !self.may_change(index, making, name) {
            return;
        }
        self.tell_second(making, index, Verb::Replace, (word(kind), name));
        let from = Some(declared);
        let change = self.record(
            making,
            Verb::Replace,
            word(kind),
            name,
            name,
            from,
            Some(making.span),
        );
        if let Some(Some(old)) = self.standing.get_mut(index) {
            old.module = making.module;
            old.item = making.item;
            old.kind = kind;
            old.amendments = Amendments::default();
            old.history.push(change);
            old.closed = None;
            old.close(false);
        }
    }

    /// `changed test "…" { expect … }`: what a test of what is extended expects here.
    fn changed(&mut self, making: Making<'p>, kind: &'p ItemKind) {
        let ItemKind::Test(test) = kind else {
            return self.not_an_extension(making, &format!("changed {}", word(kind)));
        };
        let file = making.module.id;
        let name = test.label.value.as_str();
        if let TestKind::Rows { over, given, .. } = &test.kind {
            let given = given.first().map(|given| given.span);
            if let Some(span) = over.as_ref().map(|over| over.span).or(given) {
                let span = at(file, span);
                self.reports.add(ChangedGives { span });
                return;
            }
        }
        let span = at(file, test.label.span);
        let Some(index) = self.find(making, Space::Test, "test", name, span) else {
            return;
        };
        let Some(one) = self.at_place(index) else {
            return;
        };
        let declared = one.span();
        let ItemKind::Test(old) = one.kind else {
            return;
        };
        if matches!(old.kind, TestKind::File { .. }) != matches!(test.kind, TestKind::File { .. }) {
            let is_table = matches!(old.kind, TestKind::File { .. });
            self.reports.add(ChangedOtherwise {
                span,
                declared,
                is_table,
            });
            return;
        }
        if !self.may_change(index, making, name) {
            return;
        }
        self.tell_second(making, index, Verb::Changed, ("test", name));
        let (from, to) = (Some(declared), Some(making.span));
        let change = self.record(making, Verb::Changed, "test", name, name, from, to);
        if let Some(one) = self.at_place(index) {
            one.amendments.expected = Some((file, test));
            one.history.push(change);
        }
    }

    fn add_member(&mut self, making: Making<'p>, member: &'p Member, factor: &'p Name) {
        let span = at(making.module.id, factor.span);
        let Some(index) = self.factor(making, &factor.text, span) else {
            return;
        };
        let name = member.name.text.as_str();
        let known = self
            .members(index)
            .into_iter()
            .find(|one| one.member.name.text == name);
        if let Some(known) = known {
            self.reports.add(AlreadyThere {
                what: "member",
                name: name.to_owned(),
                span: at(making.module.id, member.name.span),
                declared: at(known.file, known.member.name.span),
            });
            return;
        }
        let target = format!("{}.{name}", factor.text);
        let to = Some(at(making.module.id, member.span));
        let change = self.record(making, Verb::Add, "member", &target, &factor.text, None, to);
        if let Some(Some(one)) = self.standing.get_mut(index) {
            one.amendments.dropped.retain(|dropped| *dropped != name);
            one.amendments.added.push((making.module.id, member));
            one.history.push(change);
        }
    }

    fn drop(&mut self, making: Making<'p>, what: &'p Name, target: &'p DropTarget) {
        let file = making.module.id;
        let (path, span) = match target {
            DropTarget::Label(text) => (vec![text.value.as_str()], at(file, text.span)),
            DropTarget::Path(path) => {
                let ends = path.first().zip(path.last());
                let span = ends.map_or(making.span, |(a, b)| at(file, a.span.to(b.span)));
                (path.iter().map(|name| name.text.as_str()).collect(), span)
            }
        };
        match (what.text.as_str(), path.as_slice()) {
            ("member", [group, item]) if self.is_group(group) => {
                self.drop_from_group(making, (group, item), span);
            }
            ("member", [factor, member]) => self.drop_member(making, factor, member, span),
            ("member", [member]) if self.factors_with(member).len() == 1 => {
                let factor = self.factors_with(member).into_iter().next();
                self.reports.add(NotAnExtension {
                    found: "drop member".to_owned(),
                    span: making.span,
                    factor: factor.clone().map(|factor| (factor, span)),
                });
                // As it was meant, so that nothing of it is told again.
                self.drop_member(making, &factor.unwrap_or_default(), member, span);
            }
            (kind, [name]) if space(kind).is_some() => {
                let Some(space) = space(kind) else { return };
                let Some(index) = self.find(making, space, kind, name, span) else {
                    return;
                };
                let Some(Some(old)) = self.standing.get(index) else {
                    return;
                };
                let (declared, found, known) = (old.span(), word(old.kind), key(old.kind));
                if found != kind {
                    self.reports.add(OtherKind {
                        name: (*name).to_owned(),
                        found,
                        wanted: kind.to_owned(),
                        span,
                        declared,
                        word: None,
                    });
                    return;
                }
                if !self.may_change(index, making, name) {
                    return;
                }
                self.tell_second(making, index, Verb::Drop, (kind, name));
                self.record(making, Verb::Drop, kind, name, name, Some(declared), None);
                if let Some((space, name)) = known {
                    self.names.remove(&(space, name));
                    if matches!(
                        space,
                        Space::Value | Space::Source | Space::Type | Space::Function
                    ) {
                        self.dropped.insert(
                            name,
                            Dropped {
                                what: kind.to_owned(),
                                declared,
                                dropped: making.span,
                            },
                        );
                    }
                }
                if let Some(slot) = self.standing.get_mut(index) {
                    *slot = None;
                }
            }
            _ => self.not_an_extension(making, &format!("drop {}", what.text)),
        }
    }

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
    fn name_within(&self, span: Span, space: Space, name: &str) -> Span {
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
    fn listed(&self, space: Space, what: &str, name: &str) -> Vec<String> {
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

    /// Drops a member of a factor.
    fn drop_member(&mut self, making: Making<'p>, factor: &str, member: &str, span: Span) {
        let Some(index) = self.factor(making, factor, span) else {
            return;
        };
        let Some(found) = self.member_called(making, index, (factor, member), span) else {
            return;
        };
        let from = Some(at(found.file, found.member.span));
        let name = found.member.name.text.as_str();
        let target = format!("{factor}.{member}");
        self.tell_second(making, index, Verb::Drop, ("member", &target));
        let change = self.record(making, Verb::Drop, "member", &target, factor, from, None);
        if let Some(Some(one)) = self.standing.get_mut(index) {
            one.amendments
                .added
                .retain(|(_, added)| added.name.text != name);
            one.amendments.dropped.push(name);
            one.history.push(change);
        }
    }

    /// The member of a factor that a change calls by its name, its words or its label; told where none or several
    /// are called so.
    pub fn member_called(
        &mut self,
        making: Making<'p>,
        index: usize,
        (factor, member): (&str, &str),
        span: Span,
    ) -> Option<super::MemberOf<'p>> {
        let members = self.members(index);
        let mut called = members.iter().filter(|one| one.member.is_called(member));
        let Some(found) = called.next() else {
            let known = members.iter().map(|one| one.member.called());
            let known = known.collect();
            self.no_member(making, factor, member, span, known);
            return None;
        };
        // A name is of one alone, whatever labels there are.
        let mut named = members.iter().filter(|one| one.member.name.text == member);
        if let Some(named) = named.next() {
            return Some(named.clone());
        }
        let others: Vec<&super::MemberOf<'p>> = called.collect();
        if !others.is_empty() {
            let all = std::iter::once(found).chain(others);
            let all = all.map(|one| {
                let place = at(one.file, one.member.span);
                (place, one.member.name.text.clone())
            });
            let cause = TwoMembers {
                factor: factor.to_owned(),
                label: member.to_owned(),
                span,
                members: all.collect(),
            };
            self.reports.add(cause);
            return None;
        }
        Some(found.clone())
    }

    /// Tells that a factor has no member of that name.
    pub fn no_member(
        &mut self,
        making: Making<'p>,
        factor: &str,
        member: &str,
        span: Span,
        known: Vec<String>,
    ) {
        // One that is written in the factor is called by its label or its words, between quotes.
        let names = known.iter().map(|known| known.trim_matches('"'));
        let suggestion = suggest(member, names)
            .map(str::to_owned)
            .or_else(|| self.resting_on(member, &known));
        let suggestion = suggestion.map(|near| {
            let quoted = format!("\"{near}\"");
            if known.contains(&quoted) {
                quoted
            } else {
                near
            }
        });
        // A member of this name that another factor has is the one that is meant.
        let elsewhere = match self.factors_with(member).as_slice() {
            [only] if only != factor => Some(format!("{only}.{member}")),
            _ => None,
        };
        let written = self.package.sources.slice(span).trim();
        let dotted = written == format!("{factor}.{member}");
        let (suggestion, part) = match elsewhere.filter(|_| dotted) {
            Some(path) => (Some(path), span),
            None if written.ends_with('"') => {
                let word = format!("\"{member}\"");
                (suggestion, last_word(span, &word))
            }
            None => (suggestion, last_word(span, member)),
        };
        self.reports.add(UnknownTarget {
            what: format!("member of `{factor}`"),
            name: member.to_owned(),
            span,
            suggestion,
            part,
            known,
            before: self.before(Space::Value, &format!("{factor}.{member}")),
            whole: self.whole_lines(making.span),
        });
    }

    /// The one of several that is worked out from what has this name.
    fn resting_on(&self, name: &str, known: &[String]) -> Option<String> {
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
    fn before(&self, space: Space, name: &str) -> Option<(String, Span)> {
        let before = &self.package.before;
        let place = before.place(space, name)?;
        Some((before.title.clone(), place))
    }

    /// A span with the rest of its lines, where nothing else stands on them.
    fn whole_lines(&self, span: Span) -> Span {
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

    /// What stands under the name of a value.
    pub fn standing_of(&self, name: &str) -> Option<&EffectiveItem<'p>> {
        let index = self.names.get(&(Space::Value, name))?;
        self.standing.get(*index)?.as_ref()
    }

    /// The changes made so far.
    pub fn changes(&self) -> &[ChangeRecord] {
        &self.changes
    }

    pub fn words(&self, span: Span) -> String {
        self.package.sources.slice(span).to_owned()
    }

    pub fn has(&self, space: Space, name: &str) -> bool {
        self.names
            .iter()
            .any(|((its, known), _)| *its == space && *known == name)
    }

    fn was_changed(&self, index: usize) -> bool {
        let one = self.standing.get(index).and_then(Option::as_ref);
        one.is_some_and(|one| {
            let last = one.history.last().and_then(|last| self.changes.get(*last));
            last.is_some_and(|change| change.verb != Verb::Add)
        })
    }

    pub fn factor(&mut self, making: Making<'p>, name: &str, span: Span) -> Option<usize> {
        let index = self.find(making, Space::Value, "factor", name, span)?;
        let one = self.standing.get(index)?.as_ref()?;
        if !matches!(one.kind, ItemKind::Factor(_)) {
            let (found, declared) = (word(one.kind), one.span());
            self.reports.add(OtherKind {
                name: name.to_owned(),
                found,
                wanted: "factor".to_owned(),
                span,
                declared,
                word: None,
            });
            return None;
        }
        self.may_change(index, making, name).then_some(index)
    }

    pub fn members(&self, index: usize) -> Vec<super::MemberOf<'p>> {
        let one = self.standing.get(index).and_then(Option::as_ref);
        let members = one.and_then(|one| {
            let ItemKind::Factor(factor) = one.kind else {
                return None;
            };
            Some(one.amendments.members(one.module.id, factor))
        });
        members.unwrap_or_default()
    }

    /// Is it a param that stands so far?
    pub fn is_param(&self, name: &str) -> bool {
        let mut names = self.names.iter();
        let found = names.find(|((space, known), _)| *space == Space::Value && *known == name);
        found
            .and_then(|(_, index)| self.standing.get(*index)?.as_ref())
            .is_some_and(|one| matches!(one.kind, ItemKind::Param(_)))
    }

    pub fn at_place(&mut self, index: usize) -> Option<&mut EffectiveItem<'p>> {
        self.standing.get_mut(index)?.as_mut()
    }

    /// May it be changed? Told if not.
    pub fn may_change(&mut self, index: usize, making: Making<'p>, name: &str) -> bool {
        let one = self.standing.get(index).and_then(Option::as_ref);
        let Some(closed) = one.and_then(|one| one.closed) else {
            return true;
        };
        self.reports.add(FinalTouched {
            name: name.to_owned(),
            span: making.span,
            declared: closed.span,
            is_final: closed.is_final,
        });
        false
    }

    #[allow(clippy::too_many_arguments, reason = "a record has as many parts")]
    pub fn record(
        &mut self,
        making: Making<'p>,
        verb: Verb,
        what: &str,
        target: &str,
        declaration: &str,
        from: Option<Span>,
        to: Option<Span>,
    ) -> usize {
        self.changes.push(ChangeRecord {
            number: self.met.saturating_sub(1),
            package: making.module.package,
            verb,
            what: what.to_owned(),
            target: target.to_owned(),
            declaration: declaration.to_owned(),
            because: making
                .item
                .because
                .as_ref()
                .map_or(String::new(), |text| text.value.clone()),
            span: making.span,
            from,
            to,
        });
        self.changes.len() - 1
    }

    pub fn not_an_extension(&mut self, making: Making<'p>, found: &str) {
        self.reports.add(NotAnExtension {
            found: found.to_owned(),
            span: making.span,
            factor: None,
        });
    }
}

fn verb(change: &Change) -> Verb {
    match change {
        Change::Override(_) => Verb::Override,
        Change::Replace(_) => Verb::Replace,
        Change::Changed(_) => Verb::Changed,
        Change::Add(_) | Change::AddMember { .. } | Change::AddToGroup { .. } => Verb::Add,
        Change::Drop { .. } => Verb::Drop,
    }
}

impl EffectiveItem<'_> {
    /// The declaration's own place.
    #[must_use]
    pub fn span(&self) -> Span {
        at(self.module.id, self.item.span)
    }

    /// Closes it to those who extend, as it says itself or as its package says of all.
    fn close(&mut self, opens: bool) {
        let span = self.span();
        self.closed = match self.item.openness {
            Some(Openness::Final) => Some(Closed {
                is_final: true,
                span,
            }),
            None if opens => Some(Closed {
                is_final: false,
                span,
            }),
            _ => None,
        };
    }
}

/// The last word of a target such as `armed_conflict.at_war`.
fn last_word(target: Span, word: &str) -> Span {
    let length = u32::try_from(word.len()).unwrap_or(0);
    Span {
        start: target.end.saturating_sub(length).max(target.start),
        ..target
    }
}
