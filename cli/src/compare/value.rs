//! A value of the data that was revised, and how values are said.

use crate::comparison::{Revised, short};
use forewarn_plan::InputKind;

/// A value of the data that was revised.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub indicator: String,
    pub entity: String,
    pub period: Option<i64>,
    /// In words.
    pub when: String,
    pub from: String,
    pub to: String,
}

impl Value {
    /// `AVA 2024-01 600 → 450`
    pub fn words(&self) -> String {
        let who = format!("{} {}", self.entity, self.when);
        format!("{} {} → {}", who.trim_end(), self.from, self.to)
    }

    /// The same for programs.
    pub fn told(&self) -> Revised {
        Revised {
            indicator: self.indicator.clone(),
            entity: self.entity.clone(),
            period: Some(self.when.clone()).filter(|when| !when.is_empty()),
            from: self.from.clone(),
            to: self.to.clone(),
        }
    }
}

/// A value of the data in words.
pub fn word(kind: &InputKind, x: f64) -> String {
    let named = |names: &[String]| {
        let place = (x >= 0.0).then_some(x as usize);
        let name = place.and_then(|place| names.get(place));
        name.cloned().unwrap_or_else(|| short(x))
    };
    if x.is_nan() {
        return "–".to_owned();
    }
    match kind {
        InputKind::Level { names, .. } | InputKind::Category { names } => named(names),
        InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. } => {
            if x == 0.0 { "no" } else { "yes" }.to_owned()
        }
        InputKind::Number | InputKind::Age { .. } | InputKind::Key { .. } => short(x),
    }
}
