//! An explanation as a page of lines: each value, how it came about, and below it its reasons.
//!
//! In full everything is told. In brief a line stands for what decided, and below it only what it rests on:
//! of a connective the parts that made it so, of a factor its largest contributions. What is left out is
//! counted where it would stand.

use super::detail::Detail;
use super::page::{Line, Mark, Role};
use super::values::{comparison, number, observed, share, shown, signed, style};
use super::{how, outlook, windows};
use crate::paint::Style;
use crate::words::count;
use forewarn_compiler::translations::Messages;
use forewarn_plan::alerts::Answer;
use forewarn_plan::outline::Tally as Asked;
use forewarn_plan::{DeclarationKind, Grounds, Plan};
use forewarn_runtime::explain::{
    AddsTo, Cause, Clause, Explanation, Factor, Finding, How, Reason, Shown, Tally, TallyItem,
};
use std::collections::{HashMap, HashSet};

/// By what it is called, where each value's reasons stand that others refer to.
pub type Firsts<'t> = HashMap<&'t str, &'t Reason>;

/// Where the values of an explanation are told.
pub fn firsts(told: &Explanation) -> Firsts<'_> {
    let mut first = HashMap::new();
    for finding in &told.results {
        add_firsts(&finding.reason, &mut first);
    }
    first
}

/// A page, and whether anything was left out. Longer than `most` lines, it ends anywhere behind these.
pub fn page(
    plan: &Plan,
    told: &Explanation,
    first: &Firsts<'_>,
    messages: &Messages,
    (detail, most): (Detail, usize),
) -> (Vec<Line>, bool) {
    let framework = &plan.framework;
    let name = if framework.label.is_empty() {
        &framework.name
    } else {
        &framework.label
    };
    let key = told.key(true);
    let mut writer = Writer {
        messages,
        detail,
        most,
        first,
        told: HashSet::new(),
        lines: vec![
            Line::new(0, None)
                .part(Role::Subject, key)
                .note(format!("· {name} {}", framework.version)),
        ],
        cut: false,
        tallied: HashSet::new(),
    };
    for finding in &told.results {
        writer.finding(finding);
    }
    (writer.lines, writer.cut)
}

fn add_firsts<'t>(reason: &'t Reason, first: &mut Firsts<'t>) {
    if !reason.above && !reason.because.is_empty() {
        first.entry(known_as(reason)).or_insert(reason);
    }
    for part in &reason.because {
        add_firsts(part, first);
    }
}

fn known_as(reason: &Reason) -> &str {
    reason.name.as_deref().unwrap_or(&reason.text)
}

struct Writer<'m> {
    messages: &'m Messages,
    detail: Detail,
    /// After so many lines nobody reads on.
    most: usize,
    first: &'m Firsts<'m>,
    /// What was told with its reasons. In brief a value's first place may be left out; then these stand
    /// where it comes next.
    told: HashSet<String>,
    lines: Vec<Line>,
    /// Something was left out.
    cut: bool,
    /// The words of questions to several things whose answers were told.
    tallied: HashSet<String>,
}

impl<'m> Writer<'m> {
    /// A reason with what is below it, unless that was told.
    fn standing<'r>(&self, reason: &'r Reason) -> &'r Reason
    where
        'm: 'r,
    {
        let name = known_as(reason);
        if !reason.above || self.told.contains(name) {
            return reason;
        }
        self.first.get(name).copied().unwrap_or(reason)
    }

    fn finding(&mut self, finding: &Finding) {
        if self.lines.len() > self.most {
            return;
        }
        let reason = self.standing(&finding.reason);
        let name = reason.name.as_deref().unwrap_or(&reason.text);
        let title = Line::new(0, None).subject(name, &reason.label);
        let mut title = colon(title).part(Role::Value(style(&reason.value)), value(reason));
        title = title.note(how::numbered(reason));
        if reason.above {
            title = title.note(format!("({})", self.messages.say("explained_above")));
        }
        self.lines.push(title);
        if !reason.above {
            self.told.insert(known_as(reason).to_owned());
            let own = Line::words(1, how::story(reason)).part(Role::Open, how::cause(reason));
            if !own.is_empty() {
                self.lines.push(own);
            }
            self.cites(reason, 1);
            if self.detail.depth == 0 {
                self.deciding(reason);
                self.cut = true;
            } else {
                self.below(reason, 1, 1);
            }
        }
        let entries = self.detail.outlook;
        let full = self.detail.outlook == usize::MAX;
        outlook::options(finding, full, &mut self.lines);
        let told = finding.settle.is_some() || finding.change.is_some() || finding.since.is_some();
        if entries == 0 {
            self.cut |= told;
            return;
        }
        self.cut |= outlook::settle(finding, self.messages, entries, &mut self.lines);
        self.cut |= outlook::change(finding, self.messages, entries, &mut self.lines);
        self.cut |= outlook::since(finding, self.messages, entries, &mut self.lines);
    }

    /// In one line, what decided.
    fn deciding(&mut self, reason: &Reason) {
        if let How::Clauses(clauses) = &reason.how
            && let Some(clause) = clauses.iter().find(|clause| clause.decides)
        {
            self.lines.push(how::clause(clause, 1));
        }
    }

    /// Where it comes from and why it is as it is: sources, citations, reasons, changes.
    fn cites(&mut self, reason: &Reason, depth: usize) {
        let mut told = Vec::new();
        grounds(&reason.cites, &reason.grounds, "", &mut told);
        for param in &reason.params {
            let before = format!("{}: ", param.info.name);
            // An author's words that name a param do not say what it holds.
            told.push(how::param(param));
            grounds(&param.info.cites, &param.info.grounds, &before, &mut told);
        }
        if depth > self.detail.cites {
            self.cut |= !told.is_empty();
            return;
        }
        let lines = told.into_iter();
        self.lines
            .extend(lines.map(|text| Line::new(depth, None).part(Role::Cite, text)));
    }

    /// A reason with all that is below it; `before` is what its line begins with. `level` counts the
    /// reasons above it.
    fn reason(&mut self, reason: &Reason, before: Option<String>, depth: usize, level: usize) {
        if self.lines.len() > self.most {
            return;
        }
        let reason = self.standing(reason);
        let mark = if let Shown::Truth(truth) = &reason.value {
            Some(Mark::of(*truth))
        } else {
            None
        };
        let mut line = Line::new(depth, mark);
        if let Some(before) = before {
            line = line.and(before);
        }
        line = match (&reason.name, &reason.how) {
            (Some(name), _) => line
                .subject(name, &how::short(&reason.label, self.detail.brief))
                .part(Role::Value(style(&reason.value)), value(reason)),
            (None, How::Comparison(sides)) => line.and(comparison(sides)),
            // Its mark says what a truth is.
            (None, _) if mark.is_some() => line.and(reason.text.clone()),
            (None, _) => line
                .and(format!("{}:", reason.text))
                .part(Role::Value(style(&reason.value)), value(reason)),
        };
        if reason.above {
            self.lines.push(line.note("(as above)"));
            return;
        }
        self.told.insert(known_as(reason).to_owned());
        line = line.note(how::numbered(reason));
        if reason.name.is_some() || !matches!(reason.how, How::Comparison(_)) {
            line = line.and(how::story(reason));
        }
        line = line.part(Role::Open, how::cause(reason));
        self.lines.push(line);
        self.cites(reason, depth + 1);
        self.below(reason, depth + 1, level + 1);
    }

    /// What stands below a reason's own line.
    fn below(&mut self, reason: &Reason, depth: usize, level: usize) {
        if level > self.detail.depth {
            self.cut |= !reason.because.is_empty();
            return;
        }
        match &reason.how {
            How::Clauses(clauses) => self.clauses(clauses, reason, depth, level),
            How::Factor(factor) => self.members(factor, reason, depth, level),
            How::Alert(alert) => {
                self.lines.extend(how::alert(alert, depth));
                self.alert_parts(alert, reason, depth, level);
            }
            How::Table(rows) => {
                let lines = rows.iter().filter_map(|row| how::table_row(row, depth));
                self.lines.extend(lines);
                self.parts(reason, depth, level);
            }
            How::Bands(bands) => {
                self.lines.push(how::bands(bands, &reason.value, depth));
                self.parts(reason, depth, level);
            }
            How::Window(window) => {
                self.lines.extend(windows::cells(window, depth));
                self.parts(reason, depth, level);
            }
            How::Tally(tally) => self.tally(tally, reason, depth, level),
            How::Call { function, told } => self.call(function, *told, reason, depth, level),
            How::Observation(_)
            | How::Constant
            | How::Calculation
            | How::Extreme(_)
            | How::Comparison(_)
            | How::All
            | How::Any
            | How::Not
            | How::Peers(_)
            | How::Declassified
            | How::Withheld => self.parts(reason, depth, level),
        }
    }

    fn clauses(&mut self, clauses: &[Clause], reason: &Reason, depth: usize, level: usize) {
        let mut parts = reason.because.iter();
        // What is left when no clause holds is decided by the one before it.
        let last = clauses
            .iter()
            .position(|one| one.decides && one.condition.is_empty());
        let last = last.and_then(|at| at.checked_sub(1));
        for (at, clause) in clauses.iter().enumerate() {
            let part = if clause.condition.is_empty() {
                None
            } else {
                parts.next()
            };
            // What else would have been is told of the result that was asked for alone.
            if self.detail.brief && level > 1 && clause.answer == Answer::No {
                self.cut = true;
                continue;
            }
            self.lines.push(how::clause(clause, depth));
            if let Some(part) = part {
                if self.detail.brief && clause.answer == Answer::No && last != Some(at) {
                    self.cut |= !part.because.is_empty();
                } else {
                    self.condition(part, depth + 1, level);
                }
            }
            if clause.decides {
                break;
            }
        }
    }

    /// A condition whose words stand above it already.
    fn condition(&mut self, part: &Reason, depth: usize, level: usize) {
        let part = self.standing(part);
        let bare = part.name.is_none() && !part.above;
        let of_parts = matches!(
            part.how,
            How::All | How::Any | How::Calculation | How::Tally(_)
        );
        if bare && of_parts {
            self.cites(part, depth);
            self.below(part, depth, level + 1);
        } else {
            self.reason(part, None, depth, level);
        }
    }

    fn alert_parts(
        &mut self,
        alert: &forewarn_runtime::explain::Alert,
        reason: &Reason,
        depth: usize,
        level: usize,
    ) {
        let told = alert.conditions.iter().filter(|condition| condition.told);
        for (condition, part) in told.zip(&reason.because) {
            let says =
                condition.answer != Answer::No || matches!(condition.role, "raise" | "notice");
            if self.detail.brief && !says {
                self.cut |= !part.because.is_empty();
                continue;
            }
            // What all conditions ask is told once.
            if self.standing(part).above {
                continue;
            }
            self.reason(part, None, depth, level);
        }
    }

    fn parts(&mut self, reason: &Reason, depth: usize, level: usize) {
        let is_comparison = matches!(reason.how, How::Comparison(_));
        for part in &reason.because {
            // A comparison shows both sides itself.
            if is_comparison && self.standing(part).above {
                continue;
            }
            if self.detail.brief && !matters(reason, part) {
                self.cut = true;
                continue;
            }
            // Its number stands in the comparison already.
            if let (true, None, How::Tally(tally)) = (is_comparison, &part.name, &part.how) {
                self.tally(tally, part, depth, level);
                continue;
            }
            self.reason(part, None, depth, level);
        }
    }

    /// `inside half: if v / 2 > 10 …`
    fn call(&mut self, function: &str, told: bool, reason: &Reason, depth: usize, level: usize) {
        let (body, arguments) = match reason.because.split_last() {
            Some((body, arguments)) if told => (Some(body), arguments),
            _ => (None, reason.because.as_slice()),
        };
        for part in arguments {
            self.reason(part, None, depth, level);
        }
        if let Some(body) = body {
            self.reason(body, Some(format!("inside `{function}`:")), depth, level);
        }
    }

    /// `✓ 2 yes: conflict 0.78, state 0.71`, `? 1 unknown: tension –`, then what they are made of.
    fn tally(&mut self, tally: &Tally, reason: &Reason, depth: usize, level: usize) {
        if self.detail.brief && !self.tallied.insert(reason.text.clone()) {
            return;
        }
        let all = || tally.items.iter().zip(&reason.because);
        // Things that each ask their own question say it themselves.
        let same = tally.items.iter().all(|item| item.value.is_some()) && tally.items.len() > 1
            || all().all(|(_, part)| part.name.is_some());
        if !same {
            for (item, part) in all() {
                if self.detail.brief && !counts(tally, item, &reason.value) {
                    self.cut = true;
                    continue;
                }
                self.reason(part, None, depth, level);
            }
            return;
        }
        // What does not apply is asked nothing.
        let applies = there;
        let groups = [
            (Some(true), true),
            (None, true),
            (Some(false), true),
            (None, false),
        ];
        for (wanted, asked) in groups {
            let is_in = |(item, part): &(&TallyItem, &Reason)| {
                let asks = item.answer == Some(true) || applies(part);
                asks == asked && (!asked || item.answer == wanted)
            };
            let found: Vec<&TallyItem> = all().filter(is_in).map(|(item, _)| item).collect();
            if found.is_empty() {
                continue;
            }
            let word = match (tally.what, wanted) {
                _ if !asked => "not applicable",
                (Asked::Known, Some(true)) => "known",
                (Asked::Known, _) => "missing",
                (_, wanted) => super::values::answer(wanted),
            };
            let most = self.detail.names.saturating_add(1);
            let told: Vec<String> = found.iter().take(most).map(|item| named(item)).collect();
            let more = found.len().saturating_sub(told.len());
            self.cut |= more > 0;
            let more = if more == 0 {
                String::new()
            } else {
                format!(", {more} more")
            };
            self.lines.push(
                Line::new(depth, Some(Mark::of(wanted)))
                    .part(
                        Role::Value(Style::Strong),
                        format!("{} {word}:", found.len()),
                    )
                    .and(format!("{}{more}", told.join(", "))),
            );
        }
        let mut told = 0;
        for (item, part) in all() {
            let part = self.standing(part);
            if part.above {
                continue;
            }
            let wanted = !self.detail.brief || counts(tally, item, &reason.value);
            if !wanted || told >= self.detail.items || level + 1 > self.detail.depth {
                self.cut |= !part.because.is_empty();
                continue;
            }
            told += 1;
            self.reason(part, None, depth + 1, level + 1);
        }
    }

    fn members(&mut self, factor: &Factor, reason: &Reason, depth: usize, level: usize) {
        let pairs: Vec<_> = factor.members.iter().zip(&reason.because).collect();
        let mut told: Vec<usize> = (0..pairs.len()).collect();
        if pairs.len() > self.detail.names {
            let size = |at: &usize| {
                let contribution = pairs.get(*at).map_or(f64::NAN, |(one, _)| one.contribution);
                if contribution.is_nan() {
                    -1.0
                } else {
                    contribution.abs()
                }
            };
            told.sort_by(|a, b| size(b).total_cmp(&size(a)));
            told.retain(|at| size(at) > 0.0);
            told.truncate(self.detail.names);
        }
        for at in &told {
            if let Some((member, part)) = pairs.get(*at) {
                self.reason(part, contributes(factor, member), depth, level);
            }
        }
        let others = || {
            let others = pairs
                .iter()
                .enumerate()
                .filter(|(at, _)| !told.contains(at));
            others.map(|(_, (member, part))| (*member, *part))
        };
        if others().next().is_none() {
            return;
        }
        self.cut = true;
        let known = others()
            .filter(|(member, _)| !member.value.is_nan())
            .count();
        let unknown = |applies: bool| -> Vec<String> {
            others()
                .filter(|(member, part)| member.value.is_nan() && there(part) == applies)
                .map(|(member, part)| how::called(&member.name, &part.label, true))
                .collect()
        };
        let (missing, elsewhere) = (unknown(true), unknown(false));
        let sum: f64 = others()
            .map(|(member, _)| member.contribution)
            .filter(|x| !x.is_nan())
            .sum();
        if known > 0 {
            let adds = match factor.adds_to {
                AddsTo::LeaveOneOut => String::new(),
                AddsTo::Value
                | AddsTo::Logarithm
                | AddsTo::Reciprocal
                | AddsTo::Power(_)
                | AddsTo::Complement
                | AddsTo::Decides
                | AddsTo::Yes => format!(": {} together", signed(sum)),
            };
            let text = format!("… {} more{adds}", count(known, "member"));
            self.lines.push(Line::new(depth, None).note(text));
        }
        if !missing.is_empty() {
            let names = crate::words::list(&missing, self.detail.names);
            let text = format!("– {} missing: {names}", missing.len());
            self.lines
                .push(Line::new(depth, None).part(Role::Open, text));
        }
        if !elsewhere.is_empty() {
            let names = crate::words::list(&elsewhere, self.detail.names);
            let text = format!("{} not applicable: {names}", elsewhere.len());
            self.lines.push(Line::new(depth, None).note(text));
        }
    }
}

/// Is it there at all, be it known or not?
fn there(part: &Reason) -> bool {
    !matches!(part.cause, Some(Cause::NotApplicable { .. }))
}

fn colon(mut line: Line) -> Line {
    if let Some(last) = line.parts.last_mut() {
        last.text.push(':');
    }
    line
}

/// A reason's value; of a cell that is missing nothing is known.
pub fn value(reason: &Reason) -> String {
    if reason.kind == Some(DeclarationKind::Indicator) {
        observed(&reason.value)
    } else {
        shown(&reason.value)
    }
}

fn grounds(cites: &[String], grounds: &Grounds, before: &str, told: &mut Vec<String>) {
    if let Some(source) = &grounds.source {
        told.push(format!("[{before}from {source}]"));
    }
    for cite in cites {
        told.push(format!("[{before}{cite}]"));
    }
    if let Some(because) = &grounds.because {
        told.push(format!("[{before}{because}]"));
    }
    for change in &grounds.changes {
        told.push(format!(
            "[{} {}: {} ({})]",
            change.what, change.target, change.because, change.by
        ));
    }
}

/// Did a part make its whole what it is?
fn matters(whole: &Reason, part: &Reason) -> bool {
    let (own, of) = match (&part.value, &whole.value) {
        (Shown::Truth(own), Shown::Truth(of)) => (*own, *of),
        _ => return true,
    };
    match whole.how {
        How::All => of != Some(false) && own == of || of == Some(false) && own == Some(false),
        How::Any => of != Some(true) && own == of || of == Some(true) && own == Some(true),
        How::Observation(_)
        | How::Constant
        | How::Calculation
        | How::Extreme(_)
        | How::Comparison(_)
        | How::Not
        | How::Tally(_)
        | How::Call { .. }
        | How::Window(_)
        | How::Peers(_)
        | How::Factor(_)
        | How::Clauses(_)
        | How::Bands(_)
        | How::Table(_)
        | How::Alert(_)
        | How::Declassified
        | How::Withheld => true,
    }
}

/// Does an item speak for what came out?
fn counts(tally: &Tally, item: &TallyItem, value: &Shown) -> bool {
    match (tally.what, value) {
        (_, value) if value.is_open() => item.answer.is_none(),
        (Asked::Any | Asked::AtLeast | Asked::All, Shown::Truth(Some(answer))) => {
            item.answer == Some(*answer)
        }
        (Asked::Known, _) => true,
        _ => item.answer == Some(true),
    }
}

fn named(item: &TallyItem) -> String {
    let name = how::called(&item.name, &item.label, true);
    match &item.value {
        Some(value) => format!("{name} {}", shown(value)),
        None => name,
    }
}

/// What a member's line begins with.
fn contributes(factor: &Factor, member: &forewarn_runtime::explain::Member) -> Option<String> {
    let contribution = member.contribution;
    if contribution.is_nan() {
        return member.value.is_nan().then(|| "–".to_owned());
    }
    Some(
        if factor.adds_to == AddsTo::Value && !member.share.is_nan() {
            format!("{} = {} of", signed(contribution), share(member.share))
        } else if factor.adds_to == AddsTo::Value && member.weight != 1.0 {
            format!("{} = {} ×", signed(contribution), number(member.weight))
        } else {
            signed(contribution)
        },
    )
}
