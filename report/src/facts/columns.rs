//! Result columns by what they are: levels with their bounds, factors with their coverage.

use forewarn_charts::Between;
use forewarn_plan::{DeclarationKind, OutputKind, Plan};

use super::Material;

/// A level and where every row stands.
#[derive(Clone, Debug)]
pub struct LevelFacts<'a> {
    pub name: String,
    pub label: String,
    /// What people call its places, the least first.
    pub places: Vec<String>,
    exact: &'a [f64],
    bounds: Option<(&'a [f64], &'a [f64])>,
    gaps: &'a [usize],
}

impl LevelFacts<'_> {
    /// Where a row stands; nothing in a row that no data has.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<Between> {
        if self.gaps.binary_search(&row).is_ok() {
            return None;
        }
        let place = |column: &[f64]| {
            let value = column.get(row).copied().filter(|value| *value >= 0.0)?;
            Some((value as usize).min(self.places.len().saturating_sub(1)))
        };
        if let Some((least, most)) = self.bounds {
            return Some(Between {
                least: place(least)?,
                most: place(most)?,
            });
        }
        // Without bounds a missing level says nothing: it can be any.
        Some(place(self.exact).map_or(
            Between {
                least: 0,
                most: self.places.len().saturating_sub(1),
            },
            Between::exactly,
        ))
    }
}

/// A factor over all rows.
#[derive(Clone, Debug)]
pub struct FactorFacts<'a> {
    pub name: String,
    pub label: String,
    pub unit: String,
    pub values: &'a [f64],
    pub coverage: &'a [f64],
    /// What it is with its unknown members at either end, where the rules publish that.
    pub bounds: Option<(&'a [f64], &'a [f64])>,
}

/// All of them.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    pub levels: Vec<LevelFacts<'a>>,
    pub factors: Vec<FactorFacts<'a>>,
    material: Material<'a>,
}

impl<'a> Columns<'a> {
    #[must_use]
    pub fn of(material: Material<'a>) -> Self {
        let plan = material.plan;
        let values = |name: &str| values(material, name);
        let bounds = |name: &str| {
            let of = |part: &str| values(&format!("{name}.{part}"));
            of("at_least").zip(of("at_most"))
        };
        let mut levels = Vec::new();
        for output in &plan.outputs {
            let OutputKind::Level { labels, .. } = &output.kind else {
                continue;
            };
            let is_own = output.column == output.declaration;
            if !is_own
                || matches!(
                    kind(plan, &output.declaration),
                    Some(DeclarationKind::Alert | DeclarationKind::Indicator)
                )
            {
                continue;
            }
            levels.push(LevelFacts {
                name: output.declaration.clone(),
                label: called(&output.label, &output.declaration),
                places: labels.clone(),
                exact: values(&output.column).unwrap_or_default(),
                bounds: bounds(&output.column),
                gaps: &material.panel.gaps,
            });
        }
        let factors = plan.outputs.iter().filter(|output| {
            output.column == output.declaration
                && kind(plan, &output.declaration) == Some(DeclarationKind::Factor)
        });
        let factors = factors.map(|output| FactorFacts {
            name: output.declaration.clone(),
            label: called(&output.label, &output.declaration),
            unit: output.unit.clone(),
            values: values(&output.column).unwrap_or_default(),
            coverage: values(&format!("{}.coverage", output.column)).unwrap_or_default(),
            bounds: bounds(&output.column),
        });
        Self {
            levels,
            factors: factors.collect(),
            material,
        }
    }

    /// The column of a result.
    #[must_use]
    pub fn values(&self, name: &str) -> Option<&'a [f64]> {
        values(self.material, name)
    }
}

/// A label, or the name where there is none.
pub(crate) fn called(label: &str, name: &str) -> String {
    if label.is_empty() { name } else { label }.to_owned()
}

fn kind(plan: &Plan, name: &str) -> Option<DeclarationKind> {
    let mut all = plan.declarations.iter();
    all.find(|one| one.name == name).map(|one| one.kind)
}

pub(super) fn values<'a>(material: Material<'a>, name: &str) -> Option<&'a [f64]> {
    let mut outputs = material.plan.outputs.iter();
    let at = outputs.position(|output| output.column == name)?;
    let mut columns = material.results.columns.iter();
    let found = columns.find(|column| column.output == at)?;
    Some(&found.values)
}
