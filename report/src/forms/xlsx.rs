//! The document as a workbook: a sheet for each kind of page, numbers as numbers, nothing hidden.

use std::fmt;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use crate::document::{Block, Document, Item, Kind, ReportCell, Section, Table};
use crate::rich::Rich;

/// Why no workbook came of it.
#[derive(Debug)]
pub struct NotWritten(XlsxError);

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for NotWritten {}

impl From<XlsxError> for NotWritten {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// A sheet holds no more rows.
const ROWS: u32 = 1_048_576;
/// A cell holds no more letters.
const LETTERS: usize = 32_767;

/// The document as the bytes of a workbook.
///
/// # Errors
/// What the writer says.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, NotWritten> {
    let mut workbook = Workbook::new();
    // No clock: the same report has the same bytes.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let about = DocProperties::new()
        .set_title(&document.title)
        .set_creation_datetime(&date);
    workbook.set_properties(&about);
    let formats = Formats::new();
    for kind in [Kind::Front, Kind::Entity, Kind::Method] {
        let sections: Vec<&Section> = document
            .sections
            .iter()
            .filter(|one| one.kind == kind)
            .collect();
        let Some(first) = sections.first() else {
            continue;
        };
        let sheet = workbook.add_worksheet();
        let name = match kind {
            Kind::Entity => document.contents.clone(),
            Kind::Front | Kind::Method => first.title.clone(),
        };
        sheet.set_name(sheet_name(&name, kind))?;
        sheet.set_right_to_left(document.rtl);
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        sheet.set_column_width(0, 34)?;
        for column in 1..8 {
            sheet.set_column_width(column, 26)?;
        }
        let mut writer = Writer {
            sheet,
            formats: &formats,
            rtl: document.rtl,
            row: 0,
        };
        writer.text(0, &document.title, &formats.title)?;
        writer.next();
        writer.text(0, &document.stamp, &formats.note)?;
        writer.next();
        for section in sections {
            writer.section(section)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// What a sheet may be called: without some signs, and not too long.
fn sheet_name(text: &str, kind: Kind) -> String {
    let kept = text.chars().filter(|one| {
        !matches!(one, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !one.is_control()
    });
    let name: String = kept.take(28).collect();
    let name = name.trim().to_owned();
    match (name.as_str(), kind) {
        ("", Kind::Front) => "1".to_owned(),
        ("", Kind::Entity) => "2".to_owned(),
        ("", Kind::Method) => "3".to_owned(),
        _ => name,
    }
}

struct Formats {
    title: Format,
    heading: Format,
    head: Format,
    bold: Format,
    text: Format,
    note: Format,
}

impl Formats {
    fn new() -> Self {
        let wrapped = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new().set_bold().set_font_size(13),
            head: wrapped()
                .set_bold()
                .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin),
            bold: Format::new().set_bold(),
            text: wrapped(),
            note: Format::new().set_italic(),
        }
    }
}

struct Writer<'w> {
    sheet: &'w mut Worksheet,
    formats: &'w Formats,
    rtl: bool,
    row: u32,
}

impl Writer<'_> {
    fn next(&mut self) {
        self.row = (self.row + 1).min(ROWS - 1);
    }

    fn text(&mut self, column: u16, text: &str, format: &Format) -> Result<(), NotWritten> {
        let cut: String = text.chars().take(LETTERS).collect();
        self.sheet
            .write_string_with_format(self.row, column, cut, format)?;
        Ok(())
    }

    fn line(&mut self, text: &Rich, format: &Format) -> Result<(), NotWritten> {
        if !text.is_empty() {
            self.text(0, &text.plain(self.rtl), format)?;
            self.next();
        }
        Ok(())
    }

    fn section(&mut self, section: &Section) -> Result<(), NotWritten> {
        let formats = self.formats;
        self.next();
        self.text(0, &section.title, &formats.title)?;
        self.next();
        for block in &section.blocks {
            match block {
                Block::Heading(text) => {
                    self.next();
                    self.text(0, text, &formats.heading)?;
                    self.next();
                }
                Block::Lead(text) => self.line(text, &formats.bold)?,
                Block::Text(text) => self.line(text, &Format::new())?,
                Block::Note(text) => self.line(text, &formats.note)?,
                Block::List(items) => self.list(items, 0)?,
                Block::Table(table) => self.table(table)?,
                Block::Figure(figure) => {
                    self.line(&figure.finding, &Format::new())?;
                    if let Some(caption) = &figure.table {
                        self.table(&Table::behind(caption, &figure.graphic))?;
                    }
                }
                Block::Small(_) => {}
                Block::Typed(text) => self.line(&Rich::value(text.clone()), &Format::new())?,
            }
        }
        Ok(())
    }

    fn list(&mut self, items: &[Item], depth: usize) -> Result<(), NotWritten> {
        for item in items {
            let text = format!("{}• {}", "   ".repeat(depth), item.text.plain(self.rtl));
            self.text(0, &text, &Format::new())?;
            self.next();
            self.list(&item.below, depth + 1)?;
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), NotWritten> {
        if table.rows.is_empty() {
            return Ok(());
        }
        let formats = self.formats;
        let columns: Vec<usize> = (0..table.head.len())
            .filter(|at| !table.is_drawn(*at))
            .collect();
        self.text(0, &table.caption, &formats.bold)?;
        self.next();
        for (column, at) in (0..).zip(&columns) {
            let head = table.head.get(*at).map_or("", String::as_str);
            self.text(column, head, &formats.head)?;
        }
        self.next();
        for row in &table.rows {
            for (column, at) in (0..).zip(&columns) {
                match row.get(*at) {
                    Some(ReportCell::Number(value, _)) if value.is_finite() => {
                        self.sheet.write_number_with_format(
                            self.row,
                            column,
                            *value,
                            &formats.text,
                        )?;
                    }
                    Some(cell) => self.text(column, &cell.plain(self.rtl), &formats.text)?,
                    None => {}
                }
            }
            self.next();
        }
        self.next();
        Ok(())
    }
}
