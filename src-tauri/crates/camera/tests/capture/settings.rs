//! What is set on a camera stays set, whatever happens to the camera.

use crate::stage::{capture_with, fill, next, tell, until, until_state};
use camera::Source;
use domain::camera::{CameraSetting, Control, Equipment, Mode, Rate};
use domain::frame::CameraState::{Live, Lost};
use domain::frame::FrameFormat;
use domain::port::{Cameras, FrameFeed};
use std::collections::BTreeMap;

fn value(equipment: Option<&Equipment>, control: Control) -> Option<i32> {
    let state = equipment?.controls.iter().find(|state| state.control == control);
    state.map(|state| state.value)
}

fn locked() -> CameraSetting {
    CameraSetting {
        mode: None,
        // Automatics and values are given in no order; the values would be refused before their automatics.
        controls: BTreeMap::from([
            (Control::WhiteBalance, 3_507),
            (Control::Exposure, 150),
            (Control::AutoExposure, 0),
            (Control::AutoWhiteBalance, 0),
        ]),
    }
}

#[test]
fn locks_are_set_at_the_opening_and_again_after_a_replug() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 1, 16, 16);
    let id = folder.path().display().to_string();
    let settings = BTreeMap::from([(id.clone(), locked())]);
    let capture = capture_with(Source::Replay(folder.path().to_owned()), settings);
    next(&capture, 0);
    let equipment = capture.equipment().unwrap();
    assert_eq!(value(Some(&equipment), Control::Exposure), Some(150));
    assert_eq!(
        value(Some(&equipment), Control::WhiteBalance),
        Some(3_500),
        "rounded to its step"
    );
    assert_eq!((equipment.refused, equipment.camera.id), (vec![], id));
    tell(folder.path(), "vanish");
    until_state(&capture, Lost, Some("camera_gone"));
    until(
        "no equipment without a camera",
        || capture.equipment(),
        Option::is_none,
    );
    tell(folder.path(), "return");
    until_state(&capture, Live, None);
    assert_eq!(value(capture.equipment().as_ref(), Control::Exposure), Some(150));
}

#[test]
fn a_change_reaches_the_open_camera_between_two_frames() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 1, 16, 16);
    let capture = capture_with(Source::Replay(folder.path().to_owned()), BTreeMap::new());
    let seq = next(&capture, 0).seq;
    let id = capture.equipment().unwrap().camera.id;
    assert_eq!(capture.present().len(), 1);
    capture.configure(&id, locked());
    let seen = || value(capture.equipment().as_ref(), Control::Exposure);
    until("the exposure", seen, |value| *value == Some(150));
    let again = next(&capture, seq);
    let reading = capture.equipment().unwrap().reading;
    capture.look();
    let newer = || capture.equipment().is_some_and(|e| e.reading > reading);
    until("a new reading", newer, |newer| *newer);
    assert!(next(&capture, again.seq).seq > again.seq && capture.health().state == Live);
    // A value under an automatic that is on is refused, and said.
    let contrary = BTreeMap::from([(Control::AutoFocus, 1), (Control::Focus, 40)]);
    let setting = CameraSetting {
        mode: None,
        controls: contrary,
    };
    capture.configure(&id, setting);
    let refused = || capture.equipment().map(|e| e.refused).unwrap_or_default();
    until("the refusal", refused, |refused| *refused == [Control::Focus]);
}

#[test]
fn another_mode_opens_the_camera_anew_and_one_that_is_not_offered_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 1, 32, 24);
    let capture = capture_with(Source::Replay(folder.path().to_owned()), BTreeMap::new());
    let seq = next(&capture, 0).seq;
    let before = capture.equipment().unwrap();
    let absent = Mode {
        format: FrameFormat::Yuyv,
        width: 9_999,
        height: 9_999,
        rate: Rate::whole(30),
    };
    let setting = CameraSetting {
        mode: Some(absent),
        ..CameraSetting::default()
    };
    capture.configure(&before.camera.id, setting);
    let opened = || capture.equipment().filter(|e| e.reading > before.reading);
    let after = until("the camera opened anew", opened, Option::is_some).unwrap();
    assert_eq!(after.mode, before.mode);
    assert!(next(&capture, seq).seq > seq);
}
