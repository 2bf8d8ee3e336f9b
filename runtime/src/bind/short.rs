//! Numbers of few digits, as most are, read from a text without looking at their letters one by one.
//!
//! In: the bytes of many rows and the place of a cell among them. Out: the nearest double, which is what
//! `str::parse` gives: the digits and the power of ten are doubles themselves, so that one division rounds as
//! it must. None for whatever else stands there, which [`super::number`] looks at. Eight letters are one
//! integer, and what is done to it is done to all of them. There are no branches on what stands in a cell, since
//! nobody could foretell them: cells of a table differ in length, in sign, and in whether there is anything.

/// The same byte in all places.
const fn all(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

/// Powers of ten and, behind them, the negative ones; what is divided by the last of each is nothing.
#[rustfmt::skip]
const TENS: [f64; 32] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, f64::NAN,
    -1e0, -1e1, -1e2, -1e3, -1e4, -1e5, -1e6, -1e7, -1e8, -1e9, -1e10, -1e11, -1e12, -1e13, -1e14, f64::NAN,
];
/// Where the negative ones stand among [`TENS`].
const MINUS: usize = 16;
/// The place of NaN among [`TENS`].
const NOTHING: usize = 15;
/// The largest integer below which all are doubles.
const EXACT: u64 = 1 << 53;

/// The number from `start` to `end`; NaN for a cell in which nothing stands.
#[inline(always)]
pub(super) fn number(text: &[u8], start: usize, end: usize) -> Option<f64> {
    // A sign, eight digits and a point, and where a ninth digit would be.
    let Some(ten) = text.get(start..).and_then(<[u8]>::first_chunk::<10>) else {
        return long(text, start, end);
    };
    let minus = usize::from(ten[0] == b'-');
    let (first, next) = (eight(ten, minus), eight(ten, minus + 1));
    // Behind the sign; more than there can be where nothing but a sign would stand before the end.
    let length = end.wrapping_sub(start + minus);
    let points = places_of(first, b'.');
    let point = (points.trailing_zeros() / 8) as usize;
    let has_point = usize::from(point < length) & usize::from(points != 0);
    // What stands behind the point moves up to it.
    let before = ((points & points.wrapping_neg()) >> 7).wrapping_sub(1);
    let digits = next ^ ((first ^ next) & before);
    let count = length.wrapping_sub(has_point);
    let behind = length.wrapping_sub(1 + point) & has_point.wrapping_neg();
    let any = u64::from(count != 0);
    // The last digit comes to stand at the highest place, noughts below the first.
    let digits = (digits ^ all(b'0')).wrapping_shl((count as u32).wrapping_mul(8).wrapping_neg());
    let digits = digits & any.wrapping_neg();
    let empty = usize::from(end == start);
    let slip = are_no_digits(digits) | u64::from(count > 8) | (any ^ 1 ^ empty as u64);
    if slip != 0 {
        return long(text, start, end);
    }
    let power = behind | (minus * MINUS) | (empty * NOTHING);
    Some(value(digits) as f64 / TENS.get(power % TENS.len())?)
}

/// A number of at most sixteen letters behind its sign.
#[inline(never)]
fn long(text: &[u8], start: usize, end: usize) -> Option<f64> {
    const LONGEST: usize = 16;
    let cell = text.get(start..end)?;
    let (minus, cell) = match cell {
        [] => return Some(f64::NAN),
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let length = cell.len();
    if length > LONGEST {
        return None;
    }
    let from = end - length;
    let letters = match text.get(from..).and_then(<[u8]>::first_chunk::<LONGEST>) {
        Some(letters) => u128::from_le_bytes(*letters),
        // The text ends here.
        None => {
            let mut letters = [0; LONGEST];
            letters.get_mut(..length)?.copy_from_slice(cell);
            u128::from_le_bytes(letters)
        }
    };
    let points = [letters as u64, (letters >> 64) as u64].map(|half| places_of(half, b'.'));
    let points = u128::from(points[0]) | u128::from(points[1]) << 64;
    let point = (points.trailing_zeros() / 8) as usize;
    let (digits, count, behind) = if point < length {
        let before = (1_u128 << (8 * point)) - 1;
        let digits = (letters & before) | (letters >> 8 & !before);
        (digits, length - 1, length - 1 - point)
    } else {
        (letters, length, 0)
    };
    if count == 0 {
        return None;
    }
    let noughts = u128::from(all(b'0')) << 64 | u128::from(all(b'0'));
    let digits = (digits ^ noughts) << (8 * (LONGEST - count));
    let (high, low) = (digits as u64, (digits >> 64) as u64);
    if are_no_digits(high) | are_no_digits(low) != 0 {
        return None;
    }
    let whole = value(high) * 100_000_000 + value(low);
    if whole > EXACT {
        return None;
    }
    let power = super::number::TENS.get(behind)?;
    let size = whole as f64 / power;
    Some(if minus { -size } else { size })
}

/// Eight letters of ten, from a place on.
#[inline(always)]
fn eight(ten: &[u8; 10], from: usize) -> u64 {
    match ten.get(from..).and_then(<[u8]>::first_chunk) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => 0,
    }
}

/// The highest bit of each byte that is this sign.
#[inline(always)]
fn places_of(eight: u64, sign: u8) -> u64 {
    let differs = eight ^ all(sign);
    let any = (differs & all(0x7F)) + all(0x7F);
    !(any | differs) & all(0x80)
}

/// Not 0 where any byte is above 9.
#[inline(always)]
fn are_no_digits(eight: u64) -> u64 {
    (eight.wrapping_add(all(0x76)) | eight) & all(0x80)
}

/// The number of eight digits, of which the first stands at the lowest place.
#[inline(always)]
fn value(digits: u64) -> u64 {
    const PAIRS: u64 = 0x0000_00FF_0000_00FF;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let first = (pairs & PAIRS).wrapping_mul(100 + (1_000_000 << 32));
    let second = (pairs >> 16 & PAIRS).wrapping_mul(1 + (10_000 << 32));
    first.wrapping_add(second) >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a cell may hold besides plain numbers.
    fn cell() -> impl Strategy<Value = String> {
        prop_oneof![
            "-?[0-9]{0,18}",
            "-?[0-9]{0,10}\\.[0-9]{0,12}",
            "[-+.0-9eE ]{0,12}",
            "[a-zé,;]{0,4}",
            any::<f64>().prop_map(|x| x.to_string()),
            any::<f32>().prop_map(|x| x.to_string()),
            (any::<i32>(), 0_u32..8).prop_map(|(x, places)| {
                format!(
                    "{:.*}",
                    places as usize,
                    f64::from(x) / 10_f64.powi(places as i32)
                )
            }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        /// The same bits as the standard library has, wherever a cell stands in its text.
        #[test]
        fn numbers_are_those_of_the_standard_library(
            before in "[-.0-9,]{0,3}",
            cell in cell(),
            behind in "[-.0-9,\n]{0,18}",
        ) {
            let text = format!("{before}{cell}{behind}");
            let (start, end) = (before.len(), before.len() + cell.len());
            match number(text.as_bytes(), start, end) {
                Some(x) if cell.is_empty() => prop_assert!(x.is_nan()),
                Some(x) => {
                    let parsed: Result<f64, _> = cell.parse();
                    prop_assert_eq!(parsed.map(f64::to_bits), Ok(x.to_bits()), "{}", cell);
                }
                None => {}
            }
        }

        /// Nothing that is short enough is left to others.
        #[test]
        fn short_numbers_are_read(cell in "-?(0|[1-9][0-9]{0,7}|[0-9]{1,8}\\.[0-9]{1,7})") {
            let text = format!("{cell},behind it");
            prop_assert!(number(text.as_bytes(), 0, cell.len()).is_some());
            prop_assert!(number(cell.as_bytes(), 0, cell.len()).is_some());
        }
    }

    #[test]
    fn what_is_no_number_is_left_to_others() {
        for cell in [
            "-",
            ".",
            "-.",
            "--1",
            "1-",
            "1..2",
            "1.2.3",
            "+1",
            "1e3",
            " 1",
            "1 ",
            "nan",
            "inf",
            "1,5",
            "12345678901234567",
            "9007199254740993",
            "0x1",
            "/",
            ":",
        ] {
            let text = format!("{cell};0000000000000000000");
            assert_eq!(number(text.as_bytes(), 0, cell.len()), None, "{cell}");
        }
        for (cell, bits) in [
            ("-0", (-0.0_f64).to_bits()),
            ("-0.0", (-0.0_f64).to_bits()),
            ("5.", 5_f64.to_bits()),
            (".5", 0.5_f64.to_bits()),
        ] {
            let text = format!("{cell},0000000000000000000");
            assert_eq!(
                number(text.as_bytes(), 0, cell.len()).map(f64::to_bits),
                Some(bits),
                "{cell}"
            );
        }
    }

    #[test]
    fn places_that_are_none_give_nothing() {
        assert_eq!(number(b"1,2", 5, 6), None);
        assert_eq!(number(b"1,2", 2, 9), None);
        assert_eq!(number(b"0123456789abcdef0123456789", 9, 3), None);
    }
}
