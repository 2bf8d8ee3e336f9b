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

/// Every past in which an alert can have been: its tier, and when the last notices went out.
fn pasts(rule: &AlertRule) -> Vec<AlertState> {
    let slots = rule.highest() as usize;
    let recent = i64::from(rule.cooldown.max(1)) - 1;
    let mut sent: Vec<Vec<i64>> = vec![Vec::new()];
    for _ in 0..slots {
        // A notice of a higher tier is one of a lower tier or a higher one, too.
        sent = sent
            .into_iter()
            .flat_map(|before| {
                let last = before.last().copied().unwrap_or(recent);
                (0..=last).map(move |at| [before.as_slice(), &[at]].concat())
            })
            .collect();
    }
    let mut pasts = Vec::new();
    for tier in 0..=rule.highest() {
        for sent in &sent {
            let notice = |at: &i64| {
                let period = if *at == 0 {
                    i64::MIN
                } else {
                    FIRST - recent - 1 + at
                };
                Notice {
                    earliest: period,
                    latest: period,
                }
            };
            let way = Way {
                tier,
                since: Since::Unknown,
                clause: tier.checked_sub(1),
                sent: sent.iter().map(notice).collect(),
                kept_back: 0,
            };
            pasts.push(AlertState::default().resuming(Resumed {
                from: FIRST,
                ways: vec![way],
                first: Some(i64::MIN),
            }));
        }
    }
    pasts
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
    let (mut decided, mut open) = (0, 0);
    for rule in rules() {
        for _ in 0..40 {
            let rows = rows(&mut random, &rule, 9);
            let shown = walk(&rule, &[], AlertState::unseen(&rule, FIRST), &rows);
            let all: Vec<Vec<AlertRow>> = pasts(&rule)
                .into_iter()
                .map(|past| walk(&rule, &[], past, &rows))
                .collect();
            for (at, row) in shown.iter().enumerate() {
                let tiers = || all.iter().map(|rows| rows[at].tier.unwrap());
                let least = tiers().min().unwrap();
                let most = tiers().max().unwrap();
                assert_eq!(
                    (row.least, row.most),
                    (least, most),
                    "{rule:?} {rows:?} {at}"
                );
                assert_eq!(row.tier, (least == most).then_some(least));
                let one = &all[0][at];
                if let Some(since) = row.since {
                    assert!(all.iter().all(|rows| rows[at].since == Some(since)));
                }
                let same = all.iter().all(|rows| rows[at].event == one.event);
                match row.event {
                    Some(AlertEvent::Standing) => assert!(!same && least > 0),
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
                for past in pasts(&rule) {
                    for (row, true_row) in shown.iter().zip(walk(&rule, &[], past, world)) {
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
