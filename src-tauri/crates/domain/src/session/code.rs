//! What a 采集码 brings into a session, and why it is refused.

use crate::Personal;
use crate::code::{CaptureCode, CodeFault, CodeHolder};
use crate::enrolment::Enrolment;

/// What happens with codes.
#[derive(Debug, Clone, PartialEq)]
pub enum CodeInput {
    /// A code was shown, to the camera or to a hand scanner.
    Shown {
        /// The code.
        code: CaptureCode,
        /// Whose it is, as far as this station knows.
        holder: Option<CodeHolder>,
    },
    /// The code that was read is not the person's: it is to be shown again.
    Again {
        /// A stored photo of the person carries the code: it stays.
        carried: bool,
    },
    /// The operator asked for the name and compared it with the masked one beside the code.
    Person {
        /// The name as it was spoken; empty where it was not written down.
        name: Personal<String>,
        /// It was spoken, and fits.
        spoken: bool,
        /// The person has reached the age from which no guardian is needed.
        of_age: bool,
        /// The record that this code has here already.
        kept: Option<Enrolment>,
    },
}

/// Why a code, or a person with nothing but a code, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefusal {
    /// The text cannot be a 采集码.
    #[error(transparent)]
    Fault(#[from] CodeFault),
    /// The session asks for no code.
    #[error("this session asks for no code")]
    NotUsed,
    /// In a session with a roster the code is shown at the camera.
    #[error("the code is shown at the camera")]
    AtCamera,
    /// No picture before the code was shown.
    #[error("the code must be shown before the picture is taken")]
    First,
    /// It is not the code this person showed before.
    #[error("this is not the code of the person at the camera")]
    OfAnother,
    /// The code stands for another person.
    #[error("the code is bound to another person")]
    Taken,
    /// Nobody asked for the name.
    #[error("the name was not asked for")]
    NameNotAsked,
}

impl CodeRefusal {
    /// The code of the message (`refusal.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fault(CodeFault::Empty) => "code_empty",
            Self::Fault(CodeFault::Control) => "code_control",
            Self::Fault(CodeFault::TooLong) => "code_too_long",
            Self::Fault(CodeFault::Payment) => "code_payment",
            Self::Fault(CodeFault::Elsewhere) => "code_elsewhere",
            Self::NotUsed => "code_not_used",
            Self::AtCamera => "code_at_camera",
            Self::First => "code_first",
            Self::OfAnother => "code_of_another",
            Self::Taken => "code_taken",
            Self::NameNotAsked => "code_name_not_asked",
        }
    }

    /// Every code, so that a test can prove each has a message.
    pub const CODES: [&'static str; 11] = [
        "code_empty",
        "code_control",
        "code_too_long",
        "code_payment",
        "code_elsewhere",
        "code_not_used",
        "code_at_camera",
        "code_first",
        "code_of_another",
        "code_taken",
        "code_name_not_asked",
    ];
}
