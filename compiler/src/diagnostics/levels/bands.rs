//! Neighbouring bands of a score: without a score, overlapping, with a hole between them.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0508 BandsWithoutScore {
        name: String,
        span: Span,
        arm: Span,
    }
}

impl BandsWithoutScore {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` has bands, but no score to put into them", self.name),
            self.arm,
            "a band of what?",
        )
        .mark(self.span, "no score is named here")
        .help(format!(
            "name the score behind the scale: `level {} : … from my_score {{`",
            self.name
        ))
    }
}

cause! {
    FW0516 BandsOverlap {
        /// The band with the lower values, and where it ends.
        first: Span,
        first_high: String,
        /// Its end is written `..<`.
        half_open: bool,
        /// The band with the higher values, and where it starts.
        second: Span,
        second_low: String,
    }
}

impl BandsOverlap {
    fn words(&self) -> Diagnostic {
        let Self {
            first,
            first_high,
            half_open,
            second,
            second_low,
        } = self;
        let shared = first_high == second_low;
        let title = if shared {
            format!("two bands share the value {first_high}")
        } else {
            format!("the bands overlap between {second_low} and {first_high}")
        };
        let edits = ends_before(*first, first_high, *half_open, second_low);
        Diagnostic::about(self, title, *first, format!("ends at {first_high}"))
            .mark(*second, format!("starts at {second_low}"))
            .note(format!("a value of {second_low} would have two levels"))
            .mend(
                format!("end the first band before the second begins: `..<{second_low}`"),
                edits,
            )
    }
}

cause! {
    FW0517 BandsHole {
        /// The band with the lower values, and where it ends.
        first: Span,
        first_high: String,
        /// Its end is written `..<`.
        half_open: bool,
        /// The band with the higher values, and where it starts.
        second: Span,
        second_low: String,
        /// A value in the hole.
        example: String,
        /// The score rounded so that it has no value in the hole.
        rounded: Option<String>,
        /// Levels of the scale between the two that have no band.
        left_out: Vec<String>,
    }
}

impl BandsHole {
    fn words(&self) -> Diagnostic {
        let Self {
            first,
            first_high,
            half_open,
            second,
            second_low,
            example,
            rounded,
            left_out,
        } = self;
        let diagnostic = if first_high == second_low {
            Diagnostic::about(
                self,
                format!("no band holds the value {first_high}"),
                *first,
                format!("ends just before {first_high}"),
            )
            .mark(*second, format!("starts just above {second_low}"))
        } else {
            Diagnostic::about(
                self,
                format!("the bands leave a hole between {first_high} and {second_low}"),
                *first,
                format!("ends at {first_high}"),
            )
            .mark(*second, format!("starts at {second_low}"))
        };
        let diagnostic = diagnostic.note(format!("a score of {example} would have no level"));
        if let ([level], true) = (left_out.as_slice(), first.start < second.start) {
            let band = format!("{level} in {first_high}..<{second_low}");
            let behind = Span {
                start: first.end,
                ..*first
            };
            return diagnostic.mend(
                format!("`{level}` of the scale has no band, and may belong here: `{band}`"),
                vec![(behind, format!(",\n  {band}"))],
            );
        }
        let ends = ends_before(*first, first_high, *half_open, second_low);
        let begins = begins_at(*second, second_low, first_high);
        let help = if *half_open {
            format!("or let the first end with `..<{second_low}`")
        } else {
            let bands = format!("write half-open bands: let the first end with `..<{second_low}`");
            match rounded {
                Some(rounded) => format!("{bands}; or round the score first: `from {rounded}`"),
                None => bands,
            }
        };
        // Who writes half-open bands knows how to let them meet: one of the two numbers is another one.
        if *half_open {
            diagnostic
                .mend(
                    format!("let the second begin where the first ends, at {first_high}"),
                    begins,
                )
                .mend(help, ends)
        } else {
            diagnostic.mend(help, ends)
        }
    }
}

/// The edit that lets a band end just before a value. The band's words end with its edge, so that a plain
/// number there can be exchanged.
fn ends_before(band: Span, edge: &str, half_open: bool, value: &str) -> Vec<(Span, String)> {
    let sign = if half_open { "" } else { "<" };
    edge_of(band, edge)
        .filter(|_| is_number(value))
        .map(|place| (place, format!("{sign}{value}")))
        .into_iter()
        .collect()
}

/// The edit that lets a band begin at a value. The band's words begin with its edge.
fn begins_at(band: Span, edge: &str, value: &str) -> Vec<(Span, String)> {
    let length = u32::try_from(edge.len()).ok();
    let end = length.and_then(|length| band.start.checked_add(length));
    end.filter(|_| is_number(edge) && is_number(value))
        .map(|end| (Span { end, ..band }, value.to_owned()))
        .into_iter()
        .collect()
}

/// Where the plain number stands with which a band ends.
pub(super) fn edge_of(band: Span, edge: &str) -> Option<Span> {
    let length = u32::try_from(edge.len()).ok()?;
    let start = band.end.checked_sub(length)?;
    is_number(edge).then_some(Span { start, ..band })
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"._%-".contains(&byte))
}
