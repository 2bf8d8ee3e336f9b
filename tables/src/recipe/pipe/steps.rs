//! A row on its way through the steps of a recipe.
//!
//! In: a row and where its cells go. Out: rows to the panel, or cells to the row of their key. What is withheld
//! goes first, so that nothing later depends on it: a row of a long table that is of an indicator which the
//! audience may not see is not there.

use super::layout::Layout;
use super::names::{Condition, RowNames};
use super::{Pipe, Summed};
use crate::grid::{Cells, Kept, KeptRow};
use crate::recipe::expect::is_about_all;
use crate::recipe::gather::{At, Gather, Key};
use forewarn_diagnostics::DataPlace;
use forewarn_plan::PeriodKind;
use forewarn_runtime::bind::{Decimal, Given, Line, flagged, says_otherwise};
use forewarn_runtime::causes::data::{Said, UnitsOtherwise};
use forewarn_runtime::period::{self, Period, Weekday};
use std::borrow::Cow;

impl<'p> Pipe<'p> {
    /// Does a row say something of an entity in a period? Then it is no row of units: keys are there, and either a
    /// period, which no row of units has, or values that can be read.
    pub(super) fn says_something(&self, row: &impl Cells) -> bool {
        let names_period = self.plan.panel.period.is_some()
            && self
                .layout
                .as_ref()
                .is_some_and(|layout| !layout.by_columns && !layout.period.is_empty());
        self.is_named(row) && (names_period || self.gives_values(row))
    }

    /// Has a row its keys?
    pub(super) fn is_named(&self, row: &impl Cells) -> bool {
        let Some(layout) = &self.layout else {
            return false;
        };
        let is_filled = |column: usize| !row.is_missing(column);
        let is_named = match layout.keys.first() {
            Some(first) => first.is_some_and(is_filled),
            // A series has no names.
            None => true,
        };
        is_named && self.is_dated(layout, row)
    }

    /// Has a row values, and can all of them be read?
    pub(super) fn gives_values(&self, row: &impl Cells) -> bool {
        let Some(layout) = &self.layout else {
            return false;
        };
        let is_filled = |column: usize| !row.is_missing(column);
        let values: Vec<usize> = (0..layout.names.len())
            .filter(|column| !layout.is_key(*column) && is_filled(*column))
            .filter(|column| {
                let held = layout.held.iter().any(|held| held.column == *column);
                let long = layout.long.is_some_and(|(_, value)| value == Some(*column));
                let name = layout.names.get(*column);
                held || long || name.is_some_and(|name| self.is_read(name))
            })
            .collect();
        let is_value = |column: &usize| {
            let name = layout.names.get(*column);
            let read = name.and_then(|name| self.read_by(name));
            let cell = row.cell(*column);
            match read {
                Some((input, percentage)) => {
                    self.reader.given(input, cell.counted(percentage)) != Given::Unreadable
                }
                None => self.reader.number(cell).is_some(),
            }
        };
        !values.is_empty() && values.iter().all(is_value)
    }

    /// Notes what a row of units says otherwise than the rules: thousands, millions, percent.
    pub(super) fn note_units(&mut self, number: u64, row: &impl Cells) {
        let Some(layout) = &self.layout else {
            return;
        };
        let file = self.files.last().cloned().unwrap_or_default();
        let columns = layout.names.iter().enumerate();
        let columns = columns.filter(|(column, _)| !layout.is_key(*column));
        for (column, name) in columns {
            let held = layout.held.iter().find(|held| held.column == column);
            let read_as = held.map_or(name, |held| &held.indicator);
            let Some((input, percentage)) = self.read_by(read_as) else {
                continue;
            };
            let text = row.text(column);
            if says_otherwise(&text, input, percentage) {
                self.units.push(UnitsOtherwise {
                    place: DataPlace {
                        file: file.clone(),
                        row: Some(number),
                        column: Some(name.clone()),
                        ..DataPlace::default()
                    },
                    said: Said::Row(text),
                    name: input.name.clone(),
                    unit: input.unit.clone(),
                });
            }
        }
    }

    /// Is the period of a row one, where it has one?
    fn is_dated(&self, layout: &Layout, row: &impl Cells) -> bool {
        if self.plan.panel.period.is_none() || layout.by_columns {
            return true;
        }
        match layout.period.as_slice() {
            [] => true,
            [column] => {
                let text = self.period_text(&Kept::of(row.cell(*column)));
                period::any(&text).is_some()
            }
            columns => columns
                .iter()
                .all(|column| self.reader.number(row.cell(*column)).is_some()),
        }
    }

    /// Takes a row through the steps of the recipe.
    pub(super) fn step(&mut self, number: u64, row: &impl Cells) {
        let Some(layout) = self.layout.take() else {
            return;
        };
        if layout.fill.is_empty() {
            self.step_in(&layout, number, row);
        } else {
            let filled = self.filled(&layout, row);
            self.step_in(&layout, number, &filled);
        }
        self.layout = Some(layout);
    }

    /// A row with what stands above its empty cells, in columns where that is said.
    fn filled(&mut self, layout: &Layout, row: &impl Cells) -> KeptRow {
        let mut kept = KeptRow::of(row);
        self.above.resize(layout.names.len(), Kept::Missing);
        for column in &layout.fill {
            let (Some(cell), Some(above)) =
                (kept.cells.get_mut(*column), self.above.get_mut(*column))
            else {
                continue;
            };
            if cell.is_missing() {
                cell.clone_from(above);
            } else {
                above.clone_from(cell);
            }
        }
        kept
    }

    fn step_in(&mut self, layout: &Layout, number: u64, row: &impl Cells) {
        let code = layout.long.map(|(name, _)| row.text(name));
        if let (Some(codes), Some(code)) = (&mut self.codes, &code) {
            if !codes.contains(code) {
                codes.insert(code.clone());
            }
            return;
        }
        let target = code.as_deref().and_then(|code| self.target_of(code));
        let is_withheld = code.as_ref().zip(target.as_ref());
        if is_withheld.is_some_and(|(code, target)| self.withholds_named(code, target)) {
            return;
        }
        let at = self.at(number);
        self.note_period(layout, |column| Kept::of(row.cell(column)));
        let named = |condition| RowNames {
            layout,
            row,
            reader: &self.reader,
            at,
            condition,
            slips: &self.slips,
            ways: &self.ways,
        };
        let filter = self.recipe.rows.as_ref();
        let left_out = filter.map(|filter| filter.holds(&named(Condition::Rows)) != Some(true));
        if let Some(left_out) = left_out {
            if !self.bind.sheltered {
                self.chosen.note(layout, row, left_out);
                if let Some(chosen) = self.chosen_here() {
                    chosen.note(layout, row, left_out);
                }
            }
            self.note_kept(left_out);
            if left_out {
                self.filtered += 1;
                if self.has_once() {
                    self.keep_event(layout, row, at, None);
                }
                return;
            }
        }
        let named = |condition| RowNames {
            layout,
            row,
            reader: &self.reader,
            at,
            condition,
            slips: &self.slips,
            ways: &self.ways,
        };
        self.let_through += 1;
        for (place, expected) in self.recipe.expect.iter().enumerate() {
            if !is_about_all(expected)
                && expected.holds(&named(Condition::Expected(place))) == Some(false)
            {
                self.unkept.entry(place).or_insert((0, at)).0 += 1;
            }
        }
        for (name, (missing, rows)) in &mut self.shares {
            let column = layout.names.iter().position(|known| known == name);
            let known = column.is_some_and(|at| !self.reader.says_nothing(row.cell(at)));
            *rows += 1;
            *missing += u64::from(!known);
        }
        self.note_near(code.as_deref(), target.as_deref(), at);
        self.note_name(code.as_deref(), target.as_deref());
        let again = self.adds_events() && self.repeats.note(row, layout.names.len(), at);
        self.note_again(layout, row, at, again);
        if !self.scales.is_empty() {
            self.note_scales(number, row, target.as_deref());
        }
        if !self.marks.is_idle() {
            self.note_marks(layout, at, row, target.as_deref());
        }
        let mut cells: Vec<Kept> = (0..layout.names.len())
            .map(|column| Kept::of(row.cell(column)))
            .collect();
        for held in &layout.held {
            if let (Some(mark), Some(cell)) = (&held.mark, cells.get_mut(held.column)) {
                self.mark(cell, mark);
            }
        }
        for (column, table) in &layout.crosswalks {
            let Some(cell) = cells.get_mut(*column) else {
                continue;
            };
            let code = cell.text();
            if code.is_empty() {
                continue;
            }
            match self.translated(table, *column, &code) {
                Some(found) => *cell = Kept::Text(found),
                // What is left out is known by the name that it has in the file, too.
                None if self.recipe.except.contains(&code) => {}
                None => {
                    let name = layout.names.get(*column).cloned().unwrap_or_default();
                    self.unmatched.entry((name, code)).or_insert((0, at)).0 += 1;
                    if self.has_once() {
                        self.keep_event(layout, row, at, None);
                    }
                    return;
                }
            }
        }
        if self.has_once() {
            self.keep_event(layout, row, at, Some((cells, target)));
            return;
        }
        match self.gather.take() {
            Some(mut gather) => {
                self.gathered(layout, &cells, at, target.as_deref(), &mut gather);
                self.gather = Some(gather);
            }
            None => self.streamed(layout, cells, number, row.line()),
        }
    }

    /// Gives the rows that a row is made of.
    fn streamed(&mut self, layout: &Layout, cells: Vec<Kept>, number: u64, line: Option<Line>) {
        let Some(builder) = &mut self.builder else {
            return;
        };
        if !layout.by_columns {
            builder.record(number, &KeptRow { cells, line });
            return;
        }
        for (period, values) in by_period(layout, &cells) {
            let mut out: Vec<Kept> = layout
                .pass
                .iter()
                .filter_map(|column| cells.get(*column).cloned())
                .collect();
            out.push(Kept::Text(period.into_owned()));
            for name in layout.out.iter().skip(layout.pass.len() + 1) {
                let value = values.iter().find(|(indicator, _)| indicator == name);
                out.push(value.map_or(Kept::NoColumn, |(_, value)| (*value).clone()));
            }
            builder.record(
                number,
                &KeptRow {
                    cells: out,
                    line: line.clone(),
                },
            );
        }
    }

    /// Names the columns of the rows that are made of a file's, be there no row at all.
    pub(super) fn name_columns(&mut self, layout: &Layout) {
        let Some(mut gather) = self.gather.take() else {
            return;
        };
        for name in layout
            .pass
            .iter()
            .filter_map(|column| layout.names.get(*column))
        {
            gather.column(name, self.read_by(name));
        }
        if layout.by_columns {
            gather.column(&self.plan.panel.period_name, None);
        }
        for held in layout.held.iter().filter(|held| !held.indicator.is_empty()) {
            gather.column(&held.indicator, self.read_by(&held.indicator));
        }
        for (name, summed) in &self.recipe.sum {
            let place = gather.column(name, self.read_by(name));
            gather.sums(place);
            if let Summed::Column(column) = summed
                && column != name
                && self.is_read(column)
            {
                let place = gather.column(column, self.read_by(column));
                gather.sums(place);
            }
        }
        self.gather = Some(gather);
    }

    /// Puts the mark of a column behind a value of it, where a flag may stand there.
    fn mark(&self, cell: &mut Kept, mark: &str) {
        let text = match cell {
            Kept::Text(text) => text.trim().to_owned(),
            Kept::Number(_) | Kept::Integer(_) if self.bind.decimal == Decimal::Comma => {
                cell.text().replace('.', ",")
            }
            Kept::Number(_) | Kept::Integer(_) => cell.text(),
            Kept::Missing
            | Kept::Unknown
            | Kept::NoColumn
            | Kept::Share(_)
            | Kept::Truth(_)
            | Kept::Date(_)
            | Kept::Other(_) => return,
        };
        let marked = format!("{text} {mark}");
        let is_flag = flagged(&marked).is_some_and(|(number, flag)| number == text && flag == mark);
        if is_flag && self.reader.number(cell.cell()).is_some() {
            *cell = Kept::Text(marked);
        }
    }

    /// Puts a row where its key belongs.
    pub(super) fn gathered(
        &self,
        layout: &Layout,
        cells: &[Kept],
        at: At,
        target: Option<&str>,
        gather: &mut Gather<'p>,
    ) {
        if !layout.beside.is_empty() {
            gather.unlike.say(&layout.beside, cells, at);
        }
        let key_text = |column: Option<usize>| {
            let text = column.and_then(|column| cells.get(column)).map(Kept::text);
            text.map(|text| self.bind.keys.apply(&text).into_owned())
                .unwrap_or_default()
        };
        let mut keys = layout.keys.iter().map(|column| key_text(*column));
        let series = layout.keys.is_empty();
        let entity = keys.next().unwrap_or_default();
        let within = keys.collect::<Vec<_>>().join("\u{1f}");
        let periods: Vec<HeldPeriod<'_>> = if layout.by_columns {
            all_by_period(layout, cells)
        } else {
            vec![(Cow::Borrowed(""), Vec::new(), true)]
        };
        for (held_period, values, speaks) in periods {
            let period = match layout.period.as_slice() {
                _ if layout.by_columns => held_period.to_string(),
                [column] => cells
                    .get(*column)
                    .map(|cell| self.period_text(cell))
                    .unwrap_or_default(),
                columns => {
                    let parts = columns.iter().filter_map(|column| cells.get(*column));
                    parts.map(Kept::text).collect::<Vec<_>>().join("\u{1f}")
                }
            };
            // A row without a key is told by whoever reads keys: it stands alone.
            let lacks = entity.is_empty() && !series
                || period.is_empty() && self.names.has_period() && has_period(layout);
            let alone = if lacks {
                format!("\u{1f}{}/{}", at.file, at.row)
            } else {
                String::new()
            };
            let key: Key = (format!("{entity}{alone}"), within.clone(), period.clone());
            if !speaks && !gather.has(&key) {
                // No row is made of it; where another makes one, it was empty here.
                for (indicator, _) in values {
                    let place = gather.column(indicator, self.read_by(indicator));
                    gather.hold_back(&key, place, at);
                }
                continue;
            }
            let row = gather.row(key, at);
            for column in &layout.pass {
                let (Some(name), Some(cell)) = (layout.names.get(*column), cells.get(*column))
                else {
                    continue;
                };
                let Some(place) = gather.known(name) else {
                    continue;
                };
                if layout.period.contains(column) && layout.period.len() == 1 && !lacks {
                    let written = self.as_written(cell, &period);
                    gather.keep(row, place, &Kept::Text(written), at);
                } else if layout.is_key(*column) || !gather.is_read(place) {
                    gather.keep(row, place, cell, at);
                } else {
                    gather.put(row, place, cell, at);
                }
            }
            if layout.by_columns
                && let Some(place) = gather.known(&self.plan.panel.period_name)
            {
                gather.keep(row, place, &Kept::Text(held_period.to_string()), at);
            }
            match layout.long {
                Some((_, value)) => {
                    let value = value.and_then(|value| cells.get(value));
                    let value = value.or_else(|| values.first().map(|(_, value)| *value));
                    if let (Some(target), Some(value)) = (target, value) {
                        let place = gather.column(target, self.read_by(target));
                        if gather.is_read(place) {
                            gather.put(row, place, value, at);
                        } else {
                            gather.keep(row, place, value, at);
                        }
                    }
                }
                None => {
                    for (indicator, value) in values {
                        let place = gather.column(indicator, self.read_by(indicator));
                        gather.put(row, place, value, at);
                    }
                }
            }
            self.sum(layout, cells, row, at, gather);
        }
    }

    /// Adds the cells of an event to the row of its key.
    fn sum(&self, layout: &Layout, cells: &[Kept], row: usize, at: At, gather: &mut Gather<'p>) {
        for (name, summed) in &self.recipe.sum {
            let Some(place) = gather.known(name) else {
                continue;
            };
            match summed {
                Summed::Count => gather.count(row, place, at),
                Summed::Column(column) => {
                    let cell = layout.names.iter().position(|known| known == column);
                    let Some(cell) = cell.and_then(|at| cells.get(at)) else {
                        continue;
                    };
                    gather.sum(row, place, cell, at);
                    // Rules may read it by the name that it has in the file.
                    if column != name
                        && let Some(place) = gather.known(column)
                    {
                        gather.sum(row, place, cell, at);
                    }
                }
            }
        }
    }

    /// The column that a name in a long table goes to; none where it has none.
    pub(super) fn withholds_named(&self, code: &str, target: &str) -> bool {
        self.withheld.source(self.plan, code) || self.withheld.target(self.plan, target)
    }

    pub(super) fn target_of(&self, code: &str) -> Option<String> {
        match self.recipe.shape.target(code) {
            Some(target) => Some(target.to_owned()),
            None => (!code.is_empty()).then(|| code.to_owned()),
        }
    }

    /// A period as the data write it, where they have a way of their own: results then write it so, whether files
    /// are stacked or read alone.
    fn as_written(&self, cell: &Kept, usual: &str) -> String {
        let declared = self.bind.written.or(self.plan.panel.written);
        // What is written in several ways is told in the usual one.
        let own = declared
            .filter(|_| self.bind.also_written.is_empty())
            .zip(self.plan.panel.period)
            .map(|(written, kind)| (written.in_weeks_of(kind), kind))
            .filter(|(written, kind)| {
                written.kind() == *kind && written.read(&cell.text()).is_ok()
            });
        let number = own.and_then(|(written, kind)| {
            let number = period::parse(kind, usual).ok()?;
            written.write(kind, number)
        });
        number.unwrap_or_else(|| usual.to_owned())
    }

    /// A period in the spelling of the panel, where the cell can be read as one.
    pub(super) fn period_text(&self, cell: &Kept) -> String {
        let text = cell.text();
        let Some(kind) = self.plan.panel.period else {
            return text;
        };
        let declared = self
            .bind
            .written
            .or(self.plan.panel.written)
            .map(|written| written.in_weeks_of(kind));
        let others = self.bind.also_written.iter();
        let mut ways = declared
            .into_iter()
            .chain(others.map(|written| written.in_weeks_of(kind)))
            .filter_map(|written| written.read(&text).ok());
        let written = ways.next();
        if let Some((found, number)) = written
            && ways.any(|(other, second)| {
                period::around(other, second, kind) != period::around(found, number, kind)
            })
        {
            // Whoever reads periods tells that there are two.
            return text;
        }
        let any = |text: &str| period::any_of(text, Weekday::of(kind));
        let found = written.or_else(|| any(&text));
        let whole = text.strip_suffix(".0").and_then(any);
        match found.or(whole) {
            Some((found, number)) if found == kind => Period::new(kind, number).to_string(),
            Some((found, number))
                if is_within(
                    found,
                    kind,
                    written.is_some() || !self.recipe.sum.is_empty(),
                ) =>
            {
                let number = period::around(found, number, kind);
                Period::new(kind, number).to_string()
            }
            Some((found, number)) => Period::new(found, number).to_string(),
            None => text,
        }
    }
}

fn has_period(layout: &Layout) -> bool {
    !layout.period.is_empty() || layout.by_columns
}

/// Is a period of one kind part of one of the other?
fn is_within(found: PeriodKind, kind: PeriodKind, declared: bool) -> bool {
    declared && period::most_within(kind, found).is_some()
}

/// The values of a row by period; those without any value give the last period alone.
fn by_period<'l>(layout: &'l Layout, cells: &'l [Kept]) -> Vec<(Cow<'l, str>, Of<'l>)> {
    let periods = all_by_period(layout, cells).into_iter();
    let speaking = periods.filter(|(.., speaks)| *speaks);
    speaking
        .map(|(period, values, _)| (period, values))
        .collect()
}

/// Values by indicator.
type Of<'l> = Vec<(&'l str, &'l Kept)>;

/// A period's name, its values by indicator, and whether a row is made of it.
type HeldPeriod<'l> = (Cow<'l, str>, Of<'l>, bool);

/// The same with periods of which nothing is said.
fn all_by_period<'l>(layout: &'l Layout, cells: &'l [Kept]) -> Vec<HeldPeriod<'l>> {
    let mut periods: Vec<HeldPeriod<'l>> = Vec::new();
    let year = layout.year.and_then(|year| cells.get(year)).map(Kept::text);
    for held in &layout.held {
        let Some(cell) = cells.get(held.column) else {
            continue;
        };
        let value = (held.indicator.as_str(), cell);
        let known = !cell.is_missing();
        let own = held.period_of(year.as_deref());
        match periods.iter_mut().find(|(period, ..)| *period == own) {
            Some((_, values, speaks)) => {
                values.push(value);
                *speaks |= known;
            }
            None => periods.push((own, vec![value], known)),
        }
    }
    if !periods.iter().any(|(.., speaks)| *speaks)
        && let Some((.., speaks)) = periods.last_mut()
    {
        *speaks = true;
    }
    periods
}
