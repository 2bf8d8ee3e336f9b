//! Factors that are compared by their bounds, decisive signs, alternatives, and both readings of what is
//! not verified, with answers worked out by hand; by both evaluators.

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::OutputKind;
use forewarn_runtime::run::{Engine, RunOptions, run};
use forewarn_tables::{ReadOptions, read};

const FILE: &str = "demo.risk";

const HEAD: &str = "framework demo \"Demo\" version \"1\"
panel country by month
scale concern { low < some < high }
indicator a \"A\" : assessment verification column \"av\"
indicator b \"B\" : assessment verification column \"bv\"
indicator c \"C\" : assessment
indicator x \"X\" : number in 0..10
indicator w \"W\" : truth
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

const DATA: &str = "country,month,a,av,b,bv,c,x,w
AAA,2024-01,present,yes,present,yes,present,8,yes
AAA,2024-02,present,yes,,,,8,yes
AAA,2024-03,present,yes,absent,no,,,
AAA,2024-04,,,,,,,
AAA,2024-05,absent,yes,absent,yes,emerging,1,no
";

#[test]
fn a_factor_of_bounds_says_only_what_is_certain() {
    let rules = "factor f { combine mean evidence bounds members { a, b, c } }
signal reaches = f >= 0.3
signal passes = f > 0.9
level l : concern { high when f >= 0.9, some when f >= 0.3, low otherwise }
score count_of = count(f >= 0.3, w)
";
    let columns = [
        "f",
        "f.at_least",
        "f.at_most",
        "f.coverage",
        "reaches",
        "passes",
    ];
    assert_eq!(
        cells(rules, DATA, &columns),
        [
            "1 1 1 1 yes yes",
            "- 0.333 1 0.333 yes unknown",
            "- 0.333 0.667 0.667 yes no",
            "- 0 1 0 unknown unknown",
            "0.167 0.167 0.167 1 no no",
        ]
    );
    let columns = [
        "l",
        "l.at_least",
        "l.at_most",
        "count_of.at_least",
        "count_of.at_most",
    ];
    assert_eq!(
        cells(rules, DATA, &columns),
        [
            "high high high 2 2",
            "- some high 2 2",
            "some some some 1 2",
            "- low high 0 2",
            "low low low 0 0",
        ]
    );
}

#[test]
fn weights_that_are_negative_turn_the_ends_round() {
    let rules =
        "factor f { combine weighted mean evidence bounds members { a weight 3, w weight -1 } }
score s = 2 * f - 1
score t = 1 - f
level l : concern from s { low in ..<0, some in 0..<0.4, high in 0.4.. }
";
    let columns = [
        "f.at_least",
        "f.at_most",
        "s.at_least",
        "s.at_most",
        "t.at_least",
        "t.at_most",
        "l.at_least",
        "l.at_most",
    ];
    let found = cells(rules, DATA, &columns);
    // (3·1 - 1) / 4 where both are known; w unknown: between (3 - 1) / 4 and 3 / 4.
    assert_eq!(found[1], "0.5 0.5 0 0 0.5 0.5 some some");
    assert_eq!(found[2], "0.5 0.75 0 0.5 0.25 0.5 some high");
    assert_eq!(found[3], "-0.25 0.75 -1.5 0.5 0.25 1.25 low high");
}

#[test]
fn bounds_go_through_factors_windows_and_functions() {
    let rules = "fn mine(xs: list of number) -> number = 1 - mean(1 - xs)
factor f { combine mean evidence bounds members { a, c } }
factor g { combine max evidence bounds members { f, w } }
factor h { combine mine evidence bounds members { a, c } }
score lately = mean(f, over: 2 months, require: 1 month)
score moved = change(f, over: 1 month)
score higher = max(f, 0.25)
";
    let columns = [
        "f.at_least",
        "f.at_most",
        "g",
        "g.at_least",
        "h.at_least",
        "h.at_most",
    ];
    let found = cells(rules, DATA, &columns);
    assert_eq!(found[1], "0.5 1 1 1 0.5 1");
    assert_eq!(found[3], "0 1 - 0 0 1");
    assert_eq!(found[4], "0.25 0.25 0.25 0.25 0.25 0.25");
    let columns = [
        "lately.at_least",
        "lately.at_most",
        "moved.at_least",
        "moved.at_most",
        "higher",
    ];
    let found = cells(rules, DATA, &columns);
    assert_eq!(found[1], "0.75 1 -0.5 0 -");
    assert_eq!(found[4], "0.125 0.625 -0.75 0.25 0.25");
}

#[test]
fn an_estimate_publishes_what_it_could_be() {
    let rules = "factor f { combine mean evidence estimate require 1 known members { a, b, c } }
factor g { combine mean members { a, x } }
score g_least = g.at_least
score g_most = g.at_most
signal reaches = f >= 0.9
";
    let columns = [
        "f",
        "f.at_least",
        "f.at_most",
        "reaches",
        "g_least",
        "g_most",
    ];
    let found = cells(rules, DATA, &columns);
    assert_eq!(found[1], "1 0.333 1 yes 4.5 4.5");
    assert_eq!(found[2], "0.5 0.333 0.667 no 0.5 5.5");
    assert_eq!(found[3], "- 0 1 unknown 0 5.5");
}

#[test]
fn a_decisive_sign_decides_alone() {
    let rules = "factor f { combine mean evidence bounds members { a decisive 0.8, b, c } }
factor e { combine mean evidence estimate require 2 known members { a decisive 0.8, b, c } }
signal grave = e >= 0.8
signal worse = e >= 0.9
";
    let columns = [
        "f",
        "f.at_least",
        "f.at_most",
        "e",
        "e.at_least",
        "grave",
        "worse",
    ];
    assert_eq!(
        cells(rules, DATA, &columns),
        [
            "1 1 1 1 1 yes yes",
            // One of three is known: too little for a value, and enough for this.
            "- 0.8 1 - 0.8 yes unknown",
            "0.8 0.8 0.8 0.8 0.8 yes no",
            "- 0 1 - 0 unknown unknown",
            "0.167 0.167 0.167 0.167 0.167 no no",
        ]
    );
}

#[test]
fn alternatives_count_as_one() {
    let rules = "factor f { combine weighted mean evidence bounds members {
  any of { a, b } \"Either\" weight 3,
  any of { w, x >= 5 } decisive 0.9,
} }
";
    let columns = ["f.at_least", "f.at_most", "f.coverage"];
    assert_eq!(
        cells(rules, DATA, &columns),
        ["1 1 1", "1 1 1", "0.75 1 0.75", "0 1 0", "0 0 1"]
    );
}

#[test]
fn what_is_not_verified_is_unknown_over_bounds() {
    let rules = "factor f { combine mean evidence bounds members { a, b } }
factor g { combine mean require 1 known members { a, b } }
score sure = verified(f)
score lenient = verified(f, unverified as: least alarming)
score sure_g = verified(g)
score strict_g = verified(g, unverified as: unknown)
signal reaches = verified(f) >= 0.5
";
    let data = "country,month,a,av,b,bv,c,x,w
AAA,2024-01,present,yes,absent,no,,,
AAA,2024-02,present,no,present,yes,,,
AAA,2024-03,present,no,absent,no,,,
";
    let columns = [
        "sure",
        "sure.at_least",
        "sure.at_most",
        "lenient",
        "sure_g",
        "strict_g",
        "reaches",
    ];
    assert_eq!(
        cells(rules, data, &columns),
        [
            "- 0.5 1 0.5 0.5 1 yes",
            "- 0.5 1 0.5 0.5 1 yes",
            "- 0 1 0 0 - unknown",
        ]
    );
}

/// Every set of levels, asked of every pair of ends: certain wherever the ends decide.
#[test]
fn a_set_of_levels_is_asked_of_both_ends() {
    const LEVELS: [&str; 5] = ["e0", "e1", "e2", "e3", "e4"];
    let mut rules = "scale five { e0 < e1 < e2 < e3 < e4 }\n".to_owned();
    for number in 1..=4 {
        rules += &format!("indicator t{number} \"T{number}\" : truth\n");
    }
    rules += "level l : five {\n";
    for number in (1..=4).rev() {
        rules += &format!("e{number} when at least {number} of (t1, t2, t3, t4),\n");
    }
    rules += "e0 otherwise }\n";
    let masks: Vec<usize> = (1..31).collect();
    for mask in &masks {
        let mut names: Vec<&str> = (0..5)
            .filter(|at| mask >> at & 1 == 1)
            .map(|at| LEVELS[at])
            .collect();
        if mask % 2 == 1 {
            names.reverse();
        }
        let names = names.join(", ");
        rules +=
            &format!("signal s{mask} = l in {{{names}}}\nsignal n{mask} = l not in {{{names}}}\n");
    }
    let mut data = "country,month,a,av,b,bv,c,x,w,t1,t2,t3,t4\n".to_owned();
    let ends: Vec<(usize, usize)> = (0..5)
        .flat_map(|low| (low..5).map(move |high| (low, high)))
        .collect();
    for (low, high) in &ends {
        data += &format!("c{low}{high},2024-01,,,,,,,");
        let cells = (0..4).map(|at| match at {
            at if at < *low => ",yes",
            at if at < *high => ",",
            _ => ",no",
        });
        data += &cells.collect::<String>();
        data.push('\n');
    }
    let columns: Vec<String> = masks
        .iter()
        .flat_map(|mask| [format!("s{mask}"), format!("n{mask}")])
        .collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let found = cells(&rules, &data, &columns);
    for ((low, high), row) in ends.iter().zip(found) {
        let wanted = masks.iter().map(|mask| {
            let held = (*low..=*high).filter(|at| mask >> at & 1 == 1).count();
            match held {
                0 => "no yes",
                held if held == high - low + 1 => "yes no",
                _ => "unknown unknown",
            }
        });
        assert_eq!(row, wanted.collect::<Vec<_>>().join(" "), "{low} to {high}");
    }
}

/// What is told of rules, but that something is not used.
fn told(rules: &str) -> Vec<String> {
    let text = format!("{HEAD}{rules}");
    let files = MemoryFiles::of(FILE, &text);
    let compilation = compile(Path::new(FILE), &files, &Settings::default());
    let causes = compilation.reports.iter();
    causes
        .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
        .filter(|told| !told.starts_with("FW0103"))
        .collect()
}

#[test]
fn estimates_and_bounds_are_told_however_they_meet() {
    let est = "factor est { combine mean evidence estimate require 1 known members { a, b } }\n";
    let bnd = "factor bnd { combine mean evidence bounds members { a, b } }\n";
    for (rules, wanted) in [
        (
            "factor q { combine mean evidence bounds members { 1 - est, c } }",
            "FW0623: `q` is compared by its bounds, and its member `1 - est` rests on `est`, which is an estimate",
        ),
        (
            "let z = est / 2\nfactor q { combine mean evidence bounds members { z, c } }",
            "FW0623: `q` is compared by its bounds, and its member `z` rests on `est`, which is an estimate",
        ),
        (
            "signal s = est >= 0.5\nfactor q { combine mean evidence bounds members { s, c } }",
            "FW0623: `q` is compared by its bounds, and its member `s` rests on `est`, which is an estimate",
        ),
        (
            "fn half(v: number) -> number = v / 2\n\
             factor q { combine mean evidence bounds members { half(est), c } }",
            "FW0623: `q` is compared by its bounds, and its member `half(est)` rests on `est`, which is an estimate",
        ),
        (
            "let m = mean(x, x / 2, require: 1 known)\n\
             factor q { combine mean evidence bounds members { m / 10, c } }",
            "FW0623: `q` is compared by its bounds, and its member `m / 10` rests on what leaves out what is missing",
        ),
    ] {
        assert_eq!(told(&format!("{est}{rules}\n")), [wanted], "{rules}");
    }
    for (rules, wanted) in [
        (
            "let z = 2 * bnd\nfactor q { combine mean require 1 known members { z, c } }",
            "FW0623: `q` is an estimate, and its member `z` rests on `bnd`, which is compared by its bounds",
        ),
        (
            "score m = mean(bnd, x / 10, require: 1 known)",
            "FW0623: `mean` counts what is known here, and `bnd` is compared by its bounds",
        ),
    ] {
        assert_eq!(told(&format!("{bnd}{rules}\n")), [wanted], "{rules}");
    }
    let none: Vec<String> = Vec::new();
    for rules in [
        // A comparison says yes, no or unknown, whatever stands on its sides.
        "signal s = bnd >= 0.5\nfactor q { combine mean require 1 known members { s, w } }\n",
        // What an estimate can be holds whatever is unknown.
        "factor q { combine mean evidence bounds members { est.at_most, c } }\n",
    ] {
        assert_eq!(told(&format!("{est}{bnd}{rules}")), none, "{rules}");
    }
}

const MONTHS: &str = "country,month,a,av,b,bv,c,x,w
AAA,2024-01,,,,,,,yes
AAA,2024-02,,,,,,,
AAA,2024-03,,,,,,,no
";

#[test]
fn bounds_go_on_through_a_values_own_past() {
    let rules = "factor g { combine mean evidence bounds members { w, lag(g, 1 month, first: 0) } }
score before = lag(g, 1 month, first: 0)
score halved = 0.5 * lag(turned, 1 month, first: 0)
factor turned { combine mean evidence bounds members { w, halved } }
";
    let columns = [
        "g.at_least",
        "g.at_most",
        "before.at_least",
        "before.at_most",
        "turned.at_least",
        "turned.at_most",
    ];
    // Half of what it was, and half of what the month says: 0.5, then 0.25 to 0.75, then half of that.
    assert_eq!(
        cells(rules, MONTHS, &columns),
        [
            "0.5 0.5 0 0 0.5 0.5",
            "0.25 0.75 0.5 0.5 0.125 0.625",
            "0.125 0.375 0.25 0.75 0.031 0.156",
        ]
    );
}

#[test]
fn bounds_of_a_score_can_be_asked_for() {
    let rules = "factor g { combine mean evidence bounds members { w, c } }
score both = 2 * g
signal surely = both.at_least >= 1
score spread = both.at_most - both.at_least
";
    let data = "country,month,a,av,b,bv,c,x,w
AAA,2024-01,,,,,,,yes
AAA,2024-02,,,,,present,,yes
";
    let columns = ["both.at_least", "both.at_most", "surely", "spread"];
    assert_eq!(cells(rules, data, &columns), ["1 2 yes 1", "2 2 yes 0"]);
    assert_eq!(
        told("score plain = x\nsignal s = plain.at_least >= 1\n").len(),
        1
    );
}

#[test]
fn peers_that_say_yes_are_counted_between_bounds() {
    let rules = "score said_so = count(w, among: all)
score counted = count(x, among: all)
signal two = said_so >= 2
signal one = said_so >= 1
";
    let data = "country,month,a,av,b,bv,c,x,w
AAA,2024-01,,,,,,1,yes
AAA,2024-02,,,,,,1,yes
BBB,2024-01,,,,,,1,no
BBB,2024-02,,,,,,,yes
CCC,2024-01,,,,,,1,
CCC,2024-02,,,,,,1,no
";
    let columns = [
        "said_so",
        "said_so.at_least",
        "said_so.at_most",
        "counted",
        "two",
        "one",
    ];
    let (open, settled) = ("- 1 2 3 unknown yes", "2 2 2 2 yes yes");
    assert_eq!(
        cells(rules, data, &columns),
        [open, settled, open, settled, open, settled]
    );
}

#[test]
fn an_open_end_stays_open_through_its_own_past() {
    let rules = "indicator u \"U\" : number in 0..
factor f \"F\" { combine sum evidence bounds allow FW0625 because \"an open end\" members { u, w } }
score plain = 0.5 * lag(plain, 1 month, first: 2) + f
score anew = 0.5 * lag(anew, 1 month, first: 2, gap: first) + f
score held = 0.5 * lag(held, 1 month, first: 2, gap: last) + f
signal certain = anew >= 1.1
";
    let data = "country,month,a,av,b,bv,c,x,w,u
AAA,2024-01,,,,,,,yes,1
AAA,2024-02,,,,,,,yes,
AAA,2024-03,,,,,,,no,0
AAA,2024-04,,,,,,,,
AAA,2024-05,,,,,,,no,1
";
    let scores = ["plain", "anew", "held"];
    let ends = scores.map(|name| [format!("{name}.at_least"), format!("{name}.at_most")]);
    let mut columns: Vec<&str> = ends.as_flattened().iter().map(String::as_str).collect();
    columns.push("certain");
    assert_eq!(
        cells(rules, data, &columns),
        [
            "3 3 3 3 3 3 yes",
            "2.5 - 2.5 - 2.5 - yes",
            "1.25 - 1.25 - 1.25 - yes",
            "0.625 - 0.625 - 0.625 - unknown",
            "1.312 - 1.312 - 1.312 - yes",
        ]
    );
}

#[test]
fn a_harmonic_mean_is_no_narrower_before_it_is_known() {
    let rules =
        "factor h \"H\" { combine harmonic mean evidence bounds members { w, x / 10 \"X\" } }
";
    let data = "country,month,a,av,b,bv,c,x,w
AAA,2024-01,,,,,,8,yes
AAA,2024-02,,,,,,8,
AAA,2024-03,,,,,,8,no
";
    assert_eq!(
        cells(rules, data, &["h.at_least", "h.at_most"]),
        ["0.889 0.889", "0 1", "0 1"]
    );
}
