//! Facts in the words of a language: the pages of a report.
//!
//! In: [`Facts`], and the words of the language asked for. Out: a [`Document`]: the page for the chief, a page
//! for each entity, the method.

mod change;
mod entity;
mod everybody;
mod front;
mod method;
mod moves;
mod properties;
mod reasons;
mod sentence;
mod settle;
mod writer;

use forewarn_plan::{OutputKind, Plan};

use crate::document::Document;
use crate::facts::{Facts, Options};
use crate::say::Say;
use crate::words::Words;
pub(crate) use writer::Writer;

/// The whole report.
#[must_use]
pub fn document(facts: &Facts<'_>, options: &Options) -> Document {
    let words = Words::of(options.lang.as_deref().unwrap_or("en"));
    let plan = facts.material.plan;
    let writer = Writer {
        facts,
        options,
        say: Say::new(words, labels(plan)),
    };
    let mut sections = vec![front::page(&writer)];
    let wanted = facts.ranked().into_iter().filter(|entity| entity.wanted);
    sections.extend(wanted.map(|entity| entity::page(&writer, entity)));
    sections.push(method::page(&writer));
    Document {
        lang: words.tag().to_owned(),
        rtl: words.rtl(),
        title: writer.title(),
        stamp: writer.stamp(),
        contents: words.text("contents").to_owned(),
        sections,
    }
}

/// Names of levels and categories, and what people call them.
fn labels(plan: &Plan) -> Vec<(Vec<String>, Vec<String>)> {
    let mut all: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for output in &plan.outputs {
        match &output.kind {
            OutputKind::Level { names, labels } | OutputKind::Category { names, labels } => {
                let one = (names.clone(), labels.clone());
                if !all.contains(&one) {
                    all.push(one);
                }
            }
            OutputKind::Number | OutputKind::Truth | OutputKind::Period(_) => {}
        }
    }
    all
}
