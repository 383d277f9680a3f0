//! What the networks say about a picture, in that picture's pixels.

use crate::geometry::{Point, Rect};
use crate::picture::Mask;

/// A face found by the detector.
#[derive(Debug, Clone, PartialEq)]
pub struct DetectedFace {
    /// Box around the face without the forehead's top.
    pub bounds: Rect,
    /// Detector score 0..=1.
    pub score: f32,
    /// Right eye, left eye, nose tip, mouth, right ear, left ear (the subject's own sides).
    pub keypoints: [Point; 6],
}

/// Angles of the head in degrees.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HeadPose {
    /// Turn; positive when the nose points to the picture's right.
    pub yaw: f32,
    /// Nod; positive when the nose points up. Carries the face's own shape (see quality-measures).
    pub pitch: f32,
    /// Tilt; positive when the head leans clockwise in the picture.
    pub roll: f32,
}

/// A landmark with depth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Landmark {
    /// Column in picture pixels.
    pub x: f32,
    /// Row in picture pixels.
    pub y: f32,
    /// Depth in the same unit, smaller is nearer to the camera.
    pub z: f32,
}

impl Landmark {
    /// Its position in the picture.
    pub const fn point(&self) -> Point {
        Point::new(self.x, self.y)
    }
}

/// The main face with its mesh.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// What the detector or the tracker said.
    pub bounds: Rect,
    /// Presence probability of the mesh, 0..=1.
    pub presence: f32,
    /// 478 landmarks in MediaPipe order; 468..473 are the right iris, 473..478 the left one.
    pub landmarks: Vec<Landmark>,
    /// 52 blendshape scores 0..=1 in the order of [`BLENDSHAPES`]; empty when not computed.
    pub blendshapes: Vec<f32>,
    /// Head angles.
    pub pose: HeadPose,
}

/// Names of the 52 blendshapes in the model's order.
pub const BLENDSHAPES: [&str; 52] = [
    "_neutral",
    "browDownLeft",
    "browDownRight",
    "browInnerUp",
    "browOuterUpLeft",
    "browOuterUpRight",
    "cheekPuff",
    "cheekSquintLeft",
    "cheekSquintRight",
    "eyeBlinkLeft",
    "eyeBlinkRight",
    "eyeLookDownLeft",
    "eyeLookDownRight",
    "eyeLookInLeft",
    "eyeLookInRight",
    "eyeLookOutLeft",
    "eyeLookOutRight",
    "eyeLookUpLeft",
    "eyeLookUpRight",
    "eyeSquintLeft",
    "eyeSquintRight",
    "eyeWideLeft",
    "eyeWideRight",
    "jawForward",
    "jawLeft",
    "jawOpen",
    "jawRight",
    "mouthClose",
    "mouthDimpleLeft",
    "mouthDimpleRight",
    "mouthFrownLeft",
    "mouthFrownRight",
    "mouthFunnel",
    "mouthLeft",
    "mouthLowerDownLeft",
    "mouthLowerDownRight",
    "mouthPressLeft",
    "mouthPressRight",
    "mouthPucker",
    "mouthRight",
    "mouthRollLower",
    "mouthRollUpper",
    "mouthShrugLower",
    "mouthShrugUpper",
    "mouthSmileLeft",
    "mouthSmileRight",
    "mouthStretchLeft",
    "mouthStretchRight",
    "mouthUpperUpLeft",
    "mouthUpperUpRight",
    "noseSneerLeft",
    "noseSneerRight",
];

impl Face {
    /// The score of one blendshape by name; `None` when not computed or unknown.
    pub fn blendshape(&self, name: &str) -> Option<f32> {
        let index = BLENDSHAPES.iter().position(|known| *known == name)?;
        self.blendshapes.get(index).copied()
    }

    /// Centre of the subject's right eye: the middle of its corners (33, 133).
    pub fn right_eye(&self) -> Point {
        self.landmarks[33].point().middle(self.landmarks[133].point())
    }

    /// Centre of the subject's left eye: the middle of its corners (362, 263).
    pub fn left_eye(&self) -> Point {
        self.landmarks[362].point().middle(self.landmarks[263].point())
    }

    /// Middle between the eyes.
    pub fn eyes(&self) -> Point {
        self.right_eye().middle(self.left_eye())
    }

    /// Inter-eye distance in pixels, corrected for the turn of the head (ISO/IEC 29794-5).
    pub fn inter_eye_distance(&self) -> f32 {
        self.right_eye().distance(self.left_eye()) / self.pose.yaw.to_radians().cos().max(0.2)
    }

    /// Width between the outer edges of the cheeks (234, 454), in pixels.
    pub fn width(&self) -> f32 {
        self.landmarks[234].point().distance(self.landmarks[454].point())
    }

    /// The chin (152).
    pub fn chin(&self) -> Point {
        self.landmarks[152].point()
    }
}

/// Probability of "person" over a part of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonMask {
    /// Values 0..=1 over `region`.
    pub mask: Mask,
    /// The part of the picture the mask covers, in picture pixels; may reach beyond the picture.
    pub region: Rect,
}

impl PersonMask {
    /// The probability at a position of the picture; 0 outside the region.
    pub fn at(&self, p: Point) -> f32 {
        if !self.region.contains(p) {
            return 0.0;
        }
        let x = (p.x - self.region.x) / self.region.width * self.mask.width() as f32 - 0.5;
        let y = (p.y - self.region.y) / self.region.height * self.mask.height() as f32 - 0.5;
        self.mask.sample(x, y)
    }
}

/// The shoulders from the body model, in picture pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shoulders {
    /// The subject's right shoulder (landmark 12).
    pub right: Point,
    /// The subject's left shoulder (landmark 11).
    pub left: Point,
    /// Smaller visibility of the two, 0..=1.
    pub visibility: f32,
}

/// A joint of the body with how visible the body model holds it to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joint {
    /// Where, in picture pixels; may lie outside the picture.
    pub at: Point,
    /// Visibility 0..=1.
    pub visibility: f32,
}

/// Arms and hands from the body model, in picture pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Limbs {
    /// The subject's right and left elbow (landmarks 14, 13).
    pub elbows: [Joint; 2],
    /// Wrists, little and index fingers, thumbs of both hands (landmarks 15..=22).
    pub hands: [Joint; 8],
}

/// Everything the networks found in one picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FaceAnalysis {
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
    /// Every face found, best first; on a tracked live frame the list may be that of an earlier frame.
    pub faces: Vec<DetectedFace>,
    /// The main face; `None` when there is none or the mesh did not hold.
    pub face: Option<Face>,
    /// Person probability round the main face; `None` when there is no face.
    pub person: Option<PersonMask>,
    /// Shoulders; `None` when not computed or not found.
    pub shoulders: Option<Shoulders>,
    /// Arms and hands; `None` when not computed or not found.
    pub limbs: Option<Limbs>,
}
