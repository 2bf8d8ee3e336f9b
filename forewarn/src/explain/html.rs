//! A part of a page of HTML: nested lists, each part of a line in an element of its class.

use super::page::{Line, Mark, Role, TextRun};
use crate::paint::Style;

pub fn page(lines: &[Line]) -> String {
    let mut out = String::from("<div class=\"forewarn-why\">");
    let mut open = 0;
    for line in lines {
        let depth = line.depth;
        if depth == 0 {
            out.push_str(&"</li></ul>".repeat(open));
            open = 0;
            out.push_str(&format!("<p>{}</p>", text(line)));
            continue;
        }
        if depth > open {
            out.push_str(&"<ul><li>".repeat(depth - open));
        } else {
            out.push_str(&"</li></ul>".repeat(open - depth));
            out.push_str("</li><li>");
        }
        open = depth;
        out.push_str(&text(line));
    }
    out.push_str(&"</li></ul>".repeat(open));
    out.push_str("</div>");
    out
}

fn text(line: &Line) -> String {
    let mark = match line.mark {
        Some(Mark::Yes) => "<span class=\"yes\">✓</span> ",
        Some(Mark::No) => "<span class=\"no\">✗</span> ",
        Some(Mark::Unknown) => "<span class=\"open\">?</span> ",
        None => "",
    };
    let parts: Vec<String> = line.parts.iter().map(part).collect();
    format!("{mark}{}", parts.join(" "))
}

fn part(part: &TextRun) -> String {
    let text = escaped(&part.text);
    match part.role {
        Role::Subject => format!("<strong>{text}</strong>"),
        Role::Value(Style::Level { position, of }) => {
            format!(
                "<span class=\"level\" data-place=\"{position}\" data-of=\"{of}\">{text}</span>"
            )
        }
        Role::Value(Style::Strong) => format!("<b>{text}</b>"),
        Role::Value(_) | Role::Open => format!("<span class=\"open\">{text}</span>"),
        Role::Name => format!("<code>{text}</code>"),
        Role::Note | Role::Cite => format!("<small>{text}</small>"),
        Role::Words => text,
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace(super::terminal::HARD, " ").chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}
