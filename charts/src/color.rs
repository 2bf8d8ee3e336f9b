//! Colours of levels, from light to dark: apart in grey and to colour-blind eyes.

/// Lines and texts.
pub const INK: &str = "#1a1a1a";
/// What a page is made of.
pub const PAPER: &str = "#fff";
/// Lines that only help.
pub(crate) const FAINT: &str = "#c9c9c9";
/// Outlines and lesser texts: 4.5 to 1 on paper and more.
pub(crate) const GREY: &str = "#595959";

/// L* 95, 83, 65, 42, 16.
const STOPS: [[u8; 3]; 5] = [
    [0xf7, 0xf0, 0xdc],
    [0xf2, 0xc8, 0x79],
    [0xdd, 0x8a, 0x3a],
    [0xa9, 0x43, 0x1e],
    [0x4f, 0x10, 0x10],
];

/// The colour of a place on a scale of so many.
#[must_use]
pub fn level(at: usize, of: usize) -> String {
    let last = (STOPS.len() - 1) as f64;
    let along = if of <= 1 {
        0.0
    } else {
        (at.min(of - 1) as f64 / (of - 1) as f64) * last
    };
    let low = along.floor() as usize;
    let part = along - along.floor();
    let stop = |at: usize| {
        STOPS
            .get(at.min(STOPS.len() - 1))
            .copied()
            .unwrap_or_default()
    };
    let (from, to) = (stop(low), stop(low + 1));
    let mixed = from.iter().zip(to);
    let mixed = mixed.map(|(from, to)| {
        let (from, to) = (f64::from(*from), f64::from(to));
        (from + (to - from) * part).round() as u8
    });
    mixed.fold("#".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lightness(color: &str) -> f64 {
        let part = |at: usize| {
            let byte = u8::from_str_radix(&color[at..at + 2], 16).unwrap();
            let x = f64::from(byte) / 255.0;
            if x <= 0.04045 {
                x / 12.92
            } else {
                ((x + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn higher_levels_are_darker_on_scales_of_any_length() {
        assert_eq!(level(0, 5), "#f7f0dc");
        assert_eq!(level(4, 5), "#4f1010");
        for of in 2..12 {
            let all: Vec<f64> = (0..of).map(|at| lightness(&level(at, of))).collect();
            assert!(all.windows(2).all(|two| two[0] > two[1]), "{of}: {all:?}");
        }
    }

    #[test]
    fn texts_and_outlines_can_be_read_on_paper() {
        for color in [INK, GREY] {
            assert!(1.05 / (lightness(color) + 0.05) >= 4.5, "{color}");
        }
    }
}
