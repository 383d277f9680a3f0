//! Overlap of found faces: which answers mean the same face.

use domain::face::DetectedFace;
use domain::geometry::{Point, Rect};

/// Shared area over joint area, 0..=1.
pub(crate) fn overlap(a: &Rect, b: &Rect) -> f32 {
    let width = ((a.x + a.width).min(b.x + b.width) - a.x.max(b.x)).max(0.0);
    let height = ((a.y + a.height).min(b.y + b.height) - a.y.max(b.y)).max(0.0);
    let shared = width * height;
    shared / (area(a) + area(b) - shared).max(1e-9)
}

/// Area of a box in square pixels.
pub(crate) fn area(bounds: &Rect) -> f32 {
    bounds.width * bounds.height
}

/// Groups of answers that overlap a better one by more than `limit`, best group first, the best of each
/// group first.
pub(crate) fn groups(mut found: Vec<DetectedFace>, limit: f32) -> Vec<Vec<DetectedFace>> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut groups: Vec<Vec<DetectedFace>> = Vec::new();
    for face in found {
        match groups
            .iter_mut()
            .find(|group| overlap(&group[0].bounds, &face.bounds) > limit)
        {
            Some(group) => group.push(face),
            None => groups.push(vec![face]),
        }
    }
    groups
}

/// One face out of the overlapping answers of one pass: the mean weighted by score, with the best score.
/// `None` for an empty group.
pub(crate) fn weighted_mean(group: &[DetectedFace]) -> Option<DetectedFace> {
    let best = group.first()?;
    let total: f32 = group.iter().map(|face| face.score).sum();
    let mean = |value: &dyn Fn(&DetectedFace) -> f32| {
        group.iter().map(|face| face.score * value(face)).sum::<f32>() / total
    };
    let mut keypoints = best.keypoints;
    for (index, point) in keypoints.iter_mut().enumerate() {
        *point = Point::new(mean(&|f| f.keypoints[index].x), mean(&|f| f.keypoints[index].y));
    }
    let bounds = Rect::new(
        mean(&|f| f.bounds.x),
        mean(&|f| f.bounds.y),
        mean(&|f| f.bounds.width),
        mean(&|f| f.bounds.height),
    );
    Some(DetectedFace {
        bounds,
        score: best.score,
        keypoints,
    })
}

/// Joins the answers of several passes over one picture: each face once, the largest first.
///
/// A face's score is the probability that not every pass that saw it was wrong, `1 - Π(1 - score)`. So a
/// score above 0.75 means exactly what quality-measures §2.1 asks of a second face: one pass was surer
/// than 0.75, or at least two passes (each reports from 0.5 on) saw it.
pub(crate) fn joined(found: Vec<DetectedFace>) -> Vec<DetectedFace> {
    let mut faces: Vec<DetectedFace> = groups(found, 0.2)
        .into_iter()
        .filter_map(|group| {
            let doubt: f32 = group.iter().map(|face| 1.0 - face.score).product();
            let best = group.into_iter().next()?;
            Some(DetectedFace {
                score: 1.0 - doubt,
                ..best
            })
        })
        .collect();
    faces.sort_by(|a, b| area(&b.bounds).total_cmp(&area(&a.bounds)));
    let mut distinct: Vec<DetectedFace> = Vec::new();
    for face in faces {
        // A box whose centre lies in a larger one is a part of the same face.
        if !distinct
            .iter()
            .any(|larger| larger.bounds.contains(face.bounds.centre()))
        {
            distinct.push(face);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(x: f32, side: f32, score: f32) -> DetectedFace {
        DetectedFace {
            bounds: Rect::new(x, 0.0, side, side),
            score,
            keypoints: [Point::new(x, 0.0); 6],
        }
    }

    #[test]
    fn overlap_is_symmetric_and_one_for_itself() {
        let (a, b) = (Rect::new(0.0, 0.0, 10.0, 10.0), Rect::new(5.0, 0.0, 10.0, 10.0));
        assert!((overlap(&a, &b) - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(overlap(&a, &b), overlap(&b, &a));
        assert!((overlap(&a, &a) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn two_doubtful_passes_make_a_sure_face_and_one_does_not() {
        let faces = joined(vec![
            face(0.0, 100.0, 0.55),
            face(2.0, 98.0, 0.55),
            face(300.0, 50.0, 0.6),
        ]);
        assert_eq!(faces.len(), 2);
        assert!(faces[0].score > 0.75 && faces[1].score < 0.75, "{faces:?}");
    }

    #[test]
    fn a_part_of_a_face_is_no_second_face() {
        let faces = joined(vec![face(0.0, 100.0, 0.9), face(40.0, 20.0, 0.95)]);
        assert_eq!(faces.len(), 1);
        assert_eq!(faces[0].bounds.width, 100.0);
    }

    #[test]
    fn the_mean_leans_to_the_better_answer() {
        let mean = weighted_mean(&[face(0.0, 100.0, 0.9), face(10.0, 100.0, 0.1)]).unwrap();
        assert!((mean.bounds.x - 1.0).abs() < 1e-4 && mean.score == 0.9);
    }
}
