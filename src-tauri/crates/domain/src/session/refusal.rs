//! Why something is refused; each reason has a message that says what to do.

use super::CodeRefusal;
use crate::identity::{NumberFault, ValidityFault};

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
    /// A 采集码, or a person with nothing but one.
    #[error(transparent)]
    Code(#[from] CodeRefusal),
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
    /// Something about the person keeps one confirmation from standing for identity and enrolment.
    #[error("identity and enrolment must be confirmed one after the other")]
    NotListed,
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
    /// No voucher has this number: a character is wrong.
    #[error("a character of the voucher's number is wrong")]
    VoucherNumber,
    /// No voucher of this number was given out for this session.
    #[error("this session knows no voucher of this number")]
    VoucherUnknown,
    /// The voucher is for less than the fee.
    #[error("the voucher is for less than the fee")]
    VoucherSmall,
    /// The voucher paid another fee at this station.
    #[error("the voucher was used at this station")]
    VoucherUsed,
    /// No money came in that could be given back, or it was given back already.
    #[error("nothing is there to give back")]
    NothingToRefund,
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
            Self::Code(refusal) => refusal.code(),
            Self::NumberMissing => "number_missing",
            Self::BirthMissing => "birth_missing",
            Self::Birth => "birth",
            Self::Validity(ValidityFault::Expired(_)) => "document_expired",
            Self::Validity(ValidityFault::NotYet(_)) => "document_not_yet",
            Self::Validity(ValidityFault::Contradiction) => "document_dates",
            Self::OtherNotSeen => "other_not_seen",
            Self::NotThePersonCalled => "not_the_person_called",
            Self::NotListed => "not_listed",
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
            Self::VoucherNumber => "voucher_number",
            Self::VoucherUnknown => "voucher_unknown",
            Self::VoucherSmall => "voucher_small",
            Self::VoucherUsed => "voucher_used",
            Self::NothingToRefund => "nothing_to_refund",
            Self::PaymentFirst => "payment_first",
            Self::NotAcceptable => "not_acceptable",
            Self::TicksOpen => "ticks_open",
            Self::NotOverridable => "not_overridable",
            Self::OverrideTooEarly => "override_too_early",
        }
    }

    /// Every code, so that a test can prove each has a message.
    pub const CODES: [&'static str; 43] = [
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
        "not_listed",
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
        "voucher_number",
        "voucher_unknown",
        "voucher_small",
        "voucher_used",
        "nothing_to_refund",
        "payment_first",
        "not_acceptable",
        "ticks_open",
        "not_overridable",
        "override_too_early",
    ];
}
