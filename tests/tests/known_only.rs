//! Several values to one over those that are known, the worst and the best of levels, and members that are
//! expressions.

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::OutputKind;
use forewarn_runtime::run::{Engine, RunOptions, run};
use forewarn_tables::{ReadOptions, read};

const FILE: &str = "demo.risk";

const HEAD: &str = "framework f \"F\" version \"1\"
panel country by year
unit people
indicator a : number in 0..10
indicator b : number in 0..10
indicator c : number in 0..10
indicator p : people in 0..100
scale phase { minimal < stressed < crisis < emergency }
indicator food : phase
indicator health : phase
";

const DATA: &str = "country,year,a,b,c,p,food,health
AVA,2020,2,4,9,10,crisis,stressed
AVA,2021,2,,9,10,crisis,
AVA,2022,,,9,10,,minimal
AVA,2023,,,,,,
";

/// What the columns say in each row, as results are written.
fn cells(rules: &str, data: &str, columns: &[&str]) -> Vec<String> {
    let text = format!("{HEAD}{rules}");
    let files = MemoryFiles::of(FILE, &text);
    let compilation = compile(Path::new(FILE), &files, &Settings::default());
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| cause.code().to_string())
        .filter(|code| code != "FW0103")
        .collect();
    assert!(told.is_empty(), "{told:?}\n{text}");
    let plan = compilation.plan.expect("compiles");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("d.csv");
    std::fs::write(&path, data).expect("written");
    let read = read(&path, &plan, &ReadOptions::default()).expect("reads");
    let both = [Engine::Interpreter, Engine::Native].map(|engine| {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        let results = run(&plan, &read.panel, &options).expect("runs");
        let rows = read.panel.rows();
        let found = (0..rows).map(|row| {
            let cells = columns.iter().map(|name| {
                let at = plan.outputs.iter().position(|one| one.column == *name);
                let at = at.unwrap_or_else(|| panic!("{name} is published"));
                shown(&plan.outputs[at].kind, results.columns[at].values[row])
            });
            cells.collect::<Vec<_>>().join(" ")
        });
        found.collect::<Vec<_>>()
    });
    let [interpreted, native] = both;
    assert_eq!(interpreted, native, "{text}");
    interpreted
}

fn shown(kind: &OutputKind, x: f64) -> String {
    if x.is_nan() {
        return if *kind == OutputKind::Truth {
            "unknown"
        } else {
            "-"
        }
        .to_owned();
    }
    match kind {
        OutputKind::Truth => if x == 1.0 { "yes" } else { "no" }.to_owned(),
        OutputKind::Level { names, .. } | OutputKind::Category { names, .. } => {
            names[x as usize].clone()
        }
        OutputKind::Number | OutputKind::Period(_) => {
            let text = format!("{x:.3}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    }
}

fn told(rules: &str) -> Vec<String> {
    let rules = format!("{HEAD}{rules}");
    let files = MemoryFiles::of("f.risk", &rules);
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    let causes = compilation.reports.iter();
    causes
        .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
        .filter(|told| !told.starts_with("FW0103"))
        .collect()
}

#[test]
fn those_that_are_known_count() {
    let rules = "score m = mean(a, b, c, require: 1 known)
score m2 = mean([a, b, c], require: 2 known)
score s = sum(a, b, c, require: 1 known)
score hi = max(a, b, c, require: 1 known)
score lo = min(a, b, c, require: 1 known)
score mid = median(a, b, c, require: 1 known)
score g = round(geometric_mean(a, b, c, require: 2 known), 3)
score h = round(harmonic_mean(a, b, c, require: 1 known), 3)
score all_of_them = mean(a, b, c)
";
    let columns = ["m", "m2", "s", "hi", "lo", "mid", "g", "h", "all_of_them"];
    assert_eq!(
        cells(rules, DATA, &columns),
        [
            "5 5 15 9 2 4 4.16 3.484 5",
            "5.5 5.5 11 9 2 5.5 4.243 3.273 -",
            "9 - 9 9 9 9 - 9 -",
            "- - - - - - - - -",
        ]
    );
}

#[test]
fn the_worst_and_the_best_of_levels() {
    let rules = "let worst = max(food, health)
let best = min([food, health])
let worst_known = max(food, health, require: 1 known)
let best_known = min(food, health, require: 1 known)
level shown : phase { emergency when worst >= emergency, crisis when worst >= crisis, stressed when worst >= stressed, minimal otherwise }
score w = position(worst)
score b1 = position(best)
score wk = position(worst_known)
score bk = position(best_known)
score floor_at_stressed = position(max(food, stressed))
signal at_least_stressed = worst >= stressed
";
    let columns = [
        "w",
        "b1",
        "wk",
        "bk",
        "floor_at_stressed",
        "at_least_stressed",
        "shown.at_least",
    ];
    assert_eq!(
        cells(rules, DATA, &columns),
        [
            "2 1 2 1 2 yes crisis",
            "- - 2 2 2 yes crisis",
            "- 0 0 0 - unknown minimal",
            "- - - - - unknown minimal",
        ]
    );
}

#[test]
fn a_level_may_be_the_worst_of_others() {
    let rules = "level overall \"Overall\" : phase = max(food, health)
level known : phase = max(food, health, require: 1 known) cite \"the usual step\"
let level best : phase = min(food, health)
signal grave = known >= crisis
table answer : number by known, best { >= crisis, any then 2, any, minimal then 1, any, any then 0 }
";
    let columns = [
        "overall",
        "overall.at_least",
        "overall.at_most",
        "known",
        "grave",
        "answer",
    ];
    assert_eq!(
        cells(rules, DATA, &columns),
        [
            "crisis crisis crisis crisis yes 2",
            "- crisis emergency crisis yes 2",
            "- minimal emergency minimal no 1",
            "- minimal emergency - unknown -",
        ]
    );
    let cases = [
        ("level overall : phase = a", "FW0211"),
        ("level overall : phase = max(a, b)", "FW0211"),
        (
            "scale other { low < high }\nindicator o : other\nlevel overall : phase = o",
            "FW0211",
        ),
    ];
    for (rules, code) in cases {
        let found = told(&format!("{rules}\n"));
        let all = found.iter().all(|told| told.starts_with(code));
        assert!(!found.is_empty() && all, "{rules}: {found:?}");
    }
}

#[test]
fn the_worst_of_the_peers_is_a_level() {
    let data = "country,year,a,b,c,p,food,health
AVA,2020,,,,,crisis,stressed
AVA,2021,,,,,stressed,minimal
AVA,2022,,,,,,minimal
BEL,2020,,,,,minimal,stressed
BEL,2021,,,,,,stressed
BEL,2022,,,,,emergency,
";
    let rules = "level worst : phase = max(food, among: all)
level best : phase = min(health, among: all)
signal any_crisis = max(food, among: all) >= crisis
";
    let columns = [
        "worst",
        "worst.at_least",
        "worst.at_most",
        "best",
        "any_crisis",
    ];
    let rows = [
        "crisis crisis crisis stressed yes",
        // Of one of two nobody knows.
        "- stressed emergency minimal unknown",
        "emergency emergency emergency minimal yes",
    ];
    let found = cells(rules, data, &columns);
    assert_eq!(found, [rows, rows].concat());
}

#[test]
fn the_worst_and_the_best_of_a_window_of_levels() {
    let data = "country,year,a,b,c,p,food,health
AVA,2020,9,,,,stressed,minimal
AVA,2021,0,,,,,minimal
AVA,2022,0,,,,crisis,
AVA,2023,0,,,,,
AVA,2024,0,,,,,
AVA,2025,0,,,,,
";
    let rules = "score hi = position(max(food, over: 3 years, require: 1 year))
score lo = position(min(food, over: 3 years, require: 1 year))
score two = position(max(food, over: 3 years, require: 2 years))
score every = position(max(food, over: 2 years))
score ever = position(max(food, over: all, require: 1 year))
score since_a = position(min(food, since: a >= 9, require: 2 years))
let worst = max(food, health)
score certain = position(max(worst, over: 3 years, require: 1 year))
let recent = max(food, over: 3 years, require: 2 years)
signal can_be_crisis = recent >= crisis
";
    let columns = [
        "hi",
        "lo",
        "two",
        "every",
        "ever",
        "since_a",
        "certain",
        "can_be_crisis",
    ];
    assert_eq!(
        cells(rules, data, &columns),
        [
            // One year of three is there: whether the worst of two known ones is higher, nobody knows.
            "1 1 - - 1 - 1 unknown",
            "1 1 - - 1 - 1 unknown",
            // Of the third year's `worst` a crisis is certain, though not more.
            "2 1 2 - 2 1 2 yes",
            "2 2 - - 2 1 - yes",
            "2 2 - - 2 1 - yes",
            "- - - - 2 1 - unknown",
        ]
    );
}

#[test]
fn members_are_expressions() {
    let rules = "factor f { combine weighted mean require 1 known members {
  10 - a \"Turned\" weight 2,
  b,
  -c + 10 weight 0.5,
} }
factor g { combine max require 1 known members { a >= 2, if b > 3 then 0.5 else 0, position(food) / 3 } }
";
    assert_eq!(
        cells(rules, DATA, &["f", "f.coverage", "g"]),
        ["5.857 1 1", "6.6 0.714 1", "1 0.143 -", "- 0 -",]
    );
}

#[test]
fn a_factor_may_not_apply() {
    let data = "country,year,a,b,c,p,food,health
AVA,2020,2,4,9,,crisis,
AVA,2021,2,4,9,,minimal,
AVA,2022,,,9,,,
AVA,2023,9,,9,,,
";
    let rules = "factor f { combine mean require 1 known applies when food is not minimal
  members { a, b } }
factor bounded { combine max evidence bounds applies when food is not minimal
  members { a / 10, b / 10, c > 8 decisive 0.7 } }
factor g { combine mean require 50% coverage members { f, c } }
factor all_of_them { combine mean members { f, c } }
";
    let columns = [
        "f",
        "bounded.at_least",
        "bounded.at_most",
        "g",
        "g.coverage",
        "all_of_them",
    ];
    assert_eq!(
        cells(rules, data, &columns),
        [
            "3 1 1 6 1 6",
            // There is no such factor, and the others ask for none.
            "- - - 9 1 9",
            // Nobody knows whether there is.
            "- 1 1 9 0.5 -",
            "9 1 1 9 1 9",
        ]
    );
    let found = told("factor f { combine mean applies when a members { a, b } }\n");
    assert!(
        found.len() == 1 && found[0].starts_with("FW0201"),
        "{found:?}"
    );
}

#[test]
fn functions_of_one_list_take_several_values() {
    let rules = "fn half_sum(xs: list of number[u]) -> number[u] = sum(xs) / 2
group pair { a, b }
score one = inverted_geometric_mean(a, b, c) - inverted_geometric_mean([a, b, c])
score two = half_sum(a, b) + half_sum(p, 4 people) / (1 people)
score each = half_sum(pair, c)
";
    assert_eq!(
        cells(rules, DATA, &["one", "two", "each.a", "each.b"]),
        ["0 10 5.5 6.5", "- - 5.5 -", "- - - -", "- - - -"]
    );
    let found = told("score s = inverted_geometric_mean(a, p)\n");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn functions_of_one_list_do_with_those_that_are_known() {
    let rules = "fn half_sum(xs: list of number) -> number = sum(xs) / 2
let all = [a, b, c]
score h = half_sum(a, b, c, require: 2 known)
score one = half_sum(all, require: 1 known)
score n = round(noisy_or(a / 10, b / 10, c / 10, require: 1 known), 3)
score sd = round(stddev(a, b, c), 3)
score sd_known = round(stddev(all, require: 2 known), 3)
score sd_one = stddev(all, require: 1 known)
score alike = stddev(a, a + 0, 2)
";
    let columns = ["h", "one", "n", "sd", "sd_known", "sd_one", "alike"];
    assert_eq!(
        cells(rules, DATA, &columns),
        [
            "7.5 7.5 0.952 3.606 3.606 3.606 0",
            "5.5 5.5 0.92 - 4.95 4.95 0",
            // One value has no spread.
            "- 4.5 0.9 - - - -",
            "- - - - - - -",
        ]
    );
    let cases = [
        (
            "score s = noisy_or(a / 10, b / 10, require: 3 known)",
            "FW0605",
        ),
        ("score s = half_sum(a, b, require: a known)", "FW0210"),
        ("score s = clamp(a, 0, 1, require: 1 known)", "FW0110"),
        ("score s = stddev(a)", "FW0701"),
        ("score s = stddev(a, p)", "FW03"),
    ];
    for (rules, code) in cases {
        let rules = format!("fn half_sum(xs: list of number) -> number = sum(xs) / 2\n{rules}\n");
        let found = told(&rules);
        let all = found.iter().all(|told| told.starts_with(code));
        assert!(!found.is_empty() && all, "{rules}: {found:?}");
    }
}

#[test]
fn values_of_lists_have_weights() {
    let rules = "let xs = [a weight 2, b, c weight 0.5]
param twice = 2
fn own(xs: list of number, weights: list of number) -> number = sum(xs * weights) / sum(weights)
score m = mean([a weight twice, b])
score m3 = mean(xs)
score turned = mean(10 - xs)
score known = mean(a weight 2, b, c weight 0.5, require: 1 known)
score s = sum(a weight 2, b weight -1, require: 1 known)
score g = geometric_mean(a weight 2, b)
score h = harmonic_mean([a weight 2, b])
score f = own([a weight 2, b])
score f3 = own(xs)
score both = own([a, b], [1, 3])
";
    let columns = [
        "m", "m3", "turned", "known", "s", "g", "h", "f", "f3", "both",
    ];
    assert_eq!(
        cells(rules, DATA, &columns),
        [
            "2.667 3.571 6.429 3.571 0 2.52 2.4 2.667 3.571 3.5",
            "- - - 3.4 4 - - - - -",
            "- - - 9 - - - - - -",
            "- - - - - - - - - -",
        ]
    );
    let cases = [
        ("score s = max([a weight 2, b])", "FW0608"),
        ("let ys = [a weight 2, b]\nscore s = median(ys)", "FW0608"),
        ("score s = count(a > 1 weight 2, b > 1)", "FW0608"),
        ("score s = inverted_geometric_mean(a weight 2, b)", "FW0608"),
        ("score s = abs(a weight 2)", "FW0626"),
        ("score s = mean([minmax(a), b] weight 2)", "FW0626"),
        ("score s = mean(minmax([a weight 2, b]))", "FW0626"),
        ("score s = mean(a weight b, c)", "FW0210"),
        ("score s = mean(a weight 2 people, c)", "FW0202"),
        ("score s = mean(a weight 0, b weight 0)", "FW0604"),
        ("score s = geometric_mean(a weight -1, b)", "FW0616"),
        (
            "fn own(xs: list of number, weights: list of number) -> number = sum(xs * weights)\nscore s = own([a, b])",
            "FW0111",
        ),
    ];
    for (rules, code) in cases {
        let found = told(&format!("{rules}\n"));
        let all = found.iter().all(|told| told.starts_with(code));
        assert!(!found.is_empty() && all, "{rules}: {found:?}");
    }
}

#[test]
fn a_negative_base_has_a_power_with_a_range() {
    let rules = "level far : phase from pow(a - 5, 2) { minimal in 0..<1, stressed in 1..<4, crisis in 4..<16, emergency in 16..25 }
score cubed = pow(a - 5, 3)
";
    assert_eq!(
        cells(rules, DATA, &["far", "cubed"]),
        ["crisis -27", "crisis -27", "- -", "- -"]
    );
    assert_eq!(told(rules), Vec::<String>::new());
}

#[test]
fn what_cannot_be_required_is_told() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        told("param k = 2\nscore s = mean(a, b, require: k known)\n"),
        none
    );
    let cases = [
        ("score s = mean(a, b, require: 3 known)", "FW0605"),
        ("score s = mean(a, b, require: 0 known)", "FW0605"),
        ("score s = mean(a, b, require: 1.5 known)", "FW0605"),
        ("score s = mean(a, b, require: a known)", "FW0210"),
        ("score s = mean(a, b, require: 10% known)", "FW0202"),
        ("score s = mean(a, b, require: 1)", "FW0110"),
        (
            "score s = mean(a, over: 3 years, require: 2 known)",
            "FW0734",
        ),
        ("score s = position(max(food, a))", "FW0"),
        ("score s = position(mean(food, health))", "FW0202"),
        ("score s = mean(a, p, require: 1 known)", "FW03"),
        (
            "factor f { combine mean members { a, p / (1 people), food } }",
            "FW0609",
        ),
        (
            "factor f { combine mean members { a, 10 - a, 10 - a } }",
            "FW0606",
        ),
    ];
    for (rules, code) in cases {
        let found = told(&format!("{rules}\n"));
        assert!(!found.is_empty(), "{rules}");
        let all = found.iter().all(|told| told.starts_with(code));
        assert!(all, "{rules}: {found:?}");
    }
}

#[test]
fn a_cell_is_written_without_is_and_in() {
    let rules = "table t : number by food, a { is crisis, in 0..5 then 1, any, any then 2 }\n";
    let found = told(rules);
    let [written, open] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert!(written.starts_with("FW0005"), "{written}");
    // The table itself says nothing of what nobody knows.
    assert!(open.starts_with("FW0542"), "{open}");
}

#[test]
fn the_words_of_a_scale_may_stand_first() {
    let rules = "score a1 = position(max(stressed, food))
score a2 = position(max(food, stressed))
score b1 = position(if p > 50 people then minimal else food)
score b2 = position(if p > 50 people then food else minimal)
score c1 = position(min([crisis, food, health], require: 1 known))
";
    let columns = ["a1", "a2", "b1", "b2", "c1"];
    // Nobody knows `p` in the last year.
    assert_eq!(
        cells(rules, DATA, &columns),
        ["2 2 2 0 1", "2 2 2 0 2", "- - - 0 0", "- - - - 2"]
    );
}
