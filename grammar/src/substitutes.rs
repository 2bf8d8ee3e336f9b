//! What stands in the place of a sign or a word of the language: other brackets, quotes around a name, a word that
//! means the same elsewhere, a sign between a word and what it says, items of a list in another form.
//!
//! In: the tokens, and where the grammar stopped. Out: edits worth trying, beside those of `repair` and `slips`.

use std::collections::BTreeSet;

use logos::Logos;

use crate::declarations::{on_new_line, slice};
use crate::edit::{Edit, Told, insertion};
use crate::place::{Inside, Place};
use crate::slips::Written;
use crate::synonyms;
use crate::token::{Tok, Token};

/// The longest list of items that is written anew, in tokens.
pub(crate) const LONGEST: usize = 200;

impl Written<'_> {
    /// One word or sign in the place of another.
    pub fn substitutes(&self, declared: &BTreeSet<String>) -> Vec<Edit> {
        let mut edits = Vec::new();
        edits.extend(self.items());
        edits.extend(self.synonym());
        edits.extend(self.sign());
        edits.extend(self.kind_word());
        edits.extend(self.bracketed_type());
        edits.extend(self.unit_for_word());
        edits.extend(self.what_it_is());
        edits.extend(self.bare_set());
        edits.extend(self.in_test());
        edits.extend(self.unknown_alone());
        edits.extend(self.alone());
        edits.extend(self.unquoted(declared));
        edits.extend(self.other_brackets());
        edits.extend(self.in_braces());
        edits.extend(self.in_full());
        edits
    }

    /// What is one too many, where all the rest reads without it.
    pub fn needless(&self, declared: &BTreeSet<String>) -> Vec<Edit> {
        let mut edits = Vec::new();
        edits.extend(self.without_brackets());
        edits.extend(self.answered());
        edits.extend(self.no_property());
        edits.extend(self.left_out(declared));
        edits
    }

    fn words(&self, from: usize, to: usize) -> &str {
        let (Some(first), Some(last)) = (
            self.tokens.get(from),
            to.checked_sub(1).and_then(|at| self.tokens.get(at)),
        ) else {
            return "";
        };
        self.text
            .get(first.start as usize..last.end as usize)
            .unwrap_or_default()
    }

    pub(crate) fn declares(&self) -> Option<Token> {
        let mut kinds = self.tokens.iter().map(|token| token.kind);
        kinds.find(|kind| !kind.is_prefix())
    }

    /// `col "iso3"`, `exclude "WLD"`, `link "https://…"`
    fn synonym(&self) -> Option<Edit> {
        let token = self.here()?;
        let word = slice(self.text, token);
        let is_word = token.kind.is_name() || token.kind.is_reserved();
        let (own, kind) = synonyms::meant(word, &self.failure.expected).filter(|_| is_word)?;
        (kind != token.kind).then(|| Edit {
            at: self.failure.at,
            remove: 1,
            insert: vec![Tok { kind, ..token }],
            told: Told::Instead(own),
        })
    }

    /// `level overall of state`, `unit dozen is 12 eggs`: a word where a sign belongs.
    fn sign(&self) -> Option<Edit> {
        let token = self.here()?;
        let word = slice(self.text, token);
        let says = matches!(
            token.kind,
            Token::Equals | Token::Colon | Token::As | Token::Of | Token::On | Token::Is
        ) || matches!(word, "equals" | "are" | "type" | "kind");
        let (kind, sign) = if self.expects(":") && token.kind != Token::Colon {
            (Token::Colon, ":")
        } else if self.expects("=") && token.kind != Token::Equals {
            (Token::Equals, " =")
        } else {
            return None;
        };
        (says && token.kind != kind).then(|| Edit {
            at: self.failure.at,
            remove: 1,
            insert: vec![Tok { kind, ..token }],
            told: Told::Instead(sign),
        })
    }

    /// `: scale state {`, `: unit mm`: the kind of what stands behind it is known by its name.
    fn kind_word(&self) -> Option<Edit> {
        let at = self.failure.at.checked_sub(1)?;
        let word = self.before(1)?;
        let colon = self.before(2)?;
        let says = matches!(
            slice(self.text, word),
            "scale" | "unit" | "category" | "level" | "type" | "table" | "value"
        );
        let names = self.here()?.kind.is_name();
        (says && names && colon.kind == Token::Colon).then(|| Edit {
            at,
            remove: 1,
            insert: Vec::new(),
            told: Told::Superfluous,
        })
    }

    /// `level overall (state) {`, `indicator rain "Rain" (mm) in 0..`
    fn bracketed_type(&self) -> Option<Edit> {
        let at = self.failure.at;
        let open = self.here().filter(|t| t.kind.opens())?;
        let name = *self.tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        let close = *self.tokens.get(at + 2).filter(|t| t.kind.closes())?;
        (self.expects(":") && close.end > close.start).then(|| Edit {
            at,
            remove: 3,
            insert: vec![
                Tok {
                    kind: Token::Colon,
                    ..open
                },
                name,
            ],
            told: Told::Rewritten(format!(": {}", slice(self.text, name))),
        })
    }

    /// `in 0..800 col "rain"`: the word was taken for the unit of the number.
    fn unit_for_word(&self) -> Option<Edit> {
        let at = self.failure.at.checked_sub(1)?;
        let word = *self.tokens.get(at).filter(|t| t.kind == Token::Ident)?;
        self.before(2).filter(|t| t.kind == Token::Number)?;
        let (own, kind) = synonyms::meant(slice(self.text, word), &self.failure.expected)?;
        Some(Edit {
            at,
            remove: 1,
            insert: vec![Tok { kind, ..word }],
            told: Told::Instead(own),
        })
    }

    /// `restricted`, `protective`, `dynamic` without the word of which they are a value.
    fn alone(&self) -> Option<Edit> {
        let token = self.here()?;
        let (kind, word) = match slice(self.text, token) {
            "public" | "restricted" | "confidential" => (Token::Classification, "classification"),
            "harmful" | "protective" => (Token::Polarity, "polarity"),
            "structural" | "dynamic" | "trigger" => (Token::Nature, "nature"),
            _ => return None,
        };
        let value = slice(self.text, token);
        // `from polarity protective`: its word stands there, and was taken for the name that is missing.
        let said = self
            .before(1)
            .is_some_and(|before| slice(self.text, before) == word);
        (!said && self.expects(word)).then(|| Edit {
            at: self.failure.at,
            remove: 1,
            insert: vec![
                Tok {
                    kind,
                    start: token.start,
                    end: token.start,
                },
                token,
            ],
            told: Told::Rewritten(format!("{word} {value}")),
        })
    }

    /// `unknown hold` in an alert.
    fn unknown_alone(&self) -> Option<Edit> {
        let token = self.here().filter(|t| t.kind == Token::Unknown)?;
        self.expects("on").then(|| Edit {
            at: self.failure.at,
            remove: 1,
            insert: vec![
                Tok {
                    kind: Token::On,
                    start: token.start,
                    end: token.start,
                },
                token,
            ],
            told: Told::Rewritten("on unknown".to_owned()),
        })
    }

    /// `given x = (1, 2)`, and `x = 3` alone, in a test.
    fn in_test(&self) -> Option<Edit> {
        let tests =
            self.read == Token::ReadTestParts || self.declares() == Some(Token::DeclareTest);
        let token = self.here().filter(|_| tests)?;
        let at = self.failure.at;
        if token.kind == Token::Comma {
            let open = (at.saturating_sub(12)..at)
                .rev()
                .find(|place| self.kind(*place) == Some(Token::OpenParen))?;
            let before = self.kind(open.checked_sub(1)?)?;
            let close = self.partner(open)?;
            let mut insert = self.tokens.get(open..=close)?.to_vec();
            insert.first_mut()?.kind = Token::OpenBracket;
            insert.last_mut()?.kind = Token::CloseBracket;
            return matches!(before, Token::Equals | Token::Is).then(|| Edit {
                at: open,
                remove: insert.len(),
                insert,
                told: Told::Brackets("[", "]"),
            });
        }
        let named = token.kind == Token::Ident
            && self.kind(at + 1) == Some(Token::Equals)
            && self
                .before(1)
                .is_none_or(|before| on_new_line(self.text, before, token));
        (named && self.expects("given")).then(|| Edit {
            at,
            remove: 1,
            insert: vec![
                Tok {
                    kind: Token::Given,
                    start: token.start,
                    end: token.start,
                },
                token,
            ],
            told: Told::Rewritten(format!("given {}", slice(self.text, token))),
        })
    }

    /// `: { coast, plain }`: a category without its word.
    fn bare_set(&self) -> Option<Edit> {
        let open = self.here().filter(|t| t.kind == Token::OpenBrace)?;
        let colon = self.before(1).filter(|t| t.kind == Token::Colon)?;
        // The names in a level's braces are those of its scale, which is not named.
        let of_level = self.declares() == Some(Token::DeclareLevel);
        (self.expects("category") && open.start >= colon.end && !of_level)
            .then(|| insertion(self.tokens, self.failure.at, Token::Category, " category"))
    }

    /// `quality absent`: what something is stands behind `is`.
    fn what_it_is(&self) -> Option<Edit> {
        let word = slice(self.text, self.here()?);
        let before = self.before(1)?;
        let says = matches!(word, "absent" | "emerging" | "present") && before.kind.is_name();
        (says && self.expects("is"))
            .then(|| insertion(self.tokens, self.failure.at, Token::Is, " is"))
    }

    /// `from "stations"`, `missing means "0 mm"`: what is no text.
    fn unquoted(&self, declared: &BTreeSet<String>) -> Option<Edit> {
        let token = self.here().filter(|t| t.kind == Token::Text)?;
        // Right behind its word a declaration lacks its name.
        if self.expects("text") || self.before(1).is_none_or(|before| before.kind.declares()) {
            return None;
        }
        let inner = slice(self.text, token)
            .strip_prefix('"')?
            .strip_suffix('"')?;
        // A period, `"2024-W20"`, is no name and no number.
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 4 && inner[digits..].starts_with(['-', '_']) {
            return None;
        }
        let mut insert = Vec::new();
        for (kind, span) in Token::lexer(inner).spanned() {
            let kind = kind.ok().filter(|kind| {
                kind.is_name()
                    || kind.is_reserved()
                    || matches!(kind, Token::Number | Token::Slash | Token::Minus)
            })?;
            let begins = token.start + 1;
            insert.push(Tok {
                kind,
                start: begins + u32::try_from(span.start).ok()?,
                end: begins + u32::try_from(span.end).ok()?,
            });
        }
        // A word in the place of a value is one that is declared, or says nothing: `cost "high"`.
        let value = self.expects("number literal") && self.expects("missing");
        if value
            && matches!(insert.as_slice(), [one] if one.kind == Token::Ident)
            && !declared.contains(inner)
        {
            return None;
        }
        (!insert.is_empty() && insert.len() <= 4).then(|| Edit {
            at: self.failure.at,
            remove: 1,
            insert,
            told: Told::Rewritten(inner.to_owned()),
        })
    }

    /// Where the bracket at a place is closed.
    pub(crate) fn partner(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(open) {
            if token.kind.opens() {
                depth += 1;
            } else if token.kind.closes() {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return (token.end > token.start).then_some(at);
                }
            }
        }
        None
    }

    /// `scale state [low < high]`, `at least 2 of {a, b}`: other brackets belong there.
    fn other_brackets(&self) -> Vec<Edit> {
        let at = self.failure.at;
        let Some(open) = self.here().filter(|t| t.kind.opens()) else {
            return Vec::new();
        };
        let Some(close) = self.partner(at) else {
            return Vec::new();
        };
        let pairs = [
            ("{", Token::OpenBrace, Token::CloseBrace, ("{ ", " }")),
            ("(", Token::OpenParen, Token::CloseParen, ("(", ")")),
            ("[", Token::OpenBracket, Token::CloseBracket, ("[", "]")),
        ];
        let mut edits = Vec::new();
        for (sign, opens, closes, written) in pairs {
            if opens == open.kind || !self.expects(sign) {
                continue;
            }
            let Some(stretch) = self.tokens.get(at..=close) else {
                continue;
            };
            let mut insert = stretch.to_vec();
            if let Some(first) = insert.first_mut() {
                first.kind = opens;
            }
            if let Some(last) = insert.last_mut() {
                last.kind = closes;
            }
            edits.push(Edit {
                at,
                remove: insert.len(),
                insert,
                told: Told::Brackets(written.0, written.1),
            });
        }
        edits
    }

    /// `by (a, b)`, `except ("WLD")`: no brackets are needed.
    fn without_brackets(&self) -> Option<Edit> {
        let at = self.failure.at;
        self.here().filter(|t| t.kind.opens())?;
        let close = self.partner(at)?;
        let insert = self.tokens.get(at + 1..close)?.to_vec();
        (!insert.is_empty()).then(|| Edit {
            at,
            remove: close + 1 - at,
            insert,
            told: Told::Brackets("", ""),
        })
    }

    /// `scale state low < high`: in braces, to the end of the line or of the declaration.
    fn in_braces(&self) -> Vec<Edit> {
        let at = self.failure.at;
        let Some(token) = self.here() else {
            return Vec::new();
        };
        let begins = if matches!(token.kind, Token::Colon | Token::Equals | Token::Of) {
            at + 1
        } else {
            at
        };
        let starts = self
            .tokens
            .get(begins)
            .is_some_and(|t| t.kind.is_name() || matches!(t.kind, Token::Text | Token::Number));
        if !self.expects("{") || !starts {
            return Vec::new();
        }
        let mut end = begins + 1;
        while end < self.tokens.len() && end - begins < LONGEST {
            if let (Some(before), Some(next)) = (self.tokens.get(end - 1), self.tokens.get(end))
                && on_new_line(self.text, *before, *next)
            {
                break;
            }
            end += 1;
        }
        let Some(stretch) = self.tokens.get(begins..end) else {
            return Vec::new();
        };
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else {
            return Vec::new();
        };
        let mut insert = vec![Tok {
            kind: Token::OpenBrace,
            start: first.start,
            end: first.start,
        }];
        insert.extend_from_slice(stretch);
        insert.push(Tok {
            kind: Token::CloseBrace,
            start: last.end,
            end: last.end,
        });
        vec![Edit {
            at,
            remove: end - at,
            insert,
            told: Told::Rewritten(format!("{{ {} }}", self.words(begins, end))),
        }]
    }

    /// `expires 2 months`, `verification "by"`, `carry forward 3 months`: properties of several words, in full.
    fn in_full(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for back in 0..=3 {
            let Some(from) = self.failure.at.checked_sub(back) else {
                break;
            };
            let Some(word) = self.tokens.get(from).copied() else {
                continue;
            };
            let small = slice(self.text, word).to_ascii_lowercase();
            let (full, kinds, last): (&str, &[Token], &[Token]) = match small.as_str() {
                "expires" | "expire" | "expiry" | "valid" | "stale" | "lapses" => (
                    "expires after",
                    &[Token::Expires, Token::After],
                    &[Token::Number],
                ),
                "verification" | "verified" | "verify" => (
                    "verification column",
                    &[Token::Verification, Token::Column],
                    &[Token::Text],
                ),
                "carry" | "carried" | "carry_forward" | "locf" | "ffill" | "carries" => (
                    "carry forward at most",
                    &[Token::Carry, Token::Forward, Token::At, Token::Most],
                    &[Token::Number],
                ),
                "missing" | "default" | "fill" | "fillna" | "if_missing" | "missing_value"
                | "na" => (
                    "missing means",
                    &[Token::Missing, Token::Means],
                    &[
                        Token::Number,
                        Token::Yes,
                        Token::No,
                        Token::Minus,
                        Token::Ident,
                    ],
                ),
                _ => continue,
            };
            // What it says begins within the next words.
            let ends = (from + 1..=from + 4).find(|at| {
                self.tokens.get(*at).is_some_and(|token| {
                    last.contains(&token.kind)
                        && !is_filling(slice(self.text, *token))
                        && *at >= self.failure.at
                })
            });
            let Some(end) = ends else { continue };
            let (Some(before), Some(said)) = (self.tokens.get(end - 1), self.tokens.get(end))
            else {
                continue;
            };
            // In a formula `missing` is a value.
            let in_formula = full == "missing means"
                && from
                    .checked_sub(1)
                    .and_then(|before| self.tokens.get(before))
                    .is_none_or(|earlier| !on_new_line(self.text, *earlier, word));
            if on_new_line(self.text, word, *said) || end - from > 4 || in_formula {
                continue;
            }
            let place = |(at, kind): (usize, &Token)| Tok {
                kind: *kind,
                start: if at == 0 { word.start } else { before.end },
                end: before.end,
            };
            edits.push(Edit {
                at: from,
                remove: end - from,
                insert: kinds.iter().enumerate().map(place).collect(),
                told: Told::Rewritten(full.to_owned()),
            });
        }
        edits
    }

    /// `optional: yes`, `hindsight true`: the word says it alone.
    fn answered(&self) -> Option<Edit> {
        let at = self.failure.at;
        let before = self.before(1)?;
        let sign = usize::from(matches!(
            self.here()?.kind,
            Token::Colon | Token::Equals | Token::Is
        ));
        let alone = matches!(
            before.kind,
            Token::Optional | Token::Hindsight | Token::Changeable
        );
        let answer = *self.tokens.get(at + sign)?;
        let yes = matches!(
            slice(self.text, answer).to_ascii_lowercase().as_str(),
            "yes" | "true" | "1" | "on" | "ok"
        );
        (alone && yes).then(|| Edit {
            at,
            remove: sign + 1,
            insert: Vec::new(),
            told: Told::LeftOut,
        })
    }

    /// `author "A. B."`, `description: "…"`: a property that is not there.
    fn no_property(&self) -> Option<Edit> {
        let at = self.failure.at;
        let token = self.here()?;
        let before = self.before(1)?;
        let place = Place::new(self.tokens, at, self.read);
        let free = matches!(place.inside, Inside::Nothing | Inside::SourceBody)
            && self.expects("cite")
            && !self.expects("+");
        let word = slice(self.text, token);
        if !free || token.kind != Token::Ident || !before.kind.ends_operand() {
            return None;
        }
        let sign = usize::from(matches!(
            self.tokens.get(at + 1)?.kind,
            Token::Colon | Token::Equals
        ));
        let said = *self.tokens.get(at + 1 + sign)?;
        let says = matches!(said.kind, Token::Text | Token::Number)
            || (said.kind == Token::Ident && !on_new_line(self.text, token, said));
        says.then(|| Edit {
            at,
            remove: 2 + sign,
            insert: Vec::new(),
            told: Told::NoProperty(format!(
                "there is no property `{word}`: where something is written stands behind `cite`, and what is only \
                 to be read in a `///` line above"
            )),
        })
    }

    /// A word or a sign without which all reads.
    fn left_out(&self, declared: &BTreeSet<String>) -> Option<Edit> {
        let token = self.here()?;
        let word = slice(self.text, token);
        let before = self.before(1)?;
        let of_name = token.kind == Token::Ident && !declared.contains(word);
        // A sign behind the first word of a line says that the word is the slip.
        let value = self.expects("number literal") && self.expects("missing");
        // A word of the language that was taken for a name says that the name is missing.
        let misread = before.kind.is_name() && before.kind.is_contextual();
        if value || misread || matches!(before.kind, Token::Comma) || before.kind.opens() {
            return None;
        }
        let first = self
            .before(2)
            .is_none_or(|earlier| on_new_line(self.text, earlier, before))
            && before.kind == Token::Ident;
        let of_sign = matches!(
            token.kind,
            Token::Colon
                | Token::Equals
                | Token::Is
                | Token::Arrow
                | Token::And
                | Token::Dot
                | Token::Then
                | Token::When
                | Token::If
                | Token::Raise
        );
        let stands = token.end > token.start && !on_new_line(self.text, before, token);
        // `u >= 5 if floods`: without the word, the name would be the unit of the number.
        let joins = before.kind == Token::Number
            && self.tokens.get(self.failure.at + 1).is_some_and(|next| {
                next.kind == Token::Ident && declared.contains(slice(self.text, *next))
            });
        if joins {
            return None;
        }
        let says = of_name && !is_article(word);
        (stands && !first && (of_name || of_sign)).then(|| Edit {
            at: self.failure.at,
            remove: 1,
            insert: Vec::new(),
            told: match says {
                true => Told::Unread,
                false => Told::LeftOut,
            },
        })
    }
}

/// A word that says nothing by itself.
fn is_article(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "its"
            | "it"
            | "this"
            | "that"
            | "then"
            | "also"
            | "so"
            | "end"
            | "fi"
            | "endif"
            | "begin"
            | "do"
            | "done"
            | "value"
            | "values"
            | "with"
            | "by"
            | "of"
            | "as"
            | "to"
            | "on"
            | "are"
            | "be"
    )
}

/// A word between a property and what it says.
fn is_filling(word: &str) -> bool {
    matches!(
        word,
        "after"
            | "in"
            | "at"
            | "most"
            | "max"
            | "maximum"
            | "up"
            | "to"
            | "for"
            | "by"
            | "of"
            | "forward"
            | "forwards"
            | "column"
            | "means"
            | "mean"
            | "is"
            | "as"
            | "value"
            | "values"
            | "with"
            | "than"
            | "more"
            | "no"
            | "within"
    )
}
