//! Levels and categories as lists of other languages have them: with numbers, signs and labels in the place of names.
//!
//! In: the tokens, and where the grammar stopped. Out: the list written anew.

use crate::declarations::slice;
use crate::edit::{Edit, Told};
use crate::slips::Written;
use crate::substitutes::LONGEST;
use crate::token::{Tok, Token};

impl Written<'_> {
    /// `{ 1 sound, 2 failing }`, `{ sound = 1, failing = 2 }`, `{ "Sound" < "Failing" }`, `{ sound: "Sound" }`:
    /// levels and categories as a list of other languages has them.
    pub(crate) fn items(&self) -> Option<Edit> {
        let sign = match self.declares()? {
            Token::DeclareScale => " < ",
            Token::DeclareCategory | Token::Category => ", ",
            _ => return None,
        };
        let open = self.tokens.iter().position(|t| t.kind.opens())?;
        let close = self.partner(open)?;
        let inner = self.tokens.get(open + 1..close)?;
        if self.failure.at <= open || self.failure.at > close || inner.len() > LONGEST {
            return None;
        }
        let separates = |t: &Tok| {
            matches!(
                t.kind,
                Token::Comma
                    | Token::Less
                    | Token::LessOrEqual
                    | Token::Semicolon
                    | Token::Slash
                    | Token::Arrow
                    | Token::Or
            )
        };
        let mut written = Vec::new();
        let mut insert = Vec::new();
        for item in inner.split(separates).filter(|item| !item.is_empty()) {
            let mut names: Vec<Tok> = Vec::new();
            let mut label: Option<Tok> = None;
            for token in item {
                match token.kind {
                    kind if kind.is_name() => names.push(*token),
                    Token::Text if label.is_none() => label = Some(*token),
                    Token::Number
                    | Token::Colon
                    | Token::Equals
                    | Token::Minus
                    | Token::Dot
                    | Token::OpenParen
                    | Token::CloseParen => {}
                    _ => return None,
                }
            }
            let (name, place) = match (names.as_slice(), label) {
                ([name], _) => (slice(self.text, *name).to_owned(), *name),
                ([], Some(label)) => (named_by(slice(self.text, label))?, label),
                _ => return None,
            };
            if !insert.is_empty() {
                insert.push(Tok {
                    kind: if sign == ", " {
                        Token::Comma
                    } else {
                        Token::Less
                    },
                    start: place.start,
                    end: place.start,
                });
            }
            let text = label.map(|label| slice(self.text, label));
            // A name that is only between quotes has no token of its own: its letters are those of the label.
            insert.push(match names.is_empty() {
                true => Tok {
                    kind: Token::Ident,
                    start: place.start + 1,
                    end: place.end - 1,
                },
                false => Tok {
                    kind: Token::Ident,
                    ..place
                },
            });
            if let Some(label) = label.filter(|_| !names.is_empty()) {
                insert.push(label);
            }
            written.push(match text {
                Some(text) => format!("{name} {text}"),
                None => name,
            });
        }
        let fits = written.len() > 1 && !insert.is_empty();
        fits.then(|| Edit {
            at: open + 1,
            remove: inner.len(),
            insert,
            told: Told::Items(written.join(sign)),
        })
    }
}

/// The name that a label suggests.
fn named_by(label: &str) -> Option<String> {
    let mut name = String::new();
    for sign in label.trim_matches('"').to_lowercase().chars() {
        if sign.is_ascii_alphanumeric() {
            name.push(sign);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_').to_owned();
    name.starts_with(|sign: char| sign.is_ascii_lowercase())
        .then_some(name)
}
