//! Progress on standard error: nothing for the first second, then what is being done, how far it
//! is where that is known, and for how long. Only for people: not where standard error is no
//! terminal, nor when quiet was asked for.

use crate::stream::Stream;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

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
        Self::shown(words, reached, wanted, far)
    }

    /// The same where things are counted, not bytes.
    #[must_use]
    pub fn of_things(words: String, reached: &Arc<Reached>, wanted: bool) -> Self {
        let far = "{msg} {bar:30} {pos} of {len} · {eta} left";
        Self::shown(words, reached, wanted, far)
    }

    fn shown(words: String, reached: &Arc<Reached>, wanted: bool, far: &'static str) -> Self {
        if !wanted || !Stream::Error.is_terminal() {
            return Self::default();
        }
        let (done, wait) = channel();
        let reached = Arc::clone(reached);
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
