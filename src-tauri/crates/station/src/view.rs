//! From what the station owns to what the screens show.

mod card;
mod code;
mod day;
mod enrolment;
mod evidence;
mod identity;
mod line;
mod outline;
mod pages;
mod review;
mod roster;
mod rows;
mod sitter;
mod sync;

pub(crate) use code::masked;

use crate::contract::{Level, Notice, PersonHead, QueueSummary, Screen, SetupHead, StationView};
use crate::desk::{Desk, Page, Sighted};
use domain::Moment;
use domain::frame::{CameraHealth, CameraState};
use domain::identity::date::Date;
use domain::operator::Role;
use domain::queue::QueueState;
use domain::session::State;
use domain::setup::{Contact, SessionSetup};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The date on this machine's calendar.
pub(crate) fn local_date(moment: Moment) -> Date {
    let stamp = jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let day = stamp.to_zoned_datetime(TimeZone::system()).date();
    let (year, month) = (day.year().max(0) as u16, day.month().max(1) as u8);
    // The calendar library only gives days that exist.
    Date::new(year, month, day.day().max(1) as u8).unwrap_or(Date::EPOCH)
}

/// Date and time on this machine's clock, `2027-05-22 10:05`.
pub(crate) fn local_minute(moment: Moment) -> String {
    let stamp = jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = stamp.to_zoned_datetime(TimeZone::system()).date();
    format!("{date} {}", local_time(moment))
}

/// The time of day on this machine's clock, `10:05`.
fn local_time(moment: Moment) -> String {
    let stamp = jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let time = stamp.to_zoned_datetime(TimeZone::system()).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The view of a station that could not start: the code of the fault and what the system said.
pub fn broken(code: &str, detail: &str) -> StationView {
    let args = BTreeMap::from([("what".to_string(), detail.to_string())]);
    StationView {
        revision: 0,
        now: Moment(0),
        station: String::new(),
        software: env!("CARGO_PKG_VERSION").to_string(),
        camera: CameraHealth {
            state: CameraState::Searching,
            name: String::new(),
            fps: 0.0,
            width: 0,
            height: 0,
            fault: None,
        },
        queue: QueueSummary {
            unreadable: true,
            ..QueueSummary::default()
        },
        operator: None,
        supervisors: vec![],
        setup: None,
        contact: None,
        person: None,
        evidence: vec![],
        notice: Some(Notice {
            level: Level::Fail,
            code: format!("fault.{code}"),
            args,
        }),
        screen: Screen::Broken,
    }
}

impl Desk {
    /// One full snapshot.
    pub(crate) fn view(&mut self) -> StationView {
        let now = self.now();
        let screen = self.screen(now);
        StationView {
            revision: self.revision,
            now,
            station: self.around.name.clone(),
            software: self.around.software.clone(),
            camera: self.around.feed.health(),
            queue: self.queue_summary(),
            operator: self.operator.clone(),
            supervisors: self
                .operators()
                .into_iter()
                .filter(|o| o.role == Role::Supervisor)
                .collect(),
            setup: self.setup.as_ref().map(|s| self.setup_head(s)),
            contact: self.contact(),
            person: self.person(),
            evidence: self.evidence(),
            notice: self.notice.clone(),
            screen,
        }
    }

    fn operators(&self) -> Vec<domain::operator::Operator> {
        self.around.store.operators().unwrap_or_default()
    }

    /// A page without a session needs a number to call just as much.
    fn contact(&self) -> Option<Contact> {
        if let Some(setup) = &self.setup {
            return Some(setup.contact.clone());
        }
        let newest = self.around.store.newest_setup().unwrap_or_default();
        newest.map(|setup| setup.contact)
    }

    fn queue_summary(&self) -> QueueSummary {
        let Ok(tally) = &self.tally else {
            return QueueSummary {
                unreadable: true,
                ..QueueSummary::default()
            };
        };
        QueueSummary {
            unacknowledged: tally.waiting + tally.sending + tally.attention + tally.held,
            waiting: tally.waiting,
            sending: tally.sending,
            attention: tally.attention,
            held: tally.held,
            acknowledged: tally.acknowledged,
            retakes: tally.retakes,
            last_answer: self.last_answer,
            last_acknowledged: tally.last_acknowledged,
            paused: tally.paused,
            unreadable: false,
            oldest_waiting: tally.oldest_waiting,
            link_fault: self.sync.link.cause.clone(),
            link_fault_since: self.sync.link.since,
            link_next_try_at: self.sync.link.next_try_at,
            bytes_per_s: self.sync.link.bytes_per_s,
            clock_off_s: self.clock_off_s(),
            twins: tally.twins,
            messages: tally.messages,
        }
    }

    fn setup_head(&self, setup: &SessionSetup) -> SetupHead {
        let specification = self
            .around
            .specifications
            .iter()
            .find(|s| s.id == setup.specification);
        SetupHead {
            id: setup.id.clone(),
            school: setup.school.clone(),
            title: setup.title.clone(),
            kind: setup.kind,
            specification_zh: specification
                .map_or_else(|| setup.specification.clone(), |s| s.name_zh.clone()),
            specification_en: specification
                .map_or_else(|| setup.specification.clone(), |s| s.name_en.clone()),
            fee_fen: setup.fee.amount_fen,
            fee_text: setup.fee.text.clone(),
        }
    }

    fn person(&self) -> Option<PersonHead> {
        let enrolment = self.state.enrolment();
        let name = self
            .state
            .identity()
            .map(|i| i.name().clone())
            .or_else(|| enrolment.map(|e| e.name.clone()))?;
        // Who has nothing but a code is called by the beginning of its hash.
        let nameless = name.as_str().is_empty();
        let name = match enrolment {
            Some(enrolment) if nameless && !enrolment.name.as_str().is_empty() => enrolment.name.clone(),
            Some(enrolment) if nameless => code::short(enrolment).into(),
            _ => name,
        };
        let field =
            |of: fn(&domain::enrolment::Enrolment) -> &String| enrolment.map(of).cloned().unwrap_or_default();
        let retake = self
            .state
            .file()
            .is_some_and(|f| f.enrolment().retake_of().is_some())
            || enrolment.is_some_and(|e| e.state == domain::enrolment::EnrolmentState::Retake);
        Some(PersonHead {
            masked_name: match enrolment {
                Some(enrolment) if nameless => masked(enrolment),
                _ => name.masked_name(),
            },
            name: name.into_inner(),
            class_name: field(|e| &e.class_name),
            student_number: field(|e| &e.student_number),
            ticket: field(|e| &e.ticket),
            retake,
        })
    }

    fn screen(&mut self, now: Moment) -> Screen {
        match &self.sighted {
            Sighted::Blind => return Screen::Broken,
            Sighted::Loading if self.operator.is_none() => return Screen::Starting,
            _ => {}
        }
        if self.operator.is_none() {
            let operators = self.operators();
            if operators.is_empty() && self.notice.is_none() {
                let code = "fault.no_operators".to_string();
                self.notice = Some(Notice {
                    level: Level::Warn,
                    code,
                    args: BTreeMap::new(),
                });
            }
            return Screen::SignIn {
                operators,
                locked_until: self.locked_until.filter(|until| *until > now),
            };
        }
        match self.page {
            Page::Queue => {
                return Screen::Queue {
                    rows: self.queue_rows(false),
                };
            }
            Page::Retakes => {
                return Screen::Retakes {
                    rows: self.queue_rows(true),
                    photo: self.sync.old_photo.clone(),
                };
            }
            Page::Stick => return Screen::Stick(self.stick_screen()),
            Page::Roster if self.setup.is_some() => return Screen::Roster(self.roster_screen()),
            Page::DayEnd => return Screen::DayEnd(self.day_screen()),
            Page::News => return Screen::News(self.news_screen()),
            Page::Camera => return Screen::Camera(self.camera_screen()),
            Page::Person | Page::Roster => {}
        }
        let Some(setup) = self.setup.clone() else {
            let setups = self.around.store.setups().unwrap_or_default();
            return Screen::ChooseSession {
                sessions: setups.iter().map(|s| self.setup_head(s)).collect(),
            };
        };
        match &self.state {
            State::Idle => Screen::Home(self.home_screen(&setup)),
            State::Identifying { .. } => Screen::Identity(self.identity_screen(&setup, now)),
            State::Matching { .. } => Screen::Enrolment(self.enrolment_screen(&setup)),
            State::Paying { .. } => Screen::Payment(self.payment_screen(&setup, now)),
            State::Preparing { .. } => Screen::Notes,
            State::Capturing { .. } => match self.capture_screen(&setup, now) {
                Some(screen) => Screen::Capture(screen),
                None => Screen::Broken,
            },
            State::Reviewing { .. } => Screen::Review(self.review_screen(&setup)),
            State::Standardising { .. } => Screen::Standardising,
            State::LastLook { .. } => Screen::LastLook(self.last_look_screen()),
            State::Submitting { fault, .. } => Screen::Submitting { fault: fault.clone() },
            State::Done {
                packet,
                enrolment,
                held,
            } => {
                let stored = self.around.store.newest_packet(&enrolment.id).ok().flatten();
                let unsent = if *held {
                    QueueState::Held
                } else {
                    QueueState::Waiting
                };
                let next = self.home.next.as_ref().map(|e| self.person_row(e));
                Screen::Done {
                    packet: packet.clone(),
                    held: *held,
                    state: stored.filter(|p| p.packet == *packet).map_or(unsent, |p| p.state),
                    receipt: self.receipt_for(&enrolment.id),
                    next,
                }
            }
        }
    }
}
