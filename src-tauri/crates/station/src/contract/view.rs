//! The snapshot.

use super::screen::Screen;
use domain::Moment;
use domain::frame::CameraHealth;
use domain::operator::Operator;
use domain::setup::{Contact, SessionKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The whole state of the station as the operator may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StationView {
    /// Counts up with every snapshot.
    pub revision: u32,
    /// The station's clock.
    pub now: Moment,
    /// Name of this station, e.g. `2 号采集位`.
    pub station: String,
    /// Version of the program.
    pub software: String,
    /// The capture layer.
    pub camera: CameraHealth,
    /// The upload queue's indicator; read from the store after every commit.
    pub queue: QueueSummary,
    /// Who is signed in.
    pub operator: Option<Operator>,
    /// Supervisors who may approve, by id and name.
    pub supervisors: Vec<Operator>,
    /// The session chosen.
    pub setup: Option<SetupHead>,
    /// Whom to call: of the chosen session, else of the newest set-up known here.
    pub contact: Option<Contact>,
    /// The person being served.
    pub person: Option<PersonHead>,
    /// The six steps with what is proved; empty when nobody is served.
    pub evidence: Vec<EvidenceCell>,
    /// What is so and what to do, when something needs saying; stays until the next command.
    pub notice: Option<Notice>,
    /// The page on screen with its own data.
    pub screen: Screen,
}

/// The upload queue in numbers that never lie.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct QueueSummary {
    /// Stored here without a verified acknowledgement: waiting, sending, attention and held together.
    pub unacknowledged: u32,
    /// Waiting for their turn.
    pub waiting: u32,
    /// On their way.
    pub sending: u32,
    /// Need a person.
    pub attention: u32,
    /// Held until a payment's outcome is known.
    pub held: u32,
    /// Acknowledged, all time.
    pub acknowledged: u32,
    /// Rejected by the reviewers and not yet taken again.
    pub retakes: u32,
    /// When the central server last answered a question.
    pub last_answer: Option<Moment>,
    /// When the last acknowledgement was verified.
    pub last_acknowledged: Option<Moment>,
    /// An operator paused sending.
    pub paused: bool,
    /// The store could not be read: the numbers are not known and capture stops.
    pub unreadable: bool,
    /// When the oldest of those waiting was stored.
    pub oldest_waiting: Option<Moment>,
    /// Why nothing is sent (`fault.<code>`); none while the link works.
    pub link_fault: Option<String>,
    /// Since when.
    pub link_fault_since: Option<Moment>,
    /// When the central server is asked next.
    pub link_next_try_at: Option<Moment>,
    /// Bytes a second of the last upload, as the server confirmed them.
    pub bytes_per_s: Option<u32>,
    /// This machine's clock less the server's in seconds, when they differ by more than two minutes.
    pub clock_off_s: Option<i32>,
    /// Pairs of the same person that no supervisor has settled.
    pub twins: u32,
    /// Messages of the central server that nobody has read.
    pub messages: u32,
}

/// The chosen session as the screens need it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SetupHead {
    /// Id.
    pub id: String,
    /// School.
    pub school: String,
    /// Title.
    pub title: String,
    /// Who may be photographed.
    pub kind: SessionKind,
    /// Name of the specification in Chinese.
    pub specification_zh: String,
    /// Name of the specification in English.
    pub specification_en: String,
    /// Fee in fen.
    pub fee_fen: u32,
    /// What the fee is for.
    pub fee_text: String,
}

/// Who is being served.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PersonHead {
    /// Full name, for the operator.
    pub name: String,
    /// Masked name, as shown at the camera and to the sitter.
    pub masked_name: String,
    /// Class.
    pub class_name: String,
    /// Student number.
    pub student_number: String,
    /// Ticket, may be empty.
    pub ticket: String,
    /// This capture replaces a rejected photo.
    pub retake: bool,
}

/// The guide's six steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceStep {
    /// 身份核验.
    Identity,
    /// 关联学籍.
    Enrolment,
    /// 支付.
    Payment,
    /// 拍照.
    Capture,
    /// 照片标准化.
    Standardise,
    /// 照片上传.
    Upload,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceState {
    /// Not begun.
    ToDo,
    /// On screen now.
    Now,
    /// Proved.
    Done,
    /// Proved by a supervisor's decision.
    Overridden,
    /// Outcome unknown (payment).
    Unknown,
    /// On screen now, with something wrong.
    Bad,
}

/// One cell of the evidence strip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EvidenceCell {
    /// The step.
    pub step: EvidenceStep,
    /// Where it stands.
    pub state: EvidenceState,
    /// Code of what is proved (`evidence.<code>`): `compared`, `typed`, `student_number`, `prepaid`,
    /// `cash`, `order`, `exempt`, `no_fee`, `unknown`, `accepted`, `overridden`, `measured`, `held`.
    pub code: Option<String>,
    /// Arguments of that message: `time` (`10:05`), `number`, `amount` (fen), `count`.
    pub args: BTreeMap<String, String>,
}

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// For information.
    Info,
    /// Needs care.
    Warn,
    /// Needs a hand.
    Fail,
    /// No answer from outside; work goes on.
    Offline,
}

/// What is so and what to do; the words are the UI's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Notice {
    /// How serious.
    pub level: Level,
    /// `refusal.<code>` or `fault.<code>`; each has a message and a remedy in every language.
    pub code: String,
    /// Arguments of the message.
    pub args: BTreeMap<String, String>,
}
