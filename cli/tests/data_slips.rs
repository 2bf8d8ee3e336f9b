//! Data that would be read as something else than they are: each slip is told, and what is told to do works.

use crate::place;

use place::{Ended, Place};

const RULES: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator n \"N\" : number in 0..
score s = n
";

const PAIRS: &str = "\
framework w \"W\" version \"1.0.0\"
panel country, province by month
indicator n \"N\" : number in 0..
score s = n
";

const PERCENT: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator p \"P\" : percent in 0..100
score s = p
";

fn place(rules: &str, data: &str) -> Place {
    let place = Place::new("");
    place.write("w.risk", rules);
    place.write("d.csv", data);
    place
}

fn run(place: &Place, options: &[&str]) -> Ended {
    let args = ["run", "w.risk", "--data", "d.csv", "--to", "csv", "--quiet"];
    place.run(&[&args[..], options].concat())
}

#[track_caller]
fn rows(ended: &Ended) -> Vec<String> {
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended.out.lines().skip(1).map(str::to_owned).collect()
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
fn a_crosswalk_is_of_a_key() {
    let place = place(PAIRS, "country,province,month,n\nAVA,N,2031-01,3\n");
    place.write("c.csv", "name,province\nN,North\nAVA,WRONG\n");
    let told = run(&place, &["--crosswalk", "prvince=c.csv"]);
    assert_eq!(told.code, 2, "{}", told.err);
    tells(&told, &["error[FW0958]", "did you mean `province`?"]);
    let mended = run(&place, &["--crosswalk", "province=c.csv"]);
    assert_eq!(rows(&mended), ["AVA,North,2031-01,3"]);
    let period = run(&place, &["--crosswalk", "month=c.csv"]);
    tells(
        &period,
        &["error[FW0958]", "is the period", "--period-format"],
    );
    let twice = run(
        &place,
        &[
            "--crosswalk",
            "province=c.csv",
            "--crosswalk",
            "province=c.csv",
        ],
    );
    tells(&twice, &["error[FW0958]", "has two crosswalks"]);
    place.write(
        "data.toml",
        "[[data]]\nfiles = \"d.csv\"\nkeys = { region = \"c.csv\" }\n",
    );
    let recipe = place.run(&["run", "w.risk", "--recipe", "data.toml"]);
    tells(
        &recipe,
        &[
            "error[FW0958]",
            "data.toml",
            "crosswalks translate `country` and `province`",
        ],
    );
}

#[test]
fn what_multiplies_a_number_is_no_flag() {
    let place = place(
        RULES,
        "country,month,n\nAVA,2031-01,1.2M\nBRV,2031-01,12k\nCOR,2031-01,3.5 Mio.\nDOR,2031-01,7\n",
    );
    let told = run(&place, &[]);
    assert_eq!(told.code, 1);
    tells(&told, &["these options read it: `--multiples`"]);
    let read = rows(&run(&place, &["--multiples"]));
    assert_eq!(
        read,
        [
            "AVA,2031-01,1200000",
            "BRV,2031-01,12000",
            "COR,2031-01,3500000",
            "DOR,2031-01,7"
        ]
    );
    // Nobody gets 1.2 of it by another option.
    let flags = run(&place, &["--flags"]);
    assert_eq!(flags.code, 1, "{}", flags.out);
    tells(&flags, &["`1.2M`", "`--multiples`"]);
    let lenient = rows(&run(&place, &["--lenient"]));
    assert_eq!(lenient[..2], ["AVA,2031-01,", "BRV,2031-01,"]);
    // Units and words of several meanings are nothing that an option reads.
    for cell in ["45 km", "5 m", "7 mil", "3 kg"] {
        place.write("d.csv", format!("country,month,n\nAVA,2031-01,{cell}\n"));
        let told = run(&place, &["--flags"]);
        assert_eq!(told.code, 1, "{cell}: {}", told.out);
        tells(&told, &["write the number whole and alone"]);
    }
}

#[test]
fn flags_that_may_be_multiples_are_asked_about() {
    let place = place(
        RULES,
        "country,month,n\nAVA,2031-01,3.4 b\nBRV,2031-01,2 b\n",
    );
    let flags = run(&place, &["--flags"]);
    assert_eq!(rows(&flags), ["AVA,2031-01,3.4", "BRV,2031-01,2"]);
    tells(&flags, &["warning[FW0962]", "`3.4 b`", "`--multiples`"]);
    let read = run(&place, &["--multiples"]);
    assert_eq!(
        rows(&read),
        ["AVA,2031-01,3400000000", "BRV,2031-01,2000000000"]
    );
    assert!(!read.err.contains("FW0962"), "{}", read.err);
    place.write(
        "d.csv",
        "country,month,n\nAVA,2031-01,3.4 b\nBRV,2031-01,2 p\n",
    );
    let others = run(&place, &["--flags"]);
    assert_eq!(rows(&others).len(), 2);
    assert!(!others.err.contains("FW0962"), "{}", others.err);
}

#[test]
fn a_row_of_data_is_no_row_of_units() {
    let place = place(RULES, "");
    place.write(
        "m/2031-01.csv",
        "country,month,n\n,,people\nAVA,2031-01,12\nBRV,2031-01,3\n",
    );
    place.write(
        "m/2031-02.csv",
        "country,month,n\nAVA,2031-02,14\nBRV,2031-02,3\n",
    );
    let read = place.run(&["run", "w.risk", "--data", "m", "--units-row", "--to", "csv"]);
    assert_eq!(rows(&read).len(), 4, "{}", read.out);
    tells(
        &read,
        &["warning[FW0959]", "row 2 of `m/2031-02.csv` holds data"],
    );
    assert!(!read.err.contains("stopped reporting"), "{}", read.err);
    let one = place.run(&[
        "run",
        "w.risk",
        "--data",
        "m/2031-01.csv",
        "--units-row",
        "--to",
        "csv",
    ]);
    assert_eq!(rows(&one).len(), 2);
    assert!(!one.err.contains("FW0959"), "{}", one.err);
}

#[test]
fn units_in_thousands_are_told() {
    let place = place(RULES, "country,month,n\n,,(thousands)\nAVA,2031-01,5\n");
    let read = run(&place, &["--units-row"]);
    assert_eq!(rows(&read), ["AVA,2031-01,5"]);
    tells(&read, &["warning[FW0964]", "`(thousands)` of `n`"]);
}

#[test]
fn units_that_a_header_or_the_file_itself_says_are_told() {
    const RULES: &str = "\
framework w \"W\" version \"1.0.0\"
unit people
panel country by month
indicator fled \"Fled\" : people in 0..
score in_thousands \"Fled, in thousands\" = fled
indicator share \"Share\" : percent in 0..100
score part \"Part\" = share
";
    let data = "country,month,fled,share\nAVA,2031-01,5000,40\n";
    let place = place(RULES, data);
    place.write(
        "thousands.csv",
        "country,month,Fled (thousands),share\nAVA,2031-01,5,40\n",
    );
    let args = ["run", "w.risk", "--to", "csv", "--quiet"];
    let more = ["--data", "thousands.csv", "--map", "fled=Fled (thousands)"];
    let read = place.run(&[&args[..], &more].concat());
    tells(
        &read,
        &[
            "warning[FW0964]",
            "`Fled (thousands)`",
            "read from here, in people",
        ],
    );
    // Results say their units; rules that read them in others are told, rules that read them in the same are not.
    let written = place.run(&[
        "run",
        "w.risk",
        "--data",
        "d.csv",
        "-o",
        "r.parquet",
        "--quiet",
    ]);
    assert_eq!(written.code, 0, "{}", written.err);
    place.write(
        "next.risk",
        "framework n \"N\" version \"1.0.0\"\nunit people\nunit goats\npanel country by month\n\
         indicator in_thousands \"Fled\" : goats in 0..\nindicator part \"Part\" : number in 0..\n\
         score a = in_thousands\nscore b = part\n",
    );
    let next = |rules: &str| {
        place.run(&[
            "run",
            rules,
            "--data",
            "r.parquet",
            "--to",
            "csv",
            "--quiet",
        ])
    };
    let told = next("next.risk");
    tells(
        &told,
        &[
            "warning[FW0964]",
            "`in_thousands` is in people",
            "`part` is in percent",
        ],
    );
    place.write(
        "same.risk",
        "framework n \"N\" version \"1.0.0\"\nunit people\npanel country by month\n\
         indicator in_thousands \"Fled\" : people in 0..\nindicator part \"Part\" : percent in 0..100\n\
         score a = in_thousands\nscore b = part\n",
    );
    let same = next("same.risk");
    assert!(!same.err.contains("FW0964"), "{}", same.err);
    // So they do in every form that has a place for them.
    for file in ["r.json", "r.xlsx", "r.arrow"] {
        place.does(&["run", "w.risk", "--data", "d.csv", "-o", file, "--quiet"]);
        let read =
            |rules: &str| place.run(&["run", rules, "--data", file, "--to", "csv", "--quiet"]);
        tells(
            &read("next.risk"),
            &[
                "warning[FW0964]",
                "`in_thousands` is in people",
                "`part` is in percent",
            ],
        );
        let same = read("same.risk");
        assert!(!same.err.contains("FW0964"), "{file}: {}", same.err);
    }
    // In CSV with `--units` they stand behind the names.
    place.does(&[
        "run", "w.risk", "--data", "d.csv", "-o", "r.csv", "--units", "--quiet",
    ]);
    let map = [
        "--map",
        "in_thousands=in_thousands [people]",
        "--map",
        "part=part [percent]",
    ];
    let read = |rules: &str| {
        let words = ["run", rules, "--data", "r.csv", "--to", "csv", "--quiet"];
        place.run(&[&words[..], &map].concat())
    };
    tells(
        &read("next.risk"),
        &["warning[FW0964]", "`part [percent]` is in percent"],
    );
    let same = read("same.risk");
    assert!(!same.err.contains("FW0964"), "{}", same.err);
}

#[test]
fn percentages_do_not_add_up() {
    let place = place(PERCENT, "country,month,p\nAVA,2031-01,40\nAVA,2031-01,41\n");
    let told = run(&place, &[]);
    tells(&told, &["error[FW0907]", "--when \"latest wins\""]);
    assert!(!told.err.contains("--sum"), "{}", told.err);
    let sum = run(&place, &["--sum", "p=p"]);
    assert_eq!(sum.code, 1, "{}", sum.out);
    tells(&sum, &["error[FW0961]", "percentages do not add up"]);
    let adds = run(&place, &["--when", "add up"]);
    assert_eq!(adds.code, 1, "{}", adds.out);
    tells(&adds, &["error[FW0944]", "percentages do not add up"]);
    let latest = run(&place, &["--when", "latest wins"]);
    assert_eq!(rows(&latest), ["AVA,2031-01,41"]);
    // Nor do rates and indices; what counts by a plain number is summed up by name.
    let rates = "framework w \"W\" version \"1.0.0\"\npanel country by month\nunit deaths\nunit people\n\
                 indicator r \"R\" : deaths / people in 0..\nindicator i \"I\" : number in 0..10\n\
                 score s = r\nscore t = i\n";
    place.write("w.risk", rates);
    place.write(
        "d.csv",
        "country,month,r,i\nAVA,2031-01,4,1\nAVA,2031-01,4,2\n",
    );
    let adds = run(&place, &["--when", "add up"]);
    tells(&adds, &["indices do not add up", "`--sum i=i`"]);
    let sum = run(&place, &["--sum", "i=i", "--sum", "r=r"]);
    tells(&sum, &["error[FW0961]", "rates do not add up"]);
}

#[test]
fn signs_and_shares_in_one_column_are_told() {
    let place = place(
        PERCENT,
        "country,month,p\nAVA,2031-01,45%\nBRV,2031-01,0.40\n",
    );
    let read = run(&place, &[]);
    assert_eq!(rows(&read), ["AVA,2031-01,45", "BRV,2031-01,0.4"]);
    tells(
        &read,
        &["warning[FW0956]", "1 cell of column `p` has a percent sign"],
    );
    place.write(
        "d.csv",
        "country,month,p\nAVA,2031-01,45%\nBRV,2031-01,40\nCOR,2031-01,0.5 %\n",
    );
    let read = run(&place, &[]);
    assert!(!read.err.contains("FW0956"), "{}", read.err);
}

#[test]
fn nothing_closed_is_read_by_another_name() {
    let rules = "framework s \"S\" version \"1.0.0\"\npanel country by month\n\
                 source field \"Field\" { classification confidential }\n\
                 indicator hate \"Hate\" : number in 0..1 from field column \"hs\"\n\
                 indicator plain \"Plain\" : number in 0..1 column \"pl\"\nscore a = plain\nscore b = hate\n";
    let place = place(
        rules,
        "country,month,hs,pl\nAVA,2031-01,0.71,0.3\nBRV,2031-01,0.72,0.4\n",
    );
    let public = ["--audience", "public"];
    for (key, line) in [
        ("map", "map = { plain = \"hs\" }"),
        ("map", "map = { country = \"hs\" }"),
        ("sum", "sum = { plain = \"hs\" }"),
    ] {
        place.write(
            "data.toml",
            format!("[[data]]\nfiles = \"d.csv\"\n{line}\n"),
        );
        let args = ["run", "w.risk", "--recipe", "data.toml", "--to", "csv"];
        let told = place.run(&[&args[..], &public].concat());
        assert_eq!(told.code, 1, "{line}: {}", told.out);
        tells(
            &told,
            &["error[FW0955]", &format!("`{key}` reads a column")],
        );
        assert!(!told.out.contains("0.7"), "{line}: {}", told.out);
    }
    let sum = run(&place, &[&["--sum", "plain=hs"][..], &public].concat());
    assert_eq!(sum.code, 1, "{}", sum.out);
    place.write(
        "d.csv",
        "country,month,ind,val\nAVA,2031-01,hs,0.71\nAVA,2031-01,pl,0.3\n",
    );
    let long = ["--long", "ind=val", "--long-key", "hs=plain"];
    let told = run(&place, &[&long[..], &public].concat());
    assert_eq!(told.code, 1, "{}", told.out);
    assert!(!told.out.contains("0.7"), "{}", told.out);
    // For everybody else it stands as it is written.
    assert_eq!(
        rows(&run(
            &place,
            &[
                "--long",
                "ind=val",
                "--long-key",
                "hs=hate",
                "--long-key",
                "pl=plain"
            ]
        ))
        .len(),
        1
    );
}

#[test]
fn other_sheets_are_told_and_can_be_stacked() {
    let place = place(RULES, "");
    let book = |sheets: &[(&str, &[[&str; 3]])]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in sheets {
            let sheet = book.add_worksheet().set_name(*name).unwrap();
            for (row, cells) in (0..).zip(*rows) {
                for (column, cell) in (0..).zip(cells) {
                    sheet.write_string(row, column, *cell).unwrap();
                }
            }
        }
        book.save_to_buffer().unwrap()
    };
    let january = [["country", "month", "n"], ["AVA", "2031-01", "3"]];
    let february = [["country", "month", "n"], ["AVA", "2031-02", "4"]];
    let notice = [["About this file", "", ""], ["of the office", "", ""]];
    place.write(
        "two.xlsx",
        book(&[("janvier", &january), ("fevrier", &february)]),
    );
    let read = place.run(&["run", "w.risk", "--data", "two.xlsx", "--to", "csv"]);
    assert_eq!(rows(&read), ["AVA,2031-01,3"]);
    tells(
        &read,
        &[
            "warning[FW0960]",
            "`fevrier` is not read",
            "--sheet fevrier",
        ],
    );
    let data = place.run(&["data", "w.risk", "--data", "two.xlsx"]);
    tells(&data, &["warning[FW0960]"]);
    let guess = place.run(&["data", "w.risk", "--guess", "two.xlsx"]);
    assert!(
        guess.out.contains("# other sheets: `fevrier`"),
        "{}",
        guess.out
    );
    let all = place.run(&[
        "run", "w.risk", "--data", "two.xlsx", "--sheet", "*", "--to", "csv",
    ]);
    assert_eq!(rows(&all), ["AVA,2031-01,3", "AVA,2031-02,4"]);
    assert!(!all.err.contains("FW0960"), "{}", all.err);
    let said = place.run(&[
        "run", "w.risk", "--data", "two.xlsx", "--sheet", "janvier", "--to", "csv",
    ]);
    assert!(!said.err.contains("FW0960"), "{}", said.err);
    // A notice in front does not hide the table.
    place.write(
        "three.xlsx",
        book(&[("Notice", &notice), ("Data", &january)]),
    );
    let told = place.run(&["run", "w.risk", "--data", "three.xlsx"]);
    assert_eq!(told.code, 1);
    tells(
        &told,
        &["the table stands in its sheet `Data`", "`--sheet Data`"],
    );
    let read = place.run(&[
        "run",
        "w.risk",
        "--data",
        "three.xlsx",
        "--sheet",
        "Data",
        "--to",
        "csv",
    ]);
    assert_eq!(rows(&read), ["AVA,2031-01,3"]);
}

#[test]
fn options_that_would_do_nothing_are_told() {
    let place = place(RULES, "country,month,n\nAVA,2031-01,1\n");
    tells(
        &run(&place, &["--sheet", "2"]),
        &["error[FW0963]", "leave `--sheet` out"],
    );
    tells(
        &run(&place, &["--range", "A1:C2"]),
        &["error[FW0963]", "leave `--range` out"],
    );
    let key = run(&place, &["--long-key", "K=n"]);
    assert_eq!(key.code, 2);
    tells(&key, &["`--long-key K=n`", "`--long NAME=VALUE`"]);
    for ending in ["xls", "ods"] {
        let file = format!("r.{ending}");
        let told = run(&place, &["-o", &file]);
        assert_eq!(told.code, 2);
        tells(&told, &["is read, and not written", "`.xlsx`"]);
    }
}

#[test]
fn a_report_compares_with_results_of_its_rules() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by month\nindicator n \"N\" : number in 0..\n\
                 scale k { low < high }\nlevel overall \"Overall\" : k { high when n >= 5, low otherwise }\n";
    let place = place(rules, "country,month,n\nAVA,2031-01,1\nBRV,2031-01,9\n");
    let report = |against: &str| {
        let args = [
            "report", "w.risk", "--data", "d.csv", "-o", "r.md", "--quiet",
        ];
        place.run(&[&args[..], &["--against", against]].concat())
    };
    let data = report("d.csv");
    assert_eq!(data.code, 2);
    tells(&data, &["holds no results of these rules", "`overall`"]);
    place.write("other.csv", "country,month,overall\nAVA,2031-01,severe\n");
    tells(
        &report("other.csv"),
        &["`severe` is no level that `overall` has"],
    );
    place.write("far.csv", "country,month,overall\nXYZ,2031-01,low\n");
    tells(
        &report("far.csv"),
        &["no country of far.csv is among those of this report"],
    );
    place.write("before.csv", "country,month,overall\nAVA,2031-01,high\n");
    assert_eq!(report("before.csv").code, 0);
}

#[test]
fn a_version_is_published_under_one_spelling() {
    let place = place(RULES, "");
    place.write("b/b.risk", RULES.replace("1.0.0", "1.1"));
    let short = place.run(&["release", "b", "--into", "reg"]);
    assert_eq!(short.code, 2);
    tells(&short, &["`1.1` is short for `1.1.0`", "version \"1.1.0\""]);
    place.write("b/b.risk", RULES.replace("1.0.0", "1.1.0"));
    assert_eq!(place.run(&["release", "b", "--into", "reg"]).code, 0);
}
