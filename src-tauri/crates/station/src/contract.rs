//! Everything that crosses between the station and its user interface.
//!
//! Up goes one full snapshot, [`StationView`], whenever something changed; down come [`Command`]s.
//! The sitter's own screen gets [`SitterView`] and can say nothing.
//! The user interface keeps no truth of its own. `cargo xtask test` writes these types to
//! `ui/src/lib/station/bindings/` and fails when the committed files differ.

mod camera;
mod card;
mod code;
mod command;
mod day;
mod enrolment;
mod identity;
mod line;
mod money;
mod review;
mod roster;
mod screen;
mod sitter;
mod sync;
mod unsaid;
mod view;

pub use camera::{CameraRow, CameraScreen, FaceLight, Light, Locking};
pub use card::{CardFinding, CardSideView, CardState};
pub use code::{CodeCommand, CodeHolderRow, CodePane, CodeRow, CodeSight};
pub use command::Command;
pub use day::{
    AnsweredRow, CashCounted, CountRow, DayEndScreen, LooseRow, MethodSum, NamedSum, RefundRow, SignedRow,
    UnsentRow,
};
pub use enrolment::{CandidateMatch, EligibilityState, EligibilityView, EnrolmentScreen, WalkInTold};
pub use identity::{DocumentView, TypedDocument, Vouching};
pub use line::{ClassRow, LineCounts};
pub use money::{HeldWay, MethodRow, OrderRow, Owed, PaymentScreen, RefundOf};
pub use review::{Region, ReviewScreen, TickRow};
pub use roster::{
    ColumnMeaning, LastImport, RosterBecomes, RosterChecked, RosterColumn, RosterColumns, RosterDifference,
    RosterEncoding, RosterPlace, RosterScreen, RosterSheet, RosterStage,
};
pub use screen::{
    CaptureScreen, HomeScreen, IdentityScreen, LastLookScreen, MeasuredRow, PersonRow, QueueRow,
    RosterProblem, Screen,
};
pub use sitter::{HeadOutline, SitterCamera, SitterHead, SitterScreen, SitterView};
pub use sync::{
    MessageRow, NewsScreen, OldPhoto, OldPhotoState, StickOutcome, StickRow, StickScreen, TwinRow,
    WithdrawnRow,
};
pub use view::{
    EvidenceCell, EvidenceState, EvidenceStep, Level, Notice, PersonHead, QueueSummary, SetupHead,
    StationView,
};
