//! Where the present snapshot hangs: swapped whole, read by as many as like, and waited for.

use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use crate::dev::snapshot::Snapshot;

/// The present snapshot.
#[derive(Default)]
pub(super) struct Board {
    present: Mutex<Arc<Snapshot>>,
    changed: Condvar,
}

impl Board {
    /// The snapshot to answer from. Whoever asks keeps it for the whole answer.
    pub(super) fn present(&self) -> Arc<Snapshot> {
        Arc::clone(&self.lock())
    }

    /// Hangs up a newer one.
    pub(super) fn hang(&self, snapshot: Snapshot) {
        *self.lock() = Arc::new(snapshot);
        self.changed.notify_all();
    }

    /// Waits for a snapshot with another number. Returns the present one when the time is over.
    pub(super) fn wait(&self, known: u64, time: Duration) -> Arc<Snapshot> {
        let present = self.lock();
        let (present, _) = self
            .changed
            .wait_timeout_while(present, time, |present| present.number == known)
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&present)
    }

    /// A thread that panicked while it held the lock has left a whole snapshot behind.
    fn lock(&self) -> MutexGuard<'_, Arc<Snapshot>> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
