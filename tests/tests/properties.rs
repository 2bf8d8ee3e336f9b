//! Properties of a method: what is proved is never refuted, what does not hold is refuted by few rows.

use crate::generate;

use std::path::Path;
use std::time::Instant;

use forewarn_compiler::Settings;
use forewarn_compiler::property::{PlannedClaim, PlannedProperty, Proof, compile_properties};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_runtime::explain::Shown;
use forewarn_runtime::property::{Fails, SearchOptions, Verdict, judge};
use proptest::prelude::*;

fn planned(text: &str) -> Vec<PlannedProperty> {
    let found = compile_properties(
        Path::new("p.risk"),
        &MemoryFiles::of("p.risk", text),
        &Settings::default(),
    );
    let told: Vec<String> = found
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    found
        .properties
        .unwrap_or_else(|| panic!("does not compile: {told:#?}\n{text}"))
}

fn verdict(property: &PlannedProperty, tries: usize) -> Verdict {
    let options = SearchOptions { tries, seed: 7 };
    judge(property, &options).expect("native code").verdict
}

/// A property as if nothing had been proved of it.
fn unproved(property: &PlannedProperty) -> PlannedProperty {
    let mut open = property.clone();
    open.proof = match open.proof {
        Proof::Proved => Proof::Open,
        _ => Proof::Proved,
    };
    if let PlannedClaim::Monotone { moves } = &mut open.claim {
        // What is open already is not looked at: only proofs are put to the test.
        moves.retain(|one| one.proved);
        for one in moves.iter_mut() {
            one.proved = false;
        }
        open.proof = if moves.is_empty() {
            Proof::Proved
        } else {
            Proof::Open
        };
    }
    open
}

const HEAD: &str = "\
framework demo \"Demo\" version \"1\"
panel country by year
indicator deaths : number in 0..
indicator hunger : number in 0..1
indicator freedom : number in 0..10 polarity protective
indicator coup : truth
indicator hate : assessment
scale concern { low < elevated < high < critical }
let fighting = min(deaths / 1000, 1)
let repression = rescale(freedom, from: 10, to: 0)
factor violence { combine weighted mean require 50% coverage members { fighting weight 2, coup, hate } }
factor distress { combine mean require 1 known members { hunger, repression } }
level class : concern from distress { low in ..<0.2, elevated in 0.2..<0.5, high in 0.5..<0.8, critical in 0.8.. }
level overall : concern {
  critical when count(factors >= 0.7) >= 2,
  high when any(factors >= 0.7),
  elevated when deaths >= 25 or hunger >= 0.3,
  low otherwise,
}
";

/// The verdict on one claim over the rules above and these.
fn of(rules: &str, claim: &str) -> Verdict {
    let text = format!("{HEAD}{rules}\nproperty \"p\": {claim}\n");
    verdict(&planned(&text)[0], 20_000)
}

#[test]
fn signs_prove_what_only_rises() {
    let claims = [
        "overall rises with every indicator",
        "overall falls with freedom",
        "overall never falls when deaths rises",
        "overall never rises when freedom rises",
        "overall rises with violence",
        "overall never falls when distress rises",
        "overall rises with every indicator of distress",
        "distress rises with every member of distress",
        "violence rises with coup",
        "deaths rises with deaths",
        "class rises with every indicator",
        "class falls with freedom",
    ];
    for claim in claims {
        assert_eq!(of("", claim), Verdict::Proved, "{claim}");
        let text = format!("{HEAD}\nproperty \"p\": {claim}\n");
        let found = verdict(&unproved(&planned(&text)[0]), 20_000);
        assert!(
            matches!(found, Verdict::NotRefuted { searched: 1.., .. }),
            "{claim}: {found:?}"
        );
    }
    let table = "scale action { none < act }
        table response : action by overall, distress {
          critical, any then act,
          high, 0.5.. then act,
          high, missing then act,
          otherwise then none,
        }
        signal acting = response >= act and deaths > 3
        let lately = max(deaths, over: 3 years)
        signal long = sustained(deaths >= 25, for: 3 years)";
    for claim in [
        "acting rises with deaths",
        "lately rises with deaths",
        "long rises with deaths",
        "response rises with deaths",
    ] {
        let found = of(table, claim);
        let stands = matches!(found, Verdict::Proved | Verdict::NotRefuted { .. });
        assert!(stands, "{claim}: {found:?}");
    }
    assert_eq!(of(table, "lately rises with deaths"), Verdict::Proved);
    assert_eq!(of(table, "long rises with deaths"), Verdict::Proved);
}

#[test]
fn a_clause_that_falls_is_refuted_by_the_smallest_row() {
    let rules = "level odd : concern {
      critical when deaths >= 1000 and hunger < 0.3 and not coup,
      high when deaths >= 5000,
      elevated when deaths >= 25,
      low otherwise,
    }";
    let found = of(rules, "odd rises with every indicator");
    let Verdict::Refuted(found) = found else {
        panic!("{found:?}")
    };
    // A coup alone takes critical away: nothing else need be known.
    let inputs: Vec<&str> = found.lines.iter().map(|line| line.input.as_str()).collect();
    assert_eq!(inputs.len(), 1, "{found:#?}");
    assert!(matches!(&found.fails, Fails::Moves { rises: false, .. }));
    let [
        Shown::Level {
            at_most: before, ..
        },
        Shown::Level { at_most: after, .. },
    ] = found.results.as_slice()
    else {
        panic!("{found:#?}")
    };
    assert!(before > after);
    // Where only known rows fall, what matters is kept and round.
    let rules = "score net = hunger - 0.5 * min(deaths / 1000, 1)";
    let found = of(rules, "net rises with every indicator");
    let Verdict::Refuted(found) = found else {
        panic!("{found:?}")
    };
    assert_eq!(found.lines.len(), 2, "{found:#?}");
    assert_eq!(found.lines[0].input, "deaths");
    assert_eq!(found.lines[0].values.len(), 2);
    let Shown::Number { value, .. } = &found.lines[1].values[0] else {
        panic!("{found:#?}")
    };
    assert_eq!(*value, 0.0);
}

#[test]
fn an_indicator_counted_against_its_polarity_is_refuted() {
    let rules = "score wrong = hunger + freedom / 10";
    let found = of(rules, "wrong rises with every indicator");
    let Verdict::Refuted(found) = found else {
        panic!("{found:?}")
    };
    assert_eq!(
        found.fails,
        Fails::Moves {
            input: "freedom".to_owned(),
            rises: true
        }
    );
}

#[test]
fn ranges_prove_and_refute() {
    let rules = "score risk = 10 * mean(hunger, repression)";
    assert_eq!(of(rules, "risk stays in 0..10"), Verdict::Proved);
    assert!(matches!(
        of(rules, "risk stays in 0..9"),
        Verdict::Refuted(_)
    ));
    assert!(matches!(
        of(rules, "risk stays in 11..12"),
        Verdict::Contradicted { .. }
    ));
    // 0.1 times 3 is 0.30000000000000004 in doubles.
    let rules = "score risk = hunger * 0.1 * 3";
    assert_eq!(of(rules, "risk stays in 0..0.3"), Verdict::Proved);
    assert!(matches!(
        of(rules, "risk stays in 0..<0.3"),
        Verdict::Refuted(_)
    ));
    assert!(matches!(
        of("", "overall stays in low..high"),
        Verdict::Refuted(_)
    ));
    assert_eq!(of("", "overall stays in low..critical"), Verdict::Proved);
}

#[test]
fn what_goes_by_a_group_is_claimed_of_each_of_its_items() {
    let text = r#"framework g "G" version "1"
panel country by year
indicator gdp "GDP" : number in 0..80
indicator trade "Trade" : number in 0..100
group econ "Economy" { gdp, trade }
let pressure = econ / 10
score whole = mean(pressure)
property "range": pressure stays in 0..8
"#;
    let all = planned(text);
    let found: Vec<(&str, Verdict)> = all
        .iter()
        .map(|one| (one.label.as_str(), verdict(one, 500)))
        .collect();
    let labels: Vec<&str> = found.iter().map(|(label, _)| *label).collect();
    assert_eq!(labels, ["range (pressure.gdp)", "range (pressure.trade)"]);
    assert_eq!(found[0].1, Verdict::Proved);
    assert!(matches!(found[1].1, Verdict::Refuted(_)));
}

#[test]
fn what_one_indicator_decides_is_found() {
    let stands = |verdict: Verdict| matches!(verdict, Verdict::NotRefuted { .. } | Verdict::Proved);
    assert!(stands(of("", "no single indicator decides overall")));
    let found = of(
        "",
        "no single indicator moves overall by more than one level",
    );
    assert!(matches!(found, Verdict::Refuted(_)), "{found:?}");
    let rules = "signal war = deaths >= 1000";
    let found = of(rules, "no single indicator decides war");
    let Verdict::Refuted(found) = found else {
        panic!("{found:?}")
    };
    assert_eq!(
        found.fails,
        Fails::Decides {
            input: "deaths".to_owned()
        }
    );
}

#[test]
fn not_every_factor_need_be_present() {
    let found = of("", "overall reaches high without any one factor");
    let Verdict::Shown(examples) = found else {
        panic!("{found:?}")
    };
    let without: Vec<&str> = examples.iter().map(|one| one.without.as_str()).collect();
    assert_eq!(without, ["violence", "distress"]);
    let found = of("", "overall reaches critical without any one factor");
    assert!(matches!(found, Verdict::NotShown { .. }), "{found:?}");
}

#[test]
fn the_same_ruleset_gets_the_same_answer() {
    let rules = "score net = hunger * freedom - deaths * hunger";
    let first = of(rules, "net rises with every indicator");
    assert_eq!(first, of(rules, "net rises with every indicator"));
}

#[test]
fn a_framework_of_143_indicators_is_searched_in_moments() {
    let mut text = "framework big \"Big\" version \"1\"\npanel country by year\n\
                    scale concern { low < elevated < high < critical }\n"
        .to_owned();
    for factor in 0..13 {
        for indicator in 0..11 {
            text.push_str(&format!(
                "indicator i{factor}_{indicator} : number in 0..1\n"
            ));
        }
        let members: Vec<String> = (0..11).map(|at| format!("i{factor}_{at}")).collect();
        text.push_str(&format!(
            "factor f{factor} {{ combine geometric mean require 50% coverage members {{ {} }} }}\n",
            members.join(", ")
        ));
    }
    text.push_str(
        "level overall : concern { critical when count(factors >= 0.7) >= 5, \
         high when count(factors >= 0.7) >= 3, elevated when any(factors >= 0.6), low otherwise }\n\
         property \"p\": overall rises with every indicator\n\
         property \"q\": no single indicator decides overall\n",
    );
    let properties = planned(&text);
    for property in &properties {
        let start = Instant::now();
        let found = verdict(property, 20_000);
        assert!(
            matches!(found, Verdict::NotRefuted { proved: 0, .. }),
            "{found:?}"
        );
        // Generous: unoptimised builds on a busy machine.
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}

/// Claims of every kind about a ruleset by chance, several of them false.
fn claims() -> String {
    let mut text = String::new();
    let mut claim = |words: String| {
        text.push_str(&format!("property \"{words}\": {words}\n"));
    };
    for subject in ["s0", "t1", "f0", "overall", "chosen", "decided", "agreeing"] {
        for way in ["rises", "falls"] {
            claim(format!("{subject} {way} with every indicator"));
            for input in ["a", "given", "t0"] {
                if subject != input {
                    claim(format!("{subject} {way} with {input}"));
                }
            }
        }
    }
    claim("s0 stays in 0..10".to_owned());
    claim("banded stays in low..critical".to_owned());
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proved_is_never_refuted(text in generate::ruleset()) {
        let text = format!("{text}{}", claims());
        for property in planned(&text) {
            let found = verdict(&unproved(&property), 1_500);
            prop_assert!(
                !matches!(found, Verdict::Refuted(_)),
                "{}: {:#?}\nSUMMARY {}: {}", property.label, found, property.label, text
            );
        }
    }
}
