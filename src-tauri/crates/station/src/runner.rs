//! The station's threads and the handle on them.

use crate::audience::Audience;
use crate::cashier;
use crate::clerk::Clerk;
use crate::contract::{Command, SitterView, StationView};
use crate::courier::Courier;
use crate::desk::Desk;
use crate::event::Event;
use crate::eyes::{Eyes, Watch};
use crate::gallery::Gallery;
use crate::parts::Parts;
use crate::porter::Porter;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the station looks at the clock: countdown, polling of orders, the top bar.
const TICK: Duration = Duration::from_millis(100);

/// A running station.
pub struct Station {
    events: Sender<Event>,
    gallery: Arc<Gallery>,
    latest: Arc<Mutex<Option<StationView>>>,
    thread: Option<JoinHandle<()>>,
}

impl Station {
    /// Starts the station thread and its workers. Fails only when the system gives no thread.
    pub fn start(parts: Parts) -> std::io::Result<Self> {
        let (events, inbox) = channel();
        let gallery = Arc::new(Gallery::default());
        let latest = Arc::new(Mutex::new(None));
        let (errands, cashier_inbox) = channel();
        let (calls, courier_inbox) = channel();
        let (loads, porter_inbox) = channel();
        let (tasks, clerk_inbox) = channel();
        let watch = Arc::new(Watch::default());

        let cashier_central = (parts.central)();
        let facts = events.clone();
        spawn("cashier", &events, move || {
            cashier::run(cashier_central, &cashier_inbox, &facts)
        })?;
        let courier = Courier::new(
            Arc::clone(&parts.store),
            (parts.central)(),
            parts.clock,
            parts.pace,
            events.clone(),
        );
        spawn("courier", &events, move || courier.run(&courier_inbox))?;
        let porter = Porter {
            store: Arc::clone(&parts.store),
            sticks: parts.sticks,
            papers: parts.papers,
            central: (parts.central)(),
            clock: parts.clock,
            facts: events.clone(),
        };
        spawn("porter", &events, move || porter.run(&porter_inbox))?;
        let clerk = Clerk::new(Arc::clone(&parts.store), events.clone());
        spawn("clerk", &events, move || clerk.run(&clerk_inbox))?;
        let eyes = Eyes {
            feed: Arc::clone(&parts.feed),
            watch: Arc::clone(&watch),
            facts: events.clone(),
        };
        let sight = parts.sight;
        spawn("eyes", &events, move || eyes.run(sight))?;

        let pacing = crate::pacing::Pacing::builtin().map_err(std::io::Error::other)?;
        let desk = Desk::new(crate::desk::Around {
            id: parts.id,
            name: parts.name,
            software: parts.software,
            signer: parts.signer,
            store: parts.store,
            feed: parts.feed,
            cameras: parts.cameras,
            training: parts.training,
            specifications: parts.specifications.into_iter().map(Arc::new).collect(),
            clock: parts.clock,
            pacing,
            recipient: (parts.central)(),
            gallery: Arc::clone(&gallery),
            watch,
            errands,
            calls,
            loads,
            tasks,
        });
        let seen = Arc::clone(&latest);
        let thread = std::thread::Builder::new()
            .name("station".into())
            .spawn(move || keep(desk, &inbox, &seen))?;
        Ok(Self {
            events,
            gallery,
            latest,
            thread: Some(thread),
        })
    }

    /// Hands a command over; its outcome shows in the next view.
    pub fn dispatch(&self, command: Command) {
        if self.events.send(Event::Command(command)).is_err() {
            tracing::error!("the station thread has ended");
        }
    }

    /// Calls `listener` with every new view, beginning with the present one, until it returns false.
    pub fn subscribe(&self, listener: impl FnMut(&StationView) -> bool + Send + 'static) {
        if self.events.send(Event::Subscribe(Box::new(listener))).is_err() {
            tracing::error!("the station thread has ended");
        }
    }

    /// The same for the sitter's screen: every view that looks different from the last.
    pub fn subscribe_sitter(&self, listener: impl FnMut(&SitterView) -> bool + Send + 'static) {
        if self
            .events
            .send(Event::SubscribeSitter(Box::new(listener)))
            .is_err()
        {
            tracing::error!("the station thread has ended");
        }
    }

    /// The newest view; `None` in the first milliseconds.
    pub fn view(&self) -> Option<StationView> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Pictures of the session under way.
    pub fn gallery(&self) -> Arc<Gallery> {
        Arc::clone(&self.gallery)
    }
}

impl Drop for Station {
    fn drop(&mut self) {
        // The thread may have ended by itself; then there is nobody to tell.
        let told = self.events.send(Event::Stop).is_ok();
        if let (true, Some(thread)) = (told, self.thread.take())
            && thread.join().is_err()
        {
            tracing::error!("the station thread had panicked");
        }
    }
}

/// Tells the station when its thread panics: a worker that is gone must not look like one that is busy.
struct Watched(&'static str, Sender<Event>);

impl Drop for Watched {
    fn drop(&mut self) {
        if std::thread::panicking() && self.1.send(Event::WorkerLost(self.0)).is_err() {
            tracing::error!(worker = self.0, "panicked while the station was closing");
        }
    }
}

fn spawn(
    name: &'static str,
    events: &Sender<Event>,
    work: impl FnOnce() + Send + 'static,
) -> std::io::Result<()> {
    let watched = Watched(name, events.clone());
    std::thread::Builder::new()
        .name(name.into())
        .spawn(move || {
            let _watched = watched;
            work();
        })
        .map(drop)
}

/// The station thread: one event at a time, then one view of each kind for all that changed.
fn keep(mut desk: Desk, inbox: &Receiver<Event>, latest: &Mutex<Option<StationView>>) {
    let (mut operators, mut sitters) = (Audience::new(), Audience::new());
    let mut shown = SitterView::nobody(0);
    desk.open();
    loop {
        let event = match inbox.recv_timeout(TICK) {
            Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
        };
        let mut take = |event| match event {
            Event::Subscribe(listener) => operators.join(listener),
            Event::SubscribeSitter(listener) => sitters.join(listener),
            other => desk.take(other),
        };
        event.into_iter().for_each(&mut take);
        // Whatever else is waiting goes into the same view; stop words wait for the next round.
        for _ in 0..64 {
            match inbox.try_recv() {
                Ok(Event::Stop) => return desk.close(),
                Ok(event) => take(event),
                Err(_) => break,
            }
        }
        desk.tick();
        let changed = desk.changed();
        if changed || operators.waits(changed) {
            let view = desk.view();
            operators.tell(&view, changed);
            *latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(view);
        }
        if sitters.waits(changed) {
            let view = desk.sitter_view();
            sitters.tell(&view, !view.looks_like(&shown));
            shown = view;
        }
    }
    desk.close();
}
