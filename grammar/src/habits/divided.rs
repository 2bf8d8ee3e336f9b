//! `a // 2`: what is a division elsewhere begins a comment here, and the rest of the formula would be lost.
//!
//! In: the comments of a file. Out: those told that stand directly behind a value of a formula and read like its
//! rest: a number or a declared name, with nothing behind it but the rest of a formula.

use super::Habits;
use crate::ast::Span;
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::token::{Tok, Token, declaration_word};

impl Habits<'_> {
    pub(super) fn divided_by_slashes(&mut self, lexed: &Lexed) {
        let mut found: Vec<(Span, String, String)> = Vec::new();
        for comment in &lexed.comments {
            let behind = lexed
                .tokens
                .partition_point(|token| token.end <= comment.span.start);
            let Some(at) = behind.checked_sub(1) else {
                continue;
            };
            if let Some((operand, text)) = self.operand(&comment.text)
                && self.ends_value(&lexed.tokens, at, comment.span.start)
            {
                let Some((start, value)) = self.value_before(&lexed.tokens, at) else {
                    continue;
                };
                let slashes = 2;
                let end = comment.span.start as usize + slashes + operand;
                let span = Span::new(start as usize, end);
                found.push((
                    span,
                    format!("{value} // {text}"),
                    format!("floor({value} / {text})"),
                ));
            }
        }
        for (span, written, instead) in found {
            self.tell(span, &written, &instead, vec![(span, instead.clone())]);
        }
    }

    /// Where what is divided by ends in the words of a comment, and its text.
    fn operand<'c>(&self, comment: &'c str) -> Option<(usize, &'c str)> {
        let inner = comment.trim_start();
        let blanks = comment.len() - inner.len();
        let number = inner.starts_with(|sign: char| sign.is_ascii_digit());
        let part =
            |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || (number && sign == '.');
        let end = inner.find(|sign| !part(sign)).unwrap_or(inner.len());
        let (text, rest) = inner.split_at(end);
        let fits = if number {
            crate::literal::number_fault(text).is_none() && !is_year(text)
        } else {
            self.known.values.contains(text)
        };
        (fits && self.reads_on(rest)).then_some((blanks + end, text))
    }

    /// Is nothing behind it but the rest of a formula?
    fn reads_on(&self, rest: &str) -> bool {
        let rest = rest.trim();
        let begins = rest.is_empty() || rest.starts_with(['+', '-', '*', '/', ')', '<', '>', ',']);
        let connectives = ["and", "or", "then", "else"];
        let mut words = rest
            .split(|sign: char| !(sign.is_alphanumeric() || sign == '_' || sign == '.'))
            .filter(|word| !word.is_empty());
        (begins || connectives.iter().any(|word| rest.starts_with(word)))
            && words.all(|word| {
                word.starts_with(|sign: char| sign.is_ascii_digit())
                    || connectives.contains(&word)
                    || self.declared.contains(word)
            })
    }

    /// Does a value of a formula end in the line of the comment?
    fn ends_value(&self, tokens: &[Tok], at: usize, comment: u32) -> bool {
        let Some(last) = tokens.get(at) else {
            return false;
        };
        let gap = self.text.get(last.end as usize..comment as usize);
        if !gap.is_some_and(|gap| gap.chars().all(|sign| matches!(sign, ' ' | '\t')))
            || !matches!(last.kind, Token::Number | Token::Ident)
        {
            return false;
        }
        // Back to the declaration: the formula of a step, score or signal.
        let mut equals = false;
        for place in (0..=at).rev() {
            let Some(token) = tokens.get(place) else {
                return false;
            };
            let fresh = place
                .checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_none_or(|before| on_new_line(self.text, *before, *token));
            let word = declaration_word(self.slice(*token)).filter(|_| fresh);
            match word {
                Some(Token::DeclareLet | Token::DeclareScore | Token::DeclareSignal) => {
                    return equals;
                }
                Some(_) => return false,
                None => {}
            }
            if token.kind == Token::OpenBrace || token.kind == Token::CloseBrace {
                return false;
            }
            equals |= token.kind == Token::Equals;
        }
        false
    }

    /// The number or name before the slashes, where nothing binds it to what stands before it.
    fn value_before(&self, tokens: &[Tok], at: usize) -> Option<(u32, String)> {
        let last = *tokens.get(at)?;
        let before = tokens.get(at.checked_sub(1)?)?.kind;
        let alone = matches!(
            before,
            Token::Equals
                | Token::Plus
                | Token::OpenParen
                | Token::Comma
                | Token::Then
                | Token::Else
                | Token::And
                | Token::Or
                | Token::Less
                | Token::LessOrEqual
                | Token::Greater
                | Token::GreaterOrEqual
        );
        // `100 people // 2`
        let counted = before == Token::Number && last.kind == Token::Ident;
        if counted {
            let number = *tokens.get(at.checked_sub(1)?)?;
            let text = self.text.get(number.start as usize..last.end as usize)?;
            return Some((number.start, text.to_owned()));
        }
        alone.then(|| (last.start, self.slice(last).to_owned()))
    }
}

/// A note such as `// 2019` names a year.
fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
}
