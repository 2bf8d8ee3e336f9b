//! One ruleset, `w.risk`, on files that a test writes beside it.

use crate::place::{Ended, Place};

/// Two indicators that may be lacking, and what is read of each.
pub const KILLED_AND_FLED: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
unit deaths
unit people
indicator killed \"People killed\" : deaths in 0.. optional
indicator fled \"People who fled\" : people in 0.. optional
score k = killed
score f = fled
";

pub fn place(rules: &str, files: &[(&str, &str)]) -> Place {
    let place = Place::empty();
    place.write("w.risk", rules);
    for (name, text) in files {
        place.write(name, text);
    }
    place
}

/// Its results as CSV, without the summary.
pub fn run(place: &Place, options: &[&str]) -> Ended {
    let args = ["run", "w.risk", "--to", "csv", "--quiet"];
    place.run(&[&args[..], options].concat())
}

/// The rows of results, of a run that ended well.
#[track_caller]
pub fn rows(ended: &Ended) -> Vec<String> {
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended.out.lines().skip(1).map(str::to_owned).collect()
}

/// What is told has these words, wherever its lines end.
#[track_caller]
pub fn tells(ended: &Ended, words: &[&str]) {
    let told: Vec<&str> = ended.err.split_whitespace().collect();
    let told = told.join(" ");
    for word in words {
        assert!(told.contains(word), "no `{word}` in {}", ended.err);
    }
}

#[track_caller]
pub fn tells_not(ended: &Ended, word: &str) {
    assert!(!ended.err.contains(word), "{}", ended.err);
}
