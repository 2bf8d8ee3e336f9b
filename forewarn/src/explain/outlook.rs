//! In words: what would settle a result, what would change it, what changed since the last period.

use super::how::called;
use super::page::{Line, Role};
use super::values::{exactly, number, observed, shown, step, style, years};
use crate::words::list;
use forewarn_compiler::translations::Messages;
use forewarn_runtime::explain::{
    Cause, Edge, Finding, Flip, How, Move, Moved, NoSpell, Options, ParamMoved, Reason, Remedy,
    Rests, Settle, Shown, Untried,
};

/// So many missing inputs are told.
const TOLD: usize = 8;

/// Each of these tells at most `entries`, and says whether it left something out.
pub fn settle(
    finding: &Finding,
    messages: &Messages,
    entries: usize,
    lines: &mut Vec<Line>,
) -> bool {
    let Some(settle) = &finding.settle else {
        return false;
    };
    lines.push(Line::new(1, None).part(Role::Subject, messages.say("would_settle")));
    let entries = entries.min(TOLD);
    for one in settle.inputs.iter().take(entries) {
        let outcomes: Vec<String> = one
            .outcomes
            .iter()
            .map(|(value, then)| format!("at {}: {}", shown(value), shown(then)))
            .collect();
        lines.push(
            Line::new(2, None)
                .subject(&one.input, &one.label)
                .and(match one.verified {
                    Some(true) => "verified,",
                    Some(false) => "not verified,",
                    None => "",
                })
                .and(outcomes.join(", ")),
        );
    }
    let more = settle.inputs.len().saturating_sub(entries);
    if more > 0 {
        lines.push(Line::new(2, None).note(format!("… {more} more that exclude something alone")));
    }
    lines.extend(left_open(&finding.reason, settle));
    let told: Vec<&String> = settle.inputs.iter().map(|one| &one.input).collect();
    let others: Vec<String> = settle
        .missing
        .iter()
        .filter(|name| !told.contains(name) && !settle.untried.holds(name))
        .cloned()
        .collect();
    if settle.inputs.is_empty() && !others.is_empty() {
        lines.push(Line::words(
            2,
            format!(
                "no missing indicator alone; it rests on {}",
                list(&others, entries)
            ),
        ));
    } else if !others.is_empty() {
        lines.push(Line::new(2, None).note(format!("alone not: {}", list(&others, entries))));
    }
    untried(&settle.untried, entries, lines);
    let mut found = Elsewhere::default();
    found.note(&finding.reason);
    if settle.missing.is_empty() {
        let lies = found.said(Some(settle.rests));
        lines.push(Line::words(
            2,
            match lies.is_empty() {
                true => "no indicator is missing in this period".to_owned(),
                false => format!(
                    "no indicator is missing in this period: {}",
                    lies.join("; ")
                ),
            },
        ));
    } else if settle.inputs.is_empty() {
        // What is missing here need not be all.
        let lies = found.said(None);
        lines.extend((!lies.is_empty()).then(|| Line::words(2, lies.join("; "))));
    }
    more > 0 || others.len() > entries
}

/// Where something lies that is missing.
#[derive(Default)]
struct Elsewhere<'r> {
    peers: bool,
    spells: bool,
    begins: bool,
    earlier: bool,
    faults: bool,
    /// The spell in none of which the period lies.
    outside: Option<&'r str>,
    /// The event since which something is asked, and that never was.
    never: Option<&'r str>,
    /// Constants without a value in the period.
    constants: Vec<&'r str>,
    /// Of something open nothing more is said.
    untold: bool,
}

impl<'r> Elsewhere<'r> {
    /// What leaves a result open besides the indicators of its own period. Of what is told further up, all that it may
    /// be, where that is asked.
    fn said(&self, untold: Option<Rests>) -> Vec<String> {
        let is_so = |seen: bool, may_be: bool| seen || (self.untold && may_be);
        let fails = self.faults || (self.untold && untold.is_some());
        let rests = untold.unwrap_or_default();
        let mut lies = Vec::new();
        for (is_so, words) in [
            (is_so(self.peers, rests.peers), "is missing of its peers"),
            (
                is_so(self.spells, rests.spells),
                "lies in other periods of its whole spell",
            ),
            (self.begins, "lies before the data begin"),
            (
                is_so(self.earlier, rests.earlier),
                "lies in earlier periods",
            ),
            (fails, "has no result"),
        ] {
            lies.extend(is_so.then_some(words));
        }
        let mut said = Vec::new();
        said.extend(
            self.outside
                .map(|of| format!("it lies in no spell of `{of}`")),
        );
        if !self.constants.is_empty() {
            let have = if self.constants.len() == 1 {
                "has"
            } else {
                "have"
            };
            let constants = self.constants.iter().map(|name| format!("`{name}`"));
            let constants: Vec<String> = constants.collect();
            said.push(format!("{} {have} no value here", list(&constants, 4)));
        }
        said.extend(
            self.never
                .map(|event| format!("`{event}` was never yes in the data")),
        );
        match lies.split_last() {
            Some((last, [])) => said.push(format!("what is missing {last}")),
            Some((last, others)) => {
                said.push(format!("what is missing {}, or {last}", others.join(", ")));
            }
            None => {}
        }
        said
    }

    fn note(&mut self, reason: &'r Reason) {
        if !reason.value.is_open() {
            return;
        }
        let mut is_told = true;
        match &reason.cause {
            Some(Cause::Fault { .. }) => self.faults = true,
            Some(Cause::Spell {
                of,
                why: NoSpell::Outside,
            }) => self.outside = Some(of),
            Some(Cause::NoStart {
                event,
                unknown: None,
            }) => self.never = Some(event),
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
                | Cause::BeforeStart
                | Cause::TooFewPeriods { .. }
                | Cause::Periods { .. }
                | Cause::NoStart { .. }
                | Cause::Spell { .. }
                | Cause::Coverage
                | Cause::NoPeers
                | Cause::NotAsked
                | Cause::Stated
                | Cause::Missing(_),
            )
            | None => is_told = false,
        }
        match &reason.how {
            _ if is_told => {}
            How::Peers(_) => self.peers = true,
            How::Window(window) if window.within.is_some() => self.spells = true,
            How::Window(_) => self.earlier = true,
            How::Alert(_) => self.begins = true,
            How::Observation(_)
            | How::Constant
            | How::Calculation
            | How::Extreme(_)
            | How::Comparison(_)
            | How::All
            | How::Any
            | How::Not
            | How::Tally(_)
            | How::Call { .. }
            | How::Factor(_)
            | How::Clauses(_)
            | How::Bands(_)
            | How::Table(_)
            | How::Declassified
            | How::Withheld => {
                let open = reason.because.iter().any(|part| part.value.is_open());
                if let Some(Cause::Missing(names)) = &reason.cause
                    && !open
                    && !reason.above
                {
                    self.constants.extend(names.iter().map(String::as_str));
                    self.constants.dedup();
                } else {
                    self.untold |= reason.above || !open;
                }
            }
        }
        for part in &reason.because {
            self.note(part);
        }
    }
}

/// What no outcome comes to, although the rules leave it open: a factor without enough evidence counts as
/// unknown, whatever the rest of it could make of it.
fn left_open(reason: &Reason, settle: &Settle) -> Option<Line> {
    let ([one], 1) = (settle.inputs.as_slice(), settle.missing.len()) else {
        return None;
    };
    let ends = |value: &Shown| match value {
        Shown::Level {
            at_least, at_most, ..
        } => Some((*at_least, *at_most)),
        Shown::Number { .. }
        | Shown::Truth(_)
        | Shown::Count { .. }
        | Shown::Between { .. }
        | Shown::Category(_)
        | Shown::Withheld(_) => None,
    };
    let (least, most) = ends(&reason.value)?;
    let outcomes: Option<Vec<_>> = one.outcomes.iter().map(|(_, then)| ends(then)).collect();
    let outcomes = outcomes?;
    let reached_least = outcomes.iter().map(|(least, _)| *least).min()?;
    let reached_most = outcomes.iter().map(|(_, most)| *most).max()?;
    if reached_least <= least && reached_most >= most {
        return None;
    }
    let Shown::Level { names, .. } = &reason.value else {
        return None;
    };
    let factor = without_evidence(reason)?;
    let then = shown(&Shown::Level {
        names: names.clone(),
        at_least: reached_least,
        at_most: reached_most,
    });
    Some(Line::new(2, None).note(format!(
        "at these it is {then}; {} is open as long as `{factor}` has too little evidence and so counts as unknown",
        shown(&reason.value)
    )))
}

/// The first factor below that has too little evidence.
fn without_evidence(reason: &Reason) -> Option<&str> {
    if reason.cause == Some(Cause::Coverage) {
        return reason.name.as_deref();
    }
    reason.because.iter().find_map(without_evidence)
}

pub fn change(
    finding: &Finding,
    messages: &Messages,
    entries: usize,
    lines: &mut Vec<Line>,
) -> bool {
    let Some(change) = &finding.change else {
        return false;
    };
    let title = Line::new(1, None);
    if change.is_empty() {
        lines.push(
            title
                .part(Role::Subject, format!("{}:", messages.say("would_change")))
                // What is missing is not varied here.
                .and("no single known indicator, and no two of those that matter most"),
        );
        return false;
    }
    lines.push(title.part(Role::Subject, messages.say("would_change")));
    let all = change.one.len() + change.two.len();
    for flip in change.one.iter().chain(&change.two).take(entries) {
        lines.push(flipped(flip));
    }
    let more = all.saturating_sub(entries);
    if more > 0 {
        // Of two a smaller one is told behind those of one.
        let larger = match change.two.as_slice() {
            [] => " that need a larger change",
            [_, ..] => "",
        };
        lines.push(Line::new(2, None).note(format!("… {more} more{larger}")));
    }
    untried(&change.untried, entries.min(TOLD), lines);
    more > 0
}

/// What was not tried, and why.
fn untried(untried: &Untried, most: usize, lines: &mut Vec<Line>) {
    for (names, why) in [
        (&untried.peers, "compared with peers"),
        (&untried.spells, "later periods count, too"),
    ] {
        if !names.is_empty() {
            let names = list(names, most);
            lines.push(Line::new(2, None).note(format!("not tried, since {why}: {names}")));
        }
    }
}

/// The cheapest changes that bring a level one step down.
pub fn options(finding: &Finding, full: bool, lines: &mut Vec<Line>) {
    let Some(options) = &finding.options else {
        return;
    };
    let title = "what would bring it one step down";
    let Some(goal) = &options.goal else {
        let line = Line::new(1, None).part(Role::Subject, format!("{title}:"));
        lines.push(line.and("nothing, it is the lowest already"));
        return;
    };
    let line = Line::new(1, None).part(Role::Subject, title);
    lines.push(line.note(format!("(to {goal} or below)")));
    let told = if full { usize::MAX } else { TOLD };
    for remedy in options.sets.iter().take(told) {
        lines.push(remedied(remedy));
    }
    let rest = options.sets.len().saturating_sub(told);
    if rest > 0 {
        let sets = crate::words::count(rest, "more set");
        lines.push(Line::new(2, None).note(format!("and {sets}: `--full` tells them")));
    }
    if options.sets.is_empty() {
        lines.push(Line::words(2, without(options)));
    }
    if !options.proved {
        lines.push(Line::new(2, None).note(
            "there are more changeable indicators than can be tried in threes: others may do in threes",
        ));
    }
    if !options.missing.is_empty() {
        let names = list(&options.missing, TOLD);
        lines.push(Line::new(2, None).note(format!("no options, since missing: {names}")));
    }
    untried(&options.untried, TOLD, lines);
}

/// That no changes do.
pub fn without(options: &Options) -> String {
    match options.tried {
        0 => "no known indicator that it rests on is `changeable`".to_owned(),
        1 => "no change of the one changeable indicator that it rests on".to_owned(),
        2 => "no change of the 2 changeable indicators that it rests on, alone or together"
            .to_owned(),
        tried => format!(
            "no change of up to three of the {} that it rests on",
            crate::words::count(tried, "changeable indicator")
        ),
    }
}

/// `cost 3: Hotlines (hotlines) no (now yes) makes it high`
pub fn remedied(remedy: &Remedy) -> Line {
    let mut line = Line::new(2, None).and(format!("cost {}:", number(remedy.cost)));
    for (at, one) in remedy.moves.iter().enumerate() {
        if at > 0 {
            line = line.and("and");
        }
        line = line.subject(&one.input, &one.label).and(moved(one));
    }
    line.and("makes it")
        .part(Role::Value(style(&remedy.becomes)), shown(&remedy.becomes))
}

fn flipped(flip: &Flip) -> Line {
    let mut line = Line::new(2, None);
    for (at, one) in flip.moves.iter().enumerate() {
        if at > 0 {
            line = line.and("and");
        }
        line = line.subject(&one.input, &one.label).and(moved(one));
    }
    line.and("makes it")
        .part(Role::Value(style(&flip.becomes)), shown(&flip.becomes))
}

/// `up to 1 000 deaths (now 884 deaths)`
fn moved(one: &Move) -> String {
    match (&one.from, one.edge()) {
        (Shown::Number { value: from, unit }, Some(edge)) => {
            let word = match (edge, one.goes_up()) {
                (Edge::Beyond(_), true) => "above",
                (Edge::Beyond(_), false) => "below",
                (Edge::To(_), true) => "up to",
                (Edge::To(_), false) => "down to",
            };
            let to = edge.number();
            let (now, edge) =
                years(*from, to, unit).unwrap_or_else(|| (exactly(*from, unit), exactly(to, unit)));
            if now == edge {
                return format!("{word} {edge}");
            }
            format!("{word} {edge} (now {now})")
        }
        (from, _) => format!("{} (now {})", shown(&one.to), shown(from)),
    }
}

pub fn since(
    finding: &Finding,
    messages: &Messages,
    entries: usize,
    lines: &mut Vec<Line>,
) -> bool {
    let Some(since) = &finding.since else {
        return false;
    };
    let title = format!("{} {}:", messages.say("since"), since.period);
    let line = Line::new(1, None).part(Role::Subject, title);
    if since.before == since.now {
        if since.steps.is_empty() {
            lines.push(line.and(messages.say("nothing_changed")));
            return false;
        }
        lines.push(line.and("the same, although"));
    } else {
        let difference = difference(&since.before, &since.now);
        let difference = difference.map(|difference| format!("({difference})"));
        lines.push(
            line.and(messages.say("it_was"))
                .part(Role::Value(style(&since.before)), shown(&since.before))
                .and(difference.unwrap_or_default()),
        );
    }
    for step in since.steps.iter().take(entries) {
        let effect = difference(&step.before, &step.after);
        let effect = effect.unwrap_or_else(|| format!("to {}", shown(&step.after)));
        let mut text = format!("by {}", took(&step.what));
        if !step.with.is_empty() {
            let with: Vec<String> = step.with.iter().map(took).collect();
            text.push_str(&format!("; together with {}", list(&with, entries.max(2))));
        }
        if !step.with_one_of.is_empty() {
            let one_of: Vec<String> = step.with_one_of.iter().map(took).collect();
            text.push_str(&format!("; together with {}", one_of.join(" or ")));
        }
        lines.push(Line::new(2, None).part(Role::Subject, effect).and(text));
    }
    let more = since.steps.len().saturating_sub(entries);
    if more > 0 {
        lines.push(Line::new(2, None).note(format!("… {more} more steps")));
    }
    more > 0
}
/// Between two known numbers: `+0.08`
fn difference(before: &Shown, after: &Shown) -> Option<String> {
    match (before, after) {
        (Shown::Number { value: a, unit }, Shown::Number { value: b, .. })
            if !a.is_nan() && !b.is_nan() =>
        {
            Some(step(*a, *b, unit))
        }
        _ => None,
    }
}

/// What an indicator was and is.
fn both(from: &Shown, to: &Shown) -> (String, String) {
    let years = match (from, to) {
        (Shown::Number { value: from, unit }, Shown::Number { value: to, .. }) => {
            years(*from, *to, unit)
        }
        _ => None,
    };
    years.unwrap_or_else(|| (observed(from), observed(to)))
}

/// `Conflict deaths (deaths_best) 70 deaths, was 20 deaths`
fn took(what: &Moved) -> String {
    match what {
        Moved::Input {
            name,
            label,
            from,
            to,
        } => {
            let (from, to) = both(from, to);
            format!("{} {to}, was {from}", called(name, label, true))
        }
        Moved::Earlier { name, label } => {
            format!("earlier values of {}", called(name, label, true))
        }
        Moved::Past {
            name,
            label,
            from,
            to,
        } if from == to => format!("earlier values of {}", called(name, label, true)),
        Moved::Past {
            name,
            label,
            from,
            to,
        } => {
            let (from, to) = (shown(from), shown(to));
            format!(
                "earlier value of {} {to}, was {from}",
                called(name, label, true)
            )
        }
        Moved::Peers { own } if own.is_empty() => "comparison with peers".to_owned(),
        Moved::Peers { own } => {
            let own: Vec<String> = own.iter().map(took).collect();
            format!("comparison with peers (own {})", list(&own, TOLD))
        }
        Moved::Spells => "its whole spell, later periods included".to_owned(),
        Moved::History => "what is looked back on, together".to_owned(),
        Moved::Params(params) => {
            let params: Vec<String> = params.iter().map(param_took).collect();
            list(&params, TOLD)
        }
        Moved::Time => "the passing of time".to_owned(),
    }
}

/// `limit 80, was 100`
fn param_took(param: &ParamMoved) -> String {
    let called = called(&param.name, &param.label, true);
    if param.from == param.to {
        return format!("{called}, which was another in earlier periods");
    }
    let (from, to) = both(&param.from, &param.to);
    format!("{called} {to}, was {from}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_where_from_and_where_to() {
        let value = |value: f64| Shown::Number {
            value,
            unit: "deaths".to_owned(),
        };
        let one = Move {
            input: "deaths".to_owned(),
            label: String::new(),
            from: value(884.0),
            to: value(1000.0),
            beyond: None,
        };
        let moved = |one: &Move| moved(one).replace('\u{a0}', " ");
        assert_eq!(moved(&one), "up to 1 000 deaths (now 884 deaths)");
        let back = Move {
            from: value(1240.0),
            to: value(999.9),
            beyond: Some(value(1000.0)),
            ..one
        };
        assert_eq!(moved(&back), "below 1 000 deaths (now 1 240 deaths)");
        let year = |value: f64| Shown::Number {
            value,
            unit: String::new(),
        };
        let built = Move {
            from: year(2025.0),
            to: year(2019.0),
            beyond: Some(year(2020.0)),
            ..back
        };
        assert_eq!(moved(&built), "below 2020 (now 2025)");
    }
}
