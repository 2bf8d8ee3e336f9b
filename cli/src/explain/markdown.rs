//! An explanation as a page of Markdown: headings for results, nested lists for reasons.

use super::lines::{Line, Mark, lines};
use crate::paint::Style;
use forewarn_compiler::translations::Messages;
use forewarn_plan::Plan;
use forewarn_runtime::explain::Explanation;

pub fn page(plan: &Plan, told: &Explanation, messages: &Messages) -> String {
    let mut out = String::new();
    for (at, line) in lines(plan, told, messages).iter().enumerate() {
        if at == 0 {
            out.push_str(&format!("# {}\n", text(line)));
        } else if line.depth == 0 {
            out.push_str(&format!("\n## {}\n\n", text(line)));
        } else {
            let indent = "  ".repeat(line.depth - 1);
            out.push_str(&format!("{indent}- {}{}\n", mark(line), text(line)));
        }
    }
    out
}

fn mark(line: &Line) -> &'static str {
    match line.mark {
        Some(Mark::Yes) => "✓ ",
        Some(Mark::No) => "✗ ",
        Some(Mark::Unknown) => "? ",
        None => "",
    }
}

fn text(line: &Line) -> String {
    let parts = line.parts.iter().map(|(text, style)| {
        let text = escaped(text);
        match style {
            Some(Style::Strong) if line.depth > 0 => format!("**{text}**"),
            _ => text,
        }
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// Characters that Markdown would take for its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
