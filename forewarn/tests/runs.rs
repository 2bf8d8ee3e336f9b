//! What is told of runs: explanations as texts, what differs between two, and rules that are sent.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, SchemaRef};
use forewarn::{Before, Data, Machine, MemoryFiles, Options, Ruleset, Value};

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
    assert!(why.json().contains("\"schema\": 2"));
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

/// Rows of a batch whose key is one of these.
fn part(batch: &RecordBatch, column: usize, keys: &[&str]) -> RecordBatch {
    let words = batch.column(column).as_string::<i32>();
    let rows: Vec<usize> = (0..batch.num_rows())
        .filter(|row| keys.contains(&words.value(*row)))
        .collect();
    let columns = batch.columns().iter().map(|column| {
        let taken = rows.iter().map(|row| column.slice(*row, 1));
        match column.data_type() {
            DataType::Utf8 => {
                let texts = taken.map(|one| {
                    one.as_string::<i32>()
                        .iter()
                        .flatten()
                        .next()
                        .map(str::to_owned)
                });
                Arc::new(texts.collect::<StringArray>()) as ArrayRef
            }
            _ => {
                let numbers =
                    taken.map(|one| one.as_primitive::<Float64Type>().iter().next().flatten());
                Arc::new(numbers.collect::<Float64Array>()) as ArrayRef
            }
        }
    });
    RecordBatch::try_new(batch.schema(), columns.collect()).unwrap()
}

#[test]
fn passes_over_parts_give_the_bits_of_one_run() {
    let rules = RULES.replace(
        "scale concern",
        "score place \"Place\" = rank(rise)\nscore apart \"Apart\" = zscore(place + mean(place, over: 2 months, require: 1 month))\nscale concern",
    );
    let rules = rules.replace(
        "low      otherwise",
        "high when place <= 2,\n  low otherwise",
    );
    let compiled = Ruleset::from_text("watch.risk", &rules).compile(&Options::default());
    let compiled = compiled.unwrap();
    let months = ["2024-01", "2024-02", "2024-04", "2024-05"];
    let countries = ["AVA", "BRU", "CEL", "DOR", "ELB"];
    let keys: Vec<(&str, &str)> = countries
        .iter()
        .flat_map(|country| months.iter().map(|month| (*country, *month)))
        .collect();
    let deaths = (0..keys.len()).map(|at| (at % 6 != 3).then_some(((at * 37) % 11) as f64 / 3.0));
    let hunger = (0..keys.len()).map(|at| (at % 4 != 1).then_some(((at * 29) % 100) as f64));
    let texts = |texts: Vec<&str>| Arc::new(StringArray::from(texts)) as ArrayRef;
    let data = RecordBatch::try_from_iter([
        ("country", texts(keys.iter().map(|key| key.0).collect())),
        ("month", texts(keys.iter().map(|key| key.1).collect())),
        (
            "deaths",
            Arc::new(deaths.collect::<Float64Array>()) as ArrayRef,
        ),
        (
            "hunger",
            Arc::new(hunger.collect::<Float64Array>()) as ArrayRef,
        ),
    ])
    .unwrap();
    let whole = compiled.run(&data).unwrap().to_batch().unwrap();
    let passes = compiled.passes().unwrap();
    assert_eq!(passes.phases(), 2);
    let halves = [&countries[..2], &countries[2..]];
    let mut done: Vec<RecordBatch> = Vec::new();
    for phase in 0..passes.phases() {
        let operands: Vec<RecordBatch> = halves
            .iter()
            .map(|half| {
                let tables = std::iter::once(&data).chain(&done);
                let tables: Vec<RecordBatch> = tables.map(|one| part(one, 0, half)).collect();
                passes
                    .operands(phase, &Data::from_batches(&tables))
                    .unwrap()
            })
            .collect();
        let by_month = months.iter().map(|month| {
            let rows = operands.iter().map(|half| part(half, 1, &[*month]));
            let schema = operands[0].schema();
            let rows = concat(&schema, &rows.collect::<Vec<_>>());
            passes.compared(phase, &Data::from_batch(&rows)).unwrap()
        });
        let by_month: Vec<RecordBatch> = by_month.collect();
        done.push(concat(&by_month[0].schema(), &by_month));
    }
    for half in halves {
        let tables = std::iter::once(&data).chain(&done);
        let tables: Vec<RecordBatch> = tables.map(|one| part(one, 0, half)).collect();
        let results = passes.results(&Data::from_batches(&tables)).unwrap();
        assert_eq!(results.to_batch().unwrap(), part(&whole, 0, half));
    }
}

/// Batches below each other.
fn concat(schema: &SchemaRef, batches: &[RecordBatch]) -> RecordBatch {
    let columns = (0..schema.fields().len()).map(|column| {
        let columns = batches.iter().map(|batch| batch.column(column));
        match schema.field(column).data_type() {
            DataType::Utf8 => {
                let texts = columns.flat_map(|one| one.as_string::<i32>().iter().flatten());
                Arc::new(StringArray::from_iter_values(texts)) as ArrayRef
            }
            _ => {
                let numbers = columns.flat_map(|one| one.as_primitive::<Float64Type>().iter());
                Arc::new(numbers.collect::<Float64Array>()) as ArrayRef
            }
        }
    });
    RecordBatch::try_new(schema.clone(), columns.collect()).unwrap()
}

#[test]
fn results_are_written_as_a_report() {
    let data = Data::from_csv(
        "country,month,deaths,hunger\nAVA,2026-01,10,10\nAVA,2026-02,90,60\nBRU,2026-02,,5\n",
    );
    let compiled = Ruleset::from_text("watch.risk", RULES).compile(&Options::default());
    let results = compiled.unwrap().run(&data).unwrap();
    let options = forewarn::report::Options {
        lang: Some("es".to_owned()),
        ..Default::default()
    };
    let text = forewarn::report::markdown(&results.report(&options).unwrap());
    assert!(
        text.contains("Overall concern en AVA subió de Low a High"),
        "{text}"
    );
    let page = forewarn::report::html(&results.report(&options).unwrap());
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"es\""));
}

/// March alone, after January and February, comes out as in one run over all three.
#[test]
fn a_run_goes_on_from_what_an_earlier_one_hands_over() {
    let rules = format!(
        "{RULES}alert early_warning \"Early warning\" {{ raise when overall >= high  clear when overall is low }}\n"
    );
    let compiled = Ruleset::from_text("watch.risk", &rules).compile(&Options::default());
    let compiled = compiled.unwrap();
    let after = |data: &str, before: &Before| {
        let results = compiled.run_after(Data::from_csv(data), before, Machine::default());
        results.unwrap()
    };
    let head = "country,month,deaths,hunger\n";
    let first = after(
        &format!("{head}AVA,2024-01,2,10\nAVA,2024-02,4,\n"),
        &Before::Nothing,
    );
    let state = first.state().unwrap().unwrap();
    let march = format!("{head}AVA,2024-03,30,60\n");
    let rise =
        |results: &forewarn::Results| results.number("AVA", Some("2024-03"), "rise").unwrap();
    assert_eq!(rise(&after(&march, &Before::Unknown)), Some(1.0));
    let on = after(&march, &Before::State(state.clone()));
    assert_eq!(rise(&on), Some(2.5));
    assert_eq!(
        on.word("AVA", Some("2024-03"), "early_warning").unwrap(),
        Some("raised")
    );
    assert!(on.state().unwrap().unwrap() != state);
    // What went on is compared as it went on.
    let again = after(&march, &Before::State(state.clone()));
    assert!(on.compare(&again, None).unwrap().differences.is_empty());

    let other = rules.replace("framework watch", "framework other");
    let other = Ruleset::from_text("other.risk", &other).compile(&Options::default());
    let refused = other.unwrap().run_after(
        Data::from_csv(&march),
        &Before::State(state),
        Machine::default(),
    );
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.contains("is of `watch`, and these rules are `other`"),
        "{refused}"
    );
}

#[test]
fn what_looks_back_on_nothing_hands_nothing_over() {
    let rules = "framework plain \"Plain\" version \"1\"\npanel country by month\n\
                 indicator deaths \"Deaths\" : number in 0..\nscore twice \"Twice\" = deaths * 2\n";
    let results = run(rules, "country,month,deaths\nAVA,2024-01,1\n");
    assert_eq!(results.state().unwrap(), None);
}
