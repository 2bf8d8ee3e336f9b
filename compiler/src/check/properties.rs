//! Properties: the words of a claim, and what they speak of.

use forewarn_grammar::ast;

use super::context::Checker;
use crate::checked::Body;
use crate::checked::properties::{CheckedProperty, Claim, With, Without};
use crate::diagnostics::properties::{ClaimNeedsRange, ClaimOfNoOrder, NoSuchClaim, PropertyTwice};
use crate::framework::ValueSource;
use crate::source::Span;
use crate::typed::{Field, Typed, TypedKind, ValueId};
use crate::types::Type;

/// A claim's words as they were read, names not yet looked up.
struct Read<'t> {
    subject: &'t ast::Name,
    form: Form<'t>,
}

#[derive(Clone, Copy)]
enum Form<'t> {
    EveryIndicator {
        of: Option<&'t ast::Name>,
        but: Option<&'t ast::Name>,
        along: bool,
    },
    EveryMember {
        of: &'t ast::Name,
        along: bool,
    },
    One {
        with: &'t ast::Name,
        along: bool,
    },
    StaysIn,
    NoneDecides {
        most: Option<u32>,
    },
    Reaches {
        place: &'t ast::Name,
        without: Without,
    },
}

/// What a claim names.
struct Named {
    id: ValueId,
    ty: Type,
    /// Where it is a bound: what is read.
    bound: Option<Typed>,
}

impl Checker<'_, '_> {
    /// Checks every property; like a test, it makes nothing used.
    pub fn properties(&mut self) {
        let framework = self.framework;
        let mut labels: Vec<(&str, Span)> = Vec::new();
        for (file, property) in &framework.properties {
            self.file = *file;
            self.declaring.clear();
            let span = self.at(property.label.span);
            let label = property.label.value.as_str();
            match labels.iter().find(|(known, _)| *known == label) {
                Some((_, first)) => self.reports.add(PropertyTwice {
                    label: label.to_owned(),
                    first: *first,
                    second: span,
                }),
                None => labels.push((label, span)),
            }
            let attributes = self.property_attributes(&property.attrs, span);
            let words: Vec<Span> = property
                .claim
                .iter()
                .map(|word| self.at(word.span))
                .collect();
            let claim_span = words.iter().copied().reduce(Span::to).unwrap_or(span);
            let claim_span = match &property.within {
                Some(range) => claim_span.to(self.at(range.span)),
                None => claim_span,
            };
            let Some(read) = read(&property.claim, property.within.is_some()) else {
                let stays = property
                    .claim
                    .get(1)
                    .is_some_and(|word| word.text == "stays");
                if stays && property.claim.len() == 2 {
                    self.reports.add(ClaimNeedsRange { span: claim_span });
                } else {
                    self.reports.add(NoSuchClaim { span: claim_span });
                }
                continue;
            };
            // What goes by a group is claimed of each of its items.
            let family = framework.groups.families.get(read.subject.text.as_str());
            let items = family.map(|family| family.values.as_slice());
            let subjects: Vec<(String, ast::Name)> = match items {
                None => vec![(label.to_owned(), read.subject.clone())],
                Some(items) => items
                    .iter()
                    .map(|item| {
                        let text = (*item).to_owned();
                        let name = ast::Name {
                            text,
                            span: read.subject.span,
                        };
                        (format!("{label} ({item})"), name)
                    })
                    .collect(),
            };
            for (label, subject) in subjects {
                let read = Read {
                    subject: &subject,
                    form: read.form,
                };
                if let Some((Named { id, bound, .. }, claim)) =
                    self.claim(&read, property.within.as_ref())
                {
                    self.properties.push(CheckedProperty {
                        label,
                        span,
                        claim_span,
                        subject: id,
                        bound,
                        claim,
                        cites: attributes.clone(),
                    });
                }
            }
        }
    }

    fn claim(&mut self, read: &Read<'_>, within: Option<&ast::Range>) -> Option<(Named, Claim)> {
        let subject = self.named(read.subject);
        let claim = match &read.form {
            Form::EveryIndicator { of, but, along } => {
                let mut named = |name: &Option<&ast::Name>| match name {
                    Some(name) => self.declared(name).map(|(id, _)| Some(id)),
                    None => Some(None),
                };
                let (of, but) = (named(of), named(but));
                let with = With::EveryIndicator { of: of?, but: but? };
                Some(Claim::Monotone {
                    with,
                    along: *along,
                })
            }
            Form::EveryMember { of, along } => {
                let factor = self.factor_named(of)?;
                let with = With::EveryMember(factor);
                Some(Claim::Monotone {
                    with,
                    along: *along,
                })
            }
            Form::One { with, along } => {
                let (id, ty) = self.declared(with)?;
                self.ordered(with, &ty)?;
                let with = With::One(id);
                Some(Claim::Monotone {
                    with,
                    along: *along,
                })
            }
            Form::StaysIn => {
                let ty = &subject.as_ref()?.ty;
                within.and_then(|range| self.stays_in(read.subject, range, &ty.clone()))
            }
            Form::NoneDecides { most } => Some(Claim::NoneDecides { most: *most }),
            Form::Reaches { place, without } => {
                let ty = &subject.as_ref()?.ty;
                let value = self.name(place, Some(&ty.clone()));
                if let TypedKind::Position(place) = value.kind {
                    let without = *without;
                    Some(Claim::Reaches { place, without })
                } else {
                    if value.kind != TypedKind::Error {
                        self.misplaced(read.subject, "a level of it is to be reached");
                    }
                    None
                }
            }
        };
        let subject = subject?;
        let ty = subject.ty.clone();
        let claim = claim?;
        let level = matches!(ty, Type::Level(_));
        match &claim {
            Claim::Reaches { .. } | Claim::NoneDecides { most: Some(_) } if !level => {
                self.misplaced(read.subject, "only a level has places that can be counted");
                None
            }
            Claim::NoneDecides { .. } if !level && ty != Type::Truth => {
                self.misplaced(read.subject, "only a level, or yes and no, can be decided");
                None
            }
            Claim::Monotone { .. }
            | Claim::StaysIn { .. }
            | Claim::NoneDecides { .. }
            | Claim::Reaches { .. } => {
                self.ordered(read.subject, &ty)?;
                Some((subject, claim))
            }
        }
    }

    /// A declared value that is not a param, with its kind: what moves something, or is looked below of.
    fn declared(&mut self, name: &ast::Name) -> Option<(ValueId, Type)> {
        let named = self.named(name)?;
        if named.bound.is_some() {
            self.misplaced(name, "a bound follows from what it is a bound of");
            return None;
        }
        Some((named.id, named.ty))
    }

    /// A declared value, an item of what goes by a group, or a bound of one.
    fn named(&mut self, name: &ast::Name) -> Option<Named> {
        let used = (self.used_values.clone(), self.used_families.clone());
        let mut parts = name.text.split('.');
        let name_of = |text: &str| ast::Name {
            text: text.to_owned(),
            span: name.span,
        };
        let whole = ast::Expr {
            kind: ast::ExprKind::Name(name_of(parts.next().unwrap_or_default())),
            span: name.span,
            depth: 0,
        };
        let whole = parts.fold(whole, |of, part| ast::Expr {
            kind: ast::ExprKind::Member {
                of: Box::new(of),
                field: name_of(part),
            },
            span: name.span,
            depth: 0,
        });
        let value = match self.framework.value_names.get(name.text.as_str()) {
            Some(_) => self.name(name, None),
            None => self.expr(&whole, None),
        };
        (self.used_values, self.used_families) = used;
        let (id, bound) = if let TypedKind::Value(id) = value.kind {
            (id, None)
        } else if let TypedKind::Field(id, Field::AtLeast | Field::AtMost) = value.kind {
            (id, Some(value.clone()))
        } else {
            if value.kind != TypedKind::Error {
                self.misplaced(name, "it is several values at once");
            }
            return None;
        };
        let declared = self.framework.values.get(id.0 as usize)?;
        match declared.what {
            ValueSource::Param(_) => {
                self.misplaced(name, "a param is the same for all data");
                None
            }
            ValueSource::Alert(_) => {
                self.misplaced(name, "an alert remembers earlier periods");
                None
            }
            ValueSource::Indicator { .. }
            | ValueSource::Binding(_)
            | ValueSource::Factor(_)
            | ValueSource::Level(_)
            | ValueSource::Table(_)
            | ValueSource::Broken => (!value.ty.is_error()).then_some(Named {
                id,
                ty: value.ty,
                bound,
            }),
        }
    }

    fn factor_named(&mut self, name: &ast::Name) -> Option<ValueId> {
        let (id, _) = self.declared(name)?;
        if matches!(
            self.values.get(&id).map(|value| &value.body),
            Some(Body::Factor(_))
        ) {
            return Some(id);
        }
        self.misplaced(name, "it is no factor and has no members");
        None
    }

    /// Can it rise and fall?
    fn ordered(&mut self, name: &ast::Name, ty: &Type) -> Option<()> {
        match ty {
            Type::Number(_) | Type::Truth | Type::Level(_) | Type::Count => Some(()),
            Type::Error => None,
            Type::Category(_) => {
                self.misplaced(name, "the words of a category have no order");
                None
            }
            Type::List(_) => {
                self.misplaced(name, "it is several values at once");
                None
            }
        }
    }

    fn misplaced(&mut self, name: &ast::Name, why: &str) {
        let id = self.framework.value_names.get(name.text.as_str());
        let declared = id.and_then(|id| self.framework.values.get(id.0 as usize));
        self.reports.add(ClaimOfNoOrder {
            name: name.text.clone(),
            span: self.at(name.span),
            why: why.to_owned(),
            declared: declared.map(crate::framework::Declared::span),
        });
    }

    fn stays_in(&mut self, name: &ast::Name, range: &ast::Range, ty: &Type) -> Option<Claim> {
        if *ty == Type::Truth {
            self.misplaced(name, "yes and no have no range");
            return None;
        }
        let place = self.at(name.span);
        let mut bound = |bound: &Option<Box<ast::Expr>>| -> Option<Option<Box<Typed>>> {
            let Some(bound) = bound else {
                return Some(None);
            };
            let value = self.expr(bound, Some(ty));
            let value = self.constant(value, "the end of a range");
            let wanted = if *ty == Type::Count {
                Type::plain()
            } else {
                ty.clone()
            };
            let (ty, value) = self.keeps(value, wanted, place, &name.text);
            (!ty.is_error()).then(|| Some(Box::new(value)))
        };
        let (low, high) = (bound(&range.low), bound(&range.high));
        Some(Claim::StaysIn {
            low: low?,
            high: high?,
            half_open: range.half_open,
        })
    }
}

fn read(words: &[ast::Name], within: bool) -> Option<Read<'_>> {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let name = |at: usize| words.get(at);
    let counted = |word: &str| match word {
        "one" => Some(1),
        "two" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        _ => None,
    };
    let (subject, form) = match texts.as_slice() {
        [_, "stays"] if within => (name(0)?, Form::StaysIn),
        _ if within => return None,
        [_, way @ ("rises" | "falls"), "with", "every", rest @ ..] => {
            let along = *way == "rises";
            let every = |of, but| Form::EveryIndicator { of, but, along };
            let form = match rest {
                ["indicator"] => every(None, None),
                ["indicator", "of", _] => every(name(6), None),
                ["indicator", "but", _] => every(None, name(6)),
                ["indicator", "of", _, "but", _] => every(name(6), name(8)),
                ["member", "of", _] => Form::EveryMember {
                    of: name(6)?,
                    along,
                },
                _ => return None,
            };
            (name(0)?, form)
        }
        [_, way @ ("rises" | "falls"), "with", _] => {
            let (with, along) = (name(3)?, *way == "rises");
            (name(0)?, Form::One { with, along })
        }
        [
            _,
            "never",
            way @ ("rises" | "falls"),
            "when",
            _,
            other @ ("rises" | "falls"),
        ] => {
            // What never falls as the other rises goes along with it.
            let (with, along) = (name(4)?, way != other);
            (name(0)?, Form::One { with, along })
        }
        ["no", "single", "indicator", "decides", _] => (name(4)?, Form::NoneDecides { most: None }),
        [
            "no",
            "single",
            "indicator",
            "moves",
            _,
            "by",
            "more",
            "than",
            most,
            "level" | "levels",
        ] => {
            let most = Some(counted(most)?);
            (name(4)?, Form::NoneDecides { most })
        }
        [
            _,
            "reaches",
            _,
            "without",
            "any",
            "one",
            what @ ("factor" | "indicator"),
        ] => {
            let without = if *what == "factor" {
                Without::Factor
            } else {
                Without::Indicator
            };
            let place = name(2)?;
            (name(0)?, Form::Reaches { place, without })
        }
        _ => return None,
    };
    Some(Read { subject, form })
}
