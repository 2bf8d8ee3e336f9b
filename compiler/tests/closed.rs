//! A classification is of the data: no other name for a column opens it, and neither does a framework that
//! extends the one that closes it, except by `declassify`.

use crate::pages;

use forewarn_compiler::{Compilation, Settings};
use forewarn_plan::classification::Classification;
use pages::{Example, compilation_with};

const HEAD: &str = "framework demo \"Demo\" version \"1.0.0\"
panel country column \"iso3\" by month
source field \"Field reports\" { classification confidential }
source office \"Offices\" { classification restricted }
source open_one \"Open\"
indicator secret : number in 0..1 from field column \"hs\"
indicator counted : number in 0..1 from office column \"oc\"
indicator open : number in 0..1 column \"op\"
";

fn told(compilation: &Compilation) -> Vec<(String, String)> {
    let reports = compilation.reports.iter();
    reports
        .map(|cause| (cause.code().0.to_owned(), cause.describe().title))
        .collect()
}

fn errors(compilation: &Compilation) -> Vec<String> {
    let all = told(compilation).into_iter();
    // Warnings of what is not used, or read twice, are of no interest here.
    all.map(|(code, _)| code)
        .filter(|code| !matches!(code.as_str(), "FW0103" | "FW0125" | "FW0723"))
        .collect()
}

fn alone(rest: &str, map: &[(&str, &str)]) -> Compilation {
    let settings = Settings {
        map: map
            .iter()
            .map(|(name, column)| ((*name).to_owned(), (*column).to_owned()))
            .collect(),
        ..Settings::default()
    };
    compilation_with(&Example::of(&format!("{HEAD}{rest}\n")), &settings)
}

#[test]
fn two_readers_of_one_column_have_one_classification() {
    for rest in [
        "indicator other : number in 0..1 column \"hs\"",
        "indicator hs : number in 0..1",
        "indicator hs : truth optional",
        "indicator other : number in 0..1 from office column \"hs\"",
        "indicator other : number in 0..1 classification restricted column \"hs\"",
        "indicator other : number in 0..1 verification column \"hs\"",
        "indicator other : number in 0..1 from field column \"op\"",
        "indicator other : number in 0..1 from field verification column \"ok\"\nindicator ok : truth",
        "indicator other : number in 0..1 from field column \"iso3\"",
        "indicator other : number in 0..1 from field column \"month\"",
        "indicator country : number in 0..1 from field",
        // What is declassified is not what the other reads.
        "indicator other : number in 0..1 column \"hs\"\ndeclassify other because \"agreed\"",
    ] {
        let found = errors(&alone(rest, &[]));
        assert_eq!(found, ["FW0727"], "{rest}");
    }
    for rest in [
        "indicator other : number in 0..1 from field column \"hs\"",
        "indicator other : number in 0..1 classification confidential column \"hs\"",
        "indicator other : number in 0..1 from field verification column \"hs\"",
        "indicator other : number in 0..1 column \"hs\"\ndeclassify secret because \"agreed\"",
        "indicator other : number in 0..1 from field column \"hs\"\ndeclassify other because \"agreed\"",
        "indicator other : number in 0..1 column \"op\"",
    ] {
        let found = errors(&alone(rest, &[]));
        assert!(found.is_empty(), "{rest}: {found:?}");
    }
}

#[test]
fn a_map_opens_nothing() {
    for (map, is_closed) in [
        (&[("open", "hs")][..], true),
        (&[("open", "oc")], true),
        (&[("counted", "hs")], true),
        (&[("secret", "op")], true),
        (&[("country", "hs")], true),
        (&[("month", "year,hs")], true),
        (&[("secret", "elsewhere")], false),
        (&[("secret", "elsewhere"), ("open", "hs")], false),
        (&[("open", "elsewhere")], false),
    ] {
        let found = errors(&alone("score s = open", map));
        let expected: &[&str] = if is_closed { &["FW0727"] } else { &[] };
        assert_eq!(found, expected, "{map:?}");
    }
}

/// A framework that extends one with these declarations.
fn over(base: &str, overlay: &str) -> Compilation {
    let files = [
        (
            "framework.risk",
            format!("framework over \"Over\" version \"1.0.0\" extends demo \"1\"\n{overlay}\n"),
        ),
        (
            "forewarn.toml",
            "[dependencies]\ndemo = { path = \"../demo\", version = \"1\" }\n".to_owned(),
        ),
        ("../demo/framework.risk", format!("{HEAD}{base}\n")),
    ];
    let example = Example {
        files: files.map(|(name, text)| (name.to_owned(), text)).to_vec(),
        ..Example::default()
    };
    let settings = Settings {
        audience: Some(Classification::Public),
        ..Settings::default()
    };
    compilation_with(&example, &settings)
}

const BASE: &str = "score b = secret
score c = open
score d = open classification restricted
factor prep { combine mean members { secret, counted, open } }
declassify prep because \"a mean names no one\"
";

#[test]
fn no_change_of_an_extending_framework_opens_what_is_closed() {
    for overlay in [
        "override source secret = open_one because \"we may\"",
        "override source secret = office because \"we may\"",
        "source ours \"Ours\"\noverride source secret = ours because \"we may\"",
        "replace source field \"Field\" because \"we may\"",
        "replace source field \"Field\" { classification restricted } because \"we may\"",
        "replace indicator secret : number in 0..1 column \"hs\" because \"we may\"",
        "replace indicator secret : number in 0..1 from open_one column \"else\" because \"we may\"",
        "override classification field = public because \"we may\"",
        "override classification secret = public because \"we may\"",
        "override classification d = public because \"we may\"",
        "replace score d = open because \"we may\"",
        "replace score d = open classification public because \"we may\"",
        "override column open = \"hs\" because \"we may\"",
        "add indicator ours : number in 0..1 column \"hs\" because \"we may\"\nadd score e = ours because \"x\"",
        "drop score b because \"x\"\noverride classification field = restricted because \"x\"",
    ] {
        let compilation = over(BASE, overlay);
        let found = errors(&compilation);
        let code = found.first().map(String::as_str);
        assert!(
            matches!(code, Some("FW1413" | "FW0727" | "FW0721")),
            "{overlay}: {:?}",
            told(&compilation)
        );
        assert_eq!(found.len(), 1, "{overlay}: {:?}", told(&compilation));
        assert!(compilation.plan.is_none());
    }
}

#[test]
fn what_is_dropped_leaves_its_column_closed() {
    let base = "score c = open\nscore b = secret\n";
    let overlay = "drop score b because \"x\"\ndrop indicator secret because \"x\"\n\
                   add indicator ours : number in 0..1 column \"hs\" because \"x\"\n\
                   add score e = ours because \"x\"";
    assert_eq!(errors(&over(base, overlay)), ["FW0727"]);
    let again = "drop score b because \"x\"\ndrop indicator secret because \"x\"\n\
                 add indicator secret : number in 0..1 column \"hs\" because \"x\"\n\
                 add score e = secret because \"x\"";
    let found = errors(&over(base, again));
    assert!(
        found
            .iter()
            .any(|code| code == "FW1413" || code == "FW0727"),
        "{found:?}"
    );
}

#[test]
fn changes_that_open_nothing_are_let_through() {
    for overlay in [
        "override classification open = restricted because \"x\"",
        "source ours \"Ours\" { classification confidential }\noverride source secret = ours because \"x\"\n\
         declassify prep because \"still a mean\"",
        "override source secret = open_one because \"x\"\n\
         override classification secret = confidential because \"x\"\ndeclassify prep because \"still a mean\"",
        "replace source field \"Field\" { classification confidential } because \"x\"",
        "override classification d = confidential because \"x\"",
        "override label prep = \"Prep\" because \"x\"",
        "replace score c = 2 * open because \"x\"",
        // Nothing closed flows into it any more.
        "replace score b = open because \"x\"",
    ] {
        let compilation = over(BASE, overlay);
        let found = errors(&compilation);
        // Other warnings and errors have other reasons.
        let closed = ["FW1413", "FW0727", "FW0728", "FW1404"];
        assert!(
            !found.iter().any(|code| closed.contains(&code.as_str())),
            "{overlay}: {:?}",
            told(&compilation)
        );
    }
}

#[test]
fn a_declassification_holds_for_what_was_declassified() {
    for overlay in [
        "drop member prep.counted because \"x\"",
        "override weight prep.secret = 9 because \"x\"",
        "add let twice = 2 * secret because \"x\"\nadd member twice to prep because \"x\"",
        "replace factor prep { combine max members { secret } } because \"x\"",
        "drop factor prep because \"x\"\nadd score prep = secret because \"x\"",
        "override column secret = \"witness\" because \"x\"",
        "replace indicator secret : number in 0..1 from field column \"witness\" because \"x\"",
    ] {
        let compilation = over(BASE, overlay);
        let found = errors(&compilation);
        assert!(
            found.contains(&"FW0728".to_owned()),
            "{overlay}: {:?}",
            told(&compilation)
        );
        let anew = format!("{overlay}\ndeclassify prep because \"decided anew\"");
        let compilation = over(BASE, &anew);
        let found = errors(&compilation);
        assert!(
            !found.contains(&"FW0728".to_owned()),
            "{anew}: {:?}",
            told(&compilation)
        );
        if let Some(plan) = &compilation.plan {
            let standing = &plan.confidentiality.declared["prep"];
            let declassified = standing.declassified.as_ref().unwrap();
            assert_eq!(declassified.because, "decided anew");
            assert!(declassified.by.contains("Over"), "{}", declassified.by);
        }
    }
    // The label of a member, and values that hold nothing closed, change nothing of it.
    for overlay in [
        "override label prep = \"Prep\" because \"x\"",
        "override source open = open_one because \"x\"",
        "drop score b because \"x\"",
    ] {
        let found = errors(&over(BASE, overlay));
        assert!(
            !found.contains(&"FW0728".to_owned()),
            "{overlay}: {found:?}"
        );
    }
}

#[test]
fn final_closes_declassify_too() {
    for (base, overlay) in [
        ("final score b = secret", "declassify b because \"x\""),
        ("score b = secret", "declassify secret because \"x\""),
        (
            "score b = secret",
            "add score e = secret because \"x\"\ndeclassify e because \"x\"",
        ),
        (
            "final let y = secret\nscore b = y",
            "declassify b because \"x\"",
        ),
    ] {
        let closes = base.contains("final");
        let source = base.to_owned();
        let head_final = HEAD.replace("indicator secret", "final indicator secret");
        let files = [
            (
                "framework.risk",
                format!(
                    "framework over \"Over\" version \"1.0.0\" extends demo \"1\"\n{overlay}\n"
                ),
            ),
            (
                "forewarn.toml",
                "[dependencies]\ndemo = { path = \"../demo\", version = \"1\" }\n".to_owned(),
            ),
            (
                "../demo/framework.risk",
                format!("{}{source}\n", if closes { HEAD } else { &head_final }),
            ),
        ];
        let example = Example {
            files: files.map(|(name, text)| (name.to_owned(), text)).to_vec(),
            ..Example::default()
        };
        let compilation = compilation_with(&example, &Settings::default());
        assert_eq!(errors(&compilation), ["FW1404"], "{base} / {overlay}");
    }
    // A source can be final, and what a framework does not mark `open` beside what it does.
    let base = "open param k = 1\nscore b = secret * k";
    assert_eq!(
        errors(&over(base, "declassify b because \"x\"")),
        ["FW1404"]
    );
    let ours = "source ours \"Ours\" { classification confidential }\n\
                add indicator mine : number in 0..1 from ours because \"x\"\n\
                add score e = mine because \"x\"\ndeclassify e because \"x\"";
    let found = errors(&over(base, ours));
    assert!(!found.contains(&"FW1404".to_owned()), "{found:?}");
    // The framework itself may.
    let found = errors(&alone(
        "final score b = secret\ndeclassify b because \"x\"",
        &[],
    ));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_base_may_declassify_what_others_drop() {
    let found = errors(&over(BASE, "drop factor prep because \"x\""));
    assert!(!found.contains(&"FW0107".to_owned()), "{found:?}");
}
