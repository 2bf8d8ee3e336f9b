//! What explanations and tests say by its name: a constant within a number of the method, a category that an absent cell
//! stands for, evidence of which nothing is said.

use crate::place::Place;

#[test]
fn a_param_within_a_number_is_told_when_it_changes() {
    let place = Place::empty();
    place.write(
        "w.risk",
        "framework w \"W\" version \"1.0.0\"\npanel country by month\nindicator x \"X\" : number in 0..100\n\
         param need \"Need\" : number = 1 until \"2024-02\", = 2 from \"2024-03\"\nsignal s \"S\" = top(x, need * 2)\n",
    );
    place.write(
        "d.csv",
        "country,month,x\nA,2024-02,5\nA,2024-03,5\nB,2024-02,7\nB,2024-03,7\nC,2024-02,1\nC,2024-03,1\nD,2024-02,2\n\
         D,2024-03,2\n",
    );
    let ended = place.run(&[
        "explain", "w.risk", "--data", "d.csv", "--entity", "D", "--period", "2024-03", "s",
    ]);
    assert!(
        ended.out.contains("[Need (need) = 2 from 2024-03]"),
        "{}",
        ended.out
    );
    assert!(
        ended.out.contains("to yes by Need (need) 2, was 1"),
        "{}",
        ended.out
    );
    assert!(!ended.out.contains("passing of time"), "{}", ended.out);
}

#[test]
fn what_an_absent_cell_stands_for_is_a_word_where_it_is_no_number() {
    let place = Place::empty();
    place.write(
        "w.risk",
        "framework w \"W\" version \"1.0.0\"\npanel area by month\ncategory zone { north, south }\n\
         indicator z \"Zone\" : zone missing means south because \"most are\" optional\n\
         indicator x \"X\" : number in 0..10 missing means 0 because \"all are listed\" optional\n\
         score s = if z is south then x else 1\n",
    );
    place.write("d.csv", "area,month,z,x\nA,2024-01,,\n");
    let ended = place.run(&[
        "explain", "w.risk", "--data", "d.csv", "--entity", "A", "--format", "json", "s",
    ]);
    for said in ["\"missing_means\": \"south\"", "\"missing_means\": 0.0"] {
        assert!(ended.out.contains(said), "no {said} in {}", ended.out);
    }
}

const VERIFIED: &str = "\
framework w \"W\" version \"1.0.0\"
panel area by month
indicator k : assessment polarity harmful verification column \"kv\" optional
signal s = k.verified
";

/// In a test and in a table of tests, with the column that says it and without: nothing said is nothing verified.
#[test]
fn of_nothing_nothing_was_verified() {
    let place = Place::empty();
    let tests = "test \"none\" { given k = missing expect s is no }\ntest \"some\" { given k = present expect s is yes }\n\
                 test \"told\" { given k = unverified(present) expect s is no }\n";
    place.write("w.risk", format!("{VERIFIED}{tests}"));
    let ended = place.run(&["test", "w.risk"]);
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    for (table, wrong) in [
        (
            "area,month,k,s\nA,2024-01,,no\nB,2024-01,present,yes\n",
            "area,month,k,s\nA,2024-01,,yes\n",
        ),
        (
            "area,month,k,kv,s\nA,2024-01,,,no\nB,2024-01,present,yes,yes\n",
            "area,month,k,kv,s\nA,2024-01,,,yes\n",
        ),
    ] {
        place.write(
            "w.risk",
            format!("{VERIFIED}test \"known\" from \"cases.csv\"\n"),
        );
        place.write("cases.csv", table);
        let ended = place.run(&["test", "w.risk"]);
        assert_eq!(ended.code, 0, "{table}{}{}", ended.out, ended.err);
        place.write("cases.csv", wrong);
        assert_eq!(place.run(&["test", "w.risk"]).code, 1, "{wrong}");
    }
}
