//! What an earlier run knows of periods before the data begin.
//!
//! In: what it knew last of indicators whose values stand for a while, and where it ended. Out: what is carried into
//! an entity's first rows, as if the rows in which it was observed were there; and the period behind which rows go on.

use super::carry::Stray;
use super::cells::{Outcome, within};
use super::keys::Keys;
use forewarn_plan::{INAPPLICABLE, InputInfo, InputKind, Plan};
use std::collections::{BTreeMap, HashMap};

/// What an earlier run hands over to whoever binds later data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Earlier {
    /// What was known last of indicators whose values stand for a while.
    pub observed: Vec<Observed>,
    /// By entity, as the panel names it, the last period that it had. Periods between that and its first row are
    /// periods without data, as are those between its rows.
    pub last: BTreeMap<String, i64>,
    /// The file that hands it over, as shown to people.
    pub file: String,
}

/// The last observation of an indicator of an entity, of a period before its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// As the panel names it.
    pub entity: String,
    /// The indicator's name.
    pub input: String,
    pub period: i64,
    /// The name of a place on a scale or of a category, a truth as `yes` and `no`, else a number.
    pub value: String,
    /// What a number counts, as people read it; none where an earlier version handed it over.
    pub unit: Option<String>,
    /// Where observations are verified: was this one?
    pub verified: Option<bool>,
}

/// A value as it is handed over, so that it can be read though the order of places has changed.
#[must_use]
pub fn written(info: &InputInfo, x: f64) -> Option<String> {
    if x == INAPPLICABLE {
        return info.inapplicable.first().cloned();
    }
    match &info.kind {
        InputKind::Number => Some(format!("{x:?}")),
        InputKind::Truth => Some(if x == 1.0 { "yes" } else { "no" }.to_owned()),
        InputKind::Level { names, .. } | InputKind::Category { names } => {
            names.get(x as usize).cloned()
        }
        InputKind::Verification { .. }
        | InputKind::Applies { .. }
        | InputKind::Age { .. }
        | InputKind::Key { .. } => None,
    }
}

/// What an observation is to rules that may have changed since.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// What it was.
    As(f64),
    /// It lies outside of the declared range, and is that end of it.
    Moved(f64),
    /// It lies outside of the declared range, so that it is missing.
    Outside,
    /// It lies outside of the declared range, and such data are refused.
    Refused,
    /// A number that counted something else.
    OtherUnit,
    /// No such indicator has that value.
    Unknown,
}

impl Standing {
    /// The value that stands.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::As(x) | Self::Moved(x) => Some(x),
            Self::Outside | Self::Refused | Self::OtherUnit | Self::Unknown => None,
        }
    }
}

/// What an observation is to these rules, as a cell of their own data would be.
#[must_use]
pub fn standing(info: &InputInfo, one: &Observed) -> Standing {
    if info.inapplicable.contains(&one.value) {
        return Standing::As(INAPPLICABLE);
    }
    let known = |at: Option<f64>| at.map_or(Standing::Unknown, Standing::As);
    match &info.kind {
        InputKind::Number => {
            let Ok(x) = one.value.parse::<f64>() else {
                return Standing::Unknown;
            };
            if one.unit.as_ref().is_some_and(|unit| *unit != info.unit) {
                return Standing::OtherUnit;
            }
            match within(info, x) {
                Outcome::Value(x) => Standing::As(x),
                Outcome::OutOfRange { instead: None, .. } => Standing::Refused,
                Outcome::OutOfRange {
                    instead: Some(x), ..
                } if !x.is_nan() => Standing::Moved(x),
                Outcome::OutOfRange { .. }
                | Outcome::Missing
                | Outcome::Worded
                | Outcome::Unknown
                | Outcome::Inapplicable
                | Outcome::Named(_)
                | Outcome::NotANumber(_)
                | Outcome::NotYesOrNo
                | Outcome::NotOneOf => Standing::Outside,
            }
        }
        InputKind::Truth => match one.value.as_str() {
            "yes" => Standing::As(1.0),
            "no" => Standing::As(0.0),
            _ => Standing::Unknown,
        },
        InputKind::Level { names, .. } | InputKind::Category { names } => {
            let at = names.iter().position(|name| *name == one.value);
            known(at.map(|at| at as f64))
        }
        InputKind::Verification { .. }
        | InputKind::Applies { .. }
        | InputKind::Age { .. }
        | InputKind::Key { .. } => Standing::Unknown,
    }
}

/// By input of the Plan: the observations of entities that have later rows alone, sorted by entity.
pub(super) fn strays(plan: &Plan, keys: &Keys, earlier: &[Observed]) -> Vec<Vec<Stray>> {
    let mut found = vec![Vec::new(); plan.inputs.len()];
    if earlier.is_empty() || keys.periods.is_empty() {
        return found;
    }
    // The number of an entity and its first period.
    let mut firsts: HashMap<&str, (u32, i64)> = HashMap::new();
    for (entity, period) in keys.entity_of.iter().zip(&keys.periods) {
        if let Some(name) = keys.entities.get(*entity as usize) {
            let first = firsts.entry(name).or_insert((*entity, *period));
            first.1 = first.1.min(*period);
        }
    }
    let inputs = || plan.inputs.iter().enumerate();
    for one in earlier {
        let Some((entity, first)) = firsts.get(one.entity.as_str()).copied() else {
            continue;
        };
        let own = inputs().find(|(_, info)| info.name == one.input && info.carry_forward.is_some());
        let Some((input, info)) = own.filter(|_| one.period < first) else {
            continue;
        };
        let stray = |value| Stray {
            entity,
            period: one.period,
            value,
        };
        let Some(value) = standing(info, one).value() else {
            continue;
        };
        let by = inputs().find(
            |(_, info)| matches!(info.kind, InputKind::Verification { of } if of as usize == input),
        );
        if let (Some((by, _)), Some(verified)) = (by, one.verified)
            && let Some(strays) = found.get_mut(by)
        {
            strays.push(stray(f64::from(u8::from(verified))));
        }
        if let Some(strays) = found.get_mut(input) {
            strays.push(stray(value));
        }
    }
    for strays in &mut found {
        strays.sort_by_key(|one| (one.entity, one.period));
    }
    found
}
