//! What a change is about: a declaration by kind and name.

use forewarn_grammar::ast::{Binding, BindingKind, ItemKind};

/// Name spaces: a name means one thing in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Space {
    Value,
    Function,
    /// Units and scales.
    Type,
    Source,
    /// By label.
    Test,
    /// By label.
    Property,
    Panel,
    Declassify,
    Show,
}

/// Where a declaration's name lives, and the name; `None` for what has none.
pub(crate) fn key(kind: &ItemKind) -> Option<(Space, &str)> {
    Some(match kind {
        ItemKind::Indicator { name, .. } => (Space::Value, name.text.as_str()),
        ItemKind::Param(param) => (Space::Value, &param.name.text),
        ItemKind::Binding(binding) => (Space::Value, &binding.name.text),
        ItemKind::Factor(factor) => (Space::Value, &factor.name.text),
        ItemKind::Group(group) => (Space::Value, &group.name.text),
        ItemKind::Level(level) => (Space::Value, &level.name.text),
        ItemKind::Alert(alert) => (Space::Value, &alert.name.text),
        ItemKind::Table(table) => (Space::Value, &table.name.text),
        ItemKind::Function(function) => (Space::Function, &function.name.text),
        ItemKind::Unit { name, .. } | ItemKind::Scale { name, .. } => (Space::Type, &name.text),
        ItemKind::Source { name, .. } => (Space::Source, &name.text),
        ItemKind::Test(test) => (Space::Test, &test.label.value),
        ItemKind::Property(property) => (Space::Property, &property.label.value),
        ItemKind::Declassify(declassify) => (Space::Declassify, &declassify.target.text),
        ItemKind::Show { name } => (Space::Show, &name.text),
        ItemKind::Panel(_) => (Space::Panel, "panel"),
        ItemKind::Framework(_)
        | ItemKind::Module { .. }
        | ItemKind::Use { .. }
        | ItemKind::Change(_)
        | ItemKind::Error { .. } => return None,
    })
}

/// The word that declares it.
pub(crate) fn word(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Framework(_) => "framework",
        ItemKind::Module { .. } => "module",
        ItemKind::Use { .. } => "use",
        ItemKind::Panel(_) => "panel",
        ItemKind::Source { .. } => "source",
        ItemKind::Unit { .. } => "unit",
        ItemKind::Indicator { .. } => "indicator",
        ItemKind::Param(_) => "param",
        ItemKind::Binding(Binding { kind, .. }) => match kind {
            BindingKind::Let => "let",
            BindingKind::Score => "score",
            BindingKind::Signal => "signal",
        },
        ItemKind::Factor(_) => "factor",
        ItemKind::Group(_) => "group",
        ItemKind::Scale { ordered: true, .. } => "scale",
        ItemKind::Scale { ordered: false, .. } => "category",
        ItemKind::Level(_) => "level",
        ItemKind::Alert(alert) if alert.notice => "notice",
        ItemKind::Alert(_) => "alert",
        ItemKind::Function(_) => "fn",
        ItemKind::Test(_) => "test",
        ItemKind::Table(_) => "table",
        ItemKind::Property(_) => "property",
        ItemKind::Declassify(_) => "declassify",
        ItemKind::Show { .. } => "show",
        ItemKind::Change(_) | ItemKind::Error { .. } => "declaration",
    }
}

/// The name space of what a word declares.
pub(super) fn space(word: &str) -> Option<Space> {
    Some(match word {
        "indicator" | "param" | "let" | "score" | "signal" | "factor" | "group" | "level"
        | "alert" | "notice" | "table" => Space::Value,
        "fn" => Space::Function,
        "unit" | "scale" | "category" => Space::Type,
        "source" => Space::Source,
        "test" => Space::Test,
        "property" => Space::Property,
        "declassify" => Space::Declassify,
        "show" => Space::Show,
        _ => return None,
    })
}

/// Does others' reading of the results rest on it? Then an extending framework says that it adds it,
/// and why.
pub(super) fn is_published(kind: &ItemKind) -> bool {
    match kind {
        ItemKind::Indicator { .. } | ItemKind::Factor(_) | ItemKind::Alert(_) => true,
        ItemKind::Level(level) => !level.is_step,
        ItemKind::Table(table) => !table.is_step,
        ItemKind::Binding(binding) => binding.kind != BindingKind::Let,
        ItemKind::Framework(_)
        | ItemKind::Module { .. }
        | ItemKind::Use { .. }
        | ItemKind::Panel(_)
        | ItemKind::Source { .. }
        | ItemKind::Unit { .. }
        | ItemKind::Param(_)
        | ItemKind::Group(_)
        | ItemKind::Scale { .. }
        | ItemKind::Function(_)
        | ItemKind::Test(_)
        | ItemKind::Property(_)
        | ItemKind::Declassify(_)
        | ItemKind::Show { .. }
        | ItemKind::Change(_)
        | ItemKind::Error { .. } => false,
    }
}
