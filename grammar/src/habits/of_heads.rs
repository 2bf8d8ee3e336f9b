//! First lines of declarations: a column of a key, scales and categories without braces, units in one line, what a
//! level is decided by, rates without their units, names and quotes left out.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, as_kind, empty, kind, span};
use crate::declarations::on_new_line;
use crate::token::{Tok, Token};

impl Habits<'_> {
    /// `unit deaths, people`: each is declared by itself.
    pub(super) fn several_units(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let (_, begins) = stand.declares?;
        let end = self.line_end(tokens, at);
        let line = tokens.get(begins + 1..end)?;
        let plain = at == begins + 2
            && line
                .iter()
                .all(|t| t.kind.is_name() || matches!(t.kind, Token::Comma | Token::And));
        let last = *line.last().filter(|t| plain && t.kind.is_name())?;
        let comma = *tokens.get(at)?;
        let names: Vec<String> = tokens
            .get(at..end)?
            .iter()
            .filter(|t| t.kind.is_name())
            .map(|t| self.slice(*t).to_owned())
            .collect();
        let meant = names
            .iter()
            .map(|name| format!("unit {name}"))
            .collect::<Vec<_>>();
        let whole = span(comma.start, last.end);
        let mut out = self.tokens_of(&meant.join(" "), whole.start, whole.end)?;
        for word in out.iter_mut().step_by(2) {
            word.kind = Token::DeclareUnit;
        }
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &meant.join(", ")),
            vec![(whole, format!("\n{}", meant.join("\n")))],
        ))
    }

    /// `: category coast, plain, hills`, `: category (coast, plain)`
    pub(super) fn categories_without_braces(
        &mut self,
        tokens: &[Tok],
        at: usize,
    ) -> Option<Rewriting> {
        let colon = kind(tokens, at.checked_sub(1)?)? == Token::Colon;
        let mut from = at + 1;
        let bracket = matches!(kind(tokens, from)?, Token::OpenParen | Token::OpenBracket);
        from += usize::from(bracket || kind(tokens, from)? == Token::Colon);
        let mut end = from;
        let mut commas = 0;
        while let Some(token) = tokens.get(end) {
            let part = token.kind == Token::Text
                || token.kind == Token::Comma
                || (token.kind.is_name()
                    && !token.kind.begins_attribute()
                    && token.kind != Token::From);
            if !part || self.fresh(tokens, end) {
                break;
            }
            commas += usize::from(token.kind == Token::Comma);
            end += 1;
        }
        let inner = tokens.get(from..end)?;
        if !colon || commas == 0 || inner.is_empty() {
            return None;
        }
        let close = end + usize::from(bracket && kind(tokens, end)?.closes());
        let (first, last) = (*tokens.get(at + 1)?, *tokens.get(close - 1)?);
        let whole = span(first.start, last.end);
        let instead = format!("{{ {} }}", self.words_of(inner));
        let mut out = vec![empty(Token::OpenBrace, first.start)];
        out.extend_from_slice(inner);
        out.push(empty(Token::CloseBrace, last.end));
        Some(Rewriting::written(
            (at + 1, close),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `: deaths / people = 2 per 100,000`: of what, and for how many of what.
    pub(super) fn rate_without_units(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let (_, begins) = stand.declares?;
        if !stand.formula || !stand.declares(Token::DeclareParam) {
            return None;
        }
        let per = *tokens.get(at + 1)?;
        let divides = per.kind == Token::Slash || matches!(self.slice(per), "per" | "in" | "for");
        let number = *tokens.get(at + 2).filter(|t| t.kind == Token::Number)?;
        let behind = tokens.get(at + 3);
        let bare = behind.is_none() || self.fresh(tokens, at + 3);
        let colon = (begins..at).find(|place| kind(tokens, *place) == Some(Token::Colon))?;
        let equals = (colon..at).find(|place| kind(tokens, *place) == Some(Token::Equals))?;
        let kinds = tokens.get(colon + 1..equals)?;
        let slash = kinds.iter().position(|t| t.kind == Token::Slash)?;
        let (above, below) = (kinds.get(slash.checked_sub(1)?)?, kinds.last()?);
        if !divides || !bare || !above.kind.is_name() || !below.kind.is_name() {
            return None;
        }
        let instead = format!(
            "{} {} / {} {}",
            self.words_of(tokens.get(at..=at)?),
            self.slice(*above),
            self.words_of(&[number]),
            self.slice(*below)
        );
        self.anew(tokens, (at, at + 3), &instead)
    }

    /// `: deaths / people = 2 deaths / 100_000`
    pub(super) fn rate_without_below(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let (_, begins) = stand.declares?;
        if !stand.formula || !stand.declares(Token::DeclareParam) {
            return None;
        }
        let (above, divides) = (*tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let number = *tokens.get(at + 3).filter(|t| t.kind == Token::Number)?;
        let behind = tokens.get(at + 4);
        let bare = behind.is_none() || self.fresh(tokens, at + 4);
        let slash = divides.kind == Token::Slash || self.slice(divides) == "per";
        let colon = (begins..at).find(|place| kind(tokens, *place) == Some(Token::Colon))?;
        let equals = (colon..at).find(|place| kind(tokens, *place) == Some(Token::Equals))?;
        let [of, sign, .., below] = tokens.get(colon + 1..equals)? else {
            return None;
        };
        let same = self.slice(*of) == self.slice(above) && sign.kind == Token::Slash;
        if !slash || !bare || !same || !below.kind.is_name() {
            return None;
        }
        let instead = format!(
            "{} {} / {} {}",
            self.words_of(tokens.get(at..=at)?),
            self.slice(above),
            self.words_of(&[number]),
            self.slice(*below)
        );
        self.anew(tokens, (at, at + 4), &instead)
    }

    /// `framework "Water stress index" version "1"`: the name comes before the label.
    pub(super) fn name_left_out(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let text = *tokens.get(at).filter(|t| t.kind == Token::Text)?;
        let begins = stand.declares.is_some_and(|(_, first)| first + 1 == at);
        let named = [
            Token::DeclareFramework,
            Token::DeclareFactor,
            Token::DeclareSignal,
            Token::DeclareScore,
            Token::DeclareParam,
            Token::DeclareIndicator,
            Token::DeclareAlert,
        ]
        .iter()
        .any(|kind| stand.declares(*kind));
        let follows = matches!(
            kind(tokens, at + 1)?,
            Token::Version | Token::Colon | Token::Equals | Token::OpenBrace | Token::Extends
        );
        if !begins || !named || !follows {
            return None;
        }
        let label = super::known::bare(self.slice(text)).to_lowercase();
        let mut name = String::new();
        for sign in label.chars() {
            if sign.is_ascii_alphanumeric() {
                name.push(sign);
            } else if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
        }
        let name = name.trim_end_matches('_').to_owned();
        let fits = name.starts_with(|sign: char| sign.is_ascii_lowercase())
            && !self.declared.contains(name.as_str());
        let own = self.named(text.start, text.start, &name);
        let words = self.slice(text).to_owned();
        let instead = format!("{name} {words}");
        fits.then(|| {
            Rewriting::written(
                (at, at),
                vec![own],
                text.span(),
                (&words, &instead),
                vec![(text.span(), instead.clone())],
            )
        })
    }

    /// `cite: Handbook 4.1`, `because: the decree`
    pub(super) fn quoteless(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| {
            matches!(t.kind, Token::Cite | Token::Because)
                || matches!(self.slice(**t), "cite" | "because")
        })?;
        let sign = matches!(kind(tokens, at + 1)?, Token::Colon | Token::Equals);
        let end = self.line_end(tokens, at);
        let rest = tokens
            .get(at + 2..end)
            .filter(|rest| sign && !rest.is_empty())?;
        if rest.iter().any(|t| t.kind == Token::Text) || !self.fresh(tokens, at) {
            return None;
        }
        let (first, last) = (*rest.first()?, *rest.last()?);
        let text = self.written(first.start, last.end).trim().to_owned();
        let whole = span(word.start, last.end);
        let instead = format!("{} \"{text}\"", self.slice(word));
        let label = self.put(Token::Text, first.start, last.end, &format!("\"{text}\""));
        Some(Rewriting::written(
            (at, end),
            vec![word, label],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `panel country "iso3" by month`
    pub(super) fn column_of_key(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let text = *tokens.get(at)?;
        let before = *tokens.get(at.checked_sub(1)?)?;
        // Behind a misspelt word the text has its word.
        let first = stand.declares.is_some_and(|(_, first)| first + 2 == at);
        let key = first || matches!(kind(tokens, at.checked_sub(2)?)?, Token::Comma | Token::By);
        let fits = stand.declares(Token::DeclarePanel)
            && key
            && before.kind.is_name()
            && !matches!(
                before.kind,
                Token::Column | Token::Written | Token::Except | Token::From | Token::Until
            )
            && !self.fresh(tokens, at);
        fits.then(|| {
            let words = self.slice(text).to_owned();
            let instead = format!("column {words}");
            Rewriting::written(
                (at, at),
                vec![self.put(Token::Column, text.start, text.start, "column")],
                text.span(),
                (&words, &instead),
                vec![(text.span(), instead.clone())],
            )
        })
    }

    /// `source "Handbook, 4.1"`, `reference "…"`, `see "…"` behind a declaration: where it is written.
    pub(super) fn cited_otherwise(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let text = *tokens.get(at)?;
        let mut first = at.checked_sub(1)?;
        let colon = kind(tokens, first)? == Token::Colon;
        first = first.checked_sub(usize::from(colon))?;
        let word = *tokens.get(first)?;
        let small = self.slice(word).to_ascii_lowercase();
        let indented = self.written(0, word.start).ends_with([' ', '\t']);
        let is_word = matches!(
            small.as_str(),
            "source" | "reference" | "ref" | "see" | "citation" | "cited" | "cites" | "quote"
        );
        if !is_word {
            return None;
        }
        let alone = at + 1 == self.line_end(tokens, at) && self.fresh(tokens, first);
        let takes = [
            Token::DeclareFramework,
            Token::DeclareParam,
            Token::DeclareScore,
            Token::DeclareSignal,
            Token::DeclareLevel,
            Token::DeclareFactor,
        ];
        if !indented
            || !alone
            || on_new_line(self.text, word, text)
            || !takes.iter().any(|kind| stand.declares(*kind))
        {
            return None;
        }
        let whole = span(word.start, text.start);
        Some(Rewriting::written(
            (first, at),
            vec![as_kind(word, Token::Cite)],
            word.span(),
            (self.slice(word), "cite"),
            vec![(whole, "cite ".to_owned())],
        ))
    }

    /// `scale stress: low < high`, `scale stress = low < high`
    pub(super) fn scale_without_braces(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let (_, begins) = stand.declares?;
        let braced = kind(tokens, at + 1)? == Token::OpenBrace;
        if at > begins + 3 {
            return None;
        }
        if braced {
            return Some(Rewriting::written(
                (at, at + 1),
                Vec::new(),
                sign.span(),
                (self.slice(sign), ""),
                vec![(sign.span(), String::new())],
            ));
        }
        let end = self.line_end(tokens, at);
        let inner = tokens.get(at + 1..end)?;
        let plain = inner.iter().all(|t| {
            t.kind.is_name() || matches!(t.kind, Token::Text | Token::Less | Token::Comma)
        });
        if !plain
            || !inner
                .iter()
                .any(|t| matches!(t.kind, Token::Less | Token::Comma))
        {
            return None;
        }
        let (first, last) = (*inner.first()?, *inner.last()?);
        let whole = span(sign.start, last.end);
        let parts: Vec<String> = inner
            .split(|t| matches!(t.kind, Token::Less | Token::Comma))
            .map(|part| self.words_of(part))
            .collect();
        let instead = format!("{{ {} }}", parts.join(" < "));
        let before = tokens.get(at - 1)?.end;
        let blank = if before == sign.start { " " } else { "" };
        let mut out = vec![as_kind(sign, Token::OpenBrace)];
        out.extend(inner.iter().map(|t| match t.kind {
            Token::Comma => as_kind(*t, Token::Less),
            _ => *t,
        }));
        out.push(empty(Token::CloseBrace, last.end));
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, format!("{blank}{instead}"))],
        ))
        .filter(|_| first.start >= sign.end)
    }

    /// `: number -4..4`, `: number -4 to 4`
    pub(super) fn range_below_zero(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let typed = stand.declares(Token::DeclareIndicator)
            || stand.declares(Token::DeclareParam)
            || stand.declares(Token::DeclareScore);
        let (before, colon) = (
            kind(tokens, at.checked_sub(1)?)?,
            kind(tokens, at.checked_sub(2)?)?,
        );
        if !typed || !before.is_name() || !matches!(colon, Token::Colon | Token::Slash) {
            return None;
        }
        let end = (at + 2..tokens.len().min(at + 6))
            .find(|place| kind(tokens, *place) == Some(Token::Number))?
            + 1;
        let low = *tokens.get(at + 1).filter(|t| t.kind == Token::Number)?;
        let between = *tokens.get(at + 2)?;
        if !matches!(between.kind, Token::DotDot | Token::To | Token::Minus) {
            return None;
        }
        let high = self.words_of(tokens.get(at + 3..end)?);
        let instead = format!("in -{}..{high}", self.words_of(&[low]));
        self.anew(tokens, (at, end), &instead)
    }

    /// `: stress of index {`, `: stress by index`, `: stress based on index`
    pub(super) fn what_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let scale = kind(tokens, at.checked_sub(1)?)?.is_name()
            && kind(tokens, at.checked_sub(2)?)? == Token::Colon;
        let small = self.slice(word).to_ascii_lowercase();
        let two = matches!(
            small.as_str(),
            "based" | "derived" | "computed" | "calculated"
        ) && tokens
            .get(at + 1)
            .is_some_and(|t| matches!(self.slice(*t), "on" | "from" | "by"));
        let one = matches!(word.kind, Token::Of | Token::By | Token::On | Token::Equals)
            || matches!(small.as_str(), "using" | "with" | "through" | "via");
        let of = at + 1 + usize::from(two);
        let name = *tokens.get(of).filter(|t| t.kind.is_name())?;
        let behind = kind(tokens, of + 1)? == Token::OpenBrace;
        if !scale || !(one || two) || !behind {
            return None;
        }
        let last = *tokens.get(of - 1)?;
        let whole = span(word.start, last.end);
        Some(Rewriting::written(
            (at, of),
            vec![Tok {
                kind: Token::From,
                start: whole.start,
                end: whole.end,
            }],
            whole,
            (self.written(whole.start, whole.end), "from"),
            vec![(whole, "from".to_owned())],
        ))
        .filter(|_| name.start >= whole.end)
    }
}
