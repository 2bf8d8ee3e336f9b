//! Building blocks of messages: how a [`Diagnostic`] is put together, and small matters of English.

use super::{Cause, Diagnostic, Help, Label, Place};
use crate::source::Span;

/// A line of TOML with its value in quotes, where they are missing: `footer = "Total"` for `footer = Total`;
/// `at` is a place in the line.
#[must_use]
pub fn with_quotes(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..)?.lines().next()?;
    let (key, value) = line.split_once('=')?;
    let value = value.split('#').next()?.trim();
    let begins = value.starts_with(char::is_alphabetic);
    let is_bare = begins && !value.contains(['"', '\'', '[', '{', '=']);
    let is_word_of_toml = ["true", "false", "inf", "nan"].contains(&value);
    (is_bare && !is_word_of_toml).then(|| format!("{} = \"{value}\"", key.trim()))
}

impl Diagnostic {
    /// A diagnostic about words of a rule file: what is wrong, and what the marked words are.
    pub fn about(
        cause: &dyn Cause,
        title: impl Into<String>,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        Self::at(cause, title, Place::Source(span), label)
    }

    /// A diagnostic about any place.
    pub fn at(
        cause: &dyn Cause,
        title: impl Into<String>,
        place: Place,
        label: impl Into<String>,
    ) -> Self {
        Self {
            code: cause.code(),
            severity: cause.severity(),
            title: title.into(),
            primary: Label {
                place,
                text: label.into(),
            },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Marks another place.
    pub fn mark(mut self, span: Span, label: impl Into<String>) -> Self {
        self.secondary.push(Label {
            place: Place::Source(span),
            text: label.into(),
        });
        self
    }

    /// Marks another place, where there is one.
    pub fn mark_if(self, span: Option<Span>, label: impl Into<String>) -> Self {
        match span {
            Some(span) => self.mark(span, label),
            None => self,
        }
    }

    /// Says why it matters.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    pub fn help(self, text: impl Into<String>) -> Self {
        self.mend(text, Vec::new())
    }

    /// Says what to do, and does it.
    pub fn mend(mut self, text: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        self.help.push(Help {
            text: text.into(),
            edits,
        });
        self
    }
}

/// `1 error`, `2 errors`, `1 204 rows`
#[must_use]
pub fn count(number: usize, word: &str) -> String {
    let word = if number == 1 {
        word.to_owned()
    } else {
        plural(word)
    };
    format!("{} {word}", grouped(number as u64))
}

/// `country` to `countries`; good for the words that keys and periods are named by.
#[must_use]
pub fn plural(word: &str) -> String {
    // These are their own plural; a word such as `pays` is of another language, and at least not made worse.
    let ends = |all: &[&str]| all.iter().any(|end| word.ends_with(end));
    let singular = ["ss", "us", "is", "as", "os"];
    if ends(&["series", "species"]) || word.ends_with('s') && !ends(&singular) {
        return word.to_owned();
    }
    match word {
        "país" => return "países".to_owned(),
        "pais" => return "paises".to_owned(),
        _ => {}
    }
    let before_y = word
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    if let Some(stem) = before_y {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// `a`, `a and b`, `a, b and c`; with `or` likewise.
pub fn list<S: AsRef<str>>(parts: &[S], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., end] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", most.join(", "), end.as_ref())
        }
    }
}

/// Names as written, each in backticks.
pub fn quoted<S: AsRef<str>>(names: &[S], last: &str) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    list(&names, last)
}

/// `a score`, `an indicator`; words that already have an article stay.
pub fn with_article(noun: &str) -> String {
    let plain = noun.trim_start_matches('`');
    if plain.starts_with("a ") || plain.starts_with("an ") {
        return noun.to_owned();
    }
    let vowel = plain.starts_with(['a', 'e', 'i', 'o', 'u']);
    // `unit` and `use` begin with a vowel that sounds like a consonant.
    let spoken = vowel && !plain.starts_with("uni") && !plain.starts_with("use");
    format!("{} {noun}", if spoken { "an" } else { "a" })
}

/// A range as written in rules: `-5..5`, `0..`; "any number" if it has no ends.
pub fn range(low: &str, high: &str) -> String {
    let end = |text: &str| {
        if is_open(text) {
            String::new()
        } else {
            text.to_owned()
        }
    };
    match (end(low), end(high)) {
        (low, high) if low.is_empty() && high.is_empty() => "any number".to_owned(),
        (low, high) => format!("{low}..{high}"),
    }
}

/// Whether the end of a range, as shown, stands for none: see `forewarn_plan::numbers::show`.
pub fn is_open(end: &str) -> bool {
    end.is_empty() || end.contains("no bound") || end.contains("inf")
}

/// The members of a ring with the way they lead back to the first: `a → b → a`.
pub fn ring(members: &[(String, Span)]) -> String {
    let names = members
        .iter()
        .chain(members.first())
        .map(|(name, _)| format!("`{name}`"));
    names.collect::<Vec<_>>().join(" → ")
}

/// A ring of names: the first place marked as the cause, each of the others beside it, each saying
/// what it does to the next (`needs`, `uses`, `calls`).
pub fn circle(
    cause: &dyn Cause,
    title: String,
    members: &[(String, Span)],
    verb: &str,
) -> Diagnostic {
    let nexts = members.iter().skip(1).chain(members.first());
    let alone = members.len() == 1;
    let mut marks = members.iter().zip(nexts).map(|((name, span), (next, _))| {
        let next = if alone {
            "itself".to_owned()
        } else {
            format!("`{next}`")
        };
        (*span, format!("`{name}` {verb} {next}"))
    });
    match marks.next() {
        Some((span, label)) => marks.fold(
            Diagnostic::about(cause, title, span, label),
            |diagnostic, (span, label)| diagnostic.mark(span, label),
        ),
        None => Diagnostic::at(cause, title, Place::CommandLine, ""),
    }
}

/// `60000` as `60 000`; four digits stay together only in years, which are not counts.
#[must_use]
pub fn grouped(number: u64) -> String {
    group_digits(&number.to_string())
}

/// Groups a run of digits by threes from the right.
#[must_use]
pub fn group_digits(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_their_number() {
        assert_eq!(count(1, "error"), "1 error");
        assert_eq!(count(0, "warning"), "0 warnings");
        assert_eq!(count(1204, "country"), "1 204 countries");
        assert_eq!(plural("day"), "days");
        assert_eq!(plural("district"), "districts");
        assert_eq!(plural("church"), "churches");
    }

    #[test]
    fn digits_are_grouped_by_threes() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000_000), "1 000 000");
    }
}
