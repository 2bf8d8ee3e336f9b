//! What the panel says of its keys, from outside: who is no peer, and how periods are written.

use std::process::Command;
use tempfile::TempDir;

struct Place {
    folder: TempDir,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for (name, text) in files {
            std::fs::write(place.folder.path().join(name), text).unwrap();
        }
        place
    }

    /// Standard output and standard error of `forewarn` with these words.
    fn says(&self, code: i32, words: &str) -> (String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.folder.path())
            .args(words.split(' '))
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(code), "{words}\n{out}{err}");
        (out, err)
    }
}

#[track_caller]
fn has(text: &str, words: &[&str]) {
    for one in words {
        assert!(text.contains(one), "no {one:?} in:\n{text}");
    }
}

const PLACES: &str = "framework p \"Places\" version \"1\"
panel country by year except \"WLD\", \"HIC\"
unit people
indicator pop \"Population\" : people in 0..
score place \"Place\" = rank(pop)
";

const OPEN: &str = "framework p \"Places\" version \"1\"
panel country by year except \"HIC\"
unit people
indicator pop \"Population\" : people in 0..
score place \"Place\" = rank(pop)
";

const POPULATION: &str = "country,year,pop
AVA,2023,40
WLD,2023,900
BRV,2023,70
";

#[test]
fn an_entity_that_is_no_peer_is_left_out_of_everything() {
    let place = Place::new(&[
        ("p.risk", PLACES),
        ("open.risk", OPEN),
        ("d.csv", POPULATION),
    ]);
    for engine in ["native", "interpreter"] {
        let (out, err) = place.says(0, &format!("run p.risk --data d.csv --engine {engine}"));
        assert_eq!(out, "country,year,place\nAVA,2023,2\nBRV,2023,1\n");
        has(&err, &["left out: WLD (1 row)"]);
        assert!(!err.contains("FW0937"), "{err}");
    }
    let (_, err) = place.says(2, "explain p.risk --data d.csv --entity WLD");
    has(&err, &["`WLD` is left out by the panel", "except"]);
    // Without its name the rules compare with it, which is told with both ways out.
    let (out, err) = place.says(0, "run open.risk --data d.csv");
    has(&out, &["AVA,2023,3"]);
    has(&err, &["FW0937", "`--except WLD`", "`except \"WLD\"`"]);
    let (out, _) = place.says(0, "diff open.risk p.risk --data d.csv");
    has(
        &out,
        &["panel: except: `HIC` → `HIC`, `WLD`", "AVA", "3 → 2"],
    );
}

const COUNTED: &str = "framework c \"Counted\" version \"1\"
panel country by month column \"month_id\" written \"1 = 1980-01\"
unit deaths
indicator dead \"Dead\" : deaths in 0..
signal deadly \"Deadly\" = dead >= 25 deaths
signal since_deadly \"Deadly again\" = sum(dead, over: 2 months) >= 25 deaths
alert watch \"Watch\" { raise when deadly }
";

const MONTHS: &str = "country,month_id,dead
AVA,529,3
AVA,530,30
AVA,532,8
BRV,530,1
";

#[test]
fn periods_stand_in_results_as_the_data_count_them() {
    let place = Place::new(&[("c.risk", COUNTED), ("d.csv", MONTHS)]);
    let (out, err) = place.says(
        0,
        "run c.risk --data d.csv --columns deadly,watch,watch.since --state none --events events.csv",
    );
    has(
        &out,
        &[
            "country,month_id,deadly,",
            "\nAVA,529,no,",
            "\nAVA,530,yes,raised,530\n",
        ],
    );
    has(&err, &["AVA 531 (2024-03)"]);
    let events = std::fs::read_to_string(place.folder.path().join("events.csv")).unwrap();
    has(&events, &["AVA,530,"]);
    let (out, _) = place.says(0, "run c.risk --data d.csv --to ndjson --period 530");
    has(&out, &["\"month_id\":530"]);
    assert!(!out.contains("529"), "{out}");
    // A table and an explanation are for people: both.
    let (out, _) = place.says(0, "run c.risk --data d.csv --to table --period all");
    has(&out, &["529 (2024-01) to 532 (2024-04)", "530 (2024-02)"]);
    for period in ["530", "2024-02"] {
        let words = format!(
            "explain c.risk watch since_deadly --data d.csv --entity AVA --period {period} --full"
        );
        let (out, _) = place.says(0, &words);
        has(
            &out,
            &["AVA, 530 (2024-02)", "529 (2024-01) to 530 (2024-02)"],
        );
    }
    let (_, err) = place.says(2, "explain c.risk --data d.csv --entity AVA --period 999");
    has(&err, &["529 (2024-01) to 532 (2024-04)"]);
    // What the rules say of it is not what these data do.
    let usual = "country,month_id,dead\nAVA,2024-01,3\n";
    std::fs::write(place.folder.path().join("usual.csv"), usual).unwrap();
    let (out, _) = place.says(0, "run c.risk --data usual.csv --columns deadly");
    has(&out, &["AVA,2024-01,no"]);
}

#[test]
fn other_ways_of_writing_come_back_and_runs_are_verified_and_compared() {
    let counted = COUNTED.replace("\"1 = 1980-01\"", "\"YYYYMM\"");
    let months = MONTHS.replace("529", "202401").replace("530", "202402");
    let months = months.replace("532", "202404");
    let later = months.replace("202402,30", "202402,20");
    let place = Place::new(&[("c.risk", &counted), ("d.csv", &months), ("e.csv", &later)]);
    place.says(0, "run c.risk --data d.csv --columns deadly -o one.csv");
    place.says(0, "run c.risk --data e.csv --columns deadly -o two.csv");
    let one = std::fs::read_to_string(place.folder.path().join("one.csv")).unwrap();
    has(&one, &["AVA,202402,yes"]);
    place.says(0, "verify one.csv.manifest.json");
    let (out, _) = place.says(0, "compare one.csv two.csv");
    has(&out, &["AVA  202402", "yes → no", "30 → 20"]);
    place.says(0, "run c.risk --data d.csv --columns deadly -o one.parquet");
    place.says(0, "verify one.parquet.manifest.json");
}

#[test]
fn keys_behind_the_period_are_one_slip() {
    let rules = "framework a \"A\" version \"1\"\npanel by month, land, part\n\
        indicator x : number in 0..\nscore y = x\n";
    let place = Place::new(&[("a.risk", rules)]);
    let (_, err) = place.says(1, "check a.risk");
    has(&err, &["panel land, part by month", "1 error"]);
    place.says(0, "fix a.risk");
    let fixed = std::fs::read_to_string(place.folder.path().join("a.risk")).unwrap();
    has(&fixed, &["panel land, part by month\n"]);
}
