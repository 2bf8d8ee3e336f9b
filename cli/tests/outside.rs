//! What is said from outside the rules: params by `--set` and by tests, columns by `--map`, and the names
//! that results have in the end.

use std::path::Path;
use std::process::{Command, Stdio};

struct Place(tempfile::TempDir);

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            place.write(name, text);
        }
        place
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn call(&self, args: &[&str]) -> (i32, String, String) {
        call(self.0.path(), args)
    }

    /// The cells of the only row of a run that succeeds.
    fn row(&self, rules: &str, more: &[&str]) -> String {
        let mut args = vec!["run", rules, "-d", "data.csv", "--to", "csv", "-q"];
        args.extend(more);
        let (code, out, err) = self.call(&args);
        assert_eq!(code, 0, "{more:?}: {err}");
        out.lines().nth(1).unwrap_or_default().to_owned()
    }

    fn slip(&self, rules: &str, more: &[&str]) -> String {
        let mut args = vec!["run", rules, "-d", "data.csv", "--to", "csv", "-q"];
        args.extend(more);
        let (code, out, err) = self.call(&args);
        assert!(code > 0 && code <= 2, "{more:?}: {code} {err}");
        assert_eq!(out, "", "{more:?}");
        err
    }
}

fn call(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// Each param needs the one declared behind it.
const LATER: &str = "framework later \"Later\" version \"1\"
panel country by year
indicator a : number in 0..10
param total = 3 * part
param part = 2 * unit_part
param unit_part = 1
param share : number in 0..<1 = 0.5
fn scaled(x: number) -> number = x * part
score s = a * total
score t = a * part * share
score u = scaled(a)
";
const DATA: &str = "country,year,a\nAVA,2000,1\n";

#[test]
fn a_param_from_outside_may_name_any_other_in_any_order() {
    let place = Place::new(&[("later.risk", LATER), ("data.csv", DATA)]);
    for (set, row) in [
        (&["total=part"][..], "AVA,2000,2,1,2"),
        (&["total=5*unit_part"], "AVA,2000,5,1,2"),
        (&["unit_part=7"], "AVA,2000,42,7,14"),
        (&["part=share"], "AVA,2000,1.5,0.25,0.5"),
        // What the rules say of `total` no longer holds, so that this is no circle.
        (&["unit_part=total", "total=4"], "AVA,2000,4,4,8"),
        (&["total=scaled(4)"], "AVA,2000,8,1,2"),
        (&["part=1 until 1990, = 9 from 1991"], "AVA,2000,27,4.5,9"),
    ] {
        let more: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
        assert_eq!(place.row("later.risk", &more), row, "{set:?}");
    }
}

#[test]
fn a_param_from_outside_that_needs_itself_is_a_circle() {
    let place = Place::new(&[("later.risk", LATER), ("data.csv", DATA)]);
    for set in [
        &["part=part"][..],
        &["unit_part=total"],
        &["share=part", "part=share"],
        &["part=scaled(1)"],
        &["unit_part=if share > 0.2 then total else 1"],
    ] {
        let more: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
        let err = place.slip("later.risk", &more);
        assert!(err.contains("error[FW0102]"), "{set:?}: {err}");
        assert_eq!(err.matches("error[").count(), 1, "{set:?}: {err}");
    }
}

#[test]
fn a_param_from_outside_keeps_to_its_range_and_is_nothing_but_a_value() {
    let place = Place::new(&[("later.risk", LATER), ("data.csv", DATA)]);
    for set in ["share=1", "share=-0.1", "share=unit_part", "share=0.5*part"] {
        let err = place.slip("later.risk", &["--set", set]);
        assert!(
            err.contains("error[FW0402]") && err.contains("0..<1"),
            "{set}: {err}"
        );
    }
    for set in ["part=a", "part=rank(a)"] {
        let err = place.slip("later.risk", &["--set", set]);
        assert!(err.contains("error[FW0210]"), "{set}: {err}");
    }
    for set in [
        "part=2 cite \"x\"",
        "part=2 because \"y\"",
        "part=2 score z = 1",
    ] {
        let err = place.slip("later.risk", &["--set", set]);
        assert!(err.contains("error[FW0804]"), "{set}: {err}");
    }
}

#[test]
fn overlays_and_params_from_outside_are_ordered_together() {
    let place = Place::new(&[
        ("base/later.risk", LATER),
        (
            "over/o.risk",
            "framework o \"O\" version \"1.0.0\" extends later \"1\"\n\
             add param west = 10 because \"agreed\"\n\
             override param unit_part = west because \"agreed\"\n",
        ),
        (
            "over/forewarn.toml",
            "[package]\nname = \"o\"\nversion = \"1.0.0\"\n[dependencies]\n\
             later = { path = \"../base\", version = \"1\" }\n",
        ),
        ("data.csv", DATA),
    ]);
    let (code, _, err) = place.call(&["lock", "over"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(place.row("over", &[]), "AVA,2000,60,10,20");
    assert_eq!(place.row("over", &["--set", "west=1"]), "AVA,2000,6,1,2");
    // Only the overlay has what the value names.
    assert_eq!(
        place.row("over", &["--set", "part=west"]),
        "AVA,2000,30,5,10"
    );
    let err = place.slip("over", &["--set", "west=part"]);
    assert!(err.contains("error[FW0102]"), "{err}");
}

#[test]
fn what_a_test_gives_in_terms_of_itself_is_a_circle() {
    let place = Place::new(&[]);
    for given in [
        "given part = part",
        "given part = 2 * total",
        "given unit_part = 0.2 * part\n  given part = 3 * unit_part",
        "given part = scaled(3)",
    ] {
        let test = format!("{LATER}test \"x\" {{\n  {given}\n  given a = 1\n  expect s >= 0\n}}\n");
        place.write("later.risk", &test);
        for command in ["test", "check"] {
            let (code, _, err) = place.call(&[command, "later.risk"]);
            assert_eq!(code, 1, "{given}: {err}");
            assert!(
                err.contains("error[FW0102]") && err.contains("later.risk:13:"),
                "{given}: {err}"
            );
        }
    }
    let test = "test \"x\" {\n  given unit_part = total\n  given total = 4\n  given a = 1\n  expect t is 4\n}\n";
    place.write("later.risk", &format!("{LATER}{test}"));
    let (code, _, err) = place.call(&["test", "later.risk"]);
    assert_eq!(code, 0, "{err}");
}

fn named(panel: &str, rest: &str) -> String {
    format!("framework n \"N\" version \"1\"\n{panel}\nindicator a : number in 0..\n{rest}\n")
}

#[test]
fn results_and_keys_have_names_of_their_own() {
    let place = Place::new(&[]);
    for (panel, rest) in [
        ("panel country by year", "score country = a"),
        ("panel country by year", "signal year = a > 1"),
        (
            "panel country by year",
            "factor Country { combine mean members { a } }",
        ),
        ("panel country column \"iso3\" by year", "score iso3 = a"),
        ("panel country column \"ISO3\" by year", "score iso3 = a"),
        ("panel country by month column \"m\"", "score M = a"),
        ("panel country, group column \"g\" by year", "score g = a"),
        (
            "panel country column \"x.coverage\" by year",
            "factor x { combine mean members { a } }",
        ),
        (
            "panel country by year",
            "score risk = a\nscore Risk = 2 * a",
        ),
        ("panel year by year", "score s = a"),
        (
            "panel country column \"when\" by year column \"when\"",
            "score s = a",
        ),
    ] {
        place.write("n.risk", &named(panel, rest));
        let (code, _, err) = place.call(&["check", "n.risk"]);
        assert_eq!(code, 1, "{panel} {rest}: {err}");
        assert!(err.contains("error[FW0123]"), "{panel} {rest}: {err}");
        assert_eq!(err.matches("error[").count(), 1, "{panel} {rest}: {err}");
    }
    // A period in two columns is called by its own name, and steps are not published.
    for (panel, rest) in [
        (
            "panel country by month column \"year\", \"m\"",
            "score year = a\nscore m = a",
        ),
        (
            "panel country by year",
            "let Country = a\nscore s = Country",
        ),
    ] {
        place.write("n.risk", &named(panel, rest));
        let (code, _, err) = place.call(&["check", "n.risk"]);
        assert_eq!(code, 0, "{panel} {rest}: {err}");
    }
}

#[test]
fn a_map_can_make_two_names_one() {
    let place = Place::new(&[
        ("n.risk", &named("panel country by year", "score risk = a")),
        ("data.csv", "risk,year,a\nAVA,2000,1\n"),
    ]);
    let err = place.slip("n.risk", &["--map", "country=risk"]);
    assert!(err.contains("error[FW0123]"), "{err}");
}

#[test]
fn a_key_called_like_a_column_of_events_keeps_its_name() {
    let rules = "framework n \"N\" version \"1\"\npanel state by year\nindicator a : number in 0..\n\
                 alert warning { raise when a >= 1 }\n";
    let place = Place::new(&[
        ("n.risk", rules),
        ("data.csv", "state,year,a\nAVA,2000,1\n"),
    ]);
    let (code, _, err) = place.call(&[
        "run",
        "n.risk",
        "-d",
        "data.csv",
        "-o",
        "out.ndjson",
        "--events",
        "events.ndjson",
    ]);
    assert_eq!(code, 0, "{err}");
    let events = std::fs::read_to_string(place.0.path().join("events.ndjson")).unwrap();
    assert!(
        events.starts_with("{\"state\":\"AVA\",\"year\":2000,\"alert\":\"warning\",\"event\":\"standing\",\"alert.state\":\"raised\""),
        "{events}"
    );
}

#[test]
fn programs_read_documents_and_people_prose() {
    let rules = "framework n \"N\" version \"1\"\npanel country by year\n\
                 indicator a \"A\" : number in 0..9\nscore s \"S\" = a\n";
    let place = Place::new(&[
        ("p/n.risk", rules),
        ("data.csv", "country,year,a\nAVA,2000,1\n"),
    ]);
    let (code, _, err) = place.call(&["run", "p", "-d", "data.csv", "-o", "o.csv", "-q"]);
    assert_eq!(code, 0, "{err}");
    for (args, said) in [
        (&["verify", "o.csv.manifest.json"][..], "byte by byte"),
        (&["verify", "."], "byte by byte"),
        (&["translations", "p", "--lang", "fr"], "added"),
        (&["package", "p", "-o", "p.tar.gz"], "wrote p.tar.gz"),
        (&["vendor", "p"], "nothing to keep"),
    ] {
        let (code, out, _) = place.call(args);
        assert!(code == 0 && out.contains(said), "{args:?}: {out}");
        for form in ["json", "sarif"] {
            let args = [args, &["--format", form]].concat();
            let (code, out, err) = place.call(&args);
            assert_eq!(code, 0, "{args:?}: {err}");
            let documents = serde_json::Deserializer::from_str(&out).into_iter();
            let documents: Vec<serde_json::Value> = documents.map(Result::unwrap).collect();
            assert_eq!(documents.len(), 1, "{args:?}: {out}");
        }
    }
    for args in [
        &["data", "p", "-d", "data.csv"][..],
        &["explain-code", "FW0101"],
    ] {
        let (code, out, err) = place.call(&[args, &["--format", "json"]].concat());
        assert_eq!(
            (code, out.contains("FW0101")),
            (2, false),
            "{args:?}: {out}"
        );
        assert!(
            format!("{out}{err}").contains("leave `--format` out"),
            "{out}{err}"
        );
    }
}

#[test]
fn how_much_has_to_be_shown_or_noticed_is_asked_of_one_of_both() {
    let rules = "framework n \"N\" version \"1\"\npanel country by year\n\
                 indicator a \"A\" : number in 0..9\nscore s \"S\" = a\n";
    let place = Place::new(&[("n.risk", rules)]);
    let (code, _, err) = place.call(&["test", "n.risk", "--fail-under", "90"]);
    assert_eq!(code, 2);
    assert!(err.contains("add `--coverage`, or `--mutate`"), "{err}");
    assert_eq!(
        place
            .call(&["test", "n.risk", "--coverage", "--fail-under", "0"])
            .0,
        0
    );
}

#[test]
fn control_characters_are_shown_and_not_sent() {
    let rules = "framework n \"N\" version \"1\"\npanel country by year\n\
                 indicator a \"Red \u{1b}[31m label\" : number in 0..9 on violation missing\n\
                 indicator kind : category { north, south }\nscore s \"S\u{7}\" = 1 / a\n";
    let data =
        "country,year,a,kind\n\"AV\u{1b}[2JA\u{202e}\",2000,0,north\n\"B\u{8}B\",2000,99,south\n";
    let place = Place::new(&[("n.risk", rules), ("data.csv", data)]);
    let strange = data.replace("north", "\u{1b}]0;title\u{7}");
    place.write("strange.csv", &strange);
    place.write("m.risk", &rules.replace("1 / a", "2 / a"));
    place.write("n\u{1b}[31m.risk", rules);
    place.write("q\u{1b}[31m/n.risk", rules);
    let entity = "AV\u{1b}[2JA\u{202e}";
    for args in [
        &["run", "n.risk", "-d", "data.csv", "--to", "table"][..],
        &["run", "n.risk", "-d", "strange.csv"],
        &["run", "n.risk", "-d", "strange.csv", "--format", "github"],
        &["run", "n.risk", "-d", "strange.csv", "--format", "short"],
        &["run", "n.risk", "-d", "no\u{1b}[31m.csv"],
        &["run", "n.risk", "-d", "data.csv", "--entity", "X\u{1b}[31m"],
        &["explain", "n.risk", "-d", "data.csv", "--entity", entity],
        &[
            "explain", "n.risk", "-d", "data.csv", "--entity", entity, "--format", "markdown",
        ],
        &[
            "explain", "n.risk", "-d", "data.csv", "--entity", entity, "--format", "json",
        ],
        &["tree", "n.risk"],
        &["lint", "n.risk", "-d", "data.csv"],
        &["explain", "n.risk", "-d", "data.csv", "--entity", "all"],
        &["report", "n.risk", "-d", "data.csv", "--format", "markdown"],
        &["data", "n.risk", "-d", "data.csv"],
        &["data", "n.risk", "--guess", "strange.csv"],
        &["data", "n.risk", "--template", "t\u{1b}[31m.csv"],
        &["diff", "n.risk", "m.risk", "-d", "data.csv"],
        &["run", "n.risk", "-d", "data.csv", "-o", "o\u{1b}[31m.csv"],
        &["verify", "o\u{1b}[31m.csv.manifest.json"],
        &["run", "m.risk", "-d", "data.csv", "-o", "p\u{202e}.csv"],
        &["compare", "o\u{1b}[31m.csv", "p\u{202e}.csv"],
        &["report", "n.risk", "-d", "data.csv", "-o", "r\u{1b}[31m.md"],
        &["test", "n\u{1b}[31m.risk"],
        &["package", "q\u{1b}[31m", "-o", "q\u{1b}[31m.tar.gz"],
        &["new", "a\u{1b}[31m/b"],
    ] {
        let (_, out, err) = place.call(args);
        let sent = format!("{out}{err}");
        let strange = |sign: char| sign.is_control() && sign != '\n' || sign == '\u{202e}';
        // JSON escapes what is control; text from right to left is its reader's to show.
        let is_json = args.contains(&"json");
        let found = sent
            .chars()
            .find(|sign| strange(*sign) && !(is_json && *sign == '\u{202e}'));
        assert_eq!(found, None, "{args:?}: {sent:?}");
    }
}
