//! Which periods rows have: the first, the last, and how many there are.

/// The first and the last period, and how many different ones there are.
pub(super) fn distinct(periods: &[i64]) -> (Option<i64>, Option<i64>, usize) {
    let (Some(first), Some(last)) = (periods.iter().min(), periods.iter().max()) else {
        return (None, None, 0);
    };
    // Periods lie in the years 1 to 9999, so the span is at most some millions of days.
    let mut seen = vec![false; usize::try_from(last - first + 1).unwrap_or(0)];
    for period in periods {
        if let Some(slot) = usize::try_from(period - first)
            .ok()
            .and_then(|at| seen.get_mut(at))
        {
            *slot = true;
        }
    }
    (
        Some(*first),
        Some(*last),
        seen.into_iter().filter(|seen| *seen).count(),
    )
}
