//! What an audience may not see has no say in what a recipe makes of a file.

use crate::place;

use place::Place;

const RULES: &str = "\
framework shelters \"Shelters\" version \"1\"
panel country by month
source field \"Field\" { classification confidential }
indicator a : number in 0..1000
indicator secret : number in 0..100000 from field
score sa = a
score ss = secret
";

fn place() -> Place {
    let place = Place::new("");
    place.write("r.risk", RULES);
    place
}

/// What the public sees of a run: exit code, results, messages.
fn seen(place: &Place, text: &str, options: &[&str]) -> (i32, String, String) {
    place.write("d.csv", text);
    let args = [
        "run",
        "r.risk",
        "--data",
        "d.csv",
        "--to",
        "csv",
        "--audience",
        "public",
    ];
    let run = place.run(&[&args[..], options].concat());
    (run.code, run.out, run.err)
}

const PLAIN: &str = "country,month,a,secret\nAVA,2024-01,1,77123\nBRV,2024-01,2,81234\n";
const OTHER: &str = "country,month,a,secret\nAVA,2024-01,1,5\nBRV,2024-01,2,\n";

#[test]
fn conditions_do_not_ask_for_what_is_withheld() {
    let place = place();
    for options in [
        &["--rows", "secret >= 77124"][..],
        &["--rows", "a >= 0 and column(\"secret\") is known"],
        &["--expect", "secret <= 80000"],
        &["--expect", "share(missing, secret) < 10%"],
        &[
            "--sum",
            "secret=secret",
            "--sum",
            "a=a",
            "--rows",
            "secret > 3",
        ],
    ] {
        let one = seen(&place, PLAIN, options);
        assert_eq!(one, seen(&place, OTHER, options), "{options:?}");
        assert_eq!(one.0, 1, "{options:?} {}", one.2);
        assert!(one.2.contains("error[FW0955]"), "{}", one.2);
        assert!(!one.2.contains("77"), "{}", one.2);
    }
    // By its name in the file.
    let named = "country,month,a,reports\nAVA,2024-01,1,77123\nBRV,2024-01,2,3\n";
    for options in [
        &["--map", "secret=reports", "--rows", "reports > 5"][..],
        &[
            "--sum",
            "secret=reports",
            "--sum",
            "a=a",
            "--rows",
            "reports > 5",
        ],
    ] {
        let one = seen(&place, named, options);
        assert!(one.2.contains("error[FW0955]"), "{options:?} {}", one.2);
    }
    // What nobody has classified may decide.
    let kinds = "country,month,a,secret,kind\nAVA,2024-01,1,7,x\nBRV,2024-01,2,8,y\n";
    let (code, out, err) = seen(&place, kinds, &["--rows", "kind = \"y\""]);
    assert_eq!(
        (code, out.as_str()),
        (0, "country,month,sa\nBRV,2024-01,2\n"),
        "{err}"
    );
}

#[test]
fn what_is_withheld_does_not_come_in_under_another_name() {
    let place = place();
    let long = "country,month,item,val\nAVA,2024-01,a,1\nAVA,2024-01,secret,77123\n";
    let wide = "country,item,2024-01\nAVA,secret,77123\n";
    for (text, options) in [
        (PLAIN, &["--map", "country=secret"][..]),
        (PLAIN, &["--sum", "a=secret"]),
        (PLAIN, &["--map", "secret=a", "--sum", "a=a"]),
        (long, &["--long", "item=val", "--long-key", "secret=a"]),
        (wide, &["--months", "2024-01", "--long-key", "secret=a"]),
    ] {
        let one = seen(&place, text, options);
        assert_ne!(one.0, 0, "{options:?} {}", one.1);
        assert!(one.1.is_empty() && !one.2.contains("77"), "{}", one.2);
    }
    // In a recipe.
    for (line, text) in [
        ("map = { a = \"secret\" }", PLAIN),
        ("map = { country = \"secret\" }", PLAIN),
        ("map = { month = \"secret\" }", PLAIN),
        (
            "map = { secret = \"reports\", a = \"reports\" }",
            "country,month,reports\nAVA,2024-01,77123\n",
        ),
        ("sum = { a = \"secret\" }", PLAIN),
    ] {
        place.write("d.csv", text);
        place.write("m.toml", format!("[[data]]\nfiles = \"d.csv\"\n{line}\n"));
        for command in [&["run"][..], &["explain", "--entity", "AVA"]] {
            let args = ["r.risk", "--recipe", "m.toml", "--audience", "public"];
            let run = place.run(&[&command[..1], &args, &command[1..]].concat());
            assert_eq!(run.code, 1, "{line} {}", run.out);
            assert!(run.err.contains("error[FW0955]"), "{line} {}", run.err);
            assert!(!run.err.contains("77"), "{}", run.err);
        }
    }
}

#[test]
fn rows_that_are_there_for_what_is_withheld_are_not_there() {
    let place = place();
    let wide = "country,a_2024-01,secret_2024-01,secret_2024-02\nAVA,1,5,6\nBRV,2,7,8\n";
    let other = "country,a_2024-01,secret_2024-01,secret_2024-02\nAVA,1,5,\nBRV,2,,\n";
    let options = ["--wide", "{indicator}_{period}"];
    let one = seen(&place, wide, &options);
    assert_eq!(one, seen(&place, other, &options));
    assert_eq!(
        one.1, "country,month,sa\nAVA,2024-01,1\nBRV,2024-01,2\n",
        "{}",
        one.2
    );

    let long = "country,month,item,val\nAVA,2024-01,a,1\nBRV,2024-01,secret,5\nAVA,2024-02,secret,6\n\
                AVA,2024-01,secret,77123\nAVA,2024-01,secret,81234\n";
    let other = "country,month,item,val\nAVA,2024-01,a,1\n";
    for options in [
        &["--long", "item=val"][..],
        &["--long", "item=val", "--long-key", "secret=secret"],
        &["--long", "item=val", "--rows", "val < 100"],
    ] {
        let one = seen(&place, long, options);
        assert_eq!(one, seen(&place, other, options), "{options:?}");
        assert_eq!(
            (one.0, one.1.as_str()),
            (0, "country,month,sa\nAVA,2024-01,1\n"),
            "{}",
            one.2
        );
    }
    let coded = long.replace("secret", "S1");
    let options = [
        "--long",
        "item=val",
        "--long-key",
        "S1=secret",
        "--long-key",
        "a=a",
    ];
    assert_eq!(
        seen(&place, &coded, &options),
        seen(&place, other, &options)
    );
}

#[test]
fn sums_of_what_is_withheld_are_not_made() {
    let place = place();
    let one = "country,month,a,secret\nAVA,2024-01,1,5\nAVA,2024-01,2,\nBRV,2024-01,4,6\n";
    let other = "country,month,a,secret\nAVA,2024-01,1,5\nAVA,2024-01,2,xyz\nBRV,2024-01,4,\n";
    for options in [
        &["--sum", "a=a", "--sum", "secret=secret"][..],
        &["--when", "add up"],
    ] {
        let seen_of_one = seen(&place, one, options);
        assert_eq!(seen_of_one, seen(&place, other, options), "{options:?}");
        assert_eq!(
            seen_of_one.1,
            "country,month,sa\nAVA,2024-01,3\nBRV,2024-01,4\n"
        );
        assert!(!seen_of_one.2.contains("FW0946"), "{}", seen_of_one.2);
    }
}

#[test]
fn deliveries_of_what_is_withheld_are_not_compared() {
    let place = place();
    let one = "country,month,a,secret\nAVA,2024-01,1,77123\nAVA,2024-01,1,81234\n";
    let other = "country,month,a,secret\nAVA,2024-01,1,5\nAVA,2024-01,1,5\n";
    for options in [
        &["--when", "must agree"][..],
        &["--when", "latest wins", "--message-format", "json"],
    ] {
        assert_eq!(
            seen(&place, one, options),
            seen(&place, other, options),
            "{options:?}"
        );
    }
}

#[test]
fn columns_behind_what_is_withheld_are_read() {
    let place = place();
    let text = "country,secret,month,a\nAVA,7,2024-01,1\nBRV,8,2024-01,2\n";
    for options in [
        &[][..],
        &["--rows", "a > 0"],
        &["--when", "must agree"],
        &["--sum", "a=a"],
        &["--expect", "a > 0"],
    ] {
        let (code, out, err) = seen(&place, text, options);
        let both = "country,month,sa\nAVA,2024-01,1\nBRV,2024-01,2\n";
        assert_eq!((code, out.as_str()), (0, both), "{options:?} {err}");
    }
}

#[test]
fn a_recipe_maps_what_is_withheld() {
    let place = place();
    place.write("d.csv", "country,month,A1,S1\nAVA,2024-01,1,77123\n");
    place.write(
        "data.toml",
        "[[data]]\nfiles = \"d.csv\"\nmap = { a = \"A1\", secret = \"S1\" }\n",
    );
    let args = [
        "run",
        "r.risk",
        "--recipe",
        "data.toml",
        "--to",
        "csv",
        "--quiet",
    ];
    let all = place.does(&args);
    assert_eq!(all, "country,month,sa,ss\nAVA,2024-01,1,77123\n");
    let public = place.run(&[&args[..], &["--audience", "public"]].concat());
    assert_eq!(
        public.out, "country,month,sa\nAVA,2024-01,1\n",
        "{}",
        public.err
    );
}

#[test]
fn nothing_is_guessed_for_those_who_may_not_see_all() {
    let place = place();
    place.write("d.csv", PLAIN);
    for audience in ["public", "restricted"] {
        let guess = place.run(&["data", "r.risk", "--guess", "d.csv", "--audience", audience]);
        assert_eq!(guess.code, 2, "{}{}", guess.out, guess.err);
        assert_eq!(guess.out, "");
        assert!(
            !guess.err.contains("77123") && !guess.err.contains("secret"),
            "{}",
            guess.err
        );
        assert!(
            guess.err.contains("guess without `--audience`"),
            "{}",
            guess.err
        );
    }
    for options in [&[][..], &["--audience", "confidential"]] {
        let args = [&["data", "r.risk", "--guess", "d.csv"], options].concat();
        assert!(place.does(&args).contains("secret (77123)"));
    }
    // An empty table has the columns that may be seen.
    let made = |name: &str, options: &[&str]| {
        place.does(&[&["data", "r.risk", "--template", name], options].concat());
        place.read(name)
    };
    assert_eq!(made("all.csv", &[]), "country,month,a,secret\n");
    assert_eq!(
        made("public.csv", &["--audience", "public"]),
        "country,month,a\n"
    );
    // Rules that are not sound say nothing of what may be seen.
    place.write("broken.risk", RULES.replace("from field", "from feld"));
    let guess = place.run(&[
        "data",
        "broken.risk",
        "--guess",
        "d.csv",
        "--audience",
        "public",
    ]);
    assert_eq!((guess.code, guess.out.as_str()), (2, ""), "{}", guess.err);
}

/// A closed column, and something public that bears its name but is read from another one.
const NAMESAKE: &str = "\
framework shelters \"Shelters\" version \"1\"
panel country by month
source field \"Field\" { classification confidential }
indicator hate : number in 0..1 from field column \"hs\"
indicator hs \"Public\" : number in 0.. column \"zz\" optional
indicator a : number in 0..
score sh = hate
score sp = hs
score sa = a
";

#[test]
fn a_namesake_of_a_closed_column_opens_nothing() {
    let place = Place::new("");
    place.write("r.risk", NAMESAKE);
    let [one, other] = ["0.9", "0.1"]
        .map(|secret| format!("country,month,a,hs\nAVA,2024-01,1,{secret}\nBRV,2024-01,2,0.4\n"));
    for options in [
        &["--rename", "hs=zz"][..],
        &["--sum", "hs=hs", "--sum", "a=a"],
        &["--once", "hs", "--sum", "a=count"],
        &["--rows", "hs > 0.5"],
        &["--expect", "hs > 0.5"],
    ] {
        let run = seen(&place, &one, options);
        assert_eq!(run, seen(&place, &other, options), "{options:?}");
        assert_eq!(run.0, 1, "{options:?}: {}", run.1);
        assert!(run.2.contains("FW0955"), "{options:?}: {}", run.2);
    }
    let plain = seen(&place, &one, &[]);
    assert_eq!((plain.0, &plain), (0, &seen(&place, &other, &[])));
    // Whom only a withheld name of a long table mentions is not there.
    let long = "country,month,item,value\nAVA,2024-01,a,3\nDOR,2024-01,hs,0.5\n";
    let run = seen(&place, long, &["--long", "item=value"]);
    assert_eq!(run.0, 0, "{}", run.2);
    assert!(run.1.contains("AVA") && !run.1.contains("DOR"), "{}", run.1);
    assert!(!run.2.contains("DOR"), "{}", run.2);
}

#[test]
fn what_a_framework_below_holds_closed_stays_so_in_recipes() {
    let place = Place::new("");
    place.write(
        "base/r.risk",
        "framework base \"Base\" version \"1\"\npanel country by month\n\
         source field \"Field\" { classification confidential }\n\
         indicator hate : number in 0..1 from field column \"hs\"\n\
         indicator a : number in 0..\nscore sh = hate\nscore sa = a\n",
    );
    place.write(
        "base/forewarn.toml",
        "[package]\nname = \"base\"\nversion = \"1\"\n",
    );
    place.write(
        "over/forewarn.toml",
        "[package]\nname = \"over\"\nversion = \"1\"\n[dependencies]\nbase = { path = \"../base\" }\n",
    );
    let changes = [
        "override column hate = \"other\" because \"moved\"\n",
        "drop score sh because \"no longer\"\ndrop indicator hate because \"no longer\"\n",
    ];
    for change in changes {
        place.write(
            "over/r.risk",
            format!(
                "framework over \"Over\" version \"1\" extends base\n{change}\
                 add indicator plain : number in 0.. column \"zz\" optional because \"ours\"\n\
                 add score sp = plain because \"ours\"\n"
            ),
        );
        place.write("d.csv", "country,month,a,hs\nAVA,2024-01,1,0.9\n");
        for options in [
            &["--rename", "hs=zz"][..],
            &["--rows", "hs > 0.5"],
            &["--sum", "plain=hs", "--sum", "a=a"],
        ] {
            let args = ["run", "over", "--data", "d.csv", "--audience", "public"];
            let run = place.run(&[&args[..], options].concat());
            assert_eq!(run.code, 1, "{change} {options:?}: {} {}", run.out, run.err);
            assert!(run.err.contains("FW0955"), "{options:?}: {}", run.err);
        }
        let run = place.run(&["run", "over", "--data", "d.csv", "--audience", "public"]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
}

#[test]
fn a_table_of_keys_is_not_made_of_a_closed_column() {
    let place = place();
    place.write("keys.csv", "country,secret\nAVA,12\nBRV,13\n");
    let run = seen(&place, PLAIN, &["--crosswalk", "country=keys.csv"]);
    assert_eq!(run.0, 1, "{}", run.1);
    assert!(run.2.contains("`keys` reads a column"), "{}", run.2);
}

#[test]
fn what_says_what_was_verified_is_not_read_where_nothing_asks_for_it() {
    let place = Place::new("");
    place.write(
        "r.risk",
        "framework shelters \"Shelters\" version \"1\"\npanel country by month\n\
         source field \"Field\" { classification confidential }\n\
         indicator a : number in 0..1 from field verification column \"a_ok\"\n\
         indicator p : number in 0..\n\
         factor g { combine mean require 1 known members { a } }\n\
         declassify g because \"a mean\"\nscore y = p\n",
    );
    let text = |said: &str| format!("country,month,p,a,a_ok\nAVA,2024-01,5,0.5,{said}\n");
    let run = seen(&place, &text("perhaps"), &[]);
    assert_eq!(run.0, 0, "{}", run.2);
    assert_eq!(run, seen(&place, &text("yes"), &[]));
}
