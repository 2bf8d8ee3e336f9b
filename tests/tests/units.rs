//! What a value is counted in makes no difference to what is published.

use crate::applied;

use applied::apply;
use std::fmt::Write as _;

/// Rules applied to a table, by both engines.
fn results(rules: &str, table: &str) -> applied::Applied {
    let folder = tempfile::tempdir().expect("a folder");
    let (rules_file, data) = (folder.path().join("u.risk"), folder.path().join("u.csv"));
    std::fs::write(&rules_file, rules).expect("written");
    std::fs::write(&data, table).expect("written");
    apply(&rules_file, &data, &[])
}

const HEAD: &str = "\
framework units \"Units\" version \"1\"
panel country
unit people
";
const THOUSANDS: &str = "unit thousand_people = 1_000 people\n";
const DEATHS: &str = "unit deaths\n";

#[test]
fn what_cancels_is_a_plain_number_before_anything_sees_it() {
    let rules = format!(
        "{HEAD}{THOUSANDS}{DEATHS}\
indicator fled : thousand_people in 0..
indicator pop : people in 1..
indicator other : number in 0..1
indicator killed : deaths in 0..
fn portion(x: number[u], y: number[u]) -> number = round(x / y, 2)
fn rate(x: number[u], y: number[v]) -> number[u / v] = x / y
fn rounded_rate(x: number[u], y: number[v]) -> number[u / v] = round(x / y, 2)
score share = fled / pop
score rounded = round(fled / pop, 2)
score of_function = portion(fled, pop)
score of_rate = rate(fled, pop)
score of_rounded_rate = rounded_rate(fled, pop)
score floored = floor(fled / pop * 100)
score one = geometric_mean(share, other)
score two = geometric_mean(other, share)
score least = min(fled / pop, 0.5)
indicator rate_there : deaths / 100_000 people in 0..
score twice : deaths / 100_000 people = round(rate_there * 2, 1)
score twice_as_it_comes = round(rate_there * 2, 1)
score in_all : deaths = rate_there * pop
score per = product(fled, 1 / pop)
score root = sqrt(fled * pop / pow(pop, 2))
score deaths_of_rate : deaths = fled * (killed / pop)
score sum_of_counts : people = fled + pop
score larger : people = max(pop, fled)
scale k {{ low < high }}
level l : k from share {{ low in 0..<0.05, high in 0.05.. }}
"
    );
    let found = results(
        &rules,
        "country,fled,pop,other,killed,rate_there\nA,900,4500000,0.45,9000,1.23\n",
    );
    for (column, wanted) in [
        ("share", 0.2),
        ("rounded", 0.2),
        ("of_function", 0.2),
        ("of_rate", 0.2),
        ("of_rounded_rate", 0.2),
        ("floored", 20.0),
        ("one", 0.3),
        ("two", 0.3),
        ("least", 0.2),
        ("twice", 2.5),
        ("twice_as_it_comes", 2.5),
        ("in_all", 55.35),
        ("per", 0.2),
        ("root", 0.2_f64.sqrt()),
        ("deaths_of_rate", 1800.0),
        ("sum_of_counts", 5_400_000.0),
        ("larger", 4_500_000.0),
    ] {
        let own: f64 = found.cell("A", column).parse().expect("a number");
        assert!(
            (own - wanted).abs() <= 1e-14 * wanted,
            "{column}: {own}, wanted {wanted}"
        );
    }
    assert_eq!(found.cell("A", "l"), "high");
}

/// The letters that the standard library writes for any unit are free for a ruleset's own units.
#[test]
fn units_of_one_letter_are_no_variables_of_the_library() {
    let found = results(
        "framework units \"Units\" version \"1\"\npanel country\nunit u\nunit v\nunit people\n\
         indicator a : u in 0..\nindicator b : v in 0..\nindicator killed : people in 0..\n\
         indicator pop : people in 1..\n\
         score cut : u = clamp(a, 1 u, 5 u)\nscore other : v = clamp(b, 1 v, 5 v)\n\
         score rate = per_capita(killed, pop)\nscore placed = rescale(a, from: 0 u, to: 10 u)\n",
        "country,a,b,killed,pop\nA,7,3,20,1000\n",
    );
    for (column, wanted) in [
        ("cut", "5"),
        ("other", "3"),
        ("rate", "0.02"),
        ("placed", "0.7"),
    ] {
        assert_eq!(found.cell("A", column), wanted, "{column}");
    }
}

#[test]
fn percentages_multiply_and_divide_as_shares() {
    let rules = format!(
        "{HEAD}\
indicator p : percent in 0..100
indicator q : percent in 0..100
indicator s : number in 0..1
indicator pop : people in 1..
fn twice(x: number[u]) -> number[u] = round(x * 2, 1)
score product_of_both = p * q
score ratio = p / q
score inverse = 1 / p
score doubled = p * 2
score doubled_percent : percent = p * 2
score by_function = twice(p)
score squared = pow(p, 2)
score root = sqrt(p * q)
score root_of_one = sqrt(p)
score left = 100% - p
score both = p + q
score with_share = p + s
score share_first = s + p
score concerned = p * pop
score before_the_sign = p / 1%
score as_share = p / 100%
score place = rescale(p, from: 80%, to: 0%)
"
    );
    let found = results(&rules, "country,p,q,s,pop\nA,60,30,0.1,1000\n");
    for (column, wanted) in [
        ("product_of_both", "0.18"),
        ("ratio", "2"),
        ("doubled", "1.2"),
        ("doubled_percent", "120"),
        ("by_function", "120"),
        ("squared", "0.36"),
        ("left", "40"),
        ("both", "90"),
        ("with_share", "0.7"),
        ("share_first", "0.7"),
        ("concerned", "600"),
        ("before_the_sign", "60"),
        ("as_share", "0.6"),
        ("place", "0.25"),
    ] {
        assert_eq!(found.cell("A", column), wanted, "{column}");
    }
    for (column, wanted) in [
        ("inverse", 1.0 / 0.6),
        ("root", 0.18_f64.sqrt()),
        ("root_of_one", 0.6_f64.sqrt()),
    ] {
        let own: f64 = found.cell("A", column).parse().expect("a number");
        assert!((own - wanted).abs() <= 1e-15, "{column}: {own}");
    }
}

/// Every percentage from 0 to 100 meets its share, on both sides, and so do literals and params.
#[test]
fn a_percentage_and_its_share_meet() {
    let mut rules = format!(
        "{HEAD}\
indicator x : percent in 0..100
indicator s : number in 0..1
signal not_less = x >= s
signal not_more = s >= x
signal same = x is s
score share : number = x
indicator pop : people in 1..
score inhabitants = pop
"
    );
    let mut table = "country,x,s,pop\n".to_owned();
    for percent in 0..=100 {
        let share = f64::from(percent) / 100.0;
        writeln!(table, "P{percent:03},{percent},{share},{}", percent + 1).expect("text");
    }
    for percent in [7, 14, 28, 29, 55, 56, 57, 58] {
        let share = f64::from(percent) / 100.0;
        writeln!(
            rules,
            "param p{percent} = {percent}%\nparam s{percent} : number in 0..1 = {share}\n\
             signal a{percent} = s >= {percent}%\nsignal b{percent} = s >= p{percent}\n\
             signal c{percent} = x >= s{percent}\nsignal d{percent} = x >= p{percent}\n\
             signal e{percent} = not (s < {percent}% or s < p{percent} or x < s{percent})"
        )
        .expect("text");
    }
    let found = results(&rules, &table);
    for percent in 0..=100 {
        let key = format!("P{percent:03}");
        for column in ["not_less", "not_more", "same"] {
            assert_eq!(found.cell(&key, column), "yes", "{column} of {percent} %");
        }
        let share: f64 = found.cell(&key, "share").parse().expect("a number");
        assert_eq!(share.to_bits(), (f64::from(percent) / 100.0).to_bits());
    }
    for percent in [7, 14, 28, 29, 55, 56, 57, 58] {
        for (row, answer) in [(percent - 1, "no"), (percent, "yes"), (percent + 1, "yes")] {
            for letter in ["a", "b", "c", "d", "e"] {
                let column = format!("{letter}{percent}");
                assert_eq!(
                    found.cell(&format!("P{row:03}"), &column),
                    answer,
                    "{column} of {row} %"
                );
            }
        }
    }
}

/// A tenth of a percent and its share are two doubles of one decimal, and comparisons read decimals.
#[test]
fn tenths_of_a_percent_meet_their_shares() {
    let rules = format!(
        "{HEAD}\
indicator x : percent in 0..100
indicator s : number in 0..1
indicator pop : people in 1..
score inhabitants = pop
signal not_less = x >= s
signal not_more = s >= x
signal same = x is s
signal below = x < s or s < x
"
    );
    let mut table = "country,x,s,pop\n".to_owned();
    for tenths in 0..=1000_u32 {
        let tenth = f64::from(tenths);
        let (percent, share) = (tenth / 10.0, tenth / 1000.0);
        writeln!(table, "T{tenths:04},{percent},{share},{}", tenths + 1).expect("text");
    }
    let found = results(&rules, &table);
    for tenths in 0..=1000 {
        let key = format!("T{tenths:04}");
        for (column, answer) in [
            ("not_less", "yes"),
            ("not_more", "yes"),
            ("same", "yes"),
            ("below", "no"),
        ] {
            assert_eq!(
                found.cell(&key, column),
                answer,
                "{column} of {tenths} tenths"
            );
        }
    }
}

/// Formulas of two counts and two parts of a whole. `round` and levels decide on the same numbers.
const FORMULAS: [&str; 24] = [
    "fled / pop",
    "round(fled / pop, 2)",
    "floor(fled / pop * 20)",
    "min(fled / pop, p)",
    "goalpost(fled / pop, low: 0, high: 0.5)",
    "rescale(fled, from: pop, to: 2 * pop)",
    "share_of(fled, pop)",
    "per_capita(fled, pop)",
    "mine(fled, pop)",
    "inner(fled, pop)",
    "p * q",
    "round(p * q, 3)",
    "p / (q + 100%)",
    "p + q",
    "q - p",
    "min(p, q)",
    "max(q, p)",
    "mean(p, q, 20%)",
    "geometric_mean(p, q)",
    "if p >= q then p else q",
    "if fled > pop then p else fled / pop",
    "p ?? q",
    "sqrt(p * q)",
    "pow(p, 2) * fled / pop",
];

#[test]
fn any_arrangement_of_units_gives_the_same_numbers() {
    let mut seen: Option<Vec<Vec<f64>>> = None;
    let rows: Vec<(u64, u64, u32, u32)> = (1..60_u64)
        .map(|row| {
            let part = |factor: u64| u32::try_from(row * factor % 99 + 1).expect("small");
            (
                row * 7_919 * 13 % 90_000,
                row * 104_729 % 900_000 + 90_000,
                part(37),
                part(61),
            )
        })
        .collect();
    for arrangement in 0..16_u32 {
        let is = |bit: u32| arrangement & (1 << bit) != 0;
        let count = |bit| if is(bit) { "thousand_people" } else { "people" };
        let part = |bit| {
            if is(bit) {
                "percent in 0..100"
            } else {
                "number in 0..1"
            }
        };
        let thousands = if is(0) || is(1) { THOUSANDS } else { "" };
        let mut rules = format!(
            "{HEAD}{thousands}\
fn mine(x: number[u], y: number[v]) -> number[u / v] = round(x / y, 3)
fn inner(x: number[u], y: number[u]) -> number = mine(x, y) + floor(10 * x / y)
indicator fled : {} in 0..
indicator pop : {} in 1..
indicator p : {}
indicator q : {}
",
            count(0),
            count(1),
            part(2),
            part(3)
        );
        for (at, formula) in FORMULAS.iter().enumerate() {
            writeln!(rules, "score f{at} : number = {formula}").expect("text");
        }
        let mut table = "country,fled,pop,p,q\n".to_owned();
        for (row, (fled, pop, p, q)) in rows.iter().enumerate() {
            let counted = |x: u64, bit| if is(bit) { x as f64 / 1e3 } else { x as f64 };
            let parted = |x: u32, bit| {
                if is(bit) {
                    f64::from(x)
                } else {
                    f64::from(x) / 100.0
                }
            };
            writeln!(
                table,
                "R{row:02},{},{},{},{}",
                counted(*fled, 0),
                counted(*pop, 1),
                parted(*p, 2),
                parted(*q, 3)
            )
            .expect("text");
        }
        let found = results(&rules, &table);
        let values: Vec<Vec<f64>> = (0..rows.len())
            .map(|row| {
                (0..FORMULAS.len())
                    .map(|at| {
                        let cell = found.cell(&format!("R{row:02}"), &format!("f{at}"));
                        cell.parse().expect("a number")
                    })
                    .collect()
            })
            .collect();
        let first = seen.get_or_insert_with(|| values.clone());
        for (row, (own, wanted)) in values.iter().zip(first.iter()).enumerate() {
            for (formula, (x, y)) in FORMULAS.iter().zip(own.iter().zip(wanted)) {
                assert!(
                    (x - y).abs() <= 1e-14 * y.abs().max(0.01),
                    "arrangement {arrangement:04b}, row {row}: `{formula}` is {x}, was {y}"
                );
            }
        }
    }
}

#[test]
fn a_share_that_is_published_in_percent_is_the_decimal_that_it_was() {
    let rules = format!(
        "{HEAD}{THOUSANDS}\
indicator s : number in 0..1
indicator hosted : thousand_people in 0..
score p : percent = s
score of_rest : percent = 1 - s
score all : people = hosted
"
    );
    let mut table = "country,s,hosted\n".to_owned();
    for row in 0..=1_000 {
        writeln!(table, "R{row:04},{}e-3,{row}e-2", row).expect("text");
    }
    let found = results(&rules, &table);
    let decimal = |tenths: u32| format!("{tenths}e-1").parse::<f64>().expect("a number");
    for row in 0..=1_000_u32 {
        let cell = |column: &str| found.cell(&format!("R{row:04}"), column);
        assert_eq!(cell("p"), decimal(row).to_string());
        assert_eq!(cell("all"), (row * 10).to_string());
    }
}
