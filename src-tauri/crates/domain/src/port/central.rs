//! The central server as the station sees it.

use crate::change::Changes;
use crate::eligibility::{Eligibility, EligibilityQuestion};
use crate::moment::Moment;
use crate::payment::{Order, Refund, RefundState};
use crate::queue::QueueEntry;

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
    /// The server's certificate does not hold: this machine's clock is wrong, or somebody is in between. Temporary.
    #[error("the certificate of the central server does not hold: {0}")]
    Certificate(String),
    /// The server does not accept this station: its credential is unknown or was revoked. Needs a person, but no
    /// packet is to blame.
    #[error("the central server does not accept this station: {0}")]
    Unaccepted(String),
    /// The server does not know a call that this program needs, or tells what this program does not know: one of
    /// both is too old. Needs a person, but no packet is to blame.
    #[error("server and station are of different ages: {0}")]
    Versions(String),
    /// The server refuses this packet or this question. Needs a person.
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
            Self::Certificate(_) => "server_certificate",
            Self::Unaccepted(_) => "station_not_accepted",
            Self::Versions(_) => "server_version",
            Self::Refused(_) => "server_refused",
            Self::Mismatch => "upload_mismatch",
            Self::Acknowledgement(_) => "acknowledgement_invalid",
        }
    }

    /// True when trying again later can help without anybody doing anything.
    pub const fn temporary(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_) | Self::Nonsense(_) | Self::Trouble(_) | Self::Certificate(_)
        )
    }

    /// True when no packet is to blame: the whole link rests until the server has proved that it is there again.
    pub const fn of_link(&self) -> bool {
        self.temporary() || matches!(self, Self::Unaccepted(_) | Self::Versions(_))
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

/// All talk with the central server. Calls block, have time limits, and are idempotent.
pub trait Central: Send {
    /// One cheap question that only the real server can answer, because it signs; gives the server's time.
    fn answers(&mut self) -> Result<Moment, CentralFault>;
    /// What changed after a cursor, oldest first; the question shows this station's credential, too.
    fn changes(&mut self, after: i64) -> Result<Changes, CentralFault>;
    /// Makes the order or finds it again by its number; the answer carries state and QR text.
    fn place_order(&mut self, order: &Order) -> Result<Order, CentralFault>;
    /// How an order stands.
    fn order(&mut self, order: &Order) -> Result<Order, CentralFault>;
    /// Closes an order that was not paid; the answer says how it really stands (it may be paid).
    fn close_order(&mut self, order: &Order) -> Result<Order, CentralFault>;
    /// Gives an order's money back, or finds the refund again by its number, and says how it stands.
    fn refund(&mut self, refund: &Refund) -> Result<RefundState, CentralFault>;
    /// Whether somebody may be photographed.
    fn eligibility(&mut self, question: &EligibilityQuestion) -> Result<Eligibility, CentralFault>;
    /// Uploads what is missing, commits, verifies the acknowledgement.
    fn deliver(&mut self, delivery: Delivery<'_>) -> Result<Received, CentralFault>;
    /// Takes a packet back, also one that never arrived: a later commit of it is refused. Approved ones are locked.
    fn withdraw(&mut self, packet: &str, reason: &str) -> Result<(), CentralFault>;
    /// The standard photo of a packet that the server holds, JPEG, at most 1 MiB.
    fn photo(&mut self, packet: &str) -> Result<Vec<u8>, CentralFault>;
    /// Proves an acknowledgement that came another way than by [`Central::deliver`]: on a stick.
    fn check_acknowledgement(&self, entry: &QueueEntry, acknowledgement: &str) -> Result<(), CentralFault>;
    /// The age recipient packets are sealed to, as configured or told at the joining.
    fn recipient(&self) -> String;
    /// The age recipient of the recovery key, where there is one.
    fn recovery(&self) -> Option<String>;
}
