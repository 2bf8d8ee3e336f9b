//! What flows where: a confidential indicator makes everything confidential that it reaches, through
//! every construct of the language; what is stated to be more open is told with the way; a Plan for an
//! audience holds nothing else.

use crate::pages;

use forewarn_compiler::{Compilation, Settings};
use forewarn_diagnostics::Diagnostic;
use forewarn_plan::classification::Classification;
use forewarn_plan::{Op, Plan};
use pages::{Example, compilation, compile};

const HEAD: &str = "framework demo \"Demo\" version \"1\"
panel country by month
source field \"Field reports\" { classification confidential }
indicator secret \"Secret\" : number in 0..10 from field
indicator hushed \"Hushed\" : truth from field
indicator coded \"Coded\" : assessment from field
indicator group \"Group\" : category { west, east } from field
indicator open \"Open\" : number in 0..10
indicator seen \"Seen\" : truth
scale concern { low < high }
fn doubled(x: number) -> number = 2 * x
fn least(parts: list of number) -> number = min(parts)
";

/// Values that `secret` and its kin reach, one construct each.
const REACHED: [&str; 51] = [
    "score x = secret",
    "score x = secret + open",
    "score x = open * secret",
    "score x = 0 * secret",
    "score x = -secret",
    "score x = open / (1 + secret)",
    "score x = round(secret, 0)",
    "score x = max(open, secret)",
    "score x = mean([open, secret])",
    "score x = open ?? secret",
    "score x = if hushed then 1 else 0",
    "score x = if open > 1 then secret else 0",
    "score x = if secret > 20 then 1 else 0",
    "score x = position(coded)",
    "score x = doubled(secret)",
    "score x = least([open, secret])",
    "score x = count(hushed, seen)",
    "score x = known_count([secret, open])",
    "score x = sum(secret, over: 3 months)",
    "score x = lag(secret, 1 month)",
    "score x = count(secret, over: 3 months)",
    "score x = change(secret, over: 1 month)",
    "score x = rank(secret)",
    "score x = rank(open, among: group)",
    "score x = percentile(secret) / 100%",
    "score x = zscore(secret)",
    "score x = minmax(secret, baseline: \"2020-01\"..\"2020-12\")",
    "score x = impute_mean(secret)",
    "signal x = hushed",
    "signal x = secret > 3",
    "signal x = secret is known",
    "signal x = secret is missing",
    "signal x = hushed is unknown",
    "signal x = coded is present",
    "signal x = coded >= emerging",
    "signal x = group is west",
    "signal x = group in {west, east}",
    "signal x = secret in 1..3",
    "signal x = not hushed",
    "signal x = seen and hushed",
    "signal x = seen or secret > 3",
    "signal x = at least 1 of (seen, hushed)",
    "signal x = sustained(hushed, for: 2 months)",
    "signal x = crosses(open, above: secret)",
    "signal x = record_high(secret)",
    "signal x = top(secret, 3)",
    "factor x { combine mean require 1 known members { open, secret } }",
    "level x : concern { high when secret > 3, low otherwise }",
    "level x : concern from secret { low in 0..<5, high in 5..10 }",
    "alert x { raise when secret > 3 }",
    "alert x { raise when open > 3  clear when open < 1  cooldown 2 months unless hushed }",
];

/// Values that reach it by way of another.
const REACHED_BY_WAY: [(&str, &str); 13] = [
    ("let y = secret", "score x = y"),
    ("let y = [secret, open]", "score x = mean(y)"),
    ("score y = secret", "score x = y + 1"),
    ("signal y = hushed", "score x = count(signals)"),
    (
        "factor y { combine mean require 1 known members { secret } }",
        "score x = y.coverage",
    ),
    (
        "factor y { combine mean require 1 known members { secret } }",
        "score x = y.known",
    ),
    (
        "factor y { combine mean members { secret, open } }",
        "score x = count(y.members >= 2)",
    ),
    (
        "factor y { combine mean members { secret } }",
        "signal x = any(factors >= 0.7)",
    ),
    (
        "factor y { combine mean members { secret } }",
        "factor x { combine mean members { y } }",
    ),
    (
        "level y : concern { high when secret > 3, low otherwise }",
        "signal x = y.at_least is high",
    ),
    (
        "level y : concern { high when secret > 3, low otherwise }",
        "signal x = y.at_most is low",
    ),
    (
        "level y : concern { high when secret > 3, low otherwise }",
        "signal x = y is known",
    ),
    (
        "alert y { raise when secret > 3 }",
        "signal x = y is raised",
    ),
];

fn told(found: &[Diagnostic]) -> Vec<String> {
    let lines = found.iter();
    lines
        .map(|one| format!("{} {}", one.code, one.title))
        .collect()
}

fn plan_for(rules: &str, audience: Classification) -> Compilation {
    let settings = Settings {
        audience: Some(audience),
        ..Settings::default()
    };
    pages::compilation_with(&Example::of(rules), &settings)
}

fn plan(rules: &str) -> Plan {
    let compilation = compilation(&Example::of(rules));
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    compilation
        .plan
        .unwrap_or_else(|| panic!("{told:#?}\n{rules}"))
}

/// The same declaration, stated to be public.
fn public(declaration: &str) -> String {
    let braces = ["factor", "alert"]
        .iter()
        .any(|word| declaration.starts_with(word));
    match declaration.split_once('{') {
        Some((head, body)) if braces => format!("{head}{{ classification public {body}"),
        _ => format!("{declaration} classification public"),
    }
}

#[test]
fn everything_that_it_reaches_is_as_confidential() {
    let direct = REACHED.map(|declaration| format!("{HEAD}{declaration}\n"));
    let by_way = REACHED_BY_WAY.map(|(way, declaration)| format!("{HEAD}{way}\n{declaration}\n"));
    for rules in direct.iter().chain(&by_way) {
        let plan = plan(rules);
        let found = plan.confidentiality.of("x");
        assert_eq!(found, Classification::Confidential, "{rules}");
        // For an audience that may not see it, no node of it is left, and no input.
        for audience in [Classification::Public, Classification::Restricted] {
            let seen = plan_for(rules, audience);
            let plan = seen.plan.expect("a Plan for the audience");
            assert!(
                plan.outputs.iter().all(|output| output.declaration != "x"),
                "{rules}"
            );
            let names = plan.inputs.iter().map(|input| input.name.as_str());
            let names: Vec<&str> = names.collect();
            assert!(
                names.iter().all(|name| ["open", "seen"].contains(name)),
                "{names:?}\n{rules}"
            );
            assert!(seen.sealing.is_none(), "{rules}");
        }
    }
}

#[test]
fn stated_to_be_public_it_is_a_leak_with_its_way() {
    let direct = REACHED.map(|declaration| (String::new(), declaration));
    let by_way = REACHED_BY_WAY.map(|(way, declaration)| (format!("{way}\n"), declaration));
    for (way, declaration) in direct.into_iter().chain(by_way) {
        let rules = format!("{HEAD}{way}{}\n", public(declaration));
        let mut found = compile(&Example::of(&rules));
        found.retain(|one| one.severity == forewarn_diagnostics::Severity::Error);
        let codes: Vec<&str> = found.iter().map(|one| one.code.0).collect();
        assert_eq!(codes, ["FW0721"], "{:#?}\n{rules}", told(&found));
        let note = &found[0].notes[0];
        assert!(note.contains("(confidential, from `field`) → "), "{note}");
        assert!(note.ends_with("`x`"), "{note}");
    }
}

#[test]
fn the_way_of_a_leak_is_the_shortest_and_both_ends_are_marked() {
    let rules = "framework demo \"Demo\" version \"1\"
panel country by month
source field \"Field reports\" { classification confidential }
indicator hate_speech \"Hate speech\" : number in 0..1 from field
indicator arms \"Arms\" : number in 0..1
score longer = hate_speech + 0
score longest = longer + arms
factor preparation { combine mean members { hate_speech, arms } }
scale concern { low < high }
level overall : concern { high when preparation >= 0.6 or longest > 1, low otherwise }
alert early_warning {
  raise when overall >= high
  classification public
}
";
    let found = compile(&Example::of(rules));
    assert_eq!(
        told(&found),
        ["FW0721 `early_warning` is public, but rests on a confidential indicator"]
    );
    let words = |label: &forewarn_diagnostics::Label| match label.place {
        forewarn_diagnostics::Place::Source(span) => (
            rules[span.start as usize..span.end as usize].to_owned(),
            label.text.clone(),
        ),
        _ => panic!("not in the rules"),
    };
    assert_eq!(
        words(&found[0].primary),
        (
            "classification public".to_owned(),
            "declared here".to_owned()
        )
    );
    assert_eq!(
        words(&found[0].secondary[0]),
        (
            "classification confidential".to_owned(),
            "`field` is confidential".to_owned()
        )
    );
    assert_eq!(
        found[0].notes,
        [
            "the way it flows: `hate_speech` (confidential, from `field`) → factor `preparation` → \
          level `overall` → alert `early_warning`"
        ]
    );
    assert_eq!(
        found[0].help[0].text,
        "raise the classification, or `declassify preparation because \"…\"` if publishing the \
         factor does not reveal the source"
    );
}

#[test]
fn one_leak_is_told_once_and_not_at_every_step_above() {
    let rules = format!(
        "{HEAD}score y = secret classification public\nscore x = y classification public\n\
         level z : concern {{ high when x > 1, low otherwise }} classification public\n"
    );
    let found = compile(&Example::of(&rules));
    let errors: Vec<&str> = found
        .iter()
        .map(|one| one.code.0)
        .filter(|code| *code == "FW0721")
        .collect();
    assert_eq!(errors.len(), 1, "{:#?}", told(&found));
}

#[test]
fn nothing_is_more_open_than_its_source_without_a_decision() {
    let rules = |more: &str| {
        format!(
            "framework demo \"Demo\" version \"1\"\npanel country by month\n\
             source field \"Field\" {{ classification confidential }}\n\
             indicator deaths : number in 0.. from field classification restricted\n\
             score burden = deaths + 1\n{more}"
        )
    };
    let found = compile(&Example::of(&rules("")));
    assert_eq!(
        told(&found),
        ["FW0721 `deaths` is restricted, but comes from a confidential source"]
    );
    assert!(
        found[0].help[0]
            .text
            .contains("declassify deaths to restricted because")
    );
    let decided = rules("declassify deaths to restricted because \"counts alone name no one\"\n");
    let plan = plan(&decided);
    assert_eq!(
        plan.confidentiality.of("deaths"),
        Classification::Restricted
    );
    assert_eq!(
        plan.confidentiality.of("burden"),
        Classification::Restricted
    );
}

#[test]
fn a_source_makes_its_indicators_what_it_is_and_they_may_be_more_closed() {
    let plan = plan(
        "framework demo \"Demo\" version \"1\"\npanel country by month\n\
         source field \"Field\" { classification restricted }\n\
         indicator a : number from field\n\
         indicator b : number from field classification confidential\n\
         indicator c : number\n\
         score x = a + c\nscore y = a + b\nscore z = c + 1 classification restricted\n",
    );
    let of = |name| plan.confidentiality.of(name).word();
    assert_eq!(
        ["a", "b", "c", "x", "y", "z"].map(of),
        [
            "restricted",
            "confidential",
            "public",
            "restricted",
            "confidential",
            "restricted"
        ]
    );
}

#[test]
fn a_declassified_value_is_an_input_and_what_it_rests_on_is_gone() {
    let rules = format!(
        "{HEAD}factor y {{ combine mean require 1 known members {{ open, secret }} }}\n\
         level z : concern {{ high when y > 3 and y.coverage > 0.4, low otherwise }}\n\
         score inside = count(y.members > 1)\n\
         declassify y because \"a mean of many\"\n"
    );
    let seen = plan_for(&rules, Classification::Public);
    let plan = seen.plan.expect("a Plan for the audience");
    let columns: Vec<&str> = plan.outputs.iter().map(|one| one.column.as_str()).collect();
    assert_eq!(columns, ["y", "y.coverage", "z", "z.at_least", "z.at_most"]);
    let inputs: Vec<&str> = plan.inputs.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(inputs, ["open", "seen", "y", "y.coverage", "y.known"]);
    for node in &plan.nodes {
        if let Op::Input(input) = node.op {
            assert!((input as usize) < inputs.len());
        }
    }
    let sealing = seen.sealing.expect("a Plan that works it out");
    let names: Vec<&str> = sealing.inputs.iter().map(|one| one.name.as_str()).collect();
    // No more is read than the declassified value needs.
    assert_eq!(names, ["secret", "open"]);
    let withheld = plan
        .confidentiality
        .withheld
        .iter()
        .map(|one| one.name.as_str());
    let withheld: Vec<&str> = withheld.collect();
    // Its members are not declassified with it.
    assert_eq!(withheld, ["secret", "hushed", "coded", "group", "inside"]);
}

#[test]
fn every_kind_of_value_can_be_declassified() {
    let kinds = [
        ("score x = secret", 1),
        ("let x = secret", 1),
        ("signal x = hushed", 1),
        ("score x = count(hushed, seen)", 2),
        ("let x = group", 1),
        (
            "level x : concern { high when secret > 3, low otherwise }",
            2,
        ),
        (
            "factor x { combine mean require 1 known members { open, secret } }",
            3,
        ),
        ("alert x { raise when secret > 3 }", 1),
    ];
    for (declaration, parts) in kinds {
        let rules = format!("{HEAD}{declaration}\ndeclassify x because \"decided\"\n");
        let seen = plan_for(&rules, Classification::Public);
        let plan = seen
            .plan
            .unwrap_or_else(|| panic!("no Plan: {declaration}"));
        assert_eq!(plan.confidentiality.sealed.len(), parts, "{declaration}");
        assert_eq!(plan.confidentiality.of("x"), Classification::Public);
        let sealing = seen.sealing.expect("a Plan that works it out");
        let first = sealing.outputs.len() - parts;
        let outputs = sealing.outputs[first..].iter().map(|output| &output.column);
        let sealed = plan.confidentiality.sealed.iter().map(|one| &one.column);
        assert!(outputs.eq(sealed), "{declaration}");
    }
}

#[test]
fn an_audience_that_may_see_everything_sees_the_plan_as_it_is() {
    let rules = format!("{HEAD}score x = secret\n");
    let seen = plan_for(&rules, Classification::Confidential);
    assert_eq!(seen.plan.expect("a Plan"), plan(&rules));
    // Without any classification, every audience sees everything.
    let rules = "framework demo \"Demo\" version \"1\"\npanel country by month\n\
                 indicator a : number\nscore x = a + 1\n";
    let seen = plan_for(rules, Classification::Public);
    assert_eq!(seen.plan.expect("a Plan"), plan(rules));
}

#[test]
fn slips_in_declassifying_are_told() {
    let cases = [
        (
            "declassify secrt because \"decided\"",
            "FW0107 there is no value `secrt`",
        ),
        (
            "declassify secret to secret because \"decided\"",
            "FW0116 there is no classification `secret`",
        ),
        (
            "declassify secret",
            "FW0722 `secret` is declassified without a reason",
        ),
        (
            "declassify open because \"decided\"",
            "FW0723 `open` is not more closed than public",
        ),
    ];
    for (line, expected) in cases {
        let rules = format!("{HEAD}score x = secret + open\n{line}\n");
        let mut found = compile(&Example::of(&rules));
        found.retain(|one| one.code.0 != "FW0106" && !one.title.contains("never used"));
        assert!(
            told(&found).contains(&expected.to_owned()),
            "{:#?}",
            told(&found)
        );
    }
}

#[test]
fn what_is_verified_of_a_declassified_value_is_another_value() {
    let head = "framework demo \"Demo\" version \"1\"
panel country by month
scale concern { low < high }
indicator seen \"Seen\" : number in 0..1 verification column \"v\" classification confidential
indicator open \"Open\" : number in 0..1 verification column \"w\"
";
    let middle = [
        "level y : concern { high when seen > 0.5, low otherwise }",
        "table y : concern by (seen > 0.5) { yes then high, missing then low, otherwise then low }",
        "let z = seen\nlevel y : concern { high when z > 0.5, low otherwise }",
        "factor z { combine mean members { seen, open } }\nlevel y : concern { high when z > 0.5, low otherwise }",
    ];
    let of = [
        "signal x = verified(y) is high",
        "signal x = verified(y is high)",
        "level x : concern { high when verified(y) is high, low otherwise }",
    ];
    for middle in middle {
        for of in of {
            let rules = format!("{head}{middle}\ndeclassify y because \"It is a mean\"\n{of}\n");
            let whole = plan(&rules);
            assert_eq!(
                whole.confidentiality.of("y"),
                Classification::Public,
                "{rules}"
            );
            assert_eq!(
                whole.confidentiality.of("x"),
                Classification::Confidential,
                "{rules}"
            );
            let seen = plan_for(&rules, Classification::Public)
                .plan
                .expect("a Plan");
            assert!(
                seen.outputs.iter().all(|output| output.declaration != "x"),
                "{rules}"
            );
            // Stated to be public it is a leak, with the way by what was declassified.
            let stated = format!(
                "{head}{middle}\ndeclassify y because \"It is a mean\"\n{}\n",
                public(of)
            );
            let mut found = compile(&Example::of(&stated));
            found.retain(|one| one.severity == forewarn_compiler::diagnostics::Severity::Error);
            let codes: Vec<&str> = found.iter().map(|one| one.code.0).collect();
            assert_eq!(codes, ["FW0721"], "{:#?}\n{stated}", told(&found));
        }
    }
    // Of open evidence alone it stays open.
    let rules = format!(
        "{head}level y : concern {{ high when open > 0.5, low otherwise }}\n{}\n",
        of[0]
    );
    assert_eq!(plan(&rules).confidentiality.of("x"), Classification::Public);
}
