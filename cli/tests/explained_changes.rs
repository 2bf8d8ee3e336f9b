//! What an explanation names as the cause of a change, and of an unknown: what really was, and nothing that was not.

use crate::place;

use place::Place;

/// What `forewarn explain` prints in full, on one line.
#[track_caller]
fn told(rules: &str, data: &str, args: &[&str]) -> String {
    let place = Place::new("");
    place.write(
        "r.risk",
        format!("framework demo \"Demo\" version \"1\"\n{rules}"),
    );
    place.write("d.csv", data);
    let words = ["explain", "r.risk", "--data", "d.csv", "--full"];
    let ended = place.run(&[&words[..], args].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "no {word:?} in:\n{text}");
    }
}

#[track_caller]
fn never(text: &str, words: &[&str]) {
    for word in words {
        assert!(!text.contains(word), "{word:?} in:\n{text}");
    }
}

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
