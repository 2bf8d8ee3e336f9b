//! Diagnostics as data, and what people and programs see of them in each format.

use forewarn_diagnostics::render::{Findings, Format, Look, RulePage};
use forewarn_diagnostics::source::{FileId, SourceMap, Span};
use forewarn_diagnostics::{Code, DataPlace, Diagnostic, Help, Label, Place, Severity};
use std::sync::Arc;

const FACTORS: &str = "\
let deaths_12m = deaths_best * 12

signal mass_violence = deaths_12m >= population
signal closed_space = civil_space <= -6
";
const INDICATORS: &str = "\
indicator deaths_best \"Conflict deaths\" : deaths in 0..
indicator population \"Population\" : people in 1..
";

struct Rules {
    map: SourceMap,
}

impl Rules {
    fn new(files: &[(&str, &str)]) -> Self {
        let mut map = SourceMap::default();
        for (name, text) in files {
            map.add(*name, *text);
        }
        Self { map }
    }

    /// The first place of some words, in whichever file has them.
    fn span(&self, words: &str) -> Span {
        let (file, start) = self
            .map
            .iter()
            .find_map(|(id, file)| Some((id, file.text.find(words)?)))
            .unwrap_or_else(|| panic!("no file has {words:?}"));
        let start = u32::try_from(start).unwrap();
        Span {
            file,
            start,
            end: start + u32::try_from(words.len()).unwrap(),
        }
    }

    fn label(&self, words: &str, text: &str) -> Label {
        Label {
            place: Place::Source(self.span(words)),
            text: text.to_owned(),
        }
    }
}

fn diagnostic(code: &'static str, severity: Severity, title: &str, primary: Label) -> Diagnostic {
    Diagnostic {
        code: Code(code),
        severity,
        title: title.to_owned(),
        primary,
        secondary: Vec::new(),
        notes: Vec::new(),
        help: Vec::new(),
    }
}

fn help(text: &str, edits: Vec<(Span, String)>) -> Help {
    Help {
        text: text.to_owned(),
        edits,
    }
}

fn unlike_units(rules: &Rules) -> Diagnostic {
    let mut found = diagnostic(
        "FW0312",
        Severity::Error,
        "`deaths_12m` and `population` cannot be compared: deaths against people",
        Label {
            place: Place::Source({
                let mut span = rules.span("deaths_12m >= population");
                span.end = span.start + 10;
                span
            }),
            text: "counted in deaths".to_owned(),
        },
    );
    let mut population = rules.span("deaths_12m >= population");
    population.start = population.end - 10;
    found.secondary = vec![
        Label {
            place: Place::Source(population),
            text: "counted in people".to_owned(),
        },
        rules.label("deaths in 0..", "`deaths_12m` gets its unit here"),
    ];
    found.help = vec![help(
        "for a rate, divide first and compare with a rate: `deaths_12m / population >= 1 deaths / 100_000 people`",
        Vec::new(),
    )];
    found
}

fn never_yes(rules: &Rules) -> Diagnostic {
    let mut found = diagnostic(
        "FW0421",
        Severity::Warning,
        "this can never be yes: `civil_space` lies in -5..5",
        rules.label(
            "civil_space <= -6",
            "the lowest value `civil_space` can take is -5",
        ),
    );
    found.notes = vec![
        "a threshold outside an indicator's range makes a rule that looks present and never speaks"
            .to_owned(),
    ];
    found.help = vec![help(
        "compare with a value it can take",
        vec![(rules.span("-6"), "-4".to_owned())],
    )];
    found
}

fn bad_cell() -> Diagnostic {
    let mut found = diagnostic(
        "FW0903",
        Severity::Error,
        "`eighty` is not a number",
        Label {
            place: Place::Data(DataPlace {
                file: "countries.csv".to_owned(),
                row: Some(1204),
                column: Some("life_exp".to_owned()),
                key: Some("NOR, 2020".to_owned()),
                line: Some(("NOR,2020,eighty,15.2,12.4,60000".to_owned(), 9..15)),
            }),
            text: "`life_expectancy` is read from here, in years".to_owned(),
        },
    );
    found.help = vec![help(
        "correct the cell, declare the word as missing (`--missing eighty`), or read such cells as missing (`--lenient`)",
        Vec::new(),
    )];
    found
}

fn no_such_file() -> Diagnostic {
    let place = Place::File("rules/sahel".to_owned());
    let primary = Label {
        place,
        text: "there is no such file or folder".to_owned(),
    };
    diagnostic(
        "FW0012",
        Severity::Error,
        "`rules/sahel` cannot be read",
        primary,
    )
}

fn unknown_param() -> Diagnostic {
    let primary = Label {
        place: Place::CommandLine,
        text: "did you mean `war_threshold`?".to_owned(),
    };
    diagnostic(
        "FW0804",
        Severity::Error,
        "there is no param `war_treshold` to set",
        primary,
    )
}

/// One of each kind, in another order than they are to be told in.
fn everything() -> Findings {
    let rules = Rules::new(&[
        ("rules/sahel/factors.risk", FACTORS),
        ("rules/sahel/indicators.risk", INDICATORS),
    ]);
    let all = [
        bad_cell(),
        never_yes(&rules),
        unlike_units(&rules),
        no_such_file(),
        unknown_param(),
    ];
    let sources = Arc::new(rules.map);
    let mut findings = Findings::default();
    for diagnostic in all {
        findings.add(diagnostic, &sources);
    }
    findings
}

fn one(rules: Rules, diagnostic: Diagnostic) -> Findings {
    let mut findings = Findings::default();
    findings.add(diagnostic, &Arc::new(rules.map));
    findings
}

fn page(code: &str) -> Option<RulePage> {
    (code == "FW0312").then(|| RulePage {
        title: "two numbers in unlike units are compared".to_owned(),
        markdown: "# FW0312: two numbers in unlike units are compared\n".to_owned(),
    })
}

const PLAIN: Look = Look {
    color: false,
    width: None,
    most: None,
};

fn render(findings: &Findings, format: Format) -> String {
    findings.render(format, PLAIN, &page)
}

#[test]
fn for_people() {
    insta::assert_snapshot!(render(&everything(), Format::Human));
}

#[test]
fn for_people_on_a_narrow_terminal() {
    let look = Look {
        color: false,
        width: Some(60),
        most: None,
    };
    insta::assert_snapshot!(everything().render(Format::Human, look, &page));
}

#[test]
fn in_colour() {
    let rules = Rules::new(&[("a.risk", FACTORS)]);
    let found = never_yes(&rules);
    let look = Look {
        color: true,
        width: None,
        most: None,
    };
    let text = one(rules, found).render(Format::Human, look, &page);
    insta::assert_snapshot!(text.replace('\u{1b}', "␛"));
}

#[test]
fn as_json_lines() {
    let text = render(&everything(), Format::Json);
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["format_version"], 1);
    }
    insta::assert_snapshot!(text);
}

#[test]
fn in_short() {
    insta::assert_snapshot!(render(&everything(), Format::Short));
}

#[test]
fn as_github_annotations() {
    insta::assert_snapshot!(render(&everything(), Format::Github));
}

#[test]
fn as_sarif() {
    insta::assert_snapshot!(
        render(&everything(), Format::Sarif).replace(env!("CARGO_PKG_VERSION"), "VERSION")
    );
}

/// What the SARIF 2.1.0 schema demands of the parts that are written.
#[test]
fn sarif_has_the_shape_that_scanners_demand() {
    let document: serde_json::Value =
        serde_json::from_str(&render(&everything(), Format::Sarif)).unwrap();
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "forewarn");
    let rules = driver["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 5);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        for location in result["locations"].as_array().unwrap() {
            let physical = &location["physicalLocation"];
            assert!(physical["artifactLocation"]["uri"].is_string());
            if let Some(region) = physical.get("region") {
                assert!(region["startLine"].as_u64().unwrap() >= 1);
            }
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            assert!(fix["artifactChanges"][0]["replacements"][0]["deletedRegion"].is_object());
        }
    }
    let nothing = render(&Findings::default(), Format::Sarif);
    let nothing: serde_json::Value = serde_json::from_str(&nothing).unwrap();
    assert_eq!(nothing["runs"][0]["results"].as_array().unwrap().len(), 0);
}

#[test]
fn columns_are_characters_and_marks_stand_below_their_words() {
    let text = "score s \"مؤشر الخطر\" = 1\n\tscore t \"国家风险\" = nothing\n";
    let rules = Rules::new(&[("ar.risk", text)]);
    let found = diagnostic(
        "FW0107",
        Severity::Error,
        "there is no indicator `nothing`",
        rules.label("nothing", "not declared"),
    );
    let findings = one(rules, found);
    insta::assert_snapshot!(render(&findings, Format::Human), @r#"
    error[FW0107]: there is no indicator `nothing`
       ╭─ ar.risk:2:19
     2 │     score t "国家风险" = nothing
       │                          ───┬───
       │                             ╰── not declared
    "#);
    assert_eq!(
        render(&findings, Format::Short),
        "ar.risk:2:19: error[FW0107]: there is no indicator `nothing`\n"
    );
}

#[test]
fn marks_within_marks_get_rows_of_their_own() {
    let rules = Rules::new(&[("a.risk", "score s = (deaths + people) / 2\n")]);
    let mut found = diagnostic(
        "FW0302",
        Severity::Error,
        "deaths and people cannot be added",
        rules.label("deaths + people", "added here"),
    );
    found.secondary = vec![
        rules.label("deaths", "deaths"),
        rules.label("people", "people"),
    ];
    insta::assert_snapshot!(render(&one(rules, found), Format::Human), @r"
    error[FW0302]: deaths and people cannot be added
       ╭─ a.risk:1:12
     1 │ score s = (deaths + people) / 2
       │            ───────┬───────
       │                   ╰── added here
       │            ───┬──   ───┬──
       │               │        ╰── people
       │               ╰── deaths
    ");
}

#[test]
fn of_a_very_long_line_only_the_part_around_the_mark_is_shown() {
    let text = format!(
        "score s = {}nothing{}",
        "1 + ".repeat(500_000),
        " + 1".repeat(500_000)
    );
    let rules = Rules::new(&[("long.risk", &text)]);
    let found = diagnostic(
        "FW0107",
        Severity::Error,
        "there is no indicator `nothing`",
        rules.label("nothing", "not declared"),
    );
    let look = Look {
        color: false,
        width: Some(60),
        most: None,
    };
    insta::assert_snapshot!(one(rules, found).render(Format::Human, look, &page), @r"
    error[FW0107]: there is no indicator `nothing`
       ╭─ long.risk:1:2000011
     1 │ …+ 1 + 1 + 1 + 1 + nothing + 1 + 1 + 1 + 1 + 1 + 1 + 1…
       │                    ───┬───
       │                       ╰── not declared
    ");
}

#[test]
fn control_characters_are_shown_and_never_sent() {
    let rules = Rules::new(&[("a.risk", "score s = \u{1b}[31m\u{202e}x\r\n")]);
    let found = diagnostic(
        "FW0001",
        Severity::Error,
        "strange \u{1b}",
        rules.label("x", "y\u{7}"),
    );
    let text = render(&one(rules, found), Format::Human);
    assert!(
        text.chars()
            .all(|letter| letter == '\n' || !letter.is_control()),
        "{text:?}"
    );
    insta::assert_snapshot!(text, @r"
    error[FW0001]: strange ␛
       ╭─ a.risk:1:17
     1 │ score s = ␛[31m�x
       │                 ┬
       │                 ╰── y␇
    ");
}

#[test]
fn spans_over_several_lines_at_the_end_and_beyond_it_are_drawn() {
    let text = "level overall : concern {\n  low otherwise,\n}";
    let rules = Rules::new(&[("a.risk", text)]);
    let whole = diagnostic(
        "FW0502",
        Severity::Error,
        "no clause",
        rules.label(text, "this level"),
    );
    insta::assert_snapshot!(render(&one(rules, whole), Format::Human), @r"
    error[FW0502]: no clause
       ╭─ a.risk:1:1
     1 │ ╭─▶ level overall : concern {
       ┆ ┆
     3 │ ├─▶ }
       │ │
       │ ╰── this level
    ");
    for (start, end) in [
        (44, 44),
        (43, 44),
        (44, 90),
        (90, 200),
        (u32::MAX, u32::MAX),
        (9, 3),
    ] {
        let rules = Rules::new(&[("a.risk", text)]);
        let place = Place::Source(Span {
            file: FileId(0),
            start,
            end,
        });
        let label = Label {
            place,
            text: "here".to_owned(),
        };
        let found = diagnostic("FW0004", Severity::Error, "it ends too early", label);
        let findings = one(rules, found);
        for format in [
            Format::Human,
            Format::Json,
            Format::Short,
            Format::Github,
            Format::Sarif,
        ] {
            assert!(render(&findings, format).contains("FW0004"));
        }
    }
    let nowhere = Place::Source(Span {
        file: FileId(7),
        start: 0,
        end: 1,
    });
    let label = Label {
        place: nowhere,
        text: String::new(),
    };
    let found = diagnostic("FW0004", Severity::Error, "nowhere", label);
    let findings = one(Rules::new(&[]), found);
    for format in [
        Format::Human,
        Format::Json,
        Format::Short,
        Format::Github,
        Format::Sarif,
    ] {
        assert!(render(&findings, format).contains("FW0004"));
    }
}

fn at_width(findings: &Findings, width: usize) -> String {
    let look = Look {
        color: false,
        width: Some(width),
        most: None,
    };
    findings.render(Format::Human, look, &page)
}

#[test]
fn marks_over_several_lines_have_arms() {
    let text = "\
level overall : concern {
  high if heat >= 0.7 and drought
  low otherwise
}

let heat = 0.2
";
    let rules = Rules::new(&[("a.risk", text)]);
    let mut found = diagnostic(
        "FW0502",
        Severity::Error,
        "`overall` compares a number that never changes",
        rules.label(&text[..text.find("\n\n").unwrap()], "this level"),
    );
    found.secondary = vec![
        rules.label("heat >= 0.7", "never so"),
        rules.label("drought", "not declared"),
        rules.label("let heat = 0.2", "always 0.2"),
    ];
    insta::assert_snapshot!(render(&one(rules, found), Format::Human));
}

#[test]
fn words_break_between_words_and_stay_in_the_window() {
    let text = "level overall : concern { high if conflict_deaths_in_the_year >= 1000 and \
                displaced_in_the_year / population >= 1 people / 100 people, low otherwise }\n";
    for width in [60, 80, 120] {
        let rules = Rules::new(&[("a.risk", text)]);
        let mut found = diagnostic(
            "FW0502",
            Severity::Error,
            "these two conditions are never met together",
            rules.label(
                "conflict_deaths_in_the_year >= 1000",
                "at least a thousand deaths, as \
                         the war threshold of the other level has it",
            ),
        );
        found.secondary = vec![
            rules.label(
                "displaced_in_the_year",
                "at most 900 000, since `displaced_in_the_year` \
                         is declared with an upper end",
            ),
            rules.label("low", "so it is always this"),
        ];
        let text = at_width(&one(rules, found), width);
        for line in text.lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
        let joined: Vec<&str> = text.split_whitespace().collect();
        for word in "thousand deaths, threshold displaced_in_the_year` declared upper".split(' ') {
            assert!(
                joined.iter().any(|found| found.contains(word)),
                "{word}: {text}"
            );
        }
        insta::assert_snapshot!(format!("words_at_{width}"), text);
    }
}

#[test]
fn marks_stand_below_wide_combined_and_right_to_left_text() {
    let text = "score s \"国家\" = \"हिंदी\" + nothing + \"خطر\" + other\n";
    let rules = Rules::new(&[("a.risk", text)]);
    let mut found = diagnostic(
        "FW0107",
        Severity::Error,
        "there is no indicator `nothing`",
        rules.label("nothing", "not declared: \u{202e}مؤشر"),
    );
    found.secondary = vec![rules.label("हिंदी", "हिंदी"), rules.label("خطر", "خطر")];
    insta::assert_snapshot!(render(&one(rules, found), Format::Human));
}

#[test]
fn marks_without_words_are_drawn() {
    let rules = Rules::new(&[("a.risk", "score s = (deaths + people) / 2\n")]);
    let mut found = diagnostic(
        "FW0302",
        Severity::Error,
        "deaths and people cannot be added",
        rules.label("deaths", ""),
    );
    found.secondary = vec![rules.label("people", "")];
    insta::assert_snapshot!(render(&one(rules, found), Format::Human), @r"
    error[FW0302]: deaths and people cannot be added
       ╭─ a.risk:1:12
     1 │ score s = (deaths + people) / 2
       │            ──────   ──────
    ");
}

/// A small generator of numbers, so that the same places are tried each time.
fn numbers(seed: &mut u64, below: usize) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap() % below
}

#[test]
fn any_marks_over_any_text_are_drawn() {
    let pieces = [
        "a",
        "deaths",
        " ",
        "\t",
        "\n",
        "\r\n",
        "国",
        "\u{94d}",
        "\u{202e}",
        "\u{0}",
        "é",
        "خطر",
        "\u{2028}",
        "\u{85}",
        "x x x x x x x x x x x x x x x x x x x x x x x x x x x x",
    ];
    let mut seed = 7;
    for _ in 0..1500 {
        let count = numbers(&mut seed, 40);
        let text: String = (0..count)
            .map(|_| pieces[numbers(&mut seed, pieces.len())])
            .collect();
        let rules = Rules::new(&[("a.risk", &text)]);
        let mut label = |words: &str| {
            let start = u32::try_from(numbers(&mut seed, text.len() + 3)).unwrap();
            let long = u32::try_from(numbers(&mut seed, text.len() + 3)).unwrap();
            let words = if numbers(&mut seed, 4) == 0 {
                ""
            } else {
                words
            };
            Label {
                place: Place::Source(Span {
                    file: FileId(0),
                    start,
                    end: start + long,
                }),
                text: words.to_owned(),
            }
        };
        let first = label("first of them");
        let others = vec![
            label("second"),
            label("the third, with more words"),
            label("4"),
        ];
        let mut found = diagnostic("FW0302", Severity::Error, "title", first);
        found.secondary = others.into_iter().take(numbers(&mut seed, 4)).collect();
        let words: Vec<String> = std::iter::once(&found.primary)
            .chain(&found.secondary)
            .map(|label| label.text.clone())
            .collect();
        let findings = one(rules, found);
        for width in [0, 60, 200] {
            let drawn = at_width(&findings, width);
            for words in words.iter().flat_map(|words| words.split(' ')) {
                assert!(drawn.contains(words), "{text:?}\n{drawn}");
            }
            assert!(
                drawn
                    .chars()
                    .all(|letter| letter == '\n' || !letter.is_control())
            );
        }
    }
}
