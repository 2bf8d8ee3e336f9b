//! Numbers as people write them: `0,5`, `10 000`, `1.000,5`, `.5`, `100k`, `25deaths`.
//!
//! In: tokens. Out: one number where one was meant, told once with the number as it is written here.

use super::{Habits, take_back};
use crate::ast::Span;
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::literal::{number_fault, quoted};
use crate::problem::{Problem, ProblemKind};
use crate::token::{Tok, Token};

/// Signs between groups of three digits.
const GROUPING: [char; 7] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’', '_'];

/// The number as it is written here; `None` if that cannot be said, or if it is written so.
#[must_use]
pub fn meant(text: &str) -> Option<String> {
    let (body, percent) = match text.strip_suffix('%') {
        Some(body) => (body.trim_end(), "%"),
        None => (text, ""),
    };
    let written = digits(body).or_else(|| multiplied(body))?;
    let whole = format!("{written}{percent}");
    (whole != text).then_some(whole)
}

fn digits(body: &str) -> Option<String> {
    let mut groups: Vec<&str> = Vec::new();
    let mut signs: Vec<char> = Vec::new();
    let mut from = 0;
    for (at, sign) in body.char_indices() {
        if sign.is_ascii_digit() {
            continue;
        }
        if !matches!(sign, ',' | '.') && !GROUPING.contains(&sign) {
            return None;
        }
        groups.push(body.get(from..at)?);
        signs.push(sign);
        from = at + sign.len_utf8();
    }
    groups.push(body.get(from..)?);
    let (first, rest) = groups.split_first()?;
    let (last_sign, earlier) = match signs.split_last() {
        None => return (first.len() == body.len()).then(|| body.to_owned()),
        Some(split) => split,
    };
    if first.is_empty() {
        // `.5`
        return match rest {
            [only] if !only.is_empty() && matches!(last_sign, '.' | ',') => {
                Some(format!("0.{only}"))
            }
            _ => None,
        };
    }
    let threes = |groups: &[&str]| groups.iter().all(|group| group.len() == 3);
    let leads = (1..=3).contains(&first.len()) && *first != "0" && !first.starts_with('0');
    let same = earlier.iter().all(|sign| Some(sign) == earlier.first());
    let joined = |groups: &[&str]| groups.join("_");
    let is_decimal = matches!(last_sign, '.' | ',');
    let (last, middle) = rest.split_last()?;
    if earlier.is_empty() {
        if *last_sign == '.' && !last.is_empty() {
            return Some(body.to_owned());
        }
        if leads && threes(rest) && *last_sign != '.' {
            return Some(joined(&groups));
        }
        return (is_decimal && !last.is_empty()).then(|| format!("{first}.{last}"));
    }
    if !same || !leads {
        return None;
    }
    if earlier.first() == Some(last_sign) {
        return threes(rest).then(|| joined(&groups));
    }
    let whole: Vec<&str> = std::iter::once(*first)
        .chain(middle.iter().copied())
        .collect();
    (is_decimal && threes(middle) && !last.is_empty()).then(|| format!("{}.{last}", joined(&whole)))
}

/// `100k`, `1.5M`, `2bn`.
fn multiplied(body: &str) -> Option<String> {
    let at = body.find(|sign: char| sign.is_ascii_alphabetic())?;
    let (number, word) = body.split_at(at);
    let zeros = match word {
        "k" | "K" => 3,
        "M" | "mn" | "mln" | "mio" | "Mio" | "million" => 6,
        "bn" | "billion" => 9,
        _ => return None,
    };
    let number = digits(number)?;
    let plain: String = number.chars().filter(|sign| *sign != '_').collect();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    if part.len() > zeros {
        return None;
    }
    let all = format!("{whole}{part}{}", "0".repeat(zeros - part.len()));
    let all = all.trim_start_matches('0');
    let mut out = String::with_capacity(all.len() * 2);
    for (at, digit) in all.chars().enumerate() {
        if at > 0 && (all.len() - at) % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    (!out.is_empty()).then_some(out)
}

impl<'s> Habits<'s> {
    pub(super) fn numbers(&mut self, lexed: &mut Lexed) {
        let tokens = std::mem::take(&mut lexed.tokens);
        let mut out: Vec<Tok> = Vec::with_capacity(tokens.len());
        let mut open: Vec<Bracket> = Vec::new();
        let mut table = false;
        let mut at = 0;
        while let Some(token) = tokens.get(at).copied() {
            if let Some((whole, meant)) = self.comma_first(&tokens, at) {
                let why = format!("a number begins with a digit: `{meant}`");
                self.bad(
                    lexed,
                    whole.span(),
                    self.slice(whole),
                    &why,
                    Some(meant.clone()),
                );
                self.read_as.written.insert(whole.start, meant);
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
                        kind: token.kind,
                        call: before.is_some_and(|before| before.kind.is_name()),
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
            let last = self.number_end(&tokens, at, open.last());
            let end = tokens.get(last).map_or(token.end, |t| t.end);
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
                let with_dot = Tok {
                    end: dot.end,
                    ..whole
                };
                self.bad(
                    lexed,
                    with_dot.span(),
                    self.slice(with_dot),
                    "a number ends with a digit",
                    Some(text.to_owned()),
                );
                out.push(whole);
                at += 1;
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
            let meant = meant(text);
            if let Some(meant) = meant {
                let why = match () {
                    () if text.ends_with('%')
                        && meant.trim_end_matches('%') == text.trim_end_matches('%').trim_end() =>
                    {
                        format!("a percentage is written without a space: `{meant}`")
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
            if let Some(cut) = unit_at(text) {
                let cut = token.start + cut;
                let number = Tok { end: cut, ..token };
                let unit = Tok {
                    kind: Token::Ident,
                    start: cut,
                    end,
                };
                let long = duration(self.slice(unit))
                    .filter(|_| !self.declared.contains(self.slice(unit)))
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
                let why = match sure {
                    true => format!("put a space between the number and its unit: `{written}`"),
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
                out.push(unit);
                continue;
            }
            out.push(whole);
        }
        lexed.tokens = out;
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
            let tight = next.kind == Token::Comma
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
        let Some(open) = open else { return true };
        if open.table {
            return false;
        }
        if open.kind == Token::OpenBrace {
            return true;
        }
        let before = at
            .checked_sub(1)
            .and_then(|b| tokens.get(b))
            .map(|t| t.kind);
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
    /// It holds the arguments of a call.
    call: bool,
    /// It is in a table, whose cells are set apart by commas.
    table: bool,
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

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn numbers_are_read_as_people_mean_them() {
        for (written, number) in [
            ("0,5", Some("0.5")),
            ("0,5%", Some("0.5%")),
            ("12,25", Some("12.25")),
            ("0,500", Some("0.500")),
            ("10,000", Some("10_000")),
            ("1,000,000", Some("1_000_000")),
            ("10 000", Some("10_000")),
            ("10\u{202f}000", Some("10_000")),
            ("10'000", Some("10_000")),
            ("1.000,5", Some("1_000.5")),
            ("1,000.5", Some("1_000.5")),
            ("1.000.000", Some("1_000_000")),
            (".5", Some("0.5")),
            ("40 %", Some("40%")),
            ("100k", Some("100_000")),
            ("1.5M", Some("1_500_000")),
            ("2bn", Some("2_000_000_000")),
            ("1.5", None),
            ("1.2.3", None),
            ("12abc", None),
            ("0", None),
        ] {
            assert_eq!(meant(written).as_deref(), number, "{written}");
        }
    }
}
