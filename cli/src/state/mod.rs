//! `--state`: what an earlier run hands over, as a file beside its results.
//!
//! In: what `--state` names. Out: [`State`], and a panel with what was before its first rows: see
//! `forewarn::state`, which embedding programs have, too. `look` tells such a file from others.

mod look;

pub use forewarn::state::{Handing, NOTHING, State, beside, fits, write};
pub use look::is_state;

use crate::audience::Sight;
use crate::failure::Failure;
use forewarn::state::{self, Earlier, Refused};
use forewarn_plan::Plan;
use forewarn_runtime::bind::Bound;

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        let failure = Self::new(refused.message);
        match refused.help {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}

/// What `--state` says.
///
/// # Errors
/// There is no such file, or it is no state of a run of these rules; rules of which nothing goes on.
pub fn given(named: Option<&str>, sight: Sight<'_>) -> Result<State, Failure> {
    Ok(state::given(
        named.map(Earlier::Named),
        (sight.plan, sight.sealing),
    )?)
}

/// Puts what was before into a panel; tells what could not be taken over. `goalposts`: those of an earlier run
/// are given.
///
/// # Errors
/// Nothing is taken over, or something that only goalposts hand over is lacking.
pub fn put(state: &State, plan: &Plan, bound: &mut Bound, goalposts: bool) -> Result<(), Failure> {
    Ok(state::put(state, plan, bound, goalposts)?)
}
