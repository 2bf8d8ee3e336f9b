//! Numbers as people write them: what is no number is never read by its first digits without a word, and what
//! stands in a list is never taken for one number.

use forewarn_grammar::{ProblemKind, parse};

/// The numbers that are told in a file, each with its edit.
fn told(text: &str) -> Vec<(String, Option<String>)> {
    let problems = parse(text).problems.into_iter();
    let numbers = problems.filter_map(|problem| match problem.kind {
        ProblemKind::BadNumber { found, edit, .. } => Some((found, edit)),
        _ => None,
    });
    numbers.collect()
}

#[test]
fn commas_where_no_list_can_stand_are_told_wherever_a_number_may_be() {
    for place in [
        "param p = N",
        "param p : people = N people",
        "indicator a : people in 0..N",
        "score s = a * N",
        "score s = if a > N then 1 else 0",
        "signal s = a > N people or b",
        "score s = (a + N) / 2",
        "score s = mean(a, over: N months)",
        "score s = clamp(a, 0, N)",
        "factor f { combine weighted mean members { a weight N, b weight 2 } }",
        "level l : s from a { lo in 0..<N, hi in N.. }",
        "alert w { raise when a > N for 2 months }",
        "test \"t\" { given a = N expect b is yes }",
        "test \"t\" { given b = yes expect a is N }",
        "override weight f.a = N",
        "table t : s by a { >= 5 then hi, N.. then lo }",
    ] {
        let table = place.starts_with("table");
        for (number, meant) in [
            ("2,50,000", "250_000"),
            ("10,00,000", "1_000_000"),
            ("1,25,000.5", "125_000.5"),
            ("1·5", "1.5"),
            ("2½", "2.5"),
            ("٢٫٥", "2.5"),
        ] {
            if table && number.contains(',') {
                continue;
            }
            let text = place.replace('N', number);
            let found = told(&text);
            let first = found.first();
            assert_eq!(
                first.map(|(_, edit)| edit.as_deref()),
                Some(Some(meant)),
                "{text}"
            );
        }
    }
}

#[test]
fn what_nobody_can_read_for_certain_has_no_edit() {
    for number in [
        "1,5,0", "1,000,00", "0,5,5", "1;5", "3e", "12th", "⅓", "0x1F",
    ] {
        let text = format!("param p = {number}\nscore s = a + p\n");
        let found = told(&text);
        assert!(
            matches!(found.as_slice(), [(_, None), ..]),
            "{number}: {found:?}"
        );
    }
    let spans = told("param p = 45-50 crowns\nunit crowns\n");
    assert_eq!(spans, [("45-50 crowns".to_owned(), None)]);
}

#[test]
fn other_commas_of_a_file_say_whether_one_begins_decimals() {
    let both = "param w = 0,25\nsignal z = x > 2,500\n";
    assert_eq!(
        told(both),
        [
            ("0,25".to_owned(), Some("0.25".to_owned())),
            ("2,500".to_owned(), None),
        ]
    );
    let thousands = "param w = 1,250,000\nsignal z = x > 2,500\n";
    assert_eq!(
        told(thousands).last().map(|(_, edit)| edit.clone()),
        Some(Some("2_500".to_owned()))
    );
}

#[test]
fn values_of_a_list_are_values_and_sound_numbers_are_not_told() {
    for text in [
        "score s = mean([1,2,3]) + a",
        "score s = mean([1, 2,3,4]) + a",
        "score s = mean(1,2,3) + a",
        "score s = max(a,1,2)",
        "score s = clamp(a,0,3)",
        "score s = mean([a,1,5,9])",
        "test \"t\" over 3 months { given a = [1,5,9] expect b is [yes, no, yes] }",
        "score s = piecewise a { 0..10 to 0..1,10..20 to 1..2 }",
        "table t : s by a, b { 1,5 then hi, 2,6 then lo }",
        "param p = 45 - 50",
        "param p = 45-50",
        "param p = 1.5e-3",
        "param p = 2_50_000",
        "panel province by month column \"ym\" written \"YYYY-MM\"",
        "unit lakh = 100_000 crowns\nunit crowns\nparam p = 5 lakh",
        "unit th\nparam p = 12 th",
    ] {
        assert_eq!(parse(text).problems, [], "{text}");
    }
}
