//! One row after another.

use forewarn_plan::{InputKind, OutputKind};
use forewarn_runtime::bind::settled;
use forewarn_runtime::one_row::OneRow;

use crate::error::Error;

/// Applies rules to one row at a time, without allocating. Values stay until they are set anew.
///
/// ```
/// use forewarn::{Options, Ruleset};
///
/// let rules = "framework f \"F\" version \"1\"\npanel country\n\
///              indicator a \"A\" : number in 0..10\nscore twice \"Twice\" = 2 * a\n";
/// let compiled = Ruleset::from_text("f.risk", rules).compile(&Options::default())?;
/// let mut rows = compiled.row_evaluator()?;
/// let (a, twice) = (rows.input("a")?, rows.output("twice")?);
/// rows.set(a, 4.0);
/// rows.evaluate();
/// assert_eq!(rows.number(twice), Some(8.0));
/// rows.set_missing(a);
/// rows.evaluate();
/// assert_eq!(rows.number(twice), None);
/// # Ok::<(), forewarn::Error>(())
/// ```
#[derive(Debug)]
pub struct RowEvaluator {
    row: OneRow,
    /// By input: between these a number needs no second look.
    plain: Box<[(f64, f64)]>,
    /// By input: what it is where its cell is empty.
    absent: Box<[f64]>,
}

/// The place of an input, found once by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input(usize);

/// The place of a result, found once by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted(usize);

impl RowEvaluator {
    pub(crate) fn new(mut row: OneRow) -> Self {
        let inputs = &row.plan().inputs;
        let plain = inputs.iter().map(|input| {
            // An open range or a range without its upper end is looked at closely.
            let high = match input.high_excluded {
                true => f64::NEG_INFINITY,
                false => input.high.min(f64::MAX),
            };
            (input.low.max(f64::MIN), high)
        });
        let absent = inputs.iter().map(|input| match input.kind {
            // Nothing said is not verified.
            InputKind::Verification { .. } => 0.0,
            // Nothing said takes nothing out.
            InputKind::Applies { .. } => 1.0,
            InputKind::Number
            | InputKind::Truth
            | InputKind::Level { .. }
            | InputKind::Category { .. }
            | InputKind::Age { .. }
            | InputKind::Key { .. } => input.missing_means.unwrap_or(f64::NAN),
        });
        let (plain, absent): (_, Box<[f64]>) = (plain.collect(), absent.collect());
        for (input, value) in absent.iter().enumerate() {
            row.set(input, *value);
        }
        Self { row, plain, absent }
    }

    /// The place of an indicator. Where words may say that there is no such value, `a.applies` is the place of a truth
    /// that is no where one does; until it is set, it is yes.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn input(&self, name: &str) -> Result<Input, Error> {
        let inputs = &self.row.plan().inputs;
        let place = inputs.iter().position(|input| input.name == name);
        place.map(Input).ok_or_else(|| {
            let names = inputs.iter().map(|input| input.name.as_str());
            unknown("indicator", name, names)
        })
    }

    /// The place of a result.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn output(&self, name: &str) -> Result<Wanted, Error> {
        let outputs = &self.row.plan().outputs;
        let place = outputs.iter().position(|output| output.column == name);
        place.map(Wanted).ok_or_else(|| {
            let names = outputs.iter().map(|output| output.column.as_str());
            unknown("result", name, names)
        })
    }

    /// Sets a number, in the unit that the indicator declares. One outside the declared range is moved to its
    /// end or missing, as the rules say; it is missing too where a table with it would be refused, and so are
    /// infinities and NaN.
    #[inline]
    pub fn set(&mut self, input: Input, value: f64) {
        let plain = self.plain.get(input.0);
        let value = match plain.is_some_and(|(low, high)| (*low..=*high).contains(&value)) {
            true => value,
            false => self.looked_at(input, value),
        };
        self.row.set(input.0, value);
    }

    #[cold]
    fn looked_at(&self, input: Input, value: f64) -> f64 {
        let inputs = &self.row.plan().inputs;
        let input = inputs.get(input.0).filter(|_| !value.is_nan());
        input.map_or(f64::NAN, |input| settled(input, value))
    }

    /// Sets a truth.
    pub fn set_truth(&mut self, input: Input, value: bool) {
        self.row.set(input.0, if value { 1.0 } else { 0.0 });
    }

    /// Sets a level or a category by its name; false where there is none of that name, which is missing.
    pub fn set_word(&mut self, input: Input, word: &str) -> bool {
        let kind = self.row.plan().inputs.get(input.0).map(|input| &input.kind);
        let place = match kind {
            Some(InputKind::Level { names, .. } | InputKind::Category { names }) => {
                names.iter().position(|name| name == word)
            }
            Some(
                InputKind::Number
                | InputKind::Truth
                | InputKind::Verification { .. }
                | InputKind::Applies { .. }
                | InputKind::Age { .. }
                | InputKind::Key { .. },
            )
            | None => None,
        };
        self.row
            .set(input.0, place.map_or(f64::NAN, |place| place as f64));
        place.is_some()
    }

    /// Nothing is known, as of an empty cell: what `missing means` says then holds. So is every input before it
    /// is set.
    pub fn set_missing(&mut self, input: Input) {
        let absent = self.absent.get(input.0).copied();
        self.row.set(input.0, absent.unwrap_or(f64::NAN));
    }

    /// Works the results out.
    #[inline]
    pub fn evaluate(&mut self) {
        self.row.evaluate();
    }

    /// A number; `None` where it is missing. A truth is 1 or 0, a level or category its place.
    #[inline]
    #[must_use]
    pub fn number(&self, wanted: Wanted) -> Option<f64> {
        let value = self.row.get(wanted.0);
        (!value.is_nan()).then_some(value + 0.0)
    }

    /// A truth; `None` where it is unknown, or no truth.
    #[must_use]
    pub fn truth(&self, wanted: Wanted) -> Option<bool> {
        let outputs = &self.row.plan().outputs;
        let is_truth = outputs.get(wanted.0)?.kind == OutputKind::Truth;
        self.number(wanted).filter(|_| is_truth).map(|x| x != 0.0)
    }

    /// The name of a level or a category; `None` where it is undetermined, or none.
    #[must_use]
    pub fn word(&self, wanted: Wanted) -> Option<&str> {
        match &self.row.plan().outputs.get(wanted.0)?.kind {
            OutputKind::Level { names, .. } | OutputKind::Category { names, .. } => {
                let place = self.number(wanted)?;
                names.get(place as usize).map(String::as_str)
            }
            OutputKind::Number | OutputKind::Truth | OutputKind::Period(_) => None,
        }
    }

    /// Whether an operation was without a result since the last time that was asked: a division by
    /// zero, an overflow. What rests on it is missing.
    pub fn had_faults(&mut self) -> bool {
        !self.row.take_faults().is_empty()
    }
}

pub(crate) fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let known: Vec<&str> = known.collect();
    let near = forewarn_diagnostics::suggest::suggest(name, known.iter().copied());
    Error::Unknown(match near {
        Some(near) => format!("there is no {what} `{name}`; did you mean `{near}`?"),
        None => format!("there is no {what} `{name}`"),
    })
}
