//! Notices: truths that begin and end, told beside alerts.

use crate::applied;

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;

use applied::apply;

const HEAD: &str = "framework f \"F\" version \"1\"\npanel area by month\n\
                    indicator reports : number in 0..\nindicator raids : number in 0..50\n\
                    score both = reports + raids\n";

const DATA: &str = "area,month,reports,raids
Tav,2024-01,9,1
Tav,2024-02,,2
Tav,2024-03,,1
Tav,2024-04,,6
Tav,2024-05,4,2
Tav,2024-06,4,
Tav,2024-07,4,9
";

/// A column, month by month.
#[track_caller]
fn column(rules: &str, name: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, cells) = (folder.path().join("f.risk"), folder.path().join("d.csv"));
    std::fs::write(&path, format!("{HEAD}{rules}")).expect("written");
    std::fs::write(&cells, DATA).expect("written");
    let found = apply(&path, &cells, &[]);
    let cells = found.rows.values().map(|row| match row[name].as_str() {
        "" => "-".to_owned(),
        cell => cell.to_owned(),
    });
    cells.collect::<Vec<_>>().join(" ")
}

/// What is told of rules.
fn told(rules: &str) -> Vec<String> {
    let rules = format!("{HEAD}{rules}\n");
    let files = MemoryFiles::of("f.risk", &rules);
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    let causes = compilation.reports.iter();
    causes
        .map(|cause| {
            let said = cause.describe();
            let found = said.primary.text;
            format!("{}: {}; {found}", cause.code(), said.title)
        })
        .collect()
}

#[test]
fn a_notice_begins_after_a_while_and_ends_at_once() {
    let rules = "notice lost \"Sight lost\" when reports is missing for 2 months\n\
                 signal blind = lost and raids >= 2\nscore before = if lag(lost, 1 month) then 1 else 0\n";
    // What was before the data begin is not known.
    assert_eq!(column(rules, "lost"), "no no yes yes no no no");
    assert_eq!(column(rules, "lost.event"), "- - began - ended - -");
    assert_eq!(
        column(rules, "lost.since"),
        "2024-01 2024-01 2024-03 2024-03 2024-05 2024-05 2024-05"
    );
    assert_eq!(column(rules, "blind"), "no no no yes no no no");
    assert_eq!(column(rules, "before"), "- 0 0 1 1 0 0");
}

#[test]
fn an_unknown_condition_holds_begins_or_ends_it() {
    let busy = |unknown: &str| column(&format!("notice busy when raids >= 2{unknown}\n"), "busy");
    assert_eq!(busy(""), "no yes no yes yes yes yes");
    assert_eq!(busy(" on unknown end"), "no yes no yes yes no yes");
    assert_eq!(busy(" on unknown begin"), "no yes no yes yes yes yes");
    let quiet = |unknown: &str| column(&format!("notice quiet when raids < 2{unknown}\n"), "quiet");
    assert_eq!(quiet(" on unknown hold"), "yes no yes no no no no");
    assert_eq!(quiet(" on unknown begin"), "yes no yes no no yes no");
}

#[test]
fn slips_in_a_notice_are_told_once() {
    let cases = [
        (
            "notice \"Sight lost\" when reports is missing",
            "a name for the notice",
        ),
        ("notice lost { raise when reports is missing }", "FW0005"),
        ("notice lost = reports is missing", "FW0005"),
        ("notice lost when reports", "FW0"),
        ("notice lost when raids >= 2 for 2 weeks", "FW07"),
        ("notice lost when raids >= 2 on unknown raise", "FW0"),
        ("notice lost when raids >= 60", "FW0421"),
        ("notice lost when raids >= 2 cooldown 3 months", "FW0003"),
        (
            "notice lost when raids >= 2\nsignal up = lost >= raised",
            "FW0",
        ),
    ];
    for (rules, wanted) in cases {
        let told = told(rules);
        assert!(
            told.len() == 1 && told[0].contains(wanted),
            "{rules}: {told:#?}"
        );
    }
}
