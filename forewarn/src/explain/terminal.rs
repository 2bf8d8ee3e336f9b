//! A page on a terminal: a tree by indentation, lines wrapped below themselves.

use super::page::{Line, Mark, Role};
use crate::direction::set_apart;
use crate::paint::{Paint, Style};
use unicode_width::UnicodeWidthStr;

/// The blank at which no line ends.
pub const HARD: char = '\u{a0}';

/// Further in than this, lines are not indented.
const DEEPEST: usize = 16;

/// `apart`: what is written from right to left is set apart, as terminals need it.
pub fn text(lines: &[Line], width: usize, paint: Paint, apart: bool) -> String {
    let mut out = String::new();
    for line in lines {
        write(&mut out, line, width, paint, apart);
    }
    out
}

/// How many lines a page takes.
pub fn height(lines: &[Line], width: usize) -> usize {
    text(lines, width, Paint { on: false }, false)
        .lines()
        .count()
}

fn style(role: Role) -> Option<Style> {
    match role {
        Role::Subject => Some(Style::Strong),
        Role::Value(style) => Some(style),
        Role::Words => None,
        Role::Name | Role::Note | Role::Cite => Some(Style::Faint),
        Role::Open => Some(Style::Warning),
    }
}

fn write(out: &mut String, line: &Line, width: usize, paint: Paint, apart: bool) {
    if line.depth == 0 && !out.is_empty() {
        out.push('\n');
    }
    let indent = 2 * line.depth.min(DEEPEST);
    let mark = line.mark.map_or("", Mark::sign);
    let below = indent + mark.width();
    out.push_str(&" ".repeat(indent));
    out.push_str(&match line.mark {
        Some(Mark::Yes) => paint.text(Style::Help, mark),
        Some(Mark::No) => paint.text(Style::Faint, mark),
        Some(Mark::Unknown) => paint.text(Style::Warning, mark),
        None => String::new(),
    });
    let mut at = below;
    let mut first = true;
    for part in &line.parts {
        let text = match apart {
            true => set_apart(&part.text),
            false => part.text.clone(),
        };
        for word in text
            .split(|one: char| one.is_whitespace() && one != HARD)
            .filter(|word| !word.is_empty())
        {
            let word = &word.replace(HARD, " ");
            let needs = word.width() + usize::from(!first);
            if !first && at + needs > width {
                out.push('\n');
                out.push_str(&" ".repeat(below + 2));
                at = below + 2;
            } else if !first {
                out.push(' ');
                at += 1;
            }
            out.push_str(&match style(part.role) {
                Some(style) => paint.text(style, word),
                None => word.clone(),
            });
            at += word.width();
            first = false;
        }
    }
    out.push('\n');
}
