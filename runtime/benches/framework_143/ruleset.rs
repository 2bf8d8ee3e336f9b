//! The framework of 143 indicators as text: 14 factors, their geometric mean, a level by k of n.

use std::fmt::Write as _;
use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::{MemoryFiles, Span};
use forewarn_plan::interval::Interval;
use forewarn_plan::{
    InputInfo, InputKind, NodeId, OnViolation, Output, OutputKind, Plan, PlanBuilder,
};

/// How many indicators each factor has.
pub const FACTORS: [usize; 14] = [11, 8, 10, 9, 8, 11, 14, 12, 6, 8, 6, 10, 18, 12];
/// The part of the total weight that has to be known.
pub const COVERAGE: f64 = 0.5;
/// Levels from most to least severe: the place on the scale, how many factors, at or above what.
pub const CLAUSES: [(f64, f64, f64); 4] = [
    (4.0, 5.0, 0.7),
    (3.0, 3.0, 0.7),
    (2.0, 1.0, 0.6),
    (1.0, 2.0, 0.4),
];

/// An indicator's goalposts and weight.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub low: f64,
    pub high: f64,
    pub weight: f64,
}

pub fn member(index: usize) -> Member {
    let low = [0.0, -5.0, 10.0, 0.5, -1.25][index % 5];
    let width = [1.0, 7.0, 100.0, 10.3, 0.37, 1250.0, 3.0][index % 7];
    Member {
        low,
        high: low + width,
        weight: [20.0, 15.0, 30.0, 7.0][index % 4],
    }
}

pub struct Framework {
    pub plan: Plan,
}

/// How factors take what is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Means of what is known, where enough is.
    Known,
    /// The same, and what they could be.
    Estimate,
    /// What they can be, however little is known.
    Bounds,
}

impl Evidence {
    fn words(self, require: &str) -> String {
        match self {
            Self::Known => format!("require {require}"),
            Self::Estimate => format!("evidence estimate require {require}"),
            Self::Bounds => "evidence bounds".to_owned(),
        }
    }
}

/// The framework with so many indicators in each factor, as its author would write it.
pub fn text(factors: &[usize]) -> String {
    text_by(factors, Evidence::Known)
}

/// The same by one or another kind of evidence.
pub fn text_by(factors: &[usize], evidence: Evidence) -> String {
    let covered = evidence.words(&format!("{}% coverage", COVERAGE * 100.0));
    let one = evidence.words("1 known");
    let mut text =
        String::from("framework generated \"Generated\" version \"1\"\npanel country by month\n");
    let mut next = 0;
    for (factor, &members) in factors.iter().enumerate() {
        let end = next + members;
        let indices = next..end;
        for index in indices.clone() {
            let Member { low, high, .. } = member(index);
            let reach = high - low;
            let (least, most) = (low - reach, high + reach);
            let _ = writeln!(text, "indicator i{index} : number in {least}..{most}");
            let _ = writeln!(
                text,
                "let m{index} = goalpost(i{index}, low: {low}, high: {high})"
            );
        }
        let members = indices.map(|index| format!("m{index} weight {}", member(index).weight));
        let _ = writeln!(
            text,
            "factor f{factor} {{ combine weighted mean {covered} members {{ {} }} }}",
            members.collect::<Vec<_>>().join(", ")
        );
        next = end;
    }
    let names: Vec<String> = (0..factors.len())
        .map(|factor| format!("f{factor}"))
        .collect();
    let _ = writeln!(
        text,
        "factor risk {{ combine geometric mean {one} members {{ {} }} \
         allow FW0613 because \"zero makes zero\" }}\n\
         scale concern {{ low < guarded < elevated < high < critical }}\n\
         level overall : concern {{",
        names.join(", ")
    );
    let levels = ["low", "guarded", "elevated", "high", "critical"];
    for (position, k, threshold) in CLAUSES {
        let above: Vec<String> = names
            .iter()
            .map(|name| format!("{name} >= {threshold}"))
            .collect();
        let level = levels[position as usize];
        let _ = writeln!(text, "{level} when count([{}]) >= {k},", above.join(", "));
    }
    text.push_str("low otherwise }\n");
    text
}

/// From text to a Plan that publishes the factors, their mean and both ends of the level.
pub fn framework(factors: &[usize]) -> Framework {
    let mut plan = plan(&text(factors));
    plan.outputs.retain(|output| {
        let ends = ["overall.at_least", "overall.at_most"].contains(&output.column.as_str());
        let exact = output.column == output.declaration && output.declaration != "overall";
        ends || exact
    });
    Framework { plan }
}

pub fn plan(text: &str) -> Plan {
    let compilation = compile(
        Path::new("generated.risk"),
        &MemoryFiles::of("generated.risk", text),
        &Settings::default(),
    );
    let told = &compilation.reports;
    compilation.plan.unwrap_or_else(|| panic!("{told:?}"))
}

pub fn input(b: &mut PlanBuilder, plan: &mut Plan, index: usize, range: Interval) -> NodeId {
    plan.inputs.push(InputInfo {
        name: format!("indicator_{index}"),
        label: String::new(),
        column: None,
        kind: InputKind::Number,
        unit: String::new(),
        low: range.low,
        high: range.high,
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
    b.input(index as u32, range)
}

pub fn show(plan: &mut Plan, column: String, node: NodeId) {
    plan.outputs.push(Output {
        declaration: column.clone(),
        column,
        label: String::new(),
        unit: String::new(),
        kind: OutputKind::Number,
        node,
    });
}
