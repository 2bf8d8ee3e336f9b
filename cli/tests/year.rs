//! A year of monthly deliveries into one package: what is told each month is written down.
//!
//! The files are stacked by the recipe, and every month goes into a run folder of its own. January to June are
//! as they should be but for a revision; then things happen that happen in offices.

use crate::place;

use place::Place;
use std::fmt::Write as _;

const RULES: &str = "\
framework watch \"Watch\" version \"1.0.0\"
panel country by month
unit deaths
unit people
indicator killed \"Killed\" : deaths in 0..5_000
indicator share \"Share without food\" : percent in 0..100 optional
indicator camps \"People in camps\" : people in 0.. optional
scale concern { low < guarded < high }
level overall \"Concern\" : concern {
  high    when killed >= 100 deaths or share >= 60%,
  guarded when killed >= 20 deaths or camps >= 10_000 people,
  low     otherwise,
}
alert warning \"Warning\" {
  raise when overall >= high for 2 months
  clear when overall < high for 3 months
}
test \"nothing\" {
  given killed = 0 deaths
  expect warning is quiet
}
";

const RECIPE: &str = "\
[[data]]
files  = \"incoming/*.csv\"
when   = \"latest wins\"
period = \"YYYY-MM-DD\"
expect = [\"killed >= 0\"]
";

/// What comes in, month by month.
const DELIVERIES: [(&str, &str); 12] = [
    (
        "2024-01.csv",
        "country,month,killed,share\nDOR,2024-01-31,12,30\nELL,2024-01-31,0,12\nFAR,2024-01-31,25,40\n",
    ),
    (
        "2024-02.csv",
        "country,month,killed,share\nDOR,2024-02-29,14,31\nELL,2024-02-29,1,12\nFAR,2024-02-29,110,45\n",
    ),
    // A value of January is revised.
    (
        "2024-03.csv",
        "country,month,killed,share\nDOR,2024-01-31,22,30\nDOR,2024-03-31,9,30\nELL,2024-03-31,0,11\nFAR,2024-03-31,130,47\n",
    ),
    // A column comes late.
    (
        "2024-04.csv",
        "country,month,killed,share,camps\nDOR,2024-04-30,8,30,12000\nELL,2024-04-30,0,11,0\nFAR,2024-04-30,90,47,800\n",
    ),
    // A new country.
    (
        "2024-05.csv",
        "country,month,killed,share,camps\nDOR,2024-05-31,8,29,12500\nELL,2024-05-31,0,11,0\nFAR,2024-05-31,40,44,900\nGOR,2024-05-31,3,20,0\n",
    ),
    // A renamed column.
    (
        "2024-06.csv",
        "country,month,Killed,share,camps\nDOR,2024-06-30,7,29,12100\nELL,2024-06-30,0,11,0\nFAR,2024-06-30,35,44,900\nGOR,2024-06-30,2,20,0\n",
    ),
    // One country stops, another is spelt otherwise.
    (
        "2024-07.csv",
        "country,month,killed,share,camps\nDOR,2024-07-31,7,28,12000\nell,2024-07-31,0,11,0\nGOR,2024-07-31,4,21,0\n",
    ),
    // A date as a spreadsheet makes it.
    (
        "2024-08.csv",
        "country,month,killed,share,camps\nDOR,31-Aug-24,6,28,11000\nELL,31-Aug-24,0,11,0\nGOR,31-Aug-24,4,22,0\n",
    ),
    // The same file again.
    (
        "2024-09.csv",
        "country,month,killed,share,camps\nDOR,2024-07-31,7,28,12000\nELL,2024-07-31,0,11,0\nGOR,2024-07-31,4,21,0\n",
    ),
    // A share in place of a percentage.
    (
        "2024-10.csv",
        "country,month,killed,share,camps\nDOR,2024-10-31,6,0.28,11000\nELL,2024-10-31,0,0.11,0\nGOR,2024-10-31,5,0.22,0\n",
    ),
    // A value that cannot be.
    (
        "2024-11.csv",
        "country,month,killed,share,camps\nDOR,2024-11-30,-1,28,11000\nELL,2024-11-30,0,11,0\nGOR,2024-11-30,5,22,0\n",
    ),
    (
        "2024-12.csv",
        "country,month,killed,share,camps\nDOR,2024-12-31,5,27,10500\nELL,2024-12-31,0,11,0\nGOR,2024-12-31,6,23,0\n",
    ),
];

#[test]
fn what_is_told_in_a_year() {
    let place = Place::new("");
    place.write("office/watch.risk", RULES);
    place.write("office/forewarn.toml", RECIPE);
    let mut year = String::new();
    for (name, text) in DELIVERIES {
        place.write(&format!("office/incoming/{name}"), text);
        let ran = place.run(&["run", "office", "--format", "short"]);
        let _ = writeln!(year, "── {name}, exit {}", ran.code);
        for line in ran.err.lines().filter(|line| !line.contains(" ms (rules")) {
            let _ = writeln!(year, "{line}");
        }
        if ran.code != 0 {
            // What cannot be read is put right by whoever delivered it.
            let (header, rows) = text.split_once('\n').unwrap();
            let right = format!("{}\n{}", header.to_lowercase(), rows)
                .replace("31-Aug-24", "2024-08-31")
                .replace(",-1,", ",1,");
            place.write(&format!("office/incoming/{name}"), right);
            let ran = place.run(&["run", "office", "--format", "short", "--quiet"]);
            let _ = writeln!(year, "   put right: exit {}", ran.code);
        }
        let seen = place.run(&["data", "office"]).out;
        for line in seen
            .lines()
            .filter(|line| line.trim_start().starts_with("strange"))
        {
            let _ = writeln!(year, "   data:{line}");
        }
    }
    let compared = place.run(&["compare", "office/runs/2024-02", "office/runs/2024-03"]);
    let _ = writeln!(year, "── February and March\n{}", compared.out);
    let verified = place.run(&["verify", "office/runs/2024-12"]);
    let _ = writeln!(year, "── December, verified\n{}", verified.out);
    insta::assert_snapshot!(year);
}
