//! Words of the language that the file declares as names: read as names wherever a value stands.
//!
//! In: tokens. Out: names in their place; a word that is never a name is told once, with all its places.

use std::collections::BTreeSet;

use super::{Habits, declaration_word};
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::problem::{Problem, ProblemKind};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn own_names(&mut self, lexed: &mut Lexed) {
        let declared = self.declared_words(&lexed.tokens);
        if declared.is_empty() {
            return;
        }
        let words: BTreeSet<&str> = declared
            .iter()
            .filter_map(|at| lexed.tokens.get(*at))
            .map(|token| self.slice(*token))
            .collect();
        for word in words {
            let mut places = Vec::new();
            let mut reserved = false;
            for at in 0..lexed.tokens.len() {
                let Some(token) = lexed.tokens.get(at).copied() else {
                    continue;
                };
                let is_word = token.kind.is_reserved() || token.kind.is_contextual();
                if !is_word || self.slice(token) != word {
                    continue;
                }
                if !declared.contains(&at) && !self.stands_as_name(&lexed.tokens, at) {
                    continue;
                }
                reserved |= token.kind.is_reserved();
                places.push(token.span());
                if let Some(token) = lexed.tokens.get_mut(at) {
                    token.kind = Token::Ident;
                }
            }
            // It is told where it is declared, wherever else it stands.
            let first = declared
                .iter()
                .filter_map(|at| lexed.tokens.get(*at))
                .find(|token| self.slice(**token) == word)
                .map(|token| token.span());
            if let Some(span) = first.filter(|_| reserved) {
                let others = places.into_iter().filter(|place| *place != span).collect();
                let kind = ProblemKind::ReservedWord {
                    word: word.to_owned(),
                    others,
                };
                self.push(Problem { kind, span });
            }
        }
    }

    /// Where a line begins a declaration whose name is a word of the language: `indicator when "…" : truth`.
    fn declared_words(&self, tokens: &[Tok]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut depth = 0_usize;
        for (at, token) in tokens.iter().enumerate() {
            if token.kind.opens() {
                depth += 1;
            } else if token.kind.closes() {
                depth = depth.saturating_sub(1);
            }
            let begins = at
                .checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_none_or(|before| on_new_line(self.text, *before, *token));
            let declares = matches!(
                declaration_word(self.slice(*token)),
                Some(
                    Token::DeclareIndicator
                        | Token::DeclareParam
                        | Token::DeclareLet
                        | Token::DeclareScore
                        | Token::DeclareSignal
                        | Token::DeclareFactor
                        | Token::DeclareLevel
                        | Token::DeclareTable
                )
            );
            let (Some(name), Some(behind)) = (tokens.get(at + 1), tokens.get(at + 2)) else {
                continue;
            };
            let is_word = name.kind.is_reserved() || name.kind.is_contextual();
            let goes_on = match behind.kind {
                Token::Text | Token::Colon | Token::Equals => true,
                Token::OpenBrace => name.kind.is_reserved(),
                _ => false,
            };
            if depth == 0 && begins && declares && is_word && goes_on {
                found.insert(at + 1);
            }
        }
        found
    }

    /// Does a value stand there, and not what the word means in the language?
    fn stands_as_name(&self, tokens: &[Tok], at: usize) -> bool {
        let Some(token) = tokens.get(at) else {
            return false;
        };
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        // What stands on the next line begins something else.
        let next = tokens
            .get(at + 1)
            .filter(|next| !on_new_line(self.text, *token, **next));
        let kind_of = |token: Option<&Tok>| token.map(|token| token.kind);
        let (before, next) = (kind_of(before), kind_of(next));
        if before == Some(Token::Dot) || next == Some(Token::Colon) {
            return false;
        }
        let behind_value = before.is_some_and(|kind| kind.ends_operand() && !kind.is_contextual());
        let before_value = next.is_some_and(begins_operand);
        match token.kind {
            // `number in 0..10`
            Token::In => !before.is_some_and(Token::ends_operand),
            Token::And | Token::Or | Token::Is | Token::Then | Token::Else => !behind_value,
            Token::If | Token::Not | Token::Extends => !before_value,
            Token::Yes | Token::No | Token::Unknown | Token::Missing => {
                let asked = matches!(before, Some(Token::Is | Token::Not));
                let joined = next.is_some_and(|kind| is_sign(kind) || kind == Token::Is)
                    || before.is_some_and(|kind| is_sign(kind) && kind != Token::Equals);
                let given = next == Some(Token::Equals);
                (joined || given) && !asked
            }
            _ => {
                let joins = |kind: Token| is_sign(kind) || kind.closes() || kind == Token::Comma;
                let joined = next.is_some_and(|kind| joins(kind) || kind == Token::Is)
                    || before.is_some_and(|kind| is_sign(kind) || kind == Token::OpenParen);
                // `at least 2 of (…)`, `any of { … }`
                let phrase = matches!(next, Some(Token::Least | Token::Of));
                let is_value = !behind_value && !before_value && before != Some(Token::Is);
                joined && is_value && !phrase
            }
        }
    }
}

/// Signs and words that join two values.
fn is_sign(kind: Token) -> bool {
    matches!(
        kind,
        Token::Plus
            | Token::Minus
            | Token::Star
            | Token::Slash
            | Token::Less
            | Token::LessOrEqual
            | Token::Greater
            | Token::GreaterOrEqual
            | Token::Equals
            | Token::And
            | Token::Or
            | Token::Dot
    )
}

fn begins_operand(kind: Token) -> bool {
    kind == Token::Ident
        || matches!(
            kind,
            Token::Number
                | Token::Text
                | Token::OpenParen
                | Token::OpenBracket
                | Token::OpenBrace
                | Token::If
                | Token::Not
                | Token::Yes
                | Token::No
                | Token::Unknown
                | Token::Missing
        )
}
