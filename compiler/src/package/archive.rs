//! Packages as one file: a gzipped tar that is the same bytes wherever it is made.
//!
//! In: a package's files by name. Out: an archive whose entries are sorted and carry neither clock nor
//! owner; and the way back, which takes nothing but plain files below the root.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};
use forewarn_grammar::ast::ItemKind;

use super::contents::{BY_CAPITALS, LIMIT, Spelt, unfit};
use super::manifest::{self, MANIFEST};
use crate::diagnostics::Reports;
use crate::source::{FileId, Files};

/// What packed files begin with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Is the file at a path meant as an archive? By its name, or by what it begins with.
#[must_use]
pub fn is_archive(path: &Path, files: &dyn Files) -> bool {
    let named = path.file_name().and_then(|name| name.to_str());
    let named = named.is_some_and(|name| name.ends_with(".tar.gz") || name.ends_with(".tgz"));
    let begins = || files.read(path).is_ok_and(|bytes| bytes.starts_with(&GZIP));
    !files.is_dir(path) && files.is_file(path) && (named || begins())
}

/// Packs the files below a folder named `stem`.
///
/// # Errors
/// Only what the libraries say; nothing is written to disk.
pub fn pack(stem: &str, contents: &BTreeMap<String, Vec<u8>>) -> io::Result<Vec<u8>> {
    let gzip = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    let mut tar = tar::Builder::new(gzip);
    for (name, bytes) in contents {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        header.set_entry_type(tar::EntryType::Regular);
        tar.append_data(&mut header, format!("{stem}/{name}"), bytes.as_slice())?;
    }
    let mut gzip = tar.into_inner()?;
    gzip.flush()?;
    gzip.finish()
}

/// The most entries that an archive may have, folders among them.
const MOST_ENTRIES: usize = 20_000;
/// What may stand before the content of one entry: its header with a long name, and what fills up the block
/// before it.
const HEADERS: u64 = 64 * 1024;
/// Names of entries are shown up to so many characters.
const NAME: usize = 80;

/// What is unpacked, up to what is left of an allowance: archives of a few bytes unpack to any size.
struct Bounded<'a, R> {
    inner: R,
    left: &'a Cell<u64>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left.get()).unwrap_or(usize::MAX);
        if most == 0 && !into.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let most = most.min(into.len());
        let read = self.inner.read(into.get_mut(..most).unwrap_or_default())?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

/// Why bytes are no archive that can be unpacked.
fn unpacked_not(bytes: &[u8], error: &io::Error) -> String {
    let is_packed = bytes.starts_with(&GZIP);
    let text = error.to_string();
    let ends = error.kind() == io::ErrorKind::UnexpectedEof || text.contains("incomplete");
    match (is_packed, ends) {
        _ if error.kind() == io::ErrorKind::FileTooLarge => format!(
            "what it says of one of its files is longer than {} KiB",
            HEADERS / 1024
        ),
        (false, _) => "it is no `.tar.gz`, which packages are packed as".to_owned(),
        (true, true) => "its end is missing: it was cut off".to_owned(),
        (true, false) => "it is damaged, or no package".to_owned(),
    }
}

/// The name of an entry on one line, cut where it is long.
fn shown_name(path: &Path) -> String {
    let name = path.to_string_lossy();
    let mut letters = name.chars().flat_map(char::escape_debug);
    let start: String = letters.by_ref().take(NAME).collect();
    match letters.next() {
        Some(_) => format!("{start}…"),
        None => start,
    }
}

/// The files of an archive, by their path below its folder.
///
/// # Errors
/// The bytes are no such archive, or an entry leads out of it; the words say which.
pub fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let damaged = |error: io::Error| unpacked_not(bytes, &error);
    let allowed = Cell::new(HEADERS);
    let mut tar = tar::Archive::new(Bounded {
        inner: GzDecoder::new(bytes),
        left: &allowed,
    });
    let mut contents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut folder: Option<String> = None;
    let mut spelt = Spelt::default();
    let mut left = LIMIT;
    let mut seen = 0_usize;
    for entry in tar.entries().map_err(damaged)? {
        let mut entry = entry.map_err(damaged)?;
        seen += 1;
        if seen > MOST_ENTRIES {
            return Err(format!("more than {MOST_ENTRIES} files are in it"));
        }
        let path = entry.path().map_err(damaged)?.into_owned();
        let kind = entry.header().entry_type();
        if kind.is_dir() {
            allowed.set(HEADERS);
            continue;
        }
        let shown = shown_name(&path);
        let Some((top, name)) = below(&path).filter(|_| kind.is_file()) else {
            return Err(format!("`{shown}` in it is no plain file below its folder"));
        };
        if let Some(why) = name.split('/').find_map(unfit) {
            return Err(format!("`{shown}` in it cannot be kept as it is: {why}"));
        }
        if spelt.meets(&name) {
            return Err(format!(
                "`{shown}` in it cannot be kept as it is: {BY_CAPITALS}"
            ));
        }
        if folder.get_or_insert_with(|| top.clone()) != &top {
            return Err(format!(
                "`{shown}` in it lies in another folder than the rest"
            ));
        }
        // One more than there may be, to see that there is more.
        let most = left + 1;
        allowed.set(most);
        let mut content = Vec::new();
        let read = entry.by_ref().take(most).read_to_end(&mut content);
        let read = read.map_err(damaged)? as u64;
        left = left.checked_sub(read).ok_or_else(|| {
            let most = LIMIT / (1024 * 1024);
            format!("with `{shown}` it unpacks to more than {most} MiB")
        })?;
        if contents.insert(name, content).is_some() {
            return Err(format!("`{shown}` is in it twice"));
        }
        allowed.set(HEADERS);
    }
    let more = ended(tar.into_inner().inner).map_err(damaged)?;
    if more > 0 {
        return Err(format!("{more} bytes stand behind its end"));
    }
    if contents.is_empty() {
        return Err("there is no file in it".to_owned());
    }
    Ok(contents)
}

/// Reads on to the end of what is packed, where its sum stands; how many bytes follow it.
fn ended(mut gzip: GzDecoder<&[u8]>) -> io::Result<usize> {
    io::copy(&mut gzip.by_ref().take(LIMIT), &mut io::sink())?;
    Ok(gzip.into_inner().len())
}

/// What the framework of an archive says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub name: String,
    pub version: String,
    /// The name again where it has none.
    pub label: String,
    /// What it extends, and which versions of it.
    pub extends: Option<(String, String)>,
    /// The packages that it uses, likewise.
    pub uses: Vec<(String, String)>,
    /// It only declares what others use or extend: nothing says what a row is about.
    pub has_panel: bool,
}

/// The head of the framework that an archive holds.
#[must_use]
pub fn framework(contents: &BTreeMap<String, Vec<u8>>) -> Option<Head> {
    let rules = contents.iter().filter(|(name, _)| name.ends_with(".risk"));
    let items: Vec<ItemKind> = rules
        .flat_map(|(_, bytes)| {
            forewarn_grammar::parse(&String::from_utf8_lossy(bytes))
                .file
                .items
        })
        .map(|item| item.kind)
        .collect();
    let has_panel = items.iter().any(|kind| matches!(kind, ItemKind::Panel(_)));
    let uses = used(contents, &items);
    let mut heads = items.into_iter().filter_map(|kind| {
        let ItemKind::Framework(head) = kind else {
            return None;
        };
        Some(head)
    });
    let head = heads.next()?;
    let name = head.name.text;
    Some(Head {
        label: head.label.map_or_else(|| name.clone(), |text| text.value),
        version: head.version.map_or("0.0.0".to_owned(), |text| text.value),
        extends: head.extends.map(|(wanted, range)| {
            let range = range.map_or("*".to_owned(), |text| text.value);
            (wanted.text, range)
        }),
        uses,
        has_panel,
        name,
    })
}

/// The packages of `forewarn.toml` that rule files use, and which versions of them.
fn used(contents: &BTreeMap<String, Vec<u8>>, items: &[ItemKind]) -> Vec<(String, String)> {
    let text = contents.get(MANIFEST);
    let Some(text) = text.and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
        return Vec::new();
    };
    let manifest = manifest::read(text, FileId::default(), &mut Reports::default());
    let is_used = |name: &str| {
        let is_file = contents.contains_key(&format!("{name}.risk"));
        let mut items = items.iter();
        !is_file
            && items.any(|kind| {
                let ItemKind::Use { path, .. } = kind else {
                    return false;
                };
                path.first().is_some_and(|first| first.text == name)
            })
    };
    let used = manifest.dependencies.into_iter();
    let used = used.filter(|one| is_used(&one.name.value));
    used.map(|one| {
        let range = one.range.map_or("*".to_owned(), |range| range.value.0);
        (one.name.value, range)
    })
    .collect()
}

/// The archive's own folder and the path below it, if it stays inside.
fn below(path: &Path) -> Option<(String, String)> {
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| match part {
            Component::Normal(part) => part.to_str(),
            Component::CurDir
            | Component::ParentDir
            | Component::RootDir
            | Component::Prefix(_) => None,
        })
        .collect();
    match parts?.as_slice() {
        [top, rest @ ..] if !rest.is_empty() => Some(((*top).to_owned(), rest.join("/"))),
        _ => None,
    }
}

/// An unpacked archive as files below a folder of its name.
#[derive(Clone, Debug)]
pub struct ArchiveFiles {
    pub root: PathBuf,
    pub contents: BTreeMap<String, Vec<u8>>,
}

impl ArchiveFiles {
    /// The archive at a path.
    ///
    /// # Errors
    /// It cannot be read or unpacked; the words say why.
    pub fn open(path: &Path, files: &dyn Files) -> Result<Self, String> {
        let bytes = files.read(path).map_err(|error| super::why(&error))?;
        Ok(Self {
            root: path.to_path_buf(),
            contents: unpack(&bytes)?,
        })
    }

    fn name(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        Some(super::shown(below))
    }

    /// Does a path lie in a folder?
    fn is_below(name: &str, folder: &str) -> bool {
        let rest = name.strip_prefix(folder);
        folder.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
    }
}

impl Files for ArchiveFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.name(path)
            .and_then(|name| self.contents.get(&name).cloned())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn is_dir(&self, path: &Path) -> bool {
        let folder = self.name(path);
        folder.is_some_and(|folder| {
            let mut names = self.contents.keys();
            names.any(|name| Self::is_below(name, &folder))
        })
    }

    fn is_file(&self, path: &Path) -> bool {
        let name = self.name(path);
        name.is_some_and(|name| self.contents.contains_key(&name))
    }

    fn rule_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let all = self.all_files(folder)?.into_iter();
        Ok(all
            .filter(|path| path.extension().is_some_and(|ext| ext == "risk"))
            .collect())
    }

    fn all_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let folder = self.name(folder);
        let folder = folder.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let names = self.contents.keys();
        let below = names.filter(|name| Self::is_below(name, &folder));
        Ok(below.map(|name| self.root.join(name)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package() -> BTreeMap<String, Vec<u8>> {
        [("forewarn.toml", "x"), ("factors/state.risk", "let a = 1")]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    /// Names as they are, without a folder of their own.
    fn pack_whole(contents: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
        let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
        for (name, bytes) in contents {
            let mut header = tar::Header::new_ustar();
            header.set_size(bytes.len() as u64);
            tar.append_data(&mut header, name, bytes.as_slice())
                .unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap()
    }

    /// Entries with names that no builder writes.
    fn of_entries(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
        for (name, bytes) in entries {
            let mut header = tar::Header::new_ustar();
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_size(bytes.len() as u64);
            header.set_entry_type(tar::EntryType::Regular);
            header.set_cksum();
            tar.append(&header, *bytes).unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn what_unpacks_to_more_than_a_package_may_have_is_refused_as_it_unpacks() {
        let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
        for part in 0..3 {
            let mut header = tar::Header::new_ustar();
            let size = LIMIT / 2;
            header.set_size(size);
            header.set_entry_type(tar::EntryType::Regular);
            let name = format!("demo/{part}.csv");
            tar.append_data(&mut header, name, io::repeat(0).take(size))
                .unwrap();
        }
        let packed = tar.into_inner().unwrap().finish().unwrap();
        assert!(packed.len() < 4 * 1024 * 1024);
        let why = unpack(&packed).unwrap_err();
        assert!(
            why.contains("`demo/2.csv` it unpacks to more than 256 MiB"),
            "{why}"
        );
    }

    /// An entry of a kind that says something of the next one, and its content of one letter.
    fn said_before(kind: tar::EntryType, name: &str, size: u64) -> Vec<u8> {
        let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(size);
        header.set_entry_type(kind);
        header.set_cksum();
        tar.append(&header, io::repeat(b'a').take(size)).unwrap();
        let mut own = tar::Header::new_ustar();
        own.set_size(1);
        tar.append_data(&mut own, "demo/x.risk", b"1".as_slice())
            .unwrap();
        tar.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn what_stands_before_a_file_is_bounded_as_it_is_read() {
        for (kind, name) in [
            (tar::EntryType::GNULongName, "././@LongLink"),
            (tar::EntryType::XHeader, "PaxHeaders/x"),
            (tar::EntryType::Directory, "demo/"),
        ] {
            let packed = said_before(kind, name, 40 * 1024 * 1024);
            assert!(packed.len() < 1024 * 1024);
            let why = unpack(&packed).unwrap_err();
            assert!(why.contains("longer than 64 KiB"), "{kind:?}: {why}");
        }
        // A name of a length that files have is fine.
        let long = format!("demo/{}x.risk", "long/".repeat(60));
        let contents = [(long.trim_start_matches("demo/").to_owned(), vec![1])].into();
        let packed = pack("demo", &contents).unwrap();
        assert_eq!(unpack(&packed), Ok(contents));
    }

    #[test]
    fn what_has_more_entries_than_any_package_is_refused() {
        let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
        for _ in 0..=MOST_ENTRIES {
            let mut header = tar::Header::new_ustar();
            header.set_entry_type(tar::EntryType::Directory);
            header.set_size(0);
            tar.append_data(&mut header, "demo/", io::empty()).unwrap();
        }
        let packed = tar.into_inner().unwrap().finish().unwrap();
        let why = unpack(&packed).unwrap_err();
        assert_eq!(why, "more than 20000 files are in it");
    }

    #[test]
    fn names_of_entries_are_told_on_one_line() {
        let odd = of_entries(&[("demo/../a\n\u{1b}[31mb", b"1")]);
        let why = unpack(&odd).unwrap_err();
        assert_eq!(
            why,
            "`demo/../a\\n\\u{1b}[31mb` in it is no plain file below its folder"
        );
        let long = shown_name(Path::new(&"x".repeat(200)));
        assert_eq!(long.chars().count(), NAME + 1);
    }

    #[test]
    fn an_archive_is_the_same_bytes_each_time_and_gives_back_what_was_packed() {
        let packed = pack("demo-1.0.0", &package()).unwrap();
        assert_eq!(packed, pack("demo-1.0.0", &package()).unwrap());
        assert_eq!(unpack(&packed).unwrap(), package());
    }

    #[test]
    fn damaged_archives_and_entries_that_lead_out_are_refused() {
        assert!(unpack(b"no archive").is_err());
        let packed = pack("demo-1.0.0", &package()).unwrap();
        assert!(unpack(&packed[..packed.len() / 2]).is_err());
        let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        tar.append_link(&mut header, "demo/link.risk", "/etc/passwd")
            .unwrap();
        let packed = tar.into_inner().unwrap().finish().unwrap();
        assert!(unpack(&packed).unwrap_err().contains("link.risk"));
        let ours: BTreeMap<_, _> =
            [("a/x".to_owned(), vec![1]), ("b/y".to_owned(), vec![2])].into();
        let several = pack_whole(&ours);
        assert!(unpack(&several).unwrap_err().contains("another folder"));
        let twice = of_entries(&[("demo/x", b"1"), ("demo/x", b"2")]);
        assert!(unpack(&twice).unwrap_err().contains("is in it twice"));
        for outside in ["/etc/x", "demo/../../x", "../demo/x"] {
            let packed = of_entries(&[(outside, b"1")]);
            let why = unpack(&packed).unwrap_err();
            assert!(why.contains("no plain file below its folder"), "{why}");
        }
        assert_eq!(below(Path::new("demo/../x.risk")), None);
        assert_eq!(below(Path::new("/demo/x.risk")), None);
        assert_eq!(below(Path::new("demo")), None);
    }
}
