//! Names that begin with a digit: `let 4w_rain = …`.
//!
//! In: tokens, before numbers are set right. Out: names at all their places, told once.

use super::Habits;
use crate::ast::Span;
use crate::lexer::Lexed;
use crate::problem::{Problem, ProblemKind, WhyNoName};
use crate::token::{Token, declaration_word};

impl Habits<'_> {
    pub(super) fn digit_names(&mut self, lexed: &mut Lexed) {
        let mut found: Vec<(String, String)> = Vec::new();
        for pair in lexed.tokens.windows(3) {
            let [word, number, next] = pair else { continue };
            let declares = declaration_word(self.slice(*word)).is_some_and(|word| {
                matches!(
                    word,
                    Token::DeclareLet
                        | Token::DeclareScore
                        | Token::DeclareSignal
                        | Token::DeclareParam
                        | Token::DeclareIndicator
                        | Token::DeclareFactor
                        | Token::DeclareLevel
                        | Token::DeclareAlert
                )
            });
            let behind = matches!(
                next.kind,
                Token::Text | Token::Colon | Token::Equals | Token::OpenBrace
            );
            let written = self.slice(*number);
            if declares
                && behind
                && number.kind == Token::Number
                && let Some(meant) = name_of(written)
                && found.iter().all(|(other, _)| other != written)
            {
                let rest =
                    written.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '_');
                // The name without the digit, where the rest of the file calls it so.
                let spoken = !self.declared.contains(rest)
                    && lexed
                        .tokens
                        .iter()
                        .any(|t| t.kind == Token::Ident && self.slice(*t) == rest);
                let meant = if spoken { rest.to_owned() } else { meant };
                found.push((written.to_owned(), meant));
            }
        }
        for (written, meant) in found {
            let mut edits: Vec<(Span, String)> = Vec::new();
            for at in 0..lexed.tokens.len() {
                let Some(token) = lexed.tokens.get_mut(at) else {
                    break;
                };
                let text = super::slice_of(self.text, token.start, token.end);
                if token.kind == Token::Number && text == written {
                    token.kind = Token::Ident;
                    let span = token.span();
                    edits.push((span, meant.clone()));
                    self.read_as.written.insert(span.start, meant.clone());
                    super::take_back(&mut lexed.problems, span);
                }
            }
            let Some(span) = edits.first().map(|(span, _)| *span) else {
                continue;
            };
            self.push(Problem {
                kind: ProblemKind::NotAName {
                    found: written,
                    meant,
                    why: WhyNoName::Digit,
                    edits,
                },
                span,
            });
        }
    }
}

/// `rain_4w` for `4w_rain`, `attack_3` for `3attack`.
fn name_of(written: &str) -> Option<String> {
    let digits = written.find(|sign: char| !sign.is_ascii_digit())?;
    let plain = written
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !plain || digits == 0 {
        return None;
    }
    let (number, rest) = written.split_at(digits);
    if let Some((head, tail)) = written.split_once('_')
        && tail.starts_with(|sign: char| sign.is_ascii_alphabetic())
    {
        return Some(format!(
            "{}_{}",
            tail.to_ascii_lowercase(),
            head.to_ascii_lowercase()
        ));
    }
    let rest = rest.trim_matches('_').to_ascii_lowercase();
    (rest.len() > 1).then(|| format!("{rest}_{number}"))
}
