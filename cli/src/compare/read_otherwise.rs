//! How two runs read their data otherwise.
//!
//! In: what two manifests have on record of reading. Out: the options that only one of them has, in words, and the
//! arguments with which the files of one run are read as the other read its own.

use crate::args::DataArgs;
use crate::manifest::document::Reading;
use forewarn_tables::recipe::Source;
use std::sync::Arc;

/// `with --map deaths=killed`; none where both read alike.
#[must_use]
pub fn in_words(first: &Reading, second: &Reading) -> Option<String> {
    let (one, other) = (options(first), options(second));
    let only = |of: &[String], not: &[String]| {
        let own = of.iter().filter(|option| !not.contains(option));
        let own: Vec<String> = own.map(|option| format!("`{option}`")).collect();
        own.join(" ")
    };
    let (gone, new) = (only(&one, &other), only(&other, &one));
    match (gone.is_empty(), new.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("with {new}")),
        (false, true) => Some(format!("without {gone}")),
        (false, false) => Some(format!("{gone} → {new}")),
    }
}

/// What was said of how data are to be read, as it stands on a command line.
fn options(reading: &Reading) -> Vec<String> {
    let Reading {
        from,
        map,
        period_format,
        also_period_formats,
        missing,
        delimiter,
        decimal,
        lenient,
        keys,
        except,
        recipe,
        recipes,
    } = reading;
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut all = Vec::new();
    if let Some(from) = from {
        let format = serde_json::to_value(from).map(word).unwrap_or_default();
        all.push(format!("--from {format}"));
    }
    all.extend(
        map.iter()
            .map(|(name, column)| format!("--map {name}={column}")),
    );
    let patterns = period_format.iter().chain(also_period_formats);
    all.extend(patterns.map(|pattern| format!("--period-format {pattern}")));
    all.extend(missing.iter().map(|word| format!("--missing={word}")));
    all.extend(delimiter.map(|sign| match sign {
        '\t' => "--delimiter tab".to_owned(),
        sign => format!("--delimiter {sign}"),
    }));
    all.extend(decimal.map(|mark| format!("--decimal {mark}")));
    if *lenient {
        all.push("--lenient".to_owned());
    }
    if !keys.is_empty() {
        let steps = keys.iter().map(|step| serde_json::to_value(step).map(word));
        let steps: Vec<String> = steps.filter_map(Result::ok).collect();
        all.push(format!("--keys {}", steps.join(",")));
    }
    all.extend(except.iter().map(|name| format!("--except {name}")));
    let recipes = recipes.iter().map(|recipe| &recipe.lines);
    for lines in recipes.chain([recipe]) {
        let lines = lines.lines().map(str::trim);
        all.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    all
}

/// The files of one run, to be read as another read its own; none where that has recipes for other files.
#[must_use]
pub fn as_the_other(files: &DataArgs, reading: &DataArgs) -> Option<DataArgs> {
    let (theirs, own) = (&reading.reading.sources, &files.reading.sources);
    if theirs.len() != own.len() {
        return None;
    }
    let sources = theirs.iter().zip(own.iter());
    let sources = sources.map(|(theirs, own)| Source {
        files: own.files.clone(),
        ..theirs.clone()
    });
    let mut args = DataArgs {
        data: files.data.clone(),
        reading: reading.reading.clone(),
        state: files.state.clone(),
    };
    args.reading.sources = Arc::new(sources.collect());
    Some(args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_one_of_them_has_is_told() {
        let plain = Reading {
            missing: vec!["n/a".to_owned()],
            ..Reading::default()
        };
        let other = Reading {
            map: vec![("x".to_owned(), "y".to_owned())],
            except: vec!["WLD".to_owned()],
            ..plain.clone()
        };
        assert_eq!(in_words(&plain, &plain), None);
        let with = Some("with `--map x=y` `--except WLD`".to_owned());
        assert_eq!(in_words(&plain, &other), with);
        let without = Some("without `--missing=n/a`".to_owned());
        assert_eq!(in_words(&plain, &Reading::default()), without);
        let both = Some("`--map x=y` `--except WLD` → `--lenient`".to_owned());
        let lenient = Reading {
            lenient: true,
            ..plain
        };
        assert_eq!(in_words(&other, &lenient), both);
    }
}
