//! Aggregates among the entities: the world, regions, groups by income.
//!
//! In: the names of a panel's entities. Out: those that World Bank, UNDP, Eurostat and Our World in
//! Data use for groups of countries. None of these is the code of a country (ISO 3166). Where rules
//! compare peers they are told, since every rank is then a rank among countries and continents.

use super::part::Part;
use crate::causes::data::AggregatesAmongPeers;
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

/// Is this what tables call a group of countries, or the sum of all?
#[must_use]
pub fn is_aggregate(name: &str) -> bool {
    CODES.contains(&name)
        || MORE_CODES.contains(&name)
        // UNDP's Human Development Reports: `ZZA.VHHD`, `ZZK.WORLD`.
        || name.starts_with("ZZ") && name.get(3..4) == Some(".")
        || NAMES.contains(&name.to_lowercase().as_str())
}

/// Tells aggregates among entities that rules compare.
pub(super) fn check(plan: &Plan, parts: &[Part], warnings: &mut Reports) {
    let Some(compared) = plan.peers.first() else {
        return;
    };
    let keys = parts.iter().flat_map(|part| &part.entities);
    let firsts: BTreeSet<&str> = keys.map(|key| panel::keys(key).0).collect();
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
        entity: plan.panel.entity.clone(),
        names,
        compared: compared
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        entities: firsts.len(),
    });
}
