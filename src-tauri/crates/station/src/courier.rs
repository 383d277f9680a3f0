//! The worker that empties the queue: upload, commit, acknowledgement, verdicts.
//!
//! What is to be sent is always read from the store, so a crash loses nothing and a second process
//! could take over. One item's trouble never holds the others: its next attempt has its own time.

use crate::event::Event;
use domain::Moment;
use domain::port::{Central, CentralFault, Delivery, Store, StoreFault};
use domain::queue::QueueEntry;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How often the courier does what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Between two looks when nothing is to be done.
    pub idle: Duration,
    /// Between two pulls of verdicts, and between two questions whether the server is there.
    pub verdicts: Duration,
    /// First pause after a temporary fault; doubles with every attempt.
    pub least_pause: Duration,
    /// Longest pause between attempts.
    pub most_pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(2),
            verdicts: Duration::from_secs(10),
            least_pause: Duration::from_secs(2),
            most_pause: Duration::from_secs(600),
        }
    }
}

/// A word to the courier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// Something was queued or released: look now.
    Look,
}

pub(crate) struct Courier {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) central: Box<dyn Central>,
    pub(crate) clock: fn() -> Moment,
    pub(crate) pace: Pace,
    pub(crate) facts: Sender<Event>,
}

impl Courier {
    /// Runs until the station hangs up.
    pub(crate) fn run(mut self, calls: &Receiver<Call>) {
        // The wall clock may be set back; pauses of this loop are measured by the one that cannot.
        let mut pulled: Option<Instant> = None;
        loop {
            if pulled.is_none_or(|at| at.elapsed() >= self.pace.verdicts) {
                pulled = Some(Instant::now());
                self.pull();
            }
            let worked = match self.send_one() {
                Ok(worked) => worked,
                Err(fault) => {
                    tracing::error!(code = fault.code(), "the queue could not be read");
                    false
                }
            };
            if worked {
                // More may wait; but a station that shuts down must not be kept.
                if matches!(calls.try_recv(), Err(std::sync::mpsc::TryRecvError::Disconnected)) {
                    return;
                }
                continue;
            }
            match calls.recv_timeout(self.pace.idle) {
                Ok(Call::Look) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Sends the next due packet; true when there was one that got through.
    fn send_one(&mut self) -> Result<bool, StoreFault> {
        if self.store.tally()?.paused {
            return Ok(false);
        }
        let now = (self.clock)();
        let Some(entry) = self.store.next_to_send(now, self.pace.most_pause)? else {
            return Ok(false);
        };
        let packet = entry.packet.clone();
        self.store.begin_sending(&packet, now)?;
        self.changed();
        let sealed = match self.store.sealed(&packet) {
            Ok(sealed) => sealed,
            Err(StoreFault::PacketDamaged(_)) => {
                self.store.fail(&packet, "packet_damaged", None)?;
                self.changed();
                return Ok(true);
            }
            Err(other) => return Err(other),
        };
        let outcome = self.deliver(&entry, &sealed);
        let now = (self.clock)();
        let got_through = match outcome {
            Ok(acknowledgement) => {
                self.store.acknowledge(&packet, &acknowledgement, now)?;
                tracing::info!(%packet, "acknowledged");
                self.tell(Event::Answered(now));
                true
            }
            Err(fault) => {
                let pause = fault.temporary().then(|| now.plus(self.backoff(&entry)));
                tracing::warn!(%packet, code = fault.code(), %fault, again = ?pause, "not delivered");
                self.store.fail(&packet, fault.code(), pause)?;
                !fault.temporary()
            }
        };
        self.changed();
        Ok(got_through)
    }

    fn deliver(&mut self, entry: &QueueEntry, sealed: &[u8]) -> Result<String, CentralFault> {
        let (store, facts) = (Arc::clone(&self.store), self.facts.clone());
        let packet = entry.packet.clone();
        let mut progress = move |url: Option<&str>, confirmed: u64| {
            store
                .keep_upload(&packet, url, confirmed)
                .map_err(|fault| fault.to_string())?;
            facts
                .send(Event::QueueChanged)
                .map_err(|_| "the station is closing".to_string())
        };
        let received = self.central.deliver(Delivery {
            entry,
            sealed,
            progress: &mut progress,
        })?;
        Ok(received.acknowledgement)
    }

    /// Pulls verdicts; doubles as the question whether the server is there.
    fn pull(&mut self) {
        let cursor = match self.store.verdict_cursor() {
            Ok(cursor) => cursor,
            Err(fault) => return tracing::error!(code = fault.code(), "the store could not be read"),
        };
        match self.central.verdicts(cursor) {
            Ok(verdicts) => {
                self.tell(Event::Answered((self.clock)()));
                for verdict in &verdicts {
                    if let Err(fault) = self.store.apply_verdict(verdict) {
                        tracing::error!(code = fault.code(), packet = %verdict.packet, "verdict not kept");
                        break;
                    }
                }
                if !verdicts.is_empty() {
                    self.changed();
                }
            }
            Err(fault) => tracing::debug!(code = fault.code(), "no verdicts"),
        }
    }

    /// Exponential pause with jitter, without an upper count of attempts.
    fn backoff(&self, entry: &QueueEntry) -> i64 {
        let doubled = millis(self.pace.least_pause).saturating_mul(1 << entry.attempts.min(16));
        let longest = doubled.min(millis(self.pace.most_pause)).max(1);
        // The jitter only has to differ between packets and attempts, so that a hall full of stations
        // does not knock at the same moment.
        let seed = entry.packet.bytes().fold(u64::from(entry.attempts) + 1, |h, b| {
            h.wrapping_mul(0x0100_0000_01b3) ^ u64::from(b)
        });
        longest / 2 + (seed % (longest as u64 / 2 + 1)) as i64
    }

    fn changed(&self) {
        self.tell(Event::QueueChanged);
    }

    fn tell(&self, event: Event) {
        if self.facts.send(event).is_err() {
            tracing::debug!("the station is closing");
        }
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
