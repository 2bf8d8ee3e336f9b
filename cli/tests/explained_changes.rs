//! What an explanation names as the cause of a change, and of an unknown: what really was, and nothing that was not.

use crate::place;
use crate::said::{never, says, told};

use place::Place;

#[test]
fn a_value_of_its_own_past_goes_on_from_what_it_was() {
    let rules = "panel place by year\nindicator rain : number in 0..100\nscale c { low < high }\n\
                 score dry \"Dryness\" = 0.5 * lag(dry, 1 year, first: 40) + rain\n\
                 score before = lag(rain, 1 year, first: 7)\nscore lately = sum(dry, over: 2 years, require: 1 year)\n\
                 signal wet = rain >= 30 or lag(wet, 1 year, first: no)\n\
                 level worst : c { high when dry >= 28, low otherwise }\n";
    // 20 + 10, 15 + 10, 12.5 + 30, 21.25 + 5.
    let data = "place,year,rain\nA,2001,10\nA,2002,10\nA,2003,30\nA,2004,5\n";
    let at = |name: &str, year: &str| told(rules, data, &[name, "--entity", "A", "--period", year]);
    let false_words = ["passing of time", "to –", "earlier values"];
    let text = at("dry", "2002");
    says(
        &text,
        &[
            "since 2001: it was 30 (-5)",
            "-5 by earlier value of Dryness (dry) 30, was 40",
        ],
    );
    never(&text, &false_words);
    never(&text, &["by rain"]);
    let text = at("dry", "2003");
    says(
        &text,
        &[
            "-2.5 by earlier value of Dryness (dry) 25, was 30",
            "+20 by rain 30, was 10",
        ],
    );
    never(&text, &false_words);
    says(
        &at("before", "2002"),
        &["+3 by earlier value of rain 10, was 7"],
    );
    // 30, 55, 67.5: of last year's what it rests on is past, too.
    let text = at("lately", "2003");
    says(
        &text,
        &["since 2002: it was 55 (+12.5)", "by rain 30, was 10"],
    );
    never(&text, &["passing of time", "to –"]);
    let text = at("wet", "2003");
    says(&text, &["to yes by rain 30, was 10"]);
    never(&text, &["passing of time", "earlier value"]);
    let text = at("worst", "2002");
    says(
        &text,
        &["to low by earlier value of Dryness (dry) 30, was 40"],
    );
    never(&text, &["by rain"]);
}

#[test]
fn json_tells_what_it_was() {
    let place = Place::new("");
    place.write(
        "r.risk",
        "framework demo \"Demo\" version \"1\"\npanel place by year\nindicator rain : number in 0..100\n\
         score dry = 0.5 * lag(dry, 1 year, first: 40) + rain\n",
    );
    place.write("d.csv", "place,year,rain\nA,2001,10\nA,2002,10\n");
    let args = ["explain", "r.risk", "--data", "d.csv", "--entity", "A"];
    let ended = place.run(&[&args[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let step = &json["results"][0]["since"]["steps"][0]["what"];
    assert_eq!(step["past"], "dry", "{json}");
    assert_eq!(step["from"]["number"], 40.0, "{json}");
    assert_eq!(step["to"]["number"], 30.0, "{json}");
}

#[test]
fn what_is_as_it_was_is_not_named_with_its_present_value() {
    let rules = "panel place by year\nindicator a : number in 0..9\nindicator b : number in 0..9\n\
                 signal s = lag(a, 1 year) >= 5 and lag(b, 1 year) >= 5\n";
    let data = "place,year,a,b\nA,2001,1,1\nA,2002,6,6\nA,2003,6,6\n";
    let text = told(rules, data, &["s", "--entity", "A", "--period", "2003"]);
    says(
        &text,
        &["to yes by earlier values of b; together with earlier values of a"],
    );
    never(&text, &["6, was 6"]);
}

#[test]
fn what_a_named_period_holds_stays_there_when_time_passes() {
    let rules = "panel place by year\nindicator y : number in 1990..2030\nindicator a : number in 0..9\n\
                 score s = at(a, y)\n";
    let data =
        "place,year,y,a\nA,2001,2001,3\nA,2002,2001,5\nA,2003,2002,7\nA,2004,2009,1\nA,2005,,1\n";
    let at = |year: &str| told(rules, data, &["s", "--entity", "A", "--period", year]);
    says(&at("2002"), &["since 2001: nothing changed it"]);
    let text = at("2003");
    says(&text, &["+2 by y 2002, was 2001"]);
    never(&text, &["passing of time", "earlier values"]);
    let text = at("2004");
    says(
        &text,
        &[
            "(missing: no row of 2009 so far)",
            "to – by y 2009, was 2002",
        ],
    );
    never(&text, &["rests on `a`"]);
    says(&at("2005"), &["(missing: rests on `y`)"]);
}

#[test]
fn peers_are_told_with_what_of_the_own_changed() {
    let rules = "panel place by year\nindicator a : number in 0..9\nscore r = rank(a)\n";
    let data = "place,year,a\nA,2001,5\nA,2002,\nB,2001,3\nB,2002,3\n";
    let at = |place: &str| told(rules, data, &["r", "--entity", place, "--period", "2002"]);
    says(
        &at("A"),
        &["to – by comparison with peers (own a –, was 5)"],
    );
    let text = at("B");
    says(&text, &["-1 by comparison with peers"]);
    never(&text, &["(own a 3, was"]);
}

const REPORTS: &str = "panel place by year\n\
     indicator rumor \"Rumour\" : truth verification column \"rumor_ok\"\n\
     indicator seen \"Seen\" : assessment verification column \"seen_ok\"\n\
     signal v = verified(rumor, unverified as: unknown)\n\
     factor f { evidence bounds combine mean members { verified(rumor), verified(seen) } }\n";

#[test]
fn unverified_evidence_is_named_with_the_column_that_would_say_so() {
    let data = "place,year,rumor,rumor_ok,seen,seen_ok\nA,2001,yes,no,present,yes\nA,2002,yes,,present,\nA,2003,,yes,present,yes\n";
    let at = |name: &str, year: &str| {
        let reports = REPORTS.replace("verified(seen)", "verified(seen, unverified as: unknown)");
        let rules = reports.replace(
            "verified(rumor),",
            "verified(rumor, unverified as: unknown),",
        );
        told(&rules, data, &[name, "--entity", "A", "--period", year])
    };
    let text = at("v", "2001");
    says(
        &text,
        &[
            "(unknown: not verified: `rumor` of A in 2001 by column `rumor_ok`)",
            "Rumour (rumor.verified) at yes: yes",
        ],
    );
    never(&text, &["the rules say so", "no indicator is missing"]);
    let text = at("f", "2002");
    says(
        &text,
        &["`rumor` of A in 2002 by column `rumor_ok` and `seen` of A in 2002 by column `seen_ok`"],
    );
    // Bounds hold however little is known.
    never(
        &text,
        &[
            "all required",
            "the rules say so",
            "no indicator is missing",
        ],
    );
    // What is not there was not verified either, and is missing first.
    let text = at("v", "2003");
    says(&text, &["(missing: absent in the data)"]);
    never(&text, &["not verified"]);
}

#[test]
fn numbers_are_not_told_as_whole_ones_that_they_are_not() {
    let rules =
        "panel place\nindicator share \"Share\" : percent in 0..100\nsignal over = share >= 40%\n";
    let text = told(
        rules,
        "place,share\nA,39.99999\n",
        &["over", "--entity", "A"],
    );
    says(
        &text,
        &["(share 39.99999 % >= 40 %)", "Share (share) 39.99999 %"],
    );
    never(&text, &["40.00 %"]);
}

#[test]
fn truths_are_unknown_and_not_missing() {
    let rules = "panel place by year\nindicator a : number in 0..9\nsignal s = sustained(a >= 5, for: 2 years)\n";
    let text = told(
        rules,
        "place,year,a\nA,2001,\nA,2002,6\n",
        &["s", "--entity", "A", "--period", "2002"],
    );
    says(&text, &["(unknown: 1 known, 2 required)"]);
}

const LEVELS: &str = "panel place by year\nindicator a : number in 0..9\nindicator b : number in 0..9\nscale c { low < mid < high }\n\
     fn half(v: number) -> number = v / 2\nsignal v = b >= 1\nscore h = half(a) + 1\n\
     level l : c { high when a >= 6 and b >= 1, mid when a >= 3, low otherwise }\n\
     score top = if max(l, over: 3 years, require: 1 year) >= high then 1 else 0\n\
     score last_year = if lag(l, 1 year) >= high then 1 else 0\n";

const OF_LEVELS: &str = "place,year,a,b\nA,2001,3,0\nA,2002,7,1\nA,2003,8,0\nA,2004,,0\n";

#[test]
fn levels_looked_back_on_are_told_by_their_names() {
    let args = ["top", "--entity", "A", "--period", "2002"];
    let text = told(LEVELS, OF_LEVELS, &args);
    says(&text, &["mid · high"]);
    never(&text, &["1 · 2"]);
    let json = told(
        LEVELS,
        OF_LEVELS,
        &[&args[..], &["--format", "json"]].concat(),
    );
    says(&json, &["\"place\": \"mid\""]);
}

#[test]
fn what_a_function_was_given_is_missing_and_not_its_own_names() {
    let text = told(
        LEVELS,
        OF_LEVELS,
        &["h", "--entity", "A", "--period", "2004"],
    );
    says(
        &text,
        &[
            "= half(a) + 1 (missing: rests on `a`)",
            "half(a): – (missing: rests on `a`)",
        ],
    );
    never(&text, &["`a` and `v`"]);
}

#[test]
fn companions_are_told_by_what_of_them_was_needed() {
    // Of last year's level neither this year's `a` nor this year's `b` has a part.
    let text = told(
        LEVELS,
        OF_LEVELS,
        &["last_year", "--entity", "A", "--period", "2003"],
    );
    says(
        &text,
        &["+1 by earlier values of b; together with earlier values of a"],
    );
    never(&text, &["a 8, was 7", "b 0, was 1"]);
}

#[test]
fn a_record_has_nothing_to_be_held_against_in_the_first_period() {
    let rules = "panel place by year\nindicator a : number in 0..9\nsignal s = record_high(a, over: all, require: 1 year)\n";
    let data = "place,year,a\nA,2001,5\nB,2001,\nB,2002,6\n";
    let at =
        |place: &str, year: &str| told(rules, data, &["s", "--entity", place, "--period", year]);
    let text = at("A", "2001");
    says(&text, &["(unknown: before the data begin)"]);
    never(&text, &["rests on `a`"]);
    says(&at("B", "2002"), &["(unknown: unknown in 1 period)"]);
}

#[test]
fn a_weight_that_is_a_param_has_its_value() {
    let rules = "panel place\nindicator a : number in 0..9\nindicator b : number in 0..9\nparam heavy = 3\n\
                 factor f { combine weighted mean members { a weight heavy, b weight 1 } }\n";
    let text = told(rules, "place,a,b\nA,4,8\n", &["f", "--entity", "A"]);
    says(&text, &["f: 5", "[heavy = 3]", "+3 = 75 % of a 4"]);
}

#[test]
fn what_has_its_answer_leaves_no_question_open() {
    let rules = "panel place\nindicator a : number in 0..10\nindicator b : number in 0..10\n\
                 factor f { evidence bounds combine mean members { a / 10, b / 10 } }\n\
                 factor g { evidence bounds combine max members { b / 10 } }\nsignal s = any(factors >= 0.7)\n\
                 signal many = count(factors >= 0.7) >= 1\n";
    // `f` is open, and below 0.7 whatever `b` is.
    let at = |name: &str| told(rules, "place,a,b\nA,2,\n", &[name, "--entity", "A"]);
    for name in ["s", "many"] {
        let text = at(name);
        says(&text, &["(unknown: rests on `g`)"]);
        never(&text, &["rests on `f`"]);
    }
    // Of alternatives and decisive signs, too, bounds require nothing.
    let rules = "panel place\nindicator a : truth\nindicator b : truth\nindicator c : truth\n\
                 factor f { evidence bounds combine mean members { any of { a, b }, c decisive 0.7 } }\n";
    let text = told(rules, "place,a,b,c\nA,yes,,\n", &["f", "--entity", "A"]);
    never(&text, &["required"]);
}

#[test]
fn a_constant_that_changed_is_no_passing_of_time() {
    let rules = "panel place by month\nindicator x \"Cases\" : number in 0..1000\nindicator y : number in 0..9\n\
                 param limit \"Limit\" = 100 until \"2024-02\", = 80 from \"2024-03\"\n\
                 param first = 1 until \"2024-02\", = 2 from \"2024-03\"\n\
                 signal many = x >= limit\nsignal leads = top(x, first)\n\
                 score both = count(x >= limit, y >= 5)\n\
                 score hot = count(x >= limit, over: 2 months)\n";
    let data = "place,month,x,y\nA,2024-01,90,1\nA,2024-02,90,1\nA,2024-03,85,6\nA,2024-04,85,6\n\
                B,2024-01,95,1\nB,2024-02,95,1\nB,2024-03,95,1\nB,2024-04,95,1\n";
    let at =
        |name: &str, month: &str| told(rules, data, &[name, "--entity", "A", "--period", month]);
    let text = at("many", "2024-03");
    says(&text, &["to yes by Limit (limit) 80, was 100"]);
    never(&text, &["passing of time", "Cases (x) 85, was 90"]);
    let text = at("leads", "2024-03");
    says(
        &text,
        &["to yes by first 2, was 1", "[first = 2 from 2024-03]"],
    );
    never(&text, &["passing of time", "by Limit"]);
    let text = at("both", "2024-03");
    says(
        &text,
        &["to 1 by Limit (limit) 80, was 100", "to 2 by y 6, was 1"],
    );
    // In April it is March that was judged otherwise than February.
    let text = at("hot", "2024-04");
    says(
        &text,
        &["by Limit (limit), which was another in earlier periods"],
    );
    never(&text, &["passing of time"]);
    let text = at("many", "2024-02");
    says(&text, &["since 2024-01: nothing changed it"]);
}

#[test]
fn a_cell_that_says_unknown_is_not_absent_and_begins_no_alert_by_itself() {
    let place = Place::new("");
    place.write(
        "r.risk",
        "framework demo \"Demo\" version \"1\"\npanel place by month\n\
         indicator killed : number in 0.. missing means 0 because \"complete\"\n\
         indicator coup : truth\n\
         signal spike = killed >= 2 * lag(killed, 1 month) and killed >= 5\n\
         alert a { raise when spike on unknown raise }\n",
    );
    place.write(
        "d.csv",
        "place,month,killed,coup\nA,2024-01,,unknown\nA,2024-02,unknown,no\n",
    );
    let ask = |args: &[&str]| {
        let words = ["explain", "r.risk", "--data", "d.csv", "--entity", "A"];
        let more = ["--full", "--state", "none", "--missing", "unknown"];
        let ended = place.run(&[&words[..], &more, args].concat());
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = ask(&["a", "--period", "2024-02"]);
    says(
        &text,
        &[
            "killed – (missing: the data say that it is not known)",
            "to raised by killed –, was 0",
        ],
    );
    never(&text, &["absent in the data)", "passing of time"]);
    let text = ask(&["coup", "--period", "2024-01"]);
    says(&text, &["the data say that it is not known"]);
    let json = ask(&["spike", "--period", "2024-02", "--format", "json"]);
    says(&json, &["\"why\": \"said unknown\""]);
}

#[test]
fn each_cell_out_of_range_says_what_stood_there() {
    let rules = "panel place\nindicator x : number in 0..9\nscore s = x + 1\n";
    let data = "place,x\nA,12\nB,-3\nC,\nD,4\n";
    let of = |name: &str| told(rules, data, &["s", "--entity", name]);
    says(&of("A"), &["(missing: 12 is out of range)"]);
    says(&of("B"), &["(missing: -3 is out of range)"]);
    never(&of("B"), &["not taken"]);
    says(&of("C"), &["x – (missing:"]);
    never(&of("C"), &["is out of range)"]);
}

#[test]
fn what_is_no_number_has_no_range_of_codes() {
    let place = Place::new("");
    place.write(
        "r.risk",
        "framework demo \"Demo\" version \"1\"\npanel place\nindicator a : category { north, south }\n\
         indicator x : number in 0..9\nscore s = if a is south then x else 0\n",
    );
    place.write("d.csv", "place,a,x\nA,south,3\n");
    let args = [
        "explain", "r.risk", "--data", "d.csv", "--entity", "A", "--format", "json",
    ];
    let json: serde_json::Value = serde_json::from_str(&place.run(&args).out).unwrap();
    let text = json.to_string();
    assert!(
        text.contains("\"low\":0.0") && text.contains("\"high\":9.0"),
        "{text}"
    );
    assert!(!text.contains("\"high\":1.0"), "{text}");
}

#[test]
fn of_two_changes_each_is_told_as_far_as_it_goes_beside_the_other() {
    let place = Place::new("");
    place.write(
        "r.risk",
        "framework demo \"Demo\" version \"1\"\npanel place\nindicator a : number in 0..1\n\
         indicator b : number in 0..1\nsignal s = a + b >= 0.3\n",
    );
    place.write("d.csv", "place,a,b\nA,0.57,0.4\n");
    let args = [
        "explain", "r.risk", "--data", "d.csv", "--entity", "A", "--format", "json",
    ];
    let json: serde_json::Value = serde_json::from_str(&place.run(&args).out).unwrap();
    let two = json["results"][0]["change"]["two"].as_array().unwrap();
    assert!(!two.is_empty(), "{json}");
    for flip in two {
        let moves = flip["moves"].as_array().unwrap();
        let to = |at: usize| moves[at]["to"]["number"].as_f64().unwrap();
        assert_eq!(moves.len(), 2, "{flip}");
        for (at, own) in moves.iter().enumerate() {
            // The last value at which it does not change, with the other as far as it goes.
            if let Some(beyond) = own["beyond"]["number"].as_f64() {
                assert!(beyond + to(1 - at) >= 0.3 - 1e-14, "{flip}");
            }
        }
        assert!(to(0) + to(1) < 0.3, "{flip}");
    }
}

#[test]
fn of_nothing_that_applies_it_is_not_said_that_all_of_it_is_so() {
    let place = Place::new("");
    place.write(
        "r.risk",
        "framework demo \"Demo\" version \"1\"\npanel place by year\nindicator sea : truth\n\
         indicator piracy : number in 0..9  applies when sea\nindicator wrecks : number in 0..9  applies when sea\n\
         let signs = [piracy >= 5, wrecks >= 5]\n\
         signal grave = all(piracy >= 5, wrecks >= 5)\nsignal listed = all(signs)\n\
         signal joined = piracy >= 5 and wrecks >= 5\nsignal either = any(piracy >= 5, wrecks >= 5)\n\
         signal with_land = all(piracy >= 5, sea is no)\nalert a { raise when all(piracy >= 5, wrecks >= 5) }\n",
    );
    place.write(
        "d.csv",
        "place,year,sea,piracy,wrecks\nA,2001,no,,\nA,2002,yes,7,6\nA,2003,yes,7,\nB,2001,no,9,9\n",
    );
    for engine in ["interpreter", "native"] {
        let columns = "grave,listed,joined,either,with_land,a";
        let words = [
            "run", "r.risk", "--data", "d.csv", "--state", "none", "--period", "all",
        ];
        let more = [
            "--to",
            "csv",
            "--columns",
            columns,
            "--quiet",
            "--engine",
            engine,
        ];
        let ended = place.run(&[&words[..], &more].concat());
        assert_eq!(
            ended.out,
            "place,year,grave,listed,joined,either,with_land,a\n\
             A,2001,unknown,unknown,unknown,no,yes,quiet\nA,2002,yes,yes,yes,yes,no,raised\n\
             A,2003,unknown,unknown,unknown,yes,no,raised\nB,2001,unknown,unknown,unknown,no,yes,quiet\n",
            "{}",
            ended.err
        );
    }
}
