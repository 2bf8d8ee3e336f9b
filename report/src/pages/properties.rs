//! What a method claims of itself, and what of it is proved.

use super::Writer;
use crate::document::{Block, ReportCell, Table};
use crate::rich::Rich;

impl Writer<'_> {
    pub fn claims(&self, blocks: &mut Vec<Block>) {
        let claims = &self.options.claims;
        if claims.is_empty() {
            return;
        }
        self.heading(blocks, "claims");
        let rows = claims.iter().map(|claim| {
            let cites = Rich::value(claim.cites.join("; "));
            let proof = self.say.word(if claim.proved {
                "claim_proved"
            } else {
                "claim_open"
            });
            vec![
                ReportCell::from(claim.label.clone()),
                ReportCell::Text(Rich::code(claim.text.clone()).and(" · ", cites)),
                ReportCell::Text(proof),
            ]
        });
        blocks.push(Block::Table(Table {
            caption: self.text("claims_caption"),
            head: ["claim", "claim_words", "claim_stands"]
                .map(|key| self.text(key))
                .to_vec(),
            rows: rows.collect(),
        }));
    }
}
