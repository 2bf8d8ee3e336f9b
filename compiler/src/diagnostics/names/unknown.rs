//! Names that are declared nowhere, or that stand for something without a value.

use super::super::Diagnostic;
use super::super::wording::{list, with_article};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0107 UnknownName {
        /// What would fit here: `indicator, param or step`, `unit`, `scale`.
        what: String,
        name: String,
        span: Span,
        /// What was probably meant, and where that is declared.
        suggestion: Option<(String, Option<Span>)>,
        /// What to do where no name is near, with its edits.
        advice: Option<(String, Vec<(Span, String)>)>,
        /// Where else it stands.
        others: Vec<Span>,
        /// What is declared in its place and used nowhere, with the place.
        declared_as: Option<(String, Span)>,
    }
}

impl UnknownName {
    fn words(&self) -> Diagnostic {
        let Self {
            what,
            name,
            span,
            suggestion,
            advice,
            others,
            declared_as,
        } = self;
        let title = match what.strip_prefix("item of ") {
            Some(of) => format!("{of} has no item `{name}`"),
            None => format!("there is no {what} `{name}`"),
        };
        match suggestion {
            Some((meant, declared)) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{meant}`?"))
                    .mark_if(*declared, format!("`{meant}` is declared here"))
                    .mend(
                        format!("replace it by `{meant}`{}", at_places(others.len() + 1)),
                        std::iter::once(span)
                            .chain(others)
                            .map(|place| (*place, meant.clone()))
                            .collect(),
                    )
            }
            None if advice.is_some() => {
                let (text, edits) = advice.clone().unwrap_or_default();
                let told = Diagnostic::about(self, title, *span, "declared nowhere");
                let told = match declared_as {
                    Some((name, place)) => told.mark(
                        *place,
                        format!("`{name}` is declared here, and nothing uses that name"),
                    ),
                    None => told,
                };
                told.mend(text, edits)
            }
            None if is_cell(name) && what.starts_with("indicator") => {
                let mut told = Diagnostic::about(self, title, *span, "a cell of a spreadsheet");
                for other in others {
                    told = told.mark(*other, "and another");
                }
                told.help("rules know no cells: name the indicator or the step that stands in them")
            }
            None => {
                let help = format!("check its spelling, or {}", declare_it(what, name));
                Diagnostic::about(self, title, *span, "declared nowhere").help(help)
            }
        }
    }
}

/// At how many places something is mended: nothing is said of one.
pub fn at_places(places: usize) -> String {
    match places {
        0 | 1 => String::new(),
        2 => ", at both places".to_owned(),
        more => format!(", at all {more} places"),
    }
}

/// What to do where no name of the kind is meant.
pub(crate) fn declare_it(what: &str, name: &str) -> String {
    format!(
        "declare {}, or bring in its module with `use`",
        declaration(what, name)
    )
}

/// How such a name is declared.
fn declaration(what: &str, name: &str) -> String {
    match what {
        "unit" => format!("it with `unit {name}`"),
        "source" => format!("it with `source {name} \"…\"`"),
        "scale" => format!("it with `scale {name} {{ … < … }}`"),
        "unit or scale" => {
            format!("it with `unit {name}`, or with `scale {name} {{ … < … }}`")
        }
        _ => format!("`{name}`"),
    }
}

cause! {
    FW0109 UnknownFunction {
        name: String,
        span: Span,
        /// What was probably meant; several where it is not sure.
        instead: Vec<String>,
        /// What to write where no function has the same arguments.
        advice: Option<String>,
        /// Functions of other languages within its arguments, and what they are called here.
        within: Vec<(Span, String)>,
    }
}

impl UnknownFunction {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            instead,
            advice,
            within,
        } = self;
        let title = format!("there is no function `{name}`");
        let mend = |diagnostic: Diagnostic, meant: &String| {
            diagnostic.mend(
                match meant.as_str() {
                    "ln" if instead.len() > 1 => "for the natural logarithm, write `ln`".to_owned(),
                    "log10" if instead.len() > 1 => {
                        "for the logarithm to the base 10, write `log10`".to_owned()
                    }
                    meant if within.is_empty() => format!("replace it by `{meant}`"),
                    meant => {
                        let others: Vec<String> =
                            within.iter().map(|(_, own)| own.clone()).collect();
                        let others = list(&backticked(&others), "and");
                        format!("replace it by `{meant}`, and those within it by {others}")
                    }
                },
                std::iter::once((*span, meant.clone()))
                    .chain(within.iter().cloned())
                    .collect(),
            )
        };
        match (instead.as_slice(), advice) {
            ([], Some(advice)) => {
                Diagnostic::about(self, title, *span, "not a function here").help(advice.clone())
            }
            ([], None) => Diagnostic::about(self, title, *span, "declared nowhere").help(format!(
                "declare it with `fn {name}(x: number) = …`, or bring in the module that has it with `use`"
            )),
            (meant, _) => {
                let label = format!("did you mean {}?", list(&backticked(meant), "or"));
                meant
                    .iter()
                    .fold(Diagnostic::about(self, title, *span, label), mend)
            }
        }
    }
}

fn backticked(words: &[String]) -> Vec<String> {
    words.iter().map(|word| format!("`{word}`")).collect()
}

/// What the panel declares.
pub const KEY: &str = "a key of the panel";
pub const PERIOD: &str = "the period of the panel";
pub const CALENDAR: &str = "a word of the calendar";

cause! {
    FW0117 NotAValue {
        name: String,
        /// What it is: `a source`.
        what: String,
        span: Span,
        declared: Span,
        /// It stands below a fraction's line.
        divides: bool,
        /// The one level on this scale.
        suggestion: Option<String>,
        /// Indicators that are counted in this unit.
        counted: Vec<String>,
        /// The key whose column it is.
        key_of_column: Option<String>,
        /// It stands behind `among:`.
        behind_among: bool,
    }
}

impl NotAValue {
    fn words(&self) -> Diagnostic {
        let what = match self.what.starts_with("the ") {
            true => self.what.clone(),
            false => with_article(&self.what),
        };
        let name = &self.name;
        let of_panel = match self.what.as_str() {
            KEY => Some(format!(
                "rules are the same for every {name}: what sets some of them apart is an indicator of their own, such \
                 as `indicator kind : category {{ one, other }}`, or their place among the others, `rank(x)`"
            )),
            CALENDAR if self.divides => Some(format!(
                "a length of time stands behind a number: `1 {name}`"
            )),
            PERIOD | CALENDAR => Some(
                "rules do not read the calendar: what changes at a date is a param, `param p = 3 until 2015, = 5 from \
                 2016`; what happened when is asked with `lag`, `since:` and `over:`, and a date that matters is an \
                 indicator of its own"
                    .to_owned(),
            ),
            _ => None,
        };
        if let Some(key) = &self.key_of_column {
            let told = Diagnostic::about(
                self,
                format!("`{name}` is the data's column of the key `{key}`"),
                self.span,
                "rules name the key, and not its column",
            )
            .mark(self.declared, "declared here");
            return match self.behind_among {
                true => told.mend(
                    format!("write `{key}`"),
                    vec![(self.span, key.clone())],
                ),
                false => told.help(format!(
                    "a key has no value: what sets some of them apart is an indicator of its own, or their place \
                     among the others, `among: {key}`"
                )),
            };
        }
        if let Some(help) = of_panel {
            return Diagnostic::about(
                self,
                format!("`{name}` is {what} and has no value in rules"),
                self.span,
                "a value belongs here",
            )
            .mark(self.declared, "declared here")
            .help(help);
        }
        if let Some(near) = &self.suggestion {
            return Diagnostic::about(
                self,
                format!("`{name}` is {what} and has no value"),
                self.span,
                format!("did you mean `{near}`, which has a place on it?"),
            )
            .mark(self.declared, format!("`{name}` is declared here"))
            .mend(
                format!("replace it by `{near}`"),
                vec![(self.span, near.clone())],
            );
        }
        let help = match self.what.trim_start_matches("a ").trim_start_matches("an ") {
            "source" => "name an indicator that comes from this source".to_owned(),
            "unit" if self.divides => format!("a unit stands behind a number: `1 {name}`"),
            "unit" => format!("a unit stands behind a number: `25 {name}`"),
            "scale" => "name a level, which has a place on this scale".to_owned(),
            "function" => format!("give the function its arguments: `{name}(…)`"),
            _ => "name an indicator, a param, a step or something published".to_owned(),
        };
        let diagnostic = Diagnostic::about(
            self,
            format!("`{name}` is {what} and has no value"),
            self.span,
            "a value belongs here",
        )
        .mark(self.declared, format!("`{name}` is declared here"));
        match self.counted.as_slice() {
            [] => {}
            [only] => {
                return diagnostic.mend(
                    format!("name what is counted in it: `{only}`"),
                    vec![(self.span, only.clone())],
                );
            }
            several => {
                let shown = several.get(..3).unwrap_or(several);
                return diagnostic.help(format!(
                    "name what is counted in it, such as {}",
                    crate::diagnostics::wording::quoted(shown, "or")
                ));
            }
        }
        if self.divides && self.what.ends_with("unit") {
            return diagnostic.mend(help, vec![(self.span, format!("1 {name}"))]);
        }
        diagnostic.help(help)
    }
}

/// `B2`, `AB14`: a cell of a spreadsheet.
pub fn is_cell(name: &str) -> bool {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = name.get(letters..).unwrap_or_default();
    (1..=2).contains(&letters)
        && (1..=5).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_digit())
}
