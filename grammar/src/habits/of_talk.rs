//! What is written as it is said aloud: `40% of x`, `more than 2 of (…)`, `x differs from y`, `sum(x for each region)`,
//! `raise alert when`, `cooldown period 3 months`, `fill forward 4 quarters`, `see "Manual"`, `at least watch` in a cell.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::of_speech::spoken;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_talk(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) {
            return None;
        }
        match stand.within() {
            Some(Within::Table) => return self.cell_said(tokens, at),
            Some(Within::Scale) => return None,
            Some(Within::Test) => return self.after_so_long(tokens, at),
            _ => {}
        }
        match token.kind {
            Token::OpenBrace if stand.declares(Token::DeclareScale) => {
                self.steps_in_other_signs(tokens, at)
            }
            Token::Raise | Token::Escalate | Token::Clear | Token::Cooldown => {
                self.word_too_many(tokens, at)
            }
            Token::Combine | Token::Require => self.word_too_many(tokens, at),
            Token::No if stand.formula => self.none_of(tokens, at),
            Token::Of if stand.formula => self.part_of(tokens, at),
            Token::For | Token::By | Token::Over if stand.in_brackets() => self
                .for_each(tokens, at)
                .or_else(|| self.last_of_window(tokens, at)),
            Token::Until if stand.within() == Some(Within::Other) => {
                self.until_it_clears(tokens, at, stand)
            }
            Token::Is if stand.formula => self.same_as(tokens, at),
            Token::Any if stand.formula => self.any_so_many(tokens, at),
            Token::Number if stand.formula => self.in_a_row(tokens, at),
            kind if kind.is_name() => self
                .filled_forward(tokens, at, stand)
                .or_else(|| self.see_there(tokens, at))
                .or_else(|| self.kind_of_shown(tokens, at, stand))
                .or_else(|| self.made_public(tokens, at))
                .or_else(|| self.least_of_window(tokens, at, stand))
                .or_else(|| self.short_version(tokens, at, stand))
                .or_else(|| {
                    (stand.formula)
                        .then(|| self.compared_aloud(tokens, at, stand))
                        .flatten()
                }),
            _ => None,
        }
    }

    fn aloud(&self, tokens: &[Tok], at: usize, words: &[&str]) -> bool {
        tokens.get(at).is_some_and(|t| {
            let small = self.slice(*t).to_ascii_lowercase();
            words.contains(&small.as_str()) && !self.declared.contains(self.slice(*t))
        })
    }

    /// `over: last 8 quarters`: a window ends with its row anyway.
    fn last_of_window(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let fits = kind(tokens, at + 1)? == Token::Colon
            && self.aloud(
                tokens,
                at + 2,
                &["last", "the", "past", "previous", "recent"],
            )
            && kind(tokens, at + 3)? == Token::Number;
        fits.then(|| self.left_out(tokens, (at + 2, at + 3)))
            .flatten()
    }

    /// `baseline(x, over: 8 quarters, min 6 quarters)`
    fn least_of_window(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let says = self.aloud(tokens, at, &["min", "minimum", "least"]);
        let behind = kind(tokens, at.checked_sub(1)?)? == Token::Comma;
        let [_, number, unit, close] = tokens.get(at..at + 4)? else {
            return None;
        };
        let fits = says
            && behind
            && stand.in_brackets()
            && number.kind == Token::Number
            && period_word(self.slice(*unit)).is_some()
            && close.kind == Token::CloseParen;
        let instead = format!("require: {} {}", self.slice(*number), self.slice(*unit));
        fits.then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }

    /// `show indicator regime`: a name says which it is.
    fn kind_of_shown(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let fits = stand.declares(Token::DeclareShow)
            && stand.is_free()
            && !self.fresh(tokens, at)
            && crate::token::declaration_word(self.slice(word)).is_some()
            && !self.declared.contains(self.slice(word))
            && kind(tokens, at + 1)?.is_name()
            && !self.fresh(tokens, at + 1);
        fits.then(|| self.left_out(tokens, (at, at + 1))).flatten()
    }

    /// `publish abuse because "…"`
    fn made_public(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let opens = self.aloud(
            tokens,
            at,
            &["publish", "release", "unclassify", "disclose"],
        );
        let outermost = self.written(0, word.start).ends_with('\n');
        let fits = opens
            && outermost
            && self.fresh(tokens, at)
            && kind(tokens, at + 1)?.is_name()
            && matches!(kind(tokens, at + 2)?, Token::Because | Token::To);
        let found = self.slice(word).to_owned();
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, Token::DeclareDeclassify)],
                word.span(),
                (&found, "declassify"),
                vec![(word.span(), "declassify".to_owned())],
            )
        })
    }

    /// `until overall <= watch` among the clauses of an alert
    fn until_it_clears(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let fits = self.fresh(tokens, at)
            && stand.declares(Token::DeclareAlert)
            && kind(tokens, at + 1)?.is_name()
            && matches!(
                kind(tokens, at + 2)?,
                Token::Less
                    | Token::LessOrEqual
                    | Token::Is
                    | Token::Greater
                    | Token::GreaterOrEqual
            );
        let when = super::phrases::empty(Token::When, word.end);
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, Token::Clear), when],
                word.span(),
                ("until", "clear when"),
                vec![(word.span(), "clear when".to_owned())],
            )
        })
    }

    /// Words that say nothing, taken out.
    fn left_out(&self, tokens: &[Tok], (from, to): (usize, usize)) -> Option<Rewriting> {
        let (first, last) = (*tokens.get(from)?, *tokens.get(to - 1)?);
        let next = tokens.get(to)?;
        let whole = span(first.start, last.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (from, to),
            Vec::new(),
            whole,
            (&found, ""),
            vec![(span(first.start, next.start), String::new())],
        ))
    }

    /// `raise alert when c`, `cooldown period 6 months`, `combine the highest`, `require min 2 known`
    fn word_too_many(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let next = kind(tokens, at + 2)?;
        let fits = match kind(tokens, at)? {
            Token::Raise | Token::Escalate | Token::Clear => {
                self.aloud(
                    tokens,
                    at + 1,
                    &["alert", "alarm", "warning", "it", "level"],
                ) && next == Token::When
            }
            Token::Cooldown => {
                self.aloud(
                    tokens,
                    at + 1,
                    &["period", "time", "phase", "of", "lasts", "is"],
                ) && next == Token::Number
            }
            Token::Combine => {
                self.aloud(tokens, at + 1, &["the", "using", "with"]) && next.is_name()
            }
            Token::Require => {
                self.aloud(tokens, at + 1, &["min", "minimum", "minimally"])
                    && next == Token::Number
                    && matches!(kind(tokens, at + 3)?, Token::Known | Token::Coverage)
            }
            _ => false,
        };
        fits.then(|| self.left_out(tokens, (at + 1, at + 2)))
            .flatten()
    }

    /// `scale s { none ≤ some }`, `scale s { none, then some }`
    fn steps_in_other_signs(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let end = self.closed(tokens, at)?;
        let inner = tokens.get(at + 1..end - 1)?;
        let step = |t: &Tok| matches!(t.kind, Token::LessOrEqual | Token::Then);
        let plain = inner.iter().all(|t| {
            t.kind.is_name()
                || step(t)
                || matches!(t.kind, Token::Text | Token::Comma | Token::Less)
        });
        if !plain || !inner.iter().any(step) {
            return None;
        }
        let mut words: Vec<String> = Vec::new();
        for token in inner {
            match token.kind {
                Token::LessOrEqual | Token::Then | Token::Comma | Token::Less => {
                    if words.last().is_some_and(|last| last != "<") {
                        words.push("<".to_owned());
                    }
                }
                _ => words.push(self.slice(*token).to_owned()),
            }
        }
        self.anew(tokens, (at, end), &format!("{{ {} }}", words.join(" ")))
    }

    /// `no visits for 3 months`: none that is known of, or none at all.
    fn none_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (no, name) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let begins = matches!(
            kind(tokens, at.checked_sub(1)?)?,
            Token::When | Token::Equals | Token::And | Token::Or | Token::OpenParen | Token::If
        );
        let own = self.slice(name).to_owned();
        if !begins || !name.kind.is_name() || !self.known.values.contains(own.as_str()) {
            return None;
        }
        let whole = span(no.start, name.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let out = self.tokens_of(&format!("{own} is known"), whole.start, whole.end)?;
        let say = format!(
            "say which is meant: `{own} is missing`, where nothing is known of it, or `{own} <= 0`, where it is known \
             that there is none"
        );
        Some(Rewriting::said((at, at + 2), out, whole, &found, say))
    }

    /// `40% of contest`: a part of something is a product.
    fn part_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let of = *tokens.get(at)?;
        let number = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind == Token::Number)?;
        let name = *tokens.get(at + 1)?;
        let fits = self.slice(number).ends_with('%')
            && name.kind.is_name()
            && self.known.values.contains(self.slice(name))
            && kind(tokens, at + 2) != Some(Token::Comma);
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(of, Token::Star)],
                of.span(),
                ("of", "*"),
                vec![(of.span(), "*".to_owned())],
            )
        })
    }

    /// `sum(x for each region)`, `sum(x, by region)`
    fn for_each(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let comma = kind(tokens, at.checked_sub(1)?)? == Token::Comma;
        let mut place = at + 1;
        place += usize::from(self.aloud(tokens, place, &["each", "every", "the", "all"]));
        let name = *tokens.get(place).filter(|t| t.kind.is_name())?;
        let said = place > at + 1 || kind(tokens, at)? == Token::By;
        let closes = matches!(kind(tokens, place + 1)?, Token::CloseParen | Token::Comma);
        if !said || !closes || !self.is_of_peers(tokens, name) {
            return None;
        }
        let own = self.slice(name).to_owned();
        let (from, instead) = match comma {
            true => (at, format!("among: {own}")),
            false => (
                at - 1,
                format!("{}, among: {own}", self.slice(*tokens.get(at - 1)?)),
            ),
        };
        self.anew(tokens, (from, place + 1), &instead)
    }

    /// `x is the same as y`
    fn same_as(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let not = usize::from(kind(tokens, at + 1)? == Token::Not);
        let the = usize::from(self.aloud(tokens, at + 1 + not, &["the"]));
        let same = at + 1 + not + the;
        let equal = self.aloud(tokens, same, &["same", "equal", "identical"]);
        let joins = matches!(kind(tokens, same + 1)?, Token::As | Token::To)
            || self.aloud(tokens, same + 1, &["with"]);
        let instead = if not == 1 { "is not" } else { "is" };
        let other = kind(tokens, same + 2)?.is_name();
        if !(equal && joins && other) {
            return None;
        }
        let (first, last) = (*tokens.get(at)?, *tokens.get(same + 1)?);
        let whole = span(first.start, last.end);
        let out = tokens.get(at..at + 1 + not)?.to_vec();
        Some(self.told_as((at, same + 2), out, whole, instead))
    }

    /// `any 3 of (a, b, c)`
    fn any_so_many(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, number, of, open] = tokens.get(at..at + 4)? else {
            return None;
        };
        let fits =
            number.kind == Token::Number && of.kind == Token::Of && open.kind == Token::OpenParen;
        let instead = format!("at least {} of", self.slice(*number));
        fits.then(|| self.at_least_so_many(tokens, (at, at + 3), *number, &instead))
            .flatten()
    }

    /// `at least 3 of` in the place of fewer words.
    fn at_least_so_many(
        &mut self,
        tokens: &[Tok],
        (from, to): (usize, usize),
        number: Tok,
        instead: &str,
    ) -> Option<Rewriting> {
        if let Some(change) = self.anew(tokens, (from, to), instead) {
            return Some(change);
        }
        let (first, last) = (*tokens.get(from)?, *tokens.get(to - 1)?);
        let whole = span(first.start, last.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let empty = |kind: Token| super::phrases::empty(kind, first.start);
        Some(Rewriting::written(
            (from, to),
            vec![
                empty(Token::At),
                empty(Token::Least),
                number,
                as_kind(last, Token::Of),
            ],
            whole,
            (&found, instead),
            vec![(whole, instead.to_owned())],
        ))
    }

    /// `more than 2 of (…)`, `number of (…) >= 3`, `x differs from y`, `two months in a row`
    fn compared_aloud(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        // `more than 2 of (a, b, c)`
        if self.aloud(tokens, at, &["more"])
            && self.aloud(tokens, at + 1, &["than"])
            && kind(tokens, at + 3)? == Token::Of
            && kind(tokens, at + 4)? == Token::OpenParen
            && !before.ends_operand()
        {
            let number = *tokens.get(at + 2).filter(|t| t.kind == Token::Number)?;
            let more: u32 = self.slice(number).parse().ok()?;
            return self.anew(tokens, (at, at + 4), &format!("at least {} of", more + 1));
        }
        // `number of (a, b, c) >= 3`
        if self.aloud(tokens, at, &["number"])
            && kind(tokens, at + 1)? == Token::Of
            && kind(tokens, at + 2)? == Token::OpenParen
            && !before.ends_operand()
        {
            return self.anew(tokens, (at, at + 2), "count");
        }
        // `x differs from y`
        if before.is_name()
            && self.aloud(tokens, at, &["differs", "differ", "different"])
            && kind(tokens, at + 1)? == Token::From
            && kind(tokens, at + 2)?.is_name()
        {
            return self.anew(tokens, (at, at + 2), "is not");
        }
        // `x does not equal y`
        if before.ends_operand()
            && self.aloud(tokens, at, &["does", "do"])
            && kind(tokens, at + 1)? == Token::Not
            && self.aloud(tokens, at + 2, &["equal", "match"])
        {
            return self.anew(tokens, (at, at + 3), "is not");
        }
        // `equals y` of a category or level is told elsewhere.
        let number = spoken(self.slice(*tokens.get(at)?)).filter(|_| stand.formula)?;
        self.lasting_in_a_row(tokens, at, number, before)
    }

    /// `2 months in a row` behind a condition
    fn in_a_row(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        let number = self.slice(*tokens.get(at)?).to_owned();
        self.lasting_in_a_row(tokens, at, &number, before)
    }

    fn lasting_in_a_row(
        &mut self,
        tokens: &[Tok],
        at: usize,
        number: &str,
        before: Token,
    ) -> Option<Rewriting> {
        let period = period_word(self.slice(*tokens.get(at + 1)?))?;
        let end = if self.aloud(tokens, at + 2, &["running", "consecutively", "straight"]) {
            at + 3
        } else if kind(tokens, at + 2)? == Token::In
            && self.aloud(tokens, at + 3, &["a"])
            && self.aloud(tokens, at + 4, &["row"])
        {
            at + 5
        } else {
            return None;
        };
        let plural = if number == "1" { "" } else { "s" };
        // Behind `for` the words say it already.
        let lead = match before {
            Token::For => "",
            before if before.ends_operand() => "for ",
            _ => return None,
        };
        self.anew(
            tokens,
            (at, end),
            &format!("{lead}{number} {period}{plural}"),
        )
    }

    /// `fill forward 4 quarters`, `locf 4 quarters`, `default no because "…"`
    fn filled_forward(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let of_indicator =
            stand.declares(Token::DeclareIndicator) || stand.declares(Token::DeclareIndicators);
        if !of_indicator || !stand.is_free() {
            return None;
        }
        let count = if self.aloud(
            tokens,
            at,
            &["locf", "ffill", "forward_fill", "fill_forward"],
        ) {
            1
        } else if self.aloud(tokens, at, &["fill", "filled"])
            && kind(tokens, at + 1)? == Token::Forward
            || kind(tokens, at)? == Token::Forward
                && self.aloud(tokens, at + 1, &["fill", "filled"])
        {
            2
        } else if self.aloud(tokens, at, &["default", "defaults"])
            && matches!(
                kind(tokens, at + 1)?,
                Token::Number | Token::Yes | Token::No
            )
        {
            return self
                .anew(tokens, (at, at + 1), "missing means")
                .or_else(|| {
                    let word = *tokens.get(at)?;
                    let found = self.slice(word).to_owned();
                    let means = super::phrases::empty(Token::Means, word.end);
                    Some(Rewriting::written(
                        (at, at + 1),
                        vec![as_kind(word, Token::Missing), means],
                        word.span(),
                        (&found, "missing means"),
                        vec![(word.span(), "missing means".to_owned())],
                    ))
                });
        } else {
            return None;
        };
        let mut place = at + count;
        while self.aloud(
            tokens,
            place,
            &["up", "to", "for", "max", "at", "most", "limit"],
        ) {
            place += 1;
        }
        let number = *tokens.get(place).filter(|t| t.kind == Token::Number)?;
        let unit = *tokens.get(place + 1)?;
        period_word(self.slice(unit))?;
        let lasts = format!("{} {}", self.slice(number), self.slice(unit));
        let instead = format!("carry forward at most {lasts}");
        let (first, whole) = (*tokens.get(at)?, span(tokens.get(at)?.start, unit.end));
        let found = self.written(whole.start, whole.end).to_owned();
        let empty = |kind: Token| super::phrases::empty(kind, first.end);
        Some(Rewriting::written(
            (at, place + 2),
            vec![
                as_kind(first, Token::Carry),
                empty(Token::Forward),
                empty(Token::At),
                empty(Token::Most),
                number,
                unit,
            ],
            whole,
            (&found, &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `see "Manual, 4.2"`
    fn see_there(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let cites = self.aloud(tokens, at, &["see", "cf", "ref", "refer"]);
        let dot = usize::from(kind(tokens, at + 1)? == Token::Dot);
        let text = kind(tokens, at + 1 + dot)? == Token::Text;
        if !cites || !text || !self.fresh(tokens, at) {
            return None;
        }
        let end = tokens.get(at + dot)?.end;
        let whole = span(word.start, end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, at + 1 + dot),
            vec![as_kind(word, Token::Cite)],
            whole,
            (&found, "cite"),
            vec![(whole, "cite".to_owned())],
        ))
    }

    /// `framework f "F" ver. 1.4.0`
    fn short_version(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let short = self.aloud(tokens, at, &["ver", "v", "vers", "rev", "release"]);
        if !short || !stand.declares(Token::DeclareFramework) || !stand.is_free() {
            return None;
        }
        let dot = usize::from(kind(tokens, at + 1)? == Token::Dot);
        let number = *tokens
            .get(at + 1 + dot)
            .filter(|t| matches!(t.kind, Token::Number | Token::Text))?;
        let bare = self.slice(number).trim_matches('"').to_owned();
        let instead = format!("version \"{bare}\"");
        let whole = span(word.start, number.end);
        let text = self.put(
            Token::Text,
            number.start,
            number.end,
            &format!("\"{bare}\""),
        );
        Some(self.told_as(
            (at, at + 2 + dot),
            vec![as_kind(word, Token::Version), text],
            whole,
            &instead,
        ))
    }

    /// `raised after 4 months` in a test: in which of them.
    fn after_so_long(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [after, number, unit] = tokens.get(at..at + 3)? else {
            return None;
        };
        let period = period_word(self.slice(*unit))?;
        let fits = after.kind == Token::After
            && number.kind == Token::Number
            && kind(tokens, at.checked_sub(1)?)?.is_name();
        let whole = span(after.start, unit.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let say = format!(
            "say in which of them, counted from the first of the test: `at {period} {}`",
            self.slice(*number)
        );
        let out = vec![
            as_kind(*after, Token::At),
            Tok { ..*unit },
            Tok { ..*number },
        ];
        if !fits {
            return None;
        }
        let named = self.named(unit.start, unit.end, period);
        let [at_word, _, number] = out.as_slice() else {
            return None;
        };
        Some(Rewriting::said(
            (at, at + 3),
            vec![*at_word, named, *number],
            whole,
            &found,
            say,
        ))
    }

    /// `at least watch` and `if grave and yes then` in a row
    fn cell_said(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let begins = self.fresh(tokens, at)
            || matches!(
                kind(tokens, at.checked_sub(1)?)?,
                Token::Comma | Token::OpenBrace
            );
        if !begins {
            return None;
        }
        if matches!(kind(tokens, at)?, Token::If | Token::When) {
            let end = self.line_end(tokens, at);
            let then = (at..end).find(|place| kind(tokens, *place) == Some(Token::Then))?;
            let asked = tokens.get(at + 1..then)?;
            let plain = asked
                .iter()
                .all(|t| !matches!(t.kind, Token::Is | Token::Or | Token::Not));
            let cells: Vec<String> = asked
                .split(|t| matches!(t.kind, Token::And | Token::Comma))
                .filter(|cell| !cell.is_empty())
                .map(|cell| self.words_of(cell))
                .collect();
            let instead = format!("{} then", cells.join(", "));
            return (plain && !cells.is_empty())
                .then(|| self.anew(tokens, (at, then + 1), &instead))
                .flatten();
        }
        let [first, second, value] = tokens.get(at..at + 3)? else {
            return None;
        };
        let sign = match (self.slice(*first), self.slice(*second)) {
            ("at", "least") => ">=",
            ("at", "most") | ("up", "to") => "<=",
            ("more", "than") | ("worse", "than") | ("greater", "than") => ">",
            ("less", "than") | ("fewer", "than") | ("better", "than") => "<",
            _ => return None,
        };
        let fits = (value.kind.is_name() || value.kind == Token::Number)
            && !self.declared.contains(self.slice(*first));
        let instead = format!("{sign} {}", self.slice(*value));
        fits.then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }
}
