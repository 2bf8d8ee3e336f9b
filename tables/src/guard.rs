//! Keeps a decoder's panic from ending the program.
//!
//! The Arrow and Parquet libraries take some lengths and offsets of a file at their word and panic
//! when these contradict each other. A damaged file is a message to the user, so their calls are
//! made here: what unwinds becomes an error, and is not printed as a crash.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What a decoder gives, or `None` if it gave up on contradictions in the file.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                others(panic);
            }
        }));
    });
    QUIET.set(true);
    // What was half decoded is dropped and never looked at.
    let result = catch_unwind(AssertUnwindSafe(work)).ok();
    QUIET.set(false);
    result
}

/// An iterator of a decoder's results; ends with an error where the decoder gives up.
pub(crate) struct Guarded<I> {
    inner: Option<I>,
}

impl<I> Guarded<I> {
    pub(crate) fn new(inner: I) -> Self {
        Self { inner: Some(inner) }
    }
}

/// Why a decoder gave up.
pub(crate) const CONTRADICTS: &str = "its parts contradict each other";

impl<T, E: From<ContradictsItself>, I: Iterator<Item = Result<T, E>>> Iterator for Guarded<I> {
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        let inner = self.inner.as_mut()?;
        match guarded(|| inner.next()) {
            Some(next) => next,
            None => {
                self.inner = None;
                Some(Err(ContradictsItself.into()))
            }
        }
    }
}

/// The decoder gave up.
pub(crate) struct ContradictsItself;

#[cfg(feature = "arrow")]
impl From<ContradictsItself> for arrow_schema::ArrowError {
    fn from(_: ContradictsItself) -> Self {
        Self::ParseError(CONTRADICTS.to_owned())
    }
}
