//! Runs month after month, each with the state of the one before: what they publish is what one run over all data so
//! far says, whoever has no row in a month, comes later, or is never seen again, and where months are missing for all.
//!
//! Rules are drawn from declarations that look back in every way the language has; data are drawn, too.

use crate::applied;

use forewarn_plan::Plan;
use forewarn_runtime::bind::{Bound, Earlier};
use forewarn_runtime::handover::{NotTaken, States, attach, gather, with_outputs};
use forewarn_runtime::history::History;
use forewarn_runtime::run::{Engine, OutputColumn, RunOptions, run};
use forewarn_tables::{ReadOptions, read_all};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tempfile::TempDir;

const HEAD: &str = r#"
framework chain "Chain" version "1"
panel area, kind by month
indicator raids "Raids" : number in 0..100
indicator phase "Phase" : number in 1..5 carry forward at most 3 months
indicator seen "Seen" : assessment expires after 4 months
indicator tense "Tense" : truth
scale c { low < mid < high }
indicator mood "Mood" : c
indicator ops "Operation" : truth
indicator aid "Aid" : number in 0..100 applies when ops
indicator said "Said" : assessment verification column "sv" carry forward at most 2 months
param limit "Limit" = 40 until "2031-05", = 55 from "2031-06"
  cite "invented"
"#;

/// What is declared, and what else has to be with it.
const POOL: &[(&str, &[&str])] = &[
    (
        r#"score s1 = sum(raids, over: 4 months, require: 1 month)"#,
        &[],
    ),
    (r#"score s2 = max(raids, over: all, require: 1 month)"#, &[]),
    (
        r#"score s3 = median(phase, over: 5 months, require: 2 months)"#,
        &[],
    ),
    (
        r#"score s4 = 0.5 * lag(s4, 1 month, first: 1, gap: last) + phase"#,
        &[],
    ),
    (
        r#"score s5 = 0.25 * lag(s6, 1 month, first: 2, gap: first) + 1"#,
        &["s6"],
    ),
    (
        r#"score s6 = lag(s5, 2 months, first: 3, gap: last) + (if tense then 1 else 0)"#,
        &["s5"],
    ),
    (r#"score s7 = since(tense) / (1 month)"#, &[]),
    (
        r#"score s8 = sum(raids, since: tense, require: 1 month)"#,
        &[],
    ),
    (r#"score s9 = at(raids, when: tense)"#, &[]),
    (r#"score s10 = previous(raids) + last(phase)"#, &[]),
    (
        r#"score s11 = trend(raids, over: 6 months, require: 2 months) * (1 month)"#,
        &[],
    ),
    (
        r#"score s12 = lag(phase, 2 months, first: 7, gap: last)"#,
        &[],
    ),
    (
        r#"score s13 = lag(raids, 3 months, first: 8, gap: first)"#,
        &[],
    ),
    (
        r#"score s14 = baseline(raids, over: 5 months, require: 1 month)"#,
        &[],
    ),
    (r#"score s15 = lag(mean(raids, among: all), 1 month)"#, &[]),
    (
        r#"score s16 = max(zscore(raids), over: 3 months, require: 1 month)"#,
        &[],
    ),
    (r#"signal g1 = ever(raids >= limit)"#, &[]),
    (r#"signal g2 = sustained(raids >= 20, for: 3 months)"#, &[]),
    (
        r#"signal g3 = record_high(raids, over: all, require: 1 month)"#,
        &[],
    ),
    (r#"signal g4 = crosses(raids, above: 50)"#, &[]),
    (
        r#"signal g5 = tense or (lag(g5, 1 month, first: no) and not (raids < 10))"#,
        &[],
    ),
    (
        r#"signal g6 = sustained(seen is present, for: 2 months)"#,
        &[],
    ),
    (
        r#"level l1 : c { high when raids >= limit, mid when phase >= 3, low otherwise }"#,
        &[],
    ),
    (
        r#"level l2 : c { high when max(l1, over: 3 months) >= high, mid when max(l1, over: all) >= mid, low otherwise }"#,
        &["l1"],
    ),
    (r#"signal g7 = max(mood, over: 4 months) >= high"#, &[]),
    (
        r#"alert a1 "A1" { raise when raids >= limit clear when raids < 10 for 2 months cooldown 3 months }"#,
        &[],
    ),
    (
        r#"alert a2 "A2" {
  raise when s1 >= 60
  escalate when s1 >= 120 for 2 months
  clear when s1 < 30
  lower when s1 < 90
  cooldown 4 months until clear unless raids >= 90
  on unknown raise
}"#,
        &["s1"],
    ),
    (
        r#"alert a3 "A3" { raise when seen is present or phase >= 4 for 2 months clear when phase < 3 on unknown clear }"#,
        &[],
    ),
    (
        r#"alert a4 "A4" { raise when lag(a1, 1 month) is raised and phase >= 2 clear when a2 is quiet for 2 months }"#,
        &["a1", "a2"],
    ),
    (r#"notice n1 "N1" when raids is missing for 2 months"#, &[]),
    (
        r#"notice n2 "N2" when tense for 2 months on unknown end"#,
        &[],
    ),
    (r#"score h1 = max(raids, within: a1) hindsight"#, &["a1"]),
    (
        r#"score h2 = median(raids, within: tense, require: 1 month) hindsight"#,
        &[],
    ),
    (r#"score h3 = count(raids, within: a3) hindsight"#, &["a3"]),
    (r#"score h4 = change(phase, within: a1) hindsight"#, &["a1"]),
    (r#"signal h5 = ever(tense, within: a2) hindsight"#, &["a2"]),
    (
        r#"score v1 = sum(aid, over: 3 months, require: 1 month)"#,
        &[],
    ),
    (
        r#"signal v2 = said.verified or lag(v2, 1 month, first: no)"#,
        &[],
    ),
    (r#"signal v3 = ever(said is present)"#, &[]),
    (
        r#"level v4 : c { high when v3, mid when raids >= limit, low otherwise }"#,
        &["v3"],
    ),
    (
        r#"signal v5 = lag(verified(v4), 1 month) >= mid"#,
        &["v4", "v3"],
    ),
    (
        r#"alert a5 "A5" { raise when (said is present and said.verified) for 2 months clear when said is absent cooldown 5 months }"#,
        &[],
    ),
    (r#"score v6 = since(said.verified) / (1 month)"#, &[]),
    (
        r#"score v7 = median(aid, since: ops, require: 1 month)"#,
        &[],
    ),
];

/// So that nothing stands idle in the head.
const ALWAYS: [&str; 9] = ["s1", "s7", "s12", "g1", "g6", "g7", "v1", "v2", "v7"];

struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Some of the pool, with what it needs, in the order of the pool.
fn rules(random: &mut Random) -> String {
    let name = |text: &str| text.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut wanted: Vec<String> = Vec::new();
    let mut drawn =
        |at: &usize| ALWAYS.contains(&name(POOL[*at].0).as_str()) || random.below(4) == 0;
    let mut open: Vec<usize> = (0..POOL.len()).filter(|at| drawn(at)).collect();
    while let Some(at) = open.pop() {
        let (text, needs) = POOL[at];
        if !wanted.contains(&name(text)) {
            wanted.push(name(text));
            let place = |need: &&str| POOL.iter().position(|(text, _)| name(text) == **need);
            open.extend(needs.iter().filter_map(place));
        }
    }
    let mut rules = HEAD.to_owned();
    for (text, _) in POOL.iter().filter(|(text, _)| wanted.contains(&name(text))) {
        let _ = writeln!(rules, "{text}");
    }
    rules
}

/// The number of the first month.
const FIRST: i64 = 2031 * 12;

const COLUMNS: &str = "area,kind,month,raids,phase,seen,tense,mood,ops,aid,said,sv\n";

/// The rows of each month; months in which nobody has one are there without rows.
fn months(random: &mut Random, count: usize) -> Vec<String> {
    let entities = ["Avalor,n", "Avalor,s", "Brenn,n", "Corvia,n", "Dorn,s"];
    // When each is there for the first time.
    let first: Vec<u64> = entities
        .iter()
        .map(|_| {
            if random.below(2) == 0 {
                0
            } else {
                random.below(6)
            }
        })
        .collect();
    let mut all = Vec::new();
    for month in 0..count {
        let mut rows = String::new();
        let nobody = month > 0 && random.below(7) == 0;
        for (entity, first) in entities.iter().zip(&first) {
            let there = month as u64 >= *first && random.below(4) > 0;
            let mut cell = |words: &[&str]| {
                let at = random.below(words.len() as u64) as usize;
                words[at].to_owned()
            };
            let raids = cell(&["", "", "0", "3", "8", "15", "25", "45", "60", "95"]);
            let phase = cell(&["", "", "", "1", "2", "3", "4", "5"]);
            let seen = cell(&["", "", "", "absent", "present"]);
            let tense = cell(&["", "", "yes", "no", "no", "no"]);
            let mood = cell(&["", "low", "low", "mid", "high"]);
            let ops = cell(&["", "yes", "yes", "no"]);
            let aid = cell(&["", "1", "20", "55"]);
            let said = cell(&["", "", "present", "absent"]);
            let verified = cell(&["yes", "no", "yes"]);
            if there && !nobody {
                let name = format!("2031-{:02}", month + 1);
                let _ = write!(
                    rows,
                    "{entity},{name},{raids},{phase},{seen},{tense},{mood},"
                );
                let _ = writeln!(rows, "{ops},{aid},{said},{verified}");
            }
        }
        all.push(rows);
    }
    all
}

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn plan(&self, rules: &str) -> Plan {
        let path = self.0.path().join("chain.risk");
        std::fs::write(&path, rules).expect("written");
        applied::plan(&path)
    }

    fn read(&self, plan: &Plan, rows: &str, earlier: Earlier) -> Bound {
        let path = self.0.path().join("data.csv");
        std::fs::write(&path, format!("{COLUMNS}{rows}")).expect("written");
        let options = ReadOptions {
            earlier,
            ..ReadOptions::default()
        };
        read_all(&[path], plan, &options).unwrap_or_else(|reports| {
            let told: Vec<String> = reports.iter().map(|cause| cause.describe().title).collect();
            panic!("{told:#?}\n{rows}")
        })
    }
}

fn results(plan: &Plan, bound: &Bound) -> Vec<OutputColumn> {
    let by = |engine| {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        run(plan, &bound.panel, &options).expect("it runs").columns
    };
    let interpreted = by(Engine::Interpreter);
    for (one, other) in interpreted.iter().zip(&by(Engine::Native)) {
        assert_eq!(bits(&one.values), bits(&other.values));
    }
    interpreted
}

fn bits(values: &[f64]) -> Vec<u64> {
    let bits = |x: &f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
    values.iter().map(bits).collect()
}

type Cells = BTreeMap<(String, i64), u64>;

/// By entity and period, gaps among them.
fn by_key(bound: &Bound, values: &[f64]) -> Cells {
    let panel = &bound.panel;
    let keys = panel.entity_of.iter().zip(&panel.periods);
    let keys = keys.map(|(entity, period)| (panel.entities[*entity as usize].clone(), *period));
    keys.zip(bits(values)).collect()
}

/// What an earlier run hands over to whoever reads.
fn earlier(states: Option<&States>) -> Earlier {
    let entities = || states.iter().flat_map(|states| &states.entities);
    Earlier {
        observed: entities()
            .flat_map(|(_, state)| state.observed.clone())
            .collect(),
        last: entities()
            .map(|(name, state)| (name.clone(), state.last))
            .collect(),
        file: String::new(),
    }
}

/// A run: how many months of the one before it reads again, and the month behind its last.
type Step = (usize, usize);

/// Run by run against one run; what was told.
fn chain(
    place: &Place,
    plan: &Plan,
    months: &[String],
    nothing: bool,
    steps: &[Step],
) -> Vec<NotTaken> {
    let extended = with_outputs(plan);
    let own = plan.outputs.len();
    let mut given: Option<States> = None;
    let mut said = Vec::new();
    let mut start = 0_usize;
    for (again, end) in steps {
        let new = FIRST + start as i64;
        let rows = months[start.saturating_sub(*again)..*end].concat();
        let is_empty = months[start..*end].iter().all(String::is_empty);
        start = *end;
        if is_empty {
            continue;
        }
        let mut now = place.read(plan, &rows, earlier(given.as_ref()));
        match &given {
            Some(states) => {
                let (history, told) = attach(states, plan, &now.panel);
                now.panel.history = history;
                said.push(told);
            }
            None if nothing => now.panel.history = History::World,
            None => {}
        }
        let columns = results(&extended, &now);
        let mut whole = place.read(plan, &months[..*end].concat(), Earlier::default());
        if nothing {
            whole.panel.history = History::World;
        }
        let all = results(plan, &whole);
        for output in 0..own {
            let name = &plan.outputs[output].column;
            let before = by_key(&whole, &all[output].values);
            let after = by_key(&now, &columns[output].values);
            // Of months that both have it says what its own data show.
            for (key, value) in after.iter().filter(|((_, period), _)| *period >= new) {
                let at = format!("{name} of {key:?}, in the run that ends with {end}");
                assert_eq!(
                    f64::from_bits(before[key]).to_string(),
                    f64::from_bits(*value).to_string(),
                    "{at}"
                );
                assert_eq!(before[key], *value, "{at}");
            }
        }
        given = Some(gather(
            plan,
            &now.panel,
            &columns[own..],
            given.as_ref(),
            &[],
        ));
    }
    said
}

#[test]
fn months_that_hand_over_say_what_one_run_says() {
    let place = Place::new();
    for seed in 0..14 {
        let mut random = Random(seed);
        let rules = rules(&mut random);
        let plan = place.plan(&rules);
        let months = months(&mut random, 12);
        let steps: Vec<Step> = match seed % 3 {
            0 => (1..=12).map(|end| (0, end)).collect(),
            1 => (1..=12).map(|end| (end % 3, end)).collect(),
            _ => vec![(0, 2), (0, 3), (2, 7), (1, 9), (3, 12)],
        };
        for told in chain(&place, &plan, &months, seed % 2 == 0, &steps) {
            assert_eq!(told.results, Vec::<String>::new(), "{rules}");
            assert_eq!((told.alerts.len(), told.apart.len()), (0, 0), "{rules}");
            assert_eq!((told.changed.len(), told.short.len()), (0, 0), "{rules}");
        }
    }
}

#[test]
fn everything_at_once_in_months_says_what_one_run_says() {
    let place = Place::new();
    let all: Vec<&str> = POOL.iter().map(|(text, _)| *text).collect();
    let plan = place.plan(&format!("{HEAD}{}\n", all.join("\n")));
    for seed in 100..103 {
        let months = months(&mut Random(seed), 12);
        let steps: Vec<Step> = (1..=12).map(|end| (end * seed as usize % 2, end)).collect();
        chain(&place, &plan, &months, seed % 2 == 0, &steps);
    }
}
