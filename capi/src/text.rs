//! Texts across the border.

use std::ffi::{CStr, CString, c_char};

use forewarn::{Diagnostics, Error, Format, Look};

/// A text that was given; nothing where the pointer is NULL or it is no UTF-8.
///
/// # Safety
/// It ends with a zero byte and lives as long as it is used.
pub unsafe fn given<'a>(text: *const c_char) -> Option<&'a str> {
    if text.is_null() {
        return None;
    }
    // SAFETY: as promised.
    unsafe { CStr::from_ptr(text) }.to_str().ok()
}

/// Pairs `name=value` up to the pointer that is NULL.
///
/// # Safety
/// The list ends with NULL, and each text with a zero byte.
pub unsafe fn list(texts: *const *const c_char) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    if texts.is_null() {
        return Ok(pairs);
    }
    for at in 0.. {
        // SAFETY: the list goes on up to NULL.
        let text = unsafe { *texts.add(at) };
        if text.is_null() {
            break;
        }
        // SAFETY: as promised.
        let text = unsafe { given(text) }.ok_or("a setting is not text in UTF-8")?;
        let pair = text.split_once('=');
        let (name, value) = pair.ok_or_else(|| format!("`{text}` is no `name=value`"))?;
        pairs.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    Ok(pairs)
}

/// Hands a text out; what stands behind a zero byte in it is cut.
///
/// # Safety
/// `place` may be written to.
pub unsafe fn put(place: *mut *mut c_char, text: &str) {
    let text = text.split('\0').next().unwrap_or_default();
    let text = CString::new(text).unwrap_or_default();
    if !place.is_null() {
        // SAFETY: as promised.
        unsafe { place.write(text.into_raw()) };
    }
}

/// What went wrong: findings in the form asked for, else words.
pub fn told(error: &Error, form: Format) -> String {
    match error.diagnostics() {
        Some(found) => words(found, form),
        None => error.to_string(),
    }
}

/// Findings in the form asked for.
pub fn words(found: &Diagnostics, form: Format) -> String {
    if found.is_empty() {
        return String::new();
    }
    let plain = Look {
        color: false,
        width: None,
        most: None,
    };
    found.render(form, plain)
}
