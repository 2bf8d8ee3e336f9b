//! What a page is made of, whatever it says: no script, no network, headings, tables and drawings that can be
//! heard, no page with too many rows, nothing of rules and data that is markup.

mod report;

use forewarn_compiler::Settings;
use forewarn_report::document::ROWS_A_PAGE;
use forewarn_report::{Borders, Options, Outlines, html, markdown};
use report::{DATA, RULES, of, watch};
use roxmltree::{Document, Node, ParsingOptions};

fn parsed(text: &str) -> Document<'_> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).unwrap()
}

fn all<'d>(document: &'d Document<'d>, name: &'static str) -> impl Iterator<Item = Node<'d, 'd>> {
    document
        .descendants()
        .filter(move |node| node.has_tag_name(name))
}

fn many_entities() -> String {
    let mut data = DATA.lines().next().unwrap().to_owned() + "\n";
    for entity in 0..95 {
        for month in 1..4 {
            data.push_str(&format!(
                "E{entity:02},2026-{month:02},{},3,absent,1\n",
                entity * month * 9
            ));
        }
    }
    data
}

#[test]
fn a_page_opens_alone_and_can_be_heard() {
    for lang in [None, Some("fr"), Some("ar")] {
        let text = html(&watch(lang, None));
        for never in [
            "<script",
            "http:",
            "https:",
            "javascript:",
            "<link",
            "<img",
            "<iframe",
            "@import",
            "url(",
        ] {
            assert!(!text.contains(never), "{never}");
        }
        let document = parsed(&text);
        let root = document.root_element();
        assert_eq!(root.attribute("lang"), Some(lang.unwrap_or("en")));
        assert_eq!(
            root.attribute("dir"),
            Some(if lang == Some("ar") { "rtl" } else { "ltr" })
        );
        for landmark in ["header", "nav", "main", "footer", "h1", "title"] {
            assert_eq!(all(&document, landmark).count(), 1, "{landmark}");
        }
        let mut depth = 1;
        for node in document.descendants() {
            let level = match node.tag_name().name() {
                "h1" => 1,
                "h2" => 2,
                "h3" => 3,
                _ => continue,
            };
            assert!(level <= depth + 1, "{:?}", node.text());
            depth = level;
        }
        for table in all(&document, "table") {
            let caption = table.children().find(|node| node.has_tag_name("caption"));
            assert!(caption.is_some_and(|one| one.text().is_some()));
        }
        for cell in all(&document, "th") {
            assert!(matches!(cell.attribute("scope"), Some("row" | "col")));
        }
        for drawing in all(&document, "svg") {
            let named = drawing
                .attribute("aria-label")
                .is_some_and(|label| !label.is_empty());
            let silent = drawing.attribute("aria-hidden") == Some("true");
            assert!(named != silent);
            assert!(
                drawing
                    .descendants()
                    .all(|node| node.attribute("id").is_none())
            );
            for text in drawing
                .descendants()
                .filter(|node| node.has_tag_name("text"))
            {
                assert_eq!(text.attribute("direction"), root.attribute("dir"));
            }
        }
        let mut anchors: Vec<&str> = document
            .descendants()
            .filter_map(|node| node.attribute("id"))
            .collect();
        for link in all(&document, "a") {
            let to = link.attribute("href").unwrap().trim_start_matches('#');
            assert!(anchors.contains(&to), "{to}");
        }
        let number = anchors.len();
        anchors.sort_unstable();
        anchors.dedup();
        assert_eq!(anchors.len(), number);
    }
}

#[test]
fn no_page_has_more_rows_than_fit_and_no_drawing_more_names_than_places() {
    let text = html(&of(
        RULES,
        &many_entities(),
        &Settings::default(),
        &Options::default(),
    ));
    let document = parsed(&text);
    let rows = |body: Node| {
        body.children()
            .filter(|node| node.has_tag_name("tr"))
            .count()
    };
    let most = all(&document, "tbody").map(rows).max();
    assert_eq!(most, Some(ROWS_A_PAGE));
    assert!(text.len() < 3_000_000, "{}", text.len());
}

/// Labels, names and words of data are texts, whatever they look like.
#[test]
fn nothing_that_is_said_is_markup() {
    let evil = "</title><script>alert(1)</script> & 'x' <b> ]]> {entity} `c` | *s*";
    let rules = RULES
        .replace("\"Concern\"", &format!("\"{evil}\""))
        .replace("\"Valley watch\"", &format!("\"{evil}\""))
        .replace("\"Fighting\"", &format!("\"{evil}\""))
        .replace("\"High\"", "\"<i>High</i>\"");
    let data = DATA
        .replace("AVA", "<script>AVA</script>")
        .replace("BRU", "B|R*U_");
    let document = of(&rules, &data, &Settings::default(), &Options::default());
    let text = html(&document);
    assert!(!text.contains("<script") && !text.contains("<i>"));
    let page = parsed(&text);
    let labels = page.descendants().filter_map(|node| node.text());
    assert!(labels.clone().any(|label| label == evil));
    assert!(labels.clone().any(|label| label == "<script>AVA</script>"));
    let text = markdown(&document);
    assert!(
        !text.contains("<script") && text.contains("B|R\\*U\\_") || text.contains("B\\|R\\*U\\_")
    );
}

#[test]
fn a_map_is_drawn_of_outlines_that_are_given() {
    let square = |name: &str, x: f64, size: f64| {
        let (a, b) = (x, x + size);
        format!(
            r#"{{"type":"Feature","properties":{{"iso3":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[{a},0],[{b},0],[{b},{size}],[{a},{size}],[{a},0]]]}}}}"#
        )
    };
    let features = [
        square("AVA", 0.0, 5.0),
        square("CEL", 5.0, 5.0),
        square("DOR", 10.0, 5.0),
        square("BRU", 15.0, 0.01),
        square("XXX", 16.0, 5.0),
    ];
    let outlines = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    let options = Options {
        map: Some(Borders {
            outlines: Outlines::read(&outlines).unwrap(),
            source: "squares.geojson".to_owned(),
            disclaimer: Some("No border is meant.".to_owned()),
        }),
        ..Options::default()
    };
    let text = html(&of(RULES, DATA, &Settings::default(), &options));
    assert!(text.contains("squares.geojson") && text.contains("No border is meant."));
    let document = parsed(&text);
    let map = all(&document, "svg").find(|svg| {
        svg.attribute("aria-label")
            .is_some_and(|label| label.starts_with("Concern, March 2026"))
    });
    let map = map.unwrap();
    // A circle for what is too small to see, lines for what is open, a cross for who is silent.
    assert_eq!(
        map.children()
            .filter(|node| node.has_tag_name("circle"))
            .count(),
        1
    );
    assert!(
        map.children()
            .filter(|node| node.has_tag_name("path"))
            .count()
            >= 5
    );
}
