//! `forewarn lint`: findings about the method, with and without data.

use std::process::Command;
use tempfile::TempDir;

const RULES: &str = "framework l \"L\" version \"1\"
panel country by year
source events \"Events\" { license \"CC BY 4.0\" }
indicator killed \"Killed\" : number in 0..100  from events  polarity harmful
indicator battles \"Battles\" : number in 0..100  from events
indicator camps \"In camps\" : number in 0..100  polarity harmful
factor conflict \"Conflict\" { combine weighted mean members { killed weight 0.33, battles weight 0.33, camps weight 0.33 } }
signal war \"War\" = killed >= 10
scale concern { low < high < critical }
level overall \"Overall\" : concern { critical when conflict >= 90, high when war, low otherwise }
alert warning \"Warning\" { raise when war  clear when killed < 0.5 }
";

const DATA: &str = "country,year,killed,battles,camps\nA,2020,20,1,1\nA,2021,30,2,2\n";

struct Place {
    folder: TempDir,
}

impl Place {
    fn new(rules: &str) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::write(place.folder.path().join("l.risk"), rules).unwrap();
        std::fs::write(place.folder.path().join("l.csv"), DATA).unwrap();
        place
    }

    /// The exit code and the codes of the findings.
    fn found(&self, args: &[&str]) -> (i32, Vec<String>) {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.folder.path())
            .args(args)
            .args(["--format", "short"])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let codes = text.lines().filter_map(|line| {
            let (_, rest) = line.split_once('[')?;
            Some(rest.split_once(']')?.0.to_owned())
        });
        let mut codes: Vec<String> = codes.collect();
        codes.sort();
        (output.status.code().unwrap(), codes)
    }
}

#[test]
fn lints_are_told_only_when_asked_for() {
    let place = Place::new(RULES);
    assert_eq!(place.found(&["check", "l.risk"]), (0, Vec::new()));
    let of_rules = ["FW1101", "FW1102", "FW1103", "FW1103", "FW1103", "FW1104"].map(str::to_owned);
    assert_eq!(place.found(&["lint", "l.risk"]), (0, of_rules.to_vec()));
    assert_eq!(
        place.found(&["check", "--lint", "l.risk"]),
        (0, of_rules.to_vec())
    );
    let (code, _) = place.found(&["lint", "l.risk", "--deny", "warnings"]);
    assert_eq!(code, 1);
}

#[test]
fn data_tell_levels_never_reached_and_alerts_that_always_stand() {
    let (code, codes) = Place::new(RULES).found(&["lint", "l.risk", "--data", "l.csv"]);
    assert_eq!(code, 0);
    let of_data: Vec<&String> = codes
        .iter()
        .filter(|code| code.starts_with("FW111"))
        .collect();
    assert_eq!(of_data, ["FW1111", "FW1112", "FW1113"]);
}

#[test]
fn what_is_allowed_in_place_is_not_told_and_not_missed() {
    let allowed = RULES
        .replace(
            "killed >= 10",
            "killed >= 10 allow FW1103 because \"agreed\" allow FW1113 because \"a small table\"",
        )
        .replace("{ raise", "{ allow FW1112 because \"a small table\" raise");
    let place = Place::new(&allowed);
    let (_, codes) = place.found(&["lint", "l.risk", "--data", "l.csv"]);
    let count = |code: &str| codes.iter().filter(|known| *known == code).count();
    assert_eq!(
        (count("FW1103"), count("FW1112"), count("FW1113")),
        (2, 0, 0),
        "{codes:?}"
    );
    // Without lints nobody complains that the allowances are not needed.
    assert_eq!(place.found(&["check", "l.risk"]), (0, Vec::new()));
}

#[test]
fn params_past_their_review_and_weights_that_do_not_come_to_what_is_said() {
    let rules = RULES
        .replace(
            "signal war",
            "param line = 10 review 2020 cite \"x\"\nsignal war",
        )
        .replace("killed >= 10", "killed >= line")
        .replace(
            "weighted mean members",
            "weighted mean total weight 2 members",
        );
    let place = Place::new(&rules);
    let (_, codes) = place.found(&["lint", "l.risk", "--data", "l.csv"]);
    assert!(codes.contains(&"FW1114".to_owned()), "{codes:?}");
    assert!(codes.contains(&"FW1105".to_owned()), "{codes:?}");
    let later = Place::new(
        &rules
            .replace("review 2020", "review 2021")
            .replace("weight 2 members", "weight 0.99 members"),
    );
    let (_, codes) = later.found(&["lint", "l.risk", "--data", "l.csv"]);
    assert!(!codes.contains(&"FW1114".to_owned()), "{codes:?}");
    assert!(!codes.contains(&"FW1105".to_owned()), "{codes:?}");
}
