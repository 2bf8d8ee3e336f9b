//! What changed since the last period: inputs take their new values one after the other.
//!
//! The path begins with the result of the last period before of which data have a row, and ends with the
//! present one. First the time passes: every input's history stands as much later, so that whatever looks
//! back sees the same as before, and what rests on its own past goes on from where it stood. Then what is recalled gets
//! its own history back, as it really was, then each input in the order of the Plan, and last
//! the results across peers. Where several histories are put together (since an event, in an alert) and the path is
//! shorter so, all histories pass first, together, and then each input's last value. Each step begins where the one before ends, so the steps add up to the
//! difference, whatever the calculation; their sizes depend on the order where inputs act together. What had
//! to change before, so that a step could do what it did, is named beside it.
//!
//! Only what depends on an input is worked out again, in the last row; where its earlier values are others
//! and something looks back on them, what that remembers, too.

use std::collections::HashMap;
use std::rc::Rc;

use forewarn_plan::{DeclarationKind, NodeId, Value, digits};

use super::evidence::Evidence;
use super::params_moved;
use super::path::{Differs, Path, applying, cell, ending, is_same, later, restore};
use super::reach::Reach;
use super::settle::input_value;
use super::tree::{Moved, Shown, Since, SinceStep};
use crate::form;
use crate::interpreter::{Remembered, Walk};
use crate::panel::Panel;
use crate::rows::Source;

/// Histories are walked one by one as long as this many operations do; together otherwise.
const MOST_OPERATIONS: usize = 4_000_000;

pub(super) fn since(evidence: &Evidence, value: &Value) -> Option<Since> {
    let kind = evidence.plan.panel.period?;
    let last = evidence.last();
    let gaps = &evidence.panel.gaps;
    let has_row = |at: &usize| gaps.binary_search(&(evidence.first + at)).is_err();
    let before_row = (0..last).rev().find(has_row)?;
    let number = *evidence.own.periods.get(before_row)?;
    let path = Path::of(evidence, value);
    let was = evidence.at_row(before_row);
    let before = path.told(&was);
    let now = path.told(&evidence.values);
    let present = applying(evidence);
    let old = later(&present, last - before_row);
    let mut own = old.clone();
    let each = path.reach.earlier().len().saturating_mul(last) + path.nodes.len();
    let mut steps = Steps {
        path: &path,
        walk: path.walked(&own, last),
        undone: old.clone(),
        old,
        last,
        each,
        stands: before.clone(),
        detour: None,
        passed: Moved::Time,
        changed: Vec::new(),
        found: Vec::new(),
    };
    steps.time(&present, last - before_row);
    for (recalled, columns) in path.recalled() {
        let moved = recalled.moved(evidence.plan, &evidence.values, &was);
        steps.step(&columns, moved, &mut own, &present);
    }
    // Whether others apply is known before what they are.
    let conditions = conditions(evidence);
    // What the period that another value names holds is there before it is named.
    let named = path.of_named_periods();
    let used = used_in_order(&path, &[&conditions, &named]);
    let together = each.saturating_mul(used.len()) > MOST_OPERATIONS;
    let mut histories = Vec::new();
    for (input, node) in used {
        if together && path.is_looked_back_on(node) {
            histories.push(input);
            continue;
        }
        let Some(info) = evidence.plan.inputs.get(input) else {
            continue;
        };
        let (from, to) = (cell(&own, input, last), cell(&present, input, last));
        let (name, label) = (info.name.clone(), info.label.clone());
        let what = if is_same(from, to) {
            Moved::Earlier { name, label }
        } else {
            Moved::Input {
                name,
                label,
                from: input_value(info, from),
                to: input_value(info, to),
            }
        };
        steps.step(&[(input, node)], what, &mut own, &present);
    }
    let has_peers = !evidence.peers.is_empty();
    if histories.is_empty() {
        steps.came_back();
    }
    if !histories.is_empty() {
        restore(&mut own, &present, &histories);
        // With its own history and nothing to compare with, it is what it is.
        let after = if has_peers {
            path.read(&path.walked(&own, last))
        } else {
            now.clone()
        };
        steps.came_to(Moved::History, after);
    }
    if has_peers {
        let beyond = evidence.beyond(value.nodes().into_iter());
        let alone = beyond.peers.is_empty() && !beyond.spells.is_empty();
        let what = if alone {
            Moved::Spells
        } else {
            // What has a step of its own by other ways is told there.
            let has_step = |input: usize| {
                let mut inputs = evidence.input_nodes().iter();
                inputs.any(|(at, node)| *at == input && path.place(*node).is_some())
            };
            let own = beyond.peers.iter().filter(|input| !has_step(**input));
            let agos = evidence.peers_ago(value);
            let own = own.filter_map(|input| {
                let ago = agos.get(input).copied().flatten()?;
                compared(evidence, (*input, ago), (&steps.old, &present))
            });
            Moved::Peers { own: own.collect() }
        };
        steps.came_to(what, now.clone());
    }
    let old = steps.old;
    let mut steps = steps.found;
    without_noise(&mut steps);
    if !named.is_empty() {
        without_detour(&mut steps);
    }
    if !together && !has_peers && is_in_between(&path, &steps) {
        let events = path.of_events();
        let used = used_in_order(&path, &[&conditions, &events]);
        let shorter = by_last_cells(&path, (&old, &present), &used, each, before.clone());
        if shorter.len() < steps.len() {
            steps = shorter;
        }
    }
    Some(Since {
        period: evidence.panel.period(kind, number),
        before,
        now,
        steps,
    })
}

/// The inputs on the path, those below some nodes first, in the order of the lists.
fn used_in_order(path: &Path<'_>, first: &[&[NodeId]]) -> Vec<(usize, NodeId)> {
    let inputs = path.evidence.input_nodes().iter().copied();
    let mut used: Vec<(usize, NodeId)> = inputs
        .filter(|(_, node)| path.place(*node).is_some())
        .collect();
    used.sort_by_key(|(_, node)| {
        let is_among = |nodes: &[NodeId]| nodes.binary_search(node).is_ok();
        first
            .iter()
            .map(|nodes| !is_among(nodes))
            .collect::<Vec<_>>()
    });
    used
}

/// May steps come from the histories of several inputs that stood at different times in between?
fn is_in_between(path: &Path<'_>, steps: &[SinceStep]) -> bool {
    let looked_back_on =
        |(_, node): &&(usize, NodeId)| path.place(*node).is_some() && path.is_looked_back_on(*node);
    let several = path.evidence.input_nodes().iter().filter(looked_back_on);
    let passed = |step: &SinceStep| matches!(step.what, Moved::Time | Moved::Params(_));
    let passed = steps.iter().any(passed);
    steps.len() > 1 && !passed && several.count() > 1 && path.evidence.own_past().is_none()
}

/// The same path with all histories first, together, and then each input's value of the last period: what is put
/// together of several histories is then never made of one that has passed and one that has not.
fn by_last_cells<'p>(
    path: &'p Path<'p>,
    (old, present): (&Panel, &Panel),
    used: &[(usize, NodeId)],
    each: usize,
    before: Shown,
) -> Vec<SinceStep> {
    let evidence = path.evidence;
    let last = evidence.last();
    let mut own = present.clone();
    for (input, _) in used {
        let was = cell(old, *input, last);
        let slot = own
            .columns
            .get_mut(*input)
            .and_then(|column| column.get_mut(last));
        if let Some(slot) = slot {
            *slot = was;
        }
    }
    let mut steps = Steps {
        path,
        walk: path.walked(&own, last),
        undone: own.clone(),
        old: own.clone(),
        last,
        each,
        stands: before,
        detour: None,
        passed: Moved::Time,
        changed: Vec::new(),
        found: Vec::new(),
    };
    let after = path.read(&steps.walk);
    steps.came_to(Moved::History, after);
    for (input, node) in used {
        let Some(info) = evidence.plan.inputs.get(*input) else {
            continue;
        };
        let (from, to) = (cell(&own, *input, last), cell(present, *input, last));
        let what = Moved::Input {
            name: info.name.clone(),
            label: info.label.clone(),
            from: input_value(info, from),
            to: input_value(info, to),
        };
        steps.step(&[(*input, *node)], what, &mut own, present);
    }
    steps.found
}

/// What peers are compared with of the entity's own, so many periods ago, where that changed.
fn compared(
    evidence: &Evidence,
    (input, ago): (usize, u32),
    (old, present): (&Panel, &Panel),
) -> Option<Moved> {
    let info = evidence.plan.inputs.get(input)?;
    let row = evidence.last().checked_sub(ago as usize)?;
    let (from, to) = (cell(old, input, row), cell(present, input, row));
    let (name, label) = (info.name.clone(), info.label.clone());
    let (was, is) = (input_value(info, from), input_value(info, to));
    (!is_same(from, to)).then_some(match ago {
        0 => Moved::Input {
            name,
            label,
            from: was,
            to: is,
        },
        _ => Moved::Past {
            name,
            label,
            from: was,
            to: is,
        },
    })
}

/// That time passes moves where windows are put together, and with it digits that nobody reads.
fn without_noise(steps: &mut Vec<SinceStep>) {
    let [first, second, ..] = steps.as_mut_slice() else {
        return;
    };
    let is_noise = match (&first.before, &first.after) {
        (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => digits::is_same(*a, *b),
        (before, after) => before == after,
    };
    if first.what == Moved::Time && is_noise {
        second.before.clone_from(&first.before);
        // What comes back to the same digits is no step either.
        let also = usize::from(second.before == second.after);
        steps.drain(..=also);
    }
}

/// What stands in a named period stays there when time passes: that it was put later, and back, is no change.
fn without_detour(steps: &mut Vec<SinceStep>) {
    let Some(first) = steps.first().filter(|step| step.what == Moved::Time) else {
        return;
    };
    let before = first.before.clone();
    let back = steps.iter().skip(1);
    let back = back.take_while(|step| matches!(step.what, Moved::Earlier { .. }));
    let back = back.enumerate().filter(|(_, step)| step.after == before);
    if let Some(at) = back.map(|(at, _)| at).last() {
        steps.drain(..=at + 1);
    }
}

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
    /// With all that it reads, closed and in order.
    nodes: Vec<NodeId>,
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
            nodes,
            reach,
        })
    }
}

/// The path from the result before to the present one.
struct Steps<'p> {
    path: &'p Path<'p>,
    /// Where the path has come to.
    walk: Walk<'p>,
    /// What every input was.
    old: Panel,
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
    found: Vec<SinceStep>,
}

impl Steps<'_> {
    /// The time passes, and nothing else: every history stands so much later.
    fn time(&mut self, present: &Panel, by: usize) {
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
    fn step(&mut self, columns: &[(usize, NodeId)], what: Moved, own: &mut Panel, present: &Panel) {
        let numbers: Vec<usize> = columns.iter().map(|(column, _)| *column).collect();
        let differs = restore(own, present, &numbers);
        if differs == Differs::Nowhere {
            return;
        }
        restore(&mut self.undone, own, &numbers);
        let place = Place::of(self.path, columns, differs);
        self.again(&place, differs, own);
        self.take(what, place, own);
    }

    /// An input has other values in `own`: what depends on it is worked out again. Gives what was
    /// remembered of its earlier ones.
    fn again(&mut self, place: &Place, differs: Differs, own: &Panel) -> Option<Remembered> {
        let source = Source::of(own);
        let back = place.back.as_ref().filter(|_| differs == Differs::Earlier);
        let remembered = back.map(|back| {
            let mut walk = Walk::new(self.path.flat, back.nodes.clone());
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
    fn came_to(&mut self, what: Moved, after: Shown) {
        if after != self.stands {
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

    /// All single inputs have their present history: what met periods in which nothing stands meets them no longer.
    fn came_back(&mut self) {
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
    fn take(&mut self, what: Moved, input: Place, own: &Panel) {
        let after = self.path.read(&self.walk);
        // Others have to come back yet.
        let is_detour = self.detour.as_ref() == Some(&after);
        if !is_detour {
            self.detour = None;
        }
        if !is_detour && after != self.stands {
            let (with, with_one_of) = self.companions(own, &after);
            let before = std::mem::replace(&mut self.stands, after.clone());
            let told = self.earlier(&input, &what, own, &after);
            self.found.push(SinceStep {
                what: told.unwrap_or_else(|| what.clone()),
                with,
                with_one_of,
                before,
                after,
            });
        }
        self.changed.push((input, what));
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
        let (Moved::Input { name, label, .. }, [input]) = (what, place.columns.as_slice()) else {
            return None;
        };
        let was = cell(&self.old, *input, self.last);
        let is = cell(own, *input, self.last);
        let has_no_part = is_same(was, is) || {
            let column = self.undone.columns.get_mut(*input)?;
            *column.get_mut(self.last)? = was;
            let tried = self.tried(place, Differs::Last, own);
            restore(&mut self.undone, own, &place.columns);
            tried == *after
        };
        has_no_part.then(|| Moved::Earlier {
            name: name.clone(),
            label: label.clone(),
        })
    }

    /// Inputs that did nothing when they changed, and without which this step would not have come to what it
    /// did; and where there are none, those of which one is needed.
    fn companions(&mut self, own: &Panel, after: &Shown) -> (Vec<Moved>, Vec<Moved>) {
        let spoke = |moved: &Moved| self.found.iter().any(|step| is_of(&step.what, moved));
        let silent = self.changed.iter().filter(|(_, moved)| !spoke(moved));
        let silent: Vec<(Place, Moved)> = silent.cloned().collect();
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

/// Are both about the same?
fn is_of(told: &Moved, moved: &Moved) -> bool {
    match (told, moved) {
        (Moved::Earlier { name, .. }, Moved::Input { name: other, .. }) => name == other,
        (told, moved) => told == moved,
    }
}

/// The nodes that say whether indicators apply, and what these rest on.
fn conditions(evidence: &Evidence) -> Vec<NodeId> {
    let declared = evidence.plan.declarations.iter();
    let indicators = declared.filter(|one| one.kind == DeclarationKind::Indicator);
    let there = indicators.filter_map(|one| one.applies.map(|(node, _)| node));
    form::needed(evidence.flat, there)
}
