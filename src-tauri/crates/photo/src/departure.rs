//! How a photo differs from its specification, or why none can be made.

use domain::specification::Quantity;
use framing::{Refusal, Shortage, Unmet};
use serde::{Deserialize, Serialize};

/// What is wrong, as a code; the UI has the message and the instruction under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepartureCode {
    /// No face was found in the sample or in the finished photo.
    FaceMissing,
    /// More than one face.
    FaceSeveral,
    /// The face has too few pixels: step closer, or use a camera with more pixels.
    FaceTooSmall,
    /// The person is too near the camera for the picture: step back.
    TooClose,
    /// The crown is cut off by the picture's upper edge.
    CrownCutOff,
    /// The crown could not be found.
    CrownMissing,
    /// Too little picture above the head.
    RoomAbove,
    /// Too little picture below the head.
    RoomBelow,
    /// Too little picture beside the head.
    RoomSides,
    /// The whole picture has too few pixels for the photo.
    PictureTooSmall,
    /// Crown, eyes and face width cannot be met together on this head.
    Proportions,
    /// The person does not reach the photo's lower edge.
    BottomUncovered,
    /// The matting left no person.
    PersonMissing,
    /// The file would be smaller than the smallest size at every legal quality.
    BytesTooFew,
    /// The file would be larger than the largest size at every legal quality.
    BytesTooMany,
    /// The finished file cannot be decoded.
    Undecodable,
    /// Width or height of the finished file.
    Pixels,
    /// Density of the finished file.
    Density,
    /// Size of the finished file in bytes.
    Bytes,
    /// Not a baseline sRGB JPEG of three components, or it carries metadata.
    Coding,
    /// JPEG quality below the floor.
    Quality,
    /// Background not of the colour demanded.
    BackgroundColour,
    /// Background not even.
    BackgroundEven,
    /// Something that is neither person nor background.
    BackgroundRemnant,
    /// Crown outside its band.
    Crown,
    /// Eye line outside its band.
    Eyes,
    /// Face width outside its band.
    FaceWidth,
    /// Chin outside its band.
    Chin,
    /// Head height outside its band.
    HeadHeight,
    /// Distance of the eyes outside its band.
    EyeDistance,
    /// Face axis too far from the middle.
    Centre,
    /// Landmarks of the photo do not lie where crop and scale put them: turned, mirrored or warped.
    Warped,
}

impl DepartureCode {
    /// Every code.
    pub const ALL: [Self; 32] = [
        Self::FaceMissing,
        Self::FaceSeveral,
        Self::FaceTooSmall,
        Self::TooClose,
        Self::CrownCutOff,
        Self::CrownMissing,
        Self::RoomAbove,
        Self::RoomBelow,
        Self::RoomSides,
        Self::PictureTooSmall,
        Self::Proportions,
        Self::BottomUncovered,
        Self::PersonMissing,
        Self::BytesTooFew,
        Self::BytesTooMany,
        Self::Undecodable,
        Self::Pixels,
        Self::Density,
        Self::Bytes,
        Self::Coding,
        Self::Quality,
        Self::BackgroundColour,
        Self::BackgroundEven,
        Self::BackgroundRemnant,
        Self::Crown,
        Self::Eyes,
        Self::FaceWidth,
        Self::Chin,
        Self::HeadHeight,
        Self::EyeDistance,
        Self::Centre,
        Self::Warped,
    ];

    /// The code as the UI and the packet know it, e.g. `room_above`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FaceMissing => "face_missing",
            Self::FaceSeveral => "face_several",
            Self::FaceTooSmall => "face_too_small",
            Self::TooClose => "too_close",
            Self::CrownCutOff => "crown_cut_off",
            Self::CrownMissing => "crown_missing",
            Self::RoomAbove => "room_above",
            Self::RoomBelow => "room_below",
            Self::RoomSides => "room_sides",
            Self::PictureTooSmall => "picture_too_small",
            Self::Proportions => "proportions",
            Self::BottomUncovered => "bottom_uncovered",
            Self::PersonMissing => "person_missing",
            Self::BytesTooFew => "bytes_too_few",
            Self::BytesTooMany => "bytes_too_many",
            Self::Undecodable => "undecodable",
            Self::Pixels => "pixels",
            Self::Density => "density",
            Self::Bytes => "bytes",
            Self::Coding => "coding",
            Self::Quality => "quality",
            Self::BackgroundColour => "background_colour",
            Self::BackgroundEven => "background_even",
            Self::BackgroundRemnant => "background_remnant",
            Self::Crown => "crown",
            Self::Eyes => "eyes",
            Self::FaceWidth => "face_width",
            Self::Chin => "chin",
            Self::HeadHeight => "head_height",
            Self::EyeDistance => "eye_distance",
            Self::Centre => "centre",
            Self::Warped => "warped",
        }
    }
}

impl From<Shortage> for DepartureCode {
    fn from(what: Shortage) -> Self {
        match what {
            Shortage::CrownCutOff => Self::CrownCutOff,
            Shortage::FaceTooSmall => Self::FaceTooSmall,
            Shortage::TooClose => Self::TooClose,
            Shortage::RoomAbove => Self::RoomAbove,
            Shortage::RoomBelow => Self::RoomBelow,
            Shortage::RoomSides => Self::RoomSides,
            Shortage::PictureTooSmall => Self::PictureTooSmall,
            Shortage::Proportions => Self::Proportions,
        }
    }
}

impl From<Quantity> for DepartureCode {
    fn from(of: Quantity) -> Self {
        match of {
            Quantity::Crown => Self::Crown,
            Quantity::Eyes => Self::Eyes,
            Quantity::Chin => Self::Chin,
            Quantity::FaceWidth => Self::FaceWidth,
            Quantity::HeadHeight => Self::HeadHeight,
            Quantity::EyeDistance => Self::EyeDistance,
        }
    }
}

/// One difference from the specification, with what was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// What is wrong.
    pub code: DepartureCode,
    /// The value measured, or the best one that could be reached, in `unit`.
    pub value: Option<f32>,
    /// Smallest accepted value.
    pub min: Option<f32>,
    /// Largest accepted value.
    pub max: Option<f32>,
    /// `px`, `bytes`, `dpi`, `ΔE`, `quality`, `count` or `ratio`; empty without a value.
    pub unit: String,
}

impl Departure {
    /// A departure without a number.
    pub fn plain(code: DepartureCode) -> Self {
        Self {
            code,
            value: None,
            min: None,
            max: None,
            unit: String::new(),
        }
    }

    /// A departure of a value from its limits.
    pub fn of(code: DepartureCode, value: f32, min: Option<f32>, max: Option<f32>, unit: &str) -> Self {
        Self {
            code,
            value: Some(value),
            min,
            max,
            unit: unit.into(),
        }
    }
}

impl From<Unmet> for Departure {
    fn from(unmet: Unmet) -> Self {
        Self {
            code: unmet.what.into(),
            value: unmet.value,
            min: unmet.min,
            max: None,
            unit: unmet.value.map_or("", |_| "px").into(),
        }
    }
}

impl From<Refusal> for Departures {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.unmet.into_iter().map(Departure::from).collect())
    }
}

impl std::fmt::Display for Departure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.code())?;
        let Some(value) = self.value else { return Ok(()) };
        write!(f, " {value:.1} {}", self.unit)?;
        match (self.min, self.max) {
            (Some(min), Some(max)) => write!(f, " (allowed {min}..{max})"),
            (Some(min), None) => write!(f, " (at least {min})"),
            (None, Some(max)) => write!(f, " (at most {max})"),
            (None, None) => Ok(()),
        }
    }
}

/// Why there is no photo: at least one departure, the most useful one first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Departures(pub Vec<Departure>);

impl Departures {
    /// One departure without a number.
    pub fn one(code: DepartureCode) -> Self {
        Self(vec![Departure::plain(code)])
    }

    /// The codes in their order.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|departure| departure.code.code())
    }
}

impl std::fmt::Display for Departures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&list.join("; "))
    }
}

impl std::error::Error for Departures {}
