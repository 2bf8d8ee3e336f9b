//! In words: what would settle a result, what would change it, what changed since the last period.

use super::how::named;
use super::lines::{Line, style};
use super::values::{apart, shown, signed, with_unit};
use crate::paint::Style;
use crate::words::list;
use forewarn_compiler::translations::Messages;
use forewarn_runtime::explain::{Finding, Flip, Move, Moved, Shown};

/// So many missing inputs are told.
const TOLD: usize = 8;

pub fn settle(finding: &Finding, messages: &Messages, lines: &mut Vec<Line>) {
    let Some(settle) = &finding.settle else {
        return;
    };
    lines.push(Line::new(1, None).styled(messages.say("would_settle"), Style::Strong));
    for one in settle.inputs.iter().take(TOLD) {
        let outcomes: Vec<String> = one
            .outcomes
            .iter()
            .map(|(value, then)| format!("at {}: {}", shown(value), shown(then)))
            .collect();
        lines.push(
            Line::new(2, None)
                .styled(&one.input, Style::Strong)
                .and(outcomes.join(", ")),
        );
    }
    let told: Vec<&String> = settle.inputs.iter().map(|one| &one.input).collect();
    let others: Vec<String> = settle
        .missing
        .iter()
        .filter(|name| !told.contains(name))
        .cloned()
        .collect();
    if settle.inputs.is_empty() && !others.is_empty() {
        lines.push(Line::plain(
            2,
            format!(
                "no missing indicator alone; it rests on {}",
                list(&others, TOLD)
            ),
        ));
    } else if !others.is_empty() {
        lines.push(Line::new(2, None).faint(format!("alone not: {}", list(&others, TOLD))));
    }
    if settle.missing.is_empty() {
        lines.push(Line::plain(
            2,
            "no indicator is missing in this period: what is missing lies in earlier periods, or has no result",
        ));
    }
}

pub fn change(finding: &Finding, messages: &Messages, lines: &mut Vec<Line>) {
    let Some(change) = &finding.change else {
        return;
    };
    if change.one.is_empty() && change.two.is_empty() && change.compared.is_empty() {
        lines.push(
            Line::new(1, None)
                .styled(format!("{}:", messages.say("would_change")), Style::Strong)
                .and("no single indicator, and no two of those that matter most"),
        );
        return;
    }
    lines.push(Line::new(1, None).styled(messages.say("would_change"), Style::Strong));
    for flip in change.one.iter().chain(&change.two) {
        lines.push(flipped(flip));
    }
    if !change.compared.is_empty() {
        let names = list(&change.compared, TOLD);
        lines.push(
            Line::new(2, None).faint(format!("not tried, since compared with peers: {names}")),
        );
    }
}

fn flipped(flip: &Flip) -> Line {
    let mut line = Line::new(2, None);
    for (at, one) in flip.moves.iter().enumerate() {
        if at > 0 {
            line = line.and("and");
        }
        line = line.styled(&one.input, Style::Strong).and(moved(one));
    }
    line.and("makes it")
        .styled(shown(&flip.becomes), style(&flip.becomes))
}

/// `to 1 000 deaths (now 884 deaths)`
fn moved(one: &Move) -> String {
    match (&one.from, &one.to) {
        (Shown::Number { value: from, unit }, Shown::Number { value: to, .. }) => {
            let (now, then) = apart(*from, *to);
            if let Some(Shown::Number { value: edge, .. }) = &one.beyond {
                let word = if to > from { "above" } else { "below" };
                let (now, edge) = apart(*from, *edge);
                return format!(
                    "{word} {} (now {})",
                    with_unit(edge, unit),
                    with_unit(now, unit)
                );
            }
            let word = if to > from { "up to" } else { "down to" };
            format!(
                "{word} {} (now {})",
                with_unit(then, unit),
                with_unit(now, unit)
            )
        }
        (from, to) => format!("{} (now {})", shown(to), shown(from)),
    }
}

pub fn since(finding: &Finding, messages: &Messages, lines: &mut Vec<Line>) {
    let Some(since) = &finding.since else {
        return;
    };
    let title = format!("{} {}:", messages.say("since"), since.period);
    let line = Line::new(1, None).styled(title, Style::Strong);
    if since.before == since.now {
        if since.steps.is_empty() {
            lines.push(line.and(messages.say("nothing_changed")));
            return;
        }
        lines.push(line.and("the same, although"));
    } else {
        let difference = match (&since.before, &since.now) {
            (Shown::Number { value: a, .. }, Shown::Number { value: b, .. })
                if !a.is_nan() && !b.is_nan() =>
            {
                format!("({})", signed(b - a))
            }
            _ => String::new(),
        };
        lines.push(
            line.and(messages.say("it_was"))
                .styled(shown(&since.before), style(&since.before))
                .and(difference),
        );
    }
    for step in &since.steps {
        let effect = match (&step.before, &step.after) {
            (Shown::Number { value: a, .. }, Shown::Number { value: b, .. })
                if !a.is_nan() && !b.is_nan() =>
            {
                signed(b - a)
            }
            (_, after) => format!("to {}", shown(after)),
        };
        let what = match &step.what {
            Moved::Input { name, from, to } => {
                format!("by {}, was {}", named(name, to), shown(from))
            }
            Moved::Peers => "by comparison with peers".to_owned(),
            Moved::History => "by what is looked back on, together".to_owned(),
            Moved::Time => "by the passing of a period".to_owned(),
        };
        lines.push(Line::new(2, None).styled(effect, Style::Strong).and(what));
    }
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
            from: value(884.0),
            to: value(1000.0),
            beyond: None,
        };
        assert_eq!(moved(&one), "up to 1 000 deaths (now 884 deaths)");
        let back = Move {
            from: value(1240.0),
            to: value(999.9),
            beyond: Some(value(1000.0)),
            ..one
        };
        assert_eq!(moved(&back), "below 1 000 deaths (now 1 240 deaths)");
    }
}
