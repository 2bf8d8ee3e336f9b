//! Steps of the trade: breakpoints, parts of the peers, windows of everything so far, and what is newest.

use crate::applied;
use crate::calls;

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;

use applied::apply;
use calls::gives;

#[test]
fn breakpoints_are_exact_at_their_ends_and_straight_between() {
    gives(
        "piecewise x { 0..50 to 0..12, 50..100 to 12..35.4, 100..300 to 35.4..35.4 }",
        &[
            "0: 0",
            "25: 6",
            "50: 12",
            "75: 23.7",
            "100: 35.4",
            "200: 35.4",
            "300: 35.4",
            "-1: -",
            "300.1: -",
            "-: -",
        ],
        0,
    );
    // Falling, with a step at the common end, and no binary fractions.
    gives(
        "piecewise x { 0..0.1 to 0.7..0.3, 0.1..0.3 to 1..1.1 }",
        &["0: 0.7", "0.1: 1", "0.3: 1.1", "0.05: 0.5"],
        0,
    );
}

/// What is told of an expression.
fn told(expression: &str) -> Vec<String> {
    let rules = format!(
        "framework f \"F\" version \"1\"\npanel country by year\nunit deaths\n\
         indicator x : number in 0..500\nindicator killed : deaths in 0..\nparam edge = 50\n\
         score known = x + edge + killed / 1 deaths\nscore s = {expression}\n"
    );
    let files = MemoryFiles::of("f.risk", &rules);
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    let causes = compilation.reports.iter();
    causes
        .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
        .collect()
}

#[test]
fn breakpoints_with_holes_are_told() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        told("piecewise x { 0..edge to 0..1, edge..500 to 1..2 }"),
        none
    );
    assert_eq!(
        told("piecewise killed { 0 deaths..9 deaths to 0..1 }"),
        none
    );
    let cases = [
        (
            "piecewise x { 0..50 to 0..1, 51..100 to 1..2 }",
            "FW0134: nothing is said between 50 and 51",
        ),
        (
            "piecewise x { 0..50 to 0..1, 40..100 to 1..2 }",
            "FW0134: two pieces speak",
        ),
        (
            "piecewise x { 0..edge to 0..1, 60..500 to 1..2 }",
            "FW0134: nothing is said between 50 and 60",
        ),
        (
            "piecewise x { 0..edge to 0..1, 2 * edge - 60..500 to 1..2 }",
            "FW0134: two pieces speak of the numbers between 40 and 50",
        ),
        ("piecewise x { edge..0 to 0..1 }", "FW0134: a piece ends"),
        ("piecewise x { 50..0 to 0..1 }", "FW0134: a piece ends"),
        ("piecewise x { ..50 to 0..1 }", "FW0134: a piece has no end"),
        ("piecewise x { 0..x to 0..1 }", "FW0210"),
        ("piecewise killed { 0 people..9 people to 0..1 }", "FW0"),
        ("piecewise(x)", "FW0111"),
    ];
    for (expression, wanted) in cases {
        let told = told(expression);
        assert!(
            told.len() == 1 && told[0].starts_with(wanted),
            "{expression}: {told:?}"
        );
    }
}

/// The cells of a column by country and year, `-` for a missing one.
#[track_caller]
fn column(rules: &str, data: &str, name: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, cells) = (folder.path().join("f.risk"), folder.path().join("d.csv"));
    let head = "framework f \"F\" version \"1\"\n";
    std::fs::write(&path, format!("{head}{rules}")).expect("written");
    std::fs::write(&cells, data).expect("written");
    let found = apply(&path, &cells, &[]);
    let cells = found.rows.values().map(|row| row[name].clone());
    cells
        .map(|cell| {
            if cell.is_empty() {
                "-".to_owned()
            } else {
                cell
            }
        })
        .collect()
}

const ROUNDS: &str = "country,year,x,seen
Arvia,2000,3,yes
Arvia,2001,,
Arvia,2003,7,no
Arvia,2004,5,
Belmar,2003,2,
Belmar,2004,,yes
";

const TIME: &str = "panel country by year
indicator x : number in 0..10
indicator seen : truth
scale concern { low < high }
level grade : concern { high when x >= 5, low otherwise }
score base = position(grade) + (if seen then x else 0)
";

#[test]
fn what_is_newest_is_known_and_before() {
    let of = |formula: &str| {
        let rules = format!("{TIME}{formula}\n");
        column(&rules, ROUNDS, "s").join(" ")
    };
    assert_eq!(of("score s = last(x)"), "3 3 7 5 2 2");
    assert_eq!(of("score s = last(x, over: 2 years)"), "3 3 7 5 2 2");
    assert_eq!(of("score s = last(x, over: 1 year)"), "3 - 7 5 2 -");
    // In 2003 the newest before it is that of 2000.
    assert_eq!(of("score s = previous(x)"), "- 3 3 7 - 2");
    assert_eq!(of("score s = previous(x, over: 2 years)"), "- 3 - 7 - 2");
    assert_eq!(of("signal s = last(seen)"), "yes yes no no unknown yes");
    assert_eq!(
        of("signal s = previous(seen)"),
        "unknown yes yes no unknown unknown"
    );
    assert_eq!(
        of("level s : concern { high when last(grade) is high, low otherwise }"),
        "low low high high low low"
    );
}

#[test]
fn a_window_of_everything_so_far_begins_with_the_entity() {
    let of = |formula: &str| {
        let rules = format!("{TIME}{formula}\n");
        column(&rules, ROUNDS, "s").join(" ")
    };
    assert_eq!(
        of("score s = sum(x, over: all, require: 1 year)"),
        "3 3 10 15 2 2"
    );
    assert_eq!(of("score s = max(x, over: all)"), "3 - - - 2 -");
    assert_eq!(
        of("score s = mean(x, over: all, require: 2 years)"),
        "- - 5 5 - -"
    );
    assert_eq!(of("score s = count(seen, over: all)"), "1 - - - - -");
    assert_eq!(
        of("score s = count(seen, over: all, require: 1 year)"),
        "1 1 1 1 - 1"
    );
}

#[test]
fn a_change_over_everything_so_far_is_that_since_the_entitys_first_period() {
    let of = |formula: &str| {
        let rules = format!("{TIME}{formula}\n");
        column(&rules, ROUNDS, "s").join(" ")
    };
    assert_eq!(of("score s = change(x, over: all)"), "0 - 4 2 0 -");
    assert_eq!(
        of("score s = round(growth(x, over: all), 2)"),
        "0 - 1.33 0.67 0 -"
    );
}

/// Five peers, one of them far off.
const PEERS: &str = "country,year,x,seen
Arvia,2014,1,yes
Arvia,2015,1,yes
Belmar,2014,2,no
Belmar,2015,2,no
Cormia,2014,3,no
Cormia,2015,3,no
Dorn,2014,4,no
Dorn,2015,4,no
Elbia,2014,100,yes
Elbia,2015,100,yes
";

#[test]
fn constants_of_methods_may_have_dates() {
    let of = |formula: &str| {
        let rules = format!(
            "panel country by year\nindicator x : number in 0..100\nindicator seen : truth\n\
             score base = x + (if seen then 1 else 0)\n{formula}\n"
        );
        column(&rules, PEERS, "s").join(" ")
    };
    assert_eq!(
        of("param moved = 0 until 2014, = 1 from 2015\n\
            score s = winsorise(x, skew: 1, kurtosis: 1, at_most: moved)"),
        "1 1 2 2 3 3 4 4 100 4"
    );
    assert_eq!(
        of(
            "param limit = 9 until 2014, = 1 from 2015\nparam other = 2 until 2015, = 9 from 2016\n\
            score s = winsorise(x, skew: limit / 2, kurtosis: other, at_most: 1)"
        ),
        "1 1 2 2 3 3 4 4 100 4"
    );
    assert_eq!(
        of("param parts = 2 until 2014, = 5 from 2015\nscore s = quantile(x, parts)"),
        "1 1 1 2 2 3 2 4 2 5"
    );
    assert_eq!(
        of("param first = 1 until 2014, = 2 from 2015\nsignal s = top(x, first)"),
        "no no no no no no no yes yes yes"
    );
    // Before its first period a param is nothing.
    assert_eq!(
        of("param first = 1 from 2015\nsignal s = top(x, first)"),
        "unknown no unknown no unknown no unknown no unknown yes"
    );
    assert_eq!(
        of("param enough = 2 until 2014, = 1 from 2015\n\
            factor s { combine at least enough members { seen, x > 3 } }"),
        "0 1 0 0 0 0 0 1 1 1"
    );
}

#[test]
fn constants_that_are_none_are_told() {
    let told = |rules: &str| {
        let rules = format!(
            "framework f \"F\" version \"1\"\npanel country by year\n\
             indicator x : number in 0..100\nindicator seen : truth\n\
             score base = x + (if seen then 1 else 0)\n{rules}\n"
        );
        let files = MemoryFiles::of("f.risk", &rules);
        let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
        let causes = compilation.reports.iter();
        let causes = causes.map(|cause| format!("{}: {}", cause.code(), cause.describe().title));
        causes.collect::<Vec<_>>()
    };
    let cases = [
        (
            "signal s = top(x, x)",
            "FW0709: `top` takes a whole number from 1 that does not",
        ),
        (
            "param k = 2 until 2014, = 0.5 from 2015\nsignal s = top(x, k)",
            "FW0709: `top` takes a whole number from 1 that does not",
        ),
        (
            "param k = 1 until 2014, = 3 from 2015\nfactor s { combine at least k members { seen, x > 3 } }",
            "FW0617",
        ),
        // A window is of one length.
        (
            "param k = 1 year until 2014, = 3 years from 2015\nscore s = sum(x, over: k)",
            "FW0210",
        ),
    ];
    for (rules, wanted) in cases {
        let found = told(rules);
        assert!(
            found.len() == 1 && found[0].starts_with(wanted),
            "{rules}: {found:?}"
        );
    }
}

/// Ceasefires in 2001 and 2004; nobody knows of 2006.
const EVENTS: &str = "country,year,x,seen
Arvia,2000,4,no
Arvia,2001,3,yes
Arvia,2002,,no
Arvia,2003,8,no
Arvia,2004,2,yes
Arvia,2005,6,no
Arvia,2006,1,
Arvia,2007,9,yes
";

#[test]
fn a_window_since_an_event_begins_with_it_and_is_missing_where_nobody_knows_when() {
    let of = |formula: &str| {
        let rules = format!("{TIME}{formula}\n");
        column(&rules, EVENTS, "s").join(" ")
    };
    assert_eq!(
        of("score s = sum(x, since: seen, require: 1 year)"),
        "- 3 3 11 2 8 - 9"
    );
    // All of the window, where nothing else is said.
    assert_eq!(of("score s = sum(x, since: seen)"), "- 3 - - 2 8 - 9");
    assert_eq!(
        of("score s = mean(x, since: seen, require: 2 years)"),
        "- - - 5.5 - 4 - -"
    );
    assert_eq!(of("score s = count(x, since: seen)"), "- 1 1 2 1 2 - 1");
    assert_eq!(of("score s = last(x, since: seen)"), "- 3 3 8 2 6 - 9");
    assert_eq!(of("score s = median(x, since: seen)"), "- 3 - - 2 4 - 9");
    assert_eq!(
        of("score s = round(pow(stddev(x, since: seen, require: 2 years), 2), 3)"),
        "- - - 12.5 - 8 - -"
    );
    // From 3 in 2001 to 8 in 2003: a line through two points.
    assert_eq!(
        of("score s = trend(x, since: seen, require: 2 years) * (2 years)"),
        "- - - 5 - 8 - -"
    );
    assert_eq!(of("score s = change(x, since: seen)"), "- 0 - 5 0 4 - 0");
    assert_eq!(of("score s = growth(x, since: x < 3)"), "- - - - 0 2 0 8");
    // What stands before its own period, from the event on.
    assert_eq!(
        of("score s = baseline(x, since: seen, require: 1 year)"),
        "- - 3 3 - 2 - -"
    );
    assert_eq!(of("score s = previous(x, since: seen)"), "- - 3 3 - 2 - -");
    assert_eq!(
        of("signal s = record_high(x, since: seen, require: 1 year)"),
        "unknown unknown unknown yes unknown yes unknown unknown"
    );
    assert_eq!(
        of("signal s = sustained(x >= 3, since: seen)"),
        "unknown yes unknown unknown no no unknown yes"
    );
    assert_eq!(
        of("signal s = ever(x >= 6, since: seen)"),
        "unknown no unknown yes no yes unknown yes"
    );
    // A count is known between bounds: nobody knows of 2000 and 2006 whether it began there.
    assert_eq!(
        of("score s = count(x >= 3, since: seen, require: 1 year)"),
        "- 1 1 2 0 1 - 1"
    );
    assert_eq!(
        of("level s : concern { high when max(grade, since: seen) is high, low otherwise }"),
        "- low - high low high - high"
    );
}

#[test]
fn a_window_has_one_beginning() {
    let head = "framework f \"F\" version \"1\"\npanel country by year\n\
                indicator x : number in 0..10\nindicator seen : truth\n\
                score used = x + (if seen then 1 else 0)\n";
    let cases = [
        (
            "sum(x, over: 3 years, since: seen)",
            "FW0710: `sum` looks at one window",
        ),
        (
            "sum(x, since: x)",
            "FW0705: `since:` of `sum` takes an answer of yes or no",
        ),
        ("sum(x, since: sen)", "FW0107"),
    ];
    for (expression, wanted) in cases {
        let rules = format!("{head}score s = {expression}\n");
        let files = MemoryFiles::of("f.risk", &rules);
        let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
        let causes = compilation.reports.iter();
        let told: Vec<String> = causes
            .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
            .collect();
        assert!(
            told.len() == 1 && told[0].starts_with(wanted),
            "{expression}: {told:?}"
        );
    }
}

#[test]
fn parts_of_the_peers_hold_as_many_each() {
    let rules = "panel country
indicator x : number
score s = quantile(x, 4)
score ten = decile(x)
score alone = mean(x, among: country)
";
    let mut data = "country,x\n".to_owned();
    for (name, x) in ["A", "B", "C", "D", "E", "F", "G", "H"]
        .iter()
        .zip([5, 1, 9, 3, 3, 8, 2, 7])
    {
        data.push_str(&format!("{name},{x}\n"));
    }
    data.push_str("I,\n");
    assert_eq!(column(rules, &data, "s").join(" "), "3 1 4 2 2 4 1 3 -");
    assert_eq!(column(rules, &data, "ten").join(" "), "7 2 10 5 5 9 3 8 -");
    assert_eq!(column(rules, &data, "alone").join(" "), "5 1 9 3 3 8 2 7 -");
}

#[test]
fn an_open_baseline_ends_with_the_data() {
    let rules = |until: &str| {
        format!(
            "panel country by year\nindicator x : number\nscore s = minmax(x, baseline: 2001..{until})\n"
        )
    };
    let data = "country,year,x\nA,2000,50\nA,2001,0\nA,2002,10\nA,2003,5\n";
    let open = column(&rules(""), data, "s");
    assert_eq!(open.join(" "), "1 0 1 0.5");
    assert_eq!(open, column(&rules("2003"), data, "s"));
}

#[test]
fn indicators_declared_in_one_share_all_but_their_names() {
    let rules = "panel country\nindicators a \"A\", b : number in 0..10\nscore s = a + b\n";
    assert_eq!(
        column(rules, "country,a,b\nX,1,2\nY,11,2\n", "s").join(" "),
        "3 -"
    );
    let slip = "framework f \"F\" version \"1\"\npanel country\n\
                indicators a, b, c : number in 0..10 polarity wicked\nscore s = a + b + c\n";
    let files = MemoryFiles::of("f.risk", slip);
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    assert_eq!(compilation.reports.iter().count(), 1);
}

#[test]
fn levels_and_tables_that_are_steps_are_no_columns() {
    let rules = "panel country
indicator x : number in 0..10
scale concern { low < high }
let level step : concern { high when x >= 5, low otherwise }
let table inner : number by step { high then 2, otherwise then 1 }
score s = inner + position(step)
";
    let data = "country,x\nA,7\nB,1\n";
    assert_eq!(column(rules, data, "s").join(" "), "3 1");
    let folder = tempfile::tempdir().expect("a folder");
    let (path, cells) = (folder.path().join("f.risk"), folder.path().join("d.csv"));
    std::fs::write(&path, format!("framework f \"F\" version \"1\"\n{rules}")).expect("written");
    std::fs::write(&cells, data).expect("written");
    let found = apply(&path, &cells, &[]);
    let names: Vec<&String> = found.rows.values().flat_map(|row| row.keys()).collect();
    assert!(names.iter().all(|name| *name == "s"), "{names:?}");
}
