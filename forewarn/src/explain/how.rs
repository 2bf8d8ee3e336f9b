//! In words: how a value came about, and why it is missing.

use super::page::{Line, Mark, Role};
use super::values::{
    EQUAL, between, comparison, number, quantities, quantity, share, shares, shown, style,
};
use super::windows::{compared, looked_back};
use crate::words::{count, list};
use forewarn_plan::alerts::Answer;
use forewarn_plan::{Evidence, OnViolation, RowState};
use forewarn_runtime::explain::{
    AddsTo, Alert, AlertCondition, Bands, Cause, Clause, Factor, How, NoSpell, Observation,
    ParamTold, Reason, Shown, TableRow, Unverified,
};
use forewarn_runtime::period::{Period, kind_name};

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

/// Labels up to so many characters are told whole in brief.
const LABEL: usize = 48;

/// A label, cut where that is wanted and it is long.
pub fn short(label: &str, cut: bool) -> String {
    if !cut || label.chars().count() <= LABEL {
        return label.to_owned();
    }
    let start: String = label.chars().take(LABEL - 1).collect();
    format!("{}…", start.trim_end())
}

/// `Armed conflict (armed_conflict)`, or the name alone where it has no other label.
pub fn called(name: &str, label: &str, cut: bool) -> String {
    if label.is_empty() || label == name {
        name.to_owned()
    } else {
        format!("{} ({name})", short(label, cut))
    }
}

/// `[Weight of attacks (wa) = 3 from 2024]`
pub fn param(param: &ParamTold) -> String {
    let value = shown(&param.value);
    let name = called(&param.info.name, &param.info.label, false);
    if param.value.is_open() {
        return format!("[{name} has no value in this period]");
    }
    let mut told = format!("{name} = {value}");
    if let Some(from) = param.from {
        told.push_str(&format!(" from {from}"));
    }
    if let Some(until) = param.until {
        told.push_str(&format!(" until {until}"));
    }
    if param.info.given {
        told.push_str(", given by `--set`");
    }
    format!("[{told}]")
}

/// What follows the name and the value; empty where the lines below say it.
pub fn story(reason: &Reason) -> String {
    match &reason.how {
        How::Observation(observation) => observed(observation, &reason.value),
        How::Calculation
        | How::All
        | How::Any
        | How::Not
        | How::Tally(_)
        | How::Call { .. }
        | How::Constant
            if reason.name.is_some() =>
        {
            format!("= {}", reason.text)
        }
        How::Extreme(names) => {
            let decided = decided_by(names);
            match reason.name {
                Some(_) => format!("= {}, {decided}", reason.text),
                None => format!("({decided})"),
            }
        }
        How::Comparison(sides) => format!("({})", comparison(sides)),
        How::Factor(factor) => combined(factor, unit_of(&reason.value)),
        How::Window(window) if reason.name.is_some() => {
            let told = looked_back(window, says_beginning(reason));
            format!("= {} {told}", reason.text).trim_end().to_owned()
        }
        // What is not there has no peers.
        How::Peers(_) if matches!(reason.cause, Some(Cause::NotApplicable { .. })) => {
            match reason.name {
                Some(_) => format!("= {}", reason.text),
                None => String::new(),
            }
        }
        How::Peers(peers) if reason.name.is_some() => {
            format!("= {} {}", reason.text, compared(peers))
        }
        How::Window(window) => looked_back(window, says_beginning(reason)),
        How::Peers(peers) => compared(peers),
        How::Declassified => declassified(reason),
        How::Calculation
        | How::All
        | How::Any
        | How::Not
        | How::Tally(_)
        | How::Call { .. }
        | How::Constant
        | How::Clauses(_)
        | How::Bands(_)
        | How::Table(_)
        | How::Alert(_)
        | How::Withheld => String::new(),
    }
}

/// `decided by lx`
fn decided_by(names: &[String]) -> String {
    format!("decided by {}", list(names, 6))
}

fn declassified(reason: &Reason) -> String {
    let because = reason.declassified.as_deref().unwrap_or("");
    format!("(declassified: {because})")
}

/// `1 month`, `5 months`
fn periods(count: u32, like: Period) -> String {
    let kind = kind_name(like.kind);
    match count {
        1 => format!("1 {kind}"),
        count => format!("{count} {kind}s"),
    }
}

fn observed(observation: &Observation, value: &Shown) -> String {
    let flag = observation.flag.iter();
    let mut said: Vec<String> = flag
        .map(|flag| format!("flag `{flag}` in the file"))
        .collect();
    if value.is_open() {
        return match said.as_slice() {
            [] => String::new(),
            said => format!("({})", said.join("; ")),
        };
    }
    if let Some(age) = observation.carried {
        let from = observation.carried_from;
        let from = from.map_or_else(String::new, |period| {
            format!(" from {period}, {} old", periods(age, period))
        });
        said.push(format!("carried forward{from}"));
    }
    if observation.missing_means.is_some() && observation.carried.is_none() {
        let said_of_it = match observation.made {
            true => "absent in the data, which means that",
            false => "observed, or what an absent cell means",
        };
        said.push(said_of_it.to_owned());
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

/// What a number is counted in.
fn unit_of(value: &Shown) -> &str {
    match value {
        Shown::Number { unit, .. } | Shown::Between { unit, .. } => unit,
        Shown::Truth(_)
        | Shown::Level { .. }
        | Shown::Count { .. }
        | Shown::Category(_)
        | Shown::Withheld(_) => "",
    }
}

fn combined(factor: &Factor, unit: &str) -> String {
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
    let bounds = match factor.bounds {
        // An estimate is told together with what it could be.
        Some((least, most)) if factor.evidence == Evidence::Estimate && least != most => {
            format!("; it can be {}", between(f64::NAN, (least, most), unit))
        }
        _ => String::new(),
    };
    let mut evidence = share(factor.coverage);
    let required = match (factor.least_coverage, factor.least_known) {
        (Some(least), _) => {
            let (known, least) = shares(factor.coverage, least);
            evidence = known;
            format!(", {least} required")
        }
        (None, Some(least)) if least as usize == factor.members.len() => {
            ", all required".to_owned()
        }
        (None, Some(least)) => format!(", {least} known required"),
        (None, None) => String::new(),
    };
    format!(
        "= {} of {}{adds} (evidence {}{required}{bounds}){}",
        factor.combine,
        count(factor.members.len(), "member"),
        evidence,
        decisive(factor)
    )
}

/// The signs that decide alone, where they are present or may be.
fn decisive(factor: &Factor) -> String {
    let told = |present: Option<bool>| {
        let signs = factor.decisive.iter();
        let signs = signs.filter(|one| one.present == present);
        let signs: Vec<String> = signs
            .map(|one| {
                format!(
                    "`{}` alone makes it at least {}",
                    one.name,
                    number(one.least)
                )
            })
            .collect();
        signs
    };
    let mut said = told(Some(true));
    if let Some(before) = factor.before_decisive {
        said.push(format!("{} without that", number(before)));
    }
    let open = told(None);
    said.extend(open.into_iter().map(|sign| format!("if present, {sign}")));
    if said.is_empty() {
        return String::new();
    }
    format!("; {}", said.join("; "))
}

/// A clause with its answer.
pub fn clause(clause: &Clause, depth: usize) -> Line {
    let mut line = Line::new(depth, Some(Mark::answer(clause.answer)));
    line = line.part(Role::Subject, &clause.place);
    if clause.condition.is_empty() {
        return line.and("otherwise");
    }
    line = line.and(format!("when {}", clause.condition));
    if let Some(miss) = &clause.nearest {
        let unit = unit_of(&miss.comparison.left.compared);
        line = line.note(format!(
            "(nearest: {}, {} off)",
            comparison(&miss.comparison),
            quantity(miss.by, unit)
        ));
    }
    line
}

/// A row of a decision table; rows behind the one that holds are not asked.
pub fn table_row(row: &TableRow, depth: usize) -> Option<Line> {
    let (mark, why) = match row.standing {
        RowState::Behind => return None,
        RowState::Holds => (Mark::Yes, ""),
        RowState::Open => (Mark::Unknown, "(possible)"),
        RowState::GivesWay => (
            Mark::No,
            "(gives way: the row that holds names what is missing)",
        ),
        RowState::Fails => (Mark::No, ""),
    };
    let line = Line::new(depth, Some(mark)).and(format!("{} then", row.text));
    let line = line.part(Role::Value(style(&row.says)), shown(&row.says));
    Some(line.note(why))
}

/// Between what a score lies that has more than one end.
fn ends(score: &Shown) -> Option<(f64, f64)> {
    match score {
        Shown::Count { at_least, at_most }
        | Shown::Between {
            at_least, at_most, ..
        } => Some((*at_least, *at_most)),
        Shown::Number { .. }
        | Shown::Truth(_)
        | Shown::Level { .. }
        | Shown::Category(_)
        | Shown::Withheld(_) => None,
    }
}

/// Where a score stands among its bands.
pub fn bands(bands: &Bands, value: &Shown, depth: usize) -> Line {
    let line = Line::new(depth, None);
    let unit = unit_of(&bands.of);
    let Some(own) = bands.own else {
        return line.and(match ends(&bands.of) {
            Some((least, most)) if least.is_nan() && most.is_nan() => {
                "the score is missing".to_owned()
            }
            Some((least, most)) if !least.is_nan() && !most.is_nan() => {
                let (least, most) = quantities(least, most, unit);
                format!("the score lies between {least} and {most}")
            }
            Some(ends) => format!("the score is {}", between(f64::NAN, ends, unit)),
            None => "the score is missing".to_owned(),
        });
    };
    let low = bands.bands.get(own).map(|(low, _)| *low);
    // With enough digits to be told from the edges beside it.
    let next = bands.bands.get(own + 1).map(|(edge, _)| *edge);
    let edges = low.filter(|low| low.is_finite()).into_iter().chain(next);
    let scores = edges.map(|edge| quantities(bands.score, edge, unit).0);
    let score = scores.max_by_key(String::len);
    let score = score.unwrap_or_else(|| quantity(bands.score, unit));
    let from = match low {
        Some(low) if low.is_finite() => {
            let low = quantities(bands.score, low, unit).1;
            let equal = match bands.is_by_digits() {
                true => format!(", {EQUAL}"),
                false => String::new(),
            };
            format!("{score}, its band begins at {low}{equal}")
        }
        _ => format!("{score} is in the lowest band"),
    };
    let name = |position: usize| match value {
        Shown::Level { names, .. } => names.get(position).cloned().unwrap_or_default(),
        Shown::Number { .. }
        | Shown::Truth(_)
        | Shown::Count { .. }
        | Shown::Between { .. }
        | Shown::Category(_)
        | Shown::Withheld(_) => String::new(),
    };
    let until = bands
        .bands
        .get(own + 1)
        .map_or(String::new(), |(edge, position)| {
            format!(
                ", {} begins at {} ({} to go)",
                name(*position),
                quantities(bands.score, *edge, unit).1,
                quantity(edge - bands.score, unit)
            )
        });
    line.and(format!("{from}{until}"))
}

/// Since when an alert stands where it does, and by what.
pub fn stands(alert: &Alert) -> Vec<String> {
    let spelled = |period: &Option<Period>| period.map(|period| period.to_string());
    let mut said = Vec::new();
    if alert.tier.is_none() {
        let word = |tier: u32| match tier {
            0 if alert.notice => "no",
            _ if alert.notice => "yes",
            0 => "quiet",
            1 => "raised",
            _ => "escalated",
        };
        let (least, most) = alert.between;
        // At any tier between them, too.
        let or = if most == least + 1 { "or" } else { "to" };
        said.push(format!(
            "{} {or} {}: {}",
            word(least),
            word(most),
            undecided(alert)
        ));
    }
    if let Some(since) = spelled(&alert.since) {
        said.push(format!("since {since}"));
    }
    if let Some(event) = alert.event {
        let word = event.word_of(alert.notice);
        said.push(format!("{word} in this period"));
    }
    if let Some(notice) = spelled(&alert.kept_back_by) {
        said.push(format!("kept back by the notice of {notice}"));
    }
    if alert.held {
        said.push("held: a condition is unknown".to_owned());
    }
    // Where it may stand here or there, no clause put it there.
    if let Some(clause) = alert.clause.as_ref().filter(|_| alert.tier.is_some()) {
        said.push(format!("by `{clause}`"));
    }
    said
}

/// What is not known of an alert that may stand here or there.
fn undecided(alert: &Alert) -> String {
    let (_, most) = alert.between;
    let asks = |condition: &&AlertCondition| {
        condition.tier == Some(most) && condition.answer == Answer::Yes && !condition.open
    };
    match alert.conditions.iter().find(asks) {
        Some(condition) => format!(
            "`{}` is yes, and a notice of before the data begin may keep it back",
            condition.text
        ),
        None => "what was before the data begin decides".to_owned(),
    }
}

/// An alert's state, and what its conditions say.
pub fn alert(alert: &Alert, depth: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let said = stands(alert);
    if !said.is_empty() {
        lines.push(Line::words(depth, said.join(", ")));
    }
    for condition in &alert.conditions {
        let lasting = match condition.lasting {
            0 | 1 => String::new(),
            periods => {
                let kind = condition.kind.map_or("period", kind_name);
                format!(" for {}", count(periods as usize, kind))
            }
        };
        let when = if condition.told { "when " } else { "" };
        // What lies before the data could make it another.
        let (mark, note) = match (condition.open, condition.answer) {
            (true, Answer::Yes) => (Mark::Unknown, "(yes as far as the data go back)"),
            (true, Answer::No) => (Mark::Unknown, "(no as far as the data go back)"),
            (_, answer) => (Mark::answer(answer), ""),
        };
        lines.push(
            Line::new(depth, Some(mark))
                .part(Role::Subject, condition.role)
                .and(format!("{when}{}{lasting}", condition.text))
                .note(note),
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
        Cause::SaidUnknown => "(missing: the data say that it is not known)".to_owned(),
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
                OnViolation::Missing | OnViolation::Reject => {
                    format!("(missing: {value} is out of range)")
                }
            }
        }
        Cause::NotVerified(unverified) => {
            let told: Vec<String> = unverified.iter().map(not_verified).collect();
            let open = open_word(&reason.value);
            format!("({open}: not verified: {})", list(&told, 4))
        }
        Cause::NotApplicable {
            condition: Some(words),
            ..
        } => format!("(not applicable here: it applies when `{words}`, which is no)"),
        Cause::NotApplicable {
            condition: None,
            said: None,
        } => "(not applicable here)".to_owned(),
        Cause::NotApplicable {
            condition: None,
            said: Some(said),
        } => match said.observed.filter(|_| said.age > 0) {
            Some(period) => format!(
                "(not applicable, as the data say; carried forward from {period}, {} old)",
                periods(said.age, period)
            ),
            None => "(not applicable, as the data say)".to_owned(),
        },
        Cause::Expired {
            observed: Some(period),
            age,
            after,
        } => format!(
            "(missing: out of date: last observed in {period}, {} before, and expires after {})",
            periods(*age, *period),
            periods(*after, *period)
        ),
        Cause::Expired { observed: None, .. } => "(missing: out of date)".to_owned(),
        Cause::Gap => "(missing: the data has no row for this period)".to_owned(),
        Cause::NoRow { period } => {
            let open = open_word(&reason.value);
            format!("({open}: no row of {period} so far)")
        }
        Cause::NoPeriod { parts } => {
            let open = open_word(&reason.value);
            let parts = parts.iter().map(|(words, x)| format!("`{words}` {x}"));
            let parts: Vec<String> = parts.collect();
            format!("({open}: {} name no period)", list(&parts, 3))
        }
        Cause::BeforeStart => format!("({}: before the data begin)", open_word(&reason.value)),
        Cause::TooFewPeriods { known, required } => {
            let open = open_word(&reason.value);
            format!("({open}: {known} known, {required} required)")
        }
        Cause::Periods {
            unknown,
            before_start,
        } => {
            let mut why = Vec::new();
            if *unknown > 0 {
                why.push(format!("unknown in {}", count(*unknown as usize, "period")));
            }
            if *before_start > 0 {
                let periods = count(*before_start as usize, "period");
                why.push(format!("{periods} before the data begin"));
            }
            format!("({}: {})", open_word(&reason.value), why.join(", "))
        }
        Cause::NoStart { event, unknown } => {
            let open = open_word(&reason.value);
            match unknown {
                Some(period) => {
                    format!("({open}: `{event}` is unknown in {period}, it can begin there)")
                }
                None => format!("({open}: `{event}` was never yes in the data)"),
            }
        }
        Cause::Spell { of, why } => {
            let open = open_word(&reason.value);
            match why {
                NoSpell::Outside => format!("({open}: in no spell of `{of}`)"),
                NoSpell::Start => {
                    format!("({open}: nobody knows when the spell of `{of}` began)")
                }
                NoSpell::Before(period) => {
                    format!("({open}: the spell of `{of}` began in {period}, before the data)")
                }
                NoSpell::End(period) => {
                    format!(
                        "({open}: nobody knows whether the spell of `{of}` went on in {period})"
                    )
                }
            }
        }
        Cause::Coverage => "(missing: not enough evidence)".to_owned(),
        Cause::NoPeers => "(missing: no peer is known)".to_owned(),
        Cause::OpenPeers { unknown } => {
            let open = open_word(&reason.value);
            format!(
                "({open}: nothing is known of {})",
                count(*unknown as usize, "peer")
            )
        }
        Cause::Fault { text, declaration } => {
            let open = open_word(&reason.value);
            format!("({open}: `{text}` in `{declaration}` has no result here)")
        }
        Cause::NotAsked => "(not asked: what stands before it decides)".to_owned(),
        Cause::Stated => format!("({}: the rules say so)", open_word(&reason.value)),
        Cause::Missing(names) => {
            let word = open_word(&reason.value);
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("({word}: rests on {})", list(&names, 4))
        }
    }
}

/// `` `reports` of AVA in 2024-05 by column `reports_verified` ``
fn not_verified(one: &Unverified) -> String {
    let mut told = format!("`{}`", one.indicator);
    if let Some(entity) = &one.entity {
        told.push_str(&format!(" of {entity}"));
    }
    if let Some(period) = one.period {
        told.push_str(&format!(" in {period}"));
    }
    format!("{told} by column `{}`", one.column)
}

/// Does its cause say that it looks back to before the data?
fn says_beginning(reason: &Reason) -> bool {
    match &reason.cause {
        Some(Cause::BeforeStart) => true,
        Some(Cause::Periods { before_start, .. }) => *before_start > 0,
        Some(
            Cause::Absent
            | Cause::SaidUnknown
            | Cause::AbsentOrRefused { .. }
            | Cause::OutOfRange { .. }
            | Cause::NotVerified(_)
            | Cause::NotApplicable { .. }
            | Cause::Expired { .. }
            | Cause::Gap
            | Cause::NoRow { .. }
            | Cause::NoPeriod { .. }
            | Cause::OpenPeers { .. }
            | Cause::TooFewPeriods { .. }
            | Cause::NoStart { .. }
            | Cause::Spell { .. }
            | Cause::Coverage
            | Cause::NoPeers
            | Cause::Fault { .. }
            | Cause::NotAsked
            | Cause::Stated
            | Cause::Missing(_),
        )
        | None => false,
    }
}

/// What people call a value that is open.
fn open_word(value: &Shown) -> &'static str {
    match value {
        Shown::Truth(_) => "unknown",
        Shown::Level { .. } | Shown::Count { .. } | Shown::Between { .. } => "undetermined",
        Shown::Number { .. } | Shown::Category(_) | Shown::Withheld(_) => "missing",
    }
}
