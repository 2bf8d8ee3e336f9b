//! The changes of each framework, one after the other, from the lowest up.

use super::target::{Space, is_published, key, space, word};
use super::{Amendments, ChangeRecord, Closed, Dropped, EffectiveItem, Overlaid, Selection, Verb};
use crate::diagnostics::Reports;
use crate::diagnostics::overlays::{
    AlreadyThere, ChangeWithoutBase, ChangedGives, ChangedOtherwise, FinalTouched, NoReason,
    NotAnExtension, OtherKind, PlainInOverlay,
};
use crate::diagnostics::packages::UseCollides;
use crate::framework::at;
use crate::package::{Brought, Module, Package};
use crate::source::Span;
use forewarn_grammar::ast::{Change, DropTarget, Item, ItemKind, Name, Openness, TestKind};
use forewarn_grammar::words::one_line;
use std::collections::BTreeMap;

pub(super) struct Applier<'a, 'p> {
    pub(super) package: &'p Package,
    selection: Selection<'a>,
    pub reports: &'a mut Reports,
    /// In the order of declaration; `None` where something was dropped.
    pub(super) standing: Vec<Option<EffectiveItem<'p>>>,
    /// By name space and name, the place in `standing`.
    pub(super) names: BTreeMap<(Space, &'p str), usize>,
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
                dropped: false,
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
                        word: Some(at(file, what.span)),
                        dropped: true,
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

    pub(super) fn was_changed(&self, index: usize) -> bool {
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
                dropped: false,
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
