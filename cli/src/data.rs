//! Data as the command line says how to read them: for runs and explanations alike.

use crate::args::ReadingArgs;
use crate::failure::Failure;
use forewarn_runtime::bind::{
    BindOptions, Cell, CellReader, Decimal, KeyForm, WordsSeen, says_missing,
};
use forewarn_tables::ReadOptions;
use forewarn_tables::recipe::Shape;
use std::path::PathBuf;
use std::sync::Arc;

/// Why options of the command line are no way to read a file.
///
/// # Errors
/// A crosswalk that is not there, and options that do not fit together.
pub fn check(args: &ReadingArgs) -> Result<(), Failure> {
    let recipe = args.recipe.recipe().map_err(Failure::new)?;
    for word in &args.missing {
        if word.starts_with("--") && word.contains(char::is_alphabetic) {
            return Err(Failure::new(format!(
                "`--missing` takes a word, and `{word}` is an option"
            ))
            .help("write the word behind it; one that begins so is written `--missing=WORD`"));
        }
    }
    let whole = CellReader::new(&BindOptions {
        decimal: match args.decimal {
            Some(b',') => Decimal::Comma,
            _ => Decimal::Point,
        },
        thousands: recipe.thousands,
        ..BindOptions::default()
    });
    let says = |word: &str| says_missing(word) || whole.number(Cell::Text(word)).is_some();
    for word in args.missing.iter().filter(|word| !says(word)) {
        let parts: Vec<&str> = word.split([',', ';']).map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(|part| says(part)) {
            let each: Vec<String> = parts
                .iter()
                .map(|part| format!("--missing={part}"))
                .collect();
            return Err(Failure::new(format!(
                "`--missing {word}` is one word, and no cell will be written so"
            ))
            .help(format!("give each word by itself: `{}`", each.join(" "))));
        }
    }
    let names_codes = match &recipe.shape {
        Shape::Plain | Shape::Wide { .. } => false,
        Shape::Long { .. } => true,
        Shape::Periods { name, .. } | Shape::Entities { name, .. } => name.is_some(),
    };
    if let (Some((code, indicator)), false) = (args.recipe.long_key.first(), names_codes) {
        return Err(Failure::new(format!(
            "`--long-key {code}={indicator}` says what a name in a long table is, and no long table is read"
        ))
        .help("name its columns, `--long NAME=VALUE`, or leave the option out"));
    }
    Ok(())
}

/// Which of these words stand in none of the files, whatever is read of them: a column that the rules leave out may
/// have them. What can be read only once has been.
#[must_use]
pub fn nowhere(words: Vec<String>, files: &[PathBuf]) -> Vec<String> {
    /// A longer file is not read once more for a word.
    const LONGEST: u64 = 1 << 28;
    let mut words = words;
    for path in files {
        if words.is_empty() {
            break;
        }
        let Ok(about) = path.metadata() else {
            continue;
        };
        if !about.is_file() {
            continue;
        }
        if about.len() > LONGEST {
            return Vec::new();
        }
        let bytes = std::fs::read(path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        words.retain(|word| !has_cell(&text, word));
    }
    words
}

/// Does a word stand by itself in a text?
fn has_cell(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    let before = |at: usize| text.get(..at).and_then(|text| text.chars().next_back());
    let behind = |at: usize| text.get(at..).and_then(|text| text.chars().next());
    let mut found = text.match_indices(word);
    found.any(|(at, _)| {
        !before(at).is_some_and(is_part) && !behind(at + word.len()).is_some_and(is_part)
    })
}

/// How the files are read.
#[must_use]
pub fn options(args: &ReadingArgs) -> ReadOptions<'static> {
    ReadOptions {
        format: args.from,
        delimiter: args.delimiter,
        decimal: match args.decimal {
            Some(b',') => Decimal::Comma,
            _ => Decimal::Point,
        },
        missing: args.missing.clone(),
        words_seen: (!args.missing.is_empty()).then(|| WordsSeen::of(&args.missing)),
        lenient: args.lenient,
        map: args.map.clone(),
        written: args.period_format.first().copied(),
        also_written: args.period_format.iter().skip(1).copied().collect(),
        keys: KeyForm::new(&args.keys),
        except: args.except.clone(),
        threads: args.threads,
        taken: args.taken.clone(),
        // What is wrong with it was told before.
        recipe: args.recipe.recipe().unwrap_or_default(),
        sources: Arc::clone(&args.sources),
        beside: args.beside.clone(),
        ..ReadOptions::default()
    }
}
