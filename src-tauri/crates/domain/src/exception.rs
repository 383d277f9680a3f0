//! Known exceptions: what a rule asks and this person cannot give. They belong to the person, not to a photo.

use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of exception. Which rules it eases stands in `assets/rules.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionKind {
    /// Religious or medical head cover.
    HeadCover,
    /// Usually wears spectacles.
    Spectacles,
    /// An injury, a scar, a condition that changes face or posture.
    Injury,
}

impl ExceptionKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::HeadCover, Self::Spectacles, Self::Injury];

    /// The code under which the UI has the words (`exception.<code>`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::HeadCover => "head_cover",
            Self::Spectacles => "spectacles",
            Self::Injury => "injury",
        }
    }
}

/// One exception of one person, granted by a supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KnownException {
    /// What kind.
    pub kind: ExceptionKind,
    /// Why, in the supervisor's words; at least six characters.
    pub reason: String,
    /// Id of the supervisor.
    pub supervisor: String,
    /// When it was granted.
    pub at: Moment,
}
