//! Runs that go on from one another, from outside: by weeks and two keys, rules without an alert, rules that change,
//! what explanations and messages say; and runs whose weeks are not the same.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use tempfile::TempDir;

struct Place(TempDir);

struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            place.write(name, text);
        }
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn forewarn(&self, words: &str) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.0.path())
            .args(words.split(' '))
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// What it says where all is well: on standard output and on standard error, in one line each.
    fn says(&self, words: &str) -> (String, String) {
        let ended = self.forewarn(words);
        assert_eq!(ended.code, 0, "{words}\n{}{}", ended.out, ended.err);
        (in_line(&ended.out), in_line(&ended.err))
    }
}

/// Without breaks, and without the frame that words of messages are broken in.
fn in_line(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "│");
    words.collect::<Vec<_>>().join(" ")
}

/// Rules that look back in every way, by weeks from Thursday and by two keys.
const WEEKLY: &str = r#"framework weekly "Weekly" version "1"
panel area, kind by week from thursday
indicator raids "Raids" : number in 0..100
indicator phase "Phase" : number in 1..5 carry forward at most 3 weeks
indicator seen "Seen" : assessment expires after 4 weeks
indicator tense "Tense" : truth
scale c { low < mid < high }
indicator mood "Mood" : c
param limit "Limit" = 40 until "2031-W05", = 55 from "2031-W06"
  cite "invented"
score s1 = sum(raids, over: 4 weeks, require: 1 week)
score s2 = max(raids, over: all, require: 1 week)
score s3 = median(phase, over: 5 weeks, require: 2 weeks)
score s4 = 0.5 * lag(s4, 1 week, first: 1, gap: last) + phase
score s5 = 0.25 * lag(s6, 1 week, first: 2, gap: first) + 1
score s6 = lag(s5, 2 weeks, first: 3, gap: last) + (if tense then 1 else 0)
score s7 = since(tense) / (1 week)
score s8 = sum(raids, since: tense, require: 1 week)
score s9 = at(raids, when: tense)
score s10 = previous(raids) + last(phase)
score s11 = trend(raids, over: 6 weeks, require: 2 weeks) * (1 week)
score s12 = lag(phase, 2 weeks, first: 7, gap: last)
score s13 = lag(raids, 3 weeks, first: 8, gap: first)
score s14 = baseline(raids, over: 5 weeks, require: 1 week)
score s15 = lag(mean(raids, among: all), 1 week)
score s16 = max(zscore(raids), over: 3 weeks, require: 1 week)
signal g1 = ever(raids >= limit)
signal g2 = sustained(raids >= 20, for: 3 weeks)
signal g3 = record_high(raids, over: all, require: 1 week)
signal g4 = crosses(raids, above: 50)
signal g5 = tense or (lag(g5, 1 week, first: no) and not (raids < 10))
signal g6 = sustained(seen is present, for: 2 weeks)
level l1 : c { high when raids >= limit, mid when phase >= 3, low otherwise }
level l2 : c { high when max(l1, over: 3 weeks) >= high, mid when max(l1, over: all) >= mid, low otherwise }
signal g7 = max(mood, over: 4 weeks) >= high
alert a1 "A1" { raise when raids >= limit clear when raids < 10 for 2 weeks cooldown 3 weeks }
alert a2 "A2" {
  raise when s1 >= 60
  escalate when s1 >= 120 for 2 weeks
  clear when s1 < 30
  lower when s1 < 90
  cooldown 4 weeks until clear unless raids >= 90
  on unknown raise
}
alert a3 "A3" { raise when seen is present or phase >= 4 for 2 weeks clear when phase < 3 on unknown clear }
alert a4 "A4" { raise when lag(a1, 1 week) is raised and phase >= 2 clear when a2 is quiet for 2 weeks }
notice n1 "N1" when raids is missing for 2 weeks
notice n2 "N2" when tense for 2 weeks on unknown end
score h1 = max(raids, within: a1) hindsight
score h2 = median(raids, within: tense, require: 1 week) hindsight
score h3 = count(raids, within: a3) hindsight
score h4 = change(phase, within: a1) hindsight
signal h5 = ever(tense, within: a2) hindsight
"#;

/// Who has a row in which week; nobody in the fifth.
const THERE: [(&str, &str); 4] = [
    ("Avalor,n", "1.111.1.11"),
    ("Avalor,s", "11.1.11..1"),
    ("Brenn,n", "..11.11111"),
    ("Corvia,s", "11......11"),
];

#[test]
fn weeks_by_two_keys_that_hand_over_say_what_one_run_says() {
    let place = Place::new(&[("weekly.risk", WEEKLY)]);
    let header = "area,kind,week,raids,phase,seen,tense,mood\n";
    let (mut so_far, mut state) = (header.to_owned(), "none".to_owned());
    for week in 0..10 {
        let mut rows = String::new();
        for (at, (entity, there)) in THERE.iter().enumerate() {
            if there.as_bytes()[week] != b'1' {
                continue;
            }
            let turn = week * 7 + at * 5;
            let raids = ["12", "45", "", "95", "3", "60", "25", "0"][turn % 8];
            let phase = ["3", "", "4", "", "", "1", "5"][turn % 7];
            let seen = ["present", "", "", "absent", ""][turn % 5];
            let tense = ["no", "yes", "", "no"][turn % 4];
            let mood = ["low", "high", "mid", ""][turn % 4];
            let _ = writeln!(
                rows,
                "{entity},2031-W{:02},{raids},{phase},{seen},{tense},{mood}",
                week + 1
            );
        }
        if rows.is_empty() {
            continue;
        }
        so_far.push_str(&rows);
        place.write("now.csv", &format!("{header}{rows}"));
        place.write("all.csv", &so_far);
        let out = format!("w{week}.csv");
        let run =
            format!("run weekly.risk --data now.csv --state {state} -o {out} --engine interpreter");
        let (_, told) = place.says(&run);
        assert!(!told.contains("FW0938"), "{told}");
        place.says(
            "run weekly.risk --data all.csv --state none -o whole.csv -q --engine interpreter",
        );
        let whole = place.read("whole.csv");
        for row in place.read(&out).lines() {
            assert!(
                whole.lines().any(|line| line == row),
                "week {}\n{row}\n{whole}",
                week + 1
            );
        }
        state = out;
    }
    let (_, told) = place.says("verify w9.csv.manifest.json");
    assert!(told.contains("verified") || told.is_empty(), "{told}");
}

const STORE: &str = "framework store \"Store\" version \"1\"
panel area by month
indicator rain \"Rain\" : number in 0..
score water \"Water\" = 0.5 * lag(water, 1 month, first: 1) + rain
signal wet \"Wet\" = ever(rain >= 50)
";

#[test]
fn rules_without_an_alert_hand_over_what_they_look_back_on() {
    let header = "area,month,rain\n";
    let place = Place::new(&[
        ("store.risk", STORE),
        (
            "jan.csv",
            &format!("{header}DOR,2031-01,60\nELB,2031-01,4\n"),
        ),
        ("feb.csv", &format!("{header}ELB,2031-02,8\n")),
        (
            "mar.csv",
            &format!("{header}DOR,2031-03,2\nELB,2031-03,1\n"),
        ),
    ]);
    let (_, told) = place.says("run store.risk --data jan.csv -o jan-r.csv");
    assert!(
        told.contains("own past: `water` begins anew with these data (2031-01); `--state RESULTS`"),
        "{told}"
    );
    let (_, told) = place.says("run store.risk --data feb.csv --state jan-r.csv -o feb-r.csv");
    assert!(
        told.contains("1 area goes on from jan-r.csv.state.json"),
        "{told}"
    );
    assert!(!told.contains("anew"), "{told}");
    // Dorian has no row in February, which is a month without data.
    let (out, told) = place.says("run store.risk --data mar.csv --state feb-r.csv --to csv");
    assert_eq!(
        out, "area,month,water,wet DOR,2031-03,,yes ELB,2031-03,6.125,no",
        "{told}"
    );
    assert!(told.contains("2 areas go on"), "{told}");
    let (_, told) = place.says("run store.risk --data mar.csv --state none");
    assert!(told.contains("before the data: nothing"), "{told}");
    // Where nothing looks back there is nothing to go on from.
    place.write(
        "plain.risk",
        "framework plain \"Plain\" version \"1\"\npanel area by month\nindicator rain : number in 0..\nscore wet = rain * 2\n",
    );
    let refused = place.forewarn("run plain.risk --data mar.csv --state none");
    assert_eq!(refused.code, 2);
    assert!(
        in_line(&refused.err).contains("nothing in `plain` looks back"),
        "{}",
        refused.err
    );
}

/// What values of their own past hand over does not grow with every month.
#[test]
fn own_pasts_hand_over_what_the_next_month_reads() {
    let rules = "framework keep \"Keep\" version \"1\"\npanel area by month\nindicator rain \"Rain\" : number in 0..\n\
                 indicator snow \"Snow\" : number in 0..\nscore plain = lag(plain, 1 month, first: 4) + snow\n\
                 score held = lag(held, 1 month, first: 5, gap: last) + 0 * rain\n\
                 score two = lag(two, 2 months, first: 3, gap: first) + 0 * rain\n\
                 score anew = lag(anew, 1 month, first: 2, gap: first) + 0 * rain\n";
    let header = "area,month,rain,snow\n";
    let place = Place::new(&[("keep.risk", rules)]);
    let (mut state, mut so_far) = ("none".to_owned(), header.to_owned());
    let mut lengths = Vec::new();
    for month in 1..=9 {
        let rain = if matches!(month, 3 | 4 | 8) { "" } else { "1" };
        let row = format!("DOR,2031-{month:02},{rain},0\n");
        so_far.push_str(&row);
        place.write("now.csv", &format!("{header}{row}"));
        place.write("all.csv", &so_far);
        let out = format!("m{month}.csv");
        place.says(&format!(
            "run keep.risk --data now.csv --state {state} -o {out} -q"
        ));
        place.says("run keep.risk --data all.csv --state none -o whole.csv -q");
        let whole = place.read("whole.csv");
        assert_eq!(
            place.read(&out).lines().last(),
            whole.lines().last(),
            "{month}"
        );
        lengths.push(place.read(&format!("{out}.state.json")).len());
        state = out;
    }
    assert_eq!(lengths.get(2 - 1), lengths.get(7 - 1), "{lengths:?}");
    // Months that both have: what was before them is not known there, as their author says of gaps.
    place.write(
        "again.csv",
        &format!("{header}DOR,2031-09,1,0\nDOR,2031-10,1,0\n"),
    );
    let (out, _) = place.says(
        "run keep.risk --data again.csv --state m9.csv --to csv --columns held,two,anew,plain",
    );
    assert_eq!(
        out,
        "area,month,held,two,anew,plain DOR,2031-09,5,3,2, DOR,2031-10,5,3,2,4"
    );
}

#[test]
fn explanations_count_what_was_handed_over() {
    let rules = "framework flood \"Flood\" version \"1\"
panel area by month
indicator rain \"Rain\" : number in 0..
score lately \"Lately\" = sum(rain, over: 3 months)
signal ever_wet \"Ever wet\" = ever(rain >= 50)
score dry \"Dry\" = since(rain >= 50) / (1 month)
score newest \"Newest\" = last(rain)
score before \"Before\" = lag(rain, 2 months)
score most \"Most\" = sum(rain, since: rain >= 50)
alert flood \"Flood\" { raise when rain >= 50  clear when rain < 5 }
score peak \"Peak\" = max(rain, within: flood) hindsight
";
    let header = "area,month,rain\n";
    let place = Place::new(&[
        ("flood.risk", rules),
        (
            "two.csv",
            &format!("{header}DOR,2031-01,60\nDOR,2031-02,30\n"),
        ),
        ("third.csv", &format!("{header}DOR,2031-03,20\n")),
        (
            "all.csv",
            &format!("{header}DOR,2031-01,60\nDOR,2031-02,30\nDOR,2031-03,20\n"),
        ),
    ]);
    place.says("run flood.risk --data two.csv --state none -o two-r.csv");
    let of = |name: &str| {
        let words = format!("explain flood.risk {name} --entity DOR --period 2031-03");
        let (one, _) = place.says(&format!("{words} --data all.csv --state none"));
        let (other, _) = place.says(&format!("{words} --data third.csv --state two-r.csv"));
        (one, other)
    };
    // What is looked back on is told alike; what changed since the last row has none to go back to.
    for (name, wanted) in [
        ("lately", "3 known of 3 periods"),
        ("ever_wet", "1 yes, 2 no"),
        ("dry", "1 yes, 2 no"),
        ("before", "of 2031-01"),
        ("most", "2031-01 to 2031-03, 3 known of 3 periods"),
        ("peak", "2031-01 to 2031-03"),
    ] {
        let (one, other) = of(name);
        assert!(one.contains(wanted), "{name}: {wanted}\n{one}");
        assert!(other.contains(wanted), "{name}: {wanted}\n{other}");
        assert!(!other.contains("before the data"), "{name}\n{other}");
    }
}

#[test]
fn an_old_event_keeps_the_words_of_its_rule() {
    let rules = |limit: u32| {
        format!(
            "framework limit \"Limit\" version \"1\"
panel area by month
indicator raids \"Raids\" : number in 0..
score lately \"Lately\" = sum(raids, over: {} months)
alert much \"Much\" {{ raise when raids >= {limit}  clear when raids < 2 }}
",
            if limit > 9 { 3 } else { 2 }
        )
    };
    let header = "area,month,raids\n";
    let place = Place::new(&[
        ("old.risk", &rules(8)),
        ("new.risk", &rules(60)),
        (
            "jan.csv",
            &format!("{header}DOR,2031-01,9\nELB,2031-01,1\n"),
        ),
        (
            "feb.csv",
            &format!("{header}DOR,2031-02,7\nELB,2031-02,1\n"),
        ),
        (
            "mar.csv",
            &format!("{header}DOR,2031-03,4\nELB,2031-03,70\n"),
        ),
    ]);
    place.says("run old.risk --data jan.csv --state none -o jan-r.csv");
    let (_, told) = place.says("run new.risk --data feb.csv --state jan-r.csv -o feb-r.csv");
    for wanted in [
        "the rules of `much` have changed since: it goes on from where it stood, and what happened before keeps the \
         words of the rule by which it did",
        "what `lately` looks back on is not in it: it knows nothing of periods before these data",
        "run the earlier data again with these rules",
    ] {
        assert!(told.contains(wanted), "{wanted}\n{told}");
    }
    let results = place.read("feb-r.csv");
    assert!(
        results.contains("raised,2031-01,raise when raids >= 8,"),
        "{results}"
    );
    assert!(!results.contains("raids >= 60"), "{results}");
    let words = "explain new.risk much --entity DOR --data feb.csv --state jan-r.csv";
    let (out, _) = place.says(words);
    assert!(out.contains("by `raise when raids >= 8`"), "{out}");
    // The next run still knows, and says the new words of what the new rule does.
    let (out, told) = place.says("run new.risk --data mar.csv --state feb-r.csv --to csv");
    assert!(!told.contains("FW0938"), "{told}");
    assert!(
        out.contains("raised,2031-01,raise when raids >= 8,"),
        "{out}"
    );
    assert!(
        out.contains("raised,2031-03,raise when raids >= 60,"),
        "{out}"
    );
}

#[test]
fn weeks_that_begin_on_other_days_are_not_compared() {
    let rules = |from: &str| {
        format!(
            "framework weekly \"Weekly\" version \"1\"\npanel area by week{from}\n\
             indicator raids \"Raids\" : number in 0..\nscore lately \"Lately\" = sum(raids, over: 2 weeks)\n"
        )
    };
    let place = Place::new(&[
        ("monday.risk", &rules("")),
        ("thursday.risk", &rules(" from thursday")),
        ("d.csv", "area,week,raids\nDOR,2031-W01,9\nDOR,2031-W02,5\n"),
    ]);
    for day in ["monday", "thursday"] {
        place.says(&format!("run {day}.risk --data d.csv -o {day}.csv -q"));
    }
    let refused = |words: &str, wanted: &str| {
        let ended = place.forewarn(words);
        assert_eq!(ended.code, 2, "{}{}", ended.out, ended.err);
        assert!(in_line(&ended.err).contains(wanted), "{}", ended.err);
    };
    let wanted = "goes by the week from thursday, monday.csv by the week from monday: no period of one is one of the other";
    refused("compare thursday.csv monday.csv", wanted);
    refused(
        "diff thursday.risk monday.risk --data d.csv",
        "thursday.risk goes by the week from thursday, monday.risk by the week from monday",
    );
    // Where rules are no longer at hand, the record still knows.
    place.write("thursday.risk", "");
    refused("compare thursday.csv monday.csv", wanted);
    let (out, _) = place.says("compare monday.csv monday.csv");
    assert!(
        out.contains("0 of 2 results differ") || out.contains("no result differs"),
        "{out}"
    );
}

#[test]
fn who_is_away_is_told_once_and_loses_nothing() {
    let rules = "framework flood \"Flood\" version \"1\"
panel area by month
indicator rain \"Rain\" : number in 0..
score most \"Most\" = max(rain, over: all, require: 1 month)
alert flood \"Flood\" { raise when rain >= 50  clear when rain < 5 }
notice dark \"Dark\" when rain is missing for 2 months
";
    let header = "area,month,rain\n";
    let place = Place::new(&[
        ("flood.risk", rules),
        ("m1.csv", &format!("{header}DOR,2031-01,60\n")),
        ("m2.csv", &format!("{header}ELB,2031-02,1\n")),
        ("m3.csv", &format!("{header}ELB,2031-03,2\n")),
        ("m4.csv", &format!("{header}DOR,2031-04,7\nELB,2031-04,3\n")),
    ]);
    let mut state = "none".to_owned();
    let mut told = Vec::new();
    for month in 1..=4 {
        let (_, err) = place.says(&format!(
            "run flood.risk --data m{month}.csv --state {state} -o r{month}.csv --events e{month}.csv"
        ));
        told.push(err);
        state = format!("r{month}.csv");
    }
    assert!(
        told[1].contains("ELB is there for the first time"),
        "{}",
        told[1]
    );
    for err in &told[1..3] {
        assert!(
            err.contains(
                "stopped reporting: DOR after 2031-01 (`flood` raised), while the panel goes on to"
            ),
            "{err}"
        );
    }
    assert!(!told[3].contains("stopped reporting"), "{}", told[3]);
    let silent = "DOR,2031-02,flood,silent,raised,,";
    assert!(
        place.read("e2.csv").contains(silent),
        "{}",
        place.read("e2.csv")
    );
    assert!(
        !place.read("e3.csv").contains("silent"),
        "{}",
        place.read("e3.csv")
    );
    // What happened in the months between is told when it is back, as one run tells it.
    assert!(
        place.read("e4.csv").contains("DOR,2031-03,dark,began,yes"),
        "{}",
        place.read("e4.csv")
    );
    let last = place.read("r4.csv");
    assert!(last.contains("DOR,2031-04,60,raised,2031-01,"), "{last}");
}
