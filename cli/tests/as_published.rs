//! Files as services and offices publish them: pages, keys in one cell, columns that say how good values are, years
//! of two years. Each is read as it is meant, or told in words that work when they are followed.

use crate::place;

use place::{Ended, Place};

const YEARLY: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by year
indicator n \"N\" : number in 0..
score s = n
";

fn place(rules: &str, name: &str, data: &str) -> Place {
    let place = Place::new("");
    place.write("w.risk", rules);
    place.write(name, data);
    place
}

fn run(place: &Place, name: &str, options: &[&str]) -> Ended {
    let args = ["run", "w.risk", "--data", name, "--to", "csv"];
    place.run(&[&args[..], options].concat())
}

#[track_caller]
fn reads(ended: &Ended, rows: &[&str]) {
    assert_eq!(ended.code, 0, "{}", ended.err);
    let found: Vec<&str> = ended.out.lines().skip(1).collect();
    assert_eq!(found, rows, "{}", ended.err);
}

#[track_caller]
fn tells(ended: &Ended, words: &[&str]) {
    let told: Vec<&str> = ended.err.lines().map(str::trim).collect();
    let told = told.join(" ");
    for word in words {
        assert!(told.contains(word), "no `{word}` in {}", ended.err);
    }
}

#[test]
fn a_page_of_several_is_told() {
    let page = |page: u64, country: &str, n: u64| {
        format!(
            "[{{\"page\":{page},\"pages\":2,\"per_page\":\"1\",\"total\":2}},\
             [{{\"country\":\"{country}\",\"year\":\"2031\",\"n\":{n}}}]]"
        )
    };
    let one = place(YEARLY, "page_1.json", &page(1, "AVA", 3));
    let told = run(&one, "page_1.json", &["--quiet"]);
    reads(&told, &["AVA,2031,3"]);
    tells(
        &told,
        &[
            "warning[FW0977]",
            "`page_1.json` is one page of several",
            "it holds 1 row, and says `page` = 1, `pages` = 2 and `total` = 2",
        ],
    );
    // What it says to do.
    one.write("page_2.json", page(2, "BRV", 5));
    let both = run(&one, "page_*.json", &[]);
    reads(&both, &["AVA,2031,3", "BRV,2031,5"]);
    assert!(!both.err.contains("FW0977"), "{}", both.err);
    let led = place(
        YEARLY,
        "d.json",
        "{\"count\":1,\"next\":\"https://example.org/?page=2\",\"results\":[{\"country\":\"AVA\",\"year\":2031,\"n\":3}]}",
    );
    tells(&run(&led, "d.json", &[]), &["warning[FW0977]", "`next`"]);
    let whole = place(
        YEARLY,
        "d.json",
        "{\"success\":true,\"result\":{\"total\":1,\"fields\":[{\"id\":\"n\"}],\
         \"records\":[{\"country\":\"AVA\",\"year\":2031,\"n\":3}]}}",
    );
    let whole = run(&whole, "d.json", &[]);
    reads(&whole, &["AVA,2031,3"]);
    assert!(!whole.err.contains("FW0977"), "{}", whole.err);
}

#[test]
fn keys_in_one_cell_are_set_apart() {
    let place = place(
        YEARLY,
        "d.tsv",
        "freq,unit,geo\\TIME_PERIOD\t2030 \t2031 \nA,NR,AV\t12.5 \t13 p\nA,NR,BR\t: c\t10.2 ep\n",
    );
    let guess = place.run(&["data", "w.risk", "--guess", "d.tsv"]);
    for line in [
        "shape = { wide = \"years\", value = \"n\" }",
        "map = { country = \"geo\" }",
        "flags = true",
        "# tried: it reads",
    ] {
        assert!(guess.out.contains(line), "no `{line}` in {}", guess.out);
    }
    let options = [
        "--map",
        "country=geo",
        "--wide",
        "years=n",
        "--flags",
        "--missing",
        ":",
    ];
    let read = run(&place, "d.tsv", &options);
    reads(
        &read,
        &["AV,2030,12.5", "AV,2031,13", "BR,2030,", "BR,2031,10.2"],
    );
    tells(&read, &["flagged: `n` "]);
    // Whoever names the cell as it stands is told of its parts.
    let map = "country=freq,unit,geo\\TIME_PERIOD";
    let map = ["--map", map, "--map", "year=unit", "--map", "n=2030"];
    let whole = run(&place, "d.tsv", &map);
    tells(
        &whole,
        &[
            "FW0902",
            "is read as `freq`, `unit` and `geo`",
            "country=geo",
        ],
    );
}

#[test]
fn what_a_column_says_of_values_is_counted_and_no_value_is_told() {
    let text = "REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nAVA,2030,12,A\nAVA,2031,15,E\nBRV,2030,3,\nBRV,2031,0,M\n";
    let place = place(YEARLY, "d.csv", text);
    let map = [
        "--map",
        "country=REF_AREA",
        "--map",
        "year=TIME_PERIOD",
        "--map",
        "n=OBS_VALUE",
    ];
    let told = run(&place, "d.csv", &map);
    tells(
        &told,
        &[
            "warning[FW0978]",
            "d.csv, row 5, column `OBS_STATUS`",
            "`M` stands for no observation, and the row has a value",
            "flagged: by `OBS_STATUS` E 1, M 1",
            "`rows = 'OBS_STATUS is missing or OBS_STATUS is not \"M\"'`",
        ],
    );
    let condition = "OBS_STATUS is missing or OBS_STATUS is not \"M\"";
    let chosen = run(
        &place,
        "d.csv",
        &[&map[..], &["--rows", condition]].concat(),
    );
    reads(&chosen, &["AVA,2030,12", "AVA,2031,15", "BRV,2030,3"]);
    assert!(!chosen.err.contains("FW0978"), "{}", chosen.err);
    tells(&chosen, &["left out: 1 row by `rows`"]);
    let all = "OBS_STATUS is missing or OBS_STATUS is known";
    let all = run(&place, "d.csv", &[&map[..], &["--rows", all]].concat());
    assert_eq!(all.out.lines().count(), 5, "{}", all.err);
    assert!(!all.err.contains("FW0978"), "{}", all.err);
}

#[test]
fn rows_that_a_recipe_leaves_out_are_counted() {
    let place = place(
        YEARLY,
        "d.csv",
        "country,year,kind,n\nAVA,2031,a,3\nAVA,2031,b,4\nBRV,2031,a,5\nBRV,2031,c,9\n",
    );
    let told = run(&place, "d.csv", &["--rows", "kind = \"a\""]);
    reads(&told, &["AVA,2031,3", "BRV,2031,5"]);
    tells(&told, &["left out: 2 rows by `rows`"]);
    let data = place.run(&[
        "data",
        "w.risk",
        "--data",
        "d.csv",
        "--rows",
        "kind = \"a\"",
    ]);
    assert!(
        data.out.contains("  left out  2 rows by `rows`"),
        "{}",
        data.out
    );
    let both = run(
        &place,
        "d.csv",
        &["--rows", "kind = \"a\"", "--except", "BRV"],
    );
    tells(&both, &["left out: BRV (1 row); 2 rows by `rows`"]);
}

#[test]
fn years_of_two_years_are_read_as_it_is_said() {
    let long = place(
        YEARLY,
        "d.csv",
        "country,year,n\nAVA,2030/31,3\nAVA,2031/32,4\n",
    );
    let told = run(&long, "d.csv", &[]);
    assert_eq!(told.code, 1);
    tells(
        &told,
        &[
            "reads it as 2030, the year in which it begins",
            "reads it as 2031, the year in which it ends",
            "say which the file means",
        ],
    );
    reads(
        &run(&long, "d.csv", &["--period-format", "YYYY/YY"]),
        &["AVA,2030/31,3", "AVA,2031/32,4"],
    );
    let ends = run(&long, "d.csv", &["--period-format", "XXXX/20YY"]);
    reads(&ends, &["AVA,2030/31,3", "AVA,2031/32,4"]);

    let wide = place(YEARLY, "d.csv", "country,2030/31,2031/32\nAVA,3,4\n");
    let guess = wide.run(&["data", "w.risk", "--guess", "d.csv"]);
    for line in [
        "shape = { wide = \"years\", value = \"n\" }",
        "period = \"YYYY/YY\"",
        "# to decide: `2030/31` is 2030, the year in which it begins, with",
    ] {
        assert!(guess.out.contains(line), "no `{line}` in {}", guess.out);
    }
    for (pattern, years) in [("YYYY/YY", [2030, 2031]), ("XXXX/20YY", [2031, 2032])] {
        let read = run(
            &wide,
            "d.csv",
            &["--wide", "years=n", "--period-format", pattern],
        );
        let rows = [format!("AVA,{},3", years[0]), format!("AVA,{},4", years[1])];
        reads(&read, &[rows[0].as_str(), rows[1].as_str()]);
    }
    // An office's own years are none of the calendar without a word.
    let own = place(YEARLY, "d.csv", "country,FY2030,FY2031\nAVA,3,4\n");
    let told = run(&own, "d.csv", &["--wide", "years=n"]);
    assert_eq!(told.code, 1, "{}", told.out);
    tells(
        &told,
        &["of `FY2030`, `--period-format", "reads it as 2030"],
    );
    let read = run(
        &own,
        "d.csv",
        &["--wide", "years=n", "--period-format", "'FY'YYYY"],
    );
    reads(&read, &["AVA,2030,3", "AVA,2031,4"]);
}

#[test]
fn dates_with_hours_and_days_of_spreadsheets_are_read_as_it_is_told() {
    let monthly = YEARLY.replace("by year", "by month");
    let hours = place(
        &monthly,
        "d.csv",
        "country,month,n\nAVA,5/31/2031 0:00,3\nAVA,6/30/2031 12:30 PM,4\n",
    );
    tells(
        &run(&hours, "d.csv", &[]),
        &["`--period-format M/D/YYYY`, or `period = \"M/D/YYYY\"` in the recipe, reads it"],
    );
    let read = run(&hours, "d.csv", &["--period-format", "M/D/YYYY"]);
    assert_eq!(read.code, 0, "{}", read.err);
    let days = place(
        &monthly,
        "d.csv",
        "country,month,n\nAVA,45292,3\nAVA,45323,4\n",
    );
    tells(
        &run(&days, "d.csv", &[]),
        &["`45292` is 2024-01-01", "`period = \"45292 = 2024-01-01\"`"],
    );
    let read = run(&days, "d.csv", &["--period-format", "45292 = 2024-01-01"]);
    assert_eq!(read.code, 0, "{}", read.err);
}

#[test]
fn a_document_of_objects_has_a_recipe() {
    let place = place(
        YEARLY,
        "d.json",
        "[{\"page\":1,\"pages\":1,\"total\":2},[{\"country\":{\"id\":\"AV\"},\"countryiso3code\":\"AVA\",\"date\":\"2030\",\
         \"value\":3},{\"country\":{\"id\":\"AV\"},\"countryiso3code\":\"AVA\",\"date\":\"2031\",\"value\":4}]]",
    );
    let guess = place.run(&["data", "w.risk", "--guess", "d.json"]);
    assert_eq!(guess.code, 0, "{}", guess.err);
    for line in ["year = \"date\"", "# to decide: no column is called like"] {
        assert!(guess.out.contains(line), "no `{line}` in {}", guess.out);
    }
}

#[test]
fn events_of_one_month_are_seen_by_a_guess() {
    let place = place(
        &YEARLY.replace("by year", "by month"),
        "d.csv",
        "event_date,country,n\n05 January 2031,AVA,3\n17 January 2031,AVA,4\n",
    );
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    assert!(
        guess.out.contains("are both 2031-01, AVA") && guess.out.contains("sum = { n = \"n\" }"),
        "{}",
        guess.out
    );
}

#[test]
fn months_in_columns_beside_a_year_are_read() {
    let place = place(
        &YEARLY.replace("by year", "by month"),
        "d.csv",
        "country,year,Jan,Feb,Mar\nAVA,2030,1,2,3\nAVA,2031,4,5,\nBRV,2031,7,8,9\n",
    );
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    for line in [
        "# seen: the year of its months stands in `year`",
        "shape = { wide = \"months\", value = \"n\" }",
        "map = { month = \"year\" }",
        "# tried: it reads 8 rows of 2 countries",
    ] {
        assert!(guess.out.contains(line), "no `{line}` in {}", guess.out);
    }
    let without = run(&place, "d.csv", &["--wide", "months=n"]);
    assert_eq!(without.code, 1, "{}", without.out);
    tells(
        &without,
        &["`Jan` is a month without a year", "`--map month=YEAR`"],
    );
    let options = ["--wide", "months=n", "--map", "month=year"];
    let rows = [
        "AVA,2030-01,1",
        "AVA,2030-02,2",
        "AVA,2030-03,3",
        "AVA,2031-01,4",
        "AVA,2031-02,5",
        "BRV,2031-01,7",
        "BRV,2031-02,8",
        "BRV,2031-03,9",
    ];
    for pattern in ["d.csv", "d*.csv"] {
        let read = run(&place, pattern, &options);
        assert_eq!(read.code, 0, "{}", read.err);
        let found: Vec<&str> = read.out.lines().skip(1).collect();
        let given = found.into_iter().filter(|row| !row.ends_with(','));
        assert_eq!(given.collect::<Vec<_>>(), rows, "{}", read.err);
    }
}
