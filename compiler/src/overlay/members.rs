//! Changes of what a factor is made of.

use super::Verb;
use super::apply::{Applier, Making};
use super::finding::last_word;
use super::target::Space;
use crate::diagnostics::overlays::{AlreadyThere, TwoMembers, UnknownTarget};
use crate::diagnostics::suggest::suggest;
use crate::framework::at;
use crate::source::Span;
use forewarn_grammar::ast::{Member, Name};

impl<'p> Applier<'_, 'p> {
    pub(super) fn add_member(&mut self, making: Making<'p>, member: &'p Member, factor: &'p Name) {
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

    /// Drops a member of a factor.
    pub(super) fn drop_member(
        &mut self,
        making: Making<'p>,
        factor: &str,
        member: &str,
        span: Span,
    ) {
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
}
