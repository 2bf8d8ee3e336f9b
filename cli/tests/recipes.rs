//! Files of other shapes: what is told of them reads them, and recipes point to themselves and to the data.

mod place;

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
        .split_once("these options read it: `")
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
        (
            "[[data]]\nfiles = \"in/*.csv\"\nexpect = \"entities >= 3\"\n",
            "error[FW0945]",
        ),
        (
            "[[data]]\nfiles = \"in/*.csv\"\nrows = 'level = = 1'\n",
            "error[FW0941]",
        ),
    ] {
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
