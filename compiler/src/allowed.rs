//! What is found and yet not told: warnings that an author allows in place, with a reason (`allow
//! FW0613 because "…"`), and what seems lacking where the text could not be read.

use forewarn_grammar::ast::{self, Attr, AttrKind, Change, ItemKind};

use crate::diagnostics::panel::{AllowWithoutNeed, AllowWithoutReason};
use crate::diagnostics::{Place, Reports, Severity, Traits, info};
use crate::framework::at;
use crate::package::{Module, Package};
use crate::source::Span;

/// One `allow`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    pub code: String,
    /// The declaration in which it stands.
    pub whole: Span,
    /// The `allow` itself.
    pub span: Span,
    /// Why, in the author's words.
    pub reason: String,
    used: bool,
}

impl Allowed {
    /// Does it allow this finding?
    #[must_use]
    pub fn covers(&self, code: &str, at: Span) -> bool {
        self.code == code
            && self.whole.file == at.file
            && self.whole.start <= at.start
            && at.end <= self.whole.end
    }
}

/// Drops what is allowed where it stands; an `allow` without a reason, or without need, is told.
pub fn settle(package: &Package, lint: bool, reports: &mut Reports) -> Vec<Allowed> {
    let mut allowed: Vec<Allowed> = Vec::new();
    for module in package.modules.iter().filter(|module| !module.standard) {
        for item in &module.file.items {
            let whole = at(module.id, item.span);
            for attr in attributes(&item.kind) {
                let AttrKind::Allow { code, because } = &attr.kind else {
                    continue;
                };
                let span = at(module.id, attr.span);
                if because
                    .as_ref()
                    .is_none_or(|text| text.value.trim().is_empty())
                {
                    reports.add(AllowWithoutReason {
                        code: code.text.clone(),
                        span,
                    });
                }
                allowed.push(Allowed {
                    code: code.text.clone(),
                    whole,
                    span,
                    reason: because
                        .as_ref()
                        .map_or(String::new(), |text| text.value.clone()),
                    used: false,
                });
            }
        }
    }
    if allowed.is_empty() {
        return allowed;
    }
    reports.retain(|cause| {
        if cause.severity() == Severity::Error {
            return true;
        }
        let Place::Source(span) = cause.describe().primary.place else {
            return true;
        };
        let hit = allowed
            .iter_mut()
            .find(|allowed| allowed.covers(cause.code().0, span));
        match hit {
            Some(allowed) => {
                allowed.used = true;
                false
            }
            None => true,
        }
    });
    // Where something is wrong, the warning may only not have come up yet.
    if !reports.has_errors() {
        for allowed in &allowed {
            // Lints come up only when they are asked for, some of them only with data or tests.
            let asked = !kind_of(&allowed.code, Traits::LINT)
                || (lint && kind_of(&allowed.code, Traits::LINT_OF_RULES));
            if !allowed.used && asked {
                reports.add(AllowWithoutNeed {
                    code: allowed.code.clone(),
                    span: allowed.span,
                });
            }
        }
    }
    allowed
}

/// What follows from what could not be read is not told: what a declaration lacks of which a part is gone,
/// whatever else is found in one that was read on a guess, and names that may be those of declarations that
/// did not read.
pub fn forgive_broken(package: &Package, reports: &mut Reports) {
    let spans = |of: fn(&Module) -> &Vec<ast::Span>| -> Vec<Span> {
        let modules = package.modules.iter();
        modules
            .flat_map(|module| of(module).iter().map(|span| at(module.id, *span)))
            .collect()
    };
    let broken = spans(|module| &module.broken);
    let doubtful = spans(|module| &module.doubtful);
    let nameless = package.modules.iter().any(|module| module.nameless);
    if broken.is_empty() && doubtful.is_empty() && !nameless {
        return;
    }
    let is_panel = |item: &&ast::Item| matches!(item.kind, ItemKind::Panel(_));
    let panels: Vec<Span> = package
        .modules
        .iter()
        .flat_map(|module| {
            let panels = module.file.items.iter().filter(is_panel);
            panels.map(|item| at(module.id, item.span))
        })
        .collect();
    let within = |wholes: &[Span], span: Span| {
        wholes.iter().any(|whole| {
            whole.file == span.file && whole.start <= span.start && span.end <= whole.end
        })
    };
    let no_panel = panels.iter().any(|panel| within(&doubtful, *panel));
    reports.retain(|cause| {
        let code = cause.code();
        if no_panel && code.0 == "FW0702" {
            return false;
        }
        if code.0.starts_with("FW00") {
            return true;
        }
        let told = cause.describe();
        let Place::Source(span) = told.primary.place else {
            return true;
        };
        if within(&doubtful, span) || (code.has(Traits::LACKING) && within(&broken, span)) {
            return false;
        }
        let suggests = told.help.iter().any(|help| !help.edits.is_empty());
        let names = matches!(code.0, "FW0107" | "FW0109" | "FW0205" | "FW0215");
        let rests_on_doubt = told.secondary.iter().any(|label| match label.place {
            Place::Source(span) => within(&doubtful, span) || within(&broken, span),
            Place::Data(_) | Place::File(_) | Place::CommandLine => false,
        });
        suggests || !(rests_on_doubt || (names && nameless))
    });
}

/// The declarations of which it is told that where their values lie is wrong.
pub(crate) fn declarations_in_error(package: &Package, reports: &Reports) -> Vec<Span> {
    // What nothing verified can be read of has no result, and so no consequence.
    in_error(package, reports, |code| {
        code.starts_with("FW04") || code.starts_with("FW075")
    })
}

/// The declarations of which any error is told.
pub(crate) fn wrong_declarations(package: &Package, reports: &Reports) -> Vec<Span> {
    in_error(package, reports, |_| true)
}

fn in_error(package: &Package, reports: &Reports, concerns: impl Fn(&str) -> bool) -> Vec<Span> {
    let errors = reports
        .iter()
        .filter(|cause| cause.severity() == Severity::Error && concerns(cause.code().0));
    let mut found: Vec<Span> = errors
        .filter_map(|cause| {
            let Place::Source(span) = cause.describe().primary.place else {
                return None;
            };
            let module = package.modules.iter().find(|one| one.id == span.file)?;
            let items = &module.file.items;
            let after = items.partition_point(|item| item.span.start <= span.start);
            let item = items.get(after.checked_sub(1)?)?;
            Some(at(module.id, item.span))
        })
        .collect();
    found.dedup();
    found
}

/// Is that code of this kind?
fn kind_of(code: &str, traits: Traits) -> bool {
    info(code).is_some_and(|info| info.traits.has(traits))
}

/// The properties of a declaration.
pub(crate) fn attributes(kind: &ItemKind) -> &[Attr] {
    match kind {
        ItemKind::Framework(framework) => &framework.attrs,
        ItemKind::Source { properties, .. } => properties,
        ItemKind::Indicator { attrs, .. } | ItemKind::Scale { attrs, .. } => attrs,
        ItemKind::Param(param) => &param.attrs,
        ItemKind::Binding(binding) => &binding.attrs,
        ItemKind::Factor(factor) => &factor.attrs,
        ItemKind::Group(group) => &group.attrs,
        ItemKind::Level(level) => &level.attrs,
        ItemKind::Alert(alert) => &alert.attrs,
        ItemKind::Table(table) => &table.attrs,
        ItemKind::Property(property) => &property.attrs,
        ItemKind::Change(Change::Add(kind) | Change::Replace(kind)) => attributes(kind),
        ItemKind::Module { .. }
        | ItemKind::Use { .. }
        | ItemKind::Panel(_)
        | ItemKind::Unit { .. }
        | ItemKind::Function(_)
        | ItemKind::Test(_)
        | ItemKind::Declassify(_)
        | ItemKind::Show { .. }
        | ItemKind::Change(_)
        | ItemKind::Error { .. } => &[],
    }
}
