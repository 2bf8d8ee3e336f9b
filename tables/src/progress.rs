//! What every reader is given and gives back: a text with the means to tell how far it has come, and what
//! stands in the way.

use forewarn_diagnostics::{Cause, Reports};
use forewarn_runtime::bind::PanelBuilder;
use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file.
    pub done: u64,
    /// Unknown for standard input.
    pub total: Option<u64>,
}

/// A text to be read, with the means to tell how far it has come.
pub(crate) struct Input<'a> {
    pub(crate) stream: Box<dyn Read>,
    pub(crate) progress: Teller<'a>,
}

/// Tells progress.
pub(crate) struct Teller<'a> {
    pub(crate) done: Rc<Cell<u64>>,
    pub(crate) total: Option<u64>,
    pub(crate) callback: Option<&'a dyn Fn(Progress)>,
}

impl Teller<'_> {
    /// Tells nobody.
    pub(crate) fn silent() -> Self {
        Self {
            done: Rc::default(),
            total: None,
            callback: None,
        }
    }

    pub(crate) fn tell(&self) {
        if let Some(callback) = self.callback {
            callback(Progress {
                done: self.done.get(),
                total: self.total,
            });
        }
    }

    /// Tells progress that is known as a share of the whole.
    #[cfg(feature = "arrow")]
    pub(crate) fn tell_share(&self, done: u64, of: u64) {
        if let Some(total) = self.total.filter(|_| of > 0) {
            let share = u128::from(total) * u128::from(done) / u128::from(of);
            self.done.set(u64::try_from(share).unwrap_or(total));
        }
        self.tell();
    }
}

/// One finding.
pub(crate) fn only(cause: impl Cause + 'static) -> Reports {
    let mut reports = Reports::default();
    reports.add(cause);
    reports
}

/// What was found so far, and why nothing more can be read.
pub(crate) fn stop(builder: Option<PanelBuilder<'_>>, cause: impl Cause + 'static) -> Reports {
    match builder {
        Some(builder) => builder.fail(cause),
        None => only(cause),
    }
}
