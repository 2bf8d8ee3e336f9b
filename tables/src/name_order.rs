//! The order of files and sheets of which the later one may win: by the periods and numbers in their names.
//!
//! In: the paths that a pattern fits, or the names of a workbook's sheets. Out: these in an order that people would
//! put them in: `d_9.csv` before `d_10.csv`, `d_Sep2024.csv` before `d_Oct2024.csv`, `11-2023` before `05-2024`, `d.csv` before `d_v2.csv`. Where
//! every name has a period, the period alone decides first, so that `final_2024-09` comes before `draft_2024-10`.

use forewarn_plan::PeriodKind;
use forewarn_plan::period::{around, first_within, month_named, parse};
use forewarn_runtime::causes::data::OddOrder;
use std::cmp::Ordering;
use std::path::{Path, PathBuf};

/// Puts files in their order.
pub fn put_files_in_order(files: &mut [PathBuf]) {
    let dated = files.iter().all(|file| period_of(file).is_some());
    let monthly = files.iter().all(|file| lone_month(file).is_some());
    files.sort_by_cached_key(|file| {
        let period = period_of(file).filter(|_| dated);
        let month = lone_month(file).filter(|_| monthly);
        (period, month, parts_of(file), file.clone())
    });
}

/// Puts sheets in the order of their periods, where every name has one; else they stay in the order of their tabs.
#[cfg(feature = "xlsx")]
pub(crate) fn put_sheets_in_order(names: &mut [String]) {
    let period = |name: &String| period_in(&parts(name));
    if names.iter().all(|name| period(name).is_some()) {
        names.sort_by_cached_key(|name| (period(name), parts(name)));
    }
}

/// The month that a file's name says without any year: `in_jan.csv`.
fn lone_month(file: &Path) -> Option<u64> {
    if period_of(file).is_some() {
        return None;
    }
    let parts = parts(&stem(file));
    let mut months = parts.iter().filter_map(|part| month(Some(&part)));
    let first = months.next()?;
    months.next().is_none().then_some(first)
}

/// What of the names of files that stand in their order leaves it open, with an example.
pub(crate) fn odd_order(files: &[String]) -> Option<(&str, OddOrder)> {
    if let Some(example) = odd_date(files) {
        return Some((example, OddOrder::Digits));
    }
    let months = || {
        let months = files.iter().map(|file| (file, lone_month(Path::new(file))));
        months.filter_map(|(file, month)| Some((file, month?)))
    };
    let (first, last) = (
        months().min_by_key(|(_, month)| *month),
        months().max_by_key(|(_, month)| *month),
    );
    if let (Some((_, first)), Some((file, last))) = (first, last) {
        // A year may end between them, and beside names of another kind nothing says where they belong.
        let is_open = (first, last) == (1, 12) || months().count() < files.len();
        if first != last && is_open {
            return Some((file, OddOrder::Months));
        }
    }
    let twos = files.windows(2).filter_map(|two| match two {
        [one, other] => Some((one, other)),
        _ => None,
    });
    let mut odd = twos.filter(|(one, other)| are_odd_versions(one, other));
    let (one, other) = odd.next()?;
    Some((other, OddOrder::Versions(one.clone())))
}

/// Words by which people say how far a file has come, in no order that everybody knows.
const STAGES: [&str; 22] = [
    "final",
    "draft",
    "rev",
    "revised",
    "revision",
    "corr",
    "corrected",
    "correction",
    "new",
    "latest",
    "prelim",
    "preliminary",
    "provisional",
    "update",
    "updated",
    "old",
    "definitif",
    "provisoire",
    "corrige",
    "borrador",
    "definitivo",
    "brouillon",
];

/// Those of them that nobody means for a later file.
const EARLY: [&str; 8] = [
    "draft",
    "prelim",
    "preliminary",
    "provisional",
    "old",
    "provisoire",
    "borrador",
    "brouillon",
];

/// Are two files of one period, and do the words behind it say in different ways which is the later?
fn are_odd_versions(one: &str, other: &str) -> bool {
    let period = |file: &str| period_of(Path::new(file));
    if period(one).is_none() || period(one) != period(other) {
        return false;
    }
    let said = |file: &str| -> Vec<Part> {
        let parts = parts(&stem(Path::new(file))).into_iter();
        parts
            .filter(|part| !matches!(part, Part::Sign(_)))
            .collect()
    };
    let (one, other) = (said(one), said(other));
    let same = one
        .iter()
        .zip(&other)
        .take_while(|(one, other)| one == other);
    let same = same.count();
    let rest = |parts: &[Part]| parts.get(same..).unwrap_or_default().to_vec();
    let (one, other) = (rest(&one), rest(&other));
    let is_stage =
        |part: &Part| matches!(part, Part::Word(word) if STAGES.contains(&word.as_str()));
    let is_version = |part: &Part| match part {
        Part::Number(..) => true,
        Part::Word(word) => ["v", "version", "copy"].contains(&word.as_str()),
        Part::Sign(_) => false,
    };
    let versions = |parts: &[Part]| parts.iter().all(|part| is_stage(part) || is_version(part));
    let is_early = |part: &Part| matches!(part, Part::Word(word) if EARLY.contains(&word.as_str()));
    // `e.csv` before `e_final.csv` is what everybody means; `e.csv` before `e_draft.csv` is not.
    let apart = !one.is_empty() && !other.is_empty() && one.iter().chain(&other).any(is_stage);
    let early = one.is_empty() && other.iter().any(is_early);
    versions(&one) && versions(&other) && (apart || early)
}

/// The first of several files whose name has digits enough for a date, and no period that is known: `x_311223.csv`.
fn odd_date(files: &[String]) -> Option<&str> {
    let has_date = |parts: &[Part]| {
        let mut parts = parts.iter();
        parts.any(|part| matches!(part, Part::Number(_, 6 | 8)))
    };
    let mut files = files.iter().map(String::as_str);
    let several = files.len() > 1;
    let mut odd = files.by_ref().filter(|file| {
        let path = Path::new(file);
        several && period_of(path).is_none() && has_date(&parts(&stem(path)))
    });
    odd.next()
}

/// The first and the last of the periods that a file's name says: `e_2024-03.csv`, `e_2024.csv`; those of its folders,
/// where it says none.
pub(crate) fn span_of(file: &str, kind: PeriodKind) -> Option<(i64, i64)> {
    let (own, number) = match period_of(Path::new(file))? {
        (_, 0, 1..) => return None,
        (year, 0, 0) => (PeriodKind::Year, i64::try_from(year).ok()?),
        (year, month, 0) => {
            let text = format!("{year:04}-{month:02}");
            (PeriodKind::Month, parse(PeriodKind::Month, &text).ok()?)
        }
        (year, month, day) => {
            let text = format!("{year:04}-{month:02}-{day:02}");
            (PeriodKind::Day, parse(PeriodKind::Day, &text).ok()?)
        }
    };
    if own == kind {
        return Some((number, number));
    }
    let first = first_within(own, number, kind);
    let next = first_within(own, number + 1, kind);
    match first.zip(next).filter(|(first, next)| next > first) {
        Some((first, next)) => Some((first, next - 1)),
        None => {
            let whole = around(own, number, kind);
            Some((whole, whole))
        }
    }
}

/// A year, with a month and a day where they are said; weeks count as days of no month.
type Dated = (u64, u64, u64);

/// A part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Numbers with and without noughts before them are the same; a longer one is no other.
    Number(u64, usize),
    Word(String),
    Sign(char),
}

impl Part {
    fn rank(&self) -> u8 {
        match self {
            Self::Sign(_) => 0,
            Self::Number(..) => 1,
            Self::Word(_) => 2,
        }
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one, width), Self::Number(two, other)) => {
                one.cmp(two).then(other.cmp(width))
            }
            (Self::Word(one), Self::Word(two)) => one.cmp(two),
            (Self::Sign(one), Self::Sign(two)) => one.cmp(two),
            (one, two) => one.rank().cmp(&two.rank()),
        }
    }
}

/// The parts of a path, folder by folder, the last without its ending: what is added behind a name comes later.
fn parts_of(file: &Path) -> Vec<Vec<Part>> {
    let folders = file.parent().into_iter().flat_map(Path::components);
    let mut all: Vec<Vec<Part>> = folders
        .map(|folder| parts(&folder.as_os_str().to_string_lossy()))
        .collect();
    all.push(parts(&stem(file)));
    all
}

fn stem(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // `d.csv.gz` has two endings.
    let plain = name
        .strip_suffix(".gz")
        .or_else(|| name.strip_suffix(".zst"))
        .unwrap_or(&name);
    let end = plain.rfind('.').filter(|end| *end > 0);
    plain
        .get(..end.unwrap_or(plain.len()))
        .unwrap_or(plain)
        .to_owned()
}

fn parts(name: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let is_digit = |letter: char| letter.is_ascii_digit();
        let length = |fits: &dyn Fn(char) -> bool| {
            rest.find(|letter: char| !fits(letter))
                .unwrap_or(rest.len())
        };
        let (part, end) = if is_digit(first) {
            let end = length(&is_digit);
            let digits = rest.get(..end).unwrap_or_default();
            (Part::Number(digits.parse().unwrap_or(u64::MAX), end), end)
        } else if first.is_alphabetic() {
            let end = length(&char::is_alphabetic);
            let word = rest.get(..end).unwrap_or_default();
            (Part::Word(word.to_lowercase()), end)
        } else {
            (Part::Sign(first), first.len_utf8())
        };
        parts.push(part);
        rest = rest.get(end..).unwrap_or_default();
    }
    parts
}

/// The first period that a file's name says, else that of its folders, the innermost first.
fn period_of(file: &Path) -> Option<Dated> {
    let folders = file.parent().into_iter().flat_map(Path::components);
    let folders = folders.map(|folder| folder.as_os_str().to_string_lossy().into_owned());
    let mut names: Vec<String> = folders.collect();
    names.push(stem(file));
    names.iter().rev().find_map(|name| period_in(&parts(name)))
}

fn period_in(parts: &[Part]) -> Option<Dated> {
    // Signs between the parts of a date say nothing that its order does not, but for which number is of it. What stands
    // in brackets is none of them: `2024-10 (2)` is the second copy, and not the second day.
    let is_bracket = |sign: &char| matches!(sign, '(' | ')' | '[' | ']');
    let mut said: Vec<&Part> = Vec::new();
    // Does a part stand at the one before it, with nothing wider than a hyphen between?
    let mut joined = Vec::new();
    let mut wide = true;
    for part in parts {
        match part {
            Part::Sign(sign) if !is_bracket(sign) => wide |= !matches!(sign, '-' | '.' | '/'),
            Part::Sign(_) | Part::Number(..) | Part::Word(_) => {
                said.push(part);
                joined.push(!wide);
                wide = false;
            }
        }
    }
    (0..said.len()).find_map(|at| {
        let from = |at: usize| (said.get(at..), joined.get(at..));
        match from(at) {
            (Some(said), Some(joined)) => period_at(said, joined),
            (Some(_) | None, _) => None,
        }
    })
}

fn year(part: Option<&&Part>) -> Option<u64> {
    match part {
        Some(Part::Number(year, 4)) if (1900..2200).contains(year) => Some(*year),
        _ => None,
    }
}

fn number(part: Option<&&Part>, most: u64) -> Option<u64> {
    match part {
        Some(Part::Number(number, 1 | 2)) if (1..=most).contains(number) => Some(*number),
        _ => None,
    }
}

fn month(part: Option<&&Part>) -> Option<u64> {
    match part {
        Some(Part::Word(word)) => u64::try_from(month_named(word)?).ok(),
        Some(Part::Number(..) | Part::Sign(_)) | None => None,
    }
}

/// A word that says what the number beside it counts.
fn says(part: Option<&&Part>, words: &[&str]) -> bool {
    matches!(part, Some(Part::Word(word)) if words.contains(&word.as_str()))
}

/// Is the year at a place followed by its month, so that a number before it is none: `v3_2024-09`, and not `09-2024_2`?
fn leads(said: &[&Part], joined: &[bool], at: usize) -> bool {
    let is_joined = |at: usize| joined.get(at) == Some(&true);
    let behind = at + 1;
    year(said.get(at)).is_some()
        && number(said.get(behind), 12).is_some()
        && (is_joined(behind) || !is_joined(at))
}

fn period_at(said: &[&Part], joined: &[bool]) -> Option<Dated> {
    const QUARTER: [&str; 3] = ["q", "t", "quarter"];
    const WEEK: [&str; 4] = ["w", "kw", "week", "sem"];
    let part = |at: usize| said.get(at);
    // `20241005`, `202410`
    if let Some(Part::Number(number, digits @ (6 | 8))) = part(0) {
        let (whole, day) = match digits {
            8 => (number / 100, number % 100),
            _ => (*number, 0),
        };
        let (year, month) = (whole / 100, whole % 100);
        if (1900..2200).contains(&year) && (1..=12).contains(&month) && day <= 31 {
            return Some((year, month, day));
        }
    }
    if let Some(year) = year(part(0)) {
        // `2024-Q2`, `2024-W12`, `2024-10-05`, `2024_Oct_05`
        if says(part(1), &QUARTER)
            && let Some(quarter) = number(part(2), 4)
        {
            return Some((year, quarter * 3 - 2, 0));
        }
        if says(part(1), &WEEK)
            && let Some(week) = number(part(2), 53)
        {
            return Some((year, 0, week));
        }
        let month = number(part(1), 12).or_else(|| month(part(1)));
        let day = month.and_then(|_| number(part(2), 31));
        return Some((year, month.unwrap_or(0), day.unwrap_or(0)));
    }
    // `Q2_2024`, `KW12_2024`
    if says(part(0), &QUARTER)
        && let (Some(quarter), Some(year)) = (number(part(1), 4), year(part(2)))
    {
        return Some((year, quarter * 3 - 2, 0));
    }
    if says(part(0), &WEEK)
        && let (Some(week), Some(year)) = (number(part(1), 53), year(part(2)))
    {
        return Some((year, 0, week));
    }
    // `1T2024`
    if says(part(1), &QUARTER)
        && let (Some(quarter), Some(year)) = (number(part(0), 4), year(part(2)))
    {
        return Some((year, quarter * 3 - 2, 0));
    }
    // `5 Oct 2024`, `05-10-2024`; of two numbers the day comes first, unless it can be no month behind it.
    if let Some(year) = year(part(2)) {
        if let (Some(day), Some(month)) = (number(part(0), 31), month(part(1))) {
            return Some((year, month, day));
        }
        if let (Some(one), Some(two)) = (number(part(0), 31), number(part(1), 31))
            && !leads(said, joined, 2)
        {
            let (day, month) = if two > 12 { (two, one) } else { (one, two) };
            if month <= 12 {
                return Some((year, month, day));
            }
        }
    }
    // `Oct2024`, `10-2024`
    let year = year(part(1))?;
    let numbered = number(part(0), 12).filter(|_| !leads(said, joined, 1));
    let month = numbered.or_else(|| month(part(0)))?;
    Some((year, month, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(names: &[&str]) -> Vec<String> {
        let mut files: Vec<PathBuf> = names.iter().rev().map(PathBuf::from).collect();
        put_files_in_order(&mut files);
        let files = files.iter().map(|file| file.to_string_lossy().into_owned());
        files.collect()
    }

    #[test]
    fn dates_that_are_written_otherwise_are_seen() {
        let odd = |files: [&str; 2]| odd_date(&files.map(str::to_owned)).map(str::to_owned);
        let found = odd(["in/x_311223.csv", "in/x_310124.csv"]);
        assert_eq!(found.as_deref(), Some("in/x_311223.csv"));
        assert_eq!(odd(["x_202312.csv", "x_202401.csv"]), None);
        assert_eq!(odd(["x_20231231.csv", "x_20240131.csv"]), None);
        assert_eq!(odd(["x_9.csv", "x_10.csv"]), None);
    }

    #[cfg(feature = "xlsx")]
    #[test]
    fn sheets_stand_in_the_order_of_their_periods() {
        for (tabs, order) in [
            (["2024-10", "2024-9"], ["2024-9", "2024-10"]),
            (["Oct 2024", "Sep 2024"], ["Sep 2024", "Oct 2024"]),
            (["revised", "first"], ["revised", "first"]),
            (["2024-10", "notes"], ["2024-10", "notes"]),
        ] {
            let mut names = tabs.map(str::to_owned);
            put_sheets_in_order(&mut names);
            assert_eq!(names, order);
        }
    }

    #[test]
    fn files_stand_in_the_order_that_people_would_put_them_in() {
        for names in [
            &["in/w_2.csv", "in/w_9.csv", "in/w_10.csv", "in/w_11.csv"][..],
            &["fled_Sep2023.csv", "fled_Feb2024.csv", "fled_Apr2024.csv"],
            &["septembre 2023.csv", "août 2024.csv", "octobre 2024.csv"],
            &["fled_11-2023.csv", "fled_05-2024.csv"],
            &["r 30-11-2023.csv", "r 02-05-2024.csv", "r 01-06-2024.csv"],
            &["final_2024-09.csv", "draft_2024-10.csv"],
            &["Q4_2023.csv", "Q2_2024.csv", "2024-Q3.csv"],
            &["20231130.csv", "20240205.csv"],
            &["m_2024-10.csv", "m_2024-10-rev.csv", "m_2024-11.csv"],
            &["m_2024-10.csv", "m_2024-10 (2).csv", "m_2024-11.csv"],
            &["m.csv", "m_v2.csv", "m_v10.csv"],
            &["m_2024.csv", "m_2024 (3).csv", "m_2024-02.csv"],
            &["2024-02/zones.csv", "2024-10/areas.csv"],
            &["e_v3_2024-09.csv", "e_v1_2024-10.csv"],
            &["report 2 2024-09.csv", "report 1 2024-10.csv"],
            &["zone1 2 2024-09.csv", "zone1 1 2024-10.csv"],
            &["e_09-2024_2.csv", "e_10-2024_1.csv"],
            &["05-10-2024 2.csv", "01-11-2024 1.csv"],
            &["a_2024-10.csv.gz", "a_2024-11.csv"],
            // Where some have no period, names alone decide.
            &["areas_2024-10.csv", "zones.csv"],
        ] {
            assert_eq!(ordered(names), names);
        }
    }
}
