//! Words on a screen: what may be sent to it, how wide it is, and where it breaks.

use super::excerpt::on_screen;
use unicode_width::UnicodeWidthChar;

/// A text as the screen may show it, on one line.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character == '\n' {
                ' '
            } else {
                on_screen(character, 0).0
            }
        })
        .collect()
}

/// The columns that a text fills.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.chars()
        .map(|character| character.width().unwrap_or(1))
        .sum()
}

/// The columns of its widest word.
#[must_use]
pub fn longest_word(text: &str) -> usize {
    text.split([' ', '\n']).map(columns).max().unwrap_or(0)
}

/// Breaks a text at spaces so that no piece is wider than the room, unless a word is.
#[must_use]
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let text = harmless(text);
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let wide = columns(word);
        if width > 0 && width + 1 + wide > room {
            pieces.push(std::mem::take(&mut piece));
            width = 0;
        } else if width > 0 || !piece.is_empty() {
            piece.push(' ');
            width += 1;
        }
        piece.push_str(word);
        width += wide;
    }
    pieces.push(piece);
    pieces
}
