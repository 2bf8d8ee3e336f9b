//! The syntax tree of one rule file.
//!
//! In: what the parser saw. Out: plain data with exact byte spans, nothing resolved and nothing
//! checked, so that the compiler, a formatter and an editor can all stand on the same tree.
//! Chains of the same precedence (`a + b + c`, `a and b and c`, `if … else if …`) are flat lists,
//! so the tree's depth is bounded by real nesting and walking it cannot exhaust the stack.

use std::fmt;

mod changes;
mod expressions;
mod groups;
mod tests;

pub use changes::*;
pub use expressions::*;
pub use groups::*;
pub use tests::*;

/// A half-open range of byte offsets in one file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: clip(start),
            end: clip(end),
        }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// An identifier as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

/// A quoted text, unescaped; the span includes the quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub value: String,
    pub span: Span,
}

/// A `//` comment (not documentation), kept for the formatter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub text: String,
    pub span: Span,
}

/// One rule file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    pub items: Vec<Item>,
    pub comments: Vec<Comment>,
}

/// A declaration with its `///` documentation lines (without the slashes).
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub docs: Vec<Text>,
    pub openness: Option<Openness>,
    pub kind: ItemKind,
    /// The reason given for it: `because "…"`.
    pub because: Option<Text>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    Framework(Framework),
    Module {
        name: Name,
        label: Option<Text>,
    },
    /// `use stdlib.scaling`, `use common`, `use common.{ per_head, deaths }`
    Use {
        path: Vec<Name>,
        /// What is taken of a package; all of it where nothing is named.
        chosen: Vec<Name>,
    },
    Panel(Panel),
    /// `source ucdp "UCDP" { license "CC BY 4.0" classification public }`
    Source {
        name: Name,
        label: Option<Text>,
        properties: Vec<Attr>,
    },
    /// `unit people`, `unit thousand_people "…" = 1_000 people`
    Unit {
        name: Name,
        label: Option<Text>,
        equals: Option<UnitExpr>,
    },
    Indicator {
        name: Name,
        label: Option<Text>,
        ty: TypeExpr,
        attrs: Vec<Attr>,
    },
    Param(Param),
    /// `let`, `score` and `signal` are one shape.
    Binding(Binding),
    Factor(Factor),
    Group(Group),
    /// `scale concern { low < high }`, and without order `category region { coast, plain }`
    Scale {
        name: Name,
        label: Option<Text>,
        levels: Vec<LevelName>,
        attrs: Vec<Attr>,
        /// A category has none.
        ordered: bool,
    },
    Level(Level),
    Alert(Alert),
    Function(Function),
    Test(Test),
    Table(Table),
    Property(Property),
    Declassify(Declassify),
    /// `show region`: what results carry along.
    Show {
        name: Name,
    },
    /// `override …`, `replace …`, `add …`, `drop …`
    Change(Change),
    /// A declaration that could not be read; its problem has been told. `name` is what it would
    /// have declared, where that much could be read, so that uses of it are not told again.
    Error {
        name: Option<Name>,
    },
}

/// `framework sahel_watch "Sahel" version "1.2.0" extends un_atrocity "1"`
#[derive(Clone, Debug, PartialEq)]
pub struct Framework {
    pub name: Name,
    pub label: Option<Text>,
    pub version: Option<Text>,
    pub extends: Option<(Name, Option<Text>)>,
    pub attrs: Vec<Attr>,
}

/// `panel country column "iso3" by month column "month" except "WLD"`, `panel country, province by month`,
/// `panel by month`
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// What rows are about, each key within the one before it; none where the panel is one series.
    pub keys: Vec<PanelKey>,
    pub period: Option<PanelPeriod>,
    /// Entities that are none of the panel's, such as the world.
    pub except: Vec<Text>,
}

impl Panel {
    /// The first word that says what its rows are: a key, or the period of a series.
    #[must_use]
    pub fn span(&self) -> Span {
        let key = self.keys.first().map(|key| key.name.span);
        let period = self.period.as_ref().map(|period| period.kind.span);
        key.or(period).unwrap_or_default()
    }
}

/// A key of the panel and the column it is read from.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelKey {
    pub name: Name,
    pub column: Option<Text>,
}

/// `by month column "month" written "YYYYMM"`, `by month column "year", "month"`, `by week from thursday`
#[derive(Clone, Debug, PartialEq)]
pub struct PanelPeriod {
    /// `day week month quarter year`, checked by the compiler.
    pub kind: Name,
    /// `from thursday`: the day on which weeks begin, checked by the compiler.
    pub from: Option<Name>,
    /// The column of the period, or of its year.
    pub column: Option<Text>,
    /// The column of the month, quarter or week within the year.
    pub within: Option<Text>,
    /// How periods are written.
    pub written: Option<Text>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    pub name: Name,
    pub label: Option<Text>,
    pub ty: Option<TypeExpr>,
    pub values: Vec<ParamValue>,
    pub attrs: Vec<Attr>,
}

/// `= 90.1 until 2014`, `= 90 from 2015`, or just `= 90`. Periods are numbers (a year) or texts
/// (`"2015-06"`). `until` includes its period.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamValue {
    pub value: Expr,
    pub from: Option<PeriodLit>,
    pub until: Option<PeriodLit>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodLit {
    pub text: String,
    pub span: Span,
}

/// Where a range of periods begins or ends.
#[derive(Clone, Debug, PartialEq)]
pub enum PeriodEnd {
    Written(PeriodLit),
    /// A param whose value is a year.
    Named(Name),
}

impl PeriodEnd {
    /// As it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Written(period) => &period.text,
            Self::Named(name) => &name.text,
        }
    }

    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Written(period) => period.span,
            Self::Named(name) => name.span,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BindingKind {
    Let,
    Score,
    Signal,
}

/// `score repression "…" : number in 0..1 = rescale(…) cite "…"`
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    pub kind: BindingKind,
    pub name: Name,
    pub label: Option<Text>,
    pub ty: Option<TypeExpr>,
    pub value: Expr,
    pub attrs: Vec<Attr>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    pub name: Name,
    pub label: Option<Text>,
    /// `combine weighted mean` gives the words `weighted`, `mean`; `combine power mean 3` also the
    /// number; `combine at least 3` the words `at`, `least`.
    pub combine: Option<Combine>,
    pub require: Option<Require>,
    pub members: Vec<Member>,
    /// `total weight 6`: what the author says that the weights come to.
    pub total_weight: Option<Expr>,
    /// `evidence bounds`: what the factor's value is compared as.
    pub evidence: Option<Name>,
    /// Everything else between the braces: `cite`, `nature`, `classification`, `allow` …
    pub attrs: Vec<Attr>,
    /// The braces and what is between them.
    pub body: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Combine {
    pub words: Vec<Name>,
    pub number: Option<Box<Expr>>,
    pub span: Span,
}

/// `require 50% coverage`, `require 3 known`
#[derive(Clone, Debug, PartialEq)]
pub struct Require {
    pub amount: Box<Expr>,
    pub kind: RequireKind,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequireKind {
    Coverage,
    Known,
}

/// `at_war weight 3`, `repression weight -(w + 1)`, `targeted_elimination decisive 0.7`,
/// `any of { coup, leader_killed } "A trigger" weight 2`
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Of what is declared elsewhere; of one that is written here its words.
    pub name: Name,
    /// What is written here: a step with the member's words for a name.
    pub own: Option<Box<Binding>>,
    pub weight: Option<Expr>,
    /// What the factor is at least where the member is present.
    pub decisive: Option<Expr>,
    pub span: Span,
}

impl Member {
    /// Is it what changes call so: by its name, or one that is written here by its words or its label?
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let label = self.own.as_ref().and_then(|own| own.label.as_ref());
        self.name.text == name || label.is_some_and(|label| label.value == name)
    }

    /// What changes call it, as they write it: of one that is written here the label, or else the words.
    #[must_use]
    pub fn called(&self) -> String {
        match &self.own {
            None => self.name.text.clone(),
            Some(own) => {
                let label = own
                    .label
                    .as_ref()
                    .map_or(&self.name.text, |label| &label.value);
                format!("\"{label}\"")
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct LevelName {
    pub name: Name,
    pub label: Option<Text>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    pub name: Name,
    pub label: Option<Text>,
    pub scale: Name,
    /// `let level …`: a step, which results do not show.
    pub is_step: bool,
    /// `from inform_risk`: the score whose bands follow.
    pub from: Option<Expr>,
    /// `= max(a, b)`: `from` is the level itself, and there are no arms.
    pub is_value: bool,
    pub arms: Vec<LevelArm>,
    pub attrs: Vec<Attr>,
    pub body: Span,
}

/// One line of a level.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelArm {
    pub level: Name,
    pub kind: LevelArmKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LevelArmKind {
    When(Expr),
    Otherwise,
    Band(Range),
}

/// `alert early_warning "…" { raise when … clear when … }`: clauses and properties in any order. That
/// a clause stands twice is for the compiler to tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    pub name: Name,
    pub label: Option<Text>,
    /// `notice … when …`: it has a condition and no memory beyond how long that lasts.
    pub notice: bool,
    /// In the order of the source.
    pub clauses: Vec<AlertClause>,
    pub attrs: Vec<Attr>,
    /// The braces and what is between them.
    pub body: Span,
}

/// One clause, from its word to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertClause {
    pub kind: AlertClauseKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AlertClauseKind {
    /// `raise when overall >= high for 2 months`: without `lasting`, at once.
    When {
        change: AlertChange,
        condition: Expr,
        lasting: Option<Expr>,
    },
    /// `cooldown 6 months until clear unless overall is critical`
    Cooldown {
        length: Expr,
        /// It ends when the alert clears.
        until_clear: bool,
        unless: Option<Expr>,
    },
    /// `on unknown hold`
    OnUnknown(Name),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertChange {
    Raise,
    Escalate,
    /// Down by one step.
    Lower,
    Clear,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    pub name: Name,
    pub params: Vec<FnParam>,
    pub result: Option<TypeExpr>,
    pub body: Expr,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FnParam {
    pub name: Name,
    pub ty: TypeExpr,
}

/// `number`, `number[u]`, `deaths / people in 0..1`, `truth`, `assessment`, `concern`,
/// `category { west, central }`, `list of number[u]`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeExpr {
    pub kind: TypeKind,
    pub range: Option<LiteralRange>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// A single word or a unit expression. `number`, `truth`, `text`, `assessment`, a scale's name
    /// and a unit's name all arrive here; the compiler tells them apart.
    Unit(UnitExpr),
    /// `number[deaths / people]`: a number of that unit, or of a unit variable in a function.
    NumberOf(UnitExpr),
    Category(Vec<LevelName>),
    List(Box<TypeExpr>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct UnitExpr {
    pub kind: UnitExprKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum UnitExprKind {
    Name(Name),
    /// A bare factor, as in `100_000 people`, written before a unit: `Times(Number, Name)`.
    Number(Number),
    Times(Box<UnitExpr>, Box<UnitExpr>),
    Per(Box<UnitExpr>, Box<UnitExpr>),
    Paren(Box<UnitExpr>),
}

/// The plausible range of a type: `0..`, `-5..5`, `..<100`. Bounds are signed literals.
#[derive(Clone, Debug, PartialEq)]
pub struct LiteralRange {
    pub low: Option<SignedNumber>,
    pub high: Option<SignedNumber>,
    /// `..<`: the high end is excluded.
    pub half_open: bool,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SignedNumber {
    pub negative: bool,
    pub number: Number,
    pub span: Span,
}

/// A range between expressions, as in `x in 0..<limit` and in bands.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    pub low: Option<Box<Expr>>,
    pub high: Option<Box<Expr>>,
    pub half_open: bool,
    pub span: Span,
}

/// A number as written. `value` is the nearest double to `text` (without its grouping `_`).
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// As in the source, grouping and all, so that it prints back as written.
    pub text: String,
    pub value: f64,
    /// `40%`
    pub percent: bool,
    /// `25 deaths`
    pub unit: Option<Name>,
    pub span: Span,
}

/// What follows a declaration: `cite "…"`, `column "…"`, `missing means 0 deaths because "…"`.
/// The grammar accepts any of them after any declaration; the compiler says which fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Attr {
    pub kind: AttrKind,
    pub span: Span,
}

impl Attr {
    /// `from ucdp`
    #[must_use]
    pub fn source(&self) -> Option<&Name> {
        if let AttrKind::From(name) = &self.kind {
            Some(name)
        } else {
            None
        }
    }

    /// `classification confidential`
    #[must_use]
    pub fn classification(&self) -> Option<&Name> {
        if let AttrKind::Classification(word) = &self.kind {
            Some(word)
        } else {
            None
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum AttrKind {
    Cite(Text),
    Column(Text),
    /// `from ucdp`
    From(Name),
    License(Text),
    Url(Text),
    /// `updated "yearly"`
    Updated(Text),
    Classification(Name),
    /// `polarity protective`
    Polarity(Name),
    Nature(Name),
    /// `code "7.1"`: how the publication that the declaration comes from numbers it.
    Code(Text),
    /// `provenance recalled`: how sure the declaration's subject and code are; `confirmed in part` has
    /// the last word as a part.
    Provenance {
        word: Name,
        part: Option<Name>,
    },
    /// `seen "…"`: where what is confirmed was seen.
    Seen(Text),
    /// `verification column "hate_speech_verified"`: where the data say that an observation was
    /// verified.
    Verification(Text),
    /// `review "2027"`: until when a param's value holds without being looked at again.
    Review(PeriodLit),
    Optional,
    /// `missing means 0 deaths because "…"`
    MissingMeans {
        value: Box<Expr>,
        because: Option<Text>,
    },
    /// `on violation clamp`
    OnViolation(Name),
    /// `carry forward at most 18 months`
    CarryForward(Box<Expr>),
    /// `changeable cost 3`
    Changeable(Option<Box<Expr>>),
    /// `hindsight`: it rests on later periods than a row's own.
    Hindsight,
    /// `applies when landlocked is no`
    AppliesWhen(Box<Expr>),
    /// `applies unless written "n/a" or "not applicable"`
    AppliesUnless(Vec<Text>),
    /// `expires after 6 months`
    Expires(Box<Expr>),
    /// `allow FW0613 because "…"`
    Allow {
        code: Name,
        because: Option<Text>,
    },
    /// `because "…"` of the declaration itself; it ends up in [`Item::because`].
    Because(Text),
}
