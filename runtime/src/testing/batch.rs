//! Which tests share a panel.
//!
//! In: a suite. Out: its tests in batches, each with the outputs that it is worked out for. One entity
//! knows nothing of another, so that tests share a panel; only what compares peers would see the other tests'
//! entities.

use forewarn_plan::Plan;
use forewarn_plan::tests::{PlannedTest, Suite};

use super::asked;
use crate::peers::rest_on_peers;

pub(super) struct Batch<'s> {
    pub tests: Vec<&'s PlannedTest>,
    /// The place of each of them among the suite's.
    pub places: Vec<usize>,
    /// Ascending: what its tests compare and show.
    pub asked: Vec<usize>,
    /// Ascending: all that the panel of this batch can say, which may be no more than what is asked.
    pub whole: Vec<usize>,
}

/// The tests of a suite, all in one batch but those that ask for what compares peers.
pub(super) fn batches(suite: &Suite) -> Vec<Batch<'_>> {
    let plan = &suite.plan;
    let all: Vec<usize> = (0..plan.outputs.len()).collect();
    if plan.peers.is_empty() {
        let asked = asked::outputs(plan, &suite.tests);
        return vec![Batch {
            tests: suite.tests.iter().collect(),
            places: (0..suite.tests.len()).collect(),
            asked,
            whole: all,
        }];
    }
    let compares = outputs_of_peers(plan);
    let mut shared = Batch {
        tests: Vec::new(),
        places: Vec::new(),
        asked: Vec::new(),
        whole: all
            .into_iter()
            .filter(|output| compares.get(*output) == Some(&false))
            .collect(),
    };
    let mut batches = Vec::new();
    for (place, test) in suite.tests.iter().enumerate() {
        let asked = asked::outputs(plan, std::slice::from_ref(test));
        if asked
            .iter()
            .any(|output| compares.get(*output) == Some(&true))
        {
            batches.push(Batch {
                tests: vec![test],
                places: vec![place],
                whole: asked.clone(),
                asked,
            });
        } else {
            shared.tests.push(test);
            shared.places.push(place);
            shared.asked.extend(asked);
        }
    }
    shared.asked.sort_unstable();
    shared.asked.dedup();
    if !shared.tests.is_empty() {
        batches.insert(0, shared);
    }
    batches
}

/// By output: does it rest on a comparison of peers?
fn outputs_of_peers(plan: &Plan) -> Vec<bool> {
    let rests = rest_on_peers(plan);
    let of = |node: forewarn_plan::NodeId| rests.get(node.index()) == Some(&true);
    plan.outputs.iter().map(|output| of(output.node)).collect()
}
