//! A third evaluator, written from the reference: slow, small, over the checked tree. It shares nothing
//! with lowering, the Plan and the two evaluators, so that a slip of lowering cannot hide in it.
//!
//! In: a checked framework, observations by row. Out: what each declared value is worth in each row.

mod across;
mod alerts;
mod along;
mod applies;
mod arithmetic;
mod decimals;
mod factors;
mod intervals;
mod levels;
mod spells;
mod weighed;
pub mod worth;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use forewarn_compiler::checked::reads::{Dependency, Role};
use forewarn_compiler::checked::weights::looks_at_weights;
use forewarn_compiler::checked::{Body, CheckedFramework, IndicatorBody};
use forewarn_compiler::typed::{Builtin, Field, Relation, Typed, TypedKind, Unverified, ValueId};
use forewarn_compiler::types::Type;
use forewarn_grammar::ast::{CompareOp, SumOp};

use alerts::Standing;
use worth::{Worth, and, not, or};

/// Observations, sorted by entity and period.
pub struct World<'w> {
    pub framework: &'w CheckedFramework,
    pub entity_of: Vec<u32>,
    pub periods: Vec<i64>,
    /// Rows that no data has.
    pub gaps: Vec<usize>,
    /// Of each indicator: by row, missing as NaN.
    pub observed: HashMap<ValueId, Vec<f64>>,
    /// Of those with a verification column: by row, was it verified?
    pub verified: HashMap<ValueId, Vec<bool>>,
    /// Of those that words of the data take out: by row, does one?
    pub taken_out: HashMap<ValueId, Vec<bool>>,
    /// Of those that are shown and may be carried: by row, how old.
    pub ages: HashMap<ValueId, Vec<f64>>,
    /// By the place of a key: each row's group.
    pub keys: BTreeMap<usize, Vec<f64>>,
    /// What rests on a factor that is compared by its bounds.
    bounded: BTreeSet<Dependency>,
    done: RefCell<HashMap<(ValueId, Sure, usize), Worth>>,
    /// What expressions outside functions are worth, by where they stand in memory: windows and peers
    /// ask for the same again and again.
    terms: RefCell<HashMap<(usize, Sure, usize), Worth>>,
    /// Not 0: what is summed up in another order than elsewhere is off by some last bits, other ones for
    /// each number, so that what only these decide shows.
    pub shaken: u64,
    /// How alerts stand after each row.
    standings: RefCell<HashMap<(ValueId, usize), Standing>>,
}

/// The arguments of the function around an expression; evaluated where they are asked for, since a
/// function may look at them in other rows.
pub type Arguments<'w> = Option<Rc<Frame<'w>>>;

pub struct Frame<'w> {
    args: Vec<&'w Typed>,
    around: Arguments<'w>,
    /// Lists that a factor hands to its function, in place of arguments.
    given: Vec<Worth>,
}

/// How evidence that is not verified counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sure {
    AsItStands,
    Unknown,
    LeastAlarming,
}

/// Where an expression stands.
#[derive(Clone)]
pub struct Place<'w> {
    pub row: usize,
    pub sure: Sure,
    pub arguments: Arguments<'w>,
}

impl Place<'_> {
    pub fn at(&self, row: usize) -> Self {
        Self {
            row,
            ..self.clone()
        }
    }
}

impl<'w> World<'w> {
    pub fn new(framework: &'w CheckedFramework) -> Self {
        Self {
            framework,
            entity_of: Vec::new(),
            periods: Vec::new(),
            gaps: Vec::new(),
            observed: HashMap::new(),
            verified: HashMap::new(),
            taken_out: HashMap::new(),
            ages: HashMap::new(),
            keys: BTreeMap::new(),
            bounded: framework.reads.resting_on(|id| {
                matches!(&framework.values.of(id).body, Body::Factor(body) if body.is_bounds())
            }),
            done: RefCell::default(),
            terms: RefCell::default(),
            shaken: 0,
            standings: RefCell::default(),
        }
    }

    /// A number that is made of others up to so large ones.
    pub fn about(&self, x: f64, of: &[f64], row: usize) -> f64 {
        if self.shaken == 0 {
            return x;
        }
        let largest = of.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        let mixed = (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ self.shaken).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let part = (mixed >> 40) as f64 / f64::from(1_u32 << 23) - 1.0;
        x + part * 1e-14 * largest.max(x.abs())
    }

    /// The rows of the same entity up to this one, oldest first.
    pub fn so_far(&self, row: usize) -> Vec<usize> {
        let own = self.entity_of[row];
        // Rows are sorted by entity.
        let first = self.entity_of.partition_point(|other| *other < own);
        (first..=row).collect()
    }

    /// A declared value in a row.
    pub fn declared(&self, id: ValueId, sure: Sure, row: usize) -> Worth {
        if let Some(done) = self.done.borrow().get(&(id, sure, row)) {
            return done.clone();
        }
        let mut worth = self.fresh(id, sure, row);
        if matches!(worth, Worth::Number(_)) && !self.is_there(id, sure, row) {
            worth = Worth::Number(None);
        }
        self.done
            .borrow_mut()
            .insert((id, sure, row), worth.clone());
        worth
    }

    fn fresh(&self, id: ValueId, sure: Sure, row: usize) -> Worth {
        let value = self.framework.value(id).expect("declared");
        let place = Place {
            row,
            sure,
            arguments: None,
        };
        match &value.body {
            Body::Indicator(body) => self.indicator(id, body, &value.ty, &place),
            Body::Param(body) => {
                let period = self.periods[row];
                let holds = body.values.iter().find(|dated| {
                    dated.from.is_none_or(|from| from <= period)
                        && dated.until.is_none_or(|until| period <= until)
                });
                holds.map_or(Worth::Number(None), |dated| self.eval(&dated.value, &place))
            }
            Body::Expression { value, .. } => self.eval(value, &place),
            Body::Factor(body) => self.factor(body, &place).worth,
            Body::Level(body) => self.level(body, &place),
            Body::Table(body) => self.table(body, &value.ty, &place),
            Body::Alert(body) => {
                // Quiet, raised or escalated, by however many escalations.
                let tier = self.alert(id, body, &place).tier.min(2);
                if body.notice {
                    return Worth::Truth(Some(tier >= 1));
                }
                Worth::Level(tier, tier)
            }
            Body::Broken => panic!("{} is broken", value.name),
        }
    }

    fn indicator(&self, id: ValueId, body: &IndicatorBody, ty: &Type, place: &Place<'w>) -> Worth {
        let mut x = self.observed[&id][place.row];
        if place.sure == Sure::Unknown
            && body.verification.is_some()
            && !self.verified[&id][place.row]
        {
            x = f64::NAN;
        }
        if place.sure == Sure::LeastAlarming
            && let Some(verification) = &body.verification
            && !self.verified[&id][place.row]
            && !x.is_nan()
        {
            x = match (ty, &body.declared) {
                (Type::Number(_), Some(declared)) => {
                    if verification.protective && declared.high_excluded {
                        decimals::below(declared.range.high)
                    } else if verification.protective {
                        declared.range.high
                    } else {
                        declared.range.low
                    }
                }
                // The lowest place, or no; the highest, or yes, where higher is safer.
                (Type::Level(scale), _) if verification.protective => {
                    (self.framework.scale(*scale).expect("a scale").levels.len() - 1) as f64
                }
                _ => f64::from(u8::from(verification.protective)),
            };
        }
        let known = (!x.is_nan() && self.is_there(id, place.sure, place.row)).then_some(x);
        match ty {
            Type::Number(_) => Worth::Number(known),
            Type::Truth => Worth::Truth(known.map(|x| x == 1.0)),
            Type::Level(scale) => self.level_at(*scale, known),
            Type::Category(_) => Worth::Category(known.map(|x| x as u32)),
            Type::Count | Type::List(_) | Type::Error => panic!("no indicator is a {ty:?}"),
        }
    }

    fn level_at(&self, scale: forewarn_compiler::types::ScaleId, known: Option<f64>) -> Worth {
        let top = self.framework.scale(scale).expect("a scale").levels.len() - 1;
        match known {
            Some(x) => Worth::Level(x as u32, x as u32),
            None => Worth::Level(0, top as u32),
        }
    }

    fn missing(&self, ty: &Type) -> Worth {
        match ty {
            Type::Number(_) | Type::Error => Worth::Number(None),
            Type::Truth => Worth::Truth(None),
            Type::Level(scale) => self.level_at(*scale, None),
            Type::Category(_) => Worth::Category(None),
            Type::Count => Worth::Count(0.0, f64::INFINITY),
            Type::List(_) => Worth::List(Vec::new()),
        }
    }

    /// All of the ruleset's own values of a kind.
    fn all(&self, place: &Place<'w>, which: impl Fn(&Body) -> bool) -> Worth {
        let values = self.framework.values.iter().zip(0_u32..);
        let own = values.filter(|(value, _)| which(&value.body));
        Worth::List(
            own.map(|(_, id)| ValueId(id))
                .filter(|id| self.is_there(*id, place.sure, place.row))
                .map(|id| self.declared(id, place.sure, place.row))
                .collect(),
        )
    }

    pub fn number(&self, expr: &'w Typed, place: &Place<'w>) -> Option<f64> {
        self.eval(expr, place).plain()
    }

    pub fn truth(&self, expr: &'w Typed, place: &Place<'w>) -> Option<bool> {
        self.eval(expr, place).truth()
    }

    /// What an expression is worth where it stands.
    pub fn eval(&self, expr: &'w Typed, place: &Place<'w>) -> Worth {
        let plain = matches!(
            expr.kind,
            TypedKind::Number(_) | TypedKind::Value(_) | TypedKind::Truth { .. }
        );
        if plain || place.arguments.is_some() {
            return self.eval_anew(expr, place);
        }
        let key = (std::ptr::from_ref(expr).addr(), place.sure, place.row);
        if let Some(known) = self.terms.borrow().get(&key) {
            return known.clone();
        }
        let worth = self.eval_anew(expr, place);
        self.terms.borrow_mut().insert(key, worth.clone());
        worth
    }

    fn eval_anew(&self, expr: &'w Typed, place: &Place<'w>) -> Worth {
        if let TypedKind::Builtin(builtin, args) = &expr.kind
            && looks_at_weights(*builtin)
            && let Some(weights) = self.weights_there(&args[0], place)
        {
            return self.weighed(*builtin, args, &weights, place);
        }
        match &expr.kind {
            // A value beside a list is one of each of its items.
            TypedKind::Sum(..) | TypedKind::Product(..) | TypedKind::Compare { .. }
                if applies::is_list(expr)
                    && expr
                        .parts()
                        .into_iter()
                        .any(|(_, part)| !applies::is_list(part) && !self.gives(part, place)) =>
            {
                Worth::List(Vec::new())
            }
            TypedKind::Number(x) => Worth::Number(Some(*x)),
            TypedKind::Missing => self.missing(&expr.ty),
            TypedKind::Truth { yes, no } => Worth::Truth((yes != no).then_some(*yes)),
            TypedKind::Position(at) => match expr.ty {
                Type::Category(_) => Worth::Category(Some(*at)),
                _ => Worth::Level(*at, *at),
            },
            TypedKind::Value(id) => self.declared(*id, place.sure, place.row),
            TypedKind::Earlier(id) => self.declared(*id, place.sure, place.row),
            TypedKind::Parameter(at) => self.parameter(*at, place),
            TypedKind::Field(id, field) => self.field(*id, *field, place),
            TypedKind::AllFactors => self.all(place, |body| matches!(body, Body::Factor(_))),
            TypedKind::AllSignals => self.all(place, |body| {
                use forewarn_grammar::ast::BindingKind;
                matches!(
                    body,
                    Body::Expression {
                        kind: BindingKind::Signal,
                        ..
                    }
                )
            }),
            TypedKind::List(items) => {
                let there = items.iter().filter(|item| self.gives(item, place));
                Worth::List(there.map(|item| self.eval(item, place)).collect())
            }
            TypedKind::Convert(of, times, by) => {
                // What was written is a decimal, and converted as one; so is everything that is counted
                // in smaller steps. Data in larger ones are divided once.
                let written = is_written(of);
                let of = self.eval(of, place);
                arithmetic::each(&of, &|x| {
                    Worth::number(match written {
                        true => decimals::converted(x, *times, *by),
                        false => decimals::converted(x, *times, 1.0) / by,
                    })
                })
            }
            TypedKind::AsNumber(of) => {
                let of = self.eval(of, place);
                match &of {
                    Worth::List(items) => Worth::List(
                        items
                            .iter()
                            .map(|item| Worth::Number(item.plain()))
                            .collect(),
                    ),
                    one => Worth::Number(one.plain()),
                }
            }
            TypedKind::Negate(of) => {
                let nothing = Worth::Number(Some(0.0));
                match self.eval(of, place) {
                    between @ Worth::Between(..) => {
                        arithmetic::sum(SumOp::Subtract, &nothing, &between)
                    }
                    other => arithmetic::each(&other, &|x| Worth::number(-x)),
                }
            }
            TypedKind::Not(of) => Worth::Truth(not(self.truth(of, place))),
            TypedKind::Sum(first, rest) => {
                let mut sum = self.eval(first, place);
                for (op, term) in rest {
                    sum = arithmetic::sum(*op, &sum, &self.eval(term, place));
                }
                sum
            }
            TypedKind::Product(first, rest) => {
                let mut product = self.eval(first, place);
                for (op, factor) in rest {
                    product = arithmetic::product(*op, &product, &self.eval(factor, place));
                }
                product
            }
            TypedKind::Compare {
                relation,
                left,
                right,
            } => {
                let (a, b) = (self.eval(left, place), self.eval(right, place));
                let literal = |side: &Typed| matches!(side.kind, TypedKind::Truth { .. });
                match (&a, &b) {
                    // Whether a truth is yes, no or unknown is never unknown itself.
                    (Worth::Truth(a), Worth::Truth(b)) if literal(left) || literal(right) => {
                        Worth::Truth(Some((a == b) == (*relation == Relation::Is)))
                    }
                    _ => compare(*relation, &a, &b),
                }
            }
            TypedKind::And(parts) if applies::is_one_statement(parts, expr) => {
                Worth::Truth(and(parts.iter().map(|part| self.truth(part, place))))
            }
            // What is not there is left out.
            TypedKind::And(_) | TypedKind::Or(_) if !self.gives(expr, place) => Worth::Truth(None),
            TypedKind::And(parts) => {
                let there = parts.iter().filter(|part| self.gives(part, place));
                Worth::Truth(and(there.map(|part| self.truth(part, place))))
            }
            TypedKind::Or(parts) => {
                let there = parts.iter().filter(|part| self.gives(part, place));
                Worth::Truth(or(there.map(|part| self.truth(part, place))))
            }
            TypedKind::IsKnown(of) => Worth::Truth(Some(self.eval(of, place).is_known())),
            TypedKind::Fallback(parts) => {
                let mut worth = self.missing(&expr.ty);
                for part in parts {
                    worth = self.eval(part, place);
                    if worth.is_known() {
                        break;
                    }
                }
                worth
            }
            TypedKind::If { arms, otherwise } => self.choice(arms, otherwise, place),
            TypedKind::AtLeast { k, of } => {
                let (low, high) = arithmetic::yes_among(&self.eval(of, place));
                Worth::Truth(match self.number(k, place) {
                    None => None,
                    Some(k) => match (
                        decimals::compare(low, k).is_ge(),
                        decimals::compare(high, k).is_ge(),
                    ) {
                        (true, _) => Some(true),
                        (_, false) => Some(false),
                        _ => None,
                    },
                })
            }
            TypedKind::Builtin(Builtin::Verified(_), args) if place.sure != Sure::AsItStands => {
                self.eval(&args[0], place)
            }
            TypedKind::Builtin(Builtin::Verified(unverified), args) => {
                let sure = match unverified {
                    Unverified::Unknown => Sure::Unknown,
                    Unverified::LeastAlarming => Sure::LeastAlarming,
                    Unverified::Unsaid if self.rests_on_bounds(&args[0]) => Sure::Unknown,
                    Unverified::Unsaid => Sure::LeastAlarming,
                };
                let sure = Place {
                    sure,
                    ..place.clone()
                };
                self.eval(&args[0], &sure)
            }
            TypedKind::Builtin(Builtin::Weighted, args) => self.eval(&args[0], place),
            TypedKind::Builtin(builtin, args) if arithmetic::asks_known(*builtin, args.len()) => {
                let (list, least) = (self.eval(&args[0], place), self.number(&args[1], place));
                if applies::puts_together(*builtin) && list.items().is_empty() {
                    return self.missing(&expr.ty);
                }
                arithmetic::over_known(*builtin, &list, least.expect("a constant"))
            }
            TypedKind::Builtin(builtin, args) => {
                let args: Vec<Worth> = args.iter().map(|arg| self.eval(arg, place)).collect();
                if applies::puts_together(*builtin) && args[0].items().is_empty() {
                    return self.missing(&expr.ty);
                }
                arithmetic::builtin(*builtin, &args)
            }
            TypedKind::Along(call) => self.along(call, place),
            TypedKind::Peers(call) => self.across(call, place),
            // Where an argument is not there, neither is what is made of it.
            TypedKind::Call(..) if !self.gives(expr, place) => self.missing(&expr.ty),
            TypedKind::Call(_, args) if !self.enough_known(args, place) => self.missing(&expr.ty),
            TypedKind::Call(function, args) => {
                let function = self.framework.function(*function).expect("declared");
                let frame = Frame {
                    args: args.iter().collect(),
                    around: place.arguments.clone(),
                    given: Vec::new(),
                };
                let inside = Place {
                    arguments: Some(Rc::new(frame)),
                    ..place.clone()
                };
                self.eval(&function.body, &inside)
            }
            TypedKind::Error => panic!("checked trees hold no errors"),
        }
    }

    /// Does an expression rest, near or far, on a factor that is compared by its bounds?
    fn rests_on_bounds(&self, expr: &Typed) -> bool {
        let mut seen = expr.walk(Role::Argument);
        seen.any(|seen| {
            let mention = seen.expression.mention();
            mention.is_some_and(|mention| self.bounded.contains(&Dependency::from(mention)))
        })
    }

    /// Are so many known of the list that a function takes, where it asks for that?
    fn enough_known(&self, args: &'w [Typed], place: &Place<'w>) -> bool {
        let [list] = args else { return true };
        let TypedKind::Builtin(Builtin::OfKnown, parts) = &list.kind else {
            return true;
        };
        let known = self.eval(list, place).items().len();
        let least = self.number(&parts[1], place);
        known > 0 && least.is_some_and(|least| known as f64 >= least)
    }

    fn parameter(&self, at: u32, place: &Place<'w>) -> Worth {
        let frame = place.arguments.clone().expect("inside a function");
        if let Some(given) = frame.given.get(at as usize) {
            return given.clone();
        }
        let outside = Place {
            arguments: frame.around.clone(),
            ..place.clone()
        };
        self.eval(frame.args[at as usize], &outside)
    }

    fn field(&self, id: ValueId, field: Field, place: &Place<'w>) -> Worth {
        let value = self.framework.value(id).expect("declared");
        let factor = || match &value.body {
            Body::Factor(body) => self.factor(body, place),
            other => panic!("no factor: {other:?}"),
        };
        match field {
            Field::Coverage => Worth::Number(Some(factor().coverage)),
            Field::Known => Worth::Number(Some(factor().known)),
            Field::Members => Worth::List(factor().members),
            Field::AtLeast | Field::AtMost if matches!(value.body, Body::Factor(_)) => {
                let (low, high) = factor().bounds;
                Worth::Number(if field == Field::AtLeast { low } else { high })
            }
            Field::AtLeast | Field::AtMost => {
                let (low, high) = match self.declared(id, place.sure, place.row) {
                    Worth::Level(low, high) => (Worth::Level(low, low), Worth::Level(high, high)),
                    Worth::Count(low, high) => {
                        (Worth::Number(Some(low)), Worth::Number(Some(high)))
                    }
                    other => {
                        let (low, high) = intervals::ends(&other);
                        (Worth::Number(low), Worth::Number(high))
                    }
                };
                if field == Field::AtLeast { low } else { high }
            }
            Field::Verified => Worth::Truth(Some(self.verified[&id][place.row])),
        }
    }

    fn choice(&self, arms: &'w [(Typed, Typed)], otherwise: &'w Typed, place: &Place<'w>) -> Worth {
        let Some(((condition, then), rest)) = arms.split_first() else {
            return self.eval(otherwise, place);
        };
        let below = || self.choice(rest, otherwise, place);
        match self.truth(condition, place) {
            Some(true) => self.eval(then, place),
            Some(false) => below(),
            None => match (self.eval(then, place), below()) {
                (Worth::Truth(a), Worth::Truth(b)) => Worth::Truth(if a == b { a } else { None }),
                (Worth::Level(a, b), Worth::Level(c, d)) => Worth::Level(a.min(c), b.max(d)),
                (Worth::Count(a, b), Worth::Count(c, d)) => Worth::Count(a.min(c), b.max(d)),
                (a, b) if intervals::is_between(&a) || intervals::is_between(&b) => {
                    let (a, b) = (intervals::ends(&a), intervals::ends(&b));
                    let both =
                        |x: Option<f64>, y: Option<f64>, f: fn(f64, f64) -> f64| Some(f(x?, y?));
                    Worth::Between(both(a.0, b.0, f64::min), both(a.1, b.1, f64::max))
                }
                (Worth::Category(_), _) => Worth::Category(None),
                (Worth::List(items), _) => {
                    Worth::List(items.iter().map(|_| Worth::Number(None)).collect())
                }
                _ => Worth::Number(None),
            },
        }
    }
}

/// A literal: what the author wrote, and no more.
fn is_written(of: &Typed) -> bool {
    match &of.kind {
        TypedKind::Number(_) => true,
        TypedKind::Negate(inner) => is_written(inner),
        _ => false,
    }
}

/// Comparisons, of lists item by item.
fn compare(relation: Relation, left: &Worth, right: &Worth) -> Worth {
    if matches!(left, Worth::List(_)) || matches!(right, Worth::List(_)) {
        let (left, right) = arithmetic::side_by_side(left, right);
        let pairs = left.iter().zip(&right);
        return Worth::List(pairs.map(|(a, b)| compare(relation, a, b)).collect());
    }
    if let (Worth::Truth(a), Worth::Truth(b)) = (left, right) {
        let same = (*a).zip(*b).map(|(a, b)| a == b);
        return Worth::Truth(if relation == Relation::IsNot {
            not(same)
        } else {
            same
        });
    }
    let (Some((a, b)), Some((c, d))) = (left.ends(), right.ends()) else {
        return Worth::Truth(None);
    };
    // Yes where every pair of values says so, no where none does.
    let less = |x: f64, y: f64| decimals::compare(x, y).is_lt();
    let decided = |surely: bool, surely_not: bool| match (surely, surely_not) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    let same = decided(
        decimals::compare(a, b).is_eq()
            && decimals::compare(c, d).is_eq()
            && decimals::compare(a, c).is_eq(),
        less(b, c) || less(d, a),
    );
    Worth::Truth(match relation {
        Relation::Is => same,
        Relation::IsNot => not(same),
        Relation::Order(CompareOp::Less) => decided(less(b, c), !less(a, d)),
        Relation::Order(CompareOp::LessOrEqual) => decided(!less(c, b), less(d, a)),
        Relation::Order(CompareOp::Greater) => decided(less(d, a), !less(c, b)),
        Relation::Order(CompareOp::GreaterOrEqual) => decided(!less(a, d), less(b, c)),
    })
}
