//! What CSV and NDJSON have in common: a window that slides over the text, what is not UTF-8, and
//! how a row is shown in a message.

use forewarn_runtime::causes::data::Encoding;
use std::io::{self, Read};
use std::ops::Range;

/// No row of a table is longer; what is, has an open quotation mark or is no table.
pub(crate) const LONGEST_ROW: usize = 8 << 20;
pub(crate) const LONGEST_ROW_MB: usize = LONGEST_ROW >> 20;

const FIRST_WINDOW: usize = 256 << 10;

/// The part of a stream that is held in memory: everything from the row at hand.
pub(crate) struct Window<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    at_end: bool,
}

impl<R: Read> Window<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: vec![0; FIRST_WINDOW],
            start: 0,
            end: 0,
            at_end: false,
        }
    }

    /// What is held and not yet passed.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Nothing follows what is held.
    pub(crate) fn at_end(&self) -> bool {
        self.at_end
    }

    pub(crate) fn pass(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// Holds more than before, or comes to the end.
    pub(crate) fn more(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        // Filled as far as it goes: a pipe gives little at a time.
        while let Some(free) = self
            .buffer
            .get_mut(self.end..)
            .filter(|free| !free.is_empty())
        {
            match self.reader.read(free) {
                Ok(0) => {
                    self.at_end = true;
                    break;
                }
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// What a text is written in, by its first bytes; `None` if it may be UTF-8.
pub(crate) fn foreign_encoding(first: &[u8]) -> Option<Encoding> {
    if first.starts_with(&[0xFF, 0xFE]) || first.starts_with(&[0xFE, 0xFF]) {
        return Some(Encoding::Utf16);
    }
    let first = first.get(..512).unwrap_or(first);
    let zeros = |parity: usize| {
        first
            .iter()
            .enumerate()
            .filter(|(at, byte)| at % 2 == parity && **byte == 0)
            .count()
    };
    match (zeros(0), zeros(1)) {
        (0, 0) => None,
        (even, odd) if even.max(odd) * 5 > first.len() && even.min(odd) == 0 => {
            Some(Encoding::Utf16)
        }
        _ => Some(Encoding::Binary),
    }
}

/// What bytes that are not UTF-8 probably are.
pub(crate) fn presumed_encoding(bytes: &[u8]) -> Encoding {
    let bytes = bytes.get(..4096).unwrap_or(bytes);
    let odd = bytes
        .iter()
        .filter(|byte| **byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n') || **byte == 0x7F)
        .count();
    if odd > 0 {
        Encoding::Binary
    } else {
        Encoding::Latin1
    }
}

/// Bytes as windows-1252 reads them, which is what a message offers.
pub(crate) fn as_latin1(bytes: &[u8]) -> String {
    let bytes = bytes.get(..60).unwrap_or(bytes);
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A row cut to what a message can show, around the marked bytes; line breaks and tabs become
/// blanks, so that it stays on one line.
pub(crate) fn clip(row: &str, marked: Range<usize>) -> (String, Range<usize>) {
    const BEFORE: usize = 60;
    const MARKED: usize = 60;
    const AFTER: usize = 40;
    let floor = |at: usize| {
        (0..=at.min(row.len()))
            .rev()
            .find(|at| row.is_char_boundary(*at))
    };
    let floor = |at: usize| floor(at).unwrap_or(0);
    let (start, end) = (floor(marked.start), floor(marked.end.max(marked.start)));
    let end = floor(end.min(start + MARKED));
    let from = if start <= BEFORE {
        0
    } else {
        floor(start - BEFORE)
    };
    let to = if row.len() - end <= AFTER {
        row.len()
    } else {
        floor(end + AFTER)
    };
    let mut text = String::with_capacity(to - from + 6);
    if from > 0 {
        text.push('…');
    }
    let shift = text.len();
    text.push_str(row.get(from..to).unwrap_or_default());
    if to < row.len() {
        text.push('…');
    }
    let text = text.replace(['\n', '\r', '\t'], " ");
    (text, start - from + shift..end - from + shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_rows_are_cut_around_the_mark() {
        let (text, marked) = clip("a,b,c", 2..3);
        assert_eq!((text.as_str(), marked), ("a,b,c", 2..3));
        let long = format!("{}wörd{}", "é,".repeat(500), ",z".repeat(500));
        let at = long.find("wörd").unwrap();
        let (text, marked) = clip(&long, at..at + "wörd".len());
        assert_eq!(&text[marked], "wörd");
        assert!(text.len() < 200 && text.starts_with('…') && text.ends_with('…'));
        let (text, marked) = clip(&long, 0..long.len());
        assert!(text.len() < 200, "{text}");
        assert_eq!(marked.start, 0);
    }

    #[test]
    fn encodings_are_told_by_the_first_bytes() {
        assert_eq!(foreign_encoding(b"country,year\n"), None);
        assert_eq!(foreign_encoding(b"\xFF\xFEc\0o\0"), Some(Encoding::Utf16));
        assert_eq!(
            foreign_encoding(b"c\0o\0u\0n\0t\0r\0y\0"),
            Some(Encoding::Utf16)
        );
        assert_eq!(
            foreign_encoding(b"\0\x01\x02\0\0abc"),
            Some(Encoding::Binary)
        );
        assert_eq!(presumed_encoding(b"C\xF4te d'Ivoire"), Encoding::Latin1);
        assert_eq!(as_latin1(b"C\xF4te d\x92Ivoire"), "Côte d’Ivoire");
        assert_eq!(presumed_encoding(b"\x01\xF4\x99"), Encoding::Binary);
    }
}
