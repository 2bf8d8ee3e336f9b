//! An explanation names all that was needed for what it tells: what had to be verified, what had to change beside it, and
//! where something lies that is missing.

use crate::said::{says, told};

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
    // Two of three: A comes, B goes, D comes.
    let data = "place,month,a,b,d\nQUM,2031-01,no,yes,no\nQUM,2031-02,yes,no,yes\n";
    let text = told(rules, data, &["--entity", "QUM"]);
    says(
        &text,
        &[
            "to high by A (a) yes, was no",
            "to low by B (b) no, was yes",
            "to high by D (d) yes, was no; together with A (a) yes, was no",
        ],
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
