//! Single words of other languages: `AND` in capitals, `elif`, `between`, `per`, `^`.
//!
//! In: one place in the tokens. Out: what was meant there, told, and where reading goes on.

use super::Habits;
use super::calls::{Reading, fresh};
use super::pieces::{Piece, line};
use super::take_back;
use crate::ast::Span;
use crate::token::{Tok, Token};

/// The most tokens of one end of a range.
const LONGEST: usize = 12;

impl Habits<'_> {
    pub(super) fn word(
        &mut self,
        reading: &mut Reading<'_, '_>,
        at: usize,
        to: usize,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let token = *reading.tokens.get(at)?;
        match token.kind {
            Token::Power => self.power(reading, at, to, out),
            Token::Percent => {
                let edits = vec![(token.span(), "percent".to_owned())];
                self.tell(token.span(), "%", "percent", edits);
                self.read_as
                    .written
                    .insert(token.start, "percent".to_owned());
                let kind = Token::Ident;
                out.push(Piece {
                    token: Tok { kind, ..token },
                    words: "percent".to_owned(),
                });
                Some(at + 1)
            }
            Token::Ident => {
                let word = self.slice(token);
                if self.declared.contains(word) {
                    return None;
                }
                let small = word.to_ascii_lowercase();
                match small.as_str() {
                    // In small letters it is a name that the file declares.
                    "and" | "or" | "then" | "else" | "is" | "in" | "not" | "if"
                        if small != word =>
                    {
                        self.capital(reading, at, to, &small, out)
                    }
                    "elif" | "elseif" | "elsif" | "elsf" => self.elif(reading, at, token, out),
                    "between" => self.between(reading, at, to, out),
                    "per" => self.per(reading, at, to, out),
                    _ => None,
                }
            }
            // `20 litres / person`, `20litres/judge`; any other name may be a value of another file.
            Token::Slash => {
                let after = *reading.tokens.get(at + 1)?;
                let number = out.len().checked_sub(2).and_then(|at| out.get(at))?;
                let one = matches!(
                    self.slice(after),
                    "person" | "head" | "inhabitant" | "day" | "week" | "month" | "year"
                );
                let joined = self
                    .problems
                    .iter()
                    .any(|told| told.span.start == number.token.start);
                (number.token.kind == Token::Number && (one || joined))
                    .then(|| self.per_one(reading, token, after, at, out))
                    .flatten()
            }
            _ => None,
        }
    }

    /// Reserved words with capitals; several in a row are one slip.
    fn capital(
        &mut self,
        reading: &mut Reading<'_, '_>,
        at: usize,
        to: usize,
        small: &str,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let before = out.last().map(|piece| piece.token);
        let after = reading
            .tokens
            .get(at + 1)
            .copied()
            .filter(|_| at + 1 < to)?;
        let behind_value = before.is_some_and(|b| b.kind.ends_operand());
        let begins = begins_operand(after.kind);
        let (kind, fits) = match small {
            "and" => (Token::And, behind_value && begins),
            "or" => (Token::Or, behind_value && begins),
            "then" => (Token::Then, behind_value && begins),
            "else" => (Token::Else, behind_value && begins),
            "is" => (Token::Is, behind_value && begins),
            "in" => (
                Token::In,
                behind_value && (begins || after.kind == Token::OpenBrace),
            ),
            "if" => (Token::If, !behind_value && begins),
            _ => (Token::Not, begins || after.kind == Token::In),
        };
        // A name of a declaration or of a member begins its line, or stands before its sign.
        let names = matches!(after.kind, Token::Colon | Token::Equals | Token::Text)
            || (fresh(self.text, before, reading.tokens.get(at).copied()?) && !behind_value);
        if !fits || names {
            return None;
        }
        let token = *reading.tokens.get(at)?;
        let mut last = at;
        let mut kinds = vec![(token, kind)];
        // `IS NOT NULL`
        if kind == Token::Is {
            if let Some(next) = reading.tokens.get(last + 1).copied()
                && next.kind == Token::Ident
                && self.slice(next).eq_ignore_ascii_case("not")
            {
                kinds.push((next, Token::Not));
                last += 1;
            }
            if let Some(next) = reading.tokens.get(last + 1).copied()
                && next.kind == Token::Ident
                && let Some(word) = super::value(self.slice(next))
                && !self.declared.contains(self.slice(next))
            {
                let kind = match word {
                    "yes" => Token::Yes,
                    "no" => Token::No,
                    _ => Token::Missing,
                };
                kinds.push((next, kind));
                last += 1;
            }
        }
        let end = reading.tokens.get(last)?.end;
        let whole = Span {
            start: token.start,
            end,
        };
        let pieces: Vec<Piece> = kinds
            .into_iter()
            .map(|(token, kind)| Piece {
                token: Tok { kind, ..token },
                words: super::pieces::spelling(kind).unwrap_or_default().to_owned(),
            })
            .collect();
        if reading.quiet == 0 {
            let instead = line(&pieces);
            let found = super::slice_of(self.text, whole.start, whole.end).to_owned();
            self.tell(whole, &found, &instead, vec![(whole, instead.clone())]);
        }
        out.extend(pieces);
        Some(last + 1)
    }

    fn elif(
        &mut self,
        reading: &Reading<'_, '_>,
        at: usize,
        token: Tok,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        if !out
            .last()
            .is_some_and(|piece| piece.token.kind.ends_operand())
        {
            return None;
        }
        if reading.quiet == 0 {
            let found = self.slice(token).to_owned();
            self.tell(
                token.span(),
                &found,
                "else if",
                vec![(token.span(), "else if".to_owned())],
            );
        }
        for (kind, words, end) in [
            (Token::Else, "else", token.start),
            (Token::If, "if", token.end),
        ] {
            out.push(Piece {
                token: Tok {
                    kind,
                    start: token.start,
                    end,
                },
                words: words.to_owned(),
            });
        }
        Some(at + 1)
    }

    /// `x between 1 and 5`
    fn between(
        &mut self,
        reading: &mut Reading<'_, '_>,
        at: usize,
        to: usize,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let token = *reading.tokens.get(at)?;
        if !out
            .last()
            .is_some_and(|piece| piece.token.kind.ends_operand())
        {
            return None;
        }
        let mut place = at + 1;
        let and = loop {
            if place >= to || place > at + LONGEST {
                return None;
            }
            let next = *reading.tokens.get(place)?;
            if next.kind == Token::And
                || (next.kind == Token::Ident && self.slice(next).eq_ignore_ascii_case("and"))
            {
                break place;
            }
            if next.kind.opens() {
                place = reading.partner(place)?;
            }
            if !matches!(next.kind, Token::Number | Token::Minus)
                && !next.kind.is_name()
                && !next.kind.opens()
            {
                return None;
            }
            place += 1;
        };
        let sign = *reading.tokens.get(and)?;
        let before = *reading.tokens.get(and - 1)?;
        let after = *reading.tokens.get(and + 1)?;
        if and == at + 1 {
            return None;
        }
        if reading.quiet == 0 {
            let whole = Span {
                start: token.start,
                end: after.end,
            };
            let range = Span {
                start: before.end,
                end: after.start,
            };
            self.tell(
                whole,
                "between … and …",
                "in … .. …",
                vec![(token.span(), "in".to_owned()), (range, "..".to_owned())],
            );
        }
        out.push(Piece {
            token: Tok {
                kind: Token::In,
                ..token
            },
            words: "in".to_owned(),
        });
        let low = self.stretch(reading, at + 1, and);
        out.extend(low);
        out.push(Piece {
            token: Tok {
                kind: Token::DotDot,
                ..sign
            },
            words: "..".to_owned(),
        });
        Some(and + 1)
    }

    /// `2 deaths per 100_000 people`
    fn per(
        &mut self,
        reading: &mut Reading<'_, '_>,
        at: usize,
        to: usize,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let token = *reading.tokens.get(at)?;
        let after = reading
            .tokens
            .get(at + 1)
            .copied()
            .filter(|_| at + 1 < to)?;
        if let Some(next) = self.per_one(reading, token, after, at, out) {
            return Some(next);
        }
        let fits = out.last().is_some_and(|piece| {
            piece.token.kind.is_name()
                || matches!(piece.token.kind, Token::Number | Token::CloseParen)
        }) && (after.kind.is_name()
            || matches!(after.kind, Token::Number | Token::OpenParen));
        if !fits {
            return None;
        }
        if reading.quiet == 0 {
            let mut found = self.slice(token).to_owned();
            let (mut whole, mut instead) = (token.span(), "/".to_owned());
            // `per 100,000` is one slip.
            let number = self.read_as.get(after.start, after.end).map(str::to_owned);
            // Of one that may be read in two ways, that is told of itself.
            let doubtful = self
                .problems
                .iter()
                .any(|problem| problem.span == after.span() && problem.is_guessed());
            if let Some(number) = number.filter(|_| after.kind == Token::Number && !doubtful) {
                whole.end = after.end;
                found = super::slice_of(self.text, whole.start, whole.end).to_owned();
                instead = format!("/ {number}");
                take_back(&mut self.problems, after.span());
            }
            self.tell(whole, &found, &instead, vec![(whole, instead.clone())]);
        }
        out.push(Piece {
            token: Tok {
                kind: Token::Slash,
                ..token
            },
            words: "/".to_owned(),
        });
        Some(at + 1)
    }

    /// `100 litres per person`, `per capita`: one of what is counted.
    fn per_one(
        &mut self,
        reading: &Reading<'_, '_>,
        token: Tok,
        after: Tok,
        at: usize,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let one = self.slice(after);
        let behind = out
            .last()
            .is_some_and(|piece| piece.token.kind.is_name() || piece.token.kind == Token::Number);
        let counted = behind
            && out
                .get(out.len().saturating_sub(2))
                .is_some_and(|piece| piece.token.kind == Token::Number);
        if after.kind != Token::Ident || self.declared.contains(one) || !behind {
            return None;
        }
        let unit = |name: &str| self.known.units.contains(name).then(|| name.to_owned());
        let of = match one.to_ascii_lowercase().as_str() {
            "person" | "capita" | "head" | "inhabitant" | "resident" | "citizen" | "individual" => {
                unit("people")
                    .or_else(|| unit("persons"))
                    .or_else(|| unit("inhabitants"))?
            }
            other => unit(&format!("{other}s"))?,
        };
        let instead = if counted {
            format!("/ 1 {of}")
        } else {
            format!("/ {of}")
        };
        let mut whole = Span {
            start: token.start,
            end: after.end,
        };
        let mut told = instead.clone();
        // `20litres/person` is one slip.
        if let [.., number, name] = out.as_slice()
            && self.problems.iter().any(|told| {
                told.span.start == number.token.start && told.span.end == name.token.end
            })
        {
            whole.start = number.token.start;
            told = format!("{} {} {instead}", number.words, name.words);
            take_back(&mut self.problems, whole);
        }
        if reading.quiet == 0 {
            let found = super::slice_of(self.text, whole.start, whole.end).to_owned();
            self.tell(whole, &found, &told, vec![(whole, told.clone())]);
        }
        out.push(Piece {
            token: Tok {
                kind: Token::Slash,
                ..token
            },
            words: "/".to_owned(),
        });
        if counted {
            let place = Tok {
                kind: Token::Number,
                start: after.start,
                end: after.start,
            };
            self.read_as.put_in.insert(after.start, "1".to_owned());
            out.push(Piece {
                token: place,
                words: "1".to_owned(),
            });
        }
        self.read_as.written.insert(after.start, of.clone());
        out.push(Piece {
            token: after,
            words: of,
        });
        Some(at + 2)
    }

    /// `a^2`: there is no sign for powers.
    fn power(
        &mut self,
        reading: &mut Reading<'_, '_>,
        at: usize,
        to: usize,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let token = *reading.tokens.get(at)?;
        let found = self.slice(token).to_owned();
        let begin = operand_start(out).filter(|begin| out.len() - begin <= LONGEST * LONGEST);
        // `x²` has its exponent in the sign.
        let raised = match found.as_str() {
            "²" => Some("2"),
            "³" => Some("3"),
            _ => None,
        };
        if let (Some(begin), Some(power)) = (begin, raised) {
            self.read_as.put_in.insert(token.end, power.to_owned());
            let exponent = Piece {
                token: Tok {
                    kind: Token::Number,
                    start: token.end,
                    end: token.end,
                },
                words: power.to_owned(),
            };
            let base = out.split_off(begin);
            let form = self.raised(reading, token, base, vec![exponent])?;
            out.extend(form);
            return Some(at + 1);
        }
        let end = self.operand_end(reading, at + 1, to);
        let (Some(begin), Some(end)) = (begin, end) else {
            // Any operator keeps the rest of the formula readable.
            self.tell(token.span(), &found, "pow(x, 2)", Vec::new());
            out.push(Piece {
                token: Tok {
                    kind: Token::Star,
                    ..token
                },
                words: "*".to_owned(),
            });
            return Some(at + 1);
        };
        let base = out.split_off(begin);
        reading.quiet += 1;
        let exponent = self.stretch(reading, at + 1, end);
        reading.quiet -= 1;
        let first = base.first()?.token.start;
        let last = exponent.last()?.token.end;
        if let ([ten], [power]) = (base.as_slice(), exponent.as_slice())
            && ten.words == "10"
            && let Some(power) = power.words.parse().ok().filter(|power| *power <= 9_usize)
        {
            // `10^5` is a number.
            let number = grouped(power);
            let whole = Span {
                start: first,
                end: last,
            };
            if reading.quiet == 0 {
                let found = super::slice_of(self.text, first, last).to_owned();
                self.tell(whole, &found, &number, vec![(whole, number.clone())]);
            }
            self.read_as.written.insert(first, number.clone());
            out.push(Piece {
                token: Tok {
                    kind: Token::Number,
                    start: first,
                    end: last,
                },
                words: number,
            });
            return Some(end);
        }
        let form = self.raised(reading, token, base, exponent)?;
        out.extend(form);
        Some(end)
    }

    /// `pow(base, exponent)`, told at its sign.
    fn raised(
        &mut self,
        reading: &mut Reading<'_, '_>,
        token: Tok,
        base: Vec<Piece>,
        exponent: Vec<Piece>,
    ) -> Option<Vec<Piece>> {
        let found = self.slice(token).to_owned();
        let first = base.first()?.token.start;
        let last = exponent.last()?.token.end;
        let named = Tok {
            kind: Token::Ident,
            start: first,
            end: first,
        };
        let comma = Tok {
            kind: Token::Comma,
            ..token
        };
        let open = Tok {
            kind: Token::OpenParen,
            start: first,
            end: first,
        };
        let close = Tok {
            kind: Token::CloseParen,
            start: last,
            end: last,
        };
        let mut form = vec![Piece {
            token: named,
            words: "pow".to_owned(),
        }];
        form.push(Piece {
            token: open,
            words: "(".to_owned(),
        });
        form.extend(without_brackets(base));
        form.push(Piece {
            token: comma,
            words: ",".to_owned(),
        });
        form.extend(without_brackets(exponent));
        form.push(Piece {
            token: close,
            words: ")".to_owned(),
        });
        self.read_as.put_in.insert(first, "pow".to_owned());
        let whole = Span {
            start: first,
            end: last,
        };
        if reading.quiet == 0 {
            let written = line(&form);
            take_back(&mut reading.lexed.problems, whole);
            take_back(&mut self.problems, whole);
            self.tell(whole, &found, "pow(…, …)", vec![(whole, written)]);
        }
        Some(form)
    }

    /// One past the operand that begins at `at`.
    fn operand_end(&self, reading: &Reading<'_, '_>, at: usize, to: usize) -> Option<usize> {
        let mut place = at;
        if reading.kind(place) == Some(Token::Minus) {
            place += 1;
        }
        let token = *reading.tokens.get(place).filter(|_| place < to)?;
        let mut end = match token.kind {
            Token::OpenParen => reading.partner(place)? + 1,
            Token::Number => place + 1,
            kind if kind.is_name() => match reading.kind(place + 1) {
                Some(Token::OpenParen) => reading.partner(place + 1)? + 1,
                _ => place + 1,
            },
            _ => return None,
        };
        while reading.kind(end) == Some(Token::Dot) {
            end += 2;
        }
        (end <= to).then_some(end)
    }
}

/// Ten to a power, with its thousands set apart.
fn grouped(power: usize) -> String {
    let digits = format!("1{}", "0".repeat(power));
    let head = digits.len() % 3;
    let mut parts: Vec<&str> = Vec::new();
    if head > 0 {
        parts.extend(digits.get(..head));
    }
    let mut at = head;
    while let Some(part) = digits.get(at..at + 3) {
        parts.push(part);
        at += 3;
    }
    parts.join("_")
}

/// Where the operand begins that ends with the last piece.
fn operand_start(pieces: &[Piece]) -> Option<usize> {
    let lowest = pieces.len().saturating_sub(LONGEST * LONGEST + 1);
    let kind = |at: usize| pieces.get(at).map(|piece| piece.token.kind);
    let mut at = pieces.len().checked_sub(1)?;
    loop {
        if kind(at)? == Token::CloseParen {
            let mut depth = 0_usize;
            loop {
                match kind(at)? {
                    kind if kind.closes() => depth += 1,
                    kind if kind.opens() => depth = depth.checked_sub(1)?,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                at = at.checked_sub(1).filter(|at| *at >= lowest)?;
            }
            let named = at.checked_sub(1).and_then(kind).is_some_and(Token::is_name);
            if named {
                at -= 1;
            }
        } else if !(kind(at)?.is_name() || kind(at)? == Token::Number) {
            return None;
        } else if kind(at)?.is_name() && at.checked_sub(1).and_then(kind) == Some(Token::Number) {
            // A number and its unit.
            at -= 1;
        }
        match at.checked_sub(1).and_then(kind) {
            Some(Token::Dot) if at >= 2 && at > lowest => at -= 2,
            _ => return Some(at),
        }
    }
}

/// What a pair of brackets around the whole holds.
fn without_brackets(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_pair = pieces.len() > 2
        && pieces
            .first()
            .is_some_and(|piece| piece.token.kind == Token::OpenParen)
        && operand_start(&pieces) == Some(0);
    if !is_pair {
        return pieces;
    }
    let inner = pieces.len() - 1;
    pieces.into_iter().take(inner).skip(1).collect()
}

fn begins_operand(kind: Token) -> bool {
    kind.is_name()
        || matches!(
            kind,
            Token::Number
                | Token::OpenParen
                | Token::OpenBracket
                | Token::Minus
                | Token::Not
                | Token::If
                | Token::Yes
                | Token::No
                | Token::Unknown
                | Token::Missing
                | Token::Less
        )
}
