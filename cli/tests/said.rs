//! What `forewarn explain` says of a small framework, and what has to stand in it.

use crate::place::Place;

/// What `forewarn explain` prints in full, on one line.
#[track_caller]
pub fn told(rules: &str, data: &str, args: &[&str]) -> String {
    let place = Place::new("");
    place.write(
        "r.risk",
        format!("framework demo \"Demo\" version \"1\"\n{rules}"),
    );
    place.write("d.csv", data);
    let words = ["explain", "r.risk", "--data", "d.csv", "--full"];
    let ended = place.run(&[&words[..], args].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
pub fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "no {word:?} in:\n{text}");
    }
}

#[track_caller]
pub fn never(text: &str, words: &[&str]) {
    for word in words {
        assert!(!text.contains(word), "{word:?} in:\n{text}");
    }
}
