//! What follows a declaration: which words fit where, each once.

use forewarn_grammar::ast::{Attr, AttrKind, Expr, Name, PeriodLit, Text};

use super::context::{Checker, Numbered};
use crate::diagnostics::evidence::{CodeTwice, SeenNotConfirmed};
use crate::diagnostics::names::{AttributeNotHere, AttributeTwice, UnknownWord};
use crate::plan::Provenance;
use crate::source::Span;

/// The attributes of one declaration, sorted out.
#[derive(Default)]
pub(super) struct Attributes<'t> {
    pub cites: Vec<String>,
    pub column: Option<&'t Text>,
    pub source: Option<&'t Name>,
    pub on_violation: Option<&'t Name>,
    pub protective: bool,
    pub optional: bool,
    pub missing_means: Option<&'t Expr>,
    pub carry_forward: Option<(&'t Expr, Span)>,
    pub expires: Option<(&'t Expr, Span)>,
    pub applies: Option<&'t Expr>,
    /// The words of cells that say that there is no such value, and the whole attribute.
    pub inapplicable: Option<(&'t [Text], Span)>,
    pub changeable: bool,
    /// What a change costs.
    pub cost: Option<&'t Expr>,
    pub review: Option<&'t PeriodLit>,
    pub polarity: Option<&'t Name>,
    /// The column that says whether an observation was verified, and the whole attribute.
    pub verification: Option<(&'t Text, Span)>,
    pub code: Option<&'t Text>,
    pub provenance: Option<Provenance>,
    pub seen: Option<&'t Text>,
}

/// Words that a source and what flows from it can carry, from open to closed.
pub(super) const CLASSIFICATIONS: &[&str] = &["public", "restricted", "confidential"];

const PUBLISHED: &[&str] = &["cite", "classification", "allow", "hindsight"];
const INDICATOR: &[&str] = &[
    "cite",
    "classification",
    "allow",
    "column",
    "from",
    "polarity",
    "nature",
    "code",
    "provenance",
    "seen",
    "verification",
    "optional",
    "missing means",
    "on violation",
    "carry forward",
    "expires after",
    "applies when",
    "applies unless written",
    "changeable",
];
const FACTOR: &[&str] = &[
    "cite",
    "classification",
    "allow",
    "hindsight",
    "nature",
    "code",
    "provenance",
    "seen",
    "applies when",
];
const PARAM: &[&str] = &["cite", "allow", "review"];
const PLAIN: &[&str] = &["cite", "allow"];
const SOURCE: &[&str] = &[
    "cite",
    "classification",
    "license",
    "url",
    "updated",
    "allow",
];

/// The word an attribute starts with, and what it belongs to.
fn word(kind: &AttrKind) -> (&'static str, &'static str) {
    match kind {
        AttrKind::Cite(_) => ("cite", "a declaration of the method"),
        AttrKind::Column(_) => ("column", "an indicator"),
        AttrKind::From(_) => ("from", "an indicator"),
        AttrKind::License(_) => ("license", "a source"),
        AttrKind::Url(_) => ("url", "a source"),
        AttrKind::Updated(_) => ("updated", "a source"),
        AttrKind::Classification(_) => ("classification", "a source or a published declaration"),
        AttrKind::Polarity(_) => ("polarity", "an indicator"),
        AttrKind::Nature(_) => ("nature", "an indicator or a factor"),
        AttrKind::Optional => ("optional", "an indicator"),
        AttrKind::MissingMeans { .. } => ("missing means", "an indicator"),
        AttrKind::OnViolation(_) => ("on violation", "an indicator"),
        AttrKind::CarryForward(_) => ("carry forward", "an indicator"),
        AttrKind::Changeable(_) => ("changeable", "an indicator"),
        AttrKind::Hindsight => ("hindsight", "a published declaration"),
        AttrKind::AppliesWhen(_) => ("applies when", "an indicator or a factor"),
        AttrKind::AppliesUnless(_) => ("applies unless written", "an indicator"),
        AttrKind::Expires(_) => ("expires after", "an indicator"),
        AttrKind::Code(_) => ("code", "an indicator or a factor"),
        AttrKind::Provenance { .. } => ("provenance", "an indicator or a factor"),
        AttrKind::Seen(_) => ("seen", "an indicator or a factor"),
        AttrKind::Verification(_) => ("verification", "an indicator"),
        AttrKind::Review(_) => ("review", "a param"),
        AttrKind::Because(_) => ("because", "a declaration, once"),
        AttrKind::Allow { .. } => ("allow", "a declaration"),
    }
}

impl Checker<'_, '_> {
    pub fn indicator_attributes<'t>(&mut self, attrs: &'t [Attr], own: Span) -> Attributes<'t> {
        let attributes = self.attributes(attrs, "an indicator", own, INDICATOR);
        self.keep_code(&attributes);
        attributes
    }

    pub fn factor_attributes<'t>(&mut self, attrs: &'t [Attr], own: Span) -> Attributes<'t> {
        let attributes = self.attributes(attrs, "a factor", own, FACTOR);
        self.keep_code(&attributes);
        attributes
    }

    pub fn param_attributes<'t>(&mut self, attrs: &'t [Attr], own: Span) -> Attributes<'t> {
        self.attributes(attrs, "a param", own, PARAM)
    }

    pub fn published_attributes<'t>(
        &mut self,
        attrs: &'t [Attr],
        what: &str,
        own: Span,
    ) -> Attributes<'t> {
        self.attributes(attrs, what, own, PUBLISHED)
    }

    pub fn plain_attributes(&mut self, attrs: &[Attr], what: &str, own: Span) {
        self.attributes(attrs, what, own, PLAIN);
    }

    /// What is cited for a property.
    pub fn property_attributes(&mut self, attrs: &[Attr], own: Span) -> Vec<String> {
        self.attributes(attrs, "a property", own, PLAIN).cites
    }

    pub fn source_properties(&mut self, attrs: &[Attr], own: Span) {
        self.attributes(attrs, "a source", own, SOURCE);
    }

    fn attributes<'t>(
        &mut self,
        attrs: &'t [Attr],
        what: &str,
        declaration: Span,
        fitting: &[&str],
    ) -> Attributes<'t> {
        let mut sorted = Attributes::default();
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for attr in attrs {
            let (name, belongs) = word(&attr.kind);
            let span = self.at(attr.span);
            if !fitting.contains(&name) {
                self.reports.add(AttributeNotHere {
                    attribute: name.to_owned(),
                    what: what.to_owned(),
                    span,
                    declaration,
                    belongs: belongs.to_owned(),
                });
                continue;
            }
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == name)
                && !matches!(name, "cite" | "allow")
            {
                let first = *first;
                let alike = self.sources.slice(first) == self.sources.slice(span);
                self.reports.add(AttributeTwice {
                    attribute: name.to_owned(),
                    first,
                    second: span,
                    alike,
                });
                continue;
            }
            seen.push((name, span));
            match &attr.kind {
                AttrKind::Cite(text) => sorted.cites.push(text.value.clone()),
                AttrKind::Column(text) => sorted.column = Some(text),
                AttrKind::From(source) => sorted.source = Some(source),
                AttrKind::Classification(word) => {
                    self.one_of("classification", word, CLASSIFICATIONS);
                }
                AttrKind::Polarity(word) => {
                    if self.one_of("polarity", word, &["harmful", "protective"]) {
                        sorted.polarity = Some(word);
                    }
                    sorted.protective = word.text == "protective";
                }
                AttrKind::Nature(word) => {
                    self.one_of("nature", word, &["structural", "dynamic", "trigger"]);
                }
                AttrKind::OnViolation(word) => {
                    if self.one_of("on violation", word, &["missing", "clamp", "reject"]) {
                        sorted.on_violation = Some(word);
                    }
                }
                AttrKind::Review(period) => sorted.review = Some(period),
                AttrKind::Optional => sorted.optional = true,
                AttrKind::MissingMeans { value, .. } => sorted.missing_means = Some(value),
                AttrKind::CarryForward(value) => sorted.carry_forward = Some((value, span)),
                AttrKind::Changeable(cost) => {
                    sorted.changeable = true;
                    sorted.cost = cost.as_deref();
                }
                AttrKind::AppliesWhen(condition) => sorted.applies = Some(condition),
                AttrKind::AppliesUnless(words) => sorted.inapplicable = Some((words, span)),
                AttrKind::Expires(value) => sorted.expires = Some((value, span)),
                AttrKind::Provenance { word, part } => {
                    sorted.provenance = self.provenance(word, part.as_ref());
                }
                AttrKind::Seen(text) => sorted.seen = Some(text),
                AttrKind::Verification(column) => sorted.verification = Some((column, span)),
                AttrKind::Code(code) => sorted.code = Some(code),
                // Read where all is checked (`hindsight`).
                AttrKind::Hindsight
                | AttrKind::Because(_)
                | AttrKind::License(_)
                | AttrKind::Url(_)
                | AttrKind::Updated(_)
                | AttrKind::Allow { .. } => {}
            }
        }
        sorted
    }

    /// Keeps a code of a publication; one that another declaration has is told.
    fn keep_code(&mut self, attributes: &Attributes<'_>) {
        let code = attributes.code.map(|code| code.value.clone());
        if let (Some(code), Some(text)) = (&code, attributes.code) {
            let second = self.at(text.span);
            match self.codes.get(code).copied() {
                Some(first) => self.reports.add(CodeTwice {
                    code: code.clone(),
                    first,
                    second,
                }),
                None => drop(self.codes.insert(code.clone(), second)),
            }
        }
        let is_confirmed = match attributes.provenance {
            Some(Provenance::Confirmed | Provenance::ConfirmedInPart) => true,
            Some(Provenance::Recalled) | None => false,
        };
        if let Some(text) = attributes.seen.filter(|_| !is_confirmed) {
            let span = self.at(text.span);
            self.reports.add(SeenNotConfirmed { span });
        }
        let seen = attributes.seen.map(|text| text.value.clone());
        self.numbered = Numbered {
            code,
            provenance: attributes.provenance,
            seen,
        };
    }

    /// `confirmed`, `confirmed in part`, `recalled`, or told.
    fn provenance(&mut self, word: &Name, part: Option<&Name>) -> Option<Provenance> {
        const KNOWN: &[&str] = &["confirmed", "confirmed in part", "recalled"];
        let provenance = match (word.text.as_str(), part.map(|part| part.text.as_str())) {
            ("confirmed", None) => Provenance::Confirmed,
            ("confirmed", Some("part")) => Provenance::ConfirmedInPart,
            ("recalled", None) => Provenance::Recalled,
            _ => {
                let whole = part.map_or(word.span, |part| word.span.to(part.span));
                let span = self.at(whole);
                self.reports.add(UnknownWord {
                    what: "provenance".to_owned(),
                    word: self.sources.slice(span).to_owned(),
                    span,
                    known: KNOWN.to_vec(),
                });
                return None;
            }
        };
        Some(provenance)
    }

    /// One of a few words, or told.
    fn one_of(&mut self, what: &str, word: &Name, known: &[&'static str]) -> bool {
        let fits = known.contains(&word.text.as_str());
        if !fits {
            self.reports.add(UnknownWord {
                what: what.to_owned(),
                word: word.text.clone(),
                span: self.at(word.span),
                known: known.to_vec(),
            });
        }
        fits
    }
}
