//! Panels of other kinds than a country by a period, from outside: one series, weeks from another day than Monday, and
//! more than two keys.

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

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
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
        // Nobody is ever without a name.
        for empty in ["``", " of :", "by ,", "each :", "0 series", "  ,"] {
            assert!(
                !out.contains(empty) && !err.contains(empty),
                "{words}: {out}{err}"
            );
        }
        (out, err)
    }

    /// Results as CSV, the same from both engines.
    fn results(&self, words: &str) -> (String, String) {
        let run = |engine: &str| self.says(0, &format!("run {words} --to csv --engine {engine}"));
        let (native, told) = run("native");
        assert_eq!(run("interpreter").0, native);
        (native, told)
    }
}

const PRICES: &str = "\
framework prices \"Bread prices\" version \"1.0.0\"
panel by month

unit crowns

indicator bread \"Price of bread\" : crowns in 0..1000
indicator strikes \"Strikes\" : number in 0..
  missing means 0 because \"the register lists every strike\"

score usual \"Usual price\" = mean(bread, over: 3 months, require: 2 months)
score rise \"Rise in a month\" = growth(bread, over: 1 month)
score restless \"Strikes in three months\" = sum(strikes, over: 3 months, require: 1 month)
signal dear \"Dear\" = bread > 1.2 * lag(usual, 1 month)

scale concern { calm < tense < grave }
level unrest \"Unrest\" : concern {
  grave when dear and restless >= 3,
  tense when dear or restless >= 3,
  calm  otherwise,
}
alert warning \"Warning\" {
  raise when unrest >= tense for 2 months
  clear when unrest is calm
}

test \"prices that jump\" over 4 months {
  given bread = [10 crowns, 10 crowns, 13 crowns, 10 crowns]
  given strikes = [0, 0, 3, 0]
  expect dear is [unknown, unknown, yes, no]
  expect unrest is grave at month 3
  expect usual is [missing, 10 crowns, 11 crowns, 11 crowns]
}
test \"two years\" over 24 months {
  given bread = 10 crowns
  given strikes = 0
  expect unrest is calm at month 24
}
";

/// April is not there.
const BREAD: &str = "month,bread,strikes
2024-01,10,0
2024-02,10,1
2024-03,13,2
2024-05,12,
2024-06,16,1
";

#[test]
fn a_series_has_a_column_of_periods_and_no_entity() {
    let place = Place::new(&[("prices.risk", PRICES), ("bread.csv", BREAD)]);
    place.says(0, "check prices.risk");
    place.says(0, "test prices.risk");
    let (out, told) = place.results("prices.risk --data bread.csv --state none");
    // By hand: (10 + 10 + 13) / 3 = 11; 13 > 1.2 * 10, 12 > 1.2 * 11.5 is not, 16 > 1.2 * 12.5.
    let wanted =
        "month,usual,rise,restless,dear,unrest,unrest.at_least,unrest.at_most,warning,warning.since
2024-01,,,0,unknown,,calm,tense,quiet,
2024-02,10,0,1,unknown,,calm,tense,quiet,
2024-03,11,0.3,3,yes,grave,grave,grave,quiet,
2024-05,12.5,,2,no,calm,calm,calm,quiet,
2024-06,14,0.3333333333333333,1,yes,tense,tense,tense,quiet,
";
    let columns = |text: &str| text.lines().next().unwrap().to_owned();
    assert!(columns(&out).starts_with("month,usual,"), "{out}");
    for row in ["2024-03,11,0.3", "2024-05,12.5,", "2024-06,14,"] {
        assert!(out.contains(row), "{out}\nnot\n{wanted}");
    }
    assert!(told.contains("5 rows (5 months)"), "{told}");
    assert!(
        told.contains("1 month, taken as missing: 2024-04"),
        "{told}"
    );
}

#[test]
fn every_form_of_a_series_is_read_again() {
    let place = Place::new(&[("prices.risk", PRICES), ("bread.csv", BREAD)]);
    for ending in ["csv", "ndjson", "json", "arrow", "parquet", "xlsx"] {
        place.says(
            0,
            &format!("run prices.risk --data bread.csv --state none -o r.{ending}"),
        );
    }
    assert!(place.read("r.csv").starts_with("month,"));
    assert!(
        place
            .read("r.ndjson")
            .starts_with("{\"month\":\"2024-01\",")
    );
    // A run on the data of all forms: what is read is what was written.
    let rules = PRICES
        .split("score")
        .next()
        .unwrap()
        .replace("strikes", "usual");
    let rules = format!("{rules}score again = usual\n")
        .replace("crowns in 0..1000", "crowns in 0..1000 optional");
    std::fs::write(place.folder.path().join("again.risk"), rules).unwrap();
    let wanted = place.results("again.risk --data r.csv --columns again").0;
    assert!(wanted.contains("2024-03,11\n"), "{wanted}");
    for ending in ["ndjson", "arrow", "parquet"] {
        let found = place
            .results(&format!("again.risk --data r.{ending} --columns again"))
            .0;
        assert_eq!(found, wanted, "{ending}");
    }
}

#[test]
fn a_series_is_explained_reported_compared_and_handed_over() {
    let place = Place::new(&[("prices.risk", PRICES), ("bread.csv", BREAD)]);
    let (out, _) = place.says(0, "explain prices.risk --data bread.csv --state none");
    assert!(out.starts_with("2024-06 · Bread prices 1.0.0"), "{out}");
    let (out, _) = place.says(
        0,
        "explain prices.risk --data bread.csv --state none --period 2024-03 --format json",
    );
    assert!(out.contains("\"period\": \"2024-03\""), "{out}");
    let (out, _) = place.says(
        0,
        "explain prices.risk --data bread.csv --state none --entity all --period all",
    );
    assert!(out.contains("2024-03"), "{out}");
    let (_, err) = place.says(2, "run prices.risk --data bread.csv --entity AVA");
    assert!(err.contains("this ruleset's panel is one series"), "{err}");
    // The table on a terminal is by month.
    let (out, _) = place.says(
        0,
        "run prices.risk --data bread.csv --state none --period all --to table",
    );
    assert!(
        out.starts_with("Bread prices 1.0.0 · 5 months · 2024-01 to 2024-06"),
        "{out}"
    );
    assert!(out.contains("\nmonth "), "{out}");
    // A report is about what the framework is called.
    let (out, _) = place.says(
        0,
        "report prices.risk --data bread.csv --state none --format markdown",
    );
    assert!(out.contains("Bread prices"), "{out}");
    // A state goes on where the first months ended.
    let lines: Vec<&str> = BREAD.lines().collect();
    let part = |rows: &[&str]| format!("{}\n{}\n", lines[0], rows.join("\n"));
    std::fs::write(place.folder.path().join("first.csv"), part(&lines[1..3])).unwrap();
    std::fs::write(place.folder.path().join("then.csv"), part(&lines[3..])).unwrap();
    place.says(
        0,
        "run prices.risk --data first.csv --state none -o first-results.csv",
    );
    let state = place.read("first-results.csv.state.json");
    assert!(state.contains("\"entity\":null"), "{state}");
    let (_, err) = place.says(
        0,
        "run prices.risk --data then.csv --state first-results.csv -o then-results.csv",
    );
    assert!(err.contains("goes on from first-results.csv"), "{err}");
    place.says(
        0,
        "run prices.risk --data bread.csv --state none -o all.csv",
    );
    let all = place.read("all.csv");
    let then = place.read("then-results.csv");
    // What the level and the alert rest on is handed over: everything behind `restless`.
    let behind = |row: &str| {
        let cells: Vec<&str> = row.split(',').collect();
        (cells[0].to_owned(), cells[4..].join(","))
    };
    let all: Vec<(String, String)> = all.lines().map(behind).collect();
    for row in then.lines().skip(1).map(behind) {
        assert!(all.contains(&row), "{row:?}\n{all:?}");
    }
    let (out, _) = place.says(0, "compare first-results.csv all.csv");
    assert!(out.contains("2024-0"), "{out}");
    let (out, _) = place.says(
        0,
        "diff prices.risk prices.risk --data bread.csv --set strikes=1"
            .trim_end_matches(" --set strikes=1"),
    );
    assert!(!out.is_empty());
}

#[test]
fn a_series_has_no_peers_and_its_findings_name_periods() {
    let place = Place::new(&[
        ("rank.risk", &format!("{PRICES}score place = rank(bread)\n")),
        ("max.risk", &format!("{PRICES}score most = max(bread)\n")),
        (
            "past.risk",
            &format!("{PRICES}score place = minmax(bread, baseline: \"2024-01\"..\"2024-03\")\n"),
        ),
        ("prices.risk", PRICES),
        ("bread.csv", BREAD),
        (
            "twice.csv",
            "month,bread,strikes\n2024-01,10,0\n2024-01,11,0\n",
        ),
        ("none.csv", "month,bread,strikes\n,10,0\n"),
    ]);
    let (_, err) = place.says(1, "check rank.risk");
    assert!(
        err.contains("FW0714") && err.contains("this panel is one series"),
        "{err}"
    );
    let (_, err) = place.says(1, "check max.risk");
    assert!(
        err.contains("over: 12 months") && !err.contains("among"),
        "{err}"
    );
    place.says(0, "check past.risk");
    let (_, err) = place.says(1, "run prices.risk --data twice.csv");
    assert!(err.contains("two rows for the same month"), "{err}");
    let (_, err) = place.says(1, "run prices.risk --data none.csv");
    assert!(err.contains("a row without a month"), "{err}");
}

const WEEKS: &str = "\
framework weeks \"Weeks of clinics\" version \"1.0.0\"
panel clinic by week from thursday column \"date\"
indicator cases \"Cases\" : number in 0..1000
score two \"Cases in two weeks\" = sum(cases, over: 2 weeks, require: 1 week)
score before \"Cases the week before\" = lag(cases, 1 week)
param limit \"Limit\" = 6 until \"2024-W01\", = 7 from \"2024-W02\"
signal many \"Many\" = two >= limit
test \"a week is a week\" over 3 weeks from \"2024-W01\" {
  given cases = [3, 5, 1]
  expect two is [3, 8, 6]
  expect many is [no, yes, no]
}
";

#[test]
fn weeks_begin_on_the_day_that_the_panel_states() {
    let place = Place::new(&[
        ("weeks.risk", WEEKS),
        (
            "w.csv",
            "clinic,date,cases\nArn,2024-01-04,3\nArn,2024-01-11,5\nArn,2024-W04,7\n",
        ),
        ("wrong.csv", "clinic,date,cases\nArn,2024-01-08,3\n"),
    ]);
    place.says(0, "test weeks.risk");
    // The third week of the year has no row.
    let (out, told) = place.results("weeks.risk --data w.csv");
    assert_eq!(
        out,
        "clinic,date,two,before,many\nArn,2024-W01,3,,no\nArn,2024-W02,8,3,yes\nArn,2024-W04,7,,yes\n"
    );
    assert!(
        told.contains("1 week in 1 clinic, taken as missing: Arn 2024-W03"),
        "{told}"
    );
    let (_, err) = place.says(1, "run weeks.risk --data wrong.csv");
    assert!(
        err.contains("it is a Monday, and the weeks of this panel begin on Thursday"),
        "{err}"
    );
    // As the data write them, where the rules say how.
    let dates = WEEKS.replace("column \"date\"", "column \"date\" written \"DD.MM.YYYY\"");
    std::fs::write(place.folder.path().join("dates.risk"), dates).unwrap();
    let data = "clinic,date,cases\nArn,04.01.2024,3\nArn,11.01.2024,5\nArn,25.01.2024,7\n";
    std::fs::write(place.folder.path().join("d.csv"), data).unwrap();
    let (out, _) = place.results("dates.risk --data d.csv --columns two");
    assert_eq!(
        out,
        "clinic,date,two\nArn,04.01.2024,3\nArn,11.01.2024,8\nArn,25.01.2024,7\n"
    );
}

#[test]
fn events_are_summed_by_the_weeks_of_the_panel() {
    let place = Place::new(&[
        ("weeks.risk", WEEKS),
        (
            "events.csv",
            "clinic,date,seen\nArn,2024-01-04,1\nArn,2024-01-10,2\nArn,2024-01-11,4\nArn,2024-01-17,8\nArn,2024-01-18,16\n",
        ),
    ]);
    let (out, _) = place.results("weeks.risk --data events.csv --sum cases=seen --columns two");
    assert_eq!(
        out,
        "clinic,date,two\nArn,2024-W01,3\nArn,2024-W02,15\nArn,2024-W03,28\n"
    );
    // From Monday the same days are of other weeks.
    let mondays = WEEKS.replace(" from thursday", "");
    std::fs::write(place.folder.path().join("mondays.risk"), mondays).unwrap();
    let (out, _) = place.results("mondays.risk --data events.csv --sum cases=seen --columns two");
    assert_eq!(
        out,
        "clinic,date,two\nArn,2024-W01,1\nArn,2024-W02,7\nArn,2024-W03,30\n"
    );
    // A state of other weeks is not taken over.
    place.says(
        0,
        "run weeks.risk --data events.csv --sum cases=seen -o w.csv",
    );
}

#[test]
fn what_is_no_weekday_and_what_is_no_week_is_told() {
    let place = Place::new(&[
        ("day.risk", &WEEKS.replace("thursday", "Thurs")),
        (
            "month.risk",
            "framework m \"M\" version \"1\"\npanel clinic by month from friday\nindicator x : number in 0..\nscore y = x\n",
        ),
    ]);
    let (_, err) = place.says(1, "check day.risk");
    assert!(err.contains("weekday") && err.contains("thursday"), "{err}");
    let (_, err) = place.says(1, "check month.risk");
    assert!(err.contains("FW0817"), "{err}");
    for said in ["starting Thursday", "(thursday)", "beginning on thursday"] {
        let rules = WEEKS.replace("from thursday", said);
        std::fs::write(place.folder.path().join("said.risk"), rules).unwrap();
        let (_, err) = place.says(1, "check said.risk");
        assert!(
            err.contains("FW0005") && err.contains("from thursday"),
            "{err}"
        );
        assert!(err.ends_with("1 error\n"), "{err}");
    }
    // A month that rows are about is the period of a series.
    let rules = "framework m \"M\" version \"1\"\npanel month\nindicator x : number in 0..\nscore y = lag(x, 1 month)\n";
    std::fs::write(place.folder.path().join("alone.risk"), rules).unwrap();
    let (_, err) = place.says(1, "check alone.risk");
    assert!(err.contains("`panel by month`"), "{err}");
}

const DISTRICTS: &str = "\
framework districts \"Districts\" version \"1.0.0\"
panel country, province, district column \"adm2\" by month except \"AVA/North/Old\", \"XXX\"
indicator attacks \"Attacks\" : number in 0..100
indicator poverty \"Poverty of the country\" : number in 0..1
indicator roads \"Roads of the province\" : number in 0..10
score worst \"Worst of the country\" = max(attacks, among: country)
score shared \"Mean of the province\" = mean(attacks, among: province)
score place \"Place in the province\" = rank(attacks, among: province)
score namesakes \"Place among districts of that name\" = rank(attacks, among: district)
score burden \"Burden\" = attacks * poverty + roads
score rise \"Change\" = change(attacks, over: 1 month)
scale concern { low < high }
level overall \"Overall\" : concern { high when attacks >= 50, low otherwise }
alert warning \"Warning\" { raise when overall is high  clear when overall is low }
test \"the cases of a test are the districts of one province\" over 3 cases {
  given attacks = [60, 10, missing]
  expect worst is 60
  expect shared is 35
  expect place is [1, 2, missing]
  expect namesakes is [1, 1, missing]
}
";

const OF_DISTRICTS: &str = "country,province,adm2,month,attacks
BRU,North,East,2024-01,60
AVA,South,East,2024-01,9
AVA,North,West,2024-01,1
AVA,North,East,2024-01,4
AVA,North,East,2024-02,55
AVA,North,Old,2024-01,99
";
const OF_COUNTRIES: &str =
    "country,month,poverty\nAVA,2024-01,0.5\nAVA,2024-02,0.25\nBRU,2024-01,0.75\n";
const OF_PROVINCES: &str = "country,province,month,roads
AVA,North,2024-01,1
AVA,North,2024-02,2
AVA,South,2024-01,3
BRU,North,2024-01,4
";

fn districts() -> Place {
    Place::new(&[
        ("districts.risk", DISTRICTS),
        ("d.csv", OF_DISTRICTS),
        ("c.csv", OF_COUNTRIES),
        ("p.csv", OF_PROVINCES),
    ])
}

const THREE: &str = "--data d.csv --data c.csv --data p.csv --state none";

#[test]
fn three_keys_roll_up_to_each_of_them() {
    let place = districts();
    place.says(0, "test districts.risk");
    let columns = "--columns worst,shared,place,namesakes,burden,rise,warning";
    let (out, told) = place.results(&format!("districts.risk {THREE} {columns}"));
    assert_eq!(
        out,
        "country,province,adm2,month,worst,shared,place,namesakes,burden,rise,warning
AVA,North,East,2024-01,9,2.5,1,3,3,,quiet
AVA,North,East,2024-02,55,55,1,1,15.75,51,raised
AVA,North,West,2024-01,9,2.5,2,1,1.5,,quiet
AVA,North,West,2024-02,55,55,,,,,quiet
AVA,South,East,2024-01,9,9,1,2,7.5,,quiet
AVA,South,East,2024-02,55,,,,,,quiet
BRU,North,East,2024-01,60,60,1,1,49,,raised
"
    );
    assert!(told.contains("4 districts in 2 countries"), "{told}");
    // The order of files does not matter.
    let turned = "--data p.csv --data c.csv --data d.csv --state none";
    assert_eq!(
        place
            .results(&format!("districts.risk {turned} {columns}"))
            .0,
        out
    );
}

#[test]
fn every_key_chooses_rows_and_names_them() {
    let place = districts();
    let rows = |entity: &str| {
        let (out, _) = place.results(&format!(
            "districts.risk {THREE} --columns place --entity {entity}"
        ));
        out.lines().count() - 1
    };
    assert_eq!(
        (rows("AVA"), rows("AVA/North"), rows("AVA/North/East")),
        (6, 4, 2)
    );
    let (_, err) = place.says(2, &format!("run districts.risk {THREE} --entity AVA/West"));
    assert!(err.contains("no province `AVA/West`"), "{err}");
    let (_, err) = place.says(
        2,
        &format!("run districts.risk {THREE} --entity AVA/North/Old"),
    );
    assert!(err.contains("left out by the panel"), "{err}");
    let (out, _) = place.says(
        0,
        &format!("explain districts.risk {THREE} --entity AVA/North/East worst shared"),
    );
    assert!(out.starts_with("AVA/North/East, 2024-02"), "{out}");
    let (out, _) = place.says(
        0,
        &format!("explain districts.risk {THREE} --entity AVA/North/West shared --format json"),
    );
    assert!(out.contains("\"AVA/North\""), "{out}");
    let (_, err) = place.says(
        2,
        &format!("explain districts.risk {THREE} --entity AVA/North"),
    );
    assert!(err.contains("2 districts"), "{err}");
    let (out, _) = place.says(0, &format!("run districts.risk {THREE} --to table"));
    assert!(out.contains("country/province"), "{out}");
    assert!(
        out.contains("2 countries · 3 provinces · 4 districts"),
        "{out}"
    );
    place.says(
        0,
        &format!("report districts.risk {THREE} --format markdown"),
    );
    let (out, _) = place.says(
        0,
        "data districts.risk --data d.csv --data c.csv --data p.csv",
    );
    assert!(out.contains("`district` from `adm2`"), "{out}");
}

#[test]
fn three_keys_are_read_back_compared_and_handed_over() {
    let place = districts();
    for ending in ["csv", "ndjson", "json", "arrow", "parquet", "xlsx"] {
        place.says(0, &format!("run districts.risk {THREE} -o r.{ending}"));
    }
    let rules = "framework again \"Again\" version \"1\"\npanel country, province, district column \"adm2\" by month\n\
                 indicator burden : number in 0..\nscore same = burden\n";
    std::fs::write(place.folder.path().join("again.risk"), rules).unwrap();
    let wanted = place.results("again.risk --data r.csv").0;
    assert!(wanted.contains("AVA,North,East,2024-02,15.75"), "{wanted}");
    for ending in ["ndjson", "arrow", "parquet"] {
        assert_eq!(
            place.results(&format!("again.risk --data r.{ending}")).0,
            wanted,
            "{ending}"
        );
    }
    let state = place.read("r.csv.state.json");
    assert!(
        state.contains("\"entity\":\"AVA\",") && state.contains("\"within\":[\"North\",\"East\"]"),
        "{state}"
    );
    let later =
        "country,province,adm2,month,attacks,poverty,roads\nAVA,North,East,2024-03,10,0,0\n";
    std::fs::write(place.folder.path().join("later.csv"), later).unwrap();
    let (_, err) = place.says(
        0,
        "run districts.risk --data later.csv --state r.csv -o later-results.csv",
    );
    assert!(err.contains("1 district goes on from r.csv"), "{err}");
    let out = place.read("later-results.csv");
    assert!(out.contains("AVA,North,East,2024-03,"), "{out}");
    // Another result for one district is told by all its keys.
    let revised = OF_DISTRICTS.replace("AVA,South,East,2024-01,9", "AVA,South,East,2024-01,70");
    std::fs::write(place.folder.path().join("d.csv"), revised).unwrap();
    place.says(0, &format!("run districts.risk {THREE} -o revised.csv"));
    let (out, _) = place.says(0, "compare r.csv revised.csv");
    assert!(out.contains("AVA South East 2024-01"), "{out}");
}

#[test]
fn a_table_that_lacks_a_key_or_repeats_one_is_told() {
    let place = districts();
    // Further keys are asked for where rows are not told apart without them.
    let other = "Land,Prov,Dist,Monat,attacks,poverty,roads\nAVA,North,East,2024-01,1,0.1,1\n\
                 AVA,North,West,2024-01,2,0.1,1\n";
    std::fs::write(place.folder.path().join("other.csv"), other).unwrap();
    let (out, _) = place.says(0, "data districts.risk --guess other.csv");
    assert!(
        out.contains("`province` and `district`") || out.contains("`province`, `district`"),
        "{out}"
    );
    let data = OF_DISTRICTS.replace("AVA,South,East", "AVA,,East");
    std::fs::write(place.folder.path().join("empty.csv"), data).unwrap();
    let (_, err) = place.says(
        1,
        "run districts.risk --data empty.csv --data c.csv --data p.csv",
    );
    assert!(err.contains("a row without a province"), "{err}");
    let data = format!("{OF_DISTRICTS}AVA,North,West,2024-01,2\n");
    std::fs::write(place.folder.path().join("twice.csv"), data).unwrap();
    let (_, err) = place.says(
        1,
        "run districts.risk --data twice.csv --data c.csv --data p.csv",
    );
    assert!(
        err.contains("two rows for the same country, province, district and month"),
        "{err}"
    );
    let (_, err) = place.says(1, "run districts.risk --data c.csv --data p.csv");
    assert!(err.contains("FW09"), "{err}");
    std::fs::write(
        place.folder.path().join("twice.risk"),
        DISTRICTS.replace("province, district", "province, country"),
    )
    .unwrap();
    let (_, err) = place.says(1, "check twice.risk");
    assert!(err.contains("FW0815"), "{err}");
}
