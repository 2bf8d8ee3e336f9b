//! Slips of people who know their subject: each is told once, where it is, with its cause, and with a help
//! that holds.
//!
//! In: `tests/slips/`. Out: a score over all of them, and one over pairs of slips and over tokens left out.

mod changes;
mod framework;
mod judge;
mod made;
mod page;
mod right;
mod shapes;
mod written;

use framework::{Framework, Random, tokens};
use judge::{Score, judge};

/// One thing written otherwise than it should be.
#[derive(Clone, Debug)]
pub struct Slip {
    pub title: String,
    pub framework: &'static str,
    /// Where it begins in the framework, and what stands there.
    pub at: usize,
    pub right: String,
    /// What is written instead.
    pub wrong: String,
    /// The words, within what is written or anywhere in the file, that a message has to touch.
    pub point: String,
    pub codes: Vec<String>,
    /// Further readings that a help may lead to.
    pub readings: Vec<String>,
    /// Words of a help, where no edit can know what is meant.
    pub says: Option<String>,
}

fn all() -> Vec<Slip> {
    let frameworks = Framework::all();
    let mut slips = written::slips(&frameworks);
    slips.extend(made::slips(&frameworks));
    slips
}

#[test]
fn each_is_told_once_in_its_place_with_its_cause_and_a_help_that_holds() {
    let frameworks = Framework::all();
    let slips = all();
    assert!(slips.len() >= 300, "only {} slips", slips.len());
    let mut score = Score::default();
    for slip in &slips {
        let framework = Framework::named(&frameworks, slip.framework);
        score.add(slip, judge(framework, slip));
    }
    println!("{}", score.told());
    assert!(score.share() >= 0.96, "{}", score.told());
}

/// Two slips in different lines are both told.
#[test]
fn pairs_are_told_completely() {
    let frameworks = Framework::all();
    let slips = all();
    let mut random = Random(41);
    let (mut pairs, mut complete, mut withheld) = (0, 0, Vec::new());
    while pairs < 160 {
        let (one, other) = (random.of(slips.len()), random.of(slips.len()));
        let (Some(one), Some(other)) = (slips.get(one), slips.get(other)) else {
            continue;
        };
        let framework = Framework::named(&frameworks, one.framework);
        if one.framework != other.framework || !framework.apart(one, other) {
            continue;
        }
        pairs += 1;
        match judge::lost(framework, one, other) {
            None => complete += 1,
            Some(lost) => withheld.push(lost),
        }
    }
    let share = f64::from(complete) / f64::from(pairs);
    println!("{complete} of {pairs} pairs are told completely");
    assert!(share >= 0.985, "{share:.3}\n{}", withheld.join("\n"));
}

/// One token left out is one message.
#[test]
fn what_is_left_out_is_told_once() {
    let frameworks = Framework::all();
    let mut random = Random(7);
    let (mut told, mut once, mut more) = (0, 0, Vec::new());
    for framework in &frameworks {
        let tokens = tokens(framework.text);
        for _ in 0..130 {
            let Some(token) = tokens.get(random.of(tokens.len())) else {
                continue;
            };
            let mut text = framework.text.to_owned();
            text.replace_range(token.clone(), "");
            let found = judge::compile(&text).found;
            if found.is_empty() {
                continue;
            }
            told += 1;
            if found.len() == 1 {
                once += 1;
            } else {
                let line = framework.line(token.start);
                let left_out = &framework.text[token.clone()];
                let messages = found
                    .iter()
                    .map(|one| format!("    {}: {}", one.code, one.title));
                let messages: Vec<String> = messages.collect();
                more.push(format!(
                    "  `{left_out}` of `{line}`\n{}",
                    messages.join("\n")
                ));
            }
        }
    }
    let share = f64::from(once) / f64::from(told);
    println!("{once} of {told} tokens left out are told once");
    assert!(share >= 0.92, "{share:.3}\n{}", more.join("\n"));
}
