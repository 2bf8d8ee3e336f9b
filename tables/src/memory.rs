//! Tables in memory: in as observations, out as results.
//!
//! In: text, or Arrow batches of one schema ([`batches`]). Out: a bound panel, by the same steps as a file.

#[cfg(feature = "arrow")]
pub(crate) mod batches;

use crate::options::ReadOptions;
use crate::progress::{Input, Teller};
use crate::recipe::Pipe;
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{Bound, join};

/// Binds a table that is text, with a header in its first line.
///
/// # Errors
/// Everything that stands in the way of a panel.
pub fn bind_text(
    name: &str,
    text: Vec<u8>,
    plan: &Plan,
    options: &ReadOptions<'_>,
) -> Result<Bound, Reports> {
    let input = Input {
        stream: Box::new(std::io::Cursor::new(text)),
        progress: Teller::silent(),
    };
    let recipe = options.asked();
    let mut pipe = Pipe::new(
        plan,
        &recipe,
        options.bind(name, false),
        false,
        &options.withheld,
    );
    pipe.begin(name);
    let threads = crate::options::threads(options.threads);
    crate::csv::read(
        input,
        &mut pipe,
        name,
        recipe.delimiter,
        &recipe,
        (threads, None),
    )?;
    join(plan, vec![pipe.part()?])
}
