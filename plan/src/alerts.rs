//! Alerts: the one place in the language that remembers.
//!
//! In: an alert's rule, its state after the entity's last period, and what its conditions say now.
//! Out: the state after this period and what happened. Both evaluators call [`step`].
//!
//! An alert stands at a **tier**: 0 is quiet, 1 raised, 2 and above escalated. Each period asks for
//! a tier: the highest whose condition is surely yes. Where that is higher than where the alert
//! stands, a notice is due: *raised* from quiet, else *escalated*. The notice is *suppressed* if one
//! of the same tier or a higher went out less than `cooldown` periods ago, unless the bypass is
//! surely yes; a suppression is told once, when it begins, and the notice goes out when the cooldown
//! is over if its condition still holds. An alert is *cleared* when nothing is asked for and its
//! clear condition is yes.

/// What decides, beside its conditions, about an alert. Conditions are numbered: 0 raise, then the
/// escalations, then clear, then the bypass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AlertRule {
    /// How many `escalate` clauses there are.
    pub escalations: u32,
    /// Periods during which a notice keeps others of its tier and lower ones back; 0 for none.
    pub cooldown: u32,
    pub on_unknown: OnUnknown,
}

impl AlertRule {
    #[must_use]
    pub fn clear(&self) -> u32 {
        self.escalations + 1
    }

    #[must_use]
    pub fn bypass(&self) -> u32 {
        self.escalations + 2
    }

    /// How many conditions there are.
    #[must_use]
    pub fn conditions(&self) -> u32 {
        self.escalations + 3
    }
}

/// More conditions than this do not fit into one packed number.
pub const MOST_CONDITIONS: u32 = 32;

/// What an unknown condition of raising or clearing does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnUnknown {
    /// Nothing changes.
    #[default]
    Hold,
    /// It counts towards clearing, never towards raising.
    Clear,
    /// It counts towards raising, never towards clearing.
    Raise,
}

/// One condition in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    No,
    Unknown,
    Yes,
}

/// The conditions of one row: base-3 digits of a packed number, 0 no, 1 unknown, 2 yes, the first
/// condition the lowest digit.
#[must_use]
pub fn answer(packed: f64, condition: u32) -> Answer {
    let digits = if packed >= 0.0 { packed as u64 } else { 0 };
    match digits / 3_u64.saturating_pow(condition) % 3 {
        0 => Answer::No,
        1 => Answer::Unknown,
        _ => Answer::Yes,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertEvent {
    Raised,
    Escalated,
    Cleared,
    Suppressed,
}

impl AlertEvent {
    /// In the order of their codes, from 0.
    pub const ALL: [Self; 4] = [
        Self::Raised,
        Self::Escalated,
        Self::Cleared,
        Self::Suppressed,
    ];

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Escalated => "escalated",
            Self::Cleared => "cleared",
            Self::Suppressed => "suppressed",
        }
    }
}

/// What is read of an alert in a row; each is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertPart {
    /// 0 quiet, 1 raised, 2 and above escalated. Never missing.
    Tier,
    /// The period in which it came to that tier; the entity's first one, if nothing has happened.
    Since,
    /// The code of what happened ([`AlertEvent::ALL`]); missing if nothing did.
    Event,
    /// The number of the condition that put it where it stands, or that was suppressed; missing
    /// before anything happened.
    Clause,
    /// The period of the notice that keeps one back, while one is kept back; else missing.
    Suppressor,
    /// 1 where an unknown condition alone kept it from changing, else 0.
    Held,
}

/// What an alert remembers of an entity's earlier periods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlertState {
    tier: u32,
    since: Option<i64>,
    clause: Option<u32>,
    /// The period of the last notice, by tier from 1.
    sent: Vec<Option<i64>>,
    /// The tier that is being kept back; 0 for none.
    kept_back: u32,
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlertRow {
    pub tier: u32,
    pub since: i64,
    pub event: Option<AlertEvent>,
    pub clause: Option<u32>,
    pub suppressor: Option<i64>,
    pub held: bool,
}

impl AlertRow {
    #[must_use]
    pub fn part(&self, part: AlertPart) -> f64 {
        let optional = |x: Option<f64>| x.unwrap_or(f64::NAN);
        match part {
            AlertPart::Tier => f64::from(self.tier),
            AlertPart::Since => self.since as f64,
            AlertPart::Event => optional(self.event.map(|event| f64::from(event as u8))),
            AlertPart::Clause => optional(self.clause.map(f64::from)),
            AlertPart::Suppressor => optional(self.suppressor.map(|period| period as f64)),
            AlertPart::Held => f64::from(u8::from(self.held)),
        }
    }
}

/// One period of one entity. Start an entity with [`AlertState::default`].
pub fn step(rule: &AlertRule, state: &mut AlertState, packed: f64, period: i64) -> AlertRow {
    let says = |condition| answer(packed, condition);
    let raise = says(0);
    let yes = |answer, unknown: OnUnknown| {
        answer == Answer::Yes || (answer == Answer::Unknown && rule.on_unknown == unknown)
    };
    // The highest tier asked for; escalations are asked for by a sure yes alone.
    let escalation = (1..=rule.escalations)
        .rev()
        .find(|&tier| says(tier) == Answer::Yes);
    let wanted = match escalation {
        Some(escalation) => escalation + 1,
        None => u32::from(yes(raise, OnUnknown::Raise)),
    };
    let mut row = AlertRow {
        tier: state.tier,
        since: *state.since.get_or_insert(period),
        event: None,
        clause: state.clause,
        suppressor: None,
        held: false,
    };
    if wanted > state.tier {
        let clause = wanted - 1;
        let keeping = state
            .sent
            .iter()
            .skip(clause as usize)
            .flatten()
            .copied()
            .filter(|sent| period - sent < i64::from(rule.cooldown))
            .max();
        match keeping {
            Some(notice) if says(rule.bypass()) != Answer::Yes => {
                if state.kept_back < wanted {
                    row.event = Some(AlertEvent::Suppressed);
                }
                state.kept_back = wanted;
                row.clause = Some(clause);
                row.suppressor = Some(notice);
            }
            _ => {
                row.event = Some(if state.tier == 0 {
                    AlertEvent::Raised
                } else {
                    AlertEvent::Escalated
                });
                let slots = rule.escalations as usize + 1;
                state.sent.resize(slots, None);
                if let Some(slot) = state.sent.get_mut(clause as usize) {
                    *slot = Some(period);
                }
                state.enter(wanted, clause, period);
            }
        }
    } else {
        state.kept_back = 0;
        let clear = says(rule.clear());
        if state.tier > 0 && wanted == 0 {
            if yes(clear, OnUnknown::Clear) {
                row.event = Some(AlertEvent::Cleared);
                state.enter(0, rule.clear(), period);
            } else {
                row.held = clear == Answer::Unknown;
            }
        } else if state.tier == 0 {
            row.held = raise == Answer::Unknown && rule.on_unknown == OnUnknown::Hold;
        }
    }
    if !matches!(row.event, None | Some(AlertEvent::Suppressed)) {
        row.tier = state.tier;
        row.since = period;
        row.clause = state.clause;
    }
    row
}

impl AlertState {
    fn enter(&mut self, tier: u32, clause: u32, period: i64) {
        self.tier = tier;
        self.since = Some(period);
        self.clause = Some(clause);
        self.kept_back = 0;
    }
}
