//! A stretch of tokens that is written anew as a whole.
//!
//! In: the tokens, and the words that were meant. Out: the change, with the tokens of those words, each with
//! a place of its own within the stretch, so that it can be found again.

use super::Habits;
use super::phrases::{Rewriting, span};
use super::pieces::line;
use crate::ast::Span;
use crate::lexer::lex;
use crate::token::{Tok, Token};

/// The most tokens between brackets that are written anew.
const FAR: usize = 400;

impl Habits<'_> {
    /// The stretch in one line, as it is read so far.
    pub(super) fn words_of(&self, tokens: &[Tok]) -> String {
        let pieces: Vec<_> = tokens.iter().map(|token| self.piece(*token)).collect();
        line(&pieces)
    }

    /// Other words in the place of a stretch, told with the edit.
    pub(super) fn anew(
        &mut self,
        tokens: &[Tok],
        (from, to): (usize, usize),
        instead: &str,
    ) -> Option<Rewriting> {
        let (first, last) = (
            *tokens.get(from)?,
            *tokens.get(to.checked_sub(1).filter(|last| *last >= from)?)?,
        );
        let whole = span(first.start, last.end);
        let out = self.tokens_of(instead, whole.start, whole.end)?;
        Some(self.told_as((from, to), out, whole, instead))
    }

    /// Tokens in the place of a stretch of the text, told as these words in place of the whole.
    pub(super) fn told_as(
        &self,
        places: (usize, usize),
        tokens: Vec<Tok>,
        whole: Span,
        instead: &str,
    ) -> Rewriting {
        let found = self.written(whole.start, whole.end);
        let edits = vec![(whole, instead.to_owned())];
        Rewriting::written(places, tokens, whole, (found, instead), edits)
    }

    /// The tokens of other words, in the place of a stretch of the text: each in its own where it stands in both.
    pub(super) fn tokens_of(&mut self, words: &str, from: u32, to: u32) -> Option<Vec<Tok>> {
        let meant = lex(words);
        if !meant.problems.is_empty() {
            return None;
        }
        let stretch = self.written(from, to).to_owned();
        let mut places: Vec<u32> = stretch
            .char_indices()
            .filter_map(|(at, _)| u32::try_from(at).ok())
            .map(|at| from + at)
            .collect();
        places.push(to);
        let count = meant.tokens.len();
        // Each needs a place that no other has.
        if places.len() <= count {
            return None;
        }
        let old = lex(&stretch).tokens;
        let mut old = old.as_slice();
        let mut next = 0_usize;
        let mut out = Vec::with_capacity(count);
        for (index, token) in meant.tokens.iter().enumerate() {
            let text = super::slice_of(words, token.start, token.end).to_owned();
            // A word that stands in both has its own place, so that what is told of it points there.
            let named = token.kind.is_name() || matches!(token.kind, Token::Number | Token::Text);
            let same = old
                .iter()
                .position(|one| named && super::slice_of(&stretch, one.start, one.end) == text);
            let own = same.and_then(|at| {
                let one = old.get(at)?;
                let place = places.binary_search(&(from + one.start)).ok()?;
                let behind = places.binary_search(&(from + one.end)).ok()?;
                // Enough is left for all that follow.
                let enough = places.len() > behind + count - index - 1;
                (place >= next && enough).then_some((at, place, behind))
            });
            let last = index + 1 == count;
            let (start, end) = match own {
                Some((at, place, behind)) => {
                    old = old.get(at + 1..)?;
                    next = behind;
                    (
                        *places.get(place)?,
                        if last { to } else { *places.get(behind)? },
                    )
                }
                None => {
                    let start = *places.get(next)?;
                    next += 1;
                    (start, if last { to } else { *places.get(next)? })
                }
            };
            out.push(self.put(token.kind, start, end, &text));
        }
        Some(out)
    }

    /// One past the bracket that closes the one at a place, if that is not far.
    pub(super) fn closed(&self, tokens: &[Tok], open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, token) in tokens.iter().enumerate().skip(open).take(FAR) {
            if token.kind.opens() {
                depth += 1;
            } else if token.kind.closes() {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
        }
        None
    }

    /// The parts between a bracket and the one that closes it: where each begins and ends.
    pub(super) fn parts(&self, tokens: &[Tok], open: usize, close: usize) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let (mut from, mut depth) = (open + 1, 0_usize);
        for at in open + 1..close {
            let Some(token) = tokens.get(at) else { break };
            match token.kind {
                kind if kind.opens() => depth += 1,
                kind if kind.closes() => depth = depth.saturating_sub(1),
                Token::Comma | Token::Semicolon if depth == 0 => {
                    parts.push((from, at));
                    from = at + 1;
                }
                _ => {}
            }
        }
        if from < close {
            parts.push((from, close));
        }
        parts
    }
}
