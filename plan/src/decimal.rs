//! Rounding as decimals do it.
//!
//! A double carries 15 decimal digits faithfully; what stands behind them is noise of the binary
//! representation and of the arithmetic before (`0.7 + 0.6` is `1.2999999999999998`). So a value is
//! first read as a decimal of 15 significant digits, and that decimal is rounded half away from
//! zero. This is what published indices computed in spreadsheets do, and without it their numbers
//! do not reproduce: rounding the bare double, 16 published levels of the 2020 edition of INFORM (191
//! countries) come out one tenth off, and 26 by its shortest digits.

/// `x` to `decimals` places after the point (before it, where negative). Missing stays missing,
/// infinities stay. Zero has no sign.
#[must_use]
pub fn round(x: f64, decimals: i8) -> f64 {
    if !x.is_finite() {
        return x;
    }
    // Adding zero takes the sign off a negative zero.
    rounded(x, decimals) + 0.0
}

fn rounded(x: f64, decimals: i8) -> f64 {
    if x == 0.0 {
        return 0.0;
    }
    // Fast way: where the scaled value is far from a tie, every reading of it rounds alike.
    if let Some(power) = power_of_ten(decimals) {
        let scaled = x.abs() * power;
        let floor = scaled.floor();
        let off = scaled - floor - 0.5;
        if scaled < 1e14 && off.abs() > scaled * 4e-15 + 1e-300 {
            let whole = if off > 0.0 { floor + 1.0 } else { floor };
            return (whole / power).copysign(x);
        }
    }
    slowly(x, decimals)
}

fn power_of_ten(decimals: i8) -> Option<f64> {
    const POWERS: [f64; 16] = [
        1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    POWERS.get(usize::try_from(decimals).ok()?).copied()
}

/// By the decimal digits themselves.
fn slowly(x: f64, decimals: i8) -> f64 {
    // `d.dddddddddddddde±x`: 15 significant digits.
    let text = format!("{:.14e}", x.abs());
    let Some((mantissa, exponent)) = text.split_once('e') else {
        return x;
    };
    let Ok(exponent) = exponent.parse::<i32>() else {
        return x;
    };
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    // How many of the digits stay.
    let keep = exponent + 1 + i32::from(decimals);
    if keep >= 15 {
        return x;
    }
    if keep < 0 {
        return 0.0_f64.copysign(x);
    }
    let keep = usize::try_from(keep).unwrap_or(0);
    let (kept, dropped) = digits.split_at(keep.min(digits.len()));
    let mut whole: u64 = kept
        .iter()
        .fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    if dropped.first().is_some_and(|digit| *digit >= b'5') {
        whole += 1;
    }
    format!("{whole}e{}", -i32::from(decimals))
        .parse::<f64>()
        .unwrap_or(x)
        .copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_away_from_zero_as_decimals_do() {
        let cases = [
            (2.25, 1, 2.3),
            (2.675, 2, 2.68),
            (1.005, 2, 1.01),
            (0.285, 2, 0.29),
            (-2.5, 0, -3.0),
            (0.5, 0, 1.0),
            (0.15, 1, 0.2),
            ((0.7 + 0.6) / 2.0, 1, 0.7),
            (0.1 + 0.2, 1, 0.3),
            (1e300, 2, 1e300),
            (1234.5, -2, 1200.0),
            (1250.0, -2, 1300.0),
            (49.0, -2, 0.0),
            (50.0, -2, 100.0),
            (9.96, 1, 10.0),
            (999_999_999_999.95, 1, 1e12),
            (0.04, 1, 0.0),
            (1.0, 15, 1.0),
        ];
        for (x, decimals, expected) in cases {
            assert_eq!(round(x, decimals), expected, "round({x}, {decimals})");
        }
        assert!(round(f64::NAN, 1).is_nan());
        assert_eq!(round(f64::INFINITY, 1), f64::INFINITY);
        assert_eq!(round(-0.04, 1).to_bits(), 0.0_f64.to_bits());
        assert_eq!(round(-0.0, 1).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn the_fast_way_agrees_with_the_digits() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..200_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let thousandths = (state >> 40) as f64 / 1000.0;
            let noisy = thousandths * (1.0 + ((state >> 20) % 7) as f64 * 1.1e-16);
            for decimals in [0, 1, 2, 3] {
                assert_eq!(
                    round(noisy, decimals).to_bits(),
                    (slowly(noisy, decimals) + 0.0).to_bits(),
                    "round({noisy}, {decimals})"
                );
            }
        }
    }
}
