//! What of an archive is no package: names that others could not have, a wrong sum, an end that is missing, and what
//! stands behind it.

use flate2::{Compression, GzBuilder};
use forewarn_compiler::package::archive::{pack, unpack};
use std::collections::BTreeMap;

fn package() -> BTreeMap<String, Vec<u8>> {
    [("forewarn.toml", "x"), ("factors/state.risk", "let a = 1")]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into()
}

/// Entries with names that no builder writes.
fn of_entries(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_cksum();
        tar.append(&header, *bytes).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

#[test]
fn names_that_other_systems_could_not_have_are_refused() {
    for (name, told) in [
        ("CON.md", "a device"),
        ("notes/lpt1.csv", "a device"),
        ("a:b.md", "one of the signs"),
        ("tr.", "ends in a dot"),
        ("x /a.md", "ends in a dot or a blank"),
        ("..\\..\\x.csv", "a backslash"),
    ] {
        let packed = of_entries(&[("demo/a.risk", b"1"), (&format!("demo/{name}"), b"2")]);
        let why = unpack(&packed).unwrap_err();
        assert!(why.contains(told), "{name}: {why}");
    }
    for (one, other) in [("READ.md", "read.md"), ("tables/a.csv", "Tables/b.csv")] {
        let [one, other] = [one, other].map(|name| format!("demo/{name}"));
        let why = unpack(&of_entries(&[(&one, b"1"), (&other, b"2")])).unwrap_err();
        assert!(why.contains("by capitals alone"), "{why}");
    }
    let fine = [
        ("demo/console.md", &b"1"[..]),
        ("demo/com10.csv", b"2"),
        ("demo/a.b.md", b"3"),
    ];
    assert_eq!(unpack(&of_entries(&fine)).unwrap().len(), 3);
}

#[test]
fn an_archive_is_read_to_its_end() {
    let packed = pack("demo-1.0.0", &package()).unwrap();
    let end = packed.len() - 8;
    let mut other_sum = packed.clone();
    other_sum[end] ^= 1;
    let why = unpack(&other_sum).unwrap_err();
    assert!(why.contains("it is damaged"), "{why}");
    for cut in [1, 8] {
        let why = unpack(&packed[..packed.len() - cut]).unwrap_err();
        assert!(why.contains("it was cut off"), "{why}");
    }
    let twice = [&packed[..], &packed].concat();
    for more in [[&packed[..], b"x"].concat(), twice] {
        let why = unpack(&more).unwrap_err();
        assert!(why.contains("stand behind its end"), "{why}");
    }
}
