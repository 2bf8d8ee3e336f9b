//! Forewarn from C, and from whatever speaks C: R, Julia, Stata, spreadsheets.
//!
//! In: the path or the text of rules, and observations as a file or a stream of the Arrow C data interface.
//! Out: results as such a stream, explanations as text, and what was found as JSON lines or as text. Every pointer that
//! is handed out says who frees it. Nothing here ends the process: a panic is told as a failure.

#![deny(unsafe_op_in_unsafe_fn)]

mod about;
mod text;

use std::ffi::{c_char, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use forewarn::{Classification, Compiled, Data, Error, Format, Options, Results, Ruleset};
use text::{given, list, put, told, words};

/// It worked.
pub const FOREWARN_OK: c_int = 0;
/// Something is wrong with the rules or the data, or a name is not known: see the message.
pub const FOREWARN_FOUND: c_int = 1;
/// The call itself was wrong, or something went wrong inside.
pub const FOREWARN_FAILED: c_int = 2;

/// A compiled ruleset. Threads may share it.
pub struct ForewarnRules {
    compiled: Compiled,
    messages: Format,
}

/// The results of a run.
pub struct ForewarnResults {
    results: Results,
    messages: Format,
}

/// What is decided outside the rules; all of it may be NULL.
#[repr(C)]
pub struct ForewarnSettings {
    /// Params with their values, `name=value`; the last pointer is NULL.
    pub set: *const *const c_char,
    /// Indicators and keys with their columns, `name=column`; the last pointer is NULL.
    pub map: *const *const c_char,
    /// `public`, `restricted`, `confidential`.
    pub audience: *const c_char,
    /// Of labels: `fr`.
    pub lang: *const c_char,
    /// How messages about rules and data are written, now and when these rules are run: `json`, one object a
    /// line, or `text`, for people. JSON where it is NULL.
    pub messages: *const c_char,
}

/// Compiles the rules at a path: a file, a folder or an archive.
///
/// `rules` receives what `forewarn_rules_free` frees. `message` receives what was found, for
/// `forewarn_text_free`; NULL where nothing was. Both may not be NULL.
///
/// # Safety
/// Texts end with a zero byte; pointers to write to are valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_compile_path(
    path: *const c_char,
    settings: *const ForewarnSettings,
    rules: *mut *mut ForewarnRules,
    message: *mut *mut c_char,
) -> c_int {
    guarded(message, || {
        // SAFETY: as promised.
        let path = unsafe { given(path) }.ok_or("no path is given")?;
        // SAFETY: as promised.
        unsafe { compile(&Ruleset::from_path(path), settings, rules, message) }
    })
}

/// Compiles rules of one file from its text; `name` is what messages call it. Else as
/// `forewarn_compile_path`.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_compile_text(
    name: *const c_char,
    rules_text: *const c_char,
    settings: *const ForewarnSettings,
    rules: *mut *mut ForewarnRules,
    message: *mut *mut c_char,
) -> c_int {
    guarded(message, || {
        // SAFETY: as promised.
        let (name, text) = unsafe { (given(name), given(rules_text)) };
        let (name, text) = name.zip(text).ok_or("a name and a text are needed")?;
        // SAFETY: as promised.
        unsafe { compile(&Ruleset::from_text(name, text), settings, rules, message) }
    })
}

/// Applies rules to a stream of observations, which is taken: its `release` is called here.
///
/// `results` receives what `forewarn_results_free` frees; `message` what was found.
///
/// # Safety
/// `rules` is of `forewarn_compile_…` and not freed; `observations` is a valid stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_run(
    rules: *const ForewarnRules,
    observations: *mut FFI_ArrowArrayStream,
    results: *mut *mut ForewarnResults,
    message: *mut *mut c_char,
) -> c_int {
    guarded(message, || {
        if observations.is_null() {
            return Err("no observations are given".into());
        }
        // SAFETY: a valid stream, moved out: what stays behind counts as released.
        let reader = unsafe { RecordBatchStreamReader::from_raw(observations) };
        let data = reader.and_then(Data::from_reader);
        let data = data.map_err(|error| error.to_string())?;
        // SAFETY: as promised.
        unsafe { run(rules, &data, results, message) }
    })
}

/// The same for a file: CSV, Parquet, Arrow or NDJSON.
///
/// # Safety
/// As there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_run_file(
    rules: *const ForewarnRules,
    path: *const c_char,
    results: *mut *mut ForewarnResults,
    message: *mut *mut c_char,
) -> c_int {
    guarded(message, || {
        // SAFETY: as promised.
        let path = unsafe { given(path) }.ok_or("no path is given")?;
        // SAFETY: as promised.
        unsafe { run(rules, &Data::from_files([path]), results, message) }
    })
}

/// Gives results as a stream, which its receiver releases. Can be called again.
///
/// # Safety
/// `results` is of `forewarn_run…` and not freed; `stream` is memory for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_results_stream(
    results: *const ForewarnResults,
    stream: *mut FFI_ArrowArrayStream,
    message: *mut *mut c_char,
) -> c_int {
    guarded(message, || {
        // SAFETY: as promised.
        let results = unsafe { results.as_ref() }.ok_or("no results are given")?;
        let batch = match results.results.to_batch() {
            Ok(batch) => batch,
            Err(error) => return Ok(Outcome::Found(told(&error, results.messages))),
        };
        // SAFETY: as promised.
        unsafe { hand_out(batch, stream) }
    })
}

/// Explains a result: `text` receives what `forewarn_text_free` frees. Without a period the entity's last is
/// explained, without a result levels and alerts. `form` is `text`, `markdown`, `html` or `json`.
///
/// # Safety
/// As for the others; period and result may be NULL, and so may the entity where the panel is one series.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_explain(
    results: *const ForewarnResults,
    entity: *const c_char,
    period: *const c_char,
    result: *const c_char,
    form: *const c_char,
    text: *mut *mut c_char,
    message: *mut *mut c_char,
) -> c_int {
    guarded(message, || {
        // SAFETY: as promised.
        let results = unsafe { results.as_ref() }.ok_or("no results are given")?;
        // SAFETY: as promised.
        let (entity, period, result, form) =
            unsafe { (given(entity), given(period), given(result), given(form)) };
        let entity = match entity {
            None if results.results.is_series() => "",
            given => given.ok_or("no entity is given")?,
        };
        let names: Vec<&str> = result.iter().copied().collect();
        let why = match results.results.explain(entity, period, &names) {
            Ok(why) => why,
            Err(error) => return Ok(Outcome::Found(told(&error, results.messages))),
        };
        let written = match form {
            None | Some("text") => why.to_string(),
            Some("markdown") => why.markdown(false),
            Some("html") => why.html(false),
            Some("json") => why.json(),
            Some(other) => return Err(format!("`{other}` is no form").into()),
        };
        // SAFETY: as promised.
        unsafe { put(text, &written) };
        Ok(Outcome::Done)
    })
}

/// Frees a text that was handed out; NULL is fine.
///
/// # Safety
/// It is of this library, and freed once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_text_free(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: it came from `CString::into_raw`.
        drop(unsafe { std::ffi::CString::from_raw(text) });
    }
}

/// Frees rules; results of them stay good. NULL is fine.
///
/// # Safety
/// They are of this library, and freed once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_rules_free(rules: *mut ForewarnRules) {
    if !rules.is_null() {
        // SAFETY: it came from `Box::into_raw`.
        drop(unsafe { Box::from_raw(rules) });
    }
}

/// Frees results; NULL is fine.
///
/// # Safety
/// They are of this library, and freed once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_results_free(results: *mut ForewarnResults) {
    if !results.is_null() {
        // SAFETY: it came from `Box::into_raw`.
        drop(unsafe { Box::from_raw(results) });
    }
}

/// How a call ended.
enum Outcome {
    Done,
    Found(String),
}

/// Why a call was wrong.
struct Wrong(String);

impl<T: Into<String>> From<T> for Wrong {
    fn from(words: T) -> Self {
        Self(words.into())
    }
}

/// Ends with a code, whatever happens inside; the message says why.
fn guarded(message: *mut *mut c_char, work: impl FnOnce() -> Result<Outcome, Wrong>) -> c_int {
    if message.is_null() {
        return FOREWARN_FAILED;
    }
    // SAFETY: not NULL, and valid as promised.
    unsafe { message.write(ptr::null_mut()) };
    let (code, words) = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(Outcome::Done)) => return FOREWARN_OK,
        Ok(Ok(Outcome::Found(words))) => (FOREWARN_FOUND, words),
        Ok(Err(Wrong(words))) => (FOREWARN_FAILED, words),
        Err(_) => (FOREWARN_FAILED, "this is a fault of the library".to_owned()),
    };
    // SAFETY: as above.
    unsafe { put(message, &words) };
    code
}

/// # Safety
/// As for its callers.
unsafe fn compile(
    ruleset: &Ruleset,
    settings: *const ForewarnSettings,
    rules: *mut *mut ForewarnRules,
    message: *mut *mut c_char,
) -> Result<Outcome, Wrong> {
    if rules.is_null() {
        return Err("no place for rules is given".into());
    }
    // SAFETY: as promised.
    let (options, messages) = unsafe { (options(settings)?, messages(settings)?) };
    let compiled = match ruleset.compile(&options) {
        Ok(compiled) => compiled,
        Err(error) => return Ok(Outcome::Found(told(&error, messages))),
    };
    let warnings = words(compiled.warnings(), messages);
    // SAFETY: as promised.
    unsafe {
        if !warnings.is_empty() {
            put(message, &warnings);
        }
        rules.write(Box::into_raw(Box::new(ForewarnRules {
            compiled,
            messages,
        })));
    }
    Ok(Outcome::Done)
}

/// # Safety
/// As for its callers.
unsafe fn run(
    rules: *const ForewarnRules,
    data: &Data,
    results: *mut *mut ForewarnResults,
    message: *mut *mut c_char,
) -> Result<Outcome, Wrong> {
    // SAFETY: as promised.
    let rules = unsafe { rules.as_ref() }.ok_or("no rules are given")?;
    if results.is_null() {
        return Err("no place for results is given".into());
    }
    let messages = rules.messages;
    let found: Result<Results, Error> = rules.compiled.run(data);
    let found = match found {
        Ok(found) => found,
        Err(error) => return Ok(Outcome::Found(told(&error, messages))),
    };
    let warnings = words(found.warnings(), messages);
    // SAFETY: as promised.
    unsafe {
        if !warnings.is_empty() {
            put(message, &warnings);
        }
        results.write(Box::into_raw(Box::new(ForewarnResults {
            results: found,
            messages,
        })));
    }
    Ok(Outcome::Done)
}

/// Gives a table away as a stream.
///
/// # Safety
/// `stream` is NULL or memory for one.
unsafe fn hand_out(
    batch: RecordBatch,
    stream: *mut FFI_ArrowArrayStream,
) -> Result<Outcome, Wrong> {
    if stream.is_null() {
        return Err("no place for a stream is given".into());
    }
    let schema = batch.schema();
    let reader = RecordBatchIterator::new([Ok(batch)], schema);
    // SAFETY: memory for a stream, whatever stood in it.
    unsafe { ptr::write(stream, FFI_ArrowArrayStream::new(Box::new(reader))) };
    Ok(Outcome::Done)
}

/// # Safety
/// As for its callers.
unsafe fn messages(settings: *const ForewarnSettings) -> Result<Format, Wrong> {
    // SAFETY: as promised.
    let word = unsafe {
        settings
            .as_ref()
            .and_then(|settings| given(settings.messages))
    };
    match word {
        None | Some("json") => Ok(Format::Json),
        Some("text") => Ok(Format::Human),
        Some(other) => Err(format!("messages are `json` or `text`, not `{other}`").into()),
    }
}

/// # Safety
/// As for its callers.
unsafe fn options(settings: *const ForewarnSettings) -> Result<Options, Wrong> {
    // SAFETY: as promised.
    let Some(settings) = (unsafe { settings.as_ref() }) else {
        return Ok(Options::default());
    };
    // SAFETY: as promised.
    let (audience, lang) = unsafe { (given(settings.audience), given(settings.lang)) };
    let audience = audience
        .map(|word| Classification::of(word).ok_or_else(|| format!("`{word}` is no audience")));
    Ok(Options {
        // SAFETY: as promised.
        set: unsafe { list(settings.set) }?,
        // SAFETY: as promised.
        map: unsafe { list(settings.map) }?,
        audience: audience.transpose()?,
        lang: lang.map(str::to_owned),
    })
}
