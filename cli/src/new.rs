//! `forewarn new`: a folder with a ruleset to begin with, data that fits it, and what to do next.

use crate::args::NewArgs;
use crate::failure::{Failure, print};
use crate::packages;
use crate::render::harmless as plain;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const RULES: &str = include_str!("../templates/starter.risk");
const DATA: &str = include_str!("../templates/example.csv");
const README: &str = include_str!("../templates/README.md");
const MANIFEST: &str = include_str!("../templates/forewarn.toml");

/// Makes the folder and its files; nothing that is there is overwritten.
///
/// # Errors
/// The folder holds something already, has no name that rules can have, or cannot be written.
pub fn new(args: &NewArgs) -> Result<ExitCode, Failure> {
    let folder = &args.name;
    let name = framework_name(folder)?;
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
    if let Some(base) = &args.extends {
        return extending(args, &name, &label, base);
    }
    if args.source.from.is_some() || args.source.key.is_some() {
        return Err(Failure::new("a registry is given, and no package of it")
            .help("name the package to build on: `--extends NAME`"));
    }
    let fill = |template: &str| {
        template
            .replace("{{name}}", &name)
            .replace("{{label}}", &label)
    };
    let file = format!("{name}.risk");
    let staged = Staged::beside(folder)?;
    staged.write(Path::new(&file), &fill(RULES))?;
    staged.write(&Path::new("data").join("example.csv"), DATA)?;
    staged.write(Path::new("README.md"), &fill(README))?;
    staged.write(Path::new("forewarn.toml"), &fill(MANIFEST))?;
    staged.become_the(folder)?;
    let rules = folder.join(file);
    let data = folder.join("data").join("example.csv");
    let readme = folder.join("README.md");
    let manifest = folder.join("forewarn.toml");
    print(&format!(
        "made {folder}\n  {rules}: the rules, commented\n  {data}: observations of invented \
         countries\n  {manifest}: its name and version\n  {readme}: what is what\n\nnext:\n  \
         forewarn test {quoted}\n  forewarn run {quoted} --data {quoted_data}\n",
        folder = folder.display(),
        rules = rules.display(),
        data = data.display(),
        manifest = manifest.display(),
        readme = readme.display(),
        quoted = typed(folder),
        quoted_data = typed(&data),
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// A folder with what is changed of a package.
fn extending(args: &NewArgs, name: &str, label: &str, base: &str) -> Result<ExitCode, Failure> {
    let folder = &args.name;
    let made = packages::start(folder, name, label, base, &args.source)?;
    let mut text = format!("made {}\n", folder.display());
    for (path, words) in made {
        text.push_str(&format!("  {}: {words}\n", path.display()));
    }
    let quoted = typed(folder);
    text.push_str(&format!(
        "\nnext:\n  forewarn tree {quoted}\n  forewarn run {quoted} --data FILE\n"
    ));
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// A folder that is written beside the one that it becomes, all at once: what cannot be written whole leaves
/// nothing behind.
struct Staged {
    folder: PathBuf,
}

impl Staged {
    fn beside(folder: &Path) -> Result<Self, Failure> {
        let own = folder
            .file_name()
            .map_or_else(|| "new".into(), |name| name.to_string_lossy().into_owned());
        let staged = folder.with_file_name(format!(".{own}.{}.new", std::process::id()));
        fs::create_dir(&staged).map_err(|error| Failure::file("cannot make", folder, &error))?;
        Ok(Self { folder: staged })
    }

    fn write(&self, name: &Path, text: &str) -> Result<(), Failure> {
        let path = self.folder.join(name);
        let made = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::File::create_new(&path))
            .and_then(|mut file| {
                std::io::Write::write_all(&mut file, text.as_bytes())?;
                file.sync_all()
            });
        made.map_err(|error| Failure::file("cannot write", name, &error))
    }

    fn become_the(self, folder: &Path) -> Result<(), Failure> {
        // An empty folder of that name gives way; one that has been filled since does not.
        let _ = fs::remove_dir(folder);
        fs::rename(&self.folder, folder)
            .map_err(|error| Failure::file("cannot make", folder, &error))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Where it has become the folder, there is nothing of that name.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder's name as rules can write it: `Sahel Watch` is `sahel_watch`.
///
/// # Errors
/// It is a path, or no name that rules can have.
fn framework_name(folder: &Path) -> Result<String, Failure> {
    let shown = folder.display().to_string();
    let refused = |why: &str, instead: &str| {
        Err(Failure::new(format!(
            "`{}` cannot name a framework: {why}",
            plain(&shown)
        ))
        .help(format!("choose a name such as `forewarn new {instead}`")))
    };
    if shown.contains(['/', '\\']) || matches!(shown.as_str(), "." | "..") {
        let last = folder.file_name().map(|name| name.to_string_lossy());
        let last = last.map_or(String::new(), |name| identifier(&name));
        let name = if last.is_empty() { EXAMPLE } else { &last };
        let failure = format!("`{}` is a path, and a framework has a name", plain(&shown));
        return Err(Failure::new(failure).help(format!(
            "go to the folder that is to hold it, then `forewarn new {name}`"
        )));
    }
    let name = identifier(&shown);
    if name.is_empty() {
        return refused("it has no letters", EXAMPLE);
    }
    if !name.is_ascii() {
        return refused(
            "names are made of the letters a to z, digits and `_`",
            EXAMPLE,
        );
    }
    if !name.starts_with(|first: char| first.is_alphabetic()) {
        return refused("a name begins with a letter", &format!("watch_{name}"));
    }
    if !forewarn_compiler::package::can_be_called(&name) {
        return refused(
            "the language has this word for itself",
            &format!("{name}_watch"),
        );
    }
    if DEVICES.contains(&name.as_str()) {
        return refused("the name is taken", &format!("{name}_watch"));
    }
    Ok(name)
}

/// In help, where nothing of the name given can be used.
const EXAMPLE: &str = "sahel_watch";

/// Names of devices, which no folder can have on some systems.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Letters and digits, with `_` between them.
fn identifier(text: &str) -> String {
    let mut name = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            name.extend(letter.to_lowercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}

/// `sahel_watch` as `Sahel watch`
fn label_of(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
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
        let name = |folder: &str| framework_name(Path::new(folder));
        assert_eq!(name("Sahel Watch").unwrap(), "sahel_watch");
        assert_eq!(name("ecowas-2024").unwrap(), "ecowas_2024");
        assert!(name("Élan").is_err());
        assert_eq!(label_of("sahel_watch"), "Sahel watch");
        assert_eq!(typed(Path::new("my rules")), "'my rules'");
    }

    #[test]
    fn what_cannot_be_a_name_is_refused_with_one_that_can() {
        for (given, instead) in [
            ("if", "if_watch"),
            ("Not", "not_watch"),
            ("missing", "missing_watch"),
            ("2024", "watch_2024"),
            ("…", "sahel_watch"),
            ("NUL", "nul_watch"),
            ("rules/coast", "coast"),
            ("..", "sahel_watch"),
            ("/", "sahel_watch"),
            ("a\\b", "b"),
        ] {
            let failure = framework_name(Path::new(given)).unwrap_err();
            let help = failure.help.unwrap();
            let offered = format!("`forewarn new {instead}`");
            assert!(
                help.contains(&offered) || given.contains('\\') && help.contains("forewarn new "),
                "{given}: {help}"
            );
        }
    }
}
