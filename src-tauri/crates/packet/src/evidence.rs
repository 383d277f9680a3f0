//! What a manifest proves of identity, enrolment, payment and consent.
//!
//! These are the words of the wire, versioned with the manifest: a change of the session's own types
//! must not silently change what the server reads.

use domain::Personal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// [`IdentityEvidence::document`] where nobody saw a document.
pub const NO_DOCUMENT: &str = "none";

/// Who the sitter is, and how that was established.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityEvidence {
    /// Name as on the document.
    pub name: Personal<String>,
    /// Kind of document: `resident_id`, `residence_permit`, `travel_permit`, `taiwan_permit`, `foreigner_card_2017`,
    /// `foreigner_card_2023`, `passport`, `foreign_id`, or `none` where nobody saw one.
    pub document: String,
    /// Number of the document; for `resident_id` 18 characters that pass GB 11643, empty for `none`.
    pub number: Personal<String>,
    /// How it was read, e.g. `typed`.
    pub method: String,
    /// True when both sides of the card were photographed and travel in this packet.
    pub card_photographed: bool,
    /// Last day on which the document is valid, `YYYY-MM-DD`; none where it was not read or has no end.
    pub valid_until: Option<String>,
    /// What a supervisor decided, where the document did not say enough.
    pub exception: Option<IdentityDecision>,
}

/// A supervisor decided who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityDecision {
    /// `no_document`, `name_changed`, `twin`, `disability` or `expired`.
    pub why: String,
    /// In the supervisor's words.
    pub reason: Personal<String>,
    /// Who.
    pub supervisor_id: String,
}

/// Where the enrolment came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentSource {
    /// Found on the session's roster.
    Roster,
    /// Entered at the booth.
    WalkIn,
    /// Known by its 采集码 alone.
    Code,
}

/// Which enrolment of which school the photo is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentEvidence {
    /// Id of the enrolment: the roster's, or the one the station gave a walk-in.
    pub id: String,
    /// Where the enrolment came from.
    pub source: EnrolmentSource,
    /// Name of the school.
    pub school: String,
    /// Class, empty when the walk-in named none.
    pub class: String,
    /// Student number, empty when the walk-in named none.
    pub student_number: Personal<String>,
    /// Candidate number of the entrance examination (考生号), empty where it is not known.
    pub exam_number: Personal<String>,
    /// The 采集码 as it was read, whole and not interpreted; none where none was shown.
    pub code: Option<Personal<String>>,
    /// True when the school still has to confirm it.
    pub provisional: bool,
}

/// How the fee was settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum PaymentMethod {
    /// Taken at the booth.
    Cash {
        /// Operator who took it.
        received_by: String,
    },
    /// Paid before, as the roster says.
    Prepaid {},
    /// Not due.
    Exempt {
        /// Why, in a code or words.
        reason: String,
        /// Supervisor who allowed it.
        supervisor_id: String,
    },
    /// A voucher was handed in.
    Voucher {
        /// SHA-256 of its number, lower-case hex.
        number_sha256: String,
    },
    /// An order on the central server that was confirmed as paid.
    Order {
        /// Id of the order.
        order_id: String,
    },
    /// Settled with the first capture, of which this is the retake.
    FirstCapture {
        /// Packet of the first capture.
        packet_id: Uuid,
    },
}

/// The fee and how it was settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentEvidence {
    /// Amount in fen (1/100 yuan), 0 when nothing was due.
    pub amount_fen: u32,
    /// How it was settled.
    pub settled: PaymentMethod,
    /// True while the outcome of the payment is unknown; such a photo is never sealed.
    pub held: bool,
}

/// What the sitter, or the guardian, agreed to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentEvidence {
    /// Version of the agreement's text.
    pub text_version: String,
    /// SHA-256 of the text shown, hexadecimal.
    pub text_sha256: String,
    /// When it was ticked.
    pub at: Timestamp,
    /// Operator who was there.
    pub operator_id: String,
    /// True when the sitter was under 14 on that day (PIPL art. 28 and 31).
    pub under_14: bool,
    /// Name of the guardian who agreed; required under 14.
    pub guardian: Option<Personal<String>>,
}

/// A supervisor accepted a photo that a check would have stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupervisorOverride {
    /// Ids of the checks that were overridden.
    pub checks: Vec<String>,
    /// Why.
    pub reason: String,
    /// Who.
    pub supervisor_id: String,
}
