//! A table of text as plain texts, where nothing is bound.

use super::split::Splitter;
use crate::text::Window;
use std::io::Read;

/// What some programs write before UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// All rows as texts, the header first; none where one cannot be read.
pub(crate) fn records(stream: Box<dyn Read>, delimiter: u8) -> Option<Vec<Vec<String>>> {
    let mut window = Window::new(stream);
    window.more().ok()?;
    if window.bytes().starts_with(BYTE_ORDER_MARK) {
        window.pass(BYTE_ORDER_MARK.len());
    }
    let mut rows = Splitter::new(window, delimiter);
    let mut records = Vec::new();
    while let Some(row) = rows.next().ok()? {
        let cells = (0..row.fields.len()).map(|at| row.cell(at).unwrap_or_default().to_owned());
        records.push(cells.collect());
    }
    Some(records)
}
