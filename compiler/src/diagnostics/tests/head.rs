//! A test as a whole: its name, its length, its file.

use crate::diagnostics::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1001 NothingExpected {
        label: String,
        span: Span,
    }
}

impl NothingExpected {
    fn words(&self) -> Diagnostic {
        let title = format!("the test \"{}\" expects nothing", self.label);
        Diagnostic::about(self, title, self.span, "has no `expect`")
            .help("say what is to come out: `expect at_war is yes`")
    }
}

cause! {
    FW1002 TestTwice {
        label: String,
        first: Span,
        second: Span,
    }
}

impl TestTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("two tests are called \"{}\"", self.label);
        Diagnostic::about(self, title, self.second, "the same name again")
            .mark(self.first, "the first one")
            .help("say in the name what this one shows")
    }
}

cause! {
    FW1012 TestFileOutside {
        path: String,
        span: Span,
    }
}

impl TestFileOutside {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` leads out of the ruleset", self.path);
        Diagnostic::about(self, title, self.span, "not beside the rules")
            .help("put the file beside the rules: `from \"cases.csv\"`")
    }
}

cause! {
    FW1014 TestTooLong {
        span: Span,
        most: usize,
    }
}

impl TestTooLong {
    fn words(&self) -> Diagnostic {
        let title = format!("a test has at most {} rows", self.most);
        Diagnostic::about(self, title, self.span, "more than that").help(
            "write a shorter example, or put the rows into a file: `test \"…\" from \"cases.csv\"`",
        )
    }
}
