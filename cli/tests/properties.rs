//! What people and programs see of properties, by themselves and beside tests.

use std::process::Command;

const RULES: &str = "\
framework demo \"Demo\" version \"1\"
panel country by month
indicator deaths \"Conflict deaths\" : number in 0..
indicator hunger \"Hunger\" : number in 0..1
indicator coup \"A coup\" : truth
scale concern { low < elevated < high }
let before = mean(deaths, over: 3 months)
level overall \"Overall\" : concern {
  high when deaths >= 1000 and not coup,
  elevated when deaths >= 25 or hunger >= 0.3,
  low otherwise,
}
score index = 10 * hunger
signal worse = deaths > 2 * before
property \"more is more\": overall rises with every indicator
property \"hunger counts\": overall rises with hunger
property \"the index keeps its range\": index stays in 0..9
property \"nothing alone\": no single indicator decides overall
property \"lasting\": before rises with deaths
property \"worse rises\": worse rises with deaths
property \"earlier deaths\": worse never falls when before rises
property \"spread\": overall reaches high without any one indicator
test \"war\" { given deaths = 1000  given coup = no  expect overall is high }
";

fn forewarn(rules: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("p.risk"), rules).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(arguments)
        .current_dir(folder.path())
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    format!(
        "{}{}exit {}\n",
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap()
    )
}

#[test]
fn for_people() {
    insta::assert_snapshot!(forewarn(RULES, &["properties", "p.risk"]));
}

#[test]
fn for_programs() {
    let arguments = [
        "properties",
        "p.risk",
        "--format",
        "json",
        "--filter",
        "more|lasting",
    ];
    insta::assert_snapshot!(forewarn(RULES, &arguments));
}

#[test]
fn beside_tests_in_every_format() {
    let formats = ["human", "json", "junit", "github", "short"];
    let told = formats.map(|format| {
        let arguments = [
            "test",
            "p.risk",
            "--format",
            format,
            "--filter",
            "war|range|lasting",
        ];
        forewarn(RULES, &arguments)
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn slips_in_claims() {
    let head = RULES.split("property").next().unwrap();
    let rules = format!(
        "{head}\
         param limit = 3\n\
         indicator region : category {{ west, east }}\n\
         score shown = limit + (if region is west then 1 else 0)\n\
         property \"a\": overall grows with deaths\n\
         property \"b\": overall stays in low..hihg\n\
         property \"c\": shown rises with region\n\
         property \"d\": shown rises with limit\n\
         property \"e\": overal rises with deaths\n\
         property \"f\": overall reaches hihg without any one factor\n\
         property \"g\": index stays\n\
         property \"h\": worse stays in 0..1\n\
         property \"h\": index rises with every member of overall\n\
         property \"i\": no single indicator moves index by more than one level\n"
    );
    insta::assert_snapshot!(forewarn(&rules, &["check", "--quiet", "p.risk"]));
}

#[test]
fn items_and_bounds_are_named_as_elsewhere() {
    let rules = "\
framework demo \"Demo\" version \"1\"
panel country by month
indicator gdp \"GDP\" : number in 0..10 polarity protective
indicator trade \"Trade\" : number in 0..10
indicator coup \"A coup\" : truth
group pillar { gdp, trade }
score pressure = (10 - pillar) / 10
factor unrest { combine mean require 1 known members { pressure, coup decisive 0.8 } }
scale concern { low < high }
level overall : concern { high when unrest >= 0.5, low otherwise }
property \"an item\": pressure.gdp falls with gdp
property \"an item of indicators\": unrest falls with pillar.gdp
property \"an item that moves\": unrest.at_least never falls when pressure.gdp rises
property \"least\": unrest.at_least rises with coup
property \"range\": unrest.at_most stays in 0.2..1
property \"place\": overall.at_least rises with coup
";
    let told = forewarn(rules, &["properties", "p.risk"]);
    for (label, answer) in [
        ("an item", "✓"),
        ("an item of indicators", "✓"),
        ("an item that moves", "✓"),
        ("least", "✓"),
        ("range", "✗"),
        ("place", "~"),
    ] {
        let line = format!("{answer} {label}\n");
        assert!(told.contains(&line), "{line}{told}");
    }
    let odd = rules.replace(
        "unrest.at_least rises with coup",
        "unrest rises with unrest.at_least",
    );
    let told = forewarn(&odd, &["check", "p.risk"]);
    assert!(
        told.contains("a bound follows from what it is a bound of"),
        "{told}"
    );
}
