//! Texts that are written from right to left, among others that are not.

/// A right-to-left text set apart, so that what stands around it on a terminal keeps its place (Unicode
/// Bidirectional Algorithm: FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE). Only for terminals: files
/// hold texts as they are.
#[must_use]
pub fn set_apart(text: &str) -> String {
    if is_right_to_left(text) {
        format!("\u{2068}{text}\u{2069}")
    } else {
        text.to_owned()
    }
}

/// Does a text hold letters that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and
/// others, with their presentation forms?
#[must_use]
pub fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|one| {
        matches!(one,
            '\u{0590}'..='\u{08ff}'
            | '\u{200f}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_written_from_the_right_is_set_apart() {
        assert_eq!(set_apart("مرتفع"), "\u{2068}مرتفع\u{2069}");
        for text in ["élevé", "e\u{301}leve\u{301}", "高", "высокий", "0.91", ""] {
            assert_eq!(set_apart(text), text);
        }
    }
}
