//! Numbers as people write them: `0,5`, `10 000`, `1.000,5`, `.5`, `100k`, `25deaths`.
//!
//! In: tokens. Out: one number where one was meant, told once with the number as it is written here.

use super::figures::{ENDLESS, GROUPING, decimal_at, has_letters, is_raised, meant, plain_power};
use super::{Habits, take_back};
use crate::ast::Span;
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::literal::{number_fault, quoted};
use crate::problem::{Problem, ProblemKind};
use crate::token::{Tok, Token};

impl<'s> Habits<'s> {
    pub(super) fn numbers(&mut self, lexed: &mut Lexed) {
        let tokens = std::mem::take(&mut lexed.tokens);
        let mut out: Vec<Tok> = Vec::with_capacity(tokens.len());
        let mut open: Vec<Bracket> = Vec::new();
        let mut table = false;
        // Numbers whose one comma may stand before thousands or decimals, and what other commas say of it.
        let mut unsure: Vec<Span> = Vec::new();
        let (mut decimals, mut grouped) = (false, false);
        // Up to where numbers are known to be the values of a list.
        let mut values_until = 0;
        let mut at = 0;
        while let Some(token) = tokens.get(at).copied() {
            if let Some((whole, meant)) = self.comma_first(&tokens, at) {
                let why = format!("a number begins with a digit: `{meant}`");
                self.meant(lexed, whole, meant, &why);
                out.push(whole);
                at += 2;
                continue;
            }
            if token.kind != Token::Number {
                let before = at.checked_sub(1).and_then(|b| tokens.get(b));
                if before.is_none_or(|before| on_new_line(self.text, *before, token)) {
                    table = self.slice(token) == "table" || (table && open.last().is_some());
                }
                if token.kind.opens() {
                    open.push(Bracket {
                        at,
                        set: before.is_some_and(|before| before.kind == Token::In),
                        kind: token.kind,
                        // `if(a>b,1,0)`, as spreadsheets write it.
                        call: before.is_some_and(|before| {
                            before.kind.is_name()
                                || (before.kind == Token::If && before.end == token.start)
                        }),
                        table,
                    });
                } else if token.kind.closes() {
                    open.pop();
                }
                out.push(token);
                at += 1;
                continue;
            }
            // `version 1.0.0`: a text without its quotes, which the parser tells.
            let before = at.checked_sub(1).and_then(|b| tokens.get(b));
            if before.is_some_and(|before| before.kind == Token::Version) {
                take_back(&mut lexed.problems, token.span());
                out.push(token);
                at += 1;
                continue;
            }
            if let Some((whole, meant)) = self.mixed_number(&tokens, at) {
                let why = format!("decimals stand behind a point: `{meant}`");
                self.meant(lexed, whole, meant, &why);
                out.push(whole);
                at += 4;
                continue;
            }
            if let Some((whole, why)) = self.span_of_numbers(&tokens, at) {
                self.bad(
                    lexed,
                    whole,
                    super::slice_of(self.text, whole.start, whole.end),
                    why,
                    None,
                );
                at += 2;
                continue;
            }
            let mut last = match at < values_until {
                true => at,
                false => self.number_end(&tokens, at, open.last()),
            };
            let mut end = tokens.get(last).map_or(token.end, |t| t.end);
            // What is no number as a whole is a list where there can be one.
            if last > at
                && open.last().is_some_and(Bracket::may_list)
                && meant(super::slice_of(self.text, token.start, end)).is_none()
            {
                values_until = last + 1;
                (last, end) = (at, token.end);
            }
            let whole = Tok { end, ..token };
            let text = self.slice(whole);
            at = last + 1;
            // `5.` with nothing behind the point.
            if let Some(dot) = tokens.get(at).filter(|t| t.kind == Token::Dot)
                && dot.start == end
                && tokens
                    .get(at + 1)
                    .is_none_or(|t| !t.kind.is_name() || t.start > dot.end)
            {
                // `45.-`: amounts of money without cents.
                let dash = tokens.get(at + 1).filter(|dash| {
                    dash.kind == Token::Minus
                        && dash.start == dot.end
                        && tokens.get(at + 2).is_none_or(|next| next.start > dash.end)
                });
                let with_dot = Tok {
                    end: dash.map_or(dot.end, |dash| dash.end),
                    ..whole
                };
                let own = meant(text).unwrap_or_else(|| text.to_owned());
                self.bad(
                    lexed,
                    with_dot.span(),
                    self.slice(with_dot),
                    "a number ends with a digit",
                    Some(own.clone()).filter(|own| number_fault(own).is_none()),
                );
                self.read_as.written.insert(whole.start, own);
                out.push(whole);
                at += 1 + usize::from(dash.is_some());
                continue;
            }
            let fault = number_fault(text);
            if fault.is_none() && last == at - 1 && whole == token {
                if let Some(points) = self.grouped_by_points(&tokens, last) {
                    let meant = points.meant;
                    self.bad(lexed, whole.span(), text, &points.why, meant.clone());
                    if let Some(meant) = meant {
                        self.read_as.written.insert(whole.start, meant);
                    }
                }
                out.push(token);
                continue;
            }
            // `2.5²`: a number with a power.
            let sign_at = text.char_indices().next_back().map_or(0, |(at, _)| at);
            if meant(text).is_none()
                && matches!(text.get(sign_at..), Some("²" | "³"))
                && text
                    .get(..sign_at)
                    .is_some_and(|base| number_fault(base).is_none())
            {
                take_back(&mut lexed.problems, whole.span());
                let cut = token.start + u32::try_from(sign_at).unwrap_or(0);
                out.push(Tok { end: cut, ..token });
                out.push(Tok {
                    kind: Token::Power,
                    start: cut,
                    end,
                });
                continue;
            }
            if let Some(meant) = meant(text) {
                let decimal = decimal_at(text);
                decimals |= decimal;
                grouped |= !decimal && text.matches(',').count() > 1;
                if !decimal
                    && text.matches(',').count() == 1
                    && !text.contains('.')
                    && !self.is_rate(before, text)
                {
                    unsure.push(whole.span());
                }
                let why = match () {
                    () if text.ends_with('%')
                        && meant.trim_end_matches('%') == text.trim_end_matches('%').trim_end() =>
                    {
                        format!("a percentage is written without a space: `{meant}`")
                    }
                    () if text.ends_with('‰') => {
                        format!("a thousandth is a tenth of a percent: `{meant}`")
                    }
                    () if has_letters(text) => {
                        format!("a letter stands in the place of a digit: `{meant}`")
                    }
                    () if text.contains(|sign: char| is_in_letters(sign)) => {
                        format!("it is written with digits: `{meant}`")
                    }
                    () if meant.contains('_') && meant.contains('.') => format!(
                        "thousands are set apart with `_`, and decimals stand behind a point: `{meant}`"
                    ),
                    () if meant.contains('_') => {
                        format!("thousands are set apart with `_`: `{meant}`")
                    }
                    () if text.starts_with('.') => {
                        format!("a number begins with a digit: `{meant}`")
                    }
                    () => format!("decimals stand behind a point: `{meant}`"),
                };
                self.bad(lexed, whole.span(), text, &why, Some(meant.clone()));
                self.read_as.written.insert(whole.start, meant);
                out.push(whole);
                continue;
            }
            if let Some(meant) = self.millions_of_range(&out, text) {
                let why = format!("it is written with digits: `{meant}`");
                self.bad(lexed, whole.span(), text, &why, Some(meant.clone()));
                self.read_as.written.insert(whole.start, meant);
                out.push(whole);
                continue;
            }
            if let Some(cut) = unit_at(text).filter(|_| last == at - 1) {
                let cut = token.start + cut;
                let number = Tok { end: cut, ..token };
                let unit = Tok {
                    kind: Token::Ident,
                    start: cut,
                    end,
                };
                // Before a unit the letters are no period: `5m crowns`.
                let counted = tokens.get(at).is_some_and(|next| {
                    self.known.units.contains(self.slice(*next))
                        && !on_new_line(self.text, unit, *next)
                });
                let long = duration(self.slice(unit))
                    .filter(|_| !counted && !self.declared.contains(self.slice(unit)))
                    .map(|long| match self.slice(number) {
                        "1" => long.to_owned(),
                        _ => format!("{long}s"),
                    });
                // Letters that a unit of the file begins with: the one that its own line names is meant.
                let lasts = out.last().is_some_and(|before| {
                    matches!(
                        before.kind,
                        Token::For
                            | Token::Over
                            | Token::Colon
                            | Token::Comma
                            | Token::Most
                            | Token::After
                            | Token::Cooldown
                    )
                });
                let begun = match lasts && long.is_some() {
                    true => Vec::new(),
                    // `6th`
                    false if matches!(self.slice(unit), "th" | "st" | "nd" | "rd") => Vec::new(),
                    false => self.begun_units(unit),
                };
                let here: Vec<&str> = begun
                    .iter()
                    .copied()
                    .filter(|known| self.line_names(unit, known))
                    .collect();
                let (word, sure) = match (here.as_slice(), begun.as_slice(), long) {
                    ([only], _, _) => ((*only).to_owned(), true),
                    (_, [], Some(long)) => (long, true),
                    (_, [only], None) => ((*only).to_owned(), true),
                    (_, _, Some(long)) => (long, false),
                    (_, _, None) => (self.slice(unit).to_owned(), true),
                };
                if word != self.slice(unit) {
                    self.read_as.written.insert(unit.start, word.clone());
                }
                let written = format!("{} {word}", self.slice(number));
                let sure = sure && self.is_unit_like(&word);
                let why = match sure {
                    true => format!("put a space between the number and its unit: `{written}`"),
                    false if begun.is_empty() => {
                        "no number has these letters, and no unit is called so".to_owned()
                    }
                    false => format!(
                        "write the unit in full, such as `{written}` or `{} {}`",
                        self.slice(number),
                        begun.first().copied().unwrap_or_default()
                    ),
                };
                self.bad(
                    lexed,
                    whole.span(),
                    text,
                    &why,
                    Some(written).filter(|_| sure),
                );
                out.push(number);
                if sure || !begun.is_empty() {
                    out.push(unit);
                }
                continue;
            }
            let why = unread(text);
            if whole != token || why.is_some() {
                let why = why.unwrap_or("no number is written so".to_owned());
                self.bad(lexed, whole.span(), text, &why, None);
            }
            if let Some((_, _, decimals)) =
                ENDLESS.iter().find(|(sign, ..)| text == sign.to_string())
            {
                self.read_as
                    .written
                    .insert(whole.start, (*decimals).to_owned());
            }
            out.push(whole);
        }
        lexed.tokens = out;
        if decimals && !grouped {
            self.thousands_or_decimals(&unsure);
        }
    }

    /// `2,500` in a file that writes `0,25`: thousands to some, decimals to others.
    fn thousands_or_decimals(&mut self, unsure: &[Span]) {
        for problem in &mut self.problems {
            if let ProblemKind::BadNumber {
                found, why, edit, ..
            } = &mut problem.kind
                && let Some(thousands) = edit.take_if(|_| unsure.contains(&problem.span))
            {
                let decimals = found.replace(',', ".");
                *why = format!(
                    "write `{decimals}` or `{thousands}`: other commas here begin decimals"
                );
                self.read_as.written.insert(problem.span.start, decimals);
            }
        }
    }

    /// `per 10,000`, `/ 100,000`: rates are given for a thousand, ten thousand and so on, and never for ten.
    fn is_rate(&self, before: Option<&Tok>, text: &str) -> bool {
        let divides = before.is_some_and(|before| {
            before.kind == Token::Slash || self.slice(*before).eq_ignore_ascii_case("per")
        });
        let zeros = |rest: &str| rest.bytes().all(|b| matches!(b, b'0' | b','));
        divides && text.strip_prefix('1').is_some_and(zeros)
    }

    /// `2 1/2`: a whole number and a fraction whose decimals end.
    fn mixed_number(&self, tokens: &[Tok], at: usize) -> Option<(Tok, String)> {
        let [whole, over, slash, under] = tokens.get(at..at + 4)? else {
            return None;
        };
        let tight = over.end == slash.start && slash.end == under.start;
        let apart = whole.end + 1 == over.start && !on_new_line(self.text, *whole, *over);
        let (under_text, percent) = match self.slice(*under).strip_suffix('%') {
            Some(text) => (text, "%"),
            None => (self.slice(*under), ""),
        };
        let over_value: u32 = self.slice(*over).parse().ok()?;
        let under_value: u32 = under_text.parse().ok()?;
        let whole_value: u32 = self.slice(*whole).parse().ok()?;
        if !tight
            || !apart
            || over.kind != Token::Number
            || slash.kind != Token::Slash
            || under.kind != Token::Number
            || over_value >= under_value
            || !matches!(under_value, 2 | 4 | 5 | 8 | 10)
        {
            return None;
        }
        let thousandths = over_value * 1000 / under_value;
        let decimals = format!("{thousandths:03}");
        let together = Tok {
            end: under.end,
            ..*whole
        };
        let decimals = decimals.trim_end_matches('0');
        let decimals = if decimals.is_empty() { "0" } else { decimals };
        Some((together, format!("{whole_value}.{decimals}{percent}")))
    }

    /// `45-50 crowns`, `45-50%`: two numbers where one value can stand; the second is read.
    fn span_of_numbers(&self, tokens: &[Tok], at: usize) -> Option<(Span, &'static str)> {
        let [low, sign, high] = tokens.get(at..at + 3)? else {
            return None;
        };
        let before = tokens.get(at.checked_sub(1)?)?.kind;
        let opens = matches!(
            before,
            Token::Equals
                | Token::Less
                | Token::LessOrEqual
                | Token::Greater
                | Token::GreaterOrEqual
                | Token::Is
                | Token::Then
                | Token::Else
        );
        let plain = |token: &Tok| number_fault(self.slice(*token)).is_none();
        let tight = low.end == sign.start && sign.end == high.start;
        if !opens
            || !tight
            || sign.kind != Token::Minus
            || high.kind != Token::Number
            || !plain(low)
            || !plain(high)
            || self.slice(*low).ends_with('%')
        {
            return None;
        }
        let unit = tokens.get(at + 3).filter(|unit| {
            let name = self.slice(**unit);
            let own = self.known.units.contains(name)
                || super::of_declarations::period_word(name).is_some();
            own && !on_new_line(self.text, *high, **unit)
        });
        let end = match unit {
            Some(unit) => unit.end,
            None if self.slice(*high).ends_with('%') => high.end,
            None => return None,
        };
        let span = Span {
            start: low.start,
            end,
        };
        Some((
            span,
            "one value is one number, and a range is `in 45..50`, with the unit behind both",
        ))
    }

    /// Letters behind a number that may be those of a unit: a declared one, or one of another file.
    fn is_unit_like(&self, word: &str) -> bool {
        let period =
            duration(word).is_some() || super::of_declarations::period_word(word).is_some();
        let ordinal = matches!(word, "ths" | "rds" | "nds" | "sts");
        let named = !ordinal
            && word.len() > 2
            && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
        self.known.units.contains(word) || period || named
    }

    /// The declared units that begin with the letters behind a number, where none is called like them.
    fn begun_units(&self, unit: Tok) -> Vec<&'s str> {
        let letters = self.slice(unit);
        if self.declared.contains(letters) {
            return Vec::new();
        }
        let small = letters.to_lowercase();
        let units = self.known.units.iter().copied();
        units
            .filter(|known| known.to_lowercase().starts_with(&small))
            .collect()
    }

    /// Does the line of a token speak of a name?
    fn line_names(&self, token: Tok, name: &str) -> bool {
        let (before, behind) = self.text.split_at(token.start as usize);
        let begin = before.rfind('\n').map_or(0, |at| at + 1);
        let end = behind.find('\n').unwrap_or(behind.len());
        let line = [before.get(begin..), behind.get(..end)];
        line.into_iter().flatten().any(|part| {
            part.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'))
                .any(|word| word == name)
        })
    }

    /// `= ,6`: a decimal comma with nothing before it.
    fn comma_first(&self, tokens: &[Tok], at: usize) -> Option<(Tok, String)> {
        let comma = *tokens.get(at).filter(|t| t.kind == Token::Comma)?;
        let number = *tokens.get(at + 1).filter(|t| t.kind == Token::Number)?;
        let before = tokens.get(at.checked_sub(1)?)?.kind;
        let begins = matches!(
            before,
            Token::Equals
                | Token::Plus
                | Token::Minus
                | Token::Star
                | Token::Slash
                | Token::Less
                | Token::LessOrEqual
                | Token::Greater
                | Token::GreaterOrEqual
                | Token::In
                | Token::Weight
                | Token::Then
                | Token::Else
        );
        let whole = Tok {
            kind: Token::Number,
            start: comma.start,
            end: number.end,
        };
        let meant = meant(self.slice(whole)).filter(|_| begins && comma.end == number.start)?;
        Some((whole, meant))
    }

    /// A number that is written otherwise, and read as what is meant.
    fn meant(&mut self, lexed: &mut Lexed, whole: Tok, meant: String, why: &str) {
        let found = self.slice(whole);
        self.bad(lexed, whole.span(), found, why, Some(meant.clone()));
        self.read_as.written.insert(whole.start, meant);
    }

    fn bad(&mut self, lexed: &mut Lexed, span: Span, found: &str, why: &str, edit: Option<String>) {
        take_back(&mut lexed.problems, span);
        self.push(Problem {
            kind: ProblemKind::BadNumber {
                found: quoted(found),
                why: why.to_owned(),
                edit,
                others: Vec::new(),
            },
            span,
        });
    }

    /// The last token of the number that begins at `at`, as people write it.
    fn number_end(&self, tokens: &[Tok], at: usize, open: Option<&Bracket>) -> usize {
        let mut last = at;
        loop {
            let Some(before) = tokens.get(last).copied() else {
                return last;
            };
            if self.slice(before).ends_with('%') {
                return last;
            }
            let Some(next) = tokens.get(last + 1).copied() else {
                return last;
            };
            let gap = self
                .text
                .get(before.end as usize..next.start as usize)
                .unwrap_or_default();
            if next.kind == Token::Number {
                // `10 000`
                let mut signs = gap.chars();
                let one = signs.next().is_some_and(|sign| GROUPING.contains(&sign))
                    && signs.next().is_none();
                let first = self.slice(before);
                let group = self.slice(next);
                let lead = if last == at {
                    (1..=3).contains(&first.len()) && !first.starts_with('0')
                } else {
                    first.len() == 3
                };
                if one
                    && lead
                    && first.bytes().all(|b| b.is_ascii_digit())
                    && begins_with_group(group)
                {
                    last += 1;
                    continue;
                }
                return last;
            }
            // `0,5`
            let Some(part) = tokens.get(last + 2).copied() else {
                return last;
            };
            // `1;5` is no number, and not two either where there is no list.
            let semicolon = next.kind == Token::Semicolon
                && open.is_none_or(|open| open.kind == Token::OpenBrace && !open.table);
            let tight = (next.kind == Token::Comma || semicolon)
                && gap.is_empty()
                && part.kind == Token::Number
                && next.end == part.start;
            let digits = |token: Tok| {
                self.slice(token)
                    .bytes()
                    .next()
                    .is_some_and(|b| b.is_ascii_digit())
            };
            if tight && digits(part) && self.is_one_number(tokens, at, last, open) {
                last += 2;
                continue;
            }
            return last;
        }
    }

    /// Is the comma behind `last` part of a number, rather than between two?
    fn is_one_number(
        &self,
        tokens: &[Tok],
        at: usize,
        last: usize,
        open: Option<&Bracket>,
    ) -> bool {
        let before = at
            .checked_sub(1)
            .and_then(|b| tokens.get(b))
            .map(|t| t.kind);
        let behind = tokens.get(last + 3).map(|t| t.kind);
        // `0..1,10..20 to 2`
        let ends = |kind: Option<Token>| {
            matches!(kind, Some(Token::To | Token::DotDot | Token::DotDotLess))
        };
        if ends(before) && ends(behind) {
            return false;
        }
        // No number of a list begins with a naught that counts nothing.
        let part = tokens.get(last + 2).map_or("", |part| self.slice(*part));
        if part.starts_with('0') && part.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
            return true;
        }
        let Some(open) = open else { return true };
        if open.table {
            return false;
        }
        if open.kind == Token::OpenBrace {
            return !open.set;
        }
        // What follows a named argument has a name too.
        let named = before == Some(Token::Colon)
            && !tokens.get(last + 3).is_some_and(|t| t.kind == Token::Colon);
        let before_minus = at >= 2
            && before == Some(Token::Minus)
            && tokens.get(at - 2).is_some_and(|t| t.kind == Token::Colon);
        let in_formula = matches!(
            before,
            Some(
                Token::Plus
                    | Token::Star
                    | Token::Slash
                    | Token::Greater
                    | Token::GreaterOrEqual
                    | Token::Less
                    | Token::LessOrEqual
                    | Token::Fallback
                    | Token::Then
                    | Token::Else
            )
        );
        named
            || before_minus
            || (in_formula && open.kind == Token::OpenParen && !open.call)
            || (in_formula
                && tokens
                    .get(at)
                    .is_some_and(|token| self.slice(*token) == "0"))
            || is_loose(self.text, tokens, open.at)
    }
}

/// An open bracket, as far as commas in it go.
struct Bracket {
    at: usize,
    kind: Token,
    /// It holds the names that something may be in.
    set: bool,
    /// It holds the arguments of a call.
    call: bool,
    /// It is in a table, whose cells are set apart by commas.
    table: bool,
}

impl Bracket {
    /// Can several values stand in it, set apart by commas?
    fn may_list(&self) -> bool {
        self.table || self.set || self.call || self.kind == Token::OpenBracket
    }
}

/// Is it a sign of a fraction, a power or of digits of another script?
fn is_in_letters(sign: char) -> bool {
    !sign.is_ascii()
        && !GROUPING.contains(&sign)
        && !is_raised(sign)
        && !matches!(sign, '‰' | '\u{2009}')
}

/// What is said of a number that nobody can read for certain.
fn unread(text: &str) -> Option<String> {
    if let Some((_, division, _)) = ENDLESS.iter().find(|(sign, ..)| text.contains(*sign)) {
        return Some(format!("write it as a division, such as `({division})`"));
    }
    if let Some((base, power)) = plain_power(text) {
        return Some(format!("a power is written `pow({base}, {power})`"));
    }
    if let Some((whole, part)) = text.split_once(';') {
        return Some(format!(
            "decimals stand behind a point: `{whole}.{part}`, if that is meant"
        ));
    }
    let commas = text.matches(',').count();
    (commas > 0).then(|| {
        "decimals stand behind a point, thousands are set apart with `_`, as in `12_500.5`"
            .to_owned()
    })
}

/// Tokens of one bracket that are looked at for how its values are set apart.
const LOOKED_AT: usize = 200;

/// Are values set apart by `;`, or by commas with a blank behind? A comma without one is then part of a number.
fn is_loose(text: &str, tokens: &[Tok], open: usize) -> bool {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open).take(LOOKED_AT) {
        if token.kind.opens() {
            depth += 1;
        } else if token.kind.closes() {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return false;
            }
        } else if depth == 1 && token.kind == Token::Semicolon {
            return true;
        } else if depth == 1 && token.kind == Token::Comma {
            let between_numbers = at
                .checked_sub(1)
                .and_then(|b| tokens.get(b))
                .is_some_and(|t| t.kind == Token::Number && t.end == token.start)
                && tokens
                    .get(at + 1)
                    .is_some_and(|t| t.kind == Token::Number && t.start == token.end);
            let spaced = text
                .get(token.end as usize..)
                .is_some_and(|rest| rest.starts_with([' ', '\n', '\r']));
            if spaced && !between_numbers {
                return true;
            }
        }
    }
    false
}

/// `000`, `000.5`, `000%`
fn begins_with_group(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
        && text
            .as_bytes()
            .get(3)
            .is_none_or(|b| matches!(b, b'.' | b'%'))
}

/// The period that letters behind a number stand for: `6m`, `2yrs`.
fn duration(letters: &str) -> Option<&'static str> {
    Some(match letters.to_ascii_lowercase().as_str() {
        "y" | "yr" | "yrs" => "year",
        "q" | "qtr" | "qtrs" => "quarter",
        "m" | "mo" | "mos" | "mth" | "mths" | "mon" => "month",
        "w" | "wk" | "wks" => "week",
        "d" => "day",
        _ => return None,
    })
}

/// Where the letters of `25deaths` begin.
fn unit_at(text: &str) -> Option<u32> {
    let at = text.find(|sign: char| sign.is_ascii_alphabetic() || sign == '_')?;
    let (number, word) = text.split_at(at);
    let is_unit = word.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && number_fault(number).is_none()
        // `1e999`
        && !word.strip_prefix(['e', 'E']).is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
    u32::try_from(at).ok().filter(|_| is_unit)
}
