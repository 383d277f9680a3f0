//! Copies made in memory, and what counts as a change.

use crate::made::{book, looked, rules, subject};
use compose::evaluate::copies::{CopySeen, away, changes, mirrored, moved_angles, scaled, skin_times};
use compose::evaluate::seen::Looked;
use domain::face::{Face, HeadPose, Landmark};
use domain::picture::Picture;
use domain::quality::Verdict;

fn with_value(mut found: Looked, rule: &str, value: f64, unit: &str) -> Looked {
    for result in found.assessment.results.iter_mut().filter(|r| r.check == rule) {
        result.value = Some(value);
        result.unit = unit.to_owned();
        result.max = Some(10.0);
    }
    found
}

#[test]
fn a_change_near_the_limit_does_not_count() {
    let numbers = toml::Table::new();
    let at = |value| {
        let found = with_value(looked(&[]), "crown", value, "px");
        away(found.result("crown").unwrap(), &numbers).unwrap()
    };
    assert!((at(9.0) - 0.1).abs() < 1e-9);
    assert!((at(12.0) - 0.2).abs() < 1e-9);
    let rules = rules();
    let change = |value, copy: &'static str| {
        let mut before = subject("n1.jpg", "", "", &[]);
        before.seen = Ok(with_value(looked(&[]), "inter_eye", value, "px"));
        before.copies.push(CopySeen {
            copy,
            looked: with_value(looked(&[("inter_eye", Verdict::Fail)]), "inter_eye", 8.0, "px"),
        });
        let found = changes(&before, &book(), rules.limits());
        assert_eq!(found.len(), 1);
        found[0].counts
    };
    assert!(change(8.0, "mirrored"));
    assert!(!change(9.5, "mirrored"), "a twentieth from its limit");
    assert!(
        !change(8.0, "scaled"),
        "scaling changes the pixels between the eyes"
    );
}

#[test]
fn a_rules_own_warning_is_a_limit_too() {
    let rules = rules();
    let numbers = toml::Table::try_from(rules.limits()).unwrap();
    let warn = f64::from(rules.limits().yaw.limit.warn);
    let mut found = with_value(looked(&[]), "yaw", -warn, "deg");
    assert!(away(found.result("yaw").unwrap(), &numbers).unwrap() < 1e-6);
    found = with_value(found, "yaw", 0.0, "deg");
    assert!(away(found.result("yaw").unwrap(), &numbers).unwrap() > 0.9);
}

#[test]
fn a_mirror_turns_yaw_and_roll_and_keeps_pitch() {
    let pose = |yaw, pitch, roll| Some(HeadPose { yaw, pitch, roll });
    let mut before = subject("n1.jpg", "", "", &[]);
    let mut found = with_value(looked(&[]), "gaze", 4.0, "deg");
    found.pose = pose(10.0, 5.0, -3.0);
    before.seen = Ok(found);
    let mut copy = with_value(looked(&[]), "gaze", 4.0, "deg");
    copy.pose = pose(-9.0, 2.5, 2.0);
    before.copies.push(CopySeen {
        copy: "mirrored",
        looked: copy,
    });
    let moved: Vec<_> = moved_angles(&before, &book())
        .into_iter()
        .map(|a| a.angle)
        .collect();
    assert_eq!(moved, ["pose.pitch", "gaze"]);
}

#[test]
fn copies_of_pixels() {
    let picture = Picture::new(2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap();
    assert_eq!(mirrored(&picture).unwrap().pixels(), [4, 5, 6, 1, 2, 3]);
    let small = scaled(&Picture::filled(100, 50, [10, 20, 30]), 0.8).unwrap();
    assert_eq!((small.width(), small.height()), (80, 40));
    assert_eq!(small.at(40, 20), [10, 20, 30]);
}

/// A round face whose eyes, brows and lips are points at their centres.
fn round_face() -> Face {
    let mut landmarks = vec![
        Landmark {
            x: 100.0,
            y: 80.0,
            z: 0.0
        };
        478
    ];
    let outline = [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148,
        176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    ];
    for (i, number) in outline.into_iter().enumerate() {
        let turn = i as f32 / 36.0 * std::f32::consts::TAU;
        landmarks[number].x = 100.0 + 60.0 * turn.sin();
        landmarks[number].y = 100.0 - 60.0 * turn.cos();
    }
    for (number, x) in [(33, 60.0), (133, 80.0), (362, 120.0), (263, 140.0)] {
        landmarks[number].x = x;
    }
    Face {
        bounds: domain::geometry::Rect::new(40.0, 40.0, 120.0, 120.0),
        presence: 1.0,
        landmarks,
        blendshapes: Vec::new(),
        pose: HeadPose::default(),
    }
}

#[test]
fn skin_changes_in_linear_light_and_only_there() {
    let picture = Picture::filled(200, 200, [128, 100, 90]);
    let face = round_face();
    let brighter = skin_times(&picture, &face, 1.2).unwrap();
    assert_eq!(brighter.at(10, 10), [128, 100, 90], "the wall stays");
    assert_eq!(brighter.at(100, 165), [128, 100, 90], "nothing below the chin");
    // 128 is 0.2159 in linear light; a fifth more is 0.2590, which is 139.4 (IEC 61966-2-1).
    assert_eq!(brighter.at(100, 130)[0], 139);
    let mut cut = round_face();
    cut.landmarks.truncate(400);
    assert!(skin_times(&picture, &cut, 1.2).is_none());
}
