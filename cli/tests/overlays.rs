//! Wrong overlays, each with the one message that a methodologist sees.

use crate::place;

use place::{HEAD, Place, TOML};

/// What `forewarn check west` says, with the text that it judges.
#[track_caller]
fn told(place: &Place) -> String {
    let ended = place.run(&["check", "west"]);
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(
        ended.err.ends_with("1 error\n"),
        "one slip, one message:\n{}",
        ended.err
    );
    let rules = place.read("west/west.risk");
    format!("{rules}────────\n{}", ended.err)
}

macro_rules! wrong {
    ($name:ident, $changes:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(told(&Place::new($changes)));
        }
    };
}

wrong!(
    an_unknown_target,
    "override param war_treshold = 500 deaths because \"Decision 4\"\n"
);
wrong!(
    another_unit,
    "override param war_threshold = 500 because \"Decision 4\"\n"
);
wrong!(
    something_final,
    "override param emerging_from = 0.3 because \"Decision 4\"\n"
);
wrong!(no_reason, "override weight conflict.at_war = 2\n");
wrong!(
    dropped_but_needed,
    "drop indicator piracy because \"No coast in the States assessed\"\n"
);
wrong!(
    another_kind,
    "replace score at_war = deaths_best / war_threshold because \"Decision 4\"\n"
);
wrong!(
    an_addition_that_does_not_say_so,
    "signal any_death \"Any death\" = deaths_best >= 1 deaths\n"
);

// What was added or dropped before would be lost without a word.
wrong!(
    replaced_after_a_member_was_added,
    "add member hate_speech to conflict weight 1 because \"Decision 4\"\n\
     replace factor conflict \"Conflict\" { combine mean members { at_war, piracy } } because \"Decision 5\"\n"
);
wrong!(
    dropped_after_it_was_added,
    "add member hate_speech to conflict weight 1 because \"Decision 4\"\n\
     drop member conflict.hate_speech because \"Decision 5\"\n"
);
wrong!(
    replaced_after_a_member_was_dropped,
    "drop member conflict.piracy because \"Decision 4\"\n\
     replace factor conflict \"Conflict\" { combine mean members { at_war, piracy } } because \"Decision 5\"\n"
);

#[test]
fn a_group_replaced_after_a_member_was_added() {
    let place = Place::new(
        "add indicator piracy to group signs because \"Decision 4\"\n\
         replace group signs \"Signs\" { hate_speech, piracy } because \"Decision 5\"\n",
    );
    let group = "group signs \"Signs\" { hate_speech }\nscore signs_mean = mean(position(signs))\n";
    let rules = place.read("un/un.risk");
    place.write("un/un.risk", format!("{rules}{group}"));
    place.run(&["lock", "west"]);
    insta::assert_snapshot!(told(&place));
}

wrong!(
    a_leak_of_a_confidential_indicator,
    "add alert early \"Early warning\" { raise when overall is high classification public } because \"Decision 4\"\n"
);
wrong!(
    a_source_made_public,
    "override classification field = public because \"Decision 4\"\n"
);

#[test]
fn a_version_out_of_range() {
    let place = Place::new("");
    let rules = place.read("un/un.risk").replace("1.2.0", "2.0.0");
    place.write("un/un.risk", rules);
    insta::assert_snapshot!(told(&place));
}

#[test]
fn a_file_that_changed_since_it_was_locked() {
    let place = Place::new("");
    let rules = place.read("un/un.risk").replace("1_000", "1_500");
    place.write("un/un.risk", rules);
    insta::assert_snapshot!(told(&place));
    let ended = place.run(&["lock", "west", "--check"]);
    assert_eq!(ended.code, 1, "{}", ended.out);
    place.does(&["lock", "west"]);
    place.does(&["lock", "west", "--check"]);
    place.does(&["check", "west"]);
}

#[test]
fn frameworks_that_extend_each_other() {
    let place = Place::new("");
    let head = "framework un \"UN\" version \"1.2.0\" extends west \"0\"\n";
    place.write("un/un.risk", head);
    place.write(
        "un/forewarn.toml",
        TOML.replace("un", "west").replace("\"1\"", "\"0\""),
    );
    insta::assert_snapshot!(told(&place));
}

#[test]
fn a_reason_that_says_nothing_is_none() {
    let place = Place::new("override weight conflict.at_war = 2 because \" \"\n");
    assert!(told(&place).contains("FW1401"));
}

/// Every message above shows the words of both files, where both are concerned.
#[test]
fn messages_show_both_files() {
    for changes in [
        "override param emerging_from = 0.3 because \"Decision 4\"\n",
        "override param war_threshold = 500 because \"Decision 4\"\n",
        "drop indicator piracy because \"No coast\"\n",
    ] {
        let told = told(&Place::new(changes));
        assert!(told.contains("west/west.risk:2"), "{told}");
        assert!(told.contains("un/un.risk:"), "{told}");
        assert!(told.starts_with(HEAD));
    }
}

#[test]
fn a_manifest_that_does_not_read_is_told_once() {
    let place = Place::new("");
    place.write("west/forewarn.toml", "[dependencies\nun = 3\n");
    insta::assert_snapshot!(told(&place));
}

#[test]
fn what_is_decisive_is_overridden() {
    let place = Place::new("override decisive conflict.piracy = 0.9 because \"Decision 4\"\n");
    place.does(&["check", "west"]);
    let tree = place.does(&["tree", "west"]);
    assert!(tree.contains("override decisive conflict.piracy"), "{tree}");
    let diff = place.run(&["diff", "un/un.risk", "west"]).out;
    assert!(diff.contains("decisive"), "{diff}");
    place.write(
        "d.csv",
        "country,month,deaths_best,hate_speech,piracy\nA,2024-01,0,absent,present\n",
    );
    let of = |rules: &str| {
        let out = place.does(&[
            "run",
            rules,
            "--data",
            "d.csv",
            "--to",
            "csv",
            "--columns",
            "conflict",
        ]);
        out.lines().last().unwrap().to_owned()
    };
    assert_eq!(of("un/un.risk"), "A,2024-01,0.25");
    assert_eq!(of("west"), "A,2024-01,0.9");
    let explained = place.does(&[
        "explain", "west", "--data", "d.csv", "--entity", "A", "conflict",
    ]);
    assert!(explained.contains("Decision 4"), "{explained}");
}

wrong!(
    decisive_twice,
    "override decisive conflict.piracy = 0.9 because \"Decision 4\"\n\
     override decisive conflict.piracy = 0.8 because \"Decision 5\"\n"
);
wrong!(
    decisive_without_its_factor,
    "override decisive piracy = 0.9 because \"Decision 4\"\n"
);
wrong!(
    decisive_for_what_is_not_there,
    "override decisive conflict.pirates = 0.9 because \"Decision 4\"\n"
);

#[test]
fn what_no_rule_reads_may_lie_beside_what_is_extended() {
    let place = Place::new("override param war_threshold = 500 deaths because \"Decision 4\"\n");
    place.write("un/results.csv", "country,month,overall\n");
    place.write("un/notes.md", "Look at this again.\n");
    let ended = place.run(&["check", "west"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    // A rule file is another matter.
    place.write("un/more.risk", "score more = 1\n");
    let ended = place.run(&["check", "west"]);
    assert!(ended.err.contains("FW1311"), "{}", ended.err);
}

#[test]
fn a_unit_that_a_change_leaves_without_use_is_no_slip_of_its_authors() {
    let place = Place::new(
        "replace signal at_war \"War-level fighting\" = hate_speech is present because \"No counts\"\n\
         drop indicator deaths_best because \"No counts\"\n\
         drop param war_threshold because \"No counts\"\n\
         drop test \"war alone elevates\" because \"It counts\"\n",
    );
    let ended = place.run(&["check", "west"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!ended.err.contains("FW0103"), "{}", ended.err);
}

#[test]
fn a_head_that_does_not_read_is_told_without_all_that_it_changes() {
    let place = Place::new("override param war_threshold = 500 deaths because \"Decision 4\"\n");
    let rules = place.read("west/west.risk");
    place.write(
        "west/west.risk",
        rules.replace("extends un", "extends un of the"),
    );
    let ended = place.run(&["check", "west"]);
    assert_eq!(ended.code, 1);
    assert!(!ended.err.contains("FW1407"), "{}", ended.err);
}
