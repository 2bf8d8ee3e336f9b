//! Words and signs that connect, where another is right, or none.
//!
//! In: the tokens, and where the grammar stopped. Out: edits worth trying.

use crate::declarations::{on_new_line, slice};
use crate::edit::{Edit, Told};
use crate::slips::Written;
use crate::token::Token;

/// Words of the language that people exchange for one another.
const EXCHANGED: [(&str, Token, &str); 9] = [
    ("by", Token::By, " by"),
    ("for", Token::For, " for"),
    ("means", Token::Means, " means"),
    ("to", Token::To, " to"),
    ("of", Token::Of, " of"),
    ("from", Token::From, " from"),
    ("when", Token::When, " when"),
    ("then", Token::Then, " then"),
    (",", Token::Comma, ","),
];

/// Words that connect others, whichever is right at a place.
const CONNECTING: [&str; 34] = [
    "per", "on", "of", "as", "by", "with", "using", "to", "at", "for", "from", "in", "is", "than",
    "over", "across", "along", "every", "each", "into", "onto", "via", "after", "during", "within",
    "until", "and", "or", "be", "the", "a", "exactly", "about", "are",
];

/// Can this word of speech stand for one of the language? Most connect too much to mean one thing.
fn stands_for(word: &str, own: &str) -> bool {
    match own {
        "by" => matches!(
            word,
            "per"
                | "on"
                | "every"
                | "each"
                | "across"
                | "along"
                | "over"
                | "in"
                | "with"
                | "using"
                | "for"
                | "at"
        ),
        "for" => matches!(word, "over" | "during" | "in" | "within" | "after"),
        "means" => matches!(word, "is" | "as" | "to" | "be" | "are"),
        "to" => matches!(word, "in" | "into" | "onto" | "at" | "until" | "on"),
        "of" => matches!(word, "from" | "in" | "within"),
        "from" => matches!(word, "of" | "by" | "via" | "in" | "with"),
        "when" => matches!(word, "on" | "after"),
        _ => false,
    }
}

impl Written<'_> {
    /// A word or a sign that connects, where another is right, or none: `panel port per month`, `by a and b`,
    /// `evidence: estimate`, `for at least 2 months`.
    pub fn other_words(&self) -> Vec<Edit> {
        let (Some(token), Some(before)) = (self.here(), self.before(1)) else {
            return Vec::new();
        };
        let word = slice(self.text, token).to_ascii_lowercase();
        let is_sign = matches!(
            token.kind,
            Token::Colon | Token::Equals | Token::Arrow | Token::Slash
        );
        let connects = is_sign || CONNECTING.contains(&word.as_str());
        if token.end == token.start || !connects || on_new_line(self.text, before, token) {
            return Vec::new();
        }
        let mut edits = Vec::new();
        for (sign, kind, written) in EXCHANGED {
            let fits = match token.kind {
                Token::And | Token::Or => kind == Token::Comma,
                _ if is_sign => true,
                _ => stands_for(&word, sign),
            };
            if fits && token.kind != kind && self.expects(sign) && !self.expects("name") {
                edits.extend(self.replaced(kind, Told::Instead(written)));
            }
        }
        // Only behind words that something is said of right away is one too many.
        let says = matches!(
            before.kind,
            Token::Evidence
                | Token::For
                | Token::Cooldown
                | Token::Weight
                | Token::Decisive
                | Token::Combine
                | Token::Require
                | Token::By
                | Token::Nature
                | Token::Polarity
                | Token::Classification
                | Token::Provenance
                | Token::After
        );
        let fills = is_sign
            || matches!(
                word.as_str(),
                "of" | "as"
                    | "by"
                    | "with"
                    | "using"
                    | "to"
                    | "at"
                    | "for"
                    | "than"
                    | "the"
                    | "a"
                    | "is"
                    | "be"
                    | "exactly"
                    | "about"
            );
        if !says {
            return edits;
        }
        if fills && token.kind != Token::Slash {
            edits.push(Edit {
                at: self.failure.at,
                remove: 1,
                insert: Vec::new(),
                told: Told::Superfluous,
            });
        }
        let next = self.tokens.get(self.failure.at + 1);
        let pair = next.map(|next| slice(self.text, *next)).unwrap_or_default();
        if matches!(
            (word.as_str(), pair),
            ("at", "least" | "most") | ("up", "to") | ("of", "at") | ("as", "a")
        ) {
            edits.push(Edit {
                at: self.failure.at,
                remove: 2,
                insert: Vec::new(),
                told: Told::Rewritten(String::new()),
            });
        }
        edits
    }
}
