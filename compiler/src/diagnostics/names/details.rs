//! What follows a declaration (`column "…"`, `cite "…"`), and what is asked of a name with a dot.

use super::super::Diagnostic;
use super::super::suggest::{slips, suggest};
use super::super::wording::{quoted, with_article};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0113 UnknownField {
        /// The name before the dot.
        of: String,
        /// What it is: `a factor`.
        what: String,
        field: String,
        span: Span,
        known: Vec<&'static str>,
        /// What to do, where it is more than to name another.
        advice: Option<String>,
    }
}

impl UnknownField {
    fn words(&self) -> Diagnostic {
        let Self {
            of,
            what,
            field,
            span,
            known,
            advice,
        } = self;
        if let Some(advice) = advice {
            let whole = match of.as_str() {
                "this" => format!("this has no `{field}`"),
                of => format!("`{of}` has no `{field}`"),
            };
            let label = format!("asked of {}", with_article(what));
            return Diagnostic::about(self, whole, *span, label).help(advice.clone());
        }
        let nearest = suggest(field, known.iter().copied());
        let label = match nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("`{of}` is {}", with_article(what)),
        };
        let diagnostic = Diagnostic::about(self, format!("`{of}` has no `{field}`"), *span, label);
        if let Some(nearest) = nearest {
            diagnostic.mend(
                format!("replace it by `{nearest}`"),
                vec![(*span, (*nearest).to_owned())],
            )
        } else if known.is_empty() {
            diagnostic.help(format!(
                "{} has nothing that can be asked for",
                with_article(what)
            ))
        } else {
            diagnostic.help(format!(
                "of {} can be asked: {}",
                with_article(what),
                quoted(known, "and")
            ))
        }
    }
}

cause! {
    FW0114 AttributeNotHere {
        attribute: String,
        /// The declaration it stands at: `a score`.
        what: String,
        span: Span,
        declaration: Span,
        /// Where it would fit: `an indicator`.
        belongs: String,
    }
}

impl AttributeNotHere {
    fn words(&self) -> Diagnostic {
        let what = with_article(&self.what);
        let belongs = with_article(&self.belongs);
        Diagnostic::about(
            self,
            format!("`{}` does not belong to {what}", self.attribute),
            self.span,
            "has no meaning here",
        )
        .mark(self.declaration, format!("this is {what}"))
        .mend(
            format!("remove it; it belongs to {belongs}"),
            vec![(self.span, String::new())],
        )
    }
}

cause! {
    FW0115 AttributeTwice {
        attribute: String,
        first: Span,
        second: Span,
        /// Do both say the same?
        alike: bool,
    }
}

impl AttributeTwice {
    fn words(&self) -> Diagnostic {
        let told = Diagnostic::about(
            self,
            format!("`{}` is given twice", self.attribute),
            self.second,
            "given again here",
        )
        .mark(self.first, "first given here");
        match self.alike {
            true => told.mend(
                "both say the same: take the second out",
                vec![(self.second, String::new())],
            ),
            false => told.help("keep the one that counts"),
        }
    }
}

cause! {
    FW0116 UnknownWord {
        /// What the word would say: `polarity`.
        what: String,
        word: String,
        span: Span,
        known: Vec<&'static str>,
    }
}

impl UnknownWord {
    fn words(&self) -> Diagnostic {
        let Self {
            what,
            word,
            span,
            known,
        } = self;
        let choices = quoted(known, "or");
        let title = format!("there is no {what} `{word}`");
        let small = word.to_lowercase();
        let meant = match small.as_str() {
            "daily" => "day",
            "weekly" => "week",
            "monthly" => "month",
            "quarterly" => "quarter",
            "yearly" | "annual" | "annually" => "year",
            other => other,
        };
        let known_word = known
            .iter()
            .copied()
            .find(|known| *known == meant && *known != word);
        let near = known_word.or_else(|| suggest(word, known.iter().copied()));
        // Of words that are equally near, nobody can say which one is meant.
        let slips_of = |known: &str| slips(&small, &known.to_lowercase());
        let as_near: Vec<&str> = match near.filter(|_| known_word.is_none()) {
            Some(near) => {
                let same = |other: &&str| slips_of(other) == slips_of(near);
                known.iter().copied().filter(same).collect()
            }
            None => Vec::new(),
        };
        if as_near.len() > 1 {
            let meant = format!("did you mean {}?", quoted(&as_near, "or"));
            let told = Diagnostic::about(self, title, *span, meant);
            return as_near.into_iter().fold(told, |told, word| {
                told.mend(format!("write `{word}`"), vec![(*span, word.to_owned())])
            });
        }
        match near {
            Some(nearest) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{nearest}`?")).mend(
                    format!("write one of {choices}"),
                    vec![(*span, nearest.to_owned())],
                )
            }
            None => Diagnostic::about(self, title, *span, "this word does not fit here")
                .help(format!("write {choices}")),
        }
    }
}
