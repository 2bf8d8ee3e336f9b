//! The table of habits.
//!
//! In: nothing. Out: what is written elsewhere and what is written here, for the reading of files, for the
//! checker where a name is unknown, and for the page that shows both side by side.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Where a habit comes from, as the page groups them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Choosing,
    Combining,
    Calculating,
    Missing,
    Comparing,
    Kinds,
    Numbers,
    Writing,
}

/// What a function of another language is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// `if … then … else …`
    If,
    /// `a and b`
    And,
    /// `a or b`
    Or,
    /// `not a`
    Not,
    /// `a is missing`
    Missing,
    /// `a ?? b`
    Fallback,
    /// Another name with the same arguments.
    Called(&'static str),
    /// Nothing with the same arguments: what to write, in words.
    Words(&'static str),
}

/// A function of another language, in small letters: case does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionHabit {
    pub name: &'static str,
    pub means: Meaning,
}

const fn called(name: &'static str, here: &'static str) -> FunctionHabit {
    FunctionHabit {
        name,
        means: Meaning::Called(here),
    }
}

const fn words(name: &'static str, say: &'static str) -> FunctionHabit {
    FunctionHabit {
        name,
        means: Meaning::Words(say),
    }
}

const fn form(name: &'static str, means: Meaning) -> FunctionHabit {
    FunctionHabit { name, means }
}

const LOOKUP: &str = "nothing is looked up by position: name the indicator itself, turn a category into a number with \
     `if … then … else …`, or write a decision `table`";
const SPREAD: &str = "the spread along time is `stddev(x, over: 12 months)`, the distance from the mean of all peers \
     in its units `zscore(x)`";
const COUNTIF: &str =
    "count what is true of several values: `count(factors >= 0.7)`, or `at least 2 of (a, b, c)`";
const SUMIF: &str = "add up what holds: `if a >= 1 then x else 0`, and `sum(…)` of such values";
const SUMPRODUCT: &str = "write each weight behind its value, `mean([a weight 2, b])`, or give the members of a factor theirs and \
     `combine weighted mean`";
const TEXTS: &str = "rules do not put texts together: write the whole text as a label";
const CHAIN: &str = "several cases are one chain: `if a then 1 else if b then 2 else 0`";
const NOW: &str = "each row has a period of its own, and there is no other now";
const EARLIER: &str = "an earlier period is `lag(x, 1 month)`, in periods of the panel";
const LISTS: &str = "name the values themselves: `mean(a, b, c)`, or all at once: `factors`";

/// Functions of other languages. Those of our own name stand here for their capitals.
pub const FUNCTIONS: &[FunctionHabit] = &[
    form("if", Meaning::If),
    form("iif", Meaning::If),
    form("ifelse", Meaning::If),
    form("if_else", Meaning::If),
    form("cond", Meaning::If),
    form("where", Meaning::If),
    form("and", Meaning::And),
    form("or", Meaning::Or),
    form("not", Meaning::Not),
    form("isblank", Meaning::Missing),
    form("missing", Meaning::Missing),
    form("isna", Meaning::Missing),
    form("isnull", Meaning::Missing),
    form("is_na", Meaning::Missing),
    form("is_null", Meaning::Missing),
    form("isnan", Meaning::Missing),
    form("iferror", Meaning::Fallback),
    form("ifna", Meaning::Fallback),
    form("ifnull", Meaning::Fallback),
    form("coalesce", Meaning::Fallback),
    form("nvl", Meaning::Fallback),
    form("replace_na", Meaning::Fallback),
    called("average", "mean"),
    called("avg", "mean"),
    called("mean", "mean"),
    called("geomean", "geometric_mean"),
    called("gmean", "geometric_mean"),
    called("geometric", "geometric_mean"),
    called("harmean", "harmonic_mean"),
    called("hmean", "harmonic_mean"),
    called("power", "pow"),
    called("pow", "pow"),
    called("ln", "ln"),
    called("log10", "log10"),
    called("log2", "log2"),
    called("exp", "exp"),
    called("abs", "abs"),
    called("sqrt", "sqrt"),
    called("sqr", "sqrt"),
    called("min", "min"),
    called("minimum", "min"),
    called("pmin", "min"),
    called("least", "min"),
    called("fmin", "min"),
    called("nanmin", "min"),
    called("rowmin", "min"),
    called("kleinste", "min"),
    called("max", "max"),
    called("maximum", "max"),
    called("pmax", "max"),
    called("greatest", "max"),
    called("fmax", "max"),
    called("nanmax", "max"),
    called("rowmax", "max"),
    called("nanmean", "mean"),
    called("rowmean", "mean"),
    called("rowmeans", "mean"),
    called("averagea", "mean"),
    called("nansum", "sum"),
    called("rowsums", "sum"),
    called("rowtotal", "sum"),
    called("nanmedian", "median"),
    called("rowmedian", "median"),
    called("clip", "clamp"),
    called("clamp", "clamp"),
    called("constrain", "clamp"),
    called("fabs", "abs"),
    called("percent_rank", "percentile"),
    called("last_value", "last"),
    called("sum", "sum"),
    called("product", "product"),
    called("prod", "product"),
    called("median", "median"),
    called("round", "round"),
    called("trunc", "truncate"),
    called("truncate", "truncate"),
    called("int", "floor"),
    called("floor", "floor"),
    called("ceil", "ceil"),
    called("ceiling", "ceil"),
    called("shift", "lag"),
    called("lag", "lag"),
    called("delta", "change"),
    called("diff", "change"),
    called("pct_change", "growth"),
    called("slope", "trend"),
    called("normalise", "minmax"),
    called("normalize", "minmax"),
    called("winsorize", "winsorise"),
    called("ntile", "quantile"),
    called("latest", "last"),
    called("newest", "last"),
    called("percentrank", "percentile"),
    called("rank", "rank"),
    called("streak", "sustained"),
    called("zscore", "zscore"),
    called("any", "any"),
    called("all", "all"),
    called("rescale", "rescale"),
    words("stdev", SPREAD),
    words("stddev", SPREAD),
    words("std", SPREAD),
    words("sd", SPREAD),
    words("var", SPREAD),
    words("variance", SPREAD),
    words("stddev_samp", SPREAD),
    words("stddev_pop", SPREAD),
    words("var_samp", SPREAD),
    words("var_pop", SPREAD),
    words(
        "lead",
        "nothing looks ahead of its own period: `lag(x, 1 month)` is the one before",
    ),
    words("nullif", "write `if x is y then missing else x`"),
    words(
        "sign",
        "write `if x > 0 then 1 else if x < 0 then -1 else 0`",
    ),
    words("log1p", "write `ln(1 + x)`"),
    words("expm1", "write `exp(x) - 1`"),
    words("roundup", "the next whole number is `ceil(x)`"),
    words("rounddown", "decimals are cut off by `truncate(x, 0)`"),
    words("xor", "write `(a or b) and not (a and b)`"),
    words("large", "name the values: `max(a, b, c)`"),
    words("small", "name the values: `min(a, b, c)`"),
    words("sumx", "name the values themselves: `sum(a, b, c)`"),
    words(
        "cumsum",
        "a sum looks back over a window: `sum(x, over: 12 months)`",
    ),
    words(
        "cummax",
        "a maximum looks back over a window: `max(x, over: 12 months)`",
    ),
    words("maxifs", SUMIF),
    words("minifs", SUMIF),
    words("averageifs", SUMIF),
    words("countif", COUNTIF),
    words("countifs", COUNTIF),
    words("counta", COUNTIF),
    words("count", COUNTIF),
    words("sumif", SUMIF),
    words("sumifs", SUMIF),
    words("averageif", SUMIF),
    words("sumproduct", SUMPRODUCT),
    words("weighted_mean", SUMPRODUCT),
    words("wmean", SUMPRODUCT),
    words("vlookup", LOOKUP),
    words("hlookup", LOOKUP),
    words("xlookup", LOOKUP),
    words("lookup", LOOKUP),
    words("index", LOOKUP),
    words("match", LOOKUP),
    words("switch", LOOKUP),
    words("ifs", CHAIN),
    words("case_when", CHAIN),
    words("concatenate", TEXTS),
    words("concat", TEXTS),
    words("paste", TEXTS),
    words("c", LISTS),
    words("list", LISTS),
    words("inrange", "a range stands behind `in`: `x in 0.7..1`"),
    words(
        "inlist",
        "several names stand behind `in`: `region in {west, east}`",
    ),
    words(
        "mod",
        "the remainder of a whole division is `x - n * floor(x / n)`",
    ),
    words(
        "len",
        "how many of several are known is `known_count(a, b, c)`",
    ),
    words(
        "is.element",
        "several names stand behind `in`: `region in {west, east}`",
    ),
    words("weighted.mean", SUMPRODUCT),
    words("weightedmean", SUMPRODUCT),
    called("scale", "zscore"),
    called("standardize", "zscore"),
    called("imean", "impute_mean"),
    words(
        "quotient",
        "the whole times that b goes into a is `floor(a / b)`",
    ),
    words("mround", "round to a number of decimals: `round(x, 1)`"),
    words(
        "cut",
        "classes of a number are the bands of a `level`, as in `low in 0..<0.3`",
    ),
    words(
        "findinterval",
        "classes of a number are the bands of a `level`, as in `low in 0..<0.3`",
    ),
    words(
        "approx",
        "breakpoints are `piecewise x { 0..50 to 0..12, 50..100 to 12..35.4 }`",
    ),
    words(
        "interp",
        "breakpoints are `piecewise x { 0..50 to 0..12, 50..100 to 12..35.4 }`",
    ),
    words(
        "dense_rank",
        "equal values share the next place with `rank(x, ties: dense)`",
    ),
    words("row_number", "the place among peers is `rank(x)`"),
    words("today", NOW),
    words("now", NOW),
    // Spreadsheets in French, Spanish, Portuguese and German; accents are left out.
    form("si", Meaning::If),
    form("se", Meaning::If),
    form("wenn", Meaning::If),
    form("et", Meaning::And),
    form("y", Meaning::And),
    form("e", Meaning::And),
    form("und", Meaning::And),
    form("ou", Meaning::Or),
    form("o", Meaning::Or),
    form("oder", Meaning::Or),
    form("non", Meaning::Not),
    form("no", Meaning::Not),
    form("nao", Meaning::Not),
    form("nicht", Meaning::Not),
    form("estvide", Meaning::Missing),
    form("estna", Meaning::Missing),
    form("esblanco", Meaning::Missing),
    form("eserror", Meaning::Missing),
    form("ecel.vazia", Meaning::Missing),
    form("ecelula.vazia", Meaning::Missing),
    form("istleer", Meaning::Missing),
    form("sierreur", Meaning::Fallback),
    form("si.error", Meaning::Fallback),
    form("si.nd", Meaning::Fallback),
    form("si.non.disp", Meaning::Fallback),
    form("seerro", Meaning::Fallback),
    form("se.erro", Meaning::Fallback),
    form("wennfehler", Meaning::Fallback),
    called("moyenne", "mean"),
    called("promedio", "mean"),
    called("media", "mean"),
    called("mittelwert", "mean"),
    called("moyenne.geometrique", "geometric_mean"),
    called("media.geom", "geometric_mean"),
    called("media.geometrica", "geometric_mean"),
    called("somme", "sum"),
    called("suma", "sum"),
    called("soma", "sum"),
    called("summe", "sum"),
    called("produit", "product"),
    called("producto", "product"),
    called("produto", "product"),
    called("mediane", "median"),
    called("mediana", "median"),
    called("med", "median"),
    called("arrondi", "round"),
    called("redondear", "round"),
    called("arred", "round"),
    called("runden", "round"),
    called("tronque", "truncate"),
    called("truncar", "truncate"),
    called("kuerzen", "truncate"),
    called("ent", "floor"),
    called("entero", "floor"),
    called("arrondi.inf", "floor"),
    called("arrondi.sup", "ceil"),
    called("racine", "sqrt"),
    called("raiz", "sqrt"),
    called("raiz2", "sqrt"),
    called("wurzel", "sqrt"),
    called("puissance", "pow"),
    called("potencia", "pow"),
    called("potenz", "pow"),
    called("maximo", "max"),
    called("minimo", "min"),
    called("rang", "rank"),
    called("jerarquia", "rank"),
    words("nb.si", COUNTIF),
    words("nb.si.ens", COUNTIF),
    words("nbval", COUNTIF),
    words("contar.si", COUNTIF),
    words("contar.si.conjunto", COUNTIF),
    words("contara", COUNTIF),
    words("cont.se", COUNTIF),
    words("cont.ses", COUNTIF),
    words("cont.valores", COUNTIF),
    words("zaehlenwenn", COUNTIF),
    words("zahlenwenn", COUNTIF),
    words("somme.si", SUMIF),
    words("somme.si.ens", SUMIF),
    words("moyenne.si", SUMIF),
    words("sumar.si", SUMIF),
    words("sumar.si.conjunto", SUMIF),
    words("promedio.si", SUMIF),
    words("somase", SUMIF),
    words("somases", SUMIF),
    words("mediase", SUMIF),
    words("summewenn", SUMIF),
    words("sommeprod", SUMPRODUCT),
    words("sumaproducto", SUMPRODUCT),
    words("somarproduto", SUMPRODUCT),
    words("summenprodukt", SUMPRODUCT),
    words("ecartype", SPREAD),
    words("ecartype.standard", SPREAD),
    words("desvest", SPREAD),
    words("desvpad", SPREAD),
    words("stabw", SPREAD),
    words("recherchev", LOOKUP),
    words("rechercheh", LOOKUP),
    words("recherchex", LOOKUP),
    words("equiv", LOOKUP),
    words("buscarv", LOOKUP),
    words("buscarx", LOOKUP),
    words("indice", LOOKUP),
    words("coincidir", LOOKUP),
    words("procv", LOOKUP),
    words("procx", LOOKUP),
    words("corresp", LOOKUP),
    words("sverweis", LOOKUP),
    words("offset", EARLIER),
    words("decaler", EARLIER),
    words("desref", EARLIER),
    words("desloc", EARLIER),
    words("si.conditions", CHAIN),
    words("si.multiple", CHAIN),
    words("si.conjunto", CHAIN),
    words("ses", CHAIN),
    words("wenns", CHAIN),
    words("concatener", TEXTS),
    words("concatenar", TEXTS),
    words("verketten", TEXTS),
    words("aujourdhui", NOW),
    words("maintenant", NOW),
    words("hoy", NOW),
    words("hoje", NOW),
    words("heute", NOW),
];

/// What a function of another language is here, whatever its case. `LOG` is not among them: the logarithm to the
/// base 10 in spreadsheets, the natural one in statistics packages and databases.
#[must_use]
pub fn function(name: &str) -> Option<Meaning> {
    if name.is_ascii() {
        // It is asked of each word of a file, and few are as short as these.
        let mut small = [0; LONGEST];
        let small = small.get_mut(..name.len())?;
        small.copy_from_slice(name.as_bytes());
        small.make_ascii_lowercase();
        return by_name(small);
    }
    by_name(super::letters::plain_letters(&name.to_lowercase())?.as_bytes())
}

/// No function of the table has a longer name.
const LONGEST: usize = 24;

/// What the function of this name in small letters is; the first where the table has several.
fn by_name(small: &[u8]) -> Option<Meaning> {
    static MEANINGS: LazyLock<BTreeMap<&[u8], Meaning>> = LazyLock::new(|| {
        let all = FUNCTIONS.iter().rev();
        all.map(|habit| (habit.name.as_bytes(), habit.means))
            .collect()
    });
    MEANINGS.get(small).copied()
}

/// Is it a function that counts what meets a condition between quotes?
pub(super) fn counts_if(name: &str) -> bool {
    matches!(function(name), Some(Meaning::Words(say)) if say == COUNTIF)
}

/// What a word that other languages have for a value is here.
#[must_use]
pub fn value(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "true" | "wahr" | "vrai" | "oui" | "sí" | "sì" | "sim" | "ja" | "verdadero"
        | "verdadeiro" | "vero" | "waar" | "naam" => "yes",
        "false" | "falsch" | "faux" | "non" | "não" | "nein" | "falso" | "nee" | "onwaar" => "no",
        "null" | "na" | "nan" | "none" | "nil" | "blank" | "empty" => "missing",
        _ => return None,
    })
}

/// What a kind of value of another language is here.
#[must_use]
pub fn type_word(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "boolean" | "bool" | "logical" | "binary" | "yesno" | "flag" | "dummy" | "dichotomous" => {
            "truth"
        }
        "integer" | "int" | "float" | "double" | "real" | "numeric" | "numerical" | "decimal"
        | "num" | "index" | "score" | "ratio" | "count" | "counts" | "share" | "numbers" => {
            "number"
        }
        "percentage" | "pct" | "percents" | "prozent" | "pourcentage" | "porcentaje"
        | "porcentagem" | "percentuale" => "percent",
        "likert" | "rating" | "points" | "grades" => "number",
        "nombre" | "numero" | "zahl" | "zahlen" | "getal" => "number",
        "wahrheit" | "verdad" | "verdade" | "booleen" | "booleano" | "janein" => "truth",
        "kategorie" | "categorie" | "categoria" => "category",
        _ => return None,
    })
}

/// One line of the page: as written elsewhere, and here.
#[derive(Clone, Copy, Debug)]
pub struct HabitExample {
    pub group: Group,
    pub elsewhere: &'static str,
    pub here: &'static str,
}

const fn shown(group: Group, elsewhere: &'static str, here: &'static str) -> HabitExample {
    HabitExample {
        group,
        elsewhere,
        here,
    }
}

/// What the page shows side by side. The examples read in a file that declares the numbers `a`, `b` and
/// `c` and the truths `p` and `q`; each left side is told, and its edit gives the right side.
pub const SHOWN: &[HabitExample] = &[
    shown(Group::Choosing, "IF(a>b;1;0)", "if a > b then 1 else 0"),
    shown(
        Group::Choosing,
        "ifelse(a > b, 1, 0)",
        "if a > b then 1 else 0",
    ),
    shown(
        Group::Choosing,
        "IF(a>1;1;IF(a>0;0.5;0))",
        "if a > 1 then 1 else if a > 0 then 0.5 else 0",
    ),
    shown(
        Group::Choosing,
        "CASE WHEN a > b THEN 1 ELSE 0 END",
        "if a > b then 1 else 0",
    ),
    shown(
        Group::Choosing,
        "if a > 1 then 1 elif a > 0 then 0.5 else 0",
        "if a > 1 then 1 else if a > 0 then 0.5 else 0",
    ),
    shown(Group::Choosing, "a > b ? 1 : 0", "if a > b then 1 else 0"),
    shown(
        Group::Choosing,
        "1 if a > b else 0",
        "if a > b then 1 else 0",
    ),
    shown(Group::Combining, "AND(p; q)", "p and q"),
    shown(Group::Combining, "OR(p; q)", "p or q"),
    shown(Group::Combining, "NOT(p)", "not p"),
    shown(Group::Combining, "p AND q", "p and q"),
    shown(Group::Combining, "p && q", "p and q"),
    shown(Group::Combining, "p || q", "p or q"),
    shown(Group::Combining, "!p", "not p"),
    shown(Group::Calculating, "AVERAGE(a; b; c)", "mean(a, b, c)"),
    shown(Group::Calculating, "GEOMEAN(a; b)", "geometric_mean(a, b)"),
    shown(Group::Calculating, "MAX(a; b)", "max(a, b)"),
    shown(Group::Calculating, "ROUND(a; 1)", "round(a, 1)"),
    shown(Group::Calculating, "POWER(a; 2)", "pow(a, 2)"),
    shown(Group::Calculating, "a^2", "pow(a, 2)"),
    shown(Group::Calculating, "a ** 2", "pow(a, 2)"),
    shown(Group::Calculating, "LN(a)", "ln(a)"),
    shown(Group::Calculating, "LOG10(a)", "log10(a)"),
    shown(Group::Calculating, "a × b", "a * b"),
    shown(Group::Calculating, "a ÷ b", "a / b"),
    shown(Group::Calculating, "a – b", "a - b"),
    shown(Group::Missing, "ISBLANK(a)", "a is missing"),
    shown(Group::Missing, "is.na(a)", "a is missing"),
    shown(Group::Missing, "IFERROR(a; 0)", "a ?? 0"),
    shown(Group::Missing, "COALESCE(a, b)", "a ?? b"),
    shown(Group::Comparing, "a == b", "a is b"),
    shown(Group::Comparing, "a != b", "a is not b"),
    shown(Group::Comparing, "a <> b", "a is not b"),
    shown(Group::Comparing, "a ≥ b", "a >= b"),
    shown(Group::Comparing, "a => b", "a >= b"),
    shown(Group::Comparing, "a between 1 and 5", "a in 1..5"),
    shown(Group::Numbers, "a + 0,5 * b", "a + 0.5 * b"),
    shown(Group::Numbers, "a + 10,000", "a + 10_000"),
    shown(Group::Numbers, "a + 10 000", "a + 10_000"),
    shown(Group::Numbers, "a + 1.000,5", "a + 1_000.5"),
    shown(Group::Numbers, "a + .5", "a + 0.5"),
    shown(Group::Numbers, "a + 20 %", "a + 20%"),
    shown(Group::Writing, "a # a note", "a // a note"),
    shown(Group::Writing, "a -- a note", "a // a note"),
];
