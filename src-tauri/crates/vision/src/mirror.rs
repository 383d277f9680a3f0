//! Seen in a mirror, and back: networks are not symmetric, people nearly are. What is measured on a picture and on its
//! mirror image and then averaged is symmetric by construction, so that no sitter is judged by the side of the parting.

use domain::face::{
    BLENDSHAPES, DetectedFace, Face, HeadPose, Joint, Landmark, Limbs, PersonMask, Shoulders,
};
use domain::geometry::{Point, Rect};
use domain::picture::{Mask, Picture};

/// The picture with left and right exchanged.
pub(crate) fn picture(picture: &Picture) -> Picture {
    let mut out = picture.clone();
    let row = picture.width() as usize * 3;
    for (to, from) in out
        .pixels_mut()
        .chunks_exact_mut(row)
        .zip(picture.pixels().chunks_exact(row))
    {
        for (to, from) in to.chunks_exact_mut(3).zip(from.chunks_exact(3).rev()) {
            to.copy_from_slice(from);
        }
    }
    out
}

/// A mirror of pictures of one width, and which landmark lies opposite to which.
pub(crate) struct Mirror<'a> {
    pub(crate) width: f32,
    pub(crate) opposite: &'a [usize],
}

impl Mirror<'_> {
    fn point(&self, p: Point) -> Point {
        Point::new(self.width - p.x, p.y)
    }

    /// A found face; its right and left key points change places.
    pub(crate) fn found(&self, face: &DetectedFace) -> DetectedFace {
        let [right_eye, left_eye, nose, mouth, right_ear, left_ear] = face.keypoints.map(|p| self.point(p));
        let bounds = face.bounds;
        DetectedFace {
            bounds: Rect::new(
                self.width - bounds.x - bounds.width,
                bounds.y,
                bounds.width,
                bounds.height,
            ),
            score: face.score,
            keypoints: [left_eye, right_eye, nose, mouth, left_ear, right_ear],
        }
    }

    /// Landmarks; each takes the place of the one opposite to it.
    pub(crate) fn landmarks(&self, landmarks: &[Landmark]) -> Vec<Landmark> {
        self.opposite
            .iter()
            .filter_map(|i| landmarks.get(*i))
            .map(|l| Landmark {
                x: self.width - l.x,
                ..*l
            })
            .collect()
    }

    /// The face of the mirror image, for regions that are placed by it.
    pub(crate) fn face(&self, face: &Face) -> Face {
        Face {
            landmarks: self.landmarks(&face.landmarks),
            pose: HeadPose {
                yaw: -face.pose.yaw,
                roll: -face.pose.roll,
                ..face.pose
            },
            ..face.clone()
        }
    }

    /// The shoulders change sides.
    pub(crate) fn shoulders(&self, seen: &Shoulders) -> Shoulders {
        Shoulders {
            right: self.point(seen.left),
            left: self.point(seen.right),
            visibility: seen.visibility,
        }
    }

    /// Elbows and hands change sides; hands stand in pairs, left before right.
    pub(crate) fn limbs(&self, seen: &Limbs) -> Limbs {
        let joint = |j: Joint| Joint {
            at: self.point(j.at),
            ..j
        };
        let [right, left] = seen.elbows;
        Limbs {
            elbows: [joint(left), joint(right)],
            hands: std::array::from_fn(|i| joint(seen.hands[i ^ 1])),
        }
    }
}

/// A mask of the mirror image over the region of the picture it belongs to.
pub(crate) fn mask(mirrored: &Mask) -> Option<Mask> {
    let width = mirrored.width() as usize;
    let values = mirrored
        .values()
        .chunks_exact(width)
        .flat_map(|row| row.iter().rev().copied())
        .collect();
    Mask::new(mirrored.width(), mirrored.height(), values)
}

/// Mean of two masks over the same region; the first when their sizes differ.
pub(crate) fn mean_mask(mut seen: PersonMask, other: &Mask) -> PersonMask {
    if (seen.mask.width(), seen.mask.height()) == (other.width(), other.height()) {
        for (p, q) in seen.mask.values_mut().iter_mut().zip(other.values()) {
            *p = f32::midpoint(*p, *q);
        }
    }
    seen
}

/// Scores of the mirror image: what is left there is right here.
pub(crate) fn scores(mirrored: &[f32]) -> Vec<f32> {
    let opposite = |name: &str| {
        if let Some(stem) = name.strip_suffix("Left") {
            format!("{stem}Right")
        } else if let Some(stem) = name.strip_suffix("Right") {
            format!("{stem}Left")
        } else {
            name.to_owned()
        }
    };
    BLENDSHAPES
        .iter()
        .map(|name| {
            let name = opposite(name);
            let index = BLENDSHAPES.iter().position(|known| *known == name);
            index.and_then(|i| mirrored.get(i)).copied().unwrap_or_default()
        })
        .collect()
}

/// Mean of two lists of landmarks.
pub(crate) fn mean_landmarks(p: &[Landmark], q: &[Landmark]) -> Vec<Landmark> {
    p.iter()
        .zip(q)
        .map(|(p, q)| Landmark {
            x: f32::midpoint(p.x, q.x),
            y: f32::midpoint(p.y, q.y),
            z: f32::midpoint(p.z, q.z),
        })
        .collect()
}

/// Mean of two looks at the shoulders.
pub(crate) fn mean_shoulders(p: &Shoulders, q: &Shoulders) -> Shoulders {
    Shoulders {
        right: p.right.middle(q.right),
        left: p.left.middle(q.left),
        visibility: f32::midpoint(p.visibility, q.visibility),
    }
}

/// Mean of two looks at arms and hands.
pub(crate) fn mean_limbs(p: &Limbs, q: &Limbs) -> Limbs {
    let mean = |p: Joint, q: Joint| Joint {
        at: p.at.middle(q.at),
        visibility: f32::midpoint(p.visibility, q.visibility),
    };
    Limbs {
        elbows: std::array::from_fn(|i| mean(p.elbows[i], q.elbows[i])),
        hands: std::array::from_fn(|i| mean(p.hands[i], q.hands[i])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_in_the_mirror_is_the_picture() {
        let mut seen = Picture::filled(5, 3, [0; 3]);
        seen.pixels_mut()
            .iter_mut()
            .enumerate()
            .for_each(|(i, v)| *v = i as u8);
        let once = picture(&seen);
        assert_ne!(once, seen);
        assert_eq!(once.at(4, 1), seen.at(0, 1));
        assert_eq!(picture(&once), seen);
    }

    #[test]
    fn a_wink_changes_its_side() {
        let mut wink = vec![0.0; BLENDSHAPES.len()];
        let at = |name: &str| BLENDSHAPES.iter().position(|known| *known == name).unwrap();
        wink[at("eyeBlinkLeft")] = 0.9;
        wink[at("jawOpen")] = 0.2;
        let seen = scores(&wink);
        assert!((seen[at("eyeBlinkRight")] - 0.9).abs() < 1e-6 && seen[at("eyeBlinkLeft")].abs() < 1e-6);
        assert!((seen[at("jawOpen")] - 0.2).abs() < 1e-6);
    }
}
