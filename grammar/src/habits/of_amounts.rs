//! Amounts as they are spoken: `two dozen`, `a third`, `two thirds of x`, `minus 5`, `one in three`, `1/3%`.
//!
//! In: one place in the tokens. Out: the number that was meant there.

use super::Habits;
use super::of_speech::spoken;
use super::phrases::{Rewriting, Stand, empty, kind, span};
use crate::declarations::on_new_line;
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_amounts(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if !stand.formula || self.is_put(token) || !self.begins_value(tokens, at) {
            return None;
        }
        self.dozens(tokens, at)
            .or_else(|| self.part_in_words(tokens, at))
            .or_else(|| self.one_in_so_many(tokens, at))
            .or_else(|| self.part_of_percent(tokens, at))
            .or_else(|| self.sign_in_words(tokens, at))
            .or_else(|| self.money_first(tokens, at))
    }

    /// Can a value begin at a place, behind what stands before it?
    fn begins_value(&self, tokens: &[Tok], at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|before| kind(tokens, before))
            .is_some_and(|before| !before.ends_operand() && before != Token::Text)
    }

    fn said_at(&self, tokens: &[Tok], at: usize) -> String {
        tokens.get(at).map_or(String::new(), |t| {
            let word = self.slice(*t);
            if self.declared.contains(word) {
                String::new()
            } else {
                word.to_ascii_lowercase()
            }
        })
    }

    /// How many are said at a place: `two`, `a`, `3`.
    fn so_many(&self, tokens: &[Tok], at: usize) -> Option<u32> {
        let token = *tokens.get(at)?;
        let word = self.slice(token);
        if token.kind == Token::Number {
            return word.parse().ok();
        }
        match word {
            "a" | "an" | "one" => Some(1),
            other => spoken(other)?.replace('_', "").parse().ok(),
        }
    }

    /// `two dozen`, `a dozen`
    fn dozens(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = self.said_at(tokens, at + 1);
        if !matches!(word.as_str(), "dozen" | "dozens") {
            return None;
        }
        let number = self.so_many(tokens, at)?.checked_mul(12)?;
        self.anew(tokens, (at, at + 2), &number.to_string())
    }

    /// `a third`, `two thirds`, `three quarters of x`
    fn part_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        // `12 quarters` and `for a quarter` are lengths of time.
        let before = kind(tokens, at.checked_sub(1)?)?;
        use Token as T;
        let of_amounts = matches!(
            before,
            T::Less
                | T::LessOrEqual
                | T::Greater
                | T::GreaterOrEqual
                | T::Equals
                | T::Plus
                | T::Minus
                | T::Star
                | T::Slash
                | T::OpenParen
        );
        if !of_amounts || kind(tokens, at)? == Token::Number {
            return None;
        }
        // `half` alone may be what another file declares.
        let below = part_word(&self.said_at(tokens, at + 1))?;
        let (count, end) = (self.so_many(tokens, at)?, at + 2);
        let last = *tokens.get(end - 1)?;
        let first = *tokens.get(at)?;
        if on_new_line(self.text, first, last) {
            return None;
        }
        // `half a year`, `half of (a, b, c)`, `a quarter year` are told of themselves.
        let next = tokens
            .get(end)
            .filter(|next| !on_new_line(self.text, last, **next));
        let of = next.is_some_and(|next| next.kind == Token::Of);
        if next.is_some_and(|next| next.kind.is_name() && !of) {
            return None;
        }
        let fraction = match (count, below) {
            (count, 2 | 4 | 5 | 10) => {
                let share = f64::from(count) / f64::from(below);
                format!("{share}")
            }
            (count, below) => format!("{count} / {below}"),
        };
        if of {
            let name = kind(tokens, end + 1)?.is_name();
            return name
                .then(|| self.anew(tokens, (at, end + 1), &format!("{fraction} *")))
                .flatten();
        }
        self.anew(tokens, (at, end), &fraction)
    }

    /// `one in three`, `1 in 3`
    fn one_in_so_many(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if kind(tokens, at + 1)? != Token::In
            || self.declared.contains(self.slice(*tokens.get(at)?))
        {
            return None;
        }
        let (count, of) = (self.so_many(tokens, at)?, self.so_many(tokens, at + 2)?);
        let ends = !matches!(
            kind(tokens, at + 3),
            Some(Token::DotDot | Token::DotDotLess | Token::Percent)
        );
        (ends && of > count && count > 0)
            .then(|| self.anew(tokens, (at, at + 3), &format!("{count} / {of}")))
            .flatten()
    }

    /// `1/3%`: a third of a percent, or a third?
    fn part_of_percent(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (above, sign, below) = (*tokens.get(at)?, *tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let touches = above.end == sign.start && sign.end == below.start;
        if above.kind != Token::Number || sign.kind != Token::Slash || !touches {
            return None;
        }
        let (count, of) = (self.slice(above), self.slice(below).strip_suffix('%')?);
        let (count, of): (u32, u32) = (count.parse().ok()?, of.parse().ok()?);
        if count == 0 || of <= count || of > 12 {
            return None;
        }
        let whole = span(above.start, below.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let hole = empty(Token::Hole, whole.start);
        Some(Rewriting::said(
            (at, at + 3),
            vec![hole],
            whole,
            &found,
            format!(
                "this would divide {count} by {of}%: for a part of one percent write `{count}% / {of}`, for a part of \
                 the whole `{count} / {of}`"
            ),
        ))
    }

    /// `minus 5`
    fn sign_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if self.said_at(tokens, at) != "minus" {
            return None;
        }
        let next = *tokens.get(at + 1)?;
        (next.kind == Token::Number)
            .then(|| self.anew(tokens, (at, at + 1), "-"))
            .flatten()
    }

    /// `USD 45`, of a currency that is no unit of the file.
    fn money_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (code, number) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let word = self.slice(code);
        let is_code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
        if !is_code
            || number.kind != Token::Number
            || self.declared.contains(word)
            || on_new_line(self.text, code, number)
        {
            return None;
        }
        let unit = word.to_ascii_lowercase();
        let amount = self.words_of(&[number]);
        let whole = span(code.start, number.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let say = if self.known.units.contains(unit.as_str()) {
            return self.anew(tokens, (at, at + 2), &format!("{amount} {unit}"));
        } else {
            format!(
                "a unit stands behind its number: `{amount} {unit}`, once it is declared: `unit {unit}`"
            )
        };
        let hole = empty(Token::Hole, whole.start);
        Some(Rewriting::said(
            (at, at + 2),
            vec![hole],
            whole,
            &found,
            say,
        ))
    }
}

/// What a whole is divided by: `third`, `quarters`.
fn part_word(word: &str) -> Option<u32> {
    Some(match word {
        "half" | "halves" => 2,
        "third" | "thirds" => 3,
        "quarter" | "quarters" | "fourth" | "fourths" => 4,
        "fifth" | "fifths" => 5,
        "sixth" | "sixths" => 6,
        "eighth" | "eighths" => 8,
        "tenth" | "tenths" => 10,
        _ => return None,
    })
}
