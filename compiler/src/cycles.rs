//! Orders things that depend on each other, and finds the circles among them.
//!
//! In: for each thing the things it needs, with the place where it says so. Everything is done
//! with lists of its own instead of recursion, so that a chain of any length is fine.

/// For each thing, what it needs and a mark (where that is said).
pub type Edges<M> = [Vec<(usize, M)>];

/// Each circle once: its members in order, each with the mark of its way to the next.
#[must_use]
pub fn find<M: Copy>(edges: &Edges<M>) -> Vec<Vec<(usize, M)>> {
    visit(edges).1
}

/// All things so that what a thing needs stands before it (circles broken somewhere), and the
/// circles.
#[must_use]
pub fn visit<M: Copy>(edges: &Edges<M>) -> (Vec<usize>, Vec<Vec<(usize, M)>>) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; edges.len()];
    let mut order = Vec::with_capacity(edges.len());
    let mut cycles = Vec::new();
    for start in 0..edges.len() {
        // The way from `start` to where we are: a thing and how many of its needs were seen.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        if state.get(start) != Some(&State::New) {
            continue;
        }
        set(&mut state, start, State::Open);
        while let Some((at, seen)) = way.last_mut() {
            let at = *at;
            let next = edges.get(at).and_then(|needs| needs.get(*seen)).copied();
            *seen += 1;
            let Some((to, _)) = next else {
                set(&mut state, at, State::Done);
                order.push(at);
                way.pop();
                continue;
            };
            match state.get(to) {
                Some(State::New) => {
                    set(&mut state, to, State::Open);
                    way.push((to, 0));
                }
                Some(State::Open) => {
                    let from = way.iter().position(|(thing, _)| *thing == to).unwrap_or(0);
                    let members = way.iter().skip(from).filter_map(|(thing, seen)| {
                        let (_, mark) = edges.get(*thing)?.get(seen.checked_sub(1)?)?;
                        Some((*thing, *mark))
                    });
                    cycles.push(members.collect());
                }
                _ => {}
            }
        }
    }
    return (order, cycles);

    fn set(states: &mut [State], at: usize, to: State) {
        if let Some(state) = states.get_mut(at) {
            *state = to;
        }
    }
}

/// For each thing the circle of things that it stands in: things that need each other, near or far, have the same
/// number, and no others.
#[must_use]
pub fn components<M: Copy>(edges: &Edges<M>) -> Vec<usize> {
    let (order, _) = visit(edges);
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (at, needs) in edges.iter().enumerate() {
        for (to, _) in needs {
            if let Some(of) = needed_by.get_mut(*to) {
                of.push(at);
            }
        }
    }
    let mut component: Vec<Option<usize>> = vec![None; edges.len()];
    for (number, start) in order.into_iter().rev().enumerate() {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let Some(slot) = component.get_mut(at).filter(|slot| slot.is_none()) else {
                continue;
            };
            *slot = Some(number);
            open.extend(needed_by.get(at).into_iter().flatten());
        }
    }
    component
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_show_every_member() {
        let edges = vec![
            vec![(1, 'a')],
            vec![(2, 'b')],
            vec![(0, 'c')],
            vec![(3, 'd')],
            vec![],
        ];
        assert_eq!(
            find(&edges),
            vec![vec![(0, 'a'), (1, 'b'), (2, 'c')], vec![(3, 'd')]]
        );
    }

    #[test]
    fn things_that_need_each_other_belong_together() {
        // 0 and 1 need each other, 2 needs 1, and 3 itself.
        let edges = vec![vec![(1, ())], vec![(0, ())], vec![(1, ())], vec![(3, ())]];
        let found = components(&edges);
        assert_eq!(found[0], found[1]);
        assert_ne!(found[1], found[2]);
        assert_ne!(found[2], found[3]);
    }

    #[test]
    fn a_long_chain_is_ordered() {
        let edges: Vec<Vec<(usize, ())>> = (0..200_000)
            .map(|n| if n == 0 { vec![] } else { vec![(n - 1, ())] })
            .collect();
        let (order, cycles) = visit(&edges);
        assert!(cycles.is_empty());
        assert!(order.iter().copied().eq(0..200_000));
    }
}
