//! Kinds, properties and parts of declarations in other words: `category { a | b }`, `category { a = "A" }`, `likert 1..7`,
//! `v1.4.0`, `cite Manual, 4.2`, `carry forward`, `on violation cap`, `by year, month`, `from "Label"`, `x double`,
//! `combine noisy-or`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::known::bare;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_kinds(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) || stand.in_brackets() {
            return None;
        }
        match token.kind {
            Token::Cite | Token::Url | Token::License | Token::Updated => {
                return self.text_without_quotes(tokens, at);
            }
            Token::OpenBrace => return self.items_in_other_signs(tokens, at),
            Token::On => {
                return self
                    .other_violation(tokens, at)
                    .or_else(|| self.word_for_unknown(tokens, at));
            }
            Token::Combine if stand.within() == Some(Within::Factor) => {
                return self.way_with_hyphen(tokens, at);
            }
            Token::Decisive if stand.within() == Some(Within::Members) => {
                return self.decisive_by_nothing(tokens, at);
            }
            Token::Carry => return self.carried_for_ever(tokens, at),
            _ => {}
        }
        if stand.declares(Token::DeclareGroup) && !stand.is_free() {
            return self.label_of_item(tokens, at);
        }
        if stand.within() == Some(Within::Members) {
            return self.weight_in_a_word(tokens, at);
        }
        match stand.declares.filter(|_| stand.is_free())?.0 {
            Token::DeclareFramework => self.version_with_v(tokens, at),
            Token::DeclarePanel if stand.declares.is_some_and(|(_, head)| head == at) => {
                let end = self.line_end(tokens, at);
                let by = (at..end).find(|place| kind(tokens, *place) == Some(Token::By))?;
                self.two_periods(tokens, by)
            }
            Token::DeclareIndicator | Token::DeclareIndicators => self
                .points_of_a_scale(tokens, at)
                .or_else(|| self.source_by_label(tokens, at)),
            Token::DeclareShow => self.shown_by_label(tokens, at),
            _ => None,
        }
    }

    /// `cite Manual, 4.2`, `cite https://example.org`: a text stands between quotes, whatever is in it.
    fn text_without_quotes(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let first = *tokens.get(at + 1)?;
        let bracket = first.kind == Token::OpenParen;
        let own = first.kind.is_name() || first.kind == Token::Number || bracket;
        if !own || self.fresh(tokens, at + 1) || first.start == word.end {
            return None;
        }
        // `cite = "…"`, and words that go on with the declaration, say something else.
        let line = self.text.get(first.start as usize..)?;
        let line = line.get(..line.find(['\n', '\r']).unwrap_or(line.len()))?;
        if line.contains('"') || line.contains(['{', '}']) {
            return None;
        }
        let text = line.trim_end().trim_end_matches(',');
        let several = text.contains([' ', ':', '/', '.', ',']);
        // One word without its quotes is told by itself.
        if !several || text.contains(" from ") || text.contains(" cite ") {
            return None;
        }
        let begins = at == 0
            || self.fresh(tokens, at)
            || kind(tokens, at - 1).is_some_and(Token::ends_operand);
        if !begins {
            return None;
        }
        let end = first.start + u32::try_from(text.len()).ok()?;
        let whole = span(first.start, end);
        let to = (at + 1..tokens.len())
            .find(|place| tokens.get(*place).is_some_and(|t| t.start >= end))
            .unwrap_or(tokens.len());
        let bare = match bracket {
            true => text.trim_matches(['(', ')']),
            false => text,
        };
        let instead = format!("\"{bare}\"");
        let put = self.put(Token::Text, whole.start, whole.end, &instead);
        let found = text.to_owned();
        Some(Rewriting::written(
            (at + 1, to),
            vec![put],
            whole,
            (&found, &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `category { police | army }`, `category { police = "Police" }`, `category { police: "Police" }`
    fn items_in_other_signs(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let back = |count: usize| at.checked_sub(count).and_then(|place| tokens.get(place));
        let word = |count: usize| back(count).map_or("", |t| self.slice(*t));
        let label = usize::from(back(1).is_some_and(|t| t.kind == Token::Text));
        let of_items = word(1) == "category"
            || matches!(word(2 + label), "category")
            || is_enumeration(word(1));
        let end = self.closed(tokens, at).filter(|_| of_items)?;
        let inner = tokens.get(at + 1..end - 1)?;
        let bar = |t: &Tok| t.kind == Token::Or && self.slice(*t) == "|";
        let binds = |t: &Tok| matches!(t.kind, Token::Equals | Token::Colon | Token::Arrow);
        let bars = inner.iter().any(bar);
        let bound = inner.windows(3).any(|three| match three {
            [name, sign, text] => name.kind.is_name() && binds(sign) && text.kind == Token::Text,
            _ => false,
        });
        let plain = inner.iter().all(|t| {
            t.kind.is_name()
                || t.kind == Token::Text
                || t.kind == Token::Comma
                || bar(t)
                || binds(t)
        });
        if !(bars || bound) || !plain {
            return None;
        }
        let mut out = Vec::with_capacity(inner.len() + 2);
        let mut words = String::new();
        for token in inner {
            if binds(token) {
                continue;
            }
            let comma = bar(token) || token.kind == Token::Comma;
            if comma {
                words.push(',');
                out.push(as_kind(*token, Token::Comma));
            } else {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(self.slice(*token));
                out.push(*token);
            }
        }
        let (open, close) = (*tokens.get(at)?, *tokens.get(end - 1)?);
        let instead = format!("{{ {words} }}");
        let whole = span(open.start, close.end);
        let mut all = vec![open];
        all.extend(out);
        all.push(close);
        Some(self.told_as((at, end), all, whole, &instead))
    }

    /// `: likert 1..7`, `: rating in 1..7`, `: scale 1..5`, `: points 0..10`
    fn points_of_a_scale(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let says = matches!(
            self.slice(word).to_ascii_lowercase().as_str(),
            "likert" | "rating" | "scale" | "score" | "points" | "grade" | "ordinal" | "numeric"
        );
        let own = self.declared.contains(self.slice(word));
        let behind = kind(tokens, at.checked_sub(1)?)? == Token::Colon;
        let open = at + 1 + usize::from(kind(tokens, at + 1)? == Token::In);
        let bracket = usize::from(matches!(
            kind(tokens, open)?,
            Token::OpenParen | Token::OpenBracket
        ));
        let [low, sign, high] = tokens.get(open + bracket..open + bracket + 3)? else {
            return None;
        };
        let between = low.kind == Token::Number
            && high.kind == Token::Number
            && matches!(
                sign.kind,
                Token::DotDot | Token::Minus | Token::To | Token::Comma
            );
        if !says || own || !behind || !between {
            return None;
        }
        let end = open + 3 + 2 * bracket;
        let instead = format!("number in {}..{}", self.slice(*low), self.slice(*high));
        self.anew(tokens, (at, end), &instead)
    }

    /// `group g { clashes "Clashes", arsons }`: an item has the label of its own declaration.
    fn label_of_item(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let label = *tokens.get(at).filter(|t| t.kind == Token::Text)?;
        let item = *tokens.get(at.checked_sub(1)?)?;
        let ends = matches!(
            kind(tokens, at + 1)?,
            Token::Comma | Token::CloseBrace | Token::Weight
        );
        if !ends || !item.kind.is_name() {
            return None;
        }
        let found = self.slice(label).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            Vec::new(),
            label.span(),
            (&found, ""),
            vec![(span(item.end, label.end), String::new())],
        ))
    }

    /// `from "Corps of inspectors"`: a source goes by its name.
    fn source_by_label(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (from, text) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        if from.kind != Token::From || text.kind != Token::Text {
            return None;
        }
        let name = self.known.labelled(bare(self.slice(text)))?.to_owned();
        let place = text.span();
        let named = self.named(place.start, place.end, &name);
        let found = self.written(place.start, place.end).to_owned();
        Some(Rewriting::written(
            (at + 1, at + 2),
            vec![named],
            place,
            (&found, &name),
            vec![(place, name.clone())],
        ))
    }

    /// `show "Who runs it"`
    fn shown_by_label(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let text = *tokens.get(at).filter(|t| t.kind == Token::Text)?;
        if kind(tokens, at.checked_sub(1)?)? == Token::Because {
            return None;
        }
        let name = self.known.labelled(bare(self.slice(text)))?.to_owned();
        self.anew(tokens, (at, at + 1), &name)
    }

    /// `framework f "F" v1.4.0`
    fn version_with_v(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let digits = self.slice(word).strip_prefix(['v', 'V'])?;
        let numbered = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !numbered || !(before == Token::Text || before.is_name() && before != Token::Version) {
            return None;
        }
        let mut end = at + 1;
        let mut close = word.end;
        while let Some(next) = tokens
            .get(end)
            .filter(|next| next.start == close && matches!(next.kind, Token::Number | Token::Dot))
        {
            close = next.end;
            end += 1;
        }
        let number = self.written(word.start + 1, close).to_owned();
        let instead = format!("version \"{number}\"");
        let whole = span(word.start, close);
        let version = Tok {
            kind: Token::Version,
            start: word.start,
            end: word.start + 1,
        };
        let text = self.put(Token::Text, word.start + 1, close, &format!("\"{number}\""));
        Some(self.told_as((at, end), vec![version, text], whole, &instead))
    }

    /// `by year, month`: a month in two columns.
    fn two_periods(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let by = *tokens.get(at)?;
        let end = self.line_end(tokens, at);
        let stop = (at + 1..end)
            .find(|place| matches!(kind(tokens, *place), Some(Token::Except | Token::Written)))
            .unwrap_or(end);
        let mut place = at + 1;
        let mut periods: Vec<(&'static str, String)> = Vec::new();
        while place < stop {
            let word = *tokens.get(place)?;
            let period = period_word(self.slice(word))?;
            place += 1;
            let mut column = format!("\"{}\"", self.slice(word));
            if kind(tokens, place) == Some(Token::Column) {
                let text = tokens.get(place + 1).filter(|t| t.kind == Token::Text)?;
                column = self.slice(*text).to_owned();
                place += 2;
            }
            periods.push((period, column));
            if place < stop {
                let joins = matches!(
                    kind(tokens, place)?,
                    Token::Comma | Token::And | Token::Slash | Token::Star | Token::Plus
                );
                joins.then_some(())?;
                place += 1;
            }
        }
        let [first, second] = periods.as_slice() else {
            return None;
        };
        let (year, other) = match (first.0, second.0) {
            ("year", "quarter" | "month" | "week") => (first, second),
            ("quarter" | "month" | "week", "year") => (second, first),
            _ => return None,
        };
        let instead = format!("by {} column {}, {}", other.0, year.1, other.1);
        let last = *tokens.get(stop - 1)?;
        let whole = span(by.start, last.end);
        let first_word = *tokens.get(at + 1)?;
        let column = Tok {
            kind: Token::Column,
            start: first_word.end,
            end: first_word.end,
        };
        let period = self.named(first_word.start, first_word.end, other.0);
        let one = self.put(Token::Text, last.start, last.start + 1, &year.1);
        let comma = Tok {
            kind: Token::Comma,
            start: last.start + 1,
            end: last.start + 1,
        };
        let two = self.put(Token::Text, last.start + 1, last.end, &other.1);
        Some(self.told_as(
            (at, stop),
            vec![by, period, column, one, comma, two],
            whole,
            &instead,
        ))
    }

    /// `on violation cap`, `on error clamp`, `on outlier drop`
    fn other_violation(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (what, how) = (*tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let other = matches!(
            self.slice(what),
            "error" | "errors" | "outlier" | "outliers" | "invalid" | "violations" | "overflow"
        );
        if !(other || what.kind == Token::Violation) || self.fresh(tokens, at + 1) {
            return None;
        }
        let own = self.slice(how);
        let instead = match own.to_ascii_lowercase().as_str() {
            "missing" | "clamp" | "reject" if other => own.to_owned(),
            "cap" | "clip" | "limit" | "bound" | "truncate" | "trim" | "constrain" | "cut" => {
                "clamp".to_owned()
            }
            "drop" | "ignore" | "blank" | "null" | "na" | "nan" | "remove" | "empty"
            | "discard" => "missing".to_owned(),
            "fail" | "stop" | "refuse" | "abort" | "error" | "raise" => "reject".to_owned(),
            _ => return None,
        };
        let (from, words) = match other {
            true => (at + 1, format!("violation {instead}")),
            false => (at + 2, instead.clone()),
        };
        let whole = span(tokens.get(from)?.start, how.end);
        let way = match instead.as_str() {
            "missing" => self.put(Token::Missing, how.start, how.end, "missing"),
            _ => self.named(how.start, how.end, &instead),
        };
        let mut out = Vec::with_capacity(2);
        if other {
            out.push(as_kind(what, Token::Violation));
        }
        out.push(way);
        Some(self.told_as((from, at + 3), out, whole, &words))
    }

    /// `on unknown keep`
    fn word_for_unknown(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (what, how) = (*tokens.get(at + 1)?, *tokens.get(at + 2)?);
        if what.kind != Token::Unknown || self.fresh(tokens, at + 1) {
            return None;
        }
        let instead = match self.slice(how).to_ascii_lowercase().as_str() {
            "keep" | "stay" | "wait" | "unchanged" | "nothing" | "same" | "remain" | "freeze" => {
                "hold"
            }
            _ => return None,
        };
        self.anew_short(tokens, at + 2, instead)
    }

    /// One word for another, however short.
    fn anew_short(&mut self, tokens: &[Tok], at: usize, instead: &str) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let found = self.slice(word).to_owned();
        let named = self.named(word.start, word.end, instead);
        Some(Rewriting::written(
            (at, at + 1),
            vec![named],
            word.span(),
            (&found, instead),
            vec![(word.span(), instead.to_owned())],
        ))
    }

    /// `combine noisy-or`, `combine weighted-mean`
    fn way_with_hyphen(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, first, minus, second] = tokens.get(at..at + 4)? else {
            return None;
        };
        let joined = minus.kind == Token::Minus
            && first.end == minus.start
            && minus.end == second.start
            && first.kind.is_name();
        let words = format!(
            "{} {}",
            self.slice(*first).to_ascii_lowercase(),
            self.slice(*second).to_ascii_lowercase()
        );
        let instead = match words.as_str() {
            "noisy or" | "weighted mean" | "geometric mean" | "harmonic mean" | "power mean" => {
                words.as_str()
            }
            "weighted average" => "weighted mean",
            "weighted geometric" => "geometric mean",
            _ => return None,
        };
        let (one, other) = instead.split_once(' ').filter(|_| joined)?;
        let whole = span(first.start, second.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let begin = self.named(first.start, first.end, one);
        let end = match other {
            "or" => as_kind(*second, Token::Or),
            other => self.named(second.start, second.end, other),
        };
        Some(Rewriting::written(
            (at + 1, at + 4),
            vec![begin, end],
            whole,
            (&found, instead),
            vec![(whole, instead.to_owned())],
        ))
    }

    /// `x decisive,`: by how much the factor is at least.
    fn decisive_by_nothing(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let member = kind(tokens, at.checked_sub(1)?)?;
        let ends = matches!(kind(tokens, at + 1)?, Token::Comma | Token::CloseBrace);
        (ends && member.ends_operand()).then(|| {
            Rewriting::said(
                (at, at + 1),
                Vec::new(),
                word.span(),
                "decisive",
                "say what the factor is at least where this member is present: `decisive 0.8`"
                    .to_owned(),
            )
        })
    }

    /// `carry forward` without how long.
    fn carried_for_ever(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (carry, forward) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let next = kind(tokens, at + 2);
        let alone = tokens.get(at + 2).is_none()
            || self.fresh(tokens, at + 2)
                && next.is_some_and(|next| next != Token::At && next != Token::Number);
        if forward.kind != Token::Forward || !alone {
            return None;
        }
        let period = self.period(tokens).unwrap_or("month");
        let whole = span(carry.start, forward.end);
        Some(Rewriting::said(
            (at, at + 2),
            Vec::new(),
            whole,
            "carry forward",
            format!(
                "say for how long a value stands for those that are not there: `carry forward at most 3 {period}s`"
            ),
        ))
    }

    /// `closeness double,` among members
    fn weight_in_a_word(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let amount = match self.slice(word) {
            "double" | "twice" | "doubled" => "2",
            "triple" | "thrice" | "tripled" => "3",
            "half" | "halved" => "0.5",
            _ => return None,
        };
        let member = kind(tokens, at.checked_sub(1)?)?;
        let ends = matches!(kind(tokens, at + 1)?, Token::Comma | Token::CloseBrace);
        let own = self.declared.contains(self.slice(word));
        if !ends || own || !member.is_name() && member != Token::Text {
            return None;
        }
        let instead = format!("weight {amount}");
        let whole = word.span();
        let found = self.slice(word).to_owned();
        let weight = Tok {
            kind: Token::Weight,
            start: word.start,
            end: word.start + 1,
        };
        let number = self.put(Token::Number, word.start + 1, word.end, amount);
        Some(Rewriting::written(
            (at, at + 1),
            vec![weight, number],
            whole,
            (&found, &instead),
            vec![(whole, instead.clone())],
        ))
    }
}

/// Words that other languages have for a category.
fn is_enumeration(word: &str) -> bool {
    matches!(
        word,
        "enum" | "enumeration" | "options" | "choice" | "choices" | "nominal" | "categorical"
    )
}
