//! Options for files of other shapes: a recipe, said once on the command line.

use clap::Args;
use forewarn_tables::recipe::{
    Crosswalk, Filter, FrameRecipe, InName, Recipe, Shape, Summed, When, WordsSlip,
};
use std::path::{Path, PathBuf};

/// What else than a plain table a file is.
#[derive(Clone, Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Files of other shapes")]
pub struct RecipeArgs {
    /// Lines before the header that are no part of the table
    #[arg(
        long,
        value_name = "LINES",
        value_parser = whole,
        default_value_t = 0,
        hide_default_value = true
    )]
    pub skip: usize,
    /// Words by which the header is found: `Country,Year`
    #[arg(long, value_name = "WORDS")]
    pub header: Option<String>,
    /// How many rows the header takes
    #[arg(long, value_name = "ROWS", value_parser = whole)]
    pub header_rows: Option<usize>,
    /// The row under the header says units
    #[arg(long)]
    pub units_row: bool,
    /// Rows that begin so are remarks
    #[arg(long, value_name = "SIGN")]
    pub comment: Option<String>,
    /// From a row that begins so on, nothing is data (repeatable)
    #[arg(long, value_name = "WORDS")]
    pub footer: Vec<String>,
    /// What the text is written in, where that is not UTF-8: `windows-1252`
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The sign between thousands: `,`, `.`, `'` or a blank
    #[arg(long, value_name = "SIGN", value_parser = thousands)]
    pub thousands: Option<char>,
    /// Letters may stand behind a value: `8.2 p`
    #[arg(long)]
    pub flags: bool,
    /// Words behind a value multiply it: `1.2M`, `12k`, `3 Mio.`
    #[arg(long)]
    pub multiples: bool,
    /// Brackets around a number make it negative: `(5.2)` is -5.2
    #[arg(long)]
    pub brackets: bool,
    /// A word that means yes, besides the usual ones (repeatable)
    #[arg(long, value_name = "WORD")]
    pub yes: Vec<String>,
    /// A word that means no, besides the usual ones (repeatable)
    #[arg(long, value_name = "WORD")]
    pub no: Vec<String>,
    /// What a level or category is called in the data: `coast=Côte`, `present=1` (repeatable)
    #[arg(long, value_name = "NAME=WORD", value_parser = pair)]
    pub word: Vec<(String, String)>,
    /// Empty cells of this column have what stands above them, as in merged cells (repeatable)
    #[arg(long, value_name = "COLUMN")]
    pub fill: Vec<String>,
    /// The names of files or sheets say the period of their rows: `killed_{month}.csv`
    #[arg(long, value_name = "PATTERN", value_parser = named)]
    pub named: Option<InName>,
    /// A column that some files call otherwise: what these call it, and what the others do (repeatable)
    #[arg(long, value_name = "COLUMN=NAME", value_parser = pair)]
    pub rename: Vec<(String, String)>,
    /// Which rows are read: `level = 2 and kind in ("Battles", "Riots")`
    #[arg(long, value_name = "CONDITION", value_parser = filter)]
    pub rows: Option<Filter>,
    /// One value in each row: the column that names the indicator, and the one with the value
    #[arg(long, value_name = "NAME=VALUE")]
    pub long: Option<String>,
    /// Which indicator a name of a long table is (repeatable)
    #[arg(long, value_name = "NAME=INDICATOR", value_parser = pair)]
    pub long_key: Vec<(String, String)>,
    /// Periods in columns: `years`, `1990..2024`, `years=INDICATOR`, or `{indicator}_{year}`; countries in columns:
    /// `entities=INDICATOR`
    #[arg(long, value_name = "HOW", value_parser = wide)]
    pub wide: Option<String>,
    /// Sum events up: a column, and what it is the sum of, or `count` (repeatable)
    #[arg(long, value_name = "NAME=COLUMN", value_parser = pair)]
    pub sum: Vec<(String, String)>,
    /// The column that names an event, which is summed up once, as `--when` says (repeatable)
    #[arg(long, value_name = "COLUMN")]
    pub once: Vec<String>,
    /// What becomes of a row that is there twice: `latest wins`, `first wins`, `add up`, `must agree`
    #[arg(long, value_name = "HOW", value_parser = when)]
    pub when: Option<When>,
    /// Translate a key: `country=iso2 to iso3`, or by a CSV file of two columns (repeatable)
    #[arg(long, value_name = "KEY=TABLE", value_parser = pair)]
    pub crosswalk: Vec<(String, String)>,
    /// The sheet of a workbook, by name or number
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The cells of a sheet that are the table: `A4:Z220`
    #[arg(long, value_name = "CELLS")]
    pub range: Option<String>,
    /// What is always so in these data: `entities >= 54` (repeatable)
    #[arg(long, value_name = "CONDITION", value_parser = expected)]
    pub expect: Vec<Filter>,
}

fn encoding(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        "write the name of an encoding, such as `windows-1252` or `utf-16le`".to_owned()
    })
}

fn thousands(sign: &str) -> Result<char, String> {
    forewarn_tables::recipe::thousands_of(sign)
        .ok_or_else(|| "write `,`, `.`, `'`, `_` or `space`".to_owned())
}

fn named(text: &str) -> Result<InName, String> {
    InName::new(text).map_err(str::to_owned)
}

fn filter(text: &str) -> Result<Filter, String> {
    told(text, Filter::new(text))
}

fn expected(text: &str) -> Result<Filter, String> {
    told(text, Filter::expected(text))
}

fn told(text: &str, read: Result<Filter, WordsSlip>) -> Result<Filter, String> {
    read.map_err(|slip| {
        let near = text.get(slip.at.start..).unwrap_or_default();
        let near: String = near.chars().take(20).collect();
        match near.as_str() {
            "" => slip.why,
            near => format!("{}, at `{near}`", slip.why),
        }
    })
}

fn wide(text: &str) -> Result<String, String> {
    shape_of(text, None, Vec::new()).map_err(str::to_owned)?;
    Ok(text.to_owned())
}

fn when(words: &str) -> Result<When, String> {
    When::of(words).ok_or_else(|| {
        let all: Vec<String> = When::ALL
            .iter()
            .map(|when| format!("`{}`", when.words()))
            .collect();
        format!("write {}", all.join(", "))
    })
}

fn shape_of(
    wide: &str,
    name: Option<String>,
    keys: Vec<(String, String)>,
) -> Result<Shape, &'static str> {
    let (how, value) = match wide.split_once('=') {
        Some((how, value)) if !wide.contains('{') => (how, Some(value.to_owned())),
        _ => (wide, None),
    };
    forewarn_tables::recipe::wide_of(how, None, value, name, keys)
}

impl RecipeArgs {
    /// The options that say what a recipe says.
    #[must_use]
    pub fn of(recipe: &Recipe) -> Self {
        let column = |summed: &Summed| match summed {
            Summed::Count => "count".to_owned(),
            Summed::Column(column) => column.clone(),
        };
        let (long, long_key, wide) = match &recipe.shape {
            Shape::Plain => (None, Vec::new(), None),
            Shape::Long { name, value, keys } => {
                (Some(format!("{name}={value}")), keys.clone(), None)
            }
            Shape::Periods {
                called,
                range,
                value,
                name,
                keys,
            } => {
                let mut wide = range
                    .as_ref()
                    .map_or((*called).to_owned(), |(from, to)| format!("{from}..{to}"));
                if let Some(value) = value {
                    wide = format!("{wide}={value}");
                }
                (name.clone(), keys.clone(), Some(wide))
            }
            Shape::Entities {
                called,
                value,
                name,
                keys,
            } => {
                let wide = match value {
                    Some(value) => format!("{called}={value}"),
                    None => (*called).to_owned(),
                };
                (name.clone(), keys.clone(), Some(wide))
            }
            Shape::Wide { pattern } => (None, Vec::new(), Some(pattern.text().to_owned())),
        };
        let frame = &recipe.frame;
        Self {
            skip: frame.skip,
            header: (!frame.header.is_empty()).then(|| frame.header.join(",")),
            header_rows: (frame.header_rows > 0).then_some(frame.header_rows),
            units_row: frame.units_row,
            comment: frame.comment.clone(),
            footer: frame.footer.clone(),
            encoding: recipe.encoding,
            thousands: recipe.thousands,
            flags: recipe.flags,
            multiples: recipe.multiples,
            brackets: recipe.brackets,
            yes: recipe.yes.clone(),
            no: recipe.no.clone(),
            word: recipe.words.clone(),
            fill: recipe.fill.clone(),
            rename: recipe.rename.clone(),
            named: recipe.named.clone(),
            rows: recipe.rows.clone(),
            long,
            long_key,
            wide,
            sum: recipe
                .sum
                .iter()
                .map(|(name, summed)| (name.clone(), column(summed)))
                .collect(),
            once: recipe.once.clone(),
            when: recipe.when,
            crosswalk: recipe
                .crosswalks
                .iter()
                .map(|(key, table)| (key.clone(), table.text().to_owned()))
                .collect(),
            sheet: recipe.sheet.clone(),
            range: recipe.range.clone(),
            expect: recipe.expect.clone(),
        }
    }

    /// The recipe that the options are.
    ///
    /// # Errors
    /// A crosswalk that is not there, and options that do not fit together.
    pub fn recipe(&self) -> Result<Recipe, String> {
        let shape = match (&self.wide, &self.long) {
            (Some(wide), long) => {
                shape_of(wide, long.clone(), self.long_key.clone()).map_err(str::to_owned)?
            }
            (None, Some(long)) => match long.split_once('=') {
                Some((name, value)) => Shape::Long {
                    name: name.trim().to_owned(),
                    value: value.trim().to_owned(),
                    keys: self.long_key.clone(),
                },
                None => {
                    return Err(format!(
                        "`--long {long}` does not say where the value stands: name both columns, \
                         `--long INDICATOR=VALUE`"
                    ));
                }
            },
            (None, None) => Shape::Plain,
        };
        let mut crosswalks = Vec::new();
        for (key, table) in &self.crosswalk {
            let table = Crosswalk::new(table, Path::new(""))
                .map_err(|why| format!("`{table}` is no crosswalk that can be used: {why}"))?;
            crosswalks.push((key.clone(), table));
        }
        let summed = |column: &String| match column.as_str() {
            "count" => Summed::Count,
            _ => Summed::Column(column.clone()),
        };
        let with = |own: &[String], truth: &str| {
            let others = self.word.iter().filter(|(name, _)| name == truth);
            let others = others.map(|(_, word)| word.clone());
            own.iter().cloned().chain(others).collect()
        };
        Ok(Recipe {
            encoding: self.encoding,
            sheet: self.sheet.clone(),
            range: self.range.clone(),
            frame: FrameRecipe {
                skip: self.skip,
                header: self
                    .header
                    .as_deref()
                    .map(forewarn_tables::recipe::header_words)
                    .unwrap_or_default(),
                header_rows: self.header_rows.unwrap_or(0),
                units_row: self.units_row,
                comment: self.comment.clone(),
                footer: self.footer.clone(),
            },
            thousands: self.thousands,
            flags: self.flags,
            multiples: self.multiples,
            brackets: self.brackets,
            yes: with(&self.yes, "yes"),
            no: with(&self.no, "no"),
            words: self
                .word
                .iter()
                .filter(|(name, _)| !["yes", "no"].contains(&name.as_str()))
                .cloned()
                .collect(),
            fill: self.fill.clone(),
            rename: self.rename.clone(),
            named: self.named.clone(),
            rows: self.rows.clone(),
            shape,
            sum: self
                .sum
                .iter()
                .map(|(name, column)| (name.clone(), summed(column)))
                .collect(),
            once: self.once.clone(),
            when: self.when,
            crosswalks,
            expect: self.expect.clone(),
            ..Recipe::default()
        })
    }
}

/// A file with recipes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecipeFile {
    pub path: PathBuf,
    pub text: String,
    /// It is no file of the rules.
    pub apart: bool,
}

/// A name and what stands behind the first equals sign.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write a name, `=` and a value".to_owned()),
    }
}

/// A whole number, or what to write.
pub(crate) fn whole(text: &str) -> Result<usize, String> {
    text.trim()
        .parse()
        .map_err(|_| "write a whole number, such as `2`".to_owned())
}
