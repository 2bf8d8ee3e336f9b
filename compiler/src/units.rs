//! Units of measure: an abelian group over base units, each with an exact scale.
//!
//! In: names and products as written. Out: a [`Unit`] that multiplies, divides and compares. Two
//! units of the same dimension differ by a scale, kept as a fraction of whole numbers so that
//! converting never rounds twice. Inside a unit-generic function a unit variable is one more base.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeMap;

/// A base unit: a declared one, or a variable of the function being checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Base {
    Named(String),
    Variable(String),
}

/// A positive fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scale {
    pub num: u128,
    pub den: u128,
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl Scale {
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// `None` where it is zero or does not fit.
    #[must_use]
    pub fn new(num: u128, den: u128) -> Option<Self> {
        if num == 0 || den == 0 {
            return None;
        }
        let common = gcd(num, den);
        Some(Self {
            num: num / common,
            den: den / common,
        })
    }

    /// The exact value of a decimal literal (`1_000`, `0.25`, `1e3`); `None` where it is not
    /// positive or has too many digits.
    #[must_use]
    pub fn from_decimal(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| *c != '_').collect();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text.as_str(), 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: u128 = format!("{whole}{fraction}").parse().ok()?;
        let power = exponent - i32::try_from(fraction.len()).ok()?;
        let ten = 10_u128.checked_pow(power.unsigned_abs())?;
        if power >= 0 {
            Self::new(digits.checked_mul(ten)?, 1)
        } else {
            Self::new(digits, ten)
        }
    }

    fn times(self, other: Self) -> Option<Self> {
        let (a, b) = (gcd(self.num, other.den), gcd(other.num, self.den));
        Self::new(
            (self.num / a).checked_mul(other.num / b)?,
            (self.den / b).checked_mul(other.den / a)?,
        )
    }

    fn inverse(self) -> Self {
        Self {
            num: self.den,
            den: self.num,
        }
    }

    fn power(self, exponent: u32) -> Option<Self> {
        Self::new(
            self.num.checked_pow(exponent)?,
            self.den.checked_pow(exponent)?,
        )
    }
}

/// A unit: base units with exponents, times a scale. The default is the plain number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    pub bases: BTreeMap<Base, i32>,
    pub scale: Scale,
}

impl Default for Unit {
    fn default() -> Self {
        Self::plain()
    }
}

impl Unit {
    #[must_use]
    pub fn plain() -> Self {
        Self {
            bases: BTreeMap::new(),
            scale: Scale::ONE,
        }
    }

    #[must_use]
    pub fn percent() -> Self {
        Self {
            bases: BTreeMap::new(),
            scale: Scale { num: 1, den: 100 },
        }
    }

    #[must_use]
    pub fn base(base: Base) -> Self {
        Self {
            bases: BTreeMap::from([(base, 1)]),
            scale: Scale::ONE,
        }
    }

    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.bases.is_empty() && self.scale == Scale::ONE
    }

    /// Neither base nor variable: a plain number or a percentage.
    #[must_use]
    pub fn is_dimensionless(&self) -> bool {
        self.bases.is_empty()
    }

    #[must_use]
    pub fn same_dimension(&self, other: &Self) -> bool {
        self.bases == other.bases
    }

    #[must_use]
    pub fn scaled(&self, scale: Scale) -> Option<Self> {
        Some(Self {
            bases: self.bases.clone(),
            scale: self.scale.times(scale)?,
        })
    }

    #[must_use]
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut bases = self.bases.clone();
        for (base, exponent) in &other.bases {
            let entry = bases.entry(base.clone()).or_insert(0);
            *entry = entry.checked_add(*exponent)?;
            if *entry == 0 {
                bases.remove(base);
            }
        }
        Some(Self {
            bases,
            scale: self.scale.times(other.scale)?,
        })
    }

    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            bases: self
                .bases
                .iter()
                .map(|(base, exponent)| (base.clone(), -exponent))
                .collect(),
            scale: self.scale.inverse(),
        }
    }

    #[must_use]
    pub fn per(&self, other: &Self) -> Option<Self> {
        self.times(&other.inverse())
    }

    #[must_use]
    pub fn power(&self, exponent: i32) -> Option<Self> {
        let positive = exponent.unsigned_abs();
        let mut bases = BTreeMap::new();
        for (base, own) in &self.bases {
            bases.insert(base.clone(), own.checked_mul(exponent)?);
        }
        bases.retain(|_, exponent| *exponent != 0);
        let scale = self.scale.power(positive)?;
        Some(Self {
            bases,
            scale: if exponent < 0 { scale.inverse() } else { scale },
        })
    }

    /// The unit whose square this is, where all exponents are even and the scale is a square.
    #[must_use]
    pub fn square_root(&self) -> Option<Self> {
        let root = |x: u128| {
            let root = x.isqrt();
            (root * root == x).then_some(root)
        };
        let mut bases = BTreeMap::new();
        for (base, exponent) in &self.bases {
            if exponent % 2 != 0 {
                return None;
            }
            bases.insert(base.clone(), exponent / 2);
        }
        Some(Self {
            bases,
            scale: Scale::new(root(self.scale.num)?, root(self.scale.den)?)?,
        })
    }

    /// A value in `self`, multiplied by `num` and divided by `den`, is the same quantity in `to`.
    #[must_use]
    pub fn conversion(&self, to: &Self) -> Option<(f64, f64)> {
        if !self.same_dimension(to) {
            return None;
        }
        let factor = self.scale.times(to.scale.inverse())?;
        Some((factor.num as f64, factor.den as f64))
    }

    /// With each variable replaced by what it stands for; unknown variables stay.
    #[must_use]
    pub fn substitute(&self, known: &BTreeMap<String, Unit>) -> Option<Self> {
        let mut result = Self {
            bases: BTreeMap::new(),
            scale: self.scale,
        };
        for (base, exponent) in &self.bases {
            let part = match base {
                Base::Variable(name) => match known.get(name) {
                    Some(unit) => unit.power(*exponent)?,
                    None => Self::base(base.clone()).power(*exponent)?,
                },
                Base::Named(_) => Self::base(base.clone()).power(*exponent)?,
            };
            result = result.times(&part)?;
        }
        Some(result)
    }

    /// Solves `pattern = self` for the one variable of the pattern that is not known yet; `None`
    /// where there is none, or where it does not stand alone to the power of one.
    #[must_use]
    pub fn solve(&self, pattern: &Self, known: &BTreeMap<String, Unit>) -> Option<(String, Self)> {
        let pattern = pattern.substitute(known)?;
        let mut open = pattern
            .bases
            .iter()
            .filter_map(|(base, exponent)| match base {
                Base::Variable(name) if !known.contains_key(name) => {
                    Some((name.clone(), *exponent))
                }
                Base::Named(_) | Base::Variable(_) => None,
            });
        let (name, exponent) = open.next()?;
        if open.next().is_some() || exponent.abs() != 1 {
            return None;
        }
        let mut rest = pattern.clone();
        rest.bases.remove(&Base::Variable(name.clone()));
        let unit = self.per(&rest)?;
        Some((name, if exponent < 0 { unit.inverse() } else { unit }))
    }
}

/// Declared units by name, and the names people read.
#[derive(Clone, Debug)]
pub struct Units {
    by_name: BTreeMap<String, Unit>,
    /// What people read in captions in place of names.
    called: BTreeMap<String, String>,
}

impl Default for Units {
    /// The built-in ones: `percent`, and time in months (`quarter`, `year`) and days (`week`),
    /// which never mix.
    fn default() -> Self {
        let mut by_name = BTreeMap::new();
        by_name.insert("percent".to_owned(), Unit::percent());
        for (base, names) in [
            (
                "month",
                [("month", 1), ("quarter", 3), ("year", 12)].as_slice(),
            ),
            ("day", &[("day", 1), ("week", 7)]),
        ] {
            for (name, times) in names {
                let mut unit = Unit::base(Base::Named(base.to_owned()));
                unit.scale = Scale {
                    num: *times,
                    den: 1,
                };
                by_name.insert((*name).to_owned(), unit.clone());
                by_name.insert(format!("{name}s"), unit);
            }
        }
        Self {
            by_name,
            called: BTreeMap::new(),
        }
    }
}

impl Units {
    pub fn declare(&mut self, name: &str, unit: Unit) {
        self.by_name.insert(name.to_owned(), unit);
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Unit> {
        self.by_name.get(name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Is the name one of the language's own?
    #[must_use]
    pub fn is_built_in(name: &str) -> bool {
        Self::default().by_name.contains_key(name)
    }

    /// As people read it: `deaths / people`, `plain number`.
    #[must_use]
    pub fn show(&self, unit: &Unit) -> String {
        if unit.is_plain() {
            return "plain number".to_owned();
        }
        // A declared name, the longest spelling of it (`months` rather than `month`).
        let named = self
            .by_name
            .iter()
            .filter(|(_, known)| *known == unit)
            .map(|(name, _)| name);
        if let Some(name) = named.max_by_key(|name| name.len()) {
            return name.clone();
        }
        let side = |positive: bool, factor: u128| {
            let mut parts = Vec::new();
            for (base, exponent) in &unit.bases {
                if (*exponent > 0) == positive {
                    let name = match base {
                        Base::Named(name) | Base::Variable(name) => self.plural(name),
                    };
                    parts.extend(std::iter::repeat_n(
                        name,
                        exponent.unsigned_abs().min(4) as usize,
                    ));
                }
            }
            let several = parts.len() > 1;
            let text = parts.join(" * ");
            match (factor, text.is_empty(), several) {
                (1, _, several) => (text, several),
                (_, true, _) => (grouped(factor), false),
                _ => (format!("{} {text}", grouped(factor)), true),
            }
        };
        let (top, _) = side(true, unit.scale.num);
        let (bottom, several) = side(false, unit.scale.den);
        match (top.is_empty(), bottom.is_empty()) {
            (_, true) => top,
            (true, false) if several => format!("1 / ({bottom})"),
            (true, false) => format!("1 / {bottom}"),
            (false, false) if several => format!("{top} / ({bottom})"),
            (false, false) => format!("{top} / {bottom}"),
        }
    }

    /// `month` reads `months`; declared names stay as they are.
    fn plural(&self, name: &str) -> String {
        if matches!(name, "month" | "day") {
            format!("{name}s")
        } else {
            name.to_owned()
        }
    }

    /// Captions say this in place of a unit's name.
    pub fn call(&mut self, name: &str, word: &str) {
        self.called.insert(name.to_owned(), word.to_owned());
    }

    /// For tables and columns: as [`Units::show`], but empty for a plain number, and with the words of
    /// [`Units::call`].
    #[must_use]
    pub fn caption(&self, unit: &Unit) -> String {
        if unit.is_plain() {
            return String::new();
        }
        let text = self.show(unit);
        if self.called.is_empty() {
            return text;
        }
        let is_name = |one: char| one.is_alphanumeric() || one == '_';
        let mut caption = String::new();
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|one| is_name(one) != is_name(first));
            let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
            caption.push_str(self.called.get(part).map_or(part, String::as_str));
            rest = after;
        }
        caption
    }
}

/// `100_000`
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_multiply_divide_and_read_as_people_write_them() {
        let mut units = Units::default();
        for name in ["deaths", "people"] {
            units.declare(name, Unit::base(Base::Named(name.to_owned())));
        }
        let deaths = units.get("deaths").cloned().unwrap_or_default();
        let people = units.get("people").cloned().unwrap_or_default();
        let hundred_thousand = Scale::from_decimal("100_000").unwrap_or(Scale::ONE);
        let rate = people
            .scaled(hundred_thousand)
            .and_then(|unit| deaths.per(&unit));
        let rate = rate.unwrap_or_default();
        assert_eq!(units.show(&rate), "deaths / (100_000 people)");
        assert_eq!(
            units.show(&deaths.per(&deaths).unwrap_or(people.clone())),
            "plain number"
        );
        assert_eq!(
            rate.conversion(&deaths.per(&people).unwrap_or_default()),
            Some((1.0, 1e5))
        );
        assert_eq!(deaths.conversion(&people), None);
        assert_eq!(
            units.show(&units.get("year").cloned().unwrap_or_default()),
            "years"
        );
        assert_eq!(
            deaths.power(2).and_then(|unit| unit.square_root()),
            Some(deaths)
        );
    }

    #[test]
    fn a_pattern_gives_its_variable() {
        let u = Unit::base(Base::Variable("u".into()));
        let deaths = Unit::base(Base::Named("deaths".into()));
        let people = Unit::base(Base::Named("people".into()));
        let pattern = u.per(&people).unwrap_or_default();
        let rate = deaths.per(&people).unwrap_or_default();
        assert_eq!(
            rate.solve(&pattern, &BTreeMap::new()),
            Some(("u".into(), deaths))
        );
    }
}
