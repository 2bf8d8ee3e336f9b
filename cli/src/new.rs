//! `forewarn new`: a folder with a ruleset to begin with, data that fits it, and what to do next.

use crate::args::NewArgs;
use crate::failure::{Failure, print};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

const RULES: &str = include_str!("../templates/starter.risk");
const DATA: &str = include_str!("../templates/example.csv");
const README: &str = include_str!("../templates/README.md");

/// Makes the folder and its files; nothing that is there is overwritten.
///
/// # Errors
/// The folder holds something already, has no name that rules can have, or cannot be written.
pub fn new(args: &NewArgs) -> Result<ExitCode, Failure> {
    let folder = &args.name;
    let last = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let Some(name) = last.as_deref().and_then(framework_name) else {
        return Err(
            Failure::new(format!("`{}` cannot name a framework", folder.display()))
                .help("a name begins with a letter, as in `forewarn new sahel_watch`"),
        );
    };
    let occupied = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => folder.symlink_metadata().is_ok(),
    };
    if occupied {
        return Err(
            Failure::new(format!("{} is there already", folder.display()))
                .help("choose another name; nothing is overwritten"),
        );
    }
    let label = label_of(&name);
    let rules = folder.join(format!("{name}.risk"));
    let data = folder.join("data").join("example.csv");
    let readme = folder.join("README.md");
    let fill = |template: &str| {
        template
            .replace("{{name}}", &name)
            .replace("{{label}}", &label)
    };
    let data_folder = folder.join("data");
    fs::create_dir_all(&data_folder)
        .map_err(|error| Failure::file("cannot make", &data_folder, &error))?;
    write(&rules, &fill(RULES))?;
    write(&data, DATA)?;
    write(&readme, &fill(README))?;
    print(&format!(
        "made {folder}\n  {rules}: the rules, commented\n  {data}: observations of invented \
         countries\n  {readme}: what is what\n\nnext:\n  forewarn run {quoted} --data {quoted_data}\n",
        folder = folder.display(),
        rules = rules.display(),
        data = data.display(),
        readme = readme.display(),
        quoted = typed(folder),
        quoted_data = typed(&data),
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let made = fs::File::create_new(path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    made.map_err(|error| Failure::file("cannot write", path, &error))
}

/// The folder's name as rules can write it: `Sahel Watch` is `sahel_watch`.
fn framework_name(folder: &str) -> Option<String> {
    let mut name = String::new();
    for letter in folder.chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    name.starts_with(|first: char| first.is_ascii_lowercase())
        .then(|| name.to_owned())
}

/// `sahel_watch` as `Sahel watch`
fn label_of(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}

/// A path as it is typed into a shell.
fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |letter: char| letter.is_alphanumeric() || "/._-~+:\\".contains(letter);
    if text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_give_names_and_labels() {
        assert_eq!(
            framework_name("Sahel Watch").as_deref(),
            Some("sahel_watch")
        );
        assert_eq!(
            framework_name("ecowas-2024").as_deref(),
            Some("ecowas_2024")
        );
        assert_eq!(framework_name("2024"), None);
        assert_eq!(framework_name("…"), None);
        assert_eq!(label_of("sahel_watch"), "Sahel watch");
        assert_eq!(typed(Path::new("my rules")), "'my rules'");
    }
}
