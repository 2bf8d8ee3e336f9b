//! What commands write and where: whole or not at all, together, and never over what must stay.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const RULES: &str = "framework flood \"Flood\" version \"1.0.0\"
panel basin by month
indicator rain \"Rain\" : number in 0..
scale concern { calm \"Calm\" < wet \"Wet\" }
level overall \"Overall\" : concern { wet when rain >= 100, calm otherwise }
alert flood_alert \"Flood\" {
  raise when overall >= wet
  clear when overall is calm
}
test \"rain counts\" from \"known.csv\"
";

const DATA: &str =
    "basin,month,rain\nAda,2024-01,20\nAda,2024-02,140\nBel,2024-01,90\nBel,2024-02,30\n";

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        place.write("rules/flood.risk", RULES);
        place.write(
            "rules/known.csv",
            "basin,month,rain,overall\nAda,2024-01,20,calm\n",
        );
        place.write("rain.csv", DATA);
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_forewarn"));
        command.current_dir(self.folder.path());
        command.args(words.split_whitespace());
        command.stdin(Stdio::null());
        command
    }

    /// The code, standard output and standard error.
    fn run(&self, words: &str) -> (i32, String, String) {
        let ended = self.command(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let code = ended.status.code().expect("it ended by itself");
        (code, text(ended.stdout), text(ended.stderr))
    }

    #[track_caller]
    fn does(&self, words: &str) {
        let (code, out, err) = self.run(words);
        assert_eq!(code, 0, "{words}: {out}{err}");
    }

    /// Refuses, says why, and leaves every file as it was.
    #[track_caller]
    fn refuses(&self, words: &str, told: &str) {
        let before = contents(self.folder.path());
        let (code, out, err) = self.run(words);
        assert_eq!(code, 2, "{words}: {out}{err}");
        assert!(err.contains(told), "{words}: {err}");
        assert_eq!(contents(self.folder.path()), before, "{words}");
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.at(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

/// Every file below a folder, with its bytes and mode.
fn contents(folder: &Path) -> Vec<(PathBuf, u32, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = fs::symlink_metadata(&path).unwrap();
        if about.is_dir() {
            all.extend(contents(&path));
        } else if about.is_file() {
            all.push((path.clone(), about.mode(), fs::read(&path).unwrap()));
        } else {
            let to = fs::read_link(&path).unwrap_or_default();
            let to = to.to_string_lossy().into_owned().into_bytes();
            all.push((path, about.mode(), to));
        }
    }
    all.sort();
    all
}

const RUN: &str = "run rules --data rain.csv -q";

#[test]
fn what_is_read_is_never_replaced() {
    let place = Place::new();
    place.does(&format!("{RUN} -o earlier.csv"));
    symlink("rain.csv", place.at("link.csv")).unwrap();
    symlink("nowhere/../rain.csv", place.at("dangling.csv")).unwrap();
    fs::hard_link(place.at("rain.csv"), place.at("second.csv")).unwrap();
    for data in [
        "rain.csv",
        "./rain.csv",
        "rules/../rain.csv",
        "link.csv",
        "second.csv",
    ] {
        place.refuses(&format!("{RUN} -o {data}"), "is the data itself");
        place.refuses(&format!("{RUN} --events {data}"), "is the data itself");
    }
    for rules in [
        "rules/flood.risk",
        "rules/new.risk",
        "rules/forewarn.toml",
        "rules/forewarn.lock",
    ] {
        let words = format!("{RUN} -o {rules} --to csv");
        place.refuses(&words, "would be a file of a ruleset");
    }
    let table = format!("{RUN} -o rules/known.csv");
    place.refuses(&table, "is a table that the ruleset's tests read");
    let manifest = format!("{RUN} --goalposts earlier.csv.manifest.json -o");
    place.refuses(
        &format!("{manifest} earlier.csv.manifest.json"),
        "is read for its goalposts",
    );
    place.refuses(
        &format!("{RUN} -o earlier.csv.manifest.json"),
        "would be the manifest of other results",
    );
    place.write("plain.csv.manifest.json", "{\"name\": \"mine\"}");
    place.refuses(&format!("{RUN} -o plain.csv"), "is no manifest");
    let earlier = fs::read(place.at("earlier.csv.manifest.json")).unwrap();
    fs::write(place.at("later.csv.manifest.json"), &earlier).unwrap();
    place.refuses(
        &format!("{RUN} -o later.csv"),
        "is the manifest of other results, `earlier.csv`",
    );
    place.does(&format!("{RUN} -o earlier.csv"));
    place.does("package rules -o flood.tar.gz");
    place.refuses(&format!("{RUN} -o rules"), "it is a folder");
    place.refuses(&format!("{RUN} -o nowhere/r.csv"), "is not there");
}

#[test]
fn what_is_read_beside_the_data_is_never_replaced() {
    let place = Place::new();
    place.write("how.recipe", "[[data]]\nfiles = \"rain.csv\"\n");
    place.write("codes.csv", "here,there\nAda,Ada\nBel,Bel\n");
    place.write("rules/data.toml", "[[data]]\nfiles = \"../rain.csv\"\n");
    place.write("rules/translations/fr.toml", "language = \"fr\"\n");
    place.write("notes.txt", "mine\nand yours\n");
    place.does(&format!("{RUN} -o first.csv --events told.csv"));
    let goes_on = format!("{RUN} --state first.csv");
    let against = "report rules --data rain.csv --format html --against first.csv -q -o";
    for (words, told) in [
        (
            "run rules --recipe how.recipe -q --to csv -o how.recipe".to_owned(),
            "is the recipe",
        ),
        (
            format!("{RUN} --crosswalk basin=codes.csv -o codes.csv"),
            "is a crosswalk",
        ),
        (format!("{goes_on} -o first.csv"), "goes on from"),
        (
            format!("{goes_on} -o second.csv --events told.csv"),
            "goes on from",
        ),
        (
            format!("{RUN} --state first.csv.state.json -o second.csv --events first.csv"),
            "goes on from",
        ),
        (format!("{against} first.csv"), "that it is compared with"),
        (
            format!("{RUN} --to csv -o rules/data.toml"),
            "would be a file of a ruleset",
        ),
        (
            format!("{RUN} --to csv -o rules/translations/fr.toml"),
            "would be a file of a ruleset",
        ),
        (
            "test rules --coverage=lcov --coverage-out notes.txt".to_owned(),
            "is no report of coverage",
        ),
    ] {
        place.refuses(&words, told);
    }
    place.write(
        "rain.csv",
        &format!("{DATA}Ada,2024-03,20\nBel,2024-03,30\n"),
    );
    place.does(&format!("{goes_on} -o second.csv --events more.csv"));
    // A report of coverage takes the place of an earlier one, in whatever form that was.
    for form in ["human", "json", "lcov", "html", "human"] {
        place.does(&format!(
            "test rules --coverage={form} --coverage-out shown.txt"
        ));
    }
}

#[test]
fn results_of_a_month_that_no_manifest_tells_of_are_kept() {
    let place = Place::new();
    place.write("rules/data.toml", "[[data]]\nfiles = \"../rain.csv\"\n");
    let run = || {
        let (code, _, err) = place.run("run rules -q");
        assert_eq!(code, 0, "{err}");
        err
    };
    run();
    assert_eq!(run(), "");
    let results = "rules/runs/2024-02/results.csv";
    fs::remove_file(place.at(&format!("{results}.manifest.json"))).unwrap();
    let err = run();
    assert!(err.contains("no manifest says what they are of"), "{err}");
    place.write(results, "by hand\n");
    let err = run();
    assert!(err.contains("not as a run wrote them"), "{err}");
    assert_eq!(
        place.names("rules/runs"),
        ["2024-02", "2024-02.1", "2024-02.2"]
    );
    assert_eq!(place.read("rules/runs/2024-02.2/results.csv"), "by hand\n");
    assert_eq!(
        place.read("rules/runs/2024-02.1/results.csv"),
        place.read(results)
    );
}

#[test]
fn one_file_under_two_names_is_noticed() {
    let place = Place::new();
    place.write("there.csv", "");
    symlink("there.csv", place.at("link.csv")).unwrap();
    fs::hard_link(place.at("there.csv"), place.at("second.csv")).unwrap();
    fs::create_dir(place.at("sub")).unwrap();
    symlink("..", place.at("sub/up")).unwrap();
    for (results, events) in [
        ("r.csv", "r.csv"),
        ("r.csv", "./r.csv"),
        ("sub/up/r.csv", "r.csv"),
        ("there.csv", "link.csv"),
        ("second.csv", "there.csv"),
        ("r.csv", "r.csv.manifest.json"),
    ] {
        let words = format!("{RUN} -o {results} --events {events}");
        place.refuses(&words, "is to hold the");
    }
    let (code, _, err) = place.run("run rules --data rain.csv --data ./rain.csv --to csv");
    assert_eq!(code, 2);
    assert!(err.contains("given twice: it is `rain.csv`"), "{err}");
}

#[test]
fn packages_replace_their_own_kind_alone() {
    let place = Place::new();
    place.does("package rules -o flood.tar.gz");
    place.does("package rules -o flood.tar.gz");
    place.write(
        "other/o.risk",
        &RULES.replace("framework flood", "framework other"),
    );
    place.write(
        "other/known.csv",
        "basin,month,rain,overall\nAda,2024-01,20,calm\n",
    );
    place.refuses("package other -o flood.tar.gz", "is the package `flood`");
    place.refuses("package rules -o rain.csv", "is no package");
    place.refuses(
        "package rules -o rules/flood.risk",
        "would be a file of a ruleset",
    );
    place.refuses("package rules -o rules/known.csv", "is no package");
    place.refuses(
        &format!("{RUN} -o flood.tar.gz --to csv"),
        "not written compressed",
    );
    place.refuses(
        "test rules --coverage=html --coverage-out rules/flood.risk",
        "would be a file of a ruleset",
    );
    place.refuses(
        "test rules --coverage=html --coverage-out rules/known.csv",
        "is a table that the ruleset's tests read",
    );
    place.refuses(
        "test rules --coverage=html --coverage-out flood.tar.gz",
        "is an archive",
    );
}

#[test]
fn links_are_followed_and_modes_are_kept() {
    let place = Place::new();
    place.write("real/out.csv", "old");
    symlink("real/out.csv", place.at("link.csv")).unwrap();
    symlink("real/new.csv", place.at("fresh.csv")).unwrap();
    fs::set_permissions(place.at("real/out.csv"), fs::Permissions::from_mode(0o600)).unwrap();
    place.does(&format!("{RUN} -o link.csv"));
    assert!(
        place
            .read("real/out.csv")
            .starts_with("basin,month,overall")
    );
    assert!(
        fs::symlink_metadata(place.at("link.csv"))
            .unwrap()
            .is_symlink()
    );
    let mode = |name: &str| fs::metadata(place.at(name)).unwrap().mode() & 0o777;
    assert_eq!(mode("real/out.csv"), 0o600);
    assert_eq!(mode("link.csv.manifest.json"), 0o600, "as its results");
    place.does(&format!("{RUN} -o fresh.csv"));
    assert!(place.read("real/new.csv").starts_with("basin"));
    assert!(
        fs::symlink_metadata(place.at("fresh.csv"))
            .unwrap()
            .is_symlink()
    );
    // New files are for whom the umask says, whichever command writes them.
    let shell = |umask: &str, words: &str| {
        let script = format!("umask {umask}; exec \"$0\" {words}");
        let mut command = Command::new("sh");
        command.current_dir(place.folder.path());
        command.args(["-c", &script, env!("CARGO_BIN_EXE_forewarn")]);
        let ended = command.output().unwrap();
        assert!(ended.status.success(), "{words}: {ended:?}");
    };
    for (umask, expected) in [("077", 0o600), ("027", 0o640), ("002", 0o664)] {
        let out = format!("{umask}.csv");
        shell(
            umask,
            &format!("{RUN} -o {out} --events {umask}.events.csv"),
        );
        assert_eq!(mode(&out), expected);
        assert_eq!(mode(&format!("{out}.manifest.json")), expected);
        assert_eq!(mode(&format!("{umask}.events.csv")), expected);
        shell(umask, &format!("package rules -o {umask}.tar.gz"));
        assert_eq!(mode(&format!("{umask}.tar.gz")), expected);
    }
}

#[test]
fn devices_and_pipes_are_written_through() {
    let place = Place::new();
    place.does(&format!("{RUN} -o /dev/null --to csv"));
    assert!(!Path::new("/dev/null.manifest.json").exists());
    let (code, out, _) = place.run(&format!("{RUN} -o /dev/stdout --to csv"));
    assert_eq!(code, 0);
    assert!(out.starts_with("basin,month,overall"), "{out}");
    // A named pipe: what is read from it is what a file would hold.
    let made = Command::new("mkfifo").arg(place.at("pipe.csv")).status();
    assert!(made.unwrap().success());
    let reader = Command::new("cat")
        .arg(place.at("pipe.csv"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    place.does(&format!("{RUN} -o pipe.csv"));
    let read = reader.wait_with_output().unwrap().stdout;
    place.does(&format!("{RUN} -o file.csv"));
    assert_eq!(String::from_utf8(read).unwrap(), place.read("file.csv"));
    let names = place.names(".");
    assert!(
        !names.contains(&"pipe.csv.manifest.json".to_owned()),
        "{names:?}"
    );
    use std::os::unix::fs::FileTypeExt as _;
    assert!(
        fs::metadata(place.at("pipe.csv"))
            .unwrap()
            .file_type()
            .is_fifo()
    );
}

/// Wherever something goes, a disk without space is told.
#[test]
fn a_full_disk_is_told() {
    let place = Place::new();
    for words in [
        "run rules --data rain.csv -q -o /dev/full --to csv",
        "run rules --data rain.csv -q --events /dev/full",
    ] {
        let (code, _, err) = place.run(&words.replace("--events /dev/full", "--events full.csv"));
        if words.contains("-o") {
            assert_eq!(code, 2, "{words}");
            assert!(err.contains("there is no space left"), "{err}");
        } else {
            assert_eq!(code, 0, "{err}");
        }
    }
    place.write(
        "bad.risk",
        "framework bad\npanel x by year\nscore s = nothing_here\n",
    );
    for words in [
        "run rules --data rain.csv -q --to csv",
        "run rules --data rain.csv -q --to parquet",
        "run rules --data rain.csv -q --to table",
        "check bad.risk --format json",
        "check rules --format sarif",
        "explain rules --data rain.csv --entity Ada",
        "test rules --format json",
        "tree rules",
        "properties rules",
        "completions bash",
        "explain-code FW0102",
        "--help",
        "--version",
        "lock rules",
        "diff rules rules",
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let ended = place.command(words).stdout(full).output().unwrap();
        assert_eq!(ended.status.code(), Some(2), "{words}");
        let err = String::from_utf8(ended.stderr).unwrap();
        assert!(err.contains("there is no space left"), "{words}: {err}");
        assert_eq!(err.matches("no space left").count(), 1, "{words}: {err}");
    }
    // What cannot even be said gives its code.
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let ended = place.command("test rules").stderr(full).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
}

/// What a run leaves behind that could not write all of its files: nothing.
#[test]
fn all_files_of_a_run_are_replaced_or_none() {
    let place = Place::new();
    place.write("r.csv", "old results\n");
    place.write("e.csv", "old events\n");
    let run = format!("{RUN} -o r.csv --events e.csv");
    // The manifest's place is closed once the run has begun: a folder stands there at the end.
    fs::create_dir(place.at("r.csv.manifest.json")).unwrap();
    place.refuses(&run, "it is a folder");
    fs::remove_dir(place.at("r.csv.manifest.json")).unwrap();
    place.write("bad.csv", &DATA.replace("140", "much"));
    let before = contents(place.folder.path());
    let (code, _, _) = place.run(&run.replace("rain.csv", "bad.csv"));
    assert_eq!(code, 1);
    assert_eq!(contents(place.folder.path()), before);
    place.does(&run);
    assert!(place.read("r.csv").starts_with("basin,month"));
    assert!(place.read("e.csv").starts_with("basin,month"));
    assert_eq!(place.run("verify r.csv.manifest.json").0, 0);
}

fn kill(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Killed at any moment, a run leaves the old files or the new ones, and nothing beside them after the
/// next.
#[test]
fn killed_runs_leave_nothing_half_done() {
    let place = Place::new();
    let mut data = String::from("basin,month,rain\n");
    for basin in 0..400 {
        for month in 1..=12 {
            data.push_str(&format!(
                "B{basin},2024-{month:02},{}\n",
                (basin * month) % 200
            ));
        }
    }
    place.write("large.csv", &data);
    let run = "run rules --data large.csv -q -o out/r.csv --events out/e.csv --engine interpreter";
    fs::create_dir(place.at("out")).unwrap();
    place.does(run);
    let whole = contents(&place.at("out"));
    place.does(&format!("{run} --columns overall --period 2024-01"));
    for wait in 0..40 {
        let other = if wait % 2 == 0 {
            ""
        } else {
            " --period 2024-01"
        };
        let child = place.command(&format!("{run}{other}")).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait * 4));
        kill(child);
        let (code, out, err) = place.run("verify out/r.csv.manifest.json");
        assert_eq!(code, 0, "after {wait}: {out}{err}");
    }
    place.does(run);
    assert_eq!(
        contents(&place.at("out")),
        whole,
        "and nothing is left beside them"
    );
}

/// A run that was killed between its files is finished by the next command that comes by.
#[test]
fn what_was_begun_is_finished() {
    let place = Place::new();
    place.does(&format!("{RUN} -o r.csv"));
    let new = place.read("r.csv");
    let manifest = place.read("r.csv.manifest.json");
    place.write("r.csv", "old\n");
    place.write(".forewarn-abcdef.tmp", &new);
    place.write(".forewarn-ghijkl.tmp", "left half wr");
    // The manifest was put in its place, the results were not yet.
    place.write("r.csv.manifest.json", &manifest);
    place.write(
        ".forewarn-r.csv.journal",
        "{\"moves\":[{\"from\":\".forewarn-abcdef.tmp\",\"to\":\"r.csv\"},\
         {\"from\":\".forewarn-mnopqr.tmp\",\"to\":\"r.csv.manifest.json\"}]}",
    );
    assert_eq!(place.run("verify r.csv.manifest.json").0, 0);
    assert_eq!(place.read("r.csv"), new);
    let hidden = |names: Vec<String>| names.iter().any(|name| name.starts_with(".forewarn"));
    assert!(!hidden(place.names(".")), "{:?}", place.names("."));
    // A journal that would do anything else is not followed.
    place.write("victim.txt", "mine");
    place.write(
        ".forewarn-x.journal",
        "{\"moves\":[{\"from\":\"rain.csv\",\"to\":\"victim.txt\"},\
         {\"from\":\".forewarn-stuvwx.tmp\",\"to\":\"rules/flood.risk\"}]}",
    );
    place.write(".forewarn-stuvwx.tmp", "not mine");
    place.does(&format!("{RUN} -o r.csv"));
    assert_eq!(place.read("victim.txt"), "mine");
    assert_eq!(place.read("rules/flood.risk"), RULES);
    assert!(!hidden(place.names(".")), "{:?}", place.names("."));
    // A journal that was not finished says nothing.
    place.write(".forewarn-r.csv.journal", "{\"moves\":[{\"from\":\".fore");
    place.does(&format!("{RUN} -o r.csv"));
    assert_eq!(place.read("r.csv"), new);
}

#[test]
fn of_runs_to_one_place_one_wins_whole() {
    let place = Place::new();
    place.write("dry.csv", &DATA.replace("140", "14"));
    for _ in 0..6 {
        let mut running = Vec::new();
        for at in 0..6 {
            let data = if at % 2 == 0 { "rain.csv" } else { "dry.csv" };
            let words = format!("run rules --data {data} -q -o r.csv --events e.csv");
            let mut command = place.command(&words);
            running.push(command.stderr(Stdio::piped()).spawn().unwrap());
        }
        for one in running {
            let ended = one.wait_with_output().unwrap();
            let told = String::from_utf8_lossy(&ended.stderr);
            assert!(ended.status.success(), "{told}");
        }
        let (code, out, err) = place.run("verify r.csv.manifest.json");
        assert_eq!(code, 0, "{out}{err}");
    }
    assert!(!place.names(".").iter().any(|name| name.starts_with('.')));
}
