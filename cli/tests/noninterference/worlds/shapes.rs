//! The data of a world in other shapes, and recipes by chance.
//!
//! In: a table of keys and columns. Out: the same as a long table and as one with periods in columns; options
//! that choose rows, expect something of them, or put them together.

use super::Chance;
use std::collections::{BTreeMap, BTreeSet};

/// The keys: country, place, site and year.
const KEYS: usize = 4;

/// The cells of a line as they stand there.
fn cells(line: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                cells.push(&line[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    cells.push(&line[from..]);
    cells
}

/// The columns behind the keys.
pub fn columns(text: &str) -> Vec<String> {
    let header = cells(text.lines().next().unwrap_or_default());
    header
        .iter()
        .skip(KEYS)
        .map(|name| (*name).to_owned())
        .collect()
}

/// A row for each cell that has something in it.
pub fn long(text: &str) -> String {
    let names = columns(text);
    let mut long = "country,place,site,year,item,val\n".to_owned();
    for line in text.lines().skip(1) {
        let cells = cells(line);
        let (keys, values) = cells.split_at(KEYS);
        for (name, value) in names
            .iter()
            .zip(values)
            .filter(|(_, value)| !value.is_empty())
        {
            long.push_str(&format!("{},{name},{value}\n", keys.join(",")));
        }
    }
    long
}

/// A row for each place, a column for each indicator and year.
pub fn wide(text: &str) -> String {
    let names = columns(text);
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(cells).collect();
    let years: BTreeSet<&str> = rows.iter().map(|row| row[KEYS - 1]).collect();
    let mut places: BTreeMap<[&str; 3], BTreeMap<&str, &[&str]>> = BTreeMap::new();
    for row in &rows {
        places
            .entry([row[0], row[1], row[2]])
            .or_default()
            .insert(row[KEYS - 1], &row[KEYS..]);
    }
    let mut wide = "country,place,site".to_owned();
    for name in &names {
        for year in &years {
            wide.push_str(&format!(",{name}_{year}"));
        }
    }
    wide.push('\n');
    for (keys, by_year) in places {
        wide.push_str(&keys.join(","));
        for at in 0..names.len() {
            for year in &years {
                let cell = by_year.get(year).map_or("", |values| values[at]);
                wide.push_str(&format!(",{cell}"));
            }
        }
        wide.push('\n');
    }
    wide
}

/// Options of a recipe over these columns.
pub fn recipe(columns: &[String], chance: &mut Chance) -> Vec<String> {
    let mut column = || columns[chance.below(columns.len())].clone();
    let (one, other) = (column(), column());
    let said: &[String] = &match chance.below(9) {
        0 => ["--rows".to_owned(), format!("column(\"{one}\") is known")],
        1 => [
            "--rows".to_owned(),
            format!("{one} >= 1 or {other} is missing"),
        ],
        2 => [
            "--expect".to_owned(),
            format!("column(\"{one}\") is missing"),
        ],
        3 => [
            "--expect".to_owned(),
            format!("share(missing, {one}) < 40%"),
        ],
        4 => [
            "--expect".to_owned(),
            "rows > 9 and entities > 4".to_owned(),
        ],
        5 => ["--sum".to_owned(), format!("{one}={one}")],
        6 => ["--when".to_owned(), "must agree".to_owned()],
        7 => ["--when".to_owned(), "add up".to_owned()],
        _ => ["--rows".to_owned(), "country != \"C01\"".to_owned()],
    };
    let mut said = said.to_vec();
    if chance.once_in(2) {
        said.push("--lenient".to_owned());
    }
    said
}
