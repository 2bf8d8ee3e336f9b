//! Twenty fields and thirty rules over one row after another, by three engines in turns.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use fasteval::{Compiler as _, Evaler as _};
use forewarn::{Options, Ruleset};
use roto::Context;

const FIELDS: usize = 20;
const RULES: usize = 30;
const ROWS: usize = 10_000;
const TURNS: usize = 21;

/// A rule: two fields with their thresholds, `a >= x and b < y`.
fn rule(number: usize) -> (usize, f64, usize, f64) {
    let (a, b) = (number % FIELDS, (number * 7 + 3) % FIELDS);
    (a, 2.0 + (number % 6) as f64, b, 3.0 + (number % 5) as f64)
}

fn forewarn_text() -> String {
    let mut text = String::from("framework rows \"Rows\" version \"1\"\npanel thing\n");
    for field in 0..FIELDS {
        let _ = writeln!(text, "indicator f{field} \"Field\" : number in 0..10");
    }
    for number in 0..RULES {
        let (a, x, b, y) = rule(number);
        let _ = writeln!(text, "signal r{number} \"Rule\" = f{a} >= {x} and f{b} < {y}");
    }
    text.push_str("score held \"Rules that hold\" = count(signals)\n");
    text
}

#[derive(Clone, Context)]
struct Fields {
    pub f0: f64,
    pub f1: f64,
    pub f2: f64,
    pub f3: f64,
    pub f4: f64,
    pub f5: f64,
    pub f6: f64,
    pub f7: f64,
    pub f8: f64,
    pub f9: f64,
    pub f10: f64,
    pub f11: f64,
    pub f12: f64,
    pub f13: f64,
    pub f14: f64,
    pub f15: f64,
    pub f16: f64,
    pub f17: f64,
    pub f18: f64,
    pub f19: f64,
}

impl Fields {
    #[rustfmt::skip]
    fn of(v: &[f64; FIELDS]) -> Self {
        Self {
            f0: v[0], f1: v[1], f2: v[2], f3: v[3], f4: v[4], f5: v[5], f6: v[6], f7: v[7], f8: v[8], f9: v[9],
            f10: v[10], f11: v[11], f12: v[12], f13: v[13], f14: v[14], f15: v[15], f16: v[16], f17: v[17],
            f18: v[18], f19: v[19],
        }
    }
}

fn roto_text() -> String {
    let mut text = String::from("fn yes() -> f64 {\n    let n = 0.0;\n");
    for number in 0..RULES {
        let (a, x, b, y) = rule(number);
        let _ = writeln!(
            text,
            "    if f{a} >= {x:?} && f{b} < {y:?} {{ n = n + 1.0; }}"
        );
    }
    text.push_str("    n\n}\n");
    text
}

fn fasteval_text() -> String {
    let rules = (0..RULES).map(|number| {
        let (a, x, b, y) = rule(number);
        format!("((f{a} >= {x}) && (f{b} < {y}))")
    });
    rules.collect::<Vec<_>>().join(" + ")
}

/// Rows without missing values, the same every time.
fn rows() -> Vec<[f64; FIELDS]> {
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 40) as f64 / (1 << 24) as f64 * 10.0
    };
    (0..ROWS).map(|_| std::array::from_fn(|_| next())).collect()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn timed(turn: &mut dyn FnMut(&[f64; FIELDS]) -> f64, rows: &[[f64; FIELDS]]) -> f64 {
    let start = Instant::now();
    for row in rows {
        black_box(turn(black_box(row)));
    }
    start.elapsed().as_secs_f64() * 1e9 / rows.len() as f64
}

fn main() {
    let compiled = Ruleset::from_text("rows.risk", &forewarn_text())
        .compile(&Options::default())
        .unwrap_or_else(|error| panic!("{error}"));
    let mut evaluator = compiled.row_evaluator().expect("row by row");
    let places: [_; FIELDS] =
        std::array::from_fn(|field| evaluator.input(&format!("f{field}")).expect("declared"));
    let held = evaluator.output("held").expect("declared");
    let mut by_forewarn = |row: &[f64; FIELDS]| {
        for (place, value) in places.iter().zip(row) {
            evaluator.set(*place, *value);
        }
        evaluator.evaluate();
        evaluator.number(held).expect("nothing is missing")
    };

    let runtime = roto::Runtime::new()
        .with_context_type::<Fields>()
        .expect("a context");
    let tree = roto::FileTree::test_file("rows.roto", &roto_text(), 0);
    let mut package = tree
        .compile(&runtime)
        .unwrap_or_else(|error| panic!("{error}"));
    let function = package.get_function::<fn() -> f64>("yes").expect("there");
    let mut by_roto = |row: &[f64; FIELDS]| {
        let mut fields = Fields::of(row);
        function.call(&mut fields)
    };

    let mut slab = fasteval::Slab::new();
    let compiled = fasteval::Parser::new()
        .parse(&fasteval_text(), &mut slab.ps)
        .expect("parses")
        .from(&slab.ps)
        .compile(&slab.ps, &mut slab.cs);
    let mut by_fasteval = |row: &[f64; FIELDS]| {
        let mut value = |name: &str, _: Vec<f64>| {
            let field: usize = name.get(1..)?.parse().ok()?;
            row.get(field).copied()
        };
        compiled.eval(&slab, &mut value).expect("evaluates")
    };

    let rows = rows();
    for row in &rows {
        let expected = by_forewarn(row);
        assert_eq!(by_roto(row), expected);
        assert_eq!(by_fasteval(row), expected);
    }
    let mut times: [Vec<f64>; 3] = Default::default();
    for _ in 0..TURNS {
        times[0].push(timed(&mut by_forewarn, &rows));
        times[1].push(timed(&mut by_roto, &rows));
        times[2].push(timed(&mut by_fasteval, &rows));
    }
    let [forewarn, roto, fasteval] = times.map(median);
    println!("{FIELDS} fields, {RULES} rules, {ROWS} rows, medians of {TURNS} turns, ns a row");
    println!("forewarn {forewarn:8.1}");
    println!("roto     {roto:8.1}   {:.2} times", roto / forewarn);
    println!("fasteval {fasteval:8.1}   {:.2} times", fasteval / forewarn);
}
