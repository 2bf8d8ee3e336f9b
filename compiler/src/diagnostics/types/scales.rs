//! Levels, scales and categories.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::quoted;
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    OtherScale::INFO,
    UnknownLevel::INFO,
    CategoriesHaveNoOrder::INFO,
    LevelNeedsContext::INFO,
];

cause! {
    /// levels of different scales are compared
    ///
    /// ## What it means
    ///
    /// Each scale has its own order of levels. The two sides of this comparison, or the cases of
    /// this choice, are levels of two different scales.
    ///
    /// ## Why it matters
    ///
    /// Whether "present" is more than "guarded" has no answer, even where two scales share a word.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hate_speech "Hate speech by officials" : assessment
    /// scale concern { low < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low otherwise,
    /// }
    /// signal words_before_deeds = hate_speech >= overall
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hate_speech "Hate speech by officials" : assessment
    /// scale concern { low < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low otherwise,
    /// }
    /// signal words_before_deeds = hate_speech >= emerging and overall is low
    /// ```
    Error "FW0204" OtherScale {
        left: Span,
        left_scale: String,
        right: Span,
        right_scale: String,
    }
}

impl OtherScale {
    fn words(&self) -> Diagnostic {
        let Self {
            left,
            left_scale,
            right,
            right_scale,
        } = self;
        Diagnostic::about(
            self,
            format!("levels of `{left_scale}` and of `{right_scale}` do not go together"),
            *right,
            format!("a level of `{right_scale}`"),
        )
        .mark(*left, format!("a level of `{left_scale}`"))
        .note("each scale has its own order, even where two of them share a word")
        .help("compare each with a level of its own scale, and join the two with `and` or `or`")
    }
}

cause! {
    /// a level that the scale does not have
    ///
    /// ## What it means
    ///
    /// The name is not one of the levels of the scale (or not one of the words of the category) that
    /// is meant here.
    ///
    /// ## Why it matters
    ///
    /// A rule about a level that is never given would never speak.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// signal alarm = overall >= elevatd
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// signal alarm = overall >= elevated
    /// ```
    Error "FW0205" UnknownLevel {
        name: String,
        span: Span,
        /// `scale` or `category`.
        scale_kind: &'static str,
        scale: String,
        declared: Span,
        known: Vec<String>,
        suggestion: Option<String>,
    }
}

impl UnknownLevel {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            scale_kind,
            scale,
            declared,
            known,
            suggestion,
        } = self;
        let title = format!("{scale_kind} `{scale}` has no `{name}`");
        let places = format!("`{scale}` has {}", quoted(known, "and"));
        // What the language brings with it is declared in no file.
        let declared = (*declared != Span::default()).then_some(*declared);
        match suggestion {
            Some(meant) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{meant}`?"))
                    .mark_if(declared, places)
                    .mend(
                        format!("replace it by `{meant}`"),
                        vec![(*span, meant.clone())],
                    )
            }
            None => Diagnostic::about(self, title, *span, "this word does not fit here")
                .mark_if(declared, "declared here")
                .help(places),
        }
    }
}

cause! {
    /// categories have no order
    ///
    /// ## What it means
    ///
    /// The words of a category stand side by side; none is more than another. They can be asked for
    /// with `is`, `is not` and `in {…}` only.
    ///
    /// ## Why it matters
    ///
    /// An order by spelling, or by the place in the list, would be an accident.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator region "Region" : category { west, central, east }
    /// signal in_scope = region >= central
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator region "Region" : category { west, central, east }
    /// signal in_scope = region in {central, east}
    /// ```
    Error "FW0207" CategoriesHaveNoOrder {
        span: Span,
        operator: Span,
        declared: Option<Span>,
    }
}

impl CategoriesHaveNoOrder {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "categories have no order",
            self.operator,
            "none of them is more or less than another",
        )
        .mark(self.span, "compares a category")
        .mark_if(self.declared, "declared here")
        .help("ask with `is`, or list those that count: `… in {west, central}`; for an order, declare a `scale`")
    }
}

cause! {
    /// a level that stands alone
    ///
    /// ## What it means
    ///
    /// The name of a level says something only beside a value that has a place on its scale, as in
    /// `overall is high` or `overall >= high`. Here it stands alone.
    ///
    /// ## Why it matters
    ///
    /// Several scales may have a level of the same name. What the rule asks would stay open.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low otherwise,
    /// }
    /// signal alarm = high
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low otherwise,
    /// }
    /// signal alarm = overall is high
    /// ```
    Error "FW0215" LevelNeedsContext {
        name: String,
        span: Span,
        /// The scales and categories that have it.
        scales: Vec<String>,
    }
}

impl LevelNeedsContext {
    fn words(&self) -> Diagnostic {
        let name = &self.name;
        Diagnostic::about(
            self,
            format!("`{name}` is the name of a level and says nothing alone"),
            self.span,
            if self.scales.is_empty() {
                "nothing is compared with it".to_owned()
            } else {
                format!("a level of {}", quoted(&self.scales, "and"))
            },
        )
        .help(format!(
            "ask whether something stands there: `… is {name}` or `… >= {name}`"
        ))
    }
}
