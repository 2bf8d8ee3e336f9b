//! Effects for people.

use super::{Told, differ};
use crate::paint::{Paint, Style};
use crate::words::{count, list};
use forewarn_runtime::comparison::{Cause, Effect, tally};

/// Results that differ are told one by one up to this number.
const RESULTS: usize = 24;
/// Causes likewise.
const CAUSES: usize = 24;

/// Lines that say how many results differ, by how much, why and whose.
pub fn human(told: &Told<'_>, absent: &[String], paint: Paint) -> String {
    let mut text = String::new();
    match told.tally() {
        Some(tally) => {
            let names = told.effects.compared.iter();
            let names = names.map(|one| format!("`{}`", one.column));
            let names = list(&names.collect::<Vec<_>>(), 6);
            let rows = count(told.effects.rows, "row");
            text.push_str(&format!(
                "{}: {tally} ({names} over {rows})\n",
                told.heading
            ));
        }
        None => text.push_str(&format!("{}: {}\n", told.heading, told.nothing())),
    }
    for line in told.not_compared() {
        text.push_str(&format!("{line}\n"));
    }
    if !absent.is_empty() {
        text.push_str(&format!(
            "not in the data, and missing throughout: {}\n",
            list(absent, 8)
        ));
    }
    if told.effects.effects.is_empty() {
        return text;
    }
    let causes = tally(told.effects.effects.iter());
    text.push('\n');
    results(told, &causes, &mut text);
    text.push('\n');
    for (at, (cause, number)) in causes.iter().take(CAUSES).enumerate() {
        if is_untold(cause) {
            continue;
        }
        let letters = paint.text(Style::Strong, &letters(at));
        let words = told.cause(cause);
        text.push_str(&format!("{number:>6}  {letters}  {words}\n"));
    }
    let more = causes.len().saturating_sub(CAUSES);
    if more > 0 {
        text.push_str(&format!(
            "        … and {}: `--format json`\n",
            count(more, "more cause")
        ));
    }
    if !causes.iter().all(|(cause, _)| is_untold(cause)) {
        text.push('\n');
    }
    effects(told, &causes, &mut text);
    text
}

/// Where nothing is known of causes.
fn is_untold(cause: &Cause) -> bool {
    matches!(cause, Cause::Alone(sets) if sets.is_empty())
}

/// A line for each result that differs.
fn results(told: &Told<'_>, causes: &[(Cause, usize)], text: &mut String) {
    let differing = told.differing();
    for compared in differing.iter().take(RESULTS) {
        let own = tally(told.of(compared));
        let own: Vec<String> = own
            .iter()
            .filter(|(cause, _)| !is_untold(cause))
            .map(|(cause, _)| letter_of(cause, causes))
            .collect();
        let by = match own.as_slice() {
            [] => String::new(),
            [only] => format!(", all by {only}"),
            several => format!(", by {}", list(several, 8)),
        };
        text.push_str(&format!("  {}{by}\n", told.line(compared)));
    }
    let more = differing.len().saturating_sub(RESULTS);
    if more > 0 {
        let more = count(more, "more result");
        text.push_str(&format!("  … and {more}: `--format json`\n"));
    }
    let same = told.effects.compared.len() - differing.len();
    if same > 0 && !differing.is_empty() {
        let words = count(same, "other result");
        let verb = differ(same);
        let never = if verb == "differs" { "does" } else { "do" };
        text.push_str(&format!("  {words} {never} not differ\n"));
    }
}

/// The effects one by one.
fn effects(told: &Told<'_>, causes: &[(Cause, usize)], text: &mut String) {
    let rows: Vec<[String; 5]> = told
        .ordered()
        .into_iter()
        .take(told.limit)
        .map(|(effect, note)| row(told, effect, &note, causes))
        .collect();
    let wide = |cell: &str| unicode_width::UnicodeWidthStr::width(cell);
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| wide(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..4).map(width).collect();
    for row in &rows {
        let mut line = String::from("  ");
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - wide(cell) + 2));
        }
        line.push_str(row.last().map_or("", String::as_str));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let more = told.effects.effects.len().saturating_sub(rows.len());
    if more > 0 {
        let more = crate::words::grouped(more as u64);
        text.push_str(&format!(
            "  … and {more} more: `--limit`, `--format json`\n"
        ));
    }
}

/// Who, when, what, from and to, and why.
fn row(told: &Told<'_>, effect: &Effect, note: &str, causes: &[(Cause, usize)]) -> [String; 5] {
    let why = if is_untold(&effect.cause) {
        String::new()
    } else {
        letter_of(&effect.cause, causes)
    };
    let why = match note {
        "" => why,
        note => format!("{why}  {note}"),
    };
    [
        effect.entity.clone(),
        told.period(effect),
        effect.column.clone(),
        Told::step(effect),
        why,
    ]
}

fn letter_of(cause: &Cause, causes: &[(Cause, usize)]) -> String {
    let at = causes.iter().position(|(known, _)| known == cause);
    letters(at.unwrap_or_default())
}

/// `a`, `b` … `z`, `aa` …: names of causes.
fn letters(mut at: usize) -> String {
    let mut name = String::new();
    loop {
        let letter = u32::try_from(at % 26)
            .ok()
            .and_then(|at| char::from_u32(u32::from(b'a') + at));
        name.insert(0, letter.unwrap_or('a'));
        match at / 26 {
            0 => return name,
            more => at = more - 1,
        }
    }
}
