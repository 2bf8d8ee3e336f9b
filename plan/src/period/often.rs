//! The way in which a cell is written, found by the cell.
//!
//! In: texts of cells that are periods. Out: the patterns that read all of them, of those in which periods are often
//! written. Which of several is meant, only people can say.

use super::{Written, civil_from_days, first_day};
use crate::PeriodKind;

/// Ways in which periods are often written, the usual ones of this tool apart.
const OFTEN: [&str; 91] = [
    "YYYY/MM",
    "YYYY.MM",
    "YYYY_MM",
    "YYYY MM",
    "YYYYMM",
    "YYYY-M",
    "YYYY/M",
    "M/YYYY",
    "M-YYYY",
    "M.YYYY",
    "M YYYY",
    "YYYY 'M'M",
    "YYYY:'M'M",
    "'M'M YYYY",
    "'M'M/YYYY",
    "'M'M-YYYY",
    "YYYY'年'M'月'",
    "YYYYQ",
    "Q/YYYY",
    "YYYY:Q",
    "YYYY/'Q'Q",
    "YYYY 'Q'Q",
    "YYYY:'Q'Q",
    "YYYY.'Q'Q",
    "Q'Q'YYYY",
    "Q'Q' YYYY",
    "Q'Q'20YY",
    "'Q'Q 20YY",
    "'Q'Q-20YY",
    "'Q'Q/20YY",
    "20YY'Q'Q",
    "'Q'Q YYYY",
    "'Q'Q/YYYY",
    "'Q'Q-YYYY",
    "'T'Q YYYY",
    "YYYYWW",
    "YYYY/W",
    "YYYY W",
    "W/YYYY",
    "YYYY 'W'W",
    "'W'W/YYYY",
    "'Week 'W, YYYY",
    "'Week 'W YYYY",
    "YYYY 'Week 'W",
    "'KW 'W/YYYY",
    "'KW 'W YYYY",
    "YYYY-MM-DD",
    "YYYY/M/D",
    "YYYY.MM.DD",
    "YYYY_MM_DD",
    "YYYYMMDD",
    "D/M/YYYY",
    "M/D/YYYY",
    "D.M.YYYY",
    "D-M-YYYY",
    "D MMM YYYY",
    "D-MMM-YYYY",
    "D/MMM/YYYY",
    "D.MMM.YYYY",
    "DDMMMYYYY",
    "MMM D, YYYY",
    "MMM D YYYY",
    "MMM YYYY",
    "MMM-YYYY",
    "MMM/YYYY",
    "MMM_YYYY",
    "MMM, YYYY",
    "YYYY MMM",
    "YYYY-MMM",
    "YYYY_MMM",
    "YYYY/MMM",
    "D 'de' MMM 'de' YYYY",
    "MMM 'de' YYYY",
    "'T'Q/YYYY",
    "'T'Q-YYYY",
    "YYYY 'T'Q",
    "YYYY-'T'Q",
    "'W'W-YYYY",
    "'W'W YYYY",
    "'S'W-YYYY",
    "'S'W YYYY",
    // Years of two digits, which are those of this century.
    "D/M/20YY",
    "M/D/20YY",
    "D.M.20YY",
    "D-M-20YY",
    "D-MMM-20YY",
    "D MMM 20YY",
    "MMM-20YY",
    "MMM 20YY",
    "M/20YY",
    "M-20YY",
];

/// Of two years: the one in which it begins, the one in which it ends, and years that are called so by somebody.
const FISCAL: [&str; 16] = [
    "YYYY/YY",
    "XXXX/20YY",
    "YYYY-YY",
    "XXXX-20YY",
    "YYYY–YY",
    "XXXX–20YY",
    "YYYY/YYYY",
    "XXXX/YYYY",
    "YYYY-YYYY",
    "XXXX-YYYY",
    "YYYY–YYYY",
    "XXXX–YYYY",
    "'FY'YYYY",
    "'FY 'YYYY",
    "'FY'20YY",
    "'YR'YYYY",
];

/// The patterns that read a text as a period of the kind, or as a day that lies in one.
#[must_use]
pub fn patterns_of(text: &str, kind: PeriodKind) -> Vec<String> {
    patterns_of_all(&[text], kind)
}

/// The patterns that read all of several texts so.
#[must_use]
pub fn patterns_of_all(texts: &[&str], kind: PeriodKind) -> Vec<String> {
    if texts
        .iter()
        .any(|text| crate::scripts::in_our_digits(text).is_some())
    {
        let ours = texts.iter();
        let ours = ours
            .map(|text| crate::scripts::in_our_digits(text).unwrap_or_else(|| (*text).to_owned()));
        let ours: Vec<String> = ours.collect();
        let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
        return patterns_of_all(&ours, kind);
    }
    let mut found: Vec<String> = Vec::new();
    let marked = texts.first().and_then(|text| marked_year(text));
    let marked = marked.filter(|_| kind == PeriodKind::Year);
    let known = OFTEN.into_iter().chain(FISCAL);
    for pattern in known.chain(marked.as_deref()) {
        let Ok(written) = Written::new(pattern) else {
            continue;
        };
        let written = written.in_weeks_of(kind);
        let fits = written.kind() == kind || written.kind() == PeriodKind::Day;
        let reads = |text: &&str| {
            // A year that nobody means says that the digits are something else.
            written.read(text).is_ok_and(|(_, number)| {
                let (year, ..) = civil_from_days(first_day(written.kind(), number));
                (1800..=2200).contains(&year)
            })
        };
        if fits && !texts.is_empty() && texts.iter().all(reads) {
            found.push(two_digit_form(pattern, texts));
        }
    }
    found.dedup();
    found
}

/// `YYYY'p'` of `2024p`, `YYYY*` of `2024*`: a year with a mark behind it that says how good what is said of it is.
fn marked_year(text: &str) -> Option<String> {
    const MOST_LETTERS: usize = 8;
    let (year, mark) = text.split_at_checked(4)?;
    let whole = year.bytes().all(|byte| byte.is_ascii_digit());
    let short = (1..=MOST_LETTERS).contains(&mark.chars().count());
    let plain = |letter: char| letter.is_alphabetic() || " *().†‡".contains(letter);
    (whole && short && mark.chars().all(plain)).then(|| {
        let mark = mark.chars().map(|letter| match letter.is_alphabetic() {
            true => format!("'{letter}'"),
            false => letter.to_string(),
        });
        let pattern = format!("YYYY{}", mark.collect::<String>());
        pattern.replace("''", "")
    })
}

/// `DD/MM/YYYY` for `D/M/YYYY` where the texts have noughts in front or two digits anyway.
fn two_digit_form(pattern: &str, texts: &[&str]) -> String {
    let parts = || pattern.split('\'').enumerate();
    // What stands between apostrophes stands for itself.
    let times = |letter: char| {
        let parts = parts().filter(|(at, _)| at % 2 == 0);
        parts
            .map(|(_, part)| part.matches(letter).count())
            .sum::<usize>()
    };
    let single = ['D', 'M', 'W'].map(|letter| (letter, times(letter) == 1));
    let wide: Vec<String> = parts()
        .map(|(at, part)| {
            let doubled = single.iter().filter(|(_, single)| *single && at % 2 == 0);
            doubled.fold(part.to_owned(), |part, (letter, _)| {
                part.replace(*letter, &format!("{letter}{letter}"))
            })
        })
        .collect();
    let wide = wide.join("'");
    let reads = |written: &Written| texts.iter().all(|text| written.read(text).is_ok());
    match Written::new(&wide) {
        Ok(written) if reads(&written) => wide,
        _ => pattern.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Weekday;
    use super::*;

    #[test]
    fn patterns_are_found_by_all_cells() {
        let texts = ["12/10/2024", "3/9/2024", "30/9/2024"];
        assert_eq!(patterns_of_all(&texts, PeriodKind::Month), ["D/M/YYYY"]);
        let two = ["Week 12, 2024", "Week 7, 2024"];
        let weeks = PeriodKind::Week(Weekday::Monday);
        assert_eq!(patterns_of_all(&two, weeks), ["'Week 'W, YYYY"]);
        assert!(patterns_of_all(&[], PeriodKind::Month).is_empty());
    }

    #[test]
    fn patterns_are_found_by_a_cell() {
        use PeriodKind::{Month, Quarter, Week, Year};
        for (text, kind, patterns) in [
            ("31/05/2024", Month, vec!["DD/MM/YYYY"]),
            ("05/06/2024", Month, vec!["DD/MM/YYYY", "MM/DD/YYYY"]),
            ("5/6/2024", Month, vec!["D/M/YYYY", "M/D/YYYY"]),
            ("2024/05", Month, vec!["YYYY/MM"]),
            ("16 May 2025", Month, vec!["DD MMM YYYY"]),
            ("2024-05-31", Month, vec!["YYYY-MM-DD"]),
            ("Q1 2024", Quarter, vec!["'Q'Q YYYY"]),
            ("20240531", Month, vec!["YYYYMMDD"]),
            ("2023/24", Year, vec!["YYYY/YY", "XXXX/20YY"]),
            ("2022-2023", Year, vec!["YYYY-YYYY", "XXXX-YYYY"]),
            ("2022–2024", Year, vec![]),
            ("FY2024", Year, vec!["'FY'YYYY"]),
            ("FY24", Year, vec!["'FY'20YY"]),
            ("2024p", Year, vec!["YYYY'p'"]),
            ("2024 (est.)", Year, vec!["YYYY ('est'.)"]),
            ("5/31/2024 0:00", Month, vec!["M/D/YYYY"]),
            ("May 31, 2024 12:00 AM", Month, vec!["MMM DD, YYYY"]),
            ("202405.0", Month, vec!["YYYYMM"]),
            ("2024 M05", Month, vec!["YYYY 'M'MM"]),
            ("M5/2024", Month, vec!["'M'M/YYYY"]),
            ("May/2024", Month, vec!["MMM/YYYY"]),
            ("01May2024", Month, vec!["DDMMMYYYY"]),
            ("2024年5月", Month, vec!["YYYY'年'M'月'"]),
            ("2Q 2024", Quarter, vec!["Q'Q' YYYY"]),
            (
                "Week 7, 2024",
                Week(Weekday::Monday),
                vec!["'Week 'W, YYYY"],
            ),
            ("W07 2024", Week(Weekday::Monday), vec!["'W'WW YYYY"]),
            ("W7/2024", Week(Weekday::Monday), vec!["'W'W/YYYY"]),
            ("May-24", Month, vec!["MMM-20YY"]),
            ("16-May-25", Month, vec!["DD-MMM-20YY"]),
            ("5/24", Month, vec!["M/20YY"]),
            ("31/05/24", Month, vec!["DD/MM/20YY"]),
            ("03/04/24", Month, vec!["DD/MM/20YY", "MM/DD/20YY"]),
            ("T1 2024", Quarter, vec!["'T'Q YYYY"]),
            ("nothing", Month, vec![]),
        ] {
            assert_eq!(patterns_of(text, kind), patterns, "{text}");
            for pattern in patterns_of(text, kind) {
                let written = Written::new(&pattern).unwrap();
                assert!(written.read(text).is_ok(), "{pattern} {text}");
            }
        }
    }
}
