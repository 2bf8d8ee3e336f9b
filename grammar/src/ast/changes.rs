//! What a framework says about another that it extends, and about itself as others extend it.

use super::{Expr, ItemKind, Member, Name, ParamValue, Text};

/// `open param …`, `final signal …`: may those who extend the framework change it?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    Open,
    Final,
}

/// A change of what the extended framework declares. Its reason stands in [`super::Item::because`].
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// `override weight armed_conflict.at_war = 2`
    Override(Override),
    /// `replace signal fast_escalation = …`
    Replace(Box<ItemKind>),
    /// `changed test "war" { expect overall is high }`: what a test expects here; what it gives stays.
    Changed(Box<ItemKind>),
    /// `add indicator farmer_herder : …`
    Add(Box<ItemKind>),
    /// `add member at_war to armed_conflict weight 2`
    AddMember { member: Member, factor: Name },
    /// `add indicator piracy to group security weight 2`
    AddToGroup {
        what: Name,
        item: super::GroupItem,
        /// `group`, checked by the compiler.
        kind: Name,
        group: Name,
    },
    /// `drop indicator piracy`, `drop member weak_state.corruption`
    Drop { what: Name, target: DropTarget },
}

/// What is dropped: a name, a factor's member, or a test or property by its label.
#[derive(Clone, Debug, PartialEq)]
pub enum DropTarget {
    Path(Vec<Name>),
    Label(Text),
}

/// `override param war_threshold = 500 deaths`, `override label overall "Risk"`
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// `param weight label source column classification`, checked by the compiler.
    pub what: Name,
    pub target: Vec<Name>,
    pub to: OverrideTo,
    /// `cite "…"` of a new value.
    pub attrs: Vec<super::Attr>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum OverrideTo {
    /// A label or a column.
    Text(Text),
    /// A param, possibly dated; a weight, a source or a classification is one value.
    Values(Vec<ParamValue>),
}

/// `declassify preparation to restricted because "…"`; to `public` where nothing is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Declassify {
    pub target: Name,
    pub to: Option<Name>,
}

/// `property "more risk is never less concern": overall rises with every indicator`
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    pub label: Text,
    /// The claim's words, in order; the compiler knows the forms there are.
    pub claim: Vec<Name>,
    /// `stays in 0..10`
    pub within: Option<super::Range>,
    pub attrs: Vec<super::Attr>,
}

/// A decision table: `table response : action by overall, trend { critical, any then convene }`
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub name: Name,
    pub label: Option<Text>,
    /// `let table …`: a step, which results do not show.
    pub is_step: bool,
    pub ty: super::TypeExpr,
    /// What the columns look at.
    pub by: Vec<Expr>,
    pub rows: Vec<TableRow>,
    pub attrs: Vec<super::Attr>,
    /// The braces and what is between them.
    pub body: super::Span,
}

/// `high, 0.5.. then convene`; `otherwise then none` has one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    pub cells: Vec<Pattern>,
    pub then: Expr,
    pub span: super::Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    pub kind: CellKind,
    pub span: super::Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum CellKind {
    /// `critical`, `any`, `missing`, `yes`, `3`
    Value(Expr),
    /// `0.5..0.7`, `elevated..critical`
    Range(super::Range),
    /// `>= high`
    Compared(super::CompareOp, Expr),
    /// `{west, central}`
    Names(Vec<Name>),
}
