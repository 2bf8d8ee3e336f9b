//! What goes by a group is what would be written out for each of its items: the same results, the same
//! order of columns, and explanations in the words of the item.

use crate::applied;

use std::collections::BTreeMap;
use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;

use applied::apply;

const HEAD: &str = "framework watch \"Watch\" version \"1\"
panel country by year
indicator region \"Region\" : category { north, south }
indicator income \"Income\" : number in 0..100
indicator trade \"Trade\" : number in 0..100
indicator schools \"Schools\" : number in 0..100
indicator people \"People\" : number in 1..100
score known = known_count(income, trade, schools, people) + (if region is north then 1 else 0)
";

const DATA: &str = "country,year,region,income,trade,schools,people
Arvia,2020,north,10,20,30,5
Belmar,2020,north,,40,50,6
Corvia,2020,south,50,60,,7
Dorana,2020,south,90,80,70,8
Arvia,2021,north,15,,35,5
Belmar,2021,north,25,30,55,6
Corvia,2021,south,55,,60,
Dorana,2021,south,95,85,75,8
";

/// Both rulesets give the same columns and cells, up to the names that are told.
#[track_caller]
fn same(grouped: &str, written_out: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data.csv");
    std::fs::write(&data, DATA).expect("written");
    let results = |name: &str, rules: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{HEAD}{rules}")).expect("written");
        apply(&path, &data, &[])
    };
    // Columns are held by name, which `.` and `_` tell apart here.
    let cells = |applied: applied::Applied| {
        let rows = applied.rows.into_iter().map(|(key, row)| {
            let cells = row.into_iter();
            let cells = cells.map(|(name, cell)| (name.replace('.', "_"), cell));
            (key, cells.collect::<BTreeMap<_, _>>())
        });
        rows.collect::<BTreeMap<_, _>>()
    };
    let found = cells(results("grouped.risk", grouped));
    assert_eq!(found, cells(results("out.risk", written_out)), "{grouped}");
    assert!(!found.is_empty());
}

#[test]
fn functions_operators_and_conditions_go_item_by_item() {
    same(
        "group all \"All\" { income, trade, schools }
let treated = minmax(winsorise(impute_mean(all, among: region)))
score eased = if treated > 0.5 then (treated ?? 0.2) * 2 else round(-treated, 1)
signal low = treated < 0.3 and lag(all, 1 year) is known
score before = mean(all, over: 2 years, require: 1 year)
",
        "score eased_income = if t_income > 0.5 then (t_income ?? 0.2) * 2 else round(-t_income, 1)
score eased_trade = if t_trade > 0.5 then (t_trade ?? 0.2) * 2 else round(-t_trade, 1)
score eased_schools = if t_schools > 0.5 then (t_schools ?? 0.2) * 2 else round(-t_schools, 1)
let t_income = minmax(winsorise(impute_mean(income, among: region)))
let t_trade = minmax(winsorise(impute_mean(trade, among: region)))
let t_schools = minmax(winsorise(impute_mean(schools, among: region)))
signal low_income = t_income < 0.3 and lag(income, 1 year) is known
signal low_trade = t_trade < 0.3 and lag(trade, 1 year) is known
signal low_schools = t_schools < 0.3 and lag(schools, 1 year) is known
score before_income = mean(income, over: 2 years, require: 1 year)
score before_trade = mean(trade, over: 2 years, require: 1 year)
score before_schools = mean(schools, over: 2 years, require: 1 year)
",
    );
}

#[test]
fn functions_of_the_standard_library_and_own_ones_take_groups() {
    same(
        "use stdlib.scaling
use stdlib.aggregation
fn halved(x: number) -> number = x / 2
fn width(xs: list of number) -> number = max(xs) - min(xs)
group all { income, trade }
score cut = clamp(rescale(halved(all), from: 0, to: 50), low: 0.1, high: 0.9)
score wide = width(all) + inverted_geometric_mean(halved(all) / 10)
",
        "use stdlib.scaling
use stdlib.aggregation
fn halved(x: number) -> number = x / 2
fn width(xs: list of number) -> number = max(xs) - min(xs)
score cut_income = clamp(rescale(halved(income), from: 0, to: 50), low: 0.1, high: 0.9)
score cut_trade = clamp(rescale(halved(trade), from: 0, to: 50), low: 0.1, high: 0.9)
score wide = width([income, trade]) + inverted_geometric_mean([halved(income) / 10, halved(trade) / 10])
",
    );
}

#[test]
fn aggregates_take_all_items_and_several_arguments_go_item_by_item() {
    same(
        "group all { income, trade, schools }
score most = max(all) - mean(minmax(all))
score floor = max(all, 20)
score many = count(all >= 40)
signal any_low = any(all < 20) or at least 2 of (all < 35)
score weighed = sum(all * [0.5, 0.3, 0.2])
score listed = mean(minmax([income, trade * 2]))
",
        "score most = max(income, trade, schools) - mean(minmax(income), minmax(trade), minmax(schools))
score floor_income = max(income, 20)
score floor_trade = max(trade, 20)
score floor_schools = max(schools, 20)
score many = count(income >= 40, trade >= 40, schools >= 40)
signal any_low = any(income < 20, trade < 20, schools < 20)
  or at least 2 of (income < 35, trade < 35, schools < 35)
score weighed = sum(income * 0.5, trade * 0.3, schools * 0.2)
score listed = mean(minmax(income), minmax(trade * 2))
",
    );
}

#[test]
fn members_take_the_items_with_their_weights() {
    same(
        "group money { income, trade weight 2 }
group all { money weight 3, schools }
let scaled = minmax(all)
factor total { combine weighted mean require 50% coverage members { scaled weight 2, people } }
score of_money = mean(scaled.money) + scaled.schools
",
        "let scaled_income = minmax(income)
let scaled_trade = minmax(trade)
let scaled_schools = minmax(schools)
factor total { combine weighted mean require 50% coverage members {
  scaled_income weight 6, scaled_trade weight 12, scaled_schools weight 2, people } }
score of_money = mean(scaled_income, scaled_trade) + scaled_schools
",
    );
}

/// What is told of rules: code and title.
fn told(rules: &str) -> Vec<String> {
    let rules = format!("{HEAD}{rules}");
    let files = MemoryFiles::of("watch.risk", &rules);
    let compilation = compile(Path::new("watch.risk"), &files, &Settings::default());
    let causes = compilation.reports.iter();
    let causes = causes.filter(|cause| cause.code().0 != "FW0103");
    causes
        .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
        .collect()
}

#[test]
fn one_slip_is_told_once_for_all_items() {
    let group = "group all { income, trade, schools }\n";
    let once = |rules: &str, code: &str| {
        let told = told(&format!("{group}{rules}"));
        assert!(
            told.len() == 1 && told[0].starts_with(code),
            "{rules}: {told:?}"
        );
    };
    once(
        "let x = minmax(all) + region\nscore y = mean(x)\n",
        "FW0202",
    );
    once("score x = all + nothing\n", "FW0107");
    once("signal x = all >= 200\n", "FW0421");
    once("score x = mean(minmax(all) + region)\n", "FW0202");
    once("score x = all.income + all.roads\n", "FW0107");
    once(
        "group two { income, trade }\nscore x = all + two\n",
        "FW0133",
    );
    once("score x = sum(all * [1, 2])\n", "FW0133");
    once(
        "group twice { income, trade, income }\nscore x = mean(twice)\n",
        "FW0132",
    );
    once("group none { }\nscore x = mean(all)\n", "FW0131");
    once("group lost { roads }\nscore x = mean(all)\n", "FW0107");
    once(
        "group a { b }\ngroup b { a }\nscore x = mean(all)\n",
        "FW0102",
    );
    once(
        "let x = minmax(y)\nlet y = minmax(x) + all\nscore z = mean(y)\n",
        "FW0102",
    );
}

#[test]
fn a_group_is_no_single_value() {
    let rules = "group all { income, trade }
scale concern { low < high }
level x : concern { high when all >= 3, low otherwise }
";
    let told = told(rules);
    assert!(told.len() == 1 && told[0].starts_with("FW0209"), "{told:?}");
}

#[test]
fn one_value_where_several_were_meant_names_all_ways() {
    let rules = format!("{HEAD}score x = max(income)\n");
    let files = MemoryFiles::of("watch.risk", &rules);
    let compilation = compile(Path::new("watch.risk"), &files, &Settings::default());
    let told: Vec<_> = compilation
        .reports
        .iter()
        .map(|one| one.describe())
        .collect();
    let help: Vec<&str> = told[0].help.iter().map(|help| help.text.as_str()).collect();
    assert_eq!(told[0].code.0, "FW0208");
    assert!(
        help[0].contains("`max(income, over: 12 years)`"),
        "{help:?}"
    );
    assert!(help[1].contains("`max(income, among: all)`"), "{help:?}");
    assert!(help[2].contains("`[a, b, c]`"), "{help:?}");
}

/// A framework and what extends it, told and planned.
fn extended(changes: &str) -> (Vec<String>, Vec<String>) {
    let own = "group money \"Money\" { income, trade weight 2 }
let scaled = minmax(money)
factor wealth \"Wealth\" { combine weighted mean members { scaled } }
";
    let (told, _, members) = extended_of(own, changes);
    (told, members)
}

/// The same with what is told and advised, and the members of `wealth`.
fn extended_of(own: &str, changes: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let base = format!("{HEAD}{own}");
    let mut files = MemoryFiles::default();
    files.insert("base/base.risk", &base);
    files.insert(
        "west/forewarn.toml",
        "[dependencies]\nwatch = { path = \"../base\", version = \"1\" }\n",
    );
    let head = "framework west \"West\" version \"1\" extends watch \"1\"\n";
    files.insert("west/west.risk", format!("{head}{changes}"));
    let compilation = compile(Path::new("west"), &files, &Settings::default());
    let told: Vec<_> = compilation
        .reports
        .iter()
        // Nothing is locked here.
        .filter(|one| !matches!(one.code().0, "FW1314" | "FW0103"))
        .map(|one| one.describe())
        .collect();
    let advised = told.iter().flat_map(|one| &one.help);
    let advised: Vec<String> = advised.map(|help| help.text.clone()).collect();
    let told = told
        .iter()
        .map(|one| format!("{}: {}", one.code.0, one.title));
    let told: Vec<String> = told.collect();
    let plan = compilation.plan.as_ref();
    let wealth = plan.into_iter().flat_map(|plan| &plan.declarations);
    let wealth = wealth.filter(|one| one.name == "wealth");
    let members = wealth.filter_map(|one| one.factor.as_ref());
    let members = members.flat_map(|factor| &factor.members);
    let members = members.map(|member| format!("{member:?}")).collect();
    (told, advised, members)
}

#[test]
fn members_that_are_written_in_their_factor_are_changed_by_label_or_words() {
    let own = "signal poor = income < 20
signal apart = schools < 20
factor wealth \"Wealth\" {
  combine weighted mean
  evidence bounds
  members { any of { poor, apart } \"Alt\" weight 2, income / 10 weight 3, trade }
}
";
    let none: Vec<String> = Vec::new();
    for (changes, members) in [
        ("drop member wealth.\"Alt\" because \"x\"\n", 2),
        ("drop member wealth.Alt because \"x\"\n", 2),
        (
            "drop member wealth.\"any of { poor, apart }\" because \"x\"\n",
            2,
        ),
        ("drop member wealth.\"income / 10\" because \"x\"\n", 2),
        (
            "override weight wealth.\"income / 10\" = 5 because \"x\"\n",
            3,
        ),
        (
            "drop signal apart because \"x\"\ndrop member wealth.\"Alt\" because \"x\"\n",
            2,
        ),
    ] {
        let (told, _, found) = extended_of(own, changes);
        assert_eq!(told, none, "{changes}");
        assert_eq!(found.len(), members, "{changes}: {found:?}");
    }
    let (told, advised, _) = extended_of(own, "drop signal apart because \"x\"\n");
    assert!(told[0].starts_with("FW1406"), "{told:?}");
    assert_eq!(
        advised,
        [
            "change what needs it too: `drop member wealth.\"Alt\" because \"…\"` or `replace factor wealth …`"
        ]
    );
    let (told, advised, _) = extended_of(own, "drop member wealth.\"Alts\" because \"x\"\n");
    assert_eq!(told, ["FW1402: `wealth` has no member `Alts` to change"]);
    assert_eq!(advised, ["replace it by `\"Alt\"`"]);
}

#[test]
fn members_that_are_worked_out_of_a_group_are_members_for_each_item() {
    same(
        "group wealth \"Wealth\" { income weight 2, trade }\n\
         group plain { income, trade }\n\
         factor rich { combine weighted mean require 1 known members { 100 - wealth, (if wealth >= 40 then 100 else schools) \"Much\" weight 3, schools } }\n\
         factor poor { combine mean require 1 known members { 100 - plain, impute_mean(plain, among: region) } }\n\
         factor signs { combine share of yes require 1 known members { plain >= 40, plain is missing, schools >= 60 } }\n\
         score members = known_count(rich.members) + mean(poor.members)\n",
        "factor rich { combine weighted mean require 1 known members { 100 - income weight 2, 100 - trade, \
         (if income >= 40 then 100 else schools) weight 6, (if trade >= 40 then 100 else schools) weight 3, schools } }\n\
         factor poor { combine mean require 1 known members { 100 - income, 100 - trade, \
         impute_mean(income, among: region), impute_mean(trade, among: region) } }\n\
         factor signs { combine share of yes require 1 known members { income >= 40, trade >= 40, income is missing, trade is missing, schools >= 60 } }\n\
         score members = known_count(rich.members) + mean(poor.members)\n",
    );
}

#[test]
fn who_extends_adds_drops_and_weighs_items() {
    let cases = [
        ("", 2),
        (
            "add indicator roads \"Roads\" : number in 0..1 because \"x\"\n\
             add indicator roads to group money weight 3 because \"x\"\n",
            3,
        ),
        ("drop member money.trade because \"x\"\n", 1),
        ("override weight money.trade = 5 because \"x\"\n", 2),
        (
            "drop indicator trade because \"x\"\n\
             replace score known = income + schools + people + (if region is north then 1 else 0) because \"x\"\n",
            1,
        ),
    ];
    for (changes, members) in cases {
        let (told, found) = extended(changes);
        assert_eq!(told, Vec::<String>::new(), "{changes}");
        assert_eq!(found.len(), members, "{changes}: {found:?}");
    }
    let wrong = [
        (
            "add indicator schools to factor money because \"x\"\n",
            "FW14",
        ),
        (
            "add indicator schools to group moneys because \"x\"\n",
            "FW1402",
        ),
        (
            "add indicator income to group money because \"x\"\n",
            "FW1409",
        ),
        ("drop member money.roads because \"x\"\n", "FW1402"),
        ("override weight money.roads = 2 because \"x\"\n", "FW1402"),
        (
            "add indicator schools to group wealth because \"x\"\n",
            "FW1403",
        ),
    ];
    for (changes, code) in wrong {
        let (told, _) = extended(changes);
        assert!(
            told.len() == 1 && told[0].starts_with(code),
            "{changes}: {told:?}"
        );
    }
}

#[test]
fn explanations_and_goalposts_are_in_the_words_of_the_item() {
    let rules = format!(
        "{HEAD}group all \"All\" {{ income, trade }}
let scaled \"Scaled\" = minmax(all) * [1, 2]
score mixed = mean(zscore(all)) + scaled.income
"
    );
    let files = MemoryFiles::of("watch.risk", &rules);
    let compilation = compile(Path::new("watch.risk"), &files, &Settings::default());
    let plan = compilation.plan.expect("a Plan");
    let words: Vec<String> = plan
        .outlines
        .iter()
        .map(|one| one.words.to_string())
        .collect();
    for own in [
        "minmax(income)",
        "minmax(trade) * 2",
        "zscore(trade)",
        "scaled.income",
    ] {
        assert!(words.iter().any(|words| words == own), "{own} in {words:?}");
    }
    let posts: Vec<&str> = plan.peers.iter().map(|one| one.text.as_str()).collect();
    assert!(posts.contains(&"zscore(trade)"), "{posts:?}");
    let labels: Vec<&str> = plan
        .declarations
        .iter()
        .map(|one| one.label.as_str())
        .collect();
    assert!(labels.contains(&"Scaled: Trade"), "{labels:?}");
}
