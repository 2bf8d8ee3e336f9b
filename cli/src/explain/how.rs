//! In words: how a value came about, and why it is missing.

use super::lines::{Line, Mark};
use super::values::{comparison, number, share, shown, with_unit};
use crate::paint::Style;
use crate::words::{count, list};
use forewarn_plan::{OnViolation, Standing};
use forewarn_runtime::explain::{
    AddsTo, Alert, Bands, Cause, Clause, Factor, How, Observation, Peers, Reason, Shown, TableRow,
    Window,
};
use forewarn_runtime::period::Period;

/// `"Overall concern"`
/// `[7.1, recalled]`: how a publication numbers it, and whether that was compared with it.
pub fn numbered(reason: &Reason) -> String {
    let provenance = reason
        .provenance
        .map(|provenance| provenance.word().to_owned());
    let said: Vec<String> = reason.code.iter().cloned().chain(provenance).collect();
    if said.is_empty() {
        return String::new();
    }
    format!("[{}]", said.join(", "))
}

pub fn label(label: &str) -> String {
    if label.is_empty() {
        String::new()
    } else {
        format!("“{label}”")
    }
}

/// What follows the name and the value; empty where the lines below say it.
pub fn story(reason: &Reason) -> String {
    match &reason.how {
        How::Observation(observation) => observed(observation, &reason.value),
        How::Calculation | How::All | How::Any | How::Not if reason.name.is_some() => {
            format!("= {}", reason.text)
        }
        How::Comparison(sides) => format!("({})", comparison(sides)),
        How::Factor(factor) => combined(factor),
        How::Window(window) => looked_back(window),
        How::Peers(peers) => compared(peers),
        How::Declassified => declassified(reason),
        _ => String::new(),
    }
}

fn declassified(reason: &Reason) -> String {
    let because = reason.declassified.as_deref().unwrap_or("");
    format!("(declassified: {because})")
}

fn observed(observation: &Observation, value: &Shown) -> String {
    if value.is_open() {
        return String::new();
    }
    let mut said: Vec<String> = Vec::new();
    match &observation.carried_from {
        Some(period) => said.push(format!("carried forward from {period}")),
        None if observation.carried => said.push("carried forward".to_owned()),
        None => {}
    }
    if observation.missing_means.is_some() && !observation.carried {
        said.push("observed, or what an absent cell means".to_owned());
    }
    match (observation.verified, observation.counts_verified_only) {
        (Some(false), false) => said.push("not verified".to_owned()),
        (Some(false), true) => said.push("not verified, so it does not count".to_owned()),
        _ => {}
    }
    if said.is_empty() {
        return String::new();
    }
    format!("({})", said.join("; "))
}

fn combined(factor: &Factor) -> String {
    let adds = match factor.adds_to {
        AddsTo::Value => String::new(),
        AddsTo::Logarithm => "; parts in logarithms".to_owned(),
        AddsTo::Reciprocal => "; parts of the reciprocal".to_owned(),
        AddsTo::Power(power) => format!("; parts of the value to the power of {}", number(power)),
        AddsTo::Complement => "; parts of -ln(1 - value)".to_owned(),
        AddsTo::Decides => "; all of it from the member that decides".to_owned(),
        AddsTo::Yes => "; 1 for each yes".to_owned(),
        AddsTo::LeaveOneOut => "; what each member adds to the others".to_owned(),
    };
    let required = match (factor.least_coverage, factor.least_known) {
        (Some(least), _) => format!(", {} required", share(least)),
        (None, Some(least)) if least as usize == factor.members.len() => {
            ", all required".to_owned()
        }
        (None, Some(least)) => format!(", {least} known required"),
        (None, None) => String::new(),
    };
    format!(
        "= {} of {}{adds} (evidence {}{required})",
        factor.combine,
        count(factor.members.len(), "member"),
        share(factor.coverage)
    )
}

fn looked_back(window: &Window) -> String {
    if window.what == "lag" {
        let at = window.cells.first();
        return at.map_or(String::new(), |(period, _)| format!("(of {period})"));
    }
    let all = match window.over {
        Some(over) => count(over as usize, "period"),
        None => "all periods so far".to_owned(),
    };
    let required = window
        .require
        .map_or(String::new(), |require| format!(", {require} required"));
    let span = match (window.cells.first(), window.cells.last()) {
        (Some((first, _)), Some((last, _))) if first != last => format!("{first} to {last}, "),
        (Some((only, _)), _) => format!("{only}, "),
        _ => String::new(),
    };
    let before = match window.before_start {
        0 => String::new(),
        before => format!(", {before} before the data begin"),
    };
    format!("({span}{} known of {all}{required}{before})", window.known)
}

fn compared(peers: &Peers) -> String {
    let whom = match (&peers.group, &peers.baseline) {
        (Some(group), _) => format!("of `{group}`"),
        (None, Some((first, last))) => format!("{first} to {last}"),
        (None, None) => "of this period".to_owned(),
    };
    let rank = peers
        .rank
        .map_or(String::new(), |rank| format!(", rank {rank} from the top"));
    let range = if peers.known == 0 {
        String::new()
    } else {
        format!(
            ", from {} to {}",
            number(peers.lowest),
            number(peers.highest)
        )
    };
    format!("({} {whom} known{range}{rank})", peers.known)
}

/// The cells of a window, in a line.
pub fn cells(window: &Window, depth: usize) -> Option<Line> {
    if window.what == "lag" || window.cells.is_empty() || window.cells.len() > 24 {
        return None;
    }
    let numbers = window.cells.iter().map(|(_, x)| *x);
    let digits = crate::numbers::Digits::for_column(numbers);
    let cells: Vec<String> = window.cells.iter().map(|(_, x)| digits.write(*x)).collect();
    Some(Line::new(depth, None).faint(cells.join(" · ")))
}

/// A clause with its answer.
pub fn clause(clause: &Clause, depth: usize) -> Line {
    let mut line = Line::new(depth, Some(Mark::answer(clause.answer)));
    if clause.text.is_empty() {
        return line.styled(&clause.place, Style::Strong).and("otherwise");
    }
    // The words of the source begin with the place itself, by its name.
    let words = clause.text.split_once(char::is_whitespace);
    line = line.styled(&clause.place, Style::Strong);
    line = line.and(words.map_or("", |(_, words)| words).trim().to_owned());
    if let Some(miss) = &clause.nearest {
        let unit = match &miss.comparison.left.value {
            Shown::Number { unit, .. } => unit.as_str(),
            _ => "",
        };
        line = line.faint(format!(
            "(nearest: {}, {} off)",
            comparison(&miss.comparison),
            with_unit(number(miss.by), unit)
        ));
    }
    line
}

/// A row of a decision table; rows behind the one that holds are not asked.
pub fn table_row(row: &TableRow, depth: usize) -> Option<Line> {
    let (mark, why) = match row.standing {
        Standing::Behind => return None,
        Standing::Holds => (Mark::Yes, ""),
        Standing::Open => (Mark::Unknown, "(possible)"),
        Standing::GivesWay => (
            Mark::No,
            "(gives way: the row that holds names what is missing)",
        ),
        Standing::Fails => (Mark::No, ""),
    };
    let line = Line::new(depth, Some(mark)).and(format!("{} then", row.text));
    Some(line.styled(shown(&row.says), Style::Strong).faint(why))
}

/// Where a score stands among its bands.
pub fn bands(bands: &Bands, value: &Shown, depth: usize) -> Line {
    let line = Line::new(depth, None);
    let Some(own) = bands.own else {
        return line.and("the score is missing");
    };
    let low = bands.bands.get(own).map(|(low, _)| *low);
    let high = bands.bands.get(own + 1);
    let from = match low {
        Some(low) if low.is_finite() => format!("its band begins at {}", number(low)),
        _ => "in the lowest band".to_owned(),
    };
    let name = |position: usize| match value {
        Shown::Level { names, .. } => names.get(position).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let until = high.map_or(String::new(), |(edge, position)| {
        format!(
            ", {} begins at {} ({} to go)",
            name(*position),
            number(*edge),
            number(edge - bands.score)
        )
    });
    line.and(format!("{} is {from}{until}", number(bands.score)).replace(" is its", ", its"))
}

/// An alert's state, and what its conditions say.
pub fn alert(alert: &Alert, depth: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let spelled = |period: &Option<Period>| period.map(|period| period.to_string());
    let mut said = Vec::new();
    if let Some(since) = spelled(&alert.since) {
        said.push(format!("since {since}"));
    }
    if let Some(event) = alert.event {
        said.push(format!("{} in this period", event.word()));
    }
    if let Some(notice) = spelled(&alert.kept_back_by) {
        said.push(format!("kept back by the notice of {notice}"));
    }
    if alert.held {
        said.push("held: a condition is unknown".to_owned());
    }
    if let Some(clause) = &alert.clause {
        said.push(format!("by `{clause}`"));
    }
    if !said.is_empty() {
        lines.push(Line::plain(depth, said.join(", ")));
    }
    for (role, words, answer) in &alert.conditions {
        let words = words.strip_prefix(role).unwrap_or(words).trim();
        lines.push(
            Line::new(depth, Some(Mark::answer(*answer)))
                .styled(*role, Style::Strong)
                .and(words),
        );
    }
    lines
}

/// Why a value is open; empty where it is not.
pub fn cause(reason: &Reason) -> String {
    let Some(cause) = &reason.cause else {
        return String::new();
    };
    match cause {
        Cause::Absent => "(missing: absent in the data)".to_owned(),
        Cause::AbsentOrRefused {
            out_of_range,
            unreadable,
        } => {
            let mut others = Vec::new();
            if *out_of_range > 0 {
                others.push(format!(
                    "{} out of range",
                    count(*out_of_range as usize, "cell")
                ));
            }
            if *unreadable > 0 {
                others.push(format!(
                    "{} unreadable",
                    count(*unreadable as usize, "cell")
                ));
            }
            let others = list(&others, 3);
            format!("(missing: absent, or not taken; its column has {others})")
        }
        Cause::OutOfRange { value, policy } => {
            let value = number(*value);
            match policy {
                OnViolation::Clamp => format!("(moved to the end of its range: {value})"),
                _ => format!("(missing: {value} is out of range)"),
            }
        }
        Cause::Gap => "(missing: the data has no row for this period)".to_owned(),
        Cause::BeforeStart => "(missing: before the data begin)".to_owned(),
        Cause::TooFewPeriods { known, required } => {
            format!("(missing: {known} known, {required} required)")
        }
        Cause::Coverage => "(missing: not enough evidence)".to_owned(),
        Cause::NoPeers => "(missing: no peer is known)".to_owned(),
        Cause::Fault { text, declaration } => {
            format!("(missing: `{text}` in `{declaration}` has no result here)")
        }
        Cause::Stated => "(missing: the rules say so)".to_owned(),
        Cause::Missing(names) => {
            let word = if matches!(reason.value, Shown::Truth(_)) {
                "unknown"
            } else if matches!(reason.value, Shown::Level { .. } | Shown::Count { .. }) {
                "undetermined"
            } else {
                "missing"
            };
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("({word}: rests on {})", list(&names, 4))
        }
    }
}

/// `deaths_best 1 240 deaths`
pub fn named(name: &str, value: &Shown) -> String {
    format!("{name} {}", shown(value))
}
