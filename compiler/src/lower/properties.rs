//! The Plan that a property speaks of: declarations that it moves by themselves are inputs.

use std::collections::HashMap;

use super::Lowerer;
use crate::checked::CheckedFramework;
use crate::diagnostics::{Reports, Severity};
use crate::interval::Interval;
use crate::plan::{Plan, Site, Value};
use crate::source::SourceMap;
use crate::typed::{Typed, ValueId};

/// The Plan with inputs in place of some values, where each of some constants lies, and a value that is asked for
/// besides.
pub(crate) fn with_inputs(
    framework: &CheckedFramework,
    sources: &SourceMap,
    reports: &mut Reports,
    pins: HashMap<ValueId, Interval>,
    constants: &[&Typed],
    asked: Option<&Typed>,
) -> (Plan, Vec<Interval>, Option<Value>) {
    // What ranges say of the method has been told.
    let mut scratch = Reports::default();
    let mut lowerer = Lowerer::of(framework, sources, &mut scratch, pins);
    lowerer.values();
    lowerer.builder.site = Site::default();
    let constants = constants.iter().map(|constant| {
        let node = lowerer.number(constant);
        lowerer.range(node)
    });
    let constants = constants.collect();
    let asked = asked.and_then(|asked| {
        let lowered = lowerer.expr(asked);
        lowerer.value_of(&asked.ty, &lowered)
    });
    let plan = lowerer.finish();
    scratch.retain(|cause| cause.severity() == Severity::Error);
    reports.append(scratch);
    (plan, constants, asked)
}
