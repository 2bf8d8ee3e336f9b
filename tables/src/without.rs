//! What stands in for formats that a build leaves out: a file of one of them is told, and nothing is guessed.

use crate::progress::only;
use forewarn_diagnostics::Reports;
use forewarn_runtime::causes::data::Damaged;

/// Why a file is not read.
fn left_out(file: &str, format: &'static str) -> Reports {
    only(Damaged {
        file: file.to_owned(),
        format,
        why: "this build of the program does not read this format".to_owned(),
        advice: Some("give the table as CSV, or build the whole tool: `cargo install --path cli`"),
    })
}

#[cfg(not(all(feature = "arrow", feature = "parquet")))]
macro_rules! without {
    ($module: ident, $format: literal $(, $further: ty)*) => {
        pub(crate) mod $module {
            use crate::grid::KeptRows;
            use crate::progress::Teller;
            use crate::taken::Kept;
            use forewarn_diagnostics::Reports;
            use forewarn_plan::Plan;
            use forewarn_runtime::bind::{BindOptions, BoundFile};

            pub(crate) fn read(
                _kept: &Kept,
                _progress: Teller<'_>,
                _plan: &Plan,
                options: BindOptions,
                $(_: $further,)*
            ) -> Result<BoundFile, Reports> {
                Err(crate::without::left_out(&options.file, $format))
            }

            pub(crate) fn names(_kept: &Kept) -> Option<Vec<String>> {
                None
            }

            pub(crate) fn all(_kept: &Kept) -> Option<(Vec<String>, KeptRows)> {
                None
            }

            pub(crate) fn words(_kept: &Kept) -> Option<(Vec<String>, Vec<Vec<String>>)> {
                None
            }
        }
    };
}

#[cfg(not(feature = "arrow"))]
without!(arrow, "Arrow");
#[cfg(not(feature = "parquet"))]
// Parquet files are read by several threads.
without!(
    parquet,
    "Parquet",
    (usize, Option<&dyn crate::flows::Flows>)
);

#[cfg(not(feature = "xlsx"))]
pub(crate) mod workbook {
    use crate::grid::KeptRow;
    use forewarn_diagnostics::Reports;
    use forewarn_runtime::causes::data::FormulaWithoutValue;
    use std::collections::BTreeMap;
    use std::io::Read;

    pub(crate) struct Sheet {
        pub(crate) name: String,
        pub(crate) hidden: bool,
        pub(crate) rows: Vec<(u64, KeptRow)>,
        pub(crate) below: Vec<(u64, KeptRow)>,
    }

    impl Sheet {
        pub(crate) fn told(
            &self,
            _file: &str,
            _names: &BTreeMap<usize, String>,
            _reads: impl Fn(u64) -> bool,
            _sheltered: bool,
        ) -> Option<FormulaWithoutValue> {
            None
        }
    }

    pub(crate) struct SheetsRead {
        pub(crate) read: Vec<Sheet>,
        pub(crate) others: Vec<String>,
        pub(crate) units: BTreeMap<String, String>,
    }

    pub(crate) fn sheets(
        _stream: &mut dyn Read,
        (file, _sheltered): (&str, bool),
        _sheet: Option<&str>,
        _range: Option<&str>,
    ) -> Result<SheetsRead, Reports> {
        Err(crate::without::left_out(file, "a workbook"))
    }

    pub(crate) fn rows(
        _stream: &mut dyn Read,
        file: &str,
        _sheet: Option<&str>,
        _range: Option<&str>,
    ) -> Result<Sheet, Reports> {
        Err(crate::without::left_out(file, "a workbook"))
    }
}
