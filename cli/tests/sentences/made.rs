//! Rulesets and tables by chance: small enough to be read, with everything that an explanation has words for.
//!
//! In: a seed. Out: rules that compile and the rows of a table, the same on every machine. Values are few, so that
//! thresholds are met, passed and missed by the last digit.

/// Steele, Lea and Flood's SplitMix64.
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn in_ten(&mut self, times: usize) -> bool {
        self.below(10) < times
    }
}

/// The seeds that are tried: those given, or `FROM..UNTIL` out of `FOREWARN_SEEDS`.
pub fn seeds(usual: std::ops::Range<u64>) -> std::ops::Range<u64> {
    let given = std::env::var("FOREWARN_SEEDS").ok();
    let given = given.as_deref().and_then(|text| text.split_once(".."));
    let given = given.and_then(|(from, until)| Some(from.parse().ok()?..until.parse().ok()?));
    given.unwrap_or(usual)
}

/// What the rules ask of the data, with the words that a cell may hold.
const NUMBERS: &[&str] = &[
    "0",
    "10",
    "20",
    "30",
    "30.000000000000004",
    "50",
    "75",
    "100",
];
const TRUTHS: &[&str] = &["yes", "no"];
const SIGNS: &[&str] = &["absent", "emerging", "present"];
const KINDS: &[&str] = &["hill", "coast"];
pub const COLUMNS: &[(&str, &[&str])] = &[
    ("open", TRUTHS),
    ("flag", TRUTHS),
    ("q", NUMBERS),
    ("r", NUMBERS),
    ("w", NUMBERS),
    ("n", NUMBERS),
    ("sign", SIGNS),
    ("veiled", SIGNS),
    ("ground", KINDS),
    ("told", NUMBERS),
    ("told_v", TRUTHS),
];

const INDICATORS: &str = "\
category land { hill, coast }
indicator q \"Quays\" : number in 0..100 applies when open
indicator w \"Walls\" : number in 0..100 applies when open or flag carry forward at most 2 months
indicator veiled \"Veiled\" : assessment applies when flag
indicator open \"Open\" : truth changeable cost 2
indicator flag \"Flag\" : truth
indicator r \"Rafts\" : number in 0..100 carry forward at most 2 months
indicator n \"Nets\" : number in 0.. changeable cost 3
indicator sign \"Sign\" : assessment changeable expires after 2 months
indicator ground \"Ground\" : land
indicator told \"Told\" : number in 0..100 polarity harmful verification column \"told_v\" carry forward at most 1 month
group trio \"Trio\" { q, r, n }
score tenth \"Tenth\" = impute_mean(trio) / 10
param limit = 30
param dated = 20 until \"2031-03\", = 50 from \"2031-04\" until \"2031-04\"
scale c { low < mid < high }
fn half(part: number) -> number = part / 2
fn some(part: number, other: number) -> truth = part >= 50 or other < 20
";

/// A ruleset and a table for it.
pub struct Made {
    pub rules: String,
    /// The names of the keys, and whether rows have a month.
    pub keys: Vec<&'static str>,
    /// By row: its keys with the month, then the cells of [`COLUMNS`].
    pub rows: Vec<(Vec<String>, Vec<String>)>,
}

impl Made {
    pub fn table(&self) -> String {
        let columns = COLUMNS.iter().map(|(name, _)| *name);
        let mut text = self
            .keys
            .iter()
            .copied()
            .chain(columns)
            .collect::<Vec<_>>()
            .join(",");
        for (keys, cells) in &self.rows {
            let cells = keys.iter().chain(cells).map(String::as_str);
            text.push('\n');
            text.push_str(&cells.collect::<Vec<_>>().join(","));
        }
        text.push('\n');
        text
    }
}

pub fn made(seed: u64) -> Made {
    let chance = &mut Chance::of(seed);
    let two_keys = chance.in_ten(5);
    let keys = match two_keys {
        true => vec!["region", "site", "month"],
        false => vec!["site", "month"],
    };
    let panel = keys[..keys.len() - 1].join(", ");
    let mut writer = Writer {
        chance,
        two_keys,
        numbers: [
            "q",
            "r",
            "w",
            "n",
            "limit",
            "told",
            "tenth.q",
            "mean(tenth, require: 1 known)",
        ]
        .map(str::to_owned)
        .to_vec(),
        truths: [
            "open",
            "flag",
            "sign is present",
            "veiled >= emerging",
            "told.verified",
            "verified(told) >= 30",
            "verified(told, unverified as: unknown) < 50",
            "all(open, veiled is present, flag)",
            "r >= dated",
            "since(flag) <= 1 month",
            "sign is missing",
            "any(trio >= 50)",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    let mut rules = format!(
        "framework sentences \"Sentences\" version \"1.0.0\"\npanel {panel} by month\n{INDICATORS}"
    );
    let declared = writer.declared();
    rules.push_str(&declared);
    let rows = rows(writer.chance, two_keys);
    Made { rules, keys, rows }
}

fn rows(chance: &mut Chance, two_keys: bool) -> Vec<(Vec<String>, Vec<String>)> {
    let mut rows = Vec::new();
    for entity in 0..4 {
        let keys = match two_keys {
            true => vec![
                ["West", "East"][entity % 2].to_owned(),
                format!("s{}", entity / 2),
            ],
            false => vec![format!("S{entity}")],
        };
        let first = 1 + chance.below(3);
        for month in first..=5 {
            // An inner month may have no row.
            if month > first && month < 5 && chance.in_ten(1) {
                continue;
            }
            let cells = COLUMNS.iter().map(|(_, words)| match chance.in_ten(3) {
                true => String::new(),
                false => chance.one_of(words).to_owned(),
            });
            let cells = cells.collect();
            let keys = keys.iter().cloned().chain([format!("2031-{month:02}")]);
            rows.push((keys.collect(), cells));
        }
    }
    rows
}

struct Writer<'c> {
    chance: &'c mut Chance,
    two_keys: bool,
    /// What can be named as a number, and what as a truth.
    numbers: Vec<String>,
    truths: Vec<String>,
}

impl Writer<'_> {
    fn declared(&mut self) -> String {
        let mut text = String::new();
        for at in 0..2 {
            let formula = self.number(2);
            text.push_str(&format!("score s{at} \"Score {at}\" = {formula}\n"));
            self.numbers.push(format!("s{at}"));
            let formula = self.truth(2);
            text.push_str(&format!("signal t{at} \"Signal {at}\" = {formula}\n"));
            self.truths.push(format!("t{at}"));
        }
        for at in 0..2 {
            let factor = self.factor(at);
            text.push_str(&factor);
        }
        self.numbers.extend(["f0", "f1"].map(str::to_owned));
        let (high, mid) = (self.truth(2), self.truth(1));
        text.push_str(&format!(
            "level l \"Level\" : c {{ high when {high}, mid when {mid}, low otherwise }}\n"
        ));
        let of = self.number(1);
        text.push_str(&format!(
            "level banded \"Banded\" : c from {of} {{ low in ..<20, mid in 20..<limit, high in limit.. }}\n"
        ));
        self.truths
            .extend(["l >= mid", "banded is high"].map(str::to_owned));
        text.push_str(
            "score counted \"Counted\" = count(open, veiled is present, flag, sign >= emerging)\n\
             level by_count \"By count\" : c from counted { low in 0..0, mid in 1..2, high in 3..4 }\n\
             level worst \"Worst\" : c = max(l, banded, by_count, require: 1 known)\n\
             table judged \"Judged\" : c by worst, flag, r {\n\
               high, any, any then high,\n  mid, missing, 20.. then mid,\n  mid, yes, any then high,\n\
               mid, no, missing then mid,\n  mid, no, 50.. then mid,\n  otherwise then low,\n}\n",
        );
        self.truths
            .extend(["judged >= mid", "worst is low", "counted >= 2"].map(str::to_owned));
        let told = self.truth(1);
        text.push_str(&format!("notice calm \"Calm\" when {told} for 2 months\n"));
        if self.chance.in_ten(5) {
            text.push_str("score past \"Past\" = 0.5 * lag(past, 1 month, first: 1) + (r ?? 0)\n");
            self.numbers.push("past".to_owned());
        }
        let (raise, clear) = (self.truth(1), self.truth(1));
        text.push_str(&format!(
            "alert bell \"Bell\" {{ raise when {raise} clear when {clear} }}\n"
        ));
        text.push_str("score most \"Most\" = max(r, within: bell) hindsight\n");
        text.push_str("signal ever_in \"Ever\" = ever(n >= 50, within: bell) hindsight\n");
        text.push_str(match self.two_keys {
            true => "score most_of_all = max(most, among: region) hindsight\n",
            false => "score most_of_all = max(most, among: ground) hindsight\n",
        });
        text.push_str("signal last_word \"Last word\" = l is high or ever_in hindsight\n");
        text
    }

    fn factor(&mut self, at: usize) -> String {
        let combine = self.chance.one_of(&[
            "mean",
            "weighted mean",
            "max",
            "min",
            "median",
            "noisy or",
            "power mean 2",
        ]);
        let evidence = self.chance.one_of(&[
            "evidence estimate require 1 known",
            "evidence bounds",
            "evidence estimate require 2 known",
        ]);
        let mut members = vec![
            "q / 100 \"Quays of 100\"",
            "veiled",
            "sign",
            "t0",
            "r / 100",
        ];
        members.rotate_left(self.chance.below(5));
        members.truncate(2 + self.chance.below(3));
        let weighs = combine == "weighted mean";
        let decides = self.chance.in_ten(4);
        let members = members.iter().enumerate().map(|(place, member)| {
            let weight = if weighs && place == 0 {
                " weight 2"
            } else {
                ""
            };
            let is_sign = matches!(*member, "veiled" | "sign" | "t0");
            let decisive = if decides && is_sign {
                " decisive 0.7"
            } else {
                ""
            };
            format!("{member}{weight}{decisive}")
        });
        let members = members.collect::<Vec<_>>().join(", ");
        format!(
            "factor f{at} \"Factor {at}\" {{ combine {combine} {evidence} members {{ {members} }} }}\n"
        )
    }

    fn named(&mut self) -> String {
        let at = self.chance.below(self.numbers.len());
        self.numbers[at].clone()
    }

    fn number(&mut self, depth: usize) -> String {
        if depth == 0 || self.chance.in_ten(2) {
            return self.named();
        }
        let x = self.number(depth - 1);
        let y = self.number(depth - 1);
        let among = if self.two_keys { "region" } else { "ground" };
        match self.chance.below(28) {
            23 => format!("at({x}, when: flag)"),
            24 => "(piecewise r { 0..50 to 0..10, 50..100 to 20..100 })".to_owned(),
            25 => format!("abs({x} - 50)"),
            26 => format!("baseline({x}, over: 2 months, require: 1 month)"),
            0 => format!("({x} + {y})"),
            1 => format!("({x} - {y})"),
            2 => format!("min({x}, {y})"),
            3 => format!("mean({x}, {y}, require: 1 known)"),
            4 => format!("sum({x}, {y}, require: 2 known)"),
            5 => format!("({x} ?? {y})"),
            6 => {
                let asked = self.truth(depth - 1);
                format!("(if {asked} then {x} else {y})")
            }
            7 => format!("lag({x}, 1 month)"),
            8 => format!("sum({x}, over: 3 months, require: 1 month)"),
            9 => format!("max({x}, over: all)"),
            10 => format!("previous({x})"),
            11 => format!("change({x}, over: 1 month)"),
            12 => format!("impute_mean({x})"),
            13 => format!("impute_mean({x}, among: {among})"),
            14 => format!("mean({x}, among: all)"),
            15 => format!("rank({x})"),
            16 => format!("(100 * minmax({x}, among: {among}))"),
            17 => format!("zscore({x})"),
            18 => format!("half({x})"),
            19 => format!("(impute_mean({x}) / 2 + 1)"),
            20 => format!("winsorise({x})"),
            21 => format!("last({x}, over: 3 months)"),
            22 => format!("({x} / 2)"),
            _ => format!("sum({x}, since: flag, require: 1 month)"),
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            let at = self.chance.below(self.truths.len());
            return format!("({})", self.truths[at]);
        }
        let threshold = self.chance.one_of(&["20", "30", "50", "limit"]);
        let sign = self.chance.one_of(&[">=", "<", ">", "<="]);
        match self.chance.below(12) {
            0..4 => {
                let x = self.number(depth - 1);
                format!("({x} {sign} {threshold})")
            }
            4 => {
                let (x, y) = (self.number(depth - 1), self.number(depth - 1));
                format!("({x} {sign} {y})")
            }
            5 => format!("not {}", self.truth(depth - 1)),
            6 => format!("({} and {})", self.truth(depth - 1), self.truth(depth - 1)),
            7 => format!("({} or {})", self.truth(depth - 1), self.truth(depth - 1)),
            8 => {
                let (x, y) = (self.named(), self.named());
                format!("at least 2 of ({x} {sign} {threshold}, {y} >= 20, open)")
            }
            9 => {
                let x = self.number(depth - 1);
                format!("({x} is known)")
            }
            10 => format!("ever({})", self.truth(depth - 1)),
            _ => {
                let (x, y) = (self.named(), self.named());
                format!("some({x}, {y})")
            }
        }
    }
}
