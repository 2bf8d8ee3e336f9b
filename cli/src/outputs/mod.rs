//! The one way in which commands write files.
//!
//! In: what a command was told to write, and what it reads. Out: each file whole or not at all, and all
//! of a command together. What would be lost is refused before anything is read: a file that the command
//! reads, a rule file, something else's manifest or archive, one file under two names. Devices and pipes
//! are written through, links are followed, new files have the mode that the umask says, and files that
//! are replaced keep theirs.

mod guard;
mod journal;
mod names;
mod pending;
mod place;
mod role;

pub use guard::{COVERAGE_TITLE, Reads};
pub use names::{MANIFEST, manifest_beside};
pub use place::{cannot_write, folder_of};

use crate::failure::Failure;
use crate::system;
use pending::{Pending, finish, sink};
pub use pending::{Sink, unwritten};
use place::{Place, Real};
pub use role::Role;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

/// The files that a command will write, all fit to be written as far as can be seen.
#[derive(Debug, Default)]
pub struct Outputs {
    places: Vec<(Role, Place)>,
    done: Vec<Done>,
}

#[derive(Debug)]
struct Done {
    role: Role,
    pending: Pending,
}

/// An output that is being written; dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Begun {
    role: Role,
    pending: Pending,
    sink: Sink,
}

impl Begun {
    /// To write to.
    pub fn sink(&mut self) -> &mut Sink {
        &mut self.sink
    }
}

/// What came of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// With the digest of its bytes.
    File(String),
    /// A device or a pipe took it.
    Through,
    /// Whoever read the pipe has left.
    ReaderLeft,
}

impl Outputs {
    /// Looks at everything that is to be written, before anything is read.
    ///
    /// # Errors
    /// Something would be lost, or a place cannot be written to.
    pub fn plan<'p>(
        wanted: impl IntoIterator<Item = (Role, &'p Path)>,
        reads: &Reads<'_>,
    ) -> Result<Self, Failure> {
        let mut places: Vec<(Role, Place)> = Vec::new();
        for (role, path) in wanted {
            let place = Place::of(path)?;
            if let Some((other, same)) = places.iter().find(|(_, one)| one.meets(&place)) {
                let (path, same) = (path.display(), same.shown.display());
                let message = format!("{path} is to hold {}", other.words());
                let message = if path.to_string() == same.to_string() {
                    message
                } else {
                    format!("{message}: it is {same}")
                };
                return Err(
                    Failure::new(message).help(format!("name another file for {}", role.words()))
                );
            }
            guard::look(role, &place, reads)?;
            places.push((role, place));
        }
        let mut folders: Vec<&Path> = places
            .iter()
            .filter_map(|(_, place)| place.file().map(folder_of))
            .collect();
        folders.dedup();
        for folder in folders {
            journal::tend(folder);
        }
        Ok(Self {
            places,
            done: Vec::new(),
        })
    }

    fn place(&self, path: &Path) -> Option<&(Role, Place)> {
        self.places.iter().find(|(_, place)| place.shown == path)
    }

    /// Begins one of the outputs beside its place, to be written bit by bit; none where it is written through.
    ///
    /// # Errors
    /// `FW0922`: what the system says.
    pub fn begin(&self, path: &Path) -> Result<Option<Begun>, Failure> {
        let failed = |error: io::Error| unwritten(path, &error);
        let Some((role, place)) = self.place(path) else {
            return Err(failed(io::Error::other("it was not planned")));
        };
        match &place.real {
            Real::Through => Ok(None),
            Real::File { path: real, there } => {
                let pending = Pending::new(real, there.as_ref()).map_err(failed)?;
                let sink = pending.sink().map_err(failed)?;
                Ok(Some(Begun {
                    role: *role,
                    pending,
                    sink,
                }))
            }
        }
    }

    /// All of it has been written; its digest.
    ///
    /// # Errors
    /// `FW0922`: what the system says.
    pub fn end(&mut self, begun: Begun) -> Result<String, Failure> {
        let Begun {
            role,
            pending,
            sink,
        } = begun;
        let digest = finish(sink).map_err(|error| unwritten(&pending.path, &error))?;
        self.done.push(Done { role, pending });
        Ok(digest)
    }

    /// Writes one of the outputs: beside its place, or through.
    ///
    /// # Errors
    /// `FW0922`: what the system says.
    pub fn write(
        &mut self,
        path: &Path,
        content: impl FnOnce(&mut Sink) -> io::Result<()>,
    ) -> Result<Written, Failure> {
        let failed = |error: io::Error| unwritten(path, &error);
        let Some((role, place)) = self.place(path) else {
            return Err(failed(io::Error::other("it was not planned")));
        };
        match &place.real {
            Real::Through => through(path, content).map_err(failed),
            Real::File { path: real, there } => {
                let pending = Pending::new(real, there.as_ref()).map_err(failed)?;
                let mut sink = pending.sink().map_err(failed)?;
                content(&mut sink).map_err(failed)?;
                let digest = finish(sink).map_err(failed)?;
                if matches!(role, Role::Manifest | Role::State)
                    && let Some(results) = self.done.iter().find(|one| one.role == Role::Results)
                {
                    pending.follow(&results.pending).map_err(failed)?;
                }
                let role = *role;
                self.done.push(Done { role, pending });
                Ok(Written::File(digest))
            }
        }
    }

    /// Puts everything that was written in its place.
    ///
    /// # Errors
    /// `FW0922`: a place is closed; then nothing was replaced.
    pub fn put(self) -> Result<(), Failure> {
        let files = self.done.into_iter().map(|one| one.pending).collect();
        journal::put_together(files).map_err(|(path, error)| unwritten(&path, &error))
    }
}

/// Is this a device or a pipe, which is written through and has no manifest?
#[must_use]
pub fn is_through(path: &Path) -> bool {
    matches!(
        Place::of(path),
        Ok(Place {
            real: Real::Through,
            ..
        })
    )
}

/// Finishes what a killed run began to put beside a file.
pub fn tend_beside(path: &Path) {
    journal::tend(folder_of(path));
}

/// A device or a pipe takes what comes.
fn through(path: &Path, content: impl FnOnce(&mut Sink) -> io::Result<()>) -> io::Result<Written> {
    let file = OpenOptions::new().write(true).open(path)?;
    let mut sink = sink(file);
    let written = content(&mut sink).and_then(|()| sink.flush());
    // What is left must not be written once more when the buffer goes.
    let _ = sink.into_parts();
    match written {
        Ok(()) => Ok(Written::Through),
        Err(error) if system::said(&error).kind() == io::ErrorKind::BrokenPipe => {
            Ok(Written::ReaderLeft)
        }
        Err(error) => Err(error),
    }
}

/// Writes several files anew, together, for a command that is there to do so.
///
/// # Errors
/// As [`Outputs::plan`] and [`Outputs::write`].
pub fn write_own<'f>(
    files: impl IntoIterator<Item = (&'f Path, &'f [u8])> + Clone,
) -> Result<(), Failure> {
    let places = files.clone().into_iter().map(|(path, _)| (Role::Own, path));
    let mut outputs = Outputs::plan(places, &Reads::default())?;
    for (path, bytes) in files {
        outputs.write(path, |out| out.write_all(bytes))?;
    }
    outputs.put()
}

/// Makes a folder that is wanted for files of a command.
///
/// # Errors
/// What the system says.
pub fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::file("cannot make", folder, &error))
}
