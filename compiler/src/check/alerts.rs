//! Alerts: their clauses sorted out, each where it may stand once, conditions that are truths and
//! durations in periods.

use forewarn_grammar::ast::{self, AlertChange, AlertClause, AlertClauseKind};

use super::context::Checker;
use crate::checked::{AlertBody, AlertCondition, Body};
use crate::diagnostics::alerts::{ClauseTwice, NoRaise, NothingToLower, TooManyClauses};
use crate::diagnostics::names::UnknownWord;
use crate::plan::alerts::{MOST_CONDITIONS, OnUnknown};
use crate::source::Span;
use crate::types::{ALERT, Type};

/// The clauses of one alert as far as they have been read.
#[derive(Default)]
struct Clauses {
    raise: Option<AlertCondition>,
    escalations: Vec<AlertCondition>,
    clear: Option<AlertCondition>,
    lower: Option<AlertCondition>,
    cooldown: u32,
    until_clear: bool,
    bypass: Option<(crate::typed::Typed, Span)>,
    on_unknown: OnUnknown,
    /// They are of a notice.
    notice: bool,
    /// Something in them was told.
    failed: bool,
}

impl Checker<'_, '_> {
    pub fn alert(&mut self, alert: &ast::Alert, own: Span) -> (Type, Body, Vec<String>) {
        let what = if alert.notice { "a notice" } else { "an alert" };
        let attributes = self.published_attributes(&alert.attrs, what, own);
        let in_periods = self.panel.period.is_some();
        if !in_periods {
            self.no_periods(if alert.notice { "notice" } else { "alert" }, own);
        }
        let mut clauses = Clauses {
            failed: !in_periods,
            ..Clauses::default()
        };
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for clause in &alert.clauses {
            let word = word(&clause.kind);
            let span = self.at(clause.span);
            let first = seen.iter().find(|(known, _)| *known == word);
            if let Some((_, first)) = first
                && word != "escalate"
            {
                let first = *first;
                self.reports.add(ClauseTwice {
                    word,
                    first,
                    second: span,
                });
                clauses.failed = true;
            }
            seen.push((word, span));
            clauses.notice = alert.notice;
            self.alert_clause(clause, &mut clauses, in_periods);
        }
        let raised = seen.iter().any(|(word, _)| *word == "raise");
        if !raised {
            let name = alert.name.text.clone();
            self.reports.add(NoRaise { name, span: own });
        }
        // Raising, clearing and the bypass have a place of their own each.
        let most = MOST_CONDITIONS as usize - 3 - usize::from(clauses.lower.is_some());
        if clauses.escalations.len() > most {
            self.reports.add(TooManyClauses {
                name: alert.name.text.clone(),
                span: own,
                most,
            });
            clauses.failed = true;
        }
        if let Some(lower) = &clauses.lower
            && clauses.escalations.is_empty()
        {
            self.reports.add(NothingToLower {
                name: alert.name.text.clone(),
                span: lower.span,
            });
            clauses.failed = true;
        }
        let ty = if alert.notice {
            Type::Truth
        } else {
            Type::Level(ALERT)
        };
        match clauses.raise {
            Some(raise) if !clauses.failed => {
                let body = AlertBody {
                    raise,
                    escalations: clauses.escalations,
                    clear: clauses.clear,
                    lower: clauses.lower,
                    until_clear: clauses.until_clear,
                    cooldown: clauses.cooldown,
                    bypass: clauses.bypass,
                    on_unknown: clauses.on_unknown,
                    notice: alert.notice,
                    span: own,
                };
                (ty, Body::Alert(Box::new(body)), attributes.cites)
            }
            // What an alert is does not hang on its clauses: uses of it can still be judged.
            _ => (ty, Body::Broken, attributes.cites),
        }
    }

    /// One clause into its place.
    fn alert_clause(&mut self, clause: &AlertClause, clauses: &mut Clauses, in_periods: bool) {
        let span = self.at(clause.span);
        match &clause.kind {
            AlertClauseKind::When {
                change,
                condition,
                lasting,
            } => {
                let condition = self.expr(condition, Some(&Type::Truth));
                let condition = self.as_one_truth(
                    condition,
                    match clauses.notice {
                        true => "the condition of a notice",
                        false => "a clause of an alert",
                    },
                );
                clauses.failed |= condition.ty.is_error();
                let lasting = match lasting {
                    Some(lasting) if in_periods => self.periods(lasting, "`for`"),
                    _ => Some(1),
                };
                clauses.failed |= lasting.is_none();
                let condition = AlertCondition {
                    condition,
                    lasting: lasting.unwrap_or(1),
                    span,
                };
                match change {
                    AlertChange::Raise => clauses.raise = Some(condition),
                    AlertChange::Escalate => clauses.escalations.push(condition),
                    AlertChange::Lower => clauses.lower = Some(condition),
                    AlertChange::Clear => clauses.clear = Some(condition),
                }
            }
            AlertClauseKind::Cooldown {
                length,
                until_clear,
                unless,
            } => {
                clauses.until_clear = *until_clear;
                if in_periods {
                    let length = self.periods(length, "`cooldown`");
                    clauses.failed |= length.is_none();
                    clauses.cooldown = length.unwrap_or(0);
                }
                if let Some(unless) = unless {
                    let unless = self.expr(unless, Some(&Type::Truth));
                    let unless = self.as_one_truth(unless, "`unless`");
                    clauses.failed |= unless.ty.is_error();
                    clauses.bypass = Some((unless, span));
                }
            }
            AlertClauseKind::OnUnknown(word) => match (word.text.as_str(), clauses.notice) {
                ("hold", _) => clauses.on_unknown = OnUnknown::Hold,
                ("clear", false) | ("end", true) => clauses.on_unknown = OnUnknown::Clear,
                ("raise", false) | ("begin", true) => clauses.on_unknown = OnUnknown::Raise,
                _ => {
                    clauses.failed = true;
                    self.reports.add(UnknownWord {
                        what: "way to treat the unknown called".to_owned(),
                        word: word.text.clone(),
                        span: self.at(word.span),
                        known: match clauses.notice {
                            true => vec!["hold", "end", "begin"],
                            false => vec!["hold", "clear", "raise"],
                        },
                    });
                }
            },
        }
    }
}

/// What a clause begins with.
fn word(kind: &AlertClauseKind) -> &'static str {
    match kind {
        AlertClauseKind::When {
            change: AlertChange::Raise,
            ..
        } => "raise",
        AlertClauseKind::When {
            change: AlertChange::Escalate,
            ..
        } => "escalate",
        AlertClauseKind::When {
            change: AlertChange::Lower,
            ..
        } => "lower",
        AlertClauseKind::When {
            change: AlertChange::Clear,
            ..
        } => "clear",
        AlertClauseKind::Cooldown { .. } => "cooldown",
        AlertClauseKind::OnUnknown(_) => "on unknown",
    }
}
