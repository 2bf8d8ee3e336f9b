//! How a table is to be read.

use super::key_form::KeyForm;
use super::number::Decimal;
use super::words_seen::WordsSeen;
use crate::period::Written;
use std::sync::Arc;

/// How a table is to be read.
#[derive(Clone, Debug)]
pub struct BindOptions {
    /// The file's name as shown to people.
    pub file: String,
    /// Words that stand for a missing value; never taken so in the keys.
    pub missing: Vec<String>,
    pub decimal: Decimal,
    /// The sign between thousands: `,`, `.`, a blank (of any kind), an apostrophe.
    pub thousands: Option<char>,
    /// Letters may follow a value and say how good it is: `8.2 p`.
    pub flags: bool,
    /// Words behind a number multiply it: `1.2M`, `3 Mio.`
    pub multiples: bool,
    /// Brackets around a number make it negative: `(5.2)`.
    pub brackets: bool,
    /// Cells are set apart by another sign than a comma, which is then free to mark decimals.
    pub semicolons: bool,
    /// Words that stand for yes and for no, besides the usual ones.
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Names of levels and categories with words that stand for them.
    pub words: Vec<(String, String)>,
    /// Cells that cannot be read are missing and counted.
    pub lenient: bool,
    /// Indicators or keys with the column that each is read from; for a period `year,month` where it
    /// is made of two columns.
    pub map: Vec<(String, String)>,
    /// Notes which words for missing values some cell has.
    pub words_seen: Option<Arc<WordsSeen>>,
    /// How periods are written, besides the usual ways.
    pub written: Option<Written>,
    /// Further ways in which they are.
    pub also_written: Vec<Written>,
    /// How keys are brought to one spelling.
    pub keys: KeyForm,
    /// Entities whose rows are left out, as the panel spells them; of several keys the first of them, with
    /// `/` between them.
    pub except: Vec<String>,
    /// There are further files: indicators may be in one of those, and the file may go by longer
    /// periods than the panel or by none.
    pub several: bool,
    /// Columns that are not asked for are as if they were not there: no message names them.
    pub sheltered: bool,
    /// Columns that the file has and of which its sums make nothing.
    pub unsummed: Vec<String>,
    /// Where a recipe says which columns are read, and whose rows are left out.
    pub map_at: Option<forewarn_diagnostics::source::Span>,
    pub except_at: Option<forewarn_diagnostics::source::Span>,
    pub limits: Limits,
}

impl Default for BindOptions {
    fn default() -> Self {
        Self {
            file: "data".to_owned(),
            missing: Vec::new(),
            decimal: Decimal::Point,
            thousands: None,
            flags: false,
            multiples: false,
            brackets: false,
            semicolons: false,
            yes: Vec::new(),
            no: Vec::new(),
            words: Vec::new(),
            lenient: false,
            map: Vec::new(),
            words_seen: None,
            written: None,
            also_written: Vec::new(),
            keys: KeyForm::default(),
            except: Vec::new(),
            several: false,
            sheltered: false,
            unsummed: Vec::new(),
            map_at: None,
            except_at: None,
            limits: Limits::default(),
        }
    }
}

/// How many problems are told whole before the others are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one kind in one column.
    pub in_column: u64,
    pub in_all: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            in_column: 10,
            in_all: 50,
        }
    }
}
