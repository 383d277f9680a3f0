//! What the eyes are to look at, written by the station thread and read by theirs.

use crate::event::Job;
use domain::specification::PhotoSpecification;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the eyes are to look at.
#[derive(Default)]
pub(crate) struct Watch {
    orders: Mutex<Orders>,
    bell: Condvar,
}

#[derive(Default)]
struct Orders {
    jobs: VecDeque<(u32, Job)>,
    gaze: Gaze,
    stopped: bool,
}

/// What is done with live frames.
#[derive(Default, Clone)]
enum Gaze {
    /// Nothing.
    #[default]
    Away,
    /// The checks.
    Checks(Live),
    /// Nothing but codes.
    Codes(u32),
    /// The light meter, by these rules.
    Meter(Arc<quality::Rules>),
}

/// What to do next.
pub(super) enum Order {
    Job(u32, Job),
    Check(Live),
    Codes(u32),
    Meter(Arc<quality::Rules>),
}

#[derive(Clone)]
pub(super) struct Live {
    pub(super) epoch: u32,
    pub(super) specification: Arc<PhotoSpecification>,
    pub(super) rules: Arc<quality::Rules>,
    /// A code is waited for as well.
    pub(super) codes: bool,
}

impl Live {
    /// True when the same person is looked at under the same rules.
    pub(super) fn same(&self, epoch: u32, rules: &Arc<quality::Rules>) -> bool {
        self.epoch == epoch && Arc::ptr_eq(&self.rules, rules)
    }
}

impl Watch {
    /// Adds a job; jobs go before live frames.
    pub(crate) fn ask(&self, epoch: u32, job: Job) {
        self.lock().jobs.push_back((epoch, job));
        self.bell.notify_all();
    }

    /// Live checks from now on.
    pub(crate) fn look_live(
        &self,
        epoch: u32,
        specification: Arc<PhotoSpecification>,
        rules: Arc<quality::Rules>,
        codes: bool,
    ) {
        let mut orders = self.lock();
        let running =
            matches!(&orders.gaze, Gaze::Checks(live) if live.same(epoch, &rules) && live.codes == codes);
        if !running {
            orders.gaze = Gaze::Checks(Live {
                epoch,
                specification,
                rules,
                codes,
            });
            self.bell.notify_all();
        }
    }

    /// Nothing but codes from now on.
    pub(crate) fn look_for_codes(&self, epoch: u32) {
        let mut orders = self.lock();
        if !matches!(orders.gaze, Gaze::Codes(running) if running == epoch) {
            orders.gaze = Gaze::Codes(epoch);
            self.bell.notify_all();
        }
    }

    /// The light meter from now on.
    pub(crate) fn meter(&self, rules: Arc<quality::Rules>) {
        self.lock().gaze = Gaze::Meter(rules);
        self.bell.notify_all();
    }

    /// Nothing any more.
    pub(crate) fn look_away(&self) {
        self.lock().gaze = Gaze::Away;
    }

    /// Rests, unless there is a job or the station closes.
    pub(super) fn rest(&self, pause: Duration) {
        let idle = |orders: &mut Orders| orders.jobs.is_empty() && !orders.stopped;
        drop(
            self.bell
                .wait_timeout_while(self.lock(), pause, idle)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    pub(crate) fn stop(&self) {
        self.lock().stopped = true;
        self.bell.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Orders> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for something to do; `None` when the station closes.
    pub(super) fn next(&self) -> Option<Order> {
        let mut orders = self.lock();
        loop {
            if orders.stopped {
                return None;
            }
            if let Some((epoch, job)) = orders.jobs.pop_front() {
                return Some(Order::Job(epoch, job));
            }
            match &orders.gaze {
                Gaze::Away => {}
                Gaze::Checks(live) => return Some(Order::Check(live.clone())),
                Gaze::Codes(epoch) => return Some(Order::Codes(*epoch)),
                Gaze::Meter(rules) => return Some(Order::Meter(Arc::clone(rules))),
            }
            orders = self.bell.wait(orders).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
