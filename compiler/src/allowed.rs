//! What is found and yet not told: warnings that an author allows in place, with a reason (`allow
//! FW0613 because "…"`), and what seems lacking where the text could not be read.

use std::collections::BTreeSet;

use forewarn_grammar::ast::{self, Attr, AttrKind, Change, ItemKind};

use crate::diagnostics::names::DuplicateName;
use crate::diagnostics::panel::{AllowWithoutNeed, AllowWithoutReason};
use crate::diagnostics::{Cause, Diagnostic, Place, Reports, Severity, Traits, info};
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
                // What several layers use is here once.
                if allowed.iter().any(|one| one.span == span) {
                    continue;
                }
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
                    // Where it is needed is told in the package that it is taken of.
                    used: module.brought.is_some(),
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

/// What follows from another finding, and says nothing new, is not told.
fn forgive_following(package: &Package, reports: &mut Reports) {
    // Whether anything closed flows in is not known where anything is wrong.
    if reports.has_errors() {
        let else_wrong = reports.iter().any(|cause| {
            cause.severity() == Severity::Error && !cause.code().0.starts_with("FW07")
        });
        reports.retain(|cause| !(else_wrong && cause.code().0 == "FW0723"));
    }
    forgive_consequences(package, reports);
    // What a level is compared with, a few words before it, is not there: that has been told.
    let unknown: Vec<Span> = reports
        .iter()
        .filter(|cause| cause.code().0 == "FW0107")
        .filter_map(|cause| match cause.describe().primary.place {
            Place::Source(span) => Some(span),
            Place::Data(_) | Place::File(_) | Place::CommandLine => None,
        })
        .collect();
    if !unknown.is_empty() {
        reports.retain(|cause| {
            let Place::Source(level) = cause.describe().primary.place else {
                return true;
            };
            let compared = |name: &Span| {
                let between = Span {
                    start: name.end,
                    end: level.start,
                    ..level
                };
                name.file == level.file
                    && name.end <= level.start
                    && matches!(
                        package.sources.slice(between).trim(),
                        ">=" | "<=" | ">" | "<" | "is" | "is not"
                    )
            };
            cause.code().0 != "FW0215" || !unknown.iter().any(compared)
        });
    }
    // A scale that has one level twice may lack another.
    let twice: Vec<Span> = reports
        .iter()
        .filter(|cause| cause.code().0 == "FW0101")
        .filter_map(|cause| match cause.describe().primary.place {
            Place::Source(span) => Some(span),
            Place::Data(_) | Place::File(_) | Place::CommandLine => None,
        })
        .collect();
    if !twice.is_empty() {
        let scales: Vec<Span> = package
            .modules
            .iter()
            .flat_map(|module| {
                let scales = module
                    .file
                    .items
                    .iter()
                    .filter(|item| matches!(item.kind, ItemKind::Scale { .. }));
                scales.map(|item| at(module.id, item.span))
            })
            .filter(|scale| twice.iter().any(|span| touches(*scale, *span)))
            .collect();
        reports.retain(|cause| {
            cause.code().0 != "FW0205"
                || !cause
                    .describe()
                    .secondary
                    .iter()
                    .any(|label| match label.place {
                        Place::Source(span) => scales.iter().any(|scale| touches(*scale, span)),
                        Place::Data(_) | Place::File(_) | Place::CommandLine => false,
                    })
        });
    }
}

/// Where a value lies follows from what is told of the declaration that it lies so by.
fn forgive_consequences(package: &Package, reports: &mut Reports) {
    let told_by = |code: &str| -> Vec<Span> {
        let causes = reports.iter().filter(|cause| cause.code().0 == code);
        let places = causes.filter_map(|cause| match cause.describe().primary.place {
            Place::Source(span) => Some(span),
            Place::Data(_) | Place::File(_) | Place::CommandLine => None,
        });
        places
            .filter_map(|place| declaration_around(package, place))
            .collect()
    };
    let (percent, requirement) = (told_by("FW0330"), told_by("FW0605"));
    // Signals that can never be yes since they ask for more than there are, by name.
    let never: Vec<String> = told_by("FW0423")
        .into_iter()
        .filter_map(|whole| {
            let mut words = package.sources.slice(whole).split_whitespace();
            words.nth(1).map(str::to_owned)
        })
        .collect();
    if percent.is_empty() && requirement.is_empty() && never.is_empty() {
        return;
    }
    reports.retain(|cause| {
        let told = cause.describe();
        if cause.code().0 == "FW0506"
            && let Place::Source(clause) = told.primary.place
        {
            let is_sign = |sign: char| !(sign.is_alphanumeric() || sign == '_');
            let mut words = package.sources.slice(clause).split(is_sign);
            if words.any(|word| never.iter().any(|name| name == word)) {
                return false;
            }
        }
        let lies_in = |wholes: &[Span], place: &Place| match place {
            Place::Source(span) => wholes.iter().any(|whole| touches(*whole, *span)),
            Place::Data(_) | Place::File(_) | Place::CommandLine => false,
        };
        match cause.code().0 {
            // A share that was meant, and is declared to end at one percent.
            "FW0421" | "FW0422" | "FW0506" => {
                let mut labels = told.secondary.iter();
                !labels.any(|label| lies_in(&percent, &label.place))
            }
            // What is never known lies nowhere.
            "FW0406" | "FW0520" => !lies_in(&requirement, &told.primary.place),
            _ => true,
        }
    });
}

/// What looks along time, and so follows from a panel that could not be read.
const ALONG_TIME: [&str; 6] = ["FW0405", "FW0702", "FW0732", "FW0733", "FW0810", "FW0817"];

/// What follows from what could not be read is not told: what a declaration lacks of which a part is gone,
/// whatever else is found in one that was read on a guess, and names that may be those of declarations that
/// did not read.
pub fn forgive_broken(package: &Package, reports: &mut Reports) {
    forgive_following(package, reports);
    forgive_doubtful(package, reports);
    forgive_parts(reports);
    name_forgotten(package, reports);
}

/// A block that was copied and kept its name, while the name that it was to have is used: one slip.
fn name_forgotten(package: &Package, reports: &mut Reports) {
    let told_as = |code: &str| -> Vec<Diagnostic> {
        let causes = reports.iter().filter(|cause| cause.code().0 == code);
        causes.map(Cause::describe).collect()
    };
    let (twice, unknown) = (told_as("FW0101"), told_as("FW0107"));
    let ([twice], [unknown]) = (twice.as_slice(), unknown.as_slice()) else {
        return;
    };
    let suggests = unknown.help.iter().any(|help| !help.edits.is_empty());
    let (Place::Source(second), Some(Place::Source(first)), Place::Source(used)) = (
        &twice.primary.place,
        twice.secondary.first().map(|label| &label.place),
        &unknown.primary.place,
    ) else {
        return;
    };
    let (first, second) = (*first, *second);
    let lacking = package.sources.slice(*used).to_owned();
    if suggests || !unknown.title.contains("indicator") {
        return;
    }
    // The label may say which of both it is.
    let says = |name: Span| {
        let Some(whole) = declaration_around(package, name) else {
            return 0;
        };
        let text = package.sources.slice(whole).to_lowercase();
        let words = lacking.split('_').filter(|word| text.contains(*word));
        words.count()
    };
    let is_second = says(second) >= says(first);
    let name = package.sources.slice(second).to_owned();
    reports.retain(|cause| !matches!(cause.code().0, "FW0101" | "FW0107"));
    reports.add(DuplicateName {
        name,
        first,
        second,
        lacking: Some((lacking, is_second)),
    });
}

/// What is written otherwise in a part of what another finding writes anew is said by that one too.
fn forgive_parts(reports: &mut Reports) {
    let is_spelling = |cause: &dyn Cause| matches!(cause.code().0, "FW0005" | "FW0008");
    let edited = |cause: &dyn Cause| -> Vec<Span> {
        let told = cause.describe();
        let help = told.help.into_iter().find(|help| !help.edits.is_empty());
        help.map_or_else(Vec::new, |help| {
            help.edits.into_iter().map(|(span, _)| span).collect()
        })
    };
    if !reports.iter().any(is_spelling) {
        return;
    }
    let anew: Vec<Span> = reports
        .iter()
        .filter(|cause| !cause.code().0.starts_with("FW00"))
        .flat_map(edited)
        .collect();
    reports.retain(|cause| {
        let parts = if is_spelling(cause) {
            edited(cause)
        } else {
            Vec::new()
        };
        let is_part = |part: &Span| {
            let mut wholes = anew.iter().filter(|whole| whole.file == part.file);
            wholes.any(|whole| whole.start <= part.start && part.end <= whole.end)
        };
        parts.is_empty() || !parts.iter().all(is_part)
    });
}

fn forgive_doubtful(package: &Package, reports: &mut Reports) {
    let spans = |of: fn(&Module) -> &Vec<ast::Span>| -> Vec<Span> {
        let modules = package.modules.iter();
        modules
            .flat_map(|module| of(module).iter().map(|span| at(module.id, *span)))
            .collect()
    };
    let broken = spans(|module| &module.broken);
    let doubtful = spans(|module| &module.doubtful);
    let items_that = |is: fn(&ItemKind) -> bool| -> Vec<Span> {
        let modules = package.modules.iter();
        modules
            .flat_map(|module| {
                let items = module.file.items.iter().filter(|item| is(&item.kind));
                items.map(|item| at(module.id, item.span))
            })
            .collect()
    };
    let lost = items_that(|kind| matches!(kind, ItemKind::Error { .. }));
    let nameless = package.modules.iter().any(|module| module.nameless);
    if broken.is_empty() && doubtful.is_empty() && lost.is_empty() && !nameless {
        return;
    }
    let panels = items_that(|kind| matches!(kind, ItemKind::Panel(_)));
    let within = |wholes: &[Span], span: Span| {
        wholes.iter().any(|whole| {
            whole.file == span.file && whole.start <= span.start && span.end <= whole.end
        })
    };
    let no_panel = panels.iter().any(|panel| within(&doubtful, *panel))
        || (panels.is_empty() && !lost.is_empty());
    // Names that a declaration may have had which did not read, or not whole.
    let naming = items_that(|kind| matches!(kind, ItemKind::Scale { .. } | ItemKind::Panel(_)));
    let in_part = naming
        .into_iter()
        .filter(|span| within(&doubtful, *span) || broken.iter().any(|part| touches(*span, *part)));
    let mut perhaps: BTreeSet<String> = BTreeSet::new();
    for span in lost.iter().copied().chain(in_part) {
        perhaps.extend(names_within(package.sources.slice(span)));
    }
    reports.retain(|cause| {
        let code = cause.code();
        if no_panel && ALONG_TIME.contains(&code.0) {
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
        if names
            && !perhaps.is_empty()
            && perhaps.contains(&package.sources.slice(span).to_lowercase())
        {
            return false;
        }
        // Whatever it is compared with may have given it its meaning.
        if code.0 == "FW0215" && !lost.is_empty() {
            return false;
        }
        let rests_on_doubt = told.secondary.iter().any(|label| match label.place {
            Place::Source(span) => within(&doubtful, span) || within(&broken, span),
            Place::Data(_) | Place::File(_) | Place::CommandLine => false,
        });
        suggests || !(rests_on_doubt || (names && nameless))
    });
}

fn touches(one: Span, other: Span) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}

/// Words that may be names, in small letters, and what labels would be called as names.
fn names_within(text: &str) -> Vec<String> {
    let is_sign = |sign: char| !(sign.is_alphanumeric() || sign == '_');
    let mut names: Vec<String> = text
        .split(is_sign)
        .filter(|word| word.starts_with(|sign: char| sign.is_alphabetic()))
        .map(str::to_lowercase)
        .collect();
    for label in text.split('"').skip(1).step_by(2) {
        let words: Vec<&str> = label
            .split(is_sign)
            .filter(|word| !word.is_empty())
            .collect();
        names.push(words.join("_").to_lowercase());
    }
    names
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
        .filter_map(|cause| match cause.describe().primary.place {
            Place::Source(span) => declaration_around(package, span),
            Place::Data(_) | Place::File(_) | Place::CommandLine => None,
        })
        .collect();
    found.dedup();
    found
}

/// The declaration in which a place lies.
fn declaration_around(package: &Package, span: Span) -> Option<Span> {
    let module = package.modules.iter().find(|one| one.id == span.file)?;
    let items = &module.file.items;
    let after = items.partition_point(|item| item.span.start <= span.start);
    let item = items.get(after.checked_sub(1)?)?;
    Some(at(module.id, item.span))
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
