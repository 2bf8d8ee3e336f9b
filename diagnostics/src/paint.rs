//! Colours as ANSI sequences, or nothing at all.

/// What a piece of text is; its colour follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Error,
    Warning,
    Strong,
    Margin,
    Secondary,
    Note,
    Help,
    Faint,
    /// A place on a scale of so many levels, from 0: cool to hot, since a scale says what is more
    /// and not what is worse.
    Level {
        position: usize,
        of: usize,
    },
}

/// From cool to hot; readable on dark and on light grounds.
const HEAT: [u8; 5] = [67, 73, 178, 208, HOTTEST];

/// The last of them.
const HOTTEST: u8 = 196;

/// Colours text, if at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    pub on: bool,
}

impl Paint {
    #[must_use]
    pub fn text(self, style: Style, text: &str) -> String {
        if !self.on || text.is_empty() {
            return text.to_owned();
        }
        let sequence = match style {
            Style::Error => "1;31".to_owned(),
            Style::Warning => "1;33".to_owned(),
            Style::Strong => "1".to_owned(),
            Style::Margin => "34".to_owned(),
            Style::Secondary => "36".to_owned(),
            Style::Note => "36".to_owned(),
            Style::Help => "32".to_owned(),
            Style::Faint => "2".to_owned(),
            Style::Level { position, of } => {
                let last = HEAT.len() - 1;
                let place = (position * last)
                    .checked_div(of.saturating_sub(1))
                    .unwrap_or(0);
                format!("38;5;{}", HEAT.get(place).copied().unwrap_or(HOTTEST))
            }
        };
        format!("\u{1b}[{sequence}m{text}\u{1b}[0m")
    }
}
