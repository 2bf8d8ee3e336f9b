//! What is found and yet not told: warnings that an author allows in place, with a reason (`allow
//! FW0613 because "…"`), and what seems lacking where the text could not be read.

use forewarn_grammar::ast::{Attr, AttrKind, Change, ItemKind};

use crate::diagnostics::panel::{AllowWithoutNeed, AllowWithoutReason};
use crate::diagnostics::{Place, Reports, Severity, Traits, info};
use crate::framework::at;
use crate::package::Package;
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

/// What a declaration lacks is not told where a part of it could not be read: that part may be it.
pub fn forgive_broken(package: &Package, reports: &mut Reports) {
    let broken: Vec<Span> = package
        .modules
        .iter()
        .flat_map(|module| module.broken.iter().map(|span| at(module.id, *span)))
        .collect();
    reports.retain(|cause| {
        if broken.is_empty() || !cause.code().has(Traits::LACKING) {
            return true;
        }
        let Place::Source(span) = cause.describe().primary.place else {
            return true;
        };
        !broken.iter().any(|whole| {
            whole.file == span.file && whole.start <= span.start && span.end <= whole.end
        })
    });
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
        | ItemKind::Change(_)
        | ItemKind::Error { .. } => &[],
    }
}
