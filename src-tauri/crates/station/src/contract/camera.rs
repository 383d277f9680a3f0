//! The page on which a camera is chosen, set up and tested.

use domain::camera::{Control, Equipment, Mode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The camera's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CameraScreen {
    /// What can be chosen: the cameras that are there, and the training recording where one is set up.
    pub cameras: Vec<CameraRow>,
    /// The source in use or searched for.
    pub chosen: String,
    /// Another camera may be chosen now: nobody's picture is being made.
    pub free: bool,
    /// What the open camera offers and has; none while none is open.
    pub equipment: Option<Equipment>,
    /// The mode that was chosen for it; none leaves the choice to the station.
    pub mode: Option<Mode>,
    /// Controls whose values are locked for it.
    pub locked: Vec<Control>,
    /// How a locking under way stands; none when none is.
    pub locking: Option<Locking>,
    /// What the light meter reads; none while there is no picture.
    pub light: Option<Light>,
    /// Frames a still is chosen from.
    pub burst: u32,
    /// Most frames that can be chosen.
    pub most_burst: u32,
}

/// One source that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CameraRow {
    /// How the choice names it.
    pub source: String,
    /// The camera's own name; empty for whichever camera is found first.
    pub name: String,
    /// Plays a recording: pictures of it are never sent.
    pub training: bool,
}

/// How a locking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Locking {
    /// The camera finds its own values.
    Settling,
    /// They are locked and the face is looked at.
    Judging,
}

/// What the light meter reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Light {
    /// Share of the pixels in each of 64 equal classes of lightness, dark first.
    pub histogram: Vec<f32>,
    /// Share of black pixels.
    pub black: f32,
    /// Share of clipped pixels.
    pub clipped: f32,
    /// The face before the camera, if there is one.
    pub face: Option<FaceLight>,
}

/// How bright the face is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct FaceLight {
    /// L*.
    pub level: f32,
    /// Below this it is too dark, L*.
    pub least: f32,
    /// Share of it that is clipped.
    pub clipped: f32,
    /// Above this share it is too bright.
    pub most_clipped: f32,
}
