//! Data that begin in the middle of the world: what part of the data says of an alert is never
//! otherwise than what all of them say, and what an earlier run hands over makes it the same.

use crate::applied;

use forewarn_plan::Plan;
use forewarn_runtime::handover::{States, attach, gather, with_outputs};
use forewarn_runtime::history::History;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, OutputColumn, RunOptions, run};
use std::collections::BTreeMap;

/// Alerts that look back in every way, over two indicators. None takes a part of a window for the
/// whole of it.
const RULES: &str = r#"
framework watch "Watch" version "1"
panel country by month
unit deaths
indicator killed "Killed" : deaths in 0..
indicator fled "Fled" : number in 0..
let lately = sum(killed, over: 3 months)
signal doubled "Doubled" = lately >= 2 * lag(lately, 2 months)
alert plain "Plain" { raise when killed >= 25 deaths }
alert patient "Patient" {
  raise when killed >= 25 deaths for 2 months
  clear when killed < 10 deaths for 3 months
}
alert wide "Wide" {
  raise when doubled and lately >= 40 deaths
  escalate when max(killed, over: 4 months) >= 60 deaths
  clear when lately < 30 deaths for 2 months
  cooldown 4 months unless killed >= 70 deaths
}
alert silent "Silent" {
  raise when fled >= 50
  clear when ever(fled < 5, over: 2 months)
  cooldown 3 months
  on unknown raise
}
alert fading "Fading" {
  raise when growth(killed, over: 2 months) >= 1
  escalate when killed >= 60 deaths for 2 months
  clear when killed < 10 deaths
  on unknown clear
}
alert both "Both" {
  raise when lag(patient, 1 month) is raised and fled >= 20
  clear when wide is quiet for 2 months
}
alert ended "Ended" {
  raise when since(killed >= 60 deaths) <= 2 months
  clear when since(killed >= 60 deaths) >= 5 months
}
"#;

const ALERTS: [&str; 7] = [
    "plain", "patient", "wide", "silent", "fading", "both", "ended",
];

fn plan() -> Plan {
    plan_of(RULES)
}

fn plan_of(rules: &str) -> Plan {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("watch.risk");
    std::fs::write(&path, rules).expect("written");
    applied::plan(&path)
}

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

/// Countries with so many months each, in waves, some months missing.
fn panel(countries: u32, months: i64, seed: u64, missing: u64) -> Panel {
    let mut random = Random(seed);
    let mut panel = Panel {
        entities: (0..countries)
            .map(|country| format!("C{country:03}"))
            .collect(),
        columns: vec![Vec::new(), Vec::new()],
        carried: vec![Vec::new(), Vec::new()],
        history: History::Data(BTreeMap::new()),
        ..Panel::default()
    };
    for country in 0..countries {
        let mut wave = 0;
        for month in 0..months {
            if month % 4 == 0 {
                wave = random.below(4);
            }
            panel.entity_of.push(country);
            panel.periods.push(24_000 + month);
            for column in &mut panel.columns {
                let most = [6, 20, 40, 90][wave as usize];
                let value = random.below(most) as f64;
                let gone = missing > 0 && random.below(missing) == 0;
                column.push(if gone { f64::NAN } else { value });
            }
        }
    }
    panel
}

/// The panel's months from one on, until another.
fn part(panel: &Panel, from: i64, until: i64) -> Panel {
    let months = panel.periods.iter().enumerate();
    let kept = |period: &i64| (24_000 + from..24_000 + until).contains(period);
    let rows: Vec<usize> = months
        .filter(|(_, period)| kept(period))
        .map(|(row, _)| row)
        .collect();
    let pick = |column: &Vec<f64>| rows.iter().map(|row| column[*row]).collect();
    Panel {
        entity_of: rows.iter().map(|row| panel.entity_of[*row]).collect(),
        periods: rows.iter().map(|row| panel.periods[*row]).collect(),
        columns: panel.columns.iter().map(pick).collect(),
        ..panel.clone()
    }
}

fn results(plan: &Plan, panel: &Panel) -> Vec<OutputColumn> {
    let by = |engine| {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        run(plan, panel, &options).expect("it runs").columns
    };
    let native = by(Engine::Native);
    for (one, other) in native.iter().zip(&by(Engine::Interpreter)) {
        assert_eq!(
            bits(&one.values),
            bits(&other.values),
            "{}",
            plan.outputs[one.output].column
        );
    }
    native
}

fn bits(values: &[f64]) -> Vec<u64> {
    let bits = |x: &f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
    values.iter().map(bits).collect()
}

fn column<'r>(plan: &Plan, results: &'r [OutputColumn], name: &str) -> &'r [f64] {
    let at = plan.outputs.iter().position(|output| output.column == name);
    let at = at.unwrap_or_else(|| panic!("{name} is published"));
    &results[at].values
}

/// By country and month.
fn by_key(panel: &Panel, values: &[f64]) -> BTreeMap<(u32, i64), f64> {
    let keys = panel
        .entity_of
        .iter()
        .copied()
        .zip(panel.periods.iter().copied());
    keys.zip(values.iter().copied()).collect()
}

/// What is out for certain has been told before, or is told there, whatever tier it stands at.
#[test]
fn nothing_stands_that_no_event_has_told() {
    let plan = plan();
    let mut open = 0;
    for seed in 0..8 {
        let all = panel(40, 30, seed, 9);
        for from in [1, 6, 14] {
            let cut = part(&all, from, 30);
            let found = results(&plan, &cut);
            for name in ALERTS {
                let least = format!("{name}.at_least");
                let has_tiers = plan.outputs.iter().any(|output| output.column == least);
                let least = column(&plan, &found, if has_tiers { &least } else { name });
                let event = column(&plan, &found, &format!("{name}.event"));
                let state = column(&plan, &found, name);
                let mut told = BTreeMap::new();
                for (row, entity) in cut.entity_of.iter().enumerate() {
                    let told = told.entry(entity).or_insert(false);
                    match event[row] as i64 {
                        _ if event[row].is_nan() => {}
                        // Cleared, or kept back.
                        2 => *told = false,
                        3 => {}
                        _ => *told = true,
                    }
                    assert!(
                        *told || least[row] < 1.0 || least[row].is_nan(),
                        "{name} row {row} seed {seed}"
                    );
                    open += usize::from(least[row] >= 1.0 && state[row].is_nan());
                }
            }
        }
    }
    assert!(open > 20, "{open}");
}

#[test]
fn what_part_of_the_data_says_is_what_all_of_them_say() {
    let plan = plan();
    let mut known = BTreeMap::new();
    let mut open = 0;
    for seed in 0..12 {
        let all = panel(40, 30, seed, 0);
        let whole = results(&plan, &all);
        for from in [1, 5, 9, 16] {
            let cut = part(&all, from, 30);
            let later = results(&plan, &cut);
            for name in ALERTS {
                let before = by_key(&all, column(&plan, &whole, name));
                for (key, state) in by_key(&cut, column(&plan, &later, name)) {
                    if state.is_nan() {
                        open += 1;
                        continue;
                    }
                    assert_eq!(
                        before[&key], state,
                        "{name} {key:?} from {from} seed {seed}"
                    );
                    *known.entry((name, state as i64)).or_insert(0) += 1;
                }
            }
        }
    }
    // Each alert is found quiet and raised, many times.
    for name in ALERTS {
        for state in [0, 1] {
            let times = known.get(&(name, state)).copied().unwrap_or(0);
            assert!(times > 50, "{name} {state}: {times}");
        }
    }
    assert!(open > 1_000, "{open}");
}

/// Alerts that look at everything that ever was.
const EVERYTHING: &str = r#"
framework watch "Watch" version "1"
panel country by month
unit deaths
indicator killed "Killed" : deaths in 0..
indicator fled "Fled" : number in 0..
alert aftermath "Aftermath" { raise when since(fled >= 75) <= 3 months clear when killed < 5 deaths }
alert tally "Tally" { raise when sum(killed, since: fled >= 75, require: 1 month) >= 100 deaths clear when killed < 5 deaths }
alert named "Named" { raise when at(killed, when: fled >= 75) >= 30 deaths clear when killed < 5 deaths }
alert newest "Newest" { raise when last(killed) >= 30 deaths clear when fled < 5 }
alert once "Once" { raise when ever(killed >= 85 deaths) clear when fled < 5 }
alert worst "Worst" { raise when record_high(killed) clear when killed < 10 deaths }
alert calm "Calm" { raise when sustained(killed < 80 deaths, for: all) }
alert most "Most" { raise when max(killed, over: all, require: 1 month) >= 80 deaths clear when fled < 3 }
alert few "Few" { raise when count(killed >= 40 deaths, over: all) >= 2 clear when fled < 3 }
alert total "Total" { raise when sum(killed, over: all, require: 1 month) >= 100 deaths clear when fled < 3 }
alert grown "Grown" { raise when growth(killed, over: all) >= 2 clear when killed < 5 deaths }
notice never "Never" when max(killed, over: all, require: 1 month) < 80 deaths
"#;

#[test]
fn what_looks_at_everything_that_ever_was_is_decided_by_the_data_or_open() {
    let plan = plan_of(EVERYTHING);
    let names: Vec<String> = plan.alerts.iter().map(|alert| alert.name.clone()).collect();
    let mut found: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (seed, missing) in (0..8).flat_map(|seed| [(seed, 0), (seed, 9)]) {
        // All of them are a world of their own.
        let mut all = panel(30, 30, seed, missing);
        all.history = History::World;
        let whole = results(&plan, &all);
        for from in [1, 5, 12] {
            let mut cut = part(&all, from, 30);
            cut.history = History::Data(BTreeMap::new());
            let later = results(&plan, &cut);
            for name in &names {
                let before = by_key(&all, column(&plan, &whole, name));
                for (key, state) in by_key(&cut, column(&plan, &later, name)) {
                    let found = found.entry(name).or_default();
                    if state.is_nan() {
                        found[2] += 1;
                        continue;
                    }
                    let told = format!("{name} {key:?} from {from} seed {seed} {missing}");
                    assert_eq!(before[&key], state, "{told}");
                    found[state as usize] += 1;
                }
            }
        }
    }
    for (name, [quiet, raised, open]) in found {
        // That something never was, and that all of it was so, no data can say that begin in the middle.
        let can_stand = !["worst", "calm", "never", "grown"].contains(&name);
        let can_be_quiet = !["once", "most", "few", "total", "grown"].contains(&name);
        assert!(open > 50, "{name}: {open} open");
        assert_eq!(quiet > 0, can_be_quiet, "{name}: {quiet} quiet");
        assert_eq!(raised > 0, can_stand, "{name}: {raised} raised");
    }
}

#[test]
fn cells_that_later_data_lack_are_those_of_the_earlier_run() {
    let rules = r#"
framework watch "Watch" version "1"
panel country by month
indicator killed "Killed" : number in 0..
indicator fled "Fled" : number in 0..
score lately = sum(killed, over: 2 months)
score other = fled
score worn = 0.5 * lag(worn, 1 month, first: 0) + killed
alert warn "Warn" { raise when killed >= 50 for 2 months clear when killed < 50 }
"#;
    let plan = plan_of(rules);
    let extended = with_outputs(&plan);
    let of = |killed: [f64; 2]| Panel {
        entities: vec!["AVA".to_owned()],
        entity_of: vec![0, 0],
        periods: vec![24_000, 24_001],
        columns: vec![killed.to_vec(), vec![5.0, 6.0]],
        carried: vec![Vec::new(), Vec::new()],
        ..Panel::default()
    };
    let columns = |panel: &Panel, name: &str| column(&plan, &results(&plan, panel), name).to_vec();
    let states = |panel: &Panel| {
        let all = results(&extended, panel);
        gather(&plan, panel, &all[plan.outputs.len()..], None, &[])
    };
    let earlier = states(&part(&of([60.0, 70.0]), 0, 1));
    let says = |killed: [f64; 2]| {
        let mut later = of(killed);
        later.history = attach(&earlier, &plan, &later).0;
        let last = |name| columns(&later, name)[1];
        [last("lately"), last("worn"), last("warn")]
    };
    // The month before is lacking; or it was revised.
    assert_eq!(says([f64::NAN, 70.0]), [130.0, 100.0, 1.0]);
    assert_eq!(says([20.0, 70.0]), [90.0, 80.0, 0.0]);
}

#[test]
fn what_is_handed_over_makes_later_data_say_what_all_of_them_say() {
    let plan = plan();
    let extended = with_outputs(&plan);
    let own = plan.outputs.len();
    let handed = |panel: &Panel, given: Option<&States>| {
        let all = results(&extended, panel);
        gather(&plan, panel, &all[own..], given, &[])
    };
    for (seed, missing) in (0..10).flat_map(|seed| [(seed, 0), (seed, 7)]) {
        let all = panel(25, 30, seed, missing);
        let whole = results(&plan, &all);
        // Three runs, one after the other; the last also reads months of the one before again.
        let first = handed(&part(&all, 0, 11), None);
        let mut second = part(&all, 11, 14);
        let (history, told) = attach(&first, &plan, &second);
        assert_eq!(
            (told.taken, told.alerts.len(), told.apart.len()),
            (25, 0, 0)
        );
        second.history = history;
        let second = handed(&second, Some(&first));
        for from in [14, 12] {
            let mut third = part(&all, from, 30);
            third.history = attach(&second, &plan, &third).0;
            let later = results(&plan, &third);
            for output in 0..own {
                let name = &plan.outputs[output].column;
                let before = by_key(&all, &whole[output].values);
                for (key, value) in by_key(&third, &later[output].values) {
                    let is_new = key.1 >= 24_014;
                    let same = bits(&[before[&key]]) == bits(&[value]);
                    let told = || format!("{name} {key:?} from {from} seed {seed} {missing}");
                    assert!(!is_new || same, "{}: {} {value}", told(), before[&key]);
                }
            }
        }
    }
}

#[test]
fn what_does_not_follow_is_not_taken_over() {
    let plan = plan();
    let extended = with_outputs(&plan);
    let all = panel(3, 12, 1, 0);
    let early = part(&all, 0, 5);
    let columns = results(&extended, &early);
    let states = gather(&plan, &early, &columns[plan.outputs.len()..], None, &[]);
    // A month lies between; or everything has been seen.
    for (from, until) in [(6, 12), (2, 5)] {
        let told = attach(&states, &plan, &part(&all, from, until)).1;
        assert_eq!(
            (told.taken, told.apart.len() + told.over.len()),
            (0, 3),
            "{from}"
        );
    }
    let mut other = part(&all, 5, 12);
    other.entities[1] = "New".to_owned();
    let told = attach(&states, &plan, &other).1;
    assert_eq!((told.taken, told.new), (2, vec!["New".to_owned()]));
    // Other rules are told: with another threshold the alert goes on from where it stood.
    let changed = plan_of(&RULES.replace("lately >= 40 deaths", "lately >= 41 deaths"));
    let told = attach(&states, &changed, &part(&all, 5, 12)).1;
    assert_eq!((told.taken, told.changed), (3, vec!["wide".to_owned()]));
    assert_eq!((told.short.len(), told.alerts.len()), (0, 0));
    let changed = plan_of(&RULES.replace("over: 4 months", "over: 5 months"));
    let told = attach(&states, &changed, &part(&all, 5, 12)).1;
    assert_eq!(
        (told.changed, told.short),
        (vec!["wide".to_owned()], vec!["wide".to_owned()])
    );
    let changed = plan_of(&RULES.replace("cooldown 3 months", "cooldown 2 months"));
    assert_eq!(
        attach(&states, &changed, &part(&all, 5, 12)).1.alerts,
        ["silent"]
    );
}

/// Results that look back in every way, beside an alert.
const RESULTS: &str = r#"
framework watch "Watch" version "1"
panel country by month
unit deaths
scale c { low < high }
indicator killed "Killed" : deaths in 0..
indicator fled "Fled" : number in 0..
signal much = fled >= 10
let lately = sum(killed, over: 3 months, require: 1 month)
score total = sum(killed, over: all, require: 1 month)
score windows = mean(killed, over: 4 months, require: 2 months) + min(killed, over: 3 months) + max(killed, over: 5 months, require: 1 month)
score spread = stddev(fled, over: 6 months, require: 3 months)
score middle = median(fled, over: 5 months, require: 2 months)
score slope = trend(fled, over: 6 months, require: 3 months) * (1 month)
score counted = count(fled, over: 4 months) + count(fled, over: all)
score before = lag(killed, 2 months)
score stated = lag(fled, 3 months, first: 7, gap: last)
score moved = change(fled, over: 2 months)
score grown = growth(fled + 1, over: 3 months)
score usual = baseline(fled, over: 5 months, require: 2 months)
score newest = last(fled, over: 4 months) + previous(fled)
score age = since(fled > 30) / (1 month)
score named = at(fled, when: fled > 30)
score event = sum(fled, since: much, require: 1 month)
score events = max(killed, since: much) / (1 deaths) + change(fled, since: fled > 30) + last(fled, since: much)
score shape = median(fled, since: much, require: 1 month) + stddev(fled, since: fled > 20)
score fading = min(0.5 * lag(fading, 1 month, first: 1) + (if much then 1 else 0.25), 9)
score held = clamp(lag(held, 2 months, first: 1, gap: last) + fled - 5, 0, 9)
signal latched = fled >= 80 or (lag(latched, 1 month, first: no) and not (killed >= 40 deaths))
signal kept = sustained(fled >= 5, for: 3 months) or sustained(much, since: fled > 40)
signal once = ever(killed >= 80 deaths) or ever(fled >= 50, over: 4 months)
signal record = record_high(fled, over: 6 months, require: 2 months)
signal lowest = record_low(fled, since: much)
signal over = crosses(fled, above: 15)
score nested = mean(lately, over: 3 months) / (1 deaths) + lag(stated, 2 months)
score placed = lag(rank(fled), 1 month) + mean(zscore(fled), over: 3 months, require: 1 month)
level l : c { high when lately >= 60 deaths, low otherwise }
level worst : c { high when max(l, over: 4 months) >= high, low otherwise }
alert warn "Warn" { raise when killed >= 25 deaths for 2 months }
signal warned = warn is raised or lag(warn, 1 month) is raised
"#;

#[test]
fn single_months_that_hand_over_say_what_one_run_says() {
    let plan = plan_of(RESULTS);
    let extended = with_outputs(&plan);
    let own = plan.outputs.len();
    for (seed, missing) in [(1, 0), (2, 5), (3, 3)] {
        let all = panel(6, 14, seed, missing);
        let whole = results(&plan, &all);
        let mut given: Option<States> = None;
        for month in 0..14 {
            let mut now = part(&all, month, month + 1);
            if let Some(states) = &given {
                let (history, told) = attach(states, &plan, &now);
                assert_eq!(
                    (told.taken, told.results.len(), told.alerts.len()),
                    (6, 0, 0)
                );
                now.history = history;
            }
            let columns = results(&extended, &now);
            for output in 0..own {
                let name = &plan.outputs[output].column;
                let before = by_key(&all, &whole[output].values);
                for (key, value) in by_key(&now, &columns[output].values) {
                    let (one, other) = (before[&key], value);
                    let told = format!("{name} {key:?} seed {seed} {missing}: {one} {other}");
                    assert_eq!(bits(&[one]), bits(&[other]), "{told}");
                }
            }
            given = Some(gather(&plan, &now, &columns[own..], given.as_ref(), &[]));
        }
    }
}

#[test]
fn what_results_look_back_on_and_was_not_handed_over_is_told() {
    let plan = plan_of(RESULTS);
    let extended = with_outputs(&plan);
    let all = panel(3, 12, 1, 0);
    let early = part(&all, 0, 5);
    let columns = results(&extended, &early);
    let states = gather(&plan, &early, &columns[plan.outputs.len()..], None, &[]);
    let changed = plan_of(&RESULTS.replace(
        "change(fled, over: 2 months)",
        "change(fled, over: 3 months)",
    ));
    let told = attach(&states, &changed, &part(&all, 5, 12)).1;
    assert_eq!(told.results, ["moved"]);
    assert!(told.alerts.is_empty());
}
