//! A page of Markdown: headings for results, nested lists for reasons.

use super::page::{Line, Mark, Role, TextRun};
use crate::paint::Style;

pub fn page(lines: &[Line]) -> String {
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at == 0 {
            out.push_str(&format!("# {}\n", text(line)));
        } else if line.depth == 0 {
            out.push_str(&heading(line));
        } else {
            let indent = "  ".repeat(line.depth - 1);
            let mark = line.mark.map_or("", Mark::sign);
            out.push_str(&format!("{indent}- {mark}{}\n", text(line)));
        }
    }
    out
}

pub fn heading(line: &Line) -> String {
    format!("\n## {}\n\n", text(line))
}

fn text(line: &Line) -> String {
    let parts: Vec<String> = line.parts.iter().map(|one| part(one, line.depth)).collect();
    parts.join(" ")
}

fn part(part: &TextRun, depth: usize) -> String {
    let text = escaped(&part.text);
    match part.role {
        Role::Subject if depth > 0 => format!("**{text}**"),
        Role::Value(Style::Strong) if depth > 0 => format!("**{text}**"),
        Role::Cite => format!("*{text}*"),
        Role::Subject | Role::Value(_) | Role::Name | Role::Words | Role::Note | Role::Open => text,
    }
}

/// Characters that Markdown would take for its own.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace(super::terminal::HARD, " ").chars() {
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
