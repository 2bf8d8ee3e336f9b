//! Which rows of two decision tables are the same.
//!
//! In: the rows of both, in words. Out: pairs of places, in the order of the tables, with as little between the two
//! as can be: a row that is put in does not make all behind it differ.

/// Places in the first and in the second; one of them is none where a row is new or gone.
pub(super) type Pairs = Vec<(Option<usize>, Option<usize>)>;

/// More comparisons than this are not made: the rows are then paired by their places.
const MOST: usize = 250_000;

/// What it costs to take two rows for the same one: nothing where they are the same, little where they differ in
/// numbers alone, and a bit less than to take one out and put the other in.
const ALIKE: usize = 1;
const ONE: usize = 2;
const OTHER: usize = 3;

/// `alike` says whether two rows that differ do so in numbers alone.
pub(super) fn aligned(old: &[&str], new: &[&str], alike: &dyn Fn(&str, &str) -> bool) -> Pairs {
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = old.iter().zip(new).take_while(same).count();
    let rest = |rows: &[&str]| rows.len() - head;
    let ends = old.iter().rev().zip(new.iter().rev());
    let most = rest(old).min(rest(new));
    let tail = ends.take_while(same).count().min(most);
    let mut pairs: Pairs = (0..head).map(|at| (Some(at), Some(at))).collect();
    let old_middle = old.get(head..old.len() - tail).unwrap_or_default();
    let new_middle = new.get(head..new.len() - tail).unwrap_or_default();
    let middle = cheapest(old_middle, new_middle, alike).into_iter();
    let further = |at: Option<usize>| at.map(|at| at + head);
    pairs.extend(middle.map(|(one, other)| (further(one), further(other))));
    let ends = (old.len() - tail..old.len()).zip(new.len() - tail..new.len());
    pairs.extend(ends.map(|(one, other)| (Some(one), Some(other))));
    pairs
}

/// The pairs that cost the least.
fn cheapest(old: &[&str], new: &[&str], alike: &dyn Fn(&str, &str) -> bool) -> Pairs {
    if old.len().saturating_mul(new.len()) > MOST {
        let longer = 0..old.len().max(new.len());
        let within = |at: usize, rows: &[&str]| (at < rows.len()).then_some(at);
        return longer
            .map(|at| (within(at, old), within(at, new)))
            .collect();
    }
    let width = new.len() + 1;
    let cost = |one: &str, other: &str| match one == other {
        true => 0,
        false if alike(one, other) => ALIKE,
        false => OTHER,
    };
    // What the rows from these places on cost.
    let mut costs = vec![0_usize; (old.len() + 1) * width];
    let of = |costs: &[usize], one: usize, other: usize| {
        costs.get(one * width + other).copied().unwrap_or(0)
    };
    for one in (0..=old.len()).rev() {
        for other in (0..=new.len()).rev() {
            let least = match (old.get(one), new.get(other)) {
                (None, None) => 0,
                (Some(_), None) => of(&costs, one + 1, other) + ONE,
                (None, Some(_)) => of(&costs, one, other + 1) + ONE,
                (Some(row), Some(theirs)) => {
                    let both = of(&costs, one + 1, other + 1) + cost(row, theirs);
                    let gone = of(&costs, one + 1, other) + ONE;
                    let put_in = of(&costs, one, other + 1) + ONE;
                    both.min(gone).min(put_in)
                }
            };
            if let Some(cell) = costs.get_mut(one * width + other) {
                *cell = least;
            }
        }
    }
    let (mut one, mut other, mut pairs) = (0, 0, Pairs::new());
    loop {
        let now = of(&costs, one, other);
        match (old.get(one), new.get(other)) {
            (None, None) => return pairs,
            (Some(row), Some(theirs))
                if now == of(&costs, one + 1, other + 1) + cost(row, theirs) =>
            {
                pairs.push((Some(one), Some(other)));
                (one, other) = (one + 1, other + 1);
            }
            (Some(_), theirs) if theirs.is_none() || now == of(&costs, one + 1, other) + ONE => {
                pairs.push((Some(one), None));
                one += 1;
            }
            _ => {
                pairs.push((None, Some(other)));
                other += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(old: &[&str], new: &[&str]) -> Pairs {
        // Rows are alike here where they begin alike.
        aligned(old, new, &|one, other| one.get(..1) == other.get(..1))
    }

    #[test]
    fn a_row_that_is_put_in_is_the_only_one_that_differs() {
        let wanted = [
            (Some(0), Some(0)),
            (None, Some(1)),
            (Some(1), Some(2)),
            (Some(2), Some(3)),
        ];
        assert_eq!(pairs(&["a", "b", "c"], &["a", "new", "b", "c"]), wanted);
        // And so it is where others differ a little.
        let wanted = [
            (None, Some(0)),
            (Some(0), Some(1)),
            (Some(1), Some(2)),
            (Some(2), Some(3)),
        ];
        assert_eq!(pairs(&["a1", "b1", "c"], &["new", "a2", "b2", "c"]), wanted);
    }

    #[test]
    fn what_cannot_be_paired_is_new_or_gone() {
        assert_eq!(pairs(&[], &[]), []);
        assert_eq!(pairs(&["a"], &[]), [(Some(0), None)]);
        assert_eq!(pairs(&["a"], &["b"]), [(Some(0), Some(0))]);
        let twice = pairs(&["a", "a"], &["a"]);
        assert_eq!(twice, [(Some(0), Some(0)), (Some(1), None)]);
    }
}
