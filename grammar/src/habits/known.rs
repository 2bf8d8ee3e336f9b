//! What a file says of its names: the kind of each, and what has which label.
//!
//! In: tokens. Out: sets that are asked often, gathered once.

use std::collections::{BTreeMap, BTreeSet};

use super::slice_of;
use crate::token::{Tok, Token, declaration_word};

#[derive(Debug, Default)]
pub(super) struct Known<'s> {
    pub units: BTreeSet<&'s str>,
    /// The one unit that indicators are declared in.
    pub unit_of: BTreeMap<&'s str, &'s str>,
    /// What is calculated with.
    pub values: BTreeSet<&'s str>,
    /// Signals, and indicators that are truths or assessments.
    pub yes: BTreeSet<&'s str>,
    /// The name behind each label, in small letters; none where several have it.
    labels: BTreeMap<String, Option<&'s str>>,
}

impl<'s> Known<'s> {
    pub fn of(text: &'s str, tokens: &[Tok]) -> Self {
        let mut known = Self::default();
        let word = |token: &Tok| slice_of(text, token.start, token.end);
        for (at, pair) in tokens.windows(2).enumerate() {
            let [declares, name] = pair else { continue };
            let Some(kind) = declaration_word(word(declares)).filter(|_| name.kind.is_name())
            else {
                continue;
            };
            let own = word(name);
            match kind {
                Token::DeclareUnit => {
                    known.units.insert(own);
                }
                Token::DeclareSignal => {
                    known.yes.insert(own);
                }
                Token::DeclareIndicator
                | Token::DeclareParam
                | Token::DeclareLet
                | Token::DeclareScore
                | Token::DeclareFactor => {
                    known.values.insert(own);
                }
                _ => {}
            }
            let behind = tokens.get(at + 2..).unwrap_or_default();
            let label = behind.first().filter(|t| t.kind == Token::Text);
            if kind == Token::DeclareIndicator {
                let colon = usize::from(label.is_some());
                let truth = behind.get(colon).is_some_and(|t| t.kind == Token::Colon)
                    && behind
                        .get(colon + 1)
                        .is_some_and(|t| matches!(word(t), "truth" | "assessment"));
                if truth {
                    known.yes.insert(own);
                }
                let unit = behind
                    .get(colon + 1)
                    .filter(|unit| {
                        unit.kind == Token::Ident
                            && behind.get(colon).is_some_and(|t| t.kind == Token::Colon)
                            && behind.get(colon + 2).is_none_or(|t| t.kind != Token::Slash)
                    })
                    .map(word);
                if let Some(unit) = unit {
                    known.unit_of.insert(own, unit);
                }
            }
            if let Some(label) = label {
                known
                    .labels
                    .entry(bare(word(label)).to_lowercase())
                    .and_modify(|name| {
                        if *name != Some(own) {
                            *name = None;
                        }
                    })
                    .or_insert(Some(own));
            }
        }
        let units = std::mem::take(&mut known.unit_of);
        known.unit_of = units
            .into_iter()
            .filter(|(_, unit)| known.units.contains(unit))
            .collect();
        known
    }

    /// What has this label, whatever its capitals.
    pub fn labelled(&self, label: &str) -> Option<&'s str> {
        self.labels.get(&label.to_lowercase()).copied().flatten()
    }
}

/// A text without its quotes, whichever they are.
pub(super) fn bare(text: &str) -> &str {
    let quotes = |sign: char| "\"'\u{201c}\u{201d}\u{201e}\u{2018}\u{2019}«»".contains(sign);
    text.trim_matches(quotes).trim()
}
