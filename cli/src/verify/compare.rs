//! Where a table that was changed differs from what the run gives, in words.

use crate::failure::Failure;
use crate::words::count;
use forewarn_tables::{Compared, Format, compare};
use std::path::Path;

/// ``row 3, column `overall`: `low` stands there, and the run gives `high` ``
///
/// # Errors
/// One of the two cannot be read.
pub fn first_difference(there: &Path, again: &Path, format: Format) -> Result<String, Failure> {
    let compared = compare(there, again, format)
        .map_err(|error| Failure::file("cannot read", there, &error))?;
    Ok(match compared {
        Compared::Unreadable => format!("it is no {} any more", format.name()),
        Compared::Columns { there, here } => format!(
            "it has the columns {}, and the run gives {}",
            there.join(", "),
            here.join(", ")
        ),
        Compared::Rows { there, here } => format!(
            "it has {}, and the run gives {}",
            count(there, "row"),
            count(here, "row")
        ),
        Compared::Cells {
            row,
            column,
            there,
            here,
            more,
        } => {
            let cell = |text: &str| {
                if text.is_empty() {
                    "nothing".to_owned()
                } else {
                    format!("`{text}`")
                }
            };
            let more = match more {
                0 => String::new(),
                1 => "; 1 more cell differs".to_owned(),
                more => format!("; {} differ", count(more, "more cell")),
            };
            format!(
                "row {row}, column `{column}`: {} stands there, and the run gives {}{more}",
                cell(&there),
                cell(&here)
            )
        }
        Compared::Same => "every cell is the same, and it is written otherwise".to_owned(),
    })
}
