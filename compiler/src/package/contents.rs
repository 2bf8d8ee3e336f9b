//! What a package holds, and its fingerprints.
//!
//! In: a package's folder or archive. Out: every file that belongs to it, with its SHA-256, sorted by name, and
//! what lies beside them without belonging to it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Component, Path};

use sha2::{Digest, Sha256};

use super::belongs::{LeftOut, left_out};
pub use super::words::LIMIT;
use super::words::{shown, why};
use crate::diagnostics::Reports;
use crate::diagnostics::packages::{FileNameUnfit, PackageTooLarge};
use crate::diagnostics::syntax::FileUnreadable;
use crate::source::Files;

/// The files of a package.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Those that belong to it, whole: paths below its root, with `/`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What lies below its root and is no part of it.
    pub left_out: LeftOut,
}

/// Every file of the package at `root`. Nothing where one of them cannot be had, which is told by its name.
pub fn read(root: &Path, files: &dyn Files, reports: &mut Reports) -> Option<Contents> {
    let all = match files.all_files(root) {
        Ok(all) => all,
        Err(error) => {
            let (file, why) = (shown(root), why(&error));
            reports.add(FileUnreadable {
                file,
                why,
                data: false,
                rules: None,
            });
            return None;
        }
    };
    let below = |path: &Path| shown(path.strip_prefix(root).unwrap_or(path));
    let text = |name: &str| String::from_utf8(files.read(&root.join(name)).ok()?).ok();
    let names: Vec<String> = all.iter().map(|path| below(path)).collect();
    let left_out = left_out(&names, &text);
    let belongs = |name: &str| !left_out.contains_key(name);
    let mut contents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let (mut bytes, mut largest) = (0, (0, String::new()));
    let mut is_whole = true;
    let mut spelt = Spelt::default();
    for path in all {
        let name = match name_below(root, &path) {
            Ok(name) if belongs(&name) => name,
            Ok(_) => continue,
            Err(why) => {
                if belongs(&below(&path)) {
                    let file = written_out(&path);
                    reports.add(FileNameUnfit { file, why });
                    is_whole = false;
                }
                continue;
            }
        };
        let too_large = |file: String| PackageTooLarge { file, limit: LIMIT };
        let content = match files.read(&path) {
            Ok(content) => content,
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                reports.add(too_large(shown(&path)));
                return None;
            }
            Err(error) => {
                let (file, why) = (shown(&path), why(&error));
                reports.add(FileUnreadable {
                    file,
                    why,
                    data: false,
                    rules: None,
                });
                is_whole = false;
                continue;
            }
        };
        let size = content.len() as u64;
        bytes += size;
        if size > largest.0 {
            largest = (size, shown(&path));
        }
        if bytes > LIMIT {
            reports.add(too_large(largest.1));
            return None;
        }
        if spelt.meets(&name) {
            let (file, why) = (written_out(&path), BY_CAPITALS);
            reports.add(FileNameUnfit { file, why });
            is_whole = false;
        }
        contents.insert(name, content);
    }
    let files = contents;
    is_whole.then_some(Contents { files, left_out })
}

/// A path below the root, with `/`.
///
/// # Errors
/// Why its name cannot be kept as it is, wherever the package is unpacked.
fn name_below(root: &Path, path: &Path) -> Result<String, &'static str> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut parts = Vec::new();
    for part in below.components() {
        let Component::Normal(part) = part else {
            continue;
        };
        let part = part.to_str().ok_or("its name is not text in UTF-8")?;
        if let Some(why) = unfit(part) {
            return Err(why);
        }
        parts.push(part);
    }
    Ok(parts.join("/"))
}

/// Names that stand for devices on some systems, with whatever ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why a name of a file or a folder cannot be kept as it is on every machine.
pub(super) fn unfit(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_device = DEVICES.contains(&stem.as_str())
        || port.is_some_and(|port| matches!(port.as_bytes(), [b'0'..=b'9']));
    if name.contains('\\') {
        Some("its name has a backslash, which stands between folders elsewhere")
    } else if name.contains(char::is_control) {
        Some("its name has a control character")
    } else if name.contains([':', '*', '?', '"', '<', '>', '|']) {
        Some("its name has one of the signs : * ? \" < > |, which names cannot have elsewhere")
    } else if name.ends_with(['.', ' ']) {
        Some("its name ends in a dot or a blank, which is cut off elsewhere")
    } else if is_device {
        Some("its name is that of a device elsewhere")
    } else {
        None
    }
}

/// The names of files and folders, told apart as some systems do: not by capitals.
#[derive(Default)]
pub(super) struct Spelt(BTreeMap<String, String>);

impl Spelt {
    /// Is there another one that differs from this path, or from a folder on its way, by capitals alone?
    pub(super) fn meets(&mut self, path: &str) -> bool {
        let ends = path
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([path.len()]);
        let mut meets = false;
        for way in ends.filter_map(|end| path.get(..end)) {
            let own = self
                .0
                .entry(way.to_lowercase())
                .or_insert_with(|| way.to_owned());
            meets |= own != way;
        }
        meets
    }
}

/// Why one of two such names is refused.
pub(super) const BY_CAPITALS: &str =
    "another name differs from it by capitals alone, and elsewhere both are one";

/// A path with what is no text, and what would not be seen, written as `\xE9`.
fn written_out(path: &Path) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for letter in chunk.valid().chars() {
            if letter.is_control() {
                let _ = write!(text, "\\x{:02X}", u32::from(letter));
            } else {
                text.push(letter);
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// SHA-256 in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The fingerprints of a package's files.
#[must_use]
pub fn fingerprints(contents: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    contents
        .iter()
        .map(|(name, bytes)| (name.clone(), sha256(bytes)))
        .collect()
}
