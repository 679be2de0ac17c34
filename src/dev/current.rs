//! The current snapshot, shared by the loop that builds and the threads that answer.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::dev::snapshot::Snapshot;

/// Holds the current snapshot.
#[derive(Default)]
pub(super) struct CurrentSnapshot {
    snapshot: Mutex<Arc<Snapshot>>,
    changed: Condvar,
}

impl CurrentSnapshot {
    /// The snapshot to answer from. An answer is made from one of them alone, even if a newer one comes meanwhile.
    pub(super) fn get(&self) -> Arc<Snapshot> {
        Arc::clone(&self.lock())
    }

    /// Puts a newer one in its place, and wakes those who wait for it.
    pub(super) fn replace(&self, snapshot: Snapshot) {
        *self.lock() = Arc::new(snapshot);
        self.changed.notify_all();
    }

    /// Waits for a snapshot of another number than `known`, for `time` at most. Returns the current one.
    pub(super) fn wait(&self, known: u64, time: Duration) -> Arc<Snapshot> {
        let snapshot = self.lock();
        let (snapshot, _) = self
            .changed
            .wait_timeout_while(snapshot, time, |snapshot| snapshot.number == known)
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&snapshot)
    }

    /// A thread that panicked while it held the lock has left a whole snapshot behind.
    fn lock(&self) -> MutexGuard<'_, Arc<Snapshot>> {
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
