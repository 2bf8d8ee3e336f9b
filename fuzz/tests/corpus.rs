//! The corpus replayed, and a few hundred inputs made out of it, the same each time.

use std::path::Path;
use std::time::Duration;

use forewarn_fuzz::campaign::{Limits, campaign, corpus, fault};
use forewarn_fuzz::{TARGETS, Target};

fn hold(target: &Target, executions: u64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let seeds = corpus(&folder, target).expect("the target has a corpus");
    assert!(!seeds.is_empty(), "{} has no corpus", target.name);
    for (name, input) in &seeds {
        assert_eq!(fault(target, input), None, "{}/{name}", target.name);
    }
    let limits = Limits {
        seed: 1,
        from: 0,
        executions,
        time: Duration::from_secs(600),
    };
    let faults = tempfile::tempdir().expect("a folder");
    let outcome = campaign(target, &seeds, limits, faults.path()).expect("a campaign");
    assert_eq!(outcome.executions, executions);
    let said: Vec<&String> = outcome.faults.iter().map(|(_, said)| said).collect();
    assert!(said.is_empty(), "{}: {said:?}", target.name);
}

#[test]
fn nothing_made_of_the_corpus_breaks_a_target() {
    for target in TARGETS {
        hold(target, if target.name == "engines" { 60 } else { 150 });
    }
}
