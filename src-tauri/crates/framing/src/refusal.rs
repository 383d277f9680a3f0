//! Why no crop obeys a specification, said so that something can be done at the camera.

use crate::plan::CropPlan;

/// What is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shortage {
    /// The crown lies outside the sample: sit lower.
    CrownCutOff,
    /// The face has too few pixels: step closer, or use a camera with more.
    FaceTooSmall,
    /// The person is too near the camera: step back.
    TooClose,
    /// Too little picture above the head.
    RoomAbove,
    /// Too little picture below the head.
    RoomBelow,
    /// Too little picture beside the head.
    RoomSides,
    /// The whole sample has too few pixels.
    PictureTooSmall,
    /// The bands cannot be met together on this head.
    Proportions,
}

/// One demand that cannot be met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unmet {
    /// What is short.
    pub what: Shortage,
    /// The best that can be reached, photo pixels; `None` where no number says it.
    pub value: Option<f32>,
    /// What is demanded at least, photo pixels.
    pub min: Option<f32>,
}

/// No crop obeys the specification.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// What cannot be met, the most useful instruction first; never empty.
    pub unmet: Vec<Unmet>,
    /// The crop at the largest legal scale: what is missing shows in what is measured in it.
    pub best: CropPlan,
}

impl Refusal {
    pub(crate) fn plain(what: Shortage, best: CropPlan) -> Self {
        Self {
            unmet: vec![Unmet {
                what,
                value: None,
                min: None,
            }],
            best,
        }
    }
}
