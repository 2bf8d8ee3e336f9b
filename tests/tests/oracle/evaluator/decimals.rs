//! Numbers as people read them: the decimals behind rounding and comparing, by way of their digits.

use std::cmp::Ordering;

/// A number as a decimal of 15 significant digits.
#[derive(Clone, Debug)]
struct Read {
    negative: bool,
    /// 15 digits, the first not zero.
    digits: Vec<u8>,
    /// The power of ten of the first digit.
    power: i32,
}

fn read(x: f64) -> Option<Read> {
    if x == 0.0 || !x.is_finite() {
        return None;
    }
    let text = format!("{:.14e}", x.abs());
    let (digits, power) = text.split_once('e').expect("an exponent");
    let digits = digits.bytes().filter(u8::is_ascii_digit);
    Some(Read {
        negative: x < 0.0,
        digits: digits.map(|digit| digit - b'0').collect(),
        power: power.parse().expect("a whole number"),
    })
}

impl Read {
    /// Cut behind so many digits, and away from zero by one in the last where `up` says so.
    fn cut(mut self, keep: usize, up: impl Fn(&[u8]) -> bool) -> Self {
        let rest = self.digits.split_off(keep.min(self.digits.len()));
        if up(&rest) {
            let mut at = self.digits.len();
            loop {
                if at == 0 {
                    self.digits.insert(0, 1);
                    self.power += 1;
                    break;
                }
                at -= 1;
                if self.digits[at] == 9 {
                    self.digits[at] = 0;
                } else {
                    self.digits[at] += 1;
                    break;
                }
            }
        }
        self
    }

    fn double(&self) -> f64 {
        if self.digits.iter().all(|digit| *digit == 0) {
            return 0.0;
        }
        let digits: String = self
            .digits
            .iter()
            .map(|digit| (b'0' + digit) as char)
            .collect();
        let sign = if self.negative { "-" } else { "" };
        let last = self.power - (self.digits.len() as i32 - 1);
        format!("{sign}{digits}e{last}").parse().expect("a number")
    }
}

/// Half away from zero, as decimals do.
pub fn round(x: f64, decimals: i32) -> f64 {
    at_decimals(x, decimals, |_, rest| {
        rest.first().is_some_and(|digit| *digit >= 5)
    })
}

pub fn floor(x: f64) -> f64 {
    at_decimals(x, 0, |negative, rest| {
        negative && rest.iter().any(|digit| *digit > 0)
    })
}

pub fn ceil(x: f64) -> f64 {
    at_decimals(x, 0, |negative, rest| {
        !negative && rest.iter().any(|digit| *digit > 0)
    })
}

pub fn truncate(x: f64, decimals: i32) -> f64 {
    at_decimals(x, decimals, |_, _| false)
}

fn at_decimals(x: f64, decimals: i32, up: impl Fn(bool, &[u8]) -> bool) -> f64 {
    let Some(mut number) = read(x) else { return x };
    // Beyond 15 digits before the point nothing is read.
    let most = i32::try_from(number.digits.len()).expect("15 digits");
    if number.power >= most - 1 && number.power + 1 + decimals >= most {
        return x;
    }
    // How many digits stand before the cut; zeros in front where it lies before the first.
    let mut keep = number.power + 1 + decimals;
    while keep < 0 {
        number.digits.insert(0, 0);
        number.power += 1;
        keep += 1;
    }
    let keep = usize::try_from(keep).expect("not negative");
    if keep >= number.digits.len() {
        return number.double();
    }
    let negative = number.negative;
    number.cut(keep, |rest| up(negative, rest)).double()
}

/// The decimal that prints as a number, times one whole number and divided by another, rounded once.
pub fn converted(x: f64, times: f64, by: f64) -> f64 {
    let text = format!("{:e}", x.abs());
    let Some((digits, power)) = text.split_once('e').filter(|_| x.is_finite() && x != 0.0) else {
        return x;
    };
    let places = digits.len().saturating_sub(2) as i32;
    let digits: u128 = digits.replace('.', "").parse().expect("digits");
    let power = power.parse::<i32>().expect("a power") - places;
    let (mut whole, mut power) = (digits * times as u128, power);
    let by = by as u128;
    // Digits behind the point, as many as 128 bits hold.
    while !whole.is_multiple_of(by) && whole < u128::MAX / 20 {
        (whole, power) = (whole * 10, power - 1);
    }
    let quotient = whole / by;
    // A rest is more than nothing: it decides where the quotient would be a tie.
    let (quotient, power) = match whole % by {
        0 => (quotient, power),
        _ => (quotient / 10 * 10 + 1, power),
    };
    let x: f64 = format!("{quotient}e{power}")
        .parse::<f64>()
        .expect("a number")
        .copysign(x);
    x
}

/// Are all of some numbers one to 14 digits?
pub fn all_equal(numbers: &[f64]) -> bool {
    numbers
        .windows(2)
        .all(|pair| compare(pair[0], pair[1]).is_eq())
}

/// How two numbers compare to 14 significant digits.
pub fn compare(a: f64, b: f64) -> Ordering {
    // Far more than 14 digits apart, or not at all; the digits need not be written down.
    if a == b || (a - b).abs() > 1e-12 * a.abs().max(b.abs()) {
        return a.partial_cmp(&b).expect("known numbers");
    }
    let seen = |x: f64| match read(x) {
        None => x,
        Some(read) => read
            .cut(14, |rest| rest.first().is_some_and(|digit| *digit >= 5))
            .double(),
    };
    let (a, b) = (seen(a), seen(b));
    a.partial_cmp(&b).expect("known numbers")
}

/// The greatest number that is less than another, to 14 digits: halfway and halfway again.
pub fn below(x: f64) -> f64 {
    let (mut less, mut not) = (x - x.abs().max(1e-300) * 1e-12, x);
    loop {
        let middle = less / 2.0 + not / 2.0;
        if middle <= less || middle >= not {
            return less;
        }
        if compare(middle, x).is_lt() {
            less = middle;
        } else {
            not = middle;
        }
    }
}
