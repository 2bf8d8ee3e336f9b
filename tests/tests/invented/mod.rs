//! Invented countries for `rules/un-framework`, and groups within them for `rules/un-framework-groups`.
//!
//! In: a ruleset's Plan (which indicators there are, and which factor each belongs to) and a seed. Out:
//! tables as text, the same bytes on every machine: whole numbers alone, and one stream of chance for each
//! country and indicator. Nothing in it is about any real country.
//!
//! How it comes about: every country has a course (calm, fragile, tense, escalating, in crisis,
//! recovering) that gives each factor a severity by month. An indicator has a threshold of its own, and is
//! present where the severity has passed it; states change late rather than early. Analysts look at a part
//! of the list, some factors are seldom coded, some countries are hardly seen at all. What is seen is
//! verified later, if at all.

#![allow(dead_code, reason = "the example and the tests each need a part")]

use std::fmt::Write;

use forewarn_plan::{InputKind, Plan};

pub const SEED: u64 = 0x1948_1209;
pub const COUNTRIES: usize = 60;
pub const MONTHS: usize = 48;
const FIRST_YEAR: usize = 2021;
const FACTORS: usize = 14;

/// Steele, Lea and Flood's SplitMix64: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn of(parts: &[usize]) -> Self {
        let mut chance = Self(SEED);
        for part in parts {
            chance.0 ^= (*part as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chance.next();
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both among it.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    fn happens(&mut self, in_a_thousand: i64) -> bool {
        self.between(0, 999) < in_a_thousand
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Course {
    Calm,
    Fragile,
    Tense,
    Escalating,
    Crisis,
    Recovering,
}

/// The crime that a country's specific factors point to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tilt {
    Genocide,
    Humanity,
    War,
    All,
}

struct Country {
    course: Course,
    tilt: Tilt,
    /// How much of the list analysts look at, in thousandths.
    seen: i64,
    /// How readily reports are verified.
    verified: i64,
    /// When an escalation or a recovery begins.
    turn: i64,
    /// Months without any report.
    silence: std::ops::Range<usize>,
}

fn country(at: usize) -> Country {
    let mut chance = Chance::of(&[1, at]);
    let course = match at * 7 % COUNTRIES {
        0..=21 => Course::Calm,
        22..=35 => Course::Fragile,
        36..=43 => Course::Tense,
        44..=51 => Course::Escalating,
        52..=55 => Course::Crisis,
        _ => Course::Recovering,
    };
    let tilt = match chance.between(0, 9) {
        0..=2 => Tilt::Genocide,
        3..=5 => Tilt::Humanity,
        6..=8 => Tilt::War,
        _ => Tilt::All,
    };
    let hardly = at % 9 == 4;
    let seen = if hardly {
        chance.between(30, 180)
    } else {
        chance.between(660, 1000)
    };
    let start = chance.between(10, 30) as usize;
    let silent = at % 13 == 6;
    Country {
        course,
        tilt,
        seen,
        verified: chance.between(150, 700),
        turn: chance.between(8, 30),
        silence: if silent { start..start + 9 } else { 0..0 },
    }
}

const STRUCTURAL: [usize; 7] = [1, 2, 3, 4, 5, 6, 9];

/// A factor's severity in thousandths, before what is its own.
fn severity(country: &Country, factor: usize, month: i64) -> i64 {
    let slow = STRUCTURAL.contains(&factor);
    // From one value to another within a year from the turn.
    let ramp = |from: i64, to: i64| {
        let passed = (month - country.turn).clamp(0, 12);
        from + (to - from) * passed / 12
    };
    let severity = match (country.course, slow) {
        (Course::Calm, true) => 90,
        (Course::Calm, false) => -40,
        (Course::Fragile, true) => 460,
        (Course::Fragile, false) => 130,
        (Course::Tense, true) => 560,
        (Course::Tense, false) => 300,
        (Course::Escalating, true) => ramp(480, 700),
        (Course::Escalating, false) => ramp(120, 760),
        (Course::Crisis, true) => 760,
        (Course::Crisis, false) => 700,
        (Course::Recovering, true) => ramp(740, 520),
        (Course::Recovering, false) => ramp(680, 110),
    };
    let points_elsewhere = match factor {
        9 | 10 => !matches!(country.tilt, Tilt::Genocide | Tilt::All),
        11 | 12 => !matches!(country.tilt, Tilt::Humanity | Tilt::All),
        13 | 14 => !matches!(country.tilt, Tilt::War | Tilt::All),
        _ => false,
    };
    let rare = if factor == 10 { 850 } else { 1000 };
    severity * rare / 1000 * if points_elsewhere { 350 } else { 1000 } / 1000
}

/// How often a factor is looked at, in thousandths.
fn looked_at(country: &Country, factor: usize) -> i64 {
    const RATES: [i64; FACTORS] = [
        960, 920, 920, 820, 760, 900, 950, 940, 900, 820, 880, 760, 780, 660,
    ];
    let rate = RATES.get(factor - 1).copied().unwrap_or(700);
    let no_war = factor >= 13 && country.course == Course::Calm;
    rate * country.seen / 1000 * if no_war { 800 } else { 1000 } / 1000
}

/// An indicator of the ruleset: its column, the one that says what was verified, and its factor (0 for what
/// is none of the list).
struct Indicator {
    name: String,
    verification: Option<String>,
    factor: usize,
}

fn indicators(plan: &Plan) -> Vec<Indicator> {
    let column = |at: usize| {
        let input = &plan.inputs[at];
        input.column.clone().unwrap_or_else(|| input.name.clone())
    };
    let all = plan.inputs.iter().enumerate();
    // Whether there are operations at all is asked in no row of the panel: nobody says, and all applies.
    let own = all.filter(|(_, input)| input.kind.is_indicator() && input.name != "operations");
    own.map(|(at, input)| {
        let declared = plan.declarations.iter().find(|one| one.name == input.name);
        let code = declared.and_then(|declared| declared.code.as_deref());
        let factor = code.and_then(|code| code.split('.').next()?.parse().ok());
        let by = plan.inputs.iter().position(
            |other| matches!(other.kind, InputKind::Verification { of } if of as usize == at),
        );
        Indicator {
            name: column(at),
            verification: by.map(column),
            factor: factor.unwrap_or(0),
        }
    })
    .collect()
}

const WORDS: [&str; 3] = ["absent", "emerging", "present"];

/// What is coded of one indicator in each month: its state, and whether it was verified.
fn course_of(at: usize, country: &Country, of: usize, factor: usize) -> Vec<Option<(usize, bool)>> {
    let mut own = Chance::of(&[2, at, factor]);
    let shift = own.between(-110, 110);
    let mut chance = Chance::of(&[3, at, of]);
    let threshold = chance.between(90, 910);
    let coded = chance.happens(if factor == 0 {
        country.seen * 7 / 10
    } else {
        looked_at(country, factor)
    });
    let from = if chance.happens(120) {
        chance.between(3, 30) as usize
    } else {
        0
    };
    let mut state = 0;
    let mut fading = 0;
    let mut verified = false;
    let mut cells = Vec::with_capacity(MONTHS);
    for month in 0..MONTHS {
        let target = if factor == 0 {
            // What holds a country together goes the other way.
            let severity = 1000 - severity(country, 3, month as i64) + shift;
            place(severity, threshold)
        } else {
            place(severity(country, factor, month as i64) + shift, threshold)
        };
        let before = state;
        if factor == 8 {
            // Events come and fade.
            let severity = severity(country, factor, month as i64) + shift;
            if chance.happens((severity / 9).max(4)) {
                fading = chance.between(2, 4);
            }
            state = match fading {
                0 => 0,
                1 => 1,
                _ => 2,
            };
            fading = (fading - 1).max(0);
        } else if month == 0 || chance.happens(400) {
            state = target;
        }
        let looked = if state == before && month > 0 {
            country.verified / 5
        } else {
            country.verified / 2
        };
        verified = (verified && state == before) || chance.happens(looked);
        let gap = chance.happens(35) || country.silence.contains(&month);
        let told = coded && month >= from && !gap;
        cells.push(told.then_some((state, verified)));
    }
    cells
}

fn place(severity: i64, threshold: i64) -> usize {
    usize::from(severity >= threshold - 140) + usize::from(severity >= threshold)
}

/// `XAA`, `XAB`, …: codes that the standard leaves to its users.
pub fn code(at: usize) -> String {
    let letter = |at: usize| char::from(b'A' + (at % 26) as u8);
    format!("X{}{}", letter(at / 26), letter(at))
}

fn month(at: usize) -> String {
    format!("{}-{:02}", FIRST_YEAR + at / 12, at % 12 + 1)
}

/// `invented_countries.csv`
pub fn panel(plan: &Plan) -> String {
    let indicators = indicators(plan);
    let mut text = "country,month".to_owned();
    for indicator in &indicators {
        let names = std::iter::once(&indicator.name).chain(&indicator.verification);
        for name in names {
            let _ = write!(text, ",{name}");
        }
    }
    text.push('\n');
    for at in 0..COUNTRIES {
        let country = country(at);
        let courses: Vec<_> = indicators
            .iter()
            .enumerate()
            .map(|(of, indicator)| course_of(at, &country, of, indicator.factor))
            .collect();
        for row in 0..MONTHS {
            let _ = write!(text, "{},{}", code(at), month(row));
            for (indicator, course) in indicators.iter().zip(&courses) {
                put(&mut text, indicator, course[row]);
            }
            text.push('\n');
        }
    }
    text
}

/// `invented_groups.csv`, for the Plan of `rules/un-framework-groups`: two to four groups in each of eight of
/// the countries, through the last two years.
pub fn groups(plan: &Plan) -> String {
    const GROUPS: [&str; 4] = [
        "Upland people",
        "River people",
        "Coast people",
        "Lake people",
    ];
    let indicators = indicators(plan);
    let mut text = "country,group,month".to_owned();
    for indicator in &indicators {
        let names = std::iter::once(&indicator.name).chain(&indicator.verification);
        for name in names {
            let _ = write!(text, ",{name}");
        }
    }
    text.push('\n');
    for at in 0..8 {
        for (group, name) in GROUPS.iter().enumerate().take(2 + at % 3) {
            // Each group has a course of its own.
            let own = at * 5 + group * 3;
            let country = Country {
                tilt: Tilt::Genocide,
                ..country(own % COUNTRIES)
            };
            let stream = COUNTRIES + at * GROUPS.len() + group;
            let courses: Vec<_> = indicators
                .iter()
                .enumerate()
                .map(|(of, indicator)| course_of(stream, &country, of, indicator.factor))
                .collect();
            for row in MONTHS - 24..MONTHS {
                let _ = write!(text, "{},{name},{}", code(at), month(row));
                for (indicator, course) in indicators.iter().zip(&courses) {
                    put(&mut text, indicator, course[row]);
                }
                text.push('\n');
            }
        }
    }
    text
}

fn put(text: &mut String, indicator: &Indicator, cell: Option<(usize, bool)>) {
    let word = cell.map_or("", |(state, _)| WORDS[state]);
    let _ = write!(text, ",{word}");
    if indicator.verification.is_some() {
        let verified = cell.is_some_and(|(_, verified)| verified);
        text.push_str(if verified { ",1" } else { "," });
    }
}

/// `countries.csv`: what the codes stand for.
pub fn names() -> String {
    const FIRST: [&str; 12] = [
        "Ava", "Bel", "Cor", "Dru", "Esk", "Fal", "Gor", "Hal", "Ist", "Jor", "Kel", "Lor",
    ];
    const LAST: [&str; 5] = ["vara", "mond", "thia", "nesse", "quil"];
    let mut text = "country,name\n".to_owned();
    for at in 0..COUNTRIES {
        let (first, last) = (FIRST[at % FIRST.len()], LAST[at / FIRST.len()]);
        let _ = writeln!(text, "{},{first}{last}", code(at));
    }
    text
}
