//! Runs that go on from one another where something else has changed since: a range or a unit, who is left out, how
//! a key is spelt.

use crate::place;

use place::Place;

/// Values that stand for a while, in a range and with what becomes of values outside of it.
fn standing(range: &str) -> String {
    format!(
        "framework stand \"Standing\" version \"1\"\npanel area by month\n\
         indicator k \"Rows\" : number in 0..10\nscore rows = k\n\
         indicator x \"X\" : number in {range}\n  expires after 3 months\nscore s : number = x\n"
    )
}

const HEADER: &str = "area,month,x,k\n";

/// Without breaks, and without the frame that words of messages are broken in.
fn in_line(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "│");
    words.collect::<Vec<_>>().join(" ")
}

fn stands() -> Place {
    let place = Place::new("");
    place.write("wide.risk", standing("0..100"));
    place.write(
        "early.csv",
        format!("{HEADER}DOR,2031-02,3,1\nDOR,2031-03,9,1\n"),
    );
    place.write(
        "late.csv",
        format!("{HEADER}DOR,2031-04,,2\nDOR,2031-05,,3\n"),
    );
    let run = [
        "run",
        "wide.risk",
        "--data",
        "early.csv",
        "-o",
        "early-r.csv",
    ];
    place.does(&run);
    place
}

fn goes_on(place: &Place, rules: &str) -> place::Ended {
    place.write("now.risk", rules);
    place.run(&[
        "run",
        "now.risk",
        "--data",
        "late.csv",
        "--state",
        "early-r.csv",
        "--to",
        "csv",
    ])
}

#[test]
fn what_stands_on_is_held_against_the_range_of_today() {
    let place = stands();
    // In the range it stands, and nothing is told.
    let ended = goes_on(&place, &standing("0..50"));
    assert!(ended.out.contains("DOR,2031-05,3,9"), "{}", ended.out);
    assert!(!ended.err.contains("FW0938"), "{}", ended.err);
    // Outside of it, it is missing, and what was observed before it is not known.
    let ended = goes_on(&place, &standing("0..5"));
    assert!(ended.out.contains("DOR,2031-04,2,\n"), "{}", ended.out);
    assert!(ended.out.contains("DOR,2031-05,3,\n"), "{}", ended.out);
    let told = in_line(&ended.err);
    assert!(
        told.contains("FW0938") && told.contains("`x` of DOR, 9 in 2031-03"),
        "{told}"
    );
    let ended = goes_on(&place, &standing("0..5 on violation clamp"));
    assert!(ended.out.contains("DOR,2031-05,3,5\n"), "{}", ended.out);
    assert!(
        in_line(&ended.err).contains("is moved to its end: `x` of DOR, 9 in 2031-03"),
        "{}",
        ended.err
    );
    let ended = goes_on(&place, &standing("0..5 on violation reject"));
    assert_ne!(ended.code, 0, "{}", ended.out);
    assert!(
        in_line(&ended.err).contains("`x` of DOR, 9 in 2031-03 lies outside of the range"),
        "{}",
        ended.err
    );
}

#[test]
fn what_counts_something_else_now_does_not_stand_on() {
    let place = stands();
    let rules = standing("0..100").replace("x \"X\" : number", "x \"X\" : percent");
    let ended = goes_on(&place, &rules.replace("s : number", "s : percent"));
    assert!(ended.out.contains("DOR,2031-05,3,\n"), "{}", ended.out);
    assert!(
        in_line(&ended.err).contains("counts something else than in these rules"),
        "{}",
        ended.err
    );
}

const ALERT: &str = "framework hot \"Hot\" version \"1\"
panel area by month
indicator x \"X\" : number in 0..100
score s = sum(x, over: 3 months, require: 1 month)
signal hot = x >= 10
alert al { raise when hot for 2 months clear when x < 5 for 2 months }
";

fn hot() -> Place {
    let place = Place::new("");
    place.write("hot.risk", ALERT);
    let rows = "area,month,x\nDOR,2031-01,30\nDOR,2031-02,20\nELB,2031-01,12\nELB,2031-02,13\n";
    place.write("first.csv", rows);
    place.write("second.csv", "area,month,x\nDOR,2031-03,7\nELB,2031-03,7\n");
    place.write("third.csv", "area,month,x\nDOR,2031-04,7\nELB,2031-04,7\n");
    place.write("small.csv", "area,month,x\nDOR,2031-03,7\nelb,2031-03,7\n");
    place
}

fn run(place: &Place, data: &str, state: &str, rest: &[&str]) -> (String, String) {
    let words = ["run", "hot.risk", "--data", data, "--state", state];
    let ended = place.run(&[&words, rest].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    (ended.out, in_line(&ended.err))
}

#[test]
fn who_was_left_out_is_not_there_for_the_first_time() {
    let place = hot();
    let without = ["--except", "ELB", "-o", "one.csv"];
    run(&place, "first.csv", "none", &without);
    let (out, told) = run(&place, "second.csv", "one.csv", &["--to", "csv"]);
    let elb = out.lines().find(|line| line.starts_with("ELB")).unwrap();
    // Raised since February, as one run says; of that nothing is known.
    assert!(!elb.contains("quiet"), "{out}");
    assert!(told.contains("rows of ELB were left out"), "{told}");
    assert!(!told.contains("for the first time"), "{told}");
    // Whoever is left out later is not where the run before left it.
    run(&place, "first.csv", "none", &["-o", "all.csv"]);
    run(
        &place,
        "second.csv",
        "all.csv",
        &["--except", "ELB", "-o", "two.csv"],
    );
    let (out, told) = run(&place, "third.csv", "two.csv", &["--to", "csv"]);
    assert!(out.contains("DOR,2031-04,34,no,raised"), "{out}");
    assert!(told.contains("rows of ELB were left out"), "{told}");
}

#[test]
fn a_key_that_the_earlier_run_spelt_otherwise_is_told() {
    let place = hot();
    run(&place, "first.csv", "none", &["-o", "one.csv"]);
    let (_, told) = run(&place, "small.csv", "one.csv", &["--to", "csv"]);
    assert!(
        told.contains("FW0932") && told.contains("`ELB` and `elb` differ only in case"),
        "{told}"
    );
    assert!(told.contains("one.csv.state.json"), "{told}");
    let (_, told) = run(&place, "second.csv", "one.csv", &["--to", "csv"]);
    assert!(!told.contains("FW0932"), "{told}");
}
