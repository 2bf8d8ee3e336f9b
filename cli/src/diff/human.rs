//! A comparison for people.

use super::Shown;
use crate::paint::{Paint, Style};
use crate::words::{count, list};
use forewarn_runtime::comparison::{Cause, Changes, Effect, Effects};
use forewarn_runtime::period::Period;
use std::collections::BTreeMap;

pub fn render(shown: &Shown<'_>, paint: Paint) -> String {
    let (first, second) = shown.pair.titles();
    let mut text = format!("{first} → {second}\n");
    if shown.differences.is_empty() {
        text.push_str("they mean the same\n");
        return text;
    }
    text.push_str(&format!(
        "{}\n\n",
        count(shown.differences.len(), "difference")
    ));
    let mut before: &[(String, String)] = &[];
    for difference in &shown.differences {
        text.push_str(&format!("  {}\n", difference.words()));
        for (by, because) in &difference.reasons {
            if before == difference.reasons.as_slice() && difference.reasons.len() > 1 {
                continue;
            }
            let line = format!("      {because} ({by})");
            text.push_str(&format!("{}\n", paint.text(Style::Faint, &line)));
        }
        before = &difference.reasons;
    }
    if let Some(effects) = &shown.effects {
        text.push('\n');
        effects_table(shown, effects, paint, &mut text);
    }
    text
}

fn effects_table(shown: &Shown<'_>, effects: &Effects, paint: Paint, text: &mut String) {
    let names = list(
        &effects
            .compared
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>(),
        6,
    );
    text.push_str(&format!(
        "on the data: {} of {} differ ({names} over {})\n",
        effects.effects.len(),
        count(effects.rows * effects.compared.len(), "result"),
        count(effects.rows, "row"),
    ));
    if !shown.absent.is_empty() {
        text.push_str(&format!(
            "not in the data, and missing throughout: {}\n",
            list(&shown.absent, 8)
        ));
    }
    if effects.effects.is_empty() {
        return;
    }
    text.push('\n');
    let causes = tally(effects);
    for (at, (cause, number)) in causes.iter().enumerate() {
        let letters = paint.text(Style::Strong, &letters(at));
        text.push_str(&format!(
            "{number:>6}  {letters}  {}\n",
            words(shown, cause)
        ));
    }
    text.push('\n');
    let rows: Vec<[String; 5]> = effects
        .effects
        .iter()
        .take(shown.limit)
        .map(|effect| row(shown, effect, &causes))
        .collect();
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells
            .map(|cell| unicode_width::UnicodeWidthStr::width(cell.as_str()))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..4).map(width).collect();
    for row in &rows {
        let mut line = String::from("  ");
        for (cell, width) in row.iter().zip(&widths) {
            let own = unicode_width::UnicodeWidthStr::width(cell.as_str());
            line.push_str(cell);
            line.push_str(&" ".repeat(width - own + 2));
        }
        line.push_str(row.last().map_or("", String::as_str));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let more = effects.effects.len().saturating_sub(rows.len());
    if more > 0 {
        text.push_str(&format!(
            "  … and {more} more: `--limit`, `--format json`\n"
        ));
    }
}

/// Who, when, what, from and to, and why.
fn row(shown: &Shown<'_>, effect: &Effect, causes: &[(Cause, usize)]) -> [String; 5] {
    let cause = causes.iter().position(|(cause, _)| *cause == effect.cause);
    [
        effect.entity.clone(),
        period(shown, effect),
        effect.declaration.clone(),
        format!("{} → {}", place(&effect.before), place(&effect.after)),
        letters(cause.unwrap_or_default()),
    ]
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

/// The period in words; nothing in a cross-section.
pub fn period(shown: &Shown<'_>, effect: &Effect) -> String {
    match (shown.period, effect.period) {
        (Some(kind), Some(number)) => Period { kind, number }.to_string(),
        _ => String::new(),
    }
}

fn place(words: &str) -> &str {
    if words.is_empty() { "–" } else { words }
}

/// The causes, most frequent first.
pub fn tally(effects: &Effects) -> Vec<(Cause, usize)> {
    let mut causes: BTreeMap<Cause, usize> = BTreeMap::new();
    for effect in &effects.effects {
        *causes.entry(effect.cause.clone()).or_default() += 1;
    }
    let mut causes: Vec<(Cause, usize)> = causes.into_iter().collect();
    causes.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    causes
}

/// A cause in words.
pub fn words(shown: &Shown<'_>, cause: &Cause) -> String {
    let one = |changes: &Changes, with: &str| {
        let names = changes
            .iter()
            .filter_map(|change| shown.pair.units().get(*change));
        names
            .map(|unit| unit.words.clone())
            .collect::<Vec<_>>()
            .join(with)
    };
    match cause {
        Cause::Alone(sets) => {
            let sets: Vec<String> = sets.iter().map(|set| one(set, " with ")).collect();
            sets.join(", and as well ")
        }
        Cause::Together(changes) => format!("only together: {}", one(changes, " + ")),
    }
}
