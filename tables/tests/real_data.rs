//! Published data as it is published. The folder is `FOREWARN_DATA_DIR`, else `../shared/data`
//! beside the repository; where it is absent, the test says so and passes.

use crate::common;

use common::{category, number, plan};
use forewarn_plan::{InputInfo, PeriodKind};
use forewarn_tables::{ReadOptions, read};
use std::path::PathBuf;

fn data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("FOREWARN_DATA_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(file);
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

#[test]
fn human_development_every_second_year() {
    let Some(path) = data("hdi/hdi_even_years.csv") else {
        return;
    };
    let mut plan = plan(
        Some(PeriodKind::Year),
        ["life_exp", "exp_school", "mean_school", "gni_pc", "hdi"]
            .map(number)
            .to_vec(),
    );
    plan.panel.keys[0].column = Some("iso3".to_owned());
    let bound = read(&path, &plan, &ReadOptions::default()).unwrap();
    let summary = &bound.summary;
    assert_eq!(
        (
            bound.entity_columns[0].as_str(),
            bound.period_column.as_deref()
        ),
        ("iso3", Some("year"))
    );
    let rows = std::fs::read_to_string(&path).unwrap().lines().count() - 1;
    assert_eq!(summary.rows, rows);
    assert_eq!(
        (summary.first_period, summary.last_period),
        (Some(1990), Some(2022))
    );
    assert_eq!(summary.periods, 17);
    let panel = &bound.panel;
    let afghanistan = panel
        .entities
        .iter()
        .position(|name| name == "AFG")
        .unwrap();
    let row = panel
        .entity_of
        .iter()
        .position(|entity| *entity as usize == afghanistan)
        .unwrap();
    assert_eq!(panel.periods[row], 1990);
    let values: Vec<f64> = panel.columns.iter().map(|column| column[row]).collect();
    assert_eq!(
        values,
        [45.967, 2.936_460_018, 0.871_961_963, 3_115.670_448, 0.284]
    );
}

#[test]
fn inform_components() {
    let Some(path) = data("inform/inform_2020_components.csv") else {
        return;
    };
    let zero_to_ten = |name| InputInfo {
        low: 0.0,
        high: 10.0,
        ..number(name)
    };
    let classes = ["very_low", "low", "medium", "high", "very_high"];
    let names = [
        "earthquake",
        "flood",
        "epidemic",
        "aid_dependency",
        "drr",
        "inform_risk",
    ];
    let mut inputs: Vec<InputInfo> = names.map(zero_to_ten).to_vec();
    inputs.push(InputInfo {
        optional: true,
        missing_means: None,
        carry_forward: None,
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        ..number("coastal_flood")
    });
    inputs.push(category("risk_class", &classes));
    let mut plan = plan(None, inputs);
    plan.panel.keys[0].column = Some("iso3".to_owned());
    let bound = read(&path, &plan, &ReadOptions::default()).unwrap();
    assert_eq!((bound.summary.rows, bound.summary.entities), (191, 191));
    assert_eq!(bound.period_column, None);
    let albania = bound
        .panel
        .entities
        .iter()
        .position(|name| name == "ALB")
        .unwrap();
    let values: Vec<f64> = bound
        .panel
        .columns
        .iter()
        .map(|column| column[albania])
        .collect();
    assert_eq!(values[..4], [9.3, 4.7, 4.9, 1.8]);
    assert!(values[4].is_nan(), "no figure for disaster risk reduction");
    assert_eq!(values[5], 3.0);
    assert!(values[6].is_nan());
    assert_eq!(values[7], 1.0, "`Low`");
    assert_eq!(bound.summary.inputs[6].column, None);
    assert!(bound.panel.entities.contains(&"NAM".to_owned()));
    assert!(
        bound
            .summary
            .inputs
            .iter()
            .all(|input| input.out_of_range == 0)
    );
    // A later edition's name for the same column.
    let map = vec![("aid_dependency".to_owned(), "recent_shocks".to_owned())];
    let mapped = read(
        &path,
        &plan,
        &ReadOptions {
            map,
            ..ReadOptions::default()
        },
    )
    .unwrap();
    assert_eq!(mapped.panel.columns[3][albania], 0.2);
}
