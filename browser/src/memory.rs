//! The way of texts between JavaScript and this module: bytes in the module's memory.
//!
//! JavaScript asks for room, writes a request into it, and is given the place of an answer: four bytes with
//! its length, little end first, and the answer. Room and answer are given back by whoever asked.

use crate::answer;

/// Room for so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn forewarn_room(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Gives room back.
///
/// # Safety
/// The place and the length are those of [`forewarn_room`], or of an answer with its four bytes, and are given
/// back once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_done(place: *mut u8, length: usize) {
    let bytes = std::ptr::slice_from_raw_parts_mut(place, length);
    // SAFETY: as the caller says.
    drop(unsafe { Box::from_raw(bytes) });
}

/// Answers the request at that place.
///
/// # Safety
/// So many bytes stand there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forewarn_answer(place: *const u8, length: usize) -> *mut u8 {
    // SAFETY: as the caller says.
    let request = unsafe { std::slice::from_raw_parts(place, length) };
    let found = answer(&String::from_utf8_lossy(request));
    let text = serde_json::to_string(&found).unwrap_or_else(|_| "{}".to_owned());
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut bytes = length.to_le_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    Box::into_raw(bytes.into_boxed_slice()).cast()
}
