//! One variant for each page, with just the data it shows.

use super::{CardSideView, ClassRow, OrderRow, Owed, PaymentScreen};
use domain::Moment;
use domain::consent::Agreement;
use domain::enrolment::EnrolmentState;
use domain::exception::ExceptionKind;
use domain::geometry::Rect;
use domain::identity::IdentityMethod;
use domain::line::LineFilter;
use domain::operator::Operator;
use domain::payment::{PaymentMethod, RefundState};
use domain::quality::CheckResult;
use domain::queue::{QueueState, ReviewState};
use domain::specification::PhotoSpecification;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The page on screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Screen {
    /// Something without which nothing works is missing (models, store, set-up). The notice says what.
    Broken,
    /// Models load, the store opens.
    Starting,
    /// Choose an operator and give the PIN.
    SignIn {
        /// Who can sign in.
        operators: Vec<Operator>,
        /// Too many wrong PINs: not before this time.
        locked_until: Option<Moment>,
    },
    /// Choose the session.
    ChooseSession {
        /// What can be chosen.
        sessions: Vec<super::SetupHead>,
    },
    /// The roster by class, the next person.
    Home(HomeScreen),
    /// Agreement and identity.
    Identity(IdentityScreen),
    /// Candidates and confirmation.
    Enrolment(super::EnrolmentScreen),
    /// The fee.
    Payment(PaymentScreen),
    /// The seven photo notes.
    Notes,
    /// The live picture.
    Capture(CaptureScreen),
    /// The still with its checks.
    Review(super::ReviewScreen),
    /// The photo is being made.
    Standardising,
    /// The finished photo, the name, the numbers.
    LastLook(LastLookScreen),
    /// Sealing and storing; with a fault, what to do.
    Submitting {
        /// Code of the fault that stopped it (`fault.<code>`).
        fault: Option<String>,
    },
    /// Durable.
    Done {
        /// Packet id.
        packet: String,
        /// Held until the payment's outcome is known.
        held: bool,
        /// Where the packet stands now.
        state: QueueState,
        /// The enrolment, when money came in for it and a receipt can be made.
        receipt: Option<String>,
        /// The next person on the list, if any.
        next: Option<PersonRow>,
    },
    /// The upload queue (F8).
    Queue {
        /// Newest first, trouble on top; at most 200.
        rows: Vec<QueueRow>,
    },
    /// Rejected photos to take again.
    Retakes {
        /// Newest first.
        rows: Vec<QueueRow>,
        /// The photo of one of them, once it was asked for.
        photo: Option<super::OldPhoto>,
    },
    /// Waiting packets on their way by hand.
    Stick(super::StickScreen),
    /// Messages of the central server, and pairs of the same person.
    News(super::NewsScreen),
    // Rosters.
    /// A roster file on its way into the session.
    Roster(super::RosterScreen),

    // The end of the day.
    /// What was taken and what is open.
    DayEnd(super::DayEndScreen),
    /// Choosing, setting up and testing the camera.
    Camera(super::CameraScreen),
}

/// The roster by class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HomeScreen {
    /// Classes of the session.
    pub classes: Vec<ClassRow>,
    /// The class shown; empty while a search is shown.
    pub class_name: String,
    /// What was searched for; empty when a class is shown.
    pub search: String,
    /// Whom of the class the list shows.
    pub filter: LineFilter,
    /// The people of the class by filter.
    pub counts: super::LineCounts,
    /// The people of the session by filter.
    pub session: super::LineCounts,
    /// People of that class whom the filter shows, or found by that search; at most 200, those around the next one.
    pub people: Vec<PersonRow>,
    /// Who is next; while a search is shown the one it is about.
    pub next: Option<PersonRow>,
    /// The operator chose who is next.
    pub picked: bool,
    /// Who comes after the next one; at most three.
    pub following: Vec<PersonRow>,
    /// This session takes walk-ins.
    pub walk_ins: bool,
    /// Rows of the roster that were not taken when it last came; at most 200.
    pub roster_problems: Vec<RosterProblem>,
    /// How many there are, also beyond those listed.
    pub roster_problems_total: u32,
    /// Codes shown today, the newest first, at most 200, where there is no roster; else none.
    pub codes: Option<Vec<super::CodeRow>>,
}

/// A row of the roster that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterProblem {
    /// The row as the roster counts, from 1; 0 when that is not known.
    pub row: u32,
    /// What is wrong (`roster.<code>`).
    pub code: String,
}

/// One person on a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PersonRow {
    /// Enrolment id.
    pub enrolment: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// School.
    pub school: String,
    /// Student number.
    pub student_number: String,
    /// 考生号, may be empty.
    pub exam_number: String,
    /// Ticket, may be empty.
    pub ticket: String,
    /// Paid beforehand.
    pub prepaid: bool,
    /// Where it stands.
    pub state: EnrolmentState,
    /// Where its newest packet stands.
    pub packet: Option<QueueState>,
    /// Why not eligible.
    pub not_eligible: Option<String>,
    /// Walk-in.
    pub provisional: bool,
    /// Did not come when called.
    pub absent: bool,
}

/// Agreement and identity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct IdentityScreen {
    /// The agreement with its full text.
    pub agreement: Agreement,
    /// Ticked.
    pub consent: bool,
    /// The person called from the roster: name and number to compare with the document.
    pub called_name: Option<String>,
    /// The called person's number; `None` when the roster has none.
    pub called_number: Option<String>,
    /// The method that fits: compared when name and number are on the roster, else typed.
    pub method: IdentityMethod,
    /// Document, ticket and roster are held against each other on this page, and one confirmation stands for identity
    /// and enrolment.
    pub listed: bool,
    /// The person is under 14 by what is known: a guardian's name is needed.
    pub guardian_needed: bool,
    /// The session asks for both sides of the document.
    pub card_wanted: bool,
    /// Both sides of the document, the front first.
    pub card: Vec<CardSideView>,
    /// What the station makes of what stands typed, or of the called person's number.
    pub document: super::DocumentView,
    /// Records found beside the person's own, for a twin; at most 20.
    pub others: Vec<PersonRow>,
    /// The 采集码, where it is the enrolment.
    pub code: Option<super::CodePane>,
    /// A document number that a scanner typed, for the field.
    pub scanned_number: Option<String>,
}

/// The live picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CaptureScreen {
    /// Width of the camera's picture in pixels.
    pub frame_width: u32,
    /// Height of the camera's picture in pixels.
    pub frame_height: u32,
    /// The guide in the camera's picture (not mirrored): the exact crop at the specification's ratio.
    pub guide: Rect,
    /// The specification whose bands are drawn.
    pub specification: PhotoSpecification,
    /// Checks in their fixed order.
    pub results: Vec<CheckResult>,
    /// The one instruction (`instruction.<code>`); `good` when all gating checks hold.
    pub instruction: Option<String>,
    /// All gating checks hold.
    pub good: bool,
    /// The automatic shutter is on.
    pub auto_shutter: bool,
    /// 3, 2, 1 while counting down.
    pub countdown: Option<u32>,
    /// Attempt number from 1.
    pub attempt: u32,
    /// The camera plays a recording: what is taken is never sent.
    pub training: bool,
    /// Live checks a second.
    pub checks_per_s: f32,
    /// The person's known exceptions; what they ease only advises.
    pub exceptions: Vec<ExceptionKind>,
    /// The 采集码, where the session asks for one.
    pub code: Option<super::CodePane>,
}

/// The finished photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LastLookScreen {
    /// Id of the still; photo at `frame://localhost/photo/<id>`, crop of the still at
    /// `frame://localhost/crop/<id>`.
    pub sample: u32,
    /// Full name, school, class, number for the last look.
    pub person: PersonRow,
    /// Numbers measured on the decoded file.
    pub measured: Vec<MeasuredRow>,
    /// Ids of checks a supervisor let through.
    pub overridden: Vec<String>,
    /// Who let them through.
    pub supervisor: Option<String>,
    /// The photo will be held: the payment's outcome is not known.
    pub held: bool,
    /// Width of the photo, pixels.
    pub width_px: u32,
    /// Height of the photo, pixels.
    pub height_px: u32,
    /// The background of the photo is the sample's own.
    pub untouched: bool,
    /// The operator may choose between the sample's own background and the specification's.
    pub ground_choice: bool,
}

/// One measured number of the finished file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MeasuredRow {
    /// Id (`measured.<id>`): `pixels`, `density`, `bytes`, `crown`, `eyes`, `face_width`, `centre`,
    /// `background`, `background_even`.
    pub id: String,
    /// The value as shown.
    pub value: String,
    /// What is asked for, as shown.
    pub wanted: String,
    /// The value as a number, for the gauge.
    pub number: Option<f32>,
    /// Lower end of the accepted range.
    pub min: Option<f32>,
    /// Upper end of the accepted range.
    pub max: Option<f32>,
    /// Inside.
    pub ok: bool,
}

/// One packet on the queue or retake page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QueueRow {
    /// Packet id.
    pub packet: String,
    /// Enrolment id.
    pub enrolment: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Student number.
    pub student_number: String,
    /// Where it stands.
    pub state: QueueState,
    /// The newest order of a held packet, with its QR while it can be paid.
    pub order: Option<OrderRow>,
    /// Other ways to pay that are open for a held packet, because its order is closed.
    pub ways: Vec<PaymentMethod>,
    /// What a refund would give back; none when no money is there to give back.
    pub owed: Option<Owed>,
    /// How the newest refund of this person's fee stands.
    pub refund: Option<RefundState>,
    /// When it was stored.
    pub stored_at: Moment,
    /// Attempts so far.
    pub attempts: u32,
    /// Next attempt.
    pub next_attempt_at: Option<Moment>,
    /// Code of the last fault (`fault.<code>`).
    pub fault: Option<String>,
    /// When it happened.
    pub failed_at: Option<Moment>,
    /// Bytes the server confirmed.
    #[ts(type = "number")]
    pub confirmed_bytes: u64,
    /// Size of the packet in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// When the acknowledgement was verified.
    pub acknowledged_at: Option<Moment>,
    /// When it was last written on a stick; only an acknowledgement says that it arrived.
    pub exported_at: Option<Moment>,
    /// It replaces a rejected photo, and goes first.
    pub retake: bool,
    /// A supervisor may take it back.
    pub withdrawable: bool,
    /// Who took it back and why.
    pub withdrawn: Option<super::WithdrawnRow>,
    /// The reviewers' verdict.
    pub review: Option<ReviewState>,
    /// Codes of the reasons (`reason.review.<code>`).
    pub reasons: Vec<String>,
    /// The reviewer's own words; plain text.
    pub text: String,
}
