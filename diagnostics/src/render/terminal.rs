//! Findings for people: a title, the places with their marked words, why, and what to do.

use super::finding::{Look, severity_word};
use super::frame::{Canvas, Mark, MarkedLine};
use super::place::{Located, SourceRange, fitting};
use super::text::{harmless, wrap};
use crate::paint::{Paint, Style};
use crate::source::{FileId, SourceFile, SourceMap, Span};
use crate::wording::grouped;
use crate::{DataPlace, Diagnostic, Help, Label, Place, Severity};
use std::fmt::Write as _;

/// Columns for text where no terminal says how wide it is.
const WIDTH: usize = 140;
/// How many marks of one file reach over several lines; each takes columns at the left.
const MOST_OVER_LINES: usize = 3;

#[must_use]
pub fn render(findings: &[Located<'_>], look: Look) -> String {
    let mut out = String::new();
    for finding in findings {
        Drawing::new(finding, look).draw(&mut out);
        out.push('\n');
    }
    out
}

/// One diagnostic on its way to the screen.
struct Drawing<'a> {
    diagnostic: &'a Diagnostic,
    sources: &'a SourceMap,
    range: Option<&'a SourceRange>,
    canvas: Canvas,
    /// Places drawn so far.
    places: usize,
}

impl<'a> Drawing<'a> {
    fn new(finding: &'a Located<'a>, look: Look) -> Self {
        let diagnostic = finding.diagnostic;
        let last_line = labels(diagnostic)
            .filter_map(|label| match label.place {
                Place::Source(span) => SourceRange::of(finding.sources, span),
                _ => None,
            })
            .map(|range| range.line)
            .max()
            .unwrap_or(1);
        let gutter = last_line.to_string().len().max(2);
        let width = look.width.unwrap_or(WIDTH);
        let room = width.saturating_sub(gutter + 4).max(40);
        Self {
            diagnostic,
            sources: finding.sources,
            range: finding.range.as_ref(),
            canvas: Canvas {
                gutter,
                room,
                paint: Paint { on: look.color },
            },
            places: 0,
        }
    }

    fn draw(&mut self, out: &mut String) {
        let diagnostic = self.diagnostic;
        let paint = self.canvas.paint;
        let kind = format!(
            "{}[{}]",
            severity_word(diagnostic.severity),
            diagnostic.code
        );
        let title = format!(": {}", harmless(&diagnostic.title));
        let _ = writeln!(
            out,
            "{}{}",
            paint.text(severity_style(diagnostic.severity), &kind),
            paint.text(Style::Strong, &title)
        );
        let mut drawn: Vec<FileId> = Vec::new();
        for label in labels(diagnostic) {
            match &label.place {
                Place::Source(span) => {
                    if !drawn.contains(&span.file) {
                        drawn.push(span.file);
                        self.source(span.file, out);
                    }
                }
                Place::Data(data) => self.data(data, label, out),
                Place::File(file) => self.whole(&harmless(file), label, out),
                Place::CommandLine => self.whole("command line", label, out),
            }
        }
        for note in &diagnostic.notes {
            self.remark(Style::Note, "note", note, out);
        }
        for help in &diagnostic.help {
            self.remark(Style::Help, "help", &help.text, out);
            self.edited(help, out);
        }
    }

    fn header(&mut self, text: &str, out: &mut String) {
        let corner = if self.places == 0 { "╭─" } else { "├─" };
        self.places += 1;
        let indent = " ".repeat(self.canvas.gutter + 1);
        let _ = writeln!(
            out,
            "{indent}{} {text}",
            self.canvas.paint.text(Style::Margin, corner)
        );
    }

    /// All labels of one file, in the order of its lines.
    fn source(&mut self, id: FileId, out: &mut String) {
        let Some(file) = self.sources.get(id) else {
            return;
        };
        let mut over_lines = 0;
        let mut marked: Vec<(Line, Option<Line>, Mark<'a>)> = Vec::new();
        for label in labels(self.diagnostic) {
            let Place::Source(span) = label.place else {
                continue;
            };
            if span.file != id {
                continue;
            }
            let (line, bytes) = Line::of(file, span);
            let last = Line::last_of(file, span).filter(|(last, _)| last.number > line.number);
            let last = last.filter(|_| over_lines < MOST_OVER_LINES);
            over_lines += usize::from(last.is_some());
            let end = last.as_ref().map_or(bytes.end, |(_, end)| *end);
            let mark = Mark {
                bytes: bytes.start..end,
                ends: None,
                text: &label.text,
                style: self.style_of(label),
            };
            marked.push((line, last.map(|(last, _)| last), mark));
        }
        let place = match self.range.filter(|range| range.file == file.name) {
            Some(range) => format!("{}:{}:{}", file.name, range.line, range.column),
            None => match marked.first() {
                Some((line, _, mark)) => {
                    let before = line.text(file).get(..mark.bytes.start).unwrap_or("");
                    format!(
                        "{}:{}:{}",
                        file.name,
                        line.number,
                        before.chars().count() + 1
                    )
                }
                None => file.name.clone(),
            },
        };
        self.header(&harmless(&place), out);
        let ends = marked.iter().filter_map(|(_, last, _)| last.as_ref());
        let mut shown: Vec<&Line> = marked.iter().map(|(line, ..)| line).chain(ends).collect();
        shown.sort_by_key(|line| line.number);
        shown.dedup_by_key(|line| line.number);
        let at = |number: usize| shown.partition_point(|line| line.number < number);
        let mut lines: Vec<MarkedLine<'_>> = shown
            .iter()
            .map(|line| MarkedLine {
                number: Some(line.number),
                text: line.text(file),
                marks: Vec::new(),
            })
            .collect();
        for (line, last, mark) in &marked {
            let first = at(line.number);
            if let Some(line) = lines.get_mut(first) {
                let ends = last.as_ref().map(|last| at(last.number) - first);
                line.marks.push(Mark {
                    ends,
                    ..mark.clone()
                });
            }
        }
        self.canvas.lines(&lines, out);
    }

    /// A cell in its record, or as much of the place as is known.
    fn data(&mut self, data: &DataPlace, label: &Label, out: &mut String) {
        let mut place = harmless(&data.file);
        if let Some(row) = data.row {
            let _ = write!(place, ", row {}", grouped(row));
        }
        if let Some(column) = &data.column {
            let _ = write!(place, ", column `{}`", harmless(column));
        }
        if let Some(key) = &data.key {
            let _ = write!(place, " ({})", harmless(key));
        }
        match &data.line {
            Some((record, cell)) => {
                self.header(&place, out);
                let record = record.trim_end_matches(['\n', '\r']);
                let bytes = cell.start.min(record.len())..cell.end.min(record.len());
                let style = self.style_of(label);
                let mark = Mark {
                    bytes,
                    ends: None,
                    text: &label.text,
                    style,
                };
                let line = MarkedLine {
                    number: None,
                    text: record,
                    marks: vec![mark],
                };
                self.canvas.lines(&[line], out);
            }
            None => self.whole(&place, label, out),
        }
    }

    /// A place without words to mark.
    fn whole(&mut self, place: &str, label: &Label, out: &mut String) {
        self.header(place, out);
        if !label.text.is_empty() {
            for piece in wrap(&label.text, self.canvas.room) {
                let _ = writeln!(out, "{} {piece}", self.canvas.margin(None));
            }
        }
    }

    fn remark(&self, style: Style, word: &str, text: &str, out: &mut String) {
        let indent = " ".repeat(self.canvas.gutter + 1);
        let room = self.canvas.room.saturating_sub(word.len() + 2);
        for (index, piece) in text.lines().flat_map(|line| wrap(line, room)).enumerate() {
            let _ = if index == 0 {
                let equals = self.canvas.paint.text(Style::Margin, "=");
                let word = self.canvas.paint.text(style, &format!("{word}:"));
                writeln!(out, "{indent}{equals} {word} {piece}")
            } else {
                writeln!(out, "{indent}{} {piece}", " ".repeat(word.len() + 3))
            };
        }
    }

    /// The line as the edits leave it, unless the words of the help already say it.
    fn edited(&self, help: &Help, out: &mut String) {
        let Some((first, _)) = help.edits.first() else {
            return;
        };
        let Some(file) = self.sources.get(first.file) else {
            return;
        };
        if help
            .edits
            .iter()
            .all(|(_, text)| help.text.contains(text.trim()))
        {
            return;
        }
        let (line, _) = Line::of(file, *first);
        let mut edits: Vec<_> = help
            .edits
            .iter()
            .map(|(span, text)| (fitting(file, *span), span.file, text))
            .collect();
        let in_line = edits.iter().all(|(bytes, id, text)| {
            *id == first.file
                && bytes.start >= line.bytes.start
                && bytes.end <= line.bytes.end
                && !text.contains('\n')
        });
        if !in_line || line.bytes.len() > self.canvas.room {
            return;
        }
        edits.sort_by_key(|(bytes, ..)| std::cmp::Reverse(bytes.start));
        let mut text = line.text(file).to_owned();
        let mut after = text.len();
        for (bytes, _, new) in edits {
            let range = bytes.start - line.bytes.start..bytes.end - line.bytes.start;
            if range.end > after {
                return;
            }
            after = range.start;
            text.replace_range(range, new);
        }
        let number = Some(line.number);
        let line = MarkedLine {
            number,
            text: text.trim_end(),
            marks: Vec::new(),
        };
        self.canvas.lines(&[line], out);
    }

    fn style_of(&self, label: &Label) -> Style {
        if std::ptr::eq(label, &raw const self.diagnostic.primary) {
            severity_style(self.diagnostic.severity)
        } else {
            Style::Secondary
        }
    }
}

fn labels(diagnostic: &Diagnostic) -> impl Iterator<Item = &Label> {
    std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary)
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
    }
}

/// A line of a file.
struct Line {
    /// From 1.
    number: usize,
    /// Bytes of the file, without the line break.
    bytes: std::ops::Range<usize>,
}

impl Line {
    /// The line a span begins in, and the part of the line that it covers.
    fn of(file: &SourceFile, span: Span) -> (Self, std::ops::Range<usize>) {
        let bytes = fitting(file, span);
        let (number, _) = file.line_at(bytes.start);
        let std::ops::Range { start, end } = file.line(number);
        let from = (bytes.start - start).min(end - start);
        let to = (bytes.end.min(end) - start).max(from);
        (
            Self {
                number,
                bytes: start..end,
            },
            from..to,
        )
    }

    /// The line that a span ends in, without blank lines at its end, and the byte of that line.
    fn last_of(file: &SourceFile, span: Span) -> Option<(Self, usize)> {
        let bytes = fitting(file, span);
        let words = file.text.get(bytes.clone())?.trim_end();
        let last = bytes.start + words.char_indices().next_back()?.0;
        let (number, start) = file.line_at(last);
        let line = Self {
            number,
            bytes: file.line(number),
        };
        Some((line, bytes.start + words.len() - start))
    }

    fn text<'f>(&self, file: &'f SourceFile) -> &'f str {
        file.text.get(self.bytes.clone()).unwrap_or("")
    }
}
