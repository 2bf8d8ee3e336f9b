//! Tokens to declarations.
//!
//! In: all tokens of a file. Out: where each declaration begins and ends. Each is then parsed by
//! itself, so that a slip in one never costs another. A word such as `level` begins a declaration
//! by its place, not by being reserved: at bracket depth zero, where what stands before it is
//! complete. Inside brackets, or where something is still awaited, only what plainly is the
//! beginning of a declaration on a line of its own counts: something before it was left open.

use crate::spelling::closest;
use crate::synonyms::declared;
use crate::token::{DECLARATION_WORDS, Tok, Token, declaration_word};

/// A run of tokens that is to be one declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    pub opening: Opening,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Begins with a word that declares.
    Declaration,
    /// Begins with something that no declaration begins with.
    Nothing,
}

/// Cuts the tokens into declarations and marks the first token of each.
pub(crate) fn split(text: &str, tokens: &mut [Tok]) -> (Vec<Chunk>, Vec<(Tok, &'static str)>) {
    let mut misspelt = Vec::new();
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut open: Vec<Token> = Vec::new();
    for at in 0..tokens.len() {
        let look = Look { text, tokens, at };
        let second = chunks.last().and_then(|chunk| look.second(chunk));
        let opening = match chunks.last() {
            _ if second.is_some() => None,
            None => Some(look.word().unwrap_or(Opening::Nothing)),
            Some(chunk) => look.begins(chunk, !open.is_empty()),
        };
        let named = look.is_name(1) || look.kind(1) == Some(Token::Text);
        if tokens.get(at).is_none() {
            break;
        }
        // `pillar trade "Trade" {`, `level overall : state {`
        let block = opening == Some(Opening::Nothing)
            && tokens
                .get(at + 1..tokens.len().min(at + 8))
                .unwrap_or_default()
                .iter()
                .take_while(|t| !matches!(t.kind, Token::Equals | Token::In))
                .any(|t| t.kind == Token::OpenBrace);
        if let Some(opening) = opening {
            if let Some(last) = chunks.last_mut() {
                last.end = at;
            }
            chunks.push(Chunk {
                first: at,
                end: tokens.len(),
                opening,
            });
            open.clear();
            let Some(token) = tokens.get_mut(at) else {
                break;
            };
            let near = (opening == Opening::Nothing && named)
                .then(|| look_alike(slice(text, *token), block))
                .flatten();
            if let Some((word, declares)) = near {
                misspelt.push((*token, word));
                token.kind = declares;
                if let Some(last) = chunks.last_mut() {
                    last.opening = Opening::Declaration;
                }
            } else if opening == Opening::Declaration
                && !token.kind.declares()
                && let Some(declares) = declaration_word(slice(text, *token))
            {
                token.kind = declares;
            }
            continue_brackets(&mut open, token.kind);
        } else if let Some(token) = tokens.get_mut(at) {
            if let Some(declares) = second {
                token.kind = declares;
            }
            continue_brackets(&mut open, token.kind);
        }
    }
    (chunks, misspelt)
}

/// The word of a declaration that a misspelt one, or one of another language, was meant to be.
fn look_alike(word: &str, with_block: bool) -> Option<(&'static str, Token)> {
    let near = closest(word, DECLARATION_WORDS.iter().map(|(known, _)| *known));
    near.and_then(|near| {
        let mut all = DECLARATION_WORDS.iter();
        all.find(|(known, _)| *known == near).copied()
    })
    .or_else(|| declared(word, with_block))
}

fn continue_brackets(open: &mut Vec<Token>, kind: Token) {
    if let Some(close) = kind.partner() {
        open.push(close);
    } else if kind == Token::CloseBrace {
        // A brace closes whatever is open inside it.
        while open.pop().is_some_and(|expected| expected != kind) {}
    } else if open.last() == Some(&kind) {
        open.pop();
    }
}

pub(crate) fn slice(text: &str, token: Tok) -> &str {
    text.get(token.start as usize..token.end as usize)
        .unwrap_or_default()
}

/// The words between two places.
pub(crate) fn slice_of(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// Does the second token stand on a later line?
pub(crate) fn on_new_line(text: &str, before: Tok, token: Tok) -> bool {
    text.get(before.end as usize..token.start as usize)
        .is_some_and(|gap| gap.contains('\n'))
}

/// One place in the tokens and what stands around it.
struct Look<'t> {
    text: &'t str,
    tokens: &'t [Tok],
    at: usize,
}

impl Look<'_> {
    fn kind(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).map(|t| t.kind)
    }

    fn is_name(&self, ahead: usize) -> bool {
        self.kind(ahead).is_some_and(Token::is_name)
    }

    fn declares(&self) -> Option<Token> {
        let token = *self.tokens.get(self.at)?;
        // A word that was meant to declare, and is written otherwise in the text.
        if token.kind.declares() {
            return Some(token.kind);
        }
        // `category region { … }`; behind a colon it begins a type.
        let is_category = token.kind == Token::Category
            && self.is_name(1)
            && matches!(self.kind(2), Some(Token::Text | Token::OpenBrace));
        // `notice lost when …`; with a text behind it, it is what a source asks for.
        let is_notice = token.kind == Token::Notice
            && match self.kind(1) {
                Some(Token::Text) => self.kind(2) == Some(Token::When),
                Some(name) => {
                    name.is_name()
                        && matches!(
                            self.kind(2),
                            Some(
                                Token::Text
                                    | Token::When
                                    | Token::OpenBrace
                                    | Token::Equals
                                    | Token::Colon
                            )
                        )
                }
                None => false,
            };
        (token.kind == Token::Ident || is_category || is_notice)
            .then(|| declaration_word(slice(self.text, token)))
            .flatten()
    }

    /// The word after `add`, `replace`, `open` or `final`, which declares too.
    fn second(&self, chunk: &Chunk) -> Option<Token> {
        let before = self.tokens.get(self.at.checked_sub(1)?)?.kind;
        // `let table response : …`, where `table` is no name of a step.
        if before == Token::DeclareLet && self.is_name(1) {
            let steps = [Token::DeclareTable, Token::DeclareLevel];
            return self.declares().filter(|word| steps.contains(word));
        }
        // `add signal …`, `add final signal …`
        let follows = (1..=2).contains(&(self.at - chunk.first)) && before.is_prefix();
        let token = *self.tokens.get(self.at).filter(|_| follows)?;
        match slice(self.text, token) {
            "member" if before == Token::DeclareAdd => Some(Token::DeclareMember),
            "open" | "final" if self.at > chunk.first + 1 => None,
            _ => self.declares(),
        }
    }

    fn word(&self) -> Option<Opening> {
        self.declares().map(|_| Opening::Declaration)
    }

    fn fresh_line(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        match (before, self.tokens.get(self.at)) {
            (Some(before), Some(token)) => on_new_line(self.text, *before, *token),
            _ => true,
        }
    }

    /// Does the next token stand on a later line?
    fn line_ends(&self) -> bool {
        match (self.tokens.get(self.at), self.tokens.get(self.at + 1)) {
            (Some(token), Some(next)) => on_new_line(self.text, *token, *next),
            _ => true,
        }
    }

    /// What begins here, given the declaration being read and whether a bracket is open in it.
    fn begins(&self, chunk: &Chunk, inside: bool) -> Option<Opening> {
        let Some(opening) = self.word() else {
            return self.misspelt(inside);
        };
        let before = self.tokens.get(self.at.checked_sub(1)?)?.kind;
        let leads = |token: Token| matches!(token, Token::DeclareOverride | Token::DeclareDrop);
        if chunk.first + 1 == self.at && leads(before) {
            // `override param …`, `drop indicator …`
            return None;
        }
        let fresh = self.fresh_line();
        let first = self.tokens.get(chunk.first).map(|t| t.kind);
        if first == Some(Token::DeclareProperty) && !fresh {
            // `overall rises with every indicator`
            return None;
        }
        if inside || !before.ends_operand() {
            return (fresh && self.is_plain()).then_some(opening);
        }
        let yes = if fresh {
            !(before.begins_attribute() && self.kind(1).is_some_and(Token::begins_attribute))
        } else if before.is_contextual() {
            false
        } else {
            match self.declares() {
                Some(Token::DeclareTest | Token::DeclareProperty) => {
                    self.kind(1) == Some(Token::Text)
                }
                // `let most = 5 level` at the end of a line: a unit's name, and the next line declares.
                _ => {
                    self.is_name(1)
                        && !self.line_ends()
                        && !self.kind(1).is_some_and(Token::begins_attribute)
                }
            }
        };
        yes.then_some(opening)
    }

    /// A declaration whose first word is misspelt or left out: `indictor x "…"`, `d = sum(…)`.
    fn misspelt(&self, inside: bool) -> Option<Opening> {
        // `"the warning is raised" over 3 months {`: a test without its word.
        let is_test = self.kind(0) == Some(Token::Text)
            && matches!(self.kind(1), Some(Token::Over | Token::OpenBrace));
        if inside || !(is_test || self.kind(0) == Some(Token::Ident)) || !self.fresh_line() {
            return None;
        }
        let before = self.tokens.get(self.at.checked_sub(1)?)?.kind;
        if !before.ends_operand() || before.is_contextual() {
            return None;
        }
        let binds = matches!(
            self.kind(2),
            Some(Token::Text | Token::Colon | Token::Equals | Token::OpenBrace)
        );
        // The word is left out: `drowned "People drowned" : …`, `concern { low < high }`, `deaths` alone.
        let labelled = self.kind(1) == Some(Token::Text)
            && matches!(
                self.kind(2),
                Some(Token::Colon | Token::Equals | Token::OpenBrace)
            );
        let alone = match (self.tokens.get(self.at), self.tokens.get(self.at + 1)) {
            (Some(token), Some(next)) => {
                let ahead = Self {
                    at: self.at + 1,
                    ..*self
                };
                on_new_line(self.text, *token, *next) && ahead.word().is_some()
            }
            _ => false,
        };
        // `units deaths`: nearly a word that declares, with a name alone behind it.
        let near_alone = self.is_name(1)
            && match (self.tokens.get(self.at), self.tokens.get(self.at + 1)) {
                (Some(token), Some(name)) => {
                    let ends = self
                        .tokens
                        .get(self.at + 2)
                        .is_none_or(|third| on_new_line(self.text, *name, *third));
                    ends && !on_new_line(self.text, *token, *name)
                        && look_alike(slice(self.text, *token), false).is_some_and(
                            |(_, declares)| {
                                matches!(declares, Token::DeclareUnit | Token::DeclareUse)
                            },
                        )
                }
                _ => false,
            };
        // `overide param …`, `drp member …`
        let changes = self.is_name(1)
            && self.tokens.get(self.at + 1).is_some_and(|next| {
                let next = slice(self.text, *next);
                declaration_word(next).is_some()
                    || matches!(next, "member" | "weight" | "label" | "column")
            })
            && self.tokens.get(self.at).is_some_and(|token| {
                look_alike(slice(self.text, *token), false).is_some_and(|(_, declares)| {
                    declares.is_prefix()
                        || matches!(declares, Token::DeclareOverride | Token::DeclareDrop)
                })
            });
        // `pannel country column "iso3"`: what stands behind the name is only a panel's.
        let near_panel = self.is_name(1)
            && matches!(
                self.kind(2),
                Some(Token::Column | Token::By | Token::Comma | Token::Except)
            )
            && self.tokens.get(self.at).is_some_and(|token| {
                look_alike(slice(self.text, *token), false)
                    .is_some_and(|(_, declares)| declares == Token::DeclarePanel)
            });
        let means = |declares: Token| {
            self.tokens.get(self.at).is_some_and(|token| {
                [true, false].into_iter().any(|block| {
                    look_alike(slice(self.text, *token), block)
                        .is_some_and(|(_, own)| own == declares)
                })
            })
        };
        let third_is_fresh = match (self.tokens.get(self.at + 1), self.tokens.get(self.at + 2)) {
            (Some(name), Some(third)) => on_new_line(self.text, *name, *third),
            _ => true,
        };
        // `shows region, trust`, `declasify x to public`, `function half(…)`, `tests "…" over 3 months {`
        let near_other = match self.kind(2) {
            Some(Token::Comma) => self.is_name(1) && means(Token::DeclareShow),
            Some(Token::To) => self.is_name(1) && means(Token::DeclareDeclassify),
            Some(Token::OpenParen) => self.is_name(1) && means(Token::DeclareFn),
            Some(Token::Over | Token::OpenBrace | Token::From)
                if self.kind(1) == Some(Token::Text) =>
            {
                means(Token::DeclareTest)
            }
            _ => self.is_name(1) && third_is_fresh && means(Token::DeclareShow),
        };
        let yes = self.kind(1) == Some(Token::Equals)
            || near_other
            || near_alone
            || near_panel
            || changes
            || (self.is_name(1) && binds)
            || labelled
            || (self.kind(1) == Some(Token::OpenBrace) && self.kind(3) != Some(Token::Comma))
            || (self.kind(1) == Some(Token::Colon) && self.is_name(2))
            || alone
            || is_test;
        yes.then_some(Opening::Nothing)
    }

    /// Is this the beginning of a declaration whatever stands before it?
    fn is_plain(&self) -> bool {
        use Token as T;
        let Some(declares) = self.declares() else {
            return false;
        };
        if declares == T::DeclareProperty {
            return self.kind(1) == Some(T::Text) && self.kind(2) == Some(T::Colon);
        }
        if declares.is_prefix() || matches!(declares, T::DeclareOverride | T::DeclareDrop) {
            return self.is_name(1) && self.is_name(2);
        }
        if declares == T::DeclareTest {
            let opens = matches!(self.kind(2), Some(T::Over | T::From | T::OpenBrace));
            return self.kind(1) == Some(T::Text) && opens;
        }
        if !self.is_name(1) {
            return false;
        }
        let alone = match (self.tokens.get(self.at + 1), self.tokens.get(self.at + 2)) {
            (Some(name), Some(third)) => on_new_line(self.text, *name, *third),
            _ => true,
        };
        let Some(third) = self.kind(2).filter(|_| !alone) else {
            // `unit deaths`, `use stdlib` and the like, alone on their line.
            return matches!(
                declares,
                T::DeclareUnit
                    | T::DeclareUse
                    | T::DeclareModule
                    | T::DeclarePanel
                    | T::DeclareShow
            );
        };

        match declares {
            T::DeclareFramework => matches!(third, T::Text | T::Version | T::Extends),
            T::DeclareModule => third == T::Text,
            T::DeclareUse => third == T::Dot,
            T::DeclarePanel => matches!(third, T::Column | T::By | T::Comma | T::Except),
            T::DeclareUnit => matches!(third, T::Text | T::Equals),
            T::DeclareIndicators => matches!(third, T::Text | T::Colon | T::Comma),
            T::DeclareIndicator | T::DeclareLevel | T::DeclareTable => {
                matches!(third, T::Text | T::Colon)
            }
            T::DeclareSource
            | T::DeclareFactor
            | T::DeclareScale
            | T::DeclareCategory
            | T::DeclareAlert => {
                matches!(third, T::Text | T::OpenBrace)
            }
            // `group column "group"` names a key of the panel.
            T::DeclareGroup => {
                third == T::OpenBrace || third == T::Text && self.kind(3) == Some(T::OpenBrace)
            }
            T::DeclareNotice => {
                matches!(
                    third,
                    T::Text | T::When | T::OpenBrace | T::Equals | T::Colon
                )
            }
            T::DeclareFn => third == T::OpenParen,
            T::DeclareShow => matches!(third, T::Comma | T::Because),
            T::DeclareDeclassify => matches!(third, T::To | T::Because),
            _ => matches!(third, T::Text | T::Colon | T::Equals),
        }
    }
}
