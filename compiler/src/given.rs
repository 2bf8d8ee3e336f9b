//! Are the params that are given from outside params of the framework?
#![deny(clippy::wildcard_enum_match_arm)]

use crate::diagnostics::Reports;
use crate::diagnostics::panel::ParamNotSettable;
use crate::diagnostics::suggest::suggest;
use crate::framework::{Framework, ValueSource};
use crate::settings::Given;

/// Every given name is a param of the framework, or told.
pub(crate) fn check_given(given: &Given, framework: &Framework<'_>, reports: &mut Reports) {
    let params: Vec<String> = framework
        .values
        .iter()
        .filter_map(|value| match value.what {
            ValueSource::Param(_) => Some(value.name.text.clone()),
            ValueSource::Indicator { .. }
            | ValueSource::Binding(_)
            | ValueSource::Factor(_)
            | ValueSource::Level(_)
            | ValueSource::Table(_)
            | ValueSource::Alert(_)
            | ValueSource::Broken => None,
        })
        .collect();
    for (name, _, _) in &given.files {
        let value = framework.value_names.get(name.as_str());
        let value = value.and_then(|id| framework.values.get(id.0 as usize));
        let why = match value.map(|value| &value.what) {
            Some(ValueSource::Param(_) | ValueSource::Broken) => continue,
            Some(other) => format!(
                "it is {} {}, not a param",
                article(other.kind()),
                other.kind()
            ),
            None => match suggest(name, params.iter().map(String::as_str)) {
                Some(near) => format!("there is no such param; did you mean `{near}`?"),
                None => "there is no such param".to_owned(),
            },
        };
        reports.add(ParamNotSettable {
            name: name.clone(),
            why,
            meant: None,
            params: params.clone(),
        });
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
