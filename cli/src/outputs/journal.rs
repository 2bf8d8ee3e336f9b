//! Several files are put in their places together or not at all.
//!
//! In: files that are whole, beside their places. Before the first takes its place, a journal in the
//! folder of the first says which are to follow; it is locked meanwhile, so that of two runs one comes
//! after the other. A run that is killed in between leaves the journal, and the next run to the folder
//! finishes what it says. A place that turns out to be closed brings back what stood in the others.

use super::pending::{Pending, is_pending, sweep};
use super::place::folder_of;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

const PREFIX: &str = ".forewarn-";
const SUFFIX: &str = ".journal";

/// What is to be put where.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journal {
    moves: Vec<Move>,
}

/// By names in the journal's folder, or by full paths.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    from: PathBuf,
    to: PathBuf,
}

/// The journal of a place: `.forewarn-results.csv.journal`, or by digest where that is too long.
fn journal_of(first: &Path) -> PathBuf {
    let name = first.file_name().unwrap_or_default().to_string_lossy();
    let name = if name.len() > 200 {
        forewarn_tables::sha256(name.as_bytes())
    } else {
        name.into_owned()
    };
    folder_of(first).join(format!("{PREFIX}{name}{SUFFIX}"))
}

fn is_journal(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// A journal that nobody else has.
struct Held {
    path: PathBuf,
    file: File,
}

impl Held {
    /// Waits until no other run puts files there.
    fn take(path: PathBuf) -> io::Result<Self> {
        loop {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            match file.lock() {
                Err(error) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
                _ => {}
            }
            // Whoever had it before has removed it.
            if is_still(&path, &file) {
                return Ok(Self { path, file });
            }
        }
    }

    /// The journal that a killed run left; none where its run lives.
    fn left(path: &Path) -> Option<Self> {
        let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
        file.try_lock().ok()?;
        is_still(path, &file).then(|| Self {
            path: path.to_owned(),
            file,
        })
    }

    /// Does what the journal says, as far as it is not done; one that is not whole says nothing,
    /// since nothing was done before it was.
    fn redo(&mut self) -> io::Result<()> {
        let mut text = String::new();
        self.file.rewind()?;
        self.file.read_to_string(&mut text)?;
        let Ok(journal) = serde_json::from_str::<Journal>(&text) else {
            return Ok(());
        };
        let folder = folder_of(&self.path);
        for Move { from, to } in journal.moves {
            let (from, to) = (folder.join(from), folder.join(to));
            // Only what a run would have done: a file of its own takes the place beside it.
            if is_pending(&from) && folder_of(&from) == folder_of(&to) && from.is_file() {
                fs::rename(&from, &to)?;
            }
        }
        Ok(())
    }

    fn note(&mut self, journal: &Journal) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file
            .write_all(serde_json::to_string(journal)?.as_bytes())?;
        self.file.sync_data()
    }

    fn done(self) {
        // Removed while it is held; the lock goes with the file.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_still(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let own = file.metadata();
    let there = fs::metadata(path);
    own.ok()
        .zip(there.ok())
        .is_some_and(|(own, there)| (own.dev(), own.ino()) == (there.dev(), there.ino()))
}

#[cfg(not(unix))]
fn is_still(path: &Path, _: &File) -> bool {
    path.is_file()
}

/// Puts every file in its place.
///
/// # Errors
/// The place that is closed, and why; then all stand as they stood.
pub fn put_together(files: Vec<Pending>) -> Result<(), (PathBuf, io::Error)> {
    let Some(first) = files.first().map(|file| file.path.clone()) else {
        return Ok(());
    };
    if files.len() == 1 {
        return files
            .into_iter()
            .try_for_each(|file| file.put().map_err(|error| (first.clone(), error)));
    }
    let failed = |error| (first.clone(), error);
    let mut journal = Held::take(journal_of(&first)).map_err(failed)?;
    journal.redo().map_err(failed)?;
    let folder = folder_of(&first);
    let moves = files.iter().map(|file| Move {
        from: below(file.beside(), folder),
        to: below(&file.path, folder),
    });
    let moves = moves.collect();
    let before: Vec<Before> = files.iter().map(|file| standing(&file.path)).collect();
    let noted = journal.note(&Journal { moves });
    if let Err(error) = noted {
        journal.done();
        return Err(failed(error));
    }
    let mut put: Vec<PathBuf> = Vec::new();
    for file in files {
        let path = file.path.clone();
        if let Err(error) = file.put() {
            bring_back(&put, before);
            journal.done();
            return Err((path, error));
        }
        put.push(path);
    }
    journal.done();
    Ok(())
}

/// What stood in a place.
enum Before {
    Nothing,
    /// Under a second name.
    Kept(Pending),
    /// Something of which no second name could be had.
    Unkept,
}

fn standing(path: &Path) -> Before {
    if fs::symlink_metadata(path).is_err() {
        return Before::Nothing;
    }
    let second = Pending::new(path, None).and_then(|second| {
        fs::remove_file(second.beside())?;
        fs::hard_link(path, second.beside())?;
        Ok(second)
    });
    second.map_or(Before::Unkept, Before::Kept)
}

fn bring_back(put: &[PathBuf], before: Vec<Before>) {
    for (path, before) in put.iter().zip(before) {
        // Whatever fails now has failed before, which is told.
        let _ = match before {
            Before::Nothing => fs::remove_file(path),
            Before::Kept(second) => second.put(),
            Before::Unkept => Ok(()),
        };
    }
}

/// By its name alone where it lies in the folder.
fn below(path: &Path, folder: &Path) -> PathBuf {
    match path.strip_prefix(folder) {
        Ok(below) => below.to_owned(),
        Err(_) => path.to_owned(),
    }
}

/// Finishes what killed runs began to put into a folder, and removes what they left half written.
pub fn tend(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut is_quiet = true;
    for path in entries.flatten().map(|entry| entry.path()) {
        if !is_journal(&path) {
            continue;
        }
        let Some(mut left) = Held::left(&path) else {
            is_quiet = false;
            continue;
        };
        match left.redo() {
            Ok(()) => left.done(),
            Err(_) => is_quiet = false,
        }
    }
    // As long as another run puts files there, they are none that were left.
    if is_quiet {
        sweep(folder);
    }
}
