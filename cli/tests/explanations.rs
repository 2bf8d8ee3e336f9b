//! What an explanation says of each kind of term: words, the numbers beside them, and where these come from.

use crate::said::{never, says};
use std::path::Path;
use std::process::Command;

struct Place(tempfile::TempDir);

impl Place {
    fn new(rules: &str, data: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let rules = format!("framework demo \"Demo\" version \"1\"\n{rules}");
        std::fs::write(place.path().join("r.risk"), rules).unwrap();
        std::fs::write(place.path().join("d.csv"), data).unwrap();
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// What `forewarn explain` prints, on one line.
    fn told(&self, args: &[&str]) -> String {
        let text = self.printed(args);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn printed(&self, args: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(["explain", "r.risk", "--data", "d.csv"])
            .args(args)
            .current_dir(self.path())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{error}");
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn growth_and_crossing_show_the_two_periods_they_compare() {
    let place = Place::new(
        "panel country by year\nindicator x : number in 0..1000\nscore rise = growth(x, over: 2 years)\n\
         signal passed = crosses(x, above: 150)\nscore before = lag(x, 1 year)\n",
        "country,year,x\nA,2001,40\nA,2002,120\nA,2003,160\n",
    );
    let text = place.told(&["--entity", "A"]);
    says(
        &text,
        &[
            "rise: 3 = growth(x, over: 2 years) (40 in 2001, 160 in 2003)",
            "passed: yes = crosses(x, above: 150) (120 in 2002, 160 in 2003, against 150)",
            "before: 120 = lag(x, 1 year) (of 2002)",
        ],
    );
    never(
        &text,
        &[
            "growth(x, over: 2 years): 40",
            "growth(x, over: 2 years) 40",
        ],
    );
}

#[test]
fn peers_are_named_for_what_they_are() {
    let place = Place::new(
        "panel country\nindicator x : number in 0..100\nscore place_among = minmax(x)\nscore place_from_top = rank(x)\n\
         score how_many = count(x, among: all)\n",
        "country,x\nA,30\nB,20\nC,60\nD,\n",
    );
    let text = place.told(&["--entity", "A"]);
    says(
        &text,
        &[
            "place_among: 0.25 = minmax(x) (own 30, 3 of this period known, least 20, greatest 60, rank 2 from the top)",
            "place_from_top: 2 = rank(x) (own 30, 3 of this period known, from 20 to 60, rank 2 from the top)",
            "how_many: 3 = count(x, among: all) (own 30, 3 of this period known)",
        ],
    );
}

#[test]
fn equal_expressions_keep_their_own_names_and_citations() {
    let place = Place::new(
        "panel country\nindicator a : number in 0..10\nscale s { low < high }\n\
         score one = a * 3 cite \"Source of one\"\nscore two = a * 3 cite \"Source of two\"\n\
         level by_two : s { high when two >= 9, low otherwise }\nscore same = one\n",
        "country,a\nX,4\n",
    );
    let text = place.told(&["--entity", "X", "by_two"]);
    says(&text, &["two 12 >= 9", "two 12 = a * 3 [Source of two]"]);
    never(&text, &["one", "Source of one"]);
    let text = place.told(&["--entity", "X", "same"]);
    says(&text, &["same: 12 = one", "one 12 = a * 3 [Source of one]"]);
    never(&text, &["two"]);
}

#[test]
fn a_category_is_told_by_its_name() {
    let place = Place::new(
        "panel country\nindicator zone : category { coast, plain, hills }\n\
         score weight = if zone is hills then 4 else 1\n",
        "country,zone\nX,plain\n",
    );
    let text = place.told(&["--entity", "X"]);
    says(&text, &["✗ zone plain is hills"]);
    let json = place.printed(&["--entity", "X", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let condition = &json["results"][0]["result"]["because"][0];
    assert_eq!(
        condition["comparison"]["right"]["value"]["category"],
        "hills"
    );
    assert_eq!(
        condition["comparison"]["left"]["value"]["category"],
        "plain"
    );
}

#[test]
fn dated_params_say_what_holds_and_since_when() {
    let place = Place::new(
        "panel country by year\nindicator a : number in 0..10\nindicator b : number in 0..10\n\
         param heavy = 1 until 2019, = 4 from 2020\n\
         factor f { combine weighted mean members { a weight heavy, b weight 1 } }\nscore s = heavy * a\n",
        "country,year,a,b\nX,2019,5,10\nX,2020,5,10\n",
    );
    let now = place.told(&["--entity", "X", "f"]);
    says(
        &now,
        &[
            "f: 6",
            "[heavy = 4 from 2020]",
            "+4 = 80 % of a 5",
            "+2 = 20 % of b 10",
        ],
    );
    let before = place.told(&["--entity", "X", "--period", "2019", "s"]);
    says(&before, &["s: 5 = heavy * a", "[heavy = 1 until 2019]"]);
    let json = place.printed(&["--entity", "X", "s", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let param = &json["results"][0]["result"]["params"][0];
    assert_eq!(param["value"]["number"], 4.0);
    assert_eq!(param["from"], "2020");
}

#[test]
fn a_function_is_told_under_its_own_words() {
    let place = Place::new(
        "panel country\nindicator x : number in 0..100\n\
         fn above(v: number, edge: number) -> number = if v - edge > 5 then v - edge else 0\n\
         score s = above(x, 40)\n",
        "country,x\nA,52\n",
    );
    let text = place.told(&["--entity", "A"]);
    says(
        &text,
        &[
            "s: 12 = above(x, 40)",
            "inside `above`: if v - edge > 5 then v - edge else 0: 12",
            "✓ v - edge 12 > 5",
        ],
    );
    never(&text, &["above(x, 40) 12 > 5"]);
}

#[test]
fn a_unit_is_not_the_param_that_is_called_so() {
    let place = Place::new(
        "panel country\nunit cases\nparam cases \"Factor of cases\" = 2 cite \"Of the param\"\n\
         indicator seen : cases in 0..\nsignal many = seen >= 50 cases // not cases\n\
         score doubled = cases * 3\n",
        "country,seen\nA,60\n",
    );
    never(
        &place.told(&["--entity", "A", "many"]),
        &["Of the param", "not cases"],
    );
    says(
        &place.told(&["--entity", "A", "doubled"]),
        &["[cases: Of the param]"],
    );
}

#[test]
fn counts_say_how_many_periods_are_yes_no_and_unknown() {
    let place = Place::new(
        "panel country by year\nindicator x : number in 0..100\nsignal hot = x >= 50\n\
         score often = count(hot, over: 6 years)\n",
        "country,year,x\nA,2001,60\nA,2002,\nA,2003,10\nA,2004,80\n",
    );
    let text = place.told(&["--entity", "A", "often"]);
    says(
        &text,
        &[
            "often: 2 to 5 = count(hot, over: 6 years) (2001 to 2004, of 6 periods 2 yes, 1 no, 1 unknown) \
             (undetermined: unknown in 1 period, 2 periods before the data begin)",
            "yes · unknown · no · yes",
        ],
    );
    never(&text, &["required", "the rules say so"]);
}

#[test]
fn a_long_window_has_its_true_span_and_ends_promptly() {
    let mut data = "country,day,x\n".to_owned();
    let days = |year: i32| if year % 4 == 0 { 366 } else { 365 };
    let lengths = |year: i32| {
        let february = if days(year) == 366 { 29 } else { 28 };
        [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    };
    for year in 1990..2020 {
        for (month, length) in lengths(year).iter().enumerate() {
            for day in 1..=*length {
                let x = if (year, month, day) == (2001, 4, 17) {
                    9
                } else {
                    1
                };
                data.push_str(&format!("A,{year}-{:02}-{day:02},{x}\n", month + 1));
            }
        }
    }
    let place = Place::new(
        "panel country by day\nindicator x : number in 0..9\nscore most = max(x, over: 10000 days)\n\
         score known = count(x, over: 10000 days)\n",
        &data,
    );
    let begun = std::time::Instant::now();
    let text = place.told(&["--entity", "A"]);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    says(
        &text,
        &[
            "most: 9 = max(x, over: 10000 days) (1992-08-15 to 2019-12-31, 10 000 known of 10 000 periods",
            "highest in 2001-05-17",
            "9 976 periods before these",
        ],
    );
    never(
        &text,
        &[
            "known: 10 000 = count(x, over: 10000 days) (1992-08-15 to 2019-12-31, 10 000 known of 10 000 periods, 10 000 required",
        ],
    );
}

#[test]
fn a_change_that_needed_another_names_it() {
    let place = Place::new(
        "panel country by year\nindicator a : number in 0..10\nindicator b : number in 0..10\n\
         signal both = a > 5 and b > 5\n",
        "country,year,a,b\nX,2001,1,2\nX,2002,8,9\n",
    );
    says(
        &place.told(&["--entity", "X"]),
        &[
            "since 2001: it was no",
            "to yes by b 9, was 2; together with a 8, was 1",
        ],
    );
}

#[test]
fn nothing_is_compared_with_a_period_that_no_row_has() {
    let place = Place::new(
        "panel country by year\nindicator a : number in 0..10\nscore s = change(a, over: 1 year)\nscore t = a + 1\n",
        "country,year,a\nX,2001,1\nX,2004,3\n",
    );
    let text = place.told(&["--entity", "X", "t"]);
    says(&text, &["since 2001: it was 2 (+2)", "+2 by a 3, was 1"]);
    never(&text, &["2003"]);
}

#[test]
fn small_rates_are_read_per_hundred_thousand() {
    let place = Place::new(
        "panel country\nunit deaths\nunit people\nindicator killed : deaths in 0..\nindicator living : people in 1..\n\
         score rate = killed / living\nsignal high = rate >= 5 deaths / 100_000 people\n",
        "country,killed,living\nA,77,1000000\n",
    );
    says(
        &place.told(&["--entity", "A", "high"]),
        &["rate 7.7 deaths / 100 000 people >= 5 deaths / 100 000 people"],
    );
}

#[test]
fn a_cell_that_is_missing_is_not_told_as_a_range() {
    let place = Place::new(
        "panel country\nindicator sign : assessment\nindicator n : number\nsignal seen = sign is present or n > 3\n",
        "country,sign,n\nA,,\n",
    );
    let text = place.told(&["--entity", "A"]);
    says(&text, &["sign – (missing: absent in the data)"]);
    never(&text, &["absent to present", "e308"]);
}

#[test]
fn what_the_rules_leave_open_and_no_outcome_comes_to_is_explained() {
    let place = Place::new(
        "panel country\nindicator a : number in 0..1\nindicator b : number in 0..1\n\
         factor f { combine mean require 80% coverage members { a, b } }\nscale s { low < mid < high }\n\
         level l : s { high when f >= 0.8, mid when f >= 0.3, low otherwise }\n",
        "country,a,b\nX,0.7,\n",
    );
    says(
        &place.told(&["--entity", "X", "l"]),
        &[
            "l: low to high",
            "b at 0: mid, at 1: high",
            "at these it is mid or high; low to high is open as long as `f` has too little evidence",
        ],
    );
}

#[test]
fn what_nobody_asks_for_has_no_value() {
    let place = Place::new(
        "panel country\nindicator a : number in 0..10\nindicator b : number in 0..10\n\
         signal s = b > 0 and a / b > 2\n",
        "country,a,b\nX,6,0\n",
    );
    let text = place.told(&["--entity", "X"]);
    says(
        &text,
        &[
            "✗ b 0 > 0",
            "? a / b > 2 (not asked: what stands before it decides)",
        ],
    );
}

#[test]
fn all_entities_take_one_line_each() {
    let place = Place::new(
        "panel country\nindicator a : number in 0..10\nscale s { low < high }\n\
         level l \"How it stands\" : s { high when a >= 5, low otherwise }\n",
        "country,a\nAVA,7\nBRU,2\nCEL,\n",
    );
    let text = place.printed(&["--entity", "all"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 6, "{text}");
    assert_eq!(lines[2], "How it stands (l)");
    assert!(
        lines[3].contains("AVA  high") && lines[3].contains("when a >= 5"),
        "{text}"
    );
    assert!(
        lines[5].contains("CEL  low or high") && lines[5].contains("rests on `a`"),
        "{text}"
    );
    let json = place.printed(&["--entity", "all", "--format", "json"]);
    let documents: Vec<serde_json::Value> = json
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(documents[1]["entity"], "BRU");
}

#[test]
fn what_is_cut_is_said_to_be_cut() {
    let members: Vec<String> = (0..60).map(|at| format!("i{at}")).collect();
    let indicators: Vec<String> = members
        .iter()
        .map(|name| format!("indicator {name} \"Sign {name}\" : number in 0..1"))
        .collect();
    let place = Place::new(
        &format!(
            "panel country\n{}\nfactor f {{ combine mean members {{ {} }} }}\n",
            indicators.join("\n"),
            members.join(", ")
        ),
        &format!(
            "country,{}\nX,{}\n",
            members.join(","),
            (0..60)
                .map(|at| format!("0.{at:02}"))
                .collect::<Vec<_>>()
                .join(",")
        ),
    );
    let brief = place.printed(&["--entity", "X", "f"]);
    assert!(brief.lines().count() <= 40, "{brief}");
    says(&brief, &["(i59) 0.59", "… 57 members more: ", "--full"]);
    let full = place.printed(&["--entity", "X", "f", "--full"]);
    assert!(full.lines().count() > 60, "{full}");
    never(&full, &["--full", "more:"]);
}

#[test]
fn every_result_of_the_un_framework_fits_one_screen() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/un-framework");
    for entity in ["XAB", "XBB"] {
        for name in [
            "overall",
            "structural_risk",
            "genocide_risk",
            "crimes_against_humanity_risk",
            "ethnic_cleansing_view",
            "early_warning",
            "capacity",
            "observed",
            "",
        ] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_forewarn"));
            command.arg("explain").arg(&folder);
            command
                .arg("--data")
                .arg(folder.join("data/invented_countries.csv"));
            command.args(["--entity", entity]);
            let output = command
                .args(Some(name).filter(|name| !name.is_empty()))
                .output();
            let text = String::from_utf8(output.unwrap().stdout).unwrap();
            let lines = text.lines().count();
            assert!((3..=40).contains(&lines), "{lines} lines\n{text}");
        }
    }
}

#[test]
fn a_value_stands_beside_its_name_in_its_own_unit() {
    let place = Place::new(
        "panel country\nindicator slice : percent in 0..100\nindicator part : number in 0..1\n\
         signal over = slice >= part\n",
        "country,slice,part\nA,40,0.25\n",
    );
    let text = place.told(&["--entity", "A"]);
    says(&text, &["over: yes (slice 40 % (0.4) >= part 0.25)"]);
}

#[test]
fn what_a_list_made_of_values_is_not_told_as_theirs() {
    let place = Place::new(
        "panel country\nindicator a : number in 0..1\nindicator b : number in 0..1\n\
         signal many = count(1 - [a, b] >= 0.6) >= 1\n",
        "country,a,b\nA,0.3,0.9\n",
    );
    let text = place.told(&["--entity", "A"]);
    says(&text, &["count(1 - [a, b] >= 0.6) 1 >= 1", "a 0.3"]);
    never(&text, &["a 0.7", "b 0.1"]);
}

#[test]
fn what_changed_since_names_earlier_values_where_the_present_one_has_no_part() {
    let place = Place::new(
        "panel country by month\nunit deaths\nunit people\nindicator x : deaths in 0..\nindicator pop : people in 1..\n\
         score usual = baseline(x, over: 3 months, require: 1 month)\n\
         score days = count(x, over: 6 months)\n\
         score total = sum(x, over: 2 months, require: 1 month)\n\
         score rate = x / pop\n",
        "country,month,x,pop\nA,2024-01,10,300000\nA,2024-02,25,300000\nA,2024-03,40,300000\nA,2024-04,40,300000\n",
    );
    let at = |name: &str, period: &str| place.told(&[name, "--entity", "A", "--period", period]);
    let text = at("usual", "2024-03");
    says(
        &text,
        &["it was 10 deaths (+7.5)", "+7.5 by earlier values of x"],
    );
    never(&text, &["by x 40"]);
    let text = at("days", "2024-04");
    says(&text, &["it was 3 (+1)", "+1 by earlier values of x"]);
    says(
        &at("total", "2024-03"),
        &[
            "it was 35 deaths (+30)",
            "+15 by earlier values of x",
            "+15 by x 40 deaths, was 25 deaths",
        ],
    );
    says(&at("total", "2024-04"), &["+15 by earlier values of x"]);
    // A step is told as its ends are.
    says(
        &at("rate", "2024-03"),
        &[
            "it was 8.33 deaths / 100 000 people (+5 deaths / 100 000 people)",
            "+5 deaths / 100 000 people by x 40 deaths, was 25 deaths",
        ],
    );
}

#[test]
fn an_alert_that_rests_on_what_was_before_says_so() {
    let place = Place::new(
        "panel country by month\nindicator x : number in 0..\n\
         alert al { raise when x >= 5 for 2 months clear when x < 2 }\n",
        "country,month,x\nA,2024-01,6\n",
    );
    let text = place.told(&["al", "--entity", "A"]);
    says(
        &text,
        &[
            "al: quiet or raised (undetermined: before the data begin)",
            "what was before the data begin decides",
        ],
    );
    never(&text, &["the rules say so"]);
}

const PARAMS: &str = "panel country by month\nindicator x \"Attacks\" : number in 0..20\n\
     param heavy \"Weight of attacks\" = 3 cite \"Handbook, page 3\"\nparam plus = 5\n\
     param yearly \"Yearly factor\" = 1 until 2023, = 2 from 2024\nparam most = 10\n\
     score s \"Score\" = x * heavy + plus * yearly\nsignal over \"Over\" = x >= most\n";

#[test]
fn constants_of_a_calculation_are_told_with_what_they_are_and_where_it_comes_from() {
    let place = Place::new(PARAMS, "country,month,x\nA,2024-02,4\n");
    let text = place.printed(&["s", "--entity", "A", "--full"]);
    says(
        &text,
        &[
            "Score (s): 22\n",
            "[Weight of attacks (heavy) = 3]\n",
            "[heavy: Handbook, page 3]\n",
            "[plus = 5]\n",
            "[Yearly factor (yearly) = 2 from 2024-01]\n",
        ],
    );
    let text = place.printed(&["s", "--entity", "A", "--full", "--set", "plus=7"]);
    says(
        &text,
        &["Score (s): 26\n", "[plus = 7, given by `--set`]\n"],
    );
    // What stands beside the value that it is compared with is not told twice, unless it was given.
    let text = place.printed(&["over", "--entity", "A", "--full"]);
    says(&text, &["x 4 >= most 10"]);
    never(&text, &["[most"]);
    let text = place.printed(&["over", "--entity", "A", "--full", "--set", "most=3"]);
    says(&text, &["[most = 3, given by `--set`]"]);
    let markdown = place.printed(&["s", "--entity", "A", "--full", "--format", "markdown"]);
    says(&markdown, &["Weight of attacks (heavy) = 3", "plus = 5"]);
    let json = place.printed(&["s", "--entity", "A", "--set", "plus=7", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let params = find(&json, "params").unwrap();
    assert_eq!(params[0]["name"], "heavy");
    assert_eq!(params[0]["label"], "Weight of attacks");
    assert_eq!(params[0]["value"]["number"], 3.0, "{params}");
    assert_eq!(params[0]["cites"][0], "Handbook, page 3");
    assert_eq!(params[1]["given"], true);
    assert_eq!(params[2]["from"], "2024-01");
}

/// The first value under a name, wherever it stands.
fn find<'v>(json: &'v serde_json::Value, name: &str) -> Option<&'v serde_json::Value> {
    match json {
        serde_json::Value::Object(all) => all
            .get(name)
            .or_else(|| all.values().find_map(|below| find(below, name))),
        serde_json::Value::Array(all) => all.iter().find_map(|below| find(below, name)),
        _ => None,
    }
}

#[test]
fn what_brings_a_level_down_is_told_by_the_threshold_of_its_author() {
    let place = Place::new(
        "panel country\nindicator x \"Attacks\" : number in 0..20 changeable cost 1\n\
         indicator y \"Raids\" : number in 0..20 changeable cost 2\n\
         scale c { low < mid < high }\n\
         level lv \"Level\" : c { high when x >= 6 or y > 9, mid otherwise }\n",
        "country,x,y\nA,8,3\nB,3,12\n",
    );
    let text = place.told(&["lv", "--entity", "A", "--options"]);
    says(&text, &["Attacks (x) below 6 (now 8)"]);
    never(&text, &["5.99"]);
    let text = place.told(&["lv", "--entity", "B", "--options"]);
    says(&text, &["Raids (y) down to 9 (now 12)"]);
}

#[test]
fn sets_of_changes_that_are_not_told_are_counted() {
    let place = Place::new(
        "panel country\nindicators a, b, c, d, e, f, g, h, i : truth changeable\nscale k { low < high }\n\
         level lv \"Level\" : k { high when count(a, b, c, d, e, f, g, h, i) >= 8, low otherwise }\n",
        "country,a,b,c,d,e,f,g,h,i\nA,yes,yes,yes,yes,yes,yes,yes,yes,yes\nB,no,no,no,no,no,no,no,no,no\n",
    );
    // Two of nine have to go: 36 pairs do it, more than a screen holds.
    let text = place.told(&["lv", "--entity", "A", "--options"]);
    assert_eq!(text.matches("cost 2:").count(), 8, "{text}");
    says(&text, &["and 28 more sets: `--full` tells them"]);
    let text = place.told(&["lv", "--entity", "A", "--options", "--full"]);
    assert_eq!(text.matches("cost 2:").count(), 36, "{text}");
    never(&text, &["more set"]);
    let text = place.told(&["lv", "--entity", "B", "--options"]);
    says(
        &text,
        &["what would bring it one step down: nothing, it is the lowest already"],
    );
}

/// An index of democracy, invented: it rises, falls for three years, rises and falls again at the end. Of Belmar nobody
/// knows what was before.
const FALLS: (&str, &str) = (
    "panel country by year\nindicator index : number in 0..1\nlet moves = change(index, over: 1 year)\n\
     alert falls { raise when moves <= -0.01  clear when moves >= 0.02 }\n\
     score low = min(index, within: falls) hindsight\n\
     signal deep = ever(index < 0.48, within: falls) hindsight\n\
     score most = min(index, within: falls, require: 4 years) hindsight\n",
    "country,year,index\nArvia,2000,0.55\nArvia,2001,0.60\nArvia,2002,0.58\nArvia,2003,0.50\nArvia,2004,0.47\n\
     Arvia,2005,0.50\nArvia,2006,0.40\nBelmar,2000,0.60\nBelmar,2001,0.50\n",
);

#[test]
fn a_whole_spell_is_told_with_its_later_periods() {
    let place = Place::new(FALLS.0, FALLS.1);
    let at = |entity: &str, period: &str| {
        place.told(&[
            "low", "deep", "most", "--entity", entity, "--period", period,
        ])
    };
    says(
        &at("Arvia", "2002"),
        &[
            "low: 0.47 = min(index, within: falls) (whole spell of `falls`, in hindsight, 2002 to 2004, 3 known of 3 \
             periods, 3 required, lowest in 2004)",
            "deep: yes = ever(index < 0.48, within: falls) (whole spell of `falls`, in hindsight, 2002 to 2004, of 3 \
             periods 1 yes, 2 no, 3 required, last yes in 2004)",
            "4 required, lowest in 2004) (missing: 3 known, 4 required)",
        ],
    );
    says(
        &at("Arvia", "2001"),
        &[
            "low: – = min(index, within: falls)",
            "(missing: in no spell of `falls`)",
        ],
    );
    says(
        &at("Arvia", "2006"),
        &["lowest in 2006, not ended when the data end)"],
    );
    says(
        &at("Belmar", "2001"),
        &[
            "(missing: nobody knows when the spell of `falls` began)",
            "(unknown: nobody knows when the spell of `falls` began)",
        ],
    );
}

#[test]
fn what_lies_before_the_data_is_said_once() {
    let place = Place::new(
        "panel country by year\nindicator x : number in 0..10\nindicator c : truth\nscore before = lag(x, 3 years)\n\
         score moved = change(x, over: 3 years)\nscore times = count(c, over: 4 years)\n",
        "country,year,x,c\nA,2001,4,no\nA,2002,6,yes\n",
    );
    let text = place.told(&[
        "before", "moved", "times", "--entity", "A", "--period", "2002",
    ]);
    says(
        &text,
        &[
            "before: – = lag(x, 3 years) (missing: before the data begin)",
            "moved: – = change(x, over: 3 years) (6 in 2002) (missing: 1 period before the data begin)",
            "of 4 periods 1 yes, 1 no) (undetermined: 2 periods before the data begin)",
        ],
    );
}

#[test]
fn its_own_past_says_of_which_period_it_is() {
    let place = Place::new(
        "panel station by day\nunit mm\nindicator rain : mm in 0..500\n\
         score water = min(0.9 * lag(water, 1 day, first: 15 mm, gap: last) + rain, 150 mm)\n\
         score older = 0.5 * lag(older, 2 days, first: 8 mm, gap: first) + rain\n\
         score plain = 0.5 * lag(plain, 1 day, first: 8 mm) + rain\n\
         signal wet = rain > 1 mm or lag(wet, 1 day, first: yes, gap: last)\n",
        "station,day,rain\nA,2024-07-01,1\nA,2024-07-02,0\nA,2024-07-03,\nA,2024-07-04,2\nA,2024-07-05,0\n\
         B,2024-07-01,\nB,2024-07-02,4\n",
    );
    let at = |name: &str, entity: &str, day: &str| {
        place.told(&[
            name,
            "--entity",
            entity,
            "--period",
            &format!("2024-07-{day}"),
        ])
    };
    let known = "(of 2024-07-02, the last that is known)";
    // Of the day before, and of the one before that where nobody knows of it.
    says(
        &at("water", "A", "02"),
        &["gap: last): 14.5 mm (of 2024-07-01)"],
    );
    says(
        &at("water", "A", "04"),
        &[&format!("gap: last): 13.05 mm {known}")],
    );
    says(
        &at("water", "A", "05"),
        &["gap: last): 13.745 mm (of 2024-07-04)"],
    );
    // Nothing is known, so that it begins anew.
    let anew = "8 mm (anew, since nothing is known of 2024-07-03)";
    says(&at("older", "A", "05"), &[&format!("gap: first): {anew}")]);
    says(
        &at("older", "A", "04"),
        &["gap: first): 4 mm (of 2024-07-02)"],
    );
    says(
        &at("water", "B", "02"),
        &["15 mm (anew, since nothing is known of 2024-07-01)"],
    );
    says(&at("water", "B", "01"), &["15 mm (before the data begin)"]);
    says(&at("plain", "A", "04"), &["(missing: unknown in 1 period)"]);
    // Of a truth, too: yes on the first day, since it was before.
    says(
        &at("wet", "A", "05"),
        &["✓ lag(wet, 1 day, first: yes, gap: last) (of 2024-07-04)"],
    );
    says(
        &at("wet", "A", "02"),
        &["✓ lag(wet, 1 day, first: yes, gap: last) (of 2024-07-01)"],
    );
}
