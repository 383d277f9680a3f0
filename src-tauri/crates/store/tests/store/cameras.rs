//! What was chosen for a camera is there again after a restart, and belongs to that camera.

use crate::common::*;
use domain::camera::{CameraChoice, CameraSetting, Control, Mode, Rate};
use domain::frame::FrameFormat;
use domain::port::Store;
use std::collections::BTreeMap;
use store::StationStore;

#[test]
fn settings_by_camera_and_the_choice_survive_a_restart() {
    let (folder, store) = store();
    assert_eq!(store.camera_choice().unwrap(), CameraChoice::default());
    let locked = CameraSetting {
        mode: Some(Mode {
            format: FrameFormat::Mjpeg,
            width: 1920,
            height: 1080,
            rate: Rate {
                frames: 30_000,
                seconds: 1_001,
            },
        }),
        controls: BTreeMap::from([(Control::AutoExposure, 0), (Control::Exposure, 150)]),
    };
    store
        .keep_camera_setting("1-1:1.0", &CameraSetting::default())
        .unwrap();
    store.keep_camera_setting("1-1:1.0", &locked).unwrap();
    store
        .keep_camera_setting("1-2:1.0", &CameraSetting::default())
        .unwrap();
    let choice = CameraChoice {
        source: "device:1-1:1.0".into(),
        burst: 5,
    };
    store.keep_camera_choice(&choice).unwrap();
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    let expected = BTreeMap::from([
        ("1-1:1.0".to_string(), locked),
        ("1-2:1.0".to_string(), CameraSetting::default()),
    ]);
    assert_eq!(store.camera_settings().unwrap(), expected);
    assert_eq!(store.camera_choice().unwrap(), choice);
}
