//! A comparison of runs for people.

use super::shown::ComparisonView;
use crate::comparison;
use crate::paint::Paint;

pub fn render(shown: &ComparisonView, paint: Paint) -> String {
    let mut text = format!("{} → {}\n", shown.first, shown.second);
    text.push_str(&format!("rules: {}\n", shown.rules));
    for line in shown.data.iter().chain(&shown.further) {
        text.push_str(&format!("{line}\n"));
    }
    text.push('\n');
    if let Some(moved) = &shown.moved {
        for line in moved.lines(shown.limit) {
            text.push_str(&format!("{line}\n"));
        }
        text.push('\n');
    }
    text.push_str(&comparison::human(&shown.told(), &[], paint));
    text
}
