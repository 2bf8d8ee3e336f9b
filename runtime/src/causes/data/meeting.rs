//! Keys that do not meet: between files, and along time.

use super::columns::some_of;
use super::{counted, grouped, plural};
use forewarn_diagnostics::cause;
use forewarn_diagnostics::wording::quoted;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};

/// How many keys a message names.
const NAMED: usize = 5;

fn file_place(file: &str) -> Place {
    Place::Data(DataPlace {
        file: file.to_owned(),
        ..DataPlace::default()
    })
}

cause! {
    FW0928 NothingInCommon {
        file: String,
        /// The files before it.
        others: Vec<String>,
        /// `country`
        entity: String,
        /// The first entities of the file.
        theirs: Vec<String>,
        /// The first entities of the others.
        known: Vec<String>,
        /// One of its entities and another's that is spelled nearly so.
        near: Option<(String, String)>,
        /// The words of `--keys` that make these two the same; empty where none does.
        steps: String,
    }
}

impl NothingInCommon {
    fn words(&self) -> Diagnostic {
        let others = quoted(&self.others, "and");
        let title = format!(
            "`{}` has no {} in common with {others}",
            self.file, self.entity
        );
        let here = |names: &[String]| {
            let are = if names.len() == 1 { "is" } else { "are" };
            format!("here {are} {}", some_of(names, NAMED))
        };
        let label = here(&self.theirs);
        let mut at = Diagnostic::at(self, title, file_place(&self.file), label);
        at.secondary.push(Label {
            place: file_place(self.others.first().map_or("", String::as_str)),
            text: here(&self.known),
        });
        at.help(match &self.near {
            Some((one, other)) if !self.steps.is_empty() => format!(
                "is `{one}` the same as `{other}`? then `--keys {}`, or `keys = {{ {} }}` in the recipe, reads them as one",
                self.steps,
                super::spelling::recipe_keys(&self.steps)
            ),
            Some((one, other)) => format!("is `{one}` the same as `{other}`? spell it in one way"),
            None => format!(
                "use the same names or codes in all files; `--map {0}=COLUMN`, or `map = {{ {0} = \"COLUMN\" }}` in the \
                 recipe, names another column",
                self.entity
            ),
        })
    }
}

cause! {
    FW0929 KeysNotMet {
        file: String,
        /// `country`
        entity: String,
        /// The file's kind, `month`; empty in a cross-section.
        period: String,
        /// How many entities there are in all.
        entities: usize,
        /// Entities of the file that the panel has no rows for.
        strangers: Vec<String>,
        /// Entities of the panel of which the file says nothing.
        silent: Vec<String>,
        /// The first periods of its entities of which it says nothing: `NER, 2024-05`.
        holes: Vec<String>,
        /// How many more there are.
        more_holes: usize,
        /// A stranger and an entity of the panel that is spelled nearly so.
        near: Option<(String, String)>,
    }
}

impl KeysNotMet {
    fn words(&self) -> Diagnostic {
        let mut told = Vec::new();
        if !self.silent.is_empty() {
            told.push((
                format!(
                    "says nothing of {} of {}",
                    grouped(self.silent.len() as u64),
                    counted(self.entities, &self.entity)
                ),
                some_of(&self.silent, NAMED),
            ));
        }
        if !self.holes.is_empty() {
            let mut keys = self.holes.clone();
            if self.more_holes > 0 {
                let more = grouped(self.more_holes as u64);
                keys.push(format!("and {more} more"));
            }
            let periods = format!(
                "{} of its {}",
                counted(self.holes.len() + self.more_holes, &self.period),
                plural(&self.entity)
            );
            let says = format!("says nothing of {periods}");
            told.push((says, keys.join("; ")));
        }
        if !self.strangers.is_empty() {
            let count = counted(self.strangers.len(), &self.entity);
            let has = format!("has {count} that no other file has rows for");
            told.push((has, some_of(&self.strangers, NAMED)));
        }
        let mut told = told.into_iter();
        let (says, which) = told.next().unwrap_or_default();
        let title = format!("`{}` {says}", self.file);
        let mut at = Diagnostic::at(self, title, file_place(&self.file), which);
        for (says, which) in told {
            at = at.note(format!("it {says}: {which}"));
        }
        match &self.near {
            Some((one, other)) => at.help(format!(
                "is `{one}` the same as `{other}`? spell it in one way"
            )),
            None if self.silent.is_empty() && self.holes.is_empty() => at,
            None => at.help(
                "what is read from the file is missing there; where an absent row says something, \
                 declare it: `missing means …` or `carry forward …`",
            ),
        }
    }
}

cause! {
    FW0924 WideHole {
        entity: String,
        /// `day`
        period: String,
        /// How many periods lie between the two.
        missing: u64,
        /// File, row and period before the hole.
        before: (String, u64, String),
        /// The same behind it.
        after: (String, u64, String),
    }
}

impl WideHole {
    fn words(&self) -> Diagnostic {
        let Self {
            entity,
            before,
            after,
            ..
        } = self;
        let title = format!(
            "between {} and {} `{entity}` has no data in {}",
            before.2,
            after.2,
            counted(
                usize::try_from(self.missing).unwrap_or(usize::MAX),
                &self.period
            )
        );
        let place = |end: &(String, u64, String)| {
            Place::Data(DataPlace {
                file: end.0.clone(),
                row: Some(end.1),
                key: Some(format!("{entity}, {}", end.2)),
                ..DataPlace::default()
            })
        };
        let mut at = Diagnostic::at(self, title, place(after), "the row behind the hole");
        at.secondary.push(Label {
            place: place(before),
            text: "the row before it".to_owned(),
        });
        at.note("the rules look along time, and filling in all of them would swamp the data")
            .help("check both rows for a mistyped year")
    }
}
