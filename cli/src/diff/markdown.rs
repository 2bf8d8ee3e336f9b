//! A comparison as a page of Markdown.

use super::view::DiffView;
use crate::comparison::{self, escaped};

pub fn render(shown: &DiffView<'_>) -> String {
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
    if let Some(effects) = &shown.effects {
        text.push_str(&comparison::markdown(&shown.told(effects), &shown.absent));
    }
    text
}
