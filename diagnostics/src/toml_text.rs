//! Texts as TOML has them, for lines of a recipe that a message offers.
//!
//! In: any text, such as the name of a column. Out: it in quotation marks, so that TOML reads it as it is.

use crate::render::harmless;

/// A text as TOML has it: `"Deaths"`, `'a "word"'`, `"People\nkilled"`.
#[must_use]
pub fn toml_text(text: &str) -> String {
    // What cannot be seen, or must not stand there, is written by its number.
    let is_seen = |letter: char| harmless(&letter.to_string()) == letter.to_string();
    if text.contains(['"', '\\']) && !text.contains('\'') && text.chars().all(is_seen) {
        return format!("'{text}'");
    }
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '"' => escaped.push_str("\\\""),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            letter if is_seen(letter) => escaped.push(letter),
            letter => escaped.push_str(&format!("\\u{:04X}", u32::from(letter))),
        }
    }
    format!("\"{escaped}\"")
}

/// A key as TOML has it: `Killed`, `"People killed"`.
#[must_use]
pub fn toml_key(name: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    match !name.is_empty() && name.chars().all(is_bare) {
        true => name.to_owned(),
        false => toml_text(name),
    }
}

#[cfg(test)]
mod tests {
    use super::toml_text;

    #[test]
    fn texts_are_written_so_that_they_read_back() {
        let cases = [
            ("Deaths", "\"Deaths\""),
            ("a \"word\"", "'a \"word\"'"),
            ("People\nkilled", "\"People\\nkilled\""),
            ("it's \"x\"", "\"it's \\\"x\\\"\""),
        ];
        for (text, toml) in cases {
            assert_eq!(toml_text(text), toml);
        }
    }
}
