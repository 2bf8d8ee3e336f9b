//! What tells a state from other files.
//!
//! In: a path. Out: whether a run wrote it to hand over to later ones. The whole of it has to read, and nothing of it
//! is kept: a state of many entities is large.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use std::path::Path;

/// Is it a file that a run wrote to hand over to later ones?
#[must_use]
pub fn is_state(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let look: Option<Look> = serde_json::from_str(&text).ok();
    look.is_some_and(|look| look.has_form && look.has_entities)
}

/// What is seen of a file.
#[derive(Default)]
struct Look {
    /// It says by a whole number in which form it is written.
    has_form: bool,
    has_entities: bool,
}

impl<'de> Deserialize<'de> for Look {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Looking)
    }
}

struct Looking;

impl<'de> Visitor<'de> for Looking {
    type Value = Look;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Look, M::Error> {
        let mut look = Look::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "state" => {
                    let form: serde_json::Value = map.next_value()?;
                    look.has_form = form.is_u64();
                }
                name => {
                    look.has_entities |= name == "entities";
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(look)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seems(text: &str) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("results.csv.state.json");
        std::fs::write(&path, text).unwrap();
        is_state(&path)
    }

    #[test]
    fn a_state_says_its_form_and_has_entities() {
        assert!(seems(r#"{"state": 2, "entities": []}"#));
        assert!(seems(
            r#"{"entities": [{"read": [["1.5", null]]}], "state": 900}"#
        ));
        assert!(seems(
            "{\"state\": 2, \"entities\": {}, \"more\": [1, {}]}\n"
        ));
    }

    #[test]
    fn other_files_are_none() {
        for other in [
            "",
            "[]",
            "null",
            "{}",
            r#"{"state": 2}"#,
            r#"{"entities": []}"#,
            r#"{"state": "2", "entities": []}"#,
            r#"{"state": -2, "entities": []}"#,
            r#"{"state": 2.5, "entities": []}"#,
            r#"{"state": {"state": 2}, "entities": []}"#,
            // Cut off, or with something behind it.
            r#"{"state": 2, "entities": ["#,
            r#"{"state": 2, "entities": []} []"#,
            r#"{"state": 2, "entities": [}"#,
        ] {
            assert!(!seems(other), "{other}");
        }
    }
}
