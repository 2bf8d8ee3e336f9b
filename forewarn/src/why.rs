//! Why a result is what it is, ready to be read by people and by programs.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use forewarn_compiler::translations::{Messages, levels_in_words};
use forewarn_plan::Plan;
use forewarn_runtime::explain::Explanation;

use crate::explain::{Extent, Page, WIDTH, document};
use crate::inner::Inner;
use crate::paint::Paint;

/// An explanation: a typed tree (see [`Explanation`], which it gives by reference), whose `Display` is the
/// text of the command line.
#[derive(Clone, Debug)]
pub struct Why {
    inner: Arc<Inner>,
    told: Explanation,
    /// In the language asked for: the levels' words, too.
    spoken: Option<(Plan, Explanation)>,
    /// How many results were asked for by name.
    named: usize,
}

impl Why {
    /// `tell` explains by a Plan.
    pub(crate) fn new<E>(
        inner: &Arc<Inner>,
        named: usize,
        tell: impl Fn(&Plan) -> Result<Explanation, E>,
    ) -> Result<Self, E> {
        let told = tell(inner.plan())?;
        let spoken = match &inner.words {
            None => None,
            Some(words) => {
                let mut plan = inner.plan().clone();
                levels_in_words(words, &mut plan);
                let told = tell(&plan)?;
                Some((plan, told))
            }
        };
        Ok(Self {
            inner: Arc::clone(inner),
            told,
            spoken,
            named,
        })
    }

    /// As the command line writes it to a terminal of that many columns.
    #[must_use]
    pub fn text(&self, width: usize, color: bool) -> String {
        self.page(self.extent(false), width, |page| {
            page.text(Paint { on: color }, color)
        })
    }

    /// Everything, down to the last observation, as text.
    #[must_use]
    pub fn full(&self, width: usize) -> String {
        self.page(Extent::Full, width, |page| {
            page.text(Paint { on: false }, false)
        })
    }

    /// As a page of Markdown: all of it, or as much as fits a screen for each result.
    #[must_use]
    pub fn markdown(&self, full: bool) -> String {
        self.page(self.extent(full), WIDTH, |page| page.markdown())
    }

    /// Likewise as a part of a page of HTML: nested lists in a `div` of the class `forewarn-why`.
    #[must_use]
    pub fn html(&self, full: bool) -> String {
        self.page(self.extent(full), WIDTH, |page| page.html())
    }

    /// As a JSON document for programs; levels have the names of the rules in it.
    #[must_use]
    pub fn json(&self) -> String {
        document(self.inner.plan(), &self.told)
    }

    fn extent(&self, full: bool) -> Extent {
        match full {
            true => Extent::Full,
            false => Extent::Screens(self.named),
        }
    }

    fn page(
        &self,
        extent: Extent,
        width: usize,
        write: impl FnOnce(&Page<'_>) -> String,
    ) -> String {
        let none = Messages::default();
        let words = self.inner.words.as_ref();
        let (plan, told) = match &self.spoken {
            Some((plan, told)) => (plan, told),
            None => (self.inner.plan(), &self.told),
        };
        write(&Page {
            plan,
            told,
            messages: words.map_or(&none, |words| &words.messages),
            extent,
            width,
        })
    }
}

impl Deref for Why {
    type Target = Explanation;

    fn deref(&self) -> &Explanation {
        &self.told
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(WIDTH, false))
    }
}
