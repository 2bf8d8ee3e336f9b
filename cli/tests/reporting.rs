//! `forewarn report`: files in each form with their manifests, made again by `verify`, and what is refused.

use std::path::Path;
use std::process::{Command, Output};

struct Place(tempfile::TempDir);

const RULES: &str = r#"framework watch "Watch" version "1"
panel country by month
source field "Field" { classification confidential }
indicator deaths "Deaths" : number in 0..9000
indicator moves "Moves" : number in 0..9000 from field
scale concern { low < high }
level overall "Concern" : concern { high when deaths >= 1000, low otherwise }
level inner "Inner view" : concern { high when moves >= 1000, low otherwise }
"#;

const DATA: &str = "country,month,deaths,moves\nAVA,2026-01,600,7311\nAVA,2026-02,1130,7312\n\
                    BRU,2026-01,,5\nBRU,2026-02,20,6\n";

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        std::fs::write(place.path().join("r.risk"), RULES).unwrap();
        std::fs::write(place.path().join("d.csv"), DATA).unwrap();
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(args)
            .current_dir(self.path())
            .output()
            .unwrap()
    }

    fn report(&self, args: &[&str]) -> Output {
        let all = ["report", "r.risk", "--data", "d.csv"];
        self.run(&[&all[..], args].concat())
    }

    fn read(&self, name: &str) -> String {
        let bytes = std::fs::read(self.path().join(name)).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_report_in_each_form_is_made_again_byte_by_byte() {
    let place = Place::new();
    for (name, begins) in [
        ("r.html", "<!DOCTYPE html>"),
        ("r.md", "# Watch: report"),
        ("r.xlsx", "PK"),
    ] {
        let output = place.report(&["-o", name]);
        assert!(output.status.success(), "{}", told(&output));
        assert!(
            told(&output).starts_with(&format!("{name}: 2 countries")),
            "{}",
            told(&output)
        );
        assert!(place.read(name).starts_with(begins), "{name}");
        let manifest = format!("{name}.manifest.json");
        let output = place.run(&["verify", &manifest]);
        assert!(output.status.success(), "{}", told(&output));
        let words = String::from_utf8(output.stdout).unwrap();
        assert!(words.starts_with("verified: "), "{words}");
    }
    std::fs::write(place.path().join("d.csv"), DATA.replace("20,6", "21,6")).unwrap();
    let output = place.run(&["verify", "r.html.manifest.json"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn an_earlier_run_is_compared_with() {
    let place = Place::new();
    let run = [
        "run",
        "r.risk",
        "--data",
        "d.csv",
        "-o",
        "january.csv",
        "--period",
        "2026-01",
    ];
    assert!(place.run(&run).status.success());
    std::fs::write(place.path().join("d.csv"), DATA.replace(",,5", ",40,5")).unwrap();
    let output = place.report(&["--against", "january.csv", "-o", "r.md", "--quiet"]);
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        told(&output)
    );
    let text = place.read("r.md");
    for line in [
        "| BRU | low or high | now known: low |",
        "| rules | the same |",
        "| data | changed |",
        "| program | the same |",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let output = place.run(&["verify", "r.md.manifest.json"]);
    assert!(output.status.success(), "{}", told(&output));
}

#[test]
fn a_public_report_and_its_manifest_hold_nothing_that_is_withheld() {
    let place = Place::new();
    for name in ["r.html", "r.md"] {
        let output = place.report(&["--audience", "public", "-o", name]);
        assert!(output.status.success(), "{}", told(&output));
        for file in [name.to_owned(), format!("{name}.manifest.json")] {
            let text = place.read(&file);
            for secret in ["7311", "7312", "7,311", "7,312"] {
                assert!(!text.contains(secret), "{file}: {secret}");
            }
        }
        assert!(place.read(name).contains("withheld: it would tell"));
    }
}

const NOTES: &str = "by: The desk\nclassification: public\n\nThe first <month>\nof the rains.\n\n# AVA\n\nFigures of the 20th are late.\n";

#[test]
fn an_analyst_says_what_the_rules_do_not() {
    let place = Place::new();
    let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).unwrap();
    write("notes.md", NOTES);
    for (name, first) in [
        ("r.md", "The first"),
        ("r.html", "The first &lt;month&gt; of the rains."),
    ] {
        let output = place.report(&["--notes", "notes.md", "--audience", "public", "-o", name]);
        assert!(output.status.success(), "{}", told(&output));
        let text = place.read(name);
        for said in [first, "Figures of the 20th are late.", "By ", "The desk"] {
            assert!(text.contains(said), "{name}: {said}\n{text}");
        }
        assert!(text.matches("Notes by the analyst").count() >= 2, "{name}");
        let verified = place.run(&["verify", &format!("{name}.manifest.json")]);
        assert!(verified.status.success(), "{}", told(&verified));
    }
    // Without them, the report says nothing of its own.
    let output = place.report(&["-o", "plain.md"]);
    assert!(output.status.success(), "{}", told(&output));
    assert!(!place.read("plain.md").contains("Notes by the analyst"));
    // Notes that are other than they were, are told.
    write("notes.md", &NOTES.replace("late", "there"));
    let verified = place.run(&["verify", "r.md.manifest.json"]);
    assert!(!verified.status.success());
    for (text, message) in [
        (
            "# AVA\n\nInner view.\n",
            "notes.md is confidential, and this report is for a public audience",
        ),
        (
            "classification: secret\n\nText.\n",
            "notes.md, line 1: `secret` is no classification",
        ),
        (
            "classification: public\n# AVB\nText.\n",
            "notes.md, line 2: the data hold no country `AVB`",
        ),
        (
            "classification: public\n# AVA\nOne.\n# AVA\nTwo.\n",
            "notes.md, line 4: `AVA` has a note already",
        ),
        (
            "classification: public\n# AVA\n",
            "notes.md, line 2: nothing is said of `AVA`",
        ),
        ("classification: public\n", "notes.md says nothing"),
    ] {
        write("notes.md", text);
        let output = place.report(&["--notes", "notes.md", "--audience", "public", "-o", "n.md"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(told(&output).contains(message), "{text}: {}", told(&output));
        assert!(!place.path().join("n.md").exists());
    }
}

#[test]
fn what_cannot_be_written_is_refused_with_what_to_do() {
    let place = Place::new();
    for (args, message) in [
        (&["-o", "r.pdf"][..], "`.pdf` is no form of a report"),
        (&["--format", "xlsx"], "a workbook goes to a file"),
        (&["--level", "overal"], "did you mean `overall`?"),
        (&["--entity", "AVB"], "the data holds no country `AVB`"),
        (
            &["-o", "d.csv", "--format", "md"],
            "d.csv is the data itself",
        ),
        (&["--outlines", "d.csv"], "d.csv holds no outlines"),
        (&["--against", "nowhere"], "nowhere"),
        (
            &["--level", "inner", "--audience", "public"],
            "`inner` is confidential",
        ),
    ] {
        let output = place.report(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            told(&output).contains(message),
            "{args:?}: {}",
            told(&output)
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_report_goes_to_standard_output_where_no_file_is_named() {
    let place = Place::new();
    let output = place.report(&["--format", "md", "--language", "sw"]);
    // Neither the rules nor the report are in that language.
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    // The report is in this one, whatever the rules are in.
    let output = place.report(&["--format", "md", "--language", "fr"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("not translated into `fr`"));
    let output = place.report(&["--format", "md"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let named = place.report(&["--format", "md", "-o", "-"]);
    assert_eq!(String::from_utf8_lossy(&named.stdout), text);
    assert!(!place.path().join("-").exists());
    assert!(
        text.contains("Concern in AVA rose from low to high: Deaths, 1,130, passed 1,000."),
        "{text}"
    );
}

#[test]
fn a_report_for_the_public_is_about_the_level_that_the_method_is_about() {
    let place = crate::place::Place::new("");
    place.write(
        "r.risk",
        "framework demo \"Demo\" version \"1\"\npanel place by month\n\
         source field \"Field\" { classification restricted }\n\
         indicator raids \"Raids\" : number in 0..900\nindicator told \"Told\" : truth from field\n\
         scale c { low < high }\nlevel part \"Part\" : c { high when raids >= 100, low otherwise }\n\
         level overall \"Overall\" : c { high when told or part is high, low otherwise }\n\
         declassify overall because \"it names no one\"\n",
    );
    place.write(
        "d.csv",
        "place,month,raids,told\nQUM,2031-01,5,no\nQUM,2031-02,5,yes\n",
    );
    let words = [
        "report", "r.risk", "--data", "d.csv", "--format", "markdown",
    ];
    for audience in ["restricted", "public"] {
        let text = place.does(&[&words[..], &["--audience", audience]].concat());
        assert!(text.contains("**Overall in QUM rose"), "{audience}: {text}");
    }
}
