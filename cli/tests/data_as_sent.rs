//! Files as offices and registers send them: digits of other scripts, lakhs, brackets, bounds, dates among numbers,
//! months behind a point, events, columns called by indicator and year. What is sound is read, what is not is told with
//! a way out that works.

use crate::place;

use place::{Ended, Place};

const PRICES: &str = "\
framework prices \"Market prices\" version \"1.0.0\"
panel market by month
indicator maize \"Maize, per kg\" : number in 0..100_000_000
indicator moved \"Change on the month\" : number in -100..100 optional
score price = maize
score change = moved
";

const WATCH: &str = "\
framework watch \"Watch\" version \"1.0.0\"
panel country by month
unit deaths
unit attacks
indicator killed \"People killed\" : deaths in 0..
indicator events \"Attacks\" : attacks in 0.. optional
score toll = killed
score incidents = events
";

const FIGURES: &str = "\
framework figures \"Figures\" version \"1.0.0\"
panel country by year
unit people
indicator income \"Income per head\" : number in 0..200_000
indicator population \"Population\" : people in 0.. optional
score y = income
score size = population
";

fn place(rules: &str, data: &str) -> Place {
    let place = Place::empty();
    place.write("w.risk", rules);
    place.write("d.csv", data);
    place
}

fn run(place: &Place, options: &[&str]) -> Ended {
    let args = ["run", "w.risk", "--data", "d.csv", "--to", "csv", "--quiet"];
    place.run(&[&args[..], options].concat())
}

/// The rows of a run that has nothing to tell.
#[track_caller]
fn rows(ended: &Ended) -> Vec<String> {
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{}", ended.out);
    ended.out.lines().skip(1).map(str::to_owned).collect()
}

fn told(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join(" ")
}

#[track_caller]
fn tells(ended: &Ended, words: &[&str]) {
    let told = told(&ended.err);
    for word in words {
        assert!(told.contains(word), "no `{word}` in {}", ended.err);
    }
}

#[test]
fn digits_of_other_scripts_are_digits() {
    let data = "market,month,maize\nIlm,٢٠٣١-٠١,١٢٫٥\nIlm,2031-02,١٬٢٣٤\nIlm,۲۰۳۱-۰۳,۴۵\nOrr,2031-01,१२.२५\n";
    let place = place(PRICES, data);
    assert_eq!(
        rows(&run(&place, &["--columns", "price"])),
        [
            "Ilm,2031-01,12.5",
            "Ilm,2031-02,1234",
            "Ilm,2031-03,45",
            "Orr,2031-01,12.25"
        ]
    );
    // Thousands stand in threes, and a number is of one script.
    place.write(
        "d.csv",
        "market,month,maize\nIlm,2031-01,١٬٢٣\nIlm,2031-02,1٢\n",
    );
    let refused = run(&place, &[]);
    tells(
        &refused,
        &["`١٬٢٣` is not a number", "`1٢` is not a number"],
    );
    place.write("d.csv", "market,month,maize\nIlm,٠٥/٢٠٣١,3\n");
    tells(&run(&place, &[]), &["`period = \"MM/YYYY\"` in the recipe"]);
    let said = run(
        &place,
        &["--period-format", "MM/YYYY", "--columns", "price"],
    );
    assert_eq!(rows(&said), ["Ilm,05/2031,3"]);
}

#[test]
fn lakhs_and_crores_are_thousands_set_apart() {
    let place = place(
        PRICES,
        "market,month,maize\nIlm,2031-01,\"1,23,456\"\nIlm,2031-02,\"1,23,45,678.5\"\nIlm,2031-03,\"1,204\"\n",
    );
    let wanted = [
        "Ilm,2031-01,123456",
        "Ilm,2031-02,12345678.5",
        "Ilm,2031-03,1204",
    ];
    assert_eq!(
        rows(&run(&place, &["--thousands", ",", "--columns", "price"])),
        wanted
    );
    tells(&run(&place, &[]), &["--thousands ,", "thousands = \",\""]);
    for slip in ["1,2,345", "1,23,45", "123,45,678", "0,12,345", "1.23.456"] {
        place.write(
            "d.csv",
            format!("market,month,maize\nIlm,2031-01,\"{slip}\"\n"),
        );
        let refused = run(&place, &["--thousands", ","]);
        tells(&refused, &[&format!("`{slip}` is not a number")]);
    }
}

#[test]
fn brackets_are_negative_where_it_is_said() {
    let place = place(
        PRICES,
        "market,month,maize,moved\nIlm,2031-01,12,(5.2)\nIlm,2031-02,13,4\nIlm,2031-03,13,(0)\n",
    );
    tells(
        &run(&place, &[]),
        &[
            "`(5.2)` is not a number",
            "`brackets = true` in the recipe",
            "is then -5.2",
        ],
    );
    let read = run(&place, &["--brackets", "--columns", "change"]);
    assert_eq!(
        rows(&read),
        ["Ilm,2031-01,-5.2", "Ilm,2031-02,4", "Ilm,2031-03,0"]
    );
    place.write("r.toml", "[[data]]\nfiles = \"d.csv\"\nbrackets = true\n");
    let args = [
        "run", "w.risk", "--recipe", "r.toml", "--to", "csv", "--quiet",
    ];
    assert_eq!(rows(&place.run(&args)).len(), 3);
    // A minus of its own, or words, are something else.
    for slip in ["(-5)", "(a)", "()", "(5"] {
        place.write(
            "d.csv",
            format!("market,month,maize,moved\nIlm,2031-01,12,{slip}\n"),
        );
        assert_eq!(run(&place, &["--brackets"]).code, 1, "{slip}");
    }
}

#[test]
fn what_is_no_number_is_told_by_what_it_is() {
    let place = place(
        PRICES,
        "market,month,maize\nIlm,2031-01,<5\nIlm,2031-02,3-May\nIlm,2031-03,#REF!\nIlm,2031-04,2031-05-03\n",
    );
    let refused = run(&place, &[]);
    tells(
        &refused,
        &[
            "it says a bound, and not which number",
            "`words = { unknown = \"<5\" }` in the recipe",
            "`3-May` is a date, and no number",
            "`2031-05-03` is a date, and no number",
            "spreadsheets make dates of what looks like one",
            "a formula of the spreadsheet failed here",
        ],
    );
    let known = "market,month,maize\nIlm,2031-01,<5\nIlm,2031-02,7\n";
    place.write("d.csv", known);
    let read = run(&place, &["--word", "unknown=<5", "--columns", "price"]);
    assert_eq!(rows(&read), ["Ilm,2031-01,", "Ilm,2031-02,7"]);
}

fn book(cells: &[(&str, f64, Option<f64>)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let day = rust_xlsxwriter::Format::new().set_num_format("d-mmm");
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["market", "month", "maize"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (row, (market, month, price)) in (1..).zip(cells) {
        sheet.write_string(row, 0, *market).unwrap();
        sheet.write_number(row, 1, *month).unwrap();
        match price {
            Some(price) => sheet.write_number(row, 2, *price).unwrap(),
            // What a spreadsheet makes of 3-5.
            None => sheet
                .write_number_with_format(row, 2, 47_971, &day)
                .unwrap(),
        };
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_month_behind_a_point_has_lost_its_nought() {
    let place = place(PRICES, "market,month,maize\nIlm,2031.1,4\n");
    let refused = run(&place, &[]);
    tells(&refused, &["`2031.1` may be 2031-01 or 2031-10"]);
    place.write(
        "p.xlsx",
        book(&[
            ("Ilm", 2031.09, Some(4.0)),
            ("Ilm", 2031.1, Some(5.0)),
            ("Ilm", 2031.12, Some(6.0)),
        ]),
    );
    let args = [
        "run",
        "w.risk",
        "--data",
        "p.xlsx",
        "--to",
        "csv",
        "--quiet",
        "--columns",
        "price",
    ];
    let refused = place.run(&args);
    tells(
        &refused,
        &["`period = \"YYYY.MM\"` in the recipe", "as October"],
    );
    let said = [&args[..], &["--period-format", "YYYY.MM"]].concat();
    let read = place.run(&said);
    assert_eq!(
        rows(&read),
        ["Ilm,2031.09,4", "Ilm,2031.10,5", "Ilm,2031.12,6"]
    );
    // Twenty is no month.
    place.write("p.xlsx", book(&[("Ilm", 2031.2, Some(5.0))]));
    assert_eq!(place.run(&said).code, 1);
}

#[test]
fn a_date_among_the_numbers_of_a_workbook_is_no_number() {
    let place = place(PRICES, "");
    place.write(
        "p.xlsx",
        book(&[("Ilm", 2031.09, Some(4.0)), ("Ilm", 2031.1, None)]),
    );
    let refused = place.run(&[
        "run",
        "w.risk",
        "--data",
        "p.xlsx",
        "--to",
        "csv",
        "--period-format",
        "YYYY.MM",
    ]);
    assert_eq!(refused.code, 1);
    tells(
        &refused,
        &[
            "`2031-05-03` is a date, and no number",
            "row 3, column `maize`",
            "find out what was entered",
        ],
    );
}

#[test]
fn the_order_of_days_is_told_by_the_whole_column() {
    let place = place(
        PRICES,
        "market,month,maize\nIlm,03/04/2031,4\nIlm,25/06/2031,5\n",
    );
    let refused = run(&place, &[]);
    tells(
        &refused,
        &["`period = \"DD/MM/YYYY\"` in the recipe, reads it"],
    );
    assert!(!refused.err.contains("MM/DD"), "{}", refused.err);
    place.write(
        "d.csv",
        "market,month,maize\nIlm,03/04/2031,4\nIlm,05/06/2031,5\n",
    );
    tells(
        &run(&place, &[]),
        &["DD/MM/YYYY", "MM/DD/YYYY", "say which the file means"],
    );
}

#[test]
fn parts_of_all_people_are_chosen_and_rows_that_agree_are_one() {
    let place = place(
        WATCH,
        "country,month,sex,killed\nAVA,2031-01,Total,9\nAVA,2031-01,Female,4\nAVA,2031-01,Male,5\n",
    );
    let refused = run(&place, &[]);
    tells(
        &refused,
        &[
            "`sex` may tell them apart",
            "`rows = 'sex = \"…\"'` in the recipe",
        ],
    );
    assert!(!refused.err.contains("--sum"), "{}", refused.err);
    let chosen = run(&place, &["--rows", "sex = \"Total\"", "--columns", "toll"]);
    assert_eq!(rows(&chosen), ["AVA,2031-01,9"]);

    place.write(
        "d.csv",
        "country,month,killed\nAVA,2031-01,9\nAVA,2031-01,9\n",
    );
    let refused = run(&place, &[]);
    tells(&refused, &["`when = \"must agree\"` in the recipe"]);
    let agreed = run(&place, &["--when", "must agree", "--columns", "toll"]);
    assert_eq!(rows(&agreed), ["AVA,2031-01,9"]);
}

#[test]
fn a_period_of_two_columns_is_offered_and_may_be_a_list() {
    let rules = PRICES.replace("by month", "by week");
    let place = place(
        &rules,
        "market,year,epi_week_no,maize\nIlm,2031,2,4\nIlm,2031,10,5\n",
    );
    let refused = run(&place, &[]);
    tells(&refused, &["year,epi_week_no"]);
    place.write(
        "r.toml",
        "[[data]]\nfiles = \"d.csv\"\nmap = { week = [\"year\", \"epi_week_no\"] }\n",
    );
    let read = place.run(&[
        "run",
        "w.risk",
        "--recipe",
        "r.toml",
        "--to",
        "csv",
        "--quiet",
        "--columns",
        "price",
    ]);
    assert_eq!(rows(&read), ["Ilm,2031-W02,4", "Ilm,2031-W10,5"]);
}

#[test]
fn words_of_several_languages_are_told_with_what_they_mean() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by month\nindicator plan \"Plan\" : truth\n\
                 signal planned = plan\n";
    let place = place(
        rules,
        "country,month,plan\nAVA,2031-01,Sí\nAVA,2031-02,no\nBRV,2031-01,Ja\nBRV,2031-02,Nein\n",
    );
    let refused = run(&place, &[]);
    tells(
        &refused,
        &[
            "`yes = [\"Ja\", \"Sí\"]`",
            "`no = [\"Nein\"]`",
            "--yes Ja --yes Sí --no Nein",
        ],
    );
    let read = run(&place, &["--yes", "Ja", "--yes", "Sí", "--no", "Nein"]);
    assert_eq!(
        rows(&read),
        [
            "AVA,2031-01,yes",
            "AVA,2031-02,no",
            "BRV,2031-01,yes",
            "BRV,2031-02,no"
        ]
    );
}

#[test]
fn a_header_in_the_middle_is_left_out_as_it_is_told() {
    let place = place(
        WATCH,
        "country,month,killed\nAVA,2031-01,9\ncountry,month,killed\nBRV,2031-01,4\n",
    );
    tells(
        &run(&place, &[]),
        &[
            "error[FW0953]",
            "`rows = 'country != \"country\"'` in the recipe",
        ],
    );
    let read = run(
        &place,
        &["--rows", "country != \"country\"", "--columns", "toll"],
    );
    assert_eq!(rows(&read), ["AVA,2031-01,9", "BRV,2031-01,4"]);
}

#[test]
fn signs_that_nobody_sees_are_no_part_of_a_column_s_name() {
    let place = place(
        WATCH,
        "\u{200b}country,month\u{a0},killed\u{200b}\nAVA,2031-01,9\n",
    );
    assert_eq!(
        rows(&run(&place, &["--columns", "toll"])),
        ["AVA,2031-01,9"]
    );
}

/// As a register of events has them, with the days on which they began and ended.
const EVENTS: &str = "\
id,year,conflict_name,country,date_start,date_end,deaths_a,best,high,low
501,2031,Front,AVA,2031-03-05 00:00:00.000,2031-03-05 00:00:00.000,3,7,9,5
502,2031,Front,AVA,2031-03-31 00:00:00.000,2031-04-01 00:00:00.000,0,20,31,20
503,2031,Herders,BRV,2031-03-11 00:00:00.000,2031-03-11 00:00:00.000,60,112,140,80
";

#[test]
fn events_are_recognised() {
    let place = place(WATCH, EVENTS);
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    for line in [
        "map = { month = \"date_start\" }",
        "sum = { killed = \"best\", events = \"count\" }",
        "once = \"id\"",
        "`date_end` could be the `month` as well",
        "`killed` may be the sum of `best`: look whether it is",
    ] {
        assert!(guess.out.contains(line), "no `{line}` in {}", guess.out);
    }
    place.write("r.toml", &guess.out);
    let read = place.run(&[
        "run", "w.risk", "--recipe", "r.toml", "--to", "csv", "--quiet",
    ]);
    assert_eq!(rows(&read), ["AVA,2031-03,27,2", "BRV,2031-03,112,1"]);
    // The same is offered where it is read as it is.
    tells(
        &run(&place, &[]),
        &["error[FW0940]", "its rows are events", "--sum killed=best"],
    );
}

#[test]
fn columns_called_by_indicator_and_year_are_recognised() {
    let data = "Country Name,Country Code,Income per head 2031 [YR2031],Income per head 2032 [YR2032],\
                \"Population, total 2031 [YR2031]\",\"Population, total 2032 [YR2032]\"\n\
                Avaland,AVA,1233.5,1250,5100000,5200000\nBrevia,BRV,8040.5,..,812000,815000\n";
    let place = place(FIGURES, data);
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    for line in [
        "shape = { wide = \"{indicator} {year}\" }",
        "income = \"Income per head\"",
        "`Population, total` may be the `population`: look whether it is",
    ] {
        assert!(guess.out.contains(line), "no `{line}` in {}", guess.out);
    }
    place.write("r.toml", &guess.out);
    let args = ["run", "w.risk", "--to", "csv", "--quiet", "--recipe"];
    let wanted = [
        "AVA,2031,1233.5,5100000",
        "AVA,2032,1250,5200000",
        "BRV,2031,8040.5,812000",
        "BRV,2032,,815000",
    ];
    assert_eq!(rows(&place.run(&[&args[..], &["r.toml"]].concat())), wanted);
    let twice = guess.out.replace("{year}\"", "{year} [YR{year}]\"");
    place.write("twice.toml", &twice);
    assert_eq!(
        rows(&place.run(&[&args[..], &["twice.toml"]].concat())),
        wanted
    );
}

#[test]
fn a_bank_of_series_with_years_in_columns_is_recognised() {
    let data = "Country Name,Country Code,Series Name,Series Code,2031 [YR2031],2032 [YR2032]\n\
                Avaland,AVA,Income per head (current),NY.INC,1233.5,1250\n\
                Avaland,AVA,\"Population, total\",SP.POP,5100000,5200000\n\
                Brevia,BRV,Income per head (current),NY.INC,8040.5,..\n\
                Brevia,BRV,\"Population, total\",SP.POP,812000,815000\n";
    let place = place(FIGURES, data);
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    for line in [
        "wide = \"years\", long = \"Series Code\"",
        "`NY.INC` may be the `income`: look whether it is",
        "missing = [\"..\"]",
    ] {
        assert!(guess.out.contains(line), "no `{line}` in {}", guess.out);
    }
    place.write("r.toml", &guess.out);
    let read = place.run(&[
        "run", "w.risk", "--recipe", "r.toml", "--to", "csv", "--quiet",
    ]);
    assert_eq!(
        rows(&read),
        [
            "AVA,2031,1233.5,5100000",
            "AVA,2032,1250,5200000",
            "BRV,2031,8040.5,812000",
            "BRV,2032,,815000"
        ]
    );
}

#[test]
fn blanks_between_thousands_are_called_so() {
    let place = place(
        FIGURES,
        "country;year;income\nAVA;2031;1 204,50\nBRV;2031;980,25\n",
    );
    let refused = run(&place, &[]);
    tells(
        &refused,
        &[
            "a blank sets thousands apart and a comma marks decimals",
            "thousands = \" \"",
        ],
    );
    let read = run(
        &place,
        &["--decimal", ",", "--thousands", " ", "--columns", "y"],
    );
    assert_eq!(rows(&read), ["AVA,2031,1204.5", "BRV,2031,980.25"]);
}

#[test]
fn a_latest_period_in_the_future_of_a_few_is_told() {
    let place = place(
        WATCH,
        "country,month,killed\nAVA,2021-01,3\nAVA,2021-02,12\nBRV,2021-02,0\nCEL,2021-02,1\nCEL,9021-02,8\n",
    );
    let ended = run(&place, &[]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    tells(
        &ended,
        &[
            "warning[FW0996]: the latest period, 9021-02, is in the future",
            "d.csv, column `month`",
            "of `CEL` alone, of 3 countries",
        ],
    );
    assert_eq!(run(&place, &["--deny", "warnings"]).code, 1);
    // What most say of the future are forecasts.
    place.write(
        "d.csv",
        "country,month,killed\nAVA,9021-01,3\nBRV,9021-01,12\nCEL,2021-01,1\n",
    );
    assert_eq!(rows(&run(&place, &[])).len(), 3);
    let loud = place.run(&["run", "w.risk", "--data", "d.csv", "--to", "csv"]);
    tells(&loud, &["in the future: 9021-01, the latest period"]);
}

#[test]
fn what_is_told_of_files_together_names_their_recipe() {
    let place = place(
        WATCH,
        "country,month,killed,Events\nAVA,2021-01,3,1\nava,2021-02,12,2\nBRV,2021-01,1,1\nBRV,2021-02,2,0\nTotal,2021-01,4,2\n",
    );
    place.write("r.toml", "# monthly\n[[data]]\nfiles = \"d.csv\"\n");
    let args = ["run", "w.risk", "--to", "csv", "--quiet"];
    let by_recipe = place.run(&[&args[..], &["--recipe", "r.toml"]].concat());
    assert_eq!(by_recipe.code, 0, "{}", by_recipe.err);
    for code in ["FW0932", "FW0936", "FW0952"] {
        let start = by_recipe.err.find(&format!("warning[{code}]"));
        let told = start
            .and_then(|start| by_recipe.err.get(start..))
            .unwrap_or_default();
        let told = told.split("\n\n").next().unwrap_or_default();
        assert!(
            told.contains("r.toml:2:1") && told.contains("the file is read as this recipe says"),
            "{code}: {}",
            by_recipe.err
        );
    }
    let plain = place.run(&[&args[..], &["--data", "d.csv"]].concat());
    assert!(!plain.err.contains("recipe says"), "{}", plain.err);
}
