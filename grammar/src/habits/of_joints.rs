//! What joins values and counts, in words and signs that read aloud well: `a plus b`, `at most 1 of (a, b)`,
//! `a not between 0 and 5`, `0 < a and < 5`, `max{a, b}`, `a when c else b`, `if c then a otherwise b`,
//! `param p = 0.6 : number in 0..1`, `high in >= 12`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::token::{Tok, Token};

/// Functions whose arguments may come between other brackets.
const OF_LISTS: [&str; 8] = ["max", "min", "mean", "sum", "median", "any", "all", "count"];

impl Habits<'_> {
    pub(super) fn in_joints(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) || stand.within() == Some(Within::Test) {
            return None;
        }
        if token.kind == Token::In && stand.within() == Some(Within::Level) {
            return self.band_by_comparison(tokens, at);
        }
        if !stand.formula {
            return None;
        }
        let computed = stand.declares(Token::DeclareScore)
            || stand.declares(Token::DeclareLet)
            || stand.declares(Token::DeclareSignal);
        match token.kind {
            Token::At => self
                .at_most(tokens, at)
                .or_else(|| self.of_is_missing(tokens, at)),
            Token::Not => self.not_between(tokens, at),
            Token::And | Token::Or => self.value_left_out(tokens, at),
            Token::OpenBrace if computed => self.arguments_in_braces(tokens, at),
            Token::Otherwise if computed => self.otherwise_for_else(tokens, at),
            Token::When if computed => self.value_before_when(tokens, at, stand),
            Token::Colon if stand.is_free() && stand.declares(Token::DeclareParam) => {
                self.kind_behind_value(tokens, at, stand)
            }
            Token::Ident => self
                .operator_in_words(tokens, at)
                .or_else(|| self.exactly(tokens, at)),
            _ => None,
        }
    }

    /// `a plus b`, `a divided by b`
    fn operator_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = self.slice(*tokens.get(at)?);
        let by = kind(tokens, at + 1) == Some(Token::By);
        let (sign, count) = match word.to_ascii_lowercase().as_str() {
            "plus" => ("+", 1),
            "minus" => ("-", 1),
            "times" => ("*", 1),
            "multiplied" if by => ("*", 2),
            "divided" if by => ("/", 2),
            _ => return None,
        };
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = kind(tokens, at + count)?;
        let joins = matches!(before, Token::Number | Token::CloseParen) || before.is_name();
        let begins = next.is_name() || matches!(next, Token::Number | Token::OpenParen);
        if !joins || !begins || self.declared.contains(word) || self.fresh(tokens, at + count) {
            return None;
        }
        self.anew(tokens, (at, at + count), sign)
    }

    /// `at most 1 of (a, b)`: not two or more of them.
    fn at_most(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, most, number, of] = tokens.get(at..at + 4)? else {
            return None;
        };
        let fits =
            self.slice(*most) == "most" && number.kind == Token::Number && of.kind == Token::Of;
        let count: u32 = self.slice(*number).parse().ok().filter(|_| fits)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let more = count.checked_add(1).filter(|_| before != Token::Not)?;
        self.anew(tokens, (at, at + 3), &format!("not at least {more}"))
    }

    /// `at least 2 (a, b)`
    fn of_is_missing(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, least, number, open] = tokens.get(at..at + 4)? else {
            return None;
        };
        let fits = self.slice(*least) == "least"
            && number.kind == Token::Number
            && open.kind == Token::OpenParen
            && number.end < open.start;
        self.closed(tokens, at + 3).filter(|_| fits)?;
        let words = self.words_of(tokens.get(at..at + 3)?);
        let of = super::phrases::empty(Token::Of, number.end);
        Some(Rewriting::written(
            (at + 3, at + 3),
            vec![of],
            number.span(),
            (&words, &format!("{words} of")),
            vec![(span(number.end, number.end), " of".to_owned())],
        ))
    }

    /// `exactly 1 of (a, b)`: at least one and not at least two.
    fn exactly(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [word, number, of, open] = tokens.get(at..at + 4)? else {
            return None;
        };
        let fits = self.slice(*word).eq_ignore_ascii_case("exactly")
            && !self.declared.contains(self.slice(*word))
            && number.kind == Token::Number
            && of.kind == Token::Of
            && open.kind == Token::OpenParen;
        let count: u32 = self.slice(*number).parse().ok().filter(|_| fits)?;
        let more = count.checked_add(1)?;
        let end = self.closed(tokens, at + 3)?;
        let list = self.words_of(tokens.get(at + 3..end)?);
        let both = format!("at least {count} of {list} and not at least {more} of {list}");
        let denied = kind(tokens, at.checked_sub(1)?)? == Token::Not;
        let instead = if denied { format!("({both})") } else { both };
        self.anew(tokens, (at, end), &instead)
    }

    /// `a not between 0 and 5`
    fn not_between(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, between, low, and, high] = tokens.get(at..at + 5)? else {
            return None;
        };
        let fits = self.slice(*between).eq_ignore_ascii_case("between")
            && low.kind == Token::Number
            && and.kind == Token::And
            && high.kind == Token::Number
            && kind(tokens, at.checked_sub(1)?)?.ends_operand();
        if !fits {
            return None;
        }
        let instead = format!(
            "not in {}..{}",
            self.words_of(&[*low]),
            self.words_of(&[*high])
        );
        self.anew(tokens, (at, at + 5), &instead)
    }

    /// `0 < a and < 5`: the value stands in each comparison.
    fn value_left_out(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let compares = |kind: Token| {
            matches!(
                kind,
                Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual
            )
        };
        if !compares(kind(tokens, at + 1)?) {
            return None;
        }
        let mut from = at;
        while let Some(before) = from.checked_sub(1) {
            let token = *tokens.get(before)?;
            if !(token.kind.is_name() || token.kind == Token::Dot) {
                break;
            }
            from = before;
        }
        let name = tokens.get(from..at).filter(|name| !name.is_empty())?;
        // `0 < a and < 5`: what stands before the name is a comparison with a number.
        let (sign, number) = (from.checked_sub(1)?, from.checked_sub(2)?);
        if !compares(kind(tokens, sign)?) || kind(tokens, number)? != Token::Number {
            return None;
        }
        let name = self.words_of(name);
        let stretch = self.words_of(tokens.get(at..at + 1)?);
        let sign = self.words_of(tokens.get(at + 1..at + 2)?);
        self.anew(tokens, (at, at + 2), &format!("{stretch} {name} {sign}"))
    }

    /// `max{a, b}`
    fn arguments_in_braces(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at)?;
        let name = *tokens.get(at.checked_sub(1)?)?;
        let touches = name.end == open.start && OF_LISTS.contains(&self.slice(name));
        let end = self.closed(tokens, at).filter(|_| touches)?;
        let close = *tokens.get(end - 1)?;
        let mut out = tokens.get(at..end)?.to_vec();
        *out.first_mut()? = as_kind(open, Token::OpenParen);
        *out.last_mut()? = as_kind(close, Token::CloseParen);
        let whole = span(open.start, close.end);
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            ("{…}", "(…)"),
            vec![
                (open.span(), "(".to_owned()),
                (close.span(), ")".to_owned()),
            ],
        ))
    }

    /// `if c then a otherwise b`
    fn otherwise_for_else(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        // It may be a name: `if c then otherwise else b`.
        let joins = kind(tokens, at.checked_sub(1)?)?.ends_operand()
            && kind(tokens, at + 1).is_some_and(|next| {
                next.is_name() || matches!(next, Token::Number | Token::OpenParen | Token::If)
            });
        if !joins || self.declared.contains(self.slice(word)) {
            return None;
        }
        let mut open = 0_usize;
        for token in tokens.get(at.saturating_sub(60)..at)?.iter().rev() {
            match token.kind {
                Token::Else => open += 1,
                Token::Then => match open.checked_sub(1) {
                    Some(less) => open = less,
                    None => {
                        return Some(Rewriting::written(
                            (at, at + 1),
                            vec![as_kind(word, Token::Else)],
                            word.span(),
                            (self.slice(word), "else"),
                            vec![(word.span(), "else".to_owned())],
                        ));
                    }
                },
                kind if kind.declares() => return None,
                _ => {}
            }
        }
        None
    }

    /// `score s = a when c else b`
    fn value_before_when(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let (_, head) = stand.declares.filter(|_| stand.is_free())?;
        let equals = (head..at).find(|place| kind(tokens, *place) == Some(Token::Equals))?;
        let value = tokens
            .get(equals + 1..at)
            .filter(|value| !value.is_empty())?;
        let end = self.line_end(tokens, at);
        let other = (at..end).find(|place| kind(tokens, *place) == Some(Token::Else))?;
        let inner = |token: &Tok| {
            matches!(
                token.kind,
                Token::If | Token::Then | Token::When | Token::Else
            )
        };
        let condition = tokens
            .get(at + 1..other)
            .filter(|words| !words.is_empty())?;
        if value.iter().any(inner) || condition.iter().any(inner) {
            return None;
        }
        let instead = format!(
            "if {} then {} else",
            self.words_of(condition),
            self.words_of(value)
        );
        self.anew(tokens, (equals + 1, other + 1), &instead)
    }

    /// `param p = 0.6 : number in 0..1`: the kind stands before the value.
    fn kind_behind_value(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let (_, head) = stand.declares?;
        let equals = (head..at).find(|place| kind(tokens, *place) == Some(Token::Equals))?;
        let typed = tokens
            .get(head..equals)?
            .iter()
            .any(|token| token.kind == Token::Colon);
        let value = tokens.get(equals + 1..at)?;
        let plain = value
            .iter()
            .all(|token| token.kind == Token::Number || token.kind.is_name());
        let end = (at + 1..tokens.len())
            .find(|place| {
                self.fresh(tokens, *place)
                    || kind(tokens, *place).is_some_and(Token::begins_attribute)
            })
            .unwrap_or(tokens.len());
        let named = tokens.get(at + 1..end).filter(|kind| !kind.is_empty())?;
        if typed || value.is_empty() || !plain || named.iter().any(|t| t.kind == Token::Equals) {
            return None;
        }
        let instead = format!(": {} = {}", self.words_of(named), self.words_of(value));
        self.anew(tokens, (equals, end), &instead)
    }

    /// `high in >= 12`, `low in < 5`
    fn band_by_comparison(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (sign, number) = (kind(tokens, at + 1)?, *tokens.get(at + 2)?);
        let end = self.words_of(&[number]);
        let instead = match sign {
            Token::GreaterOrEqual => format!("in {end}.."),
            Token::Less => format!("in ..<{end}"),
            Token::LessOrEqual => format!("in ..{end}"),
            _ => return None,
        };
        // A unit would come between the number and its sign.
        let alone = matches!(
            kind(tokens, at + 3),
            Some(Token::Comma | Token::CloseBrace) | None
        ) || self.fresh(tokens, at + 3);
        (number.kind == Token::Number && alone)
            .then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }
}
