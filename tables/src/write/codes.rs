//! Texts that recur as numbers of a list: what the Parquet encoder takes up faster, and makes the same bytes of.
//!
//! In: some rows of a column. Out: an array of codes with the texts that they stand for, where texts are fewer than
//! rows; else the array that [`super::arrow`] makes.

use super::arrow::{column, period_text};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Int32Array, StringArray};
use forewarn_plan::OutputKind;
use forewarn_runtime::panel::keys;
use forewarn_runtime::result_table::{ResultColumn, ResultTable};
use std::ops::Range;
use std::sync::Arc;

/// Some rows of a column, keys first.
pub(super) fn coded_column(table: &ResultTable, place: usize, rows: Range<usize>) -> ArrayRef {
    coded(table, place, rows.clone()).unwrap_or_else(|| column(table, place, rows))
}

fn coded(table: &ResultTable, place: usize, rows: Range<usize>) -> Option<ArrayRef> {
    let Some(behind) = place.checked_sub(table.entity_columns.len()) else {
        return entities(table, place, rows);
    };
    let periods_first = usize::from(table.period_column.is_some());
    match behind.checked_sub(periods_first) {
        None if table.counts_periods() => None,
        None => periods(table, rows),
        Some(at) => words(table.columns.get(at)?, rows),
    }
}

/// A key of each row.
fn entities(table: &ResultTable, place: usize, rows: Range<usize>) -> Option<ArrayRef> {
    let own = table.entity_of.get(rows)?;
    let (first, last) = (*own.iter().min()?, *own.iter().max()?);
    is_worth_it(last - first, own.len())?;
    let texts = (first..=last).map(|entity| {
        let entity = table.entities.get(entity as usize);
        entity
            .and_then(|entity| keys(entity).nth(place))
            .unwrap_or("")
    });
    let codes = own.iter().map(|entity| (entity - first) as i32);
    array(
        Int32Array::from_iter_values(codes),
        StringArray::from_iter_values(texts),
    )
}

/// The period of each row as text.
fn periods(table: &ResultTable, rows: Range<usize>) -> Option<ArrayRef> {
    let own = table.periods.get(rows)?;
    let (first, last) = (*own.iter().min()?, *own.iter().max()?);
    is_worth_it(last.checked_sub(first)?, own.len())?;
    let texts = (first..=last).map(|number| period_text(table, number));
    let texts: Option<StringArray> = texts.map(|text| text.map(Some)).collect();
    let codes = own.iter().map(|period| (period - first) as i32);
    array(Int32Array::from_iter_values(codes), texts?)
}

/// A truth in words, or the name of a level or category; null where it is not known which.
fn words(column: &ResultColumn, rows: Range<usize>) -> Option<ArrayRef> {
    let values = column.values.get(rows)?;
    match &column.kind {
        OutputKind::Truth => {
            let codes = values.iter().map(|value| match *value {
                value if value.is_nan() => 2,
                0.0 => 0,
                _ => 1,
            });
            let words = StringArray::from(vec!["no", "yes", "unknown"]);
            array(Int32Array::from_iter_values(codes), words)
        }
        OutputKind::Level { names, .. } | OutputKind::Category { names, .. } => {
            let place = |value: &f64| (*value >= 0.0).then_some(*value as usize);
            let known = |place: &usize| *place < names.len();
            let codes = values.iter().map(|value| {
                let place = place(value).filter(known);
                place.and_then(|place| i32::try_from(place).ok())
            });
            array(codes.collect(), StringArray::from_iter_values(names))
        }
        OutputKind::Number | OutputKind::Period(_) => None,
    }
}

/// Are there so few texts that a list of them is worth it?
fn is_worth_it(span: impl TryInto<usize>, rows: usize) -> Option<()> {
    (span.try_into().ok()? < rows).then_some(())
}

fn array(codes: Int32Array, texts: StringArray) -> Option<ArrayRef> {
    let coded = DictionaryArray::<Int32Type>::try_new(codes, Arc::new(texts)).ok()?;
    Some(Arc::new(coded))
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use forewarn_plan::PeriodKind;
    use std::collections::BTreeSet;

    fn table() -> ResultTable {
        let names = vec!["low".to_owned(), "high".to_owned()];
        let column = |kind: OutputKind, values: &[f64]| ResultColumn {
            name: String::new(),
            label: String::new(),
            unit: String::new(),
            kind,
            values: values.to_vec(),
        };
        let nothing = f64::NAN;
        ResultTable {
            entity_columns: vec!["country".to_owned()],
            entities: ["A", "B", "C"].map(str::to_owned).to_vec(),
            entity_of: vec![0, 0, 1, 2, 2],
            period_column: Some(("month".to_owned(), PeriodKind::Month)),
            periods: vec![24_290, 24_292, 24_292, 24_290, 24_291],
            written: None,
            columns: vec![
                column(OutputKind::Truth, &[0.0, 1.0, nothing, 1.0, 0.0]),
                column(
                    OutputKind::Category {
                        labels: names.clone(),
                        names,
                    },
                    &[1.0, nothing, 0.0, 2.0, 1.0],
                ),
                column(OutputKind::Number, &[0.5; 5]),
            ],
            hindsight: BTreeSet::new(),
        }
    }

    fn cells(array: &ArrayRef) -> Vec<Option<String>> {
        let texts = |array: &StringArray| {
            let cells = array.iter().map(|text| text.map(str::to_owned));
            cells.collect::<Vec<_>>()
        };
        let Some(codes) = array.as_dictionary_opt::<Int32Type>() else {
            return texts(array.as_string());
        };
        let all = texts(codes.values().as_string());
        let code = |at: usize| codes.keys().is_valid(at).then(|| codes.keys().value(at));
        (0..codes.len())
            .map(|at| all[code(at)? as usize].clone())
            .collect()
    }

    #[test]
    fn codes_stand_for_the_same_texts() {
        let table = table();
        for rows in [0..5, 1..5, 2..3] {
            for place in 0..4 {
                let coded = cells(&coded_column(&table, place, rows.clone()));
                assert_eq!(coded, cells(&column(&table, place, rows.clone())));
            }
        }
        let month = &cells(&coded_column(&table, 1, 3..5));
        assert_eq!(
            month,
            &["2024-03", "2024-04"].map(|text| Some(text.to_owned()))
        );
    }

    #[test]
    fn many_texts_of_few_rows_and_numbers_are_left_as_they_are() {
        let table = table();
        assert!(coded(&table, 1, 0..2).is_none());
        assert!(coded(&table, 4, 0..5).is_none());
        assert!(coded(&table, 9, 0..5).is_none());
        assert!(coded(&table, 0, 0..0).is_none());
    }
}
