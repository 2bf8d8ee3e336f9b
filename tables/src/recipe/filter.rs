//! Which rows are read: an expression over a row's columns as texts and numbers.
//!
//! In: [`Words`] and the cells of a row. Out: yes, no, or unknown where something is missing. What a cell is
//! worth is what the panel would read of it; whoever has the cells says so ([`Names`]). What is compared
//! counts as a number where both sides are one, as a date where both are one, else as text; a cell that is no number
//! or no date and is compared with one is told.

use super::words::{Words, WordsSlip};
use forewarn_grammar::ast::{
    CompareOp, Expr, ExprKind, InSet, IsWhat, ProductOp, Range, SumOp, TruthWord,
};
use forewarn_plan::PeriodKind;
use forewarn_plan::period::{any, first_day};

/// A value of a cell or of what is worked out from cells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Missing,
    Number(f64),
    Text(String),
    Truth(bool),
}

impl Value {
    /// A text, which is a number where it reads as one.
    pub(crate) fn of(text: &str) -> Self {
        let text = text.trim();
        match text.parse::<f64>() {
            _ if text.is_empty() => Self::Missing,
            Ok(number) if number.is_finite() => Self::Number(number),
            _ => Self::Text(text.to_owned()),
        }
    }

    fn compare(&self, other: &Self) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.partial_cmp(other),
            (Self::Text(one), Self::Text(other)) => Some(one.cmp(other)),
            (Self::Truth(one), Self::Truth(other)) => Some(one.cmp(other)),
            (Self::Text(one), Self::Number(other)) => Some(one.cmp(&other.to_string())),
            (Self::Number(one), Self::Text(other)) => Some(one.to_string().cmp(other)),
            (Self::Missing, _) | (_, Self::Missing) | (Self::Truth(_), _) | (_, Self::Truth(_)) => {
                None
            }
        }
    }
}

impl Value {
    fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// The date or period that it is, if it is one.
    fn date(&self, names: &dyn Names) -> Option<Date> {
        match self {
            Self::Text(text) => names.date(text),
            // A year, or a date in digits alone.
            Self::Number(number) if number.fract() == 0.0 => names.date(&number.to_string()),
            Self::Number(_) | Self::Missing | Self::Truth(_) => None,
        }
    }
}

/// A day, or another period.
pub(crate) type Date = (PeriodKind, i64);

/// How two dates stand to each other: a day is neither before nor after the month in which it lies.
fn order_of_dates(one: Date, other: Date) -> std::cmp::Ordering {
    let ends = |(kind, number): Date| (first_day(kind, number), first_day(kind, number + 1) - 1);
    let (one, other) = (ends(one), ends(other));
    if one.1 < other.0 {
        std::cmp::Ordering::Less
    } else if one.0 > other.1 {
        std::cmp::Ordering::Greater
    } else {
        std::cmp::Ordering::Equal
    }
}

/// Where the values of names come from.
pub(crate) trait Names {
    /// The value of a name, `None` where there is no such name.
    fn value(&self, name: &str) -> Option<Value>;

    /// What a text in quotation marks stands for: a cell in which it stands would be worth that.
    fn literal(&self, text: &str) -> Value {
        Value::of(text)
    }

    /// A cell as it stands, of a name that is a column.
    fn text(&self, _name: &str) -> Option<String> {
        None
    }

    /// A word as yes or no.
    fn truth(&self, text: &str) -> Option<bool> {
        match text {
            "yes" | "true" => Some(true),
            "no" | "false" => Some(false),
            _ => None,
        }
    }

    /// A text as a date, as these data write them or in one of the usual ways.
    fn date(&self, text: &str) -> Option<Date> {
        any(text.trim())
    }

    /// Notes that the value of a name is not what it is asked for.
    fn is_no(&self, _name: &str, _asked: Wanted) {}

    /// The value of a call that is none of the usual ones.
    fn call(&self, _function: &str, _args: &[&str]) -> Option<Value> {
        None
    }
}

/// What a value is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Number,
    Truth,
    Date,
}

/// An expression over the columns of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    words: Words,
}

impl Filter {
    /// Reads a condition about the rows of a table.
    ///
    /// # Errors
    /// Why it cannot be read or is no condition, and where.
    pub fn new(text: &str) -> Result<Self, WordsSlip> {
        Self::of(text, &[])
    }

    /// Reads what is expected of rows, or of all of them together.
    ///
    /// # Errors
    /// Why it cannot be read or is no condition, and where.
    pub fn expected(text: &str) -> Result<Self, WordsSlip> {
        Self::of(text, &[SHARE])
    }

    fn of(text: &str, also: &[&str]) -> Result<Self, WordsSlip> {
        let words = Words::new(text)?;
        let mut unknown = None;
        each_part(&words.tree, &mut |part| {
            if let Some(why) = not_here(part).or_else(|| unknown_call(part, also)) {
                unknown.get_or_insert(why);
            }
        });
        let unknown = unknown.or_else(|| no_condition(&words.tree));
        match unknown {
            Some(why) => Err(WordsSlip {
                why,
                at: 0..text.len(),
            }),
            None => Ok(Self { words }),
        }
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.words.text
    }

    /// The names of columns in it, each once.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        each_part(&self.words.tree, &mut |part| match &part.kind {
            ExprKind::Name(name) if self.words.literal(&name.text).is_none() => add(&name.text),
            ExprKind::Call { function, args } if function.text == COLUMN => {
                if let Some(ExprKind::Name(name)) = args.first().map(|arg| &arg.value.kind)
                    && let Some(column) = self.words.literal(&name.text)
                {
                    add(column);
                }
            }
            _ => {}
        });
        names
    }

    /// The words that columns are compared with, each with its column.
    pub(crate) fn words_of_columns(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut add = |column: Option<&str>, name: &str| {
            let word = self.words.literal(name).unwrap_or(name);
            if let Some(column) = column {
                let pair = (column.to_owned(), word.to_owned());
                if !found.contains(&pair) {
                    found.push(pair);
                }
            }
        };
        each_part(&self.words.tree, &mut |part| {
            if let ExprKind::Comparison { first, rest } = &part.kind
                && let [(_, other)] = rest.as_slice()
            {
                for (side, text) in [(&**first, other), (other, &**first)] {
                    if let ExprKind::Name(name) = &text.kind
                        && self.words.literal(&name.text).is_some()
                    {
                        add(self.column(side), &name.text);
                    }
                }
            }
            if let ExprKind::Is {
                of,
                what: IsWhat::Value(value),
                ..
            } = &part.kind
                && let ExprKind::Name(name) = &value.kind
            {
                add(self.column(of), &name.text);
            }
            if let ExprKind::In {
                of,
                set: InSet::Names(words, _),
                ..
            } = &part.kind
            {
                for word in words {
                    add(self.column(of), &word.text);
                }
            }
        });
        found
    }

    /// Does it call a function of that name?
    pub(crate) fn calls(&self, name: &str) -> bool {
        let mut found = false;
        each_part(&self.words.tree, &mut |part| {
            found |= matches!(&part.kind, ExprKind::Call { function, .. } if function.text == name);
        });
        found
    }

    /// The columns and indicators of which it asks how many are missing.
    pub(crate) fn shares(&self) -> Vec<String> {
        let mut found = Vec::new();
        each_part(&self.words.tree, &mut |part| {
            if let ExprKind::Call { function, args } = &part.kind
                && function.text == SHARE
                && let Some(name) = args.get(1).and_then(|arg| self.column(&arg.value))
            {
                found.push(name.to_owned());
            }
        });
        found
    }

    /// What it comes to; `None` where something is missing.
    pub(crate) fn holds(&self, names: &dyn Names) -> Option<bool> {
        self.truth(&self.words.tree, names)
    }

    /// The column that a part of the expression is.
    fn column<'e>(&'e self, expr: &'e Expr) -> Option<&'e str> {
        match &expr.kind {
            ExprKind::Name(name) if self.words.literal(&name.text).is_none() => Some(&name.text),
            ExprKind::Paren(inner) => self.column(inner),
            ExprKind::Call { function, args } if function.text == COLUMN => {
                match args.first().map(|arg| &arg.value.kind) {
                    Some(ExprKind::Name(name)) => self.words.literal(&name.text),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A part as a condition.
    fn truth(&self, expr: &Expr, names: &dyn Names) -> Option<bool> {
        let value = self.value(expr, names);
        let found = truth_of(&value, names);
        if found.is_none()
            && value != Value::Missing
            && let Some(column) = self.column(expr)
        {
            names.is_no(column, Wanted::Truth);
        }
        found
    }

    /// A part as a number.
    fn number(&self, expr: &Expr, names: &dyn Names) -> Option<f64> {
        match self.value(expr, names) {
            Value::Number(number) => Some(number),
            Value::Missing => None,
            Value::Text(_) | Value::Truth(_) => {
                if let Some(column) = self.column(expr) {
                    names.is_no(column, Wanted::Number);
                }
                None
            }
        }
    }

    /// The column whose cell is compared with a date and is none.
    fn no_date<'e>(
        &'e self,
        (one, one_is): (&'e Expr, &Value),
        (other, other_is): (&'e Expr, &Value),
        names: &dyn Names,
    ) -> Option<&'e str> {
        match (one_is.date(names), other_is.date(names)) {
            (Some(_), None) if one_is.is_text() => self.column(other),
            (None, Some(_)) if other_is.is_text() => self.column(one),
            _ => None,
        }
    }

    /// How one part stands to another; a cell that is no number stands nowhere among numbers, and one that is no date
    /// nowhere among dates.
    fn order(
        &self,
        (one, one_is): (&Expr, &Value),
        (other, other_is): (&Expr, &Value),
        names: &dyn Names,
    ) -> Option<std::cmp::Ordering> {
        let known = |value: &Value| *value != Value::Missing;
        if known(one_is)
            && known(other_is)
            && let Some(column) = self.no_date((one, one_is), (other, other_is), names)
            && names.value(column).is_some()
        {
            names.is_no(column, Wanted::Date);
            return None;
        }
        if one_is.is_text() || other_is.is_text() {
            let dates = one_is.date(names).zip(other_is.date(names));
            if let Some((one, other)) = dates {
                return Some(order_of_dates(one, other));
            }
        }
        let word = match (one_is, other_is) {
            (Value::Number(_), Value::Text(_)) => self.column(other),
            (Value::Text(_), Value::Number(_)) => self.column(one),
            _ => None,
        };
        match word.filter(|column| names.value(column).is_some()) {
            Some(column) => {
                names.is_no(column, Wanted::Number);
                None
            }
            None => one_is.compare(other_is),
        }
    }

    /// Is a value what a text in the expression says?
    fn is_literal(
        &self,
        (of, one): (&Expr, &Value),
        text: &str,
        names: &dyn Names,
    ) -> Option<bool> {
        let other = names.literal(text);
        // A code is another one where its digits are, though both be one number.
        if let Some(cell) = self.column(of).and_then(|column| names.text(column))
            && !cell.is_empty()
            && (is_code(&cell) || is_code(text))
        {
            return Some(cell.trim() == text.trim());
        }
        if *one == Value::Missing {
            return (other == Value::Missing).then_some(true);
        }
        let text = Value::Text(text.to_owned());
        let is = |other: &Value| is_same(one, other, names);
        match other {
            Value::Missing => is(&text),
            other => Some(is(&other)? || is(&text)?),
        }
    }

    fn value(&self, expr: &Expr, names: &dyn Names) -> Value {
        let truth = |known: Option<bool>| known.map_or(Value::Missing, Value::Truth);
        let of = |part: &Expr| self.value(part, names);
        let number = |part: &Expr| self.number(part, names);
        match &expr.kind {
            ExprKind::Number(number) if number.percent => Value::Number(number.value / 100.0),
            ExprKind::Number(number) => Value::Number(number.value),
            ExprKind::Truth(TruthWord::Yes) => Value::Truth(true),
            ExprKind::Truth(TruthWord::No) => Value::Truth(false),
            ExprKind::Name(name) => match self.words.literal(&name.text) {
                Some(text) => match names.literal(text) {
                    Value::Missing => Value::Text(text.to_owned()),
                    value => value,
                },
                // A word that is no column is a text, as categories are in rules.
                None => names
                    .value(&name.text)
                    .unwrap_or_else(|| Value::Text(name.text.clone())),
            },
            ExprKind::Call { function, args } => {
                let args: Vec<&Expr> = args.iter().map(|arg| &arg.value).collect();
                self.call(&function.text, &args, names)
            }
            ExprKind::Paren(inner) => of(inner),
            ExprKind::Negate(inner) => {
                number(inner).map_or(Value::Missing, |number| Value::Number(-number))
            }
            ExprKind::Not(inner) => truth(self.truth(inner, names).map(|truth| !truth)),
            ExprKind::Sum { first, rest } => {
                let mut sum = number(first);
                for (operator, part) in rest {
                    let next = number(part);
                    sum = sum.zip(next).map(|(sum, next)| match operator.op {
                        SumOp::Add => sum + next,
                        SumOp::Subtract => sum - next,
                    });
                }
                sum.map_or(Value::Missing, Value::Number)
            }
            ExprKind::Product { first, rest } => {
                let mut product = number(first);
                for (operator, part) in rest {
                    let next = number(part);
                    product = product.zip(next).map(|(product, next)| match operator.op {
                        ProductOp::Multiply => product * next,
                        ProductOp::Divide => product / next,
                    });
                }
                product
                    .filter(|number| number.is_finite())
                    .map_or(Value::Missing, Value::Number)
            }
            ExprKind::Comparison { first, rest } => {
                let mut before = (&**first, of(first));
                let mut all = Some(true);
                for (operator, part) in rest {
                    let next = of(part);
                    let order = self.order((before.0, &before.1), (part, &next), names);
                    let holds = order.map(|order| match operator.op {
                        CompareOp::Less => order.is_lt(),
                        CompareOp::LessOrEqual => order.is_le(),
                        CompareOp::Greater => order.is_gt(),
                        CompareOp::GreaterOrEqual => order.is_ge(),
                    });
                    all = and(all, holds);
                    before = (part, next);
                }
                truth(all)
            }
            ExprKind::Is {
                of: one,
                negated,
                what,
            } => {
                let (part, one) = (&**one, of(one));
                let found = match what {
                    IsWhat::Missing(_) => Some(one == Value::Missing),
                    IsWhat::Known(_) => Some(one != Value::Missing),
                    IsWhat::Value(other) => match &other.kind {
                        ExprKind::Missing => Some(one == Value::Missing),
                        ExprKind::Name(name) if let Some(text) = self.words.literal(&name.text) => {
                            self.is_literal((part, &one), text, names)
                        }
                        _ => equal(&one, &of(other), names),
                    },
                };
                truth(found.map(|found| found != *negated))
            }
            ExprKind::In {
                of: outer,
                negated,
                set,
            } => {
                let one = of(outer);
                let found = match set {
                    InSet::Names(words, _) => {
                        let mut among = words.iter().map(|word| {
                            let other = self.words.literal(&word.text).unwrap_or(&word.text);
                            self.is_literal((&**outer, &one), other, names)
                        });
                        match among.any(|is| is == Some(true)) {
                            true => Some(true),
                            false => (one != Value::Missing).then_some(false),
                        }
                    }
                    InSet::Range(range) => self.within((outer, &one), range, names),
                };
                truth(found.map(|found| found != *negated))
            }
            ExprKind::And(parts) => truth(self.all(parts, names, true)),
            ExprKind::Or(parts) => truth(not(self.all(parts, names, false))),
            ExprKind::Fallback(parts) => parts
                .iter()
                .map(of)
                .find(|value| *value != Value::Missing)
                .unwrap_or(Value::Missing),
            ExprKind::If { arms, otherwise } => {
                for (condition, value) in arms {
                    match self.truth(condition, names) {
                        Some(true) => return of(value),
                        Some(false) => {}
                        None => return Value::Missing,
                    }
                }
                of(otherwise)
            }
            ExprKind::Truth(TruthWord::Unknown)
            | ExprKind::Missing
            | ExprKind::Member { .. }
            | ExprKind::List(_)
            | ExprKind::AtLeast { .. }
            | ExprKind::Periods { .. }
            | ExprKind::Repeat { .. }
            | ExprKind::Weighted { .. }
            | ExprKind::Alternatives(_)
            | ExprKind::Required(_)
            | ExprKind::Piecewise { .. }
            | ExprKind::Error => Value::Missing,
        }
    }

    /// Are all of these so, or where `wanted` is false, none?
    fn all(&self, parts: &[Expr], names: &dyn Names, wanted: bool) -> Option<bool> {
        let mut all = Some(true);
        for part in parts {
            let holds = self.truth(part, names);
            all = and(all, holds.map(|holds| holds == wanted));
        }
        all
    }

    fn call(&self, function: &str, args: &[&Expr], names: &dyn Names) -> Value {
        if function == COLUMN {
            let column = args.first().and_then(|arg| match &arg.kind {
                ExprKind::Name(name) => self.words.literal(&name.text),
                _ => None,
            });
            return column
                .and_then(|column| names.value(column))
                .unwrap_or(Value::Missing);
        }
        let words: Vec<&str> = args
            .iter()
            .map(|arg| match &arg.kind {
                ExprKind::Call { .. } => self.column(arg).unwrap_or_default(),
                ExprKind::Name(name) => self.words.literal(&name.text).unwrap_or(&name.text),
                ExprKind::Missing => "missing",
                _ => "",
            })
            .collect();
        if let Some(value) = names.call(function, &words) {
            return value;
        }
        let numbers: Option<Vec<f64>> = args.iter().map(|arg| self.number(arg, names)).collect();
        let Some(numbers) = numbers else {
            return Value::Missing;
        };
        let found = match function {
            "abs" => numbers.first().map(|number| number.abs()),
            "round" => numbers.first().map(|number| number.round()),
            "min" => numbers.into_iter().reduce(f64::min),
            "max" => numbers.into_iter().reduce(f64::max),
            "sum" => Some(numbers.iter().sum()),
            _ => None,
        };
        found.map_or(Value::Missing, Value::Number)
    }

    fn within(&self, one: (&Expr, &Value), range: &Range, names: &dyn Names) -> Option<bool> {
        let order = |end: &Expr| self.order(one, (end, &self.value(end, names)), names);
        let low = match &range.low {
            Some(low) => order(low).map(std::cmp::Ordering::is_ge),
            None => Some(true),
        };
        let high = match &range.high {
            Some(high) => order(high).map(|order| {
                if range.half_open {
                    order.is_lt()
                } else {
                    order.is_le()
                }
            }),
            None => Some(true),
        };
        and(low, high)
    }
}

/// Names a column whose name is no word: `column("Country Code")`.
const COLUMN: &str = "column";

fn and(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        (None, _) | (_, None) => None,
    }
}

fn not(one: Option<bool>) -> Option<bool> {
    one.map(|truth| !truth)
}

/// A value as yes or no.
fn truth_of(value: &Value, names: &dyn Names) -> Option<bool> {
    match value {
        Value::Truth(truth) => Some(*truth),
        Value::Number(number) if *number == 0.0 || *number == 1.0 => Some(*number == 1.0),
        Value::Text(text) => names.truth(text),
        Value::Number(_) | Value::Missing => None,
    }
}

/// Are two values the same, or the same date, however each is written?
fn is_same(one: &Value, other: &Value, names: &dyn Names) -> Option<bool> {
    let same = one.compare(other)?.is_eq();
    let dates = (!same && one.is_text() && other.is_text())
        .then(|| one.date(names).zip(other.date(names)))
        .flatten();
    Some(same || dates.is_some_and(|(one, other)| one == other))
}

/// Are two values the same? What is compared with yes or no is read as one of them.
fn equal(one: &Value, other: &Value, names: &dyn Names) -> Option<bool> {
    match (one, other) {
        (Value::Missing, _) | (_, Value::Missing) => None,
        (Value::Truth(truth), value) | (value, Value::Truth(truth)) => {
            Some(truth_of(value, names) == Some(*truth))
        }
        (one, other) => is_same(one, other, names),
    }
}

/// Is a text made of digits that say more than their number: `012`, `1e2`?
fn is_code(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let has_nought = text.len() == digits && digits > 1 && text.starts_with('0');
    let has_power = text.parse::<f64>().is_ok() && text.contains(['e', 'E']);
    has_nought || has_power
}

/// How much of a column is missing.
const SHARE: &str = "share";

/// The functions of a condition.
const FUNCTIONS: [&str; 6] = ["abs", "round", "min", "max", "sum", COLUMN];

/// Why a call means nothing.
fn unknown_call(part: &Expr, also: &[&str]) -> Option<String> {
    let ExprKind::Call { function, args } = &part.kind else {
        return None;
    };
    let name = function.text.as_str();
    if name == SHARE && also.contains(&name) {
        let first = args.first().map(|arg| &arg.value.kind);
        let is_missing = match first {
            Some(ExprKind::Missing) => true,
            Some(ExprKind::Name(word)) => word.text == "missing",
            _ => false,
        };
        let is_asked = is_missing && args.len() == 2;
        return (!is_asked).then(|| {
            format!(
                "`{SHARE}` asks how much of a column is missing: write `{SHARE}(missing, deaths) < 20%`"
            )
        });
    }
    let known = FUNCTIONS.contains(&name) || also.contains(&name);
    (!known).then(|| {
        format!(
            "`{name}` is no function of a condition; known are `{}`",
            FUNCTIONS.join("`, `")
        )
    })
}

/// Why an expression is neither so nor not so.
fn no_condition(expr: &Expr) -> Option<String> {
    let said = |what: &str| {
        Some(format!(
            "this is no condition but {what}: compare it with something, as in `deaths >= 25`"
        ))
    };
    match &expr.kind {
        ExprKind::Truth(_)
        | ExprKind::Comparison { .. }
        | ExprKind::Is { .. }
        | ExprKind::In { .. }
        | ExprKind::Error => None,
        // A column of yes and no.
        ExprKind::Name(name) if !name.text.starts_with(super::words::NAME) => None,
        ExprKind::Call { function, .. } if function.text == COLUMN => None,
        ExprKind::Paren(inner) | ExprKind::Not(inner) => no_condition(inner),
        ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Fallback(parts) => {
            parts.iter().find_map(no_condition)
        }
        ExprKind::If { arms, otherwise } => {
            let parts = arms
                .iter()
                .flat_map(|(condition, value)| [condition, value]);
            parts.chain([&**otherwise]).find_map(no_condition)
        }
        ExprKind::Number(_)
        | ExprKind::Call { .. }
        | ExprKind::Negate(_)
        | ExprKind::Sum { .. }
        | ExprKind::Product { .. } => said("a number"),
        ExprKind::Name(_) => said("a text"),
        ExprKind::Missing => said("nothing"),
        ExprKind::Member { .. }
        | ExprKind::List(_)
        | ExprKind::AtLeast { .. }
        | ExprKind::Periods { .. }
        | ExprKind::Repeat { .. }
        | ExprKind::Weighted { .. }
        | ExprKind::Alternatives(_)
        | ExprKind::Required(_)
        | ExprKind::Piecewise { .. } => said("something else"),
    }
}

/// What has no meaning over the cells of a row.
fn not_here(part: &Expr) -> Option<String> {
    let what = match &part.kind {
        ExprKind::Member { .. } => "a part of a factor",
        ExprKind::List(_) => "a list",
        ExprKind::AtLeast { .. } => "`at least … of`",
        ExprKind::Periods { .. } => "a range of periods",
        ExprKind::Repeat { .. } => "a series",
        ExprKind::Weighted { .. } => "a weight",
        ExprKind::Alternatives(_) => "a choice of members",
        ExprKind::Required(_) => "how many must be known",
        ExprKind::Piecewise { .. } => "a line through points",
        ExprKind::Number(_)
        | ExprKind::Truth(_)
        | ExprKind::Missing
        | ExprKind::Name(_)
        | ExprKind::Call { .. }
        | ExprKind::Paren(_)
        | ExprKind::Negate(_)
        | ExprKind::Not(_)
        | ExprKind::Sum { .. }
        | ExprKind::Product { .. }
        | ExprKind::Comparison { .. }
        | ExprKind::Is { .. }
        | ExprKind::In { .. }
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Fallback(_)
        | ExprKind::If { .. }
        | ExprKind::Error => return None,
    };
    Some(format!("{what} has no meaning over the cells of a row"))
}

/// Gives every part of an expression to `take`, itself first.
fn each_part(expr: &Expr, take: &mut dyn FnMut(&Expr)) {
    take(expr);
    match &expr.kind {
        ExprKind::Call { args, .. } => args.iter().for_each(|arg| each_part(&arg.value, take)),
        ExprKind::Member { of, .. }
        | ExprKind::Paren(of)
        | ExprKind::Negate(of)
        | ExprKind::Not(of) => each_part(of, take),
        ExprKind::Sum { first, rest } => {
            each_part(first, take);
            rest.iter().for_each(|(_, part)| each_part(part, take));
        }
        ExprKind::Product { first, rest } => {
            each_part(first, take);
            rest.iter().for_each(|(_, part)| each_part(part, take));
        }
        ExprKind::Comparison { first, rest } => {
            each_part(first, take);
            rest.iter().for_each(|(_, part)| each_part(part, take));
        }
        ExprKind::Is { of, what, .. } => {
            each_part(of, take);
            if let IsWhat::Value(value) = what {
                // The right side is a word as often as a column.
                if !matches!(value.kind, ExprKind::Name(_)) {
                    each_part(value, take);
                }
            }
        }
        ExprKind::In { of, set, .. } => {
            each_part(of, take);
            if let InSet::Range(range) = set {
                range.low.iter().for_each(|low| each_part(low, take));
                range.high.iter().for_each(|high| each_part(high, take));
            }
        }
        ExprKind::And(parts)
        | ExprKind::Or(parts)
        | ExprKind::Fallback(parts)
        | ExprKind::List(parts)
        | ExprKind::AtLeast { of: parts, .. } => {
            parts.iter().for_each(|part| each_part(part, take));
        }
        ExprKind::If { arms, otherwise } => {
            for (condition, value) in arms {
                each_part(condition, take);
                each_part(value, take);
            }
            each_part(otherwise, take);
        }
        ExprKind::Number(_)
        | ExprKind::Truth(_)
        | ExprKind::Missing
        | ExprKind::Name(_)
        | ExprKind::Periods { .. }
        | ExprKind::Repeat { .. }
        | ExprKind::Weighted { .. }
        | ExprKind::Alternatives(_)
        | ExprKind::Required(_)
        | ExprKind::Piecewise { .. }
        | ExprKind::Error => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(&'static [(&'static str, &'static str)]);

    impl Names for Row {
        fn value(&self, name: &str) -> Option<Value> {
            let found = self.0.iter().find(|(column, _)| *column == name);
            found.map(|(_, text)| Value::of(text))
        }
    }

    #[test]
    fn rows_are_chosen_as_rules_would_choose_them() {
        let row = Row(&[
            ("admin_level", "2"),
            ("kind", "Battles"),
            ("deaths", "12"),
            ("Country Code", "AVA"),
            ("date", "2024-05-31"),
            ("note", ""),
        ]);
        for (text, holds) in [
            (
                "admin_level = 2 and kind in (\"Battles\", \"Riots, at night\")",
                Some(true),
            ),
            ("admin_level == 2.0", Some(true)),
            ("kind != \"Battles\"", Some(false)),
            ("kind is Battles", Some(true)),
            ("kind not in (\"Riots\", \"Protests\")", Some(true)),
            ("deaths in 10..20 or kind = \"Riots\"", Some(true)),
            ("deaths in (1, 12)", Some(true)),
            ("column(\"Country Code\") = \"AVA\"", Some(true)),
            ("date >= 2024-05-01 and date < 2024-06-01", Some(true)),
            ("note is missing", Some(true)),
            ("note = \"x\"", None),
            ("not (deaths > 5)", Some(false)),
            ("abs(deaths - 13) <= 1", Some(true)),
            ("note > 5 or admin_level = 2", Some(true)),
        ] {
            let filter = Filter::new(text).unwrap_or_else(|slip| panic!("{text}: {slip:?}"));
            assert_eq!(filter.holds(&row), holds, "{text}");
        }
    }

    #[test]
    fn dates_are_compared_as_dates() {
        let row = Row(&[
            ("date", "2024-05-04 00:00:00"),
            ("month", "2024-05"),
            ("year", "2024"),
            ("week", "2024-W18"),
            ("odd", "04/05/2024"),
        ]);
        for (text, holds) in [
            ("date <= 2024-05-04", Some(true)),
            ("date > 2024-05-04", Some(false)),
            ("date = 2024-05-04", Some(true)),
            ("date in (2024-05-03, 2024-05-04)", Some(true)),
            ("month >= 2024-05-01", Some(true)),
            ("month > 2024-04-30", Some(true)),
            ("month < 2024-06-01", Some(true)),
            ("date < month", Some(false)),
            ("date <= 2024-05", Some(true)),
            ("year >= 2024-01-01", Some(true)),
            ("year < 2024-01-01", Some(false)),
            ("date >= 2024", Some(true)),
            ("week < 2024-06", Some(true)),
            ("odd >= 2024-05-01", None),
        ] {
            let filter = Filter::new(text).unwrap_or_else(|slip| panic!("{text}: {slip:?}"));
            assert_eq!(filter.holds(&row), holds, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        for text in [
            "admin_level = ",
            "kind in (\"a\"",
            "a b",
            "\"open",
            "[1, 2]",
            "deaths + 1",
            "\"Battles\"",
            "median(deaths) > 2",
            "share(missing, deaths) < 2",
            "not -deaths",
        ] {
            assert!(Filter::new(text).is_err(), "{text}");
        }
        for text in [
            "share(known, deaths) < 2",
            "share(missing) < 2",
            "share(deaths) < 2",
        ] {
            assert!(Filter::expected(text).is_err(), "{text}");
        }
        let shares = |text: &str| Filter::expected(text).unwrap().shares();
        assert_eq!(shares("share(missing, deaths) < 20%"), ["deaths"]);
        assert_eq!(shares("share(missing, column(\"B c\")) < 20%"), ["B c"]);
        let slip = Filter::new("admin_level = 2 andd kind = \"x\"").unwrap_err();
        assert!(slip.at.start >= 14, "{slip:?}");
    }

    #[test]
    fn columns_of_an_expression() {
        let filter =
            Filter::new("a = \"x\" and column(\"B c\") in (1, 2) and abs(d - e) < 1").unwrap();
        assert_eq!(filter.columns(), ["a", "B c", "d", "e"]);
    }
}
