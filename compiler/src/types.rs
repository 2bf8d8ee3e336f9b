//! What kind of value an expression has.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::arena::Id;
use crate::units::{Unit, Units};

/// Index into the framework's scales; the built-in ones stand first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScaleId(pub u32);

impl Id for ScaleId {
    fn new(at: u32) -> Self {
        Self(at)
    }

    fn at(self) -> usize {
        self.0 as usize
    }
}

/// Index into the framework's categories (each `category { … }` of an indicator is its own).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CategoryId(pub u32);

impl Id for CategoryId {
    fn new(at: u32) -> Self {
        Self(at)
    }

    fn at(self) -> usize {
        self.0 as usize
    }
}

/// `absent < emerging < present`, for what experts code.
pub const ASSESSMENT: ScaleId = ScaleId(0);

/// `alert_state`: `quiet < raised < escalated`.
pub const ALERT: ScaleId = ScaleId(1);

/// How many scales the language brings.
pub const BUILT_IN_SCALES: usize = 2;

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Number(Unit),
    Truth,
    Level(ScaleId),
    Category(CategoryId),
    /// How many of several truths are yes: a number that may be known only between bounds.
    Count,
    List(Box<Type>),
    /// Wrong, and told already: fits everywhere.
    Error,
}

/// A type in people's words, with what it is: words alone may hold a name that reads like another kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub words: String,
    pub ty: Type,
}

impl Shown {
    /// Of what has words and no type of its own.
    #[must_use]
    pub fn in_words(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            ty: Type::Error,
        }
    }

    /// One of it, where it is several.
    fn one(&self) -> &Type {
        match &self.ty {
            Type::List(of) => of,
            other @ (Type::Number(_)
            | Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::Error) => other,
        }
    }

    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.one(), Type::Number(_))
    }

    #[must_use]
    pub fn is_level(&self) -> bool {
        matches!(self.one(), Type::Level(_))
    }

    #[must_use]
    pub fn is_truth(&self) -> bool {
        matches!(self.one(), Type::Truth)
    }

    #[must_use]
    pub fn is_category(&self) -> bool {
        matches!(self.one(), Type::Category(_))
    }

    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.ty, Type::List(_))
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.words)
    }
}

impl Type {
    #[must_use]
    pub fn plain() -> Self {
        Self::Number(Unit::plain())
    }

    #[must_use]
    pub fn is_error(&self) -> bool {
        match self {
            Self::Error => true,
            Self::List(of) => of.is_error(),
            Self::Number(_) | Self::Truth | Self::Level(_) | Self::Category(_) | Self::Count => {
                false
            }
        }
    }

    /// In people's words: `a number of deaths`, `yes or no`.
    #[must_use]
    pub fn show(
        &self,
        units: &Units,
        scale: impl Fn(ScaleId) -> String,
        category: impl Fn(CategoryId) -> String,
    ) -> String {
        match self {
            Self::Number(unit) if unit.is_plain() => "a plain number".to_owned(),
            Self::Number(unit) => format!("a number in {}", units.show(unit)),
            Self::Truth => "yes or no".to_owned(),
            Self::Level(id) => format!("a level of `{}`", scale(*id)),
            Self::Category(id) => match category(*id) {
                name if name.is_empty() => "a category".to_owned(),
                name => format!("a name of `{name}`"),
            },
            Self::Count => "a count".to_owned(),
            Self::List(of) => match **of {
                Self::Truth => "several answers of yes or no".to_owned(),
                Self::Level(_) => "several levels".to_owned(),
                Self::Number(_) | Self::Category(_) | Self::Count | Self::List(_) | Self::Error => {
                    "several numbers".to_owned()
                }
            },
            Self::Error => "a value".to_owned(),
        }
    }
}
