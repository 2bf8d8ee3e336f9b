//! The rulesets that look along time and across peers, on real data, against figures that were
//! worked out apart from them. The scripts that print the figures stand in `tests/figures/`; the
//! command is beside each test.

use crate::applied;

use std::collections::BTreeMap;
use std::path::Path;

use applied::{Applied, Table, apply, plan, published, rules};
use forewarn_runtime::events::{gather, outputs};
use forewarn_runtime::history::History;
use forewarn_runtime::result_table::ResultTable;
use forewarn_runtime::run::{RunOptions, run};
use forewarn_tables::{ReadOptions, read};

/// In how many rows a column says each of these words.
fn counts<const N: usize>(found: &Applied, column: &str, words: [&str; N]) -> [usize; N] {
    words.map(|word| {
        let rows = found.rows.values();
        rows.filter(|row| row[column] == word).count()
    })
}

const ANSWERS: [&str; 3] = ["yes", "no", "unknown"];
const EVENTS: [&str; 5] = ["raised", "escalated", "cleared", "suppressed", "lowered"];

/// How many values of a column are known, and their sum.
fn total(found: &Applied, column: &str, of: impl Fn(f64) -> f64) -> (usize, f64) {
    let known = found
        .rows
        .values()
        .filter_map(|row| row[column].parse::<f64>().ok());
    known.fold((0, 0.0), |(n, sum), x| (n + 1, sum + of(x)))
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        "{found}, not {expected}"
    );
}

#[track_caller]
fn cell(found: &Applied, key: &str, column: &str, expected: f64) {
    let own: f64 = found.cell(key, column).parse().expect("a number");
    near(own, expected);
}

/// `python3 tests/figures/conflict_watch.py ../shared/data`
#[test]
fn organised_violence_by_country_and_year() {
    let Some(path) = published("ucdp/ucdp_organized_violence_country_year_v25_1.csv") else {
        return;
    };
    let found = apply(&rules("conflict-watch"), &path, &[]);
    assert_eq!(found.rows.len(), 6_936);
    assert_eq!(counts(&found, "active", ANSWERS), [1_433, 5_503, 0]);
    assert_eq!(counts(&found, "war", ANSWERS), [313, 6_623, 0]);
    assert_eq!(counts(&found, "civilians_killed", ANSWERS), [296, 6_640, 0]);
    assert_eq!(counts(&found, "mass_violence", ANSWERS), [461, 6_475, 0]);
    assert_eq!(counts(&found, "violence_lasts", ANSWERS), [726, 6_210, 0]);
    assert_eq!(counts(&found, "escalating", ANSWERS), [430, 6_457, 49]);
    assert_eq!(counts(&found, "first_violence", ANSWERS), [51, 6_800, 85]);
    assert_eq!(counts(&found, "record", ANSWERS), [256, 6_506, 174]);
    assert_eq!(
        counts(&found, "violence_alert.event", EVENTS),
        [201, 69, 155, 0, 75]
    );
    assert_eq!(total(&found, "war_years", |x| x), (5_164, 2_175.0));
    let (known, sum) = total(&found, "usual", |x| x);
    assert_eq!(known, 6_144);
    near(sum, 3_261_818.9);
    let (known, sum) = total(&found, "slope", f64::abs);
    assert_eq!(known, 6_144);
    near(sum, 1_320_137.1);
    for (key, usual, slope) in [
        ("700 1994", 3_793.6, 1_563.6),
        ("530 2021", 5_316.8, 28_177.2),
        ("365 2000", 2_178.2, 932.2),
        ("365 2022", 30.4, 3.4),
    ] {
        cell(&found, key, "usual", usual);
        cell(&found, key, "slope", slope);
    }
    for (key, rank, share) in [
        ("517 1994", 1.0, 0.937_277_651_318_439_8),
        ("369 1994", 7.0, 0.0),
        ("530 1994", 17.0, 9.221_555_142_473_027e-5),
        ("517 2024", 26.0, 6.215_040_397_762_585e-6),
        ("369 2024", 1.0, 0.423_343_691_733_996_3),
        ("530 2024", 4.0, 0.025_307_644_499_689_25),
    ] {
        cell(&found, key, "place_in_region", rank);
        cell(&found, key, "share_of_world", 100.0 * share);
    }
    for (key, event, tier) in [
        ("365 1990", "raised", "raised"),
        ("365 1995", "escalated", "escalated"),
        ("365 1998", "cleared", "quiet"),
        ("365 1999", "raised", "escalated"),
        ("530 1989", "raised", "escalated"),
        ("700 1989", "raised", "escalated"),
    ] {
        assert_eq!(found.cell(key, "violence_alert.event"), event, "{key}");
        assert_eq!(found.cell(key, "violence_alert"), tier, "{key}");
    }
}

/// `python3 tests/figures/forecast_ensemble.py ../shared/data`
#[test]
fn the_published_ensemble_of_forecasts() {
    let Some(path) = published("views_2019/views_cm_sb_2019.csv") else {
        return;
    };
    let found = apply(&rules("forecast-ensemble"), &path, &[]);
    let table = Table::read(&path);
    let at = |name: &str| table.column(name);
    let mut compared = 0;
    for row in &table.rows {
        // Month 1 is January 1980.
        let month: i64 = row[at("month_id")].parse::<i64>().expect("a number") - 1;
        let key = format!(
            "{} {:04}-{:02}",
            row[at("iso3")],
            1980 + month / 12,
            month % 12 + 1
        );
        let published: f64 = row[at("average_basewthematic_sb")]
            .parse()
            .expect("a number");
        let own: f64 = found.cell(&key, "ensemble").parse().expect("known");
        assert!(
            (own - published).abs() <= 1e-9,
            "{key}: {own}, published {published}"
        );
        compared += 1;
    }
    assert_eq!(compared, 2_052);
    assert_eq!(
        counts(&found, "outlook", ["low", "elevated", "high"]),
        [1_108, 623, 321]
    );
    assert_eq!(counts(&found, "rising", ANSWERS), [210, 1_765, 77]);
    assert_eq!(counts(&found, "crosses_high", ANSWERS), [7, 2_033, 12]);
    assert_eq!(counts(&found, "lasting", ANSWERS), [667, 1_121, 264]);
    assert_eq!(counts(&found, "forecast.event", EVENTS), [26, 2, 0, 0, 6]);
    for (key, place) in [
        ("COD 2019-06", "1"),
        ("SOM 2019-06", "2"),
        ("NGA 2019-06", "3"),
    ] {
        assert_eq!(found.cell(key, "place"), place, "{key}");
    }
}

/// `python3 tests/figures/food_security.py ../shared/data`
#[test]
fn food_insecurity_by_area_and_month() {
    let Some(path) = published("fews_ipc/fews_ipc_admin_2009_2020.csv") else {
        return;
    };
    let found = apply(&rules("food-security"), &path, &[]);
    assert_eq!(found.rows.len(), 46_480);
    let phases = ["minimal", "stressed", "crisis", "emergency", "famine", ""];
    assert_eq!(
        counts(&found, "class", phases),
        [24_469, 11_144, 5_368, 933, 28, 4_538]
    );
    assert_eq!(counts(&found, "worse", ANSWERS), [4_516, 36_212, 5_752]);
    assert_eq!(counts(&found, "lasting", ANSWERS), [2_218, 39_263, 4_999]);
    assert_eq!(
        counts(&found, "ever_crisis", ANSWERS),
        [13_650, 25_481, 7_349]
    );
    assert_eq!(
        counts(&found, "country_worse", ANSWERS),
        [2_366, 35_451, 8_663]
    );
    assert_eq!(counts(&found, "famine", ANSWERS), [56, 41_954, 4_470]);
    let (known, sum) = total(&found, "share_3", |percent| percent / 100.0);
    assert_eq!(known, 42_212);
    near(sum, 5_105.027_846_997_434);
    // Between rounds too, in months that the results leave out.
    let world = happened("food-security", &path, History::World);
    assert_eq!(world, [1_595, 351, 1_214, 0, 0, 413]);
    // Alerts that stand in an area's first rounds may have been raised before them.
    let data = happened("food-security", &path, History::Data(BTreeMap::new()));
    let (raised, standing) = (data[0], data[4]);
    assert!(raised < world[0] && standing > 0, "{data:?}");
    assert!(raised + standing <= world[0], "{data:?}");
}

/// How often alerts were raised, escalated, cleared, suppressed and found to stand, in all periods.
fn happened(ruleset: &str, data: &Path, history: History) -> [usize; 6] {
    let plan = plan(&rules(ruleset));
    let mut bound = read(data, &plan, &ReadOptions::default()).expect("readable data");
    bound.panel.history = history;
    let options = RunOptions {
        wanted: Some(outputs(&plan)),
        ..RunOptions::default()
    };
    let results = run(&plan, &bound.panel, &options).expect("it runs");
    let keys = ResultTable::new(&bound, plan.panel.period);
    gather(&plan, keys, &bound.panel, &results.columns, None, &[], None).counts
}
