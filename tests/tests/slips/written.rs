//! Slips that were written down: `tests/slips/*.slips`, as its page describes them.

use super::Slip;
use super::framework::Framework;

const WRITTEN: &[&str] = &[
    include_str!("../../slips/written.slips"),
    include_str!("../../slips/constructs.slips"),
    include_str!("../../slips/phrases.slips"),
    include_str!("../../slips/spoken.slips"),
    include_str!("../../slips/ordered.slips"),
    include_str!("../../slips/checks.slips"),
    include_str!("../../slips/exchanged.slips"),
    include_str!("../../slips/silent.slips"),
    include_str!("../../slips/causes.slips"),
    include_str!("../../slips/meant.slips"),
    include_str!("../../slips/figures.slips"),
    include_str!("../../slips/forms.slips"),
    include_str!("../../slips/languages.slips"),
    include_str!("../../slips/wording.slips"),
    include_str!("../../slips/offices.slips"),
    include_str!("../../slips/amounts.slips"),
    include_str!("../../slips/asked.slips"),
    include_str!("../../slips/lasting.slips"),
    include_str!("../../slips/parts.slips"),
    include_str!("../../slips/properties.slips"),
    include_str!("../../slips/signs.slips"),
    include_str!("../../slips/cells.slips"),
    include_str!("../../slips/aloud.slips"),
    include_str!("../../slips/trades.slips"),
    include_str!("../../slips/outsiders.slips"),
];

pub fn slips(frameworks: &[Framework]) -> Vec<Slip> {
    WRITTEN
        .iter()
        .flat_map(|file| file.split("\n## "))
        .filter(|entry| !entry.trim().is_empty())
        .map(|entry| read(frameworks, entry.trim_start_matches("## ")))
        .collect()
}

fn read(frameworks: &[Framework], entry: &str) -> Slip {
    let mut lines = entry.lines();
    let title = lines.next().unwrap_or_default().to_owned();
    let mut name = "";
    // A line without a sign goes on with the one before.
    let mut parts: Vec<(char, String)> = Vec::new();
    for line in lines {
        if let Some(framework) = line.strip_prefix("in ") {
            name = framework;
            continue;
        }
        let sign = line.chars().next().filter(|sign| "-+@?=!".contains(*sign));
        match sign {
            Some(sign) if line[1..].starts_with(' ') => parts.push((sign, line[2..].to_owned())),
            _ => {
                if let Some((_, text)) = parts.last_mut() {
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
    }
    let all = |sign: char| {
        let texts = parts.iter().filter(move |(its, _)| *its == sign);
        texts.map(|(_, text)| text.trim_end().to_owned())
    };
    let one = |sign: char| {
        all(sign)
            .next()
            .unwrap_or_else(|| panic!("`{title}` has no line with {sign}"))
    };
    let framework = Framework::named(frameworks, name);
    let right = one('-');
    let at = framework
        .text
        .find(&right)
        .unwrap_or_else(|| panic!("`{title}`: {name} has no `{right}`"));
    Slip {
        framework: framework.name,
        at,
        right,
        wrong: one('+'),
        point: one('@'),
        codes: one('?').split_whitespace().map(str::to_owned).collect(),
        readings: all('=').collect(),
        says: all('!').next(),
        title,
    }
}
