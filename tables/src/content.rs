//! What a file holds: its format, and its text as UTF-8.

use crate::decode::{Decoded, is_utf8_after_all, marked};
use crate::format::{Format, Signature};
use crate::open::Opened;
use crate::progress::only;
use crate::recipe::Recipe;
use crate::unread::unread;
use forewarn_diagnostics::Reports;
use forewarn_runtime::causes::data::{Damaged, UnknownFormat};
use std::io::Read;
use std::path::Path;

/// Tells that a file cannot be read, and why.
pub(crate) fn cannot_read(file: &str) -> impl Fn(std::io::Error) -> Reports + '_ {
    |error| only(unread(file, &error))
}

/// A text as UTF-8, whatever it is declared to be written in.
pub(crate) fn decoded(
    mut stream: Box<dyn Read>,
    file: &str,
    recipe: &Recipe,
) -> Result<Box<dyn Read>, Reports> {
    let mut first = Vec::new();
    let cannot_read = cannot_read(file);
    (&mut stream)
        .take(64 << 10)
        .read_to_end(&mut first)
        .map_err(&cannot_read)?;
    let encoding = recipe.encoding.or_else(|| marked(&first));
    if let Some(declared) = recipe.encoding
        && is_utf8_after_all(&first, declared)
    {
        let why = format!("it is written in UTF-8, not in {}", declared.name());
        return Err(only(Damaged {
            file: file.to_owned(),
            format: "text",
            why,
            advice: Some(
                "leave `encoding` out: UTF-8 is what is read unless something else is said",
            ),
        }));
    }
    let whole = std::io::Cursor::new(first).chain(stream);
    Ok(match encoding {
        Some(encoding) if encoding != encoding_rs::UTF_8 => {
            Box::new(Decoded::new(whole, encoding, recipe.encoding.is_some()))
        }
        _ => Box::new(whole),
    })
}

/// The format that is asked for, else what the content shows, else what the name tells.
pub(crate) fn format_of(
    path: &Path,
    file: &str,
    opened: &Opened,
    asked: Option<Format>,
) -> Result<Format, Reports> {
    let named = asked.or_else(|| Format::of_path(path));
    match (opened.signature, named) {
        (Signature::Format(found), named) => match asked.filter(|asked| *asked != found) {
            Some(_) => Err(only(Damaged {
                file: file.to_owned(),
                format: named.unwrap_or(found).name(),
                why: format!("its content is {}", found.name()),
                advice: Some("leave `--from` out, or name the format that it has"),
            })),
            None => Ok(found),
        },
        (Signature::Known(words), Some(named)) => Err(only(Damaged {
            file: file.to_owned(),
            format: named.name(),
            why: format!("it is {words}"),
            advice: Some("export the table as \"CSV UTF-8\" or Parquet"),
        })),
        (Signature::Known(words), None) => Err(only(UnknownFormat {
            file: file.to_owned(),
            seems: Some(words),
        })),
        (_, Some(named)) => Ok(named),
        // Standard input and pipes have no name that would tell.
        (_, None) if !opened.named => Ok(Format::Csv),
        (_, None) => Err(only(UnknownFormat {
            file: file.to_owned(),
            seems: None,
        })),
    }
}

/// As shown to people: with `/` everywhere.
pub(crate) fn shown_name(path: &Path) -> String {
    match path.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => path.to_string_lossy().replace('\\', "/"),
    }
}
