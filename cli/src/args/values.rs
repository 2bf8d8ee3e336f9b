//! How the values of options are read.

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use forewarn_plan::classification::Classification;
use forewarn_runtime::bind::KeyStep;
use forewarn_runtime::period::Written;
use forewarn_tables::Dialect;

pub(super) fn dialect(text: &str) -> Result<Dialect, String> {
    text.parse().map_err(str::to_owned)
}

pub(super) fn classification() -> impl clap::builder::TypedValueParser<Value = Classification> {
    PossibleValuesParser::new(Classification::ALL.map(Classification::word))
        .try_map(|word| Classification::of(&word).ok_or("no such classification"))
}

pub(super) fn key_step() -> impl clap::builder::TypedValueParser<Value = KeyStep> {
    PossibleValuesParser::new(KeyStep::ALL.map(KeyStep::word))
        .try_map(|word| KeyStep::of(&word).ok_or("no such step"))
}

pub(super) fn from() -> impl clap::builder::TypedValueParser<Value = forewarn_tables::Format> {
    PossibleValuesParser::new([
        "csv", "tsv", "ndjson", "json", "xlsx", "xls", "ods", "arrow", "parquet",
    ])
    .try_map(|word| forewarn_tables::Format::of_name(&word).ok_or("no such format"))
}

pub(crate) fn written(text: &str) -> Result<Written, String> {
    Written::new(text).map_err(|slip| slip.to_string())
}

pub(super) fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "tab" || text == "\\t" => Ok(b'\t'),
        [b'"' | b'\n' | b'\r'] => Err("this character has another meaning in CSV".to_owned()),
        [one] if one.is_ascii() => Ok(*one),
        _ => Err("write one character, such as `;`, or `tab`".to_owned()),
    }
}

pub(super) fn decimal(text: &str) -> Result<u8, String> {
    match text {
        "." => Ok(b'.'),
        "," => Ok(b','),
        _ => Err("write `.` or `,`".to_owned()),
    }
}

pub(super) fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent),
        _ => Err("write a number from 0 to 100".to_owned()),
    }
}

pub(super) fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("at least 1 thread has to work".to_owned()),
        Ok(number) if number <= 1024 => Ok(number),
        _ => Err("write a whole number from 1 to 1024".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe_args::pair;
    #[test]
    fn pairs_keep_everything_after_the_first_equals_sign() {
        assert_eq!(pair("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert!(pair("a").is_err());
        assert!(pair("=1").is_err());
    }

    #[test]
    fn separators_are_single_characters() {
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        assert_eq!(delimiter(";"), Ok(b';'));
        assert!(delimiter("").is_err());
        assert!(delimiter("→").is_err());
        assert!(decimal(";").is_err());
        assert!(threads("0").is_err());
    }
}
