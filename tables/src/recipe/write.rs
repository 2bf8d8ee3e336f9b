//! A recipe in words: lines of `forewarn.toml`, and options of a command.
//!
//! In: a recipe. Out: one line for each thing that it says, in both spellings; they read back as the
//! same recipe.

use super::{Recipe, Shape, Summed};
use forewarn_diagnostics::toml_text::{toml_key, toml_text};
use forewarn_runtime::bind::{Decimal, KeyStep};
use forewarn_runtime::causes::data::typed;

/// A key of a recipe in both spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub key: &'static str,
    /// `skip = 4`
    pub toml: String,
    /// `--skip 4`
    pub options: String,
}

/// A text as TOML has it.
#[must_use]
pub fn quoted(text: &str) -> String {
    toml_text(text)
}

fn list(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    format!("[{}]", words.join(", "))
}

fn table<'a>(pairs: impl Iterator<Item = (&'a str, String)>) -> String {
    let pairs: Vec<String> = pairs
        .map(|(key, value)| format!("{} = {value}", toml_key(key)))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn repeated(option: &str, words: &[String]) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|word| match word.len() > 1 && word.starts_with('-') {
            true => format!("--{option}={}", shell(word)),
            false => format!("--{option} {}", shell(word)),
        })
        .collect();
    words.join(" ")
}

/// A word as it can be typed in a shell.
fn shell(word: &str) -> String {
    if word.contains(['"', '$', '`', '!']) && !word.contains('\'') {
        return format!("'{word}'");
    }
    typed(word)
}

/// What a recipe says, in the order in which people read it.
#[must_use]
pub fn lines(recipe: &Recipe) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |key: &'static str, toml: String, options: String| {
        lines.push(Line {
            key,
            toml: format!("{key} = {toml}"),
            options,
        });
    };
    if let Some(format) = recipe.format {
        add(
            "from",
            quoted(format.word()),
            format!("--from {}", format.word()),
        );
    }
    let frame = &recipe.frame;
    if frame.skip > 0 {
        add(
            "skip",
            frame.skip.to_string(),
            format!("--skip {}", frame.skip),
        );
    }
    if !frame.header.is_empty() {
        add(
            "header",
            list(&frame.header),
            format!("--header {}", shell(&frame.header.join(","))),
        );
    }
    if frame.header_rows > 1 {
        add(
            "header_rows",
            frame.header_rows.to_string(),
            format!("--header-rows {}", frame.header_rows),
        );
    }
    if frame.units_row {
        add("units_row", "true".to_owned(), "--units-row".to_owned());
    }
    if let Some(comment) = &frame.comment {
        add(
            "comment",
            quoted(comment),
            format!("--comment {}", shell(comment)),
        );
    }
    match frame.footer.as_slice() {
        [] => {}
        [only] => add("footer", quoted(only), format!("--footer {}", shell(only))),
        all => add("footer", list(all), repeated("footer", all)),
    }
    if let Some(encoding) = recipe.encoding {
        let name = encoding.name().to_lowercase();
        add("encoding", quoted(&name), format!("--encoding {name}"));
    }
    if let Some(delimiter) = recipe.delimiter {
        let sign = if delimiter == b'\t' {
            "tab".to_owned()
        } else {
            char::from(delimiter).to_string()
        };
        let typed = if delimiter.is_ascii_alphanumeric() || delimiter == b'\t' || delimiter == b','
        {
            sign.clone()
        } else {
            format!("\"{sign}\"")
        };
        add("delimiter", quoted(&sign), format!("--delimiter {typed}"));
    }
    if let Some(sheet) = &recipe.sheet {
        add("sheet", quoted(sheet), format!("--sheet {}", shell(sheet)));
    }
    if let Some(range) = &recipe.range {
        add("range", quoted(range), format!("--range {range}"));
    }
    match recipe.decimal {
        Some(Decimal::Comma) => add("decimal", quoted(","), "--decimal ,".to_owned()),
        Some(Decimal::Point) => add("decimal", quoted("."), "--decimal .".to_owned()),
        None => {}
    }
    if let Some(sign) = recipe.thousands {
        add(
            "thousands",
            quoted(&sign.to_string()),
            format!("--thousands {}", typed(&sign.to_string())),
        );
    }
    if recipe.flags {
        add("flags", "true".to_owned(), "--flags".to_owned());
    }
    if recipe.multiples {
        add("multiples", "true".to_owned(), "--multiples".to_owned());
    }
    if recipe.brackets {
        add("brackets", "true".to_owned(), "--brackets".to_owned());
    }
    for (key, words) in [
        ("missing", &recipe.missing),
        ("yes", &recipe.yes),
        ("no", &recipe.no),
    ] {
        if !words.is_empty() {
            add(key, list(words), repeated(key, words));
        }
    }
    if !recipe.words.is_empty() {
        let options: Vec<String> = recipe
            .words
            .iter()
            .map(|(name, word)| format!("--word {}", shell(&format!("{name}={word}"))))
            .collect();
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &recipe.words {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let pairs = names.into_iter().map(|name| {
            let own = recipe.words.iter().filter(|(known, _)| known == name);
            let own: Vec<String> = own.map(|(_, word)| word.clone()).collect();
            let words = match own.as_slice() {
                [only] => quoted(only),
                all => list(all),
            };
            (name, words)
        });
        add("words", table(pairs), options.join(" "));
    }
    if recipe.lenient {
        add("lenient", "true".to_owned(), "--lenient".to_owned());
    }
    if !recipe.fill.is_empty() {
        add("fill", list(&recipe.fill), repeated("fill", &recipe.fill));
    }
    if let Some(named) = &recipe.named {
        add(
            "named",
            quoted(named.text()),
            format!("--named {}", shell(named.text())),
        );
    }
    if !recipe.rename.is_empty() {
        let pairs = recipe.rename.iter();
        let options: Vec<String> = pairs
            .clone()
            .map(|(from, to)| format!("--rename {}", shell(&format!("{from}={to}"))))
            .collect();
        let pairs = pairs.map(|(from, to)| (from.as_str(), quoted(to)));
        add("rename", table(pairs), options.join(" "));
    }
    if let Some(rows) = &recipe.rows {
        add(
            "rows",
            quoted(rows.text()),
            format!("--rows {}", shell(rows.text())),
        );
    }
    shape(&recipe.shape, &mut add);
    if !recipe.sum.is_empty() {
        let of = |summed: &Summed| match summed {
            Summed::Count => "count".to_owned(),
            Summed::Column(column) => column.clone(),
        };
        let options: Vec<String> = recipe
            .sum
            .iter()
            .map(|(name, summed)| format!("--sum {}", shell(&format!("{name}={}", of(summed)))))
            .collect();
        let pairs = recipe
            .sum
            .iter()
            .map(|(name, summed)| (name.as_str(), quoted(&of(summed))));
        add("sum", table(pairs), options.join(" "));
    }
    match recipe.once.as_slice() {
        [] => {}
        [only] => add("once", quoted(only), format!("--once {}", shell(only))),
        all => add("once", list(all), repeated("once", all)),
    }
    if let Some(when) = recipe.when {
        add(
            "when",
            quoted(when.words()),
            format!("--when {}", shell(when.words())),
        );
    }
    if !recipe.map.is_empty() {
        let options: Vec<String> = recipe
            .map
            .iter()
            .map(|(name, column)| format!("--map {}", shell(&format!("{name}={column}"))))
            .collect();
        let pairs = recipe
            .map
            .iter()
            .map(|(name, column)| (name.as_str(), quoted(column)));
        add("map", table(pairs), options.join(" "));
    }
    keys(recipe, &mut add);
    if !recipe.except.is_empty() {
        add(
            "except",
            list(&recipe.except),
            repeated("except", &recipe.except),
        );
    }
    let patterns = recipe.period.iter().chain(&recipe.periods);
    let patterns: Vec<String> = patterns.map(|written| written.pattern()).collect();
    match patterns.as_slice() {
        [] => {}
        [only] => add(
            "period",
            quoted(only),
            format!("--period-format {}", shell(only)),
        ),
        all => add("period", list(all), repeated("period-format", all)),
    }
    if !recipe.expect.is_empty() {
        let all: Vec<String> = recipe
            .expect
            .iter()
            .map(|one| one.text().to_owned())
            .collect();
        add("expect", list(&all), repeated("expect", &all));
    }
    lines
}

fn shape(shape: &Shape, add: &mut impl FnMut(&'static str, String, String)) {
    let codes = |keys: &[(String, String)]| {
        let pairs = keys
            .iter()
            .map(|(code, target)| (code.as_str(), quoted(target)));
        table(pairs)
    };
    let named = |keys: &[(String, String)]| {
        let keys: Vec<String> = keys
            .iter()
            .map(|(code, target)| format!(" --long-key {}", shell(&format!("{code}={target}"))))
            .collect();
        keys.concat()
    };
    match shape {
        Shape::Plain => {}
        Shape::Long { name, value, keys } => {
            let mut parts = vec![("long", quoted(name)), ("value", quoted(value))];
            if !keys.is_empty() {
                parts.push(("keys", codes(keys)));
            }
            let option = format!(
                "--long {}{}",
                shell(&format!("{name}={value}")),
                named(keys)
            );
            add("shape", table(parts.into_iter()), option);
        }
        Shape::Entities {
            called,
            value,
            name,
            keys,
        } => {
            let mut parts = vec![("wide", quoted(called))];
            let mut wide = (*called).to_owned();
            if let Some(value) = value {
                parts.push(("value", quoted(value)));
                wide = format!("{wide}={value}");
            }
            let mut option = format!("--wide {}", shell(&wide));
            if let Some(name) = name {
                parts.push(("long", quoted(name)));
                option = format!("{option} --long {}", shell(name));
            }
            if !keys.is_empty() {
                parts.push(("keys", codes(keys)));
                option = format!("{option}{}", named(keys));
            }
            add("shape", table(parts.into_iter()), option);
        }
        Shape::Periods {
            called,
            range,
            value,
            name,
            keys,
        } => {
            let mut parts = vec![("wide", quoted(called))];
            let mut wide = (*called).to_owned();
            if let Some((from, to)) = range {
                wide = format!("{from}..{to}");
                parts.push(("columns", quoted(&wide)));
            }
            if let Some(value) = value {
                parts.push(("value", quoted(value)));
                wide = format!("{wide}={value}");
            }
            let mut option = format!("--wide {}", shell(&wide));
            if let Some(name) = name {
                parts.push(("long", quoted(name)));
                option = format!("{option} --long {}", shell(name));
            }
            if !keys.is_empty() {
                parts.push(("keys", codes(keys)));
            }
            add(
                "shape",
                table(parts.into_iter()),
                format!("{option}{}", named(keys)),
            );
        }
        Shape::Wide { pattern } => {
            let parts = [("wide", quoted(pattern.text()))].into_iter();
            add(
                "shape",
                table(parts),
                format!("--wide \"{}\"", pattern.text()),
            );
        }
    }
}

fn keys(recipe: &Recipe, add: &mut impl FnMut(&'static str, String, String)) {
    if recipe.keys.is_empty() && recipe.crosswalks.is_empty() {
        return;
    }
    let mut parts: Vec<(&str, String)> = Vec::new();
    for (key, table) in &recipe.crosswalks {
        parts.push((key, quoted(table.text())));
    }
    for step in &recipe.keys {
        parts.push(match step {
            KeyStep::Upper => ("case", quoted("upper")),
            KeyStep::Lower => ("case", quoted("lower")),
            KeyStep::Nfc => ("unicode", quoted("nfc")),
            KeyStep::Trim
            | KeyStep::Latin
            | KeyStep::Zeros
            | KeyStep::Accents
            | KeyStep::Notes
            | KeyStep::Signs
            | KeyStep::Whole => (step.word(), "true".to_owned()),
        });
    }
    let mut options: Vec<String> = recipe
        .crosswalks
        .iter()
        .map(|(key, table)| format!("--crosswalk {}", shell(&format!("{key}={}", table.text()))))
        .collect();
    if !recipe.keys.is_empty() {
        let steps: Vec<&str> = recipe.keys.iter().map(|step| step.word()).collect();
        options.push(format!("--keys {}", steps.join(",")));
    }
    add("keys", table(parts.into_iter()), options.join(" "));
}

/// All that a recipe says as options of a command.
#[must_use]
pub fn options(recipe: &Recipe) -> String {
    let lines: Vec<String> = lines(recipe).into_iter().map(|line| line.options).collect();
    lines.join(" ")
}
