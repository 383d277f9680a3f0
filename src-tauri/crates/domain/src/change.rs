//! What the central server tells its stations, one change after the other.
//!
//! Every change has a cursor; a station asks for what comes after the last one it kept. Applying a change and
//! moving the cursor is one transaction, so that asking twice, or a crash in between, changes nothing.

use crate::enrolment::Enrolment;
use crate::moment::Moment;
use crate::queue::ReviewVerdict;
use crate::setup::SessionSetup;
use serde::{Deserialize, Serialize};

/// Changes taken from one answer at most.
pub const MOST_CHANGES: usize = 200;

/// One answer of the server.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// The changes in rising order of their cursors, at most [`MOST_CHANGES`].
    pub changes: Vec<Change>,
    /// More lie behind the last one.
    pub more: bool,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its place in the server's list; rises.
    pub cursor: i64,
    /// What changed.
    pub what: What,
}

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A session set-up is new or has a new version. A session under way keeps the version it began with.
    Setup(Box<SessionSetup>),
    /// People of a session are new, changed or removed.
    Roster(RosterChange),
    /// A reviewer gave a verdict.
    Verdict(ReviewVerdict),
    /// A word to the people at the desk.
    Message(Message),
    /// Two stations photographed the same person.
    Twin(Twin),
    /// The server settled a walk-in's provisional enrolment.
    WalkIn(WalkInSettlement),
    /// Something that this station cannot use; the cursor moves past it and the code is told (`fault.<code>`).
    Unusable(&'static str),
}

/// People of a session that are new, changed or removed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RosterChange {
    /// The session.
    pub session: String,
    /// Number of the first row in the server's roster, from 1.
    pub first_row: u32,
    /// Rows the server sent, good and bad together.
    pub count: u32,
    /// Rows that can be used; each replaces the row with its id.
    pub rows: Vec<Enrolment>,
    /// Rows that cannot, as `row: code`, counted as the server's roster does; shown, never dropped without a word.
    pub problems: Vec<String>,
    /// Ids of people who are on the roster no more.
    pub removed: Vec<String>,
}

/// A word from the central server to the people at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Needs care; otherwise for information.
    pub urgent: bool,
    /// The text, at most 500 characters; shown as text, never as markup.
    pub text: String,
    /// When it was written, by the server's clock.
    pub at: Moment,
}

/// What became of a walk-in's provisional enrolment. A station that never had it only moves its cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkInSettlement {
    /// The session.
    pub session: String,
    /// Id of the provisional enrolment. It stays the id of record at the station: fee and photo hang on it.
    pub provisional: String,
    /// What it is.
    pub becomes: WalkInBecomes,
    /// When it was settled, by the server's clock.
    pub at: Moment,
}

/// What a walk-in turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalkInBecomes {
    /// This person of the roster.
    Enrolment(Box<Enrolment>),
    /// Nobody of this school; why, in the reviewer's words.
    Refused(String),
}

/// Two stations photographed the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twin {
    /// A packet of the pair. A station that has neither only moves its cursor.
    pub packet: String,
    /// The station that took it.
    pub station: String,
    /// The other packet of the pair.
    pub other_packet: String,
    /// The station that took that one.
    pub other_station: String,
    /// When the server noticed, by its clock.
    pub at: Moment,
}
