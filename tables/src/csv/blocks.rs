//! Rows of text in blocks, which several threads take apart and read.
//!
//! In: a splitter behind the first rows of data, and the pipe. Out: the pipe has all rows, in their order.
//! This thread finds where rows end and adds blocks to the panel; others take cells apart and turn them into
//! numbers. A block with anything in it that wants telling is taken row by row, here, as the whole file was
//! before.

use super::split::{End, Rows, Splitter, Taker};
use crate::progress::Teller;
use crate::recipe::Pipe;
use forewarn_diagnostics::Reports;
use forewarn_runtime::bind::{Block, BlockReader};
use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Bytes of a block: enough to be worth handing over, few enough to stay in the cache.
const BLOCK: usize = 512 << 10;
/// Blocks that wait at each thread.
const WAITING: usize = 2;

/// Why reading ends early.
pub(super) enum Stop {
    End(End),
    Reports(Reports),
}

/// A block as it was read, if all of it could be.
type Done = (Rows, Option<Block>);

/// A thread that reads blocks.
struct Worker {
    work: SyncSender<Rows>,
    done: Receiver<Done>,
}

/// Gives all rows that are left to the pipe.
pub(super) fn read<R: Read>(
    splitter: &mut Splitter<R>,
    pipe: &mut Pipe<'_>,
    reader: &BlockReader<'_>,
    threads: usize,
    progress: &Teller<'_>,
) -> Result<(), Stop> {
    let taker = splitter.taker();
    let mut taker_here = splitter.taker();
    std::thread::scope(|scope| {
        let mut workers: Vec<Worker> = Vec::new();
        for _ in 0..if threads > 1 { threads } else { 0 } {
            let (work, to_do) = sync_channel::<Rows>(WAITING);
            let (tell, done) = sync_channel::<Done>(WAITING);
            let taker = &taker;
            let works = move || {
                for rows in to_do {
                    let block = block_of(&rows, reader, taker);
                    if tell.send((rows, block)).is_err() {
                        break;
                    }
                }
            };
            // Where the system gives no more threads, those that there are do more.
            match std::thread::Builder::new().spawn_scoped(scope, works) {
                Ok(_) => workers.push(Worker { work, done }),
                Err(_) => break,
            }
        }
        let mut take = |(rows, block): Done, pipe: &mut Pipe<'_>| {
            progress.tell();
            put(rows, block, pipe, reader, &mut taker_here)
        };
        let mut waiting: VecDeque<usize> = VecDeque::new();
        let mut at = 0;
        loop {
            let rows = splitter.rows(BLOCK);
            // What stands before a slip is told before it.
            let last = !matches!(rows, Ok(Some(_)));
            while last && let Some(worker) = waiting.pop_front() {
                if let Some(done) = workers.get(worker).and_then(|one| one.done.recv().ok()) {
                    take(done, pipe)?;
                }
            }
            let Some(rows) = rows.map_err(Stop::End)? else {
                return Ok(());
            };
            if workers.is_empty() {
                let block = block_of(&rows, reader, &taker);
                take((rows, block), pipe)?;
                continue;
            }
            if waiting.len() >= WAITING * workers.len()
                && let Some(worker) = waiting.pop_front()
                && let Some(done) = workers.get(worker).and_then(|one| one.done.recv().ok())
            {
                take(done, pipe)?;
            }
            let worker = at % workers.len();
            at += 1;
            if let Some(one) = workers.get(worker) {
                waiting.push_back(worker);
                // A thread ends only with what gives it work.
                let _ = one.work.send(rows);
            }
        }
    })
}

fn block_of(rows: &Rows, reader: &BlockReader<'_>, taker: &Taker) -> Option<Block> {
    let mut block = reader.block(rows.len());
    let mut own = taker.again();
    for (bytes, number) in rows.each() {
        let taken = match taker.plain(bytes) {
            Some(cells) => reader.row(&mut block, number, cells),
            None => {
                let row = own.row(bytes, number).ok()?;
                reader.row(&mut block, number, row.cells())
            }
        };
        if !taken {
            return None;
        }
    }
    Some(block)
}

/// Adds a block, or its rows one by one.
fn put(
    rows: Rows,
    block: Option<Block>,
    pipe: &mut Pipe<'_>,
    reader: &BlockReader<'_>,
    taker: &mut Taker,
) -> Result<(), Stop> {
    if let Some(block) = block {
        pipe.add(reader, block);
        return Ok(());
    }
    for (bytes, number) in rows.each() {
        let row = taker.row(bytes, number).map_err(Stop::End)?;
        pipe.row(number, &row).map_err(Stop::Reports)?;
    }
    Ok(())
}
