//! The rules of one sitter's session, as a pure state machine.
//!
//! `step(state, input, rules)` either gives the next state with the effects to run, or refuses and
//! changes nothing. States own their evidence: a packet order can only be made from a state that holds
//! consent, verified identity, matched enrolment, a settled or (by policy) unknown fee, an accepted
//! sample and a standard photo, and only by the last look.

mod code;
mod effect;
mod evidence;
mod input;
mod refusal;
mod standing;
mod step;

pub use code::{CodeInput, CodeRefusal};
pub use effect::Effect;
pub use evidence::{
    AcceptedSample, CardSide, CaseFile, FreshPhoto, MatchedEnrolment, Override, PacketOrder, SampleId,
    SupervisorApproval,
};
pub use input::Input;
pub use refusal::Refusal;
pub use standing::Standing;
pub(crate) use step::checked_reason;
pub use step::{GUARDIAN_AGE, Rules, Transition, step, trusted};

use crate::code::CaptureCode;
use crate::consent::Consent;
use crate::enrolment::Enrolment;
use crate::enrolment::matching::Sought;
use crate::identity::{IdentityException, VerifiedIdentity};
use crate::payment::{Order, PaymentMethod};
use crate::quality::Assessment;

/// What a state before the camera already knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Identified {
    /// Consent given before identity was stored.
    pub consent: Consent,
    /// The verified identity.
    pub identity: VerifiedIdentity,
    /// Samples of the document's sides, front then back, as far as photographed.
    pub card: [Option<SampleId>; 2],
    /// The 采集码 by which the person is known, where there is no roster.
    pub code: Option<CaptureCode>,
}

impl Identified {
    /// What a record is held against.
    pub fn sought(&self) -> Sought {
        Sought {
            name: self.identity.name().clone(),
            number: self.identity.number().cloned().unwrap_or_default(),
            renamed: self.identity.eased(IdentityException::eases_name),
            code: self.code.as_ref().map(|code| code.id().as_str().to_owned()),
            ..Sought::default()
        }
    }
}

/// Where a sitter's session stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum State {
    /// Nobody is being served.
    #[default]
    Idle,
    /// The agreement is shown, then identity is verified.
    Identifying {
        /// The person called from the roster, if any.
        called: Option<Enrolment>,
        /// Consent, once ticked.
        consent: Option<Consent>,
        /// Samples of the document's sides.
        card: [Option<SampleId>; 2],
        /// The 采集码 shown, where it is the enrolment.
        code: Option<CaptureCode>,
    },
    /// The enrolment is looked up, chosen and confirmed by the sitter.
    Matching {
        /// Consent and identity.
        known: Identified,
        /// Records that may be meant; empty while the look-up runs and when nothing was found.
        candidates: Vec<Enrolment>,
        /// The one shown for confirmation.
        chosen: Option<usize>,
        /// True once the look-up answered.
        answered: bool,
    },
    /// The fee is being settled.
    Paying {
        /// Consent and identity.
        known: Identified,
        /// The confirmed enrolment.
        enrolment: MatchedEnrolment,
        /// The method on screen.
        method: PaymentMethod,
        /// The order, once written down.
        order: Option<Order>,
    },
    /// The seven photo notes are on screen.
    Preparing {
        /// All evidence so far.
        file: CaseFile,
    },
    /// The live picture is on screen.
    Capturing {
        /// All evidence so far.
        file: CaseFile,
        /// Number of this attempt, from 1.
        attempt: u32,
    },
    /// A still was taken and is shown with its checks.
    Reviewing {
        /// All evidence so far.
        file: CaseFile,
        /// The still.
        sample: SampleId,
        /// Its checks; `None` while they run.
        assessment: Option<Assessment>,
        /// Number of this attempt, from 1.
        attempt: u32,
    },
    /// The photo is being made.
    Standardising {
        /// All evidence so far.
        file: CaseFile,
        /// The accepted still.
        accepted: AcceptedSample,
        /// The photo that stands if this one cannot be made: only its background is being changed.
        before: Option<FreshPhoto>,
        /// Number of this attempt, from 1.
        attempt: u32,
    },
    /// The finished photo and the name are shown; sitter and operator decide.
    LastLook {
        /// All evidence so far.
        file: CaseFile,
        /// The accepted still.
        accepted: AcceptedSample,
        /// The finished photo.
        photo: FreshPhoto,
        /// Number of this attempt, from 1.
        attempt: u32,
    },
    /// The packet is being sealed and made durable.
    Submitting {
        /// The order, kept for a repeat.
        order: Box<PacketOrder>,
        /// Code of the fault that stopped storing, if it did.
        fault: Option<String>,
    },
    /// The packet is durable.
    Done {
        /// Its id.
        packet: String,
        /// The enrolment it belongs to.
        enrolment: Enrolment,
        /// True when it is held until the payment's outcome is known.
        held: bool,
    },
}

impl State {
    /// The enrolment this session is about, as far as known.
    pub fn enrolment(&self) -> Option<&Enrolment> {
        match self {
            Self::Idle => None,
            Self::Identifying { called, .. } => called.as_ref(),
            Self::Matching {
                candidates, chosen, ..
            } => chosen.and_then(|i| candidates.get(i)),
            Self::Paying { enrolment, .. } => Some(enrolment.record()),
            Self::Submitting { order, .. } => Some(order.file().enrolment().record()),
            Self::Done { enrolment, .. } => Some(enrolment),
            _ => self.file().map(|file| file.enrolment().record()),
        }
    }

    /// The evidence collected before the camera.
    pub const fn file(&self) -> Option<&CaseFile> {
        match self {
            Self::Preparing { file }
            | Self::Capturing { file, .. }
            | Self::Reviewing { file, .. }
            | Self::Standardising { file, .. }
            | Self::LastLook { file, .. } => Some(file),
            Self::Submitting { order, .. } => Some(order.file()),
            _ => None,
        }
    }

    /// The identity, once verified.
    pub const fn identity(&self) -> Option<&VerifiedIdentity> {
        match self {
            Self::Matching { known, .. } | Self::Paying { known, .. } => Some(&known.identity),
            _ => match self.file() {
                Some(file) => Some(file.identity()),
                None => None,
            },
        }
    }
}
