//! Effects as a part of a page of Markdown.

use super::Told;
use forewarn_runtime::comparison::tally;

/// A section with its heading.
pub fn markdown(told: &Told<'_>, absent: &[String]) -> String {
    let mut text = format!("\n## {}\n\n", capital(told.heading));
    match told.tally() {
        Some(tally) => text.push_str(&format!("{tally}.\n")),
        None => text.push_str(&format!("{}.\n", capital(told.nothing()))),
    }
    for line in told.not_compared() {
        text.push_str(&format!("\n{}.\n", capital(&line)));
    }
    if !absent.is_empty() {
        let names = crate::words::list(absent, 8);
        text.push_str(&format!(
            "\nNot in the data, and missing throughout: {names}.\n"
        ));
    }
    if told.effects.effects.is_empty() {
        return text;
    }
    text.push('\n');
    for compared in told.differing() {
        text.push_str(&format!("- {}\n", escaped(&told.line(compared))));
    }
    text.push_str("\n| results | because of |\n| --- | --- |\n");
    for (cause, number) in tally(told.effects.effects.iter()) {
        let words = escaped(&told.cause(&cause));
        text.push_str(&format!("| {number} | {words} |\n"));
    }
    text.push_str(
        "\n| who | when | what | from and to | because of |\n| --- | --- | --- | --- | --- |\n",
    );
    for (effect, note) in told.ordered() {
        let cause = told.cause(&effect.cause);
        let why = match note.as_str() {
            "" => cause,
            note => format!("{cause} ({note})"),
        };
        text.push_str(&format!(
            "| {} | {} | `{}` | {} | {} |\n",
            escaped(&effect.entity),
            told.period(effect),
            effect.column,
            escaped(&Told::step(effect)),
            escaped(&why),
        ));
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

pub fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
        .replace('<', "&lt;")
        .replace('\n', " ")
}
