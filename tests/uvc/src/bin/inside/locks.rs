//! Locked values, as the camera itself saw them.

use crate::inside::desk::{Desk, live_with, next, open, until, until_state};
use camera::{CameraFault, Stream, Wanted};
use domain::camera::{CameraSetting, Control, ControlState};
use domain::frame::CameraState;
use domain::port::Cameras;
use std::collections::BTreeMap;
use uvc::Set;

/// What is asked for, and what a camera of these steps makes of it.
const LOCKS: [(Control, i32, i32); 9] = [
    (Control::PowerLine, 1, 1),
    (Control::AutoExposure, 0, 0),
    (Control::Exposure, 120, 120),
    (Control::Gain, 300, 255),
    (Control::AutoWhiteBalance, 0, 0),
    (Control::WhiteBalance, 3503, 3500),
    (Control::AutoFocus, 0, 0),
    (Control::Focus, 13, 15),
    (Control::Zoom, 200, 200),
];

/// The same as the camera sees it.
fn seen() -> Vec<Set> {
    let list = [
        ("power_line", 1),
        ("exposure_mode", 1),
        ("exposure_priority", 0),
        ("exposure", 120),
        ("gain", 255),
        ("auto_white_balance", 0),
        ("white_balance", 3500),
        ("auto_focus", 0),
        ("focus", 15),
        ("zoom", 200),
    ];
    list.map(|(control, value)| Set { control, value }).to_vec()
}

fn lock(stream: &mut dyn Stream) {
    for (control, asked, taken) in LOCKS {
        assert_eq!(stream.set(control, asked), Ok(Some(taken)), "{control:?}");
    }
}

fn values(stream: &mut dyn Stream) -> Vec<(Control, i32)> {
    let states = stream.controls().unwrap();
    states.iter().map(|state| (state.control, state.value)).collect()
}

pub(super) fn locks_reach_the_camera_and_are_rounded(desk: &mut Desk) {
    let mut stream = open(&Wanted::default()).unwrap();
    stream.next().unwrap();
    let states = stream.controls().unwrap();
    let listed: Vec<Control> = states.iter().map(|state| state.control).collect();
    assert_eq!(listed, Control::ALL, "those whose automatic is on too");
    let focus = ControlState {
        control: Control::Focus,
        min: 0,
        max: 250,
        step: 5,
        default: 0,
        value: 0,
    };
    assert!(states.contains(&focus), "{states:?}");
    let auto = states.iter().find(|state| state.control == Control::AutoExposure);
    assert_eq!(
        auto.map(|state| (state.max, state.default, state.value)),
        Some((1, 1, 1))
    );

    let before = desk.camera.sets().len();
    assert_eq!(
        stream.set(Control::Exposure, 120),
        Ok(None),
        "while its automatic is on"
    );
    assert_eq!(desk.camera.sets().len(), before);
    lock(&mut *stream);
    assert_eq!(desk.camera.sets()[before..], seen());
    assert_eq!(
        values(&mut *stream),
        LOCKS.map(|(control, _, taken)| (control, taken))
    );
    for _ in 0..5 {
        stream.next().expect("the stream goes on");
    }
    assert_eq!(stream.set(Control::AutoExposure, 1), Ok(Some(1)));
    let last = desk.camera.sets().pop();
    let automatic = Set {
        control: "exposure_mode",
        value: 8,
    };
    assert_eq!(last, Some(automatic));
}

pub(super) fn locks_are_lost_with_the_cable_and_set_again(desk: &mut Desk) {
    let mut stream = open(&Wanted::default()).unwrap();
    lock(&mut *stream);
    desk.camera.unplug();
    let fault = loop {
        if let Err(fault) = stream.next() {
            break fault;
        }
    };
    assert_eq!(fault, CameraFault::Gone);
    assert_eq!(stream.set(Control::Zoom, 300), Err(CameraFault::Gone));
    drop(stream);
    desk.pull();
    desk.camera.plug().unwrap();
    desk.ready();
    let mut stream = open(&Wanted::default()).unwrap();
    let present = values(&mut *stream);
    for expected in [
        (Control::AutoExposure, 1),
        (Control::Exposure, 250),
        (Control::Zoom, 100),
    ] {
        assert!(present.contains(&expected), "{expected:?} in {present:?}");
    }
    assert_eq!(desk.camera.sets(), [], "nothing is set by itself");
    lock(&mut *stream);
    assert_eq!(desk.camera.sets(), seen());
    stream.next().unwrap();
}

pub(super) fn the_capture_layer_sets_the_locks_again_by_itself(desk: &mut Desk) {
    // A camera of this place whose power has just come on.
    desk.pull();
    desk.camera.plug().unwrap();
    let id = desk.ready().id;
    let setting = CameraSetting {
        mode: None,
        controls: LOCKS.map(|(control, asked, _)| (control, asked)).into(),
    };
    let capture = live_with(BTreeMap::from([(id, setting)]));
    assert_eq!(desk.camera.sets(), seen(), "at the opening, automatics first");
    let equipment = capture.equipment().unwrap();
    assert_eq!(equipment.refused, [], "rounded to a step is no refusal");
    capture.look();
    let looked = || {
        capture
            .equipment()
            .is_some_and(|again| again.reading > equipment.reading)
    };
    until("another look", looked, |looked| *looked);
    assert_eq!(desk.camera.sets(), seen(), "what stands is not set again");
    let seq = next(&capture, 0).seq;
    desk.camera.unplug();
    until_state(&capture, CameraState::Lost, Some("camera_gone"));
    desk.pull();
    desk.camera.plug().unwrap();
    until_state(&capture, CameraState::Live, None);
    assert!(next(&capture, seq).seq > seq);
    assert_eq!(desk.camera.sets(), seen(), "after the cable came back");
}
