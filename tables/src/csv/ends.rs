//! Where the cells of a row end.
//!
//! In: the bytes of a row without quotation marks, and the sign between its cells. Out: the place behind each
//! cell. Sixty-four bytes are compared at a time, and their answers become the bits of one number, so that
//! looking takes the same time whatever stands in the row.

use std::ops::Range;

/// Bytes that are looked at together.
const WIDTH: usize = 64;
/// Places that are written together, be there so many or not.
const TOGETHER: usize = 8;

/// The places of one row, in memory that is used again.
#[derive(Debug, Default)]
pub(super) struct Ends {
    places: Vec<u32>,
    count: usize,
}

impl Ends {
    /// One for each cell of the row that was looked at last.
    pub(super) fn places(&self) -> &[u32] {
        self.places.get(..self.count).unwrap_or_default()
    }

    /// Looks at a row of a text; false where a place cannot be told.
    pub(super) fn find(&mut self, text: &[u8], row: Range<usize>, sign: u8) -> bool {
        let Ok(end) = u32::try_from(row.end) else {
            return false;
        };
        let room = row.len() + WIDTH + TOGETHER;
        if self.places.len() < room {
            self.places.resize(room, 0);
        }
        self.count = 0;
        let mut at = row.start;
        while at < row.end {
            let mut hits = match text.get(at..).and_then(<[u8]>::first_chunk::<WIDTH>) {
                Some(bytes) => hits(bytes, sign),
                None => last_hits(text.get(at..).unwrap_or_default(), sign),
            };
            if row.end - at < WIDTH {
                hits &= (1 << (row.end - at)) - 1;
            }
            let mut from = self.count;
            self.count += hits.count_ones() as usize;
            while from < self.count {
                let slots = self.places.get_mut(from..);
                let Some(slots) = slots.and_then(<[u32]>::first_chunk_mut::<TOGETHER>) else {
                    return false;
                };
                for slot in slots {
                    *slot = (at as u32).wrapping_add(hits.trailing_zeros());
                    hits &= hits.wrapping_sub(1);
                }
                from += TOGETHER;
            }
            at += WIDTH;
        }
        if let Some(slot) = self.places.get_mut(self.count) {
            *slot = end;
        }
        self.count += 1;
        true
    }
}

/// A bit for each byte that is the sign, the lowest for the first.
#[inline]
fn hits(bytes: &[u8; WIDTH], sign: u8) -> u64 {
    let found = bytes.map(|byte| u8::from(byte == sign));
    let (eights, _) = found.as_chunks::<8>();
    let mut hits = 0;
    for (at, eight) in eights.iter().enumerate() {
        // The lowest bits of eight bytes come to stand side by side in the highest byte.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        hits |= bits << (8 * at);
    }
    hits
}

/// The same of fewer bytes.
#[cold]
fn last_hits(bytes: &[u8], sign: u8) -> u64 {
    let bits = bytes.iter().enumerate();
    bits.fold(0, |hits, (at, byte)| hits | u64::from(*byte == sign) << at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_end_where_the_sign_stands(
            before in "[a,]{0,70}",
            row in "[abé,]{0,200}",
            behind in "[a,\n]{0,70}",
        ) {
            let text = format!("{before}{row}{behind}");
            let place = before.len()..before.len() + row.len();
            let mut ends = Ends::default();
            // Memory of an earlier row is no part of a later one.
            prop_assert!(ends.find(text.as_bytes(), 0..text.len(), b','));
            prop_assert!(ends.find(text.as_bytes(), place.clone(), b','));
            let mut start = place.start;
            let cells: Vec<&str> = ends.places().iter().map(|end| {
                let cell = &text[start..*end as usize];
                start = *end as usize + 1;
                cell
            }).collect();
            prop_assert_eq!(cells, row.split(',').collect::<Vec<_>>());
        }
    }
}
