//! Expressions of recipes, written in the language of rules with texts and periods in them.
//!
//! In: `admin_level = 2 and kind in ("Battles", "Riots")`. Out: the same as the grammar of rules reads
//! it, with a name in place of each text, and what these names stand for. The grammar has no equality
//! sign and no texts, since rules compare numbers, levels and categories alone.

use forewarn_grammar::ast::{BindingKind, Expr, ExprKind, ItemKind};
use forewarn_grammar::{Parsed, ProblemKind, parse};
use std::ops::Range;

/// An expression with its texts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) tree: Expr,
    /// What the names `text_0`, `text_1` … stand for.
    literals: Vec<String>,
}

/// Why an expression cannot be read, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsSlip {
    pub why: String,
    pub at: Range<usize>,
}

const BEFORE: &str = "let asked = ";
pub(super) const NAME: &str = "text_";

impl Words {
    /// Reads an expression.
    ///
    /// # Errors
    /// What the grammar says of it.
    pub(crate) fn new(text: &str) -> Result<Self, WordsSlip> {
        let mut translation = Translation::of(text)?;
        translation.text.insert_str(0, BEFORE);
        let parsed = parse(&translation.text);
        match expression(parsed) {
            Ok(tree) => Ok(Self {
                text: text.trim().to_owned(),
                tree,
                literals: translation.literals,
            }),
            Err((why, at)) => Err(WordsSlip {
                why,
                at: translation.back(at),
            }),
        }
    }

    /// The text that a name stands for.
    pub(crate) fn literal(&self, name: &str) -> Option<&str> {
        let number: usize = name.strip_prefix(NAME)?.parse().ok()?;
        self.literals.get(number).map(String::as_str)
    }
}

fn expression(parsed: Parsed) -> Result<Expr, (String, Range<usize>)> {
    if let Some(problem) = parsed.problems.first() {
        let span = problem.span;
        let message = words_of(&problem.kind);
        return Err((message, span.start as usize..span.end as usize));
    }
    let mut items = parsed.file.items.into_iter();
    match (items.next().map(|item| item.kind), items.next()) {
        (Some(ItemKind::Binding(binding)), None) if binding.kind == BindingKind::Let => {
            match binding.value.kind {
                ExprKind::Error => Err(("this is no expression".to_owned(), 0..0)),
                _ => Ok(binding.value),
            }
        }
        _ => Err(("this is not one expression".to_owned(), 0..0)),
    }
}

fn words_of(problem: &ProblemKind) -> String {
    let expected = |expected: &[String]| match expected {
        [] => String::new(),
        some => format!(
            ": expected {}",
            some.iter()
                .take(3)
                .cloned()
                .collect::<Vec<_>>()
                .join(", or ")
        ),
    };
    match problem {
        ProblemKind::StrangeCharacters { found } => format!("`{found}` means nothing here"),
        ProblemKind::UnterminatedText { .. } => "a quotation mark is never closed".to_owned(),
        ProblemKind::ForeignOperator { found, instead, .. } => {
            format!("write `{instead}` in place of `{found}`")
        }
        ProblemKind::BadNumber { found, why, .. } => format!("`{found}` is no number: {why}"),
        ProblemKind::BadEscape { found } => format!("`{found}` means nothing in a text"),
        ProblemKind::ReservedWord { word, .. } => {
            format!("`{word}` is a word of the language; write `column(\"{word}\")`")
        }
        ProblemKind::Unexpected {
            found,
            expected: what,
            ..
        } => format!("{found} cannot stand here{}", expected(what)),
        ProblemKind::UnexpectedEnd { expected: what, .. } => {
            format!("it ends too early{}", expected(what))
        }
        ProblemKind::NotAName { .. }
        | ProblemKind::NoQuotes { .. }
        | ProblemKind::NoElse { .. }
        | ProblemKind::Unclosed { .. }
        | ProblemKind::OverridesWhole { .. } => {
            "it is not written as rules write conditions".to_owned()
        }
        ProblemKind::NestedTooDeeply { .. } => "it is nested too deeply".to_owned(),
    }
}

/// The text that the grammar reads.
#[derive(Debug, Default)]
struct Translation {
    text: String,
    literals: Vec<String>,
    /// Places in the new text with the places in the old one that they come from, ascending.
    places: Vec<(usize, usize)>,
}

impl Translation {
    fn of(text: &str) -> Result<Self, WordsSlip> {
        let mut new = Self::default();
        let mut rest = text;
        let mut in_set: Option<char> = None;
        while let Some(letter) = rest.chars().next() {
            let at = text.len() - rest.len();
            new.places.push((new.text.len(), at));
            let mut taken = letter.len_utf8();
            match letter {
                '"' => {
                    let end = rest.get(1..).and_then(|rest| rest.find('"'));
                    let Some(end) = end else {
                        return Err(WordsSlip {
                            why: "a quotation mark is never closed".to_owned(),
                            at: at..text.len(),
                        });
                    };
                    new.literal(rest.get(1..=end).unwrap_or_default());
                    taken = end + 2;
                }
                ')' | '}' if in_set == Some(letter) => {
                    in_set = None;
                    new.text.push('}');
                }
                ',' if in_set.is_some() => new.text.push(','),
                _ if in_set.is_some() && !letter.is_whitespace() => {
                    let end = rest.find([',', ')', '}']).unwrap_or(rest.len());
                    new.literal(rest.get(..end).unwrap_or_default().trim());
                    taken = end.max(1);
                }
                '<' | '>' if rest.get(1..).is_some_and(|rest| rest.starts_with('=')) => {
                    new.text.push(letter);
                    new.text.push('=');
                    taken = 2;
                }
                '=' | '≠' | '!' | '<' if let Some((sign, length)) = equality(rest) => {
                    new.text.push_str(sign);
                    taken = length;
                }
                letter
                    if letter.is_ascii_digit()
                        && let Some(length) = period(rest) =>
                {
                    new.literal(rest.get(..length).unwrap_or_default());
                    taken = length;
                }
                letter if letter.is_alphanumeric() || letter == '_' => {
                    let end = rest
                        .find(|letter: char| !letter.is_alphanumeric() && !"_.".contains(letter))
                        .unwrap_or(rest.len());
                    let word = rest.get(..end).unwrap_or_default();
                    let behind = rest.get(end..).unwrap_or_default().trim_start();
                    taken = end;
                    match (word, behind.chars().next()) {
                        ("in", Some(open @ ('(' | '{'))) => {
                            new.text.push_str("in {");
                            in_set = Some(if open == '(' { ')' } else { '}' });
                            let blanks = rest.len() - end - behind.len();
                            taken = end + blanks + 1;
                        }
                        ("latest" | "first", _) if behind.starts_with("period") => {
                            new.text.push_str(word);
                            new.text.push('_');
                            taken = rest.len() - behind.len();
                        }
                        _ => new.text.push_str(word),
                    }
                }
                letter => new.text.push(letter),
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
        Ok(new)
    }

    fn literal(&mut self, text: &str) {
        self.text
            .push_str(&format!("{NAME}{}", self.literals.len()));
        self.literals.push(text.to_owned());
    }

    /// A range of the text that the grammar read, in the text that was written.
    fn back(&self, at: Range<usize>) -> Range<usize> {
        let old = |new: usize| {
            let new = new.saturating_sub(BEFORE.len());
            let before = self.places.iter().take_while(|(place, _)| *place <= new);
            before.last().map_or(0, |(_, old)| *old)
        };
        let start = old(at.start);
        start..old(at.end.saturating_sub(1)).max(start) + 1
    }
}

/// A sign for equality at the beginning: what the grammar calls it, and how long it is.
fn equality(text: &str) -> Option<(&'static str, usize)> {
    const SIGNS: [(&str, &str); 5] = [
        ("==", " is "),
        ("!=", " is not "),
        ("<>", " is not "),
        ("≠", " is not "),
        ("=", " is "),
    ];
    let found = SIGNS.into_iter().find(|(sign, _)| text.starts_with(sign))?;
    Some((found.1, found.0.len()))
}

/// The length of a period at the beginning: `2024-11`, `2024-Q2`, `2024-11-30`.
fn period(text: &str) -> Option<usize> {
    let end = text
        .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .unwrap_or(text.len());
    let word = text.get(..end)?;
    let whole = word.contains('-') || word.contains(['Q', 'W', 'M']);
    (whole && forewarn_plan::period::any(word).is_some()).then_some(end)
}
