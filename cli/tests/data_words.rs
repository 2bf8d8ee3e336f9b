//! Words of data in other languages, several ways of writing periods, and what is said of files that are not read
//! as they are: each help works when it is followed.

use crate::place;

use place::{Ended, Place};

const RULES: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator n \"N\" : number in 0..
score s = n
";

const NAMED: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator h \"H\" : assessment
indicator z \"Z\" : category { cote \"Côte\", sahel \"Le Sahel\" }
indicator t \"T\" : truth
signal s = h >= emerging and z is cote
signal u = t
";

fn place(rules: &str, data: &str) -> Place {
    let place = Place::new("");
    place.write("w.risk", rules);
    place.write("d.csv", data);
    place
}

fn run(place: &Place, options: &[&str]) -> Ended {
    let args = ["run", "w.risk", "--data", "d.csv", "--to", "csv"];
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
fn labels_stand_for_levels_and_categories_and_words_that_are_said_do() {
    let place = place(
        NAMED,
        "country,month,h,z,t\nAVA,2031-01,présent,Côte,oui\nBRV,2031-01,absent,LE SAHEL,non\n",
    );
    let told = run(&place, &[]);
    assert_eq!(told.code, 1);
    tells(
        &told,
        &[
            "`présent` is not a level",
            "--word present=présent",
            "--yes oui",
        ],
    );
    assert_eq!(told.err.matches("error[FW0905]").count(), 1, "{}", told.err);
    let read = run(
        &place,
        &["--word", "present=présent", "--yes", "oui", "--no", "non"],
    );
    assert_eq!(rows(&read), ["AVA,2031-01,yes,yes", "BRV,2031-01,no,no"]);
    tells(&read, &["read by label: `z` 2 cells, `Côte` as `cote`"]);
    place.write(
        "data.toml",
        "[[data]]\nfiles = \"d.csv\"\nwords = { present = [\"présent\", \"1\"], yes = \"oui\", no = \"non\" }\n",
    );
    let recipe = place.run(&["run", "w.risk", "--recipe", "data.toml", "--to", "csv"]);
    assert_eq!(rows(&recipe), rows(&read));
    let typo = run(&place, &["--word", "presnt=présent"]);
    tells(&typo, &["error[FW0966]", "did you mean `present`?"]);
    // Numbers are words too, and results read back.
    place.write(
        "d.csv",
        "country,month,h,z,t\nAVA,2031-01,2,cote,yes\nBRV,2031-01,unknown,sahel,unknown\n",
    );
    let numbers = run(&place, &["--word", "present=2"]);
    assert_eq!(
        rows(&numbers),
        ["AVA,2031-01,yes,yes", "BRV,2031-01,no,unknown"]
    );
}

#[test]
fn labels_of_every_language_are_known() {
    let place = place(NAMED, "");
    place.write("p/w.risk", NAMED);
    place.write(
        "p/translations/es.toml",
        "[levels.z]\ncote = \"La costa\"\n",
    );
    place.write(
        "d.csv",
        "country,month,h,z,t\nAVA,2031-01,present,la costa,yes\n",
    );
    let read = place.run(&["run", "p", "--data", "d.csv", "--to", "csv"]);
    assert_eq!(rows(&read), ["AVA,2031-01,yes,yes"]);
    tells(&read, &["`la costa` as `cote`"]);
}

#[test]
fn a_word_is_told_once_and_words_for_missing_as_such() {
    let mut data = "country,month,h,z,t\n".to_owned();
    for month in 1..=6 {
        data.push_str(&format!("AVA,2031-{month:02},n.d.,NA,?\n"));
    }
    let place = place(NAMED, &data);
    let told = run(&place, &[]);
    assert_eq!(told.err.matches("error[FW0905]").count(), 2, "{}", told.err);
    assert_eq!(told.err.matches("error[FW0906]").count(), 1, "{}", told.err);
    tells(
        &told,
        &[
            "--missing n.d.",
            "--missing NA",
            "--missing \"?\"",
            "and 5 more",
        ],
    );
    let read = run(
        &place,
        &["--missing", "n.d.", "--missing", "NA", "--missing", "?"],
    );
    assert_eq!(rows(&read).len(), 6);
}

#[test]
fn periods_may_be_written_in_several_ways() {
    let place = place(
        RULES,
        "country,month,n\nAVA,août 2031,1\nAVA,09/2031,2\nAVA,2031-10,3\n",
    );
    let several = ["--period-format", "MMM YYYY", "--period-format", "MM/YYYY"];
    let read = rows(&run(&place, &several));
    assert_eq!(read, ["AVA,2031-08,1", "AVA,2031-09,2", "AVA,2031-10,3"]);
    place.write(
        "data.toml",
        "[[data]]\nfiles = \"d.csv\"\nperiod = [\"MMM YYYY\", \"MM/YYYY\"]\n",
    );
    let recipe = place.run(&["run", "w.risk", "--recipe", "data.toml", "--to", "csv"]);
    assert_eq!(rows(&recipe), read);
    // What is read in two ways is for people to say.
    place.write("d.csv", "country,month,n\nAVA,03/04/2031,1\n");
    let twice = [
        "--period-format",
        "DD/MM/YYYY",
        "--period-format",
        "MM/DD/YYYY",
    ];
    assert_eq!(run(&place, &twice).code, 1);
    // A run can be repeated with them.
    place.write("d.csv", "country,month,n\nAVA,août 2031,1\nAVA,09/2031,2\n");
    let kept = run(&place, &[&several[..], &["-o", "r.csv"]].concat());
    assert_eq!(kept.code, 0, "{}", kept.err);
    assert_eq!(place.run(&["verify", "r.csv.manifest.json"]).code, 0);
}

#[test]
fn years_of_two_digits_and_excels_own_months_are_offered() {
    let place = place(RULES, "");
    for (cell, pattern) in [
        ("May-31", "MMM-20YY"),
        ("16-May-31", "DD-MMM-20YY"),
        ("5/31", "M/20YY"),
        ("31/05/31", "DD/MM/20YY"),
    ] {
        place.write("d.csv", format!("country,month,n\nAVA,{cell},1\n"));
        let told = run(&place, &[]);
        tells(&told, &[&format!("--period-format {pattern}")]);
        let read = rows(&run(&place, &["--period-format", pattern]));
        assert_eq!(read.len(), 1, "{cell}");
    }
}

#[test]
fn months_may_stand_by_name_beside_their_year() {
    let place = place(
        RULES,
        "country,Year,Month,n\nAVA,2031,January,3\nAVA,2031,févr.,4\n",
    );
    let read = rows(&run(&place, &["--map", "month=Year,Month"]));
    assert_eq!(read, ["AVA,2031-01,3", "AVA,2031-02,4"]);
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    assert!(
        guess.out.contains("month = \"Year,Month\""),
        "{}",
        guess.out
    );
    assert!(
        guess.out.contains("# tried: it reads 2 rows"),
        "{}",
        guess.out
    );
}

#[test]
fn guess_knows_headers_of_other_languages() {
    let place = place(RULES, "country,Année,Mois,n\nAVA,2031,1,3\nAVA,2031,2,3\n");
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    assert!(
        guess.out.contains("month = \"Année,Mois\""),
        "{}",
        guess.out
    );
    let two = "framework w \"W\" version \"1.0.0\"\npanel country by month\nindicator n \"N\" : number in 0..\n\
               indicator m \"M\" : number in 0..\nscore s = n + m\n";
    place.write("w.risk", two);
    place.write(
        "d.csv",
        "country;Indicateur;month;Valeur\nAVA;n;2031-01;12\nAVA;m;2031-01;3\nBRV;n;2031-01;1\nBRV;m;2031-01;2\n",
    );
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    assert!(
        guess
            .out
            .contains("long = \"Indicateur\", value = \"Valeur\""),
        "{}",
        guess.out
    );
    let quarters = "framework w \"W\" version \"1.0.0\"\npanel country by quarter\nindicator n \"N\" : number\nscore s = n\n";
    place.write("w.risk", quarters);
    place.write(
        "d.csv",
        "country,Trimestre,n\nAVA,T1 2031,12\nAVA,T2 2031,13\n",
    );
    let guess = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    assert!(
        guess.out.contains("# tried: it reads 2 rows"),
        "{}",
        guess.out
    );
}

#[test]
fn a_long_table_is_none_however_many_rows_a_key_has() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by year\n\
                 indicator ha \"Hazard\" : number in 0..100 column \"Score\"\nscore h = ha\n";
    let place = place(
        rules,
        "country,year,Indicator,Score\nAVA,2031,Hazard,7.6\nBRV,2031,Need,8.3\n",
    );
    let read = run(&place, &[]);
    tells(
        &read,
        &[
            "warning[FW0967]",
            "`Indicator` says that they are of several things",
        ],
    );
    let chosen = run(&place, &["--rows", "Indicator = \"Hazard\""]);
    assert_eq!(rows(&chosen), ["AVA,2031,7.6"]);
    assert!(!chosen.err.contains("FW0967"), "{}", chosen.err);
    // One row that is there twice leaves it what it is.
    place.write(
        "d.csv",
        "country,year,Indicator,Score\nAVA,2031,Hazard,7.6\nAVA,2031,Need,6.6\nAVA,2031,Need,6.7\n",
    );
    let told = run(&place, &[]);
    assert_eq!(told.code, 1);
    tells(&told, &["it is a long table", "--long Indicator=Score"]);
    assert!(!told.err.contains("--sum"), "{}", told.err);
}

#[test]
fn merged_cells_are_filled_where_that_is_said() {
    let place = place(
        RULES,
        "country,month,n\nAVA,2031-01,1\n,2031-02,2\nBRV,2031-01,3\n,2031-02,4\n",
    );
    let told = run(&place, &[]);
    assert_eq!(told.code, 1);
    tells(
        &told,
        &[
            "`country` is empty where the cell above holds",
            "`--fill country`",
        ],
    );
    let read = rows(&run(&place, &["--fill", "country"]));
    assert_eq!(
        read,
        [
            "AVA,2031-01,1",
            "AVA,2031-02,2",
            "BRV,2031-01,3",
            "BRV,2031-02,4"
        ]
    );
}

#[test]
fn files_behind_one_option_are_all_read_and_lost_ones_are_told() {
    let place = place(RULES, "country,month,n\nAVA,2031-01,1\n");
    place.write("m/a.csv", "country,month,n\nAVA,2031-01,1\n");
    place.write("m/b.csv", "country,month\nAVA,2031-01\n");
    let several = place.run(&[
        "run", "w.risk", "--data", "m/a.csv", "m/b.csv", "--to", "csv",
    ]);
    assert_eq!(rows(&several), ["AVA,2031-01,1"]);
    let before = place.run(&["run", "-d", "d.csv", "w.risk", "--to", "csv"]);
    assert_eq!(rows(&before), ["AVA,2031-01,1"]);
    tells(
        &place.run(&["run", "w.risk", "d.csv"]),
        &["`d.csv` is a data file", "`--data d.csv`"],
    );
    tells(
        &place.run(&["run", "d.csv", "-d", "d.csv"]),
        &["d.csv is a data file and no ruleset"],
    );
    std::fs::create_dir_all(place.path().join("empty")).unwrap();
    tells(
        &place.run(&["run", "w.risk", "-d", "empty"]),
        &["there are no files in empty"],
    );
}

#[test]
fn an_empty_file_is_told_in_the_words_of_its_format() {
    let place = place(RULES, "");
    tells(
        &run(&place, &[]),
        &["`d.csv` is empty", "its first line names the columns"],
    );
    let objects = run(&place, &["--from", "ndjson"]);
    tells(
        &objects,
        &["`d.csv` is empty", "each of its objects names its columns"],
    );
    assert!(!objects.err.contains("first line"), "{}", objects.err);
}

#[test]
fn what_is_said_of_a_frame_is_named_where_nothing_is_left() {
    let place = place(RULES, "country,month,n\nAVA,2031-01,1\nBRV,2031-01,2\n");
    let header = run(&place, &["--header", "Pays,Mois"]);
    tells(
        &header,
        &["`header = \"Pays,Mois\"` leaves nothing of `d.csv`"],
    );
    assert!(!header.err.contains("is empty"), "{}", header.err);
    let footer = run(&place, &["--footer", "A"]);
    tells(
        &footer,
        &["`footer` leaves no rows of `d.csv`", "2 rows are left out"],
    );
}

#[test]
fn crosswalks_that_are_odd_are_told_so() {
    let place = place(RULES, "country,month,n\nVale,2031-01,3\nTOTAL,2031-01,3\n");
    place.write("bare.csv", "Vale,VAL\nBay,BAY\n");
    place.write("turned.csv", "code,name\nVAL,Vale\n");
    place.write("right.csv", "name,code\nVale,VAL\n");
    let bare = run(&place, &["--crosswalk", "country=bare.csv"]);
    tells(&bare, &["is taken for its header"]);
    let turned = run(&place, &["--crosswalk", "country=turned.csv"]);
    tells(&turned, &["the second column of the crosswalk has them"]);
    let except = run(
        &place,
        &["--crosswalk", "country=right.csv", "--except", "TOTAL"],
    );
    assert_eq!(rows(&except), ["VAL,2031-01,3"]);
    assert!(!except.err.contains("FW0951"), "{}", except.err);
    assert!(!except.err.contains("FW0939"), "{}", except.err);
    place.write("old.csv", b"name,code\nC\xf4te,COT\n");
    let old = run(&place, &["--crosswalk", "country=old.csv"]);
    tells(&old, &["is not written in UTF-8"]);
}

#[test]
fn words_for_missing_are_words() {
    let place = place(
        RULES,
        "country,month,n\nAVA,2031-01,-999\nBRV,2031-01,-n/a\n",
    );
    let joined = run(&place, &["--missing=-999,-88"]);
    assert_eq!(joined.code, 2);
    tells(&joined, &["is one word", "`--missing=-999 --missing=-88`"]);
    let read = run(&place, &["--missing", "-999", "--missing", "-n/a"]);
    assert_eq!(rows(&read), ["AVA,2031-01,", "BRV,2031-01,"]);
    let option = run(&place, &["--missing", "--lenient"]);
    assert_eq!(option.code, 2);
}

#[test]
fn a_month_of_other_data_is_kept_beside() {
    let place = place(RULES, "");
    place.write("p/w.risk", RULES);
    place.write(
        "p/forewarn.toml",
        "[package]\nname = \"w\"\nversion = \"1.0.0\"\n\n[[data]]\nfiles = \"in/*.csv\"\n",
    );
    place.write(
        "p/in/a.csv",
        "country,month,n\nAVA,2031-01,1\nAVA,2031-02,1\n",
    );
    place.does(&["run", "p", "--quiet"]);
    place.does(&["run", "p", "--quiet"]);
    assert!(!place.path().join("p/runs/2031-02.1").exists());
    place.write("p/in/b.csv", "country,month,n\nBRV,2031-02,1\n");
    let second = place.run(&["run", "p", "--quiet"]);
    assert_eq!(second.code, 0, "{}", second.err);
    tells(&second, &["which is kept as p/runs/2031-02.1"]);
    assert!(place.read("p/runs/2031-02/results.csv").contains("BRV"));
    assert!(!place.read("p/runs/2031-02.1/results.csv").contains("BRV"));
}

#[test]
fn tables_of_cases_are_read_by_the_recipe() {
    let place = place(RULES, "");
    let rules = format!("{RULES}test \"known\" from \"cases.csv\"\n");
    place.write("p/w.risk", rules);
    place.write(
        "p/cases.csv",
        "country,month,n,s\nAVA,2031-01,\"0,5\",\"0,5\"\nAVA,2031-02,gone,gone\n",
    );
    assert_ne!(place.run(&["test", "p"]).code, 0);
    place.write(
        "p/forewarn.toml",
        "[package]\nname = \"w\"\nversion = \"1.0.0\"\n\n[[data]]\nfiles = \"cases.csv\"\nmissing = [\"gone\"]\ndecimal = \",\"\n",
    );
    let tested = place.run(&["test", "p"]);
    assert_eq!(tested.code, 0, "{}{}", tested.out, tested.err);
}

#[test]
fn a_column_called_like_the_label_is_offered() {
    let rules = RULES.replace("indicator n \"N\"", "indicator n \"People who fled\"");
    let place = place(&rules, "country,month,People who fled\nAVA,2031-01,4\n");
    let told = run(&place, &[]);
    tells(&told, &["did you mean `People who fled`?"]);
    let read = rows(&run(&place, &["--map", "n=People who fled"]));
    assert_eq!(read, ["AVA,2031-01,4"]);
    place.write("w.risk", rules.replace("in 0..", "in 0.. optional"));
    let optional = run(&place, &[]);
    tells(&optional, &["warning[FW0936]"]);
}

const REGISTER: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator dead \"Deaths\" : number in 0..  missing means 0 because \"the register lists every death\"
indicator coup \"A coup\" : truth  missing means no because \"the register lists every coup\"
indicator h \"H\" : assessment  missing means absent because \"what is not coded is not there\"
score d = dead
signal c = coup
signal s = h is absent
";

#[test]
fn what_nobody_knows_is_not_what_an_absent_cell_means() {
    let data = "country,month,dead,coup,h\n\
                AVA,2031-01,,,\nBRV,2031-01,n/k,unknown,unknown\nCOR,2031-01,NA,no,absent\n";
    let place = place(REGISTER, data);
    // What is offered keeps it unknown.
    let told = run(&place, &["--missing", "NA"]);
    assert_eq!(told.code, 1, "{}", told.err);
    tells(&told, &["`n/k` is not a number", "--word unknown=n/k"]);
    let read = run(&place, &["--missing", "NA", "--word", "unknown=n/k"]);
    assert_eq!(
        rows(&read),
        [
            "AVA,2031-01,0,no,yes",
            "BRV,2031-01,,unknown,unknown",
            "COR,2031-01,0,no,yes"
        ]
    );
    assert!(
        !read.err.contains("read as `missing means`"),
        "{}",
        read.err
    );
    // A word for missing values stands for what an empty cell does, and that is said.
    let stands = run(&place, &["--missing", "NA", "--missing", "n/k"]);
    assert_eq!(rows(&stands)[1], "BRV,2031-01,0,unknown,unknown");
    tells(
        &stands,
        &["read as `missing means` says: `dead` 1 cell with a word, such as `n/k`"],
    );
    let both = run(
        &place,
        &[
            "--missing",
            "NA",
            "--missing",
            "n/k",
            "--word",
            "unknown=n/k",
        ],
    );
    assert_eq!(rows(&both), rows(&read));
    // So does a number that stands for missing values.
    place.write(
        "d.csv",
        "country,month,dead,coup,h\nAVA,2031-01,3,,\nBRV,2031-01,-999,,\n",
    );
    let number = run(&place, &["--missing=-999"]);
    assert_eq!(rows(&number)[1], "BRV,2031-01,0,no,yes");
    tells(&number, &["`dead` 1 cell with a word, such as `-999`"]);
    let unknown = run(&place, &["--word", "unknown=-999"]);
    assert_eq!(rows(&unknown)[1], "BRV,2031-01,,no,yes");
    place.write(
        "d.csv",
        "country,month,dead,coup,h\nAVA,2031-01,3,,\nBRV,2031-01,Unknown,,\n",
    );
    let word = run(&place, &["--missing", "Unknown"]);
    assert_eq!(rows(&word)[1], "BRV,2031-01,,no,yes");
}

#[test]
fn nothing_earlier_is_carried_into_what_nobody_knows() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator t \"T\" : truth  carry forward at most 3 months
signal u = t
";
    let place = place(
        rules,
        "country,month,t\nAVA,2031-01,yes\nAVA,2031-02,unknown\nAVA,2031-03,\n",
    );
    let read = run(&place, &[]);
    assert_eq!(
        rows(&read),
        ["AVA,2031-01,yes", "AVA,2031-02,unknown", "AVA,2031-03,yes"]
    );
}

#[test]
fn a_sum_of_events_of_which_none_has_a_number_is_unknown() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator dead \"Deaths\" : number in 0..  missing means 0 because \"the register lists every death\"
indicator events \"Events\" : number in 0..  missing means 0 because \"the register lists every event\"
score d = dead
score e = events
";
    let place = place(
        rules,
        "country,month,best\nAVA,2031-01,\nAVA,2031-01,\nBRV,2031-01,4\nBRV,2031-02,7\nAVA,2031-03,2\n",
    );
    let read = run(&place, &["--sum", "dead=best", "--sum", "events=count"]);
    assert_eq!(
        rows(&read),
        [
            "AVA,2031-01,,2",
            "AVA,2031-03,2,1",
            "BRV,2031-01,4,1",
            "BRV,2031-02,7,1"
        ]
    );
}
