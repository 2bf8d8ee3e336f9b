//! The parts of each kind of declaration, in the order of the source.

use super::{Part, Role, What};
use crate::checked::properties::{CheckedProperty, Claim, With};
use crate::checked::tables::TableBody;
use crate::checked::tests::{CheckedTest, Expected, TestBody, TestRows};
use crate::checked::{
    AlertBody, Arms, Body, CheckedFunction, Combine, FactorBody, LevelBody, Requirement,
};

impl Body {
    /// What a declared value is made of.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        match self {
            Self::Indicator(body) => {
                let means = body.missing_means.iter();
                let means = means.map(|value| Part::of(Role::MissingMeans, value));
                let applies = body.applies.iter();
                means
                    .chain(applies.map(|condition| Part::of(Role::Applies, condition)))
                    .collect()
            }
            Self::Param(body) => {
                let values = body.values.iter();
                values
                    .map(|dated| Part::of(Role::Dated, &dated.value))
                    .collect()
            }
            Self::Expression { value, .. } => vec![Part::of(Role::Formula, value)],
            Self::Factor(body) => of_factor(body),
            Self::Level(body) => of_level(body),
            Self::Table(body) => of_table(body),
            Self::Alert(body) => of_alert(body),
            Self::Broken => Vec::new(),
        }
    }
}

fn of_factor(body: &FactorBody) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let applies = body.applies.iter();
    parts.extend(applies.map(|condition| Part::of(Role::Applies, condition)));
    if let Combine::Function { function, .. } = body.combine {
        let what = What::Function(function);
        parts.push(Part {
            role: Role::Combine,
            what,
        });
    }
    for member in &body.members {
        parts.push(Part::value(Role::Member, member.value));
        parts.extend(
            member
                .weight
                .iter()
                .map(|weight| Part::of(Role::Weight, weight)),
        );
        let decisive = member.decisive.iter();
        parts.extend(decisive.map(|least| Part::of(Role::Decisive, least)));
    }
    match &body.require {
        Requirement::All => {}
        Requirement::Coverage(least) | Requirement::Known(least) => {
            parts.push(Part::of(Role::Require, least));
        }
    }
    parts
}

fn of_level(body: &LevelBody) -> Vec<Part<'_>> {
    match &body.arms {
        Arms::Clauses { clauses, .. } => {
            let clauses = clauses.iter();
            clauses
                .map(|clause| Part::of(Role::Clause, &clause.condition))
                .collect()
        }
        Arms::Value(of) => vec![Part::of(Role::Formula, of)],
        Arms::Bands { of, bands } => {
            let mut parts = vec![Part::of(Role::Banded, of)];
            for band in bands {
                parts.extend(band.low.iter().map(|low| Part::of(Role::BandLow, low)));
                parts.extend(band.high.iter().map(|high| Part::of(Role::BandHigh, high)));
            }
            parts
        }
    }
}

fn of_table(body: &TableBody) -> Vec<Part<'_>> {
    let columns = body.columns.iter();
    let mut parts: Vec<Part<'_>> = columns.map(|by| Part::of(Role::Column, by)).collect();
    for row in &body.rows {
        let compared = row.cells.iter().flat_map(|cell| cell.kind.thresholds());
        parts.extend(compared.map(|at| Part::of(Role::Cell, at)));
        parts.push(Part::of(Role::Then, &row.then));
    }
    parts
}

fn of_alert(body: &AlertBody) -> Vec<Part<'_>> {
    let mut parts = vec![Part::of(Role::Raise, &body.raise.condition)];
    let escalations = body.escalations.iter();
    parts.extend(escalations.map(|one| Part::of(Role::Escalate, &one.condition)));
    parts.extend(
        body.clear
            .iter()
            .map(|clear| Part::of(Role::Clear, &clear.condition)),
    );
    parts.extend(
        body.lower
            .iter()
            .map(|lower| Part::of(Role::Lower, &lower.condition)),
    );
    parts.extend(
        body.bypass
            .iter()
            .map(|(bypass, _)| Part::of(Role::Bypass, bypass)),
    );
    parts
}

impl CheckedFunction {
    /// What a function gives is made of.
    #[must_use]
    pub fn parts(&self) -> [Part<'_>; 1] {
        [Part::of(Role::Formula, &self.body)]
    }
}

impl CheckedProperty {
    /// What a claim speaks of.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = vec![Part::value(Role::Subject, self.subject)];
        match &self.claim {
            Claim::Monotone { with, along: _ } => match with {
                With::EveryIndicator { of, but } => {
                    parts.push(match of {
                        Some(of) => Part::value(Role::Moved, *of),
                        None => Part {
                            role: Role::Moved,
                            what: What::EveryIndicator,
                        },
                    });
                    parts.extend(but.map(|but| Part::value(Role::Spared, but)));
                }
                With::EveryMember(factor) => parts.push(Part::value(Role::Moved, *factor)),
                With::One(id) => parts.push(Part::value(Role::Moved, *id)),
            },
            Claim::StaysIn { low, high, .. } => {
                let ends = low.iter().chain(high);
                parts.extend(ends.map(|end| Part::of(Role::Bound, end)));
            }
            Claim::NoneDecides { .. } | Claim::Reaches { .. } => parts.push(Part {
                role: Role::Moved,
                what: What::EveryIndicator,
            }),
        }
        parts
    }
}

impl CheckedTest {
    /// What a test gives and looks at; a file of cases names no declaration before it is read.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        match &self.body {
            TestBody::Rows(rows) => rows.parts(),
            TestBody::File { .. } => Vec::new(),
        }
    }
}

impl TestRows {
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        for given in &self.given {
            parts.push(Part::value(Role::Given, given.value));
            let cells = given.cells.iter();
            parts.extend(cells.map(|(cell, _)| Part::of(Role::GivenCell, cell)));
        }
        for expect in &self.expects {
            let what_of = |id: &Option<_>, every| id.map_or(every, What::Value);
            match &expect.what {
                Expected::Holds(asked) | Expected::NotApplicable(asked) => {
                    parts.push(Part::of(Role::Asked, asked));
                }
                Expected::Equals { of, values, .. } => {
                    parts.push(Part::of(Role::Asked, of));
                    let values = values.iter();
                    parts.extend(values.map(|(value, _)| Part::of(Role::Wanted, value)));
                }
                Expected::Happens { alert, event: _ } => {
                    parts.push(Part::value(Role::Events, *alert));
                }
                Expected::NoEvents(of) => parts.push(Part {
                    role: Role::Events,
                    what: what_of(of, What::EveryAlert),
                }),
                Expected::Faults(of) => parts.push(Part::value(Role::Faults, *of)),
                Expected::NoFaults(of) => parts.push(Part {
                    role: Role::Faults,
                    what: what_of(of, What::EveryValue),
                }),
            }
        }
        parts
    }
}
