//! What of an earlier run is not taken over, in words.
//!
//! In: what [`forewarn_runtime::handover::attach`] found. Out: for each of it what it is and what comes of it, and what
//! to do.

use crate::words::{count, list};
use forewarn_plan::Plan;
use forewarn_runtime::bind::{ShortestNumber, Standing};
use forewarn_runtime::causes::data::{Less, LessThanKnown};
use forewarn_runtime::handover::{NotTaken, OtherNow};
use forewarn_runtime::period::{Period, PeriodForm, kind_name};
use std::collections::BTreeSet;
use std::path::Path;

/// How many names a message takes.
pub(super) const NAMED: usize = 5;

/// What the data now say less of than the earlier run knew.
pub(super) fn less(
    told: &NotTaken,
    path: &Path,
    plan: &Plan,
    form: Option<PeriodForm>,
) -> Option<LessThanKnown> {
    let resume = told.less.iter().map(|one| one.resume).max()?;
    let spelled = |number: i64| spelled(form, number);
    let periods: BTreeSet<i64> = told.less.iter().map(|one| one.period).collect();
    let kind = plan.panel.period.map_or("period", kind_name);
    let less = told.less.iter().map(|one| {
        let key = [one.entity.clone(), spelled(one.period)];
        let key: Vec<String> = key.into_iter().filter(|part| !part.is_empty()).collect();
        Less {
            name: one.name.clone(),
            key: key.join(", "),
            was: one.was,
            now: one.now,
        }
    });
    Some(LessThanKnown {
        file: path.display().to_string(),
        periods: count(periods.len(), kind),
        resume: spelled(resume),
        less: less.collect(),
    })
}

/// What is told, one thing after the other.
pub(super) fn in_words(told: &NotTaken, form: Option<PeriodForm>) -> Vec<String> {
    let spelled = |number: i64| spelled(form, number);
    let mut words = Vec::new();
    let is_short = |name: &&String| told.short.contains(name);
    let changed: Vec<&String> = told.changed.iter().filter(|name| !is_short(name)).collect();
    if !changed.is_empty() {
        let [it, goes, stood] = one_or_more(changed.len(), IT, ["they", "go", "they stood"]);
        words.push(format!(
            "the rules of {} have changed since: {it} {goes} on from where {stood}, and what happened before keeps the \
             words of the rule by which it did",
            named(&changed)
        ));
    }
    if !told.short.is_empty() {
        let short: Vec<&String> = told.short.iter().collect();
        let [it, goes, stood] = one_or_more(short.len(), IT, ["they", "go", "they stood"]);
        let [its, may] = one_or_more(short.len(), ["its", "it"], ["their", "they"]);
        words.push(format!(
            "the rules of {} have changed since, and what {its} conditions now look back on is not in it: {it} {goes} on \
             from where {stood}, and {may} may be unknown until the data decide",
            named(&short)
        ));
    }
    if !told.alerts.is_empty() {
        let lost: Vec<&String> = told.alerts.iter().collect();
        let [state, is] = one_or_more(lost.len(), ["its state", "is"], ["their states", "are"]);
        words.push(format!(
            "it has no {} with these tiers, this cooldown and this rule of unknown conditions: {state} {is} unknown until \
             the data decide",
            named(&lost)
        ));
    }
    if !told.hindsight.is_empty() {
        let names: Vec<&String> = told.hindsight.iter().collect();
        let [rests, it, state, is] = one_or_more(
            names.len(),
            ["rests", "it", "its state", "is"],
            ["rest", "they", "their states", "are"],
        );
        words.push(format!(
            "{} {rests} on hindsight, and where {it} stood may be otherwise now: {state} {is} unknown until the data \
             decide",
            named(&names)
        ));
    }
    if !told.results.is_empty() {
        let names: Vec<&String> = told.results.iter().collect();
        let [looks, it, knows] = one_or_more(
            names.len(),
            ["looks", "it", "knows"],
            ["look", "they", "know"],
        );
        words.push(format!(
            "what {} {looks} back on is not in it: {it} {knows} nothing of periods before these data",
            named(&names)
        ));
    }
    // Where nothing at all is taken over, that is refused.
    let else_without = match is_nothing(told) {
        true => "",
        false => ", and are taken as without `--state`",
    };
    // Where others go on, those that end no later have nothing to go on with.
    if !told.over.is_empty() && told.taken == 0 {
        let over = told.over.iter().map(|(name, last, own)| {
            let (last, own) = (spelled(*last), spelled(*own));
            format!("{name} (it knows of {last}, the data end with {own})")
        });
        words.push(format!(
            "the data hold nothing after where it ends{else_without}: {}",
            list(&over.collect::<Vec<_>>(), NAMED)
        ));
    }
    if !told.apart.is_empty() {
        let apart = told.apart.iter().map(|(name, last, first)| {
            format!(
                "{name} (it ends with {}, the data begin with {})",
                spelled(*last),
                spelled(*first)
            )
        });
        words.push(format!(
            "the data begin too long after it ends{else_without}: {}",
            list(&apart.collect::<Vec<_>>(), NAMED)
        ));
    }
    if !told.new.is_empty() {
        words.push(format!(
            "it says nothing of {}: what was before the data is not known",
            list(&told.new, NAMED)
        ));
    }
    if !told.left_out.is_empty() {
        let [its, was] = one_or_more(
            told.left_out.len(),
            ["its", "it was"],
            ["their", "they were"],
        );
        words.push(format!(
            "the rows of {} were left out of that run or of one before it: where {was} is not known, and {its} rows are as \
             at the beginning of any data",
            list(&told.left_out, NAMED)
        ));
    }
    words.extend(others(told, &spelled));
    // Nothing else goes on: perhaps another file was meant.
    if told.taken == 0 && told.new.is_empty() && !told.first_time.is_empty() {
        words.push(format!(
            "nothing in the data goes on from it: {} {} taken as there for the first time",
            list(&told.first_time, NAMED),
            if told.first_time.len() == 1 {
                "is"
            } else {
                "are"
            }
        ));
    }
    words
}

/// A period as the data spell it.
fn spelled(form: Option<PeriodForm>, number: i64) -> String {
    form.map_or_else(String::new, |form| {
        Period::new(form.kind, number)
            .as_in(form.written)
            .to_string()
    })
}

/// Observations that are something else to these rules, by what becomes of them.
fn others(told: &NotTaken, spelled: &dyn Fn(i64) -> String) -> Vec<String> {
    type Is = fn(Standing) -> bool;
    let kinds: [(&str, Is); 4] = [
        (
            "lies outside of the range that the rules now declare and is missing; what was observed before it is not in it",
            |now| now == Standing::Outside,
        ),
        (
            "lies outside of the range that the rules now declare and is moved to its end",
            |now| matches!(now, Standing::Moved(_)),
        ),
        (
            "counts something else than in these rules, by its unit, and is missing",
            |now| now == Standing::OtherUnit,
        ),
        (
            "is no value that the rules now know, and is missing",
            |now| now == Standing::Unknown,
        ),
    ];
    let found = kinds.into_iter().filter_map(|(words, is_kind)| {
        let own = told.other.iter().filter(|one| is_kind(one.now));
        let own: Vec<String> = own.map(|one| observed(one, spelled)).collect();
        (!own.is_empty()).then(|| format!("what it observed last {words}: {}", list(&own, NAMED)))
    });
    found.collect()
}

/// `` `x` of A, 9 in 2031-03 ``
fn observed(one: &OtherNow, spelled: &dyn Fn(i64) -> String) -> String {
    let OtherNow { name, entity, .. } = one;
    let number = one.value.parse().map(ShortestNumber);
    let value = number.map_or_else(|_| one.value.clone(), |number| number.to_string());
    format!("`{name}` of {entity}, {value} in {}", spelled(one.period))
}

/// An observation that these rules refuse, in words.
pub(super) fn refused(told: &NotTaken, form: Option<PeriodForm>) -> Option<String> {
    let mut others = told.other.iter();
    let first = others.find(|one| one.now == Standing::Refused)?;
    let spelled = |number| spelled(form, number);
    Some(format!(
        "{} lies outside of the range that the rules now declare, and they refuse such values",
        observed(first, &spelled)
    ))
}

/// What to do about it.
pub(super) fn help(told: &NotTaken) -> Option<String> {
    let has_changed = [&told.changed, &told.short, &told.alerts];
    let none_goes_on = !told.over.is_empty() && told.taken == 0;
    let help = if none_goes_on || !told.apart.is_empty() {
        "give data that begin where the earlier run ends, or earlier, and that go beyond it"
    } else if has_changed.iter().any(|names| !names.is_empty()) {
        "for results as of one run, run the earlier data again with these rules, and give `--state` of that run"
    } else if !(told.results.is_empty() && told.left_out.is_empty() && told.other.is_empty()) {
        "for results as of one run, give all data at once"
    } else if !told.new.is_empty() {
        "where it is new, nothing is lacking; a first run with `--state none` says that nothing was before"
    } else if told.taken == 0 {
        "give the run before this one"
    } else {
        return None;
    };
    Some(help.to_owned())
}

const IT: [&str; 3] = ["it", "goes", "it stood"];

fn one_or_more<const N: usize>(
    count: usize,
    one: [&'static str; N],
    more: [&'static str; N],
) -> [&'static str; N] {
    if count == 1 { one } else { more }
}

fn named(names: &[&String]) -> String {
    let names = names.iter().map(|name| format!("`{name}`"));
    list(&names.collect::<Vec<_>>(), NAMED)
}

/// Is nothing of it taken over, and nobody there of whom it says why?
pub(super) fn is_nothing(told: &NotTaken) -> bool {
    told.taken == 0 && told.new.is_empty() && told.left_out.is_empty() && told.first_time.is_empty()
}
