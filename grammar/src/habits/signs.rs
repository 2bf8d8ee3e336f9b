//! Dashes of other languages: before notes, and between the ends of a range.
//!
//! In: tokens. Out: the tokens without such notes, and with the sign that was meant.

use super::{Habits, slice_of, take_back};
use crate::ast::{Comment, Span};
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::problem::ProblemKind;
use crate::token::{Tok, Token};

impl Habits<'_> {
    /// `<<<<<<< HEAD`, `=======`, `>>>>>>> other`: what a merge leaves where two versions differ.
    pub(super) fn merge_marks(&mut self, lexed: &mut Lexed) {
        let mut from = 0;
        let mut marks: Vec<Span> = Vec::new();
        for line in self.text.split_inclusive('\n') {
            let is_mark = ["<<<<<<<", "=======", ">>>>>>>"]
                .into_iter()
                .any(|mark| line.starts_with(mark));
            if is_mark {
                marks.push(Span::new(from, from + line.len()));
            }
            from += line.len();
        }
        let Some(first) = marks.first().copied() else {
            return;
        };
        let within = |place: u32| {
            marks
                .iter()
                .any(|mark| mark.start <= place && place < mark.end)
        };
        lexed.tokens.retain(|token| !within(token.start));
        lexed.problems.retain(|problem| !within(problem.span.start));
        let text = slice_of(self.text, first.start, first.end);
        let shown = Span {
            start: first.start,
            end: first.start + text.trim_end().len() as u32,
        };
        let found = text.trim_end().to_owned();
        let edits = marks.iter().map(|mark| (*mark, String::new())).collect();
        self.tell(shown, &found, "", edits);
    }

    /// `-- a note`, as SQL and Lua write comments.
    pub(super) fn dash_comments(&mut self, lexed: &mut Lexed) {
        let tokens = std::mem::take(&mut lexed.tokens);
        let mut out: Vec<Tok> = Vec::with_capacity(tokens.len());
        let mut gone: Vec<Span> = Vec::new();
        let mut rest = tokens.iter().copied().peekable();
        while let Some(first) = rest.next() {
            let second = rest.peek().copied();
            let Some(second) = second.filter(|second| self.is_dashes(first, *second, out.last()))
            else {
                out.push(first);
                continue;
            };
            let behind = self.text.get(second.end as usize..).unwrap_or_default();
            let line = behind.find('\n').unwrap_or(behind.len());
            let end = second.end as usize + behind.get(..line).unwrap_or_default().trim_end().len();
            let whole = Span::new(first.start as usize, end);
            while rest.next_if(|token| token.start < whole.end).is_some() {}
            take_back(&mut lexed.problems, whole);
            gone.push(whole);
            let sign = Span::new(first.start as usize, second.end as usize);
            self.tell(whole, "--", "//", vec![(sign, "//".to_owned())]);
        }
        lexed.tokens = out;
        if gone.is_empty() {
            return;
        }
        let within = |span: Span| {
            let after = gone.partition_point(|whole| whole.start <= span.start);
            let whole = after.checked_sub(1).and_then(|at| gone.get(at));
            whole.is_some_and(|whole| span.end <= whole.end)
        };
        lexed.comments.retain(|comment| !within(comment.span));
        lexed.comments.extend(gone.iter().map(|whole| Comment {
            text: slice_of(self.text, whole.start + 2, whole.end).to_owned(),
            span: *whole,
        }));
    }

    /// Two dashes that begin a note, rather than a number below zero.
    fn is_dashes(&self, first: Tok, second: Tok, before: Option<&Tok>) -> bool {
        let fresh = before.is_none_or(|before| on_new_line(self.text, *before, first));
        let behind = self.text.get(second.end as usize..).unwrap_or_default();
        first.kind == Token::Minus
            && second.kind == Token::Minus
            && first.end == second.start
            && self.slice(first) == "-"
            && (fresh
                || (behind.starts_with([' ', '\t'])
                    && before.is_some_and(|b| b.kind.ends_operand() || b.kind == Token::Comma)))
    }

    /// `in 0–100`: a dash between the ends of a range.
    pub(super) fn dashes(&mut self, lexed: &mut Lexed) {
        for at in 2..lexed.tokens.len() {
            let kind = |at: usize| lexed.tokens.get(at).map(|token| token.kind);
            let Some(token) = lexed.tokens.get(at).copied() else {
                break;
            };
            let is_range = token.kind == Token::Minus
                && matches!(self.slice(token), "–" | "—")
                && kind(at - 1) == Some(Token::Number)
                && kind(at + 1) == Some(Token::Number)
                && (kind(at - 2) == Some(Token::In)
                    || (kind(at - 2) == Some(Token::Minus)
                        && at > 2
                        && kind(at - 3) == Some(Token::In)));
            if !is_range {
                continue;
            }
            if let Some(token) = lexed.tokens.get_mut(at) {
                token.kind = Token::DotDot;
            }
            for told in &mut lexed.problems {
                if told.span == token.span()
                    && let ProblemKind::ForeignOperator { instead, edits, .. } = &mut told.kind
                {
                    let from = lexed.tokens.get(at - 1).map_or(token.start, |t| t.end);
                    let to = lexed.tokens.get(at + 1).map_or(token.end, |t| t.start);
                    *instead = "..".to_owned();
                    *edits = vec![(
                        Span {
                            start: from,
                            end: to,
                        },
                        "..".to_owned(),
                    )];
                }
            }
        }
    }
}
