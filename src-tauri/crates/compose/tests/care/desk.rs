//! A data folder with a session and a few packets, and the program run on it.

use domain::Moment;
use domain::audit::AuditEvent;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::port::{NewPacket, Store, StoreFault};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use store::StationStore;
use tempfile::TempDir;

pub(crate) const SESSION: &str = "s1";

pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// With the session of the store's own tests, one person and packets `p1` to `p3`, of which `p2` arrived.
    pub(crate) fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let store = desk.store();
        let setup = include_str!("../../../store/tests/store/setup.json");
        let mut setup: domain::setup::SessionSetup = serde_json::from_str(setup).unwrap();
        setup.id = SESSION.into();
        store.keep_setup(&setup).unwrap();
        store.merge_roster(SESSION, &[person()]).unwrap();
        for id in ["p1", "p2", "p3"] {
            store.enqueue(&packet(id)).unwrap();
        }
        store.acknowledge("p2", "{signed}", Moment(2_000)).unwrap();
        // No camera of the machine the tests run on is opened.
        desk.put("data/settings.toml", "[camera]\nsource = \"replay:/nowhere\"\n");
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// A process that has just ended keeps its locks for a moment longer than its place in the process table.
    pub(crate) fn store(&self) -> StationStore {
        let until = Instant::now() + Duration::from_secs(15);
        loop {
            match StationStore::open(&self.path("data")) {
                Err(StoreFault::InUse) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                other => return other.unwrap(),
            }
        }
    }

    /// Runs `station` with the data folder of that name and nobody at the keyboard.
    pub(crate) fn on(&self, data: &str, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_station"))
            .args(words)
            .arg("--data")
            .arg(self.path(data))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        self.on("data", words)
    }
}

pub(crate) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn person() -> Enrolment {
    Enrolment {
        id: "s1:1".into(),
        session: SESSION.into(),
        name: "陈思涵".to_string().into(),
        document_number: None,
        school: "青禾".into(),
        class_name: "护理 1 班".into(),
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

fn packet(id: &str) -> NewPacket {
    NewPacket {
        packet: id.into(),
        enrolment: "s1:1".into(),
        session: SESSION.into(),
        sealed: id.as_bytes().to_vec(),
        sha256: hex::encode(Sha256::digest(id.as_bytes())),
        at: Moment(1_000),
        held_for: None,
        retake_of: None,
        audit: AuditEvent {
            at: Moment(1_000),
            operator: "zhoumin".into(),
            what: "packet_stored".into(),
            subject: id.into(),
            detail: String::new(),
        },
    }
}
