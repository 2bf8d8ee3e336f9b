//! Formulas as they are spoken, or as functions of other languages have them: `inlist(x, a, b)`,
//! `case_when(c ~ 1, TRUE ~ 0)`, `[a + b] / 2`, `sum(x, 3)`, `1 if c, otherwise 0`, `>= ten attacks`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::known::bare;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, kind, span};
use crate::declarations::on_new_line;
use crate::token::{Tok, Token};

/// The longest function of another language that is read as one, in tokens.
const LONGEST: usize = 400;

impl Habits<'_> {
    pub(super) fn in_speech(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let in_members = stand.within() == Some(Within::Members);
        if token.kind == Token::Text && (stand.formula || in_members) {
            return self.label_for_name(tokens, at);
        }
        if let Some(number) = self.spoken_number(tokens, at, stand) {
            return Some(number);
        }
        if stand.within() == Some(Within::Test) {
            return matches!(token.kind, Token::And | Token::Or)
                .then(|| self.compared_again(tokens, at))
                .flatten();
        }
        if !stand.formula {
            return None;
        }
        match token.kind {
            Token::OpenBracket | Token::OpenBrace => self.round_brackets(tokens, at),
            Token::If => self.value_first(tokens, at),
            Token::Infix => self.infix(tokens, at).or_else(|| self.piped(tokens, at)),
            Token::Over => self.window_without_signs(tokens, at),
            Token::And | Token::Or => self.compared_again(tokens, at),
            Token::In
                if tokens.get(at + 1).is_some_and(|t| {
                    matches!(self.slice(*t), "c" | "list" | "set" | "tuple")
                        && kind(tokens, at + 2) == Some(Token::OpenParen)
                }) =>
            {
                self.infix(tokens, at)
            }
            Token::Ident if kind(tokens, at + 1) == Some(Token::OpenParen) => self
                .cells_of(tokens, at)
                .or_else(|| self.bare_window(tokens, at))
                .or_else(|| self.rolling(tokens, at))
                .or_else(|| self.function_of_lists(tokens, at))
                .or_else(|| self.cases(tokens, at)),
            Token::Ident if kind(tokens, at + 1) == Some(Token::Dot) => self
                .is_in(tokens, at)
                .or_else(|| self.of_a_text(tokens, at))
                .or_else(|| self.of_all(tokens, at)),
            Token::Ident if kind(tokens, at + 1) == Some(Token::Of) => self.function_of(tokens, at),
            Token::Ident if self.slice(token).eq_ignore_ascii_case("case") => {
                self.case_without_end(tokens, at)
            }
            Token::Ident
                if self.slice(token).eq_ignore_ascii_case("the")
                    && kind(tokens, at + 2) == Some(Token::Of) =>
            {
                self.function_of(tokens, at)
            }
            Token::Ident => self
                .label_in_words(tokens, at)
                .or_else(|| self.rises(tokens, at))
                .or_else(|| self.kind_before_name(tokens, at))
                .or_else(|| self.times_in_words(tokens, at))
                .or_else(|| self.without_brackets(tokens, at))
                .or_else(|| self.times_left_out(tokens, at, stand)),
            Token::Then => self.without_if(tokens, at, stand),
            _ => None,
        }
    }

    /// `"Mass flight" weight 2`, `mean("Access to water", hazard)`: things are called by their names.
    fn label_for_name(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let text = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let begins = matches!(
            before,
            Token::OpenBrace
                | Token::OpenParen
                | Token::Comma
                | Token::And
                | Token::Or
                | Token::Not
                | Token::When
                | Token::Plus
                | Token::Minus
                | Token::Star
                | Token::Slash
                | Token::If
                | Token::Equals
        );
        if !begins {
            return None;
        }
        let name = self.known.labelled(bare(self.slice(text)))?.to_owned();
        let named = self.named(text.start, text.end, &name);
        Some(Rewriting::written(
            (at, at + 1),
            vec![named],
            text.span(),
            (self.slice(text), &name),
            vec![(text.span(), name.clone())],
        ))
    }

    /// `mean(Access to water, hazard)`: a label without its quotes.
    fn label_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let first = *tokens.get(at)?;
        let word = self.slice(first);
        if self.declared.contains(word) || !word.starts_with(char::is_uppercase) {
            return None;
        }
        let is_word = |t: &Tok| t.kind.is_name() || t.kind.is_reserved() || t.kind == Token::Number;
        let mut end = at + 1;
        while let (Some(last), Some(next)) = (tokens.get(end - 1), tokens.get(end))
            && end < at + 9
            && is_word(next)
            && !on_new_line(self.text, *last, *next)
        {
            end += 1;
        }
        for to in (at + 1..=end).rev() {
            let last = *tokens.get(to - 1)?;
            let words = self.written(first.start, last.end).to_owned();
            // A name with a capital is told by its declaration.
            let is_label = |name: &&str| !name.eq_ignore_ascii_case(&words);
            // So is one that something else has for its label.
            let small = words.to_ascii_lowercase();
            if self.known.values.contains(small.as_str()) || self.known.yes.contains(small.as_str())
            {
                continue;
            }
            if let Some(name) = self.known.labelled(&words).filter(is_label) {
                let name = name.to_owned();
                let whole = span(first.start, last.end);
                let named = self.named(whole.start, whole.end, &name);
                return Some(Rewriting::written(
                    (at, to),
                    vec![named],
                    whole,
                    (&words, &name),
                    vec![(whole, name.clone())],
                ));
            }
        }
        None
    }

    /// `>= ten attacks`, `for two months`
    fn spoken_number(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens
            .get(at)
            .filter(|t| t.kind == Token::Ident && (3..=8).contains(&(t.end - t.start)))?;
        let number = spoken(&self.slice(word).to_ascii_lowercase())?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        let behind_line =
            on_new_line(self.text, word, next) && !matches!(before, Token::Equals | Token::Weight);
        if self.declared.contains(self.slice(word)) || behind_line {
            return None;
        }
        let compares = matches!(
            before,
            Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual
        ) && stand.formula;
        let counts = matches!(
            before,
            Token::For | Token::Cooldown | Token::Require | Token::Most | Token::Over
        ) || (before == Token::Colon && stand.formula);
        // `override weight a.b = three`, `weight two`
        let given = (before == Token::Equals
            && (stand.declares(Token::DeclareOverride) || stand.declares(Token::DeclareParam)))
            || before == Token::Weight;
        let ends = matches!(
            next.kind,
            Token::Comma
                | Token::CloseBrace
                | Token::Because
                | Token::Cite
                | Token::Decisive
                | Token::Weight
        ) || self.slice(next) == "because";
        if given && ends {
            let written = self.put(Token::Number, word.start, word.end, number);
            return Some(Rewriting::written(
                (at, at + 1),
                vec![written],
                word.span(),
                (self.slice(word), number),
                vec![(word.span(), number.to_owned())],
            ));
        }
        // `> ten percent`, `> ten per cent`
        let signs = match self.slice(next).to_ascii_lowercase().as_str() {
            "percent" if !self.known.units.contains("percent") => 1,
            "per" if tokens.get(at + 2).is_some_and(|t| self.slice(*t) == "cent") => 2,
            _ => 0,
        };
        if signs > 0 && (compares || counts || given) {
            let whole = span(word.start, tokens.get(at + signs)?.end);
            let meant = format!("{number}%");
            let written = self.put(Token::Number, whole.start, whole.end, &meant);
            return Some(Rewriting::written(
                (at, at + 1 + signs),
                vec![written],
                whole,
                (self.written(whole.start, whole.end), &meant),
                vec![(whole, meant.clone())],
            ));
        }
        let unit = next.kind == Token::Ident
            && (self.known.units.contains(self.slice(next))
                || period_word(self.slice(next)).is_some()
                || matches!(self.slice(next), "known" | "coverage"));
        let behind = unit || matches!(next.kind, Token::Known | Token::Coverage);
        if !((compares || counts) && behind) {
            return None;
        }
        let written = self.put(Token::Number, word.start, word.end, number);
        Some(Rewriting::written(
            (at, at + 1),
            vec![written],
            word.span(),
            (self.slice(word), number),
            vec![(word.span(), number.to_owned())],
        ))
    }

    /// `[a + b] / 2`, `{a + b} / 2`: only round brackets group.
    fn round_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        let close = self.closed(tokens, at).filter(|to| to - at < LONGEST)? - 1;
        let inner = tokens.get(at + 1..close)?;
        let opening = matches!(
            before,
            Token::Equals
                | Token::OpenParen
                | Token::OpenBracket
                | Token::Plus
                | Token::Minus
                | Token::Star
                | Token::Slash
                | Token::When
                | Token::And
                | Token::Or
                | Token::Not
                | Token::Comma
        );
        let plain = inner.len() > 2
            && !inner
                .iter()
                .any(|t| matches!(t.kind, Token::Comma | Token::Semicolon | Token::OpenBrace));
        let works_out = inner
            .iter()
            .any(|t| super::pieces::is_operator(t.kind) && t.kind != Token::Dot);
        let behind = kind(tokens, close + 1);
        let beside = behind.is_some_and(super::pieces::is_operator)
            || matches!(
                before,
                Token::Plus
                    | Token::Minus
                    | Token::Star
                    | Token::Slash
                    | Token::And
                    | Token::Or
                    | Token::Not
            );
        if !opening || !plain || !works_out || !beside {
            return None;
        }
        let (open, end) = (*tokens.get(at)?, *tokens.get(close)?);
        let mut out = vec![super::phrases::as_kind(open, Token::OpenParen)];
        out.extend_from_slice(inner);
        out.push(super::phrases::as_kind(end, Token::CloseParen));
        let signs = if open.kind == Token::OpenBracket {
            "[…]"
        } else {
            "{…}"
        };
        Some(Rewriting::written(
            (at, close + 1),
            out,
            span(open.start, end.end),
            (signs, "(…)"),
            vec![(open.span(), "(".to_owned()), (end.span(), ")".to_owned())],
        ))
    }

    /// `x > 0.5 and < 0.8`: each side compares by itself.
    fn compared_again(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = kind(tokens, at + 1)?;
        let is_sign = |kind: Token| {
            matches!(
                kind,
                Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual
            )
        };
        if !is_sign(sign) {
            return None;
        }
        let first = (0..at)
            .rev()
            .take(6)
            .find(|place| kind(tokens, *place).is_some_and(is_sign))?;
        let name = *tokens
            .get(first.checked_sub(1)?)
            .filter(|t| t.kind.is_name())?;
        let next = *tokens.get(at + 1)?;
        let word = self.slice(name).to_owned();
        let again = self.named(next.start, next.start, &word);
        let whole = span(tokens.get(at)?.start, next.end);
        let joins = self.slice(*tokens.get(at)?).to_owned();
        let instead = format!("{joins} {word} {}", self.slice(next));
        Some(self.told_as((at + 1, at + 1), vec![again], whole, &instead))
    }

    /// `factor violence >= 0.5`: things are called by their names alone.
    fn kind_before_name(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (word, name) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let own = self.slice(name).to_owned();
        let is_kind = matches!(
            self.slice(word),
            "factor" | "signal" | "indicator" | "score" | "level" | "param"
        );
        let known = self.declared.contains(own.as_str());
        if !is_kind
            || !known
            || self.fresh(tokens, at)
            || self.fresh(tokens, at + 1)
            || self.declared.contains(self.slice(word))
            || matches!(
                kind(tokens, at + 2)?,
                Token::Text | Token::Colon | Token::Equals | Token::OpenBrace
            )
        {
            return None;
        }
        let whole = span(word.start, name.end);
        Some(Rewriting::written(
            (at, at + 1),
            Vec::new(),
            whole,
            (self.written(whole.start, whole.end), &own),
            vec![(span(word.start, name.start), String::new())],
        ))
    }

    /// `access x hazard`
    fn times_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let after = *tokens.get(at + 1)?;
        let between = (before.is_name() || matches!(before, Token::Number | Token::CloseParen))
            && (self.declared.contains(self.slice(after))
                || matches!(after.kind, Token::Number | Token::OpenParen));
        let fits = matches!(self.slice(sign), "x" | "X" | "times")
            && !self.declared.contains(self.slice(sign))
            && !self.fresh(tokens, at)
            && !self.fresh(tokens, at + 1);
        (between && fits).then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![super::phrases::as_kind(sign, Token::Star)],
                sign.span(),
                (self.slice(sign), "*"),
                vec![(sign.span(), "*".to_owned())],
            )
        })
    }

    /// `abs drought`: a function has its arguments between brackets.
    fn without_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (name, of) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let small = self.slice(name).to_ascii_lowercase();
        let known = matches!(
            small.as_str(),
            "abs"
                | "sqrt"
                | "ln"
                | "exp"
                | "log10"
                | "floor"
                | "ceil"
                | "rank"
                | "zscore"
                | "percentile"
                | "minmax"
        );
        let fits = known
            && !self.declared.contains(self.slice(name))
            && self.declared.contains(self.slice(of))
            && !self.fresh(tokens, at + 1);
        let instead = format!("{small}({})", self.slice(of));
        fits.then(|| self.anew(tokens, (at, at + 2), &instead))
            .flatten()
    }

    /// `0.5 access`, `50% access`: what is multiplied has its sign.
    fn times_left_out(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        // Elsewhere the unit is more likely to be the slip.
        let works_out = stand.declares(Token::DeclareScore) || stand.declares(Token::DeclareLet);
        let begins = matches!(
            kind(tokens, at.checked_sub(2)?)?,
            Token::Equals | Token::Plus | Token::Minus | Token::OpenParen | Token::Comma
        );
        let number = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind == Token::Number)?;
        let word = self.slice(name);
        if !works_out
            || !begins
            || self.known.units.contains(word)
            || !self.known.values.contains(word)
            || self.fresh(tokens, at)
            || period_word(word).is_some()
        {
            return None;
        }
        let whole = span(number.start, name.end);
        let digits = self.words_of(&[number]);
        let digits = digits
            .trim_end_matches(|sign: char| sign.is_ascii_alphabetic())
            .to_owned();
        let instead = format!("{digits} * {word}");
        let star = super::phrases::empty(Token::Star, name.start);
        Some(Rewriting::written(
            (at - 1, at + 1),
            vec![number, star, name],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }
}

/// A number in words.
pub(super) fn spoken(word: &str) -> Option<&'static str> {
    Some(match word {
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        "ten" => "10",
        "eleven" => "11",
        "twelve" => "12",
        "fifteen" => "15",
        "twenty" => "20",
        "thirty" => "30",
        "fifty" => "50",
        "hundred" => "100",
        "thousand" => "1_000",
        _ => return None,
    })
}
