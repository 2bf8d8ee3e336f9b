//! Workbooks: XLSX, XLS and ODS, and what names parts of them.

#[cfg(feature = "xlsx")]
mod number_format;
#[cfg(feature = "xlsx")]
mod percentages;
#[cfg(feature = "xlsx")]
mod sheet;
#[cfg(feature = "xlsx")]
mod used;

#[cfg(not(feature = "xlsx"))]
pub(crate) use crate::without::workbook::{Sheet, rows, sheets};
#[cfg(feature = "xlsx")]
pub(crate) use sheet::{Sheet, rows, sheets};

mod parts;

pub(crate) use parts::{corners, is_pattern, rows_of};
