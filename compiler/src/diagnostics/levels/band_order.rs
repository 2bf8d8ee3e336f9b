//! All bands of a level together: their order, and how far they reach along the score.

use super::super::Diagnostic;
use super::super::wording::{is_open, range};
use super::bands::{edge_of, is_number};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0518 BandOutsideRange {
        band: Span,
        low: String,
        high: String,
        /// Further bands of the same level that it does not reach.
        others: Vec<Span>,
        score_low: String,
        score_high: String,
        score: Span,
        /// The score in hundredths, where the bands are.
        hundred: Option<String>,
    }
}

impl BandOutsideRange {
    fn words(&self) -> Diagnostic {
        let band = range(&self.low, &self.high);
        let score = range(&self.score_low, &self.score_high);
        let title = match self.others.len() {
            0 => format!("the score never reaches this band: it lies in {score}"),
            more => format!(
                "the score never reaches {} of these bands: it lies in {score}",
                more + 1
            ),
        };
        let told = Diagnostic::about(
            self,
            title,
            self.band,
            format!("no value of the score lies in {band}"),
        );
        let others = self.others.iter();
        let told = others.fold(told, |told, other| told.mark(*other, "nor in this one"));
        let told = told.mark(self.score, format!("lies in {score}"));
        match &self.hundred {
            Some(hundred) => told
                .mend(
                    format!("if the bands are in hundredths, let the score be, too: `{hundred}`"),
                    vec![(self.score, hundred.clone())],
                )
                .help(format!("or write the bands in {score}")),
            None => told.help("correct the band, or the declared range of the score"),
        }
    }
}

cause! {
    FW0519 BandsOutOfOrder {
        first: Span,
        second: Span,
        /// Both are bands of this level.
        same: Option<String>,
        /// The words of both, where exchanging them brings the bands into order.
        exchange: Option<(String, String)>,
    }
}

impl BandsOutOfOrder {
    fn words(&self) -> Diagnostic {
        if let Some(level) = &self.same {
            return Diagnostic::about(
                self,
                format!("`{level}` has two bands"),
                self.second,
                "given by this one too",
            )
            .mark(self.first, "given by this one")
            .help("give one of the two another level, or make one band of both");
        }
        if let Some((first, second)) = &self.exchange {
            return Diagnostic::about(
                self,
                "the bands do not follow the order of the scale",
                self.second,
                "this lies below the one before",
            )
            .mark(self.first, "compared with this one")
            .note("a rising score would first raise the level and then lower it, or the other way round")
            .mend(
                format!("exchange the two: `{second}` and then `{first}`"),
                vec![(self.first, second.clone()), (self.second, first.clone())],
            );
        }
        Diagnostic::about(
            self,
            "the bands do not follow the order of the scale",
            self.second,
            "this one is out of order",
        )
        .mark(self.first, "compared with this one")
        .note(
            "a rising score would first raise the level and then lower it, or the other way round",
        )
        .help("exchange the levels of the two bands, or correct their edges")
    }
}

/// Weights by which a score leaves the range of what it is made of.
#[derive(Clone, Debug)]
pub struct OddWeights {
    pub place: Span,
    /// ``the weight of `weak` is -2``
    pub says: String,
    pub help: String,
}

cause! {
    FW0520 BandsDoNotReach {
        /// The outermost band.
        band: Span,
        /// Where it ends.
        edge: String,
        score: Span,
        /// How far the score goes.
        bound: String,
        /// Whether this is the lower end.
        low_end: bool,
        /// It is written `..<`.
        half_open: bool,
        /// The other end of that band.
        other: String,
        /// The operand that the score has this end from, and what is said of it.
        from: Option<(Span, String)>,
        /// Weights that push the score out of its bands.
        weights: Option<OddWeights>,
    }
}

impl BandsDoNotReach {
    fn words(&self) -> Diagnostic {
        let Self {
            band,
            other,
            from,
            edge,
            score,
            bound,
            low_end,
            half_open,
            weights,
        } = self;
        let unbounded = is_open(bound);
        // With the author's own number, where the band has one.
        let other = if is_open(other) { "" } else { other.as_str() };
        let sign = if other.is_empty() { ".." } else { "..<" };
        let (verb, far, help) = match (low_end, unbounded) {
            (true, true) => (
                "begin",
                "has no lower end".to_owned(),
                format!(
                    "leave the lower end of the first band open (`{sign}{other}`), or cut the score \
                     with `clamp`"
                ),
            ),
            (true, false) => (
                "begin",
                format!("goes down to {bound}"),
                format!("let the bands begin with `{bound}..`"),
            ),
            (false, true) => (
                "end",
                "has no upper end".to_owned(),
                format!(
                    "leave the upper end of the last band open (`{other}..`), or cut the score \
                     with `clamp`"
                ),
            ),
            (false, false) => (
                "end",
                format!("goes up to {bound}"),
                format!("let the bands end with `..{bound}`"),
            ),
        };
        let end = edge_of(*band, edge).filter(|_| !*low_end && !unbounded && is_number(bound));
        let edits = end
            .and_then(|end| {
                let start = end.start.checked_sub(u32::from(*half_open))?;
                Some((Span { start, ..end }, bound.clone()))
            })
            .into_iter()
            .collect();
        // `5..<10` under a score that reaches 10 exactly.
        let place = if edge == bound {
            format!("just short of {edge}")
        } else {
            format!("at {edge}")
        };
        if let Some(weights) = weights {
            return Diagnostic::about(
                self,
                format!(
                    "{}: the score {far}, and its bands {verb} {place}",
                    weights.says
                ),
                weights.place,
                weights.says.clone(),
            )
            .mark(*band, format!("{verb}s {place}"))
            .mark(*score, far)
            .help(weights.help.clone());
        }
        Diagnostic::about(
            self,
            format!("the bands {verb} {place}, but the score {far}"),
            *band,
            format!("{verb}s {place}"),
        )
        .mark(*score, far)
        .mark_if(
            from.as_ref().map(|from| from.0),
            from.as_ref().map_or("", |from| &from.1),
        )
        .note("a score beyond the bands would have no level")
        .mend(help, edits)
    }
}
