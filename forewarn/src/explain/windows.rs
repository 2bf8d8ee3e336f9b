//! In words: what functions along time looked back on, and what functions across peers were compared with.

use super::page::Line;
use super::values::{number, quantities, quantity, shown};
use crate::numbers::{Digits, MISSING};
use crate::words::count;
use forewarn_plan::outline::PeerPart;
use forewarn_runtime::explain::{Peers, Window};
use forewarn_runtime::period::Period;

/// Cells up to so many are written one by one.
const FEW: usize = 24;

/// `(2001 to 2003, 3 known of 5 periods, 2 before the data begin)`; that some of it lies before the data is left out
/// where it is said already.
pub fn looked_back(window: &Window, said: bool) -> String {
    let told = match window.what {
        "lag" | "at" => lag(window, said),
        "change" | "growth" if window.within.is_none() => vec![then_and_now(window, said)],
        "crosses" => crossing(window, said),
        _ => spanned(window, said),
    };
    let told: Vec<String> = told.into_iter().filter(|part| !part.is_empty()).collect();
    if told.is_empty() {
        String::new()
    } else {
        format!("({})", told.join(", "))
    }
}

fn lag(window: &Window, said: bool) -> Vec<String> {
    let newest = window.lies.filter(|_| window.what == "lag");
    match (window.cells.first(), newest) {
        (_, Some((newest, _))) => vec![format!("of {newest}"), "the last that is known".to_owned()],
        (Some((period, _)), None) if window.anew => {
            vec![format!("anew, since nothing is known of {period}")]
        }
        (Some((period, _)), None) => vec![format!("of {period}")],
        (None, None) if window.before_start > 0 && !said => {
            vec!["before the data begin".to_owned()]
        }
        (None, None) => Vec::new(),
    }
}

/// `20 in 2002, 70 in 2003`
fn then_and_now(window: &Window, said: bool) -> String {
    match window.cells.as_slice() {
        [(then, a), (now, b)] => {
            let (a, b) = quantities(*a, *b, &window.unit);
            format!("{a} in {then}, {b} in {now}")
        }
        [(now, b)] => {
            let now = format!("{} in {now}", quantity(*b, &window.unit));
            // Since an event that may begin anywhere, it is not the data's beginning that is in the way.
            if said || window.before_start == 0 {
                now
            } else {
                format!("{now}, nothing before the data begin")
            }
        }
        _ => String::new(),
    }
}

fn crossing(window: &Window, said: bool) -> Vec<String> {
    let against = window.threshold.as_ref().map(|side| {
        let value = shown(&side.value);
        if side.text.is_empty() {
            format!("against {value}")
        } else {
            format!("against {} {value}", side.text)
        }
    });
    [Some(then_and_now(window, said)), against]
        .into_iter()
        .flatten()
        .collect()
}

fn spanned(window: &Window, said: bool) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(event) = &window.since {
        told.push(format!("since `{event}`"));
    }
    if let Some(spell) = &window.within {
        told.push(format!("whole spell of `{}`, in hindsight", spell.of));
    }
    match window.span {
        Some((first, last)) if first != last => told.push(format!("{first} to {last}")),
        Some((only, _)) => told.push(only.to_string()),
        None => {}
    }
    let read = window.cells.len() + window.cut;
    // Where it is not known when the window begins, there is nothing to count; why is said of the value.
    let is_anchored = window.since.is_some() || window.within.is_some();
    if is_anchored && read == 0 && window.before_start == 0 {
        return told;
    }
    let all = match window.over {
        Some(over) => count(over as usize, "period"),
        None if is_anchored => count(read, "period"),
        None => "all periods so far".to_owned(),
    };
    match window.answers {
        Some([yes, no, open]) => {
            told.push(format!("of {all} {yes} yes, {no} no"));
            if open > 0 {
                told.push(format!("{open} unknown"));
            }
        }
        None => told.push(format!("{} known of {all}", counted(window.known))),
    }
    told.extend(
        window
            .require
            .map(|require| format!("{} required", counted(require))),
    );
    if window.before_start > 0 && !said {
        told.push(format!(
            "{} before the data begin",
            counted(window.before_start)
        ));
    }
    if let Some((period, x)) = window.lies {
        told.push(lies(window, period, x));
    }
    if window.within.as_ref().is_some_and(|spell| spell.is_open) {
        told.push("not ended when the data end".to_owned());
    }
    told
}

fn counted(periods: u32) -> String {
    number(f64::from(periods))
}

/// Where the value lies that decides.
fn lies(window: &Window, period: Period, x: f64) -> String {
    match window.what {
        "max" => format!("highest in {period}"),
        "min" => format!("lowest in {period}"),
        "record_high" if window.within.is_some() => format!("highest in {period}"),
        "record_low" if window.within.is_some() => format!("lowest in {period}"),
        "record_high" => format!("highest before: {} in {period}", quantity(x, &window.unit)),
        "record_low" => format!("lowest before: {} in {period}", quantity(x, &window.unit)),
        "sustained" => format!("no in {period}"),
        "last" | "previous" => format!("that of {period}"),
        _ => format!("last yes in {period}"),
    }
}

/// The name that a cell of a level or category is the place of.
fn place(window: &Window, x: f64) -> Option<&str> {
    let at = (x >= 0.0).then_some(x as usize)?;
    window.names.get(at).map(String::as_str)
}

/// The cells of a window, in a line.
pub fn cells(window: &Window, depth: usize) -> Option<Line> {
    if matches!(window.what, "lag" | "at" | "change" | "growth" | "crosses")
        || window.cells.is_empty()
    {
        return None;
    }
    let skipped = window.cells.len().saturating_sub(FEW);
    let cut = window.cut + skipped;
    let told = window.cells.iter().skip(skipped).map(|(_, x)| *x);
    let written: Vec<String> = if !window.names.is_empty() {
        told.map(|x| place(window, x).unwrap_or(MISSING).to_owned())
            .collect()
    } else if window.answers.is_some() {
        let answer = |x: f64| match x {
            1.0 => "yes",
            0.0 => "no",
            _ => "unknown",
        };
        told.map(|x| answer(x).to_owned()).collect()
    } else {
        let digits = Digits::for_column(told.clone());
        told.map(|x| digits.write(x)).collect()
    };
    let before = if cut == 0 {
        String::new()
    } else {
        format!("… {} before these: ", count(cut, "period"))
    };
    Some(Line::new(depth, None).note(format!("{before}{}", written.join(" · "))))
}

/// `(own 70, 3 peers known of this period, from 10 to 90, rank 2 from the top)`
pub fn compared(peers: &Peers) -> String {
    let whom = match (&peers.group, &peers.baseline) {
        (Some(group), Some((first, last))) => format!("of `{group}` in {first} to {last}"),
        (Some(group), None) => format!("of `{group}`"),
        (None, Some((first, last))) => format!("of {first} to {last}"),
        (None, None) => "of this period".to_owned(),
    };
    let mut told = Vec::new();
    if let Some(word) = &peers.own_word {
        told.push(format!("own {}", shown(word)));
    } else if !peers.own.is_nan() {
        told.push(format!("own {}", quantity(peers.own, &peers.unit)));
    }
    if peers.given {
        told.push(format!("by goalposts {whom} from an earlier run"));
    } else if peers.groupless {
        told.push("its group is not known".to_owned());
    } else {
        told.push(format!("{} {whom} known", peers.known));
    }
    let mut said = |part: PeerPart, words: &str| {
        let found = peers.parts.iter().find(|(known, _)| *known == part);
        if let Some((_, x)) = found {
            told.push(format!("{words} {}", quantity(*x, &peers.unit)));
            return true;
        }
        false
    };
    let least = said(PeerPart::Least, "least");
    let greatest = said(PeerPart::Greatest, "greatest");
    said(PeerPart::Mean, "mean");
    said(PeerPart::StdDev, "standard deviation");
    said(PeerPart::Total, "together");
    let both = least && greatest;
    // Beside the goalposts of an earlier run, these data's own decide nothing.
    if peers.given {
        return format!("({})", told.join(", "));
    }
    if !both && !peers.lowest.is_nan() {
        told.push(format!(
            "from {} to {}",
            quantity(peers.lowest, &peers.unit),
            quantity(peers.highest, &peers.unit)
        ));
    }
    if let Some(rank) = peers.rank {
        told.push(format!("rank {} from the top", number(rank as f64)));
    }
    format!("({})", told.join(", "))
}
