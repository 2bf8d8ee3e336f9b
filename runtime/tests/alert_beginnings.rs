//! Alerts of data that begin in the middle of the world: what is shown is what every past agrees on.

use forewarn_plan::AlertRule;
use forewarn_plan::alerts::ways::{Notice, Resumed, Since, Way};
use forewarn_plan::alerts::{AlertEvent, AlertRow, AlertState, DIGITS, OnUnknown, step};

const FIRST: i64 = 100;

/// Digits of one period's conditions: 0 no, 1 unknown, 2 yes.
fn packed(digits: &[u64]) -> f64 {
    digits
        .iter()
        .rev()
        .fold(0, |all, digit| all * u64::from(DIGITS) + digit) as f64
}

fn walk(
    rule: &AlertRule,
    reach: &[u32],
    mut state: AlertState,
    rows: &[Vec<u64>],
) -> Vec<AlertRow> {
    (FIRST..)
        .zip(rows)
        .map(|(period, digits)| step(rule, reach, &mut state, packed(digits), period))
        .collect()
}

/// Every past in which an alert can have been: its tier, and when the last notices went out. Found by walking it
/// through all that its conditions can have said in the periods before the first, from every tier.
fn pasts(rule: &AlertRule) -> Vec<AlertState> {
    let never = Notice {
        earliest: i64::MIN,
        latest: i64::MIN,
    };
    let way = |tier: u32, sent: &[Notice]| {
        let mut sent = sent.to_vec();
        sent.resize(rule.highest() as usize, never);
        Way {
            tier,
            since: Since::Unknown,
            clause: tier.checked_sub(1),
            sent,
            kept_back: 0,
        }
    };
    let state = |way: &Way, from: i64| {
        AlertState::default().resuming(Resumed {
            from,
            ways: vec![way.clone()],
            first: Some(i64::MIN),
        })
    };
    let mut ways: Vec<Way> = (0..=rule.highest()).map(|tier| way(tier, &[])).collect();
    for period in FIRST - 2 - i64::from(rule.cooldown)..FIRST {
        let mut after: Vec<Way> = Vec::new();
        for before in &ways {
            for said in 0..1_u64 << rule.conditions() {
                let digit = |condition| 2 * ((said >> condition) & 1);
                let digits: Vec<u64> = (0..rule.conditions()).map(digit).collect();
                let mut state = state(before, period);
                step(rule, &[], &mut state, packed(&digits), period);
                let [then] = state.ways() else {
                    panic!("{:?}", state.ways());
                };
                let then = way(then.tier, &then.sent);
                if !after.contains(&then) {
                    after.push(then);
                }
            }
        }
        ways = after;
    }
    ways.iter().map(|way| state(way, FIRST)).collect()
}

struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Conditions as they can be: no escalation without a raise is not asked for, clear not with raise.
fn rows(random: &mut Random, rule: &AlertRule, many: usize) -> Vec<Vec<u64>> {
    let digit = |random: &mut Random| match random.below(8) {
        0..=3 => 0,
        4 => 1,
        _ => 2,
    };
    (0..many)
        .map(|_| (0..rule.conditions()).map(|_| digit(random)).collect())
        .collect()
}

fn rules() -> Vec<AlertRule> {
    let mut rules = Vec::new();
    for escalations in 0..=2 {
        for cooldown in 0..=4 {
            for on_unknown in [OnUnknown::Hold, OnUnknown::Clear, OnUnknown::Raise] {
                for (lowers, until_clear) in [(false, false), (true, false), (true, true)] {
                    rules.push(AlertRule {
                        escalations,
                        cooldown,
                        on_unknown,
                        lowers,
                        until_clear,
                    });
                }
            }
        }
    }
    rules
}

#[test]
fn what_is_shown_is_what_every_past_agrees_on() {
    let mut random = Random(7);
    let (mut decided, mut open, mut wider) = (0, 0, 0);
    for rule in rules() {
        let pasts = pasts(&rule);
        for _ in 0..40 {
            let rows = rows(&mut random, &rule, 9);
            let shown = walk(&rule, &[], AlertState::unseen(&rule, FIRST), &rows);
            let all: Vec<Vec<AlertRow>> = pasts
                .iter()
                .map(|past| walk(&rule, &[], past.clone(), &rows))
                .collect();
            let mut exact = true;
            for (at, row) in shown.iter().enumerate() {
                let tiers = || all.iter().map(|rows| rows[at].tier.unwrap());
                let least = tiers().min().unwrap();
                let most = tiers().max().unwrap();
                assert!(
                    row.least <= least && most <= row.most,
                    "{rule:?} {rows:?} {at}"
                );
                // Of three tiers, notices are not held against one another that exclude each other.
                if rule.escalations < 2 {
                    assert_eq!(
                        (row.least, row.most),
                        (least, most),
                        "{rule:?} {rows:?} {at}"
                    );
                }
                assert_eq!(row.tier, (row.least == row.most).then_some(row.least));
                exact &= (row.least, row.most) == (least, most);
                wider += usize::from(!exact);
                let one = &all[0][at];
                if let Some(since) = row.since {
                    assert!(all.iter().all(|rows| rows[at].since == Some(since)));
                }
                let same = all.iter().all(|rows| rows[at].event == one.event);
                match row.event {
                    Some(AlertEvent::Standing) => assert!(least > 0 && !(same && exact)),
                    event => assert!(event.is_none() || same && event == one.event),
                }
                if row.tier.is_some() {
                    decided += 1;
                } else {
                    open += 1;
                }
            }
        }
    }
    assert!(decided > 1000 && open > 1000, "{decided} {open}");
    assert!(wider * 100 < open, "{wider} of {open}");
}

#[test]
fn no_notice_of_the_period_before_the_data_leaves_an_alert_quiet() {
    let stands = |cooldown: u32, until_clear: bool| {
        let rule = AlertRule {
            cooldown,
            until_clear,
            ..AlertRule::default()
        };
        let rows = vec![vec![2, 0, 0]; 6];
        let shown = walk(&rule, &[], AlertState::unseen(&rule, FIRST), &rows);
        shown.iter().position(|row| row.tier == Some(1)).unwrap()
    };
    assert_eq!(
        [1, 2, 3, 6].map(|cooldown| stands(cooldown, false)),
        [0, 0, 1, 4]
    );
    // What a notice kept back, it keeps back no longer once it is cleared.
    assert_eq!([2, 3, 6].map(|cooldown| stands(cooldown, true)), [0, 0, 0]);
}

#[test]
fn a_condition_that_looks_before_the_data_could_be_anything() {
    let rule = AlertRule::default();
    // Clear says quiet; whether it should be raised rests on a period that nobody has.
    let quiet = vec![vec![1, 2, 0]];
    let state = || AlertState::unseen(&rule, FIRST);
    assert_eq!(walk(&rule, &[0, 0, 0], state(), &quiet)[0].tier, Some(0));
    assert_eq!(walk(&rule, &[1, 0, 0], state(), &quiet)[0].tier, None);
    // From the second period on it would know.
    let later = vec![vec![1, 0, 0], vec![1, 2, 0]];
    assert_eq!(walk(&rule, &[1, 0, 0], state(), &later)[1].tier, Some(0));
    // The digit behind the conditions says that they rest on an alert whose state nobody knows.
    let others = vec![vec![1, 2, 0, 2]];
    assert_eq!(walk(&rule, &[0, 0, 0], state(), &others)[0].tier, None);
}

#[test]
fn blind_conditions_are_all_that_they_could_be() {
    let mut random = Random(11);
    for rule in rules() {
        let reach = vec![2; rule.conditions() as usize];
        let pasts = pasts(&rule);
        for _ in 0..10 {
            let rows = rows(&mut random, &rule, 5);
            let shown = walk(&rule, &reach, AlertState::unseen(&rule, FIRST), &rows);
            // Each unknown one of the first two periods, as each answer.
            let mut worlds = vec![rows.clone()];
            for at in 0..2 {
                for condition in 0..rule.conditions() as usize {
                    if rows[at][condition] == 1 {
                        worlds = worlds
                            .into_iter()
                            .flat_map(|world| {
                                (0..3).map(move |answer| {
                                    let mut world = world.clone();
                                    world[at][condition] = answer;
                                    world
                                })
                            })
                            .collect();
                    }
                }
            }
            for world in worlds.iter().take(81) {
                for past in &pasts {
                    for (row, true_row) in shown.iter().zip(walk(&rule, &[], past.clone(), world)) {
                        let tier = true_row.tier.unwrap();
                        assert!(row.least <= tier && tier <= row.most, "{rule:?} {rows:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_alert_that_is_found_to_stand_says_so_once() {
    let rule = AlertRule::default();
    let rows = vec![vec![0, 0, 0], vec![2, 0, 0], vec![2, 0, 0], vec![0, 2, 0]];
    let shown = walk(&rule, &[], AlertState::unseen(&rule, FIRST), &rows);
    let told: Vec<_> = shown
        .iter()
        .map(|row| (row.tier, row.event, row.since))
        .collect();
    assert_eq!(
        told,
        [
            (None, None, None),
            (Some(1), Some(AlertEvent::Standing), None),
            (Some(1), None, None),
            (Some(0), Some(AlertEvent::Cleared), Some(FIRST + 3)),
        ]
    );
}

#[test]
fn an_earlier_run_hands_over_from_its_last_period_on() {
    let rule = AlertRule {
        cooldown: 6,
        ..AlertRule::default()
    };
    let whole = vec![
        vec![0, 2, 0],
        vec![2, 0, 0],
        vec![0, 2, 0],
        vec![2, 0, 0],
        vec![2, 0, 0],
    ];
    let mut state = AlertState::default();
    let all: Vec<AlertRow> = (FIRST..)
        .zip(&whole)
        .map(|(period, digits)| step(&rule, &[], &mut state, packed(digits), period))
        .collect();
    let mut first = AlertState::default();
    for (period, digits) in (FIRST..).zip(&whole).take(3) {
        step(&rule, &[], &mut first, packed(digits), period);
    }
    let resumed = Resumed {
        from: FIRST + 3,
        ways: first.ways().to_vec(),
        first: Some(i64::MIN),
    };
    // The later data may begin before the earlier ones end.
    for from in [FIRST + 1, FIRST + 3] {
        let mut state = AlertState::unseen(&rule, from).resuming(resumed.clone());
        let rows: Vec<AlertRow> = (from..)
            .zip(&whole[(from - FIRST) as usize..])
            .map(|(period, digits)| step(&rule, &[], &mut state, packed(digits), period))
            .collect();
        assert_eq!(rows[rows.len() - 2..], all[3..]);
    }
}
