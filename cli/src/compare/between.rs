//! What lies between two runs: rules, data, settings, and the results.

use super::calendars::other_periods;
use super::read_otherwise;
use super::recorded::{self, Stands};
use super::revised::{Revised, words_as, words_of};
use super::shown::ComparisonView;
use super::side::Side;
use crate::args::RunArgs;
use crate::failure::Failure;
use crate::manifest::Before;
use crate::words::{count, list};
use forewarn_compiler::Settings;
use forewarn_compiler::difference::Pair;
use forewarn_compiler::disk::DiskFiles;
use forewarn_plan::classification::Classification;
use forewarn_plan::tests::Tolerance;
use forewarn_runtime::comparison::{
    Changes, Effects, Table, Variants, compare, of_tables, shown_period, table_of,
};
use forewarn_runtime::period::PeriodForm;
use std::collections::{HashMap, HashSet};

/// How near a number in a file has to be to the one that the run gives.
const AS_WRITTEN: Tolerance = Tolerance::Relative(1e-9);

pub struct Between<'a> {
    first: &'a Side,
    second: &'a Side,
    tolerance: Option<Tolerance>,
}

/// What is known of causes.
struct Caused {
    rules: String,
    data: Vec<String>,
    effects: Effects,
    changes: Vec<String>,
    period: Option<PeriodForm>,
    values: Vec<Vec<super::revised::Value>>,
}

/// Why causes are not told.
enum NoCauses {
    Told(String),
    /// Nothing can be compared.
    Refused(Failure),
}

impl From<String> for NoCauses {
    fn from(why: String) -> Self {
        Self::Told(why)
    }
}

impl From<&str> for NoCauses {
    fn from(why: &str) -> Self {
        Self::Told(why.to_owned())
    }
}

impl<'a> Between<'a> {
    pub fn new(first: &'a Side, second: &'a Side, tolerance: Option<Tolerance>) -> Self {
        Self {
            first,
            second,
            tolerance,
        }
    }

    /// Compares them.
    ///
    /// # Errors
    /// Results that cannot be read.
    pub fn compare(&self, limit: usize) -> Result<ComparisonView, Failure> {
        self.hold_weeks()?;
        let (one, other, moved) = recorded::both(self.first, self.second)?;
        let caused = match self.caused(&one, &other) {
            Err(NoCauses::Refused(failure)) => return Err(failure),
            Err(NoCauses::Told(why)) => Err(why),
            Ok(caused) => Ok(caused),
        };
        // Params that were set are among the changes, where these are known.
        let mut further = self.settings(caused.is_err());
        let shown = |side: &Side| side.shown.clone();
        Ok(match caused {
            Ok(caused) => ComparisonView {
                first: shown(self.first),
                second: shown(self.second),
                rules: caused.rules,
                data: caused.data,
                further,
                effects: caused.effects,
                changes: caused.changes,
                period: caused.period,
                limit,
                values: caused.values,
                moved,
            },
            Err(why) => {
                further.push(format!("causes are not told: {why}"));
                let effects = of_tables(&one.table, &other.table, self.tolerance);
                let values = effects.effects.iter().map(|_| Vec::new()).collect();
                ComparisonView {
                    first: shown(self.first),
                    second: shown(self.second),
                    rules: self.rules_in_words(),
                    data: vec![self.data_in_words()],
                    further,
                    effects,
                    changes: Vec::new(),
                    period: None,
                    limit,
                    values,
                    moved,
                }
            }
        })
    }

    fn args(&self) -> Option<(&RunArgs, &RunArgs)> {
        self.first.args.as_ref().zip(self.second.args.as_ref())
    }

    /// Where each has on record from which day weeks are counted, that is the same.
    fn hold_weeks(&self) -> Result<(), Failure> {
        match (self.first.weeks(), self.second.weeks()) {
            (Some(first), Some(second)) if first != second => Err(other_periods(
                (&self.first.shown, first),
                (&self.second.shown, second),
            )),
            _ => Ok(()),
        }
    }

    /// The results with their causes, or why they cannot be had.
    fn caused(&self, one: &Stands, other: &Stands) -> Result<Caused, NoCauses> {
        for side in [self.first, self.second] {
            if side.recorded.is_none() {
                return Err(format!("{} has no manifest beside it", side.shown).into());
            }
            if side.results_changed {
                return Err(
                    format!("{} is not as its run wrote it", side.results.display()).into(),
                );
            }
            let gone: Vec<String> = side
                .rules_gone
                .iter()
                .chain(&side.data_gone)
                .cloned()
                .collect();
            if !gone.is_empty() {
                return Err(format!("of {}, {}", side.shown, list(&gone, 4)).into());
            }
        }
        let (first, second) = self.args().ok_or("a manifest lacks")?;
        if first.goalposts.is_some() || second.goalposts.is_some() {
            return Err("goalposts were given to one of the runs".into());
        }
        let settings = |args: &RunArgs| Settings {
            set: args.set.clone(),
            map: args.data.reading.map.clone(),
            ..Settings::default()
        };
        let pair = Pair::read_given(
            (&first.rules, &settings(first), &DiskFiles),
            (&second.rules, &settings(second), &DiskFiles),
        );
        let pair = pair.map_err(|_| "the rules do not hold together as this version reads them")?;
        let audiences = [first, second].map(|args| args.audience.audience);
        let audience = audiences.into_iter().flatten().min();
        let all: Changes = (0..pair.units().len()).collect();
        let kinds = [&Changes::new(), &all].map(|made| {
            let plans = pair.plan(made, audience.unwrap_or(Classification::Confidential));
            plans.and_then(|(plan, _)| plan.panel.period)
        });
        if let [Some(first), Some(second)] = kinds
            && first != second
        {
            let (one, other) = (&self.first.shown, &self.second.shown);
            return Err(NoCauses::Refused(other_periods(
                (one, first),
                (other, second),
            )));
        }
        let rows: HashSet<String> = one.words.iter().chain(&other.words).cloned().collect();
        let columns = |stands: &Stands| {
            stands
                .table
                .columns
                .iter()
                .map(|(name, _)| name.clone())
                .collect::<Vec<_>>()
        };
        let columns: HashSet<String> = columns(one).into_iter().chain(columns(other)).collect();
        let revised = Revised::new(
            &pair,
            (&first.data, &second.data),
            self.read_otherwise(),
            audience.unwrap_or(Classification::Confidential),
            (&rows, &columns),
        );
        let cannot = "the data cannot be read as these rules read them";
        let revised = revised.map_err(|_| cannot.to_owned())?;
        let all: Changes = (0..revised.count()).collect();
        for (made, stands, side, args) in [
            (Changes::new(), one, self.first, first),
            (all, other, self.second, second),
        ] {
            let table = table_of(&revised, &made).ok().flatten();
            let table = table.ok_or_else(|| cannot.to_owned())?;
            let form = pair_period(&revised, &made);
            if !gives(&table, form, stands, args) {
                return Err(format!(
                    "the rules and data on record no longer give the results of {}",
                    side.shown
                )
                .into());
            }
        }
        let effects = compare(&revised, self.tolerance).map_err(|_| cannot.to_owned())?;
        let values = effects
            .effects
            .iter()
            .map(|effect| revised.of(effect))
            .collect();
        let mut data = revised.lines();
        if !data.is_empty() {
            data.extend(revised.mingled());
        }
        let same_files = self.first.data() == self.second.data();
        let data = match (data.is_empty(), same_files) {
            (false, _) => data,
            (true, true) => vec!["data: the same".to_owned()],
            (true, false) => {
                vec!["data: other files, and nothing that the rules read differs".to_owned()]
            }
        };
        Ok(Caused {
            rules: rules(&pair),
            data,
            changes: revised.changes(),
            period: pair_period(&revised, &Changes::new()),
            effects,
            values,
        })
    }

    /// How the second run read its data otherwise than the first.
    fn read_otherwise(&self) -> Option<String> {
        let recorded = |side: &'a Side| Some(&side.recorded.as_ref()?.document.reading);
        read_otherwise::in_words(recorded(self.first)?, recorded(self.second)?)
    }

    fn rules_in_words(&self) -> String {
        let digests = [self.first, self.second].map(|side| side.rules());
        let gone = [self.first, self.second]
            .into_iter()
            .flat_map(|side| &side.rules_gone);
        let gone: Vec<String> = gone.cloned().collect();
        match digests {
            [Some(one), Some(other)] if one == other => "the same on record".to_owned(),
            [Some(_), Some(_)] if !gone.is_empty() => {
                format!("others on record; not at hand: {}", list(&gone, 4))
            }
            [Some(_), Some(_)] => "others on record".to_owned(),
            _ => "not known: a run has no manifest beside its results".to_owned(),
        }
    }

    fn data_in_words(&self) -> String {
        let digests = [self.first, self.second].map(|side| side.data());
        let gone = [self.first, self.second]
            .into_iter()
            .flat_map(|side| &side.data_gone);
        let gone: Vec<String> = gone.cloned().collect();
        match digests {
            [Some(one), Some(other)] if one == other => "data: the same on record".to_owned(),
            [Some(_), Some(_)] if !gone.is_empty() => {
                format!("data: others on record; not at hand: {}", list(&gone, 4))
            }
            [Some(_), Some(_)] => "data: others on record".to_owned(),
            _ => "data: not known".to_owned(),
        }
    }

    /// How else the runs differ.
    fn settings(&self, with_params: bool) -> Vec<String> {
        let (Some(one), Some(other)) = (&self.first.recorded, &self.second.recorded) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        // What was before the data is among the changes too.
        let before = [&one.document.state, &other.document.state];
        if with_params && before[0] != before[1] {
            let [first, second] = before.map(|state| before_in_words(state.as_ref()));
            lines.push(format!("before the data: {first} → {second}"));
        }
        let versions = (&one.document.forewarn, &other.document.forewarn);
        if versions.0 != versions.1 {
            lines.push(format!("program: {} → {}", versions.0, versions.1));
        }
        let Some((first, second)) = self.args() else {
            return lines;
        };
        let set = |args: &RunArgs| {
            let set = args
                .set
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            let set: Vec<String> = set.collect();
            if set.is_empty() {
                "none".to_owned()
            } else {
                set.join(" ")
            }
        };
        if with_params && first.set != second.set {
            lines.push(format!(
                "params that were set: {} → {}",
                set(first),
                set(second)
            ));
        }
        let audience = |args: &RunArgs| {
            args.audience
                .audience
                .map_or("whoever may see all", Classification::word)
        };
        if audience(first) != audience(second) {
            lines.push(format!(
                "audience: {} → {}",
                audience(first),
                audience(second)
            ));
        }
        if first.entity != second.entity
            || first.period != second.period
            || first.columns != second.columns
        {
            lines.push("the runs wrote other rows or columns".to_owned());
        }
        lines
    }
}

/// What a run was told of what was before its data.
fn before_in_words(state: Option<&Before>) -> String {
    match state {
        None => "not said".to_owned(),
        Some(Before::Nothing) => "`--state none`".to_owned(),
        Some(Before::Run(file)) => format!("`--state {}`", file.path.display()),
    }
}

/// What differs in the rules, in few words.
fn rules(pair: &Pair) -> String {
    let units = pair.units();
    let (first, second) = pair.titles();
    match units {
        [] if first == second => format!("the same ({first})"),
        [] => format!("the same by meaning ({first}, {second})"),
        units => {
            let words: Vec<String> = units.iter().map(|unit| unit.words.clone()).collect();
            format!("{}: {}", count(units.len(), "change"), list(&words, 4))
        }
    }
}

fn pair_period(revised: &Revised<'_>, made: &Changes) -> Option<PeriodForm> {
    let variant = revised.plan(made)?;
    let bound = revised.data(&variant, made).ok()?;
    bound.panel.form(variant.plan.panel.period)
}

/// Does a run give what stands in its file?
fn gives(table: &Table, form: Option<PeriodForm>, stands: &Stands, args: &RunArgs) -> bool {
    let keys = table.keys.iter().zip(0..);
    let rows: HashMap<String, usize> = keys
        .flat_map(|(key, row)| {
            let spelt = words_as(key, &shown_period(form, key.period));
            [
                (words_of(key, form.map(|form| form.kind)), row),
                (spelt, row),
            ]
        })
        .collect();
    let is_worded = args.labels || args.lang.lang.is_some();
    stands.table.columns.iter().all(|(name, column)| {
        if !table.columns.iter().any(|(known, _)| known == name) {
            // The bounds of levels stand in one column here; what an audience may not see in none.
            return true;
        }
        (0..stands.words.len()).all(|row| {
            let place = stands.words.get(row).and_then(|words| rows.get(words));
            place.is_some_and(|place| {
                let (written, given) = (column.cell(row), table.cell_of(name, *place));
                written.is_same(&given, AS_WRITTEN)
                    || (is_worded && given.is_word())
                    || (written.is_missing() && given.is_undetermined())
            })
        })
    })
}
