//! Aggregates among the entities: the world, regions, groups by income.
//!
//! In: the names of a panel's entities. Out: those that World Bank, UNDP, Eurostat and Our World in
//! Data use for groups of countries. None of these is the code of a country (ISO 3166). Where rules
//! compare peers they are told, since every rank is then a rank among countries and continents.

use super::part::BoundFile;
use super::usual;
use crate::causes::data::{AggregatesAmongPeers, TotalAmongEntities};
use crate::panel;
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use std::collections::BTreeSet;

/// Codes of aggregates in the World Bank's data.
const CODES: [&str; 49] = [
    "AFE", "AFW", "ARB", "CEB", "CSS", "EAP", "EAR", "EAS", "ECA", "ECS", "EMU", "EUU", "FCS",
    "HIC", "HPC", "IBD", "IBT", "IDA", "IDB", "IDX", "INX", "LAC", "LCN", "LDC", "LIC", "LMC",
    "LMY", "LTE", "MEA", "MIC", "MNA", "NAC", "OED", "OSS", "PRE", "PSS", "PST", "SAS", "SSA",
    "SSF", "SST", "TEA", "TEC", "TLA", "TMN", "TSA", "TSS", "UMC", "WLD",
];

/// Codes that Our World in Data and Eurostat add.
const MORE_CODES: [&str; 16] = [
    "OWID_AFR",
    "OWID_ASI",
    "OWID_EUN",
    "OWID_EUR",
    "OWID_HIC",
    "OWID_LIC",
    "OWID_LMC",
    "OWID_NAM",
    "OWID_OCE",
    "OWID_SAM",
    "OWID_UMC",
    "OWID_WRL",
    "EU27_2020",
    "EU28",
    "EA19",
    "EA20",
];

/// How groups of countries are called in full, in small letters.
const NAMES: [&str; 34] = [
    "africa",
    "all countries",
    "americas",
    "arab states",
    "arab world",
    "asia",
    "caribbean small states",
    "developing countries",
    "east asia & pacific",
    "east asia and the pacific",
    "euro area",
    "europe",
    "europe & central asia",
    "europe and central asia",
    "european union",
    "grand total",
    "high income",
    "high human development",
    "latin america & caribbean",
    "latin america and the caribbean",
    "least developed countries",
    "low human development",
    "low income",
    "lower middle income",
    "medium human development",
    "middle income",
    "oceania",
    "oecd members",
    "south asia",
    "sub-saharan africa",
    "total",
    "upper middle income",
    "very high human development",
    "world",
];

/// How the sum of all rows is called, in small letters.
const TOTALS: [&str; 38] = [
    "all",
    "all countries",
    "ensemble",
    "general total",
    "gesamt",
    "gesamtsumme",
    "grand total",
    "grand totals",
    "insgesamt",
    "jumla",
    "overall",
    "overall total",
    "razem",
    "somme",
    "sous total",
    "sub-total",
    "subtotal",
    "sum",
    "suma",
    "summa",
    "summe",
    "todas",
    "todos",
    "toplam",
    "total",
    "total general",
    "total geral",
    "total général",
    "totale",
    "totals",
    "totaal",
    "tous",
    "zusammen",
    "всего",
    "итого",
    "الإجمالي",
    "المجموع",
    "总计",
];

/// How sums of some rows begin, and end: `Subtotal north`, `North total`, `Zwischensumme Nord`.
const HEADS: [&str; 17] = [
    "total",
    "totals",
    "totale",
    "totaal",
    "subtotal",
    "subtotals",
    "sub-total",
    "sous-total",
    "subtotaal",
    "subtotale",
    "gesamtsumme",
    "gesamtergebnis",
    "zwischensumme",
    "teilsumme",
    "итого",
    "всего",
    "toplam",
];

/// How means of rows begin or end.
const MEANS: [&str; 21] = [
    "average",
    "averages",
    "avg",
    "mean",
    "moyenne",
    "promedio",
    "media",
    "média",
    "moyennes",
    "durchschnitt",
    "mittelwert",
    "mittel",
    "gemiddelde",
    "gemiddeld",
    "średnia",
    "ortalama",
    "среднее",
    "wastani",
    "المتوسط",
    "平均",
    "rata-rata",
];

/// How regions are called where countries are meant.
const REGIONS: [&str; 6] = [
    "region",
    "région",
    "región",
    "região",
    "regione",
    "subregion",
];

/// A name in small letters, without what stands in brackets or as signs behind it: `total` of `Total (5):`.
fn bare(name: &str) -> String {
    let name = name.split(['(', '[']).next().unwrap_or(name);
    let name = name.trim().trim_end_matches([':', '.', '=', '*']);
    name.trim().to_lowercase()
}

/// Do the first or the last of several words of a name stand among these?
fn begins_or_ends(plain: &str, words: &[&str]) -> bool {
    let mut parts = plain
        .split([' ', '\u{a0}', '_'])
        .filter(|part| !part.is_empty());
    let first = parts.next();
    let last = parts.next_back();
    let known = |part: Option<&str>| part.is_some_and(|part| words.contains(&part));
    last.is_some() && (known(first) || known(last))
}

/// Is this what tables call the sum of all other rows?
#[must_use]
pub fn is_total(name: &str) -> bool {
    TOTALS.contains(&bare(name).as_str())
}

/// The same of a column that tells rows apart, such as `sex`, where codes for totals are no names of entities: `_T` of
/// SDMX, also behind a dimension (`SEX_T`), `BTSX` of the WHO.
#[must_use]
pub fn is_total_of_parts(name: &str) -> bool {
    const CODES: [&str; 6] = ["T", "TOT", "BTSX", "SEX_BTSX", "Both", "BOTH"];
    const WORDS: [&str; 7] = [
        "both",
        "both sexes",
        "both genders",
        "les deux sexes",
        "ambos sexos",
        "ambos os sexos",
        "beide geschlechter",
    ];
    let code = name.trim();
    is_total(name)
        || CODES.contains(&code)
        || code.ends_with("_T")
        || WORDS.contains(&bare(name).as_str())
}

/// Is this what tables call the sum of all or of some other rows, or their mean? More than a total is looked for where
/// names are those of entities: remarks begin in such a way, too.
#[must_use]
pub fn sums_up(name: &str) -> bool {
    let plain = bare(name);
    let known = |words: &[&str]| words.contains(&plain.as_str()) || begins_or_ends(&plain, words);
    is_total(name) || known(&HEADS) || known(&MEANS)
}

/// Does a name say that it is a region, as none of a country does?
fn is_region(name: &str) -> bool {
    let plain = bare(name);
    let mut words = plain.split(' ');
    words.next().is_some_and(|word| REGIONS.contains(&word)) && words.next().is_some()
}

/// Is this what tables call a group of countries, or the sum of all?
#[must_use]
pub fn is_aggregate(name: &str) -> bool {
    CODES.contains(&name)
        || MORE_CODES.contains(&name)
        // UNDP's Human Development Reports: `ZZA.VHHD`, `ZZK.WORLD`.
        || name.starts_with("ZZ") && name.get(3..4) == Some(".")
        || NAMES.contains(&name.to_lowercase().as_str())
        || sums_up(name)
}

/// Tells aggregates among entities that rules compare; where they compare none, those that are no entity at all.
pub(super) fn check(plan: &Plan, parts: &[BoundFile], warnings: &mut Reports) {
    let Some(compared) = plan.peers.first() else {
        check_totals(plan, parts, warnings);
        return;
    };
    let keys = parts.iter().flat_map(|part| &part.entities);
    let firsts: BTreeSet<&str> = keys.map(|key| panel::first_key(key)).collect();
    let names: Vec<String> = firsts
        .iter()
        .filter(|name| is_aggregate(name))
        .map(|name| (*name).to_owned())
        .collect();
    // A panel of regions alone compares like with like.
    if names.is_empty() || names.len() == firsts.len() {
        return;
    }
    warnings.add(AggregatesAmongPeers {
        entity: plan.panel.entity().to_owned(),
        names,
        compared: compared
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        entities: firsts.len(),
    });
}

/// Tells entities that are called like the sum of the others.
fn check_totals(plan: &Plan, parts: &[BoundFile], warnings: &mut Reports) {
    let countries = usual::are_countries(plan.panel.entity());
    let is_sum = |name: &str| {
        let grouped = countries && (is_aggregate(name) || is_region(name));
        sums_up(name) || grouped
    };
    let others = |part: &BoundFile| {
        let mut names = part.entities.iter();
        names.any(|name| !is_sum(panel::first_key(name)))
    };
    if !parts.iter().any(others) {
        return;
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for part in parts {
        let names = part.entities.iter().map(|name| panel::first_key(name));
        let names: BTreeSet<&str> = names
            .filter(|name| is_sum(name) && told.insert(name))
            .collect();
        if !names.is_empty() {
            warnings.add(TotalAmongEntities {
                file: part.file.clone(),
                column: part.entity_columns.first().cloned().unwrap_or_default(),
                entity: plan.panel.entity().to_owned(),
                names: names.into_iter().map(str::to_owned).collect(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_means_are_known_by_their_words() {
        for name in [
            "Total",
            "TOTAL (12):",
            "Sous-total Ouest",
            "Subtotal norte",
            "Gran total",
            "Total BRV",
            "North Total",
            "Zwischensumme Süd",
            "Gesamtergebnis",
            "Итого по области",
            "ENSEMBLE",
        ] {
            assert!(sums_up(name), "{name}");
        }
        for name in [
            "Average",
            "Mean",
            "Coastal average",
            "Moyenne régionale",
            "平均",
        ] {
            assert!(sums_up(name) && !is_total(name), "{name}");
        }
        assert!(is_total("Total (12)") && !is_total("Total rows: 34"));
        for name in ["_T", "T", "SEX_T", "BTSX", "both", "Both sexes", "TOTAL"] {
            assert!(is_total_of_parts(name), "{name}");
        }
        for name in ["t", "M", "F", "_Z", "Male", "bothered", "T1"] {
            assert!(!is_total_of_parts(name), "{name}");
        }
        assert!(is_region("Region East") && is_region("Región Sur"));
        for name in [
            "Totalia",
            "Meanland",
            "Avalor",
            "North",
            "Granada",
            "Gran Canaria Norte",
            "Puerto Gran",
            "Mediana",
            "Region",
        ] {
            assert!(!sums_up(name) && !is_region(name), "{name}");
        }
    }
}
