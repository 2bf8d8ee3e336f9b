//! Places resolved to lines and columns: both from 1, columns in characters, ends after the last
//! character. Lines end at a line feed, as the compiler counts them.

use super::finding::Finding;
use crate::source::{SourceFile, SourceMap, Span};
use crate::{DataPlace, Diagnostic, Place};
use std::cmp::Ordering;

/// A span of a source as people count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRange {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub bytes: std::ops::Range<usize>,
}

impl SourceRange {
    /// `None` if the span fits no file.
    #[must_use]
    pub fn of(sources: &SourceMap, span: Span) -> Option<Self> {
        let file = sources.get(span.file)?;
        let bytes = fitting(file, span);
        let (line, column) = file.position(bytes.start);
        let (end_line, end_column) = file.position(bytes.end);
        Some(Self {
            file: file.name.clone(),
            line,
            column,
            end_line,
            end_column,
            bytes,
        })
    }
}

/// A span cut to the file and to whole characters.
#[must_use]
pub fn fitting(file: &SourceFile, span: Span) -> std::ops::Range<usize> {
    let text = &file.text;
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary((span.end as usize).min(text.len()));
    start..end.max(start)
}

/// A finding with its primary place resolved once, for ordering and headers.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    pub diagnostic: &'a Diagnostic,
    pub sources: &'a SourceMap,
    /// `Some` when the primary place is in a source.
    pub range: Option<SourceRange>,
}

impl<'a> Located<'a> {
    #[must_use]
    pub fn new(finding: &'a Finding) -> Self {
        let sources: &SourceMap = &finding.sources;
        let range = match finding.diagnostic.primary.place {
            Place::Source(span) => SourceRange::of(sources, span),
            _ => None,
        };
        Self {
            diagnostic: &finding.diagnostic,
            sources,
            range,
        }
    }

    /// The command line first, then files as such, rules, data; within them by file and position.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }

    fn key(&self) -> (u8, &str, u64, u64) {
        match (&self.diagnostic.primary.place, &self.range) {
            (Place::CommandLine, _) => (0, "", 0, 0),
            (Place::File(file), _) => (1, file, 0, 0),
            (Place::Source(_), Some(range)) => (
                2,
                &range.file,
                range.bytes.start as u64,
                range.bytes.end as u64,
            ),
            (Place::Source(_), None) => (2, "", 0, 0),
            (Place::Data(data), _) => {
                let cell = data.line.as_ref().map_or(0, |(_, cell)| cell.start as u64);
                (3, &data.file, data.row.unwrap_or(0), cell)
            }
        }
    }

    /// File, line and column where they are known, for formats that have only those.
    #[must_use]
    pub fn spot(&self) -> Spot {
        match (&self.diagnostic.primary.place, &self.range) {
            (Place::Source(_), Some(range)) => Spot {
                file: Some(range.file.clone()),
                line: Some(range.line),
                column: Some(range.column),
            },
            (Place::Data(data), _) => Spot {
                file: Some(data.file.clone()),
                line: data.row.and_then(|row| usize::try_from(row).ok()),
                column: data.row.and_then(|_| cell_column(data)),
            },
            (Place::File(file), _) => Spot {
                file: Some(file.clone()),
                line: None,
                column: None,
            },
            (Place::CommandLine | Place::Source(_), _) => Spot::default(),
        }
    }
}

/// A place as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    pub file: Option<String>,
    pub line: Option<usize>,
    pub column: Option<usize>,
}

/// The column of a cell's first character in its record, from 1.
#[must_use]
pub fn cell_column(data: &DataPlace) -> Option<usize> {
    let (line, cell) = data.line.as_ref()?;
    Some(line.get(..cell.start)?.chars().count() + 1)
}
