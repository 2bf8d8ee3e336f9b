//! Slips that people make who know other languages, or write as they speak, and the edits that mend them.
//!
//! In: the tokens, and where the grammar stopped. Out: edits worth trying, beside those for forgotten signs
//! (`repair`).

use std::collections::BTreeSet;

use crate::declarations::{on_new_line, slice};
use crate::edit::{Edit, Told, in_scale, insertion, open_if};
use crate::expected::belongs_elsewhere;
use crate::failure::Failure;
use crate::literal::meant_name;
use crate::place::{Inside, Place};
use crate::token::{Tok, Token, declaration_word};

/// Tokens that may be one name with blanks in it.
const NAME_PARTS: usize = 4;

pub(crate) struct Written<'t> {
    pub text: &'t str,
    /// The file may be part of what extends another framework.
    pub extends: bool,
    pub read: Token,
    pub tokens: &'t [Tok],
    pub failure: &'t Failure,
}

impl Written<'_> {
    fn extends(&self) -> bool {
        self.extends
    }

    pub(crate) fn expects(&self, sign: &str) -> bool {
        self.failure
            .expected
            .iter()
            .any(|e| e.trim_matches('"') == sign)
    }

    pub(crate) fn kind(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(crate) fn before(&self, back: usize) -> Option<Tok> {
        let at = self.failure.at.checked_sub(back)?;
        self.tokens.get(at).copied()
    }

    pub(crate) fn here(&self) -> Option<Tok> {
        self.tokens.get(self.failure.at).copied()
    }

    pub(crate) fn replaced(&self, kind: Token, told: Told) -> Option<Edit> {
        let token = self.here()?;
        Some(Edit {
            at: self.failure.at,
            remove: 1,
            insert: vec![Tok { kind, ..token }],
            told,
        })
    }

    /// `>= >=`, `then then`, `when when`: one word or sign, twice.
    pub fn twice(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for at in [Some(self.failure.at), self.failure.at.checked_sub(1)]
            .into_iter()
            .flatten()
        {
            let (Some(token), Some(before)) = (
                self.tokens.get(at),
                at.checked_sub(1).and_then(|before| self.tokens.get(before)),
            ) else {
                continue;
            };
            let is_written = token.end > token.start && before.end > before.start;
            let bracket = token.kind.opens() || token.kind.closes();
            // Two values may lack what stands between them.
            let value = matches!(token.kind, Token::Number | Token::Text | Token::Minus);
            let same = slice(self.text, *token) == slice(self.text, *before);
            if is_written && same && !bracket && !value {
                edits.push(Edit {
                    at,
                    remove: 1,
                    insert: Vec::new(),
                    told: Told::Twice,
                });
            }
        }
        edits
    }

    /// `1 else c then 2`, `grade index {`, `in 0.1 =`: a word or a sign that was lost on the way.
    pub fn lost(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let Some(token) = self.here() else {
            return edits;
        };
        let at = self.failure.at;
        if token.kind == Token::Then
            && let Some(turn) = (0..at)
                .rev()
                .find(|place| matches!(self.kind(*place), Some(Token::Else | Token::Then)))
                .filter(|place| self.kind(*place) == Some(Token::Else))
        {
            edits.push(insertion(self.tokens, turn + 1, Token::If, " if"));
        }
        if self.declares() == Some(Token::DeclareLevel)
            && self.expects("from")
            && token.kind.is_name()
            && self.before(1).is_some_and(|before| {
                let says = matches!(
                    slice(self.text, before),
                    "scale" | "level" | "category" | "type" | "table"
                );
                before.kind.is_name() && !says
            })
        {
            edits.push(insertion(self.tokens, at, Token::From, " from"));
        }
        edits.extend(self.range_in_one());
        edits
    }

    /// `number in 0.1 =`: of the range `0..1` a point was lost.
    fn range_in_one(&self) -> Option<Edit> {
        let at = self.failure.at.checked_sub(1)?;
        let number = self.before(1).filter(|t| t.kind == Token::Number)?;
        let (low, high) = slice(self.text, number).split_once('.')?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let ends: Option<(u64, u64)> = low.parse().ok().zip(high.parse().ok());
        let is_range = self.kind(at.checked_sub(1)?) == Some(Token::In)
            && self.expects("..")
            && digits(low)
            && digits(high)
            && ends.is_some_and(|(low, high)| low < high);
        let point = number.start + u32::try_from(low.len()).ok()?;
        is_range.then(|| Edit {
            at,
            remove: 1,
            insert: vec![
                Tok {
                    end: point,
                    ..number
                },
                Tok {
                    kind: Token::DotDot,
                    start: point,
                    end: point + 1,
                },
                Tok {
                    start: point + 1,
                    ..number
                },
            ],
            told: Told::Rewritten(format!("{low}..{high}")),
        })
    }

    /// `if a then 1` that ends there.
    pub fn no_else(&self) -> Option<Edit> {
        if !self.expects("else") {
            return None;
        }
        let at = self.failure.at;
        open_if(self.tokens, at)?;
        let end = self.before(1)?.end;
        let then = (0..at)
            .rev()
            .find(|place| self.kind(*place) == Some(Token::Then))?;
        let value = self.tokens.get(then + 1..at)?;
        let otherwise = match value {
            [number] if number.kind == Token::Number => match slice(self.text, *number) {
                text if text.ends_with('%') => "0%".to_owned(),
                _ => "0".to_owned(),
            },
            [number, unit] if number.kind == Token::Number && unit.kind == Token::Ident => {
                format!("0 {}", slice(self.text, *unit))
            }
            [word] if matches!(word.kind, Token::Yes | Token::No) => "no".to_owned(),
            _ => "missing".to_owned(),
        };
        let place = |kind: Token| Tok {
            kind,
            start: end,
            end,
        };
        Some(Edit {
            at,
            remove: 0,
            insert: vec![place(Token::Else), place(Token::Missing)],
            told: Told::NoElse(format!(" else {otherwise}")),
        })
    }

    /// `require 60%`: of what?
    pub fn counted(&self) -> Option<Edit> {
        let number = self.before(1).filter(|t| t.kind == Token::Number)?;
        if !self.expects("coverage") || !self.expects("known") {
            return None;
        }
        let at = self.failure.at;
        Some(if slice(self.text, number).ends_with('%') {
            insertion(self.tokens, at, Token::Coverage, " coverage")
        } else {
            insertion(self.tokens, at, Token::Known, " known")
        })
    }

    /// `else low`, `otherwise low`: the level comes first.
    pub fn otherwise(&self) -> Option<Edit> {
        let token = self.here()?;
        let word = slice(self.text, token);
        let (from, leads) = if matches!(token.kind, Token::Else) || word == "default" {
            (self.failure.at, true)
        } else if self.before(1).is_some_and(|t| {
            t.kind == Token::Otherwise || matches!(slice(self.text, t), "default" | "else")
        }) {
            (self.failure.at - 1, true)
        } else {
            (0, false)
        };
        let level = self
            .tokens
            .get(from + 1)
            .copied()
            .filter(|level| leads && level.kind.is_name())?;
        let is_arm = matches!(
            from.checked_sub(1).and_then(|b| self.kind(b)),
            None | Some(Token::Comma | Token::OpenBrace)
        ) && matches!(
            self.kind(from + 2),
            None | Some(Token::Comma | Token::CloseBrace)
        );
        if !is_arm || !self.is_level() {
            return None;
        }
        let last = Tok {
            kind: Token::Otherwise,
            start: level.end,
            end: level.end,
        };
        Some(Edit {
            at: from,
            remove: 2,
            insert: vec![level, last],
            told: Told::Rewritten(format!("{} otherwise", slice(self.text, level))),
        })
    }

    fn is_level(&self) -> bool {
        self.read == Token::ReadArms
            || self
                .tokens
                .iter()
                .map(|t| t.kind)
                .find(|kind| !kind.is_prefix())
                == Some(Token::DeclareLevel)
    }

    /// `weight = 0.5`, `polarity: harmful`: a sign between a word and what it says.
    pub fn superfluous(&self) -> Option<Edit> {
        let token = self.here()?;
        let before = self.before(1)?;
        let is_sign = matches!(token.kind, Token::Equals | Token::Colon);
        let fits = before.kind.begins_attribute() && before.kind != Token::Missing
            || matches!(
                before.kind,
                Token::Weight
                    | Token::Combine
                    | Token::Require
                    | Token::Members
                    | Token::Cooldown
                    | Token::Version
                    | Token::Written
            );
        // `is high, in 0..5 then`: a cell is what it holds where, without the word.
        let of_cell = matches!(token.kind, Token::Is | Token::In)
            && matches!(before.kind, Token::Comma | Token::OpenBrace)
            && self.tokens.iter().any(|t| t.kind == Token::DeclareTable);
        (is_sign && fits || of_cell).then(|| Edit {
            at: self.failure.at,
            remove: 1,
            insert: Vec::new(),
            told: Told::Superfluous,
        })
    }

    /// One word or sign for another: `raise if`, `in 0 to 100`, `at_war: 3`.
    pub fn instead(&self) -> Vec<Edit> {
        let Some(token) = self.here() else {
            return Vec::new();
        };
        let word = slice(self.text, token).to_ascii_lowercase();
        let mut edits = Vec::new();
        let mut swap = |kind: Token, written: &'static str| {
            edits.extend(self.replaced(kind, Told::Instead(written)));
        };
        let is_sign = matches!(token.kind, Token::Equals | Token::Colon);
        let says_when = token.kind == Token::If
            || is_sign
            || matches!(word.as_str(), "where" | "while" | "whenever" | "once")
            || token.kind == Token::Arrow;
        if self.expects("when") && says_when && !self.expects("name") {
            swap(Token::When, " when");
        }
        let in_test = self.read == Token::ReadTestParts
            || self.tokens.iter().any(|t| t.kind == Token::DeclareTest);
        if self.expects("=") && in_test && matches!(token.kind, Token::Is | Token::Colon) {
            swap(Token::Equals, " =");
        }
        if self.expects("weight") && is_sign {
            swap(Token::Weight, " weight");
        }
        if self.expects("..") && matches!(token.kind, Token::To | Token::Minus) {
            swap(Token::DotDot, "..");
        }
        if self.expects("then") && (token.kind == Token::Comma || token.kind == Token::Colon) {
            swap(Token::Then, " then");
        }
        if self.expects("<")
            && in_scale(self.read, self.tokens)
            && matches!(
                token.kind,
                Token::Greater | Token::LessOrEqual | Token::Slash | Token::Arrow
            )
        {
            swap(Token::Less, "<");
        }
        if self.expects("otherwise") && (token.kind == Token::Else || word == "default") {
            swap(Token::Otherwise, " otherwise");
        }
        edits
    }

    /// `x in 0-100`: read as a difference, until the range lacks its end.
    pub fn dash_in_range(&self) -> Option<Edit> {
        let at = self.failure.at;
        let minus = at.checked_sub(2)?;
        let is_range = self.expects("..")
            && self.kind(minus) == Some(Token::Minus)
            && self.kind(minus + 1) == Some(Token::Number)
            && minus.checked_sub(1).and_then(|b| self.kind(b)) == Some(Token::Number)
            && minus.checked_sub(2).and_then(|b| self.kind(b)) == Some(Token::In);
        let token = self.tokens.get(minus).copied().filter(|_| is_range)?;
        // Where the next band begins with the same number, this one leaves it out.
        let high = self.tokens.get(minus + 1).map(|t| slice(self.text, *t));
        let goes_on = self.is_level()
            && self
                .tokens
                .get(minus + 2..)
                .unwrap_or_default()
                .windows(2)
                .any(|pair| match pair {
                    [word, number] => {
                        word.kind == Token::In && Some(slice(self.text, *number)) == high
                    }
                    _ => false,
                });
        let (kind, written) = if goes_on {
            (Token::DotDotLess, "..<")
        } else {
            (Token::DotDot, "..")
        };
        Some(Edit {
            at: minus,
            remove: 1,
            insert: vec![Tok { kind, ..token }],
            told: Told::Instead(written),
        })
    }

    /// `present from`, where `present_from` is declared.
    pub fn blanks(&self, declared: &BTreeSet<String>) -> Vec<Edit> {
        let at = self.failure.at;
        let mut edits = Vec::new();
        for from in at.saturating_sub(3)..=at {
            for parts in (2..=NAME_PARTS).rev() {
                let Some(run) = self.tokens.get(from..from + parts) else {
                    continue;
                };
                let (Some(first), Some(last)) = (run.first(), run.last()) else {
                    continue;
                };
                let near = from + parts >= at;
                let names = run
                    .iter()
                    .all(|t| t.kind.is_name() || t.kind.is_reserved() || t.kind == Token::Number);
                if !near || !names || on_new_line(self.text, *first, *last) {
                    continue;
                }
                let words = self
                    .text
                    .get(first.start as usize..last.end as usize)
                    .unwrap_or_default();
                if declared.contains(meant_name(words).as_ref()) && !words.contains('-') {
                    edits.push(Edit {
                        at: from,
                        remove: parts,
                        insert: vec![Tok {
                            kind: Token::Ident,
                            start: first.start,
                            end: last.end,
                        }],
                        told: Told::Blanks,
                    });
                }
            }
        }
        edits
    }

    /// `override signal flight = …`: a whole declaration is replaced.
    pub fn replaces(&self) -> Option<Edit> {
        let (first, second) = (*self.tokens.first()?, *self.tokens.get(1)?);
        if first.kind != Token::DeclareOverride {
            return None;
        }
        let declares = declaration_word(slice(self.text, second))?;
        if !self.extends() {
            // Nothing is there to be overridden: the word is one too many.
            return Some(Edit {
                at: 0,
                remove: 2,
                insert: vec![Tok {
                    kind: declares,
                    ..second
                }],
                told: Told::Plain,
            })
            .filter(|_| !declares.is_prefix());
        }
        let is_whole = !declares.is_prefix()
            && !matches!(
                declares,
                Token::DeclareParam
                    | Token::DeclareSource
                    | Token::DeclareOverride
                    | Token::DeclareDrop
            );
        is_whole.then(|| Edit {
            at: 0,
            remove: 2,
            insert: vec![
                Tok {
                    kind: Token::DeclareReplace,
                    ..first
                },
                Tok {
                    kind: declares,
                    ..second
                },
            ],
            told: Told::OverridesWhole,
        })
    }

    /// `over 2 months` among arguments: its colon.
    pub fn named_argument(&self) -> Option<Edit> {
        let token = self.here()?;
        let names = self.before(1).is_some_and(|t| t.kind.is_name())
            && self
                .before(2)
                .is_some_and(|t| matches!(t.kind, Token::OpenParen | Token::Comma));
        let begins = matches!(token.kind, Token::Number | Token::Minus);
        (names && begins && self.expects(":"))
            .then(|| insertion(self.tokens, self.failure.at, Token::Colon, ":"))
    }

    /// `signal a : b >= c`: a colon for the equals sign.
    pub fn binds(&self) -> Option<Edit> {
        let declares = self
            .tokens
            .iter()
            .map(|t| t.kind)
            .find(|kind| !kind.is_prefix())?;
        if !matches!(
            declares,
            Token::DeclareLet | Token::DeclareScore | Token::DeclareSignal | Token::DeclareParam
        ) {
            return None;
        }
        let colon = self.tokens.iter().position(|t| t.kind == Token::Colon)?;
        let equals = self
            .tokens
            .iter()
            .take(self.failure.at)
            .any(|t| t.kind == Token::Equals);
        let token = *self.tokens.get(colon)?;
        (colon < self.failure.at && colon <= 4 && !equals).then(|| Edit {
            at: colon,
            remove: 1,
            insert: vec![Tok {
                kind: Token::Equals,
                ..token
            }],
            told: Told::Instead(" ="),
        })
    }

    /// `let a <- b`, as R assigns.
    pub fn arrow(&self) -> Option<Edit> {
        let (less, minus) = (self.here()?, self.tokens.get(self.failure.at + 1)?);
        let is_arrow = less.kind == Token::Less
            && minus.kind == Token::Minus
            && less.end == minus.start
            && self.expects("=");
        is_arrow.then(|| Edit {
            at: self.failure.at,
            remove: 2,
            insert: vec![Tok {
                kind: Token::Equals,
                start: less.start,
                end: minus.end,
            }],
            told: Told::Rewritten("=".to_owned()),
        })
    }

    /// `sumdeaths, over: 3 months)`: arguments without the bracket that opens them.
    pub fn unopened(&self) -> Option<Edit> {
        let token = self.here().filter(|t| t.kind == Token::Comma)?;
        let place = Place::new(self.tokens, self.failure.at, self.read);
        if !matches!(place.inside, Inside::Nothing) {
            return None;
        }
        let close = self.unmatched_close()?;
        let at = self.failure.at.checked_sub(1)?;
        Some(Edit {
            at,
            remove: close + 1 - at,
            insert: vec![Tok {
                kind: Token::Hole,
                start: token.start,
                end: token.start,
            }],
            told: Told::Unopened,
        })
    }

    /// The bracket behind the failure that closes one which was never opened.
    pub fn unmatched_close(&self) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(self.failure.at) {
            match token.kind {
                Token::OpenParen => depth += 1,
                Token::CloseParen if depth == 0 => return Some(at),
                Token::CloseParen => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// A value that is not there, where everything else reads.
    pub fn hole(&self) -> Option<Edit> {
        let end = self.before(1)?.end;
        let is_value =
            self.expects("number literal") && self.expects("missing") && self.expects("yes");
        is_value.then(|| Edit {
            at: self.failure.at,
            remove: 0,
            insert: vec![Tok {
                kind: Token::Hole,
                start: end,
                end,
            }],
            told: Told::Unexpected,
        })
    }

    /// A property among the members of a factor or the lines of a level, or in a test.
    pub fn elsewhere(&self) -> Option<Edit> {
        let token = self.here()?;
        let place = Place::new(self.tokens, self.failure.at, self.read);
        let say = belongs_elsewhere(token.kind, slice(self.text, token), &place)?;
        let next = self.tokens.get(self.failure.at + 1)?;
        let takes = next.kind == Token::Text || next.kind.is_name();
        takes.then(|| Edit {
            at: self.failure.at,
            remove: 2,
            insert: Vec::new(),
            told: Told::Elsewhere(say),
        })
    }
}
