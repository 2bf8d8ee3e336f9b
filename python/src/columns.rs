//! Tables of plain Python values: a mapping of column names to lists, for whoever has no Arrow at hand.
//!
//! A column of numbers is read as numbers, of truths as truths, of dates as dates; everything else is
//! text. None, NaN and pandas' missing values are missing.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::{Field, Schema};
use forewarn::Data;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyFloat, PyInt, PyMapping, PyString};

use crate::errors::of_arrow;

/// What all known values of a column are.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    Nothing,
    Truths,
    Integers,
    Numbers,
    Dates,
    Texts,
}

/// The columns of a mapping, as a table.
pub fn data(mapping: &Bound<'_, PyMapping>) -> PyResult<Data> {
    let mut fields = Vec::new();
    let mut arrays = Vec::new();
    for item in mapping.items()?.iter() {
        let (name, column): (String, Bound<'_, PyAny>) = item.extract()?;
        let column = match column.hasattr("tolist")? {
            true => column.call_method0("tolist")?,
            false => column,
        };
        let values = column.try_iter()?.collect::<PyResult<Vec<_>>>()?;
        let array = array(&values)?;
        if arrays
            .first()
            .is_some_and(|first: &ArrayRef| first.len() != array.len())
        {
            return Err(PyValueError::new_err(format!(
                "column `{name}` has {} values, others have {}",
                array.len(),
                arrays.first().map_or(0, |first| first.len())
            )));
        }
        fields.push(Field::new(&name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays);
    Ok(Data::from_batch(&batch.map_err(|error| of_arrow(&error))?))
}

fn array(values: &[Bound<'_, PyAny>]) -> PyResult<ArrayRef> {
    let mut known = Vec::with_capacity(values.len());
    let mut holds = Holds::Nothing;
    for value in values {
        let is_missing = value.is_none() || value.ne(value).unwrap_or(false) || is_na(value)?;
        if !is_missing {
            holds = both(holds, of(value));
        }
        known.push((!is_missing).then_some(value));
    }
    let all = known.iter();
    Ok(match holds {
        Holds::Nothing => Arc::new(Float64Array::new_null(values.len())),
        Holds::Truths => {
            let truths = all.map(|one| one.map(|one| one.is_truthy()).transpose());
            Arc::new(truths.collect::<PyResult<BooleanArray>>()?)
        }
        Holds::Integers => {
            let numbers = all.map(|one| one.map(|one| one.extract::<i64>()).transpose());
            Arc::new(numbers.collect::<PyResult<Int64Array>>()?)
        }
        Holds::Numbers => {
            let numbers = all.map(|one| one.map(|one| one.extract::<f64>()).transpose());
            Arc::new(numbers.collect::<PyResult<Float64Array>>()?)
        }
        Holds::Dates => {
            let days = all.map(|one| one.map(|one| days(one)).transpose());
            Arc::new(days.collect::<PyResult<Date32Array>>()?)
        }
        Holds::Texts => {
            let texts = all.map(|one| one.map(|one| one.str()?.extract::<String>()).transpose());
            Arc::new(
                texts
                    .collect::<PyResult<Vec<_>>>()?
                    .into_iter()
                    .collect::<StringArray>(),
            )
        }
    })
}

/// pandas' own word for a missing value is not equal to anything, and says so with an error.
fn is_na(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let kind = value.get_type();
    let name = kind.name()?;
    Ok(matches!(name.to_str()?, "NAType" | "NaTType"))
}

fn of(value: &Bound<'_, PyAny>) -> Holds {
    if value.is_instance_of::<PyString>() {
        Holds::Texts
    } else if value.is_instance_of::<PyBool>() {
        Holds::Truths
    } else if value.is_instance_of::<PyInt>() {
        // What does not fit is a number all the same.
        match value.extract::<i64>() {
            Ok(_) => Holds::Integers,
            Err(_) => Holds::Numbers,
        }
    } else if value.is_instance_of::<PyFloat>() {
        Holds::Numbers
    } else if value.is_instance_of::<PyDateTime>() {
        match midnight(value).unwrap_or(false) {
            true => Holds::Dates,
            false => Holds::Texts,
        }
    } else if value.is_instance_of::<PyDate>() {
        Holds::Dates
    } else if value.extract::<f64>().is_ok() {
        Holds::Numbers
    } else {
        Holds::Texts
    }
}

fn both(one: Holds, other: Holds) -> Holds {
    match (one, other) {
        (Holds::Nothing, it) | (it, Holds::Nothing) => it,
        (one, other) if one == other => one,
        (Holds::Integers, Holds::Numbers) | (Holds::Numbers, Holds::Integers) => Holds::Numbers,
        _ => Holds::Texts,
    }
}

fn midnight(moment: &Bound<'_, PyAny>) -> PyResult<bool> {
    for part in ["hour", "minute", "second", "microsecond"] {
        if moment.getattr(part)?.extract::<u32>()? != 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Days since 1970.
fn days(date: &Bound<'_, PyAny>) -> PyResult<i32> {
    const DAYS_TO_1970: i32 = 719_163;
    let ordinal: i32 = date.call_method0("toordinal")?.extract()?;
    Ok(ordinal - DAYS_TO_1970)
}
