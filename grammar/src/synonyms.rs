//! Words that people write for words of the language.
//!
//! In: a word, and the words that the grammar would read in its place. Out: the one that it stands for. A word is
//! looked up only where it does not read, so that no name of a file is ever taken for another word.

use crate::token::{DECLARATION_WORDS, Token};

/// A word of the language, its token, and what is written in its place.
type Row = (&'static str, Token, &'static [&'static str]);

const WORDS: &[Row] = &[
    (
        "column",
        Token::Column,
        &[
            "col",
            "cols",
            "columns",
            "field",
            "fields",
            "header",
            "colname",
            "named",
            "called",
            "as",
            "in_column",
            "variable",
        ],
    ),
    (
        "written",
        Token::Written,
        &["pattern", "format", "formatted", "like", "style", "formats"],
    ),
    (
        "except",
        Token::Except,
        &[
            "exclude",
            "excluding",
            "excludes",
            "without",
            "omit",
            "omitting",
            "ignore",
            "ignoring",
            "but",
            "skip",
            "not",
            "no",
            "minus",
            "excepting",
            "save",
        ],
    ),
    (
        "by",
        Token::By,
        &[
            "per", "every", "each", "through", "over", "and", "x", "with",
        ],
    ),
    (
        "license",
        Token::License,
        &["licence", "rights", "copyright", "licensed"],
    ),
    (
        "url",
        Token::Url,
        &[
            "link", "website", "homepage", "address", "web", "href", "uri", "site", "http",
        ],
    ),
    (
        "updated",
        Token::Updated,
        &[
            "frequency",
            "refreshed",
            "cycle",
            "refresh",
            "periodicity",
            "published",
        ],
    ),
    (
        "classification",
        Token::Classification,
        &[
            "confidentiality",
            "classified",
            "sensitivity",
            "secrecy",
            "security",
            "access",
            "marking",
            "class",
            "visibility",
            "confidential_level",
            "audience",
        ],
    ),
    (
        "cite",
        Token::Cite,
        &[
            "reference",
            "ref",
            "citation",
            "quote",
            "bibliography",
            "doi",
            "see",
            "source",
            "literature",
            "cited",
            "references",
            "cites",
            "sources",
            "according",
        ],
    ),
    (
        "version",
        Token::Version,
        &["ver", "release", "edition", "v", "revision", "vers"],
    ),
    (
        "because",
        Token::Because,
        &[
            "reason",
            "since",
            "why",
            "due",
            "rationale",
            "justification",
            "motivation",
            "cause",
        ],
    ),
    (
        "weight",
        Token::Weight,
        &[
            "weights",
            "weighted",
            "weighting",
            "w",
            "wt",
            "importance",
            "times",
            "with",
        ],
    ),
    (
        "decisive",
        Token::Decisive,
        &[
            "critical",
            "veto",
            "knockout",
            "overriding",
            "dominant",
            "deciding",
        ],
    ),
    (
        "members",
        Token::Members,
        &[
            "items",
            "parts",
            "components",
            "elements",
            "inputs",
            "indicators",
            "contains",
            "includes",
            "criteria",
            "factors",
            "signals",
            "variables",
            "consists",
        ],
    ),
    (
        "combine",
        Token::Combine,
        &[
            "aggregate",
            "aggregation",
            "method",
            "combined",
            "combination",
            "aggregated",
            "aggregator",
            "operator",
            "using",
        ],
    ),
    (
        "require",
        Token::Require,
        &[
            "requires",
            "required",
            "minimum",
            "need",
            "needs",
            "requiring",
            "demand",
        ],
    ),
    (
        "coverage",
        Token::Coverage,
        &[
            "covered",
            "available",
            "present",
            "complete",
            "completeness",
            "data",
            "filled",
        ],
    ),
    (
        "known",
        Token::Known,
        &["values", "available", "present", "nonmissing", "reported"],
    ),
    (
        "polarity",
        Token::Polarity,
        &[
            "direction",
            "sign",
            "orientation",
            "effect",
            "impact",
            "polarisation",
        ],
    ),
    (
        "optional",
        Token::Optional,
        &["nullable", "optionally", "facultative"],
    ),
    (
        "after",
        Token::After,
        &["in", "at", "within", "on", "by", "following", "past", "for"],
    ),
    (
        "when",
        Token::When,
        &["if", "where", "whenever", "once", "while", "upon"],
    ),
    (
        "for",
        Token::For,
        &[
            "during",
            "lasting",
            "over",
            "throughout",
            "through",
            "since",
        ],
    ),
    (
        "until",
        Token::Until,
        &["till", "til", "up_to", "through", "to"],
    ),
    (
        "from",
        Token::From,
        &["since", "starting", "beginning", "as_of", "of"],
    ),
    (
        "unless",
        Token::Unless,
        &["except", "excepting", "without", "save"],
    ),
    (
        "cooldown",
        Token::Cooldown,
        &[
            "wait",
            "pause",
            "mute",
            "silence",
            "snooze",
            "quiet",
            "cool_down",
            "rest",
            "lockout",
        ],
    ),
    (
        "otherwise",
        Token::Otherwise,
        &["default", "rest", "others", "remaining", "elsewise"],
    ),
    (
        "means",
        Token::Means,
        &["as", "equals", "is", "value", "counts", "stands", "to"],
    ),
    (
        "within",
        Token::Within,
        &[
            "tolerance",
            "plusminus",
            "about",
            "approx",
            "margin",
            "error",
            "delta",
        ],
    ),
    (
        "given",
        Token::Given,
        &[
            "with", "where", "input", "inputs", "let", "assume", "set", "suppose", "having",
            "when", "if",
        ],
    ),
    (
        "expect",
        Token::Expect,
        &[
            "expects", "expected", "assert", "check", "should", "result", "then", "output",
            "verify", "must", "gives", "returns", "ensure",
        ],
    ),
    (
        "over",
        Token::Over,
        &["for", "across", "during", "spanning", "in", "of"],
    ),
    (
        "extends",
        Token::Extends,
        &[
            "inherits",
            "based",
            "builds",
            "extend",
            "derives",
            "extending",
        ],
    ),
    (
        "verification",
        Token::Verification,
        &[
            "verified",
            "verifier",
            "checked",
            "confirmed",
            "verify",
            "validation",
            "verifies",
        ],
    ),
    (
        "expires",
        Token::Expires,
        &["expiry", "stale", "outdated", "valid", "lapses"],
    ),
    (
        "applies",
        Token::Applies,
        &["applicable", "relevant", "only", "apply"],
    ),
    (
        "in",
        Token::In,
        &["range", "within", "limits", "domain", "interval", "bounds"],
    ),
    ("nature", Token::Nature, &["type", "kind", "character"]),
    ("evidence", Token::Evidence, &["uncertainty", "missingness"]),
    (
        "unknown",
        Token::Unknown,
        &["missing", "na", "null", "nan", "none"],
    ),
    (
        "on",
        Token::On,
        &["if", "when", "for", "in", "at", "with", "upon"],
    ),
    ("to", Token::To, &["as", "into", "until", "in", "of", "on"]),
    ("of", Token::Of, &["from", "among", "in"]),
    ("at", Token::At, &["in", "on", "for", "during"]),
];

/// The word that this one stands for, of those that would read in its place.
pub(crate) fn meant(word: &str, expected: &[String]) -> Option<(&'static str, Token)> {
    let small = word.to_ascii_lowercase();
    let reads = |own: &str| expected.iter().any(|one| one.trim_matches('"') == own);
    let plain = || crate::habits::plain_letters(&word.to_lowercase());
    WORDS
        .iter()
        .find(|(own, _, others)| others.contains(&small.as_str()) && reads(own))
        .map(|(own, token, _)| (*own, *token))
        .or_else(|| {
            let plain = plain()?;
            let row = TRANSLATED
                .iter()
                .find(|(own, _, others)| others.contains(&plain.as_str()) && reads(own))?;
            Some((row.0, row.1))
        })
}

/// Words in French, Spanish, Portuguese, Italian and German, in small letters without accents.
const TRANSLATED: &[Row] = &[
    (
        "coverage",
        Token::Coverage,
        &[
            "couverture",
            "cobertura",
            "copertura",
            "abdeckung",
            "dekking",
        ],
    ),
    (
        "given",
        Token::Given,
        &[
            "dado",
            "dada",
            "dados",
            "dadas",
            "donne",
            "donnee",
            "etant_donne",
            "gegeben",
            "dato",
            "soit",
            "sea",
            "seja",
            "sei",
            "con",
            "avec",
            "com",
            "mit",
        ],
    ),
    (
        "expect",
        Token::Expect,
        &[
            "espera", "esperar", "esperado", "espere", "attend", "attendu", "attendre", "erwarte",
            "erwartet", "attende", "atteso", "aspetta", "verifica", "verifier", "prufe",
        ],
    ),
    (
        "raise",
        Token::Raise,
        &[
            "declencher",
            "declenche",
            "lever",
            "levee",
            "leve",
            "activar",
            "activa",
            "activer",
            "disparar",
            "dispara",
            "elevar",
            "emitir",
            "auslosen",
            "ausgelost",
            "attiva",
            "attivare",
            "trigger",
            "start",
            "fire",
        ],
    ),
    (
        "clear",
        Token::Clear,
        &[
            "desactivar",
            "desactiver",
            "fermer",
            "clore",
            "cerrar",
            "cierra",
            "encerrar",
            "aufheben",
            "beenden",
            "beendet",
            "terminare",
            "revocare",
            "levantar",
            "end",
            "stop",
            "reset",
        ],
    ),
    (
        "escalate",
        Token::Escalate,
        &[
            "escalader",
            "escalar",
            "escala",
            "eskalieren",
            "eskaliere",
            "aggraver",
            "agravar",
            "aumentar",
            "verscharfen",
        ],
    ),
    (
        "cooldown",
        Token::Cooldown,
        &["pausa", "silencio", "ruhe", "sperre", "attente", "espera"],
    ),
    (
        "over",
        Token::Over,
        &["sur", "pendant", "durante", "sobre", "uber", "su", "en"],
    ),
    (
        "column",
        Token::Column,
        &["colonne", "columna", "coluna", "colonna", "spalte", "kolom"],
    ),
    (
        "polarity",
        Token::Polarity,
        &[
            "polarite",
            "polaridad",
            "polaridade",
            "polarita",
            "polaritat",
        ],
    ),
    (
        "classification",
        Token::Classification,
        &[
            "clasificacion",
            "classificacao",
            "classificazione",
            "klassifizierung",
        ],
    ),
    (
        "cite",
        Token::Cite,
        &[
            "citer",
            "citar",
            "cita",
            "citation",
            "zitat",
            "zitiere",
            "referencia",
            "voir",
            "ver",
            "siehe",
        ],
    ),
    (
        "updated",
        Token::Updated,
        &[
            "actualizado",
            "actualise",
            "atualizado",
            "aggiornato",
            "aktualisiert",
        ],
    ),
    (
        "license",
        Token::License,
        &["licencia", "licenca", "licenza", "lizenz"],
    ),
    (
        "known",
        Token::Known,
        &[
            "conocidos",
            "conocidas",
            "connus",
            "connues",
            "conhecidos",
            "conhecidas",
            "noti",
            "bekannte",
        ],
    ),
    (
        "from",
        Token::From,
        &["depuis", "desde", "von", "aus", "da", "de"],
    ),
    (
        "decisive",
        Token::Decisive,
        &["decisif", "decisiva", "decisivo", "entscheidend"],
    ),
];

/// What other languages and other methods call a declaration.
const DECLARED: &[(&str, &[&str])] = &[
    (
        "framework",
        &[
            "ruleset",
            "model",
            "methodology",
            "project",
            "package",
            "title",
        ],
    ),
    (
        "indicator",
        &[
            "variable",
            "metric",
            "measure",
            "input",
            "observation",
            "var",
            "series",
            "data",
            "field",
            "column",
            "ind",
        ],
    ),
    (
        "param",
        &[
            "parameter",
            "parameters",
            "threshold",
            "const",
            "constant",
            "setting",
            "cutoff",
            "limit",
            "params",
            "config",
        ],
    ),
    (
        "let",
        &[
            "define",
            "step",
            "calc",
            "compute",
            "calculate",
            "derived",
            "variable_",
        ],
    ),
    (
        "score",
        &[
            "index",
            "composite",
            "rate",
            "ratio",
            "subindex",
            "value",
            "result",
        ],
    ),
    (
        "signal",
        &[
            "flag",
            "rule",
            "condition",
            "trigger",
            "sign",
            "boolean",
            "bool",
            "criterion",
            "warning_sign",
        ],
    ),
    (
        "factor",
        &[
            "index",
            "composite",
            "subindex",
            "group",
            "pillar",
            "dimension",
            "domain",
            "component",
            "cluster",
            "driver",
        ],
    ),
    (
        "scale",
        &["ordinal", "grades", "classes", "ranking", "ladder"],
    ),
    (
        "category",
        &["enum", "enumeration", "nominal", "categorical", "choices"],
    ),
    (
        "level",
        &[
            "risk", "rating", "grade", "classify", "class", "tier", "severity",
        ],
    ),
    ("table", &["matrix", "decision", "lookup", "decision_table"]),
    ("alert", &["warning", "alarm", "trigger_alert"]),
    ("notice", &["notification", "notify", "message", "note"]),
    ("source", &["dataset", "provider", "origin", "database"]),
    ("panel", &["keys", "key", "index_by", "entities", "rows"]),
    (
        "fn",
        &["function", "func", "def", "fun", "sub", "macro", "lambda"],
    ),
    ("test", &["example", "case", "scenario", "unittest"]),
    ("property", &["claim", "invariant", "assertion", "lemma"]),
    (
        "show",
        &["output", "outputs", "print", "publish", "display", "export"],
    ),
    ("declassify", &["release", "downgrade", "unclassify"]),
    ("unit", &["measure_unit", "dim", "uom"]),
];

/// The word of a declaration that this one stands for, of those with a block or of those without.
pub(crate) fn declared(word: &str, with_block: bool) -> Option<(&'static str, Token)> {
    let small = word.to_ascii_lowercase();
    let has_block = |own: &str| {
        matches!(
            own,
            "source" | "factor" | "scale" | "category" | "level" | "table" | "alert" | "test"
        )
    };
    let (own, _) = DECLARED
        .iter()
        .find(|(own, others)| others.contains(&small.as_str()) && has_block(own) == with_block)?;
    DECLARATION_WORDS
        .iter()
        .find(|(known, _)| known == own)
        .copied()
}

#[cfg(test)]
mod tests {
    use super::{TRANSLATED, WORDS, declared, meant};
    use crate::token::Token;
    use logos::Logos;

    #[test]
    fn each_word_is_one_of_the_language() {
        for (own, token, _) in WORDS.iter().chain(TRANSLATED) {
            assert_eq!(Token::lexer(own).next(), Some(Ok(*token)), "{own}");
        }
    }

    #[test]
    fn a_word_stands_only_for_what_reads_there() {
        let expected = ["\"column\"".to_owned(), "\"from\"".to_owned()];
        assert_eq!(meant("Field", &expected), Some(("column", Token::Column)));
        assert_eq!(meant("link", &expected), None);
        assert_eq!(
            declared("enum", true).map(|(word, _)| word),
            Some("category")
        );
    }
}
