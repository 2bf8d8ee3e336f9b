//! The Plan, node by node as the compiler makes it of
//!
//! ```text
//! indicator x : number in 0..1000
//! let before    = lag(x, 1 month)
//! let yearly    = mean(x, over: 12 months, require: 9)
//! let change    = change(x, over: 12 months)
//! signal lasts  = sustained(x >= 60, for: 3 months)
//! ```

use forewarn_diagnostics::source::Span;
use forewarn_plan::along::Window;
use forewarn_plan::interval::Interval;
use forewarn_plan::{
    Along, Binary, Compare, InputInfo, InputKind, NodeId, OnViolation, Output, OutputKind, Plan,
    PlanBuilder,
};

pub const HIGH: f64 = 1000.0;
pub const THRESHOLD: f64 = 60.0;
pub const OVER: usize = 12;
pub const REQUIRE: u32 = 9;
pub const SUSTAINED: usize = 3;

pub fn plan() -> Plan {
    let mut plan = Plan::default();
    plan.inputs.push(InputInfo {
        name: "x".to_owned(),
        label: String::new(),
        column: None,
        kind: InputKind::Number,
        unit: String::new(),
        low: 0.0,
        high: HIGH,
        high_excluded: false,
        on_violation: OnViolation::Missing,
        optional: false,
        missing_means: None,
        carry_forward: None,
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        span: Span::default(),
    });
    let mut b = PlanBuilder::default();
    b.site.watched = true;
    let x = b.input(0, Interval::new(0.0, HIGH));
    let before = b.along(Along::Lag(1), x);

    let mean = Along::Window {
        what: Window::Mean,
        over: OVER as u32,
        require: REQUIRE,
    };
    let mean = b.along(mean, x);
    let (low, high) = (b.number(0.0), b.number(HIGH));
    let mean = b.binary(Binary::Max, mean, low);
    let yearly = b.binary(Binary::Min, mean, high);

    let then = b.along(Along::Lag(OVER as u32), x);
    let change = b.binary(Binary::Subtract, x, then);

    let threshold = b.number(THRESHOLD);
    let reaches = b.compare(Compare::LessOrEqual, threshold, x);
    let reaches = b.indicate(reaches);
    let over = SUSTAINED as u32;
    let every = b.along(
        Along::Every {
            over,
            require: over,
        },
        reaches,
    );
    let one = b.number(1.0);
    let lasts = b.compare(Compare::Equal, every, one);

    show(&mut plan, "before", OutputKind::Number, before);
    show(&mut plan, "yearly", OutputKind::Number, yearly);
    show(&mut plan, "change", OutputKind::Number, change);
    show(&mut plan, "lasts", OutputKind::Truth, lasts);
    (plan.nodes, plan.faults, plan.peers) = b.finish();
    plan
}

fn show(plan: &mut Plan, column: &str, kind: OutputKind, node: NodeId) {
    plan.outputs.push(Output {
        declaration: column.to_owned(),
        column: column.to_owned(),
        label: String::new(),
        unit: String::new(),
        kind,
        node,
    });
}
