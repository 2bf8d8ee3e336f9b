//! Indicators.

use forewarn_grammar::ast;

use super::applies::open_where_unknown;
use super::attributes::Attributes;
use super::context::Checker;
use super::durations::period_word;
use crate::checked::{Body, DeclaredRange, IndicatorBody, Named, Verification};
use crate::diagnostics::durations::{CarriedBeyondExpiry, TwoWaysForAbsent};
use crate::diagnostics::evidence::{
    CostNotAbove, LeastAlarming, NoLeastAlarming, SaysElse, WordSaysElse,
};
use crate::diagnostics::names::UnknownName;
use crate::diagnostics::ranges::OutsideRange;
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::TypeNotHere;
use crate::diagnostics::units::PercentUpToOne;
use crate::framework::Declared;
use crate::interval::Interval;
use crate::plan::OnViolation;
use crate::source::Span;
use crate::typed::{TypedKind, ValueId};
use crate::types::Type;
use crate::units::Unit;

/// What cells of truths are read as without being told.
const TRUTHS: [&str; 6] = ["yes", "no", "true", "false", "1", "0"];

/// Are two words the same in the data, where neither capitals nor blanks, hyphens and underscores tell words apart?
fn same_word(one: &str, other: &str) -> bool {
    let plain = |word: &str| word.to_lowercase().replace([' ', '-'], "_");
    plain(one) == plain(other)
}

impl Checker<'_, '_> {
    pub fn indicator(
        &mut self,
        id: ValueId,
        name: &str,
        own: Span,
        ty: &ast::TypeExpr,
        attrs: &[ast::Attr],
    ) -> (Type, Body, Vec<String>) {
        let mut found = self.type_of(ty, &[], "an indicator");
        if matches!(found, Type::List(_)) {
            self.reports.add(TypeNotHere {
                span: self.type_span(ty),
                found: "a list".to_owned(),
                context: "an indicator".to_owned(),
            });
            found = Type::Error;
        }
        let declared = self.declared_range(ty, &found);
        self.percent_up_to_one(name, ty, &found);
        // A range that is wrong has been told: nothing follows from where values lie.
        let is_wrong = ty.range.is_some() && declared.is_none();
        let found = if is_wrong { Type::Error } else { found };
        let attributes = self.indicator_attributes(attrs, own);
        let amended = self.framework.amended.get(&id);
        let own_file = self.file;
        match amended.and_then(|amended| amended.source) {
            Some((file, source)) => {
                self.file = file;
                self.use_source(source);
                self.file = own_file;
            }
            None => attributes
                .source
                .iter()
                .for_each(|source| self.use_source(source)),
        }
        let column = match amended.and_then(|amended| amended.column) {
            Some((_, column)) => Some(column),
            None => attributes.column,
        };
        let carry_forward =
            self.standing(name, &attributes, attributes.carry_forward, "carry forward");
        let expires = self.standing(name, &attributes, attributes.expires, "expires after");
        if let (Some((_, carry)), Some((_, span))) = (attributes.carry_forward, attributes.expires)
            && let (Some(carried), Some(expired)) = (carry_forward, expires)
            && carried > expired
        {
            self.carried_too_long(name, (carry, carried), (span, expired), &attributes);
        }
        let changeable = attributes.changeable;
        let changeable = changeable.then(|| self.cost(attributes.cost)).flatten();
        let applies = attributes.applies.map(|condition| {
            let condition = self.expr(condition, Some(&Type::Truth));
            let condition = self.as_one_truth(condition, "`applies when`");
            open_where_unknown(condition)
        });
        let inapplicable = attributes
            .inapplicable
            .map(|(words, span)| (self.words_for_none(name, words, &found, declared), span));
        let missing_means = attributes.missing_means.map(|value| {
            let value = self.expr(value, Some(&found));
            let value = self.constant(value, "what missing means");
            let (_, value) = self.keeps(value, found.clone(), self.type_span(ty), name);
            if let (TypedKind::Number(x), Some(declared)) = (&value.kind, &declared)
                && !declared.range.contains(*x)
            {
                self.reports.add(OutsideRange {
                    name: name.to_owned(),
                    span: value.span,
                    value: crate::numbers::show(*x),
                    low: crate::numbers::show(declared.range.low),
                    high: crate::numbers::show(declared.range.high),
                    declared: declared.span,
                    what: "missing means",
                });
            }
            value
        });
        let on_violation = match attributes.on_violation.map(|word| word.text.as_str()) {
            Some("reject") => OnViolation::Reject,
            Some("clamp") => OnViolation::Clamp,
            _ => OnViolation::Missing,
        };
        let verification = attributes.verification.and_then(|(column, span)| {
            let polarity = attributes.polarity.map(|word| word.text.as_str());
            let protective = polarity == Some("protective");
            let verification = Verification {
                column: column.value.clone(),
                protective,
                span,
            };
            let ends = declared.as_ref().map(|declared| declared.range);
            self.least_alarming(name, &found, ends, &verification)
                .then_some(verification)
        });
        let body = Body::Indicator(IndicatorBody {
            protective: attributes.protective,
            column: column.map(|column| column.value.clone()),
            declared,
            on_violation,
            optional: attributes.optional,
            missing_means,
            carry_forward,
            expires,
            applies,
            inapplicable,
            changeable,
            verification,
        });
        (found, body, attributes.cites)
    }

    /// Tells a percentage whose range ends at one percent, where no sign says that this is meant.
    fn percent_up_to_one(&mut self, name: &str, ty: &ast::TypeExpr, found: &Type) {
        let Some(range) = ty.range.as_ref() else {
            return;
        };
        let (Some(low), Some(high)) = (&range.low, &range.high) else {
            return;
        };
        let is = |end: &ast::SignedNumber, x: f64| {
            let number = &end.number;
            let is_bare = number.unit.is_none() && !number.percent;
            is_bare && !end.negative && number.value == x
        };
        let is_percent = matches!(found, Type::Number(unit) if *unit == Unit::percent());
        if !is_percent || range.half_open || !is(low, 0.0) || !is(high, 1.0) {
            return;
        }
        self.reports.add(PercentUpToOne {
            name: name.to_owned(),
            whole: self.type_span(ty),
            span: self.at(range.span),
            high: self.at(high.span),
        });
    }

    /// For how many periods a value stands for absent cells, by one of the properties that say so.
    fn standing(
        &mut self,
        name: &str,
        attributes: &Attributes<'_>,
        said: Option<(&ast::Expr, Span)>,
        word: &'static str,
    ) -> Option<u32> {
        let (length, span) = said?;
        if let Some(means) = attributes.missing_means {
            self.reports.add(TwoWaysForAbsent {
                name: name.to_owned(),
                means: self.at(means.span),
                carry: span,
            });
            return None;
        }
        if self.panel.period.is_none() {
            self.no_periods(word, span);
            return None;
        }
        self.periods(length, &format!("`{word}`"))
    }

    /// A value would be carried on when it is out of date.
    fn carried_too_long(
        &mut self,
        name: &str,
        (carry, carried): (Span, u32),
        (expires, expired): (Span, u32),
        attributes: &Attributes<'_>,
    ) {
        let end = |said: Option<(&ast::Expr, Span)>| said.map(|(length, _)| self.at(length.span));
        let lengths = end(attributes.carry_forward).zip(end(attributes.expires));
        let words = lengths.map(|(at, by)| (at, self.sources.slice(by).to_owned()));
        self.reports.add(CarriedBeyondExpiry {
            name: name.to_owned(),
            carry,
            carried,
            expires,
            expired,
            period: self.panel.period.map_or("period", period_word),
            mended: words,
        });
    }

    /// The words of cells that say that there is no such value; those that say something else are told.
    fn words_for_none(
        &mut self,
        name: &str,
        words: &[ast::Text],
        ty: &Type,
        declared: Option<DeclaredRange>,
    ) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for word in words {
            let text = word.value.trim();
            let says = if text.is_empty() {
                Some(SaysElse::Nothing)
            } else if kept.iter().any(|known| same_word(known, text)) {
                Some(SaysElse::Again)
            } else {
                self.said_by(text, ty, declared)
            };
            match says {
                Some(says) => self.reports.add(WordSaysElse {
                    span: self.at(word.span),
                    name: name.to_owned(),
                    word: word.value.clone(),
                    says,
                }),
                None => kept.push(text.to_owned()),
            }
        }
        kept
    }

    /// What a word already says in the cells of an indicator.
    fn said_by(&self, word: &str, ty: &Type, declared: Option<DeclaredRange>) -> Option<SaysElse> {
        let is_one = |named: &[Named]| named.iter().any(|one| same_word(&one.name, word));
        let is_value = match ty {
            Type::Truth => TRUTHS.iter().any(|truth| same_word(truth, word)),
            Type::Level(id) => self.scale(*id).is_some_and(|scale| is_one(&scale.levels)),
            Type::Category(id) => self.category(*id).is_some_and(|one| is_one(&one.names)),
            Type::Number(_) => word
                .parse::<f64>()
                .is_ok_and(|x| x.is_finite() && declared.is_none_or(|declared| declared.takes(x))),
            Type::Count | Type::List(_) | Type::Error => false,
        };
        is_value.then_some(SaysElse::Value)
    }

    /// What a change of an indicator costs; 1 where nothing is said.
    fn cost(&mut self, cost: Option<&ast::Expr>) -> Option<f64> {
        let Some(cost) = cost else {
            return Some(1.0);
        };
        let cost = self.expr(cost, Some(&Type::plain()));
        let cost = self.constant(cost, "`cost`");
        if cost.ty.is_error() {
            return None;
        }
        let amount = self.amount(&cost).filter(|_| cost.ty == Type::plain());
        if amount.is_some_and(|amount| amount > 0.0) {
            return amount;
        }
        let found = match amount {
            Some(amount) => crate::numbers::show(amount),
            None => self.show(&cost.ty),
        };
        self.reports.add(CostNotAbove {
            span: cost.span,
            found,
        });
        None
    }

    /// Does an indicator have a least alarming value, which one that is not verified counts as?
    fn least_alarming(
        &mut self,
        name: &str,
        ty: &Type,
        declared: Option<Interval>,
        verification: &Verification,
    ) -> bool {
        let wanted = match ty {
            Type::Truth | Type::Level(_) | Type::Error => return true,
            Type::Number(_) => {
                let range = declared.unwrap_or(Interval::ALL);
                let (end, wanted) = if verification.protective {
                    (range.high, LeastAlarming::High)
                } else {
                    (range.low, LeastAlarming::Low)
                };
                if end.is_finite() && end.abs() < f64::MAX {
                    return true;
                }
                wanted
            }
            Type::Category(_) | Type::Count | Type::List(_) => LeastAlarming::Order,
        };
        self.reports.add(NoLeastAlarming {
            name: name.to_owned(),
            span: verification.span,
            wanted,
        });
        false
    }

    fn use_source(&mut self, source: &ast::Name) {
        self.used_sources.insert(source.text.clone());
        let sources = &self.framework.sources;
        if sources.iter().any(|known| known.name.text == source.text)
            || self.framework.broken.contains(&source.text.as_str())
        {
            return;
        }
        if self.is_dropped(&source.text, self.at(source.span), false) {
            return;
        }
        let known = sources.iter().map(|source| source.name.text.as_str());
        let suggestion = suggest(&source.text, known).map(|found| {
            let declared = sources.iter().find(|source| source.name.text == found);
            (found.to_owned(), declared.map(Declared::span))
        });
        self.unknown(UnknownName {
            what: "source".to_owned(),
            name: source.text.clone(),
            span: self.at(source.span),
            suggestion,
            advice: None,
            others: Vec::new(),
            declared_as: None,
        });
    }
}
