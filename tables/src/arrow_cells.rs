//! Arrow's typed columns as cells.
//!
//! In: arrays of a record batch. Out: what each column holds, and its cells one by one, the type
//! looked at once for a column and not for each cell.

use crate::grid::{Kept, KeptRow};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type,
    Decimal256Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema, TimeUnit};
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use forewarn_runtime::bind::{Batch, Cell, Column, Holds, ShortestNumber};

/// The columns of a schema as the panel builder wants them.
pub(crate) fn columns(schema: &Schema) -> Vec<Column> {
    schema
        .fields()
        .iter()
        .map(|field| Column {
            name: field.name().clone(),
            holds: holds(field.data_type()),
            unit: field.metadata().get("unit").cloned(),
        })
        .collect()
}

fn holds(kind: &DataType) -> Holds {
    match kind {
        DataType::Null | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Holds::Cells,
        DataType::Boolean => Holds::Truths,
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => Holds::Dates,
        DataType::Decimal32(_, scale)
        | DataType::Decimal64(_, scale)
        | DataType::Decimal128(_, scale)
        | DataType::Decimal256(_, scale)
            if *scale >= 0 =>
        {
            Holds::Numbers
        }
        DataType::Dictionary(_, values) => holds(values),
        kind if kind.is_integer() || kind.is_floating() => Holds::Numbers,
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => {
            Holds::Other("lists".to_owned())
        }
        DataType::Struct(_) | DataType::Map(..) => Holds::Other("objects".to_owned()),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
            Holds::Other("bytes".to_owned())
        }
        DataType::Time32(_) | DataType::Time64(_) => Holds::Other("times of day".to_owned()),
        DataType::Duration(_) | DataType::Interval(_) => Holds::Other("durations".to_owned()),
        _ => Holds::Other("values of a kind that is not read".to_owned()),
    }
}

/// A record batch of which only some columns were read.
pub(crate) struct ArrowBatch<'a> {
    pub(crate) batch: &'a RecordBatch,
    /// For each column of the file, its place in the batch.
    pub(crate) places: &'a [Option<usize>],
}

impl ArrowBatch<'_> {
    fn array(&self, column: usize) -> Option<&ArrayRef> {
        let place = (*self.places.get(column)?)?;
        self.batch.columns().get(place)
    }
}

impl Batch for ArrowBatch<'_> {
    fn rows(&self) -> usize {
        self.batch.num_rows()
    }

    fn each(&self, column: usize, mut take: impl FnMut(usize, Cell<'_>)) {
        match self.array(column) {
            Some(array) => each(array, take),
            None => (0..self.rows()).for_each(|row| take(row, Cell::Missing)),
        }
    }

    fn numbers(&self, column: usize, numbers: &mut Vec<f64>) -> bool {
        let Some(array) = self.array(column) else {
            return false;
        };
        match array.data_type() {
            DataType::Float64 => append::<Float64Type>(array, numbers, |x| x),
            DataType::Float32 => append::<Float32Type>(array, numbers, of_single),
            DataType::Int32 => append::<Int32Type>(array, numbers, f64::from),
            DataType::Int64 => append::<Int64Type>(array, numbers, |x| x as f64),
            _ => return false,
        }
        true
    }
}

/// All rows of a batch, as cells of their own.
pub(crate) fn rows(batch: &RecordBatch) -> Vec<KeptRow> {
    let width = batch.num_columns();
    let mut rows: Vec<KeptRow> = (0..batch.num_rows())
        .map(|_| KeptRow {
            cells: Vec::with_capacity(width),
            line: None,
        })
        .collect();
    for array in batch.columns() {
        each(array, |row, cell| {
            if let Some(row) = rows.get_mut(row) {
                row.cells.push(Kept::of(cell));
            }
        });
    }
    rows
}

fn append<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    numbers: &mut Vec<f64>,
    number: impl Fn(T::Native) -> f64,
) {
    let array = array.as_primitive::<T>();
    let start = numbers.len();
    numbers.extend(array.values().iter().map(|x| number(*x)));
    if let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) {
        let Some(taken) = numbers.get_mut(start..) else {
            return;
        };
        // Only the places of nulls are gone to.
        let words = nulls.inner().bit_chunks().iter_padded();
        for (slots, word) in taken.chunks_mut(64).zip(words) {
            let mut nulls = !word;
            while let Some(slot) = slots.get_mut(nulls.trailing_zeros() as usize) {
                *slot = f64::NAN;
                nulls &= nulls - 1;
            }
        }
    }
}

/// The number that a single stands for: the shortest decimal that reads as it. 0.7 stored in 32 bits is 0.7, and
/// not 0.699999988079071, which is below a threshold of 0.7.
fn of_single(single: f32) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "to see whether it is the same single"
    )]
    let same = |decimal: f64| decimal as f32 == single;
    let shortest = shortest(f64::from(single), same);
    shortest.unwrap_or_else(|| single.to_string().parse().unwrap_or(f64::from(single)))
}

/// The same of a half.
fn of_half(half: <Float16Type as ArrowPrimitiveType>::Native) -> f64 {
    let same =
        |decimal: f64| <Float16Type as ArrowPrimitiveType>::Native::from_f64(decimal) == half;
    shortest(half.to_f64(), same).unwrap_or_else(|| half.to_f64())
}

/// The first decimal, by the number of its places, that is the same in fewer bits; none of very small ones.
fn shortest(exact: f64, same: impl Fn(f64) -> bool) -> Option<f64> {
    if !exact.is_finite() || exact.fract() == 0.0 {
        return Some(exact);
    }
    // The quotient of two whole doubles is the double next to the decimal.
    let mut decimals = [1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].into_iter();
    decimals.find_map(|power| {
        let decimal = (exact * power).round() / power;
        same(decimal).then_some(decimal)
    })
}

const DAY_SECONDS: i64 = 86_400;

/// Gives each cell of an array to `take`.
fn each(array: &ArrayRef, mut take: impl FnMut(usize, Cell<'_>)) {
    match array.data_type() {
        DataType::Float64 => doubles::<Float64Type>(array, take, |x| x),
        DataType::Float32 => doubles::<Float32Type>(array, take, of_single),
        DataType::Float16 => doubles::<Float16Type>(array, take, of_half),
        DataType::Int8 => integers::<Int8Type>(array, take),
        DataType::Int16 => integers::<Int16Type>(array, take),
        DataType::Int32 => integers::<Int32Type>(array, take),
        DataType::Int64 => integers::<Int64Type>(array, take),
        DataType::UInt8 => integers::<UInt8Type>(array, take),
        DataType::UInt16 => integers::<UInt16Type>(array, take),
        DataType::UInt32 => integers::<UInt32Type>(array, take),
        DataType::UInt64 => primitive::<UInt64Type>(array, take, |x| {
            i64::try_from(x).map_or(Cell::Number(x as f64), Cell::Integer)
        }),
        DataType::Decimal32(_, scale) => {
            decimals::<Decimal32Type>(array, take, *scale, |x| Some(x.into()));
        }
        DataType::Decimal64(_, scale) => {
            decimals::<Decimal64Type>(array, take, *scale, |x| Some(x.into()));
        }
        DataType::Decimal128(_, scale) => decimals::<Decimal128Type>(array, take, *scale, Some),
        DataType::Decimal256(_, scale) => {
            decimals::<Decimal256Type>(array, take, *scale, |x| x.to_i128());
        }
        DataType::Boolean => {
            for (row, truth) in array.as_boolean().iter().enumerate() {
                take(row, truth.map_or(Cell::Missing, Cell::Truth));
            }
        }
        DataType::Utf8 => texts(array.as_string::<i32>().iter(), take),
        DataType::LargeUtf8 => texts(array.as_string::<i64>().iter(), take),
        DataType::Utf8View => texts(array.as_string_view().iter(), take),
        DataType::Date32 => primitive::<Date32Type>(array, take, |days| Cell::Date(days.into())),
        DataType::Date64 => moments::<Date64Type>(array, take, 1_000, None),
        DataType::Timestamp(unit, zone) => {
            let zone = zone.as_deref();
            match unit {
                TimeUnit::Second => moments::<TimestampSecondType>(array, take, 1, zone),
                TimeUnit::Millisecond => {
                    moments::<TimestampMillisecondType>(array, take, 1_000, zone);
                }
                TimeUnit::Microsecond => {
                    moments::<TimestampMicrosecondType>(array, take, 1_000_000, zone);
                }
                TimeUnit::Nanosecond => {
                    moments::<TimestampNanosecondType>(array, take, 1_000_000_000, zone);
                }
            }
        }
        DataType::Dictionary(..) => dictionary(array, take),
        DataType::Null => (0..array.len()).for_each(|row| take(row, Cell::Missing)),
        _ => (0..array.len()).for_each(|row| take(row, Cell::Other("another kind of value"))),
    }
}

fn primitive<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    mut take: impl FnMut(usize, Cell<'_>),
    cell: impl Fn(T::Native) -> Cell<'static>,
) {
    let array = array.as_primitive::<T>();
    if array.null_count() == 0 {
        for (row, value) in array.values().iter().enumerate() {
            take(row, cell(*value));
        }
    } else {
        for (row, value) in array.iter().enumerate() {
            take(row, value.map_or(Cell::Missing, &cell));
        }
    }
}

fn doubles<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    take: impl FnMut(usize, Cell<'_>),
    number: impl Fn(T::Native) -> f64,
) {
    primitive::<T>(array, take, |x| Cell::Number(number(x)));
}

fn integers<T: ArrowPrimitiveType<Native: Into<i64>>>(
    array: &ArrayRef,
    take: impl FnMut(usize, Cell<'_>),
) {
    primitive::<T>(array, take, |x| Cell::Integer(x.into()));
}

fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>, mut take: impl FnMut(usize, Cell<'_>)) {
    for (row, text) in texts.enumerate() {
        take(row, text.map_or(Cell::Missing, Cell::Text));
    }
}

/// Decimal numbers, `whole` of which are their digits.
fn decimals<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    take: impl FnMut(usize, Cell<'_>),
    scale: i8,
    whole: impl Fn(T::Native) -> Option<i128>,
) {
    let scale = u32::try_from(scale).unwrap_or(0);
    let power = format!("1e{scale}").parse().unwrap_or(f64::NAN);
    primitive::<T>(array, take, |x| {
        whole(x).map_or(Cell::Other("a number of too many digits"), |x| {
            Cell::Number(decimal(x, scale, power))
        })
    });
}

/// Moments that fall on midnight are dates; of a moment in a zone, the date is the one that it has there.
fn moments<T: ArrowPrimitiveType<Native = i64>>(
    array: &ArrayRef,
    take: impl FnMut(usize, Cell<'_>),
    second: i64,
    zone: Option<&str>,
) {
    let day = DAY_SECONDS * second;
    let Some(name) = zone else {
        return primitive::<T>(array, take, |moment| match moment.rem_euclid(day) {
            0 => Cell::Date(moment.div_euclid(day)),
            _ => Cell::Other("a date with a time of day"),
        });
    };
    let zone = Zone::of(name);
    primitive::<T>(array, take, |moment| {
        let seconds = moment.div_euclid(second);
        match zone.and_then(|zone| zone.offset(seconds)) {
            Some(offset) => Cell::Date((seconds + offset).div_euclid(DAY_SECONDS)),
            None => Cell::Other("a date of a time zone that is not known"),
        }
    });
}

/// Where a clock stands.
#[derive(Clone, Copy)]
enum Zone {
    /// So many seconds ahead of UTC.
    Ahead(i64),
    Named(Tz),
}

impl Zone {
    /// `+01:00`, `-0330`, `+05`, `Z`, `Europe/Paris`
    fn of(name: &str) -> Option<Self> {
        if name == "Z" {
            return Some(Self::Ahead(0));
        }
        let Some((sign, digits)) = name
            .strip_prefix('+')
            .map(|digits| (1, digits))
            .or_else(|| name.strip_prefix('-').map(|digits| (-1, digits)))
        else {
            return name.parse().ok().map(Self::Named);
        };
        let digits = digits.replace(':', "");
        let (hours, minutes) = digits.split_at_checked(2)?;
        let hours: i64 = hours.parse().ok()?;
        let minutes: i64 = match minutes {
            "" => 0,
            minutes => minutes.parse().ok()?,
        };
        let fits = hours < 24 && minutes < 60;
        fits.then_some(Self::Ahead(sign * (hours * 3_600 + minutes * 60)))
    }

    /// How many seconds it is ahead of UTC at a moment.
    fn offset(self, seconds: i64) -> Option<i64> {
        match self {
            Self::Ahead(offset) => Some(offset),
            Self::Named(zone) => {
                let moment = DateTime::from_timestamp(seconds, 0)?.naive_utc();
                let offset = zone.offset_from_utc_datetime(&moment).fix();
                Some(i64::from(offset.local_minus_utc()))
            }
        }
    }
}

/// A dictionary's values are few: they are taken apart once.
fn dictionary(array: &ArrayRef, mut take: impl FnMut(usize, Cell<'_>)) {
    let Some(dictionary) = array.as_any_dictionary_opt() else {
        return;
    };
    if dictionary.values().is_empty() {
        (0..array.len()).for_each(|row| take(row, Cell::Missing));
        return;
    }
    let keys = dictionary.normalized_keys();
    let values = Owned::all(dictionary.values());
    for (row, key) in keys.into_iter().enumerate() {
        let cell = match values.get(key) {
            Some(value) if array.is_valid(row) => value.cell(),
            _ => Cell::Missing,
        };
        take(row, cell);
    }
}

/// A cell that owns its text.
enum Owned {
    Text(String),
    Other(Cell<'static>),
}

impl Owned {
    fn all(values: &ArrayRef) -> Vec<Self> {
        let mut all = Vec::with_capacity(values.len());
        each(values, |_, cell| {
            all.push(match cell {
                Cell::Text(text) => Self::Text(text.to_owned()),
                Cell::Missing => Self::Other(Cell::Missing),
                Cell::Unknown => Self::Other(Cell::Unknown),
                Cell::NoColumn => Self::Other(Cell::NoColumn),
                Cell::Number(x) => Self::Other(Cell::Number(x)),
                Cell::Share(x) => Self::Other(Cell::Share(x)),
                Cell::Integer(x) => Self::Other(Cell::Integer(x)),
                Cell::Truth(x) => Self::Other(Cell::Truth(x)),
                Cell::Date(x) => Self::Other(Cell::Date(x)),
                Cell::Other(_) => Self::Other(Cell::Other("another kind of value")),
            });
        });
        all
    }

    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::Text(text),
            Self::Other(cell) => *cell,
        }
    }
}

/// The double nearest to a decimal with that many places.
fn decimal(value: i128, scale: u32, power: f64) -> f64 {
    const EXACT: i128 = 1 << 53;
    if value.abs() <= EXACT && scale <= 22 {
        // Both are exact doubles, so one division rounds correctly.
        return value as f64 / power;
    }
    format!("{value}e-{scale}").parse().unwrap_or(f64::NAN)
}

/// The words of all cells, row by row, as results have them.
pub(crate) fn words(batches: &[RecordBatch]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for batch in batches {
        for row in 0..batch.num_rows() {
            rows.push(
                batch
                    .columns()
                    .iter()
                    .map(|array| word(array, row))
                    .collect(),
            );
        }
    }
    rows
}

/// A cell of the kinds of arrays that results have; what else stands there differs from them.
fn word(array: &ArrayRef, row: usize) -> String {
    if array.is_null(row) {
        return String::new();
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::Float64 => {
            ShortestNumber(array.as_primitive::<Float64Type>().value(row)).to_string()
        }
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).to_string(),
        other => format!("a value of the kind {other}"),
    }
}
