//! Which cells of an ODS workbook are shown as percentages.
//!
//! In: the bytes of a workbook. Out: for each of its sheets, the places of such cells. OpenDocument Format 1.3,
//! part 3, says it of each cell (`office:value-type`), and repeats rows and cells by a number; the reader of
//! workbooks hands over the cells' numbers alone.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor};
use std::ops::Range;
use zip::ZipArchive;

/// Rows alike that follow each other, and their cells that are shown as percentages.
struct Rows {
    rows: Range<u32>,
    columns: Vec<Range<u32>>,
}

/// The cells of each sheet, by its name.
#[derive(Default)]
pub(super) struct Percentages(HashMap<String, Vec<Rows>>);

impl Percentages {
    /// Those of a workbook; none of what is no ODS file, or cannot be taken apart.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut found = Self::default();
        let read = crate::guard::guarded(|| {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
            let content = archive.by_name("content.xml").ok()?;
            found.read(BufReader::new(content))
        });
        if read.flatten().is_none() {
            found.0.clear();
        }
        found
    }

    pub(super) fn shows(&self, sheet: &str, (row, column): (u32, u32)) -> bool {
        let rows = self.0.get(sheet).map_or(&[][..], Vec::as_slice);
        let after = rows.partition_point(|known| known.rows.start <= row);
        let last = after.checked_sub(1).and_then(|at| rows.get(at));
        last.is_some_and(|known| {
            known.rows.contains(&row) && known.columns.iter().any(|run| run.contains(&column))
        })
    }

    fn read(&mut self, content: impl BufRead) -> Option<()> {
        let mut reader = Reader::from_reader(content);
        let mut buffer = Vec::new();
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut sheet = String::new();
        let mut of_row = Rows {
            rows: 0..0,
            columns: Vec::new(),
        };
        loop {
            match reader.read_event_into(&mut buffer).ok()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                    "table:table" => {
                        sheet = text(&tag, "table:name").unwrap_or_default();
                        row = 0;
                    }
                    "table:table-row" => {
                        let end = row.saturating_add(times(&tag, "table:number-rows-repeated"));
                        of_row.rows = row..end;
                        of_row.columns.clear();
                        (row, column) = (end, 0);
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        let more = times(&tag, "table:number-columns-repeated");
                        let end = column.saturating_add(more);
                        if text(&tag, "office:value-type").as_deref() == Some("percentage") {
                            of_row.columns.push(column..end);
                        }
                        column = end;
                    }
                    _ => {}
                },
                Event::End(tag)
                    if tag.name().as_ref() == "table:table-row" && !of_row.columns.is_empty() =>
                {
                    let rows = self.0.entry(sheet.clone()).or_default();
                    rows.push(Rows {
                        rows: of_row.rows.clone(),
                        columns: std::mem::take(&mut of_row.columns),
                    });
                }
                Event::Eof => return Some(()),
                _ => {}
            }
            buffer.clear();
        }
    }
}

/// What an attribute says.
fn text(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let text = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(text.into_owned())
}

/// How often a row or a cell is there.
fn times(tag: &BytesStart<'_>, name: &str) -> u32 {
    let said = text(tag, name).and_then(|text| text.parse().ok());
    said.unwrap_or(1)
}
