//! CSV as spreadsheets open it in a country: `excel-fr`.
//!
//! In: a locale, and a table. Out: the same cells as in other CSV, with the decimal mark and the sign between cells
//! that the locale's spreadsheets expect, a mark that says UTF-8, and the line ends of Windows. Programs read the
//! plain form.

use super::text::csv_text;
use forewarn_runtime::bind::ShortestNumber;
use forewarn_runtime::result_table::{ResultCell, ResultTable};
use std::io::{self, Write};
use std::str::FromStr;

/// How a locale's spreadsheets write CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// `fr`, `de-CH`
    locale: String,
    comma: bool,
    delimiter: u8,
}

/// Languages whose decimals have a comma.
const COMMA: [&str; 45] = [
    "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr",
    "hu", "hy", "id", "is", "it", "ka", "kk", "ky", "lt", "lv", "mk", "mn", "nb", "nl", "nn", "no",
    "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
];

/// Languages whose decimals have a point.
const POINT: [&str; 20] = [
    "am", "ar", "bn", "en", "fa", "ha", "he", "hi", "ja", "km", "ko", "my", "ne", "pa", "so", "sw",
    "ta", "th", "ur", "zh",
];

/// Regions of the former with a point, with what stands between cells there.
const POINT_IN: [(&str, u8); 12] = [
    ("de-CH", b';'),
    ("de-LI", b';'),
    ("it-CH", b';'),
    ("es-MX", b','),
    ("es-US", b','),
    ("es-GT", b','),
    ("es-HN", b','),
    ("es-NI", b','),
    ("es-SV", b','),
    ("es-PA", b','),
    ("es-PE", b','),
    ("es-DO", b','),
];

impl FromStr for Dialect {
    type Err = &'static str;

    /// `excel-fr`, `fr`, `de-CH`
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const KNOWN: &str = "write a language, with a region where it matters: `excel-fr`, `excel-en`, `excel-de-CH`";
        let bare = text.strip_prefix("excel-").unwrap_or(text);
        let mut parts = bare.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_lowercase();
        let region = parts.next().map(str::to_uppercase);
        let fits =
            |part: &String| part.len() == 2 && part.bytes().all(|at| at.is_ascii_uppercase());
        if parts.next().is_some() || region.as_ref().is_some_and(|region| !fits(region)) {
            return Err(KNOWN);
        }
        let locale = match &region {
            Some(region) => format!("{language}-{region}"),
            None => language.clone(),
        };
        let own = POINT_IN.iter().find(|(known, _)| *known == locale);
        let (comma, delimiter) = match own {
            Some((_, delimiter)) => (false, *delimiter),
            None if locale == "en-ZA" || COMMA.contains(&language.as_str()) => (true, b';'),
            None if POINT.contains(&language.as_str()) => (false, b','),
            None => return Err(KNOWN),
        };
        Ok(Self {
            locale,
            comma,
            delimiter,
        })
    }
}

impl Dialect {
    /// `excel-fr`
    #[must_use]
    pub fn name(&self) -> String {
        format!("excel-{}", self.locale)
    }

    fn number(&self, x: f64) -> String {
        let text = ShortestNumber(x).to_string();
        match self.comma {
            true => text.replace('.', ","),
            false => text,
        }
    }
}

/// Writes a table so.
///
/// # Errors
/// Whatever the writer says.
pub fn write_for(out: &mut impl Write, dialect: &Dialect, table: &ResultTable) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let sign = [dialect.delimiter];
    let line = |out: &mut dyn Write, cells: &mut dyn Iterator<Item = String>| {
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                out.write_all(&sign)?;
            }
            csv_text(&mut *out, dialect.delimiter, &cell)?;
        }
        out.write_all(b"\r\n")
    };
    line(out, &mut table.names().map(no_formula))?;
    for row in 0..table.rows() {
        let keys = table.keys(row).map(no_formula);
        let period = table.period(row).map(|period| period.cell());
        let values = table.columns.iter().map(|column| match column.cell(row) {
            ResultCell::Missing => String::new(),
            ResultCell::Number(x) => dialect.number(x),
            ResultCell::Word(word) => word.to_owned(),
            ResultCell::Period(period) => period.as_in(table.written).cell(),
        });
        line(out, &mut keys.chain(period).chain(values))?;
    }
    Ok(())
}

/// A key that a spreadsheet would take for a formula and compute has an apostrophe before it. Numbers with a sign
/// stay what they are.
fn no_formula(key: &str) -> String {
    let computed = key.starts_with(['=', '+', '-', '@', '\t', '\r']) && key.parse::<f64>().is_err();
    if computed {
        format!("'{key}")
    } else {
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_computed() {
        for (key, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd", "'+cmd"),
            ("-North", "'-North"),
            ("-5", "-5"),
            ("North", "North"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(no_formula(key), written);
        }
    }

    #[test]
    fn locales_have_their_marks() {
        for (text, name, comma, delimiter) in [
            ("excel-fr", "excel-fr", true, b';'),
            ("en", "excel-en", false, b','),
            ("de_ch", "excel-de-CH", false, b';'),
            ("es-MX", "excel-es-MX", false, b','),
            ("pt-BR", "excel-pt-BR", true, b';'),
            ("excel-ar", "excel-ar", false, b','),
        ] {
            let dialect: Dialect = text.parse().unwrap();
            assert_eq!(dialect.name(), name);
            assert_eq!(
                (dialect.comma, dialect.delimiter),
                (comma, delimiter),
                "{text}"
            );
        }
        for text in ["", "excel", "tlh", "fr-", "fr-FRA", "fr-FR-x"] {
            assert!(text.parse::<Dialect>().is_err(), "{text}");
        }
    }
}
