//! Properties as they are said of a value: `higher is better`, `blank means 0`, `applies only if c`, `not applicable when
//! c`, `min 1 max 50`, `0..50 beds`, and values of a param `before` a date.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, kind, span};
use crate::token::{Tok, Token};

/// Words for a cell in which nothing stands.
const NOTHING: [&str; 9] = [
    "blank", "blanks", "empty", "na", "nan", "null", "nothing", "none", "absent",
];

impl Habits<'_> {
    pub(super) fn in_properties(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        if self.is_put(*tokens.get(at)?) || stand.in_brackets() {
            return None;
        }
        let of_indicator =
            stand.declares(Token::DeclareIndicator) || stand.declares(Token::DeclareIndicators);
        if stand.declares(Token::DeclareParam) {
            return self.until_the_next(tokens, at);
        }
        if !of_indicator || !stand.is_free() {
            return None;
        }
        self.better(tokens, at)
            .or_else(|| self.empty_means(tokens, at))
            .or_else(|| self.applies_where(tokens, at))
            .or_else(|| self.between_ends(tokens, at))
            .or_else(|| self.range_first(tokens, at))
            .or_else(|| self.reason_in_brackets(tokens, at))
            .or_else(|| self.until_a_date(tokens, at))
            .or_else(|| self.second_source(tokens, at))
            .or_else(|| self.order_in_place(tokens, at))
    }

    fn low(&self, tokens: &[Tok], at: usize) -> String {
        tokens
            .get(at)
            .map(|token| self.slice(*token).to_ascii_lowercase())
            .unwrap_or_default()
    }

    /// `higher is better`, `lower is worse`
    fn better(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let more = match self.low(tokens, at).as_str() {
            "higher" | "more" | "high" | "larger" | "bigger" | "greater" => true,
            "lower" | "less" | "low" | "smaller" | "fewer" => false,
            _ => return None,
        };
        if !matches!(
            self.low(tokens, at + 1).as_str(),
            "is" | "means" | "=" | ":"
        ) {
            return None;
        }
        let good = match self.low(tokens, at + 2).as_str() {
            "better" | "good" | "safer" | "best" => true,
            "worse" | "bad" | "worst" | "riskier" => false,
            _ => return None,
        };
        let word = if more == good {
            "protective"
        } else {
            "harmful"
        };
        self.anew(tokens, (at, at + 3), &format!("polarity {word}"))
    }

    /// `blank means 0`, `empty = 0`
    fn empty_means(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let says = NOTHING.contains(&self.low(tokens, at).as_str());
        let means = matches!(
            self.low(tokens, at + 1).as_str(),
            "means" | "is" | "=" | "are" | "as"
        );
        let value = matches!(
            kind(tokens, at + 2)?,
            Token::Number | Token::Yes | Token::No
        );
        (says && means && value)
            .then(|| self.anew(tokens, (at, at + 2), "missing means"))
            .flatten()
    }

    /// `applies only if c`, `only applies when c`, `applicable if c`, `not applicable when c`, `applies to island`
    fn applies_where(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let mut place = at;
        let negated = kind(tokens, place)? == Token::Not;
        place += usize::from(negated);
        place += usize::from(self.low(tokens, place) == "only");
        let verb = self.low(tokens, place);
        if !matches!(verb.as_str(), "applies" | "applicable" | "apply") {
            return None;
        }
        place += 1;
        place += usize::from(matches!(self.low(tokens, place).as_str(), "only" | "just"));
        let word = self.low(tokens, place);
        if place == at + 1 && verb == "applies" {
            return self.applies_to(tokens, at, &word);
        }
        let turned = match word.as_str() {
            "if" | "when" | "where" | "whenever" | "while" => negated,
            "unless" | "except" => !negated,
            _ => return None,
        };
        if self.fresh(tokens, place) {
            return None;
        }
        if !turned {
            return self.anew(tokens, (at, place + 1), "applies when");
        }
        let end = self.line_end(tokens, place);
        let whole = tokens.get(place + 1..end)?;
        let stop = whole
            .iter()
            .position(|token| token.kind.begins_attribute() && token.kind != Token::Missing)
            .unwrap_or(whole.len());
        let condition = self.words_of(whole.get(..stop).filter(|part| !part.is_empty())?);
        let instead = format!("applies when not ({condition})");
        self.anew(tokens, (at, place + 1 + stop), &instead)
    }

    /// `applies to island`, `applies in camps`: where is a condition.
    fn applies_to(&mut self, tokens: &[Tok], at: usize, word: &str) -> Option<Rewriting> {
        if !matches!(word, "to" | "in" | "for" | "on") || !kind(tokens, at + 2)?.is_name() {
            return None;
        }
        let mut end = at + 3;
        while matches!(
            kind(tokens, end),
            Some(Token::And | Token::Or | Token::Comma)
        ) && kind(tokens, end + 1).is_some_and(Token::is_name)
            && !self.fresh(tokens, end + 1)
        {
            end += 2;
        }
        let whole = span(tokens.get(at)?.start, tokens.get(end - 1)?.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let named: Vec<String> = tokens
            .get(at + 2..end)?
            .iter()
            .filter(|token| token.kind.is_name())
            .map(|token| self.slice(*token).to_owned())
            .collect();
        let asked = match named.as_slice() {
            [one] => format!("is {one}"),
            several => format!("in {{{}}}", several.join(", ")),
        };
        Some(Rewriting::said(
            (at, end),
            Vec::new(),
            whole,
            &found,
            format!("where there is such a value is a condition: `applies when … {asked}`"),
        ))
    }

    /// `min 1 max 50`
    fn between_ends(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let ends = |first: &str, second: &str| {
            matches!(first, "min" | "minimum" | "from" | "low" | "lowest")
                && matches!(second, "max" | "maximum" | "high" | "highest" | "to")
        };
        let of = |place: usize| {
            let sign = usize::from(matches!(
                kind(tokens, place + 1),
                Some(Token::Equals | Token::Colon)
            ));
            let number = tokens
                .get(place + 1 + sign)
                .filter(|token| token.kind == Token::Number)?;
            Some((*number, place + 2 + sign))
        };
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !before.is_name() && before != Token::NumberWord {
            return None;
        }
        let (least, mut next) = of(at)?;
        next += usize::from(kind(tokens, next) == Some(Token::Comma));
        if !ends(&self.low(tokens, at), &self.low(tokens, next)) {
            return None;
        }
        let (most, end) = of(next)?;
        let instead = format!("in {}..{}", self.slice(least), self.slice(most));
        self.anew(tokens, (at, end), &instead)
    }

    /// `: 0..50 beds`
    fn range_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [colon, least, dots, most, unit] = tokens.get(at..at + 5)? else {
            return None;
        };
        let fits = colon.kind == Token::Colon
            && least.kind == Token::Number
            && dots.kind == Token::DotDot
            && most.kind == Token::Number
            && self.known.units.contains(self.slice(*unit));
        let instead = format!(
            "{} in {}..{}",
            self.slice(*unit),
            self.slice(*least),
            self.slice(*most)
        );
        fits.then(|| self.anew(tokens, (at + 1, at + 5), &instead))
            .flatten()
    }

    /// `missing means 0 (the list is complete)`
    fn reason_in_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at).filter(|t| t.kind == Token::OpenParen)?;
        let means =
            (at.saturating_sub(4)..at).any(|place| kind(tokens, place) == Some(Token::Means));
        let words = kind(tokens, at + 1)?.is_name() && kind(tokens, at + 2)?.is_name();
        if !means || !words || kind(tokens, at - 1)? == Token::Means {
            return None;
        }
        let end = self.closed(tokens, at)?;
        let close = tokens.get(end - 1)?;
        let text = self
            .written(open.end, close.start)
            .trim()
            .replace('"', "\\\"");
        let instead = format!("because \"{text}\"");
        self.anew(tokens, (at, end), &instead)
    }

    /// `expires after "2024-W20"`: it says how long.
    fn until_a_date(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [expires, after, date] = tokens.get(at..at + 3)? else {
            return None;
        };
        let fits = expires.kind == Token::Expires
            && matches!(
                after.kind,
                Token::After | Token::At | Token::On | Token::Until
            )
            && date.kind == Token::Text;
        let whole = span(expires.start, date.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let period = self.period(tokens).unwrap_or("month");
        fits.then(|| {
            Rewriting::said(
                (at, at + 3),
                Vec::new(),
                whole,
                &found,
                format!(
                    "say how long an observation holds, and not until when: `expires after 6 {period}s`"
                ),
            )
        })
    }

    /// `from registry, survey`: of one source.
    fn second_source(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [from, one, sign, other] = tokens.get(at..at + 4)? else {
            return None;
        };
        let fits = from.kind == Token::From
            && one.kind.is_name()
            && matches!(
                sign.kind,
                Token::Comma | Token::And | Token::Slash | Token::Plus
            )
            && other.kind.is_name()
            && !self.fresh(tokens, at + 3)
            && !other.kind.begins_attribute();
        let whole = span(sign.start, other.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let (one, other) = (self.slice(*one).to_owned(), self.slice(*other).to_owned());
        fits.then(|| {
            Rewriting::said(
                (at + 2, at + 4),
                Vec::new(),
                whole,
                &found,
                format!(
                    "an indicator comes from one source: keep `{one}` or `{other}`, or declare a source that is both"
                ),
            )
        })
    }

    /// `: ordinal { none, some }`: what has an order is a scale with a name.
    fn order_in_place(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let colon = kind(tokens, at.checked_sub(1)?)? == Token::Colon;
        let says = matches!(
            self.low(tokens, at).as_str(),
            "ordinal" | "ordered" | "scale" | "levels" | "likert" | "factor"
        );
        if !colon || !says || kind(tokens, at + 1)? != Token::OpenBrace {
            return None;
        }
        let end = self.closed(tokens, at + 1)?;
        let names: Vec<String> = tokens
            .get(at + 2..end - 1)?
            .iter()
            .filter(|token| token.kind.is_name())
            .map(|token| self.slice(*token).to_owned())
            .collect();
        let whole = span(word.start, tokens.get(end - 1)?.end);
        let found = self.written(whole.start, whole.end).to_owned();
        // A kind that is not known: nothing follows from it.
        let unknown = self.named(word.start, word.end, "ordinal");
        Some(Rewriting::said(
            (at, end),
            vec![unknown],
            whole,
            &found,
            format!(
                "words in an order are a scale of their own, `scale how_much {{ {} }}`, and behind the colon stands its \
                 name: `: how_much`",
                names.join(" < ")
            ),
        ))
    }

    /// `= 3 before "2024-W01", = 5 from "2024-W01"`: the next value says when it begins.
    fn until_the_next(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [before, date, comma, equals] = tokens.get(at..at + 4)? else {
            return None;
        };
        let fits = matches!(self.low(tokens, at).as_str(), "before" | "til" | "till")
            && date.kind == Token::Text
            && comma.kind == Token::Comma
            && equals.kind == Token::Equals;
        let end = self.line_end(tokens, at);
        let same = (at + 4..end).any(|place| {
            kind(tokens, place) == Some(Token::From)
                && tokens
                    .get(place + 1)
                    .is_some_and(|t| self.slice(*t) == self.slice(*date))
        });
        if !fits || !same {
            return None;
        }
        let last = tokens.get(at.checked_sub(1)?)?;
        let whole = span(before.start, date.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, at + 2),
            Vec::new(),
            whole,
            (&found, ""),
            vec![(span(last.end, date.end), String::new())],
        ))
    }
}
