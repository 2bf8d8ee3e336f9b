//! What an analyst has to say beside the results: `--notes FILE`.
//!
//! In: a text file. `# AVA` on a line begins what is said of an entity, by its key in the data; what stands before the
//! first such line is said of all. Paragraphs have empty lines between them. Lines at the top may say who writes
//! (`by: …`) and for whom (`classification: public`); what says nothing is confidential. Out: the notes, all of whose
//! entities the data have.

use crate::failure::Failure;
use forewarn_plan::Plan;
use forewarn_plan::classification::Classification;
use forewarn_report::Notes;
use forewarn_runtime::panel::Panel;
use std::collections::BTreeSet;
use std::path::Path;

/// Reads the notes of a report.
///
/// # Errors
/// The file cannot be read, holds nothing or more than the audience may see, or is about somebody whom the data do not
/// have, or twice about the same.
pub fn read(path: &Path, plan: &Plan, panel: &Panel) -> Result<Notes, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::file("cannot read", path, &error))?;
    let shown = path.display();
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::new(format!("{shown} is no text"))
            .help("write the notes as plain text, saved as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let said = Said::of(text).map_err(|wrong| wrong.failure(path))?;
    let audience = plan.confidentiality.audience;
    if said.classification > audience {
        let (own, audience) = (said.classification.word(), audience.word());
        let message = format!("{shown} is {own}, and this report is for a {audience} audience");
        return Err(Failure::new(message).help(format!(
            "give notes for that audience, whose first line is `classification: {audience}`, or leave `--notes` out"
        )));
    }
    if said.general.is_empty() && said.of.is_empty() {
        return Err(Failure::new(format!("{shown} says nothing")).help(
            "write a paragraph about all, or a line with `# ` and the key of an entity, and below it a paragraph",
        ));
    }
    let entities: BTreeSet<String> = (0..panel.rows())
        .map(|row| panel.entity(row).into_owned())
        .collect();
    let mut notes = Notes {
        by: said.by,
        general: said.general,
        ..Notes::default()
    };
    for one in said.of {
        let at = format!("{shown}, line {}", one.line);
        if plan.panel.is_series() {
            let message = format!(
                "{at}: the panel is one series, and has no entity `{}`",
                one.name
            );
            return Err(
                Failure::new(message).help("write it without the line that begins with `#`")
            );
        }
        if !entities.contains(&one.name) {
            let message = format!(
                "{at}: the data hold no {} `{}`",
                plan.panel.row_word(),
                one.name
            );
            let names = entities.iter().map(String::as_str);
            return Err(Failure::unknown(message, &one.name, names));
        }
        if one.text.is_empty() {
            return Err(
                Failure::new(format!("{at}: nothing is said of `{}`", one.name))
                    .help("write a paragraph below it, or take the line out"),
            );
        }
        if notes.of.contains_key(&one.name) {
            return Err(
                Failure::new(format!("{at}: `{}` has a note already", one.name))
                    .help("write both below one line"),
            );
        }
        notes.of.insert(one.name, one.text);
    }
    Ok(notes)
}

/// What a file of notes says.
#[derive(Debug, PartialEq)]
struct Said {
    by: Option<String>,
    classification: Classification,
    general: Vec<String>,
    of: Vec<About>,
}

/// What is said of one entity.
#[derive(Debug, PartialEq)]
struct About {
    name: String,
    line: usize,
    text: Vec<String>,
}

/// A line at the top that says what nobody knows.
struct Wrong {
    line: usize,
    word: String,
}

impl Wrong {
    fn failure(&self, path: &Path) -> Failure {
        let Self { line, word } = self;
        let message = format!(
            "{}, line {line}: `{word}` is no classification",
            path.display()
        );
        Failure::unknown(message, word, Classification::ALL.map(Classification::word))
    }
}

impl Said {
    fn of(text: &str) -> Result<Self, Wrong> {
        let mut said = Self {
            by: None,
            classification: Classification::Confidential,
            general: Vec::new(),
            of: Vec::new(),
        };
        let mut is_top = true;
        let mut paragraph = String::new();
        for (line, own) in (1..).zip(text.lines().map(str::trim)) {
            if is_top && let Some((word, value)) = own.split_once(':') {
                match (word.trim(), value.trim()) {
                    ("by", value) if !value.is_empty() => {
                        said.by = Some(value.to_owned());
                        continue;
                    }
                    ("classification", word) => {
                        let known = Classification::of(word).ok_or_else(|| Wrong {
                            line,
                            word: word.to_owned(),
                        })?;
                        said.classification = known;
                        continue;
                    }
                    _ => {}
                }
            }
            is_top &= own.is_empty();
            if own.starts_with('#') {
                let name = own.trim_start_matches('#');
                said.end(&mut paragraph);
                said.of.push(About {
                    name: name.trim().to_owned(),
                    line,
                    text: Vec::new(),
                });
            } else if own.is_empty() {
                said.end(&mut paragraph);
            } else {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(own);
            }
        }
        said.end(&mut paragraph);
        Ok(said)
    }

    /// Ends a paragraph, if one has begun.
    fn end(&mut self, paragraph: &mut String) {
        if paragraph.is_empty() {
            return;
        }
        let into = match self.of.last_mut() {
            Some(about) => &mut about.text,
            None => &mut self.general,
        };
        into.push(std::mem::take(paragraph));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_belong_to_the_line_above_them() {
        let text = "by: The desk\nclassification: public\n\nA calm month:\nmostly.\n\n# AVA\n\nOne.\n\nTwo\ngoes on.\n# BRU\nThree.\n";
        let said = Said::of(text).ok().unwrap();
        assert_eq!(said.by.as_deref(), Some("The desk"));
        assert_eq!(said.classification, Classification::Public);
        assert_eq!(said.general, ["A calm month: mostly."]);
        let of: Vec<_> = said
            .of
            .iter()
            .map(|one| (one.name.as_str(), one.line, one.text.join("|")))
            .collect();
        assert_eq!(
            of,
            [
                ("AVA", 7, "One.|Two goes on.".to_owned()),
                ("BRU", 13, "Three.".to_owned()),
            ]
        );
    }

    #[test]
    fn a_heading_is_one_however_it_is_written() {
        let said = Said::of("All.\n#AVA\nOne.\n## BRU\nTwo.\n").ok().unwrap();
        assert_eq!(said.general, ["All."]);
        let names = said.of.iter().map(|one| one.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["AVA", "BRU"]);
    }

    #[test]
    fn what_says_nothing_of_it_is_confidential() {
        let said = Said::of("# AVA\nby: nobody, this is text\n").ok().unwrap();
        assert_eq!(said.classification, Classification::Confidential);
        assert_eq!(said.by, None);
        assert!(Said::of("classification: secret\n").is_err());
    }
}
