//! Names and labels that nobody wrote: those of the items of what goes by a group.
//!
//! In: their words. Out: names that live as long as the package, as written ones do, each kept once.

use std::fmt;

use elsa::sync::FrozenMap;
use forewarn_grammar::ast::{Name, Span, Text};

/// The names of one package.
#[derive(Default)]
pub struct Pool {
    names: FrozenMap<(String, Span), Box<Name>>,
    texts: FrozenMap<(String, Span), Box<Text>>,
}

impl Pool {
    /// `treated.gdp`, which stands for the words at that place.
    pub fn name(&self, text: String, span: Span) -> &Name {
        let key = (text, span);
        match self.names.get(&key) {
            Some(known) => known,
            None => {
                let name = Name {
                    text: key.0.clone(),
                    span,
                };
                self.names.insert(key, Box::new(name))
            }
        }
    }

    pub fn text(&self, value: String, span: Span) -> &Text {
        let key = (value, span);
        match self.texts.get(&key) {
            Some(known) => known,
            None => {
                let text = Text {
                    value: key.0.clone(),
                    span,
                };
                self.texts.insert(key, Box::new(text))
            }
        }
    }
}

/// A copy of a package makes its own.
impl Clone for Pool {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").finish_non_exhaustive()
    }
}
