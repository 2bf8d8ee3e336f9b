//! What tests ask for.

use forewarn_plan::Plan;
use forewarn_plan::tests::{PlannedTest, ValueOutputs, Wanted};

/// The outputs that tests compare, and those that are shown where one fails.
pub(super) fn outputs(plan: &Plan, tests: &[PlannedTest]) -> Vec<usize> {
    let mut asked: Vec<usize> = Vec::new();
    let shown = |value: &ValueOutputs| {
        let bounds = value.bounds.map(|(least, most)| [least, most]);
        std::iter::once(value.exact).chain(bounds.into_iter().flatten())
    };
    for expect in tests.iter().flat_map(|test| &test.expects) {
        asked.extend(expect.reads.iter().flat_map(|read| shown(&read.shown)));
        match &expect.what {
            Wanted::Holds(truth) => asked.push(*truth),
            Wanted::Equals { actual, values, .. } => {
                asked.extend(shown(actual));
                asked.extend(values.iter().map(|(output, ..)| *output));
            }
            Wanted::Happens(event, ..) => asked.push(*event),
            Wanted::NoEvents(alerts) => asked.extend(alerts.iter().map(|(_, event)| *event)),
            // Any operation may be the one without a result.
            Wanted::Faults(_) | Wanted::NoFaults(_) => asked.extend(0..plan.outputs.len()),
        }
    }
    asked.sort_unstable();
    asked.dedup();
    asked
}
