//! How the panel's keys stand in the data: periods in one column or two, how they are written, and who is
//! left out.

use super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0809 NoWayOfWriting {
        span: Span,
        /// The pattern.
        text: String,
        /// `month`
        period: String,
        /// What is wrong with it.
        why: String,
    }
}

impl NoWayOfWriting {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` does not tell how a {} is written",
            self.text, self.period
        );
        let example = match self.period.as_str() {
            "year" => "YYYY",
            "quarter" => "YYYYQ",
            "week" => "YYYYWW",
            "day" => "YYYYMMDD",
            _ => "YYYYMM",
        };
        Diagnostic::about(self, title, self.span, self.why.clone())
            .help(format!("write a pattern such as `written \"{example}\"`"))
    }
}

cause! {
    FW0810 NoSecondColumn {
        /// The second column.
        span: Span,
        /// `year`
        period: String,
        /// A pattern stands behind it.
        written: Option<Span>,
    }
}

impl NoSecondColumn {
    fn words(&self) -> Diagnostic {
        match self.written {
            Some(written) => Diagnostic::about(
                self,
                "a period in two columns has no way of writing",
                written,
                "of which column?",
            )
            .mark(self.span, "the second column")
            .help("keep one of the two: the second column, or `written`"),
            None => {
                let title = format!("a {} does not stand in two columns", self.period);
                Diagnostic::about(self, title, self.span, "the second column")
                    .help("keep one column; quarters, months and weeks can stand in two")
            }
        }
    }
}

cause! {
    FW0817 NoFirstDay {
        /// The weekday.
        span: Span,
        /// `month`
        period: String,
    }
}

impl NoFirstDay {
    fn words(&self) -> Diagnostic {
        let title = format!("a {} begins on no stated weekday", self.period);
        Diagnostic::about(self, title, self.span, "only weeks do")
            .help("remove `from` and the weekday, or write `by week from` it")
    }
}

cause! {
    FW0815 OneKeyTwice {
        first: Span,
        second: Span,
        /// Of the second.
        name: String,
        /// Of the first among the panel's keys, from 0.
        place: usize,
    }
}

impl OneKeyTwice {
    fn words(&self) -> Diagnostic {
        let key = match self.place {
            0 => "the first key",
            1 => "the second key",
            _ => "an earlier key",
        };
        let title = format!("`{}` is {key} again", self.name);
        Diagnostic::about(self, title, self.second, "the same name or column")
            .mark(self.first, key)
            .help("name another key and its column, or leave this one out")
    }
}

cause! {
    FW0816 NobodyLeftOut {
        span: Span,
        name: String,
        /// Where it stands already.
        before: Option<Span>,
        /// The panel is one series.
        series: bool,
    }
}

impl NobodyLeftOut {
    fn words(&self) -> Diagnostic {
        if self.series {
            let title = "a panel that is one series leaves nobody out";
            return Diagnostic::about(self, title, self.span, "it has no entities")
                .help("remove `except`, or name what rows are about: `panel country by month`");
        }
        match self.before {
            Some(before) => {
                let title = format!("`{}` is left out twice", self.name);
                Diagnostic::about(self, title, self.span, "the same again")
                    .mark(before, "it stands here already")
                    .help("name each once")
            }
            None => {
                let title = "an empty name leaves nobody out";
                Diagnostic::about(self, title, self.span, "of whom?")
                    .help("name an entity as the data spell it, such as `\"WLD\"`, or remove it")
            }
        }
    }
}
