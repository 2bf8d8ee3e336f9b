//! Why a value is open, and what stands in the place of one, is told as it is: what nobody was asked, what lies between
//! two numbers, what never was, which period has no row, which peers do not say, which observation was carried.

use crate::place;
use crate::said::{never, says};

use place::Place;

fn put(rules: &str, data: &str) -> Place {
    let place = Place::new("");
    place.write(
        "r.risk",
        format!("framework demo \"Demo\" version \"1\"\n{rules}"),
    );
    place.write("d.csv", data);
    place
}

fn ran(place: &Place, words: &[&str]) -> String {
    let ended = place.run(words);
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What `forewarn explain` prints in full, on one line.
fn told(rules: &str, data: &str, args: &[&str]) -> String {
    let place = put(rules, data);
    let words = ["explain", "r.risk", "--data", "d.csv", "--full"];
    ran(&place, &[&words[..], args].concat())
}

#[test]
fn what_does_not_apply_is_not_counted_as_unknown() {
    let rules = "panel place by month\nindicator coast \"Coast\" : truth\n\
                 indicator theft \"Theft at sea\" : truth applies when coast\nindicator raid \"Raid\" : truth\n\
                 indicator coup \"Coup\" : truth\nsignal s \"All\" = all(theft, raid, coup)\n\
                 score k \"Known\" = known_count(theft, raid, coup)\n";
    let data = "place,month,coast,theft,raid,coup\nQUM,2031-01,no,yes,yes,\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &[
            "✓ 1 yes: Raid (raid)",
            "? 1 unknown: Coup (coup)",
            "1 not applicable: Theft at sea (theft)",
            "1 known: Raid (raid)",
            "1 missing: Coup (coup)",
        ],
    );
    never(&text, &["2 unknown", "2 missing"]);
}

#[test]
fn a_score_between_two_numbers_is_not_missing() {
    let rules = "panel place by month\nunit deaths\nindicator a \"A\" : truth\nindicator b \"B\" : assessment\n\
                 indicator p \"P\" : percent in 0..100\n\
                 factor f \"F\" { combine mean evidence bounds members { a, b } }\nscore n \"N\" = count(a, b >= emerging)\n\
                 scale s { low < mid < high }\n\
                 level of_f \"Of f\" : s from f { low in 0..<0.4, mid in 0.4..<0.75, high in 0.75..1 }\n\
                 level of_n \"Of n\" : s from n { low in 0..0, mid in 1..1, high in 2..2 }\n\
                 level of_p \"Of p\" : s from p { low in 0%..<5%, mid in 5%..<15%, high in 15%..100% }\n";
    let data = "place,month,a,b,p\nQUM,2031-01,yes,,12\nRIS,2031-01,,,\n";
    let text = told(rules, data, &["--entity", "QUM", "of_f", "of_n", "of_p"]);
    says(
        &text,
        &[
            "the score lies between 0.5 and 1",
            "the score lies between 1 and 2",
            "12 %, its band begins at 5 %, high begins at 15 % (3 % to go)",
        ],
    );
    never(&text, &["the score is missing"]);
    let text = told(rules, data, &["--entity", "RIS", "of_p"]);
    says(&text, &["the score is missing"]);
}

#[test]
fn a_list_that_a_function_was_given_is_not_told_as_missing() {
    let rules = "panel place by month\nindicator a \"A\" : number in 0..10\nindicator b \"B\" : number in 0..10\n\
                 fn own(xs: list of number, weights: list of number) -> number = sum(xs * weights) / sum(weights)\n\
                 score s \"S\" = own(a weight 2, b)\n";
    let data = "place,month,a,b\nQUM,2031-01,6,3\nRIS,2031-01,,3\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &["inside `own`: sum(xs * weights) / sum(weights): 5"],
    );
    never(&text, &["xs: –", "weights: –"]);
    let text = told(rules, data, &["--entity", "RIS"]);
    says(&text, &["own(a weight 2, b) (missing: rests on `a`)"]);
    never(&text, &["rests on `xs`", "`weights`", "the rules say so"]);
}

#[test]
fn an_event_that_never_was_is_told_as_that() {
    let rules = "panel place by month\nindicator truce \"Truce\" : truth\nscore ago \"Ago\" = since(truce)\n\
                 signal recent \"Recent\" = ago <= 2 months\n";
    let data = "place,month,truce\nQUM,2031-01,no\nQUM,2031-02,no\nRIS,2031-01,yes\nRIS,2031-02,\nRIS,2031-03,no\n";
    let text = told(rules, data, &["--entity", "QUM", "recent"]);
    says(
        &text,
        &[
            "(missing: `truce` was never yes in the data)",
            "no indicator is missing in this period: `truce` was never yes in the data",
        ],
    );
    never(&text, &["rests on `truce`"]);
    let text = told(rules, data, &["--entity", "RIS", "ago"]);
    says(&text, &["`truce` is unknown in 2031-02"]);
}

#[test]
fn an_earlier_period_of_which_nothing_is_known_is_named() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..\nindicator m \"M\" : number in 1..12\n\
                 score was \"Was\" = lag(x, 1 month)\nscore rise \"Rise\" = change(x, over: 2 months)\n\
                 score named \"Named\" = at(x, year: 2031, month: m)\n";
    let data =
        "place,month,x,m\nQUM,2031-01,5,1\nQUM,2031-03,7,2.5\nQUM,2031-04,,\nQUM,2031-05,9,4\n";
    let text = told(rules, data, &["--entity", "QUM", "--period", "2031-03"]);
    says(
        &text,
        &[
            "lag(x, 1 month) (of 2031-02) (missing: no row of 2031-02 so far)",
            "(missing: `2031` 2031 and `m` 2.5 name no period)",
        ],
    );
    never(&text, &["rests on `x`", "rests on `2031`"]);
    let text = told(rules, data, &["--entity", "QUM", "--period", "2031-04"]);
    says(
        &text,
        &["Named (named): – = at(x, year: 2031, month: m) (missing: rests on `m`)"],
    );
    let text = told(rules, data, &["--entity", "QUM", "--period", "2031-05"]);
    says(
        &text,
        &[
            "lag(x, 1 month) (of 2031-04) (missing: unknown in 1 period)",
            "(of 2031-04) (missing: unknown in 1 period)",
        ],
    );
    never(&text, &["rests on `x`"]);
}

#[test]
fn a_constant_without_a_value_is_what_is_missing() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..\n\
                 param limit \"Limit\" = 40 until \"2031-02\"\nsignal s \"S\" = x >= limit\n";
    let data = "place,month,x\nQUM,2031-02,50\nQUM,2031-03,50\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &[
            "(unknown: rests on `limit`)",
            "[Limit (limit) has no value in this period]",
        ],
    );
    never(&text, &["the rules say so"]);
}

#[test]
fn peers_that_do_not_say_leave_a_count_open() {
    let rules = "panel place by year\nindicator zone \"Zone\" : category { coast, hill }\n\
                 indicator x \"X\" : number in 0..\nscore poor \"Poor\" = count(x < 10, among: zone)\n";
    let data =
        "place,year,zone,x\nQUM,2031,coast,4\nRIS,2031,coast,\nSOL,2031,coast,20\nTAM,2031,hill,\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &["(undetermined: nothing is known of 1 peer)", "✓ x 4 < 10"],
    );
    never(&text, &["rests on `x < 10`"]);
}

#[test]
fn what_has_no_result_leaves_a_truth_unknown() {
    let rules = "panel place by year\nindicator x \"X\" : number in 0..\nindicator n \"N\" : number in 0..\n\
                 signal s \"S\" = x > 10 or x / n > 2\n";
    let data = "place,year,x,n\nQUM,2031,4,0\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &[
            "(unknown: `x / n` in `s` has no result here)",
            "no indicator is missing in this period: what is missing has no result",
        ],
    );
    never(&text, &["peers"]);
}

#[test]
fn outside_of_any_spell_nothing_is_said_to_lie_in_one() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..\nsignal wet \"Wet\" = x >= 50\n\
                 signal big \"Big\" = max(x, within: wet) >= 80 hindsight\n";
    let data = "place,month,x\nQUM,2031-01,10\nQUM,2031-02,60\nQUM,2031-03,20\n";
    let text = told(rules, data, &["--entity", "QUM", "big"]);
    says(
        &text,
        &["no indicator is missing in this period: it lies in no spell of `wet`"],
    );
}

#[test]
fn a_carried_observation_keeps_its_own_verification() {
    let rules = "panel place by month\n\
                 indicator kill \"Killings\" : number in 0..1_000 polarity harmful verification column \"kill_v\" carry forward at most 2 months\n\
                 signal high \"High\" = verified(kill >= 100, unverified as: unknown)\nsignal was \"Was\" = kill.verified\n";
    let data = "place,month,kill,kill_v\nQUM,2031-01,150,yes\nQUM,2031-02,,no\nRIS,2031-01,200,no\nRIS,2031-02,,yes\n";
    // A new observation would be what its own row says: not verified.
    let text = told(rules, data, &["--entity", "QUM", "high", "was"]);
    says(&text, &["High (high): yes"]);
    never(&text, &["makes it no", "(kill.verified)"]);
    let changed = data.replace("2031-02,,no", "2031-02,50,no");
    let place = put(rules, &changed);
    let run = [
        "run",
        "r.risk",
        "--data",
        "d.csv",
        "--to",
        "csv",
        "--entity",
        "QUM",
        "--columns",
        "high",
    ];
    assert!(ran(&place, &run).contains("QUM,2031-02,unknown"));
    // What is not verified is the observation of January, whatever February says.
    let text = told(rules, data, &["--entity", "RIS", "high"]);
    says(&text, &["`kill` of RIS in 2031-01 by column `kill_v`"]);
    never(
        &text,
        &[
            "Killings (kill.verified) at yes",
            "Killings (kill.verified) yes",
        ],
    );
}

#[test]
fn what_was_made_of_nothing_said_is_told_as_made() {
    let rules = "panel place by month\n\
                 indicator dead \"Dead\" : number in 0.. missing means 0 because \"the list is complete\"\n\
                 score twice \"Twice\" = 2 * dead\n";
    let data = "place,month,dead\nQUM,2031-01,0\nQUM,2031-02,\nQUM,2031-03,3\n";
    let of = |month: &str| {
        told(
            rules,
            data,
            &["--entity", "QUM", "--period", month, "twice"],
        )
    };
    says(
        &of("2031-02"),
        &["Dead (dead) 0 (absent in the data, which means that)"],
    );
    never(&of("2031-01"), &["absent", "means"]);
    never(&of("2031-03"), &["absent", "means"]);
}

#[test]
fn slopes_in_time_are_not_told_by_the_hundred_thousand() {
    let rules = "panel place by month\nunit deaths\nindicator x \"X\" : deaths in 0..\nscore slope \"Slope\" = trend(x, over: 3 months)\n";
    let data = "place,month,x\nQUM,2031-01,1\nQUM,2031-02,1.0001\nQUM,2031-03,1.0002\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    never(&text, &["100 000"]);
}

#[test]
fn histories_that_are_put_together_make_no_detours() {
    let rules = "panel place by month\nindicator truce \"Truce\" : truth\nindicator x \"X\" : number in 0..\n\
                 score was \"Was\" = at(x, when: truce)\nscore least \"Least\" = min(x, since: truce, require: 1 month)\n";
    let data = "place,month,truce,x\nQUM,2031-01,no,5\nQUM,2031-02,yes,20\nQUM,2031-03,no,12\nQUM,2031-04,no,\n";
    let text = told(
        rules,
        data,
        &["--entity", "QUM", "--period", "2031-03", "was"],
    );
    says(&text, &["since 2031-02: nothing changed it"]);
    let text = told(
        rules,
        data,
        &["--entity", "QUM", "--period", "2031-04", "least"],
    );
    says(&text, &["since 2031-03: nothing changed it"]);
}

#[test]
fn how_many_are_enough_is_told_of_the_period() {
    let rules = "panel place by month\nindicator a \"A\" : truth\nindicator b \"B\" : truth\n\
                 param need \"Need\" = 2 until \"2031-01\", = 1 from \"2031-02\"\n\
                 factor k \"K\" { combine at least need require 1 known members { a, b } }\n";
    let data = "place,month,a,b\nQUM,2031-01,yes,no\nQUM,2031-02,yes,no\n";
    let of = |month: &str| told(rules, data, &["--entity", "QUM", "--period", month]);
    says(
        &of("2031-01"),
        &["K (k): 0 = at least need (2 in this period) of 2 members"],
    );
    says(
        &of("2031-02"),
        &["K (k): 1 = at least need (1 in this period) of 2 members"],
    );
}

#[test]
fn a_sign_that_decides_is_told_with_what_the_others_come_to() {
    let rules = "panel place by month\nindicator a \"A\" : truth\nindicator b \"B\" : number in 0..1\n\
                 factor f \"F\" { combine weighted mean evidence bounds members { a decisive 0.7, b weight 3 } }\n";
    let data = "place,month,a,b\nQUM,2031-01,yes,0.2\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &[
            "F (f): 0.7",
            "`a` alone makes it at least 0.7; 0.4 without that",
            "+0.25",
            "+0.15",
        ],
    );
}
