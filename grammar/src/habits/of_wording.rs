//! What is missing, how far back something looks and when an alert speaks, in other words: `missing means none`,
//! `known(x)`, `x and y are missing`, `x missing and …`, `x(t-12)`, `x[12 months ago]`, `lag(x, -12 months)`,
//! `change(x, since: 3 years)`, `raise for 2 months if c`, `c WHERE d`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::problem::{Hint, ProblemKind};
use crate::token::{Tok, Token, declaration_word};

/// Functions that look along a window of their `over:`.
const OVER: [&str; 14] = [
    "sum", "mean", "median", "stddev", "count", "min", "max", "change", "growth", "trend", "ever",
    "average", "avg", "range",
];

/// The most tokens that are looked back over.
const FAR: usize = 200;

/// What an alert has, in words.
const CLAUSES: &str = "an alert has `raise`, `escalate`, `lower` and `clear`, each with `when`, and `cooldown`; how long \
                       something has to hold stands behind its condition: `raise when … for 2 months`";

impl Habits<'_> {
    pub(super) fn in_wording(
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
            Token::Means if stand.is_free() => self.means_nothing(tokens, at),
            Token::Missing if stand.formula => self.is_of_missing(tokens, at),
            Token::Colon => self
                .other_argument(tokens, at)
                .or_else(|| self.block_by_colon(tokens, at, stand)),
            Token::Minus if stand.formula => self.back_by_itself(tokens, at),
            Token::OpenBracket if stand.formula => self.so_long_ago(tokens, at),
            Token::For => self.duration_first(tokens, at, stand),
            Token::Known if stand.formula => self
                .called_known(tokens, at)
                .or_else(|| self.is_of_missing(tokens, at)),
            Token::Ident => self
                .no_clause(tokens, at, stand)
                .or_else(|| self.called_known(tokens, at).filter(|_| stand.formula))
                .or_else(|| self.both_are(tokens, at).filter(|_| stand.formula))
                .or_else(|| {
                    self.of_an_earlier_time(tokens, at)
                        .filter(|_| stand.formula)
                })
                .or_else(|| self.restricted(tokens, at, stand)),
            _ => None,
        }
    }

    /// `missing means none`, `missing means zero`: the number, with its unit.
    fn means_nothing(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let missing = *tokens.get(at.checked_sub(1)?)?;
        let word = *tokens.get(at + 1).filter(|t| t.kind == Token::Ident)?;
        let small = self.slice(word).to_ascii_lowercase();
        let nothing = matches!(
            small.as_str(),
            "none" | "nothing" | "zero" | "nil" | "naught" | "nought"
        );
        let unsaid = matches!(small.as_str(), "null" | "na" | "nan" | "empty" | "blank");
        if unsaid && missing.kind == Token::Missing && !self.declared.contains(self.slice(word)) {
            let zero = self.put(Token::Number, word.start, word.end, "0");
            let found = self.slice(word).to_owned();
            return Some(Rewriting::said(
                (at + 1, at + 2),
                vec![zero],
                word.span(),
                &found,
                "what is missing stays missing without `missing means`: take it out, or say the value that it means"
                    .to_owned(),
            ));
        }
        let number = match small.as_str() {
            _ if nothing => "0",
            "one" => "1",
            "two" => "2",
            _ => return None,
        };
        if missing.kind != Token::Missing || self.declared.contains(self.slice(word)) {
            return None;
        }
        // `missing means zero deaths`
        let followed = tokens
            .get(at + 2)
            .filter(|next| next.kind.is_name() && self.known.units.contains(self.slice(**next)));
        let name = self.indicator_before(tokens, at)?;
        let value = match self.known.unit_of.get(name) {
            _ if followed.is_some() => number.to_owned(),
            Some(unit) => format!("{number} {unit}"),
            None if self.known.yes.contains(name) && nothing => "no".to_owned(),
            None => number.to_owned(),
        };
        self.anew(tokens, (at + 1, at + 2), &value)
    }

    /// The indicator whose properties stand at a place.
    fn indicator_before(&self, tokens: &[Tok], at: usize) -> Option<&str> {
        let first = (0..at).rev().take(FAR).find(|place| {
            tokens.get(*place).is_some_and(|t| {
                self.fresh(tokens, *place) && declaration_word(self.slice(*t)).is_some()
            })
        })?;
        let declares = *tokens.get(first)?;
        let name = *tokens.get(first + 1)?;
        (self.slice(declares) == "indicator").then(|| self.written(name.start, name.end))
    }

    /// `x missing and y`, `not x known`: `is` is left out.
    fn is_of_missing(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let of = *tokens.get(at.checked_sub(1)?)?;
        // `require k known`, `mean(a, b, require: k known)`
        let begins = |back: usize| at.checked_sub(back).and_then(|place| kind(tokens, place));
        let asked = match begins(2) {
            Some(Token::Colon) => begins(3),
            other => other,
        };
        if asked == Some(Token::Require) {
            return None;
        }
        let named = of.kind == Token::CloseParen
            || (of.kind.is_name() && self.declared.contains(self.slice(of)));
        let ends = matches!(
            kind(tokens, at + 1),
            Some(
                Token::And
                    | Token::Or
                    | Token::Then
                    | Token::CloseParen
                    | Token::Comma
                    | Token::CloseBrace
            )
        ) || self.fresh(tokens, at + 1)
            || at + 1 == tokens.len();
        if !named || !ends || self.fresh(tokens, at) || self.declared.contains(self.slice(word)) {
            return None;
        }
        let told = ProblemKind::Unexpected {
            found: format!("`{}`", self.slice(word)),
            expected: vec![format!("`is {}`", self.slice(word))],
            missing_separator: Some((" is".to_owned(), vec![of.end])),
            hint: Hint::None,
        };
        Some(Rewriting {
            from: at,
            to: at,
            tokens: vec![empty(Token::Is, of.end)],
            span: word.span(),
            told: Some(told),
        })
    }

    /// `known(x)`, `notna(x)`, `ISNUMBER(x)`
    fn called_known(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let small = self.slice(name).to_ascii_lowercase();
        let asks = matches!(
            small.as_str(),
            "known"
                | "is_known"
                | "isknown"
                | "notna"
                | "notnull"
                | "not_na"
                | "not_null"
                | "isnumber"
                | "is_number"
                | "isfinite"
        );
        if !asks
            || kind(tokens, at + 1)? != Token::OpenParen
            || self.declared.contains(self.slice(name))
            || kind(tokens, at.checked_sub(1)?)? == Token::Is
        {
            return None;
        }
        let end = self.closed(tokens, at + 1)?;
        let inner = tokens.get(at + 2..end - 1)?;
        let [only] = inner else { return None };
        let of = self.words_of(&[*only]);
        only.kind
            .is_name()
            .then(|| self.anew(tokens, (at, end), &format!("{of} is known")))
            .flatten()
    }

    /// `x and y are missing`, `x, y and z are known`
    fn both_are(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if !matches!(self.slice(*tokens.get(at)?), "are" | "is") {
            return None;
        }
        let negated = usize::from(kind(tokens, at + 1)? == Token::Not);
        let what = *tokens.get(at + 1 + negated)?;
        if !(what.kind == Token::Missing
            || matches!(
                self.slice(what),
                "known" | "present" | "absent" | "emerging"
            ))
        {
            return None;
        }
        let named = |place: usize| {
            tokens
                .get(place)
                .filter(|t| t.kind.is_name() && self.declared.contains(self.slice(**t)))
                .map(|t| self.slice(*t).to_owned())
        };
        let mut names = vec![named(at.checked_sub(1)?)?];
        let mut from = at - 1;
        let mut sign = None;
        while let Some(joint) = from.checked_sub(1).and_then(|place| kind(tokens, place)) {
            let joins = matches!(joint, Token::And | Token::Or)
                || (joint == Token::Comma && sign.is_some());
            let Some(name) = from.checked_sub(2).and_then(named).filter(|_| joins) else {
                break;
            };
            if joint != Token::Comma {
                // One of another kind goes its own way.
                if sign.is_some_and(|sign| sign != joint) {
                    break;
                }
                sign = Some(joint);
            }
            names.insert(0, name);
            from -= 2;
        }
        let sign = sign?;
        let filler = from
            .checked_sub(1)
            .and_then(|place| tokens.get(place))
            .is_some_and(|t| matches!(self.slice(*t), "both" | "either"));
        let from = from - usize::from(filler);
        let before = kind(tokens, from.checked_sub(1)?)?;
        let begins = matches!(
            before,
            Token::Equals
                | Token::When
                | Token::If
                | Token::OpenParen
                | Token::Comma
                | Token::Not
                | Token::Unless
        );
        let joint = if sign == Token::And { " and " } else { " or " };
        let not = if negated == 1 { "not " } else { "" };
        let said: Vec<String> = names
            .iter()
            .map(|name| format!("{name} is {not}{}", self.slice(what)))
            .collect();
        let whole = match before {
            Token::Not => format!("({})", said.join(joint)),
            _ => said.join(joint),
        };
        let stretch = (from, at + 2 + negated);
        begins
            .then(|| self.retold(tokens, stretch, &whole))
            .flatten()
    }

    /// Written anew, also where there are more words than places in the text.
    fn retold(
        &mut self,
        tokens: &[Tok],
        (from, to): (usize, usize),
        instead: &str,
    ) -> Option<Rewriting> {
        if let Some(rewriting) = self.anew(tokens, (from, to), instead) {
            return Some(rewriting);
        }
        let (first, last) = (*tokens.get(from)?, *tokens.get(to.checked_sub(1)?)?);
        let whole = span(first.start, last.end);
        let kept = as_kind(first, Token::Yes);
        Some(self.told_as(
            (from, to),
            vec![Tok {
                end: whole.end,
                ..kept
            }],
            whole,
            instead,
        ))
    }

    /// `x(t-12)`, `x(-12)`, `x 12 months ago`
    fn of_an_earlier_time(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let own = self.slice(name);
        if !(self.known.values.contains(own) || self.known.yes.contains(own)) {
            return None;
        }
        if kind(tokens, at + 1)? == Token::Number {
            let end = at + 4;
            let ago = matches!(
                self.slice(*tokens.get(at + 3)?)
                    .to_ascii_lowercase()
                    .as_str(),
                "ago" | "earlier" | "before" | "back" | "previously"
            );
            let period = period_word(self.slice(*tokens.get(at + 2)?)).is_some();
            let back = self.words_of(tokens.get(at + 1..at + 3)?);
            let instead = format!("lag({own}, {back})");
            return (ago && period)
                .then(|| self.anew(tokens, (at, end), &instead))
                .flatten();
        }
        let open = *tokens.get(at + 1).filter(|t| t.kind == Token::OpenParen)?;
        if open.start != name.end {
            return None;
        }
        let end = self.closed(tokens, at + 1)?;
        let inner = tokens.get(at + 2..end - 1)?;
        let back = self.back(tokens, inner)?;
        let instead = format!("lag({own}, {back})");
        self.anew(tokens, (at, end), &instead)
    }

    /// `t-12`, `-12`, `t - 12 months`, `12 months ago`: how far back, with its unit.
    fn back(&self, tokens: &[Tok], inner: &[Tok]) -> Option<String> {
        let number = inner.iter().find(|t| t.kind == Token::Number)?;
        let minus = inner.iter().any(|t| t.kind == Token::Minus);
        let mut unit = None;
        let mut ago = false;
        for token in inner {
            let word = self.slice(*token).to_ascii_lowercase();
            match token.kind {
                Token::Number | Token::Minus => {}
                _ if period_word(&word).is_some() => unit = period_word(&word),
                _ if matches!(word.as_str(), "ago" | "earlier" | "before" | "back") => ago = true,
                _ if matches!(word.as_str(), "t" | "i" | "time" | "period" | "now" | "n")
                    && !self.declared.contains(self.slice(*token)) => {}
                _ => return None,
            }
        }
        if !minus && !ago {
            return None;
        }
        let count = self.words_of(&[*number]);
        let whole = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()) && count != "0";
        let unit = unit.or_else(|| self.period(tokens)).filter(|_| whole)?;
        let plural = if count == "1" { "" } else { "s" };
        Some(format!("{count} {unit}{plural}"))
    }

    /// `x[12 months ago]`, `x[t - 12 months]`
    fn so_long_ago(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind.is_name())?;
        let open = *tokens.get(at)?;
        let end = self.closed(tokens, at)?;
        let inner = tokens.get(at + 1..end - 1)?;
        let says = inner.iter().any(|t| period_word(self.slice(*t)).is_some());
        let back = self
            .back(tokens, inner)
            .filter(|_| says && open.start == name.end)?;
        let instead = format!("lag({}, {back})", self.slice(name));
        self.anew(tokens, (at - 1, end), &instead)
    }

    /// `lag(x, -12 months)`: it looks back by itself.
    fn back_by_itself(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let minus = *tokens.get(at)?;
        let comma = kind(tokens, at.checked_sub(1)?)?;
        let number = *tokens.get(at + 1).filter(|t| t.kind == Token::Number)?;
        let unit = *tokens.get(at + 2)?;
        let open = (0..at - 1)
            .rev()
            .take(12)
            .find(|place| kind(tokens, *place) == Some(Token::OpenParen))?;
        let function = *tokens.get(open.checked_sub(1)?)?;
        let looks = matches!(self.slice(function), "lag" | "shift");
        let over = comma == Token::Colon
            && matches!(
                self.slice(*tokens.get(at.checked_sub(2)?)?),
                "over" | "for" | "require" | "within"
            );
        let fits = (comma == Token::Comma && looks) || over;
        let closes = matches!(kind(tokens, at + 3)?, Token::CloseParen | Token::Comma);
        if !fits || period_word(self.slice(unit)).is_none() || !closes {
            return None;
        }
        let instead = self.words_of(&[number, unit]);
        let whole = span(minus.start, unit.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            Vec::new(),
            whole,
            (&found, &instead),
            vec![(span(minus.start, number.start), String::new())],
        ))
    }

    /// `change(x, since: 3 years)`, `sustained(c, over: 2 months)`, `lag(x, over: 3 months)`: the argument of that kind.
    fn other_argument(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let colon = *tokens.get(at)?;
        let name = *tokens.get(at.checked_sub(1)?)?;
        let comma = kind(tokens, at.checked_sub(2)?)?;
        kind(tokens, at + 1).filter(|kind| *kind == Token::Number)?;
        let unit = *tokens.get(at + 2)?;
        if comma != Token::Comma || period_word(self.slice(unit)).is_none() {
            return None;
        }
        let mut depth = 0_usize;
        let open = (0..at - 1)
            .rev()
            .take(200)
            .find(|place| match kind(tokens, *place) {
                Some(kind) if kind.closes() => {
                    depth += 1;
                    false
                }
                Some(kind) if kind.opens() => match depth.checked_sub(1) {
                    Some(less) => {
                        depth = less;
                        false
                    }
                    None => true,
                },
                _ => false,
            })?;
        let function = *tokens.get(open.checked_sub(1)?)?;
        let called = self.slice(function);
        let own = self.slice(name);
        let other = matches!(
            own,
            "over"
                | "for"
                | "since"
                | "within"
                | "window"
                | "during"
                | "last"
                | "period"
                | "periods"
                | "back"
                | "by"
                | "ago"
                | "span"
                | "length"
                | "horizon"
        );
        if !other || self.declared.contains(called) {
            return None;
        }
        // `lag(x, over: 3 months)`: how far back has no name.
        if called == "lag" {
            let whole = span(name.start, colon.end);
            let number = tokens.get(at + 1)?.start;
            let found = self.written(whole.start, whole.end).to_owned();
            return Some(Rewriting::written(
                (at - 1, at + 1),
                Vec::new(),
                whole,
                (&found, ""),
                vec![(span(name.start, number), String::new())],
            ));
        }
        let (read, meant) = if called == "sustained" {
            (Token::For, "for")
        } else if OVER.contains(&called) {
            (Token::Over, "over")
        } else {
            return None;
        };
        // `sustained(c, within: 12 months, for: 3 months)` has both.
        let close = self.closed(tokens, open)?;
        let has = (open..close).any(|place| {
            tokens.get(place).is_some_and(|t| self.slice(*t) == meant)
                && kind(tokens, place + 1) == Some(Token::Colon)
        });
        let its_own = called == "sustained" && own == "within";
        if own == meant || has || its_own {
            return None;
        }
        let found = format!("{own}:");
        let named = self.put(read, name.start, name.end, meant);
        Some(Rewriting::written(
            (at - 1, at),
            vec![named],
            name.span(),
            (&found, &format!("{meant}:")),
            vec![(name.span(), meant.to_owned())],
        ))
    }

    /// `raise for 2 months if overall >= high`
    fn duration_first(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        if stand.within() != Some(Within::Other)
            || !before.begins_clause()
            || !self.is_of_alert(tokens, stand)
        {
            return None;
        }
        let number = *tokens.get(at + 1).filter(|t| t.kind == Token::Number)?;
        let unit = *tokens.get(at + 2)?;
        let when = *tokens.get(at + 3)?;
        let says = when.kind == Token::If
            || matches!(
                self.slice(when).to_ascii_lowercase().as_str(),
                "where" | "once" | "while" | "whenever" | "that" | "of"
            );
        if !says || period_word(self.slice(unit)).is_none() {
            return None;
        }
        let end = self.line_end(tokens, at + 3);
        let end = (at + 4..end)
            .find(|place| {
                kind(tokens, *place)
                    .is_some_and(|kind| kind == Token::CloseBrace || kind.begins_clause())
            })
            .unwrap_or(end);
        let condition = tokens
            .get(at + 4..end)
            .filter(|condition| !condition.is_empty())?;
        let instead = format!(
            "when {} for {}",
            self.words_of(condition),
            self.words_of(&[number, unit])
        );
        self.anew(tokens, (at, end), &instead)
    }

    /// `confirm when overall is dire`: a clause that no alert has.
    fn no_clause(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let next = *tokens.get(at + 1)?;
        let small = self.slice(word).to_ascii_lowercase();
        let other = matches!(
            small.as_str(),
            "confirm"
                | "hold"
                | "suspend"
                | "acknowledge"
                | "repeat"
                | "renew"
                | "keep"
                | "maintain"
                | "review_"
                | "send"
                | "notify"
                | "publish"
                | "delay"
                | "remind"
        );
        let asks = next.kind == Token::When || next.kind == Token::If;
        if stand.within() != Some(Within::Other)
            || !other
            || !asks
            || !self.fresh(tokens, at)
            || !self.is_of_alert(tokens, stand)
        {
            return None;
        }
        let end = self.line_end(tokens, at);
        let end = (at..end)
            .find(|place| kind(tokens, *place) == Some(Token::CloseBrace))
            .unwrap_or(end);
        let found = self.slice(word).to_owned();
        Some(Rewriting::said(
            (at, end),
            Vec::new(),
            word.span(),
            &found,
            CLAUSES.to_owned(),
        ))
    }

    /// `a >= 10% WHERE b > 20`: both hold.
    fn restricted(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let small = self.slice(word).to_ascii_lowercase();
        let says = matches!(
            small.as_str(),
            "where" | "having" | "provided" | "whereas" | "while" | "given"
        );
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !says
            || !stand.formula
            || self.declared.contains(self.slice(word))
            || !before.ends_operand()
            || self.fresh(tokens, at + 1)
            || stand.in_brackets()
            || stand.within() == Some(Within::Test)
        {
            return None;
        }
        let that = usize::from(tokens.get(at + 1).is_some_and(|t| self.slice(*t) == "that"));
        let next = kind(tokens, at + 1 + that)?;
        if !(next.is_name() || matches!(next, Token::OpenParen | Token::Not | Token::Number)) {
            return None;
        }
        // Only of answers both can hold.
        let first = (0..at)
            .rev()
            .find(|place| matches!(kind(tokens, *place), Some(Token::Equals | Token::When)))?;
        let asks = tokens.get(first + 1..at)?.iter().any(|t| {
            matches!(
                t.kind,
                Token::Less
                    | Token::LessOrEqual
                    | Token::Greater
                    | Token::GreaterOrEqual
                    | Token::Is
                    | Token::In
                    | Token::Not
            ) || self.known.yes.contains(self.slice(*t))
        });
        let chooses = tokens
            .get(first + 1..at)?
            .iter()
            .any(|t| matches!(t.kind, Token::If | Token::Then | Token::Or));
        let last = *tokens.get(at + that)?;
        let whole = span(word.start, last.end);
        let found = self.written(whole.start, whole.end).to_owned();
        if !asks || chooses {
            return Some(Rewriting::said(
                (at, at + 1 + that),
                vec![as_kind(word, Token::And)],
                whole,
                &found,
                "say what holds elsewhere too: `if b then a else missing`, or `a and b` of two answers".to_owned(),
            ));
        }
        Some(Rewriting::written(
            (at, at + 1 + that),
            vec![as_kind(word, Token::And)],
            whole,
            (&found, "and"),
            vec![(whole, "and".to_owned())],
        ))
    }

    /// `factor x "X":` with indented lines below it.
    fn block_by_colon(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let colon = *tokens.get(at)?;
        let (word, first) = stand.declares?;
        let block = matches!(
            word,
            Token::DeclareFactor | Token::DeclareAlert | Token::DeclareTest | Token::DeclareSource
        );
        let head = tokens.get(first + 1..at)?;
        let plain = head
            .iter()
            .all(|t| t.kind.is_name() || t.kind == Token::Text || t.kind == Token::Number);
        if !block || !stand.is_free() || !plain || !self.fresh(tokens, at + 1) || head.is_empty() {
            return None;
        }
        let mut end = at + 1;
        let mut depth = 0_usize;
        while let Some(token) = tokens.get(end) {
            if self.fresh(tokens, end)
                && depth == 0
                && !self.written(0, token.start).ends_with([' ', '\t'])
            {
                break;
            }
            if token.kind.opens() {
                depth += 1;
            } else if token.kind.closes() {
                depth = depth.checked_sub(1)?;
            }
            end += 1;
        }
        // It is closed: only the sign is another one.
        if tokens.get(end).is_some_and(|t| t.kind == Token::CloseBrace) {
            return None;
        }
        let last = *tokens.get(end.checked_sub(1).filter(|last| *last > at)?)?;
        let mut out = vec![as_kind(colon, Token::OpenBrace)];
        out.extend_from_slice(tokens.get(at + 1..end)?);
        out.push(empty(Token::CloseBrace, last.end));
        Some(Rewriting {
            from: at,
            to: end,
            tokens: out,
            span: colon.span(),
            told: Some(ProblemKind::ForeignOperator {
                found: ":".to_owned(),
                instead: "{ … }".to_owned(),
                edits: vec![
                    (colon.span(), " {".to_owned()),
                    (span(last.end, last.end), "\n}".to_owned()),
                ],
                others: Vec::new(),
            }),
        })
    }
}
