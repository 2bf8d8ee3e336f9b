//! From the rows of files to a panel, by a recipe.
//!
//! In: rows as readers find them, file after file. Out: what a file gives to the panel. A recipe that
//! asks for nothing hands rows on as they come; filters and years in columns do so too, and only what
//! must put rows together keeps them ([`Gather`]).

mod across;
mod called;
mod chosen;
mod columns;
mod deliveries;
mod endings;
mod events;
mod gone;
mod layout;
mod masked;
mod names;
mod near_names;
mod noted;
mod periods_left;
mod quality;
mod repeats;
mod said;
mod scales;
mod shares;
mod stated;
mod steps;
mod tell;
mod translate;
mod unfolding;

pub(crate) use endings::is_heading;
pub(crate) use events::is_event_id;

use super::filter::Filter;
use super::frame::hxl_tags;
use super::gather::{At, Gather};
use super::shape::only_indicator;
use super::{Frame, Is, Recipe, Shape, Summed};
use crate::grid::{Cells, Kept, KeptRow};
use crate::json::Pages;
use crate::progress::only;
use crate::withheld::Withheld;
use chosen::Chosens;
use forewarn_diagnostics::{Cause, Reports};
use forewarn_plan::{InputInfo, Plan};
use forewarn_runtime::bind::{
    BindOptions, Block, BlockReader, CellReader, Column, Holds, KeyNames, Line, PanelBuilder,
    key_names,
};
use forewarn_runtime::causes::data::{
    Behind, EmptyFile, NearlySameEvent, OtherSheets, PeriodsLeft, UnitsOtherwise,
};
use forewarn_runtime::period::Written;
use forewarn_runtime::result_table::ResultTable;
use layout::Layout;
use masked::Masked;
use names::Slips;
use said::{Scale, Titles};
use stated::Stated;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use unfolding::Across;

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
    /// Each entity has a column.
    across: Option<Across>,
    /// The sheet at hand, of several.
    sheet: Option<String>,
    /// How many columns the file at hand has.
    width: usize,
    /// The period that its name says of all its rows.
    in_name: Option<Rc<str>>,
    /// There are several files.
    stacked: bool,
    /// Events are summed up, be it what is withheld alone.
    sums: bool,
    builder: Option<PanelBuilder<'p>>,
    gather: Option<Gather<'p>>,
    reader: CellReader,
    /// What an audience may not see: its cells are as if they were empty.
    withheld: Arc<Withheld>,
    /// Which columns of the file at hand are so; empty where none is.
    hidden: Rc<[bool]>,
    /// Cells that are not what a condition asks of them.
    slips: RefCell<Slips>,
    /// Rows at the end that may be no data: all of them if no row of data follows.
    tail: Vec<(u64, KeptRow)>,
    /// The last row that is data.
    last_row: u64,
    /// Rows behind the data that are remarks: the first, and how many.
    remarks: Vec<(At, String, u64)>,
    /// Rows over others that seem to be headings.
    headings: Vec<(At, String)>,
    /// Rows that delete what they hold: the first, the column, the word, and how many.
    deleted: Option<(At, String, String, u64)>,
    /// Rows with a wrong number of cells, where there is no builder yet.
    ragged: Vec<Ragged>,
    /// The cells above those that are filled from there.
    above: Vec<Kept>,
    /// Rows that are no data for what is said of footers.
    behind_footer: u64,
    /// A file has a footer.
    footed: bool,
    /// Of the first file that is stacked: the columns of its keys and of its period.
    first_keys: Option<Vec<(String, Option<String>)>>,
    /// Workbooks with sheets that are not read.
    sheets: Vec<OtherSheets>,
    /// What the row of units says otherwise than the rules.
    units: Vec<UnitsOtherwise>,
    /// What the file itself says of its columns' units, as results do.
    stated: BTreeMap<String, String>,
    /// What documents say of other pages, each with its name and its rows.
    pages: Vec<(String, Pages, u64)>,
    /// Rows under a header that are data although units are said to stand there.
    no_units: Vec<(usize, u64)>,
    /// Keys that a crosswalk does not have, with their rows.
    unmatched: BTreeMap<(String, String), (u64, At)>,
    /// Expectations about each row that were not kept: how often, and where first.
    unkept: BTreeMap<usize, (u64, At)>,
    /// Of columns that no indicator reads and `expect` asks for: how many cells are missing, of how many.
    shares: BTreeMap<String, (u64, u64)>,
    /// Rows that the filter left out, and those that it let through.
    filtered: u64,
    let_through: u64,
    /// The words by which it chooses.
    chosen: Chosens,
    /// The columns of each file that is stacked.
    headers: Vec<Vec<String>>,
    /// What else was met in each of them.
    met: Vec<noted::Met>,
    /// The periods that each of them reaches.
    deliveries: Vec<noted::Delivery>,
    /// Indicators of columns of periods.
    held_indicators: BTreeSet<String>,
    /// Columns among those of periods that are left out by their names.
    left: Vec<PeriodsLeft>,
    /// How the data write periods.
    ways: Vec<Written>,
    /// What crosswalks make of codes, by column.
    translations: HashMap<(usize, String), Option<String>>,
    /// The files stand one by one in the recipe, in an order that people gave them.
    listed: bool,
    /// Columns of the file at hand that say how values are counted.
    scales: Vec<Scale<'p>>,
    /// What a column of it says of values.
    marks: noted::Marks,
    /// Lines above its header.
    titles: Titles,
    /// Names of a long table that nothing is read from, with what they are nearly.
    near_names: noted::NearNames,
    /// Events that files give, and those that two files do.
    repeats: noted::Repeats,
    /// Events that are summed up once.
    events: noted::Events,
    /// Events that seem to be there again, and the column that seems to name them.
    again: noted::Again,
    /// Events whose names are nearly the same.
    near_events: Option<NearlySameEvent>,
    event_column: Option<String>,
    /// Rows behind the end of what is read that have keys and values.
    beyond: Vec<(At, Behind, u64)>,
    /// Names in a long table, where nothing but these is asked for.
    codes: Option<BTreeSet<String>>,
}

/// A row with a wrong number of cells: its file, its number, how many it has and how many its header, and its line.
type Ragged = (usize, u64, (usize, usize), Option<Line>);

/// As many rows at the end are looked at before they are taken for data.
const MOST_HELD: usize = 200;

impl<'p> Pipe<'p> {
    pub(crate) fn new(
        plan: &'p Plan,
        recipe: &Recipe,
        mut bind: BindOptions,
        stacked: bool,
        withheld: &Arc<Withheld>,
    ) -> Self {
        let mut recipe = recipe.clone();
        let is_withheld = |name: &str| withheld.target(plan, name);
        bind.map.retain(|(name, _)| !is_withheld(name));
        recipe.map.retain(|(name, _)| !is_withheld(name));
        let own = std::mem::take(&mut recipe.sum);
        let withheld_sum = |(name, summed): &(String, Summed)| {
            is_withheld(name)
                || matches!(summed, Summed::Column(column) if column == name && withheld.source(plan, column))
        };
        recipe.sum = own
            .iter()
            .filter(|one| !withheld_sum(one))
            .cloned()
            .collect();
        for target in targets(&recipe, plan)
            .into_iter()
            .filter(|name| !is_withheld(name))
        {
            if !bind.map.iter().any(|(name, _)| *name == target) {
                bind.map.push((target.clone(), target));
            }
        }
        let by_columns = !matches!(
            recipe.shape,
            Shape::Plain | Shape::Long { .. } | Shape::Entities { .. }
        );
        if by_columns && plan.panel.period.is_some() {
            let name = &plan.panel.period_name;
            bind.map.retain(|(known, _)| known != name);
            bind.map.push((name.clone(), name.clone()));
        }
        let names = key_names(plan, &bind.map);
        let (across, shape) = Across::of(&recipe, plan, &names).unzip();
        if let Some(shape) = shape {
            recipe.shape = shape;
        }
        // What is summed for others alone is put together all the same.
        let gathers = stacked || recipe.gathers() || !own.is_empty();
        let reader = CellReader::of(plan, &bind);
        let declared = bind.written.or(plan.panel.written).into_iter();
        let ways = declared.chain(bind.also_written.iter().copied());
        let ways: Vec<Written> = match plan.panel.period {
            Some(kind) => ways.map(|written| written.in_weeks_of(kind)).collect(),
            None => ways.collect(),
        };
        Self {
            ways,
            met: Vec::new(),
            deliveries: Vec::new(),
            held_indicators: BTreeSet::new(),
            left: Vec::new(),
            translations: HashMap::new(),
            listed: false,
            events: noted::Events::default(),
            again: noted::Again::default(),
            near_events: None,
            event_column: None,
            plan,
            across,
            sheet: None,
            width: 0,
            in_name: None,
            names,
            files: Vec::new(),
            frame: Frame::new(&recipe.frame),
            header: None,
            layout: None,
            builder: None,
            gather: gathers
                .then(|| Gather::new(recipe.when, recipe.shape.names_in_cells(), reader.clone())),
            reader,
            withheld: Arc::clone(withheld),
            hidden: Rc::from([]),
            slips: RefCell::default(),
            tail: Vec::new(),
            last_row: 0,
            remarks: Vec::new(),
            headings: Vec::new(),
            deleted: None,
            ragged: Vec::new(),
            above: Vec::new(),
            behind_footer: 0,
            footed: false,
            first_keys: None,
            sheets: Vec::new(),
            units: Vec::new(),
            stated: BTreeMap::new(),
            pages: Vec::new(),
            no_units: Vec::new(),
            unmatched: BTreeMap::new(),
            unkept: BTreeMap::new(),
            shares: BTreeMap::new(),
            filtered: 0,
            let_through: 0,
            chosen: Chosens::of(recipe.rows.as_ref()),
            headers: Vec::new(),
            codes: None,
            near_names: noted::NearNames::default(),
            repeats: noted::Repeats::default(),
            beyond: Vec::new(),
            scales: Vec::new(),
            titles: Titles::default(),
            marks: noted::Marks::default(),
            sums: !own.is_empty(),
            stacked,
            recipe,
            bind,
        }
    }

    /// A pipe that asks for nothing but the names in a long table.
    pub(crate) fn of_codes(plan: &'p Plan, recipe: &Recipe, bind: BindOptions) -> Self {
        let recipe = Recipe {
            rows: None,
            expect: Vec::new(),
            sum: Vec::new(),
            crosswalks: Vec::new(),
            ..recipe.clone()
        };
        let mut pipe = Self::new(plan, &recipe, bind, true, &Arc::default());
        pipe.codes = Some(BTreeSet::new());
        pipe
    }

    /// These names.
    pub(crate) fn into_codes(self) -> BTreeSet<String> {
        self.codes.unwrap_or_default()
    }

    /// Is the file at hand one of several?
    pub(crate) fn is_of_several(&self) -> bool {
        self.bind.several
    }

    /// People gave the files in their order.
    pub(crate) fn in_given_order(&mut self) {
        self.listed = true;
    }

    /// Names the part of a file that is read: a sheet of several.
    pub(crate) fn of_sheet(&mut self, file: &str, sheet: &str) {
        let name = format!("{file} ({sheet})");
        self.sheet = Some(sheet.to_owned());
        if let Some(last) = self.files.last_mut() {
            last.clone_from(&name);
        }
        self.bind.file = name;
    }

    /// Notes that a workbook has other sheets than the one that is read.
    pub(crate) fn beside(&mut self, file: &str, read: &str, others: Vec<String>) {
        // What other sheets are called is nothing for an audience that may not see all.
        let named = !self.bind.sheltered;
        self.sheets.push(OtherSheets {
            file: file.to_owned(),
            read: read.to_owned(),
            others: others.into_iter().filter(|_| named).collect(),
            recipe: self.recipe.span,
        });
    }

    /// What was found in the way of rows, with what may be the reason for it.
    pub(crate) fn with_sheets(&mut self, mut reports: Reports) -> Reports {
        for sheets in self.sheets.drain(..) {
            reports.add(sheets);
        }
        reports
    }

    /// Begins a file.
    pub(crate) fn begin(&mut self, file: &str) {
        self.files.push(file.to_owned());
        self.sheet = None;
        self.in_name = None;
        self.bind.file = file.to_owned();
        self.frame = Frame::new(&self.recipe.frame);
        let chosen = Chosens::of(self.recipe.rows.as_ref());
        self.met.push(noted::Met::of(chosen));
        self.deliveries.push(noted::Delivery::default());
        self.header = None;
        self.last_row = 0;
        self.layout = None;
        self.above.clear();
        self.hidden = Rc::from([]);
    }

    /// What a file says itself of the units of its columns.
    pub(crate) fn states(&mut self, units: BTreeMap<String, String>) {
        self.stated.extend(units);
    }

    /// What a document says of other pages than the one it is.
    pub(crate) fn paged(&mut self, file: &str, pages: Pages, rows: usize) {
        self.pages.push((file.to_owned(), pages, rows as u64));
    }

    /// Names the columns of a file that knows them itself.
    ///
    /// # Errors
    /// Columns that are missing.
    pub(crate) fn named(&mut self, mut names: Vec<String>) -> Result<(), Reports> {
        self.recipe.rename_in(&mut names);
        self.hidden = self.hidden_of(&names);
        self.open(names)
    }

    /// The sign between the cells of the file at hand.
    pub(crate) fn set_apart_by(&mut self, delimiter: u8) {
        self.bind.semicolons = delimiter != b',';
    }

    /// The names of the columns of the file at hand that something is read from, by their place.
    pub(crate) fn read_names(&self) -> BTreeMap<usize, String> {
        let Some(layout) = &self.layout else {
            return BTreeMap::new();
        };
        if let Some(places) = self.places_of_entities() {
            return places.collect();
        }
        let mut asked: BTreeSet<String> = self.names.all().cloned().collect();
        let conditions = self.recipe.rows.iter().chain(&self.recipe.expect);
        asked.extend(conditions.flat_map(Filter::columns));
        let is_read = |column: usize, name: &String| {
            let place = [layout.year, layout.long.map(|(name, _)| name)];
            let value = layout.long.and_then(|(_, value)| value);
            layout.is_key(column)
                || place.contains(&Some(column))
                || value == Some(column)
                || layout.held.iter().any(|held| held.column == column)
                || self.is_read(name)
                || self.sums_column(name)
                || asked.contains(name)
        };
        let names = layout.names.iter().enumerate();
        let read = names.filter(|(column, name)| {
            !name.is_empty() && !self.is_hidden(*column) && is_read(*column, name)
        });
        read.map(|(column, name)| (column, name.clone())).collect()
    }

    /// Is anything read from the first of these rows, the others being those above it? Of a long table, what names
    /// an indicator that the rules read.
    pub(crate) fn reads_row<'r, R: Cells + 'r>(&self, rows: impl Iterator<Item = &'r R>) -> bool {
        let Some(layout) = &self.layout else {
            return false;
        };
        let Some((name, _)) = layout.long else {
            return true;
        };
        let filled = layout.fill.contains(&name);
        let mut names = rows.map(|row| row.text(name));
        let own = names.next().filter(|own| !own.is_empty() || !filled);
        let code = own.or_else(|| names.find(|above| !above.is_empty()));
        let target = code.and_then(|code| Some((self.target_of(&code)?, code)));
        target.is_some_and(|(target, code)| {
            let is_asked = self.is_indicator(&target) || self.sums_column(&target);
            is_asked && !self.withholds_named(&code, &target)
        })
    }

    /// What is read from which column, where that is said.
    pub(crate) fn mapped(&self) -> &[(String, String)] {
        &self.bind.map
    }

    /// Is this read for an audience that may not see all?
    pub(crate) fn is_sheltered(&self) -> bool {
        self.bind.sheltered
    }

    /// Takes the next row.
    ///
    /// # Errors
    /// What is wrong with the header, once it has been seen.
    pub(crate) fn row(&mut self, number: u64, row: &impl Cells) -> Result<(), Reports> {
        if self.hidden.is_empty() || self.across.is_some() {
            return self.row_of(number, row);
        }
        let hidden = Rc::clone(&self.hidden);
        let masked = Masked {
            row,
            hidden: &hidden,
        };
        // A row of units that says those of hidden columns alone is there for every audience.
        if self.frame.awaits_units()
            && masked.is_blank()
            && !row.is_blank()
            && hxl_tags(row).is_empty()
        {
            self.frame.pass_units();
            let names = self.header.take().unwrap_or_default();
            return self.open(names);
        }
        self.row_of(number, &masked)
    }

    fn row_of(&mut self, number: u64, row: &impl Cells) -> Result<(), Reports> {
        if self.layout.is_none() || !self.is_simple() || row.is_missing(0) {
            match self.frame.take(number, row) {
                Is::NoData => {
                    self.note_title(number, row);
                    self.note_footer(number, row);
                    return Ok(());
                }
                Is::Units => {
                    let names = self.header.take().unwrap_or_default();
                    self.open(names)?;
                    if self.across.is_some() || !self.says_something(row) {
                        self.note_units(number, row);
                        return Ok(());
                    }
                    self.no_units
                        .push((self.files.len().saturating_sub(1), number));
                }
                Is::Header(mut names) => {
                    self.recipe.rename_in(&mut names);
                    self.hidden = self.hidden_of(&names);
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
        self.stated_of(number, row, Self::data_of);
        Ok(())
    }

    /// Takes a row of data with what the name of its file says, and in as many rows as it makes.
    fn stated_of<R: Cells>(&mut self, number: u64, row: &R, take: impl Fn(&mut Self, u64, &R)) {
        match self.in_name.clone() {
            Some(text) => {
                let width = self.width;
                let row = Stated {
                    row,
                    width,
                    text: &text,
                };
                if !self.unfolds(number, &row) {
                    self.data_masked(number, &row);
                }
            }
            None if self.unfolds(number, row) => {}
            None => take(self, number, row),
        }
    }

    fn is_plain(&self) -> bool {
        self.recipe.is_plain() && self.across.is_none()
    }

    /// Does nothing but the header and blank rows set data apart?
    fn is_simple(&self) -> bool {
        self.recipe.frame.comment.is_none() && self.recipe.frame.footer.is_empty()
    }

    /// What reads rows in blocks, where nothing but the panel is to be made of them.
    pub(crate) fn block_reader(&self) -> Option<BlockReader<'p>> {
        let width = self.layout.as_ref()?.names.len();
        let plain = self.is_simple() && self.gather.is_none() && self.is_plain();
        let plain = plain && self.scales.is_empty() && self.marks.is_idle();
        let layout = self.layout.as_ref()?;
        let builder = self
            .builder
            .as_ref()
            .filter(|_| plain && layout.deletes.is_none())?;
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
        self.stated_of(number, row, Self::data_masked);
    }

    /// The same of a row whose cells stand under the names of the layout.
    fn data_masked(&mut self, number: u64, row: &impl Cells) {
        if self.hidden.is_empty() {
            return self.data_of(number, row);
        }
        let hidden = Rc::clone(&self.hidden);
        self.data_of(
            number,
            &Masked {
                row,
                hidden: &hidden,
            },
        );
    }

    /// Looks at a row below the range of a sheet that is read.
    pub(crate) fn below(&mut self, number: u64, row: &impl Cells) {
        let range = self.recipe.range.clone().unwrap_or_default();
        let hidden = Rc::clone(&self.hidden);
        let masked = Masked {
            row,
            hidden: &hidden,
        };
        self.note_beyond(number, &masked, Behind::Range(range));
    }

    fn data_of(&mut self, number: u64, row: &impl Cells) {
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
        self.note_headings(row);
        self.flush();
        self.last_row = number;
        self.take_row(number, row, fits);
    }

    /// Takes a row of data; of one that deletes what it holds the keys alone.
    fn take_row(&mut self, number: u64, row: &impl Cells, fits: bool) {
        match self.without_deleted(number, row) {
            Some(keys) => self.put(number, &keys, fits),
            None => self.put(number, row, fits),
        }
    }

    /// Takes the rows that might have been a footer.
    fn flush(&mut self) {
        if self.tail.is_empty() {
            return;
        }
        let width = self.layout.as_ref().map_or(0, |layout| layout.names.len());
        for (number, row) in std::mem::take(&mut self.tail) {
            let fits = row.width() == width;
            self.last_row = number;
            self.take_row(number, &row, fits);
        }
    }

    fn put(&mut self, number: u64, row: &impl Cells, fits: bool) {
        if !fits {
            let stated = self.in_name.is_some() && row.width() > self.width;
            let cells = row.width() - usize::from(stated);
            let (line, header) = (row.line(), self.width);
            match &mut self.builder {
                Some(builder) => builder.ragged(number, (cells, header), line),
                None if self.ragged.len() < MOST_HELD => {
                    self.ragged
                        .push((self.files.len() - 1, number, (cells, header), line));
                }
                None => {}
            }
            return;
        }
        if self.gather.is_none() && self.is_plain() {
            if !self.scales.is_empty() {
                self.note_scales(number, row, None);
            }
            if let Some(layout) = self.layout.take_if(|_| !self.marks.is_idle()) {
                self.note_marks(&layout, self.at(number), row, None);
                self.layout = Some(layout);
            }
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
                        left_by: self.recipe.frame.sought(),
                        recipe: self.recipe.span,
                        ..EmptyFile::of(&self.bind.file)
                    }));
                }
            }
        }
        self.leave_remarks();
        self.flush();
        self.footed |= self.frame.is_behind();
        self.behind_footer += self.frame.behind_footer;
        Ok(())
    }

    /// What was found so far, and why nothing more can be read.
    pub(crate) fn fail(&mut self, cause: impl Cause + 'static) -> Reports {
        match self.builder.take() {
            Some(builder) => builder.fail(cause),
            None => only(cause),
        }
    }

    /// A row of the file at hand.
    fn at(&self, row: u64) -> At {
        At {
            file: self.files.len().saturating_sub(1),
            row,
        }
    }

    /// Is a column summed up?
    fn sums_column(&self, name: &str) -> bool {
        let mut sums = self.recipe.sum.iter();
        sums.any(|(_, of)| matches!(of, Summed::Column(column) if column == name))
    }

    /// What reads a column, and whether it does so in percent.
    fn read_by(&self, name: &str) -> Option<(&'p InputInfo, bool)> {
        let plan = self.plan;
        let mapped = |input: &InputInfo| {
            let mut map = self.bind.map.iter();
            map.find(|(known, _)| *known == input.name)
                .map(|(_, column)| column == name)
        };
        let inputs = plan.inputs.iter().enumerate();
        let (at, input) =
            inputs
                .filter(|(_, input)| input.kind.has_column())
                .find(|(_, input)| {
                    mapped(input).unwrap_or_else(|| {
                        input.column.as_deref().unwrap_or(input.name.as_str()) == name
                    })
                })?;
        Some((input, plan.percentages.contains(&at)))
    }

    /// Does a name mean an indicator, by its own name or by that of its column?
    fn is_indicator(&self, name: &str) -> bool {
        let mut inputs = self.plan.inputs.iter();
        inputs.any(|input| input.name == name) || self.is_read(name)
    }

    /// Is a column read by the rules?
    fn is_read(&self, name: &str) -> bool {
        crate::withheld::is_read(self.plan, &self.bind.map, name)
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
        let names = self.with_stated(names)?;
        let names = self.unfolded(names);
        let mut layout = self.layout_of(names)?;
        self.same_keys(&layout)?;
        self.headers.push(layout.names.clone());
        let asked = self.recipe.expect.iter().flat_map(Filter::shares);
        let asked: Vec<String> = asked.filter(|name| !self.is_indicator(name)).collect();
        for name in asked {
            self.shares.entry(name).or_default();
        }
        self.bind.unsummed = layout.unsummed.clone();
        if self.builder.is_none() && self.gather.is_none() && layout.holds_twice() {
            // Which of two columns of one period holds is said as for rows.
            self.gather = Some(Gather::new(
                self.recipe.when,
                self.recipe.shape.names_in_cells(),
                self.reader.clone(),
            ));
        }
        if self.gather.is_none() && self.builder.is_none() {
            let columns = layout.out.iter().map(|name| Column {
                name: name.clone(),
                holds: Holds::Cells,
                unit: self.stated.get(name).cloned(),
            });
            let builder = PanelBuilder::new(self.plan, columns.collect(), self.bind.clone())?;
            self.builder = Some(builder);
        }
        self.name_columns(&layout);
        self.look_beside(&mut layout);
        self.find_scales(&layout);
        self.find_marks(&layout);
        self.tell_titles(&layout);
        self.keep_layout(&layout);
        self.note_columns_of_periods(&layout);
        let held = layout.held.iter().map(|held| held.indicator.clone());
        self.held_indicators.extend(held);
        if let Some(event) = layout.event.and_then(|event| layout.names.get(event)) {
            self.event_column.get_or_insert_with(|| event.clone());
        }
        if let Some(found) = self.near_columns(&layout) {
            return Err(self.fail(found));
        }
        self.layout = Some(layout);
        Ok(())
    }
}

/// The indicators that the shape names.
fn targets(recipe: &Recipe, plan: &Plan) -> Vec<String> {
    let mut targets: Vec<String> = match &recipe.shape {
        Shape::Plain | Shape::Wide { .. } => Vec::new(),
        Shape::Entities { keys, value, .. } => keys
            .iter()
            .map(|(_, target)| target.clone())
            .chain(value.clone())
            .collect(),
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

/// Are two HXL tags the same, however their blanks and capitals are?
fn same_tag(one: &str, other: &str) -> bool {
    let plain = |tag: &str| tag.replace(' ', "").to_lowercase();
    one.starts_with('#') && plain(one) == plain(other)
}
