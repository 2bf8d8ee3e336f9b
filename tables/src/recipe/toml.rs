//! `[[data]]` of `forewarn.toml`, or of `data.toml` beside it.
//!
//! In: the text. Out: the recipes with the patterns of their files, and every slip with its place.

use super::Recipe;
use super::crosswalk::Crosswalk;
use super::filter::Filter;
use super::gather::{Summed, When};
use super::in_name::InName;
use super::shape::{Shape, WidePattern};
use crate::format::Format;
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::source::{FileId, Span};
use forewarn_diagnostics::suggest::suggest;
use forewarn_diagnostics::toml_words::toml_slip;
use forewarn_runtime::bind::{Decimal, KeyStep};
use forewarn_runtime::causes::data::RecipeSlip;
use forewarn_runtime::period::Written;
use std::path::{Path, PathBuf};
use toml_edit::{Array, Document, Item, Key, Table, TableLike, Value};

/// Files and how they are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    pub recipe: Recipe,
    /// Paths, patterns and folders, seen from the folder of the recipe.
    pub patterns: Vec<String>,
    /// The files that there are, in the order in which they are stacked.
    pub files: Vec<PathBuf>,
}

/// The keys of a recipe.
const KEYS: [&str; 39] = [
    "name",
    "files",
    "when",
    "once",
    "skip",
    "header",
    "header_rows",
    "units_row",
    "comment",
    "footer",
    "encoding",
    "delimiter",
    "decimal",
    "thousands",
    "missing",
    "yes",
    "no",
    "words",
    "flags",
    "multiples",
    "brackets",
    "fill",
    "rows",
    "shape",
    "sum",
    "map",
    "rename",
    "named",
    "keys",
    "sheet",
    "range",
    "period",
    "expect",
    "except",
    "from",
    "lenient",
    "crosswalk",
    "century",
    "note",
];

/// Reads all recipes of a text; `folder` is where their files are looked for.
#[must_use]
pub fn read(text: &str, file: FileId, folder: &Path, reports: &mut Reports) -> Vec<Source> {
    let mut reader = Reader {
        file,
        folder,
        reports,
        around: Span::default(),
    };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let span = reader.span(error.span());
            let slip = toml_slip(text, span.start as usize, error.message());
            let span = reader.span(Some(slip.point(span.start as usize..span.end as usize)));
            let line = slip.line.map(|line| format!("write `{line}`"));
            reader.slip(span, slip.what, line);
            return Vec::new();
        }
    };
    match document.as_table().get("data") {
        Some(Item::ArrayOfTables(all)) => all.iter().map(|one| reader.source(one)).collect(),
        Some(Item::Table(one)) => {
            let span = reader.span(one.span());
            reader.mend(
                span,
                "there can be several: write `[[data]]`".to_owned(),
                None,
                "[[data]]".to_owned(),
            );
            Vec::new()
        }
        Some(Item::Value(_) | Item::None) | None => Vec::new(),
    }
}

/// A key as other programs call it.
fn other_key(key: &str) -> Option<&'static str> {
    Some(match key.to_ascii_lowercase().as_str() {
        "file" | "path" | "paths" | "filename" | "glob" | "pattern" => "files",
        "mapping" | "columns" | "column" => "map",
        "sep" | "separator" | "delim" => "delimiter",
        "na" | "na_values" | "na_strings" | "missing_values" | "null" => "missing",
        "skiprows" | "skip_rows" | "skip_lines" => "skip",
        "worksheet" | "tab" => "sheet",
        "date_format" | "dateformat" | "date" | "format" => "period",
        "filter" | "where" => "rows",
        "aggregate" | "sums" => "sum",
        "pivot" | "layout" => "shape",
        "exclude" | "ignore" => "except",
        _ => return None,
    })
}

/// A way of writing periods in small letters, or as programs have it: `mm/yyyy`, `%m/%Y`.
fn pattern_meant(text: &str) -> Option<String> {
    let spelt = [
        ("%Y", "YYYY"),
        ("%y", "YY"),
        ("%m", "MM"),
        ("%d", "DD"),
        ("%b", "MMM"),
    ];
    let written = spelt
        .iter()
        .fold(text.to_owned(), |text, (sign, own)| text.replace(sign, own));
    let upper = written.to_uppercase();
    (upper != text && Written::new(&upper).is_ok()).then_some(upper)
}

struct Reader<'r> {
    file: FileId,
    folder: &'r Path,
    reports: &'r mut Reports,
    /// Where the recipe at hand stands.
    around: Span,
}

impl Reader<'_> {
    fn span(&self, at: Option<std::ops::Range<usize>>) -> Span {
        let Some(at) = at else {
            return self.around;
        };
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: clip(at.start),
            end: clip(at.end.max(at.start)),
        }
    }

    fn slip(&mut self, span: Span, what: String, help: Option<String>) {
        self.reports.add(RecipeSlip {
            span,
            what,
            help,
            instead: None,
        });
    }

    /// Tells it with what was meant in its place.
    fn mend(&mut self, span: Span, what: String, help: Option<String>, instead: String) {
        self.reports.add(RecipeSlip {
            span,
            what,
            help,
            instead: Some(instead),
        });
    }

    /// Tells that a key takes something else.
    fn takes(&mut self, item: &Item, key: &str, what: &str) {
        let span = self.span(item.span());
        let what = format!("`{key}` is {what}");
        // `skip = "2"`
        let bare = item
            .as_str()
            .map(str::trim)
            .filter(|text| text.parse::<i64>().is_ok() || matches!(*text, "true" | "false"));
        match bare {
            Some(bare) => {
                let help = Some(format!("write it without quotes: `{key} = {bare}`"));
                self.mend(span, what, help, bare.to_owned());
            }
            None => self.slip(span, what, None),
        }
    }

    fn source(&mut self, table: &Table) -> Source {
        self.around = self.span(table.span());
        for (key, _) in table.iter() {
            if !KEYS.contains(&key) {
                let span = self.span(table.key(key).and_then(Key::span));
                let near = other_key(key).or_else(|| suggest(key, KEYS.iter().copied()));
                let what = format!("`{key}` is no key of a recipe");
                match near {
                    Some(near) => {
                        let help = Some(format!("did you mean `{near}`?"));
                        self.mend(span, what, help, near.to_owned());
                    }
                    None => {
                        let help = format!("known are `{}`", KEYS.join("`, `"));
                        self.slip(span, what, Some(help));
                    }
                }
            }
        }
        let mut source = Source {
            patterns: self.texts(table, "files"),
            ..Source::default()
        };
        let recipe = &mut source.recipe;
        recipe.span = Some(self.around);
        recipe.places = table
            .iter()
            .filter_map(|(key, item)| {
                let name = table.key(key).and_then(Key::span);
                let place = item.span().or_else(|| name.clone());
                // From its name to what it says.
                let whole = match (name, place) {
                    (Some(name), Some(place)) if name.start <= place.start => {
                        name.start..place.end.max(name.end)
                    }
                    (name, place) => place.or(name)?,
                };
                Some((key.to_owned(), self.span(Some(whole))))
            })
            .collect();
        recipe.name = self.text(table, "name");
        let meant = |key: &str| suggest(key, KEYS.iter().copied()) == Some("files");
        let misspelt = table
            .iter()
            .any(|(key, _)| !KEYS.contains(&key) && meant(key));
        if table.get("files").is_none() && !misspelt {
            let span = self.around;
            self.slip(
                span,
                "a recipe without files".to_owned(),
                Some("say which files it reads: `files = \"incoming/*.csv\"`".to_owned()),
            );
        }
        self.file_keys(table, recipe);
        self.cell_keys(table, recipe);
        self.row_keys(table, recipe);
        self.name_keys(table, recipe);
        source
    }

    /// What concerns the file and its frame.
    fn file_keys(&mut self, table: &Table, recipe: &mut Recipe) {
        recipe.format = self.word(
            table,
            "from",
            Format::of_name,
            "a format: `csv`, `xlsx`, `parquet`",
        );
        recipe.encoding = self.word(
            table,
            "encoding",
            |label| encoding_rs::Encoding::for_label(label.as_bytes()),
            "the name of an encoding: `windows-1252`, `utf-16le`",
        );
        recipe.delimiter = self.word(
            table,
            "delimiter",
            |text| match text.as_bytes() {
                _ if text == "tab" => Some(b'\t'),
                [one] if one.is_ascii() => Some(*one),
                _ => None,
            },
            "one character, or `tab`",
        );
        recipe.sheet = match table.get("sheet") {
            Some(item) => match (item.as_str(), item.as_integer()) {
                (Some(name), _) => Some(name.to_owned()),
                (None, Some(number)) => Some(number.to_string()),
                (None, None) => {
                    self.takes(item, "sheet", "the name of a sheet, or its number");
                    None
                }
            },
            None => None,
        };
        recipe.range = self.word(
            table,
            "range",
            |text| crate::workbook::corners(text).map(|_| text.to_owned()),
            "a range of cells: `A4:Z220`",
        );
        recipe.frame.skip = self.count(table, "skip");
        recipe.frame.header_rows = self.count(table, "header_rows");
        recipe.frame.units_row = self.truth(table, "units_row");
        recipe.frame.comment = self.text(table, "comment");
        recipe.frame.footer = self.texts(table, "footer");
        recipe.frame.header = match table.get("header") {
            Some(Item::Value(Value::String(text))) => header_words(text.value()),
            Some(_) => self.texts(table, "header"),
            None => Vec::new(),
        };
    }

    /// What concerns cells.
    fn cell_keys(&mut self, table: &Table, recipe: &mut Recipe) {
        recipe.decimal = self.word(
            table,
            "decimal",
            |text| match text {
                "." => Some(Decimal::Point),
                "," => Some(Decimal::Comma),
                _ => None,
            },
            "`.` or `,`",
        );
        recipe.thousands = self.word(
            table,
            "thousands",
            thousands_of,
            "the sign between thousands: `,`, `.`, `'` or a blank",
        );
        let point = recipe.decimal.unwrap_or(Decimal::Point);
        let sign = match point {
            Decimal::Point => '.',
            Decimal::Comma => ',',
        };
        if recipe.thousands == Some(sign) && recipe.decimal.is_some() {
            let span = self.span(table.get("thousands").and_then(Item::span));
            let other = if sign == ',' { "." } else { "," };
            self.slip(
                span,
                format!("`{sign}` cannot both mark decimals and set thousands apart"),
                Some(format!(
                    "write `thousands = \"{other}\"` or `thousands = \" \"`, as the file has it, or take `thousands` out"
                )),
            );
        }
        recipe.flags = match table.get("flags") {
            // In words, as the sentence of the manual has it.
            Some(Item::Value(Value::String(_))) => true,
            Some(_) => self.truth(table, "flags"),
            None => false,
        };
        recipe.multiples = self.truth(table, "multiples");
        recipe.brackets = self.truth(table, "brackets");
        recipe.missing = self.texts(table, "missing");
        recipe.yes = self.texts(table, "yes");
        recipe.no = self.texts(table, "no");
        self.words(table, recipe);
        recipe.lenient = self.truth(table, "lenient");
    }

    /// Words for levels and categories, by their names; for yes and no as well.
    fn words(&mut self, table: &Table, recipe: &mut Recipe) {
        let Some(item) = table.get("words") else {
            return;
        };
        let Some(words) = item.as_table_like() else {
            self.takes(
                item,
                "words",
                "a table of names with words for them: `{ present = \"présent\", absent = [\"absent\", \"non\"] }`",
            );
            return;
        };
        for (name, item) in words.iter() {
            let mut own = Table::new();
            own.insert(name, item.clone());
            for word in self.texts(&own, name) {
                match name {
                    "yes" => recipe.yes.push(word),
                    "no" => recipe.no.push(word),
                    name => recipe.words.push((name.to_owned(), word)),
                }
            }
        }
    }

    /// What concerns rows.
    fn row_keys(&mut self, table: &Table, recipe: &mut Recipe) {
        recipe.when = self.word(
            table,
            "when",
            When::of,
            "`must agree`, `latest wins`, `first wins` or `add up`",
        );
        recipe.fill = self.texts(table, "fill");
        recipe.rows = table.get("rows").and_then(|item| self.filter(item, "rows"));
        recipe.shape = self.shape(table);
        if let Some(sums) = self.pairs(table, "sum") {
            let sums = sums
                .into_iter()
                .map(|(name, column)| match column.as_str() {
                    "count" => (name, Summed::Count),
                    _ => (name, Summed::Column(column)),
                });
            recipe.sum = sums.collect();
        }
        recipe.once = self.texts(table, "once");
        recipe.expect = match table.get("expect") {
            Some(Item::Value(Value::Array(all))) => {
                let all: Vec<Item> = all.iter().map(|value| Item::Value(value.clone())).collect();
                all.iter()
                    .filter_map(|item| self.filter(item, "expect"))
                    .collect()
            }
            Some(item) => self.filter(item, "expect").into_iter().collect(),
            None => Vec::new(),
        };
        recipe.except = self.texts(table, "except");
    }

    /// What concerns names, keys and periods.
    fn name_keys(&mut self, table: &Table, recipe: &mut Recipe) {
        recipe.map = self.pairs(table, "map").unwrap_or_default();
        recipe.rename = self.pairs(table, "rename").unwrap_or_default();
        if let Some(pattern) = self.text(table, "named") {
            match InName::new(&pattern) {
                Ok(named) => recipe.named = Some(named),
                Err(why) => {
                    let span = self.span(table.get("named").and_then(Item::span));
                    self.slip(
                        span,
                        "`named` has no period in it".to_owned(),
                        Some(why.to_owned()),
                    );
                }
            }
        }
        if let Some(item) = table.get("period") {
            let list = item.as_array().map(|all| all.iter().collect::<Vec<_>>());
            let all = list.or_else(|| item.as_value().map(|one| vec![one]));
            for one in all.unwrap_or_default() {
                match one.as_str().map(Written::new) {
                    Some(Ok(written)) if recipe.period.is_none() => recipe.period = Some(written),
                    Some(Ok(written)) => recipe.periods.push(written),
                    Some(Err(slip)) => {
                        let span = self.span(one.span().or_else(|| item.span()));
                        let what = "this is no way to write a period".to_owned();
                        match one.as_str().and_then(pattern_meant) {
                            Some(meant) => self.mend(span, what, None, format!("\"{meant}\"")),
                            None => self.slip(span, what, Some(slip.to_string())),
                        }
                    }
                    None => self.takes(
                        item,
                        "period",
                        "how periods are written: `DD MMM YYYY`, or a list of such patterns",
                    ),
                }
            }
        }
        let keys = table.get("keys").and_then(Item::as_table_like);
        if let (None, Some(item)) = (keys, table.get("keys")) {
            let words = self.texts(table, "keys");
            for word in words {
                match KeyStep::of(&word) {
                    Some(step) => recipe.keys.push(step),
                    None => self.takes(
                        item,
                        "keys",
                        "steps such as `trim` and `upper`, or a table of them",
                    ),
                }
            }
        }
        for (key, item) in keys.into_iter().flat_map(TableLike::iter) {
            let lower = item.as_str().map(str::to_lowercase);
            let step = match (key, lower.as_deref(), item.as_bool()) {
                ("case", Some("upper"), _) => Some(KeyStep::Upper),
                ("case", Some("lower"), _) => Some(KeyStep::Lower),
                ("unicode", Some("nfc"), _) => Some(KeyStep::Nfc),
                (word, _, Some(asked)) => match KeyStep::of(word) {
                    Some(step) if asked => Some(step),
                    Some(_) => continue,
                    None => None,
                },
                ("case" | "unicode", Some(_), _) => None,
                (key, Some(_), _) => {
                    let text = item.as_str().unwrap_or_default();
                    match Crosswalk::new(text, self.folder) {
                        Ok(table) => recipe.crosswalks.push((key.to_owned(), table)),
                        // A step is meant, which is asked for by a truth.
                        Err(_) if KeyStep::of(key).is_some() => {
                            let span = self.span(item.span());
                            let help = format!(
                                "write `{key} = true`; without it, nothing of the kind is done"
                            );
                            self.slip(
                                span,
                                format!("`{key}` is a step, and takes `true` or `false`"),
                                Some(help),
                            );
                        }
                        Err(why) => {
                            let span = self.span(item.span());
                            self.slip(
                                span,
                                format!("`{text}` is no crosswalk that can be used"),
                                Some(why),
                            );
                        }
                    }
                    continue;
                }
                _ => None,
            };
            match step {
                Some(step) => recipe.keys.push(step),
                None => self.takes(
                    item,
                    "keys",
                    &format!("{}, or a key with a crosswalk", steps()),
                ),
            }
        }
    }

    fn shape(&mut self, table: &Table) -> Shape {
        let Some(item) = table.get("shape") else {
            return Shape::Plain;
        };
        let Some(shape) = item.as_table_like() else {
            self.takes(
                item,
                "shape",
                "`{ long = \"Indicator\", value = \"Score\" }` or `{ wide = \"years\" }`",
            );
            return Shape::Plain;
        };
        for (key, item) in shape.iter() {
            if !["long", "wide", "value", "keys", "columns"].contains(&key) {
                self.takes(
                    item,
                    "shape",
                    "made of `long`, `wide`, `value`, `keys` and `columns`",
                );
            }
        }
        let text = |key: &str| shape.get(key).and_then(Item::as_str).map(str::to_owned);
        let keys: Vec<(String, String)> = shape
            .get("keys")
            .and_then(Item::as_table_like)
            .into_iter()
            .flat_map(TableLike::iter)
            .filter_map(|(key, item)| Some((key.to_owned(), item.as_str()?.to_owned())))
            .collect();
        match (text("long"), text("wide")) {
            (Some(name), None) => match text("value") {
                Some(value) => Shape::Long { name, value, keys },
                None => {
                    self.takes(
                        item,
                        "shape",
                        "without `value`, the column that holds the values",
                    );
                    Shape::Plain
                }
            },
            (name, Some(wide)) => {
                match wide_of(&wide, text("columns").as_deref(), text("value"), name, keys) {
                    Ok(shape) => shape,
                    Err(why) => {
                        let span = self.span(item.span());
                        self.slip(
                            span,
                            format!("`wide` is not `{wide}`"),
                            Some(why.to_owned()),
                        );
                        Shape::Plain
                    }
                }
            }
            (None, None) => {
                self.takes(item, "shape", "`long` or `wide`");
                Shape::Plain
            }
        }
    }

    fn filter(&mut self, item: &Item, key: &str) -> Option<Filter> {
        let Some(text) = item.as_str() else {
            self.takes(item, key, "an expression in quotation marks");
            return None;
        };
        let read = match key {
            "expect" => Filter::expected,
            _ => Filter::new,
        };
        match read(text) {
            Ok(filter) => Some(filter),
            Err(slip) => {
                // A text without escapes stands in the file as it is.
                let span = self.span(item.span());
                let at = |place: usize| span.start + 1 + u32::try_from(place).unwrap_or(0);
                let whole = (span.end - span.start) as usize == text.len() + 2;
                let exact = Span {
                    start: at(slip.at.start).min(span.end),
                    end: at(slip.at.end).min(span.end),
                    ..span
                };
                let span = if whole { exact } else { span };
                self.slip(
                    span,
                    format!("`{key}` cannot be read: {}", slip.why),
                    Some(
                        "write it as rules write conditions, with texts in quotation marks: \
                         `level = 2 and kind in (\"Battles\", \"Riots\")`"
                            .to_owned(),
                    ),
                );
                None
            }
        }
    }

    fn text(&mut self, table: &Table, key: &str) -> Option<String> {
        let item = table.get(key)?;
        let text = item.as_str().map(str::to_owned);
        if text.is_none() {
            self.takes(item, key, "a text in quotation marks");
        }
        text
    }

    fn word<T>(
        &mut self,
        table: &Table,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
        what: &str,
    ) -> Option<T> {
        let item = table.get(key)?;
        let found = item.as_str().and_then(read);
        if found.is_none() {
            self.takes(item, key, what);
        }
        found
    }

    /// A text or a list of them; numbers are texts as they are written.
    fn texts(&mut self, table: &Table, key: &str) -> Vec<String> {
        let Some(item) = table.get(key) else {
            return Vec::new();
        };
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.value().clone()),
            Value::Integer(number) => Some(number.value().to_string()),
            Value::Float(number) => Some(number.value().to_string()),
            _ => None,
        };
        let found = match item {
            Item::Value(Value::Array(all)) => list(all, text),
            Item::Value(value) => text(value).map(|text| vec![text]),
            _ => None,
        };
        if found.is_none() {
            self.takes(item, key, "a text in quotation marks, or a list of them");
        }
        found.unwrap_or_default()
    }

    fn count(&mut self, table: &Table, key: &str) -> usize {
        let Some(item) = table.get(key) else {
            return 0;
        };
        let found = item
            .as_integer()
            .and_then(|number| usize::try_from(number).ok());
        if found.is_none() {
            self.takes(item, key, "a number of lines");
        }
        found.unwrap_or(0)
    }

    fn truth(&mut self, table: &Table, key: &str) -> bool {
        let Some(item) = table.get(key) else {
            return false;
        };
        let found = item.as_bool();
        if found.is_none() {
            self.takes(item, key, "`true` or `false`");
        }
        found.unwrap_or(false)
    }

    /// A table of texts.
    fn pairs(&mut self, table: &Table, key: &str) -> Option<Vec<(String, String)>> {
        let item = table.get(key)?;
        let pairs = item.as_table_like().and_then(|pairs| {
            let pairs = pairs.iter();
            pairs
                .map(|(name, item)| {
                    // A period of two columns, as a list or in words: `year,month`.
                    let parts = item.as_array().filter(|_| key == "map");
                    let parts = parts
                        .and_then(|parts| list(parts, |part| part.as_str().map(str::to_owned)));
                    let parts = parts.map(|parts| parts.join(","));
                    let column = item.as_str().map(str::to_owned).or(parts)?;
                    Some((name.to_owned(), column))
                })
                .collect()
        });
        if pairs.is_none() {
            self.takes(
                item,
                key,
                "a table of names with columns: `{ deaths = \"best\" }`",
            );
        }
        pairs
    }
}

/// All steps as a recipe asks for them: `trim = true`, `case = "upper"`.
fn steps() -> String {
    let asked = KeyStep::ALL.iter().filter_map(|step| match step {
        KeyStep::Upper => Some("`case = \"upper\"` or `\"lower\"`".to_owned()),
        KeyStep::Lower => None,
        KeyStep::Nfc
        | KeyStep::Trim
        | KeyStep::Latin
        | KeyStep::Accents
        | KeyStep::Notes
        | KeyStep::Signs
        | KeyStep::Zeros
        | KeyStep::Whole => Some(format!("`{} = true`", step.word())),
    });
    asked.collect::<Vec<String>>().join(", ")
}

fn list<T>(all: &Array, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    all.iter().map(read).collect()
}

/// The words of `a line that has Country and Year`, or of a list with commas.
#[must_use]
pub fn header_words(text: &str) -> Vec<String> {
    let words = match text.strip_prefix("a line that has ") {
        Some(words) => words.replace(" and ", ","),
        None => text.to_owned(),
    };
    let words = words.split(',').map(|word| word.trim().to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// The sign between thousands.
#[must_use]
pub fn thousands_of(text: &str) -> Option<char> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        _ if ["space", "blank"].contains(&text) => Some(' '),
        (Some(sign @ (',' | '.' | '\'' | '_')), None) => Some(sign),
        (Some('’' | '‘'), None) => Some('\''),
        (Some(blank), None) if blank.is_whitespace() => Some(' '),
        _ => None,
    }
}

/// What columns of entities may be called.
const ENTITIES: [&str; 5] = ["entities", "countries", "areas", "regions", "districts"];

/// What columns of periods may be called.
const PERIODS: [&str; 4] = ["years", "periods", "months", "quarters"];

/// `years`, `1990..2024`, `{indicator}_{year}`
///
/// # Errors
/// Why it is none of these.
pub fn wide_of(
    wide: &str,
    columns: Option<&str>,
    value: Option<String>,
    name: Option<String>,
    keys: Vec<(String, String)>,
) -> Result<Shape, &'static str> {
    if wide.contains('{') {
        return WidePattern::new(wide).map(|pattern| Shape::Wide { pattern });
    }
    let spelt = columns.or_else(|| wide.contains("..").then_some(wide));
    let range = match spelt.map(|spelt| spelt.split_once("..")) {
        Some(Some((from, to))) => Some((from.trim().to_owned(), to.trim().to_owned())),
        Some(None) => return Err("write the first and the last column: `1990..2024`"),
        None => None,
    };
    if let Some(called) = ENTITIES.into_iter().find(|word| *word == wide) {
        return match range {
            None => Ok(Shape::Entities {
                called,
                value,
                name,
                keys,
            }),
            Some(_) => Err("columns of entities have no range: leave `columns` out"),
        };
    }
    let called = PERIODS.into_iter().find(|word| *word == wide);
    if range.is_none() && called.is_none() {
        return Err(
            "write `years`, `months`, `1990..2024`, `entities`, or a pattern such as `{indicator}_{year}`",
        );
    }
    Ok(Shape::Periods {
        called: called.unwrap_or("years"),
        range,
        value,
        name,
        keys,
    })
}

#[cfg(test)]
mod tests {
    use super::{KEYS, other_key, pattern_meant};

    #[test]
    fn keys_of_other_programs_are_ours() {
        for (key, own) in [
            ("sep", "delimiter"),
            ("na_values", "missing"),
            ("FILE", "files"),
        ] {
            assert_eq!(other_key(key), Some(own));
            assert!(KEYS.contains(&own), "{own}");
        }
        assert_eq!(other_key("skip"), None);
    }

    #[test]
    fn periods_in_other_letters_are_meant() {
        assert_eq!(pattern_meant("mm/yyyy").as_deref(), Some("MM/YYYY"));
        assert_eq!(pattern_meant("%d.%m.%Y").as_deref(), Some("DD.MM.YYYY"));
        assert_eq!(pattern_meant("MM/YYYY"), None);
        assert_eq!(pattern_meant("whenever"), None);
    }
}
