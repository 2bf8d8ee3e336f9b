//! Data bound to a Plan, as an audience may see it.
//!
//! In: data, the Plan and what works out its declassified values. Out: a panel in which nothing stands that
//! the audience may not see, or what is wrong with the data in words that tell nothing of the rest.

use std::sync::Arc;

use forewarn_diagnostics::sheltered::{codes_only, without_lines};
use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::Plan;
use forewarn_runtime::audience::{observed, seal, sealed_outputs, settle_carried};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::run::RunOptions;

use crate::data::Data;
use crate::error::{Diagnostics, Error, cannot_run};

/// Binds data to a Plan; `map` says which columns indicators and keys are read from.
pub(crate) fn bind(
    data: &Data,
    (plan, sealing): (&Plan, Option<&Plan>),
    map: &[(String, String)],
    sources: &Arc<SourceMap>,
) -> Result<Bound, Error> {
    let told = |reports| Error::Data(Diagnostics::of(&reports, sources));
    if plan.confidentiality.withheld.is_empty() && sealing.is_none() {
        return data.bind(plan, map).map_err(told);
    }
    // What this audience may not see is not read, and not told of where it is.
    let own = observed(plan);
    let seen = data.seen_by(&[&own], map);
    let mut bound = seen.bind(&own, map).map_err(without_lines).map_err(told)?;
    bound.warnings = without_lines(std::mem::take(&mut bound.warnings));
    let Some(sealing) = sealing else {
        return Ok(bound);
    };
    let whole = data.seen_by(&[&own, sealing], map);
    let by = whole.bind(sealing, map).map_err(codes_only).map_err(told)?;
    let options = RunOptions {
        wanted: Some(sealed_outputs(plan, sealing)),
        ..RunOptions::default()
    };
    let results = forewarn_runtime::run::run(sealing, &by.panel, &options);
    let results = results.map_err(|error| cannot_run(&error))?;
    seal(&mut bound.panel, &by.panel, results.columns);
    settle_carried(plan, &mut bound.panel);
    Ok(bound)
}
