//! `--update`: writes what came out in place of what was expected, into the ruleset that is tested and
//! nowhere else.
//!
//! Of the ruleset's own tests, only the words of values expected with `is` are replaced; everything else
//! of the file, comments and spacing included, stays as it is; of a table of cases, the cells that came
//! out otherwise. What is a comparison or an event is left to people. A test of what the ruleset extends
//! is never touched: what it expects here is written beside the ruleset's own files, as a `changed test`
//! with the change that moves it as its reason.

use super::moved::place_of_changed;
use super::tested::{Moved, Ran, TableRan, Tested};
use crate::args::ReadingArgs;
use crate::failure::Failure;
use crate::outputs::write_own;
use crate::words::count;
use forewarn_compiler::moving::changed_test;
use forewarn_diagnostics::source::{FileId, SourceMap, Span};
use forewarn_plan::digits::is_same;
use forewarn_plan::numbers::show;
use forewarn_runtime::testing::{Anew, NewValue, Update};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was written, and what was not.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub lines: Vec<String>,
    /// Names of tests with failures that were left.
    pub left: Vec<String>,
    /// What is to be written, all of it together.
    files: Vec<(PathBuf, Vec<u8>)>,
}

/// Writes the rule files anew.
///
/// # Errors
/// A file that cannot be written.
pub(super) fn update(tested: &[Tested], reading: &ReadingArgs) -> Result<Changed, Failure> {
    let mut changed = Changed::default();
    for one in tested {
        if one.home.is_archive {
            let failing = one.tests.iter().filter(|test| !test.failures.is_empty());
            let names = failing.map(|test| format!("\"{}\"", test.label));
            changed.left.extend(names);
            changed.lines.push(format!(
                "{} is an archive, which is never written: unpack it first",
                one.path
            ));
            continue;
        }
        let mut edits: BTreeMap<FileId, Vec<(Span, String)>> = BTreeMap::new();
        let mut texts = Vec::new();
        for test in one.tests.iter().filter(|test| !test.failures.is_empty()) {
            if one.home.own.contains(&test.file()) {
                own_test(one, test, reading, &mut edits, &mut changed)?;
            } else {
                below(one, test, reading, &mut texts, &mut changed)?;
            }
        }
        for (file, edits) in edits {
            own_file(one, file, edits, &mut changed);
        }
        append(one, &texts, &mut changed)?;
    }
    let files = changed.files.iter();
    write_own(files.map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    Ok(changed)
}

/// A test of the ruleset itself.
fn own_test(
    one: &Tested,
    test: &Ran,
    reading: &ReadingArgs,
    edits: &mut BTreeMap<FileId, Vec<(Span, String)>>,
    changed: &mut Changed,
) -> Result<(), Failure> {
    // A test of what is extended, as it was changed here before, and nothing does that any more.
    let is_changed = !one.home.own.contains(&test.span.file);
    if is_changed && test.moved == Some(Moved::Already) {
        match taken_out(one, test) {
            Some(span) => {
                edits
                    .entry(span.file)
                    .or_default()
                    .push((span, String::new()));
                changed.lines.push(format!(
                    "changed test \"{}\": nothing that is changed here moves it any more, so it is taken out",
                    test.label
                ));
            }
            None => leave(test, changed),
        }
        return Ok(());
    }
    if test.table.as_ref().is_some_and(|table| table.by_recipe) {
        leave(test, changed);
        return Ok(());
    }
    if let (Some(table), Some(cases)) = (&test.table, &one.cases) {
        let path = &table.path;
        let bytes =
            std::fs::read(path).map_err(|error| Failure::file("cannot read", path, &error))?;
        let (text, written) = super::cells::renewed(path, bytes, reading, cases, &table.cells)?;
        changed.files.push((path.clone(), text.into_bytes()));
        let line = format!("{}: {}", table.path.display(), count(written, "cell"));
        changed.lines.push(line);
    }
    if test.failures.iter().all(|one| one.cell.is_some()) {
        return Ok(());
    }
    let (mut is_whole, mut found) = (true, 0);
    for (_, anew) in &test.anew {
        match anew {
            Anew::Kept => {}
            Anew::Value { written, cells } => match values(*written, cells, &one.sources) {
                Some(new) => {
                    found += new.len();
                    for (span, text) in new {
                        edits.entry(span.file).or_default().push((span, text));
                    }
                }
                None => is_whole = false,
            },
            Anew::Truth { .. } | Anew::ByHand => is_whole = false,
        }
    }
    if !is_whole || found == 0 {
        leave(test, changed);
    } else if is_changed
        && let Some(Moved::By { words, because }) = &test.moved
        && let Some((span, text)) = reason_anew(one, test, &reason(words, because))
    {
        edits.entry(span.file).or_default().push((span, text));
        let line = format!("changed test \"{}\": moved by {words}", test.label);
        changed.lines.push(line);
    }
    Ok(())
}

/// The words of values that came out otherwise, each in its place; the whole list where one word stands
/// for several rows of which some are others. A list with a comment in it is left to people.
fn values(
    written: Span,
    cells: &[(Span, Option<NewValue>)],
    sources: &SourceMap,
) -> Option<Vec<(Span, String)>> {
    let times = |span: Span| cells.iter().filter(|(known, _)| *known == span).count();
    let mut all = Vec::new();
    let mut edits = Vec::new();
    let mut is_apart = true;
    for (span, with) in cells {
        let Some(with) = with else {
            all.push(sources.slice(*span).to_owned());
            continue;
        };
        let (span, with) = (*span, with.clone());
        let text = words(&Update { span, with }, sources)?;
        is_apart &= times(span) == 1;
        edits.push((span, text.clone()));
        all.push(text);
    }
    if is_apart {
        return Some(edits);
    }
    let is_commented = sources.slice(written).contains("//");
    (!is_commented).then(|| vec![(written, series(&all))])
}

fn leave(test: &Ran, changed: &mut Changed) {
    let name = format!("\"{}\"", test.label);
    if !changed.left.contains(&name) {
        changed.left.push(name);
    }
}

/// A rule file of the ruleset itself.
fn own_file(one: &Tested, file: FileId, mut edits: Vec<(Span, String)>, changed: &mut Changed) {
    let Some(source) = one.sources.get(file) else {
        return;
    };
    edits.sort_by_key(|(span, _)| *span);
    // What is taken out whole has been told.
    let values = edits.iter().filter(|(_, text)| !text.is_empty()).count();
    for (span, text) in edits.iter().filter(|(_, text)| !text.is_empty()) {
        let (line, _) = one.sources.line_column(*span);
        let old = one.sources.slice(*span);
        let line = format!("{}:{line}: `{old}` is now `{text}`", source.name);
        changed.lines.push(line);
    }
    let text = applied(&source.text, &edits);
    let path = PathBuf::from(&source.name);
    changed.files.push((path, text.into_bytes()));
    if values > 0 {
        let line = format!("{}: {}", source.name, count(values, "value"));
        changed.lines.push(line);
    }
}

/// A test of what the ruleset extends: its `changed test`, and a table of its own where it reads one.
fn below(
    one: &Tested,
    test: &Ran,
    reading: &ReadingArgs,
    texts: &mut Vec<String>,
    changed: &mut Changed,
) -> Result<(), Failure> {
    let Some(Moved::By { words, because }) = &test.moved else {
        leave(test, changed);
        return Ok(());
    };
    let body = match &test.table {
        Some(table) => {
            table_beside(one, table, reading, changed)?.map(|name| format!("from \"{name}\""))
        }
        None => expectations(test, &one.sources),
    };
    let Some(body) = body else {
        leave(test, changed);
        return Ok(());
    };
    let label = one.sources.slice(test.span);
    let reason = reason(words, because);
    texts.push(format!(
        "changed test {label} {body} because \"{reason}\"\n"
    ));
    let line = format!("changed test {label}: moved by {words}");
    changed.lines.push(line);
    Ok(())
}

/// What stands behind `because` of a changed test.
fn reason(words: &str, because: &str) -> String {
    let reason = match because {
        "" => words.to_owned(),
        because => format!("{words}: {because}"),
    };
    reason.replace('"', "'").replace(['\n', '\r'], " ")
}

/// The reason of a changed test where it is another than the one that stands behind its expectations.
fn reason_anew(one: &Tested, test: &Ran, reason: &str) -> Option<(Span, String)> {
    const WORD: &str = "because \"";
    let file = test.file();
    let text = &one.sources.get(file)?.text;
    let end = test.anew.iter().map(|(span, _)| span.end).max()?;
    let rest = text.get(end as usize..)?;
    let (before, behind) = rest.split_once(WORD)?;
    let (old, _) = behind.split_once('"')?;
    if before.trim() != "}" || old == reason {
        return None;
    }
    let start = end + u32::try_from(before.len() + WORD.len()).ok()?;
    let span = Span {
        file,
        start,
        end: start + u32::try_from(old.len()).ok()?,
    };
    Some((span, reason.to_owned()))
}

/// A changed test with the lines that it stands on.
fn taken_out(one: &Tested, test: &Ran) -> Option<Span> {
    let file = test.file();
    let text = &one.sources.get(file)?.text;
    let range = changed_test(text, &test.label)?;
    let (before, behind) = (text.get(..range.start)?, text.get(range.end..)?);
    let ends = behind.find('\n').filter(|at| {
        let rest = behind.get(..*at);
        rest.is_some_and(|rest| rest.trim().is_empty())
    });
    // Together with the line that it ends, and one blank line before it.
    let end = ends.map_or(range.end, |at| range.end + at + 1);
    let start = match before.ends_with("\n\n") {
        true => range.start - 1,
        false => range.start,
    };
    Some(Span {
        file,
        start: u32::try_from(start).ok()?,
        end: u32::try_from(end).ok()?,
    })
}

/// The expectations of a test, those that no longer hold as they would have to stand.
fn expectations(test: &Ran, sources: &SourceMap) -> Option<String> {
    let mut body = String::from("{\n");
    for (whole, anew) in &test.anew {
        body.push_str(&format!("  {}\n", expectation(*whole, anew, sources)?));
    }
    body.push('}');
    (!test.anew.is_empty()).then_some(body)
}

fn expectation(whole: Span, anew: &Anew, sources: &SourceMap) -> Option<String> {
    let text = sources.slice(whole);
    let (part, new) = match anew {
        Anew::Kept => return Some(text.to_owned()),
        Anew::ByHand => return None,
        Anew::Value { written, cells } => {
            let cells = cells.iter().map(|(span, with)| match with {
                None => Some(sources.slice(*span).to_owned()),
                Some(with) => {
                    let (span, with) = (*span, with.clone());
                    words(&Update { span, with }, sources)
                }
            });
            (*written, series(&cells.collect::<Option<Vec<String>>>()?))
        }
        Anew::Truth { of, cells } => {
            let condition = sources.slice(*of);
            (*of, format!("({condition}) is {}", series(cells)))
        }
    };
    let start = part.start.checked_sub(whole.start)? as usize;
    let end = part.end.checked_sub(whole.start)? as usize;
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    Some(format!("{before}{new}{after}"))
}

/// One value, or a list of them in which equal neighbours stand once.
fn series(cells: &[String]) -> String {
    if let [only] = cells {
        return only.clone();
    }
    let runs = cells.chunk_by(|one, next| one == next);
    let runs = runs.filter_map(|run| match run {
        [only] => Some(only.clone()),
        [first, ..] => Some(format!("{first} x {}", run.len())),
        [] => None,
    });
    format!("[{}]", runs.collect::<Vec<_>>().join(", "))
}

/// The name of a copy of a table with its new cells, beside the ruleset's own rules.
fn table_beside(
    one: &Tested,
    table: &TableRan,
    reading: &ReadingArgs,
    changed: &mut Changed,
) -> Result<Option<String>, Failure> {
    let (Some(cases), Some(name)) = (&one.cases, table.path.file_name()) else {
        return Ok(None);
    };
    if table.by_recipe {
        return Ok(None);
    }
    let name = name.to_string_lossy();
    let names = std::iter::once(format!("changed_{name}"));
    let mut names = names.chain((2_u32..).map(|at| format!("changed_{at}_{name}")));
    let is_free = |name: &String| {
        let path = one.home.root.join(name);
        !path.exists() && changed.files.iter().all(|(other, _)| *other != path)
    };
    let Some(name) = names.find(is_free) else {
        return Ok(None);
    };
    let path = one.home.root.join(&name);
    let bytes = table.bytes.clone();
    let (text, _) = super::cells::renewed(&path, bytes, reading, cases, &table.cells)?;
    changed.files.push((path, text.into_bytes()));
    Ok(Some(name))
}

/// Writes changed tests behind those that are there.
fn append(one: &Tested, texts: &[String], changed: &mut Changed) -> Result<(), Failure> {
    let place = place_of_changed(Path::new(&one.path), one);
    let Some(path) = place.filter(|_| !texts.is_empty()) else {
        return Ok(());
    };
    // A single rule file may have values that were written anew already.
    let known = changed.files.iter().position(|(other, _)| *other == path);
    let known = known.map(|at| changed.files.remove(at).1);
    let mut text = match known.map_or_else(|| std::fs::read(&path), Ok) {
        Ok(text) => String::from_utf8_lossy(&text).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            "module changed_tests \"Tests of what is extended, as they come out here\"\n".to_owned()
        }
        Err(error) => return Err(Failure::file("cannot read", &path, &error)),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for one in texts {
        text.push('\n');
        text.push_str(one);
    }
    let number = count(texts.len(), "changed test");
    changed.lines.push(format!("{}: {number}", path.display()));
    changed.files.push((path, text.into_bytes()));
    Ok(())
}

/// The text with its edits, which are in order and do not overlap.
fn applied(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = text.to_owned();
    for (span, new) in edits.iter().rev() {
        let (start, end) = (span.start as usize, span.end as usize);
        if out.get(start..end).is_some() {
            out.replace_range(start..end, new);
        }
    }
    out
}

/// The new words of a value, in the unit in which the old ones are written.
fn words(update: &Update, sources: &SourceMap) -> Option<String> {
    let old = sources.slice(update.span);
    match &update.with {
        NewValue::Word(word) => Some(word.clone()),
        NewValue::Number { expected, actual } => {
            let end = old
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '_')))
                .unwrap_or(old.len());
            let (number, unit) = old.split_at_checked(end)?;
            let written: f64 = number.replace('_', "").parse().ok()?;
            if let Some(parts) = quotient(unit) {
                return Some(
                    fraction(*actual, parts).unwrap_or_else(|| show(nine_digits(*actual))),
                );
            }
            // How many of the written unit are one of the value's own.
            let scale = if written == 0.0 || *expected == 0.0 {
                1.0
            } else {
                written / expected
            };
            Some(format!("{}{unit}", show(nine_digits(actual * scale))))
        }
    }
}

/// The divisor of `5 / 16`, behind the first number.
fn quotient(rest: &str) -> Option<u32> {
    let divisor = rest.trim_start().strip_prefix('/')?;
    let divisor = divisor.trim().replace('_', "").parse().ok()?;
    (divisor > 0).then_some(divisor)
}

/// A value as a fraction of whole numbers, where it is one to 14 digits: of so many parts as before, else of as few
/// as it takes.
fn fraction(x: f64, parts: u32) -> Option<String> {
    let few = std::iter::once(parts).chain(2..=1000);
    few.map(f64::from).find_map(|parts| {
        let whole = (x * parts).round();
        is_same(whole / parts, x).then(|| format!("{} / {}", show(whole), show(parts)))
    })
}

/// What a reader would write: more than nine digits tell of the last bits.
fn nine_digits(x: f64) -> f64 {
    format!("{x:.8e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renewed(old: &str, expected: f64, actual: f64) -> Option<String> {
        let mut sources = SourceMap::default();
        let file = sources.add("a.risk", old);
        let span = Span {
            file,
            start: 0,
            end: u32::try_from(old.len()).unwrap(),
        };
        let with = NewValue::Number { expected, actual };
        words(&Update { span, with }, &sources)
    }

    #[test]
    fn a_value_keeps_its_unit_and_its_scale() {
        assert_eq!(renewed("0.35", 0.35, 0.1 + 0.2).as_deref(), Some("0.3"));
        assert_eq!(renewed("5 deaths", 5.0, 7.0).as_deref(), Some("7 deaths"));
        // Fractions stay fractions, of other parts where they must be.
        let renewed_fraction = |actual| renewed("5 / 16", 5.0 / 16.0, actual);
        assert_eq!(renewed_fraction(7.0 / 16.0).as_deref(), Some("7 / 16"));
        assert_eq!(renewed_fraction(8.0 / 3.0).as_deref(), Some("8 / 3"));
        let odd = renewed_fraction(std::f64::consts::PI);
        assert_eq!(odd.as_deref(), Some("3.14159265"));
        assert_eq!(renewed("2 years", 24.0, 36.0).as_deref(), Some("3 years"));
        assert_eq!(renewed("-1_000", -1000.0, 2.5).as_deref(), Some("2.5"));
        assert_eq!(renewed("threshold", 3.0, 4.0), None);
    }

    #[test]
    fn only_the_words_of_the_value_change() {
        let span = |start, end| Span {
            file: FileId::default(),
            start,
            end,
        };
        let edits = [(span(2, 3), "10".to_owned()), (span(6, 7), "x".to_owned())];
        assert_eq!(applied("a b c d // e", &edits), "a 10 c x // e");
    }
}
