//! What a run leaves on record beside its results, and what `forewarn verify` makes of it.

use serde_json::Value;
use std::process::Command;
use tempfile::TempDir;

const RULES: &str = "framework g \"G\" version \"1.2.0\"
panel country by year
indicator x \"X\" : number in 0..100
param limit \"Limit\" = 2
score place \"Place\" = minmax(x, baseline: 2000..2001)
score parts \"Parts\" = limit / (x - 5)
";

const DATA: &str = "country,year,x\nA,2000,0\nB,2000,10\nA,2001,5\n";

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        place.write("g.risk", RULES);
        place.write("x.csv", DATA);
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// The code and standard error of the program.
    fn forewarn(&self, args: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.folder.path())
            .args(args)
            .output()
            .unwrap();
        let code = output.status.code().expect("it ended by itself");
        (code, String::from_utf8(output.stderr).unwrap())
    }

    fn ran(self) -> Self {
        let args = [
            "run", "g.risk", "--data", "x.csv", "-o", "r.csv", "--set", "limit=3", "-q",
        ];
        assert_eq!(self.forewarn(&args), (0, String::new()));
        self
    }

    fn verify(&self) -> (i32, String) {
        self.forewarn(&["verify", "r.csv.manifest.json"])
    }
}

#[test]
fn a_manifest_says_what_a_result_rests_on() {
    let place = Place::new().ran();
    let manifest: Value = serde_json::from_str(&place.read("r.csv.manifest.json")).unwrap();
    let at = |pointer: &str| manifest.pointer(pointer).unwrap().clone();
    assert_eq!(at("/framework/version"), "1.2.0");
    assert_eq!(at("/rules/files/0/path"), "g.risk");
    assert_eq!(at("/set/0/1"), "3");
    assert_eq!(at("/counts/rows"), 3);
    assert_eq!(at("/faults/0/expression"), "limit / (x - 5)");
    assert_eq!(at("/faults/0/rows"), 1);
    assert_eq!(at("/goalposts/1/value"), 10.0);
    let text = place.read("r.csv.manifest.json");
    let folder = place.folder.path().display().to_string();
    assert!(!text.contains(&folder), "nothing of the machine: {text}");
    // The same run writes the same bytes.
    assert_eq!(place.ran().read("r.csv.manifest.json"), text);
}

#[test]
fn the_same_run_is_verified() {
    assert_eq!(Place::new().ran().verify(), (0, String::new()));
}

#[test]
fn what_changed_is_told() {
    for (file, text, told) in [
        (
            "g.risk",
            RULES.replace("2001)", "2002)"),
            "not as on record: the rule file g.risk",
        ),
        (
            "x.csv",
            DATA.replace("10", "11"),
            "not as on record: the data file x.csv",
        ),
        ("r.csv", "country\n".to_owned(), "r.csv is not as on record"),
    ] {
        let place = Place::new().ran();
        place.write(file, &text);
        let (code, error) = place.verify();
        assert_eq!(code, 1, "{error}");
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn what_is_no_manifest_is_wrong_use() {
    for (text, told) in [
        ("country\n", "is no manifest"),
        ("{}", "it has no `manifest`"),
        ("{\"manifest\": 7}", "is a manifest of form 7"),
        ("{\"manifest\": 2}", "has no `forewarn`"),
    ] {
        let place = Place::new();
        place.write("r.csv.manifest.json", text);
        let (code, error) = place.verify();
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn goalposts_given_back_keep_history_where_it_was() {
    let place = Place::new().ran();
    place.write("later.csv", &format!("{DATA}B,2001,40\n"));
    let args = [
        "run",
        "g.risk",
        "--data",
        "later.csv",
        "--goalposts",
        "r.csv.manifest.json",
        "-o",
        "l.csv",
        "--columns",
        "place",
        "-q",
    ];
    assert_eq!(place.forewarn(&args), (0, String::new()));
    let expected = "country,year,place\nA,2000,0\nA,2001,0.5\nB,2000,1\nB,2001,1\n";
    assert_eq!(place.read("l.csv"), expected);
    let (code, error) = place.forewarn(&["verify", "l.csv.manifest.json"]);
    assert_eq!(code, 0, "{error}");
    // Of another framework they say nothing.
    place.write("g.risk", &RULES.replace("framework g", "framework h"));
    let (code, error) = place.forewarn(&args);
    assert_eq!(code, 2);
    assert!(error.contains("goalposts of the framework `g`"), "{error}");
}

#[test]
fn goalposts_without_a_value_are_neither_recorded_nor_taken() {
    let place = Place::new();
    place.write("g.risk", &RULES.replace(", baseline: 2000..2001", ""));
    let empty = "country,year,x\nA,2000,0\nB,2000,10\nA,2001,\nB,2001,\n";
    place.write("x.csv", empty);
    let run = |out: &str, more: &[&str]| {
        let args = [
            "run",
            "g.risk",
            "-d",
            "x.csv",
            "--columns",
            "place",
            "-o",
            out,
        ];
        let (code, err) = place.forewarn(&[&args[..], more].concat());
        assert_eq!(code, 0, "{err}");
        err
    };
    let err = run("r.csv", &[]);
    assert!(
        err.contains("2 goalposts without a value, not put on record"),
        "{err}"
    );
    let manifest = place.read("r.csv.manifest.json");
    let recorded: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(recorded["goalposts"].as_array().map(Vec::len), Some(2));
    // Earlier versions recorded them: with or without that, the data decide once there are some.
    let with = |year: &str, value: &str| {
        let one = serde_json::json!({ "declaration": "place", "expression": "minmax(x)", "of": value,
            "from": year, "until": year, "value": null });
        let mut manifest = recorded.clone();
        manifest["goalposts"].as_array_mut().unwrap().push(one);
        manifest.to_string()
    };
    place.write("old.manifest.json", &with("2001", "min"));
    place.write(
        "x.csv",
        &empty
            .replace("A,2001,", "A,2001,3")
            .replace("B,2001,", "B,2001,7"),
    );
    for given in ["r.csv.manifest.json", "old.manifest.json"] {
        let err = run("l.csv", &["--goalposts", given]);
        assert_eq!(
            place.read("l.csv"),
            "country,year,place\nA,2000,0\nA,2001,0\nB,2000,1\nB,2001,1\n"
        );
        assert!(
            err.contains("2 goalposts not among those given, taken from the data"),
            "{err}"
        );
    }
}

#[test]
fn goalposts_of_what_is_counted_or_worked_out_otherwise_are_refused() {
    let rules = |units: &str, of: &str, work: &str| {
        format!(
            "framework g \"G\" version \"1\"\npanel country by year\n{units}\
             indicator x \"X\" : {of} in 0..\nparam by = 1\nlet own = {work}\n\
             score place \"Place\" = minmax(own)\nscore same \"Same\" = zscore(x)\n"
        )
    };
    let units = "unit grain\nunit thousand_grains = 1_000 grain\n";
    let place = Place::new();
    place.write("g.risk", &rules(units, "grain", "x * by"));
    let first = ["run", "g.risk", "--data", "x.csv", "-o", "r.csv", "-q"];
    assert_eq!(place.forewarn(&first).0, 0);
    let again = [
        "run",
        "g.risk",
        "--data",
        "x.csv",
        "--goalposts",
        "r.csv.manifest.json",
        "--to",
        "csv",
        "-q",
    ];
    assert_eq!(place.forewarn(&again).0, 0);
    let told = |rules: String, more: &[&str]| {
        place.write("g.risk", &rules);
        let (code, error) = place.forewarn(&[&again[..], more].concat());
        assert_eq!(code, 2, "{error}");
        assert!(error.contains("run without `--goalposts`"), "{error}");
        error
    };
    let error = told(rules(units, "thousand_grains", "x * by"), &[]);
    assert!(error.contains("counted in grain"), "{error}");
    let error = told(rules(units, "grain", "x * by / 1000"), &[]);
    assert!(
        error.contains("`minmax(own)` in `place`, and these rules work that out in another way"),
        "{error}"
    );
    told(rules(units, "grain", "x * by"), &["--set", "by=1000"]);
    // Another range, another label, another name for what is left alone change nothing.
    let wider = rules(units, "grain", "x * by").replace("in 0..", "in -5..");
    place.write("g.risk", &wider.replace("\"X\"", "\"Grain\""));
    assert_eq!(place.forewarn(&again).0, 0);
}

#[test]
fn hindsight_is_on_record_wherever_results_go() {
    let place = Place::new();
    place.write(
        "h.risk",
        "framework h \"H\" version \"1\"\npanel country by year\nindicator x : number in 0..100\n\
         alert high { raise when x > 50 }\nscore most = max(x, within: high) hindsight\n\
         score long = sum(x, over: 9 years)\n",
    );
    place.write(
        "h.csv",
        "country,year,x\nA,2000,0\nA,2001,60\nA,2002,70\nA,2003,1\n",
    );
    let (code, told) = place.forewarn(&["run", "h.risk", "--data", "h.csv", "-o", "h.json"]);
    assert_eq!(code, 0, "{told}");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("hindsight: `most` looks at later periods"),
        "{told}"
    );
    assert!(
        told.contains("looks too far back: `long` looks back 8 years, and no country has more than 4 years of data"),
        "{told}"
    );
    let results: Value = serde_json::from_str(&place.read("h.json")).unwrap();
    assert_eq!(results["hindsight"], serde_json::json!(["most"]));
    assert_eq!(results["rows"][1]["most"], serde_json::json!(70));
    assert_eq!(results["rows"][3]["most"], Value::Null);
    let manifest: Value = serde_json::from_str(&place.read("h.json.manifest.json")).unwrap();
    assert_eq!(
        manifest["results"]["hindsight"],
        serde_json::json!(["most"])
    );
    assert_eq!(place.forewarn(&["verify", "h.json.manifest.json"]).0, 0);
    // Without any, nothing is said.
    let manifest: Value = serde_json::from_str(&place.ran().read("r.csv.manifest.json")).unwrap();
    assert_eq!(manifest["results"].get("hindsight"), None);
}
