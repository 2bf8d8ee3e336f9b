//! Alerts, period by period: what hysteresis, cooldown, escalation, bypass and missing evidence do.

use forewarn_plan::AlertRule;
use forewarn_plan::alerts::{AlertEvent, AlertRow, AlertState, DIGITS, OnUnknown, step};

/// A rule's way through conditions, one word a period: the letters name the conditions that are yes
/// (`r`aise, `e`scalate, `E`scalate further, `c`lear, `l`ower, `b`ypass), and after `?` those unknown.
fn walk(rule: &AlertRule, periods: &str) -> Vec<AlertRow> {
    let mut state = AlertState::default();
    (100..)
        .zip(periods.split(' '))
        .map(|(period, word)| {
            let (yes, unknown) = word.split_once('?').unwrap_or((word, ""));
            let digit = |letter: char| {
                let condition = match letter {
                    'r' => 0,
                    'e' => 1,
                    'E' => 2,
                    'c' => rule.clear(),
                    'b' => rule.bypass(),
                    'l' => rule.lower().expect("it lowers"),
                    _ => return 0.0,
                };
                f64::from(DIGITS).powi(condition as i32)
            };
            let packed =
                yes.chars().map(digit).sum::<f64>() * 2.0 + unknown.chars().map(digit).sum::<f64>();
            step(rule, &[], &mut state, packed, period)
        })
        .collect()
}

/// The events as words, `-` where nothing happens.
fn events(rule: &AlertRule, periods: &str) -> String {
    let words = walk(rule, periods)
        .into_iter()
        .map(|row| row.event.map_or("-", AlertEvent::word));
    words.collect::<Vec<_>>().join(" ")
}

/// Conditions of a series: raised at or above 5 for so many periods, cleared below 5 (or, with
/// hysteresis, below 3) for as many.
fn conditions(series: &[f64], lasting: usize, clear_below: f64) -> String {
    let word = |row: usize| {
        let last = |holds: &dyn Fn(f64) -> bool| {
            row + 1 >= lasting && series[row + 1 - lasting..=row].iter().all(|x| holds(*x))
        };
        let mut word = String::from("-");
        if last(&|x| x >= 5.0) {
            word.push('r');
        }
        if last(&|x| x < clear_below) {
            word.push('c');
        }
        word
    };
    (0..series.len()).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_flicker_raises_nine_times_without_hysteresis_and_once_with_it() {
    let mut series = vec![1.0, 2.0];
    for _ in 0..9 {
        series.extend([6.0, 6.0, 4.0]);
    }
    series.extend([2.0, 1.0, 1.0]);
    let raised = |conditions: &str| {
        let events = events(&AlertRule::default(), conditions);
        let count = |word| events.split(' ').filter(|event| *event == word).count();
        (count("raised"), count("cleared"))
    };
    assert_eq!(raised(&conditions(&series, 1, 5.0)), (9, 9));
    assert_eq!(raised(&conditions(&series, 2, 3.0)), (1, 1));
}

#[test]
fn it_stands_where_it_came_until_something_happens() {
    let rows = walk(&AlertRule::default(), "- r r - c -");
    let stands: Vec<(u32, i64, Option<u32>)> = rows
        .iter()
        .map(|row| (row.tier.unwrap(), row.since.unwrap(), row.clause))
        .collect();
    let clear = Some(AlertRule::default().clear());
    assert_eq!(
        stands,
        [
            (0, 100, None),
            (1, 101, Some(0)),
            (1, 101, Some(0)),
            (1, 101, Some(0)),
            (0, 104, clear),
            (0, 104, clear),
        ]
    );
}

#[test]
fn a_cooldown_keeps_a_notice_back_and_tells_it_once() {
    let rule = AlertRule {
        cooldown: 4,
        ..AlertRule::default()
    };
    assert_eq!(
        events(&rule, "r c r r r r c"),
        "raised cleared suppressed - raised - cleared"
    );
    let rows = walk(&rule, "r c r r");
    assert_eq!(rows[2].suppressor, Some(100));
    assert_eq!((rows[2].tier, rows[2].clause), (Some(0), Some(0)));
    assert_eq!((rows[3].suppressor, rows[3].event), (Some(100), None));
    // One that ends and begins again is told again.
    assert_eq!(
        events(&rule, "r c r - r"),
        "raised cleared suppressed - raised"
    );
    let longer = AlertRule {
        cooldown: 9,
        ..rule
    };
    assert_eq!(
        events(&longer, "r c r - r"),
        "raised cleared suppressed - suppressed"
    );
}

#[test]
fn a_higher_tier_goes_out_during_a_lower_one_s_cooldown() {
    let rule = AlertRule {
        escalations: 2,
        cooldown: 6,
        ..AlertRule::default()
    };
    assert_eq!(events(&rule, "r re reE r"), "raised escalated escalated -");
    let tiers: Vec<Option<u32>> = walk(&rule, "r reE r c")
        .iter()
        .map(|row| row.tier)
        .collect();
    assert_eq!(tiers, [1, 3, 3, 0].map(Some));
    // Straight to a tier from quiet is a raising.
    assert_eq!(events(&rule, "re"), "raised");
}

#[test]
fn an_escalation_is_kept_back_by_one_of_its_tier() {
    let rule = AlertRule {
        escalations: 1,
        cooldown: 5,
        ..AlertRule::default()
    };
    // The escalation, not the raising before it, keeps back whatever is not above it.
    assert_eq!(
        events(&rule, "r re c r re re r"),
        "raised escalated cleared suppressed suppressed - raised"
    );
    let rows = walk(&rule, "r re c r re");
    assert_eq!(rows[4].clause, Some(1));
    assert_eq!(rows[4].suppressor, Some(101));
}

#[test]
fn a_sure_bypass_breaks_a_cooldown_and_an_unknown_one_does_not() {
    let rule = AlertRule {
        cooldown: 10,
        ..AlertRule::default()
    };
    assert_eq!(events(&rule, "r c rb"), "raised cleared raised");
    assert_eq!(events(&rule, "r c r?b r"), "raised cleared suppressed -");
}

#[test]
fn missing_evidence_holds_clears_or_raises_as_the_rule_says() {
    let by = |on_unknown| AlertRule {
        on_unknown,
        ..AlertRule::default()
    };
    let periods = "?r r ?c ?rc c";
    assert_eq!(
        events(&by(OnUnknown::Hold), periods),
        "- raised - - cleared"
    );
    assert_eq!(
        events(&by(OnUnknown::Clear), periods),
        "- raised cleared - -"
    );
    assert_eq!(
        events(&by(OnUnknown::Raise), periods),
        "raised - - - cleared"
    );
    let held: Vec<bool> = walk(&by(OnUnknown::Hold), periods)
        .iter()
        .map(|row| row.held)
        .collect();
    assert_eq!(held, [true, false, true, true, false]);
}

#[test]
fn an_escalation_needs_a_sure_yes() {
    let rule = AlertRule {
        escalations: 1,
        on_unknown: OnUnknown::Raise,
        ..AlertRule::default()
    };
    assert_eq!(events(&rule, "r r?e re"), "raised - escalated");
}

#[test]
fn an_escalated_alert_is_lowered_step_by_step() {
    let rule = AlertRule {
        escalations: 2,
        lowers: true,
        ..AlertRule::default()
    };
    let tiers = |periods| -> Vec<u32> { walk(&rule, periods).iter().map(|row| row.most).collect() };
    let periods = "reE r rl l l lc";
    assert_eq!(events(&rule, periods), "raised - lowered lowered - cleared");
    assert_eq!(tiers(periods), [3, 3, 2, 1, 1, 0]);
    // What is asked for holds it up, and clearing goes first.
    assert_eq!(events(&rule, "reE rel rel lc"), "raised lowered - cleared");
    // An unknown one lowers nothing, and that is said.
    let rows = walk(&rule, "reE r?l r");
    assert_eq!(rows[1].most, 3);
    assert!(rows[1].held && !rows[2].held);
    // So it is where nobody knowing counts towards clearing: down by a step is not over.
    let rule = AlertRule {
        on_unknown: OnUnknown::Clear,
        ..rule
    };
    let rows = walk(&rule, "reE r?l r rl");
    assert_eq!(rows[1].most, 3);
    assert!(rows[1].held && !rows[2].held);
    assert_eq!(rows[3].most, 2);
}

#[test]
fn a_relapse_after_clearing_is_a_new_alert_where_the_cooldown_ends_with_it() {
    let rule = |until_clear| AlertRule {
        cooldown: 6,
        until_clear,
        ..AlertRule::default()
    };
    assert_eq!(events(&rule(false), "r c r"), "raised cleared suppressed");
    assert_eq!(events(&rule(true), "r c r"), "raised cleared raised");
}
