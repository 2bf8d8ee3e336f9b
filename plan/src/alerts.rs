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
//! clear condition is yes. Where its lower condition is yes and no more than a lower tier is asked for, it
//! is *lowered* by one tier, never below raised; the cooldown of a rule may end when the alert clears.
//!
//! **The beginning of the data is not the beginning of the world.** Before an entity's first row an
//! alert may have stood anywhere, and notices may have gone out. It is therefore walked from every
//! state in which it may have been ([`ways`]); what a row shows is what all of them agree on.

pub mod ways;

pub use ways::AlertState;

/// What decides, beside its conditions, about an alert. Conditions are numbered: 0 raise, then the
/// escalations, then clear, then lower where there is one, then the bypass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AlertRule {
    /// How many `escalate` clauses there are.
    pub escalations: u32,
    /// Periods during which a notice keeps others of its tier and lower ones back; 0 for none.
    pub cooldown: u32,
    pub on_unknown: OnUnknown,
    /// There is a `lower` clause.
    pub lowers: bool,
    /// The cooldown ends when the alert clears.
    pub until_clear: bool,
}

impl AlertRule {
    #[must_use]
    pub fn clear(&self) -> u32 {
        self.escalations + 1
    }

    #[must_use]
    pub fn lower(&self) -> Option<u32> {
        self.lowers.then_some(self.escalations + 2)
    }

    #[must_use]
    pub fn bypass(&self) -> u32 {
        self.escalations + 2 + u32::from(self.lowers)
    }

    /// The clause, behind those of the conditions, of what clears because nobody knows, where that does.
    #[must_use]
    pub fn unknown(&self) -> Option<u32> {
        (self.on_unknown == OnUnknown::Clear).then_some(self.conditions())
    }

    /// How many conditions there are.
    #[must_use]
    pub fn conditions(&self) -> u32 {
        self.bypass() + 1
    }

    /// The digit behind the conditions: yes where they rest on another alert whose state nobody knows,
    /// so that an unknown one could be anything.
    #[must_use]
    pub fn undecided(&self) -> u32 {
        self.conditions()
    }

    /// The last tier.
    #[must_use]
    pub fn highest(&self) -> u32 {
        self.escalations + 1
    }
}

/// More conditions than this do not fit into one packed number.
pub const MOST_CONDITIONS: u32 = 21;

/// How many digits a condition of a packed number can be: 0 no, 1 unknown, 2 yes; 3 no and 4 yes as far as the
/// data go, where something before them could make it another.
pub const DIGITS: u32 = 5;

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

/// The conditions of one row: digits of a packed number ([`DIGITS`]), the first condition the lowest.
#[must_use]
pub fn answer(packed: f64, condition: u32) -> Answer {
    match digit(packed, condition) {
        0 | 3 => Answer::No,
        1 => Answer::Unknown,
        _ => Answer::Yes,
    }
}

/// Could something before the data make a known condition another?
#[must_use]
pub fn is_open(packed: f64, condition: u32) -> bool {
    digit(packed, condition) > 2
}

fn digit(packed: f64, condition: u32) -> u64 {
    let digits = if packed >= 0.0 { packed as u64 } else { 0 };
    let base = u64::from(DIGITS);
    digits / base.saturating_pow(condition) % base
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertEvent {
    Raised,
    Escalated,
    Cleared,
    Suppressed,
    /// It turned out to stand, and nobody knows since when: it may have been raised before the data
    /// begin.
    Standing,
    /// Down by one tier.
    Lowered,
}

impl AlertEvent {
    /// In the order of their codes, from 0.
    pub const ALL: [Self; 6] = [
        Self::Raised,
        Self::Escalated,
        Self::Cleared,
        Self::Suppressed,
        Self::Standing,
        Self::Lowered,
    ];
    /// Those that can happen where the first row is the beginning of the world.
    pub const IN_TESTS: [Self; 5] = [
        Self::Raised,
        Self::Escalated,
        Self::Lowered,
        Self::Cleared,
        Self::Suppressed,
    ];

    /// What it is called of an alert, or of a notice.
    #[must_use]
    pub fn word_of(self, notice: bool) -> &'static str {
        match self {
            Self::Raised if notice => "began",
            Self::Cleared if notice => "ended",
            Self::Raised
            | Self::Escalated
            | Self::Cleared
            | Self::Suppressed
            | Self::Standing
            | Self::Lowered => self.word(),
        }
    }

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Escalated => "escalated",
            Self::Cleared => "cleared",
            Self::Suppressed => "suppressed",
            Self::Standing => "standing",
            Self::Lowered => "lowered",
        }
    }
}

/// What is read of an alert in a row; each is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertPart {
    /// The lowest tier at which it may stand: 0 quiet, 1 raised, 2 and above escalated. Never missing.
    Least,
    /// The highest. Never missing.
    Most,
    /// The period in which it came to that tier; the entity's first one, if nothing has happened in a
    /// world that begins with it. Missing where it may have been before the data begin.
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

impl AlertPart {
    pub const ALL: [Self; 7] = [
        Self::Least,
        Self::Most,
        Self::Since,
        Self::Event,
        Self::Clause,
        Self::Suppressor,
        Self::Held,
    ];
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlertRow {
    /// None where it may stand at one or another.
    pub tier: Option<u32>,
    pub least: u32,
    pub most: u32,
    /// None where it may have been before the data begin.
    pub since: Option<i64>,
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
            AlertPart::Least => f64::from(self.least),
            AlertPart::Most => f64::from(self.most),
            AlertPart::Since => optional(self.since.map(|period| period as f64)),
            AlertPart::Event => optional(self.event.map(|event| f64::from(event as u8))),
            AlertPart::Clause => optional(self.clause.map(f64::from)),
            AlertPart::Suppressor => optional(self.suppressor.map(|period| period as f64)),
            AlertPart::Held => f64::from(u8::from(self.held)),
        }
    }
}

/// One period of one entity.
///
/// `reach` says by condition how many periods before its own it looks at; nothing is known of those
/// before the state's first one. Start an entity with [`AlertState::default`] where nothing was before,
/// else with [`AlertState::unseen`].
pub fn step(
    rule: &AlertRule,
    reach: &[u32],
    state: &mut AlertState,
    packed: f64,
    period: i64,
) -> AlertRow {
    state.step(rule, reach, packed, period)
}
