//! Keys that name several entities at once: `Avalor, Belmark`.
//!
//! In: the keys of all files. Out: those that are made of others. They are taken for entities of their own, and what
//! their rows say counts for none of those that they name.

use super::part::BoundFile;
use crate::causes::data::SeveralInOne;
use crate::panel;
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use std::collections::BTreeSet;

/// The names that a key is made of, where it is made of several.
fn parts(name: &str) -> Vec<&str> {
    let parts = name
        .split([',', ';', '/'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.collect()
}

/// Tells them.
pub(super) fn check(plan: &Plan, files: &[BoundFile], warnings: &mut Reports) {
    let keys = files.iter().flat_map(|part| &part.entities);
    let names: BTreeSet<&str> = keys.map(|key| panel::first_key(key)).collect();
    let is_several = |name: &&str| {
        let parts = parts(name);
        parts.len() > 1 && parts.iter().all(|part| names.contains(part))
    };
    let several: Vec<&str> = names.iter().copied().filter(is_several).collect();
    let Some(first) = several.first() else {
        return;
    };
    let has = |part: &&BoundFile| {
        let mut own = part.entities.iter();
        own.any(|key| panel::first_key(key) == *first)
    };
    let file = files.iter().find(has);
    warnings.add(SeveralInOne {
        file: file.map_or_else(String::new, |part| part.file.clone()),
        column: file.and_then(|part| part.entity_columns.first().cloned()),
        entity: plan.panel.entity().to_owned(),
        names: several.into_iter().map(str::to_owned).collect(),
    });
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_key_is_taken_apart_where_names_are_set_apart() {
        assert_eq!(parts("Avalor, Belmark"), ["Avalor", "Belmark"]);
        assert_eq!(
            parts("Avalor and Belmark & Corva"),
            ["Avalor", "Belmark", "Corva"]
        );
        assert_eq!(parts("Andover"), ["Andover"]);
    }
}
