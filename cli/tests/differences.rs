//! `forewarn diff`: places and kinds of what differs are called what they are, and causes say what each change
//! does by itself.

use crate::place;

use place::{HEAD, Place, TOML};

const BASE: &str = "\
framework un \"UN\" version \"1.2.0\"
panel valley by month
indicator flood \"Floods\" : number in 0..20
indicator fire \"Fires\" : number in 0..20
factor harm \"Harm\" { combine sum members { flood, fire } }
factor strain \"Strain\" { combine weighted mean members { flood, fire } }
let step = 8
score doubled \"Doubled\" = flood * 2
signal late \"Late\" = mean(flood, over: 6 months, require: 1 month) >= step
scale concern { low \"Low\" < high \"High\" }
table verdict \"Verdict\" : concern by flood, fire {
  any, 0..<5     then low,
  any, 5..       then high,
  otherwise      then low,
}
";

const DATA: &str = "valley,month,flood,fire\nArn,2031-01,5,3\nArn,2031-02,1,1\n";

#[test]
fn a_change_that_moves_a_result_by_itself_is_not_only_together_with_others() {
    let place = Place::new("");
    place.write("un/un.risk", BASE);
    let changes = "override weight harm.flood = 2 because \"a\"\noverride weight harm.fire = 4 because \"b\"\n";
    place.write("west/west.risk", format!("{HEAD}{changes}"));
    place.write("west/forewarn.toml", TOML);
    place.does(&["lock", "west"]);
    place.write("d.csv", DATA);
    let told = place.does(&["diff", "un", "west", "--data", "d.csv"]);
    for line in [
        "  factor harm: weight of `flood`: 1 → 2\n",
        "  factor harm: weight of `fire`: 1 → 4\n",
        "  a  together: override weight harm.flood: 1 → 2 + override weight harm.fire: 1 → 4\n",
        "  Arn  2031-01  harm  8 → 22  a  alone: the 1st 13, the 2nd 17\n",
    ] {
        assert!(told.contains(line), "{line}{told}");
    }
    assert!(!told.contains("only together"), "{told}");
    let json = place.does(&["diff", "un", "west", "--data", "d.csv", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let cause = &json["data"]["effects"][0]["cause"];
    assert_eq!(
        cause,
        &serde_json::json!({
            "together": [0, 1],
            "by_itself": [{ "changes": [0], "to": 13.0 }, { "changes": [1], "to": 17.0 }],
        })
    );
    // A result that one of them leaves as it is needs both.
    let changes = "override weight harm.flood = 0.1 because \"a\"\noverride weight harm.fire = 0.1 because \"b\"\n";
    place.write("west/west.risk", format!("{HEAD}{changes}"));
    place.write(
        "un/un.risk",
        format!("{BASE}signal all_quiet \"Quiet\" = harm < 1\n"),
    );
    place.does(&["lock", "west"]);
    let told = place.does(&["diff", "un", "west", "--data", "d.csv"]);
    assert!(
        told.contains("only together: override weight harm.flood: 1 → 0.1 + override weight harm.fire: 1 → 0.1"),
        "{told}"
    );
    assert!(told.contains("alone: the 1st 3.5, the 2nd 5.3"), "{told}");
    // A ruleset that cannot run is told for what is wrong with it.
    let changes = changes.replace("0.1", "0");
    place.write("west/west.risk", format!("{HEAD}{changes}"));
    let ended = place.run(&["diff", "un", "west", "--data", "d.csv"]);
    assert_eq!(ended.code, 1, "{}", ended.err);
    assert!(ended.err.contains("FW0604"), "{}", ended.err);
}

#[test]
fn what_differs_is_called_what_it_is() {
    let place = Place::new("");
    place.write("one.risk", BASE);
    let other = BASE
        .replace("step = 8", "step = 13")
        .replace("flood * 2", "flood * 3")
        .replace("6 months", "9 months")
        .replace(
            "  any, 0..<5     then low,",
            "  0..<1, any then high,\n  any, 0..<4     then low,",
        )
        .replace("5..  ", "4..  ")
        .replace(
            "weighted mean members { flood,",
            "weighted mean members { flood weight 1,",
        );
    place.write("other.risk", other);
    let told = place.does(&["diff", "one.risk", "other.risk"]);
    let lines: Vec<&str> = told.lines().map(str::trim).skip(3).collect();
    assert_eq!(
        lines,
        [
            "let step: value: 8 → 13",
            "score doubled: formula: flood * 2 → flood * 3",
            "signal late: in its formula: over: 6 months → over: 9 months",
            "table verdict: row 1 added: 0..<1, any then high",
            "table verdict: threshold in row 2: 0..<5 → 0..<4",
            "table verdict: threshold in row 3: 5.. → 4..",
        ],
        "{told}"
    );
}

#[test]
fn order_columns_and_what_is_closed_are_differences_where_they_mean_something() {
    let place = Place::new("");
    let head = "framework un \"UN\" version \"1.2.0\"\n";
    let rest = "indicator flood : number in 0..10\nindicator fire : number in 0..10\n\
                param most = 3\nfn weighed(xs: list of number) -> number = sum(xs * [0.2, 0.8])\n";
    let told = |old: &str, new: &str| {
        place.write("old/un.risk", format!("{head}{old}"));
        place.write("new/un.risk", format!("{head}{new}"));
        place.run(&["diff", "old", "new", "--exit-code"])
    };
    let panel = "panel valley column \"code\" by month\n";
    let with = |body: &str| format!("{panel}{rest}{body}\n");
    let differs = [
        (
            "group all { flood, fire }\nscore s = sum(all * [0.2, 0.8])",
            "group all { fire, flood }\nscore s = sum(all * [0.2, 0.8])",
            "group all: order: flood, fire → fire, flood",
        ),
        (
            "factor f { combine weighed members { flood, fire } }",
            "factor f { combine weighed members { fire, flood } }",
            "factor f: order: flood, fire → fire, flood",
        ),
        (
            "factor f { combine mean members { flood, fire } }\nscore s = weighed(f.members)",
            "factor f { combine mean members { fire, flood } }\nscore s = weighed(f.members)",
            "factor f: order: flood, fire → fire, flood",
        ),
        (
            "score s = most",
            "final score s = most",
            "score s: closed to those who extend it added: final",
        ),
        (
            "score s = most\nscore t = most",
            "score s = most\nopen score t = most",
            "score s: closed to those who extend it added: others are open",
        ),
    ];
    for (old, new, line) in differs {
        let ended = told(&with(old), &with(new));
        assert_eq!(ended.code, 1, "{old}: {}", ended.out);
        assert!(ended.out.contains(line), "{line}: {}", ended.out);
    }
    let other = format!("panel valley column \"code3\" by month column \"m\"\n{rest}");
    let ended = told(&with(""), &other);
    for line in ["column of valley: code → code3", "column of month added: m"] {
        assert!(ended.out.contains(line), "{line}: {}", ended.out);
    }
    // A sum is the same in any order, and one member more has a place of its own.
    let same = "factor f { combine sum members { flood, fire } }";
    let turned = "factor f { combine sum members { fire, flood } }";
    let ended = told(&with(same), &with(turned));
    assert!(ended.out.contains("they mean the same"), "{}", ended.out);
    let ended = told(
        &with("factor f { combine weighed members { flood, fire } }"),
        &with("factor f { combine weighed members { most, flood, fire } }"),
    );
    assert!(!ended.out.contains("order"), "{}", ended.out);
}

#[test]
fn what_is_closed_to_others_breaks_what_they_build() {
    let place = Place::new("");
    let rules = "framework un \"UN\" version \"1.0.1\"\npanel valley by month\nindicator flood : number in 0..10\n";
    let old = rules.replace("1.0.1", "1.0.0");
    place.write(
        "old/un.risk",
        format!("{old}param most = 3\nscore s = most\n"),
    );
    for (new, line) in [
        (
            format!("{rules}final param most = 3\nscore s = most\n"),
            "param most: closed to those who extend it added: final",
        ),
        (
            format!("{rules}param most = 3\nopen score s = most\n"),
            "param most: closed to those who extend it added: others are open",
        ),
        (
            format!("{rules}param most = 3\nscore s = most\n")
                .replace("panel valley", "panel valley column \"code\""),
            "panel: column of valley added: code",
        ),
    ] {
        place.write("new/un.risk", new);
        let ended = place.run(&["release", "new", "--since", "old"]);
        assert_eq!(ended.code, 1, "{}", ended.out);
        assert!(ended.out.contains(line), "{}", ended.out);
        assert!(
            ended
                .out
                .contains("1.0.1 is too low: this needs at least 2.0.0"),
            "{}",
            ended.out
        );
    }
}
