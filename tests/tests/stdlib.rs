//! The standard library, function by function: usual values, both ends, beyond them, and missing.

use crate::calls;

use calls::{evaluate, gives};

#[test]
fn rescale() {
    gives(
        "rescale(x, from: 2, to: 12)",
        &["2: 0", "12: 1", "7: 0.5", "22: 2", "-8: -1", "-: -"],
        0,
    );
    gives(
        "rescale(x, from: 3, to: -3)",
        &["3: 0", "-3: 1", "0: 0.5", "6: -0.5"],
        0,
    );
    // Both ends are exact where they are no binary fractions.
    gives("rescale(x, from: 0.1, to: 0.7)", &["0.1: 0", "0.7: 1"], 0);
    // Without a distance between the ends there is no place between them.
    gives(
        "rescale(x, from: y, to: y)",
        &["1 5: -", "5 5: -", "- 5: -"],
        2,
    );
}

#[test]
fn clamp() {
    gives(
        "clamp(x, low: -1, high: 2)",
        &["-5: -1", "-1: -1", "0.5: 0.5", "2: 2", "9: 2", "-: -"],
        0,
    );
    gives(
        "clamp(x, low: y, high: 2)",
        &["-5 -: -", "1 -: -", "1 0: 1"],
        0,
    );
}

#[test]
fn goalpost() {
    gives(
        "goalpost(x, low: 20, high: 85)",
        &[
            "20: 0",
            "85: 1",
            "52.5: 0.5",
            "14.098: 0",
            "86.9: 1",
            "-: -",
        ],
        0,
    );
    gives(
        "goalpost(x, low: 10, high: 0)",
        &["10: 0", "0: 1", "2.5: 0.75", "11: 0", "-1: 1"],
        0,
    );
}

#[test]
fn log_goalpost() {
    gives(
        "log_goalpost(x, low: 100, high: 10_000)",
        &[
            "100: 0",
            "10000: 1",
            "1000: 0.5",
            "50: 0",
            "20000: 1",
            "-: -",
        ],
        0,
    );
    // Nothing is the logarithm of zero.
    gives(
        "log_goalpost(x, low: 100, high: 10_000)",
        &["0: -", "-5: -"],
        2,
    );
}

#[test]
fn middle_worst() {
    gives(
        "middle_worst(x, low: -10, worst: 0, high: 5)",
        &[
            "-10: 0", "0: 1", "5: 0", "-5: 0.5", "2.5: 0.5", "-11: 0", "6: 0", "-: -",
        ],
        0,
    );
}

#[test]
fn standardise() {
    gives(
        "standardise(x, mean: 50, deviation: 10)",
        &["50: 0", "60: 1", "25: -2.5", "-: -"],
        0,
    );
    gives(
        "standardise(x, mean: 50, deviation: y)",
        &["60 0: -", "60 -: -", "60 5: 2"],
        1,
    );
}

#[test]
fn reverse() {
    gives("reverse(x)", &["0: 1", "1: 0", "0.25: 0.75", "-: -"], 0);
}

#[test]
fn inverted_geometric_mean() {
    // Of equal values, the value; (10 - x) * 0.9 + 1 is 1 at 10 and 10 at 0.
    gives(
        "inverted_geometric_mean([a, b])",
        &[
            "0 0: 0",
            "10 10: 10",
            "4 4: 4",
            "10 0: 7.597469266479578",
            "10 -: -",
            "- -: -",
        ],
        0,
    );
    gives(
        "inverted_geometric_mean([a, b, c])",
        // The cube root of 1 * 10 * 10 is 4.641588833612779.
        &["10 0 0: 5.953790184874690", "2 2 2: 2", "2 2 -: -"],
        0,
    );
}

#[test]
fn noisy_or() {
    gives(
        "noisy_or([x, y])",
        &[
            "0 0: 0",
            "1 0: 1",
            "0.5 0.5: 0.75",
            "0.1 0.2: 0.28",
            "0.5 -: -",
        ],
        0,
    );
    gives("noisy_or([x])", &["0.3: 0.3", "-: -"], 0);
}

#[test]
fn spread() {
    gives(
        "spread([x, y, z])",
        &["3 -1 2: 4", "5 5 5: 0", "3 - 2: -"],
        0,
    );
    gives("spread([killed])", &["7: 0", "-: -"], 0);
}

#[test]
fn fractionalisation() {
    gives(
        "fractionalisation([x, y, z])",
        &[
            "1 0 0: 0",
            "0.5 0.5 0: 0.5",
            "0.5 0.25 0.25: 0.625",
            "0.5 0.5 -: -",
        ],
        0,
    );
    // One group of half the people, and the others each on their own.
    gives("fractionalisation([x])", &["0.5: 0.75", "0: 1"], 0);
}

#[test]
fn polarisation() {
    gives(
        "polarisation([x, y, z])",
        &[
            "1 0 0: 0",
            "0.5 0.5 0: 1",
            "0.5 0.25 0.25: 0.875",
            "0.5 0.5 -: -",
        ],
        0,
    );
}

#[test]
fn per_capita() {
    gives(
        "per_capita(killed, population)",
        &["5 1000: 0.005", "0 1000: 0", "- 9: -", "9 -: -"],
        0,
    );
    gives("per_capita(killed, population)", &["5 0: -"], 1);
    gives(
        "per_capita(killed, population) >= 5 deaths / 1_000 people",
        &["5 1000: yes", "4 1000: no", "- 1000: -"],
        0,
    );
}

#[test]
fn per_100_000() {
    gives(
        "per_100_000(killed, population)",
        &[
            "5 100000: 5",
            "30 4000000: 0.75",
            "0 1000: 0",
            "- 9: -",
            "9 -: -",
        ],
        0,
    );
    gives("per_100_000(killed, population)", &["5 0: -"], 1);
    gives(
        "per_100_000(killed, population) >= 5 deaths / 100_000 people",
        &[
            "5 100000: yes",
            "49 1000000: no",
            "50 1000000: yes",
            "5 -: -",
        ],
        0,
    );
}

/// In whatever steps the population is counted, it is rated by 100,000 single ones.
#[test]
fn per_100_000_of_thousands() {
    let head = "framework rates \"Rates\" version \"1\"\npanel row\nunit deaths\nunit people\n\
                unit thousand_people = 1_000 people\nindicator killed : deaths in 0..\n\
                indicator living : thousand_people in 0..\n";
    let rows = ["275 500: 55", "0 3: 0", "- 9: -"];
    let direct = "score result = per_100_000(killed, living)\n";
    evaluate(&format!("{head}{direct}"), &rows, 0);
    let inside = "fn rate(x: number[u], of: number[v]) -> number[u / (100_000 v)] = per_100_000(x, of)\n\
                  score result = rate(killed, living)\n";
    evaluate(&format!("{head}{inside}"), &rows, 0);
    let single = "score result = per_100_000(killed, living * 1)\n";
    evaluate(&format!("{head}{single}"), &rows, 0);
}

#[test]
fn share_of() {
    gives(
        "share_of(displaced, population)",
        &["5 20: 0.25", "20 20: 1", "- 20: -", "5 -: -"],
        0,
    );
    gives("share_of(displaced, population)", &["5 0: -"], 1);
    gives(
        "share_of(displaced, population) >= 25%",
        &["5 20: yes", "4 20: no", "5 -: -"],
        0,
    );
}

#[test]
fn relative_change() {
    gives(
        "relative_change(x, before: y)",
        &["20 10: 1", "10 10: 0", "0 10: -1", "- 10: -"],
        0,
    );
    gives("relative_change(x, before: y)", &["20 0: -", "0 0: -"], 2);
}

#[test]
fn logistic() {
    gives(
        "logistic(x)",
        // 1 / (1 + e) and what it leaves to 1.
        &[
            "0: 0.5",
            "-1: 0.2689414213699951",
            "1: 0.7310585786300049",
            "-: -",
        ],
        0,
    );
    gives(
        "logistic(x)",
        &["800: 1", "-800: 0", "1e300: 1", "-1e300: 0"],
        0,
    );
}

#[test]
fn logit() {
    gives("logit(x)", &["0.5: 0", "0.7310585786300049: 1", "-: -"], 0);
    gives("logit(x)", &["0: -", "1: -", "1.5: -"], 3);
    gives("logit(logistic(x))", &["0.5: 0.5", "-2: -2"], 0);
}

#[test]
fn logarithms_of_one_more() {
    gives("log1p(x)", &["0: 0", "1.718281828459045: 1", "-: -"], 0);
    gives("log2_1p(x)", &["0: 0", "1: 1", "1023: 10", "-: -"], 0);
    gives("log10_1p(x)", &["0: 0", "9: 1", "999: 3", "-: -"], 0);
    gives("log1p(x) + log2_1p(x) + log10_1p(x)", &["-1: -"], 3);
    gives("log1p(x)", &["-2: -"], 1);
}

/// A factor hands over what is known: the same function, without the members that are missing.
#[test]
fn a_factor_combines_what_is_known() {
    let rules = "\
framework calls \"Calls\" version \"1\"
panel row
indicator x : number in 0..10
indicator y : number in 0..10
factor result { combine inverted_geometric_mean  require 1 known  members { x, y } }
";
    evaluate(rules, &["10 10: 10", "- 3: 3", "0 -: 0", "- -: -"], 0);
}

/// A function without a test here is a function nobody has tried.
#[test]
fn every_function_is_tested() {
    let tests = include_str!("stdlib.rs");
    for (module, text) in forewarn_compiler::package::STDLIB {
        for line in text.lines() {
            let Some((name, _)) = line
                .strip_prefix("fn ")
                .and_then(|rest| rest.split_once('('))
            else {
                continue;
            };
            let called =
                tests.contains(&format!("\"{name}(")) || tests.contains(&format!("+ {name}("));
            assert!(called, "`{name}` of {module}");
        }
    }
}
