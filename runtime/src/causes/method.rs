//! Lints that look at what rules give on data.

use forewarn_diagnostics::Diagnostic;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::wording::count;

cause! {
    FW1111 LevelNeverReached {
        name: String,
        span: Span,
        /// Places on the scale, from less to more severe.
        places: Vec<String>,
        rows: usize,
    }
}

impl LevelNeverReached {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            places,
            rows,
        } = self;
        let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
        let title = format!(
            "`{name}` is never {} on these data",
            places.join(" and never ")
        );
        Diagnostic::about(
            self,
            title,
            *span,
            format!("{} and not one of them", count(*rows, "row")),
        )
        .help("look at its thresholds, or say why it waits: `allow FW1111 because \"…\"`")
    }
}

cause! {
    FW1112 AlertOneWay {
        name: String,
        span: Span,
        always: bool,
        rows: usize,
    }
}

impl AlertOneWay {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            always,
            rows,
        } = self;
        let (title, label) = if *always {
            (
                format!("the alert `{name}` stands in every row of these data"),
                "it is never quiet",
            )
        } else {
            (
                format!("the alert `{name}` is never raised on these data"),
                "it is always quiet",
            )
        };
        Diagnostic::about(
            self,
            title,
            *span,
            format!("{}: {label}", count(*rows, "row")),
        )
        .help("look at its conditions, or say why: `allow FW1112 because \"…\"`")
    }
}

cause! {
    FW1113 OneAnswer {
        name: String,
        span: Span,
        answer: &'static str,
        rows: usize,
    }
}

impl OneAnswer {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            answer,
            rows,
        } = self;
        let title = format!("`{name}` is {answer} in every row of these data");
        Diagnostic::about(self, title, *span, count(*rows, "row"))
            .help("look at its threshold and its data, or say why: `allow FW1113 because \"…\"`")
    }
}

cause! {
    FW1114 ReviewDue {
        param: String,
        span: Span,
        review: String,
        last: String,
    }
}

impl ReviewDue {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "`{}` was to be looked at again after {}",
                self.param, self.review
            ),
            self.span,
            format!("the data go to {}", self.last),
        )
        .note("thresholds age: sources change what they count, and prices rise")
        .help("look at it again, and give it a new `review`")
    }
}
