//! What tests do not notice, told by `forewarn test --mutate` alone.

use forewarn_diagnostics::Diagnostic;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;

cause! {
    FW1120 UnnoticedChange {
        span: Span,
        /// What follows "if": `` `>= 0.7` in `overall` were `> 0.7` ``.
        change: String,
    }
}

impl UnnoticedChange {
    fn words(&self) -> Diagnostic {
        let title = format!("no test would notice if {}", self.change);
        Diagnostic::about(self, title, self.span, "this could be otherwise")
            .help("add a test of the case in which it makes a difference")
    }
}
