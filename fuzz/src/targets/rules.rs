//! Text as a rule file: lexer, parser, checks, lints, lowering, and every form of messages.

use std::path::Path;

use forewarn_compiler::{Compilation, Settings, compile};
use forewarn_diagnostics::render::{Findings, Format, Look};
use forewarn_diagnostics::source::MemoryFiles;

use crate::Target;

/// Everything that can be said of a rule file can be said in every form.
pub const RULES: Target = Target {
    name: "rules",
    about: "a rule file: checked, linted, lowered, and told in every form",
    words: WORDS,
    run: rules,
};

/// What edits promise.
pub const EDITS: Target = Target {
    name: "edits",
    about: "the edits that messages offer, applied: they lie inside the file and leave text",
    words: WORDS,
    run: edits,
};

/// Words of the language and what people put in their place.
pub const WORDS: &[&str] = &[
    "framework",
    "extends",
    "panel",
    "by",
    "month",
    "source",
    "unit",
    "indicator",
    "param",
    "let",
    "score",
    "signal",
    "factor",
    "members",
    "weight",
    "combine",
    "require",
    "coverage",
    "scale",
    "level",
    "when",
    "otherwise",
    "table",
    "alert",
    "raise",
    "clear",
    "for",
    "months",
    "fn",
    "property",
    "test",
    "given",
    "expect",
    "override",
    "replace",
    "add",
    "drop",
    "because",
    "if",
    "then",
    "else",
    "and",
    "or",
    "not",
    "is",
    "missing",
    "in",
    "..",
    "..<",
    "<",
    "<=",
    ">=",
    "=",
    "==",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ",",
    ":",
    "%",
    "0",
    "1",
    "-1",
    "0.5",
    "1e308",
    "100_000",
    "40%",
    "\"",
    "\"A\"",
    "//",
    "///",
    "sum(",
    "over:",
    "12 months",
    "lag(",
    "rank(",
    "??",
    "number",
    "percent",
    "assessment",
    "truth",
    "“",
    "\u{a0}",
    "\u{202e}",
    "\u{0}",
    "é",
    "group",
    "decisive",
    "any of",
    "evidence",
    "bounds",
    "notice",
    "lower",
    "expires after",
    "applies when",
    "applies unless written \"n/a\"",
    "changeable cost",
];

fn compiled(text: &str) -> Compilation {
    let settings = Settings {
        lint: true,
        translations: true,
        ..Settings::default()
    };
    let files = MemoryFiles::of("chance.risk", text);
    compile(Path::new("chance.risk"), &files, &settings)
}

fn rules(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let compilation = compiled(&text);
    let sources = std::sync::Arc::new(compilation.sources);
    let mut findings = Findings::default();
    let mut errors = false;
    for cause in compilation.reports.iter() {
        errors |= cause.severity() == forewarn_diagnostics::Severity::Error;
        findings.add(cause.describe(), &sources);
    }
    assert_eq!(
        compilation.plan.is_none(),
        errors,
        "a Plan where something is wrong, or none"
    );
    for format in [
        Format::Human,
        Format::Json,
        Format::Short,
        Format::Github,
        Format::Sarif,
    ] {
        for width in [Some(60), None] {
            let look = Look {
                color: false,
                width,
                most: Some(20),
            };
            let told = findings.render(format, look, &|_| None);
            let control = |letter: char| letter.is_control() && letter != '\n';
            // JSON has its own way of writing them, and leaves U+007F as it is.
            let for_people = !matches!(format, Format::Json | Format::Sarif);
            let found = told
                .lines()
                .find(|line| for_people && line.contains(control));
            assert_eq!(found, None, "{format:?} holds a control character");
        }
    }
}

fn edits(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let compilation = compiled(&text);
    let mut left = MOST_EDITS;
    for cause in compilation.reports.iter() {
        for help in cause.describe().help {
            for (span, with) in &help.edits {
                let (start, end) = (span.start as usize, span.end as usize);
                let file = compilation
                    .sources
                    .get(span.file)
                    .expect("an edit is of a file");
                assert!(start <= end, "an edit ends before it begins");
                let inside = file.text.get(start..end);
                assert!(inside.is_some(), "an edit lies outside its file");
                if file.name == "chance.risk" && left > 0 {
                    left -= 1;
                    let mut changed = file.text.to_string();
                    changed.replace_range(start..end, with);
                    let _ = compiled(&changed);
                }
            }
        }
    }
}

/// How many edits of one input are tried; the first are as good as any.
const MOST_EDITS: usize = 4;
