//! Where an output goes: what a path leads to.
//!
//! In: a path as it was named. Out: the file that is made or replaced, behind all links, or something
//! that is written through, such as a device or a pipe; and whether two paths are one file.

use crate::failure::Failure;
use forewarn_runtime::causes::data::CannotWrite;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Links that lead to links, at most.
const LINKS: usize = 40;

/// Something that an output goes to.
#[derive(Clone, Debug)]
pub struct Place {
    /// As it was named.
    pub shown: PathBuf,
    pub real: Real,
}

#[derive(Clone, Debug)]
pub enum Real {
    /// A file, by its one full name.
    File {
        path: PathBuf,
        /// What is known of the file that is there already.
        there: Option<Metadata>,
    },
    /// Written to as it comes: a device, a pipe.
    Through,
}

/// That a path cannot be written to, and why.
#[must_use]
pub fn cannot_write(path: &Path, why: impl Into<String>) -> Failure {
    Failure::of(&CannotWrite {
        file: shown(path),
        why: why.into(),
        folder: None,
    })
}

/// As shown to people: with `/` everywhere.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// Why the system does not let something be written.
#[must_use]
pub fn why_unwritten(error: &io::Error) -> String {
    match crate::system::said(error).kind() {
        io::ErrorKind::PermissionDenied => "its folder may not be written to".to_owned(),
        io::ErrorKind::StorageFull => "there is no space left".to_owned(),
        _ => crate::system::reason(error),
    }
}

impl Place {
    /// Follows a path.
    ///
    /// # Errors
    /// It leads to a folder, or its folder is not there.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let place = |real| Self {
            shown: path.to_owned(),
            real,
        };
        // The system's own names of what is open already.
        let is_open = ["/dev/", "/proc/"]
            .iter()
            .any(|folder| path.starts_with(folder));
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => return Err(cannot_write(path, "it is a folder")),
            Ok(about) if !about.is_file() || (is_open && !path.starts_with("/dev/shm")) => {
                return Ok(place(Real::Through));
            }
            _ => {}
        }
        let end = followed(path)?;
        let name = end
            .file_name()
            .ok_or_else(|| cannot_write(path, "it is a folder"))?;
        let folder = folder_of(&end);
        if !folder.is_dir() {
            let there = folder.exists();
            let folder = shown(folder);
            let why = if there {
                "is not a folder"
            } else {
                "is not there"
            };
            return Err(Failure::of(&CannotWrite {
                file: shown(path),
                why: format!("`{folder}` {why}"),
                folder: (!there).then_some(folder),
            }));
        }
        let folder = folder
            .canonicalize()
            .map_err(|error| cannot_write(path, why_unwritten(&error)))?;
        let real = folder.join(name);
        let there = fs::metadata(&real).ok();
        Ok(place(Real::File { path: real, there }))
    }

    /// The file that is made or replaced; none of what is written through.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.real {
            Real::File { path, .. } => Some(path),
            Real::Through => None,
        }
    }

    /// Is a file there, which would be replaced?
    #[must_use]
    pub fn is_there(&self) -> bool {
        matches!(&self.real, Real::File { there: Some(_), .. })
    }

    /// Would this and that path be one file?
    #[must_use]
    pub fn is(&self, other: &Path) -> bool {
        match &self.real {
            Real::File { path, .. } => {
                let same_name = other.canonicalize().is_ok_and(|other| other == *path);
                same_name || are_one(path, other)
            }
            Real::Through => false,
        }
    }

    /// Would both be one file?
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (&self.real, &other.real) {
            (Real::File { path, .. }, Real::File { path: theirs, .. }) => {
                path == theirs || self.is(theirs)
            }
            (Real::Through, Real::Through) => same_device(&self.shown, &other.shown),
            (Real::File { .. }, Real::Through) | (Real::Through, Real::File { .. }) => false,
        }
    }
}

/// Two outputs mixed in one stream are neither; what swallows everything takes both.
fn same_device(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real(a) == real(b) && real(a) != Path::new("/dev/null")
}

/// The path without its last links; what it leads to need not be there.
fn followed(path: &Path) -> Result<PathBuf, Failure> {
    let mut end = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&end) {
            Ok(to) => end = folder_of(&end).join(to),
            Err(_) => return Ok(end),
        }
    }
    Err(cannot_write(path, "its links lead in a circle"))
}

/// The folder that a path lies in.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Two names of one file? Another run may replace either at this moment, and what it makes may take the place that
/// the other had on the disk: only what is so before and after is so.
fn are_one(path: &Path, other: &Path) -> bool {
    let Ok(before) = fs::metadata(path) else {
        return false;
    };
    let (Ok(theirs), Ok(after)) = (fs::metadata(other), fs::metadata(path)) else {
        return false;
    };
    one(&before, &theirs) && one(&after, &theirs)
}

#[cfg(unix)]
fn one(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn one(_: &Metadata, _: &Metadata) -> bool {
    false
}
