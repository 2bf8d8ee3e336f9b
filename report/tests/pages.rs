//! What reports say: snapshots in three languages, the sentences that open them, what an audience sees.

mod report;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use forewarn_compiler::Settings;
use forewarn_plan::classification::Classification;
use forewarn_report::document::{Block, Document};
use forewarn_report::{Between, Earlier, Options, Words, html, markdown, xlsx};
use report::{DATA, RULES, of, watch};

#[test]
fn a_report_in_english() {
    insta::assert_snapshot!(markdown(&watch(None, None)));
}

#[test]
fn a_report_in_french() {
    insta::assert_snapshot!(markdown(&watch(Some("fr"), None)));
}

#[test]
fn a_report_in_arabic() {
    let document = watch(Some("ar"), None);
    assert!(document.rtl);
    insta::assert_snapshot!(markdown(&document));
}

/// Every language has words for every sentence, whether the rules are translated or not.
#[test]
fn sentences_that_open_something_are_short_in_every_language() {
    for tag in Words::languages() {
        let options = Options {
            lang: Some(tag.to_owned()),
            ..Options::default()
        };
        let document = of(RULES, DATA, &Settings::default(), &options);
        assert_eq!(document.lang, tag);
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        let mut leads = 0;
        for block in blocks {
            if let Block::Lead(text) = block {
                leads += 1;
                assert!(text.count() <= 25, "{tag}: {}", text.plain(false));
            }
        }
        assert_eq!(leads, 5, "{tag}");
    }
}

#[test]
fn a_sentence_names_the_cause_and_the_threshold() {
    let text = markdown(&watch(None, None)).replace('\u{a0}', " ");
    assert!(
        text.contains(
            "**Concern in AVA rose from Low to High: Conflict deaths, 1,130 deaths, passed 1,000 deaths.**"
        ),
        "{text}"
    );
}

/// What opens a report of a level of these clauses, for one country in two months.
fn opens(clauses: &str, cells: &str) -> String {
    let rules = format!(
        "framework plain \"Plain\" version \"1\"\npanel country by month\n\
         indicator a \"A\" : number in 0..100\nindicator b \"B\" : number in 0..100\n\
         indicator c \"C\" : number in 0..100\nscale k {{ low \"Low\" < mid \"Mid\" < top \"Top\" }}\n\
         level l \"Level\" : k {{ {clauses}, low otherwise }}\n"
    );
    let data = format!("country,month,a,b,c\n{cells}");
    let text = markdown(&of(
        &rules,
        &data,
        &Settings::default(),
        &Options::default(),
    ));
    let text = text.replace('\u{a0}', " ");
    let lead = text.lines().find(|line| line.contains("**Level in"));
    lead.unwrap_or(&text).to_owned()
}

#[test]
fn what_did_not_cross_a_threshold_is_not_said_to() {
    // It rose, and the other side became known.
    let text = opens("top when a <= b", "AVA,2024-01,2,,\nAVA,2024-02,5,33,\n");
    assert!(
        !text.contains("fell below") && !text.contains("passed"),
        "{text}"
    );
    // It rose, and the other side fell past it.
    let text = opens("top when a >= b", "AVA,2024-01,5,10,\nAVA,2024-02,6,3,\n");
    assert!(!text.contains("passed"), "{text}");
    let text = opens("top when a >= b", "AVA,2024-01,5,10,\nAVA,2024-02,12,10,\n");
    assert!(text.contains("A, 12, passed 10"), "{text}");
    let text = opens("top when a < b", "AVA,2024-01,12,10,\nAVA,2024-02,5,10,\n");
    assert!(text.contains("A, 5, fell below 10"), "{text}");
}

#[test]
fn what_came_to_stand_at_its_threshold_is_neither_above_nor_below() {
    for (clause, before, said) in [
        ("a > 10", 12, "A, 10, is no longer above 10"),
        ("a <= 10", 12, "A, 10, is no longer above 10"),
        ("a >= 10", 8, "A, 10, reached 10"),
        ("a < 10", 8, "A, 10, reached 10"),
    ] {
        let cells = format!("AVA,2024-01,{before},,\nAVA,2024-02,10,,\n");
        let text = opens(&format!("top when {clause}"), &cells);
        assert!(text.contains(said), "{clause}: {text}");
    }
    let text = opens("top when a >= 10", "AVA,2024-01,10,,\nAVA,2024-02,9,,\n");
    assert!(text.contains("A, 9, fell below 10"), "{text}");
    let text = opens("top when a <= 10", "AVA,2024-01,10,,\nAVA,2024-02,11,,\n");
    assert!(text.contains("A, 11, passed 10"), "{text}");
}

#[test]
fn the_condition_that_is_named_is_the_one_that_turned_the_level() {
    let clauses = "top when count(a >= 5, b >= 5, c >= 5) >= 3 and a >= 90, mid when count(a >= 5, b >= 5, c >= 5) >= 2";
    let text = opens(clauses, "AVA,2024-01,9,9,9\nAVA,2024-02,9,1,1\n");
    assert!(text.contains(">= 2`") || !text.contains("count("), "{text}");
    assert!(!text.contains(">= 3`"), "{text}");
}

/// All that a workbook says.
fn cells(bytes: &[u8]) -> String {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for name in workbook.sheet_names() {
        all.push_str(&name);
        for row in workbook.worksheet_range(&name).unwrap().rows() {
            for cell in row {
                all.push_str(&format!("\n{cell}"));
            }
        }
    }
    all
}

#[test]
fn an_audience_learns_nothing_that_it_may_not_see() {
    let secrets: Vec<&str> = DATA
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(5))
        .collect();
    let own = watch(None, None);
    let public = watch(None, Some(Classification::Public));
    let forms = |document: &Document| {
        [
            html(document),
            markdown(document),
            cells(&xlsx(document).unwrap()),
        ]
    };
    // The one who may see everything is told where it matters.
    assert!(forms(&own).iter().all(|text| text.contains("Closed view")));
    for text in forms(&public) {
        for secret in secrets.iter().filter(|secret| secret.len() > 2) {
            let grouped = format!("{},{}", &secret[..1], &secret[1..]);
            assert!(
                !text.contains(secret) && !text.contains(&grouped),
                "{secret}"
            );
        }
        assert!(text.contains("for a public audience"), "{text}");
    }
    // Withheld data change nothing of it.
    let other: String = DATA
        .lines()
        .map(|line| {
            let (rest, _) = line.rsplit_once(',').unwrap();
            let last = if line.starts_with("country") {
                "secret"
            } else {
                "1"
            };
            format!("{rest},{last}\n")
        })
        .collect();
    let settings = Settings {
        audience: Some(Classification::Public),
        ..Settings::default()
    };
    let again = of(RULES, &other, &settings, &Options::default());
    assert_eq!(html(&again), html(&public));
}

#[test]
fn a_workbook_holds_numbers_as_numbers_and_is_the_same_every_time() {
    let document = watch(None, None);
    let bytes = xlsx(&document).unwrap();
    assert_eq!(bytes, xlsx(&document).unwrap());
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes)).unwrap();
    let names = workbook.sheet_names();
    assert_eq!(names.len(), 3, "{names:?}");
    let range = workbook.worksheet_range(&names[1]).unwrap();
    let numbers = range
        .cells()
        .filter(|(.., cell)| matches!(cell, Data::Float(_)));
    assert!(numbers.count() > 10);
}

#[test]
fn open_questions_of_an_earlier_run_are_answered() {
    let february = Some(2026 * 12 + 1);
    let mut earlier = Earlier {
        name: "runs/2026-02".to_owned(),
        rules: Some(true),
        data: Some(false),
        ..Earlier::default()
    };
    for (entity, least, most) in [("AVA", 0, 3), ("BRU", 1, 2), ("CEL", 1, 1)] {
        let key = ("overall".to_owned(), entity.to_owned(), february);
        earlier.levels.insert(key, Between { least, most });
    }
    let options = Options {
        earlier: Some(earlier),
        ..Options::default()
    };
    let text = markdown(&of(RULES, DATA, &Settings::default(), &options));
    for line in [
        "Open questions of February 2026 answered by late data: 2 of 2.",
        "| AVA | Low–High | now known: Low |",
        "| BRU | Guarded or Elevated | now known: Critical; data were revised, since this had been excluded |",
        "| data | changed |",
        "| program | not known |",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn frameworks_without_levels_and_periods_have_reports_too() {
    let rules = "framework plain \"Plain\" version \"1\"\npanel country\n\
                 indicator a \"A\" : number in 0..10\nscore index \"Index\" = 2 * a\n";
    let data = "country,a\nAVA,1\nBRU,\nCEL,4.25\nDOR,2\n";
    let document = of(rules, data, &Settings::default(), &Options::default());
    insta::assert_snapshot!(markdown(&document));
    assert!(html(&document).contains("<table>"));
    xlsx(&document).unwrap();
}

#[test]
fn pages_of_one_entity_alone() {
    let options = Options {
        entities: vec!["CEL".to_owned()],
        ..Options::default()
    };
    let document = of(RULES, DATA, &Settings::default(), &options);
    let titles: Vec<&str> = document
        .sections
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(titles, ["At a glance", "CEL", "The method"]);
}
