//! Results as a workbook: a sheet of rows with a header that stays, levels in colours, and a sheet that
//! says what the columns are.
//!
//! In: a result table. Out: the bytes of an XLSX file, the same for the same table: no clock stands in it.

use forewarn_plan::OutputKind;
use forewarn_runtime::period::Period;
use forewarn_runtime::result_table::{ResultCell, ResultTable};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};
use std::io::{self, Write};

/// From the lowest level to the highest; more levels share them.
const COLOURS: [u32; 6] = [
    0x00E8_F1EC,
    0x00FB_F3D0,
    0x00FC_E0B5,
    0x00F8_C3A0,
    0x00EE_9C8C,
    0x00D9_706E,
];

/// The most rows that a sheet takes, its header included.
const MOST_ROWS: usize = 1_048_576;

/// Writes a workbook.
///
/// # Errors
/// A table that is larger than a sheet can be, and whatever the writer says.
pub(super) fn xlsx(out: &mut impl Write, table: &ResultTable) -> io::Result<()> {
    if table.rows() >= MOST_ROWS {
        return Err(io::Error::other(format!(
            "a sheet holds {MOST_ROWS} rows, and these are {}: write Parquet or CSV",
            table.rows() + 1
        )));
    }
    // Its parts are put together side by side, by a library that ends the program where it cannot.
    if std::thread::Builder::new().spawn(|| ()).is_err() {
        return Err(io::Error::other(
            "a workbook takes a second thread, and the system gives none: write CSV or Parquet",
        ));
    }
    let bytes = book(table).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn book(table: &ResultTable) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let bold = Format::new().set_bold().set_text_wrap();
    results(book.add_worksheet().set_name("results")?, table, &bold)?;
    columns(book.add_worksheet().set_name("columns")?, table, &bold)?;
    book.save_to_buffer()
}

fn place(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

fn line(at: usize) -> Result<u32, XlsxError> {
    u32::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

fn results(sheet: &mut Worksheet, table: &ResultTable, bold: &Format) -> Result<(), XlsxError> {
    for (column, name) in table.names().enumerate() {
        sheet.write_with_format(0, place(column)?, name, bold)?;
    }
    let keys = table.entity_columns.len() + usize::from(table.period_column.is_some());
    sheet.set_freeze_panes(1, place(keys)?)?;
    let colours = COLOURS.map(|colour| Format::new().set_background_color(Color::RGB(colour)));
    for row in 0..table.rows() {
        let at = line(row + 1)?;
        let mut column = 0_u16;
        for key in table.keys(row) {
            sheet.write(at, column, key)?;
            column += 1;
        }
        if let (Some((_, kind)), Some(number)) = (&table.period_column, table.periods.get(row)) {
            let period = Period::new(*kind, *number);
            sheet.write(at, column, period.to_string())?;
            column += 1;
        }
        for result in &table.columns {
            match result.cell(row) {
                ResultCell::Missing => {}
                ResultCell::Number(number) => {
                    sheet.write(at, column, number)?;
                }
                ResultCell::Word(word) => {
                    let colour = match &result.kind {
                        OutputKind::Level { names, .. } => {
                            let level = names.iter().position(|name| name == word);
                            level.and_then(|level| {
                                let last = names.len().saturating_sub(1).max(1);
                                colours.get(level * (COLOURS.len() - 1) / last)
                            })
                        }
                        _ => None,
                    };
                    match colour {
                        Some(colour) => sheet.write_with_format(at, column, word, colour)?,
                        None => sheet.write(at, column, word)?,
                    };
                }
                ResultCell::Period(period) => {
                    sheet.write(at, column, period.to_string())?;
                }
            }
            column += 1;
        }
    }
    Ok(())
}

/// What the columns are: labels and units, and which are hindsight where any is.
fn columns(sheet: &mut Worksheet, table: &ResultTable, bold: &Format) -> Result<(), XlsxError> {
    let hindsight = (!table.hindsight.is_empty()).then_some("hindsight");
    let names = ["column", "label", "unit"].into_iter().chain(hindsight);
    for (column, name) in names.enumerate() {
        sheet.write_with_format(0, place(column)?, name, bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, result) in table.columns.iter().enumerate() {
        let at = line(row + 1)?;
        sheet.write(at, 0, result.name.as_str())?;
        sheet.write(at, 1, result.label.as_str())?;
        sheet.write(at, 2, result.unit.as_str())?;
        if table.hindsight.contains(&result.name) {
            sheet.write(at, 3, "yes")?;
        }
    }
    Ok(())
}
