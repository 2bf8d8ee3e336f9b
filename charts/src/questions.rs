//! What was open before: the interval then, and where that same period stands now.

use crate::canvas::{Anchor, Canvas, SIZE};
use crate::color::{FAINT, INK, PAPER};
use crate::text::fitted;
use crate::{Between, Graphic, Look, Table, WIDTH};

const ROW: f64 = 22.0;

#[derive(Clone, Debug)]
pub struct Question {
    pub entity: String,
    pub then: Between,
    /// Where it stands by now; an interval is still open.
    pub now: Option<Between>,
    /// `guarded to high`
    pub then_said: String,
    /// `now known: elevated`, `still open`
    pub said: String,
}

#[derive(Clone, Debug)]
pub struct Questions<'a> {
    pub of: usize,
    pub questions: &'a [Question],
    pub says: &'a str,
    pub head: [&'a str; 3],
}

impl Questions<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let (left, across) = (200.0, 240.0);
        let column = across / self.of.max(1) as f64;
        let height = 4.0 + ROW * self.questions.len() as f64;
        let mut canvas = Canvas::new(WIDTH, height, look);
        for (row, question) in self.questions.iter().enumerate() {
            let y = 4.0 + ROW * row as f64;
            let name = fitted(&question.entity, SIZE, left - 12.0);
            canvas.text(left - 10.0, y + 12.0, Anchor::End, &name);
            for at in 0..self.of {
                canvas.rect(left + column * at as f64, y, column, 14.0, PAPER, FAINT);
            }
            let then = question.then;
            let x = left + column * then.least as f64;
            canvas.hatched(x, y, column * then.width() as f64, 14.0);
            if let Some(now) = question.now.filter(|now| now.is_known()) {
                let x = left + column * (now.least as f64 + 0.5);
                canvas.circle(x, y + 7.0, 5.5, INK, PAPER);
            }
            let said = fitted(&question.said, SIZE, WIDTH - left - across - 14.0);
            canvas.text(left + across + 12.0, y + 12.0, Anchor::Start, &said);
        }
        let rows = self
            .questions
            .iter()
            .map(|one| vec![one.entity.clone(), one.then_said.clone(), one.said.clone()]);
        let rows = rows.collect();
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&self.head, rows),
        }
    }
}
