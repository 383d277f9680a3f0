//! The central server as the station sees it.

use crate::enrolment::Enrolment;
use crate::payment::Order;
use crate::queue::{QueueEntry, ReviewVerdict};
use crate::setup::SessionSetup;

/// Why the central server did not do what was asked. The code is the UI's key: `fault.<code>`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CentralFault {
    /// No answer: no network, refused, timed out. Temporary.
    #[error("no answer from the central server: {0}")]
    Unreachable(String),
    /// An answer that is not from the central server or makes no sense (a captive portal). Temporary.
    #[error("the answer makes no sense: {0}")]
    Nonsense(String),
    /// The server is in trouble (5xx, 429). Temporary.
    #[error("the central server is in trouble: {0}")]
    Trouble(String),
    /// The server refuses this station or this packet. Needs a person.
    #[error("the central server refused: {0}")]
    Refused(String),
    /// The server holds other bytes under this packet id. Needs a person.
    #[error("the central server holds something else under this packet id")]
    Mismatch,
    /// An acknowledgement whose signature or content is wrong. Needs a person.
    #[error("the acknowledgement is not valid: {0}")]
    Acknowledgement(String),
}

impl CentralFault {
    /// The code of the message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "server_unreachable",
            Self::Nonsense(_) => "server_nonsense",
            Self::Trouble(_) => "server_error",
            Self::Refused(_) => "server_refused",
            Self::Mismatch => "upload_mismatch",
            Self::Acknowledgement(_) => "acknowledgement_invalid",
        }
    }

    /// True when trying again later can help without anybody doing anything.
    pub const fn temporary(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Nonsense(_) | Self::Trouble(_))
    }
}

/// Takes note of a packet's way: called with the upload's address before the first byte leaves (`None`: the
/// old address is gone), and with the number of bytes the server confirmed. An error stops the attempt.
pub type DeliveryProgress<'a> = dyn FnMut(Option<&str>, u64) -> Result<(), String> + 'a;

/// A packet on its way.
pub struct Delivery<'a> {
    /// Its entry in the queue.
    pub entry: &'a QueueEntry,
    /// The sealed bytes.
    pub sealed: &'a [u8],
    /// Writes down how far it came, so that a cut costs at most one chunk.
    pub progress: &'a mut DeliveryProgress<'a>,
}

/// A verified acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The acknowledgement as it came (JSON), its signature verified and its packet, hash and size the
    /// ones asked for.
    pub acknowledgement: String,
}

/// A roster as the server sent it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RosterBatch {
    /// Rows that can be used.
    pub rows: Vec<Enrolment>,
    /// Rows that cannot, as `row: code`, rows counted from 1; shown, never dropped without a word.
    pub problems: Vec<String>,
}

/// All talk with the central server. Calls block, have time limits, and are idempotent.
pub trait Central: Send {
    /// One cheap question to the real server.
    fn answers(&mut self) -> Result<(), CentralFault>;
    /// Session set-ups for this station.
    fn sessions(&mut self) -> Result<Vec<SessionSetup>, CentralFault>;
    /// The roster of a session.
    fn roster(&mut self, session: &str) -> Result<RosterBatch, CentralFault>;
    /// Makes the order or finds it again by its number; the answer carries state and QR text.
    fn place_order(&mut self, order: &Order) -> Result<Order, CentralFault>;
    /// How an order stands.
    fn order(&mut self, order: &Order) -> Result<Order, CentralFault>;
    /// Closes an order that was not paid; the answer says how it really stands (it may be paid).
    fn close_order(&mut self, order: &Order) -> Result<Order, CentralFault>;
    /// Uploads what is missing, commits, verifies the acknowledgement.
    fn deliver(&mut self, delivery: Delivery<'_>) -> Result<Received, CentralFault>;
    /// Verdicts after a cursor, oldest first, at most 200.
    fn verdicts(&mut self, after: i64) -> Result<Vec<ReviewVerdict>, CentralFault>;
    /// The age recipient packets are sealed to, as last told by the server or configured.
    fn recipient(&self) -> String;
}
