//! Cells that say that there is no such value (`applies unless written "n/a"`).

use crate::place;
use crate::said::says;

struct Place(place::Place);

impl Place {
    fn new(rules: &str) -> Self {
        let place = Self(place::Place::empty());
        place.write(
            "r.risk",
            &format!("framework demo \"Demo\" version \"1\"\npanel town by month\n{rules}"),
        );
        place
    }

    fn write(&self, name: &str, text: &str) {
        self.0.write(name, text);
    }

    /// What the program says, and whether it ended well.
    fn says(&self, line: &str) -> (bool, String, String) {
        let ended = self.0.run(&line.split(' ').collect::<Vec<_>>());
        (ended.code == 0, ended.out, ended.err)
    }

    #[track_caller]
    fn run(&self, line: &str) -> String {
        let (well, out, told) = self.says(line);
        assert!(well, "{told}");
        out
    }

    fn explained(&self, line: &str) -> String {
        let text = self.run(&format!("explain r.risk --data d.csv {line}"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

const RULES: &str = "\
indicator coast \"Coast\" : truth
indicator tolls \"Tolls\" : assessment WHERE
indicator raids \"Raids\" : number in 0..10
indicator carts \"Carts\" : number in 0..10
factor f \"F\" { combine mean require 60% coverage members { tolls, raids / 10 \"R\", carts / 10 \"C\" } }
factor g \"G\" { combine max evidence bounds members { tolls, raids / 10 \"R10\" } }
score few = mean(carts / 10, raids / 10, require: 1 known)
score signs = count(tolls is present, raids >= 5, carts >= 5)
signal either = tolls is present or raids >= 5
signal there = tolls is known
signal gone = tolls is missing
scale c { low < high }
level l : c { high when tolls is present, low otherwise }
";

#[test]
fn a_cell_that_says_so_is_as_one_of_which_a_condition_says_it() {
    let header = "town,month,coast,tolls,raids,carts\n";
    let said =
        Place::new(&RULES.replace("WHERE", "applies unless written \"n/a\" or \"no coast\""));
    said.write(
        "d.csv",
        &format!("{header}A,2024-01,yes,present,4,6\nA,2024-02,no,N/A,4,\nB,2024-01,no,No-Coast,8,2\nB,2024-02,yes,,8,\n"),
    );
    let asked = Place::new(&RULES.replace("WHERE", "applies when coast"));
    asked.write(
        "d.csv",
        &format!("{header}A,2024-01,yes,present,4,6\nA,2024-02,no,,4,\nB,2024-01,no,present,8,2\nB,2024-02,yes,,8,\n"),
    );
    let line = "run r.risk --data d.csv --to csv --engine";
    for engine in ["native", "interpreter"] {
        let line = format!("{line} {engine}");
        assert_eq!(said.run(&line), asked.run(&line));
    }
    let (_, _, summary) = said.says("run r.risk --data d.csv -o out.csv");
    says(&summary, &["not applicable: `tolls` 2 cells"]);
    says(&summary, &["`tolls` 25.0 %"]);
    says(
        &said.explained("--entity B --period 2024-01 f"),
        &["Tolls (tolls) – (not applicable, as the data say)"],
    );
    let json = said.run("explain r.risk --data d.csv --entity B --period 2024-01 f --format json");
    says(&json, &["\"why\": \"not applicable\"", "\"said\""]);
}

#[test]
fn that_there_is_no_such_value_holds_as_long_as_a_value_does() {
    let place = Place::new(&RULES.replace(
        "WHERE",
        "applies unless written \"n/a\" carry forward at most 2 months expires after 3 months",
    ));
    let header = "town,month,coast,tolls,raids,carts\n";
    place.write(
        "d.csv",
        &format!(
            "{header}A,2024-01,,present,4,6\nA,2024-02,,n/a,4,6\nA,2024-03,,,4,6\nA,2024-05,,,4,6\n\
             A,2024-06,,,4,6\nA,2024-07,,absent,4,6\nA,2024-08,,,4,6\n"
        ),
    );
    let out = place.run("run r.risk --data d.csv --to csv --columns f.coverage,signs,there");
    assert_eq!(
        out,
        "town,month,f.coverage,signs,there\nA,2024-01,1,2,yes\nA,2024-02,1,1,no\nA,2024-03,1,1,no\n\
         A,2024-05,0.6666666666666666,,no\nA,2024-06,0.6666666666666666,,no\nA,2024-07,1,1,yes\nA,2024-08,1,1,yes\n"
    );
    says(
        &place.explained("--entity A --period 2024-03 f"),
        &["(not applicable, as the data say; carried forward from 2024-02, 1 month old)"],
    );
    says(
        &place.explained("--entity A --period 2024-06 f"),
        &["out of date: last observed in 2024-02"],
    );
    // A run that goes on from another one knows it, too.
    place.write(
        "one.csv",
        &format!("{header}A,2024-01,,present,4,6\nA,2024-02,,n/a,4,6\n"),
    );
    place.write("two.csv", &format!("{header}A,2024-03,,,4,6\n"));
    let rules = place.0.read("r.risk");
    place.write(
        "r.risk",
        &format!("{rules}alert a \"A\" {{ raise when tolls is present clear when not tolls is present }}\n"),
    );
    place.run("run r.risk --data one.csv -o one-r.csv");
    let out = place
        .run("run r.risk --data two.csv --state one-r.csv --to csv --columns f.coverage,there");
    assert_eq!(out, "town,month,f.coverage,there\nA,2024-03,1,no\n");
}

#[test]
fn a_word_that_is_a_number_is_met_by_that_number() {
    let place = Place::new(
        "indicator raids : number in 0..10 applies unless written \"99\" or \"n/a\"\nscore s = raids\n\
         score known = count(raids, over: all)\n",
    );
    place.write(
        "d.csv",
        "town,month,raids\nA,2024-01,99\nA,2024-02,99.0\nA,2024-03,3\nA,2024-04,98\n",
    );
    let (_, out, told) = place.says("run r.risk --data d.csv --to csv");
    assert_eq!(
        out,
        "town,month,s,known\nA,2024-01,,0\nA,2024-02,,0\nA,2024-03,3,1\nA,2024-04,,1\n"
    );
    says(&told, &["not applicable: `raids` 2 cells", "out of range"]);
}

#[test]
fn tests_give_it_in_series_and_only_where_data_can_say_it() {
    let place = Place::new(&format!(
        "{}test \"it holds on\" over 6 months {{ given tolls = [present, not applicable, missing x 4]\n\
         given raids = 4\ngiven carts = 6\nexpect f.coverage is 1 at month 4\nexpect f.coverage < 1 at month 6\n\
         expect f is 0.5 at month 3\nexpect there is no at month 2\nexpect gone is yes at month 2 }}\n",
        RULES.replace(
            "WHERE",
            "applies unless written \"n/a\" expires after 3 months"
        )
    ));
    let (well, _, told) = place.says("test r.risk");
    assert!(well, "{told}");
    says(&told, &["1 test, "]);
    let place = Place::new(&format!(
        "{}test \"never\" {{ given tolls = not applicable\nexpect f is missing }}\n\
         test \"worked out\" {{ given f = not applicable\nexpect l is low }}\n",
        RULES.replace("WHERE", "applies when coast")
    ));
    let (well, _, told) = place.says("check r.risk");
    assert!(!well);
    says(
        &told,
        &[
            "FW0760",
            "`applies unless written \"n/a\"`",
            "give what it is made of",
        ],
    );
}

#[test]
fn a_word_that_nobody_declared_is_told_with_how_to() {
    for (kind, code) in [
        ("assessment", "FW0905"),
        ("number in 0..10", "FW0903"),
        ("truth", "FW0906"),
    ] {
        let place = Place::new(&format!(
            "indicator raids : {kind}\nsignal s = raids is known\n"
        ));
        place.write("d.csv", "town,month,raids\nA,2024-01,n/a\n");
        let (well, _, told) = place.says("run r.risk --data d.csv --to csv");
        assert!(!well);
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        says(
            &told,
            &[
                code,
                "--missing n/a",
                "declare so with `raids`: `applies unless written \"n/a\"`",
            ],
        );
    }
}

#[test]
fn what_is_not_verified_takes_nothing_out_of_what_is() {
    let place = Place::new(
        "indicator tolls : assessment verification column \"seen\" applies unless written \"n/a\"\n\
         indicator raids : assessment\n\
         factor f { combine mean require 1 known members { tolls, raids } }\nscore sure = verified(f.coverage)\n\
         score all = f.coverage\n",
    );
    place.write(
        "d.csv",
        "town,month,tolls,seen,raids\nA,2024-01,n/a,no,present\nB,2024-01,n/a,yes,present\n",
    );
    let out = place.run("run r.risk --data d.csv --to csv --columns sure,all");
    assert_eq!(out, "town,month,sure,all\nA,2024-01,0.5,1\nB,2024-01,1,1\n");
}
