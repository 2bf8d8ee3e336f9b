//! What each declaration is once it is checked, by its kind.

use super::range::DeclaredRange;
use super::tables;
use crate::plan::alerts::OnUnknown;
use crate::plan::peers::During;
use crate::plan::{Evidence, Grounds, OnViolation, Provenance};
use crate::source::Span;
use crate::typed::{FunctionId, Typed, ValueId};
use crate::types::{ScaleId, Type};
use forewarn_grammar::ast::BindingKind;

#[derive(Clone, Debug)]
pub struct CheckedValue {
    pub name: String,
    pub label: String,
    /// Where the name is declared.
    pub span: Span,
    pub ty: Type,
    pub cites: Vec<String>,
    pub grounds: Grounds,
    /// How the publication that it comes from numbers it, and how sure that is.
    pub code: Option<String>,
    pub provenance: Option<Provenance>,
    pub seen: Option<String>,
    /// Where its declaration is one for each item of a group: the name of them all.
    pub family: Option<String>,
    pub body: Body,
}

#[derive(Clone, Debug)]
pub enum Body {
    Indicator(IndicatorBody),
    Param(ParamBody),
    Expression {
        kind: BindingKind,
        value: Typed,
        declared: Option<DeclaredRange>,
    },
    Factor(FactorBody),
    Level(LevelBody),
    Table(tables::TableBody),
    Alert(Box<AlertBody>),
    /// Told already.
    Broken,
}

#[derive(Clone, Debug)]
pub struct IndicatorBody {
    /// `polarity protective`: higher is safer.
    pub protective: bool,
    pub column: Option<String>,
    pub declared: Option<DeclaredRange>,
    pub on_violation: OnViolation,
    pub optional: bool,
    pub missing_means: Option<Typed>,
    /// In periods of the panel.
    pub carry_forward: Option<u32>,
    /// Where it is surely not met, there is no such value: neither known nor missing.
    pub applies: Option<Typed>,
    /// The words of cells that say that there is no such value, and where they are declared.
    pub inapplicable: Option<(Vec<String>, Span)>,
    /// What a change of it costs, where it can be changed.
    pub changeable: Option<f64>,
    /// After how many periods an observation is out of date.
    pub expires: Option<u32>,
    pub verification: Option<Verification>,
}

/// Where the data say that an observation was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    pub column: String,
    /// Higher is safer: the highest value alarms least.
    pub protective: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ParamBody {
    /// One, or several that share out the periods, earliest first.
    pub values: Vec<DatedValue>,
    pub declared: Option<DeclaredRange>,
    /// The last period in which it holds without being looked at again, as written and as a number.
    pub review: Option<(String, i64)>,
}

#[derive(Clone, Debug)]
pub struct DatedValue {
    pub value: Typed,
    /// The first and the last period for which it holds; open where `None`.
    pub from: Option<i64>,
    pub until: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct FactorBody {
    /// Where it is surely not met, there is no such factor, whatever its members are.
    pub applies: Option<Typed>,
    pub combine: Combine,
    /// As written: `weighted mean`.
    pub words: String,
    pub combine_span: Span,
    pub members: Vec<CheckedMember>,
    pub require: Requirement,
    /// What the author says that the weights come to.
    pub total: Option<(f64, Span)>,
    /// What its value is compared as, and where that is said.
    pub evidence: (Evidence, Span),
    pub span: Span,
}

impl FactorBody {
    /// Is its value what the known members come to, where others may be missing?
    #[must_use]
    pub fn is_estimate(&self) -> bool {
        match self.evidence.0 {
            Evidence::Estimate => true,
            Evidence::Bounds => false,
            Evidence::Unsaid => !matches!(self.require, Requirement::All),
        }
    }

    #[must_use]
    pub fn is_bounds(&self) -> bool {
        self.evidence.0 == Evidence::Bounds
    }
}

#[derive(Clone, Debug)]
pub struct CheckedMember {
    pub value: ValueId,
    /// `None` counts as 1.
    pub weight: Option<Typed>,
    /// What the factor is at least where this is present.
    pub decisive: Option<Typed>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum Requirement {
    /// Nothing said: all members.
    All,
    /// At least this part of the total weight.
    Coverage(Typed),
    /// At least this many members.
    Known(Typed),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Combine {
    Mean,
    WeightedMean,
    GeometricMean,
    HarmonicMean,
    /// With its exponent.
    PowerMean(f64),
    Sum,
    Max,
    Min,
    Median,
    NoisyOr,
    ShareOfYes,
    CountOfYes,
    /// With how many, in which periods.
    AtLeast(Vec<During<u32>>),
    /// A function of one list.
    /// It takes the members' values; `weighted`: and their weights as a second list.
    Function {
        function: FunctionId,
        weighted: bool,
    },
}

#[derive(Clone, Debug)]
pub struct LevelBody {
    /// A step, which results do not show.
    pub is_step: bool,
    pub scale: ScaleId,
    pub arms: Arms,
    /// Name and braces.
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum Arms {
    /// From most to least severe, then what is left.
    Clauses {
        clauses: Vec<Clause>,
        otherwise: (u32, Span),
    },
    Bands {
        of: Typed,
        bands: Vec<Band>,
    },
    /// A level of the same scale.
    Value(Typed),
}

#[derive(Clone, Debug)]
pub struct Clause {
    pub position: u32,
    pub condition: Typed,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Band {
    pub position: u32,
    pub low: Option<Typed>,
    pub high: Option<Typed>,
    pub half_open: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct AlertBody {
    pub raise: AlertCondition,
    /// From less to more severe.
    pub escalations: Vec<AlertCondition>,
    /// Where nothing is said, the alert clears as soon as the condition of raising is no.
    pub clear: Option<AlertCondition>,
    /// What takes it down by one step.
    pub lower: Option<AlertCondition>,
    /// In periods; 0 for none.
    pub cooldown: u32,
    /// The cooldown ends when the alert clears.
    pub until_clear: bool,
    /// What breaks the cooldown, with the whole clause.
    pub bypass: Option<(Typed, Span)>,
    pub on_unknown: OnUnknown,
    /// A notice: a truth that holds as long as its condition does.
    pub notice: bool,
    /// The alert's name.
    pub span: Span,
}

/// One clause of an alert with a condition.
#[derive(Clone, Debug)]
pub struct AlertCondition {
    pub condition: Typed,
    /// For how many periods it must hold, its own the last; 1 for at once.
    pub lasting: u32,
    /// From the clause's word to its end.
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct CheckedFunction {
    pub name: String,
    pub parameters: Vec<(String, Type)>,
    pub result: Type,
    pub body: Typed,
    pub standard: bool,
    /// The declared function that this is for certain units.
    pub of: Option<FunctionId>,
}
