//! The Plan: the only thing that evaluators know.
//!
//! In: a checked framework. Out: a pure dataflow graph over columns, in the order of evaluation
//! (a node's operands always stand before it). The whole of the missing-evidence machinery is in
//! two kinds of lane:
//!
//! - a **number** is one double; NaN is *missing*. Categories are dictionary codes, places on a
//!   scale are positions from 0, both as doubles;
//! - a **truth** is two masks, *surely yes* and *surely no*; neither set is *unknown*.
//!
//! A level or a count of truths is a pair of numbers that are never missing, *at least* and *at
//! most*, and a third that is their common value or missing.
//!
//! What each operation means is written down once, here, beside it; the interpreter says the same
//! in code and native code gives the same bits.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]
#![deny(clippy::wildcard_enum_match_arm)]

pub mod alerts;
pub mod along;
mod build;
pub mod classification;
mod classified;
pub mod coverage;
pub mod decimal;
mod declared;
pub mod digits;
pub mod interval;
pub mod look_back;
pub mod mutants;
pub mod numbers;
pub mod outline;
pub mod peers;
pub mod period;
pub mod properties;
pub mod scalar;
pub mod scripts;
mod tables;
pub mod tests;
mod value;

pub use alerts::{AlertPart, AlertRule};
pub use along::{Along, Gap, Paired, Recall};
pub use build::{Facts, Lies, Opener, PlanBuilder, Site, decided};
pub use classified::{Confidentiality, Sealed, Withheld};
pub use declared::*;
pub use outline::{Outline, OutlineId, Words};
pub use peers::{PeerInfo, Peers};
pub use period::PeriodKind;
pub use tables::{CellPart, ColumnPart, RowPart, RowState, TableParts};
pub use value::Value;

use crate::interval::Interval;
use forewarn_diagnostics::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Index into [`Plan::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Index into [`Plan::faults`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaultId(pub u32);

/// What kind of lane a node fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    Number,
    Truth,
}

/// A comparison of two numbers to 14 significant digits ([`crate::digits`]): yes or no when both are
/// known, else unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compare {
    Less,
    LessOrEqual,
    Equal,
}

/// One-operand functions of numbers. Missing gives missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    Negate,
    Abs,
    /// Faults below zero (`-0` gives `-0`).
    Sqrt,
    /// `libm::exp`
    Exp,
    /// `libm::log`; faults at zero and below.
    Ln,
    /// `libm::log2`; faults at zero and below.
    Log2,
    /// `libm::log10`; faults at zero and below.
    Log10,
    /// By [`crate::decimal::floor`].
    Floor,
    /// By [`crate::decimal::ceil`].
    Ceil,
    /// To that many decimals (may be negative), by [`crate::decimal::round`].
    Round(i8),
    /// To that many decimals (may be negative), by [`crate::decimal::truncate`].
    Truncate(i8),
    /// In steps of a unit that is so many times smaller, by [`crate::decimal::times`].
    Times(u64),
}

/// Two-operand functions of numbers. Missing on either side gives missing, except for `Coalesce`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    /// A zero divisor (either sign) faults.
    Divide,
    /// `libm::pow`
    Power,
    /// `if b < a { b } else { a }`
    Min,
    /// `if a < b { b } else { a }`
    Max,
    /// `a` where it is known, else `b`.
    Coalesce,
}

/// One operation. Operands of number operations are number nodes and of truth operations truth
/// nodes, except where said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Op {
    /// A number; NaN is the literal `missing`.
    Const(f64),
    /// The column of [`Plan::inputs`] with that index.
    Input(u32),
    /// The row's period as a number (see [`PeriodKind`]); missing in a cross-section.
    Period,
    Unary(Unary, NodeId),
    /// **Faults.** A number operation faults in a row when its operands are all known but the result is
    /// not a finite number (a zero divisor, a negative root, an overflow). The result is then
    /// missing. Nodes whose [`Node::checked`] is false are never tested for it: the ranges exclude
    /// it, or the compiler made the node and guards its use; they give what IEEE 754 gives, except
    /// that division by zero is always missing.
    Binary(Binary, NodeId, NodeId),
    /// `condition` (truth), then `yes`, `no` (numbers): the branch that the condition decides,
    /// missing where it is unknown.
    Select {
        condition: NodeId,
        yes: NodeId,
        no: NodeId,
    },
    /// Numbers to truth.
    Compare(Compare, NodeId, NodeId),
    /// A number to a truth that is never unknown: is it known?
    IsKnown(NodeId),
    /// `yes`: yes everywhere; `no`: no everywhere; neither: unknown everywhere.
    Truth {
        yes: bool,
        no: bool,
    },
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    /// Truth to truth, never unknown: yes where the operand is yes, else no.
    Surely(NodeId),
    /// Truth to truth, never unknown: no where the operand is no, else yes.
    Possibly(NodeId),
    /// Two truths that are never unknown and never both yes: yes where the first is yes, no where
    /// the second is yes, else unknown.
    Verdict {
        yes: NodeId,
        no: NodeId,
    },
    /// Truth to number: 1 where yes, 0 where no, missing where unknown.
    Indicate(NodeId),
    /// A number to a number: along the entity's periods up to the row's own. Without a result where
    /// [`along::window`] gives an infinity; it then faults.
    Along(Along, NodeId),
    /// A number and what says where to look, to a number: along the entity's periods up to the row's
    /// own. Without a result where [`along::paired`] gives an infinity; it then faults.
    Paired(Paired, NodeId, NodeId),
    /// What the node of [`Plan::recalls`] with that index was some periods earlier, by
    /// [`along::recalled`]: a number. The operand is what stands before the entity's first period. It is
    /// the one operation that looks at a node behind it, in earlier periods alone.
    Recall(u32, NodeId),
    /// The operation of [`Plan::peers`] with that index: over a number, among the rows that share
    /// `among` (a number) where there is one. Without a result where the definition gives an
    /// infinity; it then faults.
    Peers {
        peers: u32,
        of: NodeId,
        among: Option<NodeId>,
    },
    /// What is read of the alert of [`Plan::alerts`] with that index; the operand is the packed
    /// number of its conditions ([`alerts::answer`]), never missing.
    Alert {
        alert: u32,
        part: AlertPart,
        conditions: NodeId,
    },
}

/// Of which other rows an operation's result in a row depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// On none.
    RowLocal,
    /// On the same entity's earlier periods.
    AlongTime,
    /// On other entities.
    AcrossPeers,
}

impl Op {
    #[must_use]
    pub fn lane(&self) -> Lane {
        match self {
            Self::Const(_)
            | Self::Input(_)
            | Self::Period
            | Self::Unary(..)
            | Self::Binary(..)
            | Self::Select { .. }
            | Self::Indicate(_)
            | Self::Along(..)
            | Self::Paired(..)
            | Self::Recall(..)
            | Self::Peers { .. }
            | Self::Alert { .. } => Lane::Number,
            Self::Compare(..)
            | Self::IsKnown(_)
            | Self::Truth { .. }
            | Self::Not(_)
            | Self::And(..)
            | Self::Or(..)
            | Self::Surely(_)
            | Self::Possibly(_)
            | Self::Verdict { .. } => Lane::Truth,
        }
    }

    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::Along(..) | Self::Paired(..) | Self::Recall(..) | Self::Alert { .. } => {
                Stage::AlongTime
            }
            Self::Peers { .. } => Stage::AcrossPeers,
            Self::Const(_)
            | Self::Input(_)
            | Self::Period
            | Self::Unary(..)
            | Self::Binary(..)
            | Self::Select { .. }
            | Self::Compare(..)
            | Self::IsKnown(_)
            | Self::Truth { .. }
            | Self::Not(_)
            | Self::And(..)
            | Self::Or(..)
            | Self::Surely(_)
            | Self::Possibly(_)
            | Self::Verdict { .. }
            | Self::Indicate(_) => Stage::RowLocal,
        }
    }

    /// The nodes this one reads, in order.
    pub fn operands(&self) -> impl Iterator<Item = NodeId> + use<> {
        let three: [Option<NodeId>; 3] = match *self {
            Self::Const(_) | Self::Input(_) | Self::Period | Self::Truth { .. } => [None; 3],
            Self::Unary(_, a)
            | Self::IsKnown(a)
            | Self::Not(a)
            | Self::Surely(a)
            | Self::Possibly(a)
            | Self::Indicate(a)
            | Self::Along(_, a)
            | Self::Recall(_, a)
            | Self::Alert { conditions: a, .. } => [Some(a), None, None],
            Self::Peers { of, among, .. } => [Some(of), among, None],
            Self::Binary(_, a, b)
            | Self::Compare(_, a, b)
            | Self::Paired(_, a, b)
            | Self::And(a, b)
            | Self::Or(a, b)
            | Self::Verdict { yes: a, no: b } => [Some(a), Some(b), None],
            Self::Select { condition, yes, no } => [Some(condition), Some(yes), Some(no)],
        };
        three.into_iter().flatten()
    }
}

/// A node of the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub op: Op,
    /// Where a known value can lie (numbers only; truths carry [`Interval::ALL`]).
    pub range: Interval,
    /// Number: can be missing. Truth: can be unknown. False is proved, true is not excluded.
    pub uncertain: bool,
    /// The words it came from.
    pub span: Span,
    /// Set where the operation is tested for faults; counted there.
    pub checked: Option<FaultId>,
}

/// A place in the source whose operation can be without a result.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultSite {
    pub node: NodeId,
    pub span: Span,
    /// The words of the source.
    pub text: Words,
    /// The declaration it stands in.
    pub declaration: String,
}

/// See [`Plan::difference_of`].
#[must_use]
pub fn difference_of(nodes: &[Node], id: NodeId) -> Option<NodeId> {
    let op = |id: NodeId| nodes.get(id.index()).map(|node| node.op);
    let Some(Op::Select { condition, yes, no }) = op(id) else {
        return None;
    };
    match (op(condition), op(yes), op(no)) {
        (
            Some(Op::Compare(Compare::Equal, a, b)),
            Some(Op::Const(0.0)),
            Some(Op::Binary(Binary::Subtract, from, less)),
        ) => ((from, less) == (a, b)).then_some(no),
        _ => None,
    }
}

/// A ruleset ready to be evaluated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub framework: FrameworkInfo,
    pub panel: PanelInfo,
    pub inputs: Vec<InputInfo>,
    /// The inputs that are counted in percent, by their place.
    pub percentages: Vec<usize>,
    /// Of indicators that are levels or categories, by their names: for each level or category the labels that
    /// people read, in all languages that the ruleset has.
    pub labels: BTreeMap<String, Vec<Vec<String>>>,
    pub nodes: Vec<Node>,
    pub faults: Vec<FaultSite>,
    pub peers: Vec<PeerInfo>,
    pub alerts: Vec<AlertInfo>,
    /// What is read of earlier periods of nodes that may rest on that in turn.
    pub recalls: Vec<Recall>,
    /// The published declarations and the factors' parts, in the order of the source.
    pub declarations: Vec<Declaration>,
    /// The constants of the method, for explanations.
    pub params: Vec<ParamInfo>,
    /// The result's columns, after the keys, in the order of the source.
    pub outputs: Vec<Output>,
    pub confidentiality: Confidentiality,
    /// What the authors of the declarations wrote, term by term.
    pub outlines: Vec<Outline>,
    /// The declarations that rest on later periods than a row's own, by name.
    pub hindsight: BTreeSet<String>,
    /// What goes by a group, each with the declarations that its items are.
    pub groups: BTreeMap<String, Vec<String>>,
}

impl Plan {
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    /// The difference `a - b` of `if a is b then 0 else a - b` ([`PlanBuilder::without_noise`]).
    #[must_use]
    pub fn difference_of(&self, id: NodeId) -> Option<NodeId> {
        difference_of(&self.nodes, id)
    }

    /// Does a declaration rest on later periods than a row's own?
    #[must_use]
    pub fn is_hindsight(&self, declaration: &str) -> bool {
        let declared = declaration.split_once('(');
        let own = declared.and_then(|(_, rest)| rest.split([',', ')']).next());
        self.hindsight.contains(declaration) || own.is_some_and(|own| self.hindsight.contains(own))
    }

    /// Does anything in it look along time, so that the panel must have every period?
    #[must_use]
    pub fn looks_along_time(&self) -> bool {
        let mut nodes = self.nodes.iter();
        self.confidentiality.beside_time || nodes.any(|node| node.op.stage() == Stage::AlongTime)
    }
}
