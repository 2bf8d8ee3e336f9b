//! What people see of slips in decision tables, and of how a table decided.

use std::process::Command;

const HEAD: &str = "\
framework demo \"Demo\" version \"1\"
panel country by year
indicator deaths \"Conflict deaths\" : number in 0..
indicator momentum \"Momentum\" : number in 0..1
indicator region : category { west, central, east }
scale concern { low < elevated < high < critical }
scale action { none < gather < review < convene }
level overall : concern {
  critical when deaths >= 5000,
  high when deaths >= 1000,
  elevated when deaths >= 25,
  low otherwise,
}
signal used = momentum > 0.5 or region is west
";

/// What `forewarn` tells of these rules, with the file's own name alone.
fn forewarn(rules: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("t.risk"), format!("{HEAD}{rules}")).unwrap();
    let data = "country,year,deaths,momentum,region\nAVA,2020,2000,,west\nBRU,2020,,0.7,east\n";
    std::fs::write(folder.path().join("t.csv"), data).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(arguments)
        .current_dir(folder.path())
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    format!("{out}{}", String::from_utf8(output.stderr).unwrap())
}

fn told(rules: &str) -> String {
    forewarn(rules, &["check", "--quiet", "t.risk"])
}

#[test]
fn a_gap_is_named() {
    insta::assert_snapshot!(told(
        "table response : action by overall, momentum {\n  >= high, 0.5.. then convene,\n  \
         any, missing then gather,\n  < high, any then none,\n}\n"
    ));
}

#[test]
fn rows_that_never_decide_name_those_that_hide_them() {
    insta::assert_snapshot!(told(
        "table response : action by overall {\n  >= elevated then review,\n  low then none,\n  \
         high then convene,\n  otherwise then gather,\n}\n"
    ));
}

#[test]
fn missing_evidence_wants_a_row() {
    insta::assert_snapshot!(told(
        "table response : action by overall, momentum {\n  >= high, 0.5.. then convene,\n  \
         otherwise then none,\n}\n"
    ));
}

#[test]
fn cells_fit_their_columns() {
    insta::assert_snapshot!(told(
        "table response : action by overall, momentum, region {\n  high then convene,\n  \
         0.5, any, any then review,\n  any, high, any then review,\n  any, any, >= west then review,\n  \
         hihg, any, any then review,\n  otherwise then nothing,\n}\n"
    ));
}

#[test]
fn an_explanation_shows_the_rows() {
    let rules = "table response \"Response\" : action by overall, momentum {\n  \
                 critical, any then convene,\n  >= high, 0.5.. then convene,\n  \
                 elevated..high, missing then gather,\n  elevated..high, any then review,\n  \
                 otherwise then none,\n}\n";
    let explain = |entity| {
        let arguments = [
            "explain", "t.risk", "-d", "t.csv", "--entity", entity, "--period", "2020", "response",
        ];
        forewarn(rules, &arguments)
    };
    insta::assert_snapshot!(format!("{}\n{}", explain("AVA"), explain("BRU")));
}

#[test]
fn coverage_counts_rows() {
    let rules = "table response : action by overall, momentum {\n  >= high, 0.5.. then convene,\n  \
                 high, missing then gather,\n  otherwise then none,\n}\n\
                 test \"a\" { given overall = high  given momentum = 0.7  expect response is convene }\n\
                 test \"b\" { given overall = high  expect response is gather }\n";
    let told = forewarn(rules, &["test", "t.risk", "--coverage", "--quiet"]);
    assert!(
        told.contains("row `otherwise` of `response` never decides"),
        "{told}"
    );
    assert!(
        !told.contains("row `high, missing`") && !told.contains("row `>= high"),
        "{told}"
    );
}
