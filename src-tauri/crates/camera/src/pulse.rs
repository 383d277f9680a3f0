//! The capture thread's pulse: which call into a backend it is in, and since when.

use crate::CameraFault;
use crate::unblock::Blocked;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Shared by one capture thread, which runs every call into a backend through [`call`](Self::call), and
/// the supervisor, which looks for calls that take too long.
pub(crate) struct Pulse {
    thread: Blocked,
    call: Mutex<Option<Call>>,
    order: AtomicU64,
}

#[derive(Clone, Copy)]
struct Call {
    began: Instant,
    limit: Duration,
    interrupted: bool,
}

impl Pulse {
    /// The pulse of the calling thread.
    pub(crate) fn of_this_thread() -> Self {
        Self {
            thread: Blocked::this_thread(),
            call: Mutex::new(None),
            order: AtomicU64::new(0),
        }
    }

    /// The thread now obeys this order.
    pub(crate) fn obey(&self, order: u64) {
        self.order.store(order, Ordering::Relaxed);
    }

    /// The order the thread obeys.
    pub(crate) fn order(&self) -> u64 {
        self.order.load(Ordering::Relaxed)
    }

    /// Runs a call into a backend: a panic in it becomes a fault, and so does an interruption.
    pub(crate) fn call<T>(
        &self,
        limit: Duration,
        work: impl FnOnce() -> Result<T, CameraFault>,
    ) -> Result<T, CameraFault> {
        *self.lock() = Some(Call {
            began: Instant::now(),
            limit,
            interrupted: false,
        });
        // What panicked is dropped by the caller and never used again.
        let outcome = catch_unwind(AssertUnwindSafe(work));
        let interrupted = self.lock().take().is_some_and(|call| call.interrupted);
        match outcome {
            Ok(Err(_)) if interrupted => Err(CameraFault::Stalled),
            Ok(outcome) => outcome,
            Err(panic) => Err(CameraFault::Failed(format!("panic: {}", message(&*panic)))),
        }
    }

    /// How long the present call has gone on beyond its limit, or beyond `haste` when that is less;
    /// none while it is within.
    pub(crate) fn overdue(&self, haste: Option<Duration>) -> Option<Duration> {
        let call = (*self.lock())?;
        call.began
            .elapsed()
            .checked_sub(haste.map_or(call.limit, |haste| haste.min(call.limit)))
    }

    /// Tries to end the present call.
    pub(crate) fn interrupt(&self) {
        if let Some(call) = &mut *self.lock() {
            call.interrupted = true;
            self.thread.interrupt();
        }
    }

    /// The thread ends now.
    pub(crate) fn ended(&self) {
        self.thread.ended();
    }

    fn lock(&self) -> MutexGuard<'_, Option<Call>> {
        self.call.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "of unknown kind",
    }
}
