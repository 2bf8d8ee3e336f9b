//! The words of properties.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NoSuchClaim::INFO,
    ClaimOfNoOrder::INFO,
    ClaimNeedsRange::INFO,
    PropertyTwice::INFO,
    ClaimIdle::INFO,
];

cause! {
    /// a claim that cannot be read
    ///
    /// ## What it means
    ///
    /// The words of a property are none of the claims that the tool knows how to judge.
    ///
    /// ## Why it matters
    ///
    /// A claim that nobody judges is a promise that nobody keeps.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// property "more evidence, more concern": overall goes up with deaths
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// property "more evidence, more concern": overall rises with deaths
    /// ```
    Error "FW1201" NoSuchClaim {
        span: Span,
    }
}

impl NoSuchClaim {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this is no claim that can be judged",
            self.span,
            "not one of the forms that there are",
        )
        .note(
            "claims are `S rises with every indicator`, `S falls with X`, `S never falls when X rises`, \
             `S stays in 0..10`, `no single indicator decides S`, `no single indicator moves S by more \
             than one level`, `S reaches high without any one factor`",
        )
        .help("write it in one of these forms")
    }
}

cause! {
    /// a claim about something that it cannot be about
    ///
    /// ## What it means
    ///
    /// A property speaks of something that can rise and fall: a number, a level, a count, yes and no. A
    /// category has no order, a param is the same for all data, an alert remembers earlier periods.
    ///
    /// ## Why it matters
    ///
    /// Whether such a claim holds has no answer.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// indicator region : category { west, east }
    /// signal here = region is west
    /// property "place matters": overall rises with region
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// indicator region : category { west, east }
    /// signal here = region is west
    /// property "hunger matters": overall rises with hunger
    /// ```
    Error "FW1202" ClaimOfNoOrder {
        name: String,
        span: Span,
        why: String,
        declared: Option<Span>,
    }
}

impl ClaimOfNoOrder {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            why,
            declared,
        } = self;
        Diagnostic::about(
            self,
            format!("a property cannot be about `{name}` in this way: {why}"),
            *span,
            why.clone(),
        )
        .mark_if(*declared, "declared here")
        .help("speak of a number, a level, a factor, a signal or an indicator that has an order")
    }
}

cause! {
    /// `stays` without a range
    ///
    /// ## What it means
    ///
    /// `stays` says where something lies, so a range has to follow.
    ///
    /// ## Why it matters
    ///
    /// Without a range the claim says nothing.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// property "never calm": overall stays
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// property "never off the scale": overall stays in low..high
    /// ```
    Error "FW1203" ClaimNeedsRange {
        span: Span,
    }
}

impl ClaimNeedsRange {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(self, "`stays` wants a range", self.span, "stays where?")
            .help("say where: `stays in 0..10`, `stays in guarded..high`")
    }
}

cause! {
    /// two properties of one name
    ///
    /// ## What it means
    ///
    /// Two properties have the same name.
    ///
    /// ## Why it matters
    ///
    /// Reports tell properties by their names.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// property "more is more": overall rises with deaths
    /// property "more is more": overall rises with hunger
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// property "more deaths, more concern": overall rises with deaths
    /// property "more hunger, more concern": overall rises with hunger
    /// ```
    Error "FW1204" PropertyTwice {
        label: String,
        first: Span,
        second: Span,
    }
}

impl PropertyTwice {
    fn words(&self) -> Diagnostic {
        let Self {
            label,
            first,
            second,
        } = self;
        Diagnostic::about(
            self,
            format!("the property \"{label}\" is there twice"),
            *second,
            "the same name again",
        )
        .mark(*first, "the first one")
        .help("give it a name that says what it claims")
    }
}

cause! {
    /// a claim that nothing can break
    ///
    /// ## What it means
    ///
    /// The subject of the property does not depend on what is said to move it, so the claim holds whatever
    /// the method is.
    ///
    /// ## Why it matters
    ///
    /// An empty claim looks like a check. Often a name was mistaken, or a rule lost a part.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// signal starving = hunger >= 0.7
    /// property "deaths count": starving rises with deaths
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator hunger "Hunger" : number in 0..1
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25 or hunger >= 0.3,
    ///   low otherwise,
    /// }
    /// signal starving = hunger >= 0.7
    /// property "hunger counts": starving rises with hunger
    /// ```
    Warning "FW1205" ClaimIdle {
        span: Span,
        label: String,
        subject: String,
        of: String,
    }
}

impl ClaimIdle {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            label,
            subject,
            of,
        } = self;
        Diagnostic::about(
            self,
            format!(
                "the property \"{label}\" cannot be broken: `{subject}` does not depend on {of}"
            ),
            *span,
            "an empty claim",
        )
        .help("name what it depends on, or remove the property")
    }
}
