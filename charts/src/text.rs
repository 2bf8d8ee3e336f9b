//! Texts inside drawings: escaped, isolated, and as wide as they probably are.

/// For the content and the attributes of HTML and SVG. What no document may hold is left out.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            one if one.is_control() || matches!(one, '\u{fffe}' | '\u{ffff}') => {}
            one => out.push(one),
        }
    }
    out
}

/// Set apart from what stands around it, where people read from right to left (Unicode Bidirectional
/// Algorithm: FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE).
#[must_use]
pub fn isolated(text: &str, rtl: bool) -> String {
    if rtl && !text.is_empty() {
        format!("\u{2068}{text}\u{2069}")
    } else {
        text.to_owned()
    }
}

/// How wide a text is, in parts of its size: no font is at hand, and every reader has another.
pub(crate) fn width(text: &str) -> f64 {
    text.chars()
        .map(|one| match one {
            'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | '\'' | '|' => 0.3,
            '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => 0.0,
            'm' | 'w' | 'M' | 'W' => 0.9,
            '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => 1.05,
            one if one.is_uppercase() => 0.72,
            _ => 0.58,
        })
        .sum()
}

/// As much of a text as fits so many pixels, with an ellipsis where something is left out: the table beside
/// the drawing has all of it.
pub(crate) fn fitted(text: &str, size: f64, pixels: f64) -> String {
    if width(text) * size <= pixels {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1.0;
    for one in text.chars() {
        used += width(one.encode_utf8(&mut [0; 4]));
        if used * size > pixels {
            break;
        }
        kept.push(one);
    }
    format!("{}…", kept.trim_end())
}

/// A text in at most two lines of so many pixels.
pub(crate) fn two_lines(text: &str, size: f64, pixels: f64) -> Vec<String> {
    if width(text) * size <= pixels {
        return vec![text.to_owned()];
    }
    let mut first = String::new();
    let mut rest = text;
    while let Some((word, after)) = rest.split_once(' ') {
        let longer = if first.is_empty() {
            word.to_owned()
        } else {
            format!("{first} {word}")
        };
        if width(&longer) * size > pixels {
            break;
        }
        first = longer;
        rest = after;
    }
    if first.is_empty() {
        return vec![fitted(text, size, pixels)];
    }
    vec![first, fitted(rest, size, pixels)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(
            escaped("<b a='1'>&\"\u{0}\n"),
            "&lt;b a=&#39;1&#39;&gt;&amp;&quot; "
        );
    }

    #[test]
    fn long_texts_are_cut_and_say_so() {
        assert_eq!(fitted("short", 12.0, 100.0), "short");
        assert!(fitted(&"long ".repeat(30), 12.0, 100.0).ends_with('…'));
        assert_eq!(two_lines("food prices if lowest", 12.0, 90.0).len(), 2);
        assert_eq!(
            two_lines("无法分割的很长的一段文字在这里", 12.0, 60.0).len(),
            1
        );
    }
}
