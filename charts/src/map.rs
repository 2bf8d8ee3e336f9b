//! A map: the second way to see where everybody stands, never the only one.
//!
//! Equirectangular, true to scale at the middle of what is drawn, cropped to the entities. What would be too
//! small to see is a circle. Longitudes and latitudes are never mirrored: east stays at the right.

use std::collections::BTreeMap;

use crate::canvas::Canvas;
use crate::color::{INK, PAPER, level};
use crate::geojson::Outlines;
use crate::stroke::Path;
use crate::{Between, Graphic, Look, Table, WIDTH};

/// Outlines of fewer square pixels become circles.
const SMALL: f64 = 9.0;
const TALLEST: f64 = 460.0;

/// An entity and where it stands; nothing where no report came.
#[derive(Clone, Debug)]
pub struct Place {
    pub entity: String,
    pub at: Option<Between>,
    pub said: String,
}

#[derive(Clone, Debug)]
pub struct Map<'a> {
    pub outlines: &'a Outlines,
    pub of: usize,
    pub places: &'a [Place],
    pub says: &'a str,
    pub head: [&'a str; 2],
}

/// From longitude and latitude to pixels.
struct Projection {
    west: f64,
    north: f64,
    narrow: f64,
    scale: f64,
}

impl Projection {
    fn of(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (
            4.0 + (x - self.west) * self.narrow * self.scale,
            4.0 + (self.north - y) * self.scale,
        )
    }
}

impl Map<'_> {
    /// The map; nothing where no outline has the name of an entity.
    #[must_use]
    pub fn draw(&self, _: Look) -> Option<Graphic> {
        let places: BTreeMap<&str, &Place> = self
            .places
            .iter()
            .map(|place| (place.entity.as_str(), place))
            .collect();
        let key = self.outlines.key(|name| places.contains_key(name))?;
        let features = self.outlines.features.iter();
        let features: Vec<(Option<&&Place>, _)> = features
            .map(|one| {
                (
                    one.names
                        .get(key)
                        .and_then(|name| places.get(name.as_str())),
                    one,
                )
            })
            .collect();
        let ours = features.iter().filter(|(place, _)| place.is_some());
        let all: Vec<(f64, f64)> = ours
            .flat_map(|(_, one)| one.rings.iter().flatten().copied())
            .collect();
        let end = |of: fn(&(f64, f64)) -> f64, pick: fn(f64, f64) -> f64| {
            all.iter().map(of).reduce(pick).unwrap_or(0.0)
        };
        let (west, east) = (end(|p| p.0, f64::min), end(|p| p.0, f64::max));
        let (south, north) = (end(|p| p.1, f64::min), end(|p| p.1, f64::max));
        let narrow = ((south + north) / 2.0).to_radians().cos().max(0.1);
        let (wide, tall) = (
            ((east - west) * narrow).max(1e-6),
            (north - south).max(1e-6),
        );
        let scale = ((WIDTH - 8.0) / wide).min((TALLEST - 8.0) / tall);
        let projection = Projection {
            west,
            north,
            narrow,
            scale,
        };
        let (width, height) = (wide * scale + 8.0, tall * scale + 8.0);
        let mut canvas = Canvas::new(width, height, Look::default());
        for (place, feature) in features {
            let rings: Vec<Vec<(f64, f64)>> = feature
                .rings
                .iter()
                .map(|ring| thinned(ring.iter().map(|place| projection.of(*place))))
                .collect();
            let around = Around::of(&rings);
            let inside = around.right >= 0.0
                && around.left <= width
                && around.bottom >= 0.0
                && around.top <= height;
            if !inside {
                continue;
            }
            let at = place.map(|place| place.at);
            if rings.iter().map(|ring| area(ring)).sum::<f64>() < SMALL {
                if let Some(at) = at {
                    let (x, y) = around.middle();
                    canvas.circle(x, y, 4.0, &fill(at, self.of), INK);
                }
                continue;
            }
            canvas.outlines(
                &path(&rings),
                &at.map_or(PAPER.to_owned(), |at| fill(at, self.of)),
            );
            match at {
                Some(Some(at)) if !at.is_known() => {
                    let lines = hatching(&rings, &around);
                    canvas.outlines(&lines, "none");
                }
                Some(None) => {
                    let (x, y) = around.middle();
                    canvas.cross(x, y);
                }
                Some(Some(_)) | None => {}
            }
        }
        let rows = self.places.iter();
        let rows = rows.map(|place| vec![place.entity.clone(), place.said.clone()]);
        Some(Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&self.head, rows.collect()),
        })
    }
}

/// Undetermined and silent places are white below their marks.
fn fill(at: Option<Between>, of: usize) -> String {
    match at {
        Some(at) if at.is_known() => level(at.least, of),
        Some(_) | None => PAPER.to_owned(),
    }
}

/// Without places that cannot be told apart.
fn thinned(places: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (x, y) in places {
        let near = kept
            .last()
            .is_some_and(|(a, b)| (x - a).abs() + (y - b).abs() < 0.9);
        if !near {
            kept.push((x, y));
        }
    }
    kept
}

struct Around {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Around {
    fn of(rings: &[Vec<(f64, f64)>]) -> Self {
        let mut around = Self {
            left: f64::INFINITY,
            right: f64::NEG_INFINITY,
            top: f64::INFINITY,
            bottom: f64::NEG_INFINITY,
        };
        for (x, y) in rings.iter().flatten() {
            around.left = around.left.min(*x);
            around.right = around.right.max(*x);
            around.top = around.top.min(*y);
            around.bottom = around.bottom.max(*y);
        }
        around
    }

    fn middle(&self) -> (f64, f64) {
        (
            (self.left + self.right) / 2.0,
            (self.top + self.bottom) / 2.0,
        )
    }
}

fn area(ring: &[(f64, f64)]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let twice: f64 = ring
        .iter()
        .zip(next)
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
        .sum();
    twice.abs() / 2.0
}

fn path(rings: &[Vec<(f64, f64)>]) -> Path {
    let mut path = Path::default();
    for ring in rings.iter().filter(|ring| !ring.is_empty()) {
        path.through(ring.iter().copied());
        path.close();
    }
    path
}

/// Lines inside of the rings, each from where it enters to where it leaves.
fn hatching(rings: &[Vec<(f64, f64)>], around: &Around) -> Path {
    let mut path = Path::default();
    // On the line x + y = at, places are told by x.
    let mut at = around.left + around.top;
    while at < around.right + around.bottom {
        let mut crossed: Vec<f64> = Vec::new();
        for ring in rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                let (from, to) = (a.0 + a.1 - at, b.0 + b.1 - at);
                if (from < 0.0) != (to < 0.0) {
                    crossed.push(a.0 + (b.0 - a.0) * from / (from - to));
                }
            }
        }
        crossed.sort_by(f64::total_cmp);
        for two in crossed.chunks_exact(2) {
            if let [from, to] = two {
                path.through([(*from, at - from), (*to, at - to)]);
            }
        }
        at += 5.0;
    }
    path
}
