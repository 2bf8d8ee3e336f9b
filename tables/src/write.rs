//! Writing results: a file whole or not at all.

mod arrow;
mod text;

pub(crate) use arrow::whole as one_batch;

use crate::format::Format;
use crate::read::{only, shown_name};
use forewarn_diagnostics::Reports;
use forewarn_runtime::causes::data::CannotWrite;
use forewarn_runtime::result_table::ResultTable;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a table to a file. It is written beside its place under another name and renamed when it
/// is whole, so that a file that was there before stays as it was if anything goes wrong.
///
/// # Errors
/// `FW0922`: the folder is not there, or the system does not let it be written.
pub fn write(path: &Path, format: Format, table: &ResultTable) -> Result<(), Reports> {
    whole(path, |out| write_to(out, format, table))
}

/// Writes a text to a file, whole or not at all like [`write`].
///
/// # Errors
/// As there.
pub fn write_text(path: &Path, text: &str) -> Result<(), Reports> {
    whole(path, |out| out.write_all(text.as_bytes()))
}

type File<'f> = BufWriter<&'f mut std::fs::File>;

fn whole(
    path: &Path,
    content: impl FnOnce(&mut File<'_>) -> io::Result<()>,
) -> Result<(), Reports> {
    let file = shown_name(path);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let cannot = |why: String, folder: Option<String>| {
        only(CannotWrite {
            file: file.clone(),
            why,
            folder,
        })
    };
    if !folder.is_dir() {
        let shown = shown_name(folder);
        let why = if folder.exists() {
            "is not a folder"
        } else {
            "is not there"
        };
        return Err(cannot(format!("`{shown}` {why}"), Some(shown)));
    }
    if path.is_dir() {
        return Err(cannot("it is a folder".to_owned(), None));
    }
    beside(path, folder, content).map_err(|error| cannot(why_unwritten(&error), None))
}

fn beside(
    path: &Path,
    folder: &Path,
    content: impl FnOnce(&mut File<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut pending = tempfile::Builder::new()
        .prefix(".forewarn-")
        .tempfile_in(folder)?;
    let mut buffer = BufWriter::with_capacity(1 << 18, pending.as_file_mut());
    content(&mut buffer)?;
    buffer.flush()?;
    drop(buffer);
    readable(path, pending.as_file())?;
    pending.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file is private; a result is as readable as the file it replaces, or as any new one.
#[cfg(unix)]
fn readable(path: &Path, file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = match std::fs::metadata(path) {
        Ok(before) => before.permissions().mode() & 0o777,
        Err(_) => 0o644,
    };
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn readable(_: &Path, _: &std::fs::File) -> io::Result<()> {
    Ok(())
}

fn why_unwritten(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "its folder may not be written to".to_owned(),
        io::ErrorKind::StorageFull => "there is no space left".to_owned(),
        _ => error.to_string(),
    }
}

/// Writes a table to anything that takes bytes; the same table gives the same bytes.
///
/// # Errors
/// Whatever the writer says.
pub fn write_to(
    out: &mut (impl Write + Send),
    format: Format,
    table: &ResultTable,
) -> io::Result<()> {
    match format {
        Format::Csv => text::csv(out, b',', table),
        Format::Tsv => text::csv(out, b'\t', table),
        Format::Ndjson => text::ndjson(out, table),
        Format::Json => text::json(out, table),
        Format::Arrow => arrow::ipc(out, table),
        Format::Parquet => arrow::parquet(out, table),
    }
}
