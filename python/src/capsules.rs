//! Tables in and out by the Arrow PyCapsule interface: nothing is copied at the border.
//!
//! In: an object with `__arrow_c_stream__` or `__arrow_c_array__`. Out: a capsule with a stream.

use std::ffi::CStr;
use std::ptr::NonNull;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, StructArray};
use forewarn::Data;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};

use crate::errors::of_arrow;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// The data that an object gives; `None` where it gives no Arrow data.
pub fn data(object: &Bound<'_, PyAny>) -> PyResult<Option<Data>> {
    if object.hasattr("__arrow_c_stream__")? {
        let capsule = object.call_method0("__arrow_c_stream__")?;
        let reader = stream(&capsule)?;
        // Producers may need the interpreter themselves: pandas and DuckDB do.
        let read = object.py().detach(|| Data::from_reader(reader));
        return read.map(Some).map_err(|error| of_arrow(&error));
    }
    if object.hasattr("__arrow_c_array__")? {
        let pair = object.call_method0("__arrow_c_array__")?;
        return Ok(Some(Data::from_batch(&array(&pair)?)));
    }
    Ok(None)
}

/// The batch that an object gives.
pub fn batch(object: &Bound<'_, PyAny>) -> PyResult<RecordBatch> {
    array(&object.call_method0("__arrow_c_array__")?)
}

/// A batch as a capsule that holds a stream of it.
pub fn capsule(py: Python<'_>, batch: RecordBatch) -> PyResult<Bound<'_, PyCapsule>> {
    let schema = batch.schema();
    let reader = RecordBatchIterator::new([Ok(batch)], schema);
    let stream = FFI_ArrowArrayStream::new(Box::new(reader));
    PyCapsule::new_with_value(py, stream, STREAM)
}

fn stream(capsule: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let place = pointer::<FFI_ArrowArrayStream>(capsule, STREAM)?;
    // SAFETY: by its name the capsule holds such a stream; it is moved out, which marks what stays behind
    // as released.
    #[allow(unsafe_code)]
    let reader = unsafe { RecordBatchStreamReader::from_raw(place.as_ptr()) };
    reader.map_err(|error| of_arrow(&error))
}

fn array(pair: &Bound<'_, PyAny>) -> PyResult<RecordBatch> {
    let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
    let schema = pointer::<FFI_ArrowSchema>(&schema, SCHEMA)?;
    let array = pointer::<FFI_ArrowArray>(&array, ARRAY)?;
    // SAFETY: by their names the capsules hold these; the array is moved out, the schema only read while
    // its capsule lives.
    #[allow(unsafe_code)]
    let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
    let data = data.map_err(|error| of_arrow(&error))?;
    if !matches!(data.data_type(), arrow_schema::DataType::Struct(_)) {
        return Err(PyTypeError::new_err(
            "this is a single column, and a table has columns for the keys and the indicators",
        ));
    }
    Ok(RecordBatch::from(StructArray::from(data)))
}

fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<NonNull<T>> {
    let capsule = capsule.cast::<PyCapsule>()?;
    let place = capsule.pointer_checked(Some(name))?;
    if place.cast::<T>().is_aligned() {
        Ok(place.cast())
    } else {
        Err(PyValueError::new_err(
            "the capsule does not hold Arrow data",
        ))
    }
}
