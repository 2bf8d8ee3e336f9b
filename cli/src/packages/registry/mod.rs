//! Where packages can be had: those that the program brings along, a folder, or an address of the web.
//!
//! In: a name and the versions that fit. Out: the package with all that it builds on, each as the bytes of an
//! archive that was held against its record: its digest, its signature where a key is given, and the name
//! and version that its rules say.

mod built_in;
mod index;
pub(crate) mod shelf;
mod web;

pub use index::{Entry, INDEX, Index};

use super::signature::Key;
use crate::failure::Failure;
use crate::words::list;
use forewarn_compiler::package::archive::{framework, unpack};
use forewarn_compiler::package::contents::sha256;
use forewarn_compiler::package::manifest::{fits, version};
use std::path::{Path, PathBuf};

/// A place with packages.
#[derive(Clone, Debug)]
pub enum Registry {
    /// What the program brings along.
    BuiltIn,
    Folder(PathBuf),
    /// An address below which the index and the archives lie.
    Web(String),
}

/// A package that was fetched.
#[derive(Clone, Debug)]
pub struct Fetched {
    pub name: String,
    pub version: String,
    /// An archive.
    pub bytes: Vec<u8>,
}

impl Registry {
    /// The place that somebody named, or what the program brings along.
    pub fn of(from: Option<&str>) -> Self {
        match from {
            None => Self::BuiltIn,
            Some(address) if address.contains("://") => {
                Self::Web(address.trim_end_matches('/').to_owned())
            }
            Some(folder) => Self::Folder(PathBuf::from(folder)),
        }
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Self::BuiltIn => "the packages that come with forewarn".to_owned(),
            Self::Folder(folder) => folder.display().to_string(),
            Self::Web(address) => address.clone(),
        }
    }

    /// What there is, by name and version.
    ///
    /// # Errors
    /// The index cannot be had, is none, or is not signed by the key that was given.
    pub fn index(&self, key: Option<&Key>) -> Result<Index, Failure> {
        let bytes = match self {
            Self::BuiltIn => return Ok(built_in::index()),
            Self::Folder(_) | Self::Web(_) => self.file(INDEX)?,
        };
        self.signed(INDEX, &bytes, key)?;
        Index::read(&bytes).map_err(|why| {
            Failure::new(format!(
                "the index of {} cannot be read: {why}",
                self.shown()
            ))
        })
    }

    /// A package and all that it builds on: what it extends, nearest first, then what any of them uses.
    ///
    /// # Errors
    /// There is none of that name and those versions, or it is not what its record says.
    pub fn fetch(
        &self,
        name: &str,
        range: &str,
        key: Option<&Key>,
    ) -> Result<Vec<Fetched>, Failure> {
        let index = self.index(key)?;
        let mut fetched: Vec<Fetched> = Vec::new();
        let mut used: Vec<(String, String)> = Vec::new();
        let mut next = Some((name.to_owned(), range.to_owned()));
        while let Some((name, range)) = next.take() {
            if fetched.iter().any(|one| one.name == name) {
                return Err(Failure::new(format!(
                    "`{name}` in {} extends itself",
                    self.shown()
                )));
            }
            let entry = self.find(&index, &name, &range)?;
            fetched.push(self.take(entry, key)?);
            next.clone_from(&entry.extends);
            used.extend(entry.uses.iter().cloned());
        }
        while let Some((name, range)) = used.pop() {
            if let Some(known) = fetched.iter().find(|one| one.name == name) {
                if fits(&range, &known.version) {
                    continue;
                }
                let version = &known.version;
                let message = format!(
                    "`{name}` is needed twice: {version} fits one, and another asks for `{range}`"
                );
                return Err(Failure::new(message).help(
                    "what two packages share is one version of it: ask for versions of them that agree",
                ));
            }
            let entry = self.find(&index, &name, &range)?;
            fetched.push(self.take(entry, key)?);
            used.extend(entry.uses.iter().cloned());
        }
        Ok(fetched)
    }

    fn take(&self, entry: &Entry, key: Option<&Key>) -> Result<Fetched, Failure> {
        Ok(Fetched {
            name: entry.name.clone(),
            version: entry.version.clone(),
            bytes: self.archive(entry, key)?,
        })
    }

    /// The newest version of a name that fits.
    ///
    /// # Errors
    /// There is none.
    pub fn find<'i>(
        &self,
        index: &'i Index,
        name: &str,
        range: &str,
    ) -> Result<&'i Entry, Failure> {
        let named = || index.entries.iter().filter(|entry| entry.name == name);
        let fitting = named().filter(|entry| fits(range, &entry.version));
        if let Some(newest) = fitting.max_by_key(|entry| version(&entry.version)) {
            return Ok(newest);
        }
        let versions: Vec<String> = named().map(|entry| entry.version.clone()).collect();
        if versions.is_empty() {
            let names = index.entries.iter().map(|entry| entry.name.as_str());
            let message = format!("there is no package `{name}` in {}", self.shown());
            return Err(Failure::unknown(message, name, names));
        }
        Err(Failure::new(format!(
            "no version of `{name}` in {} fits `{range}`",
            self.shown()
        ))
        .help(format!("there are {}", list(&versions, 12))))
    }

    fn archive(&self, entry: &Entry, key: Option<&Key>) -> Result<Vec<u8>, Failure> {
        let bytes = match self {
            Self::BuiltIn => return built_in::archive(entry),
            Self::Folder(_) | Self::Web(_) => self.file(&entry.file)?,
        };
        let refused = |why: String| {
            Failure::new(format!(
                "`{}` of {} is refused: {why}",
                entry.file,
                self.shown()
            ))
        };
        let digest = sha256(&bytes);
        if digest != entry.sha256 {
            return Err(refused(format!(
                "its SHA-256 is {digest}, and the index says {}",
                entry.sha256
            )));
        }
        self.signed(&entry.file, &bytes, key)?;
        let contents = unpack(&bytes).map_err(refused)?;
        let head = framework(&contents);
        let is = head.map(|head| format!("{} {}", head.name, head.version));
        let wanted = format!("{} {}", entry.name, entry.version);
        match is {
            Some(is) if is == wanted => Ok(bytes),
            Some(is) => Err(refused(format!(
                "it holds `{is}`, and the index says `{wanted}`"
            ))),
            None => Err(refused("no file of it declares a framework".to_owned())),
        }
    }

    fn signed(&self, file: &str, bytes: &[u8], key: Option<&Key>) -> Result<(), Failure> {
        let Some(key) = key else { return Ok(()) };
        let signature = self.file(&format!("{file}.minisig")).map_err(|failure| {
            Failure::new(format!("there is no signature of `{file}`: {failure}"))
                .help("leave `--key` out to take it unsigned, by its digest alone")
        })?;
        key.verify(bytes, &signature)
            .map_err(|why| Failure::new(format!("`{file}` of {} is refused: {why}", self.shown())))
    }

    /// A file of the place, by its name; never one of another folder.
    fn file(&self, name: &str) -> Result<Vec<u8>, Failure> {
        if !index::is_plain(name) {
            return Err(Failure::new(format!(
                "`{name}` is no name of a file beside the index of {}",
                self.shown()
            )));
        }
        match self {
            Self::BuiltIn => Err(Failure::new(format!("there is no file `{name}`"))),
            Self::Folder(folder) => read(&folder.join(name)),
            Self::Web(address) => web::get(&format!("{address}/{name}")),
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    use forewarn_compiler::disk::DiskFiles;
    use forewarn_compiler::source::Files as _;
    DiskFiles
        .read(path)
        .map_err(|error| Failure::file("cannot read", path, &error))
}
