//! What the first sentence says of why a level moved: what was needed for it, and nothing that had no part in it.

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_report::document::Block;
use forewarn_report::{Document, Material, Options, markdown, report};
use forewarn_runtime::run::{RunOptions, run};
use forewarn_tables::{ReadOptions, bind_text};

/// Reads something off a report.
fn with_report<T>(
    rules: &str,
    table: &str,
    level: Option<&str>,
    read: impl FnOnce(&Document) -> T,
) -> T {
    let files = MemoryFiles::of("watch.risk", rules);
    let compiled = compile(Path::new("watch.risk"), &files, &Settings::default());
    let plan = compiled.plan.unwrap_or_else(|| panic!("{rules}"));
    let bytes = table.as_bytes().to_vec();
    let bound = bind_text("table.csv", bytes, &plan, &ReadOptions::default());
    let bound = bound.unwrap_or_else(|_| panic!("{table}"));
    let results = run(&plan, &bound.panel, &RunOptions::default()).unwrap();
    let material = Material {
        plan: &plan,
        panel: &bound.panel,
        summary: &bound.summary,
        results: &results,
        goalposts: None,
    };
    let options = Options {
        level: level.map(str::to_owned),
        ..Options::default()
    };
    read(&report(material, &options).unwrap())
}

/// The sentences that open the pages of entities.
fn leads(rules: &str, table: &str, level: &str) -> Vec<String> {
    with_report(rules, table, Some(level), |document| {
        let blocks = document.sections.iter().flat_map(|one| &one.blocks);
        let leads = blocks.filter_map(|block| match block {
            Block::Lead(text) => Some(text.plain(false).replace('\u{a0}', " ")),
            _ => None,
        });
        leads.collect()
    })
}

/// All that is written.
fn page(rules: &str, table: &str) -> String {
    with_report(rules, table, None, |document| {
        markdown(document).replace('\u{a0}', " ")
    })
}

fn opens(leads: &[String], entity: &str, rest: &str) {
    let end = format!("{entity} {rest}");
    assert!(leads.iter().any(|lead| lead.ends_with(&end)), "{leads:#?}");
}

const HEAD: &str = r#"
framework w "W" version "1"
panel country by month
scale concern { low < mid < high < top }
"#;

#[test]
fn a_threshold_that_had_no_part_in_it_is_not_named() {
    let rules = format!(
        r#"{HEAD}
indicator x "Killings" : number in 0..100
indicator calm "Truce broken" : truth
level l "Concern" : concern {{
  high when record_high(x, over: 5 months),
  mid when x >= 30 or calm,
  low otherwise,
}}"#
    );
    let table =
        "country,month,x,calm\nAVA,2024-01,20,yes\nAVA,2024-02,20,yes\nAVA,2024-03,90,yes\n";
    let leads = leads(&rules, table, "l");
    opens(
        &leads,
        "AVA",
        "can no longer be judged (mid or high, was mid): Killings went from 20 to 90.",
    );
}

#[test]
fn what_is_not_known_any_more_makes_nothing_true() {
    let rules = format!(
        r#"{HEAD}
indicator x "Killings" : number in 0..100
indicator calm "Truce broken" : truth
level l "Concern" : concern {{ top when x >= 90, mid when x >= 30 or calm, low otherwise }}"#
    );
    let table = "country,month,x,calm\nAVA,2024-01,20,no\nAVA,2024-02,,yes\n";
    let leads = leads(&rules, table, "l");
    opens(
        &leads,
        "AVA",
        "rose from low to mid–top: Truce broken went from no to yes, so that x >= 30 or calm.",
    );
}

#[test]
fn what_closed_a_range_is_named_and_not_what_moved_within() {
    let rules = format!(
        r#"{HEAD}
indicator killed "Killings" : number in 0..100
indicator flight "Flight" : number in 0..100
indicator talks "Talks" : number in 0..100
level l "Concern" : concern {{
  top when killed + flight - talks >= 100,
  high when killed + flight - talks >= 50,
  mid when talks >= 0,
  low otherwise,
}}"#
    );
    let table = "country,month,killed,flight,talks\nAVA,2024-01,,10,0\nAVA,2024-02,80,40,60\n";
    let leads = leads(&rules, table, "l");
    opens(
        &leads,
        "AVA",
        "is settled at high, was mid–top: Killings is known now, 80.",
    );
}

const VALUES: &str = r#"
indicator a "A" : number in 0..100
indicator b "B" : number in 0..100
indicator t "T" : truth
score tot "Total" = a + b
factor f "F" { combine mean require 50% coverage members { a / 100 "a part", b / 100 "b part", t } }
level l "Concern" : concern {
  top when a >= 50 and b >= 50 and t,
  high when f >= 0.5 or tot >= 90,
  mid when b >= 40,
  low otherwise,
}"#;

#[test]
fn what_opened_a_range_is_named_and_not_what_fell_beside_it() {
    let table = "country,month,a,b,t\nAVA,2024-01,60,90,no\nAVA,2024-02,,10,no\n";
    let leads = leads(&format!("{HEAD}{VALUES}"), table, "l");
    opens(
        &leads,
        "AVA",
        "can no longer be judged (low–high, was high): A, 60 before, is not known now, together with F, 0.05, fell below 0.50.",
    );
}

#[test]
fn what_moved_an_end_of_what_is_open_now_is_a_cause_too() {
    let rules = format!(
        r#"{HEAD}
indicator deaths "Deaths" : number in 0..1_000
indicator talks "Talks broken" : truth
signal surge = deaths > 2 * baseline(deaths, over: 2 months)
level l "Concern" : concern {{
  mid when surge,
  mid when talks,
  low otherwise,
}}"#
    );
    let table = "country,month,deaths,talks\nAVA,2024-01,10,no\nAVA,2024-02,10,no\n\
                 AVA,2024-03,50,no\nAVA,2024-04,50,\n";
    let leads = leads(&rules, table, "l");
    opens(
        &leads,
        "AVA",
        "can no longer be judged (low or mid, was mid): Talks broken, no before, is not known now, \
         among other changes.",
    );
}

#[test]
fn what_held_all_the_time_by_another_way_has_settled_nothing() {
    let table = "country,month,a,b,t\nAVA,2024-01,90,60,\nAVA,2024-02,90,30,no\n";
    let leads = leads(&format!("{HEAD}{VALUES}"), table, "l");
    opens(
        &leads,
        "AVA",
        "is settled at high, was high or top: B, 30, fell below 50.",
    );
}

#[test]
fn the_last_level_is_that_of_the_last_report() {
    let table = "country,month,a,b,t\nAVA,2024-01,10,10,no\nAVA,2024-02,,,\nBRU,2024-01,90,90,yes\nBRU,2024-02,90,90,yes\n";
    let leads = leads(&format!("{HEAD}{VALUES}"), table, "l");
    opens(
        &leads,
        "AVA",
        "has sent no report since January 2024; its last level was low.",
    );
}

#[test]
fn what_begins_to_apply_is_not_told_as_known() {
    let rules = format!(
        r#"{HEAD}
indicator coast "Coast" : truth
indicator piracy "Piracy" : number in 0..10 applies when coast
level l "Sea" : concern {{ high when piracy >= 5, low otherwise }}"#
    );
    let table = "country,month,coast,piracy\nAVA,2024-01,no,6\nAVA,2024-02,yes,6\n";
    let leads = leads(&rules, table, "l");
    opens(
        &leads,
        "AVA",
        "rose from low to high: Coast went from no to yes.",
    );
}

#[test]
fn a_value_that_is_gone_is_no_change_of_its_peers() {
    let rules = format!(
        r#"{HEAD}
indicator a "A" : number in 0..100
indicator b "B" : number in 0..100
level l "Relative" : concern {{ top when b >= 90, high when a >= mean(a, among: all), low otherwise }}"#
    );
    let table =
        "country,month,a,b\nAVA,2024-01,30,1\nAVA,2024-02,,1\nBRU,2024-01,60,1\nBRU,2024-02,60,1\n";
    let leads = leads(&rules, table, "l");
    opens(
        &leads,
        "AVA",
        "can no longer be judged (low–high, was low): A, 30 before, is not known now.",
    );
}

#[test]
fn a_limit_that_moved_is_named_beside_what_fell_below_it() {
    let rules = format!(
        r#"{HEAD}
indicator x "X" : number in 0..100
param limit "Limit" = 40 until "2024-01", = 60 from "2024-02"
level l "Concern" : concern {{ high when x >= limit, low otherwise }}"#
    );
    let table = "country,month,x\nAVA,2024-01,70\nAVA,2024-02,50\n";
    let leads = leads(&rules, table, "l");
    opens(
        &leads,
        "AVA",
        "fell from high to low: X, 50, fell below 60, together with Limit went from 40 to 60.",
    );
}

const ALERTS: &str = r#"
indicator deaths "Deaths" : number in 0..
level l "Concern" : concern { high when deaths >= 100, mid when deaths >= 10, low otherwise }
alert warning "Warning" {
  raise when l >= mid
  escalate when l >= high
  clear when l is low for 1 month
  cooldown 6 months
}
notice unseen "Nobody counted" when deaths is missing for 2 months"#;

#[test]
fn what_is_kept_back_is_told_as_long_as_it_is() {
    // Calm for so long that nothing before it matters, raised, cleared; what is due again is kept back.
    let deaths = [0, 0, 0, 0, 0, 0, 0, 0, 50, 0, 50, 50];
    let rows = (1..).zip(deaths);
    let rows = rows.map(|(month, deaths)| format!("AVA,2024-{month:02},{deaths}\n"));
    let table = format!("country,month,deaths\n{}", rows.collect::<String>());
    let page = page(&format!("{HEAD}{ALERTS}"), &table);
    assert!(!page.contains("No alert was raised"), "{page}");
    assert!(page.contains("kept back"), "{page}");
}

#[test]
fn a_notice_of_whoever_fell_silent_stands() {
    let table = "country,month,deaths\nAVA,2024-01,50\nAVA,2024-02,\nAVA,2024-03,\nBRU,2024-01,0\nBRU,2024-02,0\nBRU,2024-03,0\n";
    let page = page(&format!("{HEAD}{ALERTS}"), table);
    assert!(
        page.contains("Nobody counted: AVA (since March 2024)"),
        "{page}"
    );
    assert!(!page.contains("No notice stands"), "{page}");
}

#[test]
fn where_not_all_that_crossed_has_room_it_is_said_that_there_was_more() {
    let rules = format!(
        r#"{HEAD}
indicator hunger "Hunger of the people" : percent in 0..100
indicator killed "People killed in the fighting" : number in 0..1_000
indicator fled "People who fled their homes" : number in 0..1_000
level l "Concern" : concern {{
  high when all(hunger >= 40%, killed >= 100, fled >= 200),
  low otherwise,
}}"#
    );
    let table = "country,month,hunger,killed,fled\nAVA,2024-01,12,5,9\nAVA,2024-02,51,300,400\n";
    let leads = leads(&rules, table, "l");
    let lead = leads.first().expect("a sentence");
    assert!(lead.contains("passed"), "{lead}");
    assert!(
        lead.contains("together with") || lead.contains("among other changes"),
        "{lead}"
    );
}

#[test]
fn what_was_undone_on_the_way_is_needed_all_the_same() {
    let rules = format!(
        r#"{HEAD}
indicator a "A" : truth
indicator b "B" : truth
indicator d "D" : truth
level l "Concern" : concern {{ mid when count(a, b, d) >= 2, low otherwise }}"#
    );
    let table = "country,month,a,b,d\nAVA,2024-01,no,yes,no\nAVA,2024-02,yes,no,yes\n";
    let leads = leads(&rules, table, "l");
    let lead = leads.first().expect("a sentence");
    assert!(lead.contains("D went from no to yes"), "{lead}");
    assert!(
        lead.contains("together with A went from no to yes"),
        "{lead}"
    );
}

#[test]
fn what_opened_the_way_to_a_level_is_a_cause_of_it() {
    let rules = format!(
        r#"{HEAD}
indicator speech "Speech" : truth
indicator plan "Plan" : truth
indicator hunger "Hunger" : number in 0..100
level l "Concern" : concern {{ mid when count(speech, plan, hunger >= 40) >= 2, low otherwise }}"#
    );
    // Hunger is not known before: with speech alone it may be mid.
    let table = "country,month,speech,plan,hunger\nAVA,2024-01,no,no,\nAVA,2024-02,yes,yes,10\n";
    let leads = leads(&rules, table, "l");
    let lead = leads.first().expect("a sentence");
    assert!(lead.contains("Speech"), "{lead}");
    assert!(lead.contains("Plan"), "{lead}");
}
