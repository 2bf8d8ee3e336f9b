//! A file that is being written, beside the place that it will have.
//!
//! Its name tells that it is ours, and it is locked as long as its writer lives: what a killed run left
//! can be told from what another run is writing at this moment, and is removed by the next.

use super::place::{cannot_write, folder_of, why_unwritten};
use crate::failure::Failure;
use forewarn_tables::Fingerprinted;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

const PREFIX: &str = ".forewarn-";
const SUFFIX: &str = ".tmp";

/// Something to write to: a file beside its place, or whatever is written through.
pub type Sink = BufWriter<Fingerprinted<File>>;

/// A file beside the place that it will have.
#[derive(Debug)]
pub struct Pending {
    file: NamedTempFile,
    /// The place.
    pub path: PathBuf,
}

impl Pending {
    /// Begins one. Like any new file it is for whom the umask says; what replaces a file is private
    /// until it has that file's mode.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn new(path: &Path, there: Option<&Metadata>) -> io::Result<Self> {
        let folder = folder_of(path);
        loop {
            let mut builder = tempfile::Builder::new();
            builder.prefix(PREFIX).suffix(SUFFIX);
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = if there.is_some() { 0o600 } else { 0o666 };
                builder.permissions(fs::Permissions::from_mode(mode));
            }
            let file = builder.tempfile_in(folder)?;
            // Where a file system knows no locks, nothing is swept away either.
            let _ = file.as_file().lock();
            // Another run may have taken it for left behind before it was locked.
            if !file.path().exists() {
                continue;
            }
            if let Some(there) = there {
                keep_owner_and_mode(file.as_file(), there)?;
            }
            return Ok(Self {
                file,
                path: path.to_owned(),
            });
        }
    }

    /// To write to.
    ///
    /// # Errors
    /// What the system says.
    pub fn sink(&self) -> io::Result<Sink> {
        Ok(sink(self.file.as_file().try_clone()?))
    }

    /// Its mode is that of another file.
    ///
    /// # Errors
    /// What the system says.
    pub fn follow(&self, other: &Self) -> io::Result<()> {
        let permissions = other.file.as_file().metadata()?.permissions();
        self.file.as_file().set_permissions(permissions)
    }

    /// Where it is for now.
    pub fn beside(&self) -> &Path {
        self.file.path()
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// What the system says.
    pub fn put(self) -> io::Result<()> {
        self.file
            .persist(&self.path)
            .map(|_| ())
            .map_err(|error| error.error)
    }
}

/// Buffered, with a digest of what passes.
pub fn sink(file: File) -> Sink {
    BufWriter::with_capacity(1 << 18, Fingerprinted::new(file))
}

/// Writes everything that is left, and gives the digest.
///
/// # Errors
/// What the system says.
pub fn finish(mut sink: Sink) -> io::Result<String> {
    sink.flush()?;
    // Nothing is left in it, so taking it apart cannot fail.
    let (inner, _) = sink.into_parts();
    Ok(inner.finish().1)
}

#[cfg(unix)]
fn keep_owner_and_mode(file: &File, there: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (there.uid(), there.gid()) {
        // Only few may give files away; whoever may not owns what they write.
        let _ = fchown(file, Some(there.uid()), Some(there.gid()));
    }
    file.set_permissions(there.permissions())
}

#[cfg(not(unix))]
fn keep_owner_and_mode(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Is this the name of a file that is being written?
#[must_use]
pub fn is_pending(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let random = name
        .strip_prefix(PREFIX)
        .and_then(|name| name.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == 6 && random.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Removes what killed runs left in a folder.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if !is_pending(&path) {
            continue;
        }
        // Whoever lives holds the lock.
        if File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// The failure that a path could not be written.
#[must_use]
pub fn unwritten(path: &Path, error: &io::Error) -> Failure {
    cannot_write(path, why_unwritten(error))
}
