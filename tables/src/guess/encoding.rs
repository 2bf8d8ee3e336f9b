//! What a text is written in, where it is not UTF-8 and has no mark that would say so.
//!
//! In: the bytes of a file. Out: an encoding that reads it, and what people have to look at, since letters alone show
//! whether it is the right one.

use crate::content::{format_of, shown_name};
use crate::decode;
use crate::format::Format;
use crate::open::open;
use crate::options::ReadOptions;
use crate::recipe::Recipe;
use crate::text::{as_latin1, foreign_encoding, presumed_encoding};
use forewarn_runtime::causes::data::Encoding;
use std::io::Read as _;
use std::path::Path;

/// What a text is written in that is no UTF-8 and does not say so, and what is to be asked of it.
pub(super) fn of(
    path: &Path,
    options: &ReadOptions<'_>,
    said: &Recipe,
) -> Option<(&'static encoding_rs::Encoding, Option<String>)> {
    let file = shown_name(path);
    let opened = open(path, &options.taken).ok()?;
    let format = format_of(path, &file, &opened, said.format).ok()?;
    if said.encoding.is_some() || !matches!(format, Format::Csv | Format::Tsv) {
        return None;
    }
    let mut bytes = Vec::new();
    opened.into_stream().read_to_end(&mut bytes).ok()?;
    if decode::marked(&bytes).is_some() {
        return None;
    }
    if let Some(Encoding::Utf16) = foreign_encoding(&bytes) {
        // Letters of ASCII have a nought for their other half.
        let first = bytes.iter().take(512).step_by(2);
        let before = first.filter(|byte| **byte == 0).count() * 4 > bytes.len().min(512) / 2;
        let encoding = if before {
            encoding_rs::UTF_16BE
        } else {
            encoding_rs::UTF_16LE
        };
        return Some((encoding, None));
    }
    let at = std::str::from_utf8(&bytes).err()?.valid_up_to();
    if presumed_encoding(bytes.get(at..)?) != Encoding::Latin1 {
        return None;
    }
    // The word around the first letter that is told by it.
    let is_in_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let before = bytes
        .get(..at)?
        .iter()
        .rev()
        .take_while(|byte| is_in_word(byte))
        .count();
    let behind = bytes
        .get(at..)?
        .iter()
        .take_while(|byte| is_in_word(byte))
        .count();
    let word = as_latin1(bytes.get(at - before..at + behind)?);
    Some((
        encoding_rs::WINDOWS_1252,
        Some(format!(
            "read as windows-1252, the first word with such letters is `{word}`: look whether it is right"
        )),
    ))
}
