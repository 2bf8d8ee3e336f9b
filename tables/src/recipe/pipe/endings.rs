//! Rows that are there and say no value.
//!
//! In: rows at the end of a wide table that have nothing but a name, and rows that say of themselves that they delete
//! what they hold (`ACTION` of SDMX-CSV). Out: remarks, which are no data, and rows whose values are unknown. Both are
//! told: a footer taken for an entity would have what `missing means` says.

use super::Pipe;
use crate::grid::{Cells, Kept, KeptRow};
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_runtime::bind::{is_aggregate, sums_up};
use forewarn_runtime::causes::data::{DeletedRows, HeadingsRead, RemarksLeft};

/// What remarks begin with.
const BEGINNINGS: [&str; 24] = [
    "source",
    "sources",
    "note",
    "notes",
    "nota",
    "notas",
    "remark",
    "remarks",
    "last updated",
    "updated",
    "last update",
    "data as of",
    "data from",
    "as of",
    "données",
    "fuente",
    "fuentes",
    "fonte",
    "fontes",
    "quelle",
    "datos",
    "dernière mise",
    "copyright",
    "footnote",
];

/// As many letters of a remark name it.
const NAMED: usize = 40;

/// Is this a remark, and no name of an entity?
fn is_remark(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let begins = |word: &&&str| {
        let rest = lower.strip_prefix(**word);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let sign = lower.starts_with(|letter: char| "*†‡§©(['#¹²³".contains(letter));
    sign || lower.contains(':') || BEGINNINGS.iter().any(|word| begins(&word))
}

/// Is a name of which nothing is known a heading over what follows: in capitals over names that are not, with a colon, or
/// the name of a region?
pub(crate) fn is_heading(name: &str, next: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let in_capitals = letters > 3 && !name.chars().any(char::is_lowercase);
    in_capitals && next.chars().any(char::is_lowercase) || name.ends_with(':') || is_aggregate(name)
}

/// How a remark begins, as `footer` names it.
fn beginning(text: &str) -> String {
    let colon = text.find(':').map(|at| at + 1);
    let cut = || text.char_indices().nth(NAMED).map(|(at, _)| at);
    let end = colon.or_else(cut).unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim_end().to_owned()
}

impl Pipe<'_> {
    /// Leaves out the rows at the end of a wide table that are remarks: from one that looks so on, or from one that
    /// stands apart from the data.
    pub(super) fn leave_remarks(&mut self) {
        let Some(layout) = &self.layout else {
            return;
        };
        let width = layout.names.len();
        if !layout.by_columns || layout.keys.first() != Some(&Some(0)) {
            return;
        }
        let is_alone = |row: &KeptRow| {
            let fits = row.width() >= width;
            fits && !row.is_missing(0) && (1..row.width()).all(|column| row.is_missing(column))
        };
        let behind = self.tail.iter().rev().take_while(|(_, row)| is_alone(row));
        let behind = self.tail.len() - behind.count();
        let rows = self.tail.iter().enumerate().skip(behind);
        let mut last = match behind.checked_sub(1).and_then(|at| self.tail.get(at)) {
            Some((number, _)) => *number,
            None => self.last_row,
        };
        let mut first = None;
        for (at, (number, row)) in rows {
            let apart = last > 0 && *number > last + 1;
            last = *number;
            if apart || is_remark(&row.text(0)) {
                first = Some(at);
                break;
            }
        }
        let Some(first) = first else {
            return;
        };
        let left = self.tail.split_off(first);
        if let Some((number, row)) = left.first() {
            let at = self.at(*number);
            self.remarks.push((at, row.text(0), left.len() as u64));
        }
    }

    /// Notes a row of a wide table that has nothing but a name, as headings over groups of rows have, where a row with
    /// values follows.
    pub(super) fn note_headings(&mut self, next: &impl Cells) {
        let (Some((number, row)), Some(layout)) = (self.tail.last(), &self.layout) else {
            return;
        };
        let width = layout.names.len();
        let by_columns = layout.by_columns && layout.keys.first() == Some(&Some(0));
        let fits = row.width() >= width && !row.is_missing(0);
        let alone = fits && (1..row.width()).all(|column| row.is_missing(column));
        let name = row.text(0);
        let name = name.trim();
        let known = self.recipe.fill.is_empty() && !self.bind.sheltered;
        let left_out = self.recipe.except.iter().any(|left| left == name) || sums_up(name);
        if by_columns && alone && known && !left_out && is_heading(name, &next.text(0)) {
            let found = (self.at(*number), name.to_owned());
            self.headings.push(found);
        }
    }

    /// Tells these.
    pub(super) fn tell_left(&self, warnings: &mut Reports) {
        for (at, text, rows) in &self.remarks {
            warnings.add(RemarksLeft {
                place: self.place(*at),
                text: text.clone(),
                begins: beginning(text),
                rows: *rows,
                recipe: self.recipe.span,
            });
        }
        if let Some((at, _)) = self.headings.first() {
            let mut names: Vec<String> = Vec::new();
            for (_, name) in &self.headings {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
            warnings.add(HeadingsRead {
                place: self.place(*at),
                names,
                entity: self.plan.panel.entity().to_owned(),
                recipe: self.recipe.span,
            });
        }
        if let Some((at, column, word, rows)) = &self.deleted {
            warnings.add(DeletedRows {
                place: DataPlace {
                    column: Some(column.clone()),
                    ..self.place(*at)
                },
                word: word.clone(),
                rows: *rows,
                recipe: self.recipe.span,
            });
        }
    }

    /// The column that says so in SDMX-CSV, where neither the rules nor the recipe ask for it.
    pub(super) fn deletes_in(&self, names: &[String]) -> Option<usize> {
        const OF_SDMX: [&str; 3] = ["STRUCTURE", "STRUCTURE_ID", "DATAFLOW"];
        let is_sdmx = names.iter().any(|name| OF_SDMX.contains(&name.as_str()));
        let asked = self.recipe.rows.iter().flat_map(|rows| rows.columns());
        let is_asked = asked.into_iter().any(|column| column == "ACTION");
        let at = names.iter().position(|name| name == "ACTION")?;
        (is_sdmx && !is_asked && !self.is_read("ACTION")).then_some(at)
    }

    /// A row that deletes what it holds, with nothing known but its keys.
    pub(super) fn without_deleted(&mut self, number: u64, row: &impl Cells) -> Option<KeptRow> {
        let layout = self.layout.as_ref()?;
        let column = layout.deletes?;
        let word = row.text(column);
        if !["D", "DELETE"].contains(&word.to_uppercase().as_str()) {
            return None;
        }
        let mut kept = KeptRow::of(row);
        let names_value = layout.long.map(|(name, _)| name);
        for (at, cell) in kept.cells.iter_mut().enumerate() {
            if !layout.is_key(at) && names_value != Some(at) && self.holds_value(at) {
                *cell = Kept::Unknown;
            }
        }
        let name = self.layout.as_ref()?.names.get(column).cloned()?;
        let at = self.at(number);
        self.deleted.get_or_insert((at, name, word, 0)).3 += 1;
        Some(kept)
    }

    /// Is a value read from a column?
    fn holds_value(&self, column: usize) -> bool {
        let Some(layout) = &self.layout else {
            return false;
        };
        let name = layout.names.get(column);
        layout.held.iter().any(|held| held.column == column)
            || layout.long.is_some_and(|(_, value)| value == Some(column))
            || name.is_some_and(|name| self.is_read(name) || self.sums_column(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_and_names() {
        for remark in [
            "Source : bureau",
            "Source",
            "Notes :",
            "* estimate",
            "Last updated 2031",
            "© Bureau",
            "(1) partial",
            "Données au 3 mars",
        ] {
            assert!(is_remark(remark), "{remark}");
        }
        for name in [
            "AVA",
            "Avalor",
            "Northern Avalor",
            "Notelia",
            "Sourceland",
            "Korvia, Rep.",
        ] {
            assert!(!is_remark(name), "{name}");
        }
        assert_eq!(beginning("Source : bureau"), "Source :");
    }
}
