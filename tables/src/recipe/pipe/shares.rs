//! Deliveries that write as shares what others write in percent.
//!
//! In: the rows that are made of several files, each with the file that it began in. Out: a warning for each column of
//! a percentage of which some files have nothing but shares, where the others have about a hundred times as much of the
//! same entities. Each delivery is looked at by itself: among the others nobody would see it.

use super::Pipe;
use crate::grid::Kept;
use crate::recipe::gather::At;
use forewarn_diagnostics::Reports;
use forewarn_runtime::causes::data::{Counted, ShareInPercent};
use std::collections::{BTreeMap, HashMap};

/// What a file has of a column.
#[derive(Debug, Default)]
struct Delivered {
    /// By entity: the sum of its values, and how many there are.
    of: HashMap<String, (f64, f64)>,
    beyond: bool,
    between: bool,
    signed: bool,
}

/// About a hundred times.
const LEAST: f64 = 30.0;
const MOST: f64 = 300.0;

impl Pipe<'_> {
    /// Tells such deliveries.
    pub(super) fn tell_shares(
        &self,
        names: &[String],
        rows: &[(At, Vec<Kept>)],
        warnings: &mut Reports,
    ) {
        let key = self.names.keys.first().and_then(|candidates| {
            let mut candidates = candidates.iter();
            candidates.find_map(|name| names.iter().position(|known| known == name))
        });
        for (column, name) in names.iter().enumerate() {
            let Some((input, true)) = self.read_by(name) else {
                continue;
            };
            if input.high <= 1.0 {
                continue;
            }
            let mut files: BTreeMap<usize, Delivered> = BTreeMap::new();
            for (at, cells) in rows {
                let Some(cell) = cells.get(column) else {
                    continue;
                };
                let file = files.entry(at.file).or_default();
                file.signed |= matches!(cell, Kept::Text(text) if text.contains('%'))
                    || matches!(cell, Kept::Share(_));
                let Some(value) = self.reader.number(cell.cell().counted(true)) else {
                    continue;
                };
                file.beyond |= !(0.0..=1.0).contains(&value);
                file.between |= value > 0.0 && value < 1.0;
                let entity = key.and_then(|key| cells.get(key)).map(Kept::text);
                let of = file.of.entry(entity.unwrap_or_default()).or_default();
                of.0 += value;
                of.1 += 1.0;
            }
            let are_shares = |file: &Delivered| !file.beyond && file.between && !file.signed;
            let (shares, others): (Vec<_>, Vec<_>) =
                files.iter().partition(|(_, file)| are_shares(file));
            let mut known: HashMap<&String, (f64, f64)> = HashMap::new();
            for (entity, (sum, count)) in others.iter().flat_map(|(_, file)| &file.of) {
                let known = known.entry(entity).or_default();
                known.0 += sum;
                known.1 += count;
            }
            let is_apart = |file: &Delivered| {
                let both = file.of.iter().filter_map(|(entity, (sum, count))| {
                    let (other, times) = known.get(entity)?;
                    let (one, other) = (sum / count, other / times);
                    (one > 0.0 && other > 0.0).then_some(other / one)
                });
                let ratios: Vec<f64> = both.collect();
                ratios.len() > 1 && ratios.iter().all(|ratio| (LEAST..=MOST).contains(ratio))
            };
            let apart = shares.iter().filter(|(_, file)| is_apart(file));
            let apart: Vec<String> = apart
                .filter_map(|(file, _)| self.files.get(**file).cloned())
                .collect();
            if let Some(first) = apart.first() {
                warnings.add(ShareInPercent {
                    counted: Counted {
                        file: first.clone(),
                        column: name.clone(),
                        name: input.name.clone(),
                        span: input.span,
                    },
                    line: String::new(),
                    deliveries: apart,
                });
            }
        }
    }
}
