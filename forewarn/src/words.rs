//! Small rules of writing: plurals, grouped digits, lists.

pub use forewarn_diagnostics::wording::{count, group_digits, grouped};

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
    fn lists_end_with_and() {
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(list(&names("A"), 3), "A");
        assert_eq!(list(&names("A B"), 3), "A and B");
        assert_eq!(list(&names("A B C"), 3), "A, B and C");
        assert_eq!(list(&names("A B C D E"), 3), "A, B, C and 2 more");
    }
}
