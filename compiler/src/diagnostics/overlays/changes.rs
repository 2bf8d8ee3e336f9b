//! Changes of an extended framework, each with its target and its reason.

use super::super::Diagnostic;
use super::super::wording::{quoted, with_article};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1401 NoReason {
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
        .note("every difference from an extended framework carries its reason into explanations and comparisons")
        .help("write the reason behind it: `because \"Decision 4 of the ministers\"`")
    }
}

cause! {
    FW1418 TwoMembers {
        factor: String,
        /// The label that they have.
        label: String,
        span: Span,
        /// Where each stands, and what else it is called.
        members: Vec<(Span, String)>,
    }
}

impl TwoMembers {
    fn words(&self) -> Diagnostic {
        let Self { factor, label, .. } = self;
        let mut at = Diagnostic::about(
            self,
            format!("several members of `{factor}` have the label \"{label}\""),
            self.span,
            "which of them is meant?",
        );
        for (span, _) in &self.members {
            at = at.mark(*span, "has this label");
        }
        let words = self.members.iter();
        let words: Vec<String> = words
            .map(|(_, words)| format!("`{factor}.\"{words}\"`"))
            .collect();
        at.help(format!(
            "call it by what is written there: {}",
            words.join(" or ")
        ))
    }
}

cause! {
    FW1402 UnknownTarget {
        /// `param`, `member of `armed_conflict``
        what: String,
        name: String,
        span: Span,
        suggestion: Option<String>,
        /// The word of the target that is not there.
        part: Span,
        /// What there is, where it is little enough to be listed.
        known: Vec<String>,
        /// What the version before had there, `un 1.0.0`, and where.
        before: Option<(String, Span)>,
        /// The change with the line that it stands on.
        whole: Span,
    }
}

impl UnknownTarget {
    fn words(&self) -> Diagnostic {
        let title = match self.what.split_once(" of ") {
            Some((what, of)) => format!("{of} has no {what} `{}` to change", self.name),
            None => format!("there is no {} `{}` to change", self.what, self.name),
        };
        if let Some(near) = self.suggestion.as_ref().filter(|_| self.before.is_none()) {
            return Diagnostic::about(self, title, self.part, format!("did you mean `{near}`?"))
                .mend(
                    format!("replace it by `{near}`"),
                    vec![(
                        self.part,
                        // A test is named between quotes.
                        match self.what.as_str() {
                            "test" | "property" => format!("\"{near}\""),
                            _ => near.clone(),
                        },
                    )],
                );
        }
        let label = match self.known.as_slice() {
            [] => "not declared by what is extended".to_owned(),
            [only] => format!("there is `{only}`"),
            known => format!("there are {}", quoted(known, "and")),
        };
        let mut told = Diagnostic::about(self, title, self.part, label);
        if let Some((version, place)) = &self.before {
            told = told.mark(*place, format!("{version} had this there"));
        }
        // What is not there under this name may be there under another: nothing is thrown away unasked.
        let shares = |known: &String| {
            known
                .split('_')
                .any(|part| part.len() > 2 && self.name.split('_').any(|own| own == part))
        };
        let gone = self.what != "param" && !self.known.iter().any(shares);
        if self.before.is_some() && (self.known.is_empty() || gone) {
            told.mend("take the change out", vec![(self.whole, String::new())])
        } else if self.known.is_empty() || gone {
            // Whether the name is wrong or the change, its author knows.
            let first = match self.known.as_slice() {
                [] => "correct its name, if something else is meant",
                _ => "write one of them in its place",
            };
            told.help(first)
                .mend("or take the change out", vec![(self.whole, String::new())])
        } else {
            told.help("write one of them in its place, or take the change out")
        }
    }
}

cause! {
    FW1403 OtherKind {
        name: String,
        found: &'static str,
        wanted: String,
        span: Span,
        declared: Span,
        /// The word for the kind, where another one is enough.
        word: Option<Span>,
        /// It is taken out, rather than replaced.
        dropped: bool,
    }
}

impl OtherKind {
    fn words(&self) -> Diagnostic {
        let (found, wanted) = (with_article(self.found), with_article(&self.wanted));
        let told = Diagnostic::about(
            self,
            format!("`{}` is {found}, not {wanted}", self.name),
            self.span,
            format!("changed as {wanted}"),
        )
        .mark(self.declared, format!("declared as {found}"));
        if self.dropped {
            let edits = self.word.iter();
            return told.mend(
                format!("write `drop {}`", called(self.found, &self.name)),
                edits.map(|word| (*word, self.found.to_owned())).collect(),
            );
        }
        told.mend(
            format!(
                "write `replace {} …` to put another in its place",
                called(self.found, &self.name)
            ),
            self.word
                .iter()
                .map(|word| (*word, self.found.to_owned()))
                .collect(),
        )
    }
}

/// `signal at_war`, and `panel`, which has no name.
fn called(what: &str, name: &str) -> String {
    if what == name {
        what.to_owned()
    } else {
        format!("{what} {name}")
    }
}

cause! {
    FW1404 FinalTouched {
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
    FW1405 UnitChanged {
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
    FW1406 DroppedButNeeded {
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
    FW1407 ChangeWithoutBase {
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
    FW1408 PlainInOverlay {
        what: &'static str,
        name: String,
        span: Span,
        /// Puts `add` before it, and a place for the reason behind it.
        edits: Vec<(Span, String)>,
    }
}

impl PlainInOverlay {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            match self.what == self.name {
                // A panel has no name.
                true => format!("a {} is added without saying so", self.what),
                false => format!(
                    "the {} `{}` is added without saying so",
                    self.what, self.name
                ),
            },
            self.span,
            "new in this framework",
        )
        .note("what is added to an extended framework carries its reason, as every other change")
        .mend(
            format!(
                "write `add {} … because \"…\"`, with the reason",
                called(self.what, &self.name)
            ),
            self.edits.clone(),
        )
    }
}

cause! {
    FW1409 AlreadyThere {
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
            match self.what == self.name {
                true => format!("there is {} already", with_article(self.what)),
                false => format!("there is {} `{}` already", with_article(self.what), self.name),
            },
            self.span,
            "declared again here",
        )
        .mark(self.declared, "declared here")
        .help(match self.what {
            // These go by their label.
            "test" => format!(
                "write `changed test \"{0}\" {{ expect … }} because \"…\"` where only what is expected is another, or \
                 `replace test \"{0}\" … because \"…\"` to put another test in its place",
                self.name
            ),
            "property" => format!(
                "write `replace {} \"{}\" … because \"…\"` to put another in its place, or say it otherwise",
                self.what, self.name
            ),
            "member" => "write `override weight …` to weigh it otherwise".to_owned(),
            "param" => format!(
                "write `override param {} = … because \"…\"` to give it another value, or take another name",
                self.name
            ),
            what if what == self.name => {
                format!("write `replace {what} … because \"…\"` to put another in its place")
            }
            what => format!(
                "write `replace {what} {} … because \"…\"` to put another in its place, or take another name",
                self.name
            ),
        })
    }
}
