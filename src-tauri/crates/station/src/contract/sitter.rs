//! The snapshot for the sitter's own screen: what a sitter may see, and nothing else.
//!
//! Whoever sits before the camera is not the only one who can read that screen. No full name, no number of a
//! document, no telephone, no rule and no measure is in these types, so none can be shown by mistake.

use domain::geometry::Rect;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The whole state of the sitter's screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SitterView {
    /// That of the operator's snapshot of the same round; counts up, with gaps where nothing changed for the sitter.
    pub revision: u32,
    /// Who is called to the camera, from the confirmed enrolment on.
    pub person: Option<SitterHead>,
    /// The page on screen with its own data.
    pub screen: SitterScreen,
}

impl SitterView {
    /// Between sitters, and of a station that could not start.
    pub const fn nobody(revision: u32) -> Self {
        Self {
            revision,
            person: None,
            screen: SitterScreen::Welcome,
        }
    }

    /// True when both look the same on screen.
    pub(crate) fn looks_like(&self, other: &Self) -> bool {
        (&self.person, &self.screen) == (&other.person, &other.screen)
    }
}

/// By what people in the queue know who is meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SitterHead {
    /// Masked name, e.g. `陈*涵`.
    pub masked_name: String,
    /// Class, may be empty.
    pub class_name: String,
    /// Ticket, may be empty.
    pub ticket: String,
}

/// The page on the sitter's screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum SitterScreen {
    /// The seven photo notes: between sitters, and while the one called takes a seat.
    Welcome,
    /// The mirrored live picture.
    Camera(SitterCamera),
    /// After the shutter, while the still is judged: stay seated.
    Wait,
    /// The still was accepted.
    Done {
        /// The packet is durable: the sitter may go. Before that the photo is still to be looked at together.
        stored: bool,
    },
}

/// The live picture as the sitter sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SitterCamera {
    /// Frames arrive; false while the camera is searched for, stalls or is gone.
    pub live: bool,
    /// Width of the camera's picture in pixels.
    pub frame_width: u32,
    /// Height of the camera's picture in pixels.
    pub frame_height: u32,
    /// The guide in the camera's picture (not mirrored): the exact crop at the specification's ratio.
    pub guide: Rect,
    /// Where the head belongs.
    pub outline: HeadOutline,
    /// The one instruction (`instruction.<code>`); `None` when nothing is known or only the operator can act.
    pub instruction: Option<String>,
    /// All gating checks hold.
    pub good: bool,
    /// 3, 2, 1 while counting down.
    pub countdown: Option<u32>,
}

/// A head and shoulders in pixels of the finished photo, from the middle of each band of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct HeadOutline {
    /// Width of the photo.
    pub photo_width: u32,
    /// Height of the photo.
    pub photo_height: u32,
    /// Row of the crown, from the upper edge.
    pub crown: f32,
    /// Row of the chin, from the upper edge.
    pub chin: f32,
    /// Between the outer edges of the cheeks.
    pub face_width: f32,
    /// The head stands where it belongs: the outline is not drawn any more.
    pub fits: bool,
}
