//! By which names tables usually call what they are about.
//!
//! In: the name of a key in the rules, and the columns of a table. Out: the columns that usually hold such a
//! key, the likelier ones first. They are offered, and never read unasked.

use super::described::words_of;
use forewarn_diagnostics::suggest::suggest_all;
use forewarn_plan::InputInfo;

/// What rules call the panel's countries.
const COUNTRIES: [&str; 11] = [
    "country",
    "state",
    "nation",
    "territory",
    "economy",
    "pays",
    "pais",
    "país",
    "countrycode",
    "iso3",
    "iso",
];

/// What tables call countries: codes before names.
const COLUMNS: [&str; 62] = [
    "iso3",
    "countrycode",
    "countryiso3",
    "countryiso3code",
    "iso3code",
    "iso3c",
    "countrytextid",
    "refarea",
    "iso",
    "m49code",
    "m49",
    "locationcode",
    "countryisocode",
    "isocode",
    "adm0pcode",
    "admin0pcode",
    "code",
    "geo",
    "countryid",
    "country",
    "countryname",
    "countrycy",
    "geoareaname",
    "location",
    "locationinc",
    "entity",
    "economy",
    "adm0name",
    "admin0name",
    "pays",
    "pais",
    "país",
    "land",
    "staat",
    "paese",
    "страна",
    "государство",
    "країна",
    "البلد",
    "بلد",
    "الدولة",
    "دولة",
    "国家",
    "国家地区",
    "ülke",
    "negara",
    "nchi",
    "țara",
    "tara",
    "countryorarea",
    "countryterritory",
    "statename",
    "organisationunitcode",
    "orgunitcode",
    "organisationunitname",
    "orgunitname",
    "organisationunit",
    "orgunit",
    "organisationunitid",
    "ou",
    "name",
    "area",
];

/// A name without its case and signs.
#[must_use]
pub fn plain(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The name of a question without those of the groups around it: `killed` of `events/killed`.
#[must_use]
pub fn in_group(name: &str) -> Option<&str> {
    let (groups, own) = name.rsplit_once('/')?;
    let is_name = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    (is_name(groups) && is_name(own)).then_some(own)
}

/// Are these keys countries, by the name that the rules give them?
#[must_use]
pub fn are_countries(key: &str) -> bool {
    COUNTRIES.contains(&plain(key).as_str())
}

/// Is a column called as one of several that such a key has: `country_of_origin`?
#[must_use]
pub fn is_of_key(key: &str, name: &str) -> bool {
    are_countries(key) && words_of(name).contains(&plain(key))
}

/// The columns that usually name such entities, the likelier ones first.
pub fn entities<'n>(key: &str, names: &'n [String]) -> impl Iterator<Item = &'n str> {
    let key = plain(key);
    let places = |name: &'n String| {
        let own = plain(name);
        let known = COLUMNS.iter().position(|known| *known == own);
        let rank = match known {
            Some(known) if are_countries(&key) => known,
            _ if own == key => 0,
            _ if in_group(name).is_some_and(|own| plain(own) == key) => 1,
            // `country_of_report`
            _ if is_of_key(&key, name) => COLUMNS.len(),
            // `area_code` and `name_of_area` name areas.
            _ if key.len() > 2 && own.contains(&key) && !are_countries(&key) => {
                1 + usize::from(!own.contains("code"))
            }
            _ => return None,
        };
        Some((rank, name.as_str()))
    };
    let mut found: Vec<(usize, &str)> = names.iter().filter_map(places).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, name)| name)
}

/// The one column that has all words of a name among its own: `bd_best` for `best`; else the one whose words begin
/// with them, or they with its own: `rainfall` for `rain`.
#[must_use]
pub fn by_words<'n>(name: &str, columns: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
    let wanted = words_of(name);
    if wanted.iter().map(|word| word.chars().count()).max() < Some(3) {
        return None;
    }
    let only = |alike: fn(&str, &str) -> bool| {
        let mut fits = columns.clone().filter(|column| {
            let own = words_of(column);
            let has = |word: &String| own.iter().any(|one| alike(one, word));
            wanted.iter().all(has)
        });
        match (fits.next(), fits.next()) {
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) | (None, _) => None,
        }
    };
    only(|own, word| own == word).or_else(|| only(begins_alike))
}

/// Is a name one that `is_own` knows but for what stands behind it or in brackets: `Deaths (number)`, `Tote [killed]`,
/// `Deaths, total`?
#[must_use]
pub fn is_bare(name: &str, is_own: impl Fn(&str) -> bool) -> bool {
    let end = name.find(['(', '[', ',']);
    let inner = name.rsplit_once(['(', '[']).map(|(_, inner)| inner);
    let inner = inner.map(|inner| inner.trim_end_matches([')', ']']));
    let before = end.and_then(|end| name.get(..end));
    before.is_some_and(&is_own) || inner.is_some_and(is_own)
}

/// The columns that may be an indicator's by what they are called, all that are equally near: under its own names in
/// other writing; with something in brackets or behind a comma; nearly spelt so.
#[must_use]
pub fn near_columns<'n>(
    info: &InputInfo,
    columns: impl Iterator<Item = &'n str> + Clone,
) -> Vec<&'n str> {
    let column = info.column.as_ref().unwrap_or(&info.name);
    let own = [plain(column), plain(&info.name), plain(&info.label)];
    let is_own = |name: &str| {
        let names = |name: &str| !plain(name).is_empty() && own.contains(&plain(name));
        names(name) || in_group(name).is_some_and(names)
    };
    let steps: [&dyn Fn() -> Vec<&'n str>; 4] = [
        &|| columns.clone().filter(|name| is_own(name)).collect(),
        &|| {
            columns
                .clone()
                .filter(|name| is_bare(name, is_own))
                .collect()
        },
        &|| suggest_all(column, columns.clone()),
        &|| suggest_all(&info.name, columns.clone()),
    ];
    let found = steps.into_iter().map(|step| step());
    let mut found = found
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default();
    found.dedup();
    found
}

/// Is one of two words, of four letters at least, the beginning of the other?
fn begins_alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short == long || (short.chars().count() >= 4 && long.starts_with(short))
}

#[cfg(test)]
mod tests {
    use super::{by_words, entities};

    #[test]
    fn a_column_is_found_by_the_words_of_a_name() {
        let columns = [
            "side_a",
            "bd_best",
            "bd_low",
            "mkEthGroups",
            "start_year",
            "end_year",
        ];
        let found = |name| by_words(name, columns.into_iter());
        assert_eq!(found("best"), Some("bd_best"));
        assert_eq!(found("groups"), Some("mkEthGroups"));
        assert_eq!(found("year"), None);
        assert_eq!(found("a"), None);
        assert_eq!(found("grouping"), None);
        let columns = ["district", "rainfall", "stocks", "stock_year"];
        let found = |name| by_words(name, columns.into_iter());
        assert_eq!(found("rain"), Some("rainfall"));
        assert_eq!(found("rainfalls"), Some("rainfall"));
        assert_eq!(found("stocks"), Some("stocks"));
        assert_eq!(found("dist"), Some("district"));
        assert_eq!(found("year_of"), None);
    }

    fn found(key: &str, names: &[&str]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        entities(key, &names).map(str::to_owned).collect()
    }

    #[test]
    fn codes_come_before_names() {
        let names = ["Country Name", "year", "ISO3", "value"];
        assert_eq!(found("country", &names), ["ISO3", "Country Name"]);
    }

    #[test]
    fn what_is_no_country_is_found_by_its_own_word() {
        let names = ["country", "area_name", "area code", "month"];
        assert_eq!(found("area", &names), ["area code", "area_name"]);
        assert_eq!(found("site", &names), Vec::<String>::new());
        let names = ["area_type", "Area", "month"];
        assert_eq!(found("area", &names), ["Area", "area_type"]);
    }
}
