//! Groups, and what goes item by item.

use super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0131 EmptyGroup {
        name: String,
        span: Span,
    }
}

impl EmptyGroup {
    fn words(&self) -> Diagnostic {
        let title = format!("the group `{}` has no items", self.name);
        Diagnostic::about(self, title, self.span, "nothing stands in it")
            .help("name what is treated alike between its braces, such as `{ gdp, trade }`")
    }
}

cause! {
    FW0132 GroupItemTwice {
        group: String,
        name: String,
        first: Span,
        second: Span,
    }
}

impl GroupItemTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` stands twice in the group `{}`", self.name, self.group);
        Diagnostic::about(self, title, self.second, "the second time")
            .mark(self.first, "the first time")
            .help("leave one of them out; where they are two values, give one of them another name")
    }
}

cause! {
    FW0133 GroupsDiffer {
        span: Span,
        /// Empty for a list in brackets.
        name: String,
        declared: Span,
        items: Vec<String>,
        others: Vec<String>,
    }
}

impl GroupsDiffer {
    fn words(&self) -> Diagnostic {
        let several = |items: &[String]| {
            let shown = items.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            let more = if items.len() > 5 { ", …" } else { "" };
            format!("{shown}{more}")
        };
        let others = several(&self.others);
        if self.name.is_empty() {
            let (found, wanted) = (self.items.len(), self.others.len());
            let title = format!("a list of {found} goes with a group of {wanted}");
            return Diagnostic::about(self, title, self.span, format!("{found} items"))
                .note(format!("item by item, the group has {others}"))
                .help("give the list one part for each item, in the group's order");
        }
        let title = format!("`{}` has other items than what it goes with", self.name);
        let own = format!("it has {}", several(&self.items));
        Diagnostic::about(self, title, self.span, own)
            .mark(self.declared, "declared here")
            .note(format!("here the items are {others}"))
            .help("take groups of the same items in the same order, or one number of this one, such as `mean(…)`")
    }
}
