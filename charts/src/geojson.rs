//! Outlines as somebody gives them: GeoJSON.
//!
//! In: the text of a collection of features. Out: each feature's names and its rings of longitude and
//! latitude. Nothing is bundled: whose borders are drawn is for whoever publishes to decide.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Features that may be entities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlines {
    pub(crate) features: Vec<Feature>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Feature {
    /// By property; the feature's own identifier stands under an empty name.
    pub names: BTreeMap<String, String>,
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// Why a text is no outlines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no JSON: what is wrong, in the reader's words.
    Json(String),
    /// It is JSON of something else.
    NoFeatures,
    /// It has features, and none of them has an outline.
    NoOutlines,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(why) => write!(f, "it is no JSON: {why}"),
            Self::NoFeatures => f.write_str("it is no GeoJSON with features"),
            Self::NoOutlines => f.write_str("none of its features is a polygon"),
        }
    }
}

impl Outlines {
    /// Reads GeoJSON.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| Unreadable::Json(error.to_string()))?;
        let features = match value.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => value.get("features").and_then(Value::as_array),
            _ => None,
        };
        let features = features.ok_or(Unreadable::NoFeatures)?;
        let features: Vec<Feature> = features
            .iter()
            .map(feature)
            .filter(|one| !one.rings.is_empty())
            .collect();
        if features.is_empty() {
            return Err(Unreadable::NoOutlines);
        }
        Ok(Self { features })
    }

    /// Is any feature called so?
    #[must_use]
    pub fn has_any(&self, is_name: impl Fn(&str) -> bool) -> bool {
        self.key(is_name).is_some()
    }

    /// The property by which most of these names are found.
    pub(crate) fn key(&self, is_name: impl Fn(&str) -> bool) -> Option<&str> {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for (property, name) in self.features.iter().flat_map(|one| &one.names) {
            *found.entry(property).or_default() += usize::from(is_name(name));
        }
        let best = found.into_iter().filter(|(_, number)| *number > 0);
        best.max_by_key(|(property, number)| (*number, std::cmp::Reverse(*property)))
            .map(|(property, _)| property)
    }
}

fn feature(value: &Value) -> Feature {
    let mut names = BTreeMap::new();
    let word = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    if let Some(id) = value.get("id").and_then(word) {
        names.insert(String::new(), id);
    }
    let properties = value.get("properties").and_then(Value::as_object);
    for (property, value) in properties.into_iter().flatten() {
        if let Some(name) = word(value) {
            names.insert(property.clone(), name);
        }
    }
    let mut rings = Vec::new();
    if let Some(geometry) = value.get("geometry") {
        gather(geometry, &mut rings);
    }
    Feature { names, rings }
}

fn gather(geometry: &Value, rings: &mut Vec<Vec<(f64, f64)>>) {
    let coordinates = geometry.get("coordinates").and_then(Value::as_array);
    match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => rings.extend(coordinates.into_iter().flatten().filter_map(ring)),
        Some("MultiPolygon") => {
            let polygons = coordinates
                .into_iter()
                .flatten()
                .filter_map(Value::as_array);
            rings.extend(polygons.flatten().filter_map(ring));
        }
        Some("GeometryCollection") => {
            let parts = geometry.get("geometries").and_then(Value::as_array);
            for part in parts.into_iter().flatten() {
                gather(part, rings);
            }
        }
        _ => {}
    }
}

fn ring(value: &Value) -> Option<Vec<(f64, f64)>> {
    let places = value.as_array()?.iter().map(|place| {
        let place = place.as_array()?;
        let (x, y) = (place.first()?.as_f64()?, place.get(1)?.as_f64()?);
        (x.is_finite() && y.is_finite()).then_some((x, y))
    });
    let places: Option<Vec<(f64, f64)>> = places.collect();
    places.filter(|places| places.len() >= 3)
}
