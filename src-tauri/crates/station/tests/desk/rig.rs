//! A station on a real store, with a central server and networks that only say what a test puts in.

use crate::nothing::{Blind, NoCamera};
use crate::server::{Line, Server};
use domain::audit::AuditEvent;
use domain::change::{RosterChange, What};
use domain::consent::Agreement;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::operator::{Operator, Role};
use domain::payment::{Channel, PaymentMethod};
use domain::port::{AnalysisFault, FaceAnalyser, FrameFeed, NewPacket, Store};
use domain::setup::{Contact, FeeTerms, Policy, QualityPolicy, SessionKind, SessionSetup};
use domain::{Moment, Personal};
use station::contract::{Command, SitterView, StationView};
use station::{Pace, Parts, Sight, Station};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::StationStore;
use tempfile::TempDir;

/// A valid document number.
pub(crate) const NUMBER: &str = "11010519491231002X";
pub(crate) const PIN: &str = "2580";
/// Id of the supervisor, with the same PIN.
pub(crate) const SUPERVISOR: &str = "lizhuren";
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// What stands before the station: a camera with somebody before it, or nothing.
pub(crate) struct Before {
    pub(crate) analyser: Box<dyn FaceAnalyser>,
    pub(crate) feed: Arc<dyn FrameFeed>,
    /// The networks load.
    pub(crate) sighted: bool,
    pub(crate) clock: fn() -> Moment,
}

/// A station under test.
pub(crate) struct Rig {
    station: Station,
    store: Arc<StationStore>,
    folder: TempDir,
}

impl Rig {
    /// A station whose store holds these set-ups and one operator, whose roster comes as `roster` says, and
    /// whose networks load or do not.
    pub(crate) fn start(setups: &[SessionSetup], roster: RosterChange, sighted: bool) -> Self {
        let before = Before {
            analyser: Box::new(Blind),
            feed: Arc::new(NoCamera),
            sighted,
            clock: || Moment(1_795_000_000_000),
        };
        Self::open(tempfile::tempdir().unwrap(), setups, roster, before)
    }

    /// The same in a folder that may have been used before, with a camera and networks of the test's own.
    pub(crate) fn open(
        folder: TempDir,
        setups: &[SessionSetup],
        roster: RosterChange,
        before: Before,
    ) -> Self {
        let server = Server::default();
        server.tell(What::Roster(roster));
        Self::at(folder, setups, server, before)
    }

    fn at(folder: TempDir, setups: &[SessionSetup], server: Server, before: Before) -> Self {
        let store = Arc::new(StationStore::open(folder.path()).unwrap());
        for setup in setups {
            store.keep_setup(setup).unwrap();
        }
        for (id, role) in [("zhoumin", Role::Operator), (SUPERVISOR, Role::Supervisor)] {
            let (id, name) = (id.into(), id.into());
            store.keep_operator(&Operator { id, name, role }, PIN).unwrap();
        }
        let Before {
            analyser,
            feed,
            sighted,
            clock,
        } = before;
        let sight = Sight {
            analyser,
            matting: Box::new(Blind),
            models: BTreeMap::new(),
        };
        let kept = Arc::clone(&store);
        let recipient = packet::OpeningKey::generate().recipient().to_string();
        let parts = Parts {
            id: "2".into(),
            name: "2 号采集位".into(),
            software: "0".into(),
            signer: packet::StationSigningKey::from_seed(&[1; 32]),
            store,
            feed,
            cameras: Arc::new(NoCamera),
            training: None,
            central: Box::new(move || {
                Box::new(Line {
                    server: server.clone(),
                    recipient: recipient.clone(),
                })
            }),
            sticks: Box::new(sticks::Carrier::new(
                "2".into(),
                packet::StationSigningKey::from_seed(&[1; 32]),
                jiff::Timestamp::now,
            )),
            papers: Box::new(
                books::Books::new(folder.path().join("papers"), crate::day::FONT.into(), "zh-CN").unwrap(),
            ),
            sight: Box::new(move || {
                let missing = || AnalysisFault::Model { what: "mesh".into() };
                sighted.then_some(sight).ok_or_else(missing)
            }),
            specifications: photo::specification::builtin().unwrap(),
            clock,
            pace: Pace {
                idle: Duration::from_millis(20),
                least_pause: Duration::from_millis(20),
                most_pause: Duration::from_secs(600),
                most_rest: Duration::from_millis(100),
                ..Pace::default()
            },
        };
        Self {
            station: Station::start(parts).unwrap(),
            store: kept,
            folder,
        }
    }

    /// A station before this server, with packets in its queue that belong to the first person of its roster.
    pub(crate) fn before(server: &Server, setups: &[SessionSetup], packets: &[&str]) -> Self {
        let before = Before {
            analyser: Box::new(Blind),
            feed: Arc::new(NoCamera),
            sighted: true,
            clock: || Moment(1_795_000_000_000),
        };
        let rig = Self::at(tempfile::tempdir().unwrap(), setups, server.clone(), before);
        rig.enqueue(packets);
        rig
    }

    /// Makes packets durable, as the desk does, and has the courier look.
    pub(crate) fn enqueue(&self, packets: &[&str]) {
        self.enqueue_of("s1:1", packets);
    }

    /// The same for another person.
    pub(crate) fn enqueue_of(&self, enrolment: &str, packets: &[&str]) {
        for packet in packets {
            let sealed = packet.as_bytes().to_vec();
            let new = NewPacket {
                packet: packet.to_string(),
                enrolment: enrolment.into(),
                session: "s1".into(),
                sha256: packet::sha256_hex(&sealed),
                sealed,
                at: Moment(1_795_000_000_000),
                held_for: None,
                retake_of: None,
                audit: AuditEvent {
                    at: Moment(1_795_000_000_000),
                    operator: "zhoumin".into(),
                    what: "packet_stored".into(),
                    subject: packet.to_string(),
                    detail: String::new(),
                },
            };
            self.store.enqueue(&new).unwrap();
        }
        self.give(Command::RetryPacket {
            packet: String::new(),
        });
    }

    /// A station before this server whose clock runs ten times as fast as ours: what it asks now and then is asked soon.
    pub(crate) fn in_a_hurry(server: &Server, setups: &[SessionSetup]) -> Self {
        let before = Before {
            analyser: Box::new(Blind),
            feed: Arc::new(NoCamera),
            sighted: true,
            clock: || {
                static BEGUN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
                let ms = BEGUN.get_or_init(Instant::now).elapsed().as_millis();
                Moment(1_795_000_000_000 + i64::try_from(ms).unwrap() * 10)
            },
        };
        Self::at(tempfile::tempdir().unwrap(), setups, server.clone(), before)
    }

    /// What is kept on the machine.
    pub(crate) fn store(&self) -> &StationStore {
        &self.store
    }

    /// The old photo that the window would get.
    pub(crate) fn old_photo(&self, packet: &str) -> Option<Arc<[u8]>> {
        self.station.gallery().old(packet)
    }

    /// A picture of the session under way that the window would get.
    pub(crate) fn shown(
        &self,
        shown: station::Shown,
        sample: domain::session::SampleId,
    ) -> Option<Arc<[u8]>> {
        self.station.gallery().get(shown, sample)
    }

    /// Lines of the audit trail, every one of them sound.
    pub(crate) fn audit_lines(&self) -> u64 {
        self.store.check_audit().unwrap().unwrap()
    }

    /// Ends the station and gives its folder back.
    pub(crate) fn close(self) -> TempDir {
        drop(self.station);
        drop(self.store);
        self.folder
    }

    /// Signs the operator in.
    pub(crate) fn sign_in(&self) {
        self.give(Command::SignIn {
            operator: "zhoumin".into(),
            pin: PIN.into(),
        });
        self.until("signed in", |view| view.operator.is_some());
    }

    /// Chooses a session.
    pub(crate) fn choose(&self, session: &str) {
        self.give(Command::ChooseSession { id: session.into() });
        self.until("chosen", |view| {
            view.setup.as_ref().is_some_and(|s| s.id == session)
        });
    }

    /// Hands a command over.
    pub(crate) fn give(&self, command: Command) {
        self.station.dispatch(command);
    }

    /// Every view of the sitter's screen from now on.
    pub(crate) fn sitter_views(&self) -> std::sync::mpsc::Receiver<SitterView> {
        let (seen, views) = std::sync::mpsc::channel();
        self.station
            .subscribe_sitter(move |view| seen.send(view.clone()).is_ok());
        views
    }

    /// The first view in which `holds` holds.
    pub(crate) fn until(&self, what: &str, holds: impl Fn(&StationView) -> bool) -> StationView {
        let end = Instant::now() + PATIENCE;
        loop {
            let view = self.station.view();
            if let Some(view) = view.filter(&holds) {
                return view;
            }
            assert!(Instant::now() < end, "{what}: never in {:?}", self.station.view());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A session that takes walk-ins, with this number to call.
pub(crate) fn session(id: &str, phone: &str) -> SessionSetup {
    SessionSetup {
        id: id.into(),
        version: 1,
        school: "样例学校".into(),
        title: "2027 届毕业生".into(),
        kind: SessionKind::Hybrid,
        code: domain::setup::CodeUse::Off,
        specification: "graduation-480x640".into(),
        specification_changes: Default::default(),
        policy: Policy {
            hold_photo_while_payment_unknown: true,
            attempts_before_override: 3,
            photograph_card: false,
            trusted_list: false,
            quality: QualityPolicy::default(),
            auto_shutter_hold_s: 1.0,
        },
        fee: FeeTerms {
            amount_fen: 2000,
            text: "采集费".into(),
        },
        payment_methods: vec![PaymentMethod::Cash],
        channels: vec![Channel::Wechat],
        vouchers: vec![],
        agreement: Agreement {
            version: "1".into(),
            title: "t".into(),
            text: "x".into(),
            sha256: "h".into(),
        },
        contact: Contact {
            phone: phone.into(),
            hours: "8–20".into(),
            qr: String::new(),
        },
    }
}

/// A row of the roster of session `s1`.
pub(crate) fn row(name: &str) -> Enrolment {
    Enrolment {
        id: "s1:1".into(),
        session: "s1".into(),
        name: Personal::new(name.into()),
        document_number: Some(Personal::new(NUMBER.into())),
        school: "样例学校".into(),
        class_name: "护理 2401 班".into(),
        student_number: "1".into(),
        exam_number: String::new(),
        code: None,
        ticket: String::new(),
        prepaid: false,
        not_eligible: None,
        provisional: false,
        state: EnrolmentState::ToCapture,
    }
}

/// The roster of session `s1` with these rows and these that could not be taken.
pub(crate) fn roster(rows: Vec<Enrolment>, problems: &[&str]) -> RosterChange {
    RosterChange {
        session: "s1".into(),
        first_row: 1,
        count: (rows.len() + problems.len()) as u32,
        rows,
        problems: problems.iter().map(|p| p.to_string()).collect(),
        removed: vec![],
    }
}
