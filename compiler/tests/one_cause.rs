//! One slip is one message: what follows from it is not told, and its help holds.

use crate::pages;

use forewarn_diagnostics::Diagnostic;
use pages::{Example, compile};

const HEAD: &str = "\
framework demo \"Demo\" version \"1\"
panel country by month
unit deaths
indicator killed \"Killed\" : deaths in 0..
indicator part \"Part\" : percent in 0..100
indicator level_of \"Level\" : number in 1..7
indicator share_of \"Share\" : number in 0..1
indicator armed \"Armed\" : truth
indicator region \"Region\" : category { north, south }
scale k { low < middle < high }
score base = killed / 1 deaths + part + level_of + share_of
signal based = armed and region is north
level grade : k from share_of { low in 0..<0.2, middle in 0.2..<0.5, high in 0.5..1 }
";

fn told(rules: &str) -> Vec<Diagnostic> {
    compile(&Example::of(&format!("{HEAD}{rules}\n")))
}

/// The only message: its code, its title, and what its helps say.
#[track_caller]
fn once(rules: &str) -> (&'static str, String, Vec<String>) {
    let found = told(rules);
    let [one] = found.as_slice() else {
        panic!("{rules}: {found:#?}");
    };
    let helps = one.help.iter().map(|help| help.text.clone()).collect();
    (one.code.0, one.title.clone(), helps)
}

/// The edits of the first help that has some leave nothing to tell.
#[track_caller]
fn mends(rules: &str, code: &str, becomes: &str) {
    let found = told(rules);
    let [one] = found.as_slice() else {
        panic!("{rules}: {found:#?}");
    };
    assert_eq!(one.code.0, code, "{rules}");
    let help = one.help.iter().find(|help| !help.edits.is_empty());
    let help = help.unwrap_or_else(|| panic!("{rules}: no edit in {found:#?}"));
    let mut text = format!("{HEAD}{rules}\n");
    let mut edits = help.edits.clone();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, new) in edits {
        text.replace_range(span.start as usize..span.end as usize, &new);
    }
    let left = compile(&Example::of(&text));
    assert!(left.is_empty(), "{text}\n{left:#?}");
    assert!(text.contains(becomes), "{text}");
}

#[test]
fn a_wrong_number_of_arguments_shows_how_the_call_is_written() {
    let cases = [
        (
            "score s = lag(killed)",
            "`lag` takes 2 arguments without a name, not 1",
            "write `lag(killed, 1 month)`; behind it may stand `first: …` and `gap: last`",
        ),
        (
            "score s = rank(killed, 3)",
            "`rank` takes 1 argument without a name, not 2",
            "write `rank(killed)`; behind it may stand `first: lowest`, `ties: dense` and `among: …`",
        ),
        (
            "score s = round(share_of)",
            "`round` takes 2 arguments, not 1",
            "write `round(share_of, 0)`",
        ),
        (
            "score s = mean()",
            "`mean` takes one argument or more, and none is given",
            "write `mean(a, b)`",
        ),
        (
            "score s = rescale(share_of, from: 1)",
            "`rescale` takes 3 arguments, not 2",
            "write `rescale(share_of, from: 1, to: …)`",
        ),
        (
            "score s = clamp(share_of, 0, 1, 2)",
            "`clamp` takes 3 arguments, not 4",
            "write `clamp(x, low, high)`",
        ),
        (
            "score s = mean(share_of, level_of, over: 3 months)",
            "`mean` takes 1 argument without a name, not 2",
            "write `mean(share_of, over: 3 months)`; behind it may stand `require: 2 months`",
        ),
        (
            "score s = piecewise(share_of)",
            "`piecewise` is no call: it takes breakpoints between `{` and `}`",
            "write `piecewise x { 0..50 to 0..12, 50..100 to 12..35.4 }`",
        ),
    ];
    for (rules, title, help) in cases {
        assert_eq!(
            once(rules),
            ("FW0111", title.to_owned(), vec![help.to_owned()])
        );
    }
}

#[test]
fn an_argument_that_lacks_its_name_gets_the_one_that_fits() {
    mends(
        "score s = rank(killed, region)",
        "FW0701",
        "rank(killed, among: region)",
    );
    mends(
        "score s = rank(killed, lowest)",
        "FW0701",
        "rank(killed, first: lowest)",
    );
    mends(
        "signal s = sustained(armed, 3)",
        "FW0701",
        "sustained(armed, for: 3 months)",
    );
}

#[test]
fn a_param_without_its_percent_sign_is_mended_where_it_is_declared() {
    mends(
        "param limit : number = 35\nsignal s = part >= limit\nsignal t = part > limit and armed",
        "FW0421",
        "param limit : number = 35%",
    );
    mends(
        "param limit = 60\nsignal s = share_of >= limit\nsignal t = share_of > limit and armed",
        "FW0421",
        "param limit = 0.6",
    );
}

#[test]
fn a_member_that_is_no_chance_is_told_under_noisy_or() {
    mends(
        "factor f { combine noisy or  require 1 known  members { level_of weight 0.5, armed } }",
        "FW0627",
        "rescale(level_of, from: 1, to: 7) weight 0.5",
    );
    let (code, title, _) =
        once("factor f { combine noisy or  require 1 known  members { share_of + 2, armed } }");
    assert_eq!(
        (code, title.as_str()),
        (
            "FW0627",
            "`noisy or` takes chances from 0 to 1, and `share_of + 2` lies in 2..3"
        )
    );
    let fine =
        "factor f { combine noisy or  require 1 known  members { level_of weight 0.1, armed } }";
    assert!(told(fine).is_empty(), "{:#?}", told(fine));
}

#[test]
fn a_requirement_says_what_can_be_asked_for_in_its_place() {
    let (code, title, helps) =
        once("score s : number in 0..1 = mean(share_of, 1 - share_of, require: 3 known)");
    assert_eq!(
        (code, title.as_str()),
        ("FW0605", "this rule can never be met: it asks for 3")
    );
    assert_eq!(
        helps,
        ["ask for some values such as `require: 1 known`; without it all are needed"]
    );
    mends(
        "factor f { combine mean  require 50 coverage  members { share_of, armed } }",
        "FW0605",
        "require 50% coverage",
    );
}

#[test]
fn a_percentage_up_to_one_is_told_without_what_follows() {
    let rules = "indicator wet : percent in 0..1\nsignal s = wet >= 60%";
    assert_eq!(once(rules).0, "FW0330");
}

#[test]
fn a_hole_is_rounded_away_only_where_rounding_closes_it() {
    let level = |bands: &str| format!("level l : k from share_of {{ {bands} }}");
    let printed = level("low in 0..0.29, middle in 0.3..0.49, high in 0.5..1");
    let (code, _, helps) = once(&printed);
    assert_eq!(code, "FW0517");
    assert!(
        helps
            .iter()
            .any(|help| help.ends_with("`from round(share_of, 2)`")),
        "{helps:?}"
    );
    let wide = level("low in 0..0.2, middle in 0.3..0.49, high in 0.5..1");
    let (code, _, helps) = once(&wide);
    assert_eq!(code, "FW0517");
    assert!(
        helps.iter().all(|help| !help.contains("round")),
        "{helps:?}"
    );
}

#[test]
fn a_kind_that_is_not_there_is_told_without_the_rows_below_it() {
    let table = "table t : ks by armed { yes then high, no then low, missing then middle }";
    assert_eq!(once(table).0, "FW0107");
}

#[test]
fn durations_of_another_panel_are_one_slip() {
    let rules = HEAD.replace("by month", "by year");
    let rules = format!(
        "{rules}score a = lag(share_of, 3 months)\nscore b = change(share_of, over: 2 months)\n\
         score c = mean(share_of, over: 7 months)\n"
    );
    let found = compile(&Example::of(&rules));
    let [one] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(one.code.0, "FW0733");
    assert_eq!(one.secondary.len(), 3);
    assert_eq!(
        one.help[0].text,
        "if the data have a row for each month, the panel is `by month`"
    );
}

#[test]
fn periods_of_another_kind_are_one_slip_of_a_param() {
    let rules = HEAD.replace("by month", "by week");
    let rules =
        format!("{rules}param p = 0.5 until 2019, = 0.6 from 2020\nsignal s = share_of >= p\n");
    let found = compile(&Example::of(&rules));
    let [one] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(
        (one.code.0, one.title.as_str()),
        ("FW0405", "`2019` is not a week")
    );
}

#[test]
fn a_name_that_is_not_there_is_told_with_those_that_are() {
    let (code, _, helps) = once("level l : grades from share_of { low in 0..1 }");
    assert_eq!(code, "FW0107");
    assert_eq!(helps, ["replace it by `k`"]);
    let (code, _, helps) = once("indicator x : wounded in 0..");
    assert_eq!(code, "FW0107");
    assert!(
        helps[0].starts_with("there are `deaths` and `k`"),
        "{helps:?}"
    );
}

#[test]
fn words_of_the_language_are_names_or_told_once() {
    let uses = |word: &str| {
        format!(
            "indicator {word} \"A\" : number in 0..10\nscore one = {word} + share_of * {word}\n\
             score two = max({word}, share_of) / (1 + {word})\n\
             signal three = {word} >= 5 or share_of < {word}\n\
             score four = if {word} > 3 then {word} else share_of\n\
             factor five {{ combine weighted mean  require 50% coverage  members {{ {word} weight 2, share_of }} }}"
        )
    };
    for word in [
        "when",
        "cooldown",
        "verification",
        "notice",
        "require",
        "decisive",
        "for",
    ] {
        let found = told(&uses(word));
        assert!(found.is_empty(), "{word}: {found:#?}");
    }
    for word in ["if", "not", "and", "or", "in", "is", "then", "else"] {
        let (code, title, helps) = once(&uses(word));
        assert_eq!(code, "FW0006", "{word}");
        assert_eq!(
            title,
            format!("`{word}` is a word of the language and cannot be a name")
        );
        assert_eq!(helps.len(), 1);
        mends(
            &uses(word),
            "FW0006",
            &format!("{word}_ + share_of * {word}_"),
        );
    }
}

#[test]
fn params_and_steps_that_need_themselves_are_told_whoever_reads_them() {
    for rules in [
        "param p = q\nparam q = p\nscore y = q + part",
        "param p = p\nscore y = p * part",
        "param p = p\nscore y = share_of / p",
        "let p = p\nscore y = part + p",
        "let p = q\nlet q = p\nsignal y = part >= p",
        "let p = p * 100\nsignal y = part >= p",
        "param p = p\nscore y = if armed then p else part",
    ] {
        let (code, title, _) = once(rules);
        assert_eq!(code, "FW0102", "{rules}: {title}");
    }
}

#[test]
fn params_named_by_the_next_may_be_as_many_as_one_likes() {
    const MANY: usize = 4_000;
    let chain: String = (1..=MANY)
        .map(|at| format!("param x{at} = x{}\n", at - 1))
        .collect();
    for score in ["score y = x4000 + share_of", "score y = share_of * x4000"] {
        let found = told(&format!("param x0 = 3\n{chain}{score}"));
        assert!(found.is_empty(), "{found:#?}");
    }
    // What they come down to is known through all of them.
    let found = told(&format!("param x0 = 40\n{chain}signal y = part >= x4000"));
    assert!(!found.is_empty());
    // Each is looked into once, however many ways lead there.
    let ways: String = (1..=60)
        .map(|at| format!("param x{at} = x{0} until 2014, = x{0} from 2015\n", at - 1))
        .collect();
    let found = told(&format!("param x0 = 3\n{ways}score y = share_of * x60"));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_yes_or_no_beside_1_or_0_stands_alone() {
    mends(
        "signal s = armed >= 1 and region is north",
        "FW0203",
        "= armed and",
    );
    mends("signal s = armed > 0", "FW0203", "= armed\n");
    mends("signal s = armed < 1", "FW0203", "= not armed\n");
    mends("signal s = armed <= 0", "FW0203", "= not armed\n");
    // What always holds, or never, is another slip.
    for rules in ["signal s = armed >= 0", "signal s = armed > 1"] {
        let found = told(rules);
        let edits = found.iter().flat_map(|one| &one.help);
        assert!(
            edits.into_iter().all(|help| help.edits.is_empty()),
            "{found:#?}"
        );
    }
}

#[test]
fn a_level_without_its_last_clause_gets_it_as_the_others_are_written() {
    let clauses = "level l : k {\n  high   when share_of >= 0.5,\n  middle when armed";
    for (end, becomes) in [
        (",\n}", "armed,\n  low otherwise,\n}"),
        ("\n}", "armed,\n  low otherwise,\n}"),
    ] {
        mends(&format!("{clauses}{end}"), "FW0502", becomes);
    }
    mends(
        "level l : k { high when share_of >= 0.5, middle when armed }",
        "FW0502",
        "middle when armed, low otherwise }",
    );
    // Behind a comment nothing is put.
    let found = told(&format!("{clauses} // as in 2020\n}}"));
    assert!(
        found
            .iter()
            .all(|one| one.help.iter().all(|help| help.edits.is_empty()))
    );
}

#[test]
fn clauses_in_the_wrong_order_change_places() {
    mends(
        "level l : k {\n  middle when armed,\n  high when share_of >= 0.5,\n  low otherwise,\n}",
        "FW0504",
        "  high when share_of >= 0.5,\n  middle when armed,\n  low otherwise,\n",
    );
}

#[test]
fn days_in_a_panel_of_months_are_as_many_months() {
    mends(
        "signal s = sustained(armed, for: 180 days)",
        "FW0732",
        "for: 6 months",
    );
}

#[test]
fn what_speaks_of_all_factors_waits_for_one_that_is_wrong() {
    let rules = "factor f { combine mean members { share_of } }\n\
                 factor g { combine mean members { share_of, region } }\n\
                 level l : k {\n  high when count(factors >= 0.6) >= 2,\n  middle when any(factors >= 0.4),\n  \
                 low otherwise,\n}";
    assert_eq!(once(rules).0, "FW0609");
}

#[test]
fn a_percentage_out_of_range_is_told_in_percent() {
    let (code, title, _) = once("indicator small : percent in 0..5\nsignal s = small >= 40%");
    assert_eq!(code, "FW0421");
    assert!(title.ends_with("`small` lies in 0%..5%"), "{title}");
}

#[test]
fn a_number_among_conditions_is_to_be_compared() {
    let (code, _, helps) = once("signal s = at least 2 of (armed, region is north, share_of)");
    assert_eq!(code, "FW0206");
    assert_eq!(
        helps,
        ["compare the number, which makes a yes or no of it: `… >= …`"]
    );
}

#[test]
fn what_rests_on_its_own_past_is_not_said_to_leave_its_range() {
    let rules = "indicator rain : number in 0..\n\
                 score water : number in 0..150 = min(0.9 * lag(water, 1 month, first: 15, gap: last) + rain, 150)";
    let found = told(rules);
    assert!(found.is_empty(), "{found:#?}");
    // What leaves it by what is written is.
    let found = told(&rules.replace("rain, 150)", "rain, 160)"));
    assert_eq!(
        found.first().map(|one| one.code.0),
        Some("FW0406"),
        "{found:#?}"
    );
}

#[test]
fn yes_and_no_that_are_added_up_are_counted() {
    mends(
        "signal one = armed\nsignal two = region is south\nscore signs = armed + one + two",
        "FW0202",
        "score signs = count(armed, one, two)",
    );
}

#[test]
fn two_durations_without_their_units_are_one_slip() {
    mends(
        "score s = sum(killed, over: 12, require: 9)",
        "FW0731",
        "over: 12 months, require: 9 months",
    );
}

#[test]
fn what_lies_between_two_numbers_of_periods_is_a_choice() {
    let found = told("signal s = sustained(armed, for: 45 days)");
    let helps: Vec<&str> = found
        .iter()
        .flat_map(|one| &one.help)
        .map(|help| help.text.as_str())
        .collect();
    assert_eq!(
        helps,
        [
            "write it in months: `1 month`",
            "write it in months: `2 months`"
        ]
    );
}

#[test]
fn which_way_a_threshold_is_crossed_is_a_choice() {
    let (code, title, helps) = once("signal s = crosses(killed, 500 deaths)");
    assert_eq!(code, "FW0701");
    assert_eq!(title, "`crosses` needs `above:` or `below:`");
    assert_eq!(
        helps,
        [
            "where it rises to that, write `above: 500 deaths`",
            "where it falls to that, write `below: 500 deaths`",
        ]
    );
}

#[test]
fn a_threshold_that_is_shown_lies_in_the_range() {
    let (_, _, helps) = once("signal s = level_of");
    assert_eq!(
        helps,
        [
            "compare it with a threshold, such as `level_of >= 4`; a number itself is declared as a `score`"
        ]
    );
    let (_, _, helps) = once("signal s = sustained(share_of, for: 2 months)");
    assert_eq!(
        helps,
        ["compare it with a threshold, such as `share_of >= 0.5`"]
    );
}

#[test]
fn a_range_that_a_formula_has_is_not_said_to_be_declared() {
    let rules = "score signs = count(armed, region is north)\nsignal s = signs >= 3";
    let found = told(rules);
    let marks: Vec<&str> = found
        .iter()
        .flat_map(|one| &one.secondary)
        .map(|label| label.text.as_str())
        .collect();
    assert_eq!(marks, ["what is worked out here lies in that range"]);
    assert_eq!(
        found[0].help[0].text,
        "correct the threshold or the formula"
    );
}

#[test]
fn a_percentage_among_plain_members_is_brought_to_its_share() {
    mends(
        "factor f { combine mean members { share_of, part } }",
        "FW0602",
        "{ share_of, part / 100% }",
    );
    mends(
        "factor f { combine mean members { share_of, 100% - part } }",
        "FW0602",
        "{ share_of, (100% - part) / 100% }",
    );
}

#[test]
fn a_beginning_of_the_past_has_the_unit_of_what_it_stands_beside() {
    mends(
        "score water = 0.9 * lag(water, 1 month, first: 20) + killed",
        "FW0302",
        "first: 20 deaths)",
    );
    let (_, _, helps) = once("score water : deaths = 0.9 * lag(water, 1 month) + killed");
    assert_eq!(
        helps,
        ["state with what it begins: `lag(water, 1 month, first: 0 deaths)`"]
    );
}

#[test]
fn a_test_that_forgets_how_long_it_is_is_told_once() {
    mends(
        "signal s = killed >= 10 deaths\n\
         test \"three months\" {\n  given killed = [1 deaths x 2, 20 deaths]\n  expect s is yes at month 3\n}",
        "FW1004",
        "test \"three months\" over 3 months {",
    );
    mends(
        "signal s = killed >= 10 deaths\n\
         test \"two\" {\n  given killed = 20 deaths\n  expect s is yes at month 2\n}",
        "FW1005",
        "test \"two\" over 2 months {",
    );
}

#[test]
fn an_alert_that_is_never_raised_is_told_once() {
    let (code, _, _) = once(
        "alert a {\n  raise when grade > high\n  escalate when grade is high\n  clear when grade is low\n}",
    );
    assert_eq!(code, "FW0421");
}

#[test]
fn units_of_one_measure_are_worked_out() {
    mends(
        "unit mm\nunit cm\nindicator rain : mm in 0..\nindicator snow : cm in 0..\n\
         param soaked : mm = 8 cm\nsignal wet = rain >= soaked or snow >= 1 cm",
        "FW0305",
        ": mm = 80 mm",
    );
}

#[test]
fn a_declassification_without_its_reason_is_told_alone() {
    let (code, _, helps) = once(
        "source field { classification confidential }\n\
         indicator seen : number in 0..1 from field\n\
         score open = seen\ndeclassify open to restricted\n\
         score further = open + 1\n  classification restricted",
    );
    assert_eq!(code, "FW0722");
    assert_eq!(
        helps,
        ["add the reason: `declassify open to restricted because \"…\"`"]
    );
}
