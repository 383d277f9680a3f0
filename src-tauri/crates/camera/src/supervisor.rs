//! Watches over the capture thread: interrupts a call that takes too long, and where that does not help
//! gives the thread up and starts another.

use crate::CameraFault;
use crate::capture::Shared;
use crate::pulse::Pulse;
use crate::slot::Writer;
use crate::worker;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// More threads than this are never left behind at a time; then the supervisor waits for one of them.
const MOST_STUCK: usize = 4;
/// How long a call into the backend of a source that is no longer wanted may go on.
const HASTE: Duration = Duration::from_millis(250);

/// Runs until the order to stop.
pub(crate) fn supervise(shared: &Arc<Shared>) {
    let tick =
        (shared.limits.wanted.silence / 8).clamp(Duration::from_millis(10), Duration::from_millis(200));
    let mut stuck: Vec<JoinHandle<()>> = Vec::new();
    let mut present: Option<Worker> = None;
    loop {
        stuck.retain(|thread| !thread.is_finished());
        let order = shared.orders.present();
        if order.stop {
            break;
        }
        if present.as_ref().is_some_and(|worker| worker.thread.is_finished()) {
            tracing::error!("the capture thread ended by itself");
            present = None;
        }
        match present.take() {
            Some(worker) => {
                let haste = (worker.pulse.order() != order.number).then_some(HASTE);
                if worker.pulse.overdue(haste).is_some() {
                    worker.pulse.interrupt();
                }
                match worker.pulse.overdue(None) {
                    None => present = Some(worker),
                    Some(over) => {
                        let writer = Writer {
                            worker: worker.number,
                            order: order.number,
                        };
                        shared.slot.failed(writer, CameraFault::Stalled.code());
                        if over <= shared.limits.grace {
                            present = Some(worker);
                        } else {
                            tracing::error!(worker = worker.number, "capture thread given up");
                            // From here on it is a stranger to the slot and ends when its call returns.
                            shared.slot.next_worker();
                            stuck.push(worker.thread);
                        }
                    }
                }
            }
            None if stuck.len() < MOST_STUCK => match hire(shared) {
                Ok(worker) => present = Some(worker),
                Err(error) => tracing::error!(%error, "no capture thread"),
            },
            None => {}
        }
        shared.orders.pause(order.number, tick);
    }
    if let Some(worker) = present {
        dismiss(worker, shared.limits.grace);
    }
}

/// A capture thread at work.
struct Worker {
    number: u64,
    pulse: Arc<Pulse>,
    thread: JoinHandle<()>,
}

fn hire(shared: &Arc<Shared>) -> std::io::Result<Worker> {
    let number = shared.slot.next_worker();
    let theirs = Arc::clone(shared);
    let (tell, told) = mpsc::channel();
    let thread = std::thread::Builder::new()
        .name(format!("camera-{number}"))
        .spawn(move || {
            let pulse = Arc::new(Pulse::of_this_thread());
            let _ended = Ending(Arc::clone(&pulse));
            if tell.send(Arc::clone(&pulse)).is_ok() {
                worker::work(&theirs, number, &pulse);
            }
        })?;
    let pulse = told.recv().map_err(std::io::Error::other)?;
    Ok(Worker {
        number,
        pulse,
        thread,
    })
}

/// Takes the thread out of the reach of signals, also when it panics.
struct Ending(Arc<Pulse>);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.ended();
    }
}

/// Waits for the thread to come back from its last call, at most `grace`.
fn dismiss(worker: Worker, grace: Duration) {
    let began = Instant::now();
    while !worker.thread.is_finished() {
        if began.elapsed() > grace {
            tracing::warn!(worker = worker.number, "capture thread left behind at the end");
            return;
        }
        // A healthy stream returns with the next frame; only a longer wait is interrupted.
        if worker.pulse.overdue(Some(HASTE)).is_some() {
            worker.pulse.interrupt();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    if worker.thread.join().is_err() {
        tracing::error!("the capture thread had panicked");
    }
}
