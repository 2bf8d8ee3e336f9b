//! The UN Framework: its list, its invented panel and what comes out of it.
//!
//! The figures were printed by `python3 tests/figures/un_framework.py rules/un-framework`, which works
//! them out from the words of the method.

use crate::applied;
use crate::invented;

use std::collections::{BTreeMap, BTreeSet};

use applied::{Applied, apply, plan, rules};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::testing::compile_tests;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::{DeclarationKind, Provenance};
use forewarn_runtime::explain::{Question, explain};
use forewarn_runtime::testing::{Cases, run_suite};
use forewarn_tables::{ReadOptions, read};

const LEVELS: [&str; 5] = ["low", "guarded", "elevated", "high", "critical"];

fn panel() -> std::path::PathBuf {
    rules("un-framework").join("data/invented_countries.csv")
}

#[test]
fn the_invented_panel_is_what_its_program_makes() {
    let plan = plan(&rules("un-framework"));
    let same = |name: &str, made: String| {
        let path = rules("un-framework").join("data").join(name);
        let written = std::fs::read_to_string(path).expect("a file of data");
        assert!(
            written == made,
            "{name} differs: cargo run -p forewarn-tests --example invented_countries"
        );
    };
    same("invented_countries.csv", invented::panel(&plan));
    same("countries.csv", invented::names());
    let groups = rules("un-framework-groups");
    let written = std::fs::read_to_string(groups.join("data/invented_groups.csv"));
    assert!(
        written.expect("a file of data") == invented::groups(&applied::plan(&groups)),
        "invented_groups.csv differs"
    );
    let codes: BTreeSet<String> = (0..invented::COUNTRIES).map(invented::code).collect();
    assert_eq!(codes.len(), invented::COUNTRIES);
    // XAA to XZZ are left to users; XKX is in wide use for one place.
    assert!(
        codes
            .iter()
            .all(|code| code.starts_with('X') && code != "XKX")
    );
}

/// Codes, factors and provenance, as the list has them.
#[test]
fn every_indicator_has_its_number_and_says_how_sure_it_is() {
    let plan = plan(&rules("un-framework"));
    let declared = |kind| {
        let all = plan.declarations.iter();
        all.filter(move |one| one.kind == kind && one.verified.is_none())
    };
    let mut numbers: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let (mut confirmed, mut in_part, mut recalled) = (0, Vec::new(), 0);
    for indicator in declared(DeclarationKind::Indicator) {
        let Some((factor, number)) = indicator
            .code
            .as_deref()
            .and_then(|code| code.split_once('.'))
        else {
            assert_eq!(indicator.provenance, None, "{}", indicator.name);
            continue;
        };
        let whole = |text: &str| text.parse::<u32>().expect("a number");
        numbers
            .entry(whole(factor))
            .or_default()
            .push(whole(number));
        match indicator.provenance {
            Some(Provenance::Confirmed) => confirmed += 1,
            Some(Provenance::ConfirmedInPart) => {
                in_part.push(indicator.code.as_deref().unwrap_or_default());
            }
            Some(Provenance::Recalled) => recalled += 1,
            None => panic!("{} does not say how sure it is", indicator.name),
        }
        // What is confirmed says where it was seen: one site, and never the document.
        let is_seen = indicator.provenance != Some(Provenance::Recalled);
        let seen = indicator.seen.as_deref();
        let site = seen.is_some_and(|seen| seen.starts_with("West Papua Genocide Monitor"));
        assert_eq!(is_seen, site, "{}", indicator.name);
    }
    for (factor, numbers) in &numbers {
        let expected: Vec<u32> = (1..).take(numbers.len()).collect();
        assert_eq!(numbers, &expected, "factor {factor}");
    }
    assert_eq!(numbers.len(), 14);
    // Seen on published pages: factor 7 up to its tenth, 8 and 9 whole, 13 up to its ninth.
    assert_eq!(
        (confirmed, numbers[&8].len(), numbers[&9].len()),
        (10 + 12 + 6 + 9, 12, 6)
    );
    assert_eq!(in_part, ["7.11", "13.10"]);
    assert!(recalled > confirmed);
    for factor in declared(DeclarationKind::Factor) {
        let Some(code) = &factor.code else { continue };
        let members = factor.factor.as_ref().expect("parts").members.iter();
        for member in members {
            let of = plan.declarations.iter().find(|one| one.name == member.name);
            let own = of.and_then(|of| of.code.as_deref()).expect("a code");
            assert_eq!(
                own.split_once('.').map(|(factor, _)| factor),
                Some(code.as_str())
            );
        }
    }
}

fn tests_and_cases(name: &str, compared: usize) {
    let tests = compile_tests(&rules(name), &DiskFiles, &Settings::default());
    let tests = tests.tests.expect("sound tests");
    for suite in &tests.suites {
        for outcome in run_suite(suite) {
            assert!(outcome.failures.is_empty(), "{outcome:#?}");
        }
    }
    let cases = Cases::of(&tests.plan);
    let data = rules(name).join("cases.csv");
    let bound = read(&data, &cases.plan, &ReadOptions::default()).expect("a sound table");
    let outcome = cases.run(&bound, None);
    assert_eq!(
        (outcome.failures.len(), outcome.compared),
        (0, compared),
        "{outcome:#?}"
    );
}

#[test]
fn tests_and_cases_of_the_rulesets_come_out() {
    tests_and_cases("un-framework", 8 * 21);
    tests_and_cases("un-framework-groups", 5 * 6);
}

/// What is said of a country is the worst of its groups, in every month.
#[test]
fn groups_roll_up_to_their_country() {
    let groups = rules("un-framework-groups");
    let data = groups.join("data/invented_groups.csv");
    let found = apply(&groups, &data, &[]);
    let place = |word: &str| {
        LEVELS
            .iter()
            .position(|level| *level == word)
            .expect("a level")
    };
    // Keys: country, group, month.
    let mut worst: BTreeMap<(String, String), [usize; 2]> = BTreeMap::new();
    let key = |key: &str| {
        let (entity, month) = key.rsplit_once(' ').expect("a month");
        let country = entity.get(..3).expect("a code of three letters");
        (country.to_owned(), month.to_owned())
    };
    for (own, row) in &found.rows {
        let slot = worst.entry(key(own)).or_default();
        slot[0] = slot[0].max(place(&row["group_concern.at_least"]));
        slot[1] = slot[1].max(place(&row["group_concern.at_most"]));
    }
    assert_eq!(worst.len(), 8 * 24);
    let mut levels = BTreeSet::new();
    for (own, row) in &found.rows {
        let [least, most] = worst[&key(own)];
        assert_eq!(place(&row["country_concern.at_least"]), least, "{own}");
        assert_eq!(place(&row["country_concern.at_most"]), most, "{own}");
        levels.insert(least);
    }
    assert!(
        levels.len() >= 3,
        "the panel shows several levels: {levels:?}"
    );
}

/// How often each level, how often none, and the places of the lowest and highest added up.
fn level(found: &Applied, name: &str) -> ([usize; 5], usize, [usize; 2]) {
    let place = |word: &str| LEVELS.iter().position(|level| *level == word);
    let (mut counts, mut open, mut places) = ([0; 5], 0, [0, 0]);
    for row in found.rows.values() {
        match place(&row[name]) {
            Some(level) => counts[level] += 1,
            None => open += 1,
        }
        for (sum, end) in places.iter_mut().zip(["at_least", "at_most"]) {
            *sum += place(&row[&format!("{name}.{end}")]).expect("always known");
        }
    }
    (counts, open, places)
}

#[test]
fn the_invented_panel_gives_the_figures_worked_out_apart() {
    let found = apply(&rules("un-framework"), &panel(), &[]);
    assert_eq!(found.rows.len(), 2_880);
    let expected = [
        (
            "structural_risk",
            [247, 561, 460, 301, 253],
            1_058,
            [4_848, 6_864],
        ),
        (
            "imminent_risk",
            [522, 418, 172, 192, 229],
            1_347,
            [3_994, 7_002],
        ),
        (
            "genocide_risk",
            [1_134, 479, 233, 103, 30],
            901,
            [2_103, 4_613],
        ),
        (
            "crimes_against_humanity_risk",
            [1_326, 710, 44, 32, 46],
            722,
            [1_547, 3_675],
        ),
        (
            "war_crimes_risk",
            [1_246, 263, 58, 39, 98],
            1_176,
            [1_697, 4_663],
        ),
        (
            "ethnic_cleansing_view",
            [1_249, 695, 0, 37, 5],
            894,
            [1_653, 4_027],
        ),
        ("overall", [78, 673, 329, 173, 232], 1_395, [5_008, 7_795]),
    ];
    for (name, counts, open, places) in expected {
        assert_eq!(level(&found, name), (counts, open, places), "{name}");
    }
    let words = |name: &str| {
        ["yes", "no", "unknown"]
            .map(|word| found.rows.values().filter(|row| row[name] == word).count())
    };
    assert_eq!(words("rests_on_reports"), [74, 2_044, 762]);
    assert_eq!(words("little_holds_it_back"), [190, 1_879, 811]);
    let factors = [
        ("instability", 1122.934722222),
        ("violation_record", 1181.761111111),
        ("weak_state", 1148.048809524),
        ("motives", 1088.379960317),
        ("capacity", 859.908333333),
        ("no_mitigation", 1053.709000722),
        ("preparation", 610.466532773),
        ("triggers", 131.728914141),
        ("group_discrimination", 673.758333333),
        ("intent_to_destroy", 258.051118326),
        ("systematic_attack", 285.895238095),
        ("attack_policy", 268.841143579),
        ("ihl_threats", 232.643159339),
        ("operation_threats", 251.321284271),
    ];
    let mut known = 0;
    for (name, expected) in factors {
        let values = found
            .rows
            .values()
            .filter_map(|row| row[name].parse::<f64>().ok());
        known += values.clone().count();
        let sum: f64 = values.sum();
        assert!(
            (sum - expected).abs() < 1e-6,
            "{name}: {sum}, not {expected}"
        );
    }
    assert_eq!(known, 32_395);
}

/// No level above elevated without verified evidence: with every verification taken out, there is none.
#[test]
fn without_verification_nothing_rises_above_elevated() {
    let text = std::fs::read_to_string(panel()).expect("the panel");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let mut stripped = header.join(",");
    for line in lines {
        stripped.push('\n');
        let cells = line.split(',').zip(&header).map(|(cell, name)| {
            if name.ends_with("_verified") {
                ""
            } else {
                cell
            }
        });
        stripped.push_str(&cells.collect::<Vec<_>>().join(","));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("unverified.csv");
    std::fs::write(&path, stripped).expect("written");
    let found = apply(&rules("un-framework"), &path, &[]);
    let levels = [
        "structural_risk",
        "imminent_risk",
        "genocide_risk",
        "crimes_against_humanity_risk",
        "war_crimes_risk",
        "ethnic_cleansing_view",
        "overall",
    ];
    for name in levels {
        let (counts, ..) = level(&found, name);
        assert_eq!(counts[3..], [0, 0], "{name}");
        for row in found.rows.values() {
            let least = &row[&format!("{name}.at_least")];
            assert!(!["high", "critical"].contains(&least.as_str()), "{name}");
        }
    }
}

#[test]
fn a_table_with_a_few_columns_is_enough() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("few.csv");
    let text =
        "country,month,forced_displacement,forced_displacement_verified\nXAA,2024-01,present,1\n";
    std::fs::write(&path, text).expect("written");
    let found = apply(&rules("un-framework"), &path, &[]);
    assert_eq!(found.cell("XAA 2024-01", "overall"), "");
    assert_eq!(found.cell("XAA 2024-01", "overall.at_least"), "elevated");
    assert_eq!(found.cell("XAA 2024-01", "overall.at_most"), "critical");
    assert_eq!(found.cell("XAA 2024-01", "preparation.coverage"), "0.125");
}

#[test]
fn an_explanation_shows_numbers_provenance_and_what_stands_unverified() {
    let compilation = compile(&rules("un-framework"), &DiskFiles, &Settings::default());
    let plan = compilation.plan.expect("sound rules");
    let bound = read(&panel(), &plan, &ReadOptions::default()).expect("sound data");
    let row = (0..bound.panel.rows())
        .find(|row| bound.panel.entity(*row) == "XAH")
        .expect("a row")
        + 40;
    let explained = explain(&Question {
        plan: &plan,
        panel: &bound.panel,
        summary: &bound.summary,
        row,
        names: &["genocide_risk".to_owned()],
        goalposts: None,
        outlook: true,
        options: false,
    })
    .expect("an explanation");
    let mut open = vec![&explained.results[0].reason];
    let (mut codes, mut verified) = (BTreeSet::new(), BTreeSet::new());
    while let Some(reason) = open.pop() {
        codes.extend(reason.code.clone());
        if let forewarn_runtime::explain::How::Observation(one) = &reason.how {
            verified.extend(one.verified);
        }
        open.extend(&reason.because);
    }
    assert!(
        codes.contains("10") && codes.contains("10.2") && codes.contains("7.1"),
        "{codes:?}"
    );
    assert_eq!(verified.len(), 2, "some are verified, some are not");
}
