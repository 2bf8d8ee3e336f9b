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
        /// Rows that are undetermined and may be there.
        possible: usize,
    }
}

impl LevelNeverReached {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            places,
            rows,
            possible,
        } = self;
        let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
        let (never, open) = match *possible {
            0 => ("is never", String::new()),
            possible => (
                "is never certainly",
                format!("; {} may be", count(possible, "undetermined row")),
            ),
        };
        let title = format!(
            "`{name}` {never} {} on these data",
            places.join(" and never ")
        );
        Diagnostic::about(
            self,
            title,
            *span,
            format!("{} and not one of them{open}", count(*rows, "row")),
        )
        .help("look at its thresholds, or say why it waits: `allow FW1111 because \"…\"`")
    }
}

cause! {
    FW1112 AlertOneWay {
        name: String,
        span: Span,
        always: bool,
        /// In which its state is known.
        rows: usize,
        /// In which it is not.
        open: usize,
    }
}

impl AlertOneWay {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            always,
            rows,
            open,
        } = self;
        let known = match open {
            0 => "",
            _ => " in which its state is known",
        };
        let (title, label) = if *always {
            (
                format!("the alert `{name}` stands in every row of these data{known}"),
                "it is never quiet",
            )
        } else {
            (
                match open {
                    0 => format!("the alert `{name}` is never raised on these data"),
                    _ => format!("the alert `{name}` is never certainly raised on these data"),
                },
                "it is always quiet",
            )
        };
        let rows = count(*rows, "row");
        let label = match open {
            0 => format!("{rows}: {label}"),
            open => format!("{rows}: {label}; in {open} more its state is not known"),
        };
        Diagnostic::about(self, title, *span, label)
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
