//! Calls evaluated row by row.
//!
//! In: a call, such as `clamp(x, low: 0, high: 1)`, and rows of data with the results they should
//! have. On the way: a small ruleset around the call, compiled without a finding and evaluated by
//! both engines. Out: nothing, or a failure that names call, data and engine.

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::Plan;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, run};

/// What can be named in a call.
const INDICATORS: [(&str, &str); 9] = [
    ("x", "number"),
    ("y", "number"),
    ("z", "number"),
    ("a", "number in 0..10"),
    ("b", "number in 0..10"),
    ("c", "number in 0..10"),
    ("killed", "deaths in 0.."),
    ("displaced", "people in 0.."),
    ("population", "people in 0.."),
];

fn plan(rules: &str) -> Plan {
    let files = MemoryFiles::of("call.risk", rules);
    let compilation = compile(Path::new("call.risk"), &files, &Settings::default());
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    assert!(told.is_empty(), "{told:#?}\n{rules}");
    compilation
        .plan
        .expect("a ruleset without findings has a Plan")
}

/// The ruleset of one call, with the indicators and units that it names.
fn ruleset(call: &str) -> String {
    let named = |name: &str| {
        call.split(|sign: char| !sign.is_alphanumeric() && sign != '_')
            .any(|word| word == name)
    };
    let indicators: String = INDICATORS
        .iter()
        .filter(|(name, _)| named(name))
        .map(|(name, kind)| format!("indicator {name} : {kind}\n"))
        .collect();
    let units: String = ["deaths", "people"]
        .iter()
        .filter(|unit| named(unit) || indicators.contains(&format!(": {unit}")))
        .map(|unit| format!("unit {unit}\n"))
        .collect();
    let kind = if call.contains(">=") {
        "signal"
    } else {
        "score"
    };
    format!(
        "framework calls \"Calls\" version \"1\"\npanel row\n{units}{indicators}{kind} result = {call}\n"
    )
}

fn number(cell: &str) -> f64 {
    match cell {
        "-" => f64::NAN,
        "yes" => 1.0,
        "no" => 0.0,
        cell => cell
            .parse()
            .unwrap_or_else(|_| panic!("`{cell}` is no number")),
    }
}

/// Evaluates a call row by row. A row gives the call's indicators, in the order of [`INDICATORS`],
/// then `:` and the result; `-` is missing. The results agree to 15 digits, and `faults` operations
/// had none.
pub fn gives(call: &str, rows: &[&str], faults: u64) {
    evaluate(&ruleset(call), rows, faults);
}

/// The same for the first result of a whole ruleset, with its indicators in their order.
pub fn evaluate(rules: &str, rows: &[&str], faults: u64) {
    let plan = plan(rules);
    let rows: Vec<(Vec<f64>, f64)> = rows
        .iter()
        .map(|row| {
            let (data, result) = row.split_once(':').expect("data : result");
            (
                data.split_whitespace().map(number).collect(),
                number(result.trim()),
            )
        })
        .collect();
    for (data, _) in &rows {
        assert_eq!(
            data.len(),
            plan.inputs.len(),
            "{} indicators are read by\n{rules}",
            plan.inputs.len()
        );
    }
    let panel = Panel {
        entities: (0..rows.len()).map(|row| format!("{row:04}")).collect(),
        entity_of: (0..rows.len() as u32).collect(),
        periods: Vec::new(),
        columns: (0..plan.inputs.len())
            .map(|column| rows.iter().map(|(data, _)| data[column]).collect())
            .collect(),
        ..Panel::default()
    };
    let mut meaning: Option<Vec<u64>> = None;
    for engine in [Engine::Interpreter, Engine::Native] {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        let results = run(&plan, &panel, &options).expect("a Plan from the compiler runs");
        let column = &results.columns[0].values;
        for ((data, wanted), found) in rows.iter().zip(column) {
            let near = (wanted - found).abs() <= 1e-15 * wanted.abs().max(1.0);
            assert!(
                near || wanted == found || (wanted.is_nan() && found.is_nan()),
                "{data:?} gives {wanted}, not {found} ({engine:?})\n{rules}"
            );
        }
        let bits = |x: &f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
        let bits: Vec<u64> = column.iter().map(bits).collect();
        let same = meaning.get_or_insert_with(|| bits.clone());
        assert_eq!(*same, bits, "both engines give the same bits\n{rules}");
        let counted: u64 = results.faults.iter().map(|fault| fault.count).sum();
        assert_eq!(counted, faults, "faults ({engine:?})\n{rules}");
    }
}
