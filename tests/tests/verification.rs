//! Observations that are not verified: what a method makes of them, down to cells, carried values, files
//! and explanations.

use crate::applied;

use std::path::{Path, PathBuf};

use applied::{apply, plan};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::testing::compile_tests;
use forewarn_compiler::{Settings, compile};
use forewarn_runtime::explain::{How, Question, Reason, Shown, explain};
use forewarn_runtime::run::{Engine, RunOptions, run};
use forewarn_tables::{ReadOptions, read, read_all};

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verification/reports.risk")
}

fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data.csv");
    std::fs::write(&path, text).expect("written");
    (folder, path)
}

#[test]
fn tests_in_the_language_say_what_is_verified() {
    let compilation = compile_tests(&rules(), &DiskFiles, &Settings::default());
    let tests = compilation.tests.expect("sound tests");
    for suite in &tests.suites {
        for outcome in forewarn_runtime::testing::run_suite(suite) {
            assert!(outcome.failures.is_empty(), "{outcome:#?}");
        }
    }
    let cases = forewarn_runtime::testing::Cases::of(&tests.plan);
    let data = rules().with_file_name("reports.csv");
    let bound = read(&data, &cases.plan, &ReadOptions::default()).expect("a sound table");
    let outcome = cases.run(&bound, None);
    assert_eq!(
        (outcome.failures.len(), outcome.compared),
        (0, 15),
        "{outcome:#?}"
    );
}

#[test]
fn nothing_said_is_not_verified_and_every_word_for_it_is_read() {
    let rows = [
        ("yes", "yes"),
        ("Verified", "yes"),
        ("TRUE", "yes"),
        ("1", "yes"),
        ("no", "no"),
        ("unverified", "no"),
        ("false", "no"),
        ("0", "no"),
        ("", "no"),
        ("x", "no"),
    ];
    let mut text =
        "iso3,month,killings,killings_verified,civic_space,shelling,poverty\n".to_owned();
    for (at, (said, _)) in rows.iter().enumerate() {
        text.push_str(&format!("AAA,2024-{:02},present,{said},10,no,0\n", at + 1));
    }
    let (_folder, data) = written(&text);
    let results = apply(&rules(), &data, &[]);
    for (at, (said, expected)) in rows.iter().enumerate() {
        let key = format!("AAA 2024-{:02}", at + 1);
        assert_eq!(results.cell(&key, "killings_verified"), *expected, "{said}");
    }
}

#[test]
fn a_word_that_says_neither_is_told() {
    let (_folder, data) = written(
        "iso3,month,killings,killings_verified,civic_space,shelling,poverty\n\
         AAA,2024-01,present,perhaps,,,\n",
    );
    let plan = plan(&rules());
    let reports = read(&data, &plan, &ReadOptions::default()).expect_err("it says neither");
    let told: Vec<String> = reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("FW0906"), "{told:?}");
}

#[test]
fn a_table_without_the_columns_has_nothing_verified() {
    let (_folder, data) = written(
        "iso3,month,killings,civic_space,shelling,poverty\n\
         AAA,2024-01,present,0,yes,1\n",
    );
    let results = apply(&rules(), &data, &[]);
    assert_eq!(results.cell("AAA 2024-01", "overall"), "critical");
    assert_eq!(results.cell("AAA 2024-01", "published"), "elevated");
}

#[test]
fn a_slower_files_carried_values_are_as_verified_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let monthly = put(
        "monthly.csv",
        "iso3,month,killings,civic_space,poverty\nAAA,2024-02,absent,10,0\nAAA,2024-03,absent,10,0\n\
         AAA,2024-04,absent,10,0\nAAA,2024-05,absent,10,0\n",
    );
    // The first quarter begins in a month without a row.
    let quarterly = put(
        "quarterly.csv",
        "iso3,quarter,shelling,shelling_verified\nAAA,2024-Q1,yes,verified\nAAA,2024-Q2,yes,\n",
    );
    let plan = plan(&rules());
    let bound =
        read_all(&[monthly, quarterly], &plan, &ReadOptions::default()).expect("sound data");
    let input = |name: &str| {
        let at = plan.inputs.iter().position(|input| input.name == name);
        bound.panel.columns[at.expect("an input")].clone()
    };
    assert_eq!(input("shelling"), [1.0, 1.0, 1.0, 1.0]);
    assert_eq!(input("shelling.verified"), [1.0, 1.0, 0.0, 0.0]);
    assert_eq!(bound.summary.inputs[4].unverified, Some(2));
}

/// Any evidence, verified or not, in a method whose level only rises with it.
#[test]
fn verified_evidence_alone_is_never_more_severe() {
    let plan = plan(&rules());
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut pick = |from: &[f64]| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        from[(state % from.len() as u64) as usize]
    };
    let entities = 400;
    let periods = 9;
    let mut panel = forewarn_runtime::panel::Panel {
        entities: (0..entities).map(|at| format!("C{at:05}")).collect(),
        columns: vec![Vec::new(); plan.inputs.len()],
        carried: vec![Vec::new(); plan.inputs.len()],
        ..Default::default()
    };
    for entity in 0..entities {
        for period in 0..periods {
            panel.entity_of.push(entity);
            panel.periods.push(24_000 + period);
            for (column, input) in panel.columns.iter_mut().zip(&plan.inputs) {
                column.push(match input.name.as_str() {
                    "killings" => pick(&[f64::NAN, 0.0, 1.0, 2.0]),
                    "civic_space" => pick(&[f64::NAN, 0.0, 2.5, 10.0]),
                    "poverty" => pick(&[f64::NAN, 0.0, 0.3, 1.0]),
                    "shelling" => pick(&[f64::NAN, 0.0, 1.0]),
                    _ => pick(&[0.0, 1.0]),
                });
            }
        }
    }
    let options = RunOptions {
        engine: Engine::Native,
        ..RunOptions::default()
    };
    let results = run(&plan, &panel, &options).expect("it runs");
    let column = |name: &str| {
        let at = plan.outputs.iter().position(|output| output.column == name);
        &results.columns[at.expect("published")].values
    };
    for name in ["more_critical", "more_high", "more_elevated"] {
        assert!(!column(name).contains(&1.0), "{name}");
    }
    let mut lower = 0;
    for (all, verified) in column("pressure").iter().zip(column("verified_pressure")) {
        assert_eq!(all.is_nan(), verified.is_nan());
        assert!(all.is_nan() || verified <= all, "{verified} of {all}");
        lower += usize::from(verified < all);
    }
    assert!(lower > 1000, "{lower} rows in which it makes a difference");
    assert_eq!(column("pressure.coverage"), column("verified_coverage"));
}

#[test]
fn explanations_say_what_was_not_verified_and_what_it_would_change() {
    let (_folder, data) = written(
        "iso3,month,killings,killings_verified,civic_space,civic_space_checked,shelling,\
         shelling_verified,poverty\nAAA,2024-01,present,no,0,yes,yes,yes,1\n",
    );
    let compilation = compile(&rules(), &DiskFiles, &Settings::default());
    let plan = compilation.plan.expect("sound rules");
    let bound = read(&data, &plan, &ReadOptions::default()).expect("sound data");
    let explained = explain(&Question {
        plan: &plan,
        panel: &bound.panel,
        summary: &bound.summary,
        row: 0,
        names: &["published".to_owned()],
        goalposts: None,
        outlook: true,
        options: false,
    })
    .expect("an explanation");
    let finding = &explained.results[0];
    let mut open: Vec<&Reason> = vec![&finding.reason];
    let mut found = Vec::new();
    while let Some(reason) = open.pop() {
        if let How::Observation(observation) = &reason.how {
            found.push((
                reason.name.clone().unwrap_or_default(),
                reason.value.clone(),
                observation.verified,
                observation.counts_verified_only,
            ));
        }
        open.extend(&reason.because);
    }
    let of = |name: &str| {
        let found = found.iter().find(|(own, ..)| own == name);
        found
            .unwrap_or_else(|| panic!("`{name}` is not told"))
            .clone()
    };
    let (_, value, verified, only) = of("killings");
    assert_eq!((verified, only), (Some(false), false));
    assert!(matches!(value, Shown::Level { at_least: 2, .. }));
    let (_, value, verified, only) = of("verified(killings)");
    assert_eq!((verified, only), (Some(false), true));
    assert!(matches!(
        value,
        Shown::Level {
            at_least: 0,
            at_most: 0,
            ..
        }
    ));
    assert_eq!(of("civic_space").2, Some(true));
    // To have it verified is what would change the result.
    let change = finding.change.as_ref().expect("a level can change");
    let one: Vec<String> = change.one.iter().map(|flip| format!("{flip:?}")).collect();
    assert!(
        one.iter().any(|flip| flip.contains("killings.verified")),
        "{one:#?}"
    );
}
