//! Every way in which an alert may stand.
//!
//! In: an alert's rule and its conditions, row by row. Out: all states in which it may be, as few as
//! tell them apart, and what they agree on. Where nothing was before an entity's first row there is
//! one way; where the data begin in the middle there are as many as tiers, with notices of which
//! only a span of periods is known. A condition that is unknown because it would look at periods
//! before the first, or known only as far as the data go, could be anything, and every way parts in two there. Ways that meet again become
//! one, so that there are never more than tiers times the cooldown's periods.

use super::{AlertEvent, AlertRow, AlertRule, Answer, OnUnknown, answer, is_open};

/// Before all periods: no notice that could keep another back.
const NEVER: i64 = i64::MIN;

/// What an alert remembers of an entity's earlier periods.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertState {
    ways: Vec<Way>,
    /// The first period of which conditions know.
    first: i64,
    /// What an earlier run hands over, until its period comes.
    resumed: Option<Resumed>,
    /// Room for the ways of the next period.
    spare: Vec<Way>,
}

/// One way in which it may stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    pub tier: u32,
    pub since: Since,
    pub clause: Option<u32>,
    /// By tier from 1: the last notice of that tier or of a higher one. Empty before any.
    pub sent: Vec<Notice>,
    /// The tier that is being kept back; 0 for none.
    pub kept_back: u32,
}

/// Since when it stands where it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// Its first period, which is still to come.
    #[default]
    First,
    /// Nobody knows: perhaps since before the data begin.
    Unknown,
    Period(i64),
}

/// When a notice went out: in one of the periods from the earliest to the latest, which are the same
/// where it is known. [`i64::MIN`] is never, or too long ago to keep another back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub earliest: i64,
    pub latest: i64,
}

impl Notice {
    const NONE: Self = Self {
        earliest: NEVER,
        latest: NEVER,
    };

    fn at(period: i64) -> Self {
        Self {
            earliest: period,
            latest: period,
        }
    }

    /// Forgets what lies before a period.
    fn from(self, first: i64) -> Self {
        let kept = |period: i64| if period < first { NEVER } else { period };
        Self {
            earliest: kept(self.earliest),
            latest: kept(self.latest),
        }
    }
}

/// Where an alert stood at the end of earlier data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resumed {
    /// The period after the last one of those data.
    pub from: i64,
    pub ways: Vec<Way>,
    /// The first period of which conditions know, where all that they look back on is handed over too.
    pub first: Option<i64>,
}

impl Default for AlertState {
    fn default() -> Self {
        Self {
            ways: vec![Way::default()],
            first: NEVER,
            resumed: None,
            spare: Vec::new(),
        }
    }
}

impl AlertState {
    /// At the first period of data that begin in the middle: it may stand anywhere, and a notice may
    /// have gone out in any period before that leaves it there.
    #[must_use]
    pub fn unseen(rule: &AlertRule, first: i64) -> Self {
        let oldest = first.saturating_add(1).saturating_sub(rule.cooldown.into());
        let ways = (0..=rule.highest()).map(|tier| Way {
            tier,
            since: Since::Unknown,
            clause: tier.checked_sub(1),
            sent: (1..=rule.highest())
                .map(|of| {
                    let latest = latest_notice(rule, tier, of, first);
                    let earliest = NEVER;
                    Notice { earliest, latest }.from(oldest)
                })
                .collect(),
            kept_back: 0,
        });
        Self {
            ways: ways.collect(),
            first,
            resumed: None,
            spare: Vec::new(),
        }
    }

    /// The same, and from some period on what an earlier run knew of it.
    #[must_use]
    pub fn resuming(self, resumed: Resumed) -> Self {
        Self {
            resumed: Some(resumed),
            ..self
        }
    }

    /// The first period of which conditions know; [`i64::MIN`] where nothing was before.
    #[must_use]
    pub fn first(&self) -> i64 {
        self.first
    }

    #[must_use]
    pub fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// The lowest and the highest tier at which it may stand.
    fn span(&self) -> (u32, u32) {
        let tiers = || self.ways.iter().map(|way| way.tier);
        (tiers().min().unwrap_or(0), tiers().max().unwrap_or(0))
    }

    pub(super) fn step(
        &mut self,
        rule: &AlertRule,
        reach: &[u32],
        packed: f64,
        period: i64,
    ) -> AlertRow {
        if let Some(resumed) = self.resumed.take_if(|resumed| resumed.from <= period) {
            self.ways = resumed.ways;
            if let Some(first) = resumed.first {
                self.first = first;
            }
        }
        let asked = Asked::of(rule, reach, packed, period.saturating_sub(self.first));
        let (least, most) = self.span();
        let mut agreed: Option<AlertRow> = None;
        let mut before = std::mem::take(&mut self.ways);
        let mut after = std::mem::take(&mut self.spare);
        for way in before.drain(..) {
            way.part(rule, asked, period, &mut |mut way, row| {
                agree(&mut agreed, row);
                // A notice that is too old for the next period keeps nothing back any more.
                let oldest = period
                    .saturating_add(2)
                    .saturating_sub(rule.cooldown.into());
                for notice in &mut way.sent {
                    *notice = notice.from(oldest);
                }
                join(&mut after, way);
            });
        }
        (self.ways, self.spare) = (after, before);
        let mut row = agreed.unwrap_or_else(|| shown(&Way::default()));
        (row.least, row.most) = self.span();
        row.tier = (row.least == row.most).then_some(row.least);
        // Nobody could say where it stood, and now it is certain that it stands so high at least.
        let found = least != most && least < row.least;
        if found && row.event.is_none() {
            row.event = Some(AlertEvent::Standing);
        }
        row
    }
}

/// Keeps of a row what another one says too.
fn agree(agreed: &mut Option<AlertRow>, other: AlertRow) {
    fn same<T: PartialEq + Copy>(one: &mut Option<T>, other: Option<T>) {
        if *one != other {
            *one = None;
        }
    }
    let Some(row) = agreed else {
        *agreed = Some(other);
        return;
    };
    same(&mut row.since, other.since);
    same(&mut row.event, other.event);
    same(&mut row.clause, other.clause);
    same(&mut row.suppressor, other.suppressor);
    row.held &= other.held;
}

/// When the last notice of a tier or a higher one can have gone out of an alert that stands at `tier` in the period
/// before the first one: a notice puts it where it says, and from there it comes down in later periods, by a tier in
/// each or to quiet.
fn latest_notice(rule: &AlertRule, tier: u32, of: u32, first: i64) -> i64 {
    let before = |periods: u32| first.saturating_sub(periods.into());
    match (tier, rule.until_clear) {
        (1.., _) if of <= tier => before(1),
        (0, true) => NEVER,
        (0, false) => before(2),
        (1.., until_clear) => {
            let lowered = rule.lowers.then(|| before(1 + of - tier));
            // Cleared, and raised again up to where it stands.
            let again = (!until_clear).then(|| before(3));
            lowered.into_iter().chain(again).max().unwrap_or(NEVER)
        }
    }
}

/// Adds a way, or makes it one with another that goes on alike.
fn join(ways: &mut Vec<Way>, way: Way) {
    let alike = ways.iter_mut().find(|other| {
        other.tier == way.tier && other.kept_back == way.kept_back && other.sent == way.sent
    });
    match alike {
        Some(other) => {
            if other.since != way.since {
                other.since = Since::Unknown;
            }
            if other.clause != way.clause {
                other.clause = None;
            }
        }
        None => ways.push(way),
    }
}

/// What a row's conditions ask for, as far as it is known.
#[derive(Clone, Copy, Debug)]
struct Asked {
    /// The tiers that may be asked for, as bits.
    wanted: u64,
    raise: Answer,
    clear: May,
    lower: May,
    /// An unknown lower condition.
    lower_unknown: bool,
    /// An unknown clear condition.
    clear_unknown: bool,
    bypass: May,
}

/// May a condition be yes, and may it be anything else?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct May {
    yes: bool,
    other: bool,
}

impl May {
    const BOTH: Self = Self {
        yes: true,
        other: true,
    };

    fn be(yes: bool) -> Self {
        Self { yes, other: !yes }
    }
}

impl Asked {
    /// `seen`: how many periods before this one are known.
    fn of(rule: &AlertRule, reach: &[u32], packed: f64, seen: i64) -> Self {
        let others = answer(packed, rule.undecided()) == Answer::Yes;
        let unseen = |condition: u32| {
            let looks = reach.get(condition as usize).copied().unwrap_or(0);
            i64::from(looks) > seen
        };
        let says = |condition| {
            if is_open(packed, condition) && unseen(condition) {
                Answer::Unknown
            } else {
                answer(packed, condition)
            }
        };
        // Unknown, and perhaps only because nobody looked far enough back.
        let blind =
            |condition: u32| says(condition) == Answer::Unknown && (others || unseen(condition));
        let mut wanted = 0;
        let mut open = true;
        for escalation in (1..=rule.escalations).rev() {
            let tier = 1 << (escalation + 1);
            match says(escalation) {
                Answer::Yes => {
                    wanted |= tier;
                    open = false;
                    break;
                }
                Answer::Unknown if blind(escalation) => wanted |= tier,
                Answer::Unknown | Answer::No => {}
            }
        }
        if open {
            wanted |= match says(0) {
                Answer::Yes => 0b10,
                Answer::No => 0b01,
                Answer::Unknown if blind(0) => 0b11,
                Answer::Unknown if rule.on_unknown == OnUnknown::Raise => 0b10,
                Answer::Unknown => 0b01,
            };
        }
        let clear = match says(rule.clear()) {
            Answer::Unknown if blind(rule.clear()) => May::BOTH,
            Answer::Unknown => May::be(rule.on_unknown == OnUnknown::Clear),
            Answer::No => May::be(false),
            Answer::Yes => May::be(true),
        };
        let lower = match rule.lower().map(|lower| (lower, says(lower))) {
            Some((lower, Answer::Unknown)) if blind(lower) => May::BOTH,
            // What is not known lowers nothing, whatever is stated of clearing.
            Some((_, Answer::Yes)) => May::be(true),
            Some((_, Answer::No | Answer::Unknown)) | None => May::be(false),
        };
        let bypass = if blind(rule.bypass()) {
            May::BOTH
        } else {
            May::be(says(rule.bypass()) == Answer::Yes)
        };
        Self {
            wanted,
            raise: says(0),
            clear,
            lower,
            lower_unknown: rule
                .lower()
                .is_some_and(|lower| says(lower) == Answer::Unknown),
            clear_unknown: says(rule.clear()) == Answer::Unknown,
            bypass,
        }
    }
}

/// What a way shows where nothing happens.
fn shown(way: &Way) -> AlertRow {
    AlertRow {
        tier: None,
        least: way.tier,
        most: way.tier,
        since: match way.since {
            Since::Period(period) => Some(period),
            Since::First | Since::Unknown => None,
        },
        event: None,
        clause: way.clause,
        suppressor: None,
        held: false,
    }
}

impl Way {
    /// All ways in which it may go on, each with what it shows.
    fn part(
        mut self,
        rule: &AlertRule,
        asked: Asked,
        period: i64,
        out: &mut impl FnMut(Self, AlertRow),
    ) {
        if self.since == Since::First {
            self.since = Since::Period(period);
        }
        let mut left = asked.wanted;
        while left != 0 {
            let wanted = left.trailing_zeros();
            left &= left - 1;
            let way = if left == 0 {
                std::mem::take(&mut self)
            } else {
                self.clone()
            };
            if wanted > way.tier {
                way.go_up(rule, asked, wanted, period, out);
            } else {
                way.stay_or_clear(rule, asked, wanted, period, out);
            }
        }
    }

    /// A notice is due, unless another keeps it back.
    fn go_up(
        self,
        rule: &AlertRule,
        asked: Asked,
        wanted: u32,
        period: i64,
        out: &mut impl FnMut(Self, AlertRow),
    ) {
        let clause = wanted - 1;
        let last = self.sent.get(clause as usize);
        let last = last.copied().unwrap_or(Notice::NONE);
        // Notices from here on keep this one back.
        let from = period
            .saturating_sub(rule.cooldown.into())
            .saturating_add(1);
        let may_keep = rule.cooldown > 0 && last.latest >= from;
        let surely_keeps = may_keep && last.earliest >= from;
        if may_keep && asked.bypass.other {
            out(self.clone().kept(last, from, wanted), {
                let mut row = shown(&self);
                row.event = (self.kept_back < wanted).then_some(AlertEvent::Suppressed);
                row.clause = Some(clause);
                let known = last.earliest.max(from) == last.latest;
                row.suppressor = known.then_some(last.latest);
                row
            });
        }
        if !surely_keeps || asked.bypass.yes {
            let event = if self.tier == 0 {
                AlertEvent::Raised
            } else {
                AlertEvent::Escalated
            };
            let mut way = self;
            way.sent.resize(rule.highest() as usize, Notice::NONE);
            for (tier, notice) in (0..).zip(&mut way.sent) {
                if tier <= clause {
                    *notice = Notice::at(period);
                } else if !asked.bypass.yes {
                    // A higher one would have kept it back.
                    *notice = Notice::NONE;
                }
            }
            way.enter(wanted, clause, period);
            let row = AlertRow {
                event: Some(event),
                ..shown(&way)
            };
            out(way, row);
        }
    }

    /// It is kept back, so that a notice has gone out in `from` or later.
    fn kept(mut self, last: Notice, from: i64, wanted: u32) -> Self {
        let clause = wanted as usize - 1;
        for (tier, notice) in self.sent.iter_mut().enumerate() {
            if tier <= clause {
                // The last notice of a lower tier or a higher one is no earlier.
                notice.earliest = notice.earliest.max(last.earliest.max(from));
            }
        }
        self.kept_back = wanted;
        self
    }

    fn stay_or_clear(
        mut self,
        rule: &AlertRule,
        asked: Asked,
        wanted: u32,
        period: i64,
        out: &mut impl FnMut(Self, AlertRow),
    ) {
        self.kept_back = 0;
        if self.tier > 0 && wanted == 0 {
            if asked.clear.other {
                self.clone().sink(rule, asked, wanted, period, out);
            }
            if asked.clear.yes {
                let unknown = rule.unknown().filter(|_| asked.clear_unknown);
                self.enter(0, unknown.unwrap_or_else(|| rule.clear()), period);
                if rule.until_clear {
                    self.sent.clear();
                }
                let row = AlertRow {
                    event: Some(AlertEvent::Cleared),
                    ..shown(&self)
                };
                out(self, row);
            }
            return;
        }
        if self.tier > wanted {
            self.sink(rule, asked, wanted, period, out);
            return;
        }
        let held =
            self.tier == 0 && asked.raise == Answer::Unknown && rule.on_unknown == OnUnknown::Hold;
        let row = AlertRow {
            held,
            ..shown(&self)
        };
        out(self, row);
    }

    /// It stands higher than what is asked for, and is not cleared: lowered by one tier, or not.
    fn sink(
        mut self,
        rule: &AlertRule,
        asked: Asked,
        wanted: u32,
        period: i64,
        out: &mut impl FnMut(Self, AlertRow),
    ) {
        let to = (self.tier.saturating_sub(1)).max(wanted).max(1);
        let can_sink = to < self.tier;
        if asked.lower.other || !can_sink {
            let held = (wanted == 0 && asked.clear_unknown) || (can_sink && asked.lower_unknown);
            let row = AlertRow {
                held,
                ..shown(&self)
            };
            out(self.clone(), row);
        }
        if let Some(lower) = rule.lower().filter(|_| can_sink && asked.lower.yes) {
            self.enter(to, lower, period);
            let row = AlertRow {
                event: Some(AlertEvent::Lowered),
                ..shown(&self)
            };
            out(self, row);
        }
    }

    fn enter(&mut self, tier: u32, clause: u32, period: i64) {
        self.tier = tier;
        self.since = Since::Period(period);
        self.clause = Some(clause);
        self.kept_back = 0;
    }
}
