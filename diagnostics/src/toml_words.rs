//! What keeps a text from being TOML, in words of those who write it by hand.
//!
//! In: the text, and where a parser stopped. Out: what is wrong in that line, and the line as it was meant, for the
//! three files that are TOML: the manifest, recipes and translations.

use crate::wording::with_quotes;

/// What is wrong, and the line to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlSlip {
    pub what: String,
    pub line: Option<String>,
    /// Where the line stands that is wrong, which may be the one before that in which the parser stopped.
    pub place: std::ops::Range<usize>,
}

/// What is wrong where a parser stopped; `said` is what it says of it itself.
#[must_use]
pub fn toml_slip(text: &str, at: usize, said: &str) -> TomlSlip {
    let (what, line) = what_and_line(text, at, said);
    TomlSlip {
        what,
        line,
        place: place_of_line(text, at),
    }
}

fn what_and_line(text: &str, at: usize, said: &str) -> (String, Option<String>) {
    let of = |what: &str, line: String| (what.to_owned(), Some(line));
    let line = line_at(text, at);
    if let Some(line) = counted_in_words(line) {
        return of("a number is written with digits", line);
    }
    if let Some(line) = with_quotes(text, at) {
        return of("a text without quotation marks", line);
    }
    if let Some(line) = other_note(line) {
        return of("a note begins with `#`", line);
    }
    if said.contains("duplicate") {
        let key = line.split('=').next().unwrap_or_default().trim();
        return (format!("`{key}` is said twice"), None);
    }
    if let Some(line) = heading(line) {
        return of("a heading stands between square brackets", line);
    }
    if let Some(line) = other_sign(line) {
        return of("`=` stands between a name and its value", line);
    }
    if let Some(line) = sign_within(line) {
        return of("`=` stands between a name and its value", line);
    }
    if let Some((key, value)) = line.split_once('=') {
        let (key, value) = (key.trim(), value.trim());
        if let Some(inner) = between_other_quotes(value) {
            let line = format!("{key} = \"{inner}\"");
            return of("a text stands between straight quotation marks", line);
        }
        if let Some(more) = second_pair(value) {
            return (
                format!(
                    "a line of its own begins at `{more}`: one name and its value stand in each"
                ),
                None,
            );
        }
        if let Some(line) = commas_between(value) {
            return of(
                "a comma stands between the values in braces",
                format!("{key} = {line}"),
            );
        }
        if let Some(texts) = texts_in_a_row(value) {
            return of(
                "several texts stand between square brackets",
                format!("{key} = [{texts}]"),
            );
        }
        if let Some(inner) = value.strip_prefix('\'') {
            let inner = inner.trim_end_matches('\'').replace('"', "\\\"");
            return of(
                "a text stands between straight quotation marks",
                format!("{key} = \"{inner}\""),
            );
        }
        let quotes = value.matches('"').count() - value.matches("\\\"").count();
        if value.starts_with('"') && quotes == 1 {
            return of(
                "a text without its closing quotation mark",
                format!("{key} = {value}\""),
            );
        }
        if value.ends_with('"') && quotes == 1 {
            return of(
                "a text without its opening quotation mark",
                format!("{key} = \"{value}"),
            );
        }
        if quotes > 2 && !value.starts_with(['[', '{']) {
            let inner = value
                .trim_matches('"')
                .replace("\\\"", "\"")
                .replace('"', "\\\"");
            return of(
                "a quotation mark within a text is written `\\\"`",
                format!("{key} = \"{inner}\""),
            );
        }
        if value.contains('\\') {
            let line = format!("{key} = {}", value.replace("\\\\", "/").replace('\\', "/"));
            return of("folders are set apart by `/`", line);
        }
        if value.is_empty() {
            return of(
                &format!("`{key}` says nothing behind its `=`"),
                format!("{key} = \"…\""),
            );
        }
        let open = |sign: char| value.matches(sign).count();
        if open('[') > open(']') || open('{') > open('}') {
            let sign = if open('[') > open(']') { "]" } else { " }" };
            let value = value.split('#').next().unwrap_or(value).trim_end();
            let whole = value.trim_end_matches([']', '}']).trim_end();
            return of(
                "a bracket is opened and not closed",
                format!("{key} = {whole}{sign}"),
            );
        }
        if let Some(list) = list_of_texts(value) {
            return of(
                "the texts of a list stand between quotation marks, with commas between them",
                format!("{key} = {list}"),
            );
        }
        if key.contains(' ') && !key.contains(['"', '\'']) {
            return of(
                "a name with blanks stands between quotation marks",
                format!("\"{key}\" = {value}"),
            );
        }
        let bare = value.split(" #").next().unwrap_or(value).trim();
        if !bare.starts_with(['"', '\'', '[', '{']) && !bare.contains('"') {
            return of(
                "a text without quotation marks",
                format!("{key} = \"{bare}\""),
            );
        }
    } else if !line.trim().is_empty() && !line.trim_start().starts_with(['#', '[']) {
        let key = line.split_whitespace().next().unwrap_or_default();
        let rest = line.trim().strip_prefix(key).unwrap_or_default().trim();
        let value = if rest.is_empty() {
            "\"…\"".to_owned()
        } else if rest.starts_with('"') || stands_alone(rest) {
            rest.to_owned()
        } else {
            format!("\"{rest}\"")
        };
        return of(
            "`=` stands between a name and its value",
            format!("{key} = {value}"),
        );
    }
    let what = match said {
        said if said.contains("missing comma") => {
            "a comma is missing between two of the values in brackets"
        }
        said if said.contains("literal string") || said.contains("basic string") => {
            "a text begins and ends with `\"`, and its end is not found"
        }
        said if said.contains("unquoted key") => {
            "before the `=` stands a name of letters, digits, `_` and `-`; others stand between quotation marks"
        }
        said if said.contains("unexpected key or value") => {
            "more stands behind the value than belongs to it: each name has a line of its own"
        }
        _ => {
            "this line cannot be read: a name, `=` and a value stand in it, as in `name = \"Survey\"`"
        }
    };
    (what.to_owned(), None)
}

/// `// the vets`, `skip = 1 -- two heads`: a note as other languages write it.
fn other_note(line: &str) -> Option<String> {
    let mut quoted = false;
    let mut begins = true;
    let mut signs = line.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => quoted = !quoted,
            '#' if !quoted => return None,
            '/' | '-'
                if !quoted && begins && signs.peek().is_some_and(|(_, next)| *next == sign) =>
            {
                let (before, note) = line.split_at_checked(at)?;
                let note = note.trim_start_matches(sign).trim();
                return Some(format!("{before}# {note}"));
            }
            _ => {}
        }
        begins = sign.is_whitespace();
    }
    None
}

/// `"calme" alarm = "alerte"`: the words from which on a second name has its value.
fn second_pair(value: &str) -> Option<&str> {
    let (_, rest) = after_text(value)?;
    let rest = rest
        .trim_start()
        .trim_start_matches([',', ';'])
        .trim_start();
    let name = rest.split('=').next()?.trim_end();
    let plain = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    (plain && rest.contains('=')).then_some(name)
}

/// A text between quotation marks, and what stands behind it.
fn after_text(value: &str) -> Option<(&str, &str)> {
    let inner = value.strip_prefix('"')?;
    let mut escaped = false;
    for (at, sign) in inner.char_indices() {
        match sign {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return value.split_at_checked(at + 2),
            _ => escaped = false,
        }
    }
    None
}

/// `"a.csv", "b.csv"`: the texts, with commas between them.
fn texts_in_a_row(value: &str) -> Option<String> {
    let (mut rest, mut texts) = (value, Vec::new());
    while !rest.is_empty() && !rest.starts_with('#') {
        let (text, behind) = after_text(rest)?;
        let next = behind.trim_start();
        let next = next.strip_prefix([',', ';']).unwrap_or(next).trim_start();
        // `"So "called" danger"` has no blank or comma behind a text.
        if !next.is_empty() && next.len() == behind.len() {
            return None;
        }
        texts.push(text);
        rest = next;
    }
    (texts.len() > 1).then(|| texts.join(", "))
}

/// `{ deaths = "Tote" people = "Leute" }`: with commas between what stands in the braces.
fn commas_between(value: &str) -> Option<String> {
    let inner = value.strip_prefix('{')?.trim_end().strip_suffix('}')?;
    let mut out = String::from("{");
    let mut rest = inner;
    let mut added = false;
    while let Some(at) = rest.find('"') {
        let (before, from) = rest.split_at_checked(at)?;
        let (text, behind) = after_text(from)?;
        out.push_str(before);
        out.push_str(text);
        let next = behind.trim_start();
        let is_key = before.trim_end().ends_with('=');
        if is_key && !next.is_empty() && !next.starts_with([',', '#', ']', '}']) {
            out.push(',');
            added = true;
        }
        rest = behind;
    }
    out.push_str(rest);
    out.push('}');
    added.then_some(out)
}

/// `skip = one`: of a key that counts lines.
fn counted_in_words(line: &str) -> Option<String> {
    const COUNTS: [&str; 5] = ["skip", "header", "header_rows", "units_row", "footer"];
    const WORDS: [&str; 11] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let (key, value) = line.split_once('=')?;
    let word = value.split(" #").next()?.trim();
    let digits = WORDS
        .iter()
        .position(|own| word.eq_ignore_ascii_case(own))
        .filter(|_| COUNTS.contains(&key.trim()))?;
    Some(format!("{} = {digits}", key.trim()))
}

/// `[n/a, "x" "y"]` as a list of texts; nothing where it is one, or none at all.
fn list_of_texts(value: &str) -> Option<String> {
    let value = value.split(" #").next().unwrap_or(value).trim();
    let inner = value.strip_prefix('[')?.strip_suffix(']')?;
    let mut parts: Vec<String> = Vec::new();
    let (mut part, mut quoted) = (String::new(), false);
    let mut close = |part: &mut String| {
        let own = part.trim();
        if !own.is_empty() {
            let known = own.parse::<f64>().is_ok() || matches!(own, "true" | "false");
            parts.push(match own.strip_prefix('"') {
                Some(_) => own.to_owned(),
                None if known => own.to_owned(),
                None => format!("\"{}\"", own.trim_matches('\'')),
            });
        }
        part.clear();
    };
    for sign in inner.chars() {
        match sign {
            '"' => {
                if !quoted {
                    close(&mut part);
                }
                part.push(sign);
                if quoted {
                    close(&mut part);
                }
                quoted = !quoted;
            }
            ',' | ';' if !quoted => close(&mut part),
            sign => part.push(sign),
        }
    }
    close(&mut part);
    let list = format!("[{}]", parts.join(", "));
    (!quoted && !parts.is_empty() && list != value).then_some(list)
}

fn place_of_line(text: &str, at: usize) -> std::ops::Range<usize> {
    let before = text.get(..at).unwrap_or_default();
    // A parser that misses a quote stops at the line's end, or at the beginning of the next line.
    let before = before.strip_suffix('\n').unwrap_or(before);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next());
    start..start + line.map_or(0, str::len)
}

fn line_at(text: &str, at: usize) -> &str {
    text.get(place_of_line(text, at)).unwrap_or_default()
}

impl TomlSlip {
    /// Where to point: where the parser stopped, or the whole line where that lies on another.
    #[must_use]
    pub fn point(&self, stopped: std::ops::Range<usize>) -> std::ops::Range<usize> {
        if stopped.start >= self.place.start && stopped.end <= self.place.end {
            stopped
        } else {
            self.place.clone()
        }
    }
}

/// `[labels`, `(labels)`, `labels]`
fn heading(line: &str) -> Option<String> {
    let line = line.trim();
    let name = line.trim_matches(|sign: char| "[](){}".contains(sign));
    let plain = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    let bracketed = line.starts_with(['[', '(', '{']) || line.ends_with([']', ')', '}']);
    let twice = line.starts_with("[[") || line.ends_with("]]");
    let meant = if twice {
        format!("[[{name}]]")
    } else {
        format!("[{name}]")
    };
    (plain && bracketed && meant != line).then_some(meant)
}

/// `overall: "Danger"`, `overall : "Danger"`
fn other_sign(line: &str) -> Option<String> {
    let (key, value) = line.split_once([':', '\u{2192}'])?;
    let key = key.trim();
    let plain = !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    let value = value.trim_start_matches('=').trim();
    let value = if stands_alone(value) || value.starts_with(['"', '[', '{', '\'']) {
        value.to_owned()
    } else {
        format!("\"{value}\"")
    };
    plain.then(|| format!("{key} = {value}"))
}

/// `shape = { long: "Item" }`: the same between braces.
fn sign_within(line: &str) -> Option<String> {
    let mut out = String::with_capacity(line.len() + 4);
    let (mut depth, mut quoted) = (0_usize, false);
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth = depth.saturating_sub(1),
            ':' if !quoted && depth > 0 => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push('=');
                continue;
            }
            _ => {}
        }
        out.push(sign);
    }
    (out != line).then(|| out.trim().to_owned())
}

/// A number, yes or no: these stand without quotation marks.
fn stands_alone(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_number =
        digits.starts_with(|sign: char| sign.is_ascii_digit()) && value.parse::<f64>().is_ok();
    is_number || matches!(value, "true" | "false")
}

/// What stands between « and », “ and ”, ‘ and ’.
fn between_other_quotes(value: &str) -> Option<String> {
    const SIGNS: [char; 8] = [
        '«', '»', '\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{201a}',
    ];
    let begins = value.starts_with(SIGNS);
    begins.then(|| {
        value
            .trim_matches(|sign: char| SIGNS.contains(&sign) || sign == '"')
            .trim()
            .replace('"', "\\\"")
    })
}

#[cfg(test)]
mod tests {
    use super::toml_slip;

    #[test]
    fn each_kind_is_told_with_the_line_that_was_meant() {
        for (line, meant) in [
            ("overall = \"Danger", Some("overall = \"Danger\"")),
            ("overall = Danger\"", Some("overall = \"Danger\"")),
            ("overall = « Danger »", Some("overall = \"Danger\"")),
            (
                "overall = \u{201c}Danger\u{201d}",
                Some("overall = \"Danger\""),
            ),
            ("overall: \"Danger\"", Some("overall = \"Danger\"")),
            ("overall \"Danger\"", Some("overall = \"Danger\"")),
            ("skip: 1", Some("skip = 1")),
            (
                "shape = { long: \"a:b\", value: \"v\" }",
                Some("shape = { long = \"a:b\", value = \"v\" }"),
            ),
            ("skip 1", Some("skip = 1")),
            ("lenient: true", Some("lenient = true")),
            ("overall = Danger", Some("overall = \"Danger\"")),
            ("files = \"in\\a.csv\"", Some("files = \"in/a.csv\"")),
            (
                "overall = \"So \"called\" danger\"",
                Some("overall = \"So \\\"called\\\" danger\""),
            ),
            ("[labels", Some("[labels]")),
            ("(labels)", Some("[labels]")),
            ("[data]]", Some("[[data]]")),
            ("great danger = \"x\"", Some("\"great danger\" = \"x\"")),
            ("missing = [n/a]", Some("missing = [\"n/a\"]")),
            (
                "missing = [\"n/a\" \"-\"]",
                Some("missing = [\"n/a\", \"-\"]"),
            ),
            ("missing = [\"n/a\"", Some("missing = [\"n/a\"]")),
            ("decimal = ,", Some("decimal = \",\"")),
            ("delimiter = ;", Some("delimiter = \";\"")),
            ("period = MM/YYYY", Some("period = \"MM/YYYY\"")),
            ("// the vets", Some("# the vets")),
            ("skip = 1 // two heads", Some("skip = 1 # two heads")),
            ("skip = one", Some("skip = 1")),
            ("calm = \"calme\" alarm = \"alerte\"", None),
            (
                "files = \"a.csv\", \"b.csv\"",
                Some("files = [\"a.csv\", \"b.csv\"]"),
            ),
            (
                "map = { a = \"A\" b = \"B\" }",
                Some("map = { a = \"A\", b = \"B\" }"),
            ),
            ("name = 'Mali's data'", Some("name = \"Mali's data\"")),
            (
                "map = { deaths = \"Tote\"",
                Some("map = { deaths = \"Tote\" }"),
            ),
        ] {
            let text = format!("[labels]\nfirst = \"x\"\n{line}\n");
            let slip = toml_slip(&text, 22, "unexpected");
            assert_eq!(slip.line.as_deref(), meant, "{line}: {slip:?}");
        }
    }
}
