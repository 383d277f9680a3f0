//! Evidence: values that only the session rules can make.

use crate::code::CaptureCode;
use crate::consent::Consent;
use crate::enrolment::Enrolment;
use crate::exception::KnownException;
use crate::identity::VerifiedIdentity;
use crate::moment::Moment;
use crate::operator::{Operator, Role};
use crate::payment::{FeeEvidence, SettledFee};
use crate::quality::Assessment;
use crate::setup::{CodeUse, SessionSetup};
use serde::{Deserialize, Serialize};

/// Names a still kept in memory by the station; never reused in one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
pub struct SampleId(pub u32);

/// A side of the identity document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CardSide {
    /// The side with the portrait.
    Front,
    /// The side with issuer and validity.
    Back,
}

/// A supervisor's decision, made with the PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupervisorApproval {
    supervisor: String,
    at: Moment,
}

impl SupervisorApproval {
    /// `None` unless the operator is a supervisor. Call it only after the PIN was checked.
    pub fn after_pin(operator: &Operator, at: Moment) -> Option<Self> {
        (operator.role == Role::Supervisor).then(|| Self {
            supervisor: operator.id.clone(),
            at,
        })
    }

    /// Id of the supervisor.
    pub fn supervisor(&self) -> &str {
        &self.supervisor
    }

    /// When.
    pub const fn at(&self) -> Moment {
        self.at
    }
}

/// An enrolment the sitter confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchedEnrolment {
    record: Enrolment,
    retake_of: Option<String>,
    confirmed_at: Moment,
    exceptions: Vec<KnownException>,
}

impl MatchedEnrolment {
    pub(super) const fn new(
        record: Enrolment,
        retake_of: Option<String>,
        confirmed_at: Moment,
        exceptions: Vec<KnownException>,
    ) -> Self {
        Self {
            record,
            retake_of,
            confirmed_at,
            exceptions,
        }
    }

    /// The record.
    pub const fn record(&self) -> &Enrolment {
        &self.record
    }

    /// The rejected packet this capture replaces.
    pub fn retake_of(&self) -> Option<&str> {
        self.retake_of.as_deref()
    }

    /// When the sitter confirmed it.
    pub const fn confirmed_at(&self) -> Moment {
        self.confirmed_at
    }
}

/// Everything proved before the camera.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile {
    consent: Consent,
    identity: VerifiedIdentity,
    card: [Option<SampleId>; 2],
    enrolment: MatchedEnrolment,
    fee: FeeEvidence,
    code: Option<CaptureCode>,
}

impl CaseFile {
    pub(super) fn new(known: super::Identified, enrolment: MatchedEnrolment, fee: FeeEvidence) -> Self {
        Self {
            consent: known.consent,
            identity: known.identity,
            card: known.card,
            enrolment,
            fee,
            code: known.code,
        }
    }

    /// The code was shown at the camera.
    pub(super) fn bind(&mut self, code: CaptureCode) {
        self.code = Some(code);
    }

    /// The code shown first was not this person's.
    pub(super) fn unbind(&mut self) {
        self.code = None;
        self.enrolment.record.code = None;
    }

    /// The 采集码 bound to this capture.
    pub const fn code(&self) -> Option<&CaptureCode> {
        self.code.as_ref()
    }

    /// True while no picture may be taken because the code was not shown.
    pub fn waits_for_code(&self, setup: &SessionSetup) -> bool {
        setup.code != CodeUse::Off && self.code.is_none()
    }

    /// A payment whose outcome became known while the sitter was at the camera.
    pub(super) fn settle(&mut self, fee: SettledFee) {
        self.fee = FeeEvidence::Settled(fee);
    }

    /// The consent.
    pub const fn consent(&self) -> &Consent {
        &self.consent
    }

    /// The verified identity.
    pub const fn identity(&self) -> &VerifiedIdentity {
        &self.identity
    }

    /// Samples of the document's sides, front then back.
    pub const fn card(&self) -> [Option<SampleId>; 2] {
        self.card
    }

    /// The matched enrolment.
    pub const fn enrolment(&self) -> &MatchedEnrolment {
        &self.enrolment
    }

    /// A supervisor granted a known exception; the same kind once more replaces the first.
    pub(super) fn grant(&mut self, exception: KnownException) {
        let known = &mut self.enrolment.exceptions;
        known.retain(|other| other.kind != exception.kind);
        known.push(exception);
    }

    /// The person's known exceptions, those granted at this desk included.
    pub fn exceptions(&self) -> &[KnownException] {
        &self.enrolment.exceptions
    }

    /// Where the fee stands.
    pub const fn fee(&self) -> &FeeEvidence {
        &self.fee
    }
}

/// A supervisor let a still through although gating checks failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Ids of the rules let through: those that stopped, and those of ticks answered "does not fit".
    pub checks: Vec<String>,
    /// Why, in the supervisor's words; at least six characters.
    pub reason: String,
    /// Who and when.
    pub approval: SupervisorApproval,
}

/// A still that meets the policy or was let through.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptedSample {
    sample: SampleId,
    assessment: Assessment,
    waived: Option<Override>,
}

impl AcceptedSample {
    pub(super) const fn new(sample: SampleId, assessment: Assessment, waived: Option<Override>) -> Self {
        Self {
            sample,
            assessment,
            waived,
        }
    }

    /// What was found on the still, with the operator's answers as they stood when it was accepted.
    pub const fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// The still.
    pub const fn sample(&self) -> SampleId {
        self.sample
    }

    /// The override, if there was one.
    pub const fn waived(&self) -> Option<&Override> {
        self.waived.as_ref()
    }
}

/// A finished photo whose measured numbers all lie in the specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreshPhoto {
    /// The still it was made from.
    pub sample: SampleId,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// Size of the file in bytes.
    pub size: u32,
}

/// The order to seal and store one capture. Only the last look makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct PacketOrder {
    file: CaseFile,
    accepted: AcceptedSample,
    photo: FreshPhoto,
    attempt: u32,
    operator: String,
    confirmed_at: Moment,
}

impl PacketOrder {
    pub(super) const fn new(
        file: CaseFile,
        accepted: AcceptedSample,
        photo: FreshPhoto,
        attempt: u32,
        operator: String,
        confirmed_at: Moment,
    ) -> Self {
        Self {
            file,
            accepted,
            photo,
            attempt,
            operator,
            confirmed_at,
        }
    }

    /// Everything proved before the camera.
    pub const fn file(&self) -> &CaseFile {
        &self.file
    }

    /// The accepted still.
    pub const fn accepted(&self) -> &AcceptedSample {
        &self.accepted
    }

    /// The finished photo.
    pub const fn photo(&self) -> &FreshPhoto {
        &self.photo
    }

    /// Number of the attempt that was accepted, from 1.
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Operator who pressed 上传等待审核 with the sitter.
    pub fn operator(&self) -> &str {
        &self.operator
    }

    /// When.
    pub const fn confirmed_at(&self) -> Moment {
        self.confirmed_at
    }

    /// True when the packet must not be queued before the payment's outcome is known.
    pub const fn held(&self) -> bool {
        matches!(self.file.fee, FeeEvidence::Unknown { .. })
    }
}
