//! Recipes: how files are read, written down once.
//!
//! In: `[[data]]` of a package, or the options of a command. Out: the same as data ([`Recipe`]), and
//! the rows of files put in the form that the rules read ([`Pipe`]). Every step takes rows one by one;
//! those that must see all of them before they can give any (long tables, events that are summed up,
//! files that are stacked) keep what they give and say so.

mod countries;
mod crosswalk;
mod expect;
mod filter;
mod frame;
mod gather;
mod in_name;
mod marks;
mod naming;
mod pipe;
mod shape;
mod slot;
mod toml;
mod unlike;
mod words;
mod write;

pub(crate) use countries::is_iso3;
pub use crosswalk::Crosswalk;
pub use filter::Filter;
pub use frame::FrameRecipe;
pub(crate) use frame::{Frame, Is, hxl_tags, is_sep};
pub use gather::{Summed, When};
pub use in_name::InName;
pub(crate) use marks::{flag_of, marked_period};
pub(crate) use naming::{month_in, period_by, period_in};
pub(crate) use pipe::{Pipe, is_event_id, is_heading};
pub(crate) use shape::only_indicator;
pub use shape::{Shape, WidePattern};
pub use toml::{Source, header_words, read as read_toml, thousands_of, wide_of};
pub use words::WordsSlip;
pub use write::{
    Line as RecipeLine, lines as recipe_lines, options as recipe_options, quoted as toml_text,
};

use crate::format::Format;
use crate::withheld::Withheld;
use encoding_rs::Encoding;
use forewarn_diagnostics::source::Span;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{Decimal, KeyStep};
use forewarn_runtime::period::Written;
use std::collections::BTreeMap;

/// How files of one kind are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recipe {
    pub name: Option<String>,
    /// Where it is written down.
    pub span: Option<Span>,
    /// Where each of its keys is.
    pub places: BTreeMap<String, Span>,
    pub format: Option<Format>,
    pub encoding: Option<&'static Encoding>,
    pub delimiter: Option<u8>,
    /// A sheet of a workbook, by its name or its number from 1.
    pub sheet: Option<String>,
    /// The cells of a sheet that are the table: `A4:Z220`.
    pub range: Option<String>,
    pub frame: FrameRecipe,
    /// What columns are called, and what they are called in other files of the same kind.
    pub rename: Vec<(String, String)>,
    /// Where the names of files or sheets say the period of all their rows.
    pub named: Option<InName>,
    pub decimal: Option<Decimal>,
    pub thousands: Option<char>,
    pub flags: bool,
    pub multiples: bool,
    /// Brackets around a number make it negative.
    pub brackets: bool,
    pub missing: Vec<String>,
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Names of levels and categories with words that stand for them.
    pub words: Vec<(String, String)>,
    pub lenient: bool,
    /// Columns whose empty cells have what stands above them.
    pub fill: Vec<String>,
    /// Which rows are read.
    pub rows: Option<Filter>,
    pub shape: Shape,
    /// Events are summed up to rows: what each column is made of.
    pub sum: Vec<(String, Summed)>,
    /// The columns that name an event, which is summed up once.
    pub once: Vec<String>,
    /// What becomes of a row that is there twice.
    pub when: Option<When>,
    pub map: Vec<(String, String)>,
    pub keys: Vec<KeyStep>,
    /// Keys that are translated, each by a table.
    pub crosswalks: Vec<(String, Crosswalk)>,
    pub except: Vec<String>,
    pub period: Option<Written>,
    /// Further ways in which periods are written.
    pub periods: Vec<Written>,
    /// What is expected of the data.
    pub expect: Vec<Filter>,
}

impl Recipe {
    /// Where a key is written down, or else the recipe.
    #[must_use]
    pub fn at(&self, key: &str) -> Option<Span> {
        self.places.get(key).copied().or(self.span)
    }

    /// Does a column of a file hold nothing but what an audience may not see?
    pub(crate) fn withholds(&self, withheld: &Withheld, plan: &Plan, column: &str) -> bool {
        // Something that may be seen is made of it.
        let reads = |name: &str| crate::withheld::is_read(plan, &[], name);
        let shows = |name: &str| reads(name) && !withheld.target(plan, name);
        let made_of = || {
            let sums = self.sum.iter().filter_map(|(name, of)| match of {
                Summed::Column(of) if of == column => Some(name.as_str()),
                Summed::Column(_) | Summed::Count => None,
            });
            let map = self.map.iter().filter(|(_, of)| of == column);
            sums.chain(map.map(|(name, _)| name.as_str()))
        };
        if (reads(column) && !withheld.source(plan, column)) || made_of().any(shows) {
            return false;
        }
        let wide = match &self.shape {
            Shape::Wide { .. } => self.indicator_of(column),
            Shape::Plain | Shape::Long { .. } | Shape::Entities { .. } | Shape::Periods { .. } => {
                None
            }
        };
        if let Some(name) = wide {
            return withheld.target(plan, &name) || withheld.source(plan, &name);
        }
        withheld.source(plan, column) || made_of().any(|name| withheld.target(plan, name))
    }

    /// What of a recipe asks for a column that an audience may not see: `rows`, `expect`, what tells events or
    /// indicators apart, a table of keys, or what gives its cells to something that the audience sees.
    pub(crate) fn asks_for_withheld(
        &self,
        withheld: &Withheld,
        plan: &Plan,
    ) -> Option<&'static str> {
        let asks = |filter: &Filter| {
            let mut columns = filter.columns().into_iter();
            columns.any(|column| self.withholds(withheld, plan, &column))
        };
        if self.rows.iter().any(asks) {
            Some("rows")
        } else if self.expect.iter().any(asks) {
            Some("expect")
        } else {
            self.tells_apart(withheld, plan)
                .or_else(|| self.opens(withheld, plan))
        }
    }

    /// What of a recipe goes by the cells of a column that an audience may not see, whatever becomes of them.
    fn tells_apart(&self, withheld: &Withheld, plan: &Plan) -> Option<&'static str> {
        let is_withheld = |name: &String| withheld.source(plan, name);
        let named = match &self.shape {
            Shape::Plain | Shape::Wide { .. } => None,
            Shape::Long { name, .. } => Some(name),
            Shape::Periods { name, .. } | Shape::Entities { name, .. } => name.as_ref(),
        };
        let mut tables = self.crosswalks.iter();
        if self.once.iter().any(is_withheld) {
            Some("once")
        } else if named.is_some_and(is_withheld) {
            Some("shape")
        } else if tables.any(|(_, table)| table.columns().into_iter().any(is_withheld)) {
            Some("keys")
        } else {
            None
        }
    }

    /// What of a recipe gives a column, or a name among the cells of a long table, that an audience may not see
    /// to a key or an indicator that it sees.
    fn opens(&self, withheld: &Withheld, plan: &Plan) -> Option<&'static str> {
        let ways = || {
            let map = self.map.iter();
            let map = map.map(|(to, from)| ("map", to.as_str(), from.as_str()));
            let sums = self.sum.iter().filter_map(|(to, of)| match of {
                Summed::Column(from) => Some(("sum", to.as_str(), from.as_str())),
                Summed::Count => None,
            });
            let keys = match &self.shape {
                Shape::Plain | Shape::Wide { .. } => &[][..],
                Shape::Long { keys, .. }
                | Shape::Periods { keys, .. }
                | Shape::Entities { keys, .. } => keys,
            };
            let keys = keys.iter();
            let keys = keys.map(|(from, to)| ("keys", to.as_str(), from.as_str()));
            let renamed = self.rename.iter();
            let renamed = renamed.map(|(from, to)| ("rename", to.as_str(), from.as_str()));
            map.chain(sums).chain(keys).chain(renamed)
        };
        // What works out a declassified value reads what is withheld, under its own name.
        let is_own = |name: &str| withheld.is_own(plan, name);
        let closed = |from: &str| {
            withheld.source(plan, from) || ways().any(|(_, to, of)| of == from && is_own(to))
        };
        let mut ways = ways();
        ways.find_map(|(key, to, from)| (!is_own(to) && closed(from)).then_some(key))
    }

    /// The indicator that a column's name tells by its pattern.
    fn indicator_of(&self, column: &str) -> Option<String> {
        let columns = [column.to_owned()];
        let naming = naming::Naming {
            ways: &self.ways(),
            years: false,
            flags: self.flags,
        };
        let held = shape::held(&self.shape, &columns, "", naming);
        held.into_iter().next().map(|held| held.indicator)
    }

    /// All ways in which periods are said to be written.
    pub(crate) fn ways(&self) -> Vec<Written> {
        self.period.iter().chain(&self.periods).copied().collect()
    }

    /// Which part of a workbook is named, where one is: `sheet` or `range`.
    pub(crate) fn part_of_workbook(&self) -> Option<&'static str> {
        match (&self.sheet, &self.range) {
            (Some(_), _) => Some("sheet"),
            (None, Some(_)) => Some("range"),
            (None, None) => None,
        }
    }

    /// Does a file need no step between its reader and the panel?
    pub(crate) fn is_plain(&self) -> bool {
        self.rows.is_none()
            && self.fill.is_empty()
            && self.rename.is_empty()
            && self.named.is_none()
            && self.shape == Shape::Plain
            && self.sum.is_empty()
            && self.once.is_empty()
            && self.when.is_none()
            && self.crosswalks.is_empty()
            // What is asked of a column needs every row of it.
            && (self.expect.iter())
                .all(|expected| expect::is_about_all(expected) && expected.shares().is_empty())
    }

    /// The names of columns that the rules can read, of a file with these columns.
    pub(crate) fn columns_made(&self, names: &[String]) -> Vec<String> {
        let mut all = names.to_vec();
        self.rename_in(&mut all);
        match &self.shape {
            // The cells tell.
            Shape::Plain | Shape::Long { .. } => {}
            Shape::Periods { value, .. } | Shape::Entities { value, .. } => {
                all.extend(value.clone())
            }
            Shape::Wide { .. } => {
                all.extend(names.iter().filter_map(|name| self.indicator_of(name)));
            }
        }
        let is_there = |column: &String| names.contains(column);
        let summed = self.sum.iter().filter(|(_, of)| match of {
            Summed::Count => true,
            Summed::Column(column) => is_there(column),
        });
        all.extend(summed.map(|(name, _)| name.clone()));
        let mapped = self.map.iter().filter(|(_, column)| is_there(column));
        all.extend(mapped.map(|(name, _)| name.clone()));
        all
    }

    /// Calls columns as other files of the same kind do, where a file has none of that name.
    pub(crate) fn rename_in(&self, names: &mut [String]) {
        for (from, to) in &self.rename {
            if !names.contains(to)
                && let Some(name) = names.iter_mut().find(|name| *name == from)
            {
                name.clone_from(to);
            }
        }
    }

    /// Must all rows have been seen before any can be given?
    pub(crate) fn gathers(&self) -> bool {
        self.shape.gathers() || !self.sum.is_empty() || self.when.is_some()
    }

    /// The recipe with what is said here in place of what it says.
    #[must_use]
    pub fn with(&self, over: &Self) -> Self {
        let lists = |own: &Vec<String>, over: &Vec<String>| {
            let mut all = own.clone();
            all.extend(over.iter().filter(|word| !own.contains(word)).cloned());
            all
        };
        let mut map = over.map.clone();
        let own = self.map.iter();
        map.extend(
            own.filter(|(name, _)| !over.map.iter().any(|(other, _)| other == name))
                .cloned(),
        );
        let mut crosswalks = over.crosswalks.clone();
        let own = self.crosswalks.iter();
        crosswalks.extend(
            own.filter(|(name, _)| !over.crosswalks.iter().any(|(other, _)| other == name))
                .cloned(),
        );
        Self {
            name: self.name.clone().or_else(|| over.name.clone()),
            span: self.span.or(over.span),
            places: self.places.clone(),
            format: over.format.or(self.format),
            encoding: over.encoding.or(self.encoding),
            delimiter: over.delimiter.or(self.delimiter),
            sheet: over.sheet.clone().or_else(|| self.sheet.clone()),
            range: over.range.clone().or_else(|| self.range.clone()),
            frame: if over.frame == FrameRecipe::default() {
                self.frame.clone()
            } else {
                over.frame.over(&self.frame)
            },
            named: over.named.clone().or_else(|| self.named.clone()),
            rename: {
                let mut all = over.rename.clone();
                let own = self.rename.iter();
                all.extend(own.filter(|one| !over.rename.contains(one)).cloned());
                all
            },
            decimal: over.decimal.or(self.decimal),
            thousands: over.thousands.or(self.thousands),
            flags: over.flags || self.flags,
            multiples: over.multiples || self.multiples,
            brackets: over.brackets || self.brackets,
            missing: lists(&self.missing, &over.missing),
            yes: lists(&self.yes, &over.yes),
            no: lists(&self.no, &over.no),
            words: {
                let mut words = self.words.clone();
                words.extend(
                    over.words
                        .iter()
                        .filter(|one| !self.words.contains(one))
                        .cloned(),
                );
                words
            },
            lenient: over.lenient || self.lenient,
            fill: lists(&self.fill, &over.fill),
            rows: over.rows.clone().or_else(|| self.rows.clone()),
            shape: if over.shape == Shape::Plain {
                self.shape.clone()
            } else {
                over.shape.clone()
            },
            sum: if over.sum.is_empty() {
                self.sum.clone()
            } else {
                over.sum.clone()
            },
            once: if over.once.is_empty() {
                self.once.clone()
            } else {
                over.once.clone()
            },
            when: over.when.or(self.when),
            map,
            keys: {
                let mut keys = self.keys.clone();
                keys.extend(over.keys.iter().filter(|step| !self.keys.contains(step)));
                keys
            },
            crosswalks,
            except: lists(&self.except, &over.except),
            period: over.period.or(self.period),
            periods: match over.period {
                Some(_) => over.periods.clone(),
                None => self.periods.clone(),
            },
            expect: self.expect.iter().chain(&over.expect).cloned().collect(),
        }
    }
}

/// The number before a flag: `8.2` of `8.2 p`.
pub(crate) fn without_flag(text: &str) -> Option<&str> {
    forewarn_runtime::bind::flagged(text).map(|(number, _)| number)
}

impl FrameRecipe {
    /// What is said here, and of the rest what another says.
    fn over(&self, other: &Self) -> Self {
        let pick = |own: &Vec<String>, other: &Vec<String>| {
            if own.is_empty() {
                other.clone()
            } else {
                own.clone()
            }
        };
        Self {
            skip: if self.skip > 0 { self.skip } else { other.skip },
            header: pick(&self.header, &other.header),
            header_rows: self.header_rows.max(other.header_rows),
            units_row: self.units_row || other.units_row,
            comment: self.comment.clone().or_else(|| other.comment.clone()),
            footer: pick(&self.footer, &other.footer),
        }
    }
}
