//! File formats, and how a file tells its own.

use std::path::Path;

/// A format that is read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Cells set apart by commas, or by what `delimiter` says.
    Csv,
    /// Cells set apart by tabs.
    Tsv,
    /// One object on each line.
    Ndjson,
    /// One list of objects, alone or within an object.
    Json,
    /// Arrow IPC, the file format; streams are read too.
    Arrow,
    Parquet,
    /// XLSX, XLS or ODS; written as XLSX.
    Workbook,
}

impl Format {
    /// Does this build write it? Arrow, Parquet and workbooks are features.
    #[must_use]
    pub fn is_built(self) -> bool {
        match self {
            Self::Csv | Self::Tsv | Self::Ndjson | Self::Json => true,
            Self::Arrow => cfg!(feature = "arrow"),
            Self::Parquet => cfg!(feature = "parquet"),
            Self::Workbook => cfg!(feature = "xlsx"),
        }
    }

    /// The format that a path's last letters tell; a `.gz` or `.zst` behind them does not matter.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = name
            .strip_suffix(".gz")
            .or_else(|| name.strip_suffix(".zst"))
            .unwrap_or(&name);
        Self::of_name(name.rsplit_once('.')?.1)
    }

    /// The format of that name: `csv`, `parquet`.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "csv" | "txt" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "json" | "geojson" => Some(Self::Json),
            "xlsx" | "xls" | "xlsm" | "xlsb" | "ods" => Some(Self::Workbook),
            "arrow" | "arrows" | "feather" | "ipc" => Some(Self::Arrow),
            "parquet" | "pq" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// As people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Ndjson => "NDJSON",
            Self::Json => "JSON",
            Self::Arrow => "Arrow",
            Self::Parquet => "Parquet",
            Self::Workbook => "a workbook",
        }
    }

    /// The word with which it is asked for.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Arrow => "arrow",
            Self::Parquet => "parquet",
            Self::Workbook => "xlsx",
        }
    }
}

/// What a file's first bytes say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signature {
    Format(Format),
    Gzip,
    Zstd,
    /// Something that is known and not read, in words.
    Known(&'static str),
    /// Text, or anything else.
    None,
}

/// How many bytes [`signature`] needs.
pub(crate) const SIGNATURE_LENGTH: usize = 8;

pub(crate) fn signature(first: &[u8]) -> Signature {
    const KNOWN: [(&[u8], Signature); 10] = [
        (b"PAR1", Signature::Format(Format::Parquet)),
        (b"ARROW1", Signature::Format(Format::Arrow)),
        (&[0xFF, 0xFF, 0xFF, 0xFF], Signature::Format(Format::Arrow)),
        (&[0x1F, 0x8B], Signature::Gzip),
        (b"PK\x03\x04", Signature::Format(Format::Workbook)),
        (
            &[0xD0, 0xCF, 0x11, 0xE0],
            Signature::Format(Format::Workbook),
        ),
        (b"%PDF", Signature::Known("a PDF document")),
        (&[0x28, 0xB5, 0x2F, 0xFD], Signature::Zstd),
        (b"BZh", Signature::Known("a bzip2 archive")),
        (
            b"FEA1",
            Signature::Known("a Feather file of the first version"),
        ),
    ];
    KNOWN
        .iter()
        .find(|(bytes, _)| first.starts_with(bytes))
        .map_or(Signature::None, |(_, signature)| *signature)
}
