//! Files of other shapes: what is told of them reads them, and recipes point to themselves and to the data.

use crate::place;

use place::Place;

const YEARLY: &str = "\
framework watch \"Watch\" version \"1.0.0\"
panel country column \"iso3\" by year
indicator hdi \"HDI\" : number in 0..10_000_000
score y = hdi
";

fn place() -> Place {
    let place = Place::new("");
    place.write("w.risk", YEARLY);
    place
}

/// The options that a message offers.
fn offered(told: &str) -> Vec<String> {
    let joined: Vec<&str> = told.lines().map(str::trim).collect();
    let joined = joined.join(" ");
    let (_, rest) = joined
        .split_once("these options read it")
        .and_then(|(_, rest)| rest.split_once(": `"))
        .unwrap_or_else(|| panic!("nothing is offered: {told}"));
    let (options, _) = rest.split_once('`').unwrap();
    let mut words = Vec::new();
    let mut quoted = false;
    let mut word = String::new();
    for letter in options.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            letter => word.push(letter),
        }
    }
    words.push(word);
    words
}

/// The recipe that a message offers.
fn recipe(told: &str) -> String {
    let (_, rest) = told.split_once("[[data]]").unwrap();
    let lines = rest.lines().skip(1).map(str::trim);
    let lines = lines.take_while(|line| !line.is_empty() && !line.starts_with('='));
    format!("[[data]]\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn what_is_told_of_a_shape_reads_the_file() {
    let place = place();
    let shapes: [(&str, &str); 9] = [
        (
            "wide",
            "A portal\nAs of May\n\nCountry,iso3,2019,2020\nDorna,DOR,0.5,0.6\nElland,ELL,,0.4\n",
        ),
        (
            "long",
            "iso3,year,Series,Value\nDOR,2020,HDI,0.5\nDOR,2020,GNI,12\nELL,2020,HDI,0.6\n",
        ),
        (
            "footer",
            "iso3,year,hdi\nDOR,2020,0.5\nELL,2020,0.6\nSource: a portal\nUpdated: May\n",
        ),
        (
            "padded",
            "iso3,year,hdi\nDOR,2020,0.5\nELL,2020,0.6\n\"Source: a portal, with a comma\",,\n",
        ),
        (
            "units",
            "iso3,year,hdi\n,,index\nDOR,2020,0.5\nELL,2020,0.6\n",
        ),
        ("commas", "iso3;year;hdi\nDOR;2020;0,52\nELL;2020;0,6\n"),
        (
            "thousands",
            "iso3,year,hdi\nDOR,2020,\"1,234\"\nELL,2020,\"2,345\"\n",
        ),
        (
            "both",
            "iso3;year;hdi\nDOR;2020;1.234,5\nELL;2020;2.345,25\n",
        ),
        (
            "rows",
            ",,2020,2021\niso3,name,hdi,hdi\nDOR,Dorna,0.5,0.6\nELL,Elland,0.3,0.4\n",
        ),
    ];
    for (name, text) in shapes {
        let file = format!("{name}.csv");
        place.write(&file, text);
        let told = place.run(&["run", "w.risk", "--data", &file]);
        assert_eq!(told.code, 1, "{name}: {}", told.err);
        assert!(told.err.contains("error[FW0940]"), "{name}: {}", told.err);
        assert!(told.err.contains("\n1 error\n"), "{name}: {}", told.err);
        let options = offered(&told.err);
        let mut args = vec!["run", "w.risk", "--data", &file];
        args.extend(options.iter().map(String::as_str));
        let by_options = place.does(&args);
        place.write("data.toml", recipe(&told.err));
        let by_recipe = place.does(&["run", "w.risk", "--recipe", "data.toml", "--to", "csv"]);
        assert_eq!(by_options, by_recipe, "{name}");
        assert!(by_options.lines().count() >= 3, "{name}: {by_options}");
    }
}

#[test]
fn what_needs_no_word_is_read_as_it_is() {
    let place = place();
    for (name, text) in [
        (
            "hxl",
            "iso3,year,hdi\n#country+code,#date+year,#value\nDOR,2020,0.5\n",
        ),
        ("excel", "sep=;\niso3;year;hdi\nDOR;2020;0.5\n;;\n;;\n"),
        ("times", "iso3,year,hdi\nDOR,2020-01-01T00:00:00,0.5\n"),
    ] {
        let file = format!("{name}.csv");
        place.write(&file, text);
        let read = place.does(&["run", "w.risk", "--data", &file]);
        assert_eq!(read, "iso3,year,y\nDOR,2020,0.5\n", "{name}");
    }
    place.write(
        "list.json",
        "{\"data\": [{\"iso3\": \"DOR\", \"year\": 2020, \"hdi\": 0.5}]}",
    );
    let read = place.does(&["run", "w.risk", "--data", "list.json"]);
    assert_eq!(read, "iso3,year,y\nDOR,2020,0.5\n");
    let utf16: Vec<u8> = "\u{feff}iso3,year,hdi\nDOR,2020,0.5\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    place.write("utf16.csv", utf16);
    let read = place.does(&["run", "w.risk", "--data", "utf16.csv"]);
    assert_eq!(read, "iso3,year,y\nDOR,2020,0.5\n");
}

#[test]
fn what_is_written_as_a_workbook_is_read_again() {
    let place = place();
    place.write("d.csv", "iso3,year,hdi\nDOR,2020,0.5\nELL,2020,\n");
    place.does(&[
        "run", "w.risk", "--data", "d.csv", "-o", "out.xlsx", "--quiet",
    ]);
    let again = place.does(&["run", "w.risk", "--data", "out.xlsx", "--map", "hdi=y"]);
    assert_eq!(again, "iso3,year,y\nDOR,2020,0.5\nELL,2020,\n");
    let verified = place.does(&["verify", "out.xlsx.manifest.json"]);
    assert!(verified.contains("byte by byte"), "{verified}");
}

#[test]
fn decimals_that_may_be_thousands_are_told() {
    let place = place();
    place.write(
        "d.csv",
        "iso3,year,hdi\nDOR,2020,\"1,234\"\nELL,2020,\"2,345\"\n",
    );
    // Nobody can say which is meant but those who know the file.
    let asked = place.run(&["run", "w.risk", "--data", "d.csv"]).err;
    let words = asked.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(
            "`1,234` is 1234 with `--thousands ,` and 1.234 with `--decimal ,`: say which"
        ),
        "{asked}"
    );
    assert!(
        words.contains("these options read it once that is said"),
        "{asked}"
    );
    let told = place.run(&[
        "run",
        "w.risk",
        "--data",
        "d.csv",
        "--decimal",
        ",",
        "-q",
        "--deny",
        "warnings",
    ]);
    assert!(told.err.contains("FW0947"), "{}", told.err);
    assert_eq!(told.code, 1);
    let read = place.does(&["run", "w.risk", "--data", "d.csv", "--thousands", ","]);
    assert_eq!(read, "iso3,year,y\nDOR,2020,1234\nELL,2020,2345\n");
}

#[test]
fn findings_point_into_the_recipe_and_into_the_data() {
    let place = place();
    place.write("in/a.csv", "iso3,year,hdi,level\nDOR,2020,half,1\n");
    place.write(
        "data.toml",
        "[[data]]\nfiles = \"in/*.csv\"\nrows  = 'level = 1'\n",
    );
    let told = place.run(&["run", "w.risk"]).err;
    for words in ["in/a.csv, row 2, column `hdi`", "data.toml:1:1"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    for (recipe, words) in [
        (
            "[[data]]\nfiles = \"in/*.csv\"\nrows = 'levl = 1'\n",
            "did you mean `level`?",
        ),
        (
            "[[data]]\nfiles = \"in/*.csv\"\ndecimal = \"comma\"\n",
            "data.toml:3:11",
        ),
        (
            "[[data]]\nfiles = \"in/*.csv\"\nskipp = 1\n",
            "did you mean `skip`?",
        ),
        ("[[data]]\nfiles = \"nowhere/*.csv\"\n", "error[FW0949]"),
        // Where the key stands, with the folder that there is.
        (
            "[[data]]\nname = \"harbours\"\nfiles = \"harbuors/*.csv\"\n",
            "data.toml:3:1",
        ),
        (
            "[[data]]\nname = \"harbours\"\nfiles = \"harbuors/*.csv\"\n",
            "did you mean `harbours/*.csv`?",
        ),
        (
            "[[data]]\nfiles = \"in/*.csv\"\nsum = { hdi = \"hdii\" }\n",
            "data.toml:3:1",
        ),
        (
            "[[data]]\nfiles = \"in/*.csv\"\nexpect = \"entities >= 3\"\n",
            "error[FW0945]",
        ),
        (
            "[[data]]\nfiles = \"in/*.csv\"\nrows = 'level = = 1'\n",
            "error[FW0941]",
        ),
    ] {
        place.write("harbours/b.csv", "iso3,year,hdi,level\nELL,2020,0.5,1\n");
        place.write("data.toml", recipe);
        place.write("in/a.csv", "iso3,year,hdi,level\nDOR,2020,0.5,1\n");
        let told = place.run(&["run", "w.risk"]);
        assert_ne!(told.code, 0, "{recipe}");
        assert!(told.err.contains(words), "{words}: {}", told.err);
    }
}

#[test]
fn negative_codes_stand_for_missing_however_they_are_written() {
    let place = place();
    place.write("c.risk", "framework c \"C\" version \"1.0.0\"\npanel country column \"iso3\"\nindicator x \"X\" : number\nscore y = x\n");
    place.write("d.csv", "iso3,x\nDOR,-99.0\nELL,-99\nFAR,3\n");
    let read = place.does(&["run", "c.risk", "--data", "d.csv", "--missing", "-99"]);
    assert_eq!(read, "iso3,y\nDOR,\nELL,\nFAR,3\n");
}

const TWO: &str = "\
framework office \"Office\" version \"1.0.0\"
panel country by year
indicator deaths \"Conflict deaths\" : number in 0..
indicator hunger \"Share of the hungry\" : number in 0..100
scale c { low < high }
level overall \"Overall\" : c { high when deaths >= 100 or hunger > 40, low otherwise }
";

/// Files whose keys and indicators have names of other people.
#[test]
fn names_of_other_people_are_told_in_one_message_that_reads_the_file() {
    let place = Place::new("");
    place.write("two.risk", TWO);
    let shapes: [(&str, &str, &[&str]); 5] = [
        (
            "capitals",
            "Entity,Code,Year,Conflict deaths,Share of the hungry\nAvalia,AVA,2020,3,10\nBrunia,BRU,2020,400,41\n",
            &["AVA,2020,low", "BRU,2020,high"],
        ),
        (
            "two-rows",
            ",Conflict deaths,,Share of the hungry,\nCountry,2020,2021,2020,2021\nAVA,3,4,10,11\nBRU,400,410,41,42\n",
            &[
                "AVA,2020,low",
                "AVA,2021,low",
                "BRU,2020,high",
                "BRU,2021,high",
            ],
        ),
        (
            "units-in-names",
            "Country,Year,Deaths (number),Hunger (% of all)\nAVA,2020,3,10\nBRU,2020,400,41\n",
            &["AVA,2020,low", "BRU,2020,high"],
        ),
        (
            "floats",
            ",iso3,year,deaths,hunger\n0,AVA,2020.0,3.0,10\n1,BRU,2021.0,400.0,41\n",
            &["AVA,2020,low", "BRU,2021,high"],
        ),
        (
            "codes",
            "country_name,country_text_id,year,deaths,hunger\nAvalia,AVA,2020,3,10\nBrunia,BRU,2020,400,41\n",
            &["AVA,2020,low", "BRU,2020,high"],
        ),
    ];
    for (name, text, wanted) in shapes {
        let file = format!("{name}.csv");
        place.write(&file, text);
        let told = place.run(&["run", "two.risk", "--data", &file, "--to", "csv"]);
        assert_eq!(told.code, 1, "{name}");
        assert_eq!(
            told.err.matches("error[").count(),
            1,
            "{name}: {}",
            told.err
        );
        let options = offered(&told.err);
        let mut words = vec!["run", "two.risk", "--data", &file, "--to", "csv", "--quiet"];
        words.extend(options.iter().map(String::as_str));
        let by_options = place.run(&words);
        place.write("recipe.toml", recipe(&told.err));
        let by_recipe = place.run(&[
            "run",
            "two.risk",
            "--recipe",
            "recipe.toml",
            "--to",
            "csv",
            "--quiet",
        ]);
        assert_eq!(by_options.out, by_recipe.out, "{name}");
        for line in wanted {
            assert!(by_options.out.contains(line), "{name}: {}", by_options.out);
        }
    }
}

#[test]
fn months_in_two_columns_and_areas_that_tell_rows_apart_are_found() {
    let place = Place::new("");
    place.write(
        "areas.risk",
        "framework areas \"Areas\" version \"1.0.0\"\npanel area by month\n\
         indicator phase \"Phase\" : number in 1..5\nscore p = phase\n",
    );
    let rows = "country,admin_code,year,month,phase\nAVALIA,7,2024,1,2\nAVALIA,8,2024,1,3\nAVALIA,7,2024,2,2\n";
    place.write("areas.csv", rows);
    let told = place.run(&["run", "areas.risk", "--data", "areas.csv", "--to", "csv"]);
    assert_eq!(
        offered(&told.err),
        ["--map", "area=admin_code", "--map", "month=year,month"],
        "{}",
        told.err
    );
    let guessed = place.does(&["data", "areas.risk", "--guess", "areas.csv"]);
    assert!(
        guessed.contains("map = { area = \"admin_code\", month = \"year,month\" }"),
        "{guessed}"
    );
    // In words of its own, as some write it.
    place.write(
        "lines.csv",
        "admin_code,year_month,phase\n7,2024_01,2\n8,2024_01,3\n7,2024_02,2\n",
    );
    let told = place.run(&["run", "areas.risk", "--data", "lines.csv", "--to", "csv"]);
    let options = offered(&told.err);
    assert!(
        options.contains(&"month=year_month".to_owned()),
        "{options:?}"
    );
    assert!(options.contains(&"YYYY_MM".to_owned()), "{options:?}");
}

#[test]
fn what_nobody_can_know_is_asked_in_the_recipe() {
    let place = Place::new("");
    place.write("two.risk", TWO);
    place.write(
        "register.csv",
        "country,year,best,hunger\nAVA,2020,3,10\nAVA,2020,4,10\nWorld,2020,90,20\n",
    );
    let guessed = place.does(&["data", "two.risk", "--guess", "register.csv"]);
    let asked: Vec<&str> = guessed
        .lines()
        .filter(|line| line.contains("to decide"))
        .collect();
    assert_eq!(asked.len(), 3, "{guessed}");
    assert!(asked[0].contains("`deaths`"), "{guessed}");
    assert!(asked[1].contains("except = [\"World\"]"), "{guessed}");
    assert!(
        asked[2].contains("rows 2 and 3 are both AVA, 2020"),
        "{guessed}"
    );
    // Where a column is known, the message about rows that share their keys says how it is summed up.
    place.write(
        "events.csv",
        "country,year,best,hunger\nAVA,2020,3,10\nAVA,2020,4,10\n",
    );
    let told = place.run(&[
        "run",
        "two.risk",
        "--data",
        "events.csv",
        "--map",
        "deaths=best",
        "--to",
        "csv",
    ]);
    assert!(told.err.contains("`--sum deaths=best`"), "{}", told.err);
}

/// Whoever has rules and no data begins with an empty table.
#[test]
fn an_empty_table_has_the_columns_that_the_rules_read() {
    let place = Place::new("");
    let lacks = place.run(&["run", "un"]);
    assert_eq!(lacks.code, 2);
    assert!(
        lacks.err.contains("forewarn data --template FILE"),
        "{}",
        lacks.err
    );
    let told = place.does(&["data", "un", "--template", "empty.csv"]);
    assert!(
        told.contains("one row for each country and month"),
        "{told}"
    );
    assert_eq!(
        place.read("empty.csv"),
        "country,month,deaths_best,hate_speech,piracy\n"
    );
    // It is read once it is filled in, and not written over.
    place.write(
        "filled.csv",
        place.read("empty.csv") + "AVA,2024-01,5,absent,absent\n",
    );
    place.does(&["run", "un", "--data", "filled.csv", "--to", "csv"]);
    assert_eq!(
        place.run(&["data", "un", "--template", "empty.csv"]).code,
        2
    );
}

const MONTHLY: &str = "\
framework m \"M\" version \"1.0.0\"
panel country by month
unit deaths
unit people
indicator killed \"Killed\" : deaths in 0..
indicator living \"Living there\" : people in 0.. optional
indicator fed \"Fed\" : percent in 0..100 optional
indicator share \"Share\" : number in 0..1 optional
score k = killed
score all_else = living / (1 people) + fed / 1% + share
";

fn monthly(files: &[(&str, &str)]) -> Place {
    let place = Place::new("");
    place.write("m/m.risk", MONTHLY);
    for (name, text) in files {
        place.write(&format!("m/{name}"), text);
    }
    place
}

/// A row that names an entity and a period is never taken for one of units.
#[test]
fn a_row_with_words_for_a_number_is_told_cell_by_cell() {
    for (cell, help) in [
        ("k.A.", "`--missing k.A.`"),
        ("-", "`--missing -`"),
        ("unknown", "`--missing unknown`"),
        ("about 30", "write the number alone"),
        ("12 slain", "write the number alone"),
    ] {
        let text =
            format!("country,month,killed\nAVA,2031-02,{cell}\nBRV,2031-02,4\nAVA,2031-03,5\n");
        let place = monthly(&[("d.csv", &text)]);
        let told = place.run(&["run", "m", "--data", "m/d.csv"]);
        assert!(told.err.contains("error[FW0903]"), "{cell}: {}", told.err);
        assert!(told.err.contains(help), "{cell}: {}", told.err);
        let guessed = place.run(&["data", "m", "--guess", "m/d.csv"]);
        assert!(
            !guessed.out.contains("units_row"),
            "{cell}: {}",
            guessed.out
        );
    }
    let units = "country,month,killed\n,,number\nBRV,2031-02,4\nAVA,2031-03,5\n";
    let place = monthly(&[("d.csv", units)]);
    let told = place.run(&["run", "m", "--data", "m/d.csv"]);
    assert!(told.err.contains("--units-row"), "{}", told.err);
}

/// The export of a spreadsheet: what is offered reads it, typed and written down.
#[test]
fn what_is_offered_for_an_export_reads_it() {
    let text = "Ministry of the Interior\nAs of 2 April 2031\nLand;Monat;killed;living;fed;share\n\
                Avania;02.2031;12;1.250.000;61,5;0,72\nBrevia;02.2031;k.A.;820.000;-;0,5\n\
                Avania;03.2031;3;1.251.000;60;0,7\nBrevia;03.2031;1.020;821.000;58,25;k.A.\n\
                Total;;1.035;4.142.000;;\n";
    let place = monthly(&[("e.csv", text)]);
    let told = place.run(&["run", "m", "--data", "m/e.csv"]);
    let options = offered(&told.err);
    let mut words = vec![
        "run", "m", "--data", "m/e.csv", "--to", "csv", "--period", "all",
    ];
    words.extend(options.iter().map(String::as_str));
    let out = place.does(&words);
    assert!(out.contains("Brevia,03.2031,1020"), "{out}");
    assert!(!out.contains("Total"), "{out}");
    // The recipe says the same.
    place.write(
        "m/forewarn.toml",
        recipe(&told.err).replace("m/e.csv", "e.csv"),
    );
    let again = place.does(&["run", "m", "--to", "csv", "--period", "all"]);
    assert_eq!(again, out);
    let guessed = place.does(&["data", "m", "--guess", "m/e.csv"]);
    assert!(
        guessed.contains("# tried: it reads 4 rows of 2 countries"),
        "{guessed}"
    );
    place.write("m/forewarn.toml", guessed);
    assert_eq!(
        place.does(&["run", "m", "--to", "csv", "--period", "all"]),
        out
    );
}

#[test]
fn a_guess_does_not_hide_what_is_wrong_with_the_rules() {
    let place = monthly(&[("d.csv", "country,month,killed\nAVA,2031-02,4\n")]);
    place.write(
        "m/m.risk",
        MONTHLY.replace("score k = killed", "score k = slain"),
    );
    let told = place.run(&["data", "m", "--guess", "m/d.csv"]);
    assert_eq!(told.code, 1, "{}", told.out);
    assert!(told.err.contains("`slain`"), "{}", told.err);
    assert!(told.out.contains("the rules have errors"), "{}", told.out);
}

/// `820.000` people is told with the option that reads them; percentages have their sign; sums are no country.
#[test]
fn marks_signs_and_sums_are_told_even_to_the_quiet() {
    let thousands = "country;month;killed;living\nAVA;2031-02;3;820.000\nBRV;2031-02;1;3.100\n";
    let place = monthly(&[("t.csv", thousands)]);
    let told = place.run(&["run", "m", "--data", "m/t.csv", "--quiet"]);
    assert!(
        told.err.contains("FW0947") && told.err.contains("`--thousands .`"),
        "{}",
        told.err
    );
    let read = [
        "run",
        "m",
        "--data",
        "m/t.csv",
        "--thousands",
        ".",
        "--deny",
        "warnings",
    ];
    place.does(&read);
    let told = place.run(&["run", "m", "--data", "m/t.csv", "--decimal", ","]);
    assert!(told.err.contains("`--thousands .`"), "{}", told.err);
    assert!(!told.err.contains("leave the option out"), "{}", told.err);

    let signs =
        "country,month,killed,fed\nAVA,2031-02,3,45%\nBRV,2031-02,1,12.5 %\nTotal,2031-02,4,\n";
    let place = monthly(&[("s.csv", signs)]);
    let told = place.run(&["run", "m", "--data", "m/s.csv", "--quiet"]);
    assert!(
        told.err.contains("FW0952") && told.err.contains("`--except Total`"),
        "{}",
        told.err
    );
    let told = place.does(&["data", "m", "--data", "m/s.csv", "--except", "Total"]);
    assert!(told.contains("`fed`: 12.5 to 45"), "{told}");
    let place = monthly(&[("s.csv", "country,month,killed,share\nAVA,2031-02,3,45%\n")]);
    let told = place.run(&["run", "m", "--data", "m/s.csv"]);
    assert!(told.err.contains("(as a share 0.45)"), "{}", told.err);
}

/// Periods that look alike are told once, with what reads them.
#[test]
fn periods_written_otherwise_are_told_once() {
    let text = "country,month,killed\nAVA,02.2031,3\nBRV,02.2031,1\nAVA,03.2031,5\n";
    let place = monthly(&[("p.csv", text)]);
    let told = place.run(&[
        "run",
        "m",
        "--data",
        "m/p.csv",
        "--period-format",
        "MM/YYYY",
    ]);
    assert_eq!(told.err.matches("error[FW0909]").count(), 1, "{}", told.err);
    assert!(
        told.err.contains("`--period-format MM.YYYY`"),
        "{}",
        told.err
    );
    assert!(told.err.contains("`period = \"MM.YYYY\"`"), "{}", told.err);
    // One that nothing reads does not hide the others.
    let text = "country,month,killed\nAVA,13.2031,3\nBRV,02.2031,1\nAVA,03.2031,5\n";
    let place = monthly(&[("p.csv", text)]);
    let told = place.run(&["run", "m", "--data", "m/p.csv"]);
    assert_eq!(told.err.matches("error[FW0909]").count(), 2, "{}", told.err);
    assert!(
        told.err.contains("`--period-format MM.YYYY`"),
        "{}",
        told.err
    );
    let place = monthly(&[("p.csv", "country,month,killed\nAVA,47880,3\nAVA,47908,1\n")]);
    let told = place.run(&["run", "m", "--data", "m/p.csv"]);
    assert_eq!(told.err.matches("error[FW0909]").count(), 1, "{}", told.err);
    assert!(told.err.contains("`47880` is 2031-02-01"), "{}", told.err);
}

/// `--data` names folders and patterns as `files` of a recipe does: what they hold is one stack.
#[test]
fn months_are_stacked_by_a_folder_or_a_pattern() {
    let one = "country,month,killed\nAVA,2031-02,3\n";
    let two = "country,month,killed\nAVA,2031-03,12\n";
    let place = monthly(&[("in/a.csv", one), ("in/b.csv", two)]);
    let out = place.does(&[
        "run", "m", "--data", "m/in", "--to", "csv", "--period", "all",
    ]);
    assert_eq!(out.lines().count(), 3, "{out}");
    let pattern = [
        "run",
        "m",
        "--data",
        "m/in/*.csv",
        "--to",
        "csv",
        "--period",
        "all",
    ];
    assert_eq!(place.does(&pattern), out);
    place.does(&["run", "m", "--data", "m/in/*.csv", "-o", "r.csv"]);
    place.does(&["verify", "r.csv"]);
    let told = place.run(&["run", "m", "--data", "m/in/a.csv", "--data", "m/in/b.csv"]);
    assert!(
        told.err.contains("FW0925") && told.err.contains("stack them"),
        "{}",
        told.err
    );
}

/// A period is the same however a month's file writes it.
#[test]
fn dotted_periods_stack_and_compare() {
    let place = monthly(&[("in/2031-02.csv", "country,month,killed\nAVA,02.2031,3\n")]);
    place.write(
        "m/forewarn.toml",
        "[[data]]\nfiles = \"in/*.csv\"\nperiod = \"MM.YYYY\"\n",
    );
    place.does(&["run", "m"]);
    place.write("m/in/2031-03.csv", "country,month,killed\nAVA,03.2031,12\n");
    place.does(&["run", "m"]);
    let results = place.read("m/runs/2031-03/results.csv");
    assert!(
        results.contains("AVA,02.2031") && results.contains("AVA,03.2031"),
        "{results}"
    );
    let told = place.does(&["compare", "m/runs/2031-02", "m/runs/2031-03"]);
    assert!(told.contains("1 row new"), "{told}");
    assert!(!told.contains("no longer give"), "{told}");
    // Results of a run that wrote them otherwise are known all the same.
    let first = place.read("m/runs/2031-02/results.csv");
    place.write("other.csv", first.replace("02.2031", "2031-02"));
    let told = place.does(&["compare", "other.csv", "m/runs/2031-03"]);
    assert!(told.contains("1 row new"), "{told}");
    let verified = place.does(&["verify", "m/runs"]);
    assert_eq!(verified.matches("verified:").count(), 2, "{verified}");
}

/// What is wrong with a recipe is told where it stands, and as it was written.
#[test]
fn recipes_are_told_as_they_are_written() {
    let place = monthly(&[("d.csv", "country,month,killed\nAVA,2031-02,4\n")]);
    place.write(
        "m/forewarn.toml",
        "[[data]]\nfiles = \"d.csv\"\nfooter = Total\n",
    );
    let told = place.run(&["run", "m"]);
    assert!(
        told.err.contains("write `footer = \"Total\"`"),
        "{}",
        told.err
    );
    place.write(
        "m/forewarn.toml",
        "[[data]]\nfiles = \"d.csv\"\nmap = { killd = \"killed\" }\n",
    );
    let told = place.run(&["run", "m"]);
    assert!(
        !told.err.contains("--map") && told.err.contains("forewarn.toml"),
        "{}",
        told.err
    );
    place.write("m/w.csv", "country,2031-02,2031-03\nAVA,4,5\n");
    place.write(
        "m/forewarn.toml",
        "[[data]]\nfiles = \"w.csv\"\nshape = { wide = \"months\", value = \"killed\" }\n",
    );
    let told = place.does(&["data", "m"]);
    assert!(told.contains("wide = \"months\""), "{told}");
}

#[test]
fn a_check_of_the_rules_tells_slips_of_their_recipes() {
    let place = place();
    let check = |recipe: &str| {
        place.write("forewarn.toml", recipe);
        let ended = place.run(&["check", "w.risk"]);
        ended.out + &ended.err
    };
    let sound = check("[[data]]\nfiles = [\"none.csv\"]\n");
    assert!(sound.contains("nothing found"), "{sound}");
    for (recipe, words) in [
        (
            "[[data]]\nfiles = [\"none.csv\"]\ndelimeter = \";\"\n",
            "delimiter",
        ),
        ("[[data]]\nfiles = [\"none.csv\"]\nskip = \"1\"\n", "skip"),
        ("[data]\nfiles = [\"none.csv\"]\n", "[[data]]"),
        (
            "[[data]]\nfiles = [\"none.csv\"]\nskip = one\n",
            "write `skip = 1`",
        ),
        (
            "[[data]]\n// the wells\nfiles = [\"none.csv\"]\n",
            "write `# the wells`",
        ),
    ] {
        let told = check(recipe);
        assert!(told.contains(words), "{recipe}\n{told}");
        assert_eq!(told.matches("error[").count(), 1, "{recipe}\n{told}");
        assert!(!told.contains("[package]"), "{recipe}\n{told}");
    }
}
