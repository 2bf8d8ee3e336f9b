//! A report as a document: sections of blocks, in the words of one language, in no form yet.
//!
//! Each form (HTML, Markdown, XLSX) renders these blocks and decides nothing else, so that all of them say the
//! same.

use forewarn_charts::Graphic;

use crate::rich::Rich;

/// No printed page has more rows of a table.
pub const ROWS_A_PAGE: usize = 40;

/// A whole report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The language of its words, and whether they are read from right to left.
    pub lang: String,
    pub rtl: bool,
    pub title: String,
    /// For whom, of when, and the stamp: repeated on each page.
    pub stamp: String,
    /// What the list of sections is called.
    pub contents: String,
    pub sections: Vec<Section>,
}

/// A section that begins a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// What links to it name: letters, digits and hyphens.
    pub anchor: String,
    pub title: String,
    pub kind: Kind,
    pub blocks: Vec<Block>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Front,
    Entity,
    Method,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Below the section's own.
    Heading(String),
    /// The sentence that is read first.
    Lead(Rich),
    Text(Rich),
    /// In smaller letters.
    Note(Rich),
    List(Vec<Item>),
    Table(Table),
    Figure(Figure),
    /// Many small figures side by side, each with its name.
    Small(Vec<(String, Graphic)>),
    /// What is typed.
    Typed(String),
}

/// An entry of a list, with what stands below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    pub text: Rich,
    /// A drawing before the words.
    pub graphic: Option<Graphic>,
    /// It is a sentence that opens something.
    pub bold: bool,
    pub below: Vec<Item>,
}

impl From<Rich> for Item {
    fn from(text: Rich) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

/// A drawing with its finding above it and its table behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it shows, as a sentence.
    pub finding: Rich,
    pub graphic: Graphic,
    /// What its table is called; none where another table has its data.
    pub table: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<ReportCell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ReportCell {
    Text(Rich),
    /// A number, and how it is read.
    Number(f64, String),
    /// A drawing, which says what stands beside it.
    Graphic(Graphic),
    /// Words that lead to a section.
    Link {
        text: String,
        to: String,
    },
}

impl From<Rich> for ReportCell {
    fn from(text: Rich) -> Self {
        Self::Text(text)
    }
}

impl From<String> for ReportCell {
    fn from(text: String) -> Self {
        Self::Text(Rich::value(text))
    }
}

impl ReportCell {
    /// Its words, on one line.
    #[must_use]
    pub fn plain(&self, rtl: bool) -> String {
        match self {
            Self::Text(text) => text.plain(rtl),
            Self::Number(_, said) => said.clone(),
            Self::Graphic(graphic) => graphic.says.clone(),
            Self::Link { text, .. } => text.clone(),
        }
    }
}

impl Table {
    /// The table behind a drawing.
    #[must_use]
    pub fn behind(caption: &str, graphic: &Graphic) -> Self {
        let rows = graphic.table.rows.iter();
        let rows = rows.map(|row| row.iter().cloned().map(ReportCell::from).collect());
        Self {
            caption: caption.to_owned(),
            head: graphic.table.head.clone(),
            rows: rows.collect(),
        }
    }

    /// The drawings of a column are the words of the column behind it: forms without drawings leave it out.
    #[must_use]
    pub fn is_drawn(&self, column: usize) -> bool {
        let mut cells = self
            .rows
            .iter()
            .filter_map(|row| row.get(column))
            .peekable();
        cells.peek().is_some() && cells.all(|cell| matches!(cell, ReportCell::Graphic(_)))
    }
}
