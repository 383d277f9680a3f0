//! A still is the best of a few frames.

use crate::camera::{before_the_camera, only, reviewed, session_under};
use crate::sitter::Sitter;
use domain::quality::Verdict;
use station::contract::Command;
use tempfile::tempdir;

/// Two frames of a blink and one with open eyes, over and over: any three in a row hold the open ones.
fn blinking() -> [Sitter; 3] {
    let closed = Sitter {
        opening: 0.02,
        ..Sitter::default()
    };
    [Sitter::default(), closed.clone(), closed]
}

fn eyes_of_stills(burst: u32) -> Vec<(u32, Verdict)> {
    let rig = before_the_camera(
        tempdir().unwrap(),
        &session_under(only("strict", &["eyes_open"])),
        &blinking(),
    );
    rig.give(Command::AutoShutter { on: false });
    rig.give(Command::ChooseBurst { frames: burst });
    (0..4)
        .map(|_| {
            rig.give(Command::Shutter);
            let page = reviewed(&rig, "the still", |_| true);
            rig.give(Command::Retake);
            rig.until("the camera", |view| {
                matches!(view.screen, station::contract::Screen::Capture(_))
            });
            let eyes = page
                .results
                .iter()
                .find(|result| result.check == "eyes_open")
                .unwrap();
            (page.frame % 3, eyes.verdict)
        })
        .collect()
}

#[test]
fn the_frame_with_open_eyes_takes_the_place_of_a_blink() {
    // The number of the frame is the camera's own, and its third is the one with open eyes.
    assert_eq!(eyes_of_stills(3), [(0, Verdict::Pass); 4]);
}

#[test]
fn without_a_burst_the_first_frame_stays() {
    for (third, verdict) in eyes_of_stills(1) {
        assert_eq!(verdict == Verdict::Pass, third == 0, "{third} {verdict:?}");
    }
}
