//! The rulesets that are shipped give the figures that were published.
//!
//! Each one's `cases.csv` is a small table of known results; whole published tables are read where
//! they are: in the folder `FOREWARN_DATA_DIR`, else `../shared/data` beside the repository. Where
//! that is absent, the test says so and passes.

use crate::applied;

use applied::{Applied, Map, Table, apply, plan, published, rules, same};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::lock_text;
use forewarn_plan::{DeclarationKind, InputKind, PanelInfo};
use forewarn_runtime::period::{self, Period};

const RULESETS: [&str; 9] = [
    "hdi",
    "inform-risk",
    "fragile-states",
    "example-early-warning",
    "conflict-watch",
    "forecast-ensemble",
    "food-security",
    "un-framework",
    "un-framework-groups",
];

/// Those that adapt another, or stand beside it, and have their cases as tests among their rules.
const ADAPTED: [&str; 25] = [
    "asean",
    "au-cews",
    "coding-agreement",
    "council-of-europe",
    "ecowas-ecowarn",
    "eu-ews",
    "fez-plan",
    "grass-roots-monitors",
    "hate-speech",
    "hate-speech-action-plan",
    "icglr-national",
    "igad-cewarn",
    "latin-american-network",
    "mass-killing-risk",
    "national-risk-and-resilience",
    "nhri-ombudspersons",
    "osce-odihr",
    "parliaments",
    "prevention-platform",
    "ratification",
    "regional-monthly-review",
    "sadc",
    "transitional-justice",
    "treaty-bodies-upr",
    "women-peace-security",
];

/// The levels of INFORM, by the names of the published table.
const INFORM: [&str; 12] = [
    "natural",
    "human",
    "hazard_exposure",
    "socio_economic_vulnerability",
    "other_vulnerable_groups",
    "vulnerable_groups",
    "vulnerability",
    "institutional",
    "infrastructure",
    "lack_of_coping_capacity",
    "inform_risk",
    "risk_class",
];

#[test]
fn every_ruleset_is_listed_here_and_says_what_it_is() {
    let folder = rules("");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of rulesets")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    found.sort();
    let all = RULESETS.iter().chain(&ADAPTED);
    let mut listed: Vec<String> = all.map(|name| (*name).to_owned()).collect();
    listed.sort();
    assert_eq!(found, listed);
    for name in RULESETS {
        let readme = std::fs::read_to_string(rules(name).join("README.md")).expect("a README");
        assert!(
            readme.contains("cases.csv"),
            "{name}: where do its cases come from?"
        );
    }
}

/// What is adapted says where it comes from, and is locked to what it builds on.
#[test]
fn every_adapted_ruleset_names_its_sources_and_is_locked() {
    for name in ADAPTED {
        let folder = rules(name);
        let readme = std::fs::read_to_string(folder.join("README.md")).expect("a README");
        assert!(readme.contains("## Sources"), "{name}: no sources");
        let now = lock_text(&folder, &DiskFiles).unwrap_or_else(|_| panic!("{name} does not read"));
        let locked = std::fs::read_to_string(folder.join("forewarn.lock")).unwrap_or_default();
        assert_eq!(now, locked, "{name}: lock it again");
    }
}

/// Every factor, score and level is readable as a step of a method.
#[test]
fn every_published_step_has_a_label() {
    for name in RULESETS.into_iter().chain(ADAPTED) {
        for declaration in plan(&rules(name)).declarations {
            let bare = declaration.label == declaration.name;
            let published = !matches!(declaration.kind, DeclarationKind::Let);
            assert!(
                !(bare && published),
                "{name}: `{}` has no label",
                declaration.name
            );
        }
    }
}

/// What a table has to hold, and what comes out, stands in the README.
#[test]
fn every_column_is_explained() {
    for name in RULESETS {
        let readme = std::fs::read_to_string(rules(name).join("README.md")).expect("a README");
        let plan = plan(&rules(name));
        // A list that comes from a publication explains itself, number by number.
        let of_a_list = |name: &str| {
            let mut declared = plan.declarations.iter();
            declared.any(|one| one.name == name && one.code.is_some())
        };
        let read = plan
            .inputs
            .iter()
            .filter(|input| input.kind.is_indicator() && !of_a_list(&input.name))
            .map(|input| input.column.as_ref().unwrap_or(&input.name));
        let given = plan.outputs.iter().map(|output| &output.declaration);
        let absent: Vec<&String> = read
            .chain(given)
            .filter(|column| !readme.contains(&format!("`{column}`")))
            .collect();
        assert!(absent.is_empty(), "{name}: {absent:?}");
    }
}

#[test]
fn the_cases_of_every_ruleset_come_out() {
    for name in RULESETS {
        let path = rules(name).join("cases.csv");
        // Cases without verification are run as tests (`tests/un_framework.rs`): as data they would
        // have nothing verified.
        let inputs = plan(&rules(name)).inputs;
        if inputs
            .iter()
            .any(|input| matches!(input.kind, InputKind::Verification { .. }))
        {
            continue;
        }
        let found = apply(&rules(name), &path, &[]);
        let compared = compare(&found, &Table::read(&path), &plan(&rules(name)).panel);
        assert!(compared > 0, "{name}: no case names a result");
    }
}

/// Compares the columns of a table that are results; gives how many cells.
fn compare(found: &Applied, table: &Table, panel: &PanelInfo) -> usize {
    let columns: Vec<usize> = (0..table.names.len())
        .filter(|at| found.has(&table.names[*at]))
        .collect();
    let mut failures = Vec::new();
    for row in &table.rows {
        let key = key(panel, table, row);
        for &at in &columns {
            let (column, published) = (&table.names[at], &row[at]);
            let result = found.cell(&key, column);
            if !same(published, result) {
                failures.push(format!("{key}, {column}: `{published}`, not `{result}`"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    columns.len() * table.rows.len()
}

/// A row's key as [`Applied`] writes it.
fn key(panel: &PanelInfo, table: &Table, row: &[String]) -> String {
    let of = |column: &Option<String>, word: &String| {
        &row[table.column(column.as_ref().unwrap_or(word))]
    };
    let keys = panel
        .keys
        .iter()
        .map(|key| of(&key.column, &key.name).as_str());
    let entity = keys.collect::<Vec<_>>().join("/");
    let Some(kind) = panel.period else {
        return entity;
    };
    let period = of(&panel.period_column, &panel.period_name);
    let number = match (&panel.period_within, &panel.written) {
        (Some(within), _) => {
            let part = |text: &str| text.parse::<i64>().expect("a whole number");
            period::from_parts(kind, part(period), part(&row[table.column(within)]), 1)
        }
        (None, Some(written)) => written.read(period).map(|(_, number)| number),
        (None, None) => period::parse(kind, period),
    };
    let number = number.unwrap_or_else(|slip| panic!("{period}: {slip:?}"));
    format!("{entity} {}", Period::new(kind, number))
}

#[test]
fn human_development_as_published() {
    let Some(path) = published("hdi/hdi_even_years.csv") else {
        return;
    };
    let table = Table::read(&path);
    let found = apply(&rules("hdi"), &path, &[]);
    let (iso3, year) = (table.column("iso3"), table.column("year"));
    let (index, group) = (table.column("hdi"), table.column("hdi_group_2022"));
    let inputs = ["life_exp", "exp_school", "mean_school", "gni_pc"].map(|name| table.column(name));
    let mut compared = 0;
    for row in &table.rows {
        let key = format!("{} {}", row[iso3], row[year]);
        let result = found.cell(&key, "hdi");
        if row[index].is_empty() {
            // Rwanda, 1990 to 1994, is computed but not published; nothing else is.
            let all = inputs.iter().all(|at| !row[*at].is_empty());
            assert_eq!(result.is_empty(), !all, "{key}");
            continue;
        }
        assert!(
            same(&row[index], result),
            "{key}: {} is published, not {result}",
            row[index]
        );
        compared += 1;
        if row[year] == "2022" && !row[group].is_empty() {
            assert_eq!(name_of(&row[group]), found.cell(&key, "hdi_group"), "{key}");
        }
    }
    assert!(compared > 3_000, "only {compared} published values");
}

/// A published label as a level's name: `Very High` is `very_high`.
fn name_of(label: &str) -> String {
    label.to_lowercase().replace(' ', "_")
}

#[test]
fn inform_risk_as_published() {
    let Some(path) = published("inform/inform_2020_components.csv") else {
        return;
    };
    let table = Table::read(&path);
    as_published(&table, &apply(&rules("inform-risk"), &path, &[]));
}

/// Every level of every country.
fn as_published(table: &Table, found: &Applied) {
    assert_eq!(found.rows.len(), 191);
    let iso3 = table.column("iso3");
    for row in &table.rows {
        for level in INFORM {
            let published = &row[table.column(level)];
            let published = if level == "risk_class" {
                name_of(published)
            } else {
                published.clone()
            };
            let result = found.cell(&row[iso3], level);
            assert!(
                same(&published, result),
                "{}, {level}: `{published}` is published, not `{result}`",
                row[iso3]
            );
        }
    }
}

/// The published table, changed, and applied again.
fn changed(table: &Table, map: Map<'_>) -> Applied {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("edition.csv");
    table.write(&path);
    apply(&rules("inform-risk"), &path, map)
}

#[test]
fn inform_risk_whatever_the_order_of_rows() {
    let Some(path) = published("inform/inform_2020_components.csv") else {
        return;
    };
    let mut table = Table::read(&path);
    table.rows.sort_by_key(|row| {
        row[table_key(&table.names)]
            .bytes()
            .rev()
            .collect::<Vec<_>>()
    });
    as_published(&table, &changed(&table, &[]));
}

fn table_key(names: &[String]) -> usize {
    names.iter().position(|name| name == "iso3").expect("a key")
}

#[test]
fn inform_risk_with_the_column_of_later_editions() {
    let Some(path) = published("inform/inform_2020_components.csv") else {
        return;
    };
    let table = Table::read(&path);
    let mut later = Table::read(&path);
    let at = later.column("aid_dependency");
    later.names[at] = "economic_dependency".to_owned();
    as_published(
        &table,
        &changed(&later, &[("aid_dependency", "economic_dependency")]),
    );
}

/// As the published workbooks write it: `x` for what is missing, and whole numbers without a point.
#[test]
fn inform_risk_with_the_spelling_of_the_workbooks() {
    let Some(path) = published("inform/inform_2020_components.csv") else {
        return;
    };
    let table = Table::read(&path);
    let mut workbook = Table::read(&path);
    for row in &mut workbook.rows {
        for cell in row {
            if cell.is_empty() {
                *cell = "x".to_owned();
            } else if let Some(whole) = cell.strip_suffix(".0") {
                *cell = whole.to_owned();
            }
        }
    }
    as_published(&table, &changed(&workbook, &[]));
}

/// Editions before 2020 know no epidemics: the mean is of the five hazards that they know.
#[test]
fn inform_risk_without_the_column_of_2020() {
    let Some(path) = published("inform/inform_2020_components.csv") else {
        return;
    };
    let mut table = Table::read(&path);
    let at = table.column("epidemic");
    table.names.remove(at);
    for row in &mut table.rows {
        row.remove(at);
    }
    let found = changed(&table, &[]);
    let hazards = [
        "earthquake",
        "flood",
        "tsunami",
        "tropical_cyclone",
        "drought",
    ];
    let hazards = hazards.map(|name| table.column(name));
    let (iso3, with_epidemic) = (table.column("iso3"), table.column("natural"));
    let mut others = 0;
    for row in &table.rows {
        let kept: f64 = hazards
            .iter()
            .map(|at| (10.0 - row[*at].parse::<f64>().expect("a hazard")) / 10.0 * 9.0 + 1.0)
            .product();
        let mean = (10.0 - kept.powf(0.2)) / 9.0 * 10.0;
        let natural = format!("{:.1}", mean.max(0.1));
        let result = found.cell(&row[iso3], "natural");
        assert!(
            same(&natural, result),
            "{}: {natural}, not {result}",
            row[iso3]
        );
        others += usize::from(!same(&row[with_epidemic], result));
    }
    assert!(
        others > 100,
        "without epidemics most countries have another value"
    );
}

/// What the README of the example says of its latest month.
#[test]
fn the_example_shows_what_missing_evidence_does() {
    let rules = rules("example-early-warning");
    let found = apply(&rules, &rules.join("data/example.csv"), &[]);
    assert_eq!(found.rows.len(), 9 * 12);
    let latest = [
        ("AVA", "critical", "critical", "critical"),
        ("BRU", "high", "high", "high"),
        ("CEL", "", "elevated", "high"),
        ("DOR", "high", "high", "high"),
        ("ELB", "", "low", "critical"),
        ("FEN", "low", "low", "low"),
        ("GAL", "elevated", "elevated", "elevated"),
        ("HES", "guarded", "guarded", "guarded"),
        ("IRI", "guarded", "guarded", "guarded"),
    ];
    for (country, overall, at_least, at_most) in latest {
        let key = format!("{country} 2024-12");
        let of = |column| found.cell(&key, column);
        assert_eq!(
            (of("overall"), of("overall.at_least"), of("overall.at_most")),
            (overall, at_least, at_most),
            "{key}"
        );
    }
    // A factor is missing in both; in DOR the level stands all the same.
    assert_eq!(found.cell("CEL 2024-12", "tension"), "");
    assert_eq!(found.cell("DOR 2024-12", "tension"), "");
    // Nobody knows, which is neither yes nor no.
    assert_eq!(found.cell("ELB 2024-12", "at_war"), "unknown");
}
