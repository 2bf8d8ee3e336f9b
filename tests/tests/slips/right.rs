//! What is right, if unusual, draws no message: `tests/slips/right.slips`.

use super::framework::Framework;
use super::judge::compile;

const RIGHT: &str = include_str!("../../slips/right.slips");

#[test]
fn what_is_right_draws_no_message() {
    let frameworks = Framework::all();
    let mut told = Vec::new();
    let mut count = 0;
    for entry in RIGHT.split("\n## ") {
        let (title, rest) = entry.split_once('\n').unwrap_or((entry, ""));
        let (name, rest) = rest
            .strip_prefix("in ")
            .and_then(|rest| rest.split_once('\n'))
            .unwrap_or_else(|| panic!("`{title}` has no framework"));
        let (usual, other) = rest
            .strip_prefix("- ")
            .and_then(|rest| rest.split_once("\n+ "))
            .unwrap_or_else(|| panic!("`{title}` has no two readings"));
        let text = Framework::named(&frameworks, name).text;
        assert!(text.contains(usual), "`{title}`: {name} has no `{usual}`");
        let found = compile(&text.replacen(usual, other.trim_end(), 1)).found;
        told.extend(
            found
                .iter()
                .map(|one| format!("{title}: {} {}", one.code, one.title)),
        );
        count += 1;
    }
    assert!(count > 20, "only {count} are right");
    assert!(told.is_empty(), "{}", told.join("\n"));
}
