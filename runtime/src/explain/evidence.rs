//! Everything that is known of one entity up to one period: what explanations are read from.
//!
//! In: a Plan, a panel, a row, the nodes to be explained and those that are looked back on. Out: every
//! node's value in that row, and the earlier values of what is looked back on. Of other entities
//! only what operations across peers ask for is worked out; everything else is the entity's own rows.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use forewarn_plan::along::{Along, WHOLE};
use forewarn_plan::{InputKind, NodeId, Op, Plan, Stage, Value};

use super::handed;
use super::own_past::{self, OwnPast};
use super::reach::Reach;
use super::tree::{Rests, Untried};
use crate::codes::Codes;
use crate::form;
use crate::history::History;
use crate::interpreter::{Halted, NodeValue, RowValues, Tape, Walk};
use crate::panel::{Panel, aged};
use crate::peers::{self, Goalposts, PeerColumn};
use crate::rows::Source;
use crate::run::{self, Engine, RunError, RunOptions, Timings};

/// What explanations of all rows of a panel have in common.
pub(super) struct Ground<'a> {
    pub plan: &'a Plan,
    /// The Plan with operations across peers as inputs.
    pub flat: Cow<'a, Plan>,
    pub panel: &'a Panel,
    pub peers: Vec<PeerColumn>,
    /// The nodes that are worked out, closed and in order.
    pub nodes: Vec<NodeId>,
    tape: Arc<Tape>,
    /// The rules' own inputs among them, with their nodes, in order.
    input_nodes: Vec<(usize, NodeId)>,
    /// By node: places among them of those that read it.
    users: Vec<Vec<usize>>,
    /// By node, for those that were asked for: places of the nodes that depend on it.
    dependents: Vec<OnceLock<Box<[usize]>>>,
    reach: Reach,
    /// What is looked back on, and how many rows.
    looked_back_on: HashMap<NodeId, u32>,
    /// Where something rests on its own past.
    own_past: Option<OwnPast>,
}

impl<'a> Ground<'a> {
    /// # Errors
    /// The Plan is malformed, the panel does not fit it, or native code for peers cannot be made.
    pub fn of(
        plan: &'a Plan,
        panel: &'a Panel,
        roots: &[NodeId],
        looked_back_on: HashMap<NodeId, u32>,
        goalposts: Option<&Goalposts>,
    ) -> Result<Self, RunError> {
        form::check_plan(plan, &[])?;
        form::check_panel(plan, panel)?;
        let (flat, peers) = flatten(plan, panel, roots, goalposts)?;
        let nodes = form::needed(&flat, roots.iter().copied());
        let own_past = OwnPast::of(&flat, &nodes, plan.inputs.len() + peers.len());
        let mut looked_back_on = looked_back_on;
        looked_back_on.extend(own_past::recalls(&flat, &nodes).map(|node| (node, WHOLE)));
        Ok(Self {
            plan,
            own_past,
            panel,
            peers,
            reach: Reach::of(&flat, &nodes, &looked_back_on),
            input_nodes: input_nodes(&flat, &nodes, plan.inputs.len()),
            users: users(&flat, &nodes),
            dependents: std::iter::repeat_with(OnceLock::new)
                .take(flat.nodes.len())
                .collect(),
            looked_back_on,
            tape: Tape::of(&flat, &nodes),
            nodes,
            flat,
        })
    }

    /// Places of the nodes that depend on one, without itself, in order.
    fn dependents(&self, on: NodeId) -> &[usize] {
        let found = self.dependents.get(on.index());
        found.map_or(&[], |found| found.get_or_init(|| self.depending(on)))
    }

    fn depending(&self, on: NodeId) -> Box<[usize]> {
        let users_of = |node: NodeId| self.users.get(node.index()).map_or(&[][..], Vec::as_slice);
        let mut open = users_of(on).to_vec();
        let mut reached = vec![false; self.nodes.len()];
        let mut places = Vec::new();
        while let Some(place) = open.pop() {
            let (Some(seen), Some(node)) = (reached.get_mut(place), self.nodes.get(place)) else {
                continue;
            };
            if !*seen {
                *seen = true;
                places.push(place);
                open.extend(users_of(*node));
            }
        }
        places.sort_unstable();
        places.into()
    }
}

/// One entity's rows up to the one explained, and what its nodes say there.
pub(super) struct Evidence<'a> {
    ground: &'a Ground<'a>,
    pub plan: &'a Plan,
    pub flat: &'a Plan,
    pub panel: &'a Panel,
    /// The explained row of the panel, and the entity's first one.
    pub row: usize,
    pub first: usize,
    /// The columns of the flat Plan over the entity's rows, the explained one last.
    pub own: Panel,
    pub peers: &'a [PeerColumn],
    pub nodes: &'a [NodeId],
    pub values: RowValues,
    /// Of what is looked back on: its value in the entity's rows up to this one, as far back as it is looked
    /// at, oldest first.
    pub series: HashMap<NodeId, Vec<f64>>,
    /// Of what is looked back on: what an earlier run handed over of the periods before the entity's first row, the
    /// last of them last.
    pub handed: HashMap<NodeId, Vec<f64>>,
    /// The walk to the last row, while nobody has it.
    halted: RefCell<Option<Halted>>,
    /// The row before of which data have one, with every node's value there.
    pub before: Option<(usize, RowValues)>,
}

impl<'a> Evidence<'a> {
    pub fn gather(ground: &'a Ground<'a>, row: usize) -> Self {
        let panel = ground.panel;
        let first = Source::of(panel).first_of_entity(row);
        let cut = |column: &[f64]| column.get(first..=row).unwrap_or_default().to_vec();
        let mut own = Panel {
            entity_of: panel
                .entity_of
                .get(first..=row)
                .unwrap_or_default()
                .to_vec(),
            periods: panel.periods.get(first..=row).unwrap_or_default().to_vec(),
            history: panel
                .entity_of
                .get(row)
                .map_or_else(History::default, |entity| panel.history.of(*entity)),
            ..Panel::default()
        };
        own.columns = panel.columns.iter().map(|column| cut(column)).collect();
        own.columns
            .extend(ground.peers.iter().map(|column| cut(&column.result)));
        let last = row - first;
        // Tried with other values, what does not apply may come to do so: then its last value holds on, where it does.
        for (input, column) in own.columns.iter_mut().enumerate() {
            if let Some(cell) = column.last_mut()
                && cell.is_nan()
                && !panel.applies(input, row)
            {
                *cell = carried(ground.plan, panel, input, first..row).unwrap_or(f64::NAN);
            }
        }
        let wanted = ground.looked_back_on.iter();
        let mut series: HashMap<NodeId, (u32, Vec<f64>)> = wanted
            .map(|(node, far)| (*node, (*far, Vec::new())))
            .collect();
        let mut walk = Walk::over(&*ground.flat, Arc::clone(&ground.tape));
        let source = Source::of(&own);
        let has_row = |at: &usize| panel.gaps.binary_search(&(first + at)).is_err();
        let wanted = (0..last).rev().find(has_row);
        let mut before = None;
        let reach = &ground.reach;
        reach.walk_by_way_of(&mut walk, &source, (wanted, last), |walk, row| {
            if wanted == Some(row) {
                before = Some((row, walk.values()));
            }
            for (node, (far, cells)) in &mut series {
                if last - row <= usize::try_from(*far).unwrap_or(usize::MAX) {
                    cells.push(walk.cell(*node).map_or(f64::NAN, NodeValue::as_number));
                }
            }
        });
        // What an earlier run handed over stands in place of a row's own, where that is looked back on.
        for (node, period, x) in handed::within(&ground.flat, &own) {
            let Some((_, cells)) = series.get_mut(&node) else {
                continue;
            };
            let kept_from = (last + 1).saturating_sub(cells.len());
            let at = own.periods.iter().position(|own| *own == period);
            let at = at.filter(|at| *at < last);
            let at = at.and_then(|at| at.checked_sub(kept_from));
            if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
                *cell = x(*cell);
            }
        }
        let series = series.into_iter();
        Self {
            ground,
            plan: ground.plan,
            flat: &ground.flat,
            panel,
            row,
            first,
            peers: &ground.peers,
            nodes: &ground.nodes,
            values: walk.values(),
            series: series.map(|(node, (_, cells))| (node, cells)).collect(),
            handed: handed::before(&ground.flat, &own),
            halted: RefCell::new(Some(walk.halted())),
            before,
            own,
        }
    }

    /// The walk to the last row, in which every node is worked out. Whoever tried other values in it puts
    /// these back and gives it back by [`Evidence::done`].
    pub fn walk(&self) -> Walk<'_> {
        if let Some(halted) = self.halted.take() {
            return Walk::resumed(self.flat, Arc::clone(&self.ground.tape), halted);
        }
        let mut walk = Walk::over(self.flat, Arc::clone(&self.ground.tape));
        let source = Source::of(&self.own);
        let reach = &self.ground.reach;
        reach.walk(&mut walk, &source, self.last(), |_, _| {});
        walk
    }

    /// Takes the walk back.
    pub fn done(&self, walk: &mut Walk<'_>) {
        self.halted.replace(Some(walk.halted()));
    }

    /// The explained row among the entity's own.
    pub fn last(&self) -> usize {
        self.row - self.first
    }

    /// Places of the nodes that depend on one, without itself, in order.
    pub fn dependents(&self, on: NodeId) -> &'a [usize] {
        self.ground.dependents(on)
    }

    /// Places of the nodes that read one, in order.
    pub fn users(&self, of: NodeId) -> &'a [usize] {
        let users = self.ground.users.get(of.index());
        users.map_or(&[], Vec::as_slice)
    }

    /// What is recalled, where something is.
    pub fn own_past(&self) -> Option<&'a OwnPast> {
        self.ground.own_past.as_ref()
    }

    /// Inputs with the nodes that read them, of those that are worked out.
    pub fn input_nodes(&self) -> &'a [(usize, NodeId)] {
        &self.ground.input_nodes
    }

    /// Does an input stand for a declassified value?
    pub fn is_sealed(&self, input: usize) -> bool {
        let inputs = self.plan.inputs.len();
        input + self.plan.confidentiality.sealed.len() >= inputs
    }

    /// Do some nodes rest on a declassified value?
    pub fn rests_on_sealed(&self, below: impl Iterator<Item = NodeId>) -> bool {
        let needed = form::needed(self.flat, below);
        let mut inputs = self.input_nodes().iter();
        inputs.any(|(input, node)| self.is_sealed(*input) && needed.binary_search(node).is_ok())
    }

    /// Does an input apply in the explained row?
    pub fn applies(&self, input: usize) -> bool {
        self.panel.applies(input, self.row)
    }

    /// Does an input say of an observation that was carried to the explained row whether it was verified? What its
    /// own cell says there is of a new one.
    pub fn is_of_a_carried_one(&self, input: usize) -> bool {
        let info = self.plan.inputs.get(input).map(|info| &info.kind);
        let Some(InputKind::Verification { of }) = info else {
            return false;
        };
        aged(self.panel.carried.get(*of as usize), self.row).is_some()
    }

    /// Nodes of observations that were carried to the explained row with their own answer whether they were verified,
    /// of what says so, and what that says of a new observation.
    pub fn answers_of_new_ones(&self) -> Vec<(NodeId, NodeId, f64)> {
        let node = |wanted: usize| {
            let mut inputs = self.input_nodes().iter();
            inputs
                .find(|(input, _)| *input == wanted)
                .map(|(_, node)| *node)
        };
        let inputs = self.plan.inputs.iter().enumerate();
        let found = inputs.filter_map(|(by, info)| {
            let InputKind::Verification { of } = info.kind else {
                return None;
            };
            let answer = self.panel.own_answer(by, self.row)?;
            Some((node(of as usize)?, node(by)?, answer))
        });
        found.collect()
    }

    /// Do some nodes rest on results across peers?
    pub fn rests_on_others(&self, below: impl Iterator<Item = NodeId>) -> bool {
        let needed = form::needed(self.plan, below);
        let mut columns = self.peers.iter();
        columns.any(|column| needed.binary_search(&column.node).is_ok())
    }

    /// The inputs below some nodes that other rows rest on.
    pub fn beyond(&self, below: impl Iterator<Item = NodeId>) -> Beyond {
        if self.peers.is_empty() {
            return Beyond {
                peers: Vec::new(),
                spells: Vec::new(),
            };
        }
        let needed = form::needed(self.plan, below);
        let columns = self.peers.iter().map(|column| column.node);
        let found: Vec<NodeId> = columns
            .filter(|node| needed.binary_search(node).is_ok())
            .collect();
        let inputs = |wanted: bool| {
            let roots = found.iter().copied();
            let roots = roots.filter(|node| self.is_of_spells(*node) == wanted);
            let nodes = form::needed(self.plan, roots);
            let inputs = nodes.iter().filter_map(|id| input_of(self.plan, *id));
            let mut inputs: Vec<usize> = inputs.collect();
            inputs.sort_unstable();
            inputs
        };
        let (peers, spells) = (inputs(false), inputs(true));
        Beyond { peers, spells }
    }

    /// What some nodes rest on besides the values of the explained period.
    pub fn rests(&self, below: impl Iterator<Item = NodeId>) -> Rests {
        let mut rests = Rests::default();
        for id in form::needed(self.plan, below) {
            let Some(op) = self.plan.node(id).map(|node| node.op) else {
                continue;
            };
            if let Op::Peers { .. } = op {
                let is_of_spells = self.is_of_spells(id);
                rests.spells |= is_of_spells;
                rests.peers |= !is_of_spells;
            } else {
                rests.earlier |= op.stage() == Stage::AlongTime;
            }
        }
        rests
    }

    /// By input that a value compares with peers: how many periods ago; `None` where that is more than one number.
    pub fn peers_ago(&self, value: &Value) -> HashMap<usize, Option<u32>> {
        let mut found: HashMap<usize, Option<u32>> = HashMap::new();
        // With whether it stands below what is compared.
        let roots = value.nodes().into_iter();
        let mut open: Vec<(NodeId, Option<u32>, bool)> =
            roots.map(|node| (node, Some(0), false)).collect();
        let mut seen: HashSet<(NodeId, Option<u32>, bool)> = open.iter().copied().collect();
        while let Some((id, ago, is_compared)) = open.pop() {
            let Some(op) = self.plan.node(id).map(|node| node.op) else {
                continue;
            };
            if let (Op::Input(input), true) = (op, is_compared) {
                let known = found.entry(input as usize).or_insert(ago);
                if *known != ago {
                    *known = None;
                }
            }
            let below = if let Op::Along(Along::Lag(back), _) = op {
                ago.map(|ago| ago.saturating_add(back))
            } else {
                ago.filter(|_| op.stage() != Stage::AlongTime)
            };
            let is_compared = is_compared || matches!(op, Op::Peers { .. });
            for operand in op.operands() {
                if seen.insert((operand, below, is_compared)) {
                    open.push((operand, below, is_compared));
                }
            }
        }
        found
    }

    /// Is a node across rows worked out within the entity's own spells?
    fn is_of_spells(&self, node: NodeId) -> bool {
        let op = self.plan.node(node).map(|node| node.op);
        let Some(Op::Peers { peers, .. }) = op else {
            return false;
        };
        let info = self.plan.peers.get(peers as usize);
        info.is_some_and(|info| info.what.is_of_spells())
    }
}

/// Inputs whose values other rows rest on.
pub(super) struct Beyond {
    /// Somewhere they are compared with peers.
    pub peers: Vec<usize>,
    /// Somewhere they are looked at in whole spells.
    pub spells: Vec<usize>,
}

impl Beyond {
    pub fn has(&self, input: usize) -> bool {
        [&self.peers, &self.spells]
            .iter()
            .any(|own| own.binary_search(&input).is_ok())
    }

    /// Notes an input as not tried, if that is what it is.
    pub fn note(&self, input: usize, name: &str, untried: &mut Untried) -> bool {
        if self.peers.binary_search(&input).is_ok() {
            untried.peers.push(name.to_owned());
        } else if self.spells.binary_search(&input).is_ok() {
            untried.spells.push(name.to_owned());
        } else {
            return false;
        }
        true
    }
}

/// What would stand in for an absent cell of an input behind some rows of its entity, if it applied there.
fn carried(plan: &Plan, panel: &Panel, input: usize, before: Range<usize>) -> Option<f64> {
    let most = plan.inputs.get(input)?.carry_forward?;
    let column = panel.columns.get(input)?;
    let period = |row: usize| panel.periods.get(row).copied();
    let is_known = |row: &usize| {
        panel.applies(input, *row) && column.get(*row).is_some_and(|cell| !cell.is_nan())
    };
    let now = period(before.end)?;
    let last = before.rev().find(is_known)?;
    let aged = aged(panel.carried.get(input), last).map_or(0, |cell| cell.age);
    let age = now - period(last)? + i64::from(aged);
    let value = column.get(last).copied();
    value.filter(|_| age <= i64::from(most))
}

/// The input that a node reads, if it reads one.
fn input_of(plan: &Plan, id: NodeId) -> Option<usize> {
    if let Op::Input(input) = plan.node(id)?.op {
        return Some(input as usize);
    }
    None
}

/// Those of the first so many inputs that nodes read, in order.
fn input_nodes(plan: &Plan, nodes: &[NodeId], inputs: usize) -> Vec<(usize, NodeId)> {
    let mut found: Vec<(usize, NodeId)> = nodes
        .iter()
        .filter_map(|id| {
            let input = input_of(plan, *id)?;
            (input < inputs).then_some((input, *id))
        })
        .collect();
    found.sort_unstable();
    found
}

fn users(plan: &Plan, nodes: &[NodeId]) -> Vec<Vec<usize>> {
    let mut users = vec![Vec::new(); plan.nodes.len()];
    for (place, id) in nodes.iter().enumerate() {
        let operands = plan
            .node(*id)
            .into_iter()
            .flat_map(|node| node.op.operands());
        for operand in operands {
            if let Some(own) = users.get_mut(operand.index()) {
                own.push(place);
            }
        }
    }
    users
}

/// Fewer operations than this are done sooner than native code is made.
const WORTH_COMPILING: usize = 1_000_000;

fn flatten<'a>(
    plan: &'a Plan,
    panel: &Panel,
    roots: &[NodeId],
    goalposts: Option<&Goalposts>,
) -> Result<(Cow<'a, Plan>, Vec<PeerColumn>), RunError> {
    let mut timings = Timings::default();
    let rows = panel.rows();
    let roots = roots.iter().copied();
    let found = peers::as_columns(plan, panel, roots, goalposts, |plan, source, wanted| {
        let operands = wanted
            .iter()
            .filter_map(|output| Some(plan.outputs.get(*output)?.node));
        let work = form::needed(plan, operands).len().saturating_mul(rows);
        let engine = if work < WORTH_COMPILING {
            Engine::Interpreter
        } else {
            Engine::default()
        };
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        run::evaluate(
            plan,
            source,
            rows,
            wanted,
            &options,
            &Codes::default(),
            &mut timings,
        )
    })?;
    Ok(match found {
        Some((flat, columns)) => (Cow::Owned(flat), columns),
        None => (Cow::Borrowed(plan), Vec::new()),
    })
}
