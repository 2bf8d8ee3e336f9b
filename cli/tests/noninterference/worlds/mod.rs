//! Two worlds that differ only in what an audience may not see.
//!
//! In: a number, from which everything follows. Out: rules put together by chance, with classifications,
//! ways out, sources and an extending framework; two folders with the same rules and with data that agree in
//! every cell that the audience may see, and in every cell that something declassified rests on.

pub mod channels;
mod shapes;

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::classification::Classification;
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::panel::Panel;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::generate;

/// Values that may be declassified, one or another.
const OTHERS: [&str; 12] = [
    "s0", "t0", "t1", "f0", "votes", "agreeing", "banded", "warning", "overall", "sure", "plain",
    "chosen",
];
/// Cells that make any reader stumble.
const STRANGE: [&str; 7] = [
    "witness 17",
    "",
    "1e999",
    "\"a, b\"",
    "-77",
    "9",
    "\u{1b}[31mred",
];
/// What an extending framework may say.
const CHANGES: [&str; 9] = [
    "override label overall = \"Changed\" because \"x\"",
    "override param limit = 5 because \"x\"",
    "override classification a = restricted because \"x\"",
    "override classification c = confidential because \"x\"",
    "override classification region = confidential because \"x\"",
    "add score extra = a + 1 because \"x\"",
    "add indicator ours : number in 0..10 classification confidential because \"x\"\n\
     add score ours_too = ours because \"x\"",
    "declassify s0 because \"by the one that extends\"",
    "replace signal t1 = given because \"x\"",
];

/// Numbers by chance; the same for the same seed.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % end as u64).expect("small")
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// What a folder holds, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A pair of worlds.
pub struct Worlds {
    pub audience: Classification,
    /// `chance.risk`, or the folder of the framework that extends it.
    pub rules: &'static str,
    pub data: Vec<&'static str>,
    pub secrets: BTreeSet<String>,
    /// The columns of the data that may be seen as a file, secret ones among them.
    pub columns: Vec<String>,
    /// The first entity of the data.
    pub entity: String,
    /// A declaration that is withheld, if one is, and a result that is shown.
    pub withheld: Option<String>,
    pub shown: Option<String>,
    pub files: [Files; 2],
}

fn generated<T>(strategy: impl Strategy<Value = T>, seed: u64) -> T {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let tree = strategy.new_tree(&mut runner).expect("a value");
    tree.current()
}

/// The names of a ruleset's indicators, as its text declares them.
fn indicators(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("indicator "));
    lines
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

/// The ruleset with classifications, sources and ways out put in.
fn classified(text: &str, chance: &mut Chance) -> String {
    let mut whole = String::new();
    for line in text.lines() {
        whole.push_str(line);
        if line.starts_with("indicator ") {
            whole.push_str(match chance.below(12) {
                0 => " classification restricted",
                1 => " classification confidential",
                2 => " from field",
                3 => " from office",
                4 => " from paper",
                _ => "",
            });
            // Declared columns are not called as the indicators are.
            if chance.once_in(6) && !line.contains(" column ") {
                let name = line.split_whitespace().nth(1).unwrap_or_default();
                write!(whole, " column \"{name}_col\"").expect("text");
            }
        }
        whole.push('\n');
    }
    whole.push_str(
        "source field \"Field\" { classification confidential }\n\
         source office \"Offices\" { classification restricted }\nsource paper \"Papers\"\n",
    );
    for name in OTHERS {
        if chance.once_in(6) {
            let to = if chance.once_in(3) {
                "to restricted "
            } else {
                ""
            };
            writeln!(whole, "declassify {name} {to}because \"by chance\"").expect("text");
        }
    }
    whole.push_str("test \"known\" from \"cases.csv\" within 0.5\n");
    whole
}

/// The Plan at a path, if the rules hold.
pub fn plan_at(rules: &Path, audience: Option<Classification>) -> Option<Plan> {
    let settings = Settings {
        audience,
        ..Settings::default()
    };
    compile(rules, &DiskFiles, &settings).plan
}

/// Indicators that the audience may not see and that nothing declassified rests on.
fn secret(plan: &Plan, known: &BTreeSet<String>) -> BTreeSet<String> {
    let told = &plan.confidentiality;
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = told
        .sealed
        .iter()
        .map(|one| one.declaration.as_str())
        .collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            let below = told.rests_on.get(name).into_iter().flatten();
            open.extend(below.map(String::as_str));
        }
    }
    let withheld = told.withheld.iter().map(|one| one.name.as_str());
    let indicators = withheld.filter(|name| known.contains(*name) && !reached.contains(name));
    indicators.map(str::to_owned).collect()
}

/// A column of data and the indicator that reads it.
#[derive(Clone)]
struct Column {
    name: String,
    indicator: String,
    input: usize,
}

fn columns_of(plan: &Plan) -> Vec<Column> {
    let inputs = plan.inputs.iter().enumerate();
    let read = inputs.filter_map(|(input, info)| {
        let indicator = match info.kind {
            InputKind::Key { .. } | InputKind::Applies { .. } | InputKind::Age { .. } => {
                return None;
            }
            InputKind::Verification { of } => &plan.inputs[of as usize].name,
            _ => &info.name,
        };
        Some(Column {
            name: info.column.clone().unwrap_or_else(|| info.name.clone()),
            indicator: indicator.clone(),
            input,
        })
    });
    read.collect()
}

fn cell(plan: &Plan, input: usize, x: f64) -> String {
    if x.is_nan() {
        return String::new();
    }
    match &plan.inputs[input].kind {
        InputKind::Number | InputKind::Age { .. } | InputKind::Key { .. } => format!("{x:?}"),
        InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. } => {
            if x == 1.0 { "yes" } else { "no" }.to_owned()
        }
        InputKind::Level { names, .. } | InputKind::Category { names } => names[x as usize].clone(),
    }
}

/// How the second world's secrets differ.
struct Otherwise<'a> {
    secrets: &'a BTreeSet<String>,
    /// 0 other words, 1 nothing, 2 the cells of another row.
    how: usize,
}

fn table(
    plan: &Plan,
    panel: &Panel,
    columns: &[Column],
    rows: usize,
    otherwise: Option<&Otherwise<'_>>,
) -> String {
    let names: Vec<&str> = columns.iter().map(|one| one.name.as_str()).collect();
    let mut text = format!("country,place,site,year,{}\n", names.join(","));
    for row in 0..rows.min(panel.rows()) {
        if panel.gaps.binary_search(&row).is_ok() {
            continue;
        }
        let entity = panel.entity_of[row];
        let year = panel.periods[row];
        write!(
            text,
            "C{:02},P{:03},S{entity:03},{year}",
            entity / 4,
            entity / 2
        )
        .expect("text");
        for column in columns {
            let x = panel.columns[column.input][row];
            let other = otherwise.filter(|other| other.secrets.contains(&column.indicator));
            let written = match other.map(|other| other.how) {
                None => cell(plan, column.input, x),
                Some(0) => STRANGE[(row * 7 + column.input) % STRANGE.len()].to_owned(),
                Some(1) => String::new(),
                Some(_) => {
                    let at = panel.rows() - 1 - row;
                    cell(plan, column.input, panel.columns[column.input][at])
                }
            };
            write!(text, ",{written}").expect("text");
        }
        text.push('\n');
    }
    text
}

/// A file that nobody reads for the audience, in the second world.
fn spoilt(text: &str, chance: &mut Chance) -> Vec<u8> {
    let width = text.lines().next().unwrap_or_default().split(',').count();
    match chance.below(7) {
        0 => Vec::new(),
        1 => b"\xff\xfe\x00\x01 no table at all\n\"".to_vec(),
        2 => text
            .replacen(
                "country,place,site,year,",
                "country,place,site,year,witness_",
                1,
            )
            .into_bytes(),
        3 => text.replacen("country,", "nation,", 1).into_bytes(),
        4 => {
            let head = text.lines().take(1 + chance.below(4));
            head.flat_map(|line| [line, "\n"])
                .collect::<String>()
                .into_bytes()
        }
        5 => format!("{text}ZZZ,Z9,Z8,2001{}\n", ",5".repeat(width - 4)).into_bytes(),
        _ => {
            let again = text.lines().nth(1).unwrap_or("C00,P000,S000,1991");
            format!("{text}{again}\n{again}\nZZZ,Z9,Z8\n").into_bytes()
        }
    }
}

impl Worlds {
    /// The pair of a number; `None` where nothing is secret in it.
    pub fn of(seed: u64) -> Option<Self> {
        let mut chance = Chance::new(seed);
        let text = classified(&generated(generate::ruleset(), seed), &mut chance);
        let cells = generated(generate::cells(), seed ^ 0xabcd);
        let audience = Classification::ALL[chance.below(2)];
        let mut rules_files: Files = Files::new();
        rules_files.insert("base/chance.risk".to_owned(), text.clone().into_bytes());
        let changes: Vec<&str> = CHANGES.into_iter().filter(|_| chance.once_in(3)).collect();
        let over = format!(
            "framework over \"Over\" version \"1.0.0\" extends chance \"1\"\n{}\n",
            changes.join("\n")
        );
        rules_files.insert("over/over.risk".to_owned(), over.into_bytes());
        rules_files.insert(
            "over/forewarn.toml".to_owned(),
            b"[dependencies]\nchance = { path = \"../base\", version = \"1\" }\n".to_vec(),
        );
        // The same with other thresholds, to be compared with.
        let other = text
            .replace("until 2003, = 4", "until 1997, = 2")
            .replace(">= 0.6", ">= 0.2");
        rules_files.insert("other/chance.risk".to_owned(), other.into_bytes());
        let folder = tempfile::tempdir().expect("a folder");
        write_files(folder.path(), &rules_files);
        let at = |path: &str| folder.path().join(path);
        lock(folder.path(), &mut rules_files);
        let mut rules = "base";
        if chance.once_in(3) && plan_at(&at("over"), Some(audience)).is_some() {
            rules = "over";
        }
        let whole = plan_at(&at(rules), None)?;
        let seen = plan_at(&at(rules), Some(audience))?;
        let known: BTreeSet<String> = indicators(&text)
            .into_iter()
            .chain(["ours".to_owned()])
            .collect();
        let secrets = secret(&seen, &known);
        if secrets.is_empty() {
            return None;
        }
        let panel = generate::panel(&whole, 24, &cells);
        let columns = columns_of(&whole);
        let is_secret = |one: &Column| secrets.contains(&one.indicator);
        let joined = chance.once_in(2) || columns.iter().all(is_secret);
        let (apart, own): (Vec<Column>, Vec<Column>) = columns
            .iter()
            .cloned()
            .partition(|one| !joined && is_secret(one));
        let how = chance.below(3);
        let otherwise = Otherwise {
            secrets: &secrets,
            how,
        };
        let mut files = [rules_files.clone(), rules_files];
        let mut read = Vec::new();
        for (world, files) in files.iter_mut().enumerate() {
            let other = (world == 1).then_some(&otherwise);
            let own_text = table(&whole, &panel, &own, usize::MAX, other);
            files.insert("long.csv".to_owned(), shapes::long(&own_text).into_bytes());
            files.insert("wide.csv".to_owned(), shapes::wide(&own_text).into_bytes());
            read = shapes::columns(&own_text);
            files.insert("own.csv".to_owned(), own_text.into_bytes());
            if !apart.is_empty() {
                let text = table(&whole, &panel, &apart, usize::MAX, other);
                let text = if world == 1 && chance.once_in(2) {
                    spoilt(&text, &mut chance)
                } else {
                    text.into_bytes()
                };
                files.insert("apart.csv".to_owned(), text);
            }
            // A table in a package that another builds on is locked with its rules, and as open as they.
            let in_cases = other.filter(|_| rules == "base");
            let cases = cases(&whole, &seen, &panel, &columns, in_cases);
            for folder in ["base", "over", "other"] {
                files.insert(format!("{folder}/cases.csv"), cases.clone().into_bytes());
            }
            let folder = tempfile::tempdir().expect("a folder");
            write_files(folder.path(), files);
            lock(folder.path(), files);
        }
        let told = &seen.confidentiality;
        let data = match apart.is_empty() {
            true => vec!["own.csv"],
            false => vec!["own.csv", "apart.csv"],
        };
        Some(Self {
            audience,
            rules,
            data,
            entity: "P000".to_owned(),
            withheld: told.withheld.first().map(|one| one.name.clone()),
            shown: seen.outputs.first().map(|one| one.declaration.clone()),
            secrets: secrets.clone(),
            columns: read,
            files,
        })
    }
}

/// A table of known results: some rows of the data, with what is expected of one result that may be seen
/// and of one that may not.
fn cases(
    whole: &Plan,
    seen: &Plan,
    panel: &Panel,
    columns: &[Column],
    otherwise: Option<&Otherwise<'_>>,
) -> String {
    let text = table(whole, panel, columns, 4, otherwise);
    let is_seen = |name: &str| seen.outputs.iter().any(|output| output.column == name);
    let outputs = || whole.outputs.iter().map(|output| output.column.as_str());
    let shown = outputs().find(|name| is_seen(name) && !name.contains('.'));
    let hidden = outputs().find(|name| !is_seen(name) && !name.contains('.'));
    let hidden_cell = if otherwise.is_some() { "0.25" } else { "" };
    let mut whole = String::new();
    for (at, line) in text.lines().enumerate() {
        whole.push_str(line);
        for (name, cell) in [(shown, ""), (hidden, hidden_cell)] {
            if let Some(name) = name {
                write!(whole, ",{}", if at == 0 { name } else { cell }).expect("text");
            }
        }
        whole.push('\n');
    }
    whole
}

/// Locks what the extending framework builds on, if it can be.
fn lock(folder: &Path, files: &mut Files) {
    let over = folder.join("over");
    if let Ok(lock) = forewarn_compiler::package::lock_text(&over, &DiskFiles) {
        std::fs::write(over.join("forewarn.lock"), &lock).expect("written");
        files.insert("over/forewarn.lock".to_owned(), lock.into_bytes());
    }
}

pub fn write_files(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
}
