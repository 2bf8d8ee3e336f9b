//! How far things reach: files over periods, cells over periods in which there is no such value, goalposts
//! without an end, and digests over what is withheld.

use crate::place;

use place::Place;

const HEAD: &str =
    "framework lake \"Lake\" version \"1.0.0\"\npanel area by year\nscale c { low < high }\n";

fn place() -> Place {
    Place::new("")
}

fn rows(place: &Place, args: &[&str]) -> Vec<String> {
    let text = place.does(args);
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn an_event_file_says_nothing_of_periods_that_it_does_not_reach() {
    let place = place();
    let rules = "indicator people : number in 0..\n\
                 indicator killed : number in 0.. missing means 0 because \"the list has every event\"\n\
                 level l : c { high when killed >= 25, low otherwise }\nscore n = people\n";
    place.write("r.risk", format!("{HEAD}{rules}"));
    place.write(
        "people.csv",
        "area,year,people\nDOR,2017,5\nDOR,2018,5\nDOR,2019,6\nDOR,2020,7\nELB,2019,5\nELB,2020,5\n",
    );
    place.write("events.csv", "area,year,killed\nDOR,2018,50\nELB,2019,40\n");
    let args = [
        "run",
        "r.risk",
        "--data",
        "people.csv",
        "--data",
        "events.csv",
        "--columns",
        "l",
        "--quiet",
    ];
    // Within what the file reaches, no row is no event; behind it, nobody knows.
    assert_eq!(
        rows(&place, &args),
        [
            "DOR,2017,",
            "DOR,2018,high",
            "DOR,2019,low",
            "DOR,2020,",
            "ELB,2019,high",
            "ELB,2020,",
        ]
    );
    let told = place.run(&args).err;
    assert!(
        told.contains("FW0969") && told.contains("goes from 2018 to 2019"),
        "{told}"
    );
    assert!(told.contains("3 rows between 2017 and 2020"), "{told}");
    let denied = [&args[..], &["--deny", "warnings"]].concat();
    assert_eq!(place.run(&denied).code, 1);
    // One row of a period says that the file reaches it.
    place.write(
        "events.csv",
        "area,year,killed\nDOR,2017,\nDOR,2018,50\nELB,2019,40\nELB,2020,\n",
    );
    let denied = rows(&place, &denied);
    assert_eq!(denied[3], "DOR,2020,low");
    assert_eq!(denied[0], "DOR,2017,low");
}

#[test]
fn what_a_cell_holds_where_there_is_no_such_value_is_not_carried() {
    let place = place();
    let rules = "indicator shore : truth\n\
                 indicator raids : number in 0..100 applies when shore carry forward at most 2 years\n\
                 indicator seen : number in 0..100 applies when shore expires after 1 year\n\
                 level l : c { high when raids >= 50, low otherwise }\n\
                 score newest = last(raids, over: 3 years)\nscore still = seen\n";
    place.write("r.risk", format!("{HEAD}{rules}"));
    place.write(
        "d.csv",
        "area,year,shore,raids,seen\nDOR,2018,no,90,8\nDOR,2019,yes,,\nELB,2018,yes,60,7\nELB,2019,no,90,9\n\
         ELB,2020,yes,,\nFEL,2018,yes,70,5\nFEL,2019,no,,\nFEL,2020,yes,,\n",
    );
    let args = [
        "run",
        "r.risk",
        "--data",
        "d.csv",
        "--columns",
        "l,newest,still",
        "--quiet",
    ];
    assert_eq!(
        rows(&place, &args),
        [
            "DOR,2018,low,,",
            "DOR,2019,,,",
            "ELB,2018,high,60,7",
            "ELB,2019,low,60,",
            // What was observed while it applied still stands.
            "ELB,2020,high,60,",
            "FEL,2018,high,70,5",
            "FEL,2019,low,70,",
            "FEL,2020,high,70,",
        ]
    );
    // Months that hand over say the same.
    let text = place.read("d.csv");
    place.write(
        "r.risk",
        format!("{HEAD}{rules}alert a {{ raise when raids >= 50 }}\n"),
    );
    let mut state = "none".to_owned();
    let mut found = Vec::new();
    for year in ["2018", "2019", "2020"] {
        let own = text
            .lines()
            .filter(|line| line.contains(year) || line.starts_with("area"));
        place.write("year.csv", own.collect::<Vec<_>>().join("\n") + "\n");
        let out = format!("{year}.csv");
        let args = [
            "run", "r.risk", "--data", "year.csv", "--state", &state, "-o", &out,
        ];
        let ended = place.run(&[&args[..], &["--columns", "l,newest,still", "--quiet"]].concat());
        assert_eq!(ended.code, 0, "{}", ended.err);
        let text = place.read(&out);
        found.extend(text.lines().skip(1).map(str::to_owned));
        state = out;
    }
    found.sort();
    let args = ["run", "r.risk", "--data", "d.csv", "--state", "none"];
    let all = [&args[..], &["--columns", "l,newest,still", "--quiet"]].concat();
    assert_eq!(found, rows(&place, &all));
}

#[test]
fn goalposts_without_an_end_are_read_as_they_were_written() {
    let place = place();
    place.write(
        "r.risk",
        format!("{HEAD}indicator a : number in 0..100\nscore m = minmax(a, baseline: 2018..)\nalert w {{ raise when a > 50 }}\n"),
    );
    place.write("one.csv", "area,year,a\nDOR,2018,5\nELB,2018,50\n");
    place.write("two.csv", "area,year,a\nDOR,2019,14\nELB,2019,90\n");
    place.does(&["run", "r.risk", "--data", "one.csv", "-o", "one.out.csv"]);
    let manifest = place.read("one.out.csv.manifest.json");
    assert!(!manifest.contains("9223372036854775807"), "{manifest}");
    let args = [
        "run",
        "r.risk",
        "--data",
        "two.csv",
        "--columns",
        "m",
        "--quiet",
    ];
    let given = ["--goalposts", "one.out.csv.manifest.json"];
    let found = rows(&place, &[&args[..], &given].concat());
    assert_eq!(found, ["DOR,2019,0.2", "ELB,2019,1"]);
    // An earlier version wrote the open end down as a number.
    let from = "\"from\": \"2018\",";
    assert!(manifest.contains(from), "{manifest}");
    let open = format!("{from} \"until\": \"9223372036854775807\",");
    let earlier = manifest.replace(from, &open);
    place.write("earlier.json", earlier);
    let given = ["--goalposts", "earlier.json"];
    assert_eq!(rows(&place, &[&args[..], &given].concat()), found);
    let given = ["--goalposts", "one.out.csv.manifest.json"];
    // A state does not hold them, and says so.
    let state = ["--state", "one.out.csv"];
    let refused = place.run(&[&args[..], &state].concat());
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--goalposts"), "{}", refused.err);
    let found = rows(&place, &[&args[..], &state, &given].concat());
    assert_eq!(found, ["DOR,2019,0.2", "ELB,2019,1"]);
}

#[test]
fn a_public_report_holds_no_digest_of_results_that_are_not_public() {
    let manifest = |secret: &str| {
        let place = place();
        let rules = "source field \"Field\" { classification confidential }\nindicator a : number in 0..100\n\
                     indicator s : number in 0..100 from field\n\
                     level l \"Level\" : c { high when a >= 50, low otherwise }\nscore secret = s\n";
        place.write("r.risk", format!("{HEAD}{rules}"));
        place.write("d.csv", format!("area,year,a,s\nDOR,2018,60,{secret}\n"));
        place.does(&["run", "r.risk", "--data", "d.csv", "-o", "full.csv"]);
        let public = [
            "run",
            "r.risk",
            "--data",
            "d.csv",
            "--audience",
            "public",
            "-o",
            "open.csv",
        ];
        place.does(&public);
        let args = [
            "report",
            "r.risk",
            "--data",
            "d.csv",
            "--audience",
            "public",
            "-o",
            "rep.md",
        ];
        let of = |against: &str| {
            place.does(&[&args[..], &["--against", against]].concat());
            place.read("rep.md.manifest.json")
        };
        (of("full.csv"), of("open.csv"))
    };
    let (one, other) = (manifest("10"), manifest("90"));
    assert_eq!(one, other);
    let digest = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        value["report"]["against"]["sha256"].clone()
    };
    assert!(digest(&one.0).is_null(), "{}", one.0);
}

#[test]
fn an_empty_cell_of_a_later_delivery_counts_in_every_shape() {
    let run = |shape: &str, files: [&str; 2], when: &str| {
        let place = place();
        place.write(
            "p/r.risk",
            format!("{HEAD}indicator killed : number in 0..\nscore k = killed\n"),
        );
        let recipe = format!("files = \"in/x_*.csv\"\n{shape}when = \"{when}\"\n");
        place.write(
            "p/forewarn.toml",
            format!("[package]\nname = \"lake\"\nversion = \"1.0.0\"\n\n[[data]]\n{recipe}"),
        );
        for (at, text) in files.iter().enumerate() {
            place.write(&format!("p/in/x_{at}.csv"), text);
        }
        place.does(&["run", "p", "-o", "out.csv", "--quiet"]);
        let text = place.read("out.csv");
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let wide = [
        "area,2018,2019\nDOR,31,40\nELB,,6\n",
        "area,2018,2019\nDOR,,40\nELB,7,6\n",
    ];
    let long = [
        "area,year,item,val\nDOR,2018,killed,31\nDOR,2019,killed,40\nELB,2018,killed,\nELB,2019,killed,6\n",
        "area,year,item,val\nDOR,2018,killed,\nDOR,2019,killed,40\nELB,2018,killed,7\nELB,2019,killed,6\n",
    ];
    for (when, dor, elb) in [
        ("latest wins", "", "7"),
        ("first wins", "31", ""),
        ("must agree", "31", "7"),
    ] {
        let wanted = [
            format!("DOR,2018,{dor}"),
            "DOR,2019,40".into(),
            format!("ELB,2018,{elb}"),
            "ELB,2019,6".into(),
        ];
        let by_columns = run(
            "shape = { wide = \"years\", value = \"killed\" }\n",
            wide,
            when,
        );
        let by_rows = run("shape = { long = \"item\", value = \"val\" }\n", long, when);
        assert_eq!(by_columns, wanted, "wide, {when}");
        assert_eq!(by_rows, wanted, "long, {when}");
    }
}

#[test]
fn a_member_may_be_a_call_with_a_duration_first() {
    let place = place();
    let members = "lag(a, 1 year, first: 20), (lag(a, 2 years, first: 1)), m";
    place.write(
        "r.risk",
        format!("{HEAD}indicator a : number in 0..100\nindicator m : number in 0..100\nfactor h {{ combine mean members {{ {members} }} }}\n"),
    );
    place.does(&["check", "r.risk"]);
    // A weight before a member is told still.
    place.write(
        "r.risk",
        format!("{HEAD}indicator a : number in 0..1\nindicator m : number in 0..1\nfactor h {{ combine weighted mean members {{ 3 a, m }} }}\n"),
    );
    let told = place.run(&["check", "r.risk"]).err;
    assert!(told.contains("a weight 3"), "{told}");
}

#[test]
fn nothing_is_verified_of_what_does_not_apply() {
    let place = place();
    let rules = "indicator coast : truth\nindicator piracy : assessment column \"piracy\" verification column \"v\" applies when coast\n\
                 signal sure = piracy is present and piracy.verified\nscore months = since((piracy is present and piracy.verified) is yes)\n\
                 signal either = piracy is present or piracy.verified\n";
    place.write("r.risk", format!("{HEAD}{rules}"));
    place.write(
        "d.csv",
        "area,year,coast,piracy,v\nDOR,2018,yes,present,yes\nDOR,2019,no,,yes\nDOR,2020,no,present,yes\n\
         ELB,2018,yes,absent,yes\nELB,2019,yes,present,no\nELB,2020,yes,,yes\n",
    );
    for engine in ["interpreter", "native"] {
        let args = [
            "run", "r.risk", "--data", "d.csv", "--to", "csv", "-q", "--engine", engine,
        ];
        let found = rows(&place, &args);
        assert_eq!(
            found,
            [
                "DOR,2018,yes,0,yes",
                "DOR,2019,unknown,1,unknown",
                "DOR,2020,unknown,2,unknown",
                "ELB,2018,no,,yes",
                "ELB,2019,no,,yes",
                "ELB,2020,unknown,,yes",
            ]
        );
    }
}
