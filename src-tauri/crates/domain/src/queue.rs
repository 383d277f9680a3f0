//! The upload queue's vocabulary.

use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a stored packet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// Stored but not queued: its payment's outcome is not known yet.
    Held,
    /// Waits for its turn.
    Waiting,
    /// Bytes are on their way.
    Sending,
    /// The central server's signed acknowledgement was verified.
    Acknowledged,
    /// Cannot go on without a person.
    NeedsAttention,
    /// Replaced by a retake.
    Superseded,
    /// Taken back by a supervisor.
    Withdrawn,
}

/// What the reviewers said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// 审核通过.
    Approved,
    /// 审核未通过.
    Rejected,
}

/// A verdict pulled from the central server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewVerdict {
    /// Position in the server's list; the next pull starts after it.
    pub cursor: i64,
    /// Packet it is about.
    pub packet: String,
    /// Approved or rejected.
    pub state: ReviewState,
    /// Codes of the reasons; empty when approved.
    pub reasons: Vec<String>,
    /// Free text of the reviewer; shown as text, never as markup.
    pub text: String,
    /// When it was given.
    pub at: Moment,
}

/// One packet in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueEntry {
    /// Packet id, the idempotency key everywhere.
    pub packet: String,
    /// Enrolment it belongs to.
    pub enrolment: String,
    /// Session it belongs to.
    pub session: String,
    /// Where it stands.
    pub state: QueueState,
    /// SHA-256 of the sealed packet, lower-case hex.
    pub sha256: String,
    /// Size of the sealed packet in bytes.
    pub size: u64,
    /// When it was stored.
    pub stored_at: Moment,
    /// Attempts so far.
    pub attempts: u32,
    /// Not before this time.
    pub next_attempt_at: Moment,
    /// Code of the last fault.
    pub last_fault: Option<String>,
    /// When it happened.
    pub failed_at: Option<Moment>,
    /// Where a begun upload continues.
    pub upload_url: Option<String>,
    /// Bytes the server confirmed.
    pub confirmed_bytes: u64,
    /// Order whose settlement releases a held packet.
    pub order: Option<String>,
    /// Packet this one replaces.
    pub retake_of: Option<String>,
    /// When the acknowledgement was verified.
    pub acknowledged_at: Option<Moment>,
    /// When it was last written on a stick; says nothing of its arrival.
    pub exported_at: Option<Moment>,
    /// Who took it back, and why.
    pub withdrawal: Option<Withdrawal>,
    /// Verdict, once pulled.
    pub verdict: Option<ReviewVerdict>,
}

impl QueueEntry {
    /// True when a supervisor may take it back: it is not replaced, not taken back, and no reviewer approved it.
    pub fn withdrawable(&self) -> bool {
        let approved = self
            .verdict
            .as_ref()
            .is_some_and(|v| v.state == ReviewState::Approved);
        !approved && !matches!(self.state, QueueState::Superseded | QueueState::Withdrawn)
    }
}

/// Who took a packet back, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why, in the supervisor's words.
    pub reason: String,
    /// Id of the supervisor.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Whether packets can be sent at all. The whole link rests after a fault that is not one packet's own, and works
/// again when the server has proved that it is there; no packet is tried meanwhile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// Code of the fault that made it rest (`fault.<code>`); none while it works.
    pub cause: Option<String>,
    /// Since when it rests.
    pub since: Option<Moment>,
    /// When the server is asked next.
    pub next_try_at: Option<Moment>,
    /// Bytes a second of the last upload, as the server confirmed them.
    pub bytes_per_s: Option<u32>,
    /// This machine's clock less the server's, in milliseconds, at the last answer.
    pub clock_skew_ms: Option<i64>,
}
