//! Small panels through both evaluators.

use forewarn_plan::Plan;
use forewarn_runtime::native::Level;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, Results, RunOptions, run};

/// A cross-section of one place.
pub fn panel(columns: Vec<Vec<f64>>, rows: usize) -> Panel {
    Panel {
        entities: vec!["here".to_owned()],
        entity_of: vec![0; rows],
        columns,
        ..Panel::default()
    }
}

/// By each evaluator, at each level.
pub fn each_way(plan: &Plan, panel: &Panel) -> Vec<Results> {
    [
        (Engine::Interpreter, None),
        (Engine::Native, Some(Level::Quick)),
        (Engine::Native, Some(Level::Full)),
    ]
    .map(|(engine, level)| {
        let options = RunOptions {
            engine,
            level,
            threads: 1,
            ..RunOptions::default()
        };
        run(plan, panel, &options).expect("the plan is well-formed")
    })
    .into()
}
