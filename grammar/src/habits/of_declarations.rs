//! Heads of declarations: panels, types and ranges of indicators, names, what another file holds.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, as_kind, empty, kind, span};
use crate::problem::{ProblemKind, WhyNoName};
use crate::token::{Tok, Token, declaration_word};

impl Habits<'_> {
    pub(super) fn in_declaration(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if !stand.is_free() {
            return None;
        }
        if self.fresh(tokens, at)
            && let Some(change) = self.first_of_line(tokens, at, stand)
        {
            return Some(change);
        }
        if self.slice(token) == "source" && stand.declares(Token::DeclareIndicator) {
            return self.source_for_from(tokens, at);
        }
        let begins = stand.declares.is_some_and(|(_, first)| first + 1 == at);
        if begins
            && let Some(change) = self
                .odd_name(tokens, at)
                .or_else(|| self.quoted_name(tokens, at))
                .or_else(|| self.label_first(tokens, at))
        {
            return Some(change);
        }
        if begins && token.kind == Token::Colon {
            // `unit: euro`
            return Some(Rewriting::written(
                (at, at + 1),
                Vec::new(),
                token.span(),
                (":", ""),
                vec![(token.span(), String::new())],
            ));
        }
        if stand.declares(Token::DeclareGroup)
            && let Some(change) = self
                .list_of_group(tokens, at)
                .or_else(|| self.combined_group(tokens, at))
        {
            return Some(change);
        }
        if token.kind == Token::Comma
            && stand.declares(Token::DeclareIndicator)
            && let Some(change) = self.commas_of_head(tokens, at)
        {
            return Some(change);
        }
        if token.kind == Token::Carry {
            return self.carried(tokens, at);
        }
        if token.kind == Token::Cite && !stand.formula {
            return self.cited_early(tokens, at, stand);
        }
        if stand.declares(Token::DeclareLevel) && matches!(token.kind, Token::Of | Token::On) {
            return self.scale_of_level(tokens, at);
        }
        if token.kind == Token::OpenBracket
            && stand.is_free()
            && stand.declares(Token::DeclareTable)
        {
            return self.range(tokens, at);
        }
        let typed = stand.declares(Token::DeclareIndicator) || stand.declares(Token::DeclareParam);
        if typed && !stand.formula {
            return self
                .yes_or_no(tokens, at)
                .or_else(|| self.named_category(tokens, at))
                .or_else(|| self.larger_unit(tokens, at))
                .or_else(|| self.range(tokens, at));
        }
        None
    }

    /// `group tolls "Tolls" = [jailed, killed]`: items stand between braces.
    fn list_of_group(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens
            .get(at)
            .filter(|t| matches!(t.kind, Token::Equals | Token::Colon))?;
        let open = *tokens.get(at + 1).filter(|t| t.kind.opens())?;
        let end = self.closed(tokens, at + 1)?;
        let close = *tokens.get(end - 1)?;
        let mut out = vec![as_kind(open, Token::OpenBrace)];
        out.extend_from_slice(tokens.get(at + 2..end - 1)?);
        out.push(as_kind(close, Token::CloseBrace));
        let found = format!(
            "{} {}…{}",
            self.slice(sign),
            self.slice(open),
            self.slice(close)
        );
        Some(Rewriting::written(
            (at, end),
            out,
            span(sign.start, close.end),
            (&found, "{ … }"),
            vec![
                (span(sign.start, open.end), "{ ".to_owned()),
                (close.span(), " }".to_owned()),
            ],
        ))
    }

    /// `group pressures { combine mean  members { a, b } }`: of its items alone nothing is made.
    fn combined_group(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        kind(tokens, at).filter(|kind| *kind == Token::OpenBrace)?;
        let end = self.closed(tokens, at)?;
        let first = *tokens
            .get(at + 1)
            .filter(|t| matches!(t.kind, Token::Combine | Token::Require | Token::Members))?;
        let members = (at + 1..end).find(|place| kind(tokens, *place) == Some(Token::Members))?;
        let open = members + 1;
        kind(tokens, open).filter(|kind| *kind == Token::OpenBrace)?;
        let close = self.closed(tokens, open)?;
        let mut out = vec![*tokens.get(at)?];
        out.extend_from_slice(tokens.get(open + 1..close - 1)?);
        out.push(*tokens.get(end - 1)?);
        let whole = span(first.start, tokens.get(members)?.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::said(
            (at, end),
            out,
            whole,
            &found,
            "a group only names what belongs together, `group g { a, b }`; where one value is made of it, declare a \
             factor: `factor f { combine mean  members { a, b } }`"
                .to_owned(),
        ))
    }

    /// `indicator youth "Youth", number, 0 to 1`: a colon before the kind, and `in` before the range.
    fn commas_of_head(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        kind(tokens, at.checked_sub(1)?).filter(|kind| *kind == Token::Text)?;
        let of = *tokens.get(at + 1)?;
        let word = self.slice(of);
        let is_kind = self.known.units.contains(word)
            || matches!(word, "number" | "percent" | "truth" | "assessment");
        if !is_kind || self.fresh(tokens, at + 1) {
            return None;
        }
        let mut instead = format!(": {word}");
        let mut end = at + 2;
        let number = |place: usize| tokens.get(place).filter(|t| t.kind == Token::Number);
        let begins = end
            + match kind(tokens, end) {
                Some(Token::Comma | Token::In) => 1,
                _ => 0,
            };
        let sign = kind(tokens, begins + 1);
        if let (Some(low), Some(Token::To | Token::DotDot | Token::Minus), Some(high)) =
            (number(begins), sign, number(begins + 2))
        {
            let (low, high) = (self.words_of(&[*low]), self.words_of(&[*high]));
            instead.push_str(&format!(" in {low}..{high}"));
            end = begins + 3;
        }
        self.anew(tokens, (at, end), &instead)
    }

    fn first_of_line(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let word = self.slice(token);
        match word {
            "panel" => self.panel(tokens, at),
            "indicator" => self.worked_out(tokens, at),
            "include" | "import" | "load" | "require" | "source" if self.is_file(tokens, at) => {
                self.other_file(tokens, at)
            }
            "missing" if stand.declares(Token::DeclareIndicator) => {
                let sign = *tokens
                    .get(at + 1)
                    .filter(|t| matches!(t.kind, Token::Equals | Token::Colon | Token::Is))?;
                Some(Rewriting::written(
                    (at + 1, at + 2),
                    vec![as_kind(sign, Token::Means)],
                    sign.span(),
                    (self.slice(sign), "means"),
                    vec![(
                        sign.span(),
                        match sign.start == token.end {
                            true => " means",
                            false => "means",
                        }
                        .to_owned(),
                    )],
                ))
            }
            _ => None,
        }
    }

    /// `indicator x = a / b`: what is worked out is no indicator.
    fn worked_out(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        kind(tokens, at + 1).filter(|kind| kind.is_name())?;
        let label = kind(tokens, at + 2)? == Token::Text;
        let mut equals = at + 2 + usize::from(label);
        let mut typed = false;
        if kind(tokens, equals)? == Token::Colon {
            let end = self.line_end(tokens, equals);
            let stops = |kind: Token| {
                matches!(kind, Token::Equals | Token::OpenBrace) || kind.begins_attribute()
            };
            equals = (equals..end).find(|at| kind(tokens, *at).is_some_and(stops))?;
            typed = true;
        }
        let before = kind(tokens, equals - 1);
        if kind(tokens, equals)? != Token::Equals || before == Some(Token::Missing) {
            return None;
        }
        let formula = tokens.get(equals + 1..self.line_end(tokens, equals))?;
        // `indicator rain = mm in 0..800`: a kind, and no formula.
        let sign = *tokens.get(equals)?;
        let kind_of = formula.first().map(|t| self.slice(*t)).unwrap_or_default();
        let is_kind = self.known.units.contains(kind_of)
            || matches!(
                kind_of,
                "number" | "truth" | "percent" | "assessment" | "category"
            );
        let says_more = formula.get(1).is_none_or(|t| {
            t.kind == Token::In || t.kind.begins_attribute() || t.kind == Token::OpenBrace
        });
        if is_kind && says_more && !typed {
            return Some(Rewriting::written(
                (equals, equals + 1),
                vec![as_kind(sign, Token::Colon)],
                sign.span(),
                ("=", ":"),
                vec![(sign.span(), ":".to_owned())],
            ));
        }
        let asks = formula.iter().any(|t| {
            matches!(
                t.kind,
                Token::Less
                    | Token::LessOrEqual
                    | Token::Greater
                    | Token::GreaterOrEqual
                    | Token::Is
                    | Token::And
                    | Token::Or
                    | Token::Not
            )
        });
        let (instead, declares) = if asks && !typed {
            ("signal", Token::DeclareSignal)
        } else {
            ("score", Token::DeclareScore)
        };
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(word, declares)],
            word.span(),
            ("indicator", instead),
            vec![(word.span(), instead.to_owned())],
        ))
    }

    /// `source register` within an indicator.
    fn source_for_from(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let name = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        let own = !matches!(
            kind(tokens, at + 2),
            Some(Token::Text | Token::OpenBrace | Token::Colon)
        );
        let before = kind(tokens, at.checked_sub(1)?)?;
        let behind = before.ends_operand() && !self.fresh(tokens, at + 1);
        (own && behind && self.declared.contains(self.slice(name))).then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(token, Token::From)],
                token.span(),
                ("source", "from"),
                vec![(token.span(), "from".to_owned())],
            )
        })
    }

    fn is_file(&self, tokens: &[Tok], at: usize) -> bool {
        let next = tokens.get(at + 1).filter(|_| !self.fresh(tokens, at + 1));
        let alone = at + 2 == self.line_end(tokens, at);
        let is_path = next.is_some_and(|t| {
            (t.kind == Token::Text && self.slice(*t).ends_with(".risk\""))
                || (t.kind.is_name()
                    && matches!(
                        self.slice(tokens.get(at).copied().unwrap_or(*t)),
                        "include" | "import"
                    ))
        });
        alone && is_path
    }

    /// `include "indicators.risk"`
    fn other_file(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (word, file) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let name = self.slice(file).trim_matches('"').to_owned();
        let name = name
            .strip_suffix(".risk")
            .unwrap_or(&name)
            .replace(['/', '\\'], ".");
        let name = name.trim_start_matches('.').to_owned();
        let plain = name
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        if !plain || name.is_empty() {
            return None;
        }
        let whole = span(word.start, file.end);
        let instead = format!("use {name}");
        let named = self.named(file.start, file.end, &name);
        Some(Rewriting::written(
            (at, at + 2),
            vec![as_kind(word, Token::DeclareUse), named],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `score attack.rate`, `score 1st_attack`
    fn odd_name(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let first = *tokens.get(at)?;
        let (parts, why) = if first.kind.is_name() {
            let sign = *tokens.get(at + 1)?;
            let why = match sign.kind {
                Token::Dot => WhyNoName::Dot,
                Token::Slash => WhyNoName::Slash,
                _ => return None,
            };
            let touches = sign.start == first.end
                && tokens
                    .get(at + 2)
                    .is_some_and(|next| next.start == sign.end);
            let joined = kind(tokens, at + 2)?.is_name() && (touches || why == WhyNoName::Dot);
            (if joined { 3 } else { return None }, why)
        } else if first.kind == Token::Number {
            let next = tokens.get(at + 1)?;
            (
                if next.kind.is_name() && next.start == first.end {
                    2
                } else {
                    return None;
                },
                WhyNoName::Digit,
            )
        } else {
            return None;
        };
        let declares = declaration_word(self.slice(*tokens.get(at.checked_sub(1)?)?))?;
        if matches!(
            declares,
            Token::DeclareOverride
                | Token::DeclareDrop
                | Token::DeclareUnit
                | Token::DeclareUse
                | Token::DeclareChanged
                | Token::DeclareOpen
                | Token::DeclareFinal
        ) || !matches!(
            kind(tokens, at + parts)?,
            Token::Text | Token::Colon | Token::Equals | Token::OpenBrace
        ) {
            return None;
        }
        let last = *tokens.get(at + parts - 1)?;
        let found = self.written(first.start, last.end).to_owned();
        let meant = match why {
            WhyNoName::Digit => {
                let (digits, rest) = (self.slice(first).to_owned(), self.slice(last));
                let name = rest.trim_start_matches('_').to_owned();
                // The name without the digit, where the rest of the file calls it so.
                if !self.declared.contains(name.as_str()) && self.is_spoken(tokens, &name) {
                    name
                } else {
                    format!("{name}_{digits}")
                }
            }
            _ => found.replace(['.', '/'], "_"),
        };
        let mut edits = vec![(span(first.start, last.end), meant.clone())];
        for (place, _) in self
            .text
            .match_indices(&found)
            .filter(|_| why == WhyNoName::Digit)
        {
            let (from, to) = (place as u32, (place + found.len()) as u32);
            let word =
                |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
            let apart = !word(self.text.get(..place)?.chars().next_back())
                && !word(self.text.get(to as usize..)?.chars().next());
            if from != first.start && apart && tokens.iter().any(|t| t.start == from) {
                edits.push((span(from, to), meant.clone()));
            }
        }
        let name = self.named(first.start, last.end, &meant);
        let whole = span(first.start, last.end);
        Some(Rewriting {
            from: at,
            to: at + parts,
            tokens: vec![name],
            span: whole,
            told: Some(ProblemKind::NotAName {
                found,
                meant,
                why,
                edits,
            }),
        })
    }

    /// `source "survey" "Expert survey"`
    fn quoted_name(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (text, label) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        if text.kind != Token::Text || label.kind != Token::Text || self.fresh(tokens, at + 1) {
            return None;
        }
        let name = self.slice(text).trim_matches('"').to_owned();
        let is_name = name.starts_with(|sign: char| sign.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        is_name.then(|| {
            let named = self.named(text.start, text.end, &name);
            Rewriting::written(
                (at, at + 1),
                vec![named],
                text.span(),
                (self.written(text.start, text.end), &name),
                vec![(text.span(), name.clone())],
            )
        })
    }

    /// `carry forward 3 years`
    fn carried(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (carry, forward) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        if forward.kind != Token::Forward {
            return None;
        }
        // `for`, `up to`, `no more than` and the like.
        let place = (at + 2..at + 5)
            .find(|place| kind(tokens, *place) == Some(Token::Number))
            .filter(|place| !self.fresh(tokens, *place))?;
        let is_right =
            kind(tokens, at + 2) == Some(Token::At) && kind(tokens, at + 3) == Some(Token::Most);
        let number = *tokens.get(place).filter(|_| !is_right)?;
        let whole = span(carry.start, number.end);
        // `carry forward 12 months at most`
        if kind(tokens, place + 1).is_some_and(Token::is_name)
            && kind(tokens, place + 2) == Some(Token::At)
            && kind(tokens, place + 3) == Some(Token::Most)
        {
            let unit = *tokens.get(place + 1)?;
            let instead = format!(
                "carry forward at most {} {}",
                self.slice(number),
                self.slice(unit)
            );
            return self.anew(tokens, (at, place + 4), &instead);
        }
        let instead = format!("carry forward at most {}", self.slice(number));
        Some(Rewriting::written(
            (at, place + 1),
            vec![
                carry,
                forward,
                empty(Token::At, forward.end),
                empty(Token::Most, forward.end),
                number,
            ],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `signal "Overloaded" overloaded = …`: the name comes first.
    fn label_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (label, name) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let behind = kind(tokens, at + 2)?;
        let fits = label.kind == Token::Text
            && name.kind.is_name()
            && matches!(
                behind,
                Token::Colon | Token::Equals | Token::OpenBrace | Token::Version
            )
            && !self.fresh(tokens, at + 1);
        fits.then(|| {
            let whole = span(label.start, name.end);
            let (text, word) = (self.slice(label).to_owned(), self.slice(name).to_owned());
            let instead = format!("{word} {text}");
            let first = self.named(label.start, label.start, &word);
            let found = format!("{text} {word}");
            Rewriting::written(
                (at, at + 2),
                vec![first, label],
                whole,
                (&found, &instead),
                vec![(whole, instead.clone())],
            )
        })
    }

    /// `score x cite "…" = a / b`: what is said of it stands behind the formula.
    fn cited_early(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let (cite, text) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let works_out = [
            Token::DeclareScore,
            Token::DeclareSignal,
            Token::DeclareLet,
            Token::DeclareParam,
        ];
        if text.kind != Token::Text || !works_out.iter().any(|kind| stand.declares(*kind)) {
            return None;
        }
        let next = *tokens.get(at + 2)?;
        if !matches!(next.kind, Token::Equals | Token::Colon) {
            return None;
        }
        let end = (at + 2..tokens.len())
            .find(|at| {
                self.fresh(tokens, *at)
                    && tokens.get(*at).is_some_and(|t| {
                        t.kind.begins_attribute() || declaration_word(self.slice(*t)).is_some()
                    })
            })
            .unwrap_or(tokens.len());
        let last = *tokens.get(end - 1)?;
        let whole = span(cite.start, text.end);
        let words = self.written(whole.start, whole.end).to_owned();
        let mut out = tokens.get(at + 2..end)?.to_vec();
        out.extend([cite, text]);
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (&words, &format!("= … {words}")),
            vec![
                (span(cite.start, next.start), String::new()),
                (span(last.end, last.end), format!("\n  {words}")),
            ],
        ))
    }

    /// `: category zone`, of a category that is declared.
    fn named_category(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| {
            matches!(t.kind, Token::Category) || matches!(self.slice(**t), "scale" | "level")
        })?;
        let name = *tokens
            .get(at + 1)
            .filter(|t| t.kind.is_name() && !t.kind.begins_attribute() && t.kind != Token::Of)?;
        let colon = kind(tokens, at.checked_sub(1)?)? == Token::Colon;
        (colon && self.declared.contains(self.slice(name))).then(|| {
            let whole = span(word.start, name.end);
            let instead = self.slice(name).to_owned();
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                whole,
                (self.written(whole.start, whole.end), &instead),
                vec![(span(word.start, name.start), String::new())],
            )
        })
    }

    fn is_spoken(&self, tokens: &[Tok], name: &str) -> bool {
        let alone = |t: &Tok| t.kind.is_name() && self.slice(*t) == name;
        let joined = |at: usize| {
            at.checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_some_and(|before| {
                    before.kind == Token::Number
                        && tokens.get(at).is_some_and(|t| t.start == before.end)
                })
        };
        (0..tokens.len()).any(|at| tokens.get(at).is_some_and(alone) && !joined(at))
    }

    /// `level overall of concern {`
    fn scale_of_level(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let fits = (before == Token::Text || before.is_name())
            && kind(tokens, at + 1)?.is_name()
            && matches!(kind(tokens, at + 2)?, Token::OpenBrace | Token::From);
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, Token::Colon)],
                word.span(),
                (self.slice(word), ":"),
                vec![(word.span(), ":".to_owned())],
            )
        })
    }

    /// `: yes/no`, `: 0/1`, `: true or false`
    fn yes_or_no(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if kind(tokens, at.checked_sub(1)?)? != Token::Colon {
            return None;
        }
        let (one, sign, other) = (*tokens.get(at)?, *tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let both = |first: &str, second: &str| {
            let pair = (
                self.slice(one).to_ascii_lowercase(),
                self.slice(other).to_ascii_lowercase(),
            );
            pair == (first.to_owned(), second.to_owned())
                || pair == (second.to_owned(), first.to_owned())
        };
        let joined = matches!(
            sign.kind,
            Token::Slash | Token::Or | Token::Comma | Token::Minus
        );
        if !joined || !(both("yes", "no") || both("0", "1") || both("true", "false")) {
            return None;
        }
        let whole = span(one.start, other.end);
        let truth = self.named(whole.start, whole.end, "truth");
        Some(Rewriting::written(
            (at, at + 3),
            vec![truth],
            whole,
            (self.written(whole.start, whole.end), "truth"),
            vec![(whole, "truth".to_owned())],
        ))
    }

    /// `: deaths >= 0`, `: number from 0 to 4`, `: number [0, 4]`
    pub(super) fn range(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (before, colon) = (
            kind(tokens, at.checked_sub(1)?)?,
            kind(tokens, at.checked_sub(2)?)?,
        );
        if !before.is_name() || !(colon == Token::Colon || colon == Token::Slash) {
            return None;
        }
        let first = *tokens.get(at)?;
        let number = |at: usize| tokens.get(at).filter(|t| t.kind == Token::Number).copied();
        if matches!(first.kind, Token::GreaterOrEqual | Token::Greater) {
            let low = number(at + 1)?;
            let whole = span(first.start, low.end);
            let instead = format!("in {}..", self.slice(low));
            return Some(Rewriting::written(
                (at, at + 2),
                vec![
                    as_kind(first, Token::In),
                    low,
                    empty(Token::DotDot, low.end),
                ],
                whole,
                (self.written(whole.start, whole.end), &instead),
                vec![(whole, instead.clone())],
            ));
        }
        let opens = matches!(first.kind, Token::OpenParen | Token::OpenBracket);
        let begin = match first.kind {
            Token::From | Token::OpenParen | Token::OpenBracket => at + 1,
            Token::Number => at,
            _ => return None,
        };
        let low = number(begin)?;
        let between = *tokens.get(begin + 1)?;
        let fits = matches!(between.kind, Token::DotDot | Token::To | Token::Minus)
            || (opens && between.kind == Token::Comma);
        let high = number(begin + 2).filter(|_| fits)?;
        let mut end = begin + 3;
        let mut last = high.end;
        if opens {
            let close = tokens
                .get(end)
                .filter(|t| Some(t.kind) == first.kind.partner())?;
            last = close.end;
            end += 1;
        }
        let whole = span(first.start, last);
        let instead = format!("in {}..{}", self.slice(low), self.slice(high));
        Some(Rewriting::written(
            (at, end),
            vec![
                empty(Token::In, first.start),
                low,
                as_kind(between, Token::DotDot),
                high,
            ],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }
}

/// The period that a word names, in any of its forms.
pub(super) fn period_word(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "year" | "years" | "yearly" | "annual" | "annually" => "year",
        "quarter" | "quarters" | "quarterly" => "quarter",
        "month" | "months" | "monthly" => "month",
        "week" | "weeks" | "weekly" => "week",
        "day" | "days" | "daily" => "day",
        _ => return None,
    })
}
