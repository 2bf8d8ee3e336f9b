//! Coverage as one page: the source with marks, readable without scripts, light or dark.
//!
//! Everything that comes from rule files is escaped; signs that turn the direction of writing are shown
//! as their numbers, so that no text can pretend to be another, and text that reads from right to left
//! stays within its own line.

use super::tally::{Tally, by_kind, file_of, parts};
use crate::outputs::COVERAGE_TITLE;
use crate::test::tested::Tested;
use crate::words::count;
use forewarn_diagnostics::source::SourceFile;
use forewarn_runtime::testing::Covered;
use std::collections::BTreeMap;

const STYLE: &str = "\
:root { color-scheme: light dark; --ok: #1a7f37; --part: #9a6700; --no: #cf222e; --faint: #6e7781; --line: #d0d7de; }
@media (prefers-color-scheme: dark) { :root { --ok: #3fb950; --part: #d29922; --no: #f85149; --faint: #8b949e; --line: #30363d; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; } th, td { text-align: start; vertical-align: top; padding: 0 .75rem 0 0; }
.sum td + td { text-align: end; font-variant-numeric: tabular-nums; }
.source { width: 100%; font: 14px/1.45 ui-monospace, monospace; border: 1px solid var(--line); }
.source td { padding: 0 .5rem; } .source .n, .source .h { text-align: end; color: var(--faint); white-space: nowrap; user-select: none; }
.source pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; unicode-bidi: isolate; }
.source ul { margin: 0 0 .25rem; padding-inline-start: 1.5rem; color: var(--no); }
.ok .h { border-inline-end: .3rem solid var(--ok); } .part .h { border-inline-end: .3rem solid var(--part); } .no .h { border-inline-end: .3rem solid var(--no); }
mark { background: none; color: inherit; text-decoration: underline wavy var(--no); } i { color: var(--faint); font-style: normal; }
";

pub(super) fn page(tested: &[Tested]) -> String {
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         {COVERAGE_TITLE}\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <h1>What the tests show</h1>\n"
    );
    for one in tested {
        for part in parts(one) {
            let head = escaped(&one.path);
            let of = match part.package.as_str() {
                "" => String::new(),
                package => format!(", of <bdi>{}</bdi>", escaped(package)),
            };
            text.push_str(&format!(
                "<h2><bdi>{head}</bdi>{of}</h2>\n{}",
                summary(&part.points)
            ));
            let mut files: BTreeMap<String, Vec<&Covered>> = BTreeMap::new();
            for point in &part.points {
                files.entry(file_of(one, point)).or_default().push(point);
            }
            for (name, points) in files {
                let source = points
                    .first()
                    .and_then(|point| one.sources.get(point.point.span.file));
                if let Some(source) = source {
                    text.push_str(&format!("<h3><bdi>{}</bdi></h3>\n", escaped(&name)));
                    text.push_str(&listing(source, &points));
                }
            }
        }
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn summary(points: &[&Covered]) -> String {
    let mut rows: Vec<(String, Tally)> = by_kind(points)
        .into_iter()
        .map(|(kind, tally)| (kind.plural().replace('`', ""), tally))
        .collect();
    rows.push(("all".to_owned(), Tally::of(points.iter().copied())));
    let mut text = String::from("<table class=\"sum\">\n");
    for (kind, tally) in rows {
        text.push_str(&format!(
            "<tr><td>{kind}</td><td>{} of {}</td><td>{}</td></tr>\n",
            tally.shown,
            tally.all,
            tally.words()
        ));
    }
    text.push_str("</table>\n");
    let excluded = points.iter().filter(|point| !point.counts()).count();
    if excluded > 0 {
        text.push_str(&format!(
            "<p>Not counted: {} that the ranges of the rules exclude.</p>\n",
            count(excluded, "point")
        ));
    }
    text
}

/// A file's lines with their points.
fn listing(source: &SourceFile, points: &[&Covered]) -> String {
    let mut text = String::from("<table class=\"source\">\n");
    let mut start = 0;
    for (number, line) in source.text.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        let begins = |point: &&&Covered| (start..end).contains(&(point.point.span.start as usize));
        let own: Vec<&Covered> = points.iter().filter(begins).copied().collect();
        let tally = Tally::of(own.iter().copied());
        let (class, shown) = match (tally.shown, tally.all) {
            (_, 0) => ("", String::new()),
            (shown, all) if shown == all => ("ok", format!("{shown}/{all}")),
            (0, all) => ("no", format!("0/{all}")),
            (shown, all) => ("part", format!("{shown}/{all}")),
        };
        let lacking: Vec<String> = own
            .iter()
            .filter(|point| point.hits == 0 && point.counts())
            .map(|point| format!("<li><bdi>{}</bdi></li>", escaped(&point.point.lacking())))
            .collect();
        let list = match lacking.concat() {
            none if none.is_empty() => none,
            items => format!("<ul>{items}</ul>"),
        };
        text.push_str(&format!(
            "<tr class=\"{class}\"><td class=\"n\">{}</td><td class=\"h\">{shown}</td>\
             <td><pre>{}</pre>{list}</td></tr>\n",
            number + 1,
            marked(line.trim_end_matches(['\n', '\r']), start, points),
        ));
        start = end;
    }
    text.push_str("</table>\n");
    text
}

/// A line whose words that no test shows are marked. `start` is its place in the file.
fn marked(line: &str, start: usize, points: &[&Covered]) -> String {
    let lacks = |at: usize| {
        points.iter().any(|point| {
            let span = point.point.span;
            let within = (span.start as usize..span.end as usize).contains(&at);
            within && point.hits == 0 && point.counts()
        })
    };
    let mut text = String::new();
    let mut open = false;
    for (at, sign) in line.char_indices() {
        let lacks = lacks(start + at);
        if lacks != open {
            text.push_str(if lacks { "<mark>" } else { "</mark>" });
            open = lacks;
        }
        push(&mut text, sign);
    }
    if open {
        text.push_str("</mark>");
    }
    text
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|sign| push(&mut out, sign));
    out
}

fn push(out: &mut String, sign: char) {
    match sign {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\t' => out.push_str("    "),
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => {
            out.push_str(&format!("<i>[U+{:04X}]</i>", u32::from(sign)));
        }
        sign if sign.is_control() => out.push('\u{fffd}'),
        sign => out.push(sign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_rule_file_is_a_sign_of_the_page() {
        let text = escaped("a < b & \"c\" > d\u{1}");
        assert_eq!(text, "a &lt; b &amp; &quot;c&quot; &gt; d\u{fffd}");
    }

    #[test]
    fn signs_that_turn_the_direction_of_writing_are_told() {
        assert_eq!(escaped("a\u{202e}b"), "a<i>[U+202E]</i>b");
        assert_eq!(escaped("خطر"), "خطر");
    }
}
