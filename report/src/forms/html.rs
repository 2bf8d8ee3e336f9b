//! One HTML file: it opens without a network, prints on A4, and can be heard as well as seen.
//!
//! No script, no request, no font but the reader's own. Every element is closed, so that whoever reads XML
//! reads it too. Texts that are put in are set apart by `<bdi>`; nothing that rules or data say is markup.

use std::fmt::Write as _;

use forewarn_charts::{Graphic, escaped};

use crate::document::{
    Block, Document, Figure, Item, Kind, ROWS_A_PAGE, ReportCell, Section, Table,
};
use crate::rich::{Rich, Span};

const STYLE: &str = include_str!("report.css");

/// The document as one file.
#[must_use]
pub fn html(document: &Document) -> String {
    let mut page = Page {
        document,
        out: String::new(),
    };
    page.head();
    page.body();
    page.out
}

struct Page<'d> {
    document: &'d Document,
    out: String,
}

impl Page<'_> {
    fn head(&mut self) {
        let document = self.document;
        let direction = if document.rtl { "rtl" } else { "ltr" };
        let (lang, title) = (escaped(&document.lang), escaped(&document.title));
        let stamp = css_text(&document.stamp);
        let _ = write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{title}</title>\n\
             <style>\n{STYLE}@page {{ @bottom-left {{ content: {stamp}; }} @bottom-right {{ content: counter(page); }} }}\n\
             </style>\n</head>\n<body>\n"
        );
    }

    fn body(&mut self) {
        let document = self.document;
        let _ = write!(
            self.out,
            "<header>\n<h1>{}</h1>\n<p class=\"stamp\">{}</p>\n</header>\n",
            escaped(&document.title),
            escaped(&document.stamp)
        );
        self.contents();
        self.out.push_str("<main>\n");
        for section in &document.sections {
            self.section(section);
        }
        let _ = write!(
            self.out,
            "</main>\n<footer>\n<p class=\"stamp\">{}</p>\n</footer>\n</body>\n</html>\n",
            escaped(&document.stamp)
        );
    }

    fn contents(&mut self) {
        let label = escaped(&self.document.contents);
        let _ = write!(self.out, "<nav aria-label=\"{label}\">\n<ul>\n");
        for section in &self.document.sections {
            let _ = writeln!(
                self.out,
                "<li><a href=\"#{}\">{}</a></li>",
                section.anchor,
                escaped(&section.title)
            );
        }
        self.out.push_str("</ul>\n</nav>\n");
    }

    fn section(&mut self, section: &Section) {
        let kind = match section.kind {
            Kind::Front => "front",
            Kind::Entity => "entity",
            Kind::Method => "method",
        };
        let anchor = &section.anchor;
        let _ = write!(
            self.out,
            "<section class=\"{kind}\" aria-labelledby=\"{anchor}\">\n<h2 id=\"{anchor}\">{}</h2>\n",
            escaped(&section.title)
        );
        // The first page has it above.
        if section.kind != Kind::Front {
            let stamp = escaped(&self.document.stamp);
            let _ = writeln!(self.out, "<p class=\"stamp\">{stamp}</p>");
        }
        for block in &section.blocks {
            self.block(block);
        }
        self.out.push_str("</section>\n");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => {
                let _ = writeln!(self.out, "<h3>{}</h3>", escaped(text));
            }
            Block::Lead(text) => self.paragraph("lead", text),
            Block::Text(text) => self.paragraph("", text),
            Block::Note(text) => self.paragraph("note", text),
            Block::List(items) => self.list(items),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Small(all) => {
                self.out.push_str("<div class=\"small\">\n");
                for (name, graphic) in all {
                    let _ = writeln!(
                        self.out,
                        "<figure><figcaption>{}</figcaption>{}</figure>",
                        escaped(name),
                        graphic.svg
                    );
                }
                self.out.push_str("</div>\n");
            }
            Block::Typed(text) => {
                let _ = writeln!(
                    self.out,
                    "<pre dir=\"ltr\" tabindex=\"0\"><code>{}</code></pre>",
                    escaped(text)
                );
            }
        }
    }

    fn paragraph(&mut self, class: &str, text: &Rich) {
        if text.is_empty() {
            return;
        }
        let class = match class {
            "" => String::new(),
            class => format!(" class=\"{class}\""),
        };
        let (open, close) = if class.contains("lead") {
            ("<strong>", "</strong>")
        } else {
            ("", "")
        };
        let _ = writeln!(self.out, "<p{class}>{open}{}{close}</p>", rich(text));
    }

    fn list(&mut self, items: &[Item]) {
        self.out.push_str("<ul>\n");
        for item in items {
            self.out.push_str("<li>");
            if let Some(graphic) = &item.graphic {
                self.out.push_str(&silent(graphic));
                self.out.push(' ');
            }
            if item.bold {
                let _ = write!(self.out, "<strong>{}</strong>", rich(&item.text));
            } else {
                self.out.push_str(&rich(&item.text));
            }
            if !item.below.is_empty() {
                self.out.push('\n');
                self.list(&item.below);
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    /// A table; of a long one, no part has more rows than a page.
    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        let name = escaped(&table.caption);
        let _ = writeln!(
            self.out,
            "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{name}\">"
        );
        let _ = write!(self.out, "<table>\n<caption>{name}</caption>\n<thead><tr>");
        for head in &table.head {
            let _ = write!(self.out, "<th scope=\"col\">{}</th>", escaped(head));
        }
        self.out.push_str("</tr></thead>\n");
        for rows in table.rows.chunks(ROWS_A_PAGE) {
            self.out.push_str("<tbody>\n");
            for row in rows {
                self.row(table, row);
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n</div>\n");
    }

    fn row(&mut self, table: &Table, row: &[ReportCell]) {
        self.out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let content = match cell {
                ReportCell::Text(text) => rich(text),
                ReportCell::Number(_, said) => format!("<bdi>{}</bdi>", escaped(said)),
                // The column behind it says the same in words.
                ReportCell::Graphic(graphic) => silent(graphic),
                ReportCell::Link { text, to } => format!("<a href=\"#{to}\">{}</a>", escaped(text)),
            };
            let number = match cell {
                ReportCell::Number(..) => " class=\"number\"",
                ReportCell::Text(_) | ReportCell::Graphic(_) | ReportCell::Link { .. } => "",
            };
            let _ = if at == 0 && table.head.len() > 1 {
                write!(self.out, "<th scope=\"row\"{number}>{content}</th>")
            } else {
                write!(self.out, "<td{number}>{content}</td>")
            };
        }
        self.out.push_str("</tr>\n");
    }

    fn figure(&mut self, figure: &Figure) {
        let _ = writeln!(
            self.out,
            "<figure>\n<figcaption>{}</figcaption>\n<div class=\"wide\" tabindex=\"0\">{}</div>",
            rich(&figure.finding),
            figure.graphic.svg
        );
        if let Some(caption) = &figure.table {
            self.table(&Table::behind(caption, &figure.graphic));
        }
        self.out.push_str("</figure>\n");
    }
}

/// A drawing whose words stand beside it.
fn silent(graphic: &Graphic) -> String {
    let named = format!("role=\"img\" aria-label=\"{}\"", escaped(&graphic.says));
    graphic.svg.replacen(&named, "aria-hidden=\"true\"", 1)
}

fn rich(text: &Rich) -> String {
    let spans = text.0.iter().map(|span| match span {
        Span::Words(text) => escaped(text),
        Span::Value(text) => format!("<bdi>{}</bdi>", escaped(text)),
        Span::Code(text) => format!("<code dir=\"ltr\">{}</code>", escaped(text)),
    });
    spans.collect()
}

/// A text in a style sheet: what could end it, or the sheet, is escaped.
fn css_text(text: &str) -> String {
    let mut out = String::from("\"");
    for one in text.chars() {
        match one {
            '"' | '\\' | '<' | '>' | '&' => {
                let _ = write!(out, "\\{:x} ", u32::from(one));
            }
            one if one.is_control() => out.push(' '),
            one => out.push(one),
        }
    }
    out.push('"');
    out
}
