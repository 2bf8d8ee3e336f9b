//! Why a document cannot be read, in our words.
//!
//! In: what the reader of JSON says of a text. Out: the same for people who know the file and not the
//! library: the line, the name, and what should stand there.

use crate::words::list;
use serde_json::Error;
use serde_json::error::Category;

/// `has no `data``, `is no JSON from line 3 on`
#[must_use]
pub fn words(error: &Error) -> String {
    let line = error.line();
    match error.classify() {
        Category::Eof => "is cut off at its end".to_owned(),
        Category::Syntax | Category::Io => format!("is no JSON from line {line} on"),
        Category::Data => {
            let text = error.to_string();
            let what = text.split(" at line ").next().unwrap_or_default();
            let place = if line > 1 {
                format!(" in line {line}")
            } else {
                String::new()
            };
            format!("{}{place}", slip(what))
        }
    }
}

/// What is wrong with one part.
fn slip(said: &str) -> String {
    let mut names = said.split('`').skip(1).step_by(2);
    if said.starts_with("missing field") {
        return format!("has no `{}`", names.next().unwrap_or_default());
    }
    if said.starts_with("unknown field") {
        let name = names.next().unwrap_or_default();
        return format!("has a `{name}`, which is not known here");
    }
    if said.starts_with("duplicate field") {
        return format!("has `{}` twice", names.next().unwrap_or_default());
    }
    if said.starts_with("unknown variant") {
        let name = names.next().unwrap_or_default().to_owned();
        let known: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        return format!("says `{name}`, which is none of {}", list(&known, 12));
    }
    let wanted = said.rsplit("expected ").next().unwrap_or_default();
    let wanted = match wanted {
        "a string" | "a borrowed string" | "path string" => "a text",
        "a boolean" => "`true` or `false`",
        "a character" => "one character",
        "a sequence" => "a list",
        "u64" | "u32" | "f64" => "a number",
        wanted if wanted.starts_with("struct") || wanted.starts_with("a map") => "an object",
        wanted if wanted.starts_with("a tuple") || wanted.contains("element") => "a pair of texts",
        _ => "something else",
    };
    format!("has something else where {wanted} should be")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read")]
    struct Small {
        name: String,
        many: Vec<(String, String)>,
        kind: Kind,
        number: Option<u64>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        One,
        Two,
    }

    #[test]
    fn slips_are_told_in_our_words() {
        for (text, told) in [
            ("{\"name\": 1}", "has something else where a text should be"),
            (
                "{\n\"nam\": 1}",
                "has a `nam`, which is not known here in line 2",
            ),
            ("{\"name\": \"a\"}", "has no `many`"),
            (
                "{\"kind\": \"three\"}",
                "says `three`, which is none of `one` and `two`",
            ),
            ("{\"many\": 1}", "has something else where a list should be"),
            (
                "{\"many\": [[\"a\"]]}",
                "has something else where a pair of texts should be",
            ),
            (
                "{\"number\": \"a\"}",
                "has something else where a number should be",
            ),
            ("{\"name\": \"a\"", "is cut off at its end"),
            ("{\n\n name}", "is no JSON from line 3 on"),
            ("[]", "has something else where an object should be"),
        ] {
            let error = serde_json::from_str::<Small>(text).unwrap_err();
            assert_eq!(words(&error), told, "{error}");
        }
    }
}
