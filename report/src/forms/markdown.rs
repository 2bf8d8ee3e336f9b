//! The document as Markdown: everything but the drawings, whose tables and words stand in their place.

use std::fmt::Write as _;

use crate::document::{Block, Document, Figure, Item, ReportCell, Table};
use crate::rich::{Rich, Span};

/// The document as text.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut page = Page {
        rtl: document.rtl,
        out: String::new(),
    };
    let _ = write!(
        page.out,
        "# {}\n\n{}\n",
        plain(&document.title),
        plain(&document.stamp)
    );
    for section in &document.sections {
        let _ = write!(page.out, "\n## {}\n", plain(&section.title));
        for block in &section.blocks {
            page.block(block);
        }
    }
    page.out
}

struct Page {
    rtl: bool,
    out: String,
}

impl Page {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => {
                let _ = write!(self.out, "\n### {}\n", plain(text));
            }
            Block::Lead(text) => {
                let _ = write!(self.out, "\n**{}**\n", self.rich(text));
            }
            Block::Text(text) | Block::Note(text) => {
                if !text.is_empty() {
                    let _ = write!(self.out, "\n{}\n", self.rich(text));
                }
            }
            Block::List(items) => {
                self.out.push('\n');
                self.list(items, 0);
            }
            Block::Table(table) => self.table(table),
            Block::Figure(Figure {
                finding,
                graphic,
                table,
            }) => {
                let _ = write!(self.out, "\n{}\n", self.rich(finding));
                if let Some(caption) = table {
                    self.table(&Table::behind(caption, graphic));
                }
            }
            // The table behind them says the same.
            Block::Small(_) => {}
            Block::Typed(text) => {
                let text = text.replace('`', "'");
                let _ = write!(self.out, "\n```sh\n{text}\n```\n");
            }
        }
    }

    fn list(&mut self, items: &[Item], depth: usize) {
        for item in items {
            let text = self.rich(&item.text);
            let mark = if item.bold { "**" } else { "" };
            let _ = writeln!(self.out, "{}- {mark}{text}{mark}", "  ".repeat(depth));
            self.list(&item.below, depth + 1);
        }
    }

    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        let columns: Vec<usize> = (0..table.head.len())
            .filter(|at| !table.is_drawn(*at))
            .collect();
        let head = columns.iter().filter_map(|at| table.head.get(*at));
        let head: Vec<String> = head.map(|text| plain(text)).collect();
        let _ = write!(
            self.out,
            "\n{}\n\n| {} |\n",
            plain(&table.caption),
            head.join(" | ")
        );
        let _ = writeln!(self.out, "|{}", "---|".repeat(columns.len()));
        for row in &table.rows {
            let cells = columns.iter().map(|at| match row.get(*at) {
                Some(ReportCell::Text(text)) => self.rich(text),
                Some(cell) => plain(&cell.plain(self.rtl)),
                None => String::new(),
            });
            let cells: Vec<String> = cells.map(|cell| cell.replace('|', "\\|")).collect();
            let _ = writeln!(self.out, "| {} |", cells.join(" | "));
        }
    }

    fn rich(&self, text: &Rich) -> String {
        let spans = text.0.iter().map(|span| match span {
            Span::Words(text) => plain(text),
            Span::Value(text) => plain(&forewarn_charts::isolated(text, self.rtl)),
            Span::Code(text) => {
                let text = text.replace('`', "'").replace(['\n', '\r'], " ");
                format!("`{text}`")
            }
        });
        spans.collect()
    }
}

/// A text in which nothing is a mark.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut starts = true;
    for one in text.chars() {
        match one {
            '\n' | '\r' | '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' => {
                out.push('\\');
                out.push(one);
            }
            '#' | '-' | '+' if starts => {
                out.push('\\');
                out.push(one);
            }
            one => out.push(one),
        }
        starts = starts && one.is_whitespace();
    }
    out
}
