//! What the screens show of the talk with the central server beside the queue itself.

use domain::Moment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who took a packet back, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WithdrawnRow {
    /// Why, in the supervisor's words.
    pub reason: String,
    /// Name of the supervisor.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The standard photo of a rejected packet. It lies sealed on this machine, so the server is asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OldPhoto {
    /// Packet it belongs to.
    pub packet: String,
    /// Where it stands; once there, the picture is at `frame://localhost/old/<packet id>`.
    pub state: OldPhotoState,
    /// Why it did not come (`fault.<code>`).
    pub fault: Option<String>,
}

/// Where an old photo stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OldPhotoState {
    /// The server was asked.
    Asked,
    /// It is there.
    There,
    /// It did not come.
    Missing,
}

/// Waiting packets on their way by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StickScreen {
    /// The sticks that are there.
    pub sticks: Vec<StickRow>,
    /// Packets that would be written.
    pub waiting: u32,
    /// Packets written so far, while it writes.
    pub writing: Option<u32>,
    /// What the last writing did.
    pub outcome: Option<StickOutcome>,
}

/// One stick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StickRow {
    /// Folder it is mounted at.
    pub path: String,
    /// Its name.
    pub label: String,
    /// Free bytes on it.
    #[ts(type = "number")]
    pub free: u64,
    /// Acknowledgements for this station lie on it.
    pub acknowledgements: bool,
}

/// What the last writing did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StickOutcome {
    /// The stick's name.
    pub label: String,
    /// Packets that lie on it now.
    pub written: u32,
    /// Acknowledgements that were verified and kept.
    pub acknowledged: u32,
    /// Acknowledgements that prove nothing.
    pub refused: u32,
    /// What stopped it (`fault.<code>`); the counts tell how far it came.
    pub fault: Option<String>,
}

/// Messages of the central server, and pairs of the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewsScreen {
    /// Messages nobody has read, newest first.
    pub messages: Vec<MessageRow>,
    /// Pairs no supervisor has settled, newest first.
    pub twins: Vec<TwinRow>,
}

/// A message of the central server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MessageRow {
    /// Its id.
    pub id: String,
    /// Needs care.
    pub urgent: bool,
    /// Plain text.
    pub text: String,
    /// When it was written.
    pub at: Moment,
}

/// The same person photographed by two stations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TwinRow {
    /// This station's packet.
    pub packet: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Student number.
    pub student_number: String,
    /// When this station took it.
    pub taken_at: Moment,
    /// The other station.
    pub other_station: String,
    /// When the server noticed.
    pub at: Moment,
    /// This station's packet may be taken back.
    pub withdrawable: bool,
}
