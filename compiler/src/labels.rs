//! What people call levels and categories: data may have it in place of the names.
//!
//! In: a checked framework in its own words, and its translations. Out: for each indicator that is a level or a
//! category the labels of each of its names, in all languages that there are. A translation of another text than
//! today's is one that tables may still have.

use crate::checked::{CheckedFramework, Named};
use crate::package::Package;
use crate::plan::{InputKind, Plan};
use crate::source::Files;
use crate::translations;
use crate::types::Type;
use std::collections::BTreeMap;

/// Labels by whose they are, a scale's or a category's, and by name.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    labels: BTreeMap<(String, String), Vec<String>>,
    /// Whose names the categories of an indicator are.
    owners: BTreeMap<String, String>,
}

impl Labels {
    /// Those of a framework that is still in its own words.
    pub(crate) fn of(checked: &CheckedFramework) -> Self {
        let mut all = Self::default();
        for scale in &checked.scales {
            all.add(&scale.name, &scale.levels);
        }
        for value in &checked.values {
            let Type::Category(id) = value.ty else {
                continue;
            };
            let Some(category) = checked.categories.get(id.0 as usize) else {
                continue;
            };
            let owner = match category.name.as_str() {
                "" => &value.name,
                _ => &category.name,
            };
            all.add(owner, &category.names);
            all.owners.insert(value.name.clone(), owner.clone());
        }
        all
    }

    fn add(&mut self, owner: &str, names: &[Named]) {
        for one in names.iter().filter(|one| !one.label.is_empty()) {
            self.put((owner.to_owned(), one.name.clone()), &one.label);
        }
    }

    fn put(&mut self, key: (String, String), label: &str) {
        let known = self.labels.entry(key).or_default();
        if !known.iter().any(|one| one == label) {
            known.push(label.to_owned());
        }
    }

    /// Those of a Plan's indicators, with what translations add to them.
    pub(crate) fn give(mut self, plans: &mut [&mut Plan], package: &Package, files: &dyn Files) {
        let is_named = |plan: &Plan| {
            let mut inputs = plan.inputs.iter();
            inputs.any(|input| {
                matches!(
                    input.kind,
                    InputKind::Level { .. } | InputKind::Category { .. }
                )
            })
        };
        if !plans.iter().any(|plan| is_named(plan)) {
            return;
        }
        for (owner, name, label) in translations::levels(package, files) {
            self.put((owner, name), &label);
        }
        for plan in plans {
            for input in &plan.inputs {
                let (owner, names) = match &input.kind {
                    InputKind::Level { scale, names } => (scale, names),
                    InputKind::Category { names } => {
                        (self.owners.get(&input.name).unwrap_or(&input.name), names)
                    }
                    InputKind::Number
                    | InputKind::Truth
                    | InputKind::Verification { .. }
                    | InputKind::Applies { .. }
                    | InputKind::Age { .. }
                    | InputKind::Key { .. } => continue,
                };
                let labels = names.iter().map(|name| {
                    let key = (owner.clone(), name.clone());
                    self.labels.get(&key).cloned().unwrap_or_default()
                });
                plan.labels.insert(input.name.clone(), labels.collect());
            }
        }
    }
}
