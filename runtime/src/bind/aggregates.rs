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
const TOTALS: [&str; 36] = [
    "all",
    "all countries",
    "ensemble",
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

/// Is this what tables call the sum of all other rows?
#[must_use]
pub fn is_total(name: &str) -> bool {
    let plain = name.trim().trim_end_matches([':', '.', '=']).trim_end();
    TOTALS.contains(&plain.to_lowercase().as_str())
}

/// Is this what tables call a group of countries, or the sum of all?
#[must_use]
pub fn is_aggregate(name: &str) -> bool {
    CODES.contains(&name)
        || MORE_CODES.contains(&name)
        // UNDP's Human Development Reports: `ZZA.VHHD`, `ZZK.WORLD`.
        || name.starts_with("ZZ") && name.get(3..4) == Some(".")
        || NAMES.contains(&name.to_lowercase().as_str())
        || is_total(name)
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
    let is_sum = |name: &str| is_total(name) || countries && is_aggregate(name);
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
