//! Alerts: their conditions packed into one number for each row, and what is read of them.
//!
//! A condition that must last is asked for over a window of periods; in each row it is then a truth
//! like any other, and a digit of the packed number (see [`crate::plan::alerts::answer`]).

use super::Lowerer;
use super::value::{Bounds, Lowered};
use crate::checked::{AlertBody, AlertCondition, CheckedValue};
use crate::diagnostics::alerts::{AlertDecided, ClearsWhileRaised, SameEscalation, Together};
use crate::plan::PeriodKind;
use crate::plan::alerts::{AlertEvent, AlertPart, AlertRule, DIGITS, OnUnknown};
use crate::plan::along::WHOLE;
use crate::plan::look_back::LookBack;
use crate::plan::{
    AlertInfo, Along, Binary, Compare, ConditionPart, NodeId, Op, Output, OutputKind, Words,
};
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind, ValueId};
use crate::types::Type;
use forewarn_grammar::ast::CompareOp;
use std::collections::BTreeMap;

/// What the condition of a clause is where what it asks for is not there: nobody warns of piracy where there is no
/// coast, and a warning of it ends with the coast.
#[derive(Clone, Copy)]
enum Absent {
    No,
    Yes,
}

impl Lowerer<'_> {
    /// What a clause asks of a level, asked of the level above the one it names, or of those below it.
    fn beside(&self, clause: &AlertCondition, above: bool) -> Option<String> {
        let words = self.sources.slice(clause.condition.span);
        let mut words = words.split_whitespace();
        let (of, sign, level) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || !matches!(sign, ">=" | "is" | ">") {
            return None;
        }
        let value = self.framework.values.iter().find(|one| one.name == of)?;
        let Type::Level(scale) = &value.ty else {
            return None;
        };
        let levels = &self.framework.scale(*scale)?.levels;
        let place = levels.iter().position(|known| known.name == level)?;
        let place = place + usize::from(sign == ">");
        if above {
            let next = &levels.get(place + 1)?.name;
            let sign = if place + 2 == levels.len() {
                "is"
            } else {
                ">="
            };
            Some(format!("{of} {sign} {next}"))
        } else {
            let lower = &levels.get(place.checked_sub(1)?)?.name;
            let sign = if place == 1 { "is" } else { "<=" };
            Some(format!("{of} {sign} {lower}"))
        }
    }

    /// `3 weeks`, in the panel's periods.
    fn periods_in_words(&self, count: u32) -> String {
        let kind = self.framework.panel.period.unwrap_or(PeriodKind::Month);
        let name = crate::period::kind_name(kind);
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {name}{plural}")
    }

    pub fn alert(&mut self, value: &CheckedValue, body: &AlertBody) -> Lowered {
        let rule = AlertRule {
            escalations: crate::arena::next(body.escalations.len()),
            lowers: body.lower.is_some(),
            until_clear: body.until_clear,
            cooldown: body.cooldown,
            on_unknown: body.on_unknown,
        };
        let mut clauses = Vec::with_capacity(rule.conditions() as usize);
        let mut truths: Vec<NodeId> = Vec::with_capacity(rule.conditions() as usize);
        let mut parts = Vec::with_capacity(rule.conditions() as usize);
        let (at_once, raise, part) = self.clause(&body.raise, Absent::No);
        truths.push(raise);
        parts.push(part);
        clauses.push(self.clause_words(body.raise.span));
        let mut asked = vec![(raise, body.raise.span)];
        let mut held = vec![(at_once, &body.raise)];
        for escalation in &body.escalations {
            let (condition, node, part) = self.clause(escalation, Absent::No);
            parts.push(part);
            let same = asked.iter().find(|(known, _)| *known == node);
            // That a condition can never be met, or always is, is told where it stands.
            let is_decided = |node| matches!(self.builder.op(node), Some(Op::Truth { .. }));
            let met = held.iter().find(|(known, clause)| {
                !is_decided(*known)
                    && escalation.lasting <= clause.lasting
                    && self.implies(*known, condition)
            });
            let met = met.map(|(_, clause)| clause.span);
            held.push((condition, escalation));
            match same.map(|(_, span)| *span).or(met) {
                Some(first) => {
                    let more = self.beside(&body.raise, true);
                    let longer = self.periods_in_words(body.raise.lasting.max(1) + 1);
                    // Asking for less than the alert itself: the two stand in the wrong order.
                    let less =
                        !self.implies(condition, at_once) && self.implies(at_once, condition);
                    let words = |span| self.sources.slice(span).to_owned();
                    let (own, other) = (escalation.condition.span, body.raise.condition.span);
                    let exchange = less.then(|| (words(own), words(other)));
                    self.reports.add(SameEscalation {
                        second: escalation.span,
                        first,
                        more,
                        longer,
                        exchange,
                    });
                }
                None => asked.push((node, escalation.span)),
            }
            truths.push(node);
            clauses.push(self.clause_words(escalation.span));
        }
        match &body.clear {
            Some(clear) => {
                let (condition, node, part) = self.clause(clear, Absent::Yes);
                let is_told = matches!(self.builder.op(condition), Some(Op::Truth { .. }))
                    || matches!(self.builder.op(at_once), Some(Op::Truth { .. }));
                let together = self.while_raised(body, clear, (at_once, condition));
                if let (Some(together), false) = (together, is_told) {
                    let better = self.beside(&body.raise, false);
                    self.reports.add(ClearsWhileRaised {
                        clear: clear.condition.span,
                        raise: body.raise.condition.span,
                        together,
                        better,
                    });
                }
                truths.push(node);
                parts.push(part);
                clauses.push(self.clause_words(clear.span));
            }
            None => {
                truths.push(self.builder.not(at_once));
                let words = self.clause_words(body.raise.condition.span);
                let words = format!("no longer {words}");
                parts.push(untold(&words));
                clauses.push(words);
            }
        }
        if let Some(lower) = &body.lower {
            let (_, node, part) = self.clause(lower, Absent::Yes);
            truths.push(node);
            parts.push(part);
            clauses.push(self.clause_words(lower.span));
        }
        match &body.bypass {
            Some((bypass, span)) => {
                let (node, outline) = self.truth_told(bypass);
                truths.push(self.met(bypass, node));
                parts.push(ConditionPart {
                    outline,
                    words: self.words(bypass.span),
                    lasting: 1,
                });
                clauses.push(self.clause_words(*span));
            }
            None => {
                truths.push(self.builder.truth(false, true));
                parts.push(untold(""));
                clauses.push(String::new());
            }
        }
        if rule.unknown().is_some() {
            clauses.push(self.unknown_words(body));
        }
        let looks: Vec<LookBack> = truths
            .iter()
            .map(|truth| self.builder.look_back(*truth))
            .collect();
        let looks_back = looks.iter().map(|look| look.reach).max().unwrap_or(0);
        let reach = self.blind_reaches(&rule, &truths);
        if let Some(undecided) = self.undecided(&looks) {
            truths.push(undecided);
        }
        let conditions = self.packed(&truths);
        truths.truncate(rule.conditions() as usize);
        let index = crate::arena::next(self.alerts.len());
        self.alerts.push(AlertInfo {
            name: value.name.clone(),
            label: value.label.clone(),
            rule,
            notice: body.notice,
            clauses,
            conditions,
            parts,
            reach,
            looks_back,
            span: value.span,
        });
        self.watch_alert(value, body, index, &truths);
        self.alert_value(index)
    }

    /// When what clears an alert and what raises it hold together, where that can be.
    fn while_raised(
        &self,
        body: &AlertBody,
        clear: &AlertCondition,
        (raise, cleared): (NodeId, NodeId),
    ) -> Option<Together> {
        if self.implies(raise, cleared) {
            return Some(Together::WheneverRaised);
        }
        if self.implies(cleared, raise) {
            return Some(Together::OnlyWhileRaised);
        }
        let (of, from, to) = self.levels_asked(&body.raise.condition)?;
        let (other, low, high) = self.levels_asked(&clear.condition)?;
        let meet = from.max(low);
        if of != other || meet > to.min(high) {
            return None;
        }
        let value = self.framework.value(of)?;
        let Type::Level(scale) = &value.ty else {
            return None;
        };
        let level = self.framework.scale(*scale)?.levels.get(meet as usize)?;
        Some(Together::At(value.name.clone(), level.name.clone()))
    }

    /// A comparison of a level with one of its scale: which level, and the lowest and the highest place that it
    /// takes.
    fn levels_asked(&self, condition: &Typed) -> Option<(ValueId, u32, u32)> {
        let TypedKind::Compare {
            relation,
            left,
            right,
        } = &condition.kind
        else {
            return None;
        };
        let (TypedKind::Value(id), TypedKind::Position(at)) = (&left.kind, &right.kind) else {
            return None;
        };
        if !matches!(left.ty, Type::Level(_)) {
            return None;
        }
        let at = *at;
        let (low, high) = match relation {
            Relation::Order(CompareOp::Less) => (0, at.checked_sub(1)?),
            Relation::Order(CompareOp::LessOrEqual) => (0, at),
            Relation::Order(CompareOp::Greater) => (at.checked_add(1)?, u32::MAX),
            Relation::Order(CompareOp::GreaterOrEqual) => (at, u32::MAX),
            Relation::Is => (at, at),
            Relation::IsNot => return None,
        };
        Some((*id, low, high))
    }

    /// What an alert is worth: its state, or of a notice whether it stands.
    pub(super) fn alert_value(&mut self, index: u32) -> Lowered {
        let state = self.alert_state(index);
        let is_notice = self
            .alerts
            .get(index as usize)
            .is_some_and(|one| one.notice);
        if let (Lowered::Level(bounds), true) = (&state, is_notice) {
            let one = self.builder.number(1.0);
            return Lowered::Truth(self.not_below(*bounds, Bounds::one(one)));
        }
        state
    }

    /// Is the state of an alert that the conditions read unknown, now or when they look at it?
    fn undecided(&mut self, looks: &[LookBack]) -> Option<NodeId> {
        let mut alerts: BTreeMap<u32, u32> = BTreeMap::new();
        for (alert, ago) in looks.iter().flat_map(|look| &look.alerts) {
            let known = alerts.entry(*alert).or_default();
            *known = (*known).max(*ago);
        }
        let one = self.builder.number(1.0);
        let mut any: Option<NodeId> = None;
        for (alert, ago) in alerts {
            let Some(state) = self.alert_state(alert).node() else {
                continue;
            };
            let known = self.builder.is_known(state);
            let unknown = self.builder.not(known);
            let answers = self.builder.indicate(unknown);
            let window = Along::Any {
                over: ago + 1,
                require: 1,
            };
            let lately = match ago {
                0 => answers,
                _ => self.builder.along(window, answers),
            };
            let lately = self.builder.compare(Compare::Equal, lately, one);
            any = Some(match any {
                Some(any) => self.builder.or(any, lately),
                None => lately,
            });
        }
        any
    }

    /// A clause's condition as it stands, and over the periods for which it must last.
    fn clause(
        &mut self,
        clause: &AlertCondition,
        absent: Absent,
    ) -> (NodeId, NodeId, ConditionPart) {
        let told = self.reports.iter().count();
        let (condition, outline) = self.truth_told(&clause.condition);
        let condition = match (self.mask(&clause.condition), absent) {
            (None, _) => condition,
            (Some(there), Absent::No) => self.builder.and(condition, there),
            (Some(there), Absent::Yes) => {
                let not = self.builder.not(there);
                self.builder.or(condition, not)
            }
        };
        let part = ConditionPart {
            outline,
            words: self.words(clause.condition.span),
            lasting: clause.lasting.max(1),
        };
        // A comparison that ranges decide has been told, and is the reason.
        if let Some(Op::Truth { yes, no }) = self.builder.op(condition)
            && yes != no
            && self.reports.iter().count() == told
        {
            self.reports.add(AlertDecided {
                span: clause.condition.span,
                clause: clause.span,
                yes,
            });
        }
        if clause.lasting <= 1 {
            return (condition, condition, part);
        }
        let answers = self.builder.indicate(condition);
        let every = Along::Every {
            over: clause.lasting,
            require: WHOLE,
        };
        let lasting = self.builder.along(every, answers);
        let one = self.builder.number(1.0);
        (
            condition,
            self.builder.compare(Compare::Equal, lasting, one),
            part,
        )
    }

    /// For how many periods an observation of an input stands for absent cells.
    pub(super) fn carried_for(&self, input: u32) -> u32 {
        let input = self.inputs.get(input as usize);
        let carried = input.filter(|input| input.missing_means.is_none());
        carried.and_then(|input| input.carry_forward).unwrap_or(0)
    }

    /// By condition: how many periods before its own may decide where it is unknown.
    fn blind_reaches(&self, rule: &AlertRule, truths: &[NodeId]) -> Vec<u32> {
        let carried = |input: u32| self.carried_for(input);
        (0..)
            .zip(truths)
            .map(|(condition, truth)| {
                // Unknown does there what no does.
                let as_no = match rule.on_unknown {
                    OnUnknown::Hold => true,
                    OnUnknown::Clear => condition != rule.clear(),
                    OnUnknown::Raise => condition != 0,
                };
                self.builder.blind_reach(*truth, &carried, as_no)
            })
            .collect()
    }

    /// Truths as the digits of one number, the first the lowest ([`DIGITS`]).
    fn packed(&mut self, truths: &[NodeId]) -> NodeId {
        let mut packed = self.builder.number(0.0);
        for truth in truths.iter().rev() {
            let sure = self.builder.surely(*truth);
            let sure = self.builder.indicate(sure);
            let possible = self.builder.possibly(*truth);
            let possible = self.builder.indicate(possible);
            let digit = self.builder.binary(Binary::Add, sure, possible);
            let digit = match self.with_what_was_before(*truth) {
                Some(with) => self.as_far_as_the_data_go(*truth, with, digit),
                None => digit,
            };
            let base = self.builder.number(f64::from(DIGITS));
            let higher = self.builder.binary(Binary::Multiply, packed, base);
            packed = self.builder.binary(Binary::Add, higher, digit);
        }
        packed
    }

    /// The digit of a truth that is known by the data, and unknown with what may have been before them.
    fn as_far_as_the_data_go(&mut self, truth: NodeId, with: NodeId, digit: NodeId) -> NodeId {
        let possibly = self.builder.possibly(with);
        let surely = self.builder.surely(with);
        let not_surely = self.builder.not(surely);
        let open = self.builder.and(possibly, not_surely);
        let yes = self.builder.surely(truth);
        let possible = self.builder.possibly(truth);
        let no = self.builder.not(possible);
        let further = [(yes, 2.0), (no, 3.0)];
        further.into_iter().fold(digit, |digit, (answer, more)| {
            let both = self.builder.and(answer, open);
            let both = self.builder.indicate(both);
            let more = self.builder.number(more);
            let more = self.builder.binary(Binary::Multiply, both, more);
            self.builder.binary(Binary::Add, digit, more)
        })
    }

    /// A part of the alert with that index.
    pub(super) fn read(&mut self, index: u32, part: AlertPart) -> NodeId {
        let Some(alert) = self.alerts.get(index as usize) else {
            return self.broken();
        };
        let (conditions, highest) = (alert.conditions, alert.rule.escalations + 1);
        self.builder.alert(index, part, conditions, highest)
    }

    /// What nobody knows where an alert or a notice ends by that.
    fn unknown_words(&mut self, body: &AlertBody) -> String {
        let does = if body.notice { "end" } else { "clear" };
        // Without a condition to clear it clears where nothing raises it, however long that has to last.
        let asked = body.clear.as_ref();
        let span = asked.map_or(body.raise.condition.span, |clear| clear.condition.span);
        let words = self.clause_words(span);
        let lasting = match asked.map_or(1, |clear| clear.lasting) {
            0 | 1 => String::new(),
            lasting => format!(" for {}", self.periods_in_words(lasting)),
        };
        format!("unknown whether {words}{lasting} (on unknown {does})")
    }

    /// The clause's own words.
    fn clause_words(&mut self, span: Span) -> String {
        self.words(span).to_string()
    }

    /// The columns of an alert: its state, and with several tiers the lowest and the highest at which it may stand,
    /// since when, by which clause, what happened, what keeps a notice back and whether it was held.
    pub fn alert_columns(
        &mut self,
        value: &CheckedValue,
        lowered: &Lowered,
        outputs: &mut Vec<Output>,
    ) {
        let found = self
            .alerts
            .iter()
            .position(|alert| alert.name == value.name);
        let Some((at, state)) = found.zip(lowered.node()) else {
            return;
        };
        let index = crate::arena::next(at);
        let clauses = self
            .alerts
            .get(at)
            .map_or(Vec::new(), |alert| alert.clauses.clone());
        let is_notice = self.alerts.get(at).is_some_and(|alert| alert.notice);
        let kind = if is_notice {
            OutputKind::Truth
        } else {
            let (names, labels) = self.named(&value.ty);
            OutputKind::Level { names, labels }
        };
        let words = |words: Vec<String>| OutputKind::Category {
            labels: words.clone(),
            names: words,
        };
        let events = AlertEvent::ALL.iter();
        let events = events.map(|event| event.word_of(is_notice).to_owned());
        let since = self.read(index, AlertPart::Since);
        let clause = self.read(index, AlertPart::Clause);
        let event = self.read(index, AlertPart::Event);
        let suppressor = self.read(index, AlertPart::Suppressor);
        let held = self.read(index, AlertPart::Held);
        let one = self.builder.number(1.0);
        let held = self.builder.compare(Compare::Equal, held, one);
        // Of two states, one of which it has, nothing more can be said where it is not known which.
        let has_between = self
            .alerts
            .get(at)
            .is_some_and(|alert| !alert.notice && alert.rule.escalations > 0);
        let bounds = match lowered {
            Lowered::Level(bounds) if has_between => Some(*bounds),
            Lowered::Number(_)
            | Lowered::Level(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => None,
        };
        let of_bounds = bounds.map(|bounds| {
            [
                (".at_least", kind.clone(), bounds.at_least),
                (".at_most", kind.clone(), bounds.at_most),
            ]
        });
        let mut columns = vec![
            ("", kind, state),
            (".why", words(clauses), clause),
            (".event", words(events.collect()), event),
            (".held", OutputKind::Truth, held),
        ];
        if let Some(period) = self.framework.panel.period {
            columns.insert(1, (".since", OutputKind::Period(period), since));
            // Nothing keeps a notice back.
            if !is_notice {
                columns.insert(
                    4,
                    (".suppressed_by", OutputKind::Period(period), suppressor),
                );
            }
        }
        columns.splice(1..1, of_bounds.into_iter().flatten());
        for (suffix, kind, node) in columns {
            outputs.push(Output {
                column: format!("{}{suffix}", value.name),
                declaration: value.name.clone(),
                label: value.label.clone(),
                unit: String::new(),
                kind,
                node,
            });
        }
    }
}

/// A condition that nobody wrote as one.
fn untold(words: &str) -> ConditionPart {
    ConditionPart {
        outline: None,
        words: Words::from(words),
        lasting: 1,
    }
}
