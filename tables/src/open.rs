//! Opening what is to be read: a file, a packed file (gzip, zstd), a pipe or standard input; its first bytes and
//! how far reading has come.

use crate::format::{SIGNATURE_LENGTH, Signature, signature};
use crate::taken::{Kept, Taken, Tap};
use crate::unread::Told;
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

/// Something opened for reading.
pub(crate) struct Opened {
    /// What the content is, after unpacking.
    pub(crate) signature: Signature,
    /// Bytes of the file, where that is known.
    pub(crate) total: Option<u64>,
    /// Bytes of the file that have been read from its stream.
    pub(crate) done: Rc<Cell<u64>>,
    pub(crate) empty: bool,
    /// A file, whose name may tell what it is.
    pub(crate) named: bool,
    /// The content from its beginning to its end, unpacked.
    stream: Box<dyn Read>,
    /// The same as it comes, before it is unpacked.
    raw: Tap,
    /// A file that can be read where it lies.
    in_place: Option<Kept>,
}

impl Opened {
    /// The content, forwards.
    pub(crate) fn into_stream(self) -> Box<dyn Read> {
        self.stream
    }

    /// The content, from any place. A stream is taken to its end for that; the digest of a file, where one
    /// is wanted, is taken beside.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(crate) fn into_kept(mut self) -> io::Result<Kept> {
        match self.in_place {
            Some(kept) => {
                self.raw.beside(&kept)?;
                Ok(kept)
            }
            None => Kept::whole(&mut self.stream),
        }
    }

    /// What is left to be done once everything was read; see [`close`].
    pub(crate) fn raw(&self) -> Tap {
        self.raw.clone()
    }
}

/// Notes the digest of what was read, to the end of it.
///
/// # Errors
/// The rest cannot be read, or other bytes were read of this path before.
pub(crate) fn close(path: &Path, raw: &Tap, taken: &Taken) -> io::Result<()> {
    match raw.finish()? {
        Some(digest) => taken.note(path, digest),
        None => Ok(()),
    }
}

/// Opens a file, or standard input for `-`.
///
/// # Errors
/// Whatever the system says.
pub(crate) fn open(path: &Path, taken: &Taken) -> io::Result<Opened> {
    if let Some(kept) = taken.kept(path) {
        return unpacked(Box::new(kept.reader()), None, taken, false);
    }
    if let Some(file) = taken.file(path) {
        return of_file(file, taken);
    }
    let stream: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path)?;
        let about = file.metadata()?;
        if about.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        if about.is_file() {
            let file = Kept::in_place(file);
            taken.opened(path, &file);
            return of_file(file, taken);
        }
        Box::new(file)
    };
    if taken.wants_again() {
        let mut raw = Tap::new(stream, taken.wants_digests(), Rc::default());
        let kept = Kept::whole(&mut raw)?;
        close(path, &raw, taken)?;
        taken.keep(path, &kept);
        return unpacked(Box::new(kept.reader()), None, taken, false);
    }
    taken.spend(path)?;
    unpacked(stream, None, taken, false)
}

fn of_file(kept: Kept, taken: &Taken) -> io::Result<Opened> {
    let length = kept.length()?;
    let first = first_bytes(&mut kept.reader())?;
    let mut opened = unpacked(Box::new(kept.reader()), Some(length), taken, true)?;
    opened.raw.comes_from(&kept)?;
    let packed = matches!(signature(&first), Signature::Gzip | Signature::Zstd);
    if !packed {
        opened.in_place = Some(kept);
    }
    Ok(opened)
}

/// Unpacks where needed; whatever was read ahead is put back in front.
fn unpacked(
    stream: Box<dyn Read>,
    total: Option<u64>,
    taken: &Taken,
    named: bool,
) -> io::Result<Opened> {
    let done = Rc::new(Cell::new(0));
    let raw = Tap::new(stream, taken.wants_digests(), Rc::clone(&done));
    let mut inner: Box<dyn Read> = Box::new(raw.clone());
    let mut first = first_bytes(&mut inner)?;
    if signature(&first) == Signature::Gzip {
        let unpacked = MultiGzDecoder::new(io::Cursor::new(first).chain(inner));
        inner = Box::new(Unpacked(unpacked, "gzip"));
        first = first_bytes(&mut inner)?;
    } else if signature(&first) == Signature::Zstd {
        let unpacked = zstd(io::Cursor::new(first).chain(inner))?;
        inner = Box::new(Unpacked(unpacked, "zstd"));
        first = first_bytes(&mut inner)?;
    }
    Ok(Opened {
        signature: signature(&first),
        empty: first.is_empty(),
        stream: Box::new(io::Cursor::new(first).chain(inner)),
        raw,
        in_place: None,
        total,
        done,
        named,
    })
}

/// What is unpacked, with what is wrong with the package in our words.
struct Unpacked<R>(R, &'static str);

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Self(inner, packed) = self;
        inner.read(out).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            kind => {
                let cut = kind == io::ErrorKind::UnexpectedEof
                    || error.to_string().contains("incomplete");
                let why = match cut {
                    true => format!("what is packed in it with {packed} ends too early"),
                    false => format!("what is packed in it with {packed} is damaged"),
                };
                let help = "copy or export the file again";
                io::Error::other(Told { why, help })
            }
        })
    }
}

#[cfg(feature = "zstd")]
fn zstd(packed: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    Ok(Box::new(zstd::Decoder::new(packed)?))
}

#[cfg(not(feature = "zstd"))]
fn zstd(_packed: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    Err(io::Error::other(
        "it is packed with zstd, which this build does not unpack: unpack it, or build the whole tool with `cargo \
         install --path cli`",
    ))
}

fn first_bytes(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut first = Vec::with_capacity(SIGNATURE_LENGTH);
    reader
        .take(SIGNATURE_LENGTH as u64)
        .read_to_end(&mut first)?;
    Ok(first)
}
