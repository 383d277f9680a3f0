//! The worker that talks with the central server about packets: upload, commit, acknowledgement, what was taken
//! back, and everything the server has to tell.
//!
//! What is to be sent is always read from the store, so a crash loses nothing and a second process
//! could take over. One item's trouble never holds the others: its next attempt has its own time. What is no
//! packet's own trouble makes the whole link rest ([`breaker`]).

mod breaker;

use crate::event::{Event, Pulled};
use breaker::Breaker;
use domain::Moment;
use domain::change::{Change, What};
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
    /// Between two questions whether the server is there and what changed.
    pub verdicts: Duration,
    /// First pause after a temporary fault; doubles with every attempt.
    pub least_pause: Duration,
    /// Longest pause between attempts of one packet.
    pub most_pause: Duration,
    /// Longest pause between two questions to a server that does not answer.
    pub most_rest: Duration,
    /// How long the file of an acknowledged packet stays; none: for ever.
    pub retention: Option<Duration>,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(2),
            verdicts: Duration::from_secs(10),
            least_pause: Duration::from_secs(2),
            most_pause: Duration::from_secs(600),
            most_rest: Duration::from_secs(30),
            retention: None,
        }
    }
}

/// Between two rounds of removing files whose time is over.
const RETIRING: Duration = Duration::from_secs(3600);

/// A word to the courier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// Something was queued or released: look now.
    Look,
    /// Somebody waits for the server's news: ask now.
    Pull,
}

pub(crate) struct Courier {
    store: Arc<dyn Store>,
    central: Box<dyn Central>,
    clock: fn() -> Moment,
    pace: Pace,
    facts: Sender<Event>,
    breaker: Breaker,
    /// The wall clock may be set back; pauses of this loop are measured by the one that cannot.
    pulled: Option<Instant>,
    retired: Option<Instant>,
}

impl Courier {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        central: Box<dyn Central>,
        clock: fn() -> Moment,
        pace: Pace,
        facts: Sender<Event>,
    ) -> Self {
        Self {
            store,
            central,
            clock,
            pace,
            facts,
            breaker: Breaker::default(),
            pulled: None,
            retired: None,
        }
    }

    /// Runs until the station hangs up.
    pub(crate) fn run(mut self, calls: &Receiver<Call>) {
        loop {
            let worked = self.round().unwrap_or_else(|fault| {
                tracing::error!(code = fault.code(), "the queue could not be read");
                false
            });
            // More may wait; but a station that shuts down must not be kept.
            let call = if worked {
                match calls.try_recv() {
                    Ok(call) => Some(call),
                    Err(std::sync::mpsc::TryRecvError::Empty) => None,
                    Err(std::sync::mpsc::TryRecvError::Disconnected) => return,
                }
            } else {
                match calls.recv_timeout(self.patience()) {
                    Ok(call) => Some(call),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            };
            if call == Some(Call::Pull) {
                self.pulled = None;
                self.breaker.hurry();
            }
        }
    }

    /// One thing of each kind; true when a packet got through.
    fn round(&mut self) -> Result<bool, StoreFault> {
        if self.pull_due() {
            self.pull();
        }
        self.retire()?;
        if !self.breaker.closed() {
            return Ok(false);
        }
        self.tell_withdrawal()?;
        if !self.breaker.closed() || self.store.tally()?.paused {
            return Ok(false);
        }
        self.send_one()
    }

    fn patience(&self) -> Duration {
        let idle = self.pace.idle;
        if self.breaker.closed() {
            idle
        } else {
            idle.min(self.breaker.wait(Instant::now()))
                .max(Duration::from_millis(1))
        }
    }

    fn pull_due(&self) -> bool {
        if self.breaker.closed() {
            self.pulled.is_none_or(|at| at.elapsed() >= self.pace.verdicts)
        } else {
            self.breaker.due(Instant::now())
        }
    }

    /// Sends the next due packet; true when there was one that got through.
    fn send_one(&mut self) -> Result<bool, StoreFault> {
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
                self.store.fail(&packet, "packet_damaged", None, now)?;
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
                let again = fault.of_link().then(|| now.plus(self.backoff(&entry)));
                tracing::warn!(%packet, code = fault.code(), %fault, ?again, "not delivered");
                self.store.fail(&packet, fault.code(), again, now)?;
                if fault.of_link() {
                    self.rest(&fault);
                }
                !fault.of_link()
            }
        };
        self.changed();
        Ok(got_through)
    }

    fn deliver(&mut self, entry: &QueueEntry, sealed: &[u8]) -> Result<String, CentralFault> {
        let (store, facts) = (Arc::clone(&self.store), self.facts.clone());
        let packet = entry.packet.clone();
        let started = Instant::now();
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
        let sent = entry.size.saturating_sub(entry.confirmed_bytes) as f64;
        let rate = sent / started.elapsed().as_secs_f64().max(1e-3);
        self.breaker.measured(rate as u32);
        self.tell(Event::Linked(self.breaker.link().clone()));
        Ok(received.acknowledgement)
    }

    /// The central server learns of a packet that was taken back, also when it never saw it.
    fn tell_withdrawal(&mut self) -> Result<(), StoreFault> {
        let Some(entry) = self.store.untold_withdrawal()? else {
            return Ok(());
        };
        let reason = entry.withdrawal.as_ref().map_or("", |w| w.reason.as_str());
        match self.central.withdraw(&entry.packet, reason) {
            Ok(()) => self.store.withdrawal_told(&entry.packet),
            Err(fault) if fault.of_link() => {
                self.rest(&fault);
                Ok(())
            }
            Err(fault) => {
                // A reviewer was faster: the photo is approved and locked there, and here it stays taken back.
                tracing::error!(packet = entry.packet, code = fault.code(), %fault, "the server keeps it");
                self.store.withdrawal_told(&entry.packet)
            }
        }
    }

    /// Asks the server for a signed answer, then for what changed: the first proves that it is the server, the
    /// second that it accepts this station.
    fn pull(&mut self) {
        self.pulled = Some(Instant::now());
        let answer = self.ask();
        match &answer {
            Ok(pulled) => {
                if self.breaker.prove() {
                    tracing::info!("the central server answers again");
                }
                self.tell(Event::Answered((self.clock)()));
                if pulled.applied > 0 {
                    self.changed();
                }
            }
            Err(fault) => {
                tracing::debug!(code = fault.code(), %fault, "no news");
                self.rest(fault);
            }
        }
        let link = self.breaker.link().clone();
        self.tell(Event::Pulled { answer, link });
    }

    fn ask(&mut self) -> Result<Pulled, CentralFault> {
        let there = self.central.answers()?;
        self.breaker.compare_clocks((self.clock)(), there);
        let mut pulled = Pulled::default();
        loop {
            let cursor = self.store.change_cursor().map_err(unkept)?;
            let batch = self.central.changes(cursor)?;
            for change in &batch.changes {
                let change = usable(change);
                self.store.apply_change(&change).map_err(unkept)?;
                pulled.applied += 1;
                match change.what {
                    What::Unusable(code) => pulled.unusable = Some(code),
                    What::Roster(roster) => drop(pulled.rosters.insert(roster.session)),
                    What::WalkIn(settled) => drop(pulled.rosters.insert(settled.session)),
                    _ => {}
                }
            }
            if !batch.more || batch.changes.is_empty() {
                return Ok(pulled);
            }
        }
    }

    fn rest(&mut self, fault: &CentralFault) {
        let now = (self.clock)();
        let jitter = f64::from(jitter(now.0.unsigned_abs())) / f64::from(u32::MAX);
        let Pace {
            least_pause,
            most_rest,
            ..
        } = self.pace;
        self.breaker
            .trip(fault.code(), now, jitter, least_pause, most_rest);
        self.tell(Event::Linked(self.breaker.link().clone()));
    }

    fn retire(&mut self) -> Result<(), StoreFault> {
        let Some(kept) = self.pace.retention else {
            return Ok(());
        };
        if self.retired.is_some_and(|at| at.elapsed() < RETIRING) {
            return Ok(());
        }
        let now = (self.clock)();
        // One round removes a limited number: the next one follows at once until none is left.
        if self.store.retire(now.plus(-millis(kept)), now)? == 0 {
            self.retired = Some(Instant::now());
        }
        Ok(())
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

/// The change itself, or what stands for it when its set-up could never be chosen.
fn usable(change: &Change) -> Change {
    let what = match &change.what {
        What::Setup(setup) if setup.validate().is_err() => What::Unusable("setup_invalid"),
        What::Setup(setup) => match quality::Rules::under(&setup.policy.quality) {
            Ok(_) => change.what.clone(),
            Err(fault) => {
                tracing::error!(session = setup.id, %fault, "a quality policy that cannot be used");
                What::Unusable("quality_policy_invalid")
            }
        },
        _ => change.what.clone(),
    };
    Change {
        cursor: change.cursor,
        what,
    }
}

/// The server told something, and this machine could not keep it: nothing moves on.
fn unkept(fault: StoreFault) -> CentralFault {
    tracing::error!(code = fault.code(), %fault, "what the server told could not be kept");
    CentralFault::Trouble(fault.to_string())
}

/// A number that differs from moment to moment (SplitMix64's last step).
fn jitter(seed: u64) -> u32 {
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 32) as u32
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
