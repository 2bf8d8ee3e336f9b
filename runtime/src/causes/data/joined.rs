//! Several files for one ruleset: which of them holds what.

use super::cells::column_place;
use super::columns::columns_of;
use super::grouped;
use crate::bind::ShortestNumber;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::wording::quoted;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};

cause! {
    FW0925 ColumnInTwoFiles {
        name: String,
        column: String,
        first: String,
        second: String,
        second_column: String,
        /// Where the indicator is declared.
        declared: Span,
    }
}

impl ColumnInTwoFiles {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            first,
            second,
            ..
        } = self;
        // Several recipes may name one file.
        let same = first == second;
        let title = match same {
            true => format!("`{name}` is read twice from `{first}`"),
            false => format!("`{name}` is in two files: `{first}` and `{second}`"),
        };
        let place = column_place(second, Some(&self.second_column));
        let mut at = Diagnostic::at(
            self,
            title,
            place,
            format!("`{name}` could be read from here"),
        );
        at.secondary.push(Label {
            place: column_place(first, Some(&self.column)),
            text: "and from here".to_owned(),
        });
        let at = at.mark(self.declared, format!("`{name}` is declared here"));
        if same {
            return at.help(
                "give the file once; where several recipes name it, each of them reads it: let one of them name it, or \
                 say which part each reads and which indicators these are",
            );
        }
        at.help(
                "where they are deliveries of one table, such as two months of it, stack them: name a folder or a \
                 pattern in quotes, `--data \"incoming/*.csv\"`, or both files in `files = [\"…\", \"…\"]` of a recipe",
            )
            .help("where they are two tables, rename or drop the column in one of them")
    }
}

cause! {
    FW0926 NothingRead {
        file: String,
        /// The columns there are.
        columns: Vec<String>,
        /// Its rows are rows of the result all the same.
        adds_rows: bool,
    }
}

impl NothingRead {
    fn words(&self) -> Diagnostic {
        let title = format!("no indicator is read from `{}`", self.file);
        let place = column_place(&self.file, None);
        let at = Diagnostic::at(self, title, place, columns_of(&self.columns));
        let at = if self.adds_rows {
            at.note("its rows are rows of the result all the same")
        } else {
            at
        };
        at.help(
            "leave the file out, or name a column of it: `--map INDICATOR=COLUMN`, or `map = { INDICATOR = \"COLUMN\" }` \
             in the recipe",
        )
    }
}

cause! {
    FW0969 BeyondReach {
        name: String,
        file: String,
        /// Of so many files it is one, which are stacked.
        files: usize,
        /// The first and the last period of the file.
        first: String,
        last: String,
        /// How many rows of others it does not reach, and between which periods they lie.
        rows: u64,
        from: String,
        until: String,
        /// Where the indicator is declared.
        declared: Span,
    }
}

impl BeyondReach {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            file,
            first,
            last,
            rows,
            from,
            until,
            ..
        } = self;
        let reach = match (first == last, self.files) {
            (true, 0 | 1) => format!("`{file}` holds {first} alone"),
            (true, files) => format!("the {files} files with `{file}` hold {first} alone"),
            (false, 0 | 1) => format!("`{file}` goes from {first} to {last}"),
            (false, files) => format!("the {files} files with `{file}` go from {first} to {last}"),
        };
        let where_to = if from == until {
            format!("in {from}")
        } else {
            format!("between {from} and {until}")
        };
        let rows = match rows {
            1 => "1 row".to_owned(),
            rows => format!("{} rows", grouped(*rows)),
        };
        let title = format!("`{name}` is unknown in {rows} {where_to}: {reach}");
        let place = column_place(file, None);
        let at = Diagnostic::at(
            self,
            title,
            place,
            if self.files > 1 {
                "they do not reach these periods".to_owned()
            } else {
                "it does not reach these periods".to_owned()
            },
        );
        at.mark(self.declared, format!("`{name}` is declared here"))
            .note("`missing means` holds for rows that a file lacks between its first and its last period")
            .help("give a file that reaches as far as the others")
            .help(format!(
                "where it does and nothing happened there, give it one row of such a period, with `{name}` empty"
            ))
    }
}

cause! {
    FW0991 NotDelivered {
        /// The files of the stack, at least two.
        files: Vec<String>,
        /// The periods that none of them reaches.
        periods: Vec<String>,
        /// Indicators of which `missing means` would say something there.
        names: Vec<String>,
        /// Names of files say what they reach.
        named: bool,
        recipe: Option<Span>,
    }
}

impl NotDelivered {
    fn words(&self) -> Diagnostic {
        const TOLD: usize = 6;
        let told: Vec<String> = self.periods.iter().take(TOLD).cloned().collect();
        let more = self.periods.len().saturating_sub(TOLD);
        let periods = match more {
            0 => quoted(&told, "and"),
            more => format!("{} and {}", told.join(", "), super::counted(more, "more")),
        };
        let first = self.files.first().map_or("", String::as_str);
        let title = match self.names.len() {
            0 => format!(
                "of {periods} there is no delivery among {} files",
                self.files.len()
            ),
            _ => format!(
                "of {periods} there is no delivery among {} files, and {} {} unknown there",
                self.files.len(),
                quoted(&self.names, "and"),
                if self.names.len() == 1 { "is" } else { "are" }
            ),
        };
        let label = if self.named {
            "the names of the files say the periods that each is of"
        } else {
            "each file reaches from its first period to its last"
        };
        let at = Diagnostic::at(self, title, column_place(first, None), label.to_owned())
            .mark_if(self.recipe, "the recipe of these files")
            .help("look for the file that did not come");
        let Some(name) = self.names.first() else {
            return at;
        };
        at.note("`missing means` says nothing of periods that no delivery reaches")
            .help(format!(
                "where the source was looked at and nothing had happened, a row of that period with `{name}` empty says \
                 so; of events that are summed up, one with 0"
            ))
    }
}

cause! {
    FW0927 OnlyFirstPeriod {
        file: String,
        /// `year`
        long: &'static str,
        /// `month`
        short: &'static str,
        /// The indicators that are not carried forward.
        names: Vec<String>,
        /// For how many periods a value would have to stand.
        most: u32,
        /// Where the first of them is declared.
        declared: Span,
    }
}

impl OnlyFirstPeriod {
    fn words(&self) -> Diagnostic {
        let Self {
            file,
            long,
            short,
            names,
            most,
            ..
        } = self;
        let title = format!(
            "{} from `{file}` {} a value only in the first {short} of each {long}",
            quoted(names, "and"),
            if names.len() == 1 { "has" } else { "have" }
        );
        let place = Place::Data(DataPlace {
            file: file.clone(),
            ..DataPlace::default()
        });
        let first = names.first().map_or("", String::as_str);
        Diagnostic::at(self, title, place, format!("this file goes by the {long}"))
            .mark(self.declared, format!("`{first}` is declared here"))
            .note(format!("the panel goes by the {short}"))
            .help(format!(
                "say how long a value holds: `carry forward at most {most} {short}s` covers the {long}"
            ))
    }
}

cause! {
    FW0938 NotTakenOver {
        /// The file with the earlier run's state.
        file: String,
        /// What does not fit, whose, and what comes of it.
        told: Vec<String>,
        help: Option<String>,
    }
}

impl NotTakenOver {
    fn words(&self) -> Diagnostic {
        let title = format!("not all of `{}` is taken over", self.file);
        let mut told = self.told.iter().cloned();
        let first = told.next().unwrap_or_default();
        let at = Diagnostic::at(self, title, column_place(&self.file, None), first);
        let at = told.fold(at, Diagnostic::note);
        match &self.help {
            Some(help) => at.help(help.clone()),
            None => at,
        }
    }
}

/// What is less than an earlier run knew.
#[derive(Clone, Debug, PartialEq)]
pub struct Less {
    pub name: String,
    /// `AVA, 2024-09`
    pub key: String,
    pub was: f64,
    pub now: f64,
}

cause! {
    FW0990 LessThanKnown {
        /// The file with the earlier run's state.
        file: String,
        /// `2 months`
        periods: String,
        /// The first that the earlier run does not know.
        resume: String,
        /// What is less, one thing at least.
        less: Vec<Less>,
    }
}

impl LessThanKnown {
    fn words(&self) -> Diagnostic {
        const TOLD: usize = 5;
        let mut names: Vec<String> = Vec::new();
        for one in &self.less {
            if !names.contains(&one.name) {
                names.push(one.name.clone());
            }
        }
        let title = format!(
            "{} that `{}` knows are there again, with less of {} in {}",
            self.periods,
            self.file,
            quoted(&names, "and"),
            super::counted(self.less.len(), "row"),
        );
        let words = |one: &Less| {
            format!(
                "`{}` of {} is {}, and was {}",
                one.name,
                one.key,
                ShortestNumber(one.now),
                ShortestNumber(one.was)
            )
        };
        let mut told = self.less.iter().take(TOLD).map(words);
        let first = told.next().unwrap_or_default();
        let at = Diagnostic::at(self, title, column_place(&self.file, None), first);
        let at = told.fold(at, Diagnostic::note);
        at.note("what the data say of these periods goes before what an earlier run knew of them")
            .help(format!(
                "where the files hold only what has changed, give the earlier files beside them, without `--state`; or \
                 leave their rows of periods before {} out, by `rows`",
                self.resume
            ))
            .help("where all of these periods were delivered again and corrected, nothing is wrong")
    }
}

cause! {
    FW0930 NoPeriodKey {
        file: String,
        /// The entity that has several rows.
        entity: String,
        /// The first two of its rows.
        first: u64,
        second: u64,
        /// `month`
        period: String,
        /// The column it would be read from.
        column: String,
        /// The columns there are.
        columns: Vec<String>,
    }
}

impl NoPeriodKey {
    fn words(&self) -> Diagnostic {
        let Self {
            file,
            entity,
            column,
            period,
            ..
        } = self;
        let title = format!("`{file}` has no column `{column}` and several rows for `{entity}`");
        let row = |row| {
            Place::Data(DataPlace {
                file: file.clone(),
                row: Some(row),
                key: Some(entity.clone()),
                ..DataPlace::default()
            })
        };
        let (first, second) = (grouped(self.first), grouped(self.second));
        let label = format!("rows {first} and {second} are both `{entity}`");
        let mut at = Diagnostic::at(self, title, row(self.second), label);
        at.secondary.push(Label {
            place: row(self.first),
            text: "the first of them".to_owned(),
        });
        at.note(columns_of(&self.columns)).help(format!(
            "name the column that holds the {period} `{column}`, or keep one row for each entity"
        ))
    }
}

cause! {
    FW0931 NoFileByPeriod {
        files: Vec<String>,
        /// `month`
        period: String,
    }
}

impl NoFileByPeriod {
    fn words(&self) -> Diagnostic {
        let Self { files, period } = self;
        let title = format!("none of the files goes by the {period}");
        let first = files.first().map_or("", String::as_str);
        let label = format!("{} only fill rows of other files", quoted(files, "and"));
        Diagnostic::at(self, title, column_place(first, None), label)
            .note(format!("the panel goes by the {period}"))
            .help(format!(
                "give a file whose rows are one {period} each, or let the panel go by longer periods"
            ))
    }
}
