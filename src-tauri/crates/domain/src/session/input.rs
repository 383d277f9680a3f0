//! What comes in.

use super::{CardSide, CodeInput, FreshPhoto, SampleId, Standing, SupervisorApproval};
use crate::Personal;
use crate::enrolment::Enrolment;
use crate::exception::ExceptionKind;
use crate::identity::{DocumentFacts, IdentityException, IdentityMethod};
use crate::payment::{Channel, Order, PaymentMethod};
use crate::quality::{Assessment, TickAnswer};
use crate::specification::Ground;

/// Everything that can happen to a session: commands of people and facts from the outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Serve the next person, called from the roster or not.
    Begin {
        /// The person called.
        called: Option<Enrolment>,
    },
    /// The agreement was ticked or un-ticked.
    Consent {
        /// Ticked.
        given: bool,
        /// Name of the guardian for a sitter under 14.
        guardian: Option<Personal<String>>,
    },
    /// One side of the document was photographed.
    CardPhotographed {
        /// The side.
        side: CardSide,
        /// The still.
        sample: SampleId,
    },
    /// Name and number, typed or compared with the document.
    Identity {
        /// The name.
        name: Personal<String>,
        /// The number.
        number: Personal<String>,
        /// What else of the document was typed.
        facts: DocumentFacts,
        /// How.
        method: IdentityMethod,
    },
    /// On a trusted list: document, ticket and roster were compared, and the sitter confirmed.
    ConfirmListed {
        /// Records of the session with the called person's number.
        same_number: Vec<Enrolment>,
        /// What else of the document was typed.
        facts: DocumentFacts,
        /// What the store knows of the enrolment.
        standing: Standing,
    },
    /// A supervisor decides who it is, where the document does not say enough.
    Vouch {
        /// The name.
        name: Personal<String>,
        /// The number; none when there is no document.
        number: Option<Personal<String>>,
        /// What else of the document was typed.
        facts: DocumentFacts,
        /// What is in the way.
        why: IdentityException,
        /// Why it is decided so.
        reason: String,
        /// Id of the enrolment that was looked at beside, for a twin.
        other: Option<String>,
        /// Who.
        approval: SupervisorApproval,
    },
    /// A 采集码 was shown, or the person who has one spoke the name.
    Code(CodeInput),
    /// The look-up answered with every record that may be meant; the rules of
    /// [`crate::enrolment::matching`] say what that comes to.
    Found(Vec<Enrolment>),
    /// The operator searched for another record and found these: offered beside the sitter's own, never taken.
    Offer(Vec<Enrolment>),
    /// One of several records is meant.
    ChooseEnrolment(usize),
    /// Nobody matches: take the person as a walk-in, with this provisional record.
    TakeWalkIn(Enrolment),
    /// The sitter confirmed school, class and number.
    ConfirmEnrolment(Standing),
    /// Another way to pay.
    ChooseMethod(PaymentMethod),
    /// Cash was taken.
    CashTaken {
        /// Amount handed over, in fen.
        tendered_fen: u32,
    },
    /// A supervisor exempts from the fee.
    Exempt {
        /// Why.
        reason: String,
        /// Who.
        approval: SupervisorApproval,
    },
    /// Make the order and show its QR.
    AskOrder {
        /// Number to use when there is no order yet.
        id: String,
        /// Whose code; none for the session's first.
        channel: Option<Channel>,
    },
    /// A voucher is handed in. Whether it was used at this station before is the store's to know.
    Redeem {
        /// Number of the order that it pays.
        id: String,
        /// SHA-256 of the voucher's number, lower-case hex.
        sha256: String,
    },
    /// Give the order up, so that another way to pay opens.
    CloseOrder,
    /// What the central server said of the order.
    OrderAnswered(Order),
    /// Go on although the order's outcome is unknown.
    GoOnUnknown,
    /// Go on with an order that is paid once the network is there again; the photo is held until then.
    PayAtSync {
        /// Number to use when there is no order yet.
        id: String,
    },
    /// The notes were read.
    Ready,
    /// A still was taken.
    StillTaken(SampleId),
    /// Its checks are done.
    StillAssessed {
        /// The still.
        sample: SampleId,
        /// The results.
        assessment: Assessment,
    },
    /// The operator answers one of the still's ticks.
    Answer {
        /// Id of the tick.
        tick: String,
        /// The answer; a second one replaces the first.
        answer: TickAnswer,
    },
    /// A supervisor grants this person a known exception; the still on screen is judged anew.
    GrantException {
        /// What kind.
        kind: ExceptionKind,
        /// Why.
        reason: String,
        /// Who.
        approval: SupervisorApproval,
    },
    /// The still is good: make the photo.
    Accept,
    /// A supervisor lets the still through.
    Override {
        /// Why.
        reason: String,
        /// Who.
        approval: SupervisorApproval,
    },
    /// Take another still.
    Retake,
    /// The photo is made and measured.
    Standardised(FreshPhoto),
    /// The photo could not be made within the specification.
    Departed {
        /// Codes of the departures.
        codes: Vec<String>,
    },
    /// The operator wants the finished photo on another ground.
    ChooseGround(Ground),
    /// The last look: 上传等待审核.
    Confirm,
    /// The packet is durable.
    Stored {
        /// Its id.
        packet: String,
    },
    /// It could not be stored.
    NotStored {
        /// Code of the fault.
        code: String,
    },
    /// Try again to store.
    StoreAgain,
    /// One step back; nothing proved is lost.
    Back,
    /// Leave this person.
    Leave,
    /// Done with this person.
    Next,
}
