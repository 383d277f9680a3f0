//! An analysis of a smaller copy, said in pixels of the picture it was made from.

use domain::face::{DetectedFace, Face, FaceAnalysis, Joint, Limbs, PersonMask, Shoulders};
use domain::geometry::{Point, Rect};
use domain::picture::Picture;

/// The analysis with every length multiplied by `factor`, for `picture`.
pub(crate) fn scaled(analysis: FaceAnalysis, factor: f32, picture: &Picture) -> FaceAnalysis {
    let point = |p: Point| Point::new(p.x * factor, p.y * factor);
    let joint = |j: Joint| Joint { at: point(j.at), ..j };
    let rect = |r: Rect| Rect::new(r.x * factor, r.y * factor, r.width * factor, r.height * factor);
    FaceAnalysis {
        width: picture.width(),
        height: picture.height(),
        faces: analysis
            .faces
            .into_iter()
            .map(|face| DetectedFace {
                bounds: rect(face.bounds),
                keypoints: face.keypoints.map(point),
                score: face.score,
            })
            .collect(),
        face: analysis.face.map(|mut face| {
            for mark in &mut face.landmarks {
                mark.x *= factor;
                mark.y *= factor;
                mark.z *= factor;
            }
            Face {
                bounds: rect(face.bounds),
                ..face
            }
        }),
        person: analysis.person.map(|person| PersonMask {
            region: rect(person.region),
            mask: person.mask,
        }),
        shoulders: analysis.shoulders.map(|shoulders| Shoulders {
            right: point(shoulders.right),
            left: point(shoulders.left),
            visibility: shoulders.visibility,
        }),
        limbs: analysis.limbs.map(|limbs| Limbs {
            elbows: limbs.elbows.map(joint),
            hands: limbs.hands.map(joint),
        }),
    }
}
