//! Periods that were read lately, by what their cells say: the periods of a panel recur with every entity.
//!
//! In: a short text. Out: its number, where the same text was read before and nothing has taken its place since.

/// Places for texts; a panel hardly ever has more periods.
const PLACES: usize = 512;

/// Numbers of short texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    places: Vec<Option<(u128, i64)>>,
}

/// A text as a number that no other text has; none for a long one, or for none.
#[inline]
pub(super) fn key(text: &str) -> Option<u128> {
    const LONGEST: usize = 15;
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > LONGEST {
        return None;
    }
    let mut letters = [0; LONGEST + 1];
    letters.get_mut(..bytes.len())?.copy_from_slice(bytes);
    // The length, so that a text and the same with a nought behind it are two.
    *letters.last_mut()? = bytes.len() as u8;
    Some(u128::from_le_bytes(letters))
}

fn place(key: u128) -> usize {
    const MIXED: u64 = 0x9E37_79B9_7F4A_7C15;
    let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(MIXED) >> (64 - PLACES.trailing_zeros())) as usize
}

impl Recent {
    #[inline]
    pub fn get(&self, key: u128) -> Option<i64> {
        let (known, number) = (*self.places.get(place(key))?)?;
        (known == key).then_some(number)
    }

    pub fn put(&mut self, key: u128, number: i64) {
        if self.places.is_empty() {
            self.places = vec![None; PLACES];
        }
        if let Some(slot) = self.places.get_mut(place(key)) {
            *slot = Some((key, number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_texts_and_none_have_no_key() {
        assert_eq!(key(""), None);
        assert_eq!(key("2024-05-01T00:00"), None);
        assert!(key("2024-05-01T00:0").is_some());
        assert_ne!(key("2024"), key("2024\0"));
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_was_put(texts in prop::collection::vec("[0-9Q-]{1,7}", 1..2000)) {
            let mut recent = Recent::default();
            for (number, text) in (0..).zip(&texts) {
                let key = key(text).unwrap();
                if let Some(found) = recent.get(key) {
                    prop_assert_eq!(&texts[found as usize], text);
                }
                recent.put(key, number);
                prop_assert_eq!(recent.get(key), Some(number));
            }
        }
    }
}
