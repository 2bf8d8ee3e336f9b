//! Changes of an extended framework, each with its target and its reason.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NoReason::INFO,
    UnknownTarget::INFO,
    OtherKind::INFO,
    FinalTouched::INFO,
    UnitChanged::INFO,
    DroppedButNeeded::INFO,
    ChangeWithoutBase::INFO,
    PlainInOverlay::INFO,
    AlreadyThere::INFO,
];

cause! {
    /// a change without a reason
    ///
    /// ## What it means
    ///
    /// `override`, `replace`, `add` and `drop` change what another framework says, and each says why.
    ///
    /// ## Why it matters
    ///
    /// Whoever compares two frameworks, or their results, has to know which differences are meant.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1401" NoReason {
        change: &'static str,
        span: Span,
    }
}

impl NoReason {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("this `{}` does not say why", self.change),
            self.span,
            "what is the reason?",
        )
        .note("every difference from an extended framework carries its reason into results and reports")
        .help("write the reason behind it: `because \"Decision 4 of the ministers\"`")
    }
}

cause! {
    /// a change of something that is not there
    ///
    /// ## What it means
    ///
    /// The extended framework declares nothing of that name and kind.
    ///
    /// ## Why it matters
    ///
    /// The change would change nothing, and look as if it did.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_treshold = 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1402" UnknownTarget {
        /// `param`, `member of `armed_conflict``
        what: String,
        name: String,
        span: Span,
        suggestion: Option<String>,
    }
}

impl UnknownTarget {
    fn words(&self) -> Diagnostic {
        let title = format!("there is no {} `{}` to change", self.what, self.name);
        match &self.suggestion {
            Some(near) => {
                Diagnostic::about(self, title, self.span, format!("did you mean `{near}`?"))
            }
            None => Diagnostic::about(self, title, self.span, "not declared by what is extended"),
        }
        .help("`forewarn tree` shows what the extended framework declares")
    }
}

cause! {
    /// a change of another kind of declaration
    ///
    /// ## What it means
    ///
    /// The change names one kind of declaration, and what has that name is another.
    ///
    /// ## Why it matters
    ///
    /// A signal in the place of a score would change the meaning of everything that reads it.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war = 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1403" OtherKind {
        name: String,
        found: &'static str,
        wanted: String,
        span: Span,
        declared: Span,
    }
}

impl OtherKind {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` is a {}, not a {}", self.name, self.found, self.wanted),
            self.span,
            format!("changed as a {}", self.wanted),
        )
        .mark(self.declared, format!("declared as a {}", self.found))
        .help(format!(
            "write `replace {} {} …` to put another in its place",
            self.found, self.name
        ))
    }
}

cause! {
    /// a change of what is closed
    ///
    /// ## What it means
    ///
    /// What is `final` cannot be changed by those who extend the framework. Where a framework marks what is
    /// `open`, everything else is closed.
    ///
    /// ## Why it matters
    ///
    /// The framework's authors say what must be the same everywhere for results to be comparable.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// final param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// open param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1404" FinalTouched {
        name: String,
        span: Span,
        declared: Span,
        is_final: bool,
    }
}

impl FinalTouched {
    fn words(&self) -> Diagnostic {
        let (title, label) = if self.is_final {
            (format!("`{}` is final", self.name), "declared final here")
        } else {
            (
                format!("`{}` is not open to change", self.name),
                "not marked `open`, as other declarations of this framework are",
            )
        };
        Diagnostic::about(self, title, self.span, "changed here")
            .mark(self.declared, label)
            .note("its authors want it to be the same wherever the framework is used")
            .help("leave it as it is and add a declaration of your own beside it, or ask them to open it")
    }
}

cause! {
    /// a change of kind or unit
    ///
    /// ## What it means
    ///
    /// What takes the place of a declaration has another kind or unit than the declaration.
    ///
    /// ## Why it matters
    ///
    /// Everything that reads the declaration was written for the old kind and unit.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 people because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// unit people
    /// unit deaths
    /// panel country by year
    /// indicator deaths "Conflict deaths" : deaths in 0..
    /// param war_threshold = 1000 deaths
    /// signal war "War" = deaths >= war_threshold
    /// param crowd = 100 people
    /// indicator present : people in 0..
    /// signal crowded = present > crowd
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 deaths because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// unit deaths
    /// panel country by year
    /// indicator deaths "Conflict deaths" : deaths in 0..
    /// param war_threshold = 1000 deaths
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1405" UnitChanged {
        name: String,
        /// As people read them.
        was: String,
        is: String,
        span: Span,
        declared: Span,
    }
}

impl UnitChanged {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "`{}` is {} and would become {}",
                self.name, self.was, self.is
            ),
            self.span,
            format!("this is {}", self.is),
        )
        .mark(self.declared, format!("this is {}", self.was))
        .note("what reads it was written for the old kind and unit")
        .help("keep the kind and unit, or add a declaration of another name")
    }
}

cause! {
    /// something dropped that is still needed
    ///
    /// ## What it means
    ///
    /// A declaration is dropped, and others that stay still read it.
    ///
    /// ## Why it matters
    ///
    /// Without it they have no meaning. What they should do instead is a choice of method, which the tool does
    /// not make.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// drop indicator deaths because "No such data in the region"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// drop indicator deaths because "No such data in the region"
    /// drop signal war because "It rests on deaths"
    /// drop param war_threshold because "It rests on deaths"
    /// add indicator fatalities "Fatalities" : number in 0.. because "The region's own data"
    /// add signal fighting "Fighting" = fatalities >= 500 because "In place of war"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1406" DroppedButNeeded {
        what: String,
        name: String,
        declared: Span,
        dropped: Span,
        /// Who needs it: the declaration's words, where it does, and what would settle it.
        needs: Vec<(String, Span, String)>,
    }
}

impl DroppedButNeeded {
    fn words(&self) -> Diagnostic {
        let title = match self.needs.as_slice() {
            [(who, _, _)] => format!(
                "the {} `{}` is dropped, and {who} needs it",
                self.what, self.name
            ),
            all => format!(
                "the {} `{}` is dropped, and needed in {} places",
                self.what,
                self.name,
                all.len()
            ),
        };
        let mut diagnostic = Diagnostic::about(self, title, self.dropped, "dropped here");
        for (who, span, _) in self.needs.iter().take(6) {
            diagnostic = diagnostic.mark(*span, format!("needed by {who}"));
        }
        diagnostic = diagnostic.mark(self.declared, "declared here");
        let mut ways: Vec<&str> = Vec::new();
        for (_, _, way) in &self.needs {
            if !ways.contains(&way.as_str()) {
                ways.push(way);
            }
        }
        let more = ways.len().saturating_sub(4);
        let mut text = format!(
            "change what needs it too: {}",
            ways.iter().take(4).copied().collect::<Vec<_>>().join("; ")
        );
        if more > 0 {
            text.push_str(&format!("; and {more} more"));
        }
        diagnostic.help(text)
    }
}

cause! {
    /// a change without anything to change
    ///
    /// ## What it means
    ///
    /// `override`, `replace`, `add` and `drop` change what an extended framework declares. This one extends
    /// none.
    ///
    /// ## Why it matters
    ///
    /// There is nothing that the change could be compared with.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// add signal war = deaths >= 1000 because "Decision 4"
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = deaths >= 1000
    /// ```
    Error "FW1407" ChangeWithoutBase {
        word: &'static str,
        span: Span,
    }
}

impl ChangeWithoutBase {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "`{}` changes another framework, and this one extends none",
                self.word
            ),
            self.span,
            "nothing to change",
        )
        .help("write `extends NAME \"1\"` behind the framework's version, or declare it plainly")
    }
}

cause! {
    /// an addition that does not say so
    ///
    /// ## What it means
    ///
    /// A framework that extends another publishes something new without `add` and a reason.
    ///
    /// ## Why it matters
    ///
    /// Whoever compares the two frameworks has to see what was added, and why.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// signal grave_war "Grave war" = deaths >= 10 * war_threshold
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// add signal grave_war "Grave war" = deaths >= 10 * war_threshold because "The council asked for it"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1408" PlainInOverlay {
        what: &'static str,
        name: String,
        span: Span,
    }
}

impl PlainInOverlay {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "the {} `{}` is added without saying so",
                self.what, self.name
            ),
            self.span,
            "new in this framework",
        )
        .note("what is added to an extended framework carries its reason, as every other change")
        .help(format!(
            "write `add {} {} … because \"…\"`",
            self.what, self.name
        ))
    }
}

cause! {
    /// an addition of something that is there
    ///
    /// ## What it means
    ///
    /// The extended framework, or this one, declares that name already.
    ///
    /// ## Why it matters
    ///
    /// It would not be known which of the two is meant.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// add signal war "War" = deaths >= 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// replace signal war "War" = deaths >= 500 because "Decision 4"
    /// drop param war_threshold because "Not read any more"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1409" AlreadyThere {
        what: &'static str,
        name: String,
        span: Span,
        declared: Span,
    }
}

impl AlreadyThere {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("there is a {} `{}` already", self.what, self.name),
            self.span,
            "declared again here",
        )
        .mark(self.declared, "declared here")
        .help(match self.what {
            // These go by their label.
            "test" | "property" => format!(
                "write `replace {} \"{}\" … because \"…\"` to put another in its place, or say it otherwise",
                self.what, self.name
            ),
            "member" => "write `override weight …` to weigh it otherwise".to_owned(),
            what => format!(
                "write `replace {what} {} … because \"…\"` to put another in its place, or take another name",
                self.name
            ),
        })
    }
}
