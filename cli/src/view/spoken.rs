//! A view in the language of the reader: headers, and the tool's own words.

use super::View;
use forewarn_compiler::translations::MESSAGES;
use forewarn_plan::Output;

impl View<'_> {
    /// One of the tool's own words, in the reader's language.
    pub(super) fn say(&self, key: &'static str) -> &str {
        let english = || MESSAGES.iter().find(|(known, _)| *known == key);
        match self.words {
            Some(words) => words.messages.say(key),
            None => english().map_or(key, |(_, english)| english),
        }
    }

    /// A column's header: its name, or its label where a language was asked for.
    pub(super) fn name(&self, output: &Output) -> String {
        let part = output.column.strip_prefix(output.declaration.as_str());
        match (self.words, part) {
            (Some(_), Some(part)) if !output.label.is_empty() => {
                format!("{}{part}", output.label)
            }
            _ => output.column.clone(),
        }
    }

    /// The names that columns are asked for by, of those with these headers.
    pub(super) fn columns_of(&self, headers: &[String]) -> Vec<String> {
        let column = |header: &String| {
            let mut outputs = self.plan.outputs.iter();
            let output = outputs.find(|output| self.name(output) == *header);
            output.map_or(header, |output| &output.column).clone()
        };
        headers.iter().map(column).collect()
    }
}
