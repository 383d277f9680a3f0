//! A stream of live frames: slow checks repeat, verdicts do not flicker.

use super::{Sitter, result, rules, specification};
use domain::face::FaceAnalysis;
use domain::quality::{Assessment, Verdict};
use quality::LiveAssessor;
use std::time::Duration;

fn at(assessor: &mut LiveAssessor, sitter: &Sitter, ms: u64) -> Assessment {
    assessor.assess(
        &sitter.picture(),
        &mut sitter.analysis(),
        Duration::from_millis(ms),
    )
}

#[test]
fn a_slow_check_repeats_its_last_result_until_its_turn() {
    let mut assessor = LiveAssessor::new(specification(), rules());
    let blue = Sitter {
        shirt: [60, 130, 200],
        ..Sitter::default()
    };
    assert_eq!(
        result(&at(&mut assessor, &Sitter::default(), 0), "clothes").verdict,
        Verdict::Pass
    );
    assert_eq!(
        result(&at(&mut assessor, &blue, 50), "clothes").verdict,
        Verdict::Pass,
        "not yet its turn"
    );
    assert_eq!(
        result(&at(&mut assessor, &blue, 520), "clothes").verdict,
        Verdict::Fail
    );
    let turned = Sitter {
        pose: domain::face::HeadPose {
            yaw: 20.0,
            ..blue.pose
        },
        ..blue
    };
    let next = at(&mut assessor, &turned, 560);
    assert_eq!(
        result(&next, "yaw").verdict,
        Verdict::Fail,
        "a fast check runs on every frame"
    );
}

#[test]
fn without_a_face_nothing_is_repeated() {
    let mut assessor = LiveAssessor::new(specification(), rules());
    let sitter = Sitter::default();
    at(&mut assessor, &sitter, 0);
    let mut nobody = FaceAnalysis {
        width: 720,
        height: 960,
        ..Default::default()
    };
    let empty = assessor.assess(&sitter.picture(), &mut nobody, Duration::from_millis(33));
    assert_eq!(result(&empty, "clothes").code.as_deref(), Some("no_face"));
    let back = at(&mut assessor, &sitter, 66);
    assert_eq!(
        result(&back, "clothes").verdict,
        Verdict::Pass,
        "measured at once when a face is back"
    );
}

#[test]
fn a_verdict_is_left_only_beyond_the_dead_band() {
    let mut assessor = LiveAssessor::new(specification(), rules());
    let mut ms = 0;
    // The head holds still for a second: one frame alone moves a steadied reading only in part.
    let mut verdict = |yaw: f32| {
        let sitter = Sitter {
            pose: domain::face::HeadPose {
                yaw,
                ..Sitter::default().pose
            },
            ..Sitter::default()
        };
        let (picture, mut seen) = (sitter.picture(), vec![]);
        for _ in 0..20 {
            ms += 50;
            let assessment = assessor.assess(&picture, &mut sitter.analysis(), Duration::from_millis(ms));
            seen.push(result(&assessment, "yaw").verdict);
        }
        seen.last().copied().unwrap()
    };
    assert_eq!(verdict(13.3), Verdict::Warn);
    assert_eq!(verdict(13.7), Verdict::Fail, "live is never laxer than the still");
    assert_eq!(verdict(13.1), Verdict::Fail);
    assert_eq!(verdict(12.5), Verdict::Warn);
}

#[test]
fn a_turn_of_the_head_is_seen_within_two_looks() {
    let mut assessor = LiveAssessor::new(specification(), rules());
    let yaw = |ms: u64| if ms < 500 { 0.0 } else { 20.0 };
    let mut verdict = |ms: u64| {
        let mut sitter = Sitter::default();
        sitter.pose.yaw = yaw(ms);
        result(&at(&mut assessor, &sitter, ms), "yaw").verdict
    };
    assert_eq!((0..500).step_by(50).map(&mut verdict).last(), Some(Verdict::Pass));
    assert_eq!(
        (500..600).step_by(50).map(&mut verdict).last(),
        Some(Verdict::Fail)
    );
}

#[test]
fn a_reset_forgets_the_sitter_before() {
    let mut assessor = LiveAssessor::new(specification(), rules());
    let blue = Sitter {
        shirt: [60, 130, 200],
        ..Sitter::default()
    };
    at(&mut assessor, &blue, 0);
    assessor.reset();
    assert_eq!(
        result(&at(&mut assessor, &Sitter::default(), 10), "clothes").verdict,
        Verdict::Pass
    );
}
