//! Coverage as LCOV records, for editors: a line is hit as often as the point on it that is shown most;
//! each point is one of the line's branches, so that editors mark lines of which only a part is shown.

use crate::test::tested::Tested;
use forewarn_runtime::testing::Covered;
use std::collections::BTreeMap;

pub(super) fn records(tested: &[Tested]) -> String {
    tested.iter().map(of_ruleset).collect()
}

fn of_ruleset(tested: &Tested) -> String {
    let mut files: BTreeMap<&str, BTreeMap<usize, Vec<&Covered>>> = BTreeMap::new();
    for point in tested.coverage.iter().filter(|point| point.counts()) {
        let span = point.point.span;
        if let Some(file) = tested.sources.get(span.file) {
            let (line, _) = tested.sources.line_column(span);
            let lines = files.entry(&file.name).or_default();
            lines.entry(line).or_default().push(point);
        }
    }
    files
        .iter()
        .map(|(file, lines)| record(file, lines))
        .collect()
}

fn record(file: &str, lines: &BTreeMap<usize, Vec<&Covered>>) -> String {
    let mut text = format!("TN:\nSF:{file}\n");
    let (mut found, mut hit) = (0, 0);
    for (line, points) in lines {
        for (number, point) in points.iter().enumerate() {
            found += 1;
            hit += usize::from(point.hits > 0);
            text.push_str(&format!("BRDA:{line},0,{number},{}\n", point.hits));
        }
    }
    text.push_str(&format!("BRF:{found}\nBRH:{hit}\n"));
    let hits = |points: &[&Covered]| points.iter().map(|point| point.hits).max().unwrap_or(0);
    for (line, points) in lines {
        text.push_str(&format!("DA:{line},{}\n", hits(points)));
    }
    let whole = lines.values().filter(|points| hits(points) > 0).count();
    text.push_str(&format!("LF:{}\nLH:{whole}\nend_of_record\n", lines.len()));
    text
}
