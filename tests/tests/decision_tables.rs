//! What decision tables say, row by row: known values, missing ones, and what is left open.

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::{Plan, RowState, Value};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, run};

const HEAD: &str = "\
framework demo \"Demo\" version \"1\"
panel country
scale concern { low < elevated < high < critical }
scale action { none < gather < review < convene }
indicator deaths : number in 0..
indicator momentum : number in 0..1
indicator region : category { west, central, east }
indicator asked : truth
level overall : concern {
  critical when deaths >= 5000,
  high when deaths >= 1000,
  elevated when deaths >= 25,
  low otherwise,
}
signal used = momentum > 0.5 or region is west or asked
";

fn plan(rules: &str) -> Plan {
    let text = format!("{HEAD}{rules}");
    let compilation = compile(
        Path::new("t.risk"),
        &MemoryFiles::of("t.risk", &text),
        &Settings::default(),
    );
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    compilation.plan.unwrap_or_else(|| panic!("{told:#?}"))
}

/// One row: the inputs by name, what is not given is missing. The outputs of the table `t`, as words.
fn says(plan: &Plan, given: &[(&str, f64)]) -> String {
    let columns = plan.inputs.iter().map(|input| {
        let found = given.iter().find(|(name, _)| *name == input.name);
        vec![found.map_or(f64::NAN, |(_, x)| *x)]
    });
    let panel = Panel {
        entities: vec!["A".to_owned()],
        entity_of: vec![0],
        columns: columns.collect(),
        ..Panel::default()
    };
    let cells = |engine| {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        let results = run(plan, &panel, &options).expect("a run");
        let all = results
            .columns
            .iter()
            .map(|column| column.values[0].to_bits());
        let values = results.columns.iter().map(|column| column.values[0]);
        (all.collect::<Vec<u64>>(), values.collect::<Vec<f64>>())
    };
    let (bits, values) = cells(Engine::Interpreter);
    assert_eq!(bits, cells(Engine::Native).0, "both engines");
    let column = |name: &str| {
        let at = plan.outputs.iter().position(|output| output.column == name);
        at.map(|at| values[at])
    };
    let declaration = plan.declarations.iter().find(|one| one.name == "t");
    let word = |x: f64| match declaration.map(|one| &one.value) {
        Some(Value::Level { names, .. } | Value::Category { names, .. }) if !x.is_nan() => {
            names[x as usize].clone()
        }
        Some(Value::Truth { .. }) if !x.is_nan() => ["no", "yes"][x as usize].to_owned(),
        _ if x.is_nan() => "-".to_owned(),
        _ => x.to_string(),
    };
    let exact = word(column("t").expect("a table"));
    match (column("t.at_least"), column("t.at_most")) {
        (Some(low), Some(high)) if low.to_bits() != high.to_bits() => {
            assert_eq!(exact, "-");
            format!("{}..{}", word(low), word(high))
        }
        _ => exact,
    }
}

const RESPONSE: &str = "
table t : action by overall, momentum {
  critical, any then convene,
  >= high, 0.5.. then convene,
  elevated..high, missing then gather,
  elevated..high, any then review,
  otherwise then none,
}";

#[test]
fn the_first_row_that_holds_decides() {
    let plan = plan(RESPONSE);
    let cases = [
        (6000.0, 0.1, "convene"),
        (2000.0, 0.5, "convene"),
        (2000.0, 0.49, "review"),
        (30.0, 0.9, "review"),
        (3.0, 0.9, "none"),
    ];
    for (deaths, momentum, expected) in cases {
        let found = says(&plan, &[("deaths", deaths), ("momentum", momentum)]);
        assert_eq!(found, expected, "{deaths} {momentum}");
    }
}

#[test]
fn a_row_that_names_missing_speaks_for_what_is_missing() {
    let plan = plan(RESPONSE);
    // The row above asks for a value of what is missing, and gives way.
    assert_eq!(says(&plan, &[("deaths", 2000.0)]), "gather");
    assert_eq!(says(&plan, &[("deaths", 30.0)]), "gather");
    assert_eq!(says(&plan, &[("deaths", 9000.0)]), "convene");
    // No row names an undetermined level: all that is possible stands.
    assert_eq!(says(&plan, &[("momentum", 0.7)]), "none..convene");
}

#[test]
fn without_such_a_row_the_table_lies_between_what_is_possible() {
    let plan = plan(
        "
table t : action by overall, momentum {
  >= high, 0.5.. then convene,
  >= high, any then review,
  otherwise then none,
}",
    );
    assert_eq!(says(&plan, &[("deaths", 2000.0)]), "review..convene");
    assert_eq!(says(&plan, &[("deaths", 3.0)]), "none");
}

#[test]
fn an_undetermined_level_is_compared_by_its_bounds() {
    let rules = "
indicator known : number in 0..1
level shown : concern {
  critical when known >= 0.9 and deaths >= 5,
  high when known >= 0.9,
  elevated when known >= 0.5,
  low otherwise,
}
table t : action by shown {
  {high, critical} then convene,
  elevated then review,
  missing then gather,
  low then none,
}";
    let plan = plan(rules);
    // Between high and critical is certainly one of the two.
    assert_eq!(says(&plan, &[("known", 0.95)]), "convene");
    assert_eq!(says(&plan, &[("known", 0.6)]), "review");
    assert_eq!(says(&plan, &[("known", 0.1)]), "none");
    // Anything: `missing` speaks for it, and the rows above give way.
    assert_eq!(says(&plan, &[]), "gather");
}

#[test]
fn numbers_truths_and_categories_are_missing_unless_all_that_is_possible_agrees() {
    let columns = "by overall, region, asked {";
    let number = plan(&format!(
        "table t : number in 0..9 {columns}
           high.., west, any then 3,
           high.., any, yes then 4,
           high.., any, any then 3,
           any, any, any then 0,
         }}"
    ));
    let high = ("deaths", 2000.0);
    assert_eq!(says(&number, &[high, ("asked", 0.0)]), "3");
    assert_eq!(says(&number, &[high, ("asked", 1.0)]), "-");
    assert_eq!(says(&number, &[high, ("region", 0.0)]), "3");
    let truth = plan(&format!(
        "table t : truth {columns}
           >= high, {{west, east}}, any then yes,
           >= high, central, yes then yes,
           >= high, central, no then no,
           any, missing, unknown then no,
           otherwise then yes,
         }}"
    ));
    assert_eq!(says(&truth, &[high, ("asked", 1.0)]), "yes");
    assert_eq!(says(&truth, &[high, ("asked", 0.0)]), "-");
    assert_eq!(says(&truth, &[high]), "no");
    assert_eq!(says(&truth, &[high, ("region", 1.0)]), "-");
    let code = plan(&format!(
        "table t : category {{ dakar, nairobi }} {columns}
           any, {{west, central}}, any then dakar,
           any, east, any then nairobi,
           any, missing, any then nairobi,
         }}"
    ));
    assert_eq!(says(&code, &[("region", 2.0)]), "nairobi");
    assert_eq!(says(&code, &[("region", 1.0)]), "dakar");
    assert_eq!(says(&code, &[]), "nairobi");
}

#[test]
fn thresholds_may_be_params_that_change_with_the_period() {
    let text = HEAD.replace("panel country", "panel country by year");
    let rules = "param war = 1000 until 2010, = 500 from 2011
table t : action by deaths {
  missing then gather,
  >= war then convene,
  >= 25 then review,
  otherwise then none,
}";
    let text = format!("{text}{rules}");
    let compilation = compile(
        Path::new("t.risk"),
        &MemoryFiles::of("t.risk", &text),
        &Settings::default(),
    );
    assert!(compilation.plan.is_some(), "{:?}", compilation.reports);
}

/// The first title that is told of the rules.
fn told(rules: &str) -> String {
    let text = format!("{HEAD}{rules}");
    let compilation = compile(
        Path::new("t.risk"),
        &MemoryFiles::of("t.risk", &text),
        &Settings::default(),
    );
    let all: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    all.join("\n")
}

#[test]
fn gaps_are_named() {
    let by =
        |rows: &str, columns: &str| told(&format!("table t : action by {columns} {{ {rows} }}"));
    assert_eq!(
        by("high.. then convene, low then none", "overall"),
        "FW0541 `t` has no row for when `overall` is `elevated`"
    );
    assert_eq!(
        by("missing then gather, 0.5<..0.7 then none", "momentum")
            .split(' ')
            .next(),
        Some("FW0003"),
    );
    assert_eq!(
        by(
            "missing then gather, 0..0.3 then none, 0.5.. then review",
            "momentum"
        ),
        "FW0541 `t` has no row for when `momentum` is 0.4"
    );
    assert_eq!(
        by(
            "missing then gather, 0..<0.3 then none, > 0.3 then review",
            "momentum"
        ),
        "FW0541 `t` has no row for when `momentum` is 0.3"
    );
    // What is rounded has no values in between.
    assert_eq!(
        by(
            "missing then gather, 0..0.3 then none, 0.4.. then review",
            "round(momentum, 1)"
        ),
        ""
    );
    assert_eq!(
        by(
            "0 then none, 1.. then review, missing then gather",
            "count(asked, momentum > 0.5)"
        ),
        ""
    );
    assert_eq!(
        by(
            "high.., 0.5.. then convene, high.., missing then review, ..<high, any then none",
            "overall, momentum"
        ),
        "FW0541 `t` has no row for when `overall` is `high` and `momentum` is 0"
    );
    assert_eq!(
        by("yes then convene, no then none", "asked"),
        "FW0542 no row of `t` decides when `asked` is unknown"
    );
    assert_eq!(
        by("west then convene, {central, east} then none", "region"),
        "FW0542 no row of `t` decides when `region` is missing"
    );
}

#[test]
fn what_a_table_says_is_what_its_rows_that_stand_allow() {
    let plan = plan(RESPONSE);
    let declaration = plan.declarations.iter().find(|one| one.name == "t");
    let table = declaration
        .and_then(|one| one.table.as_ref())
        .expect("a table");
    // `overall` is high, `momentum` missing.
    let answers = |node| {
        let conditions = table.rows.iter().flat_map(|row| &row.cells);
        let known = [
            Some(false), // critical
            Some(true),  // >= high
            None,        // 0.5..
            Some(true),  // elevated..high
            Some(true),  // missing
        ];
        let asked: Vec<_> = conditions.filter_map(|cell| cell.condition).collect();
        let at = asked.iter().position(|one| *one == node).expect("a cell");
        known[at]
    };
    use RowState::{Behind, Fails, GivesWay, Holds};
    assert_eq!(
        table.standings(answers),
        [Fails, GivesWay, Holds, Behind, Behind]
    );
}

#[test]
fn what_stands_twice_is_read_and_told_with_what_has_to_go() {
    let twice = "\
level again : concern {
  high when deaths >= 1000,
  high when deaths >= 1000,
  low otherwise,
}
table t : action by overall {
  >= high then convene,
  elevated then review, >= high then convene,
  any then none,
}
";
    let text = format!("{HEAD}{twice}");
    let files = MemoryFiles::of("t.risk", &text);
    let compilation = compile(Path::new("t.risk"), &files, &Settings::default());
    assert!(compilation.plan.is_some());
    let mut mended = text.clone();
    let causes = compilation.reports.iter();
    let told = causes.filter(|cause| matches!(cause.code().0, "FW0506" | "FW0543"));
    let mut edits: Vec<_> = told
        .flat_map(|cause| cause.describe().help)
        .flat_map(|help| help.edits)
        .collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    assert_eq!(edits.len(), 2);
    for (span, anew) in edits {
        mended.replace_range(span.start as usize..span.end as usize, &anew);
    }
    let once = twice
        .replacen("  high when deaths >= 1000,\n", "", 1)
        .replace(", >= high then convene,", ", ");
    assert_eq!(mended, format!("{HEAD}{once}"));
}
