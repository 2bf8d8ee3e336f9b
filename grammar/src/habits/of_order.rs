//! Clauses in another order, and words of speech: `raise for 2 months when …`, `cooldown until clear 5 days`,
//! `= until 2018 8%`, `2 or more of`, `half a year`, `from 2018 over 2 years`, `drop member x from y`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::of_speech::spoken;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_order(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) {
            return None;
        }
        match token.kind {
            Token::Cooldown => self
                .clear_before_duration(tokens, at)
                .or_else(|| self.cooldown_of_nothing(tokens, at)),
            Token::Raise | Token::Escalate | Token::Clear | Token::Lower
                if stand.within() == Some(Within::Test) =>
            {
                self.event_of_test(tokens, at)
            }
            Token::Until | Token::From
                if stand.is_free() && stand.declares(Token::DeclareParam) =>
            {
                self.period_before_value(tokens, at)
            }
            Token::From if stand.is_free() && stand.declares(Token::DeclareTest) => {
                self.window_put_first(tokens, at)
            }
            Token::Number if stand.is_free() && stand.declares(Token::DeclareProperty) => {
                self.between_as_claim(tokens, at)
            }
            Token::Number => self
                .or_more_of(tokens, at)
                .or_else(|| self.or_more(tokens, at, stand)),
            Token::Colon | Token::GreaterOrEqual
                if stand.is_free() && stand.declares(Token::DeclareFn) && !stand.formula =>
            {
                self.kind_of_result(tokens, at)
            }
            Token::To | Token::Expect if stand.within() == Some(Within::Test) => {
                self.words_of_expectation(tokens, at)
            }
            Token::Version if stand.is_free() => self.label_behind_version(tokens, at),
            Token::Is if stand.is_free() && stand.declares(Token::DeclareProperty) => self
                .claims_in(tokens, at)
                .or_else(|| self.odd_claim(tokens, at)),
            Token::In if stand.is_free() && stand.declares(Token::DeclareProperty) => {
                self.kept_within(tokens, at)
            }
            Token::Not if !stand.formula => self.not_applicable(tokens, at),
            Token::At if stand.within() == Some(Within::Test) => {
                self.place_before_value(tokens, at)
            }
            Token::Ident if stand.is_free() && stand.declares(Token::DeclareProperty) => {
                self.odd_claim(tokens, at)
            }
            Token::Ident | Token::For | Token::At | Token::Over | Token::Within => self
                .half_of(tokens, at)
                .or_else(|| self.or_worse(tokens, at))
                .or_else(|| self.returned(tokens, at))
                .or_else(|| self.within_last(tokens, at, stand)),
            Token::Comma => self
                .placed_durations(tokens, at)
                .or_else(|| self.comma_in_clause(tokens, at, stand))
                .or_else(|| self.comma_between_words(tokens, at)),
            _ if self.fresh(tokens, at) => self.of_base(tokens, at),
            _ => None,
        }
        .or_else(|| {
            (self.fresh(tokens, at)
                && matches!(
                    self.slice(token),
                    "fn" | "add" | "drop" | "override" | "indicator"
                ))
            .then(|| self.of_base(tokens, at))
            .flatten()
        })
    }

    /// `cooldown until clear 5 days`
    fn clear_before_duration(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let kinds: Vec<Token> = tokens.get(at + 1..at + 4)?.iter().map(|t| t.kind).collect();
        if kinds != [Token::Until, Token::Clear, Token::Number] {
            return None;
        }
        let unit = *tokens.get(at + 4).filter(|t| t.kind.is_name())?;
        let instead = format!(
            "cooldown {} {} until clear",
            self.slice(*tokens.get(at + 3)?),
            self.slice(unit)
        );
        self.anew(tokens, (at, at + 5), &instead)
    }

    /// `cooldown unless …`: for how long?
    fn cooldown_of_nothing(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let next = *tokens.get(at + 1)?;
        let alone = matches!(next.kind, Token::Unless | Token::CloseBrace)
            || (next.kind == Token::Until && kind(tokens, at + 2) == Some(Token::Clear))
            || (self.fresh(tokens, at + 1) && next.kind != Token::Number);
        let goes_on = kind(tokens, at + 2).is_some_and(|kind| kind != Token::Unless);
        if !alone || !goes_on {
            return None;
        }
        let period = self.period(tokens).unwrap_or("month");
        let hole = empty(Token::Hole, word.end);
        Some(Rewriting::said(
            (at + 1, at + 1),
            vec![hole],
            word.span(),
            "cooldown",
            format!("say for how long nothing is raised again: `cooldown 6 {period}s`"),
        ))
    }

    /// `expect warning raise at month 1`
    fn event_of_test(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let named = kind(tokens, at.checked_sub(1)?)?.is_name();
        let expects = kind(tokens, at.checked_sub(2)?)? == Token::Expect;
        let event = match word.kind {
            Token::Raise => "raised",
            Token::Escalate => "escalated",
            Token::Clear => "cleared",
            _ => "lowered",
        };
        let found = self.slice(word).to_owned();
        (named && expects).then(|| {
            let meant = self.named(word.start, word.end, event);
            Rewriting::written(
                (at, at + 1),
                vec![meant],
                word.span(),
                (&found, event),
                vec![(word.span(), event.to_owned())],
            )
        })
    }

    /// `= until 2018 8%, from 2019 10%`: the value stands first.
    fn period_before_value(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let period = *tokens
            .get(at + 1)
            .filter(|t| matches!(t.kind, Token::Number | Token::Text))?;
        if !matches!(before, Token::Equals | Token::Comma) {
            return None;
        }
        let mut end = at + 2;
        let limit = self.line_end(tokens, at).min(at + 14);
        while end < limit
            && !matches!(
                kind(tokens, end)?,
                Token::Comma | Token::Until | Token::From | Token::Cite
            )
        {
            end += 1;
        }
        let mut value = tokens.get(at + 2..end)?;
        if value.first()?.kind == Token::Equals {
            value = value.get(1..)?;
        }
        let value = self.words_of(value);
        if value.is_empty() {
            return None;
        }
        let equals = if before == Token::Comma { "= " } else { "" };
        let instead = format!(
            "{equals}{value} {} {}",
            self.slice(word),
            self.slice(period)
        );
        self.anew(tokens, (at, end), &instead)
    }

    /// `test "…" from 2018 over 2 years`
    fn window_put_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let period = *tokens
            .get(at + 1)
            .filter(|t| matches!(t.kind, Token::Number | Token::Text))?;
        kind(tokens, at + 2).filter(|kind| *kind == Token::Over)?;
        let number = *tokens.get(at + 3).filter(|t| t.kind == Token::Number)?;
        let unit = *tokens.get(at + 4).filter(|t| t.kind.is_name())?;
        let instead = format!(
            "over {} {} from {}",
            self.slice(number),
            self.slice(unit),
            self.slice(period)
        );
        self.anew(tokens, (at, at + 5), &instead)
    }

    /// `framework f version "1" "Label"`
    fn label_behind_version(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (version, label) = (
            *tokens.get(at + 1).filter(|t| t.kind == Token::Text)?,
            *tokens.get(at + 2).filter(|t| t.kind == Token::Text)?,
        );
        let named = kind(tokens, at.checked_sub(1)?)?.is_name();
        let instead = format!("{} version {}", self.slice(label), self.slice(version));
        named
            .then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }

    /// `2 or more of (a, b, c)`
    fn or_more_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let number = *tokens.get(at)?;
        let more = tokens.get(at + 2).map(|t| self.slice(*t))?;
        let joined = matches!(kind(tokens, at + 1)?, Token::Or | Token::And);
        let fits = joined && more == "more" && kind(tokens, at + 3)? == Token::Of;
        let instead = format!("at least {} of", self.slice(number));
        fits.then(|| self.anew(tokens, (at, at + 4), &instead))
            .flatten()
    }

    /// `5 or less` in a cell of a table, `x is 5 days or more`
    fn or_more(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let before = at.checked_sub(1)?;
        let number = *tokens.get(at)?;
        let unit = usize::from(
            tokens
                .get(at + 1)
                .is_some_and(|t| self.known.units.contains(self.slice(*t))),
        );
        let sign = self.and_beyond(tokens, at + 1 + unit)?;
        let end = at + 3 + unit;
        let from = match kind(tokens, before)? {
            Token::Is if stand.formula => before,
            Token::Comma | Token::OpenBrace if stand.within() == Some(Within::Table) => at,
            _ if stand.within() == Some(Within::Table) && self.fresh(tokens, at) => at,
            _ => return None,
        };
        let amount = self.words_of(tokens.get(at..=at + unit)?);
        (number.end > number.start)
            .then(|| self.anew(tokens, (from, end), &format!("{sign} {amount}")))
            .flatten()
    }

    /// `index is in 0..1` as a claim.
    fn claims_in(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let named = kind(tokens, at.checked_sub(1)?)?.is_name();
        let within = kind(tokens, at + 1)? == Token::In;
        (named && within)
            .then(|| self.anew(tokens, (at, at + 2), "stays in"))
            .flatten()
    }

    /// `applies unless written "n/a", "none"`
    fn comma_between_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let first = at.checked_sub(1)?;
        let is_list = [
            (at.checked_sub(3)?, Token::Unless),
            (at.checked_sub(2)?, Token::Written),
            (first, Token::Text),
        ];
        if !is_list
            .iter()
            .all(|(at, token)| kind(tokens, *at) == Some(*token))
        {
            return None;
        }
        let mut words = vec![self.slice(*tokens.get(first)?).to_owned()];
        let mut end = at;
        while matches!(kind(tokens, end), Some(Token::Comma | Token::Or))
            && kind(tokens, end + 1) == Some(Token::Text)
        {
            words.push(self.slice(*tokens.get(end + 1)?).to_owned());
            end += 2;
        }
        (words.len() > 1)
            .then(|| self.anew(tokens, (first, end), &words.join(" or ")))
            .flatten()
    }

    /// `not applicable when kind is community`, `not applicable "n/a"`
    fn not_applicable(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = tokens.get(at + 1).map(|t| self.slice(*t))?;
        if word == "applicable" && kind(tokens, at + 2)? == Token::Text {
            return self.anew(tokens, (at, at + 2), "applies unless written");
        }
        if !matches!(word, "applicable" | "applies" | "relevant")
            || kind(tokens, at + 2)? != Token::When
            || kind(tokens, at + 4)? != Token::Is
            || kind(tokens, at + 5)? == Token::Not
        {
            return None;
        }
        let instead = format!(
            "applies when {} is not {}",
            self.slice(*tokens.get(at + 3)?),
            self.slice(*tokens.get(at + 5)?)
        );
        self.anew(tokens, (at, at + 6), &instead)
    }

    /// `half a year`, `a year`, `one month`: durations in words.
    fn half_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = self.slice(*tokens.get(at)?).to_ascii_lowercase();
        let before = kind(tokens, at.checked_sub(1)?)?;
        let asks = matches!(
            before,
            Token::Cooldown | Token::For | Token::After | Token::Most | Token::Over | Token::Colon
        );
        if !asks {
            return None;
        }
        // `two months`
        if let Some(number) = spoken(&word)
            && word != "one"
            && let Some(unit) = tokens.get(at + 1)
            && period_word(self.slice(*unit)).is_some()
        {
            let instead = format!("{number} {}", self.slice(*unit));
            return self.anew(tokens, (at, at + 2), &instead);
        }
        let (article, half) = match word.as_str() {
            "half" => (at + 1, true),
            _ => (at, false),
        };
        let says = matches!(
            self.slice(*tokens.get(article)?),
            "a" | "an" | "one" | "the"
        );
        let unit = article + usize::from(says);
        let period = period_word(self.slice(*tokens.get(unit)?))?;
        let own = self.period(tokens);
        let instead = match (half, period, own) {
            (true, "year", Some("month")) => "6 months".to_owned(),
            (true, "year", Some("quarter")) => "2 quarters".to_owned(),
            (true, "year", Some("week")) => "26 weeks".to_owned(),
            (true, "year", Some("day")) => "182 days".to_owned(),
            (true, "quarter", Some("week")) => "6 weeks".to_owned(),
            (true, "month", Some("week")) => "2 weeks".to_owned(),
            (true, "month", Some("day")) => "15 days".to_owned(),
            (false, period, _) if says => format!("1 {period}"),
            _ => return None,
        };
        self.anew(tokens, (at, unit + 1), &instead)
    }

    /// `sum(rain, last 7 days)`, `sum(rain, within 7 days)`: the window has its name.
    fn within_last(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let says = matches!(
            self.slice(word),
            "last" | "past" | "previous" | "during" | "within" | "for" | "in" | "over" | "trailing"
        );
        let before = kind(tokens, at.checked_sub(1)?)?;
        let number = *tokens.get(at + 1).filter(|t| t.kind == Token::Number)?;
        let unit = *tokens.get(at + 2)?;
        period_word(self.slice(unit))?;
        let formula = stand.formula || stand.within().is_some();
        let ends = matches!(kind(tokens, at + 3)?, Token::Comma | Token::CloseParen);
        let fits = says && before == Token::Comma && formula && ends;
        let instead = format!("over: {} {}", self.slice(number), self.slice(unit));
        fits.then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }

    /// `count(stormy, 30 days, 20 days)`: the window and how much of it must be known have their names.
    fn placed_durations(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let duration = |place: usize| -> Option<String> {
            let number = *tokens.get(place).filter(|t| t.kind == Token::Number)?;
            let unit = *tokens.get(place + 1)?;
            period_word(self.slice(unit))?;
            Some(format!("{} {}", self.slice(number), self.slice(unit)))
        };
        let function = *tokens.get(at.checked_sub(3)?)?;
        let windowed = matches!(
            self.slice(function),
            "count" | "sum" | "mean" | "min" | "max" | "median"
        );
        let opens = kind(tokens, at.checked_sub(2)?)? == Token::OpenParen
            && kind(tokens, at.checked_sub(1)?)?.is_name();
        if !windowed || !opens {
            return None;
        }
        let over = duration(at + 1)?;
        match kind(tokens, at + 3)? {
            Token::Comma => {
                let require = duration(at + 4)?;
                (kind(tokens, at + 6)? == Token::CloseParen)
                    .then(|| {
                        let instead = format!("over: {over}, require: {require}");
                        self.anew(tokens, (at + 1, at + 6), &instead)
                    })
                    .flatten()
            }
            _ => None,
        }
    }

    /// `drop member x from y`, `add member x in y`, `override weight y.x to 2`, `fn number half(x: number) =`
    fn of_base(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = self.slice(*tokens.get(at)?).to_owned();
        let is_member = tokens.get(at + 1).map(|t| self.slice(*t)) == Some("member");
        match word.as_str() {
            "drop" if is_member => {
                let (name, of, factor) = (
                    *tokens.get(at + 2).filter(|t| t.kind.is_name())?,
                    *tokens.get(at + 3)?,
                    *tokens.get(at + 4).filter(|t| t.kind.is_name())?,
                );
                let says = matches!(of.kind, Token::From | Token::Of | Token::In | Token::On);
                let instead = format!("{}.{}", self.slice(factor), self.slice(name));
                says.then(|| self.anew(tokens, (at + 2, at + 5), &instead))
                    .flatten()
            }
            "add" if is_member => {
                let into = *tokens.get(at + 3)?;
                let says = matches!(into.kind, Token::In | Token::On | Token::Of | Token::From)
                    || matches!(self.slice(into), "into" | "under" | "within");
                let names = kind(tokens, at + 2)?.is_name() && kind(tokens, at + 4)?.is_name();
                let found = self.slice(into).to_owned();
                (says && names).then(|| {
                    Rewriting::written(
                        (at + 3, at + 4),
                        vec![as_kind(into, Token::To)],
                        into.span(),
                        (&found, "to"),
                        vec![(into.span(), "to".to_owned())],
                    )
                })
            }
            "override" => self.overridden_to(tokens, at),
            "fn" => self.kind_first(tokens, at),
            "indicator" => self.several_indicators(tokens, at),
            _ => None,
        }
    }

    /// `override weight violence.war to 2`, `override param war_from 60 deaths`
    fn overridden_to(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let what = self.slice(*tokens.get(at + 1)?);
        if !matches!(what, "weight" | "param" | "column" | "source") {
            return None;
        }
        let mut end = at + 3;
        while kind(tokens, end) == Some(Token::Dot) {
            end += 2;
        }
        let sign = *tokens.get(end)?;
        if self.fresh(tokens, end) {
            return None;
        }
        if sign.kind == Token::Number {
            let before = tokens.get(end - 1)?.end;
            let found = self.slice(sign).to_owned();
            return Some(Rewriting::written(
                (end, end),
                vec![empty(Token::Equals, sign.start)],
                sign.span(),
                (&found, &format!("= {found}")),
                vec![(span(before, before), " =".to_owned())],
            ));
        }
        let says = matches!(
            sign.kind,
            Token::To | Token::Colon | Token::Is | Token::As | Token::By
        ) || matches!(self.slice(sign), "becomes" | "equals" | "with" | "into");
        let found = self.slice(sign).to_owned();
        let touches = tokens.get(end - 1)?.end == sign.start;
        says.then(|| {
            Rewriting::written(
                (end, end + 1),
                vec![as_kind(sign, Token::Equals)],
                sign.span(),
                (&found, "="),
                vec![(sign.span(), if touches { " =" } else { "=" }.to_owned())],
            )
        })
    }

    /// `indicator thefts "Thefts", fires "Fires" : number`
    fn several_indicators(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let end = self.line_end(tokens, at);
        let colon = (at..end).find(|place| kind(tokens, *place) == Some(Token::Colon))?;
        let several = (at + 2..colon).any(|place| {
            kind(tokens, place) == Some(Token::Comma)
                && kind(tokens, place + 1).is_some_and(Token::is_name)
        });
        several.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, Token::DeclareIndicators)],
                word.span(),
                ("indicator", "indicators"),
                vec![(word.span(), "indicators".to_owned())],
            )
        })
    }

    /// `raise when c, for 2 months`, `cooldown 6 months, unless c`: no comma stands within a clause.
    fn comma_in_clause(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let comma = *tokens.get(at)?;
        let next = kind(tokens, at + 1)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let of_alert = stand.declares(Token::DeclareAlert)
            && matches!(next, Token::For | Token::Unless)
            && !self.fresh(tokens, at + 1);
        let of_test = stand.within() == Some(Within::Test) && next == Token::Within;
        // Within a call it separates arguments: `sustained(c, for: 2 months)`.
        let of_call = stand.in_brackets() || kind(tokens, at + 2) == Some(Token::Colon);
        ((of_alert || of_test) && before.ends_operand() && !of_call).then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                comma.span(),
                (",", ""),
                vec![(comma.span(), String::new())],
            )
        })
    }

    /// `0 <= index <= 1` as a claim.
    fn between_as_claim(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let kinds: Vec<Token> = tokens.get(at..at + 5)?.iter().map(|t| t.kind).collect();
        let [
            Token::Number,
            Token::LessOrEqual,
            name,
            Token::LessOrEqual,
            Token::Number,
        ] = kinds.as_slice()
        else {
            return None;
        };
        let colon = kind(tokens, at.checked_sub(1)?)? == Token::Colon;
        let instead = format!(
            "{} stays in {}..{}",
            self.slice(*tokens.get(at + 2)?),
            self.slice(*tokens.get(at)?),
            self.slice(*tokens.get(at + 4)?)
        );
        (colon && name.is_name())
            .then(|| self.anew(tokens, (at, at + 5), &instead))
            .flatten()
    }

    /// Claims in other words: `index stay in 0..1`, `index never rises with x`, `index falls as x`, `x lowers index`.
    fn odd_claim(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        let word = |place: usize| {
            tokens
                .get(place)
                .map(|t| self.slice(*t).to_ascii_lowercase())
                .unwrap_or_default()
        };
        // `x lowers index`
        if before == Token::Colon && kind(tokens, at + 2).is_some_and(Token::is_name) {
            let verb = match word(at + 1).as_str() {
                "lowers" | "reduces" | "decreases" | "diminishes" => "falls",
                "raises" | "increases" | "heightens" => "rises",
                _ => return None,
            };
            // `index decreases with x`
            if kind(tokens, at + 3).is_some() && !self.fresh(tokens, at + 3) {
                return None;
            }
            let instead = format!(
                "{} {verb} with {}",
                self.slice(*tokens.get(at + 2)?),
                self.slice(*tokens.get(at)?)
            );
            return self.anew(tokens, (at, at + 3), &instead);
        }
        let colon = kind(tokens, at.checked_sub(2)?)? == Token::Colon;
        if !colon || !before.is_name() {
            return None;
        }
        let (first, second, third) = (word(at), word(at + 1), word(at + 2));
        let (to, instead) = match (first.as_str(), second.as_str(), third.as_str()) {
            ("stay", "in", _) => (at + 2, "stays in"),
            ("stays" | "stay", "within" | "inside", _) => (at + 2, "stays in"),
            ("never", "leaves" | "exceeds", _)
                if tokens
                    .get(at + 2..tokens.len().min(at + 5))
                    .is_some_and(|rest| rest.iter().any(|t| t.kind == Token::DotDot)) =>
            {
                (at + 2, "stays in")
            }
            ("never", "exceeds", _) if kind(tokens, at + 2)? == Token::Number => {
                let most = self.words_of(tokens.get(at + 2..at + 3)?);
                return self.anew(tokens, (at, at + 3), &format!("stays in ..{most}"));
            }
            ("lies" | "remains", "in", _) => (at + 2, "stays in"),
            ("fall", "with", _) => (at + 2, "falls with"),
            ("rise", "with", _) => (at + 2, "rises with"),
            ("never", "rises", "with") => (at + 3, "falls with"),
            ("never", "falls", "with") => (at + 3, "rises with"),
            ("falls" | "rises", "as" | "when" | "if", _)
                if kind(tokens, at + 2).is_some_and(Token::is_name) =>
            {
                let grows = matches!(
                    word(at + 3).as_str(),
                    "rises" | "grows" | "increases" | "rise" | "grow"
                ) && !self.fresh(tokens, at + 3);
                let instead = format!("{first} with {}", self.slice(*tokens.get(at + 2)?));
                let end = at + 3 + usize::from(grows);
                return self.anew(tokens, (at, end), &instead);
            }
            ("is", "increasing" | "rising" | "growing", "in" | "with") => (at + 3, "rises with"),
            ("is", "decreasing" | "falling", "in" | "with") => (at + 3, "falls with"),
            ("increases" | "grows" | "rises", "in", _) => (at + 2, "rises with"),
            ("decreases" | "falls", "in", _) => (at + 2, "falls with"),
            ("is", "monotone" | "monotonic" | "monotonous", "in" | "with") => {
                return self.which_way(tokens, at);
            }
            ("falls" | "rises", "with", "every" | "each" | "all")
                if word(at + 3) == "indicators" =>
            {
                let instead = format!("{first} with every indicator");
                return self.anew(tokens, (at, at + 4), &instead);
            }
            _ => return self.kept_within(tokens, at),
        };
        self.anew(tokens, (at, to), instead)
    }

    /// `index is monotone in x`: it is not said which way.
    fn which_way(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at + 3).filter(|t| t.kind.is_name())?;
        let whole = span(tokens.get(at)?.start, name.end);
        let own = self.slice(name).to_owned();
        let found = self.written(whole.start, whole.end).to_owned();
        let out = self.tokens_of(&format!("rises with {own}"), whole.start, whole.end)?;
        let say = format!("say which way it goes: `rises with {own}` or `falls with {own}`");
        Some(Rewriting::said((at, at + 4), out, whole, &found, say))
    }

    /// `index is between 0 and 1`, `index is always in 0..1`, `index is from 0 to 1`
    fn kept_within(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let named = kind(tokens, at.checked_sub(1)?)?.is_name();
        let colon = kind(tokens, at.checked_sub(2)?)? == Token::Colon;
        if !named || !colon {
            return None;
        }
        let mut from = at;
        let filled = [
            "is", "are", "be", "always", "must", "lies", "lie", "stays", "remains", "falls",
            "should", "within", "from", "has", "to", "values", "a", "value", "between", "in",
            "inside", "the", "range", "of",
        ];
        while let Some(token) = tokens.get(from)
            && filled.contains(&self.slice(*token).to_ascii_lowercase().as_str())
            && !self.fresh(tokens, from)
        {
            from += 1;
        }
        let number = |place: usize| {
            let minus = usize::from(kind(tokens, place) == Some(Token::Minus));
            let end = place + minus + 1;
            (kind(tokens, end - 1) == Some(Token::Number)).then_some(end)
        };
        let low = number(from).filter(|_| from > at)?;
        let joined = matches!(
            kind(tokens, low)?,
            Token::And | Token::To | Token::DotDot | Token::Minus
        );
        let high = number(low + 1).filter(|_| joined)?;
        let sound = from == at + 2
            && self.slice(*tokens.get(at)?) == "stays"
            && kind(tokens, low) == Some(Token::DotDot);
        if sound {
            return None;
        }
        let instead = format!(
            "stays in {}..{}",
            self.words_of(tokens.get(from..low)?),
            self.words_of(tokens.get(low + 1..high)?)
        );
        self.anew(tokens, (at, high), &instead)
    }

    /// `fn half(x: number): number =`, `fn half(x: number) => number =`
    fn kind_of_result(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let closes = kind(tokens, at.checked_sub(1)?)? == Token::CloseParen;
        let arrow = sign.kind == Token::Colon || self.slice(sign) == "=>";
        let end = self.line_end(tokens, at);
        let equals = tokens.get(at..end)?.iter().any(|t| t.kind == Token::Equals);
        let found = self.slice(sign).to_owned();
        let touches = tokens.get(at - 1)?.end == sign.start;
        (closes && arrow && equals).then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(sign, Token::Arrow)],
                sign.span(),
                (&found, "->"),
                vec![(sign.span(), if touches { " ->" } else { "->" }.to_owned())],
            )
        })
    }

    /// `= return a / b`
    fn returned(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| self.slice(**t) == "return")?;
        if self.declared.contains("return") {
            return None;
        }
        let next = *tokens.get(at + 1)?;
        let begins = !self.fresh(tokens, at + 1)
            && (next.kind.is_name() || matches!(next.kind, Token::Number | Token::OpenParen));
        (begins && kind(tokens, at.checked_sub(1)?)? == Token::Equals).then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                word.span(),
                ("return", ""),
                vec![(span(word.start, next.start), String::new())],
            )
        })
    }

    /// `overall high or worse`, `overall reaches high`
    fn or_worse(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| t.kind == Token::Ident)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = kind(tokens, at + 1)?;
        let found = self.slice(word).to_owned();
        // `overall is high or worse`
        if before == Token::Is
            && self.known.levels.contains(found.as_str())
            && let Some(sign) = self.and_beyond(tokens, at + 1)
        {
            return self.anew(tokens, (at - 1, at + 3), &format!("{sign} {found}"));
        }
        if !before.is_name() || self.fresh(tokens, at) {
            return None;
        }
        let sign = match found.as_str() {
            "reaches" | "attains" | "hits" => Some((Token::GreaterOrEqual, ">=")),
            "exceeds" | "surpasses" => Some((Token::Greater, ">")),
            _ => None,
        };
        if let Some((read, own)) = sign.filter(|_| next.is_name() || next == Token::Number) {
            return Some(Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, read)],
                word.span(),
                (&found, own),
                vec![(word.span(), own.to_owned())],
            ));
        }
        let sign = self.and_beyond(tokens, at + 1)?;
        let instead = format!("{sign} {found}");
        self.declared
            .contains(found.as_str())
            .then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }

    /// `expect that x is 1`, `expect x to be 1`
    fn words_of_expectation(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (word, next) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        if word.kind == Token::To {
            return matches!(self.slice(next), "be" | "equal")
                .then(|| self.anew(tokens, (at, at + 2), "is"))
                .flatten();
        }
        let behind = *tokens.get(at + 2)?;
        let fills =
            matches!(self.slice(next), "that" | "the") && !self.declared.contains(self.slice(next));
        fills.then(|| {
            let found = self.slice(next).to_owned();
            Rewriting::written(
                (at + 1, at + 2),
                Vec::new(),
                next.span(),
                (&found, ""),
                vec![(span(next.start, behind.start), String::new())],
            )
        })
    }

    /// `expect x at month 1 is yes`, `expect x is yes at 1`
    fn place_before_value(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let next = *tokens.get(at + 1)?;
        if next.kind == Token::Number
            && (self.fresh(tokens, at + 2) || kind(tokens, at + 2)? == Token::CloseBrace)
        {
            let period = self.period(tokens)?;
            let instead = format!("at {period} {}", self.slice(next));
            return self.anew(tokens, (at, at + 2), &instead);
        }
        let number = *tokens.get(at + 2)?;
        let spelt = match number.kind {
            Token::Number => self.slice(number).to_owned(),
            _ => spoken(self.slice(number))?.to_owned(),
        };
        if number.kind != Token::Number && period_word(self.slice(next)).is_some() {
            let instead = format!("at {} {spelt}", self.slice(next));
            return self.anew(tokens, (at, at + 3), &instead);
        }
        let value = *tokens.get(at + 4)?;
        let fits = kind(tokens, at + 3)? == Token::Is
            && next.kind.is_name()
            && !self.fresh(tokens, at + 3)
            && self.fresh(tokens, at + 5);
        let instead = format!("is {} at {} {spelt}", self.slice(value), self.slice(next));
        fits.then(|| self.anew(tokens, (at, at + 5), &instead))
            .flatten()
    }

    /// `fn number half(x: number) = x / 2`: the kind of what comes out stands behind `->`.
    fn kind_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (of, name) = (*tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let typed = matches!(self.slice(of), "number" | "truth" | "list" | "percent")
            || self.known.units.contains(self.slice(of));
        if !typed || !name.kind.is_name() || kind(tokens, at + 3)? != Token::OpenParen {
            return None;
        }
        let close = self.closed(tokens, at + 3)?;
        (kind(tokens, close)? == Token::Equals)
            .then(|| {
                let instead = format!(
                    "{} -> {}",
                    self.words_of(tokens.get(at + 2..close)?),
                    self.slice(of)
                );
                self.anew(tokens, (at + 1, close), &instead)
            })
            .flatten()
    }
}
