//! Amounts and the ends of ranges: `1..inf`, `1..∞`, `1..30m`, `30 million`, `30 pct`, `30 pour cent`, `round(x, 1
//! decimal)`, `12-months`, `4 per 1000 people`, `10 (a + b)`, `√(x)`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, empty, kind, span};
use crate::literal::in_groups;
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_ends(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        match token.kind {
            Token::DotDot | Token::DotDotLess => self.without_end(tokens, at),
            Token::Minus => self.without_beginning(tokens, at),
            Token::Number => self
                .whole_number_in_words(tokens, at)
                .or_else(|| self.hundredths_in_words(tokens, at))
                .or_else(|| self.so_many_for_so_many(tokens, at, stand))
                .or_else(|| self.decimals_in_words(tokens, at))
                .or_else(|| self.joined_duration(tokens, at))
                .or_else(|| self.bracket_times_left_out(tokens, at, stand)),
            Token::OpenParen => self
                .root_sign(tokens, at)
                .or_else(|| self.rest_of_hundred(tokens, at)),
            kind if kind.is_name() => self.named_decimals(tokens, at),
            _ => None,
        }
    }

    fn is_endless(&self, tokens: &[Tok], at: usize) -> bool {
        tokens.get(at).is_some_and(|token| {
            let word = self.slice(*token);
            !self.declared.contains(word)
                && matches!(
                    word.to_ascii_lowercase().as_str(),
                    "inf" | "infinity" | "infinite" | "infty" | "oo"
                )
        })
    }

    /// `1..inf`, `1..∞`: an end that is not written is open.
    fn without_end(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let dots = *tokens.get(at)?;
        let behind = self.text.get(dots.end as usize..)?;
        let blanks = behind.len() - behind.trim_start_matches(' ').len();
        let (to, end) = if let Some(sign) = behind.get(blanks..).and_then(|rest| {
            let rest = rest.strip_prefix('+').unwrap_or(rest);
            rest.starts_with('∞').then_some('∞')
        }) {
            let plus = usize::from(kind(tokens, at + 1) == Some(Token::Plus));
            let end = behind.get(blanks..)?.find(sign)? + sign.len_utf8();
            (at + 1 + plus, dots.end + u32::try_from(blanks + end).ok()?)
        } else if self.is_endless(tokens, at + 1) && !self.fresh(tokens, at + 1) {
            (at + 2, tokens.get(at + 1)?.end)
        } else {
            return None;
        };
        let whole = span(dots.start, end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, to),
            vec![Tok {
                kind: Token::DotDot,
                ..dots
            }],
            whole,
            (&found, ".."),
            vec![(whole, "..".to_owned())],
        ))
    }

    /// `-inf..0`
    fn without_beginning(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let begins = matches!(
            kind(tokens, at.checked_sub(1)?)?,
            Token::In | Token::Comma | Token::OpenBrace
        );
        let dots = *tokens.get(at + 2)?;
        if !begins
            || !self.is_endless(tokens, at + 1)
            || !matches!(dots.kind, Token::DotDot | Token::DotDotLess)
        {
            return None;
        }
        let whole = span(tokens.get(at)?.start, dots.end);
        let (found, sign) = (
            self.written(whole.start, whole.end).to_owned(),
            self.slice(dots).to_owned(),
        );
        Some(Rewriting::written(
            (at, at + 3),
            vec![dots],
            whole,
            (&found, &sign),
            vec![(whole, sign.clone())],
        ))
    }

    /// `people in 1..30m`: of people there are no months.
    pub(super) fn millions_of_range(&self, before: &[Tok], text: &str) -> Option<String> {
        let digits = text
            .strip_suffix(['m', 'M'])
            .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))?;
        let [.., unit, within, low, dots] = before else {
            return None;
        };
        let of_unit = within.kind == Token::In
            && low.kind == Token::Number
            && matches!(dots.kind, Token::DotDot | Token::DotDotLess)
            && (self.known.units.contains(self.slice(*unit)) || self.slice(*unit) == "number")
            && period_word(self.slice(*unit)).is_none();
        of_unit.then(|| in_groups(&format!("{digits}000000")))
    }

    /// `30 million` at the end of what is said; before a unit it is told elsewhere.
    fn whole_number_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (number, word) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let letter = match self.slice(word).to_ascii_lowercase().as_str() {
            "thousand" | "thousands" | "tsd" | "mille" | "mila" | "tausend" => "k",
            "million" | "millions" | "mio" | "mln" | "millones" | "milhões" | "millionen" => "M",
            "billion" | "billions" | "bn" | "mrd" | "milliard" | "milliards" => "bn",
            _ => return None,
        };
        let last = match tokens.get(at + 2) {
            None => true,
            Some(next) => {
                self.fresh(tokens, at + 2)
                    || next.kind != Token::Ident
                    || next.kind.begins_attribute()
            }
        };
        if !last || self.fresh(tokens, at + 1) || self.declared.contains(self.slice(word)) {
            return None;
        }
        let digits = self
            .read_as
            .get(number.start, number.end)
            .unwrap_or_else(|| self.slice(number));
        let meant = super::number(&format!("{digits}{letter}"))?;
        self.in_one_number(tokens, (at, at + 2), &meant)
    }

    /// `30 pct`, `30 pour cent`, `30 por ciento`, `30 Prozent`
    fn hundredths_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let number = *tokens.get(at)?;
        let word = |place: usize| {
            tokens
                .get(place)
                .map(|token| self.slice(*token).to_lowercase())
                .unwrap_or_default()
        };
        let own = word(at + 1);
        let count = match (own.as_str(), word(at + 2).as_str()) {
            ("pour" | "par", "cent") | ("por", "ciento" | "cento") | ("per", "cento") => 3,
            ("pct" | "perc" | "prozent" | "pourcent" | "procent" | "percento", _) => 2,
            _ => return None,
        };
        if self.declared.contains(own.as_str()) || self.fresh(tokens, at + 1) {
            return None;
        }
        let digits = self
            .read_as
            .get(number.start, number.end)
            .unwrap_or_else(|| self.slice(number));
        let meant = format!("{}%", digits.trim_end_matches('%'));
        self.in_one_number(tokens, (at, at + count), &meant)
    }

    /// Several tokens that are one number.
    fn in_one_number(
        &mut self,
        tokens: &[Tok],
        (from, to): (usize, usize),
        meant: &str,
    ) -> Option<Rewriting> {
        let whole = span(tokens.get(from)?.start, tokens.get(to - 1)?.end);
        let number = self.put(Token::Number, whole.start, whole.end, meant);
        Some(self.told_as((from, to), vec![number], whole, meant))
    }

    /// `4 per 1000 detainees`, `4‰` where a param, or what is compared, says of what: `deaths / detainees`.
    fn so_many_for_so_many(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let number = *tokens.get(at)?;
        let (above, below) = self.rate_before(tokens, at, stand)?;
        let per_mille = self.slice(number).strip_suffix('‰');
        if let Some(digits) = per_mille {
            let digits = super::number(digits.trim_end()).unwrap_or_else(|| digits.to_owned());
            let instead = format!("{} {above} / 1_000 {below}", digits.trim_end());
            return (above != below)
                .then(|| self.anew_widely(tokens, (at, at + 1), &instead))
                .flatten();
        }
        let says = |place: usize, words: &[&str]| {
            tokens
                .get(place)
                .is_some_and(|t| words.contains(&self.slice(*t)))
        };
        let sign = says(at + 1, &["per", "for", "in", "out"]);
        let of = at + 2 + usize::from(says(at + 2, &["of", "every", "each"]));
        let whole = *tokens.get(of).filter(|t| t.kind == Token::Number)?;
        let counted = tokens.get(of + 1).map_or("", |unit| self.slice(*unit));
        // `per 10,000 persons` of people
        let heads = |word: &str| {
            matches!(
                word,
                "people" | "persons" | "person" | "inhabitants" | "residents" | "population"
            )
        };
        let named = counted == below
            || counted == singular(&below)
            || (heads(counted) && heads(&below) && !self.known.units.contains(counted));
        // `5 per 100,000`: of what it is compared with.
        let bare = tokens
            .get(of + 1)
            .is_none_or(|next| self.fresh(tokens, of + 1) || !next.kind.is_name());
        if !sign || !(named || bare) {
            return None;
        }
        let digits = |token: Tok| {
            let text = self
                .read_as
                .get(token.start, token.end)
                .unwrap_or_else(|| self.slice(token));
            match text.len() > 4 && text.bytes().all(|b| b.is_ascii_digit()) {
                true => in_groups(text),
                false => text.to_owned(),
            }
        };
        let instead = format!("{} {above} / {} {below}", digits(number), digits(whole));
        let end = of + 1 + usize::from(named);
        self.anew_widely(tokens, (at, end), &instead)
    }

    /// Words that need more places than the text has: each token stands where it can.
    fn anew_widely(
        &mut self,
        tokens: &[Tok],
        (from, to): (usize, usize),
        instead: &str,
    ) -> Option<Rewriting> {
        if let Some(change) = self.anew(tokens, (from, to), instead) {
            return Some(change);
        }
        // As a share of one: that has the same meaning, and is not shown.
        let (first, last) = (*tokens.get(from)?, *tokens.get(to - 1)?);
        let whole = span(first.start, last.end);
        let hole = Tok {
            kind: Token::Hole,
            start: whole.start,
            end: whole.end,
        };
        Some(self.told_as((from, to), vec![hole], whole, instead))
    }

    /// The two units of the rate that a number is to be: of a param's kind, or of a quotient that it is compared with.
    fn rate_before(&self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<(String, String)> {
        let sign = at.checked_sub(1)?;
        match kind(tokens, sign)? {
            Token::Equals if stand.declares(Token::DeclareParam) => {
                let colon = (sign.saturating_sub(8)..sign)
                    .find(|place| kind(tokens, *place) == Some(Token::Colon))?;
                let typed = tokens.get(colon + 1..sign)?;
                let [above, slash, below, ..] = typed else {
                    return None;
                };
                let below = match below.kind {
                    Token::Number => typed.get(3)?,
                    _ => below,
                };
                let both = slash.kind == Token::Slash
                    && self.known.units.contains(self.slice(*above))
                    && self.known.units.contains(self.slice(*below));
                both.then(|| (self.slice(*above).to_owned(), self.slice(*below).to_owned()))
            }
            Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual => {
                let [above, slash, below] = tokens.get(sign.checked_sub(3)?..sign)? else {
                    return None;
                };
                let alone = !matches!(
                    kind(tokens, sign.checked_sub(4)?)?,
                    Token::Slash | Token::Star | Token::Dot
                );
                let unit = |name: &Tok| self.known.unit_of.get(self.slice(*name)).copied();
                let (one, other) = (unit(above)?, unit(below)?);
                (slash.kind == Token::Slash && alone).then(|| (one.to_owned(), other.to_owned()))
            }
            _ => None,
        }
    }

    /// `round(x, 1 decimal)`
    fn decimals_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (number, word) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let counts = matches!(
            self.slice(word),
            "decimal" | "decimals" | "digit" | "digits" | "place" | "places" | "dp"
        ) && !self.declared.contains(self.slice(word));
        let mut end = at + 2;
        if kind(tokens, end).is_some_and(Token::is_name) {
            let goes_on = matches!(self.slice(*tokens.get(end)?), "place" | "places" | "digits");
            end += usize::from(goes_on);
        }
        let closes = kind(tokens, end)? == Token::CloseParen;
        let behind = kind(tokens, at.checked_sub(1)?)? == Token::Comma;
        if !counts || !closes || !behind {
            return None;
        }
        let last = *tokens.get(end - 1)?;
        let whole = span(word.start, last.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at + 1, end),
            Vec::new(),
            whole,
            (&found, ""),
            vec![(span(number.end, last.end), String::new())],
        ))
    }

    /// `round(x, digits = 1)`
    fn named_decimals(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [word, sign, number, close] = tokens.get(at..at + 4)? else {
            return None;
        };
        let counts = matches!(
            self.slice(*word).to_ascii_lowercase().as_str(),
            "digits" | "ndigits" | "decimals" | "decimal" | "places" | "n" | "d" | "ndigit"
        );
        let fits = counts
            && matches!(sign.kind, Token::Equals | Token::Colon)
            && number.kind == Token::Number
            && close.kind == Token::CloseParen
            && kind(tokens, at.checked_sub(1)?)? == Token::Comma
            && matches!(
                self.called_around(tokens, at),
                Some("round" | "truncate" | "ROUND" | "Round" | "signif")
            );
        let whole = span(word.start, sign.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let next = number.start;
        fits.then(|| {
            Rewriting::written(
                (at, at + 2),
                Vec::new(),
                whole,
                (&found, ""),
                vec![(span(whole.start, next), String::new())],
            )
        })
    }

    /// `12-months`
    fn joined_duration(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [number, minus, word] = tokens.get(at..at + 3)? else {
            return None;
        };
        let joined = number.end == minus.start && minus.end == word.start;
        let fits = joined
            && minus.kind == Token::Minus
            && word.kind.is_name()
            && self.slice(*number).bytes().all(|b| b.is_ascii_digit())
            && !self.declared.contains(self.slice(*word));
        let period = period_word(self.slice(*word)).filter(|_| fits)?;
        let digits = self.slice(*number);
        let plural = if digits == "1" { "" } else { "s" };
        let instead = format!("{digits} {period}{plural}");
        self.anew(tokens, (at, at + 3), &instead)
    }

    /// `10 (a + b)`: what is multiplied has its sign.
    fn bracket_times_left_out(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let (number, open) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let before = kind(tokens, at.checked_sub(1)?)?;
        let begins = matches!(
            before,
            Token::Equals
                | Token::Plus
                | Token::Minus
                | Token::Star
                | Token::Slash
                | Token::OpenParen
                | Token::Greater
                | Token::GreaterOrEqual
                | Token::Less
                | Token::LessOrEqual
                | Token::Then
                | Token::Else
        );
        let fits = open.kind == Token::OpenParen
            && begins
            && stand.formula
            && stand.within().is_none()
            && !self.fresh(tokens, at + 1);
        // `0.5 (a)` has a value between the brackets, and not a note in words.
        let end = self.closed(tokens, at + 1).filter(|_| fits)?;
        let inner = tokens.get(at + 2..end - 1)?;
        let known = inner
            .iter()
            .any(|t| t.kind == Token::Number || t.kind.is_name() && self.is_value(self.slice(*t)));
        let told = span(number.start, open.end);
        let instead = format!("{} * (", self.slice(number));
        known.then(|| {
            self.told_as(
                (at + 1, at + 1),
                vec![empty(Token::Star, number.end)],
                told,
                &instead,
            )
        })
    }

    /// Is a name declared as something that is calculated with?
    fn is_value(&self, name: &str) -> bool {
        self.known.values.contains(name) || self.declared.contains(name)
    }

    /// `(100 - turnout) / 100` of a percentage: what it lacks of the whole.
    fn rest_of_hundred(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, hundred, minus, name, close, slash, whole] = tokens.get(at..at + 7)? else {
            return None;
        };
        let own = self.slice(*name);
        let shape = self.slice(*hundred) == "100"
            && minus.kind == Token::Minus
            && close.kind == Token::CloseParen
            && slash.kind == Token::Slash
            && self.slice(*whole) == "100";
        // Only then is the whole file looked through.
        if !shape {
            return None;
        }
        let percent = |kind: Tok| self.slice(kind) == "percent";
        let of_percent = tokens.windows(4).any(|four| match four {
            [one, colon, of, _] if colon.kind == Token::Colon => {
                self.slice(*one) == own && percent(*of)
            }
            [one, label, colon, of] if label.kind == Token::Text => {
                self.slice(*one) == own && colon.kind == Token::Colon && percent(*of)
            }
            _ => false,
        });
        let instead = format!("(100% - {own})");
        of_percent
            .then(|| self.anew(tokens, (at, at + 7), &instead))
            .flatten()
    }

    /// `√(x)`
    fn root_sign(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at)?;
        let before = self.text.get(..open.start as usize)?.trim_end_matches(' ');
        if !before.ends_with('√') {
            return None;
        }
        let start = u32::try_from(before.len() - '√'.len_utf8()).ok()?;
        let whole = span(start, open.start);
        let named = self.named(whole.start, whole.end, "sqrt");
        Some(Rewriting::written(
            (at, at),
            vec![named],
            whole,
            ("√", "sqrt"),
            vec![(whole, "sqrt".to_owned())],
        ))
    }
}

/// `detainee` of `detainees`.
fn singular(unit: &str) -> &str {
    unit.strip_suffix('s').unwrap_or(unit)
}
