//! Forms that other languages and other habits give to what stands here: `gen x = …`, `let my step = …`,
//! `units a, b`, `enum { … }`, `{ 0..8 => 0..1 }`, `fn f(a, b)`, `x NOT NULL`, `2 of (a, b)`, `rank(x, ascending)`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::problem::{ProblemKind, WhyNoName};
use crate::token::{Tok, Token, declaration_word};

impl Habits<'_> {
    pub(super) fn in_forms(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) {
            return None;
        }
        let begins = stand.declares.is_some_and(|(_, first)| first + 1 == at);
        self.made_elsewhere(tokens, at)
            .or_else(|| self.units_in_one_line(tokens, at))
            .or_else(|| {
                (begins && stand.is_free())
                    .then(|| self.name_of_two(tokens, at, stand))
                    .flatten()
            })
            .or_else(|| self.in_heads(tokens, at, stand))
            .or_else(|| self.in_braces(tokens, at, stand))
            .or_else(|| self.in_conditions(tokens, at, stand))
    }

    /// Between a declaration's word and its formula.
    fn in_heads(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        match self.slice(token) {
            "since" if stand.is_free() && stand.declares(Token::DeclareParam) => {
                self.since_a_period(tokens, at)
            }
            "from" if stand.is_free() && stand.declares(Token::DeclareLevel) => {
                self.score_before_scale(tokens, at)
            }
            "from" if stand.is_free() && stand.declares(Token::DeclareIndicator) => {
                self.source_before_kind(tokens, at)
            }
            "enum" | "enumeration" | "options" | "choice" | "choices" | "nominal" | "oneof"
            | "one_of" | "categorical" | "list" | "set"
                if stand.is_free()
                    && kind(tokens, at.checked_sub(1)?)? == Token::Colon
                    && kind(tokens, at + 1)? == Token::OpenBrace =>
            {
                self.anew(tokens, (at, at + 1), "category")
            }
            "verified"
                if stand.is_free()
                    && !stand.formula
                    && kind(tokens, at + 1)? == Token::Column
                    && kind(tokens, at + 2)? == Token::Text =>
            {
                self.anew(tokens, (at, at + 1), "verification")
            }
            "unless" if self.stands(tokens, at.checked_sub(1)?, "applies") => {
                self.applies_unless(tokens, at)
            }
            "version"
                if kind(tokens, at + 1)? == Token::Text
                    && self.stands(tokens, at.checked_sub(2)?, "extends") =>
            {
                let version = *tokens.get(at + 1)?;
                let words = self.slice(version).to_owned();
                self.anew(tokens, (at, at + 2), &words)
            }
            "from" | "by" | "with" | "as" if self.is_overridden(tokens, at) => {
                self.anew(tokens, (at, at + 1), "=")
            }
            "(" if stand.declares(Token::DeclareFn) && !stand.formula => {
                self.parameters_without_kind(tokens, at)
            }
            "{" if stand.declares(Token::DeclareFn) && stand.is_free() => {
                self.body_in_braces(tokens, at)
            }
            _ => None,
        }
    }

    /// Within the braces of a declaration, or of `piecewise`.
    fn in_braces(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        match self.slice(token) {
            ":" if stand.within() == Some(Within::Level)
                && matches!(
                    kind(tokens, at + 1)?,
                    Token::When | Token::Otherwise | Token::In
                ) =>
            {
                Some(Rewriting::written(
                    (at, at + 1),
                    Vec::new(),
                    token.span(),
                    (":", ""),
                    vec![(token.span(), String::new())],
                ))
            }
            "=>" | "->" | ":" if self.is_between_pieces(tokens, at) => {
                self.anew(tokens, (at, at + 1), "to")
            }
            "*" | "=" | ":" | "x" | "×"
                if stand.declares(Token::DeclareGroup)
                    && !stand.is_free()
                    && kind(tokens, at.checked_sub(1)?)?.is_name()
                    && kind(tokens, at + 1)? == Token::Number =>
            {
                // A sign may touch the name.
                let before = *tokens.get(at.checked_sub(1)?)?;
                let found = self.slice(token).to_owned();
                let written = match before.end == token.start {
                    true => " weight",
                    false => "weight",
                };
                Some(Rewriting::written(
                    (at, at + 1),
                    vec![as_kind(token, Token::Weight)],
                    token.span(),
                    (&found, "weight"),
                    vec![(token.span(), written.to_owned())],
                ))
            }
            _ => None,
        }
    }

    /// Within a formula or a condition.
    fn in_conditions(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        if !stand.formula || stand.within() == Some(Within::Test) {
            return None;
        }
        let token = *tokens.get(at)?;
        let before = at.checked_sub(1).and_then(|before| kind(tokens, before));
        let small = self.slice(token).to_ascii_lowercase();
        match small.as_str() {
            // `x NOT NULL`
            "not"
                if before.is_some_and(Token::ends_operand)
                    && tokens.get(at + 1).is_some_and(|next| {
                        let word = self.slice(*next).to_ascii_lowercase();
                        matches!(word.as_str(), "null" | "na" | "missing" | "empty" | "blank")
                            && !self.declared.contains(self.slice(*next))
                    }) =>
            {
                self.anew(tokens, (at, at + 2), "is known")
            }
            "asc" | "ascending" | "desc" | "descending" => self.order_of_rank(tokens, at, &small),
            "unverified" if kind(tokens, at + 1)? == Token::Colon && before? == Token::Comma => {
                self.anew(tokens, (at, at + 1), "unverified as")
            }
            "(" => self.distance_from_mean(tokens, at),
            _ if token.kind == Token::Number => self.so_many_of(tokens, at, before),
            _ if kind(tokens, at + 1) == Some(Token::OpenParen)
                && super::table::counts_if(self.slice(token)) =>
            {
                self.count_of_truths(tokens, at)
            }
            _ if token.kind.is_name() && kind(tokens, at + 1) == Some(Token::Equals) => {
                self.periods_by_name(tokens, at)
            }
            _ => None,
        }
    }

    fn stands(&self, tokens: &[Tok], at: usize, word: &str) -> bool {
        tokens.get(at).is_some_and(|t| self.slice(*t) == word)
    }

    /// `gen thin "Thin" = reserves < 3`, `egen`, `compute`, `var`, `const`: each value is declared as what it is.
    fn made_elsewhere(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let makes = matches!(
            self.slice(word),
            "gen"
                | "generate"
                | "egen"
                | "compute"
                | "define"
                | "var"
                | "const"
                | "calculate"
                | "set"
        );
        let outermost = !self.written(0, word.start).ends_with([' ', '\t']);
        if !makes || !outermost || !self.fresh(tokens, at) {
            return None;
        }
        kind(tokens, at + 1).filter(|kind| kind.is_name())?;
        let labelled = kind(tokens, at + 2)? == Token::Text;
        let sign = at + 2 + usize::from(labelled);
        if kind(tokens, sign)? != Token::Equals || self.fresh(tokens, at + 1) {
            return None;
        }
        let end = self.line_end(tokens, at);
        let formula = tokens.get(sign + 1..end)?;
        let constant = formula.iter().all(|t| {
            let word = self.slice(*t);
            t.kind == Token::Number
                || self.known.units.contains(word)
                || super::of_declarations::period_word(word).is_some()
        });
        let asks = formula.iter().any(|t| {
            use Token as T;
            matches!(
                t.kind,
                T::Less
                    | T::LessOrEqual
                    | T::Greater
                    | T::GreaterOrEqual
                    | T::Is
                    | T::And
                    | T::Or
                    | T::Not
            )
        }) && !formula.iter().any(|t| t.kind == Token::If);
        let declared = match (constant, asks, labelled) {
            (true, _, _) => "param",
            (false, true, _) => "signal",
            (false, false, true) => "score",
            (false, false, false) => "let",
        };
        let mut change = self.anew(tokens, (at, at + 1), declared)?;
        for token in &mut change.tokens {
            token.kind = declaration_word(declared)?;
        }
        Some(change)
    }

    /// `units people, crowns`: each has a line of its own.
    fn units_in_one_line(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| self.slice(**t) == "units")?;
        let outermost = !self.written(0, word.start).ends_with([' ', '\t']);
        if !outermost || !self.fresh(tokens, at) {
            return None;
        }
        let end = self.line_end(tokens, at);
        let names = tokens.get(at + 1..end).filter(|names| !names.is_empty())?;
        let fits = names
            .iter()
            .all(|t| t.kind.is_name() || matches!(t.kind, Token::Comma | Token::Text));
        if !fits {
            return None;
        }
        let lines: Vec<String> = names
            .split(|t| t.kind == Token::Comma)
            .filter(|one| one.first().is_some_and(|t| t.kind.is_name()))
            .map(|one| format!("unit {}", self.words_of(one)))
            .collect();
        let last = *names.last()?;
        let whole = span(word.start, last.end);
        let mut out = Vec::with_capacity(names.len() + 1);
        // Each name is declared where it stands.
        let mut before = word;
        for (index, one) in names.iter().enumerate() {
            let begins = index == 0 || names.get(index - 1).is_some_and(|t| t.kind == Token::Comma);
            if one.kind == Token::Comma {
                before = *one;
                continue;
            }
            if begins {
                out.push(self.put(Token::DeclareUnit, before.start, before.end, "unit"));
            }
            out.push(*one);
        }
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (&found, &lines.join(" ")),
            vec![(whole, lines.join("\n"))],
        ))
    }

    /// `let my step = …`: names have no blanks.
    fn name_of_two(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let binds = [
            Token::DeclareLet,
            Token::DeclareScore,
            Token::DeclareSignal,
            Token::DeclareParam,
        ];
        if !binds.iter().any(|word| stand.declares(*word)) {
            return None;
        }
        let words: Vec<Tok> = tokens
            .get(at..tokens.len().min(at + 5))?
            .iter()
            .take_while(|t| t.kind.is_name() || t.kind.is_reserved())
            .copied()
            .collect();
        let behind = kind(tokens, at + words.len())?;
        let first = *words.first()?;
        let last = *words.last()?;
        // `param d deaths = 3` lacks the colon before its unit.
        let is_type = stand.declares(Token::DeclareParam)
            && words.len() == 2
            && (self.declared.contains(self.slice(last))
                || matches!(self.slice(last), "number" | "percent" | "truth"));
        // `let level x : scale` declares a level.
        if is_type
            || words.len() < 2
            || behind != Token::Equals
            || matches!(self.slice(first), "level" | "table")
            || (1..words.len()).any(|next| self.fresh(tokens, at + next))
        {
            return None;
        }
        let parts: Vec<&str> = words.iter().map(|t| self.slice(*t)).collect();
        let instead = parts.join("_");
        let whole = span(first.start, last.end);
        let named = self.named(whole.start, whole.end, &instead);
        let told = ProblemKind::NotAName {
            found: parts.join(" "),
            meant: instead.clone(),
            why: WhyNoName::Blank,
            edits: vec![(whole, instead)],
        };
        Some(Rewriting {
            from: at,
            to: at + words.len(),
            tokens: vec![named],
            span: whole,
            told: Some(told),
        })
    }

    /// `= 30% since 2030`
    fn since_a_period(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        let period = matches!(kind(tokens, at + 1)?, Token::Number | Token::Text);
        (before.ends_operand() && period)
            .then(|| self.anew(tokens, (at, at + 1), "from"))
            .flatten()
    }

    /// `level x "X" from score : scale {`: the scale stands first.
    fn score_before_scale(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = (at..tokens.len().min(at + 60))
            .find(|place| kind(tokens, *place) == Some(Token::OpenBrace))?;
        let (colon, scale) = (open.checked_sub(2)?, open.checked_sub(1)?);
        if colon <= at + 1
            || kind(tokens, colon)? != Token::Colon
            || !kind(tokens, scale)?.is_name()
        {
            return None;
        }
        // A scale that was named before is no second one.
        let head =
            (at.saturating_sub(4)..at).any(|place| kind(tokens, place) == Some(Token::Colon));
        if head {
            return None;
        }
        let words = self.words_of(tokens.get(at..colon)?);
        let scale = self.slice(*tokens.get(scale)?).to_owned();
        self.anew(tokens, (at, open), &format!(": {scale} {words}"))
    }

    /// `indicator x : from census people in 1..`: the kind stands first.
    fn source_before_kind(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if kind(tokens, at.checked_sub(1)?)? != Token::Colon || !kind(tokens, at + 1)?.is_name() {
            return None;
        }
        let line = self.line_end(tokens, at);
        let end = (at + 2..line)
            .find(|place| kind(tokens, *place).is_some_and(Token::begins_attribute))
            .unwrap_or(line);
        let typed = tokens.get(at + 2..end).filter(|typed| !typed.is_empty())?;
        let typed = self.words_of(typed);
        let source = self.slice(*tokens.get(at + 1)?).to_owned();
        self.anew(tokens, (at, end), &format!("{typed} from {source}"))
    }

    /// `applies unless landlocked`
    fn applies_unless(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at + 1)?;
        if !name.kind.is_name() || self.slice(name) == "written" {
            return None;
        }
        let next = tokens.get(at + 2);
        let alone = next.is_none_or(|next| {
            next.kind.begins_attribute()
                || next.kind == Token::CloseBrace
                || self.fresh(tokens, at + 2)
        });
        let end = if alone {
            at + 2
        } else {
            self.line_end(tokens, at)
        };
        let condition = self.words_of(tokens.get(at + 1..end)?);
        let instead = if alone {
            format!("when not {condition}")
        } else {
            format!("when not ({condition})")
        };
        self.anew(tokens, (at, end), &instead)
    }

    /// `override source fled from registers`
    fn is_overridden(&self, tokens: &[Tok], at: usize) -> bool {
        let Some(first) = at.checked_sub(3) else {
            return false;
        };
        let what = tokens.get(first + 1).map_or("", |t| self.slice(*t));
        self.stands(tokens, first, "override")
            && matches!(what, "source" | "param" | "column" | "classification")
            && kind(tokens, first + 2).is_some_and(Token::is_name)
            && tokens
                .get(at + 1)
                .is_some_and(|t| t.kind.is_name() || matches!(t.kind, Token::Number | Token::Text))
    }

    /// `fn ratio(a, b) = a / b`: each is said what it is.
    fn parameters_without_kind(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let named = kind(tokens, at.checked_sub(1)?)?.is_name();
        let declares = self.stands(tokens, at.checked_sub(2)?, "fn");
        if !named || !declares {
            return None;
        }
        let end = self.closed(tokens, at)?;
        let parts = self.parts(tokens, at, end - 1);
        let names: Vec<String> = parts
            .iter()
            .filter(|(from, to)| from + 1 == *to && kind(tokens, *from).is_some_and(Token::is_name))
            .filter_map(|(from, _)| tokens.get(*from).map(|t| self.slice(*t).to_owned()))
            .collect();
        if names.is_empty() || names.len() != parts.len() {
            return None;
        }
        let body = tokens.get(end..self.line_end(tokens, at))?;
        let adds = body.iter().any(|t| {
            use Token as T;
            matches!(
                t.kind,
                T::Plus
                    | T::Minus
                    | T::Less
                    | T::LessOrEqual
                    | T::Greater
                    | T::GreaterOrEqual
                    | T::Comma
            )
        });
        // Beside a plain number stand plain numbers: `x / (1 + x)`.
        let sums = |t: &Tok| {
            use Token as T;
            matches!(
                t.kind,
                T::Plus | T::Minus | T::Less | T::LessOrEqual | T::Greater | T::GreaterOrEqual
            )
        };
        let plain = body.windows(2).any(|pair| match pair {
            [one, other] => {
                one.kind == Token::Number && sums(other) || sums(one) && other.kind == Token::Number
            }
            _ => false,
        });
        // What is added has one unit, what is divided may have two.
        let letters = ["u", "v", "w", "y", "z"];
        let free: Vec<&str> = letters
            .into_iter()
            .filter(|letter| !self.declared.contains(letter))
            .collect();
        let (open, close) = (*tokens.get(at)?, *tokens.get(end - 1)?);
        let mut typed = Vec::with_capacity(names.len());
        let mut out = vec![open];
        for (index, (from, _)) in parts.iter().enumerate() {
            let (name, letter) = (
                *tokens.get(*from)?,
                *free.get(if adds { 0 } else { index })?,
            );
            if plain {
                typed.push(format!("{}: number", names.get(index)?));
            } else {
                typed.push(format!("{}: number[{letter}]", names.get(index)?));
            }
            if index > 0 {
                out.push(*tokens.get(from - 1)?);
            }
            out.push(name);
            out.push(empty(Token::Colon, name.end));
            let number = self.named(name.end, name.end, "number");
            if plain {
                out.push(as_kind(number, Token::NumberWord));
                continue;
            }
            out.push(number);
            out.push(empty(Token::OpenBracket, name.end));
            out.push(self.named(name.end + 1, name.end + 1, letter));
            out.push(empty(Token::CloseBracket, name.end + 1));
        }
        out.push(close);
        let instead = format!("({})", typed.join(", "));
        let whole = span(open.start, close.end);
        Some(self.told_as((at, end), out, whole, &instead))
    }

    /// `fn f(x: number) { return x / 2 }`
    fn body_in_braces(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let end = self.closed(tokens, at)?;
        let from = at + 1 + usize::from(self.stands(tokens, at + 1, "return"));
        let to = (end - 1) - usize::from(kind(tokens, end - 2) == Some(Token::Semicolon));
        let body = tokens.get(from..to).filter(|body| !body.is_empty())?;
        let body = self.words_of(body);
        self.anew(tokens, (at, end), &format!("= {body}"))
    }

    /// Between two ranges of `piecewise x { 0..8 => 0..1 }`.
    fn is_between_pieces(&self, tokens: &[Tok], at: usize) -> bool {
        let open = (at.saturating_sub(80)..at).rev().find(|place| {
            matches!(
                kind(tokens, *place),
                Some(Token::OpenBrace | Token::CloseBrace)
            )
        });
        let of_pieces = open
            .filter(|open| kind(tokens, *open) == Some(Token::OpenBrace))
            .is_some_and(|open| {
                (open.saturating_sub(12)..open)
                    .rev()
                    .take_while(|place| !matches!(kind(tokens, *place), Some(Token::CloseBrace)))
                    .any(|place| self.stands(tokens, place, "piecewise"))
            });
        let number = |place: Option<usize>| {
            place
                .and_then(|place| kind(tokens, place))
                .is_some_and(|kind| kind.is_name() || matches!(kind, Token::Number | Token::Minus))
        };
        of_pieces && number(at.checked_sub(1)) && number(Some(at + 1))
    }

    /// `rank(x, ascending)`
    fn order_of_rank(&mut self, tokens: &[Tok], at: usize, word: &str) -> Option<Rewriting> {
        let alone = kind(tokens, at.checked_sub(1)?)? == Token::Comma
            && matches!(kind(tokens, at + 1)?, Token::Comma | Token::CloseParen);
        let function = self.called_around(tokens, at)?;
        if !alone || !matches!(function, "rank" | "top") || self.declared.contains(word) {
            return None;
        }
        let first = match word {
            "asc" | "ascending" => "first: lowest",
            _ => "first: highest",
        };
        let sign = *tokens.get(at)?;
        // A word of four letters has too few places for three of their own.
        let out = vec![
            self.put(Token::Ident, sign.start, sign.start + 1, "first"),
            self.put(Token::Colon, sign.start + 1, sign.start + 2, ":"),
            self.put(
                Token::Ident,
                sign.start + 2,
                sign.end,
                first.trim_start_matches("first: "),
            ),
        ];
        let found = self.slice(sign).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            out,
            sign.span(),
            (&found, first),
            vec![(sign.span(), first.to_owned())],
        ))
    }

    /// The function in whose brackets a place lies.
    pub(super) fn called_around(&self, tokens: &[Tok], at: usize) -> Option<&str> {
        let mut depth = 0_usize;
        for place in (at.saturating_sub(200)..at).rev() {
            let token = tokens.get(place)?;
            if token.kind.closes() {
                depth += 1;
            } else if token.kind.opens() {
                if depth == 0 {
                    let name = *tokens.get(place.checked_sub(1)?)?;
                    let called = token.kind == Token::OpenParen && name.kind.is_name();
                    return called.then(|| self.slice(name));
                }
                depth -= 1;
            }
        }
        None
    }

    /// `2 of (a, b, c)`, `at least 2 of 3 (a, b, c)`
    fn so_many_of(
        &mut self,
        tokens: &[Tok],
        at: usize,
        before: Option<Token>,
    ) -> Option<Rewriting> {
        if kind(tokens, at + 1)? != Token::Of {
            return None;
        }
        let number = self.slice(*tokens.get(at)?).to_owned();
        match kind(tokens, at + 2)? {
            Token::Number if kind(tokens, at + 3)? == Token::OpenParen => {
                let asked = matches!(before, Some(Token::Least));
                let instead = if asked {
                    format!("{number} of")
                } else {
                    format!("at least {number} of")
                };
                self.anew(tokens, (at, at + 3), &instead)
            }
            Token::OpenParen
                if !matches!(before, Some(Token::Least | Token::Most))
                    && !before.is_some_and(Token::ends_operand) =>
            {
                self.anew(tokens, (at, at + 2), &format!("at least {number} of"))
            }
            _ => None,
        }
    }

    /// `COUNTIF(a, b, c; TRUE)`
    fn count_of_truths(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let end = self.closed(tokens, at + 1)?;
        let parts = self.parts(tokens, at + 1, end - 1);
        let (asked, counted) = parts.split_last()?;
        let asked = tokens.get(asked.0..asked.1)?;
        let [asked] = asked else { return None };
        let yes = self
            .slice(*asked)
            .trim_matches(['"', '\''])
            .to_ascii_lowercase();
        let names: Option<Vec<&str>> = counted
            .iter()
            .map(|(from, to)| {
                let name = tokens.get(*from).filter(|_| from + 1 == *to)?;
                let own = self.slice(*name);
                self.known.yes.contains(own).then_some(own)
            })
            .collect();
        let names = names.filter(|names| names.len() > 1)?;
        if !matches!(yes.as_str(), "true" | "yes" | "1" | "=true" | "=1") {
            return None;
        }
        let instead = format!("count({})", names.join(", "));
        self.anew(tokens, (at, end), &instead)
    }

    /// `change(x, k = 2)`, `mean(x, n=12)`, `lag(x, periods=1)`: the name that other packages give to a length.
    fn periods_by_name(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let length = matches!(
            self.slice(*tokens.get(at)?),
            "k" | "n" | "lag" | "lags" | "periods" | "window" | "width" | "order" | "size"
        );
        let behind = kind(tokens, at.checked_sub(1)?)? == Token::Comma;
        let number = *tokens.get(at + 2).filter(|t| t.kind == Token::Number)?;
        let alone = matches!(kind(tokens, at + 3)?, Token::Comma | Token::CloseParen);
        if !length || !behind || !alone {
            return None;
        }
        let (name, word) = match self.called_around(tokens, at)? {
            "change" | "growth" | "sum" | "mean" | "min" | "max" | "median" | "stddev"
            | "trend" | "baseline" => ("over: ", Some((Token::Over, "over"))),
            "sustained" => ("for: ", Some((Token::For, "for"))),
            "lag" => ("", None),
            _ => return None,
        };
        let period = self.period(tokens)?;
        let amount = self.slice(number).to_owned();
        let plural = if amount == "1" { "" } else { "s" };
        let counted = format!("{period}{plural}");
        let instead = format!("{name}{amount} {counted}");
        let (first, sign) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let whole = span(first.start, number.end);
        let mut out = Vec::with_capacity(4);
        if let Some((kind, word)) = word {
            out.push(self.put(kind, first.start, first.end, word));
            out.push(as_kind(sign, Token::Colon));
        }
        out.push(number);
        out.push(self.named(number.end, number.end, &counted));
        Some(self.told_as((at, at + 3), out, whole, &instead))
    }

    /// `(x - AVERAGE(x)) / STDEV(x)`: the distance from the peers' mean in their deviations.
    fn distance_from_mean(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let kinds: Vec<Token> = tokens.get(at..at + 13)?.iter().map(|t| t.kind).collect();
        use Token as T;
        let shape = matches!(
            kinds.as_slice(),
            [
                T::OpenParen,
                _,
                T::Minus,
                _,
                T::OpenParen,
                _,
                T::CloseParen,
                T::CloseParen,
                T::Slash,
                _,
                T::OpenParen,
                _,
                T::CloseParen
            ]
        );
        if !shape {
            return None;
        }
        let word = |place: usize| tokens.get(at + place).map_or("", |t| self.slice(*t));
        let (mean, spread) = (word(3).to_ascii_lowercase(), word(9).to_ascii_lowercase());
        let x = word(1);
        let same = self.declared.contains(x) && x == word(5) && x == word(11);
        let measures = matches!(mean.as_str(), "average" | "mean" | "avg")
            && matches!(spread.as_str(), "stdev" | "stddev" | "sd" | "std");
        let instead = format!("zscore({x})");
        (same && measures)
            .then(|| self.anew(tokens, (at, at + 13), &instead))
            .flatten()
    }
}
