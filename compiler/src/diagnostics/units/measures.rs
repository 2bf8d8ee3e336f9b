//! Units of measure that everybody knows: how many of one are another.
//!
//! In: the names of two units. Out: how the larger is declared in the smaller, where both measure the same.

/// Each group measures one thing; how many of the smallest a unit is.
const MEASURES: [&[(&str, u64)]; 5] = [
    &[
        ("mm", 1),
        ("millimetres", 1),
        ("millimeters", 1),
        ("cm", 10),
        ("centimetres", 10),
        ("centimeters", 10),
        ("m", 1_000),
        ("metres", 1_000),
        ("meters", 1_000),
        ("km", 1_000_000),
        ("kilometres", 1_000_000),
        ("kilometers", 1_000_000),
    ],
    &[
        ("g", 1),
        ("grams", 1),
        ("kg", 1_000),
        ("kgs", 1_000),
        ("kilos", 1_000),
        ("kilograms", 1_000),
        ("kilogrammes", 1_000),
        ("quintals", 100_000),
        ("t", 1_000_000),
        ("tonnes", 1_000_000),
        ("tons", 1_000_000),
    ],
    &[
        ("ml", 1),
        ("millilitres", 1),
        ("l", 1_000),
        ("litres", 1_000),
        ("liters", 1_000),
        ("hl", 100_000),
        ("m3", 1_000_000),
    ],
    &[
        ("m2", 1),
        ("ares", 100),
        ("ha", 10_000),
        ("hectares", 10_000),
        ("km2", 1_000_000),
    ],
    &[
        ("w", 1),
        ("kw", 1_000),
        ("mw", 1_000_000),
        ("gw", 1_000_000_000),
    ],
];

/// How many of which smaller unit the larger one is: the larger, the number, the smaller.
pub(crate) fn related<'n>(one: &'n str, other: &'n str) -> Option<(&'n str, u64, &'n str)> {
    MEASURES.iter().find_map(|group| {
        let size = |name: &str| {
            let small = name.to_ascii_lowercase();
            group
                .iter()
                .find(|(known, _)| *known == small)
                .map(|(_, size)| *size)
        };
        let (first, second) = (size(one)?, size(other)?);
        match first.cmp(&second) {
            std::cmp::Ordering::Greater => Some((one, first / second, other)),
            std::cmp::Ordering::Less => Some((other, second / first, one)),
            std::cmp::Ordering::Equal => None,
        }
    })
}

/// Other names for what units count.
const SAME: [&[&str]; 8] = [
    &[
        "people",
        "persons",
        "inhabitants",
        "individuals",
        "population",
    ],
    &["deaths", "fatalities", "dead", "killed"],
    &["events", "incidents", "attacks"],
    &["dollars", "usd", "dollar"],
    &["euros", "eur", "euro"],
    &["households", "hh", "families"],
    &["children", "kids", "minors"],
    &["cases", "patients"],
];

/// Do the two name the same thing?
pub(crate) fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    let size = |name: &str| {
        let mut groups = MEASURES.iter().enumerate();
        groups.find_map(|(at, group)| {
            let found = group.iter().find(|(known, _)| *known == name)?;
            Some((at, found.1))
        })
    };
    let named = SAME
        .iter()
        .any(|group| group.contains(&one.as_str()) && group.contains(&other.as_str()));
    one != other && (named || size(&one).is_some() && size(&one) == size(&other))
}

/// The number in the other unit, where both measure the same and it comes out whole or short: `5_000` m are 5 km.
pub(crate) fn brought(number: &str, from: &str, to: &str) -> Option<String> {
    let x: f64 = number.replace('_', "").parse().ok()?;
    let (larger, count, _) = related(from, to)?;
    let count = count as f64;
    let x = if larger == from { x * count } else { x / count };
    let text = crate::numbers::show(crate::decimal::round(x, 9));
    (x != 0.0 && text.len() <= 12).then_some(text)
}

/// How a unit is declared in one that is there: `unit m = 0.001 km`, `unit m = 100 cm`.
pub(crate) fn declared_in(new: &str, known: &str) -> Option<String> {
    let (larger, count, _) = related(new, known)?;
    let count = count as f64;
    let times = if larger == new { count } else { 1.0 / count };
    Some(format!(
        "unit {new} = {} {known}",
        crate::numbers::show(crate::decimal::round(times, 12))
    ))
}

/// `unit cm = 10 mm`
pub(crate) fn declared(one: &str, other: &str) -> Option<String> {
    let (larger, count, smaller) = related(one, other)?;
    Some(format!(
        "unit {larger} = {} {smaller}",
        crate::numbers::show(count as f64)
    ))
}

#[cfg(test)]
mod tests {
    use super::{brought, declared, declared_in, same};

    #[test]
    fn what_is_not_declared_is_told_in_what_is() {
        assert_eq!(declared_in("m", "km").as_deref(), Some("unit m = 0.001 km"));
        assert_eq!(declared_in("m", "cm").as_deref(), Some("unit m = 100 cm"));
        assert_eq!(brought("5_000", "m", "km").as_deref(), Some("5"));
        assert_eq!(brought("1.5", "m", "cm").as_deref(), Some("150"));
        assert!(same("tons", "tonnes") && same("persons", "people") && !same("tonnes", "kg"));
    }

    #[test]
    fn the_larger_is_told_in_the_smaller() {
        assert_eq!(declared("cm", "mm").as_deref(), Some("unit cm = 10 mm"));
        assert_eq!(declared("mm", "cm").as_deref(), Some("unit cm = 10 mm"));
        assert_eq!(declared("cm", "kg"), None);
        assert_eq!(declared("cm", "cm"), None);
    }
}
