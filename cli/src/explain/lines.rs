//! An explanation as lines, each a step in or out of the one before: what terminals and Markdown
//! share. Lines of depth 0 are titles.

use super::values::{answer, comparison, number, share, shown, signed};
use super::{how, outlook};
use crate::paint::Style;
use crate::render::harmless;
use forewarn_compiler::translations::Messages;
use forewarn_plan::alerts::Answer;
use forewarn_plan::{Grounds, Plan};
use forewarn_runtime::explain::{AddsTo, Explanation, Factor, Finding, How, Reason, Shown};

/// What a truth says, in front of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Yes,
    No,
    Unknown,
}

impl Mark {
    pub fn of(truth: Option<bool>) -> Self {
        match truth {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    pub fn answer(answer: Answer) -> Self {
        match answer {
            Answer::Yes => Self::Yes,
            Answer::No => Self::No,
            Answer::Unknown => Self::Unknown,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub depth: usize,
    pub mark: Option<Mark>,
    /// Set apart by blanks.
    pub parts: Vec<(String, Option<Style>)>,
}

impl Line {
    pub fn new(depth: usize, mark: Option<Mark>) -> Self {
        Self {
            depth,
            mark,
            parts: Vec::new(),
        }
    }

    pub fn plain(depth: usize, text: impl Into<String>) -> Self {
        Self::new(depth, None).and(text)
    }

    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.push(text, None);
        self
    }

    pub fn styled(mut self, text: impl Into<String>, style: Style) -> Self {
        self.push(text, Some(style));
        self
    }

    pub fn faint(self, text: impl Into<String>) -> Self {
        self.styled(text, Style::Faint)
    }

    fn push(&mut self, text: impl Into<String>, style: Option<Style>) {
        // Names and labels come from rules and data, whatever stands in them.
        let text = harmless(&text.into());
        if !text.is_empty() {
            self.parts.push((text, style));
        }
    }
}

/// The style of a value: levels have their colours, what is open stands out.
pub fn style(value: &Shown) -> Style {
    match value {
        Shown::Level {
            names,
            at_least,
            at_most,
        } if at_least == at_most => Style::Level {
            position: *at_least,
            of: names.len(),
        },
        Shown::Withheld(_) => Style::Faint,
        value if value.is_open() => Style::Warning,
        _ => Style::Strong,
    }
}

pub fn lines(plan: &Plan, told: &Explanation, messages: &Messages) -> Vec<Line> {
    let framework = &plan.framework;
    let name = if framework.label.is_empty() {
        &framework.name
    } else {
        &framework.label
    };
    let key = match &told.period {
        Some(period) => format!("{}, {period}", told.entity),
        None => told.entity.clone(),
    };
    let mut lines = vec![
        Line::new(0, None)
            .styled(key, Style::Strong)
            .faint(format!("· {name} {}", framework.version)),
    ];
    for finding in &told.results {
        finding_lines(finding, messages, &mut lines);
    }
    lines
}

fn finding_lines(finding: &Finding, messages: &Messages, lines: &mut Vec<Line>) {
    let reason = &finding.reason;
    let name = reason.name.as_deref().unwrap_or(&reason.text);
    lines.push(
        Line::new(0, None)
            .styled(format!("{name}:"), Style::Strong)
            .styled(shown(&reason.value), style(&reason.value))
            .faint(how::label(&reason.label))
            .faint(how::numbered(reason))
            .faint(if reason.above {
                format!("({})", messages.say("explained_above"))
            } else {
                String::new()
            }),
    );
    if !reason.above {
        let mut own = Line::plain(1, how::story(reason));
        own = own.styled(how::cause(reason), Style::Warning);
        if !own.parts.is_empty() {
            lines.push(own);
        }
        cites(reason, 1, lines);
        below(reason, 1, lines);
    }
    outlook::settle(finding, messages, lines);
    outlook::change(finding, messages, lines);
    outlook::since(finding, messages, lines);
}

/// Where it comes from and why it is as it is: sources, citations, reasons, changes.
fn cites(reason: &Reason, depth: usize, lines: &mut Vec<Line>) {
    let mut say = |text: String| lines.push(Line::new(depth, None).faint(text));
    grounds(&reason.cites, &reason.grounds, "", &mut say);
    for param in &reason.params {
        let before = format!("{}: ", param.name);
        grounds(&param.cites, &param.grounds, &before, &mut say);
    }
}

fn grounds(cites: &[String], grounds: &Grounds, before: &str, say: &mut impl FnMut(String)) {
    if let Some(source) = &grounds.source {
        say(format!("[{before}from {source}]"));
    }
    for cite in cites {
        say(format!("[{before}{cite}]"));
    }
    if let Some(because) = &grounds.because {
        say(format!("[{before}{because}]"));
    }
    for change in &grounds.changes {
        say(format!(
            "[{} {}: {} ({})]",
            change.what, change.target, change.because, change.by
        ));
    }
}

/// A reason with all that is below it; `before` is what its line begins with.
fn reason_lines(reason: &Reason, before: Option<String>, depth: usize, lines: &mut Vec<Line>) {
    let mark = match (&reason.value, &reason.how) {
        (Shown::Truth(truth), _) => Some(Mark::of(*truth)),
        _ => None,
    };
    let mut line = Line::new(depth, mark);
    if let Some(before) = before {
        line = line.and(before);
    }
    match (&reason.name, &reason.how) {
        (Some(name), _) => {
            line = line.styled(name, Style::Strong);
            line = line.styled(shown(&reason.value), style(&reason.value));
        }
        (None, How::Comparison(sides)) => line = line.and(comparison(sides)),
        // Its mark says what a truth is.
        (None, _) if mark.is_some() => line = line.and(reason.text.clone()),
        (None, _) => {
            line = line.and(format!("{}:", reason.text));
            line = line.styled(shown(&reason.value), style(&reason.value));
        }
    }
    if reason.above {
        lines.push(line.faint("(as above)"));
        return;
    }
    line = line.faint(how::numbered(reason));
    if reason.name.is_some() || !matches!(reason.how, How::Comparison(_)) {
        line = line.and(how::story(reason));
    }
    line = line.styled(how::cause(reason), Style::Warning);
    lines.push(line);
    cites(reason, depth + 1, lines);
    below(reason, depth + 1, lines);
}

/// What stands below a reason's own line.
fn below(reason: &Reason, depth: usize, lines: &mut Vec<Line>) {
    match &reason.how {
        How::Clauses(clauses) => {
            let mut parts = reason.because.iter();
            let mut over = false;
            for clause in clauses {
                let asked = !over && !clause.text.is_empty();
                let part = if asked { parts.next() } else { None };
                if over {
                    continue;
                }
                over = clause.decides;
                lines.push(how::clause(clause, depth));
                if let Some(part) = part {
                    condition(part, depth + 1, lines);
                }
            }
        }
        How::Factor(factor) => members(factor, reason, depth, lines),
        How::Alert(alert) => {
            for line in how::alert(alert, depth) {
                lines.push(line);
            }
            parts(reason, depth, lines);
        }
        How::Table(rows) => {
            for row in rows {
                lines.extend(how::table_row(row, depth));
            }
            parts(reason, depth, lines);
        }
        How::Bands(bands) => {
            lines.push(how::bands(bands, &reason.value, depth));
            parts(reason, depth, lines);
        }
        How::Window(window) => {
            lines.extend(how::cells(window, depth));
            parts(reason, depth, lines);
        }
        _ => parts(reason, depth, lines),
    }
}

/// A clause's condition, whose words stand above it already.
fn condition(reason: &Reason, depth: usize, lines: &mut Vec<Line>) {
    let whole = matches!(reason.how, How::All | How::Any | How::Calculation) || tally(reason);
    if reason.name.is_none() && whole && !reason.above {
        parts(reason, depth, lines);
    } else {
        reason_lines(reason, None, depth, lines);
    }
}

/// Do a reason's parts ask the same of several things?
fn tally(reason: &Reason) -> bool {
    let same = reason
        .because
        .iter()
        .filter(|part| part.name.is_none() && matches!(part.how, How::Comparison(_)))
        .map(|part| part.text.as_str());
    let mut texts: Vec<&str> = same.collect();
    texts.sort_unstable();
    texts.chunk_by(|a, b| a == b).any(|same| same.len() > 2)
}

fn parts(reason: &Reason, depth: usize, lines: &mut Vec<Line>) {
    let is_comparison = matches!(reason.how, How::Comparison(_));
    if tally(reason) {
        tallied(&reason.because, depth, lines);
        return;
    }
    for part in &reason.because {
        // A comparison shows both sides itself.
        if is_comparison && part.above {
            continue;
        }
        reason_lines(part, None, depth, lines);
    }
}

/// `✓ conflict 0.78, state 0.71`, `? tension –`, `✗ 11 others`, then what they are made of.
fn tallied(because: &[Reason], depth: usize, lines: &mut Vec<Line>) {
    for wanted in [Some(true), None, Some(false)] {
        let names: Vec<String> = because
            .iter()
            .filter(|part| part.value == Shown::Truth(wanted))
            .map(|part| match &part.how {
                How::Comparison(sides) => {
                    format!("{} {}", sides.left.text, shown(&sides.left.value))
                }
                _ => part.text.clone(),
            })
            .collect();
        if !names.is_empty() {
            let count = names.len();
            lines.push(
                Line::new(depth, Some(Mark::of(wanted)))
                    .styled(format!("{count} {}:", answer(wanted)), Style::Strong)
                    .and(names.join(", ")),
            );
        }
    }
    for part in because.iter().flat_map(|part| &part.because) {
        if !part.above {
            reason_lines(part, None, depth + 1, lines);
        }
    }
}

fn members(factor: &Factor, reason: &Reason, depth: usize, lines: &mut Vec<Line>) {
    for (member, part) in factor.members.iter().zip(&reason.because) {
        let contribution = member.contribution;
        let before = if contribution.is_nan() {
            match member.value.is_nan() {
                true => Some("–".to_owned()),
                false => None,
            }
        } else if matches!(factor.adds_to, AddsTo::Value) && !member.share.is_nan() {
            Some(format!(
                "{} = {} of",
                signed(contribution),
                share(member.share)
            ))
        } else if matches!(factor.adds_to, AddsTo::Value) && member.weight != 1.0 {
            Some(format!(
                "{} = {} ×",
                signed(contribution),
                number(member.weight)
            ))
        } else {
            Some(signed(contribution))
        };
        reason_lines(part, before, depth, lines);
    }
}
