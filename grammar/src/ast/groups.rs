//! Groups in the syntax tree: values that are treated alike.

use super::{Attr, Expr, Name, Span, Text};

/// `group economy "Economy" { gdp, trade weight 2, per_head.aid }`
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub name: Name,
    pub label: Option<Text>,
    pub items: Vec<GroupItem>,
    pub attrs: Vec<Attr>,
    /// The braces and what is between them.
    pub body: Span,
}

/// An item of a group: a value, one of another group's, or all of another group's.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupItem {
    pub path: Vec<Name>,
    pub weight: Option<Expr>,
    pub span: Span,
}
