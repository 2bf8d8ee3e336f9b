//! What the oracle's campaigns found, each with the smallest rules that show it.

use crate::applied;

use applied::apply;

/// Rules applied to a table, by both engines.
fn results(rules: &str, table: &str) -> applied::Applied {
    let folder = tempfile::tempdir().expect("a folder");
    let (rules_file, data) = (folder.path().join("m.risk"), folder.path().join("m.csv"));
    std::fs::write(&rules_file, rules).expect("written");
    std::fs::write(&data, table).expect("written");
    apply(&rules_file, &data, &[])
}

/// Means that are defined for what is not negative alone: of anything else there is no result, and never
/// a number that was moved to an end of what the members could be.
#[test]
fn a_negative_member_has_no_harmonic_and_no_power_mean() {
    let rules = "framework m \"M\" version \"1\"
panel country
indicator a : number in -5..5
indicator b : number in 0..10
score h = harmonic_mean(a, b)
score g = geometric_mean(a, b)
factor harmonic { combine harmonic mean members { a, b } }
factor turned { combine power mean -1 members { a, b } }
factor squares { combine power mean 2 members { a, b } }
factor roots { combine power mean 0.5 require 1 known members { a, b } }
";
    // Of -0.3 and 0.304 the reciprocals nearly cancel: -46 lies far outside of both.
    let table = "country,a,b\nA,2,6\nB,-0.3,0.304\nC,0,4\nD,,4\n";
    let found = results(rules, table);
    for (entity, column, wanted) in [
        ("A", "h", Some(3.0)),
        ("A", "harmonic", Some(3.0)),
        ("A", "turned", Some(3.0)),
        ("A", "squares", Some(20_f64.sqrt())),
        ("C", "h", None),
        ("C", "turned", None),
        ("C", "squares", Some(8_f64.sqrt())),
        ("D", "roots", Some(4.0)),
    ] {
        let cell = found.cell(entity, column);
        match wanted {
            Some(wanted) => {
                let x: f64 = cell.parse().expect("a number");
                assert!((x - wanted).abs() < 1e-12, "{entity} {column}: {x}");
            }
            None => assert_eq!(cell, "", "{entity} {column}"),
        }
    }
    for column in ["h", "g", "harmonic", "turned", "squares", "roots"] {
        assert_eq!(found.cell("B", column), "", "{column}");
    }
}

/// What can be without a result is worked out on both sides where nobody knows which of them counts.
#[test]
fn sides_that_agree_stand_where_the_condition_is_unknown() {
    let rules = "framework c \"C\" version \"1\"
panel country
indicator g : truth
indicator a : number in 0..10
indicator b : number in -10..10
signal s = if g then a / b >= 1 else a >= 1
signal nested = if g then a >= 1 else if a > 9 then unknown else a / b >= 1
score n = if g then a / b else a
";
    let table = "country,g,a,b\nA,,4,2\nB,,0.5,2\nC,,4,8\nD,yes,4,2\nE,no,4,0\nF,,4,0\n";
    let found = results(rules, table);
    for (entity, s, nested) in [
        ("A", "yes", "yes"),
        ("B", "no", "no"),
        ("C", "unknown", "unknown"),
        ("D", "yes", "yes"),
        ("E", "yes", "unknown"),
        ("F", "unknown", "unknown"),
    ] {
        assert_eq!(found.cell(entity, "s"), s, "{entity} s");
        assert_eq!(found.cell(entity, "nested"), nested, "{entity} nested");
    }
    assert_eq!(found.cell("A", "n"), "");
    assert_eq!(found.cell("D", "n"), "2");
}

/// Rows of a table that cannot be told apart say the same where their numbers agree to 14 digits.
#[test]
fn open_rows_say_the_same_to_fourteen_digits() {
    let rules = "framework m \"M\" version \"1\"
panel country
indicator a : number in 0..10
indicator b : number in -5..5
table amount : number by a { 1..<5 then 1, otherwise then b }
  allow FW0542 because \"open on purpose\"
";
    let table = "country,a,b\nA,,1.0000000000000002\nB,,1.1\nC,,\nD,2,3\nE,7,3\n";
    let found = results(rules, table);
    for (entity, wanted) in [("A", "1"), ("B", ""), ("C", ""), ("D", "1"), ("E", "3")] {
        assert_eq!(found.cell(entity, "amount"), wanted, "{entity}");
    }
}

/// The least alarming value is one that the indicator can have: never the end that a range leaves out.
#[test]
fn what_is_not_verified_stays_below_an_end_that_is_left_out() {
    let rules = "framework v \"V\" version \"1\"
panel country
indicator open : number in -5..<5 polarity protective verification column \"open_v\"
indicator closed : number in -5..5 polarity protective verification column \"closed_v\"
score o = floor(verified(open))
score c = floor(verified(closed))
";
    let table = "country,open,open_v,closed,closed_v\nA,2,,2,\nB,2,1,2,1\n";
    let found = results(rules, table);
    for (entity, o, c) in [("A", "4", "5"), ("B", "2", "2")] {
        assert_eq!(found.cell(entity, "o"), o, "{entity}");
        assert_eq!(found.cell(entity, "c"), c, "{entity}");
    }
}
