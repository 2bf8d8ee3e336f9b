//! What an expression is worth in one row.

/// A value with its evidence, one shape for each kind of the language.
#[derive(Clone, Debug, PartialEq)]
pub enum Worth {
    /// `None` is missing.
    Number(Option<f64>),
    /// `None` is unknown.
    Truth(Option<bool>),
    /// The lowest and the highest place that the evidence allows.
    Level(u32, u32),
    /// How many truths are yes: at least and at most.
    Count(f64, f64),
    Category(Option<u32>),
    /// A number that may be known only between bounds; of an end that is `None` nothing is known.
    Between(Option<f64>, Option<f64>),
    List(Vec<Worth>),
}

impl Worth {
    /// A number that arithmetic gave: what is not finite is no result, and missing.
    pub fn number(x: f64) -> Self {
        Self::Number(x.is_finite().then_some(x))
    }

    /// As one number: a truth as 1 or 0, a level as its place, a count where it is settled.
    pub fn plain(&self) -> Option<f64> {
        match self {
            Self::Number(x) => *x,
            Self::Truth(truth) => truth.map(|yes| f64::from(u8::from(yes))),
            Self::Level(low, high) => (low == high).then(|| f64::from(*low)),
            Self::Count(low, high) => (low == high).then_some(*low),
            Self::Category(code) => code.map(f64::from),
            Self::Between(low, high) => {
                let (low, high) = ((*low)?, (*high)?);
                super::decimals::compare(low, high).is_eq().then_some(low)
            }
            Self::List(_) => panic!("a list is no number"),
        }
    }

    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Truth(truth) => *truth,
            other => panic!("no truth: {other:?}"),
        }
    }

    pub fn is_known(&self) -> bool {
        self.plain().is_some()
    }

    pub fn items(&self) -> Vec<Worth> {
        match self {
            Self::List(items) => items.clone(),
            one => vec![one.clone()],
        }
    }

    /// Between which numbers it lies, for comparisons of intervals.
    pub fn ends(&self) -> Option<(f64, f64)> {
        match self {
            Self::Level(low, high) => Some((f64::from(*low), f64::from(*high))),
            Self::Count(low, high) => Some((*low, *high)),
            Self::Between(low, high) => Some((
                low.unwrap_or(f64::NEG_INFINITY),
                high.unwrap_or(f64::INFINITY),
            )),
            other => other.plain().map(|x| (x, x)),
        }
    }
}

pub fn and(truths: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let truths: Vec<_> = truths.into_iter().collect();
    if truths.contains(&Some(false)) {
        Some(false)
    } else if truths.contains(&None) {
        None
    } else {
        Some(true)
    }
}

pub fn or(truths: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    and(truths.into_iter().map(not)).map(|no| !no)
}

pub fn not(truth: Option<bool>) -> Option<bool> {
    truth.map(|yes| !yes)
}
