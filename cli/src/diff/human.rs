//! A comparison for people.

use super::view::DiffView;
use crate::comparison;
use crate::paint::{Paint, Style};
use crate::words::count;

pub fn render(shown: &DiffView<'_>, paint: Paint) -> String {
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
        text.push_str(&comparison::human(
            &shown.told(effects),
            &shown.absent,
            paint,
        ));
    }
    text
}
