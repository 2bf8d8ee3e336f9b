//! Habits: what spreadsheets, statistics packages and programming languages write, and what is written here.
//!
//! In: the tokens of a file. Out: the tokens that were meant, each habit told once with the edit that
//! exchanges it, so that nothing is told a second time by the parser. The table is the one place that knows
//! of other languages; `docs/from-the-spreadsheet.md` is held to it.

mod anew;
mod calls;
mod digits;
mod divided;
mod figures;
mod items;
mod known;
mod letters;
mod names;
mod numbers;
mod of_amounts;
mod of_answers;
mod of_bands;
mod of_bars;
mod of_blocks;
mod of_brackets;
mod of_cases;
mod of_cells;
mod of_changes;
mod of_clauses;
mod of_code;
mod of_constructs;
mod of_copies;
mod of_counting;
mod of_decisions;
mod of_declarations;
mod of_durations;
mod of_ends;
mod of_equality;
mod of_factors;
mod of_forms;
mod of_formulas;
mod of_heads;
mod of_joints;
mod of_kinds;
mod of_languages;
mod of_lists;
mod of_marks;
mod of_members;
mod of_moved;
mod of_offices;
mod of_order;
mod of_panels;
mod of_prepositions;
mod of_properties;
mod of_prose;
mod of_queries;
mod of_ranges;
mod of_rows;
mod of_sayings;
mod of_speech;
mod of_stand_ins;
mod of_statistics;
mod of_talk;
mod of_tests;
mod of_tongues;
mod of_twins;
mod of_values;
mod of_verification;
mod of_ways;
mod of_windows;
mod of_wording;
mod own_names;
mod phrases;
mod pieces;
mod points;
mod renamed;
mod signs;
mod table;
mod together;
mod words;

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::ast::Span;
use crate::declarations::{slice, slice_of};
use crate::lexer::{Lexed, PROBLEM_LIMIT};
use crate::problem::{Problem, ProblemKind};
use crate::token::{Tok, Token, declaration_word};

pub use figures::meant as number;
pub(crate) use letters::plain_letters;
pub use table::{
    FUNCTIONS, FunctionHabit, Group, HabitExample, Meaning, SHOWN, function, type_word, value,
};
pub(crate) use together::gather;

/// What tokens are read as where their text is not what was meant, by where they begin.
#[derive(Debug, Default)]
pub(crate) struct ReadAs {
    written: BTreeMap<u32, String>,
    /// Of tokens that have no place in the text.
    put_in: BTreeMap<u32, String>,
    /// Where it was told in words alone what to do: what was meant there is not known.
    pub doubtful: Vec<Span>,
}

impl ReadAs {
    pub fn get(&self, start: u32, end: u32) -> Option<&str> {
        let of = if start == end {
            &self.put_in
        } else {
            &self.written
        };
        of.get(&start).map(String::as_str)
    }
}

/// Exchanges what other languages write for what was meant, and tells it.
pub(crate) fn exchange(text: &str, lexed: &mut Lexed) -> ReadAs {
    let mut habits = Habits {
        text,
        problems: Vec::new(),
        read_as: ReadAs::default(),
        declared: declared(text, &lexed.tokens),
        known: known::Known::of(text, &lexed.tokens),
        period: Cell::new(None),
        truths: OnceCell::new(),
    };
    habits.spreadsheet_cells(lexed);
    habits.marked_names(lexed);
    habits.own_names(lexed);
    habits.merge_marks(lexed);
    habits.dash_comments(lexed);
    habits.divided_by_slashes(lexed);
    habits.digit_names(lexed);
    habits.numbers(lexed);
    habits.dashes(lexed);
    habits.names(lexed);
    habits.brackets(lexed);
    habits.phrases(lexed);
    habits.calls(lexed);
    let Habits {
        problems, read_as, ..
    } = habits;
    lexed.problems.extend(problems);
    lexed.problems.sort_by_key(|problem| problem.span);
    read_as
}

struct Habits<'s> {
    text: &'s str,
    problems: Vec<Problem>,
    read_as: ReadAs,
    /// Names that the file declares, levels and categories among them.
    declared: BTreeSet<&'s str>,
    known: known::Known<'s>,
    /// The period of the panel, once it was looked for among the tokens as they are.
    period: Cell<Option<Option<&'static str>>>,
    /// Names of truths, the same way.
    truths: OnceCell<BTreeSet<&'s str>>,
}

impl<'s> Habits<'s> {
    fn slice(&self, token: Tok) -> &'s str {
        slice_of(self.text, token.start, token.end)
    }

    /// Tells that something is written otherwise here.
    fn tell(&mut self, span: Span, found: &str, instead: &str, edits: Vec<(Span, String)>) {
        let kind = ProblemKind::ForeignOperator {
            found: crate::literal::quoted(found),
            instead: instead.to_owned(),
            edits,
            others: Vec::new(),
        };
        self.push(Problem { kind, span });
    }

    fn push(&mut self, problem: Problem) {
        if self.problems.len() < PROBLEM_LIMIT {
            self.problems.push(problem);
        }
    }
}

/// Takes back what was told within a stretch: something told of the whole says it too.
fn take_back(problems: &mut Vec<Problem>, within: Span) {
    problems.retain(|told| told.span.start < within.start || told.span.end > within.end);
}

/// Is it told of something within a stretch, with the edit that exchanges it?
fn is_written_anew(problem: &Problem, whole: Span) -> bool {
    let within = whole.start <= problem.span.start && problem.span.end <= whole.end;
    within
        && match &problem.kind {
            ProblemKind::ForeignOperator { edits, .. } => !edits.is_empty(),
            ProblemKind::BadNumber { edit, .. } => edit.is_some(),
            _ => false,
        }
}

/// Names that the tokens seem to declare.
fn declared<'s>(text: &'s str, tokens: &[Tok]) -> BTreeSet<&'s str> {
    let mut names = BTreeSet::new();
    let mut braces = 0_usize;
    // `indicators a, b "B", c : number`
    let mut listed = false;
    for (at, token) in tokens.iter().enumerate() {
        let word = declaration_word(slice(text, *token));
        listed = match token.kind {
            _ if word == Some(Token::DeclareIndicators) => true,
            Token::Comma | Token::Text => listed,
            kind => listed && kind.is_name(),
        };
        match token.kind {
            Token::OpenBrace => braces += 1,
            Token::CloseBrace => braces = braces.saturating_sub(1),
            kind if kind.is_name() => {
                let before = at.checked_sub(1).and_then(|b| tokens.get(b));
                let word = slice_of(text, token.start, token.end);
                let declares = before.is_some_and(|before| {
                    declaration_word(slice(text, *before)).is_some()
                        || (listed && before.kind == Token::Comma)
                        || (braces > 0 && matches!(before.kind, Token::OpenBrace | Token::Less))
                });
                if declares {
                    names.insert(word);
                }
            }
            _ => {}
        }
    }
    names
}

/// Names that the tokens seem to declare, as they are meant.
pub(crate) fn declared_names(text: &str, tokens: &[Tok]) -> BTreeSet<String> {
    declared(text, tokens)
        .into_iter()
        .map(|name| crate::literal::meant_name(name).into_owned())
        .collect()
}
