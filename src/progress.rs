//! [`Progress`]: reports how far a long call is, and can end it.
//!
//! For programs that show how far a long computation is, or let a user stop it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{Error, ErrorKind, Result};

/// Given to a long call, reports its progress and can end it.
///
/// Clones share one state: keep one and pass the other to the call. The default reports nothing, is
/// never cancelled and costs nothing. Progress changes no result, so all values are equal.
///
/// ```
/// use consonance::progress::Progress;
///
/// let progress = Progress::new(|stage, percent| println!("{stage}: {percent} %"));
/// let handle = progress.clone();
/// handle.cancel(); // from another thread, while a call works with `progress`
/// assert!(progress.is_cancelled());
/// ```
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<Inner>>);

struct Inner {
    report: Box<dyn Fn(&'static str, u64) + Send + Sync>,
    is_cancelled: AtomicBool,
}

impl Progress {
    /// Returns a progress that calls `report` from time to time, from any worker thread; `report`
    /// should return at once. It is given the name of a stage, in lower case (`terms`, `vectors`,
    /// `dimensions`, `neighbors`, `clusters`, `rows`, `resamples`, `index`), and the part of the
    /// stage that is done, in percent; at least that part, if its length is not known in advance.
    pub fn new(report: impl Fn(&'static str, u64) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(Inner {
            report: Box::new(report),
            is_cancelled: AtomicBool::new(false),
        })))
    }

    /// Asks the call to end, which it soon does with [`ErrorKind::Cancelled`]. Does nothing on the
    /// default progress.
    pub fn cancel(&self) {
        if let Some(inner) = &self.0 {
            inner.is_cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Returns whether the call was asked to end.
    pub fn is_cancelled(&self) -> bool {
        let inner = self.0.as_ref();
        inner.is_some_and(|inner| inner.is_cancelled.load(Ordering::Relaxed))
    }

    /// Fails if the call was asked to end.
    pub(crate) fn check(&self) -> Result<()> {
        if self.is_cancelled() {
            return Err(Error::new(ErrorKind::Cancelled, "cancelled by the caller"));
        }
        Ok(())
    }

    /// Starts a stage of `total` units.
    pub(crate) fn stage(&self, name: &'static str, total: u64) -> Stage<'_> {
        let stage = Stage {
            progress: self,
            name,
            total,
            done: AtomicU64::new(0),
        };
        stage.tell(0);
        stage
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_used = self.0.is_some();
        f.debug_struct("Progress")
            .field("is_used", &is_used)
            .finish()
    }
}

impl PartialEq for Progress {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Progress {}

/// A stage of a call whose progress is reported.
pub(crate) struct Stage<'w> {
    progress: &'w Progress,
    name: &'static str,
    total: u64,
    done: AtomicU64,
}

impl Stage<'_> {
    /// Counts units as done; fails if the call was asked to end.
    pub(crate) fn advance(&self, n_units: u64) -> Result<()> {
        if self.progress.0.is_none() {
            return Ok(());
        }
        let done = self.done.fetch_add(n_units, Ordering::Relaxed) + n_units;
        self.tell(done.min(self.total));
        self.progress.check()
    }

    fn tell(&self, done: u64) {
        if let Some(inner) = &self.progress.0 {
            let percent = done.saturating_mul(100) / self.total.max(1);
            (inner.report)(self.name, percent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn a_stage_reports_its_start_and_each_step_and_ends_when_cancelled() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let corrections = Arc::clone(&told);
        let progress = Progress::new(move |_, percent| corrections.lock().unwrap().push(percent));
        let stage = progress.stage("terms", 4);
        assert!(stage.advance(2).is_ok());
        progress.clone().cancel();
        let error = stage.advance(1).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        assert_eq!(*told.lock().unwrap(), [0, 50, 75]);
    }

    #[test]
    fn the_default_progress_cannot_be_cancelled() {
        let progress = Progress::default();
        progress.cancel();
        assert!(progress.stage("terms", 1).advance(1).is_ok());
    }
}
