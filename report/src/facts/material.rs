//! What a report is made of.

use forewarn_plan::Plan;
use forewarn_runtime::bind::DataSummary;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::peers::Goalposts;
use forewarn_runtime::run::Results;

/// What a report is made of: a run, all of whose columns were wanted.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    pub plan: &'a Plan,
    pub panel: &'a Panel,
    pub summary: &'a DataSummary,
    pub results: &'a Results,
    pub goalposts: Option<&'a Goalposts>,
}
