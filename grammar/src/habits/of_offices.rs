//! Rows, lists and calls as offices write them: `1. outbreak`, `calm | any | wait`, `alarm * 2` in a series, `sum(x, 4
//! weeks)`, `if c, a, b`, `x last year`, `require 0.6`, `is south or lakes`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::token::{Tok, Token};

/// Functions that look along time where they are given a window.
const WINDOWED: [&str; 12] = [
    "sum", "mean", "median", "stddev", "min", "max", "change", "growth", "trend", "count", "avg",
    "average",
];

impl Habits<'_> {
    pub(super) fn in_offices(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        // `1.` was read as the number 1 already.
        let numbered = (!stand.in_brackets()).then(|| self.numbered(tokens, at));
        if let Some(numbered) = numbered.flatten() {
            return Some(numbered);
        }
        if self.is_put(*tokens.get(at)?) {
            return None;
        }
        match stand.within() {
            Some(Within::Table) => self
                .barred_row(tokens, at)
                .or_else(|| self.column_asked(tokens, at))
                .or_else(|| self.nothing_in_cell(tokens, at, stand))
                .or_else(|| self.calls_of_offices(tokens, at)),
            Some(Within::Test) => self
                .so_many_times(tokens, at)
                .or_else(|| self.expected_in_words(tokens, at)),
            Some(Within::Members) => self.weight_before_member(tokens, at),
            Some(Within::Factor) => self
                .share_in_decimals(tokens, at)
                .or_else(|| self.combined_by_function(tokens, at)),
            Some(Within::Scale | Within::Level | Within::Other) | None => self
                .heads(tokens, at, stand)
                .or_else(|| self.calls_of_offices(tokens, at)),
        }
    }

    /// `1. outbreak weight 3`, `2) flood`: lines are not numbered.
    fn numbered(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let number = *tokens
            .get(at)
            .filter(|t| t.kind == Token::Number && self.fresh(tokens, at))?;
        // The point of `1.` is no part of the number.
        let text = self
            .written(number.start, tokens.get(at + 1)?.start)
            .trim_end();
        let digits = text.trim_end_matches('.');
        let closes = kind(tokens, at + 1)? == Token::CloseParen;
        let counts = digits.len() < 3 && digits.bytes().all(|b| b.is_ascii_digit());
        if !counts || !(text.ends_with('.') || closes) {
            return None;
        }
        let sign = at + usize::from(closes);
        let next = *tokens.get(sign + 1).filter(|t| t.kind.is_name())?;
        if self.fresh(tokens, sign + 1) {
            return None;
        }
        let end = tokens.get(sign)?.end.max(number.start + text.len() as u32);
        let whole = span(number.start, end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, sign + 1),
            Vec::new(),
            whole,
            (&found, ""),
            vec![(span(number.start, next.start), String::new())],
        ))
    }

    /// `emergency | any | deploy`
    fn barred_row(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if !self.fresh(tokens, at) {
            return None;
        }
        let end = self.line_end(tokens, at);
        let is_bar = |token: &Tok| token.kind == Token::Or && self.slice(*token) == "|";
        let mut row: Vec<Tok> = tokens.get(at..end)?.to_vec();
        let mut to = end;
        if row.last().is_some_and(|last| last.kind == Token::Comma) {
            row.pop();
            to -= 1;
        }
        let outer = row.first().is_some_and(is_bar);
        let cells: Vec<String> = row
            .split(is_bar)
            .filter(|cell| !cell.is_empty())
            .map(|cell| self.words_of(cell))
            .collect();
        let barred = row.iter().filter(|token| is_bar(token)).count();
        let plain = !row
            .iter()
            .any(|t| matches!(t.kind, Token::Then | Token::Comma));
        if barred == 0 || !plain || outer || cells.len() < 2 {
            return None;
        }
        let (last, others) = cells.split_last()?;
        let comma = if to == end { "," } else { "" };
        let instead = format!("{} then {last}{comma}", others.join(", "));
        self.anew(tokens, (at, to), &instead)
    }

    /// `danger is emergency, any then …`: a cell is what its column is.
    fn column_asked(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [column, is, level] = tokens.get(at..at + 3)? else {
            return None;
        };
        let begins = self.fresh(tokens, at)
            || matches!(
                kind(tokens, at.checked_sub(1)?)?,
                Token::Comma | Token::OpenBrace
            );
        let ends = matches!(kind(tokens, at + 3)?, Token::Comma | Token::Then);
        let fits = begins
            && ends
            && column.kind.is_name()
            && matches!(is.kind, Token::Is | Token::Equals)
            && (self.known.levels.contains(self.slice(*level))
                || self.known.categories.contains(self.slice(*level))
                || matches!(level.kind, Token::Yes | Token::No | Token::Number));
        let whole = span(column.start, is.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let next = level.start;
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

    /// `calm, then wait`: what does not matter is `any`.
    fn nothing_in_cell(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let [comma, then] = tokens.get(at..at + 2)? else {
            return None;
        };
        if comma.kind != Token::Comma || then.kind != Token::Then {
            return None;
        }
        let (_, head) = stand.declares?;
        let open = (head..at).find(|place| kind(tokens, *place) == Some(Token::OpenBrace))?;
        let by = (head..open).find(|place| kind(tokens, *place) == Some(Token::By))?;
        let columns = self.parts(tokens, by, open).len();
        let first = (open + 1..=at)
            .rev()
            .find(|place| self.fresh(tokens, *place))?;
        let cells = self.parts(tokens, first - 1, at).len();
        (cells + 1 == columns)
            .then(|| self.anew(tokens, (at, at + 2), ", any then"))
            .flatten()
    }

    /// `alarm * 2` in a series
    fn so_many_times(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at).filter(|t| t.kind == Token::Star)?;
        let value = *tokens.get(at.checked_sub(1)?)?;
        let level = self.known.levels.contains(self.slice(value))
            || self.known.categories.contains(self.slice(value))
            || matches!(
                value.kind,
                Token::Yes | Token::No | Token::Missing | Token::Unknown
            );
        let counts = kind(tokens, at + 1)? == Token::Number
            && matches!(
                kind(tokens, at + 2)?,
                Token::Comma | Token::CloseBracket | Token::CloseBrace
            );
        (level && counts).then(|| {
            let found = self.slice(sign).to_owned();
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(sign, Token::Times)],
                sign.span(),
                (&found, "x"),
                vec![(sign.span(), "x".to_owned())],
            )
        })
    }

    /// `expect total is 0.4 +/- 0.01`, `expect danger should be alarm`
    fn expected_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let second = *tokens.get(at + 1)?;
        if word.kind == Token::Plus
            && second.kind == Token::Slash
            && kind(tokens, at + 2)? == Token::Minus
            && kind(tokens, at + 3)? == Token::Number
        {
            return self.anew(tokens, (at, at + 3), "within");
        }
        let verb = matches!(self.slice(word), "should" | "must" | "shall" | "will")
            && matches!(self.slice(second), "be" | "equal");
        verb.then(|| self.anew(tokens, (at, at + 2), "is"))
            .flatten()
    }

    /// `decisive 0.5 cut_off`, `weight 3 outbreak`: the member comes first.
    fn weight_before_member(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [word, number, name] = tokens.get(at..at + 3)? else {
            return None;
        };
        let begins = matches!(
            kind(tokens, at.checked_sub(1)?)?,
            Token::OpenBrace | Token::Comma
        );
        let fits = begins
            && matches!(word.kind, Token::Weight | Token::Decisive)
            && number.kind == Token::Number
            && name.kind.is_name()
            && !name.kind.begins_attribute()
            && matches!(kind(tokens, at + 3)?, Token::Comma | Token::CloseBrace);
        let instead = format!(
            "{} {} {}",
            self.slice(*name),
            self.slice(*word),
            self.slice(*number)
        );
        fits.then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }

    /// `require 0.6`, `minimum coverage 60%`: a share of the evidence is a percentage.
    fn share_in_decimals(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if !self.fresh(tokens, at) {
            return None;
        }
        let word = *tokens.get(at)?;
        if word.kind == Token::Require {
            let number = *tokens.get(at + 1).filter(|t| t.kind == Token::Number)?;
            let share: f64 = self.slice(number).parse().ok()?;
            let alone = self.fresh(tokens, at + 2)
                || matches!(kind(tokens, at + 2), Some(Token::Coverage | Token::Comma));
            let fits = alone && self.slice(number).starts_with("0.") && share < 1.0 && share > 0.0;
            let end = at + 2 + usize::from(kind(tokens, at + 2) == Some(Token::Coverage));
            let percent = (share * 1e6).round() / 1e4;
            return fits
                .then(|| self.anew(tokens, (at + 1, end), &format!("{percent}% coverage")))
                .flatten();
        }
        let small = self.slice(word).to_ascii_lowercase();
        let least = matches!(small.as_str(), "minimum" | "min" | "minimal" | "least");
        let place = at + 1;
        let sign = usize::from(matches!(
            kind(tokens, place + 1),
            Some(Token::Equals | Token::Colon)
        ));
        let number = *tokens.get(place + 1 + sign)?;
        let fits = least
            && kind(tokens, place)? == Token::Coverage
            && number.kind == Token::Number
            && self.slice(number).ends_with('%');
        let instead = format!("require {} coverage", self.slice(number));
        fits.then(|| self.anew(tokens, (at, place + 2 + sign), &instead))
            .flatten()
    }

    /// `combine = geometric_mean`: a way of combining, not a call.
    fn combined_by_function(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [combine, sign, way] = tokens.get(at..at + 3)? else {
            return None;
        };
        let name = match self.slice(*way).to_ascii_lowercase().as_str() {
            "geometric_mean" | "geomean" => "geometric mean",
            "harmonic_mean" => "harmonic mean",
            "weighted_mean" => "weighted mean",
            "noisy_or" => "noisy or",
            _ => return None,
        };
        let fits = combine.kind == Token::Combine
            && matches!(sign.kind, Token::Equals | Token::Colon)
            && kind(tokens, at + 3)? != Token::OpenParen;
        fits.then(|| self.anew(tokens, (at + 1, at + 3), name))
            .flatten()
    }

    /// `framework f v3.1.0`, `by epiweek`, `panel country "Country" column "c"`, `country = "c"`, `table … from a, b`,
    /// `test "…" over 3 rows`
    fn heads(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        if !stand.is_free() {
            return None;
        }
        let token = *tokens.get(at)?;
        let next = tokens.get(at + 1).copied();
        match stand.declares?.0 {
            Token::DeclarePanel => {
                let small = self.slice(token).to_ascii_lowercase();
                let before = kind(tokens, at.checked_sub(1)?)?;
                if before == Token::By
                    && matches!(
                        small.as_str(),
                        "epiweek"
                            | "epi_week"
                            | "isoweek"
                            | "iso_week"
                            | "wk"
                            | "semaine"
                            | "semana"
                    )
                {
                    return self.anew(tokens, (at, at + 1), "week");
                }
                let next = next?;
                if token.kind == Token::Text
                    && before.is_name()
                    && before != Token::Column
                    && next.kind == Token::Column
                    && kind(tokens, at + 2)? == Token::Text
                {
                    let found = self.slice(token).to_owned();
                    return Some(Rewriting::written(
                        (at, at + 1),
                        Vec::new(),
                        token.span(),
                        (&found, ""),
                        vec![(span(token.start, next.start), String::new())],
                    ));
                }
                let is = matches!(token.kind, Token::Equals | Token::Colon | Token::As);
                (is && before.is_name() && next.kind == Token::Text)
                    .then(|| self.anew(tokens, (at, at + 1), "column"))
                    .flatten()
            }
            Token::DeclareTable => {
                let by = token.kind == Token::From
                    && kind(tokens, at.checked_sub(2)?)? == Token::Colon
                    && next?.kind.is_name();
                by.then(|| self.anew(tokens, (at, at + 1), "by")).flatten()
            }
            Token::DeclareTest => {
                let many = kind(tokens, at.checked_sub(1)?)? == Token::Number
                    && kind(tokens, at.checked_sub(2)?)? == Token::Over
                    && matches!(
                        self.slice(token),
                        "rows"
                            | "row"
                            | "countries"
                            | "entities"
                            | "lines"
                            | "units"
                            | "observations"
                            | "regions"
                            | "districts"
                    );
                (many && !self.known.units.contains(self.slice(token)))
                    .then(|| self.anew(tokens, (at, at + 1), "cases"))
                    .flatten()
            }
            _ => None,
        }
    }

    fn calls_of_offices(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        match kind(tokens, at)? {
            Token::If => self.commas_of_if(tokens, at),
            Token::Of => self.piecewise_of(tokens, at),
            Token::Ident => self
                .window_by_place(tokens, at)
                .or_else(|| self.ranked_within(tokens, at))
                .or_else(|| self.period_before(tokens, at)),
            _ => None,
        }
    }

    /// `if c, a, b` without brackets
    fn commas_of_if(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let begins = matches!(
            kind(tokens, at.checked_sub(1)?)?,
            Token::Equals
                | Token::OpenParen
                | Token::Plus
                | Token::Minus
                | Token::Star
                | Token::Slash
        );
        if !begins || kind(tokens, at + 1)? == Token::OpenParen {
            return None;
        }
        let end = self.line_end(tokens, at);
        if tokens.get(at + 1..end)?.iter().any(|t| {
            matches!(
                t.kind,
                Token::Then | Token::Else | Token::When | Token::If | Token::Otherwise
            )
        }) {
            return None;
        }
        let parts = self.parts(tokens, at, end);
        let [condition, yes, no] = parts.as_slice() else {
            return None;
        };
        let stop = (no.0..no.1)
            .find(|place| {
                kind(tokens, *place)
                    .is_some_and(|k| k.begins_attribute() && k != Token::Missing || k.closes())
            })
            .unwrap_or(no.1);
        let words = |from: usize, to: usize| {
            tokens
                .get(from..to)
                .filter(|part| !part.is_empty())
                .map(|part| self.words_of(part))
        };
        let instead = format!(
            "if {} then {} else {}",
            words(condition.0, condition.1)?,
            words(yes.0, yes.1)?,
            words(no.0, stop)?
        );
        self.anew(tokens, (at, stop), &instead)
    }

    /// `piecewise of x { … }`
    fn piecewise_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (before, of, next) = (
            *tokens.get(at.checked_sub(1)?)?,
            *tokens.get(at)?,
            *tokens.get(at + 1)?,
        );
        let fits = self.slice(before) == "piecewise" && next.kind.is_name();
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                of.span(),
                ("of", ""),
                vec![(span(of.start, next.start), String::new())],
            )
        })
    }

    /// `sum(x, 4 weeks, require: 3 weeks)`, `pct_change(x, 4)`: how far a window reaches is said with `over:`.
    fn window_by_place(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let small = self.slice(name).to_ascii_lowercase();
        let changes = matches!(
            small.as_str(),
            "pct_change" | "percent_change" | "growth_rate" | "pctchange"
        );
        let rolls = ["roll_", "roll", "rolling_", "moving_"]
            .into_iter()
            .find_map(|lead| small.strip_prefix(lead))
            .filter(|rest| WINDOWED.contains(rest));
        let own = if changes {
            "growth"
        } else {
            rolls.unwrap_or(&small)
        };
        if self.declared.contains(self.slice(name))
            || !WINDOWED.contains(&own)
            || kind(tokens, at + 1)? != Token::OpenParen
        {
            return None;
        }
        let close = self.closed(tokens, at + 1)? - 1;
        let parts = self.parts(tokens, at + 1, close);
        let (first, second) = (*parts.first()?, *parts.get(1)?);
        let window = tokens.get(second.0..second.1)?;
        let period = match window {
            [number, unit] if number.kind == Token::Number => {
                period_word(self.slice(*unit)).map(|_| self.words_of(window))
            }
            [number] if number.kind == Token::Number && (changes || rolls.is_some()) => {
                let count = self.slice(*number);
                let plural = if count == "1" { "" } else { "s" };
                self.period(tokens)
                    .map(|period| format!("{count} {period}{plural}"))
            }
            _ => None,
        };
        let named = own != small;
        let already = kind(tokens, second.0 + 1) == Some(Token::Colon);
        if period.is_none() && !(named && already) || parts.len() > 2 && own != "sum" && named {
            return None;
        }
        // What is a function of two values as well is one of a window where it asks how much must be known.
        let looks_back = matches!(own, "change" | "growth" | "trend" | "stddev");
        let requires = parts
            .iter()
            .skip(2)
            .any(|part| kind(tokens, part.0) == Some(Token::Require));
        if !named && !looks_back && !requires {
            return None;
        }
        let own = match own {
            "avg" | "average" => "mean",
            own => own,
        };
        let mut instead = format!("{own}({}", self.words_of(tokens.get(first.0..first.1)?));
        match period {
            Some(period) => instead.push_str(&format!(", over: {period}")),
            None => instead.push_str(&format!(", {}", self.words_of(window))),
        }
        for part in parts.get(2..)? {
            instead.push_str(&format!(", {}", self.words_of(tokens.get(part.0..part.1)?)));
        }
        instead.push(')');
        self.anew(tokens, (at, close + 1), &instead)
    }

    /// `rank(violence) over (partition by zone)`
    fn ranked_within(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let peers = matches!(
            self.slice(name).to_ascii_lowercase().as_str(),
            "rank" | "minmax" | "zscore" | "percentile" | "percent_rank"
        );
        if !peers || kind(tokens, at + 1)? != Token::OpenParen {
            return None;
        }
        let close = self.closed(tokens, at + 1)?;
        let word = |place: usize| {
            tokens
                .get(place)
                .map(|t| self.slice(*t).to_ascii_lowercase())
                .unwrap_or_default()
        };
        let fits = close > at + 3
            && word(close) == "over"
            && kind(tokens, close + 1)? == Token::OpenParen
            && word(close + 2) == "partition"
            && word(close + 3) == "by"
            && kind(tokens, close + 5)? == Token::CloseParen;
        let own = match word(at).as_str() {
            "percent_rank" => "percentile".to_owned(),
            own => own.to_owned(),
        };
        let instead = format!(
            "{own}({}, among: {})",
            self.words_of(tokens.get(at + 2..close - 1)?),
            self.slice(*tokens.get(close + 4)?)
        );
        fits.then(|| self.anew(tokens, (at, close + 6), &instead))
            .flatten()
    }

    /// `situation last year`, `cases previous week`
    fn period_before(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [name, word, period] = tokens.get(at..at + 3)? else {
            return None;
        };
        let period = period_word(self.slice(*period)).filter(|_| !self.fresh(tokens, at + 2))?;
        let fits = self.declared.contains(self.slice(*name))
            && matches!(self.slice(*word), "last" | "previous" | "prior")
            && Some(period) == self.period(tokens);
        let instead = format!("lag({}, 1 {period})", self.slice(*name));
        fits.then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }
}
