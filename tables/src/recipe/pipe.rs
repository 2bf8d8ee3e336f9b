//! From the rows of files to a panel, by a recipe.
//!
//! In: rows as readers find them, file after file. Out: what a file gives to the panel. A recipe that
//! asks for nothing hands rows on as they come; filters and years in columns do so too, and only what
//! must put rows together keeps them ([`Gather`]).

use super::crosswalk::Crosswalk;
use super::expect::{Whole, is_about_all};
use super::filter::{Filter, Names, Value};
use super::gather::{At, Gather, Key, Summed};
use super::shape::{Held, held};
use super::{Frame, Is, Recipe, Shape};
use crate::grid::{Cells, Kept, KeptRow};
use crate::progress::only;
use forewarn_diagnostics::suggest::suggest;
use forewarn_diagnostics::{Cause, DataPlace, Reports};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::{
    BindOptions, Block, BlockReader, Cell, Column, Holds, KeyNames, Line, PanelBuilder, Part,
    key_names,
};
use forewarn_runtime::causes::data::{
    ColumnGone, EmptyFile, NotExpected, NotInCrosswalk, RecipeColumn, SummedMissing, TwoDeliveries,
};
use forewarn_runtime::period::{self, Period};
use forewarn_runtime::result_table::ResultTable;
use std::collections::{BTreeMap, BTreeSet};

/// Takes rows.
pub(crate) struct Pipe<'p> {
    plan: &'p Plan,
    recipe: Recipe,
    bind: BindOptions,
    names: KeyNames,
    files: Vec<String>,
    frame: Frame,
    /// The header, until the first row of data shows that no tags are under it.
    header: Option<Vec<String>>,
    layout: Option<Layout>,
    builder: Option<PanelBuilder<'p>>,
    gather: Option<Gather>,
    /// Rows at the end that may be no data: all of them if no row of data follows.
    tail: Vec<(u64, KeptRow)>,
    /// Rows with a wrong number of cells, where there is no builder yet.
    ragged: Vec<(usize, u64, usize, Option<Line>)>,
    /// Keys that a crosswalk does not have, with their rows.
    unmatched: BTreeMap<(String, String), (u64, At)>,
    /// Expectations about each row that were not kept: how often, and where first.
    unkept: BTreeMap<usize, (u64, At)>,
    /// Cells without a value in columns that were summed up.
    unsummed: BTreeMap<String, u64>,
    /// Rows that the filter left out.
    pub(crate) filtered: u64,
    /// The columns of each file that is stacked.
    headers: Vec<Vec<String>>,
    /// Names of indicators of a long table that nothing reads.
    pub(crate) unread: BTreeSet<String>,
}

/// As many rows at the end are looked at before they are taken for data.
const MOST_HELD: usize = 200;

/// Where the cells of a file's rows go.
#[derive(Debug, Default)]
struct Layout {
    names: Vec<String>,
    /// Columns that go on as they are.
    pass: Vec<usize>,
    /// Columns of periods.
    held: Vec<Held>,
    /// The columns that name the indicator and hold the value.
    long: Option<(usize, Option<usize>)>,
    /// Translated columns.
    crosswalks: Vec<(usize, Crosswalk)>,
    /// Names of the cells that come out, of files that are not gathered.
    out: Vec<String>,
    entity: Option<usize>,
    within: Option<usize>,
    period: Vec<usize>,
}

impl<'p> Pipe<'p> {
    pub(crate) fn new(
        plan: &'p Plan,
        recipe: &Recipe,
        mut bind: BindOptions,
        stacked: bool,
    ) -> Self {
        let recipe = recipe.clone();
        for target in targets(&recipe, plan) {
            if !bind.map.iter().any(|(name, _)| *name == target) {
                bind.map.push((target.clone(), target));
            }
        }
        let by_columns = !matches!(recipe.shape, Shape::Plain | Shape::Long { .. });
        if by_columns && plan.panel.period.is_some() {
            let name = &plan.panel.period_name;
            bind.map.retain(|(known, _)| known != name);
            bind.map.push((name.clone(), name.clone()));
        }
        let gathers = stacked || recipe.gathers();
        Self {
            plan,
            names: key_names(plan, &bind.map),
            files: Vec::new(),
            frame: Frame::new(&recipe.frame),
            header: None,
            layout: None,
            builder: None,
            gather: gathers.then(|| Gather::new(recipe.when)),
            tail: Vec::new(),
            ragged: Vec::new(),
            unmatched: BTreeMap::new(),
            unkept: BTreeMap::new(),
            unsummed: BTreeMap::new(),
            filtered: 0,
            headers: Vec::new(),
            unread: BTreeSet::new(),
            recipe,
            bind,
        }
    }

    /// Begins a file.
    pub(crate) fn begin(&mut self, file: &str) {
        self.files.push(file.to_owned());
        self.bind.file = file.to_owned();
        self.frame = Frame::new(&self.recipe.frame);
        self.header = None;
        self.layout = None;
    }

    /// Names the columns of a file that knows them itself.
    ///
    /// # Errors
    /// Columns that are missing.
    pub(crate) fn named(&mut self, names: Vec<String>) -> Result<(), Reports> {
        self.open(names)
    }

    /// The sign between the cells of the file at hand.
    pub(crate) fn set_apart_by(&mut self, delimiter: u8) {
        self.bind.semicolons = delimiter != b',';
    }

    /// The names of the columns of the file at hand.
    pub(crate) fn names(&self) -> &[String] {
        self.layout.as_ref().map_or(&[], |layout| &layout.names)
    }

    /// Takes the next row.
    ///
    /// # Errors
    /// What is wrong with the header, once it has been seen.
    pub(crate) fn row(&mut self, number: u64, row: &impl Cells) -> Result<(), Reports> {
        if self.layout.is_none() || !self.is_simple() || row.is_missing(0) {
            match self.frame.take(number, row) {
                Is::NoData => return Ok(()),
                Is::Header(names) => {
                    self.header = Some(names);
                    return Ok(());
                }
                Is::Row => {}
            }
        }
        if self.layout.is_none() {
            let names = self.header.take().unwrap_or_default();
            self.open(names)?;
        }
        self.data(number, row);
        Ok(())
    }

    /// Does nothing but the header and blank rows set data apart?
    fn is_simple(&self) -> bool {
        self.recipe.frame.comment.is_none() && self.recipe.frame.footer.is_empty()
    }

    /// What reads rows in blocks, where nothing but the panel is to be made of them.
    pub(crate) fn block_reader(&self) -> Option<BlockReader<'p>> {
        let width = self.layout.as_ref()?.names.len();
        let plain = self.is_simple() && self.gather.is_none() && self.recipe.is_plain();
        let builder = self.builder.as_ref().filter(|_| plain)?;
        let fits = builder.columns().len() == width;
        fits.then(|| builder.block_reader())?
    }

    /// There will be about so many rows.
    pub(crate) fn expect(&mut self, rows: usize) {
        if let Some(builder) = &mut self.builder {
            builder.expect(rows);
        }
    }

    /// Adds a block of rows.
    pub(crate) fn add(&mut self, reader: &BlockReader<'_>, block: &Block) {
        self.flush();
        if let Some(builder) = &mut self.builder {
            builder.add(reader, block);
        }
    }

    /// Is anything but the panel made of all rows?
    pub(crate) fn expects_something(&self) -> bool {
        !self.recipe.expect.is_empty()
    }

    /// Gives away the values of the rows that came so far, in a block that is used again: how many rows these
    /// are, or none where rows cannot flow.
    pub(crate) fn drain(
        &mut self,
        reader: &BlockReader<'_>,
        block: &mut Block,
    ) -> Option<ResultTable> {
        self.flush();
        let builder = self.builder.as_mut()?;
        let held = builder.held();
        let all = builder.rows_taken();
        builder
            .drain(reader, block)
            .then(|| builder.keys_of(all - held..all))
    }

    /// Takes the keys of a block whose values go elsewhere; none where rows cannot flow.
    pub(crate) fn pass(&mut self, reader: &BlockReader<'_>, block: &Block) -> Option<ResultTable> {
        let builder = self.builder.as_mut()?;
        let from = builder.rows_taken();
        builder
            .pass(reader, block)
            .then(|| builder.keys_of(from..from + block.rows()))
    }

    /// Are there rows whose values are still here?
    pub(crate) fn holds_any(&mut self) -> bool {
        self.flush();
        self.builder
            .as_ref()
            .is_some_and(|builder| builder.held() > 0)
    }

    /// Takes a row of a file whose frame needs no look.
    pub(crate) fn data(&mut self, number: u64, row: &impl Cells) {
        let width = self.layout.as_ref().map_or(0, |layout| layout.names.len());
        let fits = row.width() == width
            || row.width() > width && (width..row.width()).all(|column| row.is_missing(column));
        let alone = fits
            && width > 2
            && row.is_missing(1)
            && (2..width).all(|column| row.is_missing(column));
        if (!fits || alone) && self.tail.len() < MOST_HELD {
            self.tail.push((number, KeptRow::of(row)));
            return;
        }
        self.flush();
        self.put(number, row, fits);
    }

    /// Takes the rows that might have been a footer.
    fn flush(&mut self) {
        if self.tail.is_empty() {
            return;
        }
        let width = self.layout.as_ref().map_or(0, |layout| layout.names.len());
        for (number, row) in std::mem::take(&mut self.tail) {
            let fits = row.width() == width;
            self.put(number, &row, fits);
        }
    }

    fn put(&mut self, number: u64, row: &impl Cells, fits: bool) {
        if !fits {
            let cells = row.width();
            let line = row.line();
            match &mut self.builder {
                Some(builder) => builder.ragged(number, cells, line),
                None if self.ragged.len() < MOST_HELD => {
                    self.ragged
                        .push((self.files.len() - 1, number, cells, line));
                }
                None => {}
            }
            return;
        }
        if self.gather.is_none() && self.recipe.is_plain() {
            if let Some(builder) = &mut self.builder {
                builder.record(number, row);
            }
            return;
        }
        self.step(number, row);
    }

    /// Ends a file.
    ///
    /// # Errors
    /// A file without a header.
    pub(crate) fn end(&mut self) -> Result<(), Reports> {
        if self.layout.is_none() {
            match self.header.take() {
                Some(names) => self.open(names)?,
                None => {
                    return Err(only(EmptyFile {
                        file: self.bind.file.clone(),
                    }));
                }
            }
        }
        self.flush();
        Ok(())
    }

    /// What was found so far, and why nothing more can be read.
    pub(crate) fn fail(&mut self, cause: impl Cause + 'static) -> Reports {
        match self.builder.take() {
            Some(builder) => builder.fail(cause),
            None => only(cause),
        }
    }

    /// Finds the columns of a file.
    fn open(&mut self, mut names: Vec<String>) -> Result<(), Reports> {
        let tags = std::mem::take(&mut self.frame.tags);
        for (name, tag) in names.iter_mut().zip(tags) {
            let asked = self
                .bind
                .map
                .iter()
                .any(|(_, column)| same_tag(column, &tag))
                || self.plan.inputs.iter().any(|input| {
                    input
                        .column
                        .as_ref()
                        .is_some_and(|column| same_tag(column, &tag))
                })
                || self.names.all().any(|column| same_tag(column, &tag));
            if asked {
                let mut map = self.bind.map.iter().map(|(_, column)| column);
                let spelt = map.find(|column| same_tag(column, &tag)).cloned();
                *name = spelt.unwrap_or(tag);
            }
        }
        let layout = self.layout_of(names)?;
        self.headers.push(layout.names.clone());
        if self.gather.is_none() && self.builder.is_none() {
            let columns = layout.out.iter().map(|name| Column {
                name: name.clone(),
                holds: Holds::Cells,
            });
            let builder = PanelBuilder::new(self.plan, columns.collect(), self.bind.clone())?;
            self.builder = Some(builder);
        }
        self.layout = Some(layout);
        Ok(())
    }

    fn layout_of(&self, names: Vec<String>) -> Result<Layout, Reports> {
        let mut problems = Reports::default();
        let mut find = |column: &str, what: &'static str| {
            let place = names.iter().position(|name| name == column);
            if place.is_none() {
                problems.add(RecipeColumn {
                    file: self.bind.file.clone(),
                    column: column.to_owned(),
                    what,
                    suggestion: suggest(column, names.iter().map(String::as_str))
                        .map(str::to_owned),
                    columns: names.clone(),
                    recipe: self.recipe.span,
                });
            }
            place
        };
        if let Some(filter) = &self.recipe.rows {
            for column in filter.columns() {
                find(&column, "rows");
            }
        }
        for (_, summed) in &self.recipe.sum {
            if let Summed::Column(column) = summed {
                find(column, "sum");
            }
        }
        let long = match &self.recipe.shape {
            Shape::Plain | Shape::Wide { .. } => None,
            Shape::Long { name, value, .. } => find(name, "long").zip(Some(find(value, "value"))),
            Shape::Periods { name, .. } => name
                .as_ref()
                .and_then(|name| find(name, "long"))
                .map(|at| (at, None)),
        };
        let value = self.value_of_periods();
        let held = held(&self.recipe.shape, &names, &value);
        if held.is_empty() && !matches!(self.recipe.shape, Shape::Plain | Shape::Long { .. }) {
            problems.add(RecipeColumn {
                file: self.bind.file.clone(),
                column: match &self.recipe.shape {
                    Shape::Wide { pattern } => pattern.text().to_owned(),
                    Shape::Plain | Shape::Long { .. } | Shape::Periods { .. } => "years".to_owned(),
                },
                what: "wide",
                suggestion: None,
                columns: names.clone(),
                recipe: self.recipe.span,
            });
        }
        let keys: Vec<&String> = self.names.all().collect();
        let is_passed = |column: usize| {
            !held.iter().any(|held| held.column == column)
                && long.is_none_or(|(name, value)| name != column && value != Some(column))
                && (self.recipe.sum.is_empty()
                    || names.get(column).is_some_and(|name| keys.contains(&name)))
        };
        let pass: Vec<usize> = (0..names.len())
            .filter(|column| is_passed(*column))
            .collect();
        let mut out: Vec<String> = pass
            .iter()
            .filter_map(|column| names.get(*column).cloned())
            .collect();
        if !held.is_empty() {
            out.push(self.plan.panel.period_name.clone());
            for held in &held {
                if !held.indicator.is_empty() && !out.contains(&held.indicator) {
                    out.push(held.indicator.clone());
                }
            }
        }
        let place = |candidates: &[String]| {
            candidates
                .iter()
                .find_map(|name| names.iter().position(|known| known == name))
        };
        let period = match self.names.two() {
            Some(two) => two
                .iter()
                .filter_map(|name| names.iter().position(|known| known == name))
                .collect(),
            None => place(&self.names.period).into_iter().collect(),
        };
        let mut crosswalks = Vec::new();
        for (key, table) in &self.recipe.crosswalks {
            let candidates = if Some(key) == self.plan.panel.within.as_ref().map(|key| &key.name) {
                &self.names.within
            } else {
                &self.names.entity
            };
            if let Some(column) = place(candidates) {
                crosswalks.push((column, table.clone()));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Layout {
            entity: place(&self.names.entity),
            within: place(&self.names.within),
            period,
            pass,
            held,
            long,
            crosswalks,
            out,
            names,
        })
    }

    /// The indicator whose values stand in columns of periods.
    fn value_of_periods(&self) -> String {
        match &self.recipe.shape {
            Shape::Periods {
                value: Some(value), ..
            } => value.clone(),
            Shape::Periods { .. } => only_indicator(self.plan).unwrap_or_default(),
            Shape::Plain | Shape::Long { .. } | Shape::Wide { .. } => String::new(),
        }
    }

    /// Takes a row through the steps of the recipe.
    fn step(&mut self, number: u64, row: &impl Cells) {
        let Some(layout) = self.layout.take() else {
            return;
        };
        self.step_in(&layout, number, row);
        self.layout = Some(layout);
    }

    fn step_in(&mut self, layout: &Layout, number: u64, row: &impl Cells) {
        let at = At {
            file: self.files.len().saturating_sub(1),
            row: number,
        };
        let named = RowNames {
            names: &layout.names,
            row,
        };
        if let Some(filter) = &self.recipe.rows
            && filter.holds(&named) != Some(true)
        {
            self.filtered += 1;
            return;
        }
        let expected: Vec<&Filter> = self.recipe.expect.iter().collect();
        for (place, expected) in expected.into_iter().enumerate() {
            if !is_about_all(expected) && expected.holds(&named) == Some(false) {
                self.unkept.entry(place).or_insert((0, at)).0 += 1;
            }
        }
        let mut cells: Vec<Kept> = (0..layout.names.len())
            .map(|column| Kept::of(row.cell(column)))
            .collect();
        for (column, table) in &layout.crosswalks {
            let Some(cell) = cells.get_mut(*column) else {
                continue;
            };
            let code = cell.text();
            if code.is_empty() {
                continue;
            }
            match table.get(&code) {
                Some(found) => *cell = Kept::Text(found.to_owned()),
                None => {
                    let name = layout.names.get(*column).cloned().unwrap_or_default();
                    self.unmatched.entry((name, code)).or_insert((0, at)).0 += 1;
                    return;
                }
            }
        }
        match self.gather.take() {
            Some(mut gather) => {
                self.gathered(layout, &cells, at, &mut gather);
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
        if layout.held.is_empty() {
            builder.record(number, &KeptRow { cells, line });
            return;
        }
        for (period, values) in by_period(layout, &cells) {
            let mut out: Vec<Kept> = layout
                .pass
                .iter()
                .filter_map(|column| cells.get(*column).cloned())
                .collect();
            out.push(Kept::Text(period.to_owned()));
            for name in layout.out.iter().skip(layout.pass.len() + 1) {
                let value = values.iter().find(|(indicator, _)| indicator == name);
                out.push(value.map_or(Kept::Missing, |(_, value)| (*value).clone()));
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

    /// Puts a row where its key belongs.
    fn gathered(&mut self, layout: &Layout, cells: &[Kept], at: At, gather: &mut Gather) {
        let key_text = |column: Option<usize>| {
            let text = column.and_then(|column| cells.get(column)).map(Kept::text);
            text.map(|text| self.bind.keys.apply(&text).into_owned())
                .unwrap_or_default()
        };
        let (entity, within) = (key_text(layout.entity), key_text(layout.within));
        let periods: Vec<(&str, Vec<(&str, &Kept)>)> = if layout.held.is_empty() {
            vec![("", Vec::new())]
        } else {
            by_period(layout, cells)
        };
        for (held_period, values) in periods {
            let period = match layout.period.as_slice() {
                _ if !layout.held.is_empty() => held_period.to_owned(),
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
            let lacks = entity.is_empty()
                || period.is_empty() && self.names.has_period() && self.has_period(layout);
            let alone = if lacks {
                format!("\u{1f}{}/{}", at.file, at.row)
            } else {
                String::new()
            };
            let key: Key = (format!("{entity}{alone}"), within.clone(), period.clone());
            gather.row(&key, at);
            for column in &layout.pass {
                let (Some(name), Some(cell)) = (layout.names.get(*column), cells.get(*column))
                else {
                    continue;
                };
                let place = gather.column(name);
                let is_key = layout.entity == Some(*column) || layout.within == Some(*column);
                if layout.period.contains(column) && layout.period.len() == 1 && !lacks {
                    let written = self.as_written(cell, &period);
                    gather.keep(&key, place, Kept::Text(written), at);
                } else if is_key || layout.period.contains(column) || !self.is_read(name) {
                    gather.keep(&key, place, cell.clone(), at);
                } else {
                    gather.put(&key, place, cell.clone(), at);
                }
            }
            if !layout.held.is_empty() {
                let place = gather.column(&self.plan.panel.period_name);
                gather.keep(&key, place, Kept::Text(held_period.to_owned()), at);
            }
            let named = layout.long.and_then(|(name, value)| {
                Some((
                    cells.get(name)?.text(),
                    value.and_then(|value| cells.get(value)),
                ))
            });
            match named {
                Some((code, value)) => {
                    if let Some(target) = self.target_of(&code) {
                        let place = gather.column(&target);
                        let value = value.or_else(|| values.first().map(|(_, value)| *value));
                        if let Some(value) = value {
                            gather.put(&key, place, value.clone(), at);
                        }
                    }
                }
                None => {
                    for (indicator, value) in values {
                        let place = gather.column(indicator);
                        gather.put(&key, place, value.clone(), at);
                    }
                }
            }
            self.sum(layout, cells, &key, at, gather);
        }
    }

    /// Adds the cells of an event to the row of its key.
    fn sum(&mut self, layout: &Layout, cells: &[Kept], key: &Key, at: At, gather: &mut Gather) {
        for (name, summed) in &self.recipe.sum {
            let place = gather.column(name);
            match summed {
                Summed::Count => gather.add(key, place, 1.0, at),
                Summed::Column(column) => {
                    let cell = layout.names.iter().position(|known| known == column);
                    let cell = cell.and_then(|at| cells.get(at));
                    let number = cell.and_then(|cell| self.bind.number(cell.cell()));
                    // Rules may read it by the name that it has in the file.
                    let alias = name != column && self.is_read(column);
                    match number {
                        Some(number) => {
                            gather.add(key, place, number, at);
                            if alias {
                                let place = gather.column(column);
                                gather.add(key, place, number, at);
                            }
                        }
                        None if cell.is_none_or(|cell| self.bind.says_nothing(cell.cell())) => {
                            gather.add(key, place, 0.0, at);
                            *self.unsummed.entry(column.clone()).or_default() += 1;
                        }
                        // What cannot be read is told with its cell.
                        None => gather.keep(key, place, cell.cloned().unwrap_or_default(), at),
                    }
                }
            }
        }
    }

    fn has_period(&self, layout: &Layout) -> bool {
        !layout.period.is_empty() || !layout.held.is_empty()
    }

    /// Is a column read by the rules?
    fn is_read(&self, name: &str) -> bool {
        let mut map = self.bind.map.iter();
        map.any(|(_, column)| column == name)
            || self
                .plan
                .inputs
                .iter()
                .any(|input| input.name == name || input.column.as_deref() == Some(name))
    }

    /// The column that a name in a long table goes to; none where the recipe names others alone.
    fn target_of(&mut self, code: &str) -> Option<String> {
        let keys = match &self.recipe.shape {
            Shape::Long { keys, .. } | Shape::Periods { keys, .. } => keys,
            Shape::Plain | Shape::Wide { .. } => return None,
        };
        let known = keys.iter().find(|(known, _)| known == code);
        if known.is_none() && !self.is_read(code) {
            self.unread.insert(code.to_owned());
        }
        match known {
            Some((_, target)) => Some(target.clone()),
            None if code.is_empty() => None,
            None => Some(code.to_owned()),
        }
    }

    /// A period as the data write it, where they have a way of their own: results then write it so, whether files
    /// are stacked or read alone.
    fn as_written(&self, cell: &Kept, usual: &str) -> String {
        let declared = self.bind.written.or(self.plan.panel.written);
        let own = declared
            .zip(self.plan.panel.period)
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
    fn period_text(&self, cell: &Kept) -> String {
        let text = cell.text();
        let Some(kind) = self.plan.panel.period else {
            return text;
        };
        let declared = self
            .bind
            .written
            .as_ref()
            .or(self.plan.panel.written.as_ref());
        let written = declared.and_then(|written| written.read(&text).ok());
        let found = written.or_else(|| period::any(&text));
        let whole = text.strip_suffix(".0").and_then(period::any);
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

    /// What the files give.
    ///
    /// # Errors
    /// Everything that stands in the way of it.
    pub(crate) fn part(mut self) -> Result<Part, Reports> {
        let mut warnings = Reports::default();
        let mut problems = Reports::default();
        self.tell_unmatched(&mut warnings);
        self.tell_gone(&mut warnings);
        for (column, cells) in std::mem::take(&mut self.unsummed) {
            warnings.add(SummedMissing {
                file: self.bind.file.clone(),
                column,
                cells,
            });
        }
        let builder = match self.gather.take() {
            None => self.builder.take(),
            Some(gather) => {
                for conflict in &gather.conflicts {
                    problems.add(TwoDeliveries {
                        key: conflict.key.clone(),
                        column: conflict.column.clone(),
                        first: (self.place(conflict.first.0), conflict.first.1.clone()),
                        second: (self.place(conflict.second.0), conflict.second.1.clone()),
                        long: matches!(self.recipe.shape, Shape::Long { .. }),
                        more: gather.more_conflicts,
                        recipe: self.recipe.span,
                    });
                }
                if !problems.is_empty() {
                    return Err(problems);
                }
                Some(self.of_gathered(gather)?)
            }
        };
        let Some(builder) = builder else {
            return Err(only(EmptyFile {
                file: self.bind.file.clone(),
            }));
        };
        let mut part = builder.part()?;
        self.tell_unkept(&part, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        part.warn(warnings);
        Ok(part)
    }

    fn of_gathered(&mut self, gather: Gather) -> Result<PanelBuilder<'p>, Reports> {
        let names = if gather.columns.is_empty() {
            self.layout
                .as_ref()
                .map(|layout| layout.out.clone())
                .unwrap_or_default()
        } else {
            gather.columns.clone()
        };
        let columns = names.into_iter().map(|name| Column {
            name,
            holds: Holds::Cells,
        });
        let bind = BindOptions {
            file: self.files.first().cloned().unwrap_or_default(),
            ..self.bind.clone()
        };
        let mut builder = PanelBuilder::new(self.plan, columns.collect(), bind)?;
        for (file, number, cells, line) in std::mem::take(&mut self.ragged) {
            if let Some(name) = self.files.get(file) {
                builder.of_file(name);
            }
            builder.ragged(number, cells, line);
        }
        let mut file = usize::MAX;
        for (at, cells) in gather.into_rows() {
            if at.file != file
                && let Some(name) = self.files.get(at.file)
            {
                builder.of_file(name);
                file = at.file;
            }
            builder.record(at.row, &KeptRow { cells, line: None });
        }
        Ok(builder)
    }

    fn place(&self, at: At) -> DataPlace {
        DataPlace {
            file: self.files.get(at.file).cloned().unwrap_or_default(),
            row: Some(at.row),
            ..DataPlace::default()
        }
    }

    /// Tells columns that are read from earlier files and are not in later ones.
    fn tell_gone(&self, warnings: &mut Reports) {
        let mut told: BTreeSet<&String> = BTreeSet::new();
        for (file, names) in self.headers.iter().enumerate() {
            let earlier = self.headers.get(..file).unwrap_or_default();
            for (before, columns) in earlier.iter().enumerate() {
                for column in columns
                    .iter()
                    .filter(|column| !names.contains(column) && self.is_read(column))
                {
                    if !told.insert(column) {
                        continue;
                    }
                    let new = names.iter().filter(|name| !columns.contains(name));
                    let plain = |name: &str| name.to_lowercase();
                    let same = new.clone().find(|name| plain(name) == plain(column));
                    let near = same
                        .map(String::as_str)
                        .or_else(|| suggest(column, new.map(String::as_str)));
                    let name = |file: usize| self.files.get(file).cloned().unwrap_or_default();
                    warnings.add(ColumnGone {
                        file: name(file),
                        column: column.clone(),
                        before: name(before),
                        suggestion: near.map(str::to_owned),
                        recipe: self.recipe.span,
                    });
                }
            }
        }
    }

    fn tell_unmatched(&self, reports: &mut Reports) {
        let mut columns: BTreeMap<&String, Vec<(&String, u64)>> = BTreeMap::new();
        let mut first: Option<At> = None;
        for ((column, code), (count, at)) in &self.unmatched {
            columns.entry(column).or_default().push((code, *count));
            first.get_or_insert(*at);
        }
        for (column, codes) in columns {
            reports.add(NotInCrosswalk {
                place: DataPlace {
                    column: Some(column.clone()),
                    ..self.place(first.unwrap_or_default())
                },
                codes: codes.iter().map(|(code, _)| (*code).clone()).collect(),
                rows: codes.iter().map(|(_, count)| count).sum(),
                recipe: self.recipe.span,
            });
        }
    }

    fn tell_unkept(&self, part: &Part, problems: &mut Reports) {
        if self.recipe.expect.is_empty() {
            return;
        }
        let summary = part.summary();
        let whole = Whole {
            summary: &summary,
            files: self.files.len(),
            kind: self.plan.panel.period,
        };
        for (place, expected) in self.recipe.expect.iter().enumerate() {
            let told = |rows: u64, at: Option<At>, found: Vec<String>| NotExpected {
                place: match at {
                    Some(at) => self.place(at),
                    None => DataPlace {
                        file: self.files.first().cloned().unwrap_or_default(),
                        ..DataPlace::default()
                    },
                },
                expected: expected.text().to_owned(),
                rows,
                found,
                recipe: self.recipe.span,
            };
            if is_about_all(expected) {
                if expected.holds(&whole) != Some(true) {
                    let words = |name: &String| match whole.value(name)? {
                        Value::Number(number) => Some(format!("`{name}` is {number}")),
                        Value::Text(text) => {
                            Some(format!("`{}` is {text}", name.replace('_', " ")))
                        }
                        Value::Missing | Value::Truth(_) => None,
                    };
                    let mut found: Vec<String> =
                        expected.columns().iter().filter_map(words).collect();
                    for input in &summary.inputs {
                        let column = input.column.as_deref().unwrap_or_default();
                        if expected.calls("share")
                            && (expected.text().contains(&input.name)
                                || !column.is_empty() && expected.text().contains(column))
                            && summary.rows > 0
                        {
                            let share = input.missing as f64 / summary.rows as f64 * 100.0;
                            found.push(format!(
                                "`{}` is missing in {share:.1} % of rows",
                                input.name
                            ));
                        }
                    }
                    problems.add(told(0, None, found));
                }
            } else if let Some((rows, at)) = self.unkept.get(&place) {
                problems.add(told(*rows, Some(*at), Vec::new()));
            }
        }
    }
}

/// Is a period of one kind part of one of the other?
fn is_within(found: PeriodKind, kind: PeriodKind, declared: bool) -> bool {
    declared && period::most_within(kind, found).is_some()
}

/// The values of a row by period; those without any value give the last period alone.
fn by_period<'l>(
    layout: &'l Layout,
    cells: &'l [Kept],
) -> Vec<(&'l str, Vec<(&'l str, &'l Kept)>)> {
    let mut periods: Vec<(&str, Vec<(&str, &Kept)>)> = Vec::new();
    for held in &layout.held {
        let Some(cell) = cells.get(held.column) else {
            continue;
        };
        let value = (held.indicator.as_str(), cell);
        match periods
            .iter_mut()
            .find(|(period, _)| *period == held.period)
        {
            Some((_, values)) => values.push(value),
            None => periods.push((&held.period, vec![value])),
        }
    }
    let known = |(_, values): &(&str, Vec<(&str, &Kept)>)| {
        values.iter().any(|(_, cell)| !cell.is_missing())
    };
    if periods.iter().any(known) {
        periods.retain(known);
    } else {
        periods = periods.pop().into_iter().collect();
    }
    periods
}

/// The indicators that the shape names.
fn targets(recipe: &Recipe, plan: &Plan) -> Vec<String> {
    let mut targets: Vec<String> = match &recipe.shape {
        Shape::Plain | Shape::Wide { .. } => Vec::new(),
        Shape::Long { keys, .. } => keys.iter().map(|(_, target)| target.clone()).collect(),
        Shape::Periods {
            keys, value, name, ..
        } => {
            let only = only_indicator(plan).filter(|_| name.is_none());
            let value = value.clone().or(only);
            keys.iter()
                .map(|(_, target)| target.clone())
                .chain(value)
                .collect()
        }
    };
    let summed = recipe.sum.iter().filter(|(name, summed)| {
        let mapped = recipe
            .map
            .iter()
            .any(|(_, column)| matches!(summed, Summed::Column(own) if own == column));
        !mapped && plan.inputs.iter().any(|input| input.name == *name)
    });
    targets.extend(summed.map(|(name, _)| name.clone()));
    targets
}

/// The one indicator that the rules read, where there is only one.
pub(crate) fn only_indicator(plan: &Plan) -> Option<String> {
    let mut numbers = plan.inputs.iter().filter(|input| {
        !matches!(
            input.kind,
            forewarn_plan::InputKind::Key { .. } | forewarn_plan::InputKind::Verification { .. }
        )
    });
    let first = numbers.next()?;
    numbers.next().is_none().then(|| first.name.clone())
}

/// Are two HXL tags the same, however their blanks and capitals are?
fn same_tag(one: &str, other: &str) -> bool {
    let plain = |tag: &str| tag.replace(' ', "").to_lowercase();
    one.starts_with('#') && plain(one) == plain(other)
}

/// The cells of a row by the names of its columns.
struct RowNames<'a, R> {
    names: &'a [String],
    row: &'a R,
}

impl<R: Cells> Names for RowNames<'_, R> {
    fn value(&self, name: &str) -> Option<Value> {
        let column = self.names.iter().position(|known| known == name)?;
        Some(match self.row.cell(column) {
            Cell::Number(number) if !number.is_nan() => Value::Number(number),
            Cell::Integer(number) => Value::Number(number as f64),
            Cell::Truth(truth) => Value::Truth(truth),
            Cell::Missing | Cell::Number(_) | Cell::Text(_) | Cell::Date(_) | Cell::Other(_) => {
                Value::of(&self.row.text(column))
            }
        })
    }
}
