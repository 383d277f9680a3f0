//! What is known of uploads, packets, stations and orders, and every rule that needs a transaction.

use crate::caller::Caller;
use crate::orders::Order;
use crate::packets::{HeldPacket, NewPacket};
use crate::refunds::Refund;
use crate::refusal::Refusal;
use crate::school::{RosterRow, Told};
use crate::stations::{Invitation, Joining, Station};
use crate::upload::{Room, Upload};
use crate::verdicts::{Judgement, Verdict};
use crate::walk_ins::{Settlement, Settling};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// Everything the server knows. SQLite is one implementation; a large deployment attaches PostgreSQL here.
///
/// Every call is one transaction: it happens whole and durably before it returns `Ok`, or not at all. Calls block.
/// Whatever changes a state writes a line of the audit trail in the same transaction.
pub trait Ledger:
    UploadLedger
    + PacketLedger
    + ReviewLedger
    + PeopleLedger
    + ChangeLedger
    + StationLedger
    + OrderLedger
    + Send
    + Sync
{
}

impl<T> Ledger for T where
    T: UploadLedger
        + PacketLedger
        + ReviewLedger
        + PeopleLedger
        + ChangeLedger
        + StationLedger
        + OrderLedger
        + Send
        + Sync
{
}

/// Uploads on their way.
pub trait UploadLedger {
    /// Writes a new upload down.
    ///
    /// # Errors
    /// 429 `too_many_uploads` or 507 `uploads_full` when there is no room for it.
    fn begin_upload(&self, upload: &Upload, room: Room) -> Result<(), Refusal>;
    /// An upload in whatever state.
    fn upload(&self, id: Uuid) -> Result<Option<Upload>, Refusal>;
    /// Confirms bytes that are durable, and prolongs the upload's life.
    fn confirm_upload(&self, id: Uuid, offset: u64, expires_at: Timestamp) -> Result<(), Refusal>;
    /// An upload is over without a packet; one that became a packet stays what it is.
    fn end_upload(&self, id: Uuid) -> Result<(), Refusal>;
    /// Uploads that were never finished and whose time is over, some hundred at most.
    fn expired_uploads(&self, now: Timestamp) -> Result<Vec<Uuid>, Refusal>;
}

/// Packets that are held.
pub trait PacketLedger {
    /// Everything that [`PacketLedger::keep_packet`] would refuse, asked before the bytes are moved.
    fn check_packet(&self, packet: &NewPacket<'_>) -> Result<(), Refusal>;
    /// Writes a packet down, with its acknowledgement, the twins it shows and their changes; binds the key of a
    /// station that shows its first packet, where that may be. Gives the acknowledgement that holds: the one written
    /// before, when another call was faster.
    ///
    /// # Errors
    /// 409 `withdrawn`, `locked`; 422 `station_key`.
    fn keep_packet(&self, packet: &NewPacket<'_>) -> Result<String, Refusal>;
    /// The acknowledgement of a packet, as it was given.
    fn acknowledgement(&self, id: Uuid) -> Result<Option<String>, Refusal>;
    /// One packet.
    fn packet(&self, id: Uuid) -> Result<Option<HeldPacket>, Refusal>;
    /// All packets, oldest first.
    fn packets(&self) -> Result<Vec<HeldPacket>, Refusal>;
    /// Takes a packet back, or leaves word that one of this id is not to be taken in.
    ///
    /// # Errors
    /// 409 `locked` once it was approved; 403 `not_yours` for another station's packet.
    fn withdraw(&self, id: Uuid, reason: &str, by: &Caller) -> Result<(), Refusal>;
}

/// Which packets a reviewer looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// `pending`, `approved`, `rejected`, `superseded` or `withdrawn`; none for all.
    pub state: Option<String>,
    /// Class; none for all.
    pub class_name: Option<String>,
    /// Packets to pass over, newest first.
    pub skip: u32,
    /// Packets to give at most.
    pub most: u32,
}

/// What a choice found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The packets, newest first.
    pub packets: Vec<HeldPacket>,
    /// Packets that fit, on this page and others.
    pub fitting: u32,
    /// Packets that wait for a verdict, whatever was chosen.
    pub pending: u32,
    /// All classes there are, sorted.
    pub classes: Vec<String>,
}

/// One line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// When, RFC 3339.
    pub at: String,
    /// Who did it.
    pub who: String,
    /// What was done, e.g. `packet_kept`.
    pub what: String,
    /// To which id.
    pub subject: String,
}

/// Verdicts, and what a reviewer reads.
pub trait ReviewLedger {
    /// Writes a verdict and its change; the same one again changes nothing.
    ///
    /// # Errors
    /// 404 `packet_unknown`; 409 `locked`, `judged`, `superseded`, `withdrawn`.
    fn judge(&self, id: Uuid, judgement: &Judgement, by: &Caller) -> Result<Verdict, Refusal>;
    /// Verdicts after a cursor, oldest first.
    fn verdicts(&self, after: i64, most: u32) -> Result<Vec<Verdict>, Refusal>;
    /// The verdict of one packet.
    fn verdict(&self, packet: Uuid) -> Result<Option<Verdict>, Refusal>;
    /// Packets of the same person, those of the chain of retakes included that this packet belongs to.
    fn twins(&self, packet: Uuid) -> Result<Vec<String>, Refusal>;
    /// The packets a reviewer chose.
    fn choose(&self, choice: &Choice) -> Result<Chosen, Refusal>;
    /// The last lines of the audit trail, newest first.
    fn audit(&self, most: u32) -> Result<Vec<AuditLine>, Refusal>;
}

/// People of the roster, and walk-ins who become such.
pub trait PeopleLedger {
    /// Rows of the roster with this document number, in its one form.
    fn listed(&self, session: &str, document: &str) -> Result<Vec<RosterRow>, Refusal>;
    /// A row of the roster.
    fn entry(&self, session: &str, id: &str) -> Result<Option<RosterRow>, Refusal>;
    /// True when a photo of this person stands, or waits for its verdict, that another station took.
    fn stands_elsewhere(&self, session: &str, person: &str, station: &str) -> Result<bool, Refusal>;
    /// The newest packet with this provisional enrolment that was not taken back.
    fn walk_in_packet(&self, session: &str, provisional: &str) -> Result<Option<Uuid>, Refusal>;
    /// What became of a walk-in.
    fn settlement(&self, session: &str, provisional: &str) -> Result<Option<Settlement>, Refusal>;
    /// Writes down who a walk-in is, its change, and the twins that this shows; the same again changes nothing.
    ///
    /// # Errors
    /// 404 `walk_in_unknown`, `entry_unknown`; 409 `settled` when it was settled otherwise.
    fn settle_walk_in(&self, settling: &Settling, by: &Caller) -> Result<Settlement, Refusal>;
}

/// A word to the people at the desks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Needs care; otherwise for information.
    pub urgent: bool,
    /// The text, 1 to 500 characters.
    pub text: String,
    /// When it was written, RFC 3339.
    pub at: String,
}

/// One page of changes, as the stations get it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Changes {
    /// The changes, oldest first, each with `cursor` and `kind`.
    pub changes: Vec<serde_json::Value>,
    /// More lie behind.
    pub more: bool,
}

/// What stations are told, by a cursor that rises.
pub trait ChangeLedger {
    /// Compares a session and its roster with what was told last, and tells the difference.
    fn tell_school(&self, told: &Told) -> Result<(), Refusal>;
    /// Tells a message.
    fn tell_message(&self, message: &Message, by: &Caller) -> Result<(), Refusal>;
    /// Changes after a cursor: at most 200, at most about `most_bytes` bytes of JSON (but always one).
    fn changes(&self, after: i64, most_bytes: usize) -> Result<Changes, Refusal>;
}

/// Stations and how they are let in.
pub trait StationLedger {
    /// Writes down who may join.
    fn invite(&self, invitation: &Invitation<'_>, by: &Caller) -> Result<(), Refusal>;
    /// Lets a station in, once; gives its id.
    ///
    /// # Errors
    /// 403 `join_code` for a code that is wrong, used or too old.
    fn join(&self, joining: &Joining<'_>) -> Result<String, Refusal>;
    /// All stations, oldest first.
    fn stations(&self) -> Result<Vec<Station>, Refusal>;
    /// Shuts a station out; once more changes nothing.
    ///
    /// # Errors
    /// 404 `station_unknown`.
    fn revoke(&self, id: &str, by: &Caller) -> Result<Station, Refusal>;
    /// Id of the station whose token has this SHA-256.
    ///
    /// # Errors
    /// 401 `unauthorised`, or `station_revoked`.
    fn by_token(&self, token_sha256: &str) -> Result<String, Refusal>;
    /// The key of a station that was not shut out; hexadecimal.
    fn station_key(&self, id: &str) -> Result<Option<String>, Refusal>;
}

/// Orders of the fee, and their refunds.
pub trait OrderLedger {
    /// Writes an order down, before the provider is asked; the same one again changes nothing.
    ///
    /// # Errors
    /// 409 `order_differs` when the number stands for another order.
    fn begin_order(&self, order: &Order, by: &Caller) -> Result<Order, Refusal>;
    /// An order.
    fn order(&self, id: &str) -> Result<Option<Order>, Refusal>;
    /// The provider gave the code: the order can be paid until it ends.
    fn offer_order(&self, id: &str, code_url: &str, expires_at: &str) -> Result<(), Refusal>;
    /// The provider said it was paid; told again, it is paid once. Also of one that was closed: the money is there.
    ///
    /// # Errors
    /// 404 `order_unknown`.
    fn pay_order(&self, id: &str, by: &Caller) -> Result<Order, Refusal>;
    /// A voucher pays its order, once.
    ///
    /// # Errors
    /// 409 `voucher_used` when it paid another one; this one is closed then.
    fn redeem(&self, id: &str, by: &Caller) -> Result<Order, Refusal>;
    /// Nobody can pay it afterwards; a paid one stays paid.
    fn close_order(&self, id: &str, by: &Caller) -> Result<(), Refusal>;
    /// All orders, oldest first.
    fn orders(&self) -> Result<Vec<Order>, Refusal>;
    /// Writes a refund down, before the provider is asked; the same one again changes nothing.
    ///
    /// # Errors
    /// 404 `order_unknown`; 409 `order_not_paid`, `refund_differs`, or `refunded` when another one stands for the order.
    fn begin_refund(&self, refund: &Refund, by: &Caller) -> Result<Refund, Refusal>;
    /// How a refund ended: `done` or `refused`.
    fn end_refund(&self, id: &str, state: &str, by: &Caller) -> Result<Refund, Refusal>;
}
