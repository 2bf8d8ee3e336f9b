//! SHA-256 of bytes as they pass: of what is read and of what is written.
//!
//! In: bytes in any pieces. Out: the digest as `sha256sum` prints it. Nothing is read a second time for
//! a digest, so that it is of the bytes that were used, whatever happens to the file meanwhile.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The digest of bytes that are there, in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(Sha256::digest(bytes).as_slice())
}

pub(crate) fn hexadecimal(digest: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in digest {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A writer that knows the digest of what it wrote.
#[derive(Debug)]
pub struct Fingerprinted<W> {
    inner: W,
    digest: Sha256,
}

impl<W> Fingerprinted<W> {
    pub fn new(inner: W) -> Self {
        Self {
            inner,
            digest: Sha256::new(),
        }
    }

    /// What was written to, and the digest of all that was.
    #[must_use]
    pub fn finish(self) -> (W, String) {
        (self.inner, hexadecimal(self.digest.finalize().as_slice()))
    }
}

impl<W: Write> Write for Fingerprinted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.digest.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_one_that_the_standard_gives() {
        // FIPS 180-4, the example of one block.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), expected);
        let mut passing = Fingerprinted::new(Vec::new());
        passing.write_all(b"a").unwrap();
        passing.write_all(b"bc").unwrap();
        assert_eq!(passing.finish(), (b"abc".to_vec(), expected.to_owned()));
    }
}
