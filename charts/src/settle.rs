//! What would settle an open level: for each missing indicator, where the level would stand if it were at its
//! least and at its most alarming end.

use crate::canvas::{Anchor, Canvas, SIZE};
use crate::color::FAINT;
use crate::text::{fitted, two_lines};
use crate::{Between, Graphic, Look, Table, WIDTH};

/// No more indicators are drawn.
pub const MOST: usize = 5;

/// A missing indicator, tried at both ends.
#[derive(Clone, Debug)]
pub struct Trial {
    pub label: String,
    /// `if lowest`, and where the level stands then.
    pub least: (String, Between),
    pub most: (String, Between),
    /// What the two are in words.
    pub said: [String; 2],
    /// `settles 3 of 5 · market monitors, last Sep 2025`
    pub note: String,
}

#[derive(Clone, Debug)]
pub struct Settle<'a> {
    pub levels: &'a [String],
    /// The word, where it stands now, and that in words.
    pub now: (&'a str, Between, &'a str),
    /// Those that exclude most first.
    pub trials: &'a [Trial],
    pub says: &'a str,
    /// Of the table: the indicator, at its least, at its most, the note.
    pub head: [&'a str; 4],
}

impl Settle<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let (left, right) = (210.0, 170.0);
        let levels = self.levels.len().max(1) as f64;
        let column = (WIDTH - left - right) / levels;
        let trials = self.trials.iter().take(MOST);
        let height = 48.0 + 40.0 * trials.len() as f64;
        let mut canvas = Canvas::new(WIDTH, height, look);
        for (at, name) in self.levels.iter().enumerate() {
            let x = left + column * at as f64;
            canvas.line((x, 18.0), (x, height - 4.0), FAINT, 1.0);
            let name = fitted(name, 11.0, column - 2.0);
            canvas.small(x + column / 2.0, 13.0, Anchor::Middle, &name);
        }
        canvas.line(
            (WIDTH - right, 18.0),
            (WIDTH - right, height - 4.0),
            FAINT,
            1.0,
        );
        let bar = |canvas: &mut Canvas, y: f64, at: Between| {
            let x = left + column * at.least as f64 + 2.0;
            canvas.hatched(x, y, column * at.width() as f64 - 4.0, 10.0);
        };
        let (word, now, _) = self.now;
        canvas.bold(left - 10.0, 34.0, Anchor::End, word);
        bar(&mut canvas, 25.0, now);
        for (at, trial) in trials.enumerate() {
            let y = 48.0 + 40.0 * at as f64;
            let least = format!("{} {}", trial.label, trial.least.0);
            let room = left - 14.0;
            let first = fitted(
                &trial.label,
                SIZE,
                room - crate::text::width(&trial.least.0) * SIZE - 6.0,
            );
            let first = if first == trial.label {
                least
            } else {
                format!("{first} {}", trial.least.0)
            };
            canvas.text(left - 10.0, y + 10.0, Anchor::End, &first);
            canvas.text(left - 10.0, y + 26.0, Anchor::End, &trial.most.0);
            bar(&mut canvas, y, trial.least.1);
            bar(&mut canvas, y + 16.0, trial.most.1);
            for (line, text) in two_lines(&trial.note, 11.0, right - 12.0)
                .iter()
                .enumerate()
            {
                let y = y + 10.0 + 14.0 * line as f64;
                canvas.small(WIDTH - right + 8.0, y, Anchor::Start, text);
            }
        }
        let rows = self.trials.iter().map(|trial| {
            let [least, most] = trial.said.clone();
            vec![trial.label.clone(), least, most, trial.note.clone()]
        });
        let rows = rows.collect();
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&self.head, rows),
        }
    }
}
