//! An alert's state, and what its conditions say.

use forewarn_plan::Declaration;
use forewarn_plan::alerts::{self, AlertEvent, AlertPart};

use crate::history::History;

use super::names::{alert, alert_node};
use super::reason::{Teller, missing_below};
use super::tree::{Alert, AlertCondition, Cause, How, Reason};

impl<'e> Teller<'e> {
    pub(super) fn alert(
        &mut self,
        reason: &mut Reason,
        declaration: &'e Declaration,
        depth: usize,
    ) {
        let plan = self.evidence.plan;
        let Some((at, alert)) = alert(plan, declaration) else {
            return;
        };
        let part = |part: AlertPart| {
            let node = alert_node(plan, at, part);
            node.map_or(f64::NAN, |node| self.number(node))
        };
        let period = |x: f64| (!x.is_nan()).then(|| self.period(x as i64)).flatten();
        let packed = self.number(alert.conditions);
        let rule = alert.rule;
        let role = |condition: u32| match condition {
            0 if alert.notice => "notice",
            0 => "raise",
            _ if condition == rule.clear() => "clear",
            _ if Some(condition) == rule.lower() => "lower",
            _ if condition == rule.bypass() => "bypass",
            _ => "escalate",
        };
        let least = part(AlertPart::Least) as u32;
        let most = part(AlertPart::Most) as u32;
        let seen = self.seen();
        let open = |condition: u32| {
            let looks = alert.reach.get(condition as usize).copied().unwrap_or(0);
            let is_blind = seen.is_some_and(|seen| i64::from(looks) > seen);
            least != most && is_blind && alerts::is_open(packed, condition)
        };
        let conditions: Vec<AlertCondition> = (0..)
            .zip(&alert.parts)
            .filter(|(_, part)| !part.words.as_str().is_empty())
            // A notice ends as soon as its one condition is no longer met.
            .filter(|(condition, _)| *condition == 0 || !alert.notice)
            .map(|(condition, part)| AlertCondition {
                role: role(condition),
                text: part.words.to_string(),
                lasting: part.lasting,
                kind: plan.panel.period,
                answer: alerts::answer(packed, condition),
                open: open(condition),
                tier: (condition <= rule.escalations).then_some(condition + 1),
                told: part.outline.is_some(),
            })
            .collect();
        let clause = part(AlertPart::Clause);
        let event = part(AlertPart::Event);
        reason.how = How::Alert(Box::new(Alert {
            notice: alert.notice,
            tier: (least == most).then_some(least),
            between: (least, most),
            since: period(part(AlertPart::Since)),
            clause: (clause >= 0.0)
                .then(|| alert.clauses.get(clause as usize).cloned())
                .flatten(),
            event: (event >= 0.0)
                .then(|| AlertEvent::ALL.get(event as usize).copied())
                .flatten(),
            kept_back_by: period(part(AlertPart::Suppressor)),
            held: part(AlertPart::Held) == 1.0,
            conditions,
        }));
        let outlines: Vec<_> = alert.parts.iter().filter_map(|one| one.outline).collect();
        reason.params = self.params_of(outlines.iter().copied());
        for outline in outlines {
            let told = self.term(outline, depth);
            reason.because.push(told);
        }
        if least != most && matches!(missing_below(reason), Cause::Stated) {
            reason.cause = Some(Cause::BeforeStart);
        }
    }

    /// How many periods before this one are known; `None` where nothing was before them.
    fn seen(&self) -> Option<i64> {
        let own = &self.evidence.own;
        let entity = *own.entity_of.first()?;
        let first = *own.periods.first()?;
        match &own.history {
            History::World => None,
            history @ History::Data(_) => Some(own.periods.last()? - history.began(entity, first)),
        }
    }
}
