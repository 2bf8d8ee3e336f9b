//! How a call of a function is written, shown where one is written otherwise.
//!
//! In: what the function takes by place and by name, and the call at hand. Out: the words of a help.

use forewarn_grammar::ast::{Arg, ExprKind};

use super::context::Checker;
use crate::diagnostics::wording::list;
use crate::plan::{PeriodKind, period};

/// What one of the language's own functions takes.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// What stands first and without a name: the value, and what else.
    pub placed: &'static [&'static str],
    /// What stands behind it, by name.
    pub names: &'static [&'static str],
    /// One of the names that say where to look has to stand there.
    pub needs_one: bool,
}

impl Form {
    /// A form of which no name has to stand there.
    pub(super) fn of(placed: &'static [&'static str], names: &'static [&'static str]) -> Self {
        Self {
            placed,
            names,
            needs_one: false,
        }
    }
}

/// Names of which a call has one at most.
const WAYS: &[&str] = &["over", "for", "since", "within", "above", "below", "when"];

impl Checker<'_, '_> {
    /// ``write `lag(price, 1 month)`; behind it may stand `first: …` and `gap: last` ``
    pub(super) fn how_written(&self, function: &str, args: &[Arg], form: Form) -> String {
        let first = args.iter().find(|arg| arg.name.is_none());
        // A number that stands alone is what comes behind the value.
        let first = first.filter(|arg| !matches!(arg.value.kind, ExprKind::Number(_)));
        let first = first.map(|arg| self.words(self.at(arg.value.span)));
        let value = first.filter(|words| !words.is_empty());
        let value = value.unwrap_or_else(|| form.placed.first().copied().unwrap_or("x").to_owned());
        if let ("at", Some(kind)) = (function, self.panel.period) {
            // One of two ways, of which a year by its number is the shorter one.
            let parts = if kind == PeriodKind::Year {
                self.example(WHICH_YEAR, &[])
            } else {
                let parts = form.names.iter().filter(|name| **name != "when");
                let parts = parts.map(|name| format!("{name}: {}", self.example(name, args)));
                parts.collect::<Vec<_>>().join(", ")
            };
            let by_event = format!("`at({value}, when: {})`", self.example("when", args));
            return match parts.as_str() {
                "" => format!("write {by_event}"),
                parts => format!("write `at({value}, {parts})` or {by_event}"),
            };
        }
        let rest = form
            .placed
            .iter()
            .skip(1)
            .map(|what| self.example(what, &[]));
        let placed: Vec<String> = std::iter::once(value).chain(rest).collect();
        let is_given = |name: &&str| named(args, name).is_some();
        let (ways, besides): (Vec<&str>, Vec<&str>) =
            form.names.iter().partition(|name| WAYS.contains(name));
        let (given, free): (Vec<&str>, Vec<&str>) = besides.into_iter().partition(is_given);
        let chosen: Vec<&str> = ways.iter().copied().filter(is_given).collect();
        let call = |way: Option<&str>| {
            let named = way.into_iter().chain(given.iter().copied());
            let named = named.map(|name| format!("{name}: {}", self.example(name, args)));
            let parts: Vec<String> = placed.iter().cloned().chain(named).collect();
            format!("`{function}({})`", parts.join(", "))
        };
        let alone = (!form.needs_one && chosen.is_empty()).then(|| call(None));
        let ways = if chosen.is_empty() { ways } else { chosen };
        let ways = ways.into_iter().map(|way| call(Some(way)));
        let shapes: Vec<String> = alone.into_iter().chain(ways).collect();
        let free: Vec<String> = free
            .into_iter()
            .map(|name| match (function, name) {
                // What its own past begins with.
                ("lag", "first") => "`first: …`".to_owned(),
                _ => format!("`{name}: {}`", self.example(name, args)),
            })
            .collect();
        let behind = match free.as_slice() {
            [] => String::new(),
            free => format!("; behind it may stand {}", list(free, "and")),
        };
        let several = match function {
            "stddev" => "; of several values it is `stddev(a, b, c)`",
            _ => "",
        };
        format!("write {}{behind}{several}", list(&shapes, "or"))
    }

    /// A call of a declared function, with what is given and the names of what is not.
    pub(super) fn how_called(&self, function: &str, given: &[(&str, Option<&Arg>)]) -> String {
        // What is too much says nothing of the others: their names are shown.
        if given.iter().all(|(_, arg)| arg.is_none()) {
            let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
            return format!("write `{function}({})`", names.join(", "));
        }
        let mut by_name = false;
        let parts = given.iter().map(|(name, arg)| {
            let words = arg.map(|arg| self.words(self.at(arg.value.span)));
            let words = words.filter(|words| !words.is_empty());
            by_name |= arg.is_none_or(|arg| arg.name.is_some());
            match words {
                Some(words) if by_name => format!("{name}: {words}"),
                Some(words) => words,
                None if by_name => format!("{name}: …"),
                None => (*name).to_owned(),
            }
        });
        let parts: Vec<String> = parts.collect();
        format!("write `{function}({})`", parts.join(", "))
    }

    /// What could stand as an argument: the call's own words, or an example in the panel's periods.
    fn example(&self, what: &str, args: &[Arg]) -> String {
        let own = named(args, what).map(|arg| self.words(self.at(arg.value.span)));
        if let Some(own) = own.filter(|own| !own.is_empty()) {
            return own;
        }
        let unit = self.panel.period.map_or("month", period::kind_name);
        match what {
            "over" | "for" => format!("3 {unit}s"),
            "require" => format!("2 {unit}s"),
            HOW_LONG => format!("1 {unit}"),
            WHICH_YEAR => "2015".to_owned(),
            HOW_MANY => "10".to_owned(),
            PARTS | "at_most" => "5".to_owned(),
            // Without them, others round to whole numbers.
            "decimals" => "0".to_owned(),
            "exponent" | "skew" => "2".to_owned(),
            "kurtosis" => "3.5".to_owned(),
            "first" => "lowest".to_owned(),
            "ties" => "dense".to_owned(),
            "gap" => "last".to_owned(),
            "baseline" => "2010..2020".to_owned(),
            "unverified as" => "unknown".to_owned(),
            "year" => "2015".to_owned(),
            "quarter" | "month" | "week" | "day" => "3".to_owned(),
            "b" => "b".to_owned(),
            _ => "…".to_owned(),
        }
    }
}

/// What stands behind the value, without a name.
pub(super) const HOW_LONG: &str = "how long before";
pub(super) const WHICH_YEAR: &str = "which year";
pub(super) const HOW_MANY: &str = "how many";
pub(super) const PARTS: &str = "how many parts";

fn named<'a>(args: &'a [Arg], wanted: &str) -> Option<&'a Arg> {
    args.iter().find(|arg| {
        let name = arg.name.as_ref();
        name.is_some_and(|name| name.text == wanted)
    })
}
