//! What would bring a level, or what a table decides of a scale, one step down, by changes of indicators that can be changed: the cheapest
//! sets of up to three.
//!
//! In: the explained row and a level. Out: sets of changes, each of which is needed. A set is tried with
//! each of its numbers at either end of its range and everything else at each value; what brings the
//! level down there is moved back as far as it still does. No set is told that holds a smaller one. So a
//! set that is not found is none, as long as numbers move the level one way. Changes are made in the
//! explained period alone, as those that [`super::change`] looks for; what is missing is no option.

use forewarn_plan::{InputInfo, InputKind, NodeId, Value};

use super::edges::inner;
use super::evidence::Evidence;
use super::input_ends::{ends, far_ends};
use super::narrow::{first, named};
use super::nodes::shown;
use super::settle::{input_value, values_to_try};
use super::tree::{Move, Options, Remedy, Shown, Untried};
use super::trial::Trial;

/// So many indicators are changed together.
const TOGETHER: usize = 3;
/// Of so many, those that move the level most are tried in threes; the others alone and in twos.
const IN_THREES: usize = 40;

/// What has to go this near to the end of its range, as a share of the range, is told to go there.
const AT_THE_END: f64 = 1e-3;

/// An indicator that can be changed.
struct Lever {
    input: usize,
    node: NodeId,
    now: f64,
    cost: f64,
    numeric: bool,
    /// By which a change is measured.
    width: f64,
    /// The values that it is tried at.
    values: Vec<f64>,
    /// How many nodes rest on it.
    above: usize,
}

struct Search<'e> {
    evidence: &'e Evidence<'e>,
    value: &'e Value,
    trial: Trial<'e>,
    /// The place that the level is to come to, or below.
    goal: usize,
}

/// `None` for what has no place on a scale.
pub(super) fn options<'e>(evidence: &'e Evidence<'e>, value: &'e Value) -> Option<Options> {
    let now = shown(value, |node| {
        let cell = evidence.values.cell(node);
        cell.map_or(f64::NAN, |cell| cell.as_number())
    });
    let Shown::Level { names, at_most, .. } = &now else {
        return None;
    };
    let Some(goal) = at_most.checked_sub(1) else {
        return Some(Options {
            goal: None,
            sets: Vec::new(),
            tried: 0,
            missing: Vec::new(),
            untried: Untried::default(),
            proved: true,
        });
    };
    let mut search = Search {
        evidence,
        value,
        trial: Trial::of(evidence, &value.nodes()),
        goal,
    };
    let mut told = Options {
        goal: names.get(goal).cloned(),
        sets: Vec::new(),
        tried: 0,
        missing: Vec::new(),
        untried: Untried::default(),
        proved: true,
    };
    let levers = search.levers(&mut told);
    told.tried = levers.len();
    told.proved = levers.len() <= IN_THREES;
    let mut found: Vec<(Vec<usize>, Remedy)> = Vec::new();
    for size in 1..=TOGETHER {
        let most = if size < TOGETHER {
            levers.len()
        } else {
            levers.len().min(IN_THREES)
        };
        for set in sets(most, size) {
            let holds = |one: &[usize]| one.iter().all(|lever| set.contains(lever));
            if found.iter().any(|(one, _)| holds(one)) {
                continue;
            }
            let chosen: Vec<&Lever> = set.iter().filter_map(|at| levers.get(*at)).collect();
            if let Some(remedy) = search.remedy(&chosen) {
                found.push((set, remedy));
            }
        }
    }
    told.sets = found.into_iter().map(|(_, remedy)| remedy).collect();
    told.sets.sort_by(|a, b| {
        let costs = a.cost.total_cmp(&b.cost);
        costs.then(a.size.total_cmp(&b.size))
    });
    Some(told)
}

/// All sets of so many of the first numbers, each ascending.
fn sets(of: usize, size: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..size {
        let longer = all.into_iter().flat_map(|set: Vec<usize>| {
            let from = set.last().map_or(0, |last| last + 1);
            (from..of).map(move |next| {
                let mut set = set.clone();
                set.push(next);
                set
            })
        });
        all = longer.collect();
    }
    all
}

impl<'e> Search<'e> {
    fn levers(&mut self, told: &mut Options) -> Vec<Lever> {
        let beyond = self.evidence.beyond(self.value.nodes().into_iter());
        let mut levers = Vec::new();
        for &(input, node) in self.evidence.input_nodes() {
            let Some(info) = self.evidence.plan.inputs.get(input) else {
                continue;
            };
            let Some(cost) = info.changeable else {
                continue;
            };
            if self.evidence.is_sealed(input) || !self.trial.needs(node) {
                continue;
            }
            if !self.evidence.applies(input) || beyond.note(input, &info.name, &mut told.untried) {
                continue;
            }
            let Some(now) = self.evidence.values.known(node) else {
                told.missing.push(info.name.clone());
                continue;
            };
            let numeric = info.kind == InputKind::Number;
            let (values, width) = if numeric {
                let (low, high) = ends(self.evidence, input, info);
                let (far_low, far_high) = far_ends(self.evidence, info);
                let width = high - low;
                let width = if width > 0.0 {
                    width
                } else {
                    now.abs().max(1.0)
                };
                (
                    vec![far_low.unwrap_or(low), far_high.unwrap_or(high)],
                    width,
                )
            } else {
                let values = values_to_try(self.evidence, input, info);
                let width = values.len().saturating_sub(1).max(1) as f64;
                (values, width)
            };
            let mut values: Vec<f64> = values
                .into_iter()
                .filter(|x| x.is_finite() && *x != now)
                .collect();
            if numeric {
                values.extend(self.lower_inside((input, node), info, &values));
            }
            let above = self.trial.places(node).len();
            if values.is_empty() || above == 0 || !(width > 0.0 && width.is_finite()) {
                continue;
            }
            levers.push(Lever {
                input,
                node,
                now,
                cost,
                numeric,
                width,
                values,
                above,
            });
        }
        // Those on which more rests come first; equal ones stay in the order of the Plan.
        levers.sort_by_key(|lever| std::cmp::Reverse(lever.above));
        levers
    }

    fn result(&mut self, changed: &[(NodeId, f64)]) -> Shown {
        let value = self.value;
        self.trial
            .with(changed, |tried| shown(value, |node| tried.number(node)))
    }

    fn is_down(&mut self, changed: &[(NodeId, f64)]) -> bool {
        let goal = self.goal;
        let result = self.result(changed);
        matches!(result, Shown::Level { at_most, .. } if at_most <= goal)
    }

    /// Where the level comes down inside of a range, though at none of its ends.
    fn lower_inside(
        &mut self,
        (input, node): (usize, NodeId),
        info: &InputInfo,
        ends: &[f64],
    ) -> Option<f64> {
        let inside = inner(self.evidence, (input, node), info);
        let mut most = |x: f64| match self.result(&[(node, x)]) {
            Shown::Level { at_most, .. } => at_most,
            Shown::Number { .. }
            | Shown::Truth(_)
            | Shown::Count { .. }
            | Shown::Between { .. }
            | Shown::Category(_)
            | Shown::Withheld(_) => usize::MAX,
        };
        let least = ends.iter().map(|x| most(*x)).min()?;
        let lowest = inside.into_iter().min_by_key(|x| most(*x))?;
        (most(lowest) < least).then_some(lowest)
    }

    /// The smallest changes of all of some indicators that bring the level down, if there are any.
    fn remedy(&mut self, levers: &[&Lever]) -> Option<Remedy> {
        let own: Vec<NodeId> = levers.iter().map(|lever| lever.node).collect();
        let mut best: Option<(f64, Vec<f64>, Vec<Option<f64>>)> = None;
        for chosen in choices(levers) {
            let changed = |values: &[f64]| -> Vec<(NodeId, f64)> {
                own.iter().copied().zip(values.iter().copied()).collect()
            };
            if !self.is_down(&changed(&chosen)) {
                continue;
            }
            let mut values = chosen;
            let mut beyond = vec![None; values.len()];
            for (at, lever) in levers.iter().enumerate() {
                let Some(end) = values.get(at).copied().filter(|_| lever.numeric) else {
                    continue;
                };
                let mut trying = values.clone();
                let mut down = |x: f64| {
                    if let Some(slot) = trying.get_mut(at) {
                        *slot = x;
                    }
                    self.is_down(&changed(&trying))
                };
                let nearest = first(lever.now, end, &mut down);
                let measure = (lever.now, lever.width);
                let (nearest, last) = match (nearest - end).abs() <= AT_THE_END * lever.width {
                    true => (end, None),
                    false => named(measure, nearest, &mut down),
                };
                if let (Some(slot), Some(before)) = (values.get_mut(at), beyond.get_mut(at)) {
                    (*slot, *before) = (nearest, last);
                }
            }
            let pairs = levers.iter().zip(&values);
            let size: f64 = pairs
                .map(|(lever, x)| (x - lever.now).abs() / lever.width)
                .sum();
            let is_needed = levers.iter().zip(&values).all(|(lever, x)| *x != lever.now);
            let is_smaller = best.as_ref().is_none_or(|(least, _, _)| size < *least);
            if is_needed && is_smaller {
                best = Some((size, values, beyond));
            }
        }
        let (size, values, beyond) = best?;
        let changed: Vec<(NodeId, f64)> = own.iter().copied().zip(values.iter().copied()).collect();
        let moves = levers
            .iter()
            .zip(&values)
            .zip(beyond)
            .filter_map(|((lever, x), beyond)| {
                let info = self.evidence.plan.inputs.get(lever.input)?;
                Some(Move {
                    input: info.name.clone(),
                    label: info.label.clone(),
                    from: input_value(info, lever.now),
                    to: input_value(info, *x),
                    beyond: beyond.map(|x| input_value(info, x)),
                })
            });
        Some(Remedy {
            moves: moves.collect(),
            cost: levers.iter().map(|lever| lever.cost).sum(),
            size,
            becomes: self.result(&changed),
        })
    }
}

/// Every choice of one value of each.
fn choices(levers: &[&Lever]) -> Vec<Vec<f64>> {
    let mut all = vec![Vec::new()];
    for lever in levers {
        let longer = all.into_iter().flat_map(|chosen: Vec<f64>| {
            lever.values.iter().map(move |x| {
                let mut chosen = chosen.clone();
                chosen.push(*x);
                chosen
            })
        });
        all = longer.collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::sets;

    #[test]
    fn sets_hold_each_number_once() {
        assert_eq!(sets(3, 2), [[0, 1], [0, 2], [1, 2]]);
        assert_eq!(sets(2, 3), Vec::<Vec<usize>>::new());
        assert_eq!(sets(4, 3).len(), 4);
    }
}
