//! Work on several cores: engagements side by side, and the readers of one engagement too while cores are idle.
//!
//! The rule it guards: results come in the order of their tasks, however they were worked on.

use rayon::iter::{
    FromParallelIterator, IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator,
};

/// Works on each of many large tasks, each waiting for a core by itself. Where results are collected to one, an error ends the work.
pub(super) fn engagements<T: Sync, R: Send, C: FromParallelIterator<R>>(
    tasks: &[T],
    work: impl Fn(&T) -> R + Sync + Send,
) -> C {
    tasks.par_iter().with_max_len(1).map(work).collect()
}

/// Works on each part of a task: side by side, unless other tasks wait for this core anyway.
pub(super) fn readers<'a, T: Sync, R: Send>(
    parts: &'a [T],
    work: impl Fn(usize, &'a T) -> R + Sync + Send,
) -> Vec<R> {
    if are_cores_busy() {
        let parts = parts.iter().enumerate();
        return parts.map(|(index, part)| work(index, part)).collect();
    }
    let parts = parts.par_iter().enumerate();
    parts.map(|(index, part)| work(index, part)).collect()
}

/// Works on two parts of a task: side by side, unless other tasks wait for this core anyway.
pub(super) fn both<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if are_cores_busy() {
        (one(), other())
    } else {
        rayon::join(one, other)
    }
}

/// Whether more tasks wait for this thread.
fn are_cores_busy() -> bool {
    rayon_core::current_thread_has_pending_tasks() == Some(true)
}
