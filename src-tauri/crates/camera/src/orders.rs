//! What the capture thread is to do.

use crate::Source;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The present order and a bell for those who wait for another.
pub(crate) struct Orders {
    order: Mutex<Order>,
    changed: Condvar,
}

/// Use this source until the next order.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// Counts the orders of one run.
    pub(crate) number: u64,
    /// The source to use.
    pub(crate) source: Source,
    /// Or end.
    pub(crate) stop: bool,
}

impl Orders {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            order: Mutex::new(Order {
                number: 0,
                source,
                stop: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// The present order.
    pub(crate) fn present(&self) -> Order {
        self.lock().clone()
    }

    /// Whether that order still holds.
    pub(crate) fn stands(&self, number: u64) -> bool {
        let order = self.lock();
        order.number == number && !order.stop
    }

    /// Gives an order to use another source; `at_once` runs before anyone can read it.
    pub(crate) fn switch(&self, source: Source, at_once: impl FnOnce(u64)) {
        let mut order = self.lock();
        order.number += 1;
        order.source = source;
        at_once(order.number);
        drop(order);
        self.changed.notify_all();
    }

    /// Gives the order to end.
    pub(crate) fn stop(&self) {
        self.lock().stop = true;
        self.changed.notify_all();
    }

    /// Waits for as long as the order stands, at most `limit`.
    pub(crate) fn pause(&self, number: u64, limit: Duration) {
        let stands = |order: &mut Order| order.number == number && !order.stop;
        drop(
            self.changed
                .wait_timeout_while(self.lock(), limit, stands)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    fn lock(&self) -> MutexGuard<'_, Order> {
        self.order.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
