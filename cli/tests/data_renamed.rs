//! Values that would be left out, counted twice or compared otherwise by what files call things from month to month:
//! each is told, and what is told to do works.

use crate::on_data::{place, rows, run, tells, tells_not};

const PLAIN: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator n \"N\" : number in 0.. missing means 0
indicator people \"People\" : number in 0.. optional
score s = n
score p = people
";

const EVENTS: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
unit deaths
indicator dead \"Dead\" : deaths in 0.. missing means 0 deaths
score s = dead / 1 deaths
";

const PEOPLE: &str = "country,month,people\nAVA,2031-01,9\nAVA,2031-02,9\nAVA,2031-03,9\n";

#[test]
fn columns_of_periods_with_marks_are_told_and_read_as_flags() {
    let wide = "country,2031-01,2031-02 p,2031-03\nAVA,5,50,6\n";
    let recipe = "[[data]]\nfiles = \"d.csv\"\nshape = { wide = \"months\", value = \"n\" }\n\n[[data]]\nfiles = \"p.csv\"\n";
    let place = place(
        PLAIN,
        &[
            ("d.csv", wide),
            ("p.csv", PEOPLE),
            ("forewarn.toml", recipe),
        ],
    );
    let told = run(&place, &[]);
    tells(
        &told,
        &[
            "warning[FW0983]",
            "`2031-02 p` is not read",
            "`flags = true`",
        ],
    );
    place.write(
        "forewarn.toml",
        recipe.replacen("\n\n", "\nflags = true\n\n", 1),
    );
    let read = run(&place, &[]);
    tells_not(&read, "FW0983");
    let values: Vec<String> = rows(&read);
    assert_eq!(values[1], "AVA,2031-02,50,9");
    // The mark is that of its values.
    let whole = place.run(&["run", "w.risk", "--to", "csv"]);
    tells(&whole, &["flagged: `n` p 1"]);
}

#[test]
fn a_last_period_with_a_mark_may_be_left_out() {
    let wide = "country,2031-01,2031-02,2031-03 (prelim.)\nAVA,5,50,6\n";
    let place = place(PLAIN, &[("d.csv", wide)]);
    let told = run(&place, &["--data", "d.csv", "--wide", "months=n"]);
    tells(&told, &["warning[FW0983]", "`--wide 2031-01..2031-02=n`"]);
    let read = run(&place, &["--data", "d.csv", "--wide", "2031-01..2031-02=n"]);
    tells_not(&read, "FW0983");
    assert_eq!(rows(&read).len(), 2);
    let flags = run(
        &place,
        &["--data", "d.csv", "--wide", "months=n", "--flags"],
    );
    tells_not(&flags, "FW0983");
    assert_eq!(rows(&flags)[2], "AVA,2031-03,6,");
}

#[test]
fn misspelt_periods_and_remarks_among_periods() {
    for (header, told) in [
        ("country,2031-01,Mrch 2031,2031-04", true),
        ("country,2031-01,2031-13,2031-04", true),
        ("country,2031-01,2031-02,2031-03 note", true),
        // What stands beside a column of the same period says something of it.
        ("country,2031-01,2031-02,2031-02 note", false),
        ("country,2031-01,2031-02,Total 2031", false),
        ("country,2031-01,2031-02,Notes", false),
    ] {
        let place = place(PLAIN, &[("d.csv", &format!("{header}\nAVA,5,50,6\n"))]);
        let ended = run(&place, &["--data", "d.csv", "--wide", "months=n"]);
        assert_eq!(
            ended.err.contains("warning[FW0983]"),
            told,
            "{header}: {}",
            ended.err
        );
    }
    let place = place(
        PLAIN,
        &[("d.csv", "country,n_2031-01,n_2031-02p\nAVA,5,50\n")],
    );
    let pattern = ["--data", "d.csv", "--wide", "{indicator}_{month}"];
    tells(&run(&place, &pattern), &["warning[FW0983]", "`n_2031-02p`"]);
    let flags = run(&place, &[&pattern[..], &["--flags"]].concat());
    assert_eq!(rows(&flags)[1], "AVA,2031-02,50,");
}

#[test]
fn years_of_two_digits_in_columns_need_a_century() {
    let place = place(PLAIN, &[("d.csv", "country,Jan-99,Feb-99\nAVA,5,50\n")]);
    let wide = ["--data", "d.csv", "--wide", "months=n"];
    let told = run(&place, &wide);
    assert_eq!(told.code, 1, "{}", told.out);
    tells(&told, &["`--period-format MMM-19YY`"]);
    let read = run(
        &place,
        &[&wide[..], &["--period-format", "MMM-19YY"]].concat(),
    );
    assert_eq!(rows(&read), ["AVA,1999-01,5,", "AVA,1999-02,50,"]);
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    assert!(guess.out.contains("period = \"MMM-19YY\""), "{}", guess.out);
    place.write("d.csv", "country,203101,203102\nAVA,5,50\n");
    tells(&run(&place, &wide), &["`--period-format YYYYMM`"]);
}

#[test]
fn a_name_of_a_long_table_that_is_gone_is_told() {
    let place = place(
        PLAIN,
        &[
            (
                "in/2031-01.csv",
                "country,month,item,value\nAVA,2031-01,POP,9\nAVA,2031-01,FAT,5\n",
            ),
            (
                "in/2031-02.csv",
                "country,month,item,value\nAVA,2031-02,POP,9\nAVA,2031-02,FATALITIES,50\n",
            ),
        ],
    );
    let read = [
        "--data",
        "in/*.csv",
        "--long",
        "item=value",
        "--long-key",
        "FAT=n",
        "--long-key",
        "POP=people",
    ];
    let told = run(&place, &read);
    tells(
        &told,
        &[
            "warning[FW0984]",
            "in/2031-02.csv",
            "no row of `FAT`",
            "`--long-key FATALITIES=n`",
        ],
    );
    let both = run(
        &place,
        &[&read[..], &["--long-key", "FATALITIES=n"]].concat(),
    );
    tells_not(&both, "FW0984");
    assert_eq!(rows(&both), ["AVA,2031-01,5,9", "AVA,2031-02,50,9"]);
    // A file of another indicator alone has none of the others.
    place.write(
        "in/2031-02.csv",
        "country,month,item,value\nAVA,2031-02,POP,9\n",
    );
    place.write(
        "in/2031-01.csv",
        "country,month,item,value\nAVA,2031-02,FAT,9\n",
    );
    tells_not(&run(&place, &read), "FW0984");
}

const SUM: [&str; 6] = [
    "--data",
    "in/*.csv",
    "--sum",
    "dead=best",
    "--map",
    "month=date",
];

#[test]
fn a_file_of_which_no_row_is_kept_is_told() {
    let place = place(
        EVENTS,
        &[
            (
                "in/2031-01.csv",
                "country,date,kind,best\nAVA,2031-01-04,Battles,5\n",
            ),
            (
                "in/2031-02.csv",
                "country,date,kind,best\nAVA,2031-02-04,Armed clash,50\n",
            ),
        ],
    );
    let rows_of =
        |condition: &'static str| run(&place, &[&SUM[..], &["--rows", condition]].concat());
    let told = rows_of("kind in (\"Battles\")");
    tells(
        &told,
        &[
            "warning[FW0985]",
            "the only row of `in/2031-02.csv`",
            "`kind` holds `Armed clash`",
        ],
    );
    let both = rows_of("kind in (\"Battles\", \"Armed clash\")");
    tells_not(&both, "FW0985");
    assert_eq!(rows(&both), ["AVA,2031-01,5", "AVA,2031-02,50"]);
}

#[test]
fn rows_compare_dates_as_dates() {
    let events = "country,date,best\nAVA,04/05/2031,1\nAVA,25/03/2031,2\nAVA,26/06/2031,4\nAVA,30/01/2031,8\n";
    let place = place(EVENTS, &[("in/e.csv", events)]);
    let since = [&SUM[..], &["--rows", "date >= 2031-05-01"]].concat();
    let told = run(&place, &since);
    assert_eq!(told.code, 1, "{}", told.out);
    tells(
        &told,
        &[
            "error[FW0957]",
            "`04/05/2031` is not read as a date",
            "DD/MM/YYYY",
        ],
    );
    let read = run(
        &place,
        &[&since[..], &["--period-format", "DD/MM/YYYY"]].concat(),
    );
    assert_eq!(rows(&read), ["AVA,2031-05,1", "AVA,2031-06,4"]);
    place.write(
        "in/e.csv",
        "country,date,best\nAVA,2031-05-04 00:00:00,1\nAVA,2031-05-05 00:00:00,2\n",
    );
    let until = run(
        &place,
        &[&SUM[..], &["--rows", "date <= 2031-05-04"]].concat(),
    );
    assert_eq!(rows(&until), ["AVA,2031-05,1"]);
}

#[test]
fn an_event_that_is_delivered_again_counts_once_where_that_is_said() {
    let place = place(
        EVENTS,
        &[
            (
                "in/2031-01.csv",
                "id,country,date,kind,best\n1,AVA,2031-01-03,a,5\n2,AVA,2031-01-30,a,6\n4,AVA,2031-01-09,a,1\n",
            ),
            (
                "in/2031-02.csv",
                "id,country,date,kind,best\n2,AVA,2031-01-30,a,8\n3,AVA,2031-02-04,a,6\n4,AVA,2031-02-09,b,1\n",
            ),
        ],
    );
    let told = run(&place, &SUM);
    assert_eq!(rows(&told), ["AVA,2031-01,20", "AVA,2031-02,7"]);
    tells(
        &told,
        &["warning[FW0988]", "`--once id --when \"latest wins\"`"],
    );
    let vain = run(&place, &[&SUM[..], &["--when", "latest wins"]].concat());
    tells(
        &vain,
        &[
            "warning[FW0989]",
            "`latest wins` chooses nothing",
            "`--once id`",
        ],
    );
    let once = [&SUM[..], &["--once", "id"]].concat();
    let apart = run(&place, &once);
    assert_eq!(apart.code, 1, "{}", apart.out);
    tells(&apart, &["error[FW0944]", "event 2", "`6`", "`8`"]);
    let latest = [&once[..], &["--when", "latest wins"]].concat();
    let read = run(&place, &latest);
    tells_not(&read, "FW09");
    assert_eq!(rows(&read), ["AVA,2031-01,13", "AVA,2031-02,7"]);
    let first = run(&place, &[&once[..], &["--when", "first wins"]].concat());
    assert_eq!(rows(&first), ["AVA,2031-01,12", "AVA,2031-02,6"]);
    // What a later row says of an event leaves it out as well.
    let some = run(&place, &[&latest[..], &["--rows", "kind is a"]].concat());
    assert_eq!(rows(&some), ["AVA,2031-01,13", "AVA,2031-02,6"]);
}

#[test]
fn an_event_that_one_file_has_twice_is_told() {
    let place = place(
        EVENTS,
        &[(
            "in/e.csv",
            "event_id,country,date,best\n1,AVA,2031-01-03,5\n1,AVA,2031-01-03,5\n2,AVA,2031-01-30,6\n",
        )],
    );
    tells(
        &run(&place, &SUM),
        &["warning[FW0988]", "`event_id` 1 is there twice"],
    );
    let once = run(&place, &[&SUM[..], &["--once", "event_id"]].concat());
    assert_eq!(rows(&once), ["AVA,2031-01,11"]);
}

#[test]
fn a_key_that_is_nearly_in_the_crosswalk_is_no_key_of_nobody() {
    let place = place(
        PLAIN,
        &[
            (
                "d.csv",
                "code,month,n\nVA,2031-01,5\nva,2031-02,500\nxx,2031-02,1\n",
            ),
            ("codes.csv", "code,country\nVA,VAL\nBA,BAY\n"),
        ],
    );
    let read = [
        "--data",
        "d.csv",
        "--crosswalk",
        "country=codes.csv",
        "--map",
        "country=code",
    ];
    let told = run(&place, &read);
    assert_eq!(told.code, 1, "{}", told.out);
    tells(
        &told,
        &[
            "error[FW0986]",
            "`va` is not in the crosswalk, and `VA` is",
            "`--keys upper`",
        ],
    );
    let united = run(&place, &[&read[..], &["--keys", "upper"]].concat());
    assert_eq!(rows(&united), ["VAL,2031-01,5,", "VAL,2031-02,500,"]);
    tells(
        &united,
        &[
            "warning[FW0951]",
            "`xx` is not",
            "`n` of it is what `missing means` says",
        ],
    );
}

#[test]
fn an_order_that_names_do_not_say_is_told() {
    let file = |n: u32| format!("country,month,n\nAVA,2031-01,{n}\n");
    let recipe = "[[data]]\nfiles = \"in/x_*.csv\"\nwhen = \"latest wins\"\n";
    let place = place(
        PLAIN,
        &[
            ("in/x_311230.csv", &file(1)),
            ("in/x_310131.csv", &file(2)),
            ("forewarn.toml", recipe),
        ],
    );
    let told = run(&place, &[]);
    tells(&told, &["warning[FW0987]", "in/x_310131.csv", "one by one"]);
    let listed = recipe.replace(
        "\"in/x_*.csv\"",
        "[\"in/x_311230.csv\", \"in/x_310131.csv\"]",
    );
    place.write("forewarn.toml", listed);
    let read = run(&place, &[]);
    tells_not(&read, "FW0987");
    assert_eq!(rows(&read), ["AVA,2031-01,2,"]);
}

#[test]
fn letters_that_may_be_a_flag_or_a_multiple_are_asked_where_both_are_said() {
    let place = place(PLAIN, &[("d.csv", "country,month,n\nAVA,2031-01,12 b\n")]);
    let both = run(&place, &["--data", "d.csv", "--flags", "--multiples"]);
    assert_eq!(both.code, 1, "{}", both.out);
    tells(&both, &["error[FW0903]", "`12 b`", "where both are said"]);
    assert_eq!(
        rows(&run(&place, &["--data", "d.csv", "--flags"])),
        ["AVA,2031-01,12,"]
    );
}

/// Seven months in small steps, then a value far away.
fn history(last: [&str; 2]) -> String {
    let mut text = "country,month,n,people\n".to_owned();
    for (country, last) in ["AVA", "BRV"].into_iter().zip(last) {
        for month in 1..=7 {
            text.push_str(&format!("{country},2031-{month:02},{},\n", 40 + month % 2));
        }
        text.push_str(&format!("{country},2031-08,{last},\n"));
    }
    text
}

#[test]
fn values_that_depart_are_told_by_a_run_and_by_a_report() {
    let place = place(PLAIN, &[("d.csv", &history(["41", "90"]))]);
    let told = place.run(&["run", "w.risk", "--to", "csv", "--data", "d.csv"]);
    let words = "`n` of BRV, 2031-08, goes from 41 to 90, further than ever before";
    tells(&told, &[&format!("strange: {words}")]);
    let data = place.run(&["data", "w.risk", "--data", "d.csv"]);
    assert!(data.out.contains(words), "{}", data.out);
    place.run(&[
        "report", "w.risk", "--data", "d.csv", "--format", "md", "-o", "r.md",
    ]);
    let report = place.read("r.md");
    assert!(report.contains("Values to look at"), "{report}");
    assert!(
        report.contains("N of BRV went from 41 to 90 in August 2031"),
        "{report}"
    );
    // For everybody at once it is the unit.
    place.write("d.csv", history(["0.41", "0.4"]));
    let told = place.run(&["run", "w.risk", "--to", "csv", "--data", "d.csv"]);
    tells(
        &told,
        &["strange: `n` is about 100 times smaller in 2031-08 than before, for all 2 countries"],
    );
    place.write("d.csv", history(["41", "40"]));
    let told = place.run(&["run", "w.risk", "--to", "csv", "--data", "d.csv"]);
    tells_not(&told, "strange");
}

const WATCH: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator a \"Ind a\" : number in 0..100
indicator b \"Ind b\" : number in 0..100
scale concern { low \"Low\" < mid \"Mid\" < high \"High\" }
level overall \"Concern\" : concern { high when a >= 50 and b >= 50, mid when a >= 20, low otherwise }
alert warning \"Warning\" {
  raise when overall >= high
  clear when overall < mid
}
";

#[test]
fn what_several_values_did_together_is_given_to_all_of_them() {
    let place = place(
        WATCH,
        &[(
            "d.csv",
            "country,month,a,b\nAVA,2031-01,10,10\nAVA,2031-02,60,70\nBRV,2031-01,60,10\nBRV,2031-02,61,70\n",
        )],
    );
    place.run(&[
        "report", "w.risk", "--data", "d.csv", "--format", "md", "-o", "r.md",
    ]);
    let report = place.read("r.md");
    assert!(
        report.contains("Ind b, 70, passed 50, together with Ind a, 60, passed 50"),
        "{report}"
    );
    // One that stood there already did nothing.
    assert!(
        report.contains("BRV rose from Mid to High: Ind b, 70, passed 50."),
        "{report}"
    );
}

#[test]
fn the_period_before_is_named_where_it_is_another() {
    let rows = "country,month,a,b\nAVA,2030-12,10,10\nAVA,2031-02,60,10\nBRV,2030-12,1,1\nBRV,2031-01,1,1\nBRV,2031-02,1,1\n";
    let place = place(WATCH, &[("d.csv", rows)]);
    place.run(&[
        "report", "w.risk", "--data", "d.csv", "--format", "md", "-o", "r.md",
    ]);
    let report = place.read("r.md");
    assert!(report.contains("Low (December 2030)"), "{report}");
    assert!(!report.contains("| last month |"), "{report}");
}

#[test]
fn a_comparison_tells_what_happened_to_alerts() {
    let january = "country,month,a,b\nAVA,2031-01,10,10\nBRV,2031-01,10,10\n";
    let place = place(WATCH, &[("d.csv", january)]);
    place.run(&["run", "w.risk", "--data", "d.csv", "-o", "1.csv"]);
    place.write(
        "d.csv",
        format!("{january}AVA,2031-02,60,70\nBRV,2031-02,10,10\n"),
    );
    place.run(&["run", "w.risk", "--data", "d.csv", "-o", "2.csv"]);
    let told = place.run(&["compare", "1.csv", "2.csv"]);
    assert!(
        told.out.contains("alert warning of AVA: raised in 2031-02"),
        "{}",
        told.out
    );
    let json = place.run(&["compare", "1.csv", "2.csv", "--format", "json"]);
    assert!(json.out.contains("\"event\": \"raised\""), "{}", json.out);
    let markdown = place.run(&["compare", "1.csv", "2.csv", "--format", "markdown"]);
    assert!(
        markdown
            .out
            .contains("| warning | AVA | raised | 2031-02 |"),
        "{}",
        markdown.out
    );
}

#[test]
fn data_tell_what_all_files_are_together() {
    let place = place(
        PLAIN,
        &[(
            "d.csv",
            "country,month,n\nAVA,2031-01,5\nBRV,2031-01,5\nTotal,2031-01,10\n",
        )],
    );
    let run = run(&place, &["--data", "d.csv"]);
    tells(&run, &["warning[FW0952]"]);
    let data = place.run(&["data", "w.risk", "--data", "d.csv"]);
    tells(&data, &["warning[FW0952]"]);
    assert_eq!(data.err.matches("FW0952").count(), 1, "{}", data.err);
}

#[test]
fn ticks_are_words_for_yes_first() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by month\nindicator plan \"Plan\" : truth optional\nsignal s = plan\n";
    let place = place(
        rules,
        &[("d.csv", "country,month,plan\nAVA,2031-01,x\nBRV,2031-01,\n")],
    );
    let told = run(&place, &["--data", "d.csv"]);
    tells(
        &told,
        &["error[FW0906]", "which means yes, say so: `--yes x`"],
    );
    assert_eq!(
        rows(&run(&place, &["--data", "d.csv", "--yes", "x"]))[0],
        "AVA,2031-01,yes"
    );
}

#[test]
fn an_event_without_a_date_is_not_filled_from_above() {
    let place = place(
        EVENTS,
        &[("in/e.csv", "country,date,best\nAVA,2031-01-03,5\nAVA,,7\n")],
    );
    let told = run(&place, &SUM);
    tells(&told, &["error[FW0908]", "`--rows 'date is known'`"]);
    tells_not(&told, "--fill");
    let read = run(&place, &[&SUM[..], &["--rows", "date is known"]].concat());
    assert_eq!(rows(&read), ["AVA,2031-01,5"]);
}
