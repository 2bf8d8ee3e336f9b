//! Points of a method, counted.

use crate::test::tested::Tested;
use forewarn_compiler::coverage::PointKind;
use forewarn_runtime::testing::Covered;
use std::path::Path;

/// How many points there are and how many of them tests show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub shown: usize,
    pub all: usize,
}

impl Tally {
    pub fn of<'a>(points: impl IntoIterator<Item = &'a Covered>) -> Self {
        let mut tally = Self::default();
        for point in points.into_iter().filter(|point| point.counts()) {
            tally.all += 1;
            tally.shown += usize::from(point.hits > 0);
        }
        tally
    }

    /// In percent; where there is nothing to show, all is shown.
    pub fn percent(self) -> f64 {
        if self.all == 0 {
            100.0
        } else {
            self.shown as f64 / self.all as f64 * 100.0
        }
    }

    /// `83 %`, never rounded up: only what is whole is 100 %.
    pub fn words(self) -> String {
        format!("{} %", self.percent().floor())
    }
}

/// The points of a ruleset by whose they are: its own files, then those of each package that it
/// extends.
pub struct PackagePoints<'a> {
    /// Empty for the ruleset itself.
    pub package: String,
    pub points: Vec<&'a Covered>,
}

pub(super) fn parts(tested: &Tested) -> Vec<PackagePoints<'_>> {
    let mut parts = vec![PackagePoints {
        package: String::new(),
        points: Vec::new(),
    }];
    for point in &tested.coverage {
        let package = package_of(tested, &file_of(tested, point));
        match parts.iter_mut().find(|part| part.package == package) {
            Some(part) => part.points.push(point),
            None => parts.push(PackagePoints {
                package,
                points: vec![point],
            }),
        }
    }
    parts
}

pub(super) fn file_of(tested: &Tested, point: &Covered) -> String {
    let file = tested.sources.get(point.point.span.file);
    file.map_or(String::new(), |file| file.name.clone())
}

/// The folder of a file that does not belong to the ruleset's own; empty for those that do.
fn package_of(tested: &Tested, file: &str) -> String {
    let entry = Path::new(&tested.path);
    let root = if entry.is_dir() {
        entry
    } else {
        entry.parent().unwrap_or(Path::new(""))
    };
    if Path::new(file).starts_with(root) {
        return String::new();
    }
    let folder = Path::new(file).parent().unwrap_or(Path::new(file));
    folder.display().to_string().replace('\\', "/")
}

/// The points of one kind, of all kinds that there are.
pub(super) fn by_kind(points: &[&Covered]) -> Vec<(PointKind, Tally)> {
    let kinds = PointKind::ALL.into_iter();
    let tally = |kind| {
        let own = points.iter().copied();
        (
            kind,
            Tally::of(own.filter(|point| point.point.kind == kind)),
        )
    };
    kinds
        .map(tally)
        .filter(|(_, tally)| tally.all > 0)
        .collect()
}
