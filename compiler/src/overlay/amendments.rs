//! What changes of parts leave behind at a declaration.
//!
//! In: the declaration as it was written, and the parts that others put in their place. Out: each part
//! with the file it stands in.

use std::collections::BTreeMap;

use forewarn_grammar::ast::{Attr, Expr, Factor, GroupItem, Member, Name, ParamValue, Test, Text};

use crate::source::FileId;

/// The parts of one declaration that extending frameworks changed.
#[derive(Clone, Debug, Default)]
pub struct Amendments<'p> {
    pub label: Option<(FileId, &'p Text)>,
    /// Labels of a scale's levels, by name.
    pub level_labels: BTreeMap<&'p str, (FileId, &'p Text)>,
    pub values: Option<(FileId, &'p [ParamValue], &'p [Attr])>,
    pub weights: BTreeMap<&'p str, (FileId, &'p Expr)>,
    /// What a factor is at least where a member is present, by its name.
    pub decisive: BTreeMap<&'p str, (FileId, &'p Expr)>,
    pub added: Vec<(FileId, &'p Member)>,
    /// Of a group.
    pub grouped: Vec<(FileId, &'p GroupItem)>,
    pub dropped: Vec<&'p str>,
    pub source: Option<(FileId, &'p Name)>,
    pub column: Option<(FileId, &'p Text)>,
    pub classification: Option<(FileId, &'p Name)>,
    /// Of a test: what it expects, or the table that it reads.
    pub expected: Option<(FileId, &'p Test)>,
}

/// A member of a factor with the file it stands in, and so its weight.
#[derive(Clone, Debug)]
pub struct MemberOf<'p> {
    pub file: FileId,
    pub member: &'p Member,
    pub weight: Option<(FileId, &'p Expr)>,
    /// What the factor is at least where it is present.
    pub decisive: Option<(FileId, &'p Expr)>,
    /// Where the member names several values: which of them this is.
    pub grouped: Option<Grouped<'p>>,
}

/// One of the values that a member names.
#[derive(Clone, Debug)]
pub struct Grouped<'p> {
    pub value: &'p str,
    /// What the group says that it weighs: the product of these.
    pub weights: Vec<(FileId, &'p Expr)>,
}

/// A member in words.
pub struct MemberWords {
    pub name: String,
    pub weight: Option<String>,
    /// What the factor is at least where it is present.
    pub decisive: Option<String>,
    /// Of one that is written there.
    pub label: Option<String>,
}

impl Amendments<'_> {
    /// Names, weights and what is decisive, in words, of the members that a factor has in the end.
    #[must_use]
    pub fn members_of(&self, file: FileId, factor: &Factor) -> Vec<MemberWords> {
        let words = |expr: &Expr| forewarn_grammar::print::expr(expr);
        let own = factor.members.iter().map(|member| (file, member));
        own.chain(self.added.iter().copied())
            .map(|(_, member)| (member.name.text.as_str(), member))
            .filter(|(name, _)| !self.dropped.contains(name))
            .map(|(name, member)| {
                let amended = self.weights.get(name).map(|(_, weight)| *weight);
                let weight = amended.or(member.weight.as_ref());
                let own = member.own.as_ref();
                let decisive = self.decisive.get(name).map(|(_, least)| *least);
                let decisive = decisive.or(member.decisive.as_ref());
                MemberWords {
                    name: name.to_owned(),
                    weight: weight.map(words),
                    decisive: decisive.map(words),
                    label: own.and_then(|own| Some(own.label.as_ref()?.value.clone())),
                }
            })
            .collect()
    }
}

impl<'p> Amendments<'p> {
    /// The members that a factor of that file has in the end.
    #[must_use]
    pub fn members(&self, file: FileId, factor: &'p Factor) -> Vec<MemberOf<'p>> {
        let own = factor.members.iter().map(|member| (file, member));
        own.chain(self.added.iter().copied())
            .filter(|(_, member)| !self.dropped.contains(&member.name.text.as_str()))
            .map(|(file, member)| {
                let amended = self.weights.get(member.name.text.as_str()).copied();
                let weight = amended.or_else(|| Some((file, member.weight.as_ref()?)));
                let decisive = self.decisive.get(member.name.text.as_str()).copied();
                let decisive = decisive.or_else(|| Some((file, member.decisive.as_ref()?)));
                MemberOf {
                    file,
                    member,
                    weight,
                    decisive,
                    grouped: None,
                }
            })
            .collect()
    }
}
