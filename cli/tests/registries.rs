//! Packages by name: those that come along, folders and addresses with an index; what is not as it should
//! be is refused, and nothing is written.

use crate::place;

use place::{Place, UN};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;

/// A registry with `un` 1.2.0, beside the place's own folders.
fn registry() -> Place {
    let place = Place::new("");
    let told = place.does(&["release", "un", "--into", "registry"]);
    assert!(told.contains("un 1.2.0: the first version"), "{told}");
    assert!(told.contains("published un-1.2.0.tar.gz"), "{told}");
    place
}

/// Serves a folder on the loopback until the test ends; its address.
fn serve(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            let mut first = String::new();
            lines.read_line(&mut first).unwrap();
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|_| line.trim() != "") {
                line.clear();
            }
            let name = first
                .split(' ')
                .nth(1)
                .unwrap_or("/")
                .trim_start_matches('/');
            let found = std::fs::read(folder.join(name)).ok();
            let (status, body) = match found {
                Some(bytes) => ("200 OK", bytes),
                None => ("404 Not Found", Vec::new()),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&body);
        }
    });
    address
}

#[test]
fn what_comes_along_is_listed_and_added_with_what_it_extends() {
    let place = Place::new("");
    let listed = place.does(&["packages"]);
    assert!(listed.contains("un_atrocity"), "{listed}");
    std::fs::create_dir(place.path().join("coast")).unwrap();
    let added = place.does(&["add", "ecowas_ecowarn", "--to", "coast"]);
    for name in ["ecowas_ecowarn", "au_cews", "un_atrocity"] {
        assert!(added.contains(&format!("coast/vendor/{name}-")), "{added}");
    }
    assert!(
        place
            .read("coast/coast.risk")
            .contains("extends ecowas_ecowarn \"0.")
    );
    place.does(&["check", "coast", "--deny", "warnings"]);
    assert!(
        place
            .does(&["lock", "coast", "--check"])
            .contains("up to date")
    );
    let unknown = place.run(&["add", "un_atrocities", "--to", "coast"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("did you mean `un_atrocity`"),
        "{}",
        unknown.err
    );
}

#[test]
fn a_new_ruleset_extends_a_package_and_needs_nothing_else() {
    let place = Place::new("");
    let made = place.does(&["new", "our_office", "--extends", "un_atrocity"]);
    assert!(made.contains("our_office/our_office.risk"), "{made}");
    place.does(&["check", "our_office", "--deny", "warnings"]);
    let tree = place.does(&["tree", "our_office"]);
    assert!(tree.contains("extends un_atrocity "), "{tree}");
    let again = place.run(&["new", "our_office", "--extends", "un_atrocity"]);
    assert_eq!(again.code, 2);
}

#[test]
fn a_registry_is_a_folder_or_an_address() {
    let place = registry();
    let address = serve(place.path().join("registry"));
    for (folder, from) in [("east", "registry"), ("south", address.as_str())] {
        std::fs::create_dir(place.path().join(folder)).unwrap();
        let listed = place.does(&["packages", "--from", from]);
        assert!(listed.contains("un  1.2.0  UN"), "{listed}");
        place.does(&["add", "un", "--from", from, "--to", folder]);
        place.does(&["check", folder, "--deny", "warnings"]);
    }
    let nothing = place.run(&["packages", "--from", "http://127.0.0.1:1"]);
    assert_eq!(nothing.code, 2);
    let secure = place.run(&["packages", "--from", "https://127.0.0.1:1"]);
    assert_eq!(secure.code, 2);
    let words = if cfg!(feature = "https") {
        "nothing answers there"
    } else {
        "built without `https`"
    };
    assert!(secure.err.contains(words), "{}", secure.err);
    let other = place.run(&["packages", "--from", "ftp://127.0.0.1"]);
    assert!(
        other
            .err
            .contains("addresses begin with `http://` or `https://`"),
        "{}",
        other.err
    );
    let range = place.run(&[
        "add",
        "un",
        "--from",
        "registry",
        "--versions",
        "2",
        "--to",
        "west",
    ]);
    assert!(
        range
            .err
            .contains("no version of `un` in registry fits `2`"),
        "{}",
        range.err
    );
}

#[test]
fn what_is_not_what_the_index_says_is_refused_and_nothing_is_written() {
    let place = registry();
    let refused = |words: &str| {
        std::fs::create_dir_all(place.path().join("east")).unwrap();
        let ended = place.run(&["add", "un", "--from", "registry", "--to", "east"]);
        assert_eq!(ended.code, 2, "{}", ended.out);
        assert!(ended.err.contains(words), "{}", ended.err);
        let left = std::fs::read_dir(place.path().join("east")).unwrap();
        assert_eq!(left.count(), 0);
    };
    let index = place.read("registry/index.toml");
    let mut archive = Vec::new();
    let path = place.path().join("registry/un-1.2.0.tar.gz");
    std::fs::File::open(&path)
        .unwrap()
        .read_to_end(&mut archive)
        .unwrap();
    place.write("registry/un-1.2.0.tar.gz", &archive[..archive.len() - 1]);
    refused("its SHA-256 is");
    std::fs::remove_file(&path).unwrap();
    refused("there is no such file or folder");
    place.write("registry/un-1.2.0.tar.gz", &archive);
    place.write(
        "registry/index.toml",
        index.replace("1.2.0\"\nlabel", "1.3.0\"\nlabel"),
    );
    refused("it holds `un 1.2.0`, and the index says `un 1.3.0`");
    place.write(
        "registry/index.toml",
        index.replace("un-1.2.0.tar.gz", "../un-1.2.0.tar.gz"),
    );
    refused("is no name of a file beside it");
    place.write("registry/index.toml", format!("{index}{index}"));
    refused("un 1.2.0 is in it twice");
    place.write("registry/index.toml", &index);
    let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    let signed = |words: &str| {
        let ended = place.run(&[
            "add", "un", "--from", "registry", "--to", "east", "--key", key,
        ]);
        assert_eq!(ended.code, 2);
        assert!(ended.err.contains(words), "{}", ended.err);
    };
    signed("there is no signature of `index.toml`");
    place.write("registry/index.toml.minisig", "no signature");
    signed("its signature cannot be read");
    let wrong = place.run(&["packages", "--from", "registry", "--key", "secret"]);
    assert!(
        wrong.err.contains("neither a public key nor a file"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_base_is_released_three_times_and_each_upgrade_says_what_follows() {
    let place = registry();
    let changes = "override param war_threshold = 500 deaths because \"Decision 4\"\n\
                   override label piracy \"Robbery at sea\" because \"The law's own words\"\n";
    place.write("west/west.risk", format!("{}{changes}", place::HEAD));
    place.does(&["lock", "west"]);
    let data = "country,month,deaths_best,hate_speech,piracy\n\
                AVA,2024-01,600,absent,absent\nBRU,2024-01,0,absent,present\n";
    place.write("data.csv", data);
    let before = place.read("west/west.risk");

    // A weight is changed: results move, and everything fits.
    let second = UN
        .replace("1.2.0", "1.3.0")
        .replace("piracy weight 1", "piracy weight 3");
    place.write("un/un.risk", &second);
    let told = place.does(&["release", "un", "--into", "registry"]);
    assert!(
        told.contains(
            "may change results, and breaks nothing:\n  factor conflict: weight of `piracy`: 1 → 3"
        ),
        "{told}"
    );
    assert!(
        told.contains("1.3.0 is high enough: at least 1.3.0 is needed"),
        "{told}"
    );
    // The place of the first version in the lock is its folder: the registry takes over.
    place.write("un/un.risk", UN);
    let args = [
        "upgrade", "west", "--from", "registry", "--data", "data.csv",
    ];
    let told = place.does(&args);
    assert!(
        told.contains(
            "un 1.2.0 → 1.3.0\n1 difference\n  factor conflict: weight of `piracy`: 1 → 3"
        ),
        "{told}"
    );
    assert!(told.contains("BRU"), "{told}");
    assert!(told.contains("west/forewarn.lock: written"), "{told}");
    place.does(&["check", "west", "--deny", "warnings"]);
    let told = place.does(&["upgrade", "west", "--from", "registry"]);
    assert!(told.contains("un 1.3.0 is what is there already"), "{told}");

    // An indicator is dropped that is changed here.
    let third = second
        .replace("1.3.0", "2.0.0")
        .replace("indicator piracy \"Piracy\" : assessment\n", "")
        .replace(", piracy weight 3", "")
        .replace("  given piracy = absent\n", "");
    place.write("un/un.risk", third.replace("2.0.0", "1.4.0"));
    let low = place.run(&["release", "un", "--into", "registry"]);
    assert_eq!(low.code, 1);
    assert!(
        low.out.contains("breaks what others may build on:"),
        "{}",
        low.out
    );
    assert!(
        low.out
            .contains("1.4.0 is too low: this needs at least 2.0.0"),
        "{}",
        low.out
    );
    place.write("un/un.risk", &third);
    place.does(&["release", "un", "--into", "registry"]);
    let lock = place.read("west/forewarn.lock");
    let ended = place.run(&args);
    assert_eq!(ended.code, 1, "{}", ended.out);
    assert!(
        ended.out.contains("indicator piracy dropped"),
        "{}",
        ended.out
    );
    assert!(
        ended
            .err
            .contains("there is no declaration `piracy` to change"),
        "{}",
        ended.err
    );
    assert!(
        ended.err.contains("`un` 1.3.0 had this there"),
        "{}",
        ended.err
    );
    assert!(ended.err.contains("take the change out"), "{}", ended.err);
    assert!(ended.out.contains("nothing was written"), "{}", ended.out);
    assert_eq!(place.read("west/forewarn.lock"), lock);
    assert_eq!(place.read("west/west.risk"), before);
    let ended = place.run(&["upgrade", "west", "--from", "registry", "--keep-going"]);
    assert_eq!(ended.code, 1);
    let rules = place.read("west/west.risk");
    assert!(rules.contains("extends un \"2\""), "{rules}");
    let changes = changes.lines().next().unwrap();
    place.write(
        "west/west.risk",
        format!("{}{changes}\n", place::HEAD.replace("\"1\"", "\"2\"")),
    );
    place.does(&["check", "west"]);

    // A unit is changed: what overrides a value in the one before no longer fits.
    let fourth = third
        .replace("2.0.0", "3.0.0")
        .replace("unit deaths", "unit deaths\nunit incidents")
        .replace(": deaths in 0..", ": incidents in 0..")
        .replace(": deaths = 1_000 deaths", ": incidents = 1_000 incidents")
        .replace("2_000 deaths", "2_000 incidents");
    place.write("un/un.risk", fourth.replace("3.0.0", "2.1.0"));
    let low = place.run(&["release", "un", "--into", "registry"]);
    assert!(
        low.out
            .contains("2.1.0 is too low: this needs at least 3.0.0"),
        "{}",
        low.out
    );
    place.write("un/un.risk", &fourth);
    place.does(&["release", "un", "--into", "registry"]);
    let ended = place.run(&args);
    assert_eq!(ended.code, 1, "{}", ended.out);
    assert!(ended.err.contains("incidents"), "{}", ended.err);
    assert!(ended.out.contains("nothing was written"), "{}", ended.out);

    // What is published stays as it is.
    place.write("un/un.risk", fourth.replace("\"UN\"", "\"Other\""));
    let again = place.run(&["release", "un", "--into", "registry"]);
    assert_eq!(again.code, 2, "{}{}", again.out, again.err);
    let words = "un 3.0.0 is published already, with other files";
    assert!(again.err.contains(words), "{}", again.err);
}

#[test]
fn tests_that_move_keep_an_upgrade_from_being_written() {
    let place = registry();
    let own = "test \"robbery alone is low\" {\n  given deaths_best = 0 deaths\n  given hate_speech = absent\n  \
               given piracy = present\n  expect overall is low\n}\n";
    place.write("west/west.risk", format!("{}{own}", place::HEAD));
    place.does(&["test", "west"]);
    place.write(
        "un/un.risk",
        UN.replace("1.2.0", "1.3.0")
            .replace("piracy weight 1", "piracy weight 9"),
    );
    place.does(&["package", "un", "-o", "un-1.3.0.tar.gz"]);
    place.write("un/un.risk", UN);
    let ended = place.run(&["upgrade", "west", "--with", "un-1.3.0.tar.gz"]);
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(
        ended
            .err
            .contains("the test \"robbery alone is low\" fails"),
        "{}",
        ended.err
    );
    assert!(ended.out.contains("nothing was written: "), "{}", ended.out);
    let ended = place.run(&[
        "upgrade",
        "west",
        "--with",
        "un-1.3.0.tar.gz",
        "--keep-going",
    ]);
    assert!(
        place
            .read("west/forewarn.toml")
            .contains("../un-1.3.0.tar.gz"),
        "{}",
        ended.out
    );
}

#[test]
fn pages_of_the_manual_are_written() {
    let place = Place::new("");
    let told = place.does(&["manual", "man"]);
    assert!(told.starts_with("wrote "), "{told}");
    assert!(
        place
            .read("man/forewarn-run.1")
            .contains(".TH forewarn-run 1")
    );
    assert!(place.does(&["--version"]).contains("features: "));
}
