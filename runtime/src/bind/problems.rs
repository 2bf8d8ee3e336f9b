//! Problems of cells and rows: told whole up to a limit, then counted.

use super::{Limits, writings};
use crate::causes::data::{
    BadLine, BadPeriod, EmptyKey, MoreProblems, NotANumber, NotOneOf, NotYesOrNo, OutsideRange,
    RaggedRow,
};
use crate::period::Written;
use forewarn_diagnostics::Reports;
use std::collections::{BTreeMap, BTreeSet};

/// What can be wrong with a cell or a row; counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Number,
    Name,
    Truth,
    Range,
    Key,
    Period,
    Ragged,
    Line,
}

/// A problem of which there can be many.
#[derive(Debug)]
pub(super) enum Problem {
    Number(NotANumber),
    Name(NotOneOf),
    Truth(NotYesOrNo),
    Range(OutsideRange),
    Key(EmptyKey),
    Period(BadPeriod),
    Ragged(RaggedRow),
    Line(BadLine),
}

impl Problem {
    fn more(&mut self) -> &mut u64 {
        match self {
            Self::Number(problem) => &mut problem.cell.more,
            Self::Name(problem) => &mut problem.cell.more,
            Self::Truth(problem) => &mut problem.cell.more,
            Self::Range(problem) => &mut problem.cell.more,
            Self::Key(problem) => &mut problem.more,
            Self::Period(problem) => &mut problem.more,
            Self::Ragged(problem) => &mut problem.more,
            Self::Line(problem) => &mut problem.more,
        }
    }

    fn tell(self, reports: &mut Reports) {
        match self {
            Self::Number(problem) => reports.add(problem),
            Self::Name(problem) => reports.add(problem),
            Self::Truth(problem) => reports.add(problem),
            Self::Range(problem) => reports.add(problem),
            Self::Key(problem) => reports.add(problem),
            Self::Period(problem) => reports.add(problem),
            Self::Ragged(problem) => reports.add(problem),
            Self::Line(problem) => reports.add(problem),
        }
    }
}

/// What is known of one kind of problem in one column.
#[derive(Debug, Default)]
struct Tally {
    told: u64,
    untold: u64,
    /// The last one told, among all.
    last: usize,
}

#[derive(Debug)]
pub(super) struct Problems {
    limits: Limits,
    told: Vec<Problem>,
    /// By the column's name (empty for whole rows) and the kind.
    tallies: BTreeMap<(String, Kind), Tally>,
    /// By the column: how periods look that were told, `99.9999`, and whether what reads them was.
    looks: BTreeMap<(String, String), bool>,
    /// What has been said of which column to read its periods by.
    advised: BTreeSet<(String, String)>,
    /// By the column and the kind: words that were told.
    told_words: BTreeSet<(String, Kind, String)>,
    /// By the column: how its periods are written that are not read.
    written: BTreeMap<String, BTreeSet<String>>,
    /// By the column: the words of truths that are neither yes nor no.
    words: BTreeMap<String, BTreeSet<String>>,
}

/// Where several patterns read one cell and others of the column only one of them, that one is offered alone.
fn only_what_reads_all(period: &mut BadPeriod, texts: &[&str]) {
    let reads = |pattern: &String, text: &str| {
        let written = Written::new(pattern).ok();
        written.is_some_and(|written| written.in_weeks_of(period.kind).read(text).is_ok())
    };
    let told = |text: &&&str| period.offered.iter().any(|pattern| reads(pattern, text));
    let texts: Vec<&&str> = texts.iter().filter(told).collect();
    let all = |pattern: &&String| texts.iter().all(|text| reads(pattern, text));
    let left: Vec<String> = period.offered.iter().filter(all).cloned().collect();
    if !left.is_empty() && left.len() < period.offered.len() {
        period.why = writings::ways(&left, &period.text, period.kind);
    }
}

/// How a text looks: `99.9999` for `02.2031`, `a 9999` for `Feb 2031`.
fn look_of(text: &str) -> String {
    let mut look = String::new();
    for letter in text.chars() {
        let sign = match letter {
            letter if letter.is_ascii_digit() => '9',
            letter if letter.is_alphabetic() => 'a',
            letter => letter,
        };
        if sign != 'a' || !look.ends_with('a') {
            look.push(sign);
        }
    }
    look
}

/// As many words of a column are kept.
const MOST_WORDS: usize = 8;

impl Problems {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            told: Vec::new(),
            tallies: BTreeMap::new(),
            looks: BTreeMap::new(),
            advised: BTreeSet::new(),
            told_words: BTreeSet::new(),
            written: BTreeMap::new(),
            words: BTreeMap::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// Counts a problem; true if it is to be told whole, and then must be given to `keep`.
    pub(super) fn count(&mut self, column: &str, kind: Kind) -> bool {
        let tally = self.tallies.entry((column.to_owned(), kind)).or_default();
        let full = self.told.len() as u64 >= self.limits.in_all;
        if full || tally.told >= self.limits.in_column {
            tally.untold += 1;
            return false;
        }
        tally.told += 1;
        tally.last = self.told.len();
        true
    }

    /// The same for a word that may come again: it is told once in a column, and counted after that.
    pub(super) fn count_word(&mut self, column: &str, kind: Kind, word: &str) -> bool {
        let known = (column.to_owned(), kind, word.to_owned());
        if self.told_words.contains(&known) {
            let tally = self.tallies.entry((column.to_owned(), kind)).or_default();
            tally.untold += 1;
            return false;
        }
        let told = self.count(column, kind);
        if told {
            self.told_words.insert(known);
        }
        told
    }

    /// The same for a period that cannot be read. Those that look alike are told once, and once more where the
    /// first could not say what reads them and a later one can: `advice` says it.
    pub(super) fn count_period(
        &mut self,
        column: &str,
        text: &str,
        advice: impl FnOnce() -> Option<String>,
    ) -> Option<Option<String>> {
        /// After so many nothing else is expected.
        const LOOKED_AT: u64 = 100;
        /// So many show which of several ways is meant.
        const KEPT: usize = 400;
        let written = self.written.entry(column.to_owned()).or_default();
        if written.len() < KEPT {
            written.insert(text.to_owned());
        }
        let look = (column.to_owned(), look_of(text));
        let tally = self.tallies.get(&(column.to_owned(), Kind::Period));
        let untold = tally.map_or(0, |tally| tally.untold);
        let advice = match self.looks.get(&look) {
            Some(true) => None,
            Some(false) if untold >= LOOKED_AT => None,
            Some(false) | None => Some(advice()),
        };
        let is_news = match (&advice, self.looks.contains_key(&look)) {
            (Some(Some(_)), _) | (Some(None), false) => true,
            (Some(None), true) | (None, _) => false,
        };
        // Texts that look otherwise and are read by the same are one finding.
        let again = matches!(
            &advice,
            Some(Some(said)) if self.advised.contains(&(column.to_owned(), said.clone()))
        );
        let is_news = is_news && !again;
        if again {
            self.looks.insert(look.clone(), true);
        }
        if is_news && self.count(column, Kind::Period) {
            let advice = advice.flatten();
            if let Some(said) = &advice {
                self.advised.insert((column.to_owned(), said.clone()));
            }
            self.looks.insert(look, advice.is_some());
            return Some(advice);
        }
        if !is_news {
            let tally = self.tallies.entry((column.to_owned(), Kind::Period));
            tally.or_default().untold += 1;
        }
        None
    }

    /// Keeps a word of a truth that is neither yes nor no.
    pub(super) fn word(&mut self, column: &str, word: &str) {
        let words = self.words.entry(column.to_owned()).or_default();
        if words.len() < MOST_WORDS {
            words.insert(word.to_owned());
        }
    }

    pub(super) fn keep(&mut self, problem: Problem) {
        self.told.push(problem);
    }

    /// Everything that was found, in that order, with the counts of what is not told.
    pub(super) fn tell(mut self, file: &str, reports: &mut Reports) {
        let mut rest: Vec<(String, u64)> = Vec::new();
        for ((column, _), tally) in &self.tallies {
            match self.told.get_mut(tally.last).filter(|_| tally.told > 0) {
                Some(last) => *last.more() = tally.untold,
                None if tally.untold > 0 => match rest.last_mut() {
                    Some((name, count)) if name == column => *count += tally.untold,
                    _ => rest.push((column.clone(), tally.untold)),
                },
                None => {}
            }
        }
        let told = self.told.len() as u64;
        for mut problem in self.told {
            if let Problem::Truth(truth) = &mut problem
                && let Some(column) = &truth.cell.place.column
            {
                let words = self.words.get(column).into_iter().flatten();
                truth.words = words.cloned().collect();
            }
            if let Problem::Period(period) = &mut problem
                && let Some(column) = &period.place.column
            {
                let texts = self.written.get(column).into_iter().flatten();
                only_what_reads_all(period, &texts.map(String::as_str).collect::<Vec<_>>());
            }
            problem.tell(reports);
        }
        if !rest.is_empty() {
            reports.add(MoreProblems {
                file: file.to_owned(),
                told,
                rest,
            });
        }
    }
}
