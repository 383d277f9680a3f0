//! What comes in, what goes out, and why something is refused.

use super::{CardSide, FreshPhoto, PacketOrder, SampleId, SupervisorApproval};
use crate::Personal;
use crate::audit::AuditEvent;
use crate::eligibility::Eligibility;
use crate::enrolment::Enrolment;
use crate::enrolment::matching::Sought;
use crate::exception::{ExceptionKind, KnownException};
use crate::identity::{DocumentFacts, IdentityException, IdentityMethod, NumberFault, ValidityFault};
use crate::payment::{Order, PaymentMethod, SettledFee};
use crate::quality::{Assessment, TickAnswer};
use crate::specification::Ground;

/// What the store knows of an enrolment when the sitter confirms it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The fee, when it was settled at an earlier capture: it belongs to the enrolment for ever.
    pub settled: Option<SettledFee>,
    /// The rejected packet a new capture replaces.
    pub retake_of: Option<String>,
    /// An order written down earlier; taken up again instead of making a second one.
    pub order: Option<Order>,
    /// Known exceptions granted to this person earlier.
    pub exceptions: Vec<KnownException>,
    /// What the central server said of the person, as far as it was asked and answered.
    pub eligibility: Option<Eligibility>,
}

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
    },
    /// Give the order up, so that another way to pay opens.
    CloseOrder,
    /// What the central server said of the order.
    OrderAnswered(Order),
    /// Go on although the order's outcome is unknown.
    GoOnUnknown,
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

/// What the station has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Look the person up in the session's roster.
    LookUp(Sought),
    /// Keep a provisional enrolment.
    KeepProvisional(Enrolment),
    /// Write the order down, then ask the central server for it.
    PlaceOrder(Order),
    /// Ask the central server to close the order; its answer may be that it was paid.
    CloseOrder(Order),
    /// The fee is settled: write it down with the enrolment, and the audit line with it.
    KeepSettledFee {
        /// Id of the enrolment.
        enrolment: String,
        /// The evidence.
        fee: SettledFee,
        /// The line of the audit trail.
        audit: AuditEvent,
    },
    /// Run the checks on a still, under what the person's known exceptions ease.
    Assess(SampleId),
    /// A known exception was granted: write it down with the person, and the audit line with it.
    KeepException {
        /// Id of the enrolment.
        enrolment: String,
        /// The exception.
        exception: KnownException,
        /// The line of the audit trail; names the kind, not the reason.
        audit: AuditEvent,
    },
    /// Make the photo.
    Standardise(SampleId, Ground),
    /// Seal and store the packet.
    Store(Box<PacketOrder>),
    /// Forget every still of this session.
    Discard,
    /// Write a line of the audit trail.
    Audit(AuditEvent),
}

/// Why an input changes nothing. Each has a message that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The input does not fit the state.
    #[error("not possible at this step")]
    NotNow,
    /// A stale fact; dropped without a word to the operator.
    #[error("a late answer to something given up")]
    Stale,
    /// Consent is missing.
    #[error("the agreement was not ticked")]
    ConsentMissing,
    /// The sitter is under 14 and no guardian is named.
    #[error("a sitter under 14 needs a guardian's consent")]
    GuardianMissing,
    /// A side of the document was not photographed.
    #[error("both sides of the document must be photographed")]
    CardMissing,
    /// The name cannot be one.
    #[error("the name is empty or cannot be a name")]
    Name,
    /// The number is not valid.
    #[error(transparent)]
    Number(#[from] NumberFault),
    /// No number was given.
    #[error("a number is needed, or a supervisor's decision")]
    NumberMissing,
    /// The document carries no birth date and none was typed.
    #[error("the birth date must be typed")]
    BirthMissing,
    /// The birth date typed cannot be right.
    #[error("the birth date is impossible or not that of the number")]
    Birth,
    /// The document's dates stop the desk.
    #[error(transparent)]
    Validity(#[from] ValidityFault),
    /// A twin's record was not looked at.
    #[error("the other record must be looked at first")]
    OtherNotSeen,
    /// Identity differs from the person called.
    #[error("the document is not that of the person called")]
    NotThePersonCalled,
    /// Neither number nor name of the record chosen are the sitter's.
    #[error("the record is another person's")]
    AnotherPerson,
    /// This session takes nobody who is not on the roster.
    #[error("this session takes only people on the roster")]
    WalkInClosed,
    /// Several records: one must be chosen first.
    #[error("an enrolment must be chosen first")]
    ChooseFirst,
    /// The roster says the student may not be photographed.
    #[error("the student is not eligible")]
    NotEligible,
    /// A photo is stored or waits for review; changes go through customer service.
    #[error("a photo is already there")]
    AlreadyCaptured,
    /// Approved: no change any more.
    #[error("the photo was approved and is locked")]
    Locked,
    /// The session does not offer this way to pay.
    #[error("this session does not offer this way to pay")]
    MethodClosed,
    /// Less cash than the fee.
    #[error("less was handed over than is due")]
    TooLittle,
    /// A reason is missing or shorter than six characters.
    #[error("a reason of at least six characters is needed")]
    ReasonMissing,
    /// An unsettled order stands in the way of another method.
    #[error("the order must be closed or answered first")]
    OrderOpen,
    /// The order does not belong here: other number, enrolment or amount.
    #[error("the answer is about another order")]
    OtherOrder,
    /// Policy does not let capture go on with an unknown payment.
    #[error("the payment must be known before the photo")]
    PaymentFirst,
    /// Checks fail and were not let through.
    #[error("the photo does not meet the rules")]
    NotAcceptable,
    /// A question about the still is not answered yet.
    #[error("every tick must be answered first")]
    TicksOpen,
    /// The rule that fails is one nobody can override.
    #[error("geometry cannot be overridden")]
    NotOverridable,
    /// Too few attempts for an override.
    #[error("an override is possible after more attempts")]
    OverrideTooEarly,
}

impl Refusal {
    /// The code under which the UI has the message: `refusal.<code>`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotNow => "not_now",
            Self::Stale => "stale",
            Self::ConsentMissing => "consent_missing",
            Self::GuardianMissing => "guardian_missing",
            Self::CardMissing => "card_missing",
            Self::Name => "name",
            Self::Number(fault) => fault.code(),
            Self::NumberMissing => "number_missing",
            Self::BirthMissing => "birth_missing",
            Self::Birth => "birth",
            Self::Validity(ValidityFault::Expired(_)) => "document_expired",
            Self::Validity(ValidityFault::NotYet(_)) => "document_not_yet",
            Self::Validity(ValidityFault::Contradiction) => "document_dates",
            Self::OtherNotSeen => "other_not_seen",
            Self::NotThePersonCalled => "not_the_person_called",
            Self::AnotherPerson => "another_person",
            Self::WalkInClosed => "walk_in_closed",
            Self::ChooseFirst => "choose_first",
            Self::NotEligible => "not_eligible",
            Self::AlreadyCaptured => "already_captured",
            Self::Locked => "locked",
            Self::MethodClosed => "method_closed",
            Self::TooLittle => "too_little",
            Self::ReasonMissing => "reason_missing",
            Self::OrderOpen => "order_open",
            Self::OtherOrder => "other_order",
            Self::PaymentFirst => "payment_first",
            Self::NotAcceptable => "not_acceptable",
            Self::TicksOpen => "ticks_open",
            Self::NotOverridable => "not_overridable",
            Self::OverrideTooEarly => "override_too_early",
        }
    }

    /// Every code, so that a test can prove each has a message.
    pub const CODES: [&'static str; 37] = [
        "not_now",
        "stale",
        "consent_missing",
        "guardian_missing",
        "card_missing",
        "name",
        "number_length",
        "number_character",
        "number_area",
        "number_birth_date",
        "number_birth_range",
        "number_check",
        "number_expiry_date",
        "number_missing",
        "birth_missing",
        "birth",
        "document_expired",
        "document_not_yet",
        "document_dates",
        "other_not_seen",
        "not_the_person_called",
        "another_person",
        "walk_in_closed",
        "choose_first",
        "not_eligible",
        "already_captured",
        "locked",
        "method_closed",
        "too_little",
        "reason_missing",
        "order_open",
        "other_order",
        "payment_first",
        "not_acceptable",
        "ticks_open",
        "not_overridable",
        "override_too_early",
    ];
}
