//! Numbers of a method that are params, and functions that combine members by their weights.

use crate::applied;

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;

use applied::apply;

const HEAD: &str = "framework f \"F\" version \"1\"\npanel country by year\n\
                    indicator a : number in 0..10\nindicator b : number in 0..10\n";

const DATA: &str = "country,year,a,b\nAra,2001,1,2\nBel,2001,2,4\nCor,2001,3,\nDom,2001,9,8\n";

/// A column, by country.
#[track_caller]
fn column(rules: &str, name: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, cells) = (folder.path().join("f.risk"), folder.path().join("d.csv"));
    std::fs::write(&path, format!("{HEAD}{rules}")).expect("written");
    std::fs::write(&cells, DATA).expect("written");
    let found = apply(&path, &cells, &[]);
    let cells = found.rows.values().map(|row| row[name].clone());
    cells.collect()
}

/// What is told of rules.
fn told(rules: &str) -> Vec<String> {
    let rules = format!("{HEAD}score both = a + b\n{rules}\n");
    let files = MemoryFiles::of("f.risk", &rules);
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    let causes = compilation.reports.iter();
    causes
        .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
        .collect()
}

#[test]
fn numbers_of_the_method_can_be_params() {
    let same = |with: &str, written: &str, name: &str| {
        let both = "score both = a + b\n";
        let param = column(&format!("{both}param k = 2\nparam l = 0.1\n{with}\n"), name);
        assert_eq!(param, column(&format!("{both}{written}\n"), name), "{with}");
    };
    let used = "score used = k + l\n";
    same(
        &format!("{used}signal o = top(a, k)"),
        "signal o = top(a, 2)",
        "o",
    );
    same(
        &format!("{used}score o = quantile(a, k + 1)"),
        "score o = quantile(a, 3)",
        "o",
    );
    same(
        &format!("{used}score o = winsorise(a, skew: l, kurtosis: l, at_most: k)"),
        "score o = winsorise(a, skew: 0.1, kurtosis: 0.1, at_most: 2)",
        "o",
    );
    same(
        &format!("{used}factor o {{ combine power mean k members {{ a, b }} }}"),
        "factor o { combine power mean 2 members { a, b } }",
        "o",
    );
    same(
        &format!("{used}factor o {{ combine at least k members {{ a >= 2, b >= 4 }} }}"),
        "factor o { combine at least 2 members { a >= 2, b >= 4 } }",
        "o",
    );
}

#[test]
fn ends_of_a_baseline_can_be_params() {
    let data = "country,year,a,b\nAra,2001,1,0\nAra,2002,5,0\nAra,2003,9,0\n";
    let folder = tempfile::tempdir().expect("a folder");
    let (path, cells) = (folder.path().join("f.risk"), folder.path().join("d.csv"));
    std::fs::write(&cells, data).expect("written");
    let scaled = |baseline: &str| {
        let rules = "param first = 2001\nparam last = 2002\nscore used = a + b + first + last\n";
        let rules = format!("{HEAD}{rules}score s = minmax(a, baseline: {baseline})\n");
        std::fs::write(&path, rules).expect("written");
        let found = apply(&path, &cells, &[]);
        let told: Vec<String> = found.rows.values().map(|row| row["s"].clone()).collect();
        told.join(" ")
    };
    // From 1 to 5; 9 is cut off. From 2002 on, from 5 to 9.
    assert_eq!(scaled("first..last"), "0 1 1");
    assert_eq!(scaled("2001..last"), "0 1 1");
    assert_eq!(scaled("last.."), "0 0 1");
    let refused = |rules: &str| told(&format!("{rules}\nscore s = minmax(a, baseline: k..2003)"));
    assert_eq!(
        refused("param k = 2001.5"),
        ["FW0709: an end of `baseline:` takes a year, the same in every period"]
    );
    assert_eq!(
        refused("param k = 2001 until 2005, = 2002 from 2006"),
        ["FW0709: an end of `baseline:` takes a year, the same in every period"]
    );
    assert_eq!(
        refused("param k = 2004"),
        ["FW0708: a baseline begins before it ends"]
    );
    assert_eq!(
        refused("let k = a"),
        ["FW0709: an end of `baseline:` takes a year, the same in every period"]
    );
    assert_eq!(
        told("param k = 3\nindicator c : number in 0..10 changeable cost k\nscore s = c"),
        Vec::<String>::new()
    );
}

#[test]
fn a_number_that_cannot_be_is_told_once() {
    let cases = [
        (
            "signal o = top(a, 2.5)",
            "FW0709: `top` takes a whole number from 1",
        ),
        (
            "signal o = top(a, b)",
            "FW0709: `top` takes a whole number from 1",
        ),
        (
            "score o = quantile(a, 1)",
            "FW0709: `quantile` takes a whole number from 2",
        ),
        (
            "score o = winsorise(a, skew: -1)",
            "FW0709: `skew:` takes a number from 0",
        ),
        (
            "score o = winsorise(a, at_most: 50%)",
            "FW0709: `at_most:` takes",
        ),
        (
            "param k = 2 until 2005, = 3 from 2006\nfactor o { combine power mean k members { a, b } }",
            "FW0617",
        ),
        ("signal o = top(a, unheard)", "FW0107"),
    ];
    for (rules, wanted) in cases {
        let told = told(rules);
        assert!(
            told.len() == 1 && told[0].starts_with(wanted),
            "{rules}: {told:?}"
        );
    }
}

const BY_WEIGHTS: &str = "fn energetic(xs: list of number, weights: list of number) -> number = \
                          sqrt(sum(xs * xs * weights) / sum(weights))\n";

#[test]
fn a_function_combines_by_the_weights_of_the_members_that_are_known() {
    let rules = format!(
        "{BY_WEIGHTS}factor o {{ combine energetic require 1 known members {{ a weight 3, b }} }}\n"
    );
    let found: Vec<f64> = column(&rules, "o")
        .iter()
        .map(|x| x.parse().unwrap())
        .collect();
    let by_hand = [
        (3.0 + 4.0) / 4.0,
        (12.0 + 16.0) / 4.0,
        9.0,
        (243.0 + 64.0) / 4.0,
    ];
    for (found, square) in found.iter().zip(by_hand) {
        assert!((found * found - square).abs() < 1e-9, "{found} {square}");
    }
    assert_eq!(column(&rules, "o.coverage"), ["1", "1", "0.75", "1"]);
    // Without weights each counts once.
    let rules = format!("{BY_WEIGHTS}factor o {{ combine energetic members {{ a, b }} }}\n");
    let found = column(&rules, "o");
    assert!((found[1].parse::<f64>().unwrap().powi(2) - 10.0).abs() < 1e-9);
}

#[test]
fn a_function_that_cannot_combine_is_told_once() {
    let cases = [
        "fn odd(xs: list of number, w: number) -> number = sum(xs) * w",
        "fn odd(xs: list of number, w: list of number, z: list of number) -> number = sum(xs * w * z)",
        "fn odd(xs: list of number, w: list of number) -> truth = sum(xs) > sum(w)",
    ];
    for function in cases {
        let told = told(&format!(
            "{function}\nfactor o {{ combine odd members {{ a, b }} }}"
        ));
        assert!(
            told.len() == 1 && told[0].starts_with("FW0617"),
            "{function}: {told:?}"
        );
    }
}
