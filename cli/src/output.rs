//! Where results go and in which form: decided before any data is read, done at the end.

use crate::args::{Form, RunArgs};
use crate::failure::Failure;
use crate::outputs::{Outputs, Written, cannot_write};
use crate::stream::Stream;
use forewarn_plan::{Output, OutputKind};
use forewarn_runtime::result_table::{ResultColumn, ResultTable};
use forewarn_tables::{Dialect, Format, write_by, write_for};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where results go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A table for people, on standard output.
    Table,
    Out(Format),
    File(PathBuf, Format),
}

impl Target {
    /// From `-o` and `--to`; without either a table on a terminal, else CSV.
    ///
    /// # Errors
    /// A form that does not fit the place, or a file whose ending tells none.
    pub fn of(args: &RunArgs) -> Result<Self, Failure> {
        let format = match args.to {
            Some(Form::Csv) => Some(Format::Csv),
            Some(Form::Parquet) => Some(Format::Parquet),
            Some(Form::Arrow) => Some(Format::Arrow),
            Some(Form::Ndjson) => Some(Format::Ndjson),
            Some(Form::Json) => Some(Format::Json),
            Some(Form::Xlsx) => Some(Format::Workbook),
            Some(Form::Table) | None => None,
        };
        let out = args.out.as_deref().filter(|path| path.as_os_str() != "-");
        if let (Some(dialect), None, Some(form)) = (&args.csv_for, out, args.to)
            && form != Form::Csv
        {
            let message = format!(
                "`--csv-for {}` is CSV, and another form is asked for",
                dialect.name()
            );
            return Err(Failure::new(message)
                .help("leave `--to` out, or write to a file: the CSV lies beside it"));
        }
        let Some(path) = out else {
            if args.csv_for.is_some() {
                return Ok(Self::Out(Format::Csv));
            }
            return match (args.to, format) {
                (_, Some(Format::Parquet | Format::Arrow | Format::Workbook))
                    if Stream::Out.is_terminal() =>
                {
                    Err(
                        Failure::new("this form is no text that a terminal can show")
                            .help("name a file: `-o results.parquet`"),
                    )
                }
                (_, Some(format)) => built(format).map(Self::Out),
                (Some(Form::Table), None) => Ok(Self::Table),
                (_, None) if args.out.is_none() && Stream::Out.is_terminal() => Ok(Self::Table),
                (_, None) => Ok(Self::Out(Format::Csv)),
            };
        };
        if args.to == Some(Form::Table) {
            return Err(
                Failure::new("a table is for reading, and is cut to the screen")
                    .help("write `csv`, `xlsx`, `parquet`, `arrow`, `ndjson` or `json` to a file"),
            );
        }
        let format = file(path, format)?;
        Ok(Self::File(path.to_owned(), format))
    }
}

/// A form that this build leaves out is refused before anything is read.
fn built(format: Format) -> Result<Format, Failure> {
    if format.is_built() {
        return Ok(format);
    }
    Err(Failure::new(
        "this build of the program writes neither Arrow and Parquet files nor workbooks",
    )
    .help("write CSV, TSV or JSON, or build the whole tool: `cargo install --path cli`"))
}

/// The form in which to write a file: as told, or by its ending.
///
/// # Errors
/// The ending tells none.
pub fn file(path: &Path, told: Option<Format>) -> Result<Format, Failure> {
    if path.is_dir() {
        return Err(cannot_write(path, "it is a folder"));
    }
    if path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
    {
        return Err(Failure::new("results are not written compressed")
            .help("leave `.gz` out, or write Parquet, which is small by itself"));
    }
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    let other = ["xls", "xlsm", "xlsb", "ods"]
        .into_iter()
        .find(|other| ending == *other);
    if let Some(other) = other {
        return Err(Failure::new(format!(
            "{} would be no file of that kind: `.{other}` is read, and not written",
            path.display()
        ))
        .help("write a workbook as `.xlsx`, which all of these programs open"));
    }
    let format = told.or_else(|| Format::of_path(path)).ok_or_else(|| {
        Failure::new(format!("the ending of {} tells no form", path.display())).help(
            "use .csv, .xlsx, .parquet, .arrow, .ndjson or .json, or name the form with `--to`",
        )
    })?;
    built(format)
}

/// The file beside results that spreadsheets open: `results.excel-fr.csv` beside `results.parquet`.
#[must_use]
pub fn beside_for(path: &Path, dialect: &Dialect) -> PathBuf {
    path.with_extension(format!("{}.csv", dialect.name()))
}

/// Writes a table as the spreadsheets of a country open it: to standard output, or beside the file that programs
/// read.
///
/// # Errors
/// As [`write`], and where a table for a terminal is asked for.
pub fn write_dialect(
    target: &Target,
    dialect: &Dialect,
    table: &ResultTable,
    outputs: &mut Outputs,
) -> Result<(), Failure> {
    match target {
        Target::File(path, _) => {
            outputs.write(&beside_for(path, dialect), |out| {
                write_for(out, dialect, table)
            })?;
            Ok(())
        }
        Target::Out(_) | Target::Table => {
            let mut out = BufWriter::with_capacity(1 << 18, Pipe::default());
            let result = write_for(&mut out, dialect, table).and_then(|()| out.flush());
            let (pipe, _) = out.into_parts();
            match result {
                Ok(()) => Ok(()),
                Err(_) if pipe.reader_left => Ok(()),
                Err(error) => {
                    let stream = Path::new("standard output");
                    Err(Failure::file("cannot write", stream, &error))
                }
            }
        }
    }
}

/// Writes a table to its target; a reader who has left is no failure. With the digest of a file.
///
/// # Errors
/// The file or the stream cannot be written.
pub fn write(
    target: &Target,
    table: &ResultTable,
    outputs: &mut Outputs,
    threads: usize,
) -> Result<Option<String>, Failure> {
    match target {
        Target::File(path, format) => {
            let written = outputs.write(path, |out| write_by(threads, out, *format, table))?;
            Ok(match written {
                Written::File(digest) => Some(digest),
                Written::Through | Written::ReaderLeft => None,
            })
        }
        Target::Out(format) => {
            let mut out = BufWriter::with_capacity(1 << 18, Pipe::default());
            let result = write_by(threads, &mut out, *format, table).and_then(|()| out.flush());
            // What is left must not be written once more when the buffer goes.
            let (pipe, _) = out.into_parts();
            match result {
                Ok(()) => Ok(None),
                Err(_) if pipe.reader_left => Ok(None),
                Err(error) => {
                    let stream = Path::new("standard output");
                    Err(Failure::file("cannot write", stream, &error))
                }
            }
        }
        Target::Table => Ok(None),
    }
}

/// Standard output that remembers whether its reader has left, however an error is wrapped.
#[derive(Debug, Default)]
struct Pipe {
    reader_left: bool,
}

impl Pipe {
    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            self.reader_left = true;
        }
        result
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = io::stdout().write(bytes);
        self.note(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = io::stdout().flush();
        self.note(result)
    }
}

/// Has a form nothing but names to say of a column?
#[must_use]
pub fn names_alone(format: Format) -> bool {
    match format {
        Format::Csv | Format::Tsv | Format::Ndjson => true,
        Format::Json | Format::Arrow | Format::Parquet | Format::Workbook => false,
    }
}

/// Keeps some rows of a table, given in its order.
pub fn keep_rows(table: &mut ResultTable, rows: &[usize]) {
    if rows.len() == table.rows() {
        return;
    }
    table.entity_of = pick(&table.entity_of, rows);
    table.periods = pick(&table.periods, rows);
    for ResultColumn { values, .. } in &mut table.columns {
        *values = pick(values, rows);
    }
}

fn pick<T: Copy>(all: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter()
        .filter_map(|row| all.get(*row).copied())
        .collect()
}

/// An output whose levels or categories are written as their labels, where they have any.
#[must_use]
pub fn labelled(output: &Output) -> Output {
    let mut output = output.clone();
    if let OutputKind::Level { names, labels } | OutputKind::Category { names, labels } =
        &mut output.kind
    {
        for (name, label) in names.iter_mut().zip(labels) {
            if !label.is_empty() {
                name.clone_from(label);
            }
        }
    }
    output
}
