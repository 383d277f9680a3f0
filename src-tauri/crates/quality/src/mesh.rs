//! Which landmarks (MediaPipe order) bound which part of the face. Sides are the subject's own.

use domain::face::Face;
use domain::geometry::Point;

pub(crate) const RIGHT_CHEEK: [usize; 6] = [117, 118, 101, 36, 205, 50];
pub(crate) const LEFT_CHEEK: [usize; 6] = [346, 347, 330, 266, 425, 280];
pub(crate) const OUTLINE: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
pub(crate) const RIGHT_EYE: [usize; 16] = [
    33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246,
];
pub(crate) const LEFT_EYE: [usize; 16] = [
    263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466,
];
pub(crate) const RIGHT_BROW: [usize; 5] = [70, 63, 105, 66, 107];
pub(crate) const LEFT_BROW: [usize; 5] = [300, 293, 334, 296, 336];
pub(crate) const INNER_LIPS: [usize; 20] = [
    78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
];
pub(crate) const LIPS: [usize; 20] = [
    61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
];
/// Centre of the subject's right and left iris.
pub(crate) const IRISES: [usize; 2] = [468, 473];
/// Nose bridge between the eyes and the tip of the chin: the face's axis.
pub(crate) const BRIDGE: usize = 168;
pub(crate) const CHIN: usize = 152;
/// Number of landmarks of a whole mesh.
pub(crate) const LANDMARKS: usize = 478;

const RIGHT_LIDS: [usize; 6] = [33, 160, 158, 133, 153, 144];
const LEFT_LIDS: [usize; 6] = [362, 385, 387, 263, 373, 380];

/// Aspect ratio of the smaller eye: two verticals over the width; 0 is shut.
pub(crate) fn eye_ratio(face: &Face) -> f32 {
    let ratio = |lids: [usize; 6]| {
        let d = |i: usize, j: usize| {
            face.landmarks[lids[i]]
                .point()
                .distance(face.landmarks[lids[j]].point())
        };
        (d(1, 5) + d(2, 4)) / (2.0 * d(0, 3)).max(1e-3)
    };
    ratio(RIGHT_LIDS).min(ratio(LEFT_LIDS))
}

/// Middle of the eyes to the chin, in picture pixels.
pub(crate) fn eye_chin(face: &Face) -> f32 {
    face.eyes().distance(face.chin())
}

/// Angle of the line from the right eye to the left one, radians, clockwise in the picture.
pub(crate) fn eye_line_angle(face: &Face) -> f32 {
    let (right, left) = (face.right_eye(), face.left_eye());
    (left.y - right.y).atan2(left.x - right.x)
}

/// The landmarks with these numbers among `points`.
pub(crate) fn pick<const N: usize>(points: &[Point], numbers: [usize; N]) -> [Point; N] {
    numbers.map(|i| points[i])
}
