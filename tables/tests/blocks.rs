//! Reading text in blocks, on several threads, gives the panel and the messages that reading it row by row
//! gives: over files with whatever can be wrong in them.

use crate::common;

use common::{number, plan};
use forewarn_diagnostics::Reports;
use forewarn_plan::{InputInfo, InputKind, OnViolation, OutputKind, PeriodKind, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::result_table::{ResultColumn, ResultTable};
use forewarn_tables::{Format, ReadOptions, Taken, bind_text, read, sha256, write_to};
use proptest::prelude::*;

fn rules() -> Plan {
    let clamped = InputInfo {
        low: 0.0,
        high: 100.0,
        on_violation: OnViolation::Clamp,
        ..number("clamped")
    };
    let refused = InputInfo {
        low: 0.0,
        high: 100.0,
        on_violation: OnViolation::Reject,
        ..number("refused")
    };
    let absent = InputInfo {
        missing_means: Some(3.0),
        optional: true,
        ..number("absent")
    };
    let carried = InputInfo {
        carry_forward: Some(2),
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        ..number("carried")
    };
    let truth = InputInfo {
        kind: InputKind::Truth,
        ..number("truth")
    };
    plan(
        Some(PeriodKind::Month),
        vec![clamped, refused, absent, carried, truth],
    )
}

const HEADER: &str = "note,country,month,clamped,refused,absent,carried,truth";

/// A file of many plain rows, with some of another kind among them.
fn text(odd: &[(usize, String)], rows: usize, line_end: &str, mark: bool) -> Vec<u8> {
    let mut lines = vec![HEADER.to_owned()];
    for row in 0..rows {
        let (entity, month) = (row / 120, row % 120);
        let (year, month) = (2010 + month / 12, month % 12 + 1);
        let value = (row * 37 % 1000) as f64 / 10.0;
        let truth = ["yes", "no", ""][row % 3];
        let name = ["Avala", "\"Besk, North\"", "Ciro"][entity % 3];
        lines.push(format!(
            "n{row},{name} {},{year}-{month:02},{value},{},{},-{row}.25,{truth}",
            entity / 3,
            value.floor(),
            if row % 7 == 0 {
                String::new()
            } else {
                value.to_string()
            },
        ));
    }
    // Names with a comma end their quotation before the number.
    for line in &mut lines {
        *line = line.replace("\"Besk, North\" ", "\"Besk, North\"");
    }
    for (at, line) in odd {
        let at = 1 + at % lines.len();
        lines.insert(at.min(lines.len()), line.clone());
    }
    let mut text = lines.join(line_end).into_bytes();
    if mark {
        text.splice(0..0, [0xEF, 0xBB, 0xBF]);
    }
    text
}

fn told(result: Result<Bound, Reports>) -> String {
    match result {
        Ok(bound) => format!("{:?} {:?} {:?}", bound.panel, bound.summary, bound.warnings),
        Err(reports) => format!("{reports:?}"),
    }
}

fn both(text: &[u8], lenient: bool) -> (String, String) {
    let rules = rules();
    let options = ReadOptions {
        lenient,
        without_guess: true,
        ..ReadOptions::default()
    };
    let mut alone = options.clone();
    // Where rows may be remarks, each is looked at by itself.
    alone.recipe.frame.comment = Some("§§".to_owned());
    let by_blocks = |threads| {
        let options = ReadOptions {
            threads,
            ..options.clone()
        };
        told(bind_text("data.csv", text.to_vec(), &rules, &options))
    };
    let several = by_blocks(3);
    assert_eq!(several, by_blocks(1));
    (
        several,
        told(bind_text("data.csv", text.to_vec(), &rules, &alone)),
    )
}

fn odd() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        // Nothing, and what looks like the end of the data.
        "",
        ",,,,,,,",
        "Source: the office",
        "\"a\nremark\",,,,,,,",
        // Cells that cannot be read, and values outside their range.
        "x,Dorn,2011-01,ten,1,1,1,yes",
        "x,Dorn,2011-02,1,1,1,n/a,perhaps",
        "x,Dorn,2011-03,1,500,1,1,no",
        "x,Dorn,2011-04,500,1,1,,yes",
        "x,Dorn,2011-05,1e400,1,inf,1,no",
        // Keys that are none, and keys that are there already.
        "x,,2011-05,1,1,1,1,no",
        "x,Dorn,2011-13,1,1,1,1,no",
        "x,Dorn,,1,1,1,1,no",
        "x,Avala 0,2010-01,1,1,1,1,no",
        // Rows that are too short or too long.
        "x,Dorn,2011-06,1,1,1,1",
        "x,Dorn,2011-07,1,1,1,1,no,,",
        "x,Dorn,2011-08,1,1,1,1,no,more",
        // Quotation marks, line breaks and blanks in cells, names in other scripts.
        "\"x\ny\",\"D\"\"orn\",2011-09,\"1\",1,1,1,no",
        " x , Dorn , 2011-10 , 1 , 1 , 1 , 1 , no ",
        "x,Đorń Ž,2011-11,0.1,1,1,12345678901234567890,no",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn blocks_tell_what_rows_tell(
        odd in prop::collection::vec((0_usize..2000, odd()), 0..6),
        rows in 60_usize..400,
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        mark: bool,
        lenient: bool,
    ) {
        let text = text(&odd, rows, line_end, mark);
        let (by_blocks, by_rows) = both(&text, lenient);
        prop_assert_eq!(by_blocks, by_rows);
    }
}

/// A cell of a column of numbers, in whatever shape numbers are written.
fn shape() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "-?[0-9]{1,3}\\.[0-9]{1,4}",
        2 => "-?[0-9]{1,9}",
        1 => "-?[0-9]{0,12}\\.[0-9]{1,16}",
        1 => "[0-9]{15,22}",
        1 => any::<f64>().prop_filter("finite", |x| x.is_finite()).prop_map(|x| x.to_string()),
        2 => prop::sample::select(vec![
            "", " ", "-0", "-0.0", "5.", ".5", "+3", "007", "1e-3", "-2.5E2", " 7", "8 ", "NA", "-999", "-999.0",
            "9007199254740993", "0.1000000000000000055511151231257827",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The same doubles, whether a number is read with all others or by itself.
    #[test]
    fn numbers_of_all_shapes_are_read_alike(
        cells in prop::collection::vec((shape(), shape(), shape(), 0_usize..40), 200..260),
        thousands in prop::sample::select(vec![None, Some(','), Some('\''), Some('.')]),
        quoted: bool,
    ) {
        let mut lines = vec!["country,month,a,b,c".to_owned()];
        for (row, (a, b, c, slip)) in cells.iter().enumerate() {
            // Mostly none: one of them ends what is compared.
            let c = if *slip == 0 && row > 190 { "1.2.3" } else { c.as_str() };
            let a = if quoted && row % 50 == 0 { format!("\"{a}\"") } else { a.clone() };
            lines.push(format!("C{row:03},2015-01,{a},{b},{c}"));
        }
        let text = lines.join("\n").into_bytes();
        let absent = InputInfo { missing_means: Some(0.0), ..number("b") };
        let ranged = InputInfo {
            low: -1e15,
            high: 1e15,
            high_excluded: true,
            on_violation: OnViolation::Missing,
            ..number("c")
        };
        let rules = plan(Some(PeriodKind::Month), vec![number("a"), absent, ranged]);
        let mut options = ReadOptions {
            missing: vec!["NA".to_owned(), "-999".to_owned()],
            without_guess: true,
            threads: 2,
            ..ReadOptions::default()
        };
        options.recipe.thousands = thousands;
        let by_blocks = told(bind_text("data.csv", text.clone(), &rules, &options));
        options.recipe.frame.comment = Some("§§".to_owned());
        let by_rows = told(bind_text("data.csv", text, &rules, &options));
        prop_assert_eq!(by_blocks, by_rows);
    }
}

#[test]
fn many_blocks_stand_in_order() {
    let bad = "x,Dorn,2011-01,ten,1,1,1,yes".to_owned();
    for odd in [vec![], vec![(15_000, bad.clone())], vec![(39_000, bad)]] {
        let text = text(&odd, 40_000, "\n", false);
        assert!(text.len() > 3 * (512 << 10), "several blocks");
        let (by_blocks, by_rows) = both(&text, false);
        assert_eq!(by_blocks, by_rows);
    }
}

#[test]
fn what_is_not_utf_8_is_told_with_its_row() {
    let mut text = text(&[], 300, "\n", false);
    let at = text.len() - 200;
    text[at] = 0xF4;
    let (by_blocks, by_rows) = both(&text, false);
    assert!(by_blocks.contains("NotUtf8"), "{by_blocks}");
    assert_eq!(by_blocks, by_rows);
}

#[test]
fn an_open_quotation_mark_is_told_behind_what_stands_before_it() {
    let odd = vec![
        (100, "x,Dorn,2011-01,ten,1,1,1,yes".to_owned()),
        (250, "x,\"Dorn,2011-01,1,1,1,1,yes".to_owned()),
    ];
    let (by_blocks, by_rows) = both(&text(&odd, 300, "\n", false), false);
    assert_eq!(by_blocks, by_rows);
}

/// A row, a column of numbers, and a value that is out of the ordinary.
type Odd = (usize, usize, f64);

/// A table of numbers and words, as results are written, with these values at these rows.
fn typed(odd: &[Odd], rows: usize, words: &[&str]) -> Vec<u8> {
    let column = |name: &str, place: usize| {
        let values = (0..rows).map(|row| {
            let odd = odd.iter().find(|(at, of, _)| *at == row && *of == place);
            match odd {
                Some((_, _, x)) => *x,
                None if row % 11 == place => f64::NAN,
                None => (row * 37 % 1000) as f64 / 10.0,
            }
        });
        ResultColumn {
            name: name.to_owned(),
            label: String::new(),
            unit: String::new(),
            kind: OutputKind::Number,
            values: values.collect(),
        }
    };
    let truths = ResultColumn {
        kind: OutputKind::Category {
            names: words.iter().map(|word| (*word).to_owned()).collect(),
            labels: Vec::new(),
        },
        values: (0..rows)
            .map(|row| if row == 20_001 { 2.0 } else { (row % 2) as f64 })
            .collect(),
        ..column("truth", 9)
    };
    let table = ResultTable {
        entity_columns: vec!["country".to_owned()],
        entities: (0..=rows / 120).map(|at| format!("C{at:05}")).collect(),
        // Not in order, as files need not be.
        entity_of: (0..rows)
            .map(|row| ((rows - 1 - row) / 120) as u32)
            .collect(),
        period_column: Some(("month".to_owned(), PeriodKind::Month)),
        periods: (0..rows)
            .map(|row| 2010 * 12 + (row % 120) as i64)
            .collect(),
        written: None,
        hindsight: std::collections::BTreeSet::new(),
        columns: vec![
            column("clamped", 0),
            column("refused", 1),
            column("absent", 2),
            column("carried", 3),
            truths,
        ],
    };
    let mut bytes = Vec::new();
    write_to(&mut bytes, Format::Parquet, &table).unwrap();
    bytes
}

#[test]
fn columns_side_by_side_tell_what_batches_tell() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[Odd], &[&str]); 5] = [
        (&[], &["yes", "no", "yes"]),
        // Outside of ranges: moved, and refused in more than one batch.
        (
            &[(7, 0, 150.0), (9_000, 0, -3.0), (39_999, 0, f64::INFINITY)],
            &["yes", "no", "no"],
        ),
        (
            &[(30_000, 1, 101.0), (12, 1, -1.0), (13, 0, 900.0)],
            &["yes", "no", "no"],
        ),
        // A word that is no truth.
        (&[], &["yes", "no", "perhaps"]),
        (&[(3, 3, f64::NEG_INFINITY)], &["yes", "no", "yes"]),
    ];
    for (at, (odd, words)) in cases.into_iter().enumerate() {
        let path = folder.path().join(format!("{at}.parquet"));
        std::fs::write(&path, typed(odd, 40_000, words)).unwrap();
        let by = |threads| {
            let taken = Taken::default();
            taken.with_digests();
            let options = ReadOptions {
                threads,
                without_guess: true,
                taken: taken.clone(),
                ..ReadOptions::default()
            };
            let result = told(read(&path, &rules(), &options));
            (result, taken.sha256(&path))
        };
        let (side_by_side, digest) = by(3);
        assert_eq!((side_by_side.clone(), digest.clone()), by(1), "{at}");
        if !side_by_side.starts_with("Reports") {
            assert_eq!(digest, Some(sha256(&std::fs::read(&path).unwrap())));
        }
    }
}

#[test]
fn a_damaged_file_is_told_as_it_is_by_one_thread() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = typed(&[], 40_000, &["yes", "no", "yes"]);
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4000].fill(0xFF);
    let path = folder.path().join("damaged.parquet");
    std::fs::write(&path, bytes).unwrap();
    let by = |threads| {
        let options = ReadOptions {
            threads,
            without_guess: true,
            ..ReadOptions::default()
        };
        told(read(&path, &rules(), &options))
    };
    assert_eq!(by(3), by(1));
}
