//! How long compiling takes as a ruleset grows in each direction.

use std::time::Instant;

use forewarn_plan::interval::Interval;
use forewarn_plan::{Binary, NodeId, Plan, PlanBuilder, Unary};
use forewarn_runtime::native::{Level, NativeProgram};

use crate::ruleset::{FACTORS, framework, input, show};

pub fn report() {
    println!(
        "\ncompiling{:>35}{:>12}{:>12}",
        "nodes", "full, ms", "quick, ms"
    );
    let start = Instant::now();
    let plan = framework(&FACTORS).plan;
    let to_plan = start.elapsed().as_secs_f64() * 1e3;
    line("the framework", &plan);
    println!("  of that, from its text to the Plan: {to_plan:.2} ms more");
    for factor in [4, 16, 64] {
        let members: Vec<usize> = vec![10; 14 * factor];
        line(
            &format!("{} factors of 10 members", members.len()),
            &framework(&members).plan,
        );
    }
    for members in [100, 1_000, 10_000] {
        line(
            &format!("one factor of {members} members"),
            &framework(&[members]).plan,
        );
    }
    for rules in [200, 2_000, 20_000] {
        line(&format!("{rules} independent scores"), &scores(rules));
    }
    for terms in [200, 2_000, 20_000] {
        line(&format!("one sum of {terms} terms"), &sum(terms, false));
    }
    for terms in [200, 2_000, 20_000] {
        line(&format!("{terms} nested to the right"), &sum(terms, true));
    }
}

fn line(name: &str, plan: &Plan) {
    let wanted: Vec<usize> = (0..plan.outputs.len()).collect();
    let time = |level| {
        let mut times: Vec<f64> = (0..3)
            .map(|_| {
                let start = Instant::now();
                let program = NativeProgram::compile(plan, &wanted, level).expect("compiles");
                let time = start.elapsed().as_secs_f64() * 1e3;
                drop(program);
                time
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times[1]
    };
    let nodes = plan.nodes.len();
    println!(
        "{name:<32}{nodes:>12}{:>12.2}{:>12.2}",
        time(Level::Full),
        time(Level::Quick)
    );
}

fn scores(rules: usize) -> Plan {
    let (mut b, mut plan) = (PlanBuilder::default(), Plan::default());
    for rule in 0..rules {
        let x = input(
            &mut b,
            &mut plan,
            rule,
            Interval {
                low: -1.0,
                high: 1.0,
            },
        );
        let root = b.unary(Unary::Abs, x);
        let root = b.unary(Unary::Sqrt, root);
        let half = b.number(0.5 + rule as f64);
        let score = b.binary(Binary::Multiply, root, half);
        show(&mut plan, format!("score_{rule}"), score);
    }
    (plan.nodes, plan.faults, plan.peers) = b.finish();
    plan
}

fn sum(terms: usize, nested_right: bool) -> Plan {
    let (mut b, mut plan) = (PlanBuilder::default(), Plan::default());
    let terms: Vec<NodeId> = (0..terms)
        .map(|term| {
            let x = input(
                &mut b,
                &mut plan,
                term,
                Interval {
                    low: 0.0,
                    high: 1.0,
                },
            );
            let weight = b.number(1.0 + term as f64);
            b.binary(Binary::Multiply, x, weight)
        })
        .collect();
    let total = if nested_right {
        terms
            .into_iter()
            .rev()
            .reduce(|sum, term| b.binary(Binary::Add, term, sum))
    } else {
        terms
            .into_iter()
            .reduce(|sum, term| b.binary(Binary::Add, sum, term))
    };
    show(&mut plan, "sum".to_owned(), total.expect("some terms"));
    (plan.nodes, plan.faults, plan.peers) = b.finish();
    plan
}
