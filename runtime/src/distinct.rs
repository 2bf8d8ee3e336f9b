//! Which periods rows have.

/// The different ones of many periods, sorted.
pub(crate) fn distinct(periods: impl Iterator<Item = i64> + Clone) -> Vec<i64> {
    let (Some(first), Some(last)) = (periods.clone().min(), periods.clone().max()) else {
        return Vec::new();
    };
    // Periods lie in the years 1 to 9999, so the span is at most some millions of days.
    let mut seen = vec![false; usize::try_from(last - first + 1).unwrap_or(0)];
    for period in periods {
        let at = usize::try_from(period - first).ok();
        if let Some(slot) = at.and_then(|at| seen.get_mut(at)) {
            *slot = true;
        }
    }
    let all = (first..).zip(seen);
    all.filter_map(|(period, seen)| seen.then_some(period))
        .collect()
}
