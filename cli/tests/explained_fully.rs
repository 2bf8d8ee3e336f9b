//! An explanation names all that was needed for what it tells: what had to be verified, what had to change beside it, and
//! where something lies that is missing.

use crate::place::Place;
use crate::said::{never, says, told};

const SPOKEN: &str = "panel place by month\n\
     indicator speech \"Speech\" : assessment verification column \"sure\"\n\
     indicator raids \"Raids\" : number in 0..50\n\
     scale c { low < mid < high }\n";

#[test]
fn what_would_settle_it_is_tried_as_verified_and_as_not() {
    let rules = format!(
        "{SPOKEN}level l \"Level\" : c {{ high when verified(speech >= emerging), mid when raids >= 5, low otherwise }}\n"
    );
    let text = told(
        &rules,
        "place,month,speech,sure,raids\nQUM,2031-01,,,7\n",
        &["--entity", "QUM"],
    );
    says(
        &text,
        &["Speech (speech) verified, at absent: mid, at emerging: high, at present: high"],
    );
    // The row says already that it was.
    let text = told(
        &rules,
        "place,month,speech,sure,raids\nQUM,2031-01,,yes,7\n",
        &["--entity", "QUM"],
    );
    says(
        &text,
        &["Speech (speech) at absent: mid, at emerging: high, at present: high"],
    );
    // Where nothing asks, nothing is said of it.
    let rules = format!(
        "{SPOKEN}level l \"Level\" : c {{ high when speech >= emerging, mid when raids >= 5, low otherwise }}\n"
    );
    let text = told(
        &rules,
        "place,month,speech,sure,raids\nQUM,2031-01,,,7\n",
        &["--entity", "QUM"],
    );
    says(
        &text,
        &["Speech (speech) at absent: mid, at emerging: high, at present: high"],
    );
}

#[test]
fn what_is_needed_beside_a_comparison_with_peers_is_named() {
    let rules = "panel place by month\nindicator raids \"Raids\" : number in 0..900\n\
                 scale c { low < high }\nsignal first \"First\" = top(raids, 1)\n\
                 level l \"Level\" : c { high when first and raids >= 300, low otherwise }\n";
    let data =
        "place,month,raids\nQUM,2031-01,20\nQUM,2031-02,400\nRIL,2031-01,30\nRIL,2031-02,40\n";
    let text = told(rules, data, &["--entity", "QUM", "l"]);
    says(
        &text,
        &["to high by comparison with peers; together with Raids (raids) 400, was 20"],
    );
    // What was there before is not named.
    let data =
        "place,month,raids\nQUM,2031-01,310\nQUM,2031-02,400\nRIL,2031-01,330\nRIL,2031-02,40\n";
    let text = told(rules, data, &["--entity", "QUM", "l"]);
    assert!(!text.contains("together with"), "{text}");
}

#[test]
fn what_was_undone_on_the_way_and_needed_all_the_same_is_named() {
    let rules = "panel place by month\nindicator a \"A\" : truth\nindicator b \"B\" : truth\n\
                 indicator d \"D\" : truth\nscale c { low < high }\n\
                 level l \"Level\" : c { high when count(a, b, d) >= 2, low otherwise }\n";
    // Two of three: A comes, B goes, D comes. That B went did nothing that is left.
    let data = "place,month,a,b,d\nQUM,2031-01,no,yes,no\nQUM,2031-02,yes,no,yes\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &["it was low to high by D (d) yes, was no; together with A (a) yes, was no"],
    );
}

#[test]
fn what_is_missing_in_earlier_periods_is_told_beside_what_is_missing_now() {
    let rules = "panel place by month\nindicator raids \"Raids\" : number in 0..900\n\
                 indicator calm \"Calm\" : number in 0..10\nscale c { low < mid < high }\n\
                 let share = mean(calm, raids / 100, require: 1 known)\n\
                 level l \"Level\" : c { high when change(raids, over: 1 month) > 50, mid when share > 100, low otherwise }\n";
    let data = "place,month,raids,calm\nQUM,2031-01,,4\nQUM,2031-02,20,\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &[
            "no missing indicator alone; it rests on calm",
            "what is missing lies in earlier periods",
        ],
    );
}

#[test]
fn what_changed_is_the_cell_without_which_it_had_not() {
    let rules = "panel place by month\nindicator raids \"Raids\" : number in 0..900\nindicator want \"Want\" : number in 1..5\n\
                 alert dearth \"Dearth\" { raise when want >= 3 and raids >= 50 clear when want <= 2 }\n";
    let data = "place,month,raids,want\nQUM,2031-01,5,2\nQUM,2031-02,60,3\nQUM,2031-03,5,2\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(&text, &["to quiet by Want (want) 2, was 3"]);
    let rules = "panel place by month\nindicator raids \"Raids\" : number in 0..900\nindicator talks \"Talks\" : truth\n\
                 alert w \"Warning\" { raise when raids >= 25 escalate when raids >= 100 and not talks }\n";
    let data =
        "place,month,raids,talks\nQUM,2031-01,60,no\nQUM,2031-02,110,yes\nQUM,2031-03,140,no\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(&text, &["to escalated by Talks (talks) no, was yes"]);
    let rules = "panel place by month\nindicator raids \"Raids\" : number in 0..900\nindicator want \"Want\" : number in 1..5\n\
                 alert d \"Dearth\" { raise when want >= 4 or (want >= 3 and raids >= 50) clear when want <= 2 on unknown raise }\n";
    let data = "place,month,raids,want\nQUM,2031-01,30,3\nQUM,2031-02,,3\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(&text, &["to raised by Raids (raids) –, was 30"]);
}

#[test]
fn what_begins_a_window_anew_is_told_before_what_it_held() {
    let rules = "panel place by month\nindicator raids \"Raids\" : number in 0..900\nindicator truce \"Truce\" : truth\n\
                 signal many \"Many\" = sum(raids, since: truce) >= 250\n";
    let data = "place,month,raids,truce\nQUM,2031-01,120,yes\nQUM,2031-02,130,no\nQUM,2031-03,30,no\nQUM,2031-04,10,yes\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(&text, &["to no by Truce (truce) yes, was no"]);
    never(&text, &["earlier values"]);
}

#[test]
fn a_cell_of_this_period_that_was_needed_is_named_beside_what_it_was() {
    let rules = "panel place by year\nindicators a \"A\", b \"B\" : number in 0..100\n\
                 score worst \"Worst\" = max(a, b, require: 1 known)\n\
                 signal rise \"Rise\" = change(worst, over: 1 year) >= 10\n";
    let text = told(
        rules,
        "place,year,a,b\nQUM,2031,10,30\nQUM,2032,44,20\n",
        &["--entity", "QUM"],
    );
    says(&text, &["to yes by A (a) 44, was 10"]);
    let rules = "panel place by year\nparam limit \"Limit\" = 55 until 2032, = 50 from 2033\n\
                 indicator a \"A\" : number in 0..100\nsignal over \"Over\" = ever(a >= limit, over: 2 years)\n";
    let text = told(
        rules,
        "place,year,a\nQUM,2031,0\nQUM,2032,50\nQUM,2033,20\nQUM,2034,50\n",
        &["--entity", "QUM"],
    );
    says(&text, &["to yes by A (a) 50, was 20"]);
    never(&text, &["which was another"]);
}

#[test]
fn a_constant_is_told_only_as_far_back_as_it_is_looked_at() {
    let rules = "panel place by year\nparam limit \"Limit\" = 60 until 2031, = 50 from 2032\n\
                 param floor \"Floor\" = 20 until 2032, = 30 from 2033\n\
                 indicators a \"A\", b \"B\" : number in 0..100\nscale c { low < high }\n\
                 level l \"Level\" : c { high when a >= limit and b >= floor, low otherwise }\n";
    let text = told(
        rules,
        "place,year,a,b\nQUM,2031,55,25\nQUM,2032,55,25\nQUM,2033,55,25\n",
        &["--entity", "QUM"],
    );
    says(&text, &["to low by Floor (floor) 30, was 20"]);
    never(&text, &["which was another"]);
}

#[test]
fn a_period_without_a_row_is_told_as_what_is_unknown_of_it() {
    let rules = "panel place by year\nindicator x \"X\" : number in 0..100\nindicator e \"E\" : truth\n\
                 score v \"V\" = at(x, when: e)\n";
    let text = told(
        rules,
        "place,year,x,e\nQUM,2031,5,yes\nQUM,2032,6,no\nQUM,2034,8,no\n",
        &["--entity", "QUM"],
    );
    says(&text, &["to – by earlier values of E (e)"]);
    never(&text, &["values of X"]);
}

#[test]
fn what_ends_since_nobody_knows_is_told_so() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..100\n\
                 notice lost \"Lost\" when x >= 10 on unknown end\n\
                 alert a \"A\" { raise when x >= 10 clear when x < 5 on unknown clear }\n";
    let data = "place,month,x\nQUM,2031-01,2\nQUM,2031-02,20\nQUM,2031-03,\n";
    let text = told(rules, data, &["--state", "none", "--entity", "QUM"]);
    says(
        &text,
        &[
            "ended in this period, by `unknown whether x >= 10 (on unknown end)`",
            "cleared in this period, by `unknown whether x < 5 (on unknown clear)`",
        ],
    );
}

#[test]
fn a_carried_observation_that_nobody_verified_is_settled_by_a_new_one() {
    let rules = "panel place by month\n\
                 indicator v \"V\" : assessment verification column \"vv\" expires after 2 months\n\
                 indicator w \"W\" : assessment verification column \"wv\"\n\
                 factor fb \"F\" { combine mean evidence bounds members { v, w } }\nscore vb \"B\" = verified(fb)\n";
    let text = told(
        rules,
        "place,month,v,vv,w,wv\nQUM,2031-01,present,no,absent,yes\nQUM,2031-02,,,absent,yes\n",
        &["--entity", "QUM", "vb"],
    );
    says(&text, &["V (v) verified, at absent: 0"]);
    never(&text, &["no indicator is missing"]);
}

#[test]
fn an_end_that_is_excluded_settles_something_though_the_other_opens() {
    let rules = "panel place by month\nindicators a \"A\", b \"B\" : truth\nindicator c \"C\" : number in 0..50\n\
                 factor est \"Est\" { combine mean require 50% coverage members { a, b } }\n\
                 scale s { low < mid < high }\nlevel l \"Level\" : s {\n\
                 high when est >= 0.6 and c >= 20, mid when est >= 0.6 or c >= 20, low otherwise }\n";
    let text = told(
        rules,
        "place,month,a,b,c\nQUM,2031-01,yes,,\n",
        &["--entity", "QUM", "l"],
    );
    says(&text, &["B (b) at yes: mid or high, at no: low or mid"]);
    never(&text, &["alone not"]);
}

const SEVEN: &str = "panel place by year\nindicators a \"A\", b \"B\", c \"C\", d \"D\", e \"E\", f \"F\", g \"G\" : truth\n\
                     scale s { low < high }\nlevel l \"Level\" : s { high when any(a, b, c, d, e, f, g), low otherwise }\n";

#[test]
fn all_that_would_change_it_is_told_in_full() {
    let data = "place,year,a,b,c,d,e,f,g\nQUM,2031,no,no,no,no,no,no,no\n";
    let text = told(SEVEN, data, &["--entity", "QUM"]);
    let told = text.matches("yes (now no) makes it high").count();
    assert_eq!(told, 7, "{text}");
}

#[test]
fn documents_of_all_entities_hold_everything() {
    let place = Place::new("");
    place.write(
        "r.risk",
        format!("framework demo \"Demo\" version \"1\"\n{SEVEN}"),
    );
    place.write(
        "d.csv",
        "place,year,a,b,c,d,e,f,g\nQUM,2031,no,no,no,no,no,no,no\nQUM,2032,yes,no,no,no,no,no,no\n",
    );
    let words = ["explain", "r.risk", "--data", "d.csv", "--format", "json"];
    let of_all = place.does(&[&words[..], &["--entity", "all"]].concat());
    let of_one = place.does(&[&words[..], &["--entity", "QUM"]].concat());
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(read(&of_all)["results"], read(&of_one)["results"]);
    assert!(read(&of_all)["results"][0]["since"].is_object(), "{of_all}");
}

#[test]
fn a_member_that_does_not_apply_is_not_missing() {
    let rules = "panel place by month\nindicator coast \"Coast\" : truth\n\
                 indicator flood \"Flood\" : number in 0..10 applies when coast\n\
                 indicators a \"A\", b \"B\", c \"C\" : number in 0..10\n\
                 factor f \"F\" { combine mean require 60% coverage members { a / 10 \"A\", b / 10 \"B\", c / 10 \"C\", flood / 10 \"Flood\" } }\n";
    let place = Place::new("");
    place.write(
        "r.risk",
        format!("framework demo \"Demo\" version \"1\"\n{rules}"),
    );
    place.write(
        "d.csv",
        "place,month,coast,flood,a,b,c\nQUM,2031-01,no,,5,6,7\n",
    );
    let text = place.does(&[
        "explain", "r.risk", "--data", "d.csv", "--entity", "QUM", "--depth", "9", "f",
    ]);
    says(&text, &["1 not applicable: Flood"]);
    never(&text, &["missing"]);
}

#[test]
fn what_does_alone_what_two_did_is_told_alone() {
    let rules = "panel place by month\nindicator raids \"Raids\" : number in 0..900\nindicator truce \"Truce\" : truth\n\
                 indicator talks \"Talks\" : truth\nscale c { low < mid < high }\nlevel l \"Level\" : c {\n\
                 high when raids >= 100 and not talks, mid when sum(raids, since: truce) >= 250, low otherwise }\n";
    let data = "place,month,raids,truce,talks\nQUM,2031-01,20,yes,yes\nQUM,2031-02,110,no,yes\nQUM,2031-03,140,no,no\n";
    let text = told(rules, data, &["--entity", "QUM", "l"]);
    says(&text, &["it was low to high by Talks (talks) no, was yes"]);
    never(&text, &["by Raids"]);
}
