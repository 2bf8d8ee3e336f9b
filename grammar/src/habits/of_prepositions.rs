//! Words and signs between a word of the language and what it says: `decisive: 0.7`, `cooldown for 5 days`,
//! `polarity is harmful`, `since coup`, and other words for those of an alert: `end when …`, `during 2 weeks`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::known::bare;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token, declaration_word};

/// Named arguments whose value may follow without the colon.
const ARGUMENTS: [&str; 11] = [
    "since", "when", "over", "among", "first", "gap", "low", "high", "require", "by", "for",
];

/// What stands before a value without need.
const FILLERS: [&str; 15] = [
    "of", "is", "as", "by", "with", "using", "to", "at", "for", "from", "==", ">=", "above",
    "equals", "in",
];

impl Habits<'_> {
    pub(super) fn in_prepositions(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        self.filler(tokens, at, stand)
            .or_else(|| self.argument_without_colon(tokens, at))
            .or_else(|| self.share_in_call(tokens, at))
            .or_else(|| self.is_in_argument(tokens, at))
            .or_else(|| self.apart(tokens, at, stand))
            .or_else(|| self.share_in_words(tokens, at, stand))
            .or_else(|| self.bare_period(tokens, at, stand))
            .or_else(|| self.period_beside(tokens, at, stand))
            .or_else(|| self.bracketed_columns(tokens, at, stand))
            .or_else(|| self.binds_in_words(tokens, at, stand))
            .or_else(|| {
                let of_alert =
                    stand.declares(Token::DeclareAlert) || stand.declares(Token::DeclareNotice);
                of_alert
                    .then(|| {
                        self.change_of_alert(tokens, at)
                            .or_else(|| self.at_least_so_long(tokens, at))
                            .or_else(|| self.goes_up_to(tokens, at))
                            .or_else(|| self.lasting(tokens, at))
                    })
                    .flatten()
            })
    }

    /// `decisive: 0.7`, `weight of 3`, `cooldown for 5 days`, `polarity is harmful`, `combine by mean`
    fn filler(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let before = *tokens.get(at.checked_sub(1)?)?;
        let after = *tokens.get(at + 1)?;
        if stand.within() == Some(Within::Test) || self.fresh(tokens, at) {
            return None;
        }
        let word = self.slice(sign);
        let is_filler = matches!(sign.kind, Token::Colon | Token::Equals)
            || FILLERS.iter().any(|one| one.eq_ignore_ascii_case(word));
        if !is_filler {
            return None;
        }
        // Behind the word that declares, and where a value is awaited, it is a name that was declared.
        if let Some(leads) = at.checked_sub(2).and_then(|b| tokens.get(b)) {
            let declares = declaration_word(self.slice(*leads)).is_some();
            let awaits = matches!(
                leads.kind,
                Token::When | Token::And | Token::Or | Token::Not | Token::If | Token::OpenParen
            );
            if declares || awaits && self.declared.contains(self.slice(before)) {
                return None;
            }
        }
        let word = word.to_ascii_lowercase();
        let in_alert = stand.declares(Token::DeclareAlert) && stand.within().is_some();
        let in_members = matches!(stand.within(), Some(Within::Members | Within::Factor))
            || stand.declares(Token::DeclareGroup)
            || stand.declares.is_none_or(|(_, first)| {
                tokens.get(first).is_some_and(|t| self.slice(*t) == "add")
            });
        let number = after.kind == Token::Number;
        let fits = match before.kind {
            Token::Weight | Token::Decisive => in_members && number,
            Token::Cooldown => {
                in_alert && (number || self.known.values.contains(self.slice(after)))
            }
            Token::Combine => {
                stand.within() == Some(Within::Factor)
                    && !matches!(word.as_str(), "of" | "at" | "for" | "in")
                    && kind(tokens, at + 2) != Some(Token::OpenParen)
                    && (after.kind.is_name() && !self.fresh(tokens, at + 1))
            }
            Token::Polarity => matches!(self.slice(after), "harmful" | "protective"),
            Token::Classification | Token::Nature => {
                stand.is_free() && after.kind.is_name() && !self.fresh(tokens, at + 1)
            }
            Token::Cite
            | Token::Column
            | Token::License
            | Token::Url
            | Token::Updated
            | Token::Because
            | Token::Version
            | Token::Seen
            | Token::Code => after.kind == Token::Text && word != "from",
            _ => false,
        };
        // `weight` may be a name, where something ends before it.
        let stands = at
            .checked_sub(2)
            .and_then(|b| kind(tokens, b))
            .is_some_and(|k| {
                k.ends_operand() || k.is_name() || k == Token::OpenBrace || k == Token::Comma
            });
        if !fits || !stands {
            return None;
        }
        let found = self.slice(sign).to_owned();
        let gap = if sign.start == before.end { " " } else { "" };
        let end = if after.start > sign.end && gap.is_empty() {
            after.start
        } else {
            sign.end
        };
        let gap = if gap == " " && after.start > sign.end {
            ""
        } else {
            gap
        };
        Some(Rewriting::written(
            (at, at + 1),
            Vec::new(),
            sign.span(),
            (&found, ""),
            vec![(span(sign.start, end), gap.to_owned())],
        ))
    }

    /// `sum(attacks, since coup)`, `at(x, when vote)`: a named argument has its colon.
    fn argument_without_colon(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let name = self.slice(word);
        let after = *tokens.get(at + 1)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let begins = matches!(after.kind, Token::Number | Token::Minus | Token::OpenParen)
            || after.kind == Token::No
            || after.kind == Token::Yes
            || (after.kind.is_name() && self.declared.contains(self.slice(after)))
            || matches!(self.slice(after), "highest" | "lowest" | "last" | "missing");
        // `over` with a number alone is told with its window, `first (a)` may be a function.
        let of_argument = ARGUMENTS.contains(&name)
            && before == Token::Comma
            && self.in_call(tokens, at)
            && begins
            && !(after.kind == Token::OpenParen && after.start == word.end)
            && !self.declared.contains(name)
            && !self.fresh(tokens, at + 1);
        if !of_argument {
            return None;
        }
        let whole = span(word.start, word.end);
        let instead = format!("{name}:");
        let name = name.to_owned();
        Some(Rewriting::written(
            (at + 1, at + 1),
            vec![empty(Token::Colon, word.end)],
            whole,
            (&name, &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `mean(a, b, c, require: 50% coverage)`: a function asks for so many of them.
    fn share_in_call(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens
            .get(at)
            .filter(|t| t.kind == Token::Require && self.in_call(tokens, at))?;
        let (comma, number, coverage) = (
            kind(tokens, at.checked_sub(1)?)?,
            *tokens.get(at + 2).filter(|t| t.kind == Token::Number)?,
            *tokens.get(at + 3).filter(|t| t.kind == Token::Coverage)?,
        );
        let share: f64 = self.slice(number).strip_suffix('%')?.parse().ok()?;
        if comma != Token::Comma || kind(tokens, at + 1)? != Token::Colon {
            return None;
        }
        let open = (0..at).rev().find(|place| {
            kind(tokens, *place) == Some(Token::OpenParen)
                && self.closed(tokens, *place).is_some_and(|end| end > at)
        })?;
        let several = self.parts(tokens, open, at - 1);
        // Members with weights are not all alike.
        let alike = !tokens
            .get(open..at)?
            .iter()
            .any(|t| matches!(t.kind, Token::Weight | Token::OpenBracket));
        let least = (several.len() as f64 * share / 100.0).ceil();
        let known = match alike && several.len() > 1 && (0.0..=100.0).contains(&share) {
            true => format!("{}", least.max(1.0)),
            false => "2".to_owned(),
        };
        let whole = span(word.start, coverage.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let say = format!(
            "a share of the weights is asked for in a `factor`; a function is told how many of its values have to \
             be known: `require: {known} known`"
        );
        Some(Rewriting::said(
            (at - 1, at + 4),
            Vec::new(),
            whole,
            &found,
            say,
        ))
    }

    /// Between the round brackets of a function?
    fn in_call(&self, tokens: &[Tok], at: usize) -> bool {
        let mut depth = 0_usize;
        for place in (0..at).rev().take(80) {
            match kind(tokens, place) {
                Some(Token::CloseParen) => depth += 1,
                Some(Token::OpenParen) if depth == 0 => {
                    return place
                        .checked_sub(1)
                        .and_then(|b| kind(tokens, b))
                        .is_some_and(Token::is_name);
                }
                Some(Token::OpenParen) => depth -= 1,
                Some(Token::OpenBrace | Token::CloseBrace) | None => return false,
                Some(_) => {}
            }
        }
        false
    }

    /// `since(fined = yes)`: compared, and no argument of that name.
    fn is_in_argument(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at).filter(|t| t.kind == Token::Equals)?;
        let name = *tokens.get(at.checked_sub(1)?)?;
        let before = kind(tokens, at.checked_sub(2)?)?;
        let after = *tokens.get(at + 1)?;
        let own = self.slice(name);
        let answer = matches!(
            after.kind,
            Token::Yes | Token::No | Token::Unknown | Token::Missing
        ) || matches!(
            super::value(self.slice(after)),
            Some("yes" | "no" | "missing")
        ) || self.declared.contains(self.slice(after));
        let is_value = self.known.yes.contains(own) || self.known.values.contains(own);
        let compares = matches!(
            before,
            Token::OpenParen | Token::Comma | Token::And | Token::Or
        ) && is_value
            && answer
            && self.in_call(tokens, at);
        compares.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(sign, Token::Is)],
                sign.span(),
                ("=", "is"),
                vec![(
                    sign.span(),
                    match (name.end == sign.start, sign.end == after.start) {
                        (true, true) => " is ",
                        (true, false) => " is",
                        (false, true) => "is ",
                        (false, false) => "is",
                    }
                    .to_owned(),
                )],
            )
        })
    }

    /// `fraud > = emerging`, `x = = 3`, `= =mean(a)`: a sign in two parts, or one too many.
    fn apart(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let (one, other) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        if self.fresh(tokens, at + 1) {
            return None;
        }
        let binds = stand.is_free()
            && !stand.formula
            && (stand.declares(Token::DeclareLet)
                || stand.declares(Token::DeclareScore)
                || stand.declares(Token::DeclareSignal)
                || stand.declares(Token::DeclareParam));
        let (sign, words) = match (one.kind, other.kind) {
            (Token::Greater, Token::Equals) | (Token::Equals, Token::Greater) => {
                (Token::GreaterOrEqual, ">=")
            }
            (Token::Less, Token::Equals) | (Token::Equals, Token::Less) => {
                (Token::LessOrEqual, "<=")
            }
            (Token::Equals, Token::Equals | Token::Plus) if binds => {
                let whole = span(other.start, other.end);
                let next = tokens.get(at + 2)?;
                let found = self.slice(other).to_owned();
                let until = if next.start > other.end {
                    next.start
                } else {
                    other.end
                };
                return Some(Rewriting::written(
                    (at + 1, at + 2),
                    Vec::new(),
                    whole,
                    (&found, ""),
                    vec![(span(other.start, until), String::new())],
                ));
            }
            (Token::Is, _) if binds && self.slice(one) == "==" => {
                return Some(Rewriting::written(
                    (at, at + 1),
                    vec![as_kind(one, Token::Equals)],
                    one.span(),
                    ("==", "="),
                    vec![(one.span(), "=".to_owned())],
                ));
            }
            (Token::Equals, Token::Equals) if stand.formula => (Token::Is, "is"),
            _ => return None,
        };
        if sign != Token::Is && !(stand.formula || stand.within().is_some()) {
            return None;
        }
        let whole = span(one.start, other.end);
        let joined = Tok {
            kind: sign,
            start: one.start,
            end: other.end,
        };
        Some(Rewriting::written(
            (at, at + 2),
            vec![joined],
            whole,
            (self.written(whole.start, whole.end), words),
            vec![(whole, words.to_owned())],
        ))
    }

    /// `require half coverage`, `require a quarter coverage`
    fn share_in_words(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        if stand.within() != Some(Within::Factor)
            || !(word.kind.is_name())
            || self.declared.contains(self.slice(word))
            || kind(tokens, at.checked_sub(1)?)? != Token::Require
        {
            return None;
        }
        let article = matches!(self.slice(word), "a" | "the" | "one");
        let first = if article { at + 1 } else { at };
        let share = match self
            .slice(*tokens.get(first)?)
            .to_ascii_lowercase()
            .as_str()
        {
            "half" => "50%",
            "quarter" => "25%",
            "all" | "full" | "complete" | "every" => "100%",
            _ => return None,
        };
        let mut end = first + 1;
        while end < tokens.len()
            && !self.fresh(tokens, end)
            && tokens.get(end).is_some_and(|t| {
                matches!(
                    self.slice(*t),
                    "of" | "the" | "coverage" | "weight" | "weights" | "members" | "known" | "data"
                )
            })
        {
            end += 1;
        }
        self.anew(tokens, (at, end), &format!("{share} coverage"))
    }

    /// `end when …`, `trigger when …`: what an alert does has its own words.
    fn change_of_alert(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| t.kind.is_name())?;
        let next = kind(tokens, at + 1)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let begins = self.fresh(tokens, at) || matches!(before, Token::OpenBrace | Token::Comma);
        if !begins || !matches!(next, Token::When | Token::If) {
            return None;
        }
        let (read, instead) = match self.slice(word).to_ascii_lowercase().as_str() {
            "end" | "ends" | "stop" | "stops" | "close" | "reset" | "deactivate" | "cancel"
            | "lift" | "release" | "finish" | "over" | "resolve" | "clears" | "stand_down"
            | "off" => (Token::Clear, "clear"),
            "trigger" | "fire" | "start" | "begin" | "activate" | "alert" | "warn" | "open"
            | "raises" | "raised" | "on" | "starts" => (Token::Raise, "raise"),
            "upgrade" | "increase" | "intensify" | "step_up" | "escalates" | "heighten" => {
                (Token::Escalate, "escalate")
            }
            "downgrade" | "reduce" | "deescalate" | "lowers" | "decrease" => {
                (Token::Lower, "lower")
            }
            _ => return None,
        };
        let found = self.slice(word).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(word, read)],
            word.span(),
            (&found, instead),
            vec![(word.span(), instead.to_owned())],
        ))
    }

    /// `raise when overall >= high during 2 weeks`: how long it has to hold.
    fn lasting(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let says = matches!(
            self.slice(word).to_ascii_lowercase().as_str(),
            "during" | "over" | "lasting" | "throughout" | "since" | "after" | "in" | "through"
        );
        let before = kind(tokens, at.checked_sub(1)?)?;
        let number = *tokens.get(at + 1)?;
        // `in 2 consecutive months` has its own word for it.
        let again = tokens.get(at + 2).is_some_and(|t| {
            matches!(
                self.slice(*t),
                "consecutive" | "successive" | "straight" | "full" | "whole"
            )
        });
        let unit = *tokens.get(at + 2 + usize::from(again))?;
        // `expires after 2 weeks`, `cooldown …` and windows within brackets are other things.
        let of_clause = says
            && word.kind != Token::For
            && number.kind == Token::Number
            && period_word(self.slice(unit)).is_some()
            && before.ends_operand()
            && !matches!(before, Token::Expires | Token::Cooldown)
            && !self.in_call(tokens, at)
            && self.behind_when(tokens, at);
        if !of_clause {
            return None;
        }
        let found = self.slice(word).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(word, Token::For)],
            word.span(),
            (&found, "for"),
            vec![(word.span(), "for".to_owned())],
        ))
    }

    /// Has the clause a `when`, and no duration yet?
    fn behind_when(&self, tokens: &[Tok], at: usize) -> bool {
        for place in (0..at).rev().take(60) {
            match kind(tokens, place) {
                Some(Token::When) => return true,
                Some(
                    Token::For
                    | Token::OpenBrace
                    | Token::CloseBrace
                    | Token::Cooldown
                    | Token::Text,
                )
                | None => return false,
                Some(_) => {}
            }
        }
        false
    }

    /// `escalate to critical when …`: the condition says how far.
    fn goes_up_to(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        kind(tokens, at).filter(|kind| {
            matches!(
                kind,
                Token::Escalate | Token::Raise | Token::Clear | Token::Lower
            )
        })?;
        let to = *tokens.get(at + 1).filter(|t| t.kind == Token::To)?;
        let level = *tokens.get(at + 2).filter(|t| t.kind.is_name())?;
        let when = *tokens
            .get(at + 3)
            .filter(|t| matches!(t.kind, Token::When | Token::If))?;
        let whole = span(to.start, level.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at + 1, at + 3),
            Vec::new(),
            whole,
            (&found, ""),
            vec![(span(to.start, when.start), String::new())],
        ))
    }

    /// `before 2010`, `after 2009` of a param: the period itself is not meant.
    fn period_beside(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let period = *tokens.get(at)?;
        let first = at.checked_sub(1)?;
        let (here, step) = match self.slice(*tokens.get(first)?) {
            "before" => ("until", -1),
            "after" => ("from", 1),
            _ => return None,
        };
        let of_param = stand.is_free()
            && (stand.declares(Token::DeclareParam) || stand.declares(Token::DeclareOverride));
        if !of_param {
            return None;
        }
        let words = bare(self.slice(period));
        let meant = match (period.kind, self.period(tokens)?) {
            (Token::Number, "year") if words.len() == 4 => {
                (words.parse::<i32>().ok()? + step).to_string()
            }
            (Token::Text, "month") => {
                let (year, month) = words.split_once('-')?;
                let month: i32 = month
                    .parse()
                    .ok()
                    .filter(|month| (1..=12).contains(month))?;
                let months = year.parse::<i32>().ok()? * 12 + month - 1 + step;
                format!(
                    "\"{}-{:02}\"",
                    months.div_euclid(12),
                    months.rem_euclid(12) + 1
                )
            }
            _ => return None,
        };
        self.anew(tokens, (first, at + 1), &format!("{here} {meant}"))
    }

    /// `until 2023-06`, `from 2023-Q2` of a param or a test: months, quarters, weeks and days stand between quotes.
    fn bare_period(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let year = *tokens.get(at).filter(|t| t.kind == Token::Number)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let of_param = matches!(before, Token::Until | Token::From | Token::Review)
            && stand.is_free()
            && (stand.declares(Token::DeclareParam) || stand.declares(Token::DeclareOverride));
        let of_test = before == Token::From && stand.declares(Token::DeclareTest);
        if !of_param && !of_test {
            return None;
        }
        let mut end = at + 1;
        let mut last = year;
        while let Some(next) = tokens.get(end).copied() {
            let part = matches!(
                next.kind,
                Token::Minus | Token::Number | Token::Ident | Token::Slash
            );
            if next.start != last.end || !part || end > at + 5 {
                break;
            }
            last = next;
            end += 1;
        }
        let words = self.written(year.start, last.end).to_owned();
        let in_one = self.slice(year).len() > 4 && self.slice(year).contains(['Q', 'W', 'q', 'w']);
        if end == at + 1 && !in_one {
            return None;
        }
        // `01/06/2010`: a day, which a panel of longer periods knows by its year or month.
        if let [one, other, year] = words.split('/').collect::<Vec<_>>().as_slice()
            && year.len() == 4
        {
            let meant = period_of_date(
                tokens.windows(2).find_map(|pair| match pair {
                    [by, kind] if by.kind == Token::By => Some(self.slice(*kind)),
                    _ => None,
                })?,
                (one, other, year),
            )?;
            let kind = match meant.starts_with('"') {
                true => Token::Text,
                false => Token::Number,
            };
            let whole = span(tokens.get(at)?.start, last.end);
            let token = self.put(kind, whole.start, whole.end, &meant);
            return Some(Rewriting::written(
                (at, end),
                vec![token],
                whole,
                (&words, &meant),
                vec![(whole, meant.clone())],
            ));
        }
        // As the panel writes them: `2023-06`, `2023-Q2`, `2023-W07`.
        let upper = words.to_ascii_uppercase().replace('/', "-");
        let meant = match upper.find(['Q', 'W']) {
            Some(sign) if !upper.get(..sign)?.ends_with('-') => {
                let (year, rest) = upper.split_at(sign);
                format!("{year}-{rest}")
            }
            _ => upper,
        };
        let quoted = format!("\"{meant}\"");
        let whole = span(year.start, last.end);
        let text = self.put(Token::Text, whole.start, whole.end, &quoted);
        Some(Rewriting::written(
            (at, end),
            vec![text],
            whole,
            (&words, &quoted),
            vec![(whole, quoted.clone())],
        ))
    }

    /// `table t : scale by (a, b)`: columns stand without brackets.
    fn bracketed_columns(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let open = *tokens
            .get(at)
            .filter(|t| matches!(t.kind, Token::OpenParen | Token::OpenBracket))?;
        if !stand.declares(Token::DeclareTable) || kind(tokens, at.checked_sub(1)?)? != Token::By {
            return None;
        }
        let end = self.closed(tokens, at)?;
        let close = *tokens.get(end - 1)?;
        let inner = tokens.get(at + 1..end - 1)?.to_vec();
        let several = inner.iter().any(|t| t.kind == Token::Comma);
        if !several || kind(tokens, end)? != Token::OpenBrace {
            return None;
        }
        Some(Rewriting::written(
            (at, end),
            inner,
            span(open.start, close.end),
            ("(…)", ""),
            vec![(open.span(), String::new()), (close.span(), String::new())],
        ))
    }

    /// `param crowd : people is 12_000 people`, `let x equals a + b`
    fn binds_in_words(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let binds = stand.declares(Token::DeclareLet)
            || stand.declares(Token::DeclareScore)
            || stand.declares(Token::DeclareSignal)
            || stand.declares(Token::DeclareParam);
        let says = word.kind == Token::Is
            || matches!(
                self.slice(word),
                "equals" | "are" | "means" | "becomes" | "gets"
            );
        let before = kind(tokens, at.checked_sub(1)?)?;
        let behind = before.ends_operand() || before == Token::Text;
        let (_, first) = stand.declares?;
        if !binds || !says || stand.formula || !stand.is_free() || !behind || at < first + 2 {
            return None;
        }
        // Only here: to the end of every line from every word of it would take the square of its length.
        let end = self.line_end(tokens, at);
        if tokens.get(at..end)?.iter().any(|t| t.kind == Token::Equals) {
            return None;
        }
        let found = self.slice(word).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(word, Token::Equals)],
            word.span(),
            (&found, "="),
            vec![(word.span(), "=".to_owned())],
        ))
    }

    /// `for at least 2 months`, `cooldown up to 3 months`: a duration says it by itself.
    fn at_least_so_long(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        kind(tokens, at).filter(|kind| matches!(kind, Token::For | Token::Cooldown))?;
        let (first, second) = (*tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let number = *tokens.get(at + 3).filter(|t| t.kind == Token::Number)?;
        let says = matches!(
            (self.slice(first), self.slice(second)),
            ("at", "least") | ("at", "most") | ("up", "to") | ("a", "further") | ("no", "more")
        ) && period_word(self.slice(*tokens.get(at + 4)?)).is_some();
        if !says {
            return None;
        }
        let whole = span(first.start, second.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at + 1, at + 3),
            Vec::new(),
            whole,
            (&found, ""),
            vec![(span(first.start, number.start), String::new())],
        ))
    }
}

/// The period of a date that is written with slashes, in a panel by this kind of period; none where day and month
/// cannot be told apart and it matters.
fn period_of_date(kind: &str, (one, other, year): (&str, &str, &str)) -> Option<String> {
    let (first, second): (u8, u8) = (one.parse().ok()?, other.parse().ok()?);
    year.parse::<u16>().ok()?;
    if kind == "year" {
        return Some(year.to_owned());
    }
    let (day, month) = match (first, second) {
        (day @ 13..=31, month @ 1..=12) | (month @ 1..=12, day @ 13..=31) => (day, month),
        (day @ 1..=12, month) if day == month => (day, month),
        _ => return None,
    };
    match kind {
        "quarter" => Some(format!("\"{year}-Q{}\"", month.div_ceil(3))),
        "month" => Some(format!("\"{year}-{month:02}\"")),
        "day" => Some(format!("\"{year}-{month:02}-{day:02}\"")),
        _ => None,
    }
}
