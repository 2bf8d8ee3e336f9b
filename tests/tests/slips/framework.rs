//! The frameworks in which slips are made.

use super::Slip;
use std::ops::Range;

pub struct Framework {
    pub name: &'static str,
    pub text: &'static str,
}

impl Framework {
    pub fn all() -> [Self; 8] {
        [
            Self {
                name: "coast",
                text: include_str!("../../slips/coast.risk"),
            },
            Self {
                name: "valley",
                text: include_str!("../../slips/valley.risk"),
            },
            Self {
                name: "harvest",
                text: include_str!("../../slips/harvest.risk"),
            },
            Self {
                name: "courts",
                text: include_str!("../../slips/courts.risk"),
            },
            Self {
                name: "wards",
                text: include_str!("../../slips/wards.risk"),
            },
            Self {
                name: "press",
                text: include_str!("../../slips/press.risk"),
            },
            Self {
                name: "custody",
                text: include_str!("../../slips/custody.risk"),
            },
            Self {
                name: "polls",
                text: include_str!("../../slips/polls.risk"),
            },
        ]
    }

    pub fn named<'f>(all: &'f [Self], name: &str) -> &'f Self {
        let mut all = all.iter();
        all.find(|one| one.name == name)
            .unwrap_or_else(|| panic!("there is no framework {name}"))
    }

    /// The framework with slips in it, given in any order, none touching another.
    pub fn with(&self, slips: &[&Slip]) -> String {
        let mut slips = slips.to_vec();
        slips.sort_by_key(|slip| std::cmp::Reverse(slip.at));
        let mut text = self.text.to_owned();
        for slip in slips {
            text.replace_range(slip.at..slip.at + slip.right.len(), &slip.wrong);
        }
        text
    }

    /// Do two slips stand in different declarations?
    pub fn apart(&self, one: &Slip, other: &Slip) -> bool {
        let block = |slip: &Slip| {
            let before = &self.text[..slip.at];
            let start = before
                .rmatch_indices('\n')
                .map(|(at, _)| at + 1)
                .find(|at| begins_declaration(&self.text[*at..]))
                .unwrap_or(0);
            let end = self.text[slip.at + slip.right.len()..]
                .match_indices('\n')
                .map(|(at, _)| slip.at + slip.right.len() + at + 1)
                .find(|at| begins_declaration(&self.text[*at..]))
                .unwrap_or(self.text.len());
            start..end
        };
        let (a, b) = (block(one), block(other));
        a.end <= b.start || b.end <= a.start
    }

    /// The line in which a byte stands.
    pub fn line(&self, at: usize) -> &str {
        let start = self.text[..at].rfind('\n').map_or(0, |found| found + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |found| at + found);
        self.text[start..end].trim()
    }
}

fn begins_declaration(rest: &str) -> bool {
    let word: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
    !word.is_empty()
}

/// Words, numbers, texts and signs; neither comments nor blanks.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let len = if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else if let Some(inner) = rest.strip_prefix('"') {
            1 + inner.find('"').map_or(inner.len(), |end| end + 1)
        } else if bytes[at].is_ascii_digit() {
            let number = |sign: char| sign.is_ascii_digit() || sign == '_' || sign == '%';
            let whole = rest.find(|sign| !number(sign)).unwrap_or(rest.len());
            let part = rest[whole..].strip_prefix('.').map_or(0, |part| {
                part.find(|sign| !number(sign)).unwrap_or(part.len())
            });
            whole + if part > 0 { part + 1 } else { 0 }
        } else if bytes[at].is_ascii_alphabetic() {
            let word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
            rest.find(|sign| !word(sign)).unwrap_or(rest.len())
        } else if bytes[at].is_ascii_whitespace() {
            at += 1;
            continue;
        } else {
            let signs = ["..<", "..", "<=", ">=", "->", "??"];
            let found = signs.iter().find(|sign| rest.starts_with(**sign));
            found.map_or(1, |sign| sign.len())
        };
        out.push(at..at + len);
        at += len;
    }
    out
}

/// The same numbers each time (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn of(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let z = z ^ (z >> 31);
        usize::try_from(z % (below as u64)).unwrap_or(0)
    }
}
