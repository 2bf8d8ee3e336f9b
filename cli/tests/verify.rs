//! `forewarn verify`: from any folder, after a move, of data that came through a pipe; and what was
//! changed is told.
#![cfg(unix)]

use serde_json::Value;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const RULES: &str = "framework frost \"Frost\" version \"2.1.0\"
panel valley by month
indicator low \"Lowest temperature\" : number
indicator wind \"Wind\" : number in 0..
scale concern { mild \"Mild\" < cold \"Cold\" < bitter \"Bitter\" }
level overall \"Overall\" : concern { bitter when low < -20, cold when low < 0, mild otherwise }
score chill \"Chill\" = wind / 3
alert frost_alert \"Frost\" {
  raise when overall is bitter
  clear when overall is mild
}
";

const DATA: &str = "valley,month,low,wind\nArn,2024-01,-25,9\nArn,2024-02,-3,4\nBor,2024-01,2,1\nBor,2024-02,-21,7\n";

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        place.write("frost.risk", RULES);
        place.write("runs/a/low.csv", DATA);
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.at(name)).unwrap()
    }

    /// The code and what was said, of a command with this on its standard input.
    fn fed(&self, folder: &str, words: &str, input: &[u8]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_forewarn"));
        command
            .current_dir(self.at(folder))
            .args(words.split_whitespace());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that wants nothing of it may have ended.
        let _ = stdin.write_all(input);
        drop(stdin);
        let ended = child.wait_with_output().unwrap();
        let said = [ended.stdout, ended.stderr].concat();
        (
            ended.status.code().unwrap(),
            String::from_utf8(said).unwrap(),
        )
    }

    fn run(&self, folder: &str, words: &str) -> (i32, String) {
        self.fed(folder, words, b"")
    }

    #[track_caller]
    fn does(&self, folder: &str, words: &str) -> String {
        let (code, said) = self.run(folder, words);
        assert_eq!(code, 0, "{words}: {said}");
        said
    }

    fn manifest(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }
}

fn copy(from: PathBuf, to: PathBuf) {
    let done = Command::new("cp").arg("-r").args([from, to]).status();
    assert!(done.unwrap().success());
}

#[test]
fn a_run_folder_is_verified_from_anywhere_and_after_a_move() {
    let place = Place::new();
    let run = "run frost.risk --data runs/a/low.csv -q -o runs/a/r.csv --events runs/a/e.csv";
    place.does(".", run);
    let manifest = place.manifest("runs/a/r.csv.manifest.json");
    for (pointer, expected) in [
        ("/rules/path", "../../frost.risk"),
        ("/rules/files/0/path", "../../frost.risk"),
        ("/data/0/path", "low.csv"),
        ("/data/0/from", "file"),
        ("/results/path", "r.csv"),
        ("/events/path", "e.csv"),
    ] {
        assert_eq!(manifest.pointer(pointer).unwrap(), expected, "{pointer}");
    }
    place.does(".", "verify runs/a/r.csv.manifest.json");
    place.does("runs/a", "verify r.csv.manifest.json");
    place.does("runs", "verify a/r.csv");
    let whole = place.at("runs/a/r.csv.manifest.json").display().to_string();
    place.does("/", &format!("verify {whole}"));
    std::fs::rename(place.at("runs/a"), place.at("runs/moved")).unwrap();
    let said = place.does(".", "verify runs/moved");
    assert!(said.contains("runs/moved/r.csv byte by byte"), "{said}");
    assert!(said.contains("runs/moved/e.csv byte by byte"), "{said}");
    // The whole tree, to another place and depth.
    let other = tempfile::tempdir().unwrap();
    copy(place.at("."), other.path().join("copy"));
    let manifest = other.path().join("copy/runs/moved/r.csv.manifest.json");
    place.does("/", &format!("verify {}", manifest.display()));
}

#[test]
fn absolute_paths_are_not_recorded() {
    let place = Place::new();
    let at = |name: &str| place.at(name).display().to_string();
    let words = format!(
        "run {} --data {} -q -o {}",
        at("frost.risk"),
        at("runs/a/low.csv"),
        at("runs/a/r.csv")
    );
    place.does("/", &words);
    let text = place.read("runs/a/r.csv.manifest.json");
    assert!(!text.contains(&at("")), "{text}");
    place.does("/", &format!("verify {}", at("runs/a/r.csv.manifest.json")));
}

/// The file beside the manifest is the one that is compared, in every form.
#[test]
fn a_changed_copy_is_told_by_row_and_column() {
    let place = Place::new();
    for (form, before, after, told) in [
        (
            "csv",
            "cold,1.33",
            "mild,1.33",
            "row 3, column `overall`: `mild` stands there, and the run gives `cold`",
        ),
        (
            "tsv",
            "cold\t1.33",
            "mild\t1.33",
            "row 3, column `overall`: `mild` stands there, and the run gives `cold`",
        ),
        (
            "ndjson",
            "\"cold\"",
            "\"mild\"",
            "row 2, column `overall`: `mild` stands there, and the run gives `cold`",
        ),
        (
            "json",
            "\"cold\"",
            "null",
            "row 2, column `overall`: nothing stands there, and the run gives `cold`",
        ),
        ("csv", "Bor,2024-02", "Bor,2024-03", "row 5, column `month`"),
        ("csv", "Arn,2024-02,cold", "", "row"),
        (
            "csv",
            ",chill",
            ",chills",
            "it has the columns valley, month, overall, chills",
        ),
    ] {
        place.does(
            ".",
            &format!(
                "run frost.risk --data runs/a/low.csv -q -o runs/a/r.{form} --columns overall,chill"
            ),
        );
        copy(place.at("runs/a"), place.at("b"));
        let name = format!("b/r.{form}");
        let text = place.read(&name);
        assert!(text.contains(before), "{text}");
        place.write(&name, &text.replacen(before, after, 1));
        let (code, said) = place.run(
            ".",
            &format!("verify b/r.{form}.manifest.json --rules frost.risk"),
        );
        assert_eq!(code, 1, "{form}: {said}");
        assert!(said.contains(told), "{form}: {said}");
        place.does(".", &format!("verify runs/a/r.{form}.manifest.json"));
        std::fs::remove_dir_all(place.at("b")).unwrap();
    }
    for form in ["parquet", "arrow"] {
        place.does(
            ".",
            &format!("run frost.risk --data runs/a/low.csv -q -o runs/a/r.{form}"),
        );
        let right = std::fs::read(place.at(&format!("runs/a/r.{form}"))).unwrap();
        place.write("runs/a/other.csv", &DATA.replace("-3,4", "3,4"));
        place.does(
            ".",
            &format!("run frost.risk --data runs/a/other.csv -q -o o.{form}"),
        );
        std::fs::copy(
            place.at(&format!("o.{form}")),
            place.at(&format!("runs/a/r.{form}")),
        )
        .unwrap();
        let (code, said) = place.run(".", &format!("verify runs/a/r.{form}.manifest.json"));
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("row 2, column"), "{said}");
        assert!(
            said.contains("`mild` stands there, and the run gives `cold`"),
            "{said}"
        );
        std::fs::write(
            place.at(&format!("runs/a/r.{form}")),
            &right[..right.len() / 2],
        )
        .unwrap();
        let (code, said) = place.run(".", &format!("verify runs/a/r.{form}.manifest.json"));
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("any more"), "{said}");
        std::fs::write(place.at(&format!("runs/a/r.{form}")), right).unwrap();
    }
}

#[test]
fn what_changed_since_is_told() {
    let place = Place::new();
    place.does(
        ".",
        "run frost.risk --data runs/a/low.csv -q -o runs/a/r.csv --events runs/a/e.csv",
    );
    let verify = "verify runs/a/r.csv.manifest.json";
    for (file, before, after, told) in [
        (
            "frost.risk",
            "low < -20",
            "low < -21",
            "not as on record: the rule file frost.risk",
        ),
        (
            "runs/a/low.csv",
            "-3,4",
            "-3,5",
            "not as on record: the data file runs/a/low.csv",
        ),
        (
            "runs/a/e.csv",
            "raised",
            "cleared",
            "runs/a/e.csv is not as on record",
        ),
        (
            "runs/a/r.csv.manifest.json",
            "\"interpreter\"",
            "\"nativ\"",
            "says `nativ`, which is none of `native` and `interpreter`",
        ),
        (
            "runs/a/r.csv.manifest.json",
            "\"confidential\"",
            "\"everyone\"",
            "says `everyone`, which is none of",
        ),
        (
            "runs/a/r.csv.manifest.json",
            "\"lenient\"",
            "\"lenent\"",
            "has a `lenent`, which is not known here in line",
        ),
        (
            "runs/a/r.csv.manifest.json",
            "\"rows\": 4",
            "\"rows\": 5",
            "`counts.rows` is 5, and 4 in the run",
        ),
        (
            "runs/a/r.csv.manifest.json",
            "\"looks_back\": 0",
            "\"looks_back\": 2",
            "`alerts.frost_alert.looks_back` is 2, and 0 in the run",
        ),
        (
            "runs/a/r.csv.manifest.json",
            "\"faults\": []",
            "\"faults\": [{\"declaration\": \"chill\", \"expression\": \"wind / 3\", \"rows\": 1}]",
            "`faults` has 1 entry, and 0 entries in the run",
        ),
        (
            "runs/a/r.csv.state.json",
            "\"Arn\"",
            "\"Ern\"",
            "runs/a/r.csv.state.json is not what the run hands over",
        ),
        (
            "runs/a/r.csv.manifest.json",
            "\"manifest\": 2",
            "\"manifest\": 1",
            "is a manifest of form 1; this version reads 2",
        ),
    ] {
        let text = place.read(file);
        assert!(text.contains(before), "{file}: {text}");
        place.write(file, &text.replacen(before, after, 1));
        let (code, said) = place.run(".", verify);
        assert_ne!(code, 0, "{said}");
        assert!(said.contains(told), "{said}");
        place.write(file, &text);
    }
    for file in ["runs/a/r.csv", "runs/a/e.csv", "runs/a/r.csv.state.json"] {
        let text = place.read(file);
        std::fs::remove_file(place.at(file)).unwrap();
        let (code, said) = place.run(".", verify);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(&format!("{file} is not there")), "{said}");
        place.write(file, &text);
    }
    place.does(".", verify);
    std::fs::rename(place.at("frost.risk"), place.at("gone.risk")).unwrap();
    let (code, said) = place.run(".", verify);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--rules RULES"), "{said}");
    place.does(".", &format!("{verify} --rules gone.risk"));
}

/// The digest is of what was read, even if the file is another one before the run ends.
#[test]
fn digests_are_of_the_bytes_that_were_read() {
    let place = Place::new();
    let made = Command::new("mkfifo").arg(place.at("slow")).status();
    assert!(made.unwrap().success());
    let low = "valley,month,low\nArn,2024-01,-25\nBor,2024-01,2\n";
    place.write("low.csv", low);
    let child = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .current_dir(place.at("."))
        .args("run frost.risk --data low.csv --data slow -q -o r.csv".split(' '))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The first file has been read once the second is asked for.
    let mut slow = std::fs::OpenOptions::new()
        .write(true)
        .open(place.at("slow"))
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    place.write("low.csv", &low.replace("-25", "25"));
    let late = "valley,month,wind\nArn,2024-01,9\nBor,2024-01,2\n";
    slow.write_all(late.as_bytes()).unwrap();
    drop(slow);
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    let manifest = place.manifest("r.csv.manifest.json");
    let digest = |pointer: &str| {
        manifest
            .pointer(pointer)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(digest("/data/0/sha256"), sha256(low));
    assert_eq!(digest("/data/1/sha256"), sha256(late));
    assert_eq!(digest("/data/1/from"), "pipe");
    let results = place.read("r.csv");
    assert!(results.contains("Arn,2024-01,bitter"), "{results}");
    assert_eq!(digest("/results/sha256"), sha256(&results));
}

fn sha256(text: &str) -> String {
    forewarn_tables::sha256(text.as_bytes())
}

#[test]
fn data_from_standard_input_are_on_record() {
    let place = Place::new();
    let run = "run frost.risk --data - -q -o r.csv";
    let (code, said) = place.fed(".", run, DATA.as_bytes());
    assert_eq!((code, said.as_str()), (0, ""));
    let manifest = place.manifest("r.csv.manifest.json");
    assert_eq!(manifest.pointer("/data/0/from").unwrap(), "standard_input");
    assert_eq!(manifest.pointer("/data/0/path").unwrap(), &Value::Null);
    assert_eq!(manifest.pointer("/data/0/sha256").unwrap(), &sha256(DATA));
    let (code, said) = place.run(".", "verify r.csv.manifest.json");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("came from standard input"), "{said}");
    assert!(
        said.contains(&sha256(DATA)) && said.contains("--data FILE"),
        "{said}"
    );
    place.does(".", "verify r.csv.manifest.json --data runs/a/low.csv");
    let (code, said) = place.fed(".", "verify r.csv.manifest.json --data -", DATA.as_bytes());
    assert_eq!(code, 0, "{said}");
    place.write("other.csv", &DATA.replace("-25", "-26"));
    let (code, said) = place.run(".", "verify r.csv.manifest.json --data other.csv");
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("the data that came from standard input"),
        "{said}"
    );
}

#[test]
fn standard_input_goes_with_every_format_and_option() {
    let place = Place::new();
    place.does(".", "run frost.risk --data runs/a/low.csv -q -o plain.csv");
    let lines = "{\"valley\":\"Arn\",\"month\":\"2024-01\",\"low\":-25,\"wind\":9}\n\
                 {\"valley\":\"Arn\",\"month\":\"2024-02\",\"low\":-3,\"wind\":4}\n\
                 {\"valley\":\"Bor\",\"month\":\"2024-01\",\"low\":2,\"wind\":1}\n\
                 {\"valley\":\"Bor\",\"month\":\"2024-02\",\"low\":-21,\"wind\":7}\n";
    for (input, options) in [
        (lines.to_owned(), "--from ndjson"),
        (DATA.replace(',', "\t"), "--from tsv"),
        (DATA.replace(',', ";"), "--from csv --delimiter ;"),
        (DATA.replace("low", "deg"), "--map low=deg"),
    ] {
        let run = format!("run frost.risk --data - {options} -q -o r.csv");
        let (code, said) = place.fed(".", &run, input.as_bytes());
        assert_eq!(code, 0, "{options}: {said}");
        assert_eq!(place.read("r.csv"), place.read("plain.csv"), "{options}");
        // On record, so that it need not be said again.
        let (code, said) = place.fed(".", "verify r.csv.manifest.json --data -", input.as_bytes());
        assert_eq!(code, 0, "{options}: {said}");
    }
    // Typed files as well, which are read from their end.
    let typed = "framework wind \"Wind\"\npanel valley by month\nindicator chill \"Chill\" : number\nscore s \"S\" = chill\n";
    place.write("wind.risk", typed);
    for form in ["parquet", "arrow"] {
        place.does(
            ".",
            &format!("run frost.risk --data runs/a/low.csv -q -o c.{form}"),
        );
        let bytes = std::fs::read(place.at(&format!("c.{form}"))).unwrap();
        let (code, said) = place.fed(
            ".",
            &format!("run wind.risk --data - --from {form} --to csv -q"),
            &bytes,
        );
        assert_eq!(code, 0, "{said}");
        assert!(
            said.starts_with("valley,month,s\nArn,2024-01,3\n"),
            "{said}"
        );
    }
    for words in [
        "explain frost.risk --data - --entity Arn",
        "lint frost.risk --data -",
        "diff frost.risk frost.risk --data -",
        "run frost.risk --data - --audience public --to csv -q",
    ] {
        let (code, said) = place.fed(".", words, DATA.as_bytes());
        assert_eq!(code, 0, "{words}: {said}");
    }
}

/// For an audience the data are looked at more than once.
#[test]
fn standard_input_for_an_audience() {
    let place = Place::new();
    let closed = RULES
        .replace(
            "indicator wind",
            "source field \"Field\" { classification confidential }\nindicator wind",
        )
        .replace("number in 0..", "number in 0.. from field");
    place.write(
        "closed.risk",
        &format!("{closed}declassify chill because \"it is an average\"\n"),
    );
    place.write(
        "wind.csv",
        "valley,month,wind\nArn,2024-01,9\nArn,2024-02,4\nBor,2024-01,1\nBor,2024-02,7\n",
    );
    let low = "valley,month,low\nArn,2024-01,-25\nArn,2024-02,-3\nBor,2024-01,2\nBor,2024-02,-21\n";
    place.write("low.csv", low);
    let run = "run closed.risk --audience public --to csv -q --data wind.csv --data";
    let file = place.does(".", &format!("{run} low.csv"));
    let (code, said) = place.fed(".", &format!("{run} -"), low.as_bytes());
    assert_eq!((code, said.as_str()), (0, file.as_str()));
    assert!(file.contains("chill"), "{file}");
}

#[test]
fn nothing_is_left_behind_when_a_run_fails() {
    let place = Place::new();
    let bad = DATA.replace("-25", "icy");
    let (code, _) = place.fed(
        ".",
        "run frost.risk --data - -q -o out/../r.csv",
        bad.as_bytes(),
    );
    assert_ne!(code, 0);
    let (code, _) = place.fed(
        ".",
        "run frost.risk --data - -q -o r.csv --events e.csv",
        bad.as_bytes(),
    );
    assert_eq!(code, 1);
    let mut names: Vec<String> = std::fs::read_dir(place.at("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["frost.risk", "runs"]);
}
