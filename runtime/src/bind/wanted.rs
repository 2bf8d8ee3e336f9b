//! What the rules read, and by which names of columns.
//!
//! In: the Plan and `--map`. Out: for each key and indicator the column that it is read from: named by
//! `--map`, else by `column "…"`, else by the name in the rules. Among several files a key may also
//! stand in a column that another file would have, or in one of longer periods.

use super::{BindOptions, Column, Holds};
use crate::causes::data::{CrosswalkOfNoKey, UnknownMapping};
use crate::period::{self, Weekday};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::{InputInfo, InputKind, PeriodKind, Plan};

/// Something that the rules read.
#[derive(Clone, Debug)]
pub(super) struct Wanted<'p> {
    pub(super) name: &'p str,
    pub(super) what: &'static str,
    /// Its place among the panel's keys of what rows are about.
    pub(super) key: Option<usize>,
    pub(super) column: String,
    /// The columns of a period that is made of two: a year and a part of it.
    pub(super) two: Option<[String; 2]>,
    /// Other columns that will do for a key, the better ones first.
    pub(super) instead: Vec<(String, Option<PeriodKind>)>,
    pub(super) input: Option<&'p InputInfo>,
}

impl Wanted<'_> {
    pub(super) fn declared(&self) -> Option<Span> {
        self.input.map(|input| input.span)
    }

    pub(super) fn optional(&self) -> bool {
        self.input.is_some_and(|input| input.optional)
    }

    /// The names of the columns that hold it, if they are all there.
    pub(super) fn names(&self, there: impl Fn(&str) -> bool) -> Option<Vec<&str>> {
        if there(&self.column) {
            return Some(vec![&self.column]);
        }
        let two = self.two()?;
        two.iter().all(|name| there(name)).then(|| two.to_vec())
    }

    /// Itself, or what it is made of and is not there.
    pub(super) fn each_absent(&self, there: &[String]) -> Vec<Self> {
        let Some(two) = &self.two else {
            return vec![self.clone()];
        };
        let absent = two.iter().filter(|name| !there.contains(name));
        absent
            .map(|column| Self {
                column: column.clone(),
                ..self.clone()
            })
            .collect()
    }

    /// The columns of a period that is made of two.
    pub(super) fn two(&self) -> Option<[&str; 2]> {
        let two = self.two.as_ref()?;
        Some(two.each_ref().map(String::as_str))
    }

    pub(super) fn kind(&self) -> &'static str {
        match self.input.map(|input| &input.kind) {
            Some(InputKind::Number) => "a number",
            Some(InputKind::Truth | InputKind::Verification { .. }) => "a truth",
            Some(InputKind::Key { .. } | InputKind::Applies { .. } | InputKind::Age { .. }) => {
                "a key"
            }
            Some(InputKind::Level { .. }) => "a level",
            Some(InputKind::Category { .. }) => "a category",
            None => match self.key {
                Some(0) => "the entity key",
                Some(1) => "the second key",
                Some(2) => "the third key",
                Some(_) => "a further key",
                None => "the period key",
            },
        }
    }

    pub(super) fn takes(&self, holds: &Holds) -> bool {
        match (self.input.map(|input| &input.kind), holds) {
            (_, Holds::Cells) => true,
            (_, Holds::Other(_)) => false,
            (Some(InputKind::Number), holds) => *holds == Holds::Numbers,
            (Some(InputKind::Truth | InputKind::Verification { .. }), holds) => {
                *holds != Holds::Dates
            }
            (Some(_), _) => false,
            (None, Holds::Numbers) => true,
            (None, holds) => self.what == PERIOD && *holds == Holds::Dates,
        }
    }
}

pub(super) const PERIOD: &str = "period key";

/// What a key is called by its place.
pub(super) fn key_word(place: usize) -> &'static str {
    match place {
        0 => "entity key",
        1 => "second key",
        2 => "third key",
        _ => "further key",
    }
}

/// The keys of what rows are about, the period key where there is one, then the inputs.
pub(super) fn wanted<'p>(
    plan: &'p Plan,
    map: &[(String, String)],
    several: bool,
) -> Vec<Wanted<'p>> {
    // What one file calls otherwise, another may call as the rules do.
    let own = |name: &String, declared: Option<&String>| {
        let names = declared.into_iter().chain([name]);
        names
            .filter(|_| several)
            .map(|name| (name.clone(), None))
            .collect::<Vec<_>>()
    };
    let column = |name: &str, declared: Option<&String>| {
        let mapped = map
            .iter()
            .find(|(from, _)| from == name)
            .map(|(_, column)| column);
        mapped
            .or(declared)
            .map_or_else(|| name.to_owned(), Clone::clone)
    };
    let panel = &plan.panel;
    let keys = panel.keys.iter().enumerate().map(|(place, key)| Wanted {
        name: &key.name,
        what: key_word(place),
        key: Some(place),
        column: column(&key.name, key.column.as_ref()),
        two: None,
        instead: own(&key.name, key.column.as_ref()),
        input: None,
    });
    let period = panel.period.map(|kind| {
        let declared = panel.period_column.as_ref();
        let mapped = map.iter().find(|(from, _)| *from == panel.period_name);
        let two = match mapped {
            Some((_, columns)) => columns.split_once(','),
            None => declared
                .zip(panel.period_within.as_ref())
                .map(|(year, within)| (year.as_str(), within.as_str())),
        };
        let two = two.map(|(year, within)| [year.trim().to_owned(), within.trim().to_owned()]);
        let mut instead = own(
            &panel.period_name,
            declared.filter(|_| panel.period_within.is_none()),
        );
        let long = [
            PeriodKind::Week(Weekday::of(kind)),
            PeriodKind::Month,
            PeriodKind::Quarter,
            PeriodKind::Year,
        ];
        let long = long
            .into_iter()
            .filter(|long| period::most_within(*long, kind).is_some());
        let long = long.map(|long| (period::kind_name(long).to_owned(), Some(long)));
        instead.extend(long.filter(|_| several));
        Wanted {
            name: &panel.period_name,
            what: PERIOD,
            key: None,
            column: match &two {
                Some(two) => two.join(","),
                None => column(&panel.period_name, declared),
            },
            two,
            instead,
            input: None,
        }
    });
    let inputs = plan.inputs.iter();
    // What is read from a key has no column of its own.
    let inputs = inputs.filter(|input| input.kind.has_column());
    let inputs = inputs.map(|input| Wanted {
        name: &input.name,
        what: "indicator",
        key: None,
        column: column(&input.name, input.column.as_ref()),
        two: None,
        instead: Vec::new(),
        input: Some(input),
    });
    keys.chain(period).chain(inputs).collect()
}

/// The names of the columns that the rules read, each once, keys first: for formats whose rows
/// name their own cells. `first` are the names in the first row.
pub(super) fn wanted_columns(plan: &Plan, options: &BindOptions, first: &[&str]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !columns.iter().any(|known| known == name) {
            columns.push(name.to_owned());
        }
    };
    for wanted in wanted(plan, &options.map, options.several) {
        let own = wanted.names(|name| first.contains(&name));
        let other = wanted.instead.iter().map(|(name, _)| name);
        let other = other.clone().find(|name| first.contains(&name.as_str()));
        let may_lack = wanted.what == PERIOD || wanted.key.is_some_and(|key| key > 0);
        let timeless = options.several && may_lack;
        match (own, other) {
            (Some(names), _) => names.into_iter().for_each(&mut add),
            (None, Some(other)) => add(other),
            (None, None) if timeless => {}
            (None, None) => {
                let names = wanted.two().map_or(vec![wanted.column.as_str()], Vec::from);
                names.into_iter().for_each(&mut add);
            }
        }
    }
    columns
}

/// The columns in their places, those that nothing asks for without a name.
pub(super) fn asked_alone(plan: &Plan, options: &BindOptions, columns: Vec<Column>) -> Vec<Column> {
    let wanted = wanted(plan, &options.map, options.several);
    let is_asked = |name: &str| {
        wanted.iter().any(|wanted| {
            let mut instead = wanted.instead.iter();
            let two = wanted.two();
            wanted.column == name
                || two.is_some_and(|two| two.contains(&name))
                || instead.any(|(other, _)| other == name)
        })
    };
    let columns = columns.into_iter().map(|column| {
        if is_asked(&column.name) {
            column
        } else {
            Column {
                name: String::new(),
                holds: Holds::Cells,
                unit: None,
            }
        }
    });
    columns.collect()
}

/// Tells the entries of `--map` that do nothing.
///
/// # Errors
/// If there are any.
pub fn check_map(plan: &Plan, map: &[(String, String)]) -> Result<(), Reports> {
    check_map_of(plan, map, |_| None)
}

/// The same for entries of recipes; `recipe` says which one an entry stands in.
///
/// # Errors
/// As for [`check_map`].
pub fn check_map_of(
    plan: &Plan,
    map: &[(String, String)],
    recipe: impl Fn(&(String, String)) -> Option<Span>,
) -> Result<(), Reports> {
    let mut reports = Reports::default();
    let wanted = wanted(plan, map, false);
    for (at, entry) in map.iter().enumerate() {
        let (name, column) = entry;
        let known = wanted.iter().any(|wanted| wanted.name == name);
        let twice = map.iter().take(at).any(|(earlier, _)| earlier == name);
        if !known || twice {
            let suggestion = if known {
                None
            } else {
                suggest(name, wanted.iter().map(|wanted| wanted.name)).map(str::to_owned)
            };
            reports.add(UnknownMapping {
                name: name.clone(),
                column: column.clone(),
                twice: known && twice,
                suggestion,
                recipe: recipe(entry),
                key: "map",
            });
        }
    }
    if reports.is_empty() {
        Ok(())
    } else {
        Err(reports)
    }
}

/// What events are summed up to has the name of an indicator, or of its column; one that almost has is a slip.
///
/// # Errors
/// Each that only almost has one.
pub fn check_sums_of(
    plan: &Plan,
    sums: &[(String, String)],
    map: &[(String, String)],
    recipe: Option<Span>,
) -> Result<(), Reports> {
    let mut reports = Reports::default();
    let wanted = wanted(plan, map, false);
    for (name, column) in sums {
        if wanted
            .iter()
            .any(|one| one.name == name || one.column == *name)
        {
            continue;
        }
        let open = wanted
            .iter()
            .map(|one| one.name)
            .filter(|known| sums.iter().all(|(other, _)| other != known));
        if let Some(near) = suggest(name, open) {
            reports.add(UnknownMapping {
                name: name.clone(),
                column: column.clone(),
                twice: false,
                suggestion: Some(near.to_owned()),
                recipe,
                key: "sum",
            });
        }
    }
    if reports.is_empty() {
        Ok(())
    } else {
        Err(reports)
    }
}

/// Tells crosswalks of what is no key that could be translated, and those of one key after another.
///
/// `crosswalks` are the keys with the tables as they are written; `recipe` says in which one an entry stands.
///
/// # Errors
/// If there are any.
pub fn check_crosswalks(
    plan: &Plan,
    map: &[(String, String)],
    crosswalks: &[(String, String)],
    recipe: impl Fn(&(String, String)) -> Option<Span>,
) -> Result<(), Reports> {
    let mut reports = Reports::default();
    let columns = key_names(plan, map);
    let panel = &plan.panel;
    let keys: Vec<String> = panel.keys.iter().map(|key| key.name.clone()).collect();
    let key_of = |name: &String| columns.key_of(plan, name);
    for (at, entry) in crosswalks.iter().enumerate() {
        let (name, table) = entry;
        let key = key_of(name);
        let mut earlier = crosswalks.iter().take(at);
        let twice = key.is_some() && earlier.any(|(other, _)| key_of(other) == key);
        if key.is_some() && !twice {
            continue;
        }
        let suggestion = match key {
            Some(_) => None,
            None => suggest(name, keys.iter().map(String::as_str)).map(str::to_owned),
        };
        reports.add(CrosswalkOfNoKey {
            name: name.clone(),
            table: table.clone(),
            is_period: columns.period.contains(name) || *name == panel.period_name,
            twice,
            keys: keys.clone(),
            suggestion,
            recipe: recipe(entry),
        });
    }
    if reports.is_empty() {
        Ok(())
    } else {
        Err(reports)
    }
}

/// The columns that indicators are read from, as `--map` and the rules name them.
#[must_use]
pub fn indicator_columns(plan: &Plan, map: &[(String, String)]) -> Vec<String> {
    let wanted = wanted(plan, map, false).into_iter();
    let indicators = wanted.filter(|wanted| wanted.input.is_some());
    indicators.map(|wanted| wanted.column).collect()
}

/// The columns that the keys of a table are read from: the first of each list that there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyNames {
    /// For each key of what rows are about.
    pub keys: Vec<Vec<String>>,
    pub period: Vec<String>,
    two: Option<[String; 2]>,
    has_period: bool,
}

impl KeyNames {
    /// The columns of a period that is made of two.
    #[must_use]
    pub fn two(&self) -> Option<&[String; 2]> {
        self.two.as_ref()
    }

    /// Which of the keys of what rows are about a name is: itself, or a column that it is read from.
    #[must_use]
    pub fn key_of(&self, plan: &Plan, name: &String) -> Option<usize> {
        let mut own = plan.panel.keys.iter();
        own.position(|key| key.name == *name)
            .or_else(|| self.keys.iter().rposition(|names| names.contains(name)))
    }

    #[must_use]
    pub fn has_period(&self) -> bool {
        self.has_period
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        let two = self.two.iter().flatten();
        let keys = self.keys.iter().flatten();
        keys.chain(&self.period).chain(two)
    }
}

/// Which columns the keys are read from, as `--map` and the rules name them.
#[must_use]
pub fn key_names(plan: &Plan, map: &[(String, String)]) -> KeyNames {
    let mut names = KeyNames {
        has_period: plan.panel.period.is_some(),
        ..KeyNames::default()
    };
    for wanted in wanted(plan, map, false) {
        let mut all = vec![wanted.column.clone()];
        all.extend(wanted.instead.iter().map(|(name, _)| name.clone()));
        if wanted.key.is_some() {
            names.keys.push(all);
        } else if wanted.what == PERIOD {
            names.two.clone_from(&wanted.two);
            names.period = all;
        }
    }
    names
}
