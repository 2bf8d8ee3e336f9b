//! Paths in a manifest: from its own folder, so that they hold wherever the folder is moved together
//! with what it names, and from wherever it is read.

use std::path::{Component, Path, PathBuf};

/// A path as seen from a folder. The name itself is kept, even if it is a link; folders on the way are
/// those that they lead to.
#[must_use]
pub fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    let Ok(folder) = folder.canonicalize() else {
        return path.to_owned();
    };
    let whole = match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => {
            let parent = if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            };
            real(parent).map(|parent| parent.join(name))
        }
        _ => real(path),
    };
    let Some(whole) = whole else {
        return path.to_owned();
    };
    let shared = folder
        .components()
        .zip(whole.components())
        .take_while(|(a, b)| a == b)
        .count();
    if shared == 0 {
        return whole;
    }
    let up = folder.components().count() - shared;
    let mut seen: PathBuf = std::iter::repeat_n("..", up).collect();
    seen.extend(whole.components().skip(shared));
    if seen.as_os_str().is_empty() {
        seen.push(".");
    }
    seen
}

/// The full path of a folder; of one that lies in an archive as well.
fn real(folder: &Path) -> Option<PathBuf> {
    if let Ok(real) = folder.canonicalize() {
        return Some(real);
    }
    let name = folder.file_name()?;
    let parent = folder.parent()?;
    let parent = if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    };
    Some(real(parent)?.join(name))
}

/// A path of a manifest in this folder, as short as it can be said from here.
#[must_use]
pub fn from_here(folder: &Path, path: &Path) -> PathBuf {
    let whole = folder.join(path);
    let mut short = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if ends_in_a_name(&short) => {
                // A link may lead elsewhere than to where its name stands.
                if short.is_symlink() {
                    short.push("..");
                } else {
                    short.pop();
                }
            }
            _ => short.push(part),
        }
    }
    if short.as_os_str().is_empty() {
        short.push(".");
    }
    short
}

fn ends_in_a_name(path: &Path) -> bool {
    matches!(path.components().next_back(), Some(Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_the_manifest_and_back() {
        let place = tempfile::tempdir().unwrap();
        let at = |path: &str| place.path().join(path);
        for folder in ["runs/2024-11", "rules", "data"] {
            std::fs::create_dir_all(at(folder)).unwrap();
        }
        std::fs::write(at("data/a.csv"), "").unwrap();
        let runs = at("runs/2024-11");
        for (path, seen) in [
            ("data/a.csv", "../../data/a.csv"),
            ("data/../rules", "../../rules"),
            ("runs/2024-11/r.csv", "r.csv"),
            ("runs", ".."),
            ("vendor/un.tar.gz/un.risk", "../../vendor/un.tar.gz/un.risk"),
        ] {
            let found = seen_from(&runs, &at(path));
            assert_eq!(found, Path::new(seen), "{path}");
        }
        assert_eq!(
            from_here(Path::new("a"), Path::new("../w.risk")),
            Path::new("w.risk")
        );
        assert_eq!(
            from_here(Path::new(""), Path::new("../w")),
            Path::new("../w")
        );
        assert_eq!(from_here(Path::new("a"), Path::new("..")), Path::new("."));
    }
}
