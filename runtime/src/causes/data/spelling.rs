//! Keys that are nearly the same, and keys that are no peers.

use super::columns::{columns_of, some_of};
use super::{counted, grouped, plural, typed};
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};

/// How many keys a message names.
const NAMED: usize = 5;

/// One spelling of a key, with the first place where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    pub text: String,
    pub file: String,
    pub row: Option<u64>,
    /// The letters in which it differs, `U+0061 U+0301`; empty where the eye sees it.
    pub code_points: String,
}

impl Spelling {
    fn place(&self) -> Place {
        Place::Data(DataPlace {
            file: self.file.clone(),
            row: self.row,
            key: Some(self.text.clone()),
            ..DataPlace::default()
        })
    }

    fn label(&self) -> String {
        if self.code_points.is_empty() {
            format!("here it is `{}`", self.text)
        } else {
            format!("here it is `{}`, with {}", self.text, self.code_points)
        }
    }
}

/// Two spellings that are nearly the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeltAlike {
    pub first: Spelling,
    pub second: Spelling,
    /// `case`
    pub differ: String,
}

cause! {
    FW0932 SpeltInTwoWays {
        /// `country`
        entity: String,
        groups: Vec<SpeltAlike>,
        /// How many more there are.
        more: usize,
        /// The words of `--keys` that unite all of them: `nfc,upper`.
        steps: String,
    }
}

impl SpeltInTwoWays {
    fn words(&self) -> Diagnostic {
        let Self { entity, steps, .. } = self;
        let mut groups = self.groups.iter();
        let none = SpeltAlike::default();
        let first = groups.next().unwrap_or(&none);
        let title = format!(
            "`{}` and `{}` differ only in {}, and are taken for two {}",
            first.first.text,
            first.second.text,
            first.differ,
            plural(entity)
        );
        let place = first.second.place();
        let mut at = Diagnostic::at(self, title, place, first.second.label());
        at.secondary.push(Label {
            place: first.first.place(),
            text: first.first.label(),
        });
        for group in groups {
            let points = |spelling: &Spelling| match spelling.code_points.as_str() {
                "" => format!("`{}`", spelling.text),
                points => format!("`{}` ({points})", spelling.text),
            };
            at = at.note(format!(
                "so do {} and {}: {}",
                points(&group.first),
                points(&group.second),
                group.differ
            ));
        }
        if self.more > 0 {
            at = at.note(format!("and {} more", grouped(self.more as u64)));
        }
        let at = at.note(
            "what is said of one is missing for the other, also where `missing means` stands",
        );
        if steps.is_empty() {
            return at.help(format!(
                "is it one {entity}? then correct the word, or give the file a crosswalk, `--crosswalk \
                 {entity}=FILE`; if they are two, give both a row in either file"
            ));
        }
        at.help(format!(
                "is it one {entity}? then `--keys {steps}` reads both alike, or in the recipe `keys = {{ {} }}`; \
                 else spell them further apart",
                recipe_keys(steps)
            ))
    }
}

cause! {
    FW0975 SeveralInOne {
        file: String,
        /// The column of the keys.
        column: Option<String>,
        /// `country`
        entity: String,
        names: Vec<String>,
    }
}

impl SeveralInOne {
    fn words(&self) -> Diagnostic {
        let first = self.names.first().map_or("", String::as_str);
        let entities = plural(&self.entity);
        let title = format!("`{first}` names several {entities}, and is taken for one of its own");
        let place = super::cells::column_place(&self.file, self.column.as_deref());
        let label = match self.names.len() {
            1 => format!("each of them is a {} here, too", self.entity),
            _ => format!(
                "so do {} in all: {}",
                self.names.len(),
                some_of(&self.names, NAMED)
            ),
        };
        Diagnostic::at(self, title, place, label)
            .note(format!("what its rows say counts for none of the {entities} that it names"))
            .help(format!(
                "give each of them a row, or leave such rows out: `--except {}`, `except` in the recipe, or `rows`",
                typed(first)
            ))
    }
}

/// `case = "upper", unicode = "nfc"` for `nfc,upper`.
pub(super) fn recipe_keys(steps: &str) -> String {
    let said = steps.split(',').map(|step| match step {
        "upper" | "lower" => format!("case = \"{step}\""),
        "nfc" => "unicode = \"nfc\"".to_owned(),
        step => format!("{step} = true"),
    });
    said.collect::<Vec<_>>().join(", ")
}

cause! {
    FW0937 AggregatesAmongPeers {
        /// `country`
        entity: String,
        /// As the data spell them.
        names: Vec<String>,
        /// What the rules compare: `rank(income)`.
        compared: String,
        /// How many entities there are in all.
        entities: usize,
    }
}

impl AggregatesAmongPeers {
    fn words(&self) -> Diagnostic {
        let Self { entity, names, .. } = self;
        let (is, it) = if names.len() == 1 {
            ("is an aggregate", "it")
        } else {
            ("are aggregates", "them")
        };
        let title = format!(
            "{} {is}, and the rules compare every {entity} with {it}",
            some_of(names, NAMED)
        );
        let label = format!(
            "{} of {} {} no peers",
            grouped(names.len() as u64),
            counted(self.entities, entity),
            if names.len() == 1 { "is" } else { "are" }
        );
        let except: Vec<String> = names
            .iter()
            .map(|name| format!("--except {}", typed(name)))
            .collect();
        let quoted: Vec<String> = names.iter().map(|name| text(name)).collect();
        Diagnostic::at(self, title, Place::CommandLine, label)
            .note(format!("`{}` is worked out among peers", self.compared))
            .help(format!(
                "leave {it} out: `{}`, or `except = [{}]` in the recipe",
                except.join(" "),
                quoted.join(", ")
            ))
            .help(format!(
                "or out of every run, at the end of the panel's declaration: `except {}`",
                quoted.join(", ")
            ))
    }
}

cause! {
    FW0952 TotalAmongEntities {
        file: String,
        /// The column of the entity.
        column: String,
        /// `country`
        entity: String,
        /// As the data spell them.
        names: Vec<String>,
    }
}

impl TotalAmongEntities {
    fn words(&self) -> Diagnostic {
        let Self { entity, names, .. } = self;
        let (read, it) = match names.len() {
            1 => (format!("is read as a {entity}"), "it"),
            _ => (format!("are read as {}", plural(entity)), "them"),
        };
        let title = format!("{} {read}", some_of(names, NAMED));
        let place = super::cells::column_place(&self.file, Some(&self.column));
        let label = "so are sums and means of other rows called";
        let except: Vec<String> = names
            .iter()
            .map(|name| format!("--except {}", typed(name)))
            .collect();
        let quoted: Vec<String> = names.iter().map(|name| text(name)).collect();
        Diagnostic::at(self, title, place, label)
            .help(format!(
                "leave {it} out: `{}`, or `except = [{}]` in the recipe",
                except.join(" "),
                quoted.join(", ")
            ))
            .help(format!(
                "or out of every run, at the end of the panel's declaration: `except {}`",
                quoted.join(", ")
            ))
    }
}

cause! {
    FW0939 NothingLeftOut {
        /// `country`
        entity: String,
        name: String,
        suggestion: Option<String>,
        /// The first entities that there are.
        known: Vec<String>,
        /// The recipe that asks for it; none where it was typed.
        recipe: Option<Span>,
    }
}

impl NothingLeftOut {
    fn words(&self) -> Diagnostic {
        let Self { entity, name, .. } = self;
        let title = format!("no row is about `{name}`, so that nothing is left out");
        let (place, label) = match self.recipe {
            Some(span) => (Place::Source(span), "as this recipe asks".to_owned()),
            None => (Place::CommandLine, format!("in `--except {}`", typed(name))),
        };
        let at = Diagnostic::at(self, title, place, label);
        match &self.suggestion {
            Some(near) => at.help(format!("did you mean `{near}`?")),
            None => {
                let known = columns_of(&self.known).replacen("its columns are", "", 1);
                let known = known.replacen("its only column is", "", 1);
                at.help(format!(
                    "name a {entity} as the data spell it, such as{known}"
                ))
            }
        }
    }
}

cause! {
    FW0943 LeftOutSpeltOtherwise {
        /// As the panel spells it.
        name: String,
        declared: Span,
        /// As the data do.
        near: String,
    }
}

impl LeftOutSpeltOtherwise {
    fn words(&self) -> Diagnostic {
        let Self { name, near, .. } = self;
        let title = format!("the panel leaves `{name}` out, and the data have `{near}`");
        Diagnostic::about(self, title, self.declared, "no row is spelt like this")
            .note(format!("the rows of `{near}` are read"))
            .mend("spell it as the data do", vec![(self.declared, text(near))])
    }
}

/// In quotes, as rules write it.
fn text(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}
