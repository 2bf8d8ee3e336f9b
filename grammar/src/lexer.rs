//! Text to tokens.
//!
//! In: a file's text. Out: its tokens, its comments and documentation lines, and what could not be
//! read. Signs of other languages are told with ours and become the token that was meant, so that
//! nothing is told a second time by the parser.

use logos::Logos;

use crate::ast::{Comment, Span, Text};
use crate::foreign::FOREIGN;
use crate::literal::{bad_escapes, number_fault, quoted};
use crate::problem::{Problem, ProblemKind};
use crate::token::{Tok, Token};

/// Problems told about one file; a file of random bytes need not be listed byte by byte.
pub(crate) const PROBLEM_LIMIT: usize = 200;

/// Longer texts are not repeated in what is said of their quotes.
const SHOWN: usize = 60;

#[derive(Debug, Default)]
pub(crate) struct Lexed {
    pub tokens: Vec<Tok>,
    pub comments: Vec<Comment>,
    /// `///` lines, without the slashes and one space after them.
    pub docs: Vec<Text>,
    pub problems: Vec<Problem>,
}

/// Reads the whole text.
pub(crate) fn lex(text: &str) -> Lexed {
    let mut reader = Reader {
        text,
        out: Lexed::default(),
        depth: 0,
        strange: None,
        counted: (0, false),
    };
    let mut base = 0;
    let mut lexer = Token::lexer(text);
    while let Some(found) = lexer.next() {
        let span = lexer.span();
        let span = span.start + base..span.end + base;
        if matches!(found, Ok(Token::Text | Token::OpenText))
            && let Some(close) = reader.forgotten_quote(span.start, span.end)
        {
            // What stands behind the text is read as what it is.
            reader.unterminated(span.start, close);
            base = close;
            lexer = Token::lexer(text.get(close..).unwrap_or_default());
            continue;
        }
        match found {
            Ok(Token::ForeignBlock) => {
                let rest = lexer.remainder();
                let line_end = rest.find('\n').unwrap_or(rest.len());
                let len = rest.find("*/").map_or(line_end, |at| at + 2);
                lexer.bump(len);
                reader.foreign_comment(span.start, span.end + len, "/*");
            }
            Ok(kind) => reader.token(kind, span.start, span.end),
            Err(()) => reader.strange(span.start, span.end),
        }
    }
    reader.end_strange();
    reader.out
}

struct Reader<'s> {
    text: &'s str,
    out: Lexed,
    /// Open brackets, to know what a `;` was meant to be.
    depth: usize,
    /// The run of strange characters being read.
    strange: Option<(usize, usize)>,
    /// Where the line ends whose quotes were counted last, and whether one of them is alone.
    counted: (usize, bool),
}

impl<'s> Reader<'s> {
    fn slice(&self, start: usize, end: usize) -> &'s str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn tell(&mut self, kind: ProblemKind, start: usize, end: usize) {
        if self.out.problems.len() < PROBLEM_LIMIT {
            self.out.problems.push(Problem {
                kind,
                span: Span::new(start, end),
            });
        }
    }

    fn push(&mut self, kind: Token, start: usize, end: usize) {
        let Span { start, end } = Span::new(start, end);
        self.out.tokens.push(Tok { kind, start, end });
    }

    fn token(&mut self, kind: Token, start: usize, end: usize) {
        if !matches!(
            kind,
            Token::Comment | Token::Question | Token::Currency | Token::Tilde | Token::Infix
        ) {
            self.end_strange();
        }
        let text = self.slice(start, end);
        match kind {
            Token::Comment => self.comment(start, end),
            Token::ForeignComment => self.foreign_comment(start, end, "#"),
            Token::Foreign => self.foreign(text, start, end),
            Token::ForeignText => {
                self.other_quotes(text, start, end);
                self.push(Token::Text, start, end);
            }
            Token::OpenText => {
                let end = start + text.trim_end().len();
                self.unterminated(start, end);
            }
            Token::Text => {
                let mut told = Vec::new();
                bad_escapes(text, start, &mut |problem| told.push(problem));
                for Problem { kind, span } in told {
                    self.tell(kind, span.start as usize, span.end as usize);
                }
                self.push(Token::Text, start, end);
            }
            Token::Number => {
                if let Some(why) = number_fault(text) {
                    self.tell(
                        ProblemKind::BadNumber {
                            found: quoted(text),
                            why,
                            edit: None,
                            others: Vec::new(),
                        },
                        start,
                        end,
                    );
                }
                self.push(Token::Number, start, end);
            }
            Token::Percent => self.percent(start, end),
            Token::Question | Token::Currency | Token::Tilde | Token::Infix => {
                self.strange(start, end);
                self.push(kind, start, end);
            }
            // Between brackets a `;` separates, elsewhere it is one sign too many.
            Token::Semicolon if self.depth == 0 && !self.between_digits(start, end) => {
                self.foreign(text, start, end);
            }
            other => {
                if other.opens() {
                    self.depth += 1;
                } else if other.closes() {
                    self.depth = self.depth.saturating_sub(1);
                }
                self.push(other, start, end);
            }
        }
    }

    /// A text whose closing quote is missing where it is likely to end.
    fn unterminated(&mut self, start: usize, end: usize) {
        self.end_strange();
        let close = Span::new(end, end).start;
        // `"Food prices”`
        let other = self
            .slice(start, end)
            .chars()
            .next_back()
            .filter(|sign| "\u{201c}\u{201d}\u{201e}«»".contains(*sign))
            .map(|sign| Span::new(end - sign.len_utf8(), end));
        self.tell(ProblemKind::UnterminatedText { close, other }, start, end);
        self.push(Token::Text, start, end);
    }

    /// Where a text ends whose closing quote is forgotten: before the sign that goes on with the declaration.
    fn forgotten_quote(&mut self, start: usize, end: usize) -> Option<usize> {
        if start >= self.counted.0 {
            let before = self.text.get(..start)?;
            let line = before.rfind('\n').map_or(0, |at| at + 1);
            let rest = self.text.get(line..)?;
            let rest = rest.get(..rest.find('\n').unwrap_or(rest.len()))?;
            let quotes = rest.matches('"').count() - rest.matches("\\\"").count();
            self.counted = (line + rest.len(), quotes % 2 == 1);
        }
        if !self.counted.1 {
            return None;
        }
        let inner = self.slice(start + 1, end);
        let sign = [" : ", " = ", " {", " < "]
            .into_iter()
            .find_map(|sign| inner.find(sign).filter(|at| *at > 0))?;
        let label = inner.get(..sign)?.trim_end();
        if label.is_empty() {
            return None;
        }
        // What follows has its quotes again.
        self.counted.1 = false;
        Some(start + 1 + label.len())
    }

    fn comment(&mut self, start: usize, end: usize) {
        let text = self.slice(start, end);
        let end = start + text.trim_end().len();
        let body = self.slice(start + 2, end.max(start + 2));
        let span = Span::new(start, end);
        match body.strip_prefix('/') {
            Some(doc) if !doc.starts_with('/') => {
                let value = doc.strip_prefix(' ').unwrap_or(doc).to_owned();
                self.out.docs.push(Text { value, span });
            }
            _ => self.out.comments.push(Comment {
                text: body.to_owned(),
                span,
            }),
        }
    }

    fn foreign_comment(&mut self, start: usize, end: usize, found: &str) {
        self.end_strange();
        let end = start + self.slice(start, end).trim_end().len();
        let sign = Span::new(start, start + found.len());
        let text = self.slice(start, end);
        let mut edits = vec![(sign, "//".to_owned())];
        if let Some(inner) = text.strip_suffix("*/") {
            let one_line = !inner.contains('\n');
            // A note over several lines, or with rules behind it, is no comment of one line.
            let behind = self.text.get(end..).unwrap_or_default();
            let alone = behind
                .trim_start_matches([' ', '\t'])
                .starts_with(['\n', '\r'])
                || behind.trim().is_empty();
            if one_line && alone {
                let inner_end = start + inner.trim_end().len();
                edits.push((Span::new(inner_end, end), String::new()));
            } else {
                edits.clear();
            }
        }
        let kind = ProblemKind::ForeignOperator {
            found: found.to_owned(),
            instead: "//".to_owned(),
            edits,
            others: Vec::new(),
        };
        self.tell(kind, start, end);
    }

    /// `'Mass flight'`, `“Mass flight”`: only the quotes are other ones.
    fn other_quotes(&mut self, text: &str, start: usize, end: usize) {
        let mut signs = text.chars();
        let (Some(first), Some(last)) = (signs.next(), signs.next_back()) else {
            return;
        };
        let mut inner = signs.as_str();
        let mut from = start + first.len_utf8();
        let mut close = end - last.len_utf8();
        // French sets its quotes apart from what stands between them.
        if first == '«' && !inner.trim().is_empty() {
            from += inner.len() - inner.trim_start().len();
            close -= inner.len() - inner.trim_end().len();
            inner = inner.trim();
        }
        let mut edits = vec![(Span::new(start, from), "\"".to_owned())];
        for (at, _) in inner.match_indices('"') {
            edits.push((Span::new(from + at, from + at + 1), "\\\"".to_owned()));
        }
        edits.push((Span::new(close, end), "\"".to_owned()));
        let whole = format!("\"{}\"", inner.replace('"', "\\\""));
        let kind = ProblemKind::ForeignOperator {
            found: format!("{first}…{last}"),
            instead: if whole.chars().count() <= SHOWN {
                whole
            } else {
                "\"…\"".to_owned()
            },
            edits,
            others: Vec::new(),
        };
        self.tell(kind, start, end);
    }

    fn foreign(&mut self, text: &str, start: usize, end: usize) {
        let Some((_, instead, tokens)) = FOREIGN.iter().find(|(sign, ..)| *sign == text) else {
            return;
        };
        let edits = vec![(Span::new(start, end), self.apart(instead, start, end))];
        let (found, instead) = (text.to_owned(), instead.trim().to_owned());
        let kind = ProblemKind::ForeignOperator {
            found,
            instead,
            edits,
            others: Vec::new(),
        };
        self.tell(kind, start, end);
        for (at, token) in tokens.iter().enumerate() {
            let start = if at == 0 { start } else { end };
            self.push(*token, start, end);
        }
    }

    /// `1;5`, which is no number, and not fifteen either.
    fn between_digits(&self, start: usize, end: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        let behind = self.text.get(end..).unwrap_or_default();
        before.ends_with(|sign: char| sign.is_ascii_digit())
            && behind.starts_with(|sign: char| sign.is_ascii_digit())
    }

    /// A word in the place of a sign has blanks around it.
    fn apart(&self, instead: &str, start: usize, end: usize) -> String {
        let is_word = instead.starts_with(|sign: char| sign.is_ascii_alphabetic());
        let touches =
            |sign: Option<char>| sign.is_some_and(|sign| !sign.is_whitespace() && sign != '(');
        let before = self
            .text
            .get(..start)
            .and_then(|text| text.chars().next_back());
        let after = self.text.get(end..).and_then(|text| text.chars().next());
        let mut out = instead.trim_end().to_owned();
        if is_word && touches(before) {
            out.insert(0, ' ');
        }
        if is_word && after.is_some_and(|sign| !sign.is_whitespace()) {
            out.push(' ');
        }
        out
    }

    /// `40 %`: one number, as it was meant; `habits` tells it.
    fn percent(&mut self, start: usize, end: usize) {
        let last = self
            .out
            .tokens
            .last()
            .copied()
            .filter(|t| t.kind == Token::Number);
        let joined = last.map(|number| {
            let text = self.slice(number.start as usize, end);
            (number.start as usize, text)
        });
        match joined {
            Some((from, text)) if !text.contains('\n') && text.matches(['%', '‰']).count() == 1 =>
            {
                self.out.tokens.pop();
                self.push(Token::Number, from, end);
            }
            // `: % in 0..100`
            _ if self
                .out
                .tokens
                .last()
                .is_some_and(|t| t.kind == Token::Colon && self.slice(start, end) == "%") =>
            {
                self.push(Token::Percent, start, end);
            }
            _ => self.strange(start, end),
        }
    }

    /// Adds to the run, if only blanks on the same line lie between.
    fn strange(&mut self, start: usize, end: usize) {
        match self.strange {
            Some((from, to)) if !self.slice(to, start).contains('\n') => {
                self.strange = Some((from, end));
            }
            _ => {
                self.end_strange();
                self.strange = Some((start, end));
            }
        }
    }

    fn end_strange(&mut self) {
        if let Some((start, end)) = self.strange.take() {
            let found = quoted(self.slice(start, end));
            self.tell(ProblemKind::StrangeCharacters { found }, start, end);
        }
    }
}
