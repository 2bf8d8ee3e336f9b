//! Units of measure: an abelian group over base units, each with an exact scale.
//!
//! In: names and products as written. Out: a [`Unit`] that multiplies, divides and compares. Two
//! units of the same dimension differ by a scale, kept as a fraction of whole numbers so that
//! converting never rounds twice. Inside a unit-generic function a unit variable is one more base.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

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

/// The greatest common divisor.
pub(crate) fn gcd(mut a: u128, mut b: u128) -> u128 {
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

    /// `None` where it does not fit.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let (a, b) = (gcd(self.num, other.den), gcd(other.num, self.den));
        Self::new(
            (self.num / a).checked_mul(other.num / b)?,
            (self.den / b).checked_mul(other.den / a)?,
        )
    }

    #[must_use]
    pub fn inverse(self) -> Self {
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

/// What one base adds to a unit: how often it stands there, and with which factor.
#[derive(Clone, Copy, Debug)]
struct Part {
    exponent: i32,
    scale: Scale,
}

/// A unit: base units with exponents and factors. The default is the plain number.
///
/// Units are put together in two ways. As they are **written** (`times`, `per`, `power`), every factor
/// stays. As **values** are multiplied and divided (`of_product`, `of_quotient`, `of_power`), what
/// cancels takes its factor along: what has no dimension is a plain number at once, and the caller
/// converts the value by what was left out.
#[derive(Clone, Debug)]
pub struct Unit {
    parts: BTreeMap<Base, Part>,
    /// A factor that belongs to no base: that of a percentage.
    loose: Scale,
    /// All factors together.
    scale: Scale,
}

/// Who wrote which factor makes no difference to what is counted.
impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.scale == other.scale && self.same_dimension(other)
    }
}

impl Eq for Unit {}

impl Hash for Unit {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.scale.hash(state);
        self.bases().for_each(|base| base.hash(state));
    }
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
            parts: BTreeMap::new(),
            loose: Scale::ONE,
            scale: Scale::ONE,
        }
    }

    #[must_use]
    pub fn percent() -> Self {
        let hundredth = Scale { num: 1, den: 100 };
        Self {
            parts: BTreeMap::new(),
            loose: hundredth,
            scale: hundredth,
        }
    }

    #[must_use]
    pub fn base(base: Base) -> Self {
        let part = Part {
            exponent: 1,
            scale: Scale::ONE,
        };
        Self {
            parts: BTreeMap::from([(base, part)]),
            loose: Scale::ONE,
            scale: Scale::ONE,
        }
    }

    /// `None` where the factors together do not fit.
    fn new(parts: BTreeMap<Base, Part>, loose: Scale) -> Option<Self> {
        let mut scale = loose;
        for part in parts.values() {
            scale = scale.times(part.scale)?;
        }
        Some(Self {
            parts,
            loose,
            scale,
        })
    }

    /// The factor of the whole against its base units.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The bases with their exponents.
    pub fn bases(&self) -> impl Iterator<Item = (&Base, i32)> {
        self.parts.iter().map(|(base, part)| (base, part.exponent))
    }

    /// How often a base stands in it; 0 where it does not.
    #[must_use]
    pub fn exponent(&self, base: &Base) -> i32 {
        self.parts.get(base).map_or(0, |part| part.exponent)
    }

    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.parts.is_empty() && self.scale == Scale::ONE
    }

    /// Neither base nor variable: a plain number or a percentage.
    #[must_use]
    pub fn is_dimensionless(&self) -> bool {
        self.parts.is_empty()
    }

    /// A percentage, or another part of the whole that is counted in steps of its own.
    #[must_use]
    pub fn is_part_of_whole(&self) -> bool {
        self.parts.is_empty() && self.scale != Scale::ONE
    }

    #[must_use]
    pub fn same_dimension(&self, other: &Self) -> bool {
        self.bases().eq(other.bases())
    }

    /// The same in steps so many times as large.
    #[must_use]
    pub fn scaled(&self, scale: Scale) -> Option<Self> {
        let (mut parts, mut loose) = (self.parts.clone(), self.loose);
        // Of one base alone, the factor is the base's: `100_000 people`.
        match (parts.len(), parts.values_mut().next()) {
            (1, Some(only)) => only.scale = only.scale.times(scale)?,
            _ => loose = loose.times(scale)?,
        }
        Self::new(parts, loose)
    }

    /// Their product as it is written: every factor stays.
    #[must_use]
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut parts = self.parts.clone();
        let mut loose = self.loose.times(other.loose)?;
        for (base, own) in &other.parts {
            let Some(known) = parts.get_mut(base) else {
                parts.insert(base.clone(), *own);
                continue;
            };
            known.exponent = known.exponent.checked_add(own.exponent)?;
            known.scale = known.scale.times(own.scale)?;
            if known.exponent == 0 {
                loose = loose.times(known.scale)?;
                parts.remove(base);
            }
        }
        Self::new(parts, loose)
    }

    #[must_use]
    pub fn inverse(&self) -> Self {
        let part = |part: &Part| Part {
            exponent: -part.exponent,
            scale: part.scale.inverse(),
        };
        let parts = self.parts.iter();
        Self {
            parts: parts.map(|(base, own)| (base.clone(), part(own))).collect(),
            loose: self.loose.inverse(),
            scale: self.scale.inverse(),
        }
    }

    #[must_use]
    pub fn per(&self, other: &Self) -> Option<Self> {
        self.times(&other.inverse())
    }

    /// What a product of two values is counted in. A base that stands on both sides of the line
    /// cancels together with its factor, and what has no dimension is plain.
    #[must_use]
    pub fn of_product(&self, other: &Self) -> Option<Self> {
        let mut parts = self.parts.clone();
        for (base, own) in &other.parts {
            let Some(known) = parts.get_mut(base) else {
                parts.insert(base.clone(), *own);
                continue;
            };
            let along = (known.exponent > 0) == (own.exponent > 0);
            known.scale = if along {
                known.scale.times(own.scale)?
            } else {
                Scale::ONE
            };
            known.exponent = known.exponent.checked_add(own.exponent)?;
            if known.exponent == 0 {
                parts.remove(base);
            }
        }
        Self::new(parts, Scale::ONE)
    }

    /// What a quotient of two values is counted in: see [`Unit::of_product`].
    #[must_use]
    pub fn of_quotient(&self, other: &Self) -> Option<Self> {
        self.of_product(&other.inverse())
    }

    /// What a whole power of a value is counted in.
    #[must_use]
    pub fn of_power(&self, exponent: i32) -> Option<Self> {
        let mut parts = BTreeMap::new();
        for (base, own) in &self.parts {
            let power = own.exponent.checked_mul(exponent)?;
            let scale = own.scale.power(exponent.unsigned_abs())?;
            let scale = if exponent < 0 { scale.inverse() } else { scale };
            let part = Part {
                exponent: power,
                scale,
            };
            if power != 0 {
                parts.insert(base.clone(), part);
            }
        }
        Self::new(parts, Scale::ONE)
    }

    /// What the root of a value is counted in; `None` where an exponent is odd.
    #[must_use]
    pub fn of_root(&self) -> Option<Self> {
        let root = |x: u128| {
            let root = x.isqrt();
            (root * root == x).then_some(root)
        };
        let mut parts = BTreeMap::new();
        for (base, own) in &self.parts {
            if own.exponent % 2 != 0 {
                return None;
            }
            let scale = root(own.scale.num).zip(root(own.scale.den));
            let scale = scale.and_then(|(num, den)| Scale::new(num, den));
            let part = Part {
                exponent: own.exponent / 2,
                scale: scale.unwrap_or(Scale::ONE),
            };
            parts.insert(base.clone(), part);
        }
        Self::new(parts, Scale::ONE)
    }

    /// Is one step of it more than one of the other?
    #[must_use]
    pub fn is_larger_than(&self, other: &Self) -> bool {
        let factor = self.scale.times(other.scale.inverse());
        factor.is_some_and(|factor| factor.num > factor.den)
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

    /// With each variable replaced by what it stands for; unknown variables stay. A variable alone is
    /// what it stands for; a product or quotient of them is that of values.
    #[must_use]
    pub fn substitute(&self, known: &BTreeMap<String, Unit>) -> Option<Self> {
        let variable = |base: &Base| match base {
            Base::Variable(name) => known.get(name),
            Base::Named(_) => None,
        };
        if let Some(name) = self.alone()
            && let Some(unit) = known.get(name)
        {
            return Some(unit.clone());
        }
        let (open, fixed): (Vec<_>, Vec<_>) = self
            .parts
            .iter()
            .partition(|(base, _)| variable(base).is_some());
        let fixed = fixed.into_iter().map(|(base, part)| (base.clone(), *part));
        let mut result = Self::new(fixed.collect(), self.loose)?;
        for (base, part) in open {
            let unit = variable(base)?.of_power(part.exponent)?;
            result = result.of_product(&unit.scaled(part.scale)?)?;
        }
        Some(result)
    }

    /// The variable that it consists of.
    #[must_use]
    pub fn alone(&self) -> Option<&str> {
        match (self.parts.len(), self.parts.iter().next()) {
            (1, Some((Base::Variable(name), part)))
                if part.exponent == 1 && self.scale == Scale::ONE =>
            {
                Some(name)
            }
            _ => None,
        }
    }

    /// The variables that stand behind a number: `v` of `100_000 v`.
    #[must_use]
    pub fn counted_variables(&self) -> Vec<String> {
        let parts = self.parts.iter();
        let counted = parts.filter(|(_, part)| part.scale != Scale::ONE);
        counted
            .filter_map(|(base, _)| match base {
                Base::Variable(name) => Some(name.clone()),
                Base::Named(_) => None,
            })
            .collect()
    }

    /// The same in steps of one: people for thousands of people.
    #[must_use]
    pub fn in_single_steps(&self) -> Self {
        let single = |part: &Part| Part {
            scale: Scale::ONE,
            ..*part
        };
        let parts = self.parts.iter();
        let parts = parts.map(|(base, part)| (base.clone(), single(part)));
        Self {
            parts: parts.collect(),
            loose: Scale::ONE,
            scale: Scale::ONE,
        }
    }

    /// Solves `pattern = self` for the one variable of the pattern that is not known yet; `None`
    /// where there is none, or where it does not stand alone to the power of one.
    #[must_use]
    pub fn solve(&self, pattern: &Self, known: &BTreeMap<String, Unit>) -> Option<(String, Self)> {
        if let Some(name) = pattern.alone() {
            return (!known.contains_key(name)).then(|| (name.to_owned(), self.clone()));
        }
        let pattern = pattern.substitute(known)?;
        let mut open = pattern.parts.iter().filter_map(|(base, part)| match base {
            Base::Variable(name) if !known.contains_key(name) => Some((base, name, part)),
            Base::Variable(_) | Base::Named(_) => None,
        });
        let (base, name, part) = open.next()?;
        if open.next().is_some() || part.exponent.abs() != 1 {
            return None;
        }
        let mut rest = pattern.parts.clone();
        rest.remove(base);
        let rest = Self::new(rest, pattern.loose)?.scaled(part.scale)?;
        let unit = self.of_quotient(&rest)?;
        let unit = if part.exponent < 0 {
            unit.inverse()
        } else {
            unit
        };
        Some((name.clone(), unit))
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
                let unit = Unit::base(Base::Named(base.to_owned()));
                let times = Scale {
                    num: *times,
                    den: 1,
                };
                let unit = unit.scaled(times).unwrap_or_default();
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
            for (base, exponent) in unit.bases() {
                if (exponent > 0) == positive {
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
        // A percentage in each month, rather than a hundredth.
        let percent = Unit::percent();
        if unit.loose == percent.scale
            && let Some(rest) = Unit::new(unit.parts.clone(), Scale::ONE)
            && !rest.is_plain()
        {
            let rest = self.show(&rest);
            return match rest.strip_prefix("1 / ") {
                Some(bottom) => format!("percent / {bottom}"),
                None => format!("percent * {rest}"),
            };
        }
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
            deaths.of_power(2).and_then(|unit| unit.of_root()),
            Some(deaths)
        );
    }

    #[test]
    fn what_cancels_takes_its_factor_along() {
        let people = Unit::base(Base::Named("people".into()));
        let deaths = Unit::base(Base::Named("deaths".into()));
        let scale = |num| Scale::new(num, 1).unwrap_or(Scale::ONE);
        let thousand = people.scaled(scale(1_000)).unwrap_or_default();
        let rate = people.scaled(scale(100_000));
        let rate = rate.and_then(|unit| deaths.per(&unit)).unwrap_or_default();
        let percent = Unit::percent();
        let plain = Some(Unit::plain());
        assert_eq!(thousand.of_quotient(&people), plain);
        assert_eq!(percent.of_product(&percent), plain);
        assert_eq!(percent.of_product(&Unit::plain()), plain);
        assert_eq!(percent.of_power(2), plain);
        assert_eq!(percent.of_root(), plain);
        assert_eq!(rate.of_product(&thousand), Some(deaths.clone()));
        assert_eq!(percent.of_product(&thousand), Some(thousand.clone()));
        // What does not cancel stays as it was written.
        let month = Unit::base(Base::Named("month".into()));
        let monthly = thousand.of_quotient(&month).unwrap_or_default();
        let year = month.scaled(scale(12)).unwrap_or_default();
        assert_eq!(monthly.of_product(&year), Some(thousand.clone()));
        // As a unit is written, it keeps all of its factors.
        assert_eq!(
            percent.times(&percent).map(|unit| unit.scale()),
            Scale::new(1, 10_000)
        );
        // A square of thousands has a root in thousands; one of unlike factors has one in people.
        assert_eq!(
            thousand.of_power(2).and_then(|unit| unit.of_root()),
            Some(thousand.clone())
        );
        let mixed = thousand.of_product(&people).unwrap_or_default();
        assert_eq!(mixed.of_root(), Some(people));
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
