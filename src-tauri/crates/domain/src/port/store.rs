//! What is kept on this machine.

use super::{Codes, Days, Imports, Line, Till};
use crate::audit::AuditEvent;
use crate::camera::{CameraChoice, CameraSetting};
use crate::change::{Change, Message, Twin};
use crate::enrolment::Enrolment;
use crate::enrolment::matching::Sought;
use crate::exception::KnownException;
use crate::moment::Moment;
use crate::operator::Operator;
use crate::queue::{QueueEntry, Withdrawal};
use crate::session::Standing;
use crate::setup::SessionSetup;
use std::collections::BTreeMap;
use std::time::Duration;

/// Why the store could not do what was asked. The code is the UI's key: `fault.<code>`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// No room left on the disk.
    #[error("no room left on the disk")]
    Full,
    /// The data folder cannot be written.
    #[error("the data folder cannot be written")]
    ReadOnly,
    /// The database was written by a newer version and is left untouched.
    #[error("the database is of a newer version ({found}; this program knows {known})")]
    Newer {
        /// Version of the database.
        found: u32,
        /// Newest version this program knows.
        known: u32,
    },
    /// Other accounts of the machine can read the data folder, and this one cannot keep them out.
    #[error("other accounts can read the data folder, and it cannot be closed to them")]
    NotPrivate,
    /// Another instance has the data folder.
    #[error("another instance is using the data folder")]
    InUse,
    /// A packet file is missing or does not have the recorded hash.
    #[error("packet {0} is damaged or missing")]
    PacketDamaged(String),
    /// Anything else the database or the file system said.
    #[error("the store failed: {0}")]
    Failed(String),
}

impl StoreFault {
    /// The code of the message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Full => "store_full",
            Self::ReadOnly => "store_read_only",
            Self::Newer { .. } => "store_newer",
            Self::NotPrivate => "store_not_private",
            Self::InUse => "second_instance",
            Self::PacketDamaged(_) => "packet_damaged",
            Self::Failed(_) => "store_failed",
        }
    }
}

/// Why a PIN was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PinFault {
    /// Wrong; so many tries are left before the lock.
    #[error("wrong PIN, {left} tries left")]
    Wrong {
        /// Tries left.
        left: u32,
    },
    /// Locked until then.
    #[error("locked after too many wrong PINs")]
    Locked {
        /// Until when.
        until: Moment,
    },
    /// No such operator.
    #[error("no such operator")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// One class with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassTally {
    /// Its name.
    pub name: String,
    /// People in it.
    pub total: u32,
    /// Captured or approved.
    pub captured: u32,
    /// To be taken again.
    pub retake: u32,
}

/// Counts of the queue, read from the database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueTally {
    /// Waiting for their turn.
    pub waiting: u32,
    /// On their way.
    pub sending: u32,
    /// Need a person.
    pub attention: u32,
    /// Held until a payment's outcome is known.
    pub held: u32,
    /// Acknowledged and not replaced.
    pub acknowledged: u32,
    /// Enrolments whose last photo was rejected.
    pub retakes: u32,
    /// When the last acknowledgement was verified.
    pub last_acknowledged: Option<Moment>,
    /// When the oldest of those waiting was stored.
    pub oldest_waiting: Option<Moment>,
    /// Sending is paused.
    pub paused: bool,
    /// Pairs of the same person that no supervisor has settled.
    pub twins: u32,
    /// Messages that nobody has read.
    pub messages: u32,
}

/// A sealed packet to be made durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPacket {
    /// Packet id.
    pub packet: String,
    /// Enrolment it belongs to.
    pub enrolment: String,
    /// Session it belongs to.
    pub session: String,
    /// The sealed bytes; never plain text.
    pub sealed: Vec<u8>,
    /// Their SHA-256, lower-case hex.
    pub sha256: String,
    /// Now.
    pub at: Moment,
    /// The order whose outcome must be known first; the packet is held.
    pub held_for: Option<String>,
    /// The rejected packet it replaces.
    pub retake_of: Option<String>,
    /// Audit line written in the same transaction.
    pub audit: AuditEvent,
}

/// Everything the station keeps on this machine. Calls block; when one returns `Ok`, what it did is
/// fsynced. Implementations have one writer.
pub trait Store: Codes + Days + Imports + Line + Till + Send + Sync {
    /// All operators.
    fn operators(&self) -> Result<Vec<Operator>, StoreFault>;
    /// Adds or replaces an operator with a PIN of 4 to 12 digits.
    fn keep_operator(&self, operator: &Operator, pin: &str) -> Result<(), StoreFault>;
    /// Checks a PIN; five wrong ones in a row lock the operator for five minutes.
    fn check_pin(&self, operator: &str, pin: &str, now: Moment) -> Result<Operator, PinFault>;

    /// All session set-ups, newest version each.
    fn setups(&self) -> Result<Vec<SessionSetup>, StoreFault>;
    /// Of all session set-ups, newest version each, the one that was added last.
    fn newest_setup(&self) -> Result<Option<SessionSetup>, StoreFault>;
    /// Adds or replaces a set-up.
    fn keep_setup(&self, setup: &SessionSetup) -> Result<(), StoreFault>;
    /// Merges a roster: adds and changes rows by id; never touches state, fees or provisional rows.
    fn merge_roster(&self, session: &str, rows: &[Enrolment]) -> Result<(), StoreFault>;
    /// Keeps a walk-in's record.
    fn keep_provisional(&self, row: &Enrolment) -> Result<(), StoreFault>;
    /// Classes of a session in the roster's order.
    fn classes(&self, session: &str) -> Result<Vec<ClassTally>, StoreFault>;
    /// People of a class in the roster's order.
    fn people(&self, session: &str, class_name: &str) -> Result<Vec<Enrolment>, StoreFault>;
    /// At most `limit` people by name, pinyin, initials, 学号, 考生号, document number or ticket.
    fn search(&self, session: &str, text: &str, limit: u32) -> Result<Vec<Enrolment>, StoreFault>;
    /// One enrolment.
    fn enrolment(&self, id: &str) -> Result<Option<Enrolment>, StoreFault>;
    /// Every record that may be the sought person's, for [`crate::enrolment::matching::weigh`]: by number, code,
    /// 学号, 考生号, ticket and name, and where none of the first two is found, those that nearly agree. At most
    /// 200 of one kind.
    fn look_up(&self, session: &str, sought: &Sought) -> Result<Vec<Enrolment>, StoreFault>;
    /// What is known of an enrolment's fee, earlier photos and known exceptions.
    fn standing(&self, enrolment: &str) -> Result<Standing, StoreFault>;
    /// Keeps a known exception of a person, and the audit line in the same transaction; the same kind once more
    /// replaces the first.
    fn grant_exception(
        &self,
        enrolment: &str,
        exception: &KnownException,
        audit: &AuditEvent,
    ) -> Result<(), StoreFault>;
    /// A person's known exceptions, in the order of [`crate::exception::ExceptionKind::ALL`].
    fn exceptions(&self, enrolment: &str) -> Result<Vec<KnownException>, StoreFault>;

    /// What was chosen for each camera, by its id.
    fn camera_settings(&self) -> Result<BTreeMap<String, CameraSetting>, StoreFault>;
    /// Keeps what was chosen for a camera.
    fn keep_camera_setting(&self, camera: &str, setting: &CameraSetting) -> Result<(), StoreFault>;
    /// Which camera the desk uses.
    fn camera_choice(&self) -> Result<CameraChoice, StoreFault>;
    /// Keeps which camera the desk uses.
    fn keep_camera_choice(&self, choice: &CameraChoice) -> Result<(), StoreFault>;

    /// Writes a line of the audit trail.
    fn audit(&self, event: &AuditEvent) -> Result<(), StoreFault>;

    /// File written, fsynced, renamed, folder fsynced; then one transaction for the queue entry (waiting,
    /// or held), the enrolment's state, the superseded packet and the audit line.
    fn enqueue(&self, packet: &NewPacket) -> Result<(), StoreFault>;
    /// The sealed bytes; refused when their hash is not the recorded one.
    fn sealed(&self, packet: &str) -> Result<Vec<u8>, StoreFault>;
    /// Counts, from the database.
    fn tally(&self) -> Result<QueueTally, StoreFault>;
    /// Packets, trouble first, then newest first.
    fn queue(&self, limit: u32) -> Result<Vec<QueueEntry>, StoreFault>;
    /// Rejected packets that were not replaced, newest first.
    fn retakes(&self, limit: u32) -> Result<Vec<QueueEntry>, StoreFault>;
    /// The newest packet of an enrolment.
    fn newest_packet(&self, enrolment: &str) -> Result<Option<QueueEntry>, StoreFault>;
    /// The next packet to send now: waiting or left in sending by a crash, due, retakes first. One whose
    /// next attempt lies further ahead than the longest pause was put off by a clock that ran ahead: due.
    fn next_to_send(&self, now: Moment, longest_pause: Duration) -> Result<Option<QueueEntry>, StoreFault>;
    /// An attempt begins.
    fn begin_sending(&self, packet: &str, now: Moment) -> Result<(), StoreFault>;
    /// Where the upload continues; written before the first byte leaves.
    fn keep_upload(&self, packet: &str, url: Option<&str>, confirmed: u64) -> Result<(), StoreFault>;
    /// The verified acknowledgement, kept as it came.
    fn acknowledge(&self, packet: &str, acknowledgement: &str, now: Moment) -> Result<(), StoreFault>;
    /// An attempt failed now: again at `again`, or never by itself (`None`: needs attention).
    fn fail(&self, packet: &str, code: &str, again: Option<Moment>, now: Moment) -> Result<(), StoreFault>;
    /// Try one packet (or all, with `None`) again now.
    fn retry(&self, packet: Option<&str>, now: Moment) -> Result<(), StoreFault>;
    /// Pause or resume sending; survives a restart.
    fn pause(&self, paused: bool) -> Result<(), StoreFault>;
    /// One packet.
    fn packet(&self, packet: &str) -> Result<Option<QueueEntry>, StoreFault>;
    /// The acknowledgement of a packet as it came.
    fn acknowledgement(&self, packet: &str) -> Result<Option<String>, StoreFault>;
    /// Packets that no acknowledgement has come for and that may travel: waiting, sending, needing attention.
    fn unacknowledged(&self) -> Result<Vec<QueueEntry>, StoreFault>;
    /// Notes that packets were written on a stick; changes nothing else.
    fn note_exported(&self, packets: &[String], at: Moment) -> Result<(), StoreFault>;
    /// Takes a packet back with the audit line in the same transaction: it is sent no more, the person is to be
    /// captured (a rejected one stays to be retaken), the fee stays settled. Refused (`Failed`) when it is not
    /// [`QueueEntry::withdrawable`]. Its file stays.
    fn withdraw(&self, packet: &str, withdrawal: &Withdrawal, audit: &AuditEvent) -> Result<(), StoreFault>;
    /// A packet taken back that the central server was not told of yet.
    fn untold_withdrawal(&self) -> Result<Option<QueueEntry>, StoreFault>;
    /// The central server knows that a packet was taken back.
    fn withdrawal_told(&self, packet: &str) -> Result<(), StoreFault>;
    /// Removes the files of packets acknowledged before `before`; their rows and acknowledgements stay. Gives how
    /// many. Nothing without a verified acknowledgement is ever removed.
    fn retire(&self, before: Moment, now: Moment) -> Result<u32, StoreFault>;

    /// The cursor of the last change applied.
    fn change_cursor(&self) -> Result<i64, StoreFault>;
    /// Applies a change and moves the cursor in one transaction; one at or before the cursor was applied already.
    /// A verdict or twin of an unknown packet only moves the cursor.
    fn apply_change(&self, change: &Change) -> Result<(), StoreFault>;
    /// Rows of a session's roster that could not be taken, as `row: code`.
    fn roster_problems(&self, session: &str) -> Result<Vec<String>, StoreFault>;
    /// Messages nobody has read, newest first.
    fn messages(&self) -> Result<Vec<Message>, StoreFault>;
    /// Somebody read a message.
    fn read_message(&self, id: &str, audit: &AuditEvent) -> Result<(), StoreFault>;
    /// Pairs of the same person that no supervisor has settled, newest first.
    fn twins(&self) -> Result<Vec<Twin>, StoreFault>;
    /// A supervisor settled a pair, named by this station's packet.
    fn settle_twin(&self, packet: &str, audit: &AuditEvent) -> Result<(), StoreFault>;
}
