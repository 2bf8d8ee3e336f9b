//! `at(x, year: y, month: m)`: periods that values name by their parts.

use crate::place::Place;

fn program(rules: &str, data: &str, line: &str) -> (bool, String, String) {
    let place = Place::empty();
    place.write("r.risk", rules);
    place.write("d.csv", data);
    let ended = place.run(&line.split(' ').collect::<Vec<_>>());
    (ended.code == 0, ended.out, ended.err)
}

/// What `s` is in the last of some periods, by both engines.
#[track_caller]
fn said(kind: &str, call: &str, rows: &[(&str, &str)]) -> String {
    let columns =
        "indicator x : number\nindicator y : number\nindicator p : number\nindicator q : number\n";
    let rules = format!(
        "framework demo \"Demo\" version \"1\"\npanel town by {kind}\n{columns}score s = {call}\n"
    );
    let kind = kind.split(' ').next().unwrap();
    let mut data = format!("town,{kind},x,y,p,q\n");
    for (period, cells) in rows {
        data.push_str(&format!("A,{period},{cells}\n"));
    }
    let mut found = Vec::new();
    for engine in ["native", "interpreter"] {
        let line = format!("run r.risk --data d.csv --to csv --engine {engine}");
        let (well, out, told) = program(&rules, &data, &line);
        assert!(well, "{told}");
        found.push(
            out.lines()
                .last()
                .unwrap()
                .rsplit(',')
                .next()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(found[0], found[1]);
    found.swap_remove(0)
}

#[test]
fn by_month_and_quarter() {
    let months = |cells| [("2023-12", "7,,,"), ("2024-01", "8,,,"), ("2024-02", cells)];
    let call = "at(x, year: y, month: p)";
    assert_eq!(said("month", call, &months("9,2023,12,")), "7");
    assert_eq!(said("month", call, &months("9,2024,1,")), "8");
    assert_eq!(said("month", call, &months("9,2024,2,")), "9");
    // Later than the row's own, before the data, no month, and not known.
    for cells in [
        "9,2024,3,",
        "9,2023,11,",
        "9,2023,13,",
        "9,2024,0,",
        "9,2024,1.5,",
        "9,2024,,",
    ] {
        assert_eq!(said("month", call, &months(cells)), "", "{cells}");
    }
    assert_eq!(
        said("month", "at(x, year: 2024, month: 1)", &months("9,,,")),
        "8"
    );
    let quarters = |cells| [("2023-Q4", "7,,,"), ("2024-Q1", cells)];
    let call = "at(x, year: y, quarter: p)";
    assert_eq!(said("quarter", call, &quarters("9,2023,4,")), "7");
    assert_eq!(said("quarter", call, &quarters("9,2023,5,")), "");
}

#[test]
fn by_week_and_day() {
    // 2020 has 53 weeks, 2021 has 52.
    let weeks = |cells| {
        [
            ("2020-W53", "7,,,"),
            ("2021-W01", "8,,,"),
            ("2021-W02", cells),
        ]
    };
    let call = "at(x, year: y, week: p)";
    assert_eq!(said("week", call, &weeks("9,2020,53,")), "7");
    assert_eq!(said("week", call, &weeks("9,2021,1,")), "8");
    assert_eq!(said("week", call, &weeks("9,2021,53,")), "");
    assert_eq!(said("week", call, &weeks("9,2020,54,")), "");
    let days = |cells| {
        [
            ("2024-02-28", "6,,,"),
            ("2024-02-29", "7,,,"),
            ("2024-03-01", cells),
        ]
    };
    let call = "at(x, year: y, month: p, day: q)";
    assert_eq!(said("day", call, &days("9,2024,2,29")), "7");
    assert_eq!(said("day", call, &days("9,2024,2,28")), "6");
    assert_eq!(said("day", call, &days("9,2024,3,1")), "9");
    assert_eq!(said("day", call, &days("9,2024,2,30")), "");
    assert_eq!(said("day", call, &days("9,2023,2,29")), "");
    let ends = [("2023-12-31", "5,,,"), ("2024-01-01", "9,2023,12,31")];
    assert_eq!(said("day", call, &ends), "5");
}

#[test]
fn what_is_lacking_or_of_another_kind_is_told() {
    let told = |call: &str| {
        let rules = format!(
            "framework demo \"Demo\" version \"1\"\npanel town by month\nindicator x : number\n\
             indicator share : percent\nscore s = {call}\n"
        );
        program(&rules, "", "check r.risk").2
    };
    assert!(told("at(x, 2024)").contains("`at(x, year: 2015, month: 3)`"));
    assert!(told("at(x, year: 2024)").contains("month"));
    assert!(told("at(x, year: 2024, quarter: 1)").contains("FW0110"));
    assert!(told("at(x, year: 2024, month: share)").contains("FW0711"));
}
