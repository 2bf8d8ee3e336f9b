//! The slip that an edit mends, as it is told.
//!
//! In: an edit, and the tokens before it. Out: the problem, with the words and the edits of the text.

use crate::ast::Span;
use crate::declarations::slice;
use crate::edit::{Edit, Told, open_if};
use crate::expected;
use crate::failure::Failure;
use crate::literal::meant_name;
use crate::place::{Around, Place};
use crate::problem::{Hint, Problem, ProblemKind, WhyNoName};
use crate::token::{Tok, Token};
use crate::unopened::same_wherever_opened;

impl Edit {
    /// The slip that this edit mends. `tokens` are those before the edit.
    pub fn problem(
        &self,
        text: &str,
        read: Token,
        tokens: &[Tok],
        failure: &Failure,
        around: Around,
    ) -> Problem {
        let place = Place::new(tokens, self.at, read);
        let token = tokens.get(self.at).copied();
        let span = token.map_or(Span::default(), Tok::span);
        let found = token.map(|t| slice(text, t).to_owned()).unwrap_or_default();
        let kind = match (&self.told, token) {
            (Told::Reserved, Some(_)) => ProblemKind::ReservedWord {
                word: found,
                others: Vec::new(),
            },
            (Told::Instead(instead), Some(_)) => ProblemKind::ForeignOperator {
                found,
                edits: vec![self.exchanged(text, tokens, instead)],
                instead: instead.trim().to_owned(),
                others: Vec::new(),
            },
            (Told::Brackets(open, close), Some(_)) => {
                let gone = tokens
                    .get(self.at..self.at + self.remove)
                    .unwrap_or_default();
                let (Some(first), Some(last)) = (gone.first(), gone.last()) else {
                    return expected::problem(text, tokens, failure, &place, around);
                };
                let (written, edits) = brackets(gone, *first, *last, (open, close));
                ProblemKind::ForeignOperator {
                    found: format!("{}…{}", slice(text, *first), slice(text, *last)),
                    instead: written,
                    edits,
                    others: Vec::new(),
                }
            }
            (Told::LeftOut, Some(_)) if self.remove > 1 => {
                let span = self.removed(tokens).unwrap_or(span);
                let kind = ProblemKind::ForeignOperator {
                    found: slice_of(text, span).to_owned(),
                    instead: String::new(),
                    edits: vec![(span, String::new())],
                    others: Vec::new(),
                };
                return Problem { kind, span };
            }
            (Told::Superfluous | Told::LeftOut, Some(_)) => ProblemKind::ForeignOperator {
                found,
                edits: vec![self.exchanged(text, tokens, "")],
                instead: String::new(),
                others: Vec::new(),
            },
            (Told::Misspelt(word), Some(token)) => ProblemKind::Unexpected {
                found: expected::found(text, token),
                expected: vec![format!("`{word}`")],
                missing_separator: None,
                hint: Hint::Instead(word.clone()),
            },
            (Told::Rewritten(words) | Told::Items(words), Some(_)) => {
                let span = self.removed(tokens).unwrap_or(span);
                let found = slice_of(text, span).to_owned();
                let kind = ProblemKind::ForeignOperator {
                    found,
                    instead: words.clone(),
                    edits: vec![(span, words.clone())],
                    others: Vec::new(),
                };
                return Problem { kind, span };
            }
            (Told::Twice, Some(token)) => ProblemKind::Unexpected {
                found: format!("a second {}", expected::found(text, token)),
                expected: Vec::new(),
                missing_separator: None,
                hint: Hint::Out,
            },
            (Told::Unread, Some(token)) => ProblemKind::Unexpected {
                found: expected::found(text, token),
                expected: Vec::new(),
                missing_separator: None,
                hint: Hint::Say(
                    "nothing is read from this word here: say what is meant by it in words of the language, or by \
                     a name that is declared"
                        .to_owned(),
                ),
            },
            (Told::Stray, Some(token)) => {
                let mut problem = expected::problem(text, tokens, failure, &place, around);
                problem.span = token.span();
                if let ProblemKind::Unexpected { hint, found, .. } = &mut problem.kind {
                    *found = expected::found(text, token);
                    *hint = match missing_open(tokens, self.at, token) {
                        Some(say) => Hint::Say(say),
                        None => Hint::Out,
                    };
                }
                return problem;
            }
            (Told::Unopened, Some(token)) => ProblemKind::Unexpected {
                found: expected::found(text, token),
                expected: vec!["`(` after the name of a function".to_owned()],
                missing_separator: None,
                hint: Hint::Behind,
            },
            (Told::Elsewhere(say) | Told::NoProperty(say), Some(token)) => {
                ProblemKind::Unexpected {
                    found: expected::found(text, token),
                    expected: Vec::new(),
                    missing_separator: None,
                    hint: Hint::Say(say.clone()),
                }
            }
            (Told::Address(close), Some(token)) => {
                let span = Span {
                    start: token.start,
                    end: *close,
                };
                let kind = ProblemKind::NoQuotes {
                    what: "address",
                    text: slice_of(text, span).to_owned(),
                    others: Vec::new(),
                };
                return Problem { kind, span };
            }
            (Told::NoQuotes(what), Some(_)) => {
                let span = self.removed(tokens).unwrap_or(span);
                let kind = ProblemKind::NoQuotes {
                    what,
                    text: slice_of(text, span).to_owned(),
                    others: Vec::new(),
                };
                return Problem { kind, span };
            }
            (Told::Blanks, Some(_)) => {
                let span = self.removed(tokens).unwrap_or(span);
                let found = slice_of(text, span).to_owned();
                let meant = meant_name(&found).into_owned();
                let kind = ProblemKind::NotAName {
                    found: found.clone(),
                    edits: vec![(span, meant.clone())],
                    meant,
                    why: WhyNoName::Blank,
                };
                return Problem { kind, span };
            }
            (Told::OverridesWhole, Some(_)) => ProblemKind::OverridesWhole {
                what: tokens
                    .get(1)
                    .map(|t| slice(text, *t).to_owned())
                    .unwrap_or_default(),
            },
            (Told::Plain, Some(token)) => {
                let after = tokens.get(1).map_or(token.end, |t| t.start);
                ProblemKind::ForeignOperator {
                    found: slice(text, token).to_owned(),
                    instead: String::new(),
                    edits: vec![(
                        Span {
                            start: token.start,
                            end: after,
                        },
                        String::new(),
                    )],
                    others: Vec::new(),
                }
            }
            (Told::NoElse(insert), _) => {
                let end = self
                    .at
                    .checked_sub(1)
                    .and_then(|b| tokens.get(b))
                    .map_or(0, |t| t.end);
                let start = open_if(tokens, self.at).map_or(end, |t| t.start);
                let kind = ProblemKind::NoElse {
                    insert: insert.clone(),
                    offset: end,
                };
                return Problem {
                    kind,
                    span: Span { start, end },
                };
            }
            (Told::Missing(sign), None) => {
                let last = self.at.checked_sub(1).and_then(|b| tokens.get(b)).copied();
                let Some(last) = last else {
                    return expected::problem(text, tokens, failure, &place, around);
                };
                let mut problem = expected::missing(text, tokens, self.at, last, sign, &place);
                if let ProblemKind::Unexpected { hint, .. } = &mut problem.kind {
                    *hint = Hint::Behind;
                }
                return problem;
            }
            (Told::Missing(sign), Some(token)) => {
                return expected::missing(text, tokens, self.at, token, sign, &place);
            }
            (Told::Unclosed(open, sign), _) => {
                return expected::unclosed(text, tokens, *open, sign, around);
            }
            _ => return expected::problem(text, tokens, failure, &place, around),
        };
        Problem { kind, span }
    }

    /// The stretch of the tokens that are taken out.
    fn removed(&self, tokens: &[Tok]) -> Option<Span> {
        let gone = tokens.get(self.at..self.at + self.remove)?;
        Some(Span {
            start: gone.first()?.start,
            end: gone.last()?.end,
        })
    }

    /// The token's place with other words in it, with the blanks that belong around them.
    fn exchanged(&self, text: &str, tokens: &[Tok], words: &str) -> (Span, String) {
        let here = tokens.get(self.at).map_or(Span::default(), |t| t.span());
        let before = self.at.checked_sub(1).and_then(|b| tokens.get(b));
        let after = tokens.get(self.at + 1);
        let from = before.map_or(here.start, |t| t.end);
        let to = after.map_or(here.end, |t| t.start);
        match words {
            // A range stands without blanks.
            ".." | "..<" => (
                Span {
                    start: from,
                    end: to,
                },
                words.to_owned(),
            ),
            "" => {
                // One blank is left of two.
                let blank = slice_of(
                    text,
                    Span {
                        start: from,
                        end: here.start,
                    },
                )
                .is_empty();
                let end = if blank || to <= here.end {
                    here.end
                } else {
                    to
                };
                (
                    Span {
                        start: here.start,
                        end,
                    },
                    String::new(),
                )
            }
            ":" => (
                Span {
                    start: from,
                    end: to,
                },
                ": ".to_owned(),
            ),
            _ => {
                let touches = from == here.start && before.is_some();
                let is_word = words
                    .trim()
                    .starts_with(|sign: char| sign.is_ascii_alphabetic());
                let mut out = words.trim().to_owned();
                if (is_word || words.starts_with(' ')) && touches {
                    out.insert(0, ' ');
                }
                let goes_on =
                    after.is_some_and(|after| !after.kind.closes() && after.kind != Token::Comma);
                if is_word && to == here.end && goes_on {
                    out.push(' ');
                }
                (here, out)
            }
        }
    }
}

/// What to do about a bracket that closes what was never opened, where the value depends on where that is done.
fn missing_open(tokens: &[Tok], at: usize, token: Tok) -> Option<String> {
    let of_formula = matches!(token.kind, Token::CloseParen | Token::CloseBracket);
    (of_formula && !same_wherever_opened(tokens, at)).then(|| {
        "a `(` is missing before it: put one where what belongs together begins, or leave this out if nothing does"
            .to_owned()
    })
}

/// Other brackets in the place of those that are written: how both look, and the edits that exchange them.
fn brackets(
    gone: &[Tok],
    first: Tok,
    last: Tok,
    (open, close): (&str, &str),
) -> (String, Vec<(Span, String)>) {
    let apart = |one: Option<&Tok>, other: Option<&Tok>| match (one, other) {
        (Some(one), Some(other)) => other.start > one.end,
        _ => false,
    };
    let opens = if apart(gone.first(), gone.get(1)) {
        open.trim_end()
    } else {
        open
    };
    let closes = if apart(
        gone.len().checked_sub(2).and_then(|at| gone.get(at)),
        gone.last(),
    ) {
        close.trim_start()
    } else {
        close
    };
    let written = match open.is_empty() {
        true => String::new(),
        false => format!("{}…{}", open.trim(), close.trim()),
    };
    let edits = vec![
        (first.span(), opens.to_owned()),
        (last.span(), closes.to_owned()),
    ];
    (written, edits)
}

fn slice_of(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize)
        .unwrap_or_default()
}
