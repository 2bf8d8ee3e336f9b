//! Rows of text in blocks, which several threads take apart and read.
//!
//! In: a splitter behind the first rows of data, and the pipe. Out: the pipe has all rows, in their order.
//! This thread finds where rows end and adds blocks to the panel; others take cells apart and turn them into
//! numbers. A block with anything in it that wants telling is taken row by row, here, as the whole file was
//! before.

use super::ends::Ends;
use super::split::{End, Rows, Splitter, Taker};
use crate::flows::Flows;
use crate::progress::Teller;
use crate::recipe::Pipe;
use forewarn_diagnostics::Reports;
use forewarn_runtime::bind::{Block, BlockReader};
use forewarn_runtime::flow::{Flow, Piece};
use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Bytes of a block: enough to be worth handing over, few enough to stay in the cache.
const BLOCK: usize = 512 << 10;
/// Blocks that wait at each thread.
const WAITING: usize = 2;
/// Columns have room for one part in so many more rows than the first block lets expect.
const ROOM: u64 = 32;

/// Why reading ends early.
pub(super) enum Stop {
    End(End),
    Reports(Reports),
    /// Rows do not flow; their values are gone.
    Dry,
}

/// Rows on their way, with the memory that they are read into.
#[derive(Default)]
struct Work {
    rows: Rows,
    /// Of the row at hand.
    ends: Ends,
    block: Block,
    /// What comes of them, where rows flow.
    piece: Piece,
    /// All of it could be read.
    whole: bool,
}

/// A thread that reads blocks.
struct Worker {
    work: SyncSender<Work>,
    done: Receiver<Work>,
}

/// Gives all rows that are left to the pipe.
pub(super) fn read<R: Read>(
    splitter: &mut Splitter<R>,
    pipe: &mut Pipe<'_>,
    (reader, flow): (&BlockReader<'_>, Option<&dyn Flows>),
    threads: usize,
    progress: &Teller<'_>,
) -> Result<(), Stop> {
    let evaluator = flow.map(Flows::evaluator);
    let taker = splitter.taker();
    let mut taker_here = splitter.taker();
    std::thread::scope(|scope| {
        let mut workers: Vec<Worker> = Vec::new();
        for _ in 0..if threads > 1 { threads } else { 0 } {
            let (work, to_do) = sync_channel::<Work>(WAITING);
            let (tell, done) = sync_channel::<Work>(WAITING);
            let taker = &taker;
            let works = move || {
                for mut work in to_do {
                    take_apart(&mut work, reader, evaluator, taker);
                    if tell.send(work).is_err() {
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
        let mut spare: Vec<Work> = Vec::new();
        let mut take = |mut work: Work, pipe: &mut Pipe<'_>| -> Result<Work, Stop> {
            progress.tell();
            match flow {
                Some(flow) => send(&mut work, pipe, (reader, flow), &mut taker_here)?,
                None => put(&work, pipe, reader, &mut taker_here)?,
            }
            Ok(work)
        };
        let mut waiting: VecDeque<usize> = VecDeque::new();
        let mut at = 0;
        loop {
            let mut work = spare.pop().unwrap_or_else(|| Work::of(reader));
            let rows = splitter.rows(BLOCK, std::mem::take(&mut work.rows));
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
            if at == 0
                && flow.is_none()
                && let Some(total) = progress.total
            {
                pipe.expect(rows.in_all(total + total / ROOM));
            }
            work.rows = rows;
            let worker = at % workers.len().max(1);
            at += 1;
            if workers.is_empty() {
                take_apart(&mut work, reader, evaluator, &taker);
                spare.push(take(work, pipe)?);
                continue;
            }
            if waiting.len() >= WAITING * workers.len()
                && let Some(worker) = waiting.pop_front()
                && let Some(done) = workers.get(worker).and_then(|one| one.done.recv().ok())
            {
                spare.push(take(done, pipe)?);
            }
            if let Some(one) = workers.get(worker) {
                waiting.push_back(worker);
                // A thread ends only with what gives it work.
                let _ = one.work.send(work);
            }
        }
    })
}

/// Reads rows into their block, as far as they can be.
fn take_apart(
    work: &mut Work,
    reader: &BlockReader<'_>,
    evaluator: Option<&Flow<'_>>,
    taker: &Taker,
) {
    let (rows, block, ends) = (&work.rows, &mut work.block, &mut work.ends);
    reader.begin(block, rows.len());
    let mut own = taker.again();
    let Some(text) = rows.text() else {
        work.whole = false;
        return;
    };
    let all = rows.places().all(|(place, number)| {
        if taker.plain(text, place.clone(), ends) {
            return reader.row_at(block, number, text, (place.start, ends.places()));
        }
        let row = own.row(text.get(place).unwrap_or_default().as_bytes(), number);
        row.is_ok_and(|row| reader.row(block, number, row.cells()))
    });
    work.whole = all && reader.settle(block);
    if let Some(evaluator) = evaluator.filter(|_| work.whole) {
        reader.look(block);
        evaluator.evaluate(reader, block, &mut work.piece);
    }
}

/// Lets a block flow: as it is, or taken row by row.
fn send(
    work: &mut Work,
    pipe: &mut Pipe<'_>,
    (reader, flow): (&BlockReader<'_>, &dyn Flows),
    taker: &mut Taker,
) -> Result<(), Stop> {
    if !work.whole {
        put(work, pipe, reader, taker)?;
        return drain(work, pipe, (reader, flow));
    }
    if pipe.holds_any() {
        drain(&mut Work::of(reader), pipe, (reader, flow))?;
    }
    let keys = pipe.pass(reader, &work.block).ok_or(Stop::Dry)?;
    flow.take(keys, &mut work.piece)
        .then_some(())
        .ok_or(Stop::Dry)
}

/// Lets the rows flow that the pipe has taken one by one.
pub(super) fn drain_all(
    pipe: &mut Pipe<'_>,
    (reader, flow): (&BlockReader<'_>, &dyn Flows),
) -> Result<(), Stop> {
    drain(&mut Work::of(reader), pipe, (reader, flow))
}

fn drain(
    work: &mut Work,
    pipe: &mut Pipe<'_>,
    (reader, flow): (&BlockReader<'_>, &dyn Flows),
) -> Result<(), Stop> {
    let keys = pipe.drain(reader, &mut work.block).ok_or(Stop::Dry)?;
    flow.evaluator()
        .evaluate(reader, &work.block, &mut work.piece);
    flow.take(keys, &mut work.piece)
        .then_some(())
        .ok_or(Stop::Dry)
}

impl Work {
    fn of(reader: &BlockReader<'_>) -> Self {
        Self {
            block: reader.block(),
            ..Self::default()
        }
    }
}

/// Adds a block, or its rows one by one.
fn put(
    work: &Work,
    pipe: &mut Pipe<'_>,
    reader: &BlockReader<'_>,
    taker: &mut Taker,
) -> Result<(), Stop> {
    if work.whole {
        pipe.add(reader, &work.block);
        return Ok(());
    }
    for (bytes, number) in work.rows.each() {
        let row = taker.row(bytes, number).map_err(Stop::End)?;
        pipe.row(number, &row).map_err(Stop::Reports)?;
    }
    Ok(())
}
