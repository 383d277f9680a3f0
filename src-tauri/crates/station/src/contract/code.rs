//! What the pages show of a 采集码, and what the operator can ask about one.

use domain::enrolment::EnrolmentState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was seen of a code so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeSight {
    /// Nothing yet.
    #[default]
    Waiting,
    /// One is there and cannot be read: a poor screenshot, too small, too dark.
    Poor,
    /// Several codes are in view.
    Several,
    /// By the camera.
    Camera,
    /// By a hand scanner.
    Scanner,
}

/// The code of the person being served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodePane {
    /// There is no roster: the code is the enrolment.
    pub alone: bool,
    /// It must still be shown before a picture can be taken.
    pub wanted: bool,
    /// What was seen.
    pub sight: CodeSight,
    /// The beginning of its hash, `5C0E-77D1`: of the one that was taken, else of the one that was refused.
    pub id: Option<String>,
    /// Why the one that was shown last is not taken (`refusal.<code>`).
    pub refused: Option<String>,
    /// Whose the refused one is.
    pub holder: Option<CodeHolderRow>,
    /// The code was used here before.
    pub known: bool,
    /// Width of the camera's picture in pixels.
    pub frame_width: u32,
    /// Height of the camera's picture in pixels.
    pub frame_height: u32,
}

/// Whose a refused code is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeHolderRow {
    /// Masked name; the whole one once a supervisor looked. The beginning of the hash where no name is known.
    pub name: String,
    /// A supervisor looked.
    pub looked: bool,
    /// Class; empty before a supervisor looked.
    pub class_name: String,
    /// When it was shown, `09:18`.
    pub time: String,
    /// Where that enrolment stands.
    pub state: EnrolmentState,
}

/// A code shown today in a session without a roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeRow {
    /// Enrolment id.
    pub enrolment: String,
    /// The beginning of its hash, `5C0E-77D1`.
    pub id: String,
    /// The name as it was spoken; empty where it was not written down.
    pub name: String,
    /// When it was shown, `09:18`.
    pub time: String,
    /// Where it stands.
    pub state: EnrolmentState,
}

/// A command about codes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum CodeCommand {
    /// A hand scanner typed this; the station decides what it is and where it goes.
    Scanned {
        /// What was typed, without the scanner's end key.
        text: String,
        /// An input method was composing: the keys were read below it.
        composing: bool,
    },
    /// The code shown is the person's: the name was spoken and fits the masked one beside it.
    ConfirmCode {
        /// The code on screen, [`CodePane::id`].
        code: String,
        /// The name as spoken; may be empty.
        name: String,
        /// It was spoken and fits.
        spoken: bool,
        /// No guardian is needed.
        of_age: bool,
    },
    /// Forget what was refused and look again.
    ReadCodeAgain,
    /// A supervisor looks whose the refused code is.
    LookWhoseCode {
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
}

impl std::fmt::Debug for CodeCommand {
    /// As that of [`Command`](super::Command): some carry codes, names and PINs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("code command")
    }
}
