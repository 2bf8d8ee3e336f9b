//! Files that are not what they should be: each gives a clear message, none a panic.

mod common;

use common::{Given, given, number, plan};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::result_table::ResultTable;
use forewarn_tables::{Format, ReadOptions, write, write_to};

fn population() -> Plan {
    plan(Some(PeriodKind::Year), vec![number("pop")])
}

fn told(name: &str, content: impl AsRef<[u8]>) -> String {
    given(name, content).told(&population(), &ReadOptions::default())
}

fn bound(given: &Given) -> Bound {
    given.read(&population(), &ReadOptions::default()).unwrap()
}

const FINE: &str = "country,year,pop\nNOR,2020,5379000\nSWE,2020,10353000\n";

fn fine(format: Format) -> Vec<u8> {
    let bound = bound(&given("a.csv", FINE));
    let mut table = ResultTable::new(&bound, Some(PeriodKind::Year));
    table
        .columns
        .push(forewarn_runtime::result_table::ResultColumn {
            name: "pop".to_owned(),
            label: String::new(),
            unit: String::new(),
            kind: forewarn_plan::OutputKind::Number,
            values: bound.panel.columns[0].clone(),
        });
    let mut bytes = Vec::new();
    write_to(&mut bytes, format, &table).unwrap();
    bytes
}

/// Bytes without any order, the same in every run.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    std::iter::repeat_with(next).take(count).collect()
}

#[test]
fn text_files() {
    let latin = b"country,year,pop\nC\xF4te d'Ivoire,2020,26378000\n";
    let utf16: Vec<u8> = "\u{feff}country,year,pop\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let long = format!("country,year,pop\nNOR,2020,{}\n", "9".repeat(10_000_000));
    let quote = format!(
        "country,year,pop\nNOR,2020,\"1\n{}",
        "SWE,2020,1\n".repeat(100)
    );
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("an empty file", "a.csv", vec![]),
        ("blank lines", "a.csv", b"\n\n\r\n".to_vec()),
        ("only a header", "a.csv", b"country,year,pop\n".to_vec()),
        ("Latin-1", "a.csv", latin.to_vec()),
        ("UTF-16", "a.csv", utf16),
        ("random bytes", "a.csv", noise(5000)),
        ("random bytes in NDJSON", "a.ndjson", noise(5000)),
        ("random bytes in Parquet", "a.parquet", noise(5000)),
        ("random bytes in Arrow", "a.arrow", noise(5000)),
        ("a line of 10 MB", "a.csv", long.into_bytes()),
        (
            "a line of 10 MB in NDJSON",
            "a.ndjson",
            vec![b' '; 10_000_000],
        ),
        ("an open quotation mark", "a.csv", quote.into_bytes()),
        ("a spreadsheet", "a.csv", b"PK\x03\x04 and so on".to_vec()),
        (
            "a spreadsheet by name",
            "a.xlsx",
            b"PK\x03\x04 and so on".to_vec(),
        ),
        ("no known name", "a.dat", FINE.as_bytes().to_vec()),
        ("JSON", "a.json", b"[]".to_vec()),
        ("no objects", "a.ndjson", b"\n\n".to_vec()),
        (
            "a list over several lines",
            "a.ndjson",
            b"[\n{\"country\": 1}\n]".to_vec(),
        ),
    ];
    let told: String = cases
        .into_iter()
        .map(|(about, name, content)| format!("# {about}\n{}\n", told(name, content)))
        .collect();
    insta::assert_snapshot!(told);
}

#[test]
fn a_file_that_is_not_there() {
    let given = given("a.csv", "");
    let gone = given.path.with_file_name("b.csv");
    let folder = given.path.parent().unwrap();
    for path in [gone.as_path(), folder] {
        let reports =
            forewarn_tables::read(path, &population(), &ReadOptions::default()).unwrap_err();
        assert_eq!(reports.iter().next().unwrap().code().0, "FW0901");
    }
}

/// A file cut off anywhere, or with a byte changed, is refused or read: never a panic.
#[test]
fn damaged_typed_files() {
    for (name, format) in [("a.parquet", Format::Parquet), ("a.arrow", Format::Arrow)] {
        let whole = fine(format);
        for length in (0..whole.len()).step_by(17) {
            let told = told(name, &whole[..length]);
            assert!(told.starts_with("error["), "{name} cut at {length}: {told}");
        }
        for at in (0..whole.len()).step_by(3) {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            told(name, changed);
        }
    }
}

#[test]
fn a_truncated_parquet_file_says_so() {
    let whole = fine(Format::Parquet);
    insta::assert_snapshot!(told("a.parquet", &whole[..whole.len() / 2]));
}

#[test]
fn content_that_is_another_format_is_read_as_what_it_is() {
    let given = given("a.csv", fine(Format::Parquet));
    assert_eq!(bound(&given).summary.rows, 2);
    let asked = ReadOptions {
        format: Some(Format::Arrow),
        ..ReadOptions::default()
    };
    let reports = given.read(&population(), &asked).unwrap_err();
    assert_eq!(reports.iter().next().unwrap().code().0, "FW0916");
}

#[test]
fn marks_line_ends_quotes_and_gzip() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(FINE.as_bytes()).unwrap();
    let plain = bound(&given("a.csv", FINE));
    let same = [
        ("a.csv", format!("\u{feff}{FINE}").into_bytes()),
        ("a.csv", FINE.replace('\n', "\r\n").into_bytes()),
        ("a.csv", FINE.replace('\n', "\r").into_bytes()),
        ("a.csv", FINE.replace('\n', "\n\n").into_bytes()),
        ("a.csv", FINE.replace(',', ";").into_bytes()),
        ("a.csv", FINE.replace("NOR", "\"NOR\"").into_bytes()),
        ("a.csv", FINE.replace(',', " , ").into_bytes()),
        ("a.tsv", FINE.replace(',', "\t").into_bytes()),
        ("a.csv.gz", packed.finish().unwrap()),
    ];
    for (name, content) in same {
        let read = bound(&given(name, &content));
        assert_eq!(
            read.panel,
            plain.panel,
            "{}",
            String::from_utf8_lossy(&content)
        );
        assert_eq!(read.entity_column, "country");
        assert_eq!(read.period_column.as_deref(), Some("year"));
    }
}

#[test]
fn a_result_is_written_whole_or_not_at_all() {
    let given = given("a.csv", FINE);
    let table = ResultTable::new(&bound(&given), Some(PeriodKind::Year));
    let folder = given.path.parent().unwrap();

    let nowhere = folder.join("nowhere").join("out.csv");
    let reports = write(&nowhere, Format::Csv, &table).unwrap_err();
    let told = common::render(&reports).replace(&format!("{}", folder.display()), "FOLDER");
    insta::assert_snapshot!(told);

    // A file in place of the folder, and a folder in place of the file.
    assert!(write(&given.path.join("out.csv"), Format::Csv, &table).is_err());
    assert!(write(folder, Format::Csv, &table).is_err());

    let out = folder.join("out.csv");
    std::fs::write(&out, "before").unwrap();
    write(&out, Format::Csv, &table).unwrap();
    assert_eq!(
        std::fs::read_to_string(&out).unwrap(),
        "country,year\nNOR,2020\nSWE,2020\n"
    );
    let names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "nothing is left beside: {names:?}");
}
