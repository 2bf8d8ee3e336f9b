//! A report for an audience, searched for everything that the audience may not see: cells, names, labels and
//! columns of withheld declarations, and entities that only withheld files know. Rules and data are put
//! together by chance; every secret is a word or a number that nothing else in a report can hold.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Reader as _, Xlsx};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::classification::Classification;
use forewarn_plan::{DeclarationKind, Plan};

/// Worlds that are tried.
const WORLDS: u64 = 6;
/// Indicators of each.
const INDICATORS: usize = 12;

/// Numbers by chance; the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).unwrap()
    }
}

/// Rules, the file that everybody may read, and the one that holds confidential columns alone.
struct World {
    rules: String,
    own: String,
    closed: String,
}

fn world(seed: u64) -> World {
    let mut chance = Chance(seed);
    let mut rules = String::from(
        "framework secrets \"Secrets\" version \"1\"\npanel country by month\n\
         source field \"Fieldword\" { classification confidential }\n\
         scale concern { low < some < high }\n",
    );
    // 0 everybody, 1 by its own words, 2 by its source, 3 in the closed file.
    let kinds: Vec<usize> = (0..INDICATORS)
        .map(|at| if at < 4 { at } else { chance.below(4) })
        .collect();
    for (at, kind) in kinds.iter().enumerate() {
        let closed = match kind {
            0 => "",
            2 => " from field",
            _ => " classification confidential",
        };
        writeln!(
            rules,
            "indicator ind{at}x \"Indlabel{at}x\" : number in 0..90_000{closed} column \"Incolumn{at}x\""
        )
        .unwrap();
    }
    // Each rests on some of those before it.
    for at in 0..10 {
        let first = chance.below(INDICATORS);
        let other = (first + 1 + chance.below(INDICATORS - 1)) % INDICATORS;
        let (a, b) = (format!("ind{first}x"), format!("ind{other}x"));
        match at % 5 {
            0 => writeln!(rules, "score der{at}x \"Derlabel{at}x\" = {a} + {b}"),
            1 => writeln!(rules, "signal der{at}x \"Derlabel{at}x\" = {a} >= 40_000 or {b} >= 70_000"),
            2 => writeln!(
                rules,
                "factor der{at}x \"Derlabel{at}x\" {{ combine mean  require 1 known  members {{ {a}, {b} }} }}"
            ),
            3 => writeln!(
                rules,
                "level der{at}x \"Derlabel{at}x\" : concern {{ high when {a} >= 50_000, some when {b} >= 20_000, \
                 low otherwise }}"
            ),
            _ => writeln!(
                rules,
                "alert der{at}x \"Derlabel{at}x\" {{ raise when {a} >= 60_000 clear when {a} < 60_000 for 2 months }}"
            ),
        }
        .unwrap();
    }
    rules.push_str(
        "alert watch \"Watch\" { raise when ind0x >= 60_000 clear when ind0x < 60_000 for 2 months }\n\
         level overall \"Concern\" : concern { high when ind0x >= 60_000, some when ind0x >= 30_000, low otherwise }\n\
         level told \"Told\" : concern { high when ind1x >= 50_000, some when ind1x >= 20_000, low otherwise }\n\
         declassify told because \"its level alone\"\n",
    );
    let [mut own, mut closed] = [false, true].map(|closed| {
        let here = kinds
            .iter()
            .enumerate()
            .filter(|(_, kind)| (**kind == 3) == closed);
        let columns = here.map(|(at, _)| format!(",Incolumn{at}x"));
        format!("country,month{}\n", columns.collect::<String>())
    });
    let mut next = 31_013;
    for country in ["AVA", "BRU", "CEL", "Hidden"] {
        for month in 1..=6 {
            for (text, is_closed) in [(&mut own, false), (&mut closed, true)] {
                if country == "Hidden" && !is_closed {
                    continue;
                }
                write!(text, "{country},2026-{month:02}").unwrap();
                for kind in kinds.iter().filter(|kind| (**kind == 3) == is_closed) {
                    // What everybody may see is round.
                    next += 37 + chance.below(20);
                    let cell = if *kind == 0 {
                        (1 + chance.below(80)) * 1_000
                    } else if next % 10 == 0 {
                        next + 1
                    } else {
                        next
                    };
                    write!(text, ",{cell}").unwrap();
                }
                text.push('\n');
            }
        }
    }
    World { rules, own, closed }
}

fn plan(rules: &Path, audience: Option<Classification>) -> Plan {
    let settings = Settings {
        audience,
        ..Settings::default()
    };
    let compilation = compile(rules, &DiskFiles, &settings);
    let said = std::fs::read_to_string(rules).unwrap();
    compilation
        .plan
        .unwrap_or_else(|| panic!("rules that do not hold:\n{said}"))
}

/// All that a workbook says.
fn cells(bytes: &[u8]) -> String {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for name in workbook.sheet_names() {
        all.push_str(&name);
        for row in workbook.worksheet_range(&name).unwrap().rows() {
            for cell in row {
                write!(all, "\n{cell}").unwrap();
            }
        }
    }
    all
}

/// Words and numbers that may stand nowhere.
fn secrets(world: &World, whole: &Plan, seen: &Plan) -> Vec<String> {
    let is_seen = |name: &str| seen.confidentiality.withheld(name).is_none();
    let mut secrets = vec!["Hidden".to_owned()];
    for one in whole.declarations.iter().filter(|one| !is_seen(&one.name)) {
        // Factors are named where it is said that they are withheld.
        if one.kind != DeclarationKind::Factor {
            secrets.extend([one.name.clone(), one.label.clone()]);
        }
    }
    for input in whole.inputs.iter().filter(|one| !is_seen(&one.name)) {
        let column = input.column.clone().unwrap_or_default();
        for text in [&world.own, &world.closed] {
            let head = text.lines().next().unwrap_or_default();
            let Some(at) = head.split(',').position(|name| name == column) else {
                continue;
            };
            for cell in text
                .lines()
                .skip(1)
                .filter_map(|line| line.split(',').nth(at))
            {
                let (thousands, rest) = cell.split_at(cell.len() - 3);
                secrets.push(cell.to_owned());
                // As reports write them in one language or another.
                let marks = [",", ".", "\u{202f}", "\u{a0}", " "];
                secrets.extend(marks.map(|mark| format!("{thousands}{mark}{rest}")));
            }
        }
        secrets.push(column);
    }
    secrets
}

#[test]
fn a_public_report_holds_nothing_that_is_withheld() {
    let mut searched = 0;
    for seed in 1..=WORLDS {
        let world = world(seed);
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("r.risk"), &world.rules).unwrap();
        std::fs::write(at("own.csv"), &world.own).unwrap();
        std::fs::write(at("closed.csv"), &world.closed).unwrap();
        let whole = plan(&at("r.risk"), None);
        let seen = plan(&at("r.risk"), Some(Classification::Public));
        let secrets = secrets(&world, &whole, &seen);
        assert!(
            secrets.len() > 100,
            "world {seed}: {} secrets",
            secrets.len()
        );
        for name in ["r.html", "r.md", "r.xlsx"] {
            let report = |audience: &str| {
                let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
                    .args([
                        "report",
                        "r.risk",
                        "-d",
                        "own.csv",
                        "-d",
                        "closed.csv",
                        "-q",
                    ])
                    .args(["--state", "none", "--audience", audience, "-o", name])
                    .current_dir(folder.path())
                    .output()
                    .unwrap();
                let told = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(
                    output.status.success(),
                    "world {seed}: {told}\n{}",
                    world.rules
                );
                let bytes = std::fs::read(at(name)).unwrap();
                match name {
                    "r.xlsx" => (told, cells(&bytes)),
                    _ => (told, String::from_utf8_lossy(&bytes).into_owned()),
                }
            };
            let manifest =
                || std::fs::read_to_string(at(&format!("{name}.manifest.json"))).unwrap();
            let found = |text: &str| {
                let found = secrets
                    .iter()
                    .filter(|secret| text.contains(secret.as_str()));
                found.cloned().collect::<Vec<String>>()
            };
            // Whoever may see everything does: the search finds what there is.
            assert!(
                !found(&report("confidential").1).is_empty(),
                "world {seed}: {name}"
            );
            let (told, text) = report("public");
            assert!(text.contains("AVA"), "world {seed}: {name}");
            assert_eq!(
                found(&text),
                [""; 0],
                "world {seed}: {name}\n{}",
                world.rules
            );
            let cells = |text: &str| {
                found(text)
                    .iter()
                    .any(|one| one.starts_with(|c: char| c.is_ascii_digit()))
            };
            // Messages show rules to whoever runs them, and nothing of the data.
            assert!(!cells(&told), "world {seed}: {told}");
            assert!(!cells(&manifest()), "world {seed}: {name}.manifest.json");
            searched += 1;
        }
    }
    assert_eq!(searched, 3 * WORLDS);
}
