//! Durations in the panel's periods, and alerts as declared: what is right becomes whole periods and
//! a rule, what is not is told once.

use crate::pages;

use forewarn_plan::alerts::OnUnknown;
use forewarn_plan::along::WHOLE;
use forewarn_plan::{AlertInfo, Along, Op, OutputKind, PeriodKind, Plan};
use pages::{Example, compilation};

/// A ruleset over a panel of the period given.
fn ruleset(period: &str, rest: &str) -> Example {
    Example::of(&format!(
        "framework demo \"Demo\" version \"1\"\npanel country by {period}\n\
         indicator deaths \"Conflict deaths\" : number in 0..\n{rest}"
    ))
}

/// Codes and titles, in the order in which they are told.
fn told(example: &Example) -> Vec<String> {
    let compiled = compilation(example);
    let all = compiled.reports.iter().map(|cause| cause.describe());
    all.map(|told| format!("{} {}", told.code, told.title))
        .collect()
}

#[track_caller]
fn plan(example: &Example) -> Plan {
    let compiled = compilation(example);
    compiled
        .plan
        .unwrap_or_else(|| panic!("{:#?}", told(example)))
}

/// The periods of `carry forward at most …`, or what is told.
fn carried(period: &str, length: &str) -> Result<u32, Vec<String>> {
    let example = Example::of(&format!(
        "framework demo \"Demo\" version \"1\"\npanel country by {period}\n\
         param patience = 3 months\nparam wait = patience * 2\n\
         indicator deaths \"Conflict deaths\" : number in 0.. carry forward at most {length}\n\
         signal war = deaths >= 25\n\
         signal patient = patience >= 1 month and wait >= 1 month"
    ));
    let compiled = compilation(&example);
    match compiled.plan {
        Some(plan) => Ok(plan.inputs[0].carry_forward.expect("it is carried forward")),
        None => Err(told(&example)),
    }
}

#[test]
fn durations_are_whole_periods_of_the_panel() {
    for (period, length, periods) in [
        ("month", "18 months", 18),
        ("month", "1 month", 1),
        ("month", "2 years", 24),
        ("month", "1 quarter + 1 month", 4),
        ("month", "patience", 3),
        ("month", "wait", 6),
        ("month", "0.5 years", 6),
        ("month", "0.1 years * 10", 12),
        ("quarter", "18 months", 6),
        ("quarter", "1 year", 4),
        ("year", "3 years", 3),
        ("year", "24 months", 2),
        ("day", "2 weeks", 14),
        ("day", "10 days", 10),
        ("week", "2 weeks", 2),
        ("week", "21 days", 3),
    ] {
        let found = carried(period, length);
        assert_eq!(found, Ok(periods), "{length} by {period}");
    }
}

#[test]
fn durations_that_do_not_fit_are_told_once_with_the_reason() {
    for (period, length, expected) in [
        (
            "year",
            "3 months",
            "FW0733 `3 months` is no whole number of years",
        ),
        (
            "year",
            "18 months",
            "FW0733 `18 months` is no whole number of years",
        ),
        (
            "quarter",
            "4 months",
            "FW0733 `4 months` is no whole number of quarters",
        ),
        (
            "week",
            "10 days",
            "FW0733 `10 days` is no whole number of weeks",
        ),
        (
            "month",
            "10 days",
            "FW0732 `10 days` is no fixed number of months",
        ),
        (
            "year",
            "52 weeks",
            "FW0732 `52 weeks` is no fixed number of years",
        ),
        (
            "day",
            "1 month",
            "FW0732 `1 month` is no fixed number of days",
        ),
        (
            "month",
            "0 months",
            "FW0733 `0 months` is no length of time to look along",
        ),
        (
            "month",
            "-3 months",
            "FW0733 `-3 months` is no length of time to look along",
        ),
        ("month", "3", "FW0731 `carry forward` takes a duration"),
        ("month", "3%", "FW0731 `carry forward` takes a duration"),
        (
            "month",
            "2 months * 2 months",
            "FW0731 `carry forward` takes a duration",
        ),
        ("month", "yes", "FW0731 `carry forward` takes a duration"),
    ] {
        let found = carried(period, length);
        let expected = vec![expected.to_owned()];
        assert_eq!(found, Err(expected), "{length} by {period}");
    }
}

#[test]
fn a_duration_is_the_same_in_every_row() {
    let dated = "param patience = 3 months until \"2020-12\", = 4 months from \"2021-01\"\n\
                 signal war = deaths >= 25 and patience > 3 months\n\
                 alert warning { raise when war for patience }";
    assert_eq!(
        told(&ruleset("month", dated)),
        ["FW0210 `for` must be a fixed value"]
    );
    let varying = "alert warning { raise when deaths > 1 for deaths * 1 month }";
    assert_eq!(
        told(&ruleset("month", varying)),
        ["FW0210 `for` must be a fixed value"]
    );
}

#[test]
fn a_param_set_from_outside_decides_a_duration() {
    let rules = "param patience = 3 months\nalert warning { raise when deaths > 1 for patience }";
    let mut example = ruleset("month", rules);
    example
        .settings
        .push(("patience".to_owned(), "5 months".to_owned()));
    assert_eq!(windows(&plan(&example)), [5]);
}

#[test]
fn a_cross_section_has_no_time_which_is_told_once() {
    let rules = "framework demo \"Demo\" version \"1\"\npanel country\n\
                 indicator deaths \"Conflict deaths\" : number in 0.. carry forward at most 3 months\n\
                 alert warning { raise when deaths > 1 for 2 months  cooldown 3 months }";
    assert_eq!(
        told(&Example::of(rules)),
        ["FW0702 `carry forward` looks along time, and this panel has no periods"]
    );
}

/// How long conditions must last, in the order of the Plan.
fn windows(plan: &Plan) -> Vec<u32> {
    let nodes = plan.nodes.iter();
    nodes
        .filter_map(|node| match node.op {
            Op::Along(Along::Every { over, require }, _) => {
                assert_eq!(require, WHOLE);
                Some(over)
            }
            _ => None,
        })
        .collect()
}

fn only_alert(plan: &Plan) -> &AlertInfo {
    let [alert] = plan.alerts.as_slice() else {
        panic!("{:#?}", plan.alerts)
    };
    alert
}

#[test]
fn a_whole_alert_becomes_a_rule_with_its_own_words() {
    let rules = "scale concern { low < guarded < high < critical }\n\
         level overall : concern {\n\
           critical when deaths >= 1000, high when deaths >= 25,\n\
           guarded when deaths >= 5, low otherwise,\n\
         }\n\
         alert early_warning \"Early warning\" {\n\
           raise    when overall >= high   // and that is high\n\
                    for 2 months\n\
           escalate when overall is critical\n\
           clear    when overall <= guarded for 1 quarter\n\
           cooldown 6 months unless overall is critical\n\
           on unknown raise\n\
           classification restricted  cite \"x\"\n\
         }";
    let plan = plan(&ruleset("month", rules));
    let alert = only_alert(&plan);
    assert_eq!(alert.label, "Early warning");
    assert_eq!(alert.rule.escalations, 1);
    assert_eq!(alert.rule.cooldown, 6);
    assert_eq!(alert.rule.on_unknown, OnUnknown::Raise);
    assert_eq!(
        alert.clauses,
        [
            "raise when overall >= high for 2 months",
            "escalate when overall is critical",
            "clear when overall <= guarded for 1 quarter",
            "cooldown 6 months unless overall is critical",
        ]
    );
    assert_eq!(windows(&plan), [2, 3]);
    let columns: Vec<(&str, &str)> = plan
        .outputs
        .iter()
        .filter(|output| output.declaration == "early_warning")
        .map(|output| {
            let kind = match &output.kind {
                OutputKind::Level { names, .. } => {
                    assert_eq!(names, &["quiet", "raised", "escalated"]);
                    "level"
                }
                OutputKind::Category { .. } => "category",
                OutputKind::Period(PeriodKind::Month) => "month",
                OutputKind::Truth => "truth",
                other => panic!("{other:?}"),
            };
            (output.column.as_str(), kind)
        })
        .collect();
    assert_eq!(
        columns,
        [
            ("early_warning", "level"),
            ("early_warning.at_least", "level"),
            ("early_warning.at_most", "level"),
            ("early_warning.since", "month"),
            ("early_warning.why", "category"),
            ("early_warning.event", "category"),
            ("early_warning.suppressed_by", "month"),
            ("early_warning.held", "truth"),
        ]
    );
}

#[test]
fn an_alert_says_as_little_as_it_likes() {
    let plan = plan(&ruleset(
        "month",
        "alert warning { raise when deaths > 25 }",
    ));
    let alert = only_alert(&plan);
    assert_eq!(
        alert.clauses,
        ["raise when deaths > 25", "no longer deaths > 25", ""]
    );
    assert_eq!(alert.rule.cooldown, 0);
    assert_eq!(alert.rule.on_unknown, OnUnknown::Hold);
    assert_eq!(windows(&plan), [] as [u32; 0]);
}

#[test]
fn the_state_of_an_alert_is_a_level() {
    let rules = "alert warning { raise when deaths > 25 }\n\
         signal loud = warning >= raised\n\
         signal calm = warning is quiet\n\
         signal before = lag(warning, 1 month) is escalated\n\
         score loudness = position(warning)\n\
         alert second { raise when warning is raised and loud for 2 months }";
    assert_eq!(told(&ruleset("month", rules)), [] as [&str; 0]);
    let wrong = "alert warning { raise when deaths > 25 }\nsignal loud = warning is deafening";
    let told = told(&ruleset("month", wrong));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("FW0205"), "{told:#?}");
}

#[test]
fn what_is_wrong_with_an_alert_is_told_once() {
    for (rules, expected) in [
        (
            "alert warning { raise when warning is quiet }",
            &["FW0102 `warning` needs itself"][..],
        ),
        (
            "alert warning { raise when deaths }",
            &["FW0201 a clause of an alert needs a yes or no, and this is a plain number"],
        ),
        (
            "alert warning { raise when deaths > 1 cooldown 2 months unless deaths }",
            &["FW0201 `unless` needs a yes or no, and this is a plain number"],
        ),
        (
            "alert warning { raise when deaths > 1 on unknown shout }",
            &["FW0116 there is no way to treat the unknown called `shout`"],
        ),
        (
            "alert warning { raise when deaths > 1 on unknown wait }",
            &["FW0005 `wait` is written `hold` here"],
        ),
        (
            "alert warning { raise when deaths > 1 cooldown 3 months cooldown 2 months }",
            &["FW0742 this alert says `cooldown` twice"],
        ),
        (
            "alert warning { raise when deaths > 1 on unknown hold on unknown clear }",
            &["FW0742 this alert says `on unknown` twice"],
        ),
        (
            "alert warning { raise when deaths < 0 }",
            &["FW0421 this can never be yes: `deaths` lies in 0.."],
        ),
        (
            "alert warning { raise when deaths > 1 column \"x\" }",
            &["FW0114 `column` does not belong to an alert"],
        ),
        (
            "alert warning { }",
            &["FW0741 nothing raises the alert `warning`"],
        ),
        (
            "scale alert_state { a < b }\nalert warning { raise when deaths > 1 }",
            &["FW0104 the language already has something called `alert_state`"],
        ),
    ] {
        let found = told(&ruleset("month", rules));
        assert_eq!(found, expected, "{rules}");
    }
}

/// What could not be read is not told a second time as lacking.
#[test]
fn a_broken_clause_is_not_missed() {
    let rules = "alert warning { raise whenever deaths > 1 ,, }";
    let found = told(&ruleset("month", rules));
    assert!(
        found.iter().all(|told| told.starts_with("FW000")),
        "{found:#?}"
    );
}

#[test]
fn too_many_escalations() {
    let clauses: String = (1..=30)
        .map(|n| format!("escalate when deaths > {n}\n"))
        .collect();
    let rules = format!("alert warning {{ raise when deaths > 0 {clauses} }}");
    assert_eq!(
        told(&ruleset("month", &rules)),
        ["FW0743 the alert `warning` has too many `escalate` clauses"]
    );
}
