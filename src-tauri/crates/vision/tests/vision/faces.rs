//! Stills: where the landmarks lie, against an independent implementation of the same networks.

use crate::bench::{analyser, cut, paste, sitter, wall};
use domain::face::Face;
use domain::geometry::Point;
use domain::picture::Picture;
use domain::port::FaceAnalyser;

/// What MediaPipe 0.10.21's own face landmarker says about a portrait after it has seen it six times as a
/// film, so that its landmarks too have settled.
struct Reference {
    file: &'static str,
    /// (landmark, x, y) in picture pixels.
    landmarks: [(usize, f32, f32); 17],
    /// Yaw, pitch, roll in degrees with the domain's signs: MediaPipe's landmarks laid on the average face
    /// by numpy's singular value decomposition.
    angles: [f32; 3],
    /// Mean of both sides.
    smile: f32,
    blink: f32,
}

const REFERENCES: [Reference; 3] = [
    Reference {
        file: "biden.jpg",
        landmarks: [
            (33, 510.7, 321.8),
            (133, 562.0, 332.9),
            (362, 626.4, 346.0),
            (263, 674.3, 354.9),
            (468, 533.9, 323.3),
            (473, 653.0, 347.5),
            (4, 597.6, 397.9),
            (61, 524.2, 458.3),
            (291, 625.0, 476.7),
            (13, 578.8, 467.2),
            (14, 579.7, 467.1),
            (70, 485.9, 291.5),
            (300, 699.7, 336.2),
            (10, 617.7, 231.4),
            (152, 561.5, 564.9),
            (234, 428.4, 353.8),
            (454, 695.7, 407.4),
        ],
        angles: [11.84, 4.11, 10.74],
        smile: 0.033,
        blink: 0.261,
    },
    Reference {
        file: "obama.jpg",
        landmarks: [
            (33, 424.9, 216.6),
            (133, 468.8, 217.8),
            (362, 524.4, 217.2),
            (263, 567.9, 215.4),
            (468, 443.1, 213.8),
            (473, 550.0, 213.1),
            (4, 497.7, 272.0),
            (61, 436.3, 320.4),
            (291, 555.7, 317.2),
            (13, 496.7, 321.1),
            (14, 495.6, 343.6),
            (70, 399.2, 198.0),
            (300, 590.7, 196.6),
            (10, 496.4, 125.6),
            (152, 495.4, 424.3),
            (234, 376.1, 248.5),
            (454, 608.9, 248.1),
        ],
        angles: [1.76, 0.31, -0.13],
        smile: 0.936,
        blink: 0.237,
    },
    Reference {
        file: "astronaut.png",
        landmarks: [
            (33, 195.5, 100.6),
            (133, 213.7, 103.7),
            (362, 236.7, 104.9),
            (263, 255.5, 103.8),
            (468, 203.5, 101.0),
            (473, 246.6, 103.2),
            (4, 223.6, 127.5),
            (61, 202.4, 139.3),
            (291, 244.6, 140.7),
            (13, 223.3, 143.3),
            (14, 222.7, 149.7),
            (70, 187.3, 90.2),
            (300, 264.5, 94.3),
            (10, 226.3, 70.7),
            (152, 221.0, 178.5),
            (234, 179.8, 108.5),
            (454, 270.6, 113.5),
        ],
        angles: [-0.44, -11.08, 3.00],
        smile: 0.895,
        blink: 0.046,
    },
];

fn mean(face: &Face, sides: [&str; 2]) -> f32 {
    sides
        .iter()
        .map(|name| face.blendshape(name).expect("a known name"))
        .sum::<f32>()
        / 2.0
}

#[test]
fn faces_are_where_mediapipe_sees_them() {
    let mut analyser = analyser();
    for reference in &REFERENCES {
        let file = reference.file;
        let analysis = analyser.still(&sitter(file)).unwrap();
        assert_eq!(analysis.faces.len(), 1, "{file}: {:?}", analysis.faces);
        let face = analysis.face.expect(file);
        assert_eq!((face.landmarks.len(), face.blendshapes.len()), (478, 52));
        let width = face.width();
        for (index, x, y) in reference.landmarks {
            let off = face.landmarks[index].point().distance(Point::new(x, y)) / width;
            assert!(
                off < 0.02,
                "{file}: landmark {index} is {:.1} % of the face's width off",
                off * 100.0
            );
        }
        let angles = [face.pose.yaw, face.pose.pitch, face.pose.roll];
        for (found, expected) in angles.into_iter().zip(reference.angles) {
            assert!(
                (found - expected).abs() < 1.5,
                "{file}: {angles:?} for {:?}",
                reference.angles
            );
        }
        let smile = mean(&face, ["mouthSmileLeft", "mouthSmileRight"]);
        assert!((smile - reference.smile).abs() < 0.1, "{file}: smile {smile}");
        let blink = mean(&face, ["eyeBlinkLeft", "eyeBlinkRight"]);
        assert!((blink - reference.blink).abs() < 0.1, "{file}: blink {blink}");
    }
}

#[test]
fn person_and_shoulders_belong_to_the_face() {
    let analysis = analyser().still(&sitter("obama.jpg")).unwrap();
    let face = analysis.face.expect("a face");
    let person = analysis.person.expect("a person mask");
    assert!(
        person.at(face.landmarks[4].point()) > 0.9,
        "the nose is of the person"
    );
    let above = Point::new(face.eyes().x, face.eyes().y - 1.0 * face.width());
    assert!(
        person.at(above) < 0.1,
        "above the hair is none: {}",
        person.at(above)
    );
    let shoulders = analysis.shoulders.expect("shoulders");
    assert!(shoulders.visibility > 0.9);
    assert!(shoulders.right.x < face.landmarks[234].x && shoulders.left.x > face.landmarks[454].x);
    for shoulder in [shoulders.right, shoulders.left] {
        assert!(shoulder.y > face.chin().y && shoulder.y < face.chin().y + 1.5 * face.width());
    }
}

#[test]
fn a_wall_has_no_face() {
    let mut analyser = analyser();
    let wall = wall(1280, 720);
    for analysis in [analyser.still(&wall).unwrap(), analyser.live(&wall).unwrap()] {
        assert!(analysis.faces.is_empty() && analysis.face.is_none() && analysis.person.is_none());
        assert!(analysis.shoulders.is_none());
        assert_eq!((analysis.width, analysis.height), (1280, 720));
    }
}

#[test]
fn two_people_are_two_faces_and_the_larger_is_the_main_one() {
    let mut picture = wall(1280, 720);
    paste(
        &mut picture,
        &cut(&sitter("biden.jpg"), [134, 46, 816, 1088], (540, 720)),
        20,
        0,
    );
    paste(
        &mut picture,
        &cut(&sitter("obama.jpg"), [200, 20, 590, 700], (337, 400)),
        800,
        200,
    );
    let mut analyser = analyser();
    for analysis in [
        analyser.still(&picture).unwrap(),
        analyser.live(&picture).unwrap(),
    ] {
        assert_eq!(analysis.faces.len(), 2, "{:?}", analysis.faces);
        assert!(
            analysis.faces.iter().all(|face| face.score > 0.75),
            "{:?}",
            analysis.faces
        );
        assert!(analysis.face.expect("a main face").eyes().x < 640.0);
        assert!(
            analysis.faces[0].bounds.centre().x < 640.0,
            "the main face comes first"
        );
    }
}

#[test]
fn a_large_still_answers_in_its_own_pixels() {
    let small = sitter("obama.jpg");
    let large = cut(
        &small,
        [0, 0, small.width(), small.height()],
        (small.width() * 2, small.height() * 2),
    );
    let mut analyser = analyser();
    let at_one = analyser.still(&small).unwrap();
    let at_two = analyser.still(&large).unwrap();
    assert_eq!((at_two.width, at_two.height), (large.width(), large.height()));
    let (one, two) = (at_one.face.expect("a face"), at_two.face.expect("a face"));
    for index in [33, 263, 4, 152, 10] {
        let back = Point::new(two.landmarks[index].x / 2.0, two.landmarks[index].y / 2.0);
        assert!(
            back.distance(one.landmarks[index].point()) < 0.01 * one.width(),
            "landmark {index}"
        );
    }
    let person = at_two.person.expect("a person mask");
    assert!(person.region.contains(two.eyes()) && person.at(two.landmarks[4].point()) > 0.9);
    let (one, two) = (
        at_one.shoulders.expect("shoulders"),
        at_two.shoulders.expect("shoulders"),
    );
    assert!((two.left.x / 2.0 - one.left.x).abs() < 15.0);
}

#[test]
fn a_still_does_not_care_for_earlier_frames() {
    let picture = sitter("obama.jpg");
    let fresh = analyser().still(&picture).unwrap();
    let mut busy = analyser();
    busy.live(&sitter("biden.jpg")).unwrap();
    assert_eq!(busy.still(&picture).unwrap(), fresh);
}

#[test]
fn odd_pictures_are_pictures_without_a_face() {
    let mut analyser = analyser();
    for (width, height) in [(1, 1), (2, 3000), (3000, 2), (31, 17)] {
        let picture = Picture::filled(width, height, [120, 90, 60]);
        assert!(analyser.still(&picture).unwrap().face.is_none());
        assert!(analyser.live(&picture).unwrap().face.is_none());
    }
}
