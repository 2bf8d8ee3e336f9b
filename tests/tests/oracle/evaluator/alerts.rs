//! Alerts: the one place that remembers.

use forewarn_compiler::checked::AlertBody;
use forewarn_compiler::typed::ValueId;
use forewarn_plan::alerts::{AlertEvent, OnUnknown};

use super::{Place, World};

/// How an alert stands after a period.
#[derive(Clone, Debug)]
pub struct Standing {
    pub tier: u32,
    pub since: i64,
    pub event: Option<AlertEvent>,
    pub held: bool,
    /// The period of the notice that keeps another back.
    pub suppressor: Option<i64>,
}

impl<'w> World<'w> {
    /// The alert in a row, from the entity's first period on.
    pub fn alert(&self, id: ValueId, body: &'w AlertBody, place: &Place<'w>) -> Standing {
        let known = self.standings.borrow().get(&(id, place.row)).cloned();
        if let Some(standing) = known {
            return standing;
        }
        let standing = self.walked(body, place);
        let mut standings = self.standings.borrow_mut();
        standings.insert((id, place.row), standing.clone());
        standing
    }

    fn walked(&self, body: &'w AlertBody, place: &Place<'w>) -> Standing {
        let rows = self.so_far(place.row);
        let mut tier = 0_u32;
        let mut since = self.periods[rows[0]];
        // The last notice of each tier, and the tier that is being kept back.
        let mut sent: Vec<Option<i64>> = vec![None; body.escalations.len() + 2];
        let mut kept_back = 0;
        let mut standing = None;
        for row in rows {
            let here = place.at(row);
            let period = self.periods[row];
            // Nobody warns of what is not there, and such a warning ends.
            let asked = |condition: &'w forewarn_compiler::checked::AlertCondition, absent| {
                self.lasting(&condition.condition, condition.lasting, &here, absent)
            };
            let says = |condition| asked(condition, false);
            let raise = says(&body.raise);
            let counts = |answer: Option<bool>, unknown: OnUnknown| match answer {
                Some(yes) => yes,
                None => body.on_unknown == unknown,
            };
            let escalation = body
                .escalations
                .iter()
                .rposition(|one| says(one) == Some(true));
            let wanted = match escalation {
                Some(at) => at as u32 + 2,
                None => u32::from(counts(raise, OnUnknown::Raise)),
            };
            let (mut event, mut held, mut suppressor) = (None, false, None);
            if wanted > tier {
                let recent = sent.iter().skip(wanted as usize).flatten();
                let keeping = recent
                    .copied()
                    .filter(|at| period - at < i64::from(body.cooldown))
                    .max();
                let bypass = body.bypass.as_ref().map(|(truth, _)| {
                    self.gives(truth, &here)
                        .then(|| self.truth(truth, &here))
                        .flatten()
                });
                match keeping {
                    Some(notice) if bypass != Some(Some(true)) => {
                        if kept_back < wanted {
                            event = Some(AlertEvent::Suppressed);
                        }
                        kept_back = wanted;
                        suppressor = Some(notice);
                    }
                    _ => {
                        event = Some(if tier == 0 {
                            AlertEvent::Raised
                        } else {
                            AlertEvent::Escalated
                        });
                        sent[wanted as usize] = Some(period);
                        (tier, since, kept_back) = (wanted, period, 0);
                    }
                }
            } else {
                kept_back = 0;
                // Without words of its own, it clears as soon as the condition of raising is no.
                let clear = match &body.clear {
                    Some(clear) => asked(clear, true),
                    None => super::worth::not(self.lasting(&body.raise.condition, 1, &here, false)),
                };
                if tier > 0 && wanted == 0 && counts(clear, OnUnknown::Clear) {
                    event = Some(AlertEvent::Cleared);
                    (tier, since) = (0, period);
                    if body.until_clear {
                        sent.fill(None);
                    }
                }
                // Down by one step, never below raised.
                let to = tier.saturating_sub(1).max(wanted).max(1);
                if event.is_none() && tier > wanted {
                    held = wanted == 0 && clear.is_none();
                    if let Some(lower) = body.lower.as_ref().filter(|_| to < tier) {
                        let lower = asked(lower, true);
                        if lower == Some(true) {
                            event = Some(AlertEvent::Lowered);
                            (tier, since, held) = (to, period, false);
                        } else {
                            held |= lower.is_none();
                        }
                    }
                } else if event.is_none() && tier == 0 {
                    held = raise.is_none() && body.on_unknown == OnUnknown::Hold;
                }
            }
            standing = Some(Standing {
                tier,
                since,
                event,
                held,
                suppressor,
            });
        }
        standing.expect("a row")
    }
}
