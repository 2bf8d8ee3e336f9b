//! Files as they come in month by month, and the folders that their runs go into.

use crate::place;

use place::Place;

const RULES: &str = "\
framework lake \"Lake\" version \"1.0.0\"
panel basin by month
indicator wells \"Wells closed\" : number in 0..1000 optional
indicator level \"Water level\" : number in 0..1000 optional
param limit \"Limit\" = 7
score closed = wells
score deep = level
signal many = wells >= limit
alert dry \"Dry\" { raise when wells >= limit clear when wells < limit }
";

fn place(recipe: &str, files: &[(&str, &str)]) -> Place {
    let place = Place::new("");
    place.write("lake/lake.risk", RULES);
    place.write(
        "lake/forewarn.toml",
        format!("[package]\nname = \"lake\"\nversion = \"1.0.0\"\n\n[[data]]\n{recipe}"),
    );
    for (name, text) in files {
        place.write(&format!("lake/{name}"), text);
    }
    place
}

#[test]
fn a_run_of_a_part_leaves_the_run_of_the_month_as_it_is() {
    let place = place(
        "files = \"in/*.csv\"\n",
        &[(
            "in/a.csv",
            "basin,month,wells,level\nNorth,2031-04,3,40\nNorth,2031-05,9,41\nSouth,2031-05,1,42\n",
        )],
    );
    place.does(&["run", "lake", "--quiet"]);
    let whole = place.read("lake/runs/2031-05/results.csv");
    assert_eq!(whole.lines().count(), 4);
    let parts: [&[&str]; 5] = [
        &["--period", "2031-04"],
        &["--entity", "North"],
        &["--columns", "deep"],
        &["--set", "limit=2"],
        &["--period", "2031-05", "--columns", "closed"],
    ];
    for (at, part) in parts.iter().enumerate() {
        let run = place.run(&[&["run", "lake", "--quiet"], *part].concat());
        assert_eq!(run.code, 0, "{part:?} {}", run.err);
        let own = format!("lake/runs/2031-05.{}", at + 1);
        assert!(
            run.err.contains("stays") && run.err.contains(&own),
            "{}",
            run.err
        );
        assert_eq!(
            place.read("lake/runs/2031-05/results.csv"),
            whole,
            "{part:?}"
        );
        let verified = place.run(&["verify", &own]);
        assert_eq!(verified.code, 0, "{}", verified.err);
    }
    assert_eq!(
        place
            .read("lake/runs/2031-05.1/results.csv")
            .lines()
            .count(),
        2
    );
    // The same part again takes its own place, and the whole takes the folder of the month.
    place.does(&["run", "lake", "--quiet", "--columns", "deep"]);
    place.does(&["run", "lake", "--quiet", "--period", "all"]);
    assert!(!place.path().join("lake/runs/2031-05.6").exists());
    assert_eq!(place.read("lake/runs/2031-05/results.csv"), whole);
}

#[test]
fn the_run_of_the_month_takes_its_folder_from_a_part() {
    let place = place(
        "files = \"in/*.csv\"\n",
        &[(
            "in/a.csv",
            "basin,month,wells\nNorth,2031-05,9\nSouth,2031-05,1\n",
        )],
    );
    place.does(&["run", "lake", "--quiet", "--entity", "South"]);
    let run = place.run(&["run", "lake", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("kept as lake/runs/2031-05.1"),
        "{}",
        run.err
    );
    let lines = |name: &str| place.read(name).lines().count();
    assert_eq!(lines("lake/runs/2031-05/results.csv"), 3);
    assert_eq!(lines("lake/runs/2031-05.1/results.csv"), 2);
}

#[test]
fn an_audience_that_sees_less_does_not_take_the_place_of_those_who_see_all() {
    let place = place(
        "files = \"in/*.csv\"\n",
        &[("in/a.csv", "basin,month,wells,level\nNorth,2031-05,9,41\n")],
    );
    let rules = RULES.replace(
        "indicator level \"Water level\" : number in 0..1000 optional",
        "source survey \"Survey\" { classification confidential }\n\
         indicator level \"Water level\" : number in 0..1000 optional from survey",
    );
    place.write("lake/lake.risk", rules);
    place.does(&["run", "lake", "--quiet"]);
    let whole = place.read("lake/runs/2031-05/results.csv");
    place.does(&["run", "lake", "--quiet", "--audience", "public"]);
    assert_eq!(place.read("lake/runs/2031-05/results.csv"), whole);
    assert!(
        !place
            .read("lake/runs/2031-05.1/results.csv")
            .contains("deep")
    );
}

#[test]
fn the_latest_file_is_the_one_of_the_latest_period_or_number() {
    let file = |wells: u32| format!("basin,month,wells\nNorth,2031-05,{wells}\n");
    for (older, newer) in [
        ("d_9.csv", "d_10.csv"),
        ("d_Sep2031.csv", "d_Oct2031.csv"),
        ("d_12-2030.csv", "d_05-2031.csv"),
        ("d_2031-05.csv", "d_2031-05 (1).csv"),
    ] {
        for (when, expected) in [("latest wins", "2"), ("first wins", "1")] {
            let place = place(
                &format!("files = \"in/*.csv\"\nwhen = \"{when}\"\n"),
                &[
                    (&format!("in/{older}"), &file(1)),
                    (&format!("in/{newer}"), &file(2)),
                ],
            );
            place.does(&[
                "run",
                "lake",
                "-o",
                "o.csv",
                "--columns",
                "closed",
                "--quiet",
            ]);
            let out = place.read("o.csv");
            assert_eq!(
                out.lines().nth(1),
                Some(format!("North,2031-05,{expected}").as_str()),
                "{older} {newer} {when}"
            );
            let told = place.does(&["data", "lake"]);
            assert!(
                told.contains(&format!(
                    "order     {when}: lake/in/{older}, then lake/in/{newer}"
                )),
                "{told}"
            );
        }
    }
}

/// Rules that count people.
const PEOPLE: &str = "\
framework shore \"Shore\" version \"1.0.0\"
panel bay by year
unit people
indicator fled \"Fled\" : people in 0.. optional
score gone = fled
";

fn shore(text: &str) -> Place {
    let place = Place::new("");
    place.write("r.risk", PEOPLE);
    place.write("d.csv", text);
    place
}

fn run(place: &Place, options: &[&str]) -> place::Ended {
    let args = ["run", "r.risk", "--data", "d.csv", "--to", "csv", "--quiet"];
    place.run(&[&args[..], options].concat())
}

/// Without breaks, and without the frame that words of messages are broken in.
fn in_line(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "│");
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_a_file_says_of_thousands_beside_its_values_is_told() {
    let cases: [(&str, &[&str], &str); 5] = [
        (
            "REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nAVA,2031,12,3\nBRV,2031,14,3\nCOR,2031,4000,0\n",
            &[
                "--map",
                "bay=REF_AREA",
                "--map",
                "year=TIME_PERIOD",
                "--map",
                "fled=OBS_VALUE",
            ],
            "`UNIT_MULT` says `3` of the values beside it, and such a thing in 2 rows",
        ),
        (
            "bay,year,unit,fled\nAVA,2031,persons,4000\nBRV,2031,thousands,5\n",
            &[],
            "`unit` says `thousands` of the values beside it",
        ),
        (
            "bay,year,item,value,Unit of measure\nAVA,2031,fled,4,in THS\nAVA,2031,other,4,persons\n",
            &["--long", "item=value"],
            "`Unit of measure` says `in THS`",
        ),
        (
            "People who fled\n(thousands),,\nbay,year,fled\nAVA,2031,5\n",
            &["--skip", "2"],
            "a line above the header says `(thousands)`",
        ),
        (
            "# en milliers\nbay,year,fled\nAVA,2031,5\n",
            &["--comment", "#"],
            "a line above the header says `# en milliers`",
        ),
    ];
    for (text, options, words) in cases {
        let place = shore(text);
        let told = run(&place, options);
        assert_eq!(told.code, 0, "{text}{}", told.err);
        assert_eq!(
            told.err.matches("warning[FW0964]").count(),
            1,
            "{}",
            told.err
        );
        assert!(in_line(&told.err).contains(words), "{words}\n{}", told.err);
        // Nothing is multiplied.
        assert!(!told.out.contains("5000"), "{}", told.out);
    }
    for (text, options) in [
        ("bay,year,unit,fled\nAVA,2031,persons,4000\n", &[][..]),
        ("bay,year,UNIT_MULT,fled\nAVA,2031,0,4000\n", &[]),
        (
            "bay,year,unit,fled\nAVA,2031,persons,4000\nBRV,2031,thousands,5\n",
            &["--rows", "unit = \"persons\""],
        ),
        (
            "Over 3 million people fled\nbay,year,fled\nAVA,2031,5\n",
            &["--skip", "1"],
        ),
    ] {
        let told = run(&shore(text), options);
        assert_eq!((told.code, told.err.as_str()), (0, ""), "{text}");
    }
}

#[test]
fn a_guess_says_what_would_be_told_of_the_file() {
    let place =
        shore("bay,year,Fled (thousands)\nAVA,2031,5\nSubtotal north,2031,6\nAverage,2031,3\n");
    let guess = place.does(&["data", "r.risk", "--guess", "d.csv"]);
    assert!(
        guess.contains("map = { fled = \"Fled (thousands)\" }"),
        "{guess}"
    );
    assert!(
        guess.contains("# look: the column `Fled (thousands)`"),
        "{guess}"
    );
    assert!(
        guess.contains("except = [\"Subtotal north\", \"Average\"]"),
        "{guess}"
    );
}

#[test]
fn a_guess_is_a_recipe_whatever_stands_in_a_cell() {
    let place = shore("bay,year,notes,fled\nAVA,2031,\"first\nsecond = 3\",5\n");
    let guess = place.does(&["data", "r.risk", "--guess", "d.csv"]);
    place.write("guess.toml", guess);
    let run = place.does(&[
        "run",
        "r.risk",
        "--recipe",
        "guess.toml",
        "--to",
        "csv",
        "--quiet",
        "-o",
        "o.csv",
    ]);
    assert_eq!(run, "");
    assert_eq!(place.read("o.csv"), "bay,year,gone\nAVA,2031,5\n");
}

#[test]
fn a_file_of_which_nothing_is_read_is_told() {
    let place = shore("bay,year,lost\nAVA,2031,5\n");
    let told = run(&place, &["--deny", "warnings"]);
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(told.err.contains("FW0926"), "{}", told.err);
    let guess = place.does(&["data", "r.risk", "--guess", "d.csv"]);
    assert!(
        guess.contains("# to decide: no column is called like `fled`"),
        "{guess}"
    );
    // Keys alone may be meant.
    let keys = run(&shore("bay,year\nAVA,2031\n"), &[]);
    assert_eq!((keys.code, keys.err.as_str()), (0, ""));
    // A long table of other things is not offered as one that is read.
    let codes = shore(
        "bay,year,IndicatorId,Score\nAVA,2031,K.1,5\nAVA,2031,F.1,6\nBRV,2031,K.1,7\nBRV,2031,F.1,8\n",
    );
    let guess = codes.does(&["data", "r.risk", "--guess", "d.csv"]);
    assert!(
        guess.contains("say which of `F.1`, `K.1` is `fled`"),
        "{guess}"
    );
}

#[test]
fn sums_and_means_of_rows_are_told_in_many_forms() {
    for name in [
        "Sous-total Est",
        "Gran total",
        "Total (5)",
        "Total AVA",
        "AVA Total",
        "Regional average",
        "Mean",
    ] {
        let place = shore(&format!(
            "bay,year,fled\nAVA,2031,5\nBRV,2031,6\n{name},2031,11\n"
        ));
        let told = run(&place, &[]);
        assert!(told.err.contains("FW0952"), "{name} {}", told.err);
        assert!(run(&place, &["--except", name]).err.is_empty(), "{name}");
    }
}

#[test]
fn words_that_multiply_are_no_flags_in_any_language() {
    for cell in [
        "5 mille", "5 lakh", "5 crore", "5 ribu", "5 juta", "5 万", "5億", "5 dozen",
    ] {
        let place = shore(&format!("bay,year,fled\nAVA,2031,{cell}\nBRV,2031,7\n"));
        let flags = run(&place, &["--flags"]);
        assert_eq!(flags.code, 1, "{cell} {}{}", flags.out, flags.err);
        let plain = run(&place, &[]);
        assert!(!plain.err.contains("`--flags`"), "{cell} {}", plain.err);
    }
    for cell in ["5 dargs", "5 ж"] {
        let place = shore(&format!("bay,year,fled\nAVA,2031,{cell}\nBRV,2031,7 p\n"));
        let flags = run(&place, &["--flags"]);
        assert!(flags.err.contains("FW0962"), "{cell} {}", flags.err);
    }
    let flags = run(
        &shore("bay,year,fled\nAVA,2031,5 p\nBRV,2031,7 bep\n"),
        &["--flags"],
    );
    assert_eq!((flags.code, flags.err.as_str()), (0, ""));
    let lakh = run(
        &shore("bay,year,fled\nAVA,2031,1.5 lakh\n"),
        &["--multiples"],
    );
    assert_eq!(lakh.out, "bay,year,gone\nAVA,2031,150000\n", "{}", lakh.err);
}
