//! Cells of a spreadsheet: `$C$2`, `Sheet1!B2`, `AVERAGE(C2:C6)`, `RANK.EQ(x; $D$2:$D$90; 0)`, `COUNTIF(D2:G2; "yes")`.
//!
//! In: tokens, before anything else is made of them. Out: one name for each cell, and a function over a stretch of
//! cells told as a whole.

use super::Habits;
use super::phrases::{empty, kind, span};
use super::table::{Meaning, function};
use crate::lexer::Lexed;
use crate::problem::{Hint, Problem, ProblemKind};
use crate::token::{Tok, Token};

/// What there is instead of cells.
const NO_CELLS: &str = "rules know no cells";

/// Longer calls are not repeated in what is said of them.
const SHOWN: usize = 60;

impl Habits<'_> {
    pub(super) fn spreadsheet_cells(&mut self, lexed: &mut Lexed) {
        if !self.text.contains(['$', '!', ':']) {
            return;
        }
        let mut at = 0;
        while at < lexed.tokens.len() {
            if let Some((end, name)) = self.marked_cell(&lexed.tokens, at)
                && let (Some(first), Some(last)) = (lexed.tokens.get(at), lexed.tokens.get(end - 1))
            {
                let whole = span(first.start, last.end);
                super::take_back(&mut lexed.problems, whole);
                let cell = self.named(whole.start, whole.end, &name);
                lexed.tokens.splice(at..end, [cell]);
            }
            at += 1;
        }
        let mut at = 0;
        while at < lexed.tokens.len() {
            self.over_cells(lexed, at);
            at += 1;
        }
    }

    /// `$C$2`, `C$2`, `$C2`, `Sheet1!B2`, `'Sheet 1'!$B$2`: where it ends, and the cell.
    fn marked_cell(&self, tokens: &[Tok], at: usize) -> Option<(usize, String)> {
        let touches = |place: usize| match (tokens.get(place), tokens.get(place + 1)) {
            (Some(one), Some(next)) => one.end == next.start,
            _ => false,
        };
        // `data$C2` is a column of a table.
        let behind = at.checked_sub(1).is_some_and(touches)
            && at
                .checked_sub(1)
                .and_then(|before| kind(tokens, before))
                .is_some_and(|before| before.is_name() || before.closes());
        if behind {
            return None;
        }
        let sheet = matches!(kind(tokens, at)?, Token::Ident | Token::Text)
            && tokens.get(at + 1).is_some_and(|t| self.slice(*t) == "!")
            && touches(at)
            && touches(at + 1);
        let mut place = if sheet { at + 2 } else { at };
        let is_fixed = |place: usize| {
            tokens
                .get(place)
                .is_some_and(|t| t.kind == Token::Currency && self.slice(*t) == "$")
        };
        let mut fixed = false;
        if is_fixed(place) && touches(place) {
            fixed = true;
            place += 1;
        }
        let column = *tokens.get(place).filter(|t| t.kind == Token::Ident)?;
        let word = self.slice(column);
        if is_cell(word) {
            return (fixed || sheet).then(|| (place + 1, word.to_owned()));
        }
        let row = *tokens.get(place + 2).filter(|t| t.kind == Token::Number)?;
        let digits = self.slice(row);
        let one = is_fixed(place + 1) && touches(place) && touches(place + 1);
        (one && is_column(word) && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| (place + 3, format!("{word}{digits}")))
    }

    fn word_of(&self, token: Tok) -> &str {
        self.read_as
            .get(token.start, token.end)
            .unwrap_or_else(|| self.slice(token))
    }

    /// `C2:C6`, `D:D`, as two names and the colon between them.
    fn is_stretch(&self, part: &[Tok]) -> bool {
        let [first, colon, last] = part else {
            return false;
        };
        let of_cells = |test: fn(&str) -> bool| {
            [first, last]
                .iter()
                .all(|t| t.kind == Token::Ident && test(self.word_of(**t)))
        };
        let declared = [first, last]
            .iter()
            .any(|t| self.declared.contains(self.slice(**t)));
        colon.kind == Token::Colon && !declared && (of_cells(is_cell) || of_cells(is_column))
    }

    /// A function that is given a stretch of cells.
    fn over_cells(&mut self, lexed: &mut Lexed, at: usize) {
        let tokens = &lexed.tokens;
        let Some(first) = tokens.get(at).copied().filter(|t| t.kind == Token::Ident) else {
            return;
        };
        // `RANK.EQ(…)`
        let mut open = at + 1;
        while kind(tokens, open) == Some(Token::Dot)
            && kind(tokens, open + 1).is_some_and(|k| k.is_name() || k == Token::If)
        {
            open += 2;
        }
        if kind(tokens, open) != Some(Token::OpenParen) {
            return;
        }
        let Some(end) = self.closed(tokens, open) else {
            return;
        };
        let parts = self.parts(tokens, open, end - 1);
        let given = |part: &(usize, usize)| tokens.get(part.0..part.1).unwrap_or_default();
        if !parts.iter().any(|part| self.is_stretch(given(part))) {
            return;
        }
        let (Some(before), Some(last)) = (tokens.get(open - 1), tokens.get(end - 1)) else {
            return;
        };
        let name = self.written(first.start, before.end).to_owned();
        let small = name.to_ascii_lowercase();
        let whole = span(first.start, last.end);
        let found = self.written(whole.start, whole.end);
        let found = match found.chars().count() {
            0..=SHOWN => found.to_owned(),
            _ => format!("{name}(…)"),
        };
        super::take_back(&mut lexed.problems, whole);
        super::take_back(&mut self.problems, whole);
        // `RANK(x; C2:C90; 0)`: the peers are those of the panel.
        if matches!(small.as_str(), "rank" | "rank.eq" | "rang" | "rang.gleich")
            && let [of, _, order @ ..] = parts.as_slice()
            && let [value] = given(of)
            && self.declared.contains(self.slice(*value))
            && let Some(first_rank) = match order {
                [] => Some(""),
                [order] => match given(order) {
                    [number] if self.slice(*number) == "0" => Some(""),
                    [number] if self.slice(*number) == "1" => Some(", first: lowest"),
                    _ => None,
                },
                _ => None,
            }
        {
            let instead = format!("rank({}{first_rank})", self.slice(*value));
            if let Some(out) = self.tokens_of(&instead, whole.start, whole.end) {
                self.tell(whole, &found, &instead, vec![(whole, instead.clone())]);
                lexed.tokens.splice(at..end, out);
                return;
            }
        }
        let say = match function(&small) {
            Some(Meaning::Called(here)) => format!(
                "{NO_CELLS}: name the indicators or steps that stand in them, `{here}(a, b, c)`"
            ),
            Some(Meaning::Words(say)) => format!("{NO_CELLS}: {say}"),
            Some(
                Meaning::If
                | Meaning::And
                | Meaning::Or
                | Meaning::Not
                | Meaning::Missing
                | Meaning::Fallback,
            )
            | None => format!("{NO_CELLS}: name the indicators or steps that stand in them"),
        };
        self.push(Problem {
            kind: ProblemKind::Unexpected {
                found: format!("`{}`", crate::literal::quoted(&found)),
                expected: Vec::new(),
                missing_separator: None,
                hint: Hint::Say(say),
            },
            span: whole,
        });
        let hole = Tok {
            end: whole.end,
            ..empty(Token::Hole, whole.start)
        };
        lexed.tokens.splice(at..end, [hole]);
    }
}

/// `C2`, `AB14`
fn is_cell(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = word.get(letters..).unwrap_or_default();
    (1..=3).contains(&letters)
        && (1..=7).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_digit())
}

/// `C`, `AB`
fn is_column(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}
