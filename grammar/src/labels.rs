//! Labels, and other texts between quotes: words that lack theirs, and texts that stand where none can.
//!
//! In: the tokens, and where the grammar stopped. Out: edits worth trying.

use crate::declarations::{on_new_line, slice};
use crate::edit::{Edit, Told, takes_text};
use crate::place::{Inside, Place};
use crate::slips::Written;
use crate::token::{Tok, Token};

impl Written<'_> {
    /// A text without the word that says what it is, or a label behind the type.
    pub fn late_text(&self) -> Option<Edit> {
        let token = self.here()?;
        let declares = self
            .tokens
            .iter()
            .map(|t| t.kind)
            .find(|kind| !kind.is_prefix());
        let place = Place::new(self.tokens, self.failure.at, self.read);
        let is_free = matches!(
            place.inside,
            Inside::Nothing | Inside::SourceBody | Inside::FactorBody
        );
        // Right behind its word a declaration lacks its name.
        if token.kind != Token::Text
            || !is_free
            || self.failure.at < 2
            || self.before(1)?.kind.declares()
        {
            return None;
        }
        let colon = self
            .tokens
            .iter()
            .take(self.failure.at)
            .position(|t| matches!(t.kind, Token::Colon | Token::Equals));
        let has_label = self
            .tokens
            .iter()
            .take(colon.unwrap_or(self.failure.at))
            .any(|t| t.kind == Token::Text);
        let say = if colon.is_some() && !has_label {
            "a label stands right behind the name".to_owned()
        } else if declares == Some(Token::DeclareSource) || self.read == Token::ReadAttributes {
            "say what this text is: `license`, `url` or `updated` before it".to_owned()
        } else {
            "say what this text is: `cite` for where it is written, `column` for its column in the data".to_owned()
        };
        Some(Edit {
            at: self.failure.at,
            remove: 1,
            insert: Vec::new(),
            told: Told::Elsewhere(say),
        })
    }

    /// Words where a text between quotes belongs. The second are less likely than a forgotten sign.
    pub fn no_quotes(&self) -> (Vec<Edit>, Vec<Edit>) {
        let at = self.failure.at;
        let (Some(token), Some(before)) = (self.here(), self.before(1)) else {
            return Default::default();
        };
        let is_word = |t: &Tok| t.kind.is_name() || t.kind.is_reserved() || t.kind == Token::Number;
        // `test over 3 months`: the label is left out.
        let of_test = token.kind == Token::Over && before.kind == Token::DeclareTest;
        // A member that is named has its own label.
        let place = Place::new(self.tokens, at, self.read);
        let is_member = place.inside == Inside::Members && before.kind.is_name();
        if !self.expects("text") || !is_word(&token) || of_test || is_member {
            return Default::default();
        }
        let asked = takes_text(before.kind);
        // A word of the language, or a number behind a name, is not the beginning of a label.
        let begins_otherwise = matches!(
            token.kind,
            Token::Over | Token::To | Token::Column | Token::Because | Token::By | Token::Is
        ) || (token.kind == Token::Number
            && before.kind.is_name()
            && self
                .tokens
                .iter()
                .any(|t| matches!(t.kind, Token::DeclareUnit | Token::DeclareOverride)));
        if !asked && begins_otherwise {
            return Default::default();
        }
        if on_new_line(self.text, before, token) {
            return Default::default();
        }
        // An address goes on to the end of the line, whatever signs are in it, where nothing else stands there.
        if before.kind == Token::Url && matches!(slice(self.text, token), "http" | "https" | "www")
        {
            let rest = self.text.get(token.start as usize..).unwrap_or_default();
            let line = rest.lines().next().unwrap_or_default().trim_end();
            // Beside other properties it ends with its word.
            let line = match line.contains(['"', '{', '}']) {
                true => line.split_whitespace().next().unwrap_or(line),
                false => line,
            };
            let close = token.start + u32::try_from(line.len()).unwrap_or_default();
            let remove = self
                .tokens
                .iter()
                .skip(at)
                .take_while(|t| t.end <= close)
                .count();
            let edit = Edit {
                at,
                remove,
                insert: vec![Tok {
                    kind: Token::Text,
                    start: token.start,
                    end: close,
                }],
                told: Told::Address(close),
            };
            return (vec![edit], Vec::new());
        }
        let mut ends = Vec::new();
        let mut end = at;
        while let Some(next) = self.tokens.get(end) {
            let last = end.checked_sub(1).and_then(|b| self.tokens.get(b)).copied();
            let stops = matches!(
                next.kind,
                Token::Colon
                    | Token::Equals
                    | Token::OpenBrace
                    | Token::CloseBrace
                    | Token::Text
                    | Token::Comma
            ) || last.is_some_and(|last| on_new_line(self.text, last, *next));
            if stops {
                break;
            }
            let turns = matches!(
                next.kind,
                Token::Over | Token::To | Token::Column | Token::For | Token::When
            ) || next.kind.begins_attribute()
                || matches!(
                    next.kind,
                    Token::Version
                        | Token::Within
                        | Token::Extends
                        | Token::Because
                        | Token::By
                        | Token::Less
                        | Token::Except
                        | Token::Written
                );
            if end > at && turns && ends.len() < 3 {
                ends.push(end);
                // A column, a pattern and an entity are one word.
                if matches!(before.kind, Token::Column | Token::Written | Token::Except) {
                    break;
                }
            }
            end += 1;
        }
        if ends.last() != Some(&end) {
            ends.push(end);
        }
        let what = match before.kind {
            Token::Version => "version",
            _ if self.before(2).is_some_and(|t| t.kind == Token::Extends) => "version",
            Token::Cite => "citation",
            // The table of a test.
            Token::From => "file",
            Token::Column => "column",
            Token::License => "licence",
            Token::Url => "address",
            Token::Because => "reason",
            Token::Updated | Token::Written | Token::Code | Token::Seen => "text",
            _ => "label",
        };
        let edits: Vec<Edit> = ends
            .into_iter()
            .filter_map(|end| {
                let last = self.tokens.get(end.checked_sub(1)?)?;
                Some(Edit {
                    at,
                    remove: end - at,
                    insert: vec![Tok {
                        kind: Token::Text,
                        start: token.start,
                        end: last.end,
                    }],
                    told: Told::NoQuotes(what),
                })
            })
            .collect();
        let one_small = end == at + 1
            && !slice(self.text, token)
                .chars()
                .next()
                .is_some_and(char::is_uppercase);
        if !asked && one_small {
            (Vec::new(), edits)
        } else {
            (edits, Vec::new())
        }
    }
}
