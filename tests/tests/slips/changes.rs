//! What is changed of a base, in other words: each line is told once, with the edit that makes it what was meant.

use forewarn_grammar::parse;

const HEAD: &str = "framework isle \"Isle\" version \"1.0.0\" extends base \"1\"\n\n";

/// The line as it is once the one problem's edits are made, or all problems.
fn mended(line: &str) -> Result<String, String> {
    let text = format!("{HEAD}{line}\n");
    let problems = parse(&text).problems;
    let [problem] = problems.as_slice() else {
        return Err(format!("{problems:?}"));
    };
    let Some(mut edits) = problem.exchange() else {
        return Err(format!("{problem:?}"));
    };
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut whole = text;
    for (span, words) in edits {
        whole.replace_range(span.start as usize..span.end as usize, &words);
    }
    let left = parse(&whole).problems;
    match left.is_empty() {
        true => Ok(whole[HEAD.len()..].trim_end().to_owned()),
        false => Err(format!("{left:?}")),
    }
}

#[test]
fn changes_in_other_words_are_told_once() {
    let because = "because \"Boats come once a month\"";
    for (written, meant) in [
        (
            "change param patience = 4 months",
            "override param patience = 4 months",
        ),
        (
            "modify weight access.food = 2",
            "override weight access.food = 2",
        ),
        (
            "update signal crowded = held > places",
            "replace signal crowded = held > places",
        ),
        (
            "replace crowded = held > places",
            "replace signal crowded = held > places",
        ),
        (
            "new indicator storms \"Storms\" : number in 0..12",
            "add indicator storms \"Storms\" : number in 0..12",
        ),
        ("new member storms to access", "add member storms to access"),
        (
            "override source food = \"families\"",
            "override source food = families",
        ),
        (
            "override column held = detained",
            "override column held = \"detained\"",
        ),
        (
            "override indicator held column \"detained\"",
            "override column held = \"detained\"",
        ),
        (
            "override indicator held from families",
            "override source held = families",
        ),
    ] {
        let found = mended(&format!("{written} {because}"));
        assert_eq!(found, Ok(format!("{meant} {because}")), "{written}");
    }
    let found = mended("drop notice blind (Our office calls them)");
    let meant = "drop notice blind because \"Our office calls them\"";
    assert_eq!(found, Ok(meant.to_owned()));
}

#[test]
fn what_a_framework_is_built_on_is_extended() {
    for words in [
        "based on",
        "derived from",
        "inherits from",
        "inherits",
        "builds on",
    ] {
        let text = format!("framework isle \"Isle\" version \"1.0.0\" {words} base \"1\"\n");
        let problems = parse(&text).problems;
        let edits: Vec<_> = problems.iter().filter_map(|one| one.exchange()).collect();
        assert_eq!(problems.len(), 1, "{words}: {problems:?}");
        let [(_, instead)] = edits.concat().try_into().unwrap();
        assert_eq!(instead, "extends", "{words}");
    }
}
