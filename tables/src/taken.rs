//! Data as one command takes them: what can be read only once is kept, and what was read has a digest.
//!
//! In: what a path opens, a file, a pipe or standard input. Out: a stream that can be had again as often
//! as it is needed, and the SHA-256 of the bytes that were read, taken in passing. A file that is read
//! twice and has other bytes the second time was changed meanwhile, which is told.

use crate::fingerprint::hexadecimal;
use sha2::{Digest, Sha256};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::SystemTime;

/// Bytes that are kept in memory; more go to a file without a name.
const IN_MEMORY: usize = 64 * 1024 * 1024;

/// What a command has read so far. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Taken(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    digests: AtomicBool,
    again: AtomicBool,
    open: AtomicBool,
    files: Mutex<BTreeMap<PathBuf, One>>,
}

#[derive(Debug, Default)]
struct One {
    kept: Option<Kept>,
    /// A file that stays open.
    file: Option<Kept>,
    /// Of the whole, where it was read to its end.
    sha256: Option<String>,
    /// What cannot be had again has been given away.
    spent: bool,
}

impl Taken {
    fn files(&self) -> MutexGuard<'_, BTreeMap<PathBuf, One>> {
        self.0.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Digests are wanted from now on.
    pub fn with_digests(&self) {
        self.0.digests.store(true, Relaxed);
    }

    /// Streams will be asked for more than once from now on.
    pub fn keep_streams(&self) {
        self.0.again.store(true, Relaxed);
    }

    /// Files will be read more than once from now on: each is opened once, so that it is the same file each time.
    pub fn keep_open(&self) {
        self.0.open.store(true, Relaxed);
    }

    /// A file that was opened before.
    pub(crate) fn file(&self, path: &Path) -> Option<Kept> {
        self.files().get(path)?.file.clone()
    }

    /// Notes a file that was opened, where that is wanted.
    pub(crate) fn opened(&self, path: &Path, file: &Kept) {
        if self.0.open.load(Relaxed) {
            let mut files = self.files();
            files.entry(path.to_owned()).or_default().file = Some(file.clone());
        }
    }

    /// The digest of what was read of a path; none before it was read to its end.
    #[must_use]
    pub fn sha256(&self, path: &Path) -> Option<String> {
        self.files().get(path)?.sha256.clone()
    }

    pub(crate) fn wants_digests(&self) -> bool {
        self.0.digests.load(Relaxed)
    }

    pub(crate) fn wants_again(&self) -> bool {
        self.0.again.load(Relaxed)
    }

    /// What was kept of a path before.
    pub(crate) fn kept(&self, path: &Path) -> Option<Kept> {
        self.files().get(path)?.kept.clone()
    }

    pub(crate) fn keep(&self, path: &Path, kept: &Kept) {
        let mut files = self.files();
        files.entry(path.to_owned()).or_default().kept = Some(kept.clone());
    }

    /// A stream is given away; an error where it was before.
    pub(crate) fn spend(&self, path: &Path) -> io::Result<()> {
        let mut files = self.files();
        let one = files.entry(path.to_owned()).or_default();
        if std::mem::replace(&mut one.spent, true) {
            return Err(io::Error::other(
                "it can be read only once, and was read before",
            ));
        }
        Ok(())
    }

    /// Notes a digest; an error where other bytes were read before.
    pub(crate) fn note(&self, path: &Path, sha256: String) -> io::Result<()> {
        let mut files = self.files();
        let one = files.entry(path.to_owned()).or_default();
        match &one.sha256 {
            Some(before) if *before != sha256 => {
                Err(io::Error::other("it was changed while it was read"))
            }
            _ => {
                one.sha256 = Some(sha256);
                Ok(())
            }
        }
    }
}

/// All bytes of something, to be read from any place.
#[derive(Clone, Debug)]
pub(crate) enum Kept {
    Memory(bytes::Bytes),
    File(Arc<File>),
}

impl Kept {
    /// Takes a stream to its end.
    pub(crate) fn whole(stream: &mut dyn Read) -> io::Result<Self> {
        let mut memory = Vec::new();
        let mut part = vec![0; 1 << 16];
        let mut file: Option<File> = None;
        loop {
            let count = match stream.read(&mut part) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let bytes = part.get(..count).unwrap_or_default();
            match &mut file {
                Some(file) => file.write_all(bytes)?,
                None if memory.len() + count > IN_MEMORY => {
                    let mut beside = tempfile::tempfile()?;
                    beside.write_all(&memory)?;
                    beside.write_all(bytes)?;
                    memory = Vec::new();
                    file = Some(beside);
                }
                None => memory.extend_from_slice(bytes),
            }
        }
        Ok(match file {
            Some(file) => Self::File(Arc::new(file)),
            None => Self::Memory(bytes::Bytes::from(memory)),
        })
    }

    /// A file that is read where it lies.
    pub(crate) fn in_place(file: File) -> Self {
        Self::File(Arc::new(file))
    }

    pub(crate) fn length(&self) -> io::Result<u64> {
        match self {
            Self::Memory(bytes) => Ok(bytes.len() as u64),
            Self::File(file) => Ok(file.metadata()?.len()),
        }
    }

    /// From the beginning, with a place of its own.
    pub(crate) fn reader(&self) -> KeptReader {
        KeptReader {
            of: self.clone(),
            at: 0,
        }
    }
}

/// The digest of a file that is read from any place, taken beside: the file must be at the end what it was at
/// the beginning.
#[derive(Debug)]
pub(crate) struct Beside {
    kept: Kept,
    before: State,
    thread: Option<JoinHandle<io::Result<String>>>,
}

/// What tells that a file was written to.
#[derive(Clone, Debug, PartialEq)]
struct State {
    length: u64,
    modified: Option<SystemTime>,
    /// Nothing but writing moves it, whatever a program says of the time.
    changed: Option<(i64, i64)>,
}

impl State {
    fn of(kept: &Kept) -> io::Result<Self> {
        Ok(match kept {
            Kept::Memory(bytes) => Self {
                length: bytes.len() as u64,
                modified: None,
                changed: None,
            },
            Kept::File(file) => {
                let about = file.metadata()?;
                Self {
                    length: about.len(),
                    modified: about.modified().ok(),
                    changed: changed(&about),
                }
            }
        })
    }
}

#[cfg(unix)]
fn changed(about: &std::fs::Metadata) -> Option<(i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    Some((about.ctime(), about.ctime_nsec()))
}

#[cfg(not(unix))]
fn changed(_about: &std::fs::Metadata) -> Option<(i64, i64)> {
    None
}

impl Beside {
    pub(crate) fn of(kept: &Kept) -> io::Result<Self> {
        let (before, own) = (State::of(kept)?, kept.clone());
        // Where the system gives no thread, it is taken in the end.
        let thread = std::thread::Builder::new().spawn(move || digest_of(&own));
        Ok(Self {
            kept: kept.clone(),
            before,
            thread: thread.ok(),
        })
    }

    fn finish(self) -> io::Result<String> {
        let digest = match self.thread.map(JoinHandle::join) {
            Some(Ok(digest)) => digest?,
            Some(Err(_)) | None => digest_of(&self.kept)?,
        };
        if State::of(&self.kept)? == self.before {
            Ok(digest)
        } else {
            Err(io::Error::other("it was changed while it was read"))
        }
    }
}

fn digest_of(kept: &Kept) -> io::Result<String> {
    let (mut reader, mut digest) = (kept.reader(), Sha256::new());
    let mut part = vec![0; 1 << 18];
    loop {
        match reader.read(&mut part) {
            Ok(0) => return Ok(hexadecimal(digest.finalize().as_slice())),
            Ok(count) => digest.update(part.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Reads what was kept; several at once do not disturb each other.
#[derive(Debug)]
pub(crate) struct KeptReader {
    of: Kept,
    at: u64,
}

impl Read for KeptReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &self.of {
            Kept::Memory(bytes) => {
                let from = usize::try_from(self.at).unwrap_or(usize::MAX);
                let mut rest = Cursor::new(bytes.get(from..).unwrap_or_default());
                rest.read(buffer)?
            }
            Kept::File(file) => read_at(file, buffer, self.at)?,
        };
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

#[cfg(not(any(unix, windows)))]
fn read_at(mut file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    file.seek(SeekFrom::Start(at))?;
    file.read(buffer)
}

impl Seek for KeptReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.of.length()?.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// A stream whose bytes are counted and, where that is wanted, go into a digest. Clones are the same
/// stream: what one of them leaves unread the other can finish.
#[derive(Clone)]
pub(crate) struct Tap(Rc<RefCell<Tapped>>);

struct Tapped {
    stream: Box<dyn Read>,
    digest: Option<Sha256>,
    /// The digest is taken of the file, not of what passes here.
    beside: Option<Beside>,
    /// The file that it comes from, as it was when reading began.
    file: Option<(Kept, State)>,
    done: Rc<Cell<u64>>,
}

impl Tap {
    pub(crate) fn new(stream: Box<dyn Read>, digest: bool, done: Rc<Cell<u64>>) -> Self {
        Self(Rc::new(RefCell::new(Tapped {
            stream,
            digest: digest.then(Sha256::new),
            beside: None,
            file: None,
            done,
        })))
    }

    /// What passes comes from this file, which must stay as it is until all was read.
    pub(crate) fn comes_from(&self, kept: &Kept) -> io::Result<()> {
        let state = State::of(kept)?;
        self.0.borrow_mut().file = Some((kept.clone(), state));
        Ok(())
    }

    /// Is the file that it comes from the one that it was?
    fn stayed(&self) -> io::Result<()> {
        match self.0.borrow_mut().file.take() {
            Some((kept, before)) if State::of(&kept)? != before => {
                Err(io::Error::other("it was changed while it was read"))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What passes is not all that is read: the file is.
    pub(crate) fn beside(&self, kept: &Kept) -> io::Result<()> {
        let mut tapped = self.0.borrow_mut();
        if tapped.digest.is_some() {
            tapped.beside = Some(Beside::of(kept)?);
        }
        Ok(())
    }

    /// Reads whatever is left; the digest of everything that passed, where one is wanted.
    pub(crate) fn finish(&self) -> io::Result<Option<String>> {
        if self.0.borrow().digest.is_none() {
            self.stayed()?;
            return Ok(None);
        }
        let beside = self.0.borrow_mut().beside.take();
        if let Some(beside) = beside {
            return beside.finish().map(Some);
        }
        io::copy(&mut self.clone(), &mut io::sink())?;
        let digest = self.0.borrow_mut().digest.take();
        self.stayed()?;
        Ok(digest.map(|digest| hexadecimal(digest.finalize().as_slice())))
    }
}

impl Read for Tap {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut tapped = self.0.borrow_mut();
        let count = tapped.stream.read(buffer)?;
        let bytes = buffer.get(..count).unwrap_or_default();
        if let Some(digest) = &mut tapped.digest {
            digest.update(bytes);
        }
        tapped.done.set(tapped.done.get() + count as u64);
        Ok(count)
    }
}
