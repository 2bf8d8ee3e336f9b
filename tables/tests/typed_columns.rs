//! Typed columns of Arrow and Parquet files: what fits which indicator.

use crate::common;

use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Decimal256Array, DictionaryArray,
    Float32Array, Float64Array, Int16Array, Int64Array, RecordBatch, StringArray, StringViewArray,
    TimestampMicrosecondArray, TimestampSecondArray, UInt64Array,
};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use common::{given, level, number, plan, truth};
use forewarn_plan::{InputInfo, OnViolation, PeriodKind, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::period::Written;
use forewarn_tables::ReadOptions;
use parquet::arrow::ArrowWriter;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

fn countries(names: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(names.to_vec()))
}

fn parquet(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let mut bytes = Vec::new();
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .build();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn read(batch: &RecordBatch, plan: &Plan) -> Bound {
    let given = given("a.parquet", parquet(batch, Compression::SNAPPY));
    match given.read(plan, &ReadOptions::default()) {
        Ok(bound) => bound,
        Err(reports) => panic!("{}", common::render(&reports)),
    }
}

fn told(batch: &RecordBatch, plan: &Plan) -> String {
    given("a.parquet", parquet(batch, Compression::SNAPPY)).told(plan, &ReadOptions::default())
}

#[test]
fn numbers_of_every_width() {
    let batch = batch(vec![
        ("country", countries(&["A", "B"])),
        ("year", Arc::new(Int16Array::from(vec![2020, 2020]))),
        (
            "double",
            Arc::new(Float64Array::from(vec![Some(0.1), None])),
        ),
        ("nan", Arc::new(Float64Array::from(vec![f64::NAN, 1.0]))),
        ("single", Arc::new(Float32Array::from(vec![0.5, -0.0]))),
        (
            "whole",
            Arc::new(Int64Array::from(vec![Some(1 << 53), None])),
        ),
        ("unsigned", Arc::new(UInt64Array::from(vec![u64::MAX, 7]))),
        (
            "decimal",
            Arc::new(
                Decimal128Array::from(vec![12_345, 10_i128.pow(30) + 1])
                    .with_precision_and_scale(38, 2)
                    .unwrap(),
            ),
        ),
        (
            "text",
            Arc::new(StringViewArray::from(vec![Some(" 3.25 "), None])),
        ),
    ]);
    let names = [
        "double", "nan", "single", "whole", "unsigned", "decimal", "text",
    ];
    let bound = read(
        &batch,
        &plan(Some(PeriodKind::Year), names.map(number).to_vec()),
    );
    let row = |row: usize| {
        bound
            .panel
            .columns
            .iter()
            .map(|c| c[row])
            .collect::<Vec<f64>>()
    };
    assert_eq!(row(0)[0], 0.1);
    assert!(row(0)[1].is_nan());
    assert_eq!(
        row(0)[2..],
        [
            0.5,
            9_007_199_254_740_992.0,
            18_446_744_073_709_551_615.0,
            123.45,
            3.25
        ]
    );
    assert_eq!(row(1)[1..3], [1.0, -0.0]);
    assert_eq!(row(1)[4..6], [7.0, 1e28]);
    let missing: Vec<u64> = bound
        .summary
        .inputs
        .iter()
        .map(|input| input.missing)
        .collect();
    assert_eq!(missing, [1, 1, 0, 1, 0, 0, 1]);
}

/// A single is the decimal that it was written down from: thresholds are decimals.
#[test]
fn singles_and_halves_are_the_decimals_they_stand_for() {
    let written = [
        0.7,
        0.1,
        0.3,
        12.34,
        123_456.7,
        1.5e-9,
        16_777_216.0,
        1e30,
        -2.05,
    ];
    let singles: Vec<f32> = written.iter().map(|x| *x as f32).collect();
    let batch = batch(vec![
        (
            "country",
            countries(&["A", "B", "C", "D", "E", "F", "G", "H", "I"]),
        ),
        ("single", Arc::new(Float32Array::from(singles.clone()))),
    ]);
    let bound = read(&batch, &plan(None, vec![number("single")]));
    for ((read, written), single) in bound.panel.columns[0].iter().zip(written).zip(singles) {
        // 1e30 is whole in 32 bits, and stays what it is there.
        let expected = if written == 1e30 {
            f64::from(single)
        } else {
            written
        };
        assert_eq!(*read, expected);
    }
}

#[test]
fn dates_stand_for_periods_that_begin_on_them() {
    let day = 86_400_000_000;
    let file = |days: Vec<i32>| {
        batch(vec![
            ("country", countries(&["A", "B"])),
            ("month", Arc::new(Date32Array::from(days))),
            ("x", Arc::new(Float64Array::from(vec![1.0, 2.0]))),
        ])
    };
    let monthly = plan(Some(PeriodKind::Month), vec![number("x")]);
    let bound = read(&file(vec![19_844, 0]), &monthly);
    assert_eq!(bound.panel.periods, [2024 * 12 + 4, 1970 * 12]);
    let moments = batch(vec![
        ("country", countries(&["A", "B"])),
        (
            "month",
            Arc::new(TimestampMicrosecondArray::from(vec![
                19_844 * day,
                -31 * day,
            ])),
        ),
        ("x", Arc::new(Float64Array::from(vec![1.0, 2.0]))),
    ]);
    assert_eq!(
        read(&moments, &monthly).panel.periods,
        [2024 * 12 + 4, 1969 * 12 + 11]
    );
    insta::assert_snapshot!(told(&file(vec![19_844, 19_850]), &monthly));
}

#[test]
fn words_truths_and_dictionaries() {
    let words: DictionaryArray<Int8Type> =
        vec![Some("High"), None, Some("low")].into_iter().collect();
    let batch = batch(vec![
        (
            "country",
            Arc::new(Int64Array::from(vec![840, 4, 12])) as ArrayRef,
        ),
        ("concern", Arc::new(words)),
        (
            "war",
            Arc::new(BooleanArray::from(vec![Some(true), Some(false), None])),
        ),
        ("flag", Arc::new(Int64Array::from(vec![1, 0, 0]))),
    ]);
    let inputs = vec![
        level("concern", "concern", &["low", "high"]),
        truth("war"),
        truth("flag"),
    ];
    let bound = read(&batch, &plan(None, inputs));
    // Entities sort as text.
    assert_eq!(bound.panel.entities, ["12", "4", "840"]);
    assert_eq!(bound.panel.columns[2], [0.0, 0.0, 1.0]);
    assert_eq!(bound.panel.columns[0][2], 1.0);
    assert!(bound.panel.columns[0][1].is_nan() && bound.panel.columns[1][0].is_nan());
}

#[test]
fn columns_of_another_kind() {
    let batch = batch(vec![
        ("country", countries(&["A", "B"])),
        ("year", Arc::new(BooleanArray::from(vec![true, false]))),
        ("x", Arc::new(Date32Array::from(vec![1, 2]))),
        ("concern", Arc::new(Float64Array::from(vec![1.0, 2.0]))),
        ("y", Arc::new(Float64Array::from(vec![f64::INFINITY, 12.0]))),
    ]);
    let y = InputInfo {
        high: 10.0,
        on_violation: OnViolation::Reject,
        ..number("y")
    };
    let inputs = vec![number("x"), level("concern", "concern", &["low", "high"])];
    let wrong = told(&batch, &plan(Some(PeriodKind::Year), inputs));
    insta::assert_snapshot!(format!(
        "{wrong}----\n{}",
        told(&batch, &plan(None, vec![y]))
    ));
}

#[test]
fn every_compression_and_both_kinds_of_arrow_file() {
    let batch = batch(vec![
        ("country", countries(&["A", "B", "C"])),
        ("unused", countries(&["x", "y", "z"])),
        (
            "x",
            Arc::new(Float64Array::from(vec![Some(1.0), None, Some(3.0)])),
        ),
    ]);
    let plan = plan(None, vec![number("x")]);
    let compressions = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
    ];
    let mut files: Vec<(&str, Vec<u8>)> = compressions
        .map(|compression| ("a.parquet", parquet(&batch, compression)))
        .to_vec();
    for compression in [
        None,
        Some(CompressionType::LZ4_FRAME),
        Some(CompressionType::ZSTD),
    ] {
        let options = IpcWriteOptions::default()
            .try_with_compression(compression)
            .unwrap();
        let mut bytes = Vec::new();
        let mut writer =
            FileWriter::try_new_with_options(&mut bytes, &batch.schema(), options.clone()).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        drop(writer);
        files.push(("a.feather", bytes));
        let mut bytes = Vec::new();
        let mut writer =
            StreamWriter::try_new_with_options(&mut bytes, &batch.schema(), options).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        drop(writer);
        files.push(("a.arrows", bytes));
    }
    for (name, bytes) in files {
        let bound = given(name, bytes)
            .read(&plan, &ReadOptions::default())
            .unwrap();
        assert_eq!(bound.panel.entities, ["A", "B", "C"]);
        assert_eq!(bound.summary.inputs[0].missing, 1);
        assert_eq!(bound.panel.columns[0][2], 3.0);
    }
}

#[test]
fn months_as_numbers_and_in_two_columns() {
    let plan = plan(Some(PeriodKind::Month), vec![number("deaths")]);
    let batch = batch(vec![
        ("country", countries(&["A", "A"])),
        ("month", Arc::new(Int64Array::from(vec![202_406, 202_405]))),
        ("year", Arc::new(Float64Array::from(vec![2024.0, 2024.0]))),
        ("m", Arc::new(Int16Array::from(vec![6, 5]))),
        ("deaths", Arc::new(Float64Array::from(vec![6.0, 5.0]))),
    ]);
    let given = given("a.parquet", parquet(&batch, Compression::SNAPPY));
    let written = ReadOptions {
        written: Written::new("YYYYMM").ok(),
        ..ReadOptions::default()
    };
    let two = ReadOptions {
        map: vec![("month".to_owned(), "year, m".to_owned())],
        ..ReadOptions::default()
    };
    for options in [written, two] {
        match given.read(&plan, &options) {
            Ok(bound) => {
                assert_eq!(bound.panel.periods, [2024 * 12 + 4, 2024 * 12 + 5]);
                assert_eq!(bound.panel.columns, [[5.0, 6.0]]);
            }
            Err(reports) => panic!("{}", common::render(&reports)),
        }
    }
}

/// 2024-01-31T23:00:00Z is the first of February in Paris and the last of January in New York.
#[test]
fn the_date_of_a_moment_is_that_of_its_zone() {
    let moment = 1_706_742_000;
    for (zone, date) in [
        ("UTC", "2024-01-31"),
        ("Z", "2024-01-31"),
        ("Europe/Paris", "2024-02-01"),
        ("+01:00", "2024-02-01"),
        ("+0100", "2024-02-01"),
        ("-05:00", "2024-01-31"),
        ("America/New_York", "2024-01-31"),
    ] {
        let days = TimestampSecondArray::from(vec![moment]).with_timezone(zone);
        let batch = batch(vec![
            ("country", countries(&["A"])),
            ("day", Arc::new(days)),
            ("deaths", Arc::new(Float64Array::from(vec![5.0]))),
        ]);
        let bound = read(&batch, &plan(Some(PeriodKind::Day), vec![number("deaths")]));
        let (_, day) = forewarn_runtime::period::any(date).unwrap();
        assert_eq!(bound.panel.periods, [day], "{zone}");
    }
    let days = TimestampSecondArray::from(vec![moment]).with_timezone("Nowhere/Land");
    let batch = batch(vec![
        ("country", countries(&["A"])),
        ("day", Arc::new(days)),
        ("deaths", Arc::new(Float64Array::from(vec![5.0]))),
    ]);
    let told = told(&batch, &plan(Some(PeriodKind::Day), vec![number("deaths")]));
    assert!(told.contains("time zone that is not known"), "{told}");
}

#[test]
fn decimals_of_every_width() {
    let wide = Decimal256Array::from(vec![Some(arrow_buffer::i256::from_i128(12_345)), None])
        .with_precision_and_scale(50, 2)
        .unwrap();
    let batch = batch(vec![
        ("country", countries(&["A", "B"])),
        ("year", Arc::new(Int16Array::from(vec![2020, 2020]))),
        ("deaths", Arc::new(wide)),
    ]);
    let bound = read(
        &batch,
        &plan(Some(PeriodKind::Year), vec![number("deaths")]),
    );
    assert_eq!(bound.panel.columns[0][0], 123.45);
    assert!(bound.panel.columns[0][1].is_nan());
}
