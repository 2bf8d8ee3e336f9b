//! What once passed in silence and let a method, or a file, mean something else.

use crate::place;

use place::{Ended, Place};

const CLINIC: &str = "\
framework clinic \"Clinic\" version \"1.0.0\"
panel town by month
indicator sick \"Sick\" : number in 0..
indicator beds \"Beds\" : number in 0..  optional
score load \"Load\" = sick
score room \"Room\" = beds
";

/// A ruleset with a file of events and one of beds.
fn clinic(rows: &str, map: &str, events: &str) -> Place {
    let place = Place::new("");
    place.write("c/clinic.risk", CLINIC);
    place.write("c/events.csv", events);
    place.write("c/beds.csv", "Ort,Monat,Betten\nAVA,2031-01,7\n");
    place.write(
        "c/forewarn.toml",
        format!(
            "[package]\nname = \"clinic\"\nversion = \"1.0.0\"\n\n[[data]]\nname = \"events\"\nfiles = \"events.csv\"\n\
             rows = '{rows}'\nfooter = \"Source:\"\nsum = {{ sick = \"cases\" }}\n\n[[data]]\nname = \"beds\"\n\
             files = \"beds.csv\"\nmap = {{ {map} }}\n"
        ),
    );
    place
}

const EVENTS: &str = "town,month,kind,cases\nAVA,2031-01,Cough,20\nAVA,2031-01,Burns,8\nAVA,2031-01,Bites,3\n\
                      Source: the office,,,\n";
const MAP: &str = "town = \"Ort\", month = \"Monat\", beds = \"Betten\"";

fn run(place: &Place) -> Ended {
    place.run(&["run", "c", "--to", "csv"])
}

#[track_caller]
fn tells(ended: &Ended, words: &[&str]) {
    let told: Vec<&str> = ended.err.lines().map(str::trim).collect();
    let told = told.join(" ");
    for word in words {
        assert!(told.contains(word), "no `{word}` in {}", ended.err);
    }
}

#[test]
fn a_period_that_map_misspells_is_no_file_without_periods() {
    let rows = "kind in (\"Cough\", \"Burns\")";
    let sound = run(&clinic(rows, MAP, EVENTS));
    assert_eq!(
        sound.out, "town,month,load,room\nAVA,2031-01,28,7\n",
        "{}",
        sound.err
    );
    let odd = MAP.replace("Monat", "Monatt");
    let told = run(&clinic(rows, &odd, EVENTS));
    assert_eq!(told.code, 1, "{}", told.err);
    tells(
        &told,
        &[
            "error[FW0942]",
            "has no column `Monatt`",
            "did you mean `Monat`?",
            "`map` names it",
        ],
    );
}

#[test]
fn words_of_rows_that_no_row_has_are_told_where_one_is_near() {
    let told = run(&clinic("kind in (\"Cough\", \"Brns\")", MAP, EVENTS));
    assert_eq!(
        told.out, "town,month,load,room\nAVA,2031-01,20,7\n",
        "{}",
        told.err
    );
    tells(
        &told,
        &[
            "warning[FW0976]",
            "no row has `Brns`",
            "1 row with `Burns` left out",
        ],
    );
    // No such event in this delivery.
    let quiet = run(&clinic("kind in (\"Cough\", \"Falls\")", MAP, EVENTS));
    assert!(!quiet.err.contains("FW0976"), "{}", quiet.err);
}

#[test]
fn rows_that_are_left_out_for_a_letter_are_told() {
    let events = EVENTS.replace("2031-01,Bites,3", "2031-01,Cuogh,3");
    let told = run(&clinic("kind in (\"Cough\", \"Burns\")", MAP, &events));
    tells(
        &told,
        &[
            "warning[FW0976]",
            "leaves out 1 row with `Cuogh`, and asks for `Cough`",
        ],
    );
}

#[test]
fn where_rows_keep_nothing_the_footer_is_not_blamed() {
    let told = run(&clinic("kind in (\"coughs\", \"falls\")", MAP, EVENTS));
    tells(
        &told,
        &[
            "warning[FW0914]",
            "`rows` leaves out all 3 rows",
            "no row has `coughs` or `falls`; `kind` holds `Bites`, `Burns`, `Cough`",
        ],
    );
    assert!(!told.err.contains("`footer` leaves"), "{}", told.err);
}

#[test]
fn a_result_that_a_table_of_cases_misspells_is_told() {
    let place = Place::new("");
    let rules = format!("{CLINIC}test \"known\" from \"cases.csv\"\n");
    place.write("t.risk", rules);
    place.write(
        "cases.csv",
        "town,month,sick,load,beds,rooom\nAVA,2031-01,3,3,2,2\n",
    );
    let told = place.run(&["test", "t.risk"]);
    assert_eq!(told.code, 1, "{}", told.err);
    tells(&told, &["the column `rooom`", "did you mean `room`?"]);
    place.write(
        "cases.csv",
        "town,month,sick,load,beds,remark\nAVA,2031-01,3,3,2,\n",
    );
    assert_eq!(place.run(&["test", "t.risk"]).code, 0);
}

#[test]
fn a_classification_that_there_is_not_cannot_be_given_by_a_change() {
    let place = Place::new(
        "override classification piracy = confidentail because \"The ministry asks for it\"\n",
    );
    let told = place.run(&["check", "west"]);
    assert_eq!(told.code, 1, "{}", told.err);
    tells(
        &told,
        &[
            "error[FW0116]",
            "there is no classification `confidentail`",
            "did you mean `confidential`?",
        ],
    );
}

#[test]
fn a_change_of_what_is_not_there_is_marked_at_its_name() {
    for (change, name) in [
        (
            "override weight conflct.piracy = 2 because \"A coast\"\n",
            "conflct",
        ),
        (
            "replace signal at_wra \"War\" = deaths_best >= 2_000 deaths because \"Decision 4\"\n",
            "at_wra",
        ),
    ] {
        let told = Place::new(change).run(&["check", "west"]);
        let marked = told.err.lines().find(|line| line.contains('┬'));
        let marked = marked.map(|line| line.chars().filter(|sign| "─┬".contains(*sign)).count());
        assert_eq!(marked, Some(name.len()), "{}", told.err);
    }
}

#[test]
fn the_language_of_a_package_is_a_tag() {
    let place = clinic("kind is known", MAP, EVENTS);
    let toml = place.read("c/forewarn.toml");
    place.write(
        "c/forewarn.toml",
        toml.replace(
            "version = \"1.0.0\"\n",
            "version = \"1.0.0\"\nlanguage = \"french\"\n",
        ),
    );
    let told = place.run(&["check", "c"]);
    tells(
        &told,
        &[
            "error[FW1302]",
            "`french` is not the tag of a language",
            "such as `fr`",
        ],
    );
}

const STATE: &str = "\
framework state \"State\" version \"1.0.0\"
panel country by year
indicator raids \"Raids\" : number in 0..10  polarity harmful
indicator sieges \"Sieges\" : number in 0..10  polarity harmful
indicator trust \"Trust\" : number in 0..10  polarity protective
indicator curfew \"Curfew\" : truth  polarity harmful
param many \"Many\" = 3
  cite \"Handbook\"
signal raided \"Raided\" = raids >= many
signal besieged \"Besieged\" = sieges >= many
factor danger \"Danger\" {
  combine weighted mean
  require 2 known
  members { raided weight 3, besieged weight 2, curfew weight 1 }
}
";

/// The codes that `forewarn lint` tells.
fn lints(rules: &str) -> Vec<String> {
    let place = Place::new("");
    place.write("s.risk", rules);
    let ended = place.run(&["lint", "s.risk", "--format", "short"]);
    let codes = ended.out.lines().filter_map(|line| {
        let (_, rest) = line.split_once('[')?;
        Some(rest.split_once(']')?.0.to_owned())
    });
    codes.filter(|code| code != "FW0103").collect()
}

#[test]
fn members_that_count_the_wrong_way_are_told_by_lint() {
    assert_eq!(lints(STATE), [""; 0]);
    let signs = [
        ("besieged weight 2", "besieged weight -2", "FW1108"),
        ("raided weight 3", "not raided weight 3", "FW1106"),
        ("curfew weight 1", "not curfew weight 1", "FW1106"),
    ];
    for (right, wrong, code) in signs {
        let rules = STATE.replace(right, wrong);
        assert_eq!(lints(&rules), [code], "{wrong}");
    }
    // What protects may well count against.
    let rules = STATE
        .replace("besieged weight 2", "besieged weight 2, trusted weight -1")
        .replace(
            "factor danger",
            "signal trusted \"Trusted\" = trust >= many\nfactor danger",
        );
    assert!(!lints(&rules).contains(&"FW1108".to_owned()));
}

#[test]
fn a_yes_that_is_safer_among_dangers_is_told_by_lint() {
    let open = STATE.replace(
        "\"Curfew\" : truth  polarity harmful",
        "\"Curfew\" : truth  polarity protective",
    );
    assert_eq!(lints(&open), ["FW1107"]);
    let turned = open.replace("curfew weight 1", "not curfew weight 1");
    assert_eq!(lints(&turned), [""; 0]);
    let against = open.replace("curfew weight 1", "curfew weight -1");
    assert!(!lints(&against).contains(&"FW1107".to_owned()));
}

#[test]
fn weights_in_shares_and_in_hundreds_are_told() {
    let weighed = |raided: &str, besieged: &str| {
        STATE
            .replace("raided weight 3", &format!("raided weight {raided}"))
            .replace("besieged weight 2", &format!("besieged weight {besieged}"))
    };
    assert_eq!(lints(&weighed("0.5", "30")), ["FW1104"]);
    assert_eq!(lints(&weighed("50%", "30")), ["FW0320"]);
    assert_eq!(lints(&weighed("0.5", "2")), [""; 0]);
}

#[test]
fn two_answers_compared_by_is_are_told_by_lint() {
    let rules = format!("{STATE}signal both \"Both\" = raided is besieged\n");
    assert_eq!(lints(&rules), ["FW1109"]);
    let asked = format!("{STATE}signal not_raided \"Not raided\" = raided is no\n");
    assert_eq!(lints(&asked), [""; 0]);
}

#[test]
fn a_term_that_is_left_out_beside_and_is_told_by_lint() {
    let rules = |asked: &str| {
        format!(
            "{STATE}indicator coast \"Coast\" : truth\n\
             indicator piracy \"Piracy\" : number in 0..10 polarity harmful applies when coast\n\
             signal alarm \"Alarm\" = {asked}\n"
        )
    };
    let told = |asked: &str| lints(&rules(asked)).contains(&"FW1141".to_owned());
    assert!(told("piracy >= 5 and raided"));
    assert!(told("not (piracy < 5) and raided"));
    // Asked for, left out together, or alone.
    assert!(!told("coast and piracy >= 5 and raided"));
    assert!(!told("piracy is known and piracy >= 5 and raided"));
    assert!(!told("piracy >= 5 and piracy < 8"));
    assert!(!told("piracy >= 5 or raided"));
    assert!(!told("piracy in 5..8"));
}

#[test]
fn a_share_beside_a_number_of_hundredths_is_told_by_lint() {
    let rules = |asked: &str| {
        format!(
            "{STATE}unit schools\n\
             indicator shut \"Shut\" : schools in 0.. polarity harmful\n\
             indicator all \"Schools\" : schools in 1.. polarity protective\n\
             let usual = mean(shut, over: 12 months, require: 6 months)\n\
             signal closing \"Closing\" = {asked}\n"
        )
    };
    let told = |asked: &str| lints(&rules(asked)).contains(&"FW1142".to_owned());
    assert!(told("shut / all >= 10"));
    assert!(told("25 < shut / all"));
    assert!(!told("shut / all >= 10%"));
    assert!(!told("shut / all >= 0.1"));
    // So many times as much, also of what is usual.
    assert!(!told("shut / all >= 2"));
    assert!(!told("shut / usual >= 10"));
    assert!(!told("shut >= 10 schools"));
}
