//! The angles of the head: the turn that lays the average face onto the landmarks.

use crate::canonical::Fitted;
use crate::eigen::dominant_eigenvector;
use domain::face::{HeadPose, Landmark};

/// Angles of a head from its landmarks; needs no knowledge of the camera.
///
/// The weighted least-squares rotation between the two sets of points (Horn's quaternion). Pitch carries
/// the face's own shape: people who look straight read about 2 degrees chin down, give or take 5.
pub(crate) fn head_pose(fit: &[Fitted], landmarks: &[Landmark]) -> HeadPose {
    // Picture axes turned into the average face's: y up, z towards the camera.
    let seen = |entry: &Fitted| {
        let mark = landmarks[entry.landmark];
        [f64::from(mark.x), -f64::from(mark.y), -f64::from(mark.z)]
    };
    let mut middle = [0.0; 3];
    let mut canonical_middle = [0.0; 3];
    for entry in fit {
        let point = seen(entry);
        for axis in 0..3 {
            middle[axis] += entry.weight * point[axis];
            canonical_middle[axis] += entry.weight * entry.place[axis];
        }
    }
    let mut products = [[0.0; 3]; 3];
    for entry in fit {
        let point = seen(entry);
        for (a, row) in products.iter_mut().enumerate() {
            for (b, sum) in row.iter_mut().enumerate() {
                *sum += entry.weight * (entry.place[a] - canonical_middle[a]) * (point[b] - middle[b]);
            }
        }
    }
    angles(rotation(products))
}

/// The rotation that turns the first set of points onto the second, from the sums of their products
/// `products[a][b] = Σ first[a] · second[b]`.
fn rotation(s: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let symmetric = [
        [
            s[0][0] + s[1][1] + s[2][2],
            s[1][2] - s[2][1],
            s[2][0] - s[0][2],
            s[0][1] - s[1][0],
        ],
        [
            s[1][2] - s[2][1],
            s[0][0] - s[1][1] - s[2][2],
            s[0][1] + s[1][0],
            s[2][0] + s[0][2],
        ],
        [
            s[2][0] - s[0][2],
            s[0][1] + s[1][0],
            s[1][1] - s[0][0] - s[2][2],
            s[1][2] + s[2][1],
        ],
        [
            s[0][1] - s[1][0],
            s[2][0] + s[0][2],
            s[1][2] + s[2][1],
            s[2][2] - s[0][0] - s[1][1],
        ],
    ];
    let [w, x, y, z] = dominant_eigenvector(symmetric);
    [
        [
            1.0 - 2.0 * (y * y + z * z),
            2.0 * (x * y - w * z),
            2.0 * (x * z + w * y),
        ],
        [
            2.0 * (x * y + w * z),
            1.0 - 2.0 * (x * x + z * z),
            2.0 * (y * z - w * x),
        ],
        [
            2.0 * (x * z - w * y),
            2.0 * (y * z + w * x),
            1.0 - 2.0 * (x * x + y * y),
        ],
    ]
}

/// Angles in degrees with the signs of [`HeadPose`], from a rotation in axes x right, y up, z to the camera.
fn angles(r: [[f64; 3]; 3]) -> HeadPose {
    let degrees = |sin: f64, cos: f64| sin.atan2(cos).to_degrees() as f32;
    HeadPose {
        yaw: degrees(-r[2][0], r[0][0].hypot(r[1][0])),
        // A turn about the x axis from y to z lowers the nose; up is positive here.
        pitch: -degrees(r[2][1], r[2][2]),
        // Anti-clockwise in axes with y up; clockwise is positive here.
        roll: -degrees(r[1][0], r[0][0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::LANDMARKS;
    use proptest::prelude::*;

    /// A face of a few points: nose tip in front, eyes, mouth corners, chin, forehead.
    fn fit() -> Vec<Fitted> {
        [
            [0.0, 0.0, 7.0],
            [-4.0, 3.0, 4.0],
            [4.0, 3.0, 4.0],
            [-2.5, -4.0, 5.0],
            [2.5, -4.0, 5.0],
            [0.0, 8.0, 4.0],
        ]
        .into_iter()
        .enumerate()
        .map(|(landmark, place)| Fitted {
            landmark,
            weight: 1.0 / 6.0,
            place,
        })
        .collect()
    }

    /// The face of `fit` in a picture, moved by `turn` (axes x right, y up, z to the camera).
    fn pictured(turn: impl Fn([f64; 3]) -> [f64; 3]) -> Vec<Landmark> {
        let mut landmarks = vec![Landmark::default(); LANDMARKS];
        for entry in fit() {
            let [x, y, z] = turn(entry.place).map(|value| value as f32 * 20.0);
            landmarks[entry.landmark] = Landmark {
                x: 640.0 + x,
                y: 360.0 - y,
                z: -z,
            };
        }
        landmarks
    }

    fn about(degrees: f64, [a, b]: [f64; 2]) -> [f64; 2] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        [cos * a - sin * b, sin * a + cos * b]
    }

    #[test]
    fn signs_are_those_of_the_domain() {
        let nose_right = pictured(|[x, y, z]| {
            let [z, x] = about(20.0, [z, x]);
            [x, y, z]
        });
        assert!(nose_right[0].x > 640.0);
        assert!((head_pose(&fit(), &nose_right).yaw - 20.0).abs() < 0.1);
        let nose_up = pictured(|[x, y, z]| {
            let [z, y] = about(15.0, [z, y]);
            [x, y, z]
        });
        assert!(nose_up[0].y < 360.0);
        assert!((head_pose(&fit(), &nose_up).pitch - 15.0).abs() < 0.1);
        let clockwise = pictured(|[x, y, z]| {
            let [x, y] = about(-10.0, [x, y]);
            [x, y, z]
        });
        assert!(
            clockwise[2].y > clockwise[1].y,
            "the eye at the right of the picture is the lower one"
        );
        assert!((head_pose(&fit(), &clockwise).roll - 10.0).abs() < 0.1);
    }

    proptest! {
        #[test]
        fn every_turn_is_recovered(yaw in -60.0f64..60.0, pitch in -40.0f64..40.0, roll in -80.0f64..80.0) {
            let seen = pictured(|[x, y, z]| {
                let [z, y] = about(pitch, [z, y]);
                let [z, x] = about(yaw, [z, x]);
                let [x, y] = about(-roll, [x, y]);
                [x, y, z]
            });
            let pose = head_pose(&fit(), &seen);
            prop_assert!((f64::from(pose.yaw) - yaw).abs() < 0.1, "{pose:?}");
            prop_assert!((f64::from(pose.pitch) - pitch).abs() < 0.1, "{pose:?}");
            prop_assert!((f64::from(pose.roll) - roll).abs() < 0.1, "{pose:?}");
        }
    }
}
