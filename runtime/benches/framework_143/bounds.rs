//! What it costs that factors say what they can be: the framework of 143 indicators by each kind of evidence, with all
//! that it publishes, in turn.

use forewarn_runtime::native::{Level, NativeProgram};

use crate::ruleset::{Evidence, FACTORS, plan, text_by};
use crate::{Spread, nanoseconds};

pub fn report(inputs: &[Vec<f64>], repetitions: usize) {
    let rows = inputs.first().map_or(0, Vec::len);
    let slices: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    let kinds = [Evidence::Known, Evidence::Estimate, Evidence::Bounds];
    let plans = kinds.map(|evidence| plan(&text_by(&FACTORS, evidence)));
    let programs = plans.each_ref().map(|plan| {
        let wanted: Vec<usize> = (0..plan.outputs.len()).collect();
        NativeProgram::compile(plan, &wanted, Level::Full).expect("compiles")
    });
    let mut columns = plans
        .each_ref()
        .map(|plan| vec![vec![0.0; rows]; plan.outputs.len()]);
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..=repetitions {
        let ways = programs.iter().zip(&mut columns).zip(&mut times);
        for ((program, columns), times) in ways {
            times.push(nanoseconds(rows, || {
                program.evaluate(&slices, &[], &mut columns[..])
            }));
        }
    }
    println!("143 indicators by kinds of evidence, all that each publishes, {rows} rows");
    println!("{:<48}{:>10}{:>10}", "ns/row", "median", "least");
    let spreads = times.map(|mut times| Spread::of(times.split_off(1)));
    for ((plan, evidence), spread) in plans.iter().zip(kinds).zip(&spreads) {
        let (nodes, outputs) = (plan.nodes.len(), plan.outputs.len());
        let name = format!("{evidence:?}: {nodes} nodes, {outputs} columns").to_lowercase();
        println!("{name:<48}{:>10.1}{:>10.1}", spread.median, spread.least);
    }
    let [_, estimate, bounds] = &spreads;
    println!(
        "{:<48}{:>10.2}{:>10.2}  (at most 1.6)",
        "bounds / estimate",
        bounds.median / estimate.median,
        bounds.least / estimate.least
    );
}
