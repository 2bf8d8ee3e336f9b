//! Progress on standard error: nothing for the first second, then what is being done, how far it
//! is where that is known, and for how long. For people only where standard error is a terminal and quiet was not
//! asked for; for programs, `--progress json`, one object on each line, from the beginning of each step to its end.

use crate::stream::{Stream, say};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);
/// How often programs are told.
const BEAT: Duration = Duration::from_millis(500);

/// How progress is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// A bar on terminals, after a second
    #[default]
    Auto,
    /// One object on each line, for programs
    Json,
    /// Not at all
    None,
}

static SHOWN: OnceLock<Shown> = OnceLock::new();

/// Says for all that is to come how it is shown.
pub fn show(how: Shown) {
    // What was said first holds: a process runs one command.
    let _ = SHOWN.set(how);
}

/// How far a step is, as programs are told.
#[derive(Serialize)]
struct Told<'t> {
    progress: &'t str,
    /// `bytes`, or `things`
    unit: &'t str,
    done: u64,
    /// None where nobody knows.
    total: Option<u64>,
    seconds: f64,
    /// By the rate so far.
    seconds_left: Option<f64>,
    finished: bool,
}

/// How far something is, in bytes; a total of 0 is unknown.
#[derive(Debug, Default)]
pub struct Reached {
    pub done: AtomicU64,
    pub total: AtomicU64,
}

impl Reached {
    pub fn tell(&self, done: u64, total: Option<u64>) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total.unwrap_or(0), Ordering::Relaxed);
    }
}

/// Something that is being done; gone when dropped.
#[derive(Debug, Default)]
pub struct Progress {
    watcher: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to watch: `words` are shown if it takes more than a second.
    #[must_use]
    pub fn of(words: String, reached: &Arc<Reached>, wanted: bool) -> Self {
        let far = "{msg} {bar:30} {bytes} of {total_bytes} · {eta} left";
        Self::shown(words, reached, wanted, (far, "bytes"))
    }

    /// The same where things are counted, not bytes.
    #[must_use]
    pub fn of_things(words: String, reached: &Arc<Reached>, wanted: bool) -> Self {
        let far = "{msg} {bar:30} {pos} of {len} · {eta} left";
        Self::shown(words, reached, wanted, (far, "things"))
    }

    fn shown(
        words: String,
        reached: &Arc<Reached>,
        wanted: bool,
        (far, unit): (&'static str, &'static str),
    ) -> Self {
        let how = SHOWN.get().copied().unwrap_or_default();
        let (done, wait) = channel();
        let reached = Arc::clone(reached);
        if how == Shown::Json {
            let tells = move || told(&words, &reached, unit, &wait);
            let watcher = std::thread::Builder::new().spawn(tells).ok();
            return Self {
                watcher: watcher.map(|watcher| (done, watcher)),
            };
        }
        if !wanted || how == Shown::None || !Stream::Error.is_terminal() {
            return Self::default();
        }
        let watches = move || {
            if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_elapsed(PATIENCE);
            bar.set_message(words);
            let total = reached.total.load(Ordering::Relaxed);
            let template = if total > 0 {
                bar.set_length(total);
                far
            } else {
                "{spinner} {msg} · {elapsed}"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            while wait.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                bar.set_position(reached.done.load(Ordering::Relaxed));
                bar.tick();
            }
            bar.finish_and_clear();
        };
        // Without a thread for it nothing is shown.
        let watcher = std::thread::Builder::new().spawn(watches).ok();
        Self {
            watcher: watcher.map(|watcher| (done, watcher)),
        }
    }
}

/// Tells programs, from the beginning to the end.
fn told(words: &str, reached: &Reached, unit: &str, wait: &Receiver<()>) {
    let began = Instant::now();
    let mut finished = false;
    loop {
        let done = reached.done.load(Ordering::Relaxed);
        let total = Some(reached.total.load(Ordering::Relaxed)).filter(|total| *total > 0);
        let seconds = began.elapsed().as_secs_f64();
        let left = total.filter(|_| done > 0);
        let left = left.map(|total| seconds * (total as f64 / done as f64 - 1.0).max(0.0));
        let thousandth = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
        let told = Told {
            progress: words,
            unit,
            done,
            total,
            seconds: thousandth(seconds),
            seconds_left: left.map(thousandth),
            finished,
        };
        if let Ok(line) = serde_json::to_string(&told) {
            say(&format!("{line}\n"));
        }
        if finished {
            return;
        }
        finished = wait.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, watcher)) = self.watcher.take() {
            // The watcher ends when the channel closes; its line is gone before anything else is
            // said.
            drop(done);
            let _ = watcher.join();
        }
    }
}
