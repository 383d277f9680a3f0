//! What every test of the store starts from.
#![allow(dead_code, reason = "each test binary uses its part")]

use domain::Moment;
use domain::audit::AuditEvent;
use domain::change::{Change, What};
use domain::enrolment::matching::Sought;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::payment::{Channel, Order, OrderState, SettledFee};
use domain::port::{NewPacket, Store};
use domain::queue::{ReviewState, ReviewVerdict};
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::StationStore;
use tempfile::TempDir;

pub(crate) const SESSION: &str = "s1";

/// Longest pause between attempts.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// A store with one roster row, `s1:1`, in a folder of its own.
pub(crate) fn store() -> (TempDir, StationStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = StationStore::open(folder.path()).unwrap();
    store.merge_roster(SESSION, &[person("s1:1", "陈思涵")]).unwrap();
    (folder, store)
}

pub(crate) fn person(id: &str, name: &str) -> Enrolment {
    Enrolment {
        id: id.to_string(),
        session: SESSION.to_string(),
        name: name.to_string().into(),
        document_number: None,
        school: "青禾职业技术学校".to_string(),
        class_name: "护理 2401 班".to_string(),
        student_number: id.rsplit(':').next().unwrap().to_string(),
        exam_number: String::new(),
        code: None,
        ticket: String::new(),
        prepaid: false,
        not_eligible: None,
        provisional: false,
        state: EnrolmentState::ToCapture,
    }
}

/// Somebody of whom name and number are known.
pub(crate) fn sought(name: &str, number: &str) -> Sought {
    Sought {
        name: name.to_string().into(),
        number: number.to_string().into(),
        ..Sought::default()
    }
}

pub(crate) fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

pub(crate) fn packet(id: &str, bytes: &[u8]) -> NewPacket {
    NewPacket {
        packet: id.to_string(),
        enrolment: "s1:1".to_string(),
        session: SESSION.to_string(),
        sealed: bytes.to_vec(),
        sha256: hash(bytes),
        at: Moment(1_000),
        held_for: None,
        retake_of: None,
        audit: event("packet_stored", id),
    }
}

pub(crate) fn event(what: &str, subject: &str) -> AuditEvent {
    AuditEvent {
        at: Moment(1_000),
        operator: "zhoumin".to_string(),
        what: what.to_string(),
        subject: subject.to_string(),
        detail: String::new(),
    }
}

pub(crate) fn order(id: &str, state: OrderState) -> Order {
    Order {
        id: id.to_string(),
        enrolment: "s1:1".to_string(),
        amount_fen: 2000,
        channel: Channel::Wechat,
        voucher: None,
        state,
        code_url: None,
        expires_at: None,
        at: Moment(500),
    }
}

pub(crate) fn paid(id: &str) -> SettledFee {
    SettledFee::from_paid(&order(id, OrderState::Paid), Moment(600)).unwrap()
}

pub(crate) fn verdict(cursor: i64, packet: &str, state: ReviewState) -> Change {
    change(
        cursor,
        What::Verdict(ReviewVerdict {
            cursor,
            packet: packet.to_string(),
            state,
            reasons: vec!["eyes_closed".to_string()],
            text: String::new(),
            at: Moment(9_000),
        }),
    )
}

pub(crate) fn change(cursor: i64, what: What) -> Change {
    Change { cursor, what }
}

/// A database as a program of an earlier schema left it, with the steps it was made by.
pub(crate) fn earlier_database(folder: &std::path::Path, version: usize) -> rusqlite::Connection {
    let steps = [
        include_str!("../../src/migrations/0001_first.sql"),
        include_str!("../../src/migrations/0002_exceptions.sql"),
        include_str!("../../src/migrations/0003_cameras.sql"),
    ];
    let connection = rusqlite::Connection::open(folder.join("station.sqlite")).unwrap();
    connection.pragma_update(None, "journal_mode", "wal").unwrap();
    for step in &steps[..version] {
        connection.execute_batch(step).unwrap();
    }
    connection
        .pragma_update(None, "user_version", version as u32)
        .unwrap();
    connection
}
