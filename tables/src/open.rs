//! Opening what is to be read: a file, a gzipped file or standard input; its first bytes and how
//! far reading has come.

use crate::format::{SIGNATURE_LENGTH, Signature, signature};
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::rc::Rc;

/// Something opened for reading.
pub(crate) struct Opened {
    /// What the content is, after unpacking.
    pub(crate) signature: Signature,
    pub(crate) content: Content,
    /// Bytes of the file, where that is known.
    pub(crate) total: Option<u64>,
    /// Bytes of the file that have been read from `content`'s text.
    pub(crate) done: Rc<Cell<u64>>,
    pub(crate) empty: bool,
}

pub(crate) enum Content {
    /// A plain file, at its beginning.
    File(File),
    /// Anything that can only be read forwards.
    Stream(Box<dyn Read>),
}

impl Opened {
    /// The content from its beginning to its end, counted.
    pub(crate) fn into_stream(self) -> Box<dyn Read> {
        match self.content {
            Content::File(file) => Box::new(Counted {
                inner: file,
                done: self.done,
            }),
            Content::Stream(stream) => stream,
        }
    }
}

/// Opens a file, or standard input for `-`.
///
/// # Errors
/// Whatever the system says.
pub(crate) fn open(path: &Path) -> io::Result<Opened> {
    let done = Rc::new(Cell::new(0));
    if path.as_os_str() == "-" {
        return stream(Box::new(io::stdin().lock()), None, done);
    }
    let mut file = File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !about.is_file() {
        return stream(Box::new(file), None, done);
    }
    let first = first_bytes(&mut file)?;
    file.rewind()?;
    let total = Some(about.len());
    match signature(&first) {
        Signature::Gzip => stream(
            Box::new(Counted {
                inner: file,
                done: done.clone(),
            }),
            total,
            done,
        ),
        signature => {
            let empty = first.is_empty();
            Ok(Opened {
                signature,
                content: Content::File(file),
                total,
                done,
                empty,
            })
        }
    }
}

/// Unpacks where needed; whatever was read ahead is put back in front.
fn stream(mut inner: Box<dyn Read>, total: Option<u64>, done: Rc<Cell<u64>>) -> io::Result<Opened> {
    let mut first = first_bytes(&mut inner)?;
    if signature(&first) == Signature::Gzip {
        inner = Box::new(MultiGzDecoder::new(io::Cursor::new(first).chain(inner)));
        first = first_bytes(&mut inner)?;
    }
    Ok(Opened {
        signature: signature(&first),
        empty: first.is_empty(),
        content: Content::Stream(Box::new(io::Cursor::new(first).chain(inner))),
        total,
        done,
    })
}

fn first_bytes(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut first = Vec::with_capacity(SIGNATURE_LENGTH);
    reader
        .take(SIGNATURE_LENGTH as u64)
        .read_to_end(&mut first)?;
    Ok(first)
}

/// Counts the bytes that pass.
struct Counted<R> {
    inner: R,
    done: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.done.set(self.done.get() + count as u64);
        Ok(count)
    }
}
