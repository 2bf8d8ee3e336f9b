//! Which file of a crate imports which, read from `use` lines and paths that begin with `crate::`.
//!
//! A file that declares a module and hands its names on (`pub use`) does not import it by that; and a
//! name taken from a parent that only hands it on is taken from where it is declared, be that another
//! crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Stands for any other crate among the modules that hand names on.
const OUTSIDE: &str = "<another crate>";

/// The sources of one crate, by their module's path: `bind::join`; the root is empty.
pub struct Files {
    texts: BTreeMap<String, (PathBuf, String)>,
}

impl Files {
    pub fn below(source: &Path) -> Self {
        let mut texts = BTreeMap::new();
        let mut folders = vec![source.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ext| ext == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let own = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or("");
                    texts.insert(module(source, &path), (path, own.to_owned()));
                }
            }
        }
        Self { texts }
    }

    pub fn texts(&self) -> impl Iterator<Item = (&Path, &str)> {
        let texts = self.texts.values();
        texts.map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// For each module those that it imports from.
    pub fn imports(&self) -> BTreeMap<String, BTreeSet<String>> {
        let handed: BTreeMap<&String, Vec<(String, String)>> = self
            .texts
            .iter()
            .map(|(module, (_, text))| (module, self.handed_on(module, text)))
            .collect();
        let mut all = BTreeMap::new();
        for (module, (_, text)) in &self.texts {
            let mut found = BTreeSet::new();
            let children = self.children(module);
            let of_children = children_named(text, &children);
            let imported = uses(text).into_iter().filter(|(public, _)| !public);
            for path in imported.map(|(_, path)| path).chain(of_children) {
                let path = path.split(" as ").next().unwrap_or("");
                let Some((target, name)) = self.resolve(module, path) else {
                    continue;
                };
                let target = self.declared_in(target, &name, &handed);
                if target != *module && target != OUTSIDE {
                    found.insert(target);
                }
            }
            all.insert(module.clone(), found);
        }
        all
    }

    /// The modules that a file declares as its own.
    fn children(&self, module: &str) -> Vec<&str> {
        let own = self.texts.keys().filter_map(|other| {
            let name = match module {
                "" => other,
                module => other.strip_prefix(module)?.strip_prefix("::")?,
            };
            (!name.is_empty() && !name.contains("::")).then_some(name)
        });
        own.collect()
    }

    /// What a module hands on: a name, and the module that it is from.
    fn handed_on(&self, module: &str, text: &str) -> Vec<(String, String)> {
        let public = uses(text).into_iter().filter(|(public, _)| *public);
        let resolved = public.map(|(_, path)| match path.split_once(" as ") {
            None => self.resolve(module, &path).map_or_else(
                || {
                    let name = path.rsplit("::").next().unwrap_or("");
                    (name.to_owned(), OUTSIDE.to_owned())
                },
                |(from, name)| (name, from),
            ),
            Some((path, alias)) => {
                let from = self.resolve(module, path);
                let from = from.map_or_else(|| OUTSIDE.to_owned(), |(from, _)| from);
                (alias.to_owned(), from)
            }
        });
        resolved.collect()
    }

    /// Follows what is handed on to where it is declared.
    fn declared_in(
        &self,
        mut module: String,
        name: &str,
        handed: &BTreeMap<&String, Vec<(String, String)>>,
    ) -> String {
        for _ in 0..8 {
            let from = handed.get(&module).into_iter().flatten();
            let declares = |module: &str, name: &str| {
                let text = self.texts.get(module).map_or("", |(_, text)| text);
                [
                    "struct",
                    "enum",
                    "fn",
                    "trait",
                    "const",
                    "type",
                    "static",
                    "mod",
                    "macro_rules!",
                ]
                .iter()
                .any(|word| {
                    let declared = format!("{word} {name}");
                    text.match_indices(&declared).any(|(at, _)| {
                        let next = text[at + declared.len()..].chars().next();
                        next.is_none_or(|next| !next.is_alphanumeric() && next != '_')
                    })
                })
            };
            let next = from
                .filter(|(known, from)| known == name || (known == "*" && declares(from, name)))
                .map(|(_, from)| from.clone())
                .find(|from| *from != module);
            match next {
                Some(next) if !declares(&module, name) => module = next,
                _ => return module,
            }
        }
        module
    }

    /// The module that a path leads into, and the name that is taken from there.
    fn resolve(&self, module: &str, path: &str) -> Option<(String, String)> {
        let mut parts: Vec<&str> = path.split("::").collect();
        let mut at: Vec<&str> = match *parts.first()? {
            "crate" => Vec::new(),
            "self" | "super" => module.split("::").filter(|part| !part.is_empty()).collect(),
            first => {
                // A child that is named without `self`.
                let child = join(module, first);
                if !self.texts.contains_key(&child) {
                    return None;
                }
                parts.insert(0, "self");
                module.split("::").filter(|part| !part.is_empty()).collect()
            }
        };
        let mut rest = parts.into_iter().peekable();
        while let Some(part) = rest.next_if(|part| matches!(*part, "crate" | "self" | "super")) {
            if part == "super" {
                at.pop();
            }
        }
        while let Some(part) = rest.peek() {
            let child = join(&at.join("::"), part);
            if !self.texts.contains_key(&child) {
                break;
            }
            at.push(part);
            rest.next();
        }
        let name = rest.next().unwrap_or("").to_owned();
        Some((at.join("::"), name))
    }
}

fn join(module: &str, child: &str) -> String {
    if module.is_empty() {
        child.to_owned()
    } else {
        format!("{module}::{child}")
    }
}

fn module(source: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(source).unwrap().with_extension("");
    let parts = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    let mut parts: Vec<String> = parts.map(|part| part.into_owned()).collect();
    if matches!(
        parts.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        parts.pop();
    }
    parts.join("::")
}

/// Paths within a file that begin with one of its own modules: `child::made(…)`.
fn children_named(text: &str, children: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let code = text.lines().filter_map(|line| line.split("//").next());
    let is_import = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("use ") || (line.starts_with("pub") && line.contains(" use "))
    };
    for line in code.filter(|line| !is_import(line)) {
        for child in children {
            let start = format!("{child}::");
            found.extend(paths_from(line, &start));
        }
    }
    found
}

/// The paths in a text that begin so.
fn paths_from<'t>(text: &'t str, start: &'t str) -> impl Iterator<Item = String> + 't {
    text.match_indices(start).filter_map(|(at, _)| {
        let boundary = text[..at].chars().next_back();
        if boundary.is_some_and(|before| before.is_alphanumeric() || "_:$".contains(before)) {
            return None;
        }
        let path: String = text[at..]
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':'))
            .collect();
        Some(path.trim_end_matches(':').to_owned())
    })
}

/// Every path of every `use`, one for each name, and whether it is handed on; and other paths that begin
/// with `crate::` or `super::`.
fn uses(text: &str) -> Vec<(bool, String)> {
    let text: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n");
    let mut found = Vec::new();
    let mut rest = text.as_str();
    let mut other = String::new();
    while let Some(at) = rest.find("use ") {
        let before = &rest[..at];
        let line = before.rsplit('\n').next().unwrap_or("");
        let visibility = line.trim();
        let is_use = visibility.is_empty() || visibility.starts_with("pub");
        other.push_str(before);
        let after = &rest[at + 4..];
        if is_use && let Some(end) = after.find(';') {
            let public = visibility.starts_with("pub");
            let tree: String = after[..end]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            expand("", &tree, &mut |path| found.push((public, path)));
            rest = &after[end..];
        } else {
            rest = after;
        }
    }
    other.push_str(rest);
    for start in ["crate::", "super::"] {
        found.extend(paths_from(&other, start).map(|path| (false, path)));
    }
    found
}

/// `a::{b, c::d as e}` as `a::b` and `a::c::d as e`.
fn expand(prefix: &str, tree: &str, take: &mut impl FnMut(String)) {
    let tree = tree.trim();
    match tree.find('{') {
        None => {
            let path = tree.strip_suffix("::self").unwrap_or(tree);
            let whole = match path {
                "self" => prefix.trim_end_matches("::").to_owned(),
                path => format!("{prefix}{path}"),
            };
            if !path.is_empty() {
                take(whole);
            }
        }
        Some(open) => {
            let prefix = format!("{prefix}{}", tree[..open].trim());
            let inside = tree[open + 1..].trim_end().trim_end_matches('}');
            let (mut depth, mut start) = (0, 0);
            for (at, letter) in inside.char_indices() {
                match letter {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        expand(&prefix, &inside[start..at], take);
                        start = at + 1;
                    }
                    _ => {}
                }
            }
            // The last brace of nested trees was trimmed with those of this one.
            let last = &inside[start..];
            let open = last
                .matches('{')
                .count()
                .saturating_sub(last.matches('}').count());
            expand(&prefix, &format!("{last}{}", "}".repeat(open)), take);
        }
    }
}

/// Groups of modules that reach each other.
pub fn circles(imports: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach = |from: &str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = vec![from];
        while let Some(module) = next.pop() {
            for target in imports.get(module).into_iter().flatten() {
                if seen.insert(target) {
                    next.push(target);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = imports
        .keys()
        .map(|module| (module.as_str(), reach(module)))
        .collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for module in imports.keys() {
        let mine = &reached[module.as_str()];
        if !mine.contains(module.as_str()) || !done.insert(module) {
            continue;
        }
        let others = mine.iter().copied();
        let together: Vec<String> = others
            .filter(|other| {
                reached
                    .get(other)
                    .is_some_and(|theirs| theirs.contains(module.as_str()))
            })
            .map(str::to_owned)
            .collect();
        done.extend(
            imports
                .keys()
                .filter(|one| together.contains(one))
                .map(String::as_str),
        );
        found.push(together);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_of_names_are_taken_apart() {
        let mut found = Vec::new();
        expand("", "crate::a::{b, c::{self, D as E}, f::*}", &mut |path| {
            found.push(path)
        });
        assert_eq!(
            found,
            [
                "crate::a::b",
                "crate::a::c",
                "crate::a::c::D as E",
                "crate::a::f::*"
            ]
        );
    }

    #[test]
    fn what_a_file_names_of_its_own_modules_is_found() {
        let text = "mod child;\npub use child::Made;\nfn f() {\n    child::made(other::made());\n}\n// child::said\n";
        assert_eq!(children_named(text, &["child"]), ["child::made"]);
    }

    #[test]
    fn a_circle_is_found_and_a_chain_is_none() {
        let graph = |edges: &[(&str, &str)]| {
            let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for (from, to) in edges {
                all.entry((*from).to_owned())
                    .or_default()
                    .insert((*to).to_owned());
                all.entry((*to).to_owned()).or_default();
            }
            all
        };
        assert!(circles(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
        assert_eq!(
            circles(&graph(&[("a", "b"), ("b", "c"), ("c", "a")])),
            [["a", "b", "c"]]
        );
    }
}
