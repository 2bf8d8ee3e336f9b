//! Statistics packages: `x <- …`, `gen x = …`, `df["x"]`, `L12.x`, `x.shift(12)`, `np.log(x)`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, as_kind, empty, kind, span};
use super::table::{Meaning, function};
use crate::problem::{Hint, ProblemKind};
use crate::token::{Tok, Token, declaration_word};

/// Names under which packages of functions are brought in.
const PACKAGES: [&str; 11] = [
    "np",
    "numpy",
    "pd",
    "pandas",
    "scipy",
    "stats",
    "math",
    "dplyr",
    "Math",
    "WorksheetFunction",
    "pl",
];

/// Words that begin a step elsewhere.
const STEPS: [&str; 10] = [
    "gen", "generate", "egen", "var", "const", "def", "define", "compute", "mutate", "set",
];

/// What is written for a method of a column, of which the number of periods is the argument.
const METHODS: [(&str, &str); 6] = [
    ("shift", "lag"),
    ("lag", "lag"),
    ("diff", "change"),
    ("pct_change", "growth"),
    ("ffill", ""),
    ("rolling", ""),
];

impl Habits<'_> {
    pub(super) fn in_statistics(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if token.kind != Token::Ident {
            return None;
        }
        if self.fresh(tokens, at) && !self.is_indented(token) {
            return self
                .assigned(tokens, at)
                .or_else(|| self.without_its_kind(tokens, at, stand));
        }
        if !stand.formula {
            return None;
        }
        match kind(tokens, at + 1)? {
            Token::OpenBracket | Token::Currency => self.column_of(tokens, at),
            Token::Dot => self
                .attribute(tokens, at)
                .or_else(|| self.operator(tokens, at))
                .or_else(|| self.packaged(tokens, at))
                .or_else(|| self.method(tokens, at)),
            Token::Colon => self.of_package(tokens, at),
            Token::OpenParen => self.partitioned(tokens, at),
            _ => None,
        }
    }

    /// `dplyr::lag(x, 12)`: functions have no packages.
    fn of_package(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let package = *tokens.get(at)?;
        let (one, other, function_name) = (
            *tokens.get(at + 1)?,
            *tokens.get(at + 2)?,
            *tokens.get(at + 3)?,
        );
        let fits = other.kind == Token::Colon
            && one.end == other.start
            && package.end == one.start
            && function_name.kind.is_name()
            && kind(tokens, at + 4)? == Token::OpenParen;
        if !fits {
            return None;
        }
        let end = self.closed(tokens, at + 4)?;
        let parts = self.parts(tokens, at + 4, end - 1);
        let name = self.slice(function_name).to_ascii_lowercase();
        // How far back it looks has its unit.
        if let ("lag" | "lead" | "shift", [value, back]) = (name.as_str(), parts.as_slice())
            && let Some([number]) = tokens.get(back.0..back.1)
            && number.kind == Token::Number
            && let Some(period) = self.period(tokens).filter(|_| name != "lead")
        {
            let value = self.words_of(tokens.get(value.0..value.1)?);
            let number = self.words_of(&[*number]);
            let plural = if number == "1" { "" } else { "s" };
            return self.anew(
                tokens,
                (at, end),
                &format!("lag({value}, {number} {period}{plural})"),
            );
        }
        let whole = span(package.start, other.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, at + 3),
            Vec::new(),
            whole,
            (&found, ""),
            vec![(whole, String::new())],
        ))
    }

    fn is_indented(&self, token: Tok) -> bool {
        self.written(0, token.start).ends_with([' ', '\t'])
    }

    /// `x <- a / b`, `x = a / b`, `gen x = a / b` in a line of its own.
    fn assigned(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let first = *tokens.get(at)?;
        let word = self.slice(first);
        if declaration_word(word).is_some() {
            return None;
        }
        if STEPS.contains(&word) && kind(tokens, at + 1)? == Token::Ident {
            let name = *tokens.get(at + 1)?;
            if self.fresh(tokens, at + 1) || kind(tokens, at + 2)? != Token::Equals {
                return None;
            }
            let found = word.to_owned();
            return Some(Rewriting::written(
                (at, at + 1),
                vec![as_kind(first, Token::DeclareLet)],
                first.span(),
                (&found, "let"),
                vec![(first.span(), "let".to_owned())],
            ))
            .filter(|_| name.start > first.end);
        }
        let before = at.checked_sub(1).and_then(|b| kind(tokens, b));
        if !before.is_none_or(|before| before.ends_operand() || before == Token::CloseBrace) {
            return None;
        }
        let sign = *tokens.get(at + 1)?;
        let declares = empty(Token::DeclareLet, first.start);
        let beginning = span(first.start, first.start);
        if sign.kind == Token::Equals {
            let whole = span(first.start, sign.end);
            let instead = format!("let {word} =");
            return Some(Rewriting::written(
                (at, at + 1),
                vec![declares, first],
                whole,
                (self.written(whole.start, whole.end), &instead),
                vec![(beginning, "let ".to_owned())],
            ));
        }
        let dash = *tokens.get(at + 2)?;
        let arrow = sign.kind == Token::Less && dash.kind == Token::Minus && sign.end == dash.start;
        arrow.then(|| {
            let whole = span(first.start, dash.end);
            let instead = format!("let {word} =");
            let signs = span(sign.start, dash.end);
            Rewriting::written(
                (at, at + 3),
                vec![
                    declares,
                    first,
                    Tok {
                        kind: Token::Equals,
                        start: sign.start,
                        end: dash.end,
                    },
                ],
                whole,
                (self.written(whole.start, whole.end), &instead),
                vec![(beginning, "let ".to_owned()), (signs, "=".to_owned())],
            )
        })
    }

    /// `basket "Basket" : kilograms = a + b`: what is declared is said first.
    fn without_its_kind(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let own = self.slice(name);
        if declaration_word(own).is_some()
            || !stand.is_free()
            || kind(tokens, at + 1)? != Token::Text
            || self.fresh(tokens, at + 1)
        {
            return None;
        }
        let sign = kind(tokens, at + 2)?;
        // Its formula may begin on the next line.
        let limit = self.line_end(tokens, self.line_end(tokens, at).min(tokens.len() - 1));
        let declares = |place: &usize| {
            tokens.get(*place).is_some_and(|t| {
                self.fresh(tokens, *place) && declaration_word(self.slice(*t)).is_some()
            })
        };
        let limit = (at + 1..limit).find(declares).unwrap_or(limit);
        let equals = (at + 2..limit).find(|place| kind(tokens, *place) == Some(Token::Equals));
        let asks = tokens.get(equals?..limit)?.iter().any(|t| {
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
        }) && !tokens
            .get(equals?..limit)?
            .iter()
            .any(|t| t.kind == Token::If);
        let (word, declares) = match sign {
            Token::Colon => ("score", Token::DeclareScore),
            Token::Equals if asks => ("signal", Token::DeclareSignal),
            Token::Equals => ("score", Token::DeclareScore),
            _ => return None,
        };
        let told = ProblemKind::Unexpected {
            found: format!("`{}`", crate::literal::quoted(own)),
            expected: vec![format!("`{word}`, which says what is declared")],
            missing_separator: Some((format!("{word} "), vec![name.start])),
            hint: Hint::None,
        };
        Some(Rewriting {
            from: at,
            to: at,
            tokens: vec![empty(declares, name.start)],
            span: name.span(),
            told: Some(told),
        })
    }

    /// `df["price"]`, `data$price`
    fn column_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let table = *tokens.get(at)?;
        if self.declared.contains(self.slice(table)) {
            return None;
        }
        let (inner, end) = if kind(tokens, at + 1)? == Token::Currency {
            (*tokens.get(at + 2)?, at + 3)
        } else {
            let close = kind(tokens, at + 3)?;
            (close == Token::CloseBracket).then_some((*tokens.get(at + 2)?, at + 4))?
        };
        let name = self.slice(inner).trim_matches('"').to_owned();
        let fits = matches!(inner.kind, Token::Text | Token::Ident);
        if !fits || !self.is_named(tokens, &name) {
            return None;
        }
        let last = *tokens.get(end - 1)?;
        let whole = span(table.start, last.end);
        let column = self.named(whole.start, whole.end, &name);
        // `df["price"].rolling(3).sum()`
        if kind(tokens, end) == Some(Token::Dot) {
            let mut alone = vec![column];
            alone.extend_from_slice(tokens.get(end..(end + 20).min(tokens.len()))?);
            if let Some(change) = self.method_of(tokens, &alone, 0, &name) {
                return Some(Rewriting {
                    from: at,
                    to: end + change.to - 1,
                    ..change
                });
            }
        }
        Some(Rewriting::written(
            (at, end),
            vec![column],
            whole,
            (self.written(whole.start, whole.end), &name),
            vec![(whole, name.clone())],
        ))
    }

    /// Does the file speak of this name?
    pub(super) fn is_named(&self, tokens: &[Tok], name: &str) -> bool {
        self.declared.contains(name)
            || tokens
                .iter()
                .any(|t| t.kind == Token::Ident && self.slice(*t) == name)
    }

    /// `df.price`
    fn attribute(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (table, name) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let word = self.slice(table);
        let is_table = matches!(word, "df" | "data" | "dat" | "dt" | "tbl" | "row" | "self");
        let own = self.slice(name).to_owned();
        let called = matches!(kind(tokens, at + 3), Some(Token::OpenParen | Token::Dot));
        if !is_table || self.declared.contains(word) || called || !self.declared.contains(&*own) {
            return None;
        }
        let whole = span(table.start, name.end);
        let column = self.named(whole.start, whole.end, &own);
        Some(Rewriting::written(
            (at, at + 3),
            vec![column],
            whole,
            (self.written(whole.start, whole.end), &own),
            vec![(whole, own.clone())],
        ))
    }

    /// `L12.price`, `D.price`: operators along time.
    fn operator(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let operator = *tokens.get(at)?;
        let (dot, name) = (*tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let word = self.slice(operator);
        if self.declared.contains(word)
            || !self.declared.contains(self.slice(name))
            || name.kind != Token::Ident
            || dot.end != name.start
        {
            return None;
        }
        let (letter, periods) = word.split_at_checked(1)?;
        let periods = if periods.is_empty() { "1" } else { periods };
        if !periods.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let of = self.slice(name);
        let duration = self.duration(tokens, periods)?;
        let (here, named) = match letter {
            "L" | "l" => ("lag", ""),
            "D" | "d" | "S" | "s" => ("change", "over: "),
            _ => return None,
        };
        let instead = format!("{here}({of}, {named}{duration})");
        let (from, to) = (operator.start, name.end);
        self.call(
            (at, at + 3),
            (from, to),
            here,
            vec![name],
            (periods.to_owned(), !named.is_empty()),
            instead,
            tokens,
        )
    }

    /// `12` as a duration in the panel's period.
    fn duration(&self, tokens: &[Tok], periods: &str) -> Option<String> {
        let period = self.period(tokens)?;
        let plural = if periods == "1" { "" } else { "s" };
        Some(format!("{periods} {period}{plural}"))
    }

    /// A function over a value and a number of periods, in the place of something else.
    #[expect(
        clippy::too_many_arguments,
        reason = "what a call along time is made of"
    )]
    fn call(
        &mut self,
        (at, end): (usize, usize),
        (from, to): (u32, u32),
        here: &str,
        value: Vec<Tok>,
        (periods, over): (String, bool),
        instead: String,
        tokens: &[Tok],
    ) -> Option<Rewriting> {
        let period = self.period(tokens)?;
        let unit = if periods == "1" {
            period.to_owned()
        } else {
            format!("{period}s")
        };
        let whole = span(from, to);
        let mut out = vec![self.named(from, from, here), empty(Token::OpenParen, from)];
        let last = value.last().map_or(to, |t| t.end);
        out.extend(value);
        out.push(empty(Token::Comma, last));
        if over {
            out.push(self.put(Token::Over, last, last, "over"));
            out.push(empty(Token::Colon, last));
        }
        // In the place of words that are not read: behind the value, or before it.
        let place = if last + 2 < to { last + 1 } else { from + 1 };
        out.push(self.put(Token::Number, place, place + 1, &periods));
        // Where the closing sign stood.
        out.push(self.named(to.saturating_sub(1), to, &unit));
        out.push(empty(Token::CloseParen, to));
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (self.written(from, to), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `np.log(x)`
    fn packaged(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (package, name) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let word = self.slice(package);
        if !PACKAGES.contains(&word)
            || self.declared.contains(word)
            || !name.kind.is_name()
            || kind(tokens, at + 3)? != Token::OpenParen
        {
            return None;
        }
        let whole = span(package.start, name.end);
        let here = match self.slice(name) {
            "log" => "ln",
            other => match function(other) {
                Some(Meaning::Called(here)) => here,
                // A form of our own: told with its arguments.
                Some(
                    Meaning::If
                    | Meaning::And
                    | Meaning::Or
                    | Meaning::Not
                    | Meaning::Missing
                    | Meaning::Fallback,
                ) => {
                    let whole = Tok {
                        kind: Token::Ident,
                        start: whole.start,
                        end: whole.end,
                    };
                    return Some(Rewriting::silent((at, at + 3), vec![whole]));
                }
                Some(Meaning::Words(_)) | None => other,
            },
        }
        .to_owned();
        let named = self.named(whole.start, whole.end, &here);
        Some(Rewriting::written(
            (at, at + 3),
            vec![named],
            whole,
            (self.written(whole.start, whole.end), &here),
            vec![(whole, here.clone())],
        ))
    }

    /// `price.shift(12)`, `killed.rolling(6).sum()`
    fn method(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = self.slice(*tokens.get(at)?);
        self.method_of(tokens, tokens, at, name)
    }

    /// The same of a name, among tokens of which those of the whole file are others.
    fn method_of(
        &mut self,
        file: &[Tok],
        tokens: &[Tok],
        at: usize,
        name: &str,
    ) -> Option<Rewriting> {
        let (value, method) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let word = self.slice(method);
        let (_, here) = METHODS.iter().find(|(name, _)| *name == word)?;
        if kind(tokens, at + 3)? != Token::OpenParen {
            return None;
        }
        let close = (at + 5..tokens.len().min(at + 14))
            .find(|place| kind(tokens, *place) == Some(Token::CloseParen))?;
        let (periods, least) = self.window_given(tokens.get(at + 4..close)?, word == "rolling")?;
        let duration = self.duration(file, &periods)?;
        if word != "rolling" {
            if close != at + 5 || here.is_empty() {
                return None;
            }
            let over = *here != "lag";
            let named = if over { "over: " } else { "" };
            let instead = format!("{here}({name}, {named}{duration})");
            let to = tokens.get(close)?.end;
            return self.call(
                (at, close + 1),
                (value.start, to),
                here,
                vec![value],
                (periods, over),
                instead,
                file,
            );
        }
        // `.rolling(6).sum()`
        let step = *tokens.get(close + 2).filter(|t| t.kind.is_name())?;
        let ends = [Token::OpenParen, Token::CloseParen];
        let behind = [close + 3, close + 4].map(|place| kind(tokens, place));
        if kind(tokens, close + 1)? != Token::Dot || behind != ends.map(Some) {
            return None;
        }
        let here = match self.slice(step) {
            "std" => "stddev",
            other => match function(other) {
                Some(Meaning::Called(here)) => here,
                _ => return None,
            },
        };
        if let Some(least) = least {
            let require = self.duration(file, &least)?;
            let instead = format!("{here}({name}, over: {duration}, require: {require})");
            return self.anew(tokens, (at, close + 5), &instead);
        }
        let instead = format!("{here}({name}, over: {duration})");
        let to = tokens.get(close + 4)?.end;
        self.call(
            (at, close + 5),
            (value.start, to),
            here,
            vec![value],
            (periods, true),
            instead,
            file,
        )
    }

    /// `5`, `window=5, min_periods=3`: how many periods, and how many of them have to be known. What else is
    /// given is not understood.
    fn window_given(&self, given: &[Tok], named: bool) -> Option<(String, Option<String>)> {
        let (mut periods, mut least) = (None, None);
        for part in given.split(|token| token.kind == Token::Comma) {
            match part {
                [number] if number.kind == Token::Number && periods.is_none() => {
                    periods = Some(self.slice(*number).to_owned());
                }
                [word, sign, number]
                    if named && sign.kind == Token::Equals && number.kind == Token::Number =>
                {
                    let number = Some(self.slice(*number).to_owned());
                    match self.slice(*word) {
                        "window" => periods = number,
                        "min_periods" => least = number,
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
        Some((periods?, least))
    }

    /// `percent_rank() over (partition by region order by pressure)`
    fn partitioned(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        if kind(tokens, at + 2)? != Token::CloseParen
            || !self
                .slice(*tokens.get(at + 3)?)
                .eq_ignore_ascii_case("over")
            || kind(tokens, at + 4)? != Token::OpenParen
        {
            return None;
        }
        let here = match self.slice(name).to_ascii_lowercase().as_str() {
            "rank" | "dense_rank" | "row_number" => "rank",
            "percent_rank" | "cume_dist" => "percentile",
            _ => return None,
        };
        let word = |place: usize| {
            tokens
                .get(place)
                .map(|t| self.slice(*t).to_ascii_lowercase())
                .unwrap_or_default()
        };
        let mut place = at + 5;
        let mut among = None;
        if word(place) == "partition" && word(place + 1) == "by" {
            among = Some(*tokens.get(place + 2).filter(|t| t.kind.is_name())?);
            place += 3;
        }
        if word(place) != "order" || word(place + 1) != "by" {
            return None;
        }
        let of = *tokens.get(place + 2).filter(|t| t.kind.is_name())?;
        let close = *tokens
            .get(place + 3)
            .filter(|t| t.kind == Token::CloseParen)?;
        let mut instead = format!("{here}({}", self.slice(of));
        let mut out = vec![
            self.named(name.start, name.end, here),
            empty(Token::OpenParen, name.end),
            of,
        ];
        if let Some(among) = among {
            instead.push_str(&format!(", among: {}", self.slice(among)));
            let group = self.slice(among).to_owned();
            out.push(empty(Token::Comma, of.end));
            let label = self.put(Token::Ident, of.end, of.end, "among");
            out.push(label);
            out.push(empty(Token::Colon, of.end));
            out.push(self.named(close.start, close.end, &group));
        }
        instead.push(')');
        out.push(empty(Token::CloseParen, close.end));
        let whole = span(name.start, close.end);
        let shown = format!("{}() over (…)", self.slice(name));
        Some(Rewriting::written(
            (at, place + 4),
            out,
            whole,
            (&shown, &instead),
            vec![(whole, instead.clone())],
        ))
    }
}
