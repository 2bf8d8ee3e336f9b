//! NDJSON: one object on each line, a value for each column.
//!
//! Rows name their own cells, so which columns there are is known at the end: a column that no line
//! names is missing from the file, one that some lines leave out is missing in those.

mod line;

use crate::csv::{BYTE_ORDER_MARK, ROWS_BETWEEN_PROGRESS};
use crate::progress::{Input, only, stop};
use crate::text::{
    LONGEST_ROW, LONGEST_ROW_MB, Window, as_latin1, clip, foreign_encoding, presumed_encoding,
};
use crate::unread::unread;
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_plan::{InputInfo, Plan};
use forewarn_runtime::bind::{BindOptions, BoundFile, Cell, Line, PanelBuilder, Record, same_name};
use forewarn_runtime::causes::data::{Damaged, EmptyFile, Named, NearName, NotUtf8, RecordTooLong};
use line::{Cells, Wanted};
use memchr::memchr;
use std::io::Read;

/// Reads lines of objects.
///
/// # Errors
/// Everything that stands in the way of its rows.
pub(crate) fn read(
    input: Input<'_>,
    plan: &Plan,
    options: BindOptions,
) -> Result<BoundFile, Reports> {
    let file = options.file.clone();
    let place = |row| DataPlace {
        file: file.clone(),
        row: Some(row),
        ..DataPlace::default()
    };
    let cannot_read = |error: std::io::Error| unread(&file, &error);
    let mut window = Window::new(input.stream);
    window.more().map_err(|error| only(cannot_read(error)))?;
    if let Some(encoding) = foreign_encoding(window.bytes()) {
        return Err(only(NotUtf8 {
            place: place(1),
            encoding,
            sample: String::new(),
        }));
    }
    if window.bytes().starts_with(BYTE_ORDER_MARK) {
        window.pass(BYTE_ORDER_MARK.len());
    }
    let first = if options.several {
        names_in_first_line(&mut window)
    } else {
        Vec::new()
    };
    let first: Vec<&str> = first.iter().map(String::as_str).collect();
    let near = (!options.sheltered).then(|| options.map.clone());
    let mut builder = PanelBuilder::open(plan, options, &first)?;
    let names = builder
        .columns()
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let mut wanted = Wanted::new(names);
    let mut cells = Cells::default();
    let mut number = 0;
    let (mut objects, mut damaged) = (0_u64, 0_u64);
    loop {
        let length = match whole_line(&mut window) {
            Ok(Some(length)) => length,
            Ok(None) => break,
            Err(LineEnd::Io(error)) => {
                let cause = cannot_read(error);
                return Err(stop(Some(builder), cause));
            }
            Err(LineEnd::TooLong) => {
                let place = place(number + 1);
                let cause = RecordTooLong {
                    place,
                    limit: LONGEST_ROW_MB,
                    quote: false,
                };
                return Err(stop(Some(builder), cause));
            }
        };
        number += 1;
        let bytes = window.bytes().get(..length).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Err(_) => {
                let encoding = presumed_encoding(bytes);
                let cause = NotUtf8 {
                    place: place(number),
                    encoding,
                    sample: as_latin1(bytes),
                };
                return Err(stop(Some(builder), cause));
            }
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) if objects == 0 && text.trim_start().starts_with('[') => {
                return Err(only(Damaged {
                    file,
                    format: "NDJSON",
                    why: "it is one JSON list".to_owned(),
                    advice: Some("write each object of the list on a line of its own"),
                }));
            }
            Ok(text) => {
                objects += 1;
                match line::take(text.trim(), &mut wanted, &mut cells) {
                    Ok(()) => {
                        builder.record(
                            number,
                            &Object {
                                text,
                                wanted: &wanted,
                                cells: &cells,
                            },
                        );
                    }
                    Err(why) => {
                        damaged += 1;
                        builder.bad_line(number, &why, Some(clip(text, 0..text.len())));
                    }
                }
            }
        }
        window.pass(length + 1);
        if number.is_multiple_of(ROWS_BETWEEN_PROGRESS) {
            input.progress.tell();
        }
    }
    input.progress.tell();
    if objects == 0 {
        return Err(only(EmptyFile {
            of_objects: true,
            ..EmptyFile::of(&file)
        }));
    }
    if let Some(map) = near.filter(|_| damaged == 0) {
        let others = wanted.others();
        let found = near_field(plan, &map, wanted.sometimes(), others.iter());
        if let Some(found) = found {
            return Err(stop(Some(builder), found.in_file(&file)));
        }
    }
    // Where a line cannot be taken apart, that is told, and not what the others lack.
    if wanted.saw_any() && damaged == 0 {
        builder.saw(wanted.seen(), wanted.others())?;
    }
    builder.part()
}

/// Those of some names that the lines name; none where a line cannot be read.
pub(crate) fn names(stream: Box<dyn Read>, asked: &[String]) -> Option<Vec<String>> {
    let mut window = Window::new(stream);
    window.more().ok()?;
    if window.bytes().starts_with(BYTE_ORDER_MARK) {
        window.pass(BYTE_ORDER_MARK.len());
    }
    let mut wanted = Wanted::new(asked.to_vec());
    let mut cells = Cells::default();
    while let Some(length) = whole_line(&mut window).ok()? {
        let line = window.bytes().get(..length).unwrap_or_default();
        let text = std::str::from_utf8(line).ok()?.trim();
        if !text.is_empty() {
            // What is wrong with a line is told by whoever reads it.
            let _ = line::take(text, &mut wanted, &mut cells);
        }
        window.pass(length + 1);
        // Most files name all their columns on the first line.
        if wanted.seen().iter().all(|seen| *seen) {
            break;
        }
    }
    let seen = asked.iter().zip(wanted.seen());
    Some(
        seen.filter(|(_, seen)| **seen)
            .map(|(name, _)| name.clone())
            .collect(),
    )
}

/// The names in the first line that can be taken apart; all of them stay unread. What is wrong with those
/// before it is told when they are read.
fn names_in_first_line(window: &mut Window<impl Read>) -> Vec<String> {
    if !matches!(whole_line(window), Ok(Some(_))) {
        return Vec::new();
    }
    let lines = window.bytes().split(|byte| *byte == b'\n');
    let mut names = lines.filter_map(|line| {
        let text = std::str::from_utf8(line).ok()?;
        let mut wanted = Wanted::new(Vec::new());
        line::take(text.trim(), &mut wanted, &mut Cells::default()).ok()?;
        Some(wanted.others())
    });
    names.next().unwrap_or_default()
}

/// A name that some objects have where others have one that an indicator is read from.
pub(crate) struct NearField {
    name: String,
    near: String,
    indicator: String,
}

impl NearField {
    pub(crate) fn in_file(self, file: &str) -> NearName {
        NearName {
            place: DataPlace {
                file: file.to_owned(),
                ..DataPlace::default()
            },
            name: self.name,
            near: self.near,
            indicator: self.indicator,
            named: Named::InObjects,
            recipe: None,
        }
    }
}

/// Finds one: `sometimes` are names that some objects lack, `others` those that nothing is read from.
pub(crate) fn near_field<'n>(
    plan: &Plan,
    map: &[(String, String)],
    sometimes: impl Iterator<Item = &'n str>,
    others: impl Iterator<Item = &'n String> + Clone,
) -> Option<NearField> {
    let column = |input: &InputInfo| {
        let mapped = map.iter().find(|(name, _)| *name == input.name);
        let own = || input.column.as_ref().unwrap_or(&input.name).clone();
        mapped.map_or_else(own, |(_, column)| column.clone())
    };
    let is_read = |name: &str| plan.inputs.iter().any(|input| column(input) == name);
    let mut sometimes = sometimes.filter_map(|name| {
        let mut inputs = plan.inputs.iter();
        let read = inputs.find(|input| column(input) == name)?;
        let near = others
            .clone()
            .find(|other| other.as_str() != name && same_name(other, name) && !is_read(other))?;
        Some(NearField {
            name: near.clone(),
            near: name.to_owned(),
            indicator: read.name.clone(),
        })
    });
    sometimes.next()
}

enum LineEnd {
    Io(std::io::Error),
    TooLong,
}

/// Holds a whole line; its length without the line end.
fn whole_line(window: &mut Window<impl Read>) -> Result<Option<usize>, LineEnd> {
    loop {
        let bytes = window.bytes();
        let found = memchr(b'\n', bytes);
        if found.unwrap_or(bytes.len()) > LONGEST_ROW {
            return Err(LineEnd::TooLong);
        }
        match found {
            Some(at) => return Ok(Some(at)),
            None if window.at_end() => return Ok((!bytes.is_empty()).then_some(bytes.len())),
            None => window.more().map_err(LineEnd::Io)?,
        }
    }
}

/// A line with its values.
struct Object<'a> {
    text: &'a str,
    wanted: &'a Wanted,
    cells: &'a Cells,
}

impl Record for Object<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        self.cells.get(column)
    }

    fn shown(&self, column: usize) -> Option<Line> {
        Some(clip(
            self.text,
            line::place(self.text, self.wanted.name(column)),
        ))
    }
}
