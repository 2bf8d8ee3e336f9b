//! Other values of a number as it is written: a step of its last digit up and down, and a tenth. Never
//! below zero: a minus sign stands before a number and is none of its own.

use forewarn_grammar::ast::Number;

/// The numbers beside a written one, nearest first, none twice.
pub(super) fn beside(number: &Number) -> Vec<(f64, String)> {
    let Some((digits, decimals)) = digits(&number.text) else {
        return Vec::new();
    };
    let grouped = number.text.contains('_');
    let mut others = vec![(digits + 1, decimals), (digits - 1, decimals)];
    // Of a small whole number a tenth is less than the step.
    if digits != 0 && (decimals > 0 || digits >= 10) {
        others.extend([(digits * 11, decimals + 1), (digits * 9, decimals + 1)]);
    }
    let mut found: Vec<(f64, String)> = Vec::new();
    others.retain(|(digits, _)| *digits >= 0);
    for (digits, decimals) in others {
        let text = written(digits, decimals, grouped);
        let Ok(value) = text.replace('_', "").parse::<f64>() else {
            continue;
        };
        if !found.iter().any(|(known, _)| *known == value) {
            found.push((value, text));
        }
    }
    found
}

/// `1_000.50` as 100050 with two decimals; nothing for `1e6` and for more digits than a double has.
fn digits(text: &str) -> Option<(i64, u32)> {
    let plain = text.replace('_', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits: String = [whole, part].concat();
    if digits.len() > 15 || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, u32::try_from(part.len()).ok()?))
}

fn written(digits: i64, decimals: u32, grouped: bool) -> String {
    let text = format!(
        "{:0>width$}",
        digits.unsigned_abs(),
        width = decimals as usize + 1
    );
    let (whole, part) = text.split_at(text.len() - decimals as usize);
    let part = part.trim_end_matches('0');
    let whole = if grouped {
        by_threes(whole)
    } else {
        whole.to_owned()
    };
    if part.is_empty() {
        whole
    } else {
        format!("{whole}.{part}")
    }
}

fn by_threes(digits: &str) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let number = Number {
            text: text.to_owned(),
            value: text.replace('_', "").parse().unwrap(),
            percent: false,
            unit: None,
            span: forewarn_grammar::ast::Span::default(),
        };
        beside(&number).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn numbers_move_by_their_last_digit_and_by_a_tenth() {
        assert_eq!(texts("0.7"), ["0.8", "0.6", "0.77", "0.63"]);
        assert_eq!(texts("1_000"), ["1_001", "999", "1_100", "900"]);
        assert_eq!(texts("25"), ["26", "24", "27.5", "22.5"]);
        assert_eq!(texts("3"), ["4", "2"]);
        assert_eq!(texts("0"), ["1"]);
        assert_eq!(texts("1.0"), ["1.1", "0.9"]);
        assert_eq!(texts("0.05"), ["0.06", "0.04", "0.055", "0.045"]);
        assert!(texts("1e6").is_empty());
    }
}
