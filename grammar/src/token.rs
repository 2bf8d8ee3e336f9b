//! The words and signs of the language.
//!
//! In: nothing. Out: the kinds of token, without their text, which is always a slice of the
//! source. Few words are reserved: the words that begin a declaration are ordinary names here and
//! told apart by their place (see `declarations`), and most others are words that the grammar
//! accepts as names wherever a name may stand.

use logos::Logos;

use crate::ast::Span;

/// One token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tok {
    pub kind: Token,
    pub start: u32,
    pub end: u32,
}

impl Tok {
    pub fn span(self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[logos(skip r"[\s\u{200b}\u{200c}\u{200d}\u{200e}\u{2060}\u{ad}\u{feff}]+")]
pub(crate) enum Token {
    // What the lexer itself consumes or rewrites; never seen by the grammar.
    #[regex(r"//[^\n]*", allow_greedy = true)]
    Comment,
    #[regex(r#""([^"\\\n]|\\[^\n])*"#, priority = 1)]
    OpenText,
    #[token("==")]
    #[token("===")]
    #[token("!=")]
    #[token("!==")]
    #[token("<>")]
    #[token("&&")]
    #[token("&")]
    #[token("||")]
    #[token("|")]
    #[token("!")]
    #[token("=<")]
    #[token("=>")]
    #[token(":=")]
    #[token("...")]
    #[token("≤")]
    #[token("≥")]
    #[token("≠")]
    #[token("≈")]
    #[token("±")]
    #[token("×")]
    #[token("·")]
    #[token("÷")]
    #[token("−")]
    #[token("–")]
    #[token("—")]
    #[token("⩽")]
    #[token("⩾")]
    #[token("…")]
    #[token("→")]
    #[token("∧")]
    #[token("∨")]
    #[token("¬")]
    #[token("∈")]
    #[token("∉")]
    #[token("‐")]
    #[token("‑")]
    Foreign,
    #[token(";")]
    Semicolon,
    #[token("^")]
    #[token("**")]
    #[token("²")]
    #[token("³")]
    Power,
    #[regex(r#"[“”„][^“”„"\n]*[“”"]"#)]
    #[regex(r#"«[^»"\n]*»"#)]
    #[regex(r"'[^'\n]*'")]
    #[regex(r"‘[^’\n]*’")]
    ForeignText,
    #[regex(r"#[^\n]*", allow_greedy = true)]
    ForeignComment,
    #[token("/*")]
    ForeignBlock,
    #[token("%")]
    #[token("‰")]
    Percent,
    /// `c ? a : b`, of other languages.
    #[token("?")]
    Question,
    /// `$5`
    #[token("$")]
    #[token("€")]
    #[token("£")]
    Currency,
    /// `c ~ 1`, as R says what holds in a case.
    #[token("~")]
    Tilde,
    /// `%in%`, as R writes operators.
    #[token("%>%")]
    #[regex(r"%[A-Za-z]+%")]
    Infix,

    #[regex(
        r"[\p{L}_][\p{L}\p{M}\p{N}_]*([\u{200b}\u{200c}\u{200d}\u{200e}\u{2060}\u{ad}\u{feff}]+[\p{L}\p{M}\p{N}_]+)*",
        priority = 1
    )]
    Ident,
    // Also takes what is nearly a number, so that it is told as one thing.
    #[regex(
        r"\.?[0-9\u{660}-\u{669}\u{6f0}-\u{6f9}\u{966}-\u{96f}\u{9e6}-\u{9ef}\u{a66}-\u{a6f}\u{ae6}-\u{aef}\u{be6}-\u{bef}\u{e50}-\u{e59}\u{1040}-\u{1049}\u{ff10}-\u{ff19}][0-9\u{660}-\u{669}\u{6f0}-\u{6f9}\u{966}-\u{96f}\u{9e6}-\u{9ef}\u{a66}-\u{a6f}\u{ae6}-\u{aef}\u{be6}-\u{bef}\u{e50}-\u{e59}\u{1040}-\u{1049}\u{ff10}-\u{ff19}A-Za-z_]*([.·•∙⋅˙\u{2e31}\u{66b}\u{66c}\u{60c}\u{201a}\u{ff0e}\u{ff0c}][0-9\u{660}-\u{669}\u{6f0}-\u{6f9}\u{966}-\u{96f}\u{9e6}-\u{9ef}\u{a66}-\u{a6f}\u{ae6}-\u{aef}\u{be6}-\u{bef}\u{e50}-\u{e59}\u{1040}-\u{1049}\u{ff10}-\u{ff19}][0-9\u{660}-\u{669}\u{6f0}-\u{6f9}\u{966}-\u{96f}\u{9e6}-\u{9ef}\u{a66}-\u{a6f}\u{ae6}-\u{aef}\u{be6}-\u{bef}\u{e50}-\u{e59}\u{1040}-\u{1049}\u{ff10}-\u{ff19}A-Za-z_]*)*(['’][0-9][0-9][0-9])*([eE][+-][0-9]+)?([ \u{a0}\u{2009}\u{202f}]?[½¼¾⅕⅖⅗⅘⅛⅜⅝⅞⅒⅓⅔⅙⅚⅐⅑]|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?[%‰]?",
        priority = 3
    )]
    #[regex(r"[½¼¾⅕⅖⅗⅘⅛⅜⅝⅞⅒⅓⅔⅙⅚⅐⅑]%?", priority = 3)]
    Number,
    #[regex(r#""([^"\\\n]|\\[^\n])*""#, priority = 3)]
    Text,

    // Reserved: these are never names.
    #[token("if")]
    If,
    #[token("then")]
    Then,
    #[token("else")]
    Else,
    #[token("and")]
    And,
    #[token("or")]
    Or,
    #[token("not")]
    Not,
    #[token("is")]
    Is,
    #[token("in")]
    In,
    #[token("yes")]
    Yes,
    #[token("no")]
    No,
    #[token("unknown")]
    Unknown,
    #[token("missing")]
    Missing,
    #[token("extends")]
    Extends,

    // Words with a meaning in their place, names elsewhere.
    #[token("after")]
    After,
    #[token("allow")]
    Allow,
    #[token("any")]
    Any,
    #[token("applies")]
    Applies,
    #[token("as")]
    As,
    #[token("at")]
    At,
    #[token("because")]
    Because,
    #[token("by")]
    By,
    #[token("carry")]
    Carry,
    #[token("category")]
    Category,
    #[token("changeable")]
    Changeable,
    #[token("cite")]
    Cite,
    #[token("classification")]
    Classification,
    #[token("clear")]
    Clear,
    #[token("code")]
    Code,
    #[token("column")]
    Column,
    #[token("combine")]
    Combine,
    #[token("cooldown")]
    Cooldown,
    #[token("cost")]
    Cost,
    #[token("coverage")]
    Coverage,
    #[token("decisive")]
    Decisive,
    #[token("escalate")]
    Escalate,
    #[token("evidence")]
    Evidence,
    #[token("every")]
    Every,
    #[token("except")]
    Except,
    #[token("expect")]
    Expect,
    #[token("expires")]
    Expires,
    #[token("for")]
    For,
    #[token("forward")]
    Forward,
    #[token("from")]
    From,
    #[token("given")]
    Given,
    #[token("hindsight")]
    Hindsight,
    #[token("known")]
    Known,
    #[token("least")]
    Least,
    #[token("license")]
    License,
    #[token("list")]
    List,
    #[token("lower")]
    Lower,
    #[token("means")]
    Means,
    #[token("members")]
    Members,
    #[token("most")]
    Most,
    #[token("nature")]
    Nature,
    #[token("notice")]
    Notice,
    #[token("number")]
    NumberWord,
    #[token("of")]
    Of,
    #[token("on")]
    On,
    #[token("optional")]
    Optional,
    #[token("otherwise")]
    Otherwise,
    #[token("over")]
    Over,
    #[token("polarity")]
    Polarity,
    #[token("provenance")]
    Provenance,
    #[token("raise")]
    Raise,
    #[token("require")]
    Require,
    #[token("review")]
    Review,
    #[token("seen")]
    Seen,
    #[token("to")]
    To,
    #[token("total")]
    Total,
    #[token("unless")]
    Unless,
    #[token("until")]
    Until,
    #[token("unverified")]
    Unverified,
    #[token("updated")]
    Updated,
    #[token("url")]
    Url,
    #[token("verification")]
    Verification,
    #[token("version")]
    Version,
    #[token("violation")]
    Violation,
    #[token("weight")]
    Weight,
    #[token("within")]
    Within,
    #[token("when")]
    When,
    #[token("written")]
    Written,

    #[token("(")]
    OpenParen,
    #[token(")")]
    CloseParen,
    #[token("[")]
    OpenBracket,
    #[token("]")]
    CloseBracket,
    #[token("{")]
    OpenBrace,
    #[token("}")]
    CloseBrace,
    #[token(",")]
    Comma,
    #[token(":")]
    Colon,
    #[token("=")]
    Equals,
    #[token(".")]
    Dot,
    #[token("..")]
    DotDot,
    #[token("..<")]
    DotDotLess,
    #[token("->")]
    Arrow,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("<")]
    Less,
    #[token("<=")]
    LessOrEqual,
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterOrEqual,
    #[token("??")]
    Fallback,

    // Set by the reader of declarations, never by the lexer: the first word of a declaration, a
    // `..` after which the range is open, and the `x` of `[5 x 12]` in a test.
    DeclareFramework,
    DeclareModule,
    DeclareUse,
    DeclarePanel,
    DeclareSource,
    DeclareUnit,
    DeclareIndicator,
    DeclareIndicators,
    DeclareParam,
    DeclareLet,
    DeclareScore,
    DeclareSignal,
    DeclareFactor,
    DeclareGroup,
    DeclareScale,
    DeclareCategory,
    DeclareLevel,
    DeclareAlert,
    DeclareNotice,
    DeclareTest,
    DeclareFn,
    DeclareTable,
    DeclareProperty,
    DeclareDeclassify,
    DeclareShow,
    DeclareOverride,
    DeclareDrop,
    // These stand before another word that declares.
    DeclareReplace,
    DeclareChanged,
    DeclareAdd,
    DeclareOpen,
    DeclareFinal,
    /// The second word of `add member`.
    DeclareMember,
    DotDotOpen,
    Times,
    /// The first word of `piecewise x { … }`.
    Piecewise,
    /// A value that is missing, put in by recovery.
    Hole,

    // What is to be read: put before the first token, so that one table serves a declaration and
    // the parts of it that recovery reads by themselves.
    ReadDeclaration,
    ReadAttributes,
    ReadFactorParts,
    ReadMembers,
    ReadLevelNames,
    ReadArms,
    ReadAlertParts,
    ReadTestParts,
}

/// The words that begin a declaration, in the order the language page has them.
pub(crate) const DECLARATION_WORDS: [(&str, Token); 32] = [
    ("framework", Token::DeclareFramework),
    ("module", Token::DeclareModule),
    ("use", Token::DeclareUse),
    ("panel", Token::DeclarePanel),
    ("source", Token::DeclareSource),
    ("unit", Token::DeclareUnit),
    ("indicator", Token::DeclareIndicator),
    ("indicators", Token::DeclareIndicators),
    ("param", Token::DeclareParam),
    ("let", Token::DeclareLet),
    ("score", Token::DeclareScore),
    ("signal", Token::DeclareSignal),
    ("factor", Token::DeclareFactor),
    ("group", Token::DeclareGroup),
    ("scale", Token::DeclareScale),
    ("category", Token::DeclareCategory),
    ("level", Token::DeclareLevel),
    ("alert", Token::DeclareAlert),
    ("notice", Token::DeclareNotice),
    ("test", Token::DeclareTest),
    ("fn", Token::DeclareFn),
    ("table", Token::DeclareTable),
    ("property", Token::DeclareProperty),
    ("declassify", Token::DeclareDeclassify),
    ("show", Token::DeclareShow),
    ("override", Token::DeclareOverride),
    ("drop", Token::DeclareDrop),
    ("replace", Token::DeclareReplace),
    ("changed", Token::DeclareChanged),
    ("add", Token::DeclareAdd),
    ("open", Token::DeclareOpen),
    ("final", Token::DeclareFinal),
];

/// What the word begins, if it begins a declaration.
pub(crate) fn declaration_word(text: &str) -> Option<Token> {
    DECLARATION_WORDS
        .iter()
        .find(|(word, _)| *word == text)
        .map(|(_, token)| *token)
}

impl Token {
    /// The first word of a declaration, as the reader of declarations marks it.
    pub fn declares(self) -> bool {
        (Self::DeclareFramework as u8..=Self::DeclareMember as u8).contains(&(self as u8))
    }

    /// The first word of a declaration that another such word follows.
    pub fn is_prefix(self) -> bool {
        (Self::DeclareReplace as u8..=Self::DeclareFinal as u8).contains(&(self as u8))
    }

    /// A word that is never a name.
    pub fn is_reserved(self) -> bool {
        (Self::If as u8..=Self::Extends as u8).contains(&(self as u8))
    }

    /// A word with a meaning in its place, and a name elsewhere.
    pub fn is_contextual(self) -> bool {
        (Self::After as u8..=Self::Written as u8).contains(&(self as u8))
    }

    /// May stand where a name stands.
    pub fn is_name(self) -> bool {
        self == Self::Ident || self.is_contextual()
    }

    pub fn opens(self) -> bool {
        matches!(self, Self::OpenParen | Self::OpenBracket | Self::OpenBrace)
    }

    pub fn closes(self) -> bool {
        matches!(
            self,
            Self::CloseParen | Self::CloseBracket | Self::CloseBrace
        )
    }

    /// The bracket that closes this one.
    pub fn partner(self) -> Option<Self> {
        Some(match self {
            Self::OpenParen => Self::CloseParen,
            Self::OpenBracket => Self::CloseBracket,
            Self::OpenBrace => Self::CloseBrace,
            _ => return None,
        })
    }

    /// Begins a clause of an alert, if `when` or a duration follows.
    pub fn begins_clause(self) -> bool {
        matches!(
            self,
            Self::Raise
                | Self::Escalate
                | Self::Lower
                | Self::Notice
                | Self::Clear
                | Self::Cooldown
        )
    }

    /// Begins a property that may follow a declaration.
    pub fn begins_attribute(self) -> bool {
        matches!(
            self,
            Self::Cite
                | Self::Column
                | Self::From
                | Self::License
                | Self::Url
                | Self::Updated
                | Self::Classification
                | Self::Polarity
                | Self::Nature
                | Self::Optional
                | Self::Missing
                | Self::On
                | Self::Carry
                | Self::Expires
                | Self::Applies
                | Self::Changeable
                | Self::Hindsight
                | Self::Allow
                | Self::Because
                | Self::Code
                | Self::Provenance
                | Self::Seen
                | Self::Verification
                | Self::Review
        )
    }

    /// Could be the last token of a value or of a declaration.
    pub fn ends_operand(self) -> bool {
        self.is_name()
            || self.closes()
            || matches!(
                self,
                Self::Number
                    | Self::Text
                    | Self::Yes
                    | Self::No
                    | Self::Unknown
                    | Self::Missing
                    | Self::DotDot
                    | Self::DotDotOpen
            )
    }
}
