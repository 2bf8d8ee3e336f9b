//! Arithmetic, and the functions that look at nothing but their arguments.

use forewarn_compiler::typed::Builtin;
use forewarn_grammar::ast::{ProductOp, SumOp};

use super::worth::{Worth, and, or};
use super::{decimals, intervals};

/// A function of one number, of lists item by item.
pub fn each(of: &Worth, function: &dyn Fn(f64) -> Worth) -> Worth {
    match of {
        Worth::Between(..) => intervals::rising(of, function),
        Worth::List(items) => Worth::List(items.iter().map(|item| each(item, function)).collect()),
        one => one.plain().map_or(Worth::Number(None), function),
    }
}

/// Two lists of one length; a single value stands beside every item.
pub fn side_by_side(left: &Worth, right: &Worth) -> (Vec<Worth>, Vec<Worth>) {
    match (left, right) {
        (Worth::List(a), Worth::List(b)) => (a.clone(), b.clone()),
        (Worth::List(a), one) => (a.clone(), vec![one.clone(); a.len()]),
        (one, Worth::List(b)) => (vec![one.clone(); b.len()], b.clone()),
        (a, b) => (vec![a.clone()], vec![b.clone()]),
    }
}

fn pairs(left: &Worth, right: &Worth, function: impl Fn(f64, f64) -> Worth + Copy) -> Worth {
    if matches!(left, Worth::List(_)) || matches!(right, Worth::List(_)) {
        let (left, right) = side_by_side(left, right);
        let pairs = left.iter().zip(&right);
        return Worth::List(pairs.map(|(a, b)| self::pairs(a, b, function)).collect());
    }
    match (left.plain(), right.plain()) {
        (Some(a), Some(b)) => function(a, b),
        _ => Worth::Number(None),
    }
}

pub fn sum(op: SumOp, left: &Worth, right: &Worth) -> Worth {
    if let Some(between) = between(left, right, |a, b| intervals::sum(op, a, b)) {
        return between;
    }
    pairs(left, right, |a, b| {
        Worth::number(match op {
            SumOp::Add => a + b,
            SumOp::Subtract => a - b,
        })
    })
}

/// Where one of two values may be known only between bounds; lists item by item.
fn between(
    left: &Worth,
    right: &Worth,
    function: impl Fn(&Worth, &Worth) -> Worth + Copy,
) -> Option<Worth> {
    let has = |of: &Worth| of.items().iter().any(intervals::is_between);
    if !has(left) && !has(right) {
        return None;
    }
    if !matches!(left, Worth::List(_)) && !matches!(right, Worth::List(_)) {
        return Some(function(left, right));
    }
    let (left, right) = side_by_side(left, right);
    let pairs = left.iter().zip(&right);
    Some(Worth::List(pairs.map(|(a, b)| function(a, b)).collect()))
}

pub fn product(op: ProductOp, left: &Worth, right: &Worth) -> Worth {
    if let Some(between) = between(left, right, |a, b| intervals::product(op, a, b)) {
        return between;
    }
    pairs(left, right, |a, b| {
        Worth::number(match op {
            ProductOp::Multiply => a * b,
            // Nothing can be divided by zero: infinities and NaN are no results.
            ProductOp::Divide => a / b,
        })
    })
}

/// How many of some truths are yes: at least and at most.
pub fn yes_among(truths: &Worth) -> (f64, f64) {
    if let Worth::Count(low, high) = truths {
        return (*low, *high);
    }
    let truths: Vec<Option<bool>> = truths.items().iter().map(Worth::truth).collect();
    let count = |which: &dyn Fn(&Option<bool>) -> bool| {
        truths.iter().filter(|truth| which(truth)).count() as f64
    };
    (
        count(&|truth| *truth == Some(true)),
        count(&|truth| *truth != Some(false)),
    )
}

/// The items of one list, or of several single values.
fn spread(args: &[Worth]) -> Vec<Worth> {
    match args {
        [Worth::List(items)] => items.clone(),
        several => several.to_vec(),
    }
}

pub fn middle(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let at = numbers.len() / 2;
    if numbers.len() % 2 == 1 {
        numbers[at]
    } else {
        numbers[at - 1] / 2.0 + numbers[at] / 2.0
    }
}

/// The n-th root of the product, weighted: zero if one is zero.
pub fn geometric(numbers: &[f64], weights: &[f64]) -> f64 {
    let counts = || {
        numbers
            .iter()
            .zip(weights)
            .filter(|(_, weight)| **weight != 0.0)
    };
    if counts().any(|(x, _)| *x < 0.0) {
        return f64::NAN;
    }
    if counts().any(|(x, _)| *x == 0.0) {
        return 0.0;
    }
    let total: f64 = weights.iter().sum();
    let logs: f64 = counts().map(|(x, weight)| weight * libm::log(*x)).sum();
    libm::exp(logs / total)
}

/// Is it called for those of several values that are known?
pub fn asks_known(builtin: Builtin, arguments: usize) -> bool {
    let of_several = matches!(
        builtin,
        Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
    );
    of_several && arguments == 2
}

/// Of those that are known, where they are enough.
pub fn over_known(which: Builtin, list: &Worth, least: f64) -> Worth {
    let items = list.items();
    let known: Vec<Worth> = items
        .iter()
        .filter(|item| item.is_known())
        .cloned()
        .collect();
    let enough = !known.is_empty() && known.len() as f64 >= least;
    if let Some(strict) = of_levels(which, &items) {
        let Worth::Level(low, high) = strict else {
            panic!("a level")
        };
        return match (enough, which) {
            (false, _) => strict,
            (true, Builtin::Min) => Worth::Level(high, high),
            (true, _) => Worth::Level(low, low),
        };
    }
    if !enough {
        return Worth::Number(None);
    }
    let numbers = known.iter().map(|item| Worth::Number(item.plain()));
    builtin(which, &[Worth::List(numbers.collect())])
}

/// The lowest or the highest of levels, between what is certain and what is possible.
fn of_levels(which: Builtin, items: &[Worth]) -> Option<Worth> {
    let ends = |item: &Worth| match item {
        Worth::Level(low, high) => Some((*low, *high)),
        _ => None,
    };
    let ends: Vec<_> = items.iter().map(ends).collect::<Option<_>>()?;
    let (lows, highs) = (ends.iter().map(|end| end.0), ends.iter().map(|end| end.1));
    Some(match which {
        Builtin::Min => Worth::Level(lows.min()?, highs.min()?),
        _ => Worth::Level(lows.max()?, highs.max()?),
    })
}

pub fn builtin(builtin: Builtin, args: &[Worth]) -> Worth {
    if let Some(function) = intervals::rises(builtin)
        && spread(args).iter().any(intervals::is_between)
    {
        return intervals::over(&spread(args), &function);
    }
    if matches!(builtin, Builtin::Min | Builtin::Max)
        && let Some(level) = of_levels(builtin, &spread(args))
    {
        return level;
    }
    let one = |function: &dyn Fn(f64) -> f64| each(&args[0], &|x| Worth::number(function(x)));
    let over = |function: &dyn Fn(&[f64]) -> f64| {
        let known: Option<Vec<f64>> = spread(args).iter().map(Worth::plain).collect();
        known.map_or(Worth::Number(None), |xs| Worth::number(function(&xs)))
    };
    let decimals = || args[1].plain().expect("a constant") as i32;
    match builtin {
        // Neither rises nor falls throughout.
        Builtin::Abs => match &args[0] {
            between @ Worth::Between(..) => {
                each(&Worth::Number(between.plain()), &|x| Worth::number(x.abs()))
            }
            _ => one(&f64::abs),
        },
        Builtin::Sqrt => one(&f64::sqrt),
        // Where the last digit of these decides, it has to be that of the one implementation.
        Builtin::Exp => one(&libm::exp),
        Builtin::Ln => one(&libm::log),
        Builtin::Log2 => one(&libm::log2),
        Builtin::Log10 => one(&libm::log10),
        Builtin::Pow => pairs(&args[0], &args[1], |x, y| Worth::number(libm::pow(x, y))),
        Builtin::Floor => one(&decimals::floor),
        Builtin::Ceil => one(&decimals::ceil),
        Builtin::Round => one(&|x| decimals::round(x, decimals())),
        Builtin::Truncate => one(&|x| decimals::truncate(x, decimals())),
        Builtin::Min => over(&|xs| xs.iter().copied().fold(f64::INFINITY, f64::min)),
        Builtin::Max => over(&|xs| xs.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        Builtin::Sum => over(&|xs| xs.iter().sum()),
        Builtin::Mean => over(&|xs| xs.iter().sum::<f64>() / xs.len() as f64),
        Builtin::Median => over(&|xs| middle(xs.to_vec())),
        Builtin::Product => over(&|xs| xs.iter().product()),
        Builtin::GeometricMean => over(&|xs| geometric(xs, &vec![1.0; xs.len()])),
        Builtin::HarmonicMean => {
            over(&|xs| xs.len() as f64 / xs.iter().map(|x| 1.0 / x).sum::<f64>()).filtered(args)
        }
        Builtin::StdDev => over(&|xs| {
            let equal = xs.iter().all(|x| decimals::compare(*x, xs[0]).is_eq());
            if xs.len() < 2 || equal {
                return if xs.len() < 2 { f64::NAN } else { 0.0 };
            }
            let mean = xs.iter().sum::<f64>() / xs.len() as f64;
            let squares: f64 = xs.iter().map(|x| (x - mean) * (x - mean)).sum();
            (squares / (xs.len() - 1) as f64).sqrt()
        }),
        Builtin::OfKnown => Worth::List(
            args[0]
                .items()
                .into_iter()
                .filter(Worth::is_known)
                .map(|item| Worth::Number(item.plain()))
                .collect(),
        ),
        Builtin::Count => {
            let (low, high) = yes_among(&Worth::List(spread(args)));
            Worth::Count(low, high)
        }
        Builtin::Any => Worth::Truth(or(spread(args).iter().map(Worth::truth))),
        Builtin::All => Worth::Truth(and(spread(args).iter().map(Worth::truth))),
        Builtin::KnownCount => {
            let known = spread(args).iter().filter(|item| item.is_known()).count();
            Worth::Number(Some(known as f64))
        }
        Builtin::Position => Worth::Number(args[0].plain()),
        Builtin::Alternatives => {
            let all = spread(args);
            if all.iter().all(|one| matches!(one, Worth::Level(..))) {
                let ends = || {
                    all.iter().map(|one| match one {
                        Worth::Level(low, high) => (*low, *high),
                        other => panic!("no level: {other:?}"),
                    })
                };
                let (low, high) = (ends().map(|end| end.0), ends().map(|end| end.1));
                return Worth::Level(low.max().expect("some"), high.max().expect("some"));
            }
            intervals::over(&all, &|xs| {
                xs.iter().copied().fold(f64::NEG_INFINITY, f64::max)
            })
        }
        Builtin::PeriodOf(kind) => {
            let whole = |at: usize| match args.get(at) {
                Some(part) => {
                    let x = part.plain();
                    let floor = x.map(decimals::floor);
                    let is_whole = |(x, floor): &(f64, f64)| decimals::compare(*x, *floor).is_eq();
                    x.zip(floor).filter(is_whole).map(|(_, floor)| floor as i64)
                }
                None => Some(1),
            };
            let parts = (whole(0), whole(1), whole(2));
            let (Some(year), Some(within), Some(day)) = parts else {
                return Worth::Number(None);
            };
            let number = forewarn_plan::period::from_parts(kind, year, within, day);
            Worth::Number(number.ok().map(|number| number as f64))
        }
        Builtin::Piecewise => {
            let numbers: Option<Vec<f64>> = args.iter().map(Worth::plain).collect();
            let Some(numbers) = numbers else {
                return Worth::Number(None);
            };
            let (x, pieces) = (numbers[0], &numbers[1..]);
            let last = pieces.len() / 4 - 1;
            let found = pieces.chunks(4).enumerate().find(|(at, piece)| {
                let above = decimals::compare(x, piece[0]).is_ge();
                let below = decimals::compare(x, piece[1]);
                above && (below.is_lt() || *at == last && below.is_le())
            });
            found.map_or(Worth::Number(None), |(_, piece)| {
                let share = (x - piece[0]) / (piece[1] - piece[0]);
                let value = piece[2] * (1.0 - share) + piece[3] * share;
                let (low, high) = (piece[2].min(piece[3]), piece[2].max(piece[3]));
                Worth::number(value.max(low).min(high))
            })
        }
        Builtin::Verified(_) | Builtin::Weighted => panic!("evaluated where it stands"),
    }
}

impl Worth {
    /// Without a result where a member of a harmonic mean is zero or negative.
    fn filtered(self, args: &[Worth]) -> Self {
        let none = |item: &Worth| item.plain().is_some_and(|x| x <= 0.0);
        if spread(args).iter().any(none) {
            Worth::Number(None)
        } else {
            self
        }
    }
}
