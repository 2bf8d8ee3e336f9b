//! What an explanation names is so: clauses, companions, peers, places at which a result changes, digits.

use crate::place;
use crate::said::{never, says, told};

use place::Place;

#[test]
fn all_entities_are_told_by_the_clause_that_put_them_where_they_stand() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..10\n\
                 alert w \"Warning\" { raise when x >= 1 escalate when x >= 5 lower when x <= 1 cooldown 6 months }\n";
    let data = "place,month,x\nA,2024-01,2\nA,2024-02,7\nB,2024-01,2\nB,2024-02,0\n\
                C,2023-11,2\nC,2023-12,0\nC,2024-01,0\nC,2024-02,2\n";
    let text = told(
        rules,
        data,
        &["--state", "none", "--entity", "all", "--period", "2024-02"],
    );
    says(
        &text,
        &[
            "A escalated since 2024-02, escalated in this period, by `escalate when x",
            "B quiet since 2024-02, cleared in this period, by `no longer x >= 1`",
            "C quiet since 2023-12, suppressed in this period, kept back by",
        ],
    );
    never(&text, &["lower when"]);
}

#[test]
fn what_took_a_step_of_its_own_is_no_companion_of_another() {
    let rules = "panel place by year\nindicator a \"A\" : number in 0..10\nindicator b \"B\" : number in 0..10\n\
                 factor f \"F\" { combine sum require 1 known members { a, b } }\nscore s = a + 1\n";
    let data = "place,year,a,b\nX,2019,4,4\nX,2020,,3\nX,2021,,3\n";
    let text = told(rules, data, &["--entity", "X", "--period", "2020", "f"]);
    says(&text, &["-4 by A (a) –, was 4", "-1 by B (b) 3, was 4"]);
    never(&text, &["together with"]);
    // What is missing then and now is as it was.
    let text = told(rules, data, &["--entity", "X", "--period", "2021", "s"]);
    says(&text, &["since 2020: nothing changed it"]);
}

#[test]
fn a_peer_whose_answer_is_unknown_is_not_known() {
    let rules = "panel place, part by year\nindicator hot \"Hot\" : truth\nindicator x \"X\" : number in 0..100\n\
                 scale grade { lo < mid < hi }\nlevel b : grade from x { lo in 0..<30, mid in 30..<60, hi in 60..100 }\n\
                 score ch = count(hot, among: place)\nsignal worst = max(b, among: place) >= mid\n";
    let data = "place,part,year,x,hot\nA,n,2020,10,yes\nA,s,2020,20,\nA,w,2020,,no\n";
    let text = told(rules, data, &["--entity", "A/n", "ch", "worst"]);
    says(
        &text,
        &[
            "(own yes, 2 of `A` known)",
            "(own lo, 2 of `A` known)",
            "what is missing is missing of its peers",
        ],
    );
    never(&text, &["earlier periods"]);
}

#[test]
fn what_is_missing_of_a_whole_spell_may_lie_later() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..10\n\
                 alert al { raise when x >= 5 clear when x <= 1 }\nsignal big = max(x, within: al) >= 8 hindsight\n";
    let data = "place,month,x\nA,2024-01,0\nA,2024-02,6\nA,2024-03,\nA,2024-04,0\n";
    let args = [
        "--state", "none", "--entity", "A", "--period", "2024-02", "big",
    ];
    let text = told(rules, data, &args);
    says(&text, &["lies in other periods of its whole spell"]);
    never(&text, &["earlier periods"]);
}

#[test]
fn the_place_of_a_change_is_as_near_as_it_is() {
    let rules = "panel place by year\nindicator inflation : number in 0..\nindicator s : number in 0..100\n\
                 signal high = inflation >= 50\nsignal both = inflation >= 50 and s >= 50\n";
    let data =
        "place,year,inflation,s\nZ,2008,89700000000000000000000,10\nA,2008,3,10\nB,2008,60,10\n";
    let text = told(rules, data, &["--entity", "A"]);
    says(
        &text,
        &[
            "inflation up to 50 (now 3) makes it yes",
            "inflation up to 50 (now 3) and s up to 50 (now 10)",
        ],
    );
    let text = told(rules, data, &["--entity", "B", "high"]);
    says(&text, &["inflation below 50 (now 60) makes it no"]);
}

#[test]
fn what_holds_inside_of_a_range_alone_is_found() {
    let rules = "panel place by year\nindicator age : number in 0..1000\nindicator t : truth\n\
                 signal in_band = age in 35..<45\nscale grade { lo < mid < hi }\n\
                 level l : grade from middle_worst(age, low: 0, worst: 500, high: 1000) \
                 { lo in 0..<0.3, mid in 0.3..<0.7, hi in 0.7..1 }\nsignal in_percent = age * 100% in 3500%..<4500%\n\
                 signal pair = age in 35..<45 and t\n";
    let data = "place,year,age,t\nA,2020,500,no\nB,2020,,no\n";
    let text = told(rules, data, &["--entity", "B", "in_band", "l"]);
    says(
        &text,
        &["at 0: no, at 35: yes, at 1 000: no", ": hi, at 1 000: lo"],
    );
    let text = told(rules, data, &["--entity", "A", "in_band", "pair"]);
    says(
        &text,
        &[
            "age below 45 (now 500) makes it yes",
            "age below 45 (now 500) and t yes (now no) makes it yes",
        ],
    );
    let text = told(rules, data, &["--entity", "B", "in_percent"]);
    says(&text, &["at 35: yes"]);
}

#[test]
fn values_of_two_units_are_told_apart() {
    let rules = "panel place by month\nindicator s : number in 0..1\nparam cut = 40%\nsignal over = s >= cut\n";
    let data = "place,month,s\nA,2024-02,0.399999998\n";
    let text = told(rules, data, &["--entity", "A"]);
    says(&text, &["(s 0.399999998 >= cut 40 % (0.4))"]);
}

#[test]
fn a_cell_that_was_moved_into_its_range_says_what_stood_there() {
    let rules = "panel place by quarter\nindicator c : number in 0..10 on violation clamp\nscore m = c + 1\n";
    let data = "place,quarter,c\nB,2020-Q1,3\nA,2020-Q2,-2\nA,2020-Q1,11\nA,2020-Q4,10\n";
    let at = |period: &str| {
        told(
            rules,
            data,
            &["--entity", "A", "--period", period, "c", "m"],
        )
    };
    says(
        &at("2020-Q1"),
        &["c: 10 (moved to the end of its range: 11)"],
    );
    says(
        &at("2020-Q2"),
        &["c: 0 (moved to the end of its range: -2)"],
    );
    never(&at("2020-Q4"), &["moved"]);
}

#[test]
fn peers_of_an_earlier_period_are_told_with_the_own_value_of_that_period() {
    let rules = "panel place by year\nindicator x \"X\" : number in 0..100\nscore before = lag(sum(x, among: all), 1 year)\n";
    let data = "place,year,x\nA,2018,1\nA,2019,6\nA,2020,90\nB,2018,2\nB,2019,2\nB,2020,2\n";
    let text = told(rules, data, &["--entity", "A"]);
    says(&text, &["(own earlier value of X (x) 6, was 1)"]);
    never(&text, &["90"]);
}

#[test]
fn evidence_just_below_what_is_required_is_not_told_as_enough() {
    let rules = "panel place by year\nindicator x : number in 0..1\nindicator y : number in 0..1\n\
                 factor f { combine weighted mean require 60% coverage members { x weight 0.5996, y weight 0.4004 } }\n";
    let text = told(rules, "place,year,x,y\nA,2020,0.5,\n", &["--entity", "A"]);
    says(&text, &["(evidence 59.96 %, 60 % required)"]);
}

#[test]
fn who_is_in_no_known_group_has_no_known_peers() {
    let rules = "panel place by year\nindicator r \"Region\" : category { north, south }\nindicator x : number in 0..100\n\
                 score imp = impute_mean(x, among: r)\nscore n = count(x, among: r)\n";
    let data = "place,year,r,x\nA,2020,north,1\nB,2020,north,2\nC,2020,,7\n";
    let text = told(rules, data, &["--entity", "C", "imp", "n"]);
    says(
        &text,
        &["(own 7, its group is not known)", "(missing: rests on `r`)"],
    );
    never(
        &text,
        &["0 of this period known", "rank 1", "no peer is known"],
    );
}

#[test]
fn an_event_that_may_begin_anywhere_is_not_the_beginning_of_the_data() {
    let rules = "panel place by month\nindicator x : number in 0..10\nindicator c : truth\nscore ch = change(x, since: c)\n";
    let data = "place,month,x,c\nA,2024-01,5,yes\nA,2024-02,6,no\nA,2024-03,7,\n";
    let text = told(rules, data, &["--entity", "A"]);
    says(&text, &["(7 in 2024-03)"]);
    never(&text, &["before the data begin"]);
}

#[test]
fn an_end_that_moves_where_the_other_stays_open_settles_something() {
    let rules = "panel place by year\nindicator d : number in 0.. allow FW0625 because \"open\"\nindicator e : number in 0..100\n\
                 factor f { combine sum evidence bounds members { d, e } }\n";
    let data = "place,year,d,e\nA,2020,,\nB,2020,3,100\n";
    let text = told(rules, data, &["--entity", "A"]);
    says(&text, &["e at 0: 0 or more, at 100: 100 or more"]);
    never(&text, &["alone not"]);
}

#[test]
fn everything_that_ever_was_makes_no_detour_when_time_passes() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..10\nindicator y \"Y\" : number in 0..10\n\
                 score top = max(x, over: all)\nscore total = sum(x, over: all)\nscore rise = change(x, over: all)\n\
                 score both = sum(x, over: all) + sum(y, over: all)\nsignal ever_high = max(x, over: all) >= 3\n";
    let data = "place,month,x,y\nA,2024-01,6,1\nA,2024-02,7,2\nA,2024-03,,2\n";
    let at = |period: &str, name: &str| {
        let text = told(
            rules,
            data,
            &["--state", "none", "--entity", "A", "--period", period, name],
        );
        never(&text, &["passing of time"]);
        text
    };
    says(&at("2024-02", "top"), &["+1 by X (x) 7, was 6"]);
    says(&at("2024-02", "total"), &["+7 by X (x) 7, was 6"]);
    says(&at("2024-02", "rise"), &["+1 by X (x) 7, was 6"]);
    says(
        &at("2024-02", "both"),
        &["it was 7 (+9) +9 by Y (y) 2, was 1; together with X (x) 7, was 6"],
    );
    says(&at("2024-02", "ever_high"), &["nothing changed it"]);
    says(&at("2024-03", "top"), &["it was 7 to – by X (x) –, was 7"]);
}

#[test]
fn an_alert_says_what_of_it_is_open_at_the_beginning() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..10\n\
                 alert bl { raise when x >= 5 cooldown 4 months }\nalert ev { raise when not ever(x >= 8) clear when x < 2 }\n";
    let data = "place,month,x\nA,2024-01,6\nA,2024-02,7\n";
    let text = told(rules, data, &["--entity", "A", "bl"]);
    says(
        &text,
        &[
            "quiet or raised: `x >= 5` is yes, and a notice of before the data begin may keep it back",
            "what is missing lies before the data begin",
        ],
    );
    never(&text, &["by `raise"]);
    let text = told(rules, data, &["--entity", "A", "ev"]);
    says(
        &text,
        &[
            "quiet or raised: what was before the data begin decides",
            "? raise when not ever(x >= 8) (yes as far as the data go back)",
        ],
    );
}

#[test]
fn one_month_is_one_month() {
    let rules = "panel place by month\nindicator age : months in 0..10\nscore twice = age + age\n";
    let text = told(
        rules,
        "place,month,age\nA,2024-01,1\nB,2024-01,2\n",
        &["--entity", "A"],
    );
    says(&text, &["age 1 month"]);
    never(&text, &["1 months"]);
}

#[test]
fn where_the_highest_lies_is_not_told_of_levels_that_are_open() {
    let rules = "panel place by month\nindicator x : number in 0..100\nindicator y : number in 0..100\n\
                 scale c { low < high < top }\n\
                 level l : c { top when x >= 50 and y >= 50, high when x >= 50, low otherwise }\n\
                 level worst : c = max(l, over: 3 months, require: 1 month)\n";
    // January is high or top, February low: what is high for certain comes from January.
    let data = "place,month,x,y\nA,2024-01,60,\nA,2024-02,10,0\n";
    let text = told(rules, data, &["--entity", "A", "worst"]);
    says(&text, &["worst: high"]);
    never(&text, &["highest in"]);
    let data = "place,month,x,y\nA,2024-01,60,0\nA,2024-02,10,0\n";
    says(
        &told(rules, data, &["--entity", "A", "worst"]),
        &["highest in 2024-01"],
    );
}

#[test]
fn truths_that_an_earlier_run_counted_are_told_as_it_knew_them() {
    let rules = "framework demo \"Demo\" version \"1\"\npanel place by month\nindicator x : number in 0..100\n\
                 signal bad = x >= 50\nscore n = count(bad, over: 4 months)\n";
    let place = Place::new("");
    place.write("r.risk", rules);
    place.write(
        "before.csv",
        "place,month,x\nA,2024-01,60\nA,2024-02,\nA,2024-03,70\n",
    );
    place.write("d.csv", "place,month,x\nA,2024-04,55\n");
    let words = "run r.risk --data before.csv --state none -o was.csv";
    let ended = place.run(&words.split(' ').collect::<Vec<_>>());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let words = "explain r.risk --data d.csv --state was.csv --entity A n --full";
    let ended = place.run(&words.split(' ').collect::<Vec<_>>());
    let text = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    says(
        &text,
        &["2024-01 to 2024-04, of 4 periods 3 yes, 0 no, 1 unknown"],
    );
    never(&text, &["before the data begin"]);
}

#[test]
fn what_is_asked_for_and_not_there_is_told_with_what_is() {
    let rules = "framework demo \"Demo\" version \"1\"\npanel place by month\n\
                 indicator x \"X\" : number in 0..10\nparam limit \"Limit\" = 5\n\
                 scale c { low < high }\nlevel l : c { high when x >= limit, low otherwise }\n";
    let place = Place::new("");
    place.write("r.risk", rules);
    place.write(
        "d.csv",
        "place,month,x\nA,2024-01,2\nA,2024-02,7\nA,2024-04,2\n",
    );
    let asked = |rest: &str| {
        let words = format!("explain r.risk --data d.csv --entity A {rest}");
        let ended = place.run(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(ended.code, 2, "{}", ended.err);
        ended.err
    };
    let told = asked("--period 2024-03");
    says(
        &told,
        &["2024-02 and next 2024-04, and no row between them"],
    );
    says(&asked("--period 2025-01"), &["2024-01 to 2024-04"]);
    says(&asked("l.at_least"), &["explain `l`"]);
    says(&asked("limit"), &["`limit` is a param"]);
}
