//! How members combine, in other words: `combine mean, weighted`, `combine the highest`, `combine moyenne pondérée`,
//! `combine as the weighted average`.
//!
//! In: one place in the tokens. Out: the way that was meant.

use super::Habits;
use super::letters::plain_letters;
use super::phrases::{Rewriting, Stand, Within, kind};
use crate::token::{Tok, Token};

/// The most words of a way.
const LONGEST: usize = 8;

/// A word of a way, and what it is called elsewhere, in small letters without accents.
const WORDS: &[(&str, &[&str])] = &[
    (
        "mean",
        &[
            "mean",
            "average",
            "avg",
            "moyenne",
            "media",
            "promedio",
            "mittelwert",
            "mittel",
            "durchschnitt",
            "mitjana",
            "gemiddelde",
        ],
    ),
    (
        "weighted",
        &[
            "weighted",
            "ponderee",
            "pondere",
            "ponderada",
            "ponderado",
            "ponderata",
            "gewichtet",
            "gewichteter",
            "gewichtetes",
            "gewogen",
        ],
    ),
    (
        "geometric",
        &[
            "geometric",
            "geo",
            "geom",
            "geometrical",
            "geometrique",
            "geometrica",
            "geometrico",
            "geometrisch",
            "geometrisches",
        ],
    ),
    (
        "harmonic",
        &[
            "harmonic",
            "harmonique",
            "armonica",
            "harmonica",
            "harmonisch",
            "harmonisches",
        ],
    ),
    (
        "max",
        &[
            "max",
            "maximum",
            "maximal",
            "highest",
            "largest",
            "greatest",
            "worst",
            "biggest",
            "maximo",
            "massimo",
            "hochste",
            "hoechste",
            "plus_haut",
            "peor",
            "pire",
            "peggiore",
        ],
    ),
    (
        "min",
        &[
            "min",
            "minimum",
            "minimal",
            "lowest",
            "smallest",
            "least",
            "best",
            "minimo",
            "niedrigste",
        ],
    ),
    ("median", &["median", "mediane", "mediana", "middle"]),
    (
        "sum",
        &["sum", "total", "somme", "suma", "soma", "somma", "summe"],
    ),
];

/// Words between them that say nothing.
const FILLS: &[&str] = &[
    "the", "a", "an", "of", "all", "as", "by", "with", "its", "their", "value", "values", "one",
    "members", "la", "le", "les", "el", "de", "des", "del", "da", "das", "der", "die", "il",
    "valeur", "valor", "wert",
];

/// Words that the checker knows for a way by themselves.
const PLAIN: &[&str] = &[
    "mean",
    "average",
    "avg",
    "weighted",
    "geometric",
    "harmonic",
    "max",
    "maximum",
    "highest",
    "worst",
    "min",
    "minimum",
    "lowest",
    "median",
    "sum",
    "total",
];

const WAYS: &[&str] = &[
    "mean",
    "weighted mean",
    "geometric mean",
    "harmonic mean",
    "max",
    "min",
    "median",
    "sum",
];

impl Habits<'_> {
    pub(super) fn in_ways(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        if stand.within() != Some(Within::Factor) || kind(tokens, at)? != Token::Combine {
            return None;
        }
        let from = at + 1;
        let end = (from..self.line_end(tokens, at).min(from + LONGEST))
            .take_while(|place| {
                kind(tokens, *place).is_some_and(|kind| {
                    !matches!(kind, Token::Require | Token::Members | Token::Cite)
                        && (kind.is_name() || matches!(kind, Token::Comma | Token::Minus))
                })
            })
            .last()?
            + 1;
        let mut own: Vec<&'static str> = Vec::new();
        let mut odd = false;
        for token in tokens.get(from..end)? {
            let word = self.slice(*token);
            odd |= !PLAIN.contains(&word);
            if matches!(token.kind, Token::Comma | Token::Minus) {
                continue;
            }
            if self.declared.contains(word) {
                return None;
            }
            let small = plain_letters(&word.to_lowercase())?;
            if FILLS.contains(&small.as_str()) {
                continue;
            }
            let (known, _) = WORDS
                .iter()
                .find(|(_, all)| all.contains(&small.as_str()))?;
            own.push(known);
        }
        // `weighted` stands before what it weighs.
        own.sort_by_key(|word| *word == "mean");
        own.dedup();
        let way = own.join(" ");
        let way = *WAYS.iter().find(|known| **known == way)?;
        let written = self.words_of(tokens.get(from..end)?);
        let ends = end == self.line_end(tokens, at)
            || kind(tokens, end)
                .is_some_and(|next| matches!(next, Token::Require | Token::Members | Token::Cite));
        // One word may be a function of another file.
        let several = end > from + 1;
        (odd && several && written != way && ends)
            .then(|| self.anew(tokens, (from, end), way))
            .flatten()
    }
}
