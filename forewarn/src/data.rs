//! Observations, wherever they come from.

use std::path::PathBuf;

#[cfg(feature = "arrow")]
use arrow_array::{RecordBatch, RecordBatchReader};
#[cfg(feature = "arrow")]
use arrow_schema::{ArrowError, SchemaRef};
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{Bound, Decimal, Earlier, KeyForm, KeyStep};
use forewarn_runtime::period::Written;
#[cfg(feature = "arrow")]
use forewarn_tables::{Batches, bind_tables};
use forewarn_tables::{ReadOptions, bind_text, files_with, read_all};

use crate::error::Error;
use crate::row::unknown;

/// Observations by entity and period.
#[derive(Clone, Debug)]
pub struct Data {
    from: From,
    missing: Vec<String>,
    reading: Reading,
    /// What an earlier run knew of periods before them.
    earlier: Earlier,
    /// What is not asked for is as if it were not there.
    sheltered: bool,
}

/// How data are read, where they are not as usual.
#[derive(Clone, Debug, Default)]
struct Reading {
    delimiter: Option<u8>,
    decimal: Decimal,
    lenient: bool,
    written: Option<Written>,
    keys: Vec<KeyStep>,
    except: Vec<String>,
}

#[derive(Clone, Debug)]
enum From {
    Files(Vec<PathBuf>),
    Csv(String),
    #[cfg(feature = "arrow")]
    Tables(Vec<Table>),
}

/// A table in memory.
#[cfg(feature = "arrow")]
#[derive(Clone, Debug)]
struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

/// What messages call data that are no file.
const IN_MEMORY: &str = "data";

impl Data {
    /// Files of any format that the tool reads; several are joined on their keys.
    #[must_use]
    pub fn from_files(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self::new(From::Files(paths.into_iter().map(Into::into).collect()))
    }

    /// A table as text, its first line the header.
    #[must_use]
    pub fn from_csv(text: &str) -> Self {
        Self::new(From::Csv(text.to_owned()))
    }

    /// An Arrow table.
    #[must_use]
    #[cfg(feature = "arrow")]
    pub fn from_batch(batch: &RecordBatch) -> Self {
        Self::new(From::Tables(vec![Table {
            schema: batch.schema(),
            batches: vec![batch.clone()],
        }]))
    }

    /// Arrow batches, as they come.
    ///
    /// # Errors
    /// What the reader says.
    #[cfg(feature = "arrow")]
    pub fn from_reader(reader: impl RecordBatchReader) -> Result<Self, ArrowError> {
        let schema = reader.schema();
        let batches = reader.collect::<Result<_, _>>()?;
        Ok(Self::new(From::Tables(vec![Table { schema, batches }])))
    }

    /// Arrow tables, joined on their keys as several files are.
    #[must_use]
    #[cfg(feature = "arrow")]
    pub fn from_batches(batches: &[RecordBatch]) -> Self {
        let tables = batches.iter().map(|batch| Table {
            schema: batch.schema(),
            batches: vec![batch.clone()],
        });
        Self::new(From::Tables(tables.collect()))
    }

    /// A word that stands for a missing value.
    #[must_use]
    pub fn missing(mut self, word: &str) -> Self {
        self.missing.push(word.to_owned());
        self
    }

    /// What separates the cells of a text file; else its header tells.
    #[must_use]
    pub fn delimiter(mut self, delimiter: u8) -> Self {
        self.reading.delimiter = Some(delimiter);
        self
    }

    /// The decimal mark of a text file is a comma.
    #[must_use]
    pub fn decimal_comma(mut self) -> Self {
        self.reading.decimal = Decimal::Comma;
        self
    }

    /// Cells that are no values are missing, and counted.
    #[must_use]
    pub fn lenient(mut self) -> Self {
        self.reading.lenient = true;
        self
    }

    /// How periods are written, besides the usual ways: `YYYYMM`, `MM/YYYY`.
    ///
    /// # Errors
    /// It is no such pattern.
    pub fn period_format(mut self, pattern: &str) -> Result<Self, Error> {
        let written = Written::new(pattern).map_err(|slip| Error::Unknown(slip.to_string()))?;
        self.reading.written = Some(written);
        Ok(self)
    }

    /// Brings keys to one spelling by a step: `trim`, `nfc`, `latin`, `accents`, `notes`, `signs`, `zeros`, `whole`, `upper`
    /// or `lower`.
    ///
    /// # Errors
    /// There is no such step.
    pub fn keys(mut self, step: &str) -> Result<Self, Error> {
        let known = KeyStep::of(step).ok_or_else(|| {
            unknown(
                "step for keys",
                step,
                KeyStep::ALL.into_iter().map(KeyStep::word),
            )
        })?;
        self.reading.keys.push(known);
        Ok(self)
    }

    /// Leaves an entity out that is no peer of the others.
    #[must_use]
    pub fn except(mut self, entity: &str) -> Self {
        self.reading.except.push(entity.to_owned());
        self
    }

    fn new(from: From) -> Self {
        Self {
            from,
            missing: Vec::new(),
            reading: Reading::default(),
            earlier: Earlier::default(),
            sheltered: false,
        }
    }

    /// With what an earlier run knew of periods before them.
    pub(crate) fn after(mut self, earlier: Earlier) -> Self {
        self.earlier = earlier;
        self
    }

    /// What of the data these Plans have a say in, for an audience that may not see all of it: files
    /// without a column that they read are not there.
    pub(crate) fn seen_by(&self, plans: &[&Plan], map: &[(String, String)]) -> Self {
        let mut seen = self.clone();
        seen.sheltered = true;
        if let From::Files(paths) = &mut seen.from {
            let found: Vec<Vec<PathBuf>> = plans
                .iter()
                .map(|plan| {
                    let map = map.iter().filter(|(name, _)| reads(plan, name));
                    let options = ReadOptions {
                        map: map.cloned().collect(),
                        ..ReadOptions::default()
                    };
                    files_with(paths, plan, &options)
                })
                .collect();
            paths.retain(|path| found.iter().any(|found| found.contains(path)));
        }
        seen
    }

    /// Bound to a Plan; `map` says which columns of the data indicators and keys are read from.
    pub(crate) fn bind(&self, plan: &Plan, map: &[(String, String)]) -> Result<Bound, Reports> {
        let options = ReadOptions {
            missing: self.missing.clone(),
            delimiter: self.reading.delimiter,
            decimal: self.reading.decimal,
            lenient: self.reading.lenient,
            written: self.reading.written,
            keys: KeyForm::new(&self.reading.keys),
            except: self.reading.except.clone(),
            map: map
                .iter()
                .filter(|(name, _)| !self.sheltered || reads(plan, name))
                .cloned()
                .collect(),
            earlier: self.earlier.clone(),
            sheltered: self.sheltered,
            of_several: self.sheltered && matches!(self.from, From::Files(_)),
            ..ReadOptions::default()
        };
        match &self.from {
            From::Files(paths) => read_all(paths, plan, &options),
            From::Csv(text) => bind_text(IN_MEMORY, text.clone().into_bytes(), plan, &options),
            #[cfg(feature = "arrow")]
            From::Tables(tables) => {
                let tables = tables.iter().map(|table| Batches {
                    schema: &table.schema,
                    batches: &table.batches,
                });
                bind_tables(IN_MEMORY, &tables.collect::<Vec<_>>(), plan, &options)
            }
        }
    }
}

/// Does a Plan for an audience read this, or nobody?
fn reads(plan: &Plan, name: &str) -> bool {
    let declared = &plan.confidentiality.declared;
    plan.inputs.iter().any(|input| input.name == name) || !declared.contains_key(name)
}

#[cfg(feature = "arrow")]
impl std::convert::From<&RecordBatch> for Data {
    fn from(batch: &RecordBatch) -> Self {
        Self::from_batch(batch)
    }
}

/// What can be given as data: [`Data`], or an Arrow batch as it is.
pub trait AsData {
    /// As data.
    fn as_data(&self) -> Data;
}

impl AsData for Data {
    fn as_data(&self) -> Data {
        self.clone()
    }
}

#[cfg(feature = "arrow")]
impl AsData for RecordBatch {
    fn as_data(&self) -> Data {
        Data::from_batch(self)
    }
}

impl<T: AsData> AsData for &T {
    fn as_data(&self) -> Data {
        (*self).as_data()
    }
}
