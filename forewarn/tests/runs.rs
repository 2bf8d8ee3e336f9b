//! What is told of runs: explanations as texts, what differs between two, and rules that are sent.

use forewarn::{Data, MemoryFiles, Options, Ruleset, Value};

const RULES: &str = r#"framework watch "Watch" version "1.0"
panel country by month
indicator deaths "Conflict deaths" : number in 0..
indicator hunger "Hunger" : number in 0..100
param alarm = 1.5
let usual = mean(deaths, over: 3 months, require: 1 month)
score rise "Rise" = deaths / usual
scale concern { low "Low" < high "High <urgent>" < critical "Critical" }
level overall "Overall concern" : concern {
  critical when rise >= 2 and hunger >= 50,
  high     when rise >= alarm,
  low      otherwise,
}
"#;

const DATA: &str = "country,month,deaths,hunger
AVA,2024-01,2,10
AVA,2024-02,4,
AVA,2024-03,30,
BRU,2024-03,1,3
";

fn run(rules: &str, data: &str) -> forewarn::Results {
    let compiled = Ruleset::from_text("watch.risk", rules).compile(&Options::default());
    compiled.unwrap().run(Data::from_csv(data)).unwrap()
}

#[test]
fn an_explanation_is_a_tree_a_text_and_pages() {
    let why = run(RULES, DATA);
    let why = why.explain("AVA", Some("2024-03"), &["overall"]).unwrap();
    assert_eq!(why.entity, "AVA");
    let text = why.to_string();
    assert!(text.starts_with("AVA, 2024-03 · Watch 1.0\n"), "{text}");
    assert!(text.contains("(undetermined: rests on `hunger`)"), "{text}");
    assert!(why.full(80).len() >= text.len());
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    let narrow = why.text(40, false);
    assert!(
        narrow.lines().all(|line| line.chars().count() <= 40),
        "{narrow}"
    );
    assert!(why.markdown(false).starts_with("# AVA, 2024-03"));
    assert!(why.json().contains("\"schema\": 1"));
    let html = why.html(true);
    for (open, close) in [
        ("<ul>", "</ul>"),
        ("<li>", "</li>"),
        ("<div", "</div>"),
        ("<p>", "</p>"),
    ] {
        assert_eq!(html.matches(open).count(), html.matches(close).count());
    }
}

#[test]
fn a_difference_is_told_with_the_change_that_makes_it() {
    let first = run(RULES, DATA);
    let rules = RULES.replace("alarm = 1.5", "alarm = 1.25");
    let changed = first.compare(&run(&rules, DATA), None).unwrap();
    assert_eq!(changed.changes.last().map(String::as_str), Some("the data"));
    let mut differences = changed.differences.iter();
    let one = differences.find(|one| one.result == "overall").unwrap();
    assert_eq!(
        (one.entity.as_str(), one.period.as_str()),
        ("AVA", "2024-02")
    );
    assert_eq!(one.before, Value::Word("low".to_owned()));
    assert_eq!(one.after, Value::Word("high".to_owned()));
    assert_eq!(one.causes, [vec![0]]);
    assert!(
        changed.changes[0].contains("alarm"),
        "{:?}",
        changed.changes
    );
}

#[test]
fn revised_data_are_a_cause_of_their_own() {
    let revised = DATA.replace("30,\n", "30,60\n") + "CEL,2024-03,1,1\n";
    let changed = run(RULES, DATA).compare(&run(RULES, &revised), None);
    let changed = changed.unwrap();
    assert_eq!(changed.changes, ["the data"]);
    assert_eq!(changed.new, [("CEL".to_owned(), "2024-03".to_owned())]);
    let word = |word: &str| Value::Word(word.to_owned());
    let one = &changed.differences[0];
    assert_eq!(
        (&one.before, &one.after),
        (&word("high..critical"), &word("critical"))
    );
    let same = run(RULES, DATA).compare(&run(RULES, DATA), None).unwrap();
    assert!(same.differences.is_empty() && same.compared > 0);
}

#[test]
fn kept_rules_say_the_same_where_their_files_are_not() {
    let base = RULES.replace("framework watch", "framework base");
    let files: MemoryFiles = [
        (
            "west/west.risk",
            "framework west \"West\" version \"0.1.0\" extends base \"1\"\n\
          override param alarm = 1.2 because \"Decision 4\"\n",
        ),
        (
            "west/forewarn.toml",
            "[dependencies]\nbase = { path = \"../base\", version = \"1\" }\n",
        ),
        (
            "west/translations/fr.toml",
            "[labels]\noverall = \"Inquiétude\"\n",
        ),
        (
            "base/base.risk",
            &base.replace("version \"1.0\"", "version \"1.0.0\""),
        ),
    ]
    .into_iter()
    .collect();
    let kept = Ruleset::from_files("west", files).kept().unwrap();
    assert_eq!(kept.files.len(), 4);
    let compiled = Ruleset::from_kept(kept).compile(&Options {
        lang: Some("fr".to_owned()),
        ..Options::default()
    });
    let compiled = compiled.unwrap();
    let label = |one: forewarn::Output| (one.name == "overall").then_some(one.label);
    let label = compiled.outputs().find_map(label).unwrap();
    assert_eq!(label, "Inquiétude");
}

#[test]
fn kept_rules_hold_all_that_they_were_read_from() {
    let files: MemoryFiles = [
        (
            "watch/watch.risk",
            RULES.replace("param alarm = 1.5\n", "use limits\n"),
        ),
        (
            "watch/limits.risk",
            "module limits \"Limits\"\nparam alarm = 1.5\n".to_owned(),
        ),
    ]
    .into_iter()
    .collect();
    let kept = Ruleset::from_files("watch", files).kept().unwrap();
    assert_eq!(kept.files.len(), 2);
    let digest = kept.sha256();
    let again = Ruleset::from_kept(kept.clone());
    assert_eq!(again.kept().unwrap().sha256(), digest);
    let results = again.compile(&Options::default()).unwrap();
    let results = results.run(Data::from_csv(DATA)).unwrap();
    assert_eq!(results.word("BRU", None, "overall").unwrap(), Some("low"));
    let mut other = kept;
    other
        .files
        .insert("watch/more.risk".into(), b"let a = 1\n".to_vec());
    assert_ne!(other.sha256(), digest);
}
