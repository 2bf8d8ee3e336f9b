//! Words that the parser knows as slips of other languages are names like any other where a ruleset declares them: a
//! sound file is never told that it is written otherwise.

use std::collections::BTreeSet;
use std::path::Path;

use forewarn_grammar::parse;

/// Words that begin something where a name would read on: these stand in parentheses before another declaration
/// or clause.
const SPLIT: [&str; 2] = ["cooldown", "framework"];

/// Words of the language that go on from what stands before a truth of that name, or from its label.
const GO_ON: [&str; 3] = ["cooldown", "verification", "when"];

/// A sound file in which a name stands wherever one can.
fn rules(name: &str) -> String {
    let at_an_end = match SPLIT.contains(&name) {
        true => format!("({name})"),
        false => name.to_owned(),
    };
    format!(
        "framework demo \"Demo\" version \"1\"
panel country by month
indicator {name} : number in 0..10 polarity harmful
indicator other : number in 0..10 polarity harmful
indicator flag \"Flag\" : truth
scale concern {{ low < mid < high }}
param limit = 4
let a1 = {name} + 1
let a2 = other / ({name} + 1)
let a3 = {at_an_end}
score s1 \"S1\" = mean({name}, other)
score s2 \"S2\" = if {name} > 3 then {name} else other
score s3 \"S3\" = max({name}, over: 3 months, require: 1 month)
signal t1 \"T1\" = {name} >= 3 and other < {at_an_end}
signal t2 \"T2\" = flag and {name} < 5
signal t3 \"T3\" = limit < {at_an_end}
signal t4 \"T4\" = at least 2 of ({name} > 1, other > 2, flag)
signal t5 \"T5\" = not flag or other > {at_an_end}
factor f1 \"F1\" {{ combine mean require 1 known members {{ {name}, other }} }}
factor f2 \"F2\" {{ combine weighted mean require 1 known members {{ {name} weight 2, -{name} + 10 weight 1 }} }}
level l1 : concern from {name} {{ low in 0..<3, mid in 3..<6, high in 6.. }}
level l2 : concern {{ high when {name} >= 6, mid when other >= {name}, low otherwise }}
table tab : concern by {name}, flag {{ 5.., yes then high, otherwise then low }}
alert al1 {{ raise when {at_an_end} >= 6  clear when {at_an_end} < 3 for 2 months }}
alert al2 {{ raise when other >= {at_an_end}  clear when other < 2 }}
test \"t\" {{ given {name} = 3 given other = 4 given flag = yes expect t1 is no expect {name} is 3 }}
alert al3 {{ raise when {name} >= 6  clear when {name} < 3 }}
score s4 = other factor f3 {{ combine mean require 1 known members {{ {name}, other }} }}
score s5 = 3 * {at_an_end}
factor f4 \"F4\" {{ combine mean require 1 known members {{ {name}, other }} }}
"
    )
}

/// A sound file in which a name of yes and no stands alone.
fn truths(name: &str) -> String {
    format!(
        "framework demo \"Demo\" version \"1\"
panel country by month
indicator {name} \"{name}\" : truth
indicator a \"A\" : number in 0..10
indicator b \"B\" : number in 0..10
scale concern {{ low < mid < high }}
signal t1 \"T1\" = {name}
factor f1 \"F1\" {{ combine mean require 1 known members {{ a, b }} }}
signal t2 = not {name}
factor f2 {{ combine mean require 1 known members {{ a, b }} }}
level l1 : concern {{ high when {name}, mid when not {name} and a > 3, low otherwise }}
level l2 : concern {{ high when a > 8, mid when {name}, low otherwise }}
test \"t\" {{ given {name} = yes expect t1 is yes expect {name} is yes }}
"
    )
}

/// All words between quotation marks in the parser's own source.
fn words(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            words(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("readable");
            let is_name = |word: &&str| {
                !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
            };
            found.extend(text.split('"').filter(is_name).map(str::to_owned));
        }
    }
}

#[test]
fn what_a_ruleset_declares_is_a_name() {
    let mut found = BTreeSet::new();
    words(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    let sound = |text: &str| parse(text).problems.is_empty();
    let mut tried = 0;
    let mut told = Vec::new();
    for word in &found {
        // Words of the language itself are no names.
        let alone = format!("indicator {word} : number in 0..1\nlet b = ({word}) * 2\n");
        if sound(&alone) {
            tried += 1;
            let goes_on = GO_ON.contains(&word.as_str());
            let fits = sound(&rules(word)) && (goes_on || sound(&truths(word)));
            told.extend((!fits).then_some(word.as_str()));
        }
    }
    assert!(tried > 700, "{tried} words");
    assert!(told.is_empty(), "{}", told.join(", "));
}

/// The name of a unit at the end of a line, before a declaration, begins none.
#[test]
fn a_unit_called_as_what_declares_ends_a_line() {
    for name in ["level", "score", "signal", "source", "table", "scale"] {
        let text = format!(
            "framework demo \"Demo\" version \"1\"
panel country by month
unit {name}
indicator a : {name} in 0..
let most = 5 {name}
score s = a / most
signal t = a > 3 {name}
factor f {{ combine mean require 1 known members {{ t }} }}
"
        );
        let problems = parse(&text).problems;
        assert!(problems.is_empty(), "{name}: {problems:?}");
    }
}
