//! What a file says of its names: the kind of each, and what has which label.
//!
//! In: tokens. Out: sets that are asked often, gathered once.

use std::collections::{BTreeMap, BTreeSet};

use crate::declarations::on_new_line;
use crate::declarations::slice_of;
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
    /// What the panel declares: its keys and its period.
    pub panel: BTreeSet<&'s str>,
    /// Items of categories, and the levels of scales.
    pub categories: BTreeSet<&'s str>,
    pub levels: BTreeSet<&'s str>,
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
        known.items(text, tokens);
        let panel = tokens.windows(2).position(
            |pair| matches!(pair, [panel, key] if word(panel) == "panel" && key.kind.is_name()),
        );
        if let Some(line) = panel.and_then(|panel| tokens.get(panel..)) {
            let ends = line
                .windows(2)
                .position(|pair| matches!(pair, [one, next] if on_new_line(text, *one, *next)));
            let head = line.iter().take(ends.map_or(line.len(), |end| end + 1));
            let mut names = head
                .skip(1)
                .filter(|t| t.kind.is_name() && t.kind != Token::Column);
            for key in names.by_ref().take_while(|t| t.kind != Token::By) {
                known.panel.insert(word(key));
            }
            known.panel.extend(names.next().map(word));
        }
        let units = std::mem::take(&mut known.unit_of);
        known.unit_of = units
            .into_iter()
            .filter(|(_, unit)| known.units.contains(unit))
            .collect();
        known
    }

    /// `category { north "North", south }`, `scale state { low < high }`
    fn items(&mut self, text: &'s str, tokens: &[Tok]) {
        let mut depth = 0_usize;
        let mut of = None;
        for (at, token) in tokens.iter().enumerate() {
            let before = |back: usize| at.checked_sub(back).and_then(|b| tokens.get(b));
            let word = |back: usize| before(back).map_or("", |t| slice_of(text, t.start, t.end));
            match token.kind {
                Token::OpenBrace => {
                    depth += 1;
                    let label = usize::from(before(1).is_some_and(|t| t.kind == Token::Text));
                    of = [word(1), word(2 + label)]
                        .into_iter()
                        .find(|word| depth == 1 && matches!(*word, "category" | "scale"));
                }
                Token::CloseBrace => {
                    depth = depth.saturating_sub(1);
                    of = None;
                }
                kind if kind.is_name() => {
                    let begins = before(1).is_some_and(|t| {
                        matches!(
                            t.kind,
                            Token::OpenBrace | Token::Comma | Token::Less | Token::Greater
                        )
                    });
                    let own = slice_of(text, token.start, token.end);
                    match of.filter(|_| begins) {
                        Some("scale") => self.levels.insert(own),
                        Some(_) => self.categories.insert(own),
                        None => false,
                    };
                }
                _ => {}
            }
        }
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
