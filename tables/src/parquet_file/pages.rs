//! Memory of pages, used again.
//!
//! In: how many bytes are to be read. Out: these bytes, whose memory comes back once nobody looks at them. A page is
//! read for each column of each group of rows, and the system would clear fresh memory for every one of them, which
//! takes as long as reading does.

use bytes::Bytes;
use std::cell::RefCell;
use std::io;

/// Pieces of memory that a thread keeps.
const MOST: usize = 4;
/// Larger ones are given back: pages are hardly ever larger.
const LARGEST: usize = 4 << 20;

thread_local! {
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// A page that is looked at.
struct Page(Vec<u8>);

impl AsRef<[u8]> for Page {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.0);
        if memory.capacity() > LARGEST {
            return;
        }
        // A thread that ends keeps nothing.
        let _ = SPARE.try_with(|spare| {
            if let Ok(mut spare) = spare.try_borrow_mut()
                && spare.len() < MOST
            {
                spare.push(memory);
            }
        });
    }
}

/// So many bytes, as `fill` reads them.
///
/// # Errors
/// Those of `fill`.
pub(super) fn page(
    length: usize,
    fill: impl FnOnce(&mut [u8]) -> io::Result<()>,
) -> io::Result<Bytes> {
    // Neither too small nor much too large.
    let fits = |memory: &Vec<u8>| (length..=2 * length).contains(&memory.capacity());
    let spare = SPARE.with_borrow_mut(|spare| {
        let at = spare.iter().position(fits)?;
        Some(spare.swap_remove(at))
    });
    let mut memory = match spare {
        Some(mut memory) => {
            memory.resize(length, 0);
            memory
        }
        None => vec![0; length],
    };
    fill(&mut memory)?;
    Ok(Bytes::from_owner(Page(memory)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All bytes are this one.
    fn read(length: usize, byte: u8) -> Bytes {
        page(length, |bytes| {
            bytes.fill(byte);
            Ok(())
        })
        .unwrap()
    }

    #[test]
    fn memory_is_used_again_once_nobody_looks_at_it() {
        let first = read(1000, 1);
        let part = first.slice(10..20);
        let place = first.as_ptr();
        drop(first);
        // A part of it is still looked at.
        let second = read(1000, 2);
        assert_ne!(second.as_ptr(), place);
        assert_eq!(part, [1; 10].as_slice());
        drop(part);
        let third = read(900, 3);
        assert_eq!(third.as_ptr(), place);
        assert_eq!((third.len(), second.len()), (900, 1000));
        assert!(third.iter().all(|byte| *byte == 3) && second.iter().all(|byte| *byte == 2));
        drop(third);
        // Growing into what it has.
        let fourth = read(1000, 4);
        assert_eq!((fourth.as_ptr(), fourth.len()), (place, 1000));
        // Much less, or more, is read elsewhere.
        drop(fourth);
        assert_ne!(read(100, 5).as_ptr(), place);
        assert_ne!(read(1001, 6).as_ptr(), place);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let refused = page(10, |_| Err(io::Error::other("no")));
        assert_eq!(refused.unwrap_err().to_string(), "no");
        assert_eq!(page(0, |_| Ok(())).unwrap().len(), 0);
    }
}
