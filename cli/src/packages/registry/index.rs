//! `index.toml`: what a registry holds, one entry for each package and version.
//!
//! ```toml
//! [[package]]
//! name = "un_atrocity"
//! version = "1.0.0"
//! label = "Atrocity crimes: Framework of Analysis"
//! file = "un_atrocity-1.0.0.tar.gz"
//! sha256 = "…"
//! extends = { name = "base", version = "1" }
//! uses = [{ name = "common", version = "1" }]
//! ```

use forewarn_compiler::package::manifest::version;
use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value,
};

/// The file's name.
pub const INDEX: &str = "index.toml";

/// What a registry holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    pub entries: Vec<Entry>,
}

/// One version of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub version: String,
    pub label: String,
    /// The archive beside the index.
    pub file: String,
    pub sha256: String,
    /// What it extends, and which versions of it.
    pub extends: Option<(String, String)>,
    /// The packages that it uses, likewise.
    pub uses: Vec<(String, String)>,
}

/// Is it a file's name, and no way to another folder?
pub fn is_plain(name: &str) -> bool {
    let is_fine = |letter: char| letter.is_ascii_alphanumeric() || "._+-".contains(letter);
    !name.is_empty() && !name.starts_with('.') && name.chars().all(is_fine)
}

impl Index {
    /// # Errors
    /// What is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not text".to_owned())?;
        let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            format!("it is not TOML: {}", error.message())
        })?;
        let mut entries: Vec<Entry> = Vec::new();
        let all = match document.get("package") {
            None => None,
            Some(all) => Some(
                all.as_array_of_tables()
                    .ok_or("`package` is no list of packages")?,
            ),
        };
        for table in all.into_iter().flatten() {
            let entry = entry(table)?;
            // `1.2` and `1.2.0` are one version.
            let is_same = |one: &&Entry| {
                one.name == entry.name && version(&one.version) == version(&entry.version)
            };
            if let Some(known) = entries.iter().find(is_same) {
                let name = &entry.name;
                return Err(match known.version == entry.version {
                    true => format!("{name} {} is in it twice", entry.version),
                    false => format!(
                        "{name} {} is in it twice, as `{}` and as `{}`",
                        version(&entry.version).map_or(String::new(), |one| one.to_string()),
                        known.version,
                        entry.version
                    ),
                });
            }
            entries.push(entry);
        }
        Ok(Self { entries })
    }

    pub fn write(&self) -> String {
        let mut all = ArrayOfTables::new();
        for entry in &self.entries {
            let mut table = Table::new();
            let texts = [
                ("name", &entry.name),
                ("version", &entry.version),
                ("label", &entry.label),
                ("file", &entry.file),
                ("sha256", &entry.sha256),
            ];
            for (key, text) in texts {
                table.insert(key, value(text));
            }
            let named = |(name, range): &(String, String)| {
                let mut named = InlineTable::new();
                named.insert("name", Value::from(name));
                named.insert("version", Value::from(range));
                named
            };
            if let Some(base) = &entry.extends {
                table.insert("extends", value(named(base)));
            }
            if !entry.uses.is_empty() {
                table.insert(
                    "uses",
                    value(entry.uses.iter().map(named).collect::<Array>()),
                );
            }
            all.push(table);
        }
        let mut document = DocumentMut::new();
        document.insert("package", Item::ArrayOfTables(all));
        document.to_string()
    }
}

fn entry(table: &Table) -> Result<Entry, String> {
    let text = |key: &str| {
        let found = table.get(key).and_then(Item::as_str).map(str::to_owned);
        found.ok_or_else(|| format!("an entry has no `{key}`"))
    };
    let (name, file) = (text("name")?, text("file")?);
    if !is_plain(&file) {
        return Err(format!("`{file}` is no name of a file beside it"));
    }
    if !is_plain(&name) {
        return Err(format!("`{name}` is no name of a package"));
    }
    let named = |key: &str, of: Option<&dyn TableLike>| {
        let text = |key| of?.get(key).and_then(Item::as_str).map(str::to_owned);
        let base = text("name").ok_or_else(|| format!("`{key}` of {name} names no package"))?;
        Ok::<_, String>((base, text("version").unwrap_or_else(|| "*".to_owned())))
    };
    let extends = table.get("extends");
    let extends = extends.map(|extends| named("extends", extends.as_table_like()));
    let uses = match table.get("uses") {
        None => Vec::new(),
        Some(uses) => {
            let all = uses.as_array();
            let all = all.ok_or_else(|| format!("`uses` of {name} is no list of packages"))?;
            let of = |one: &Value| {
                let table = one.as_inline_table().map(|table| table as &dyn TableLike);
                named("uses", table)
            };
            all.iter().map(of).collect::<Result<_, _>>()?
        }
    };
    let number = text("version")?;
    if version(&number).is_none() {
        return Err(format!("`{number}` is no version"));
    }
    Ok(Entry {
        name,
        version: number,
        label: text("label")?,
        file,
        sha256: text("sha256")?,
        extends: extends.transpose()?,
        uses,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let entry = |version: &str, extends: Option<(&str, &str)>| Entry {
            name: "west".to_owned(),
            version: version.to_owned(),
            label: "Western \"adaptation\"".to_owned(),
            file: format!("west-{version}.tar.gz"),
            sha256: "00".to_owned(),
            extends: extends.map(|(name, range)| (name.to_owned(), range.to_owned())),
            uses: match extends {
                None => Vec::new(),
                Some(_) => vec![("common".to_owned(), "0.3".to_owned())],
            },
        };
        Index {
            entries: vec![entry("1.0.0", None), entry("1.1.0", Some(("un", "1")))],
        }
    }

    #[test]
    fn an_index_is_read_as_it_was_written() {
        assert_eq!(Index::read(index().write().as_bytes()), Ok(index()));
        assert_eq!(Index::read(b""), Ok(Index::default()));
    }

    #[test]
    fn files_of_other_folders_and_two_entries_of_one_name_are_refused() {
        let written = index().write();
        for outside in [
            "../west.tar.gz",
            "/etc/passwd",
            "a/b",
            "..",
            "",
            "a\\b",
            "http:x",
        ] {
            let bad = written.replace("west-1.0.0.tar.gz", outside);
            assert!(Index::read(bad.as_bytes()).is_err(), "{outside}");
        }
        let twice = format!("{written}{written}");
        let why = Index::read(twice.as_bytes()).unwrap_err();
        assert!(why.contains("west 1.0.0 is in it twice"), "{why}");
        let spelt = written.replace("\"1.1.0\"", "\"1.0\"");
        let why = Index::read(spelt.as_bytes()).unwrap_err();
        assert_eq!(why, "west 1.0.0 is in it twice, as `1.0.0` and as `1.0`");
        for (extends, why) in [
            ("3", "names no package"),
            ("{ version = \"1\" }", "names no package"),
        ] {
            let bad = written.replace("{ name = \"un\", version = \"1\" }", extends);
            assert!(Index::read(bad.as_bytes()).unwrap_err().contains(why));
        }
        for (uses, why) in [("3", "no list of packages"), ("[3]", "names no package")] {
            let bad = written.replace("[{ name = \"common\", version = \"0.3\" }]", uses);
            assert!(Index::read(bad.as_bytes()).unwrap_err().contains(why));
        }
        assert!(Index::read(b"package = 3").is_err());
        let versions = written.replace("1.1.0", "../1");
        assert!(Index::read(versions.as_bytes()).is_err());
    }
}
