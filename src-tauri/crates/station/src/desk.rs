//! What the station thread owns: who is signed in, the session, one sitter's state, what is on screen.

mod bad_rows;
mod card;
pub(crate) mod code;
mod commands;
pub(crate) mod day;
mod effects;
mod eligibility;
mod enrolment;
mod facts;
mod home;
mod identity;
mod judging;
mod line;
mod locking;
mod money;
mod optics;
mod orders;
mod refunds;
mod roster;
mod scan;
mod shutter;
mod sync;
mod trouble;

pub(crate) use card::{Cards, Side};
pub(crate) use eligibility::Said;
pub(crate) use roster::{RosterFile, Stage};
pub(crate) use shutter::Shutter;
pub(crate) use trouble::{Trouble, number_args, validity_args};

use crate::cashier::Errand;
use crate::clerk::Task;
use crate::contract::{Level, Notice};
use crate::courier::Call;
use crate::event::{Event, Made};
use crate::eyes::Watch;
use crate::gallery::Gallery;
use crate::marks::Marks;
use crate::pacing::Pacing;
use crate::porter::Load;
use bad_rows::BadRows;
use domain::Moment;
use domain::face::FaceAnalysis;
use domain::frame::{CameraHealth, Frame};
use domain::operator::Operator;
use domain::picture::Picture;
use domain::port::{Cameras, Central, FrameFeed, QueueTally, Store, StoreFault};
use domain::session::{Input, Refusal, Rules, SampleId, State, step};
use domain::setup::SessionSetup;
use domain::specification::PhotoSpecification;
use home::Home;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// Milliseconds between two questions about orders.
const POLL_MS: i64 = 2_000;
/// Between two counts of a queue that changes all the time.
const BETWEEN_COUNTS: Duration = Duration::from_millis(150);
/// Milliseconds between two views when nothing happens: the clock of the top bar.
const SECOND_MS: i64 = 1_000;

/// True when something planned for `next` is due. What lies further ahead than its own pause was planned by a
/// clock that has been set back since.
fn due(next: Moment, now: Moment, pause_ms: i64) -> bool {
    now >= next || next.since(now) > pause_ms
}

/// What lies around the desk.
pub(crate) struct Around {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) software: String,
    pub(crate) signer: packet::StationSigningKey,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) feed: Arc<dyn FrameFeed>,
    pub(crate) cameras: Arc<dyn Cameras>,
    /// The source that plays a recording, where one is set up.
    pub(crate) training: Option<String>,
    pub(crate) specifications: Vec<Arc<PhotoSpecification>>,
    pub(crate) clock: fn() -> Moment,
    pub(crate) pacing: Pacing,
    /// Only asked for the key packets are sealed to.
    pub(crate) recipient: Box<dyn Central>,
    pub(crate) gallery: Arc<Gallery>,
    pub(crate) watch: Arc<Watch>,
    pub(crate) errands: Sender<Errand>,
    pub(crate) calls: Sender<Call>,
    pub(crate) loads: Sender<Load>,
    pub(crate) tasks: Sender<(u32, Task)>,
}

/// A still of the session under way with everything known of it; memory only.
#[derive(Clone)]
pub(crate) struct Sample {
    pub(crate) frame: Arc<Frame>,
    /// It came from a recording and is never sent.
    pub(crate) training: bool,
    pub(crate) taken_at: Moment,
    pub(crate) picture: Option<Arc<Picture>>,
    pub(crate) analysis: Option<Arc<FaceAnalysis>>,
    /// Where on the still the rules and ticks lie.
    pub(crate) marks: Marks,
    pub(crate) made: Option<Made>,
}

/// Whether the networks are there.
pub(crate) enum Sighted {
    Loading,
    Ready(BTreeMap<String, String>),
    Blind,
}

/// What is on screen beside the person's own page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Person,
    Queue,
    Retakes,
    Stick,
    News,
    Roster,
    DayEnd,
    Camera,
}

/// Everything the station thread owns.
pub(crate) struct Desk {
    pub(crate) around: Around,
    pub(crate) sighted: Sighted,
    pub(crate) operator: Option<Operator>,
    pub(crate) locked_until: Option<Moment>,
    pub(crate) setup: Option<Arc<SessionSetup>>,
    pub(crate) specification: Option<Arc<PhotoSpecification>>,
    /// The quality rules of the session.
    pub(crate) rules: Option<judging::SessionRules>,
    pub(crate) state: State,
    /// Changes with every person, so that late answers can be told from present ones.
    pub(crate) epoch: u32,
    pub(crate) last_sample: u32,
    pub(crate) samples: BTreeMap<SampleId, Sample>,
    /// The sides of the document.
    pub(crate) cards: Cards,
    /// Id of the packet of this capture, once drawn.
    packet_id: Option<uuid::Uuid>,
    pub(crate) shutter: Shutter,
    pub(crate) optics: optics::Optics,
    pub(crate) notice: Option<Notice>,
    pub(crate) page: Page,
    pub(crate) home: Home,
    /// Of the chosen session.
    pub(crate) bad_rows: BadRows,
    pub(crate) typing: identity::Typing,
    finding: enrolment::Finding,
    asking: eligibility::Asking,
    pub(crate) sync: sync::Sync,
    pub(crate) roster_file: RosterFile,
    pub(crate) day: day::DayEnd,
    pub(crate) code: code::CodeDesk,
    pub(crate) tally: Result<QueueTally, StoreFault>,
    /// The courier changed the queue since it was counted.
    uncounted: bool,
    /// By the clock that nobody sets back.
    counted: Option<Instant>,
    pub(crate) last_answer: Option<Moment>,
    asked: orders::Asked,
    /// The operator asked for the central server's news and waits for it.
    refreshing: bool,
    next_poll: Moment,
    next_second: Moment,
    camera: Option<CameraHealth>,
    dirty: bool,
    pub(crate) revision: u32,
}

impl Desk {
    pub(crate) fn new(around: Around) -> Self {
        Self {
            around,
            sighted: Sighted::Loading,
            operator: None,
            locked_until: None,
            setup: None,
            specification: None,
            rules: None,
            state: State::Idle,
            epoch: 0,
            last_sample: 0,
            samples: BTreeMap::new(),
            cards: Cards::default(),
            packet_id: None,
            shutter: Shutter::default(),
            optics: optics::Optics::default(),
            notice: None,
            page: Page::Person,
            home: Home::default(),
            bad_rows: BadRows::default(),
            typing: identity::Typing::default(),
            finding: enrolment::Finding::default(),
            asking: eligibility::Asking::default(),
            sync: sync::Sync::default(),
            roster_file: RosterFile::default(),
            day: day::DayEnd::default(),
            code: code::CodeDesk::default(),
            tally: Ok(QueueTally::default()),
            uncounted: false,
            counted: None,
            last_answer: None,
            asked: orders::Asked::default(),
            refreshing: false,
            next_poll: Moment(i64::MIN),
            next_second: Moment(i64::MIN),
            camera: None,
            dirty: true,
            revision: 0,
        }
    }

    /// First look at the store.
    pub(crate) fn open(&mut self) {
        self.count();
        self.read_optics();
        if let Ok(operators) = self.around.store.operators()
            && operators.is_empty()
        {
            self.say(Level::Warn, "fault.no_operators", BTreeMap::new());
        }
    }

    /// Nothing is owed at the end: what was confirmed is durable, what was not was never promised.
    pub(crate) fn close(&mut self) {
        self.around.watch.stop();
        self.around.gallery.clear();
    }

    pub(crate) fn now(&self) -> Moment {
        (self.around.clock)()
    }

    /// Takes one event in.
    pub(crate) fn take(&mut self, event: Event) {
        self.dirty |= !matches!(event, Event::Live { .. } | Event::QueueChanged);
        match event {
            Event::Command(command) => {
                let named = format!("{command:?}");
                self.notice = None;
                if let Err(trouble) = self.command(command) {
                    tracing::info!(command = named, %trouble, "refused");
                    self.notice = trouble.notice();
                }
            }
            fact => self.fact(fact),
        }
        self.watch_what_matters();
    }

    /// Looks at the clock.
    pub(crate) fn tick(&mut self) {
        let now = self.now();
        if self.countdown_over(now) {
            self.shoot();
        }
        if due(self.next_poll, now, POLL_MS) {
            self.next_poll = now.plus(POLL_MS);
            self.poll_orders();
            self.poll_refunds();
        }
        self.tend_optics(now);
        self.count_again();
        let camera = self.around.feed.health();
        if due(self.next_second, now, SECOND_MS)
            || self.camera.as_ref().map(|c| c.state) != Some(camera.state)
        {
            self.next_second = now.plus(SECOND_MS);
            self.camera = Some(camera);
            self.dirty = true;
        }
    }

    /// True when the view is not the one last published; asks once.
    pub(crate) fn changed(&mut self) -> bool {
        let changed = std::mem::take(&mut self.dirty);
        self.revision = self.revision.wrapping_add(u32::from(changed));
        changed
    }

    pub(crate) fn touch(&mut self) {
        self.dirty = true;
    }

    /// Puts an input to the rules and runs what they ask for.
    pub(crate) fn input(&mut self, input: Input) -> Result<(), Trouble> {
        let setup = self.setup.clone().ok_or(Refusal::NotNow)?;
        let operator = self.operator.clone().ok_or(Refusal::NotNow)?;
        let now = self.now();
        let today = crate::view::local_date(now);
        let rules = Rules {
            setup: &setup,
            operator: &operator,
            now,
            today,
        };
        let before = std::mem::discriminant(&self.state);
        let next = step(&self.state, input, &rules)?;
        let entered = std::mem::discriminant(&next.state) != before;
        let previous = std::mem::replace(&mut self.state, next.state);
        if entered {
            self.shutter.reset();
        }
        next.effects
            .into_iter()
            .try_for_each(|effect| self.run(effect))
            .or_else(|trouble| self.broke_off(previous, trouble))?;
        if entered {
            // Behind the effects: what forgets the last person begins a new epoch.
            self.ask_eligibility();
        }
        Ok(())
    }

    /// A step whose evidence could not be written down was not taken; what is durable stays done. A
    /// submission that broke off before the packet was stored must say so: its page waits for an answer.
    fn broke_off(&mut self, previous: State, trouble: Trouble) -> Result<(), Trouble> {
        match &self.state {
            State::Submitting { fault: None, .. } => {
                let code = match &trouble {
                    Trouble::Store(fault) => fault.code(),
                    _ => "store_failed",
                };
                tracing::error!(code, %trouble, "not stored");
                self.input(Input::NotStored {
                    code: code.to_string(),
                })
            }
            // Who left is gone: the pictures are forgotten already.
            State::Idle => Err(trouble),
            _ => {
                self.state = previous;
                Err(trouble)
            }
        }
    }

    pub(crate) fn say(&mut self, level: Level, code: &str, args: BTreeMap<String, String>) {
        self.notice = Some(Notice {
            level,
            code: code.to_string(),
            args,
        });
        self.dirty = true;
    }

    /// Reads the queue's counts anew.
    pub(crate) fn count(&mut self) {
        self.uncounted = false;
        self.tally = self.around.store.tally();
        if self.page == Page::DayEnd
            && let Err(trouble) = self.read_day()
        {
            self.notice = trouble.notice();
        }
        self.dirty = true;
    }

    /// A queue that drains fast says so many times a second; it is counted a few times.
    fn count_again(&mut self) {
        let soon = |at: Instant| at.elapsed() < BETWEEN_COUNTS;
        if !self.uncounted || self.counted.is_some_and(soon) {
            return;
        }
        self.counted = Some(Instant::now());
        self.count();
        if matches!(self.state, State::Idle)
            && let Err(trouble) = self.read_home()
        {
            self.notice = trouble.notice();
        }
    }

    pub(crate) fn send_errand(&self, errand: Errand) {
        if self.around.errands.send(errand).is_err() {
            tracing::error!("the cashier has ended");
        }
    }

    pub(crate) fn call_courier(&self) {
        self.call(Call::Look);
    }

    pub(crate) fn call(&self, call: Call) {
        if self.around.calls.send(call).is_err() {
            tracing::error!("the courier has ended");
        }
    }
}
