//! Steps from one result to the next: each takes something to its new value, and says what came of it.
//!
//! Only what depends on an input is worked out again, in the last row; where its earlier values are others
//! and something looks back on them, what that remembers, too.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use forewarn_plan::{NodeId, digits};

use super::nodes::shown;
use super::params_moved;
use super::path::{Differs, Path, cell, ending, is_same, restore};
use super::reach::Reach;
use super::tree::{Moved, Shown, SinceStep};
use super::trial::Trial;
use crate::form;
use crate::interpreter::{Remembered, Tape, Walk};
use crate::panel::Panel;
use crate::rows::Source;

/// Histories are walked one by one as long as this many operations do; together otherwise.
pub(super) const MOST_OPERATIONS: usize = 4_000_000;

/// Where an input stands, or what is recalled of one value, and what is worked out again when it changes.
#[derive(Clone)]
struct Place {
    columns: Vec<usize>,
    /// Its own place and those that depend on it, in order.
    places: Vec<usize>,
    /// Where earlier values are others and are looked back on.
    back: Option<Rc<Back>>,
}

/// What looks back on an input.
struct Back {
    /// With all that it reads.
    tape: Arc<Tape>,
    reach: Reach,
    /// Its places on the path and among the nodes.
    places: Vec<(usize, usize)>,
}

impl Place {
    /// Columns with the nodes that read them.
    fn of(path: &Path<'_>, columns: &[(usize, NodeId)], differs: Differs) -> Self {
        let nodes = columns.iter().map(|(_, node)| *node);
        let places =
            nodes.flat_map(|node| path.place(node).into_iter().chain(path.depending(node)));
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        places.dedup();
        let back = (differs == Differs::Earlier).then(|| Back::on(path, &places));
        Self {
            columns: columns.iter().map(|(column, _)| *column).collect(),
            places,
            back: back.flatten().map(Rc::new),
        }
    }
}

impl Back {
    fn on(path: &Path<'_>, places: &[usize]) -> Option<Self> {
        let looking = places.iter().copied();
        let looking: Vec<(usize, NodeId)> = looking
            .filter_map(|place| Some((place, *path.nodes.get(place)?)))
            .filter(|(_, node)| path.looks_back(*node))
            .collect();
        if looking.is_empty() {
            return None;
        }
        let flat = path.flat;
        let nodes = form::needed(flat, looking.iter().map(|(_, node)| *node));
        let reach = Reach::of(flat, &nodes, &HashMap::new());
        let places = looking.iter();
        let places =
            places.filter_map(|(place, node)| Some((*place, nodes.binary_search(node).ok()?)));
        Some(Self {
            places: places.collect(),
            tape: Tape::of(flat, &nodes),
            reach,
        })
    }
}

/// The path from the result before to the present one.
pub(super) struct Steps<'p> {
    path: &'p Path<'p>,
    /// Where the path has come to.
    pub walk: Walk<'p>,
    /// What every input was.
    pub old: Panel,
    /// As far as the path has come; steps are tried without one another in it.
    undone: Panel,
    last: usize,
    /// So many operations a walk takes.
    each: usize,
    stands: Shown,
    /// What it comes to only because what looks at everything that ever was meets periods in which nothing stands,
    /// since it was put later.
    detour: Option<Shown>,
    /// What a period that passes is called: time, or the constants that have other values in it.
    passed: Moved,
    /// The inputs that have taken their new values.
    changed: Vec<(Place, Moved)>,
    pub found: Vec<SinceStep>,
    /// How many periods pass.
    by: usize,
    /// Does the period of the last row pass by itself, its earlier rows standing in theirs?
    is_of_the_row: bool,
}

impl<'p> Steps<'p> {
    /// At the result before, with the inputs as they were.
    pub fn begun(path: &'p Path<'p>, old: Panel, before: Shown, each: usize) -> Self {
        let last = path.evidence.last();
        Self {
            path,
            walk: path.walked(&old, last),
            undone: old.clone(),
            old,
            last,
            each,
            stands: before,
            detour: None,
            passed: Moved::Time,
            changed: Vec::new(),
            found: Vec::new(),
            by: 0,
            is_of_the_row: false,
        }
    }

    /// The period of the last row passes, and nothing else.
    pub fn period(&mut self, by: usize) {
        self.by = by;
        self.is_of_the_row = true;
        self.passed =
            params_moved::of_this_period(self.path, by).map_or(Moved::Time, Moved::Params);
        let passed = self.path.read(&self.walk);
        self.came_to(self.passed.clone(), passed);
    }

    /// Some rows before the last one are others from here on.
    pub fn stand_at(&mut self, own: &Panel, what: Moved) {
        self.walk = self.path.walked(own, self.last);
        self.undone.clone_from(own);
        self.old.clone_from(own);
        let after = self.path.read(&self.walk);
        self.came_to(what, after);
    }

    /// The time passes, and nothing else: every history stands so much later.
    pub fn time(&mut self, present: &Panel, by: usize) {
        self.by = by;
        let put_later = self.path.read(&self.walk);
        let of_everything = self.path.is_of_everything();
        // What the constants of the method say of the new periods is no work of time.
        if let Some(params) = params_moved::of(self.path, by) {
            let as_before = if of_everything {
                let ended = params_moved::earlier_periods(&ending(present, by), by);
                self.path.walked(&ended, self.last - by)
            } else {
                let old = params_moved::earlier_periods(&self.old, by);
                self.path.walked(&old, self.last)
            };
            let as_before = self.path.read(&as_before);
            self.came_to(Moved::Time, as_before);
            self.passed = Moved::Params(params);
        }
        if of_everything {
            let passed = self
                .path
                .read(&self.path.walked(&ending(present, by), self.last - by));
            if passed != put_later {
                self.detour = Some(put_later);
            }
            self.came_to(self.passed.clone(), passed);
        } else {
            self.came_to(self.passed.clone(), put_later);
        }
    }

    /// Some columns take their present history.
    pub fn step(
        &mut self,
        columns: &[(usize, NodeId)],
        what: Moved,
        own: &mut Panel,
        present: &Panel,
    ) {
        let numbers: Vec<usize> = columns.iter().map(|(column, _)| *column).collect();
        let differs = restore(own, present, &numbers);
        if differs == Differs::Nowhere {
            return;
        }
        restore(&mut self.undone, own, &numbers);
        let place = Place::of(self.path, columns, differs);
        self.again(&place, differs, own);
        self.take(what, (place, differs), own);
    }

    /// An input has other values in `own`: what depends on it is worked out again. Gives what was
    /// remembered of its earlier ones.
    fn again(&mut self, place: &Place, differs: Differs, own: &Panel) -> Option<Remembered> {
        let source = Source::of(own);
        let back = place.back.as_ref().filter(|_| differs == Differs::Earlier);
        let remembered = back.map(|back| {
            let mut walk = Walk::over(self.path.flat, Arc::clone(&back.tape));
            back.reach.walk(&mut walk, &source, self.last, |_, _| {});
            self.walk.remember_as(&mut walk, &back.places)
        });
        self.walk.again(&source, self.last, &place.places);
        remembered
    }

    /// What it would come to with an input as it is in `undone`.
    fn tried(&mut self, place: &Place, differs: Differs, own: &Panel) -> Shown {
        let undone = std::mem::take(&mut self.undone);
        let remembered = self.again(place, differs, &undone);
        self.undone = undone;
        let tried = self.path.read(&self.walk);
        if let Some(remembered) = remembered {
            self.walk.recall(remembered);
        }
        self.walk.again(&Source::of(own), self.last, &place.places);
        tried
    }

    /// Something has taken its new value that is no single input.
    pub fn came_to(&mut self, what: Moved, after: Shown) {
        if !is_same_to_all(&after, &self.stands) {
            let before = std::mem::replace(&mut self.stands, after.clone());
            self.found.push(SinceStep {
                what,
                with: Vec::new(),
                with_one_of: Vec::new(),
                before,
                after,
            });
        }
    }

    /// What peers come to has taken its new value, last of all: what changed before and did nothing by that, and without
    /// which this would not have come to what it did, is named beside it.
    pub fn peers(&mut self, what: Moved, now: &Shown) {
        let told = self.found.len();
        let mut silent = self.silent();
        // What earlier values do to peers stands with the peers.
        silent.retain(|(place, _)| place.back.is_none());
        self.came_to(what, now.clone());
        let Some(step) = self.found.get_mut(told) else {
            return;
        };
        let (evidence, value) = (self.path.evidence, self.path.value);
        let mut trial = Trial::of(evidence, &value.nodes());
        let nodes = evidence.input_nodes();
        for (place, moved) in silent {
            let was = place.columns.iter().filter_map(|column| {
                let (_, node) = nodes.iter().find(|(input, _)| input == column)?;
                Some((*node, cell(&self.old, *column, self.last)))
            });
            let was: Vec<(NodeId, f64)> = was.collect();
            let without = trial.with(&was, |tried| shown(value, |node| tried.number(node)));
            if !is_same_to_all(&without, now) {
                step.with.push(moved);
            }
        }
    }

    /// All single inputs have their present history: what met periods in which nothing stands meets them no longer.
    pub fn came_back(&mut self) {
        let Some(now) = self.detour.take() else {
            return;
        };
        let what = match self.changed.as_slice() {
            [(_, only)] => only.clone(),
            _ => Moved::History,
        };
        self.came_to(what, now);
    }

    /// An input has taken its new value in `own`, and was worked out.
    fn take(&mut self, what: Moved, (input, differs): (Place, Differs), own: &Panel) {
        let after = self.path.read(&self.walk);
        // Others have to come back yet.
        let is_detour = self.detour.as_ref() == Some(&after);
        if !is_detour {
            self.detour = None;
        }
        if !is_detour && !is_same_to_all(&after, &self.stands) {
            let (mut with, with_one_of) = self.companions(own, &after);
            let before = std::mem::replace(&mut self.stands, after.clone());
            let as_was = self.with_present_as_was(&input, &what, own, &after);
            // Of all that ever was nothing leaves, and what comes in is the present value.
            let past = earlier_values(&what);
            let is_split = differs == Differs::Earlier && !self.path.is_of_everything();
            let mut begins = before.clone();
            let mut told = what.clone();
            match (as_was, past) {
                (Some(as_was), Some(past)) if as_was == after => told = past,
                // What left a window and what came into it are two things, and may go either way.
                (Some(as_was), Some(past))
                    if is_split
                        && is_known_number(&as_was)
                        && !is_same_to_all(&as_was, &before) =>
                {
                    self.found.push(SinceStep {
                        what: past,
                        with: Vec::new(),
                        with_one_of: Vec::new(),
                        before,
                        after: as_was.clone(),
                    });
                    begins = as_was;
                }
                (Some(_), Some(past)) if is_split => {
                    with.extend(self.past_beside(&input, own, &after).then_some(past));
                }
                _ => {}
            }
            with.extend(self.params_beside(own, &after));
            self.found.push(SinceStep {
                what: told,
                with,
                with_one_of,
                before: begins,
                after,
            });
        }
        self.changed.push((input, what));
    }

    /// What it comes to with the present value of one input as it was.
    fn with_present_as_was(
        &mut self,
        place: &Place,
        what: &Moved,
        own: &Panel,
        after: &Shown,
    ) -> Option<Shown> {
        let (Moved::Input { .. }, [input]) = (what, place.columns.as_slice()) else {
            return None;
        };
        let was = cell(&self.old, *input, self.last);
        let is = cell(own, *input, self.last);
        if is_same(was, is) {
            return Some(after.clone());
        }
        let column = self.undone.columns.get_mut(*input)?;
        *column.get_mut(self.last)? = was;
        let tried = self.tried(place, Differs::Last, own);
        restore(&mut self.undone, own, &place.columns);
        Some(tried)
    }

    /// What is told of an input where its earlier values alone did it: with its present one as it was, it comes to
    /// the same.
    fn earlier(
        &mut self,
        place: &Place,
        what: &Moved,
        own: &Panel,
        after: &Shown,
    ) -> Option<Moved> {
        let as_was = self.with_present_as_was(place, what, own, after)?;
        earlier_values(what).filter(|_| as_was == *after)
    }

    /// Would the present value of one input alone not have come to the same, with its earlier ones as they were?
    fn past_beside(&mut self, place: &Place, own: &Panel, after: &Shown) -> bool {
        let [input] = place.columns.as_slice() else {
            return false;
        };
        let is = cell(own, *input, self.last);
        restore(&mut self.undone, &self.old, &place.columns);
        let column = self.undone.columns.get_mut(*input);
        if let Some(slot) = column.and_then(|column| column.get_mut(self.last)) {
            *slot = is;
        }
        let tried = self.tried(place, Differs::Earlier, own);
        restore(&mut self.undone, own, &place.columns);
        tried != *after
    }

    /// Constants of the method that have other values and did nothing by that, where a step would not have come to
    /// what it did without it.
    fn params_beside(&mut self, own: &Panel, after: &Shown) -> Option<Moved> {
        let spoke = self.found.iter().any(|step| step.what == self.passed);
        if spoke || !matches!(self.passed, Moved::Params(_)) {
            return None;
        }
        let path = self.path;
        let without = if self.is_of_the_row {
            path.in_earlier_period(&mut self.walk, own, (self.last, self.by))
        } else {
            let before = params_moved::earlier_periods(own, self.by);
            path.read(&path.walked(&before, self.last))
        };
        (without != *after).then(|| self.passed.clone())
    }

    /// Inputs that did nothing when they changed, or of which a later step left nothing.
    fn silent(&self) -> Vec<(Place, Moved)> {
        let spoke = |moved: &Moved| {
            let mut steps = self.found.iter();
            steps
                .any(|step| is_of(&step.what, moved) && !is_same_to_all(&step.before, &self.stands))
        };
        let silent = self.changed.iter().filter(|(_, moved)| !spoke(moved));
        silent.cloned().collect()
    }

    /// Inputs that did nothing when they changed, or are undone, and without which this step would not have come to what it
    /// did; and where there are none, those of which one is needed.
    fn companions(&mut self, own: &Panel, after: &Shown) -> (Vec<Moved>, Vec<Moved>) {
        let silent = self.silent();
        let mut with = Vec::new();
        if silent.len().saturating_mul(self.each) > MOST_OPERATIONS {
            return (with, Vec::new());
        }
        for (other, moved) in silent.iter().cloned() {
            let differs = restore(&mut self.undone, &self.old, &other.columns);
            let needed = self.tried(&other, differs, own) != *after;
            restore(&mut self.undone, own, &other.columns);
            if needed {
                let told = self.earlier(&other, &moved, own, after);
                with.push(told.unwrap_or(moved));
            }
        }
        let one_of = match with.is_empty() && silent.len() > 1 {
            true => self.one_of(&silent, own, after),
            false => Vec::new(),
        };
        (with, one_of)
    }

    /// The fewest inputs without all of which a step would not have come to what it did, where it does without
    /// any single one.
    fn one_of(&mut self, silent: &[(Place, Moved)], own: &Panel, after: &Shown) -> Vec<Moved> {
        let mut kept: Vec<&(Place, Moved)> = silent.iter().collect();
        if self.tried_without(&kept, own) == *after {
            return Vec::new();
        }
        for one in silent {
            let is_other = |other: &&&(Place, Moved)| !std::ptr::eq(**other, one);
            let fewer: Vec<&(Place, Moved)> = kept.iter().filter(is_other).copied().collect();
            if self.tried_without(&fewer, own) != *after {
                kept = fewer;
            }
        }
        kept.into_iter().map(|(_, moved)| moved.clone()).collect()
    }

    /// What it would come to with several inputs as they were.
    fn tried_without(&mut self, inputs: &[&(Place, Moved)], own: &Panel) -> Shown {
        let mut kept = Vec::new();
        for (place, _) in inputs {
            let differs = restore(&mut self.undone, &self.old, &place.columns);
            let undone = std::mem::take(&mut self.undone);
            kept.push(self.again(place, differs, &undone));
            self.undone = undone;
        }
        let tried = self.path.read(&self.walk);
        for ((place, _), remembered) in inputs.iter().zip(kept).rev() {
            restore(&mut self.undone, own, &place.columns);
            if let Some(remembered) = remembered {
                self.walk.recall(remembered);
            }
        }
        for (place, _) in inputs {
            self.walk.again(&Source::of(own), self.last, &place.places);
        }
        tried
    }
}

/// What is told of an input's earlier values.
fn earlier_values(what: &Moved) -> Option<Moved> {
    match what {
        Moved::Input { name, label, .. } => Some(Moved::Earlier {
            name: name.clone(),
            label: label.clone(),
        }),
        Moved::Earlier { .. }
        | Moved::Past { .. }
        | Moved::Peers { .. }
        | Moved::Spells
        | Moved::History
        | Moved::Params(_)
        | Moved::Time => None,
    }
}

/// Does nothing in the language tell them apart?
pub(super) fn is_same_to_all(a: &Shown, b: &Shown) -> bool {
    match (a, b) {
        (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => {
            digits::is_same(*a, *b) || (a.is_nan() && b.is_nan())
        }
        (a, b) => a == b,
    }
}

fn is_known_number(shown: &Shown) -> bool {
    match shown {
        Shown::Number { value, .. } => !value.is_nan(),
        Shown::Count { at_least, at_most } => at_least.to_bits() == at_most.to_bits(),
        Shown::Truth(_)
        | Shown::Level { .. }
        | Shown::Between { .. }
        | Shown::Category(_)
        | Shown::Withheld(_) => false,
    }
}

/// Are both about the same?
fn is_of(told: &Moved, moved: &Moved) -> bool {
    match (told, moved) {
        (Moved::Earlier { name, .. }, Moved::Input { name: other, .. }) => name == other,
        (told, moved) => told == moved,
    }
}
