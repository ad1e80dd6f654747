//! Progress on a terminal for work that takes more than a second.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use consonance::progress::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The time before progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// A spinner, or a bar if the work reports its progress, on the error stream. It appears after a
/// second, and only on a terminal.
pub(crate) struct Bar {
    shown: ProgressBar,
    done: Sender<()>,
    watcher: JoinHandle<()>,
}

impl Bar {
    pub(crate) fn start(what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_message(what);
        let (done, is_done) = mpsc::channel();
        let late_bar = bar.clone();
        let watcher = thread::spawn(move || {
            if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                late_bar.set_draw_target(ProgressDrawTarget::stderr());
                late_bar.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Self {
            shown: bar,
            done,
            watcher,
        }
    }

    pub(crate) fn say(&self, what: &'static str) {
        self.shown.set_message(what);
    }

    /// Returns a progress that updates the bar.
    pub(crate) fn progress(&self) -> Progress {
        let bar = self.shown.clone();
        let style = ProgressStyle::with_template("{msg:<12} {bar:30} {percent:>3} %");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_length(100);
        Progress::new(move |stage, percent| {
            bar.set_message(stage);
            bar.set_position(percent);
        })
    }

    pub(crate) fn finish(self) {
        drop(self.done);
        // The watcher cannot fail in practice; if it did, only the spinner would be missing.
        let _ = self.watcher.join();
        self.shown.finish_and_clear();
    }
}

/// Runs a task, with a spinner on the error stream after the first second if that is a terminal.
pub(crate) fn with_spinner<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    let bar = Bar::start(what);
    let result = work();
    bar.finish();
    result
}
