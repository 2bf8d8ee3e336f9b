//! Small rules of writing: plurals, grouped digits, lists.

/// `1 error`, `2 errors`, `1 204 rows`
#[must_use]
pub fn count(number: usize, word: &str) -> String {
    let word = if number == 1 {
        word.to_owned()
    } else {
        plural(word)
    };
    format!("{} {word}", grouped(number as u64))
}

/// `country` to `countries`; good for the words that keys and periods are named by.
#[must_use]
pub fn plural(word: &str) -> String {
    let before_y = word
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    if let Some(stem) = before_y {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// `60000` as `60 000`; four digits stay together only in years, which are not counts.
#[must_use]
pub fn grouped(number: u64) -> String {
    group_digits(&number.to_string())
}

/// Groups a run of digits by threes from the right.
#[must_use]
pub fn group_digits(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// `A`, `A and B`, `A, B and C`, `A, B and 3 others`.
#[must_use]
pub fn list(items: &[String], most: usize) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        _ if items.len() > most => {
            let shown = items.get(..most).unwrap_or(items);
            format!(
                "{} and {} more",
                shown.join(", "),
                grouped((items.len() - shown.len()) as u64)
            )
        }
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_their_number() {
        assert_eq!(count(1, "error"), "1 error");
        assert_eq!(count(0, "warning"), "0 warnings");
        assert_eq!(count(1204, "country"), "1 204 countries");
        assert_eq!(plural("day"), "days");
        assert_eq!(plural("district"), "districts");
        assert_eq!(plural("church"), "churches");
    }

    #[test]
    fn digits_are_grouped_by_threes() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000_000), "1 000 000");
    }

    #[test]
    fn lists_end_with_and() {
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(list(&names("A"), 3), "A");
        assert_eq!(list(&names("A B"), 3), "A and B");
        assert_eq!(list(&names("A B C"), 3), "A, B and C");
        assert_eq!(list(&names("A B C D E"), 3), "A, B, C and 2 more");
    }
}
