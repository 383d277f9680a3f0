//! Frame after frame.

use crate::bench::{analyser, cut, paste, sitter, wall};
use domain::picture::Picture;
use domain::port::FaceAnalyser;

/// A frame of the camera: the portrait before a wall, `left` pixels from the frame's edge.
fn frame(left: u32) -> Picture {
    let mut picture = wall(1280, 720);
    let portrait = cut(&sitter("biden.jpg"), [134, 46, 816, 1088], (540, 720));
    paste(&mut picture, &portrait, left, 0);
    picture
}

#[test]
fn a_moving_face_is_followed_exactly() {
    let mut analyser = analyser();
    let start = analyser
        .live(&frame(300))
        .unwrap()
        .face
        .expect("a face in the first frame");
    for step in 1..=13u32 {
        let analysis = analyser.live(&frame(300 + step * 8)).unwrap();
        let face = analysis.face.expect("a face in every frame");
        let moved = face.landmarks[4].x - start.landmarks[4].x;
        assert!(
            (moved - (step * 8) as f32).abs() < 0.02 * face.width(),
            "frame {step}: {moved} px"
        );
        assert!(face.presence > 0.9);
        assert!(
            (face.pose.yaw - start.pose.yaw).abs() < 2.0,
            "frame {step}: {:?}",
            face.pose
        );
        assert!(analysis.person.is_some());
        assert_eq!(analysis.faces.len(), 1);
    }
}

#[test]
fn shoulders_come_within_the_first_frames() {
    let mut analyser = analyser();
    let picture = frame(300);
    let found = (0..6).find_map(|_| analyser.live(&picture).unwrap().shoulders);
    let shoulders = found.expect("shoulders within six frames");
    let still = analyser
        .still(&picture)
        .unwrap()
        .shoulders
        .expect("shoulders in the still");
    assert!(
        shoulders.left.distance(still.left) < 20.0,
        "{shoulders:?} against {still:?}"
    );
    assert!(
        shoulders.right.distance(still.right) < 20.0,
        "{shoulders:?} against {still:?}"
    );
}

#[test]
fn a_face_that_leaves_is_gone_and_another_is_found_at_once() {
    let mut analyser = analyser();
    assert!(analyser.live(&frame(100)).unwrap().face.is_some());
    let empty = analyser.live(&wall(1280, 720)).unwrap();
    assert!(empty.face.is_none() && empty.person.is_none() && empty.faces.is_empty());
    assert!(analyser.live(&frame(100)).unwrap().face.is_some());
    let elsewhere = analyser
        .live(&frame(700))
        .unwrap()
        .face
        .expect("the face is searched anew");
    assert!(elsewhere.eyes().x > 800.0);
}

#[test]
fn a_second_face_is_seen_within_ten_frames() {
    let mut analyser = analyser();
    let alone = frame(40);
    let mut together = alone.clone();
    let other = cut(&sitter("obama.jpg"), [200, 20, 590, 700], (590, 700));
    paste(&mut together, &other, 660, 10);
    assert_eq!(analyser.live(&alone).unwrap().faces.len(), 1);
    let most = (0..10)
        .map(|_| analyser.live(&together).unwrap().faces.len())
        .max();
    assert_eq!(most, Some(2));
}

#[test]
fn another_picture_size_starts_anew() {
    let mut analyser = analyser();
    assert!(analyser.live(&frame(300)).unwrap().face.is_some());
    let half = cut(&frame(300), [0, 0, 1280, 720], (640, 360));
    let face = analyser
        .live(&half)
        .unwrap()
        .face
        .expect("the face at half the size");
    assert!(face.eyes().x < 640.0);
}
