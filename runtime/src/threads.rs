//! Work that several threads do, or as few as can be had.
//!
//! In: pieces of work and how many threads may do them. Out: what came of each, in their order. The
//! thread that asks works too, so that all is done where the system gives no other.

use std::sync::{Mutex, PoisonError};

/// Does every piece; with at most so many threads, this one among them.
pub fn together<W: Send, R: Send>(
    threads: usize,
    work: Vec<W>,
    does: impl Fn(W) -> R + Sync,
) -> Vec<R> {
    let threads = threads.min(work.len());
    let count = work.len();
    let left = Mutex::new(work.into_iter().enumerate());
    let done = Mutex::new(Vec::with_capacity(count));
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let works = || {
        while let Some((at, piece)) = next() {
            let result = does(piece);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((at, result));
        }
    };
    std::thread::scope(|scope| {
        let mut others = Vec::new();
        for _ in 1..threads {
            // Where the system gives no more threads, those that there are do more.
            match std::thread::Builder::new().spawn_scoped(scope, works) {
                Ok(other) => others.push(other),
                Err(_) => break,
            }
        }
        works();
        for other in others {
            if let Err(panic) = other.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_in_order() {
        for threads in [0, 1, 3, 100] {
            let work: Vec<usize> = (0..50).collect();
            let done = together(threads, work, |one| one * 2);
            assert_eq!(done, (0..50).map(|one| one * 2).collect::<Vec<_>>());
        }
        assert!(together(4, Vec::<usize>::new(), |one| one).is_empty());
    }
}
