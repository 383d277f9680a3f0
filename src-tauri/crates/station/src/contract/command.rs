//! What the operator can ask for. Closed: nothing else reaches the station.

use super::{CashCounted, CodeCommand, ColumnMeaning, TypedDocument, Vouching, WalkInTold};
use domain::camera::{Control, Mode};
use domain::exception::ExceptionKind;
use domain::identity::IdentityMethod;
use domain::line::LineFilter;
use domain::payment::{Channel, PaymentMethod};
use domain::quality::TickAnswer;
use domain::roster::GoneChoice;
use domain::session::CardSide;
use domain::specification::Ground;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A command of the operator.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Sign in.
    SignIn {
        /// Operator id.
        operator: String,
        /// PIN.
        pin: String,
    },
    /// Sign out; refused while a person is being served.
    SignOut,
    /// Choose a session by id.
    ChooseSession {
        /// Its id.
        id: String,
    },
    /// Back to the choice of sessions.
    LeaveSession,
    /// Ask the central server for sessions and rosters again.
    Refresh,
    /// Show a class.
    ShowClass {
        /// Its name.
        name: String,
    },
    /// Search by name, number or ticket; empty ends the search.
    Search {
        /// What was typed.
        text: String,
    },
    /// Make this person the next one.
    SelectNext {
        /// Enrolment id.
        enrolment: String,
    },
    /// Begin with a person of the roster (also for a retake).
    Begin {
        /// Enrolment id.
        enrolment: String,
    },
    /// Begin with somebody who was not called.
    BeginUncalled,
    /// Tick or un-tick the agreement.
    Consent {
        /// Ticked.
        given: bool,
        /// Guardian's name for a sitter under 14; may be empty.
        guardian: String,
    },
    /// Photograph one side of the document with the camera.
    PhotographCard {
        /// The side.
        side: CardSide,
    },
    /// Keep the newest picture of a side: the operator can read it.
    KeepCard {
        /// The side.
        side: CardSide,
    },
    /// Turn the newest picture of a side by 180 degrees.
    TurnCard {
        /// The side.
        side: CardSide,
    },
    /// Verify identity.
    VerifyIdentity {
        /// Name; ignored when compared.
        name: String,
        /// Number; ignored when compared.
        number: String,
        /// How.
        method: IdentityMethod,
    },
    /// One of several records is meant.
    ChooseEnrolment {
        /// Its place in the list, from 0.
        index: u32,
    },
    /// Look for another record by 学号, 考生号, ticket or name, beside what the look-up found; it is only offered.
    FindEnrolment {
        /// What was typed; empty shows again what the look-up found.
        text: String,
    },
    /// Take the person as a walk-in.
    TakeWalkIn(WalkInTold),
    /// The sitter confirmed school, class and number.
    ConfirmEnrolment,
    /// Another way to pay.
    ChooseMethod {
        /// The method.
        method: PaymentMethod,
    },
    /// Cash was taken.
    TakeCash {
        /// Amount handed over, in fen.
        tendered_fen: u32,
    },
    /// Exempt from the fee.
    Exempt {
        /// Why, at least six characters.
        reason: String,
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
    /// Make the order and show its QR, or ask now how it stands.
    AskOrder {
        /// Whose code; none for the session's first.
        channel: Option<Channel>,
    },
    /// Give the order up, so that another way to pay opens.
    CancelOrder,
    /// Go on although the outcome is unknown; the photo will be held.
    GoOnUnknown,
    /// The notes were read: to the camera.
    Ready,
    /// Take the still.
    Shutter,
    /// Turn the automatic shutter on or off.
    AutoShutter {
        /// On.
        on: bool,
    },
    /// Answer one of the still's ticks.
    Tick {
        /// Id of the tick.
        tick: String,
        /// The answer; a second one replaces the first.
        answer: TickAnswer,
    },
    /// A supervisor grants this person a known exception, at the camera or on the review page.
    GrantException {
        /// What kind.
        kind: ExceptionKind,
        /// Why, at least six characters.
        reason: String,
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
    /// The still is good.
    Accept,
    /// A supervisor lets the still through.
    Override {
        /// Why, at least six characters.
        reason: String,
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
    /// Take another still.
    Retake,
    /// Make the finished photo on another ground, where the specification leaves the choice.
    ChooseGround {
        /// The ground.
        ground: Ground,
    },
    /// 上传等待审核.
    Confirm,
    /// Try again to store.
    StoreAgain,
    /// On to the next person.
    Next,
    /// One step back.
    Back,
    /// Leave this person.
    Leave,
    /// Show the upload queue.
    OpenQueue,
    /// Show the list of retakes.
    OpenRetakes,
    /// Show messages and pairs of the same person.
    OpenNews,
    /// Show the page for carrying packets on a stick.
    OpenStick,
    /// Look for sticks again.
    LookForSticks,
    /// Take the acknowledgements that lie on a stick, then write the waiting packets there.
    CarryOnStick {
        /// One of [`StickRow::path`](super::StickRow::path), or another folder.
        path: String,
    },
    /// Ask the central server for the photo of a rejected packet.
    ShowOldPhoto {
        /// Packet id.
        packet: String,
    },
    /// A supervisor takes a packet back; the person is to be captured again without paying.
    Withdraw {
        /// Packet id.
        packet: String,
        /// Why, at least six characters.
        reason: String,
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
    /// A message was read.
    ReadMessage {
        /// Its id.
        id: String,
    },
    /// A supervisor leaves both photos of a pair as they are.
    KeepBoth {
        /// This station's packet.
        packet: String,
        /// Why, at least six characters.
        reason: String,
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
    // Who it is.
    /// What stands typed of a document: the station says what it is and what is wrong. What was typed here beside a
    /// number is taken with it when identity is verified.
    CheckDocument(TypedDocument),
    /// A supervisor decides who it is. Dates are those of the last [`Command::CheckDocument`].
    VouchIdentity(Vouching),
    /// Show records beside the person's own, for a twin.
    FindOther {
        /// Name, number or ticket.
        text: String,
    },
    // Rosters.
    /// Show the page on which a roster file is taken; only while nobody is being served.
    OpenRoster,
    /// Read a roster file.
    ReadRoster {
        /// Where it lies.
        path: String,
    },
    /// Read the same file in another encoding.
    ReadRosterIn {
        /// One of [`RosterEncoding::choices`](super::RosterEncoding::choices).
        encoding: String,
    },
    /// Show the columns of another sheet.
    ShowRosterSheet {
        /// Its place in the list, from 0.
        sheet: u32,
    },
    /// Read the rows of a sheet, or leave it.
    UseRosterSheet {
        /// Its place in the list, from 0.
        sheet: u32,
        /// Its rows are read.
        used: bool,
    },
    /// Read rows that the spreadsheet hides as well.
    UseHiddenRows {
        /// They are read.
        used: bool,
    },
    /// Give a column a meaning, or none.
    AssignColumn(ColumnMeaning),
    /// The columns are right: check all rows.
    CheckRoster,
    /// Back to the columns.
    BackToColumns,
    /// What becomes of those whom the file does not have.
    ChooseGone {
        /// The choice.
        choice: GoneChoice,
    },
    /// Write the bad rows into a file beside the roster.
    SaveRosterProblems,
    /// Take the rows.
    ApplyRoster {
        /// Agreed to leave out the rows that cannot be taken.
        leave_out: bool,
    },
    // Matching and the line.
    /// Show all people of the class, or some.
    FilterLine {
        /// Whom.
        filter: LineFilter,
    },
    /// Begin with who holds this ticket or number, or its last digits; where several may be meant they are shown.
    CallNumber {
        /// What was typed.
        text: String,
    },
    /// Somebody did not come when called; they keep their place and the next is called.
    NotePersonAbsent {
        /// Enrolment id.
        enrolment: String,
    },
    /// On a trusted list: identity and enrolment at once; document, ticket and roster agree and the sitter confirmed.
    ConfirmListed,
    // Money.
    /// Photograph now and pay by an order once the network is there again; the photo will be held.
    PayAtSync,
    /// A held photo's fee, another way.
    SettleHeld {
        /// Enrolment id.
        enrolment: String,
        /// How.
        way: super::HeldWay,
    },
    /// A supervisor has the money of a fee given back.
    Refund(super::RefundOf),
    /// A voucher is handed in.
    RedeemVoucher {
        /// Its number as typed or scanned.
        number: String,
    },

    // The end of the day.
    /// Show what was taken and what is open since the sheet signed last.
    OpenDayEnd,
    /// The drawer was counted.
    CountCash(CashCounted),
    /// A supervisor signs the sheet on screen.
    SignDay {
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
    /// Write the sheet as XLSX and PDF.
    SaveDay,
    /// Write the receipt of an enrolment's newest payment; the second time it is a reprint.
    PrintReceipt {
        /// Enrolment id.
        enrolment: String,
    },
    /// Show the camera's page.
    OpenCamera,
    /// Use another camera, or the training recording.
    ChooseCamera {
        /// One of [`CameraRow::source`](super::CameraRow::source).
        source: String,
    },
    /// Have the camera send another kind of picture.
    ChooseMode {
        /// One of the modes it offers; none leaves the choice to the station.
        mode: Option<Mode>,
    },
    /// Lock a control of the camera.
    SetControl {
        /// Which.
        control: Control,
        /// At this value; none gives it back to the camera.
        value: Option<i32>,
    },
    /// Let the camera measure the face before it, then lock exposure, white balance and focus.
    MeasureAndLock,
    /// Give every control back to the camera.
    UnlockCamera,
    /// How many frames a still is chosen from.
    ChooseBurst {
        /// 1 takes the first one.
        frames: u32,
    },
    /// Close queue, retakes or the camera's page.
    ClosePage,
    /// Try one packet again now.
    RetryPacket {
        /// Packet id.
        packet: String,
    },
    /// Try all again now.
    RetryAll,
    /// Pause or resume sending.
    PauseQueue {
        /// Paused.
        paused: bool,
    },
    /// About 采集码; the words of these commands stand beside the others.
    #[serde(untagged)]
    Code(CodeCommand),
}
