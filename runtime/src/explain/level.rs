//! Which clause of a level decided, which almost did, and where a score stands among bands.

use forewarn_plan::alerts::Answer;
use forewarn_plan::digits;
use forewarn_plan::{BandParts, Declaration, Value};

use super::reason::Teller;
use super::tree::{Bands, Clause, How, Reason, Shown};

impl<'e> Teller<'e> {
    pub(super) fn level(
        &mut self,
        reason: &mut Reason,
        declaration: &'e Declaration,
        depth: usize,
    ) {
        let Value::Level { names, .. } = &declaration.value else {
            return;
        };
        if let Some(bands) = &declaration.bands {
            self.bands(reason, bands, depth);
            return;
        }
        if declaration.clauses.is_empty() && declaration.outline.is_some() {
            self.expression(reason, declaration, depth);
            return;
        }
        let outlines = declaration
            .clauses
            .iter()
            .filter_map(|clause| clause.outline);
        reason.params = self.params_of(outlines);
        let mut decided = false;
        let mut clauses = Vec::with_capacity(declaration.clauses.len());
        for clause in &declaration.clauses {
            let answer = match clause.condition {
                None => Answer::Yes,
                Some(condition) => match self.truth(condition) {
                    Some(true) => Answer::Yes,
                    Some(false) => Answer::No,
                    None => Answer::Unknown,
                },
            };
            let decides = answer == Answer::Yes && !decided;
            let failed = clause.outline.filter(|_| answer == Answer::No && !decided);
            let nearest = failed.and_then(|condition| self.nearest(condition));
            decided |= decides;
            clauses.push(Clause {
                position: clause.position as usize,
                place: names
                    .get(clause.position as usize)
                    .cloned()
                    .unwrap_or_default(),
                text: match clause.condition {
                    Some(_) => clause.words.to_string(),
                    None => String::new(),
                },
                condition: clause
                    .outline
                    .and_then(|outline| self.outline(outline))
                    .map_or(String::new(), |outline| self.words(outline)),
                answer,
                decides,
                nearest,
            });
            // Clauses after the one that decides are not asked.
            if let Some(condition) = clause.outline.filter(|_| !decided || decides) {
                let part = self.term(condition, depth);
                reason.because.push(part);
            }
        }
        reason.how = How::Clauses(clauses);
    }

    /// A level over a score: the highest band whose lower end the score reaches.
    fn bands(&mut self, reason: &mut Reason, parts: &'e BandParts, depth: usize) {
        let bands: Vec<(f64, usize)> = parts
            .bands
            .iter()
            .map(|band| {
                let low = band.low.map_or(f64::NEG_INFINITY, |low| self.number(low));
                (low, band.position as usize)
            })
            .collect();
        let score = self.number(parts.score);
        let own = bands
            .iter()
            .rposition(|(low, _)| digits::is_at_most(*low, score));
        let of = parts.outline.and_then(|of| self.outline(of));
        let of = of.map_or(
            Shown::Number {
                value: score,
                unit: String::new(),
            },
            |of| self.value(of),
        );
        reason.how = How::Bands(Bands {
            score,
            of,
            bands,
            own,
        });
        if let Some(of) = parts.outline {
            reason.params = self.params_of([of]);
            self.leaves(of, depth, &mut reason.because);
        }
    }
}
