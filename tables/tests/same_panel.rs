//! However rows are ordered and spread over files, the panel is the same: the one that a plain
//! reading of the definition gives.

use crate::common;

use common::{along, carried, files, number, plan, table};
use forewarn_plan::PeriodKind;
use forewarn_runtime::bind::Bound;
use forewarn_runtime::panel::{Aged, Panel};
use forewarn_tables::{ReadOptions, read_all};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Entity and month, with two values that may be missing.
type Rows = BTreeMap<(u8, i64), [Option<u8>; 2]>;

type Row = ((u8, i64), [Option<u8>; 2]);

const MOST: i64 = 3;

fn rows() -> impl Strategy<Value = Rows> {
    let key = (0_u8..4, 0_i64..20);
    let values = [prop::option::of(any::<u8>()), prop::option::of(any::<u8>())];
    prop::collection::btree_map(key, values, 1..40)
}

fn entity(number: u8) -> String {
    // Not in the order of their numbers.
    ["NER", "MLI", "BFA", "TCD"][usize::from(number)].to_owned()
}

/// By the definition: every month between an entity's first and last; the second value stands for
/// absent ones after it.
fn wanted(rows: &Rows) -> Panel {
    let mut by_name: BTreeMap<String, BTreeMap<i64, [Option<u8>; 2]>> = BTreeMap::new();
    for ((number, month), values) in rows {
        let months = by_name.entry(entity(*number)).or_default();
        months.insert(*month, *values);
    }
    let mut panel = Panel {
        columns: vec![Vec::new(); 2],
        carried: vec![Vec::new(); 2],
        expired: vec![Vec::new(); 2],
        ..Panel::default()
    };
    for (at, (name, months)) in by_name.iter().enumerate() {
        panel.entities.push(name.clone());
        let (first, last) = (months.keys().next().unwrap(), months.keys().last().unwrap());
        for month in *first..=*last {
            let row = panel.periods.len();
            let here = months.get(&month);
            if here.is_none() {
                panel.gaps.push(row);
            }
            panel.entity_of.push(at as u32);
            panel.periods.push(2024 * 12 + month);
            let number = |value: Option<u8>| value.map_or(f64::NAN, f64::from);
            let [a, b] = here.copied().unwrap_or_default();
            panel.columns[0].push(number(a));
            let earlier = (1..=MOST).find_map(|age| Some((age, months.get(&(month - age))?[1]?)));
            if let (None, Some((age, _))) = (b, earlier) {
                let age = u32::try_from(age).expect("it is small");
                panel.carried[1].push(Aged { row, age });
            }
            panel.columns[1].push(number(b.or(earlier.map(|(_, value)| value))));
        }
    }
    panel
}

fn month(number: i64) -> String {
    format!("{}-{:02}", 2024 + number / 12, number % 12 + 1)
}

fn cell(value: Option<u8>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn whole(rows: &[Row]) -> String {
    let mut text = String::from("country,month,a,b\n");
    for ((number, at), [a, b]) in rows {
        let (name, at) = (entity(*number), month(*at));
        text.push_str(&format!("{name},{at},{},{}\n", cell(*a), cell(*b)));
    }
    text
}

/// One of the two values; rows where it is missing are left out of every second file.
fn part(rows: &[Row], which: usize, leave_out: bool) -> String {
    let mut text = String::new();
    for ((number, at), values) in rows {
        let (name, at) = (entity(*number), month(*at));
        let column = ["a", "b"][which];
        match values[which] {
            Some(value) => text.push_str(&format!(
                "{{\"month\":\"{at}\",\"{column}\":{value},\"country\":\"{name}\"}}\n"
            )),
            None if leave_out => {}
            None => text.push_str(&format!(
                "{{\"country\":\"{name}\",\"month\":\"{at}\",\"{column}\":null}}\n"
            )),
        }
    }
    text
}

fn read(contents: &[(&str, &[u8])]) -> Bound {
    let plan = along(plan(
        Some(PeriodKind::Month),
        vec![number("a"), carried("b", MOST as u32)],
    ));
    let given = files(contents);
    match read_all(given.paths(), &plan, &ReadOptions::default()) {
        Ok(bound) => bound,
        Err(reports) => panic!("{}", common::render(&reports)),
    }
}

fn text_of(panel: Panel) -> String {
    let plan = plan(Some(PeriodKind::Month), Vec::new());
    let bound = Bound {
        panel,
        entity_columns: Vec::new(),
        period_column: None,
        summary: Default::default(),
        warnings: Default::default(),
    };
    table(&plan, &bound)
}

proptest! {
    #[test]
    fn order_and_files_do_not_matter(
        rows in rows(),
        (one, two, leave_out) in (any::<u64>(), any::<u64>(), any::<bool>()),
    ) {
        let wanted = text_of(wanted(&rows));
        let mut shuffled: Vec<_> = rows.into_iter().collect();
        let mix = |seed: u64| move |row: &Row| {
            let key = u64::from(row.0.0) * 1000 + row.0.1 as u64;
            (key ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        };
        shuffled.sort_by_key(mix(one));
        let alone = read(&[("whole.csv", whole(&shuffled).as_bytes())]);
        prop_assert_eq!(text_of(alone.panel), wanted.clone());

        // Each key stays in the first file, so that the rows are the same.
        let first = part(&shuffled, 0, false);
        shuffled.sort_by_key(mix(two));
        let second = part(&shuffled, 1, leave_out);
        if !second.is_empty() {
            let joined = read(&[("b.ndjson", second.as_bytes()), ("a.ndjson", first.as_bytes())]);
            prop_assert_eq!(text_of(joined.panel), wanted);
        }
    }
}
