//! What a cell is worth is the same to conditions, sums, deliveries that are compared and to the rules.

use crate::place;

use place::Place;

const RULES: &str = "\
framework tally \"Tally\" version \"1\"
panel country by month
indicator best : number
score k = best
";

fn place() -> Place {
    let place = Place::new("");
    place.write("q.risk", RULES);
    place
}

/// `AVA=1 BRV=2` of the results of a run of this text.
fn results(place: &Place, text: &str, options: &[&str]) -> String {
    place.write("d.csv", text);
    let args = ["run", "q.risk", "--data", "d.csv", "--to", "csv", "--quiet"];
    let run = place.run(&[&args[..], options].concat());
    assert_eq!(run.code, 0, "{options:?}: {}", run.err);
    let rows = run.out.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("{}={}", cells[0], cells[2])
    });
    rows.collect::<Vec<_>>().join(" ")
}

/// What is told of a run that fails.
fn told(place: &Place, text: &str, options: &[&str]) -> String {
    place.write("d.csv", text);
    let args = ["run", "q.risk", "--data", "d.csv", "--to", "csv"];
    let run = place.run(&[&args[..], options].concat());
    assert_ne!(run.code, 0, "{options:?}: {}", run.out);
    run.err
}

#[test]
fn deliveries_add_up_as_they_are_read() {
    let place = place();
    let text = "country;month;best\nAVA;2024-01;1,5\nAVA;2024-01;2,5\nBRV;2024-01;1.200\nBRV;2024-01;-99\n\
                CEL;2024-01;-99\nCEL;2024-01;-99,0\nDOR;2024-01;\nDOR;2024-01;7\nDOR;2024-01;7\n";
    let marks = [
        "--decimal",
        ",",
        "--thousands",
        ".",
        "--missing",
        "-99",
        "--when",
        "add up",
    ];
    assert_eq!(results(&place, text, &marks), "AVA=4 BRV=1200 CEL= DOR=14");
    let flags = "country,month,best\nAVA,2024-01,5 p\nAVA,2024-01,5\nAVA,2024-01,0.5 e\n";
    assert_eq!(
        results(&place, flags, &["--flags", "--when", "add up"]),
        "AVA=10.5"
    );
    let long = "country,month,item,val\nAVA,2024-01,best,\"1,000\"\nAVA,2024-01,best,2\n";
    let long_options = ["--long", "item=val", "--thousands", ",", "--when", "add up"];
    assert_eq!(results(&place, long, &long_options), "AVA=1002");
    let wide = "country,2024-01,2024-02\nAVA,\"1,000\",n/a\nAVA,2,3\n";
    let wide_options = [
        "--wide",
        "years=best",
        "--thousands",
        ",",
        "--missing",
        "n/a",
        "--when",
        "add up",
    ];
    place.write("d.csv", wide);
    let run = place.run(
        &[
            &["run", "q.risk", "--data", "d.csv", "--to", "csv"][..],
            &wide_options,
        ]
        .concat(),
    );
    assert_eq!(
        run.out,
        "country,month,k\nAVA,2024-01,1002\nAVA,2024-02,3\n"
    );
    assert!(run.err.contains("FW0946"), "{}", run.err);
    assert!(run.err.contains("1 cell of `best` is empty"), "{}", run.err);
}

#[test]
fn stacked_files_add_up() {
    let place = place();
    place.write(
        "in_1.csv",
        "country,month,best\nAVA,2024-01,\"1,250\"\nBRV,2024-01,n/a\n",
    );
    place.write(
        "in_2.csv",
        "country,month,best\nAVA,2024-01,50\nBRV,2024-01,3 p\n",
    );
    place.write(
        "data.toml",
        "[[data]]\nfiles = \"in_*.csv\"\nwhen = \"add up\"\nthousands = \",\"\nflags = true\nmissing = [\"n/a\"]\n",
    );
    let out = place.does(&[
        "run",
        "q.risk",
        "--recipe",
        "data.toml",
        "--to",
        "csv",
        "--quiet",
    ]);
    assert_eq!(out, "country,month,k\nAVA,2024-01,1300\nBRV,2024-01,3\n");
}

#[test]
fn what_cannot_be_added_is_told() {
    let place = place();
    let text = "country,month,best\nAVA,2024-01,4\nAVA,2024-01,abc\n";
    for how in [["--when", "add up"], ["--sum", "best=best"]] {
        let told = told(&place, text, &how);
        assert!(
            told.contains("error[FW0903]: `abc` is not a number"),
            "{told}"
        );
        assert!(told.contains("d.csv, row 3"), "{told}");
        let mut lenient = how.to_vec();
        lenient.push("--lenient");
        assert_eq!(results(&place, text, &lenient), "AVA=4");
        place.write("d.csv", text);
        let args = ["run", "q.risk", "--data", "d.csv", "--to", "csv"];
        let run = place.run(&[&args[..], &lenient].concat());
        assert!(
            run.err.contains("`best` 1 cell read as missing"),
            "{}",
            run.err
        );
    }
    place.write(
        "q.risk",
        "framework tally \"Tally\" version \"1\"\npanel country by month\nindicator flag : truth\n\
         score k = if flag then 1 else 0\n",
    );
    let truths = "country,month,flag\nAVA,2024-01,yes\nAVA,2024-01,no\n";
    let refused = told(&place, truths, &["--when", "add up"]);
    assert!(refused.contains("FW0944"), "{refused}");
    assert!(refused.contains("no numbers to add up"), "{refused}");
    let same = "country,month,flag\nAVA,2024-01,yes\nAVA,2024-01,TRUE\n";
    assert_eq!(results(&place, same, &["--when", "must agree"]), "AVA=1");
}

#[test]
fn a_sum_of_nothing_is_missing() {
    let place = place();
    let text = "country,month,best\nAVA,2024-01,4\nAVA,2024-01,n/a\nBRV,2024-01,n/a\nBRV,2024-01,\n\
                CEL,2024-01,0\n";
    let options = ["--missing", "n/a", "--sum", "best=best"];
    assert_eq!(results(&place, text, &options), "AVA=4 BRV= CEL=0");
    place.write("d.csv", text);
    let args = ["run", "q.risk", "--data", "d.csv", "--to", "csv"];
    let run = place.run(&[&args[..], &options].concat());
    assert!(run.err.contains("1 cell of `best` is empty"), "{}", run.err);
}

#[test]
fn conditions_read_cells_as_the_rules_do() {
    let place = place();
    let text = "country,month,best\nAVA,2024-01,\"1,234\"\nBRV,2024-01,40\nCEL,2024-01,n/a\nDOR,2024-01,2\n";
    let marks = ["--thousands", ",", "--missing", "n/a"];
    for (condition, kept) in [
        ("best >= 25", "AVA=1234 BRV=40"),
        ("best is missing", "CEL="),
        ("best = \"n/a\"", "CEL="),
        ("best != \"n/a\"", "AVA=1234 BRV=40 DOR=2"),
        ("best in (2, \"1,234\")", "AVA=1234 DOR=2"),
        ("best = \"1,234\"", "AVA=1234"),
        ("best in 2..40", "BRV=40 DOR=2"),
        ("best * 2 > 100 or country = \"DOR\"", "AVA=1234 DOR=2"),
        ("max(best, 3) = 3", "DOR=2"),
    ] {
        let options = [&marks[..], &["--rows", condition]].concat();
        assert_eq!(results(&place, text, &options), kept, "{condition}");
    }
    let expected = [&marks[..], &["--expect", "best <= 1000"]].concat();
    let not_so = told(&place, text, &expected);
    assert!(not_so.contains("FW0945"), "{not_so}");
    assert!(not_so.contains("d.csv, row 2"), "{not_so}");
    let flagged = "country,month,best\nAVA,2024-01,8.2 p\nBRV,2024-01,30\n";
    let options = ["--flags", "--rows", "best >= 25"];
    assert_eq!(results(&place, flagged, &options), "BRV=30");
}

#[test]
fn missing_words_are_no_words_of_keys() {
    let place = place();
    let text = "country,month,best\nNA,2024-01,1\nAVA,2024-01,NA\n";
    for (condition, kept) in [
        ("country = \"NA\"", "NA=1"),
        ("country != \"AVA\"", "NA=1"),
        ("best is missing", "AVA="),
    ] {
        let options = ["--missing", "NA", "--rows", condition];
        assert_eq!(results(&place, text, &options), kept, "{condition}");
    }
}

#[test]
fn a_cell_that_a_condition_cannot_take_is_told() {
    let place = place();
    let text = "country,month,best,open\nAVA,2024-01,40,yes\nBRV,2024-01,8.2 p,no\nCEL,2024-01,several,oui\n";
    let words = told(&place, text, &["--rows", "best >= 25"]);
    assert!(
        words.contains("error[FW0957]: `8.2 p` is not a number, and `rows` compares it with one"),
        "{words}"
    );
    assert!(words.contains("d.csv, row 3"), "{words}");
    assert!(words.contains("and 1 more such cell"), "{words}");
    let lenient = ["--lenient", "--rows", "best >= 25"];
    assert_eq!(results(&place, text, &lenient), "AVA=40");
    assert_eq!(
        results(
            &place,
            text,
            &["--rows", "open", "--yes", "oui", "--lenient"]
        ),
        "AVA=40 CEL="
    );
    assert_eq!(
        results(&place, text, &["--rows", "open is no", "--lenient"]),
        "BRV=8.2"
    );
    let neither = told(&place, text, &["--rows", "open"]);
    assert!(neither.contains("`oui` is neither yes nor no"), "{neither}");
    let number = told(&place, text, &["--rows", "best+1"]);
    assert!(number.contains("no condition but a number"), "{number}");
}

#[test]
fn what_says_the_same_agrees() {
    let place = place();
    for (one, other, value, options) in [
        ("\"1,234\"", "1234", "1234", &["--thousands", ","][..]),
        ("5 p", "5", "5", &["--flags"]),
        ("n/a", "7", "7", &["--missing", "n/a"]),
        ("7.0", "7", "7", &[]),
    ] {
        let text = format!("country,month,best\nAVA,2024-01,{one}\nAVA,2024-01,{other}\n");
        let options = [options, &["--when", "must agree"]].concat();
        assert_eq!(
            results(&place, &text, &options),
            format!("AVA={value}"),
            "{one}"
        );
    }
    let text = "country,month,best\nAVA,2024-01,5\nAVA,2024-01,6\n";
    let differ = told(&place, text, &["--when", "must agree"]);
    assert!(differ.contains("FW0944"), "{differ}");
}

#[test]
fn where_nothing_is_left_that_is_told() {
    let place = place();
    let text = "country,month,best,other\nAVA,2024-01,5,1\nBRV,2024-01,6,2\n";
    let long = "country,month,item,val\nAVA,2024-01,best,5\nBRV,2024-01,best,6\n";
    for (text, options) in [
        (text, &[][..]),
        (text, &["--sum", "best=best"]),
        (text, &["--when", "latest wins"]),
        (long, &["--long", "item=val"]),
    ] {
        place.write("d.csv", text);
        let args = [
            "run",
            "q.risk",
            "--data",
            "d.csv",
            "--to",
            "csv",
            "--rows",
            "country = \"X\"",
        ];
        let run = place.run(&[&args[..], options].concat());
        assert_eq!(run.code, 0, "{options:?} {}", run.err);
        let words = "warning[FW0914]: `rows` leaves out all 2 rows of `d.csv`";
        assert!(run.err.contains(words), "{options:?} {}", run.err);
        assert!(!run.err.contains("only a header"), "{}", run.err);
    }
}

#[test]
fn a_column_beside_the_sums_is_told_for_what_it_is() {
    let place = place();
    place.write(
        "q.risk",
        format!("{RULES}indicator other : number\nscore o = other\n"),
    );
    let text = "country,month,best,other\nAVA,2024-01,5,1\nAVA,2024-01,6,2\n";
    let words = told(&place, text, &["--sum", "best=best"]);
    assert!(
        words.contains("`sum` does not say what becomes of `other`"),
        "{words}"
    );
    assert!(words.contains("--sum other=other"), "{words}");
    assert!(!words.contains("--map"), "{words}");
    place.write("d.csv", text);
    let args = ["run", "q.risk", "--data", "d.csv", "--to", "csv", "--quiet"];
    let out = place.does(&[&args[..], &["--sum", "best=best", "--sum", "other=other"]].concat());
    assert_eq!(out, "country,month,k,o\nAVA,2024-01,11,3\n");
}

#[test]
fn decimals_that_begin_with_nought_are_no_thousands() {
    let place = place();
    let text = "country;month;best\nAVA;2024-01;0,812\nBRV;2024-01;0,745\n";
    let offered = told(&place, text, &[]);
    assert!(
        offered.contains("these options read it: `--decimal ,`"),
        "{offered}"
    );
    let refused = told(&place, text, &["--thousands", ","]);
    assert!(refused.contains("`0,812`"), "{refused}");
    assert_eq!(
        results(&place, text, &["--decimal", ","]),
        "AVA=0.812 BRV=0.745"
    );
}

#[test]
fn a_slip_of_the_pen_is_asked_about() {
    let place = place();
    place.write(
        "q.risk",
        "framework tally \"Tally\" version \"1\"\npanel country by month\nindicator best : number\n\
         indicator fled : number in 0..\n  missing means 0 because \"the shelters list all\"\nscore k = best\nscore f = fled\n",
    );
    place.write(
        "one.csv",
        "country,month,best\nAVA,2024-01,1\nBRV,2024-01,2\nCEL,2024-01,3\n",
    );
    place.write(
        "two.csv",
        "country,month,fled\nAVAA,2024-01,500\nBRV,2024-01,7\n",
    );
    let run = place.run(&[
        "run", "q.risk", "--data", "one.csv", "--data", "two.csv", "--to", "csv",
    ]);
    assert!(run.err.contains("FW0932"), "{}", run.err);
    assert!(
        run.err
            .contains("`AVA` and `AVAA` differ only in one letter"),
        "{}",
        run.err
    );
    // What is not said of it is missing; of `CEL`, which nothing resembles, it is none.
    assert!(run.out.contains("AVA,2024-01,1,\n"), "{}", run.out);
    assert!(run.out.contains("CEL,2024-01,3,0\n"), "{}", run.out);
}

#[test]
fn what_is_wrong_with_a_file_is_told_in_our_words() {
    let place = place();
    let run = |file: &str, bytes: &[u8], options: &[&str]| {
        place.write(file, bytes);
        let args = ["run", "q.risk", "--data", file, "--to", "csv"];
        let run = place.run(&[&args[..], options].concat());
        assert_ne!(run.code, 0, "{file}: {}", run.out);
        run.err
    };
    let first = run(
        "a.ndjson",
        b"{\"country\":\"AVA\",\"month\":\n{\"country\":\"AVA\",\"month\":\"2024-01\",\"best\":5}\n",
        &[],
    );
    assert!(
        first.contains("FW0921") && !first.contains("FW0902"),
        "{first}"
    );
    place.write("b.csv", "country,month\nAVA,2024-01\n");
    let beside = run(
        "a.ndjson",
        b"{\"country\":\"AVA\",\"month\":\n{\"country\":\"AVA\",\"month\":\"2024-01\",\"best\":5}\n",
        &["--data", "b.csv"],
    );
    assert!(
        beside.contains("FW0921") && !beside.contains("FW0902"),
        "{beside}"
    );
    let json = run("a.json", b"[{\"country\":\"AVA\"", &[]);
    assert!(
        json.contains("it ends before its last bracket is closed"),
        "{json}"
    );
    let odd = run("a.csv", b"\xff\xfec\x00o\x00u", &[]);
    assert!(
        odd.contains("it is cut off") && !odd.contains("check the path"),
        "{odd}"
    );
    let book = run("a.xlsx", b"PK\x03\x04 and no more", &[]);
    assert!(book.contains("it is damaged or cut off"), "{book}");
    place.write("d.csv", "country,month,best\nav,2024-01,5\n");
    place.write("codes.csv", "code,country\nav,AVA\nav,AVB\n");
    let args = ["run", "q.risk", "--data", "d.csv", "--crosswalk"];
    let twice = place.run(&[&args[..], &["country=codes.csv"]].concat());
    assert!(
        twice.err.contains("makes both `AVA` and `AVB` of `av`"),
        "{}",
        twice.err
    );
    let nowhere = place.run(&[&args[..], &["country=none.csv"]].concat());
    assert!(
        nowhere.err.contains("there is no such file"),
        "{}",
        nowhere.err
    );
    assert!(!nowhere.err.contains("os error"), "{}", nowhere.err);
}
