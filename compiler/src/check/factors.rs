//! Factors: members, weights, how they combine and how much evidence they ask for.

use forewarn_grammar::ast::{self, RequireKind};

use super::applies::open_where_unknown;
use super::context::Checker;
use crate::checked::reads::Mention;
use crate::checked::{Body, CheckedMember, Combine, FactorBody, Requirement};
use crate::conversion::exactly;
use crate::diagnostics::factors::{BoundsRequire, DecisiveNumber, EstimateRequires};
use crate::diagnostics::factors::{
    CombineNumber, CoverageImpossible, EmptyFactor, MemberTwice, MixedUnits, NoCombine, NoWeight,
    NotAMember, Required, UnknownCombine, WeightsIgnored,
};
use crate::diagnostics::names::UnknownWord;
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::WantedNumber;
use crate::overlay::MemberOf;
use crate::plan::Evidence;
use crate::plan::peers::During;
use crate::source::Span;
use crate::typed::{Typed, TypedKind, ValueId};
use crate::types::{ASSESSMENT, Type};
use crate::units::Unit;

/// A weight below this, beside one in percent, is hardly a percentage that lacks its sign.
const LEAST_PERCENTAGE: f64 = 10.0;

/// The ways to combine, as written.
const COMBINES: &[&str] = &[
    "mean",
    "weighted mean",
    "geometric mean",
    "harmonic mean",
    "power mean",
    "sum",
    "max",
    "min",
    "median",
    "noisy or",
    "share of yes",
    "count of yes",
    "at least",
];

/// Is it one of the language's own ways to combine, for which the order of members makes no difference?
pub(crate) fn is_built_in_combine(words: &str) -> bool {
    COMBINES.contains(&words)
}

impl<'p> Checker<'_, 'p> {
    pub fn factor(
        &mut self,
        id: ValueId,
        factor: &'p ast::Factor,
        own: Span,
    ) -> (Type, Body, Vec<String>) {
        let name = &factor.name.text;
        let span = self.at(factor.body);
        let attributes = self.factor_attributes(&factor.attrs, own);
        let applies = attributes.applies.map(|condition| {
            let condition = self.expr(condition, Some(&Type::Truth));
            let condition = self.as_one_truth(condition, "`applies when`");
            open_where_unknown(condition)
        });
        let standing = self.framework.members_of(id, factor);
        let own_file = self.file;
        let combine = match &factor.combine {
            Some(combine) => {
                let weighs = factor.members.iter().any(|member| member.weight.is_some());
                self.combine(combine, standing.len(), weighs)
            }
            None => {
                self.reports.add(NoCombine {
                    name: name.clone(),
                    span: own,
                });
                None
            }
        };
        // A member that was to come from elsewhere has been told.
        let in_vain = |cause: &dyn crate::diagnostics::Cause| cause.code().0 == "FW1402";
        if standing.is_empty() && !self.reports.iter().any(in_vain) {
            self.reports.add(EmptyFactor {
                name: name.clone(),
                span: own,
            });
        }
        let words = factor.combine.as_ref().map_or(String::new(), words_of);
        let combine_span = factor.combine.as_ref().map_or(own, |one| self.at(one.span));
        let mut members: Vec<CheckedMember> = Vec::with_capacity(standing.len());
        let mut unit: Option<(Unit, Span)> = None;
        let mut ignored: Vec<Span> = Vec::new();
        let mut weightless: Vec<NoWeight> = Vec::new();
        let count = standing.len();
        let mut failed = combine.is_none() || standing.is_empty();
        for MemberOf {
            file,
            member,
            weight,
            decisive,
            grouped,
        } in standing
        {
            self.file = file;
            let member_span = self.at(member.name.span);
            if self.is_dropped(&member.name.text, member_span, true) {
                failed = true;
                continue;
            }
            let value = match &grouped {
                Some(grouped) => {
                    let family = self.family_named(&member.name);
                    self.used_families.extend(family);
                    self.value_called(grouped.value, member_span)
                }
                None => self.name(&member.name, None),
            };
            // One that a change has put there is a decision.
            let stated = weight.filter(|(place, _)| *place == file && grouped.is_none());
            let weights = grouped.into_iter().flat_map(|one| one.weights);
            let checked = weight.into_iter().chain(weights).map(|(file, weight)| {
                self.file = file;
                let weight_span = self.at(weight.span);
                if let Some(combine) = &combine
                    && !takes_weights(combine)
                {
                    ignored.push(self.with_its_word(weight_span, "weight"));
                }
                self.weight(weight)
            });
            // What an item weighs in its group, times what the whole group weighs.
            let weight = checked.reduce(product_of_weights);
            failed |= weight.as_ref().is_some_and(|weight| weight.ty.is_error());
            let TypedKind::Value(id) = value.kind else {
                failed = true;
                continue;
            };
            if value.ty.is_error() {
                failed = true;
                continue;
            }
            if let Some(first) = members.iter().find(|other| other.value == id) {
                let (name, first) = (member.name.text.clone(), first.span);
                self.reports.add(MemberTwice {
                    name,
                    first,
                    second: member_span,
                });
                failed = true;
                continue;
            }
            match self.member_unit(&value, combine.as_ref(), &words) {
                Some(own_unit) => match &unit {
                    Some((first_unit, first)) if *first_unit != own_unit => {
                        self.reports.add(MixedUnits {
                            name: name.clone(),
                            first: *first,
                            first_unit: self.units.show(first_unit),
                            second: member_span,
                            second_unit: self.units.show(&own_unit),
                            share: self.as_share((first_unit, *first), (&own_unit, member_span)),
                        });
                        failed = true;
                    }
                    Some(_) => {}
                    None => unit = Some((own_unit, member_span)),
                },
                None => failed = true,
            }
            self.file = file;
            let nothing = weight.as_ref().and_then(Typed::as_number) == Some(0.0);
            if nothing && let Some((place, written)) = stated {
                self.file = place;
                let at = self.at(written.span);
                weightless.push(NoWeight {
                    member: member.name.text.clone(),
                    span: self.with_its_word(at, "weight"),
                    own: member_span,
                });
                self.file = file;
            }
            let is_decisive = decisive.is_some();
            let decisive = decisive.and_then(|(place, least)| {
                self.file = place;
                self.decisive(least, &value)
            });
            self.file = file;
            failed |= decisive.is_none() && is_decisive;
            members.push(CheckedMember {
                value: id,
                weight,
                decisive,
                span: member_span,
            });
        }
        // Where nothing has any weight, that is told of the whole.
        if weightless.len() < members.len() && ignored.is_empty() {
            for cause in weightless {
                self.reports.add(cause);
            }
        }
        if !ignored.is_empty() {
            let span = factor.combine.as_ref().map(|one| one.span);
            let place = span.and_then(|span| {
                let place = self.at(span);
                let words_place = Span {
                    start: place.end.saturating_sub(u32::try_from(words.len()).ok()?),
                    ..place
                };
                (self.sources.slice(words_place) == words && words == "mean")
                    .then_some((words_place, "weighted mean"))
            });
            self.reports.add(WeightsIgnored {
                combine: words.clone(),
                combine_span,
                weighted: place,
                weights: ignored,
                listed: false,
            });
        }
        self.file = own_file;
        failed |= self.tells_mixed_weights(&members);
        let total = factor.total_weight.as_ref().and_then(|total| {
            let what = "a total of weights";
            let value = self.expr(total, None);
            let value = self.as_one_number(value, what);
            let value = self.constant(value, what);
            Some((value.as_number()?, value.span))
        });
        let require = self.requirement(factor.require.as_ref(), count);
        let evidence = self.evidence(factor, own, count);
        let (Some(combine), false) = (combine, failed) else {
            return (Type::Error, Body::Broken, attributes.cites);
        };
        let Some(evidence) = evidence else {
            return (Type::Error, Body::Broken, attributes.cites);
        };
        let ty = match &combine {
            Combine::NoisyOr | Combine::ShareOfYes | Combine::CountOfYes | Combine::AtLeast(_) => {
                Type::plain()
            }
            Combine::Function { function, .. } => self
                .functions
                .get(function)
                .map_or(Type::Error, |function| function.result.clone()),
            Combine::Mean
            | Combine::WeightedMean
            | Combine::GeometricMean
            | Combine::HarmonicMean
            | Combine::PowerMean(_)
            | Combine::Sum
            | Combine::Max
            | Combine::Min
            | Combine::Median => Type::Number(unit.map_or_else(Unit::plain, |(unit, _)| unit)),
        };
        let body = FactorBody {
            applies,
            combine,
            words,
            combine_span,
            members,
            require,
            total,
            evidence,
            span,
        };
        self.tell_mixed(name, &body);
        (ty, Body::Factor(body), attributes.cites)
    }

    /// What the factor's value is compared as; `None` where that was told to be wrong.
    fn evidence(
        &mut self,
        factor: &'p ast::Factor,
        own: Span,
        members: usize,
    ) -> Option<(Evidence, Span)> {
        let Some(word) = &factor.evidence else {
            return Some((Evidence::Unsaid, own));
        };
        let span = self.at(word.span);
        let name = || factor.name.text.clone();
        match (word.text.as_str(), &factor.require) {
            ("estimate", Some(_)) => Some((Evidence::Estimate, span)),
            ("estimate", None) => {
                let half = members.div_ceil(2);
                self.reports.add(EstimateRequires {
                    name: name(),
                    span,
                    half,
                });
                None
            }
            ("bounds", None) => Some((Evidence::Bounds, span)),
            ("bounds", Some(require)) => {
                let require = self.at(require.span);
                self.reports.add(BoundsRequire {
                    name: name(),
                    span,
                    require,
                });
                None
            }
            _ => {
                self.reports.add(UnknownWord {
                    what: "kind of evidence called".to_owned(),
                    word: word.text.clone(),
                    span,
                    known: vec!["estimate", "bounds"],
                });
                None
            }
        }
    }

    /// Tells weights beyond 1 that lack the sign which others have: `50%`, `30`.
    fn tells_mixed_weights(&mut self, members: &[CheckedMember]) -> bool {
        let weights = members.iter().filter_map(|member| member.weight.as_ref());
        let (mut bare, mut percentage, mut whole) = (Vec::new(), None, 0.0);
        for weight in weights {
            if let Some(x) = weight.as_number().filter(|x| *x > 1.0) {
                bare.push(weight);
                whole += x;
            } else if let TypedKind::Convert(inner, ..) = &weight.kind
                && Self::unit_of(&inner.ty) == Some(&Unit::percent())
            {
                percentage.get_or_insert(inner.span);
                whole += inner.as_number().unwrap_or_default();
            }
        }
        let Some(span) = percentage.filter(|_| !bare.is_empty()) else {
            return false;
        };
        // `50%, 2, 1` is no division of a hundred: the sign is what does not belong.
        let counts = bare
            .iter()
            .any(|weight| weight.as_number().is_some_and(|x| x < LEAST_PERCENTAGE));
        if (whole - 100.0).abs() > 1.0 && counts {
            self.reports.add(WantedNumber {
                words: self.words(span),
                span,
                found: self.shown_as(&Type::Number(Unit::percent())),
                context: "a weight, which is a plain number".to_owned(),
                signal: None,
                counted: None,
            });
            return true;
        }
        let words = self.words(span);
        self.tells_bare(&bare, (span, &words), &Unit::percent(), None)
    }

    /// What the factor is at least where a member is present.
    fn decisive(&mut self, least: &'p ast::Expr, member: &Typed) -> Option<Typed> {
        let what = "`decisive`";
        let least = self.expr(least, None);
        let least = self.as_one_number(least, what);
        let least = self.constant(least, what);
        if least.ty.is_error() || member.ty.is_error() {
            return None;
        }
        let present = match &member.ty {
            Type::Truth => true,
            Type::Level(scale) => *scale == ASSESSMENT,
            Type::Number(_) | Type::Category(_) | Type::Count | Type::List(_) | Type::Error => {
                false
            }
        };
        let plain = matches!(&least.ty, Type::Number(unit) if unit.is_plain());
        if !present || !plain {
            self.reports.add(DecisiveNumber {
                span: least.span,
                member: member.span,
                found: if present {
                    self.show(&least.ty)
                } else {
                    self.show(&member.ty)
                },
                of_member: !present,
                beyond: None,
            });
            return None;
        }
        Some(least)
    }

    /// Of two members, one a percentage and one a plain number: how the percentage is written as a share.
    fn as_share(&self, first: (&Unit, Span), second: (&Unit, Span)) -> Option<(Span, String)> {
        let percent = Unit::percent();
        let place = match (first, second) {
            ((own, place), (other, _)) | ((other, _), (own, place))
                if *own == percent && other.is_plain() =>
            {
                place
            }
            _ => return None,
        };
        let words = Some(self.words(place)).filter(|words| !words.is_empty())?;
        let is_name = words
            .bytes()
            .all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'_' | b'.'));
        let text = if is_name {
            format!("{words} / 100%")
        } else {
            format!("({words}) / 100%")
        };
        Some((place, text))
    }

    /// The unit of a member as a number, or told that it cannot be one.
    fn member_unit(
        &mut self,
        member: &Typed,
        combine: Option<&Combine>,
        words: &str,
    ) -> Option<Unit> {
        let truths_only = matches!(
            combine,
            Some(Combine::ShareOfYes | Combine::CountOfYes | Combine::AtLeast(_))
        );
        let wanted = match (&member.ty, combine) {
            (Type::Truth, _) => return Some(Unit::plain()),
            (_, _) if truths_only => format!("yes or no for `{words}`"),
            (Type::Level(scale), _) if *scale == ASSESSMENT => return Some(Unit::plain()),
            (Type::Count, _) => return Some(Unit::plain()),
            (Type::Number(unit), Some(Combine::NoisyOr | Combine::Function { .. }))
                if !unit.is_plain() =>
            {
                format!("a plain number for `{words}`")
            }
            (Type::Number(unit), _) => return Some(unit.clone()),
            _ => "a number, yes or no, or an assessment".to_owned(),
        };
        let declared = self.origin(member);
        self.reports.add(NotAMember {
            name: match member.mention() {
                Some(Mention::Value(id)) => self
                    .framework
                    .values
                    .get(id.0 as usize)
                    .map_or(String::new(), |value| value.name.text.clone()),
                _ => String::new(),
            },
            span: member.span,
            kind: self.show(&member.ty),
            declared,
            wanted,
        });
        None
    }

    fn combine(&mut self, combine: &ast::Combine, members: usize, weighs: bool) -> Option<Combine> {
        let words = words_of(combine);
        let span = self.at(combine.span);
        let number = combine.number.as_ref().map(|number| {
            let number = self.expr(number, None);
            let number = self.as_one_number(number, "`combine`");
            self.constant(number, "`combine`")
        });
        let value = number.as_ref().and_then(|number| self.amount(number));
        if number.as_ref().is_some_and(|number| number.ty.is_error()) {
            return None;
        }
        let wrong = |checker: &mut Self, why: &str| {
            let (combine, why) = (words.clone(), why.to_owned());
            let instead = None;
            checker.reports.add(CombineNumber {
                span,
                combine,
                why,
                instead,
            });
            None
        };
        let plain = match words.as_str() {
            "power mean" => {
                return match value {
                    Some(power) if power != 0.0 => Some(Combine::PowerMean(power)),
                    Some(_) => wrong(self, "its exponent cannot be 0; that is the geometric mean"),
                    None if number.is_some() => {
                        wrong(self, "its exponent has one value, the same in every period")
                    }
                    None => wrong(self, "it needs its exponent, such as `power mean 2`"),
                };
            }
            "at least" => {
                let amounts = number.as_ref().map(|number| self.amounts(number));
                let amounts = amounts.unwrap_or_default();
                let fits = |k: f64| k.fract() == 0.0 && k >= 1.0;
                if amounts.iter().any(|one| one.what > members as f64) {
                    return wrong(self, &format!("there are only {members} members"));
                }
                if amounts.is_empty() && number.is_some() {
                    return wrong(self, "its number is written, or a param");
                }
                if amounts.is_empty() || !amounts.iter().all(|one| fits(one.what)) {
                    return wrong(self, "it needs a whole number from 1, such as `at least 3`");
                }
                let least = amounts.into_iter().map(|one| During {
                    from: one.from,
                    until: one.until,
                    what: one.what as u32,
                });
                return Some(Combine::AtLeast(least.collect()));
            }
            "mean" => Some(Combine::Mean),
            "weighted mean" => Some(Combine::WeightedMean),
            "geometric mean" => Some(Combine::GeometricMean),
            "harmonic mean" => Some(Combine::HarmonicMean),
            "sum" => Some(Combine::Sum),
            "max" => Some(Combine::Max),
            "min" => Some(Combine::Min),
            "median" => Some(Combine::Median),
            "noisy or" => Some(Combine::NoisyOr),
            "share of yes" => Some(Combine::ShareOfYes),
            "count of yes" => Some(Combine::CountOfYes),
            _ => None,
        };
        if plain.is_some() {
            return if combine.number.is_some() {
                wrong(self, "it takes no number")
            } else {
                plain
            };
        }
        if let [only] = combine.words.as_slice()
            && let Some(id) = self.framework.function_names.get(only.text.as_str())
        {
            let id = *id;
            self.used_functions.insert(id);
            let function = self.functions.get(&id)?;
            let is_list = |(_, ty): &(String, Type)| matches!(ty, Type::List(of) if matches!(**of, Type::Number(_)));
            let lists = function.parameters.iter().all(is_list);
            // What is wrong with its own kinds has been told.
            let is_told = |ty: &Type| match ty {
                Type::List(of) => of.is_error(),
                Type::Number(_)
                | Type::Truth
                | Type::Level(_)
                | Type::Category(_)
                | Type::Count
                | Type::Error => ty.is_error(),
            };
            if function.parameters.iter().any(|(_, ty)| is_told(ty)) {
                return None;
            }
            let weighted = function.parameters.len() == 2;
            let fits = lists && (weighted || function.parameters.len() == 1);
            if !fits || !matches!(function.result, Type::Number(_) | Type::Error) {
                let second = if function.parameters.len() > 1 {
                    ", weights: list of number"
                } else {
                    ""
                };
                let first = function.parameters.first();
                let first = first.map_or("xs", |(name, _)| name.as_str());
                let instead = Some(format!(
                    "fn {words}({first}: list of number{second}) -> number"
                ));
                self.reports.add(CombineNumber {
                    span,
                    combine: words,
                    why: "a function that combines takes the list of the members' values, or that and the list \
                          of their weights, and gives a number"
                        .to_owned(),
                    instead,
                });
                return None;
            }
            return Some(Combine::Function {
                function: id,
                weighted,
            });
        }
        let functions = self.framework.function_names.keys().copied();
        let known: Vec<&str> = COMBINES.iter().copied().chain(functions).collect();
        let suggestion = other_combine(&words)
            // A mean of members with weights is one that looks at them.
            .map(|meant| {
                if weighs && meant == "mean" {
                    "weighted mean"
                } else {
                    meant
                }
            })
            .or_else(|| suggest(&words, known))
            .map(str::to_owned);
        let words_span = combine.words.first().zip(combine.words.last());
        let span = words_span.map_or(span, |(first, last)| self.at(first.span.to(last.span)));
        self.reports.add(UnknownCombine {
            words,
            span,
            known: COMBINES.to_vec(),
            suggestion,
        });
        None
    }

    fn requirement(&mut self, require: Option<&ast::Require>, members: usize) -> Requirement {
        let Some(require) = require else {
            return Requirement::All;
        };
        let span = self.at(require.amount.span);
        // That there are none has been told.
        if members == 0 {
            return Requirement::All;
        }
        let amount = self.expr(&require.amount, None);
        let amount = self.as_one_number(amount, "`require`");
        let amount = self.constant(amount, "`require`");
        let Some(amount) = Self::convert(amount, &Unit::plain()) else {
            return Requirement::All;
        };
        let impossible = |checker: &mut Self, found: f64, required: Required| {
            let cause = CoverageImpossible {
                span,
                found,
                required,
            };
            checker.reports.add(cause);
        };
        let literal = plain_literal(&amount);
        match require.kind {
            RequireKind::Coverage => {
                if let Some(x) = literal
                    && !(x > 0.0 && x <= 1.0)
                {
                    impossible(self, x, Required::Coverage { written: true });
                }
                Requirement::Coverage(amount)
            }
            RequireKind::Known => {
                if let Some(x) = literal
                    && (x.fract() != 0.0 || x < 1.0 || x > members as f64)
                {
                    impossible(self, x, Required::Known(members));
                }
                Requirement::Known(amount)
            }
        }
    }
}

pub(super) fn product_of_weights(whole: Typed, own: Typed) -> Typed {
    let ty = if own.ty.is_error() {
        Type::Error
    } else {
        whole.ty.clone()
    };
    Typed {
        span: own.span,
        kind: TypedKind::Product(Box::new(whole), vec![(ast::ProductOp::Multiply, own)]),
        ty,
    }
}

/// Does the way to combine look at weights?
#[must_use]
pub(crate) fn takes_weights(combine: &Combine) -> bool {
    matches!(
        combine,
        Combine::WeightedMean
            | Combine::GeometricMean
            | Combine::HarmonicMean
            | Combine::PowerMean(_)
            | Combine::Sum
            | Combine::NoisyOr
            | Combine::Function { weighted: true, .. }
    )
}

fn words_of(combine: &ast::Combine) -> String {
    let words: Vec<&str> = combine
        .words
        .iter()
        .map(|word| word.text.as_str())
        .collect();
    words.join(" ")
}

/// The value of a literal, through conversions and signs.
fn plain_literal(value: &Typed) -> Option<f64> {
    if let TypedKind::Convert(inner, num, den) = &value.kind {
        return Some(exactly(plain_literal(inner)?, *num, *den));
    }
    if let TypedKind::Negate(inner) = &value.kind {
        return Some(-plain_literal(inner)?);
    }
    value.as_number()
}

/// A way to combine as others call it.
fn other_combine(words: &str) -> Option<&'static str> {
    Some(match words.to_lowercase().as_str() {
        "average" | "avg" | "arithmetic mean" | "arithmetic average" | "simple average"
        | "simple mean" | "equal weights" => "mean",
        "weighted average"
        | "weighted arithmetic mean"
        | "weighted"
        | "mean with weights"
        | "weighted sum"
        | "average with weights"
        | "linear" => "weighted mean",
        "geometric" | "geometric average" | "geomean" => "geometric mean",
        "harmonic" | "harmonic average" => "harmonic mean",
        "moyenne" | "media" | "promedio" | "durchschnitt" | "mittelwert" => "mean",
        "maximum" | "highest" | "worst" | "maximo" | "massimo" => "max",
        "minimum" | "lowest" | "minimo" => "min",
        "somme" | "suma" | "soma" | "summe" => "sum",
        "addition" | "total" | "additive" => "sum",
        "share" => "share of yes",
        "count" | "number of yes" => "count of yes",
        _ => return None,
    })
}
