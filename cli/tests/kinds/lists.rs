//! The same values as a list that stands where it is asked for, has a name, is a group or a factor's members.

use super::program::Folder;

const HEAD: &str = r#"framework demo "Demo" version "1"
panel country by year
scale concern { low "Low" < high "High" }
indicator coastal "Coastal" : truth
indicator piracy "Piracy" : number in 0..1 applies when coastal is yes
indicator wrecks "Wrecks" : number in 0..1 applies when not (coastal is no)
indicator raids "Raids" : number in 0..1
"#;

const TAIL: &str = r#"
factor f "F" { combine mean require 60% coverage members { x, raids } }
level overall "Overall" : concern { high when f >= 0.5, low otherwise }
alert warn "Warn" { raise when f >= 0.5 }
"#;

const DATA: &str = "country,year,coastal,piracy,wrecks,raids
HILLS,2020,no,,,0.5
SHORE,2020,yes,0.25,0.75,0.5
SPIT,2020,yes,0.25,,0.5
WHO,2020,,,,0.5
";

/// Each list, and the function of it that `x` is.
const LISTS: [(&str, &str); 4] = [
    ("", "[piracy, wrecks]"),
    ("let both = [piracy, wrecks]\n", "both"),
    ("group both \"Both\" { piracy, wrecks }\n", "both"),
    (
        "factor both \"Both\" { combine mean require 1 known members { piracy, wrecks } }\n",
        "both.members",
    ),
];

/// What `x` is made of a list that is called so.
const FORMS: [&str; 6] = [
    "mean(LIST)",
    "mean(LIST, require: 1 known)",
    "max(2 * LIST - 0.5)",
    "noisy_or(LIST)",
    "neither(LIST)",
    "sum(LIST * LIST)",
];

fn rules((declared, list): (&str, &str), form: &str) -> String {
    let function = "fn neither(xs: list of number) -> number = 1 - product(1 - xs)\n";
    let function = if form.starts_with("neither") {
        function
    } else {
        ""
    };
    let x = form.replace("LIST", list);
    format!("{HEAD}{function}{declared}score x \"X\" = {x}\n{TAIL}")
}

/// The cells of some columns, row by row.
fn cells(csv: &str, wanted: &[&str]) -> Vec<Vec<String>> {
    let mut rows = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = rows.next().expect("a header");
    let places: Vec<usize> = wanted
        .iter()
        .map(|wanted| names.iter().position(|name| name == wanted).expect(wanted))
        .collect();
    rows.filter(|row| row.len() == names.len())
        .map(|row| places.iter().map(|at| row[*at].to_owned()).collect())
        .collect()
}

#[test]
fn a_list_is_the_same_however_it_is_written() {
    for form in FORMS {
        let all = LISTS.map(|list| {
            let folder = Folder::default();
            folder.write("a.risk", rules(list, form));
            folder.write("d.csv", DATA);
            let out = folder.does("run a.risk --data d.csv --to csv");
            let columns = [
                "country",
                "x",
                "f",
                "f.coverage",
                "overall",
                "overall.at_most",
                "warn",
            ];
            let rows = cells(&out, &columns);
            assert_eq!(rows.len(), 4, "{out}");
            let told = folder.does("explain a.risk --data d.csv --entity HILLS f --period 2020");
            let told = told
                .lines()
                .find(|line| line.contains("(x) "))
                .map(str::to_owned);
            (rows, told.map(|line| line.contains("not applicable here")))
        });
        for (other, list) in all.iter().zip(LISTS) {
            assert_eq!(all[0], *other, "{form} of {}", list.1);
        }
        let (rows, told) = &all[0];
        // Nothing of it applies inland, so that the rest is all there is to know.
        assert_eq!(rows[0][1..4], ["", "0.5", "1"], "{form}");
        assert_eq!(*told, Some(true), "{form}");
        // Where nobody knows whether there is a coast, it applies and is missing.
        assert_eq!(rows[3][1..4], ["", "", "0.5"], "{form}");
        assert_ne!(rows[1][1], "", "{form}");
    }
}
