//! What a program that embeds rulesets does: the same results as the command line, from memory.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use forewarn::{Classification, Data, Engine, Error, MemoryFiles, Options, Ruleset};

const RULES: &str = r#"framework watch "Watch" version "1.0"
panel country by month
indicator deaths "Conflict deaths" : number in 0..
indicator hunger "Hunger" : number in 0..100
let usual = mean(deaths, over: 3 months, require: 1 month)
score rise "Rise" = deaths / usual
scale concern { low < high < critical }
level overall "Overall concern" : concern {
  critical when rise >= 2 and hunger >= 50,
  high     when rise >= 1.5,
  low      otherwise,
}
"#;

fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(path)
}

fn batch() -> RecordBatch {
    let words = |words: &[&str]| Arc::new(StringArray::from(words.to_vec())) as ArrayRef;
    let numbers = |numbers: Vec<Option<f64>>| Arc::new(Float64Array::from(numbers)) as ArrayRef;
    RecordBatch::try_from_iter([
        ("country", words(&["AVA", "AVA", "AVA", "BRU"])),
        (
            "month",
            words(&["2024-01", "2024-02", "2024-03", "2024-03"]),
        ),
        (
            "deaths",
            numbers(vec![Some(2.0), Some(4.0), Some(30.0), Some(1.0)]),
        ),
        ("hunger", numbers(vec![Some(10.0), None, None, Some(3.0)])),
    ])
    .unwrap()
}

#[test]
fn from_text_and_a_batch_to_levels_and_an_explanation() {
    let compiled = Ruleset::from_text("watch.risk", RULES)
        .compile(&Options::default())
        .unwrap();
    let results = compiled.run(batch()).unwrap();
    assert_eq!(results.rows(), 4);
    // 30 against a mean of 12 over three months.
    assert_eq!(
        results.number("AVA", Some("2024-03"), "rise").unwrap(),
        Some(2.5)
    );
    let word = |column| results.word("AVA", Some("2024-03"), column).unwrap();
    assert_eq!(word("overall"), None);
    assert_eq!(word("overall.at_least"), Some("high"));
    assert_eq!(word("overall.at_most"), Some("critical"));
    let why = results
        .explain("AVA", Some("2024-03"), &["overall"])
        .unwrap();
    assert_eq!(why.entity, "AVA");
    assert!(why.results.iter().any(|one| one.settle.is_some()));
    let table = results.to_batch().unwrap();
    assert_eq!(table.num_rows(), 4);
    assert!(table.column_by_name("overall.at_least").is_some());
}

#[test]
fn one_compiled_ruleset_serves_many_runs_and_threads() {
    let compiled = Ruleset::from_text("watch.risk", RULES)
        .compile(&Options::default())
        .unwrap();
    let batch = batch();
    let runs: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = [Engine::Native, Engine::Interpreter, Engine::Native]
            .into_iter()
            .map(|engine| {
                let (compiled, batch) = (compiled.clone(), &batch);
                scope.spawn(move || {
                    let results = compiled.run_by(batch, Some(engine)).unwrap();
                    results.to_batch().unwrap()
                })
            })
            .collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(runs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_slip_is_told_with_its_place() {
    let rules = RULES.replace("rise >= 2 and", "ries >= 2 and");
    let error = Ruleset::from_text("watch.risk", &rules)
        .compile(&Options::default())
        .unwrap_err();
    let Error::Rules(found) = &error else {
        panic!("{error}");
    };
    assert_eq!(found.iter().next().unwrap().code.0, "FW0107");
    let text = error.to_string();
    assert!(text.contains("watch.risk:9:17"), "{text}");
    assert!(text.contains("did you mean `rise`"), "{text}");
}

#[test]
fn wrong_data_are_told_with_row_and_column() {
    let compiled = Ruleset::from_text("watch.risk", RULES)
        .compile(&Options::default())
        .unwrap();
    let data = Data::from_csv("country,month,deaths,hunger\nAVA,2024-01,many,3\n");
    let error = compiled.run(&data).unwrap_err().to_string();
    assert!(error.contains("`many` is not a number"), "{error}");
    assert!(error.contains("row 2, column `deaths`"), "{error}");
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let compiled = Ruleset::from_text("watch.risk", RULES)
        .compile(&Options::default())
        .unwrap();
    let results = compiled.run(batch()).unwrap();
    let words = |error: Error| error.to_string();
    assert_eq!(
        words(results.number("AVA", None, "rize").unwrap_err()),
        "there is no result `rize`; did you mean `rise`?"
    );
    assert!(words(results.number("AVE", None, "rise").unwrap_err()).contains("`AVA`"));
    assert!(results.number("BRU", Some("2024-02"), "rise").is_err());
    assert!(words(compiled.row_evaluator().unwrap_err()).contains("other rows"));
}

#[test]
fn rows_one_at_a_time_agree_with_columns() {
    let rules = RULES.replace(
        "let usual = mean(deaths, over: 3 months, require: 1 month)\n",
        "let usual = (deaths ?? 1) + 1\n",
    );
    let compiled = Ruleset::from_text("watch.risk", &rules)
        .compile(&Options::default())
        .unwrap();
    let batch = batch();
    let results = compiled.run(&batch).unwrap();
    let mut rows = compiled.row_evaluator().unwrap();
    let inputs = ["deaths", "hunger"].map(|name| rows.input(name).unwrap());
    let (rise, overall) = (
        rows.output("rise").unwrap(),
        rows.output("overall").unwrap(),
    );
    let cells = |name: &str| batch.column_by_name(name).unwrap().clone();
    let keys = [
        ("AVA", "2024-01"),
        ("AVA", "2024-02"),
        ("AVA", "2024-03"),
        ("BRU", "2024-03"),
    ];
    for (at, (country, month)) in keys.into_iter().enumerate() {
        for (input, name) in inputs.into_iter().zip(["deaths", "hunger"]) {
            let column = cells(name);
            let column = column.as_any().downcast_ref::<Float64Array>().unwrap();
            match column.iter().nth(at).unwrap() {
                Some(x) => rows.set(input, x),
                None => rows.set_missing(input),
            }
        }
        rows.evaluate();
        let month = Some(month);
        assert_eq!(
            rows.number(rise),
            results.number(country, month, "rise").unwrap()
        );
        assert_eq!(
            rows.word(overall),
            results.word(country, month, "overall").unwrap()
        );
    }
    assert!(!rows.had_faults());
    // Outside the declared range a value is missing, as in a table.
    rows.set(inputs[0], -1.0);
    rows.evaluate();
    assert_eq!(rows.number(rise), None);
}

#[test]
fn a_row_alone_reads_numbers_as_a_table_does() {
    let rules = "framework f \"F\" version \"1\"\npanel country\n\
         indicator share \"Share\" : number in 0..1  on violation clamp\n\
         indicator part \"Part\" : number in 0..<1  on violation missing\n\
         indicator deaths \"Deaths\" : number in 0..  missing means 0\n\
         score a \"A\" = share\nscore b \"B\" = part\nscore c \"C\" = deaths\n";
    let compiled = Ruleset::from_text("f.risk", rules)
        .compile(&Options::default())
        .unwrap();
    let mut rows = compiled.row_evaluator().unwrap();
    let inputs = ["share", "part", "deaths"].map(|name| rows.input(name).unwrap());
    let outputs = ["a", "b", "c"].map(|name| rows.output(name).unwrap());
    rows.evaluate();
    assert_eq!(outputs.map(|at| rows.number(at)), [None, None, Some(0.0)]);
    // The last one differs from the end of its range by noise alone.
    for value in [
        0.5,
        3.0,
        -1.0,
        1.0,
        f64::NAN,
        f64::INFINITY,
        0.1 + 0.2 + 0.7 + 1e-16,
    ] {
        let batch = RecordBatch::try_from_iter([
            (
                "country",
                Arc::new(StringArray::from(vec!["AVA"])) as ArrayRef,
            ),
            (
                "share",
                Arc::new(Float64Array::from(vec![value])) as ArrayRef,
            ),
            (
                "part",
                Arc::new(Float64Array::from(vec![value])) as ArrayRef,
            ),
            (
                "deaths",
                Arc::new(Float64Array::from(vec![0.5])) as ArrayRef,
            ),
        ]);
        let results = compiled.run(batch.unwrap()).unwrap();
        for input in &inputs[..2] {
            rows.set(*input, value);
        }
        rows.set(inputs[2], 0.5);
        rows.evaluate();
        for (output, name) in outputs.iter().zip(["a", "b", "c"]) {
            let among = results.number("AVA", None, name).unwrap();
            assert_eq!(rows.number(*output), among, "{name} of {value}");
        }
    }
    rows.set_missing(inputs[2]);
    rows.evaluate();
    assert_eq!(rows.number(outputs[2]), Some(0.0));
}

#[test]
fn an_audience_sees_what_the_command_line_would_show() {
    let rules = "framework f \"F\" version \"1\"\npanel country\n\
         indicator open \"Open\" : number in 0..\n\
         indicator closed \"Closed\" : number in 0..  classification confidential\n\
         score a \"A\" = open\n\
         score b \"B\" = open + closed  classification confidential\n";
    let options = Options {
        audience: Some(Classification::Public),
        ..Options::default()
    };
    let compiled = Ruleset::from_text("f.risk", rules)
        .compile(&options)
        .unwrap();
    let names: Vec<String> = compiled.outputs().map(|output| output.name).collect();
    assert_eq!(names, ["a"]);
    let data = Data::from_csv("country,open,closed\nAVA,1,secret\n");
    let results = compiled.run(&data).unwrap();
    assert_eq!(results.number("AVA", None, "a").unwrap(), Some(1.0));
}

#[test]
fn an_audience_is_told_nothing_of_files_that_it_may_not_see() {
    let rules = "framework f \"F\" version \"1\"\npanel country\n\
         indicator open \"Open\" : number in 0..\n\
         indicator closed \"Closed\" : number in 0..  classification confidential\n\
         score a \"A\" = open\n\
         score b \"B\" = open + closed\n";
    let options = Options {
        audience: Some(Classification::Public),
        map: vec![("closed".to_owned(), "witness".to_owned())],
        ..Options::default()
    };
    let compiled = Ruleset::from_text("f.risk", rules)
        .compile(&options)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let open = file("open.csv", "country,open\nAVA,1\n");
    for text in [
        "country,witness\nDOR,1\n",
        "country,witness\nAVA,many\n",
        "no table\n",
    ] {
        let closed = file("closed.csv", text);
        let results = compiled.run(Data::from_files([&open, &closed])).unwrap();
        assert_eq!(
            results.number("AVA", None, "a").unwrap(),
            Some(1.0),
            "{text}"
        );
        assert!(results.number("DOR", None, "a").is_err(), "{text}");
    }
}

#[test]
fn a_ruleset_of_several_files_comes_from_memory() {
    let files: MemoryFiles = [
        (
            "rules/f.risk",
            "framework f \"F\" version \"1\"\npanel country\nscore s = 2 * a\n",
        ),
        ("rules/a.risk", "indicator a \"A\" : number in 0..\n"),
    ]
    .into_iter()
    .collect();
    let compiled = Ruleset::from_files("rules", files)
        .compile(&Options::default())
        .unwrap();
    let results = compiled.run(Data::from_csv("country,a\nAVA,3\n")).unwrap();
    assert_eq!(results.number("AVA", None, "s").unwrap(), Some(6.0));
}

#[test]
fn rulesets_and_files_from_the_disk() {
    let folder = repository("rules/example-early-warning");
    let compiled = Ruleset::from_path(&folder)
        .compile(&Options::default())
        .unwrap();
    let data = Data::from_files([folder.join("data/example.csv")]);
    let results = compiled.run(&data).unwrap();
    assert_eq!(
        results.word("AVA", None, "overall").unwrap(),
        Some("critical")
    );
    assert_eq!(results.rows(), 108);
}
