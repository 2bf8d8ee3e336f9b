//! Text in other encodings than UTF-8, as UTF-8.
//!
//! In: bytes and the encoding that was declared, or that the first bytes tell (UTF-16). Out: the same
//! text in UTF-8, piece by piece.

use crate::unread::Told;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// The encoding that the mark at the beginning of a text tells, where it is UTF-16.
pub(crate) fn marked(first: &[u8]) -> Option<&'static Encoding> {
    match first {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Is a text that is declared to be something else UTF-8 all the same?
pub(crate) fn is_utf8_after_all(first: &[u8], declared: &'static Encoding) -> bool {
    let text = match std::str::from_utf8(first) {
        Ok(text) => text,
        // The last letter may be cut.
        Err(error) if error.error_len().is_none() => {
            let valid = first.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        }
        Err(_) => return false,
    };
    declared != UTF_8 && declared != UTF_16LE && declared != UTF_16BE && !text.is_ascii()
}

/// A reader of UTF-8.
pub(crate) struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// The part of `raw` that is not decoded yet.
    from: usize,
    to: usize,
    ended: bool,
    /// Somebody said what it is written in.
    declared: bool,
    /// Decoded, for a reader that takes less than a letter at a time.
    ready: Vec<u8>,
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding, declared: bool) -> Self {
        Self {
            inner,
            declared,
            decoder: encoding.new_decoder(),
            raw: vec![0; 16 << 10],
            from: 0,
            to: 0,
            ended: false,
            ready: Vec::new(),
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() && out.len() < ROOM {
            let mut small = [0; ROOM];
            let count = self.decode(&mut small)?;
            self.ready
                .extend_from_slice(small.get(..count).unwrap_or_default());
        }
        if self.ready.is_empty() && out.len() >= ROOM {
            return self.decode(out);
        }
        let count = self.ready.len().min(out.len());
        for (slot, byte) in out.iter_mut().zip(self.ready.drain(..count)) {
            *slot = byte;
        }
        Ok(count)
    }
}

/// A letter needs no more room.
const ROOM: usize = 16;

impl<R: Read> Decoded<R> {
    fn decode(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.from == self.to && !self.ended {
                self.from = 0;
                self.to = self.inner.read(&mut self.raw)?;
                self.ended = self.to == 0;
            }
            let bytes = self.raw.get(self.from..self.to).unwrap_or_default();
            let (result, read, written, bad) = self.decoder.decode_to_utf8(bytes, out, self.ended);
            self.from += read;
            if bad {
                let encoding = self.decoder.encoding();
                let name = encoding.name();
                let wide = encoding == UTF_16LE || encoding == UTF_16BE;
                let (why, help) = if self.ended && wide {
                    (
                        format!("it ends in the middle of a letter of {name}: it is cut off"),
                        "copy or export the file again",
                    )
                } else if self.declared {
                    (
                        format!("it is not written in {name}, as `encoding` says"),
                        "name the encoding that it has, or export it as \"CSV UTF-8\"",
                    )
                } else {
                    (
                        format!("it begins as {name} does, and goes on as something else"),
                        "export it as \"CSV UTF-8\"",
                    )
                };
                return Err(io::Error::other(Told { why, help }));
            }
            if written > 0 || (self.ended && result == CoderResult::InputEmpty) {
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_decoded_piece_by_piece() {
        let text = "país;año\nPanamá;2024\n".repeat(5000);
        for encoding in [encoding_rs::WINDOWS_1252, UTF_16LE] {
            let bytes: Vec<u8> = if encoding == UTF_16LE {
                text.encode_utf16().flat_map(u16::to_le_bytes).collect()
            } else {
                encoding.encode(&text).0.into_owned()
            };
            let mut found = String::new();
            Decoded::new(bytes.as_slice(), encoding, true)
                .read_to_string(&mut found)
                .unwrap();
            assert!(found == text, "{}", encoding.name());
        }
        assert!(is_utf8_after_all(
            "Panamá".as_bytes(),
            encoding_rs::WINDOWS_1252
        ));
        assert!(!is_utf8_after_all(b"Panam\xE1", encoding_rs::WINDOWS_1252));
    }
}
