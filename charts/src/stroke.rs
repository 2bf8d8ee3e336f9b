//! Paths of drawings, as short as they can be written.
//!
//! In: places. Out: the path's text: places rounded to what can be seen, each told from the one before. Steps are
//! taken between rounded places, so that nothing adds up to a difference.

use std::fmt::Write as _;

/// A path in the making.
#[derive(Default)]
pub(crate) struct Path {
    text: String,
    /// Where the pen is, and where the present stroke began, in tenths.
    at: (i64, i64),
    begun: (i64, i64),
}

impl Path {
    /// A new stroke begins there.
    pub fn start(&mut self, x: f64, y: f64) {
        let place = tenths(x, y);
        if self.text.is_empty() {
            self.step('M', &[place.0, place.1]);
        } else {
            self.step('m', &[place.0 - self.at.0, place.1 - self.at.1]);
        }
        (self.at, self.begun) = (place, place);
    }

    /// The stroke goes on to there.
    pub fn to(&mut self, x: f64, y: f64) {
        let place = tenths(x, y);
        let (across, down) = (place.0 - self.at.0, place.1 - self.at.1);
        match (across, down) {
            (across, 0) => self.step('h', &[across]),
            (0, down) => self.step('v', &[down]),
            (across, down) => self.step('l', &[across, down]),
        }
        self.at = place;
    }

    /// A stroke through all of these.
    pub fn through(&mut self, places: impl IntoIterator<Item = (f64, f64)>) {
        let mut places = places.into_iter();
        if let Some((x, y)) = places.next() {
            self.start(x, y);
        }
        for (x, y) in places {
            self.to(x, y);
        }
    }

    /// Back to where the stroke began.
    pub fn close(&mut self) {
        self.text.push('z');
        self.at = self.begun;
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    fn step(&mut self, command: char, tenths: &[i64]) {
        self.text.push(command);
        for (at, number) in tenths.iter().enumerate() {
            if at > 0 && *number >= 0 {
                self.text.push(' ');
            }
            if *number < 0 {
                self.text.push('-');
            }
            let (whole, part) = (number.unsigned_abs() / 10, number.unsigned_abs() % 10);
            if whole > 0 || part == 0 {
                let _ = write!(self.text, "{whole}");
            }
            if part > 0 {
                let _ = write!(self.text, ".{part}");
            }
        }
    }
}

fn tenths(x: f64, y: f64) -> (i64, i64) {
    let round = |x: f64| (x * 10.0).round() as i64;
    (round(x), round(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_from_the_one_before() {
        let mut path = Path::default();
        path.through([(1.0, 2.0), (19.0, 2.0), (19.0, 13.04), (18.5, 12.5)]);
        path.close();
        path.through([(3.0, 1.5), (3.0, 1.5)]);
        assert_eq!(path.text(), "M1 2h18v11l-.5-.5zm2-.5h0");
    }

    #[test]
    fn rounding_never_adds_up() {
        let mut path = Path::default();
        path.through((0..1000).map(|at| (f64::from(at) * 0.04, 0.0)));
        let steps = path.text().trim_start_matches("M0 0h").split('h');
        let sum: f64 = steps.map(|step| step.parse::<f64>().unwrap()).sum();
        assert!((sum - 40.0).abs() < 1e-9, "{sum}");
    }
}
