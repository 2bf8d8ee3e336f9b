//! Files that are not what they should be: each gives a clear message, none a panic.

use crate::common;

use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use common::{Given, given, number, plan};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::result_table::ResultTable;
use forewarn_tables::{Format, ReadOptions, write_to};
use std::sync::Arc;

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
        assert_eq!(read.entity_columns, ["country"]);
        assert_eq!(read.period_column.as_deref(), Some("year"));
    }
}

/// Two columns of text and a number, packed.
fn packed(how: CompressionType) -> Vec<u8> {
    let names: ArrayRef = Arc::new(StringArray::from(vec!["NOR".repeat(40); 500]));
    let years: ArrayRef = Arc::new(Int32Array::from_iter_values(1500..2000));
    let people: ArrayRef = Arc::new(Float64Array::from_iter_values((0..500).map(f64::from)));
    let batch = RecordBatch::try_from_iter([("country", names), ("year", years), ("pop", people)]);
    let batch = batch.unwrap();
    let options = IpcWriteOptions::default().try_with_compression(Some(how));
    let mut writer =
        FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options.unwrap()).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// The sizes that packed columns claim are looked at before memory is asked for.
#[test]
fn sizes_that_cannot_be_are_told() {
    for how in [CompressionType::LZ4_FRAME, CompressionType::ZSTD] {
        let whole = packed(how);
        assert!(!told("a.arrow", &whole).starts_with("error["));
        let mut found = 0;
        for at in 0..whole.len() - 8 {
            let size = u64::from_le_bytes(whole[at..at + 8].try_into().unwrap());
            // The unpacked sizes of offsets, years, numbers and texts.
            if ![2004, 2000, 4000, 60_000].contains(&size) {
                continue;
            }
            for claimed in [1_u64 << 61, 1 << 45, u64::MAX - 9] {
                let mut changed = whole.clone();
                changed[at..at + 8].copy_from_slice(&claimed.to_le_bytes());
                let told = told("a.arrow", changed);
                assert!(told.starts_with("error[FW0916]"), "{told}");
                found += u32::from(told.contains("more than fits into it"));
            }
        }
        assert!(found >= 6, "{found} sizes");
    }
}

/// What a library says of a file is written for its programmers.
#[test]
fn damage_is_told_by_column_and_row() {
    let whole = fine(Format::Parquet);
    let mut seen = std::collections::BTreeSet::new();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x80;
        let told = told("a.parquet", changed);
        for word in ["Error", "{", "Thrift", "Expected", "Invalid", "index", "::"] {
            assert!(!told.contains(word), "byte {at}: {told}");
        }
        let line = told.lines().find(|line| line.contains("a.parquet:"));
        seen.extend(line.map(str::to_owned));
    }
    let seen = seen.into_iter().collect::<Vec<_>>().join("\n");
    assert!(seen.contains("the column `pop` is damaged"), "{seen}");
    assert!(seen.contains("where it lists its columns"), "{seen}");
}

#[test]
fn a_packed_file_that_is_cut_off() {
    let rows = (0..2000).map(|row| format!("C{},2020,{}\n", row * 7919 % 2003, row * 31 % 997));
    let text = format!("country,year,pop\n{}", rows.collect::<String>());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let told = told("a.csv.gz", &packed[..packed.len() / 2]);
    assert!(
        told.contains("what is packed in it with gzip ends too early"),
        "{told}"
    );
    assert!(told.contains("copy or export the file again"), "{told}");
}
