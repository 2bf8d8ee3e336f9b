//! Which sources the members of factors rest on, near or far.
//!
//! In: what rests on what, and the source of each indicator. Out: for each factor the sources that
//! several of its members rest on. Only what factors rest on is looked at, each thing once, from what is
//! needed to what needs it; a set goes on to the last that needs it instead of being copied, and small
//! sets are added to large ones. So the work is in proportion to what is written, not to how far
//! everything reaches.

use std::collections::{BTreeMap, BTreeSet};

use crate::checked::reads::Dependency;
use crate::checked::{Body, CheckedFramework, FactorBody};
use crate::typed::ValueId;

/// The sources that several members of a factor rest on, each with the places of these members.
type Shared<'s> = BTreeMap<&'s str, Vec<usize>>;

pub(super) struct Sources<'s> {
    /// By factor, in the order in which they are declared.
    shared: BTreeMap<ValueId, Shared<'s>>,
    /// How many sources were put into sets.
    #[cfg_attr(not(test), allow(dead_code, reason = "tests hold its growth"))]
    pub steps: usize,
}

impl<'s> Sources<'s> {
    pub fn of(checked: &CheckedFramework, of_indicators: &BTreeMap<ValueId, &'s str>) -> Self {
        let reads = &checked.reads;
        let factors = reads.factors().iter().copied().map(Dependency::Value);
        let looked_at: BTreeSet<Dependency> = reads.reached(factors).into_iter().collect();
        // What is read of an earlier period has been counted there.
        let needs = |one: &Dependency| reads.needs_now(*one).collect::<BTreeSet<Dependency>>();
        let mut uses: BTreeMap<Dependency, usize> = BTreeMap::new();
        for need in looked_at.iter().flat_map(needs) {
            *uses.entry(need).or_default() += 1;
        }
        let mut sets = Sets {
            uses,
            sets: BTreeMap::new(),
            steps: 0,
        };
        let mut shared = BTreeMap::new();
        for one in reads.order() {
            if !looked_at.contains(one) {
                continue;
            }
            let id = one.as_value();
            if let Some(id) = id
                && let Some(Body::Factor(factor)) = checked.value(id).map(|value| &value.body)
            {
                shared.insert(id, sets.shared(factor));
            }
            let mut own = sets.together(needs(one));
            if let Some(source) = id.and_then(|id| of_indicators.get(&id)) {
                own.insert(source);
            }
            sets.sets.insert(*one, own);
        }
        Self {
            shared,
            steps: sets.steps,
        }
    }

    pub fn shared(&self) -> impl Iterator<Item = (&ValueId, &Shared<'s>)> {
        self.shared.iter()
    }
}

/// The sources of what has been looked at and is still needed.
struct Sets<'s> {
    /// By how many it is still needed.
    uses: BTreeMap<Dependency, usize>,
    sets: BTreeMap<Dependency, BTreeSet<&'s str>>,
    steps: usize,
}

impl<'s> Sets<'s> {
    /// The sources of one thing for one that needs it; the last one takes the set itself.
    fn take(&mut self, one: Dependency) -> BTreeSet<&'s str> {
        let left = self.uses.get_mut(&one).map_or(0, |left| {
            *left = left.saturating_sub(1);
            *left
        });
        if left == 0 {
            return self.sets.remove(&one).unwrap_or_default();
        }
        let copied = self.sets.get(&one).cloned().unwrap_or_default();
        self.steps += copied.len();
        copied
    }

    fn together(&mut self, needs: BTreeSet<Dependency>) -> BTreeSet<&'s str> {
        let mut all: BTreeSet<&'s str> = BTreeSet::new();
        for need in needs {
            let mut next = self.take(need);
            if next.len() > all.len() {
                std::mem::swap(&mut next, &mut all);
            }
            self.steps += next.len();
            all.extend(next);
        }
        all
    }

    /// The sources that several members rest on; none where everything comes from one, which does not
    /// pretend to other evidence.
    fn shared(&mut self, factor: &FactorBody) -> Shared<'s> {
        let own = |at: usize| {
            let member = factor.members.get(at)?;
            self.sets.get(&Dependency::Value(member.value))
        };
        let places = 0..factor.members.len();
        let Some(largest) = places
            .clone()
            .max_by_key(|at| own(*at).map_or(0, BTreeSet::len))
        else {
            return Shared::new();
        };
        let mut members: Shared<'s> = Shared::new();
        let mut steps = 0;
        for at in places.filter(|at| *at != largest) {
            for source in own(at).into_iter().flatten() {
                members.entry(source).or_default().push(at);
                steps += 1;
            }
        }
        if let Some(sources) = own(largest) {
            for (source, places) in &mut members {
                if sources.contains(source) {
                    places.push(largest);
                    places.sort_unstable();
                }
            }
            let alone = sources.len() == 1 && members.len() == 1;
            if alone
                && members
                    .values()
                    .all(|own| own.len() == factor.members.len())
            {
                members.clear();
            }
        }
        self.steps += steps;
        members.retain(|_, places| places.len() > 1);
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;
    use crate::testing::checked;
    use crate::{Settings, package};
    use std::path::{Path, PathBuf};

    struct One<'t>(&'t str);

    impl Files for One<'_> {
        fn read(&self, _: &Path) -> std::io::Result<Vec<u8>> {
            Ok(self.0.as_bytes().to_vec())
        }

        fn is_dir(&self, _: &Path) -> bool {
            false
        }

        fn rule_files(&self, _: &Path) -> std::io::Result<Vec<PathBuf>> {
            Ok(Vec::new())
        }
    }

    /// How much work the sources of a ruleset are in which each indicator has its own.
    fn steps(rules: &str) -> usize {
        let files = One(rules);
        let mut reports = crate::diagnostics::Reports::default();
        let mut package = package::load(Path::new("demo.risk"), &files, &mut reports);
        let checked = checked(&mut package, &Settings::default(), &mut reports);
        assert!(!reports.has_errors());
        let names: Vec<String> = (0..checked.values.len())
            .map(|at| format!("s{at}"))
            .collect();
        let sources = (0..).map(ValueId).zip(&names).zip(&checked.values);
        let sources = sources.filter(|(_, value)| matches!(value.body, Body::Indicator(_)));
        let sources = sources.map(|((id, name), _)| (id, name.as_str())).collect();
        Sources::of(&checked, &sources).steps
    }

    fn rules(size: usize, each: impl Fn(usize, usize) -> String) -> String {
        let mut rules = "framework d \"D\" version \"1\"\npanel country by year\n".to_owned();
        rules.push_str("indicator i0 \"I\" : number in 0..1\nscore a0 \"A\" = i0\n");
        for at in 1..=size {
            rules.push_str(&format!(
                "indicator i{at} \"I\" : number in 0..1\n{}\n",
                each(at, size)
            ));
        }
        rules
    }

    #[test]
    fn the_work_grows_with_what_is_written_not_with_how_far_it_reaches() {
        type Shape = fn(usize, usize) -> String;
        let shapes: [(&str, Shape); 4] = [
            ("a chain below one factor", |at, size| {
                let step = format!("score a{at} \"A\" = a{} + i{at}", at - 1);
                if at < size {
                    return step;
                }
                format!("{step}\nfactor f \"F\" {{ combine mean members {{ a{at} }} }}")
            }),
            ("factors of factors", |at, _| {
                let before = at - 1;
                format!("factor a{at} \"A\" {{ combine mean members {{ a{before}, i{at} }} }}")
            }),
            ("side by side", |at, _| {
                let before = at - 1;
                format!("factor a{at} \"A\" {{ combine mean members {{ i{before}, i{at} }} }}")
            }),
            ("signals of all factors", |at, _| {
                format!(
                    "factor a{at} \"A\" {{ combine mean members {{ i{at} }} }}
signal s{at} \"S\" = any(factors >= 0.5)"
                )
            }),
        ];
        for (what, shape) in shapes {
            let (one, two) = (steps(&rules(200, shape)), steps(&rules(400, shape)));
            // Signals have no sources of their own: nothing is to be done for them.
            let least = if what.starts_with("signals") { 0 } else { 199 };
            assert!(one >= least, "{what}: {one}");
            assert!(two * 10 <= one * 23, "{what}: {one}, then {two}");
        }
    }
}
