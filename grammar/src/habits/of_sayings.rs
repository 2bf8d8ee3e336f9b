//! Conditions as they are spoken: `more than half of (a, b, c)`, `is high or worse`, `a unless b`, `killed doubled since
//! last month`, `no fewer than 6 incidents in clashes`, `livelihood fishers`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, empty, kind};
use crate::problem::{Hint, ProblemKind};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_sayings(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if !stand.formula
            || self.is_put(token)
            || matches!(stand.within(), Some(Within::Test | Within::Table))
        {
            return None;
        }
        if token.kind == Token::Unless && !self.is_of_alert(tokens, stand) {
            return self.unless(tokens, at);
        }
        if self.begins_condition(tokens, at) {
            return self
                .share_of_list(tokens, at)
                .or_else(|| self.amount_first(tokens, at));
        }
        self.is_left_out(tokens, at)
            .or_else(|| self.becomes_a_multiple(tokens, at))
    }

    /// Does a condition begin at a place?
    fn begins_condition(&self, tokens: &[Tok], at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|before| kind(tokens, before))
            .is_some_and(|before| {
                matches!(
                    before,
                    Token::When
                        | Token::If
                        | Token::And
                        | Token::Or
                        | Token::Not
                        | Token::Equals
                        | Token::OpenParen
                        | Token::Comma
                )
            })
    }

    fn small(&self, tokens: &[Tok], at: usize) -> String {
        tokens
            .get(at)
            .map(|t| self.slice(*t).to_ascii_lowercase())
            .unwrap_or_default()
    }

    /// `more than half of (a, b, c)`, `at least half of (…)`, `most of (…)`, `none of (…)`
    fn share_of_list(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let words: Vec<String> = (at..at + 4)
            .map(|place| self.small(tokens, place))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (count, all): (usize, fn(usize) -> Option<usize>) = match words.as_slice() {
            ["more", "than", "half", "of"] => (4, |all| Some(all / 2 + 1)),
            ["at", "least", "half", "of"] => (4, |all| Some(all.div_ceil(2))),
            ["a", "majority", "of", _] => (3, |all| Some(all / 2 + 1)),
            ["half", "of", ..] => (2, |all| Some(all.div_ceil(2))),
            ["most", "of", ..] => (2, |all| Some(all / 2 + 1)),
            ["none", "of", ..] => (2, |_| None),
            _ => return None,
        };
        let open = at + count;
        if kind(tokens, open)? != Token::OpenParen || self.declared.contains(*words.first()?) {
            return None;
        }
        let end = self.closed(tokens, open)?;
        let several = self.parts(tokens, open, end - 1).len();
        if several < 2 {
            return None;
        }
        let instead = match all(several) {
            Some(least) => format!("at least {least} of"),
            None => "not any".to_owned(),
        };
        self.anew(tokens, (at, open), &instead)
    }

    /// `no fewer than 6 incidents in clashes`: what is compared stands first.
    fn amount_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let words: Vec<String> = (at..at + 3)
            .map(|place| self.small(tokens, place))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (count, sign) = match words.as_slice() {
            ["no" | "not", "fewer" | "less", "than"] => (3, ">="),
            ["no" | "not", "more", "than"] => (3, "<="),
            ["at", "least", _] => (2, ">="),
            ["at", "most", _] => (2, "<="),
            ["more", "than", _] => (2, ">"),
            ["fewer" | "less", "than", _] => (2, "<"),
            _ => return None,
        };
        let number = at + count;
        kind(tokens, number).filter(|kind| *kind == Token::Number)?;
        let unit = usize::from(
            tokens
                .get(number + 1)
                .is_some_and(|t| self.known.units.contains(self.slice(*t))),
        );
        let name = *tokens.get(number + unit + 2)?;
        if kind(tokens, number + unit + 1)? != Token::In
            || !self.declared.contains(self.slice(name))
        {
            return None;
        }
        let amount = self.words_of(tokens.get(number..=number + unit)?);
        let instead = format!("{} {sign} {amount}", self.slice(name));
        self.anew(tokens, (at, number + unit + 3), &instead)
    }

    /// `livelihood fishers`: a name beside an item of a category lacks its `is`.
    fn is_left_out(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let item = *tokens.get(at).filter(|t| t.kind.is_name())?;
        let of = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind.is_name() && !self.is_put(**t))?;
        let (word, name) = (self.slice(item), self.slice(of));
        let is_category = self.known.categories.contains(word);
        let is_level = self.known.levels.contains(word);
        let is_item =
            |name: &str| self.known.categories.contains(name) || self.known.levels.contains(name);
        let begins = at
            .checked_sub(1)
            .is_some_and(|before| self.begins_condition(tokens, before));
        let ends = self.fresh(tokens, at + 1)
            || matches!(
                kind(tokens, at + 1),
                None | Some(
                    Token::Then
                        | Token::Else
                        | Token::And
                        | Token::Or
                        | Token::CloseParen
                        | Token::Comma
                        | Token::CloseBrace
                        | Token::For
                )
            );
        let known = self.declared.contains(name) && !is_item(name);
        if !(is_category || is_level) || !known || !begins || !ends || self.fresh(tokens, at) {
            return None;
        }
        let hint = match is_level {
            false => Hint::None,
            true => Hint::Say(format!(
                "say how they compare: `{name} is {word}`, or `{name} >= {word}` for this level and those above"
            )),
        };
        let told = ProblemKind::Unexpected {
            found: format!("`{}`", crate::literal::quoted(word)),
            expected: vec![match is_level {
                false => format!("`{name} is {word}`"),
                true => "a comparison".to_owned(),
            }],
            missing_separator: (!is_level).then(|| (" is".to_owned(), vec![of.end])),
            hint,
        };
        Some(Rewriting {
            from: at,
            to: at,
            tokens: vec![empty(Token::Is, of.end)],
            span: item.span(),
            told: Some(told),
        })
    }

    /// `a unless b`
    fn unless(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        // `applies unless written "n/a"` is no condition.
        if before == Token::Applies {
            return None;
        }
        let (begin, joined) = self.condition_before(tokens, at)?;
        let either = joined
            && tokens
                .get(begin..at)?
                .iter()
                .any(|t| matches!(t.kind, Token::Or | Token::Unless));
        let mut depth = 0_usize;
        let (mut end, mut several) = (at + 1, false);
        while let Some(token) = tokens.get(end).copied() {
            match token.kind {
                kind if kind.opens() => depth += 1,
                kind if kind.closes() && depth == 0 => break,
                kind if kind.closes() => depth -= 1,
                Token::Comma | Token::Then | Token::Else | Token::For if depth == 0 => break,
                kind if depth == 0 && kind.begins_attribute() && self.fresh(tokens, end) => break,
                Token::And | Token::Or if depth == 0 => several = true,
                _ => {}
            }
            let goes_on = kind(tokens, end - 1).is_some_and(|before| !before.ends_operand())
                || super::pieces::is_operator(token.kind);
            if end > at + 1 && depth == 0 && self.fresh(tokens, end) && !goes_on {
                break;
            }
            end += 1;
        }
        if !before.ends_operand() || end == at + 1 {
            return None;
        }
        let except = self.words_of(tokens.get(at + 1..end)?);
        if either {
            return Some(Rewriting::said(
                (at, at + 1),
                vec![empty(Token::And, word.start), empty(Token::Not, word.start)],
                word.span(),
                "unless",
                format!(
                    "put what is excepted between brackets and write `and not` before it: `(… or …) and not ({except})`"
                ),
            ));
        }
        if several {
            return self.anew(tokens, (at, end), &format!("and not ({except})"));
        }
        self.anew(tokens, (at, at + 1), "and not")
    }

    /// `killed doubled since last month`, `price halved over 3 months`
    fn becomes_a_multiple(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (sign, times) = match self.small(tokens, at).as_str() {
            "doubled" | "doubles" => (">=", "2"),
            "tripled" | "triples" | "trebled" => (">=", "3"),
            "quadrupled" => (">=", "4"),
            "halved" | "halves" => ("<=", "0.5"),
            _ => return None,
        };
        let of = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind.is_name() && self.declared.contains(self.slice(**t)))?;
        let begins = self.begins_condition(tokens, at - 1);
        let says = matches!(
            self.small(tokens, at + 1).as_str(),
            "since" | "from" | "over" | "in" | "within" | "during"
        );
        if !begins || !says || self.fresh(tokens, at + 1) {
            return None;
        }
        let mut place = at + 2;
        if self.small(tokens, place) == "the" {
            place += 1;
        }
        let last = matches!(
            self.small(tokens, place).as_str(),
            "last" | "past" | "previous"
        );
        place += usize::from(last);
        let number = match tokens.get(place)? {
            number if number.kind == Token::Number => Some(self.words_of(&[*number])),
            _ => None,
        };
        place += usize::from(number.is_some());
        let unit = self.small(tokens, place);
        let period = period_word(&unit)?;
        let duration = match (&number, last) {
            (Some(number), _) => format!("{number} {unit}"),
            (None, true) => format!("1 {period}"),
            (None, false) => return None,
        };
        let ago = usize::from(matches!(
            self.small(tokens, place + 1).as_str(),
            "ago" | "earlier" | "before"
        ));
        let name = self.slice(of);
        let instead = format!("{name} {sign} {times} * lag({name}, {duration})");
        self.anew(tokens, (at - 1, place + 1 + ago), &instead)
    }
}
