//! A framework in the languages of its readers: what they see, and what they are told is not there.

use crate::place;

use place::Place;

const FR: &str = "\
# Revu en mars.
[framework]
label = { text = \"ONU\", of = \"UN\" }

[labels]
overall = \"Ensemble\"     # à revoir
conflict = \"Conflit\"
incitement = \"Incitation\"
at_war = \"Combats du niveau d'une guerre\"
deaths_best = \"Morts dans les conflits\"
hate_speech = \"Discours de haine\"
piracy = \"Piraterie\"
emerging_from = \"Naissant\"
war_threshold = \"Guerre\"

[levels.concern]
low = \"faible\"
elevated = \"accru\"
high = { text = \"e\u{301}leve\u{301}\", of = \"High\" }

[units]
deaths = \"morts\"

[sources]
field = \"Missions de terrain\"

[messages]
yes = \"oui\"
evidence = \"connu\"
would_change = \"ce qui le changerait\"
";

const AR: &str = "\
[framework]
label = \"الأمم المتحدة\"

[labels]
overall = \"درجة القلق\"

[levels.concern]
low = \"منخفض\"
elevated = \"متزايد\"
high = \"مرتفع\"
";

const DATA: &str = "\
country,month,deaths_best,hate_speech,piracy
AVA,2024-01,1600,absent,absent
BRU,2024-01,0,absent,absent
CEL,2024-01,2000,present,present
";

/// With `un` in French and Arabic, `west` that says these things of it, and data.
fn place(changes: &str) -> Place {
    let place = Place::new(changes);
    place.write("un/translations/fr.toml", FR);
    place.write("un/translations/ar.toml", AR);
    place.write("data.csv", DATA);
    place.does(&["lock", "west"]);
    place
}

#[test]
fn a_table_has_labels_levels_and_words_of_the_language() {
    let place = place("");
    let table = place.run(&[
        "run", "un", "--data", "data.csv", "--lang", "fr", "--to", "table",
    ]);
    insta::assert_snapshot!(table.out);
    // Everything that results show is translated.
    assert!(!table.err.contains("language:"), "{}", table.err);
}

#[test]
fn files_keep_their_columns_and_names_and_take_labels_where_these_are_asked_for() {
    let place = place("");
    let own = place.does(&["run", "un", "--data", "data.csv", "-q"]);
    let french = place.does(&[
        "run", "un", "--data", "data.csv", "-q", "--to", "csv", "--lang", "fr",
    ]);
    let plain = place.does(&["run", "un", "--data", "data.csv", "-q", "--to", "csv"]);
    assert!(own.contains(",overall") && french == plain, "{french}");
    let labels = [
        "run", "un", "--data", "data.csv", "-q", "--labels", "--to", "csv",
    ];
    let arabic = place.does(&[labels.as_slice(), &["--lang", "ar"]].concat());
    assert_eq!(arabic.lines().next(), plain.lines().next());
    // In logical order, letter by letter, and no mark of direction beside it.
    assert!(arabic.contains(",مرتفع,"), "{arabic}");
    for mark in ['\u{2068}', '\u{2069}', '\u{200f}'] {
        assert!(!arabic.contains(mark));
    }
    let english = place.does(&labels);
    let translated = english
        .replace("Elevated", "متزايد")
        .replace("High", "مرتفع")
        .replace("Low", "منخفض");
    assert_eq!(arabic, translated);
    let combining = place.does(&[labels.as_slice(), &["--lang", "fr"]].concat());
    assert!(combining.contains("e\u{301}leve\u{301}"), "{combining}");
}

#[test]
fn json_and_parquet_keep_arabic_as_it_is() {
    let place = place("");
    let json = place.does(&[
        "run", "un", "--data", "data.csv", "-q", "--labels", "--lang", "ar", "--to", "ndjson",
    ]);
    assert!(
        json.contains("\"مرتفع\"") || json.contains("\"متزايد\""),
        "{json}"
    );
    place.does(&[
        "run",
        "un",
        "--data",
        "data.csv",
        "-q",
        "--labels",
        "--lang",
        "ar",
        "-o",
        "r.parquet",
    ]);
    let bytes = std::fs::read(place.path().join("r.parquet")).unwrap();
    let arabic = "متزايد".as_bytes();
    assert!(bytes.windows(arabic.len()).any(|part| part == arabic));
    // The run is repeated in its language.
    place.does(&["verify", "r.parquet.manifest.json"]);
}

#[test]
fn an_explanation_has_labels_levels_units_and_headings_of_the_language() {
    let place = place("");
    let args = ["explain", "un", "--data", "data.csv", "--entity", "AVA"];
    let told = place.does(&[args.as_slice(), &["--lang", "fr"]].concat());
    for words in [
        "ONU 1.2.0",
        "Ensemble (overall): accru",
        "accru",
        "ce qui le changerait",
        "morts",
        "Missions de terrain",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(
        told.contains("accru when any(factors >= emerging_from)"),
        "{told}"
    );
    // Programs get names, beside labels of the language.
    let json = place.does(&[args.as_slice(), &["--lang", "fr", "--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let result = &json["results"][0]["result"];
    assert_eq!(result["label"], "Ensemble");
    assert!(json.to_string().contains("\"elevated\"") && !json.to_string().contains("accru"));
}

/// A category that is declared once has its words once, whatever has its values.
#[test]
fn a_shared_category_is_called_by_its_words() {
    let place = Place::new("");
    let rules = "framework coasts \"Coasts\" version \"1\"\npanel port by year\n\
                 category shore { sandy \"Sandy\", rocky \"Rocky\" }\n\
                 indicator east \"East\" : shore\nindicator west \"West\" : shore\n\
                 signal alike \"Alike\" = east is west\n";
    place.write("coasts/coasts.risk", rules);
    place.write("coasts.csv", "port,year,east,west\nUMA,2020,sandy,rocky\n");
    place.does(&["translations", "coasts", "--lang", "fr"]);
    let file = place.read("coasts/translations/fr.toml");
    assert_eq!(file.matches("[levels.shore]").count(), 1, "{file}");
    let file = file
        .replace("sandy = { text = \"\"", "sandy = { text = \"sableux\"")
        .replace("rocky = { text = \"\"", "rocky = { text = \"rocheux\"");
    place.write("coasts/translations/fr.toml", file);
    let explain = "explain coasts --data coasts.csv --entity UMA --period 2020 alike --lang fr";
    let told = place.run(&explain.split(' ').collect::<Vec<_>>()).out;
    assert!(
        told.contains("sableux") && told.contains("rocheux"),
        "{told}"
    );
}

#[test]
fn what_is_not_translated_is_shown_as_the_rules_have_it_and_counted() {
    let place = place("");
    let ended = place.run(&[
        "run", "un", "--data", "data.csv", "--to", "table", "--lang", "ar",
    ]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("الأمم المتحدة 1.2.0 · "), "{}", ended.out);
    assert!(ended.out.contains("Conflict"), "{}", ended.out);
    assert!(
        ended
            .err
            .contains("language: 10 of 15 texts not translated into `ar`"),
        "{}",
        ended.err
    );
}

#[test]
fn a_form_of_a_language_is_served_by_the_language() {
    let place = place("");
    let tree = |lang| place.does(&["tree", "un", "--format", "json", "--lang", lang]);
    assert_eq!(tree("fr-CA"), tree("FR"));
    assert!(tree("fr").contains("\"label\": \"Ensemble\""));
}

#[test]
fn an_unknown_language_is_met_with_those_there_are() {
    let place = place("");
    let ended = place.run(&["run", "west", "--data", "data.csv", "--lang", "it"]);
    assert_eq!(ended.code, 2);
    insta::assert_snapshot!(ended.err);
}

/// The rules are English as `forewarn.toml` says: there is nothing to translate.
#[test]
fn the_language_of_the_rules_needs_no_file() {
    let place = place("");
    place.write("un/forewarn.toml", "[package]\nlanguage = \"en\"\n");
    let ended = place.run(&[
        "run", "un", "--data", "data.csv", "--lang", "en", "--to", "table",
    ]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(
        ended.out.contains("UN 1.2.0") && ended.out.contains("Elevated"),
        "{}",
        ended.out
    );
    assert!(!ended.err.contains("language:"), "{}", ended.err);
}

const RELABELS: &str = "\
override label concern.high \"Grave\" because \"The region's own word\"
add signal any_death \"Any death\" = deaths_best >= 1 deaths because \"The region counts each\"
";

/// `west` relabels what `un` has translated: its readers are not shown what it no longer says.
#[test]
fn an_overlay_takes_the_translations_of_its_base_except_of_what_it_relabels() {
    let place = place(RELABELS);
    let french = [
        "run", "west", "--data", "data.csv", "--labels", "--to", "csv", "--lang", "fr",
    ];
    let ended = place.run(&french);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(
        ended.out.contains("accru") && ended.out.contains("Grave"),
        "{}",
        ended.out
    );
    assert!(
        ended
            .err
            .contains("3 of 16 texts not translated into `fr`, 1 of them outdated"),
        "{}",
        ended.err
    );
    // Its own translations go over its base's.
    place.write(
        "west/translations/fr.toml",
        "[framework]\nlabel = \"Ouest\"\n[labels]\nany_death = \"Un mort\"\noverall = \"Vue d'ensemble\"\n[levels.concern]\nhigh = \"grave\"\n",
    );
    let ended = place.run(&french);
    assert!(
        ended.out.contains("grave") && !ended.err.contains("language:"),
        "{}",
        ended.err
    );
    let tree = place.does(&["tree", "west", "--lang", "fr", "--format", "json"]);
    for label in ["Vue d'ensemble", "Un mort", "Ouest", "ONU", "Conflit"] {
        assert!(tree.contains(label), "{label}");
    }
    std::fs::remove_file(place.path().join("un/translations/ar.toml")).unwrap();
    place.does(&["lock", "west"]);
    place.does(&[
        "check",
        "--translations",
        "west",
        "--deny",
        "warnings",
        "-q",
    ]);
}

#[test]
fn a_vendored_base_brings_its_translations() {
    let place = place("");
    let before = place.does(&["tree", "west", "--lang", "fr", "--format", "json", "--all"]);
    place.does(&["vendor", "west"]);
    std::fs::remove_dir_all(place.path().join("un")).unwrap();
    let after = place.does(&["tree", "west", "--lang", "fr", "--format", "json", "--all"]);
    assert!(before.contains("Conflit") && after.contains("Conflit"));
}

#[track_caller]
fn checked(place: &Place) -> String {
    let ended = place.run(&["check", "--translations", "west"]);
    ended.err
}

#[test]
fn check_tells_what_is_missing_and_outdated() {
    let place = place(RELABELS);
    insta::assert_snapshot!(checked(&place));
    // Without the option nothing of it is said.
    assert_eq!(place.run(&["check", "west", "-q"]).err, "");
    let json = place
        .run(&["check", "--translations", "west", "--format", "json"])
        .out;
    let codes: Vec<String> = json
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|one| Some(one["code"].as_str()?.to_owned()))
        .collect();
    assert_eq!(codes, ["FW1506", "FW1506", "FW1505", "FW1505"]);
}

#[test]
fn a_translation_for_a_dropped_item() {
    let place = place(
        "drop member conflict.piracy because \"No coast\"\n\
         drop indicator piracy because \"No coast\"\n\
         drop test \"war alone elevates\" because \"It names piracy\"\n",
    );
    place.write(
        "west/translations/fr.toml",
        "[framework]\nlabel = \"Ouest\"\n\n[labels]\npiracy = \"Piraterie\"\n",
    );
    std::fs::remove_file(place.path().join("un/translations/ar.toml")).unwrap();
    place.does(&["lock", "west"]);
    let ended = place.run(&["check", "--translations", "west"]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!(ended.err);
}

#[test]
fn translations_of_nothing() {
    let place = place("");
    place.write(
        "un/translations/fr.toml",
        FR.replace("overall =", "overal =")
            .replace("low =", "lowest = \"minime\"\nlow =")
            .replace("[units]\n", "[units]\nherds = \"troupeaux\"\n")
            .replace(
                "[levels.concern]",
                "[levels.conern]\nhigh = \"haut\"\n[levels.concern]",
            ),
    );
    std::fs::remove_file(place.path().join("un/translations/ar.toml")).unwrap();
    let ended = place.run(&["check", "--translations", "un"]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!(ended.err);
}

#[test]
fn slips_in_a_file_are_told_where_they_are() {
    let place = place("");
    std::fs::remove_file(place.path().join("un/translations/ar.toml")).unwrap();
    place.write(
        "un/translations/fr.toml",
        "[label]\n[labels]\noverall = 3\nconflict = { texte = \"Conflit\" }\npiracy = \"a\\u001b[2Jb\"\n[messages]\nyess = \"oui\"\n",
    );
    place.write("un/translations/french.old.toml", "");
    let ended = place.run(&["check", "--translations", "un"]);
    assert_eq!(ended.code, 1);
    insta::assert_snapshot!(ended.err);
    place.write("un/translations/fr.toml", "[labels\n");
    let ended = place.run(&["tree", "un", "--lang", "fr"]);
    assert!(
        ended
            .err
            .contains("a heading stands between square brackets"),
        "{}",
        ended.err
    );
}

#[test]
fn a_place_is_made_for_what_is_missing_and_nothing_else_is_touched() {
    let place = place(RELABELS);
    let path = "west/translations/fr.toml";
    let said = place.does(&["translations", "west", "--lang", "fr"]);
    assert_eq!(
        said,
        format!("{path}: 3 texts added; 3 of 16 to translate\n")
    );
    let made = place.read(path);
    insta::assert_snapshot!(made);
    // Empty is not translated.
    let ended = place.run(&["translations", "west", "--lang", "fr", "--check"]);
    assert_eq!(
        (ended.code, ended.out.contains("3 of 16")),
        (1, true),
        "{}",
        ended.out
    );
    let filled = made
        .replace(
            "text = \"\", of = \"West\"",
            "text = \"Ouest\", of = \"West\"",
        )
        .replace("[labels]", "# Les noms.\n[labels]");
    place.write(path, &filled);
    place.does(&["translations", "west", "--lang", "fr"]);
    assert_eq!(place.read(path), filled);
    let of_base = place.read("un/translations/fr.toml");
    place.does(&["translations", "un", "--lang", "fr"]);
    assert_eq!(place.read("un/translations/fr.toml"), of_base);
}

#[test]
fn events_are_told_in_the_language() {
    let place = place("");
    let rules = place.read("un/un.risk");
    place.write(
        "un/un.risk",
        format!("{rules}alert watch \"Watch\" {{\n  raise when overall >= elevated\n}}\n"),
    );
    place.write(
        "un/translations/fr.toml",
        FR.replace("[levels", "watch = \"Veille\"\n\n[levels"),
    );
    let args = [
        "run", "un", "--data", "data.csv", "--labels", "--lang", "fr", "-q", "-o", "r.csv",
    ];
    place.does(&[args.as_slice(), &["--events", "events.csv"]].concat());
    assert!(
        place.read("events.csv").contains("Veille"),
        "{}",
        place.read("events.csv")
    );
}

/// What results of the UN Framework show is there in the other five languages of the United Nations:
/// factors, results, sources' names, levels, and nothing that is outdated or of nothing.
#[test]
fn the_un_framework_speaks_the_languages_of_the_united_nations() {
    let place = Place::new("");
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/un-framework");
    let tree = |lang: &[&str]| {
        let told = place.does(&[&["tree", rules, "--format", "json"], lang].concat());
        let json: serde_json::Value = serde_json::from_str(&told).unwrap();
        json["declarations"].as_array().unwrap().clone()
    };
    let english = tree(&[]);
    let judged = place.run(&["check", "--translations", rules, "--format", "json"]);
    assert_eq!(judged.code, 0, "{}", judged.out);
    assert!(!judged.out.contains("FW1505"), "{}", judged.out);
    for lang in ["ar", "es", "fr", "ru", "zh"] {
        let translated = tree(&["--lang", lang]);
        let mut shown = 0;
        for (own, theirs) in english.iter().zip(&translated) {
            let kind = own["kind"].as_str().unwrap();
            if matches!(kind, "factor" | "level" | "alert") {
                assert_ne!(own["label"], theirs["label"], "{lang}: {}", own["name"]);
                shown += 1;
            }
        }
        assert!(shown > 20, "{shown}");
        let levels = std::fs::read_to_string(format!("{rules}/translations/{lang}.toml")).unwrap();
        let (_, levels) = levels.split_once("[levels.concern]").unwrap();
        for level in ["low", "guarded", "elevated", "high", "critical"] {
            assert!(levels.contains(&format!("\n{level} = ")), "{lang}: {level}");
        }
    }
}
