//! What is said of values that do not apply, of goalposts that were given, and of what nobody tried.

use crate::said::{never, says};
use std::path::Path;
use std::process::Command;

struct Place(tempfile::TempDir);

impl Place {
    fn new(rules: &str, data: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write(
            "r.risk",
            &format!("framework demo \"Demo\" version \"1\"\n{rules}"),
        );
        place.write("d.csv", data);
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn run(&self, args: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(args)
            .current_dir(self.path())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What `forewarn explain` says, on one line.
    fn of(&self, results: &[&str], entity: &str, more: &[&str]) -> String {
        let args = ["explain", "r.risk", "--data", "d.csv", "--entity", entity];
        let text = self.run(&[&args[..], more, results].concat());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn a_cell_that_does_not_apply_was_never_a_value() {
    let place = Place::new(
        "panel town by month\nindicator tolls \"Tolls\" : number in 0..100 applies when gate\n\
         indicator gate \"Gate\" : truth\nscale c { low < high }\n\
         level l : c { high when tolls >= 40, low otherwise }\nsignal t = tolls >= 40\n",
        "town,month,gate,tolls\nA,2031-01,no,77\nA,2031-02,yes,\nB,2031-01,no,77\nB,2031-02,yes,12\n\
         C,2031-01,yes,50\nC,2031-02,no,66\n",
    );
    let text = place.of(&["l"], "A", &[]);
    never(&text, &["77", "to high by"]);
    says(
        &text,
        &["it was low to low or high by Gate (gate) yes, was no"],
    );
    let text = place.of(&["t"], "B", &[]);
    never(&text, &["77", "to yes by"]);
    says(
        &text,
        &["to no by Tolls (tolls) 12, was –; together with Gate (gate) yes, was no"],
    );
    let text = place.of(&["t"], "C", &[]);
    never(&text, &["66", "what would settle it"]);
    says(
        &text,
        &[
            "(not applicable here",
            "to unknown by Gate (gate) no, was yes",
        ],
    );
}

#[test]
fn what_does_not_apply_is_called_so_wherever_it_stands() {
    let rules = "panel town\nindicator gate \"Gate\" : truth\n\
        indicator tolls \"Tolls\" : number in 0..100 applies when gate\n\
        indicator carts \"Carts\" : number in 0..100\n\
        score filled = impute_mean(tolls) / 10\nscore placed = minmax(tolls)\n\
        scale c { low < high }\nlevel inline : c { high when impute_mean(tolls) >= 30, low otherwise }\n\
        level banded : c from impute_mean(tolls) { low in 0..<30, high in 30..100 }\n\
        fn tenth(part: number) -> number = part / 10\nscore called = tenth(tolls)\n\
        score either = (tolls ?? carts) + 1\n\
        factor f { combine mean require 1 known members { impute_mean(tolls) / 100 \"Tolls of 100\", carts / 100 \"Carts of 100\" } }\n";
    let place = Place::new(
        rules,
        "town,gate,tolls,carts\nA,yes,20,\nB,no,,30\nC,no,5,\nD,yes,40,10\n",
    );
    for result in ["filled", "placed", "inline", "banded", "called", "f"] {
        for entity in ["B", "C"] {
            let text = place.of(&[result], entity, &[]);
            never(
                &text,
                &["no peer is known", "rests on `tolls`", "(0 of this"],
            );
            says(&text, &["not applicable here"]);
        }
    }
    // All at once, where one is told above another.
    let text = place.of(&["filled", "inline", "banded", "f"], "B", &["--full"]);
    never(
        &text,
        &["no peer is known", "rests on `tolls`", "would settle"],
    );
    // And what is missing is what is missing.
    says(
        &place.of(&["either"], "C", &[]),
        &["(missing: rests on `carts`)"],
    );
}

#[test]
fn an_estimate_is_told_with_what_it_can_be_where_members_may_not_apply() {
    let place = Place::new(
        "panel town\nindicator gate \"Gate\" : truth\nindicator carts \"Carts\" : number in 0..100\n\
         indicator guard \"Guard\" : assessment applies when gate\n\
         factor e \"E\" { combine mean evidence estimate require 1 known members { carts / 100 \"Carts of 100\", guard } }\n",
        "town,gate,carts,guard\nA,yes,40,\nB,no,40,\n",
    );
    says(&place.of(&["e"], "A", &[]), &["it can be 0.2 to 0.7"]);
    never(&place.of(&["e"], "B", &[]), &["it can be"]);
    let text = place.of(&["e"], "A", &["--format", "json"]);
    says(&text, &["\"at_least\": 0.2", "\"at_most\": 0.7"]);
}

#[test]
fn what_stands_behind_a_parameter_is_no_rule() {
    let place = Place::new(
        "panel town\nindicator carts \"Carts\" : number in 0..100\n\
         fn tenth(part: number) -> number = if part > 10 then part / 10 else 0\nscore called = tenth(carts)\n",
        "town,carts\nA,\nB,1\n",
    );
    let text = place.of(&["called"], "A", &[]);
    never(&text, &["the rules say so"]);
    says(&text, &["absent in the data"]);
}

#[test]
fn goalposts_of_an_earlier_run_are_told_as_such() {
    let place = Place::new(
        "panel town by year\nindicator carts : number in 0..1000\n\
         score placed = minmax(carts)\nscore spread = zscore(carts, baseline: 2031..2032)\n",
        "town,year,carts\nA,2031,10\nB,2031,30\nA,2032,20\nB,2032,50\n",
    );
    place.run(&["run", "r.risk", "--data", "d.csv", "-o", "first.csv"]);
    place.write(
        "d.csv",
        "town,year,carts\nA,2031,10\nB,2031,30\nA,2032,20\nB,2032,400\n",
    );
    let given = ["--goalposts", "first.csv.manifest.json"];
    let text = place.of(&["placed", "spread"], "A", &given);
    says(
        &text,
        &[
            "(own 20, by goalposts of this period from an earlier run, least 20, greatest 50)",
            "by goalposts of 2031 to 2032 from an earlier run, mean 27.5",
        ],
    );
    never(&text, &["known", "400", "rank"]);
    let json = place.of(
        &["placed"],
        "A",
        &[&given[..], &["--format", "json"]].concat(),
    );
    says(&json, &["\"given\": true"]);
    let own = place.of(&["placed"], "A", &[]);
    says(&own, &["2 of this period known", "greatest 400"]);
}

#[test]
fn results_with_and_without_peers_are_told_apart_side_by_side() {
    let place = Place::new(
        "panel region, town by month\nindicator carts : number in 0..100\n\
         alert jam { raise when carts >= 60 clear when carts < 30 }\n\
         score most = max(carts, within: jam) hindsight\n\
         signal heavy = ever(carts >= 90, within: jam) hindsight\n\
         score of_region = max(most, among: region) hindsight\n",
        "region,town,month,carts\nN,a,2031-01,10\nN,a,2031-02,60\nN,a,2031-03,95\nN,a,2031-04,20\n",
    );
    let more = ["--period", "2031-02"];
    let both = place.of(&["heavy", "of_region"], "N/a", &more);
    let heavy = both.split("of_region").next().unwrap();
    says(
        heavy,
        &[
            "not tried, since later periods count, too: carts",
            "by its whole spell",
        ],
    );
    never(heavy, &["peers"]);
    says(&both, &["to 95 by comparison with peers"]);
}

#[test]
fn a_report_does_not_deny_what_it_did_not_try() {
    let place = Place::new(
        "panel town\nindicator carts \"Carts\" : number in 0..100\nindicator gate \"Gate\" : truth\n\
         scale c { low < high }\nlevel placed : c { high when minmax(carts) >= 0.5, low otherwise }\n",
        "town,carts,gate\nA,,yes\nB,10,yes\nC,20,\n",
    );
    // The report has words of its own in languages into which nobody translated the rules.
    for (lang, words) in [
        (&[][..], "Not tried, since compared with peers: Carts"),
        (
            &["--lang", "fr"],
            "Non essayés, car comparés aux pairs : Carts",
        ),
        (&["--lang", "pt-BR"], "pois são comparados com pares: Carts"),
    ] {
        let report = ["report", "r.risk", "--data", "d.csv", "-o", "r.md"];
        place.run(&[&report[..], lang].concat());
        let text = place.read("r.md").replace(['\u{a0}', '\u{202f}'], " ");
        says(&text, &[words]);
        never(
            &text,
            &[
                "No missing indicator",
                "no indicator alone",
                "1 indicators",
                "Aucun indicateur manquant",
            ],
        );
    }
}
