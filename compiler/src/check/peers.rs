//! Functions that compare a period's entities with each other.

use forewarn_grammar::ast::{self, Arg, Expr, ExprKind, PeriodEnd};

use super::context::Checker;
use super::dated::together;
use super::named_arguments::Arguments;
use super::shapes::{Form, HOW_MANY, PARTS};
use crate::checked::Body;
use crate::diagnostics::names::UnknownName;
use crate::diagnostics::panel_functions::{
    BaselineBackwards, NeedsFixedNumber, NoPeersInSeries, PeersNotCategory,
};
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::COUNT_OF_BASELINE;
use crate::framework::ValueSource;
use crate::numbers::show;
use crate::plan::peers::{Aggregate, During, Peers, RankOrder, Ties};
use crate::source::Span;
use crate::typed::{ACROSS_PEERS, AcrossPeers, PeerFunction, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;

const ORDERS: &[(&str, RankOrder)] = &[
    ("highest", RankOrder::HighestFirst),
    ("lowest", RankOrder::LowestFirst),
];

const TIES: &[(&str, Ties)] = &[
    ("first", Ties::First),
    ("last", Ties::Last),
    ("mean", Ties::Mean),
    ("dense", Ties::Dense),
];

/// The function, what stands in it by place, and the names of its other arguments.
fn takes(
    name: &str,
) -> Option<(
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
)> {
    const ONE: &[&str] = &["x"];
    const GROUPED: &[&str] = &["among", "baseline"];
    Some(match name {
        "rank" => ("rank", ONE, &["first", "ties", "among"]),
        "percentile" => ("percentile", ONE, &["among"]),
        "zscore" => ("zscore", ONE, GROUPED),
        "minmax" => ("minmax", ONE, GROUPED),
        "share" => ("share", ONE, &["among"]),
        "top" => ("top", &["x", HOW_MANY], &["first", "among"]),
        "decile" => ("decile", ONE, &["among"]),
        "quantile" => ("quantile", &["x", PARTS], &["among"]),
        "winsorise" => ("winsorise", ONE, &["skew", "kurtosis", "at_most", "among"]),
        "impute_mean" => ("impute_mean", ONE, &["among"]),
        "sum" => ("sum", ONE, GROUPED),
        "mean" => ("mean", ONE, GROUPED),
        "min" => ("min", ONE, GROUPED),
        "max" => ("max", ONE, GROUPED),
        "count" => ("count", ONE, GROUPED),
        "stddev" => ("stddev", ONE, GROUPED),
        "median" => ("median", ONE, GROUPED),
        _ => return None,
    })
}

/// How far the treatment of outliers goes unless told otherwise, as composite indicators do it.
const SKEW: f64 = 2.0;
const KURTOSIS: f64 = 3.5;
const AT_MOST: f64 = 5.0;

impl Checker<'_, '_> {
    /// A call of a function across peers.
    pub fn across_peers(&mut self, name: &str, args: &[Arg], span: Span) -> Typed {
        let Some((name, placed, names)) = takes(name) else {
            return self.poison(span);
        };
        let arguments = self.arguments(name, args, span, Form::of(placed, names));
        let of = args.iter().find(|arg| arg.name.is_none());
        let of = match of {
            Some(arg) => self.expr(&arg.value, None),
            None => self.poison(span),
        };
        let Some(arguments) = arguments else {
            return self.poison(span);
        };
        let what = self.peer_function(name, &arguments);
        let by_key = self.among_key(&arguments);
        let among = match by_key {
            Some(_) => Ok(None),
            None => self.among(&arguments),
        };
        let baseline = self.baseline_of(&arguments);
        // Goalposts of earlier periods are those of the series itself.
        if self.framework.panel.is_some() && self.panel.is_series() && baseline == Ok(None) {
            self.reports.add(NoPeersInSeries {
                span,
                function: name.to_owned(),
                windowed: !ACROSS_PEERS.contains(&name),
                period: self.panel.period_name.clone(),
            });
            return self.poison(span);
        }
        let truths = name == "count" && of.ty == Type::Truth;
        // The worst or the best of the peers' levels is a level.
        let levels = matches!(name, "max" | "min") && matches!(of.ty, Type::Level(_));
        let of = if (truths || levels) && baseline == Ok(None) {
            of
        } else if truths {
            self.as_one_number(of, COUNT_OF_BASELINE)
        } else {
            self.as_one_number(of, &format!("`{name}`"))
        };
        let (Some(dated), Ok(among), Ok(baseline)) = (what, among, baseline) else {
            return self.poison(span);
        };
        let Some(what) = dated.first().map(|first| first.what) else {
            return self.poison(span);
        };
        let is_open = |one: &During<PeerFunction>| one.from.is_none() && one.until.is_none();
        let dated = Some(dated).filter(|dated| !dated.iter().any(is_open));
        let unit = if of.ty == Type::Truth || matches!(of.ty, Type::Level(_)) {
            Unit::plain()
        } else if let Some(unit) = Self::unit_of(&of.ty) {
            unit.clone()
        } else {
            return self.poison(span);
        };
        let plain = match what {
            PeerFunction::Top(..) => Type::Truth,
            PeerFunction::ZScore
            | PeerFunction::MinMax
            | PeerFunction::Share
            | PeerFunction::Quantile(_) => Type::plain(),
            PeerFunction::Plain(what) => match what {
                Peers::Aggregate(_) if matches!(of.ty, Type::Level(_)) => of.ty.clone(),
                Peers::Rank { .. } | Peers::Aggregate(Aggregate::Known) => Type::plain(),
                Peers::Percentile => Type::Number(Unit::percent()),
                // Rules write a function along time for a spell.
                Peers::Aggregate(_)
                | Peers::Winsorise { .. }
                | Peers::Impute
                | Peers::Spell { .. } => Type::Number(unit),
            },
        };
        let call = AcrossPeers {
            what,
            dated: dated.unwrap_or_default(),
            params: self.params_among(args),
            of,
            among,
            by_key,
            baseline,
        };
        Typed {
            kind: TypedKind::Peers(Box::new(call)),
            ty: plain,
            span,
        }
    }

    /// The params among some arguments.
    fn params_among(&self, args: &[Arg]) -> Vec<String> {
        let is_param = |name: &str| {
            let mut ids = self.framework.named(name).into_iter();
            ids.any(|id| {
                matches!(
                    self.values.get(&id).map(|value| &value.body),
                    Some(Body::Param(_))
                )
            })
        };
        let mut found: Vec<String> = Vec::new();
        for (place, arg) in args.iter().enumerate() {
            // What is compared tells its own params, where they are parts of it.
            let is_compared = place == 0 && arg.name.is_none();
            if is_compared && !matches!(arg.value.kind, ExprKind::Name(_)) {
                continue;
            }
            for name in self.values_named(&arg.value) {
                if is_param(&name) && !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        found
    }

    /// What the function is, in which periods.
    fn peer_function(
        &mut self,
        name: &str,
        arguments: &Arguments<'_>,
    ) -> Option<Vec<During<PeerFunction>>> {
        let always = |what| {
            let (from, until) = (None, None);
            Some(vec![During { from, until, what }])
        };
        let plain = |what| always(PeerFunction::Plain(what));
        let aggregate = |what| plain(Peers::Aggregate(what));
        match name {
            "rank" => {
                let order = self.word_of(arguments, "first", ORDERS);
                let ties = self.word_of(arguments, "ties", TIES);
                plain(Peers::Rank {
                    order: order?,
                    ties: ties?,
                })
            }
            "top" => {
                let order = self.word_of(arguments, "first", ORDERS);
                let k = arguments.placed.get(1)?;
                let number = self.in_periods(k, "`top`", "a whole number from 1", |x| {
                    x.fract() == 0.0 && (1.0..1e9).contains(&x)
                });
                let order = order?;
                Some(each_of(&number?, |k| PeerFunction::Top(order, k as u32)))
            }
            "winsorise" => {
                let mut limit =
                    |name: &str, otherwise: f64, whole: bool| match arguments.named(name) {
                        Some(value) => {
                            let wanted = match whole {
                                true => "a whole number from 0",
                                false => "a number from 0",
                            };
                            self.in_periods(value, &format!("`{name}:`"), wanted, |x| {
                                (0.0..1e9).contains(&x) && !(whole && x.fract() != 0.0)
                            })
                        }
                        None => Some(vec![During {
                            from: None,
                            until: None,
                            what: otherwise,
                        }]),
                    };
                let skew = limit("skew", SKEW, false);
                let kurtosis = limit("kurtosis", KURTOSIS, false);
                let at_most = limit("at_most", AT_MOST, true);
                let limits = together(&[skew?, kurtosis?, at_most?]);
                let limits = limits.into_iter().filter_map(|during| {
                    let [skew, kurtosis, at_most] = during.what.as_slice() else {
                        return None;
                    };
                    let what = PeerFunction::Plain(Peers::Winsorise {
                        skew: *skew,
                        kurtosis: *kurtosis,
                        at_most: *at_most as u32,
                    });
                    let During { from, until, .. } = during;
                    Some(During { from, until, what })
                });
                Some(limits.collect())
            }
            "decile" => always(PeerFunction::Quantile(10)),
            "quantile" => {
                let parts = arguments.placed.get(1)?;
                let fits = |x: f64| x.fract() == 0.0 && (2.0..1e6).contains(&x);
                let parts = self.in_periods(parts, "`quantile`", "a whole number from 2", fits);
                Some(each_of(&parts?, |parts| {
                    PeerFunction::Quantile(parts as u32)
                }))
            }
            "percentile" => plain(Peers::Percentile),
            "impute_mean" => plain(Peers::Impute),
            "zscore" => always(PeerFunction::ZScore),
            "minmax" => always(PeerFunction::MinMax),
            "share" => always(PeerFunction::Share),
            "sum" => aggregate(Aggregate::Sum),
            "mean" => aggregate(Aggregate::Mean),
            "min" => aggregate(Aggregate::Min),
            "max" => aggregate(Aggregate::Max),
            "count" => aggregate(Aggregate::Known),
            "stddev" => aggregate(Aggregate::StdDev),
            _ => aggregate(Aggregate::Median),
        }
    }

    /// A plain number of the method: written here, or a param, with dates or without. What it is in which periods.
    fn in_periods(
        &mut self,
        value: &Expr,
        context: &str,
        wanted: &'static str,
        fits: impl Fn(f64) -> bool,
    ) -> Option<Vec<During<f64>>> {
        let value = self.expr(value, Some(&Type::plain()));
        let value = self.as_one_number(value, context);
        if value.ty.is_error() {
            return None;
        }
        let is_plain = Self::unit_of(&value.ty).is_some_and(Unit::is_plain);
        let amounts = self.amounts(&value);
        let odd = amounts.iter().find(|one| !fits(one.what));
        if is_plain && !amounts.is_empty() && odd.is_none() {
            return Some(amounts);
        }
        self.reports.add(NeedsFixedNumber {
            dated: None,
            span: value.span,
            context: context.to_owned(),
            wanted,
            found: odd.or(amounts.first()).map(|one| show(one.what)),
            varies: !self.is_constant(&value),
            one_value: false,
        });
        None
    }

    /// The same where it has to be one number in every period.
    fn fixed(
        &mut self,
        value: &Expr,
        context: &str,
        wanted: &'static str,
        fits: impl Fn(f64) -> bool,
    ) -> Option<f64> {
        let value = self.expr(value, Some(&Type::plain()));
        let value = self.as_one_number(value, context);
        if value.ty.is_error() {
            return None;
        }
        let span = value.span;
        let is_plain = Self::unit_of(&value.ty).is_some_and(Unit::is_plain);
        let amount = self.amount(&value).filter(|_| is_plain);
        let number = amount.filter(|x| fits(*x));
        if number.is_none() {
            let dated = self.dated_in(&value);
            self.reports.add(NeedsFixedNumber {
                dated,
                span,
                context: context.to_owned(),
                wanted,
                found: amount.map(show),
                varies: !self.is_constant(&value),
                one_value: true,
            });
        }
        number
    }

    /// `among: country`: the name of a key of the panel, where nothing else has that name.
    fn among_key(&self, arguments: &Arguments<'_>) -> Option<usize> {
        let ExprKind::Name(name) = &arguments.named("among")?.kind else {
            return None;
        };
        if self.framework.value_names.contains_key(name.text.as_str()) {
            return None;
        }
        let mut keys = self.panel.keys.iter();
        keys.position(|key| key.name == name.text)
    }

    /// `among: region`; `among: all` says what holds without it.
    fn among(&mut self, arguments: &Arguments<'_>) -> Result<Option<Typed>, ()> {
        let Some(value) = arguments.named("among") else {
            return Ok(None);
        };
        if matches!(&value.kind, ExprKind::Name(name) if name.text == "all") {
            return Ok(None);
        }
        if self.tells_no_peers(value) {
            return Err(());
        }
        let among = self.expr(value, None);
        match among.ty {
            Type::Category(_) => Ok(Some(among)),
            Type::Error => Err(()),
            Type::Number(_) | Type::Truth | Type::Level(_) | Type::Count | Type::List(_) => {
                let found = self.show(&among.ty);
                self.reports.add(PeersNotCategory {
                    span: among.span,
                    found,
                });
                Err(())
            }
        }
    }

    /// Tells a name that is declared nowhere, with the keys and categories that there are.
    fn tells_no_peers(&mut self, value: &Expr) -> bool {
        let ExprKind::Name(name) = &value.kind else {
            return false;
        };
        let text = name.text.as_str();
        if !self.only_a_place(value) || self.framework.broken.contains(&text) {
            return false;
        }
        let keys = self.panel.keys.iter().map(|key| key.name.clone());
        let mut known: Vec<String> = keys.collect();
        // Of one key everybody is another: it groups nothing.
        if known.len() < 2 {
            known.clear();
        }
        let mut holds = None;
        for value in &self.framework.values {
            let ValueSource::Indicator { ty, .. } = value.what else {
                continue;
            };
            if let ast::TypeKind::Category(names) = &ty.kind {
                known.push(value.name.text.clone());
                if names.iter().any(|own| own.name.text == text) {
                    holds = Some(value.name.text.clone());
                }
            }
            // `among: zone`, where `indicator zone_of : zone` says which of them it is.
            if let ast::TypeKind::Unit(unit) = &ty.kind
                && let ast::UnitExprKind::Name(kind) = &unit.kind
                && self.category_names.contains_key(kind.text.as_str())
            {
                known.push(value.name.text.clone());
                if kind.text == text {
                    holds = Some(value.name.text.clone());
                }
            }
        }
        let near =
            holds.or_else(|| suggest(text, known.iter().map(String::as_str)).map(str::to_owned));
        // What looks like a key with something behind it: `province_name`.
        let near = near.or_else(|| {
            let mut parts = known
                .iter()
                .filter(|known| text.starts_with(known.as_str()));
            parts.next().cloned()
        });
        let advice = (near.is_none() && !known.is_empty()).then(|| {
            let known = crate::diagnostics::wording::quoted(&known, "and");
            (format!("peers are told apart by {known}"), Vec::new())
        });
        self.reports.add(UnknownName {
            what: "key or category".to_owned(),
            name: text.to_owned(),
            span: self.at(value.span),
            suggestion: near.map(|near| (near, None)),
            advice,
            others: Vec::new(),
            declared_as: None,
        });
        true
    }

    /// An end of a baseline: a period, or a param that names a year.
    fn period_end(&mut self, end: &PeriodEnd, last: bool) -> Option<i64> {
        let name = match end {
            PeriodEnd::Written(period) => return self.period(period, last),
            PeriodEnd::Named(name) => name,
        };
        let named = Expr {
            kind: ExprKind::Name(name.clone()),
            span: name.span,
            depth: 0,
        };
        let year = self.fixed(&named, "an end of `baseline:`", "a year", |year| {
            year.fract() == 0.0 && (1.0..=9_999.0).contains(&year)
        })?;
        let year = ast::PeriodLit {
            text: show(year),
            span: name.span,
        };
        self.period(&year, last)
    }

    fn baseline_of(&mut self, arguments: &Arguments<'_>) -> Result<Option<(i64, i64)>, ()> {
        let Some(value) = arguments.named("baseline") else {
            return Ok(None);
        };
        let span = self.at(value.span);
        // Without an end, all periods from there on.
        let ExprKind::Periods { from, until } = &value.kind else {
            self.reports.add(BaselineBackwards {
                span,
                periods: false,
                meant: two_years(self.sources.slice(span)),
            });
            return Err(());
        };
        let first = self.period_end(from, false);
        let last = match until {
            Some(until) => self.period_end(until, true),
            None => Some(i64::MAX),
        };
        match (first, last) {
            (Some(first), Some(last)) if first <= last => Ok(Some((first, last))),
            (Some(_), Some(_)) => {
                let words = self.sources.slice(span);
                self.reports.add(BaselineBackwards {
                    span,
                    periods: true,
                    meant: words
                        .split_once("..")
                        .map(|(last, first)| format!("{}..{}", first.trim(), last.trim())),
                });
                Err(())
            }
            _ => Err(()),
        }
    }
}

/// Two years that another sign joins: `2010-2020`, `[2010, 2020]`.
fn two_years(words: &str) -> Option<String> {
    let mut years = words
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|year| !year.is_empty());
    let (first, last) = (years.next()?, years.next()?);
    let others = words
        .chars()
        .all(|sign| sign.is_ascii_digit() || " -–—,[]()".contains(sign));
    let are_years = [first, last].iter().all(|year| year.len() == 4);
    (others && are_years && years.next().is_none()).then(|| format!("{first}..{last}"))
}

/// What is made of a number, in the periods in which it is that number.
fn each_of(
    numbers: &[During<f64>],
    made: impl Fn(f64) -> PeerFunction,
) -> Vec<During<PeerFunction>> {
    let each = numbers.iter().map(|one| During {
        from: one.from,
        until: one.until,
        what: made(one.what),
    });
    each.collect()
}
