//! Coverage for people: how many points of each kind, then each point that no test shows.

use super::tally::{PackagePoints, Tally, by_kind, parts};
use crate::render::harmless;
use crate::test::tested::Tested;
use crate::words::{count, grouped};
use forewarn_runtime::testing::Covered;

pub(super) fn report(tested: &[Tested]) -> String {
    let mut text = String::new();
    for one in tested {
        for part in parts(one) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&of_part(one, &part));
        }
    }
    text
}

fn of_part(tested: &Tested, part: &PackagePoints<'_>) -> String {
    let head = match part.package.as_str() {
        "" => tested.path.clone(),
        package => format!("{}, of {package}", tested.path),
    };
    let mut text = format!("{head}\n");
    if part.points.is_empty() {
        text.push_str("  nothing to show: no clauses, signals, thresholds, factors or alerts\n");
        return text;
    }
    let mut lines: Vec<(&str, Tally)> = by_kind(&part.points)
        .into_iter()
        .map(|(kind, tally)| (kind.plural(), tally))
        .collect();
    lines.push(("all", Tally::of(part.points.iter().copied())));
    let name = lines.iter().map(|(name, _)| name.chars().count()).max();
    let shown = |tally: &Tally| {
        let (shown, all) = (grouped(tally.shown as u64), grouped(tally.all as u64));
        format!("{shown} of {all}")
    };
    let wide = lines.iter().map(|(_, tally)| shown(tally).len()).max();
    let (name, wide) = (name.unwrap_or(0), wide.unwrap_or(0));
    for (kind, tally) in &lines {
        let pad = name - kind.chars().count();
        let percent = tally.words();
        text.push_str(&format!(
            "  {kind}{:pad$}  {:>wide$}  {percent:>5}\n",
            "",
            shown(tally)
        ));
    }
    let excluded = part.points.iter().filter(|point| !point.counts()).count();
    if excluded > 0 {
        let points = count(excluded, "point");
        text.push_str(&format!(
            "  not counted: {points} that the ranges of the rules exclude\n"
        ));
    }
    for point in &part.points {
        if point.hits == 0 && point.counts() {
            text.push_str(&line(tested, point));
        }
    }
    text
}

/// `` watch.risk:31: `high` never decides in `overall` ``
fn line(tested: &Tested, point: &Covered) -> String {
    let span = point.point.span;
    let file = tested.sources.get(span.file);
    let file = file.map_or("", |file| file.name.as_str());
    let (line, _) = tested.sources.line_column(span);
    let lacking = harmless(&point.point.lacking());
    format!("{}:{line}: {lacking}\n", harmless(file))
}
