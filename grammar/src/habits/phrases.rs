//! Whole phrases that are ordered otherwise elsewhere: `members: a, b`, `coverage 50%`, `a if c else b`.
//!
//! In: tokens, after numbers and names have been set right. Out: the tokens of the phrase that was meant, each
//! told once with an edit. What stands where is known from the line's first word and the open brackets alone.

use super::{Habits, slice_of, take_back};
use crate::ast::Span;
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::problem::{Hint, Problem, ProblemKind};
use crate::token::{Tok, Token, declaration_word};

/// Phrases exchanged in one file.
const MOST: usize = 300;

/// What a brace belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Factor,
    Members,
    Scale,
    Level,
    Table,
    Test,
    Other,
}

/// Where the reading stands.
#[derive(Debug, Default)]
pub(super) struct Stand {
    /// The word that began the declaration, and its place.
    pub declares: Option<(Token, usize)>,
    braces: Vec<Within>,
    /// Open brackets of the other kinds.
    others: usize,
    /// A `=` or a clause's `when` has begun a formula.
    pub formula: bool,
}

impl Stand {
    pub fn within(&self) -> Option<Within> {
        self.braces.last().copied()
    }

    /// In the declaration's own line, between no brackets.
    pub fn is_free(&self) -> bool {
        self.braces.is_empty() && self.others == 0
    }

    /// Between round or square brackets.
    pub fn in_brackets(&self) -> bool {
        self.others > 0
    }

    pub fn declares(&self, kind: Token) -> bool {
        self.declares.is_some_and(|(word, _)| word == kind)
    }
}

/// Tokens in the place of others.
pub(super) struct Rewriting {
    pub from: usize,
    pub to: usize,
    pub tokens: Vec<Tok>,
    pub span: Span,
    /// Nothing, where what stands there then is told as a whole.
    pub told: Option<ProblemKind>,
}

impl Rewriting {
    /// Told as written otherwise here, with the edit.
    pub fn written(
        (from, to): (usize, usize),
        tokens: Vec<Tok>,
        span: Span,
        (found, instead): (&str, &str),
        edits: Vec<(Span, String)>,
    ) -> Self {
        let told = ProblemKind::ForeignOperator {
            found: crate::literal::quoted(&found.split_whitespace().collect::<Vec<_>>().join(" ")),
            instead: instead.to_owned(),
            edits,
            others: Vec::new(),
        };
        Self {
            from,
            to,
            tokens,
            span,
            told: Some(told),
        }
    }

    /// Not told by itself.
    pub fn silent((from, to): (usize, usize), tokens: Vec<Tok>) -> Self {
        let span = Span::default();
        Self {
            from,
            to,
            tokens,
            span,
            told: None,
        }
    }

    /// Told in words alone.
    pub fn said(
        (from, to): (usize, usize),
        tokens: Vec<Tok>,
        span: Span,
        found: &str,
        say: String,
    ) -> Self {
        let told = ProblemKind::Unexpected {
            found: format!("`{}`", crate::literal::quoted(found)),
            expected: Vec::new(),
            missing_separator: None,
            hint: Hint::Say(say),
        };
        Self {
            from,
            to,
            tokens,
            span,
            told: Some(told),
        }
    }
}

impl Habits<'_> {
    pub(super) fn phrases(&mut self, lexed: &mut Lexed) {
        let mut tokens = std::mem::take(&mut lexed.tokens);
        let mut stand = Stand::default();
        let mut left = MOST;
        let mut at = 0;
        while at < tokens.len() {
            self.begin(&tokens, at, &mut stand);
            let change = (left > 0)
                .then(|| self.phrase(&tokens, at, &stand))
                .flatten();
            if let Some(change) = change {
                left -= 1;
                if let Some(kind) = change.told {
                    take_back(&mut lexed.problems, change.span);
                    take_back(&mut self.problems, change.span);
                    let unsaid = matches!(
                        &kind,
                        ProblemKind::Unexpected {
                            hint: Hint::Say(_),
                            ..
                        }
                    );
                    if unsaid {
                        self.read_as.doubtful.push(change.span);
                    }
                    self.push(Problem {
                        kind,
                        span: change.span,
                    });
                }
                self.period.set(None);
                self.truths.take();
                let behind = change.from + change.tokens.len();
                tokens.splice(change.from..change.to, change.tokens);
                if change.from < at {
                    at = behind;
                    continue;
                }
                self.begin(&tokens, at, &mut stand);
            }
            step(&tokens, at, &mut stand);
            at += 1;
        }
        // What nobody could make anything of has been told, and is not there for the parser.
        tokens.retain(|token| {
            !matches!(
                token.kind,
                Token::Question | Token::Currency | Token::Tilde | Token::Infix
            )
        });
        lexed.tokens = tokens;
    }

    /// Each in the order in which it is likeliest.
    fn phrase(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        self.bare_series(tokens, at, stand)
            .or_else(|| self.in_ways(tokens, at, stand))
            .or_else(|| self.in_moved(tokens, at, stand))
            .or_else(|| self.in_ends(tokens, at, stand))
            .or_else(|| self.in_equality(tokens, at, stand))
            .or_else(|| self.in_bars(tokens, at, stand))
            .or_else(|| self.in_marks(tokens, at, stand))
            .or_else(|| self.in_copies(tokens, at, stand))
            .or_else(|| self.in_ranges(tokens, at, stand))
            .or_else(|| self.in_kinds(tokens, at, stand))
            .or_else(|| self.in_code(tokens, at, stand))
            .or_else(|| self.in_talk(tokens, at, stand))
            .or_else(|| self.in_offices(tokens, at, stand))
            .or_else(|| self.in_properties(tokens, at, stand))
            .or_else(|| self.in_forms(tokens, at, stand))
            .or_else(|| self.in_amounts(tokens, at, stand))
            .or_else(|| self.in_counting(tokens, at, stand))
            .or_else(|| self.in_languages(tokens, at, stand))
            .or_else(|| self.in_wording(tokens, at, stand))
            .or_else(|| self.in_arms(tokens, at, stand))
            .or_else(|| self.in_members(tokens, at, stand))
            .or_else(|| self.in_decisions(tokens, at, stand))
            .or_else(|| self.in_rows(tokens, at, stand))
            .or_else(|| self.in_order(tokens, at, stand))
            .or_else(|| self.in_tongues(tokens, at, stand))
            .or_else(|| self.in_queries(tokens, at, stand))
            .or_else(|| self.in_verification(tokens, at, stand))
            .or_else(|| self.in_sayings(tokens, at, stand))
            .or_else(|| self.in_constructs(tokens, at, stand))
            .or_else(|| self.in_blocks(tokens, at, stand))
            .or_else(|| self.in_declaration(tokens, at, stand))
            .or_else(|| self.in_factor(tokens, at, stand))
            .or_else(|| self.in_formula(tokens, at, stand))
            .or_else(|| self.in_changes(tokens, at, stand))
            .or_else(|| self.in_clauses(tokens, at, stand))
            .or_else(|| self.in_statistics(tokens, at, stand))
            .or_else(|| self.in_values(tokens, at, stand))
            .or_else(|| self.in_speech(tokens, at, stand))
            .or_else(|| self.in_prepositions(tokens, at, stand))
            .or_else(|| self.in_durations(tokens, at, stand))
            .or_else(|| self.in_stand_ins(tokens, at, stand))
            .or_else(|| self.in_prose(tokens, at, stand))
            .or_else(|| self.in_twins(tokens, at, stand))
            .or_else(|| self.in_joints(tokens, at, stand))
    }

    /// A word at the beginning of a line that declares.
    fn begin(&self, tokens: &[Tok], at: usize, stand: &mut Stand) {
        let Some(token) = tokens.get(at).copied() else {
            return;
        };
        if !self.fresh(tokens, at) {
            return;
        }
        // All may be indented: then it begins where nothing is open, with a name or a text behind it.
        if self.indented(token) {
            let named = kind(tokens, at + 1).is_some_and(|n| n.is_name() || n == Token::Text);
            let before = at.checked_sub(1).and_then(|before| kind(tokens, before));
            if !named || !stand.is_free() || before.is_some_and(|before| !before.ends_operand()) {
                return;
            }
        }
        let word = if token.kind.declares() {
            Some(token.kind)
        } else {
            declaration_word(self.slice(token))
        };
        if let Some(word) = word {
            *stand = Stand {
                declares: Some((word, at)),
                ..Stand::default()
            };
        }
    }

    fn indented(&self, token: Tok) -> bool {
        let before = self.text.get(..token.start as usize).unwrap_or_default();
        before.ends_with([' ', '\t'])
    }

    /// The first token of its line.
    pub(super) fn fresh(&self, tokens: &[Tok], at: usize) -> bool {
        match (
            at.checked_sub(1).and_then(|b| tokens.get(b)),
            tokens.get(at),
        ) {
            (Some(before), Some(token)) => on_new_line(self.text, *before, *token),
            _ => true,
        }
    }

    /// One past the last token of the line.
    pub(super) fn line_end(&self, tokens: &[Tok], at: usize) -> usize {
        (at + 1..tokens.len())
            .find(|next| self.fresh(tokens, *next))
            .unwrap_or(tokens.len())
    }

    pub(super) fn written(&self, from: u32, to: u32) -> &str {
        slice_of(self.text, from, to)
    }

    /// A name that does not stand in the text like this.
    pub(super) fn named(&mut self, start: u32, end: u32, name: &str) -> Tok {
        self.put(Token::Ident, start, end, name)
    }

    /// Has a token other words than those in the text? Then nothing is told of it again.
    pub(super) fn is_put(&self, token: Tok) -> bool {
        self.read_as.get(token.start, token.end).is_some()
    }

    /// Is it an alert or a notice, one of an overlay's too: `replace alert a { … }`?
    pub(super) fn is_of_alert(&self, tokens: &[Tok], stand: &Stand) -> bool {
        let head = stand
            .declares
            .and_then(|(_, first)| tokens.get(first..tokens.len().min(first + 4)));
        head.is_none_or(|head| {
            head.iter().any(|token| {
                matches!(token.kind, Token::DeclareAlert | Token::DeclareNotice)
                    || matches!(self.slice(*token), "alert" | "notice")
            })
        })
    }

    /// A token with other words than those in the text.
    pub(super) fn put(&mut self, kind: Token, start: u32, end: u32, words: &str) -> Tok {
        let of = if start == end {
            &mut self.read_as.put_in
        } else {
            &mut self.read_as.written
        };
        of.insert(start, words.to_owned());
        Tok { kind, start, end }
    }
}

fn step(tokens: &[Tok], at: usize, stand: &mut Stand) {
    let Some(token) = tokens.get(at) else { return };
    match token.kind {
        Token::OpenBrace => {
            let before = at.checked_sub(1).and_then(|b| tokens.get(b));
            let within = if before.is_some_and(|before| before.kind == Token::Members) {
                Within::Members
            } else if stand.braces.is_empty() {
                match stand.declares {
                    Some((Token::DeclareFactor, _)) => Within::Factor,
                    Some((Token::DeclareScale, _)) => Within::Scale,
                    Some((Token::DeclareLevel, _)) => Within::Level,
                    Some((Token::DeclareTable, _)) => Within::Table,
                    Some((Token::DeclareTest, _)) => Within::Test,
                    _ => Within::Other,
                }
            } else if stand.within() == Some(Within::Test) {
                // `given x = { a, b }`
                Within::Test
            } else {
                Within::Other
            };
            stand.braces.push(within);
        }
        Token::CloseBrace => {
            stand.braces.pop();
        }
        Token::OpenParen | Token::OpenBracket => stand.others += 1,
        Token::CloseParen | Token::CloseBracket => stand.others = stand.others.saturating_sub(1),
        Token::Equals | Token::When => stand.formula = true,
        Token::If if !stand.braces.is_empty() => stand.formula = true,
        _ => {}
    }
}

/// A token of no width.
pub(super) fn empty(kind: Token, place: u32) -> Tok {
    Tok {
        kind,
        start: place,
        end: place,
    }
}

pub(super) fn kind(tokens: &[Tok], at: usize) -> Option<Token> {
    tokens.get(at).map(|token| token.kind)
}

pub(super) fn as_kind(token: Tok, kind: Token) -> Tok {
    Tok { kind, ..token }
}

pub(super) fn span(from: u32, to: u32) -> Span {
    Span {
        start: from,
        end: to,
    }
}
