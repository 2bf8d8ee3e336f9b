//! Digests are of the bytes that were read, and what can be read only once is kept where it is needed.
#![cfg(unix)]

use crate::common;

use common::{number, plan};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_tables::{Format, ReadOptions, Taken, columns_in, read, read_all, sha256};
use std::io::Write;
use std::path::{Path, PathBuf};

const TEXT: &str = "country,year,pop\nNOR,2020,5379000\nSWE,2020,10353000\n";

fn population() -> Plan {
    plan(Some(PeriodKind::Year), vec![number("pop")])
}

fn options(format: Option<Format>) -> ReadOptions<'static> {
    let taken = Taken::default();
    taken.with_digests();
    ReadOptions {
        format,
        taken,
        ..ReadOptions::default()
    }
}

/// A named pipe into which a thread writes these bytes, once.
fn pipe(folder: &Path, bytes: Vec<u8>) -> PathBuf {
    let path = folder.join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    let to = path.clone();
    std::thread::spawn(move || {
        let mut pipe = std::fs::OpenOptions::new().write(true).open(to).unwrap();
        // A reader may leave early.
        let _ = pipe.write_all(&bytes);
    });
    path
}

/// The same table in every format, packed and not.
fn files() -> Vec<(&'static str, Option<Format>, Vec<u8>)> {
    let bound = {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, TEXT).unwrap();
        read(&path, &population(), &ReadOptions::default()).unwrap()
    };
    let mut table =
        forewarn_runtime::result_table::ResultTable::new(&bound, Some(PeriodKind::Year));
    table
        .columns
        .push(forewarn_runtime::result_table::ResultColumn {
            name: "pop".to_owned(),
            label: String::new(),
            unit: String::new(),
            kind: forewarn_compiler::plan::OutputKind::Number,
            values: bound.panel.columns[0].clone(),
        });
    let bytes = |format| {
        let mut bytes = Vec::new();
        forewarn_tables::write_to(&mut bytes, format, &table).unwrap();
        bytes
    };
    let packed = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    vec![
        ("a.csv", None, TEXT.into()),
        ("a.csv.gz", None, packed(TEXT.as_bytes())),
        ("a.ndjson", Some(Format::Ndjson), bytes(Format::Ndjson)),
        ("a.arrow", Some(Format::Arrow), bytes(Format::Arrow)),
        ("a.parquet", Some(Format::Parquet), bytes(Format::Parquet)),
        (
            "a.parquet.gz",
            Some(Format::Parquet),
            packed(&bytes(Format::Parquet)),
        ),
    ]
}

#[test]
fn a_digest_is_of_all_bytes_of_a_file_or_a_pipe() {
    for (name, format, bytes) in files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        for path in [path, pipe(folder.path(), bytes.clone())] {
            let options = options(format);
            let bound = read(&path, &population(), &options).unwrap();
            assert_eq!(bound.summary.rows, 2, "{name}");
            let digest = options.taken.sha256(&path);
            assert_eq!(digest.as_deref(), Some(sha256(&bytes).as_str()), "{name}");
        }
    }
}

#[test]
fn what_comes_through_a_pipe_is_kept_where_it_is_looked_at_twice() {
    for (name, format, bytes) in files() {
        let folder = tempfile::tempdir().unwrap();
        let path = pipe(folder.path(), bytes.clone());
        let options = options(format);
        let asked = ["pop".to_owned(), "deaths".to_owned()];
        let found = columns_in(&path, &asked, &options);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["pop"], "{name}");
        for _ in 0..2 {
            let bound = read_all(&[&path], &population(), &options).unwrap();
            assert_eq!(bound.summary.rows, 2, "{name}");
        }
        let digest = options.taken.sha256(&path);
        assert_eq!(digest.as_deref(), Some(sha256(&bytes).as_str()), "{name}");
    }
}

#[test]
fn a_file_that_changes_between_two_readings_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let options = options(None);
    std::fs::write(&path, TEXT).unwrap();
    read(&path, &population(), &options).unwrap();
    std::fs::write(&path, TEXT.replace("5379000", "1")).unwrap();
    let reports = read(&path, &population(), &options).unwrap_err();
    let told = common::render(&reports);
    assert!(told.contains("it was changed while it was read"), "{told}");
}

/// One that is written over where it lies gives some rows of the one and some of the other.
#[test]
fn a_file_that_changes_while_it_is_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let rows = |value: u32| {
        let rows = (0..300_000).map(|row| format!("E{row:06},2020,{value}\n"));
        format!("country,year,pop\n{}", rows.collect::<String>())
    };
    std::fs::write(&path, rows(1)).unwrap();
    let written = std::cell::Cell::new(false);
    let over = |_| {
        if !written.replace(true) {
            std::fs::write(&path, rows(2)).unwrap();
        }
    };
    let options = ReadOptions {
        progress: Some(&over),
        ..ReadOptions::default()
    };
    let reports = read(&path, &population(), &options).unwrap_err();
    let told = common::render(&reports);
    assert!(
        written.get() && told.contains("it was changed while it was read"),
        "{told}"
    );
    assert!(read(&path, &population(), &ReadOptions::default()).is_ok());
}

#[test]
fn a_file_that_is_read_again_is_the_one_that_was_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let other = folder.path().join("b.csv");
    std::fs::write(&path, TEXT).unwrap();
    std::fs::write(&other, TEXT.replace("5379000", "1")).unwrap();
    let pop = |options: &ReadOptions<'_>| {
        let bound = read(&path, &population(), options).unwrap();
        bound.panel.columns[0].clone()
    };
    let open = options(None);
    open.taken.keep_open();
    let before = pop(&open);
    std::fs::rename(&other, &path).unwrap();
    assert_eq!(pop(&open), before);
    assert_eq!(open.taken.sha256(&path), Some(sha256(TEXT.as_bytes())));
    assert_ne!(pop(&options(None)), before);
}
