//! One row after another.

use forewarn_plan::{InputKind, OutputKind};
use forewarn_runtime::native::RowProgram;

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
    row: RowProgram,
}

/// The place of an input, found once by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input(usize);

/// The place of a result, found once by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted(usize);

impl RowEvaluator {
    pub(crate) fn new(row: RowProgram) -> Self {
        Self { row }
    }

    /// The place of an indicator.
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

    /// Sets a number, in the unit that the indicator declares. One outside the declared range is
    /// missing, as it is in a table; so are infinities and NaN.
    pub fn set(&mut self, input: Input, value: f64) {
        let inputs = &self.row.plan().inputs;
        let inside = inputs.get(input.0).is_some_and(|input| {
            let below = if input.high_excluded {
                value < input.high
            } else {
                value <= input.high
            };
            input.low <= value && below && value.is_finite()
        });
        self.row.set(input.0, if inside { value } else { f64::NAN });
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
                | InputKind::Key { .. },
            )
            | None => None,
        };
        self.row
            .set(input.0, place.map_or(f64::NAN, |place| place as f64));
        place.is_some()
    }

    /// Nothing is known.
    pub fn set_missing(&mut self, input: Input) {
        self.row.set(input.0, f64::NAN);
    }

    /// Works the results out.
    pub fn evaluate(&mut self) {
        self.row.evaluate();
    }

    /// A number; `None` where it is missing. A truth is 1 or 0, a level or category its place.
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
