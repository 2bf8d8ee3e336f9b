//! Verification of observations, and the codes of a publication.

use super::Diagnostic;
use super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NoLeastAlarming::INFO,
    NothingVerified::INFO,
    VerifiedInFunction::INFO,
    VerifiedAlert::INFO,
    UnverifiedNotHere::INFO,
    CodeTwice::INFO,
];

/// What an indicator lacks to have a least alarming value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeastAlarming {
    /// A lowest value.
    Low,
    /// A highest value: it is protective.
    High,
    /// An order.
    Order,
}

cause! {
    /// verification of an indicator that has no least alarming value
    ///
    /// ## What it means
    ///
    /// Where evidence that is not verified is not to count (`verified(…)`), an observation that is not
    /// verified reads as the least alarming one: the lowest, or the highest where the indicator is
    /// protective. A number needs a declared end for that, and a category has no order.
    ///
    /// ## Why it matters
    ///
    /// Nothing would say what an unverified report stands for.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number verification column "deaths_verified"
    /// score confirmed_deaths = verified(deaths)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0.. verification column "deaths_verified"
    /// score confirmed_deaths = verified(deaths)
    /// ```
    Error "FW0751" NoLeastAlarming {
        name: String,
        /// `verification column "…"`
        span: Span,
        wanted: LeastAlarming,
    }
}

impl NoLeastAlarming {
    fn words(&self) -> Diagnostic {
        let Self { name, span, wanted } = self;
        let (lacks, help) = match wanted {
            LeastAlarming::Low => (
                "no lowest value",
                "declare where it begins, such as `number in 0..`",
            ),
            LeastAlarming::High => (
                "no highest value",
                "declare where it ends, such as `number in 0..10`: it is protective, so the highest value alarms least",
            ),
            LeastAlarming::Order => (
                "no order",
                "verify indicators that are numbers, truths or levels",
            ),
        };
        Diagnostic::about(
            self,
            format!("`{name}` cannot be verified: it has {lacks}"),
            *span,
            "where this says no, it would read as the least alarming value",
        )
        .help(help)
    }
}

cause! {
    /// `verified` of what nothing verifies
    ///
    /// ## What it means
    ///
    /// No indicator that the value rests on has a `verification column`, so that it is the same with
    /// and without `verified`.
    ///
    /// ## Why it matters
    ///
    /// Readers would think that unverified reports do not count here.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator hate_speech "Hate speech" : assessment
    /// signal alarming = verified(hate_speech) is present
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator hate_speech "Hate speech" : assessment verification column "hate_speech_verified"
    /// signal alarming = verified(hate_speech) is present
    /// ```
    Warning "FW0752" NothingVerified {
        span: Span,
    }
}

impl NothingVerified {
    fn words(&self) -> Diagnostic {
        let label = "no indicator below this has a `verification column`";
        Diagnostic::about(self, "`verified` changes nothing here", self.span, label)
            .note("only data can say what was verified, in a column beside the observation")
            .help("add `verification column \"…\"` to the indicators, or leave out `verified`")
    }
}

cause! {
    /// `verified` inside a function
    ///
    /// ## What it means
    ///
    /// A function takes values and does not see what they rest on.
    ///
    /// ## Why it matters
    ///
    /// What was verified is known of observations alone.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator attacks "Attacks" : number in 0..50 verification column "attacks_verified"
    /// fn sure(x: number) -> number = verified(x) / 50
    /// score attacked = sure(attacks)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator attacks "Attacks" : number in 0..50 verification column "attacks_verified"
    /// fn part(x: number) -> number = x / 50
    /// score attacked = verified(part(attacks))
    /// ```
    Error "FW0753" VerifiedInFunction {
        span: Span,
    }
}

impl VerifiedInFunction {
    fn words(&self) -> Diagnostic {
        let title = "`verified` cannot stand in a function";
        Diagnostic::about(
            self,
            title,
            self.span,
            "what this rests on is not seen from here",
        )
        .help("put it around the call: `verified(f(x))`")
    }
}

cause! {
    /// an alert asked for by verified evidence alone
    ///
    /// ## What it means
    ///
    /// An alert remembers what was notified. There is one alert, and no second one that would
    /// remember what verified evidence alone would have done.
    ///
    /// ## Why it matters
    ///
    /// A cooldown of notices that nobody sent would mean nothing.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator attacks "Attacks" : assessment verification column "attacks_verified"
    /// alert warning { raise when attacks is present for 2 months }
    /// signal sure = verified(warning >= raised)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator attacks "Attacks" : assessment verification column "attacks_verified"
    /// alert warning { raise when verified(attacks) is present for 2 months }
    /// signal sure = warning >= raised
    /// ```
    Error "FW0754" VerifiedAlert {
        /// The alert's.
        name: String,
        /// `verified(…)`
        span: Span,
        alert: Span,
    }
}

impl VerifiedAlert {
    fn words(&self) -> Diagnostic {
        let Self { name, span, alert } = self;
        let title = format!("`verified` reaches the alert `{name}`");
        Diagnostic::about(self, title, *span, format!("rests on `{name}`"))
            .mark(
                *alert,
                "there is one alert, which remembers what was notified",
            )
            .help("use `verified` in the alert's own conditions")
    }
}

cause! {
    /// `unverified` where it says nothing
    ///
    /// ## What it means
    ///
    /// In a test, `given x = unverified(present)` gives an observation that was not verified; without
    /// it what a test gives is verified. It stands there alone, and for indicators that have a
    /// `verification column`.
    ///
    /// ## Why it matters
    ///
    /// Elsewhere only data says what was verified.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator attacks "Attacks" : assessment
    /// signal alarming = attacks is present
    /// test "reports alone do not alarm" { given attacks = unverified(present)  expect alarming }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator attacks "Attacks" : assessment verification column "attacks_verified"
    /// signal alarming = verified(attacks) is present
    /// test "reports alone do not alarm" { given attacks = unverified(present)  expect not alarming }
    /// ```
    Error "FW0755" UnverifiedNotHere {
        span: Span,
        /// The declaration that a test gives; none outside of tests.
        name: Option<String>,
    }
}

impl UnverifiedNotHere {
    fn words(&self) -> Diagnostic {
        match &self.name {
            Some(name) => Diagnostic::about(
                self,
                format!("nothing says of `{name}` whether it was verified"),
                self.span,
                format!("`{name}` has no `verification column`"),
            )
            .help("give the value alone"),
            None => Diagnostic::about(
                self,
                "`unverified` belongs to what a test gives",
                self.span,
                "here only data says what was verified",
            )
            .help("`x.verified` asks whether the observation was; `verified(…)` leaves out what was not"),
        }
    }
}

cause! {
    /// a code that two declarations have
    ///
    /// ## What it means
    ///
    /// `code` is how the publication that a framework carries numbers its parts. Two declarations of
    /// one framework have the same one.
    ///
    /// ## Why it matters
    ///
    /// Who compares the rules with the publication finds two places for one, and one place for none.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator emergency_laws "Emergency laws" : assessment code "7.1"
    /// indicator arms_build_up "Arms build-up" : assessment code "7.1"
    /// signal both = emergency_laws is present and arms_build_up is present
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator emergency_laws "Emergency laws" : assessment code "7.1"
    /// indicator arms_build_up "Arms build-up" : assessment code "7.4"
    /// signal both = emergency_laws is present and arms_build_up is present
    /// ```
    Warning "FW0756" CodeTwice {
        code: String,
        first: Span,
        second: Span,
    }
}

impl CodeTwice {
    fn words(&self) -> Diagnostic {
        let Self {
            code,
            first,
            second,
        } = self;
        Diagnostic::about(
            self,
            format!("the code `{code}` stands twice"),
            *second,
            "the same code again",
        )
        .mark(*first, "first here")
        .help("compare both with the publication, and correct the one that is wrong")
    }
}
