//! How much work goes into machine code, and why there is none.

use crate::form::FormError;

/// How much work goes into compiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Compiles several times faster, runs slower: for few rows.
    Quick,
    Full,
}

impl Level {
    /// What pays off for so many rows: compiling fully costs some microseconds more for each node,
    /// and saves a fraction of a nanosecond for each node and row.
    #[must_use]
    pub fn for_rows(rows: usize) -> Self {
        if rows < 100_000 {
            Self::Quick
        } else {
            Self::Full
        }
    }
}

/// Why a Plan could not be compiled: a limit of this processor or of the backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeError(pub(crate) String);

impl std::fmt::Display for NativeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "native code could not be made: {}", self.0)
    }
}

impl std::error::Error for NativeError {}

impl From<FormError> for NativeError {
    fn from(error: FormError) -> Self {
        Self(error.to_string())
    }
}
