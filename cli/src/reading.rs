//! Reads the data files of a command for its audience, and shows how far it has come.

use crate::args::DataArgs;
use crate::audience::{Sight, Unread};
use crate::data::options;
use crate::progress::{Progress, Reached};
use crate::state::State;
use crate::words::list;
use forewarn_runtime::bind::Bound;
use forewarn_runtime::peers::Goalposts;
use forewarn_tables::{Flows, ReadOptions};
use std::sync::Arc;

/// The panel of what the audience may see.
///
/// # Errors
/// What was found in the files.
pub fn read(
    args: &DataArgs,
    sight: Sight<'_>,
    state: &State,
    goalposts: Option<&Goalposts>,
    quiet: bool,
) -> Result<Bound, Unread> {
    read_into(args, sight, state, goalposts, quiet, None)
}

/// The same, where rows may flow elsewhere.
///
/// # Errors
/// As there.
pub fn read_into(
    args: &DataArgs,
    sight: Sight<'_>,
    state: &State,
    goalposts: Option<&Goalposts>,
    quiet: bool,
    flow: Option<&dyn Flows>,
) -> Result<Bound, Unread> {
    let reached = Arc::new(Reached::default());
    let files = args.data.iter().map(|path| path.display().to_string());
    let words = if sight.sees_all() {
        format!("reading {}", list(&files.collect::<Vec<_>>(), 3))
    } else {
        "reading".to_owned()
    };
    let _progress = Progress::of(words, &reached, !quiet);
    let advance = |at: forewarn_tables::Progress| reached.tell(at.done, at.total);
    let options = ReadOptions {
        progress: Some(&advance),
        earlier: state.earlier(),
        flow,
        ..options(&args.reading)
    };
    sight.read(args, &options, goalposts)
}
