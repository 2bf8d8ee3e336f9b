//! Changes that are not written as changes are.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1414 ChangedGives {
        span: Span,
    }
}

impl ChangedGives {
    fn words(&self) -> Diagnostic {
        let title = "a `changed test` keeps what the test gives";
        Diagnostic::about(self, title, self.span, "given anew here").help(
            "leave out all but `expect`; a test that gives something else is written with \
             `replace test \"…\" { … } because \"…\"`",
        )
    }
}

cause! {
    FW1415 ChangedOtherwise {
        span: Span,
        declared: Span,
        /// Of the test that is changed.
        is_table: bool,
    }
}

impl ChangedOtherwise {
    fn words(&self) -> Diagnostic {
        let (title, help) = if self.is_table {
            (
                "a test that reads a table is changed by another table",
                "give the table with what is expected here: `changed test \"…\" from \"changed_cases.csv\"`",
            )
        } else {
            (
                "a test that reads no table is changed by what it expects",
                "say what it expects here: `changed test \"…\" { expect … } because \"…\"`",
            )
        };
        Diagnostic::about(self, title, self.span, "changed here")
            .mark(self.declared, "declared here")
            .help(help)
    }
}

/// What is replaced as a whole.
const REPLACED: [&str; 8] = [
    "signal", "score", "factor", "level", "alert", "table", "scale", "notice",
];

cause! {
    FW1410 NotOverridable {
        what: String,
        /// One of the words that there are, but not written so.
        known: bool,
        span: Span,
        /// The word that was meant in this place.
        instead: Option<(Span, String)>,
        /// The factors that have such a member, and where the member stands.
        factors: Vec<String>,
        member: Option<(Span, String)>,
    }
}

impl NotOverridable {
    fn words(&self) -> Diagnostic {
        let title = if self.known {
            format!("`override {}` is not written like this", self.what)
        } else {
            format!("`{}` cannot be overridden", self.what)
        };
        let diagnostic = Diagnostic::about(self, title, self.span, "here");
        if let Some((place, word)) = &self.instead {
            return diagnostic.mend(
                format!("it is a {word}: write `override {word} …`"),
                vec![(*place, word.clone())],
            );
        }
        if matches!(
            self.what.as_str(),
            "signal"
                | "score"
                | "let"
                | "factor"
                | "level"
                | "table"
                | "alert"
                | "notice"
                | "indicator"
                | "group"
                | "scale"
                | "category"
                | "fn"
        ) {
            let word = Span {
                end: self.span.start + 8,
                ..self.span
            };
            return diagnostic.mend(
                format!(
                    "a whole declaration is replaced: write `replace {} …`, and its reason behind `because`",
                    self.what
                ),
                vec![(word, "replace".to_owned())],
            );
        }
        if let (Some((place, member)), Some(factor)) = (&self.member, self.factors.first()) {
            let place = Span {
                end: place.start,
                ..*place
            };
            let what = &self.what;
            let text = format!(
                "a member is named in its factor: write `override {what} {factor}.{member} = …`"
            );
            return match self.factors.as_slice() {
                [_] => diagnostic.mend(text, vec![(place, format!("{factor}."))]),
                _ => diagnostic.help(text),
            };
        }
        if REPLACED.contains(&self.what.as_str()) {
            let length = u32::try_from("override".len()).unwrap_or(0);
            let verb = Span {
                end: self.span.start + length,
                ..self.span
            };
            return diagnostic.mend(
                format!(
                    "a {0} is replaced as a whole: write `replace {0} …`",
                    self.what
                ),
                vec![(verb, "replace".to_owned())],
            );
        }
        if matches!(
            self.what.as_str(),
            "threshold" | "cutoff" | "cut_off" | "band" | "limit"
        ) {
            return diagnostic.help(
                "a threshold of a level is changed with the whole of it, `replace level overall : … { … }`, and one \
                 that is a param by `override param p = 0.6`",
            );
        }
        diagnostic.help(
            "write `override param x = 3`, `override weight factor.member = 2`, `override decisive factor.member = 0.8`, \
             `override label x \"…\"`, `override source x = ucdp`, `override column x = \"…\"` or `override classification x = restricted`",
        )
    }
}

cause! {
    FW1411 WantedOne {
        what: String,
        span: Span,
    }
}

impl WantedOne {
    fn words(&self) -> Diagnostic {
        let what = match self.what.as_str() {
            "weight" => "a weight is one number",
            "decisive" => "what a factor is at least is one number",
            "source" => "a source is named by one word",
            _ => "a classification is `public`, `restricted` or `confidential`",
        };
        Diagnostic::about(self, what, self.span, "here").help(match self.what.as_str() {
            "weight" => "write `override weight factor.member = 2`",
            "decisive" => "write `override decisive factor.member = 0.8`",
            "source" => "write `override source deaths_best = ucdp`",
            _ => "write `override classification deaths_best = restricted`",
        })
    }
}

cause! {
    FW1412 NotAnExtension {
        found: String,
        span: Span,
        /// The factor of the member that is dropped without it, and where the member stands.
        factor: Option<(String, Span)>,
    }
}

impl NotAnExtension {
    fn words(&self) -> Diagnostic {
        if let Some((factor, member)) = &self.factor {
            let place = Span {
                end: member.start,
                ..*member
            };
            return Diagnostic::about(
                self,
                "a member is dropped from its factor",
                *member,
                "of which factor?",
            )
            .mend(
                format!("name the factor before it: `drop member {factor}.…`"),
                vec![(place, format!("{factor}."))],
            );
        }
        Diagnostic::about(
            self,
            format!(
                "`{}` is not something that can be changed like this",
                self.found
            ),
            self.span,
            "here",
        )
        .help(
            "write `drop indicator x`, `drop member factor.member`, `drop test \"its label\"`, \
             `add member x to factor weight 2`, `add` or `replace` and a declaration",
        )
    }
}

cause! {
    FW1413 LowersClassification {
        name: String,
        /// A source, which has no value to declassify.
        is_source: bool,
        was: String,
        is: String,
        span: Span,
        declared: Span,
    }
}

impl LowersClassification {
    fn words(&self) -> Diagnostic {
        let Self { name, was, is, .. } = self;
        let help = if self.is_source {
            format!(
                "say `classification {was}` here too, and `declassify` what may be known of it: that is \
                 recorded in every result"
            )
        } else {
            format!(
                "keep it {was} with a classification of its own, or write `declassify {name} to {is} because \"…\"`: \
                 that is recorded in every result"
            )
        };
        Diagnostic::about(
            self,
            format!("`{name}` is {was}, and who extends the framework cannot make it {is}"),
            self.span,
            format!("{is} here"),
        )
        .mark(self.declared, format!("{was} here"))
        .note("who vouches for what is said decides how closed it is")
        .help(help)
    }
}
