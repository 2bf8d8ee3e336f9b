//! Thresholds, ties and whole numbers are decided by decimal digits: the noise of doubles puts nobody
//! into another class, and nobody on another rank. Both engines agree on every result here.

use crate::applied;

use applied::{Applied, apply};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};

/// Applies rules, behind a head of their own, to a table.
fn results(panel: &str, rules: &str, table: &str) -> Applied {
    let folder = tempfile::tempdir().expect("a folder");
    let (ruleset, data) = (folder.path().join("a.risk"), folder.path().join("a.csv"));
    let text = format!("framework demo \"Demo\" version \"1\"\npanel {panel}\n{rules}");
    std::fs::write(&ruleset, text).expect("written");
    std::fs::write(&data, table).expect("written");
    apply(&ruleset, &data, &[])
}

#[track_caller]
fn shows(found: &Applied, expected: &[(&str, &str, &str)]) {
    for (key, column, cell) in expected {
        assert_eq!(found.cell(key, column), *cell, "{key}, `{column}`");
    }
}

/// Three scores out of ten whose doubles do not add up to what their decimals do, and how the sum of
/// the three stands to a limit that is 9.
const SUMS: &str = "\
town,a,b,c
under,0.1,8.2,0.6
below,0.1,8.2,0.699999999999
exact,0.1,8.2,0.7
noise,2.2,6.1,0.7
above,0.1,8.2,0.700000000001
";

const SCORES: &str = "\
indicator a : number in 0..10
indicator b : number in 0..10
indicator c : number in 0..10
let all = a + b + c
";

#[test]
fn sums_and_means_meet_the_threshold_that_their_decimals_meet() {
    // 0.1 + 8.2 + 0.7 is 8.999999999999998 in doubles, and a third of it 2.9999999999999996.
    assert_ne!(0.1 + 8.2 + 0.7, 9.0);
    let rules = format!(
        "{SCORES}\
         factor whole {{ combine mean members {{ a, b, c }} }}\n\
         signal reaches = all >= 9\n\
         signal passes = all > 9\n\
         signal misses = all < 9\n\
         signal at_most = all <= 9\n\
         signal meets = all is 9\n\
         signal differs = all is not 9\n\
         signal turned = 9 <= all\n\
         signal inside = all in 9..20\n\
         signal third = whole >= 3\n\
         signal tenth = all >= 9 * (0.1 + 0.2) / 0.3\n\
         signal beside = all >= a + 8.9\n"
    );
    let found = results("town", &rules, SUMS);
    for (town, order) in [
        ("under", -1),
        ("below", -1),
        ("exact", 0),
        ("noise", 0),
        ("above", 1),
    ] {
        let yes = |truth: bool| if truth { "yes" } else { "no" };
        shows(
            &found,
            &[
                (town, "reaches", yes(order >= 0)),
                (town, "passes", yes(order > 0)),
                (town, "misses", yes(order < 0)),
                (town, "at_most", yes(order <= 0)),
                (town, "meets", yes(order == 0)),
                (town, "differs", yes(order != 0)),
                (town, "turned", yes(order >= 0)),
                (town, "inside", yes(order >= 0)),
                (town, "third", yes(order >= 0)),
                (town, "tenth", yes(order >= 0)),
            ],
        );
    }
    shows(
        &found,
        &[("exact", "beside", "yes"), ("under", "beside", "no")],
    );
}

#[test]
fn bands_clauses_and_tables_hold_the_number_on_their_edge() {
    let rules = format!(
        "{SCORES}\
         scale concern {{ low < high < severe }}\n\
         level banded : concern from all {{ low in 0..<9, high in 9..<20, severe in 20..30 }}\n\
         level clauses : concern {{ severe when all > 9, high when all >= 9, low otherwise }}\n\
         table rows : concern by all {{\n  ..<9 then low,\n  9 then high,\n  9<.. then severe,\n  \
         missing then low,\n}}\n",
    )
    .replace("9<.. then", "> 9 then");
    let found = results("town", &rules, SUMS);
    for (town, banded, exactly) in [
        ("under", "low", "low"),
        ("below", "low", "low"),
        ("exact", "high", "high"),
        ("noise", "high", "high"),
        ("above", "high", "severe"),
    ] {
        shows(
            &found,
            &[
                (town, "banded", banded),
                (town, "clauses", exactly),
                (town, "rows", exactly),
            ],
        );
    }
}

#[test]
fn alerts_are_raised_by_a_sum_that_reaches_their_threshold() {
    let rules = "\
        indicator a : number in 0..10\n\
        indicator b : number in 0..10\n\
        alert warning { raise when a + b >= 2.3  clear when a + b < 2.3 }\n\
        signal record = record_high(a + b, over: 3 years, require: 2 years)\n\
        signal crossing = crosses(a + b, above: 2.3)\n";
    // 1.2 + 1.1 is 2.3; 0.1 + 2.2 is 2.3000000000000003.
    let table = "town,year,a,b\nA,2001,1,1\nA,2002,1.2,1.1\nA,2003,0.1,2.2\nA,2004,1,1.2\n";
    let found = results("town by year", rules, table);
    shows(
        &found,
        &[
            ("A 2001", "warning", "quiet"),
            ("A 2002", "warning", "raised"),
            ("A 2003", "warning", "raised"),
            ("A 2004", "warning", "quiet"),
            ("A 2002", "record", "yes"),
            ("A 2003", "record", "no"),
            ("A 2002", "crossing", "yes"),
            ("A 2003", "crossing", "no"),
        ],
    );
}

#[test]
fn equal_decimals_share_a_rank_in_whatever_order_rows_come() {
    let rules = "\
        indicator a : number in 0..1\n\
        indicator b : number in 0..1\n\
        let both = a + b\n\
        score r_first = rank(both)\n\
        score r_last = rank(both, ties: last)\n\
        score r_mean = rank(both, ties: mean, first: lowest)\n\
        score r_dense = rank(both, ties: dense)\n\
        score share_below : percent = percentile(both)\n\
        signal ahead = top(both, 1)\n";
    let rows = ["A,0.5,0.3", "B,0.1,0.7", "C,0.1,0.2", "D,0.3,0", "E,0.2,0"];
    assert_ne!(0.1_f64 + 0.7, 0.5 + 0.3);
    assert_ne!(0.1_f64 + 0.2, 0.3);
    for turn in 0..rows.len() {
        let mut turned = rows;
        turned.rotate_left(turn);
        let table = format!("town,a,b\n{}\n", turned.join("\n"));
        let found = results("town", rules, &table);
        for (towns, first, last, mean, dense, below, ahead) in [
            (["A", "B"], "1", "2", "4.5", "1", "75", "yes"),
            (["C", "D"], "3", "4", "2.5", "2", "25", "no"),
            (["E", "E"], "5", "5", "1", "3", "0", "no"),
        ] {
            for town in towns {
                shows(
                    &found,
                    &[
                        (town, "r_first", first),
                        (town, "r_last", last),
                        (town, "r_mean", mean),
                        (town, "r_dense", dense),
                        (town, "share_below", below),
                        (town, "ahead", ahead),
                    ],
                );
            }
        }
    }
}

#[test]
fn equal_peers_have_no_spread_although_their_doubles_differ() {
    let rules = "\
        indicator a : number in 0..1\n\
        indicator b : number in 0..1\n\
        score between = minmax(a + b)\n\
        score standard = zscore(a + b)\n\
        score between_a = minmax(a)\n\
        score standard_b = zscore(b)\n";
    let table = "town,a,b\nA,0.5,0.3\nB,0.1,0.7\nC,0.7,0.1\n";
    let found = results("town", rules, table);
    for town in ["A", "B", "C"] {
        shows(&found, &[(town, "between", ""), (town, "standard", "")]);
        assert_ne!(found.cell(town, "between_a"), "");
    }
    // The mean of 0.1, 0.1 and 0.1 is not 0.1 in doubles: a spread of noise is none.
    let table = "town,a,b\nA,0.1,0.1\nB,0.2,0.1\nC,0.3,0.1\n";
    let found = results("town", rules, table);
    for town in ["A", "B", "C"] {
        shows(&found, &[(town, "standard_b", "")]);
        assert_ne!(found.cell(town, "standard"), "");
    }
}

#[test]
fn whole_numbers_are_found_as_decimals_say() {
    let rules = "\
        indicator a : number in -1..1\n\
        indicator b : number in 0..10\n\
        score down = floor(a * 100) / 100\n\
        score up = ceil((b + 0.2) * 10) / 10\n\
        score cut = truncate(a + 0.01, 2)\n\
        score hundreds = truncate(b * 100, -2)\n";
    let table = "town,a,b\nA,0.57,0.4\nB,0.28,9.99\nC,-0.57,4.4\nD,-0.579,0.1\n";
    let found = results("town", rules, table);
    shows(
        &found,
        &[
            ("A", "down", "0.57"),
            ("A", "up", "0.6"),
            ("A", "cut", "0.58"),
            ("A", "hundreds", "0"),
            ("B", "cut", "0.29"),
            ("B", "hundreds", "900"),
            ("C", "down", "-0.57"),
            ("C", "up", "4.6"),
            ("C", "cut", "-0.56"),
            ("D", "down", "-0.58"),
            ("D", "up", "0.3"),
            ("D", "cut", "-0.56"),
        ],
    );
}

#[test]
fn a_rounding_counts_the_decimals_of_what_is_published() {
    let rules = "\
        unit people\n\
        unit thousand_people = 1_000 people\n\
        indicator x : number in 0..10\n\
        indicator fled : thousand_people in 0..\n\
        score shares : number in 0..1 = round(percentile(x), 2)\n\
        score most : number in 0..1 = max(round(percentile(x), 2), 20%)\n\
        score cut : number in 0..1 = truncate(100% - percentile(x), 1)\n\
        score either : number in 0..1 = if x > 5 then round(percentile(x), 1) else percentile(x) ?? 0%\n\
        score percents : percent = round(percentile(x), 1)\n\
        score heads : people = round(fled, -2)\n\
        score thousands : thousand_people = round(fled, 1)\n\
        signal many = round(fled, 0) >= 3_000 people\n";
    let table = "town,x,fled\nA,1,2.4567\nB,4,2.5012\nC,6,0.0449\nD,9,1\n";
    let found = results("town", rules, table);
    shows(
        &found,
        &[
            ("A", "shares", "0"),
            ("B", "shares", "0.33"),
            ("C", "shares", "0.67"),
            ("D", "shares", "1"),
            ("A", "most", "0.2"),
            ("B", "most", "0.33"),
            ("C", "cut", "0.3"),
            ("C", "either", "0.7"),
            ("B", "percents", "33.3"),
            ("A", "heads", "2500"),
            ("C", "heads", "0"),
            ("A", "thousands", "2.5"),
            // In a comparison it is rounded in its own unit: 3 thousand.
            ("B", "many", "yes"),
            ("A", "many", "no"),
        ],
    );
}

#[test]
fn data_on_the_end_of_a_range_but_for_noise_are_in_it() {
    let rules = "\
        indicator share : number in 0..1\n\
        indicator part : number in 0..<1 optional\n\
        score same = share\n\
        score other = part\n\
        signal open = part < 0.9\n";
    let table = "town,share,part\nA,1.0000000000000002,0.5\nB,0.30000000000000004,0.25\n";
    let found = results("town", rules, table);
    shows(
        &found,
        &[
            ("A", "same", "1"),
            ("B", "same", "0.30000000000000004"),
            ("A", "other", "0.5"),
        ],
    );
}

#[test]
fn what_stays_the_same_but_for_noise_has_not_changed() {
    let rules = "\
        indicator a : number in 0..1\n\
        indicator b : number in 0..1\n\
        indicator c : number in 0..1\n\
        let both = a + b\n\
        score moved = change(both, over: 1 year)\n\
        score grown = growth(both, over: 1 year)\n\
        score spread = stddev(both, over: 2 years)\n\
        score slope = trend(both, over: 2 years) * (1 year)\n\
        signal rises = change(both, over: 1 year) > 0\n\
        signal ahead = both > c\n\
        signal level_with = c is both\n\
        signal behind = both < c\n";
    // 0.3 + 0, 0.1 + 0.2, 0.1 + 0.3: the last but one is more by noise alone.
    let table = "town,year,a,b,c\nA,2001,0.3,0,0.3\nA,2002,0.1,0.2,0.3\nA,2003,0.1,0.3,0.3\n";
    let found = results("town by year", rules, table);
    shows(
        &found,
        &[
            ("A 2002", "moved", "0"),
            ("A 2002", "grown", "0"),
            ("A 2002", "spread", "0"),
            ("A 2002", "slope", "0"),
            ("A 2002", "rises", "no"),
            ("A 2002", "ahead", "no"),
            ("A 2002", "level_with", "yes"),
            ("A 2002", "behind", "no"),
            ("A 2003", "rises", "yes"),
            ("A 2003", "ahead", "yes"),
            ("A 2003", "level_with", "no"),
        ],
    );
    assert_ne!(found.cell("A 2003", "spread"), "0");
}

/// The codes that a ruleset is told.
fn codes(rules: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let ruleset = folder.path().join("a.risk");
    let text = format!("framework demo \"Demo\" version \"1\"\npanel town\n{rules}");
    std::fs::write(&ruleset, text).expect("written");
    let compilation = compile(&ruleset, &DiskFiles, &Settings::default());
    let told = compilation.reports.iter();
    told.map(|cause| cause.code().to_string()).collect()
}

#[test]
fn ranges_end_where_their_decimals_do() {
    // 3 times 0.1 is 0.30000000000000004 in doubles.
    let told = |rules: &str| {
        let scale = match rules.contains("concern") {
            true => "scale concern { low < high }\n",
            false => "",
        };
        codes(&format!("indicator a : number in 0..0.1\n{scale}{rules}"))
    };
    let empty: [&str; 0] = [];
    assert_eq!(
        told("level l : concern from 3 * a { low in 0..<0.1, high in 0.1..0.3 }\n"),
        empty
    );
    assert_eq!(told("score s : number in 0..0.3 = 3 * a\n"), empty);
    assert_eq!(told("signal never = 3 * a > 0.3\n"), ["FW0421"]);
    assert_eq!(told("signal always = a * 3 <= 0.3\n"), ["FW0422"]);
    assert_eq!(told("signal asked = 3 * a >= 0.3\n"), empty);
    // Edges that are one number to 14 digits leave no hole and are no two cells.
    assert_eq!(
        told("level l : concern from a { low in 0..<0.05, high in 0.050000000000000001.. }\n"),
        empty
    );
    assert_eq!(
        told(
            "table t : concern by a {\n  < 0.1 * 0.5 then low,\n  >= 0.05 then high,\n  missing then low,\n}\n"
        ),
        empty
    );
    // Half-open ranges end below what is equal to their end.
    assert_eq!(
        codes("indicator a : number in 0..<1\nsignal all = a < 1\n"),
        ["FW0422"]
    );
}

#[test]
fn what_is_the_least_or_the_mean_to_14_digits_is_not_beside_it() {
    let found = results(
        "town",
        "indicator x : number in 0..10\nindicator y : number in 0..10\n\
         score place = minmax(x + y)\nsignal above = minmax(x + y) > 0\n\
         score worst = rank(minmax(x + y))\n",
        "town,x,y\nA,0.1,0.2\nB,0.3,0\nD,1,2\n",
    );
    shows(
        &found,
        &[
            ("A", "place", "0"),
            ("B", "place", "0"),
            ("D", "place", "1"),
            ("A", "above", "no"),
            ("B", "above", "no"),
            ("A", "worst", "2"),
            ("B", "worst", "2"),
        ],
    );
    let alike = "town,x,y\nA,0.1,0.2\nB,0.3,0\nD,0.3,0\n";
    let rules = "indicator x : number in 0..10\nindicator y : number in 0..10\n\
                 score off = zscore(x + y)\nscore place = minmax(x + y)\n";
    let found = results("town", rules, alike);
    shows(
        &found,
        &[("A", "off", ""), ("B", "off", ""), ("A", "place", "")],
    );
}
