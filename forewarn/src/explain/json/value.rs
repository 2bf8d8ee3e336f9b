//! Values in the document.

use forewarn_plan::alerts::Answer;
use forewarn_runtime::explain as told;
use serde::Serialize;

/// A value, by what kind of value it is.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Shown<'t> {
    Number {
        /// None is missing.
        number: Option<f64>,
        #[serde(skip_serializing_if = "str::is_empty")]
        unit: &'t str,
    },
    Truth {
        /// None is unknown.
        truth: Option<bool>,
    },
    Level {
        /// None while it is undetermined.
        level: Option<&'t str>,
        at_least: Option<&'t str>,
        at_most: Option<&'t str>,
    },
    Count {
        /// None while it is undetermined.
        count: Option<f64>,
        at_least: Option<f64>,
        at_most: Option<f64>,
    },
    Between {
        /// None while it is known only between bounds.
        number: Option<f64>,
        at_least: Option<f64>,
        at_most: Option<f64>,
        #[serde(skip_serializing_if = "str::is_empty")]
        unit: &'t str,
    },
    Category {
        /// None is missing.
        category: Option<&'t str>,
    },
    /// The audience may not see it.
    Withheld { withheld: &'static str },
}

impl<'t> Shown<'t> {
    pub fn of(shown: &'t told::Shown) -> Self {
        match shown {
            told::Shown::Number { value, unit } => Self::Number {
                number: number(*value),
                unit,
            },
            told::Shown::Truth(truth) => Self::Truth { truth: *truth },
            told::Shown::Level {
                names,
                at_least,
                at_most,
            } => {
                let name = |at: usize| names.get(at).map(String::as_str);
                Self::Level {
                    level: (at_least == at_most).then(|| name(*at_least)).flatten(),
                    at_least: name(*at_least),
                    at_most: name(*at_most),
                }
            }
            told::Shown::Count { at_least, at_most } => Self::Count {
                count: (at_least == at_most).then(|| number(*at_least)).flatten(),
                at_least: number(*at_least),
                at_most: number(*at_most),
            },
            told::Shown::Between {
                value,
                at_least,
                at_most,
                unit,
            } => Self::Between {
                number: number(*value),
                at_least: number(*at_least),
                at_most: number(*at_most),
                unit,
            },
            told::Shown::Category(name) => Self::Category {
                category: name.as_deref(),
            },
            told::Shown::Withheld(classification) => Self::Withheld {
                withheld: classification.word(),
            },
        }
    }
}

/// A known number; nothing else has a place in JSON.
pub fn number(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}

pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "unknown",
    }
}
