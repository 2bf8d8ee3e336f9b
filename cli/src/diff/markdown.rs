//! A comparison as a page of Markdown.

use super::Shown;
use super::human::{period, tally, words};
use crate::words::count;

pub fn render(shown: &Shown<'_>) -> String {
    let (first, second) = shown.pair.titles();
    let mut text = format!("# {} → {}\n\n", escaped(&first), escaped(&second));
    if shown.differences.is_empty() {
        text.push_str("They mean the same.\n");
        return text;
    }
    text.push_str("| what | difference | reason |\n| --- | --- | --- |\n");
    for one in &shown.differences {
        let words = one.words();
        let head = format!("{} {}", one.what, one.declaration);
        let rest = words.strip_prefix(&head).unwrap_or(&words);
        let rest = rest.trim_start_matches([':', ' ']);
        let reasons = one
            .reasons
            .iter()
            .map(|(by, because)| format!("{because} ({by})"));
        text.push_str(&format!(
            "| {} `{}` | {} | {} |\n",
            one.what,
            one.declaration,
            escaped(rest),
            escaped(&reasons.collect::<Vec<_>>().join("; ")),
        ));
    }
    let Some(effects) = &shown.effects else {
        return text;
    };
    text.push_str(&format!(
        "\n## On the data\n\n{} of {} differ.\n",
        effects.effects.len(),
        count(effects.rows * effects.compared.len(), "result"),
    ));
    if effects.effects.is_empty() {
        return text;
    }
    text.push_str("\n| results | because of |\n| --- | --- |\n");
    for (cause, number) in tally(effects) {
        text.push_str(&format!(
            "| {number} | {} |\n",
            escaped(&words(shown, &cause))
        ));
    }
    text.push_str(
        "\n| who | when | what | from | to | because of |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for effect in &effects.effects {
        text.push_str(&format!(
            "| {} | {} | `{}` | {} | {} | {} |\n",
            escaped(&effect.entity),
            period(shown, effect),
            effect.declaration,
            effect.before,
            effect.after,
            escaped(&words(shown, &effect.cause)),
        ));
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
        .replace('<', "&lt;")
        .replace('\n', " ")
}
