//! What rules say of themselves: their name, and the columns of their results.

use std::ffi::{c_char, c_int};
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch};
use forewarn::{Compiled, OutputKind};

use crate::text::put;
use crate::{ForewarnRules, Outcome, guarded, hand_out};

/// The name, the version and the label of the framework, each for `forewarn_text_free`; what is not wanted may
/// be NULL.
///
/// # Safety
/// `rules` is of `forewarn_compile_…` and not freed; pointers to write to are valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_rules_framework(
    rules: *const ForewarnRules,
    name: *mut *mut c_char,
    version: *mut *mut c_char,
    label: *mut *mut c_char,
    message: *mut *mut c_char,
) -> c_int {
    guarded(message, || {
        // SAFETY: as promised.
        let rules = unsafe { rules.as_ref() }.ok_or("no rules are given")?;
        let (its_name, its_version, its_label) = rules.compiled.framework();
        // SAFETY: as promised.
        unsafe {
            put(name, its_name);
            put(version, its_version);
            put(label, its_label);
        }
        Ok(Outcome::Done)
    })
}

/// The columns of results as a stream, which its receiver releases: `name`, `label`, `unit`, the `declaration`
/// that a column belongs to, its `kind` (`key`, `number`, `truth`, `level`, `category`, `period`), and lists of
/// the `words` of a level or category, from the lowest, with their `labels`.
///
/// # Safety
/// `rules` is of `forewarn_compile_…` and not freed; `stream` is memory for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_rules_columns(
    rules: *const ForewarnRules,
    stream: *mut FFI_ArrowArrayStream,
    message: *mut *mut c_char,
) -> c_int {
    guarded(message, || {
        // SAFETY: as promised.
        let rules = unsafe { rules.as_ref() }.ok_or("no rules are given")?;
        let columns = columns(&rules.compiled)?;
        // SAFETY: as promised.
        unsafe { hand_out(columns, stream) }
    })
}

#[derive(Default)]
struct Columns {
    texts: [StringBuilder; 5],
    words: ListBuilder<StringBuilder>,
    labels: ListBuilder<StringBuilder>,
}

impl Columns {
    fn push(&mut self, texts: [&str; 5], words: &[String], labels: &[String]) {
        for (column, text) in self.texts.iter_mut().zip(texts) {
            column.append_value(text);
        }
        for (list, cells) in [(&mut self.words, words), (&mut self.labels, labels)] {
            for cell in cells {
                list.values().append_value(cell);
            }
            list.append(true);
        }
    }
}

fn columns(compiled: &Compiled) -> Result<RecordBatch, String> {
    let mut columns = Columns::default();
    let (keys, period) = compiled.keys();
    for key in keys.into_iter().chain(period) {
        columns.push([key, key, "", key, "key"], &[], &[]);
    }
    for output in compiled.outputs() {
        let (kind, words, labels): (_, &[String], &[String]) = match &output.kind {
            OutputKind::Number => ("number", &[], &[]),
            OutputKind::Truth => ("truth", &[], &[]),
            OutputKind::Level { names, labels } => ("level", names, labels),
            OutputKind::Category { names, labels } => ("category", names, labels),
            OutputKind::Period(_) => ("period", &[], &[]),
        };
        let texts = [
            &output.name,
            &output.label,
            &output.unit,
            &output.declaration,
            kind,
        ];
        columns.push(texts, words, labels);
    }
    let names = ["name", "label", "unit", "declaration", "kind"];
    let texts = names.into_iter().zip(columns.texts.iter_mut());
    let texts = texts.map(|(name, column)| (name, Arc::new(column.finish()) as ArrayRef));
    let words = ("words", Arc::new(columns.words.finish()) as ArrayRef);
    let labels = ("labels", Arc::new(columns.labels.finish()) as ArrayRef);
    let table = RecordBatch::try_from_iter(texts.chain([words, labels]));
    table.map_err(|error| error.to_string())
}
