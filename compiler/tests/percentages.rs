//! A percentage meets a number without a sign nowhere, and every way out that is offered works.

use crate::pages;

use forewarn_diagnostics::{Diagnostic, Severity};
use pages::{Example, compile};

const HEAD: &str = "\
framework demo \"Demo\" version \"1\"
panel country by year
unit people
unit thousand_people = 1_000 people
unit permille = 0.001
indicator p \"Part\" : percent in 0..100
indicator q \"Other part\" : percent in 0..100
indicator s \"Share\" : number in 0..1
indicator m \"Per mille\" : permille in 0..1000
indicator people_here : people in 1..
scale k { low < high }
fn mine(x: percent) -> number = x
fn twice(x: number[u], y: number[u]) -> number[u] = x + y
score every = p + q + s + m + mine(p) + twice(p, q)
score here : thousand_people = people_here
level known : k from s { low in 0..<0.4, high in 0.4..1 }
";

/// The names of a chain of tools: `told(\"score x = p + 1\")` gives its messages.
fn told(rules: &str) -> Vec<Diagnostic> {
    compile(&Example::of(&format!("{HEAD}{rules}\n")))
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|one| one.code.0).collect()
}

/// Every help of the only message mends it.
#[track_caller]
fn mended(rules: &str, code: &str, helps: &[&str]) {
    let found = told(rules);
    assert_eq!(codes(&found), [code], "{rules}: {found:#?}");
    let offered: Vec<String> = found[0]
        .help
        .iter()
        .filter(|help| !help.edits.is_empty())
        .map(|help| {
            let mut text = format!("{HEAD}{rules}\n");
            let mut edits = help.edits.clone();
            edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            for (span, new) in edits {
                text.replace_range(span.start as usize..span.end as usize, &new);
            }
            let left = compile(&Example::of(&text));
            let wrong = left.iter().any(|one| one.severity == Severity::Error);
            assert!(!wrong, "{} leaves {left:#?}", help.text);
            text[HEAD.len()..].trim_end().to_owned()
        })
        .collect();
    assert_eq!(offered, helps, "{rules}");
}

#[test]
fn comparisons() {
    mended("signal a = p >= 40", "FW0320", &["signal a = p >= 40%"]);
    mended(
        "signal a = p >= 0.4",
        "FW0320",
        &["signal a = p >= 40%", "signal a = p >= 0.4%"],
    );
    mended(
        "signal a = 20 <= p < q",
        "FW0320",
        &["signal a = 20% <= p < q"],
    );
    mended("signal a = p in 5..q", "FW0320", &["signal a = p in 5%..q"]);
    mended("signal a = p is 55", "FW0320", &["signal a = p is 55%"]);
    mended(
        "signal a = p >= 1 / 3",
        "FW0320",
        &[
            "signal a = p >= (1 / 3) * 100%",
            "signal a = p >= (1 / 3) * 1%",
        ],
    );
    mended(
        "signal a = m >= 40",
        "FW0320",
        &["signal a = m >= 40 permille"],
    );
    mended("signal a = p > (40)", "FW0320", &["signal a = p > 40%"]);
    mended("signal a = p > -5", "FW0320", &["signal a = p > -5%"]);
    mended(
        "signal a = percentile(s) >= 90",
        "FW0320",
        &["signal a = percentile(s) >= 90%"],
    );
}

#[test]
fn sums_and_what_is_left_to_the_whole() {
    mended(
        "score a = 1 - p",
        "FW0320",
        &["score a = 100% - p", "score a = 1% - p"],
    );
    mended(
        "score a = p + 1",
        "FW0320",
        &["score a = p + 100%", "score a = p + 1%"],
    );
    mended("score a = p - 5", "FW0320", &["score a = p - 5%"]);
    mended(
        "score a = 1 - 0.5 - p",
        "FW0320",
        &["score a = 100% - 50% - p", "score a = 1% - 0.5% - p"],
    );
}

#[test]
fn arguments_bands_cells_and_values_of_one_unit() {
    mended("score a = min(p, 40)", "FW0320", &["score a = min(p, 40%)"]);
    mended(
        "score a = max(0, p) + min(40, q)",
        "FW0320",
        &["score a = max(0, p) + min(40%, q)"],
    );
    mended(
        "score a = clamp(p, 5, 90)",
        "FW0320",
        &["score a = clamp(p, 5%, 90%)"],
    );
    mended(
        "score a = rescale(p, from: 100, to: 0)",
        "FW0320",
        &["score a = rescale(p, from: 100%, to: 0)"],
    );
    mended("score a = mine(40)", "FW0320", &["score a = mine(40%)"]);
    mended("score a = p ?? 40", "FW0320", &["score a = p ?? 40%"]);
    mended(
        "score a = if p > q then p else 40",
        "FW0320",
        &["score a = if p > q then p else 40%"],
    );
    mended(
        "score a : percent = if p > q then 20 else 40",
        "FW0320",
        &["score a : percent = if p > q then 20% else 40%"],
    );
    mended(
        "param a : percent in 0..100 = 40\nsignal b = p >= a",
        "FW0320",
        &["param a : percent in 0..100 = 40%\nsignal b = p >= a"],
    );
    mended(
        "level l : k from p { low in 0..<40, high in 40..100 }",
        "FW0320",
        &["level l : k from p { low in 0..<40%, high in 40%..100% }"],
    );
    mended(
        "table t : k by p { >= 40 then high, otherwise then low }",
        "FW0320",
        &["table t : k by p { >= 40% then high, otherwise then low }"],
    );
    mended(
        "signal a = crosses(p, above: 40)",
        "FW0320",
        &["signal a = crosses(p, above: 40%)"],
    );
    mended(
        "test \"t\" { given p = 40 expect p is 40% }",
        "FW0320",
        &["test \"t\" { given p = 40% expect p is 40% }"],
    );
    mended(
        "test \"t\" { given p = 40% expect p is 40 }",
        "FW0320",
        &["test \"t\" { given p = 40% expect p is 40% }"],
    );
}

#[test]
fn by_hundred() {
    mended("score a = p / 100", "FW0321", &["score a = p / 100%"]);
    mended(
        "score a = p * 100",
        "FW0321",
        &["score a = p * 100%", "score a = p / 1%"],
    );
    mended(
        "score a = 100 * p",
        "FW0321",
        &["score a = 100% * p", "score a = p / 1%"],
    );
    mended(
        "score a = people_here * p / 100",
        "FW0321",
        &["score a = people_here * p / 100%"],
    );
    mended(
        "score a = s * (1 - p / 100)",
        "FW0321",
        &["score a = s * (100% - p)", "score a = s * (1 - p / 100%)"],
    );
}

#[test]
fn shares_zero_ranges_and_signs_are_no_slips() {
    for rules in [
        "signal a = p >= s",
        "signal a = p > 0",
        "score a = 100% - p",
        "score a = 1 - s",
        "score a = s + p",
        "score a = s - 40%",
        "score a = p / q * 100",
        "score a = p * 1%",
        "score a = p * 2",
        "param half : number = 0.5\nsignal a = p >= half",
        "indicator r : percent in 0..50\nscore a = r",
        "score a = min(p, 0)",
        "score a = reverse(p)",
        "test \"t\" { given p = 0 expect p is 0 within 1% }",
    ] {
        assert_eq!(codes(&told(rules)), [""; 0], "{rules}");
    }
}

#[test]
fn a_param_on_the_command_line_needs_its_sign() {
    let set = |value: &str| {
        let rules = "param least : percent in 0..100 = 40%\nsignal b = p >= least\n";
        compile(&Example {
            settings: vec![("least".to_owned(), value.to_owned())],
            ..Example::of(&format!("{HEAD}{rules}"))
        })
    };
    let found = set("35");
    assert_eq!(codes(&found), ["FW0320"]);
    assert!(
        found[0].help[0].text.contains("`--set least=35%`"),
        "{found:#?}"
    );
    assert!(
        found[0].help[0].text.contains("0.35 of a share"),
        "{found:#?}"
    );
    let texts: Vec<String> = set("0.35")[0]
        .help
        .iter()
        .map(|help| help.text.clone())
        .collect();
    assert!(texts[0].contains("`--set least=35%`") && texts[1].contains("`--set least=0.35%`"));
    assert_eq!(codes(&set("35%")), [""; 0]);
}

#[test]
fn a_share_that_was_made_a_percentage_by_hand_is_told_where_it_meets_one() {
    for (rules, help) in [
        (
            "score x : percent = s * 100",
            "score x : percent = s * 100%",
        ),
        (
            "score x : percent = 100 * s",
            "score x : percent = 100% * s",
        ),
        (
            "score x : percent = (s + s) / 0.01",
            "score x : percent = (s + s)",
        ),
        (
            "score x : percent = 100 - s * 100",
            "score x : percent = 100% - s * 100%",
        ),
        ("signal b = p > s * 100", "signal b = p > s * 100%"),
        ("signal b = 100 * s is p", "signal b = 100% * s is p"),
        ("score x = mean(p, s * 100)", "score x = mean(p, s * 100%)"),
        ("score x = p + s * 100", "score x = p + s * 100%"),
        ("score x = mine(s * 100)", "score x = mine(s * 100%)"),
        (
            "score x = twice(p, s * 100)",
            "score x = twice(p, s * 100%)",
        ),
        ("score x = p ?? s * 100", "score x = p ?? s * 100%"),
        (
            "score x = if s > 0.5 then p else s * 100",
            "score x = if s > 0.5 then p else s * 100%",
        ),
        (
            "score x : percent = if s > 0.5 then s * 100 else s",
            "score x : percent = if s > 0.5 then s * 100% else s",
        ),
    ] {
        mended(rules, "FW0321", &[help]);
    }
    // Neither meets a percentage, nor is made one.
    for rules in [
        "score x = s * 100",
        "signal b = s * 100 > 40",
        "signal b = p > s * 10",
        "score x : percent = s",
    ] {
        assert_eq!(codes(&told(rules)), [""; 0], "{rules}");
    }
}

#[test]
fn a_hundredth_of_a_percentage_is_a_percentage_by_hand_too() {
    mended("score x = p * 0.01", "FW0321", &["score x = p / 100%"]);
    mended("score x = p / 0.01", "FW0321", &["score x = p / 1%"]);
    assert_eq!(codes(&told("score x = p * 1%")), [""; 0]);
}

#[test]
fn a_param_or_step_without_a_sign_meets_no_percentage() {
    // Both readings of 35 are the same; the third is that of whoever wrote a share.
    mended(
        "param most = 35\nsignal a = p >= most",
        "FW0320",
        &["param most = 35%\nsignal a = p >= most"],
    );
    mended(
        "param most \"Most\" = 0.35\nsignal a = most < p",
        "FW0320",
        &[
            "param most \"Most\" = 35%\nsignal a = most < p",
            "param most \"Most\" = 0.35%\nsignal a = most < p",
            "param most \"Most\" : number = 0.35\nsignal a = most < p",
        ],
    );
    mended(
        "let most = 35\nsignal a = p in most..q",
        "FW0320",
        &["let most = 35%\nsignal a = p in most..q"],
    );
    mended(
        "param most = 35 until 2020, = 40 from 2021\nscore x = max(p, most)",
        "FW0320",
        &["param most = 35% until 2020, = 40% from 2021\nscore x = max(p, most)"],
    );
    // One slip, however often it is met.
    let found = told(
        "param most = 35\nsignal a = p >= most\nscore x = p - most\nlevel l : k from p { low in 0%..<most, high in most.. }",
    );
    assert_eq!(codes(&found), ["FW0320"], "{found:#?}");
    assert!(
        found[0].title.contains("`35` has no percent sign"),
        "{}",
        found[0].title
    );
    // What says its unit is compared as it is, and so is zero.
    for rules in [
        "param most : number = 0.35\nsignal a = p >= most",
        "param most : percent = 35%\nsignal a = p >= most",
        "param none = 0\nsignal a = p > none",
        "param twice = 2\nscore x = p * twice",
        "param most = 0.35\nsignal a = s >= most",
    ] {
        let found = told(rules);
        assert!(
            found.iter().all(|one| one.severity != Severity::Error),
            "{rules}: {found:#?}"
        );
    }
}

#[test]
fn names_and_functions_hide_nothing() {
    let cases = [
        ("param whole = 100\nscore a = 1 - p / whole", "FW0321"),
        ("let whole = 100\nscore a = p * whole", "FW0321"),
        ("param part = 0.01\nscore a = p * part", "FW0321"),
        ("param whole = 100\nscore a = whole - p", "FW0320"),
        ("let one = 1\nscore a = one - p", "FW0320"),
        ("score a : percent = round(100 * share(s), 1)", "FW0321"),
        ("score a : percent = mean(100 * s, 3)", "FW0321"),
        ("score a : percent = mean(s * 100, over: 3 years)", "FW0321"),
        ("let c = 100 * s\nscore a : percent = c", "FW0321"),
        ("score c = round(s * 100, 0)\nsignal a = p >= c", "FW0321"),
        ("score c = s * 100\nscore a = max(p, c)", "FW0321"),
        (
            "param whole = 100\nscore c = s * whole\nscore a = p - c",
            "FW0321",
        ),
        (
            "fn hundred(x: number) -> number = x * 100\nscore a : percent = hundred(s)",
            "FW0321",
        ),
        (
            "fn left(x: number) -> number = 1 - x / 100\nscore a = left(p)",
            "FW0321",
        ),
        (
            "fn left(x: number) -> number = 100 - x\nfn more(x: number) -> number = left(x) * 2\n\
             score a = more(p)",
            "FW0321",
        ),
        (
            "param most = 40\nfn over(x: number) -> number = if x >= most then 1 else 0\n\
             score a = over(p)",
            "FW0321",
        ),
        ("param h = 40\nparam k = h\nsignal a = p >= k", "FW0320"),
        ("score c = 40\nsignal a = p >= c", "FW0320"),
        (
            "score a = 0.5 * lag(a, 1 year, first: 50, gap: last) + p",
            "FW0320",
        ),
        (
            "score a = piecewise s { 0..0.5 to 0..40, 0.5..1 to 40..100 }\nscore b : percent = a",
            "FW0320",
        ),
    ];
    for (rules, code) in cases {
        let found = told(rules);
        let errors = found
            .iter()
            .filter(|one| one.severity == Severity::Error)
            .cloned()
            .collect::<Vec<_>>();
        assert_eq!(codes(&errors), [code], "{rules}: {found:#?}");
    }
    mended(
        "fn left(x: number) -> number = 1 - x / 100\nscore a = left(p)",
        "FW0321",
        &[
            "fn left(x: number) -> number = 1 - x / 100\nscore a = left(p / 1%)",
            "fn left(x: number) -> number = 1 - x / 100\nscore a = left(p / 100%)",
        ],
    );
}

#[test]
fn what_is_no_percentage_by_hand_is_left_alone() {
    let fine = [
        "param whole = 100\nscore a = s / whole",
        "param weight : number = 100\nscore a = p * weight",
        "fn over(x: number) -> number = if x >= 0.4 then 1 else 0\nscore a = over(p)",
        "fn left(x: number) -> number = 1 - x / 100\nscore a = left(p / 1%)",
        "score c = s * 100\nsignal a = c >= 40",
        "score c : number = s * 100\nsignal a = c >= 40",
        "score a = p + piecewise s { 0..0.5 to 0..0.4, 0.5..1 to 0.4..1 }",
        "score a : percent = round(s, 3)",
        "score a : percent = rank(s) / 10",
    ];
    for rules in fine {
        let found = told(rules);
        let errors = found.iter().filter(|one| one.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{rules}: {found:#?}");
    }
}

const LIKE: &str = "score part : percent = people_here / people_here\n";

#[test]
fn a_number_without_a_sign_beside_a_part_of_a_whole_is_told_with_both_readings() {
    let with = |rule: &str| format!("{LIKE}{rule}");
    mended(
        &with("signal t = people_here / people_here > 5"),
        "FW0331",
        &[
            &with("signal t = people_here / people_here > 5%"),
            &with("signal t = people_here / people_here > 500%"),
        ],
    );
    mended(
        &with("param many = 35\nlet own = people_here / people_here\nsignal t = own >= many"),
        "FW0331",
        &[
            &with("param many = 35%\nlet own = people_here / people_here\nsignal t = own >= many"),
            &with(
                "param many = 3500%\nlet own = people_here / people_here\nsignal t = own >= many",
            ),
        ],
    );
}

#[test]
fn factors_of_growth_and_plain_numbers_stay_without_a_sign() {
    for rule in [
        // Nothing else takes such a quotient for a percentage.
        "signal t = people_here / people_here > 5",
        "score part : percent = people_here / people_here\n\
         signal t = people_here / lag(people_here, 1 year) > 5",
        "score part : percent = people_here / people_here\n\
         param times : number = 5\nsignal t = people_here / people_here > times",
        "score part : percent = people_here / people_here\nsignal t = people_here / people_here > 1.2",
    ] {
        assert_eq!(codes(&told(rule)), [""; 0], "{rule}");
    }
}

#[test]
fn where_a_percentage_reaches_beyond_the_whole_both_readings_are_offered() {
    let rain = "indicator rain \"Rain\" : percent in 0..500\n";
    mended(
        &format!("{rain}signal wet = rain >= 1.5"),
        "FW0320",
        &[
            &format!("{rain}signal wet = rain >= 1.5%"),
            &format!("{rain}signal wet = rain >= 150%"),
        ],
    );
}

#[test]
fn a_percentage_that_ends_at_one_percent_says_so_with_a_sign() {
    let rest = "score r = rate";
    let of = |ty: &str| format!("indicator rate \"Rate\" : {ty}\n{rest}");
    mended(
        &of("percent in 0..1"),
        "FW0330",
        &[
            &of("percent in 0..100"),
            &of("number in 0..1"),
            &of("percent in 0..1%"),
        ],
    );
    assert_eq!(codes(&told(&of("percent in 0..1%"))), [""; 0]);
}
