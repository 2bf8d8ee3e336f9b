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
        ("kilograms", 1_000),
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
    use super::declared;

    #[test]
    fn the_larger_is_told_in_the_smaller() {
        assert_eq!(declared("cm", "mm").as_deref(), Some("unit cm = 10 mm"));
        assert_eq!(declared("mm", "cm").as_deref(), Some("unit cm = 10 mm"));
        assert_eq!(declared("cm", "kg"), None);
        assert_eq!(declared("cm", "cm"), None);
    }
}
