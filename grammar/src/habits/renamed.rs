//! Functions that only have another name here: `AVERAGE(a; b)`, `MAX(0;MIN(1;x))`, `POWER(a; 2)`.
//!
//! In: a call. Out: the same call under its own name, told once with whatever else its arguments want.

use super::calls::Reading;
use super::pieces::Piece;
use super::{Habits, is_written_anew};
use crate::ast::Span;
use crate::problem::ProblemKind;
use crate::token::{Tok, Token};

impl Habits<'_> {
    /// The same call under its own name.
    pub(super) fn renamed(
        &mut self,
        reading: &mut Reading<'_, '_>,
        at: usize,
        (open, close): (usize, usize),
        here: &str,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let token = *reading.tokens.get(at)?;
        let found = self.slice(token);
        // What was written anew has its own name already.
        if found == here || self.read_as.get(token.start, token.end) == Some(here) {
            return None;
        }
        let told = reading.quiet == 0;
        if told && self.cells(reading, (open, close), token, here, out) {
            return Some(close + 1);
        }
        if told {
            let mut edits = vec![(token.span(), here.to_owned())];
            let between = reading.arguments(open, close);
            for (from, _) in between.iter().skip(1) {
                if let Some(sign) = reading.tokens.get(from - 1)
                    && sign.kind == Token::Semicolon
                {
                    edits.push((sign.span(), ",".to_owned()));
                }
            }
            let found = found.to_owned();
            self.tell(token.span(), &found, here, edits);
        }
        self.read_as.written.insert(token.start, here.to_owned());
        out.push(Piece {
            token,
            words: here.to_owned(),
        });
        // What separates the arguments has been told with the name.
        let bounds = reading.arguments(open, close);
        out.push(self.piece(*reading.tokens.get(open)?));
        for (from, to) in bounds {
            let part = self.stretch(reading, from, to);
            out.extend(part);
            let sign = *reading.tokens.get(to)?;
            let kind = if to == close { sign.kind } else { Token::Comma };
            out.push(Piece {
                token: Tok { kind, ..sign },
                words: if to == close { ")" } else { "," }.to_owned(),
            });
        }
        if told {
            let end = reading.tokens.get(close)?.end;
            let whole = Span {
                start: token.start,
                end,
            };
            self.absorb(reading, whole, token.span());
        }
        Some(close + 1)
    }

    /// `AVERAGE(a:c)`: there are no cells here, and so nothing that lies between two of them.
    fn cells(
        &mut self,
        reading: &Reading<'_, '_>,
        (open, close): (usize, usize),
        name: Tok,
        here: &str,
        out: &mut Vec<Piece>,
    ) -> bool {
        let inner = reading.tokens.get(open + 1..close).unwrap_or_default();
        let [first, colon, last] = inner else {
            return false;
        };
        let (Some(begin), Some(end)) = (reading.tokens.get(open), reading.tokens.get(close)) else {
            return false;
        };
        let both =
            self.declared.contains(self.slice(*first)) && self.declared.contains(self.slice(*last));
        if colon.kind != Token::Colon || !both {
            return false;
        }
        let whole = Span {
            start: name.start,
            end: end.end,
        };
        let (one, other) = (self.slice(*first), self.slice(*last));
        let instead = format!("{here}({one}, …, {other})");
        let found = super::slice_of(self.text, whole.start, whole.end).to_owned();
        self.tell(whole, &found, &instead, Vec::new());
        self.read_as.written.insert(name.start, here.to_owned());
        let comma = Tok {
            kind: Token::Comma,
            ..*colon
        };
        for token in [name, *begin, *first, comma, *last, *end] {
            out.push(self.piece(token));
        }
        true
    }

    /// What is told within a call that has another name here belongs to the same slip: a formula of a
    /// spreadsheet.
    fn absorb(&mut self, reading: &mut Reading<'_, '_>, whole: Span, told: Span) {
        let mut more = Vec::new();
        let mut places = Vec::new();
        for problems in [&mut self.problems, &mut reading.lexed.problems] {
            problems.retain(|problem| {
                if problem.span == told || !is_written_anew(problem, whole) {
                    return true;
                }
                match &problem.kind {
                    ProblemKind::ForeignOperator { edits, .. } => more.extend(edits.clone()),
                    ProblemKind::BadNumber {
                        edit: Some(meant), ..
                    } => more.push((problem.span, meant.clone())),
                    _ => return true,
                }
                places.push(problem.span);
                false
            });
        }
        let outer = self.problems.iter_mut().find(|one| one.span == told);
        if let Some(ProblemKind::ForeignOperator { edits, others, .. }) =
            outer.map(|one| &mut one.kind)
        {
            edits.extend(more);
            places.sort();
            others.extend(places);
        }
    }
}
