//! Hindsight: what rests on later periods than a row's own and does not say so.

use super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0715 UnmarkedHindsight {
        /// `level`
        kind: &'static str,
        span: Span,
        /// The words that look at later periods.
        within: Span,
        /// From the declaration that looks at later periods to the one that does not say so.
        path: Vec<String>,
        /// An observation rests on nothing that comes later, whatever is marked.
        observed: bool,
    }
}

impl UnmarkedHindsight {
    fn words(&self) -> Diagnostic {
        let name = self.path.last().map_or("", String::as_str);
        let title = if self.observed {
            format!("where `{name}` applies rests on hindsight")
        } else {
            format!("`{name}` rests on hindsight and is not marked so")
        };
        let mut diagnostic = Diagnostic::about(self, title, self.span, "declared here");
        if self.span != self.within {
            let label = "a whole spell: later periods are looked at";
            diagnostic = diagnostic.mark(self.within, label);
        }
        if self.path.len() > 1 {
            let way: Vec<String> = self.path.iter().map(|name| format!("`{name}`")).collect();
            diagnostic = diagnostic.note(format!("the way it comes: {}", way.join(" → ")));
        }
        if self.observed {
            return diagnostic
                .help("let it rest on what is known in its own period: `over:` or `since:`");
        }
        let last = if self.kind == "alert" || self.kind == "notice" {
            format!(
                "an {} that is to warn rests on `over:` or `since:`, which look back alone; one that codes the past \
                 is marked by `hindsight`",
                "alert"
            )
        } else {
            format!(
                "write `hindsight` behind it if the {} codes the past; for warning use `over:` or `since:`, which \
                 look back alone",
                self.kind
            )
        };
        diagnostic.help(last)
    }
}
